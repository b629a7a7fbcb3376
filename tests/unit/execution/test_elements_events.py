"""Conditional and multiple events, what starts a case, and what errors bring along."""

from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.execution.commands import SetVariables, StartCase
from engine.sandbox import Sandbox
from tests.support.diagrams import (
    boundary,
    bundle,
    definitions,
    end,
    error,
    escalation,
    ext,
    flows,
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


def condition(text):
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def catch(id, *inner, parallel=False):
    return f'<intermediateCatchEvent id="{id}"{PARALLEL if parallel else ""}>{"".join(inner)}</intermediateCatchEvent>'


PARALLEL = ' parallelMultiple="true"'


def sub(id, *parts, extra=""):
    return f'<subProcess id="{id}"{extra}>{"".join(parts)}</subProcess>'


def event_sub_process(*inner, interrupting=True, parallel=False):
    flavour = f' isInterrupting="{str(interrupting).lower()}"{PARALLEL if parallel else ""}'
    begun = f'<startEvent id="es"{flavour}>{"".join(inner)}</startEvent>'
    return sub("esp", begun, '<task id="handle"/>', flows("es handle"), extra=' triggeredByEvent="true"')


def assign(sandbox, page="0", **values):
    sandbox._do(sandbox.cases[0], SetVariables(values, page=page))


def status(sandbox):
    return sandbox.report()["status"]


# Conditional events --------------------------------------------------------------------------------------------------


def test_an_intermediate_condition_waits_until_it_becomes_true():
    sandbox = run(start(), catch("c", condition("=n > 2")), end(), flows("s c", "c e"), variables={"n": Decimal(1)})
    assign(sandbox, n=Decimal(2))
    assert status(sandbox) == "active"
    assign(sandbox, n=Decimal(3))
    assert path(sandbox) == ["s", "c", "e"]
    assert not sandbox.cases[0].state.head.conditions


def test_a_condition_that_holds_already_does_not_wait():
    assert (
        status(run(start(), catch("c", condition("=n = 1")), flows("s c"), variables={"n": Decimal(1)})) == "completed"
    )


def test_a_variable_that_does_not_exist_yet_is_only_not_true():
    sandbox = run(start(), catch("c", condition("=later")), flows("s c"))
    assert status(sandbox) == "active"
    assign(sandbox, later=True)
    assert status(sandbox) == "completed"


def test_a_condition_is_asked_only_when_something_that_it_reads_is_written():
    sandbox = run(
        start(), user("a"), boundary("b", "a", condition("=n > 2"), False), flows("s a"), variables={"n": Decimal(1)}
    )
    assign(sandbox, other=Decimal(9))
    assert not any(event["type"] == "ConditionChanged" for event in sandbox.report()["trace"])


def test_an_interrupting_condition_cancels_its_activity():
    sandbox = run(start(), user("a"), boundary("b", "a", condition("=stop")), flows("s a"), variables={"stop": False})
    assign(sandbox, stop=True)
    assert path(sandbox) == ["s", "b"]
    assert sandbox.report()["tasks"] == []


def test_a_condition_triggers_again_only_after_it_was_false():
    sandbox = run(
        start(), user("a"), boundary("b", "a", condition("=n > 2"), False), flows("s a"), variables={"n": Decimal(1)}
    )
    for n in (3, 4, 5, 1, 6):
        assign(sandbox, n=Decimal(n))
    assert path(sandbox).count("b") == 2
    sandbox.complete("a")
    assert status(sandbox) == "completed"


def test_a_script_in_another_branch_triggers_a_condition_before_anything_else_goes_on():
    sandbox = run(
        start(), '<parallelGateway id="g"/>', user("a"), boundary("b", "a", condition("=x = 1")), user("c"),
        script("k", "=1"),
        '<task id="after"/>', flows("s g", "g a", "g c", "c k", "k after"),
    )  # fmt: skip
    sandbox.complete("c")
    found = path(sandbox)
    assert found.index("b") < found.index("after")


def test_a_condition_sees_the_variables_of_its_own_scope_only():
    loop = '<zeebe:loopCharacteristics inputCollection="=[1,2]" inputElement="i"/>'
    inner = sub(
        "w", f"<multiInstanceLoopCharacteristics>{ext(loop)}</multiInstanceLoopCharacteristics>", start("i1"),
        user("a"),
        boundary("b", "a", condition("=go = i")), flows("i1 a"),
    )  # fmt: skip
    sandbox = run(start(), inner, flows("s w"), variables={"go": Decimal(0)})
    assign(sandbox, go=Decimal(2))
    assert path(sandbox).count("b") == 1
    assert len(sandbox.report()["tasks"]) == 1


def test_a_condition_can_win_behind_an_event_gateway():
    sandbox = run(
        start(), '<eventBasedGateway id="g"/>', catch("c", condition("=x = 1")), catch("t", timer("duration", "PT1H")),
        '<task id="a"/>', flows("s g", "g c", "g t", "c a"),
    )  # fmt: skip
    assign(sandbox, x=Decimal(1))
    assert path(sandbox) == ["s", "g", "c", "a"]
    assert sandbox.report()["timers"] == []


@pytest.mark.parametrize(("interrupting", "handled", "left"), [(True, 1, 0), (False, 2, 1)])
def test_a_condition_starts_an_event_sub_process(interrupting, handled, left):
    sandbox = run(start(), user("a"), event_sub_process(condition("=n > 2"), interrupting=interrupting), flows("s a"))
    for n in (1, 3, 1, 3):
        if status(sandbox) == "active":
            assign(sandbox, n=Decimal(n))
    assert path(sandbox).count("handle") == handled
    assert len(sandbox.report()["tasks"]) == left


def test_a_conditional_start_event_is_asked_when_somebody_starts_the_process():
    parts = (f'<startEvent id="s">{condition("=n > 2")}</startEvent>', '<task id="a"/>', flows("s a"))
    assert path(run(*parts, variables={"n": Decimal(3)})) == ["s", "a"]
    with pytest.raises(InvalidInput):
        run(*parts, variables={"n": Decimal(1)})


def test_a_suspended_case_tests_its_conditions_when_it_is_resumed():
    from engine.execution.commands import ResumeCase, SuspendCase

    sandbox = run(start(), catch("c", condition("=go")), flows("s c"))
    sandbox._do(sandbox.cases[0], SuspendCase())
    assign(sandbox, go=True)
    assert status(sandbox) == "suspended"
    sandbox._do(sandbox.cases[0], ResumeCase())
    assert status(sandbox) == "completed"


# Multiple events -----------------------------------------------------------------------------------------------------


def test_any_of_several_triggers_goes_on_and_the_others_are_forgotten():
    parts = (start(), catch("c", message("A"), signal("B"), timer("duration", "PT1H")), end(), flows("s c", "c e"))
    for act in (lambda it: it.message("A"), lambda it: it.signal("B"), lambda it: it.advance("PT1H")):
        sandbox = run(*parts)
        act(sandbox)
        assert path(sandbox) == ["s", "c", "e"]
        assert sandbox.report()["timers"] == []
        assert not sandbox.cases[0].state.head.signals


def test_a_parallel_multiple_event_waits_for_all_and_keeps_what_each_brought():
    sandbox = run(
        start(), catch("c", message("A"), signal("B"), timer("duration", "PT1H"), parallel=True), flows("s c")
    )
    sandbox.signal("B", {"b": "2"})
    sandbox.message("A", variables={"a": "1"})
    assert status(sandbox) == "active"
    sandbox.signal("B", {"b": "late"})
    sandbox.advance("PT1H")
    assert status(sandbox) == "completed"
    assert sandbox.report()["variables"] == {"a": "1", "b": "2"}


def test_a_parallel_multiple_boundary_event_interrupts_when_the_last_comes():
    both = boundary("b", "a", message("A") + message("B")).replace("<boundaryEvent ", f"<boundaryEvent{PARALLEL} ")
    sandbox = run(start(), user("a"), both, flows("s a"))
    sandbox.message("B", variables={"y": "2"})
    assert len(sandbox.report()["tasks"]) == 1
    sandbox.message("A", variables={"x": "1"})
    assert path(sandbox) == ["s", "b"]
    assert sandbox.report()["variables"] == {"x": "1", "y": "2"}


def test_a_parallel_multiple_boundary_event_without_interruption_listens_again():
    both = boundary("b", "a", signal("A") + signal("B"), False).replace("<boundaryEvent ", f"<boundaryEvent{PARALLEL} ")
    sandbox = run(start(), user("a"), both, flows("s a"))
    for name in "ABBA":
        sandbox.signal(name)
    assert path(sandbox).count("b") == 2
    sandbox.signal("A")
    assert path(sandbox).count("b") == 2
    sandbox.complete("a")
    assert status(sandbox) == "completed"


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_parallel_multiple_start_of_an_event_sub_process_needs_all(interrupting):
    handling = event_sub_process(signal("A"), condition("=x = 1"), interrupting=interrupting, parallel=True)
    sandbox = run(start(), user("a"), handling, flows("s a"))
    sandbox.signal("A")
    assert "handle" not in path(sandbox)
    assign(sandbox, x=Decimal(1))
    assert path(sandbox).count("handle") == 1
    assert len(sandbox.report()["tasks"]) == (0 if interrupting else 1)


def test_a_parallel_multiple_event_behind_a_gateway_wins_when_it_is_whole():
    sandbox = run(
        start(), '<eventBasedGateway id="g"/>', catch("c", signal("A"), signal("B"), parallel=True),
        catch("t", timer("duration", "PT1H")),
        flows("s g", "g c", "g t"),
    )  # fmt: skip
    sandbox.signal("A")
    assert "g" not in path(sandbox)
    sandbox.signal("B")
    assert path(sandbox) == ["s", "g", "c"]


def test_a_multiple_end_event_throws_everything_and_the_error_last():
    inner = sub("w", start("i"), end("x", error("E1") + signal("A") + escalation("E2")), flows("i x"))
    listener = '<parallelGateway id="g"/>' + catch("c", signal("A"))
    sandbox = run(
        start(), listener, inner, boundary("b", "w", error("E1")), boundary("b2", "w", escalation("E2"), False),
        flows("s g", "g c", "g w"),
    )  # fmt: skip
    assert {"c", "b", "b2"} <= set(path(sandbox))
    assert status(sandbox) == "completed"


def test_a_parallel_multiple_event_cannot_wait_for_an_error():
    from engine.errors import InvalidModel

    both = boundary("b", "a", message("A") + error("E1")).replace("<boundaryEvent ", f"<boundaryEvent{PARALLEL} ")
    with pytest.raises(InvalidModel, match="parallel multiple"):
        bundle(start(), user("a"), both, flows("s a"))


# What starts a case --------------------------------------------------------------------------------------------------


def cases(sandbox):
    return [sandbox._report(case) for case in sandbox.cases]


def only_by_event(*parts, key=None):
    return Sandbox(bundle(*parts, key=key))


def test_a_receive_task_that_instantiates_is_done_with_the_message_that_started_the_case():
    task = '<receiveTask id="r" messageRef="message-A" instantiate="true"/>'
    sandbox = only_by_event(task, user("a"), flows("r a"))
    sandbox.message("A", variables={"x": "1"})
    assert path(sandbox) == ["r"]
    assert sandbox.report()["variables"] == {"x": "1"}
    assert sandbox.report()["tasks"][0]["element"] == "a"


def gateway(kind="Exclusive"):
    return (
        f'<eventBasedGateway id="g" instantiate="true" eventGatewayType="{kind}"/>', catch("ca", message("A")),
        catch("cb", message("B")),
        '<task id="a"/><task id="b"/>', flows("g ca", "g cb", "ca a", "cb b"),
    )  # fmt: skip


def test_an_exclusive_gateway_that_instantiates_takes_the_flow_of_the_event():
    sandbox = only_by_event(*gateway())
    sandbox.message("B")
    assert path(sandbox) == ["g", "cb", "b"]
    assert status(sandbox) == "completed"


def test_a_parallel_gateway_that_instantiates_waits_for_the_others_in_the_same_case():
    sandbox = only_by_event(*gateway("Parallel"), key="=order")
    sandbox.message("B", "7", {"order": "7"})
    sandbox.message("A", "8", {"order": "8"})
    assert [report["status"] for report in cases(sandbox)] == ["active", "active"]
    sandbox.message("A", "7", {"order": "7"})
    assert [report["status"] for report in cases(sandbox)] == ["completed", "active"]
    assert path(sandbox) == ["g", "cb", "b", "ca", "a"]


def test_a_parallel_gateway_in_the_middle_waits_for_every_event():
    sandbox = run(
        start(), '<eventBasedGateway id="g" eventGatewayType="Parallel"/>', catch("ca", signal("A")),
        catch("cb", signal("B")),
        flows("s g", "g ca", "g cb"),
    )  # fmt: skip
    sandbox.signal("B")
    assert status(sandbox) == "active"
    sandbox.signal("A")
    assert status(sandbox) == "completed"


def test_a_start_event_that_needs_several_triggers_waits_for_the_rest():
    begun = f'<startEvent id="s"{PARALLEL}>{message("A")}{message("B")}</startEvent>'
    sandbox = only_by_event(begun, '<task id="a"/>', flows("s a"), key="=order")
    sandbox.message("B", "7", {"order": "7"})
    assert path(sandbox) == []
    sandbox.message("A", "7", {"more": "1"})
    assert path(sandbox) == ["s", "a"]
    assert sandbox.report()["variables"] == {"order": "7", "more": "1"}


def test_one_of_several_triggers_starts_a_case():
    begun = f'<startEvent id="s">{message("A")}{signal("B")}</startEvent>'
    sandbox = only_by_event(begun, flows())
    sandbox.signal("B")
    sandbox.message("A")
    assert [report["status"] for report in cases(sandbox)] == ["completed", "completed"]


# Errors and escalations ----------------------------------------------------------------------------------------------


def with_errors(*parts):
    roots = '<error id="named" errorCode="=code"/><escalation id="told" escalationCode="=code"/>'
    from engine.bundles import compile_bundle

    return compile_bundle({"x.bpmn": definitions(roots, process(*parts)).encode()}, whole=False)


def test_an_error_code_can_come_from_an_expression():
    inner = sub("w", start("i"), end("x", '<errorEventDefinition errorRef="named"/>'), flows("i x"))
    made = with_errors(start(), inner, boundary("b1", "w", error("E1")), boundary("b2", "w", error("E2")), flows("s w"))
    sandbox = Sandbox(made)
    sandbox.start("p", {"code": "E2"})
    assert path(sandbox)[-1] == "b2"


def test_an_escalation_code_can_come_from_an_expression():
    inner = sub("w", start("i"), end("x", '<escalationEventDefinition escalationRef="told"/>'), flows("i x"))
    made = with_errors(start(), inner, boundary("b", "w", escalation("E1")), flows("s w"))
    sandbox = Sandbox(made)
    sandbox.start("p", {"code": "E1"})
    assert path(sandbox)[-1] == "b"


@pytest.mark.parametrize("place", ["boundary", "event sub-process"])
def test_what_an_error_brings_becomes_variables_where_it_is_caught(place):
    caught = boundary("b", "a", error("E1")) if place == "boundary" else event_sub_process(error("E1"))
    sandbox = run(start(), service("a", "mail"), caught, flows("s a"))
    case, page, instance = sandbox._job("mail")
    from engine.execution.commands import FailJob

    sandbox._do(case, FailJob(instance.n, code="E1", variables={"why": "no"}, page=page.id))
    assert sandbox.report()["variables"] == {"why": "no"}
    assert status(sandbox) == "completed"


def test_an_escalation_brings_what_its_thrower_maps():
    mapping = ext('<zeebe:ioMapping><zeebe:input source="=n + 1" target="level"/></zeebe:ioMapping>')
    throw = f'<intermediateThrowEvent id="t">{mapping}{escalation("E1")}</intermediateThrowEvent>'
    sandbox = run(
        start(),
        sub("w", start("i"), throw, flows("i t")),
        boundary("b", "w", escalation("E1"), False),
        flows("s w"),
        variables={"n": Decimal(1)},
    )
    assert sandbox.report()["variables"] == {"n": 1, "level": 2}


def test_a_job_that_fails_again_has_one_incident_and_none_when_it_is_done():
    sandbox = run(start(), service("a", "mail"), flows("s a"))
    sandbox.fail("mail", "E1")
    sandbox.fail("mail", "E2")
    assert ["E2" in incident["message"] for incident in sandbox.report()["incidents"]] == [True]
    sandbox.job("mail")
    assert status(sandbox) == "completed"
    assert not sandbox.cases[0].state.head.incidents


def test_a_start_that_needs_two_timers_still_waits_for_the_one_that_has_not_come():
    both = timer("duration", "PT1H") + timer("duration", "PT3H")
    sandbox = Sandbox(bundle(f'<startEvent id="s"{PARALLEL}>{both}</startEvent>', "<task id='a'/>", flows("s a")))
    sandbox._start(StartCase("p", element="s", timer=1))
    assert [timer["due"] for timer in sandbox.report()["timers"]] == ["2026-01-05T01:00:00Z"]
    sandbox.advance("PT1H")
    assert path(sandbox) == ["s", "a"]
