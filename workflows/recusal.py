"""What bars a person from a unit, and what they are qualified for: ties, rotation, competence.

How long a tie bars, and after how many visits running somebody must give way, is a decision table (`recusal`, shipped
as `bpmn/people/recusal.dmn`): the newest deployed version counts. From all of it follow tokens: `conflict:<unit>` for
each unit that somebody is barred from, `competence:<kind>` and `competence:<kind>:<level>` for what they hold. Instants
are milliseconds since 1970 in UTC; every function takes the connection of its caller's transaction.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel
from engine.deadlines import ZONE
from engine.driver import fetch
from engine.errors import Conflict, InvalidInput, NotFound
from engine.store import from_millis, to_millis
from engine.worker import Within, Work
from workflows import rules
from workflows.tables import competences, ties, units, visits_made

DECISION = "recusal"
KINDS = ("family", "interest", "worked", "branch", "alliance", "decided")
"""Ties: a relative there, a financial interest, an earlier post, the same party branch, an alliance pair, an earlier
part in the decision."""
DAY = 86_400_000
COMPETENCES: Mapping[str, tuple[str, str]] = {
    "inspector": ("监督员资格", "Inspector's licence"),
    "hotwork": ("动火作业", "Hot work"),
    "confined": ("受限空间作业", "Confined space"),
    "height": ("高处作业", "Work at height"),
    "lifting": ("吊装作业", "Lifting"),
    "electric": ("临时用电", "Temporary power"),
    "well_control": ("井控", "Well control"),
    "hydrogen_sulfide": ("硫化氢防护", "Hydrogen sulphide"),
    "tanks": ("储罐区", "Tank farm"),
    "chemicals": ("危险化学品", "Hazardous chemicals"),
    "fire": ("消防", "Fire protection"),
}
"""kind → names, for those that are offered; diagrams may ask for others."""
_REASONS: Mapping[str, tuple[str, str]] = {
    "family": ("有亲属在{unit}", "has a relative at {unit}"),
    "interest": ("与{unit}有经济利益关系", "has a financial interest in {unit}"),
    "worked": ("曾在{unit}任职", "worked at {unit}"),
    "branch": ("与{unit}同一党支部", "is in the same party branch as {unit}"),
    "alliance": ("与{unit}是联盟共建对子", "is paired with {unit} in an alliance"),
    "decided": ("参与过{unit}的原处理决定", "took part in the earlier decision on {unit}"),
    "rotation": ("已连续多次监督{unit}，应轮换", "visited {unit} too many times running"),
    "residence": ("在{unit}驻点期满，应轮换", "has been resident at {unit} for too long"),
}
LOCAL = ("second_level", "area", "team", "contractor", "crew")
"""Kinds of unit that a tie reaches upwards: who worked in an area is not impartial about its plant either."""


class TieNotFound(NotFound):
    """Expected a tie that holds with this id, but there is none."""


class CompetenceNotFound(NotFound):
    """Expected a competence that holds with this id, but there is none."""


@dataclass(frozen=True, slots=True)
class Tie:
    """`until`: when what it tells of ended (a post that was left); None: it goes on."""

    id: str
    person: str
    kind: str
    unit: str
    since: int
    until: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Competence:
    id: str
    person: str
    kind: str
    level: int
    since: int
    until: int | None
    proof: str


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why somebody is barred from a unit: a tie's kind, `rotation` or `residence`; `until` (ms): when that ends."""

    unit: str
    kind: str
    until: int | None = None


# Competence --------------------------------------------------------------------------------------------------------


def add_competence(
    connection: Connection, person: str, kind: str, level: int = 1, *, until: int | None = None, proof: str = "",
    by: str | None = None,
) -> str:  # fmt: skip
    """A qualification from now on up to `until` (ms, exclusive); returns its id."""
    if not kind.isidentifier() or not 1 <= level <= 9:
        expected = "a kind of letters, digits and _ and a level from 1 to 9"
        raise InvalidInput(f"Expected {expected}, but found {kind!r}, {level}", {"kind": [f"pattern: {expected}"]})
    now = to_millis(clock.now())
    if until is not None and until <= now:
        raise InvalidInput("Expected a competence that is still valid", {"until": ["min: in the future"]})
    row = {"id": f"c-{secrets.token_hex(8)}", "person": person, "kind": kind, "level": level, "valid_from": now}
    row |= {"valid_until": until, "proof": proof, "created_by": by, "created_at": now}
    connection.execute(competences.insert().values(**row))
    return str(row["id"])


def end_competence(connection: Connection, id: str, at: int) -> str:
    """It ends at `at`; returns whose it was. Raises CompetenceNotFound."""
    return _end(connection, competences, competences.c.valid_until, id, at, CompetenceNotFound)


def competences_of(connection: Connection, persons: Sequence[str], at: int) -> list[Competence]:
    """What holds at `at`, by kind."""
    c = competences.c
    valid = c.valid_from <= at, c.valid_until.is_(None) | (c.valid_until > at)
    query = sa.select(competences).where(c.person.in_(persons), *valid).order_by(c.person, c.kind, c.level)
    return [
        Competence(row.id, row.person, row.kind, row.level, row.valid_from, row.valid_until, row.proof)
        for row in connection.execute(query)
    ]


