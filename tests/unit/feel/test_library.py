"""The built-in functions: what each gives, and that it refuses what it must."""

import pytest

from engine.feel import BUILTINS
from tests.unit.feel.evaluate import reason, shown

GIVES = [
    # conversion
    ('date("2026-01-31")', "2026-01-31"),
    ("date(2026, 1, 31)", "2026-01-31"),
    ('date(date and time("2026-01-31T08:00:00"))', "2026-01-31"),
    ('time(8, 0, 1.5, duration("PT8H"))', "08:00:01.5+08:00"),
    ("time(8, 0, 0, null)", "08:00:00"),
    ('time(date("2026-01-31"))', "00:00:00Z"),
    ('date and time(date("2026-01-31"), time("08:00:00Z"))', "2026-01-31T08:00:00Z"),
    ('date and time(2026, 1, 31, 8, 0, 0, "Asia/Shanghai")', "2026-01-31T08:00:00@Asia/Shanghai"),
    ('date and time(2026, 1, 31, 8, 0, 0, duration("PT8H"))', "2026-01-31T08:00:00+08:00"),
    ("date and time(2026, 1, 31, 8, 0, 0)", "2026-01-31T08:00:00"),
    ('date and time(@"2026-01-31T00:00:00Z", "Asia/Shanghai")', "2026-01-31T08:00:00@Asia/Shanghai"),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', "-P1Y8M"),
    ('number("1 000,5", " ", ",")', "1000.5"),
    ('number("-1.5")', "-1.5"),
    ('string([1, "a\\"b", null, true, {x y: @"P1D"}])', '"[1, \\"a\\\\\\"b\\", null, true, {x y: P1D}]"'),
    ('string({"{": 1})', '"{\\"{\\": 1}"'),
    ("string(1e3)", '"1000"'),
    ("string(null)", "null"),
    ('range("[@\\"2026-01-01\\"..date(\\"2026-02-01\\"))")', '[@"2026-01-01"..@"2026-02-01")'),
    ('range("(..2]")', "<= 2"),
    ('range("[1..)")', ">= 1"),
    ('range("]@\\"P1D\\"..[")', '> @"P1D"'),
    # strings
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", -2, 1)', '"a"'),
    ('substring("\U0001f40eab", 2)', '"ab"'),
    ('string length("\U0001f40e")', "1"),
    ('upper case("aß")', '"ASS"'),
    ('lower case("ÀB")', '"àb"'),
    ('substring before("foobar", "b")', '"foo"'),
    ('substring after("foobar", "o")', '"obar"'),
    ('substring after("foobar", "x")', '""'),
    ('contains("foobar", "ob")', "true"),
    ('starts with("foobar", "fo")', "true"),
    ('ends with("foobar", "fo")', "false"),
    ('split("a;b;;", ";")', '["a", "b", "", ""]'),
    ('string join(["a", null, "c"], "-")', '"a-c"'),
    ("string join([])", '""'),
    ('trim("  a ")', '"a"'),
    ('is blank(" ")', "true"),
    ('extract("a1b22", "[0-9]+")', '["1", "22"]'),
    # lists
    ("list contains([1, null], null)", "true"),
    ("count([1, [2]])", "2"),
    ('min("b", "a")', '"a"'),
    ('max([@"P1D", @"P2D"])', "P2D"),
    ("sum(1, 2.5)", "3.5"),
    ("mean([1, 2])", "1.5"),
    ("product([2, 3, 4])", "24"),
    ("median(8, 2, 5, 3)", "4"),
    ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
    ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
    ("mode([])", "[]"),
    ("all([true, null])", "null"),
    ("all([])", "true"),
    ("any([null, true])", "true"),
    ("sublist([4, 5, 6], -2, 1)", "[5]"),
    ("append([1], 2, [3])", "[1, 2, [3]]"),
    ("concatenate([1], [2, 3], 4)", "[1, 2, 3, 4]"),
    ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
    ("remove([1, 2, 3], 2)", "[1, 3]"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1], 1)", "[1, 3]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ('distinct values([1, 1.0, "1", {a: 1}, {a: 1}, null, null, [1], [1]])', '[1, "1", {a: 1}, null, [1]]'),
    ("duplicate values([1, 2, 1, 1])", "[1]"),
    ("flatten([1, [2, [3]], []])", "[1, 2, 3]"),
    ("list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"),
    ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", "[5, 5, 7]"),
    ("partition([1, 2, 3], 2)", "[[1, 2], [3]]"),
    ("is empty([])", "true"),
    # numbers
    ("decimal(1/3, 2)", "0.33"),
    ("decimal(2.5, 0)", "2"),
    ("decimal(1250, -2)", "1200"),
    ("floor(-1.5)", "-2"),
    ("ceiling(1.21, 1)", "1.3"),
    ("round up(-5.1, 0)", "-6"),
    ("round down(5.9, 0)", "5"),
    ("round half up(2.5, 0)", "3"),
    ("round half down(2.5, 0)", "2"),
    ('abs(@"-P1D")', "P1D"),
    ("modulo(-12, 5)", "3"),
    ("modulo(10.1, -4.5)", "-3.4"),
    ("sqrt(16)", "4"),
    ("log(1)", "0"),
    ("exp(0)", "1"),
    ("odd(-3)", "true"),
    ("even(1e6000)", "true"),
    # dates
    ('day of year(@"2024-12-31")', "366"),
    ('day of week(@"2026-01-31")', '"Saturday"'),
    ('month of year(@"2026-01-31T08:00:00")', '"January"'),
    ('week of year(@"2003-12-29")', "1"),
    ('last day of month(@"2024-02-01")', "2024-02-29"),
    # contexts
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: {b: 1}}, ["a", "b"])', "1"),
    ('get value({a: 1}, "b")', "null"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'),
    ('context([{key: "a", value: 1}, {key: "b", value: null}])', "{a: 1, b: null}"),
    ('context put({a: 1, b: 2}, "a", 3)', "{a: 3, b: 2}"),
    ('context put({x: {y: 1}}, ["x", "z"], 2)', "{x: {y: 1, z: 2}}"),
    ("context merge([{a: 1}, {b: 2}, {a: 3}])", "{a: 3, b: 2}"),
    ("is(1, 1.0)", "true"),
    ("not(false)", "true"),
    ("is defined(nothing)", "false"),
    ("get or else(nothing, 5)", "5"),
    # ranges
    ("before((1..5), [5..9])", "true"),
    ("after([5..9], (< 5))", "true"),
    ("meets([1..5], [5..9])", "true"),
    ("met by([5..9], [1..5])", "true"),
    ("overlaps([1..5], (5..9])", "false"),
    ("overlaps before([1..5], [4..9])", "true"),
    ("overlaps after([4..9], [1..5])", "true"),
    ("finishes(9, [1..9])", "true"),
    ("finished by([1..9], (5..9])", "true"),
    ("includes((> 5), 6)", "true"),
    ("during([2..3], [1..9])", "true"),
    ("starts(1, (1..9])", "false"),
    ("started by([1..9], [1..2])", "true"),
    ("coincides([1..9], [1..9])", "true"),
]


