"""How long things are kept: legal holds, which keep a case whatever else is decided, and policies that say what is due.

A policy names a process, a grade of hazards where that matters, and years after the end of a case. It erases nothing:
what is due is listed, and becomes an erasure that two people decide (`workflows.erasure`).
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, Text

from engine import clock, deadlines
from engine.errors import InvalidInput, NotFound
from engine.store import cases, from_millis, metadata, to_millis
from workflows import selection
from workflows.registers import hazard_register
from workflows.selection import Asker, Selection

MOST_YEARS = 100

holds = Table(
    "legal_holds", metadata,
    Column("case_id", String, primary_key=True), Column("reason", Text, nullable=False),
    Column("set_by", String, nullable=False), Column("set_at", BigInteger, nullable=False),
)  # fmt: skip

policies = Table(
    "retention_policies", metadata,
    Column("process", String, primary_key=True), Column("grade", String, primary_key=True),
    Column("years", Integer, nullable=False), Column("set_by", String, nullable=False),
    Column("set_at", BigInteger, nullable=False),
)  # fmt: skip
"""`grade` empty: of any grade that has no policy of its own."""


class HoldNotFound(NotFound):
    """Expected a case on legal hold, but this one is not."""


@dataclass(frozen=True, slots=True)
class Hold:
    case: str
    title: str
    reason: str
    set_by: str
    set_at: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Personal data of closed cases of a process is kept for so many years after their end."""

    process: str
    grade: str
    years: int
    set_by: str = ""
    set_at: int = 0


# Holds ---------------------------------------------------------------------------------------------------------------


def hold(connection: Connection, case_id: str, reason: str, person: str) -> None:
    """Keep a case as it is until the hold is lifted. A hold that is there stays as it was."""
    if not held(connection, [case_id]):
        row = {"case_id": case_id, "reason": reason, "set_by": person, "set_at": to_millis(clock.now())}
        connection.execute(holds.insert(), row)


def lift(connection: Connection, case_id: str) -> None:
    """Raises HoldNotFound."""
    if not connection.execute(holds.delete().where(holds.c.case_id == case_id)).rowcount:
        raise HoldNotFound


def held(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the cases that are on hold."""
    return set(connection.scalars(sa.select(holds.c.case_id).where(holds.c.case_id.in_(list(ids)))))


def all_holds(connection: Connection) -> list[Hold]:
    query = sa.select(holds, cases.c.title).join(cases, cases.c.id == holds.c.case_id)
    rows = connection.execute(query.order_by(holds.c.set_at.desc(), holds.c.case_id))
    return [Hold(row.case_id, row.title, row.reason, row.set_by, row.set_at) for row in rows]


# Policies ------------------------------------------------------------------------------------------------------------


def set_policy(connection: Connection, wanted: Policy) -> None:
    """Replace the policy of a process and grade; 0 years takes it away. Raises InvalidInput."""
    if not 0 <= wanted.years <= MOST_YEARS:
        raise InvalidInput(f"Expected 0 to {MOST_YEARS} years", {"years": [f"range: 0 to {MOST_YEARS}"]})
    here = (policies.c.process == wanted.process, policies.c.grade == wanted.grade)
    connection.execute(policies.delete().where(*here))
    if wanted.years:
        row = {"process": wanted.process, "grade": wanted.grade, "years": wanted.years}
        told = {"set_by": wanted.set_by, "set_at": to_millis(clock.now())}
        connection.execute(policies.insert(), {**row, **told})


def all_policies(connection: Connection) -> list[Policy]:
    rows = connection.execute(sa.select(policies).order_by(policies.c.process, policies.c.grade))
    return [Policy(**row._asdict()) for row in rows]


def due(connection: Connection, asker: Asker | None, now: int) -> list[str]:
    """The closed cases whose time is over by the policies, at most `selection.MOST`, in the order of their ids."""
    found: list[str] = []
    known = {(one.process, one.grade): one.years for one in all_policies(connection)}
    for process in sorted({process for process, _ in known}):
        shortest = min(years for (of, _), years in known.items() if of == process)
        wanted = Selection(process=process, until=before(now, shortest), by="ended", view="closed")
        for row in selection.rows(connection, wanted, asker):
            years = known.get((process, _grade(connection, row.id)), known.get((process, "")))
            if years is not None and row.ended_at < before(now, years):
                found.append(row.id)
    return sorted(found)[: selection.MOST]


def before(now: int, years: int) -> int:
    """The same moment so many years earlier, in the zone of the house; 29 February may become the 28th."""
    moment = from_millis(now).astimezone(ZoneInfo(deadlines.ZONE))
    year = moment.year - years
    is_missing = (moment.month, moment.day) == (2, 29) and not isleap(year)
    return to_millis(moment.replace(year=year, day=28 if is_missing else moment.day))


def _grade(connection: Connection, case_id: str) -> str:
    """The grade of a hazard as its register last had it; empty for other cases."""
    h: Any = hazard_register.c
    query = sa.select(h.grade).where(h.case_id == case_id).order_by(h.seq.desc(), h.n.desc()).limit(1)
    return connection.scalar(query) or ""
