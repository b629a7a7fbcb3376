"""Search over the histories of all cases that the person may see; each hit leads to its moment in the replay."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, PageQuery, Schema, page_of, text
from api.history import Entry, entries
from api.labels import LabelView, labels
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from api.words import language, name_of
from engine import history, search, worklist
from engine.execution.bundle import Bundle
from engine.search import Hit, Wanted
from workflows import people
from workflows.duban import Connection
from workflows.policy import Access

searching = Operations("search", "What happened in all cases: who, what, when, where and with which data.")

_PEOPLE = 20
"""People whose name fits, of whom the deeds are looked for."""


class SearchQuery(PageQuery):
    person = text(60, load_default="", metadata={"description": "id, or a part of the name"})
    what = text(60, load_default="", metadata={"description": "a command or event", "example": "CompleteTask"})
    process = text(200, load_default="")
    element = text(200, load_default="")
    variable = text(200, load_default="")
    case = text(64, load_default="")
    late = fields.Boolean(load_default=False, metadata={"description": "tasks completed after they were due"})
    since = Instant(load_default=None, allow_none=True)
    until = Instant(load_default=None, allow_none=True, metadata={"description": "exclusive"})


class HitView(Schema):
    case = fields.String(required=True)
    title = fields.String(required=True)
    process = fields.String(required=True)
    process_name = fields.String(required=True)
    due = Instant(required=True, allow_none=True, metadata={"description": "when the completed task was due"})
    late = fields.Boolean(required=True)
    filled = fields.Dict(keys=fields.String(), required=True, metadata={"description": "what the deed put in"})
    labels = fields.Dict(keys=fields.String(), values=fields.Nested(LabelView), required=True)
    entry = fields.Nested(Entry, required=True)


HitPage = page_of(HitView, "HitPage")


class KnownElement(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class KnownProcess(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)
    elements = fields.List(fields.Nested(KnownElement), required=True)
    variables = fields.List(fields.Nested(KnownElement), required=True)


class SearchWords(Schema):
    processes = fields.List(fields.Nested(KnownProcess), required=True)


@searching.operation("GET", "/history", Access.WORK, query=SearchQuery, answer=HitPage, limit="120 per minute")
def search_history(query: dict[str, Any]) -> dict[str, Any]:
    """One page of the entries that fit, the newest first"""
    who, position = doors.identity(), cursor_in(query.pop("cursor"), int, str, int)
    limit, person = query.pop("limit"), query.pop("person")
    with current().store.reading() as connection:
        persons = _persons(connection, person)
        if person and not persons:
            return {"items": [], "next": None}
        found = search.find(
            connection, Wanted(persons=persons, **query), person=who.person, tokens=who.tokens, limit=limit,
            position=position,
        )  # fmt: skip
        return {"items": _hits(connection, found.hits), "next": cursor_out(found.next)}


@searching.operation("GET", "/history/words", Access.WORK, answer=SearchWords)
def get_search_words() -> dict[str, Any]:
    """The processes with their steps and data, as they are called now, to choose from"""
    duban = current()
    with duban.store.reading() as connection:
        rows = worklist.definitions(connection)
        known = [_known(row.process, duban.releases.bundle(row.release, connection)) for row in rows]
    return {"processes": known}


def _known(process: str, bundle: Bundle) -> dict[str, Any]:
    found = bundle.processes[process]
    named = labels(bundle, found, language())
    steps = [node for each in bundle.processes.values() for node in each.nodes.values() if node.user_task]
    return {
        "process": process, "name": name_of(found),
        "elements": [{"id": node.id, "name": name_of(node)} for node in steps],
        "variables": [{"id": name, "name": label["label"]} for name, label in named.items()],
    }  # fmt: skip


def _persons(connection: Connection, person: str) -> tuple[str, ...]:
    """Those who are meant: by id, or whose name holds the text."""
    if not person:
        return ()
    if people.names(connection, [person]):
        return (person,)
    return tuple(id for id, *_ in people.search(connection, person, _PEOPLE))


def _hits(connection: Connection, hits: list[Hit]) -> list[dict[str, Any]]:
    """Hits as people read them; those of one case are read together."""
    cases = {row.id: row for row in worklist.of_ids(connection, {hit.case for hit in hits})}
    due = search.due(connection, hits)
    told: dict[tuple[str, int], tuple[dict[str, Any], dict[str, Any]]] = {}
    for case in cases:
        raw = history.told_at(connection, f"case/{case}", [hit.seq for hit in hits if hit.case == case])
        shown = entries(connection, case, raw)
        told |= {(case, one["seq"]): (one, view) for one, view in zip(raw, shown, strict=True)}
    return [_hit(connection, cases[hit.case], due.get(hit), *told[hit.case, hit.seq]) for hit in hits]


def _hit(
    connection: Connection, row: Any, due: int | None, told: Mapping[str, Any], entry: Mapping[str, Any]
) -> dict[str, Any]:
    bundle = current().releases.bundle(told["release"], connection)
    process, filled = bundle.processes[row.process], dict(_filled(told))
    known = labels(bundle, process, language())
    return {
        "case": row.id, "title": row.title, "process": row.process, "process_name": name_of(process),
        "due": due, "late": due is not None and due < entry["at"], "filled": filled,
        "labels": {name: known[name] for name in filled if name in known}, "entry": entry,
    }  # fmt: skip


def _filled(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What somebody put in: with a task, at the start, or as an operator."""
    for record in (told["command"], *told["events"]):
        if record["type"] in ("StartCase", "SetVariables", "TaskCompleted", "TaskSubmitted"):
            yield from (record.get("variables") or {}).items()
