"""Calendars as people keep them: a year read from a source, what a new version would move, and publishing it.

Whoever runs the processes publishes (`can:calendar`), as with limits and ladders: a calendar moves the deadlines of
cases, which is no business of the administrators. They see what is missing.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from engine import adoption, deadlines, worklist
from engine.errors import InvalidInput
from engine.execution.calendar import Calendar

SOURCES = ("holidays", "csv", "json")
LONGEST = 366
_OFF = frozenset(["off", "休", "休息", "放假", "0"])
_WORKED = frozenset(["worked", "班", "上班", "补班", "1"])


@dataclass(frozen=True, slots=True)
class Year:
    """The exceptions of one year. `provisional`: the yearly notice is not in it yet."""

    year: int
    off: frozenset[date]
    worked: frozenset[date]
    provisional: bool = False

    def into(self, calendar: Calendar) -> Calendar:
        """The calendar with this year in the place of what it knew of it."""
        others = calendar.provisional - {self.year}
        return replace(
            calendar,
            off=frozenset(day for day in calendar.off if day.year != self.year) | self.off,
            worked=frozenset(day for day in calendar.worked if day.year != self.year) | self.worked,
            years=calendar.years | {self.year},
            provisional=others | {self.year} if self.provisional else others,
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """A page of a preview: what the person may see by name, how many more moved tasks are hidden, and the position."""

    changes: list[adoption.Change]
    hidden: int
    next: list[Any] | None


def read_year(year: int, source: str, text: str = "") -> Year:
    """A year's days off and worked weekends: from the `holidays` package, or from a file.

    CSV: lines of date and `off` or `worked` (休, 班). JSON: `{"off": […], "worked": […]}`. InvalidInput says where.
    """
    if source == "holidays":
        known = deadlines.import_calendar([year])
        return Year(year, known.off, known.worked, bool(known.provisional))
    if source not in SOURCES:
        raise _wrong("source", f"one of {', '.join(SOURCES)}", source)
    off, worked = _csv(text) if source == "csv" else _json(text)
    found = Year(year, frozenset(off), frozenset(worked))
    if outside := sorted(day for day in found.off | found.worked if day.year != year):
        raise _wrong("text", f"only days of {year}", outside[0].isoformat())
    if both := sorted(found.off & found.worked):
        raise _wrong("text", "each day once", both[0].isoformat())
    return found


def _csv(text: str) -> tuple[list[date], list[date]]:
    off: list[date] = []
    worked: list[date] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"))), 1):
        if not any(cell.strip() for cell in cells) or (number == 1 and cells[0].strip().lower() in ("date", "日期")):
            continue
        kind = cells[1].strip().lower() if len(cells) > 1 else ""
        if kind not in _OFF | _WORKED:
            raise _wrong(f"text:{number}", "a date and off or worked (休, 班)", ",".join(cells)[:60])
        (off if kind in _OFF else worked).append(_day(f"text:{number}", cells[0].strip()))
    return off, worked


def _json(text: str) -> tuple[list[date], list[date]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong("text", "JSON", str(error)[:80]) from None
    if not isinstance(found, dict) or not found.keys() <= {"off", "worked"}:
        raise _wrong("text", 'an object {"off": […], "worked": […]}', text[:60])
    lists = [found.get(name, []) for name in ("off", "worked")]
    if not all(isinstance(days, list) and len(days) <= LONGEST for days in lists):
        raise _wrong("text", f"lists of at most {LONGEST} days", text[:60])
    off, worked = ([_day("text", day) for day in days] for days in lists)
    return off, worked


def _day(path: str, found: object) -> date:
    try:
        return date.fromisoformat(found if isinstance(found, str) else "")
    except ValueError:
        raise _wrong(path, "a date such as 2027-10-01", str(found)[:40]) from None


def _wrong(path: str, expected: str, found: str) -> InvalidInput:
    message = f"expected {expected}, but got '{found}'"
    return InvalidInput(f"{path}: {message}", {path.partition(":")[0]: [f"{path}: {message}"]})


def candidate(series: str, rules: Mapping[str, Any]) -> Calendar:
    """An unpublished calendar of these rules (the fields of `Calendar.to_json`). InvalidInput names the field."""
    return Calendar.from_json({**rules, "series": series, "version": 0})


def look(
    connection: Connection, calendar: Calendar, person: str, tokens: frozenset[str], after: Sequence[Any] | None = None
) -> Looked:
    """What publishing the calendar would move, of the cases that the person may see by name."""
    found = adoption.preview(connection, calendar, None if after is None else (after[0], after[1]))
    seen = worklist.seen_of(connection, {change.case_id for change in found.changes}, person, tokens)
    shown = [change for change in found.changes if change.case_id in seen]
    return Looked(shown, len(found.changes) - len(shown), None if found.next is None else list(found.next))


def publish(
    connection: Connection, calendar: Calendar, *, based_on: int | None, actor: str | None, note: str
) -> Calendar:
    """The next version. `based_on`: the version that was edited (0: the series is new; None: whichever is newest).

    CalendarChanged when another version was published since.
    """
    present = deadlines.newest(connection).get(calendar.series, 0)
    if based_on is not None and based_on != present:
        found = f"Expected version {based_on} of '{calendar.series}' to be the newest, but it is {present}"
        raise deadlines.CalendarChanged(f"{found}; load it and try again")
    return deadlines.publish(connection, calendar, actor=actor, note=note)
