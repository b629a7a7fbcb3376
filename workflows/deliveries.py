"""The outbox: sending what notifications lead to, at least once, and what operators do about what cannot be sent.

A receiver tells repetitions by the delivery's id (`Idempotency-Key`, `Message-ID`). A target that fails is left alone,
longer each time; after the last attempt the delivery is dead until somebody asks for another try or drops it.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from engine import clock
from engine.errors import DubanError, NotFound
from engine.store import Store, announce, case_access, cases, to_millis
from engine.tracing import span
from engine.worker import IDLE, Errand, counted
from workflows import people as persons
from workflows import targets
from workflows.tables import deliveries, people

log = logging.getLogger("duban.deliveries")

LEASE = 120_000  # ms; several times what one target's share of a turn may take
BACKOFF = (10_000, 60_000, 300_000, 1_800_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000)
"""Ms before each further attempt; then the delivery is dead: after about half a day."""
TIMEOUT = 10.0  # seconds for one delivery as a whole, however slowly the other side drips
AT_ONCE = 20
SENDERS = 4
DAY = 86_400_000
KEEP = 30 * DAY
COUNTED = 999


class DeliveryNotFound(NotFound):
    """Expected a delivery with this id that has failed, but there is none."""


class SendFailed(DubanError):
    """The other side did not take it. `permanent`: it never will."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class NotNeeded(DubanError):
    """There is nothing left to send."""


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    channel: str
    target: str
    attempts: int
    payload: dict[str, Any]
    case_id: str
    title: str


Sender = Callable[[Delivery], None]


class Outbox:
    """`senders`: channel → what sends one delivery, or raises SendFailed. What no sender is for waits."""

    def __init__(self, store: Store, senders: Mapping[str, Sender]) -> None:
        self._store, self._senders = store, senders
        self._pruned = 0

    def errand(self) -> Errand:
        return Errand("deliveries", self.turn, lambda: IDLE, patience=LEASE / 1000)

    def turn(self) -> int:
        """Send what is due, each target by itself, so that a slow one holds up only its own."""
        self._prune_daily()
        taken = self._lease() if self._senders else []
        if not taken:
            return 0
        groups = [list(group) for _, group in groupby(taken, key=_target)]
        with ThreadPoolExecutor(SENDERS, thread_name_prefix="duban-sender") as pool:
            return sum(pool.map(self._send_all, groups))

    def _lease(self) -> list[Delivery]:
        """A lease is a due time in the future: if this process dies, somebody takes it again then."""
        d, now = deliveries.c, to_millis(clock.now())
        due = (d.state == "pending", d.due_at <= now, d.channel.in_(list(self._senders)))
        with self._store.reading() as connection:
            if connection.execute(sa.select(d.id).where(*due).limit(1)).first() is None:
                return []
        with self._store.transaction() as connection:
            query = sa.select(deliveries, cases.c.title).join(cases, cases.c.id == d.case_id, isouter=True).where(*due)
            few = query.order_by(d.due_at, d.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=deliveries)
            rows = connection.execute(few).all()
            ids = [row.id for row in rows]
            connection.execute(deliveries.update().where(d.id.in_(ids)).values(due_at=now + LEASE))
        found = [
            Delivery(
                row.id, row.channel, row.target, row.attempts, json.loads(row.payload), row.case_id, row.title or ""
            )
            for row in rows
        ]
        return sorted(found, key=_target)

    def _send_all(self, group: list[Delivery]) -> int:
        """One target's deliveries in their order. The first that fails for now ends the turn for the others."""
        for place, delivery in enumerate(group):
            try:
                with span("deliver", channel=delivery.channel, delivery=delivery.id):
                    self._senders[delivery.channel](delivery)
            except NotNeeded as reason:
                self._end(delivery, "dropped", delivery.attempts, None, note=reason.message)
            except SendFailed as error:
                log.warning("%s: %s", delivery.id, error.message, extra={"case": delivery.case_id})
                self._failed(delivery, error)
                if not error.permanent:
                    self._postpone(group[place + 1 :], BACKOFF[0])
                    break
            else:
                self._end(delivery, "delivered", delivery.attempts + 1, None)
        return len(group)

    def _failed(self, delivery: Delivery, error: SendFailed) -> None:
        attempts = delivery.attempts + 1
        if error.permanent or attempts > len(BACKOFF):
            self._end(delivery, "dead", attempts, error.message[:500])
            return
        due = to_millis(clock.now()) + BACKOFF[attempts - 1]
        self._set([delivery.id], attempts=attempts, due_at=due, error=error.message[:500])

    def _postpone(self, group: list[Delivery], by: int) -> None:
        if group:
            self._set([delivery.id for delivery in group], due_at=to_millis(clock.now()) + by)

    def _end(self, delivery: Delivery, state: str, attempts: int, error: str | None, note: str | None = None) -> None:
        ended = to_millis(clock.now())
        self._set([delivery.id], state=state, attempts=attempts, error=error, note=note, ended_at=ended)

    def _set(self, ids: Iterable[str], **values: Any) -> None:
        """Unless somebody has ended it meanwhile: what an operator dropped stays dropped."""
        mine = deliveries.c.id.in_(list(ids)) & (deliveries.c.state == "pending")
        with self._store.transaction() as connection:
            connection.execute(deliveries.update().where(mine).values(**values))

    def _prune_daily(self) -> None:
        """Forget what was delivered or dropped a month ago."""
        d, now = deliveries.c, to_millis(clock.now())
        if now - self._pruned < DAY:
            return
        self._pruned, over = now, now - KEEP
        with self._store.transaction() as connection:
            connection.execute(deliveries.delete().where(d.state.in_(("delivered", "dropped")), d.ended_at < over))


