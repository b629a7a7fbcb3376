"""Business time on examples that can be checked by hand: 2026 in China, and zones with daylight saving."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine import deadlines
from engine.errors import InvalidInput
from engine.execution.calendar import Calendar, due, is_rest_or_night, remaining, resumed
from engine.feel.temporal import parse_duration

CHINA = deadlines.import_calendar([2025, 2026, 2027])
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def plain(zone: str, *hours: tuple[time, time]) -> Calendar:
    """Weekends only, and 2026 is known."""
    spans = hours or ((time(9), time(17)),)
    return Calendar("plain", 1, zone, spans, frozenset(), frozenset(), frozenset({2026}))


def ends(start: str, amount: str, clock: str, roll: str = "forward", calendar: Calendar = CHINA) -> str:
    zone = ZoneInfo(calendar.zone)
    found = due(local(start, zone), parse_duration(amount), clock, calendar, roll)
    assert found.at.tzinfo is UTC
    return found.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


# The calendar of SUPERVISION, section 5 -----------------------------------------------------------------------------

OFF = {
    2026: ["1/1-1/3", "2/15-2/23", "4/4-4/6", "5/1-5/5", "6/19-6/21", "9/25-9/27", "10/1-10/7"],
    2025: ["1/1-1/1", "1/28-2/4", "4/4-4/6", "5/1-5/5", "5/31-6/2", "10/1-10/8"],
}
WORKED = {
    2026: ["1/4", "2/14", "2/28", "5/9", "9/20", "10/10"],
    2025: ["1/26", "2/8", "4/27", "9/28", "10/11"],
}


def day_of(year: int, text: str) -> date:
    month, day = map(int, text.split("/"))
    return date(year, month, day)


def days_of(year: int, span: str) -> set[date]:
    first, last = (day_of(year, text) for text in span.split("-"))
    return {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_imported_calendar_is_the_one_the_state_council_announced(year: int) -> None:
    off = set().union(*(days_of(year, span) for span in OFF[year]))
    worked = {day_of(year, text) for text in WORKED[year]}
    days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    expected = [day for day in days if day in worked or (day.weekday() < 5 and day not in off)]
    assert [day for day in days if CHINA.is_working_day(day)] == expected
    assert not CHINA.is_provisional(year)


def test_a_year_without_announced_worked_weekends_is_provisional() -> None:
    assert [year for year in range(2024, 2029) if CHINA.is_provisional(year)] == [2024, 2027, 2028]
    assert CHINA.years == {2025, 2026, 2027}
    assert not CHINA.is_working_day(date(2027, 10, 1))
    assert CHINA.is_working_day(date(2029, 10, 1)), "an unknown year has weekends only"


# Clocks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-09-30 23:50", "PT30M", "2026-10-01 00:20"),
        ("2026-10-01 10:00", "P1D", "2026-10-02 10:00"),
        ("2026-10-01 10:00", "-PT4H", "2026-10-01 06:00"),
        ("2026-01-31 10:00", "P1M", "2026-02-28 10:00"),
    ],
)
def test_wall_counts_real_time_day_and_night(start: str, amount: str, end: str) -> None:
    assert ends(start, amount, "WALL") == end


def test_wall_needs_no_calendar() -> None:
    start = datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert due(start, parse_duration("P1DT1H"), "WALL").at == datetime(2026, 2, 1, 11, tzinfo=UTC)
    assert due(start, parse_duration("P1M"), "WALL").at == datetime(2026, 2, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "amount", "end", "why"),
    [
        ("2026-03-02 10:00", "P1D", "2026-03-03 17:30", "one working day, not 24 business hours"),
        ("2026-03-02 00:00", "P1D", "2026-03-03 17:30", "the start day is not counted, however early"),
        ("2026-03-06 23:00", "P1D", "2026-03-09 17:30", "Friday night to Monday"),
        ("2026-03-07 10:00", "P1D", "2026-03-09 17:30", "begun on a day off"),
        ("2026-09-30 10:00", "P3D", "2026-10-10 17:30", "a worked Saturday after the holiday counts"),
        ("2026-02-13 10:00", "P2D", "2026-02-24 17:30", "one worked Saturday before nine days off"),
        ("2026-03-06 16:00", "PT4H", "2026-03-09 10:30", "hours go on when the next day opens"),
        ("2026-03-06 11:00", "PT2H", "2026-03-06 14:30", "the noon break is not counted"),
        ("2026-03-06 16:00", "PT1H30M", "2026-03-06 17:30", "ends at close, not at the next opening"),
        ("2026-03-07 10:00", "PT4H", "2026-03-09 12:00", "hours begun on a day off"),
        ("2026-03-07 10:00", "PT0S", "2026-03-07 10:00", "nothing to wait for"),
        ("2026-03-02 10:00", "P1DT2H", "2026-03-04 10:00", "days first, then hours"),
        ("2026-03-02 10:00", "P1M", "2026-04-02 17:30", "a month ends on its corresponding day"),
        ("2026-03-04 10:00", "P1M", "2026-04-07 17:30", "which rolls when it is off"),
        ("2026-10-12 10:00", "-P1D", "2026-10-10 17:30", "counted back"),
        ("2026-10-12 08:30", "-PT1H", "2026-10-10 17:00", "hours counted back over a night"),
        ("2026-10-12 10:00", "-PT2H", "2026-10-12 08:00", "the latest moment that leaves two hours"),
        ("2026-10-12 17:30", "-PT4H", "2026-10-12 13:30", "after the noon break, not before it"),
        ("2026-03-06 17:30", "-PT8H", "2026-03-06 08:00", "this morning, not last evening"),
    ],
)
def test_work_counts_working_days_and_working_hours(start: str, amount: str, end: str, why: str) -> None:
    assert ends(start, amount, "WORK") == end, why


@pytest.mark.parametrize(
    ("start", "amount", "roll", "end", "why"),
    [
        ("2026-03-02 10:00", "P3D", "forward", "2026-03-05 17:30", "the start day is not counted"),
        ("2026-03-05 10:00", "P2D", "forward", "2026-03-09 17:30", "a Saturday rolls to Monday"),
        ("2026-03-05 10:00", "P2D", "back", "2026-03-06 17:30", "planning rolls to the working day before"),
        ("2026-03-05 10:00", "P2D", "none", "2026-03-07 17:30", "MAJOR and red line stay where they are"),
        ("2026-09-01 10:00", "P30D", "forward", "2026-10-08 17:30", "over the National Day holiday"),
        ("2026-02-04 10:00", "P10D", "forward", "2026-02-14 17:30", "a worked Saturday does not roll"),
        ("2026-01-31 10:00", "P1M", "forward", "2026-02-28 17:30", "no 31 February: the last of the month"),
        ("2026-03-06 18:00", "P1D", "back", "2026-03-06 18:00", "never due before it began"),
        ("2026-03-06 18:00", "PT5H", "forward", "2026-03-06 23:00", "hours run from the moment"),
        ("2026-03-06 18:00", "P1DT2H", "none", "2026-03-07 19:30", "days first, then hours"),
        ("2026-03-10 10:00", "-P3D", "none", "2026-03-07 17:30", "counted back"),
    ],
)
def test_day_counts_calendar_days_and_rolls_the_last(start: str, amount: str, roll: str, end: str, why: str) -> None:
    assert ends(start, amount, "DAY", roll) == end, why


def test_due_is_provisional_only_when_it_depends_on_a_year_that_is_not_final() -> None:
    start = local("2026-12-30 10:00")

    def provisional(amount: str, clock: str, roll: str = "forward") -> bool:
        return due(start, parse_duration(amount), clock, CHINA, roll).provisional

    assert not provisional("P1D", "WORK")
    assert provisional("P5D", "WORK")
    assert provisional("PT20H", "WORK"), "into 4 January"
    assert not provisional("PT4H", "WORK")
    assert provisional("P5D", "DAY")
    assert not provisional("P5D", "DAY", "none"), "the last day stays whatever it turns out to be"
    assert not provisional("P5D", "WALL")


@pytest.mark.parametrize("clock", ["WALL", "WORK", "DAY"])
def test_due_keeps_whole_milliseconds(clock: str) -> None:
    start = datetime(2026, 3, 2, 2, 0, 0, 123_999, tzinfo=UTC)  # 10:00 in Shanghai
    assert due(start, parse_duration("PT0.0009S"), clock, CHINA).at.microsecond == 124_000


# Daylight saving ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "start", "amount", "clock", "end"),
    [
        ("Europe/Berlin", "2026-03-27 10:00", "P1D", "WORK", "2026-03-30 17:00"),
        ("Europe/Berlin", "2026-03-27 10:00", "P3D", "DAY", "2026-03-30 17:00"),
        ("Europe/Berlin", "2026-03-28 10:00", "P1D", "WALL", "2026-03-29 11:00"),
        ("Europe/Berlin", "2026-10-24 10:00", "P1D", "WALL", "2026-10-25 09:00"),
        ("America/New_York", "2026-03-06 16:00", "PT2H", "WORK", "2026-03-09 10:00"),
        ("Pacific/Apia", "2011-12-29 10:00", "P1D", "DAY", "2011-12-31 00:00"),  # 30 December 2011 did not happen
    ],
)
def test_daylight_saving_keeps_local_hours(zone: str, start: str, amount: str, clock: str, end: str) -> None:
    assert ends(start, amount, clock, "none", plain(zone)) == end


def test_a_clock_set_back_over_midnight_does_not_bring_yesterday_back() -> None:
    newfoundland = plain("America/St_Johns")  # until 2011 it went from 00:01 on Sunday back to 23:01 on Saturday
    change = datetime(2010, 11, 7, 2, 31, tzinfo=UTC)
    moments = [change - timedelta(minutes=1, seconds=1), change, change + timedelta(hours=1)]
    assert [newfoundland.local_day(moment).day for moment in moments] == [6, 7, 7]


def test_months_on_wall_take_the_first_of_two_equal_readings() -> None:
    second = datetime(2015, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Berlin for the second time; so is 25 October 2026
    found = due(second, parse_duration("P11Y"), "WALL", plain("Europe/Berlin"))
    assert found.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_working_hours_that_a_change_of_the_clock_cuts_or_stretches() -> None:
    sundays = frozenset({date(2026, 3, 29), date(2026, 10, 25)})
    hours = ((time(1), time(2, 30)), (time(4), time(6)))
    berlin = Calendar("x", 1, "Europe/Berlin", hours, frozenset(), sundays, frozenset({2026}))

    def worked(day: date) -> timedelta:
        return berlin.working_time(berlin.at(day, time()), berlin.at(day + timedelta(days=1), time()))

    assert worked(date(2026, 3, 30)) == timedelta(hours=3, minutes=30)
    assert worked(date(2026, 3, 29)) == timedelta(hours=3), "02:00 to 02:30 was skipped"
    assert worked(date(2026, 10, 25)) == timedelta(hours=3, minutes=30), "closes at the first 02:30"
    assert berlin.at(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, tzinfo=UTC), (
        "the instant of the change"
    )


# What remains -------------------------------------------------------------------------------------------------------


def test_remaining_is_working_time_on_work_and_real_time_elsewhere() -> None:
    now, end = local("2026-03-06 16:30"), local("2026-03-09 10:00")
    assert remaining(now, end, "WORK", CHINA) == timedelta(hours=3)
    assert remaining(now, end, "WALL") == timedelta(days=2, hours=17, minutes=30)
    assert remaining(end, now, "WORK", CHINA) == timedelta()


@pytest.mark.parametrize(
    ("clock", "due_at", "stopped", "again", "roll", "least", "end", "why"),
    [
        ("WALL", "03-06 12:00", "03-06 10:00", "03-07 09:00", "none", 0, "03-07 11:00", "two hours were left"),
        ("WORK", "03-06 17:30", "03-06 10:00", "03-09 09:00", "none", 0, "03-09 16:30", "six working hours"),
        ("WORK", "03-06 17:30", "03-06 10:00", "03-09 09:00", "none", 2, "03-11 17:30", "two working days are longer"),
        ("WORK", "03-20 17:30", "03-06 10:00", "03-09 09:00", "none", 2, "03-23 16:30", "what remained is longer"),
        ("DAY", "03-12 17:30", "03-06 10:00", "03-09 18:00", "forward", 0, "03-16 17:30", "three days later, rolled"),
        ("DAY", "03-12 17:30", "03-06 10:00", "03-09 18:00", "none", 0, "03-15 17:30", "three days later"),
        ("DAY", "03-06 17:30", "03-06 10:00", "03-06 18:00", "none", 0, "03-07 17:30", "time was left on the last day"),
        ("DAY", "03-06 17:30", "03-06 10:00", "03-06 18:00", "back", 0, "03-09 17:30", "back is not in the past"),
        ("DAY", "03-06 17:30", "03-08 10:00", "03-09 18:00", "none", 0, "03-09 18:00", "nothing was left"),
        ("DAY", "03-06 17:30", "03-08 10:00", "03-09 18:00", "none", 2, "03-11 17:30", "then two working days"),
    ],
)
def test_resumed_grants_what_remained_or_the_least(
    clock: str, due_at: str, stopped: str, again: str, roll: str, least: int, end: str, why: str
) -> None:
    moments = [local(f"2026-{text}") for text in (due_at, stopped, again)]
    found = resumed(*moments, clock, CHINA, roll, least)
    assert found.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == end, why


def test_resumed_is_provisional_when_either_of_the_two_it_compares_is() -> None:
    stopped, again = local("2026-12-28 10:00"), local("2026-12-29 10:00")
    soon = resumed(local("2026-12-29 17:30"), stopped, again, "WORK", CHINA)
    assert not soon.provisional
    assert resumed(local("2026-12-29 17:30"), stopped, again, "WORK", CHINA, least_working_days=5).provisional
    assert resumed(local("2027-01-05 17:30"), stopped, again, "WORK", CHINA, least_working_days=1).provisional


def test_resumed_refuses_a_clock_that_resumes_before_it_stopped() -> None:
    late, early = local("2026-03-06 10:00"), local("2026-03-05 10:00")
    with pytest.raises(InvalidInput, match="stopped: expected an instant that is not after 'again'"):
        resumed(late, late, early, "WALL")


# Rest days and nights -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "rest"),
    [
        ("2026-03-06 10:00", False),
        ("2026-03-06 19:59", False),
        ("2026-03-06 20:00", True),
        ("2026-03-06 07:59", True),
        ("2026-03-06 08:00", False),
        ("2026-03-07 10:00", True),
        ("2026-02-28 10:00", False),  # a worked Saturday
        ("2026-10-01 10:00", True),
    ],
)
def test_is_rest_or_night(moment: str, rest: bool) -> None:
    assert is_rest_or_night(local(moment), CHINA) is rest


@pytest.mark.parametrize(
    ("start", "until", "rest"),
    [
        ("2026-03-06 09:00", "2026-03-06 20:00", False),
        ("2026-03-06 09:00", "2026-03-06 20:01", True),
        ("2026-03-05 09:00", "2026-03-09 09:00", True),
    ],
)
def test_is_rest_or_night_looks_at_the_worst_hour_of_a_window(start: str, until: str, rest: bool) -> None:
    assert is_rest_or_night(local(start), CHINA, local(until)) is rest


def test_a_night_may_lie_within_one_day() -> None:
    early = Calendar(
        "x", 1, "UTC", ((time(9), time(17)),), frozenset(), frozenset(), frozenset(), night=(time(0), time(5))
    )
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert [is_rest_or_night(monday.replace(hour=hour), early) for hour in (0, 4, 5, 23)] == [True, True, False, False]


# Refusals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "clock", "roll", "message"),
    [
        ("P36526D", "WORK", "none", "at most 36525 days"),
        ("-P36526D", "WALL", "none", "at most 36525 days"),
        ("P101Y", "DAY", "none", "at most 100 years"),
        ("P1D", "BUSINESS", "none", "one of WALL, WORK, DAY"),
        ("P1D", "DAY", "sideways", "one of forward, back, none"),
        ("P1D", "WALL", "sideways", "one of forward, back, none"),
    ],
)
def test_due_refuses_what_it_cannot_count(amount: str, clock: str, roll: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        due(local("2026-03-06 10:00"), parse_duration(amount), clock, CHINA, roll)


@pytest.mark.parametrize(
    "start", [datetime(2026, 3, 6), datetime(1899, 12, 31, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)]
)
def test_due_refuses_a_start_without_zone_or_out_of_range(start: datetime) -> None:
    with pytest.raises(InvalidInput, match="start: expected an instant with a zone in the years 1900 to 2399"):
        due(start, parse_duration("P1D"), "WALL")


@pytest.mark.parametrize("clock", ["WORK", "DAY"])
def test_due_needs_a_calendar_on_the_business_clocks(clock: str) -> None:
    with pytest.raises(InvalidInput, match=f"Expected a business calendar for the clock {clock}"):
        due(local("2026-03-06 10:00"), parse_duration("P1D"), clock)


def test_the_longest_periods_at_both_ends_of_the_range_are_counted() -> None:
    for start in (datetime(1900, 1, 1, tzinfo=UTC), datetime(2399, 12, 31, tzinfo=UTC)):
        for amount in ("P36525D", "-P36525D", "P36524DT23H59M", "P100Y", "-P100Y"):
            for clock in ("WALL", "WORK", "DAY"):
                end = due(start, parse_duration(amount), clock, plain("America/New_York", (time(9), time(10)))).at
                assert (end < start) == amount.startswith("-")
