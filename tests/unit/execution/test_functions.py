"""`businessDue`: what an expression may ask of the business calendar."""

from datetime import UTC, datetime

import pytest

from engine import deadlines
from engine.bundles import compile_bundle
from engine.execution.bundle import Bundle
from engine.sandbox import Sandbox
from tests.support.diagrams import definitions, end, flows, process, script, start, timer, user

CALENDAR = deadlines.import_calendar([2026])
FRIDAY = datetime(2026, 11, 6, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


def bundle(*parts: str) -> Bundle:
    text = definitions(process(*parts))
    return compile_bundle({"t.bpmn": text.encode()}, whole=False, calendars=lambda series, version: CALENDAR)


def asked(expression: str, calendars: dict[str, int]) -> str:
    sandbox = Sandbox(bundle(start(), script("x", expression), end(), flows("s x", "x e")), FRIDAY, calendars)
    sandbox.start("p", {})
    return str(sandbox.report()["variables"].get("x"))


@pytest.mark.parametrize(
    ("amount", "clock", "expected"),
    [("P1D", "WORK", "2026-11-09T17:30"), ("-P1D", "WORK", "2026-11-05T17:30"), ("-P3D", "WORK", "2026-11-03T17:30"),
     ("PT2H", "WALL", "2026-11-06T12:00"), ("-PT2H", "WALL", "2026-11-06T08:00"), ("P1D", "DAY", "2026-11-07T17:30")],
)  # fmt: skip
def test_a_moment_is_so_many_days_after_or_before_another(amount: str, clock: str, expected: str) -> None:
    found = asked(f'=string(businessDue(now(), duration("{amount}"), "{clock}"))', {"CN": 1})
    assert found.startswith(expected)


def test_without_a_published_calendar_there_is_no_answer() -> None:
    assert asked('=businessDue(now(), duration("P1D"), "WORK") = null', {}) == "True"


def test_a_timer_may_wait_for_so_many_working_days() -> None:
    boundary = '<boundaryEvent id="b" attachedToRef="a">' + timer(
        "date", '=businessDue(now(), duration("P3D"), "WORK")'
    )
    sandbox = Sandbox(
        bundle(start(), user("a"), boundary + "</boundaryEvent>", end(), flows("s a", "b e")), FRIDAY, {"CN": 1}
    )
    sandbox.start("p", {})
    sandbox.advance("P5DT7H")  # Wednesday, 17:00
    assert sandbox.report()["status"] == "active"
    sandbox.advance("PT31M")
    assert sandbox.report()["status"] == "completed"
