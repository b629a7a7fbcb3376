"""For operators: the mails and robots' messages that wait, fail or could not be delivered, and where robots post."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from engine.audit.security import record
from workflows import deliveries as outbox
from workflows import targets
from workflows.notifications import KINDS
from workflows.policy import Access

deliveries = Operations("deliveries", "What leaves the house: the outbox, its dead letters, and registered targets.")


class DeliveryQuery(PageQuery):
    view = choice(*outbox.VIEWS, load_default="dead")


class DeliveryView(Schema):
    id = fields.String(required=True)
    channel = fields.String(required=True, metadata={"enum": ["email", "digest", "webhook"]})
    target = fields.String(required=True)
    target_name = fields.String(required=True)
    case_id = fields.String(required=True, data_key="case", metadata={"description": "empty for a digest"})
    title = fields.String(required=True, allow_none=True, metadata={"description": "of the case"})
    state = fields.String(required=True, metadata={"enum": ["pending", "delivered", "dead", "dropped"]})
    attempts = fields.Integer(required=True)
    error = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True, metadata={"description": "why it was dropped"})
    due_at = Instant(required=True)
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)


DeliveryPage = page_of(DeliveryView, "DeliveryPage")


class DeliveryCounts(Schema):
    """Each counted up to 1,000."""

    queue = fields.Integer(required=True)
    failing = fields.Integer(required=True)
    dead = fields.Integer(required=True)


class RetriedView(Schema):
    retried = fields.Integer(required=True)


class DropBody(Schema):
    reason = text(1000, shortest=1, required=True)


class TargetView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(targets.KINDS)})
    host = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    active = fields.Boolean(required=True)
    created_at = Instant(required=True)


class TargetList(Schema):
    items = fields.List(fields.Nested(TargetView), required=True)
    next = fields.String(required=True, allow_none=True)


class ListeningBody(Schema):
    kinds = fields.List(choice(*KINDS), required=True)


class TargetBody(Schema):
    name = text(100, shortest=1, required=True)
    kind = choice(*targets.KINDS, required=True)
    url = text(1000, shortest=1, required=True)
    secret = text(200, load_default=None, allow_none=True, metadata={"description": "DingTalk's, which signs"})


class NewTargetView(TargetView):
    secret = fields.String(required=True, allow_none=True, metadata={"description": "of a webhook; shown this once"})


class TargetChange(Schema):
    active = fields.Boolean(required=True)


class TestView(Schema):
    delivered = fields.Boolean(required=True)
    error = fields.String(required=True, allow_none=True)


@deliveries.operation("GET", "/deliveries", Access.RETRY, query=DeliveryQuery, answer=DeliveryPage)
def list_deliveries(query: dict[str, Any]) -> dict[str, Any]:
    """One page of the deliveries of one's cases, the newest first"""
    position = cursor_in(query["cursor"], int, str)
    with current().store.reading() as connection:
        items, following = outbox.page(
            connection, doors.identity().tokens, view=query["view"], limit=query["limit"], position=position
        )
    return {"items": items, "next": cursor_out(following)}


@deliveries.operation("GET", "/deliveries/counts", Access.RETRY, answer=DeliveryCounts)
def count_deliveries() -> dict[str, int]:
    """How many wait, fail and are dead"""
    with current().store.reading() as connection:
        return outbox.counts(connection, doors.identity().tokens)


@deliveries.operation("POST", "/deliveries/<id>/retry", Access.RETRY, answer=RetriedView, refusals=(404,))
def retry_delivery(id: str) -> dict[str, int]:
    """Try again to deliver one that failed"""
    return _retry(id)


@deliveries.operation("POST", "/deliveries/retry", Access.RETRY, answer=RetriedView)
def retry_all_deliveries() -> dict[str, int]:
    """Try again to deliver every dead letter of one's cases"""
    return _retry(None)


