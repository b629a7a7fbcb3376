"""Boxed expressions (DMN 1.5, clauses 7.3 and 10.2)."""

import pytest

from engine.errors import InvalidModel
from engine.feel import FeelLimit
from tests.unit.decisions.models import decide, decision, inputs, literal, table, value


def entry(name: str, expression: str, type: str = "") -> str:
    typed = f' typeRef="{type}"' if type else ""
    variable = f'<variable name="{name}"{typed}/>' if name else ""
    return f"<contextEntry>{variable}{expression}</contextEntry>"


def function(parameters: str, body: str) -> str:
    listed = "".join(f'<formalParameter name="{name}"/>' for name in parameters.split())
    return f"<functionDefinition>{listed}{body}</functionDefinition>"


def test_a_decision_without_logic_is_null() -> None:
    assert value(decision("")) is None


def test_an_empty_literal_is_null() -> None:
    assert value(decision(literal("  "))) is None


def test_a_context_without_result_yields_its_entries_each_seeing_those_before() -> None:
    body = (
        f"<context>{entry('a', literal('1'))}{entry('b c', literal('a + 1'))}{entry('d', literal('b c * 2'))}</context>"
    )
    assert value(decision(body)) == {"a": 1, "b c": 2, "d": 4}


def test_a_context_with_a_result_yields_that() -> None:
    assert value(decision(f"<context>{entry('a', literal('1'))}{entry('', literal('a + 1'))}</context>")) == 2


def test_an_entry_hides_an_outer_name_without_changing_it() -> None:
    inner = f"<context>{entry('x', literal('x + 1'))}{entry('', literal('x * 10'))}</context>"
    body = f"<context>{entry('first', inner)}{entry('second', literal('x'))}</context>"
    assert value(inputs("x") + decision(body, requires="in_x"), x=1) == {"first": 20, "second": 1}


def test_an_entry_that_is_a_table_can_be_used_by_the_result() -> None:
    level = entry("risk level", table("FIRST", ["x"], ["o"], ["< 9 || 1", "- || 2"]))
    body = f"<context>{level}{entry('', literal('risk level + 1'))}</context>"
    assert value(inputs("x") + decision(body, requires="in_x"), x=1) == 2


def test_a_boxed_function_closes_over_names_and_may_call_itself() -> None:
    factorial = function("n", literal("if n = 0 then start else n * f(n - 1)"))
    body = f"<context>{entry('start', literal('1'))}{entry('f', factorial)}{entry('', literal('f(5)'))}</context>"
    assert value(decision(body)) == 120


@pytest.mark.parametrize("type", ["number", "Twice"])
def test_the_type_of_an_entry_that_is_a_function_is_its_own_or_that_of_its_result(type: str) -> None:
    item = '<functionItem outputTypeRef="number"><parameters name="n" typeRef="Any"/></functionItem>'
    twice = entry("f", function("n", literal("n * 2")), type)
    body = f'<itemDefinition name="Twice">{item}</itemDefinition>'
    assert value(body + decision(f"<context>{twice}{entry('', literal('f(2)'))}</context>")) == 4


def test_a_recursion_without_end_is_a_limit_and_not_a_crash() -> None:
    endless = f"<context>{entry('f', function('n', literal('f(n + 1)')))}{entry('', literal('f(1)'))}</context>"
    with pytest.raises(FeelLimit):
        decide(decision(endless))


def test_an_invocation_binds_by_name() -> None:
    bindings = "".join(f'<binding><parameter name="{n}"/>{literal(v)}</binding>' for n, v in [("b", "2"), ("a", "10")])
    invoked = entry("", f"<invocation>{literal('f')}{bindings}</invocation>")
    assert value(decision(f"<context>{entry('f', function('a b', literal('a - b')))}{invoked}</context>")) == 8


@pytest.mark.parametrize(
    ("called", "parameter", "reason"),
    [("1 + 1", "a", "expected a function"), ("function(x) x", "y", "takes the parameters")],
)
def test_an_invocation_that_cannot_be_is_null_with_a_reason(called: str, parameter: str, reason: str) -> None:
    bound = f'<binding><parameter name="{parameter}"/>{literal("1")}</binding>'
    decided = decide(decision(f"<invocation>{literal(called)}{bound}</invocation>"))
    assert decided.value is None
    assert reason in decided.problems[0].message


