"""What can be said of a decision table's cell without evaluating it: the set of values it takes, as intervals.

Used twice: to find the rules for a number by bisection instead of asking cell after cell, and by `lint` to find gaps
and overlaps. A cell that depends on variables, or that is written in a way not understood here, is `None`: unknown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cmp_to_key, lru_cache
from itertools import accumulate
from operator import xor

from engine.feel import Date, DateTime, DaysDuration, FeelError, Time, Value, YearsDuration, compile

_COMPARED = compile("if a < b then -1 else if a > b then 1 else if a = b then 0 else null", ("a", "b"))
_OPERATOR = re.compile(r"(<=|>=|<|>|=)(.*)", re.DOTALL)
_INTERVAL = re.compile(r"([\[\](])(.*)\.\.(.*)([\])\[])", re.DOTALL)
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_SCALARS = (bool, str, Decimal, Date, Time, DateTime, DaysDuration, YearsDuration)
_SIMPLE_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,4})?", re.ASCII)
_SIMPLE_STRING = re.compile(r'"[^"\\]*"')
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Interval:
    """Values between two ends; an end that is None is unbounded."""

    low: Value = None
    low_closed: bool = False
    high: Value = None
    high_closed: bool = False


EVERYTHING = (Interval(),)
Cell = tuple[Interval, ...]
"""A union of intervals, in no particular order."""


@lru_cache(maxsize=16384)
def parse(text: str) -> Cell | None:
    """The values a cell takes; None when that is not known before evaluation."""
    text = text.strip()
    if text in ("", "-"):
        return EVERYTHING
    negated = _NOT.fullmatch(text)
    if negated and _balanced(negated[1]):
        inner = parse(negated[1])
        return None if inner is None else complement(inner)
    found: list[Interval] = []
    for part in split(text):
        interval = _one(part.strip())
        if interval is None:
            return None
        found.append(interval)
    return tuple(found)


def split(text: str, separator: str = ",") -> Iterator[str]:
    """The parts of a text between separators that stand in no bracket and no string."""
    depth, start, quoted, escaped = 0, 0, False, False
    for position, character in enumerate(text):
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == separator and depth == 0:
            yield text[start:position]
            start = position + 1
    yield text[start:]


def _balanced(text: str) -> bool:
    """Whether every bracket is closed within the text, so that `not(a) or not(b)` is not taken for one `not(...)`."""
    depth = 0
    for part in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        depth += (part in _OPENING) - (part in _CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _one(text: str) -> Interval | None:
    operator = _OPERATOR.fullmatch(text)
    if operator:
        value = constant(operator[2])
        return None if value is None else _comparison(operator[1], value)
    interval = _INTERVAL.fullmatch(text)
    if interval:
        low, high = constant(interval[2]), constant(interval[3])
        if low is None or high is None or compare(low, high) is None:
            return None
        return Interval(low, interval[1] == "[", high, interval[4] == "]")
    value = constant(text)
    return None if value is None else Interval(value, True, value, True)


def _comparison(operator: str, value: Value) -> Interval:
    if operator == "=":
        return Interval(value, True, value, True)
    if operator[0] == "<":
        return Interval(None, False, value, operator == "<=")
    return Interval(value, operator == ">=", None, False)


def constant(text: str) -> Value:
    """The single value that a text is without any variables; None for anything else."""
    text = text.strip()
    if _SIMPLE_NUMBER.fullmatch(text):
        return Decimal(text)
    if _SIMPLE_STRING.fullmatch(text):
        return text[1:-1]
    if "?" in text or not text:
        return None
    try:
        expression = compile(text)
        value = None if expression.free_names else expression({})
    except FeelError:
        return None
    return value if isinstance(value, _SCALARS) else None


def compare(left: Value, right: Value) -> int | None:
    """-1, 0 or 1, or None for values that FEEL cannot order. Booleans have two values and any order does."""
    if isinstance(left, bool) and isinstance(right, bool):
        return left - right
    if type(left) is Decimal and type(right) is Decimal:
        return -1 if left < right else int(left > right)
    order = _COMPARED({"a": left, "b": right})
    return int(order) if isinstance(order, Decimal) else None


def _order(left: Value, right: Value) -> int:
    return compare(left, right) or 0


def complement(cell: Cell) -> Cell | None:
    """Everything that the cell does not take; None when its values cannot be ordered."""
    axis = Axis.of([cell])
    return None if axis is None else tuple(axis.intervals(axis.everything & ~axis.segments(cell)))


class Axis:
    """A column's values cut at every end that occurs: below the first, the first itself, between the first two, …

    A set of values is then a set of segments, written as the bits of an integer: with n ends there are 2n + 1.
    """

    def __init__(self, ends: Sequence[Value]) -> None:
        self.ends = list(ends)
        self.everything = (1 << (2 * len(ends) + 1)) - 1

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> "Axis | None":
        """The axis of all these cells; None when their values cannot be ordered with each other."""
        values = [end for cell in cells for piece in cell for end in (piece.low, piece.high) if end is not None]
        if values and any(compare(values[0], value) is None for value in values):
            return None
        ends: list[Value] = []
        for value in sorted(values, key=cmp_to_key(_order)):
            if not ends or compare(ends[-1], value) != 0:
                ends.append(value)
        return cls(ends)

    def segments(self, cell: Cell) -> int:
        """The bits of the segments that the cell covers."""
        bits = 0
        for piece in cell:
            first, last = self.bounds(piece)
            if first <= last:
                bits |= (1 << (last + 1)) - (1 << first)
        return bits

    def bounds(self, piece: Interval) -> tuple[int, int]:
        """The first and the last segment of an interval; first > last when it is empty."""
        first = 0 if piece.low is None else self._position(piece.low) + (not piece.low_closed)
        last = 2 * len(self.ends) if piece.high is None else self._position(piece.high) - (not piece.high_closed)
        return first, last

    def _position(self, value: Value) -> int:
        """The segment that is exactly this end."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            order = compare(self.ends[middle], value)
            if order == 0:
                return 2 * middle + 1
            low, high = (middle + 1, high) if order == -1 else (low, middle)
        return 2 * low

    def intervals(self, bits: int) -> list[Interval]:
        """The intervals that the segments make up, in order."""
        return [self._between(first, last) for first, last in runs(bits)]

    def _between(self, first: int, last: int) -> Interval:
        low = self.ends[(first - 1) // 2] if first > 0 else None
        high = self.ends[last // 2] if last < 2 * len(self.ends) else None
        return Interval(low, first % 2 == 1 and low is not None, high, last % 2 == 1 and high is not None)

    def rules(self, known: Sequence[tuple[int, Cell]]) -> list[int]:
        """For each segment the rules whose cell covers it, where `known` pairs sets of rules with their cell."""
        return self.covering((rules, self.segments(cell)) for rules, cell in known)

    def covering(self, known: Iterable[tuple[int, int]]) -> list[int]:
        """The same for sets of rules and the segments that they cover."""
        changes = [0] * (2 * len(self.ends) + 2)  # the rules that begin or cease to apply at each segment
        for rules, segments in known:
            for first, last in runs(segments):
                changes[first] ^= rules
                changes[last + 1] ^= rules
        return list(accumulate(changes[:-1], xor))


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """The first and last position of each run of ones."""
    position = 0
    while bits:
        zeros = (bits & -bits).bit_length() - 1
        bits >>= zeros
        ones = (~bits & (bits + 1)).bit_length() - 1
        yield position + zeros, position + zeros + ones - 1
        bits >>= ones
        position += zeros + ones
