"""What somebody was told, and how they want to be told."""

from dataclasses import replace
from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from workflows import notifications as told
from workflows import targets
from workflows.notifications import Contact, Notice
from workflows.policy import Access

notifications = Operations("notifications", "What one was told, and how one wants to be told.")


class NotificationQuery(PageQuery):
    unread = fields.Boolean(load_default=False)


class NotificationView(Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": [*told.KINDS, told.LOG]})
    case = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": "of the case; of kind log: what is wrong"})
    task = fields.String(required=True, allow_none=True, metadata={"description": "None: it is about the whole case"})
    code = fields.String(required=True, metadata={"example": "YELLOW_CARD"})
    name = fields.String(required=True, allow_none=True)
    name_en = fields.String(required=True, allow_none=True)
    card = fields.String(required=True, allow_none=True)
    due_before = Instant(required=True, allow_none=True, metadata={"description": "of kind `due`: the due time before"})
    due_after = Instant(required=True, allow_none=True, metadata={"description": "of kind `due`: the due time now"})
    at = Instant(required=True)
    read_at = Instant(required=True, allow_none=True)


class UnreadView(Schema):
    unread = fields.Integer(required=True, metadata={"description": f"counted up to {told.COUNTED + 1}"})


_Chosen = {kind: fields.List(choice(*told.CHANNELS), load_default=list) for kind in told.KINDS}
ChannelsBody = type("ChannelsBody", (Schema,), dict(_Chosen))
"""For each kind, how one is told besides the application; a kind that is not named: by the application alone."""


class ContactBody(Schema):
    email = text(254, load_default=None, allow_none=True)
    quiet_from = fields.Time("%H:%M", load_default=None, allow_none=True, metadata={"example": "22:00"})
    quiet_until = fields.Time("%H:%M", load_default=None, allow_none=True, metadata={"example": "07:00"})
    digest_at = fields.Time(
        "%H:%M", load_default=None, allow_none=True, metadata={"description": "one mail a day at this time, local"}
    )
    robot = text(64, load_default=None, allow_none=True, metadata={"description": "id of a registered robot"})
    channels = fields.Nested(ChannelsBody, load_default=None, allow_none=True)


class RobotView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(targets.KINDS)})


class ContactView(Schema):
    email = fields.String(required=True, allow_none=True)
    quiet_from = fields.String(required=True, allow_none=True)
    quiet_until = fields.String(required=True, allow_none=True)
    digest_at = fields.String(required=True, allow_none=True)
    robot = fields.String(required=True, allow_none=True)
    channels = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    robots = fields.List(fields.Nested(RobotView), required=True, metadata={"description": "the ones to choose from"})
    mail = fields.Boolean(required=True, metadata={"description": "whether this installation can send mail"})


NotificationPage = page_of(NotificationView, "NotificationPage")


@notifications.operation("GET", "/notifications", Access.WORK, query=NotificationQuery, answer=NotificationPage)
def list_notifications(query: dict[str, Any]) -> dict[str, Any]:
    """One page of what one was told, the newest first"""
    position = cursor_in(query["cursor"], int, str, int, int)
    with current().store.reading() as connection:
        found, following = told.page(
            connection, doors.identity().person, unread=query["unread"], limit=query["limit"], position=position
        )
    return {"items": [_view(notice) for notice in found], "next": cursor_out(following)}


def _view(notice: Notice) -> dict[str, Any]:
    data = notice.data
    return {
        "id": notice.id, "kind": notice.kind, "case": notice.case_id, "title": notice.title,
        "task": f"{notice.case_id}:{notice.task}" if notice.task else None,
        "code": data["code"], "name": data["name"], "name_en": data["nameEn"], "card": data["card"],
        "due_before": data.get("before"), "due_after": data.get("after"), "at": notice.at, "read_at": notice.read_at,
    }  # fmt: skip


@notifications.operation("GET", "/notifications/unread", Access.WORK, answer=UnreadView)
def count_unread() -> dict[str, int]:
    """How many are unread"""
    with current().store.reading() as connection:
        return {"unread": told.unread(connection, doors.identity().person)}


@notifications.operation("POST", "/notifications/<id>/read", Access.WORK, answer=UnreadView, refusals=(404,))
def read_notification(id: str) -> dict[str, int]:
    """Mark one as read"""
    return _read(id)


@notifications.operation("POST", "/notifications/read", Access.WORK, answer=UnreadView)
def read_all_notifications() -> dict[str, int]:
    """Mark all as read"""
    return _read(None)


def _read(id: str | None) -> dict[str, int]:
    person = doors.identity().person
    with current().store.transaction() as connection:
        told.mark_read(connection, person, id)
        return {"unread": told.unread(connection, person)}


@notifications.operation("GET", "/me/contact", Access.WORK, answer=ContactView)
def get_contact() -> dict[str, Any]:
    """How one wants to be told outside the application"""
    return _contact()


@notifications.operation(
    "PUT",
    "/me/contact",
    Access.WORK,
    body=ContactBody,
    answer=ContactView,
    example={
        "email": "li@example.com",
        "quietFrom": "22:00",
        "quietUntil": "07:00",
        "digestAt": None,
        "channels": {"overdue": ["email"], "card": ["email", "robot"]},
    },
)
def set_contact(body: dict[str, Any]) -> dict[str, Any]:
    """Change how one wants to be told. Without `channels`, everything but other due times comes by mail"""
    quiet_from, quiet_until, digest_at = (
        None if body[name] is None else body[name].strftime("%H:%M")
        for name in ("quiet_from", "quiet_until", "digest_at")
    )
    wanted = Contact(body["email"], quiet_from, quiet_until, digest_at, body["robot"])
    if body["channels"] is not None:
        wanted = replace(wanted, channels={kind: tuple(dict.fromkeys(body["channels"][kind])) for kind in told.KINDS})
    with current().store.transaction() as connection:
        told.set_contact(connection, doors.identity().person, wanted)
    return _contact()


def _contact() -> dict[str, Any]:
    duban = current()
    with duban.store.reading() as connection:
        how, robots = told.contact(connection, doors.identity().person), targets.choices(connection)
    return {
        "email": how.email, "quiet_from": how.quiet_from, "quiet_until": how.quiet_until, "digest_at": how.digest_at,
        "robot": how.robot, "channels": {kind: list(how.channels.get(kind, ())) for kind in told.KINDS},
        "robots": robots, "mail": duban.channels.smtp is not None,
    }  # fmt: skip
