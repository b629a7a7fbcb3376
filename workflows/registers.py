"""Registers: what the events of cases say about the things supervised, as rows that only grow.

`_RULES` declares which event of which element writes what. A row is inserted in the transaction of the entry it comes
from and keyed (case, sequence, n); it holds the whole picture as of that moment, so the newest row of a case is the
present and the earlier ones are its past. Nothing is ever updated: a register can be emptied and rebuilt from the log.
Personal data is not copied here, so that erasing it from the case is enough.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text

from engine import feel, history
from engine.audit import entries
from engine.execution import events as e
from engine.execution import wire
from engine.execution.state import ROOT
from engine.store import cases, metadata
from workflows import registry
from workflows.declared import HAZARDS
from workflows.registry import opened, without_personal

HAZARD_PROCESS = "hazard-loop"
OPEN_STATES = ("REGISTERED", "CONFIRMED", "DISPUTED", "ORDERED", "RECTIFYING", "SUBMITTED", "REJECTED", "ACCEPTED")
STATES = (*OPEN_STATES, "CLOSED", "VOIDED", "TRANSFERRED")

hazard_register = Table(
    "hazard_register", metadata,
    Column("case_id", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False), Column("state", String, nullable=False),
    Column("unit", String), Column("station", String), Column("name", Text), Column("site", Text),
    Column("grade", String), Column("manage_type", String), Column("due_at", BigInteger),
    Column("submitted_at", BigInteger), Column("rejects", Integer, nullable=False), Column("card", String),
    Column("points", Integer), Column("details", Text, nullable=False),
    Index("ix_hazard_register_unit", "unit", "state"),
    Index("ix_hazard_register_state", "state", "at"),
)  # fmt: skip
"""`details` is JSON: the remaining fields of the record, by the names that the forms give them."""


class Entry(Protocol):
    """What a register needs of an entry (`engine.cases.Recorded`)."""

    @property
    def case_id(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> int: ...
    @property
    def process(self) -> str: ...
    @property
    def events(self) -> Sequence[e.Event]: ...


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard as of one entry. Instants in milliseconds since 1970, UTC; `due_at` is the rectifier's deadline."""

    case_id: str
    at: int
    state: str
    unit: str | None
    station: str | None
    name: str | None
    site: str | None
    grade: str | None
    manage_type: str | None
    due_at: int | None
    submitted_at: int | None
    rejects: int
    card: str | None
    points: int | None
    details: Mapping[str, Any]

    def overdue(self, now: int) -> bool:
        """Whether the rectification is, or was at last submission, later than its deadline."""
        if self.due_at is None:
            return False
        waiting = self.state in ("RECTIFYING", "REJECTED")
        reached = now if waiting else self.submitted_at
        return reached is not None and reached > self.due_at


# What is written ---------------------------------------------------------------------------------------------------

Picture = dict[str, Any]
Change = Callable[[Picture, Any, int], Picture]
"""(the picture so far, the event, its time in ms) → the columns that change."""


def _becomes(state: str, *details: str, **columns: str) -> Change:
    """A new state; `columns` maps a column to the variable of the event that it takes, `details` are kept by name."""

    def change(picture: Picture, event: Any, _: int) -> Picture:
        given = _plain(event.variables, (*details, *columns.values()))
        found = {column: given[name] for column, name in columns.items() if name in given}
        kept = {name: given[name] for name in details if name in given}
        return {"state": state, **found, "details": {**picture["details"], **kept}}

    return change


def _plain(variables: Mapping[str, feel.Value], names: Iterable[str]) -> dict[str, Any]:
    return {name: feel.to_json(variables[name]) for name in names if name in variables}


def _begins_rectifying(_: Picture, event: e.TaskCreated, __: int) -> Picture:
    return {"state": "RECTIFYING", "due_at": event.due, "submitted_at": None}


def _submitted(picture: Picture, event: e.TaskCompleted, at: int) -> Picture:
    return {**_SUBMITTED(picture, event, at), "submitted_at": at}


