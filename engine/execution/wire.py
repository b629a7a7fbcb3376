"""Commands and events to and from JSON: the part of entry format v1 that carries them.

A record becomes `{"type": <class name>, <field>: …}` in declaration order; a field at its default is left out, so a
field added later does not change the bytes of older entries. Fields made by `values()` hold FEEL values and are
tagged (`engine.feel.encode`). A personal variable is replaced by `{"p": <commitment>}`; its salted opening is kept
apart.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

from engine import feel
from engine.errors import DubanError

Values = dict[str, feel.Value]
VALUES = {"values": True}


class Erased(DubanError):
    """A personal value of this entry has been erased; the entry can be verified but not re-executed."""


def values() -> Any:
    """A dataclass field that holds FEEL values by name; empty by default."""
    return field(default_factory=dict, metadata=VALUES)


@dataclass(slots=True)
class Openings:
    """The personal values of one entry: commitment → [salt, canonical JSON of the value].

    Equal values of one entry share a commitment, so that an event repeats what the command said. `known` are openings
    of an entry written before: re-encoding with them gives the same bytes again.
    """

    personal: Collection[str] = frozenset()
    salt: Callable[[], str] = lambda: secrets.token_hex(16)
    opened: dict[str, list[str]] = field(default_factory=dict)

    def conceal(self, value: feel.Value) -> dict[str, str]:
        text = dumps(feel.encode(value))
        for commitment, (_, known) in self.opened.items():
            if known == text:
                return {"p": commitment}
        salt = self.salt()
        commitment = commitment_of(salt, text)
        self.opened[commitment] = [salt, text]
        return {"p": commitment}

    def open(self, commitment: str) -> feel.Value:
        if commitment not in self.opened:
            raise Erased
        return feel.decode(json.loads(self.opened[commitment][1]))


def commitment_of(salt: str, text: str) -> str:
    """SHA-256 over `salt:canonical JSON`, in hex."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def dumps(value: Any) -> str:
    """The one spelling of JSON in entries and pages: no blanks, no escapes for what is not ASCII, order as given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode(record: object, openings: Openings) -> dict[str, Any]:
    """A command or event as JSON-able data."""
    result: dict[str, Any] = {"type": type(record).__name__}
    for name, default, tagged in _layout(type(record)):
        value = getattr(record, name)
        if value == default and type(value) is type(default):
            continue
        result[name] = encode_values(value, openings) if tagged else value
    return result


def decode(data: Mapping[str, Any], kinds: Mapping[str, type], openings: Openings) -> Any:
    """The inverse of `encode`. `kinds` maps a type name to its class."""
    kind = kinds[data["type"]]
    tagged = {name for name, _, is_tagged in _layout(kind) if is_tagged}
    given = {
        name: decode_values(value, openings) if name in tagged else value
        for name, value in data.items()
        if name != "type"
    }
    return kind(**given)


def encode_values(variables: Values, openings: Openings | None = None) -> list[list[Any]]:
    """Variables as ordered `[name, tagged value]` pairs."""
    if openings is None or not openings.personal:
        return [[name, feel.encode(value)] for name, value in variables.items()]
    return [
        [name, openings.conceal(value) if name in openings.personal else feel.encode(value)]
        for name, value in variables.items()
    ]


def decode_values(pairs: list[list[Any]], openings: Openings | None = None) -> Values:
    """The inverse of `encode_values`."""
    return {name: _decode_value(value, openings) for name, value in pairs}


def _decode_value(value: Any, openings: Openings | None) -> feel.Value:
    if isinstance(value, dict) and "p" in value:
        if openings is None:
            raise Erased
        return openings.open(value["p"])
    return feel.decode(value)


_Layout = tuple[tuple[str, Any, bool], ...]
_LAYOUTS: dict[type, _Layout] = {}


def _layout(kind: type) -> _Layout:
    """name, default and whether it is tagged, of each field; worked out once a class."""
    if kind not in _LAYOUTS:
        described: Any = kind
        _LAYOUTS[kind] = tuple((p.name, _default(p), bool(p.metadata.get("values"))) for p in fields(described))
    return _LAYOUTS[kind]


def _default(part: "Field[Any]") -> Any:
    if part.default is not MISSING:
        return part.default
    return part.default_factory() if part.default_factory is not MISSING else MISSING
