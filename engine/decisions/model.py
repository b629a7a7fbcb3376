"""A compiled decision model: its requirements graph (DMN 1.5, clause 6), evaluated by any number of threads.

An element of the graph is a unit. Units of data (input data, decisions) are evaluated once per evaluation; those of
knowledge (business knowledge models, decision services) are functions that exist once per model.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from engine.decisions.compiler import converted
from engine.decisions.errors import DecisionNotFound
from engine.decisions.evaluation import Decided, Evaluation, Key, Place, Scope, Step
from engine.decisions.tables import Node
from engine.feel import DateTime, Function, Limits, Run, Value
from engine.feel.errors import Failure
from engine.feel.run import DEFAULT_LIMITS
from engine.feel.types import Type

NO_NAMES: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Bindings:
    """The names that an element sees and where their values are: own ones, and those under the name of an import."""

    own: tuple[tuple[str, Key], ...] = ()
    imported: tuple[tuple[str, tuple[tuple[str, Key], ...]], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, Key]]) -> "Bindings":
        """From (import name or "", variable, key)."""
        own: list[tuple[str, Key]] = []
        imported: dict[str, list[tuple[str, Key]]] = {}
        for prefix, name, key in pairs:
            (imported.setdefault(prefix, []) if prefix else own).append((name, key))
        return cls(tuple(own), tuple((prefix, tuple(members)) for prefix, members in imported.items()))

    def names(self) -> list[str]:
        return [name for name, _ in self.own] + [prefix for prefix, _ in self.imported]

    def members(self) -> list[str]:
        return [name for _, members in self.imported for name, _ in members]

    def keys(self) -> list[Key]:
        return [key for _, key in self.own] + [key for _, members in self.imported for _, key in members]

    def bind(self, values: Mapping[Key, Value], into: dict[str, Value]) -> None:
        for name, key in self.own:
            into[name] = values[key]
        for prefix, members in self.imported:
            context = into.get(prefix)
            entries = {name: values[key] for name, key in members}
            into[prefix] = {**context, **entries} if isinstance(context, dict) else entries


@dataclass(slots=True, eq=False)
class InputUnit:
    """Input data. `node` finds what the caller gave and converts it to the declared type.

    `paths` are the ways to it: the name alone, and for input data of an imported model, first `{namespace}name`, then
    the name inside the contexts of the imports that lead there.
    """

    key: Key
    name: str
    place: Place
    type: Type
    paths: tuple[tuple[str, ...], ...]
    requires: tuple["DataUnit", ...] = ()
    node: Node = field(init=False)

    def __post_init__(self) -> None:
        self.node = converted(self._find, self.type, self.place)

    def evaluate(self, run: Evaluation) -> None:
        """Take the value from what the caller gave."""
        run.values[self.key] = self.node(run.inputs, run)

    def _find(self, scope: Mapping[str, Value], run: Evaluation) -> Value:
        for *contexts, name in self.paths:
            place: Mapping[str, Value] = scope
            for step in contexts:
                inner = place[step] if step in place else None  # noqa: SIM401 (a scope of the engine has no `get`)
                place = inner if isinstance(inner, dict) else NO_NAMES
            if name in place:
                return place[name]
        run.report(self.place, f"the input '{self.name}' was not given")
        return None


@dataclass(slots=True, eq=False)
class DecisionUnit:
    """A decision. `loose` are names it reads without requiring them; they are taken from what the caller gave."""

    key: Key
    id: str
    name: str
    place: Place
    type: Type
    information: Bindings
    functions: Bindings
    node: Node
    loose: tuple[str, ...] = ()
    requires: tuple["DataUnit", ...] = ()

    def evaluate(self, run: Evaluation) -> None:
        """Compute the value from those of its requirements, which are there already."""
        scope: dict[str, Value] = {}
        for name in self.loose:
            if name in run.inputs:
                scope[name] = run.inputs[name]
        self.information.bind(run.values, scope)
        seen = scope
        if self.functions.own or self.functions.imported:
            scope = dict(seen)
            self.functions.bind(run.functions, scope)
        tables, run.tables = run.tables, []
        value = self.node(scope, run)
        run.record(Step("decision", self.id, self.name, seen, tuple(run.tables), value))
        run.tables = tables
        run.values[self.key] = value


@dataclass(slots=True, eq=False)
class KnowledgeUnit:
    """A business knowledge model: a function that sees its parameters and the functions it requires, nothing else."""

    key: Key
    id: str
    name: str
    place: Place
    functions: Bindings
    parameters: tuple[str, ...]
    node: Node

    def call(self, args: Sequence[Value], run: Run) -> Value:
        run = _within(run)
        scope: dict[str, Value] = {}
        self.functions.bind(run.functions, scope)
        arguments = dict(zip(self.parameters, args, strict=True))
        place, tables = run.place, run.tables
        run.tables = []
        try:
            value = self.node(Scope(scope, arguments), run)
            run.record(Step("knowledge", self.id, self.name, arguments, tuple(run.tables), value))
        finally:
            run.place, run.tables = place, tables
        return value


@dataclass(slots=True, eq=False)
class ServiceUnit:
    """A decision service: its parameters are input data, then input decisions; what it yields are its outputs."""

    key: Key
    id: str
    name: str
    place: Place
    parameters: tuple[tuple[str, Key], ...]
    outputs: tuple[tuple[str, Key], ...]
    requires: tuple["DataUnit", ...] = ()

    def call(self, args: Sequence[Value], run: Run) -> Value:
        run = _within(run)
        place, inputs, values = run.place, run.inputs, run.values
        given = dict(zip([name for name, _ in self.parameters], args, strict=True))
        run.inputs = NO_NAMES
        run.values = dict(zip([key for _, key in self.parameters], args, strict=True))
        try:
            value = self.result(run)
        finally:
            run.place, run.inputs, run.values = place, inputs, values
        run.record(Step("service", self.id, self.name, given, (), value))
        return value

    def result(self, run: Evaluation) -> Value:
        """Evaluate what is not given yet; one output is the value, several are a context."""
        for unit in self.requires:
            provide(unit, run)
        results = {name: run.values[key] for name, key in self.outputs}
        return next(iter(results.values())) if len(results) == 1 else results


def _within(run: Run) -> Evaluation:
    if not isinstance(run, Evaluation):
        raise Failure("a function of a decision model can only be called inside the model")
    return run


def provide(unit: "DataUnit", run: Evaluation) -> None:
    """Have the unit's value in `run.values`, after those of all it requires. A loop, so that no graph is too deep."""
    values = run.values
    pending = [unit]
    while pending:
        unit = pending[-1]
        waiting = []
        for each in unit.requires:
            if each.key not in values:
                if each.requires:
                    waiting.append(each)
                else:
                    each.evaluate(run)
        if waiting:
            pending.extend(reversed(waiting))
            continue
        pending.pop()
        if unit.key not in values:
            unit.evaluate(run)


