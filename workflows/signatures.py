"""Signatures under what is handed in: each is bound to the form's version and to the data, and lies in the same entry.

People on site have no account: they sign on the inspector's phone with name, employer and role, or refuse, which a
witness attests. A completion carries them as the variable `signatures`; each names the SHA-256 of the form that was
shown and of everything else the completion brought. Whoever has the entry can compute both again (`checks`).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import feel, history, store
from engine.audit import entries
from engine.errors import InvalidInput
from engine.execution.bundle import Bundle
from engine.execution.wire import dumps, encode_values
from engine.notation.forms import Form
from workflows import attachments

VARIABLE = "signatures"
METHODS = ("SESSION", "DRAWN", "REFUSED")
"""SESSION: whoever handed it in, signed in; DRAWN: on the glass; REFUSED: would not sign, as `witness` attests."""
MOST = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """What is said of one signature. `drawing`: {id, sha256} of the picture of it, an attachment of the case."""

    name: str
    employer: str
    role: str
    method: str
    witness: str = ""
    drawing: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A signature as its entry holds it. `state` of what it is bound to: match, differs, erased."""

    seq: int
    release: str
    task: int
    at: str
    actor: str | None
    signed: Mapping[str, Any]
    state: str


def form_version(form: Form | None) -> str:
    """SHA-256 of the form, byte for byte as deployed; "" where the task has none."""
    return hashlib.sha256(form.source).hexdigest() if form else ""


def bound(
    connection: Connection, case: str, given: Sequence[Signature], *, by: str, form: Form | None,
    variables: Mapping[str, feel.Value], at: str,
) -> dict[str, feel.Value]:  # fmt: skip
    """The variable that a completion with these signatures brings besides `variables`; nothing without signatures.

    `at`: ISO 8601. Raises InvalidInput with fields such as `signatures[0].witness`.
    """
    if not given:
        return {}
    _expect_whole(connection, case, given)
    tie = {"at": at, "formVersion": form_version(form), "dataHash": _hash(encode_values(dict(variables)))}
    session = {"person": by, "method": "SESSION", **tie}
    rows = [session, *({**asdict(one), **tie} for one in given)]
    return {VARIABLE: feel.from_json(rows)}


def _expect_whole(connection: Connection, case: str, given: Sequence[Signature]) -> None:
    drawings = [one.drawing for one in given if one.drawing]
    known = attachments.hashes(connection, case, [one["id"] for one in drawings])
    faults: dict[str, list[str]] = {}
    for number, one in enumerate(given):
        place = f"signatures[{number}]"
        if one.method == "REFUSED" and not one.witness.strip():
            faults[f"{place}.witness"] = ["required: expected who saw the refusal"]
        if one.method == "DRAWN" and (not one.drawing or known.get(one.drawing["id"]) != one.drawing["sha256"]):
            faults[f"{place}.drawing"] = ["photos: expected the picture of the signature, an attachment of this case"]
    if faults:
        raise InvalidInput("The signatures are not complete", faults)


def checks(connection: Connection, case: str, bundle: Callable[[str], Bundle]) -> Iterator[Check]:
    """Every signature of a case, each computed again from its entry."""
    for entry in history.sealed(connection, f"case/{case}"):
        body = entries.parse(entry.data)
        command = body["command"]
        pairs = command.get("variables", [])
        signed = next((value for name, value in pairs if name == VARIABLE), None)
        if command["type"] != "CompleteTask" or signed is None:
            continue
        opened: dict[str, list[str]] = json.loads(entry.personal) if entry.personal else {}
        data = _data_hash(pairs, opened)
        versions = {form_version(form) for form in bundle(body["release"]).forms.values()} | {""}
        if isinstance(signed, dict) and "p" in signed:  # personal: gone once it has been erased
            if signed["p"] not in opened:
                continue
            signed = json.loads(opened[signed["p"]][1])
        rows: Any = feel.to_json(feel.decode(signed))
        for row in rows:
            fits = row["formVersion"] in versions and row["dataHash"] == data
            state = "erased" if data is None else "match" if fits else "differs"
            yield Check(entry.seq, body["release"], command["task"], row["at"], command.get("actor"), row, state)


def for_paper(
    connection: Connection, case: str, elements: Sequence[str], issued_at: int, bundle: Callable[[str], Bundle]
) -> list[Check]:
    """The signatures under a paper: of each of `elements`, those given when it was last completed before the paper was
    issued (ms), or else when it was first completed after it."""
    t = store.tasks.c
    query = sa.select(t.n, t.element, t.ended_at).where(
        t.case_id == case, t.element.in_(elements), t.state == "completed"
    )
    chosen = {}
    for element in elements:
        done = [row for row in connection.execute(query.order_by(t.ended_at, t.n)) if row.element == element]
        before, after = ([row.n for row in done if (row.ended_at <= issued_at) is so] for so in (True, False))
        chosen[element] = before[-1] if before else after[0] if after else None
    found = [one for one in checks(connection, case, bundle) if one.task in chosen.values()] if elements else []
    order = {task: place for place, task in enumerate(chosen.values())}
    return sorted(found, key=lambda one: (order[one.task], one.seq))


def _data_hash(pairs: Sequence[Sequence[Any]], opened: Mapping[str, Sequence[str]]) -> str | None:
    """The hash of what was handed in besides the signatures; None where a value of it has been erased."""
    plain = []
    for name, tagged in pairs:
        if name == VARIABLE:
            continue
        if isinstance(tagged, dict) and "p" in tagged:
            if tagged["p"] not in opened:
                return None
            tagged = json.loads(opened[tagged["p"]][1])
        plain.append([name, tagged])
    return _hash(plain)


def _hash(pairs: Sequence[Sequence[Any]]) -> str:
    """SHA-256 of the values as entries spell them, sorted by name: their order says nothing."""
    return hashlib.sha256(dumps(sorted(pairs, key=lambda pair: str(pair[0]))).encode()).hexdigest()
