"""What people see of the hazard loop: the diagram reads at a glance, and the forms speak both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import feel
from engine.errors import InvalidInput
from engine.notation import Form, read_bpmn, read_form
from engine.notation.model import Process

FOLDER = Path(__file__).parents[2] / "bpmn" / "hazard"
DIAGRAM = (FOLDER / "hazard-loop.bpmn").read_bytes()
FORMS = sorted((FOLDER / "forms").glob("*.form"))
NOW = feel.parse_date_and_time("2026-11-02T09:00:00@Asia/Shanghai")
PHOTO = [{"id": "a1", "sha256": "0" * 64}]


@pytest.fixture(scope="module")
def process() -> Process:
    return read_bpmn(DIAGRAM, file="hazard-loop.bpmn").processes[0]


def form(name: str) -> Form:
    return read_form((FOLDER / "forms" / f"{name}.form").read_bytes(), file=name)


def components(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = schema["components"]
    return found


# The forms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_short_enough_for_a_phone_and_every_component_has_an_id(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    ids = [component["id"] for component in components(schema)]
    assert len(set(ids)) == len(ids) <= 11
    assert (schema["type"], schema["id"], schema["schemaVersion"]) == ("default", path.stem, 19)


SEEN: dict[str, Any] = {"hazardGrade": "GENERAL", "dangerManageType": "1", "rejectCount": 0, "limits": {"daysMost": 15}}
FILLED: dict[str, dict[str, Any]] = {
    "hazard-register": {
        "dangerName": "灭火器过期", "unitId": "U01", "site": "1 号井场", "dangerDesc": "过期", "hazardDangerType": "5",
        "dangerSrc": "1", "findingClass": "GENERAL", "foundBy": "FIELD", "stationId": "S01", "repeatHazard": False,
    },
    "hazard-confirm": {
        "hazardGrade": "GENERAL", "dangerManageType": "1", "managementClassification": "2", "unitOpinion": "AGREED",
        "photosBefore": PHOTO,
    },
    "hazard-order": {"orderType": "BY_DATE", "rectifyDays": 5, "controlMeasures": "更换", "interimControls": "隔离"},
    "hazard-assign": {"receipt": "RECEIVED", "liablePerson": "杨勇", "liablePhone": "199 0000 01", "interimDone": True},
    "hazard-interim": {"interimVerdict": "CONTROLLED"},
    "hazard-plan": {"planMeasures": "更换", "planCost": 1200, "planFinish": "2026-11-20", "planContingency": "停产"},
    "hazard-rectify": {
        "dangerReason": "EQUIPMENT", "rectifyMeasures": "已更换", "actualFinish": "2026-11-03", "photosAfter": PHOTO
    },
    "hazard-accept": {"acceptResult": "PASS", "photosAccept": PHOTO},
    "hazard-close": {"violation": "NONE", "repeatCount": 0},
    "hazard-dispute": {"disputeResult": "UPHELD", "disputeReason": "事实清楚"},
    "hazard-report": {"reportedTo": "值班室", "reportedBy": "PHONE"},
    "hazard-plan-review": {"planDecision": "APPROVED"},
    "hazard-assess": {"assessResult": "MEETS", "assessReport": "达到", "employeesTold": "YES"},
    "hazard-extension-ask": {"extensionDays": 5, "extensionReason": "备件未到", "extensionControls": "专人看护"},
    "hazard-extension": {"extensionDecision": "GRANT"},
    "hazard-contest": {"contestKind": "TRANSFER", "transferTo": "U04", "contestReason": "属集输公司"},
    "hazard-review": {"reviewResult": "AGREED"},
    "stop-order": {"stopScope": "吊装", "stopReason": "手扶吊物", "stopCount": 0},
    "stop-ratify": {"stopRatified": "RATIFIED"},
    "stop-receipt": {"stopReceipt": "RECEIVED"},
    "stop-apply": {
        "retrainedOn": "2026-11-03", "retrainedCount": 6, "retrainedPeople": "班组", "retrainingRecord": PHOTO,
        "applyNote": "申请复工",
    },
    "stop-release": {"releaseDecision": "APPROVED"},
}  # fmt: skip


OFFERED = {
    "optionsInspected": [{"value": "U01", "label": "一厂"}, {"value": "U04", "label": "集输公司"}],
    "optionsInspecting": [{"value": "S01", "label": "一站"}],
}
"""What the organisation has, where the forms offer units and stations."""


def check(name: str, changes: dict[str, Any] | None = None, **seen: Any) -> dict[str, Any]:
    data = {key: value for key, value in {**FILLED[name], **(changes or {})}.items() if value is not None}
    variables = {key: feel.from_json(value) for key, value in {**OFFERED, **SEEN, **seen}.items()}
    return form(name).check(data, variables, NOW)


def refused(name: str, changes: dict[str, Any] | None = None, **seen: Any) -> set[str]:
    with pytest.raises(InvalidInput) as caught:
        check(name, changes, **seen)
    return set(caught.value.fields)


@pytest.mark.parametrize("name", FILLED)
def test_an_ordinary_answer_is_taken(name: str) -> None:
    assert set(check(name)) == set(FILLED[name])


@pytest.mark.parametrize(
    ("name", "field"),
    [("hazard-confirm", "photosBefore"), ("hazard-rectify", "photosAfter"), ("hazard-accept", "photosAccept"),
     ("hazard-register", "site"), ("hazard-order", "controlMeasures"), ("hazard-assign", "liablePerson")],
)  # fmt: skip
def test_what_a_step_cannot_do_without_is_required(name: str, field: str) -> None:
    assert refused(name, {field: None}) == {field}


def test_a_rejection_needs_its_reason_and_a_pass_has_none() -> None:
    assert refused("hazard-accept", {"acceptResult": "REJECT"}) == {"rejectReason"}
    assert "rejectReason" not in check("hazard-accept", {"rejectReason": "left over from another choice"})


def test_the_days_to_rectify_stay_within_the_limit_of_the_grade() -> None:
    assert refused("hazard-order", {"rectifyDays": 16}) == {"rectifyDays"}
    assert check("hazard-order", {"rectifyDays": 16}, limits={"daysMost": 30})["rectifyDays"] == 16


def test_an_at_once_order_asks_for_no_days() -> None:
    found = check("hazard-order", limits={"daysMost": None}, dangerManageType="0")
    assert not {"rectifyDays", "interimControls"} & set(found)


def test_the_treatment_is_asked_for_general_hazards_only() -> None:
    assert "dangerManageType" not in check("hazard-confirm", {"hazardGrade": "LARGER"})


def test_a_dispute_needs_words() -> None:
    assert refused("hazard-confirm", {"unitOpinion": "DISPUTED"}) == {"unitOpinionNote"}


def test_a_refused_receipt_names_its_witness() -> None:
    assert refused("stop-receipt", {"stopReceipt": "REFUSED"}) == {"stopWitness"}


def test_an_application_to_resume_needs_the_record_of_retraining() -> None:
    assert refused("stop-apply", {"retrainingRecord": None}) == {"retrainingRecord"}


def test_a_transfer_says_to_whom() -> None:
    assert refused("hazard-contest", {"transferTo": None}) == {"transferTo"}
    assert "transferTo" not in check("hazard-contest", {"contestKind": "VOID"})


def test_a_major_plan_names_goals_and_organisation() -> None:
    record = {"majorState", "majorHarm", "majorDifficulty", "majorCause"}
    assert refused("hazard-plan", hazardGrade="MAJOR") == {"planGoal", "planOrganisation", *record}


def test_a_violation_names_somebody_and_a_repeat_its_root_cause() -> None:
    assert refused("hazard-close", {"violation": "MINOR", "repeatCount": 1}) == {
        "accountable",
        "accountableId",
        "violationYear",
        "rootCause",
    }


def test_names_and_telephone_numbers_are_marked_personal(process: Process) -> None:
    personal = frozenset().union(*(read_form(path.read_bytes()).personal for path in FORMS))
    assert process.personal == personal | {"signatures"}  # which the task takes beside its form
    assert personal >= {"liablePerson", "liablePhone", "accountable", "stopWitness", "retrainedPeople"}
