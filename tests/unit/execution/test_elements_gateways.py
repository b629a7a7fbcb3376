"""Complex gateways, quantities of tokens, ad-hoc sub-processes, and what multi-instance activities throw."""

from dataclasses import replace
from decimal import Decimal

import pytest

from engine.execution.bundle import Limits
from engine.sandbox import Sandbox
from tests.support.diagrams import boundary, bundle, end, ext, flows, kinds, path, run, script, start, user


def formal(tag, text):
    return f"<{tag}>{text}</{tag}>"


# Complex gateways ----------------------------------------------------------------------------------------------------


def joined(rule, *more, flow="j after"):
    """Three tasks for people that lead into a complex gateway."""
    inner = formal("activationCondition", rule) if rule else ""
    return (
        start(), '<parallelGateway id="g"/>', user("a"), user("b"), user("c"),
        f'<complexGateway id="j">{inner}</complexGateway>',
        '<task id="after"/>', flows("s g", "g a", "g b", "g c", "a j", "b j", "c j", flow), *more,
    )  # fmt: skip


def completed(sandbox, *elements):
    for element in elements:
        sandbox.complete(element)
    return path(sandbox).count("after")


def test_a_discriminator_lets_the_first_token_through_and_swallows_the_others():
    sandbox = run(*joined("=activationCount >= 1"))
    assert [completed(sandbox, element) for element in "abc"] == [1, 1, 1]
    assert sandbox.report()["status"] == "completed"


def test_a_partial_join_waits_for_as_many_tokens_as_it_says():
    sandbox = run(*joined("=activationCount >= 2"))
    assert [completed(sandbox, element) for element in "abc"] == [0, 1, 1]
    assert sandbox.report()["status"] == "completed"


def test_an_activation_rule_can_ask_for_each_flow():
    rule = "=abs(0) = 0 and activationCount >= 2 and fa > 0"
    parts = [part.replace('id="a-j"', 'id="fa"') for part in joined(rule)]
    sandbox = run(*parts)
    assert [completed(sandbox, element) for element in "bca"] == [0, 0, 1]


def test_a_reset_makes_the_gateway_ready_for_the_next_round():
    sandbox = run(
        start(), '<exclusiveGateway id="again"/>', '<parallelGateway id="g"/>', user("a"), user("b"),
        f'<complexGateway id="j">{formal("activationCondition", "=activationCount >= 1")}</complexGateway>',
        user("after"),
        '<exclusiveGateway id="x" default="x-e"/>', end(),
        flows("s again", "again g", "g a", "g b", "a j", "b j", "j after", "after x", "x again =more", "x e"),
        variables={"more": True},
    )  # fmt: skip
    for element in ("a", "b", "after", "a"):
        sandbox.complete(element)
    assert path(sandbox).count("j") == 2


def test_flows_can_ask_in_which_phase_they_are():
    late = flows("j late =not(waitingForStart)")
    sandbox = run(*joined("=activationCount >= 1", '<task id="late"/>', late, flow="j after =waitingForStart"))
    completed(sandbox, "a")
    assert "late" not in path(sandbox)
    completed(sandbox, "b", "c")
    assert path(sandbox).count("late") == path(sandbox).count("after") == 1
    assert sandbox.report()["status"] == "completed"


def test_without_a_rule_a_complex_gateway_synchronizes_what_can_come():
    sandbox = run(*joined(""))
    assert [completed(sandbox, element) for element in "abc"] == [0, 0, 1]


def test_a_rule_that_never_holds_is_a_deadlock_that_is_told():
    sandbox = run(*joined("=activationCount > 5"))
    completed(sandbox, "a", "b", "c")
    assert [incident["kind"] for incident in sandbox.report()["incidents"]] == ["deadlock"]


def test_a_rule_that_is_no_rule_is_an_incident_at_the_gateway_and_keeps_the_token():
    sandbox = run(*joined("=nothing"))
    completed(sandbox, "a")
    assert [(i["element"], i["kind"]) for i in sandbox.report()["incidents"]] == [("j", "expression")]


