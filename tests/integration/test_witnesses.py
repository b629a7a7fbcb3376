"""Witnesses beside the file: shown each checkpoint, tried again, their answers kept and compared with the log."""

import hashlib
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.cli import main
from engine import clock, store
from engine.audit import keys, verify, witnesses
from engine.audit.entries import timestamp
from engine.audit.log import Log, Tables, newest_note, tree
from engine.audit.witnesses import Standing, Witness, Witnesses, witnessed
from engine.errors import InvalidInput
from engine.guard import unguarded
from engine.store import to_millis
from tests.integration.company import Company
from tests.integration.test_notifications import Postbox, postbox  # noqa: F401 - a fixture
from workflows.mail import Mailer, Smtp

Answer = Callable[[bytes], tuple[int, bytes]]


class Endpoint:
    """An HTTP server of one address; `answer` may be exchanged."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.seen, self.headers = answer, list[bytes](), list[dict[str, str]]()
        self.kept: bytes | None = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen.append(body)
                outer.headers.append(dict(self.headers))
                status, said = outer.answer(body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                self.wfile.write(said)

            def do_GET(self) -> None:
                self.send_response(405 if outer.kept is None else 200)
                self.end_headers()
                self.wfile.write(outer.kept or b"")

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    found = Endpoint(lambda _: (200, b"seen"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timestamp authority of OpenSSL: its folder, with ca.pem."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(_TSA)
    (folder / "serial").write_text("01\n")
    for line in (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=root -extensions ca",
        "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=tsa",
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -extensions tsa_cert",
    ):
        told = ["-extfile" if line.startswith("x509") else "-config", "tsa.cnf"]
        days = [] if "csr -subj" in line else ["-days", "3650"]
        subprocess.run(["openssl", *line.split(), *told, *days], cwd=folder, check=True, capture_output=True)
    return folder


_TSA = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[tsa_cert]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


def stamping(folder: Path) -> Answer:
    """Answers a timestamp query as `openssl ts` does."""

    def answer(query: bytes) -> tuple[int, bytes]:
        (folder / "query.tsq").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return 200, (folder / "reply.tsr").read_bytes()

    return answer


def strange_root(folder: Path) -> Path:
    command = "req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -days 9 -subj /CN=other -out"
    subprocess.run(["openssl", *command.split(), "other.pem"], cwd=folder, check=True, capture_output=True)
    return folder / "other.pem"


def judged(pack: Path, *arguments: object) -> str:
    """What the pack's own verify.py says, without Duban on its path."""
    command = [sys.executable, "-I", str(pack / "verify.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=pack, capture_output=True, text=True, timeout=60).stdout


def begun(company: Company) -> Log:
    keys.create(company.duban.log.key_file)
    company.start()
    company.duban.log.seal()
    return company.duban.log


@pytest.fixture
def sealed(small: Company) -> Log:
    return begun(small)


@pytest.fixture
def anywhere(company: Company) -> Log:
    """On SQLite and on PostgreSQL."""
    return begun(company)


def findings(log: Log, known: list[Witness]) -> list[str]:
    """What verification says of the log, with all that its witnesses saw."""
    with log.store.reading() as connection:
        saw = [*witnesses.kept(connection).items(), *witnesses.asked(known)[0].items()]
        report = verify.Auditor(Tables(connection), log.public_key(), None, None, saw).run()
        return [one.reason for one in (*report.findings, *witnesses.wrong_stamps(connection, known))]


def standing(found: Witnesses) -> Standing:
    with found._store.reading() as connection:
        (one,) = found.standing(connection)
    return one


def test_an_endpoint_is_shown_the_checkpoint_and_its_answer_kept(
    company: Company, anywhere: Log, endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("secret\n")
    one = Witness("审计部", "http", endpoint.address, every=0, token_file=tmp_path / "token")
    found = Witnesses(anywhere.store, [one])
    assert (found.turn(), found.turn()) == (1, 0)
    note = next(verify.notes_in(endpoint.seen[0].decode()))
    assert verify.is_signed(note, anywhere.public_key() or verify.Key("", b"", b""))
    assert endpoint.headers[0]["Authorization"] == "Bearer secret"
    seen = standing(found)
    assert (seen.size, seen.error, seen.failing_since) == (note.size, None, None)
    company.start()
    anywhere.seal()
    assert found.turn() == 1 and len(endpoint.seen) == 2
    assert findings(anywhere, [one]) == []
    with anywhere.store.reading() as connection:
        assert {bytes(row.answer) for row in connection.execute(sa.select(witnessed))} == {b"seen"}


def test_a_witness_is_not_shown_more_often_than_it_wants(small: Company, sealed: Log, endpoint: Endpoint) -> None:
    found = Witnesses(sealed.store, [Witness("w", "http", endpoint.address, every=3600)])
    assert found.turn() == 1
    small.start()
    sealed.seal()
    assert found.turn() == 0


@pytest.mark.parametrize("answer", [(500, b""), (302, b""), (200, b"x" * 70_000)])
def test_a_failure_is_kept_and_tried_again_with_pauses(
    small: Company, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes]
) -> None:
    small.start()
    small.duban.log.seal()
    endpoint.answer = lambda _: answer
    found = Witnesses(small.duban.store, [Witness("w", "http", endpoint.address, every=0)])
    assert (found.turn(), found.turn()) == (0, 0)
    assert len(endpoint.seen) == 1  # the second turn came too soon
    failing = standing(found)
    assert failing.size == 0 and failing.error and failing.failing_since
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    assert found.turn() == 0 and len(endpoint.seen) == 2
    assert standing(found).failing_since == failing.failing_since  # the first failure, not the last
    assert standing(found).failing_for(to_millis(clock.now())) >= 7_200
    endpoint.answer = lambda _: (200, b"")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=4))
    assert found.turn() == 1
    assert standing(found).error is None


