"""When the rungs of an escalation ladder are reached."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine import deadlines
from engine.errors import InvalidInput
from engine.execution.calendar import due, rungs
from engine.feel.temporal import parse_duration

CHINA = deadlines.import_calendar([2026])
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def reached(start: str, amount: str, clock: str, *specs: str) -> list[str]:
    end = due(local(start), parse_duration(amount), clock, CHINA).at
    found = rungs(local(start), end, specs, clock, CHINA)
    assert [spec for spec, _ in found] == list(specs)
    return [at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") for _, at in found]


def test_percentages_of_a_wall_deadline_are_shares_of_real_time() -> None:
    assert reached("03-06 10:00", "PT10H", "WALL", "0%", "50%", "80%", "100%") == [
        "03-06 10:00", "03-06 15:00", "03-06 18:00", "03-06 20:00",
    ]  # fmt: skip


def test_percentages_of_a_work_deadline_are_shares_of_working_time() -> None:
    # From Friday 13:30 to Monday 17:30: 4 + 8 working hours.
    assert reached("03-06 13:30", "P1D", "WORK", "25%", "50 %", "75%", "100%") == [
        "03-06 16:30", "03-09 10:00", "03-09 14:30", "03-09 17:30",
    ]  # fmt: skip


def test_percentages_of_a_day_deadline_are_shares_of_real_time() -> None:
    assert reached("03-02 17:30", "P10D", "DAY", "50%", "80%") == ["03-07 17:30", "03-10 17:30"]


def test_rungs_after_and_before_the_due_day() -> None:
    # Due on Wednesday 30 September, before seven days off and a worked Saturday.
    assert reached("09-28 10:00", "P2D", "WORK", "+1wd", "+3 wd", "+3d", "-1wd", "-2d") == [
        "10-08 17:30", "10-10 17:30", "10-03 17:30", "09-29 17:30", "09-28 17:30",
    ]  # fmt: skip


def test_hours_of_a_rung_run_on_the_own_clock() -> None:
    assert reached("03-05 10:00", "P1D", "WORK", "-2h", "-5h", "+2h", "+30m") == [
        "03-06 15:30", "03-06 11:00", "03-09 10:00", "03-09 08:30",
    ]  # fmt: skip
    assert reached("03-05 10:00", "P1D", "DAY", "-2h", "+2h") == ["03-06 15:30", "03-06 19:30"]
    assert reached("03-05 02:15", "P1D", "WALL", "+3d", "+1wd") == ["03-09 02:15", "03-09 17:30"]


def test_a_rung_before_the_start_is_reached_at_once() -> None:
    assert reached("03-06 10:00", "PT1H", "WALL", "-2h", "-1wd") == ["03-06 10:00", "03-06 10:00"]


def test_percentages_without_working_time_are_reached_when_due() -> None:
    start, end = local("03-07 10:00"), local("03-07 12:00")  # a Saturday
    ((_, at),) = rungs(start, end, ["50%"], "WORK", CHINA)
    assert at == end


def test_the_whole_time_is_reached_when_due_even_outside_working_hours() -> None:
    ((_, at),) = rungs(local("03-06 10:00"), local("03-07 12:00"), ["100%"], "WORK", CHINA)
    assert at == local("03-07 12:00")


def test_wall_rungs_need_no_calendar_but_working_days_do() -> None:
    start = local("03-06 10:00")
    ((_, at),) = rungs(start, start + timedelta(hours=2), ["50%"], "WALL")
    assert at == start + timedelta(hours=1)
    with pytest.raises(InvalidInput, match="Expected a business calendar"):
        rungs(start, start, ["+1wd"], "WALL")


@pytest.mark.parametrize(
    "spec", ["", "50", "101%", "+50%", "-5%", "1wd", "+1w", "+12345d", "50%\n", "५०%", "+1.5h", "++1d", "due"]
)
def test_rungs_refuse_what_they_cannot_read(spec: str) -> None:
    with pytest.raises(InvalidInput, match="rung: expected 0% to 100%"):
        rungs(local("03-06 10:00"), local("03-07 10:00"), [spec], "WALL", CHINA)


def test_rungs_refuse_a_due_time_before_the_start() -> None:
    with pytest.raises(InvalidInput, match="start: expected an instant that is not after 'due'"):
        rungs(local("03-07 10:00"), local("03-06 10:00"), ["50%"], "WALL", CHINA)
