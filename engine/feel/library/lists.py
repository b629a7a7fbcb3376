"""List functions (DMN 1.5, clause 10.3.4.4) and sort (10.3.4.8)."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.library.numbers import whole
from engine.feel.library.registry import builtin
from engine.feel.operators import compare, equal
from engine.feel.run import Run
from engine.feel.values import NUMBERS, Function, Value, describe

Items = list[Value]


def numbers_of(items: Items) -> list[Decimal]:
    for item in items:
        if not isinstance(item, Decimal):
            raise Failure(f"expected a list of numbers, but it holds {describe(item)}")
    return items  # type: ignore[return-value]  # every item has just been checked


def _some(items: Items) -> Items:
    if not items:
        raise Failure("expected a list with items, but it is empty")
    return items


def _aggregate(name: str, compute: Callable[[Items], Value]) -> None:
    """A function of one list, or of its items as arguments."""

    def of_list(run: Run, items: Items) -> Value:
        run.spend(len(items))
        return compute(items)

    builtin(name, "list: list", run=True)(of_list)
    builtin(name, "item: any, second: any, further: any...", run=True)(
        lambda run, item, second, rest: of_list(run, [item, second, *rest])
    )


def _extreme(sign: int) -> Callable[[Items], Value]:
    def find(items: Items) -> Value:
        best, *rest = _some(items)
        for item in [best, *rest]:
            order = compare(item, best)
            if order is None:
                raise Failure(f"expected items of one ordered type, but got {describe(best)} and {describe(item)}")
            if order == sign:
                best = item
        return best

    return find


def total(items: Iterable[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in items:
        result = NUMBERS.add(result, number)
    return result


def _product(items: Items) -> Value:
    result = Decimal(1)
    for number in numbers_of(_some(items)):
        result = NUMBERS.multiply(result, number)
    return result


def _mean(items: Items) -> Value:
    return NUMBERS.divide(total(numbers_of(_some(items))), Decimal(len(items)))


def _median(items: Items) -> Value:
    ordered = sorted(numbers_of(_some(items)))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return NUMBERS.divide(NUMBERS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


def _standard_deviation(items: Items) -> Value:
    """Of a sample: divided by one less than the number of items."""
    numbers = numbers_of(items)
    if len(numbers) < 2:
        raise Failure("expected at least two numbers")
    mean = NUMBERS.divide(total(numbers), Decimal(len(numbers)))
    squares = (NUMBERS.power(NUMBERS.subtract(number, mean), 2) for number in numbers)
    return NUMBERS.sqrt(NUMBERS.divide(total(squares), Decimal(len(numbers) - 1)))


def _mode(items: Items) -> Value:
    counts: dict[Decimal, int] = {}
    for number in numbers_of(items):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    modes: Items = [*sorted(number for number, count in counts.items() if count == most)]
    return modes


def _quantify(decisive: bool) -> Callable[[Items], Value]:
    """`any` (decided by a true item) and `all` (by a false one); a null leaves it open."""

    def decide(items: Items) -> Value:
        for item in items:
            if item is not None and not isinstance(item, bool):
                raise Failure(f"expected a list of booleans, but it holds {describe(item)}")
        if any(item is decisive for item in items):
            return decisive
        return None if any(item is None for item in items) else not decisive

    return decide


_aggregate("min", _extreme(-1))
_aggregate("max", _extreme(1))
_aggregate("sum", lambda items: total(numbers_of(_some(items))))
_aggregate("product", _product)
_aggregate("mean", _mean)
_aggregate("median", _median)
_aggregate("stddev", _standard_deviation)
_aggregate("mode", _mode)
_aggregate("all", _quantify(False))
_aggregate("any", _quantify(True))


@builtin("count", "list: list")
def count(items: Items) -> Value:
    return Decimal(len(items))


@builtin("list contains", "list: list, element: any?", run=True)
def list_contains(run: Run, items: Items, element: Value) -> Value:
    run.spend(len(items))
    return any(equal(item, element, run) for item in items)


@builtin("index of", "list: list, match: any?", run=True)
def index_of(run: Run, items: Items, match: Value) -> Value:
    run.spend(len(items))
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match, run)]


def index(items: Items, position: Decimal) -> int:
    """A position, 1 for the first and -1 for the last, as a Python index; Failure when there is no such item."""
    place = whole(position)
    if place == 0 or abs(place) > len(items):
        raise Failure(f"expected a position from 1 to {len(items)} or its negative, but got {position}")
    return place - 1 if place > 0 else len(items) + place


@builtin("sublist", "list: list, start position: number, length?: number", run=True)
def sublist(run: Run, items: Items, start: Decimal, length: Decimal | None) -> Value:
    run.spend(len(items) // 16)
    begin = index(items, start)
    if length is None:
        return items[begin:]
    wanted = whole(length)
    if not 1 <= wanted <= len(items) - begin:
        raise Failure(f"parameter 'length': expected 1 to {len(items) - begin}, but got {length}")
    return items[begin : begin + wanted]


@builtin("append", "list: list, item: any, further: any...", run=True)
def append(run: Run, items: Items, item: Value, further: Items) -> Value:
    return _joined(run, [items, [item], further])


def _joined(run: Run, lists: Iterable[Value]) -> Items:
    result: Items = []
    for items in lists:
        if isinstance(items, list):
            run.check_items(len(result) + len(items))
            run.spend(len(items) // 16 + 1)
            result.extend(items)
    return result


@builtin("concatenate", "list: list, further: list...", run=True)
def concatenate(run: Run, first: Items, further: Items) -> Value:
    return _joined(run, [first, *further])


@builtin("insert before", "list: list, position: number, newItem: any", run=True)
def insert_before(run: Run, items: Items, position: Decimal, new: Value) -> Value:
    place = index(items, position)
    return _joined(run, [items[:place], [new], items[place:]])


@builtin("remove", "list: list, position: number", run=True)
def remove(run: Run, items: Items, position: Decimal) -> Value:
    place = index(items, position)
    return _joined(run, [items[:place], items[place + 1 :]])


@builtin("reverse", "list: list", run=True)
def reverse(run: Run, items: Items) -> Value:
    run.spend(len(items) // 16)
    return items[::-1]


@builtin("list replace", "list: list, position: number, newItem: any", run=True)
def replace_at(run: Run, items: Items, position: Decimal, new: Value) -> Value:
    place = index(items, position)
    return _joined(run, [items[:place], [new], items[place + 1 :]])


@builtin("list replace", "list: list, match: function, newItem: any", run=True)
def replace_matching(run: Run, items: Items, match: Function, new: Value) -> Value:
    return [new if _decision(match, item, new, run) else item for item in items]


def _decision(function: Function, left: Value, right: Value, run: Run) -> bool:
    answer = function.call([left, right], run)
    if not isinstance(answer, bool):
        raise Failure(f"expected the function to answer true or false, but got {describe(answer)}")
    return answer


class _Unique:
    """The distinct values in the order they came; looks up scalars by hash, compares the rest one by one."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.items: Items = []
        self._seen: set[tuple[type, object]] = set()
        self._others: Items = []

    def add(self, item: Value) -> bool:
        """Whether the item is new."""
        if item is None or isinstance(item, bool | str | Decimal):
            self.run.spend(1)
            key = (type(item), item)
            if key in self._seen:
                return False
            self._seen.add(key)
        else:
            self.run.spend(3 * len(self._others) + 1)  # comparing lists and contexts takes longer than a step
            if any(equal(item, other, self.run) for other in self._others):
                return False
            self._others.append(item)
        self.items.append(item)
        return True