def test_a_timestamp_authority_stamps_the_checkpoint(
    small: Company, sealed: Log, endpoint: Endpoint, authority: Path, tmp_path: Path
) -> None:
    endpoint.answer = stamping(authority)
    one = Witness("tsa", "rfc3161", endpoint.address, every=0, roots=authority / "ca.pem")
    found = Witnesses(sealed.store, [one])
    assert found.turn() == 1, standing(found)
    assert standing(found).stamped is not None
    assert findings(sealed, [one]) == []
    with sealed.store.reading() as connection:
        (row,) = connection.execute(sa.select(witnessed)).all()
    (tmp_path / "note").write_text(row.note)
    (tmp_path / "answer").write_bytes(bytes(row.answer))
    command = ["openssl", "ts", "-verify", "-data", "note", "-in", "answer", "-CAfile", str(authority / "ca.pem")]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0


def test_a_stranger_s_timestamp_or_one_over_something_else_is_refused(
    small: Company, endpoint: Endpoint, authority: Path, tmp_path: Path
) -> None:
    small.start()
    small.duban.log.seal()
    good = stamping(authority)
    first: list[bytes] = []

    def replayed(query: bytes) -> tuple[int, bytes]:
        first.append(good(query)[1])
        return 200, first[0]

    endpoint.answer = replayed
    one = Witness("tsa", "rfc3161", endpoint.address, every=0, roots=authority / "ca.pem")
    found = Witnesses(small.duban.store, [one])
    assert found.turn() == 1
    small.start()
    small.duban.log.seal()
    assert found.turn() == 0  # the answer to the query before
    (reason,) = findings(small.duban.log, [replace(one, roots=strange_root(tmp_path))])
    assert "does not verify" in reason


def rewrite(log: Log) -> None:
    """As somebody with the database and the log's key can: forget the log, and seal the same cases again, reordered."""
    signer = log.signer()
    assert signer is not None
    with log.store.transaction() as connection, unguarded(connection):
        size = connection.scalar(sa.select(sa.func.max(store.checkpoints.c.size))) or 0
        places = list(connection.execute(sa.select(store.leaves).order_by(store.leaves.c.position)))
        hashes = bytes(connection.scalar(sa.select(store.tiles.c.hashes).where(store.tiles.c.level == 0)) or b"")
        turned = b"".join(hashes[at : at + 32] for at in range(32 * size - 32, -1, -32))
        connection.execute(store.leaves.delete())
        for row in places:
            connection.execute(store.leaves.insert().values(**row._asdict() | {"position": size - 1 - row.position}))
        connection.execute(store.tiles.update().where(store.tiles.c.level == 0).values(hashes=turned))
        connection.execute(store.checkpoints.delete())
        root, at = tree(connection).root(size), to_millis(clock.now())
        note = signer.sign(size, root, timestamp(at))
        connection.execute(store.checkpoints.insert().values(size=size, root=root.hex(), at=at, note=note))