DataUnit: TypeAlias = InputUnit | DecisionUnit
Unit: TypeAlias = InputUnit | DecisionUnit | KnowledgeUnit | ServiceUnit


@dataclass(slots=True, eq=False)
class Model:
    """A compiled model. Nothing in it changes any more; threads share it."""

    name: str
    namespace: str
    units: Mapping[Key, Unit]
    functions: Mapping[Key, Function]
    by_name: Mapping[str, Key]
    limits: Limits = field(default=DEFAULT_LIMITS)

    def evaluate(self, decision: str, inputs: Mapping[str, Value], now: DateTime | None = None) -> Decided:
        """Evaluate a decision, decision service or business knowledge model, given by id or name.

        `inputs` are the values of input data by name (for a function, of its parameters); others are ignored. Raises
        DecisionNotFound for an unknown decision and FeelLimit when the evaluation needs more than `limits` allow;
        everything else that goes wrong is null, with its reason in `problems`.
        """
        unit = self.unit(decision)
        run = Evaluation(inputs, now, self.limits, self.functions)
        if isinstance(unit, DecisionUnit | InputUnit):
            provide(unit, run)
            return run.decided(run.values[unit.key])
        return run.decided(self._call(unit, inputs, run))

    def _call(self, unit: KnowledgeUnit | ServiceUnit, inputs: Mapping[str, Value], run: Evaluation) -> Value:
        """Call a function with the inputs of its parameters' names; those that are missing are null."""
        function = self.functions[unit.key]
        for param in function.params:
            if param.name not in inputs:
                run.report(unit.place, f"the input '{param.name}' was not given")
        names = [param.name for param in function.params]
        args = [inputs[name] if name in inputs else None for name in names]  # noqa: SIM401 (a scope has no `get`)
        try:
            return function.call(args, run)
        except Failure as failure:
            run.report(unit.place, str(failure))
            return None

    def unit(self, decision: str) -> Unit:
        """The element of the graph with that id or name. Raises DecisionNotFound."""
        key = (self.namespace, decision)
        unit = self.units.get(key) or self.units.get(self.by_name.get(decision, key))
        if unit is None:
            known = ", ".join(sorted(self.by_name))
            raise DecisionNotFound(f"Expected the id or name of a decision, found '{decision}'; there are: {known}")
        return unit

    def required_inputs(self, decision: str) -> tuple[str, ...]:
        """The names that it reads from `inputs`: input data, undeclared names, or a function's parameters."""
        unit = self.unit(decision)
        if isinstance(unit, KnowledgeUnit | ServiceUnit):
            return tuple(param.name for param in self.functions[unit.key].params)
        names: dict[str, None] = {}
        pending: list[DataUnit] = [unit]
        seen: set[Key] = set()
        while pending:
            each = pending.pop()
            if each.key not in seen:
                seen.add(each.key)
                names.update(dict.fromkeys([each.name] if isinstance(each, InputUnit) else each.loose))
                pending.extend(reversed(each.requires))
        return tuple(names)

    @property
    def decisions(self) -> tuple[DecisionUnit, ...]:
        """The decisions of the model itself, in the file's order."""
        units = self.units.values()
        return tuple(unit for unit in units if isinstance(unit, DecisionUnit) and unit.key[0] == self.namespace)

    @property
    def decision_ids(self) -> tuple[str, ...]:
        """What a diagram or a ladder may name: the ids of the model's own decisions."""
        return tuple(unit.id for unit in self.decisions)
