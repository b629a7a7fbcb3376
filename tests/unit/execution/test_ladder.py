"""What the rungs of an escalation ladder do, when, and what holds them back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine import deadlines, feel
from engine.bundles import compile_bundle
from engine.errors import Forbidden, InvalidInput, InvalidState, TaskForbidden
from engine.execution import events as e
from engine.execution.commands import AdoptCalendar, ChangeDueTime, FireTimer, SetVariables
from engine.execution.decide import decide
from engine.execution.machine import millis
from engine.execution.state import State, replay
from engine.sandbox import Sandbox
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, user, with_ladder

CHINA = deadlines.import_calendar([2026, 2027])
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
SHANGHAI = timedelta(hours=8)


def climb(rungs: str, limit: str = "", *inputs: str, **variables: feel.Value) -> Sandbox:
    """A task with this ladder, due on Tuesday at 17:30 unless `limit` says otherwise."""
    parts = (start(), with_ladder("a", limit or deadline()), end(), flows("s a", "a e"))
    files = {"test.bpmn": definitions(process(*parts)).encode(), "ladder.dmn": ladder(rungs, *inputs)}
    compiled = compile_bundle(files, calendars=lambda series, version: replace(CALENDARS[version], version=version))
    sandbox = Sandbox(compiled, MONDAY, {"CN": 1})
    sandbox.start("p", variables)
    return sandbox


CALENDARS = {
    1: CHINA,
    2: replace(CHINA, off=CHINA.off | {date(2026, 11, 3), date(2026, 11, 4)}),
    3: replace(CHINA, worked=CHINA.worked | {date(2026, 11, 7)}),
}  # fmt: skip


def told(sandbox: Sandbox, kind: type[Any]) -> list[Any]:
    return [event for _, events in sandbox.cases[0].trace for event in events if isinstance(event, kind)]


def reached(sandbox: Sandbox) -> list[tuple[str, str]]:
    """When and which rungs were reached, in Shanghai."""
    return [
        (local(command.at), event.code)
        for command, events in sandbox.cases[0].trace
        for event in events
        if isinstance(event, e.RungReached)
    ]


def local(millis: int) -> str:
    return (datetime(1970, 1, 1) + timedelta(milliseconds=millis) + SHANGHAI).strftime("%m-%d %H:%M")


def task(sandbox: Sandbox) -> Any:
    ((_, instance),) = sandbox.cases[0].state.pages["0"].instances.items()
    return instance.task


def assign(sandbox: Sandbox, **values: feel.Value) -> None:
    sandbox._do(sandbox.cases[0], SetVariables(values, page="0"))


# What a rung does ----------------------------------------------------------------------------------------------------


def test_a_rung_raises_the_priority_and_adds_candidates() -> None:
    sandbox = climb('[{at: "100%", code: "DUE", priority: 90, candidates: ["role:CHIEF"]}]')
    sandbox.advance("P2D")
    assert [event.priority for event in told(sandbox, e.TaskPrioritized)] == [90]
    assert task(sandbox).candidates == ["role:CHIEF"]


def test_a_rung_that_reassigns_takes_the_task_from_its_holder() -> None:
    sandbox = climb('[{at: "100%", code: "DUE", reassign: "role:CHIEF"}]')
    task(sandbox).assignee = "wang"  # as if wang had claimed it
    sandbox.advance("P2D")
    assert task(sandbox).assignee is None
    assert [event.by for event in told(sandbox, e.TaskReleased)] == ["wang"]
    assert task(sandbox).candidates == ["role:CHIEF"]


def test_a_candidate_is_not_added_twice() -> None:
    sandbox = climb('[{at: "50%", code: "A", candidates: ["role:X"]}, {at: "100%", code: "B", candidates: ["role:X"]}]')
    sandbox.advance("P2D")
    assert len(told(sandbox, e.CandidatesAdded)) == 1


def test_a_rung_starts_a_process_by_message_in_the_same_entry() -> None:
    sandbox = climb('[{at: "100%", code: "DUE", card: "YELLOW_CARD", start: "CardOrdered"}]')
    sandbox.advance("P2D")
    (sent,) = told(sandbox, e.MessageSent)
    assert (sent.name, sent.key, sent.variables) == ("CardOrdered", "", {"code": "DUE", "card": "YELLOW_CARD"})
    _, events = sandbox.cases[0].trace[-1]
    assert [type(event) for event in events] == [e.TimerFired, e.RungReached, e.MessageSent]


def test_a_message_of_a_rung_may_say_its_key_and_variables() -> None:
    rungs = '[{at: "100%", code: "DUE", start: {message: "M", key: no + ":R", ttl: "P1D", variables: {no: no}}}]'
    sandbox = climb(rungs, "", "no", no="H-7")
    sandbox.advance("P2D")
    (sent,) = told(sandbox, e.MessageSent)
    assert (sent.name, sent.key, sent.ttl, sent.variables) == ("M", "H-7:R", 86_400_000, {"no": "H-7"})


@pytest.mark.parametrize(
    ("rung", "message"),
    [
        ('suspend: "all"', "it says 'suspend'"),
        ('start: {to: "x"}', "it has 'to'"),
        ('every: "1w"', "every: expected"),
        ("holdWhile: true", "'holdWhile' of a rung to be a text"),
        ("start: 5", "to have a text 'message'"),
    ],
)  # fmt: skip
def test_a_rung_that_nothing_carries_out_is_an_incident_not_a_silence(rung: str, message: str) -> None:
    sandbox = climb('[{at: "100%", code: "DUE", ' + rung + "}]")
    (incident,) = sandbox.report()["incidents"]
    assert message in incident["message"]


def test_a_failing_action_is_an_incident_and_the_ladder_goes_on() -> None:
    sandbox = climb('[{at: "50%", code: "A", priority: "high"}, {at: "100%", code: "B"}]')
    sandbox.advance("P2D")
    assert [incident["kind"] for incident in sandbox.report()["incidents"]] == ["decision"]
    assert reached(sandbox) == [("11-03 17:30", "B")]


# Repeating -----------------------------------------------------------------------------------------------------------


def test_a_rung_repeats_daily_at_close_of_business_without_drifting() -> None:
    limit = deadline("P1D", "DAY", roll="none")
    sandbox = climb('[{at: "+10d", every: "1d", code: "LEADER"}]', limit)
    sandbox.advance("P13D")
    assert reached(sandbox) == [("11-13 17:30", "LEADER"), ("11-14 17:30", "LEADER")]


def test_a_rung_that_repeats_by_working_days_leaves_the_weekend_out() -> None:
    sandbox = climb('[{at: "100%", every: "1wd", code: "X"}]', deadline("P4D"))
    sandbox.advance("P8D")
    assert [at for at, _ in reached(sandbox)] == ["11-06 17:30", "11-09 17:30"]


def test_turns_missed_while_nothing_ran_are_counted_and_not_made_up() -> None:
    sandbox = climb('[{at: "100%", every: "4h", code: "X"}]', deadline("PT1H", "WALL"))
    (timer,) = [wait for wait in sandbox.cases[0].state.pages["0"].waits.values() if wait.what == "timer"]
    sandbox.now += 10 * 3_600_000
    sandbox._do(sandbox.cases[0], FireTimer(timer.n, page="0"))
    assert [event.skipped for event in told(sandbox, e.TimerFired)] == [2]
    assert local(told(sandbox, e.TimerArmed)[-1].due) == "11-02 22:00"


def test_a_task_that_is_done_ends_its_repeating_rung() -> None:
    sandbox = climb('[{at: "100%", every: "1d", code: "X"}]')
    sandbox.advance("P3D")
    sandbox.complete("a")
    assert sandbox.report()["timers"] == [] and sandbox.report()["status"] == "completed"


# Held back -----------------------------------------------------------------------------------------------------------

HELD = '[{at: "100%", code: "CARD", card: "YELLOW_CARD", holdWhile: "pending"}]'


def test_a_card_is_held_while_an_extension_is_pending_and_issued_when_it_is_decided() -> None:
    sandbox = climb(HELD, "", pending=True)
    sandbox.advance("P5D")
    assert reached(sandbox) == [] and [event.code for event in told(sandbox, e.RungHeld)] == ["CARD"]
    assign(sandbox, pending=False)
    assert reached(sandbox) == [("11-07 09:00", "CARD")], "in the entry that decided"
    assign(sandbox, pending=True)
    assign(sandbox, pending=False)
    assert len(reached(sandbox)) == 1, "once"


def test_nothing_is_held_where_nothing_is_pending() -> None:
    for values in ({"pending": False}, {}):
        sandbox = climb(HELD, "", **values)
        sandbox.advance("P5D")
        assert reached(sandbox) == [("11-03 17:30", "CARD")]


def test_a_held_rung_ends_with_its_task() -> None:
    sandbox = climb(HELD, "", pending=True)
    sandbox.advance("P5D")
    sandbox.complete("a")
    state = sandbox.cases[0].state
    assert sandbox.report()["status"] == "completed" and not state.head.held
    assert reached(sandbox) == []


def test_replaying_a_held_rung_gives_the_processed_state() -> None:
    sandbox = climb(HELD, "", pending=True)
    sandbox.advance("P5D")
    events = [event for _, each in sandbox.cases[0].trace for event in each]
    assert replay(State(), events).snapshot() == sandbox.cases[0].state.snapshot()


# Adopting a calendar -------------------------------------------------------------------------------------------------

RUNGS = '[{at: "50%", code: "HALF"}, {at: "100%", code: "DUE"}, {at: "+1wd", code: "NEXT"}, {at: "+3d", code: "DAYS"}]'


def adopt(sandbox: Sandbox, version: int) -> None:
    state = sandbox.cases[0].state
    waiting = [[page.id, n] for page in state.pages.values() for n, i in page.instances.items() if i.task is not None]
    sandbox._do(sandbox.cases[0], AdoptCalendar("CN", version, waiting))


def armed(sandbox: Sandbox) -> list[str]:
    waits = [wait for page in sandbox.cases[0].state.pages.values() for wait in page.waits.values()]
    return [local(wait.due) for wait in waits]


def test_adopting_moves_the_due_time_and_every_rung_still_to_come() -> None:
    sandbox = climb(RUNGS)
    assert armed(sandbox) == ["11-03 08:30", "11-03 17:30", "11-04 17:30", "11-06 17:30"]
    adopt(sandbox, 2)  # Tuesday and Wednesday are off now
    (moved,) = told(sandbox, e.DeadlineMoved)
    assert (local(moved.before), local(moved.after), moved.was, moved.calendar) == ("11-03 17:30", "11-05 17:30", 1, 2)
    assert [local(after) for _, _, after in moved.rungs] == armed(sandbox)
    assert armed(sandbox) == ["11-05 08:30", "11-05 17:30", "11-06 17:30", "11-08 17:30"]


def test_adopting_twice_changes_nothing_and_an_older_version_is_not_adopted() -> None:
    sandbox = climb(RUNGS)
    adopt(sandbox, 2)
    adopt(sandbox, 2)
    adopt(sandbox, 1)
    assert len(told(sandbox, e.DeadlineMoved)) == 1


def test_a_rung_that_was_reached_is_not_reached_again() -> None:
    sandbox = climb(RUNGS)
    sandbox.advance("P1D")
    adopt(sandbox, 2)
    sandbox.advance("P20D")
    assert [code for _, code in reached(sandbox)] == ["HALF", "DUE", "NEXT", "DAYS"]
    assert reached(sandbox)[1][0] == "11-05 17:30"


def test_major_deadlines_never_roll_but_planning_rolls_back() -> None:
    off = {"none": "11-03 17:30", "back": "11-02 17:30", "forward": "11-05 17:30"}
    for roll, expected in off.items():
        sandbox = climb(RUNGS, deadline("P1D", "DAY", roll=roll))
        adopt(sandbox, 2)
        assert local(told(sandbox, e.DeadlineMoved)[-1].after) == expected, roll


def test_the_variable_that_receives_the_deadline_follows_it() -> None:
    sandbox = climb(RUNGS, deadline(resultVariable="mine"))
    adopt(sandbox, 2)
    mine = sandbox.cases[0].state.pages["0"].variables["mine"]
    assert isinstance(mine, dict) and str(mine["due"]).startswith("2026-11-05T09:30:00")


def test_a_repeating_rung_keeps_its_turn_on_the_new_calendar() -> None:
    sandbox = climb('[{at: "100%", every: "1wd", code: "X"}]')
    sandbox.advance("P1DT10H")
    assert armed(sandbox) == ["11-04 17:30"]
    adopt(sandbox, 2)
    assert armed(sandbox) == ["11-06 17:30"], "its second turn: a working day after it is due"


def test_a_deadline_on_real_time_does_not_depend_on_a_calendar() -> None:
    sandbox = climb('[{at: "100%", code: "X"}]', deadline("PT8H", "WALL"))
    adopt(sandbox, 2)
    assert not told(sandbox, e.DeadlineMoved)
    sandbox = climb('[{at: "+1wd", code: "X"}]', deadline("PT8H", "WALL"))
    adopt(sandbox, 2)
    assert armed(sandbox) == ["11-05 17:30"], "its rung by working days does"


def test_a_task_without_a_ladder_adopts_too() -> None:
    parts = (start(), user("a", f"<extensionElements>{deadline()}</extensionElements>"), end(), flows("s a", "a e"))
    files = {"test.bpmn": definitions(process(*parts)).encode()}
    compiled = compile_bundle(files, calendars=lambda _, version: replace(CALENDARS[version], version=version))
    sandbox = Sandbox(compiled, MONDAY, {"CN": 1})
    sandbox.start("p")
    adopt(sandbox, 2)
    assert local(told(sandbox, e.DeadlineMoved)[0].after) == "11-05 17:30"


# Another due time ----------------------------------------------------------------------------------------------------


def change(sandbox: Sandbox, due: datetime, reason: str = "storm", **more: Any) -> None:
    """An operator gives the one open task another due time."""
    state = sandbox.cases[0].state
    ((page, n),) = [(page.id, n) for page in state.pages.values() for n, i in page.instances.items() if i.task]
    sandbox._do(sandbox.cases[0], ChangeDueTime(n, millis(due), reason, page=page, **more))


FRIDAY = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai


def test_another_due_time_moves_every_rung_still_to_come() -> None:
    sandbox = climb(RUNGS)
    sandbox.advance("P1D")
    change(sandbox, FRIDAY, was=millis(MONDAY))
    (changed,) = told(sandbox, e.DueTimeChanged)
    assert (local(changed.before), local(changed.after), changed.reason) == ("11-02 09:00", "11-06 17:30", "storm")
    assert armed(sandbox) == ["11-06 17:30", "11-09 17:30", "11-09 17:30"]
    assert [local(after) for _, _, after in changed.rungs] == armed(sandbox)
    sandbox.advance("P20D")
    assert [code for _, code in reached(sandbox)] == ["HALF", "DUE", "NEXT", "DAYS"], "none a second time"


def test_a_repeating_rung_goes_on_from_the_new_due_time() -> None:
    sandbox = climb('[{at: "100%", every: "1wd", code: "X"}]')
    sandbox.advance("P1DT10H")
    change(sandbox, FRIDAY)
    assert armed(sandbox) == ["11-09 17:30"], "its second turn: a working day after it is due"


def test_a_decision_about_the_due_time_outlives_a_new_calendar() -> None:
    sandbox = climb(RUNGS)
    change(sandbox, FRIDAY)
    adopt(sandbox, 3)  # Saturday is worked now
    (moved,) = told(sandbox, e.DeadlineMoved)
    assert (local(moved.before), local(moved.after)) == ("11-06 17:30", "11-06 17:30")
    assert armed(sandbox)[2] == "11-07 17:30"


def test_a_clock_that_goes_on_later_goes_on_with_the_new_due_time() -> None:
    sandbox = climb(RUNGS, deadline(resultVariable="mine"))
    change(sandbox, FRIDAY)
    mine = sandbox.cases[0].state.pages["0"].variables["mine"]
    assert isinstance(mine, dict) and str(mine["due"]).startswith("2026-11-06T09:30:00")
    assert str(mine["since"]).startswith("2026-11-02T")


def test_rungs_of_an_uncounted_task_keep_their_distance_from_the_due_time() -> None:
    sandbox = climb('[{at: "-2h", code: "SOON"}, {at: "100%", code: "DUE"}]', deadline("PT8H", "WALL"))
    task(sandbox).limit = None  # as a task that began before semantics 3
    change(sandbox, MONDAY + timedelta(hours=9), was=millis(MONDAY + timedelta(hours=8)))
    assert armed(sandbox) == ["11-02 16:00", "11-02 18:00"]
    assert task(sandbox).limit is None


def test_only_an_operator_with_a_reason_changes_a_due_time_and_never_their_own() -> None:
    sandbox = climb(RUNGS)
    operator = {"actor": "p", "facts": {"tokens": ["can:operate"]}}
    refused = [
        (Forbidden, FRIDAY, "storm", {"actor": "p", "facts": {"tokens": ["can:assign"]}}),
        (InvalidInput, FRIDAY, " ", operator),
        (InvalidInput, MONDAY, "storm", operator),
        (InvalidInput, MONDAY + timedelta(days=9999), "storm", operator),
        (InvalidState, FRIDAY, "storm", {**operator, "was": millis(FRIDAY)}),
    ]
    case = sandbox.cases[0]
    ((page, n),) = [(page.id, n) for page in case.state.pages.values() for n, i in page.instances.items() if i.task]

    def tried(due: datetime, reason: str, given: dict[str, Any]) -> None:
        asked = ChangeDueTime(n, millis(due), reason, page=page, at=millis(MONDAY), **given)
        decide(sandbox.bundle, case.state, asked)

    for error, due, reason, given in refused:
        with pytest.raises(error):
            tried(due, reason, given)
    task(sandbox).assignee = "p"
    with pytest.raises(TaskForbidden):
        tried(FRIDAY, "storm", operator)
    assert not told(sandbox, e.DueTimeChanged)
