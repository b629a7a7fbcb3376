"""FEEL's temporal values (DMN 1.5, clause 10.3.2.3): years ±999,999,999, nanoseconds, offsets, IANA zones.

`datetime` covers neither the years nor the nanoseconds, so the proleptic Gregorian calendar is computed here with
integers. Zone rules come from the pinned tzdata package (see `engine/__init__.py`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from engine.feel.errors import FeelError

MAX_YEAR = 999_999_999
SECOND = 1_000_000_000
DAY = 86_400 * SECOND
MAX_OFFSET = 18 * 3600
MAX_DURATION_DAYS = 10**12
MAX_DURATION_MONTHS = 10**11
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_DAYS[month - 1]


def _ordinal(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01. Years start in March here, so that the leap day comes last."""
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def _civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970-01-01."""
    era, day_of_era = divmod(ordinal + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_index = (5 * day_of_year + 2) // 153
    month = month_index + 3 if month_index < 10 else month_index - 9
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * month_index + 2) // 5 + 1


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the proleptic Gregorian calendar, year -999,999,999 to 999,999,999."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not -MAX_YEAR <= self.year <= MAX_YEAR:
            raise FeelError(f"Expected a year from -{MAX_YEAR} to {MAX_YEAR}, but got {self.year}")
        if not 1 <= self.month <= 12:
            raise FeelError(f"Expected a month from 1 to 12, but got {self.month}")
        if not 1 <= self.day <= days_in_month(self.year, self.month):
            raise FeelError(f"Expected a day of {self.year}-{self.month:02}, but got {self.day}")

    @staticmethod
    def from_ordinal(days: int) -> "Date":
        """The date so many days after 1970-01-01."""
        return _checked(*_civil(days))

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        return _ordinal(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """Monday is 1, Sunday is 7 (ISO 8601)."""
        return (self.ordinal + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        return self.ordinal - _ordinal(self.year, 1, 1) + 1

    @property
    def week_of_year(self) -> int:
        """ISO 8601 week, 1 to 53: the week that holds the year's first Thursday is week 1."""
        thursday = Date.from_ordinal(self.ordinal + 4 - self.weekday)
        return (thursday.day_of_year - 1) // 7 + 1

    def plus_months(self, months: int) -> "Date":
        """The same day so many months on, or the last day of a month that is too short."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return _checked(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def plus_days(self, days: int) -> "Date":
        day, size = self.day + days, days_in_month(self.year, self.month)
        if 1 <= day <= size:
            return _checked(self.year, self.month, day)
        if size < day <= size + 28 and self.month < 12:
            return _checked(self.year, self.month + 1, day - size)
        return Date.from_ordinal(self.ordinal + days)

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


_new, _set = object.__new__, object.__setattr__


def _checked(year: int, month: int, day: int) -> Date:
    """A date whose month and day are known to be right: arithmetic need not look at them again."""
    if not -MAX_YEAR <= year <= MAX_YEAR:
        raise FeelError(f"Expected a year from -{MAX_YEAR} to {MAX_YEAR}, but got {year}")
    date = _new(Date)
    _set(date, "year", year)
    _set(date, "month", month)
    _set(date, "day", day)
    return date


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day with nanoseconds; `offset` in seconds east of UTC, or an IANA `zone`, or neither."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    offset: int | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.hour < 24 and 0 <= self.minute < 60 and 0 <= self.second < 60 and 0 <= self.nano < SECOND):
            raise FeelError(
                "Expected a time from 00:00:00 to 23:59:59.999999999, but got "
                f"{self.hour}:{self.minute}:{self.second}.{self.nano:09}"
            )
        if self.offset is not None and abs(self.offset) > MAX_OFFSET:
            raise FeelError(f"Expected an offset from -18:00 to +18:00, but got {self.offset} seconds")
        if self.zone is not None:
            zone_info(self.zone)

    @classmethod
    def from_nanos(cls, nanos: int, offset: int | None = None, zone: str | None = None) -> "Time":
        """The time so many nanoseconds after midnight."""
        seconds, nano = divmod(nanos, SECOND)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return cls(hour, minute, second, nano, offset, zone)

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight on its own clock."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * SECOND + self.nano

    @property
    def is_local(self) -> bool:
        return self.offset is None and self.zone is None

    @property
    def utc_offset(self) -> int | None:
        """Seconds east of UTC. A zone without a date has the offset of 1970-01-01, so that the answer never changes."""
        if self.zone is None:
            return self.offset
        return zone_offset(self.zone, 0)

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{_fraction(self.nano)}{self._suffix()}"

    def _suffix(self) -> str:
        if self.zone is not None:
            return f"@{self.zone}"
        if self.offset is None:
            return ""
        if self.offset == 0:
            return "Z"
        minutes, seconds = divmod(abs(self.offset), 60)
        tail = f":{seconds:02}" if seconds else ""
        return f"{'-' if self.offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}{tail}"


MIDNIGHT = Time(0, 0, 0)
MIDNIGHT_UTC = Time(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and a time of day; an instant when the time has an offset or a zone."""

    date: Date
    time: Time

    @classmethod
    def from_datetime(cls, moment: datetime) -> "DateTime":
        """From an aware `datetime`; keeps its IANA zone or its offset."""
        offset = moment.utcoffset()
        if offset is None:
            raise FeelError(f"Expected a datetime with an offset, but got {moment.isoformat()}")
        zone = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None
        clock = Time(
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond * 1000,
            None if zone else round(offset.total_seconds()),
            zone,
        )
        return cls(Date(moment.year, moment.month, moment.day), clock)

    def to_datetime(self) -> datetime:
        """The instant as an aware `datetime` in UTC, cut to microseconds; FeelError outside the years 1 to 9999."""
        offset = self.utc_offset
        if offset is None:
            raise FeelError(f"Expected a date and time with an offset or a zone, but got {self}")
        seconds, nano = divmod(self.local_nanos - offset * SECOND, SECOND)
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=nano // 1000)
        except OverflowError:
            raise FeelError(f"Expected a year from 1 to 9999, but got {self}") from None

    @classmethod
    def from_local_nanos(cls, nanos: int, offset: int | None = None, zone: str | None = None) -> "DateTime":
        days, rest = divmod(nanos, DAY)
        return cls(Date.from_ordinal(days), Time.from_nanos(rest, offset, zone))

    @property
    def local_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on its own clock."""
        return self.date.ordinal * DAY + self.time.nanos

    @property
    def utc_offset(self) -> int | None:
        """Seconds east of UTC at this moment; None without offset and zone."""
        if self.time.zone is None:
            return self.time.offset
        return zone_offset(self.time.zone, self.date.ordinal * 86_400 + self.time.nanos // SECOND)

    def plus_nanos(self, nanos: int) -> "DateTime":
        """So much *elapsed* time later: across a change of the clocks, the wall time shifts."""
        zone = self.time.zone
        if zone is None:
            return DateTime.from_local_nanos(self.local_nanos + nanos, self.time.offset)
        instant = self.local_nanos - (self.utc_offset or 0) * SECOND + nanos
        return DateTime.from_local_nanos(instant + zone_offset_at(zone, instant // SECOND) * SECOND, None, zone)

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """Days and time duration, in nanoseconds."""

    nanos: int

    def __post_init__(self) -> None:
        if abs(self.nanos) > MAX_DURATION_DAYS * DAY:
            raise FeelError(f"Expected a duration of at most {MAX_DURATION_DAYS} days, but it is longer")

    def __str__(self) -> str:
        if not self.nanos:
            return "PT0S"
        seconds, nano = divmod(abs(self.nanos), SECOND)
        minutes, second = divmod(seconds, 60)
        hours, minute = divmod(minutes, 60)
        days, hour = divmod(hours, 24)
        clock = "".join(f"{n}{unit}" for n, unit in ((hour, "H"), (minute, "M")) if n)
        if second or nano:
            clock += f"{second}{_fraction(nano)}S"
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanos < 0 else ''}P{text}"


@dataclass(frozen=True, slots=True)
class YearsDuration:
    """Years and months duration, in months."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MAX_DURATION_MONTHS:
            raise FeelError(f"Expected a duration of at most {MAX_DURATION_MONTHS} months, but it is longer")

    def __str__(self) -> str:
        if not self.months:
            return "P0M"
        years, months = divmod(abs(self.months), 12)
        return f"{'-' if self.months < 0 else ''}P{f'{years}Y' if years else ''}{f'{months}M' if months else ''}"


