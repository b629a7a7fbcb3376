"""Long and wide cases: the work of each command stays within its budget, and the cost of a step does not grow."""

from decimal import Decimal

from engine.execution.commands import CompleteTask
from engine.execution.decide import decide
from engine.execution.state import Head, Page, State
from engine.sandbox import Sandbox
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


def condition(text):
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


GUARDS = {
    "signal": '<signalEventDefinition signalRef="signal-A"/>',
    "all": condition("=wanted > 3"),
    "own": condition("=i = 0"),
}


def test_a_step_costs_the_same_however_many_instances_listen():
    few, many = step_of_one_among(10), step_of_one_among(10_000)
    assert few["events"] == many["events"]
    assert few["pages"] == many["pages"] == 4
    assert many["bytes"] - few["bytes"] < 40  # longer numbers


def step_of_one_among(count):
    """Complete one task among `count` that listen, with a state that loads what it touches."""
    multiple = MULTIPLE.replace("1..3000", f"1..{count}")
    guards = "".join(boundary(name, "a", guard, interrupting=False) for name, guard in GUARDS.items())
    inner = start("i0") + user("a") + guards + user("c") + flows("i0 a", "a c")
    compiled = bundle(start(), f'<subProcess id="w">{multiple}{inner}</subProcess>', flows("s w"))
    sandbox = Sandbox(compiled)
    sandbox.start("p", {})
    whole = sandbox.cases[0].state
    stored = {id: (page.dump(), page.dump_variables()) for id, page in whole.pages.items()}
    loaded = []

    def source(ids):
        loaded.extend(ids)
        return [Page.load(id, *stored[id]) for id in ids if id in stored]

    def listeners(what, wanted):
        return [page for _, page in whole.listening(what, wanted)]

    assert whole.head.signals + whole.head.conditions == 3 * count
    page = [page for page in whole.pages.values() if page.scope == "w" and page.waits][3]
    state = State(Head.load(whole.head.dump()), source, listeners)
    told = decide(compiled, state, CompleteTask(next(iter(page.instances)), {"i": Decimal(5)}, page=page.id))
    written = [state.pages[id] for id in state.dirty | state.dirty_variables if id in state.pages]
    sizes = [len(page.dump()) + len(page.dump_variables()) for page in written]
    return {"events": len(told), "pages": len(loaded), "bytes": len(state.head.dump()) + sum(sizes)}