def test_a_rewritten_log_is_not_what_the_witness_took(anywhere: Log, endpoint: Endpoint) -> None:
    one = Witness("w", "http", endpoint.address)
    assert Witnesses(anywhere.store, [one]).turn() == 1
    rewrite(anywhere)
    assert any("not the one that w saw" in reason for reason in findings(anywhere, [one]))


def test_a_forged_answer_is_found(sealed: Log, endpoint: Endpoint, tmp_path: Path) -> None:
    one = Witness("w", "http", endpoint.address)
    assert Witnesses(sealed.store, [one]).turn() == 1
    forger = keys.create(tmp_path / "forger.key")
    with sealed.store.transaction() as connection:
        (row,) = connection.execute(sa.select(witnessed)).all()
        note = next(verify.notes_in(row.note))
        connection.execute(witnessed.update().values(note=forger.sign(note.size, note.root, note.at)))
    (reason,) = findings(sealed, [one])
    assert "w keeps a checkpoint that the log's key did not sign" in reason


def test_a_mailbox_gets_the_checkpoint_as_text(sealed: Log) -> None:
    sent: list[tuple[str, str]] = []
    found = Witnesses(sealed.store, [Witness("post", "mail", "audit@example.com")], lambda *mail: sent.append(mail))
    assert found.turn() == 1
    ((to, text),) = sent
    assert (to, next(verify.notes_in(text)).size) == ("audit@example.com", standing(found).size)
    without = Witnesses(sealed.store, [Witness("none", "mail", "audit@example.com")])
    assert without.turn() == 0 and "mail server" in (standing(without).error or "")


