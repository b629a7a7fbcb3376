"""The sentences of BPMN 2.0.2, clause by clause: the smallest model that breaks each is refused, its valid twin is not.

`lint_cases.py` has a pair for every rule; here are the other sentences behind the same rules, in the standard's order.
"""

from typing import NamedTuple

import pytest

from engine.notation.lint import lint_files
from tests.support.diagrams import boundary, end, flows, start
from tests.unit.notation.lint_parts import (
    CANCEL,
    COMPENSATE,
    ERROR,
    ESCALATION,
    FORMAL,
    HANDLER,
    IF,
    IN,
    IN_REF,
    IO,
    LINK,
    MESSAGE,
    OUT,
    OUT_REF,
    SIGNAL,
    TERMINATE,
    TIMER,
    TO_HANDLER,
    UNDO,
    catch,
    choreography,
    collaboration,
    conversation,
    definitions,
    drawing,
    edge,
    event,
    event_sub,
    exchange,
    feed,
    flow,
    inside,
    instances,
    io,
    line,
    members,
    message_flow,
    model,
    pools,
    process,
    result,
    shape,
    split,
    sub,
    task,
    thing,
)


class Constraint(NamedTuple):
    """A sentence of the standard in our words, its clause, the rule that keeps it, and the two models."""

    says: str
    clause: str
    rule: str
    bad: str
    good: str


def second(io: str) -> str:
    """The same specification with other ids."""
    for name in ("di", "do", "ins", "outs"):
        io = io.replace(f'"{name}"', f'"{name}2"').replace(f">{name}<", f">{name}2<")
    return io


def naming(home: str) -> str:
    """A send task that names its message by a prefix."""
    text = line(task(tag="sendTask", extra=' messageRef="x:m"'))
    return text.replace("<definitions ", f'<definitions xmlns:x="{home}" ', 1)


def compensating(activity: str) -> str:
    return f'<compensateEventDefinition activityRef="{activity}"/>'


def timed(inner: str) -> str:
    return line(catch("n1", f"<timerEventDefinition>{inner}</timerEventDefinition>"), executable=True)


def linked(name: str) -> str:
    link = f'<linkEventDefinition name="{name}"/>'
    throw = event("intermediateThrowEvent", link, "t")
    return line(task(), more=throw + flows("n1 t") + catch("c", link) + flows("c e"))


def calling(own: str, called: str) -> str:
    call = task("c", tag="callActivity", inner=own, extra=' calledElement="q"')
    return definitions(process(call), process(called, id="q"))


def of(item: str, specification: str = "") -> str:
    return (specification or io(IN, "", IN_REF)).replace('id="di"', f'id="di" itemSubjectRef="{item}"')


def serving(specification: str) -> str:
    return line(task(tag="serviceTask", extra=' operationRef="op"', inner=specification))


def behaving(definition: str) -> str:
    loop = instances("<loopCardinality>3</loopCardinality>", ' behavior="One" oneBehaviorEventRef="one"')
    return definitions(
        definition.replace(" ", ' id="one" ', 1), process(start(), task(inner=loop), end(), flows("s n1", "n1 e"))
    )


def complex_behavior(definition: str) -> str:
    said = f"<complexBehaviorDefinition><condition>x</condition><event>{definition}</event></complexBehaviorDefinition>"
    return line(task(inner=instances(said, ' behavior="Complex"')))


def lanes(*names: str) -> str:
    """Lanes L (with a child lane C) and K, and which of them list the task."""
    said = {name: "<flowNodeRef>a</flowNodeRef>" if name in names else "" for name in "LCK"}
    child = f'<childLaneSet><lane id="C">{said["C"]}</lane></childLaneSet>'
    both = f'<lane id="L">{said["L"]}{child}</lane><lane id="K">{said["K"]}</lane>'
    return model(f"<laneSet>{both}</laneSet>", task("a"))


