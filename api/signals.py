"""What comes from outside, and what went wrong inside: messages, signals, incidents."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response
from marshmallow import fields

from api import doors, views
from api.cases import Reason, seen
from api.context import current
from api.fields import Data, PageQuery, Schema, choice, page_of, text
from api.history import element_name
from api.operations import Operations
from api.requests import cursor_in, cursor_out, idempotency_key, numbered_id
from engine import feel, worklist
from engine.errors import IncidentNotFound, InvalidInput
from engine.execution.commands import RetryIncident
from workflows.desk import values_of
from workflows.policy import Access

messages = Operations("messages", "Messages and signals from connected systems.")
incidents = Operations("incidents", "Where a case could not go on, and trying again.")

LONGEST_TTL = 365 * 86_400_000


class MessageBody(Schema):
    id = text(100, load_default=None, metadata={"description": "the sender's own id: the same id twice is one message"})
    name = text(200, shortest=1, required=True)
    key = text(200, load_default="", metadata={"description": "correlation key"})
    data = Data(load_default=dict)
    ttl = text(40, load_default="PT1H", metadata={"description": "ISO 8601 duration that it waits for a receiver"})


class MessageView(Schema):
    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"example": "pending"})


class SignalBody(Schema):
    name = text(200, shortest=1, required=True)
    data = Data(load_default=dict)


class IncidentQuery(PageQuery):
    view = choice("open", "resolved", load_default="open")


IncidentPage = page_of(views.IncidentView, "IncidentPage")


@messages.operation(
    "POST",
    "/messages",
    Access.SEND,
    body=MessageBody,
    answer=MessageView,
    status=202,
    example={"name": "HazardEnded", "key": "H-7", "data": {}, "ttl": "PT1H"},
)
def send_message(body: Mapping[str, Any]) -> Response:
    """Hand in a message: it is delivered to the case that waits for it, starts one, or waits itself"""
    id = body["id"] or secrets.token_hex(16)
    state = current().messages.publish(
        body["name"], body["key"], values_of(body["data"]), id=id, ttl=_milliseconds(body["ttl"])
    )
    return make_response(jsonify(id=id, state=state), 202)


@messages.operation(
    "POST",
    "/signals",
    Access.SEND,
    body=SignalBody,
    answer=MessageView,
    status=202,
    idempotent=True,
    example={"name": "AllClear", "data": {}},
)
def send_signal(body: Mapping[str, Any]) -> Response:
    """Broadcast a signal to every case that listens now"""
    key = idempotency_key()
    id = f"{doors.identity().person}/{key}" if key else secrets.token_hex(16)
    state = current().messages.broadcast(body["name"], values_of(body["data"]), id=id)
    return make_response(jsonify(id=id, state=state), 202)


@incidents.operation("GET", "/incidents", Access.WORK, query=IncidentQuery, answer=IncidentPage)
def list_incidents(query: dict[str, Any]) -> dict[str, Any]:
    """One page of the incidents in cases that one may see, the newest first"""
    duban, who, position = current(), doors.identity(), cursor_in(query["cursor"], int, str, int)
    with duban.store.reading() as connection:
        found = worklist.incidents(
            connection, person=who.person, tokens=who.tokens, view=query["view"], limit=query["limit"], cursor=position
        )
        items = [
            views.incident(row, row.title, element_name(duban.releases.bundle(row.release, connection), row.element))
            for row in found.items
        ]
    return {"items": items, "next": cursor_out(found.next)}


@incidents.operation(
    "POST",
    "/incidents/<id>/retry",
    Access.RETRY,
    body=Reason,
    answer=views.CaseStatusView,
    refusals=(404, 409),
    idempotent=True,
    example={"reason": "…"},
)
def retry_incident(body: Mapping[str, str], id: str) -> dict[str, str]:
    """Try again what could not be done"""
    case_id, n = numbered_id(id, IncidentNotFound)
    with current().store.reading() as connection:
        seen(connection, case_id)
    command = RetryIncident(incident=n, reason=body["reason"], actor=doors.identity().person)
    answer = current().cases.handle(case_id, command, key=idempotency_key())
    return {"id": case_id, "status": views.status(answer.status)}


def _milliseconds(text: str) -> int:
    """An ISO 8601 duration of days and time, from a second to a year."""
    try:
        duration = feel.parse_duration(text)
    except feel.FeelError:
        duration = None
    total = duration.nanos // 1_000_000 if isinstance(duration, feel.DaysDuration) else 0
    if not 1000 <= total <= LONGEST_TTL:
        expected = "an ISO 8601 duration from PT1S to P365D"
        raise InvalidInput(f"Expected {expected}, but found {text!r}", {"ttl": [f"pattern: {expected}"]})
    return total
