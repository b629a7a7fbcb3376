"""Who is told of what, and how each wants to be told: in the application, by mail or daily digest, through a robot.

Rows are written in the transaction of the entry that they tell of, keyed by it, so that nothing is told twice and
nothing is lost; what leaves the house is sent from the outbox afterwards (`workflows.deliveries`). Titles of cases may
hold personal data and are looked up when somebody reads, never copied here.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
from engine.execution.bundle import Bundle
from engine.execution.state import ROOT
from engine.store import announce, case_access, cases, from_millis, insert_new, tasks, to_millis
from workflows import substitution, targets
from workflows.roles import OPERATE, ROLES
from workflows.tables import contacts, deliveries, grants, notifications, people, units

COUNTED = 99
KINDS = ("task", "due", "reminder", "overdue", "card", "incident")
"""A task given by somebody else, another due time, a rung before the deadline, one after it, a card, a stuck case."""
QUIET_KINDS = ("due",)
"""Told in the application alone unless somebody asks for more: one new calendar may move thousands of due times."""
LOG = "log"
"""Trouble with the log of all histories. Kind of the notice, and what stands in place of its case; in the application
alone."""
CHANNELS = ("email", "robot")
"""Beside the application, which always tells."""
_Key = tuple[str, int, int]


class NotificationNotFound(NotFound):
    """Expected a notification of yours with this id, but there is none."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person was told. `data`: kind, code, name, nameEn, card; of another due time also before and after (ms).

    `task` 0: it is about the case as a whole.
    """

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

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", "overdue"))


def _by_mail() -> dict[str, tuple[str, ...]]:
    return {kind: () if kind in QUIET_KINDS else ("email",) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is told outside the application.

    Quiet hours and `digest_at` are local ("22:00"). What comes in quiet hours is sent when they end; with `digest_at`,
    mails are gathered into one a day. Only what is urgent is sent at once in any case. `robot`: a registered target.
    """

    email: str | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None
    digest_at: str | None = None
    robot: str | None = None
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=_by_mail)

    def wants(self, kind: str, channel: str) -> bool:
        has = self.email if channel == "email" else self.robot
        return has is not None and channel in self.channels.get(kind, ())


@dataclass(frozen=True, slots=True)
class _Told:
    """What one event tells, and whom. `urgent`: it passes quiet hours and digests."""

    kind: str
    people: list[str]
    task: int
    shown: dict[str, Any]
    urgent: bool = False


