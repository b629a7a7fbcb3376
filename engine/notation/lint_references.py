"""Every reference of BPMN 2.0.2 names something that exists and is of the right kind (rules BPS004, BPS005).

The tables follow the attributes of the metamodel's classes; XML Schema checks neither, since it takes any name.
"""

from collections.abc import Iterator, Mapping

from engine.notation import xml
from engine.notation.lint_model import (
    ACTIVITIES,
    CHOREOGRAPHIES,
    CHOREOGRAPHY_ACTIVITIES,
    COLLABORATIONS,
    CONVERSATION_NODES,
    DEFINITIONS,
    EVENTS,
    FLOW_NODES,
    GLOBAL_TASKS,
    MIME,
    Check,
    Element,
    Finding,
    Sheet,
    Unknown,
    in_dialect,
    named,
)

Kinds = frozenset[str]
ANY: Kinds = frozenset()


def _kinds(text: str) -> Kinds:
    return frozenset(text.split())


MESSAGE, ITEM, ERROR, PARTICIPANT = map(_kinds, ("message", "itemDefinition", "error", "participant"))
OPERATION, PROCESS, FLOW, MESSAGE_FLOW = map(_kinds, ("operation", "process", "sequenceFlow", "messageFlow"))
PROPERTY, CATEGORY_VALUE = map(_kinds, ("correlationProperty", "categoryValue"))
INPUTS = _kinds("dataInput inputDataItem")
OUTPUTS = _kinds("dataOutput outputDataItem")
ITEM_AWARE = INPUTS | OUTPUTS | _kinds("dataObject dataObjectReference dataStore dataStoreReference property")
INTERACTION = ACTIVITIES | EVENTS | PARTICIPANT | CONVERSATION_NODES
DEFINITION = frozenset(DEFINITIONS)

