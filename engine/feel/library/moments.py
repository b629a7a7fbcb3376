"""Temporal functions (DMN 1.5, clauses 10.3.4.1, 10.3.4.6 and 10.3.4.9)."""

from decimal import Decimal

from engine.feel import temporal
from engine.feel.errors import Failure
from engine.feel.library.registry import builtin
from engine.feel.run import Run
from engine.feel.temporal import MIDNIGHT_UTC, SECOND, days_in_month, to_date_time
from engine.feel.values import Date, DateTime, DaysDuration, Time, Value, describe

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def integer(number: Decimal) -> int:
    if number != number.to_integral_value() or abs(number) > 10**12:
        raise Failure(f"expected an integer, but got {describe(number)}")
    return int(number)


@builtin("date", "from: string")
def date_from_text(text: str) -> Value:
    return temporal.parse_date(text)


@builtin("date", "from: date|date and time")
def date_of(moment: Date | DateTime) -> Value:
    return moment if isinstance(moment, Date) else moment.date


@builtin("date", "year: number, month: number, day: number")
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Value:
    return Date(integer(year), integer(month), integer(day))


@builtin("time", "from: string")
def time_from_text(text: str) -> Value:
    return temporal.parse_time(text)


@builtin("time", "from: time|date|date and time")
def time_of(moment: Time | Date | DateTime) -> Value:
    if isinstance(moment, Time):
        return moment
    return MIDNIGHT_UTC if isinstance(moment, Date) else moment.time


@builtin("time", "hour: number, minute: number, second: number, offset?: days and time duration?")
def time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None) -> Value:
    return _time(hour, minute, second, _offset(offset))


def _time(hour: Decimal, minute: Decimal, second: Decimal, offset: int | None, zone: str | None = None) -> Time:
    if abs(second) > 60:
        raise Failure(f"expected a second from 0 to 59, but got {second}")
    seconds, nano = divmod(int(second * SECOND), SECOND)
    return Time(integer(hour), integer(minute), seconds, nano, offset, zone)


def _offset(offset: DaysDuration | None) -> int | None:
    if offset is None:
        return None
    seconds, nanos = divmod(offset.nanos, SECOND)
    if nanos:
        raise Failure(f"expected an offset in whole seconds, but got {offset}")
    return seconds


@builtin("date and time", "from: string")
def date_and_time_from_text(text: str) -> Value:
    return temporal.parse_date_and_time(text)


@builtin("date and time", "date: date|date and time, time: time")
def date_and_time_of(date: Date | DateTime, time: Time) -> Value:
    return DateTime(date if isinstance(date, Date) else date.date, time)


@builtin("date and time", "date: date and time, timezone: string")
def in_zone(moment: DateTime, zone: str) -> Value:
    """The same instant on the clocks of another zone; a local one is taken to be there already."""
    if moment.time.is_local:
        return DateTime(moment.date, Time.from_nanos(moment.time.nanos, None, zone))
    instant = temporal.instant(moment)
    shown = instant + temporal.zone_offset_at(zone, instant // SECOND) * SECOND
    return DateTime.from_local_nanos(shown, None, zone)


_PARTS = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@builtin("date and time", f"{_PARTS}, offset?: days and time duration?")
def date_and_time_of_parts(
    year: Decimal,
    month: Decimal,
    day: Decimal,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    offset: DaysDuration | None,
) -> Value:
    date = Date(integer(year), integer(month), integer(day))
    return DateTime(date, _time(hour, minute, second, _offset(offset)))


@builtin("date and time", f"{_PARTS}, timezone: string")
def date_and_time_in_zone(
    year: Decimal, month: Decimal, day: Decimal, hour: Decimal, minute: Decimal, second: Decimal, timezone: str
) -> Value:
    date = Date(integer(year), integer(month), integer(day))
    return DateTime(date, _time(hour, minute, second, None, timezone))


@builtin("duration", "from: string")
def duration(text: str) -> Value:
    return temporal.parse_duration(text)


@builtin("years and months duration", "from: date|date and time, to: date|date and time")
def years_and_months_duration(start: Date | DateTime, end: Date | DateTime) -> Value:
    return temporal.months_between(start, end)


@builtin("now", run=True, pure=False)
def now(run: Run) -> Value:
    if run.now is None:
        raise Failure("has no answer here: this expression is evaluated without a time")
    return run.now


@builtin("today", run=True, pure=False)
def today(run: Run) -> Value:
    if run.now is None:
        raise Failure("has no answer here: this expression is evaluated without a time")
    return run.now.date


@builtin("day of year", "date: date|date and time")
def day_of_year(moment: Date | DateTime) -> Value:
    return Decimal(to_date_time(moment).date.day_of_year)


@builtin("day of week", "date: date|date and time")
def day_of_week(moment: Date | DateTime) -> Value:
    return _DAYS[to_date_time(moment).date.weekday - 1]


@builtin("month of year", "date: date|date and time")
def month_of_year(moment: Date | DateTime) -> Value:
    return _MONTHS[to_date_time(moment).date.month - 1]


@builtin("week of year", "date: date|date and time")
def week_of_year(moment: Date | DateTime) -> Value:
    return Decimal(to_date_time(moment).date.week_of_year)


@builtin("last day of month", "date: date|date and time")
def last_day_of_month(moment: Date | DateTime) -> Value:
    date = to_date_time(moment).date
    return Date(date.year, date.month, days_in_month(date.year, date.month))