def _target(delivery: Delivery) -> tuple[str, str]:
    """All mail goes to one server."""
    return ("email", "") if delivery.channel in ("email", "digest") else (delivery.channel, delivery.target)


# What waits ----------------------------------------------------------------------------------------------------------


def waiting(connection: sa.Connection) -> dict[str, int]:
    """How much is due now, will be due, has failed and is tried again, and is dead; each counted up to 10,000."""
    d = deliveries.c
    pending, now = d.state == "pending", to_millis(clock.now())
    return {
        "due": counted(connection, d.id, pending, d.due_at <= now),
        "queued": counted(connection, d.id, pending, d.attempts == 0),
        "failing": counted(connection, d.id, pending, d.attempts > 0),
        "dead": counted(connection, d.id, d.state == "dead"),
    }


VIEWS: dict[str, sa.ColumnElement[bool]] = {
    "queue": (deliveries.c.state == "pending") & (deliveries.c.attempts == 0),
    "failing": (deliveries.c.state == "pending") & (deliveries.c.attempts > 0),
    "dead": deliveries.c.state == "dead",
    "done": deliveries.c.state.in_(("delivered", "dropped")),
}
"""What operators look at."""
_FAILED = VIEWS["failing"] | VIEWS["dead"]


def page(
    connection: sa.Connection, tokens: Collection[str], *, view: str, limit: int, position: list[Any] | None
) -> tuple[list[dict[str, Any]], list[Any] | None]:
    """One page of the deliveries that these tokens open, the newest first, and the position of the next."""
    d = deliveries.c
    query = sa.select(deliveries, cases.c.title).join(cases, cases.c.id == d.case_id, isouter=True)
    query = query.where(VIEWS[view], _opened_by(tokens))
    if position is not None:
        query = query.where(sa.tuple_(d.created_at, d.id) < sa.tuple_(*position))
    rows = connection.execute(query.order_by(d.created_at.desc(), d.id.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    names = _names(connection, rows[:limit])
    items = [{**row._mapping, "target_name": names.get(row.target, row.target)} for row in rows[:limit]]
    return items, None if last is None else [last.created_at, last.id]


def _names(connection: sa.Connection, rows: Iterable[Any]) -> dict[str, str]:
    """Of people and targets alike: their ids never meet."""
    named = {one.id: one.name for one in targets.everyone(connection)}
    return named | persons.names(connection, {row.target for row in rows} - named.keys())


def counts(connection: sa.Connection, tokens: Collection[str]) -> dict[str, int]:
    """How many there are of each view that is still open, counted up to COUNTED + 1."""
    found = {}
    for view in ("queue", "failing", "dead"):
        mine = sa.select(deliveries.c.id).where(VIEWS[view], _opened_by(tokens)).limit(COUNTED + 1).subquery()
        found[view] = connection.scalar(sa.select(sa.func.count()).select_from(mine)) or 0
    return found


def retry(connection: sa.Connection, tokens: Collection[str], id: str | None, *, by: str) -> int:
    """Try one that failed, or with None every dead one, again from the first attempt on; returns how many."""
    mine = deliveries.c.id == id if id is not None else VIEWS["dead"]
    again = {"state": "pending", "attempts": 0, "due_at": to_millis(clock.now()), "ended_at": None, "handled_by": by}
    moved = connection.execute(deliveries.update().where(mine, _FAILED, _opened_by(tokens)).values(**again)).rowcount
    if id is not None and not moved:
        raise DeliveryNotFound
    announce(connection)
    return moved


def drop(connection: sa.Connection, tokens: Collection[str], id: str, reason: str, *, by: str) -> None:
    """Give up one that failed. Raises DeliveryNotFound."""
    ended = {"state": "dropped", "ended_at": to_millis(clock.now()), "note": reason, "handled_by": by}
    mine = deliveries.update().where(deliveries.c.id == id, _FAILED, _opened_by(tokens))
    if not connection.execute(mine.values(**ended)).rowcount:
        raise DeliveryNotFound


def _opened_by(tokens: Collection[str]) -> sa.ColumnElement[bool]:
    """What is of a case whom these tokens open; a digest belongs to the unit of the person that it is for."""
    held = sorted(tokens)
    opening = sa.exists().where(case_access.c.case_id == deliveries.c.case_id, case_access.c.token.in_(held))
    own = sa.exists().where(people.c.id == deliveries.c.target, (sa.literal("unit:") + people.c.unit).in_(held))
    return opening.correlate(deliveries) | ((deliveries.c.case_id == "") & own.correlate(deliveries))