@pytest.mark.parametrize(("text", "expected"), GIVES, ids=[text for text, _ in GIVES])
def test_built_in_functions(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_every_built_in_function_has_an_example() -> None:
    elsewhere = {"now", "today", "sort", "duration", "matches", "replace"}
    texts = " ".join(text for text, _ in GIVES)
    assert {name for name in BUILTINS if f"{name}(" not in texts} <= elsewhere


REFUSES = [
    ("abs()", "abs() expected 1 arguments, but got 0"),
    ('abs("1")', "abs() parameter 'n': expected number or duration, but got string '1'"),
    ("abs(m: 1)", "abs() expected the parameters ['n'], but got ['m']"),
    ("floor(1, null)", "parameter 'scale': expected number, but got null"),
    ("decimal(1, 7000)", "expected -6111 to 6176"),
    ("modulo(1, 0)", "divisor other than 0"),
    ("sqrt(-1)", "at least 0"),
    ("log(0)", "above 0"),
    ("exp(1e6000)", "within 34 digits"),
    ("sum([])", "a list with items"),
    ('sum([1, "a"])', "expected a list of numbers, but it holds string 'a'"),
    ('max([1, @"P1D"])', "of one ordered type"),
    ("stddev([1])", "at least two numbers"),
    ("any([1])", "a list of booleans"),
    ("remove([1], 2)", "a position from 1 to 1"),
    ("sublist([1, 2], 1, 3)", "expected 1 to 2, but got 3"),
    ('substring("abc", 0)', "expected 1 to 3"),
    ('substring("abc", 1, 0)', "at least 1"),
    ("string join([1])", "a list of strings"),
    ('number("1,5", ",", ",")', "two different separators"),
    ('number("abc")', "expected a number, but got string 'abc'"),
    ('number("1", "x", null)', "expected a space"),
    ("date(2026, 2, 30)", "expected a day of 2026-02, but got 30"),
    ("date(2026.5, 1, 1)", "expected an integer"),
    ('time(8, 0, 0, duration("PT0.5S"))', "whole seconds"),
    ('date and time("2026-01-31T08:00:00@Mars/Base")', "expected an IANA time zone"),
    ('context([{key: "a", value: 1}, {key: "a", value: 1}])', "different keys"),
    ("context([{key: 1, value: 1}])", "expected entries"),
    ('context put({x: 1}, ["x", "y"], 2)', "into number 1"),
    ("context put({}, [], 2)", "at least one key"),
    ("sort([1, 2], function(a, b) 1)", "true or false, but got number 1"),
    ("sort([1, 2], function(a) true)", "takes 1 arguments, but got 2"),
    ('range("[1..x]")', "an interval of literals"),
    ('range("[3..1]")', "an interval of literals"),
    ('range("[..2]")', "an interval of literals"),
    ('range("(..)")', "an interval of literals"),
    ('range("(null..2]")', "an interval of literals"),
    ('range("")', "an interval of literals"),
    ('range("[")', "an interval of literals"),
    ('range("(1..2)..3]")', "an interval of literals"),
    ('before(1, "a")', "of one ordered type"),
    ("partition([1], 0)", "at least 1"),
    ("not(1)", "expected boolean, but got number 1"),
]


@pytest.mark.parametrize(("text", "why"), REFUSES, ids=[text for text, _ in REFUSES])
def test_a_built_in_function_says_why_it_gives_null(text: str, why: str) -> None:
    assert why in reason(text)


@pytest.mark.parametrize("text", ["list contains(list: [1], element: 1)", "append(list: [1], item: 2) = [1, 2]"])
def test_parameters_may_be_named(text: str) -> None:
    assert shown(text) == "true"


def test_a_list_of_one_is_taken_for_its_item_and_an_item_for_a_list() -> None:
    assert shown('string length(["abc"])') == "3"
    assert shown("count(5)") == "1"


def test_asking_for_presence_reports_no_problem() -> None:
    from engine.feel import compile

    assert compile("is defined(a.b.c)").explain({}).problems == ()
