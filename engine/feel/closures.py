"""The closures that expressions are made of. Each takes the environment and the run (see `compiler`).

Those of comparisons, names and filters are on every hot path: they look before they call.
"""

import operator
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from engine.feel import operators
from engine.feel.errors import Failure, FeelError, FeelLimit
from engine.feel.library import Builtin
from engine.feel.run import Mark, Run
from engine.feel.values import NUMBERS, Date, Function, Range, Value, describe

Code: TypeAlias = Callable[[Any, Run], Value]
TestCode: TypeAlias = Callable[[Value, Any, Run], "bool | None"]
Domain: TypeAlias = "Callable[[Any, Run], Iterable[Value] | None]"


def constant(value: Value) -> Code:
    return lambda _env, _run: value


def failing(mark: Mark, reason: str) -> Code:
    return lambda _env, run: run.fail(mark, reason)


def read_bound(depth: int, key: Any, copied: bool) -> Code:
    if copied:
        return _read_partial(depth)
    if depth == 0:
        return lambda env, _run: env[0][key]
    if depth == 1:
        return lambda env, _run: env[1][0][key]

    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        return env[0][key]  # type: ignore[no-any-return]  # a level holds values

    return read


def _read_partial(depth: int) -> Code:
    """The results so far, copied: the list goes on growing, and a value never changes."""

    def read(env: Any, run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        results: list[Value] = env[0][0]
        run.spend(len(results) // 16)
        return results[:]

    return read


def read_item(depth: int) -> Code:
    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        item: Value = env[0]
        return item["item"] if type(item) is dict and "item" in item else item

    return read


def read_entry_or(items: list[int], name: str, otherwise: Code) -> Code:
    """An entry of the nearest filtered item that has it, else what the name means outside."""
    if not items:
        return otherwise
    if items == [0]:

        def read_entry(env: Any, run: Run) -> Value:
            item = env[0]
            return item[name] if type(item) is dict and name in item else otherwise(env, run)

        return read_entry

    def read(env: Any, run: Run) -> Value:
        inner = env
        for depth in range(items[-1] + 1):
            item = inner[0]
            if depth in items and type(item) is dict and name in item:
                return item[name]  # type: ignore[no-any-return]  # a context holds values
            inner = inner[1]
        return otherwise(env, run)

    return read


def read_root_or(depth: int, name: str, builtin: Builtin) -> Code:
    """A variable that has the name of a built-in function, else the function as a value."""

    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        try:
            return env[name]  # type: ignore[no-any-return]  # a scope holds values
        except KeyError:
            return builtin

    return read


def both(left: Code, right: Code) -> Code:
    def both(env: Any, run: Run) -> Value:
        one = left(env, run)
        if one is False:
            return False
        other = right(env, run)
        if other is False:
            return False
        return True if one is True and other is True else None

    return both


def either(left: Code, right: Code) -> Code:
    def either(env: Any, run: Run) -> Value:
        one = left(env, run)
        if one is True:
            return True
        other = right(env, run)
        if other is True:
            return True
        return False if one is False and other is False else None

    return either


class Operand(NamedTuple):
    """A left operand: its closure, and where a plain name is read first (see `Compiler._source`)."""

    read: Code
    source: tuple[str, str]


def equality(left: Operand, right: Code, fixed: Value, wanted: bool, mark: Mark) -> Code:
    read = left.read

    def decide(one: Value, other: Value, run: Run) -> Value:
        try:
            same = operators.equal(one, other, run)
        except FeelLimit as limit:
            raise mark.blame(limit) from None
        if same is None:
            return run.fail(mark, f"expected two values of one type, but got {describe(one)} and {describe(other)}")
        return same is wanted

    if isinstance(fixed, str | Decimal):
        return _against(left, fixed, operator.eq if wanted else operator.ne, decide)

    def equality(env: Any, run: Run) -> Value:
        return decide(read(env, run), right(env, run), run)

    return equality


def ordering(sign: str, left: Operand, right: Code, fixed: Value, mark: Mark) -> Code:
    plain, read = operators.ORDERINGS[sign], left.read

    def decide(one: Value, other: Value, run: Run) -> Value:
        try:
            return operators.ordered(sign, one, other)
        except Failure as failure:
            return run.fail(mark, str(failure))

    if isinstance(fixed, str | Decimal):
        return _against(left, fixed, plain, decide)

    def ordering(env: Any, run: Run) -> Value:
        one, other = read(env, run), right(env, run)
        if type(one) is Decimal and type(other) is Decimal:
            return plain(one, other)
        return decide(one, other, run)

    return ordering


def _against(
    left: Operand,
    fixed: str | Decimal,
    plain: Callable[[Any, Any], bool],
    decide: Callable[[Value, Value, Run], Value],
) -> Code:
    """A comparison with a constant, the commonest thing in conditions and tables."""
    kind, read, (place_, name) = type(fixed), left.read, left.source

    def against(env: Any, run: Run) -> Value:
        one = read(env, run)
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    def variable_against(env: Any, run: Run) -> Value:
        try:
            one = env[name]
        except KeyError:
            one = read(env, run)  # which says that it is missing
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    def entry_against(env: Any, run: Run) -> Value:
        item = env[0]
        one = item[name] if type(item) is dict and name in item else read(env, run)
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    return {"scope": variable_against, "item": entry_against}.get(place_, against)


def passes_constant(
    fixed: str | Decimal, compare: Callable[[Any, Any], bool], decide: Callable[[Value, Value, Run], bool | None]
) -> TestCode:
    """A unary test against a constant."""
    kind = type(fixed)

    def passes(value: Value, _env: Any, run: Run) -> bool | None:
        return compare(value, fixed) if type(value) is kind else decide(value, fixed, run)

    return passes


def passes_interval(interval: Range) -> TestCode:
    """A unary test against an interval of literals."""
    low, high = interval.low, interval.high
    above = operators.ORDERINGS[">=" if interval.low_closed else ">"]
    below = operators.ORDERINGS["<=" if interval.high_closed else "<"]

    def passes(value: Value, _env: Any, run: Run) -> bool | None:
        if type(value) is Decimal and type(low) is Decimal:
            return above(value, low) and below(value, high)
        return operators.contained(value, interval, run)

    return passes


def negated(tests: TestCode) -> TestCode:
    def negated(value: Value, env: Any, run: Run) -> bool | None:
        passed = tests(value, env, run)
        return None if passed is None else not passed

    return negated


def is_no_boolean(value: Value) -> bool:
    return value is not None and not isinstance(value, bool)


_FAST: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
}


def operation(sign: str, left: Code, right: Code, mark: Mark) -> Code:
    """One operator between two operands."""
    fast = _FAST.get(sign)
    if fast is None:
        return lambda env, run: apply(sign, left(env, run), right(env, run), run, mark)

    def operation(env: Any, run: Run) -> Value:
        one, other = left(env, run), right(env, run)
        if type(one) is Decimal and type(other) is Decimal:
            try:
                return fast(one, other)
            except ArithmeticError:
                pass  # told in full below
        return apply(sign, one, other, run, mark)

    return operation


def apply(sign: str, left: Value, right: Value, run: Run, mark: Mark) -> Value:
    try:
        return operators.arithmetic(sign, left, right, run)
    except Failure as failure:
        return run.fail(mark, str(failure))
    except FeelLimit as limit:
        raise mark.blame(limit) from None


def follow(value: Value, name: str, run: Run, mark: Mark) -> Value:
    """`value.name` where the value is no context with that entry."""
    if isinstance(value, list):
        run.spend(len(value))
        return [
            item[name] if type(item) is dict and name in item else _follow_one(item, name, run, mark) for item in value
        ]
    return _follow_one(value, name, run, mark)


def _follow_one(value: Value, name: str, run: Run, mark: Mark) -> Value:
    if value is None:
        return None
    if isinstance(value, dict):
        return run.fail(mark, f"expected a context with the entry '{name}', but got one with {list(value)[:10]}")
    if isinstance(value, list):
        return run.fail(mark, f"expected a context with the entry '{name}', but got {describe(value)}")
    try:
        return operators.property_of(value, name)
    except Failure as failure:
        return run.fail(mark, str(failure))


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _pick(items: list[Value], index: Decimal, run: Run, mark: Mark) -> Value:
    size = len(items)
    if index != index.to_integral_value() or not index or not -size <= index <= size:
        return run.fail(mark, f"expected an index from 1 to {size} or its negative, but got {describe(index)}")
    place = int(index)
    return items[place - 1 if place > 0 else place]


def indexed(base: Code, index: Decimal, mark: Mark) -> Code:
    def indexed(env: Any, run: Run) -> Value:
        value = base(env, run)
        return None if value is None else _pick(_as_list(value), index, run, mark)

    return indexed


def filtered(base: Code, condition: Code, mark: Mark) -> Code:
    def filtered(env: Any, run: Run) -> Value:
        value = base(env, run)
        if value is None:
            return None
        items = value if type(value) is list else _as_list(value)
        try:
            run.spend(len(items))
            return [item for item in items if condition((item, env), run) is True]
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return filtered


class EntryTest(NamedTuple):
    """`name compare fixed`, where an item's own entry has the type of the constant."""

    name: str
    compare: Callable[[Any, Any], bool]
    fixed: str | Decimal


def filtered_by_entry(base: Code, test: EntryTest, condition: Code, mark: Mark) -> Code:
    """The filter without a call per item, for the items that have such an entry; the condition decides the others."""
    name, compare, fixed = test
    kind = type(fixed)

    def filtered(env: Any, run: Run) -> Value:
        value = base(env, run)
        if value is None:
            return None
        items = value if type(value) is list else _as_list(value)
        try:
            run.spend(len(items))
            return [
                item
                for item in items
                if (
                    compare(item[name], fixed)
                    if type(item) is dict and name in item and type(item[name]) is kind
                    else condition((item, env), run) is True
                )
            ]
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return filtered


def filtered_or_indexed(base: Code, condition: Code, mark: Mark) -> Code:
    """The brackets hold an index when their expression is a number, and a condition otherwise."""

    def filtered(env: Any, run: Run) -> Value:
        value = base(env, run)
        if value is None:
            return None
        items = _as_list(value)
        try:
            run.spend(len(items))
            first = condition((items[0] if items else None, env), run)
            if isinstance(first, Decimal):
                return _pick(items, first, run, mark)
            if not isinstance(first, bool) and first is not None:
                return run.fail(mark, f"expected a condition or an index in the brackets, but got {describe(first)}")
            kept = items[:1] if first is True and items else []
            return kept + [item for item in items[1:] if condition((item, env), run) is True]
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return filtered


def steps(low: Value, high: Value, run: Run, mark: Mark) -> Iterator[Value] | None:
    """`low..high` of an iteration: numbers by one, dates by a day, upwards or downwards."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        if low != low.to_integral_value() or high != high.to_integral_value():
            run.fail(mark, f"expected two integers, but got {describe(low)} .. {describe(high)}")
            return None
        step = 1 if low <= high else -1
        size = abs(NUMBERS.subtract(high, low))
        run.check_items(int(size) + 1 if size < 10**12 else 10**12)
        first = int(low)
        return (Decimal(number) for number in range(first, first + step * (int(size) + 1), step))
    if isinstance(low, Date) and isinstance(high, Date):
        first, last = low.ordinal, high.ordinal
        step = 1 if first <= last else -1
        run.check_items(abs(last - first) + 1)
        return (Date.from_ordinal(day) for day in range(first, last + step, step))
    run.fail(mark, f"expected two numbers or two dates, but got {describe(low)} .. {describe(high)}")
    return None


def members(value: Value, run: Run, mark: Mark) -> Iterable[Value] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        members = steps(value.low, value.high, run, mark)
        return None if members is None else (member for member in members if operators.in_range(member, value))
    if value is None:
        run.fail(mark, "expected a list to iterate over, but got null")
        return None
    return [value]


class Verdict:
    """Takes the answers of a quantified expression one by one."""

    def __init__(self, decisive: bool) -> None:
        self.decisive = decisive
        self.decided = False
        self.unknown = False

    def append(self, answer: Value) -> None:
        if answer is self.decisive:
            self.decided = True
        elif not isinstance(answer, bool):
            self.unknown = True


def each(domains: list[Domain], index: int, env: Any, run: Run, code: Code, results: "list[Value] | Verdict") -> bool:
    """Evaluate for each combination, the first iterator slowest; false when a domain is nothing to iterate over."""
    members = domains[index](env, run)
    if members is None:
        return False
    last = index == len(domains) - 1
    for member in members:
        run.spend(1)
        inner = ((member,), env)
        if not last:
            if not each(domains, index + 1, inner, run, code, results):
                return False
        else:
            results.append(code(inner, run))
        if isinstance(results, Verdict):
            if results.decided:
                return True
        elif len(results) > run.limits.items:
            run.check_items(len(results))
    return True


def quiet(argument: Code) -> Code:
    def quiet(env: Any, run: Run) -> Value:
        known = len(run.problems)
        value = argument(env, run)
        del run.problems[known:]
        return value

    return quiet


def folded(function: Builtin, values: list[Any], names: list[str] | None) -> Value:
    """What a call of constants always gives; None when it fails, so that each evaluation tells why."""
    try:
        run = Run()
        return function.call_named(dict(zip(names, values, strict=True)), run) if names else function.call(values, run)
    except (Failure, FeelError):
        return None


def call_with_one(function: Builtin, argument: Code, mark: Mark) -> Code:
    def call(env: Any, run: Run) -> Value:
        try:
            return function.call((argument(env, run),), run)
        except Failure as failure:
            return run.fail(mark, str(failure))
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return call


def invoke(function: Function, values: list[Value], names: list[str] | None, run: Run, mark: Mark) -> Value:
    try:
        if names is None:
            return function.call(values, run)
        return function.call_named(dict(zip(names, values, strict=True)), run)
    except Failure as failure:
        return run.fail(mark, str(failure))
    except FeelLimit as limit:
        raise mark.blame(limit) from None