def _judged(picture: Picture, event: e.TaskCompleted, at: int) -> Picture:
    if event.variables.get("acceptResult") == "PASS":
        accepted = _ACCEPTED(picture, event, at)
        return {**accepted, "state": picture["state"]} if "." in event.page else accepted  # others of the panel follow
    return {**_REJECTED(picture, event, at), "rejects": picture["rejects"] + 1}


def _rung(_: Picture, event: e.RungReached, __: int) -> Picture:
    card = event.rung.get("card")
    return {"card": card} if isinstance(card, str) else {}


def _computed(picture: Picture, event: e.VariablesSet, __: int) -> Picture:
    """What decisions, jobs and messages bring: cards, points, numbers, and what stands beside the state."""
    found: Picture = {}
    given = {name: value for name, value in _plain(event.variables, _KEPT).items() if value is not None}
    if given.items() - picture["details"].items():
        found["details"] = {**picture["details"], **given}
    cards, points = event.variables.get("cards"), event.variables.get("proposedPoints")
    if isinstance(cards, list) and cards and isinstance(cards[-1], dict):
        found["card"] = cards[-1].get("level")
    if points is not None:
        found["points"] = int(str(points))
    return found


def _ended(state: str) -> Change:
    """The end of the case; a hazard that was voided or handed over has told so before."""
    return lambda picture, _, __: {} if picture["state"] in ("VOIDED", "TRANSFERRED") else {"state": state}


def _is(state: str) -> Change:
    return lambda _, __, ___: {"state": state}


def _told_end(_: Picture, event: e.MessageSent, __: int) -> Picture:
    return {"state": str(event.variables["state"])}


def _carded(_: Picture, event: e.MessageSent, __: int) -> Picture:
    return {"card": str(event.variables["level"])}


def _work(stopped: bool) -> Change:
    """Stop-work stands beside the state, because rectification goes on meanwhile."""
    return lambda picture, _, __: {"details": {**picture["details"], "suspendedWork": stopped}}


_KEPT = ("hazardNo", "findingId", "orderNo", "extensions", "extensionPending", "takenOver", "outcome", "endReason")


_SUBMITTED = _becomes("SUBMITTED", "dangerReason", "rectifyMeasures", "cost", "actualFinish")
_ACCEPTED = _becomes("ACCEPTED", "checkAcceptComment")
_REJECTED = _becomes("REJECTED", "rejectReason")
_REGISTERED = _becomes(
    "REGISTERED", "dangerDesc", "dangerSrc", "hazardDangerType", "findingClass", "foundBy", "repeatHazard",
    "item", "findingId", "visitNo", "sourceEventId", "reopens", "transferredFrom",
    unit="unitId", station="stationId", name="dangerName", site="site",
)  # fmt: skip

_RULES: Mapping[tuple[type[e.Event], str], Change] = {
    (e.TaskCompleted, "ConfirmGrade"): _becomes(
        "CONFIRMED", "managementClassification", "clause", "unitOpinion", "unitOpinionNote",
        grade="hazardGrade", manage_type="dangerManageType",
    ),
    (e.TaskCompleted, "IssueOrder"): _becomes(
        "ORDERED", "orderType", "rectifyDays", "controlMeasures", "interimControls", "budget", "contingencyPlan"
    ),
    (e.TaskCreated, "DecideDispute"): _is("DISPUTED"),
    (e.TaskCreated, "Rectify"): _begins_rectifying,
    (e.TaskCreated, "RectifyAtOnce"): _begins_rectifying,
    (e.TaskCompleted, "Rectify"): _submitted,
    (e.TaskCompleted, "RectifyAtOnce"): _submitted,
    (e.TaskCompleted, "Accept"): _judged,
    (e.TaskCompleted, "CloseAndScore"): _becomes("ACCEPTED", "violation", "repeatCount", "rootCause", "closeNote"),
    (e.TaskCreated, "CloseAndScore"): _is("ACCEPTED"),
    (e.RungReached, "Rectify"): _rung,
    (e.MessageSent, "RaiseCard"): _carded,
    (e.MessageSent, "Ordered"): _work(stopped=True),
    (e.MessageSent, "Released"): _work(stopped=False),
    (e.MessageSent, "Closed"): _told_end,
    (e.MessageSent, "EndedElsewise"): _told_end,
    (e.VariablesSet, ""): _computed,
    (e.CaseCompleted, ""): _ended("CLOSED"),
    (e.CaseCancelled, ""): _ended("VOIDED"),
}  # fmt: skip
"""(kind of event, element of hazard-loop, or "" where events of that kind name none) → what it changes."""

