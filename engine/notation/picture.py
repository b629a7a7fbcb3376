"""A diagram as SVG, drawn from its diagram interchange (BPMN 2.0.2 clause 12): shapes and edges where it puts them.

What stands there is drawn as it stands; nothing is laid out anew. Elements may be given a tone, such as what scenarios
reached and what they missed; a tone is never told by colour alone, so that everybody can read the picture.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from engine.notation import xml
from engine.notation.bpmn_extensions import label
from engine.notation.model import ACTIVITIES, SCOPES

DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
CORE = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
FARTHEST = 1_000_000.0
"""Coordinates beyond this are left out: a hostile file must not make a picture that nobody can open."""
MARGIN = 20.0
MOST_LINES = 6
LINE = 14.0

TONES: Mapping[str, tuple[str, str, str]] = {
    "": ("#3b4252", "#ffffff", ""),
    "reached": ("#1a7f37", "#e6f6ea", ""),
    "missed": ("#c62828", "#fdecea", ' stroke-dasharray="6 4"'),
}
"""Tone → colour of lines, colour inside, and how lines are broken."""
MARKS: Mapping[str, str] = {
    "userTask": "person", "serviceTask": "service", "businessRuleTask": "rules", "scriptTask": "script",
    "sendTask": "send", "receiveTask": "receive", "manualTask": "by hand", "callActivity": "call",
}  # fmt: skip
# Signs are paths around (0, 0), not letters: no font has them all.
GATEWAYS: Mapping[str, str] = {
    "exclusiveGateway": "M-7 -7 L7 7 M-7 7 L7 -7",
    "parallelGateway": "M0 -9 V9 M-9 0 H9",
    "inclusiveGateway": "M-8 0 a8 8 0 1 0 16 0 a8 8 0 1 0 -16 0",
    "complexGateway": "M0 -9 V9 M-9 0 H9 M-6 -6 L6 6 M-6 6 L6 -6",
    "eventBasedGateway": "M-10 0 a10 10 0 1 0 20 0 a10 10 0 1 0 -20 0 M0 -6 L6 -1 L4 6 H-4 L-6 -1 Z",
}
EVENTS: Mapping[str, str] = {
    "messageEventDefinition": "M-8 -5 H8 V5 H-8 Z M-8 -5 L0 1 L8 -5",
    "timerEventDefinition": "M-9 0 a9 9 0 1 0 18 0 a9 9 0 1 0 -18 0 M0 -6 V0 H5",
    "errorEventDefinition": "M-7 7 L-3 -5 L3 3 L7 -7",
    "escalationEventDefinition": "M0 -7 L6 7 L0 1 L-6 7 Z",
    "cancelEventDefinition": "M-6 -6 L6 6 M-6 6 L6 -6",
    "compensateEventDefinition": "M0 -5 L-8 0 L0 5 Z M8 -5 L0 0 L8 5 Z",
    "conditionalEventDefinition": "M-6 -8 H6 V8 H-6 Z M-4 -4 H4 M-4 0 H4 M-4 4 H4",
    "linkEventDefinition": "M-8 -3 H1 V-7 L8 0 L1 7 V3 H-8 Z",
    "signalEventDefinition": "M0 -8 L7 5 H-7 Z",
    "terminateEventDefinition": "M-5 0 a5 5 0 1 0 10 0 a5 5 0 1 0 -10 0 M-2 0 a2 2 0 1 0 4 0 a2 2 0 1 0 -4 0",
}


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of the page: its interchange, the element that it stands for, its place and tone."""

    item: etree._Element
    element: etree._Element
    box: _Box
    tone: str

    @property
    def kind(self) -> str:
        return xml.local(self.element)

    @property
    def name(self) -> str:
        return str(self.element.get("name", ""))

    @property
    def colour(self) -> str:
        return TONES.get(self.tone, TONES[""])[0]


@dataclass(slots=True)
class _Canvas:
    """Pieces of SVG, and how far they reach."""

    pieces: list[str] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.pieces.append(piece)

    def reach(self, box: _Box) -> None:
        self.points += [(box.x, box.y), (box.x + box.width, box.y + box.height)]


