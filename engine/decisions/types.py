"""Item definitions as FEEL types (DMN 1.5, clauses 7.3.2 and 10.3.2.9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.feel import FeelSyntaxError, Value, compile_unary
from engine.feel.types import ANY, BUILT_IN, NUMBER, ContextType, FunctionType, ListType, Restricted, Type
from engine.notation.dmn_model import Definitions, Element, FunctionItem, ItemDefinition, UnaryTests

_CAMUNDA_7: Mapping[str, Type] = dict.fromkeys(("integer", "long", "double"), NUMBER)
"""Type names that Camunda Modeler writes for its version 7; FEEL has one kind of number."""

MAX_NESTING = 50
"""Types that are made of types; values are checked by descending as deep."""

Note = Callable[[str, str, Element], None]
"""(rule, message, where): note a problem of the model."""


@dataclass(slots=True)
class TypeTable:
    """The types of one model by name: its own, and under `import name.type` those it imports."""

    definitions: Definitions
    note: Note
    imported: Mapping[str, Mapping[str, Type]]  # by namespace
    types: dict[str, Type] = field(default_factory=dict)
    _items: dict[str, ItemDefinition] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def build(self) -> dict[str, Type]:
        self._items = {item.name: item for item in self.definitions.items}
        for imported in self.definitions.imports:
            prefix = f"{imported.name}." if imported.name else ""
            for name, type_ in self.imported.get(imported.namespace, {}).items():
                if f"{prefix}{name}" not in self._items:
                    self.types[f"{prefix}{name}"] = type_
        for item in self.definitions.items:
            self._named(item)
        return self.types

    def resolve(self, name: str, element: Element) -> Type:
        """The type a typeRef names; ANY for none. An unknown name is a problem of the model."""
        if not name:
            return ANY
        if name in BUILT_IN:
            return BUILT_IN[name]
        if name in self._items:
            return self._named(self._items[name])
        if name in self.types:
            return self.types[name]
        if name in _CAMUNDA_7:
            return _CAMUNDA_7[name]
        self.note("DMN011", f"expected the name of a type, found {name!r}", element)
        return ANY

    def allowed_values(self, name: str) -> UnaryTests | None:
        """The allowed values of a type of this model that is a restricted simple one."""
        item = self._items.get(name)
        return item.allowed if item is not None and not item.is_collection else None

    def _named(self, item: ItemDefinition) -> Type:
        if item.name in self.types:
            return self.types[item.name]
        if item.name in self._open:
            self.note("DMN008", f"the type {item.name!r} is defined by itself", item)
            return ANY
        if len(self._open) == MAX_NESTING:
            self.note("DMN008", f"expected types that nest at most {MAX_NESTING} deep", item)
            return ANY
        self._open.append(item.name)
        self.types[item.name] = self._build(item)
        self._open.pop()
        return self.types[item.name]

    def _build(self, item: ItemDefinition) -> Type:
        if item.components:
            fields = tuple((component.name, self._build(component)) for component in item.components)
            base: Type = ContextType(fields)
        elif item.function is not None:
            base = self._function(item.function)
        else:
            base = self.resolve(item.type, item)
        base = self._restricted(item.name, base, item.allowed)
        if item.is_collection:
            base = ListType(base)
        return self._restricted(item.name, base, item.constraint)

    def _function(self, item: FunctionItem) -> Type:
        parameters = tuple(self.resolve(parameter.type, parameter) for parameter in item.parameters)
        return FunctionType(parameters, self.resolve(item.output, item))

    def _restricted(self, name: str, base: Type, tests: UnaryTests | None) -> Type:
        """The base type with the values that the tests allow, beside those that the base's own tests allow."""
        if tests is None:
            return base
        allows = self.allowed(tests)
        if allows is None:
            return base
        if isinstance(base, Restricted):
            return Restricted(name, base.base, _both(base.allows, allows))
        return Restricted(name, base, allows)

    def allowed(self, tests: UnaryTests) -> Callable[[Value], bool] | None:
        """Whether a value is among those listed; a text that is not FEEL is a problem of the model."""
        try:
            compiled = compile_unary(tests.text)
        except FeelSyntaxError as error:
            self.note("DMN010", f"allowed values: {error.message}", tests)
            return None
        return lambda value: compiled(value, {}) is True


def _both(first: Callable[[Value], bool] | None, second: Callable[[Value], bool]) -> Callable[[Value], bool]:
    if first is None:
        return second
    return lambda value: first(value) and second(value)
