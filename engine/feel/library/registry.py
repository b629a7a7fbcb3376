"""How a built-in function is declared: a name, its parameters as text, and a Python function.

    @builtin("substring", "string: string, start position: number, length?: number")
    def substring(string, start, length): ...

A parameter is `name: kind`. `name?` may be left out (the function gets null), `kind?` may be null, kinds are joined
with `|`, and `kind...` on the last one takes all further arguments as one list. Declaring a name again adds an
overload; the first overload whose parameters take the arguments is called. `Failure` in a body makes the call null.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any, TypeVar

from engine.feel.errors import Failure, FeelError, FeelLimit
from engine.feel.run import Run
from engine.feel.temporal import to_date_time
from engine.feel.types import BUILT_IN, Type
from engine.feel.values import (
    Date,
    DateTime,
    DaysDuration,
    Function,
    Param,
    Range,
    Time,
    Value,
    YearsDuration,
    describe,
)

Body = TypeVar("Body", bound=Callable[..., Value])

_CLASSES: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "function": (Function,),
    "range": (Range,),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "days and time duration": (DaysDuration,),
    "years and months duration": (YearsDuration,),
    "duration": (DaysDuration, YearsDuration),
    "point": (Decimal, str, Date, Time, DateTime, DaysDuration, YearsDuration),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One declared parameter. `classes` empty: anything."""

    name: str
    kind: str
    classes: tuple[type, ...]
    nullable: bool
    optional: bool

    def convert(self, value: Value) -> Value:
        """The argument after the implicit conversions of clause 10.3.2.9.4; Failure when none fits."""
        classes = self.classes
        if not classes or isinstance(value, classes):
            return value
        if value is None:
            if self.nullable:
                return None
        elif isinstance(value, list):
            if len(value) == 1 and isinstance(value[0], classes):
                return value[0]
        elif list in classes:
            return [value]
        elif isinstance(value, Date) and DateTime in classes:
            return to_date_time(value)
        raise Failure(f"parameter '{self.name}': expected {self.kind}, but got {describe(value)}")


@dataclass(frozen=True, slots=True)
class Overload:
    slots: tuple[Slot, ...]
    required: int
    rest: bool  # the last slot takes all further arguments
    body: Callable[..., Value]
    needs_run: bool
    cost: int

    def takes(self, count: int) -> bool:
        return self.required <= count and (self.rest or count <= len(self.slots))

    def positional(self, args: Sequence[Value]) -> list[Value]:
        if self.rest:
            fixed = len(self.slots) - 1
            last = self.slots[fixed]
            tail: Value = [last.convert(arg) for arg in args[fixed:]]
            return [*(slot.convert(arg) for slot, arg in zip(self.slots, args[:fixed], strict=False)), tail]
        values = [slot.convert(arg) for slot, arg in zip(self.slots, args, strict=False)]
        return values + [None] * (len(self.slots) - len(values))

    def named(self, args: Mapping[str, Value]) -> list[Value]:
        names = [slot.name for slot in self.slots]
        unknown = [name for name in args if name not in names]
        needed = self.slots[:-1] if self.rest else self.slots
        missing = [slot.name for slot in needed if slot.name not in args and not slot.optional]
        if unknown or missing or (self.rest and names[-1] in args):
            raise Failure(f"expected the parameters {names}, but got {list(args)}")
        values = [slot.convert(args[slot.name]) if slot.name in args else None for slot in needed]
        return [*values, []] if self.rest else values

    def run(self, values: list[Value], run: Run) -> Value:
        return self.body(run, *values) if self.needs_run else self.body(*values)


class Builtin(Function):
    """A built-in function with its overloads. `pure`: the same arguments give the same value, whatever the run."""

    __slots__ = ("overloads", "pure")

    def __init__(self, name: str) -> None:
        super().__init__(name, (), self.invoke)
        self.overloads: list[Overload] = []
        self.pure = True

    def call(self, args: Sequence[Value], run: Run) -> Value:
        return self.invoke(args, run)

    def invoke(self, args: Sequence[Value], run: Run) -> Value:
        failure: Failure | None = None
        count = len(args)
        for overload in self.overloads:
            if overload.takes(count):
                try:
                    values = overload.positional(args)
                except Failure as error:
                    failure = failure or error
                else:
                    return self._apply(overload, values, run)
        if failure is None:
            failure = Failure(f"expected {self._arities()} arguments, but got {count}")
        raise Failure(f"{self.name}() {failure}")

    def call_named(self, args: Mapping[str, Value], run: Run) -> Value:
        failure: Failure | None = None
        for overload in self.overloads:
            try:
                values = overload.named(args)
            except Failure as error:
                failure = failure or error
            else:
                return self._apply(overload, values, run)
        raise Failure(f"{self.name}() {failure}")

    def _apply(self, overload: Overload, values: list[Value], run: Run) -> Value:
        run.spend(overload.cost)
        try:
            return overload.run(values, run)
        except Failure as error:
            raise Failure(f"{self.name}() {error}") from None
        except DecimalException:
            raise Failure(f"{self.name}() expected a result within 34 digits and an exponent of 6144") from None
        except FeelLimit:
            raise
        except FeelError as error:
            raise Failure(f"{self.name}() {error.message[:1].lower()}{error.message[1:]}") from None

    def _arities(self) -> str:
        counts = sorted({count for each in self.overloads for count in range(each.required, len(each.slots) + 1)})
        more = " or more" if any(each.rest for each in self.overloads) else ""
        return " or ".join(map(str, counts)) + more


BUILTINS: dict[str, Builtin] = {}


def builtin(
    name: str, params: str = "", *, run: bool = False, pure: bool = True, cost: int = 1
) -> Callable[[Body], Body]:
    """Declare a built-in; with `run` its first argument is the Run. `cost` is what one call takes, in steps."""

    def declare(body: Body) -> Body:
        function = BUILTINS.setdefault(name, Builtin(name))
        overload = _overload(params, body, run, cost)
        function.overloads.append(overload)
        function.pure = function.pure and pure
        if len(function.overloads) == 1:
            function.params = tuple(Param(slot.name, _type(slot)) for slot in overload.slots)
        return body

    return declare


def _overload(params: str, body: Callable[..., Any], run: bool, cost: int) -> Overload:
    slots: list[Slot] = []
    rest = params.endswith("...")
    for text in filter(None, params.removesuffix("...").split(", ")):
        name, kind = text.split(": ")
        nullable = kind.endswith("?")
        kind = kind.removesuffix("?")
        classes = tuple(cls for part in kind.split("|") for cls in _CLASSES.get(part, ()))
        wanted = kind.replace("|", " or ").replace("point", "a value with an order")
        slots.append(Slot(name.removesuffix("?"), wanted, classes, nullable, name.endswith("?")))
    required = sum(not slot.optional for slot in slots) - rest
    return Overload(tuple(slots), required, rest, body, run, cost)


def _type(slot: Slot) -> Type | None:
    return BUILT_IN.get(slot.kind)
