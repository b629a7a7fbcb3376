"""Cells as sets of values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions.cells import EVERYTHING, Axis, Interval, compare, complement, parse, split
from engine.feel import compile_unary


def test_what_a_cell_takes_is_known_when_it_is_constant() -> None:
    assert parse("-") == parse(" ") == EVERYTHING
    assert parse("< 5") == (Interval(None, False, Decimal(5), False),)
    assert parse("]1..2]") == (Interval(Decimal(1), False, Decimal(2), True),)
    assert parse('"a", "b,c"') == (Interval("a", True, "a", True), Interval("b,c", True, "b,c", True))
    assert parse("true") == (Interval(True, True, True, True),)


@pytest.mark.parametrize(
    "text", ["x", "< y", "? > 3", "[1..x]", "1 +", "[1, 2]", "null", 'not("a") or not("b")', "!= 3"]
)
def test_what_depends_on_more_than_constants_is_unknown(text: str) -> None:
    assert parse(text) is None


def test_parts_are_split_outside_of_brackets_and_strings() -> None:
    assert list(split('1, f(2, 3), "a,\\"b", [4, 5]')) == ["1", " f(2, 3)", ' "a,\\"b"', " [4, 5]"]


def test_values_of_different_kinds_have_no_order() -> None:
    assert compare(Decimal(1), "a") is None
    assert compare(False, True) == -1
    assert Axis.of([parse("1") or (), parse('"a"') or ()]) is None


ENDS = st.integers(0, 4)
PIECES = st.tuples(st.sampled_from("[("), ENDS, ENDS, st.sampled_from("])")).map(
    lambda p: f"{p[0]}{p[1]}..{p[2]}{p[3]}"
)
TESTS = st.lists(st.one_of(PIECES, ENDS.map(str), ENDS.map("< {}".format), ENDS.map(">= {}".format)), min_size=1)


@given(TESTS.map(", ".join), st.booleans(), st.decimals(-1, 5, places=1))
def test_segments_agree_with_feel(text: str, negated: bool, number: Decimal) -> None:
    text = f"not({text})" if negated else text
    cell = parse(text)
    assert cell is not None
    axis = Axis.of([cell])
    assert axis is not None
    covering = axis.rules([(1, cell)])
    position = sum(end < number for end in axis.ends)  # type: ignore[operator]  # all ends are numbers
    segment = 2 * position + (number in axis.ends)
    assert bool(covering[segment]) is compile_unary(text)(number, {})


@given(TESTS.map(", ".join))
def test_a_cell_and_its_complement_share_nothing_and_miss_nothing(text: str) -> None:
    cell = parse(text)
    assert cell is not None
    rest = complement(cell)
    assert rest is not None
    axis = Axis.of([cell, rest])
    assert axis is not None
    assert axis.segments(cell) & axis.segments(rest) == 0
    assert axis.segments(cell) | axis.segments(rest) == axis.everything
