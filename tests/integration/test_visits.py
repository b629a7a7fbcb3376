"""Plans, bookings, visits, joint inspections and hazards as people live them: the messages between cases travel."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import feel, store, worklist
from engine.errors import InvalidInput, TaskForbidden
from engine.store import to_millis
from tests.conftest import SimulatedClock
from tests.integration.centre import HAZARD, ONSITE, PATROL, VISIT, Centre
from workflows import dashboards, documents, kept, recusal, registry
from workflows.declared import register_of
from workflows.registry import Wanted
from workflows.tables import notifications


@pytest.fixture
def centre(database_url: str, tmp_path: Path, clock: SimulatedClock, cheap_hashes: None) -> Iterator[Centre]:
    made = Centre(database_url, tmp_path / "home", clock)
    yield made
    made.duban.close()


def test_a_visit_with_a_finding_raises_a_hazard_and_is_reported_after_that_has_ended(centre: Centre) -> None:
    visit = centre.start("ding", "twelve-step", **VISIT)
    centre.do("ding", "ChooseTeam", offerTo=["li", "wang"], recusalDeclared=True)
    centre.dispatch("li", "wang")
    centre.do("li", "Prepare", templateIds=["LF"])
    number = centre.variables(visit)["visitNo"]
    centre.do("li", "Arrive", checkIn="QR")
    finding = {"visitNo": number, "listed": "LISTED", "item": "LF-04", "source": "ONSITE", "place": "井口"}
    centre.start("wang", "finding", **finding)
    ((key, _),) = centre.raised()
    (hazard,) = centre.cases("hazard-loop")
    raised = centre.variables(hazard)
    assert (key, raised["findingId"], raised["item"], raised["site"]) == (f"{number}-F1", key, "LF-04", "3 号井场 井口")
    assert (raised["dangerName"], raised["findingClass"], raised["unitId"]) == ("吊装区域未设警戒", "LARGER", "U01")
    centre.do("wu", "OnlinePatrol", patrolResult="NOT_APPLICABLE", patrolNote="无摄像头")
    centre.do("li", "Inspect", "photosOnsite", allConform=True, unitSignature="SIGNED", itemResults=[])
    assert centre.visited() == {("li", "U01", 1), ("wang", "U01", 1)}
    centre.do("li", "SignRecord", recordSummary="一个问题")
    assert "Report" not in centre.open_tasks()
    centre.close_hazard(visit)
    assert centre.cases("hazard-loop") == []
    assert [found["state"] for found in centre.variables(visit)["findings"]] == ["CLOSED"]
    centre.do("li", "Report", rootCause="交底不清")
    assert centre.cases("twelve-step") == [] and centre.cases("twelve-step", "completed") == [visit]


def test_who_must_keep_away_from_the_unit_is_not_offered_the_visit_and_cannot_accept_it(centre: Centre) -> None:
    now = to_millis(centre.clock.now)
    with centre.duban.store.transaction() as connection:
        for n in range(3):  # three visits running: somebody else goes
            recusal.note_visit(connection, "li", "U01", "earlier", n, now - recusal.DAY * (3 - n))
    centre.start("ding", "twelve-step", **VISIT)
    with pytest.raises(InvalidInput) as refused:
        centre.do("ding", "ChooseTeam", offerTo=["li", "wang"], recusalDeclared=True)
    assert set(refused.value.fields) == {"data.offerTo"}
    centre.do("ding", "ChooseTeam", offerTo=["wang", "zhao"], recusalDeclared=True)
    with centre.duban.store.transaction() as connection:
        recusal.add_tie(connection, "wang", "family", "U01")
    with pytest.raises(TaskForbidden):
        centre.dispatch("wang")


def test_a_violation_seen_on_patrol_becomes_one_hazard_and_seen_again_is_linked_to_it(centre: Centre) -> None:
    centre.start("wu", "online-patrol", **PATROL)
    centre.do("wu", "Watch", "frames", roundResult="VIOLATION", violationCode="V05")
    (joint,) = centre.cases("joint-inspection")
    centre.do("wu", "Triage", triage="TRUE", findingClass="LARGER")
    centre.wait(minutes=5)  # the first on the roster does not answer
    centre.dispatch("wang")
    centre.do("wang", "OnsiteVerdict", "photos", **ONSITE)
    centre.do("wu", "Reconcile", agrees=True)
    ((_, raised),) = centre.raised()
    assert raised["sourceEventId"] == centre.variables(joint)["sourceEventId"]
    assert (raised["item"], raised["foundBy"], raised["finder"]) == ("LF-04", "ONLINE", "wang")
    (hazard,) = centre.cases("hazard-loop")
    assert centre.variables(hazard)["sourceEventId"] == raised["sourceEventId"]
    centre.do("ding", "Feedback", toldTo=["STATION", "UNIT", "DEPARTMENT"], feedback="已立案")
    assert centre.cases("joint-inspection") == []
    centre.wait(hours=2)  # the next round
    centre.do("wu", "Watch", "frames", roundResult="VIOLATION", violationCode="V05")
    (again,) = centre.cases("joint-inspection")
    centre.do("wu", "Triage", triage="UNCLEAR", findingClass="LARGER")
    centre.dispatch("li")
    centre.do("li", "OnsiteVerdict", "photos", **ONSITE)
    centre.do("wu", "Reconcile", agrees=True)
    assert centre.variables(again)["linkedHazard"]["case"] == hazard
    assert centre.cases("hazard-loop") == [hazard] and len(centre.raised()) == 1


def test_two_alerts_of_one_camera_and_code_within_ten_minutes_are_one_inspection(centre: Centre) -> None:
    for event in ("e-1", "e-2"):
        data = {
            "eventId": event,
            "cameraId": "C-U01-01",
            "violationCode": "V07",
            "occurredAt": "2026-03-02T08:00:00+08:00",
        }
        values = {name: feel.from_json(value) for name, value in data.items()}
        centre.duban.messages.publish("AlertReceived", "C-U01-01/V07", values, id=event)
        centre.duban.worker.drain()
    assert len(centre.cases("joint-inspection")) == 1
    assert centre.variables(centre.cases("alert")[0])["alerts"] == 2
    centre.wait(minutes=11)
    centre.duban.messages.publish("AlertReceived", "C-U01-01/V07", values | {"eventId": "e-3"}, id="e-3")
    centre.duban.worker.drain()
    assert len(centre.cases("joint-inspection")) == 2


def test_hot_work_booked_for_a_sunday_is_upgraded_visited_and_called_off_when_it_is_cancelled(centre: Centre) -> None:
    booking = centre.start(
        "zheng", "high-risk-work", station="S01", unit="U01", site="计量间", workType="HOT_WORK", level="SECOND",
        startsAt="2026-03-08T09:00:00+08:00", endsAt="2026-03-08T12:00:00+08:00", permitNo="D-1", contact="郑伟",
    )  # fmt: skip
    centre.do("wu", "Precheck", accepted=True)
    assert centre.variables(booking)["upgradedLevel"] == "FIRST"
    centre.do("ding", "Reply", tier="RED", method="STANDBY")
    (visit,) = centre.cases("twelve-step")
    number = centre.variables(booking)["bookingNo"]
    assert centre.variables(visit)["sourceId"] == number
    centre.start("zheng", "booking-change", bookingNo=number, change="CANCEL", changeReason="改期")
    centre.do("ding", "CheckChange", accepted=True)
    assert centre.cases("twelve-step") == [] and centre.cases("high-risk-work") == []


def test_who_lacks_the_certificate_that_a_checklist_asks_for_is_named_and_not_offered_the_visit(centre: Centre) -> None:
    with centre.duban.store.transaction() as connection:
        at = to_millis(centre.clock.now)
        (lifting,) = (one for one in recusal.competences_of(connection, ["zhao"], at) if one.kind == "lifting")
        recusal.end_competence(connection, lifting.id, at)
    visit = centre.start("ding", "twelve-step", **VISIT)  # LF: lifting
    with pytest.raises(InvalidInput) as refused:
        centre.do("ding", "ChooseTeam", offerTo=["li", "zhao"], recusalDeclared=True)
    assert set(refused.value.fields) == {"data.offerTo"}
    lacks = {one["person"]: one["lacks"] for one in centre.variables(visit)["onCall"]}
    assert lacks == {"li": None, "wang": None, "zhao": "吊装作业"}
    centre.do("ding", "ChooseTeam", offerTo=["wang", "li"], recusalDeclared=True)
    centre.dispatch("wang", "li")


def test_an_alert_finds_its_place_in_the_register_of_cameras(centre: Centre) -> None:
    row = {"name": "枪机", "unit": "U01", "station": "S01", "site": "3 号井场", "online": "ONLINE"}
    with centre.duban.store.transaction() as connection:
        keeper = {"role:STATION_CHIEF@S01"}
        kept.keep(connection, register_of("cameras"), "C-7", row, actor="chen", tokens=keeper)
    for camera in ("C-7", "C-8"):
        at = centre.clock.now.isoformat()
        centre.tell(
            "AlertReceived", f"{camera}/V07", eventId=camera, cameraId=camera, violationCode="V07", occurredAt=at
        )
    seen = [centre.variables(case) for case in centre.cases("joint-inspection")]
    places = {(one["cameraId"], one["site"], one["unit"], one["station"]) for one in seen}
    assert places == {("C-7", "3 号井场", "U01", "S01"), ("C-8", "未登记的摄像头 C-8", "OIL", "S01")}


def test_a_week_s_plan_opens_itself_and_sends_each_visit(centre: Centre) -> None:
    centre.wait(days=2, hours=1)  # Wednesday 08:00
    assert len(centre.cases("supervision-plan")) == 2
    due = datetime.fromisoformat("2026-03-06T17:00:00+08:00")
    with centre.duban.store.reading() as connection:
        found = set(connection.scalars(sa.select(store.tasks.c.due_at).where(store.tasks.c.element == "Draft")))
    assert found == {to_millis(due)}
    item = {
        "unit": "U01",
        "site": "罐区",
        "requirement": "罐区",
        "templateIds": ["TF"],
        "tier": "BLUE",
        "method": "ROVING",
    }
    window = {"startsAt": VISIT["startsAt"], "endsAt": VISIT["endsAt"]}
    [plan] = [case for case in centre.cases("supervision-plan") if centre.variables(case)["station"] == "S01"]
    centre.do("su", "Draft", of=plan, items=[{**item, **window, "unannounced": True}, {**item, **window}])
    centre.do("chen", "Approve", of=plan, approved=True)
    visits = centre.cases("twelve-step")
    assert len(visits) == 2
    hidden = [case for case in visits if centre.variables(case)["unannounced"]]
    access = sa.select(store.case_access.c.case_id).where(store.case_access.c.token == "unit:U01")
    with centre.duban.store.reading() as connection:
        seen = set(connection.scalars(access))
    assert len(hidden) == 1 and not seen & set(hidden) and set(visits) - set(hidden) <= seen


def test_misses_are_drawn_from_what_was_found_on_site(centre: Centre) -> None:
    centre.start("li", "hazard-loop", **HAZARD)
    check = centre.start("wu", "miss-check")
    centre.do("wu", "CheckVideo", visible="YES")
    assert centre.cases("miss-check", "completed") == [check]


def places_that_tell(centre: Centre, name: str, visit: str, text: str) -> set[str]:
    """Where this person would learn of the visit: lists, searches, registers, papers, figures, messages."""
    who, now = centre.who(name), to_millis(centre.clock.now)
    inspections = register_of("inspections")
    with centre.duban.store.reading() as connection:
        rows = registry.page(connection, inspections, Wanted({}), tokens=who.tokens)
        found = registry.page(connection, inspections, Wanted({}, q=text), tokens=who.tokens)
        listed = worklist.cases(connection, person=who.person, tokens=who.tokens).items
        searched = worklist.cases(connection, person=who.person, tokens=who.tokens, query=text).items
        mine = worklist.tasks(connection, person=who.person, tokens=who.tokens, view="team", now=now).items
        papers = documents.listed(connection, tokens=who.tokens, filters={})
        told = connection.scalars(sa.select(notifications.c.person).where(notifications.c.case_id == visit)).all()
        return {
            place
            for place, tells in {
                "register": any(row["case_id"] == visit for row in rows),
                "register search": bool(found),
                "count": registry.count(connection, inspections, Wanted({}), tokens=who.tokens) > 0,
                "cases": visit in {row.id for row in listed},
                "search": visit in {row.id for row in searched},
                "tasks": visit in {row.case_id for row in mine},
                "papers": any(paper.case_id == visit for paper in papers),
                "coverage": bool(dashboards._last_visits(connection, who.tokens, 0)),
                "notification": who.person in told,
                "address": worklist.may_see_case(connection, visit, who.person, who.tokens),
            }.items()
            if tells
        }


def test_an_unannounced_visit_tells_the_unit_nothing_anywhere_until_arrival(centre: Centre) -> None:
    visit = centre.start("ding", "twelve-step", **VISIT, unannounced=True)
    centre.do("ding", "ChooseTeam", offerTo=["li", "wang"], recusalDeclared=True)
    centre.dispatch("li", "wang")
    centre.do("li", "Prepare", templateIds=["LF"])
    centre.wait(hours=30)  # its own deadlines pass: nobody of the unit is told of those either
    assert places_that_tell(centre, "zheng", visit, "3 号井场") == set()
    assert places_that_tell(centre, "chen", visit, "3 号井场") >= {"register", "register search", "cases", "papers"}
    centre.do("li", "Arrive", checkIn="QR")
    seen = places_that_tell(centre, "zheng", visit, "3 号井场")
    assert seen >= {"register", "register search", "count", "cases", "search", "papers", "coverage", "address"}
