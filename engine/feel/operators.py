"""Operators on values (DMN 1.5, clauses 10.3.2.6 to 10.3.2.8): three-valued; a `Failure` says why a result is null."""

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException, DivisionByZero
from typing import Any

from engine.feel import temporal
from engine.feel.errors import Failure, FeelError, FeelLimit
from engine.feel.run import DEFAULT_LIMITS, Run, counting
from engine.feel.temporal import DAY, SECOND
from engine.feel.values import (
    NUMBERS,
    Date,
    DateTime,
    DaysDuration,
    Function,
    Range,
    Time,
    Value,
    YearsDuration,
    describe,
)

# Equality and order --------------------------------------------------------------------------------------------------


def equal(left: Value, right: Value, run: Run | None = None, depth: int = 0) -> bool | None:
    """`left = right` (table 53): null only equals null; values of two different types give null. What lists share is
    compared each time it is met, so each item is a step of the run.
    """
    kind = type(left)
    if kind is not type(right):
        return False if left is None or right is None else None
    if kind is Decimal or kind is str or kind is bool or left is None:
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right, counting(run), depth)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(left, right, counting(run), depth)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(left, right, counting(run))
    if isinstance(left, Function):
        return left is right
    if isinstance(left, _CLOCKS):
        order = compare(left, right)
        return None if order is None else order == 0
    return left == right


def _deeper(depth: int) -> int:
    if depth >= DEFAULT_LIMITS.value_depth:
        raise FeelLimit(f"Expected at most {DEFAULT_LIMITS.value_depth} levels of lists and contexts, but got more")
    return depth + 1


def _equal_lists(left: list[Value], right: list[Value], run: Run, depth: int) -> bool | None:
    if left is right:
        return True
    if len(left) != len(right):
        return False
    depth = _deeper(depth)
    run.spend(len(left))
    unknown = False
    for one, other in zip(left, right, strict=True):
        same = equal(one, other, run, depth)
        if same is False:
            return False
        unknown = unknown or same is None
    return None if unknown else True


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], run: Run, depth: int) -> bool | None:
    if left.keys() != right.keys():
        return False
    return _equal_lists(list(left.values()), [right[key] for key in left], run, depth)


def identical(left: Value, right: Value, run: Run, depth: int = 0) -> bool:
    """The same element of the same domain (built-in `is`): unlike `=`, times differ when their zones do."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and identical(list(left.values()), [right[key] for key in left], run, depth)
    if isinstance(left, list) and isinstance(right, list):
        depth = _deeper(depth)
        run.spend(len(left))
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(identical(one, other, run, depth) for one, other in pairs)
    return left == right


def _equal_ranges(left: Range, right: Range, run: Run) -> bool | None:
    if (left.low_closed, left.high_closed, left.test) != (right.low_closed, right.high_closed, right.test):
        return False
    return _equal_lists([left.low, left.high], [right.low, right.high], run, 0)


def compare(left: Value, right: Value) -> int | None:
    """-1, 0 or 1; None when the two have no order. Times compare by whole seconds, as the standard's values do."""
    kind = type(left)
    key = _KEYS.get(kind)
    if key is None or kind is not type(right):
        return None
    first, second = key(left), key(right)
    if kind in _CLOCKS and first[0] != second[0]:
        return None
    return int(first > second) - int(first < second)


