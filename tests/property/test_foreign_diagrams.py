"""Diagrams of other engines, damaged at random: each is read, or refused by name, and never a crash."""

import random
from collections.abc import Iterator
from copy import deepcopy

import pytest
from lxml import etree

from engine.bundles import compile_bundle
from engine.errors import DubanError, InvalidModel
from engine.notation import read_bpmn
from engine.notation.dialects import convert
from engine.notation.lint import lint_files
from engine.notation.portrait import portray
from engine.sandbox import Sandbox
from tests.conformance.own_models import MODELS
from tests.conformance.test_own_models import text_of

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
VENDORS = (
    "http://camunda.org/schema/1.0/bpmn", "http://flowable.org/bpmn", "http://activiti.org/bpmn",
    "http://camunda.org/schema/zeebe/1.0", "urn:duban:bpmn:1", "http://spiffworkflow.org/bpmn/schema/1.0/core",
)  # fmt: skip
ATTRIBUTES = """assignee candidateUsers candidateGroups dueDate followUpDate priority formKey formRef class
    delegateExpression expression resultVariable type topic asyncBefore async exclusive calledElementBinding caseRef
    variableMappingClass collection elementVariable decisionRef decisionRefBinding mapDecisionResult resource
    errorCodeVariable escalationCodeVariable initiator historyTimeToLive candidateStarterGroups versionTag jobPriority
    variableName variableEvents skipExpression businessKey inheritVariables triggerable ruleVariablesInput
    sourceExpression target source variables local name key value event id scriptFormat autoStoreVariables
    processId correlationKey inputCollection inputElement duration clock""".split()
ELEMENTS = """executionListener taskListener eventListener formData formField formProperty inputOutput inputParameter
    outputParameter properties property connector connectorId failedJobRetryTimeCycle in out field string expression
    script list map entry value constraint errorEventDefinition taskDefinition assignmentDefinition formDefinition
    ioMapping input output calledElement calledDecision loopCharacteristics subscription taskSchedule userTask deadline
    case evidence separation ladder serviceTaskOperator parameters preScript instructionsForEndUser""".split()
KINDS = """startEvent endEvent task userTask serviceTask scriptTask sendTask receiveTask businessRuleTask callActivity
    subProcess transaction adHocSubProcess exclusiveGateway complexGateway eventBasedGateway intermediateCatchEvent
    boundaryEvent sequenceFlow messageEventDefinition timerEventDefinition errorEventDefinition cancelEventDefinition
    conditionalEventDefinition linkEventDefinition multiInstanceLoopCharacteristics standardLoopCharacteristics
    dataObject ioSpecification dataInputAssociation property potentialOwner laneSet lane participant messageFlow
    choreographyTask textAnnotation conditionExpression script loopCardinality timeDuration condition""".split()
TEXTS = [
    "", " ", "${x}", "#{x}", "${a == 1 && b}", "${bean.method(x)}", "=x", "= x > ", "P1D", "R3/PT1H", "0 0 * * * ?",
    "督办", "true", "-1", "9" * 30, "1.5e999", "a,b", "${", "user(a), group(b)", "groovy", "x" * 5000, "\u202e", "n0",
    "tns:x", "::", "2026-13-45", "PT", "${" + "(" * 300 + "}", "=" + "(" * 500, "=x" + ".x" * 300, "=" + "-" * 400,
    "=not(" * 100, "=null",
]  # fmt: skip
ROUNDS = 8


def damage(root: etree._Element, chance: random.Random) -> None:
    """One change, of the kinds that other tools, other engines and merges by hand make."""
    everything = list(root.iter("*"))
    element = chance.choice(everything)
    name, text = chance.choice(list(element.attrib) or ["id"]), chance.choice(TEXTS)
    vendor = f"{{{chance.choice(VENDORS)}}}"
    match chance.randrange(8):
        case 0:
            element.set(vendor + chance.choice(ATTRIBUTES), text)
        case 1:
            element.set(name, text)
        case 2:
            element.attrib.pop(name, None)
        case 3:
            element.set(name, chance.choice(everything).get("id", ""))
        case 4:
            element.text = text
        case 5:
            element.append(deepcopy(chance.choice(everything)))
        case 6:
            etree.SubElement(element, f"{{{MODEL}}}{chance.choice(KINDS)}", id=f"new{chance.randrange(9)}").text = text
        case _:
            holder = etree.SubElement(element, f"{{{MODEL}}}extensionElements")
            element.insert(0, holder)
            for _ in range(chance.randint(1, 3)):
                holder = etree.SubElement(holder, vendor + chance.choice(ELEMENTS))
                holder.set(chance.choice(ATTRIBUTES), chance.choice(TEXTS))


def damaged(name: str) -> Iterator[bytes]:
    """The same ones in every run."""
    for number in range(ROUNDS):
        chance = random.Random(f"{name} {number}")
        root = etree.fromstring(text_of(MODELS[name]).encode())
        for _ in range(chance.randint(1, 3)):
            damage(root, chance)
        yield etree.tostring(root)


@pytest.mark.parametrize("name", MODELS)
def test_a_damaged_diagram_runs_or_is_refused_by_name(name: str) -> None:
    assert {judged(data) for data in damaged(name)} <= {"runs", "refused"}


def judged(data: bytes) -> str:
    """What becomes of a file at every door through which one comes in. What is wrong says where."""
    for profile in ("standard", "duban"):
        problems = lint_files({"a.bpmn": data}, profile)  # type: ignore[arg-type] # the two that there are
        assert all(problem.message and problem.line for problem in problems)
    try:
        portray(data, file="a.bpmn")
        convert(data, file="a.bpmn")
        read_bpmn(data, executable_only=False)
        run(data)
    except InvalidModel as refused:
        assert refused.problems
        assert all(problem.message and problem.rule for problem in refused.problems)
        return "refused"
    return "runs"


def run(data: bytes) -> None:
    compiled = compile_bundle({"a.bpmn": data}, whole=False)
    for process in compiled.processes:
        sandbox = Sandbox(compiled)
        try:
            sandbox.start(process, {})
            sandbox.advance("PT3H")
            sandbox.message("A")
        except InvalidModel:
            raise
        except DubanError as refused:
            assert refused.message


HEAD = (
    f'<definitions xmlns="{MODEL}" xmlns:camunda="{VENDORS[0]}" targetNamespace="urn:x">'
    '<process id="p" isExecutable="true">'
)
TAIL = "</process></definitions>"
ODD = {
    "deep": "".join(f'<subProcess id="w{n}">' for n in range(1000)) + "</subProcess>" * 1000,
    "as deep as may be": "".join(f'<subProcess id="w{n}">' for n in range(190)) + "</subProcess>" * 190,
    "deep extensions": f"<task id='a'><extensionElements>{'<camunda:map>' * 180}{'</camunda:map>' * 180}"
    "</extensionElements></task>",
    "a long expression": f'<userTask id="a" camunda:assignee="${{{"!" * 9000}x}}"/>',
    "a huge id": f'<userTask id="{"a" * 100_000}"/>',
    "many attributes": "<userTask id='a' " + " ".join(f"camunda:a{n}='x'" for n in range(240)) + "/>",
    "nothing": "",
    "an unknown prefix": '<userTask id="a" flowable:assignee="x"/>',
}


@pytest.mark.parametrize("inside", ODD.values(), ids=ODD)
def test_an_odd_diagram_runs_or_is_refused_by_name(inside: str) -> None:
    assert judged((HEAD + inside + TAIL).encode()) in ("runs", "refused")
