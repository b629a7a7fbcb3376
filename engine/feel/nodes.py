"""What the parser makes of a text. Every node knows the offset at which problems with it are reported."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from engine.feel.types import Type
from engine.feel.values import Temporal


@dataclass(slots=True)
class Literal:
    at: int
    value: bool | str | Decimal | Temporal | None


@dataclass(slots=True)
class Invalid:
    """A literal whose text is no value, such as `@"foo"`: null, for this reason."""

    at: int
    reason: str


@dataclass(slots=True)
class Name:
    at: int
    name: str


@dataclass(slots=True)
class Chain:
    """Operators of one precedence, left to right: `first op1 operand1 op2 operand2 ...`."""

    at: int
    first: "Node"
    rest: list[tuple[str, int, "Node"]]


@dataclass(slots=True)
class Logic:
    """`and` or `or` of two or more operands."""

    at: int
    word: str
    operands: list["Node"]


@dataclass(slots=True)
class Negation:
    at: int
    operand: "Node"


@dataclass(slots=True)
class Comparison:
    at: int
    operator: str
    left: "Node"
    right: "Node"


@dataclass(slots=True)
class Between:
    at: int
    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(slots=True)
class In:
    at: int
    value: "Node"
    tests: list["Node"]


@dataclass(slots=True)
class Test:
    """`< 5`, `= 5` and the like: a range when it stands alone."""

    at: int
    operator: str
    operand: "Node"


@dataclass(slots=True)
class NotTests:
    """`not(test, ...)` in unary tests."""

    at: int
    tests: list["Node"]


@dataclass(slots=True)
class Interval:
    at: int
    low_closed: bool
    low: "Node"
    high: "Node"
    high_closed: bool


@dataclass(slots=True)
class InstanceOf:
    at: int
    value: "Node"
    type: Type


@dataclass(slots=True)
class Path:
    at: int
    base: "Node"
    name: str


@dataclass(slots=True)
class Filter:
    at: int
    base: "Node"
    condition: "Node"


@dataclass(slots=True)
class Call:
    """A call; `names` gives the parameter of each argument when they are named."""

    at: int
    function: "Node"
    arguments: list["Node"]
    names: list[str] | None


@dataclass(slots=True)
class If:
    """`if a then b else if c then d else e`: branches (condition, value), then the last value."""

    at: int
    branches: list[tuple["Node", "Node"]]
    otherwise: "Node"


@dataclass(slots=True)
class Sequence:
    """The iteration context `low..high`."""

    at: int
    low: "Node"
    high: "Node"


@dataclass(slots=True)
class For:
    at: int
    iterators: list[tuple[str, "Node"]]
    result: "Node"


@dataclass(slots=True)
class Quantified:
    at: int
    word: str
    iterators: list[tuple[str, "Node"]]
    condition: "Node"


@dataclass(slots=True)
class Lambda:
    """A function definition; `external` ones have the context that names the foreign function as their body."""

    at: int
    params: list[tuple[str, Type | None]]
    body: "Node"
    external: bool


@dataclass(slots=True)
class ListOf:
    at: int
    items: list["Node"]


@dataclass(slots=True)
class ContextOf:
    at: int
    entries: list[tuple[str, "Node"]]


Node: TypeAlias = (
    Literal
    | Invalid
    | Name
    | Chain
    | Logic
    | Negation
    | Comparison
    | Between
    | In
    | Test
    | NotTests
    | Interval
    | InstanceOf
    | Path
    | Filter
    | Call
    | If
    | Sequence
    | For
    | Quantified
    | Lambda
    | ListOf
    | ContextOf
)
