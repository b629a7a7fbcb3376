"""The supervision centre from a booking to an appeal: each limit at its minute, each paper with its number.

Time is simulated; people act through the desk, as the API does.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine import store
from engine.store import from_millis, to_millis
from tests.conftest import SimulatedClock
from tests.integration.centre import ONSITE, PATROL, Centre
from workflows import documents, points
from workflows.asking import Asking

SHANGHAI = ZoneInfo("Asia/Shanghai")
ORDER = {"orderType": "BY_DATE", "rectifyDays": 5, "controlMeasures": "设警戒", "interimControls": "看护"}
RECEIPT = {"receipt": "RECEIVED", "interimDone": True, "liablePerson": "杨勇"}
PLAN = {"planMeasures": "设警戒", "planCost": 800, "planFinish": "2026-03-08", "planContingency": "撤人"}
DONE = {"dangerReason": "TRAINING", "rectifyMeasures": "已设警戒", "actualFinish": "2026-03-10"}


class Week:
    """The centre, with its days told as "03-02 08:00" of the company's own time."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.do, self.start = centre.do, centre.start

    def until(self, moment: str) -> None:
        """Let time pass up to a moment; each timer on the way fires at its own time."""
        end = datetime.fromisoformat(f"2026-{moment.replace(' ', 'T')}:00").replace(tzinfo=SHANGHAI)
        first = sa.select(sa.func.min(store.timers.c.due_at))
        while True:
            with self.centre.duban.store.reading() as connection:
                due = connection.scalar(first)
            if due is None or due > to_millis(end):
                break
            self.centre.clock.set(max(self.centre.clock.now, from_millis(due)))
            self.centre.duban.worker.drain()
        self.centre.clock.set(end)
        self.centre.duban.worker.drain()

    def due(self, element: str) -> str:
        """When the oldest open task of `element` is due."""
        case, n, _ = self.centre.task(element)
        of_task = (store.tasks.c.case_id == case) & (store.tasks.c.n == n)
        with self.centre.duban.store.reading() as connection:
            at = connection.execute(sa.select(store.tasks.c.due_at).where(of_task)).scalar_one()
        return from_millis(at).astimezone(SHANGHAI).strftime("%m-%d %H:%M")

    def ask(self, by: str, case: str, **data: object) -> None:
        """Take up the extension that the case offers to this person."""
        asking, who = Asking(self.centre.duban.store, self.centre.duban.cases), self.centre.who(by)
        with self.centre.duban.store.reading() as connection:
            (offer,) = [one for one in asking.offers(connection, who, case) if one.node.id == "ExtensionAsked"]
        asking.ask(who, case, offer.n, data, key=None)
        self.centre.duban.worker.drain()

    def is_open(self, element: str) -> bool:
        return element in self.centre.open_tasks()


@pytest.fixture
def week(sqlite_url: str, tmp_path: Path, clock: SimulatedClock, cheap_hashes: None) -> Iterator[Week]:
    centre = Centre(sqlite_url, tmp_path / "home", clock)
    yield Week(centre)
    centre.duban.close()


def test_a_week_from_a_booking_to_an_appeal(week: Week) -> None:
    book_hot_work(week)
    visit_it(week)
    hazard = see_a_violation(week)
    order_it_put_right(week, hazard)
    reject_twice_and_accept(week)
    score_and_appeal(week)
    assert papers(week) == {
        "YY-1", "JD-1", "LC-1", "YH-1", "PG-1", "PG-2", "JL-1", "BG-1", "TG-1", "YQ-1", "HP-1", "FC-1", "FC-2",
        "FC-3", "KF-1", "SS-1", "JH-1", "JH-2",
    }  # fmt: skip


def book_hot_work(week: Week) -> None:
    """Monday 08:00: hot work of Tuesday is booked 25 hours ahead, becomes RED, and is given its visit."""
    week.start(
        "zheng", "high-risk-work", station="S01", unit="U01", site="计量间", workType="HOT_WORK", level="FIRST",
        startsAt="2026-03-03T09:00:00+08:00", endsAt="2026-03-03T12:00:00+08:00", permitNo="D-1", contact="郑伟",
    )  # fmt: skip
    assert week.due("Precheck") == "03-02 12:00"
    week.do("wu", "Precheck", accepted=True)
    week.do("ding", "Reply", tier="RED", method="STANDBY")
    assert week.due("ChooseTeam") == "03-02 10:00"
    week.do("ding", "ChooseTeam", offerTo=["li", "wang"], recusalDeclared=True)
    assert week.due("Offer") == "03-02 09:00"
    week.centre.dispatch("li", "wang")
    assert (week.due("Prepare"), week.due("WorkDone")) == ("03-03 05:00", "03-03 12:00")
    week.do("li", "Prepare", templateIds=["HW"])


def visit_it(week: Week) -> None:
    """Tuesday: checked online and on site without a finding; three working days for the report."""
    week.until("03-03 09:00")
    assert (week.due("Arrive"), week.due("OnlinePatrol")) == ("03-03 09:00", "03-03 11:00")
    week.do("li", "Arrive", checkIn="QR")
    week.do("wu", "OnlinePatrol", patrolResult="NOT_APPLICABLE", patrolNote="无摄像头")
    week.do("li", "Inspect", "photosOnsite", allConform=True, unitSignature="SIGNED", itemResults=[])
    assert week.due("SignRecord") == "03-04 17:30"
    week.do("li", "SignRecord", recordSummary="未发现问题")
    assert week.due("Report") == "03-06 17:30"
    week.do("li", "Report", rootCause="无")
    week.until("03-03 12:00")
    week.do("zheng", "WorkDone", workOutcome="FINISHED")
    assert week.centre.cases("twelve-step") == week.centre.cases("high-risk-work") == []


