"""The past of a case, as a reader sees it: entries with names in the place of ids, and the verdict on the whole."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marshmallow import fields

from api import views
from api.context import current
from api.fields import Instant, Schema
from engine import history
from engine.execution.bundle import Bundle
from workflows import people
from workflows.duban import Connection

_PERSONS = ("by", "to", "assignee")
"""Members of events and commands that hold a person's id; a member with the name is put beside them."""
_SHOWN_ELSEWHERE = frozenset({"type", "element", "at", "actor", "on_behalf_of", "page", "facts"})


class EventView(Schema):
    type = fields.String(required=True, metadata={"example": "TaskCompleted"})
    element = fields.String(required=True, allow_none=True)
    element_name = fields.String(required=True, allow_none=True)
    detail = fields.Dict(keys=fields.String(), required=True)


class Entry(Schema):
    seq = fields.Integer(required=True)
    at = Instant(required=True)
    actor = fields.Nested(views.NamedView, required=True, allow_none=True)
    on_behalf_of = fields.Nested(views.NamedView, required=True, allow_none=True)
    command = fields.Dict(
        keys=fields.String(), required=True, metadata={"example": {"type": "CompleteTask", "task": 4}}
    )
    hash = fields.String(required=True)
    events = fields.List(fields.Nested(EventView), required=True)


class FirstWrong(Schema):
    seq = fields.Integer(required=True)
    reason = fields.String(required=True)


class Verification(Schema):
    chain = fields.String(required=True, metadata={"enum": ["whole", "broken"]})
    reexecution = fields.String(required=True, metadata={"example": "same"})
    entries = fields.Integer(required=True)
    head = fields.String(required=True)
    first_wrong = fields.Nested(FirstWrong, required=True, allow_none=True)
    checked_at = Instant(required=True)


def entries(connection: Connection, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries as `engine.history.told` gives them, for a reader."""
    names = people.names(connection, _persons(told))
    return [_entry(connection, entry, names) for entry in told]


def _persons(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in told:
        for record in (entry["command"], *entry["events"]):
            for member in ("actor", "on_behalf_of", *_PERSONS):
                if isinstance(record.get(member), str):
                    yield record[member]


def _entry(connection: Connection, entry: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    command, bundle = entry["command"], current().releases.bundle(entry["release"], connection)
    return {
        "seq": entry["seq"],
        "at": entry["at"],
        "actor": views.named(command.get("actor"), names),
        "on_behalf_of": views.named(command.get("on_behalf_of"), names),
        "command": {"type": command["type"], **_detail(command, names)},
        "hash": entry["hash"],
        "events": [_event(event, bundle, names) for event in entry["events"]],
    }


def _event(event: Mapping[str, Any], bundle: Bundle, names: Mapping[str, str]) -> dict[str, Any]:
    element = event.get("element")
    return {
        "type": event["type"],
        "element": element,
        "element_name": element_name(bundle, element) if element else None,
        "detail": _detail(event, names),
    }


def _detail(record: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member, value in record.items():
        if member not in _SHOWN_ELSEWHERE:
            found[_camel(member)] = value
        if member in _PERSONS and isinstance(value, str):
            found[f"{_camel(member)}Name"] = names.get(value, value)
    return found


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def element_name(bundle: Bundle, element: str) -> str | None:
    """The name of an element in whichever process of the release holds it."""
    for process in bundle.processes.values():
        if element in process.nodes:
            return process.nodes[element].name or None
    return None


def verification(connection: Connection, case_id: str) -> dict[str, Any]:
    """The verdict on a case's history, as of now."""
    duban = current()
    found = history.verdict(connection, f"case/{case_id}", lambda hash: duban.releases.bundle(hash, connection))
    wrong = None if found.seq is None else {"seq": found.seq, "reason": found.reason}
    return {
        "chain": found.chain, "reexecution": found.reexecution, "entries": found.entries, "head": found.head,
        "first_wrong": wrong, "checked_at": duban.now(),
    }  # fmt: skip
