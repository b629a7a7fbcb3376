"""Diagram interchange: what is drawn exists and is drawn as what it is (clause 12)."""

from collections.abc import Iterator

from engine.notation import xml
from engine.notation.lint_model import (
    CHOREOGRAPHIES,
    COLLABORATIONS,
    CONVERSATION_NODES,
    FLOW_NODES,
    SUB_PROCESSES,
    Check,
    Element,
    Finding,
    Sheet,
    Unknown,
    named,
)

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
_EDGES = frozenset(
    "sequenceFlow messageFlow association dataInputAssociation dataOutputAssociation conversationLink".split()
)
_SHAPES = (
    FLOW_NODES
    | CONVERSATION_NODES
    | frozenset(
        "participant lane dataObject dataObjectReference dataStore dataStoreReference dataInput dataOutput"
        " textAnnotation group message property".split()
    )
)
_PLANES = COLLABORATIONS | SUB_PROCESSES | CHOREOGRAPHIES | frozenset(["process", "subChoreography", "subConversation"])
_DRAWN = {"BPMNShape": _SHAPES, "BPMNEdge": _EDGES | {"message"}, "BPMNPlane": _PLANES}
_LINKS = {"choreographyActivityShape": "BPMNShape", "labelStyle": "BPMNLabelStyle"}


def drawings(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.root.iter(f"{{{BPMNDI}}}*"):
        tag = xml.local(element)
        value = element.get("bpmnElement")
        if tag in _DRAWN and value is not None:
            yield from _drawn(sheet, element, value)
        for name in ("sourceElement", "targetElement", "choreographyActivityShape", "labelStyle"):
            if (reference := element.get(name)) is not None:
                yield from _linked(sheet, element, name, reference)


def _drawn(sheet: Sheet, element: Element, value: str) -> Iterator[Finding]:
    found = sheet.resolve(value, element)
    if isinstance(found, Unknown):
        return
    tag = xml.local(element)
    if found is None:
        yield Finding("BPS220", element, f"expected bpmnElement '{value}' to be the id of an element, found nothing")
    elif xml.local(found) not in _DRAWN[tag]:
        yield Finding("BPS221", element, f"a {tag} does not show {named(found)}")


def _linked(sheet: Sheet, element: Element, name: str, value: str) -> Iterator[Finding]:
    found = sheet.resolve(value, element)
    if isinstance(found, Unknown):
        return
    wanted = _LINKS.get(name)
    if found is None or xml.namespace(found) != BPMNDI or (wanted is not None and xml.local(found) != wanted):
        kind = wanted or "BPMNShape or BPMNEdge"
        yield Finding("BPS222", element, f"expected {name} '{value}' to be the id of a {kind}, found {named(found)}")


CHECKS: tuple[Check, ...] = (drawings,)
