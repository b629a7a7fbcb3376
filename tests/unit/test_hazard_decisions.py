"""The numbers of the hazard loop: each row of the method's tables, read back through the decisions that hold them."""

from pathlib import Path
from typing import Any

import pytest

from engine import feel
from engine.decisions import Model, compile_definitions
from engine.notation import read_dmn

FOLDER = Path(__file__).parents[2] / "bpmn" / "hazard"


def model(name: str) -> Model:
    return compile_definitions(read_dmn((FOLDER / name).read_bytes(), file=name))


LIMITS, LADDER, POINTS = model("limits.dmn"), model("ladder.dmn"), model("points.dmn")
PROCEDURES = model("procedures.dmn")
EVERY_KIND = [("GENERAL", "0"), ("GENERAL", "1"), ("LARGER", "1"), ("MAJOR", "1")]


def decided(of: Model, decision: str, **inputs: Any) -> Any:
    answer = of.evaluate(decision, feel.from_json(inputs))
    assert not answer.problems, [str(problem) for problem in answer.problems]
    return feel.to_json(answer.value)


def limits(grade: str, manage: str, red_line: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = decided(
        LIMITS, "hazard-limits", hazardGrade=grade, dangerManageType=manage, redLine=red_line
    )
    return found


def ladder(step: str, grade: str) -> list[dict[str, Any]]:
    place = {
        "unitId": "U01", "stationId": "S01", "hazardNo": "H-1", "findingId": "F-1", "dangerName": "x", "site": "y",
    }  # fmt: skip
    found: list[dict[str, Any]] = decided(LADDER, "hazard-ladder", step=step, hazardGrade=grade, **place)
    return found


@pytest.mark.parametrize(
    ("kind", "interim", "report", "plan", "days", "most"),
    [
        (("GENERAL", "0"), "P1D", ("STATION", None), None, None, None),
        (("GENERAL", "1"), "PT4H", ("STATION", None), None, 5, 15),
        (("LARGER", "1"), "PT2H", ("SAFETY_DEPARTMENT", "PT4H"), "P3D", 30, 30),
        (("MAJOR", "1"), "PT0S", ("COMPANY", "PT1H"), "P5D", 90, 180),
    ],
)
def test_each_grade_has_its_limits(
    kind: tuple[str, str],
    interim: str,
    report: tuple[str, str | None],
    plan: str | None,
    days: int | None,
    most: int | None,
) -> None:
    found = limits(*kind)
    assert found["interim"]["within"] == interim and found["interim"]["clock"] == "WALL"
    assert (found["reportTo"], found["reportWithin"]) == report
    assert (found["plan"] and found["plan"]["within"]) == plan
    assert (found["days"], found["daysMost"]) == (days, most)


def test_at_once_means_the_same_shift_but_at_least_two_hours() -> None:
    found = limits("GENERAL", "0")["rectify"]
    assert (found["within"], found["clock"], found["least"]) == ("PT0S", "SHIFT", "PT2H")


@pytest.mark.parametrize(
    ("kind", "red_line", "clock", "roll"),
    [
        (("GENERAL", "1"), False, "WORK", "none"),
        (("LARGER", "1"), False, "DAY", "forward"),
        (("LARGER", "1"), True, "DAY", "none"),
        (("MAJOR", "1"), False, "DAY", "none"),
    ],
)
def test_major_and_red_line_deadlines_never_roll_forward(
    kind: tuple[str, str], red_line: bool, clock: str, roll: str
) -> None:
    rectify = limits(*kind, red_line)["rectify"]
    assert (rectify["clock"], rectify["roll"], rectify["within"]) == (clock, roll, None)


@pytest.mark.parametrize(
    ("kind", "red_line", "order", "within"),
    [
        (("GENERAL", "0"), False, "AT_ONCE", "PT30M"),
        (("GENERAL", "1"), False, "BY_DATE", "P1D"),
        (("LARGER", "1"), False, "BY_DATE", "P1D"),
        (("LARGER", "1"), True, "STOP_WORK", "PT30M"),
        (("MAJOR", "1"), False, "STOP_WORK", "PT30M"),
    ],
)
def test_stop_work_is_ordered_within_half_an_hour(
    kind: tuple[str, str], red_line: bool, order: str, within: str
) -> None:
    found = limits(*kind, red_line)
    assert (found["orderType"], found["order"]["within"]) == (order, within)


@pytest.mark.parametrize(
    ("kind", "within", "clock"),
    [
        (("GENERAL", "0"), "P2D", "WORK"),
        (("GENERAL", "1"), "P2D", "WORK"),
        (("LARGER", "1"), "P3D", "WORK"),
        (("MAJOR", "1"), "P10D", "DAY"),
    ],
)
def test_acceptance_takes_two_or_three_working_days_or_ten_days(kind: tuple[str, str], within: str, clock: str) -> None:
    accept = limits(*kind)["accept"]
    assert (accept["within"], accept["clock"]) == (within, clock)


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("red_line", [False, True])
def test_every_step_of_every_kind_has_exactly_one_limit(kind: tuple[str, str], red_line: bool) -> None:
    inputs = {"hazardGrade": kind[0], "dangerManageType": kind[1], "redLine": red_line}
    steps = [row["step"] for row in decided(LIMITS, "hazard-step-limits", **inputs)]
    expected = {"dispute", "review", "order", "receipt", "interim", "interimCheck", "rectify", "accept", "close"}
    more = {"GENERAL": set(), "LARGER": {"report", "plan"}, "MAJOR": {"report", "plan", "planReview", "assess"}}
    assert sorted(steps) == sorted(expected | more[kind[0]])


@pytest.mark.parametrize(("grade", "within"), [("GENERAL", None), ("LARGER", "PT4H"), ("MAJOR", "PT1H")])
def test_the_report_is_due_in_four_hours_or_one_day_and_night(grade: str, within: str | None) -> None:
    found = limits(grade, "1")["report"]
    assert (found and (found["within"], found["clock"])) == (within and (within, "WALL"))


@pytest.mark.parametrize(
    ("kind", "most", "days", "ask", "half", "within", "approvers"),
    [
        (("GENERAL", "0"), 0, 0, None, False, "P1D", []),
        (("GENERAL", "1"), 1, 5, "-P1D", False, "P1D", ["role:STATION_CHIEF@S01"]),
        (("LARGER", "1"), 1, 15, "-P3D", False, "P2D", ["role:CENTER_DEPUTY", "role:DEPT_OFFICER"]),
        (("MAJOR", "1"), 1, 90, "-P20D", True, "P10D", ["role:COMPANY_LEADER"]),
    ],
)
def test_an_extension_has_its_terms_by_grade(
    kind: tuple[str, str], most: int, days: int, ask: str | None, half: bool, within: str, approvers: list[str]
) -> None:
    found = decided(PROCEDURES, "hazard-extension", hazardGrade=kind[0], dangerManageType=kind[1], stationId="S01")
    told = [token for approver in found["approvers"] for token in approver["candidates"]]
    terms = (found["most"], found["daysMost"], found["askBefore"], found["half"], found["within"], told)
    assert terms == (most, days, ask, half, within, approvers)


def panel(grade: str, taken_over: bool = False) -> list[dict[str, Any]]:
    people = {"finder": "f", "gradedBy": "g", "rectifiedBy": "r", "stationId": "S01"}
    found: list[dict[str, Any]] = decided(
        PROCEDURES, "acceptance-panel", hazardGrade=grade, takenOver=taken_over, **people
    )
    return found


def test_nobody_accepts_what_they_graded_or_rectified_and_from_larger_up_not_what_they_found() -> None:
    assert panel("GENERAL") == [{"candidates": ["role:FIELD_INSPECTOR@S01"], "notThese": ["g", "r"]}]
    assert panel("LARGER") == [{"candidates": ["role:FIELD_INSPECTOR@S01"], "notThese": ["f", "g", "r"]}]


def test_a_major_hazard_has_two_acceptors_one_of_the_department() -> None:
    assert [one["candidates"] for one in panel("MAJOR")] == [["role:FIELD_INSPECTOR@S01"], ["role:DEPT_OFFICER"]]


def test_after_the_third_rejection_the_department_accepts() -> None:
    assert [one["candidates"] for one in panel("GENERAL", taken_over=True)] == [["role:DEPT_OFFICER"]]
    assert [one["candidates"] for one in panel("LARGER", taken_over=True)] == [["role:DEPT_OFFICER"]]


def test_stop_work_has_its_terms() -> None:
    assert decided(PROCEDURES, "stop-terms") == {
        "orderWithin": "PT30M", "receiptWithin": "PT1H", "ratifyWithin": "P1D", "applyWithin": "P5D",
        "releaseWithin": "P1D", "secondStop": "P15D",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "repeat", "grade", "red_line"),
    [
        ("GENERAL", False, "GENERAL", False),
        ("GENERAL", True, "LARGER", False),
        ("LARGER", False, "LARGER", False),
        ("LARGER", True, "LARGER", False),
        ("MAJOR_CANDIDATE", False, "MAJOR", False),
        ("RED_LINE", True, "LARGER", True),
    ],
)
def test_a_repeat_raises_the_grade_by_one_but_never_to_major(
    finding: str, repeat: bool, grade: str, red_line: bool
) -> None:
    found = decided(LIMITS, "hazard-grading", findingClass=finding, repeatHazard=repeat)
    assert (found["grade"], found["redLine"]) == (grade, red_line)


