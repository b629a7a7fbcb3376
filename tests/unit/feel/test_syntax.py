"""What is not FEEL is refused, where it stops being FEEL; hostile texts too."""

import pytest

from engine.feel import FeelSyntaxError, compile, compile_unary
from tests.unit.feel.evaluate import shown


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "expected a value, but got the end", 1, 1),
        ("1 +", "expected a value, but got the end", 1, 4),
        ("1 2", "expected the end or an operator, but got '2'", 1, 3),
        ("(1", "expected ')', but got the end", 1, 3),
        ("[1, 2", "expected ']'", 1, 6),
        ("[1..2", "at the end of the interval", 1, 6),
        ("{a 1}", "expected ':'", 1, 5),
        ("{a: 1, a: 2}", "expected a new name, but 'a' is there already", 1, 8),
        ("if a then b", "expected 'else'", 1, 12),
        ("for i in", "expected a value", 1, 9),
        ("1 between 2", "expected 'and'", 1, 12),
        ("a.", "expected a name after '.'", 1, 3),
        ("abs(n: 1, n: 2)", "expected each parameter once, but got 'n' again", 1, 11),
        ("f(a: 1, 2)", "either all arguments with names or none", 1, 9),
        ("1 instance of foo", "expected a type that is known here", 1, 15),
        ('"abc', "expected the closing quote", 1, 1),
        ("1 /* x", "expected the closing */", 1, 3),
        ("'a'", "expected a value, but got '''", 1, 1),
        ("1\n+ §", "expected FEEL, but got the character '§'", 2, 3),
        ('"\\uD83D"', "expected a pair of surrogates", 1, 1),
        ("@1", "expected a string after @", 1, 2),
        ("(1, 2)", "expected one expression in these parentheses", 1, 6),
        ("function(a, a) 1", "parameters with different names", 1, 1),
        ("a and", "expected a value, but got the end", 1, 6),
        ("a and or b", "expected a value, but got 'or'", 1, 7),
        ("$x", "expected FEEL, but got the character '$'", 1, 1),
    ],
)
def test_a_syntax_error_says_what_was_expected_and_where(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile(text)
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


HOSTILE = {
    "parentheses": "(" * 5000 + "1" + ")" * 5000,
    "open brackets": "[" * 5000,
    "minus signs": "-" * 10_000 + "1",
    "a long path": "a" + ".b" * 5000,
    "many filters": "a" + "[1]" * 3000,
    "comparisons": "=".join(["1"] * 3000),
    "half-open intervals": "[1..a[" * 2000,
    "calls": "not(" * 2000 + "true" + ")" * 2000,
    "types": "1 instance of " + "list<" * 2000,
    "functions": "function(x) " * 2000 + "1",
    "iterators": "for " + ", ".join(f"i{n} in 1..2" for n in range(40)) + " return 1",
    "a huge number": "1" * 5000,
    "a huge text": "1+" * 50_000 + "1",
    "a null character": "a\x00b",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile(text)


def test_ambiguous_intervals_do_not_take_exponential_time() -> None:
    with pytest.raises(FeelSyntaxError):
        compile("[1..a[" + "[1..a[" * 20 + "1")


def test_long_but_flat_expressions_are_fine() -> None:
    assert compile("+".join(["1"] * 5000))({}) == 5000
    assert compile(" and ".join(["true"] * 1000))({}) is True
    assert compile("else ".join(["if false then 1 "] * 300) + "else 7")({}) == 7
    assert compile("[" + ", ".join(["1"] * 5000) + "]")({}) == [1] * 5000


@pytest.mark.parametrize("text", ["", "1,", "<", "not(1", "1, , 2", "- 1,"])
def test_unary_tests_are_refused_too(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1..10[", "[1..10)"),
        ("]1..10[", "(1..10)"),
        ("[1..xs[2]]", "[1..5]"),
        ("[[1..3[, [1..2]]", "[[1..3), [1..2]]"),
        ("[1 .. 2]", "[1..2]"),
        ("[1...5]", "[1..0.5]"),
    ],
)
def test_intervals_may_end_in_any_bracket(text: str, expected: str) -> None:
    assert shown(text, xs=[1, 5]) == expected
