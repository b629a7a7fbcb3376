"""Values outside of FEEL: storage, JSON, types and conversions."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import (
    Date,
    DateTime,
    DaysDuration,
    FeelError,
    FeelLimit,
    Function,
    Param,
    Range,
    Run,
    Time,
    Value,
    YearsDuration,
    coerce,
    compile,
    decode,
    encode,
    from_json,
    parse_date,
    parse_date_and_time,
    to_json,
)
from engine.feel.errors import Failure
from engine.feel.types import (
    ANY,
    DATE_AND_TIME,
    NUMBER,
    STRING,
    ContextType,
    FunctionType,
    ListType,
    Restricted,
    conforms,
    instance_of,
)
from tests.unit.feel.evaluate import value

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
TIMES = st.builds(
    lambda nanos, offset: Time.from_nanos(nanos, offset),
    st.integers(0, 86_400 * 10**9 - 1),
    st.none() | st.integers(-18 * 3600, 18 * 3600),
)
DATES = st.integers(-300_000_000_000, 300_000_000_000).map(Date.from_ordinal)
SCALARS: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    NUMBERS,
    DATES,
    TIMES,
    st.builds(DateTime, DATES, TIMES),
    st.integers(-(10**20), 10**20).map(DaysDuration),
    st.integers(-(10**9), 10**9).map(YearsDuration),
    st.builds(Range, st.booleans(), NUMBERS | st.none(), NUMBERS | st.none(), st.booleans()),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_the_storage_form_gives_back_exactly_the_value(stored: Value) -> None:
    again = decode(json.loads(json.dumps(encode(stored))))
    assert repr(again) == repr(stored)


def test_the_storage_form_is_frozen() -> None:
    moment = parse_date_and_time("2026-01-31T08:00:00@Asia/Shanghai")
    mixed: Value = {
        "b": Decimal("1.50"),
        "a": [None, True, "x"],
        "when": moment,
        "day": moment.date,
        "at": value('@"08:00:00+08:00"'),
        "for": value('@"P1DT2H"'),
        "long": value('@"P1Y2M"'),
        "range": value("[1..5)"),
        "not": value("(!= 5)"),
        "big": Decimal("1E+30"),
        "zero": Decimal("-0.0"),
    }
    assert encode(mixed) == {
        "c": [
            ["b", {"n": "1.50"}],
            ["a", [None, True, "x"]],
            ["when", {"dt": "2026-01-31T08:00:00@Asia/Shanghai"}],
            ["day", {"d": "2026-01-31"}],
            ["at", {"t": "08:00:00+08:00"}],
            ["for", {"dd": "P1DT2H"}],
            ["long", {"yd": "P1Y2M"}],
            ["range", {"r": [True, {"n": "1"}, {"n": "5"}, False]}],
            ["not", {"r": [True, {"n": "5"}, {"n": "5"}, True, "!="]}],
            ["big", {"n": "1E+30"}],
            ["zero", {"n": "0.0"}],
        ]
    }


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"n": 1},
        {"n": "x"},
        {"n": "NaN"},
        {"n": "1", "d": "2026-01-31"},
        {"d": "2026-02-30"},
        {"dd": "P1Y"},
        {"yd": "P1D"},
        {"c": [["a"]]},
        {"c": [["a", 1.5]]},
        {"c": [["a", None], ["a", None]]},
        {"r": [1, None, None, True]},
        {"r": [True, None, None, True, "<"]},
        {"zz": "x"},
        1,
        1.5,
        object(),
    ],
)
def test_what_is_no_storage_form_is_refused(data: Any) -> None:
    with pytest.raises(FeelError, match="Expected"):
        decode(data)


def test_a_function_cannot_be_stored() -> None:
    with pytest.raises(FeelError, match="a function cannot be stored"):
        encode([value("function(a) a")])
    with pytest.raises(FeelError, match="cannot leave FEEL"):
        to_json(value("abs"))


def test_a_small_value_that_unfolds_into_a_huge_text_is_refused() -> None:
    shared: Value = ["x"]
    for _ in range(40):
        shared = [shared, shared]
    with pytest.raises(FeelLimit):
        encode(shared)
    with pytest.raises(FeelLimit):
        to_json(shared)


def test_a_value_that_is_too_deep_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    for use in (encode, to_json, from_json):
        with pytest.raises(FeelLimit):
            use(deep)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("1.50", "1.5"),
        ("0.1", "0.1"),
        ("1E+3", "1000"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("0.123456789012345", "0.123456789012345"),
        ("1E+40", "1e+40"),
        ("1E+400", '"1E+400"'),
        ("1E-400", '"1E-400"'),
    ],
)
def test_numbers_in_json_are_numbers(number: str, written: str) -> None:
    assert json.dumps(to_json(Decimal(number))) == written
    if not written.startswith('"'):
        assert from_json(json.loads(written)) == Decimal(number)


def test_a_number_of_34_digits_is_still_a_number_in_json() -> None:
    assert to_json(value("1 / 3")) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "data", [float("nan"), float("inf"), Decimal("1E+7000"), {1: 2}, object(), b"x", {"a": {2, 3}}]
)
def test_what_is_not_json_is_refused(data: object) -> None:
    with pytest.raises(FeelError, match="Expected"):
        from_json(data)


def test_json_is_taken_as_it_is() -> None:
    data = {"n": 1, "f": 1.1, "b": True, "s": "2026-01-31", "l": [None]}
    assert from_json(data) == {"n": Decimal(1), "f": Decimal("1.1"), "b": True, "s": "2026-01-31", "l": [None]}


LEVEL = Restricted("tLevel", NUMBER, lambda number: number in (Decimal(1), Decimal(2)))


@pytest.mark.parametrize(
    ("given_", "type_", "expected"),
    [
        (Decimal(1), NUMBER, Decimal(1)),
        (None, NUMBER, None),
        ([Decimal(1)], NUMBER, Decimal(1)),
        (Decimal(1), ListType(NUMBER), [Decimal(1)]),
        (parse_date("2026-01-31"), DATE_AND_TIME, parse_date_and_time("2026-01-31T00:00:00Z")),
        ([parse_date("2026-01-31")], DATE_AND_TIME, parse_date_and_time("2026-01-31T00:00:00Z")),
        ([Decimal(2)], LEVEL, Decimal(2)),
        ({"a": Decimal(1), "b": "x"}, ContextType((("a", NUMBER),)), {"a": Decimal(1), "b": "x"}),
    ],
)
def test_implicit_conversions(given_: Value, type_: Any, expected: Value) -> None:
    assert coerce(given_, type_) == expected


@pytest.mark.parametrize(
    ("given_", "type_"),
    [
        ("x", NUMBER),
        ([Decimal(1), Decimal(2)], NUMBER),
        (Decimal(3), LEVEL),
        (["x"], ListType(NUMBER)),
        ({}, ContextType((("a", ANY),))),
    ],
)
def test_what_does_not_convert_is_refused_with_both_types(given_: Value, type_: Any) -> None:
    with pytest.raises(FeelError, match=r"expected .*, but got"):
        coerce(given_, type_)


def test_allowed_values_restrict_conversions_but_not_types() -> None:
    assert instance_of(Decimal(3), LEVEL)
    assert not instance_of("x", LEVEL)


def test_conformance_of_functions_turns_parameters_around() -> None:
    wide, narrow = FunctionType((ANY,), STRING), FunctionType((STRING,), ANY)
    assert conforms(wide, narrow)
    assert not conforms(narrow, wide)


def test_a_function_of_the_caller_is_called_with_converted_arguments() -> None:
    seen: list[Value] = []

    def body(args: Any, run: Run) -> Value:
        seen.extend(args)
        return "done" if run.depth > 0 else None

    function = Function("f", [Param("a", NUMBER), Param("b")], body, STRING)
    expression = compile("f(b: 2, a: [1])", ["f"])
    assert expression({"f": function}) == "done"
    assert seen == [Decimal(1), Decimal(2)]
    with pytest.raises(Failure, match="takes 2 arguments, but got 1"):
        function.call([Decimal(1)], Run())
