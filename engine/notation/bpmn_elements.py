"""From one flow node of the file to the fields of its `Node`: activities, gateways, loops, triggers of events.

Each part reads one aspect and returns the fields that it fills; `PARTS` says which aspects an element has.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from engine import feel
from engine.feel import Expression
from engine.notation import bpmn_correlation, bpmn_data, bpmn_roles, cron, xml
from engine.notation.bpmn_extensions import (
    DUBAN_NAMESPACE,
    call,
    completer,
    extension,
    job,
    label,
    mappings,
    misfire,
    request,
    user_task,
    variable,
)
from engine.notation.bpmn_source import (
    EVENT,
    IMPLEMENTATION,
    LINK,
    LOOP,
    TIMER,
    Reading,
    flag,
    literal,
)
from engine.notation.model import AdHoc, Call, Job, Loop, Trigger

Fields = dict[str, Any]
Part = Callable[[Reading, etree._Element], Fields]

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
WAITED_FOR = frozenset({"message", "timer", "conditional", "signal"})
THROWS = frozenset({"intermediateThrowEvent", "endEvent", "implicitThrowEvent"})
_CRON = re.compile(r"(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|\S+(?:\s+\S+){5})$")
_CYCLE = re.compile(r"R(?:\d{0,9}|-1)/(?:(?P<start>[^/]+)/)?(?P<duration>P[^/]*)$")


def node_fields(reading: Reading, element: etree._Element, kind: str) -> Fields:
    """The fields that this element fills, apart from its place in the graph."""
    fields: Fields = {
        "id": element.get("id", ""),
        "kind": kind,
        "name": element.get("name", ""),
        "line": xml.line(element),
        "lane": reading.lanes.get(element.get("id", ""), ""),
        "name_en": label(element, "en"),
        "documentation": documentation(element),
    }
    for part in PARTS[kind]:
        fields.update(part(reading, element))
    return fields


def documentation(element: etree._Element) -> str:
    """The text of all `documentation` children."""
    return "\n".join(xml.text(child).strip() for child in xml.children(element, "documentation"))


# Activities --------------------------------------------------------------------------------------------------------


def _activity(reading: Reading, element: etree._Element) -> Fields:
    fields: Fields = {
        "loop": loop(reading, element),
        "start_quantity": reading.whole(element, "startQuantity", 1),
        "completion_quantity": reading.whole(element, "completionQuantity", 1),
        "for_compensation": flag(element, "isForCompensation", False),
        "data": bpmn_data.declared(reading, element),
        "inputs": bpmn_data.associations(reading, element, "dataInputAssociation")
        + mappings(reading, element, "input"),
        "outputs": bpmn_data.associations(reading, element, "dataOutputAssociation")
        + mappings(reading, element, "output"),
    }
    for name, attribute in (("start_quantity", "startQuantity"), ("completion_quantity", "completionQuantity")):
        if fields[name] < 1:
            reading.refuse(LOOP, f"expected {attribute} to be 1 or more (clause 10.3), found 0", element)
        elif fields[name] > 1:
            reading.feature(attribute, element)
    if fields["for_compensation"]:
        reading.feature("compensation", element)
    if xml.local(element) not in bpmn_roles.HOSTS:
        bpmn_roles.roles(reading, element)
    return fields


def _user_task(reading: Reading, element: etree._Element) -> Fields:
    who = bpmn_roles.roles(reading, element)
    return {"user_task": replace(user_task(reading, element), **who), "completer": completer(reading, element)}


def _starter(reading: Reading, element: etree._Element) -> Fields:
    return {"completer": completer(reading, element)}


def _service(reading: Reading, element: etree._Element) -> Fields:
    work = job(reading, element) or _foreign_service(reading, element)
    if work is None:
        reading.refuse(IMPLEMENTATION, "a service task needs zeebe:taskDefinition type", element)
    return {"job": work}


def _foreign_service(reading: Reading, element: etree._Element) -> Job | None:
    if not reading.foreign:
        return None
    implementation = element.get("implementation", "").removeprefix("##WebService").removeprefix("##unspecified")
    named = str(element.get("operationRef") or implementation or element.get("id", ""))
    return Job(literal(reading.service_job(named, element)))


def _script(reading: Reading, element: etree._Element) -> Fields:
    work = job(reading, element)
    script = xml.child(element, "script")
    written = extension(element, "script")
    if written is not None and work is not None:
        reading.refuse(IMPLEMENTATION, "expected zeebe:script or zeebe:taskDefinition, found both", element)
    if work is not None:
        return {"job": work}
    if written is not None:
        text = written.get("expression", "").strip().removeprefix("=")
        return {"script": reading.feel(text, written), "result_variable": variable(reading, written, "resultVariable")}
    if script is None:
        reading.refuse(
            IMPLEMENTATION, "a script task needs zeebe:script, zeebe:taskDefinition or a FEEL script", element
        )
        return {}
    if reading.foreign:
        return {"job": Job(literal(reading.script_job(xml.text(script).strip(), script)))}
    return _plain_script(reading, element, script)


def _plain_script(reading: Reading, element: etree._Element, script: etree._Element) -> Fields:
    language = element.get("scriptFormat") or element.get("scriptLanguage") or ""
    if language and "feel" not in language.lower():
        hint = "write FEEL, or make it a job with zeebe:taskDefinition"
        reading.refuse(IMPLEMENTATION, f"expected a script in FEEL, found '{language}'; {hint}", script)
        return {}
    return {"script": reading.feel(xml.text(script).strip().removeprefix("="), script)}


def _rules(reading: Reading, element: etree._Element) -> Fields:
    work, called = job(reading, element), extension(element, "calledDecision")
    if called is not None and work is None:
        decision = reading.static(called.get("decisionId", ""), called)
        return {"decision": decision, "result_variable": variable(reading, called, "resultVariable")}
    if called is not None:
        reading.refuse(IMPLEMENTATION, "expected zeebe:calledDecision or zeebe:taskDefinition, found both", element)
    work = work or _foreign_service(reading, element)
    if work is None:
        reading.refuse(
            IMPLEMENTATION, "a business rule task needs zeebe:calledDecision or zeebe:taskDefinition", element
        )
    return {"job": work}


def _send(reading: Reading, element: etree._Element) -> Fields:
    if work := job(reading, element):
        return {"job": work}
    if element.get("messageRef") or element.get("operationRef"):
        return {"message": message(reading, element, element)}
    if work := _foreign_service(reading, element):
        return {"job": work}
    reading.refuse(IMPLEMENTATION, "a send task needs messageRef or zeebe:taskDefinition", element)
    return {}


def _receive(reading: Reading, element: etree._Element) -> Fields:
    instantiate = flag(element, "instantiate", False)
    if instantiate:
        reading.feature("instantiatingReceiveTask", element)
    return {"message": message(reading, element, element), "instantiate": instantiate}


def _call(reading: Reading, element: etree._Element) -> Fields:
    if made := call(reading, element):
        return {"call": made}
    called = (element.get("calledElement") or "").rpartition(":")[2].strip()
    if not called:
        reading.refuse(IMPLEMENTATION, "a call activity needs zeebe:calledElement processId or calledElement", element)
    return {"call": Call(process=literal(called), static_process=called)}


def _sub_process(_reading: Reading, element: etree._Element) -> Fields:
    return {"triggered_by_event": flag(element, "triggeredByEvent", False)}


def _transaction(reading: Reading, element: etree._Element) -> Fields:
    reading.feature("transaction", element)
    method = element.get("method", "##Compensate")
    if method not in ("##Compensate", "compensate"):
        reading.refuse(IMPLEMENTATION, f"expected the transaction method ##Compensate, found '{method}'", element)
    return {}


def _ad_hoc(reading: Reading, element: etree._Element) -> Fields:
    reading.feature("adHocSubProcess", element)
    completion, active = xml.child(element, "completionCondition"), extension(element, "adHoc")
    chosen = None if active is None else active.get("activeElementsCollection")
    return {
        "ad_hoc": AdHoc(
            parallel=element.get("ordering", "Parallel") == "Parallel",
            completion=None if completion is None else reading.formal(completion),
            cancel_remaining=flag(element, "cancelRemainingInstances", True),
            active_elements=reading.static(chosen, element) if chosen else None,
        )
    }


# Loops -------------------------------------------------------------------------------------------------------------


def loop(reading: Reading, activity: etree._Element) -> Loop | None:
    """The loop characteristics of an activity (clause 10.3.8)."""
    standard = xml.child(activity, "standardLoopCharacteristics")
    if standard is not None:
        return _standard_loop(reading, standard)
    multiple = xml.child(activity, "multiInstanceLoopCharacteristics")
    return None if multiple is None else _multi_instance(reading, activity, multiple)


def _standard_loop(reading: Reading, element: etree._Element) -> Loop:
    maximum = element.get("loopMaximum")
    return Loop(
        kind="standard",
        condition=_formal_child(reading, element, "loopCondition"),
        test_before=flag(element, "testBefore", False),
        maximum=feel.compile(str(reading.whole(element, "loopMaximum", 0))) if maximum else None,
    )


def _multi_instance(reading: Reading, activity: etree._Element, element: etree._Element) -> Loop:
    fields = _collection(reading, activity, element)
    cardinality = _formal_child(reading, element, "loopCardinality")
    if (cardinality is None) == (fields.get("collection") is None):
        expected = "expected loopCardinality or a collection (zeebe:loopCharacteristics or loopDataInputRef)"
        reading.refuse(LOOP, f"{expected}, found {'neither' if cardinality is None else 'both'}", element)
    return Loop(
        kind="sequential" if flag(element, "isSequential", False) else "parallel",
        condition=_formal_child(reading, element, "completionCondition"),
        cardinality=cardinality,
        **fields,
        **_behavior(reading, element),
    )


def _collection(reading: Reading, activity: etree._Element, element: etree._Element) -> Fields:
    written = extension(element, "loopCharacteristics")
    if written is None:
        return bpmn_data.collection(reading, activity, element)
    output = written.get("outputElement")
    fields: Fields = {
        "collection": reading.static(written.get("inputCollection", ""), written),
        "element_variable": variable(reading, written, "inputElement"),
        "output_collection": variable(reading, written, "outputCollection"),
        "output_element": reading.static(output, written) if output else None,
    }
    if (fields["output_collection"] is None) != (fields["output_element"] is None):
        reading.refuse(LOOP, "expected outputCollection and outputElement together, found one of them", written)
    return fields


def _behavior(reading: Reading, element: etree._Element) -> Fields:
    behavior = element.get("behavior", "All")
    if behavior == "All":
        return {}
    reading.feature("multiInstanceBehavior", element)
    if behavior == "Complex":
        return {"behavior": behavior, "complex_triggers": tuple(_complex_behavior(reading, element))}
    name = f"{behavior.lower()}BehaviorEventRef"
    definition = reading.resolve(element.get(name), DEFINITIONS, element) if element.get(name) else None
    if definition is None:
        reading.refuse(LOOP, f"behavior {behavior} needs {name} (clause 10.3.8)", element)
        return {"behavior": behavior}
    thrown = trigger(reading, definition, element, throws=True)
    return {"behavior": behavior, f"{behavior.lower()}_trigger": thrown}


def _complex_behavior(reading: Reading, element: etree._Element) -> Iterable[tuple[Expression, Trigger]]:
    for behavior in xml.children(element, "complexBehaviorDefinition"):
        condition, event = xml.child(behavior, "condition"), xml.child(behavior, "event")
        if condition is None or event is None:
            reading.refuse(LOOP, "a complexBehaviorDefinition needs a condition and an event", behavior)
            continue
        for definition in definitions(reading, event):
            yield reading.formal(condition), trigger(reading, definition, event, throws=True)


def _formal_child(reading: Reading, element: etree._Element, name: str) -> Expression | None:
    child = xml.child(element, name)
    return None if child is None else reading.formal(child)


# Events ------------------------------------------------------------------------------------------------------------


def definitions(reading: Reading, event: etree._Element) -> list[etree._Element]:
    """The event definitions of an event, its own and those that it refers to."""
    found = list(xml.children(event, *DEFINITIONS))
    for reference in xml.children(event, "eventDefinitionRef"):
        definition = reading.resolve(xml.text(reference), DEFINITIONS, reference)
        if definition is not None:
            found.append(definition)
    return found


def _event(reading: Reading, element: etree._Element) -> Fields:
    throws = xml.local(element) in THROWS
    triggers = tuple(trigger(reading, found, element, throws) for found in definitions(reading, element))
    parallel = flag(element, "parallelMultiple", False)
    if len(triggers) > 1:
        reading.feature("parallelMultipleEvent" if parallel else "multipleEvent", element)
    bpmn_data.check_event(reading, element)
    if parallel and not {each.kind for each in triggers} <= WAITED_FOR:
        reading.refuse(EVENT, "a parallel multiple event waits for messages, timers, conditions and signals", element)
    return {
        "payload": bpmn_data.payload(element),
        "triggers": triggers,
        "request": request(reading, element),
        "parallel_multiple": parallel and len(triggers) > 1,
        "data": bpmn_data.declared(reading, element),
        "inputs": bpmn_data.associations(reading, element, "dataInputAssociation")
        + mappings(reading, element, "input"),
        "outputs": bpmn_data.associations(reading, element, "dataOutputAssociation")
        + mappings(reading, element, "output"),
    }


def _start(_reading: Reading, element: etree._Element) -> Fields:
    return {"interrupting": flag(element, "isInterrupting", True)}


def _boundary(_reading: Reading, element: etree._Element) -> Fields:
    attached = element.get("attachedToRef", "").rpartition(":")[2].strip()
    return {"interrupting": flag(element, "cancelActivity", True), "attached_to": attached}


def _throw_job(reading: Reading, element: etree._Element) -> Fields:
    """A message throw with `zeebe:taskDefinition` is done by a handler in place of our own message."""
    work = job(reading, element)
    if work is None:
        return {}
    if [xml.local(found) for found in definitions(reading, element)] != ["messageEventDefinition"]:
        reading.refuse(IMPLEMENTATION, "only a message event can have zeebe:taskDefinition", element)
    return {"job": work}


def trigger(reading: Reading, definition: etree._Element, event: etree._Element, throws: bool) -> Trigger:
    """One event definition, on `event` (which need not be its parent), thrown or caught."""
    kind = DEFINITIONS[xml.local(definition)]
    identity = definition.get("id", "")
    if kind == "message":
        if throws and extension(event, "taskDefinition") is not None:
            return Trigger(kind, identity)
        return message(reading, definition, event) or Trigger(kind, identity)
    if kind == "timer":
        return Trigger(kind, identity, **_timer(reading, definition, event))
    if kind in ("signal", "link"):
        return Trigger(kind, identity, name=_name(reading, definition, kind))
    if kind in ("error", "escalation"):
        return Trigger(kind, identity, **_code(reading, definition, kind, throws))
    if kind == "compensation":
        return Trigger(kind, identity, activity=_compensated(reading, definition), wait=_waits(reading, definition))
    if kind == "conditional":
        reading.feature("conditionalEvent", definition)
        return Trigger(kind, identity, condition=_formal_child(reading, definition, "condition"))
    if kind == "cancel":
        reading.feature("cancelEvent", definition)
    return Trigger(kind, identity)


def message(reading: Reading, holder: etree._Element, host: etree._Element) -> Trigger | None:
    """What `holder` (a message event definition, or a send or receive task) refers to."""
    found = _message_element(reading, holder)
    if found is None:
        return None
    name = reading.names.get(found.get("id", ""), "")
    key, ttl = None, None
    for source, key_name, ttl_name in (
        (extension(found, "subscription"), "correlationKey", ""),
        (extension(host, "publishMessage"), "correlationKey", "timeToLive"),
        (extension(host, "publish", DUBAN_NAMESPACE), "key", "ttl"),
    ):
        if source is not None and source.get(key_name):
            key = reading.static(source.get(key_name, ""), source)
        if source is not None and ttl_name and source.get(ttl_name):
            ttl = reading.static(source.get(ttl_name, ""), source)
    if found.get("id") in reading.correlated and extension(found, "subscription") is None:
        reading.feature("correlation", holder)
        throws = xml.local(host) in THROWS | {"sendTask"}
        key = key or bpmn_correlation.key(reading, found.get("id", ""), host, throws)
    return Trigger("message", holder.get("id", ""), name=reading.static(name, found), key=key, ttl=ttl)


def _message_element(reading: Reading, holder: etree._Element) -> etree._Element | None:
    """The message: named directly, or by the operation whose in-message it is."""
    if reference := holder.get("messageRef"):
        return reading.resolve(reference, ("message",), holder)
    inner = xml.child(holder, "operationRef")
    operation_name = holder.get("operationRef") or xml.text(inner).strip()
    if not operation_name:
        reading.refuse(EVENT, "expected messageRef to name a message, found nothing", holder)
        return None
    operation = reading.resolve(operation_name, ("operation",), holder)
    incoming = None if operation is None else xml.child(operation, "inMessageRef")
    return None if incoming is None else reading.resolve(xml.text(incoming), ("message",), incoming)


def _name(reading: Reading, definition: etree._Element, kind: str) -> Expression | None:
    if kind == "link":
        name = definition.get("name", "").strip()
        if not name:
            reading.refuse(LINK, "a link event needs a name (clause 10.5.5)", definition)
        return literal(name)
    if not definition.get("signalRef"):
        reading.refuse(EVENT, "expected signalRef to name a signal, found nothing", definition)
        return None
    found = reading.resolve(definition.get("signalRef"), ("signal",), definition)
    return None if found is None else reading.static(reading.names.get(found.get("id", ""), ""), found)


def _code(reading: Reading, definition: etree._Element, kind: str, throws: bool) -> Fields:
    """The code, or where `=` stands before it and the event throws, the expression that yields it."""
    reference = definition.get(f"{kind}Ref")
    if reference is None:
        if throws:
            reading.refuse(EVENT, f"an event that throws an {kind} needs {kind}Ref", definition)
        return {}
    found = reading.resolve(reference, (kind,), definition)
    code = "" if found is None else reading.codes.get(found.get("id", ""), "")
    if not code.startswith("="):
        return {"code": code}
    reading.feature("codeExpression", definition)
    if not throws:
        reading.refuse(EVENT, f"an event that catches an {kind} needs a code, not an expression", definition)
    return {"code_expression": reading.feel(code[1:], definition)}


def _compensated(reading: Reading, definition: etree._Element) -> str | None:
    reading.feature("compensation", definition)
    reference = definition.get("activityRef")
    if reference is None:
        return None
    found = reading.resolve(reference, sorted(ACTIVITY_KINDS), definition)
    return None if found is None else found.get("id")


def _waits(reading: Reading, definition: etree._Element) -> bool:
    waits = flag(definition, "waitForCompletion", True)
    if not waits:
        reading.feature("compensationWithoutWaiting", definition)
    return waits


def _timer(reading: Reading, definition: etree._Element, event: etree._Element) -> Fields:
    written = list(xml.children(definition, "timeDate", "timeDuration", "timeCycle"))
    if len(written) != 1 or not xml.text(written[0]).strip():
        reading.refuse(
            TIMER, "a timer needs one of timeDate, timeDuration and timeCycle, and a value in it", definition
        )
        return {}
    kind = xml.local(written[0]).removeprefix("time").lower()
    text = xml.text(written[0]).strip()
    if kind == "cycle" and _CRON.match(text) and not text.startswith("="):
        reading.feature("cronCycle", written[0])
        _check_cron(reading, text, written[0])
    elif not text.startswith("=") and not _is_timer(kind, text) and "${" not in text:
        reading.refuse(TIMER, f"expected {_TIMER_FORMS[kind]} or FEEL after =, found '{text}'", written[0])
    return {
        "timer_kind": kind,
        "timer": reading.static(text, written[0]),
        "misfire": misfire(reading, event, kind),
    }


def _check_cron(reading: Reading, text: str, element: etree._Element) -> None:
    try:
        cron.parse(text)
    except ValueError as error:
        reading.refuse(TIMER, f"in the cycle: {error}", element)


_TIMER_FORMS = {
    "date": "an ISO 8601 date and time such as 2026-10-01T08:00:00+08:00",
    "duration": "an ISO 8601 duration such as PT24H",
    "cycle": "an ISO 8601 repetition such as R3/PT1H",
}


def _is_timer(kind: str, text: str) -> bool:
    if kind == "date":
        return _reads(feel.parse_date_and_time, text)
    if kind == "duration":
        return _reads(feel.parse_duration, text)
    match = _CYCLE.match(text)
    if match is None or not _reads(feel.parse_duration, match["duration"]):
        return False
    return match["start"] is None or _reads(feel.parse_date_and_time, match["start"])


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        return parse(text) is not None
    except feel.FeelError:
        return False


# Gateways ----------------------------------------------------------------------------------------------------------


def _event_gateway(reading: Reading, element: etree._Element) -> Fields:
    instantiate = flag(element, "instantiate", False)
    exclusive = element.get("eventGatewayType", "Exclusive") == "Exclusive"
    if instantiate:
        reading.feature("instantiatingEventBasedGateway", element)
    if not exclusive:
        reading.feature("parallelEventBasedGateway", element)
    return {"instantiate": instantiate, "exclusive": exclusive}


def _complex_gateway(reading: Reading, element: etree._Element) -> Fields:
    reading.feature("complexGateway", element)
    return {"activation": _formal_child(reading, element, "activationCondition")}


PARTS: Mapping[str, tuple[Part, ...]] = {
    "task": (_activity,),
    "manualTask": (_activity,),
    "userTask": (_activity, _user_task),
    "serviceTask": (_activity, _service),
    "scriptTask": (_activity, _script),
    "businessRuleTask": (_activity, _rules),
    "sendTask": (_activity, _send),
    "receiveTask": (_activity, _receive),
    "callActivity": (_activity, _call),
    "subProcess": (_activity, _sub_process),
    "transaction": (_activity, _sub_process, _transaction),
    "adHocSubProcess": (_activity, _sub_process, _ad_hoc),
    "startEvent": (_event, _start, _starter),
    "endEvent": (_event, _throw_job),
    "intermediateThrowEvent": (_event, _throw_job),
    "intermediateCatchEvent": (_event,),
    "boundaryEvent": (_event, _boundary),
    "exclusiveGateway": (),
    "parallelGateway": (),
    "inclusiveGateway": (),
    "eventBasedGateway": (_event_gateway,),
    "complexGateway": (_complex_gateway,),
}
ACTIVITY_KINDS = frozenset(kind for kind, parts in PARTS.items() if _activity in parts)
GLOBAL_TASKS: Mapping[str, str] = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
