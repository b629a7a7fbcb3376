"""Where the time goes, folded from the log: counts, median and p90, rework, what waits, what got stuck."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine import clock
from tests.integration.company import Company
from workflows import watch

MINUTE = 60_000


@pytest.fixture
def passed() -> Iterator[list[int]]:
    """The minutes since the test began, to be moved on, and the instant of its beginning."""
    begun, minutes = clock.now(), [0]
    clock.simulate(lambda: begun + timedelta(minutes=minutes[0]))
    yield minutes
    clock.simulate(None)


def watched(company: Company, release: str = "") -> dict[str, Any]:
    company.duban.worker.drain()
    found = company.owner.get(f"/studio/processes/inspection/watch?days=3660&release={release}")
    return {**found, "elements": {one["element"]: one for one in found["elements"]}}


def test_each_element_tells_how_long_it_took_and_what_waits(company: Company, passed: list[int]) -> None:
    cases = [company.start(site=f"{number}号") for number in range(4)]
    for case, until in zip(cases[:3], (1, 2, 4), strict=True):
        passed[0] = until
        assert company.inspected(case).status_code == 200
    found = watched(company)
    look = found["elements"]["Inspect"]
    assert (look["entered"], look["cases"], look["again"], look["measured"], look["waiting"]) == (4, 4, 0, 3, 1)
    assert [look[name] / MINUTE for name in ("median", "p90", "longest")] == [2, 4, 4]
    assert found["bottlenecks"][0] == "Inspect"
    assert found["elements"]["Approve"]["waiting"] == 3
    last, oldest = (datetime.fromisoformat(text) for text in (found["asOf"], look["oldest"]))
    assert last - oldest == timedelta(minutes=4)


def test_one_version_is_watched_alone_and_what_is_past_its_due_time_is_counted(company: Company) -> None:
    company.start(), company.start(site="二号站")
    assert watched(company, company.release)["elements"]["Inspect"]["overdue"] == 0
    tomorrow = company.duban.now() + 24 * 60 * MINUTE
    with company.duban.store.reading() as connection:
        late = watch.elements(connection, "inspection", 0, tomorrow, company.release)["Inspect"]
    assert (late.waiting, late.overdue) == (2, 2)
    assert watched(company, "0" * 64)["elements"] == {}


def test_rework_and_incidents_are_counted_and_an_ended_case_waits_nowhere(company: Company) -> None:
    stuck, case = company.start(), company.start(site="二号站")
    company.inspected(stuck, cost=0)
    company.inspected(case)
    at = company.task(case)["id"].partition(":")[2]
    moved = company.owner.post(f"/cases/{case}/move", {"from": int(at), "to": "Inspect", "reason": "重查"})
    assert moved.status_code == 200
    assert company.owner.post(f"/cases/{stuck}/cancel", {"reason": "x"}).status_code == 200
    told = watched(company)
    found = told["elements"]
    assert found["Ok"]["incidents"] == 1
    assert {id for id, one in found.items() if one["waiting"]} == {"Inspect"}
    assert (found["Inspect"]["again"], told["rework"]) == (1, ["Inspect"])


def test_what_is_folded_is_not_folded_again(small: Company) -> None:
    small.start()
    first = watched(small)["elements"]
    watching = next(one for one in small.duban.worker.errands if one.name == "watching")
    assert watching.turn() == 0
    assert watched(small)["elements"] == first
    assert small.owner.send("GET", "/studio/processes/none/watch").status_code == 404