ATTRIBUTES: Mapping[str, Mapping[str, Kinds]] = {
    "sequenceFlow": {"sourceRef": FLOW_NODES, "targetRef": FLOW_NODES},
    "messageFlow": {"sourceRef": INTERACTION, "targetRef": INTERACTION, "messageRef": MESSAGE},
    "conversationLink": {"sourceRef": INTERACTION, "targetRef": INTERACTION},
    "association": {"sourceRef": ANY, "targetRef": ANY},
    "boundaryEvent": {"attachedToRef": ACTIVITIES | CHOREOGRAPHY_ACTIVITIES},
    "callActivity": {"calledElement": PROCESS | GLOBAL_TASKS},
    "callChoreography": {"calledChoreographyRef": CHOREOGRAPHIES},
    "callConversation": {"calledCollaborationRef": _kinds("collaboration globalConversation")},
    "choreographyTask": {"initiatingParticipantRef": PARTICIPANT},
    "subChoreography": {"initiatingParticipantRef": PARTICIPANT},
    "globalChoreographyTask": {"initiatingParticipantRef": PARTICIPANT},
    "compensateEventDefinition": {"activityRef": ACTIVITIES},
    "conversationAssociation": {
        "innerConversationNodeRef": CONVERSATION_NODES,
        "outerConversationNodeRef": CONVERSATION_NODES,
    },
    "correlationPropertyBinding": {"correlationPropertyRef": PROPERTY},
    "correlationPropertyRetrievalExpression": {"messageRef": MESSAGE},
    "correlationSubscription": {"correlationKeyRef": _kinds("correlationKey")},
    "dataInput": {"itemSubjectRef": ITEM},
    "inputDataItem": {"itemSubjectRef": ITEM},
    "dataObject": {"itemSubjectRef": ITEM},
    "dataObjectReference": {"itemSubjectRef": ITEM, "dataObjectRef": _kinds("dataObject")},
    "dataOutput": {"itemSubjectRef": ITEM},
    "outputDataItem": {"itemSubjectRef": ITEM},
    "dataStore": {"itemSubjectRef": ITEM},
    "dataStoreReference": {"itemSubjectRef": ITEM, "dataStoreRef": _kinds("dataStore")},
    "error": {"structureRef": ITEM},
    "escalation": {"structureRef": ITEM},
    "signal": {"structureRef": ITEM},
    "errorEventDefinition": {"errorRef": ERROR},
    "escalationEventDefinition": {"escalationRef": _kinds("escalation")},
    "signalEventDefinition": {"signalRef": _kinds("signal")},
    "messageEventDefinition": {"messageRef": MESSAGE},
    "formalExpression": {"evaluatesToTypeRef": ITEM},
    "group": {"categoryValueRef": CATEGORY_VALUE},
    "ioBinding": {"operationRef": OPERATION, "inputDataRef": _kinds("inputSet"), "outputDataRef": _kinds("outputSet")},
    "lane": {"partitionElementRef": ANY},
    "message": {"itemRef": ITEM},
    "messageFlowAssociation": {"innerMessageFlowRef": MESSAGE_FLOW, "outerMessageFlowRef": MESSAGE_FLOW},
    "multiInstanceLoopCharacteristics": {"oneBehaviorEventRef": DEFINITION, "noneBehaviorEventRef": DEFINITION},
    "participant": {"processRef": PROCESS},
    "process": {"definitionalCollaborationRef": COLLABORATIONS},
    "property": {"itemSubjectRef": ITEM},
    "receiveTask": {"messageRef": MESSAGE, "operationRef": OPERATION},
    "sendTask": {"messageRef": MESSAGE, "operationRef": OPERATION},
    "serviceTask": {"operationRef": OPERATION},
    "resourceParameter": {"type": ITEM},
    "resourceParameterBinding": {"parameterRef": _kinds("resourceParameter")},
}
"""tag → attribute → what it may name. `default` of any element names a sequence flow; that is checked apart."""
DEFAULTS = frozenset(ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"})

CHILDREN: Mapping[str, Kinds] = {
    "incoming": FLOW,
    "outgoing": FLOW,
    "flowNodeRef": FLOW_NODES,
    "categoryValueRef": CATEGORY_VALUE,
    "eventDefinitionRef": DEFINITION,
    "messageFlowRef": MESSAGE_FLOW,
    "participantRef": PARTICIPANT,
    "operationRef": OPERATION,
    "inMessageRef": MESSAGE,
    "outMessageRef": MESSAGE,
    "errorRef": ERROR,
    "interfaceRef": _kinds("interface"),
    "supportedInterfaceRef": _kinds("interface"),
    "endPointRef": _kinds("endPoint"),
    "supports": PROCESS,
    "resourceRef": _kinds("resource"),
    "correlationPropertyRef": PROPERTY,
    "choreographyRef": CHOREOGRAPHIES,
    "innerParticipantRef": PARTICIPANT,
    "outerParticipantRef": PARTICIPANT,
    "dataInputRefs": INPUTS,
    "optionalInputRefs": INPUTS,
    "whileExecutingInputRefs": INPUTS,
    "outputSetRefs": _kinds("outputSet"),
    "dataOutputRefs": OUTPUTS,
    "optionalOutputRefs": OUTPUTS,
    "whileExecutingOutputRefs": OUTPUTS,
    "inputSetRefs": _kinds("inputSet"),
    "loopDataInputRef": ITEM_AWARE,
    "loopDataOutputRef": ITEM_AWARE,
}
"""Elements whose text is a reference, whatever holds them."""
CHILDREN_OF: Mapping[str, Mapping[str, Kinds]] = {
    "dataInputAssociation": {"sourceRef": ITEM_AWARE, "targetRef": ITEM_AWARE},
    "dataOutputAssociation": {"sourceRef": ITEM_AWARE, "targetRef": ITEM_AWARE},
    "linkEventDefinition": {"source": _kinds("linkEventDefinition"), "target": _kinds("linkEventDefinition")},
    "relationship": {"source": ANY, "target": ANY},
}
"""Elements whose text is a reference, in these holders only."""


_TYPES = frozenset(["structureRef", "evaluatesToTypeRef", "type"])
"""Easily taken for the type itself, as in an item definition: the name of a well-known type is a warning only."""
_WELL_KNOWN = frozenset(
    "string boolean bool int integer long short byte float double decimal number date datetime time duration object"
    " anytype anyuri".split()
)


def references(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.elements:
        tag = xml.local(element)
        for name, kinds in ATTRIBUTES.get(tag, {}).items():
            if (value := element.get(name)) is not None:
                yield from _judged(sheet, element, name, value, kinds)
        if tag != "formalExpression" and (value := element.get("evaluatesToTypeRef")) is not None:
            yield from _judged(sheet, element, "evaluatesToTypeRef", value, ITEM)  # any expression may be a formal one
        if tag in DEFAULTS and (value := element.get("default")) is not None:
            yield from _judged(sheet, element, "default", value, FLOW)
        holder = element.getparent()
        kinds_of_text = CHILDREN_OF.get("" if holder is None else xml.local(holder), {}).get(tag, CHILDREN.get(tag))
        if kinds_of_text is not None:
            yield from _judged(sheet, element, tag, xml.text(element), kinds_of_text)


def _judged(sheet: Sheet, element: Element, name: str, value: str, kinds: Kinds) -> Iterator[Finding]:
    found = sheet.resolve(value, element)
    if isinstance(found, Unknown):
        return
    if found is None and name in _TYPES:
        rule = "BPS006" if ":" in value or value.strip().lower() in _WELL_KNOWN else "BPS008"
        yield Finding(rule, element, f"expected {name} '{value.strip()}' to be the id of an itemDefinition")
    elif found is None and name == "calledElement" and (value in sheet.callable or in_dialect(element)):
        return
    elif found is None:
        wanted = f"a {_listed(kinds)}" if kinds else "an element"
        yield Finding("BPS004", element, f"expected {name} '{value.strip()}' to be the id of {wanted}, found nothing")
    elif kinds and xml.local(found) not in kinds:
        yield Finding("BPS005", element, f"expected {name} to name a {_listed(kinds)}, found {named(found)}")


def _listed(kinds: Kinds) -> str:
    names = sorted(kinds)
    return " or ".join(names) if len(names) <= 4 else "flow node, data or event of the right kind"


def formats(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.all("documentation", "textAnnotation"):
        text = element.get("textFormat")
        if text is not None and not MIME.fullmatch(text.strip()):
            yield Finding("BPS007", element, f"expected textFormat like text/plain, found '{text}'")


CHECKS: tuple[Check, ...] = (references, formats)
