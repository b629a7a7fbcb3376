"""What people see of the hazard loop: the diagram reads at a glance, and the forms speak both languages."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine import feel
from engine.decisions.lint import lint
from engine.errors import InvalidInput
from engine.notation import Form, read_bpmn, read_dmn, read_form
from engine.notation.model import Process

FOLDER = Path(__file__).parents[2] / "bpmn" / "hazard"
DIAGRAM = (FOLDER / "hazard-loop.bpmn").read_bytes()
FORMS = sorted((FOLDER / "forms").glob("*.form"))
NOW = feel.parse_date_and_time("2026-11-02T09:00:00@Asia/Shanghai")
NAMESPACES = {
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "edge": "http://www.omg.org/spec/DD/20100524/DI",
}
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
EXTENDED = {"bpmn": BPMN, "duban": "urn:duban:bpmn:1"}
PHOTO = [{"id": "a1", "sha256": "0" * 64}]


@pytest.fixture(scope="module")
def process() -> Process:
    return read_bpmn(DIAGRAM, file="hazard-loop.bpmn").processes[0]


def form(name: str) -> Form:
    return read_form((FOLDER / "forms" / f"{name}.form").read_bytes(), file=name)


def components(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = schema["components"]
    return found


# The diagram --------------------------------------------------------------------------------------------------------


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

    def crossed_by(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether a horizontal or vertical line goes through the inside."""
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        inside_x = left < self.x + self.width and right > self.x
        return inside_x and top < self.y + self.height and bottom > self.y


def _bounds(id: str, element: ElementTree.Element | None) -> Box:
    assert element is not None
    return Box(id, *(float(element.attrib[name]) for name in ("x", "y", "width", "height")))


@pytest.fixture(scope="module")
def shapes(process: Process) -> dict[str, Box]:
    root = ElementTree.fromstring(DIAGRAM)
    found = {
        shape.attrib["bpmnElement"]: _bounds(shape.attrib["bpmnElement"], shape.find("dc:Bounds", NAMESPACES))
        for shape in root.iterfind(".//di:BPMNShape", NAMESPACES)
    }
    return {id: box for id, box in found.items() if id in process.nodes}


@pytest.fixture(scope="module")
def labels() -> list[Box]:
    root = ElementTree.fromstring(DIAGRAM)
    owners = [*root.iterfind(".//di:BPMNShape", NAMESPACES), *root.iterfind(".//di:BPMNEdge", NAMESPACES)]
    found = [(owner.attrib["bpmnElement"], owner.find("di:BPMNLabel/dc:Bounds", NAMESPACES)) for owner in owners]
    return [_bounds(id, bounds) for id, bounds in found if bounds is not None]


Point = tuple[float, float]


@pytest.fixture(scope="module")
def lines(process: Process) -> dict[str, list[tuple[Point, Point]]]:
    """Flow id → its straight pieces."""
    root = ElementTree.fromstring(DIAGRAM)
    found = {}
    for edge in root.iterfind(".//di:BPMNEdge", NAMESPACES):
        points = [(float(p.attrib["x"]), float(p.attrib["y"])) for p in edge.iterfind("edge:waypoint", NAMESPACES)]
        found[edge.attrib["bpmnElement"]] = list(itertools.pairwise(points))
    return {id: pieces for id, pieces in found.items() if id in process.flows}


def test_the_diagram_has_at_most_twenty_five_nodes_and_draws_them_all(process: Process, shapes: dict[str, Box]) -> None:
    assert len(process.nodes) <= 25
    assert set(shapes) == set(process.nodes)


