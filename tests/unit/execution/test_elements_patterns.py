"""The workflow control-flow patterns (workflowpatterns.com, 2006), each drawn in BPMN. `docs/bpmn.md` lists them."""

from decimal import Decimal

import pytest

from tests.support.diagrams import boundary, end, ext, flows, message, path, process, run, script, signal, start, user


def tasks(sandbox):
    return sorted(task["element"] for task in sandbox.report()["tasks"])


def count(sandbox, element):
    return path(sandbox).count(element)


def done(sandbox, *elements):
    for element in elements:
        sandbox.complete(element)
    return sandbox


def status(sandbox):
    return sandbox.report()["status"]


def gateway(id, kind, inner="", extra=""):
    return f'<{kind}Gateway id="{id}"{extra}>{inner}</{kind}Gateway>'


def rule(text):
    return f"<activationCondition>={text}</activationCondition>"


def sub(id, *parts, extra=""):
    return f'<subProcess id="{id}"{extra}>{"".join(parts)}</subProcess>'


def several(condition="", collection="[1,2,3]", attributes=""):
    loop = ext(f'<zeebe:loopCharacteristics inputCollection="={collection}" inputElement="i"/>')
    until = f"<completionCondition>={condition}</completionCondition>" if condition else ""
    return f"<multiInstanceLoopCharacteristics{attributes}>{loop}{until}</multiInstanceLoopCharacteristics>"


TERMINATE = "<terminateEventDefinition/>"


# Basic and advanced branching ----------------------------------------------------------------------------------------


def test_wcp01_sequence():
    assert path(run(start(), '<task id="a"/><task id="b"/>', flows("s a", "a b"))) == ["s", "a", "b"]


def split_and_join(split, join, *conditions, variables=None):
    conditions = conditions or ("", "")
    links = flows(
        "s g", *(f"g {id} {test}".strip() for id, test in zip("ab", conditions, strict=True)), "a j", "b j", "j k"
    )
    return run(
        start(), gateway("g", split), user("a"), user("b"), gateway("j", join), user("k"), links, variables=variables
    )


def test_wcp02_parallel_split_and_wcp03_synchronization():
    sandbox = split_and_join("parallel", "parallel")
    assert tasks(sandbox) == ["a", "b"]
    assert tasks(done(sandbox, "a")) == ["b"]
    assert tasks(done(sandbox, "b")) == ["k"]


def test_wcp04_exclusive_choice_and_wcp05_simple_merge():
    sandbox = split_and_join("exclusive", "exclusive", "=n = 1", "=n = 2", variables={"n": Decimal(2)})
    assert tasks(sandbox) == ["b"]
    assert tasks(done(sandbox, "b")) == ["k"]


@pytest.mark.parametrize(("n", "chosen"), [(1, ["a"]), (3, ["a", "b"])])
def test_wcp06_multi_choice_and_wcp07_structured_synchronizing_merge(n, chosen):
    sandbox = split_and_join("inclusive", "inclusive", "=n > 0", "=n > 2", variables={"n": Decimal(n)})
    assert tasks(sandbox) == chosen
    assert tasks(done(sandbox, *chosen)) == ["k"]


def test_wcp08_multi_merge():
    assert tasks(done(split_and_join("parallel", "exclusive"), "a", "b")) == ["k", "k"]


def complex_join(text):
    return run(
        start(), gateway("g", "parallel"), user("a"), user("b"), user("c"), gateway("j", "complex", rule(text)),
        user("k"),
        flows("s g", "g a", "g b", "g c", "a j", "b j", "c j", "j k"),
    )  # fmt: skip


def test_wcp09_structured_discriminator():
    sandbox = done(complex_join("activationCount &gt;= 1"), "b")
    assert tasks(sandbox) == ["a", "c", "k"]
    assert tasks(done(sandbox, "a", "c")) == ["k"]


def test_wcp30_structured_partial_join():
    sandbox = done(complex_join("activationCount &gt;= 2"), "b")
    assert "k" not in tasks(sandbox)
    assert tasks(done(sandbox, "a")) == ["c", "k"]