_EMPTY: Picture = {
    **dict.fromkeys(column.name for column in hazard_register.columns),
    "rejects": 0, "details": {}, "state": "REGISTERED",
}  # fmt: skip


def project(connection: Connection, entry: Entry) -> None:
    """Write the rows of one entry, in its transaction. The case's lock, which the caller holds, keeps them in order."""
    if entry.process != HAZARD_PROCESS:
        return
    picture = _present(connection, entry.case_id)
    rows: list[Picture] = []
    for changed in _pictures(picture, entry):
        key = {"case_id": entry.case_id, "seq": entry.seq, "n": len(rows), "at": entry.at}
        rows.append({**changed, **key, "details": json.dumps(changed["details"], ensure_ascii=False)})
    if rows:
        connection.execute(hazard_register.insert(), rows)
        _show(connection, entry, rows[-1])


def _show(connection: Connection, entry: Entry, newest: Picture) -> None:
    """The hazard's row among all registers: its newest picture, under the names of the declaration."""
    details = json.loads(newest["details"])
    columns = {
        "state": newest["state"], "unit": newest["unit"], "station": newest["station"], "site": newest["site"],
        "grade": newest["grade"], "kind": newest["manage_type"], "title": newest["name"], "due_at": newest["due_at"],
        "number": details.get("hazardNo"),
        "details": {**details, **{name: newest[name] for name in ("submitted_at", "rejects", "card", "points")}},
    }  # fmt: skip
    registry.put(connection, HAZARDS, entry.case_id, entry.case_id, entry.at, columns)


def _pictures(picture: Picture, entry: Entry) -> Iterator[Picture]:
    """Each new picture that the entry's events lead to, in order."""
    for event in entry.events:
        rule = _rule(event)
        change = rule(picture, event, entry.at) if rule else {}
        if any(picture[name] != value for name, value in change.items()) or rule is _REGISTERED:
            picture = {**picture, **change}
            yield picture


def _rule(event: e.Event) -> Change | None:
    if isinstance(event, e.ScopeOpened):
        return _REGISTERED if event.page == ROOT else None
    return _RULES.get((type(event), getattr(event, "element", "")))


def _present(connection: Connection, case_id: str) -> Picture:
    columns = hazard_register.c
    query = sa.select(hazard_register).where(columns.case_id == case_id)
    row = connection.execute(query.order_by(columns.seq.desc(), columns.n.desc()).limit(1)).first()
    if row is None:
        return dict(_EMPTY)
    return {**row._asdict(), "details": json.loads(row.details)}


def rebuild(connection: Connection) -> None:
    """Empty the register and write it anew from the log."""
    connection.execute(hazard_register.delete())
    registry.empty(connection, HAZARDS)
    of_process = sa.select(cases.c.id).where(cases.c.process == HAZARD_PROCESS).order_by(cases.c.id)
    for case_id in list(connection.scalars(of_process)):
        for entry in history.sealed(connection, f"case/{case_id}"):
            project(connection, _logged(case_id, entry))


@dataclass(frozen=True, slots=True)
class _Logged:
    """An entry read back from the log."""

    case_id: str
    seq: int
    at: int
    process: str
    events: list[e.Event]


def _logged(case_id: str, entry: entries.Sealed) -> _Logged:
    body = entries.parse(entry.data)
    told = [wire.decode(without_personal(record), e.KINDS, wire.Openings()) for record in body["events"]]
    return _Logged(case_id, entry.seq, entries.millis(body["at"]), HAZARD_PROCESS, told)


# What is read ------------------------------------------------------------------------------------------------------


