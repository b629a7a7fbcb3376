"""Diagrams of Camunda 7 and its cousins, converted: what is carried, what is left, and that nothing else moves."""

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal

import pytest

from engine import feel
from engine.errors import InvalidModel
from engine.notation import read_bpmn
from engine.notation.dialects import Converted, convert
from engine.notation.model import Node
from tests.unit.notation.fixtures import diagram, flow, line


def converted(
    *body: str, outside: str = "", attributes: str = 'isExecutable="true"', dialect: str = "auto"
) -> Converted:
    return convert(diagram(*body, outside=outside, attributes=attributes), file="t.bpmn", dialect=dialect)


def carried(*body: str, outside: str = "", id: str = "x") -> Node:
    """The node after a conversion that left nothing."""
    done = converted(*body, outside=outside)
    assert done.whole, done.problems
    return read_bpmn(done.data).processes[0].nodes[id]


def left(*body: str, outside: str = "", attributes: str = 'isExecutable="true"') -> list[tuple[str, str]]:
    """(rule, element) of everything that was left."""
    done = converted(*body, outside=outside, attributes=attributes)
    return [(problem.rule, problem.element) for problem in done.problems if problem.severity == "error"]


def extended(tag: str, extensions: str, attributes: str = "", inner: str = "") -> str:
    return f'<{tag} id="x" {attributes}><extensionElements>{extensions}</extensionElements>{inner}</{tag}>'


def value(expression: object, **variables: object) -> object:
    assert callable(expression)
    return expression(variables, None)


# User tasks ----------------------------------------------------------------------------------------------------------


def test_owners_of_a_task_are_carried() -> None:
    node = carried(line('<userTask id="x" camunda:assignee="${boss}" camunda:candidateUsers="li, wang"/>'))
    assert node.user_task is not None
    assert value(node.user_task.assignee, boss="zhao") == "zhao"
    assert value(node.user_task.candidate_users) == ["li", "wang"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("${group}", "g"), ("a,${group}", ["a", "g"]), ("${group},${more}", ["g", "m", "n"]), ("a , b", ["a", "b"])],
)
def test_candidates_may_mix_names_and_expressions(written: str, expected: object) -> None:
    node = carried(line(f'<userTask id="x" camunda:candidateGroups="{written}"/>'))
    assert node.user_task is not None
    assert value(node.user_task.candidate_groups, group="g", more=["m", "n"]) == expected


def owner(tag: str, text: str) -> str:
    expression = f"<formalExpression>{text}</formalExpression>"
    return f"<{tag}><resourceAssignmentExpression>{expression}</resourceAssignmentExpression></{tag}>"


def test_owners_that_bpmn_itself_names_are_read_as_those_engines_do() -> None:
    roles = owner("humanPerformer", "${boss}") + owner("potentialOwner", "user(li), group(${unit}), office")
    node = carried(line(f'<userTask id="x">{roles}</userTask>'))
    assert node.user_task is not None
    assert value(node.user_task.assignee, boss="zhao") == "zhao"
    assert value(node.user_task.candidate_users) == ["li"]
    assert value(node.user_task.candidate_groups, unit="u1") == ["u1", "office"]


def test_an_owner_that_is_named_twice_is_left() -> None:
    task = f'<userTask id="x" camunda:assignee="a">{owner("humanPerformer", "b")}</userTask>'
    assert left(line(task)) == [("DIA004", "x")]


def test_a_due_date_that_is_a_duration_counts_from_the_begin_of_the_task() -> None:
    done = converted(line('<userTask id="x" camunda:dueDate="P3D" camunda:followUpDate="${d}" camunda:priority="7"/>'))
    assert b'dueDate="=now() + duration(&quot;P3D&quot;)" followUpDate="=d"' in done.data
    assert b'priority="7"' in done.data and done.whole


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ('camunda:formRef="approve" camunda:formRefBinding="latest"', "approve"),
        ('camunda:formKey="approve"', "approve"),
        ('camunda:formKey="camunda-forms:deployment:forms/approve.form"', "approve"),
    ],
)
def test_a_form_is_found_by_its_id(written: str, form: str) -> None:
    node = carried(line(f'<userTask id="x" {written}/>'))
    assert node.user_task is not None and node.user_task.form == form


