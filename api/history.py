"""The past of a case, as a reader sees it: entries with names in the place of ids, and the verdict on the whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from marshmallow import fields

from api import views
from api.context import current
from api.fields import Instant, Schema
from api.words import name_of
from engine import history
from engine.audit.entries import millis
from engine.execution.bundle import Bundle
from workflows import notifications, people, signatures
from workflows.desk import task_elements
from workflows.duban import Connection

ENTRIES_LOOKED_BACK = 500
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
    told = fields.List(fields.Nested(views.NamedView), required=True, metadata={"description": "who was told of it"})
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


class CaseSignatureView(Schema):
    """`state`: whether form and data of the entry are those that it was made under: match, differs or erased."""

    seq = fields.Integer(required=True)
    task = fields.Integer(required=True)
    element_name = fields.String(required=True, allow_none=True)
    at = fields.String(required=True)
    name = fields.String(required=True)
    employer = fields.String(required=True)
    role = fields.String(required=True)
    method = fields.String(required=True, metadata={"enum": list(signatures.METHODS)})
    witness = fields.String(required=True)
    drawing = fields.Dict(keys=fields.String(), values=fields.String(), required=True, allow_none=True)
    form_version = fields.String(required=True)
    data_hash = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["match", "differs", "erased"]})


class SignatureList(Schema):
    items = fields.List(fields.Nested(CaseSignatureView), required=True)


def signed(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    """The signatures of a case, each computed again from its entry."""
    found = list(signatures.checks(connection, case_id, lambda hash: current().releases.bundle(hash, connection)))
    names = people.names(connection, {str(one.signed["person"]) for one in found if "person" in one.signed})
    elements = task_elements(connection, case_id, {one.task for one in found})
    bundles = current().releases
    return [
        _signed(one, names, element_name(bundles.bundle(one.release, connection), elements[one.task])) for one in found
    ]


def _signed(one: signatures.Check, names: Mapping[str, str], element: str | None) -> dict[str, Any]:
    said = {"name": "", "employer": "", "role": "", "witness": "", "drawing": None, **one.signed}
    if "person" in said:
        said["name"] = names.get(said["person"], said["person"])
    return {
        **said, "seq": one.seq, "task": one.task, "at": one.at, "state": one.state,
        "element_name": element, "form_version": said["formVersion"], "data_hash": said["dataHash"],
    }  # fmt: skip


def entries(connection: Connection, case_id: str, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries as `engine.history.told` gives them, for a reader."""
    records = [record for entry in told for record in (entry["command"], *entry["events"])]
    told_people = notifications.told_of(connection, case_id, [entry["seq"] for entry in told])
    reader = _Reader(
        names=people.names(connection, [*_persons(records), *chain.from_iterable(told_people.values())]),
        tasks=task_elements(connection, case_id, {record["task"] for record in records if "task" in record}),
        told=told_people,
    )
    return [reader.entry(entry, current().releases.bundle(entry["release"], connection)) for entry in told]


def _persons(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for record in records:
        for member in ("actor", "on_behalf_of", *_PERSONS):
            if isinstance(record.get(member), str):
                yield record[member]
        if isinstance(record.get("people"), list):
            yield from record["people"]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Puts names in the place of ids: `names` of people, and the elements of tasks by their number in the case."""

    names: Mapping[str, str]
    tasks: Mapping[int, str]
    told: Mapping[int, list[str]]

    def entry(self, entry: Mapping[str, Any], bundle: Bundle) -> dict[str, Any]:
        command = entry["command"]
        told = self.event(command, bundle)
        return {
            "seq": entry["seq"],
            "at": millis(entry["at"]),
            "actor": views.named(command.get("actor"), self.names),
            "on_behalf_of": views.named(command.get("on_behalf_of"), self.names),
            "command": {
                "type": told["type"],
                "element": told["element"],
                "elementName": told["element_name"],
                **told["detail"],
            },
            "hash": entry["hash"],
            "told": [views.named(person, self.names) for person in self.told.get(entry["seq"], ())],
            "events": [self.event(event, bundle) for event in entry["events"]],
        }

    def event(self, event: Mapping[str, Any], bundle: Bundle) -> dict[str, Any]:
        element = event.get("element") or self.tasks.get(event.get("task", 0))
        detail = _detail(event, self.names)
        if isinstance(event.get("target"), str):
            detail["targetName"] = element_name(bundle, event["target"]) or event["target"]
        return {
            "type": event["type"],
            "element": element,
            "element_name": element_name(bundle, element) if element else None,
            "detail": detail,
        }


def _detail(record: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member, value in record.items():
        if member not in _SHOWN_ELSEWHERE:
            found[_camel(member)] = value
        if member in _PERSONS and isinstance(value, str):
            found[f"{_camel(member)}Name"] = names.get(value, value)
        if member == "people":
            found["peopleNames"] = [names.get(person, person) for person in value]
    return found


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def element_name(bundle: Bundle, element: str) -> str | None:
    """The name of an element in whichever process of the release holds it."""
    for process in bundle.processes.values():
        if element in process.nodes:
            return name_of(process.nodes[element]) or None
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


def reached_rungs(connection: Connection, case_id: str, task: int) -> list[dict[str, Any]]:
    """The rungs of a task's ladder that have come due, the oldest first; looked for back to where the task began."""
    found = list(_reached_back(connection, case_id, task))[::-1]
    told = notifications.told_of(connection, case_id, [rung["seq"] for rung in found])
    names = people.names(connection, chain.from_iterable(told.values()))
    return [{**rung, "told": [views.named(one, names) for one in told.get(rung["seq"], ())]} for rung in found]


def _reached_back(connection: Connection, case_id: str, task: int) -> Iterator[dict[str, Any]]:
    for entry in history.told(connection, f"case/{case_id}", limit=ENTRIES_LOOKED_BACK, descending=True):
        for event in entry["events"]:
            if event.get("task") != task:
                continue
            if event["type"] == "RungReached":
                yield {**event["rung"], "code": event["code"], "at": millis(entry["at"]), "seq": entry["seq"]}
            elif event["type"] == "TaskCreated":
                return
