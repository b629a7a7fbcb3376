"""The same random diagrams through SpiffWorkflow's runtime and ours, on what it runs rightly (docs/bpmn.md)."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.sandbox import Sandbox
from tests.property.graphs import SIMPLE, Node, drawn, graphs, reachable
from tests.support.diagrams import bundle, definitions, flows, path, process
from tests.support.spiff import SpiffCase

Seen = tuple[Counter[str], list[str], bool]


def ours(sandbox: Sandbox) -> Seen:
    report = sandbox.report()
    waiting = sorted(task["element"] for task in report["tasks"])
    return Counter(path(sandbox)), waiting, report["status"] == "completed"


def theirs(case: SpiffCase) -> Seen:
    return case.completed, case.waiting, case.ended


def both(xml: str, choice: int) -> tuple[Sandbox, SpiffCase]:
    sandbox = Sandbox(bundle(xml))
    sandbox.start("p", {"choice": Decimal(choice)})
    return sandbox, SpiffCase(definitions(process(xml)), {"choice": choice})


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
@given(graphs(SIMPLE, cyclic=False).map(reachable), st.sampled_from([0, 1, 2, 9]), st.lists(st.integers(0, 3)))
def test_both_go_the_same_way_through_unstructured_diagrams(nodes: list[Node], choice: int, picks: list[int]) -> None:
    sandbox, case = both(drawn(nodes), choice)
    for pick in picks:
        completed, waiting, _ = ours(sandbox)
        if has_surplus(completed):
            return
        assert ours(sandbox) == theirs(case)
        if waiting:
            sandbox.complete(waiting[pick % len(waiting)])
            case.complete(waiting[pick % len(waiting)])
    if not has_surplus(ours(sandbox)[0]):
        assert ours(sandbox) == theirs(case)


def has_surplus(completed: Counter[str]) -> bool:
    """Several tokens on one way: what becomes of them at joins, the two see differently (below)."""
    return max(completed.values()) > 1


LOOP = '<exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="g" default="g-e"/><endEvent id="e"/>'


@pytest.mark.parametrize("turns", [1, 3, 8])
def test_both_go_the_same_way_round_a_loop(turns: int) -> None:
    xml = '<startEvent id="s"/>' + LOOP + flows("s m", "m a", "a g", "g m =choice = 1", "g e")
    sandbox, case = both(xml, 1)
    for _ in range(turns):
        sandbox.complete("a")
        case.complete("a")
        assert ours(sandbox) == theirs(case)


# Where they differ ---------------------------------------------------------------------------------------------------


def test_a_join_keeps_surplus_tokens_where_theirs_lets_them_through() -> None:
    """Two tokens on one flow into a parallel gateway, one on the other: the second waits for a partner (10.6.4)."""
    nodes: list[Node] = [("and", [1, 4, 2]), ("and", [2, 3, 4]), ("task", [3]), ("and", [4, 5]), ("and", [5])]
    sandbox, case = both(drawn(nodes), 0)
    assert (ours(sandbox)[0]["n3"], case.completed["n3"]) == (1, 2)
    assert [incident["kind"] for incident in sandbox.report()["incidents"]] == ["deadlock"]
    assert case.ended


def test_a_join_waits_for_a_flow_that_nothing_reaches_where_theirs_does_not_know_of_it() -> None:
    nodes: list[Node] = [("and", [2]), ("task", [2]), ("and", [3])]
    sandbox, case = both(drawn(nodes), 0)
    assert [incident["kind"] for incident in sandbox.report()["incidents"]] == ["deadlock"]
    assert case.ended
