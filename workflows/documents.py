"""Papers with gapless numbers: issued by a case's service task, served, received or refused, void with a reason.

The register of (station, code, year) is a stream of its own, `register/S03-TG-2026`. A number is taken in the very
transaction that completes the job which asked for it, so no crash leaves a gap or gives one twice. What a paper says is
a personal value of its entry: the entry commits to it, the commitment is the hash printed on the paper, and erasing the
value leaves number and proof standing.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text, UniqueConstraint

from engine import clock, deadlines, feel, history, store
from engine.audit import entries
from engine.errors import Forbidden, InvalidInput, InvalidState, NotFound, StaleVersion
from engine.execution import wire
from engine.execution.commands import NoteNumber, ReserveNumber
from engine.execution.events import KINDS, NumberNoted, NumberReserved
from engine.reservations import Series
from engine.store import from_millis, metadata
from engine.worker import Within, Work
from workflows.registry import opened, without_personal
from workflows.tables import people, units

CODES: Mapping[str, tuple[str, str]] = {
    "PG": ("派工单", "Dispatch order"),
    "JC": ("检查通知单", "Inspection notice"),
    "JL": ("检查记录", "Inspection record"),
    "TG": ("隐患整改通知单", "Rectification order"),
    "TW": ("停工通知书", "Stop-work order"),
    "FG": ("复工通知书", "Release to resume work"),
    "YQ": ("延期审批表", "Extension decision"),
    "FC": ("复查意见书", "Re-inspection opinion"),
    "HP": ("督办黄牌", "Yellow card"),
    "RP": ("督办红牌", "Red card"),
    "YT": ("约谈记录", "Record of a talk"),
    "KF": ("扣分告知书", "Notice of points"),
    "SS": ("申诉决定书", "Decision on an appeal"),
    "BG": ("监督报告", "Supervision report"),
}
"""Code → names of the fourteen papers. A job of type `number` may use any other two letters."""
TEMPLATE = 2
"""The version of the templates that papers are issued on from now on; see `workflows.papers`."""
METHODS = ("SYSTEM", "IN_PERSON", "POST", "EMAIL")
STATES = ("ISSUED", "SERVED", "RECEIVED", "REFUSED", "VOID")
ISSUING_ROLES = (
    "FIELD_INSPECTOR",
    "ONLINE_SUPERVISOR",
    "SHIFT_LEADER",
    "STATION_CHIEF",
    "CENTER_DEPUTY",
    "CENTER_DIRECTOR",
)
VOIDING_ROLES = ("STATION_CHIEF", "CENTER_DEPUTY", "CENTER_DIRECTOR")
RECEIVING_ROLES = ("UNIT_SAFETY_DIRECTOR", "UNIT_RECTIFIER", "UNIT_HEAD", "TERRITORY_MANAGER", "CONTRACTOR_LEAD")
PERSONAL = ("paper", "signatory", "witness")
"""Variables of a register's entries that are only committed to, so that they can be erased."""
_CODE = re.compile(r"[A-Z]{2}")


def _text(name: str, nullable: bool = True) -> Column[Any]:
    return Column(name, Text, nullable=nullable)


def _instant(name: str, nullable: bool = True) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


documents = Table(
    "documents", metadata,
    Column("number", String, primary_key=True), _text("series", False), Column("n", Integer, nullable=False),
    _text("code", False), _text("station", False), _text("case_id", False), Column("job", Integer, nullable=False),
    Column("template", Integer, nullable=False), _text("hash"), _text("state", False),
    _instant("issued_at", False), _text("issued_by"), _text("served_to"), _instant("served_at"), _text("method"),
    _text("receipt_by"), _instant("receipt_at"), _instant("voided_at"), _text("reason"), _text("entries", False),
    UniqueConstraint("case_id", "job"),
    Index("ix_documents_issued", "issued_at", "number"),
    Index("ix_documents_code", "code", "issued_at"),
    Index("ix_documents_state", "state", "issued_at"),
    Index("ix_documents_served", "served_to", "issued_at"),
    Index("ix_documents_series", "series", "n"),
)  # fmt: skip
"""One row for each number, a projection of its stream. `hash` null: only a number, no paper. `entries`: JSON, the
sequence numbers of the stream's entries about it. Names of people without an account stay in those entries."""


class DocumentNotFound(NotFound):
    """Expected a document with this number, but there is none."""


