"""Event logs of many cases, for process mining."""

import tempfile
from collections.abc import Mapping
from typing import Any

from flask import Response, send_file
from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, Schema, choice, text
from api.operations import Operations
from api.words import language
from engine.audit import security
from workflows import eventlogs as logs
from workflows import selection
from workflows.policy import Access
from workflows.selection import Asker, Selection

eventlogs = Operations("eventlogs", "What happened in many cases, in the formats of process mining.")


class SelectionQuery(Schema):
    """Which cases; of them those that one may see."""

    process = text(200, load_default="")
    since = Instant(load_default=None, metadata={"description": "from this instant on"})
    until = Instant(load_default=None, metadata={"description": "before this instant"})
    by = choice("started", "ended", load_default="started", metadata={"description": "what the instants bound"})
    unit = text(64, load_default="", metadata={"description": "the unit and all below it"})
    view = choice("open", "closed", "all", load_default="all")
    cases = text(20_000, load_default="", metadata={"description": "ids, separated by commas"})


class EventLogQuery(SelectionQuery):
    format = choice(*logs.FORMATS, load_default="xes")
    language = choice(
        "zh-CN", "en", load_default=None, metadata={"description": "of the activities' names; default: the reader's"}
    )


class CaseCount(Schema):
    cases = fields.Integer(required=True)


def selected(query: Mapping[str, Any]) -> Selection:
    """The query as a selection."""
    named = tuple(id for id in query["cases"].split(",") if id)
    parts = {name: query[name] for name in ("process", "since", "until", "by", "unit", "view")}
    return Selection(**parts, cases=named)


def asker() -> Asker:
    who = doors.identity()
    return Asker(who.person, who.tokens)


@eventlogs.operation(
    "GET", "/event-logs/count", Access.EXPORT, query=SelectionQuery, answer=CaseCount, refusals=(404,)
)  # fmt: skip
def count_event_log(query: Mapping[str, Any]) -> dict[str, int]:
    """How many cases an event log would hold"""
    with current().store.reading() as connection:
        return {"cases": selection.count(connection, selected(query), asker())}


_FILE: dict[str, Any] = {"responses": {"200": {"content": {"application/xml": {}, "application/json": {}}}}}


@eventlogs.operation(
    "GET", "/event-logs", Access.EXPORT, query=EventLogQuery, refusals=(404,), limit="10 per minute", doc=_FILE
)
def get_event_log(query: Mapping[str, Any]) -> Response:
    """The event log of cases as XES or OCEL 2.0: activities, times and ids of people, nothing that forms said"""
    duban, wanted = (
        current(),
        logs.Wanted(query["format"], selected(query), asker(), (query["language"] or language()) == "en"),
    )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    with duban.store.reading() as connection:
        count = logs.write(file, connection, duban.releases.bundle, wanted)
    with duban.store.transaction() as connection:
        told = {"format": wanted.format, "cases": count, **wanted.selection.told()}
        security.record(connection, "event-log", person=doors.identity().person, address=doors.address(), detail=told)
    file.seek(0)
    kind, ending = logs.FORMATS[wanted.format]
    response = send_file(file, mimetype=kind, as_attachment=True, download_name=f"duban.{ending}")
    response.headers["Cache-Control"] = "no-store"
    return response