def twice_into(text):
    """Two tokens over each of two flows into a complex gateway."""
    return run(
        start(), gateway("g", "parallel"),
        '<task id="x" completionQuantity="2"/><task id="y" completionQuantity="2"/>', user("a"), user("b"),
        gateway("j", "complex", rule(text)), '<task id="k"/>',
        flows("s g", "g x", "g y", "x a", "y b", "a j", "b j", "j k"),
    )  # fmt: skip


def test_wcp28_blocking_discriminator_keeps_what_comes_before_its_reset():
    sandbox = done(twice_into("activationCount &gt;= 1"), "a", "a")
    assert count(sandbox, "k") == 1
    assert count(done(sandbox, "b"), "k") == 2
    assert status(done(sandbox, "b")) == "completed"


def test_wcp31_blocking_partial_join():
    sandbox = done(twice_into("activationCount &gt;= 2"), "a", "b", "a")
    assert count(sandbox, "k") == 1
    assert count(done(sandbox, "b"), "k") == 2


def cancelling(text):
    inner = (
        start("i"), gateway("g", "parallel"), user("a"), user("b"), user("c"), gateway("j", "complex", rule(text)),
        end("x", TERMINATE),
        flows("i g", "g a", "g b", "g c", "a j", "b j", "c j", "j x"),
    )  # fmt: skip
    return run(start(), sub("w", *inner), user("k"), flows("s w", "w k"))


def test_wcp29_cancelling_discriminator():
    assert tasks(done(cancelling("activationCount &gt;= 1"), "c")) == ["k"]


def test_wcp32_cancelling_partial_join():
    sandbox = done(cancelling("activationCount &gt;= 2"), "c")
    assert tasks(sandbox) == ["a", "b"]
    assert tasks(done(sandbox, "a")) == ["k"]


def test_wcp33_generalised_and_join_keeps_a_second_token_of_a_branch_for_the_next_round():
    sandbox = run(
        start(), gateway("g", "parallel"),
        '<task id="x" completionQuantity="2"/><task id="y" completionQuantity="2"/>', user("a"), user("b"),
        gateway("j", "parallel"), '<task id="k"/>', flows("s g", "g x", "g y", "x a", "y b", "a j", "b j", "j k"),
    )  # fmt: skip
    assert count(done(sandbox, "a", "a", "b"), "k") == 1
    assert count(done(sandbox, "b"), "k") == 2


def test_wcp37_local_and_wcp38_general_synchronizing_merge_wait_for_what_can_still_come():
    sandbox = run(
        start(), gateway("g", "parallel"), user("a"), user("b"), gateway("x", "exclusive", extra=' default="x-e"'),
        end(),
        gateway("j", "inclusive"), '<task id="k"/>',
        flows("s g", "g a", "g b", "b x", "x e", "x b =again", "x j =join", "a j", "j k"),
        variables={"again": True, "join": False},
    )  # fmt: skip
    assert count(done(sandbox, "a", "b"), "k") == 0
    sandbox.complete("b", {"again": False})
    assert count(sandbox, "k") == 1


def test_wcp41_thread_merge_and_wcp42_thread_split():
    sandbox = run(
        start(),
        '<task id="a" completionQuantity="3"/>',
        user("b"),
        '<task id="c" startQuantity="3"/>',
        flows("s a", "a b", "b c"),
    )
    assert tasks(sandbox) == ["b", "b", "b"]
    assert count(done(sandbox, "b", "b"), "c") == 0
    assert count(done(sandbox, "b"), "c") == 1


# Multiple instances --------------------------------------------------------------------------------------------------


def test_wcp12_instances_without_synchronization():
    sandbox = run(
        start(), script("a", "=n + 1", "n"), gateway("g", "exclusive", extra=' default="g-f"'), '<task id="f"/>',
        user("b"), gateway("h", "parallel"), flows("s a", "a h", "h b", "h g", "g a =n < 3", "g f"),
        variables={"n": Decimal(0)},
    )  # fmt: skip
    assert tasks(sandbox) == ["b", "b", "b"]
    assert count(sandbox, "f") == 1


