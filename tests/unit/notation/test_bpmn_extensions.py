"""Camunda 8's `zeebe:` elements and our own `duban:` ones: what each means, and what is refused."""

from decimal import Decimal

import pytest

from engine.notation.model import UserTask
from tests.unit.notation.fixtures import extended, flow, line, node, problems, process, refusal

MESSAGE = '<message id="m" name="Paid"/>'


def user_task(extensions: str, *others: str) -> UserTask:
    made = node(line(extended("userTask", extensions), *others)).user_task
    assert made is not None
    return made


# zeebe: ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "scriptTask", "businessRuleTask"])
def test_task_definition_makes_a_job_with_headers(tag: str) -> None:
    definition = '<zeebe:taskDefinition type="=&quot;pay&quot;" retries="5"/>'
    headers = '<zeebe:taskHeaders><zeebe:header key="a" value="b"/></zeebe:taskHeaders>'
    job = node(line(extended(tag, definition + headers))).job
    assert job is not None
    assert job.retries is not None
    assert (job.type({}), job.retries({}), job.headers) == ("pay", Decimal(5), {"a": "b"})


def test_a_message_throw_may_be_a_job() -> None:
    thrown = '<messageEventDefinition id="d"/>'
    made = node(line(extended("intermediateThrowEvent", '<zeebe:taskDefinition type="mail"/>', thrown)))
    assert made.job is not None
    assert made.job.type({}) == "mail"
    signal = refusal(
        line(
            extended(
                "intermediateThrowEvent",
                '<zeebe:taskDefinition type="mail"/>',
                "<escalationEventDefinition escalationRef='q'/>",
            )
        ),
        outside='<escalation id="q" escalationCode="q"/>',
    )
    assert (signal.rule, signal.element) == ("BPMN014", "x")


def test_io_mappings_are_ordered_and_dotted() -> None:
    mapping = '<zeebe:ioMapping><zeebe:input source="=a" target="order.total"/><zeebe:input source="fixed" target="b"/>'
    mapping += '<zeebe:output source="=c" target="d"/></zeebe:ioMapping>'
    made = node(line(extended("task", mapping)))
    assert [each.target for each in made.inputs] == [("order", "total"), ("b",)]
    assert [each.source({"a": True}) for each in made.inputs] == [True, "fixed"]
    assert [each.target for each in made.outputs] == [("d",)]


@pytest.mark.parametrize("attribute", ["formId", "formKey"])
def test_form_definition_names_the_form(attribute: str) -> None:
    assert user_task(f'<zeebe:userTask/><zeebe:formDefinition {attribute}="order"/>').form == "order"


@pytest.mark.parametrize("form", ['formId=""', 'formKey="camunda-forms:bpmn:f1"', 'formId="=f"'])
def test_a_form_must_be_a_file(form: str) -> None:
    assert refusal(line(extended("userTask", f"<zeebe:formDefinition {form}/>"))).rule == "BPMN015"


def test_assignment_schedule_and_priority() -> None:
    made = user_task(
        '<zeebe:assignmentDefinition assignee="=who" candidateUsers="li, wang" candidateGroups="=groups"/>'
        '<zeebe:taskSchedule dueDate="=due" followUpDate="2026-10-01T08:00:00Z"/>'
        '<zeebe:priorityDefinition priority="80"/>'
    )
    scope = {"who": "li", "groups": ["g"], "due": "later"}
    found = [each and each(scope) for each in (made.assignee, made.candidate_users, made.candidate_groups, made.due)]
    assert found == ["li", ["li", "wang"], ["g"], "later"]
    assert made.follow_up is not None
    assert made.priority is not None
    assert (made.follow_up({}), made.priority({})) == ("2026-10-01T08:00:00Z", Decimal(80))


def test_called_element_may_be_an_expression() -> None:
    called = '<zeebe:calledElement processId="=target" propagateAllChildVariables="false" bindingType="deployment"/>'
    call = node(line(extended("callActivity", called))).call
    assert call is not None
    assert (call.process({"target": "q"}), call.static_process) == ("q", None)
    assert (call.propagate_parent, call.propagate_child) == (True, False)
    static = node(line(extended("callActivity", '<zeebe:calledElement processId="q"/>'))).call
    assert static is not None
    assert static.static_process == "q"


def test_called_decision_and_script_name_their_result() -> None:
    ruled = node(line(extended("businessRuleTask", '<zeebe:calledDecision decisionId="limits" resultVariable="r"/>')))
    assert ruled.decision is not None
    assert (ruled.decision({}), ruled.result_variable) == ("limits", "r")
    scripted = node(line(extended("scriptTask", '<zeebe:script expression="=1 + 1" resultVariable="two"/>')))
    assert scripted.script is not None
    assert (scripted.script({}), scripted.result_variable) == (Decimal(2), "two")


