"""What each element does, run in memory."""

from decimal import Decimal

import pytest

from engine.errors import NotFound
from engine.execution.commands import FailJob, RetryIncident, SetVariables
from engine.execution.decide import decide
from tests.support.diagrams import (
    boundary,
    end,
    error,
    escalation,
    ext,
    flows,
    kinds,
    message,
    path,
    process,
    run,
    script,
    service,
    signal,
    start,
    timer,
    user,
)  # fmt: skip


def status(sandbox):
    return sandbox.report()["status"]


def variables(sandbox):
    return sandbox.report()["variables"]


def tasks(sandbox):
    return [task["element"] for task in sandbox.report()["tasks"]]


# Gateways ----------------------------------------------------------------------------------------------------------


def choice(kind, *extra):
    return (
        start(), f'<{kind} id="g" default="g-c"/>', *(f'<task id="{id}"/>' for id in "abc"),
        flows("s g", "g a =n > 1", "g b =n > 2", "g c"), *extra,
    )  # fmt: skip


@pytest.mark.parametrize(("n", "taken"), [(0, ["c"]), (2, ["a"]), (3, ["a"])])
def test_exclusive_gateway_takes_the_first_true_flow_or_the_default(n, taken):
    sandbox = run(*choice("exclusiveGateway"), variables={"n": Decimal(n)})
    assert path(sandbox) == ["s", "g", *taken]
    assert status(sandbox) == "completed"


@pytest.mark.parametrize(("n", "taken"), [(0, ["c"]), (2, ["a"]), (3, ["a", "b"])])
def test_inclusive_gateway_takes_every_true_flow_or_the_default(n, taken):
    assert path(run(*choice("inclusiveGateway"), variables={"n": Decimal(n)}))[2:] == taken


def test_a_condition_that_is_null_is_an_incident_that_says_why_and_can_be_retried():
    sandbox = run(*choice("exclusiveGateway"))
    report = sandbox.report()
    assert report["status"] == "incident"
    assert report["incidents"][0]["element"] == "g"
    assert "'n'" in report["incidents"][0]["message"]


def test_exclusive_gateway_without_a_true_flow_and_without_default_is_an_incident():
    sandbox = run(
        start(), '<exclusiveGateway id="g"/><task id="a"/><task id="b"/>', flows("s g", "g a =false", "g b =false")
    )
    assert status(sandbox) == "incident"


def test_parallel_join_waits_for_every_branch():
    sandbox = run(
        start(), '<parallelGateway id="g"/>', user("a"), user("b"), '<parallelGateway id="j"/>', end(),
        flows("s g", "g a", "g b", "a j", "b j", "j e"),
    )  # fmt: skip
    sandbox.complete("a")
    assert "j" not in path(sandbox)
    sandbox.complete("b")
    assert path(sandbox) == ["s", "g", "a", "b", "j", "e"]
    assert status(sandbox) == "completed"


def test_parallel_join_that_can_never_fire_is_an_incident():
    sandbox = run(
        start(), '<exclusiveGateway id="g" default="g-a"/><task id="a"/><task id="b"/><parallelGateway id="j"/>', end(),
        flows("s g", "g a", "g b =false", "a j", "b j", "j e"),
    )  # fmt: skip
    assert sandbox.report()["incidents"][0]["kind"] == "deadlock"


def test_inclusive_join_waits_only_for_branches_that_are_under_way():
    parts = (
        start(), '<inclusiveGateway id="g" default="g-c"/>', user("a"), user("b"), user("c"),
        '<inclusiveGateway id="j"/>', end(),
        flows("s g", "g a =n > 1", "g b =n > 2", "g c", "a j", "b j", "c j", "j e"),
    )  # fmt: skip
    two = run(*parts, variables={"n": Decimal(3)})
    two.complete("a")
    assert status(two) == "active"
    two.complete("b")
    assert path(two).count("j") == 1
    assert status(two) == "completed"
    one = run(*parts, variables={"n": Decimal(2)})
    one.complete("a")
    assert status(one) == "completed"


