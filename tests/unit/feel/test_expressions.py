"""Operators, control and data: one example of each thing the language can say."""

import pytest

from tests.unit.feel.evaluate import reason, shown, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 ** 2", "19"),
        ("-2 ** 2", "4"),  # negation binds more tightly than the power (grammar rule 4)
        ("2 ** 3 ** 2", "64"),
        ("10 - 3 - 2", "5"),
        ("1.50 + 1", "2.50"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        (".5 + 1e2", "100.5"),
        ("0 ** 0", "1"),
        ('"a" + "b"', '"ab"'),
        ("--5", "5"),
        ("1 + -1", "0"),
        ("-0", "0"),
    ],
)
def test_arithmetic(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('1 + "a"', "expected two numbers, two strings"),
        ("1 / 0", "expected a divisor other than 0"),
        ("10 ** 6144 * 10", "within 34 digits"),
        ("-true", "expected a number or a duration to negate, but got boolean true"),
        ("null + 1", "but got null + number 1"),
        ("nope", "no variable 'nope', at 1:1"),
        ("1 +\n  nope", "no variable 'nope', at 2:3"),
        ("1(2)", "expected a function, but got number 1"),
        ("if 1 then 2 else 3", "expected true, false or null, but got number 1"),
        ("[1, 2][3]", "expected an index from 1 to 2 or its negative, but got number 3"),
        ('[1]["x"]', "expected a condition or an index"),
        ("{a: 1}.b", "expected a context with the entry 'b'"),
        ("for i in null return i", "expected a list to iterate over, but got null"),
        ("for i in 1.5..3 return i", "expected two integers"),
        ('@"foo"', "expected a date"),
        ('1 < "a"', "expected two values of one ordered type, but got number 1 < string 'a'"),
        ('1 = "a"', "expected two values of one type"),
        ("some x in [1, 2] satisfies x", "expected true or false for every combination"),
    ],
)
def test_null_from_an_error_carries_its_reason_and_place(text: str, why: str) -> None:
    assert why in reason(text)


def test_full_width_punctuation_gets_a_hint() -> None:
    assert "did you mean the half-width 'a,b'?" in reason("a，b")


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "null", None, True),
        ("null", "true", None, True),
        ("false", "null", False, None),
        ("null", "false", False, None),
        ("null", "null", None, None),
        ("1", "false", False, None),
        ("false", "false", False, False),
    ],
)
def test_logic_has_three_values(left: str, right: str, both: bool | None, either: bool | None) -> None:
    assert value(f"{left} and {right}") is both
    assert value(f"{left} or {right}") is either
    assert value(f"true and {left} and {right}") is value(f"true and ({left} and {right})")
    assert value(f"false or {left} or {right}") is value(f"false or ({left} or {right})")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.0 = 1", True),
        ("null = null", True),
        ("1 = null", False),
        ("1 != null", True),
        ('"a" < "b"', True),
        ("[1, [2]] = [1, [2]]", True),
        ("[1, 2] = [2, 1]", False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 1, b: 2}", False),
        ("[1..2] = [1..2]", True),
        ("(=10) = [10..10]", False),
        ("{} = []", None),
        ("3 between 1 and 3", True),
        ("4 between 1 and 3", False),
        ("1 in (1, 2)", True),
        ("5 in (< 3, > 4)", True),
        ("5 in [1..5)", False),
        ("5 in ]1..5]", True),
        ("5 in [[1..2], [4..6]]", True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("5 in (2 + 3) * 1", True),
        ("5 in (null..10]", None),
        ("1 in != 1", False),
        ("1 = 1 = true", True),
        ('1 in "a"', None),
    ],
)
def test_comparison(text: str, expected: bool | None) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if true then 1 else 2", "1"),
        ("if null then 1 else 2", "2"),
        ("if false then 1 else if true then 2 else 3", "2"),
        ("1 + if true then 1 else 2", "2"),
        ("for i in 1..3 return i * 2", "[2, 4, 6]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in (1..4) return i", "[2, 3]"),
        ("for i in 5 return i", "[5]"),
        ("for i in [1, 2], j in 1..i return [i, j]", "[[1, 1], [2, 1], [2, 2]]"),
        ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
        ("for i in 1..3 return partial", "[[], [[]], [[], [[]]]]"),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', "[27, 28, 1]"),
        ("some i in [1, 2], j in [2, 3] satisfies i = j", "true"),
        ("every i in [] satisfies false", "true"),
        ("every i in [1, 2] satisfies i > 1", "false"),
        ("some i in [true, null] satisfies i", "true"),
    ],
)
def test_control(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][2]", "2"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, 2, 3][i]", "2"),
        ("[][1]", "null"),
        ("[][item > 1]", "[]"),
        ("5[1]", "5"),
        ("5[item > 9]", "[]"),
        ("null[1]", "null"),
        ('[{a: 1, b: "x"}, {a: 2, b: "y"}][a > 1].b', '["y"]'),
        ('[{a: 1}, {b: 2}, {a: "x"}, 3][a = 1]', "[{a: 1}]"),
        ("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"),
        ("[{a: 1}, {a: 2}].a", "[1, 2]"),
        ("[[1, 2], [3]][item[1] = 3]", "[[3]]"),
        ("[[1, 2, 3], [4]][count(item[item > i]) = 1]", "[[1, 2, 3], [4]]"),
        ("{a: 1, b: a + 1}.b", "2"),
        ('{"a b": 1}.a b', "1"),
        ("{a-b: 1, c: a-b + 1}.c", "2"),
        ("{a: {b: {c: 5}}}.a.b.c", "5"),
        ("[1..5).end included", "false"),
        ("(> 5).start", "5"),
    ],
)
def test_lists_contexts_and_paths(text: str, expected: str) -> None:
    assert shown(text, i=2) == expected


