"""Decision tables: cells, hit policies, outputs (DMN 1.5, clause 8)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import compile_unary
from tests.unit.decisions.models import decide, decision, inputs, model, table, value

X = ["x : number"]


def run(policy: str, rules: list[str], outputs: list[str] | None = None, aggregation: str = "", x: Any = 5) -> Any:
    body = table(policy, X, outputs or ["out"], rules, aggregation)
    return value(inputs("x") + decision(body, requires="in_x"), x=x)


def test_unique_yields_the_output_of_the_rule_that_is_met() -> None:
    assert run("UNIQUE", ['< 5 || "low"', '>= 5 || "high"']) == "high"


def test_unique_with_two_rules_met_is_null_and_names_them() -> None:
    body = table("UNIQUE", X, ["out"], ['< 9 || "a"', '- || "b"', '> 9 || "c"'])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x=5)
    assert decided.value is None
    (problem,) = decided.problems
    assert "rules 1, 2 are met" in problem.message
    assert (problem.place.owner, problem.place.element) == ("d", "table")


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "COLLECT", "RULE ORDER"])
def test_no_rule_met_is_null(policy: str) -> None:
    assert run(policy, ['> 9 || "a"']) is None


def test_no_rule_met_yields_the_default_outputs() -> None:
    assert run("UNIQUE", ['> 9 || "a"'], ['out : string :  : "none"']) == "none"
    several = run("UNIQUE", ['> 9 || "a" | 1'], ['a : string :  : "none"', "b : number"])
    assert several == {"a": "none", "b": None}


def test_any_wants_equal_outputs() -> None:
    assert run("ANY", ['< 9 || "a"', '> 1 || "a"']) == "a"
    body = table("ANY", X, ["out"], ['< 9 || "a"', '> 1 || "b"'])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x=5)
    assert decided.value is None
    assert "rules 1, 2 differ" in decided.problems[0].message


def test_first_takes_the_first_rule_and_evaluates_no_other() -> None:
    assert run("FIRST", ['< 9 || "a"', "> 1 || 1 / 0"]) == "a"


def test_priority_follows_the_order_of_the_output_values() -> None:
    outputs = ['out : string : "high","middle","low"']
    assert run("PRIORITY", ['< 9 || "low"', '> 1 || "middle"', '> 7 || "high"'], outputs) == "middle"


def test_priority_of_several_outputs_counts_from_the_left() -> None:
    outputs = ['a : string : "high","low"', "b : number : 2,1"]
    rules = ['- || "low" | 2', '- || "high" | 1', '- || "high" | 2']
    assert run("PRIORITY", rules, outputs) == {"a": "high", "b": 2}


def test_output_order_sorts_all_outputs_and_keeps_the_order_of_equals() -> None:
    outputs = ['out : string : "high","middle","low"']
    rules = ['- || "low"', '- || "high"', '- || "middle"', '- || "high"']
    assert run("OUTPUT ORDER", rules, outputs) == ["high", "high", "middle", "low"]


def test_rule_order_and_collect_list_outputs_in_the_order_of_rules() -> None:
    rules = ["< 9 || 3", "> 9 || 9", "> 1 || 1"]
    assert run("RULE ORDER", rules) == [3, 1]
    assert run("COLLECT", rules) == [3, 1]


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 4), ("MIN", 1), ("MAX", 3), ("COUNT", 2)])
def test_collect_aggregates(aggregation: str, expected: int) -> None:
    assert run("COLLECT", ["< 9 || 3", "> 9 || 9", "> 1 || 1"], aggregation=aggregation) == expected


def test_a_count_of_no_rules_is_zero() -> None:
    assert run("COLLECT", ["> 9 || 9"], aggregation="COUNT") == 0


def test_several_outputs_are_a_context() -> None:
    assert run("UNIQUE", ['< 9 || "a" | x * 2'], ["name", "twice"]) == {"name": "a", "twice": 10}


def test_a_table_without_inputs_takes_every_rule() -> None:
    assert value(decision(table("COLLECT", [], ["out"], ["|| 1", "|| 2"]))) == [1, 2]


def test_an_empty_cell_takes_everything() -> None:
    assert run("UNIQUE", [' || "a"']) == "a"
    assert run("UNIQUE", ['- || "a"'], x=None) == "a"


def test_cells_read_variables_and_the_input_value() -> None:
    body = table("FIRST", ["x : number"], ["out"], ["> y || 1", "? * 2 = y || 2", "y || 3", "- || 4"])
    whole = inputs("x", "y") + decision(body, requires="in_x in_y")
    assert [value(whole, x=5, y=y) for y in (1, 10, 5, 7)] == [1, 2, 3, 4]


def test_an_input_value_that_is_not_listed_is_null_at_its_column() -> None:
    body = table("UNIQUE", ['x : string : "a","b"'], ["out"], ["- || 1"])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x="c")
    assert decided.value is None
    assert decided.problems[0].place.element == "column1"


def test_an_output_value_that_is_not_listed_is_null_at_its_cell() -> None:
    body = table("UNIQUE", X, ['out : string : "a","b"'], ['< 9 || "a"', '> 9 || "z"'])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x=10)
    assert decided.value is None
    place = decided.problems[0].place
    assert (place.element, place.rule, place.column) == ("out2.1", 2, "output out")


def test_a_problem_in_a_cell_says_where() -> None:
    body = table("UNIQUE", X, ["out"], ['< 9 || 1 + "a"'])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x=5)
    (problem,) = decided.problems
    assert (problem.place.element, problem.place.rule, problem.line) == ("out1.1", 1, 1)
    assert "d, rule 1, output out" in str(problem)


def test_a_value_of_another_type_than_declared_is_null_with_a_reason() -> None:
    body = table("FIRST", X, ["out"], ['< 9 || "a"', '- || "b"'])
    decided = decide(inputs("x") + decision(body, requires="in_x"), x="5")
    assert decided.value == "b"
    assert "expected number" in decided.problems[0].message


CELLS = [
    "< 3",
    "<= 3",
    "> 3",
    ">= 3",
    "3",
    "[1..3]",
    "(1..3)",
    "]1..3[",
    "1, 3, 5",
    "not(3)",
    "not([1..3])",
    "< 1, > 3",
]


@given(st.decimals(-1, 6, places=1), st.lists(st.sampled_from([*CELLS, "-", '"a"', "? > 2"]), min_size=2, max_size=9))
def test_looking_up_numbers_agrees_with_asking_each_cell(number: Decimal, column: list[str]) -> None:
    body = table("COLLECT", ["x"], ["out"], [f"{cell} || {index}" for index, cell in enumerate(column)])
    found: Any = model(inputs("x") + decision(body, requires="in_x")).evaluate("d", {"x": number}).value
    expected = [index for index, cell in enumerate(column) if compile_unary(cell)(number, {"x": number})]
    assert [int(each) for each in found or []] == expected


@given(
    st.sampled_from(["a", "b", "", 'q"', "ä"]),
    st.lists(st.sampled_from(['"a"', '"a","b"', 'not("a")', '< "b"', '""', "-"])),
)
def test_looking_up_strings_agrees_with_asking_each_cell(text: str, column: list[str]) -> None:
    body = table("COLLECT", ["x"], ["out"], [f"{cell} || {index}" for index, cell in enumerate(column)])
    found: Any = model(inputs("x") + decision(body, requires="in_x")).evaluate("d", {"x": text}).value
    expected = [index for index, cell in enumerate(column) if compile_unary(cell)(text, {"x": text})]
    assert [int(each) for each in found or []] == expected
