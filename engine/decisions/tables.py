"""Decision tables (DMN 1.5, clause 8): which rules are met, and what the hit policy makes of them.

A set of rules is an integer with one bit a rule. Each column turns a value into the rules whose cell takes it for
certain and those that must be asked: cells with constants are looked up (a dictionary for strings, bisection for
numbers), the others are asked, each different one once, and only for rules that no other column has ruled out.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.decisions import cells
from engine.decisions.cells import Axis, Cell
from engine.decisions.evaluation import Evaluation, Matched, Place, TableHit
from engine.feel import Value, compile, describe

Scope = Mapping[str, Value]
Node = Callable[[Scope, Evaluation], Value]
"""A compiled expression."""
Test = Callable[[Value, Scope, Evaluation], "bool | None"]
"""A compiled cell."""

_EQUAL = compile("a = b", ("a", "b"))
_AGGREGATE = {name: compile(f"{name.lower()}(values)", ("values",)) for name in ("SUM", "MIN", "MAX", "COUNT")}


def equal(left: Value, right: Value) -> bool:
    """FEEL's `=`, with null equal to null only."""
    return _EQUAL({"a": left, "b": right}) is True


@dataclass(frozen=True, slots=True)
class CompiledCell:
    text: str
    test: Test
    place: Place


class Column:
    """One input: its expression, the values it may have, and its cells, one a rule.

    `any` are the rules whose cell takes everything. Of the others, each kind of value has some that must be asked:
    `ask_string` after the dictionary, `ask_number` after the bisection, `ask` of any other value.
    """

    def __init__(
        self, text: str, node: Node, allowed: Test | None, column: Sequence[CompiledCell], place: Place
    ) -> None:
        self.text = text
        self.node = node
        self.allowed = allowed
        self.place = place
        self.any = self.ask = self.ask_string = self.ask_number = 0
        self.strings: dict[str, int] = {}
        self.numbers: Numbers | None = None
        distinct = _distinct(column)
        self.cells = [cell for _, cell in distinct]
        self.cell_of = [0] * len(column)
        for index, (rules, _) in enumerate(distinct):
            for rule in _bits(rules):
                self.cell_of[rule] = index
        self._sort(distinct)

    def _sort(self, distinct: Sequence[tuple[int, CompiledCell]]) -> None:
        numeric: list[tuple[int, Cell]] = []
        for rules, cell in distinct:
            known = cells.parse(cell.text)
            if known == cells.EVERYTHING:
                self.any |= rules
                continue
            self.ask |= rules
            if known is None or not _all_ends(known, str, points=True):
                self.ask_string |= rules
            else:
                for text in {str(piece.low) for piece in known}:
                    self.strings[text] = self.strings.get(text, 0) | rules
            if known is None or not _all_ends(known, Decimal):
                self.ask_number |= rules
            else:
                numeric.append((rules, known))
        self.numbers = Numbers(numeric)

    def look_up(self, value: Value) -> tuple[int, int]:
        """The rules whose cell takes the value for certain, and those whose cell must be asked."""
        if type(value) is str:
            return self.any | self.strings.get(value, 0), self.ask_string
        if type(value) is Decimal and self.numbers is not None:
            return self.any | self.numbers.rules(value), self.ask_number
        return self.any, self.ask


def _distinct(column: Sequence[CompiledCell]) -> list[tuple[int, CompiledCell]]:
    """Each different text once, with the rules it stands in."""
    rules: dict[str, int] = {}
    first: dict[str, CompiledCell] = {}
    for index, cell in enumerate(column):
        text = cell.text.strip()
        rules[text] = rules.get(text, 0) | 1 << index
        first.setdefault(text, cell)
    return [(rules[text], cell) for text, cell in first.items()]