@pytest.mark.parametrize(("n", "taken"), [(0, ["c"]), (2, ["a"]), (3, ["a", "b"])])
def test_a_diverging_complex_gateway_takes_every_true_flow_or_the_default(n, taken):
    sandbox = run(
        start(), '<complexGateway id="g" default="g-c"/>', *(f'<task id="{id}"/>' for id in "abc"),
        flows("s g", "g a =n > 1", "g b =n > 2", "g c"), variables={"n": Decimal(n)},
    )  # fmt: skip
    assert path(sandbox)[2:] == taken


# Quantities ----------------------------------------------------------------------------------------------------------


def test_completion_quantity_sends_as_many_tokens_and_start_quantity_gathers_them():
    sandbox = run(
        start(),
        '<task id="a" completionQuantity="4"/><task id="b"/><task id="c" startQuantity="2"/>',
        flows("s a", "a b", "b c"),
    )
    assert [path(sandbox).count(id) for id in "abc"] == [1, 4, 2]
    assert sandbox.report()["status"] == "completed"


def test_tokens_too_few_for_the_start_quantity_are_told():
    sandbox = run(start(), '<task id="a" completionQuantity="3"/><task id="c" startQuantity="2"/>', flows("s a", "a c"))
    assert path(sandbox).count("c") == 1
    assert sandbox.report()["incidents"][0]["kind"] == "deadlock"


def test_a_large_completion_quantity_is_cut_by_the_budget_and_comes_out_whole():
    made = bundle(start(), '<task id="a" completionQuantity="5000"/><task id="b"/>', flows("s a", "a b"))
    sandbox = Sandbox(replace(made, limits=Limits(activations=300)))
    sandbox.start("p")
    assert path(sandbox).count("b") == 5000
    assert sandbox.report()["status"] == "completed"
    assert max(len(told) for _, told in sandbox.cases[0].trace) < 2_000


# Ad-hoc sub-processes ------------------------------------------------------------------------------------------------


def ad_hoc(*parts, ordering="Parallel", condition="", cancel=True):
    rule = formal("completionCondition", condition) if condition else ""
    attributes = f'ordering="{ordering}" cancelRemainingInstances="{str(cancel).lower()}"'
    return f'<adHocSubProcess id="h" {attributes}>{"".join(parts)}{rule}</adHocSubProcess>'


def waiting(sandbox):
    return sorted(task["element"] for task in sandbox.report()["tasks"])


def test_a_parallel_ad_hoc_sub_process_begins_everything_at_once():
    sandbox = run(start(), ad_hoc(user("a"), user("b"), '<task id="c"/>', flows("a c")), end(), flows("s h", "h e"))
    assert waiting(sandbox) == ["a", "b"]
    sandbox.complete("a")
    sandbox.complete("b")
    assert path(sandbox) == ["s", "a", "c", "b", "h", "e"]


def test_a_sequential_ad_hoc_sub_process_begins_one_after_the_other_with_what_follows_it():
    sandbox = run(start(), ad_hoc(user("a"), user("b"), user("c"), flows("a c"), ordering="Sequential"), flows("s h"))
    for element in ("a", "c", "b"):
        assert waiting(sandbox) == [element]
        sandbox.complete(element)
    assert sandbox.report()["status"] == "completed"


def test_the_completion_condition_ends_it_early_and_cancels_the_rest():
    sandbox = run(
        start(),
        ad_hoc(user("a"), user("b"), user("c"), condition="=done"),
        end(),
        flows("s h", "h e"),
        variables={"done": False},
    )
    sandbox.complete("a")
    assert waiting(sandbox) == ["b", "c"]
    sandbox.complete("b", {"done": True})
    assert waiting(sandbox) == []
    assert path(sandbox) == ["s", "a", "b", "h", "e"]


