"""What is worth telling the author of a decision model before it is deployed (docs/dmn.md lists the rules).

A table is looked at as a set of boxes: each input is an axis that is cut wherever a cell has an end, and a rule covers
some segments of each axis. Cells that depend on variables are unknown; nothing is reported that they could explain.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from engine.decisions import cells
from engine.decisions.cells import Axis, Cell, Interval
from engine.decisions.graph import Build, walk
from engine.decisions.types import TypeTable
from engine.errors import Problem
from engine.feel import Function, Value, describe
from engine.feel.types import BOOLEAN, DATE, DATE_AND_TIME, Restricted, Simple, Type, instance_of
from engine.feel.values import number_text
from engine.notation.dmn_model import (
    Decision,
    DecisionTable,
    Definitions,
    DrgElement,
    Element,
    InputClause,
    OutputClause,
    Rule,
)

MAX_FINDINGS = 20
"""Of one kind in one table; more would not be read."""
MAX_WORK = 200_000
"""Steps of the search for gaps and unreachable rules in one table."""


def lint(definitions: Definitions) -> tuple[Problem, ...]:
    """All findings in one model, in the order of the file: errors of compilation, unknown names, and faults of tables.

    Never raises for what a model that was read may hold. External functions are taken to be allowed.
    """
    build = Build(definitions, _anything_external)
    build.compile()
    findings = [problem for problem in build.problems if problem.file == definitions.file]
    part = build.parts[definitions.namespace]
    for key, element in definitions.elements.items():
        unknown = part.compiler.unknown.get(f"{definitions.namespace}#{key}", {})
        findings.extend(_unknown_names(definitions, element, unknown))
    for inner in walk(definitions):
        if isinstance(inner, DecisionTable):
            findings.extend(_TableLint(inner, part.compiler.types, definitions.file).findings())
    return tuple(sorted(findings, key=lambda finding: finding.line))


def _anything_external(_names: tuple[str, ...], _description: dict[str, Value]) -> Function | None:
    return None


def _unknown_names(definitions: Definitions, owner: DrgElement, unknown: Mapping[str, Element]) -> Iterator[Problem]:
    """Names that the element reads but does not require."""
    known = {each.variable.name for each in definitions.elements.values()}
    required = {each.target for each in owner.information} if isinstance(owner, Decision) else set()
    for name, place in unknown.items():
        if name in required:
            continue  # by the id of a requirement, as Camunda's models do
        if name in known:
            message, severity = f"'{name}' is read without being required; draw the requirement", "error"
        elif isinstance(owner, Decision):
            message, severity = f"'{name}' is not declared; it is taken from the caller's variables", "warning"
        else:
            message, severity = f"'{name}' is not known here; declare it as a parameter", "error"
        yield Problem("DMN101", message, place.id or owner.id, place.line, definitions.file, severity)


@dataclass(slots=True)
class _Column:
    """One input of a table as an axis. A cell that is not known is taken to cover all of it."""

    name: str
    axis: Axis
    domain: int
    segments: list[int]  # of each rule
    unknown: int  # rules whose cell is not known

    def covering(self, rules: int) -> list[int]:
        """For each segment, which of the rules cover it."""
        return self.axis.covering((1 << index, self.segments[index]) for index in _bits(rules))

    def meeting(self, rules: int) -> Callable[[int], int]:
        """A function from segments to those of the rules that cover any of them."""
        covering = self.covering(rules)

        @cache
        def meets(segments: int) -> int:
            return _union(covering[segment] for segment in _bits(segments))

        return meets

    def text(self, bits: int) -> str:
        """The values of some segments, as an author would write them; empty for all of them."""
        if bits & self.domain == self.domain:
            return ""
        if bits == 1 << 2 * len(self.axis.ends) and not self.domain & 1:
            return f"{self.name} any other value"
        return f"{self.name} {', '.join(_interval_text(each) for each in self.axis.intervals(bits))}"


class _TableLint:
    """The findings of one table."""

    def __init__(self, table: DecisionTable, types: TypeTable, file: str) -> None:
        self.table = table
        self.types = types
        self.file = file
        self.found: list[Problem] = []
        self.all_rules = (1 << len(table.rules)) - 1

    def findings(self) -> list[Problem]:
        for index, clause in enumerate(self.table.inputs):
            self._check_inputs(clause, index)
        for index, output in enumerate(self.table.outputs):
            self._check_outputs(output, index)
        columns = [self._column(clause, index) for index, clause in enumerate(self.table.inputs)]
        if columns and self.table.rules:
            self._check_never(columns)
            self._check_overlaps(columns)
            self._check_cover(columns)
        return self.found

    def add(self, rule: str, message: str, element: Element, severity: str = "error") -> None:
        if sum(problem.rule == rule for problem in self.found) < MAX_FINDINGS:
            identity = element.id or self.table.id
            self.found.append(Problem(rule, message, identity, element.line, self.file, severity))

    # Cell by cell ---------------------------------------------------------------------------------------------------

    def _check_inputs(self, clause: InputClause, index: int) -> None:
        wanted = self.types.resolve(clause.expression.type, clause.expression)
        seen: type | None = None
        for rule in self.table.rules:
            cell = rule.inputs[index]
            values = [
                end for piece in cells.parse(cell.text) or () for end in (piece.low, piece.high) if end is not None
            ]
            for value in values[:1]:
                if not _fits(value, wanted):
                    self.add("DMN102", f"expected {wanted}, found {describe(value)}", cell)
                elif seen not in (None, type(value)):
                    self.add("DMN102", f"the column's other cells are of another type than {describe(value)}", cell)
                seen = seen or type(value)

    def _check_outputs(self, clause: OutputClause, index: int) -> None:
        wanted = self.types.resolve(clause.type, clause)
        listed = cells.parse(clause.values.text) if clause.values else None
        entries = [rule.outputs[index] for rule in self.table.rules] + ([clause.default] if clause.default else [])
        for cell in entries:
            value = cells.constant(cell.text)
            if value is None:
                continue
            if not _fits(value, wanted):
                self.add("DMN102", f"expected {wanted}, found {describe(value)}", cell)
            elif listed and not _contains(listed, value):
                self.add("DMN103", f"{describe(value)} is not among the output values", cell)

    # Boxes ----------------------------------------------------------------------------------------------------------

    def _column(self, clause: InputClause, index: int) -> _Column:
        parsed = [cells.parse(rule.inputs[index].text) for rule in self.table.rules]
        domain = self._domain(clause)
        known = [cell for cell in parsed if cell is not None]
        axis = Axis.of([*known, domain] if domain else known)
        if axis is None:  # values that cannot be compared: nothing can be said about this column
            parsed, domain, axis = [None] * len(parsed), None, Axis([])
        allowed = axis.segments(domain) if domain else self._open_domain(axis)
        return _Column(
            name=clause.label or clause.expression.text.strip(),
            axis=axis,
            domain=allowed,
            segments=[(axis.everything if cell is None else axis.segments(cell)) & allowed for cell in parsed],
            unknown=sum(1 << number for number, cell in enumerate(parsed) if cell is None),
        )

    def _domain(self, clause: InputClause) -> Cell | None:
        """The values that the input may have, when they are listed or there are only two."""
        if clause.values:
            return cells.parse(clause.values.text)
        name = clause.expression.type
        wanted = self.types.resolve(name, clause.expression)
        if wanted == BOOLEAN:
            return (Interval(False, True, False, True), Interval(True, True, True, True))
        tests = self.types.allowed_values(name)
        return cells.parse(tests.text) if tests else None

    def _open_domain(self, axis: Axis) -> int:
        """Everything; of strings, those named and one segment for all others, for nobody thinks of what is between."""
        if axis.ends and all(isinstance(end, str) for end in axis.ends):
            return sum(1 << 2 * index + 1 for index in range(len(axis.ends))) | 1 << 2 * len(axis.ends)
        return axis.everything

    def _check_never(self, columns: Sequence[_Column]) -> None:
        for index, rule in enumerate(self.table.rules):
            for column, cell in zip(columns, rule.inputs, strict=True):
                if not column.segments[index] and column.domain:
                    self.add(
                        "DMN104", f"no value of {column.name} meets this cell: the rule is never met", cell, "warning"
                    )

    def _check_overlaps(self, columns: Sequence[_Column]) -> None:
        """Pairs of rules that some input meets both, where the hit policy wants one (UNIQUE) or equal ones (ANY)."""
        if self.table.policy not in "UA":
            return
        known = self.all_rules & ~_union(column.unknown for column in columns)
        meeting = [column.meeting(known) for column in columns]
        for second in _bits(known):
            rivals = known & ((1 << second) - 1)
            for column, meets in zip(columns, meeting, strict=True):
                rivals &= meets(column.segments[second])
            for first in _bits(rivals):
                if self.table.policy == "U" or not _same_outputs(self.table.rules[first], self.table.rules[second]):
                    common = [column.segments[first] & column.segments[second] for column in columns]
                    self._overlap(first, second, columns, common)

    def _overlap(self, first: int, second: int, columns: Sequence[_Column], common: Sequence[int]) -> None:
        where = _box_text(columns, common)
        rule = self.table.rules[second]
        if self.table.policy == "U":
            self.add("DMN110", f"rules {first + 1} and {second + 1} are both met for {where}; UNIQUE allows one", rule)
        else:
            self.add("DMN111", f"rules {first + 1} and {second + 1} differ but are both met for {where} (ANY)", rule)

    def _check_cover(self, columns: Sequence[_Column]) -> None:
        """Gaps of the whole table; under FIRST, rules that earlier ones leave nothing."""
        search = _Search(columns)
        if not any(output.default for output in self.table.outputs):
            for gap in search.gaps([column.domain for column in columns], self.all_rules, MAX_FINDINGS):
                self.add("DMN112", f"no rule for {_box_text(columns, gap)}", self.table, "warning")
        if self.table.policy == "F":
            known = self.all_rules & ~_union(column.unknown for column in columns)
            for index, rule in enumerate(self.table.rules):
                box = [column.segments[index] for column in columns]
                earlier = known & ((1 << index) - 1)
                if all(box) and not search.exhausted and not search.gaps(box, earlier, 1) and not search.exhausted:
                    self.add(
                        "DMN113",
                        f"rule {index + 1} is never reached: rules before it take all it takes",
                        rule,
                        "warning",
                    )
        if search.exhausted:
            self.add(
                "DMN114", "the table is too large to look for all gaps and unreachable rules", self.table, "warning"
            )


class _Search:
    """Looks for parts of a box that no rule covers, axis by axis; rules in question shrink on the way down."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self.columns = columns
        self.covering = [column.covering((1 << len(column.segments)) - 1) for column in columns]
        self.work = 0

    @property
    def exhausted(self) -> bool:
        return self.work > MAX_WORK

    def gaps(self, box: Sequence[int], rules: int, limit: int) -> list[list[int]]:
        """Up to `limit` boxes inside the box that none of the rules covers. Incomplete when `exhausted`."""
        found: list[list[int]] = []
        complete: set[tuple[int, int]] = set()
        pending: list[tuple[list[int], int]] = [([], rules)]
        while pending and len(found) < limit and not self.exhausted:
            chosen, left = pending.pop()
            depth = len(chosen)
            if not left:
                found.append([*chosen, *box[depth:]])
            elif depth < len(box) and (depth, left) not in complete:
                complete.add((depth, left))
                pending.extend(
                    reversed([([*chosen, bits], less) for less, bits in self._split(box[depth], depth, left)])
                )
        return found

    def _split(self, segments: int, depth: int, rules: int) -> Iterator[tuple[int, int]]:
        """The segments of one axis, those together that the same rules cover."""
        groups: dict[int, int] = {}
        for segment in _bits(segments):
            self.work += 1
            left = self.covering[depth][segment] & rules
            groups[left] = groups.get(left, 0) | 1 << segment
        yield from groups.items()


