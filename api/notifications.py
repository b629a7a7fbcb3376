"""What somebody was told, how they want to be told, and for operators what could not be delivered."""

from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, PageQuery, Schema, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from workflows import notifications as told
from workflows.notifications import Contact, Notice
from workflows.policy import Access

notifications = Operations("notifications", "What one was told, and how one wants to be told.")


class NotificationQuery(PageQuery):
    unread = fields.Boolean(load_default=False)


class NotificationView(Schema):
    id = fields.String(required=True)
    case = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": "of the case"})
    task = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "YELLOW_CARD"})
    name = fields.String(required=True, allow_none=True)
    name_en = fields.String(required=True, allow_none=True)
    card = fields.String(required=True, allow_none=True)
    at = Instant(required=True)
    read_at = Instant(required=True, allow_none=True)


class UnreadView(Schema):
    unread = fields.Integer(required=True, metadata={"description": f"counted up to {told.COUNTED + 1}"})


class ContactBody(Schema):
    email = text(254, load_default=None, allow_none=True)
    quiet_from = fields.Time("%H:%M", load_default=None, allow_none=True, metadata={"example": "22:00"})
    quiet_until = fields.Time("%H:%M", load_default=None, allow_none=True, metadata={"example": "07:00"})


class ContactView(Schema):
    email = fields.String(required=True, allow_none=True)
    quiet_from = fields.String(required=True, allow_none=True)
    quiet_until = fields.String(required=True, allow_none=True)


class DeliveryView(Schema):
    id = fields.String(required=True)
    channel = fields.String(required=True)
    target = fields.String(required=True)
    case_id = fields.String(required=True, data_key="case")
    attempts = fields.Integer(required=True)
    error = fields.String(required=True, allow_none=True)
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)


class DeliveryList(Schema):
    items = fields.List(fields.Nested(DeliveryView), required=True)


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
        "id": notice.id, "case": notice.case_id, "title": notice.title, "task": f"{notice.case_id}:{notice.task}",
        "code": data["code"], "name": data["name"], "name_en": data["nameEn"], "card": data["card"],
        "at": notice.at, "read_at": notice.read_at,
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
    with current().store.reading() as connection:
        return _contact(told.contact(connection, doors.identity().person))


@notifications.operation(
    "PUT",
    "/me/contact",
    Access.WORK,
    body=ContactBody,
    answer=ContactView,
    example={"email": "li@example.com", "quietFrom": "22:00", "quietUntil": "07:00"},
)
def set_contact(body: dict[str, Any]) -> dict[str, Any]:
    """Change how one wants to be told"""
    quiet = [None if body[name] is None else body[name].strftime("%H:%M") for name in ("quiet_from", "quiet_until")]
    wanted = Contact(body["email"], *quiet)
    with current().store.transaction() as connection:
        told.set_contact(connection, doors.identity().person, wanted)
    return _contact(wanted)


def _contact(contact: Contact) -> dict[str, Any]:
    return {"email": contact.email, "quiet_from": contact.quiet_from, "quiet_until": contact.quiet_until}


@notifications.operation("GET", "/deliveries", Access.RETRY, answer=DeliveryList)
def list_dead_deliveries() -> dict[str, Any]:
    """The mails and webhooks of one's cases that could not be delivered, the newest first, at most 200"""
    return _dead()


def _dead() -> dict[str, Any]:
    duban = current()
    with duban.store.reading() as connection:
        return {"items": duban.outbox.dead(connection, doors.identity().tokens)}


@notifications.operation("POST", "/deliveries/<id>/retry", Access.RETRY, answer=DeliveryList, refusals=(404,))
def retry_delivery(id: str) -> dict[str, Any]:
    """Try to deliver it again; answers the ones that remain"""
    current().outbox.retry(id, doors.identity().tokens)
    return _dead()