@builtin("distinct values", "list: list", run=True)
def distinct_values(run: Run, items: Items) -> Value:
    unique = _Unique(run)
    for item in items:
        unique.add(item)
    return unique.items


@builtin("duplicate values", "list: list", run=True)
def duplicate_values(run: Run, items: Items) -> Value:
    seen, twice = _Unique(run), _Unique(run)
    for item in items:
        if not seen.add(item):
            twice.add(item)
    return twice.items


@builtin("union", "list: list, further: list...", run=True)
def union(run: Run, first: Items, further: Items) -> Value:
    return distinct_values(run, _joined(run, [first, *further]))


@builtin("flatten", "list: list", run=True)
def flatten(run: Run, items: Items) -> Value:
    flat: Items = []
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            run.spend(1)
            if isinstance(item, list):
                if len(stack) >= run.limits.value_depth:
                    raise Failure("expected fewer lists within lists")
                stack.append(iter(item))
                break
            flat.append(item)
        else:
            stack.pop()
    run.check_items(len(flat))
    return flat


@builtin("sort", "list: list, precedes: function", run=True)
def sort(run: Run, items: Items, precedes: Function) -> Value:
    class Key:
        __slots__ = ("value",)

        def __init__(self, value: Value) -> None:
            self.value = value

        def __lt__(self, other: "Key") -> bool:
            return _decision(precedes, self.value, other.value, run)

    run.spend(len(items))
    return sorted(items, key=Key)


@builtin("partition", "list: list, size: number", run=True)
def partition(run: Run, items: Items, size: Decimal) -> Value:
    step = whole(size)
    if step < 1:
        raise Failure(f"parameter 'size': expected at least 1, but got {size}")
    run.spend(len(items))
    return [items[start : start + step] for start in range(0, len(items), step)]


@builtin("is empty", "list: list")
def is_empty(items: Items) -> Value:
    return not items
