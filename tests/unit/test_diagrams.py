"""Every shipped diagram, form and table: few nodes, nothing over anything else, straight lines, both languages."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine.bundles import compile_bundle
from engine.decisions.lint import lint
from engine.notation import read_bpmn, read_dmn, read_form
from engine.notation.model import Node, Process, UserTask
from tests.support.components import ROOT
from tests.support.layout import Picture
from workflows.demo import models

MODELS = ROOT / "bpmn"
DIAGRAMS = sorted(MODELS.rglob("*.bpmn"))
FORMS = sorted(MODELS.rglob("*.form"))
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = {"bpmn": BPMN, "duban": "urn:duban:bpmn:1"}
CHINESE = re.compile("[一-鿿]")
MOST = {"twelve-step": 28, "joint-inspection": 27}
"""Nodes, where a picture needs more than 25: the method as a whole; the red line beside its triage."""


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


@cache
def process(path: Path) -> Process:
    return read_bpmn(path.read_bytes(), file=path.name).processes[0]


def user_tasks(of: Process) -> Iterator[tuple[Node, UserTask]]:
    for node in of.nodes.values():
        if node.user_task is not None:
            yield node, node.user_task


# The diagrams -------------------------------------------------------------------------------------------------------


@each(DIAGRAMS)
def test_everything_is_drawn_apart_and_with_straight_lines_that_do_not_cross(path: Path) -> None:
    assert Picture(path.read_bytes(), process(path)).findings() == []


@each(DIAGRAMS)
def test_a_diagram_is_small_and_its_file_has_the_name_of_its_process(path: Path) -> None:
    found = process(path)
    assert len(found.nodes) <= MOST.get(found.id, 25)
    assert found.id == path.stem


@each(DIAGRAMS)
def test_every_task_event_and_choice_is_named_in_chinese_and_every_choice_has_a_default(path: Path) -> None:
    found = process(path)
    assert CHINESE.search(found.name) and found.documentation
    choices = [node for node in found.nodes.values() if _chooses(node)]
    joins = {node.id for node in found.nodes.values() if "Gateway" in node.kind and not _chooses(node)}
    assert {node.id for node in found.nodes.values() if not CHINESE.search(node.name)} <= joins
    assert all(CHINESE.search(flow.name) for node in choices for flow in node.outgoing)
    assert all(node.default for node in choices if node.kind == "exclusiveGateway")


def _chooses(node: Node) -> bool:
    return node.kind in ("exclusiveGateway", "inclusiveGateway") and len(node.outgoing) > 1


@each(DIAGRAMS)
def test_everything_that_has_a_name_has_an_english_one(path: Path) -> None:
    unseen = ("message", "error", "signal", "escalation", "property", "dataObject")
    named = [
        element
        for element in ElementTree.fromstring(path.read_bytes()).iter()
        if element.tag.startswith("{" + BPMN) and element.get("name") and element.tag.rpartition("}")[2] not in unseen
    ]
    labels = [element.find("bpmn:extensionElements/duban:label", NAMESPACES) for element in named]
    assert [element.get("id") for element, label in zip(named, labels, strict=True) if label is None] == []
    assert not any(CHINESE.search(label.attrib["en"]) for label in labels if label is not None)


@each(DIAGRAMS)
def test_no_task_is_without_owner_form_deadline_ladder_and_words(path: Path) -> None:
    for node, task in user_tasks(process(path)):
        owned = task.candidate_groups or task.candidate_users or task.assignee
        assert owned and task.form and task.deadline and task.ladder and task.priority, node.id
        assert node.documentation, node.id


def test_every_form_belongs_to_a_step() -> None:
    processes = [process(path) for path in DIAGRAMS]
    asked = {node.request.form for found in processes for node in found.nodes.values() if node.request}
    used = {task.form for found in processes for _, task in user_tasks(found)} | asked
    assert used | {found.start_form for found in processes} == {path.stem for path in FORMS} | {None}


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


@each(FORMS)
def test_every_text_of_a_form_is_there_in_both_languages(path: Path) -> None:
    found = read_form(path.read_bytes(), file=path.name)
    chinese, english = (list(components(found.localized(language))) for language in ("zh-CN", "en"))
    for zh, en in zip(chinese, english, strict=True):
        for name in ("label", "description", "dateLabel", "timeLabel"):
            assert (name in zh) == (name in en)
            assert name not in zh or (CHINESE.search(zh[name]) and not CHINESE.search(en[name])), (zh["id"], name)
        for one, other in zip(zh.get("values", []), en.get("values", []), strict=True):
            assert one["value"] == other["value"] and not CHINESE.search(other["label"]), zh["id"]


@each(FORMS)
def test_a_form_is_short_enough_for_a_phone_and_every_component_has_an_id(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    ids = [component["id"] for component in components(schema)]
    assert len(set(ids)) == len(ids)
    assert len(schema["components"]) <= 13
    assert (schema["type"], schema["id"], schema["schemaVersion"]) == ("default", path.stem, 19)


# The tables ---------------------------------------------------------------------------------------------------------


@each(sorted(MODELS.rglob("*.dmn")))
def test_a_table_has_no_gap_no_overlap_and_no_unreachable_rule(path: Path) -> None:
    assert list(lint(read_dmn(path.read_bytes(), file=path.name))) == []
