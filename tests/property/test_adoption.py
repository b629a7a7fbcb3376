"""Adopting calendars: the last one counts, whatever came before it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import deadlines
from engine.bundles import compile_bundle
from engine.execution.bundle import Bundle
from engine.execution.calendar import Calendar
from engine.execution.commands import AdoptCalendar
from engine.sandbox import Sandbox
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

CHINA = deadlines.import_calendar([2026, 2027])
DAYS = [date(2026, 11, 1) + timedelta(days=ahead) for ahead in range(60)]
RUNGS = (
    '[{at: "50%", code: "A"}, {at: "100%", code: "B"}, {at: "+2wd", every: "1wd", code: "C"}, {at: "+3d", code: "D"}]'
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    off = draw(st.frozensets(st.sampled_from(DAYS), max_size=12))
    worked = draw(st.frozensets(st.sampled_from(DAYS), max_size=6)) - off
    return replace(CHINA, off=off, worked=worked)


limits = st.builds(
    deadline,
    st.sampled_from(["P1D", "P5D", "P1M", "PT3H", "P2DT4H", "PT0S"]),
    st.sampled_from(["WALL", "WORK", "DAY", "SHIFT"]),
    roll=st.sampled_from(["forward", "back", "none"]),
    atLeast=st.sampled_from(["PT2H", "P2D", "=null"]),
    atLeastClock=st.sampled_from(["WALL", "WORK"]),
    resultVariable=st.just("mine"),
)
begins = st.integers(0, 20 * 24 * 60).map(
    lambda minutes: datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=minutes)
)


def begun(compiled: Bundle, now: datetime, version: int) -> Sandbox:
    sandbox = Sandbox(compiled, now, {"CN": version})
    sandbox.start("p")
    return sandbox


def adopt(sandbox: Sandbox, version: int) -> Sandbox:
    page = sandbox.cases[0].state.pages["0"]
    waiting: list[list[Any]] = [[page.id, n] for n, instance in page.instances.items() if instance.task]
    sandbox._do(sandbox.cases[0], AdoptCalendar("CN", version, waiting))
    return sandbox


def pages(sandbox: Sandbox) -> Any:
    return sandbox.cases[0].state.snapshot()["pages"]


@settings(deadline=None, max_examples=80)
@given(calendars(), calendars(), calendars(), limits, begins)
def test_adopting_one_then_another_is_adopting_the_other_and_as_if_begun_on_it(
    first: Calendar, second: Calendar, third: Calendar, limit: str, now: datetime
) -> None:
    known = {1: first, 2: second, 3: third}
    parts = (start(), with_ladder("a", limit), end(), flows("s a", "a e"))
    files = {"t.bpmn": definitions(process(*parts)).encode(), "l.dmn": ladder(RUNGS)}
    compiled = compile_bundle(files, calendars=lambda _, version: replace(known[version], version=version))
    both = adopt(adopt(begun(compiled, now, 1), 2), 3)
    assert pages(both) == pages(adopt(begun(compiled, now, 1), 3))
    fresh = begun(compiled, now, 3)
    assert dues(both) == dues(fresh)
    assert both.cases[0].state.pages["0"].variables == fresh.cases[0].state.pages["0"].variables


def dues(sandbox: Sandbox) -> tuple[Any, ...]:
    page = sandbox.cases[0].state.pages["0"]
    (instance,) = page.instances.values()
    assert instance.task is not None and instance.task.limit is not None
    return instance.task.limit["due"], sorted(wait.due for wait in page.waits.values())
