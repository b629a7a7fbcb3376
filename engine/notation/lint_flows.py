"""Sequence flows and message flows: what they may join (clauses 7.6, 8.4.13, 9.4)."""

from collections.abc import Iterator

from engine.notation import xml
from engine.notation.bpmn_source import flag
from engine.notation.lint_model import (
    ACTIVITIES,
    CHOREOGRAPHY_ACTIVITIES,
    CONTAINERS,
    EVENTS,
    FLOW_NODES,
    Check,
    Element,
    Finding,
    Sheet,
    container,
    executable,
    for_compensation,
    is_event_sub_process,
    named,
    nodes,
    outermost,
)

_NO_CONDITION = EVENTS | {"parallelGateway", "eventBasedGateway"}


def ends_of_sequence_flows(sheet: Sheet) -> Iterator[Finding]:
    for flow in sheet.flows:
        source, target = sheet.source(flow), sheet.sink(flow)
        if source is not None and (reason := _why_no_outgoing(sheet, source)):
            yield Finding("BPS010", flow, f"no sequence flow leaves {named(source)}: {reason}")
        if target is not None and (reason := _why_no_incoming(sheet, target)):
            yield Finding("BPS011", flow, f"no sequence flow leads to {named(target)}: {reason}")
        if source is None or target is None or {xml.local(source), xml.local(target)} - FLOW_NODES:
            continue
        if outermost(source) is not outermost(target):
            yield Finding("BPS012", flow, f"{named(source)} and {named(target)} are in different processes")
        elif container(source) is not container(target):
            yield Finding("BPS012", flow, f"it crosses the boundary between {named(source)} and {named(target)}")
        elif container(flow) is not container(source):
            yield Finding("BPS025", flow, f"expected it beside {named(source)}, in {named(container(source))}")
        if executable(flow) and not flag(flow, "isImmediate", True):
            yield Finding("BPS024", flow, "isImmediate is not false in an executable process")


def _why_no_outgoing(sheet: Sheet, node: Element) -> str:
    tag = xml.local(node)
    if tag == "endEvent":
        return "an end event has no outgoing flow"
    return _why_apart(node) or _why_link(sheet, node, "intermediateThrowEvent") or _why_compensates(sheet, node)


def _why_no_incoming(sheet: Sheet, node: Element) -> str:
    tag = xml.local(node)
    if tag == "startEvent":
        return "a start event has no incoming flow"
    if tag == "boundaryEvent":
        return "a boundary event is reached through its activity"
    return _why_apart(node) or _why_link(sheet, node, "intermediateCatchEvent")


def _why_apart(node: Element) -> str:
    if is_event_sub_process(node):
        return "an event sub-process is not part of the normal flow"
    return "an activity for compensation is not part of the normal flow" if for_compensation(node) else ""


def _why_link(sheet: Sheet, node: Element, tag: str) -> str:
    return "the link continues elsewhere" if xml.local(node) == tag and "link" in sheet.triggers(node) else ""


def _why_compensates(sheet: Sheet, node: Element) -> str:
    catches = xml.local(node) == "boundaryEvent" and "compensation" in sheet.triggers(node)
    return "a compensation boundary event leads to its handler by an association" if catches else ""


def conditions(sheet: Sheet) -> Iterator[Finding]:
    for flow in sheet.flows:
        source = sheet.source(flow)
        if source is None or xml.child(flow, "conditionExpression") is None:
            continue
        if xml.local(source) in _NO_CONDITION:
            yield Finding("BPS013", flow, f"a flow out of {named(source)} has no condition")
        elif xml.local(source) in ACTIVITIES and len(sheet.outgoing(source)) < 2:
            yield Finding("BPS014", flow, f"expected another flow out of {named(source)} beside this conditional one")
        if (source.get("default") or "").strip() == flow.get("id"):
            yield Finding("BPS015", flow, f"the default flow of {named(source)} has no condition; it would be ignored")