@pytest.mark.parametrize(
    ("count", "manage", "within", "clock", "card", "take_over"),
    [
        (1, "1", "P2D", "WORK", None, False),
        (2, "1", "P2D", "WORK", "YELLOW_CARD", False),
        (3, "1", "P2D", "WORK", "RED_CARD", True),
        (7, "0", "PT4H", "WALL", "RED_CARD", True),
        (1, "0", "PT4H", "WALL", None, False),
    ],
)
def test_a_rejection_grants_time_and_brings_a_card(
    count: int, manage: str, within: str, clock: str, card: str | None, take_over: bool
) -> None:
    found = decided(LIMITS, "hazard-rejection", rejectCount=count, dangerManageType=manage)
    assert found == {"within": within, "clock": clock, "card": card, "takeOver": take_over}


def test_an_overdue_hazard_climbs_seven_rungs() -> None:
    rungs = ladder("rectify", "LARGER")
    assert [rung["at"] for rung in rungs] == ["50%", "80%", "100%", "+1wd", "+3wd", "+5wd", "+10wd"]
    assert [rung["card"] for rung in rungs] == [None, None, "YELLOW_CARD", None, "RED_CARD", None, None]
    assert rungs[0]["tell"] == ["role:UNIT_RECTIFIER@U01"]
    cards = [(rung["start"]["key"], rung["holdWhile"]) for rung in rungs if rung["start"]]
    assert cards == [("H-1/YELLOW_CARD", "extensionPending = true"), ("H-1/RED_CARD", "extensionPending = true")]


