"""Trying a draft out through the API: real forms, a virtual clock, one step back, and the run as a scenario."""

from typing import Any

import pytest

from engine import scenarios
from tests.integration.company import BPMN, FILES, Company
from tests.integration.test_api_studio import draft, put

DATA = {"site": "一号站", "unit": "U01"}
INSPECTED = {"result": "合格", "cost": 4}
NOW = "2026-11-02T01:00:00.000Z"


def begin(company: Company, at: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = company.owner.post(
        f"/studio/drafts/{at['id']}/try", {"process": "inspection", "data": DATA, "now": NOW, **body}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def step(company: Company, run: dict[str, Any], kind: str, subject: str, **more: Any) -> Any:
    return company.owner.post(f"/studio/tries/{run['id']}/steps", {"kind": kind, "subject": subject, **more})


def test_a_draft_is_tried_by_the_engine_and_no_case_comes_of_it(company: Company) -> None:
    run = begin(company, draft(company))
    (task,) = run["tasks"]
    assert (task["element"], task["due"], task["candidates"]) == (
        "Inspect", "2026-11-02T09:00:00.000Z", ["role:FIELD_INSPECTOR@U01"]
    )  # fmt: skip
    assert task["form"]["id"] == "inspect" and task["data"]["site"] == "一号站"
    assert run["cases"][0]["tokens"] == [{"process": "inspection", "element": "Inspect", "count": 1}]
    assert run["waits"] == [
        {"case": 0, "element": "Stopped", "kind": "message", "name": "StopInspection", "key": "一号站"}
    ]
    run = step(company, run, "complete", "Inspect", data=INSPECTED).json
    assert [task["element"] for task in run["tasks"]] == ["Approve"]
    assert run["cases"][0]["variables"]["ratio"] == 25
    assert {"Inspect", "Count", "d"} <= set(run["reached"]["inspection"])
    run = step(company, run, "complete", "Approve").json
    assert run["cases"][0]["status"] == "completed"
    assert company.owner.get("/cases?view=all")["items"] == []


def test_the_forms_judge_what_is_tried(company: Company) -> None:
    made = draft(company)
    bare = company.owner.post(f"/studio/drafts/{made['id']}/try", {"process": "inspection", "data": {"site": "x"}})
    assert (bare.status_code, list(bare.json["fields"])) == (422, ["data.unit"])
    run = begin(company, made)
    refused = step(company, run, "complete", "Inspect", data={"result": "x" * 21, "cost": 1})
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["data.result"])
    assert company.owner.get(f"/studio/tries/{run['id']}")["steps"] == 1


def test_an_incident_shows_and_a_step_is_taken_back(company: Company) -> None:
    run = begin(company, draft(company))
    run = step(company, run, "complete", "Inspect", data={"result": "x", "cost": 0}).json
    assert (run["cases"][0]["status"], run["cases"][0]["incidents"][0]["element"]) == ("incident", "Ok")
    run = company.owner.post(f"/studio/tries/{run['id']}/undo").json
    assert [task["element"] for task in run["tasks"]] == ["Inspect"]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("complete", "Nothing"), ("advance", "soon"), ("to", "tomorrow"), ("job", "none"), ("start", "none")],
)
def test_a_step_that_is_not_possible_is_refused_and_not_kept(small: Company, kind: str, subject: str) -> None:
    run = begin(small, draft(small))
    assert step(small, run, kind, subject).status_code == 422
    assert small.owner.get(f"/studio/tries/{run['id']}")["steps"] == 1


def test_a_message_and_time_move_a_run_on(company: Company) -> None:
    run = begin(company, draft(company))
    run = step(company, run, "advance", "PT3H").json
    assert run["now"] == "2026-11-02T04:00:00.000Z"
    run = step(company, run, "message", "StopInspection", key="一号站", data={"why": "雨"}).json
    assert run["cases"][0]["status"] == "completed"


