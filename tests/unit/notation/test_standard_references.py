"""Every reference of BPMN 2.0.2 names something that exists and is of the right kind; in the models it is `@`."""

from typing import NamedTuple

import pytest

from engine.notation.lint import lint_files
from tests.support.diagrams import boundary, end, flows, start
from tests.unit.notation.lint_parts import (
    IO,
    SIGNAL,
    TIMER,
    catch,
    choreography,
    conversation,
    definitions,
    drawing,
    edge,
    event,
    feed,
    flow,
    io,
    line,
    members,
    message_flow,
    model,
    pools,
    process,
    result,
    shape,
    sub,
    task,
    thing,
)


class Reference(NamedTuple):
    """What refers, the clause, the model, a name of the wrong kind and one of the right kind."""

    says: str
    clause: str
    model: str
    wrong: str
    right: str


def participant(inner: str) -> str:
    return definitions(
        '<endPoint id="point"/><partnerRole id="role"/>',
        f'<collaboration id="c"><participant id="A">{inner}</participant></collaboration>',
    )


def operation(inner: str) -> str:
    return definitions(f'<interface id="k" name="K"><operation id="o" name="o">{inner}</operation></interface>')


def one_task(initiator: str, flow: str) -> str:
    """A choreography of one task between A and B."""
    inner = f"{members('A', 'B')}<messageFlowRef>{flow}</messageFlowRef>"
    return choreography(f'<choreographyTask id="t" initiatingParticipantRef="{initiator}">{inner}</choreographyTask>')


def correlated(properties: str, subscription: str = "") -> str:
    retrieval = '<correlationPropertyRetrievalExpression messageRef="m"><messagePath>x</messagePath>'
    return definitions(
        f'<correlationProperty id="cp">{retrieval}</correlationPropertyRetrievalExpression></correlationProperty>',
        f'<collaboration id="c"><correlationKey id="k">{properties}</correlationKey></collaboration>',
        process(subscription),
    )


RESOURCE = '<resource id="r" name="R"><resourceParameter id="rp"{}/></resource>'

