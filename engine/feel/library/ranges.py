"""Range functions (DMN 1.5, clause 10.3.4.7, table 78): Allen's relations between points and ranges."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.errors import Failure
from engine.feel.library.registry import builtin
from engine.feel.operators import compare, equal
from engine.feel.values import Range, Value, describe


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range; `infinite` is -1 or 1 where it is unbounded."""

    value: Value
    closed: bool
    infinite: int = 0


def _start(range_: Range) -> _End:
    return _End(range_.low, range_.low_closed, -1 if range_.low is None else 0)


def _end(range_: Range) -> _End:
    return _End(range_.high, range_.high_closed, 1 if range_.high is None else 0)


def _point(value: Value) -> _End:
    return _End(value, True)


def _order(left: _End, right: _End) -> int:
    if left.infinite or right.infinite:
        return (left.infinite > right.infinite) - (left.infinite < right.infinite)
    order = compare(left.value, right.value)
    if order is None:
        raise Failure(f"expected values of one ordered type, but got {describe(left.value)}, {describe(right.value)}")
    return order


def _ends_before(end: _End, start: _End) -> bool:
    order = _order(end, start)
    return order < 0 or (order == 0 and not (end.closed and start.closed))


def _starts_no_later(left: _End, right: _End) -> bool:
    """Does the range that starts at `left` hold every early point of the one that starts at `right`?"""
    order = _order(left, right)
    return order < 0 or (order == 0 and (left.closed or not right.closed))


def _ends_no_earlier(left: _End, right: _End) -> bool:
    order = _order(left, right)
    return order > 0 or (order == 0 and (left.closed or not right.closed))


def _same(left: _End, right: _End) -> bool:
    return left.closed == right.closed and _order(left, right) == 0


def before(left: Range, right: Range) -> bool:
    return _ends_before(_end(left), _start(right))


def meets(left: Range, right: Range) -> bool:
    end, start = _end(left), _start(right)
    return end.closed and start.closed and _order(end, start) == 0


def overlaps(left: Range, right: Range) -> bool:
    return not before(left, right) and not before(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    starts_first = _starts_no_later(_start(left), _start(right)) and not _same(_start(left), _start(right))
    return starts_first and not before(left, right) and _ends_no_earlier(_end(right), _end(left))


def finishes(left: Range, right: Range) -> bool:
    return _same(_end(left), _end(right)) and _starts_no_later(_start(right), _start(left))


def starts(left: Range, right: Range) -> bool:
    return _same(_start(left), _start(right)) and _ends_no_earlier(_end(right), _end(left))


def includes(left: Range, right: Range) -> bool:
    return _starts_no_later(_start(left), _start(right)) and _ends_no_earlier(_end(left), _end(right))


def coincides(left: Range, right: Range) -> bool:
    return _same(_start(left), _start(right)) and _same(_end(left), _end(right))


def _includes_point(range_: Range, point: Value) -> bool:
    at = _point(point)
    return not _ends_before(at, _start(range_)) and not _ends_before(_end(range_), at)


def _finishes_point(point: Value, range_: Range) -> bool:
    return range_.high_closed and _order(_point(point), _end(range_)) == 0


def _starts_point(point: Value, range_: Range) -> bool:
    return range_.low_closed and _order(_point(point), _start(range_)) == 0


def _of_ranges(name: str, relation: Callable[[Range, Range], bool], inverse: str) -> None:
    builtin(name, "range1: range, range2: range")(relation)
    if inverse:
        builtin(inverse, "range1: range, range2: range")(lambda range1, range2: relation(range2, range1))


def _of_point(name: str, relation: Callable[[Value, Range], bool], inverse: str) -> None:
    builtin(name, "point: point, range: range")(relation)
    builtin(inverse, "range: range, point: point")(lambda range_, point: relation(point, range_))


_of_ranges("before", before, "after")
_of_ranges("meets", meets, "met by")
_of_ranges("overlaps", overlaps, "")
_of_ranges("overlaps before", overlaps_before, "overlaps after")
_of_ranges("finishes", finishes, "finished by")
_of_ranges("includes", includes, "during")
_of_ranges("starts", starts, "started by")
_of_ranges("coincides", coincides, "")
_of_point("before", lambda point, range_: _ends_before(_point(point), _start(range_)), "after")
_of_point("after", lambda point, range_: _ends_before(_end(range_), _point(point)), "before")
_of_point("finishes", _finishes_point, "finished by")
_of_point("starts", _starts_point, "started by")
_of_point("during", lambda point, range_: _includes_point(range_, point), "includes")


@builtin("before", "point1: point, point2: point")
def before_point(point1: Value, point2: Value) -> Value:
    return _order(_point(point1), _point(point2)) < 0


@builtin("after", "point1: point, point2: point")
def after_point(point1: Value, point2: Value) -> Value:
    return _order(_point(point1), _point(point2)) > 0


@builtin("coincides", "point1: point, point2: point")
def coincides_point(point1: Value, point2: Value) -> Value:
    return equal(point1, point2)