# Ties --------------------------------------------------------------------------------------------------------------


def add_tie(
    connection: Connection, person: str, kind: str, unit: str, *, until: int | None = None, note: str = "",
    by: str | None = None,
) -> str:  # fmt: skip
    """Something that may bar the person from the unit and what lies below it; returns its id."""
    if kind not in KINDS:
        expected = f"one of {', '.join(KINDS)}"
        raise InvalidInput(f"Expected {expected}, but found {kind!r}", {"kind": [f"option: {expected}"]})
    t = ties.c
    same = t.person == person, t.kind == kind, t.unit == unit, t.ended_at.is_(None)
    if connection.scalar(sa.select(t.id).where(*same)):
        raise Conflict("Expected a new tie, but this one is known already; end it first")
    now = to_millis(clock.now())
    row = {"id": f"t-{secrets.token_hex(8)}", "person": person, "kind": kind, "unit": unit, "since": now}
    row |= {"until": until, "note": note, "created_by": by, "created_at": now, "ended_at": None}
    connection.execute(ties.insert().values(**row))
    return str(row["id"])


def end_tie(connection: Connection, id: str, at: int) -> str:
    """It was a mistake, or is no longer so, from `at` on; returns whose it was. Raises TieNotFound."""
    return _end(connection, ties, ties.c.ended_at, id, at, TieNotFound)


def _end(
    connection: Connection, table: sa.Table, column: Any, id: str, at: int, missing: type[NotFound]
) -> str:  # fmt: skip
    holds = (table.c.id == id) & (column.is_(None) | (column > at))
    person = connection.scalar(sa.select(table.c.person).where(holds))
    if person is None:
        raise missing
    connection.execute(table.update().where(table.c.id == id).values({column.name: at}))
    return str(person)


def ties_of(connection: Connection, persons: Sequence[str]) -> list[Tie]:
    """What is known and not withdrawn."""
    query = sa.select(ties).where(ties.c.person.in_(persons), ties.c.ended_at.is_(None)).order_by(ties.c.created_at)
    return [
        Tie(row.id, row.person, row.kind, row.unit, row.since, row.until, row.note) for row in connection.execute(query)
    ]


# Rotation ----------------------------------------------------------------------------------------------------------


def note_visit(connection: Connection, person: str, unit: str, case_id: str, n: int, at: int, days: int = 0) -> None:
    """A visit of a unit (a residence of so many days counts as one)."""
    row = {"person": person, "case_id": case_id, "n": n, "unit": unit, "at": at, "days": days}
    connection.execute(visits_made.insert().values(**row))


def handlers() -> Mapping[str, Within]:
    """Type of job → what does it: `visit-made` notes who visited which unit, in the transaction of the job."""
    return {"visit-made": _visit_made}