_KEYS: dict[type, Callable[[Any], Any]] = {
    Decimal: lambda number: number,
    str: lambda string: string,
    Date: lambda date: (date.year, date.month, date.day),
    Time: lambda time: (time.is_local, time.nanos // SECOND - (time.utc_offset or 0)),
    DateTime: lambda moment: (moment.time.is_local, temporal.instant(moment) // SECOND),
    DaysDuration: lambda duration: duration.nanos,
    YearsDuration: lambda duration: duration.months,
}
"""What to compare of each ordered type."""

_CLOCKS = (Time, DateTime)
"""Types whose key begins with whether the clock is a local one: those do not compare with the others."""


def less(left: Value, right: Value) -> bool | None:
    order = compare(left, right)
    return None if order is None else order < 0


def at_most(left: Value, right: Value) -> bool | None:
    order = compare(left, right)
    return None if order is None else order <= 0


ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def ordered(sign: str, left: Value, right: Value) -> bool:
    """`left < right` and its like; Failure when the two have no order."""
    order = compare(left, right)
    if order is None:
        raise Failure(f"expected two values of one ordered type, but got {describe(left)} {sign} {describe(right)}")
    return ORDERINGS[sign](order, 0)


def in_range(value: Value, interval: Range) -> bool | None:
    """Is the value inside? Null when it has no order with the ends."""
    if interval.test:
        same = equal(value, interval.low)
        return same if same is None or interval.test == "=" else not same
    low = True if interval.low is None else _above(value, interval)
    high = True if interval.high is None else _below(value, interval)
    return False if low is False or high is False else (None if low is None or high is None else True)


def _above(value: Value, interval: Range) -> bool | None:
    return at_most(interval.low, value) if interval.low_closed else less(interval.low, value)


def _below(value: Value, interval: Range) -> bool | None:
    return at_most(value, interval.high) if interval.high_closed else less(value, interval.high)


def interval(low_closed: bool, low: Value, high: Value, high_closed: bool) -> Range:
    """`[low..high]`; Failure unless both ends are values of one ordered type."""
    if compare(low, high) is None:
        raise Failure(f"expected two ends of one ordered type, but got {describe(low)} .. {describe(high)}")
    return Range(low_closed, low, high, high_closed)


def test_range(sign: str, value: Value) -> Range:
    """The range that `< value` and its like are."""
    if sign in ("=", "!="):
        return Range(True, value, value, True, sign)
    if compare(value, value) is None:
        raise Failure(f"expected a value of an ordered type, but got {sign} {describe(value)}")
    if sign in ("<", "<="):
        return Range(False, None, value, sign == "<=")
    return Range(sign == ">=", value, None, False)


def contained(value: Value, test: Value, run: Run) -> bool | None:
    """`value in test` for the value of a test: a range that holds it, a list with a match, or an equal value."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test)
    if isinstance(test, list):
        run = counting(run)
        run.spend(len(test) // 4)
        if isinstance(value, list) and equal(value, test, run):
            return True
        return any(_element_matches(value, element, run) for element in test)
    return equal(value, test, run)


def _element_matches(value: Value, element: Value, run: Run) -> bool:
    if isinstance(element, Range) and not isinstance(value, Range):
        return in_range(value, element) is True
    return equal(value, element, run) is True


# Arithmetic ----------------------------------------------------------------------------------------------------------


def arithmetic(sign: str, left: Value, right: Value, run: Run) -> Value:
    """`left sign right` (tables 54 and 55); Failure when it is not defined for these."""
    compute = _ARITHMETIC.get((sign, type(left), type(right)))
    if compute is None:
        raise Failure(f"expected {_OPERANDS[sign]}, but got {describe(left)} {sign} {describe(right)}")
    if sign == "**" or isinstance(left, str):
        _charge(left, right, run)
    try:
        return compute(left, right)
    except DivisionByZero:
        raise Failure("expected a divisor other than 0") from None
    except DecimalException:
        shown = f"{describe(left)} {sign} {describe(right)}"
        raise Failure(f"expected a result within 34 digits and an exponent of 6144, but not of {shown}") from None
    except FeelError as error:
        raise Failure(error.message[:1].lower() + error.message[1:]) from None


def _charge(left: Value, right: Value, run: Run) -> None:
    """What costs more than a step: long strings, and powers."""
    if isinstance(left, str) and isinstance(right, str):
        run.check_string(len(left) + len(right))
        run.spend((len(left) + len(right)) // 100)
    else:
        run.spend(50)


_OPERANDS = {
    "+": "two numbers, two strings, or a duration and something to add it to",
    "-": "two numbers, or dates, times or durations that can be subtracted",
    "*": "two numbers, or a number and a duration",
    "/": "two numbers, two durations of one kind, or a duration and a number",
    "**": "two numbers",
}


def _join(left: str, right: str) -> str:
    return left + right


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return NUMBERS.power(base, exponent) if base or exponent else Decimal(1)


def _scaled(compute: Callable[[Decimal, Decimal], Decimal]) -> dict[type, Callable[[Any, Any], Value]]:
    """A duration times or divided by a number, for each kind of duration."""
    return {
        DaysDuration: lambda duration, n: DaysDuration(_whole(compute(Decimal(duration.nanos), n))),
        YearsDuration: lambda duration, n: YearsDuration(_whole(compute(Decimal(duration.months), n))),
    }


def _swapped(compute: Callable[[Any, Any], Value]) -> Callable[[Any, Any], Value]:
    return lambda left, right: compute(right, left)


def _table() -> dict[tuple[str, type, type], Callable[[Any, Any], Value]]:
    """What to compute for an operator and the types of its operands."""
    table: dict[tuple[str, type, type], Callable[[Any, Any], Value]] = {
        ("+", Decimal, Decimal): NUMBERS.add,
        ("-", Decimal, Decimal): NUMBERS.subtract,
        ("*", Decimal, Decimal): NUMBERS.multiply,
        ("/", Decimal, Decimal): NUMBERS.divide,
        ("**", Decimal, Decimal): _power,
        ("+", str, str): _join,
        ("+", Date, DaysDuration): lambda date, duration: date.plus_days(duration.nanos // DAY),
        ("/", DaysDuration, DaysDuration): lambda one, other: NUMBERS.divide(Decimal(one.nanos), Decimal(other.nanos)),
        ("/", YearsDuration, YearsDuration): lambda one, other: NUMBERS.divide(
            Decimal(one.months), Decimal(other.months)
        ),
    }
    for kind, multiply in _scaled(NUMBERS.multiply).items():
        table["*", kind, Decimal] = multiply
        table["*", Decimal, kind] = _swapped(multiply)
    for kind, divide in _scaled(NUMBERS.divide).items():
        table["/", kind, Decimal] = divide
    for left in _TEMPORAL:
        for right in _TEMPORAL:
            table.setdefault(("+", left, right), temporal.add)
            table.setdefault(("-", left, right), temporal.subtract)
    return table


_TEMPORAL = (Date, Time, DateTime, DaysDuration, YearsDuration)
_DURATIONS = (DaysDuration, YearsDuration)
_ARITHMETIC = _table()


def _whole(number: Decimal) -> int:
    """Towards zero; what is far too big for any duration need not be exact."""
    return int(number) if abs(number) < Decimal(DAY) * 10**13 else 10**13 * DAY


def negated(value: Value) -> Value:
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, _DURATIONS):
        return temporal.negate(value)
    raise Failure(f"expected a number or a duration to negate, but got {describe(value)}")


# Paths ---------------------------------------------------------------------------------------------------------------


def _seconds(value: Time | DateTime) -> Value:
    offset = value.utc_offset
    return None if offset is None else DaysDuration(offset * SECOND)


def _part(nanos: int, unit: int, modulus: int | None) -> Decimal:
    count = abs(nanos) // unit
    count = count % modulus if modulus else count
    return Decimal(-count if nanos < 0 else count)


def _months(value: YearsDuration) -> int:
    return abs(value.months) % 12 * (-1 if value.months < 0 else 1)


def _years(value: YearsDuration) -> int:
    return abs(value.months) // 12 * (-1 if value.months < 0 else 1)


_DATE: dict[str, Callable[[Date], Value]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: dict[str, Callable[[Time], Value]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: Decimal(time.second),
    "timezone": lambda time: time.zone,
}
_DAYS: dict[str, tuple[int, int | None]] = {
    "days": (DAY, None),
    "hours": (3600 * SECOND, 24),
    "minutes": (60 * SECOND, 60),
    "seconds": (SECOND, 60),
}
_RANGE: dict[str, Callable[[Range], Value]] = {
    "start": lambda range_: range_.low,
    "end": lambda range_: range_.high,
    "start included": lambda range_: range_.low_closed,
    "end included": lambda range_: range_.high_closed,
}


def property_of(value: Value, name: str) -> Value:
    """`value.name` of anything but a context or a list (tables 60 to 65); Failure when its type has no such name."""
    if isinstance(value, Date) and name in _DATE:
        return _DATE[name](value)
    if isinstance(value, Time | DateTime) and name == "time offset":
        return _seconds(value)
    if isinstance(value, DateTime) and name in _DATE:
        return _DATE[name](value.date)
    if isinstance(value, Time | DateTime) and name in _TIME:
        return _TIME[name](value.time if isinstance(value, DateTime) else value)
    if isinstance(value, DaysDuration) and name in _DAYS:
        return _part(value.nanos, *_DAYS[name])
    if isinstance(value, YearsDuration) and name in ("years", "months"):
        return Decimal(_years(value) if name == "years" else _months(value))
    if isinstance(value, Range) and name in _RANGE:
        return _RANGE[name](value)
    raise Failure(f"expected something with the property '{name}', but got {describe(value)}")
