"""The points account of a person for a calendar year: every posting is a number of its register's stream.

The account is locked while something is posted, so that postings of several hazards at once never pass the year's most.
Nothing is ever changed: a reversal is a posting of its own with the opposite sign.
"""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text, UniqueConstraint

from engine import feel, history
from engine.audit import entries
from engine.errors import InvalidInput
from engine.execution import wire
from engine.execution.commands import ReserveNumber
from engine.execution.events import KINDS
from engine.reservations import Series
from engine.store import metadata, number_series
from engine.worker import Within, Work
from workflows import registry
from workflows.declared import POINTS

postings = Table(
    "points_postings", metadata,
    Column("person", String, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False), Column("case_id", String, nullable=False),
    Column("job", Integer, nullable=False), Column("hazard_no", Text), Column("asked", Integer, nullable=False),
    Column("posted", Integer, nullable=False), Column("total", Integer, nullable=False), Column("reverses", Text),
    UniqueConstraint("case_id", "job"),
    Index("ix_points_postings_year", "year", "total"),
)  # fmt: skip
"""`asked`: what was decided; `posted`: what the account took of it; `total`: of the year, with this posting."""
_p = postings.c
_PREFIX = "POINTS-"


def handlers() -> dict[str, Within]:
    """What the worker runs for jobs of type `points`, in the transaction of its completion."""
    return {"points": _post}


def _post(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `person`, `year`, `points`, `most`, `meritMost`, `hazardNo`, `reverses`; sets `posted`, `total`.

    A year holds `most` points. Points below zero are merit, which offsets `meritMost` in a year at most, unless they
    reverse a posting, which `reverses` names.
    """
    person, year = _text(work, "person"), _whole(work, "year")
    series = Series(connection, f"{_PREFIX}{year}-{person}")
    earlier = connection.execute(sa.select(postings).where(_p.case_id == work.case_id, _p.job == work.job)).first()
    if earlier is not None:  # this job was done before, by somebody who could not tell
        return _told(earlier.posted, earlier.total)
    asked, before = _whole(work, "points"), _total(connection, person, year)
    taken = asked if asked >= 0 or work.variables.get("reverses") else _merit(connection, work, person, year, asked)
    total = min(_whole(work, "most"), max(0, before + taken))
    hazard, reverses = _maybe(work, "hazardNo"), _maybe(work, "reverses")
    row = {
        "person": person, "year": year, "case_id": work.case_id, "job": work.job, "asked": asked,
        "posted": total - before, "total": total, "hazard_no": hazard, "reverses": reverses,
    }  # fmt: skip
    told: dict[str, feel.Value] = {
        "person": person, "year": Decimal(year), "points": Decimal(asked), "posted": Decimal(total - before),
        "total": Decimal(total), "hazardNo": hazard, "reverses": reverses,
    }  # fmt: skip
    n, _, _ = series.reserve(ReserveNumber(series.id, work.key, told))
    connection.execute(postings.insert(), {**row, "n": n, "at": series.at})
    registry.put(connection, POINTS, work.key, work.case_id, series.at, registry.columns(POINTS, told, "POSTED"))
    return _told(total - before, total)


def rebuild(connection: Connection) -> None:
    """Empty the register of points and write it anew from the log."""
    registry.empty(connection, POINTS)
    ids = sa.select(number_series.c.id).where(number_series.c.id.startswith(_PREFIX)).order_by(number_series.c.id)
    for id in list(connection.scalars(ids)):
        for sealed in history.sealed(connection, f"register/{id}"):
            body = entries.parse(sealed.data)
            for event in (wire.decode(record, KINDS, wire.Openings()) for record in body["events"]):
                case_id, columns = event.holder.rpartition("/")[0], registry.columns(POINTS, event.variables, "POSTED")
                registry.put(connection, POINTS, event.holder, case_id, entries.millis(body["at"]), columns)


def _told(posted: int, total: int) -> dict[str, feel.Value]:
    return {"posted": Decimal(posted), "total": Decimal(total)}


def _total(connection: Connection, person: str, year: int) -> int:
    newest = sa.select(_p.total).where(_p.person == person, _p.year == year).order_by(_p.n.desc()).limit(1)
    return connection.scalar(newest) or 0


def _merit(connection: Connection, work: Work, person: str, year: int, asked: int) -> int:
    """What of a merit still counts this year; zero or below."""
    of_year = (_p.person == person) & (_p.year == year) & (_p.posted < 0) & _p.reverses.is_(None)
    used: int = -(connection.scalar(sa.select(sa.func.sum(_p.posted)).where(of_year)) or 0)
    return -min(-asked, max(0, _whole(work, "meritMost") - used))


def _maybe(work: Work, name: str) -> str | None:
    found = work.variables.get(name)
    return found if isinstance(found, str) and found else None


def _text(work: Work, name: str) -> str:
    found = _maybe(work, name)
    if found is None:
        raise InvalidInput(f"Expected {name!r} to be a text, but got {feel.describe(work.variables.get(name))}.")
    return found


def _whole(work: Work, name: str) -> int:
    found = work.variables.get(name)
    if not isinstance(found, Decimal) or found != int(found):
        raise InvalidInput(f"Expected {name!r} to be a whole number, but got {feel.describe(found)}.")
    return int(found)
