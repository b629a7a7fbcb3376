"""Gateways, activities and loops (clauses 10.3 and 10.6)."""

from collections.abc import Iterator

from engine.notation import xml
from engine.notation.bpmn_source import flag, shown
from engine.notation.lint_model import (
    ACTIVITIES,
    CHOREOGRAPHIES,
    CHOREOGRAPHY_ACTIVITIES,
    DEFINITIONS,
    GATEWAYS,
    MIME,
    SUB_PROCESSES,
    THROWN_IMPLICITLY,
    Check,
    Element,
    Finding,
    Sheet,
    executable,
    named,
    nodes,
    outermost,
)

_AFTER_EVENT_GATEWAY = frozenset("message timer conditional signal".split())
_ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


def directions(sheet: Sheet) -> Iterator[Finding]:
    """A gateway splits or merges, and as its gatewayDirection says (clause 10.6.1)."""
    for gateway in sheet.all(*sorted(GATEWAYS)):
        into, out = len(sheet.incoming(gateway)), len(sheet.outgoing(gateway))
        direction = gateway.get("gatewayDirection", "Unspecified")
        wanted = {
            "Converging": into > 1 and out < 2,
            "Diverging": out > 1 and into < 2,
            "Mixed": into > 1 and out > 1,
        }.get(direction, True)
        if not wanted:
            yield Finding("BPS080", gateway, f"gatewayDirection is {direction}, but {into} flows enter and {out} leave")
        elif into < 2 and out < 2 and xml.local(gateway) != "eventBasedGateway":
            yield Finding("BPS081", gateway, f"a gateway splits or merges, but {into} flows enter and {out} leave")


def event_gateways(sheet: Sheet) -> Iterator[Finding]:
    """What may follow an event-based gateway (clause 10.6.6)."""
    for gateway in sheet.all("eventBasedGateway"):
        flows = sheet.outgoing(gateway)
        if len(flows) < 2:
            yield Finding(
                "BPS082", gateway, f"an event-based gateway has two or more outgoing flows, found {len(flows)}"
            )
        targets = [target for target in map(sheet.sink, flows) if target is not None]
        for target in targets:
            yield from _event_target(sheet, gateway, target)
        tags = {xml.local(target) for target in targets}
        if "receiveTask" in tags and any("message" in sheet.triggers(target) for target in targets):
            yield Finding("BPS085", gateway, "receive tasks and message events are not mixed behind one gateway")
        if gateway.get("eventGatewayType") == "Parallel" and not flag(gateway, "instantiate", False):
            yield Finding("BPS088", gateway, "eventGatewayType is Parallel only where instantiate is true")
        if flag(gateway, "instantiate", False) and sheet.incoming(gateway):
            yield Finding("BPS089", gateway, "what instantiates a process has no incoming flow")


def _event_target(sheet: Sheet, gateway: Element, target: Element) -> Iterator[Finding]:
    tag, kinds = xml.local(target), set(sheet.triggers(target))
    home = outermost(target)
    if home is not None and xml.local(home) in CHOREOGRAPHIES:
        return  # there, choreography activities may follow
    if tag != "receiveTask" and not (tag == "intermediateCatchEvent" and kinds <= _AFTER_EVENT_GATEWAY):
        wanted = "receive tasks, or message, timer, conditional or signal catching events"
        yield Finding("BPS083", gateway, f"expected {wanted} behind an event-based gateway, found {named(target)}")
        return
    if len(sheet.incoming(target)) > 1:
        yield Finding("BPS084", target, "only the event-based gateway leads here")
    if tag == "receiveTask":
        for event in sheet.attached(target):
            yield Finding("BPS086", event, f"{named(target)} follows an event-based gateway: no event is attached")


def unconditioned(sheet: Sheet) -> Iterator[Finding]:
    """A split of an executable process that may find no way on; the standard calls that an exception at run time."""
    for gateway in sheet.all("exclusiveGateway", "inclusiveGateway"):
        flows = sheet.outgoing(gateway)
        default = (gateway.get("default") or "").strip()
        for flow in flows if len(flows) > 1 and executable(gateway) else ():
            if flow.get("id") != default and xml.child(flow, "conditionExpression") is None:
                yield Finding("BPS087", flow, f"expected a condition on this flow out of {named(gateway)}")


