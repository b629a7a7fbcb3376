"""Every shipped diagram reads at a glance: few nodes, nothing over anything else, straight lines, both languages."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine.decisions.lint import lint
from engine.notation import read_bpmn, read_dmn, read_form
from engine.notation.model import SCOPES, Process

MODELS = Path(__file__).parents[2] / "bpmn"
DIAGRAMS = sorted(MODELS.rglob("*.bpmn"))
FORMS = sorted(MODELS.rglob("*.form"))
TABLES = sorted(path for name in ("hazard", "card", "points") for path in (MODELS / name).glob("*.dmn"))
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = {
    "bpmn": BPMN,
    "duban": "urn:duban:bpmn:1",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "edge": "http://www.omg.org/spec/DD/20100524/DI",
}
CHINESE = re.compile("[一-鿿]")
Point = tuple[float, float]
MOST = 28
"""About twenty-five; the overview of the twelve steps needs a few more."""

each_diagram = pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
each_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


@dataclass(frozen=True)
class Box:
    """A shape or label on the page, in pixels."""

    id: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        apart = (
            self.x + self.width <= other.x or other.x + other.width <= self.x
            or self.y + self.height <= other.y or other.y + other.height <= self.y
        )  # fmt: skip
        return not apart

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Whether a horizontal or vertical line goes through the inside."""
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        inside_x = left < self.x + self.width and right > self.x
        return inside_x and top < self.y + self.height and bottom > self.y


class Page:
    """One diagram as it is drawn. A sub-process that is drawn open is the ground of what is in it, not an obstacle."""

    def __init__(self, path: Path) -> None:
        self.process: Process = read_bpmn(path.read_bytes(), file=path.name).processes[0]
        self.root = ElementTree.fromstring(path.read_bytes())
        drawn = list(self.root.iterfind(".//di:BPMNShape", NAMESPACES))
        edges = list(self.root.iterfind(".//di:BPMNEdge", NAMESPACES))
        shapes = (_bounds(shape.attrib["bpmnElement"], shape.find("dc:Bounds", NAMESPACES)) for shape in drawn)
        self.shapes = {box.id: box for box in shapes if box.id in self.process.nodes}
        placed = ((each, each.find("di:BPMNLabel/dc:Bounds", NAMESPACES)) for each in [*drawn, *edges])
        self.labels = [_bounds(each.attrib["bpmnElement"], bounds) for each, bounds in placed if bounds is not None]
        self.lines = {
            edge.attrib["bpmnElement"]: list(itertools.pairwise(_points(edge)))
            for edge in edges
            if edge.attrib["bpmnElement"] in self.process.flows
        }

    @property
    def obstacles(self) -> list[Box]:
        nodes = self.process.nodes
        return [box for box in self.shapes.values() if nodes[box.id].kind not in SCOPES] + self.labels


@cache
def page(path: Path) -> Page:
    return Page(path)


def _bounds(id: str, element: ElementTree.Element | None) -> Box:
    assert element is not None
    return Box(id, *(float(element.attrib[name]) for name in ("x", "y", "width", "height")))


def _points(edge: ElementTree.Element) -> list[Point]:
    return [(float(p.attrib["x"]), float(p.attrib["y"])) for p in edge.iterfind("edge:waypoint", NAMESPACES)]


@each_diagram
def test_a_diagram_has_few_nodes_and_draws_them_all(path: Path) -> None:
    assert len(page(path).process.nodes) <= MOST
    assert set(page(path).shapes) == set(page(path).process.nodes)


@each_diagram
def test_a_process_is_named_as_its_file(path: Path) -> None:
    assert page(path).process.id == path.stem


