"""How the nodes of a process hang together: scopes, sequence flows, boundaries, compensation, links, reachability."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from engine.notation import xml
from engine.notation.bpmn_elements import ACTIVITY_KINDS, PARTS
from engine.notation.bpmn_source import (
    BOUNDARY,
    COMPENSATION,
    IDENTITY,
    SEQUENCE_FLOW,
    SIZE,
    UNKNOWN_ELEMENT,
    Reading,
    flag,
)
from engine.notation.model import EVENTS, SCOPES, Flow, Node, Scope

DOCUMENTARY = frozenset(
    [
        "documentation",
        "auditing",
        "monitoring",
        "textAnnotation",
        "group",
        "supports",
        "supportedInterfaceRef",
        "ioBinding",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
    ]
)
"""Children of a process or sub-process that tell people something and never execute."""
READ_ELSEWHERE = frozenset(
    [
        "extensionElements",
        "laneSet",
        "property",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "incoming",
        "outgoing",
        "dataInputAssociation",
        "dataOutputAssociation",
        "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics",
        "completionCondition",
    ]
)
"""Children that another part of the reader takes: extensions, lanes, data, loops, and the doubles of sequence flows."""
MOST_STEPS = 2_000_000
"""Bound of the search for what lies upstream of merging gateways: quadratic in a hostile diagram only."""

_NO_CONDITION = EVENTS | {"parallelGateway", "eventBasedGateway"}


@dataclass(slots=True)
class Layout:
    """Where everything of one process is, before any of it is understood."""

    id: str
    scopes: dict[str, etree._Element] = field(default_factory=dict)  # the process first
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    scope_of: dict[str, str] = field(default_factory=dict)
    flows: list[etree._Element] = field(default_factory=list)
    associations: list[etree._Element] = field(default_factory=list)
    incoming: defaultdict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    outgoing: defaultdict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    boundaries: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    compensation: dict[str, str] = field(default_factory=dict)  # activity or boundary event → handler


def survey(reading: Reading, process: etree._Element) -> Layout:
    """Find every node, flow and association of all levels; refuse what is none of the known elements."""
    layout = Layout(process.get("id", ""))
    waiting = [process]
    while waiting:
        scope = waiting.pop()
        layout.scopes[scope.get("id", "")] = scope
        for child in xml.children(scope):
            if _place(reading, layout, scope, child):
                waiting.append(child)
    return layout


def _place(reading: Reading, layout: Layout, scope: etree._Element, child: etree._Element) -> bool:
    """Put one child where it belongs; whether it is a scope of its own."""
    tag, identity = xml.local(child), child.get("id", "")
    if tag in PARTS:
        if not identity:
            reading.refuse(IDENTITY, f"expected an id on this {tag}, found none", child)
            return False
        layout.nodes[identity] = child
        layout.scope_of[identity] = scope.get("id", "")
        return tag in SCOPES
    if tag == "sequenceFlow":
        layout.flows.append(child)
    elif tag == "association":
        layout.associations.append(child)
    elif tag == "correlationSubscription":
        reading.feature("correlation", child)
    elif tag == "ioSpecification":
        own = scope.get("id", "") == layout.id  # that of a sub-process is read with its associations
        if own and next(xml.children(child, "dataInput", "dataOutput"), None) is not None:
            reading.feature("ioSpecification", child)
    elif tag not in DOCUMENTARY and tag not in READ_ELSEWHERE:
        reading.refuse(UNKNOWN_ELEMENT, f"{tag} cannot be executed in a process", child)
    return False


def connect(reading: Reading, layout: Layout) -> dict[str, Flow]:
    """Read the sequence flows, in document order, and what is attached to what."""
    flows: dict[str, Flow] = {}
    for element in layout.flows:
        flow = _flow(reading, layout, element)
        if flow is not None:
            flows[flow.id] = flow
            layout.outgoing[flow.source].append(flow)
            layout.incoming[flow.target].append(flow)
    for identity, element in layout.nodes.items():
        if xml.local(element) == "boundaryEvent":
            _attach(reading, layout, identity, element)
        _check_doubles(reading, element)
    for association in layout.associations:
        _associate(reading, layout, association)
    return flows


def _flow(reading: Reading, layout: Layout, element: etree._Element) -> Flow | None:
    source, target = (element.get(name, "").strip() for name in ("sourceRef", "targetRef"))
    for reference in (source, target):
        if reference not in layout.nodes:
            reading.resolve(reference, tuple(PARTS), element)
    if not element.get("id"):
        reading.refuse(IDENTITY, "expected an id on this sequenceFlow, found none", element)
    if source not in layout.nodes or target not in layout.nodes:
        if source in reading.ids and target in reading.ids:
            reading.refuse(SEQUENCE_FLOW, "a sequence flow cannot leave its process (clause 7.6.1)", element)
        return None
    _check_ends(reading, layout, element, source, target)
    condition = xml.child(element, "conditionExpression")
    if condition is None or layout.nodes[source].get("default") == element.get("id"):
        return Flow(element.get("id", ""), element.get("name", ""), source, target)
    if xml.local(layout.nodes[source]) in _NO_CONDITION:
        kind = xml.local(layout.nodes[source])
        reading.refuse(SEQUENCE_FLOW, f"a flow out of a {kind} cannot have a condition (clause 8.4.13)", element)
    return Flow(element.get("id", ""), element.get("name", ""), source, target, reading.formal(condition))


def _check_ends(reading: Reading, layout: Layout, element: etree._Element, source: str, target: str) -> None:
    start, end = layout.nodes[source], layout.nodes[target]
    if layout.scope_of[source] != layout.scope_of[target]:
        reading.refuse(
            SEQUENCE_FLOW, "a sequence flow cannot cross the border of a sub-process (clause 7.6.1)", element
        )
    if xml.local(start) == "endEvent" or _defines(start, "linkEventDefinition", "intermediateThrowEvent"):
        reading.refuse(SEQUENCE_FLOW, f"nothing flows out of an end event or a throwing link ({source})", element)
    if xml.local(end) in ("startEvent", "boundaryEvent"):
        reading.refuse(SEQUENCE_FLOW, f"nothing flows into a {xml.local(end)} ({target})", element)
    if _defines(end, "linkEventDefinition", "intermediateCatchEvent"):
        reading.refuse(SEQUENCE_FLOW, f"nothing flows into a catching link ({target})", element)
    if _defines(start, "compensateEventDefinition", "boundaryEvent"):
        reading.refuse(SEQUENCE_FLOW, f"a compensation boundary event has an association, no flow ({source})", element)
    for node in (start, end):
        if flag(node, "triggeredByEvent", False) or flag(node, "isForCompensation", False):
            what = "an event sub-process or a compensation handler"
            reading.refuse(SEQUENCE_FLOW, f"no sequence flow connects {what} ({node.get('id')})", element)


def _defines(element: etree._Element, definition: str, kind: str) -> bool:
    return xml.local(element) == kind and xml.child(element, definition) is not None


def _attach(reading: Reading, layout: Layout, identity: str, element: etree._Element) -> None:
    host = element.get("attachedToRef", "").rpartition(":")[2].strip()
    found = layout.nodes.get(host)
    if found is None or xml.local(found) not in ACTIVITY_KINDS or layout.scope_of[host] != layout.scope_of[identity]:
        message = f"expected attachedToRef to name an activity beside the boundary event, found '{host}'"
        reading.refuse(BOUNDARY, message, element)
        return
    if flag(found, "triggeredByEvent", False):
        reading.refuse(BOUNDARY, f"an event sub-process ({host}) has no boundary events (clause 13.5.4)", element)
    layout.boundaries[host].append(identity)


def _check_doubles(reading: Reading, element: etree._Element) -> None:
    """`incoming` and `outgoing` repeat what the sequence flows say; only a dangling one is worth a word."""
    for double in xml.children(element, "incoming", "outgoing"):
        name = xml.text(double).strip().rpartition(":")[2]
        if name not in reading.ids:
            reading.resolve(name, ("sequenceFlow",), double)


def _associate(reading: Reading, layout: Layout, association: etree._Element) -> None:
    ends = [association.get(name, "").rpartition(":")[2].strip() for name in ("sourceRef", "targetRef")]
    for end in ends:
        if end not in reading.ids:
            reading.resolve(end, ("flow node", "artifact"), association)
    for boundary, handler in (ends, reversed(ends)):
        event, activity = layout.nodes.get(boundary), layout.nodes.get(handler)
        if event is None or activity is None or not _defines(event, "compensateEventDefinition", "boundaryEvent"):
            continue
        if not flag(activity, "isForCompensation", False):
            reading.refuse(COMPENSATION, f"expected '{handler}' to be marked isForCompensation", association)
        layout.compensation[boundary] = handler
        layout.compensation[event.get("attachedToRef", "").rpartition(":")[2]] = handler


# What the structure means ------------------------------------------------------------------------------------------


def read_scope(identity: str, inside: Sequence[Node], data: tuple[str, ...]) -> Scope:
    """Where a scope begins (clause 13.2): at its plain start events, else at every node that nothing leads to."""
    starts = [node for node in inside if node.kind == "startEvent"]
    triggered = [node for node in starts if node.triggers]
    triggered += [node for node in inside if node.instantiate and not node.incoming]
    entries = [node for node in starts if not node.triggers] if starts else [n for n in inside if _begins(n)]
    return Scope(
        id=identity,
        nodes=tuple(node.id for node in inside),
        entries=tuple(node.id for node in entries),
        event_starts=tuple(node.id for node in triggered),
        event_sub_processes=tuple(node.id for node in inside if node.triggered_by_event),
        data=data,
    )


def _begins(node: Node) -> bool:
    linked = node.kind == "intermediateCatchEvent" and any(trigger.kind == "link" for trigger in node.triggers)
    aside = node.kind == "boundaryEvent" or node.triggered_by_event or node.for_compensation or node.instantiate
    return not (node.incoming or linked or aside)


def link_names(nodes: Iterable[Node], kind: str) -> dict[tuple[str, str], list[Node]]:
    """The link events of that kind, by scope and link name."""
    found: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        for trigger in node.triggers:
            if node.kind == kind and trigger.kind == "link" and trigger.name is not None:
                found[node.scope, str(trigger.name({}))].append(node)
    return found


def upstream(
    reading: Reading, layout: Layout, nodes: Mapping[str, Node], flows: Mapping[str, Flow]
) -> dict[str, dict[str, frozenset[str]]]:
    """For each inclusive and complex gateway that merges: which nodes can still reach each of its incoming flows.

    Clause 13.4.3: an inclusive gateway waits for tokens that can reach it along a path that does not visit it. The way
    back goes over sequence flows, from a catching link to its throws, and from a boundary event to its activity.
    """
    before = _predecessors(nodes, flows)
    found: dict[str, dict[str, frozenset[str]]] = {}
    budget = MOST_STEPS
    for gateway in nodes.values():
        if gateway.kind not in ("inclusiveGateway", "complexGateway") or len(gateway.incoming) < 2:
            continue
        found[gateway.id] = {}
        for flow in gateway.incoming:
            found[gateway.id][flow.id], steps = _reaching(flow.source, gateway.id, before)
            budget -= steps
        if budget < 0:
            message = "the diagram has too many merging gateways for its size; split it into sub-processes"
            reading.refuse(SIZE, message, layout.nodes[gateway.id])
            break
    return found


def _predecessors(nodes: Mapping[str, Node], flows: Mapping[str, Flow]) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {identity: [] for identity in nodes}
    for flow in flows.values():
        before[flow.target].append(flow.source)
    throws = link_names(nodes.values(), "intermediateThrowEvent")
    for place, catches in link_names(nodes.values(), "intermediateCatchEvent").items():
        for catch in catches:
            before[catch.id] += [throw.id for throw in throws.get(place, ())]
    for node in nodes.values():
        if node.attached_to is not None and node.attached_to in nodes:
            before[node.id].append(node.attached_to)
    return before


def _reaching(start: str, barrier: str, before: Mapping[str, Sequence[str]]) -> tuple[frozenset[str], int]:
    seen: set[str] = set()
    waiting = [start]
    steps = 0
    while waiting:
        identity = waiting.pop()
        if identity not in seen and identity != barrier:
            seen.add(identity)
            waiting += before[identity]
            steps += 1 + len(before[identity])
    return frozenset(seen), steps
