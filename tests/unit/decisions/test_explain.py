"""What an auditor sees of an evaluation, and what bounds it."""

import json
import threading
from decimal import Decimal

import pytest

from engine.decisions.evaluation import MAX_STEPS, Scope
from engine.feel import FeelLimit, decode, from_json
from tests.unit.decisions.models import decide, decision, inputs, literal, model, table

LEVEL = decision(table("UNIQUE", ["x : number"], ["level"], ['< 5 || "low"', '>= 5 || "high"']), "level", "in_x")
TWICE = (
    '<businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic>'
    f'<formalParameter name="n"/>{literal("n * 2")}</encapsulatedLogic></businessKnowledgeModel>'
)
WHOLE = inputs("x") + LEVEL + TWICE + decision(literal('level + " " + string(twice(x))'), "d", "level in_x", "twice")


def test_steps_tell_inputs_rules_and_outputs_in_order_of_completion() -> None:
    level, twice, d = decide(WHOLE, x=7).steps
    assert (level.kind, level.name, level.inputs, level.value) == ("decision", "level", {"x": 7}, "high")
    (hit,) = level.tables
    assert (hit.id, hit.policy, hit.inputs) == ("table", "U", (("x", Decimal(7)),))
    assert [(rule.number, rule.id, rule.outputs) for rule in hit.rules] == [(2, "rule2", ("high",))]
    assert (twice.kind, twice.inputs, twice.value) == ("knowledge", {"n": 7}, 14)
    assert (d.name, d.inputs, d.value) == ("d", {"level": "high", "x": 7}, "high 14")


def test_the_explanation_is_json_in_the_storage_form() -> None:
    explained = json.loads(json.dumps(decide(WHOLE, x=7).as_json()))
    assert decode(explained["value"]) == "high 14"
    assert explained["steps"][0]["tables"][0]["rules"] == [{"index": 2, "id": "rule2", "outputs": ["high"]}]
    assert explained["problems"] == []


def test_a_reason_has_the_place_in_the_model_and_in_the_text() -> None:
    body = decision(table("UNIQUE", ["1"], ["out"], ['- || 1 +\n "a"']))
    explained = decide(body).as_json()
    (problem,) = explained["problems"]
    assert problem["decision"] == "d"
    assert (problem["element"], problem["rule"], problem["tableColumn"]) == ("out1.1", 1, "output out")
    assert problem["line"] == 1


def test_functions_are_shown_by_their_signature() -> None:
    explained = decide(TWICE + decision(literal("[twice, {f: twice}]"), knows="twice")).as_json()
    assert explained["value"] == ["function twice(n)", {"c": [["f", "function twice(n)"]]}]


def test_a_value_that_unfolds_hugely_is_not_shown() -> None:
    body = "<context>" + "".join(
        f'<contextEntry><variable name="v{n}"/>{literal(f"[v{n - 1}, v{n - 1}]" if n else "1")}</contextEntry>'
        for n in range(40)
    )
    decided = decide(decision(body + f"<contextEntry>{literal('v39')}</contextEntry></context>"))
    assert decided.as_json()["value"] == "(too large to show)"


def test_a_value_of_too_many_levels_is_not_shown() -> None:
    decided = decide(decision(literal("(for i in 1..500 return [partial[-1]])[-1]")))
    assert decided.as_json()["value"] == "(too large to show)"


def test_steps_are_bounded() -> None:
    body = TWICE + decision(literal(f"count(for i in 1..{MAX_STEPS + 10} return twice(i))"), knows="twice")
    decided = decide(body)
    assert len(decided.steps) == MAX_STEPS
    assert decided.omitted == 11


def test_an_evaluation_that_asks_for_too_much_is_an_error_and_not_null() -> None:
    body = TWICE + decision(literal("for i in 1..1000, j in 1..1000 return twice(i)"), knows="twice")
    with pytest.raises(FeelLimit):
        decide(body)


def test_a_model_is_shared_by_threads() -> None:
    compiled = model(WHOLE)
    wrong: list[object] = []

    def work(x: int) -> None:
        for _ in range(200):
            value = compiled.evaluate("d", {"x": Decimal(x)}).value
            if value != f"{'low' if x < 5 else 'high'} {2 * x}":
                wrong.append((x, value))

    threads = [threading.Thread(target=work, args=(x,)) for x in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_any_mapping_serves_as_inputs() -> None:
    outer = Scope({"x": from_json(1)}, {"y": from_json(2)})
    body = inputs("x", "y") + decision(literal("x + y"), requires="in_x in_y")
    assert model(body).evaluate("d", outer).value == 3