def _fraction(nano: int) -> str:
    return "." + f"{nano:09}".rstrip("0") if nano else ""


# Zones ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """The IANA zone of this exact name; FeelError when there is none."""
    if name not in _zones():
        raise FeelError(f"Expected an IANA time zone such as Asia/Shanghai, but got '{name[:60]}'")
    return ZoneInfo(name)


def _within_datetime(seconds: int) -> datetime:
    """A naive datetime whose weekday and place in the leap cycle are those of the given second of any year."""
    days, rest = divmod(seconds, 86_400)
    year, month, day = _civil(days)
    if not 2 <= year <= 9998:
        year = 2000 + year % 400
    return datetime(year, month, day) + timedelta(seconds=rest)


def zone_offset(zone: str, local_seconds: int) -> int:
    """Seconds east of UTC when the clocks of the zone show this local second since 1970 (the first time they do)."""
    offset = zone_info(zone).utcoffset(_within_datetime(local_seconds))
    return round(offset.total_seconds()) if offset is not None else 0


def zone_offset_at(zone: str, utc_seconds: int) -> int:
    """Seconds east of UTC in the zone at an instant, in seconds since 1970 UTC."""
    moment = _within_datetime(utc_seconds).replace(tzinfo=UTC)
    offset = moment.astimezone(zone_info(zone)).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


