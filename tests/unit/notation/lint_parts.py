"""Parts of small models for the tests of lint, written without their ceremony."""

from itertools import pairwise

from tests.support.diagrams import HEAD, boundary, end, flows, start

_DI = (
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI">'
)
ROOTS = (
    '<itemDefinition id="text"/><itemDefinition id="number"/><itemDefinition id="texts" isCollection="true"/>'
    '<message id="m" name="M" itemRef="text"/><message id="m2" name="M2"/><signal id="sig" structureRef="text"/>'
    '<error id="err" errorCode="E"/><escalation id="esc" escalationCode="X"/><error id="mute"/>'
    '<interface id="i" name="I"><operation id="op" name="op"><inMessageRef>m</inMessageRef></operation></interface>'
    '<interface id="j" name="J"><operation id="op2" name="op2"><inMessageRef>m2</inMessageRef></operation></interface>'
)


def definitions(*parts: str) -> str:
    return HEAD[:-1] + _DI + ROOTS + "".join(parts) + "</definitions>"


def process(*parts: str, executable: bool = False, extra: str = "", id: str = "p") -> str:
    return f'<process id="{id}" isExecutable="{str(executable).lower()}"{extra}>{"".join(parts)}</process>'


def model(*parts: str, executable: bool = False) -> str:
    """One process in a file."""
    return definitions(process(*parts, executable=executable))


def line(*nodes: str, executable: bool = False, more: str = "") -> str:
    """start → the nodes, whose ids are n1, n2 … → end, in one process; `more` stands beside them."""
    ids = ["s", *(f"n{number}" for number in range(1, len(nodes) + 1)), "e"]
    ways = flows(*(f"{left} {right}" for left, right in pairwise(ids)))
    return model(start(), *nodes, end(), ways, more, executable=executable)


def task(id: str = "n1", inner: str = "", extra: str = "", tag: str = "task") -> str:
    return f'<{tag} id="{id}"{extra}>{inner}</{tag}>'


def event(tag: str, inner: str, id: str = "n1", extra: str = "") -> str:
    return f'<{tag} id="{id}"{extra}>{inner}</{tag}>'


MESSAGE = '<messageEventDefinition messageRef="m"><operationRef>op</operationRef></messageEventDefinition>'
SIGNAL = '<signalEventDefinition signalRef="sig"/>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
CONDITION = "<conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>"
ERROR = '<errorEventDefinition errorRef="err"/>'
ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'
COMPENSATE = "<compensateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
LINK = '<linkEventDefinition name="L"/>'
TERMINATE = "<terminateEventDefinition/>"


def flow(id: str, source: str, target: str, inner: str = "", extra: str = "") -> str:
    return f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}"{extra}>{inner}</sequenceFlow>'


FORMAL = 'xsi:type="tFormalExpression"'
IF = "<conditionExpression>x</conditionExpression>"


def sub(inner: str, id: str = "n1", tag: str = "subProcess", extra: str = "") -> str:
    return f'<{tag} id="{id}"{extra}>{inner}</{tag}>'


def inside(node: str = '<task id="in"/>') -> str:
    """The content of a sub-process: start → in → end."""
    return start("is") + node + end("ie") + flows("is in", "in ie")


def event_sub(definition: str, extra: str = "", more: str = "") -> str:
    body = f'<startEvent id="es"{extra}>{definition}</startEvent>{more}' + end("ee") + flows("es ee")
    return sub(body, "esp", extra=' triggeredByEvent="true"')


def again(event_sub_process: str) -> str:
    """The same with other ids."""
    for name in ("esp", "es", "ee", "es-ee"):
        event_sub_process = event_sub_process.replace(f'"{name}"', f'"{name}2"')
    return event_sub_process


def split(gateway: str, *targets: str, first: str = "") -> str:
    """start → gateway g → each target (ids a, b …) → end of its own."""
    names = "abcdefgh"[: len(targets)]
    ways = [flow(f"g-{name}", "g", name, first if name == "a" else "") for name in names]
    ends = [end(f"e{name}") + flows(f"{name} e{name}") for name in names]
    return model(start(), gateway, *targets, *ways, *ends, flows("s g"))


def beginning(gateway: str, *targets: str) -> str:
    """The same without a start event."""
    return split(gateway, *targets).replace(start(), "").replace(flows("s g"), "")


def catch(id: str, definition: str) -> str:
    return event("intermediateCatchEvent", definition, id)