# Telling -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """The projector that writes notifications, and what is to be sent of them.

    `bundle`: what a release compiled to, for the English names of its tasks. `eligible(connection, case, task, at)`:
    who could take a task.
    """

    bundle: Callable[[str, Connection], Bundle]
    eligible: Callable[[Connection, str, int, int], list[str]]

    def project(self, connection: Connection, entry: Recorded) -> None:
        """Write what the events of this entry tell, in its transaction."""
        for n, event in enumerate(entry.events):
            told = self._told(connection, entry, event)
            if told is not None:
                _tell(connection, (entry.case_id, entry.seq, n), entry.at, told)

    def _told(self, connection: Connection, entry: Recorded, event: e.Event) -> _Told | None:
        if isinstance(event, e.RungReached):
            return _rung(connection, entry, event)
        if isinstance(event, e.TaskAssigned):
            return self._given(connection, entry, event.task, event.to)
        if isinstance(event, e.TaskCreated) and event.assignee is not None:
            return self._given(connection, entry, event.task, event.assignee)
        if isinstance(event, e.DeadlineMoved | e.DueTimeChanged) and event.before != event.after:
            return self._moved(connection, entry, event)
        if isinstance(event, e.IncidentRaised):
            return _stuck(connection, entry, event)
        return None

    def _given(self, connection: Connection, entry: Recorded, task: int, to: str) -> _Told | None:
        """Who takes a task need not be told that they have it."""
        if to == entry.command.actor:
            return None
        shown = {"kind": "task", "code": "TASK", **self._named(connection, entry, task), "card": None}
        told = with_substitutes(connection, holders(connection, [f"person:{to}"], entry.at), entry.at)
        return _Told("task", told, task, shown)

    def _moved(self, connection: Connection, entry: Recorded, event: e.DeadlineMoved | e.DueTimeChanged) -> _Told:
        """Whoever has the task, or could take it while nobody has; never the one who changed it."""
        code = "DUE_CHANGED" if isinstance(event, e.DueTimeChanged) else "CALENDAR_ADOPTED"
        shown = {"kind": "due", "code": code, **self._named(connection, entry, event.task), "card": None}
        here = (tasks.c.case_id == entry.case_id) & (tasks.c.n == event.task)
        holder = connection.scalar(sa.select(tasks.c.assignee).where(here))
        if holder is None:
            found = self.eligible(connection, entry.case_id, event.task, entry.at)
        else:
            found = with_substitutes(connection, holders(connection, [f"person:{holder}"], entry.at), entry.at)
        told = [person for person in found if person != entry.command.actor]
        return _Told("due", told, event.task, {**shown, "before": event.before, "after": event.after})

    def _named(self, connection: Connection, entry: Recorded, task: int) -> dict[str, str | None]:
        """What the task is called in both languages."""
        here = (tasks.c.case_id == entry.case_id) & (tasks.c.n == task)
        columns = sa.select(tasks.c.name, tasks.c.process, tasks.c.element, cases.c.release)
        row = connection.execute(columns.join(cases, cases.c.id == tasks.c.case_id).where(here)).one()
        process = self.bundle(row.release, connection).processes.get(row.process)
        node = process.nodes.get(row.element) if process else None
        return {"name": row.name, "nameEn": (node.name_en or None) if node else None}


def _rung(connection: Connection, entry: Recorded, event: e.RungReached) -> _Told:
    due = connection.scalar(sa.select(tasks.c.due_at).where(tasks.c.case_id == entry.case_id, tasks.c.n == event.task))
    card = _text(event.rung.get("card"))
    kind = "card" if card else "overdue" if due is not None and due <= entry.at else "reminder"
    shown = {"kind": kind, "code": event.code, **{name: _text(event.rung.get(name)) for name in ("name", "nameEn")}}
    told = with_substitutes(connection, holders(connection, _texts(event.rung.get("tell")), entry.at), entry.at)
    return _Told(kind, told, event.task, {**shown, "card": card}, _is_urgent(entry, event.rung))


def _is_urgent(entry: Recorded, rung: Mapping[str, feel.Value]) -> bool:
    """What must not wait for the morning: red cards, major hazards, red lines, and what a ladder's table calls so."""
    around = entry.state.pages.get(ROOT)
    variables = around.variables if around else {}
    serious = variables.get("hazardGrade") == "MAJOR" or variables.get("redLine") is True
    return serious or rung.get("urgent") is True or rung.get("card") == "RED_CARD"


def _stuck(connection: Connection, entry: Recorded, event: e.IncidentRaised) -> _Told:
    """The operators of the case. Who has not read of a cause yet is not told again for every case that it stops."""
    shown = {"kind": "incident", "code": event.kind, "name": event.message[:300], "nameEn": None, "card": None}
    shown["process"], shown["element"] = entry.process, event.element
    told, same = operators(connection, entry.case_id, entry.at), notifications.c.data == _json(shown)
    unread = sa.select(notifications.c.person).where(notifications.c.person.in_(told), same)
    know = set(connection.scalars(unread.where(notifications.c.read_at.is_(None)))) if told else set()
    return _Told("incident", [person for person in told if person not in know], 0, shown)


def _tell(connection: Connection, key: _Key, at: int, told: _Told) -> None:
    case_id, seq, n = key
    row = {"case_id": case_id, "seq": seq, "n": n, "task": told.task, "created_at": at, "read_at": None}
    if told.people:
        data = _json(told.shown)
        connection.execute(notifications.insert(), [{**row, "person": who, "data": data} for who in told.people])
    outside = list(_outside(connection, key, at, told))
    if outside:
        connection.execute(insert_new(connection, deliveries), outside)
        announce(connection)


