"""Business time: calendars and the arithmetic of deadlines on three clocks. Pure: no clock, no I/O.

The rules follow the Civil Code of the PRC, articles 201–203: the start day is not counted, hours run from the moment, a
period ends at close of business of its last day, and a last day that is off gives way to the next working day.

    WALL   real time, day and night; a day is 24 hours
    WORK   working days and working hours; `P1D` is one working day, never 24 business hours
    DAY    calendar days; only the last one may be rolled to a working day
    SHIFT  real time, to the end of the shift that is running then; shifts change at the edges of the night

FEEL has one value for `P1D` and `PT24H`, so 24 hours or more of a duration always count as days on WORK and DAY.

Daylight saving: working hours are those of the local clock, held still while it is set back. So a boundary such as
08:00 is the first instant at which the local clock reads 08:00 or later, whether that hour is skipped or runs twice.
"""

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from engine.errors import InvalidInput
from engine.feel.errors import FeelError
from engine.feel.temporal import DAY as NANOS_PER_DAY
from engine.feel.temporal import DaysDuration, Duration, YearsDuration, days_in_month, zone_info

CLOCKS = ("WALL", "WORK", "DAY", "SHIFT")
ROLLS = ("forward", "back", "none")
MAX_DAYS = 36_525
MAX_MONTHS = 1_200
FIRST_YEAR = 1900
LAST_YEAR = 2399
MAX_KNOWN_YEARS = 200
NONE = timedelta()

Hours = tuple[tuple[time, time], ...]


def refuse(path: str, expected: str, found: object) -> NoReturn:
    shown = repr(found)
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
    text = f"expected {expected}, but got {shown}"
    raise InvalidInput(f"{path}: {text}", {path: [text]})