@pytest.mark.parametrize(
    "text",
    [
        '[[witness]]\nname = "x"\nkind = "http"\n',
        '[[witness]]\nname = "x"\nkind = "fax"\naddress = "http://x"\n',
        '[[witness]]\nname = "x"\nkind = "http"\naddress = "ftp://x"\n',
        '[[witness]]\nname = "x"\nkind = "http"\naddress = "http://x"\nmore = 1\n',
        '[[witness]]\nname = "x"\nkind = "http"\naddress = "http://x"\nevery = "often"\n',
        '[[witness]]\nname = "x"\nkind = "rfc3161"\naddress = "http://x"\n',
        'witness = "x"\n',
        "[[witness",
        '[[witness]]\nname = "x"\nkind = "mail"\naddress = "a@b"\n' * 2,
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "w.toml").write_text(text)
    with pytest.raises(InvalidInput):
        witnesses.read(tmp_path / "w.toml")


def test_a_file_says_who_the_witnesses_are(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text('[[witness]]\nname = "x"\nkind = "rfc3161"\naddress = "https://x"\nroots = "/x.pem"\nevery = 60\n')
    assert witnesses.read(file) == [Witness("x", "rfc3161", "https://x", 60, None, Path("/x.pem"))]


def test_an_endpoint_is_asked_what_it_kept(sealed: Log, endpoint: Endpoint) -> None:
    """Who may write the database can empty the table: the endpoint still says what it saw."""
    one = Witness("w", "http", endpoint.address)
    assert Witnesses(sealed.store, [one]).turn() == 1
    with sealed.store.transaction() as connection:
        connection.execute(witnessed.delete())
    endpoint.kept = endpoint.seen[0]
    assert findings(sealed, [one]) == []
    rewrite(sealed)
    assert any("not the one that w saw" in reason for reason in findings(sealed, [one]))
    endpoint.kept = None
    assert witnesses.asked([one]) == ({}, [])  # it only takes
    endpoint.close()
    (trouble,) = witnesses.asked([one])[1]
    assert "could not be asked" in trouble


def test_a_pack_carries_timestamps_that_a_stranger_checks(
    small: Company, endpoint: Endpoint, authority: Path, tmp_path: Path
) -> None:
    endpoint.answer = stamping(authority)
    case = small.start()
    small.duban.log.seal()
    small.duban.witnesses.known = [
        Witness("国家授时", "rfc3161", endpoint.address, every=0, roots=authority / "ca.pem")
    ]
    assert small.duban.witnesses.turn() == 1
    small.start()
    small.duban.log.seal()
    assert small.duban.witnesses.turn() == 1  # the earlier one, which covers the case, is what the pack needs
    answer = small.auditor.send("GET", f"/cases/{case}/evidence")
    (tmp_path / "pack.zip").write_bytes(answer.data)
    shutil.unpack_archive(tmp_path / "pack.zip", tmp_path / "pack")
    said = judged(tmp_path / "pack")
    assert "WHOLE" in said and "1 of 1 entries were there; signed by CN=tsa; --roots says" in said
    assert "--roots says" not in judged(tmp_path / "pack", "--roots", authority / "ca.pem")
    assert "not lead to the roots" in judged(tmp_path / "pack", "--roots", strange_root(tmp_path))
    stamp = tmp_path / "pack" / "timestamps" / "1.tsr"
    whole = stamp.read_bytes()
    hashed = whole.index(hashlib.sha256((tmp_path / "pack" / "timestamps" / "1.txt").read_bytes()).digest())
    told = whole.index(b"Z", hashed)  # the time that it says
    for at in (hashed, told - 1, len(whole) - 1):  # the last byte is of the signature
        stamp.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert "WRONG" in judged(tmp_path / "pack", "--roots", authority / "ca.pem"), at
    stamp.write_bytes(b"\x30\x84\xff\xff\xff\xff")
    assert "does not verify" in judged(tmp_path / "pack")


def test_a_mail_server_carries_the_checkpoint_to_the_mailbox(sealed: Log, postbox: tuple[Postbox, Smtp]) -> None:  # noqa: F811
    box, smtp = postbox
    one = Witness("post", "mail", "审计 <audit@example.com>")
    found = Witnesses(sealed.store, [one], Mailer(sealed.store, smtp).checkpoint)
    assert found.turn() == 1, standing(found)
    (mail,) = box.mails
    (file,) = mail.iter_attachments()
    with sealed.store.reading() as connection:
        assert file.get_content().decode() == (newest_note(connection) or (None, ""))[1]
    box.refuse = "550 no such mailbox"
    refused = Witnesses(sealed.store, [replace(one, name="gone")], Mailer(sealed.store, smtp).checkpoint)
    assert refused.turn() == 0 and "550" in (standing(refused).error or "")


def test_the_file_makes_the_worker_show_them_and_everybody_sees_how_they_do(
    sqlite_url: str, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap_hashes: None,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "witnesses.toml"
    file.write_text(f'[[witness]]\nname = "审计部"\nkind = "http"\naddress = "{endpoint.address}"\nevery = 0\n')
    for name, value in (("WITNESSES_FILE", file), ("HOME", tmp_path / "home"), ("DATABASE", sqlite_url)):
        monkeypatch.setenv(f"DUBAN_{name}", str(value))
    made = Company(sqlite_url, tmp_path / "home")
    made.start()
    made.duban.log.seal()
    made.duban.worker.drain()
    note = next(verify.notes_in(endpoint.seen[0].decode()))
    (one,) = made.watcher.get("/security-log")["witnesses"]
    assert (one["name"], one["size"], one["failingSince"], one["error"]) == ("审计部", note.size, None, None)
    assert made.duban.readiness()["witnesses"] == "ok"
    endpoint.kept, endpoint.answer = endpoint.seen[0], lambda _: (503, b"")
    made.start()
    made.duban.log.seal()
    assert made.duban.witnesses.turn() == 0
    (one,) = made.auditor.get("/security-log")["witnesses"]
    assert one["failingSince"] and "503" in one["error"] and made.duban.readiness()["witnesses"] == "ok"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    assert "审计部" in made.duban.readiness()["witnesses"]
    assert 'duban_witness_failing_seconds{witness="审计部"} 7' in made.app.test_client().get("/metrics").text
    monkeypatch.undo()
    for name, value in (("WITNESSES_FILE", file), ("HOME", tmp_path / "home"), ("DATABASE", sqlite_url)):
        monkeypatch.setenv(f"DUBAN_{name}", str(value))
    made.duban.close()
    assert main(["verify"]) == 0
    assert "seen by witness '审计部' (asked)" in capsys.readouterr().out
    forger = keys.create(tmp_path / "forger.key")
    endpoint.kept = forger.sign(note.size, note.root, note.at).encode()
    assert main(["verify"]) == 1 and main(["verify", "--offline"]) == 0
