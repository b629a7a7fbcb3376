"""Security entries: who signed in, what was denied, handed out or changed in the installation.

Each is a stream of its own with one entry of format v1, so that sign-ins wait for no one's chain; what proves it is its
leaf in the log over all streams. The address is a personal value: the entry only commits to it. The row in
`security_events` is the head of the stream and finds entries by time, person and kind; what happened, the entry says.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine import clock, store
from engine.audit import entries
from engine.execution.wire import Erased, Openings
from engine.store import to_millis

KIND = "security"
_v, _e, _l = store.security_events.c, store.entries.c, store.leaves.c


@dataclass(frozen=True, slots=True)
class Event:
    """What one entry says. `position`: its leaf in the log (None: it waits); `address` None: erased."""

    id: str
    at: int
    kind: str
    person: str | None
    address: str | None
    detail: Mapping[str, Any]
    position: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of one person, of one kind, from an instant on, and before another (milliseconds)."""

    person: str | None = None
    kind: str | None = None
    since: int | None = None
    until: int | None = None


def record(
    connection: sa.Connection,
    kind: str,
    *,
    person: str | None,
    address: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a security entry in the caller's transaction. `detail` is plain JSON and never holds a secret."""
    id, at = secrets.token_hex(16), to_millis(clock.now())
    openings = Openings()
    told = {"type": "RecordSecurityEvent", "actor": person, "kind": kind, "address": openings.conceal(address)}
    facts = json.loads(json.dumps(detail or {}, sort_keys=True))
    entry = entries.Entry(f"{KIND}/{id}", 1, entries.GENESIS, 0, "", at, None, [])
    sealed = entries.written(entry, told, facts, [], openings)
    row = {"stream": sealed.stream, "seq": 1, "hash": sealed.hash, "bytes": sealed.data, "personal": sealed.personal}
    connection.execute(store.entries.insert(), {**row, "at": at})
    index = {"id": id, "at": at, "kind": kind, "person": person, "address": address, "detail": json.dumps(facts)}
    connection.execute(store.security_events.insert(), {**index, "seq": 1, "hash": sealed.hash})


def page(
    connection: sa.Connection, wanted: Wanted, limit: int, position: tuple[int, str] | None = None
) -> tuple[list[Event], tuple[int, str] | None]:
    """Up to `limit` events, the newest first, after `position` (at, id) of the last one seen; where the next begin."""
    query = _QUERY.where(*_conditions(wanted)).order_by(_v.at.desc(), _v.id.desc()).limit(limit + 1)
    if position is not None:
        query = query.where(sa.tuple_(_v.at, _v.id) < sa.tuple_(*map(sa.literal, position)))
    found = [_event(row) for row in connection.execute(query)]
    more = len(found) > limit
    return found[:limit], (found[limit - 1].at, found[limit - 1].id) if more else None


def sealed_between(connection: sa.Connection, begin: int, end: int) -> Iterator[Event]:
    """The events among the leaves [begin, end), in the log's order: none is missed however transactions committed."""
    here = _l.position >= begin, _l.position < end, _l.stream.startswith(f"{KIND}/", autoescape=True)
    yield from map(_event, connection.execute(_LEAVES.where(*here).order_by(_l.position)))


_QUERY = (
    sa.select(_v.id, _v.at, _e.bytes, _e.personal, _l.position)
    .join(store.entries, sa.and_(_e.stream == sa.literal(f"{KIND}/").concat(_v.id), _e.seq == 1))
    .join(store.leaves, sa.and_(_l.stream == _e.stream, _l.seq == 1), isouter=True)
)

_LEAVES = sa.select(sa.func.substr(_l.stream, len(KIND) + 2).label("id"), _e.bytes, _e.personal, _l.position).join(
    store.entries, sa.and_(_e.stream == _l.stream, _e.seq == _l.seq)
)


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.person is not None:
        yield _v.person == wanted.person
    if wanted.kind is not None:
        yield _v.kind == wanted.kind
    if wanted.since is not None:
        yield _v.at >= wanted.since
    if wanted.until is not None:
        yield _v.at < wanted.until


def _event(row: Any) -> Event:
    """From the entry, not from the row that found it: the entry is what the log proves."""
    body = entries.parse(bytes(row.bytes))
    told = body["command"]
    opened = entries.openings_of(
        entries.Sealed(body["stream"], 1, "", b"", bytes(row.personal) if row.personal else None)
    )
    try:
        address: str | None = str(opened.open(told["address"]["p"]))
    except Erased:
        address = None
    return Event(row.id, entries.millis(body["at"]), told["kind"], told["actor"], address, body["facts"], row.position)
