"""What can be seen to be wrong with a drawn diagram: things on top of each other, lines through things, crossings.

Reads the diagram interchange alone (BPMN 2.0.2 clause 12); every finding is a line of text that names the ids.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from engine.notation.model import Process

NAMESPACES = {
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "edge": "http://www.omg.org/spec/DD/20100524/DI",
}
Point = tuple[float, float]
Piece = tuple[Point, Point]


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

    def crossed_by(self, piece: Piece) -> bool:
        """Whether a horizontal or vertical line goes through the inside."""
        (x1, y1), (x2, y2) = piece
        inside_x = min(x1, x2) < self.x + self.width and max(x1, x2) > self.x
        return inside_x and min(y1, y2) < self.y + self.height and max(y1, y2) > self.y


class Picture:
    """The drawing of one process: its shapes, labels and lines."""

    def __init__(self, data: bytes, process: Process) -> None:
        root = ElementTree.fromstring(data)
        self.process = process
        drawn = list(root.iterfind(".//di:BPMNShape", NAMESPACES))
        edges = list(root.iterfind(".//di:BPMNEdge", NAMESPACES))
        shapes = [_box(shape, shape.find("dc:Bounds", NAMESPACES)) for shape in drawn]
        self.shapes = {box.id: box for box in shapes if box is not None and box.id in process.nodes}
        labels = [_box(owner, owner.find("di:BPMNLabel/dc:Bounds", NAMESPACES)) for owner in (*drawn, *edges)]
        self.labels = [box for box in labels if box is not None]
        lines = {edge.attrib["bpmnElement"]: _pieces(edge) for edge in edges}
        self.lines = {id: pieces for id, pieces in lines.items() if id in process.flows}

    def findings(self) -> list[str]:
        return [*self._missing(), *self._covered(), *self._pierced(), *self._slanted(), *self._crossing()]

    def _missing(self) -> Iterator[str]:
        yield from (f"{id} is not drawn" for id in sorted(set(self.process.nodes) - set(self.shapes)))
        yield from (f"{id} is not drawn" for id in sorted(set(self.process.flows) - set(self.lines)))

    def _frames(self) -> set[str]:
        """Sub-processes: what is inside of them lies on them, and lines may end in there."""
        return {node.scope for node in self.process.nodes.values()} - {self.process.id}

    def _solid(self) -> list[Box]:
        frames = self._frames()
        return [box for box in self.shapes.values() if box.id not in frames]

    def _covered(self) -> Iterator[str]:
        boundary = {node.id for node in self.process.nodes.values() if node.attached_to}
        boxes = [box for box in self._solid() if box.id not in boundary] + self.labels
        for one, other in itertools.combinations(boxes, 2):
            if one.overlaps(other):
                yield f"{one.id} and {other.id} lie on each other"

    def _pierced(self) -> Iterator[str]:
        for box in (*self._solid(), *self.labels):
            for flow, pieces in self.lines.items():
                if any(box.crossed_by(piece) for piece in pieces):
                    yield f"{flow} runs through {box.id}"

    def _slanted(self) -> Iterator[str]:
        for flow, pieces in self.lines.items():
            if any(start[0] != end[0] and start[1] != end[1] for start, end in pieces):
                yield f"{flow} is not straight"

    def _crossing(self) -> Iterator[str]:
        for (one, first), (other, second) in itertools.combinations(self.lines.items(), 2):
            if any(_cross(a, b) for a, b in itertools.product(first, second)):
                yield f"{one} crosses {other}"
            elif not self._joined(one, other) and any(_cover(a, b) for a, b in itertools.product(first, second)):
                yield f"{one} runs on {other}"

    def _joined(self, one: str, other: str) -> bool:
        """Flows that leave the same node, or lead to it, may share a piece there."""
        first, second = self.process.flows[one], self.process.flows[other]
        return first.source == second.source or first.target == second.target


def _box(owner: ElementTree.Element, bounds: ElementTree.Element | None) -> Box | None:
    if bounds is None:
        return None
    return Box(owner.attrib["bpmnElement"], *(float(bounds.attrib[name]) for name in ("x", "y", "width", "height")))


def _pieces(edge: ElementTree.Element) -> list[Piece]:
    points = [
        (float(point.attrib["x"]), float(point.attrib["y"])) for point in edge.iterfind("edge:waypoint", NAMESPACES)
    ]
    return list(itertools.pairwise(points))


def _flat(piece: Piece) -> bool:
    return piece[0][1] == piece[1][1]


def _cross(one: Piece, other: Piece) -> bool:
    """Whether a horizontal and a vertical piece cross inside both."""
    if _flat(one) == _flat(other):
        return False
    (a, b), (c, d) = (one, other) if _flat(one) else (other, one)
    return min(a[0], b[0]) < c[0] < max(a[0], b[0]) and min(c[1], d[1]) < a[1] < max(c[1], d[1])


def _cover(one: Piece, other: Piece) -> bool:
    """Whether two parallel pieces lie on each other."""
    if _flat(one) != _flat(other):
        return False
    same, along = (1, 0) if _flat(one) else (0, 1)
    low = max(min(one[0][along], one[1][along]), min(other[0][along], other[1][along]))
    high = min(max(one[0][along], one[1][along]), max(other[0][along], other[1][along]))
    return one[0][same] == other[0][same] and low < high