def draw(data: bytes, tones: Mapping[str, str] | None = None, *, file: str = "", language: str = "") -> str:
    """An `<svg>` element with every page of the diagram below each other; empty when the file has no diagram.

    `tones`: id of an element or flow → reached or missed. `language`: `en` takes the names of `duban:label`.
    Raises InvalidModel for a file that is not readable XML.
    """
    root = xml.read(data, file=file)
    elements = {element.get("id", ""): element for element in root.iter("*") if element.get("id")}
    if language:
        _translate(elements.values(), language)
    pages = [_page(plane, elements, tones or {}) for plane in root.iter(f"{{{DIAGRAM}}}BPMNPlane")]
    return _stacked([page for page in pages if page.points])


def _translate(elements: Iterable[etree._Element], language: str) -> None:
    for element in elements:
        if not (name := label(element, language)):
            continue
        text = xml.child(element, "text")
        if text is None:
            element.set("name", name)
        else:
            text.text = name


def _stacked(pages: list[_Canvas]) -> str:
    top, width, inner = 0.0, 0.0, []
    for page in pages:
        left, right = (choose(x for x, _ in page.points) for choose in (min, max))
        upper, lower = (choose(y for _, y in page.points) for choose in (min, max))
        inner.append(f'<g transform="translate({_n(MARGIN - left)} {_n(top + MARGIN - upper)})">')
        inner += [*page.pieces, "</g>"]
        top += lower - upper + 2 * MARGIN
        width = max(width, right - left + 2 * MARGIN)
    if not pages:
        return ""
    size = f'width="{_n(width)}" height="{_n(top)}" viewBox="0 0 {_n(width)} {_n(top)}"'
    font = "font-family=\"system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\" font-size=\"12\""
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>', *_heads(), *inner, "</svg>"])


def _heads() -> Iterator[str]:
    yield "<defs>"
    for name, (line, _, _) in TONES.items():
        yield (
            f'<marker id="head-{name or "plain"}" viewBox="0 0 10 10" refX="9" refY="5"'
            f' markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L10 5 L0 10 Z" fill="{line}"/></marker>'
        )
    yield "</defs>"


def _page(plane: etree._Element, elements: Mapping[str, etree._Element], tones: Mapping[str, str]) -> _Canvas:
    """Containers first, so that they lie behind what they hold; then edges, so that they end at their shapes."""
    canvas = _Canvas()
    shapes: list[tuple[etree._Element, etree._Element]] = []
    edges: list[tuple[etree._Element, etree._Element]] = []
    for item in plane.iterchildren("*"):
        element = elements.get((item.get("bpmnElement") or "").rpartition(":")[2])
        if element is None or xml.namespace(item) != DIAGRAM:
            continue
        (shapes if xml.local(item) == "BPMNShape" else edges).append((item, element))
    shapes.sort(key=lambda pair: _depth(pair[1]))
    for item, element in (pair for pair in shapes if _holds(*pair)):
        _draw_shape(canvas, item, element, tones)
    for item, element in edges:
        _edge(canvas, item, element, tones)
    for item, element in (pair for pair in shapes if not _holds(*pair)):
        _draw_shape(canvas, item, element, tones)
    return canvas


def _holds(item: etree._Element, element: etree._Element) -> bool:
    kind = xml.local(element)
    return kind in ("participant", "lane") or (kind in SCOPES and item.get("isExpanded") != "false")


def _depth(element: etree._Element) -> int:
    """Pools lie behind lanes, lanes behind everything else; a boundary event lies before its activity."""
    order = {"participant": 0, "lane": 1, "boundaryEvent": 1_000}
    return order.get(xml.local(element), 2 + sum(1 for _ in element.iterancestors()))


# Shapes --------------------------------------------------------------------------------------------------------------


def _draw_shape(canvas: _Canvas, item: etree._Element, element: etree._Element, tones: Mapping[str, str]) -> None:
    box = _bounds(item)
    if box is None:
        return
    canvas.reach(box)
    identity = element.get("id", "")
    shape = _Shape(item, element, box, tones.get(identity, ""))
    canvas.add(f'<g data-element="{escape(identity)}" data-tone="{shape.tone}">')
    canvas.add(f"<title>{escape(_visible(shape.name or identity))}</title>")
    _painter(shape.kind)(canvas, shape)
    canvas.add("</g>")


def _painter(kind: str) -> Callable[[_Canvas, _Shape], None]:
    if kind in ("participant", "lane"):
        return _pool
    if kind in GATEWAYS:
        return _gateway
    if kind.endswith("Event"):
        return _event
    if kind in ACTIVITIES:
        return _activity
    return _note if kind == "textAnnotation" else _other