def test_a_list_yields_its_items() -> None:
    assert value(decision(f"<list>{literal('1')}{literal('1 + 1')}</list>")) == [1, 2]


def test_a_relation_yields_a_list_of_contexts() -> None:
    row = f"<row>{literal('1')}{literal('2')}</row>"
    assert (
        value(decision(f'<relation><column name="a"/><column name="b c"/>{row}{row}</relation>'))
        == [{"a": 1, "b c": 2}] * 2
    )


def conditional(condition: str, then: str, otherwise: str) -> str:
    parts = [("if", condition), ("then", then), ("else", otherwise)]
    return "<conditional>" + "".join(f"<{tag}>{literal(text)}</{tag}>" for tag, text in parts) + "</conditional>"


@pytest.mark.parametrize(("x", "expected"), [(True, "yes"), (False, "no")])
def test_a_conditional_chooses(x: object, expected: str) -> None:
    body = conditional("x", '"yes"', '"no"')
    assert value(inputs("x") + decision(body, requires="in_x"), x=x) == expected


def test_a_conditional_evaluates_only_the_branch_it_takes() -> None:
    assert value(decision(conditional("true", "1", "1 / 0"))) == 1


def test_a_filter_sees_the_item_and_its_entries() -> None:
    def filtered(source: str, match: str) -> object:
        return value(decision(f"<filter><in>{literal(source)}</in><match>{literal(match)}</match></filter>"))

    assert filtered("[1, 2, 3]", "item > 1") == [2, 3]
    assert filtered("[{a: 1}, {a: 2}]", "a = 2") == [{"a": 2}]
    assert filtered("[{item: 1}, {item: 2}]", "item = 2") == [{"item": 2}]


def iteration(kind: str, source: str, body: str) -> str:
    inner = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="each one"><in>{literal(source)}</in><{inner}>{literal(body)}</{inner}></{kind}>'


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("for", "[1, 2, 3]", "each one * 2", [2, 4, 6]),
        ("for", "[]", "each one", []),
        ("for", "[1, 2, 3]", "count(partial) + each one", [1, 3, 5]),
        ("some", "[1, 2]", "each one > 1", True),
        ("some", "[1, 2]", "each one > 2", False),
        ("every", "[1, 2]", "each one > 0", True),
        ("every", "[1, 2]", "each one > 1", False),
        ("every", "[]", "false", True),
    ],
)
def test_loops(kind: str, source: str, body: str, expected: object) -> None:
    assert value(decision(iteration(kind, source, body))) == expected


def test_loops_of_boxes_within_boxes() -> None:
    inner = iteration("for", "[1, 2]", "each one")
    outer = f'<for iteratorVariable="x"><in>{literal("[10, 20]")}</in><return>{inner}</return></for>'
    assert value(decision(outer)) == [[1, 2], [1, 2]]


def test_a_type_reference_on_an_expression_converts_its_value() -> None:
    assert value(decision(literal("[5]", 'typeRef="number"'))) == 5
    decided = decide(decision(literal('"a"', 'typeRef="number"')))
    assert decided.value is None
    assert "expected number" in decided.problems[0].message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<list>", "</list>"),
        ('<context><contextEntry><variable name="a"/>', "</contextEntry></context>"),
        ("<conditional><if><literalExpression/></if><then><literalExpression/></then><else>", "</else></conditional>"),
        ('<for iteratorVariable="i"><in><list><literalExpression/></list></in><return>', "</return></for>"),
        ("<filter><in>", "</in><match><literalExpression/></match></filter>"),
        ("<invocation>", "</invocation>"),
        ("<functionDefinition>", "</functionDefinition>"),
    ],
)
def test_boxes_within_boxes_end_in_a_value_or_a_limit_and_not_in_a_crash(before: str, after: str) -> None:
    levels = 195 // (before.count("<") - 2 * before.count("</") - before.count("/>") + before.count("</"))
    try:
        body = decision(before * levels + literal("1") + after * levels)
        assert decide(body).as_json()["problems"] is not None
    except (FeelLimit, InvalidModel) as error:
        assert "most" in str(error) or "fewer" in str(error) or "nests" in str(error)


def test_now_is_the_time_of_the_evaluation() -> None:
    assert value(decision(literal("string(today())"))) == "2026-03-01"