def test_the_rungs_of_a_major_hazard_count_calendar_days_and_begin_with_the_red_card() -> None:
    rungs = ladder("rectify", "MAJOR")
    assert [rung["at"] for rung in rungs] == ["50%", "80%", "100%", "+1d", "+3d", "+5d", "+10d"]
    assert [rung["card"] for rung in rungs].index("RED_CARD") == 2
    assert [rung["every"] for rung in rungs] == [None] * 6 + ["1d"]  # daily from the tenth day on
    assert "role:UNIT_SAFETY_DIRECTOR@U01" in rungs[0]["tell"]


@pytest.mark.parametrize(
    "step",
    ["confirm", "dispute", "report", "order", "receipt", "interimCheck", "plan", "planReview", "rectify", "assess",
     "accept", "extension", "review", "close", "stopOrder", "stopReceipt", "stopRatify", "stopApply", "stopRelease"],
)  # fmt: skip
@pytest.mark.parametrize("grade", ["GENERAL", "LARGER", "MAJOR"])
def test_every_step_tells_somebody_when_it_is_due(step: str, grade: str) -> None:
    due = [rung for rung in ladder(step, grade) if rung["at"] == "100%"]
    assert len(due) == 1 and due[0]["tell"] and due[0]["name"] and due[0]["nameEn"]


@pytest.mark.parametrize(
    ("violation", "repeats", "points"),
    [("NONE", 2, 0), ("MINOR", 0, 1), ("ORDINARY", 0, 3), ("ORDINARY", 1, 5), ("SERIOUS", 1, 9), ("SERIOUS", 2, 12),
     ("RED_LINE", 2, 12), ("OVERDUE", 0, 2), ("FALSE_RECTIFICATION", 0, 12)],
)  # fmt: skip
def test_points_grow_with_repeats_round_up_and_stop_at_twelve(violation: str, repeats: int, points: int) -> None:
    assert decided(POINTS, "hazard-points", violation=violation, repeatCount=repeats) == points
