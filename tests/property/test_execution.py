"""Random diagrams, random commands. However a case is interrupted, it must come out the same."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.audit import entries, reexecution
from engine.execution import events as e
from engine.execution.bundle import Bundle, Limits
from engine.execution.decide import SEMANTICS
from engine.execution.state import Head, Page, State, replay
from engine.execution.wire import Openings
from engine.sandbox import Sandbox
from tests.property.diagrams import parts, trees
from tests.property.graphs import drawn, graphs
from tests.support.diagrams import bundle

commands = st.lists(
    st.tuples(
        st.sampled_from(["complete", "job", "fail", "advance", "message A", "message B", "signal A"]), st.integers(0, 5)
    ),
    max_size=12,
)
choices = st.sampled_from([0, 1, 2, 9])
relaxed = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
diagrams = st.one_of(trees.map(parts), graphs().map(drawn))
orderly = st.one_of(trees.map(parts), graphs(cyclic=False).map(drawn))
"""Without cycles: such a case comes to rest by itself, whatever its budget."""


def compiled_of(xml: str) -> Bundle:
    """A cycle without a wait is stopped early."""
    return replace(bundle(xml), limits=Limits(activations=100, steps_without_wait=100))


class Restarting(Sandbox):
    """Forgets everything after each command but what would have been stored."""

    def _do(self, case: Any, command: Any) -> None:
        super()._do(case, command)
        case.state = stored_and_loaded(case.state)


def stored_and_loaded(state: State) -> State:
    pages = {id: (page.dump(), page.dump_variables()) for id, page in state.pages.items()}
    fresh = State(
        Head.load(state.head.dump()), lambda ids: [Page.load(id, *pages[id]) for id in ids if id in pages],
        lambda *_: list(pages),
    )  # fmt: skip
    fresh.fetch(pages)
    return fresh


def play(sandbox: Sandbox, steps: list[tuple[str, int]], choice: int) -> Sandbox:
    sandbox.start("p", {"choice": Decimal(choice)})
    for kind, which in steps:
        report = sandbox.report()
        tasks = sorted(task["element"] for task in report["tasks"])
        if kind == "complete" and tasks:
            sandbox.complete(tasks[which % len(tasks)], {"v": Decimal(which)})
        elif kind == "job" and report["jobs"]:
            sandbox.job("work", {"w": Decimal(which)})
        elif kind == "fail" and report["jobs"]:
            sandbox.fail("work", "E1")
        elif kind == "advance":
            sandbox.advance(f"PT{which + 1}M")
        elif kind.startswith("message"):
            sandbox.message(kind[-1])
        elif kind.startswith("signal"):
            sandbox.signal(kind[-1])
    return sandbox


def trace(sandbox: Sandbox) -> list[Any]:
    return [event for _, told in sandbox.cases[0].trace for event in told]


def sealed(sandbox: Sandbox, compiled: Bundle) -> list[entries.Sealed]:
    prev, found = entries.GENESIS, []
    for seq, (command, told) in enumerate(sandbox.cases[0].trace, 1):
        entry = entries.Entry("case/x", seq, prev, SEMANTICS, compiled.hash, command.at, command, told)
        found.append(entries.seal(entry, Openings({"v"})))
        prev = found[-1].hash
    return found


@relaxed
@given(diagrams, commands, choices)
def test_a_restart_after_every_command_changes_nothing(xml, steps, choice):
    compiled = compiled_of(xml)
    whole, restarted = play(Sandbox(compiled), steps, choice), play(Restarting(compiled), steps, choice)
    assert trace(whole) == trace(restarted)
    assert whole.cases[0].state.snapshot() == restarted.cases[0].state.snapshot()


@relaxed
@given(diagrams, commands, choices)
def test_replaying_the_events_gives_the_processed_state(xml, steps, choice):
    sandbox = play(Sandbox(compiled_of(xml)), steps, choice)
    assert replay(State(), trace(sandbox)).snapshot() == sandbox.cases[0].state.snapshot()


@relaxed
@given(diagrams, commands, choices)
def test_deciding_again_gives_the_stored_events(xml, steps, choice):
    compiled = compiled_of(xml)
    stored = sealed(play(Sandbox(compiled), steps, choice), compiled)
    verdict = reexecution.reexecute(
        stored, lambda _: replace(compiled, processes={"p": replace(compiled.processes["p"], personal=frozenset("v"))})
    )
    assert (verdict.answer, verdict.reason) == ("same", "")


@relaxed
@given(orderly, commands, choices)
def test_a_small_budget_only_cuts_the_work_into_pieces(xml, steps, choice):
    compiled = bundle(xml)
    whole, cut = Sandbox(compiled), Sandbox(replace(compiled, limits=Limits(activations=2)))
    first, second = play(whole, steps, choice), play(cut, steps, choice)
    assert not any(isinstance(event, e.ContinuationRequested) for event in trace(first))
    assert by_scope(first) == by_scope(second)
    assert first.report()["variables"] == second.report()["variables"]


TOLD = {e.ElementActivated, e.ElementCompleted, e.ElementCancelled, e.FlowTaken, e.TaskCreated, e.CaseCompleted}


def by_scope(sandbox: Sandbox) -> Counter[tuple[tuple[str, str], ...]]:
    """What happened in each scope, in order; which of several scopes goes first, the budget may change."""
    found: dict[str, list[tuple[str, str]]] = {}
    for event in trace(sandbox):
        if type(event) in TOLD:
            named = getattr(event, "element", getattr(event, "flow", ""))
            found.setdefault(getattr(event, "page", ""), []).append((type(event).__name__, named))
    return Counter(map(tuple, found.values()))


@relaxed
@given(diagrams, commands, choices)
def test_a_case_that_has_ended_leaves_nothing_behind(xml, steps, choice):
    sandbox = play(Sandbox(compiled_of(xml)), steps, choice)
    state = sandbox.cases[0].state
    if state.head.status == "completed":
        assert [page.id for page in state.pages.values() if page.instances or page.waits or page.arrived] == []
        assert list(state.pages) == ["0"]
        assert not (state.head.incidents or state.head.signals or state.head.conditions or state.head.work)
