"""Diagrams as SVG: drawn where the file puts them, readable without colours, harmless whatever it says."""

from pathlib import Path

import pytest

from engine.notation import xml
from engine.notation.picture import draw
from tests.support.components import need_corpora

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:ways="http://www.omg.org/spec/DD/20100524/DI"'
)


def shape(element: str, x: object = 100, y: object = 50, width: object = 100, height: object = 80) -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<di:BPMNShape bpmnElement="{element}">{bounds}</di:BPMNShape>'


def edge(element: str, *points: tuple[object, object]) -> str:
    inner = "".join(f'<ways:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<di:BPMNEdge bpmnElement="{element}">{inner}</di:BPMNEdge>'


def diagram(body: str, *shapes: str) -> bytes:
    plane = f'<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">{"".join(shapes)}</di:BPMNPlane></di:BPMNDiagram>'
    return (
        f'<definitions {NAMESPACES} targetNamespace="t"><process id="p">{body}</process>{plane}</definitions>'.encode()
    )


FLOW = '<sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
TWO = diagram(
    f'<task id="a" name="整改"/><exclusiveGateway id="b"/>{FLOW}',
    shape("a"), shape("b", 300, 65, 50, 50), edge("f", (200, 90), (300, 90)),
)  # fmt: skip


def drawn(data: bytes, **tones: str) -> dict[str, str]:
    """Element id → what was drawn for it."""
    root = xml.read(draw(data, tones).encode())
    groups = (group for group in root.iter("{*}g") if group.get("data-element"))
    return {group.get("data-element", ""): " ".join(str(part) for part in group.itertext()) for group in groups}


def test_shapes_and_flows_stand_where_the_file_puts_them() -> None:
    svg = draw(TWO)
    assert '<rect x="100" y="50" width="100" height="80"' in svg and 'points="200,90 300,90"' in svg
    assert set(drawn(TWO)) == {"a", "b", "f"} and "整改" in drawn(TWO)["a"]
    assert 'viewBox="0 0 290 120"' in svg  # what is drawn, with a margin


def test_a_tone_is_told_by_colour_and_by_broken_lines() -> None:
    root = xml.read(draw(TWO, {"a": "reached", "f": "missed"}).encode())
    tones = {group.get("data-element"): group.get("data-tone") for group in root.iter("{*}g")}
    assert (tones["a"], tones["b"], tones["f"]) == ("reached", "", "missed")
    assert [line.get("stroke-dasharray") for line in root.iter("{*}polyline")] == ["6 4"]


def test_names_cannot_become_markup() -> None:
    data = diagram('<task id="a" name="&lt;script&gt;alert(1)&lt;/script&gt;&#x7f;"/>', shape("a"))
    assert "<script>" not in draw(data) and "alert(1)" in drawn(data)["a"].replace(" ", "")


@pytest.mark.parametrize("bad", ["NaN", "inf", "1e99", "", "x", "-1e7"])
def test_places_that_are_no_numbers_are_left_out(bad: str) -> None:
    data = diagram(f'<task id="a"/><task id="b"/>{FLOW}', shape("a", x=bad), shape("b"), edge("f", (bad, 1), (2, 3)))
    assert set(drawn(data)) == {"b"}


def test_a_file_without_a_picture_draws_nothing() -> None:
    assert draw(diagram('<task id="a"/>')) == draw(diagram("", shape("gone"))) == ""


def test_long_names_are_wrapped_and_cut() -> None:
    data = diagram(f'<task id="a" name="{"long words and more " * 30}"/>', shape("a"))
    assert draw(data).count("<tspan") == 6 and "…" in drawn(data)["a"]


def test_the_diagrams_of_peers_are_drawn() -> None:
    files = sorted(Path(need_corpora(), "miwg").rglob("*.bpmn"))
    assert files
    for file in files:
        svg = draw(file.read_bytes(), file=file.name)
        assert xml.local(xml.read(svg.encode())) == "svg"
