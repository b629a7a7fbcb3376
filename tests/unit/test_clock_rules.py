"""The clocks and ladders of supervision, each seen to fire at its minute: what the numbers in the tables rely on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine import deadlines, feel
from engine.bundles import compile_bundle
from engine.execution import events as e
from engine.execution.machine import millis
from engine.sandbox import Sandbox
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

CHINA = deadlines.import_calendar([2026, 2027])
MINUTE = 60_000
DUE = '[{at: "100%", code: "DUE"}]'
GENERAL = (
    '[{at: "50%", code: "REMIND"}, {at: "80%", code: "REMIND"}, {at: "100%", code: "YELLOW_CARD"},'
    ' {at: "+1wd", code: "SAFETY_DIRECTOR"}, {at: "+3wd", code: "RED_CARD"}, {at: "+5wd", code: "LISTED"},'
    ' {at: "+10wd", code: "COMPANY_LEADER"}]'
)
MAJOR = (
    '[{at: "50%", code: "REMIND"}, {at: "80%", code: "REMIND"}, {at: "100%", code: "RED_CARD"},'
    ' {at: "+1d", code: "COMPANY_SAFETY"}, {at: "+3d", code: "COMPANY_LEADER"}, {at: "+5d", code: "QHSE"},'
    ' {at: "+10d", every: "1d", code: "DAILY"}]'
)


def local(text: str) -> int:
    """`11-02 09:00` of 2026 in Shanghai, in ms."""
    return millis(datetime.fromisoformat(f"2026-{text}:00+08:00"))


def begun(limit: str, rungs: str, at: str, **variables: feel.Value) -> Sandbox:
    parts = (start(), with_ladder("a", limit), end(), flows("s a", "a e"))
    files = {"t.bpmn": definitions(process(*parts)).encode(), "l.dmn": ladder(rungs)}
    compiled = compile_bundle(files, calendars=lambda _, version: replace(CHINA, version=version))
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=local(at))
    sandbox = Sandbox(compiled, moment, {"CN": 1})
    sandbox.start("p", variables)
    return sandbox


def codes(sandbox: Sandbox) -> list[str]:
    told: list[Any] = [event for _, events in sandbox.cases[0].trace for event in events]
    return [event.code for event in told if isinstance(event, e.RungReached)]


def seen(sandbox: Sandbox, *moments: str) -> list[tuple[str, str]]:
    """What is reached at each of these minutes; what comes before one of them says so."""
    found: list[tuple[str, str]] = []
    for at in moments:
        for moment, name in ((local(at) - MINUTE, f"before {at}"), (local(at), at)):
            sandbox.advance_to(moment)
            found += [(name, code) for code in codes(sandbox)[len(found) :]]
    return found


SHIFT = deadline("PT0S", "SHIFT", atLeast="PT2H", atLeastClock="WALL")


@pytest.mark.parametrize(
    ("what", "limit", "begin", "due"),
    [
        ("interim control of a general hazard: 4 h", deadline("PT4H", "WALL"), "11-07 22:00", "11-08 02:00"),
        ("interim control of a larger one: 2 h", deadline("PT2H", "WALL"), "11-07 22:00", "11-08 00:00"),
        ("a report to the company: 1 h", deadline("PT1H", "WALL"), "10-01 23:30", "10-02 00:30"),
        ("a plan for a larger hazard: 3 wd over the national days", deadline("P3D"), "09-29 10:00", "10-09 17:30"),
        ("a plan for a major one: 5 wd, the worked Saturday counts", deadline("P5D"), "10-06 10:00", "10-13 17:30"),
        ("at once: the end of the shift", SHIFT, "11-02 09:00", "11-02 20:00"),
        ("at once, late in the shift: at least 2 h", SHIFT, "11-02 19:10", "11-02 21:10"),
        ("at once, at night: the night shift's end", SHIFT, "11-02 23:00", "11-03 08:00"),
        ("at once, at the change of shifts: the one that begins", SHIFT, "11-02 20:00", "11-03 08:00"),
        ("at once, on a holiday: shifts know none", SHIFT, "10-01 09:00", "10-01 20:00"),
        ("by date: 5 wd", deadline("P5D"), "11-02 09:00", "11-09 17:30"),
        ("larger: 30 days, rolled to the next working day", deadline("P30D", "DAY"), "09-03 09:00", "10-08 17:30"),
        ("major: per plan, never rolled", deadline("P30D", "DAY", roll="none"), "09-03 09:00", "10-03 17:30"),
        ("planning: rolled back", deadline("P30D", "DAY", roll="back"), "09-03 09:00", "09-30 17:30"),
        ("an extension of a general hazard decided in 1 wd", deadline("P1D"), "11-06 16:00", "11-09 17:30"),
        ("of a larger one in 2 wd", deadline("P2D"), "11-06 16:00", "11-10 17:30"),
        ("of a major one in 10 wd", deadline("P10D"), "11-06 16:00", "11-20 17:30"),
        ("the start day is not counted, however early", deadline("P1D"), "11-02 00:01", "11-03 17:30"),
        ("hours run from the moment, working hours only", deadline("PT4H"), "11-06 16:00", "11-09 10:30"),
    ],
)  # fmt: skip
def test_a_deadline_ends_at_its_minute(what: str, limit: str, begin: str, due: str) -> None:
    sandbox = begun(limit, DUE, begin)
    assert seen(sandbox, due) == [(due, "DUE")], what


def test_the_ladder_of_general_and_larger_hazards_climbs_by_working_days() -> None:
    """Half and four fifths of 47 working hours are 23.5 and 37.6, from Monday 09:00 on."""
    expected = [
        ("11-05 08:30", "REMIND"), ("11-06 16:06", "REMIND"), ("11-09 17:30", "YELLOW_CARD"),
        ("11-10 17:30", "SAFETY_DIRECTOR"), ("11-12 17:30", "RED_CARD"), ("11-16 17:30", "LISTED"),
        ("11-23 17:30", "COMPANY_LEADER"),
    ]  # fmt: skip
    sandbox = begun(deadline("P5D"), GENERAL, "11-02 09:00")
    assert seen(sandbox, *(at for at, _ in expected)) == expected
    sandbox.advance("P60D")
    assert len(codes(sandbox)) == len(expected), "nothing comes twice"


def test_the_ladder_of_major_hazards_climbs_by_calendar_days_over_the_holiday_and_then_daily() -> None:
    sandbox = begun(deadline("P20D", "DAY", roll="none"), MAJOR, "09-11 17:30")
    expected = [
            ("09-21 17:30", "REMIND"), ("09-27 17:30", "REMIND"), ("10-01 17:30", "RED_CARD"),
            ("10-02 17:30", "COMPANY_SAFETY"), ("10-04 17:30", "COMPANY_LEADER"), ("10-06 17:30", "QHSE"),
            ("10-11 17:30", "DAILY"), ("10-12 17:30", "DAILY"), ("10-13 17:30", "DAILY"),
        ]  # fmt: skip
    assert seen(sandbox, *(at for at, _ in expected)) == expected


def test_a_pending_extension_stops_no_clock_but_holds_the_cards_on_the_unit() -> None:
    rungs = '[{at: "100%", code: "CARD", holdWhile: "pending"}, {at: "+1wd", code: "DECIDER"}]'
    sandbox = begun(deadline("P5D"), rungs, "11-02 09:00", pending=True)
    decided = seen(sandbox, "11-10 17:30")  # the day after it was due: the clock ran on
    assert decided == [("11-10 17:30", "DECIDER")]


REJECTED = deadline(
    "P5D", atLeast="P2D",
    resumes='={due: "2026-11-09T17:30:00+08:00", stopped: "2026-11-09T09:00:00+08:00"}',
)  # fmt: skip
HARDLY_BEGUN = REJECTED.replace("2026-11-09T09:00", "2026-11-03T09:00")


@pytest.mark.parametrize(("limit", "due"), [(REJECTED, "11-13 17:30"), (HARDLY_BEGUN, "11-18 09:30")])
def test_a_rejection_grants_what_remained_or_two_working_days(limit: str, due: str) -> None:
    """Due on Monday, 9 November; submitted that morning, or six days before; rejected on Wednesday at 10:30."""
    assert seen(begun(limit, DUE, "11-11 10:30"), due) == [(due, "DUE")]


def test_an_at_once_item_that_is_rejected_has_four_hours_of_real_time() -> None:
    assert seen(begun(deadline("PT4H", "WALL"), DUE, "11-07 23:00"), "11-08 03:00") == [("11-08 03:00", "DUE")]
