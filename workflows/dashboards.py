"""What the charts show. Every figure is of cases that the reader may see, as of one moment, and leads to its cases.

No figure counts all that ever happened: what is open is found by an index, what is counted by month comes from the
folded totals of registers, and rates look at the rows of a window of days.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import store
from engine.store import from_millis
from workflows import registry
from workflows.declared import HAZARDS, register_of
from workflows.registry import Row, Wanted, register_rows, units_of
from workflows.roles import ASSIGN, AUDIT
from workflows.tables import people

DAY = 86_400_000
STEPS = ((0, 3), (4, 7), (8, 30), (31, None))
"""The overdue ladder: from and up to how many whole days late."""
LATE_STATES = ("RECTIFYING", "REJECTED")
LISTED = 200
"""Rows behind a picture; more are counted, not listed."""
MOST = 2_000
"""Rows of a window that a rate looks at, the newest."""
UNTIL_SOON = 0.8
"""Part of the interval between visits after which a site is soon due."""
DEFAULT_INTERVAL = 30  # days, for a site without one of its own


# Overdue -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Late:
    """A hazard past its deadline. `owner`: who has its open task; `escalated`: the card that it has reached."""

    row: Row
    days: int
    owner: str | None
    task: str | None
    escalated: str | None


def overdue(connection: Connection, tokens: Collection[str], now: int) -> tuple[list[int], list[Late]]:
    """How many hazards are late on each of STEPS (counted up to 1000), and the worst of them."""
    c = register_rows.c
    late = (c.register == HAZARDS.id) & c.state.in_(LATE_STATES) & registry.visible(HAZARDS, tokens)
    counts = [_on_step(connection, late, now, *step) for step in STEPS]
    worst = sa.select(register_rows).where(late, c.due_at < now).order_by(c.due_at).limit(LISTED)
    rows = [registry.read(row) for row in connection.execute(worst)]
    tasks = _open_tasks(connection, [row["case_id"] for row in rows])
    return counts, [_late(row, tasks.get(row["case_id"]), now) for row in rows]


def _on_step(connection: Connection, late: sa.ColumnElement[bool], now: int, first: int, last: int | None) -> int:
    c = register_rows.c
    query = sa.select(c.id).where(late, c.due_at < now, c.due_at <= now - first * DAY)
    if last is not None:
        query = query.where(c.due_at > now - (last + 1) * DAY)
    few = query.limit(1000).subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(few)) or 0


def _open_tasks(connection: Connection, cases: list[str]) -> dict[str, Any]:
    t = store.tasks.c
    query = sa.select(t.case_id, t.n, t.name, t.assignee).where(
        t.case_id.in_(cases), t.state.in_(("created", "claimed"))
    )
    return {row.case_id: row for row in connection.execute(query.order_by(t.n.desc()))}


def _late(row: Row, task: Any, now: int) -> Late:
    days = (now - row["due_at"]) // DAY
    return Late(row, days, task.assignee if task else None, task.name if task else None, row["details"].get("card"))


# Coverage ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement at one site. `state`: NEVER, OVER, SOON or OK; `case_id` of the last visit."""

    requirement: str
    state: str
    days: int | None
    interval: int
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Covered:
    site: str
    unit: str | None
    cells: tuple[Cell, ...]


def coverage(connection: Connection, tokens: Collection[str], now: int, *, window: int = 180) -> list[Covered]:
    """Site × requirement with the time since the last visit that arrived there, the worst gaps first.

    Sites and their intervals come from the register of sites; a visit counts for the site and requirement it names.
    """
    visits = _last_visits(connection, tokens, now - window * DAY)
    found = [_covered(site, visits, now) for site in _sites(connection, tokens)]
    return sorted(found, key=_gap)


def _sites(connection: Connection, tokens: Collection[str]) -> list[Row]:
    return registry.page(connection, register_of("sites"), Wanted({}), tokens=tokens, limit=LISTED)


def _last_visits(connection: Connection, tokens: Collection[str], since: int) -> dict[tuple[str, str], tuple[int, str]]:
    """(site, requirement) → when somebody last arrived, and the case."""
    rows = registry.page(
        connection, register_of("inspections"), Wanted({}, since=since), tokens=tokens, limit=MOST
    )  # fmt: skip
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        arrived = row["details"].get("arrivedAt")
        if arrived is not None and row["site"]:
            key = (row["site"], row["kind"] or "")
            found[key] = max(found.get(key, (0, "")), (arrived, row["case_id"]))
    return found


def _covered(site: Row, visits: Mapping[tuple[str, str], tuple[int, str]], now: int) -> Covered:
    given = site["details"]
    wanted = [part.strip() for part in re.split(r"[、,;，；\n]", given.get("requirements") or "") if part.strip()] or [
        ""
    ]
    interval = int(given.get("everyDays") or DEFAULT_INTERVAL)
    return Covered(site["title"], site["unit"], tuple(_cell(site, each, interval, visits, now) for each in wanted))


def _cell(
    site: Row, requirement: str, interval: int, visits: Mapping[tuple[str, str], tuple[int, str]], now: int
) -> Cell:
    named = (site["title"], site["id"])
    last = max((visits[name, requirement] for name in named if (name, requirement) in visits), default=None)
    if last is None:
        return Cell(requirement, "NEVER", None, interval, None)
    days = (now - last[0]) // DAY
    state = "OVER" if days > interval else "SOON" if days >= interval * UNTIL_SOON else "OK"
    return Cell(requirement, state, days, interval, last[1])


