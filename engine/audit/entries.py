"""Entry format v1: what is written, hashed and chained. Frozen; `tests/unit/audit/vectors` holds golden examples.

An entry is one JSON object in UTF-8, spelled by `wire.dumps` (no blanks, members in the order below). Its hash is
SHA-256 over exactly these bytes; `prev` is the hash of the entry before it in its stream (64 zeros for the first):

    v, suite, stream, seq, prev, semantics, release, at, command, facts, events

`at` is RFC 3339 in UTC with milliseconds. The bytes are stored as they were hashed, never parsed and written again.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.errors import DubanError
from engine.execution import commands, events
from engine.execution.wire import Openings, decode, dumps, encode

FORMAT = 1
SUITE = "sha256"
GENESIS = "0" * 64


class BadEntry(DubanError):
    """Expected an entry of format v1, but found something else."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it is stored. `personal` holds the openings of its commitments (None: it has none)."""

    stream: str
    seq: int
    hash: str
    data: bytes
    personal: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, decoded."""

    stream: str
    seq: int
    prev: str
    semantics: int
    release: str
    at: int
    command: Any
    events: list[Any]


def seal(entry: Entry, openings: Openings) -> Sealed:
    """Write an entry of a case: encode, hash, keep the openings apart."""
    command = encode(entry.command, openings)
    facts = command.pop("facts", {})
    command.pop("at", None)
    return written(entry, command, facts, [encode(event, openings) for event in entry.events], openings)


def written(
    entry: Entry, command: dict[str, Any], facts: dict[str, Any], told: list[dict[str, Any]], openings: Openings
) -> Sealed:
    """The bytes of an entry whose command and events are encoded already (those of `entry` are not looked at)."""
    body = {
        "v": FORMAT, "suite": SUITE, "stream": entry.stream, "seq": entry.seq, "prev": entry.prev,
        "semantics": entry.semantics, "release": entry.release, "at": timestamp(entry.at),
        "command": command, "facts": facts, "events": told,
    }  # fmt: skip
    data = dumps(body).encode()
    personal = dumps(openings.opened).encode() if openings.opened else None
    return Sealed(entry.stream, entry.seq, hashlib.sha256(data).hexdigest(), data, personal)


def unseal(sealed: Sealed) -> Entry:
    """Decode an entry of a case. Raises `wire.Erased` when a personal value of it is gone."""
    body = parse(sealed.data)
    opened = openings_of(sealed)
    at = millis(body["at"])
    command = replace(decode(body["command"], commands.KINDS, opened), at=at, facts=body["facts"])
    told = [decode(event, events.KINDS, opened) for event in body["events"]]
    return Entry(body["stream"], body["seq"], body["prev"], body["semantics"], body["release"], at, command, told)


def parse(data: bytes) -> dict[str, Any]:
    """The JSON of an entry, without decoding values; older formats would be upcast here."""
    body = json.loads(data)
    if not isinstance(body, dict) or body.get("v") != FORMAT:
        raise BadEntry(
            f"Expected an entry of format v{FORMAT}, but it says {body.get('v') if isinstance(body, dict) else body!r}."
        )
    return body


def openings_of(sealed: Sealed, personal: frozenset[str] = frozenset()) -> Openings:
    """The openings stored beside an entry, ready to encode the same bytes again."""
    opened: dict[str, list[str]] = json.loads(sealed.personal) if sealed.personal else {}
    return Openings(personal, opened=opened)


def timestamp(millis: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{millis % 1000:03d}Z"


def millis(text: str) -> int:
    elapsed = datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)
    return (elapsed.days * 86_400 + elapsed.seconds) * 1000 + elapsed.microseconds // 1000