def _style(tone: str, width: float = 1.5, *, fill: bool = True) -> str:
    line, inside, broken = TONES.get(tone, TONES[""])
    return f'stroke="{line}" stroke-width="{width}" fill="{inside if fill else "none"}"{broken}'


def _pool(canvas: _Canvas, shape: _Shape) -> None:
    box = shape.box
    canvas.add(_rect(box, 'stroke="#9aa3b2" stroke-width="1" fill="#fbfcfe"'))
    if shape.item.get("isHorizontal") == "false":
        _text(canvas, shape.name, _Box(box.x, box.y, box.width, 30), "#3b4252")
        return
    x, y = box.x + 15, box.y + box.height / 2
    name = escape(_cut(shape.name, box.height))
    canvas.add(
        f'<text transform="translate({_n(x)} {_n(y)}) rotate(-90)" text-anchor="middle" dy="4"'
        f' fill="#3b4252">{name}</text>'
    )


def _activity(canvas: _Canvas, shape: _Shape) -> None:
    box, inside = shape.box, _holds(shape.item, shape.element)
    broken = ' stroke-dasharray="2 3"' if shape.element.get("triggeredByEvent") == "true" and not shape.tone else ""
    width = 3.0 if shape.kind == "callActivity" else 1.5
    canvas.add(_rect(box, _style(shape.tone, width, fill=not inside) + broken, 8))
    if shape.kind in MARKS:
        place = f'x="{_n(box.x + 6)}" y="{_n(box.y + 14)}"'
        canvas.add(f'<text {place} font-size="9" fill="{shape.colour}">{MARKS[shape.kind]}</text>')
    _text(canvas, shape.name, _Box(box.x, box.y + 4, box.width, 20) if inside else box, shape.colour)


def _event(canvas: _Canvas, shape: _Shape) -> None:
    x, y = shape.box.middle
    radius = min(shape.box.width, shape.box.height) / 2
    canvas.add(_circle(x, y, radius, _style(shape.tone, 3.5 if shape.kind == "endEvent" else 1.5)))
    if shape.kind not in ("startEvent", "endEvent"):
        canvas.add(_circle(x, y, max(1.0, radius - 3.5), _style(shape.tone, fill=False)))
    signs = [EVENTS[xml.local(child)] for child in shape.element.iterchildren("*") if xml.local(child) in EVENTS]
    if signs:
        canvas.add(_sign(x, y, signs[0], shape.colour))
    _beside(canvas, shape)


def _gateway(canvas: _Canvas, shape: _Shape) -> None:
    box = shape.box
    x, y = box.middle
    corners = [(x, box.y), (box.x + box.width, y), (x, box.y + box.height), (box.x, y)]
    canvas.add(f'<polygon points="{_points(corners)}" {_style(shape.tone)}/>')
    canvas.add(_sign(x, y, GATEWAYS[shape.kind], shape.colour, 2.5))
    _beside(canvas, shape)


def _note(canvas: _Canvas, shape: _Shape) -> None:
    box = shape.box
    canvas.add(f'<path d="M{_n(box.x + 8)} {_n(box.y)} h-8 v{_n(box.height)} h8" stroke="#9aa3b2" fill="none"/>')
    _text(canvas, xml.text(xml.child(shape.element, "text")), box, "#6b7280")


def _other(canvas: _Canvas, shape: _Shape) -> None:
    canvas.add(_rect(shape.box, 'stroke="#9aa3b2" stroke-width="1" fill="none"'))
    _beside(canvas, shape)


# Edges ---------------------------------------------------------------------------------------------------------------


def _edge(canvas: _Canvas, item: etree._Element, element: etree._Element, tones: Mapping[str, str]) -> None:
    points = [point for way in item.iterfind(f"{{{LINES}}}waypoint") if (point := _point(way)) is not None]
    if len(points) < 2:
        return
    canvas.points += points
    identity, kind = element.get("id", ""), xml.local(element)
    tone = tones.get(identity, "")
    if kind == "sequenceFlow":
        look = f'{_style(tone, 2 if tone else 1.5, fill=False)} marker-end="url(#head-{tone or "plain"})"'
    elif kind == "messageFlow":
        look = 'stroke="#3b4252" fill="none" stroke-dasharray="8 4" marker-end="url(#head-plain)"'
    else:
        look = 'stroke="#9aa3b2" fill="none" stroke-dasharray="2 3"'
    canvas.add(f'<g data-element="{escape(identity)}" data-tone="{tone}">')
    canvas.add(f"<title>{escape(_visible(element.get('name') or identity))}</title>")
    canvas.add(f'<polyline points="{_points(points)}" stroke-linejoin="round" {look}/>')
    if name := element.get("name", ""):
        place = _label_bounds(item) or _middle(points)
        _name(canvas, name, place, TONES.get(tone, TONES[""])[0])
    canvas.add("</g>")


