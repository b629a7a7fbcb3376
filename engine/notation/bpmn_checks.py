"""What the standard demands of a node where it stands, so far as running it would otherwise go wrong unseen."""

from collections.abc import Mapping

from lxml import etree

from engine.notation.bpmn_graph import Layout, link_names
from engine.notation.bpmn_source import BOUNDARY, COMPENSATION, EVENT, GATEWAY, LINK, REFERENCE, START, Reading
from engine.notation.model import Node, Scope

_NON_INTERRUPTING = frozenset(["message", "timer", "escalation", "conditional", "signal"])
_BOUNDARY = _NON_INTERRUPTING | {"error", "cancel", "compensation"}
_EVENT_START = _NON_INTERRUPTING | {"error", "compensation"}
_START = frozenset(["message", "timer", "conditional", "signal"])
_CATCH = _START | {"link"}
_THROW = frozenset(["message", "escalation", "compensation", "link", "signal"])
_END = frozenset(["message", "escalation", "error", "cancel", "compensation", "signal", "terminate"])
_AFTER_EVENT_GATEWAY = frozenset(["message", "timer", "conditional", "signal"])


def check_nodes(reading: Reading, layout: Layout, nodes: Mapping[str, Node], scopes: Mapping[str, Scope]) -> None:
    """Refuse every node that cannot stand where it does, and every scope that cannot begin."""
    for node in nodes.values():
        element = layout.nodes[node.id]
        if node.default is not None and node.default not in {flow.id for flow in node.outgoing}:
            reading.refuse(REFERENCE, f"expected default to name an outgoing flow, found '{node.default}'", element)
        if node.kind in _POSITIONS:
            _check_event(reading, node, nodes, element)
        if node.kind == "eventBasedGateway":
            _check_event_gateway(reading, node, nodes, element)
        if node.user_task is not None:
            _check_separation(reading, node, nodes, element)
        if node.instantiate and node.incoming:
            reading.refuse(
                START, "what instantiates the process has no incoming flow (clauses 10.3.3, 10.6.6)", element
            )
    _check_links(reading, layout, nodes)
    for identity, scope in scopes.items():
        _check_start(reading, scope, nodes, layout.scopes[identity])


def _check_event(reading: Reading, node: Node, nodes: Mapping[str, Node], element: etree._Element) -> None:
    holder = nodes.get(node.scope)
    allowed, needed = _allowed(node, holder)
    if needed and not node.triggers:
        reading.refuse(EVENT, f"a {node.kind} needs an event definition here (clause 10.5)", element)
    for trigger in node.triggers:
        if trigger.kind not in allowed:
            flavour = "" if node.interrupting else "non-interrupting "
            reading.refuse(
                EVENT, f"a {flavour}{node.kind} cannot be of kind {trigger.kind} here (clause 10.5)", element
            )
        if trigger.kind == "cancel":
            _check_cancel(reading, node, nodes, element)
        if trigger.kind == "compensation" and node.kind == "boundaryEvent" and node.compensation is None:
            message = "a compensation boundary event needs an association to its handler (clause 10.7)"
            reading.refuse(COMPENSATION, message, element)
    if holder is not None and holder.kind == "adHocSubProcess" and node.kind in ("startEvent", "endEvent"):
        reading.refuse(EVENT, "an ad-hoc sub-process has no start or end events (clause 10.3.5)", element)


_POSITIONS: Mapping[str, tuple[frozenset[str], bool]] = {
    "startEvent": (_START, False),
    "intermediateCatchEvent": (_CATCH, True),
    "intermediateThrowEvent": (_THROW, False),
    "boundaryEvent": (_BOUNDARY, True),
    "endEvent": (_END, False),
}


def _allowed(node: Node, holder: Node | None) -> tuple[frozenset[str], bool]:
    """Which kinds of trigger may stand on an event, and whether there must be one (clause 10.5)."""
    allowed, needed = _POSITIONS[node.kind]
    if node.kind == "startEvent" and holder is not None:
        allowed, needed = (_EVENT_START, True) if holder.triggered_by_event else (frozenset(), False)
    return (allowed & _NON_INTERRUPTING if not node.interrupting else allowed), needed


def _check_cancel(reading: Reading, node: Node, nodes: Mapping[str, Node], element: etree._Element) -> None:
    place = nodes.get(node.attached_to or "" if node.kind == "boundaryEvent" else node.scope)
    while node.kind == "endEvent" and place is not None and place.kind != "transaction":
        place = nodes.get(place.scope)
    if place is None or place.kind != "transaction":
        reading.refuse(EVENT, "a cancel event belongs to a transaction (clause 10.5.5)", element)


def _check_event_gateway(reading: Reading, node: Node, nodes: Mapping[str, Node], element: etree._Element) -> None:
    if not node.outgoing:
        reading.refuse(GATEWAY, "an event-based gateway needs outgoing flows (clause 10.6.6)", element)
    for flow in node.outgoing:
        target = nodes[flow.target]
        kinds = {trigger.kind for trigger in target.triggers}
        catches = target.kind == "intermediateCatchEvent" and kinds <= _AFTER_EVENT_GATEWAY
        if not catches and target.kind != "receiveTask":
            expected = "message, timer, conditional or signal catching events or receive tasks"
            reading.refuse(GATEWAY, f"expected {expected} after an event-based gateway, found '{target.id}'", element)
        elif target.boundaries:
            reading.refuse(BOUNDARY, f"'{target.id}' after an event-based gateway has no boundary events", element)
        elif len(target.incoming) > 1:
            reading.refuse(GATEWAY, f"'{target.id}' after an event-based gateway has only one incoming flow", element)


def _check_separation(reading: Reading, node: Node, nodes: Mapping[str, Node], element: etree._Element) -> None:
    for name in node.user_task.separate_from if node.user_task else ():
        if name not in nodes and name in reading.ids:
            reading.refuse(REFERENCE, f"duban:separation names '{name}', which is in another process", element)


def _check_links(reading: Reading, layout: Layout, nodes: Mapping[str, Node]) -> None:
    catches = link_names(nodes.values(), "intermediateCatchEvent")
    for (_scope, name), found in catches.items():
        for node in found[1:]:
            reading.refuse(LINK, f"link '{name}' is caught twice in its scope (clause 10.5.5)", layout.nodes[node.id])
    for place, found in link_names(nodes.values(), "intermediateThrowEvent").items():
        for node in found:
            if place not in catches:
                message = f"link '{place[1]}' is thrown, but nothing in its scope catches it (clause 10.5.5)"
                reading.refuse(LINK, message, layout.nodes[node.id])


def _check_start(reading: Reading, scope: Scope, nodes: Mapping[str, Node], element: etree._Element) -> None:
    holder = nodes.get(scope.id)
    if holder is None:
        if not scope.entries and not scope.event_starts:
            reading.refuse(START, "the process has no start: add a start event (clause 10.5.2)", element)
    elif holder.triggered_by_event:
        if len(scope.event_starts) != 1 or scope.entries:
            message = "an event sub-process needs exactly one start event, with an event definition (clause 10.5.2)"
            reading.refuse(START, message, element)
    elif scope.nodes and not scope.entries:
        reading.refuse(START, "the sub-process has no start: add a start event without definition", element)
