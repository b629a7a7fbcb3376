"""FEEL's types (DMN 1.5, clause 10.3.2.9): what a value is an instance of, and the implicit conversions."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.errors import FeelError
from engine.feel.run import Run, counting
from engine.feel.temporal import Date, DateTime, DaysDuration, Time, YearsDuration, to_date_time
from engine.feel.values import Function, Range, Value, describe


@dataclass(frozen=True, slots=True)
class Simple:
    """A type that is only a name; `Any` takes every value but null, `Null` only null."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType:
    item: "Type"

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeType:
    item: "Type"

    def __str__(self) -> str:
        return f"range<{self.item}>"


@dataclass(frozen=True, slots=True)
class ContextType:
    """A context with at least these entries; more are allowed."""

    fields: tuple[tuple[str, "Type"], ...] = ()

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {type_}' for name, type_ in self.fields)}>"


@dataclass(frozen=True, slots=True)
class FunctionType:
    """`params` None: any parameters."""

    params: tuple["Type", ...] | None
    result: "Type"

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.params or ()))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class Restricted:
    """A named type of an item definition: a base type, and a test that each value must pass (its allowed values)."""

    name: str
    base: "Type"
    allows: Callable[[Value], bool] | None = None

    def __str__(self) -> str:
        return self.name


Type = Simple | ListType | RangeType | ContextType | FunctionType | Restricted

ANY = Simple("Any")
NULL = Simple("Null")
NUMBER = Simple("number")
STRING = Simple("string")
BOOLEAN = Simple("boolean")
DATE = Simple("date")
TIME = Simple("time")
DATE_AND_TIME = Simple("date and time")
DAYS_DURATION = Simple("days and time duration")
YEARS_DURATION = Simple("years and months duration")

_NAMED = (ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME, DAYS_DURATION, YEARS_DURATION)
BUILT_IN: dict[str, Type] = {
    **{type_.name: type_ for type_ in _NAMED},
    "dateTime": DATE_AND_TIME,
    "dayTimeDuration": DAYS_DURATION,
    "yearMonthDuration": YEARS_DURATION,
    "day and time duration": DAYS_DURATION,
    "year and month duration": YEARS_DURATION,
    "list": ListType(ANY),
    "context": ContextType(),
    "function": FunctionType(None, ANY),
    "range": RangeType(ANY),
}
"""Type names of FEEL, with the names that earlier versions and DMN's typeRef use."""

_CLASSES: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysDuration,
    "years and months duration": YearsDuration,
}


def instance_of(value: Value, type_: Type, run: Run | None = None) -> bool:
    """`value instance of type` (clause 10.3.2.9.2): null is an instance of `Null` alone. A restricted type counts as
    its base type: allowed values say which values are good, not which type they have.
    """
    if value is None:
        return type_ == NULL
    return _matches(value, type_, False, run)


def _matches(value: Value, type_: Type, allowed: bool = True, run: Run | None = None) -> bool:
    """Whether the value is of the type and, with `allowed`, among the allowed values; null inside a list or a context
    conforms to every type.
    """
    if value is None:
        return True
    if isinstance(value, list | dict):
        run = counting(run)
        run.spend(len(value) // 4 + 1)
    match type_:
        case Simple(name):
            return name == "Any" or type(value) is _CLASSES.get(name)
        case ListType(item):
            return isinstance(value, list) and (
                item == ANY or all(_matches(each, item, allowed, run) for each in value)
            )
        case RangeType(item):
            return isinstance(value, Range) and all(
                _matches(end, item, allowed, run) for end in (value.low, value.high)
            )
        case ContextType(fields):
            return isinstance(value, dict) and all(
                name in value and _matches(value[name], field, allowed, run) for name, field in fields
            )
        case FunctionType():
            return isinstance(value, Function) and _function_conforms(value, type_)
        case Restricted(_, base, allows):
            return _matches(value, base, allowed, run) and (not allowed or allows is None or allows(value))


def _function_conforms(function: Function, wanted: FunctionType) -> bool:
    if wanted.params is None:
        return True
    given = [param.type or ANY for param in function.params]
    if len(given) != len(wanted.params):
        return False
    accepts = all(conforms(theirs, ours) for theirs, ours in zip(wanted.params, given, strict=True))
    return accepts and (function.result is None or conforms(function.result, wanted.result))


def conforms(type_: Type, to: Type) -> bool:
    """Type conformance (clause 10.3.2.9.3)."""
    if type_ in (to, NULL) or to == ANY:
        return True
    match type_, to:
        case (Restricted(_, base, _), _):
            return conforms(base, to)
        case (_, Restricted(_, base, allows)):
            return allows is None and conforms(type_, base)
        case (ListType(item), ListType(wanted)) | (RangeType(item), RangeType(wanted)):
            return conforms(item, wanted)
        case (ContextType(fields), ContextType(wanted_fields)):
            known = dict(fields)
            return all(name in known and conforms(known[name], field) for name, field in wanted_fields)
        case (FunctionType(params, result), FunctionType(wanted_params, wanted_result)):
            if wanted_params is None or params is None:
                return wanted_params is None
            return (
                len(params) == len(wanted_params)
                and all(conforms(theirs, ours) for theirs, ours in zip(wanted_params, params, strict=True))
                and conforms(result, wanted_result)
            )
    return False


def coerce(value: Value, type_: Type, run: Run | None = None) -> Value:
    """The value as the type wants it (clause 10.3.2.9.4): unchanged, from or to a list of one, or a date as its
    midnight in UTC. Null stays null. FeelError when nothing fits.
    """
    if value is None or _matches(value, type_, True, run):
        return value
    if isinstance(value, list) and len(value) == 1 and _fits(value[0], type_):
        return _widen(value[0], type_)
    if isinstance(value, Date) and _fits(value, type_):
        return _widen(value, type_)
    target = type_.base if isinstance(type_, Restricted) else type_
    if isinstance(target, ListType) and not isinstance(value, list) and _matches([value], type_):
        return [value]
    raise FeelError(f"expected {type_}, but got {describe(value)}")


def _fits(value: Value, type_: Type) -> bool:
    return value is not None and _matches(_widen(value, type_), type_)


def _widen(value: Value, type_: Type) -> Value:
    target = type_.base if isinstance(type_, Restricted) else type_
    return to_date_time(value) if isinstance(value, Date) and target == DATE_AND_TIME else value