@pytest.mark.parametrize("key", ["embedded:app:forms/a.html", "http://a/b", "${form}", "a b"])
def test_a_form_that_is_no_form_file_is_left(key: str) -> None:
    assert left(line(f'<userTask id="x" camunda:formKey="{key}"/>')) == [("DIA003", "x")]


def test_a_form_drawn_in_the_diagram_is_left() -> None:
    field = '<camunda:formData><camunda:formField id="a" type="string"/></camunda:formData>'
    assert left(line(extended("userTask", field))) == [("DIA003", "x")]


# Work ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "job"),
    [
        ('camunda:type="external" camunda:topic="pay"', "pay"),
        ('camunda:class="com.example.Pay"', "com.example.Pay"),
        ('camunda:delegateExpression="${ payDelegate }"', "payDelegate"),
        ('camunda:expression="${payment.execute(order, 1)}"', "payment.execute"),
        ('camunda:expression="#{payment.execute()}"', "payment.execute"),
        ('camunda:type="mail"', "mail"),
    ],
)
@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "businessRuleTask"])
def test_work_becomes_a_job(tag: str, written: str, job: str) -> None:
    node = carried(line(f'<{tag} id="x" {written} camunda:resultVariable="paid"/>'))
    assert node.job is not None and value(node.job.type) == job
    assert node.job.headers["resultVariable"] == "paid"


def test_the_topic_may_be_an_expression() -> None:
    node = carried(line('<serviceTask id="x" camunda:type="external" camunda:topic="${country}-pay"/>'))
    assert node.job is not None and value(node.job.type, country="cn") == "cn-pay"


@pytest.mark.parametrize(
    "written",
    [
        'camunda:type="external"',
        'camunda:expression="${amount * 2}" camunda:resultVariable="r"',
        'camunda:delegateExpression="${a.b(c)}"',
        'camunda:class="${x}"',
    ],
)
def test_work_that_names_no_job_is_left_once(written: str) -> None:
    assert len(left(line(f'<serviceTask id="x" {written}/>'))) == 1


def test_a_message_event_with_work_becomes_a_job_of_the_event() -> None:
    inner = '<messageEventDefinition camunda:type="external" camunda:topic="tell"/>'
    node = carried('<startEvent id="s"/>', f'<endEvent id="x">{inner}</endEvent>', flow("s", "x"))
    assert node.job is not None and value(node.job.type) == "tell"


def test_injected_fields_become_headers_and_inputs() -> None:
    fields = (
        '<camunda:field name="subject" stringValue="Hi"/><camunda:field name="body"><camunda:string>b</camunda:string>'
        '</camunda:field><camunda:field name="to"><camunda:expression>${c.mail}</camunda:expression></camunda:field>'
    )
    node = carried(line(extended("serviceTask", fields, 'camunda:class="Mail"')))
    assert node.job is not None and node.job.headers == {"subject": "Hi", "body": "b"}
    assert [(mapping.target, value(mapping.source, c={"mail": "m"})) for mapping in node.inputs] == [(("to",), "m")]


def test_retries_are_carried_and_their_times_are_listed() -> None:
    cycle = "<camunda:failedJobRetryTimeCycle>R5/PT10M</camunda:failedJobRetryTimeCycle>"
    done = converted(line(extended("serviceTask", cycle, 'camunda:class="A"')))
    assert b'retries="5"' in done.data
    assert [(problem.rule, problem.severity) for problem in done.problems] == [("DIA005", "warning")]


def test_a_connector_is_a_job_with_its_inputs_and_outputs() -> None:
    connector = (
        "<camunda:connector><camunda:connectorId>http</camunda:connectorId><camunda:inputOutput>"
        '<camunda:inputParameter name="url">${base}/a</camunda:inputParameter>'
        '<camunda:outputParameter name="done">${ok}</camunda:outputParameter></camunda:inputOutput></camunda:connector>'
    )
    node = carried(line(extended("serviceTask", connector)))
    assert node.job is not None and value(node.job.type) == "http"
    assert value(node.inputs[0].source, base="b") == "b/a" and node.outputs[0].target == ("done",)


# Inputs and outputs --------------------------------------------------------------------------------------------------