# Calendars ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Calendar:
    """One version of a business calendar. Validates itself: InvalidInput names the field.

    `off` and `worked` are the exceptions to Monday–Friday (`worked`: the weekend days of 调休) and lie in `years`, the
    years known. In `provisional` years the exceptions are still incomplete; in unknown years there are weekends only.
    `hours` are the working hours of a working day and `night` a span that may pass midnight, both local, whole minutes.
    """

    series: str
    version: int
    zone: str
    hours: Hours
    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]
    provisional: frozenset[int] = frozenset()
    night: tuple[time, time] = (time(20), time(8))

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.-]{1,64}", self.series):
            refuse("series", "1 to 64 letters, digits, dots, hyphens or underscores", self.series)
        if not 0 <= self.version < 2**31:
            refuse("version", "a whole number from 0", self.version)
        _check_zone(self.zone)
        _check_hours(self.hours, self.night)
        self._check_days()

    def _check_days(self) -> None:
        if len(self.years) > MAX_KNOWN_YEARS or any(not FIRST_YEAR <= year <= LAST_YEAR for year in self.years):
            refuse("years", f"at most {MAX_KNOWN_YEARS} years from {FIRST_YEAR} to {LAST_YEAR}", sorted(self.years))
        if unknown := self.provisional - self.years:
            refuse("provisional", "only years that are also in 'years'", sorted(unknown))
        for path, days in (("off", self.off), ("worked", self.worked)):
            if outside := sorted(day for day in days if day.year not in self.years):
                refuse(path, "only days of the years in 'years'", outside[0].isoformat())
        if both := sorted(self.off & self.worked):
            refuse("worked", "only days that are not in 'off'", both[0].isoformat())

    @classmethod
    def from_json(cls, data: object) -> "Calendar":
        """The inverse of `to_json`. InvalidInput names the field; nothing is defaulted and nothing unknown accepted."""
        if not isinstance(data, Mapping):
            refuse("calendar", "an object", data)
        if data.keys() != _READERS.keys():
            refuse("calendar", f"exactly the fields {', '.join(_READERS)}", sorted(map(str, data)))
        return cls(**{name: read(name, data[name]) for name, read in _READERS.items()})

    def to_json(self) -> dict[str, Any]:
        """Canonical: sorted, so that equal calendars give equal JSON."""
        return {"series": self.series, "version": self.version} | self._rules()

    def _rules(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "hours": [[_clock_text(opens), _clock_text(closes)] for opens, closes in self.hours],
            "night": [_clock_text(edge) for edge in self.night],
            "years": sorted(self.years),
            "provisional": sorted(self.provisional),
            "off": [day.isoformat() for day in sorted(self.off)],
            "worked": [day.isoformat() for day in sorted(self.worked)],
        }

    @cached_property
    def content(self) -> bytes:
        """What the calendar says, without its name and number: two versions with equal content are equal calendars."""
        return json.dumps(self._rules(), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of `content`, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    # Days

    def is_working_day(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def is_provisional(self, year: int) -> bool:
        """Whether the days off of this year are unknown or not final yet."""
        return year not in self.years or year in self.provisional

    def working_days(self, after: date, until: date) -> int:
        """Working days after `after` up to and including `until`; negative when `until` is the earlier one."""
        return self._count(until.toordinal()) - self._count(after.toordinal())

    def working_day(self, day: date, number: int) -> date:
        """The `number`-th working day after `day`, or before it when negative; `day` itself is not counted."""
        if number == 0:
            return day
        ordinal = day.toordinal()
        target = self._count(ordinal) + number if number > 0 else self._count(ordinal - 1) + number + 1
        reach = 2 * (abs(number) + len(self._exceptions[0])) + 7  # even if all days off fell within, weekends included
        near = range(ordinal, ordinal + reach) if number > 0 else range(ordinal - reach, ordinal)
        return date.fromordinal(near[0] + bisect_left(near, target, key=self._count))

    def rolled(self, day: date, roll: str) -> date:
        """`day` when it is a working day or `roll` is "none"; else the next ("forward") or the last one ("back")."""
        _known("roll", roll, ROLLS)
        if roll == "none" or self.is_working_day(day):
            return day
        return self.working_day(day, 1 if roll == "forward" else -1)

    def _count(self, ordinal: int) -> int:
        """Working days from 0001-01-01, a Monday, up to and including the day of this ordinal."""
        weeks, rest = divmod(ordinal, 7)
        lost, gained = self._exceptions
        return weeks * 5 + min(rest, 5) - bisect_right(lost, ordinal) + bisect_right(gained, ordinal)

    @cached_property
    def _exceptions(self) -> tuple[list[int], list[int]]:
        lost = sorted(day.toordinal() for day in self.off if day.weekday() < 5)
        return lost, sorted(day.toordinal() for day in self.worked if day.weekday() >= 5)

    # Instants

    @cached_property
    def _zone(self) -> ZoneInfo:
        return zone_info(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """The first instant, in UTC, at which the local clock reads this time of this day or later."""
        return _first_instant(datetime.combine(day, clock), self._zone)

    def close(self, day: date) -> datetime:
        """Close of business of a day, in UTC; a day off closes at the same hour."""
        return self.at(day, self.hours[-1][1])

    def local_day(self, moment: datetime) -> date:
        """The local date of an instant. A clock set back over midnight does not bring yesterday back."""
        day = moment.astimezone(self._zone).date()
        tomorrow = day + timedelta(days=1)
        return tomorrow if self.at(tomorrow, time()) <= moment else day

    def local_time(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)

    def shift_end(self, moment: datetime) -> datetime:
        """The first change of shift after an instant, in UTC. A shift begins with its first instant."""
        today = self.local_day(moment)
        days = (today, today + timedelta(days=1), today + timedelta(days=2))
        changes = (self.at(day, edge) for day in days for edge in self.night)
        return min(change for change in changes if change > moment)

    # Working time

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; negative when `end` is the earlier one."""
        first, last = self.local_day(start), self.local_day(end)
        return self._full(first, last) + self._part(last, end) - self._part(first, start)

    def shifted(self, moment: datetime, amount: timedelta) -> datetime:
        """The earliest instant with `amount` of working time since `moment`; if negative, the latest one before."""
        if not amount:
            return moment
        day = self.local_day(moment)
        target = self._part(day, moment) + amount  # counted from the beginning of `day`
        if amount > NONE:
            last = self._search(lambda ahead: self._full(day, day + timedelta(days=ahead + 1)) >= target)
            return self._within(day + timedelta(days=last), target - self._full(day, day + timedelta(days=last)))
        back = self._search(lambda behind: self._full(day - timedelta(days=behind), day) + target >= NONE)
        first = day - timedelta(days=back)
        return self._within(first, self._full(first, day) + target, latest=True)

    @staticmethod
    def _search(reached: Callable[[int], bool]) -> int:
        """The least number of days that satisfies a condition which stays true from there on."""
        span = 1
        while not reached(span):
            span *= 2
        return bisect_left(range(span), True, key=reached)

    def _full(self, first: date, until: date) -> timedelta:
        """Working time of the whole days from `first` up to but not including `until`."""
        if first > until:
            return -self._full(until, first)
        low, high = first.toordinal(), until.toordinal()
        total = (self._count(high - 1) - self._count(low - 1)) * self._usual
        for year in range(first.year, until.year + 1):
            for ordinal, difference in _irregular(self._zone, self.hours, year):
                if low <= ordinal < high and self.is_working_day(date.fromordinal(ordinal)):
                    total += difference
        return total

    @cached_property
    def _usual(self) -> timedelta:
        return _length(self.hours)

    def _part(self, day: date, moment: datetime) -> timedelta:
        """Working time of this day up to `moment`."""
        return sum((min(closes, max(opens, moment)) - opens for opens, closes in self._opening(day)), NONE)

    def _within(self, day: date, amount: timedelta, latest: bool = False) -> datetime:
        """The instant of this day with `amount` of working time before it: the earliest, or the latest."""
        for opens, closes in self._opening(day):
            length = closes - opens
            if amount < length or (amount == length and not latest):
                return opens + amount
            amount -= length
        raise AssertionError("the day was chosen so that the amount ends in it")

    def _opening(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.is_working_day(day):
            for opens, closes in self.hours:
                yield self.at(day, opens), self.at(day, closes)


@lru_cache(maxsize=8192)  # opening and closing times of the same few days are asked for again and again
def _first_instant(local: datetime, zone: ZoneInfo) -> datetime:
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    reading = instant.astimezone(zone)
    if reading.replace(tzinfo=None) == local:
        return instant
    # The clock is set forward over this reading: look for the second at which it is.
    early = local.replace(tzinfo=zone, fold=1, microsecond=0).astimezone(UTC)
    seconds = range(int((instant - early) / timedelta(seconds=1)) + 1)
    after = reading.utcoffset()
    found = bisect_left(
        seconds, True, key=lambda second: (early + timedelta(seconds=second)).astimezone(zone).utcoffset() == after
    )
    return early + timedelta(seconds=found)


@lru_cache(maxsize=4096)
def _irregular(zone: ZoneInfo, hours: Hours, year: int) -> tuple[tuple[int, timedelta], ...]:
    """Days of a year on which the clock is set within the working hours: ordinal, and length minus the usual length."""
    usual = _length(hours)
    found = []
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        opens = datetime.combine(day, hours[0][0], zone)
        closes = datetime.combine(day, hours[-1][1], zone).replace(fold=1)  # past a change that falls on closing time
        if opens.utcoffset() != closes.utcoffset():
            edges = [[_first_instant(datetime.combine(day, edge), zone) for edge in span] for span in hours]
            length = sum((until - start for start, until in edges), NONE)
            if length != usual:
                found.append((ordinal, length - usual))
    return tuple(found)


def _length(hours: Hours) -> timedelta:
    return sum((datetime.combine(date.min, b) - datetime.combine(date.min, a) for a, b in hours), NONE)


# Deadlines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. `provisional`: it depends on days off of a year that are not final yet."""

    at: datetime
    provisional: bool = False


def due(start: datetime, amount: Duration, clock: str, calendar: Calendar | None = None, roll: str = "forward") -> Due:
    """The end of a period that begins at `start`, in UTC, in whole milliseconds.

    Days are counted before hours. A negative amount counts back ("3 wd before"). `roll` says what happens to a last day
    that is off and only matters where days are calendar days: on DAY, and for months on WORK. The end of a positive
    amount never lies before `start`, even rolled back. InvalidInput for more than 100 years, an unknown clock or roll,
    a naive `start`, or a missing calendar.
    """
    moment = _utc(start, "start")
    months, days, rest = _parts(amount)
    _known("roll", roll, ROLLS)
    if _known("clock", clock, CLOCKS) == "WALL":
        return Due(_whole(_plus_months(moment, months, calendar) + timedelta(days=days) + rest))
    chosen = _needed(calendar, clock)
    if clock == "SHIFT":
        return Due(_whole(chosen.shift_end(_plus_months(moment, months, calendar) + timedelta(days=days) + rest)))
    end, unsure = moment, False
    if months or days:
        end, unsure = _counted(chosen, moment, months, days, clock, roll)
    if clock == "DAY" or not rest:
        return Due(_whole(end + rest), unsure)
    after = chosen.shifted(end, rest)
    return Due(_whole(after), unsure or _unsure(chosen, chosen.local_day(end), chosen.local_day(after)))


def _counted(
    calendar: Calendar, start: datetime, months: int, days: int, clock: str, roll: str
) -> tuple[datetime, bool]:
    """Close of business of the last day of a period of months or days, and whether that is provisional."""
    first = calendar.local_day(start)
    if clock == "WORK" and days:
        last = calendar.working_day(first, days)
        return calendar.close(last), _unsure(calendar, first, last)
    counted = _shift_months(first, months) + timedelta(days=days)
    last = calendar.rolled(counted, roll)
    end = calendar.close(last)
    unsure = roll != "none" and _unsure(calendar, counted, last)
    return (max(end, start) if months + days > 0 else end), unsure


def remaining(moment: datetime, due: datetime, clock: str, calendar: Calendar | None = None) -> timedelta:
    """Time left until `due`: working time on WORK, else real time; zero once it has passed."""
    start, end = _utc(moment, "moment"), _utc(due, "due")
    _known("clock", clock, CLOCKS)
    if start >= end:
        return NONE
    if clock == "WORK":
        return _needed(calendar, clock).working_time(start, end)
    return end - start


def resumed(
    due: datetime,
    stopped: datetime,
    again: datetime,
    clock: str,
    calendar: Calendar | None = None,
    roll: str = "forward",
    least_working_days: int = 0,
) -> Due:
    """The new due time of a clock that stood from `stopped` to `again`.

    Grants what remained, or `least_working_days` from `again` on, whichever is longer. WALL, SHIFT and WORK grant the
    time that remained; DAY moves the last day by the days on which the clock stood.
    """
    end, halt, go = _utc(due, "due"), _utc(stopped, "stopped"), _utc(again, "again")
    _known("roll", roll, ROLLS)
    if halt > go:
        refuse("stopped", "an instant that is not after 'again'", halt.isoformat())
    kept = _kept(end, halt, go, clock, calendar, roll)
    if not least_working_days:
        return kept
    least = _period(go, DaysDuration(least_working_days * NANOS_PER_DAY), "WORK", calendar)
    return Due(max(kept.at, least.at), kept.provisional or least.provisional)


def _kept(end: datetime, halt: datetime, go: datetime, clock: str, calendar: Calendar | None, roll: str) -> Due:
    left = remaining(halt, end, clock, calendar)
    if clock in ("WALL", "SHIFT") or not left:
        return Due(_whole(go + left))
    chosen = _needed(calendar, clock)
    today = chosen.local_day(go)
    if clock == "WORK":
        at = chosen.shifted(go, left)
        return Due(_whole(at), _unsure(chosen, today, chosen.local_day(at)))
    counted = chosen.local_day(end) + (today - chosen.local_day(halt))
    last = chosen.rolled(counted, roll)
    if chosen.close(last) <= go:  # stopped within the last day, resumed after its close
        last = chosen.rolled(today + timedelta(days=1), "forward" if roll == "back" else roll)
    return Due(chosen.close(last), roll != "none" and _unsure(chosen, counted, last))


def _unsure(calendar: Calendar, one: date, other: date) -> bool:
    low, high = sorted((one.year, other.year))
    return any(calendar.is_provisional(year) for year in range(low, high + 1))


# Rungs of a ladder -------------------------------------------------------------------------------------------------

_SPEC = re.compile(r"(?:(100|[0-9]{1,2}) ?%|([+-])([0-9]{1,4}) ?(wd|d|h|m))")
_period = due  # `rungs` and `resumed` have a parameter of that name


def rungs(
    start: datetime, due: datetime, specs: Iterable[str], clock: str, calendar: Calendar | None = None
) -> tuple[tuple[str, datetime], ...]:
    """When each rung of an escalation ladder is reached: (spec, instant in UTC), in the order given.

    `80%`: of the time from `start` to `due`, counted on the deadline's own clock. `+1wd`, `-1wd`: close of business of
    the working day so many after or before the due day. `+3d`: calendar days, never rolled (on WALL: 24 hours each).
    `-2h`, `+30m`: before or after `due` on the own clock. A rung never lies before `start`.
    """
    begin, end = _utc(start, "start"), _utc(due, "due")
    _known("clock", clock, CLOCKS)
    if begin > end:
        refuse("start", "an instant that is not after 'due'", begin.isoformat())
    return tuple((spec, _whole(max(begin, _rung(begin, end, spec, clock, calendar)))) for spec in specs)


def expect_spec(spec: str) -> "re.Match[str]":
    """What a rung's `at` says; InvalidInput when it cannot be read."""
    found = _SPEC.fullmatch(spec)
    if not found:
        refuse("rung", "0% to 100%, or at most four digits as in +1wd, -1wd, +3d, -2h, +30m", spec)
    return found


def _rung(start: datetime, end: datetime, spec: str, clock: str, calendar: Calendar | None) -> datetime:
    found = expect_spec(spec)
    percent, sign, number, unit = found.groups()
    if percent:
        return _share(start, end, int(percent), clock, calendar)
    return _apart(end, int(number) * (-1 if sign == "-" else 1), unit, clock, calendar)


def _apart(moment: datetime, amount: int, unit: str, clock: str, calendar: Calendar | None) -> datetime:
    """So many working days, days, hours or minutes after a moment (before it when negative)."""
    if unit in ("h", "m"):
        step = timedelta(hours=amount) if unit == "h" else timedelta(minutes=amount)
        return _needed(calendar, clock).shifted(moment, step) if clock == "WORK" else moment + step
    kind = "WORK" if unit == "wd" else ("WALL" if clock in ("WALL", "SHIFT") else "DAY")
    return _period(moment, DaysDuration(amount * NANOS_PER_DAY), kind, calendar, "none").at


_EVERY = re.compile(r"([1-9][0-9]{0,2}) ?(wd|d|h)")


def turn(first: datetime, every: str, number: int, clock: str, calendar: Calendar | None = None) -> datetime:
    """When a repeating rung comes for the `number`-th time after its first: `1d`, `2wd`, `4h` apart, in UTC.

    Counted from the first, so that turns never drift. InvalidInput as `interval`.
    """
    amount, unit = interval(every)
    return _whole(_apart(_utc(first, "first"), amount * number, unit, clock, calendar)) if number else first


def interval(every: str) -> tuple[int, str]:
    """`1d`, `2wd`, `4h` as (1, "d"), …; InvalidInput for anything but 1 to 999 of wd, d or h."""
    found = _EVERY.fullmatch(every)
    if not found:
        refuse("every", "1 to 999 of wd, d or h, as in 1d, 2wd, 4h", every)
    return int(found[1]), found[2]


def _share(start: datetime, end: datetime, percent: int, clock: str, calendar: Calendar | None) -> datetime:
    """`percent` of the way; `end` itself at 100, also where no working time lies between."""
    total = remaining(start, end, clock, calendar)
    if percent == 100 or not total:
        return end
    part = total * percent // 100
    return _needed(calendar, clock).shifted(start, part) if clock == "WORK" else start + part


# Rest and night ----------------------------------------------------------------------------------------------------


def is_rest_or_night(moment: datetime, calendar: Calendar, until: datetime | None = None) -> bool:
    """Whether the moment, or any moment from it up to but not including `until`, lies on a day off or in the night.

    Feeds the rule that hot work on holidays, rest days and at night is upgraded one grade (GB 30871-2022).
    """
    first = _utc(moment, "moment")
    last = _utc(until, "until") if until else first
    if not first <= last <= first + timedelta(days=366):
        refuse("until", "an instant at most 366 days after the moment", last.isoformat())
    days = (calendar.local_day(last) - calendar.local_day(first)).days
    dates = [calendar.local_day(first) + timedelta(days=ahead) for ahead in range(days + 1)]
    turns = (calendar.at(day, edge) for day in dates for edge in (time(), calendar.night[0]))
    return any(_rests(calendar, turn) for turn in (first, *turns) if turn == first or first < turn < last)


def _rests(calendar: Calendar, moment: datetime) -> bool:
    if not calendar.is_working_day(calendar.local_day(moment)):
        return True
    begin, end = calendar.night
    clock = calendar.local_time(moment).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


# Reading and checking ----------------------------------------------------------------------------------------------


def _utc(moment: datetime, name: str) -> datetime:
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        refuse(name, f"an instant with a zone in the years {FIRST_YEAR} to {LAST_YEAR}", moment.isoformat())
    return moment.astimezone(UTC)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _parts(amount: Duration) -> tuple[int, int, timedelta]:
    """Months, whole days and the rest, all of one sign."""
    if isinstance(amount, YearsDuration):
        if abs(amount.months) > MAX_MONTHS:
            refuse("duration", "at most 100 years", str(amount))
        return amount.months, 0, NONE
    if abs(amount.nanos) > MAX_DAYS * NANOS_PER_DAY:
        refuse("duration", f"at most {MAX_DAYS} days", str(amount))
    days, nanos = divmod(abs(amount.nanos), NANOS_PER_DAY)
    sign = -1 if amount.nanos < 0 else 1
    return 0, sign * days, sign * timedelta(microseconds=nanos // 1000)


def _shift_months(day: date, months: int) -> date:
    """The corresponding day; where there is none, the last of the month (Civil Code, article 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def _plus_months(moment: datetime, months: int, calendar: Calendar | None) -> datetime:
    """The same local time in another month: in the calendar's zone, in UTC without one."""
    if not months:
        return moment
    zone = zone_info(calendar.zone if calendar else "UTC")
    local = moment.astimezone(zone)
    return _first_instant(datetime.combine(_shift_months(local.date(), months), local.time()), zone)


def _needed(calendar: Calendar | None, clock: str) -> Calendar:
    if calendar is None:
        raise InvalidInput(f"Expected a business calendar for the clock {clock}, but none was given")
    return calendar


def _known(name: str, found: str, allowed: Sequence[str]) -> str:
    if found not in allowed:
        refuse(name, f"one of {', '.join(allowed)}", found)
    return found


def _check_zone(name: str) -> None:
    try:
        zone_info(name)
    except FeelError:
        refuse("zone", "an IANA time zone such as Asia/Shanghai", name)


def _check_hours(hours: Hours, night: tuple[time, time]) -> None:
    edges = [edge for span in hours for edge in span]
    if any(edge.second or edge.microsecond or edge.tzinfo or edge.fold for edge in (*edges, *night)):
        refuse("hours", "times of day in whole minutes without a zone", [*map(str, edges), *map(str, night)])
    if not edges or len(edges) > 48 or any(one >= other for one, other in pairwise(edges)):
        refuse("hours", "1 to 24 spans in ascending order that do not touch", [tuple(map(str, span)) for span in hours])
    if _length(hours) < timedelta(hours=1):
        refuse("hours", "at least one hour of work a day", str(_length(hours)))
    if night[0] == night[1]:
        refuse("night", "two different times of day", list(map(str, night)))


def _clock_text(clock: time) -> str:
    return clock.strftime("%H:%M")


def _read_text(path: str, found: object) -> str:
    return found if isinstance(found, str) else refuse(path, "a text", found)


def _read_whole(path: str, found: object) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) else refuse(path, "a whole number", found)


def _read_list(path: str, found: object) -> Sequence[Any]:
    if isinstance(found, list) and len(found) <= MAX_KNOWN_YEARS * 366:
        return found
    refuse(path, "a list", found)


def _read_clock(path: str, found: object) -> time:
    text = _read_text(path, found)
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", text):
        refuse(path, "a time of day such as 08:00", found)
    return time.fromisoformat(text)


def _read_span(path: str, found: object) -> tuple[time, time]:
    edges = _read_list(path, found)
    if len(edges) != 2:
        refuse(path, "two times of day", found)
    return _read_clock(f"{path}[0]", edges[0]), _read_clock(f"{path}[1]", edges[1])


def _read_hours(path: str, found: object) -> Hours:
    return tuple(_read_span(f"{path}[{place}]", span) for place, span in enumerate(_read_list(path, found)))


def _read_years(path: str, found: object) -> frozenset[int]:
    return frozenset(_read_whole(f"{path}[{place}]", year) for place, year in enumerate(_read_list(path, found)))


def _read_days(path: str, found: object) -> frozenset[date]:
    return frozenset(_read_day(f"{path}[{place}]", day) for place, day in enumerate(_read_list(path, found)))


def _read_day(path: str, found: object) -> date:
    text = _read_text(path, found)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        refuse(path, "a date such as 2026-10-01", found)
    return day if day.isoformat() == text else refuse(path, "a date such as 2026-10-01", found)


_READERS: dict[str, Callable[[str, object], Any]] = {
    "series": _read_text,
    "version": _read_whole,
    "zone": _read_text,
    "hours": _read_hours,
    "night": _read_span,
    "years": _read_years,
    "provisional": _read_years,
    "off": _read_days,
    "worked": _read_days,
}