def hazards(
    connection: Connection,
    *,
    tokens: Collection[str],
    state: str | None = None,
    grade: str | None = None,
    unit: str | None = None,
    before: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Hazard]:
    """The hazards whose cases these tokens open, the latest changed first.

    `before` is (at, case id) of the last one of the page before.
    """
    columns = hazard_register.c
    query = sa.select(hazard_register).where(_is_newest(), _visible(tokens))
    for column, wanted in ((columns.state, state), (columns.grade, grade), (columns.unit, unit)):
        if wanted is not None:
            query = query.where(column == wanted)
    if before is not None:
        query = query.where(sa.tuple_(columns.at, columns.case_id) < sa.tuple_(*before))
    query = query.order_by(columns.at.desc(), columns.case_id.desc()).limit(limit)
    return [_hazard(row) for row in connection.execute(query)]


def open_at(connection: Connection, *, unit: str, site: str, limit: int = 200) -> list[Hazard]:
    """The hazards of a unit that are not ended, at a site or a place of it (its name begins with the site's)."""
    columns = hazard_register.c
    here = sa.func.substr(columns.site, 1, len(site)) == site
    query = sa.select(hazard_register).where(_is_newest(), columns.unit == unit, columns.state.in_(OPEN_STATES), here)
    query = query.order_by(columns.at.desc(), columns.case_id.desc()).limit(limit)
    return [_hazard(row) for row in connection.execute(query)]


def last_at(connection: Connection, *, unit: str, site: str, tokens: Collection[str]) -> dict[str, Hazard]:
    """Item of a checklist → the latest hazard of it at a site, open or ended, among those that the tokens open."""
    columns = hazard_register.c
    here = (columns.unit == unit) & (columns.site == site) & _visible(tokens)
    query = sa.select(hazard_register).where(_is_newest(), here).order_by(columns.at, columns.case_id)
    found = (_hazard(row) for row in connection.execute(query))
    return {item: one for one in found if isinstance(item := one.details.get("item"), str)}


def found_since(connection: Connection, since: int, *, by: str, limit: int = 10_000) -> list[Hazard]:
    """The hazards registered at or after `since` that were found `by` FIELD or ONLINE, as they were then."""
    columns = hazard_register.c
    first = (columns.n == 0) & (columns.at >= since) & (columns.state == "REGISTERED")
    query = sa.select(hazard_register).where(first).order_by(columns.at, columns.case_id).limit(limit)
    found = (_hazard(row) for row in connection.execute(query))
    return [hazard for hazard in found if hazard.details.get("foundBy") == by]


def past(connection: Connection, case_id: str) -> list[Hazard]:
    """Every picture of one hazard, the oldest first."""
    columns = hazard_register.c
    query = sa.select(hazard_register).where(columns.case_id == case_id).order_by(columns.seq, columns.n)
    return [_hazard(row) for row in connection.execute(query)]


def totals(connection: Connection, *, tokens: Collection[str]) -> dict[tuple[str, str | None], int]:
    """(state, grade) → how many hazards, of those that these tokens open."""
    columns = hazard_register.c
    query = sa.select(columns.state, columns.grade, sa.func.count()).where(_is_newest(), _visible(tokens))
    grouped = query.group_by(columns.state, columns.grade)
    return {(state, grade): count for state, grade, count in connection.execute(grouped)}


def _is_newest() -> sa.ColumnElement[bool]:
    """There is no later row of the same case."""
    later = hazard_register.alias("later")
    same_case = later.c.case_id == hazard_register.c.case_id
    is_later = sa.tuple_(later.c.seq, later.c.n) > sa.tuple_(hazard_register.c.seq, hazard_register.c.n)
    return ~sa.exists().where(same_case, is_later)


def _visible(tokens: Collection[str]) -> sa.ColumnElement[bool]:
    return opened(hazard_register.c.case_id, tokens)


def _hazard(row: sa.Row[Any]) -> Hazard:
    values = {name: value for name, value in row._asdict().items() if name not in ("seq", "n")}
    return Hazard(**{**values, "details": json.loads(row.details)})
