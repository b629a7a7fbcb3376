"""Long and wide cases: the work of each command stays within its budget, and the cost of a step does not grow."""

from decimal import Decimal

from tests.support.diagrams import boundary, bundle, end, ext, flows, path, run, script, start, user


def rounds(count):
    parts = (start(), script("a", "=n + 1", "n"), '<exclusiveGateway id="g" default="g-e"/>', end())
    return run(*parts, flows("s a", "a g", f"g a =n < {count}", "g e"), variables={"n": Decimal(0)})


def test_a_hundred_thousand_turns_of_a_loop_end_and_each_command_has_its_share_of_them():
    sandbox = rounds(100_000)
    state, trace = sandbox.cases[0].state, sandbox.cases[0].trace
    assert state.head.status == "completed"
    assert state.page("0").variables == {"n": 100_000}
    sizes = [len(told) for _, told in trace[:-1]]
    assert max(sizes) < 3_000
    assert max(sizes) - min(sizes) < 20
    assert len(state.page("0").dump()) + len(state.head.dump()) < 400


def test_a_process_that_calls_itself_for_ever_is_stopped_by_depth():
    call = '<callActivity id="c">' + ext('<zeebe:calledElement processId="p"/>') + "</callActivity>"
    incident = run(start(), call, flows("s c")).report()["incidents"][0]
    assert (incident["element"], incident["kind"]) == ("c", "call")


def test_a_thousand_nested_calls_end_from_the_inside():
    call = (
        '<callActivity id="c">'
        + ext(
            '<zeebe:calledElement processId="p"/>',
            '<zeebe:ioMapping><zeebe:input source="=n + 1" target="n"/></zeebe:ioMapping>',
        )
        + "</callActivity>"
    )
    sandbox = run(
        start(),
        '<exclusiveGateway id="g" default="g-e"/>',
        call,
        end(),
        flows("s g", "g c =n < 900", "c e", "g e"),
        variables={"n": Decimal(0)},
    )
    assert path(sandbox).count("c") == 900
    assert sandbox.report()["status"] == "completed"


MULTIPLE = f"""<multiInstanceLoopCharacteristics>{
    ext('<zeebe:loopCharacteristics inputCollection="=for i in 1..3000 return i" inputElement="i"/>')
}</multiInstanceLoopCharacteristics>"""


def test_thousands_of_instances_are_compensated_within_the_budget():
    guard = '<boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
    handler = '<task id="undo" isForCompensation="true"/>'
    throw = '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
    tie = '<association id="as" sourceRef="b" targetRef="undo"/>'
    sandbox = run(start(), f'<task id="a">{MULTIPLE}</task>', guard, handler, throw, flows("s a", "a t") + tie)
    assert path(sandbox).count("undo") == 3000
    assert list(sandbox.cases[0].state.pages) == ["0"]
    assert max(len(told) for _, told in sandbox.cases[0].trace) < 5_000


def test_cancelling_thousands_of_instances_is_cut_by_the_budget():
    sandbox = run(
        start(), user("a").replace("</userTask>", MULTIPLE + "</userTask>"),
        boundary("b", "a", '<signalEventDefinition signalRef="signal-A"/>'), flows("s a"),
    )  # fmt: skip
    sandbox.signal("A")
    assert sandbox.report()["status"] == "completed"
    assert max(len(told) for _, told in sandbox.cases[0].trace) < 5_000


def test_sub_processes_nested_too_deep_are_refused_when_read():
    import pytest

    from engine.errors import InvalidModel

    text = "".join(f'<subProcess id="w{i}">' for i in range(1000)) + user("x") + "</subProcess>" * 1000
    with pytest.raises(InvalidModel):
        bundle(start(), text, flows("s w0"))
