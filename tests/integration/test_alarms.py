"""Trouble with the log is told to auditors once, and told again only when it came back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.audit import keys
from engine.audit.log import LATE, State
from engine.audit.witnesses import Standing
from tests.conftest import SimulatedClock
from tests.integration.company import Company
from workflows.alarms import EVERY, FAILING, Alarms, Trouble, troubles

BAD: Trouble = {"name": "坏了", "nameEn": "Broken", "detail": "why"}


@pytest.fixture(autouse=True)
def standing(clock: SimulatedClock) -> None:
    """Before anything else: grants are in force from when they are given."""


@pytest.fixture
def look(company: Company, clock: SimulatedClock) -> Callable[..., int]:
    """`look("log", …)`: what is wrong now; one look, half a minute after the one before."""
    found: dict[str, Trouble] = {}
    alarms = Alarms(company.duban.store, lambda: found)

    def looking(*wrong: str) -> int:
        found.clear()
        found.update(dict.fromkeys(wrong, BAD))
        clock.advance(timedelta(milliseconds=EVERY))
        return alarms.turn()

    return looking


def test_a_trouble_is_told_once_when_it_lasts_and_again_when_it_came_back(
    company: Company, look: Callable[..., int]
) -> None:
    assert look("log") == 0  # a worker that has just started: what waited is sealed within seconds
    assert [look("log") for _ in range(3)] == [1, 0, 0]
    assert look("log", "witness:x") == 0
    assert look("log", "witness:x") == 1
    assert [look(), look(), look("log"), look("log")] == [0, 0, 0, 1]
    other = Alarms(company.duban.store, lambda: {"log": BAD})
    assert [other.turn(), other.turn()] == [0, 0]  # another worker: too soon, and it is known
    found = company.auditor.get("/notifications")["items"]
    assert [(one["kind"], one["case"], one["title"], one["nameEn"]) for one in found] == [
        ("log", "log", "why", "Broken")
    ] * 3
    assert company.auditor.get("/notifications/unread") == {"unread": 3}
    assert company.auditor.post(f"/notifications/{found[0]['id']}/read").json == {"unread": 2}
    assert company.chief.get("/notifications")["items"] == []


def test_a_log_that_is_not_sealed_and_a_witness_that_fails_for_long_are_troubles() -> None:
    def wrong(problem: str | None, behind: int, *failing: int) -> set[str]:
        found = [Standing(f"w{n}", "http", 1, 0, None, 0, f"e{seconds}") for n, seconds in enumerate(failing)]
        return set(troubles(State(1, 0, 1, behind, problem), found, 1000 * max(failing, default=0)))

    assert wrong(None, LATE) == set()
    assert wrong(None, LATE + 1) == {"log"}
    assert wrong("forked", 0) == {"log"}
    assert wrong(None, 0, FAILING) == set()
    assert wrong(None, 0, FAILING + 1) == {"witness:w0"}


def test_auditors_hear_from_the_worker_that_the_witness_saw_another_past(
    company: Company, clock: SimulatedClock
) -> None:
    signer = keys.create(company.duban.log.key_file)
    company.start()
    company.duban.log.seal()
    company.duban.log.witness.append(signer.sign(9_999, bytes(32), "2026-01-01T00:00:00.000Z"))
    for _ in range(4):
        clock.advance(timedelta(milliseconds=EVERY))
        company.duban.worker.tick()
    (told,) = company.auditor.get("/notifications")["items"]
    assert told["code"] == "LOG" and "9999 leaves" in told["title"]