def lane_of(reference: str) -> str:
    return model(f'<laneSet><lane id="l" partitionElementRef="{reference}"/></laneSet>', task("a"))


def two_collaborations(member: str, flow: str = "") -> str:
    flows = '<messageFlow id="{0}" sourceRef="{1}" targetRef="{2}"/>'
    used = f"<messageFlowRef>{flow}</messageFlowRef>" if flow else ""
    return collaboration(
        '<collaboration id="c"><participant id="A"/><participant id="B"/>' + flows.format("m1", "A", "B"),
        f'<conversation id="v">{members("A", member)}{used}</conversation></collaboration>',
        '<collaboration id="c2"><participant id="C"/><participant id="D"/>' + flows.format("m3", "C", "D"),
        "</collaboration>",
    )


def mapping(outer: str) -> str:
    association = (
        "<participantAssociation><innerParticipantRef>X</innerParticipantRef>"
        f"<outerParticipantRef>{outer}</outerParticipantRef></participantAssociation>"
    )
    return collaboration(
        '<choreography id="h"><participant id="X"/><participant id="Y"/></choreography>',
        f'<collaboration id="c"><participant id="A"/>{association}<choreographyRef>h</choreographyRef></collaboration>',
    )


def racing(*tasks: str) -> str:
    ways = flows("s g", "g t", "g u", "t e", "u e")
    return choreography(start(), '<eventBasedGateway id="g"/>', *tasks, end(), ways=ways)


def typed(item: str) -> str:
    condition = f'<conditionExpression {FORMAL} evaluatesToTypeRef="{item}">x</conditionExpression>'
    return split('<exclusiveGateway id="g"/>', task("a"), task("b"), first=condition)


THROW_INSIDE = sub(
    start("is") + event("intermediateThrowEvent", compensating("n1"), "it") + end("ie") + flows("is it", "it ie"), "n2"
)
THROW_HANDLING = event_sub(
    ERROR, more=event("intermediateThrowEvent", compensating("n1"), "it") + flows("es it", "it ee")
).replace(flows("es ee"), "")
UNDONE = UNDO + HANDLER + TO_HANDLER
LOOP_OVER_THING = instances("<loopDataInputRef>thing</loopDataInputRef>")
MANY = ' isCollection="true"'
MANY_IO = IO.replace('"di"', '"di"' + MANY).replace('"do"', '"do"' + MANY)

