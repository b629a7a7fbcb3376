"""Hazards, their cards and points as cases of the real engine: every state, and what travels between the cases."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine import clock, deadlines, feel, history
from engine.execution import commands as c
from engine.store import cases, messages, subscriptions, tasks, timers
from workflows import demo, people, points, registers
from workflows.duban import Duban

MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
FINDING = {
    "dangerName": "配电箱缺 PE 线", "unitId": "U01", "stationId": "S01", "site": "3 号计量间",
    "dangerDesc": "PE 线断开", "findingClass": "GENERAL", "repeatHazard": False,
}  # fmt: skip
GRADED = {"hazardGrade": "GENERAL", "dangerManageType": "1", "unitOpinion": "AGREED"}


class Site:
    """The product on one database, with the shipped processes and a clock of its own."""

    def __init__(self, home: Path) -> None:
        self.now, self.past = MONDAY, set[str]()
        self.duban = Duban(f"sqlite:///{home / 'duban.db'}", home)
        self.duban.store.create_all()
        with self.duban.store.transaction() as connection:
            deadlines.publish(connection, deadlines.import_calendar([2026, 2027]))
            for unit in ("S01", "U01", "U04"):
                people.create_unit(connection, unit, unit, unit)
        self.duban.releases.deploy(demo.models(), actor="owner", note="test")

    def begin(self) -> None:
        """Monday morning again; what ran before is cancelled and seen no more."""
        with self.duban.store.reading() as connection:
            known = connection.execute(sa.select(cases.c.id, cases.c.status)).all()
        clock.simulate(lambda: self.now)
        for row in known:
            if row.status == "active":
                self.duban.cases.handle(row.id, c.CancelCase("the next test begins"))
        self.now, self.past = MONDAY, {row.id for row in known}

    def start(self, **finding: Any) -> str:
        given = {name: feel.from_json(value) for name, value in {**FINDING, **finding}.items()}
        case = self.duban.cases.start(c.StartCase("hazard-loop", given)).case
        self.settle()
        return case

    def settle(self) -> None:
        while self.duban.worker.run_jobs() + self.duban.messages.deliver_due():
            pass

    def do(self, case: str, element: str, **data: Any) -> None:
        values = {name: feel.from_json(value) for name, value in data.items()}
        self.duban.cases.handle(case, c.CompleteTask(self.open(case)[element], values))
        self.settle()

    def open(self, case: str) -> dict[str, int]:
        """Element → number of its open task."""
        query = sa.select(tasks.c.element, tasks.c.n).where(tasks.c.case_id == case, tasks.c.ended_at.is_(None))
        with self.duban.store.reading() as connection:
            return {row.element: row.n for row in connection.execute(query)}

    def ask(self, case: str, element: str, **data: Any) -> None:
        """What `workflows.asking` delivers for a person."""
        query = sa.select(subscriptions.c.n).where(subscriptions.c.case_id == case, subscriptions.c.element == element)
        with self.duban.store.reading() as connection:
            n = connection.execute(query).scalar_one()
        values = {name: feel.from_json(value) for name, value in data.items()}
        self.duban.cases.handle(case, c.DeliverMessage(n, "request/p1", values))
        self.settle()

    def advance(self, **amount: float) -> None:
        """Let time pass; each timer on the way fires at its own time."""
        end = self.now + timedelta(**amount)
        t = timers.c
        due = sa.select(timers).where(t.due_at <= end.timestamp() * 1000).order_by(t.due_at, t.case_id, t.n).limit(1)
        while (timer := self.first(due)) is not None:
            self.now = max(self.now, datetime.fromtimestamp(timer.due_at / 1000, UTC))
            self.duban.cases.handle(timer.case_id, c.FireTimer(timer.n))
            self.settle()
        self.now = end

    def first(self, query: sa.Select[Any]) -> Any:
        with self.duban.store.reading() as connection:
            return connection.execute(query).first()

    def until_rectify(self, **finding: Any) -> str:
        case = self.start(**finding)
        self.do(case, "ConfirmGrade", **GRADED)
        self.do(case, "IssueOrder", rectifyDays=5)
        self.do(case, "ReceiveOrder")
        return case

    def states(self, case: str) -> list[str]:
        """The states of a hazard in their order, each once in a row."""
        with self.duban.store.reading() as connection:
            told = [one.state for one in registers.past(connection, case)]
        return [state for n, state in enumerate(told) if n == 0 or told[n - 1] != state]

    def hazard(self, case: str) -> registers.Hazard:
        with self.duban.store.reading() as connection:
            return registers.past(connection, case)[-1]

    def of(self, process: str) -> list[str]:
        with self.duban.store.reading() as connection:
            query = (
                sa.select(cases.c.id)
                .where(cases.c.process == process)
                .order_by(cases.c.started_at, cases.c.business_key)
            )
            return [case for case in connection.scalars(query) if case not in self.past]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    opened = Site(tmp_path_factory.mktemp("site"))
    yield opened
    opened.duban.close()


@pytest.fixture
def site(product: Site) -> Iterator[Site]:
    """The product on Monday morning, with no case that runs."""
    product.begin()
    yield product
    clock.simulate(None)


def test_a_hazard_goes_through_its_states_and_posts_points(site: Site) -> None:
    case = site.until_rectify()
    for verdict in ("REJECT", "PASS"):
        site.do(case, "Rectify")
        site.do(case, "Accept", acceptResult=verdict)
    site.do(case, "CloseAndScore", violation="SERIOUS", repeatCount=0, accountableId="E7", violationYear=2026)
    assert site.states(case) == [
        "REGISTERED", "CONFIRMED", "ORDERED", "RECTIFYING", "SUBMITTED", "REJECTED", "RECTIFYING", "SUBMITTED",
        "ACCEPTED", "CLOSED",
    ]  # fmt: skip
    (scored,) = site.of("points")
    site.do(scored, "Object", objected=False)
    with site.duban.store.reading() as connection:
        posted = connection.execute(sa.select(points.postings).where(points.postings.c.case_id == scored)).one()
    assert (posted.person, posted.year, posted.posted, posted.total) == ("E7", 2026, 6, 6)
    assert set(site.open(scored)) == {"FollowUp"}  # six points: a talk


def test_a_disputed_hazard_that_is_void_tells_so_and_ends(site: Site) -> None:
    case = site.start()
    site.do(case, "ConfirmGrade", **{**GRADED, "unitOpinion": "DISPUTED"})
    assert site.states(case)[-1] == "DISPUTED"
    site.do(case, "DecideDispute", disputeResult="VOID", disputeReason="依据不足")
    assert site.states(case)[-1] == "VOIDED"
    assert (site.hazard(case).details["findingId"], "VOIDED") in ended(site)


def test_a_transferred_hazard_begins_anew_at_the_other_unit(site: Site) -> None:
    case = site.until_rectify()
    site.ask(case, "HazardContested", contestKind="TRANSFER", transferTo="U04", contestReason="属集输公司")
    assert "Rectify" in site.open(case)  # its clock runs on
    site.do(case, "DeptAgrees", reviewResult="AGREED")
    assert site.states(case)[-1] == "TRANSFERRED" and site.open(case) == {}
    other = site.of("hazard-loop")[-1]
    assert (site.hazard(other).unit, site.hazard(other).state) == ("U04", "REGISTERED")
    assert site.hazard(other).details["transferredFrom"] == site.hazard(case).details["hazardNo"]


def ended(site: Site) -> list[tuple[str, str]]:
    """(key, state) of what was told about ended hazards."""
    with site.duban.store.reading() as connection:
        rows = connection.execute(sa.select(messages.c.key, messages.c.payload).where(messages.c.name == "HazardEnded"))
        return [(row.key, dict(json.loads(row.payload))["state"]) for row in rows]


def test_stop_work_stands_beside_the_state_until_it_is_released(site: Site) -> None:
    case = site.start(findingClass="RED_LINE")
    site.do(case, "ConfirmGrade", hazardGrade="LARGER", unitOpinion="DISPUTED")
    site.do(case, "OrderStop", stopScope="吊装", stopCount=0)
    assert site.hazard(case).details["suspendedWork"] is True
    assert site.hazard(case).state == "DISPUTED"  # which never suspends the stop
    site.do(case, "SignStop", stopReceipt="RECEIVED")
    site.do(case, "Ratify", stopRatified="REVOKED")
    assert site.hazard(case).details["suspendedWork"] is False


def test_an_overdue_hazard_and_a_rejection_share_one_card_of_a_level(site: Site) -> None:
    case = site.until_rectify()
    site.advance(days=8)  # Tuesday after: overdue since Monday evening
    (card,) = site.of("card")
    assert site.hazard(case).card == "YELLOW_CARD"
    for _ in range(2):
        site.do(case, "Rectify")
        site.do(case, "Accept", acceptResult="REJECT")
    assert site.of("card") == [card]  # the second rejection would bring the yellow card that is there


def test_cards_are_held_while_an_extension_is_undecided(site: Site) -> None:
    case = site.until_rectify()
    site.ask(case, "ExtensionAsked", extensionDays=5, extensionReason="备件", requestedBy="p1")
    assert site.hazard(case).details["extensionPending"] is True
    site.advance(days=8)
    assert site.of("card") == [] and "Rectify" in site.open(case)
    site.do(case, "DecideExtension", extensionDecision="REFUSE")
    assert len(site.of("card")) == 1


def test_a_third_rejection_brings_the_red_card_with_its_talk(site: Site) -> None:
    case = site.until_rectify()
    for _ in range(3):
        site.do(case, "Rectify")
        site.do(case, "Accept", acceptResult="REJECT")
    red, yellow = site.of("card")  # in the order of their keys
    site.do(red, "SignCard", cardReceipt="RECEIVED")
    assert set(site.open(red)) == {"HoldTalk"} and set(site.open(yellow)) == {"SignCard"}
    site.do(red, "HoldTalk", talkPlace="中心", talkSummary="x", talkCommitment="y")
    site.do(red, "LiftCard", liftResult="LIFT")
    assert site.open(red) == {}


def test_every_history_of_these_verifies_and_decides_the_same_again(site: Site) -> None:
    case = site.until_rectify()
    site.do(case, "Rectify")
    site.do(case, "Accept", acceptResult="PASS")
    site.do(case, "CloseAndScore", violation="MINOR", repeatCount=0, accountableId="E7", violationYear=2026)
    with site.duban.store.reading() as connection:
        for each in (case, *site.of("points")):
            verdict = history.verdict(connection, f"case/{each}", site.duban.releases.bundle)
            assert (verdict.chain, verdict.reexecution) == ("whole", "same")