# Activities ----------------------------------------------------------------------------------------------------------


def quantities(sheet: Sheet) -> Iterator[Finding]:
    for activity in sheet.all(*sorted(ACTIVITIES)):
        for name in ("startQuantity", "completionQuantity"):
            if _number(activity.get(name), 1) < 1:
                yield Finding("BPS100", activity, f"expected {name} to be 1 or more, found {activity.get(name)}")
    for loop in sheet.all("standardLoopCharacteristics"):
        if _number(loop.get("loopMaximum"), 1) < 1:
            yield Finding("BPS101", loop, f"expected loopMaximum to be 1 or more, found {loop.get('loopMaximum')}")


def _number(text: str | None, default: int) -> int:
    """An xs:integer; the schema has checked it. Longer ones than any machine counts are as good as their sign."""
    text = (text or str(default)).strip()
    return int(text) if len(text) < 20 else (-1 if text.startswith("-") else 1)


def multi_instances(sheet: Sheet) -> Iterator[Finding]:
    for loop in sheet.all("multiInstanceLoopCharacteristics"):
        yield from _instances(loop)
        behavior = loop.get("behavior", "All")
        name = f"{behavior.lower()}BehaviorEventRef"
        thrown = sheet.target(loop.get(name), loop, *DEFINITIONS)
        if behavior in ("None", "One") and not loop.get(name):
            yield Finding("BPS105", loop, f"behavior {behavior} names the event to throw: {name}")
        elif thrown is not None and DEFINITIONS[xml.local(thrown)] not in THROWN_IMPLICITLY:
            yield Finding("BPS105", loop, f"{named(thrown)} cannot be thrown")
        if behavior == "Complex" and xml.child(loop, "complexBehaviorDefinition") is None:
            yield Finding("BPS105", loop, "behavior Complex needs a complexBehaviorDefinition")
        for each in xml.children(loop, "complexBehaviorDefinition"):
            event = xml.child(each, "event")
            if event is not None and not sheet.definitions(event):
                yield Finding("BPS106", each, "the event of a complexBehaviorDefinition needs an event definition")


def _instances(loop: Element) -> Iterator[Finding]:
    counted = xml.child(loop, "loopCardinality") is not None
    listed = xml.child(loop, "loopDataInputRef") is not None
    if counted and listed:
        yield Finding("BPS102", loop, "expected loopCardinality or loopDataInputRef, found both")
    written = loop.find(f".//{_ZEEBE}loopCharacteristics") is not None
    if executable(loop) and not (counted or listed or written):
        yield Finding("BPS103", loop, "a multi-instance activity says how many: loopCardinality or loopDataInputRef")
    for item, collection in (("inputDataItem", "loopDataInputRef"), ("outputDataItem", "loopDataOutputRef")):
        if xml.child(loop, item) is not None and xml.child(loop, collection) is None:
            yield Finding("BPS104", loop, f"an {item} is one item of a collection: name it in {collection}")


def ad_hoc(sheet: Sheet) -> Iterator[Finding]:
    for scope in sheet.all("adHocSubProcess"):
        inside = list(nodes(scope))
        for node in inside:
            if xml.local(node) in CHOREOGRAPHY_ACTIVITIES | {"startEvent", "endEvent"}:
                yield Finding("BPS107", node, f"an ad-hoc sub-process has no {xml.local(node)}")
        if not any(xml.local(node) in ACTIVITIES for node in inside):
            yield Finding("BPS108", scope, "an ad-hoc sub-process holds at least one activity")


def receiving(sheet: Sheet) -> Iterator[Finding]:
    for task in sheet.all("receiveTask"):
        if flag(task, "instantiate", False) and sheet.incoming(task):
            yield Finding("BPS089", task, "what instantiates a process has no incoming flow")