def test_the_rest_can_be_awaited_but_nothing_more_begins():
    variables = {"done": True}
    parallel = run(
        start(), ad_hoc(user("a"), user("b"), condition="=done", cancel=False), flows("s h"), variables=variables
    )
    parallel.complete("a")
    assert waiting(parallel) == ["b"]
    parallel.complete("b")
    assert parallel.report()["status"] == "completed"
    one_by_one = ad_hoc(user("a"), user("b"), condition="=done", cancel=False, ordering="Sequential")
    sequential = run(start(), one_by_one, flows("s h"), variables=variables)
    sequential.complete("a")
    assert path(sequential) == ["s", "a", "h"]


def test_a_condition_that_does_not_hold_when_nothing_is_left_is_told():
    sandbox = run(start(), ad_hoc(user("a"), condition="=done"), flows("s h"), variables={"done": False})
    sandbox.complete("a")
    assert [(i["element"], i["kind"]) for i in sandbox.report()["incidents"]] == [("h", "deadlock")]


def test_only_the_elements_that_a_collection_names_begin():
    chosen = ext('<zeebe:adHoc activeElementsCollection="=wanted"/>')
    parts = (start(), ad_hoc(chosen, user("a"), user("b"), user("c")), flows("s h"))
    assert waiting(run(*parts, variables={"wanted": ["c", "a"]})) == ["a", "c"]
    assert run(*parts, variables={"wanted": []}).report()["status"] == "completed"
    refused = run(*parts, variables={"wanted": ["s"]}).report()["incidents"][0]
    assert (refused["element"], refused["kind"]) == ("h", "flow")


# What multi-instance activities throw --------------------------------------------------------------------------------

SIGNAL = '<signalEventDefinition signalRef="signal-A"/>'


def throwing(behavior, complex="", more=""):
    """Three turns, one after the other, that throw signal A; the definition `thrown` stands outside the process."""
    named = {"None": ' noneBehaviorEventRef="thrown"', "One": ' oneBehaviorEventRef="thrown"'}.get(behavior, "")
    definition = (
        ""
        if not complex
        else (
            f"<complexBehaviorDefinition>{formal('condition', complex)}<event>{SIGNAL}</event>"
            "</complexBehaviorDefinition>"
        )
    )
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="true" behavior="{behavior}"{named}>'
        f"{formal('loopCardinality', '3')}{definition}</multiInstanceLoopCharacteristics>"
    )
    return f'<task id="a">{loop}</task>'


def thrown(behavior, complex="", interrupting=True):
    from engine.bundles import compile_bundle
    from tests.support.diagrams import definitions, process

    parts = (
        start(), throwing(behavior, complex), boundary("b", "a", SIGNAL, interrupting),
        script("seen", "=numberOfCompletedInstances", "n"),
        end(), flows("s a", "a e", "b seen"),
    )  # fmt: skip
    shared = '<signalEventDefinition id="thrown" signalRef="signal-A"/>'
    made = compile_bundle({"x.bpmn": definitions(shared, process(*parts)).encode()}, whole=False)
    sandbox = Sandbox(made)
    sandbox.start("p")
    return sandbox


@pytest.mark.parametrize(
    ("behavior", "complex", "turns", "caught"),
    [("All", "", 3, 0), ("None", "", 3, 3), ("One", "", 3, 1), ("Complex", "=numberOfCompletedInstances = 2", 2, 1)],
)
def test_behavior_says_when_an_event_is_thrown_to_the_boundary(behavior, complex, turns, caught):
    sandbox = thrown(behavior, complex)
    found = path(sandbox)
    assert (found.count("a") - 1, found.count("b"), found.count("e")) == (turns, caught, 1)
    assert kinds(sandbox).count("InstanceEventThrown") == caught
    assert sandbox.report()["status"] == "completed"


def test_a_complex_event_caught_without_interruption_lets_the_other_instances_go_on():
    sandbox = thrown("Complex", "=true", interrupting=False)
    assert path(sandbox).count("b") == 3


def test_a_signal_thrown_by_an_instance_stays_with_its_activity():
    assert "SignalThrown" not in kinds(thrown("None"))
