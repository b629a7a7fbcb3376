"""Data objects, properties, data inputs and outputs, stores; and whose variables are whose."""

from decimal import Decimal

from tests.support.diagrams import end, ext, flows, message, path, process, run, script, start, user


def sub(id, *parts):
    return f'<subProcess id="{id}">{"".join(parts)}</subProcess>'


def output(source, target, inner=""):
    return (
        f'<dataOutputAssociation id="o-{source}-{target}"><sourceRef>{source}</sourceRef>'
        f"<targetRef>{target}</targetRef>{inner}</dataOutputAssociation>"
    )


def into(source, target, inner=""):
    return output(source, target, inner).replace("dataOutputAssociation", "dataInputAssociation").replace('"o-', '"i-')


def specification(inputs="", outputs=""):
    parts = [f'<dataInput id="{id}" name="{id}"/>' for id in inputs.split()]
    parts += [f'<dataOutput id="{id}" name="{id}"/>' for id in outputs.split()]
    sets = "".join(f"<dataInputRefs>{id}</dataInputRefs>" for id in inputs.split())
    gives = "".join(f"<dataOutputRefs>{id}</dataOutputRefs>" for id in outputs.split())
    return (
        f"<ioSpecification>{''.join(parts)}<inputSet>{sets}</inputSet><outputSet>{gives}</outputSet></ioSpecification>"
    )


def variables(sandbox):
    return sandbox.report()["variables"]


def test_data_outputs_and_inputs_carry_data_through_a_data_object():
    writing = user("a", specification(outputs="result") + output("result", "ref"))
    reading = f'<userTask id="b">{specification(inputs="given")}{into("ref", "given")}</userTask>'
    sandbox = run(
        start(),
        '<dataObject id="order" name="order"/><dataObjectReference id="ref" dataObjectRef="order"/>',
        writing,
        reading,
        flows("s a", "a b"),
    )
    assert variables(sandbox) == {"order": None}
    sandbox.complete("a", {"result": "R", "noise": "N"})
    assert variables(sandbox) == {"order": "R"}
    local = [event for event in sandbox.report()["trace"] if event["type"] == "VariablesSet" and "instance" in event]
    assert local[-1]["variables"] == {"given": "R"}


def test_an_association_transforms_and_assigns():
    transformed = output("result", "order", "<transformation>=result * 2</transformation>")
    assigned = output("result", "order", "<assignment><from>=result + 1</from><to>order.total</to></assignment>")
    for association, found in ((transformed, 6), (assigned, {"total": 4})):
        task = user("a", specification(outputs="result") + association)
        sandbox = run('<property id="order" name="order"/>', start(), task, flows("s a"))
        sandbox.complete("a", {"result": Decimal(3)})
        assert variables(sandbox) == {"order": found}


def test_a_data_object_of_a_sub_process_lives_and_dies_with_it():
    inner = sub(
        "w", '<startEvent id="i"/>', '<dataObject id="own" name="own"/>',
        user("a", specification(outputs="r") + output("r", "own")),
        script("b", "=own", "seen"), flows("i a", "a b"),
    )  # fmt: skip
    sandbox = run(start(), inner, flows("s w"))
    sandbox.complete("a", {"r": "inside"})
    assert variables(sandbox) == {"seen": "inside"}


def test_a_property_is_local_to_its_activity():
    task = script("a", "=1", "own").replace("<extensionElements>", "<extensionElements>", 1)
    task = task.replace("</extensionElements>", '</extensionElements><property id="own" name="own"/>')
    sandbox = run(start(), task, flows("s a"))
    assert variables(sandbox) == {}


def test_a_data_store_is_shared_by_the_whole_case():
    inner = sub("w", start("i"), user("a", specification(outputs="r") + output("r", "store")), flows("i a"))
    sandbox = run(
        start(),
        '<dataStoreReference id="store" name="stock"/>',
        inner,
        script("b", "=stock + 1", "n"),
        flows("s w", "w b"),
    )
    sandbox.complete("a", {"r": Decimal(4)})
    assert variables(sandbox) == {"stock": 4, "n": 5}


def test_the_payload_of_an_event_becomes_its_data_output():
    inner = f'<dataOutput id="got"/>{output("got", "order")}<outputSet/>{message("A")}'
    caught = f'<intermediateCatchEvent id="c">{inner}</intermediateCatchEvent>'
    parts = ('<property id="order" name="order"/>', start(), caught, flows("s c"))
    whole = run(*parts)
    whole.message("A", variables={"x": Decimal(1), "y": Decimal(2)})
    assert variables(whole) == {"order": {"x": 1, "y": 2}}
    named = run(*parts)
    named.message("A", variables={"got": "G", "y": "Y"})
    assert variables(named) == {"order": "G"}
    only = run(*parts)
    only.message("A", variables={"other": "O"})
    assert variables(only) == {"order": "O"}


def test_the_data_input_of_a_throw_is_its_payload():
    inner = f'<dataInput id="sent"/>{into("order", "sent")}<inputSet/>{message("A")}'
    thrown = f'<intermediateThrowEvent id="t">{inner}</intermediateThrowEvent>'
    receiver = process(f'<startEvent id="rs">{message("A")}</startEvent>', user("ra"), flows("rs ra"), id="q")
    sandbox = run(
        '<property id="order" name="order"/>', start(), thrown, flows("s t"), receiver, variables={"order": "O"}
    )
    assert sandbox.report()["cases"][0]["variables"] == {"sent": "O"}


def test_inputs_and_outputs_of_a_process_are_its_variables():
    both = specification(inputs="given", outputs="made")
    called = process(both, start("i"), script("a", "=given * 2", "made"), flows("i a"), id="q")
    mapping = ext(
        '<zeebe:calledElement processId="q" propagateAllChildVariables="false"/>',
        '<zeebe:ioMapping><zeebe:input source="=n" target="given"/><zeebe:output source="=made" target="result"/>'
        "</zeebe:ioMapping>",
    )
    sandbox = run(
        start(), f'<callActivity id="c">{mapping}</callActivity>', flows("s c"), called, variables={"n": Decimal(4)}
    )
    assert variables(sandbox) == {"n": 4, "result": 8}


def test_branches_write_one_after_the_other_and_the_history_keeps_every_write():
    sandbox = run(
        start(), '<parallelGateway id="g"/>', script("a", '="first"', "v"), script("b", '="second"', "v"),
        '<parallelGateway id="j"/>', end(),
        flows("s g", "g a", "g b", "a j", "b j", "j e"),
    )  # fmt: skip
    written = [event["variables"]["v"] for event in sandbox.report()["trace"] if event["type"] == "VariablesSet"]
    assert written == ["first", "second"]
    assert variables(sandbox) == {"v": "second"}


def test_branches_that_write_different_entries_of_a_context_lose_none():
    mapping = '<zeebe:ioMapping><zeebe:output source="=v" target="data.{}"/></zeebe:ioMapping>'
    sandbox = run(
        start(), '<parallelGateway id="g"/>', user("a", ext(mapping.format("a"))), user("b", ext(mapping.format("b"))),
        '<parallelGateway id="j"/>', end(), flows("s g", "g a", "g b", "a j", "b j", "j e"),
    )  # fmt: skip
    sandbox.complete("b", {"v": "B"})
    sandbox.complete("a", {"v": "A"})
    assert variables(sandbox) == {"data": {"b": "B", "a": "A"}}
    assert path(sandbox)[-1] == "e"