def _all_ends(cell: Cell, kind: type, *, points: bool = False) -> bool:
    """Whether every end is a value of that kind; with `points`, whether every interval is a single value as well."""
    ends = [end for piece in cell for end in (piece.low, piece.high) if end is not None]
    if not all(type(end) is kind for end in ends):
        return False
    return not points or all(piece.low is not None and piece.low == piece.high for piece in cell)


class Numbers:
    """The rules of a number, by bisection over every number that occurs in a column's cells."""

    def __init__(self, known: Sequence[tuple[int, Cell]]) -> None:
        axis = Axis.of([cell for _, cell in known]) or Axis([])
        self.ends = [end for end in axis.ends if isinstance(end, Decimal)]
        self.segments = axis.rules(known)

    def rules(self, value: Decimal) -> int:
        position = bisect_left(self.ends, value)
        exact = position < len(self.ends) and self.ends[position] == value
        return self.segments[2 * position + exact]


@dataclass(frozen=True, slots=True)
class Output:
    """One output clause. `order` lists its values from the highest priority down."""

    name: str
    place: Place
    allowed: Test | None
    order: tuple[Value, ...]
    default: Node | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    index: int
    id: str
    outputs: tuple[Node, ...]
    places: tuple[Place, ...]


class Table:
    """A compiled decision table; calling it evaluates it."""

    def __init__(
        self,
        policy: str,
        aggregation: str,
        columns: Sequence[Column],
        outputs: Sequence[Output],
        rules: Sequence[CompiledRule],
        place: Place,
    ) -> None:
        self.policy = policy
        self.aggregation = aggregation
        self.columns = tuple(columns)
        self.outputs = tuple(outputs)
        self.rules = tuple(rules)
        self.place = place
        self.all_rules = (1 << len(self.rules)) - 1
        self.texts = tuple(column.text for column in columns)
        self.sign = policy + _SIGNS[aggregation]
        self._choose = _POLICIES[policy]

    def __call__(self, scope: Scope, run: Evaluation) -> Value:
        values: list[Value] = []
        for column in self.columns:
            value = column.node(scope, run)
            if column.allowed and not self._check(value, column.allowed, column.place, scope, run):
                return None
            values.append(value)
        return self._result(self._met(values, scope, run), values, scope, run)

    def _met(self, values: Sequence[Value], scope: Scope, run: Evaluation) -> list[CompiledRule]:
        """The rules that are met, in order; under FIRST only the first one."""
        possible = self.all_rules
        asked: list[tuple[Column, Value, int, dict[int, bool]]] = []
        for column, value in zip(self.columns, values, strict=True):
            certain, ask = column.look_up(value)
            possible &= certain | ask
            if ask & possible:
                asked.append((column, value, ask, {}))
        first_only = self.policy == "F"
        met = []
        for index in _bits(possible):
            if not asked or all(_takes(*each, index, scope, run) for each in asked):
                met.append(self.rules[index])
                if first_only:
                    break
        return met

    def _result(self, rules: list[CompiledRule], values: Sequence[Value], scope: Scope, run: Evaluation) -> Value:
        hits: list[Matched] = []
        result = self._choose(self, rules, hits, scope, run) if rules else self._default(scope, run)
        if len(hits) < len(rules):  # some outputs were not needed
            chosen = {hit.number: hit for hit in hits}
            hits = [chosen.get(rule.index) or Matched(rule.index, rule.id) for rule in rules]
        inputs = tuple(zip(self.texts, values, strict=True))
        run.tables.append(TableHit(self.place.element, self.sign, inputs, tuple(hits)))
        return result

    def _check(self, value: Value, allowed: Test, place: Place, scope: Scope, run: Evaluation) -> bool:
        """Whether the value is among those that the clause lists; null always is."""
        if value is None:
            return True
        run.place = place
        if allowed(value, scope, run) is True:
            return True
        run.report(place, f"expected one of the values listed, but got {describe(value)}")
        return False

    def evaluate_outputs(
        self, rule: CompiledRule, hits: list[Matched], scope: Scope, run: Evaluation
    ) -> tuple[Value, ...]:
        """The outputs of a rule that was met, in the order of the clauses."""
        values = []
        for output, node, place in zip(self.outputs, rule.outputs, rule.places, strict=True):
            value = node(scope, run)
            if output.allowed and not self._check(value, output.allowed, place, scope, run):
                value = None
            values.append(value)
        hits.append(Matched(rule.index, rule.id, tuple(values)))
        return hits[-1].outputs

    def shape(self, outputs: Sequence[Value]) -> Value:
        """The outputs as one value: itself, or a context of several."""
        if len(self.outputs) == 1:
            return outputs[0]
        return {output.name: value for output, value in zip(self.outputs, outputs, strict=True)}

    def _default(self, scope: Scope, run: Evaluation) -> Value:
        """No rule is met: the default outputs (clause 8.2.11), else null, or zero for a count."""
        if any(output.default for output in self.outputs):
            return self.shape([output.default(scope, run) if output.default else None for output in self.outputs])
        return Decimal(0) if self.aggregation == "COUNT" else None

    def _priority(self, outputs: Sequence[Value]) -> tuple[int, ...]:
        """Smaller is more important. An output without listed values does not count."""
        return tuple(_rank(output.order, value) for output, value in zip(self.outputs, outputs, strict=True))

    # Hit policies (clause 8.2.8) -----------------------------------------------------------------------------------

    def _unique(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> Value:
        if len(rules) > 1:
            run.report(self.place, f"expected one rule at most (UNIQUE), but {_numbers(rules)} are met")
            return None
        return self.shape(self.evaluate_outputs(rules[0], hits, scope, run))

    def _first(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> Value:
        return self.shape(self.evaluate_outputs(rules[0], hits, scope, run))

    def _all(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> list[Value]:
        return [self.shape(self.evaluate_outputs(rule, hits, scope, run)) for rule in rules]

    def _any(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> Value:
        values = self._all(rules, hits, scope, run)
        if any(not equal(values[0], value) for value in values[1:]):
            run.report(self.place, f"expected equal outputs (ANY), but those of {_numbers(rules)} differ")
            return None
        return values[0]

    def _ordered(
        self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation
    ) -> list[Value]:
        outputs = [self.evaluate_outputs(rule, hits, scope, run) for rule in rules]
        return [self.shape(values) for values in sorted(outputs, key=self._priority)]

    def _best(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> Value:
        return self._ordered(rules, hits, scope, run)[0]

    def _collect(self, rules: Sequence[CompiledRule], hits: list[Matched], scope: Scope, run: Evaluation) -> Value:
        values = self._all(rules, hits, scope, run)
        if not self.aggregation:
            return values
        run.place = self.place
        return _AGGREGATE[self.aggregation].evaluate({"values": values}, run)


_POLICIES: Mapping[str, Callable[..., Value]] = {
    "U": Table._unique,
    "F": Table._first,
    "A": Table._any,
    "P": Table._best,
    "O": Table._ordered,
    "R": Table._all,
    "C": Table._collect,
}
_SIGNS = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


def _takes(
    column: Column, value: Value, ask: int, answers: dict[int, bool], rule: int, scope: Scope, run: Evaluation
) -> bool:
    """Whether the rule's cell takes the value; each different cell is asked once per evaluation."""
    if not ask >> rule & 1:
        return True
    index = column.cell_of[rule]
    if index not in answers:
        cell = column.cells[index]
        run.place = cell.place
        answers[index] = cell.test(value, scope, run) is True
    return answers[index]


def _bits(rules: int) -> Iterator[int]:
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest


def _rank(order: Sequence[Value], value: Value) -> int:
    """The value's place in the list; behind the last when it is not there."""
    return next((rank for rank, listed in enumerate(order) if equal(listed, value)), len(order))


def _numbers(rules: Sequence[CompiledRule]) -> str:
    return "rules " + ", ".join(str(rule.index) for rule in rules)
