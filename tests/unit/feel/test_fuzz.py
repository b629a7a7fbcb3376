"""Random texts and expressions: out comes a value, a null with a reason, or a FEEL error with a place."""

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.feel import (
    BUILTINS,
    FeelLimit,
    FeelSyntaxError,
    Run,
    Value,
    compile,
    compile_unary,
    decode,
    encode,
    from_json,
    parse_date_and_time,
)

NOW = parse_date_and_time("2026-01-31T08:00:00Z")
SCOPE: dict[str, Value] = {
    "a": from_json(3),
    "b": "x",
    "xs": from_json([1, 2, 3]),
    "rows": from_json([{"n": 1, "s": "x"}, {"n": 2}]),
    "c d": True,
}
WORDS = [
    "1",
    "2.5",
    '"x"',
    "true",
    "null",
    "a",
    "b",
    "xs",
    "rows",
    "c d",
    "?",
    "item",
    "partial",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
]
WORDS += [
    "..",
    ".",
    ",",
    ":",
    "+",
    "-",
    "*",
    "/",
    "**",
    "<",
    ">",
    "=",
    "!=",
    "and",
    "or",
    "in",
    "if",
    "then",
    "else",
    "for",
]
WORDS += [
    "return",
    "some",
    "every",
    "satisfies",
    "between",
    "function",
    "instance of",
    "number",
    "list<",
    "not(",
    '@"P1D"',
]
WORDS += ["count(", "sum(", "//", "/*", "*/", "\\", '"', "'", "é", "督", "\U0001f40e", "\x00", "e5", ".5"]


def check(text: str) -> None:
    """Nothing but FEEL errors; and the value has no parts that are no values."""
    try:
        expression = compile(text, SCOPE)
        outcome = expression.explain(SCOPE, NOW)
        fast = expression(SCOPE, NOW)
    except FeelSyntaxError as error:
        assert error.line >= 1
        assert error.column >= 1
        return
    except FeelLimit as limit:
        assert limit.line >= 1
        return
    assert repr(outcome.value) == repr(fast) or "function" in repr(fast).lower()
    assert all(problem.line >= 1 and problem.column >= 1 for problem in outcome.problems)


@given(st.text(max_size=60))
@example("\ud800")
@example("\u0000")
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=300)
def test_any_run_of_words(words: list[str]) -> None:
    check(" ".join(words))
    check("".join(words))


@given(st.lists(st.sampled_from(WORDS), max_size=15))
def test_any_unary_tests(words: list[str]) -> None:
    text = " ".join(words)
    try:
        assert compile_unary(text, SCOPE)(SCOPE["a"], SCOPE, NOW) in (True, False, None)
    except FeelSyntaxError as error:
        assert error.line >= 1
    except FeelLimit as limit:
        assert limit.line >= 1


PLAIN = ["1", "0", "-2.5", '"x"', '"b1"', "true", "false", "null", "a", "b", "xs", "rows", "c d", "nothing"]
TEMPORAL = ['@"2026-01-31"', '@"08:00:00Z"', '@"P1D"', '@"P1M"', '@"2026-01-31T08:00:00@Europe/Paris"']
COMPOUND = ["[1..3]", "(< 5)", "[]", "{}", "(function(p) p)"]
LEAVES = st.sampled_from([*PLAIN, *TEMPORAL, *COMPOUND])


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
    call = st.builds(
        lambda name, args: f"{name}({', '.join(args)})", st.sampled_from(sorted(BUILTINS)), st.lists(inner, max_size=4)
    )
    return st.one_of(
        st.builds(lambda left, sign, right: f"({left} {sign} {right})", inner, signs, inner),
        call,
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.builds(lambda value: f"{{n: {value}, m: n}}", inner),
        st.builds(lambda base, condition: f"{base}[{condition}]", inner, inner),
        st.builds(lambda base, name: f"{base}.{name}", inner, st.sampled_from(["n", "s", "year", "days", "start"])),
        st.builds(lambda test, one, other: f"(if {test} then {one} else {other})", inner, inner, inner),
        st.builds(lambda domain, result: f"(for i in {domain} return {result})", inner, inner),
        st.builds(lambda domain, test: f"(some i in {domain} satisfies {test})", inner, inner),
        st.builds(lambda value, low, high: f"({value} between {low} and {high})", inner, inner, inner),
        st.builds(lambda value: f"(-{value})", inner),
        st.builds(lambda value: f"({value} instance of number)", inner),
    )


EXPRESSIONS = st.recursive(LEAVES, _grow, max_leaves=8)


@given(EXPRESSIONS)
@settings(max_examples=500)
def test_any_expression(text: str) -> None:
    check(text)


@given(EXPRESSIONS)
def test_a_null_without_a_problem_never_comes_from_arithmetic(text: str) -> None:
    outcome = compile(f"({text}) + 1", SCOPE)
    run = Run(NOW)
    try:
        assert outcome.evaluate(SCOPE, run) is not None or run.problems
    except FeelLimit as limit:
        assert limit.line >= 1


@given(EXPRESSIONS)
def test_every_value_but_a_function_can_be_stored(text: str) -> None:
    try:
        value = compile(text, SCOPE)(SCOPE, NOW)
    except FeelLimit:
        return
    if "unction" not in repr(value) and "uiltin" not in repr(value):
        assert repr(decode(encode(value))) == repr(value)


@given(st.text(alphabet=string.ascii_letters + "[](){}|*+?.^$\\-,0123456789", max_size=20), st.text(max_size=20))
def test_any_pattern(pattern: str, text: str) -> None:
    outcome = compile("matches(text, pattern)").explain({"text": text, "pattern": pattern})
    assert outcome.value is not None or outcome.problems