def test_a_run_goes_on_after_the_diagram_was_changed(company: Company) -> None:
    made = draft(company)
    run = begin(company, made)
    step(company, run, "complete", "Inspect", data=INSPECTED)
    put(
        company,
        made,
        "inspection.bpmn",
        BPMN.replace("=100 / cost", "=200 / cost").replace('id="Approve"', 'id="Ok2"').replace('"Approve"', '"Ok2"'),
    )
    run = company.owner.get(f"/studio/tries/{run['id']}")
    assert (run["version"], run["cases"][0]["variables"]["ratio"]) == (2, 50)
    assert [task["element"] for task in run["tasks"]] == ["Ok2"]


def test_a_run_is_nobody_elses(company: Company) -> None:
    run = begin(company, draft(company))
    assert company.owner2.send("GET", f"/studio/tries/{run['id']}").status_code == 404


def test_a_diagram_with_errors_cannot_be_tried_and_says_why(company: Company) -> None:
    made = draft(company)
    put(company, made, "inspection.bpmn", BPMN.replace('targetRef="Inspect"', 'targetRef="Lost"'))
    answer = company.owner.post(f"/studio/drafts/{made['id']}/try", {"process": "inspection", "data": DATA})
    assert (answer.status_code, answer.json["problems"][0]["file"]) == (422, "inspection.bpmn")


def test_a_run_that_would_never_end_is_stopped(company: Company) -> None:
    made = draft(company)
    endless = BPMN.replace(
        '<bpmn:exclusiveGateway id="Ok"',
        '<bpmn:sequenceFlow id="x" sourceRef="Count" targetRef="Count" /><bpmn:exclusiveGateway id="Ok"',
    )
    put(company, made, "inspection.bpmn", endless)
    run = begin(company, made)
    run = step(company, run, "complete", "Inspect", data=INSPECTED).json
    assert run["cases"][0]["incidents"][0]["kind"] == "loop"


def test_a_run_becomes_a_scenario_that_passes_and_counts(company: Company) -> None:
    made = draft(company)
    run = begin(company, made, data={"site": "1e5", "unit": "U01"})
    run = step(company, run, "complete", "Inspect", data={"result": "on", "cost": 4.5}).json
    path = {"path": "second.scenario.yaml", "name": "合格的检查"}
    assert company.owner.post(f"/studio/tries/{run['id']}/save", path, version=1).json["version"] == 2
    text = company.owner.get(f"/studio/drafts/{made['id']}/files/second.scenario.yaml")["text"]
    (kept,) = scenarios.read(text.encode(), "s").scenarios
    assert kept.data["site"] == "1e5" and str(kept.steps[0].data["cost"]) == "4.5"
    assert company.owner.post(f"/studio/tries/{run['id']}/save", path, version=2).status_code == 422
    found = company.owner.post(f"/studio/drafts/{made['id']}/scenarios").json
    assert (found["passed"], found["total"], found["problems"]) == (1, 1, [])
    (covered,) = found["coverage"]
    assert covered["missedElements"] == ["Stopped", "End"] and covered["missedFlows"] == ["s", "e"]
    checked = company.owner.post(f"/studio/drafts/{made['id']}/check").json
    assert checked["errors"] == 0 and len(company.owner.get(f"/studio/drafts/{made['id']}")["files"]) == len(FILES) + 1


def test_a_scenario_that_goes_another_way_or_cannot_be_read_is_told_at_its_line(company: Company) -> None:
    made = draft(company)
    made |= put(company, made, "broken.scenario.yaml", "scenarios: 1").json
    wrong = "process: inspection\nscenarios:\n  - name: n\n    given: {data: {site: x, unit: U01}}\n    steps:\n      - expect: {tasks: [Approve]}\n"  # noqa: E501 - one file
    put(company, made, "wrong.scenario.yaml", wrong)
    found = company.owner.post(f"/studio/drafts/{made['id']}/scenarios").json
    assert [one["file"] for one in found["problems"]] == ["broken.scenario.yaml"]
    assert (found["passed"], found["scenarios"][0]["failures"][0]["line"]) == (0, 6)
