"""What a .bpmn, .dmn or .form file consists of, flat: each part with its texts, its neighbours and how it is drawn.

Made for comparing. Only the frame of a file is asked to be right (XML or JSON within limits), so that drafts with
faults can be compared too. Nothing a file says is left out but what says nothing: the order of attributes, white space
around a text, the ids of what only details a part, `incoming` and `outgoing` (the flows say it), which editor wrote it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import InvalidModel, Problem
from engine.notation import xml
from engine.notation.bpmn_extensions import DUBAN_NAMESPACE, ZEEBE_NAMESPACE
from engine.notation.bpmn_source import MODEL
from engine.notation.forms import load_form


@dataclass(slots=True)
class Part:
    """One thing with an id. `kind` is its tag, or column, rule, field; `within` the id of the part that holds it.

    properties: path → text, as written; labels: path → what people call it, where the file itself says so.
    sequence: the ids of parts inside whose order counts; orders: path → keys of details whose order counts.
    names: language → name; drawn: shapes and lines that stand for it, comparable, empty for what is not drawn.
    """

    id: str
    kind: str
    within: str = ""
    names: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    sequence: list[str] = field(default_factory=list)
    orders: dict[str, list[str]] = field(default_factory=dict)
    drawn: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """`root` identifies the file's content wherever it is kept; `parts` by id, in the file's order."""

    root: str
    parts: Mapping[str, Part]


def anatomy(path: str, data: bytes) -> Anatomy:
    """The parts of a file, told by the end of its name. Raises InvalidModel when not even its frame can be read."""
    if path.endswith((".bpmn", ".dmn")):
        reader = _Reader(xml.read(data, file=path))
        return Anatomy(reader.root_id, reader.parts)
    if path.endswith(".form"):
        return _form(load_form(data, file=path), path)
    raise InvalidModel([Problem("REL001", f"Expected a .bpmn, .dmn or .form file, but got '{path}'.", file=path)])


# XML ----------------------------------------------------------------------------------------------------------------

_HOLDERS = frozenset({"definitions", "process", "collaboration", "subProcess", "transaction", "adHocSubProcess"})
_SHELVES = frozenset({"laneSet", "childLaneSet"})
"""They only hold their lanes together."""
_DETAILS = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "ioSpecification", "property", "flowNodeRef"}
    | {
        "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics",
        "supportedInterfaceRef",
        "completionCondition",
    }
)
_SILENT = frozenset({"id", "exporter", "exporterVersion", "{http://www.w3.org/2001/XMLSchema-instance}type"})
_HOMES = frozenset({MODEL, ZEEBE_NAMESPACE, DUBAN_NAMESPACE})
_ATTRIBUTE_KEYS = {"input": "target", "output": "target", "header": "key", "property": "name"}
_REQUIREMENTS = frozenset({"informationRequirement", "knowledgeRequirement", "authorityRequirement"})
_ORDERED = frozenset({"input", "output"})
"""Mappings are carried out one after the other, and a later one may read what an earlier one wrote."""


class _Reader:
    """Walks one XML file once, and its drawing once."""

    def __init__(self, root: Any) -> None:
        self.parts: dict[str, Part] = {}
        self._home = xml.namespace(root)
        self.root_id = root.get("id") or root.get("namespace") or ""
        self._part(root, "")
        for element in root.iter():
            ref = element.get("bpmnElement") or element.get("dmnElementRef")
            if ref in self.parts and xml.local(element) != "BPMNPlane":  # a plane is all that is on it
                self.parts[ref].drawn.append(_drawing(element))
        for part in self.parts.values():
            part.drawn.sort(key=repr)
            if part.kind == "sequenceFlow":
                self._join(part)

    def _part(self, element: Any, within: str, kind: str = "", position: int = 0) -> Part:
        kind = kind or xml.local(element)
        id = element.get("id") or f"{within}/{kind}[{element.get('name') or position}]"
        while id in self.parts:  # a fault of the file, yet neither of the two may hide the other
            id += "'"
        part = self.parts[id] = Part(id, kind, within)
        part.names = _names(element)
        self._attributes(element, part, "")
        if kind in ("definitions", *_HOLDERS) or (kind == "lane"):
            self._hold(element, part)
        else:
            self._content(element, part, "")
        return part

    def _hold(self, element: Any, part: Part) -> None:
        details = []
        for position, child in enumerate(element):
            own = xml.namespace(child) == self._home
            if own and xml.local(child) in _SHELVES:
                self._hold(child, part)
            elif own and xml.local(child) not in _DETAILS:
                self._part(child, part.id, position=position)
            elif own or not _is_drawing(child):
                details.append(child)
        self._details(details, part, "")

    def _content(self, element: Any, part: Part, path: str) -> None:
        if element.tag == f"{{{self._home}}}decisionTable":
            self._table(element, part)
            return
        self._details(element, part, path)
        words = _plain(element.text)
        if words or (path and not len(element) and set(element.attrib) <= _SILENT):
            part.properties[path or "text"] = words

    def _details(self, elements: Iterable[Any], part: Part, path: str) -> None:
        children = list(elements)
        steps = [self._step(child) for child in children]
        total, seen = Counter(steps), Counter[str]()
        for child, step in zip(children, steps, strict=True):
            tag = xml.local(child)
            if tag in ("incoming", "outgoing") and xml.namespace(child) == MODEL:
                continue
            if step == "extensionElements":
                self._details(child, part, path)
                continue
            seen[step] += 1
            own = step if total[step] == 1 else f"{step}[{seen[step]}]"
            here = f"{path}.{own}" if path else own
            if tag in _ORDERED and step != tag:
                part.orders.setdefault(f"{path}.{tag}", []).append(step)
            self._attributes(child, part, here)
            self._content(child, part, here)

    def _step(self, element: Any) -> str:
        """What a detail is called among its siblings: by its key where it has one: its place does not matter then."""
        tag, home = xml.local(element), xml.namespace(element)
        name = tag if home in _HOMES or home == self._home else str(element.tag)
        if home == ZEEBE_NAMESPACE and (key := element.get(_ATTRIBUTE_KEYS.get(tag, "id"))):
            return f"{name}[{key}]"
        if tag == "flowNodeRef":
            return f"{name}[{_plain(element.text)}]"
        if tag in _REQUIREMENTS and len(element):
            return f"{name}[{element[0].get('href')}]"
        return name

    def _attributes(self, element: Any, part: Part, path: str) -> None:
        for name, value in element.attrib.items():
            if name not in _SILENT:
                home, _, local = name.rpartition("}")
                step = local if home[1:] in _HOMES or not home else name
                part.properties[f"{path}.{step}" if path else step] = value

    def _table(self, table: Any, holder: Part) -> None:
        """A decision table: its columns and rules become parts, the cells are the properties of a rule."""
        columns: dict[str, list[Part]] = {"input": [], "output": [], "annotation": []}
        for position, child in enumerate(table):
            kind = xml.local(child)
            if kind in columns:
                column = self._part(child, holder.id, "column", position)
                column.properties["direction"] = kind
                columns[kind].append(column)
                holder.sequence.append(column.id)
            elif kind == "rule":
                holder.sequence.append(self._rule(child, holder, columns, position).id)

    def _rule(self, element: Any, holder: Part, columns: Mapping[str, list[Part]], position: int) -> Part:
        id = element.get("id") or f"{holder.id}/rule[{position}]"
        while id in self.parts:
            id += "'"
        rule = self.parts[id] = Part(id, "rule", holder.id)
        at = Counter[str]()
        for child in element:
            kind = xml.local(child).removesuffix("Entry")
            heads = columns.get(kind, [])
            if kind == "description":
                rule.properties["description"] = _plain(child.text)
                rule.names = {"zh": _plain(child.text)}
            else:
                head = heads[at[kind]] if at[kind] < len(heads) else None
                cell = f"cell[{head.id if head else f'{kind} {at[kind] + 1}'}]"
                rule.properties[cell] = _plain(xml.text(child))
                rule.labels[cell] = _heading(head) if head else cell
                at[kind] += 1
        return rule

    def _join(self, part: Part) -> None:
        """A flow without a name is called after its ends; the order of flows is that in which conditions are asked."""
        source, target = ends = [self.parts.get(part.properties.get(end, "")) for end in ("sourceRef", "targetRef")]
        if source:
            source.orders.setdefault("outgoing", []).append(part.id)
        if part.names or not source or not target:
            return
        for language in ("zh", "en"):
            part.names[language] = " → ".join(_called(end, language) for end in ends if end)


def _heading(column: Part) -> str:
    return column.properties.get("label") or column.names.get("zh") or column.properties.get("inputExpression.text", "")


def _called(part: Part, language: str) -> str:
    return part.names.get(language) or part.names.get("zh") or part.id


def _names(element: Any) -> dict[str, str]:
    names = {}
    if name := element.get("name") or element.get("label"):
        names["zh"] = name
    elif xml.local(element) == "textAnnotation":
        names["zh"] = xml.text(xml.child(element, "text")).strip()
    extension = xml.child(element, "extensionElements")
    label = None if extension is None else extension.find(f"{{{DUBAN_NAMESPACE}}}label")
    if label is not None and (english := label.get("en")):
        names["en"] = english
    return names


def _plain(words: str | None) -> str:
    """A text without what only lays it out: indentation, blank lines, white space at the ends."""
    return "\n".join(line for each in (words or "").splitlines() if (line := each.strip()))


def _is_drawing(element: Any) -> bool:
    return xml.local(element) in ("BPMNDiagram", "DMNDI")


def _drawing(element: Any) -> tuple[Any, ...]:
    """A shape or line with all that is in it; 100 and 100.0 are one place."""
    settings = tuple(
        sorted((name, _number(value)) for name, value in element.attrib.items() if name not in ("id", "bpmnElement"))
    )
    return (xml.local(element), settings, tuple(_drawing(child) for child in element))


def _number(text: str) -> str:
    try:
        return repr(round(float(text), 3) + 0.0)
    except ValueError:
        return text


# Forms --------------------------------------------------------------------------------------------------------------


def _form(schema: Mapping[str, Any], file: str) -> Anatomy:
    id = str(schema.get("id", ""))
    form = Part(id, "form")
    parts = {id: form}
    try:
        _settings({key: value for key, value in schema.items() if key != "components"}, form, "")
        _components(schema, form, parts)
    except RecursionError as error:
        raise InvalidModel([Problem("FORM007", "expected settings that are not nested so deep", file=file)]) from error
    return Anatomy(id, parts)


def _components(holder: Mapping[str, Any], within: Part, parts: dict[str, Part]) -> None:
    listed = holder.get("components")
    for position, component in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(component, dict):
            continue
        id = str(component.get("id") or component.get("key") or f"{within.id}/field[{position}]")
        while id in parts:
            id += "'"
        part = parts[id] = Part(id, "field", within.id)
        part.names = _field_names(component)
        within.sequence.append(id)
        _settings({key: value for key, value in component.items() if key not in ("components", "id")}, part, "")
        _components(component, part, parts)


def _field_names(component: Mapping[str, Any]) -> dict[str, str]:
    names = {"zh": str(component.get("label") or component.get("text") or component.get("key") or "")}
    properties = component.get("properties")
    if isinstance(properties, dict) and properties.get("label:en"):
        names["en"] = str(properties["label:en"])
    return {language: name for language, name in names.items() if name}


def _settings(value: Any, part: Part, path: str) -> None:
    """Nested settings as paths; an option of a choice is known by its value, and the order of options counts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _settings(inner, part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            known = inner.get("value") if isinstance(inner, dict) else None
            key = str(position + 1 if known is None else known)
            if known is not None:
                part.orders.setdefault(path, []).append(key)
            _settings(inner, part, f"{path}[{key}]")
    else:
        part.properties[path] = _shown(value)


_WORDS: Mapping[Any, str] = {True: "true", False: "false", None: "null"}


def _shown(value: Any) -> str:
    return _WORDS[value] if value is None or isinstance(value, bool) else str(value)