def test_an_outer_variable_is_seen_in_a_filter_unless_the_item_has_an_entry_of_its_name() -> None:
    rows = [{"n": 1, "limit": 5}, {"n": 2}]
    assert shown("rows[n < limit]", rows=rows, limit=2) == "[{n: 1, limit: 5}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a - b)(3, 1)", "2"),
        ("(function(a, b) a - b)(b: 3, a: 1)", "-2"),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", "120"),
        ("(for i in 1..3 return function() i)[2]()", "2"),
        ("{make: function(n) function(m) n + m, r: make(1)(2)}.r", "3"),
        ('(function(a: string) a)(["x"])', '"x"'),
        ("(function(a: list<number>) a)(1)", "[1]"),
        ("{f: abs, r: f(-1)}.r", "1"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ("sum([1, 2])", "3"),
    ],
)
def test_functions_are_values(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "(function(a) a)()",
        "(function(a) a)(1, 2)",
        "(function(a) a)(b: 1)",
        '(function(a: number) a)("x")',
        '(function(a) external {java: {class: "java.lang.System"}})',
    ],
)
def test_a_call_that_does_not_fit_is_null(text: str) -> None:
    assert reason(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ("null instance of Any", False),
        ("null instance of Null", True),
        ("[1, null] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{b: 2} instance of context<a: number>", False),
        ("[1..2] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("(function(a: number) a) instance of function<string, string> -> Any", False),
        ("abs instance of function<> -> Any", False),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1M" instance of days and time duration', False),
        ('@"2026-01-31T08:00:00" instance of date and time', True),
        ("[[1]] instance of list<list<number>>=true", True),
    ],
)
def test_instance_of(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_comments_and_white_space_are_skipped() -> None:
    assert shown("1 + // one\n/* and\n two */ 2\u3000") == "3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\nb"', "a\nb"),
        (r'"\u4f60\U01F40E"', "你\U0001f40e"),
        (r'"\ud83d\udca9"', "\U0001f4a9"),
        (r'"\d\\\""', '\\d\\"'),
        ('"two\nlines"', "two\nlines"),
    ],
)
def test_string_escapes(text: str, expected: str) -> None:
    assert value(text) == expected