def _fits(value: Value, wanted: Type) -> bool:
    base = wanted.base if isinstance(wanted, Restricted) else wanted
    if not isinstance(base, Simple):
        return True
    return instance_of(value, base) or (base == DATE_AND_TIME and instance_of(value, DATE))


def _contains(listed: Cell, value: Value) -> bool:
    point = (Interval(value, True, value, True),)
    axis = Axis.of([listed, point])
    return axis is None or bool(axis.segments(listed) & axis.segments(point))


def _same_outputs(first: Rule, second: Rule) -> bool:
    return [cell.text.strip() for cell in first.outputs] == [cell.text.strip() for cell in second.outputs]


def _box_text(columns: Sequence[_Column], box: Sequence[int]) -> str:
    parts = [column.text(bits) for column, bits in zip(columns, box, strict=True)]
    return " and ".join(part for part in parts if part) or "any input"


def _interval_text(piece: Interval) -> str:
    if piece.low is not None and piece.high is not None:
        if piece.low == piece.high:
            return _text(piece.low)
        ends = f"{_text(piece.low)}..{_text(piece.high)}"
        return f"{'[' if piece.low_closed else '('}{ends}{']' if piece.high_closed else ')'}"
    if piece.low is not None:
        return f"{'>=' if piece.low_closed else '>'} {_text(piece.low)}"
    return f"{'<=' if piece.high_closed else '<'} {_text(piece.high)}"


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return number_text(value) if isinstance(value, Decimal) else str(value)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _union(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result
