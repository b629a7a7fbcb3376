"""From what a .dmn file says to a compiled model: types, every element of the requirements graph, then its edges."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from engine.decisions.compiler import (
    Compiler,
    Environment,
    External,
    boxed_children,
    converted,
    frames,
    result_type,
    special_names,
)
from engine.decisions.evaluation import Key, Place
from engine.decisions.model import Bindings, DataUnit, DecisionUnit, InputUnit, KnowledgeUnit, Model, ServiceUnit, Unit
from engine.decisions.types import TypeTable
from engine.errors import InvalidModel, Problem
from engine.feel import BUILTINS, Function, Library, Limits, Param
from engine.feel.run import DEFAULT_LIMITS
from engine.feel.types import Type
from engine.notation.dmn_model import (
    Decision,
    DecisionService,
    Definitions,
    DrgElement,
    Element,
    FunctionDefinition,
    InputData,
    KnowledgeModel,
    Reference,
)


def compile_definitions(
    definitions: Definitions,
    *,
    external: External | None = None,
    limits: Limits = DEFAULT_LIMITS,
    tolerant: bool = False,
) -> Model:
    """Compile a model with all that it imports. `external` finds external functions; without it, there are none.

    Raises InvalidModel with all problems: DMN004 (external function), DMN008 (cycle), DMN010 (FEEL syntax), DMN011
    (unknown type). When `tolerant`, what does not compile yields null with the reason, as the TCK expects, and only a
    cycle is refused.
    """
    return Build(definitions, external, limits).model(tolerant)


def walk(root: Element) -> Iterator[Element]:
    """The element and everything inside it; of definitions, the types and the graph."""
    pending: list[Element] = [root]
    while pending:
        item = pending.pop()
        yield item
        pending.extend(item.elements.values() if isinstance(item, Definitions) else ())
        pending.extend(boxed_children(item))


@dataclass(frozen=True, slots=True)
class Part:
    """One of the models that are compiled together, with the ways (import names) that lead to it from the first."""

    definitions: Definitions
    compiler: Compiler
    path: tuple[str, ...]


class Build:
    """One compilation."""

    def __init__(self, definitions: Definitions, external: External | None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.definitions = definitions
        self.external = external
        self.limits = limits
        self.problems: list[Problem] = []
        self.parts: dict[str, Part] = {}
        self.units: dict[Key, Unit] = {}
        self.functions: dict[Key, Function] = {}

    def model(self, tolerant: bool = False) -> Model:
        self.compile()
        if any(not tolerant or problem.rule == "DMN008" for problem in self.problems):
            raise InvalidModel(self.problems)
        units = self.units.items()
        return Model(
            name=self.definitions.name,
            namespace=self.definitions.namespace,
            units=MappingProxyType(self.units),
            functions=MappingProxyType(self.functions),
            by_name=MappingProxyType({name: key for key, unit in units for name in self._names(key, unit)}),
            limits=self.limits,
        )

    def compile(self) -> None:
        """Compile all there is; problems are collected."""
        paths = _paths(self.definitions)
        words = special_names(
            name
            for model, _ in paths.values()
            for element in walk(model)
            if isinstance(name := getattr(element, "name", ""), str)
        ).difference(BUILTINS)  # a name that is only known from elsewhere hides no function
        for namespace, (model, path) in paths.items():
            self.parts[namespace] = self._part(model, path, words)
        if self._is_cyclic():
            return
        for part in self.parts.values():
            for key, element in part.definitions.elements.items():
                self._add(part, (part.definitions.namespace, key), element)
        self._link()

    def _names(self, key: Key, unit: Unit) -> list[str]:
        """The names by which a caller may ask for the unit: its own, after the names of the imports that lead to it."""
        path = self.parts[key[0]].path
        return [".".join([*path, unit.name])]

    def _part(self, definitions: Definitions, path: tuple[str, ...], words: frozenset[str]) -> Part:
        def note(rule: str, message: str, element: Element) -> None:
            self.problems.append(Problem(rule, message, element.id, element.line, definitions.file))

        imported = {namespace: self.parts[namespace].compiler.types.types for namespace in definitions.imported}
        types = TypeTable(definitions, note, imported)
        library = Library(types.build(), self.external)
        return Part(definitions, Compiler(types, note, words, self.external, library), path)

    def _is_cyclic(self) -> bool:
        graph = {
            (namespace, key): [(each.namespace, each.target) for each in _requirements(element)]
            for namespace, part in self.parts.items()
            for key, element in part.definitions.elements.items()
        }
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ring = [self.parts[namespace].definitions.elements[key] for namespace, key in error.args[1]]
            names = " → ".join(each.name for each in ring)
            part = self.parts[error.args[1][0][0]]
            part.compiler.note("DMN008", f"the requirements form a ring: {names}", ring[0])
            return True
        return False

    # Units ----------------------------------------------------------------------------------------------------------

    def _add(self, part: Part, key: Key, element: DrgElement) -> None:
        place = Place(element.name, element.id, element.line)
        type_ = part.compiler.types.resolve(element.variable.type, element.variable)
        if isinstance(element, InputData):
            self.units[key] = _input(part, key, element, place, type_)
        elif isinstance(element, Decision):
            self.units[key] = self._decision(part, key, element, place, type_)
        elif isinstance(element, KnowledgeModel):
            self._knowledge(part, key, element, place, type_)
        else:
            self._service(key, element, place)

    def _decision(self, part: Part, key: Key, element: Decision, place: Place, type_: Type) -> DecisionUnit:
        information = self._bindings(part, element.information)
        functions = self._bindings(part, element.knowledge)
        owner = "#".join(key)
        env = Environment(owner, frozenset(information.names() + functions.names()), place)
        node = converted(part.compiler.compile(element.expression, env), type_, place)
        unknown = part.compiler.unknown.get(owner, {}).keys()
        by_id = Bindings(tuple((each.target, _key(each)) for each in element.information if each.target in unknown))
        return DecisionUnit(
            key=key,
            id=element.id,
            name=element.name,
            place=place,
            type=type_,
            information=Bindings(information.own + by_id.own, information.imported),
            functions=functions,
            node=node,
            loose=tuple(sorted(unknown - set(by_id.names()) - _declared(part.definitions))),
        )

    def _knowledge(self, part: Part, key: Key, element: KnowledgeModel, place: Place, type_: Type) -> None:
        """The function sees its own name as well, so it may call itself."""
        logic = element.logic or FunctionDefinition(kind="FEEL", parameters=(), body=None)
        required = self._bindings(part, element.knowledge)
        bindings = Bindings(((element.variable.name, key), *required.own), required.imported)
        parameters = tuple(parameter.name for parameter in logic.parameters)
        env = Environment("#".join(key), frozenset((*bindings.names(), *parameters)), place)
        node = part.compiler.body(logic, env)
        unit = KnowledgeUnit(key, element.id, element.name, place, bindings, parameters, node)
        params, result = part.compiler.params(logic), result_type(type_)
        self.functions[key] = Function(element.name, params, unit.call, result, frames(logic.body))
        self.units[key] = unit

    def _service(self, key: Key, element: DecisionService, place: Place) -> None:
        parameters = [*element.input_data, *element.input_decisions]
        self.units[key] = ServiceUnit(
            key,
            element.id,
            element.name,
            place,
            parameters=tuple((self._target(each).variable.name, _key(each)) for each in parameters),
            outputs=tuple((self._target(each).variable.name, _key(each)) for each in element.outputs),
        )

    def _bindings(self, part: Part, references: tuple[Reference, ...]) -> Bindings:
        home = part.definitions.namespace
        prefixes = {imported.namespace: imported.name for imported in part.definitions.imports}
        prefixes[home] = ""
        return Bindings.of(
            (prefixes[each.namespace], self._target(each).variable.name, _key(each)) for each in references
        )

    def _target(self, reference: Reference) -> DrgElement:
        return self.parts[reference.namespace].definitions.elements[reference.target]

    # Edges ----------------------------------------------------------------------------------------------------------

    def _link(self) -> None:
        """Now that every unit exists, let each know those it requires, and make the functions of the services."""
        for key, unit in self.units.items():
            if isinstance(unit, DecisionUnit):
                unit.requires = self._data(unit.information.keys())
            elif isinstance(unit, ServiceUnit):
                unit.requires = self._data([output for _, output in unit.outputs])
                params = [
                    Param(name, each.type)
                    for (name, _), each in zip(
                        unit.parameters, self._data([p for _, p in unit.parameters]), strict=True
                    )
                ]
                self.functions[key] = Function(unit.name, params, unit.call, self._service_result(key))

    def _data(self, keys: list[Key]) -> tuple[DataUnit, ...]:
        units = [self.units[key] for key in keys]
        return tuple(unit for unit in units if isinstance(unit, InputUnit | DecisionUnit))

    def _service_result(self, key: Key) -> Type:
        part = self.parts[key[0]]
        variable = part.definitions.elements[key[1]].variable
        return result_type(part.compiler.types.resolve(variable.type, variable))


def _paths(root: Definitions) -> dict[str, tuple[Definitions, tuple[str, ...]]]:
    """All models that take part, by namespace, each after those it imports, with the import names that lead to it."""
    found: dict[str, tuple[Definitions, tuple[str, ...]]] = {root.namespace: (root, ())}
    pending = [root.namespace]
    for namespace in pending:  # grows while it is walked: the shortest way to each model is found first
        model, path = found[namespace]
        for imported in model.imports:
            if imported.namespace in model.imported and imported.namespace not in found:
                prefix = (imported.name,) if imported.name else ()
                found[imported.namespace] = (model.imported[imported.namespace], path + prefix)
                pending.append(imported.namespace)
    graph = {namespace: list(model.imported) for namespace, (model, _) in found.items()}
    return {namespace: found[namespace] for namespace in TopologicalSorter(graph).static_order()}


def _requirements(element: DrgElement) -> tuple[Reference, ...]:
    if isinstance(element, Decision):
        return element.information + element.knowledge
    if isinstance(element, KnowledgeModel):
        return element.knowledge
    return element.outputs if isinstance(element, DecisionService) else ()


def _key(reference: Reference) -> Key:
    return (reference.namespace, reference.target)


def _declared(definitions: Definitions) -> frozenset[str]:
    """Names of the graph's elements: to read one of them without requiring it is a mistake, not a caller's variable."""
    return frozenset(element.variable.name for element in definitions.elements.values())


def _input(part: Part, key: Key, element: InputData, place: Place, type_: Type) -> InputUnit:
    name = element.variable.name
    paths: tuple[tuple[str, ...], ...] = ((name,),)
    if part.path:
        paths = ((f"{{{key[0]}}}{name}",), (*part.path, name), (name,))
    return InputUnit(key, name, place, type_, paths)
