"""Events: which definitions may stand where, and what each definition demands (clauses 10.5, 10.7)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from engine.notation import xml
from engine.notation.bpmn_source import flag
from engine.notation.lint_model import (
    ACTIVITIES,
    CATCHING,
    CHOREOGRAPHIES,
    DEFINITIONS,
    TASKS,
    THROWN_IMPLICITLY,
    Check,
    Element,
    Finding,
    Sheet,
    Unknown,
    container,
    containers,
    executable,
    for_compensation,
    in_dialect,
    is_event_sub_process,
    named,
    nodes,
    outermost,
    parent,
)

_START = frozenset("message timer conditional signal".split())
_SUB_START = _START | {"error", "escalation", "compensation"}
_ALLOWED: Mapping[str, frozenset[str]] = {
    "startEvent": _START,
    "intermediateCatchEvent": _START | {"link"},
    "boundaryEvent": _SUB_START | {"cancel"},
    "intermediateThrowEvent": frozenset("message escalation compensation link signal".split()),
    "implicitThrowEvent": THROWN_IMPLICITLY,
    "event": THROWN_IMPLICITLY,  # of a complexBehaviorDefinition
    "endEvent": frozenset("message error escalation cancel compensation signal terminate".split()),
}
_INTERRUPTING_ONLY: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset(["error", "compensation"]),
    "boundaryEvent": frozenset(["error", "cancel"]),
}


def placement(sheet: Sheet) -> Iterator[Finding]:
    """Which event definitions may stand in an event (tables 10.84 to 10.92)."""
    for event in sheet.all(*_ALLOWED):
        tag, kinds = xml.local(event), sheet.triggers(event)
        allowed = _allowed(event)
        for kind in kinds:
            if kind not in allowed:
                where = " of a sub-process" if tag == "startEvent" and allowed != _START else ""
                yield Finding("BPS040", event, f"a {tag}{where} cannot be of kind {kind}")
        if not kinds and not _refers_elsewhere(sheet, event):
            if tag in ("intermediateCatchEvent", "boundaryEvent"):
                yield Finding("BPS041", event, f"a {tag} needs an event definition: what does it wait for?")
            elif tag == "startEvent" and is_event_sub_process(container(event)):
                yield Finding("BPS041", event, "the start event of an event sub-process needs an event definition")


def _allowed(event: Element) -> frozenset[str]:
    scope = container(event)
    if xml.local(event) != "startEvent" or scope is None or xml.local(scope) not in ACTIVITIES:
        return _ALLOWED[xml.local(event)]
    return _SUB_START if is_event_sub_process(scope) else frozenset()


def _refers_elsewhere(sheet: Sheet, event: Element) -> bool:
    return any(
        isinstance(sheet.resolve(xml.text(each), each), Unknown) for each in xml.children(event, "eventDefinitionRef")
    )


def interrupting(sheet: Sheet) -> Iterator[Finding]:
    for tag, kinds in _INTERRUPTING_ONLY.items():
        name = "isInterrupting" if tag == "startEvent" else "cancelActivity"
        for event in sheet.all(tag):
            for kind in kinds.intersection(sheet.triggers(event)):
                if not flag(event, name, True) and (tag != "startEvent" or is_event_sub_process(container(event))):
                    yield Finding("BPS042", event, f"a {tag} of kind {kind} always interrupts; remove {name}")
    for event in sheet.all("startEvent"):
        if not flag(event, "isInterrupting", True) and not is_event_sub_process(container(event)):
            yield Finding("BPS043", event, "isInterrupting says nothing outside an event sub-process")


def event_sub_processes(sheet: Sheet) -> Iterator[Finding]:
    for scope in sheet.all("subProcess", "transaction", "adHocSubProcess"):
        starts = [node for node in nodes(scope) if xml.local(node) == "startEvent"]
        if is_event_sub_process(scope) and len(starts) != 1:
            yield Finding("BPS044", scope, f"an event sub-process has exactly one start event, found {len(starts)}")


def rival_event_sub_processes(sheet: Sheet) -> Iterator[Finding]:
    """Of two interrupting ones for the same message, signal, error or escalation, which would it be?"""
    seen: dict[tuple[Element | None, Element], Element] = {}
    for start in sheet.all("startEvent"):
        scope = container(start)
        if scope is None or not is_event_sub_process(scope) or not flag(start, "isInterrupting", True):
            continue
        for definition in sheet.definitions(start):
            name = f"{DEFINITIONS[xml.local(definition)]}Ref"
            declared = sheet.target(definition.get(name), definition) if definition.get(name) else None
            if declared is not None and seen.setdefault((container(scope), declared), scope) is not scope:
                yield Finding("BPS048", scope, f"another event sub-process is interrupting for {named(declared)}")


def attachment(sheet: Sheet) -> Iterator[Finding]:
    for event in sheet.all("boundaryEvent"):
        host = sheet.target(event.get("attachedToRef"), event, *ACTIVITIES)
        if host is None:
            continue
        if is_event_sub_process(host):
            yield Finding("BPS066", event, f"nothing leads on from {named(host)}, so no event is attached to it")
        if container(host) is not container(event):
            yield Finding("BPS045", event, f"{named(host)} is in another process or sub-process")
        if "cancel" in sheet.triggers(event) and xml.local(host) != "transaction":
            yield Finding("BPS046", event, f"expected a transaction around a cancel event, found {named(host)}")
    for event in sheet.all("endEvent"):
        if "cancel" in sheet.triggers(event) and not any(xml.local(s) == "transaction" for s in containers(event)):
            yield Finding("BPS046", event, "a cancel end event stands in a transaction only")


def definition_refs(sheet: Sheet) -> Iterator[Finding]:
    """A shared event definition stands at the top level of the file."""
    for reference in sheet.all("eventDefinitionRef"):
        found = sheet.target(xml.text(reference), reference, *DEFINITIONS)
        if found is not None and xml.local(_around(found)) != "definitions":
            yield Finding("BPS047", reference, f"{named(found)} belongs to one event; only a top-level one is shared")


def _around(element: Element) -> Element:
    found = parent(element)
    return element if found is None else found


# What each definition demands ----------------------------------------------------------------------------------------


def _executed(sheet: Sheet, definition: Element) -> bool:
    """Whether an executable process uses it. A shared one counts where the file has such a process."""
    if xml.local(_around(definition)) != "definitions":
        return executable(definition)
    return any(flag(process, "isExecutable", False) for process in sheet.all("process"))


def messages(sheet: Sheet) -> Iterator[Finding]:
    """Of executable processes (table 10.97); a Camunda 8 message with its own send or receive instructions will do."""
    for definition in sheet.all("messageEventDefinition"):
        message = sheet.target(definition.get("messageRef"), definition, "message")
        if not _executed(sheet, definition) or any(map(in_dialect, (definition, _around(definition), message))):
            continue
        if not definition.get("messageRef"):
            yield Finding("BPS050", definition, "a message event of an executable process names its message")
        if xml.child(definition, "operationRef") is None:
            yield Finding("BPS051", definition, "a message event of an executable process names its operation")


def codes(sheet: Sheet) -> Iterator[Finding]:
    """What is thrown by an executable process has a code (tables 8.40, 8.43)."""
    for event in sheet.all("endEvent", "intermediateThrowEvent"):
        for definition in sheet.definitions(event) if executable(event) else ():
            kind = DEFINITIONS[xml.local(definition)]
            if kind not in ("error", "escalation"):
                continue
            reference = definition.get(f"{kind}Ref")
            thrown = sheet.resolve(reference, definition) if reference else None
            if reference is None:
                yield Finding("BPS052", event, f"what is thrown needs a code: name its {kind}")
            elif thrown is not None and not isinstance(thrown, Unknown) and not thrown.get(f"{kind}Code"):
                yield Finding("BPS052", event, f"{named(thrown)} is thrown here, so it needs {kind}Code")


def timers_and_signals(sheet: Sheet) -> Iterator[Finding]:
    for definition in sheet.all("timerEventDefinition"):
        said = xml.children(definition, "timeDate", "timeDuration", "timeCycle")
        if _executed(sheet, definition) and not any(xml.text(each).strip() for each in said):
            yield Finding("BPS053", definition, "a timer of an executable process has a date, a duration or a cycle")
    for definition in sheet.all("signalEventDefinition"):
        if _executed(sheet, definition) and not definition.get("signalRef"):
            yield Finding("BPS054", definition, "a signal event of an executable process names its signal")


def conditional(sheet: Sheet) -> Iterator[Finding]:
    for definition in sheet.all("conditionalEventDefinition"):
        condition = xml.child(definition, "condition")
        if condition is None or not _executed(sheet, definition):
            continue
        kind = condition.get("{http://www.w3.org/2001/XMLSchema-instance}type", "")
        if kind.rpartition(":")[2] != "tFormalExpression" or not xml.text(condition).strip():
            yield Finding("BPS059", definition, 'expected a condition with xsi:type="tFormalExpression" and a text')


def links(sheet: Sheet) -> Iterator[Finding]:
    """Off-page connectors: within one process level, one target for every name (clause 10.5.5)."""
    throws, catches = _links(sheet, "intermediateThrowEvent"), _links(sheet, "intermediateCatchEvent")
    for (_, name), found in (throws | catches).items():
        for event in found if not name.strip() else ():
            yield Finding("BPS049", event, "a link has a name: source and target find each other by it")
    for (_, name), found in catches.items():
        for event in found[1:]:
            yield Finding("BPS055", event, f"the link '{name}' has a second target here; it needs exactly one")
    for place, found in throws.items():
        for event in found if place not in catches else ():
            yield Finding(
                "BPS056", event, f"no catching event of this process level is the target of link '{place[1]}'"
            )
    for place, found in catches.items():
        for event in found if place not in throws else ():
            yield Finding("BPS057", event, f"no throwing event of this process level is a source of link '{place[1]}'")
    yield from _link_references(sheet)


def _links(sheet: Sheet, tag: str) -> dict[tuple[Element | None, str], list[Element]]:
    found: defaultdict[tuple[Element | None, str], list[Element]] = defaultdict(list)
    for event in sheet.all(tag):
        for definition in sheet.definitions(event):
            if xml.local(definition) == "linkEventDefinition":
                found[container(event), definition.get("name", "")].append(event)
    return found


def _link_references(sheet: Sheet) -> Iterator[Finding]:
    """`target` of a throwing link is a catching one, `source` of a catching link a throwing one."""
    for definition in sheet.all("linkEventDefinition"):
        throws = xml.local(_around(definition)) not in CATCHING
        for tag, fits in (("source", not throws), ("target", throws)):
            for reference in xml.children(definition, tag):
                found = sheet.target(xml.text(reference), reference, "linkEventDefinition")
                if found is None:
                    continue
                if not fits or (xml.local(_around(found)) in CATCHING) != throws:
                    yield Finding("BPS058", definition, f"a {tag} of this link event cannot be {named(found)}")
                elif container(found) is not container(definition):
                    yield Finding("BPS058", definition, f"{named(found)} is on another process level")


# Compensation --------------------------------------------------------------------------------------------------------


def compensation_boundaries(sheet: Sheet) -> Iterator[Finding]:
    """One association leads from a compensation boundary event to an activity for compensation (clause 10.7.1)."""
    for event in sheet.all("boundaryEvent"):
        if "compensation" not in sheet.triggers(event):
            continue
        handlers = [other for other in sheet.associated(event) if xml.local(other) in ACTIVITIES]
        if len(handlers) != 1:
            yield Finding("BPS060", event, f"expected an association to exactly one handler, found {len(handlers)}")
        for handler in handlers:
            if not for_compensation(handler):
                yield Finding("BPS061", event, f"its handler, {named(handler)}, needs isForCompensation")
            elif container(handler) is not container(event):
                yield Finding("BPS061", event, f"its handler, {named(handler)}, is on another process level")


def compensation_throws(sheet: Sheet) -> Iterator[Finding]:
    """What a throwing compensation event names is visible from it and can be compensated (clauses 10.5.5, 10.7.2)."""
    for event in sheet.all("endEvent", "intermediateThrowEvent"):
        for definition in sheet.definitions(event):
            activity = sheet.target(definition.get("activityRef"), definition, *ACTIVITIES)
            if activity is None:
                continue
            if container(activity) not in _compensated_from(event):
                yield Finding("BPS062", event, f"{named(activity)} is not visible from here")
            elif xml.local(activity) in TASKS and not _compensable(sheet, activity):
                yield Finding("BPS063", event, f"{named(activity)} has no compensation boundary event")


def _compensated_from(event: Element) -> list[Element]:
    """Its own process level, and from inside an event sub-process the level that the event sub-process is on."""
    levels = []
    for scope in containers(event):
        levels.append(scope)
        if not is_event_sub_process(scope):
            break
    return levels


def _compensable(sheet: Sheet, activity: Element) -> bool:
    return for_compensation(activity) or any(
        "compensation" in sheet.triggers(event) for event in sheet.attached(activity)
    )


def handlers(sheet: Sheet) -> Iterator[Finding]:
    """An activity for compensation that nothing compensates with is a drawing without meaning."""
    for activity in sheet.all(*sorted(ACTIVITIES)):
        if for_compensation(activity) and not any(
            xml.local(other) == "boundaryEvent" for other in sheet.associated(activity)
        ):
            yield Finding("BPS064", activity, "no compensation boundary event is associated with it")


def of_choreography(sheet: Sheet) -> Iterator[Finding]:
    """Nobody in a choreography sees messages or data, so few kinds of event remain (clause 11.6)."""
    for event in sheet.all(*_ALLOWED):
        home = outermost(event)
        if home is None or xml.local(home) not in CHOREOGRAPHIES:
            continue
        forbidden = _NOT_IN_CHOREOGRAPHY.get(xml.local(event), frozenset()).intersection(sheet.triggers(event))
        for kind in sorted(forbidden):
            yield Finding("BPS065", event, f"a {xml.local(event)} of a choreography cannot be of kind {kind}")


_NOT_IN_CHOREOGRAPHY: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset(["message"]),
    "intermediateThrowEvent": frozenset(["message", "escalation", "compensation"]),
    "endEvent": frozenset(["message", "error", "escalation", "cancel", "compensation", "signal"]),
}

CHECKS: tuple[Check, ...] = (
    placement,
    interrupting,
    event_sub_processes,
    rival_event_sub_processes,
    attachment,
    definition_refs,
    messages,
    codes,
    timers_and_signals,
    conditional,
    links,
    compensation_boundaries,
    compensation_throws,
    handlers,
    of_choreography,
)