def test_event_gateway_takes_the_first_event_and_forgets_the_others():
    parts = (
        start(), '<eventBasedGateway id="g"/>',
        f'<intermediateCatchEvent id="m">{message("A")}</intermediateCatchEvent>',
        f'<intermediateCatchEvent id="t">{timer("duration", "PT1H")}</intermediateCatchEvent>',
        '<task id="a"/><task id="b"/>',
        flows("s g", "g m", "g t", "m a", "t b"),
    )  # fmt: skip
    by_message = run(*parts)
    by_message.message("A", variables={"x": Decimal(7)})
    assert path(by_message) == ["s", "g", "m", "a"]
    assert variables(by_message) == {"x": 7}
    assert by_message.report()["timers"] == []
    by_time = run(*parts)
    by_time.advance("PT59M")
    assert status(by_time) == "active"
    by_time.advance("PT1M")
    assert path(by_time) == ["s", "g", "t", "b"]


# Tasks and data ----------------------------------------------------------------------------------------------------


def test_script_and_output_mapping_write_where_the_variable_lives():
    sandbox = run(
        start(), script("a", "=2 * n", "y"), user("b",
        ext('<zeebe:ioMapping><zeebe:output source="=v + y" target="sum"/></zeebe:ioMapping>')),
        flows("s a", "a b"), variables={"n": Decimal(4)},
    )  # fmt: skip
    sandbox.complete("b", {"v": Decimal(1), "noise": "gone"})
    assert variables(sandbox) == {"n": 4, "y": 8, "sum": 9}


def test_input_mapping_is_local_to_the_element():
    mapping = ext('<zeebe:ioMapping><zeebe:input source="=n + 1" target="inner"/></zeebe:ioMapping>')
    sandbox = run(start(), user("a", mapping), flows("s a"), variables={"n": Decimal(1)})
    assert variables(sandbox) == {"n": 1}


def test_output_mapping_writes_into_a_context_without_losing_its_other_entries():
    mapping = ext('<zeebe:ioMapping><zeebe:output source="=v" target="data.inner.v"/></zeebe:ioMapping>')
    sandbox = run(start(), user("a", mapping), flows("s a"), variables={"data": {"keep": "me"}})
    sandbox.complete("a", {"v": Decimal(5)})
    assert variables(sandbox) == {"data": {"keep": "me", "inner": {"v": 5}}}


def test_failing_output_mapping_keeps_what_the_person_entered():
    mapping = ext('<zeebe:ioMapping><zeebe:output source="=assert(v, v &gt; 0)" target="w"/></zeebe:ioMapping>')
    sandbox = run(start(), user("a", mapping), flows("s a"))
    sandbox.complete("a", {"v": Decimal(5)})
    report = sandbox.report()
    assert [event["variables"] for event in report["trace"] if event["type"] == "TaskCompleted"] == [{"v": 5}]


def test_job_completes_with_its_variables_and_a_bpmn_error_goes_to_the_boundary():
    parts = (
        start(),
        service("a", "mail"),
        boundary("b", "a", error("E1")),
        '<task id="ok"/><task id="bad"/>',
        flows("s a", "a ok", "b bad"),
    )
    done = run(*parts)
    done.job("mail", {"sent": True})
    assert path(done) == ["s", "a", "ok"]
    assert variables(done) == {"sent": True}
    failed = run(*parts)
    failed.fail("mail", "E1")
    assert path(failed) == ["s", "b", "bad"]
    assert "JobFailed" in kinds(failed)


def test_an_error_that_nobody_catches_is_an_incident():
    sandbox = run(start(), service("a", "mail"), flows("s a"))
    sandbox.fail("mail", "E9")
    assert "E9" in sandbox.report()["incidents"][0]["message"]


# Boundary events ----------------------------------------------------------------------------------------------------


def test_interrupting_timer_cancels_the_task():
    sandbox = run(
        start(),
        user("a"),
        boundary("b", "a", timer("duration", "PT1H")),
        '<task id="late"/>',
        end(),
        flows("s a", "a e", "b late"),
    )
    sandbox.advance("PT1H")
    assert path(sandbox) == ["s", "b", "late"]
    assert "TaskCancelled" in kinds(sandbox)
    with pytest.raises(NotFound):
        sandbox.complete("a")


