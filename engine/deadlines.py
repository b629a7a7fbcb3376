"""Business calendars as versioned data: imported, published, loaded. The arithmetic is `engine.execution.calendar`.

A version never changes. What a case was told to be due is recomputed by a command of its own, never by an edit here.
"""

import hashlib
import json
import time as time_
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from engine import clock
from engine.audit.entries import GENESIS
from engine.errors import Conflict, DubanError, NotFound, StaleVersion
from engine.execution import definitions
from engine.execution.calendar import Calendar, Hours
from engine.execution.commands import PublishCalendar
from engine.store import announce, calendar_series, calendars, to_millis
from engine.streams import append

SERIES = "CN"
ZONE = "Asia/Shanghai"
HOURS: Hours = ((time(8), time(12)), (time(13, 30), time(17, 30)))


class CalendarNotFound(NotFound):
    """Expected a business calendar of this series and version, but there is none; import or publish it first."""


class CalendarChanged(StaleVersion):
    """Another version of this calendar has been published since; load it and try again."""


class CalendarDamaged(DubanError):
    """The stored calendar is not what was published; restore it from a backup."""


def import_calendar(
    years: Collection[int], *, series: str = SERIES, zone: str = ZONE, hours: Hours = HOURS
) -> Calendar:
    """China's public holidays and 调休 of these years from the `holidays` package, as an unpublished calendar.

    A year without a single worked weekend is provisional: since 2001 every yearly notice has moved some, so there the
    package has only the statutory days, not yet the notice. InvalidInput for years outside 1900–2399.
    """
    import holidays  # here, because it costs every start of the program 0.2 s and is needed once a year

    wanted = frozenset(years)
    source = holidays.country_holidays("CN", years=wanted)
    off = frozenset(day for day in source if day.year in wanted)
    worked = frozenset(day for day in source.weekend_workdays if day.year in wanted)
    provisional = wanted - {day.year for day in worked}
    return Calendar(series, 0, zone, hours, off, worked, wanted, frozenset(provisional))


def publish(connection: sa.Connection, calendar: Calendar, *, actor: str | None = None, note: str = "") -> Calendar:
    """Store the calendar as the next version of its series and return it with that number.

    Who did it is an entry of the stream `calendar/<series>`. Content identical to the current version makes no new one.
    Cases adopt the version afterwards (`engine.adoption`). Conflict when somebody else publishes at the same moment.
    """
    newest = _newest(connection, calendar.series)
    if newest and newest.sha256 == calendar.sha256:
        return newest
    published = replace(calendar, version=newest.version + 1 if newest else 1)
    at = to_millis(clock.now())
    row = {"series": published.series, "version": published.version, "sha256": published.sha256}
    told = {"content": published.content, "created_at": at, "published_by": actor, "note": note}
    try:
        connection.execute(calendars.insert(), row | told)
        command = PublishCalendar(published.series, published.version, published.sha256, note, at=at, actor=actor)
        _record(connection, command)
    except sa.exc.IntegrityError as error:
        raise Conflict(f"Calendar '{calendar.series}' was published by somebody else; load it and try again") from error
    announce(connection)
    Newest.forget()
    return published


def _record(connection: sa.Connection, command: PublishCalendar) -> None:
    t = calendar_series
    head = connection.execute(sa.select(t.c.seq, t.c.hash).where(t.c.id == command.series).with_for_update()).first()
    seq, prev = (head.seq + 1, head.hash) if head else (1, GENESIS)
    sealed = append(connection, f"calendar/{command.series}", seq, prev, "", command, definitions.publish(command))
    values = {"seq": seq, "hash": sealed.hash}
    if head:
        connection.execute(t.update().where(t.c.id == command.series).values(values))
    else:
        connection.execute(t.insert().values(id=command.series, **values))


def current(connection: sa.Connection, series: str) -> Calendar:
    """The newest version of a series; CalendarNotFound when there is none."""
    found = _newest(connection, series)
    if found is None:
        raise CalendarNotFound(f"Expected a business calendar '{series}', but none has been published")
    return found


def load(connection: sa.Connection, series: str, version: int) -> Calendar:
    """One version, as it was published; CalendarNotFound when there is none."""
    row = connection.execute(_SELECT.where(calendars.c.series == series, calendars.c.version == version)).first()
    if row is None:
        raise CalendarNotFound(f"Expected version {version} of business calendar '{series}', but there is none")
    return _calendar(*row)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a series: when it was published (ms), by whom, and why."""

    series: str
    version: int
    sha256: str
    published_at: int
    published_by: str | None
    note: str


def versions(connection: sa.Connection, series: str) -> list[Version]:
    """The versions of a series, the newest first; none when there is no such series."""
    t = calendars.c
    columns = (t.series, t.version, t.sha256, t.created_at, t.published_by, t.note)
    query = sa.select(*columns).where(t.series == series).order_by(t.version.desc())
    return [Version(*row[:-1], row[-1] or "") for row in connection.execute(query)]


def newest(connection: sa.Connection) -> dict[str, int]:
    """The version in force of each series."""
    t = calendars.c
    rows = connection.execute(sa.select(t.series, sa.func.max(t.version).label("version")).group_by(t.series))
    return {row.series: row.version for row in rows.all()}


class Newest:
    """The version in force of each series, for the facts of commands: looked up once a second at most.

    A command that sees a version published in another process a moment late does no harm: its deadlines are among those
    that adoption counts again.
    """

    FOR = 1.0  # seconds
    _published = 0  # how often this process has published

    def __init__(self) -> None:
        self._known: tuple[float, int, dict[str, int]] | None = None

    def versions(self, connection: sa.Connection) -> dict[str, int]:
        known, now = self._known, time_.monotonic()
        if known is None or now - known[0] > self.FOR or known[1] != Newest._published:
            known = self._known = (now, Newest._published, newest(connection))
        return known[2]

    @classmethod
    def forget(cls) -> None:
        """This process has published: look again."""
        cls._published += 1


@dataclass(frozen=True, slots=True)
class Warning:
    """Days off of a year that deadlines may soon need are `missing`, or `provisional`: the notice is not out yet."""

    series: str
    year: int
    kind: str


def warnings(connection: sa.Connection) -> list[Warning]:
    """What to warn about in the newest version of each series, at this moment."""
    found = []
    for series in sorted(newest(connection)):
        calendar = current(connection, series)
        for year in missing_years(calendar, calendar.local_day(clock.now())):
            found.append(Warning(series, year, "provisional" if year in calendar.years else "missing"))
    return found


def missing_years(calendar: Calendar, today: date) -> list[int]:
    """The years to warn about: this year, and from 1 December the next, when their days off are not final."""
    needed = [today.year, today.year + 1] if today.month == 12 else [today.year]
    return [year for year in needed if calendar.is_provisional(year)]


_SELECT = sa.select(calendars.c.series, calendars.c.version, calendars.c.sha256, calendars.c.content)


def _newest(connection: sa.Connection, series: str) -> Calendar | None:
    row = connection.execute(
        _SELECT.where(calendars.c.series == series).order_by(calendars.c.version.desc()).limit(1)
    ).first()
    return _calendar(*row) if row else None


@lru_cache(maxsize=256)
def _calendar(series: str, version: int, sha256: str, content: bytes) -> Calendar:
    """Cached, because a version never changes and every command that counts business time asks for one."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CalendarDamaged(f"Version {version} of calendar '{series}' is not what was published: its hash differs")
    rules: dict[str, Any] = json.loads(content)
    return Calendar.from_json({"series": series, "version": version} | rules)
