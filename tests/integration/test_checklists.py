"""A checklist that several people fill through the API, and that one of them hands in."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from engine import feel, store
from engine.execution.commands import CompleteTask
from tests.integration.company import FILES, Company, picture
from workflows import checklists
from workflows.desk import case_variables

FORM = """{"type": "default", "id": "inspect", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "result", "key": "result", "label": "结果"},
  {"type": "number", "id": "cost", "key": "cost", "label": "费用"},
  {"type": "dynamiclist", "id": "rows", "path": "rows", "label": "条目", "properties": {"checklist": "items"},
   "components": [{"type": "textfield", "id": "item", "key": "item", "label": "条目"}]}]}"""
BEGIN = """{"type": "default", "id": "begin", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "site", "key": "site", "label": "地点"},
  {"type": "textfield", "id": "unit", "key": "unit", "label": "单位"},
  {"type": "dynamiclist", "id": "items", "path": "items", "label": "条目", "components": [
    {"type": "textfield", "id": "item", "key": "item", "label": "条目"},
    {"type": "textfield", "id": "text", "key": "text", "label": "要求"},
    {"type": "textfield", "id": "textEn", "key": "textEn", "label": "英文"}]}]}"""
ITEMS = [
    {"item": "A-1", "text": "票证齐全", "textEn": "Permits"},
    {"item": "A-2", "text": "监护在岗", "textEn": "Watch"},
]


@pytest.fixture
def task(company: Company) -> str:
    """An open task whose checklist has two items."""
    company.duban.releases.deploy({**FILES, "begin.form": BEGIN.encode(), "inspect.form": FORM.encode()})
    data = {"unit": "U01", "site": "一号站", "items": ITEMS}
    case = company.chief.post("/cases", {"process": "inspection", "data": data}).json["id"]
    return str(company.task(case)["id"])


def answer(item: str = "A-1", result: str = "PASS", **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "item": item,
        "result": result,
        "occurredAt": "2026-11-21T08:00:00.000Z",
        **more,
    }


def send(company: Company, who: str, task: str, *answers: dict[str, Any]) -> Any:
    found = getattr(company, who).post(f"/tasks/{task}/checklist", {"answers": list(answers)})
    assert found.status_code == 200, found.text
    return found.json["items"]


def test_two_people_fill_one_checklist_and_one_hands_it_in(company: Company, task: str) -> None:
    photo = company.inspector2.upload(picture(), task=task).json
    evidence = [{"id": photo["id"], "sha256": photo["sha256"]}]
    send(company, "inspector", task, answer("A-1"))
    send(company, "inspector2", task, answer("A-2", "FAIL", note="监护人离岗", photos=evidence))
    done = company.inspector.post(f"/tasks/{task}/complete", {"data": {"result": "x", "cost": 4}}, version=1)
    assert done.status_code == 200, done.text
    case, _, n = task.partition(":")
    with company.duban.store.reading() as connection:
        rows: Any = feel.to_json(case_variables(connection, case)["rows"])
        answers = checklists.given(connection, case, int(n))
        sealed = case_variables(connection, case)["answersHash"]
    assert [(row["item"], row["result"], row["by"]) for row in rows] == [
        ("A-1", "PASS", "p-inspector"),
        ("A-2", "FAIL", "p-inspector2"),
    ]
    assert rows[1]["photos"] == evidence
    assert sealed == checklists.hash_of(answers)


def test_a_batch_that_arrives_twice_and_backwards_is_the_same(company: Company, task: str) -> None:
    first = answer("A-1")
    second = answer("A-1", "FAIL", note="票证过期", replaces=[first["id"]])
    send(company, "inspector", task, second)
    send(company, "inspector", task, second, first)
    (item, _) = send(company, "inspector", task, first)
    assert (item["state"], len(item["answers"])) == ("answered", 2)
    assert [one["result"] for one in item["answers"] if one["stands"]] == ["FAIL"]


def test_a_conflict_is_shown_keeps_both_and_holds_the_task_until_one_is_chosen(company: Company, task: str) -> None:
    mine, other = answer("A-1"), answer("A-1", "NA")
    send(company, "inspector", task, mine, answer("A-2", bulk=True))
    item = send(company, "inspector2", task, other)[0]
    assert item["state"] == "conflict"
    assert {one["author"]["id"] for one in item["answers"]} == {"p-inspector", "p-inspector2"}
    refused = company.inspector.post(f"/tasks/{task}/complete", {"data": {"result": "x", "cost": 4}}, version=1)
    assert refused.status_code == 422
    assert refused.json["fields"]["data.rows[0].result"][0].startswith("conflict")
    item = send(company, "inspector", task, answer("A-1", replaces=[mine["id"], other["id"]]))[0]
    assert (item["state"], len(item["answers"])) == ("answered", 3)


def test_a_lost_answer_is_told_again_after_the_end_and_a_new_one_refused(company: Company, task: str) -> None:
    kept = answer("A-1")
    send(company, "inspector", task, kept, answer("A-2"))
    company.inspector.upload(picture(), task=task)
    done = company.inspector.post(f"/tasks/{task}/complete", {"data": {"result": "x", "cost": 4}}, version=1)
    assert done.status_code == 200, done.text
    send(company, "inspector", task, kept)
    late = company.inspector2.post(f"/tasks/{task}/checklist", {"answers": [answer("A-1", "FAIL", note="x")]})
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"item": "Z-9"}, "answers[0].item"),
        ({"photos": [{"id": "a-0", "sha256": "0" * 64}]}, "answers[0].photos"),
        ({"id": "one"}, "answers.0.id"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_is_wrong(
    company: Company, task: str, change: dict[str, Any], field: str
) -> None:
    refused = company.inspector.post(f"/tasks/{task}/checklist", {"answers": [{**answer(), **change}]})
    assert refused.status_code == 422
    assert field in refused.json["fields"]
    assert company.inspector.get(f"/tasks/{task}/checklist")["items"][0]["state"] == "open"


def test_an_id_is_not_used_twice_for_different_things(company: Company, task: str) -> None:
    one = answer()
    send(company, "inspector", task, one)
    for who, sent in (("inspector", {**one, "result": "NA"}), ("inspector2", one)):
        assert getattr(company, who).post(f"/tasks/{task}/checklist", {"answers": [sent]}).status_code == 409


def test_items_speak_the_readers_language(company: Company, task: str) -> None:
    found = company.inspector.get(f"/tasks/{task}/checklist", headers={"Accept-Language": "en"})
    assert [one["text"] for one in found["items"]] == ["Permits", "Watch"]


def test_an_answer_that_slips_in_while_the_task_is_handed_in_is_not_lost(company: Company, task: str) -> None:
    """What was judged is no longer what the rows say, so the completion is refused and can be repeated."""
    send(company, "inspector", task, answer("A-1"), answer("A-2"))
    case, _, n = task.partition(":")
    with company.duban.store.reading() as connection:
        stale = checklists.hash_of(checklists.given(connection, case, int(n)))
    send(company, "inspector2", task, answer("A-2", "FAIL", note="离岗"))
    command = CompleteTask(task=int(n), variables={"answersHash": stale}, version=1, actor="p-inspector")
    with pytest.raises(checklists.AnswersChanged):
        company.duban.cases.handle(case, command)
    with company.duban.store.reading() as connection:
        columns = store.tasks.c
        query = sa.select(columns.state).where(columns.case_id == case, columns.n == int(n))
        assert connection.scalar(query) == "created"


def test_a_checklist_without_any_answer_is_not_taken(company: Company, task: str) -> None:
    """Rows that a program writes into the form are not answers: nobody stands behind them."""
    company.inspector.upload(picture(), task=task)
    rows = [{"item": "A-1"}, {"item": "A-2"}]
    body = {"data": {"result": "x", "cost": 4, "rows": rows}}
    refused = company.inspector.post(f"/tasks/{task}/complete", body, version=1)
    assert refused.status_code == 422
    assert set(refused.json["fields"]) == {"data.rows[0].result", "data.rows[1].result"}