class DocumentErased(InvalidState):
    """What this paper said has been erased; its number, hash and history remain."""


class DocumentChanged(StaleVersion):
    """Expected the version of the document that you saw, but it has changed since; load it again."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as it stands. Instants in milliseconds since 1970, UTC; `entries` of its register's stream."""

    number: str
    series: str
    n: int
    code: str
    station: str
    case_id: str
    job: int
    template: int
    hash: str | None
    state: str
    issued_at: int
    issued_by: str | None
    served_to: str | None
    served_at: int | None
    method: str | None
    receipt_by: str | None
    receipt_at: int | None
    voided_at: int | None
    reason: str | None
    entries: tuple[int, ...]

    @property
    def version(self) -> int:
        return len(self.entries)


# Issuing -----------------------------------------------------------------------------------------------------------


def handlers() -> dict[str, Within]:
    """What the worker runs for jobs of type `number` and `document`, each in the transaction of its completion."""
    return {"number": _number, "document": _document}


def _number(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `code`, `station`; sets `number`, `issuedAt`."""
    return _issued(connection, work, paper=None)


def _document(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `code`, `station`, `title`, `servedTo`, `data`, `issuedBy`, `signedIn`; sets `number`, `hash`, `issuedAt`.

    Only `code` and `station` must be there. A paper for a unit or person known here is served by that very moment.
    `signedIn`: the user tasks whose signatures the paper shows.
    """
    code = _input(work, "code")
    if code not in CODES:
        raise InvalidInput(f"Expected a code of a paper ({', '.join(CODES)}), but got {code!r}.")
    data = work.variables.get("data")
    if data is not None and not isinstance(data, dict):
        raise InvalidInput("Expected `data` of a paper to be a context, but it is something else.")
    paper: dict[str, feel.Value] = {"title": _input(work, "title", CODES[code][0]), "data": data or {}}
    return _issued(connection, work, paper)


def _issued(connection: Connection, work: Work, paper: dict[str, feel.Value] | None) -> dict[str, feel.Value]:
    code, station = _input(work, "code"), _station(connection, work)
    if not _CODE.fullmatch(code):
        raise InvalidInput(f"Expected a code of two capital letters, but got {code!r}.")
    year = clock.now().astimezone(ZoneInfo(deadlines.ZONE)).year
    series = Series(connection, f"{station}-{code}-{year}")
    earlier = _of_job(connection, work)  # looked up under the lock: whoever did this job before has committed
    if earlier is not None:
        return _told(earlier)
    given: dict[str, feel.Value] = {
        "code": code, "station": station, "issuedBy": _input(work, "issuedBy", "") or _last_actor(connection, work),
        "servedTo": _recipient(connection, _input(work, "servedTo", "")),
    }  # fmt: skip
    if paper is not None:
        given |= {"signedIn": list[feel.Value](_elements(work))} if work.variables.get("signedIn") else {}
        given |= {"template": Decimal(TEMPLATE), "paper": {**paper, "names": _names(connection, [given, paper])}}
    n, sealed, openings = series.reserve(ReserveNumber(series.id, work.key, given, [*PERSONAL]))
    event = NumberReserved(series.id, n, work.key, given)
    hash = next(iter(openings.opened), None)
    return _told(_project(connection, event, sealed.seq, series.at, hash))


def _elements(work: Work) -> list[str]:
    found = work.variables.get("signedIn")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InvalidInput(f"Expected `signedIn` to be a list of elements, but it is {feel.describe(found)}.")
    return [str(one) for one in found]


def _told(document: "Document") -> dict[str, feel.Value]:
    issued = from_millis(document.issued_at).astimezone(ZoneInfo(deadlines.ZONE))
    told: dict[str, feel.Value] = {"number": document.number, "issuedAt": feel.DateTime.from_datetime(issued)}
    return told if document.hash is None else {**told, "hash": document.hash}


def _input(work: Work, name: str, default: str | None = None) -> str:
    found = work.variables.get(name)
    if isinstance(found, str) and found.strip():
        return found.strip()
    if found not in (None, "") or default is None:
        raise InvalidInput(f"Expected the input {name!r} to be a text, but it is {feel.describe(found)}.")
    return default


def _station(connection: Connection, work: Work) -> str:
    station = _input(work, "station").removeprefix("unit:")
    if connection.scalar(sa.select(units.c.id).where(units.c.id == station)) is None:
        raise InvalidInput(f"Expected `station` to be the id of a unit, but there is no unit {station!r}.")
    return station


def _recipient(connection: Connection, given: str) -> str | None:
    """`unit:<id>` or `person:<id>` of somebody known here; None for a name, which stands in the paper alone."""
    kind, _, id = given.rpartition(":")
    for prefix, key in (("unit", units.c.id), ("person", people.c.id)):
        if kind in ("", prefix) and connection.scalar(sa.select(key).where(key == id)) is not None:
            return f"{prefix}:{id}"
    return None


def _names(connection: Connection, said: Any) -> dict[str, feel.Value]:
    """Id → name of the people and units that a paper mentions: as they are called on the day it is issued."""
    mentioned = sorted(set(_ids_in(said)))
    found: dict[str, feel.Value] = {}
    for table in (units, people):
        known = sa.select(table.c.id, table.c.name).where(table.c.id.in_(mentioned)).order_by(table.c.id)
        found |= {row.id: row.name for row in connection.execute(known)}
    return found


def _ids_in(said: Any) -> Iterator[str]:
    """Every text that may be the id of a person or unit, without the kind before it."""
    if isinstance(said, Mapping | list):
        for part in said.values() if isinstance(said, Mapping) else said:
            yield from _ids_in(part)
    elif isinstance(said, str) and len(said) <= 80:
        yield said.rpartition(":")[2]


def _last_actor(connection: Connection, work: Work) -> str | None:
    """Whoever completed a task of the case last: the paper goes out on their decision."""
    columns = store.tasks.c
    done = (columns.case_id == work.case_id) & (columns.state == "completed")
    query = sa.select(columns.ended_by).where(done).order_by(columns.ended_at.desc(), columns.n.desc()).limit(1)
    found: str | None = connection.scalar(query)
    return found


def _of_job(connection: Connection, work: Work) -> "Document | None":
    mine = (documents.c.case_id == work.case_id) & (documents.c.job == work.job)
    row = connection.execute(sa.select(documents).where(mine)).first()
    return _document_of(row) if row else None


# The projection ----------------------------------------------------------------------------------------------------


def _project(connection: Connection, event: Any, seq: int, at: int, hash: str | None) -> "Document":
    """The row that an entry of a register leads to, written and read back."""
    if isinstance(event, NumberReserved):
        row = _first_row(event, at, hash) | {"entries": json.dumps([seq])}
        connection.execute(documents.insert(), row)
    else:
        row = _noted(find(connection, f"{event.series}-{event.number:04d}"), event, at, seq)
        connection.execute(documents.update().where(documents.c.number == row["number"]).values(row))
    return find(connection, row["number"])


def _first_row(event: NumberReserved, at: int, hash: str | None) -> dict[str, Any]:
    given = event.variables
    case_id, _, job = event.holder.rpartition("/")
    served = at if given.get("servedTo") and hash is not None else None
    return {
        "number": f"{event.series}-{event.number:04d}", "series": event.series, "n": event.number,
        "code": given["code"], "station": given["station"], "case_id": case_id, "job": int(job),
        "template": int(str(given.get("template", 0))), "hash": hash, "state": "SERVED" if served else "ISSUED",
        "issued_at": at, "issued_by": given.get("issuedBy"), "served_to": given.get("servedTo"), "served_at": served,
        "method": "SYSTEM" if served else None,
    }  # fmt: skip


def _noted(document: "Document", event: NumberNoted, at: int, seq: int) -> dict[str, Any]:
    given = event.variables
    changes: dict[str, Any] = {
        "SERVED": {"served_to": given.get("to") or document.served_to, "served_at": at, "method": given.get("method")},
        "RECEIVED": {"receipt_by": given.get("by"), "receipt_at": at},
        "REFUSED": {"receipt_at": at, "reason": given.get("reason")},
        "VOID": {"voided_at": at, "reason": given.get("reason")},
    }[event.note]
    seqs = json.dumps([*document.entries, seq])
    return {"number": document.number, "state": event.note, **changes, "entries": seqs}


def rebuild(connection: Connection) -> None:
    """Empty the register of documents and write it anew from the log."""
    connection.execute(documents.delete())
    for id in list(connection.scalars(sa.select(store.number_series.c.id).order_by(store.number_series.c.id))):
        for event, sealed, at, hash in _logged(connection, id):
            if isinstance(event, NumberReserved) and "code" not in event.variables:
                break  # the stream of another kind of register
            _project(connection, event, sealed.seq, at, hash)


def _logged(connection: Connection, id: str) -> Iterator[tuple[Any, entries.Sealed, int, str | None]]:
    """The events of a register's stream without personal values, and the commitment to what a paper says."""
    for sealed in history.sealed(connection, f"register/{id}"):
        body = entries.parse(sealed.data)
        for record in body["events"]:
            concealed = dict(record.get("variables", ())).get("paper") or {}
            event = wire.decode(without_personal(record), KINDS, wire.Openings())
            yield event, sealed, entries.millis(body["at"]), concealed.get("p")


# What becomes of a paper -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody without an account. Kept as a personal value of the entry, never in the register's row."""

    name: str
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody says became of a paper. `note`: SERVED, RECEIVED, REFUSED or VOID.

    SERVED needs `method` (and `to`, where the paper named nobody known here); RECEIVED takes `signatory` when somebody
    without an account signed; REFUSED and VOID need `reason`, REFUSED also a `witness`.
    """

    note: str
    reason: str = ""
    method: str = ""
    to: str = ""
    signatory: Signatory | None = None
    witness: Signatory | None = None


_FROM: Mapping[str, tuple[str, ...]] = {
    "SERVED": ("ISSUED", "SERVED", "REFUSED"),
    "RECEIVED": ("ISSUED", "SERVED", "REFUSED"),
    "REFUSED": ("ISSUED", "SERVED"),
    "VOID": ("ISSUED", "SERVED", "RECEIVED", "REFUSED"),
}
"""Note → the states in which it may be made."""


def note(
    connection: Connection, number: str, given: Note, *, actor: str, tokens: Collection[str], version: int | None
) -> Document:
    """Write what became of a paper to its register. Raises DocumentNotFound, DocumentChanged, Forbidden, InvalidInput,
    InvalidState."""
    series = Series(connection, seen(connection, number, tokens).series)
    document = find(connection, number)
    if version not in (None, document.version):
        raise DocumentChanged
    if given.note not in permitted(document, tokens):
        raise Forbidden(f"You may not note {given.note} on the document {number} in the state {document.state}.")
    values = _checked(connection, given, actor)
    personal = [name for name in values if name in PERSONAL]
    command = NoteNumber(series.id, document.n, given.note, given.note == "VOID", values, personal, actor=actor)
    sealed = series.note(command, closed=document.state == "VOID")
    event = NumberNoted(series.id, document.n, given.note, given.note == "VOID", values)
    return _project(connection, event, sealed.seq, series.at, None)


def permitted(document: Document, tokens: Collection[str]) -> list[str]:
    """The notes that somebody with these tokens may make now: the station serves, either side signs, a chief voids."""
    ours = _holds(tokens, ISSUING_ROLES, document.station)
    kind, _, id = (document.served_to or "").partition(":")
    theirs = (
        document.served_to in tokens if kind == "person" else kind == "unit" and _holds(tokens, RECEIVING_ROLES, id)
    )
    allowed = {
        "SERVED": ours, "RECEIVED": ours or theirs, "REFUSED": ours,
        "VOID": _holds(tokens, VOIDING_ROLES, document.station),
    }  # fmt: skip
    return [name for name, states in _FROM.items() if document.state in states and allowed[name]]


def _holds(tokens: Collection[str], roles: Iterable[str], unit: str) -> bool:
    return any(f"role:{role}@{unit}" in tokens for role in roles)


def _checked(connection: Connection, given: Note, actor: str) -> dict[str, feel.Value]:
    """The variables of the entry. Raises InvalidInput with the fields that are missing."""
    wrong: dict[str, list[str]] = {}
    to = _recipient(connection, given.to) if given.to else None
    if given.note == "SERVED" and given.method not in METHODS:
        wrong["method"] = [f"expected one of {', '.join(METHODS)}"]
    if given.note == "SERVED" and given.to and to is None:
        wrong["to"] = ["expected a unit or person known here"]
    if given.note in ("REFUSED", "VOID") and not given.reason:
        wrong["reason"] = ["expected a reason"]
    if given.note == "REFUSED" and given.witness is None:
        wrong["witness"] = ["expected the name of a witness"]
    if wrong:
        raise InvalidInput("A note on a document lacks something.", wrong)
    values: dict[str, feel.Value] = {}
    if given.note == "SERVED":
        values = {"method": given.method, "to": to}
    elif given.note == "RECEIVED" and given.signatory is None:
        values = {"by": actor}
    if given.reason:
        values["reason"] = given.reason
    for name, who in (("signatory", given.signatory), ("witness", given.witness)):
        if who is not None and given.note in ("RECEIVED", "REFUSED"):
            values[name] = dict(asdict(who))
    return values


# What is read ------------------------------------------------------------------------------------------------------


def find(connection: Connection, number: str) -> Document:
    """Whether or not one may see it. Raises DocumentNotFound."""
    row = connection.execute(sa.select(documents).where(documents.c.number == number)).first()
    if row is None:
        raise DocumentNotFound
    return _document_of(row)


def seen(connection: Connection, number: str, tokens: Collection[str]) -> Document:
    """A paper whose case these tokens open, or that was served to them. Raises DocumentNotFound."""
    query = sa.select(documents).where(documents.c.number == number, visible(tokens))
    row = connection.execute(query).first()
    if row is None:
        raise DocumentNotFound
    return _document_of(row)


def visible(tokens: Collection[str]) -> sa.ColumnElement[bool]:
    """Its case is open to one of the tokens; unannounced visits stay invisible to a unit as long as their case does."""
    return opened(documents.c.case_id, tokens)


def listed(
    connection: Connection,
    *,
    tokens: Collection[str],
    filters: Mapping[str, str],
    before: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Document]:
    """The newest first. `filters`: code, station, state, servedTo, case; `before`: (issued_at, number) of the last."""
    columns = documents.c
    query = sa.select(documents).where(visible(tokens), columns.hash.is_not(None))
    for name, wanted in filters.items():
        query = query.where(_FILTERS[name] == wanted)
    if before is not None:
        query = query.where(sa.tuple_(columns.issued_at, columns.number) < sa.tuple_(*map(sa.literal, before)))
    query = query.order_by(columns.issued_at.desc(), columns.number.desc()).limit(limit)
    return [_document_of(row) for row in connection.execute(query)]


_FILTERS = {
    "code": documents.c.code, "station": documents.c.station, "state": documents.c.state,
    "servedTo": documents.c.served_to, "case": documents.c.case_id,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, in JSON's types.

    `names`: id → name of whoever it mentions. `signed_in`: the user tasks whose signatures it shows. `salt` and `text`
    are what the printed hash is of: SHA-256(salt:text).
    """

    title: str
    data: Mapping[str, Any]
    names: Mapping[str, str]
    signed_in: tuple[str, ...]
    salt: str
    text: str


def paper(connection: Connection, document: Document) -> Paper:
    """Raises DocumentErased."""
    first = next(_told_entries(connection, document))
    opened = json.loads(first.personal) if first.personal else {}
    if document.hash not in opened:
        raise DocumentErased
    salt, text = opened[document.hash]
    said: Any = feel.to_json(feel.decode(json.loads(text)))
    issued = history.plain(first)["events"][0]["variables"]
    return Paper(str(said["title"]), said["data"], said["names"], tuple(issued.get("signedIn") or ()), salt, text)


def notes(connection: Connection, document: Document) -> list[dict[str, Any]]:
    """What became of it, in order: note, at, actor, seq and hash of the entry, its data (an erased one says so)."""
    return [_told_note(one) for one in map(history.plain, _told_entries(connection, document))]


def _told_note(entry: Mapping[str, Any]) -> dict[str, Any]:
    event = entry["events"][0]
    said = {name: value for name, value in event.get("variables", {}).items() if name != "paper"}
    what = {
        "note": event.get("note", "ISSUED"),
        "at": entries.millis(entry["at"]),
        "actor": entry["command"].get("actor"),
    }
    return {**what, "seq": entry["seq"], "hash": entry["hash"], "data": said}


def _told_entries(connection: Connection, document: Document) -> Iterator[entries.Sealed]:
    for seq in document.entries:
        yield from history.sealed(connection, f"register/{document.series}", after=seq - 1, limit=1)


def _document_of(row: sa.Row[Any]) -> Document:
    return Document(**{**row._asdict(), "entries": tuple(json.loads(row.entries))})