def test_non_interrupting_cycle_fires_as_often_as_it_says_and_ends_with_its_task():
    sandbox = run(
        start(),
        user("a"),
        boundary("b", "a", timer("cycle", "R3/PT1H"), False),
        '<task id="remind"/>',
        end(),
        flows("s a", "a e", "b remind"),
    )
    sandbox.advance("PT5H")
    assert path(sandbox).count("remind") == 3
    assert sandbox.report()["timers"] == []
    sandbox.complete("a")
    assert status(sandbox) == "completed"


def test_completing_the_task_disarms_its_boundary_timer():
    sandbox = run(start(), user("a"), boundary("b", "a", timer("duration", "PT1H")), user("c"), flows("s a", "a c"))
    sandbox.complete("a")
    assert sandbox.report()["timers"] == []


def test_boundary_message_is_correlated_by_key():
    parts = (start(), user("a"), boundary("b", "a", message("A")), '<task id="got"/>', flows("s a", "b got"))
    sandbox = run(*parts, key="=no", variables={"no": "7"})
    sandbox.message("A", "8")
    assert status(sandbox) == "active"
    sandbox.message("A", "7")
    assert path(sandbox) == ["s", "b", "got"]


def test_a_message_that_comes_early_is_kept_until_somebody_waits():
    sandbox = run(start(), user("a"), '<receiveTask id="r" messageRef="message-A"/>', flows("s a", "a r"), key="=1")
    sandbox.message("A", "1", {"x": "early"})
    sandbox.complete("a")
    assert path(sandbox)[-1] == "r"
    assert variables(sandbox) == {"x": "early"}


def test_a_message_whose_time_is_over_is_not_delivered():
    sandbox = run(start(), user("a"), '<receiveTask id="r" messageRef="message-A"/>', flows("s a", "a r"), key="=1")
    sandbox.message("A", "1")
    sandbox.advance("PT2H")
    sandbox.complete("a")
    assert status(sandbox) == "active"


# Sub-processes, events ------------------------------------------------------------------------------------------------


def sub(id, *parts, extra=""):
    return f'<subProcess id="{id}"{extra}>{"".join(parts)}</subProcess>'


def test_sub_process_completes_when_nothing_is_left_inside():
    sandbox = run(
        start(), sub("sp", start("s2"), user("a"), end("e2"), flows("s2 a", "a e2")), end(), flows("s sp", "sp e")
    )
    assert tasks(sandbox) == ["a"]
    sandbox.complete("a")
    assert path(sandbox) == ["s", "s2", "a", "e2", "sp", "e"]


def test_error_end_event_ends_the_sub_process_and_goes_on_at_its_boundary():
    inner = sub(
        "sp",
        start("s2"),
        '<parallelGateway id="g"/>',
        user("a"),
        user("b"),
        end("e2", error("E1")),
        flows("s2 g", "g a", "g b", "a e2"),
    )
    sandbox = run(start(), inner, boundary("b1", "sp", error("E1")), '<task id="caught"/>', flows("s sp", "b1 caught"))
    sandbox.complete("a")
    assert path(sandbox)[-2:] == ["b1", "caught"]
    assert tasks(sandbox) == []
    assert status(sandbox) == "completed"


def test_error_without_code_catches_every_code():
    inner = sub("sp", start("s2"), end("e2", error("E2")), flows("s2 e2"))
    sandbox = run(start(), inner, boundary("b1", "sp", "<errorEventDefinition/>"), flows("s sp"))
    assert path(sandbox)[-1] == "b1"


def test_escalation_without_interruption_lets_the_thrower_go_on():
    throw = f'<intermediateThrowEvent id="t">{escalation("E1")}</intermediateThrowEvent>'
    inner = sub("sp", start("s2"), throw, user("a"), flows("s2 t", "t a"))
    sandbox = run(
        start(), inner, boundary("b1", "sp", escalation("E1"), False), '<task id="told"/>', flows("s sp", "b1 told")
    )
    assert "told" in path(sandbox)
    assert tasks(sandbox) == ["a"]


def test_escalation_that_nobody_catches_is_only_told():
    sandbox = run(start(), end("e", escalation("E1")), flows("s e"))
    assert status(sandbox) == "completed"
    assert "EscalationThrown" in kinds(sandbox)


def test_terminate_ends_its_scope_only():
    inner = sub(
        "sp",
        start("s2"),
        '<parallelGateway id="g"/>',
        user("a"),
        end("e2", "<terminateEventDefinition/>"),
        flows("s2 g", "g a", "g e2"),
    )
    sandbox = run(start(), inner, '<task id="after"/>', flows("s sp", "sp after"))
    assert path(sandbox)[-1] == "after"
    assert status(sandbox) == "completed"