def see_a_violation(week: Week) -> str:
    """Tuesday 13:00: seen online, the first on the roster lets it lapse, the second confirms it: a hazard."""
    week.until("03-03 13:00")
    week.start("wu", "online-patrol", **PATROL)
    week.do("wu", "Watch", "frames", roundResult="VIOLATION", violationCode="V05")
    assert week.due("Triage") == "03-03 13:10"
    week.do("wu", "Triage", triage="TRUE", findingClass="LARGER")
    assert week.due("Offer") == "03-03 13:05"
    week.until("03-03 13:05")
    assert week.due("Offer") == "03-03 13:10"
    week.centre.dispatch("wang")
    assert week.due("OnsiteVerdict") == "03-03 15:05"
    week.do("wang", "OnsiteVerdict", "photos", **ONSITE)
    week.do("wu", "Reconcile", agrees=True)
    week.do("ding", "Feedback", toldTo=["STATION", "UNIT", "DEPARTMENT"], feedback="已立案")
    (hazard,) = week.centre.cases("hazard-loop")
    return hazard


def order_it_put_right(week: Week, hazard: str) -> None:
    """LARGER: reported in four hours, interim control after two, five days over a Sunday; extended by two more."""
    week.do(
        "li", "ConfirmGrade", "photosBefore", hazardGrade="LARGER", managementClassification="2", unitOpinion="AGREED"
    )
    assert (week.due("Report"), week.due("IssueOrder")) == ("03-03 17:05", "03-04 17:30")
    week.do("chen", "Report", reportedTo="安全环保部", reportedBy="PHONE")
    week.do("chen", "IssueOrder", **ORDER)
    week.until("03-03 15:04")
    assert not week.is_open("VerifyInterim")
    week.until("03-03 15:05")
    assert week.due("VerifyInterim") == "03-03 17:05"
    week.do("zheng", "ReceiveOrder", **RECEIPT)
    assert not week.is_open("VerifyInterim")
    assert week.due("WritePlan") == "03-06 17:30"
    week.do("zheng", "WritePlan", **PLAN)
    assert week.due("Rectify") == "03-09 17:30"  # five days end on a Sunday
    week.until("03-04 09:00")
    week.ask("zheng", hazard, extensionDays=2, extensionReason="备件未到", extensionControls="专人看护")
    assert week.due("DecideExtension") == "03-06 17:30"
    for approver in ("he", "lin"):
        week.do(approver, "DecideExtension", extensionDecision="GRANT")
    assert week.due("Rectify") == "03-11 17:30"


def reject_twice_and_accept(week: Week) -> None:
    """The second rejection brings the yellow card, which is lifted once the rectification has passed."""
    for morning, due in (("03-10 09:00", "03-12 17:30"), ("03-11 09:00", "03-13 17:30")):
        week.until(morning)
        week.do("yang", "Rectify", "photosAfter", **DONE)
        assert not week.centre.cases("card")
        week.do("zhao", "Accept", "photosAccept", acceptResult="REJECT", rejectReason="警戒不全")
        assert week.due("Rectify") == due  # two working days at least
    assert week.due("SignCard") == "03-12 17:30"
    week.do("zheng", "SignCard", cardReceipt="RECEIVED", cardResponse="增派人员")
    week.do("yang", "Rectify", "photosAfter", **DONE)
    assert week.due("Accept") == "03-16 17:30"
    week.do("zhao", "Accept", "photosAccept", acceptResult="PASS")
    week.do("chen", "LiftCard", liftResult="LIFT", liftNote="已通过验收")
    assert week.centre.cases("card") == []


def score_and_appeal(week: Week) -> None:
    """Six points for a serious violation; objected to, and three of them stay."""
    assert week.due("CloseAndScore") == "03-12 17:30"
    accountable = {"accountable": "王某", "accountableId": "E7", "violationYear": 2026}
    week.do("xu", "CloseAndScore", violation="SERIOUS", repeatCount=0, **accountable)
    assert week.centre.cases("hazard-loop") == []
    assert week.due("Object") == "03-16 17:30"
    week.do("zheng", "Object", objected=True, objection="初犯")
    week.do("tan", "DecideAppeal", appealResult="REDUCED", reducedPoints=3, appealReason="初犯,从轻")
    with week.centre.duban.store.reading() as connection:
        posted = connection.execute(sa.select(points.postings)).one()
    assert (posted.person, posted.year, posted.posted, posted.total) == ("E7", 2026, 3, 3)
    assert week.centre.cases("points") == []


def papers(week: Week) -> set[str]:
    """Code and running number of every paper and number of S01: S01-TG-2026-0001 is TG-1. JH are the week's plans."""
    with week.centre.duban.store.reading() as connection:
        d = documents.documents.c
        found = connection.execute(sa.select(d.series, d.n).where(d.series.startswith("S01-")))
        return {f"{row.series.split('-')[1]}-{row.n}" for row in found}