def tell_of_log(connection: Connection, number: int, at: int, trouble: Mapping[str, str]) -> None:
    """Tell the auditors of a trouble of the log; the same number again tells nobody."""
    data = _json({"kind": LOG, "code": LOG.upper(), "card": None, **trouble})
    row = {"case_id": LOG, "seq": number, "n": 0, "task": 0, "created_at": at, "read_at": None, "data": data}
    told = [{**row, "person": who} for who in holders(connection, ["role:AUDITOR"], at)]
    if told:
        connection.execute(insert_new(connection, notifications), told)


def _outside(connection: Connection, key: _Key, at: int, told: _Told) -> Iterator[dict[str, Any]]:
    """The mails, digests and robots' messages that one event leads to."""
    listening, robots = targets.listening(connection, told.kind), dict[str, int]()
    letter = {**_delivery(at), "case_id": key[0], "payload": _json({"task": told.task or None, **told.shown})}
    for person, how in _contacts(connection, told.people):
        due = at if told.urgent else after_quiet(at, how.quiet_from, how.quiet_until)
        if how.wants(told.kind, "email") and how.digest_at and not told.urgent:
            yield _digest(at, person, how)
        elif how.wants(told.kind, "email"):
            yield {**letter, "id": f"{_id(key)}:email:{person}", "channel": "email", "target": person, "due_at": due}
        if how.robot in listening.known and how.wants(told.kind, "robot"):
            robots[how.robot] = min(due, robots.get(how.robot, due))
    for target, due in (robots | dict.fromkeys(listening.always, at)).items():
        yield {**letter, "id": f"{_id(key)}:webhook:{target}", "channel": "webhook", "target": target, "due_at": due}


def _digest(at: int, person: str, how: Contact) -> dict[str, Any]:
    """One row a day: the first notice makes it, what follows finds it there."""
    due = after_quiet(next_digest(at, how.digest_at or "00:00"), how.quiet_from, how.quiet_until)
    own = {"id": f"digest:{person}:{due}", "channel": "digest", "target": person, "due_at": due, "case_id": ""}
    return {**_delivery(at), **own, "payload": _json({"since": at})}


def _delivery(at: int) -> dict[str, Any]:
    return {"state": "pending", "attempts": 0, "created_at": at, "ended_at": None, "error": None}


def _id(key: _Key) -> str:
    return ":".join(str(part) for part in key)


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _text(value: feel.Value) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: feel.Value) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


# Who -----------------------------------------------------------------------------------------------------------------


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


def with_substitutes(connection: Connection, persons: Iterable[str], at: int) -> list[str]:
    """These people and whoever stands in for one of them in everything at `at`."""
    told = dict.fromkeys(persons)
    return list(told | {one.substitute: None for one in substitution.of_whom(connection, told, at) if one.role is None})


def operators(connection: Connection, case_id: str, at: int) -> list[str]:
    """The people who may run this case as operators: a role that operates, for a unit that the case is open to."""
    opens = case_access.c.token.startswith("unit:", autoescape=True)
    tokens = connection.scalars(sa.select(case_access.c.token).where(case_access.c.case_id == case_id, opens))
    places = [token.removeprefix("unit:") for token in tokens]
    operating = [role for role, about in ROLES.items() if OPERATE in about.can]
    return holders(connection, [f"role:{role}@{place}" for role in operating for place in places], at)


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


# When ----------------------------------------------------------------------------------------------------------------


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


def next_digest(at: int, moment: str) -> int:
    """The next time of day `moment` ("18:00", local) after `at` (ms)."""
    local = from_millis(at).astimezone(ZoneInfo(ZONE))
    due = datetime.combine(local.date(), time.fromisoformat(moment), ZoneInfo(ZONE))
    return to_millis(due if due > local else due + timedelta(days=1))


# Reading -----------------------------------------------------------------------------------------------------------


def told_of(connection: Connection, case_id: str, entries: Collection[int]) -> dict[int, list[str]]:
    """Who was told of these entries of a case: entry → persons."""
    t, found = notifications.c, dict[int, list[str]]()
    query = sa.select(t.seq, t.person).where(t.case_id == case_id, t.seq.in_(entries)).distinct().order_by(t.person)
    for row in connection.execute(query) if entries else ():
        found.setdefault(row.seq, []).append(row.person)
    return found