def parameter(inner: str, name: str = "a", direction: str = "input") -> str:
    tag = f"camunda:{direction}Parameter"
    return f'<camunda:inputOutput><{tag} name="{name}">{inner}</{tag}></camunda:inputOutput>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("text", "text"),
        ("5", "5"),
        ("=5", "=5"),
        ("", None),
        ("${n * 2}", 6),
        ("Hi ${name}!", "Hi Li!"),
        ("Hi ${nobody}!", "Hi !"),
        ("<camunda:list><camunda:value>x</camunda:value><camunda:value>${n}</camunda:value></camunda:list>", ["x", 3]),
        ('<camunda:map><camunda:entry key="k 1">${n}</camunda:entry></camunda:map>', {"k 1": 3}),
    ],
)
def test_a_parameter_means_what_it_meant(inner: str, expected: object) -> None:
    node = carried(line(extended("userTask", parameter(inner))))
    assert value(node.inputs[0].source, n=feel.from_json(3), name="Li") == feel.from_json(expected)  # type: ignore[arg-type]  # plain data


def test_a_script_in_a_parameter_is_left_and_its_neighbours_are_carried() -> None:
    script = '<camunda:script scriptFormat="groovy">1 + 1</camunda:script>'
    mixed = (
        parameter(script).replace("</camunda:inputOutput>", "") + parameter("${b}", "b")[len("<camunda:inputOutput>") :]
    )
    done = converted(line(extended("userTask", mixed)))
    assert [problem.rule for problem in done.problems] == ["DIA001"]
    assert b"1 + 1" in done.data and b'source="=b" target="b"' in done.data


@pytest.mark.parametrize("name", ["a-b", "a b", "1", ""])
def test_a_parameter_whose_name_is_no_variable_is_left(name: str) -> None:
    assert left(line(extended("userTask", parameter("x", name)))) == [("DIA004", "x")]


def test_inputs_of_a_gateway_are_left() -> None:
    assert left(line(extended("exclusiveGateway", parameter("x")))) == [("DIA004", "x")]


# Decisions, scripts, calls, loops ------------------------------------------------------------------------------------


def test_a_decision_is_called_by_its_id() -> None:
    attributes = 'camunda:decisionRef="grade" camunda:resultVariable="r" camunda:mapDecisionResult="singleEntry"'
    node = carried(line(f'<businessRuleTask id="x" {attributes} camunda:decisionRefBinding="latest"/>'))
    assert node.decision is not None and value(node.decision) == "grade" and node.result_variable == "r"


def test_the_shape_of_a_decision_s_result_is_to_be_looked_at() -> None:
    done = converted(line('<businessRuleTask id="x" camunda:decisionRef="grade"/>'))
    assert b'resultVariable="decisionResult"' in done.data
    assert [(problem.rule, problem.severity) for problem in done.problems] == [("DIA006", "warning")]


def test_a_script_in_juel_becomes_feel_and_any_other_is_left() -> None:
    juel = '<scriptTask id="x" scriptFormat="juel" camunda:resultVariable="r"><script>${a + 1}</script></scriptTask>'
    node = carried(line(juel))
    assert node.script is not None and node.result_variable == "r"
    for language in ("groovy", "javascript", "python", ""):
        assert left(line(juel.replace("juel", language))) == [("DIA002", "x")]


def test_a_call_passes_what_it_names() -> None:
    passed = '<camunda:in source="a" target="b"/><camunda:in sourceExpression="${c + 1}" target="d"/>'
    call = carried(line(extended("callActivity", passed, 'calledElement="sub"'))).call
    assert call is not None and (call.static_process, call.propagate_parent, call.propagate_child) == (
        "sub",
        False,
        False,
    )


def test_a_call_may_pass_everything_and_name_its_process_by_an_expression() -> None:
    passed = '<camunda:in variables="all"/><camunda:out variables="all"/><camunda:in businessKey="#{k}"/>'
    done = converted(line(extended("callActivity", passed, 'calledElement="${which}"')))
    call = read_bpmn(done.data).processes[0].nodes["x"].call
    assert call is not None and (call.propagate_parent, call.propagate_child) == (True, True)
    assert value(call.process, which="w") == "w"
    assert ["businessKey" in problem.message for problem in done.problems] == [True]


