"""Bodies and queries, read strictly: numbers exact, names once, nothing that a database or a log could choke on."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

import marshmallow as ma
from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser

from api.problems import NotJson
from engine.errors import InvalidInput

MAX_JSON = 1024 * 1024
_DEPTH = 64
"""Levels of nesting: more than any form has, less than what would exhaust Python's stack."""


def read_json(body: bytes) -> Any:
    """The value of a JSON text (RFC 8259). Fractions become Decimal; duplicate names, NaN, lone surrogates, U+0000 and
    deep nesting are refused with NotJson."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_object)
        _expect_shallow(value)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotJson(f"Expected JSON in UTF-8, but it cannot be read: {error}") from None
    if "\\u" in text and any(_unstorable(part) for part in _texts(value)):
        raise NotJson("Expected text of Unicode characters, but found U+0000 or a lone surrogate")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice in one object")
    return found


def _expect_shallow(value: Any) -> None:
    level = [value]
    for _ in range(_DEPTH):
        level = [part for parent in level for part in _parts(parent)]
        if not level:
            return
    raise ValueError(f"more than {_DEPTH} levels of nesting")


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _unstorable(text: str) -> bool:
    return any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


class StrictParser(FlaskParser):
    """Refuses unknown members everywhere, and answers with our own errors."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "form": ma.RAISE,
        "files": ma.RAISE,
    }

    def _raw_load_json(self, req: Request) -> Any:
        body = req.get_data(cache=True)
        if not body:
            return core.missing
        if not req.is_json:
            raise NotJson(f"Expected Content-Type: application/json, but found {req.mimetype or 'none'}")
        return read_json(body)

    def handle_error(self, error: ma.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """The hook of webargs for what a schema refuses."""
        messages = error.messages if isinstance(error.messages, dict) else {"body": error.messages}
        fields: dict[str, list[str]] = {}
        for location in messages.values():
            _flatten(location, "", fields)
        raise InvalidInput(_summary(fields), fields)


def _flatten(found: Any, path: str, into: dict[str, list[str]]) -> None:
    """marshmallow's nested messages as `{"data.amount": ["type: …"]}`."""
    if isinstance(found, dict):
        for name, inner in found.items():
            own = "" if name == "_schema" else str(name)
            _flatten(inner, ".".join(part for part in (path, own) if part), into)
    else:
        into.setdefault(path or "body", []).extend(_coded(str(text)) for text in found)


def _coded(text: str) -> str:
    """Every message begins with a code that a client can translate; marshmallow's own have none."""
    if re.match(r"[a-zA-Z]+(: |$)", text):
        return text
    return {"Missing data for required field.": "required", "Unknown field.": "unknown"}.get(text, f"type: {text}")


def _summary(fields: dict[str, list[str]]) -> str:
    return "; ".join(f"{path}: {', '.join(texts)}" for path, texts in sorted(fields.items()))[:500]