# Reading -------------------------------------------------------------------------------------------------------------

_DATE = re.compile(r"(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,30}))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+\-/]{1,60}))?",
    re.ASCII,
)
_YEARS = re.compile(r"(-?)P(?:([0-9]{1,11})Y)?(?:([0-9]{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?:([0-9]{1,13})D)?(?:T(?:([0-9]{1,14})H)?(?:([0-9]{1,16})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,30}))?S)?)?",
    re.ASCII,
)


def parse_date(text: str) -> Date:
    """`2026-01-31` (XML Schema date without zone); FeelError for anything else."""
    found = _DATE.fullmatch(text)
    if not found:
        raise FeelError(f"Expected a date such as 2026-01-31, but got '{text[:60]}'")
    sign, year, month, day = found.groups()
    return Date(-int(year) if sign else int(year), int(month), int(day))


def parse_time(text: str) -> Time:
    """`08:00:00`, with a fraction, `Z`, `+08:00` or `@Asia/Shanghai`; 24:00:00 is the midnight that ends the day."""
    return _read_time(text)[0]


def _read_time(text: str) -> tuple[Time, int]:
    """The time, and how many days its midnight adds."""
    found = _TIME.fullmatch(text)
    if not found:
        raise FeelError(f"Expected a time such as 08:00:00 or 08:00:00+08:00, but got '{text[:60]}'")
    hour, minute, second, fraction, utc, sign, off_hour, off_minute, off_second, zone = found.groups()
    nano = int(fraction[:9].ljust(9, "0")) if fraction else 0
    offset = 0 if utc else None
    if sign:
        if int(off_minute) > 59 or int(off_second or 0) > 59:
            raise FeelError(f"Expected an offset such as +08:00, but got '{text[:60]}'")
        offset = int(off_hour) * 3600 + int(off_minute) * 60 + int(off_second or 0)
        offset = -offset if sign == "-" else offset
    if (hour, minute, second, nano) == ("24", "00", "00", 0):
        return Time(0, 0, 0, 0, offset, zone), 1
    return Time(int(hour), int(minute), int(second), nano, offset, zone), 0


def parse_date_and_time(text: str) -> DateTime:
    """`2026-01-31T08:00:00@Asia/Shanghai`, or a date alone, which means its midnight."""
    date_text, separator, time_text = text.partition("T")
    date = parse_date(date_text)
    if not separator:
        return DateTime(date, MIDNIGHT)
    time, days = _read_time(time_text)
    return DateTime(Date.from_ordinal(date.ordinal + days) if days else date, time)


def parse_duration(text: str) -> DaysDuration | YearsDuration:
    """`P1DT2H` or `P1Y2M`, never both kinds in one; FeelError for anything else."""
    if len(text) > 120:
        raise FeelError(f"Expected a duration such as P1DT2H or P1Y2M, but got '{text[:60]}'")
    found = _YEARS.fullmatch(text)
    if found and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsDuration(-months if found[1] else months)
    found = _DAYS.fullmatch(text)
    if not found or not any(found.group(2, 3, 4, 5)) or text.endswith("T"):
        raise FeelError(f"Expected a duration such as P1DT2H or P1Y2M, but got '{text[:60]}'")
    days, hours, minutes, seconds = (int(part or 0) for part in found.group(2, 3, 4, 5))
    nanos = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND
    nanos += int((found[6] or "")[:9].ljust(9, "0"))
    return DaysDuration(-nanos if found[1] else nanos)


def parse_at(text: str) -> "Temporal":
    """The value of an at-literal `@"..."` (grammar rule 62): whichever temporal kind the text is."""
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    if "T" in text.partition("@")[0]:
        return parse_date_and_time(text)
    return parse_time(text) if text[2:3] == ":" else parse_date(text)


# Arithmetic ----------------------------------------------------------------------------------------------------------

