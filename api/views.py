"""What tasks, cases, attachments and incidents look like outside, and how rows become that."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import fields

from api.context import current
from api.fields import Data, Instant, Schema
from api.words import language, name_of, reason
from engine import worklist
from engine.worklist import CaseRow, TaskRow
from workflows import people
from workflows.attachments import Attachment
from workflows.bars import Bar
from workflows.duban import Connection

_ENDED = {"cancelled": "terminated"}
"""Statuses of the engine that clients know under another name."""


class NamedView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class CaseRefView(Schema):
    id = fields.String(required=True, metadata={"example": "2611-0123456789ab"})
    title = fields.String(required=True)


class RungView(Schema):
    at = Instant(required=True)
    name = fields.String(required=True)
    held = fields.Boolean(required=True, metadata={"description": "came due, and waits for something to be decided"})


class TaskSummary(Schema):
    id = fields.String(required=True, metadata={"example": "2611-0123456789ab:4"})
    name = fields.String(required=True)
    element = fields.String(required=True)
    process = fields.String(required=True)
    process_name = fields.String(required=True)
    case = fields.Nested(CaseRefView, required=True)
    state = fields.String(required=True, metadata={"enum": ["created", "claimed", "completed", "cancelled"]})
    assignee = fields.Nested(NamedView, required=True, allow_none=True)
    created_at = Instant(required=True)
    due = Instant(required=True, allow_none=True)
    priority = fields.Integer(required=True)
    version = fields.Integer(required=True)
    overdue = fields.Boolean(required=True)
    next_rung = fields.Nested(RungView, required=True, allow_none=True)
    signature = fields.Boolean(required=True, metadata={"description": "a signature that somebody asked for"})


class AttachmentView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True, metadata={"example": "image/jpeg"})
    size = fields.Integer(required=True, metadata={"description": "bytes"})
    sha256 = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": ["before", "after", "evidence", "document"]})
    source = fields.String(required=True, metadata={"enum": ["CAMERA", "GALLERY", "EXTERNAL"]})
    captured_at = Instant(required=True, allow_none=True)
    gps = fields.String(required=True, allow_none=True, metadata={"example": "38.9421,121.5843"})
    gps_missing_reason = fields.String(required=True, allow_none=True)
    pair_of = fields.String(required=True, allow_none=True)
    uploaded_by = fields.Nested(NamedView, required=True)
    uploaded_at = Instant(required=True)
    preview_url = fields.String(required=True, allow_none=True)
    url = fields.String(required=True)


class PermittedView(Schema):
    allowed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)


class IncidentView(Schema):
    id = fields.String(required=True, metadata={"example": "2611-0123456789ab:9"})
    case = fields.Nested(CaseRefView, required=True)
    element = fields.String(required=True)
    element_name = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)
    raised_at = Instant(required=True)
    resolved_at = Instant(required=True, allow_none=True)
    job = fields.String(required=True, allow_none=True)


class CaseCore(Schema):
    """What a list of cases and one case have in common."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    process = fields.String(required=True)
    process_name = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": ["active", "suspended", "completed", "terminated"]})
    started_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    started_by = fields.Nested(NamedView, required=True, allow_none=True)
    open_tasks = fields.Integer(required=True)
    due = Instant(required=True, allow_none=True)


class CaseSummary(CaseCore):
    incidents = fields.Integer(required=True, metadata={"description": "how many are open"})


class CaseStatusView(Schema):
    id = fields.String(required=True)
    status = fields.String(required=True)


class CountView(Schema):
    count = fields.Integer(required=True, metadata={"maximum": 999})
    more = fields.Boolean(required=True)


class DataBody(Schema):
    data = Data(required=True)


# Rows to views -----------------------------------------------------------------------------------------------------


def named(id: str | None, names: Mapping[str, str]) -> dict[str, str] | None:
    """A person by id; somebody unknown here keeps the id as name, so that a history never loses who it was."""
    return None if id is None else {"id": id, "name": names.get(id, id)}


def status(of_engine: str) -> str:
    return _ENDED.get(of_engine, of_engine)


def tasks(connection: Connection, rows: Sequence[TaskRow], now: int) -> list[dict[str, Any]]:
    """Summaries of tasks: names and next rungs for all of them are read at once."""
    names = people.names(connection, (row.assignee for row in rows if row.assignee))
    ladders = worklist.rungs(connection, [(row.case_id, row.n) for row in rows if row.due_at is not None])
    return [_task(connection, row, names, ladders.get((row.case_id, row.n), []), now) for row in rows]