def test_a_multi_instance_activity_goes_over_its_collection() -> None:
    attributes = 'camunda:collection="${people}" camunda:elementVariable="person"'
    inner = f"<multiInstanceLoopCharacteristics {attributes}>"
    inner += "<completionCondition>${nrOfCompletedInstances / nrOfInstances >= 0.5}</completionCondition>"
    loop = carried(line(f'<userTask id="x">{inner}</multiInstanceLoopCharacteristics></userTask>')).loop
    assert loop is not None and loop.element_variable == "person" and value(loop.collection, people=[1]) == [1]
    assert loop.condition is not None and "numberOfCompletedInstances" in loop.condition.free_names


def test_a_collection_may_be_named_without_braces() -> None:
    inner = '<multiInstanceLoopCharacteristics camunda:collection="people" camunda:elementVariable="p"/>'
    loop = carried(line(f'<userTask id="x">{inner}</userTask>')).loop
    assert loop is not None and value(loop.collection, people=["a"]) == ["a"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<timeDuration>PT${n}H</timeDuration>", "PT3H"),
        ("<timeDuration>${wait}</timeDuration>", "PT1H"),
        ("<timeCycle>R3/PT1H</timeCycle>", "R3/PT1H"),
    ],
)
def test_timers_are_carried(inner: str, expected: str) -> None:
    event = (
        f'<intermediateCatchEvent id="x"><timerEventDefinition>{inner}</timerEventDefinition></intermediateCatchEvent>'
    )
    (trigger,) = carried(line(event)).triggers
    assert value(trigger.timer, n=Decimal(3), wait="PT1H") == expected


# What is left, what is dropped ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "rule"),
    [
        ('<camunda:executionListener class="A" event="start"/>', "DIA002"),
        ('<camunda:taskListener expression="${a.b()}" event="create"/>', "DIA002"),
        ("<camunda:errorEventDefinition/>", "DIA004"),
        ("<camunda:strange/>", "DIA004"),
    ],
)
def test_what_has_no_twin_stays_in_the_file_and_is_refused_there(element: str, rule: str) -> None:
    done = converted(line(extended("userTask", element)))
    assert [(problem.rule, problem.element, problem.line) for problem in done.problems] == [(rule, "x", 6)]
    assert element.encode() in done.data
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(done.data)
    assert {problem.rule for problem in caught.value.problems} == {"BPMN013"}


def test_what_means_nothing_here_is_dropped_and_listed() -> None:
    task = '<userTask id="x" camunda:asyncBefore="true" camunda:exclusive="false" camunda:jobPriority="3"/>'
    done = convert(diagram(line(task), attributes='isExecutable="true" camunda:historyTimeToLive="P1D"'))
    assert done.whole and re.search(rb"camunda:\w+=", done.data) is None
    assert sorted(problem.message.partition(":")[0] for problem in done.problems) == [
        "asyncBefore, exclusive", "historyTimeToLive", "jobPriority",
    ]  # fmt: skip


def test_notes_stay() -> None:
    note = '<camunda:properties><camunda:property name="a" value="b"/></camunda:properties>'
    done = converted(line(extended("userTask", note, 'camunda:assignee="a"')))
    assert note.encode() in done.data and not done.problems


@pytest.mark.parametrize(
    "condition", ["${bean.check(x)}", "${execution.id == 1}", "a ${b}", "${date == 1}", "${", "${a b}", "${'a' + b}"]
)
def test_a_condition_without_twin_stays_and_is_refused_by_the_reader(condition: str) -> None:
    done = converted(line('<userTask id="x" camunda:assignee="a"/>'), flow("s", "e", condition, id="f"))
    assert [(problem.rule, problem.element) for problem in done.problems] == [("DIA001", "f")]
    assert f">{condition}<".encode() in done.data


def test_a_condition_in_a_scripting_language_is_left() -> None:
    text = '<conditionExpression language="groovy">${x} == 1</conditionExpression>'
    made = f'<sequenceFlow id="f" sourceRef="x" targetRef="e">{text}</sequenceFlow>'
    assert left(line('<task id="x"/>'), made) == [("DIA002", "f")]


def test_conditions_are_carried() -> None:
    done = converted(
        line('<exclusiveGateway id="x"/>', '<task id="y"/>'), flow("x", "e", "${a &gt; 3 &amp;&amp; !b}", id="f")
    )
    condition = read_bpmn(done.data).processes[0].flows["f"].condition
    assert value(condition, a=Decimal(4), b=None) is True and value(condition, a=Decimal(4), b=True) is False