def test_ad_hoc_elements_may_be_chosen() -> None:
    text = extended("adHocSubProcess", '<zeebe:adHoc activeElementsCollection="=chosen"/>', '<task id="i"/>')
    ad_hoc = node(line(text), unsupported={}).ad_hoc
    assert ad_hoc is not None
    assert ad_hoc.active_elements is not None
    assert ad_hoc.active_elements({"chosen": ["i"]}) == ["i"]


def test_properties_and_templates_are_ignored_anywhere() -> None:
    notes = '<zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties>'
    assert node(line(extended("task", notes, attributes='zeebe:modelerTemplate="t"'))).kind == "task"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (extended("task", "<zeebe:unheardOf/>"), "zeebe:unheardOf is not known"),
        (extended("task", '<zeebe:taskDefinition type="x"/>'), "zeebe:taskDefinition cannot stand on task"),
        (extended("serviceTask", "<zeebe:taskDefinition/>"), "zeebe:taskDefinition lacks the attribute type"),
        (extended("serviceTask", '<zeebe:taskDefinition type=" "/>'), "expected a value in the attribute type"),
        (extended("serviceTask", '<zeebe:taskDefinition type="x" color="y"/>'), "has an unknown attribute color"),
        (extended("userTask", "<zeebe:userTask/><zeebe:userTask/>"), "expected zeebe:userTask once"),
        (
            extended("task", '<zeebe:ioMapping><zeebe:inpt source="=a" target="b"/></zeebe:ioMapping>'),
            "unknown element inpt",
        ),
        (
            extended("task", '<zeebe:ioMapping><zeebe:input source="=a" target="a b"/></zeebe:ioMapping>'),
            "expected target to be",
        ),
        (
            extended("task", '<zeebe:ioMapping><zeebe:input source="=a" target="a..b"/></zeebe:ioMapping>'),
            "expected target to be",
        ),
        (extended("userTask", "<zeebe:executionListeners/>"), "draw the work as a service task"),
        ('<task id="x" zeebe:modelerNonsense="1"/>', "expected no attribute zeebe:modelerNonsense"),
        (
            extended("callActivity", '<zeebe:calledElement processId="q" bindingType="versionTag"/>'),
            "binds by version tag",
        ),
        (extended("scriptTask", '<zeebe:script expression="=1" resultVariable="a b"/>'), "resultVariable"),
    ],
)
def test_what_zeebe_does_not_know_is_refused(text: str, message: str) -> None:
    found = [each for each in problems(line(text)) if each.rule == "BPMN015"]
    assert any(message in each.message for each in found), problems(line(text))
    assert found[0].element == "x"
    assert found[0].line > 0


# duban: ------------------------------------------------------------------------------------------------------------


def test_a_deadline_may_count_from_earlier_go_on_and_grant_a_least_time() -> None:
    attributes = 'since="=a" resumes="=b" atLeast="P2D" atLeastClock="WORK" resultVariable="d"'
    made = user_task(f'<duban:deadline duration="P9D" {attributes}/>').deadline
    assert made is not None and made.since and made.resumes and made.at_least and made.at_least_clock
    scope = {"a": "then", "b": "so"}
    found = [each(scope) for each in (made.since, made.resumes, made.at_least, made.at_least_clock)]
    assert [*found, made.result] == ["then", "so", "P2D", "WORK", "d"]


def test_a_deadline_has_defaults() -> None:
    short = user_task('<duban:deadline duration="PT24H"/>').deadline
    assert short is not None
    assert [each({}) for each in (short.duration, short.clock, short.calendar, short.roll)] == [
        "PT24H",
        "WALL",
        "CN",
        "forward",
    ]
    full = user_task('<duban:deadline duration="=limit" clock="WORK" calendar="=unit" roll="back"/>').deadline
    assert full is not None
    scope = {"limit": "P3D", "unit": "u1"}
    assert [each(scope) for each in (full.duration, full.clock, full.calendar, full.roll)] == [
        "P3D",
        "WORK",
        "u1",
        "back",
    ]


def test_ladder_separation_and_evidence() -> None:
    made = user_task(
        '<duban:ladder decisionId="hazard-ladder"/><duban:separation from="y z"/><duban:evidence photos="2"/>',
        '<userTask id="y"/>',
        '<userTask id="z"/>',
    )
    assert (made.ladder, made.separate_from, made.photos) == ("hazard-ladder", ("y", "z"), 2)


def test_a_process_knows_whom_its_tasks_are_kept_apart_from() -> None:
    text = extended("userTask", '<duban:separation from="y"/>')
    assert process(line(text, '<userTask id="y"/>')).separated == {"y"}


def test_a_label_is_the_english_name_and_may_stand_on_whatever_has_a_name() -> None:
    labelled = '<duban:label en="Rectify"/>'
    assert node(line(extended("userTask", labelled))).name_en == "Rectify"
    assert node(line(extended("exclusiveGateway", labelled))).name_en == "Rectify"
    assert node(line(extended("userTask", ""))).name_en == ""


