"""Numeric functions (DMN 1.5, clause 10.3.4.5)."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.errors import Failure
from engine.feel.library.registry import builtin
from engine.feel.temporal import negate
from engine.feel.values import NUMBERS, DaysDuration, Value, YearsDuration

MIN_SCALE, MAX_SCALE = -6111, 6176


def whole(number: Decimal) -> int:
    """A count or a position: fractions are cut off, and what is out of all proportion stays out of range."""
    return int(max(min(number, Decimal(10**12)), Decimal(-(10**12))))


def rounded(n: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """`n` with at most `scale` decimal places; a negative scale rounds to tens, hundreds ..."""
    places = whole(scale)
    if not MIN_SCALE <= places <= MAX_SCALE:
        raise Failure(f"parameter 'scale': expected {MIN_SCALE} to {MAX_SCALE}, but got {scale}")
    exponent = n.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return n
    return n.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=NUMBERS)


def _rounding(name: str, rounding: str, params: str) -> None:
    @builtin(name, params)
    def round_(n: Decimal, scale: Decimal | None) -> Value:
        return rounded(n, scale if scale is not None else Decimal(0), rounding)


_rounding("decimal", ROUND_HALF_EVEN, "n: number, scale: number")
_rounding("floor", ROUND_FLOOR, "n: number, scale?: number")
_rounding("ceiling", ROUND_CEILING, "n: number, scale?: number")
_rounding("round up", ROUND_UP, "n: number, scale: number")
_rounding("round down", ROUND_DOWN, "n: number, scale: number")
_rounding("round half up", ROUND_HALF_UP, "n: number, scale: number")
_rounding("round half down", ROUND_HALF_DOWN, "n: number, scale: number")


@builtin("abs", "n: number|duration")
def abs_(n: Decimal | DaysDuration | YearsDuration) -> Value:
    if isinstance(n, Decimal):
        return NUMBERS.abs(n)
    size = n.nanos if isinstance(n, DaysDuration) else n.months
    return negate(n) if size < 0 else n


@builtin("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """dividend - divisor * floor(dividend / divisor): the sign is the divisor's."""
    if not divisor:
        raise Failure("expected a divisor other than 0")
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def _of_one(name: str, compute: Callable[[Decimal], Value]) -> None:
    builtin(name, "number: number", cost=20)(compute)


def _logarithm(number: Decimal) -> Value:
    if number <= 0:
        raise Failure(f"expected a number above 0, but got {number}")
    return NUMBERS.ln(number)


def _square_root(number: Decimal) -> Value:
    if number < 0:
        raise Failure(f"expected a number of at least 0, but got {number}")
    return NUMBERS.sqrt(number)


def _last_bit(number: Decimal) -> int | None:
    """0 for even, 1 for odd, None for a fraction."""
    if number != number.to_integral_value():
        return None
    exponent = number.as_tuple().exponent
    return 0 if isinstance(exponent, int) and exponent > 0 else int(abs(number)) % 2


_of_one("sqrt", _square_root)
_of_one("log", _logarithm)
_of_one("exp", NUMBERS.exp)
_of_one("even", lambda number: _last_bit(number) == 0)
_of_one("odd", lambda number: _last_bit(number) == 1)