def test_flowable_and_activiti_speak_the_same() -> None:
    for uri in (b"http://flowable.org/bpmn", b"http://activiti.org/bpmn"):
        data = diagram(line('<userTask id="x" camunda:assignee="${a}"/>'))
        done = convert(data.replace(b"http://camunda.org/schema/1.0/bpmn", uri))
        assert done.whole and b'assignee="=a"' in done.data


def test_signal_and_message_names_are_carried() -> None:
    message = '<message id="m" name="${a}-paid"/>'
    event = '<intermediateCatchEvent id="x"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    (trigger,) = carried(line(event), outside=message).triggers
    assert value(trigger.name, a="7") == "7-paid"


def test_the_version_tag_of_a_process_is_carried() -> None:
    done = convert(diagram(line('<task id="x"/>'), attributes='isExecutable="true" camunda:versionTag="2.1"'))
    assert read_bpmn(done.data).processes[0].version_tag == "2.1"


# Every other byte ----------------------------------------------------------------------------------------------------

CAREFUL = """<?xml version='1.0'  encoding="UTF-8" standalone='yes'?>
<!-- before -->
<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'\r
    xmlns:c="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="urn:not-zeebe" targetNamespace="urn:t"   >
  <process id="p" isExecutable='true'><!-- inside -->
    <startEvent  id = "s" name='a &quot;b&#10;c" &#x4e2d;文 > d' ><outgoing>f</outgoing></startEvent  >
    <userTask c:assignee='${a}'  id="x"
        name="two
lines"/>
    <zeebe:thing xmlns:zeebe="urn:other"><![CDATA[ <raw> & ]]></zeebe:thing>
    <sequenceFlow id="f" sourceRef="s" targetRef="x"/><?pi stays?>
  </process>
</definitions >
<!-- after -->
"""


def changed_lines(before: str, after: str) -> Iterable[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line.startswith(("- ", "+ "))]


def test_attributes_of_the_same_name_are_told_apart_by_their_namespace() -> None:
    data = diagram(line('<userTask id="x" signavio:assignee="s" camunda:assignee="c" name="n"/>'))
    done = convert(data)
    assert (
        b'signavio:assignee="s" name="n"' in done.data and b'<zeebe:assignmentDefinition assignee="c" />' in done.data
    )


def test_only_what_is_converted_changes() -> None:
    done = convert(CAREFUL.encode())
    changes = list(changed_lines(CAREFUL, done.data.decode()))
    assert [line[2:].strip() for line in changes if line.startswith("- ")] == [
        'xmlns:c="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="urn:not-zeebe" targetNamespace="urn:t"   >',
        "<userTask c:assignee='${a}'  id=\"x\"",
        'lines"/>',
    ]
    assert '<zeebe2:assignmentDefinition assignee="=a" />' in done.data.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_of_a_file_stays(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").upper()
    text = CAREFUL.replace("UTF-8", declared).replace("文", "é")
    done = convert(text.encode(encoding))
    assert done.data.decode(encoding).replace("\r", "").count("é") == 1
    assert '<zeebe2:assignmentDefinition assignee="=a" />' in done.data.decode(encoding)


def test_a_file_without_other_dialects_comes_back_byte_for_byte() -> None:
    data = diagram(line('<task id="x"/>')).replace(b' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', b"")
    done = convert(data)
    assert (done.data, done.dialects, done.carried, done.problems) == (data, (), 0, ())


def test_a_converted_file_has_nothing_more_to_convert() -> None:
    once = converted(line('<serviceTask id="x" camunda:class="A"/>'))
    again = convert(once.data)
    assert again.data == once.data and again.carried == 0


def test_a_file_for_camunda_8_says_so() -> None:
    assert (
        b'modeler:executionPlatform="Camunda Cloud"' in converted(line('<userTask id="x" camunda:assignee="a"/>')).data
    )


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00", b"<a/>", b"<definitions/>", b"PK\x03\x04",
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        diagram(line('<task id="x"/>'))[:-9],
    ],
)  # fmt: skip
def test_what_is_no_diagram_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidModel):
        convert(data)
