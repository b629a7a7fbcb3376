"""One BPMN file as the rules of `lint` see it: raw elements, found by id, with the sequence flows between them.

Nothing here judges. It must hold for any file that is valid by the schema, whatever tool wrote it, executable or not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from engine.notation import xml
from engine.notation.bpmn_extensions import DUBAN_NAMESPACE, ZEEBE_NAMESPACE
from engine.notation.bpmn_source import MODEL, flag

Element = etree._Element

MIME = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?")
TASKS = frozenset(
    "task userTask manualTask serviceTask sendTask receiveTask scriptTask businessRuleTask".split()
)  # fmt: skip
SUB_PROCESSES = frozenset("subProcess transaction adHocSubProcess".split())
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
CATCHING = frozenset("startEvent intermediateCatchEvent boundaryEvent".split())
THROWING = frozenset("intermediateThrowEvent endEvent implicitThrowEvent".split())
EVENTS = CATCHING | THROWING
GATEWAYS = frozenset("exclusiveGateway inclusiveGateway parallelGateway complexGateway eventBasedGateway".split())
CHOREOGRAPHY_ACTIVITIES = frozenset("choreographyTask subChoreography callChoreography".split())
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS | CHOREOGRAPHY_ACTIVITIES
CHOREOGRAPHIES = frozenset("choreography globalChoreographyTask".split())
COLLABORATIONS = CHOREOGRAPHIES | {"collaboration", "globalConversation"}
GLOBAL_TASKS = frozenset("globalTask globalUserTask globalManualTask globalScriptTask globalBusinessRuleTask".split())
CONVERSATION_NODES = frozenset("conversation subConversation callConversation".split())
CONTAINERS = SUB_PROCESSES | {"process", "choreography", "subChoreography"}
DEFINITIONS: Mapping[str, str] = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "cancelEventDefinition": "cancel",
    "compensateEventDefinition": "compensation",
    "conditionalEventDefinition": "conditional",
    "linkEventDefinition": "link",
    "signalEventDefinition": "signal",
    "terminateEventDefinition": "terminate",
}


class Finding(NamedTuple):
    """What one rule says about one element."""

    rule: str
    element: Element
    message: str


THROWN_IMPLICITLY = frozenset("message escalation compensation link signal error".split())
"""The kinds of event definitions that a multi-instance activity may throw by its behavior."""

Check = Callable[["Sheet"], Iterable[Finding]]


@dataclass(frozen=True)
class Unknown:
    """What a reference into a file that cannot be read here might name: nothing can be said about it."""


UNKNOWN = Unknown()


@dataclass
class Sheet:
    """One file. `imported` holds the BPMN files it imports by namespace; None for one that could not be read.

    callable: the processes of the release that a call activity may name without any import.
    """

    file: str
    root: Element
    imported: Mapping[str, "Sheet | None"] = field(default_factory=dict)
    callable: frozenset[str] = frozenset()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element of the BPMN model in document order; extensions and diagram interchange left out."""
        return tuple(_model_elements(self.root))

    @cached_property
    def ids(self) -> dict[str, Element]:
        """id → element, of the model and of the diagram interchange."""
        found = {str(each.get("id")): each for each in self.root.iter("*") if each.get("id")}
        return found | {str(each.get("id")): each for each in self.elements if each.get("id")}

    @cached_property
    def _by_tag(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault(xml.local(element), []).append(element)
        return found

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element of these tags, anywhere in the file."""
        for tag in tags:
            yield from self._by_tag.get(tag, ())

    def resolve(self, name: str | None, place: Element) -> Element | Unknown | None:
        """The element that a QName or IDREF names; None for nothing, UNKNOWN for what an unreadable import may hold."""
        prefix, _, local = (name or "").strip().rpartition(":")
        home = place.nsmap.get(prefix or None, "")
        if prefix and home != self.root.get("targetNamespace"):
            other = self.imported.get(home)
            if other is None:
                return UNKNOWN if home in self.imported else None
            return other.ids.get(local)
        found = self.ids.get(local)
        if found is None:  # tools that import leave the prefix out, where the name is not used twice
            read = [other.ids.get(local) for other in self.imported.values() if other is not None]
            found = next((element for element in read if element is not None), None)
        return found

    def target(self, name: str | None, place: Element, *tags: str) -> Element | None:
        """Like `resolve`, but None for anything that is not an element with one of `tags` (any, when none is given)."""
        found = self.resolve(name, place)
        if isinstance(found, Unknown) or found is None or (tags and xml.local(found) not in tags):
            return None
        return found

    # Sequence flows ------------------------------------------------------------------------------------------------

    @cached_property
    def flows(self) -> tuple[Element, ...]:
        return tuple(self.all("sequenceFlow"))

    @cached_property
    def _flows_at(self) -> tuple[dict[str, list[Element]], dict[str, list[Element]]]:
        ends: tuple[dict[str, list[Element]], dict[str, list[Element]]] = ({}, {})
        for flow in self.flows:
            for name, found in zip(("sourceRef", "targetRef"), ends, strict=True):
                found.setdefault(flow.get(name, "").strip(), []).append(flow)
        return ends

    def outgoing(self, node: Element) -> list[Element]:
        return self._flows_at[0].get(node.get("id", ""), [])

    def incoming(self, node: Element) -> list[Element]:
        return self._flows_at[1].get(node.get("id", ""), [])

    def source(self, flow: Element) -> Element | None:
        return self.ids.get(flow.get("sourceRef", "").strip())

    def sink(self, flow: Element) -> Element | None:
        return self.ids.get(flow.get("targetRef", "").strip())

    @cached_property
    def _attached(self) -> dict[Element, list[Element]]:
        found: dict[Element, list[Element]] = {}
        for event in self.all("boundaryEvent"):
            host = self.target(event.get("attachedToRef"), event)
            if host is not None:
                found.setdefault(host, []).append(event)
        return found

    def attached(self, activity: Element) -> list[Element]:
        """The boundary events of an activity."""
        return self._attached.get(activity, [])

    @cached_property
    def _associated(self) -> dict[Element, list[Element]]:
        found: dict[Element, list[Element]] = {}
        for association in self.all("association"):
            ends = [self.target(association.get(name), association) for name in ("sourceRef", "targetRef")]
            for end, other in (ends, ends[::-1]):
                if end is not None and other is not None and end is not other:
                    found.setdefault(end, []).append(other)
        return found

    def associated(self, element: Element) -> list[Element]:
        """The other ends of the associations of an element."""
        return self._associated.get(element, [])

    # Events --------------------------------------------------------------------------------------------------------

    def definitions(self, event: Element) -> list[Element]:
        """The event definitions of an event: its own, and those that it refers to and that exist."""
        found = [each for each in xml.children(event) if xml.local(each) in DEFINITIONS]
        for reference in xml.children(event, "eventDefinitionRef"):
            definition = self.target(xml.text(reference), reference, *DEFINITIONS)
            if definition is not None:
                found.append(definition)
        return found

    def triggers(self, event: Element) -> list[str]:
        """The kinds of its event definitions: message, timer …"""
        return [DEFINITIONS[xml.local(each)] for each in self.definitions(event)]


def _model_elements(top: Element) -> Iterator[Element]:
    """Without recursion, in document order."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [
            child
            for child in reversed(element)
            if xml.namespace(child) == MODEL and xml.local(child) != "extensionElements"
        ]