def test_wcp13_instances_known_at_design_time():
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    sandbox = run(start(), user("a", loop), user("k"), flows("s a", "a k"))
    assert tasks(done(sandbox, "a", "a")) == ["a"]
    assert tasks(done(sandbox, "a")) == ["k"]


def test_wcp14_instances_known_when_they_begin():
    sandbox = run(
        start(), user("a", several(collection="units")), user("k"), flows("s a", "a k"), variables={"units": ["x", "y"]}
    )
    assert tasks(sandbox) == ["a", "a"]
    assert tasks(done(sandbox, "a", "a")) == ["k"]


def test_wcp15_more_instances_can_be_begun_while_others_run():
    begun = f'<startEvent id="es" isInterrupting="false">{signal("A")}</startEvent>'
    more = sub("m", begun, user("a2"), flows("es a2"), extra=' triggeredByEvent="true"')
    sandbox = run(start(), sub("w", start("i"), user("a"), more, flows("i a")), user("k"), flows("s w", "w k"))
    sandbox.signal("A")
    sandbox.signal("A")
    assert tasks(sandbox) == ["a", "a2", "a2"]
    assert tasks(done(sandbox, "a", "a2", "a2")) == ["k"]


def test_wcp34_a_static_partial_join_goes_on_while_the_other_instances_do():
    throws = "<complexBehaviorDefinition><condition>=numberOfCompletedInstances = 2</condition><event>"
    throws += f"{signal('A')}</event></complexBehaviorDefinition>"
    loop = several(attributes=' behavior="Complex"').replace("</multi", throws + "</multi")
    sandbox = run(start(), user("a", loop), boundary("b", "a", signal("A"), False), user("k"), flows("s a", "b k"))
    assert tasks(done(sandbox, "a", "a")) == ["a", "k"]


def test_wcp26_cancel_multiple_instances():
    sandbox = run(start(), user("a", several()), boundary("b", "a", signal("A")), user("k"), flows("s a", "b k"))
    done(sandbox, "a").signal("A")
    assert tasks(sandbox) == ["k"]


def test_wcp27_complete_multiple_instances_early_and_wcp35_cancelling_partial_join():
    sandbox = run(start(), user("a", several("numberOfCompletedInstances = 2")), user("k"), flows("s a", "a k"))
    assert tasks(done(sandbox, "a", "a")) == ["k"]


# State, cancellation, iteration, termination, triggers ---------------------------------------------------------------


def test_wcp10_arbitrary_cycles():
    sandbox = run(
        start(), gateway("m1", "exclusive"), user("a"), gateway("m2", "exclusive"), user("b"),
        gateway("x", "exclusive", extra=' default="x-m2"'),
        end(), flows("s m1", "m1 a", "a m2", "m2 b", "b x", 'x m1 =go = "far"', "x m2", 'x e =go = "out"'),
        variables={"go": ""},
    )  # fmt: skip
    done(sandbox, "a", "b")
    sandbox.complete("b", {"go": "far"})
    assert tasks(sandbox) == ["a"]
    done(sandbox, "a").complete("b", {"go": "out"})
    assert status(sandbox) == "completed"


def test_wcp11_implicit_termination():
    sandbox = run(start(), user("a"), user("b"), flows("s a", "s b"))
    assert status(done(sandbox, "a")) == "active"
    assert status(done(sandbox, "b")) == "completed"


def test_wcp43_explicit_termination():
    sandbox = run(start(), user("a"), user("b"), end("x", TERMINATE), flows("s a", "s b", "a x"))
    assert status(done(sandbox, "a")) == "terminated"


def test_wcp16_deferred_choice():
    catches = "".join(f'<intermediateCatchEvent id="c{n}">{signal(n)}</intermediateCatchEvent>' for n in "AB")
    sandbox = run(start(), gateway("g", "eventBased"), catches, flows("s g", "g cA", "g cB"))
    sandbox.signal("B")
    assert path(sandbox) == ["s", "g", "cB"]