def test_terminate_at_the_outermost_level_terminates_the_case():
    sandbox = run(
        start(),
        '<parallelGateway id="g"/>',
        user("a"),
        end("e", "<terminateEventDefinition/>"),
        flows("s g", "g a", "g e"),
    )
    assert status(sandbox) == "terminated"
    assert tasks(sandbox) == []


def event_sub_process(inner, interrupting=True):
    start_event = f'<startEvent id="es" isInterrupting="{str(interrupting).lower()}">{inner}</startEvent>'
    return sub("esp", start_event, '<task id="handle"/>', flows("es handle"), extra=' triggeredByEvent="true"')


def test_interrupting_event_sub_process_ends_everything_else():
    sandbox = run(start(), user("a"), event_sub_process(message("A")), flows("s a"), key="=1")
    sandbox.message("A", "1", {"x": True})
    assert tasks(sandbox) == []
    assert path(sandbox) == ["s", "es", "handle", "esp"]
    assert status(sandbox) == "completed"


def test_non_interrupting_event_sub_process_can_start_again_and_again():
    sandbox = run(start(), user("a"), event_sub_process(signal("A"), interrupting=False), flows("s a"))
    sandbox.signal("A")
    sandbox.signal("A")
    assert path(sandbox).count("handle") == 2
    assert tasks(sandbox) == ["a"]
    sandbox.complete("a")
    assert status(sandbox) == "completed"


def test_each_start_of_an_event_sub_process_has_the_properties_that_it_declares_to_itself():
    keep = ext('<zeebe:ioMapping><zeebe:output source="=x" target="x"/></zeebe:ioMapping>')
    caught = f'<startEvent id="es" isInterrupting="false">{keep}{message("A")}</startEvent>'
    own = '<property id="own" name="x"/>'
    inner = sub(
        "esp",
        own,
        caught,
        script("handle", "append(seen, x)", "seen"),
        user("wait"),
        script("again", "append(seen, x)", "seen"),
        flows("es handle", "handle wait", "wait again"),
        extra=' triggeredByEvent="true"',
    )
    sandbox = run(start(), script("first", "[]", "seen"), user("a"), inner, flows("s first", "first a"), key="=1")
    sandbox.message("A", "1", {"x": "one"})
    sandbox.message("A", "1", {"x": "two"})
    sandbox.complete("wait")
    sandbox.complete("wait")
    assert sandbox.report()["variables"]["seen"] == ["one", "two", "one", "two"]


def test_error_event_sub_process_catches_what_is_thrown_in_its_scope():
    sandbox = run(start(), service("a", "mail"), event_sub_process(error("E1")), flows("s a"))
    sandbox.fail("mail", "E1")
    assert path(sandbox)[-3:] == ["es", "handle", "esp"]
    assert status(sandbox) == "completed"


def test_an_error_thrown_inside_an_event_sub_process_goes_outwards():
    handler = sub(
        "esp",
        f'<startEvent id="es">{error("E1")}</startEvent>',
        end("again", error("E1")),
        flows("es again"),
        extra=' triggeredByEvent="true"',
    )
    inner = sub("sp", start("s2"), end("e2", error("E1")), handler, flows("s2 e2"))
    sandbox = run(start(), inner, boundary("b1", "sp", error("E1")), flows("s sp"))
    assert path(sandbox)[-1] == "b1"


def test_signal_reaches_every_catcher_of_its_own_case():
    catch = f'<intermediateCatchEvent id="c">{signal("A")}</intermediateCatchEvent>'
    throw = f'<intermediateThrowEvent id="t">{signal("A")}</intermediateThrowEvent>'
    sandbox = run(start(), '<parallelGateway id="g"/>', catch, user("a"), throw, flows("s g", "g c", "g a", "a t"))
    sandbox.complete("a")
    assert {"c", "t"} <= set(path(sandbox))
    assert status(sandbox) == "completed"


