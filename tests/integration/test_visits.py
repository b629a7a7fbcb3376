"""Plans, bookings, visits, joint inspections and hazards as people live them: the messages between cases travel."""

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from engine import deadlines, feel, store
from engine.errors import InvalidInput, TaskForbidden
from engine.execution import commands
from engine.execution.wire import decode_values
from engine.store import to_millis
from tests.conftest import SimulatedClock
from workflows import people, recusal
from workflows.attachments import Upload
from workflows.demo import models
from workflows.desk import case_variables
from workflows.duban import Duban
from workflows.sessions import Identity
from workflows.tables import visits_made

UNITS = {"OIL": None, "C01": "OIL", "S01": "C01", "S09": "C01", "D01": "OIL", "U01": "OIL"}
STAFF = {
    "li": "FIELD_INSPECTOR@S01", "wang": "FIELD_INSPECTOR@S01", "zhao": "FIELD_INSPECTOR@S01",
    "ding": "SHIFT_LEADER@S01", "wu": "ONLINE_SUPERVISOR@S09", "chen": "STATION_CHIEF@S01",
    "jia": "TERRITORY_MANAGER@U01", "zheng": "UNIT_SAFETY_DIRECTOR@U01", "yang": "UNIT_RECTIFIER@U01",
    "xu": "SCORE_REVIEWER@C01", "su": "PLANNER@C01", "lin": "DEPT_OFFICER@D01",
}  # fmt: skip
VISIT = {
    "station": "S01", "unit": "U01", "site": "3 号井场", "requirement": "吊装专项", "templateIds": ["LF"],
    "tier": "RED", "startsAt": "2026-03-03T09:00:00+08:00", "endsAt": "2026-03-03T12:00:00+08:00",
}  # fmt: skip

PATROL = {"site": "3 号井场", "unit": "U01", "station": "S01", "cameraId": "C-U01-01", "tier": "RED"}
ONSITE = {"verdict": "CONFIRMED", "gps": "41,122", "gpsDistance": 20, "unitSignature": "SIGNED"}
HAZARD = {
    "dangerName": "灭火器过期", "unitId": "U01", "site": "井场", "dangerDesc": "过期", "hazardDangerType": "5",
    "dangerSrc": "1", "findingClass": "GENERAL", "foundBy": "FIELD", "stationId": "S01", "repeatHazard": False,
}  # fmt: skip