def _gap(covered: Covered) -> tuple[float, str]:
    worst = max(cell.days / cell.interval if cell.days is not None else 1_000.0 for cell in covered.cells)
    return -worst, covered.site


# Hazards -----------------------------------------------------------------------------------------------------------

FACETS = ("grade", "unit", "item", "repeat")


def hazards(connection: Connection, tokens: Collection[str], since: str) -> dict[str, list[tuple[str, int, int]]]:
    """For each of FACETS: (value, open, ended) of hazards registered since a month, the most first, at most 30.

    Those of every unit and station that the tokens reach.
    """
    found = {facet: Counter[tuple[str, bool]]() for facet in FACETS}
    reached = None if AUDIT in tokens else set(units_of(tokens))
    for (state, grade, unit, station, item, repeat), n in registry.totals(connection, HAZARDS, since).items():
        if state == "VOIDED" or (reached is not None and reached.isdisjoint({unit, station})):
            continue
        values = {"grade": grade, "unit": unit, "item": item, "repeat": "REPEAT" if repeat else "FIRST"}
        for facet, value in values.items():
            found[facet][str(value or ""), state != "CLOSED"] += n
    return {facet: _ranked(counts) for facet, counts in found.items()}


def _ranked(counts: Mapping[tuple[str, bool], int]) -> list[tuple[str, int, int]]:
    values = {value for value, _ in counts}
    rows = [(value, counts.get((value, True), 0), counts.get((value, False), 0)) for value in values]
    return sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0]))[:30]


# Joint inspection --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the indicators of joint inspection: `part` of `whole`; for the response time `value` is a median in ms."""

    id: str
    part: int
    whole: int
    value: float | None


def joint(connection: Connection, tokens: Collection[str], since: int) -> list[Indicator]:
    """Online rate, false-alert rate, response time, confirmation rate, miss rate, of what changed since then."""
    window = Wanted({}, since=since)
    rows = registry.page(connection, register_of("joint"), window, tokens=tokens, limit=MOST)
    checks = registry.page(connection, register_of("miss-checks"), window, tokens=tokens, limit=MOST)
    cameras = registry.page(connection, register_of("cameras"), Wanted({}), tokens=tokens, limit=MOST)
    alerts = [row for row in rows if row["kind"] == "AI" and row["grade"]]
    verdicts = [row["details"]["verdict"] for row in rows if row["details"].get("verdict")]
    seen = [row["grade"] for row in checks if row["grade"] in ("NOT_VISIBLE", "MISSED")]
    times = [t for row in rows if (t := _response(row["details"])) is not None]
    return [
        _rate("online", [row["kind"] == "ONLINE" for row in cameras]),
        _rate("falseAlerts", [row["grade"] == "FALSE" for row in alerts]),
        Indicator("response", len(times), len(rows), float(median(times)) if times else None),
        _rate("confirmed", [verdict in ("CONFIRMED", "PARTLY", "ALREADY_FIXED") for verdict in verdicts]),
        _rate("missed", [outcome == "MISSED" for outcome in seen]),
    ]


def _rate(id: str, hits: list[bool]) -> Indicator:
    return Indicator(id, sum(hits), len(hits), sum(hits) / len(hits) if hits else None)


def _response(details: Mapping[str, Any]) -> int | None:
    begun, done = details.get("capturedAt"), details.get("triagedAt")
    return done - begun if isinstance(begun, int) and isinstance(done, int) and done >= begun else None


# Workload ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """`open` and `late` tasks that a person has, and how many they completed in the window."""

    person: str
    open: int
    late: int
    done: int


def workload(connection: Connection, person: str, tokens: Collection[str], now: int, since: int) -> list[Load]:
    """People of the units that one may assign tasks in; anybody else sees their own. The busiest first."""
    shown = _colleagues(connection, person, tokens)
    t = store.tasks.c
    held = sa.select(t.assignee, sa.func.count(), sa.func.sum(sa.case((t.due_at < now, 1), else_=0)))
    held = held.where(t.assignee.in_(shown), t.state == "claimed").group_by(t.assignee)
    ended = sa.select(t.ended_by, sa.func.count()).where(t.ended_by.in_(shown), t.ended_at >= since)
    has = {row[0]: (row[1], int(row[2] or 0)) for row in connection.execute(held)}
    done = {row[0]: row[1] for row in connection.execute(ended.where(t.state == "completed").group_by(t.ended_by))}
    loads = [Load(id, *has.get(id, (0, 0)), done.get(id, 0)) for id in shown]
    return sorted(loads, key=lambda load: (-load.open, -load.done, load.person))


def _colleagues(connection: Connection, person: str, tokens: Collection[str]) -> list[str]:
    if ASSIGN not in tokens and AUDIT not in tokens:
        return [person]
    query = sa.select(people.c.id).where(people.c.status == "active").order_by(people.c.id).limit(LISTED)
    if AUDIT not in tokens:
        query = query.where(people.c.unit.in_(units_of(tokens)))
    return list(dict.fromkeys([person, *connection.scalars(query)]))


def month_before(now: int, months: int) -> str:
    """The month (2026-03) that lies `months` months before this one."""
    at = from_millis(now)
    count = at.year * 12 + at.month - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