CONSTRAINTS = (
    # Chapter 8
    Constraint("a prefix stands for this file or an import", "8.2.2", "BPS004", naming("urn:else"), naming("urn:test")),
    Constraint(
        "the ends of a relationship exist",
        "8.2.1",
        "BPS004",
        definitions(process(), '<relationship type="t"><source>p</source><target>nothing</target></relationship>'),
        definitions(process(), '<relationship type="t"><source>p</source><target>m</target></relationship>'),
    ),
    Constraint("the element a lane stands for exists", "10.8", "BPS004", lane_of("nothing"), lane_of("a")),
    Constraint(
        "the item of an error exists",
        "8.4.3",
        "BPS008",
        definitions('<error id="x" structureRef="nothing"/>'),
        definitions('<error id="x" structureRef="text"/>'),
    ),
    Constraint(
        "the item of a signal exists",
        "10.5.5",
        "BPS008",
        definitions('<signal id="x" structureRef="nothing"/>'),
        definitions('<signal id="x" structureRef="text"/>'),
    ),
    Constraint(
        "the item of an escalation is an item definition",
        "8.4.4",
        "BPS005",
        definitions('<escalation id="x" structureRef="m"/>'),
        definitions('<escalation id="x" structureRef="text"/>'),
    ),
    Constraint(
        "the value of a group is a category value",
        "8.4.1",
        "BPS005",
        definitions('<category id="k"/>', process('<group id="g" categoryValueRef="k"/>')),
        definitions(
            '<category id="k"><categoryValue id="v"/></category>', process('<group id="g" categoryValueRef="v"/>')
        ),
    ),
    Constraint(
        "a sequence flow joins flow nodes, not artifacts",
        "8.4.1",
        "BPS005",
        model(task("a"), flow("f", "a", "n"), '<textAnnotation id="n"/>'),
        model(task("a"), '<textAnnotation id="n"/>', '<association id="f" sourceRef="a" targetRef="n"/>'),
    ),
    Constraint(
        "a sequence flow joins flow nodes, not data",
        "8.4.13",
        "BPS005",
        model(task("a"), thing(), flow("f", "a", "thing")),
        model(task("a"), thing(), '<association id="f" sourceRef="a" targetRef="thing"/>'),
    ),
    Constraint(
        "a message flow does not end at a gateway",
        "9.4",
        "BPS005",
        pools(message_flow("Q", "g"), left='<exclusiveGateway id="g"/>'),
        pools(message_flow("Q", "P")),
    ),
    Constraint(
        "a message flow does not end at an annotation",
        "9.4",
        "BPS005",
        pools(message_flow("Q", "n"), left='<textAnnotation id="n"/>'),
        pools(message_flow("Q", "P")),
    ),
    Constraint(
        "no condition on a flow out of a boundary event",
        "8.4.13",
        "BPS013",
        line(task(), more=boundary("b", "n1", TIMER) + flow("f", "b", "e", IF)),
        line(task(), more=boundary("b", "n1", TIMER) + flow("f", "b", "e")),
    ),
    Constraint(
        "the default flow of an activity leaves that activity",
        "8.4.13",
        "BPS016",
        line(task(extra=' default="s-n1"')),
        line(task(extra=' default="n1-e"')),
    ),
    Constraint("the type of an expression is an item definition", "8.4.6", "BPS005", typed("m"), typed("text")),
    Constraint("the type of an expression exists", "8.4.6", "BPS008", typed("nothing"), typed("number")),
    # Chapter 7.6: where a flow may go
    Constraint(
        "no flow from outside into a sub-process",
        "7.6.1",
        "BPS012",
        line(task(), sub(inside(), "n2"), more=flows("n1 in")),
        line(task(), sub(inside(), "n2")),
    ),
    Constraint(
        "no flow between a sub-process and what it holds",
        "7.6.1",
        "BPS012",
        line(sub(inside()), more=flows("n1 in")),
        line(sub(inside())),
    ),
    Constraint(
        "no flow out of an event sub-process",
        "7.6.1",
        "BPS012",
        line(task(), more=event_sub(TIMER) + flows("es n1")),
        line(task(), more=event_sub(TIMER)),
    ),
    Constraint(
        "no sequence flow between pools",
        "7.6.1",
        "BPS012",
        pools(left=task("a"), right=task("b") + flows("a b")),
        pools(message_flow("a", "b"), left=task("a"), right=task("b")),
    ),
    Constraint(
        "no flow from one sub-process into another",
        "7.6.1",
        "BPS012",
        line(sub(inside()), sub(task("x"), "n2"), more=flows("in x")),
        line(sub(inside()), sub(task("x"), "n2")),
    ),
    # Chapter 9
    Constraint(
        "no message flow within a pool, however deep",
        "9.4",
        "BPS030",
        pools(message_flow("a", "in"), left=task("a") + sub(inside())),
        pools(message_flow("a", "in"), left=task("a"), right=sub(inside())),
    ),
    Constraint(
        "a timer event receives no message flow",
        "9.4",
        "BPS032",
        pools(message_flow("Q", "s"), left=f'<startEvent id="s">{TIMER}</startEvent>' + end() + flows("s e")),
        pools(message_flow("Q", "s"), left=f'<startEvent id="s">{MESSAGE}</startEvent>' + end() + flows("s e")),
    ),
    Constraint(
        "an error boundary event receives no message flow",
        "9.4",
        "BPS032",
        pools(message_flow("Q", "b"), left=task("a") + boundary("b", "a", ERROR) + task("k") + flows("b k")),
        pools(message_flow("Q", "b"), left=task("a") + boundary("b", "a", MESSAGE) + task("k") + flows("b k")),
    ),
    Constraint(
        "a catching message event sends no message flow",
        "9.4",
        "BPS031",
        pools(message_flow("k", "Q"), left=start() + catch("k", MESSAGE) + end() + flows("s k", "k e")),
        pools(message_flow("Q", "k"), left=start() + catch("k", MESSAGE) + end() + flows("s k", "k e")),
    ),
    Constraint(
        "a signal end event sends no message flow",
        "9.4",
        "BPS031",
        pools(message_flow("e", "Q"), left=start() + end("e", SIGNAL) + flows("s e")),
        pools(message_flow("e", "Q"), left=start() + end("e", MESSAGE) + flows("s e")),
    ),
    Constraint(
        "the participants of a conversation are of its collaboration",
        "9.5",
        "BPS174",
        two_collaborations("C"),
        two_collaborations("B"),
    ),
    Constraint(
        "the message flows of a conversation are of its collaboration",
        "9.5",
        "BPS174",
        two_collaborations("B", "m3"),
        two_collaborations("B", "m1"),
    ),
    Constraint(
        "a collaboration maps to its own participants",
        "9.3",
        "BPS173",
        mapping("Y"),
        mapping("A"),
    ),
    Constraint(
        "a conversation link does not join two conversations",
        "9.5.4",
        "BPS171",
        conversation(
            f'<conversation id="v">{members("A", "B")}</conversation><conversation id="w">{members("A", "B")}'
            '</conversation><conversationLink id="k" sourceRef="v" targetRef="w"/>'
        ),
        conversation(
            f'<conversation id="v">{members("A", "B")}</conversation><conversation id="w">{members("A", "B")}'
            '</conversation><conversationLink id="k" sourceRef="A" targetRef="w"/>'
        ),
    ),
    Constraint(
        "a conversation is between two",
        "9.5",
        "BPS170",
        conversation(f'<conversation id="v">{members("A", "A")}</conversation>'),
        conversation(f'<conversation id="v">{members("A", "B")}</conversation>'),
    ),
    # Chapter 10.3
    Constraint(
        "nothing is attached to an event sub-process",
        "10.3.5",
        "BPS066",
        line(task(), more=event_sub(TIMER) + boundary("b", "esp", SIGNAL) + flows("b e")),
        line(task(), more=event_sub(TIMER) + boundary("b", "n1", SIGNAL) + flows("b e")),
    ),
    Constraint(
        "a service task with an operation has a data input",
        "10.3.3",
        "BPS150",
        serving(io()),
        serving(io(IN, "", IN_REF)),
    ),
    Constraint(
        "a service task has one data input",
        "10.3.3",
        "BPS150",
        serving(io(IN + '<dataInput id="d2"/>', "", IN_REF + "<dataInputRefs>d2</dataInputRefs>")),
        serving(io(IN, "", IN_REF)),
    ),
    Constraint(
        "a receive task has one data output",
        "10.3.3",
        "BPS150",
        line(
            task(
                tag="receiveTask",
                extra=' messageRef="m"',
                inner=io("", OUT + '<dataOutput id="d2"/>', "", OUT_REF + "<dataOutputRefs>d2</dataOutputRefs>"),
            )
        ),
        line(task(tag="receiveTask", extra=' messageRef="m"', inner=io("", OUT, "", OUT_REF))),
    ),
    Constraint(
        "the start event of a transaction waits for nothing",
        "10.5.2",
        "BPS040",
        line(
            sub(
                inside().replace('<startEvent id="is"/>', f'<startEvent id="is">{MESSAGE}</startEvent>'),
                tag="transaction",
            )
        ),
        line(sub(inside(), tag="transaction")),
    ),
    Constraint(
        "an ad-hoc sub-process has no end event",
        "10.3.5",
        "BPS107",
        line(sub(task("in") + end("ie") + flows("in ie"), tag="adHocSubProcess")),
        line(sub(task("in"), tag="adHocSubProcess")),
    ),
    Constraint(
        "a call has the sets of what it calls",
        "10.3.6",
        "BPS113",
        calling(io(IN, "", IN_REF), second(io(IN, "", IN_REF + '</inputSet><inputSet id="i3">' + IN_REF))),
        calling(io(IN, "", IN_REF), second(io(IN, "", IN_REF))),
    ),
    Constraint(
        "a call has the items of what it calls",
        "10.3.6",
        "BPS113",
        calling(of("number"), second(of("text"))),
        calling(of("text"), second(of("text"))),
    ),
    Constraint(
        "a multi-instance sub-process goes through data that it sees",
        "10.3.8",
        "BPS142",
        line(sub(LOOP_OVER_THING + inside()), sub(inside().replace('"i', '"j') + thing(extra=MANY), "n2")),
        line(sub(LOOP_OVER_THING + inside()), more=thing(extra=MANY)),
    ),
    Constraint(
        "a multi-instance task goes through a data input, not an output",
        "10.3.8",
        "BPS153",
        line(task(inner=MANY_IO + instances("<loopDataInputRef>do</loopDataInputRef>"))),
        line(task(inner=MANY_IO + instances("<loopDataInputRef>di</loopDataInputRef>"))),
    ),
    Constraint(
        "a multi-instance task gathers in a data output",
        "10.3.8",
        "BPS153",
        line(task(inner=MANY_IO + instances("<loopDataOutputRef>di</loopDataOutputRef>"))),
        line(task(inner=MANY_IO + instances("<loopDataOutputRef>do</loopDataOutputRef>"))),
    ),
    Constraint(
        "the event of a behavior can be thrown",
        "10.3.8",
        "BPS105",
        behaving("<timerEventDefinition />"),
        behaving('<signalEventDefinition signalRef="sig"/>'),
    ),
    Constraint(
        "the event of a complex behavior can be thrown",
        "10.3.8",
        "BPS040",
        complex_behavior(TIMER),
        complex_behavior(ESCALATION),
    ),
    # Chapter 10.4
    Constraint(
        "a data association joins two things",
        "10.4.1",
        "BPS147",
        line(task(inner=IO + feed("di"))),
        line(task(inner=IO + feed("thing")), more=thing()),
    ),
    Constraint(
        "an output association reaches what is visible",
        "10.4.1",
        "BPS142",
        line(task(inner=IO + result("do", "thing")), sub(inside() + thing(), "n2")),
        line(task(inner=IO + result("do", "thing")), sub(inside(), "n2"), more=thing()),
    ),
    Constraint(
        "every data output is in a set",
        "10.4.1",
        "BPS131",
        line(task(inner=io("", OUT))),
        line(task(inner=io("", OUT, "", OUT_REF))),
    ),
    # Chapter 10.5
    Constraint("a link has a name", "10.5.5", "BPS049", linked(""), linked("L")),
    Constraint(
        "a timer is said in words",
        "10.5.5",
        "BPS053",
        timed("<timeDate/>"),
        timed("<timeDate>2030-01-01</timeDate>"),
    ),
    Constraint(
        "a timer has one of date, duration and cycle",
        "10.5.5",
        "BPS001",
        timed("<timeDate>x</timeDate><timeDuration>y</timeDuration>"),
        timed("<timeDuration>PT1H</timeDuration>"),
    ),
    Constraint(
        "a conditional event has a condition",
        "10.5.5",
        "BPS001",
        line(catch("n1", "<conditionalEventDefinition/>")),
        line(
            catch("n1", f"<conditionalEventDefinition><condition {FORMAL}>x</condition></conditionalEventDefinition>")
        ),
    ),
    Constraint(
        "an escalation that is thrown has a code",
        "10.5.4",
        "BPS052",
        line(event("intermediateThrowEvent", "<escalationEventDefinition/>"), executable=True),
        line(event("intermediateThrowEvent", ESCALATION), executable=True),
    ),
    Constraint(
        "a cancel boundary event interrupts",
        "10.5.4",
        "BPS042",
        line(sub(inside(), tag="transaction"), more=boundary("b", "n1", CANCEL, interrupting=False) + flows("b e")),
        line(sub(inside(), tag="transaction"), more=boundary("b", "n1", CANCEL) + flows("b e")),
    ),
    Constraint(
        "an event sub-process begun by compensation interrupts",
        "10.5.2",
        "BPS042",
        line(task(), more=event_sub(COMPENSATE, ' isInterrupting="false"')),
        line(task(), more=event_sub(COMPENSATE)),
    ),
    Constraint(
        "a cancel end event is not at the top level",
        "10.5.3",
        "BPS046",
        model(start(), end("e", CANCEL), flows("s e")),
        model(start(), end("e", TERMINATE), flows("s e")),
    ),
    Constraint(
        "a boundary event is attached to an activity, not to an event",
        "10.5.4",
        "BPS005",
        line(catch("n1", TIMER), more=boundary("b", "n1", SIGNAL) + flows("b e")),
        line(task(), more=boundary("b", "n1", SIGNAL) + flows("b e")),
    ),
    Constraint(
        "a boundary event is attached to an activity, not to a gateway",
        "10.5.4",
        "BPS005",
        split('<exclusiveGateway id="g"/>', task("a"), task("b") + boundary("x", "g", TIMER) + flows("x eb")),
        split('<exclusiveGateway id="g"/>', task("a"), task("b") + boundary("x", "b", TIMER) + flows("x eb")),
    ),
    Constraint(
        "links join one level only",
        "10.5.5",
        "BPS056",
        line(
            sub(inside() + event("intermediateThrowEvent", LINK, "t") + flows("in t")),
            more=catch("c", LINK) + flows("c e"),
        ),
        linked("M"),
    ),
    Constraint(
        "a throwing event is in the flow",
        "10.5.4",
        "BPS023",
        model(event("intermediateThrowEvent", SIGNAL, "t"), task("u"), flows("t u")),
        line(event("intermediateThrowEvent", SIGNAL)),
    ),
    Constraint(
        "one interrupting event sub-process for one message",
        "10.5.6",
        "BPS048",
        line(task(), more=event_sub(MESSAGE) + event_sub(MESSAGE).replace('"e', '"k').replace('"esp', '"ksp')),
        line(task(), more=event_sub(MESSAGE)),
    ),
    # Chapter 10.6
    *[
        Constraint(
            f"{tag}: what is {said} is drawn so",
            "10.6.1",
            "BPS080",
            split(f'<{tag} id="g" gatewayDirection="{said}"/>', task("a"), task("b")),
            split(f'<{tag} id="g" gatewayDirection="Diverging"/>', task("a"), task("b")),
        )
        for tag in ("inclusiveGateway", "complexGateway", "parallelGateway")
        for said in ("Converging", "Mixed")
    ],
    Constraint(
        "behind an event-based gateway only some events",
        "10.6.6",
        "BPS083",
        split('<eventBasedGateway id="g"/>', catch("a", TIMER), event("intermediateThrowEvent", SIGNAL, "b")),
        split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", SIGNAL)),
    ),
    Constraint(
        "a parallel gateway has no default flow",
        "10.6.4",
        "BPS001",
        split('<parallelGateway id="g" default="g-a"/>', task("a"), task("b")),
        split('<inclusiveGateway id="g" default="g-a"/>', task("a"), task("b")),
    ),
    # Chapter 10.7
    Constraint(
        "compensation by name reaches its own level, not the one around",
        "10.7.2",
        "BPS062",
        line(task(), THROW_INSIDE, more=UNDONE),
        line(task(), event("intermediateThrowEvent", compensating("n1"), "n2"), more=UNDONE),
    ),
    Constraint(
        "from inside an event sub-process it reaches the level around",
        "10.7.2",
        "BPS062",
        line(task(), sub(inside() + THROW_HANDLING, "n2"), more=UNDONE),
        line(task(), more=THROW_HANDLING + UNDONE),
    ),
    Constraint(
        "a compensation event has one handler",
        "10.7.1",
        "BPS060",
        line(
            task(),
            more=HANDLER.replace('"h"', '"h2"') + UNDONE + TO_HANDLER.replace('"h"', '"h2"').replace('"as"', '"at"'),
        ),
        line(task(), more=UNDONE),
    ),
    # Chapter 10.8
    Constraint("a node is in a lane or its neighbour, not in both", "10.8", "BPS162", lanes("C", "K"), lanes("C", "L")),
    # Chapter 11
    Constraint(
        "no escalation ends a choreography",
        "11.6",
        "BPS065",
        choreography(start(), end("e", ESCALATION), ways=flows("s e")),
        choreography(start(), end("e", TERMINATE), ways=flows("s e")),
    ),
    Constraint(
        "a choreography task has the participants of its choreography",
        "11.5",
        "BPS174",
        choreography(exchange("t", "A", ("A", "B"), "AB"))
        .replace("</definitions>", '<choreography id="other"><participant id="Z"/></choreography></definitions>')
        .replace("<participantRef>B<", "<participantRef>Z<"),
        choreography(exchange("t", "A", ("A", "B"), "AB")),
    ),
    Constraint(
        "senders or receivers behind an event-based gateway are the same",
        "11.7.2",
        "BPS206",
        racing(exchange("t", "A", ("A", "B"), "AB"), exchange("u", "B", ("B", "C"), "BC")),
        racing(exchange("t", "B", ("A", "B"), "BA"), exchange("u", "B", ("B", "C"), "BC")),
    ),
    # Chapter 12
    Constraint(
        "an edge has two ends",
        "12.2.3",
        "BPS001",
        drawing(edge("s-e").replace('<di:waypoint x="1" y="1"/>', "")),
        drawing(edge("s-e")),
    ),
    Constraint(
        "a shape has its place",
        "12.2.3",
        "BPS001",
        drawing(shape("s").replace("<dc:Bounds", "<dc:Point")),
        drawing(shape("s")),
    ),
    Constraint("a drawing has an id of its own", "12.2.3", "BPS002", drawing(shape("s", id="s")), drawing(shape("s"))),
    Constraint(
        "what is drawn as a plane can hold", "12.2.3", "BPS221", drawing("", plane="s-e"), drawing("", plane="p")
    ),
)

NAMES = [f"{each.clause}-{each.says}" for each in CONSTRAINTS]


def errors(text: str) -> dict[str, str]:
    found = lint_files({"test.bpmn": text.encode()}, "standard")
    return {problem.rule: str(problem) for problem in found if problem.severity == "error"}


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=NAMES)
def test_what_breaks_a_sentence_of_the_standard_is_refused(constraint: Constraint) -> None:
    assert constraint.rule in errors(constraint.bad)


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=NAMES)
def test_its_valid_twin_is_not(constraint: Constraint) -> None:
    assert errors(constraint.good) == {}


def test_well_known_types_may_stand_for_themselves() -> None:
    assert errors(definitions('<signal id="x" structureRef="String"/>', '<error id="y" structureRef="xsi:int"/>')) == {}


def test_every_sentence_is_said_once() -> None:
    assert len({each.says for each in CONSTRAINTS}) == len(CONSTRAINTS)
