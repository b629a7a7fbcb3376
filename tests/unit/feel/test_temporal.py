"""Dates, times and durations: the calendar, zones, arithmetic, and their texts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import (
    Date,
    DateTime,
    DaysDuration,
    FeelError,
    Time,
    YearsDuration,
    add,
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
)
from engine.feel.temporal import subtract
from tests.unit.feel.evaluate import reason, shown, value

DATES = st.dates()
DAYS = st.integers(-300_000_000_000, 300_000_000_000)


@given(DATES)
def test_the_calendar_agrees_with_that_of_python(day: date) -> None:
    ours = Date(day.year, day.month, day.day)
    assert ours.ordinal == day.toordinal() - date(1970, 1, 1).toordinal()
    assert (ours.weekday, ours.day_of_year) == (day.isoweekday(), day.timetuple().tm_yday)
    assert ours.week_of_year == day.isocalendar().week
    assert str(ours) == day.isoformat()


@given(DAYS, st.integers(-100_000, 100_000))
def test_days_are_counted_without_gaps_over_all_years(ordinal: int, days: int) -> None:
    start = Date.from_ordinal(ordinal)
    assert start.ordinal == ordinal
    assert start.plus_days(days).ordinal == ordinal + days
    assert parse_date(str(start)) == start


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-(10**8), 10**8))
def test_zones_agree_with_those_of_python(local: datetime, seconds: int) -> None:
    zone = ZoneInfo("Europe/Paris")
    start = local.replace(tzinfo=UTC).astimezone(zone)
    ours = DateTime.from_datetime(start)
    assert ours.time.zone == "Europe/Paris"
    later = (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)
    moved = add(ours, DaysDuration(seconds * 10**9))
    assert isinstance(moved, DateTime)
    assert str(moved).partition("@")[0] == DateTime.from_datetime(later).__str__().partition("@")[0]


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_datetime_survives_the_way_there_and_back(moment: datetime) -> None:
    assert DateTime.from_datetime(moment).to_datetime() == moment


def test_a_moment_outside_of_datetime_is_refused() -> None:
    with pytest.raises(FeelError, match="year from 1 to 9999"):
        parse_date_and_time("99999-01-01T00:00:00Z").to_datetime()
    with pytest.raises(FeelError, match="with an offset or a zone"):
        parse_date_and_time("2026-01-01T00:00:00").to_datetime()
    with pytest.raises(FeelError, match="with an offset"):
        DateTime.from_datetime(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("2026-01-31", "2026-01-31"),
        ("-0044-03-15", "-0044-03-15"),
        ("999999999-12-31", "999999999-12-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_are_read_and_written(text: str, again: str) -> None:
    assert str(parse_date(text)) == again


@pytest.mark.parametrize(
    "text",
    ["2026-1-31", "26-01-31", "02026-01-31", "2025-02-29", "2026-13-01", "2026-01-00", "+2026-01-01",
     "1000000000-01-01", "2026-01-31Z", " 2026-01-31", "2026-01-31T", "２０２６-01-31"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FeelError, match="Expected a"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("08:00:00", "08:00:00"),
        ("08:00:00.120", "08:00:00.12"),
        ("08:00:00.1234567891", "08:00:00.123456789"),
        ("08:00:00-00:00", "08:00:00Z"),
        ("08:00:00z", "08:00:00Z"),  # as the standard writes it in its examples
        ("08:00:00+08:00", "08:00:00+08:00"),
        ("08:00:00-02:45:55", "08:00:00-02:45:55"),
        ("24:00:00", "00:00:00"),
        ("08:00:00@Asia/Shanghai", "08:00:00@Asia/Shanghai"),
    ],
)
def test_times_are_read_and_written(text: str, again: str) -> None:
    assert str(parse_time(text)) == again


@pytest.mark.parametrize(
    "text",
    ["8:00:00", "08:00", "25:00:00", "24:00:01", "08:60:00", "08:00:60", "08:00:00+19:00", "08:00:00+08",
     "08:00:00@Nowhere/City", "08:00:00+08:00@Asia/Shanghai", "08:00:00@../etc/passwd", "08:00:00."],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(FeelError):
        parse_time(text)


def test_the_midnight_that_ends_a_day_begins_the_next() -> None:
    assert str(parse_date_and_time("2026-12-31T24:00:00Z")) == "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("P1D", "P1D"),
        ("PT36H", "P1DT12H"),
        ("-PT90M", "-PT1H30M"),
        ("PT0.5S", "PT0.5S"),
        ("P0D", "PT0S"),
        ("P26M", "P2Y2M"),
        ("-P1Y", "-P1Y"),
        ("P0Y", "P0M"),
    ],
)
def test_durations_are_read_and_written(text: str, again: str) -> None:
    assert str(parse_duration(text)) == again


@pytest.mark.parametrize(
    "text", ["P", "PT", "P1", "1D", "P1H", "P1Y1D", "P1DT", "P-1D", "PT1S1M", "P1W", "P" + "9" * 99 + "D"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(FeelError):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-01-31" + @"P1M"', '@"2026-02-28"'),
        ('@"2024-02-29" + @"P1Y"', '@"2025-02-28"'),
        ('@"P1D" + @"2026-01-31"', '@"2026-02-01"'),
        ('@"2026-01-31" + @"PT36H"', '@"2026-02-01"'),
        ('@"2026-01-31" - @"PT1H"', '@"2026-01-30"'),
        ('@"23:30:00+08:00" + @"PT1H"', '@"00:30:00+08:00"'),
        ('@"2026-03-29T00:00:00@Europe/Paris" + @"PT24H"', '@"2026-03-30T01:00:00@Europe/Paris"'),
        ('@"2026-03-29T00:00:00@Europe/Paris" + @"P1M"', '@"2026-04-29T00:00:00@Europe/Paris"'),
        ('@"2026-02-01" - @"2026-01-31"', '@"P1D"'),
        ('@"2026-01-31T08:00:00Z" - @"2026-01-31T08:00:00+08:00"', '@"PT8H"'),
        ('@"10:00:00" - @"09:00:00"', '@"PT1H"'),
        ('@"P1D" * 1.5', '@"P1DT12H"'),
        ('2 * @"P1Y"', '@"P2Y"'),
        ('@"P1Y" / 2', '@"P6M"'),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P1Y" / @"P1M"', "12"),
        ('-@"P1D"', '@"-P1D"'),
        ('@"P1D" - @"PT1H"', '@"PT23H"'),
    ],
)
def test_temporal_arithmetic(text: str, expected: str) -> None:
    assert value(text) == value(expected)


@pytest.mark.parametrize(
    "text",
    [
        '@"P1D" + @"P1M"',
        '@"P1D" - @"2026-01-31"',
        '@"10:00:00" + @"P1M"',
        '@"10:00:00" - @"09:00:00Z"',
        '@"2026-01-31" + 1',
        '@"P1D" * @"P1D"',
        '@"P1D" / 0',
        '@"999999999-12-31" + @"P1D"',
        '@"P999999999999D" * 1e30',
        '@"2026-01-31" - @"2026-01-31T00:00:00"',
    ],
)
def test_temporal_arithmetic_that_is_not_defined_is_null(text: str) -> None:
    assert reason(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-01-31T08:00:00Z" = @"2026-01-31T16:00:00+08:00"', True),
        ('@"2026-07-01T08:00:00@Europe/Paris" = @"2026-07-01T08:00:00+02:00"', True),
        ('@"08:00:00.1" = @"08:00:00.2"', True),  # values have a resolution of seconds
        ('@"08:00:00.1" < @"08:00:00.2"', False),
        ('@"08:00:00" < @"08:00:01"', True),
        ('@"P1D" = @"PT24H"', True),
        ('@"P1Y" = @"P365D"', None),
        ('@"2026-01-31T08:00:00" < @"2026-01-31T08:00:00Z"', None),
        ('@"2026-01-31" < @"2026-02-01"', True),
        ('is(@"08:00:00Z", @"08:00:00+00:00")', True),
        ('is(@"08:00:00@Etc/UTC", @"08:00:00Z")', False),
    ],
)
def test_temporal_comparison(text: str, expected: bool | None) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-01-31".weekday', "6"),
        ('@"2026-01-31T08:09:10.5@Asia/Shanghai".second', "10"),
        ('@"2026-07-01T08:00:00@Europe/Paris".time offset', 'duration("PT2H")'),
        ('@"2026-01-31T08:00:00@Asia/Shanghai".timezone', '"Asia/Shanghai"'),
        ('@"-P1DT2H".hours', "-2"),
        ('@"P14M".years', "1"),
        ('@"-P14M".months', "-2"),
    ],
)
def test_properties(text: str, expected: str) -> None:
    assert value(text) == value(expected)


def test_zone_rules_hold_in_years_that_datetime_does_not_know() -> None:
    assert shown('@"12026-07-01T00:00:00@Europe/Paris".time offset') == "PT2H"
    assert str(add(parse_date_and_time("12026-07-01T00:00:00@Europe/Paris"), DaysDuration(0))).startswith("12026-07-01")


@given(DATES, DATES)
def test_whole_months_between_two_dates(first: date, last: date) -> None:
    start, end = Date(first.year, first.month, first.day), Date(last.year, last.month, last.day)
    months = value("years and months duration(a, b)", a=start, b=end)
    assert isinstance(months, YearsDuration)
    assert abs(start.plus_months(months.months).ordinal - end.ordinal) <= 31


@given(st.integers(0, 86_399), st.integers(0, 86_399))
def test_times_subtract(first: int, second: int) -> None:
    one, other = Time.from_nanos(first * 10**9), Time.from_nanos(second * 10**9)
    assert subtract(one, other) == DaysDuration((first - second) * 10**9)


def test_now_and_today_are_what_the_caller_says() -> None:
    assert shown("string(now())") == '"2026-01-31T08:00:00@Asia/Shanghai"'
    assert value("today()") == Date(2026, 1, 31)


def test_without_a_time_there_is_no_now() -> None:
    from engine.feel import compile

    outcome = compile("now()").explain({})
    assert outcome.value is None
    assert "evaluated without a time" in outcome.problems[0].message
