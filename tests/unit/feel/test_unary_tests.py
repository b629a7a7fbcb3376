"""Input entries of decision tables, and allowed values."""

import pytest

from engine.feel import FeelLimit, Value, compile_unary, from_json
from tests.unit.feel.evaluate import NOW, value


def passes(text: str, tested: str, **scope: Value) -> bool | None:
    return compile_unary(text, scope)(value(tested), scope, NOW)


@pytest.mark.parametrize(
    ("text", "tested", "expected"),
    [
        ("-", "1", True),
        ("-", "null", True),
        ("< 5", "4", True),
        ("< 5", "5", False),
        ("< 5", '"a"', None),
        ("5", "5.0", True),
        ('"a", "b"', '"b"', True),
        ('"a", "b"', '"c"', False),
        ("[1..3], [5..7)", "7", False),
        ("[1..3], 9", "9", True),
        ("not(1, 2)", "3", True),
        ("not(1, 2)", "2", False),
        ("not(< 5)", "4", False),
        ('[1..3], not("x")', '"y"', True),
        ("? > 3", "4", True),
        ("? > 3 and ? < 9", "10", False),
        ("not(? > 3)", "4", False),
        ("not(? > 3) or ? > 9", "10", True),
        ('ends with(?, "x")', '"ax"', True),
        ("count(?) > 1", "[1, 2]", True),
        ("[1, 2, 3]", "2", True),
        ("null", "null", True),
        ("null", "1", False),
        ("true", "true", True),
        ("true", "false", False),
        ("false", "false", True),
        ("> 1, < 0", "null", None),
        ('@"2026-01-31"', '@"2026-01-31"', True),
        ('> date("2026-01-01")', '@"2026-01-31"', True),
        ("< today()", '@"2026-01-30"', True),
        ("-5", "-5", True),
        ("!= 3", "4", True),
        ("= 3", "3", True),
    ],
)
def test_unary_tests(text: str, tested: str, expected: bool | None) -> None:
    assert passes(text, tested) is expected


def test_tests_read_variables() -> None:
    limit = from_json(10)
    assert passes("< limit", "9", limit=limit) is True
    assert passes("[limit..limit + 5]", "12", limit=limit) is True
    assert passes("limit > 5", '"anything"', limit=limit) is True  # a condition that does not speak of the value
    assert compile_unary("< limit").free_names == {"limit"}
    assert compile_unary("? > 3").free_names == frozenset()


def test_a_test_without_an_answer_says_why() -> None:
    outcome = compile_unary("1, > 5").explain(value('"x"'), {})
    assert outcome.value is None
    assert "expected two values of one ordered type, but got string 'x' > number 5, at 1:4" in map(
        str, outcome.problems
    )


def test_limits_hold_in_unary_tests() -> None:
    with pytest.raises(FeelLimit, match="at 1:"):
        compile_unary("count(for i in 1..1000000 return i) > ?")(value("1"), {})
