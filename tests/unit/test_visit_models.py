"""What people see of planning, booking, visiting, patrolling and joint inspection: pictures, names, forms, tables."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.bundles import compile_bundle
from engine.decisions.lint import lint
from engine.notation import read_bpmn, read_dmn, read_form
from engine.notation.model import Process, UserTask
from tests.support.layout import Picture
from workflows.demo import models

BPMN = Path(__file__).parents[2] / "bpmn"
FOLDERS = ("plan", "booking", "visit", "patrol", "joint")
CHINESE = re.compile("[一-鿿]")
LARGER = {"twelve-step": 28, "joint-inspection": 27}  # the method as a whole; the red line beside its triage


def files(pattern: str) -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (BPMN / folder).rglob(pattern))


def each(pattern: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", files(pattern), ids=lambda path: path.stem)


def process(path: Path) -> Process:
    return read_bpmn(path.read_bytes(), file=path.name).processes[0]


def user_tasks(of: Process) -> Iterator[tuple[str, UserTask]]:
    for node in of.nodes.values():
        if node.user_task is not None:
            yield node.id, node.user_task


# The diagrams -------------------------------------------------------------------------------------------------------


@each("*.bpmn")
def test_nothing_lies_on_something_else_and_no_lines_cross(path: Path) -> None:
    assert Picture(path.read_bytes(), process(path)).findings() == []


@each("*.bpmn")
def test_a_diagram_is_small_and_its_file_has_the_name_of_its_process(path: Path) -> None:
    found = process(path)
    assert len(found.nodes) <= LARGER.get(found.id, 25)
    assert found.id == path.stem


@each("*.bpmn")
def test_every_task_event_and_choice_is_named_in_both_languages(path: Path) -> None:
    found = process(path)
    assert CHINESE.search(found.name) and found.name_en and found.documentation
    joins = {node.id for node in found.nodes.values() if "Gateway" in node.kind and len(node.outgoing) == 1}
    for node in found.nodes.values():
        assert node.id in joins or (CHINESE.search(node.name) and node.name_en and not CHINESE.search(node.name_en))


@each("*.bpmn")
def test_every_choice_has_a_default_and_named_ways(path: Path) -> None:
    for node in process(path).nodes.values():
        if node.kind == "exclusiveGateway" and len(node.outgoing) > 1:
            assert node.default, node.id
            assert all(CHINESE.search(flow.name) for flow in node.outgoing), node.id


@each("*.bpmn")
def test_no_task_is_without_owner_form_deadline_ladder_and_words(path: Path) -> None:
    found = process(path)
    for id, task in user_tasks(found):
        owned = task.candidate_groups or task.candidate_users or task.assignee
        assert owned and task.form and task.deadline and task.ladder and task.priority, id
        assert found.nodes[id].documentation, id


def test_every_form_belongs_to_a_step() -> None:
    found = [process(path) for path in files("*.bpmn")]
    used = {task.form for each in found for _, task in user_tasks(each)} | {each.start_form for each in found}
    assert used - {None} == {path.stem for path in files("*.form")}


@pytest.mark.parametrize(
    ("name", "alone"), [("twelve-step", True), ("finding", True), ("dispatch", False), ("onsite", False)]
)
def test_what_others_call_is_not_started_by_itself(name: str, alone: bool) -> None:
    assert compile_bundle(models()).stands_alone(name) is alone


# The forms ----------------------------------------------------------------------------------------------------------


def components(schema: Any) -> Iterator[dict[str, Any]]:
    for component in schema["components"]:
        yield component
        if "components" in component:
            yield from components(component)


@each("*.form")
def test_every_text_of_a_form_is_there_in_both_languages(path: Path) -> None:
    found = read_form(path.read_bytes(), file=path.name)
    chinese, english = (list(components(found.localized(language))) for language in ("zh-CN", "en"))
    for zh, en in zip(chinese, english, strict=True):
        for name in ("label", "description", "dateLabel", "timeLabel"):
            assert (name in zh) == (name in en)
            assert name not in zh or (CHINESE.search(zh[name]) and not CHINESE.search(en[name])), (zh["id"], name)
        for one, other in zip(zh.get("values", []), en.get("values", []), strict=True):
            assert one["value"] == other["value"] and not CHINESE.search(other["label"]), zh["id"]


@each("*.form")
def test_a_form_is_short_enough_for_a_phone_and_every_component_has_an_id(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    ids = [component["id"] for component in components(schema)]
    assert len(set(ids)) == len(ids)
    assert len(schema["components"]) <= 13
    assert (schema["type"], schema["id"], schema["schemaVersion"]) == ("default", path.stem, 19)


# The tables ---------------------------------------------------------------------------------------------------------


@each("*.dmn")
def test_the_tables_have_no_gap_no_overlap_and_no_unreachable_rule(path: Path) -> None:
    assert list(lint(read_dmn(path.read_bytes(), file=path.name))) == []
