"""Diagrams of SpiffWorkflow, converted."""

import pytest

from engine.notation import read_bpmn
from engine.notation.dialects import Converted, convert
from tests.unit.notation.fixtures import diagram, flow, line

SPIFF = b'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'


def converted(*body: str, outside: str = "") -> Converted:
    data = diagram(*body, outside=outside).replace(b'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', SPIFF)
    return convert(data, file="t.bpmn")


def extended(tag: str, extensions: str, inner: str = "") -> str:
    return f'<{tag} id="x"><extensionElements>{extensions}</extensionElements>{inner}</{tag}>'


def found(done: Converted, severity: str = "error") -> list[tuple[str, str]]:
    return [(problem.rule, problem.element) for problem in done.problems if problem.severity == severity]


def operator(value: str) -> str:
    parameter = f'<spiffworkflow:parameter id="url" type="str" value="{value}"/>'
    inner = f"<spiffworkflow:parameters>{parameter}</spiffworkflow:parameters>"
    tag = "spiffworkflow:serviceTaskOperator"
    return f'<{tag} id="http/Get" resultVariable="r">{inner}</{tag}>'


def test_a_connector_becomes_a_job_with_inputs() -> None:
    done = converted(line(extended("serviceTask", operator("base + '/a'"))))
    node = read_bpmn(done.data).processes[0].nodes["x"]
    assert done.whole and done.dialects == ("spiff",)
    assert (
        node.job is not None and node.job.type({}, None) == "http/Get" and node.job.headers == {"resultVariable": "r"}
    )
    assert node.inputs[0].source({"base": "b"}, None) == "b/a"


def test_a_parameter_that_is_more_than_an_expression_is_left() -> None:
    done = converted(line(extended("serviceTask", operator("fetch(1)"))))
    assert found(done) == [("DIA001", "url")] and b"serviceTaskOperator" in done.data


def test_a_form_is_named_and_must_be_drawn() -> None:
    names = (("formJsonSchemaFilename", "ask.json"), ("formUiSchemaFilename", "ask-ui.json"))
    inner = "".join(f'<spiffworkflow:property name="{name}" value="{value}"/>' for name, value in names)
    done = converted(line(extended("userTask", f"<spiffworkflow:properties>{inner}</spiffworkflow:properties>")))
    task = read_bpmn(done.data).processes[0].nodes["x"].user_task
    assert task is not None and task.form == "ask"
    assert found(done) == [] and sorted(found(done, "warning")) == [("DIA005", "x"), ("DIA006", "x")]


def test_a_decision_is_called_and_its_result_must_be_looked_at() -> None:
    called = "<spiffworkflow:calledDecisionId>grade</spiffworkflow:calledDecisionId>"
    done = converted(line(extended("businessRuleTask", called)))
    node = read_bpmn(done.data).processes[0].nodes["x"]
    assert node.decision is not None and node.decision({}, None) == "grade" and node.result_variable == "decisionResult"
    assert found(done) == [("DIA006", "x")]


@pytest.mark.parametrize(
    "body",
    [
        '<scriptTask id="x"><script>import os; os.system("x")</script></scriptTask>',
        extended("task", "<spiffworkflow:preScript>a = 1</spiffworkflow:preScript>"),
        extended("task", "<spiffworkflow:postScript>a = 1</spiffworkflow:postScript>"),
    ],
)
def test_python_scripts_stay_and_are_listed(body: str) -> None:
    done = converted(line(body))
    assert found(done) == [("DIA002", "x")]
    assert done.data == converted(line(body)).data and body.encode() in done.data


def test_python_conditions_become_feel_where_they_can() -> None:
    flows = [flow("x", "e", "a == 1 and not b > 2", id="f"), flow("x", "e", "check(a)", id="g")]
    done = converted(line('<exclusiveGateway id="x"/>'), *flows)
    assert b"a = 1 and not(b &gt; 2)" in done.data
    assert found(done) == [("DIA001", "g")]


@pytest.mark.parametrize(
    ("written", "timer"),
    [("&quot;PT1H&quot;", "PT1H"), ("PT1H", "PT1H"), ("wait", "=wait"), ("'P1D'", "P1D")],
)
def test_times_are_texts_or_variables(written: str, timer: str) -> None:
    inner = f"<timerEventDefinition><timeDuration>{written}</timeDuration></timerEventDefinition>"
    done = converted(line(f'<intermediateCatchEvent id="x">{inner}</intermediateCatchEvent>'))
    assert f"<timeDuration>{timer}</timeDuration>".encode() in done.data and done.whole


def test_a_time_that_python_computes_is_left() -> None:
    inner = "<timerEventDefinition><timeDuration>timedelta(hours=1)</timeDuration></timerEventDefinition>"
    assert found(converted(line(f'<intermediateCatchEvent id="x">{inner}</intermediateCatchEvent>'))) == [
        ("DIA001", "x")
    ]


def test_instructions_stay_with_their_task() -> None:
    text = "<spiffworkflow:instructionsForEndUser>Look *here*</spiffworkflow:instructionsForEndUser>"
    task = read_bpmn(converted(line(extended("userTask", text))).data).processes[0].nodes["x"].user_task
    assert task is not None and task.properties == {"instructions": "Look *here*"}


def test_a_manual_task_that_would_wait_for_nobody_is_listed() -> None:
    assert found(converted(line('<manualTask id="x"/>'))) == [("DIA004", "x")]


def test_unit_tests_of_scripts_are_dropped_and_the_unknown_is_left() -> None:
    done = converted(
        line(extended("task", "<spiffworkflow:unitTests/><spiffworkflow:allowGuest>true</spiffworkflow:allowGuest>"))
    )
    assert found(done, "warning") == [("DIA005", "x")] and found(done) == [("DIA004", "x")]
    assert b"unitTests" not in done.data and b"allowGuest" in done.data