def _middle(points: list[tuple[float, float]]) -> _Box:
    (x, y), (other_x, other_y) = points[(len(points) - 1) // 2], points[(len(points) + 1) // 2]
    return _Box((x + other_x) / 2 - 40, (y + other_y) / 2 - 18, 80, 14)


# Texts ---------------------------------------------------------------------------------------------------------------


def _beside(canvas: _Canvas, shape: _Shape) -> None:
    """The name of an event or gateway: where the diagram says, else below it."""
    if not shape.name:
        return
    place = _label_bounds(shape.item)
    if place is None or place.width < 20:
        box = shape.box
        place = _Box(box.x + box.width / 2 - 50, box.y + box.height + 2, 100, 14)
    _name(canvas, shape.name, place, shape.colour)


def _text(canvas: _Canvas, text: str, box: _Box, colour: str) -> None:
    """Lines in the middle of a box."""
    lines = _wrapped(text, max(box.width - 4, 24.0))
    x, y = box.middle
    _lines(canvas, lines, x, y - (len(lines) - 1) * LINE / 2 + 4, colour)


def _name(canvas: _Canvas, text: str, box: _Box, colour: str) -> None:
    """A label, from the top of its box down. Editors wrap labels at 90 pixels, whatever width the file gives."""
    canvas.reach(box)
    _lines(canvas, _wrapped(text, max(box.width, 90.0)), box.middle[0], box.y + 11, colour)


def _lines(canvas: _Canvas, lines: list[str], x: float, top: float, colour: str) -> None:
    places = (f'x="{_n(x)}" y="{_n(top + number * LINE)}"' for number in range(len(lines)))
    spans = "".join(f"<tspan {place}>{escape(line)}</tspan>" for place, line in zip(places, lines, strict=True))
    if spans:
        canvas.add(f'<text text-anchor="middle" fill="{colour}">{spans}</text>')


def _wrapped(text: str, width: float) -> list[str]:
    """Lines no wider than `width`: Latin words stay whole where they can, Chinese breaks anywhere."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and _width(lines[-1] + word.rstrip()) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    found = [line.strip() for line in lines if line.strip()]
    return [*found[: MOST_LINES - 1], f"{found[MOST_LINES - 1]}…"] if len(found) > MOST_LINES else found


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in " ".join(_visible(text)[:1_000].split()):
        word += character
        if character in " -/" or ord(character) > 0x2E80 or len(word) >= 14:
            yield word
            word = ""
    yield word


def _visible(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character.isspace())


def _cut(text: str, width: float) -> str:
    text = " ".join(_visible(text)[:200].split())
    while text and _width(text) > width:
        text = text[:-1]
    return text


def _width(text: str) -> float:
    """About how wide a line is, in pixels of a font of 12."""
    return sum(12.0 if ord(character) > 0x2E80 else 6.6 for character in text)


# Numbers -------------------------------------------------------------------------------------------------------------


def _bounds(item: etree._Element) -> _Box | None:
    found = item.find(f"{{{CORE}}}Bounds")
    numbers = [_number(None if found is None else found.get(name)) for name in ("x", "y", "width", "height")]
    x, y, width, height = numbers
    if x is None or y is None or width is None or height is None or width < 0 or height < 0:
        return None
    return _Box(x, y, width, height)


def _label_bounds(item: etree._Element) -> _Box | None:
    label = item.find(f"{{{DIAGRAM}}}BPMNLabel")
    return None if label is None else _bounds(label)


def _point(way: etree._Element) -> tuple[float, float] | None:
    x, y = _number(way.get("x")), _number(way.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= FARTHEST else None


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _rect(box: _Box, style: str, corner: float = 0) -> str:
    size = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    return f'<rect {size} rx="{_n(corner)}" {style}/>'


def _circle(x: float, y: float, radius: float, style: str) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {style}/>'


def _sign(x: float, y: float, path: str, colour: str, width: float = 1.3) -> str:
    place = f'transform="translate({_n(x)} {_n(y)})"'
    return f'<path {place} d="{path}" stroke="{colour}" stroke-width="{width}" fill="none"/>'
