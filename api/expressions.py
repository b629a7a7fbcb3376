"""Trying an expression out: what it gives on a case's data or on given data, or why it gives null, and where."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields

from api.cases import seen
from api.context import current
from api.fields import Data, Schema, text
from api.studio import studio
from engine import clock, feel
from engine.deadlines import ZONE
from engine.errors import InvalidInput
from engine.feel.values import kind
from workflows.desk import case_variables
from workflows.policy import Access


class ExpressionBody(Schema):
    expression = text(32_768, shortest=1, required=True, metadata={"description": "FEEL; a leading = is left out"})
    data = Data(load_default=dict)
    case = text(64, load_default="", metadata={"description": "id; its data stands under `data`, with their types"})
    unary = fields.Boolean(load_default=False, metadata={"description": "a cell of a decision table, about `value`"})
    value = fields.Raw(load_default=None, allow_none=True)


class Why(Schema):
    message = fields.String(required=True)
    line = fields.Integer(required=True, metadata={"description": "from 1; 0 where there is no place"})
    column = fields.Integer(required=True)


class Evaluated(Schema):
    value = fields.Raw(required=True, allow_none=True)
    type = fields.String(required=True, metadata={"description": "of FEEL"})
    problems = fields.List(fields.Nested(Why), required=True, metadata={"description": "why it is null"})
    refused = fields.Nested(
        Why, required=True, allow_none=True, metadata={"description": "it is not FEEL, or asks for too much"}
    )


@studio.operation(
    "POST", "/expressions", Access.STUDIO, body=ExpressionBody, answer=Evaluated, refusals=(404,),
    limit="240 per minute", example={"expression": "amount * 2", "data": {"amount": 21}},
)  # fmt: skip
def try_expression(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an expression gives, or why it gives null; nothing is kept"""
    written: str = body["expression"]
    bare = written.removeprefix("=")
    left = len(written) - len(bare)
    try:
        outcome = _outcome(bare, body, _scope(body))
    except (feel.FeelSyntaxError, feel.FeelLimit) as error:
        refused = {"message": error.reason, "line": error.line, "column": error.column}
        return {"value": None, "type": "null", "problems": [], "refused": _moved(refused, left)}
    problems = [{"message": one.message, "line": one.line, "column": one.column} for one in outcome.problems]
    return {
        "value": _plain(outcome.value), "type": kind(outcome.value), "refused": None,
        "problems": [_moved(one, left) for one in problems],
    }  # fmt: skip


def _scope(body: Mapping[str, Any]) -> dict[str, feel.Value]:
    """The data of the case, and over it what was given."""
    known: dict[str, feel.Value] = {}
    if body["case"]:
        with current().store.reading() as connection:
            known = dict(case_variables(connection, seen(connection, body["case"]).id))
    return known | {name: _value(value, f"data.{name}") for name, value in body["data"].items()}


def _value(value: Any, place: str) -> feel.Value:
    try:
        return feel.from_json(value)
    except feel.FeelError as error:
        raise InvalidInput(error.message, {place: [f"type: {error.message}"]}) from error


def _outcome(written: str, body: Mapping[str, Any], scope: Mapping[str, feel.Value]) -> feel.Outcome:
    now = feel.DateTime.from_datetime(clock.now().astimezone(ZoneInfo(ZONE)))
    if body["unary"]:
        return feel.compile_unary(written, tuple(scope)).explain(_value(body["value"], "value"), scope, now)
    return feel.compile(written, tuple(scope)).explain(scope, now)


def _plain(value: feel.Value) -> Any:
    """As JSON; what holds a function, as text."""
    try:
        return feel.to_json(value)
    except feel.FeelError:
        return feel.describe(value)


def _moved(why: dict[str, Any], by: int) -> dict[str, Any]:
    """In the text as it was written: the sign in front of it stands in the first line."""
    return {**why, "column": why["column"] + by} if why["line"] == 1 else why
