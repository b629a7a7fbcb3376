"""Timer cycles in cron form."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidModel
from engine.notation import cron
from tests.support.diagrams import boundary, bundle, flows, path, run, start, timer, user

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def turns(text, count=3, begin="2026-01-01T00:00:00", zone=SHANGHAI):
    moment, found = datetime.fromisoformat(begin).replace(tzinfo=zone), []
    for _ in range(count):
        moment = cron.parse(text).after(moment, zone)
        if moment is None:
            break
        found.append(f"{moment.astimezone(zone):%m-%d %H:%M:%S}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 9 * * MON-FRI", ["01-01 09:00:00", "01-02 09:00:00", "01-05 09:00:00"]),
        ("0 30 8,17 ? * 7", ["01-04 08:30:00", "01-04 17:30:00", "01-11 08:30:00"]),
        ("*/20 * * * * *", ["01-01 00:00:20", "01-01 00:00:40", "01-01 00:01:00"]),
        ("0 0 0 L * *", ["01-31 00:00:00", "02-28 00:00:00", "03-31 00:00:00"]),
        ("0 0 12 ? * FRIL", ["01-30 12:00:00", "02-27 12:00:00", "03-27 12:00:00"]),
        ("0 0 12 ? * MON#1", ["01-05 12:00:00", "02-02 12:00:00", "03-02 12:00:00"]),
        ("0 0 0 13 * FRI", ["02-13 00:00:00", "03-13 00:00:00", "11-13 00:00:00"]),
        ("0 0 0 29 FEB *", ["02-29 00:00:00"] * 3),
        ("0 0 22-23/1 1/15 3 *", ["03-01 22:00:00", "03-01 23:00:00", "03-16 22:00:00"]),
        ("@monthly", ["02-01 00:00:00", "03-01 00:00:00", "04-01 00:00:00"]),
        ("0 0 0 31 2 *", []),
    ],
)
def test_turns_come_when_the_text_says(text, expected):
    assert turns(text) == expected


def test_a_local_time_that_a_clock_change_leaves_out_does_not_come_and_a_repeated_one_comes_once():
    assert turns("0 30 2 * * *", 2, "2026-03-28T12:00:00", BERLIN) == ["03-30 02:30:00", "03-31 02:30:00"]
    assert turns("0 30 2 * * *", 2, "2026-10-24T12:00:00", BERLIN) == ["10-25 02:30:00", "10-26 02:30:00"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* * * * *",
        "60 * * * * *",
        "0 0 24 * * *",
        "0 0 0 0 * *",
        "0 0 0 1-40 * *",
        "a b c d e f",
        "0 0 0 1W * *",
        "*/0 * * * * *",
        "5-1 * * * * *",
    ],
)
def test_a_text_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        cron.parse(text)


@given(st.sets(st.integers(0, 59), min_size=1), st.sets(st.integers(0, 23), min_size=1), st.integers(0, 10**9))
def test_the_next_turn_is_the_first_that_fits(minutes, hours, seconds):
    text = f"0 {','.join(map(str, sorted(minutes)))} {','.join(map(str, sorted(hours)))} * * *"
    begin = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    candidate = begin.replace(second=0) + timedelta(minutes=1)
    while not (candidate.minute in minutes and candidate.hour in hours):
        candidate += timedelta(minutes=1)
    assert cron.parse(text).after(begin, ZoneInfo("UTC")) == candidate


def test_a_boundary_event_repeats_by_cron_in_the_zone_of_the_release():
    sandbox = run(start(), user("a"), boundary("b", "a", timer("cycle", "0 0 9 * * *"), False), flows("s a"))
    assert sandbox.report()["timers"][0]["due"] == "2026-01-05T01:00:00Z"
    sandbox.advance("P3D")
    assert path(sandbox).count("b") == 3


def test_missed_turns_are_counted_not_made_up():
    from engine.execution.machine import millis
    from engine.execution.waits import following

    last = millis(datetime(2026, 1, 5, 1, tzinfo=UTC))
    hours = 3_600_000
    assert following(last, "cron Asia/Shanghai 0 0 9 * * *", None, last + 50 * hours) == (last + 72 * hours, 2)


def test_a_cycle_that_is_no_cron_is_refused_when_the_diagram_is_read():
    with pytest.raises(InvalidModel, match="hour from 0 to 23"):
        bundle(start(), user("a"), boundary("b", "a", timer("cycle", "0 0 25 * * *"), False), flows("s a"))