def operations(sheet: Sheet) -> Iterator[Finding]:
    """A task or event that names an operation and a message names one of that operation's messages (clause 8.5.3)."""
    for element in sheet.all("sendTask", "receiveTask", "messageEventDefinition"):
        child = xml.child(element, "operationRef")
        reference = element.get("operationRef") if child is None else xml.text(child)
        operation = sheet.target(reference, element, "operation")
        message = sheet.target(element.get("messageRef"), element, "message")
        if operation is None or message is None:
            continue
        known = [sheet.target(xml.text(e), e) for e in xml.children(operation, "inMessageRef", "outMessageRef")]
        if message not in known:
            yield Finding("BPS109", element, f"{named(operation)} does not carry {named(message)}")


def scripts(sheet: Sheet) -> Iterator[Finding]:
    for task in sheet.all("scriptTask"):
        if xml.child(task, "script") is not None and not task.get("scriptFormat"):
            yield Finding("BPS110", task, "a script says its language: set scriptFormat to a MIME type")
    for name, attribute in (("scriptTask", "scriptFormat"), ("globalScriptTask", "scriptLanguage")):
        for task in sheet.all(name):
            said = task.get(attribute)
            if said is not None and not MIME.fullmatch(said.strip()):
                yield Finding("BPS115", task, f"expected {attribute} like text/javascript, found {shown(said)}")


def misplaced(sheet: Sheet) -> Iterator[Finding]:
    """What the schema lets stand anywhere, but the standard does not (clauses 10.2, 11.2)."""
    for scope in sheet.all("process", *sorted(SUB_PROCESSES)):
        for node in xml.children(scope, *CHOREOGRAPHY_ACTIVITIES, "implicitThrowEvent"):
            yield Finding("BPS111", node, f"a process has no {xml.local(node)}")
    wrong = ACTIVITIES | {"implicitThrowEvent", "dataObject", "dataObjectReference", "dataStoreReference"}
    for scope in sheet.all(*sorted(CHOREOGRAPHIES), "subChoreography"):
        for node in xml.children(scope, *wrong):
            yield Finding("BPS112", node, f"a choreography has no {xml.local(node)}")


def callables(sheet: Sheet) -> Iterator[Finding]:
    """A call activity passes exactly what the called element takes and gives (clause 10.4.1)."""
    for activity in sheet.all("callActivity"):
        called = sheet.target(activity.get("calledElement"), activity) if activity.get("calledElement") else None
        if called is None:
            continue
        own, other = _interface(activity), _interface(called)
        if own and other and own != other:
            yield Finding("BPS113", activity, f"its data inputs and outputs are not those of {named(called)}")
        elif other and not own and any(other[:2]):
            yield Finding("BPS113", activity, f"{named(called)} has data inputs and outputs; this call has none")
        elif own and not all(_same_items(sheet, activity, called, tag) for tag in ("dataInput", "dataOutput")):
            yield Finding("BPS113", activity, f"its data are of other items than those of {named(called)}")


def _interface(element: Element) -> tuple[int, ...]:
    specification = xml.child(element, "ioSpecification")
    if specification is None:
        return ()
    tags = ("dataInput", "dataOutput", "inputSet", "outputSet")
    return tuple(len(list(xml.children(specification, tag))) for tag in tags)


def _same_items(sheet: Sheet, activity: Element, called: Element, tag: str) -> bool:
    """Whether both take or give the same item definitions; one that is left out fits any."""
    own, other = (_item_names(sheet, element, tag) for element in (activity, called))
    return "" in own + other or own == other


def _item_names(sheet: Sheet, element: Element, tag: str) -> list[str]:
    specification = xml.child(element, "ioSpecification")
    data = () if specification is None else xml.children(specification, tag)
    items = [sheet.target(each.get("itemSubjectRef"), each, "itemDefinition") for each in data]
    return sorted("" if item is None else item.get("id", "") for item in items)


CHECKS: tuple[Check, ...] = (
    directions,
    event_gateways,
    unconditioned,
    quantities,
    multi_instances,
    ad_hoc,
    receiving,
    operations,
    scripts,
    misplaced,
    callables,
)
