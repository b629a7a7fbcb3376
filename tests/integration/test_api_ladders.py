"""Ladders as people see them: what comes, what is on hold, who was told."""

from datetime import timedelta

import pytest

from engine import deadlines
from tests.conftest import SimulatedClock
from tests.integration.company import FILES, Company
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

RUNGS = (
    '[{at: "50%", code: "HALF", name: "时限过半", nameEn: "Half the time", tell: ["role:STATION_CHIEF@U01"]},'
    ' {at: "100%", code: "CARD", name: "黄牌", card: "YELLOW_CARD", priority: 90, holdWhile: "pending"}]'
)


@pytest.fixture
def office(clock: SimulatedClock, company: Company) -> Company:
    with company.duban.store.transaction() as connection:
        deadlines.publish(connection, deadlines.import_calendar([2026]))
    parts = (start(), with_ladder("a", deadline("PT4H", "WALL")), end(), flows("s a", "a e"))
    access = (
        '<extensionElements><duban:case title="=&quot;T&quot;" access="=&quot;unit:U01&quot;"/></extensionElements>'
    )
    files = {"t.bpmn": definitions(process(*parts, extra=access)).encode(), "ladder.dmn": ladder(RUNGS)}
    company.duban.releases.deploy({**FILES, **files})
    return company


def test_rungs_are_seen_beforehand_held_while_pending_and_told_afterwards(
    office: Company, clock: SimulatedClock
) -> None:
    case = office.chief.post("/cases", {"process": "p", "data": {"pending": True}}).json["id"]
    task = office.task(case)
    assert task["nextRung"]["name"] == "时限过半" and task["nextRung"]["at"] == "2026-03-02T02:00:00.000Z"
    assert [(one["name"], one["reached"], one["held"]) for one in task["rungs"]] == [
        ("时限过半", False, False), ("黄牌", False, False)
    ]  # fmt: skip
    clock.advance(timedelta(hours=5))
    office._clients.clear()  # their sessions have ended
    office.duban.worker.drain()
    half, card = office.task(case)["rungs"]
    assert (half["reached"], [one["name"] for one in half["told"]]) == (True, ["chief姓名"])
    assert (card["reached"], card["held"], card["told"]) == (False, True, [])
    entries = office.chief.get(f"/cases/{case}/history")["items"]
    assert [one["name"] for entry in entries for one in entry["told"]] == ["chief姓名"]
    office.owner.post(f"/cases/{case}/variables", {"changes": {"pending": False}, "reason": "不予延期"})
    decided = office.task(case)
    assert (decided["rungs"][1]["reached"], decided["priority"]) == (True, 90)
    verdict = office.chief.get(f"/cases/{case}/verification")
    assert (verdict["chain"], verdict["reexecution"]) == ("whole", "same")