def _visit_made(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `visitors` (ids of people), `unit`, perhaps `days` of a residence; sets nothing."""
    visitors, unit, days = (work.variables.get(name) for name in ("visitors", "unit", "days"))
    if not isinstance(visitors, list) or not isinstance(unit, str):
        raise InvalidInput(f"Expected visitors as a list of ids and a unit, but found {visitors!r}, {unit!r}")
    whole = int(days) if isinstance(days, Decimal) else 0
    for person in dict.fromkeys(str(one) for one in visitors):
        note_visit(connection, person, unit, work.case_id, work.job, to_millis(clock.now()), whole)
    return {}


def _running(rows: Sequence[Any]) -> tuple[str, int, int, int] | None:
    """The unit of the last visits, how many there were running, when the last ended, and its days."""
    if not rows:
        return None
    count = next((index for index, row in enumerate(rows) if row.unit != rows[0].unit), len(rows))
    return rows[0].unit, count, rows[0].at, rows[0].days


# What follows ------------------------------------------------------------------------------------------------------


def questions(person: sa.ColumnElement[str]) -> tuple[sa.Select[Any], ...]:
    """What `tokens_from` needs the rows of: competences, ties, visits. Parameters: `at`, and those of `person`."""
    c, t, v, at = competences.c, ties.c, visits_made.c, sa.bindparam("at", type_=sa.BigInteger)
    valid = (c.valid_from <= at) & (c.valid_until.is_(None) | (c.valid_until > at))
    return (
        sa.select(c.kind, c.level).where(c.person == person, valid),
        sa.select(t.kind, t.unit, t.until).where(t.person == person, t.ended_at.is_(None)).order_by(t.created_at),
        sa.select(v.unit, v.at, v.days).where(v.person == person).order_by(v.at.desc(), v.case_id, v.n).limit(50),
    )


_OF_PERSON = questions(sa.bindparam("person"))


def tokens(connection: Connection, person: str, at: int) -> frozenset[str]:
    """`competence:…` and `conflict:…` of this person at `at`."""
    return tokens_from(connection, _answers(connection, person, at), at)


def tokens_from(connection: Connection, answers: Sequence[Sequence[Any]], at: int) -> frozenset[str]:
    """The same from the rows that answer `questions`."""
    held: set[str] = set()
    for one in answers[0]:
        held |= {f"competence:{one.kind}", *(f"competence:{one.kind}:{level}" for level in range(1, one.level + 1))}
    return frozenset(held | {f"conflict:{barrier.unit}" for barrier in _barriers(connection, *answers[1:], at=at)})


def _answers(connection: Connection, person: str, at: int) -> list[list[Any]]:
    return fetch(connection, [(question, {"person": person, "at": at}) for question in _OF_PERSON])


def barriers(connection: Connection, person: str, at: int) -> list[Barrier]:
    """What bars this person from which unit at `at`; every unit below is named too."""
    return _barriers(connection, *_answers(connection, person, at)[1:], at=at)


def _barriers(connection: Connection, tied: Sequence[Any], visits: Sequence[Any], *, at: int) -> list[Barrier]:
    found = [*_by_ties(connection, tied, at), *_by_rotation(connection, visits, at)]
    if not found:
        return []
    reached = _reached(connection, {barrier.unit for barrier in found})
    return [Barrier(unit, barrier.kind, barrier.until) for barrier in found for unit in reached[barrier.unit]]


def _by_ties(connection: Connection, tied: Sequence[Any], at: int) -> Iterable[Barrier]:
    for tie in tied:
        rule = limits(connection, tie.kind)
        until = None if tie.until is None else _months_after(tie.until, rule["months"])
        if rule["bars"] and (until is None or until > at):
            yield Barrier(tie.unit, tie.kind, until)


def _by_rotation(connection: Connection, visits: Sequence[Any], at: int) -> Iterable[Barrier]:
    last = _running(visits)
    if last is None:
        return
    unit, count, ended, days = last
    for kind, reached in (("rotation", count), ("residence", days)):
        rule = limits(connection, kind)
        until = _months_after(ended, rule["months"])
        if rule["bars"] and reached >= rule["limit"] and until > at:
            yield Barrier(unit, kind, until)


def _reached(connection: Connection, wanted: set[str]) -> Mapping[str, list[str]]:
    """unit → it, those below it, and those of its own organisation above it."""
    top, other = units.alias("top"), units.alias("other")
    below = sa.func.substr(other.c.path, 1, sa.func.length(top.c.path)) == top.c.path
    above = (sa.func.substr(top.c.path, 1, sa.func.length(other.c.path)) == other.c.path) & other.c.kind.in_(LOCAL)
    query = sa.select(top.c.id, other.c.id).join_from(top, other, below | above).where(top.c.id.in_(wanted))
    found: dict[str, list[str]] = {unit: [] for unit in wanted}
    for unit, reached in connection.execute(query.order_by(other.c.path)):
        found[unit].append(reached)
    return found


def _months_after(at: int, months: int) -> int:
    """`at`, so many calendar months later, in the company's own time."""
    moved = feel.add(
        feel.DateTime.from_datetime(from_millis(at).astimezone(ZoneInfo(ZONE))), feel.parse_duration(f"P{months}M")
    )
    assert isinstance(moved, feel.DateTime)
    return to_millis(moved.to_datetime())


def reason(connection: Connection, person: str, token: str, at: int) -> tuple[str, str]:
    """Why somebody lacks a token or is barred by it, in Chinese and English: "worked at U01 until 2027-03"."""
    kind, _, rest = token.partition(":")
    if kind == "competence":
        name, level = rest.partition(":")[::2]
        chinese, english = COMPETENCES.get(name, (name, name))
        return (f"{chinese}{level}级", f"{english}, level {level}") if level else (chinese, english)
    if kind == "conflict":
        barrier = next((one for one in barriers(connection, person, at) if one.unit == rest), None)
        if barrier is not None:
            return _told(connection, barrier)
    return ("已参与本案，不得再办理", "took part in this case already") if kind == "person" else (token, token)


def _told(connection: Connection, barrier: Barrier) -> tuple[str, str]:
    row = connection.execute(sa.select(units.c.name, units.c.name_en).where(units.c.id == barrier.unit)).one()
    chinese, english = _REASONS[barrier.kind]
    until = None if barrier.until is None else f"{from_millis(barrier.until).astimezone(ZoneInfo(ZONE)):%Y-%m-%d}"
    end = (f"，回避至{until}", f", barred until {until}") if until else ("", "")
    return chinese.format(unit=row.name) + end[0], english.format(unit=row.name_en) + end[1]


# The table ---------------------------------------------------------------------------------------------------------


def limits(connection: Connection, kind: str) -> dict[str, Any]:
    """What the table says of a kind: `bars`, `months` (how long after it ended), `limit` (visits, days)."""
    row = rules.row(connection, DECISION, kind=kind)
    whole = {name: int(value) if isinstance(value := row.get(name), Decimal) else 0 for name in ("months", "limit")}
    return {"bars": row.get("bars") is True, **whole}


def digest(connection: Connection) -> str:
    """The SHA-256 of the table in force, for an entry that tells why somebody was barred."""
    return rules.digest(connection, DECISION)