def test_link_goes_on_at_its_twin():
    link = '<linkEventDefinition name="L"/>'
    sandbox = run(
        start(),
        f'<intermediateThrowEvent id="t">{link}</intermediateThrowEvent>',
        f'<intermediateCatchEvent id="c">{link}</intermediateCatchEvent>',
        '<task id="a"/>', flows("s t", "c a"),
    )  # fmt: skip
    assert path(sandbox) == ["s", "t", "c", "a"]


def test_call_activity_hands_variables_in_and_out():
    called = process(start("s2"), script("a", "=n * 10", "m"), flows("s2 a"), id="q")
    call = '<callActivity id="call">' + ext('<zeebe:calledElement processId="q"/>') + "</callActivity>"
    sandbox = run(start(), call, flows("s call"), called, variables={"n": Decimal(2)})
    assert variables(sandbox)["m"] == 20
    assert path(sandbox) == ["s", "s2", "a", "call"]


def test_called_process_that_is_missing_is_an_incident():
    call = '<callActivity id="call">' + ext('<zeebe:calledElement processId="=other"/>') + "</callActivity>"
    assert "other" in run(start(), call, flows("s call"), variables={"other": "nowhere"}).report()["incidents"][0][
        "message"
    ].replace("nowhere", "other")


def test_two_processes_of_a_file_talk_by_message():
    receiver = process(f'<startEvent id="rs">{message("A")}</startEvent>', user("ra"), flows("rs ra"), id="q")
    send = '<sendTask id="send" messageRef="message-A"/>'
    sandbox = run(start(), send, flows("s send"), receiver, key="=1")
    assert [case["process"] for case in sandbox.report()["cases"]] == ["q"]
    assert sandbox.report()["cases"][0]["tasks"][0]["element"] == "ra"


# Loops ---------------------------------------------------------------------------------------------------------------


def each(id, inner="", collection="=[1,2,3]", attributes="", more=""):
    return f'<userTask id="{id}">{inner}{multi_instance(collection, attributes, more)}</userTask>'


def multi_instance(collection, attributes="", more=""):
    outputs = 'outputCollection="out" outputElement="=y"'
    loop = f'<zeebe:loopCharacteristics inputCollection="{collection}" inputElement="i" {outputs}/>'
    return f"<multiInstanceLoopCharacteristics{attributes}>{ext(loop)}{more}</multiInstanceLoopCharacteristics>"


def test_parallel_multi_instance_collects_outputs_in_order_of_the_items():
    sandbox = run(start(), each("a"), end(), flows("s a", "a e"))
    assert tasks(sandbox) == ["a", "a", "a"]
    for y in ("x", "y", "z"):
        sandbox.complete("a", {"y": y})
    assert variables(sandbox) == {"out": ["x", "y", "z"]}
    assert status(sandbox) == "completed"


def test_sequential_multi_instance_has_one_turn_at_a_time():
    sandbox = run(start(), each("a", attributes=' isSequential="true"'), flows("s a"))
    for y in ("x", "y", "z"):
        assert tasks(sandbox) == ["a"]
        sandbox.complete("a", {"y": y})
    assert variables(sandbox)["out"] == ["x", "y", "z"]


def test_multi_instance_over_nothing_completes_at_once():
    sandbox = run(start(), each("a", collection="=[]"), flows("s a"))
    assert status(sandbox) == "completed"
    assert variables(sandbox) == {"out": []}


def test_completion_condition_cancels_the_turns_that_are_left():
    condition = "<completionCondition>=numberOfCompletedInstances &gt;= 2</completionCondition>"
    sandbox = run(start(), each("a", more=condition), flows("s a"))
    sandbox.complete("a", {"y": "x"})
    sandbox.complete("a", {"y": "y"})
    assert tasks(sandbox) == []
    assert variables(sandbox)["out"] == ["x", "y", None]
    assert status(sandbox) == "completed"


def test_boundary_event_on_a_multi_instance_cancels_all_turns():
    sandbox = run(start(), each("a"), boundary("b", "a", timer("duration", "PT1H")), flows("s a"))
    sandbox.advance("PT1H")
    assert tasks(sandbox) == []
    assert path(sandbox) == ["s", "b"]
    assert status(sandbox) == "completed"


def test_standard_loop_goes_on_while_its_condition_holds():
    loop = "<standardLoopCharacteristics><loopCondition>=n &lt; 3</loopCondition></standardLoopCharacteristics>"
    task = script("a", "=n + 1", "n").replace("</scriptTask>", loop + "</scriptTask>")
    sandbox = run(start(), task, flows("s a"), variables={"n": Decimal(0)})
    assert variables(sandbox) == {"n": 3}


