"""The commands `duban feel`, `duban decide` and `duban conformance dmn-tck`: each returns what to print as JSON."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine import clock, feel
from engine.decisions.conformance import run_tck
from engine.decisions.graph import compile_definitions
from engine.decisions.model import InputUnit, Model
from engine.errors import InvalidInput
from engine.feel import DateTime, FeelError, Value, from_json, to_json
from engine.feel.types import (
    DATE,
    DATE_AND_TIME,
    DAYS_DURATION,
    TIME,
    YEARS_DURATION,
    ContextType,
    ListType,
    Restricted,
    Type,
)
from engine.notation.dmn import read_dmn_files


def evaluate_feel(expression: str, context_json: str = "{}") -> dict[str, Any]:
    """Evaluate a FEEL expression: `value` for people, and why any null came from an error.

    Raises FeelSyntaxError, FeelLimit, or InvalidInput when the context is not a JSON object.
    """
    context = _context(context_json)
    outcome = feel.compile(expression, tuple(context)).explain(context, _now())
    problems = [{"message": each.message, "line": each.line, "column": each.column} for each in outcome.problems]
    return {"value": _readable(outcome.value), "problems": problems}


def decide(file: str | Path, decision: str, context_json: str = "{}", explain: bool = False) -> dict[str, Any]:
    """Evaluate a decision of a .dmn file, which may import others of its folder.

    Where input data is declared as a date, time or duration, a JSON string is read as one. Raises InvalidModel,
    DecisionNotFound, FeelLimit, or InvalidInput.
    """
    model = _load(Path(file))
    decided = model.evaluate(decision, _inputs(model, _context(context_json)), _now())
    answer: dict[str, Any] = {
        "value": _readable(decided.value),
        "problems": [str(problem) for problem in decided.problems],
    }
    if explain:
        answer["explanation"] = decided.as_json()
    return answer


def conformance(folder: str | Path) -> dict[str, Any]:
    """Run any folder laid out like the DMN TCK: `passed`, `total`, both per level and folder, and the failures."""
    return dict(run_tck(Path(folder)).as_json())


def _load(path: Path) -> Model:
    if not path.is_file():
        raise InvalidInput(f"Expected a .dmn file, but there is none at {path}")
    files = {each.name: each.read_bytes() for each in {path, *path.parent.glob("*.dmn")}}
    return compile_definitions(read_dmn_files(files, wanted=path.name)[path.name])


def _now() -> DateTime:
    return DateTime.from_datetime(clock.now())


def _context(text: str) -> dict[str, Value]:
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"Expected the context as JSON: {error}") from error
    if not isinstance(data, dict):
        raise InvalidInput(f"Expected a JSON object as context, found {type(data).__name__}")
    value = from_json(data)
    return value if isinstance(value, dict) else {}


def _readable(value: Value) -> Any:
    """Plain JSON; a value with functions in it as text."""
    try:
        return to_json(value)
    except FeelError:
        return str(value)


def _inputs(model: Model, context: Mapping[str, Value]) -> dict[str, Value]:
    declared = {unit.name: unit.type for unit in model.units.values() if isinstance(unit, InputUnit)}
    return {name: read_as(value, declared[name]) if name in declared else value for name, value in context.items()}


_READERS: Mapping[Type, Callable[[str], Value]] = {
    DATE: feel.parse_date,
    TIME: feel.parse_time,
    DATE_AND_TIME: feel.parse_date_and_time,
    DAYS_DURATION: feel.parse_duration,
    YEARS_DURATION: feel.parse_duration,
}


def read_as(value: Value, wanted: Type) -> Value:
    """JSON has no dates: read strings as the temporal values that the type wants, inside lists and contexts too.

    A text that is none stays a string, and fails where its type is checked.
    """
    if isinstance(wanted, Restricted):
        return read_as(value, wanted.base)
    if isinstance(value, list):
        return [read_as(item, wanted.item if isinstance(wanted, ListType) else wanted) for item in value]
    if isinstance(value, dict) and isinstance(wanted, ContextType):
        fields = dict(wanted.fields)
        return {name: read_as(item, fields[name]) if name in fields else item for name, item in value.items()}
    if isinstance(value, str) and wanted in _READERS:
        try:
            return _READERS[wanted](value)
        except FeelError:
            return value
    return value