def test_nothing_is_drawn_over_something_else(shapes: dict[str, Box], labels: list[Box], process: Process) -> None:
    boundary = {node.id for node in process.nodes.values() if node.attached_to}
    boxes = [box for box in shapes.values() if box.id not in boundary] + labels
    assert [(a.id, b.id) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == []


def test_no_line_runs_through_a_shape_or_a_label(
    shapes: dict[str, Box], labels: list[Box], lines: dict[str, list[tuple[Point, Point]]]
) -> None:
    boxes = [*shapes.values(), *labels]
    crossed = [
        (flow, box.id) for flow, pieces in lines.items() for box in boxes for piece in pieces if box.crossed_by(*piece)
    ]
    assert crossed == []


def test_lines_run_straight_and_do_not_cross(lines: dict[str, list[tuple[Point, Point]]]) -> None:
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


def test_every_task_event_and_choice_is_named_in_chinese(process: Process) -> None:
    joins = {node.id for node in process.nodes.values() if "Gateway" in node.kind and len(node.outgoing) == 1}
    unnamed = {node.id for node in process.nodes.values() if not re.search("[一-鿿]", node.name)}
    assert unnamed <= joins
    choices = [node for node in process.nodes.values() if "Gateway" in node.kind and len(node.outgoing) > 1]
    assert all(re.search("[一-鿿]", flow.name) for node in choices for flow in node.outgoing)
    assert all(node.default for node in choices)


def test_everything_that_has_a_name_has_an_english_one() -> None:
    root = ElementTree.fromstring(DIAGRAM)
    named = [element for element in root.iter() if element.tag.startswith("{" + BPMN) and element.get("name")]
    labels = [element.find("bpmn:extensionElements/duban:label", EXTENDED) for element in named]
    assert [element.get("id") for element, label in zip(named, labels, strict=True) if label is None] == []
    assert not any(re.search("[一-鿿]", label.attrib["en"]) for label in labels if label is not None)


def _user_tasks(process: Process) -> Iterator[tuple[str, Any]]:
    for node in process.nodes.values():
        if node.kind == "userTask":
            assert node.user_task is not None
            yield node.id, node.user_task


def test_no_task_is_without_owner_form_deadline_and_ladder(process: Process) -> None:
    for id, task in _user_tasks(process):
        assert task.candidate_groups and task.form and task.deadline and task.ladder and task.priority, id


def test_every_form_belongs_to_a_step(process: Process) -> None:
    used = {task.form for _, task in _user_tasks(process)} | {process.start_form}
    assert used == {path.stem for path in FORMS}


# The forms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_text_of_a_form_is_there_in_both_languages(path: Path) -> None:
    found = read_form(path.read_bytes(), file=path.name)
    chinese, english = (components(found.localized(language)) for language in ("zh-CN", "en"))
    for zh, en in zip(chinese, english, strict=True):
        for name in ("label", "description", "dateLabel"):
            assert (name in zh) == (name in en)
            assert name not in zh or (re.search("[一-鿿]", zh[name]) and not re.search("[一-鿿]", en[name])), zh["id"]
        for one, other in zip(zh.get("values", []), en.get("values", []), strict=True):
            assert one["value"] == other["value"] and not re.search("[一-鿿]", other["label"])


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
}  # fmt: skip


def check(name: str, changes: dict[str, Any] | None = None, **seen: Any) -> dict[str, Any]:
    data = {key: value for key, value in {**FILLED[name], **(changes or {})}.items() if value is not None}
    variables = {key: feel.from_json(value) for key, value in {**SEEN, **seen}.items()}
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


def test_a_major_plan_names_goals_and_organisation() -> None:
    assert refused("hazard-plan", hazardGrade="MAJOR") == {"planGoal", "planOrganisation"}


def test_a_violation_names_somebody_and_a_repeat_its_root_cause() -> None:
    assert refused("hazard-close", {"violation": "MINOR", "repeatCount": 1}) == {"accountable", "rootCause"}


def test_the_tables_have_no_gap_no_overlap_and_no_unreachable_rule() -> None:
    found = [problem for path in FOLDER.glob("*.dmn") for problem in lint(read_dmn(path.read_bytes(), file=path.name))]
    assert found == []


def test_names_and_telephone_numbers_are_marked_personal(process: Process) -> None:
    personal = frozenset().union(*(read_form(path.read_bytes()).personal for path in FORMS))
    assert personal == process.personal == {"liablePerson", "liablePhone", "accountable"}