def test_ten_thousand_parallel_turns_end_within_the_budget_of_each_command():
    loop = multi_instance("=for i in 1..10000 return i")
    task = script("a", "=i * 2", "y").replace("</scriptTask>", f"{loop}</scriptTask>")
    sandbox = run(start(), task, flows("s a"))
    assert status(sandbox) == "completed"
    assert variables(sandbox)["out"][-1] == 20000
    assert max(len(told) for _, told in sandbox.cases[0].trace) < 3_000
    assert len(sandbox.cases[0].trace) > 10


def test_a_loop_that_never_waits_becomes_an_incident():
    from dataclasses import replace

    from engine.execution.bundle import Limits
    from engine.sandbox import Sandbox
    from tests.support.diagrams import bundle

    endless = bundle(start(), '<exclusiveGateway id="g"/><task id="a"/>', flows("s g", "g a", "a g"))
    sandbox = Sandbox(replace(endless, limits=Limits(activations=100, steps_without_wait=1000)))
    sandbox.start("p")
    assert sandbox.report()["incidents"][0]["kind"] == "loop"


def test_inclusive_join_goes_on_when_the_last_branch_that_could_reach_it_ends_elsewhere():
    sandbox = run(
        start(), '<parallelGateway id="g"/>', user("a"), user("b"), user("c"), end("e1"), end("e2"),
        '<exclusiveGateway id="x" default="x-e1"/><inclusiveGateway id="j"/><task id="after"/>',
        flows("s g", "g a", "g b", "g c", "a j", "b x", "x j =false", "x e1", "c e2", "j after"),
    )  # fmt: skip
    sandbox.complete("a")
    assert "after" not in path(sandbox)
    sandbox.complete("b")
    assert path(sandbox)[-1] == "after"
    assert tasks(sandbox) == ["c"]


def test_an_incident_does_not_tell_a_personal_value():
    from dataclasses import replace

    from engine.sandbox import Sandbox
    from tests.support.diagrams import bundle

    compiled = bundle(start(), user("a", ext('<zeebe:assignmentDefinition assignee="=phone"/>')), flows("s a"))
    personal = replace(compiled, processes={"p": replace(compiled.processes["p"], personal=frozenset({"phone"}))})
    sandbox = Sandbox(personal)
    sandbox.start("p", {"phone": Decimal("13800000000")})
    (incident,) = sandbox.report()["incidents"]
    assert "13800000000" not in incident["message"]


def failed_job():
    """A job that has failed for good after its input `given` was taken from `n`; its number and its incident's."""
    mapping = '<zeebe:ioMapping><zeebe:input source="=n" target="given"/></zeebe:ioMapping>'
    job = f'<serviceTask id="a">{ext("""<zeebe:taskDefinition type="t"/>""", mapping)}</serviceTask>'
    sandbox = run(start(), job, flows("s a"), variables={"n": Decimal(1)})
    (n,) = sandbox.cases[0].state.pages["0"].instances
    sandbox._do(sandbox.cases[0], FailJob(n, "refused", page="0"))
    sandbox._do(sandbox.cases[0], SetVariables({"n": Decimal(2)}, page="0"))
    (incident,) = sandbox.cases[0].state.head.incidents
    return sandbox, n, int(incident)


def test_a_retried_job_gets_its_inputs_anew():
    sandbox, n, incident = failed_job()
    state = sandbox.cases[0].state
    told = decide(sandbox.bundle, state, RetryIncident(incident))
    assert [type(event).__name__ for event in told] == ["IncidentResolved", "VariablesSet", "JobFailed"]
    assert state.pages["0"].instances[n].variables == {"given": Decimal(2)}


def test_a_history_of_an_earlier_semantics_retries_with_the_inputs_that_the_job_had():
    sandbox, n, incident = failed_job()
    state = sandbox.cases[0].state
    told = decide(sandbox.bundle, state, RetryIncident(incident), semantics=2)
    assert [type(event).__name__ for event in told] == ["IncidentResolved", "JobFailed"]
    assert state.pages["0"].instances[n].variables == {"given": Decimal(1)}