@each_diagram
def test_nothing_is_drawn_over_something_else(path: Path) -> None:
    boundary = {node.id for node in page(path).process.nodes.values() if node.attached_to}
    boxes = [box for box in page(path).obstacles if box.id not in boundary or box in page(path).labels]
    assert [(a.id, b.id) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == []


@each_diagram
def test_no_line_runs_through_a_shape_or_a_label(path: Path) -> None:
    crossed = [
        (flow, box.id)
        for flow, pieces in page(path).lines.items()
        for box in page(path).obstacles
        for piece in pieces
        if box.crossed_by(*piece)
    ]
    assert crossed == []


@each_diagram
def test_lines_run_straight_and_do_not_cross(path: Path) -> None:
    lines = page(path).lines
    for pieces in lines.values():
        assert all(start[0] == end[0] or start[1] == end[1] for start, end in pieces)
    for (one, first), (other, second) in itertools.combinations(lines.items(), 2):
        for (start, end), (begin, stop) in itertools.product(first, second):
            assert not _cross(start, end, begin, stop), (one, other)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether a horizontal and a vertical piece cross inside both."""
    if (a[1] == b[1]) == (c[1] == d[1]):
        return False
    (a, b), (c, d) = ((a, b), (c, d)) if a[1] == b[1] else ((c, d), (a, b))
    return min(a[0], b[0]) < c[0] < max(a[0], b[0]) and min(c[1], d[1]) < a[1] < max(c[1], d[1])


@each_diagram
def test_every_task_event_and_choice_is_named_in_chinese(path: Path) -> None:
    process = page(path).process
    joins = {node.id for node in process.nodes.values() if "Gateway" in node.kind and not _chooses(node)}
    assert {node.id for node in process.nodes.values() if not CHINESE.search(node.name)} <= joins
    choices = [node for node in process.nodes.values() if _chooses(node)]
    assert all(CHINESE.search(flow.name) for node in choices for flow in node.outgoing)
    assert all(node.default for node in choices if node.kind == "exclusiveGateway")


def _chooses(node: Any) -> bool:
    return node.kind in ("exclusiveGateway", "inclusiveGateway") and len(node.outgoing) > 1


@each_diagram
def test_everything_that_has_a_name_has_an_english_one(path: Path) -> None:
    unseen = ("message", "error", "signal", "escalation", "property", "dataObject")
    named = [
        element
        for element in page(path).root.iter()
        if element.tag.startswith("{" + BPMN) and element.get("name") and element.tag.rpartition("}")[2] not in unseen
    ]
    labels = [element.find("bpmn:extensionElements/duban:label", NAMESPACES) for element in named]
    assert [element.get("id") for element, label in zip(named, labels, strict=True) if label is None] == []
    assert not any(CHINESE.search(label.attrib["en"]) for label in labels if label is not None)


def user_tasks(process: Process) -> Iterator[tuple[str, Any]]:
    for node in process.nodes.values():
        if node.kind == "userTask":
            assert node.user_task is not None
            yield node.id, node.user_task


@each_diagram
def test_no_task_is_without_owner_form_deadline_and_ladder(path: Path) -> None:
    for id, task in user_tasks(page(path).process):
        owned = task.candidate_groups or task.candidate_users or task.assignee
        assert owned and task.form and task.deadline and task.ladder and task.priority, id


def test_every_form_belongs_to_a_step() -> None:
    processes = [page(path).process for path in DIAGRAMS]
    started = {process.start_form for process in processes}
    asked = {node.request.form for process in processes for node in process.nodes.values() if node.request}
    used = {task.form for process in processes for _, task in user_tasks(process)} | started | asked
    assert {path.stem for path in FORMS} - used == set()


@each_form
def test_every_text_of_a_form_is_there_in_both_languages(path: Path) -> None:
    found = read_form(path.read_bytes(), file=path.name)
    chinese, english = (found.localized(language)["components"] for language in ("zh-CN", "en"))
    for zh, en in zip(chinese, english, strict=True):
        for name in ("label", "description", "dateLabel"):
            assert (name in zh) == (name in en)
            assert name not in zh or (CHINESE.search(zh[name]) and not CHINESE.search(en[name])), zh["id"]
        for one, other in zip(zh.get("values", []), en.get("values", []), strict=True):
            assert one["value"] == other["value"] and not CHINESE.search(other["label"])


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_has_no_gap_no_overlap_and_no_unreachable_rule(path: Path) -> None:
    assert list(lint(read_dmn(path.read_bytes(), file=path.name))) == []
