"""The state of one evaluation, and what is left of it: the value, the reasons for nulls, and the steps taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.feel import DateTime, Function, Limits, Run, Value, encode
from engine.feel.errors import place as place_in_text
from engine.feel.run import DEFAULT_LIMITS, Mark
from engine.feel.values import Json

MAX_STEPS = 1000
"""Steps that are kept; a function called for each of a million rows must not fill the history."""
MAX_REASONS = 100
MAX_PARTS = 10_000
"""Of one value that is shown: a long list would otherwise stand in the history once for each decision that saw it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a model: the element of the graph, the element in the file, and the table's cell.

    `rule` and `column` count from 1; `line` is the file's.
    """

    owner: str
    element: str = ""
    line: int = 0
    rule: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.owner, f"rule {self.rule}" if self.rule else "", self.column, f"line {self.line}"]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something in an evaluation is null. `line` and `column` are those of the FEEL text, 0 where there is none."""

    message: str
    place: Place
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        position = f", at {self.line}:{self.column}" if self.line else ""
        return f"{self.message}{position} ({self.place})"

    def as_json(self) -> dict[str, Json]:
        return {
            "message": self.message,
            "decision": self.place.owner,
            "element": self.place.element,
            "fileLine": self.place.line,
            "rule": self.place.rule,
            "tableColumn": self.place.column,
            "line": self.line,
            "column": self.column,
        }


class Matched(NamedTuple):
    """A rule that was met: its number from 1, its id, and its outputs. Outputs that nobody needed are not computed."""

    number: int
    id: str
    outputs: tuple[Value, ...] = ()


class TableHit(NamedTuple):
    """What a decision table saw and chose."""

    id: str
    policy: str
    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[Matched, ...]


class Step(NamedTuple):
    """One element evaluated. `kind` is decision, knowledge (a function called) or service."""

    kind: str
    id: str
    name: str
    inputs: Mapping[str, Value]
    tables: tuple[TableHit, ...]
    value: Value

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "inputs": {name: shown(value) for name, value in self.inputs.items()},
            "tables": [_table_json(table) for table in self.tables],
            "value": shown(self.value),
        }


def _table_json(table: TableHit) -> dict[str, Any]:
    return {
        "id": table.id,
        "policy": table.policy,
        "inputs": [[text, shown(value)] for text, value in table.inputs],
        "rules": [
            {"index": rule.number, "id": rule.id, "outputs": [shown(value) for value in rule.outputs]}
            for rule in table.rules
        ],
    }


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer: `problems` say why there are nulls, `steps` how it came about, in order of completion.

    `omitted` counts steps beyond the first thousand.
    """

    value: Value
    problems: tuple[Reason, ...]
    steps: tuple[Step, ...]
    omitted: int = 0

    def as_json(self) -> dict[str, Any]:
        """All of it in the storage form of `feel.encode`; functions appear as their signature."""
        return {
            "value": shown(self.value),
            "problems": [problem.as_json() for problem in self.problems],
            "steps": [step.as_json() for step in self.steps],
            "omitted": self.omitted,
        }


def shown(value: Value) -> Any:
    """The storage form of a value, with functions replaced by their signatures, which is all an auditor can read.

    A value of more than 10,000 parts is not shown, nor one of more levels than can be stored.
    """
    readable, parts = _readable(value, {}, DEFAULT_LIMITS.value_depth)
    return encode(readable) if parts <= MAX_PARTS else "(too large to show)"


def _readable(value: Value, done: dict[int, tuple[Value, int]], levels: int) -> tuple[Value, int]:
    """The value without functions, and how many parts it has when written out.

    Parts that a value shares are visited once, so that a small value that unfolds hugely costs little.
    """
    if isinstance(value, Function):
        return str(value), 1
    if not isinstance(value, list | dict):
        return value, 1
    if levels == 0:
        return None, MAX_PARTS + 1
    if id(value) not in done:
        items = [_readable(item, done, levels - 1) for item in (value if isinstance(value, list) else value.values())]
        copies = [copy for copy, _ in items]
        parts = 1 + sum(parts for _, parts in items)
        done[id(value)] = (copies if isinstance(value, list) else dict(zip(value, copies, strict=True))), parts
    return done[id(value)]


class Scope(dict[str, Value]):
    """Names on top of other names, without copying those."""

    __slots__ = ("outer",)

    def __init__(self, outer: Mapping[str, Value], own: Mapping[str, Value] | None = None) -> None:
        super().__init__(own or {})
        self.outer = outer

    def __missing__(self, name: str) -> Value:
        return self.outer[name]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.outer


Key = tuple[str, str]
"""Of an element of the graph: the namespace of its model, and its id there."""


class Evaluation(Run):
    """One evaluation of a model, used by one thread: FEEL's allowance is shared by all its expressions."""

    __slots__ = ("functions", "inputs", "omitted", "place", "reasons", "steps_taken", "tables", "values")

    def __init__(
        self,
        inputs: Mapping[str, Value],
        now: DateTime | None,
        limits: Limits = DEFAULT_LIMITS,
        functions: Mapping[Key, Function] = MappingProxyType({}),
    ) -> None:
        super().__init__(now, limits)
        self.inputs = inputs
        self.functions = functions
        self.values: dict[Key, Value] = {}
        self.place = Place("")
        self.reasons: list[Reason] = []
        self.steps_taken: list[Step] = []
        self.omitted = 0
        self.tables: list[TableHit] = []

    def fail(self, at: Mark, message: str) -> None:
        """FEEL says why a value is null; add where in the model that is."""
        if len(self.reasons) < MAX_REASONS:
            line, column = place_in_text(at.text, at.offset)
            self.reasons.append(Reason(message, self.place, line, column))

    def report(self, place: Place, message: str) -> None:
        """The model itself says why a value is null."""
        if len(self.reasons) < MAX_REASONS:
            self.reasons.append(Reason(message, place))

    def record(self, step: Step) -> None:
        if len(self.steps_taken) < MAX_STEPS:
            self.steps_taken.append(step)
        else:
            self.omitted += 1

    def decided(self, value: Value) -> Decided:
        return Decided(value, tuple(self.reasons), tuple(self.steps_taken), self.omitted)


def at_rule(place: Place, rule: int, element: str, line: int) -> Place:
    return replace(place, rule=rule, element=element or place.element, line=line or place.line)