Duration = DaysDuration | YearsDuration
Temporal = Date | Time | DateTime | DaysDuration | YearsDuration
_DURATIONS = (DaysDuration, YearsDuration)
_DAYS_AND_MOMENTS = (Date, DateTime)


def add(left: Temporal, right: Temporal) -> Temporal:
    """A temporal value plus a duration, in either order (clause 10.3.2.12, table 54); FeelError when undefined."""
    sum_: Temporal | None = None
    if type(right) is DaysDuration:
        sum_ = _add_days(left, right.nanos)
    elif type(right) is YearsDuration:
        sum_ = _add_months(left, right.months)
    elif isinstance(left, _DURATIONS):
        return add(right, left)
    if sum_ is None:
        raise FeelError(f"Expected a date, time or duration and a duration, but got {kind(left)} and {kind(right)}")
    return sum_


def _add_days(value: Temporal, nanos: int) -> Temporal | None:
    if isinstance(value, Date):
        return value.plus_days(nanos // DAY)
    if isinstance(value, DateTime):
        return value.plus_nanos(nanos)
    if isinstance(value, DaysDuration):
        return DaysDuration(value.nanos + nanos)
    if isinstance(value, Time):
        return Time.from_nanos((value.nanos + nanos) % DAY, value.offset, value.zone)
    return None


def _add_months(value: Temporal, months: int) -> Temporal | None:
    if isinstance(value, Date):
        return value.plus_months(months)
    if isinstance(value, DateTime):
        return DateTime(value.date.plus_months(months), value.time)
    if isinstance(value, YearsDuration):
        return YearsDuration(value.months + months)
    return None


def negate(duration: Duration) -> Duration:
    if isinstance(duration, DaysDuration):
        return DaysDuration(-duration.nanos)
    return YearsDuration(-duration.months)


def subtract(left: Temporal, right: Temporal) -> Temporal:
    """A moment minus a duration, or the duration between two moments; FeelError when undefined."""
    if isinstance(right, _DURATIONS):
        if isinstance(left, _DURATIONS) and type(left) is not type(right):
            raise FeelError(f"Expected two durations of one kind, but got {kind(left)} and {kind(right)}")
        return add(left, negate(right))
    if isinstance(left, Time) and isinstance(right, Time):
        return DaysDuration(_time_nanos(left, right) - _time_nanos(right, left))
    if isinstance(left, _DAYS_AND_MOMENTS) and isinstance(right, _DAYS_AND_MOMENTS):
        return _between(left, right)
    raise FeelError(f"Expected two dates, two times or a duration, but got {kind(left)} and {kind(right)}")


def _time_nanos(value: Time, other: Time) -> int:
    _same_reference(value.is_local, other.is_local)
    return value.nanos - (value.utc_offset or 0) * SECOND


def _between(left: Date | DateTime, right: Date | DateTime) -> DaysDuration:
    if isinstance(left, Date) and isinstance(right, Date):
        return DaysDuration((left.ordinal - right.ordinal) * DAY)
    first, second = to_date_time(left), to_date_time(right)
    _same_reference(first.time.is_local, second.time.is_local)
    return DaysDuration(instant(first) - instant(second))


def _same_reference(left_is_local: bool, right_is_local: bool) -> None:
    if left_is_local != right_is_local:
        raise FeelError("Expected both or neither with an offset or a zone, but only one has it")


def to_date_time(value: Date | DateTime) -> DateTime:
    """A date as a date and time is its midnight in UTC (clause 10.3.2.9.4)."""
    return value if isinstance(value, DateTime) else DateTime(value, MIDNIGHT_UTC)


def instant(value: DateTime) -> int:
    """Nanoseconds since 1970, in UTC when the value knows its offset, else on its own clock."""
    return value.local_nanos - (value.utc_offset or 0) * SECOND


def months_between(start: Date | DateTime, end: Date | DateTime) -> YearsDuration:
    """Whole months from start to end, towards zero (built-in `years and months duration`)."""
    first, last = to_date_time(start), to_date_time(end)
    months = (last.date.year - first.date.year) * 12 + last.date.month - first.date.month
    rest = (last.date.day, last.time.nanos)
    begun = (first.date.day, first.time.nanos)
    if months > 0 and rest < begun:
        months -= 1
    elif months < 0 and rest > begun:
        months += 1
    return YearsDuration(months)


_KINDS: dict[type, str] = {
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    YearsDuration: "years and months duration",
}


def kind(value: object) -> str:
    """FEEL's name of a temporal value's type."""
    return _KINDS.get(type(value), type(value).__name__)
