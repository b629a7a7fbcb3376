"""What a .dmn file says, read and checked: the immutable model that `engine.decisions` compiles (DMN 1.5).

Texts of FEEL are kept as written; compiling them is the business of `engine.decisions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Element:
    """Anything that has a place in the file. `line` counts from 1 (0: unknown)."""

    id: str = ""
    line: int = 0


# Expressions (clause 7.3, 8, 10.2.1) --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expression(Element):
    """A boxed expression. `type` is its typeRef, empty for none."""

    type: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Literal(Expression):
    """A FEEL text."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class UnaryTests(Element):
    """A FEEL text of unary tests: a cell, input or output values, allowed values."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InformationItem(Element):
    """A variable, parameter, binding's parameter or column: a name with an optional typeRef."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ContextEntry(Element):
    """One entry; without a variable it is the result of the context."""

    variable: InformationItem | None
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Context(Expression):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Binding(Element):
    parameter: InformationItem
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Invocation(Expression):
    function: Expression | None
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionDefinition(Expression):
    """`kind` is FEEL or Java; a Java body is a context of `class` and `method signature` (clause 10.3.2.13.3)."""

    kind: str
    parameters: tuple[InformationItem, ...]
    body: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BoxedList(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Relation(Expression):
    columns: tuple[InformationItem, ...]
    rows: tuple[tuple[Expression, ...], ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Conditional(Expression):
    condition: Expression | None
    then: Expression | None
    otherwise: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Filter(Expression):
    source: Expression | None
    match: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Iteration(Expression):
    """`kind` is for, some or every; `body` is what it returns or must satisfy. `item` types the iterator variable."""

    kind: str
    item: InformationItem
    source: Expression | None
    body: Expression | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InputClause(Element):
    expression: Literal
    values: UnaryTests | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OutputClause(Element):
    name: str = ""
    type: str = ""
    values: UnaryTests | None = None
    default: Literal | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rule(Element):
    """One rule: as many cells as the table has clauses. `annotations` are for people."""

    inputs: tuple[UnaryTests, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DecisionTable(Expression):
    """`policy` is the letter of clause 8.2.8: U A P F R O C; `aggregation` with C: empty, SUM, MIN, MAX or COUNT."""

    policy: str
    aggregation: str
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


# Types (clause 7.3.2) -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionItem(Element):
    parameters: tuple[InformationItem, ...]
    output: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ItemDefinition(Element):
    """A named type: another type (`type`), components, or a function.

    `allowed` constrains the value, or each element of a collection; `constraint` the value as a whole.
    """

    name: str
    type: str = ""
    is_collection: bool = False
    allowed: UnaryTests | None = None
    constraint: UnaryTests | None = None
    components: tuple["ItemDefinition", ...] = ()
    function: FunctionItem | None = None


# The requirements graph (clause 6) ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reference(Element):
    """A resolved href: the element `target` of the model with that namespace. `id` is the requirement's own."""

    namespace: str
    target: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InputData(Element):
    name: str
    variable: InformationItem


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Decision(Element):
    """`information` leads to decisions and input data, `knowledge` to business knowledge models and services."""

    name: str
    variable: InformationItem
    information: tuple[Reference, ...] = ()
    knowledge: tuple[Reference, ...] = ()
    expression: Expression | None = None
    question: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class KnowledgeModel(Element):
    """A business knowledge model: a function in the graph."""

    name: str
    variable: InformationItem
    knowledge: tuple[Reference, ...] = ()
    logic: FunctionDefinition | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DecisionService(Element):
    name: str
    variable: InformationItem
    outputs: tuple[Reference, ...] = ()
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


DrgElement = InputData | Decision | KnowledgeModel | DecisionService


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Import(Element):
    """Another model under a name; with an empty name its elements join the importing model's own (clause 6.3.3)."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Definitions(Element):
    """One .dmn file. `elements` maps ids to what the requirements graph consists of, in the file's order."""

    name: str
    namespace: str
    file: str = ""
    source: bytes = b""
    imports: tuple[Import, ...] = ()
    imported: Mapping[str, "Definitions"] = field(default_factory=dict)  # by namespace
    items: tuple[ItemDefinition, ...] = ()
    elements: Mapping[str, DrgElement] = field(default_factory=dict)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in the file's order."""
        return tuple(element for element in self.elements.values() if isinstance(element, Decision))
