"""FEEL, the expression language of DMN 1.5 (clause 10): read once, compiled to closures, evaluated within limits.

    expression = compile("amount > 3 and kind = \"x\"")
    expression({"amount": Decimal(4), "kind": "x"})      # True
    expression.explain({}).problems                      # why it is null

Nothing here reads a clock or draws a random number: `now()` is what the caller says it is.
"""

from engine.feel.errors import Failure, FeelError, FeelLimit, FeelProblem, FeelSyntaxError
from engine.feel.expression import Expression, Library, Outcome, Scope, UnaryTests, compile, compile_unary
from engine.feel.library import BUILTINS
from engine.feel.run import DEFAULT_LIMITS, Limits, Mark, Run
from engine.feel.types import Type, coerce, conforms, instance_of
from engine.feel.values import (
    Date,
    DateTime,
    DaysDuration,
    Function,
    Json,
    Param,
    Range,
    Time,
    Value,
    YearsDuration,
    add,
    decode,
    describe,
    encode,
    from_json,
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
    to_json,
)

__all__ = [
    "BUILTINS",
    "DEFAULT_LIMITS",
    "Date",
    "DateTime",
    "DaysDuration",
    "Expression",
    "Failure",
    "FeelError",
    "FeelLimit",
    "FeelProblem",
    "FeelSyntaxError",
    "Function",
    "Json",
    "Library",
    "Limits",
    "Mark",
    "Outcome",
    "Param",
    "Range",
    "Run",
    "Scope",
    "Time",
    "Type",
    "UnaryTests",
    "Value",
    "YearsDuration",
    "add",
    "coerce",
    "compile",
    "compile_unary",
    "conforms",
    "decode",
    "describe",
    "encode",
    "from_json",
    "instance_of",
    "parse_date",
    "parse_date_and_time",
    "parse_duration",
    "parse_time",
    "to_json",
]
