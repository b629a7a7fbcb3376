"""Who is told when a rung of a ladder is reached, and what they see: in the application, by e-mail, at webhooks.

Rows are written in the transaction of the entry that they tell of, keyed by it, so that nothing is told twice and
nothing is lost; what leaves the house is sent from the outbox afterwards (`workflows.deliveries`). Titles of cases may
hold personal data and are looked up when somebody reads, never copied here.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel
from engine.cases import Recorded
from engine.deadlines import ZONE
from engine.errors import InvalidInput, NotFound
from engine.execution import events as e
from engine.store import announce, cases, from_millis, insert_new, to_millis
from workflows.tables import contacts, deliveries, grants, notifications, people, units

COUNTED = 99
_Key = tuple[str, int, int]


class NotificationNotFound(NotFound):
    """Expected a notification of yours with this id, but there is none."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person was told. `data`: code, name, nameEn and card of the rung."""

    case_id: str
    seq: int
    n: int
    title: str
    task: int
    data: dict[str, Any]
    at: int
    read_at: int | None

    @property
    def id(self) -> str:
        return f"{self.case_id}:{self.seq}:{self.n}"


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is told outside the application. Quiet hours are local ("22:00"); mail waits for their end."""

    email: str | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None


# Telling -----------------------------------------------------------------------------------------------------------


class Telling:
    """The projector: `Telling(webhooks)` with the ids of the registered targets."""

    def __init__(self, webhooks: Collection[str] = ()) -> None:
        self._webhooks = tuple(webhooks)

    def project(self, connection: Connection, entry: Recorded) -> None:
        """Write what the rungs of this entry tell, in its transaction."""
        for n, event in enumerate(entry.events):
            if isinstance(event, e.RungReached):
                self._tell(connection, (entry.case_id, entry.seq, n), entry.at, event)

    def _tell(self, connection: Connection, key: _Key, at: int, event: e.RungReached) -> None:
        told = holders(connection, _texts(event.rung.get("tell")), at)
        row = {"case_id": key[0], "seq": key[1], "n": key[2], "task": event.task, "created_at": at, "read_at": None}
        data = json.dumps(_shown(event), ensure_ascii=False)
        if told:
            connection.execute(notifications.insert(), [{**row, "person": person, "data": data} for person in told])
        outside = [*_mails(connection, key, at, told), *self._hooks(key, at)]
        if outside:
            payload = json.dumps({"task": event.task, **_shown(event)}, ensure_ascii=False)
            connection.execute(deliveries.insert(), [{**one, "payload": payload} for one in outside])
            announce(connection)

    def _hooks(self, key: _Key, at: int) -> list[dict[str, Any]]:
        return [_delivery(key, at, "webhook", hook, at) for hook in self._webhooks]


def _mails(connection: Connection, key: _Key, at: int, told: Collection[str]) -> list[dict[str, Any]]:
    wanted = sa.select(contacts).where(contacts.c.person.in_(told), contacts.c.email.is_not(None))
    found = connection.execute(wanted).all() if told else []
    return [_delivery(key, at, "email", row.person, after_quiet(at, row.quiet_from, row.quiet_until)) for row in found]


def _delivery(key: _Key, at: int, channel: str, target: str, due: int) -> dict[str, Any]:
    case_id, seq, n = key
    return {
        "id": f"{case_id}:{seq}:{n}:{channel}:{target}", "channel": channel, "target": target, "case_id": case_id,
        "state": "pending", "attempts": 0, "due_at": due, "created_at": at, "ended_at": None, "error": None,
    }  # fmt: skip


def _shown(event: e.RungReached) -> dict[str, Any]:
    return {"code": event.code, **{name: _text(event.rung.get(name)) for name in ("name", "nameEn", "card")}}


def _text(value: feel.Value) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: feel.Value) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def holders(connection: Connection, tokens: Iterable[str], at: int) -> list[str]:
    """The active people who hold one of these tokens at `at`: the inverse of `people.tokens` for persons and roles."""
    found: dict[str, None] = {}
    for token in dict.fromkeys(tokens):
        kind, _, rest = token.partition(":")
        if kind == "person":
            query = sa.select(people.c.id).where(people.c.id == rest)
        elif kind == "role":
            query = _holding(*rest.partition("@")[::2], at)
        else:
            continue  # `unit:` and `can:` open doors; nobody is told for them
        found |= dict.fromkeys(connection.scalars(query.where(people.c.status == "active").order_by(people.c.id)))
    return list(found)


def _holding(role: str, unit: str, at: int) -> sa.Select[Any]:
    """Who has the role: for this unit or one above it, or anywhere when no unit is named."""
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    query = sa.select(people.c.id).join(grants, grants.c.person == people.c.id).where(grants.c.role == role, in_force)
    if not unit:
        return query.distinct()
    top, place = units.alias("top"), units.alias("place")
    reaches = sa.func.substr(place.c.path, 1, sa.func.length(top.c.path)) == top.c.path
    query = query.join(top, top.c.id == grants.c.unit).join(place, reaches)
    return query.where(place.c.id == unit).distinct()


def after_quiet(at: int, begin: str | None, end: str | None) -> int:
    """`at`, or the end of the quiet hours that it lies in (ms). They may pass midnight."""
    if begin is None or end is None or begin == end:
        return at
    opens, closes = time.fromisoformat(end), time.fromisoformat(begin)
    local = from_millis(at).astimezone(ZoneInfo(ZONE))
    now = local.time()
    quiet = closes <= now < opens if closes < opens else now >= closes or now < opens
    if not quiet:
        return at
    day = local.date() + timedelta(days=1) if now >= opens else local.date()
    return to_millis(datetime.combine(day, opens, ZoneInfo(ZONE)))


# Reading -----------------------------------------------------------------------------------------------------------


def page(
    connection: Connection, person: str, *, unread: bool, limit: int, position: list[Any] | None
) -> tuple[list[Notice], list[Any] | None]:
    """One page of what somebody was told, the newest first, and the position of the next."""
    mine = notifications.c
    query = sa.select(notifications, cases.c.title).join(cases, cases.c.id == mine.case_id).where(mine.person == person)
    if unread:
        query = query.where(mine.read_at.is_(None))
    place = sa.tuple_(mine.created_at, mine.case_id, mine.seq, mine.n)
    if position is not None:
        query = query.where(place < sa.tuple_(*position))
    order = [column.desc() for column in (mine.created_at, mine.case_id, mine.seq, mine.n)]
    rows = connection.execute(query.order_by(*order).limit(limit + 1)).all()
    found = [
        Notice(row.case_id, row.seq, row.n, row.title, row.task, json.loads(row.data), row.created_at, row.read_at)
        for row in rows[:limit]
    ]
    last = found[-1] if len(rows) > limit else None
    return found, None if last is None else [last.at, last.case_id, last.seq, last.n]


def unread(connection: Connection, person: str) -> int:
    """How many are unread, counted up to COUNTED + 1."""
    mine = sa.select(notifications.c.seq).where(notifications.c.person == person, notifications.c.read_at.is_(None))
    return connection.scalar(sa.select(sa.func.count()).select_from(mine.limit(COUNTED + 1).subquery())) or 0


def mark_read(connection: Connection, person: str, id: str | None) -> None:
    """Mark one (or, with None, all) as read. Twice is once. NotificationNotFound for somebody else's."""
    mine = notifications.c.person == person
    if id is not None:
        case_id, _, numbers = id.partition(":")
        seq, _, n = numbers.partition(":")
        if not (seq.isdigit() and n.isdigit() and len(numbers) < 18):
            raise NotificationNotFound
        one = (notifications.c.case_id == case_id, notifications.c.seq == int(seq), notifications.c.n == int(n))
        mine = sa.and_(mine, *one)
        if connection.execute(sa.select(notifications.c.seq).where(mine)).first() is None:
            raise NotificationNotFound
    now = to_millis(clock.now())
    connection.execute(notifications.update().where(mine, notifications.c.read_at.is_(None)).values(read_at=now))


# Contacts ----------------------------------------------------------------------------------------------------------


def contact(connection: Connection, person: str) -> Contact:
    row = connection.execute(sa.select(contacts).where(contacts.c.person == person)).first()
    return Contact() if row is None else Contact(row.email, row.quiet_from, row.quiet_until)


def set_contact(connection: Connection, person: str, wanted: Contact) -> None:
    """Raises InvalidInput for an address that is none, or half of the quiet hours."""
    if wanted.email is not None and not _is_address(wanted.email):
        raise InvalidInput(
            f"Expected an e-mail address, but found {wanted.email!r}", {"email": ["pattern: an e-mail address"]}
        )
    if (wanted.quiet_from is None) != (wanted.quiet_until is None):
        raise InvalidInput("Expected both ends of the quiet hours", {"quietUntil": ["required: both or none"]})
    values = {"email": wanted.email, "quiet_from": wanted.quiet_from, "quiet_until": wanted.quiet_until}
    connection.execute(insert_new(connection, contacts).values(person=person, **values))
    connection.execute(contacts.update().where(contacts.c.person == person).values(**values))


def _is_address(text: str) -> bool:
    name, _, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' <>,;:"\\()[]')
    return plain and bool(name) and "." in domain and "@" not in name and len(text) <= 254