def _retry(id: str | None) -> dict[str, int]:
    who = doors.identity()
    with current().store.transaction() as connection:
        moved = outbox.retry(connection, who.tokens, id, by=who.person)
        _record("delivery.retried", {"delivery": id or "all", "count": moved}, connection)
    return {"retried": moved}


@deliveries.operation(
    "POST", "/deliveries/<id>/drop", Access.RETRY, body=DropBody, status=204, refusals=(404,),
    example={"reason": "群已解散"},
)  # fmt: skip
def drop_delivery(body: Mapping[str, str], id: str) -> tuple[str, int]:
    """Give up one that failed, with a reason that stays with it"""
    who = doors.identity()
    with current().store.transaction() as connection:
        outbox.drop(connection, who.tokens, id, body["reason"], by=who.person)
        _record("delivery.dropped", {"delivery": id, "reason": body["reason"]}, connection)
    return "", 204


@deliveries.operation("GET", "/deliveries/targets", Access.RETRY, answer=TargetList)
def list_listening_targets() -> dict[str, Any]:
    """The registered targets and which kinds of notifications each is always sent"""
    return _targets()


@deliveries.operation(
    "PUT", "/deliveries/targets/<id>", Access.RETRY, body=ListeningBody, answer=TargetView, refusals=(404,),
    example={"kinds": ["card"]},
)  # fmt: skip
def choose_kinds(body: Mapping[str, Any], id: str) -> targets.Target:
    """Choose which kinds of notifications a target is always sent"""
    return _changed(id, "target.kinds", kinds=sorted(set(body["kinds"])))


# For the system's administrator --------------------------------------------------------------------------------------


@deliveries.operation("GET", "/targets", Access.CHANNELS, answer=TargetList)
def list_targets() -> dict[str, Any]:
    """The registered targets, without addresses and secrets"""
    return _targets()


@deliveries.operation(
    "POST", "/targets", Access.CHANNELS, body=TargetBody, answer=NewTargetView, status=201, limit="20 per minute",
    example={"name": "值班群", "kind": "dingtalk", "url": "https://oapi.dingtalk.com/robot/send?access_token=…",
             "secret": "SEC…"},
)  # fmt: skip
def register_target(body: Mapping[str, Any]) -> dict[str, Any]:
    """Register a target: its address and secret are never shown again"""
    duban, who = current(), doors.identity()
    with duban.store.transaction() as connection:
        made, secret = targets.register(connection, duban.vault, by=who.person, **body)
        _record("target.registered", {"target": made.id, "kind": made.kind, "host": made.host}, connection)
    return {**asdict(made), "secret": secret}


@deliveries.operation(
    "PATCH", "/targets/<id>", Access.CHANNELS, body=TargetChange, answer=TargetView, refusals=(404,),
    example={"active": False},
)  # fmt: skip
def change_target(body: Mapping[str, bool], id: str) -> targets.Target:
    """Turn a target on or off"""
    return _changed(id, "target.changed", active=body["active"])


@deliveries.operation(
    "POST", "/targets/<id>/test", Access.CHANNELS, answer=TestView, refusals=(404,), limit="10 per minute"
)
def test_target(id: str) -> dict[str, Any]:
    """Send a test message now, and say what the other side answered"""
    try:
        current().posting.test(id)
    except outbox.SendFailed as error:
        return {"delivered": False, "error": error.message}
    return {"delivered": True, "error": None}


def _targets() -> dict[str, Any]:
    with current().store.reading() as connection:
        return {"items": targets.everyone(connection), "next": None}


def _changed(id: str, kind: str, **change: Any) -> targets.Target:
    with current().store.transaction() as connection:
        targets.change(connection, id, **change)
        _record(kind, {"target": id, **change}, connection)
        return targets.target(connection, id)


def _record(kind: str, detail: Mapping[str, object], connection: Any) -> None:
    record(connection, kind, person=doors.identity().person, address=doors.address(), detail=detail)
