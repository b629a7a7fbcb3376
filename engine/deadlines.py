"""Business calendars as versioned data: imported, published, loaded. The arithmetic is `engine.execution.calendar`.

A version never changes. What a case was told to be due is recomputed by a command of its own, never by an edit here.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from engine import clock
from engine.errors import Conflict, DubanError, NotFound
from engine.execution.calendar import Calendar, Hours
from engine.store import calendars, to_millis

SERIES = "CN"
ZONE = "Asia/Shanghai"
HOURS: Hours = ((time(8), time(12)), (time(13, 30), time(17, 30)))


class CalendarNotFound(NotFound):
    """Expected a business calendar of this series and version, but there is none; import or publish it first."""


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


def publish(connection: sa.Connection, calendar: Calendar) -> Calendar:
    """Store the calendar as the next version of its series and return it with that number.

    Content identical to the current version makes no new one. Conflict when somebody else publishes at the same moment.
    """
    newest = _newest(connection, calendar.series)
    if newest and newest.sha256 == calendar.sha256:
        return newest
    published = replace(calendar, version=newest.version + 1 if newest else 1)
    row = {"series": published.series, "version": published.version, "sha256": published.sha256}
    try:
        connection.execute(
            calendars.insert(), row | {"content": published.content, "created_at": to_millis(clock.now())}
        )
    except sa.exc.IntegrityError as error:
        raise Conflict(f"Calendar '{calendar.series}' was published by somebody else; load it and try again") from error
    return published


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
