"""What the reader refuses: each by its rule, at its element and line, all at once."""

import pytest

from engine.errors import InvalidModel
from engine.notation.bpmn import UNSUPPORTED, Foreign, read_bpmn
from tests.unit.notation.fixtures import (
    ALL,
    boundary,
    catch,
    diagram,
    extended,
    flow,
    line,
    loop,
    output,
    problems,
    refusal,
    throw,
    timer,
)

TASK = '<task id="x"/>'
SIGNAL = '<signal id="sig" name="Alarm"/>'
CATCH_SIGNAL = '<signalEventDefinition signalRef="sig"/>'


def test_all_problems_are_told_at_once_in_order_of_lines() -> None:
    found = problems(line('<serviceTask id="x"/>', '<userTask id="y" camunda:assignee="a"/>'), flow("x", "nowhere"))
    assert [each.rule for each in found] == ["BPMN014", "BPMN013", "BPMN005"]
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert {each.file for each in found} == {"t.bpmn"}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<a/>", "BPMN001"),
        (b'<definitions xmlns="urn:other"/>', "BPMN001"),
        (diagram('<nonsense id="x"/>'), "BPMN001"),
        (diagram('<task id="x"/><task id="x"/>'), "BPMN004"),
        (diagram('<task id="1x"/>'), "BPMN004"),
        (diagram('<sequenceFlow id="x" sourceRef="s"/>'), "BPMN001"),
        (diagram(line(TASK), attributes='isExecutable="false"'), "BPMN002"),
        (diagram(line(TASK), attributes=""), "BPMN002"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"/>', "BPMN002"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused(data: bytes, rule: str) -> None:
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(data, file="t.bpmn")
    assert {each.rule for each in caught.value.problems} == {rule}


def test_a_schema_error_names_element_and_line() -> None:
    found = refusal('<startEvent id="s"/>', '<task id="x"><nonsense/></task>')
    assert (found.rule, found.element, found.line) == ("BPMN001", "x", 6)
    assert "nonsense" in found.message


def test_every_schema_error_is_told() -> None:
    found = problems('<task id="x" color="red"/>', '<task id="y" size="big"/>')
    assert [(each.rule, each.element) for each in found] == [("BPMN001", "x"), ("BPMN001", "y")]


def test_the_process_that_is_not_executable_is_named() -> None:
    with pytest.raises(InvalidModel, match="process 'p' is not executable"):
        read_bpmn(diagram(line(TASK), attributes=""))


CHOREOGRAPHY = "<participantRef>a</participantRef><participantRef>b</participantRef><messageFlowRef>m</messageFlowRef>"
CHOREOGRAPHY = f'<choreographyTask id="c" initiatingParticipantRef="a">{CHOREOGRAPHY}</choreographyTask>'
CYCLE = '<task id="a"/><task id="b"/>' + flow("a", "b") + flow("b", "a")
GROOVY = '<scriptTask id="x" scriptFormat="groovy"><script>1</script></scriptTask>'
BAD_INPUT = '<zeebe:ioMapping><zeebe:input source="=(" target="b"/></zeebe:ioMapping>'
CHOICE = line('<exclusiveGateway id="x"/>') + '<task id="y"/>'
BROKEN = {
    "a choreography task": (line(TASK) + CHOREOGRAPHY, "BPMN003", "c"),
    "an implicit event in a process": (line(TASK) + '<implicitThrowEvent id="i"/>', "BPMN003", "i"),
    "a node without id": ('<startEvent id="s"/><task/>', "BPMN004", "p"),
    "a flow without id": (line(TASK) + '<sequenceFlow sourceRef="s" targetRef="x"/>', "BPMN004", "p"),
    "a flow to nowhere": (line(TASK) + flow("x", "gone"), "BPMN005", "x_gone"),
    "a default that is no flow": (line('<task id="x" default="gone"/>'), "BPMN005", "x"),
    "a default that flows in": (line('<exclusiveGateway id="x" default="s_x"/>'), "BPMN005", "x"),
    "a dangling outgoing": (line('<task id="x"><outgoing>gone</outgoing></task>'), "BPMN005", "x"),
    "an association to nowhere": (line(TASK) + '<association id="a" sourceRef="x" targetRef="gone"/>', "BPMN005", "a"),
    "no such signal": (line(catch('<signalEventDefinition signalRef="gone"/>')), "BPMN005", "x"),
    "no such definition": (line(catch("<eventDefinitionRef>gone</eventDefinitionRef>")), "BPMN005", "x"),
    "a message that is none": (line('<receiveTask id="x" messageRef="s"/>'), "BPMN005", "x"),
    "an empty process": ("", "BPMN006", "p"),
    "a process that nothing begins": (CYCLE, "BPMN006", "p"),
    "a sub-process that nothing begins": (line(f'<subProcess id="x">{CYCLE}</subProcess>'), "BPMN006", "x"),
    "an event sub-process without event": (
        line(TASK) + '<subProcess id="es" triggeredByEvent="true"><task id="a"/></subProcess>',
        "BPMN006",
        "es",
    ),
    "a boundary event on nothing": (line(TASK) + boundary(timer("PT1H"), host="gone"), "BPMN007", "b"),
    "a boundary event on an event": (line(TASK) + boundary(timer("PT1H"), host="s"), "BPMN007", "b"),
    "a flow out of an end": (line(TASK) + flow("e", "x"), "BPMN008", "e_x"),
    "a flow into a start": (line(TASK) + flow("x", "s"), "BPMN008", "x_s"),
    "a flow into a sub-process": (
        line('<subProcess id="x"><task id="i"/></subProcess>') + flow("s", "i"),
        "BPMN008",
        "s_i",
    ),
    "a condition after a parallel gateway": (
        line('<parallelGateway id="x"/>', '<task id="y"/>') + flow("x", "e", "=true"),
        "BPMN008",
        "x_e",
    ),
    "a condition after an event": (
        flow("s", "e", "=true") + '<startEvent id="s"/><endEvent id="e"/>',
        "BPMN008",
        "s_e",
    ),
    "an end behind an event gateway": (line('<eventBasedGateway id="x"/>'), "BPMN009", "x"),
    "an event gateway without events": (
        '<startEvent id="s"/><eventBasedGateway id="x"/>' + flow("s", "x"),
        "BPMN009",
        "x",
    ),
    "a catching event of nothing": (line(catch("")), "BPMN010", "x"),
    "a message event without message": (line(catch("<messageEventDefinition/>")), "BPMN010", "x"),
    "a receive task without message": (line('<receiveTask id="x"/>'), "BPMN010", "x"),
    "an error on the way": (line(throw('<errorEventDefinition errorRef="er"/>')), "BPMN010", "x"),
    "a terminate that is caught": (line(catch("<terminateEventDefinition/>")), "BPMN010", "x"),
    "an error that does not interrupt": (
        line(TASK) + boundary("<errorEventDefinition/>", attributes='cancelActivity="false"') + flow("b", "e"),
        "BPMN010",
        "b",
    ),
    "a timer that starts a sub-process": (
        line(f'<subProcess id="x"><startEvent id="i">{timer("PT1H")}</startEvent></subProcess>'),
        "BPMN010",
        "i",
    ),
    "FEEL that ends too soon": (CHOICE + flow("x", "y", "=a +"), "BPMN011", "x_y"),
    "FEEL that is wrong in a mapping": (line(extended("task", BAD_INPUT)), "BPMN011", "x"),
    "JUEL": (CHOICE + flow("x", "y", "${a}"), "BPMN012", "x_y"),
    "JUEL in an attribute": (line(extended("serviceTask", '<zeebe:taskDefinition type="${a}"/>')), "BPMN012", "x"),
    "a service task without work": (line('<serviceTask id="x"/>'), "BPMN014", "x"),
    "a service task with an operation": (line('<serviceTask id="x" operationRef="t:op"/>'), "BPMN014", "x"),
    "a script task without script": (line('<scriptTask id="x"/>'), "BPMN014", "x"),
    "a script in another language": (line(GROOVY), "BPMN014", "x"),
    "a business rule task without rules": (line('<businessRuleTask id="x"/>'), "BPMN014", "x"),
    "a send task without message": (line('<sendTask id="x"/>'), "BPMN014", "x"),
    "a call of nothing": (line('<callActivity id="x"/>'), "BPMN014", "x"),
    "a timer without time": (line(catch("<timerEventDefinition/>")), "BPMN018", "x"),
    "a duration in words": (line(catch(timer("soon"))), "BPMN018", "x"),
    "a date that is a duration": (line(catch(timer("PT1H", "Date"))), "BPMN018", "x"),
    "a cycle that is a duration": (line(catch(timer("PT1H", "Cycle"))), "BPMN018", "x"),
    "a link that nothing catches": (
        '<startEvent id="s"/>' + throw('<linkEventDefinition name="L"/>') + flow("s", "x"),
        "BPMN019",
        "x",
    ),
    "multi-instance of how many": (line(loop("")), "BPMN020", "x"),
    "no token to start with": (line('<task id="x" startQuantity="0"/>'), "BPMN020", "x"),
    "a quantity beyond counting": (line(f'<task id="x" startQuantity="{"9" * 30}"/>'), "BPMN023", "x"),
}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_a_broken_diagram_is_refused_by_rule_and_element(what: str) -> None:
    body, rule, element = BROKEN[what]
    operation = '<operation id="op" name="o"><inMessageRef>t:op</inMessageRef></operation>'
    outside = f'{SIGNAL}<error id="er" errorCode="E"/><interface id="if" name="n">{operation}</interface>'
    found = problems(body, outside=outside, unsupported=ALL)
    assert (rule, element) in {(each.rule, each.element) for each in found}, found
    assert all(each.line > 0 for each in found)


def test_a_link_caught_twice_is_refused() -> None:
    catch = '<intermediateCatchEvent id="{}"><linkEventDefinition name="L"/></intermediateCatchEvent>'
    assert refusal(line(TASK), catch.format("a"), catch.format("b")).rule == "BPMN019"


def test_after_an_event_based_gateway_only_catching_events_follow() -> None:
    catch = f'<intermediateCatchEvent id="c">{CATCH_SIGNAL}</intermediateCatchEvent>'
    shared = ['<startEvent id="s"/><eventBasedGateway id="g"/><task id="t"/>', catch, flow("s", "g"), flow("g", "c")]
    assert refusal(*shared, flow("t", "c"), outside=SIGNAL).rule == "BPMN009"
    assert refusal(*shared, flow("g", "t"), outside=SIGNAL).rule == "BPMN009"


@pytest.mark.parametrize("language", ["http://www.w3.org/1999/XPath", "javascript"])
def test_another_expression_language_is_refused_by_name(language: str) -> None:
    condition = flow("x", "y", "a", id="f").replace(
        "<conditionExpression", f'<conditionExpression xsi:type="tFormalExpression" language="{language}"'
    )
    found = refusal(line('<exclusiveGateway id="x"/>'), '<task id="y"/>', condition)
    assert (found.rule, found.element) == ("BPMN012", "f")
    assert language in found.message


def test_a_compensation_event_needs_its_handler() -> None:
    event = '<boundaryEvent id="b" attachedToRef="x"><compensateEventDefinition/></boundaryEvent>'
    assert refusal(line(TASK), event, unsupported=ALL).rule == "BPMN021"
    handler = '<task id="h"/><association id="a" sourceRef="b" targetRef="h"/>'
    assert "isForCompensation" in refusal(line(TASK), event, handler, unsupported=ALL).message


def test_cancel_events_belong_to_transactions() -> None:
    found = refusal(
        '<startEvent id="s"/><endEvent id="x"><cancelEventDefinition/></endEvent>', flow("s", "x"), unsupported=ALL
    )
    assert "transaction" in found.message


def test_data_must_go_somewhere_named() -> None:
    association = output("o", "o", target="o")
    found = refusal(line(f'<task id="x">{association}</task>'), '<dataObject id="o"/>', unsupported=ALL)
    assert found.rule == "BPMN022"


def test_a_foreign_text_that_cannot_be_translated_is_refused() -> None:
    def refuse(text: str) -> str:
        raise ValueError("no such word")

    foreign = Foreign(expression=refuse, script=refuse)
    found = refusal(line('<scriptTask id="x"><script>WAIT</script></scriptTask>'), foreign=foreign)
    assert (found.rule, found.element) == ("BPMN012", "x")
    assert "no such word" in found.message


CATCH = catch(CATCH_SIGNAL, "c")
CANCELLED = '<startEvent id="i"/><endEvent id="x"><cancelEventDefinition/></endEvent>' + flow("i", "x")
CONDITIONAL = "<conditionalEventDefinition><condition>=a</condition></conditionalEventDefinition>"
SPECIFIED = '<ioSpecification><dataOutput id="do"/><inputSet/><outputSet/></ioSpecification>'
FED = "<dataInputAssociation><sourceRef>pr</sourceRef><targetRef>di</targetRef></dataInputAssociation>"
FED = '<dataInput id="di"/>' + FED
FEATURES = {
    "adHocSubProcess": line('<adHocSubProcess id="x"><task id="i"/></adHocSubProcess>'),
    "transaction": line('<transaction id="x"/>'),
    "cancelEvent": line(f'<transaction id="t">{CANCELLED}</transaction>'),
    "compensation": line(throw("<compensateEventDefinition/>")),
    "compensationWithoutWaiting": line(throw('<compensateEventDefinition waitForCompletion="false"/>')),
    "complexGateway": line('<complexGateway id="x"/>'),
    "parallelEventBasedGateway": '<startEvent id="s"/><eventBasedGateway id="x" eventGatewayType="Parallel"/>'
    + CATCH
    + flow("s", "x")
    + flow("x", "c"),
    "instantiatingEventBasedGateway": '<eventBasedGateway id="x" instantiate="true"/>' + CATCH + flow("x", "c"),
    "instantiatingReceiveTask": '<receiveTask id="x" messageRef="m" instantiate="true"/>',
    "multipleEvent": line(catch(CATCH_SIGNAL * 2)),
    "parallelMultipleEvent": line(catch(CATCH_SIGNAL * 2).replace("Event ", 'Event parallelMultiple="true" ')),
    "conditionalEvent": line(catch(CONDITIONAL)),
    "multiInstanceBehavior": line(
        loop("<loopCardinality>2</loopCardinality>", 'behavior="One" oneBehaviorEventRef="def"')
    ),
    "startQuantity": line('<task id="x" startQuantity="2"/>'),
    "completionQuantity": line('<task id="x" completionQuantity="2"/>'),
    "dataObject": line(f'<task id="x">{output("o")}</task>') + '<dataObject id="o"/>',
    "dataStore": line(f'<task id="x">{output("ds")}</task>') + '<dataStoreReference id="ds"/>',
    "dataAssociation": line(f'<task id="x">{output("pr")}</task>'),
    "ioSpecification": line(f'<task id="x">{SPECIFIED}{output("do")}</task>'),
    "property": line('<task id="x"><property id="own"/></task>'),
    "eventData": line(throw(FED)),
    "correlation": line('<receiveTask id="x" messageRef="correlated"/>'),
    "resourceRole": line('<userTask id="x"><potentialOwner><resourceRef>r</resourceRef></potentialOwner></userTask>'),
    "cronCycle": f'<startEvent id="x">{timer("0 0 9 * * MON", "Cycle")}</startEvent>',
    "codeExpression": line(throw('<escalationEventDefinition escalationRef="esc"/>')),
}
OUTSIDE = (
    SIGNAL + '<message id="m" name="M"/><message id="correlated" name="C"/><resource id="r" name="R"/>'
    '<escalation id="esc" escalationCode="=code"/><signalEventDefinition id="def" signalRef="sig"/>'
    '<correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="correlated">'
    "<messagePath>a</messagePath></correlationPropertyRetrievalExpression></correlationProperty>"
)
PROPERTY = '<property id="pr" name="pr"/>'


def test_every_unsupported_feature_has_an_example_here() -> None:
    assert set(UNSUPPORTED) <= set(FEATURES)


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_a_feature_that_cannot_run_yet_is_refused_by_name(feature: str) -> None:
    told = {feature: f"no {feature} yet"}
    found = refusal(PROPERTY, FEATURES[feature], outside=OUTSIDE, unsupported=told)
    assert (found.rule, found.message) == ("BPMN017", f"no {feature} yet")
    assert problems(PROPERTY, FEATURES[feature], outside=OUTSIDE, unsupported=ALL) == []