def test_publish_gives_a_thrown_message_its_key_and_life() -> None:
    published = '<duban:publish key="=order" ttl="P1D"/>'
    thrown = node(
        line(extended("intermediateThrowEvent", published, '<messageEventDefinition messageRef="m"/>')), outside=MESSAGE
    )
    sent = node(line(extended("sendTask", published, attributes='messageRef="m"')), outside=MESSAGE)
    for message in (thrown.triggers[0], sent.message):
        assert message is not None
        assert message.key is not None
        assert message.ttl is not None
        assert (message.key({"order": "7"}), message.ttl({})) == ("7", "P1D")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (extended("userTask", "<duban:deadlin/>"), "duban:deadlin is not known"),
        (extended("userTask", "<duban:deadline/>"), "duban:deadline lacks the attribute duration"),
        (extended("userTask", '<duban:deadline duration="PT1H" clok="WALL"/>'), "unknown attribute clok"),
        (
            extended("userTask", '<duban:deadline duration="PT1H" clock="LUNAR"/>'),
            "expected clock of duban:deadline to be WALL, WORK, DAY",
        ),
        (extended("userTask", '<duban:deadline duration="PT1H" atLeastClock="x"/>'), "expected atLeastClock of duban"),
        (extended("userTask", '<duban:deadline duration="PT1H" roll="up"/>'), "expected roll of duban:deadline"),
        (extended("task", '<duban:deadline duration="PT1H"/>'), "duban:deadline cannot stand on task"),
        ('<userTask id="x" duban:photos="1"/>', "expected no attribute duban:photos"),
    ],
)
def test_what_duban_does_not_know_is_refused(text: str, message: str) -> None:
    found = refusal(line(text))
    assert (found.rule, found.element) == ("BPMN016", "x")
    assert message in found.message


def repeating(misfire: str, timer: str = "<timeCycle>R/PT1H</timeCycle>") -> str:
    inner = f"<timerEventDefinition>{timer}</timerEventDefinition>"
    return line('<userTask id="y"/>' + extended("boundaryEvent", misfire, inner, 'attachedToRef="y"'))


def test_a_cycle_says_what_becomes_of_missed_turns() -> None:
    assert node(repeating("")).triggers[0].misfire == "once"
    assert node(repeating('<duban:misfire policy="skip"/>')).triggers[0].misfire == "skip"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            repeating('<duban:misfire policy="=x"/>'),
            "expected policy of duban:misfire to be once, all, skip",
        ),
        (repeating('<duban:misfire policy="all"/>', "<timeDuration>PT1H</timeDuration>"), "needs an event whose timer"),
        (line(extended("userTask", '<duban:misfire policy="all"/>')), "duban:misfire cannot stand on userTask"),
    ],
)
def test_what_becomes_of_missed_turns_is_said_of_cycles_alone(text: str, message: str) -> None:
    found = refusal(text)
    assert (found.rule, found.element) == ("BPMN016", "x")
    assert message in found.message


def test_an_extension_on_a_flow_is_refused() -> None:
    evidence = '<extensionElements><duban:evidence photos="1"/></extensionElements>'
    found = refusal(line(), flow("s", "e", id="f").replace("></", f">{evidence}</"))
    assert (found.rule, found.element) == ("BPMN016", "f")


def test_photos_are_counted_in_whole_numbers() -> None:
    assert refusal(line(extended("userTask", '<duban:evidence photos="many"/>'))).message.startswith(
        "expected photos to be a whole number"
    )


def test_separation_must_name_user_tasks_of_the_process() -> None:
    absent = refusal(line(extended("userTask", '<duban:separation from="nobody"/>')))
    assert (absent.rule, absent.element) == ("BPMN005", "x")
    other = '<process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="far"/></process>'
    assert (
        "another process"
        in refusal(line(extended("userTask", '<duban:separation from="far"/>')), outside=other).message
    )


def test_personal_lists_variable_names() -> None:
    found = refusal('<extensionElements><duban:case personal="a-b"/></extensionElements>', line('<task id="x"/>'))
    assert (found.rule, found.element) == ("BPMN016", "p")


# Other vendors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '<userTask id="x" camunda:assignee="${user}"/>',
        '<task id="x" camunda:class="com.example.Work"/>',
        extended("task", "<camunda:inputOutput/>"),
        extended("task", "<camunda:executionListener/>"),
    ],
)
def test_what_camunda_7_would_execute_is_refused_with_a_hint(text: str) -> None:
    found = refusal(line(text))
    assert (found.rule, found.element) == ("BPMN013", "x")
    assert "duban import" in found.message


def test_what_camunda_7_notes_is_ignored() -> None:
    text = extended("task", "<camunda:properties/>", attributes='camunda:asyncBefore="true" camunda:exclusive="false"')
    assert node(line(text)).kind == "task"


def test_an_extension_that_must_be_understood_is_refused() -> None:
    found = refusal(line('<task id="x"/>'), outside='<extension definition="t:more" mustUnderstand="true"/>')
    assert found.rule == "BPMN013"