class Centre:
    """The supervision centre with its shipped processes; everybody acts through the desk, as the API does."""

    def __init__(self, url: str, home: Path, clock: SimulatedClock) -> None:
        self.duban, self.clock = Duban(url, home), clock
        with self.duban.store.transaction() as connection:
            deadlines.publish(connection, deadlines.import_calendar([2026]))
            for unit, parent in UNITS.items():
                people.create_unit(connection, unit, unit, unit, parent)
            for name, grant in STAFF.items():
                role, _, place = grant.partition("@")
                people.create_person(connection, username=name, name=name, unit_id=place, id=name)
                people.grant(connection, name, role, place)
        self.duban.releases.deploy(models(), actor="li", note="")

    def who(self, name: str) -> Identity:
        with self.duban.store.reading() as connection:
            return Identity(name, people.tokens(connection, name, to_millis(self.clock.now)))

    def start(self, by: str, process: str, **data: Any) -> str:
        case = self.duban.desk.start(self.who(by), process, data, key=None).case
        self.duban.worker.drain()
        return str(case)

    def wait(self, **time: float) -> None:
        """Let time pass in small steps, so that what falls due on the way happens near its own time."""
        end = self.clock.now + timedelta(**time)
        while self.clock.now < end:
            self.clock.set(min(end, self.clock.now + timedelta(minutes=30)))
            self.duban.worker.drain()

    def do(self, by: str, element: str, photos: str = "", **data: Any) -> None:
        """Claim the oldest open task of `element` and complete it; `photos`: the form's field that takes two."""
        case, n, holder = self.task(element)
        if photos:
            data[photos] = [self.photo(by, case, n, k) for k in range(2)]
        if holder != by:
            self.duban.cases.handle(case, commands.ClaimTask(n, actor=by))
        self.duban.desk.complete(self.who(by), case, n, data, version=None, key=None)
        self.duban.worker.drain()

    def photo(self, by: str, case: str, n: int, k: int) -> dict[str, str]:
        image = io.BytesIO()
        Image.new("RGB", (8, 8 + k)).save(image, "PNG")
        image.seek(0)
        upload = Upload(case, n, f"{k}.png", "evidence", "CAMERA", f"{case}-{n}-{k}")
        added = self.duban.attachments.add(image, upload, by=by)
        return {"id": added.id, "sha256": added.sha256}

    def task(self, element: str) -> tuple[str, int, str | None]:
        """Case, number and holder of the oldest open task of `element`."""
        t = store.tasks.c
        query = (
            sa.select(t.case_id, t.n, t.assignee)
            .where(t.element == element, t.ended_at.is_(None))
            .order_by(t.created_at)
        )
        with self.duban.store.reading() as connection:
            found = connection.execute(query).first()
        assert found is not None, f"expected an open task of {element}; open: {self.open_tasks()}"
        return found.case_id, found.n, found.assignee

    def open_tasks(self) -> list[str]:
        t = store.tasks.c
        with self.duban.store.reading() as connection:
            return sorted(connection.scalars(sa.select(t.element).where(t.ended_at.is_(None))))

    def cases(self, process: str, status: str = "active") -> list[str]:
        c = store.cases.c
        with self.duban.store.reading() as connection:
            return list(connection.scalars(sa.select(c.id).where(c.process == process, c.status == status)))

    def variables(self, case: str) -> dict[str, Any]:
        with self.duban.store.reading() as connection:
            return {name: feel.to_json(value) for name, value in case_variables(connection, case).items()}

    def raised(self) -> list[tuple[str, dict[str, Any]]]:
        """Key and content of every hazard that was raised by message."""
        m = store.messages.c
        query = sa.select(m.key, m.payload).where(m.name == "HazardRaised").order_by(m.position, m.id)
        with self.duban.store.reading() as connection:
            found = [(row.key, decode_values(json.loads(row.payload))) for row in connection.execute(query)]
        return [(key, {name: feel.to_json(value) for name, value in values.items()}) for key, values in found]

    def tell(self, message: str, key: str, **data: Any) -> None:
        values = {name: feel.from_json(value) for name, value in data.items()}
        self.duban.messages.publish(message, key, values)
        self.duban.worker.drain()

    def dispatch(self, *accepting: str) -> None:
        for name in accepting:
            self.do(name, "Offer", response="ACCEPT")

    def close_hazard(self, visit: str) -> None:
        """The one open hazard, a general one by date, is put right; the visit that found it follows box by box."""
        self.do("li", "ConfirmGrade", "photosBefore", hazardGrade="GENERAL", dangerManageType="1",
                managementClassification="2", unitOpinion="AGREED")  # fmt: skip
        assert self.boxes(visit) == {"OrderIssued"}
        self.do(
            "chen", "IssueOrder", orderType="BY_DATE", rectifyDays=5, controlMeasures="警戒", interimControls="看护"
        )
        assert self.boxes(visit) == {"RectifiedOnce"}
        named = {"liablePerson": "杨勇", "liablePhone": "199 0000 0001"}
        self.do("zheng", "ReceiveOrder", receipt="RECEIVED", interimDone=True, **named)
        finished = {"dangerReason": "EQUIPMENT", "rectifyMeasures": "已设警戒", "actualFinish": "2026-03-04"}
        self.do("yang", "Rectify", "photosAfter", **finished)
        assert self.boxes(visit) == {"Reinspected"}
        self.do("zhao", "Accept", "photosAccept", acceptResult="PASS")
        self.do("xu", "CloseAndScore", violation="NONE", repeatCount=0)

    def visited(self) -> set[tuple[str, str, int]]:
        """Who was at which unit for how many days."""
        v = visits_made.c
        with self.duban.store.reading() as connection:
            rows = connection.execute(sa.select(v.person, v.unit, v.days))
            return {(row.person, row.unit, row.days) for row in rows}

    def boxes(self, visit: str) -> set[str]:
        """Which of the visit's boxes 8 to 10 are lit: each waits for word of its hazard."""
        waits = store.subscriptions.c
        query = sa.select(waits.element).where(waits.case_id == visit, waits.name == "HazardProgressed")
        with self.duban.store.reading() as connection:
            return set(connection.scalars(query))


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
    centre.do("su", "Draft", items=[{**item, **window, "unannounced": True}, {**item, **window}])
    centre.do("chen", "Approve", approved=True)
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