def defaults(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.elements:
        default = sheet.target(element.get("default"), element, "sequenceFlow") if element.get("default") else None
        if default is not None and sheet.source(default) is not element:
            yield Finding("BPS016", element, f"expected default to be one of its own flows, found {named(default)}")


def listed_flows(sheet: Sheet) -> Iterator[Finding]:
    """`incoming` and `outgoing` of a node are the other ends of sourceRef and targetRef.

    Both are optional in the schema, so a file without any is left alone; a file that lists some lists all.
    """
    lists = next(sheet.all("incoming"), None) is not None or next(sheet.all("outgoing"), None) is not None
    for node in sheet.all(*sorted(FLOW_NODES)) if lists else ():
        for tag, flows in (("incoming", sheet.incoming(node)), ("outgoing", sheet.outgoing(node))):
            listed = dict.fromkeys(sheet.target(xml.text(e), e, "sequenceFlow") for e in xml.children(node, tag))
            drawn = dict.fromkeys(flows)
            for flow in drawn:
                if flow not in listed:
                    yield Finding("BPS017", node, f"expected {tag} to list {named(flow)}, which is drawn here")
            for entry in listed:
                if entry is not None and entry not in drawn:
                    yield Finding("BPS017", node, f"{tag} lists {named(entry)}, which is drawn elsewhere")


def connected(sheet: Sheet) -> Iterator[Finding]:
    """With a start event all nodes are reached by a flow, with an end event all lead on (clauses 10.5.2, 10.5.3)."""
    for scope in sheet.all(*sorted(CONTAINERS - {"adHocSubProcess"})):
        inside = list(nodes(scope))
        starts = [node for node in inside if xml.local(node) == "startEvent"]
        ends = [node for node in inside if xml.local(node) == "endEvent"]
        if ends and not starts and not _begins_otherwise(sheet, inside):
            yield Finding("BPS018", scope, "it has an end event, so it needs a start event")
        if starts and not ends:
            yield Finding("BPS019", scope, "it has a start event, so it needs an end event")
        for node in inside:
            if starts and not sheet.incoming(node) and not _why_no_incoming(sheet, node):
                yield Finding("BPS020", node, "nothing leads here, although the process level has a start event")
            if ends and not sheet.outgoing(node) and not _why_no_outgoing(sheet, node):
                yield Finding("BPS021", node, "nothing leads on from here, although the process level has an end event")


def _begins_otherwise(sheet: Sheet, inside: list[Element]) -> bool:
    """A receive task or event-based gateway that instantiates the process takes the start event's place."""
    return any(node.get("instantiate", "").strip() in ("true", "1") and not sheet.incoming(node) for node in inside)


def loose_events(sheet: Sheet) -> Iterator[Finding]:
    """Events in the flow are joined to it, whatever else is drawn (clauses 10.5.2 to 10.5.4)."""
    for node in sheet.all(
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"
    ):
        tag = xml.local(node)
        if tag != "endEvent" and not sheet.outgoing(node) and not _why_no_outgoing(sheet, node):
            yield Finding("BPS022", node, f"a {tag} leads on by a sequence flow")
        if tag != "startEvent" and not sheet.incoming(node) and not _why_no_incoming(sheet, node):
            yield Finding("BPS023", node, f"a sequence flow leads to a {tag}")


# Message flows -------------------------------------------------------------------------------------------------------


def message_flows(sheet: Sheet) -> Iterator[Finding]:
    pools = {pool.get("processRef", "").rpartition(":")[2].strip(): pool for pool in sheet.all("participant")}
    for flow in sheet.all("messageFlow"):
        source = sheet.target(flow.get("sourceRef"), flow)
        target = sheet.target(flow.get("targetRef"), flow)
        if source is None or target is None:
            continue
        left, right = _pool(pools, source), _pool(pools, target)
        if source is target or (left is not None and left is right):
            yield Finding("BPS030", flow, f"{named(source)} and {named(target)} are in one pool")
        if reason := _why_not_sent(sheet, source):
            yield Finding("BPS031", flow, f"no message flow leaves {named(source)}: {reason}")
        for end, tag in ((source, "receiveTask"), (target, "sendTask")):
            if xml.local(end) == tag:
                yield Finding("BPS033", flow, f"{named(end)} stands at the wrong end of a message flow")
        if reason := _why_not_received(sheet, target):
            yield Finding("BPS032", flow, f"no message flow leads to {named(target)}: {reason}")


def _pool(pools: dict[str, Element], end: Element) -> Element | None:
    """The participant of an end: itself, or that of the process it is in; the process where nothing is drawn."""
    if xml.local(end) == "participant":
        return end
    process = outermost(end)
    return None if process is None else pools.get(process.get("id", ""), process)


def _why_not_sent(sheet: Sheet, node: Element) -> str:
    tag = xml.local(node)
    if tag in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        return "the event catches"
    return _why_silent(sheet, node) if tag in EVENTS else _why_apart_of_messages(node)


def _why_not_received(sheet: Sheet, node: Element) -> str:
    tag = xml.local(node)
    if tag in ("endEvent", "intermediateThrowEvent"):
        return "the event throws"
    return _why_silent(sheet, node) if tag in EVENTS else _why_apart_of_messages(node)


def _why_silent(sheet: Sheet, event: Element) -> str:
    """Message and multiple events only; references into other files are believed."""
    kinds = sheet.triggers(event)
    unread = len(list(xml.children(event, "eventDefinitionRef")))
    return "" if "message" in kinds or len(kinds) < unread else "it is no message event"


def _why_apart_of_messages(node: Element) -> str:
    return "choreography activities hold their messages" if xml.local(node) in CHOREOGRAPHY_ACTIVITIES else ""


CHECKS: tuple[Check, ...] = (
    ends_of_sequence_flows,
    conditions,
    defaults,
    listed_flows,
    connected,
    loose_events,
    message_flows,
)
