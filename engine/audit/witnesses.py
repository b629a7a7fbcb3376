"""Witnesses beside the file: an HTTP endpoint, a mailbox, a timestamp authority (RFC 3161).

Each is shown the newest signed checkpoint, at most so often and at least once; what it answered is kept with the very
checkpoint, and a failure is tried again with growing pauses. Nothing waits for them: work goes on, and sealing too.
What they saw binds the log: `kept` and `asked` say what that was, for `verify.Auditor` to compare with the tree as it
is now, and `wrong_stamps` verifies timestamps against the certificates of their authority.

The file that `DUBAN_WITNESSES_FILE` names says who they are (TOML, one `[[witness]]` each):

    name = "audit department"        # unique
    kind = "http"                    # http, mail or rfc3161
    address = "https://audit.example/checkpoints"     # of mail: the mailbox
    every = 60                       # seconds between two checkpoints; 3600 by default
    token_file = "/run/secrets/x"    # http: a bearer token
    roots = "/etc/duban/tsa.pem"     # rfc3161: certificates that the authority's must lead to
"""

import http.client
import json
import logging
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc3161_client as tsp
import sqlalchemy as sa
from cryptography import x509
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from engine import clock
from engine.audit.log import newest_note
from engine.audit.verify import LOG, Finding
from engine.errors import InvalidInput
from engine.store import Store, insert_new, metadata, to_millis

log = logging.getLogger("duban.witness")

TIMEOUT = 20.0
"""Seconds that an endpoint may take, however slowly it drips."""
LARGEST = 64 * 1024
"""Bytes of an answer that are read and kept."""
KEPT = 4 * 1024 * 1024
"""Bytes that are read of what an endpoint kept."""
LONGEST_PAUSE = 3_600
"""Seconds between two tries at most."""

witnessed = Table(
    "witnessed", metadata,
    Column("witness", String, primary_key=True), Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False), Column("at", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False), Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False), Column("note", Text, nullable=False), Column("answer", LargeBinary),
    Column("error", Text),
)  # fmt: skip
"""`note`: the checkpoint of `size` leaves as it was shown. state: seen or failed. `at`: when it was last tried;
`since`: when the first of these tries was. A witness has at most one row that failed."""
_w = witnessed.c


@dataclass(frozen=True, slots=True)
class Witness:
    name: str
    kind: str
    address: str
    every: int = 3_600
    token_file: Path | None = None
    roots: Path | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a witness saw last, and what went wrong since. Instants in ms; `stamped`: by the authority's own clock."""

    name: str
    kind: str
    size: int
    at: int | None
    stamped: int | None
    failing_since: int | None
    error: str | None

    def failing_for(self, now: int) -> int:
        """Seconds; 0: it does not fail."""
        return 0 if self.failing_since is None else max(0, now - self.failing_since) // 1000