REFERENCES = (
    Reference("messageRef of a send task", "10.3.3", line(task(tag="sendTask", extra=' messageRef="@"')), "sig", "m"),
    Reference(
        "messageRef of a receive task", "10.3.3", line(task(tag="receiveTask", extra=' messageRef="@"')), "i", "m"
    ),
    Reference(
        "operationRef of a service task", "10.3.3", line(task(tag="serviceTask", extra=' operationRef="@"')), "m", "op"
    ),
    Reference("calledElement", "10.3.6", line(task(tag="callActivity", extra=' calledElement="@"')), "m", "p"),
    Reference("default of a task", "8.4.13", line(task(extra=' default="@"')), "e", "n1-e"),
    Reference("attachedToRef", "10.5.4", line(task(), more=boundary("b", "@", TIMER) + flows("b e")), "s", "n1"),
    Reference("signalRef", "10.5.5", line(catch("n1", '<signalEventDefinition signalRef="@"/>')), "m", "sig"),
    Reference(
        "messageRef of an event", "10.5.5", line(catch("n1", '<messageEventDefinition messageRef="@"/>')), "sig", "m"
    ),
    Reference(
        "operationRef of an event",
        "10.5.5",
        line(catch("n1", "<messageEventDefinition><operationRef>@</operationRef></messageEventDefinition>")),
        "i",
        "op",
    ),
    Reference(
        "errorRef",
        "10.5.5",
        line(task(), more=boundary("b", "n1", '<errorEventDefinition errorRef="@"/>') + flows("b e")),
        "esc",
        "err",
    ),
    Reference(
        "escalationRef",
        "10.5.5",
        line(event("intermediateThrowEvent", '<escalationEventDefinition escalationRef="@"/>')),
        "err",
        "esc",
    ),
    Reference(
        "activityRef",
        "10.5.5",
        line(sub(""), event("intermediateThrowEvent", '<compensateEventDefinition activityRef="@"/>', "n2")),
        "s",
        "n1",
    ),
    Reference(
        "eventDefinitionRef",
        "10.5.1",
        definitions(
            SIGNAL.replace(" ", ' id="shared" ', 1),
            process(
                start(), catch("k", TIMER + "<eventDefinitionRef>@</eventDefinitionRef>"), end(), flows("s k", "k e")
            ),
        ),
        "sig",
        "shared",
    ),
    Reference("targetRef of a sequence flow", "8.4.13", model(task("a"), task("b"), flow("f", "a", "@")), "f", "b"),
    Reference("sourceRef of a sequence flow", "8.4.13", model(task("a"), task("b"), flow("f", "@", "b")), "f", "a"),
    Reference(
        "flowNodeRef",
        "10.8",
        model('<laneSet><lane id="l"><flowNodeRef>@</flowNodeRef></lane></laneSet>', task("a")),
        "l",
        "a",
    ),
    Reference("sourceRef of a message flow", "9.4", pools(message_flow("@", "Q"), left=task("a")), "p", "a"),
    Reference("targetRef of a message flow", "9.4", pools(message_flow("Q", "@"), left=task("a")), "p", "a"),
    Reference("messageRef of a message flow", "9.4", pools(message_flow("P", "Q", ' messageRef="@"')), "sig", "m"),
    Reference(
        "processRef",
        "9.3",
        definitions('<collaboration id="c"><participant id="A" processRef="@"/></collaboration>', process()),
        "c",
        "p",
    ),
    Reference("interfaceRef", "9.3", participant("<interfaceRef>@</interfaceRef>"), "m", "i"),
    Reference("endPointRef", "9.3", participant("<endPointRef>@</endPointRef>"), "m", "point"),
    Reference(
        "choreographyRef",
        "9.2",
        definitions('<choreography id="h"/><collaboration id="c"><choreographyRef>@</choreographyRef></collaboration>'),
        "c",
        "h",
    ),
    Reference(
        "participantRef of a conversation",
        "9.5",
        conversation(f'<conversation id="v">{members("A", "@")}</conversation>'),
        "v",
        "B",
    ),
    Reference(
        "initiatingParticipantRef",
        "11.5",
        one_task("@", "AB"),
        "AB",
        "A",
    ),
    Reference(
        "messageFlowRef",
        "11.5.1",
        one_task("A", "@"),
        "B",
        "AB",
    ),
    Reference(
        "correlationPropertyRef", "8.4.2", correlated("<correlationPropertyRef>@</correlationPropertyRef>"), "m", "cp"
    ),
    Reference(
        "correlationKeyRef", "8.4.2", correlated("", '<correlationSubscription correlationKeyRef="@"/>'), "cp", "k"
    ),
    Reference("itemRef of a message", "8.4.11", definitions('<message id="x" itemRef="@"/>'), "sig", "text"),
    Reference("itemSubjectRef of a data object", "10.4.1", model(thing(extra=' itemSubjectRef="@"')), "m", "text"),
    Reference("itemSubjectRef of a property", "10.4.1", model('<property id="x" itemSubjectRef="@"/>'), "m", "text"),
    Reference(
        "dataObjectRef", "10.4.1", model(thing(), '<dataObjectReference id="x" dataObjectRef="@"/>'), "p", "thing"
    ),
    Reference(
        "dataStoreRef",
        "10.4.1",
        definitions('<dataStore id="ds"/>', process('<dataStoreReference id="x" dataStoreRef="@"/>')),
        "m",
        "ds",
    ),
    Reference(
        "dataInputRefs",
        "10.4.1",
        line(
            task(
                inner=io(
                    '<dataInput id="di"/>', "", "<dataInputRefs>di</dataInputRefs><dataInputRefs>@</dataInputRefs>"
                )
            )
        ),
        "n1",
        "di",
    ),
    Reference(
        "sourceRef of a data association", "10.4.1", line(task(inner=IO + feed("@")), more=thing()), "s", "thing"
    ),
    Reference(
        "targetRef of a data association",
        "10.4.1",
        line(task(inner=IO + result("do", "@")), more=thing()),
        "s",
        "thing",
    ),
    Reference(
        "resourceRef",
        "8.4.12",
        definitions(RESOURCE.format(""), process(task("t", "<performer><resourceRef>@</resourceRef></performer>"))),
        "m",
        "r",
    ),
    Reference(
        "inMessageRef",
        "8.5.3",
        operation("<inMessageRef>@</inMessageRef>"),
        "sig",
        "m",
    ),
    Reference(
        "errorRef of an operation",
        "8.5.3",
        operation("<inMessageRef>m</inMessageRef><errorRef>@</errorRef>"),
        "m",
        "err",
    ),
    Reference(
        "supportedInterfaceRef",
        "10.2",
        model(
            "<supportedInterfaceRef>@</supportedInterfaceRef>",
            IO,
            '<ioBinding operationRef="op" inputDataRef="ins" outputDataRef="outs"/>',
        ),
        "m",
        "i",
    ),
    Reference(
        "definitionalCollaborationRef",
        "10.2",
        definitions('<collaboration id="c"/>', process(extra=' definitionalCollaborationRef="@"')),
        "m",
        "c",
    ),
    Reference("supports of a process", "10.2", model("<supports>@</supports>"), "m", "p"),
    Reference("bpmnElement of a plane", "12.2.3", drawing("", plane="@"), "s", "p"),
    Reference("bpmnElement of a shape", "12.2.3", drawing(shape("@")), "s-e", "s"),
    Reference("bpmnElement of an edge", "12.2.3", drawing(edge("@")), "s", "s-e"),
    Reference("sourceElement of an edge", "12.2.3", drawing(shape("s") + edge("s-e", ' sourceElement="@"')), "s", "sh"),
)
ON_REFERENCES = {"BPS004", "BPS005", "BPS220", "BPS221", "BPS222"}
CASES = [pytest.param(each, id=each.says) for each in REFERENCES]


def errors(reference: Reference, name: str) -> set[str]:
    found = lint_files({"test.bpmn": reference.model.replace("@", name).encode()}, "standard")
    return {problem.rule for problem in found if problem.severity == "error"}


@pytest.mark.parametrize("reference", CASES)
def test_a_reference_to_nothing_is_refused(reference: Reference) -> None:
    assert errors(reference, "nothing") & ON_REFERENCES


@pytest.mark.parametrize("reference", CASES)
def test_a_reference_to_another_kind_is_refused(reference: Reference) -> None:
    assert errors(reference, reference.wrong) & ON_REFERENCES


@pytest.mark.parametrize("reference", CASES)
def test_a_reference_to_the_right_kind_is_not(reference: Reference) -> None:
    assert errors(reference, reference.right) == set()