def pools(*message_flows: str, left: str = "", right: str = "", more: str = "") -> str:
    """Two pools with a process each, and message flows between what is in them."""
    collaboration = (
        '<collaboration id="c"><participant id="P" processRef="p"/><participant id="Q" processRef="q"/>'
        '<participant id="R"/>' + "".join(message_flows) + more + "</collaboration>"
    )
    return definitions(collaboration, process(left), process(right, id="q"))


def message_flow(source: str, target: str, extra: str = "") -> str:
    return f'<messageFlow id="mf" sourceRef="{source}" targetRef="{target}"{extra}/>'


def io(inputs: str = "", outputs: str = "", in_set: str = "", out_set: str = "") -> str:
    sets = f'<inputSet id="ins">{in_set}</inputSet><outputSet id="outs">{out_set}</outputSet>'
    return f"<ioSpecification>{inputs}{outputs}{sets}</ioSpecification>"


IN = '<dataInput id="di"/>'
IN_REF = "<dataInputRefs>di</dataInputRefs>"
OUT = '<dataOutput id="do"/>'
OUT_REF = "<dataOutputRefs>do</dataOutputRefs>"
IO = io(IN, OUT, IN_REF, OUT_REF)


def feed(source: str = "", target: str = "di", more: str = "") -> str:
    sources = "".join(f"<sourceRef>{name}</sourceRef>" for name in source.split())
    return f"<dataInputAssociation>{sources}<targetRef>{target}</targetRef>{more}</dataInputAssociation>"


def result(source: str, target: str) -> str:
    return (
        f"<dataOutputAssociation><sourceRef>{source}</sourceRef><targetRef>{target}</targetRef></dataOutputAssociation>"
    )


def thing(id: str = "thing", extra: str = "", inner: str = "") -> str:
    return f'<dataObject id="{id}"{extra}>{inner}</dataObject>'


def instances(inner: str = "", extra: str = "") -> str:
    return f"<multiInstanceLoopCharacteristics{extra}>{inner}</multiInstanceLoopCharacteristics>"


def collaboration(*parts: str) -> str:
    return definitions(
        '<correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>x'
        '</messagePath></correlationPropertyRetrievalExpression></correlationProperty><correlationProperty id="cq">'
        '<correlationPropertyRetrievalExpression messageRef="m"><messagePath>x</messagePath>'
        "</correlationPropertyRetrievalExpression></correlationProperty>",
        *parts,
    )


def conversation(inner: str, members: str = "A B", tag: str = "collaboration") -> str:
    participants = "".join(f'<participant id="{name}"/>' for name in members.split())
    return collaboration(f'<{tag} id="c">{participants}{inner}</{tag}>')


def members(*names: str) -> str:
    return "".join(f"<participantRef>{name}</participantRef>" for name in names)


def choreography(*parts: str, ways: str = "") -> str:
    """Participants A, B, C with message flows AB, BA and BC."""
    people = "".join(f'<participant id="{name}"/>' for name in "ABC")
    messages = "".join(
        f'<messageFlow id="{left}{right}" sourceRef="{left}" targetRef="{right}"/>'
        for left, right in ("AB", "BA", "BC")
    )
    return definitions(f'<choreography id="ch">{people}{messages}{"".join(parts)}{ways}</choreography>')


def exchange(id: str, initiator: str, who: tuple[str, ...], message: str, tag: str = "choreographyTask") -> str:
    sent = f"<messageFlowRef>{message}</messageFlowRef>" if tag == "choreographyTask" else ""
    return f'<{tag} id="{id}" initiatingParticipantRef="{initiator}">{members(*who)}{sent}</{tag}>'


def drawing(content: str, plane: str = "p") -> str:
    diagram = (
        f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="{plane}">{content}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )
    return definitions(process(start(), end(), flows("s e")), diagram)


def shape(what: str, id: str = "sh", extra: str = "", inner: str = "") -> str:
    bounds = '<dc:Bounds x="0" y="0" width="1" height="1"/>'
    return f'<bpmndi:BPMNShape id="{id}" bpmnElement="{what}"{extra}>{bounds}{inner}</bpmndi:BPMNShape>'


def edge(what: str, extra: str = "") -> str:
    points = '<di:waypoint x="0" y="0"/><di:waypoint x="1" y="1"/>'
    return f'<bpmndi:BPMNEdge id="ed" bpmnElement="{what}"{extra}>{points}</bpmndi:BPMNEdge>'


PLAIN = line(task())
TWO_TASKS = start() + task("a") + task("b") + end() + flows("s a", "a b", "b e")
HANDLER = task("h", extra=' isForCompensation="true"')
UNDO = boundary("bc", "n1", COMPENSATE)
TO_HANDLER = '<association id="as" sourceRef="bc" targetRef="h" associationDirection="One"/>'