def told_task(row: TaskRow, names: Mapping[str, str], now: int) -> dict[str, Any]:
    """The same for one, whose assignee's name is known."""
    ladder: Sequence[Mapping[str, Any]] = []
    if row.due_at is not None and row.state in worklist.OPEN:
        with current().store.reading() as connection:
            ladder = worklist.rungs(connection, [(row.case_id, row.n)]).get((row.case_id, row.n), [])
    return _task(None, row, names, ladder, now)


def _task(
    connection: Connection | None, row: TaskRow, names: Mapping[str, str], ladder: Sequence[Mapping[str, Any]], now: int
) -> dict[str, Any]:
    open_and_late = row.state in worklist.OPEN and row.due_at is not None and row.due_at < now
    return {
        "id": f"{row.case_id}:{row.n}", "name": task_name(row, connection), "element": row.element,
        "process": row.case_process,
        "process_name": process_name(row.release, row.case_process, row.process_name, connection),
        "case": {"id": row.case_id, "title": row.case_title}, "state": row.state,
        "assignee": named(row.assignee, names), "created_at": row.created_at, "due": row.due_at,
        "priority": row.priority, "version": row.version, "overdue": open_and_late,
        "next_rung": rung(ladder[0]) if ladder else None, "signature": row.signs is not None,
    }  # fmt: skip


def task_name(row: TaskRow, connection: Connection | None) -> str:
    """As the diagram of its release names it in the reader's language; the row holds the diagram's own."""
    if language() != "en":
        return row.name
    process = current().releases.bundle(row.release, connection).processes.get(row.process)
    node = process.nodes.get(row.element) if process else None
    return name_of(node) if node else row.name


def process_name(release: str, process: str, name: str, connection: Connection | None = None) -> str:
    """`name` is that of the newest version; a reader of English gets the one of the case's release."""
    if language() != "en":
        return name
    found = current().releases.bundle(release, connection).processes.get(process)
    return name_of(found) if found else name


def rung(told: Mapping[str, Any]) -> dict[str, Any]:
    """One rung of a ladder; its table names it in Chinese (`name`) and perhaps English (`nameEn`)."""
    english = told.get("nameEn") if language() == "en" else None
    return {
        "at": told["at"],
        "name": str(english or told.get("name") or told.get("code") or ""),
        "held": told.get("held", False),
    }


def case(row: CaseRow, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "process": row.process,
        "process_name": process_name(row.release, row.process, row.process_name),
        "status": status(row.status), "started_at": row.started_at, "ended_at": row.ended_at,
        "started_by": named(row.started_by, names), "open_tasks": row.open_tasks, "incidents": row.open_incidents,
        "due": row.due_at,
    }  # fmt: skip


def attachments(connection: Connection, found: Iterable[Attachment]) -> list[dict[str, Any]]:
    listed = list(found)
    names = people.names(connection, (one.uploaded_by for one in listed))
    return [_attachment(one, names) for one in listed]


def _attachment(one: Attachment, names: Mapping[str, str]) -> dict[str, Any]:
    place = f"/api/v1/attachments/{one.id}"
    gps = None if one.latitude is None or one.longitude is None else f"{one.latitude},{one.longitude}"
    return {
        "id": one.id, "name": one.name, "type": one.type, "size": one.size, "sha256": one.sha256, "role": one.role,
        "source": one.source, "captured_at": one.captured_at, "gps": gps,
        "gps_missing_reason": one.gps_missing_reason,
        "pair_of": one.pair_of, "uploaded_by": named(one.uploaded_by, names), "uploaded_at": one.uploaded_at,
        "preview_url": f"{place}/preview" if one.has_preview else None, "url": place,
    }  # fmt: skip


def permitted(bars: Mapping[str, Bar | None]) -> dict[str, dict[str, Any]]:
    return {action: {"allowed": bar is None, "reason": reason(bar)} for action, bar in bars.items()}


def incident(row: Any, title: str, element_name: str | None) -> dict[str, Any]:
    """`row` of the table of incidents."""
    return {
        "id": f"{row.case_id}:{row.n}", "case": {"id": row.case_id, "title": title}, "element": row.element,
        "element_name": element_name, "kind": row.kind, "message": row.message, "raised_at": row.raised_at,
        "resolved_at": row.resolved_at, "job": None,
    }  # fmt: skip
