"""The hazard loop, driven through the engine in memory under a virtual clock."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import deadlines, feel
from engine.bundles import compile_bundle
from engine.execution.bundle import Bundle
from engine.sandbox import Sandbox
from workflows.demo import models

MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
CALENDAR = deadlines.import_calendar([2026, 2027])
FINDING = {
    "dangerName": "配电箱缺 PE 线", "unitId": "U01", "stationId": "S01", "site": "3 号计量间",
    "dangerDesc": "PE 线断开", "findingClass": "GENERAL", "repeatHazard": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return compile_bundle(models(), calendars=lambda series, version: CALENDAR)


class Loop:
    """One hazard in a sandbox; every step is a line of a scenario."""

    def __init__(self, bundle: Bundle, **finding: Any) -> None:
        self.sandbox = Sandbox(bundle, MONDAY, {"CN": 1})
        self.papers = 0
        self.sandbox.start("hazard-loop", self._values({**FINDING, **finding}))

    @staticmethod
    def _values(data: dict[str, Any]) -> dict[str, feel.Value]:
        return {name: feel.from_json(value) for name, value in data.items()}

    def do(self, element: str, **data: Any) -> "Loop":
        self.sandbox.complete(element, self._values(data))
        return self.settle()

    def settle(self) -> "Loop":
        """Answer the jobs that wait: numbers and papers, one after the other."""
        while jobs := self.sandbox.report()["jobs"]:
            self.papers += 1
            self.sandbox.job(jobs[0]["type"], self._values({"number": f"S01-XX-2026-{self.papers:04}"}))
        return self

    def ask(self, name: str, **data: Any) -> "Loop":
        """Somebody asks for something that may be asked for at any time."""
        self.sandbox.message(name, self.hazard_no, self._values(data))
        return self.settle()

    @property
    def hazard_no(self) -> str:
        return str(self.variables["hazardNo"])

    def until_rectify(self, grade: str = "GENERAL", manage: str = "1", days: int = 5) -> "Loop":
        self.do("ConfirmGrade", hazardGrade=grade, dangerManageType=manage)
        self.do("IssueOrder", **({} if manage == "0" else {"rectifyDays": days}))
        self.do("ReceiveOrder")
        if "WritePlan" in self.waiting:
            self.do("WritePlan")
        for _ in range(self.waiting.count("ReviewPlan") and 2):
            self.do("ReviewPlan", planDecision="APPROVED")
        return self

    def submit_and(self, result: str) -> "Loop":
        again = "RectifyAtOnce" in self.waiting
        return self.do("RectifyAtOnce" if again else "Rectify").do("Accept", acceptResult=result)

    @property
    def waiting(self) -> list[str]:
        """The open tasks, but for those of the stop-work order and the report, which go their own way."""
        aside = ("OrderStop", "SignStop", "Ratify", "Report")
        return [task["element"] for task in self.sandbox.report()["tasks"] if task["element"] not in aside]

    @property
    def status(self) -> str:
        return str(self.sandbox.report()["status"])

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self.sandbox.report()["variables"])

    def told(self, kind: str, element: str | None = None) -> list[dict[str, Any]]:
        trace = self.sandbox.report()["trace"]
        return [event for event in trace if event["type"] == kind and element in (None, event.get("element"))]

    def due(self, element: str) -> str:
        """When the newest task of an element is due, in Shanghai."""
        millis = self.told("TaskCreated", element)[-1]["due"]
        return datetime.fromtimestamp(millis / 1000 + 8 * 3600, UTC).strftime("%Y-%m-%d %H:%M")


def test_a_hazard_is_closed_after_it_was_put_right_and_accepted(bundle: Bundle) -> None:
    loop = Loop(bundle)
    assert loop.waiting == ["ConfirmGrade"]
    loop.until_rectify().submit_and("PASS")
    assert loop.waiting == ["CloseAndScore"]
    loop.do("CloseAndScore", violation="ORDINARY", repeatCount=1, accountableId="E1", violationYear=2026)
    assert loop.status == "completed"
    assert loop.variables["proposedPoints"] == 5


def test_the_title_names_the_hazard_and_its_place(bundle: Bundle) -> None:
    described = Loop(bundle).told("CaseDescribed")[-1]
    assert described["title"] == "配电箱缺 PE 线 · 3 号计量间"
    assert set(described["access"]) >= {"unit:U01", "unit:S01"}


def test_a_general_hazard_needs_no_plan(bundle: Bundle) -> None:
    assert not Loop(bundle).until_rectify().told("TaskCreated", "WritePlan")


@pytest.mark.parametrize("grade", ["LARGER", "MAJOR"])
def test_a_larger_or_major_hazard_needs_a_plan_first(bundle: Bundle, grade: str) -> None:
    loop = Loop(bundle).do("ConfirmGrade", hazardGrade=grade).do("IssueOrder", rectifyDays=30).do("ReceiveOrder")
    assert loop.waiting == ["WritePlan"]
    assert loop.do("WritePlan").waiting == (["Rectify"] if grade == "LARGER" else ["ReviewPlan"])


def test_the_visit_that_found_it_is_told_how_far_it_has_come(bundle: Bundle) -> None:
    loop = Loop(bundle, findingId="F-1").until_rectify().submit_and("PASS")
    told = [event["key"] for event in loop.told("MessageSent") if event["name"] == "HazardProgressed"]
    assert told == ["F-1/ORDERED", "F-1/SUBMITTED", "F-1/ACCEPTED"]


def test_five_working_days_are_counted_on_the_calendar(bundle: Bundle) -> None:
    assert Loop(bundle).until_rectify().due("Rectify") == "2026-11-09 17:30"


def test_an_at_once_hazard_is_due_when_the_shift_ends_but_in_two_hours_at_the_earliest(bundle: Bundle) -> None:
    assert Loop(bundle).until_rectify(manage="0").due("Rectify") == "2026-11-02 20:00"
    late = Loop(bundle)
    late.sandbox.advance("PT10H30M")  # 19:30
    assert late.until_rectify(manage="0").due("Rectify") == "2026-11-02 21:30"


def test_thirty_days_that_end_on_a_weekend_roll_to_the_working_day_after(bundle: Bundle) -> None:
    loop = Loop(bundle, findingClass="LARGER").until_rectify("LARGER", days=26)  # to Saturday, 28 November
    assert loop.due("Rectify") == "2026-11-30 17:30"


@pytest.mark.parametrize(("finding", "grade"), [("RED_LINE", "LARGER"), ("MAJOR_CANDIDATE", "MAJOR")])
def test_major_and_red_line_deadlines_do_not_roll(bundle: Bundle, finding: str, grade: str) -> None:
    loop = Loop(bundle, findingClass=finding).until_rectify(grade, days=26)
    assert loop.due("Rectify") == "2026-11-28 17:30"


def test_a_stop_work_order_is_for_the_station_chief_alone(bundle: Bundle) -> None:
    red = Loop(bundle, findingClass="RED_LINE").do("ConfirmGrade", hazardGrade="LARGER")
    plain = Loop(bundle).do("ConfirmGrade", hazardGrade="GENERAL", dangerManageType="1")
    assert red.told("TaskCreated", "IssueOrder")[0]["candidates"] == ["role:STATION_CHIEF@S01"]
    assert "role:FIELD_INSPECTOR@S01" in plain.told("TaskCreated", "IssueOrder")[0]["candidates"]
    assert red.variables["orderType"] == "STOP_WORK"


def test_a_department_officer_may_accept_major_hazards_only(bundle: Bundle) -> None:
    for grade, finding in (("MAJOR", "MAJOR_CANDIDATE"), ("LARGER", "LARGER")):
        loop = Loop(bundle, findingClass=finding).until_rectify(grade).do("Rectify")
        if grade == "MAJOR":
            loop.do("Assess", assessResult="MEETS")
        candidates = loop.told("TaskCreated", "Accept")[0]["candidates"]
        assert "role:DEPT_OFFICER" not in candidates
        loop.do("Accept", acceptResult="PASS")
        asked = [task["candidates"] for task in loop.told("TaskCreated", "Accept")]
        assert (["role:DEPT_OFFICER"] in asked) == (grade == "MAJOR")


# Rejection ----------------------------------------------------------------------------------------------------------


def test_the_first_rejection_goes_back_to_the_rectifier_without_a_card(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify().submit_and("REJECT")
    assert loop.waiting == ["Rectify"]
    assert loop.told("FlowTaken")[-1]["flow"] == "AtOnceNo" and not loop.told("MessageSent", "RaiseCard")
    assert loop.due("Rectify") == "2026-11-09 17:30"  # nothing of the five working days was used


def test_a_rejection_grants_what_remains_while_that_is_longer(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()  # Monday 09:00, five working days: next Monday
    loop.sandbox.advance("P1D")
    loop.do("Rectify")  # Tuesday 09:00; the clock stands still
    loop.sandbox.advance("P2D")
    loop.do("Accept", acceptResult="REJECT")  # Thursday 09:00: two working days later than without the acceptance
    assert loop.due("Rectify") == "2026-11-11 17:30"


def test_a_rejection_grants_two_working_days_where_less_remains(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()
    loop.sandbox.advance("P7D")  # Monday 09:00, the day it is due
    loop.submit_and("REJECT")
    assert loop.due("Rectify") == "2026-11-11 17:30"
    loop.sandbox.advance("PT35H")
    assert [event["code"] for event in loop.told("RungReached", "Rectify")] == ["REMIND", "REMIND_AGAIN", "REMIND"]


def test_days_to_rectify_count_from_the_order(bundle: Bundle) -> None:
    loop = Loop(bundle).do("ConfirmGrade", hazardGrade="GENERAL", dangerManageType="1").do("IssueOrder", rectifyDays=5)
    loop.sandbox.advance("P2D")
    loop.do("ReceiveOrder")
    assert loop.due("Rectify") == "2026-11-09 17:30"


def test_the_second_rejection_brings_a_yellow_card_and_the_third_a_red_one(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()
    for _ in range(3):
        loop.submit_and("REJECT")
    sent = [(event["name"], event["key"]) for event in loop.told("MessageSent", "RaiseCard")]
    assert sent == [("CardDue", f"{loop.hazard_no}/{level}") for level in ("YELLOW_CARD", "RED_CARD")]
    assert loop.submit_and("PASS").waiting == ["CloseAndScore"]


def test_an_at_once_hazard_that_is_rejected_has_four_hours(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify(manage="0").submit_and("REJECT")
    assert loop.due("RectifyAtOnce") == "2026-11-02 13:00"
    loop.sandbox.advance("PT4H")
    assert loop.waiting == ["Rectify"] and loop.due("Rectify") == "2026-11-09 17:30"  # one by date now


def test_an_answer_that_is_neither_pass_nor_reject_does_not_pass(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify().do("Rectify")
    loop.do("Accept")
    assert loop.told("FlowTaken") and "CloseAndScore" not in loop.waiting


# Time ---------------------------------------------------------------------------------------------------------------


def test_interim_control_is_verified_when_the_unit_has_not_signed_in_time(bundle: Bundle) -> None:
    loop = Loop(bundle).do("ConfirmGrade", hazardGrade="GENERAL", dangerManageType="1").do("IssueOrder", rectifyDays=5)
    loop.sandbox.advance("PT3H59M")
    assert loop.waiting == ["ReceiveOrder"]
    loop.sandbox.advance("PT1M")
    assert sorted(loop.waiting) == ["ReceiveOrder", "VerifyInterim"]
    loop.do("VerifyInterim", interimVerdict="CONTROLLED").do("ReceiveOrder")
    assert loop.waiting == ["Rectify"]


def test_a_receipt_in_time_leaves_nothing_to_verify(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()
    loop.sandbox.advance("P30D")
    assert not loop.told("TaskCreated", "VerifyInterim")


def test_an_overdue_hazard_climbs_the_ladder_rung_by_rung(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()
    loop.sandbox.advance("P40D")
    reached = [event["code"] for event in loop.told("RungReached", "Rectify")]
    assert reached == [
        "REMIND", "REMIND_AGAIN", "YELLOW_CARD", "SAFETY_DIRECTOR", "RED_CARD", "LISTED", "COMPANY_LEADER"
    ]  # fmt: skip
    assert loop.waiting == ["Rectify"]  # told, not taken away


def test_a_hazard_put_right_in_time_climbs_no_further(bundle: Bundle) -> None:
    loop = Loop(bundle).until_rectify()
    loop.sandbox.advance("P3D")
    loop.do("Rectify")
    loop.sandbox.advance("P40D")
    assert [event["code"] for event in loop.told("RungReached", "Rectify")] == ["REMIND"]


def test_every_rung_says_whom_to_tell(bundle: Bundle) -> None:
    loop = Loop(bundle)
    loop.sandbox.advance("P2D")
    assert loop.told("RungReached", "ConfirmGrade")[0]["rung"]["tell"] == [
        "role:DEPT_OFFICER",
        "role:STATION_CHIEF@S01",
    ]


def test_the_process_owner_s_files_are_all_read_from_one_folder() -> None:
    folder = Path(__file__).parents[2] / "bpmn"
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".scenario.yaml"))
    assert set(models()) == {path.relative_to(folder).as_posix() for path in files}