def test_wcp17_interleaved_parallel_routing_and_wcp40_interleaved_routing():
    inner = user("a") + user("b") + user("c") + flows("a b")
    sandbox = run(
        start(),
        f'<adHocSubProcess id="h" ordering="Sequential">{inner}</adHocSubProcess>',
        user("k"),
        flows("s h", "h k"),
    )
    for element in "abc":
        assert tasks(sandbox) == [element]
        sandbox.complete(element)
    assert tasks(sandbox) == ["k"]


MILESTONE = "<conditionalEventDefinition><condition>=reached</condition></conditionalEventDefinition>"


@pytest.mark.parametrize(("order", "left"), [("om", ["a"]), ("mo", [])])
def test_wcp18_a_milestone_is_open_only_while_its_activity_is(order, left):
    guard = boundary("b", "m", MILESTONE, False)
    sandbox = run(
        start(), user("m"), guard, user("o"), user("a"), flows("s m", "s o", "b a"), variables={"reached": False}
    )
    for element in order:
        sandbox.complete(element, {"reached": True} if element == "o" else {})
    assert tasks(sandbox) == left


def test_wcp19_cancel_task_and_wcp25_cancel_region():
    region = sub("w", start("i"), user("a"), user("b"), flows("i a", "i b"))
    sandbox = run(start(), region, boundary("x", "w", signal("A")), user("c"), user("k"), flows("s w", "s c", "x k"))
    sandbox.signal("A")
    assert tasks(sandbox) == ["c", "k"]


def test_wcp20_cancel_case():
    stop = sub("m", f'<startEvent id="es">{signal("A")}</startEvent>', extra=' triggeredByEvent="true"')
    sandbox = run(start(), user("a"), user("b"), stop, flows("s a", "s b"))
    sandbox.signal("A")
    assert status(sandbox) == "completed"
    assert tasks(sandbox) == []


@pytest.mark.parametrize(("before", "turns"), [("true", 2), ("false", 3)])
def test_wcp21_structured_loop(before, turns):
    condition = "<loopCondition>=n &lt; 2</loopCondition>"
    loop = f'<standardLoopCharacteristics testBefore="{before}">{condition}</standardLoopCharacteristics>'
    first = Decimal(0) if before == "true" else Decimal(-1)
    task = script("a", "=n + 1", "n").replace("</scriptTask>", loop + "</scriptTask>")
    sandbox = run(start(), task, flows("s a"), variables={"n": first})
    assert sandbox.report()["variables"]["n"] == 2
    assert count(sandbox, "a") - 1 == turns


def test_wcp22_recursion():
    call = '<callActivity id="c">' + ext(
        '<zeebe:calledElement processId="q" propagateAllChildVariables="false"/>'
        '<zeebe:ioMapping><zeebe:input source="=n - 1" target="n"/>'
        '<zeebe:output source="=result" target="below"/></zeebe:ioMapping>',
    )
    called = process(
        start("i"), gateway("g", "exclusive", extra=' default="g-one"'), call + "</callActivity>",
        script("one", "=1", "result"),
        script("times", "=n * below", "result"), flows("i g", "g c =n > 1", "g one", "c times"), id="q",
    )  # fmt: skip
    outer = call.replace('id="c"', 'id="c0"').replace("=n - 1", "=n") + "</callActivity>"
    sandbox = run(start(), outer, flows("s c0"), called, variables={"n": Decimal(5)})
    assert sandbox.report()["variables"]["below"] == 120


def catching(kind):
    return run(
        start(), user("a"), f'<intermediateCatchEvent id="c">{kind}</intermediateCatchEvent>', flows("s a", "a c")
    )


def test_wcp23_a_transient_trigger_is_lost_when_nobody_waits():
    sandbox = catching(signal("A"))
    sandbox.signal("A")
    assert status(done(sandbox, "a")) == "active"
    sandbox.signal("A")
    assert status(sandbox) == "completed"


def test_wcp24_a_persistent_trigger_is_kept_until_somebody_waits():
    sandbox = catching(message("A"))
    sandbox.message("A")
    assert status(done(sandbox, "a")) == "completed"