def parent(element: Element) -> Element | None:
    return element.getparent()


def container(element: Element) -> Element | None:
    """The process, sub-process or choreography right around an element."""
    place = element.getparent()
    while place is not None and xml.local(place) not in CONTAINERS:
        place = place.getparent()
    return place


def containers(element: Element) -> Iterator[Element]:
    """Every process, sub-process or choreography around an element, the nearest first."""
    place = container(element)
    while place is not None:
        yield place
        place = container(place)


def outermost(element: Element) -> Element | None:
    """The process or choreography that an element belongs to."""
    return next((place for place in containers(element) if xml.local(place) in ("process", "choreography")), None)


def executable(element: Element) -> bool:
    """Whether the element belongs to a process with isExecutable="true"."""
    process = outermost(element)
    return process is not None and flag(process, "isExecutable", False)


def is_event_sub_process(element: Element | None) -> bool:
    return element is not None and xml.local(element) in SUB_PROCESSES and flag(element, "triggeredByEvent", False)


def for_compensation(element: Element) -> bool:
    return xml.local(element) in ACTIVITIES and flag(element, "isForCompensation", False)


def nodes(scope: Element) -> Iterator[Element]:
    """The flow nodes directly in a process, sub-process or choreography."""
    return (child for child in xml.children(scope) if xml.local(child) in FLOW_NODES)


def in_dialect(element: Element | None) -> bool:
    """Whether an extension of the Camunda 8 family on this element says how it is executed."""
    extensions = None if element is None else xml.child(element, "extensionElements")
    return extensions is not None and any(xml.namespace(each) in _DIALECTS for each in extensions.iterchildren("*"))


_DIALECTS = frozenset([ZEEBE_NAMESPACE, DUBAN_NAMESPACE])


def named(element: Element | None) -> str:
    """How a message names an element: its tag and id."""
    if element is None:
        return "nothing"
    identity = element.get("id")
    return f"the {xml.local(element)} '{identity}'" if identity else f"a {xml.local(element)} without id"
