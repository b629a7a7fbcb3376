"""Business time against oracles that are slow and obvious: minute by minute, day by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine.execution.calendar import Calendar, due, is_rest_or_night, rungs
from engine.feel.temporal import DaysDuration

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NANOS_PER_MINUTE = 60_000_000_000

# A place and a moment near which its clock is set: forward, back, by half an hour, over midnight, over a whole day.
CHANGES = [
    ("Asia/Shanghai", datetime(2026, 10, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 10, 29, 21, tzinfo=UTC)),
    ("America/Nuuk", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/St_Johns", datetime(2010, 11, 7, 2, 31, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("Asia/Shanghai", datetime(1986, 5, 3, 18, tzinfo=UTC)),
]
NEAR = 3  # days around the change


@st.composite
def hours(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    """One to three spans at any time of day, often at night, at least an hour in all."""
    edges = sorted(draw(st.sets(st.integers(0, 24 * 12 - 1), min_size=2, max_size=6)))
    edges = edges[: len(edges) // 2 * 2]
    assume(sum(edges[1::2]) - sum(edges[::2]) >= 12)
    clock = [time(edge // 12, edge % 12 * 5) for edge in edges]
    return tuple(zip(clock[::2], clock[1::2], strict=True))


@st.composite
def places(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar with random exceptions around a change of its clock, and a whole minute near it."""
    zone, change = draw(st.sampled_from(CHANGES))
    days = [change.date() + DAY * ahead for ahead in range(-NEAR - 6, NEAR + 7)]
    off = draw(st.frozensets(st.sampled_from(days), max_size=6))
    worked = draw(st.frozensets(st.sampled_from(days), max_size=6)) - off
    known = frozenset({day.year for day in days})
    calendar = Calendar("x", 1, zone, draw(hours()), off, worked, known)
    grid = draw(st.sampled_from([1, 5]))  # 5: often on an edge of the working hours
    return calendar, change + MINUTE * grid * draw(st.integers(-NEAR * 1440 // grid, NEAR * 1440 // grid))


amounts = st.integers(1, 23 * 60) | st.integers(1, 23 * 12).map(lambda fives: fives * 5)


# Minute by minute ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def readings(zone: str, day: date) -> list[datetime]:
    """What the local clock reads at each minute of 24 days around `day`, held still while it is set back."""
    begin = datetime.combine(day, time(), UTC) - 12 * DAY
    info = ZoneInfo(zone)
    highest = datetime.min
    found = []
    for minute in range(24 * 1440):
        highest = max(highest, (begin + MINUTE * minute).astimezone(info).replace(tzinfo=None))
        found.append(highest)
    return found


def working_minutes(calendar: Calendar, day: date) -> Iterator[tuple[datetime, bool]]:
    """Each minute of 24 days around `day`, and whether it is a working minute."""
    begin = datetime.combine(day, time(), UTC) - 12 * DAY
    for minute, reading in enumerate(readings(calendar.zone, day)):
        open_day = reading.date() in calendar.worked or (reading.weekday() < 5 and reading.date() not in calendar.off)
        clock = reading.time()
        yield begin + MINUTE * minute, open_day and any(opens <= clock < closes for opens, closes in calendar.hours)


def anchor(zone: str, moment: datetime) -> date:
    return min((change for name, change in CHANGES if name == zone), key=lambda one: abs(one - moment)).date()


@given(places(), st.integers(1, NEAR * 1440))
@settings(max_examples=80, deadline=None)
def test_working_time_is_the_number_of_working_minutes(place: tuple[Calendar, datetime], length: int) -> None:
    calendar, start = place
    end = start + MINUTE * length
    minutes = working_minutes(calendar, anchor(calendar.zone, start))
    expected = sum(working for at, working in minutes if start <= at < end)
    assert calendar.working_time(start, end) == MINUTE * expected
    assert calendar.working_time(end, start) == -MINUTE * expected


@given(places(), amounts)
@settings(max_examples=80, deadline=None)
def test_shifted_forward_is_the_first_instant_with_so_many_working_minutes(
    place: tuple[Calendar, datetime], amount: int
) -> None:
    calendar, start = place
    count = 0
    for at, working in working_minutes(calendar, anchor(calendar.zone, start)):
        count += at >= start and working
        if count == amount:
            assert calendar.shifted(start, MINUTE * amount) == at + MINUTE
            return
    assume(False)  # not within the days looked at


@given(places(), amounts)
@settings(max_examples=80, deadline=None)
def test_shifted_back_is_the_last_instant_with_so_many_working_minutes(
    place: tuple[Calendar, datetime], amount: int
) -> None:
    calendar, start = place
    count = 0
    for at, working in reversed(list(working_minutes(calendar, anchor(calendar.zone, start)))):
        count += at < start and working
        if count == amount:
            assert calendar.shifted(start, -MINUTE * amount) == at
            return
    assume(False)


@given(places(), st.times())
@settings(max_examples=100, deadline=None)
def test_at_is_the_first_minute_at_which_the_clock_reads_that_time(
    place: tuple[Calendar, datetime], clock: time
) -> None:
    calendar, moment = place
    clock = clock.replace(second=0, microsecond=0)
    day = anchor(calendar.zone, moment)
    begin = datetime.combine(day, time(), UTC) - 12 * DAY
    wanted = datetime.combine(day + DAY, clock)
    first = next(minute for minute, reading in enumerate(readings(calendar.zone, day)) if reading >= wanted)
    assert calendar.at(day + DAY, clock) == begin + MINUTE * first
    reading = readings(calendar.zone, day)[(moment - begin) // MINUTE]
    assert calendar.local_day(moment) == reading.date()


@given(
    places(), st.integers(0, 3 * 1440), st.sampled_from([(time(20), time(8)), (time(0), time(5)), (time(1), time(3))])
)
@settings(max_examples=60, deadline=None)
def test_a_window_rests_when_any_of_its_minutes_does(
    place: tuple[Calendar, datetime], length: int, night: tuple[time, time]
) -> None:
    calendar, start = place
    calendar = Calendar(
        "x", 1, calendar.zone, calendar.hours, calendar.off, calendar.worked, calendar.years, night=night
    )
    minutes = [start + MINUTE * ahead for ahead in range(max(length, 1))]
    expected = any(is_rest_or_night(minute, calendar) for minute in minutes)
    assert is_rest_or_night(start, calendar, start + MINUTE * length) is expected


# Day by day ---------------------------------------------------------------------------------------------------------


@st.composite
def years(draw: st.DrawFn) -> Calendar:
    """A calendar with exceptions anywhere in 2026, on weekdays and weekends alike."""
    days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    off = draw(st.frozensets(days, max_size=40))
    worked = draw(st.frozensets(days, max_size=40)) - off
    zone = draw(st.sampled_from(sorted({zone for zone, _ in CHANGES})))
    return Calendar("x", 1, zone, ((time(8), time(12)), (time(13, 30), time(17, 30))), off, worked, frozenset({2026}))


def walk(calendar: Calendar, day: date, number: int) -> date:
    """The `number`-th working day after or before `day`, found by looking at every day."""
    step = DAY if number > 0 else -DAY
    while number:
        day += step
        weekday = day.weekday() < 5
        if day in calendar.worked or (weekday and day not in calendar.off):
            number -= 1 if step > timedelta() else -1
    return day


@given(years(), st.dates(date(2025, 11, 1), date(2027, 2, 28)), st.integers(-300, 300))
@settings(max_examples=200, deadline=None)
def test_working_day_is_found_by_walking(calendar: Calendar, day: date, number: int) -> None:
    found = calendar.working_day(day, number)
    assert found == walk(calendar, day, number)
    if number:
        between = calendar.working_days(day, found) if number > 0 else calendar.working_days(found - DAY, day - DAY)
        assert between == abs(number)


@given(years(), st.dates(date(2025, 11, 1), date(2027, 2, 28)), st.sampled_from(["forward", "back", "none"]))
@settings(max_examples=100, deadline=None)
def test_rolled_is_the_nearest_working_day_on_that_side(calendar: Calendar, day: date, roll: str) -> None:
    expected = day
    while roll != "none" and not calendar.is_working_day(expected):
        expected += DAY if roll == "forward" else -DAY
    assert calendar.rolled(day, roll) == expected


@given(
    years(),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.integers(0, 60),
    st.integers(0, 1439),
    st.sampled_from(["forward", "back", "none"]),
)
@settings(max_examples=200, deadline=None)
def test_due_is_days_first_then_hours(calendar: Calendar, when: datetime, days: int, minutes: int, roll: str) -> None:
    start = when.replace(tzinfo=UTC, microsecond=when.microsecond // 1000 * 1000)
    amount = DaysDuration((days * 1440 + minutes) * NANOS_PER_MINUTE)
    first = start.astimezone(ZoneInfo(calendar.zone)).date()
    assume(first == calendar.local_day(start))

    def close(day: date) -> datetime:
        return datetime.combine(day, time(17, 30), ZoneInfo(calendar.zone)).astimezone(UTC)

    work = close(walk(calendar, first, days)) if days else start
    assert due(start, amount, "WORK", calendar).at == calendar.shifted(work, MINUTE * minutes)
    last = max(start, close(calendar.rolled(first + DAY * days, roll))) if days else start
    assert due(start, amount, "DAY", calendar, roll).at == last + MINUTE * minutes
    assert due(start, amount, "WALL").at == start + DAY * days + MINUTE * minutes


@given(years(), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(0, 400 * 1440))
@settings(max_examples=60, deadline=None)
@example(
    Calendar("x", 1, "Europe/Berlin", ((time(1), time(4)),), frozenset(), frozenset(), frozenset()),
    datetime(2026, 1, 1),
    500_000,
)
def test_working_time_over_years_is_the_sum_of_its_days(calendar: Calendar, when: datetime, length: int) -> None:
    start = when.replace(tzinfo=UTC, second=0, microsecond=0)
    end = start + MINUTE * length
    edges = [start]
    while edges[-1] + DAY < end:
        edges.append(edges[-1] + DAY)
    parts = [calendar.working_time(one, other) for one, other in zip(edges, [*edges[1:], end], strict=True)]
    assert calendar.working_time(start, end) == sum(parts, timedelta())
    total = calendar.working_time(start, end)
    assert calendar.working_time(start, calendar.shifted(start, total)) == total
    assert calendar.shifted(start, total) <= end


@given(places(), st.integers(0, 5 * 1440), st.sampled_from(["WALL", "WORK", "DAY"]), st.lists(st.integers(0, 100)))
@settings(max_examples=100, deadline=None)
def test_rungs_rise_with_their_percentage_between_start_and_due(
    place: tuple[Calendar, datetime], length: int, clock: str, percentages: list[int]
) -> None:
    calendar, start = place
    end = due(start, DaysDuration(length * NANOS_PER_MINUTE), clock, calendar).at
    found = [at for _, at in rungs(start, end, [f"{number}%" for number in sorted(percentages)], clock, calendar)]
    assert found == sorted(found)
    assert all(start <= at <= end for at in found)


@given(years())
@settings(max_examples=50, deadline=None)
def test_json_keeps_every_calendar(calendar: Calendar) -> None:
    assert Calendar.from_json(calendar.to_json()) == calendar


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_a_century_is_counted_without_walking_it(zone: str) -> None:
    """A hundred years of days off and an amount of 36,500 working days: right, and the number of steps is bounded."""
    calendar = Calendar("x", 1, zone, ((time(8), time(12)),), frozenset(), frozenset(), frozenset())
    start = datetime(2026, 1, 5, 1, tzinfo=UTC)
    steps = 0
    count = Calendar._count

    def counted(self: Calendar, ordinal: int) -> int:
        nonlocal steps
        steps += 1
        return count(self, ordinal)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calendar, "_count", counted)
        end = due(start, DaysDuration(36_500 * 1440 * NANOS_PER_MINUTE), "WORK", calendar).at
    assert calendar.working_days(calendar.local_day(start), calendar.local_day(end)) == 36_500
    assert steps < 100