def _notices(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    same = cases.c.id == notifications.c.case_id
    joined = sa.select(notifications, cases.c.title).join(cases, same, isouter=True)
    joined = joined.where(sa.or_(cases.c.id.is_not(None), notifications.c.case_id == LOG))
    order = (notifications.c.created_at, notifications.c.case_id, notifications.c.seq, notifications.c.n)
    return joined.where(*where).order_by(*(column.desc() for column in order))


def _notice(row: Any) -> Notice:
    data = json.loads(row.data)
    title = data.get("detail", "") if row.title is None else row.title
    return Notice(row.case_id, row.seq, row.n, title, row.task, data, row.created_at, row.read_at)


def page(
    connection: Connection, person: str, *, unread: bool, limit: int, position: list[Any] | None
) -> tuple[list[Notice], list[Any] | None]:
    """One page of what somebody was told, the newest first, and the position of the next."""
    mine = notifications.c
    query = _notices(mine.person == person)
    if unread:
        query = query.where(mine.read_at.is_(None))
    if position is not None:
        query = query.where(sa.tuple_(mine.created_at, mine.case_id, mine.seq, mine.n) < sa.tuple_(*position))
    rows = connection.execute(query.limit(limit + 1)).all()
    found = [_notice(row) for row in rows[:limit]]
    last = found[-1] if len(rows) > limit else None
    return found, None if last is None else [last.at, last.case_id, last.seq, last.n]


def gathered(connection: Connection, person: str, since: int, until: int, limit: int = 100) -> list[Notice]:
    """What a digest tells: what came in [since, until), is wanted by mail and has not been read, the newest first."""
    mine, how = notifications.c, contact(connection, person)
    came = (mine.created_at >= since) & (mine.created_at < until)
    rows = connection.execute(_notices(mine.person == person, mine.read_at.is_(None), came).limit(limit))
    return [notice for notice in map(_notice, rows) if how.wants(notice.kind, "email")]


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
    return next((how for _, how in _contacts(connection, [person])), Contact())


def _contacts(connection: Connection, wanted: Collection[str]) -> Iterator[tuple[str, Contact]]:
    rows = connection.execute(sa.select(contacts).where(contacts.c.person.in_(wanted))) if wanted else ()
    for row in rows:
        chosen = _by_mail() if row.channels is None else json.loads(row.channels)
        channels = {kind: tuple(names) for kind, names in chosen.items()}
        yield row.person, Contact(row.email, row.quiet_from, row.quiet_until, row.digest_at, row.robot, channels)


def set_contact(connection: Connection, person: str, wanted: Contact) -> None:
    """Raises InvalidInput for an address that is none, half of the quiet hours, or a robot that nobody registered."""
    if wanted.email is not None and not _is_address(wanted.email):
        raise InvalidInput(
            f"Expected an e-mail address, but found {wanted.email!r}", {"email": ["pattern: an e-mail address"]}
        )
    if (wanted.quiet_from is None) != (wanted.quiet_until is None):
        raise InvalidInput("Expected both ends of the quiet hours", {"quietUntil": ["required: both or none"]})
    if wanted.robot is not None and wanted.robot not in {one.id for one in targets.choices(connection)}:
        raise InvalidInput("Expected one of the registered robots", {"robot": ["option: a registered robot"]})
    values = {
        "email": wanted.email, "quiet_from": wanted.quiet_from, "quiet_until": wanted.quiet_until,
        "digest_at": wanted.digest_at, "robot": wanted.robot, "channels": _json(wanted.channels),
    }  # fmt: skip
    connection.execute(insert_new(connection, contacts).values(person=person, **values))
    connection.execute(contacts.update().where(contacts.c.person == person).values(**values))


def _is_address(text: str) -> bool:
    name, _, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' <>,;:"\\()[]')
    return plain and bool(name) and "." in domain and "@" not in name and len(text) <= 254
