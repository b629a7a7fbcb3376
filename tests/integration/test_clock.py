"""Fault 17: the wall clock is set ahead or back by an hour. Nothing escalates early, nothing twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine import clock, history
from engine.cases import Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from engine.worker import Worker
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
RUNGS = '[{at: "50%", code: "HALF"}, {at: "100%", code: "DUE"}]'
HOUR = timedelta(hours=1)


class Clocks:
    """Two hours to go from noon, with a rung after one. `wall` can be set, `passed` cannot."""

    def __init__(self, store: Store) -> None:
        self.offset, self.passed = timedelta(), 0.0
        clock.simulate(lambda: NOON + self.offset + timedelta(seconds=self.passed), lambda: self.passed)
        self.store, releases = store, Releases(store)
        self.cases = Cases(store, releases)
        self.worker = Worker(self.cases)
        parts = (start(), with_ladder("a", deadline("PT2H", "WALL")), end(), flows("s a", "a e"))
        releases.deploy({"t.bpmn": definitions(process(*parts)).encode(), "l.dmn": ladder(RUNGS)})
        self.case = self.cases.start(c.StartCase("p")).case

    def go_on(self, minutes: float) -> list[str]:
        """The rungs reached so far, after so many real minutes, looked at every five."""
        until = self.passed + minutes * 60
        while self.passed < until:
            self.passed = min(until, self.passed + 300)
            self.worker.drain()
        with self.store.reading() as connection:
            told = history.told(connection, f"case/{self.case}", limit=100)
        return [event["code"] for entry in told for event in entry["events"] if event["type"] == "RungReached"]


@pytest.fixture
def clocks(store: Store) -> Iterator[Clocks]:
    yield Clocks(store)
    clock.simulate(None)


def test_fault_17_a_clock_that_leaps_ahead_for_a_moment_fires_nothing_early(clocks: Clocks) -> None:
    assert clocks.go_on(10) == []
    clocks.offset = HOUR  # both rungs seem nearly due
    assert clocks.go_on(10) == []
    clocks.offset = timedelta()  # somebody sees it and sets it right
    assert clocks.go_on(35) == []
    assert clocks.go_on(5) == ["HALF"]
    assert clocks.go_on(60) == ["HALF", "DUE"]


def test_fault_17_a_leap_that_stands_is_believed_after_a_quarter_of_an_hour(clocks: Clocks) -> None:
    assert clocks.go_on(10) == []
    clocks.offset = HOUR
    assert clocks.go_on(10) == []
    assert clocks.go_on(15) == ["HALF"]


def test_fault_17_a_clock_that_is_set_back_fires_nothing_twice(clocks: Clocks) -> None:
    assert clocks.go_on(60) == ["HALF"]
    clocks.offset = -HOUR
    assert clocks.go_on(65) == ["HALF"], "the clock says five past the first hour again"
    clocks.offset = timedelta()  # right again: a leap ahead of an hour, which has to stand first
    assert clocks.go_on(30) == ["HALF", "DUE"]
    assert clocks.go_on(120) == ["HALF", "DUE"]


def test_a_slow_drift_and_small_corrections_are_no_leap(clocks: Clocks) -> None:
    for _ in range(12):
        clocks.offset += timedelta(seconds=20)
        clocks.go_on(5)
    assert clocks.go_on(0) == ["HALF"]


def test_a_long_sleep_is_no_leap_where_the_steady_clock_counts_it(clocks: Clocks) -> None:
    clocks.passed += 24 * 3600
    assert clocks.go_on(5) == ["HALF", "DUE"]
