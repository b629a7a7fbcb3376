"""FEEL's values as Python sees them, and their forms outside FEEL.

number: `Decimal` (34 digits) · string: `str` · boolean: `bool` · null: `None` · list: `list` · context: `dict` in
order · the temporal classes · `Range` · `Function`. Values are never changed in place.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.feel.errors import Failure, FeelError, FeelLimit
from engine.feel.run import DEFAULT_LIMITS, Run
from engine.feel.temporal import (
    Date,
    DateTime,
    DaysDuration,
    Duration,
    Temporal,
    Time,
    YearsDuration,
    add,
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
)

if TYPE_CHECKING:
    from engine.feel.types import Type

__all__ = [
    "NUMBERS",
    "Date",
    "DateTime",
    "DaysDuration",
    "Duration",
    "Function",
    "Json",
    "Param",
    "Range",
    "Temporal",
    "Time",
    "Value",
    "YearsDuration",
    "add",
    "decode",
    "describe",
    "encode",
    "from_json",
    "number_text",
    "parse_date",
    "parse_date_and_time",
    "parse_duration",
    "parse_time",
    "to_json",
]

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""IEEE 754 decimal128 (clause 10.3.2.3.1). Errors raise. Only its flags ever change, and nobody reads them, so threads
may share it."""

Value: TypeAlias = (
    "bool | str | Decimal | Date | Time | DateTime | DaysDuration | YearsDuration"
    " | Range | Function | list[Value] | dict[str, Value] | None"
)
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end that is None is unbounded. `test` marks the ranges that unary tests `= x` and `!= x` are."""

    low_closed: bool
    low: Value
    high: Value
    high_closed: bool
    test: str = ""

    def __str__(self) -> str:
        if self.test:
            return f"{self.test} {_literal(self.low)}"
        if self.low is None:
            return f"{'<=' if self.high_closed else '<'} {_literal(self.high)}"
        if self.high is None:
            return f"{'>=' if self.low_closed else '>'} {_literal(self.low)}"
        ends = f"{_literal(self.low)}..{_literal(self.high)}"
        return f"{'[' if self.low_closed else '('}{ends}{']' if self.high_closed else ')'}"


def _literal(value: Value) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return number_text(value)
    return f'@"{value}"'


@dataclass(frozen=True, slots=True)
class Param:
    """A formal parameter; without a type it takes anything."""

    name: str
    type: "Type | None" = None


class Function:
    """A function value. `body` gets the arguments in order, already converted, and the run; it may raise `Failure`.

    `depth` says how many Python frames one call may take, so that a recursion ends in a FeelLimit, always at the same
    call.
    """

    __slots__ = ("_body", "depth", "name", "params", "result")

    def __init__(
        self,
        name: str,
        params: Sequence[Param],
        body: "Callable[[Sequence[Value], Run], Value]",
        result: "Type | None" = None,
        depth: int = 12,
    ) -> None:
        self.name = name
        self.params = tuple(params)
        self.result = result
        self.depth = depth
        self._body = body

    def call(self, args: Sequence[Value], run: Run) -> Value:
        """Call with positional arguments; Failure when they do not fit."""
        if len(args) != len(self.params):
            raise Failure(f"{self.name}() takes {len(self.params)} arguments, but got {len(args)}")
        return self._enter([self._convert(p, a, run) for p, a in zip(self.params, args, strict=True)], run)

    def call_named(self, args: Mapping[str, Value], run: Run) -> Value:
        """Call with named arguments; Failure for an unknown or a missing name."""
        names = [param.name for param in self.params]
        if len(args) != len(names) or any(name not in args for name in names):
            raise Failure(f"{self.name}() takes the parameters {names}, but got {list(args)}")
        return self._enter([self._convert(param, args[param.name], run) for param in self.params], run)

    def _convert(self, param: Param, value: Value, run: Run) -> Value:
        if param.type is None:
            return value
        from engine.feel.types import coerce  # values know nothing of types, but a typed parameter does

        try:
            return coerce(value, param.type, run)
        except FeelLimit:
            raise
        except FeelError as error:
            raise Failure(f"{self.name}() parameter '{param.name}': {error.message}") from None

    def _enter(self, args: Sequence[Value], run: Run) -> Value:
        run.depth -= self.depth
        if run.depth < 0:
            run.too_deep()
        run.spend(2)
        try:
            result = self._body(args, run)
        finally:
            run.depth += self.depth
        if self.result is None:
            return result
        return self._convert(Param("result", self.result), result, run)

    def __str__(self) -> str:
        return f"function {self.name}({', '.join(param.name for param in self.params)})"


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    YearsDuration: "years and months duration",
    Range: "range",
}


def kind(value: object) -> str:
    """FEEL's name of a value's type, for messages."""
    if isinstance(value, Function):
        return "function"
    return _KINDS.get(type(value)) or f"{type(value).__name__}, which is no FEEL value"


def describe(value: object) -> str:
    """A value in a message: its type, and as much of it as helps."""
    name = kind(value)
    if isinstance(value, str):
        return f"string '{value}'" if len(value) <= 40 else f"string '{value[:40]}…'"
    if isinstance(value, Decimal):
        return f"number {value:.10g}" if len(str(value)) > 40 else f"number {value}"
    if isinstance(value, bool | Date | Time | DateTime | DaysDuration | YearsDuration):
        return f"{name} {str(value).lower() if isinstance(value, bool) else value}"
    if isinstance(value, list | dict):
        return f"{name} of {len(value)}"
    return name


def number_text(value: Decimal) -> str:
    """Plain digits, keeping the scale; no negative zero."""
    return format(value if value else value.copy_abs(), "f")


# JSON for people and programs ----------------------------------------------------------------------------------------


def from_json(data: object) -> Value:
    """Numbers become Decimal; strings stay strings, nobody guesses dates; FeelError for what JSON has not."""
    return _from_json(data, DEFAULT_LIMITS.value_depth)


def _from_json(data: object, depth: int) -> Value:
    if data is None or isinstance(data, bool | str):
        return data
    if isinstance(data, int | float | Decimal):
        return _number(repr(data) if isinstance(data, float) else data)
    if depth == 0:
        raise FeelLimit(f"Expected at most {DEFAULT_LIMITS.value_depth} levels of lists and objects, but got more")
    if isinstance(data, Mapping):
        return {_key(key): _from_json(value, depth - 1) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_from_json(value, depth - 1) for value in data]
    raise FeelError(f"Expected JSON, but got {type(data).__name__}")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise FeelError(f"Expected a string as the name of an entry, but got {type(key).__name__}")
    return key


def _number(source: str | int | Decimal) -> Decimal:
    try:
        number = NUMBERS.create_decimal(source)
    except DecimalException:
        raise FeelError("Expected a number within 34 digits and an exponent of 6144, but it is not") from None
    if not number.is_finite():
        raise FeelError(f"Expected a finite number, but got {number}")
    return number


def to_json(value: Value) -> Json:
    """The value for `json.dumps`: temporal values, ranges as FEEL writes them; a function is an error.

    A number is an int when it is integral and has at most 34 digits, else the nearest float, so it is a number for
    every reader of JSON: exact to 15 digits, without its scale. What must be exact is stored with `encode`. Beyond the
    floats it is its text.
    """
    return _to_json(value, _Budget())


class _Budget:
    """Lists may share parts, so a small value can unfold into a huge text: count what is written."""

    def __init__(self) -> None:
        self.nodes = 1_000_000

    def enter(self, depth: int) -> None:
        self.nodes -= 1
        if self.nodes < 0 or depth > DEFAULT_LIMITS.value_depth:
            raise FeelLimit(
                f"Expected a value of at most 1000000 parts and {DEFAULT_LIMITS.value_depth} levels, but it has more"
            )


def _to_json(value: Value, budget: _Budget, depth: int = 0) -> Json:
    budget.enter(depth)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _json_number(value)
    if isinstance(value, list):
        return [_to_json(item, budget, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _to_json(item, budget, depth + 1) for key, item in value.items()}
    if isinstance(value, Function):
        raise FeelError("Expected data, but got a function; a function cannot leave FEEL")
    return str(value)


def _json_number(value: Decimal) -> int | float | str:
    if value == value.to_integral_value() and value.adjusted() < 34:
        return int(value)
    number = float(value)
    return number if isfinite(number) and number else str(value)


# The storage form ----------------------------------------------------------------------------------------------------


def encode(value: Value) -> Any:
    """The form in which values are stored: JSON with tags, exact, ordered. FeelError for a function.

    null, booleans and strings stay themselves, a list is an array; {"n": number}, {"c": [[name, value], ...]},
    {"d": date}, {"t": time}, {"dt": date and time}, {"dd": days duration}, {"yd": years duration},
    {"r": [low closed, low, high, high closed]} with a fifth item "=" or "!=" for the range of such a test.
    """
    return _encode(value, _Budget())


_TAGS: dict[type, str] = {Date: "d", Time: "t", DateTime: "dt", DaysDuration: "dd", YearsDuration: "yd"}


def _encode(value: Value, budget: _Budget, depth: int = 0) -> Any:
    budget.enter(depth)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return {"n": str(value if value else value.copy_abs())}
    if isinstance(value, list):
        return [_encode(item, budget, depth + 1) for item in value]
    if isinstance(value, dict):
        return {"c": [[key, _encode(item, budget, depth + 1)] for key, item in value.items()]}
    if isinstance(value, Range):
        ends = (_encode(end, budget, depth + 1) for end in (value.low, value.high))
        low, high = ends
        return {"r": [value.low_closed, low, high, value.high_closed, *([value.test] if value.test else [])]}
    tag = _TAGS.get(type(value))
    if tag is None:
        raise FeelError(f"a {kind(value)} cannot be stored")
    return {tag: str(value)}


_READERS: dict[str, Callable[[str], Value]] = {
    "d": parse_date,
    "t": parse_time,
    "dt": parse_date_and_time,
}


def decode(data: Any) -> Value:
    """The exact inverse of `encode`; FeelError naming what came for anything else."""
    if data is None or isinstance(data, bool | str):
        return data
    if isinstance(data, list):
        return [decode(item) for item in data]
    if isinstance(data, dict) and len(data) == 1:
        ((tag, body),) = data.items()
        if tag == "c" and isinstance(body, list):
            return _decode_context(body)
        if tag == "r" and isinstance(body, list) and len(body) in (4, 5):
            return _decode_range(body)
        if isinstance(body, str):
            return _decode_scalar(tag, body)
    raise FeelError(f"Expected a stored FEEL value, but got {str(data)[:80]}")


def _decode_scalar(tag: str, body: str) -> Value:
    if tag == "n":
        return _number(body)
    if tag in ("dd", "yd"):
        duration = parse_duration(body)
        if _TAGS[type(duration)] == tag:
            return duration
    elif tag in _READERS:
        return _READERS[tag](body)
    raise FeelError(f"Expected a stored FEEL value, but got {{{tag!r}: {body[:60]!r}}}")


def _decode_context(body: list[Any]) -> dict[str, Value]:
    context: dict[str, Value] = {}
    for entry in body:
        if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)) or entry[0] in context:
            raise FeelError(f"Expected an entry [name, value] with a new name, but got {str(entry)[:80]}")
        context[entry[0]] = decode(entry[1])
    return context


def _decode_range(body: list[Any]) -> Range:
    low_closed, low, high, high_closed, *test = body
    if not isinstance(low_closed, bool) or not isinstance(high_closed, bool) or test not in ([], ["="], ["!="]):
        raise FeelError(f"Expected a stored range, but got {str(body)[:80]}")
    return Range(low_closed, decode(low), decode(high), high_closed, *test)