def read(file: Path) -> list[Witness]:
    """The witnesses of a file. Raises InvalidInput."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"Expected '{file}' to say in TOML who the witnesses are: {error}") from error
    if set(told) - {"witness"} or not isinstance(told.get("witness", []), list):
        raise InvalidInput(f"Expected '{file}' to hold [[witness]] and nothing else, but found {', '.join(told)}")
    found = [_witness(one, n) for n, one in enumerate(told.get("witness", []), 1)]
    if len({one.name for one in found}) != len(found):
        raise InvalidInput(f"Expected each witness of '{file}' to have a name of its own, but two have the same")
    return found


def _witness(told: Any, n: int) -> Witness:
    def expect(holds: bool, what: str) -> None:
        if not holds:
            raise InvalidInput(f"Expected {what} of witness {n}, but found {json.dumps(told, default=str)}")

    expect(isinstance(told, dict) and not set(told) - set(Witness.__dataclass_fields__), "name, kind, address, every")
    every = told.get("every", 3_600)
    texts = [told.get(name) for name in ("name", "kind", "address")]
    expect(all(isinstance(one, str) and one for one in texts), "a name, a kind and an address")
    expect(told["kind"] in ("http", "mail", "rfc3161"), "the kind http, mail or rfc3161")
    expect(told["kind"] == "mail" or told["address"].startswith(("https://", "http://")), "an http address")
    expect(isinstance(every, int) and every >= 0, "a whole number of seconds as `every`")
    expect(told["kind"] != "rfc3161" or "roots" in told, "`roots`, the certificates that the authority's must lead to,")
    paths = {name: Path(told[name]) for name in ("token_file", "roots") if name in told}
    return Witness(**{**told, **paths})


Send = Callable[[Witness, str], bytes | None]
"""Shows a checkpoint, and returns the answer to keep. Raises OSError or ValueError."""


class Witnesses:
    """The witnesses of one store. `mail(to, note)` sends a checkpoint or raises OSError; None: no mail server."""

    def __init__(self, store: Store, known: list[Witness], mail: Callable[[str, str], None] | None = None) -> None:
        self._store, self.known = store, known
        self._mail = mail
        self._ways: dict[str, Send] = {"http": _post, "rfc3161": _stamp, "mail": self._send_mail}

    def turn(self) -> int:
        """Show the newest checkpoint to whom it is due; how many took it."""
        now, done = to_millis(clock.now()), 0
        with self._store.reading() as connection:
            newest = newest_note(connection)
            due = [one for one in self.known if newest is not None and _is_due(connection, one, newest[0].size, now)]
        for one in due:
            if newest is not None:
                done += self._show(one, newest[0].size, newest[1], now)
        return done

    def _show(self, one: Witness, size: int, note: str, now: int) -> int:
        try:
            answer, error = self._ways[one.kind](one, note), None
        except (OSError, ValueError, http.client.HTTPException, tsp.VerificationError) as problem:
            answer, error = None, (str(problem) or type(problem).__name__)[:500]
            log.warning("Witness %s did not take the checkpoint of %s leaves: %s", one.name, size, error)
        with self._store.transaction() as connection:
            before = _failed(_last(connection, one))
            if before is not None:
                connection.execute(witnessed.delete().where(_w.witness == one.name, _w.size == before.size))
            attempts, since = (before.attempts + 1, before.since) if before and error else (1, now)
            row = {"witness": one.name, "size": size, "kind": one.kind, "at": now, "since": since, "note": note}
            row |= {"state": "failed" if error else "seen", "attempts": attempts, "answer": answer, "error": error}
            connection.execute(insert_new(connection, witnessed).values(row))  # another worker may have shown it too
        return int(error is None)

    def _send_mail(self, one: Witness, note: str) -> None:
        if self._mail is None:
            raise ValueError("expected a mail server in the channels file, but there is none")
        self._mail(one.address, note)

    def standing(self, connection: sa.Connection) -> list[Standing]:
        return [_standing(connection, one) for one in self.known]


def _is_due(connection: sa.Connection, one: Witness, size: int, now: int) -> bool:
    last = _last(connection, one)
    if last is None:
        return True
    if last.state == "failed":
        return bool(abs(now - last.at) >= 1000 * min(LONGEST_PAUSE, 5 * 2 ** min(last.attempts, 12)))
    return bool(size > last.size and abs(now - last.at) >= 1000 * one.every)  # a clock set back keeps nobody waiting


def _last(connection: sa.Connection, one: Witness) -> Any:
    """The last try. The log only grows, so it was about the largest size: the primary key finds it."""
    mine = sa.select(witnessed).where(_w.witness == one.name)
    return connection.execute(mine.order_by(_w.size.desc()).limit(1)).first()


def _failed(last: Any) -> Any:
    return last if last is not None and last.state == "failed" else None


def _standing(connection: sa.Connection, one: Witness) -> Standing:
    mine = sa.select(witnessed).where(_w.witness == one.name)
    seen = connection.execute(mine.where(_w.state == "seen").order_by(_w.size.desc()).limit(1)).first()
    failed = _failed(_last(connection, one))
    stamped = to_millis(_response(seen.answer).tst_info.gen_time) if seen and one.kind == "rfc3161" else None
    return Standing(
        one.name, one.kind, seen.size if seen else 0, seen.at if seen else None, stamped,
        failed.since if failed else None, failed.error if failed else None,
    )  # fmt: skip


# How a checkpoint is shown -------------------------------------------------------------------------------------------


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """A witness is where the file says, nowhere else."""


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def _ask(one: Witness, body: bytes | None, kind: str, most: int = LARGEST) -> bytes:
    """Post `body`, or get what is there."""
    headers = {"User-Agent": "duban", **({"Content-Type": kind} if body is not None else {})}
    if one.token_file is not None:
        headers["Authorization"] = f"Bearer {one.token_file.read_text(encoding='utf-8').strip()}"
    request = urllib.request.Request(one.address, body, headers, method="GET" if body is None else "POST")
    with _opener.open(request, timeout=TIMEOUT) as answer:
        return _read(answer, most)


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """All of it. Raises ValueError when that is too much, or comes too slowly."""
    found, end = bytearray(), clock.steady() + TIMEOUT
    while part := answer.read1(65_536):
        found += part
        if len(found) > most or clock.steady() > end:
            raise ValueError(f"expected an answer of at most {most} bytes within {TIMEOUT:.0f} seconds")
    return bytes(found)


def _post(one: Witness, note: str) -> bytes:
    return _ask(one, note.encode(), "text/plain; charset=utf-8")


def _stamp(one: Witness, note: str) -> bytes:
    """A timestamp over the note (RFC 3161, section 2.4), verified before it is kept."""
    asked = tsp.TimestampRequestBuilder().data(note.encode()).hash_algorithm(tsp.HashAlgorithm.SHA256).nonce().build()
    answer = _ask(one, asked.as_bytes(), "application/timestamp-query")
    verify_stamp(one, note, answer, tsp.VerifierBuilder.from_request(asked))  # the same nonce
    return answer


def _response(answer: bytes) -> Any:
    return tsp.decode_timestamp_response(bytes(answer))


def verify_stamp(one: Witness, note: str, answer: bytes, builder: tsp.VerifierBuilder | None = None) -> None:
    """Raises VerificationError or ValueError unless `answer` is a timestamp over `note` that leads to `roots`."""
    if one.roots is None:
        raise ValueError("expected `roots`, the certificates of the timestamp authority")
    builder = builder or tsp.VerifierBuilder()
    for certificate in x509.load_pem_x509_certificates(one.roots.read_bytes()):
        builder = builder.add_root_certificate(certificate)
    builder.build().verify_message(_response(answer), note.encode())


# What they saw -------------------------------------------------------------------------------------------------------


def kept(connection: sa.Connection) -> dict[str, str]:
    """Witness → the checkpoints that it took, as they are kept here. Who may write the database can take them away."""
    found: dict[str, list[str]] = {}
    query = sa.select(_w.witness, _w.note).where(_w.state == "seen").order_by(_w.witness, _w.size)
    for name, note in connection.execute(query):
        found.setdefault(name, []).append(note)
    return {name: "\n".join(notes) for name, notes in found.items()}


def asked(known: list[Witness]) -> tuple[dict[str, str], list[str]]:
    """What the endpoints themselves say they keep (a GET at their address), and why one could not be asked.

    An endpoint that only takes (404, 405, 501) is no trouble.
    """
    found, troubles = dict[str, str](), list[str]()
    for one in known:
        if one.kind != "http":
            continue
        try:
            found[one.name] = _ask(one, None, "", KEPT).decode()
        except urllib.error.HTTPError as error:
            if error.code not in (404, 405, 501):
                troubles.append(f"witness '{one.name}' could not be asked: {error}")
        except (OSError, ValueError, http.client.HTTPException) as error:
            troubles.append(f"witness '{one.name}' could not be asked: {error}")
    return found, troubles


def wrong_stamps(connection: sa.Connection, known: list[Witness]) -> Iterator[Finding]:
    """The timestamps that do not verify, of the authorities that the file names."""
    by_name = {one.name: one for one in known if one.kind == "rfc3161"}
    query = sa.select(witnessed).where(_w.state == "seen", _w.witness.in_(list(by_name))).order_by(_w.witness, _w.size)
    for row in connection.execute(query):
        try:
            verify_stamp(by_name[row.witness], row.note, bytes(row.answer or b""))
        except (OSError, ValueError, tsp.VerificationError) as problem:
            yield Finding(LOG, row.size, f"the timestamp of '{row.witness}' does not verify: {problem}")
