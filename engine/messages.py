"""Messages and signals between cases and from outside: the outbox and the buffer, in one table.

A message is written by the entry that sends it, then delivered to one waiting subscription, or starts one case, or
waits in the buffer until its time to live ends. A signal fans out to everybody who listens at that moment. Each
delivery is a transaction of its own that locks one case only.
"""

import json
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from engine import clock, store
from engine.cases import Cases, new_case_id
from engine.errors import CaseNotActive, NotFound
from engine.execution import commands as c
from engine.execution import definitions
from engine.execution import events as e
from engine.execution.decide import CaseBusy
from engine.execution.definitions import Armed, Timers
from engine.execution.wire import Values, decode_values, dumps, encode_values
from engine.releases import append, arm_start
from engine.store import to_millis

HOUR = 3_600_000
_m = store.messages.c


class Messages:
    """Publishing and delivering. `deliver_due` is called by the worker."""

    def __init__(self, cases: Cases) -> None:
        self.cases, self.store = cases, cases.store

    def publish(
        self, name: str, key: str = "", variables: Values | None = None, *, id: str | None = None, ttl: int = HOUR
    ) -> str:
        """A message from outside. The same `id` twice is one message.

        Returns its state: pending, or what became of the first.
        """
        return self._accept("message", name, key, variables or {}, id, ttl)

    def broadcast(self, name: str, variables: Values | None = None, *, id: str | None = None) -> str:
        """A signal from outside."""
        return self._accept("signal", name, "", variables or {}, id, HOUR)

    def _accept(self, kind: str, name: str, key: str, variables: Values, id: str | None, ttl: int) -> str:
        at = to_millis(clock.now())
        dedupe = f"outside/{id or new_case_id(at)}"
        try:
            return self._accept_once(dedupe, kind, name, key, variables, at, ttl)
        except sa.exc.IntegrityError:  # its twin was written at the same moment: now it is there to be found
            return self._accept_once(dedupe, kind, name, key, variables, at, ttl)

    def _accept_once(self, dedupe: str, kind: str, name: str, key: str, variables: Values, at: int, ttl: int) -> str:
        with self.store.transaction() as connection:
            known = connection.execute(sa.select(_m.state).where(_m.id == dedupe)).scalar()
            if known is not None:
                return str(known)
            self._insert(connection, dedupe, kind, name, key, dumps(encode_values(variables)).encode(), at, ttl, None)
            store.announce(connection)
        return "pending"

    def _insert(
        self,
        connection: sa.Connection,
        id: str,
        kind: str,
        name: str,
        key: str,
        payload: bytes,
        at: int,
        ttl: int,
        source: str | None,
    ) -> None:
        connection.execute(
            store.messages.insert().values(
                id=id, kind=kind, name=name, key=key, payload=payload, source=source, state="pending", detail=None,
                created_at=at,
                expires_at=at + ttl, position=at * 1000,
            )
        )  # fmt: skip

    # Delivering ------------------------------------------------------------------------------------------------------

    def deliver_due(self, limit: int = 100) -> int:
        """Deliver pending messages, oldest first; returns how many moved on. Busy cases wait for the next time."""
        moved = 0
        for id in self.pending(limit):
            with suppress(CaseBusy):
                moved += self.deliver(id)
        return moved

    def pending(self, limit: int = 100, without: Collection[str] = ()) -> list[str]:
        """The ids of messages to deliver, oldest first."""
        statement = sa.select(_m.id).where(_m.state == "pending", _m.id.not_in(list(without)))
        with self.store.reading() as connection:
            return list(connection.scalars(statement.order_by(_m.position, _m.id).limit(limit)))

    def wake(self) -> int:
        """Make buffered messages pending again that somebody waits for now, and expire those whose time is over."""
        now = to_millis(clock.now())
        waited_for = sa.or_(_is_awaited(), _may_start())
        with self.store.reading() as connection:
            due = sa.select(_m.id).where(_m.state == "buffered", sa.or_(waited_for, _m.expires_at < now)).limit(1)
            if connection.execute(due).first() is None:
                return 0
        with self.store.transaction() as connection:
            over = store.messages.update().where(_m.state == "buffered", _m.expires_at < now).values(state="expired")
            woken = store.messages.update().where(_m.state == "buffered", waited_for).values(state="pending")
            return connection.execute(over).rowcount + connection.execute(woken).rowcount

    def deliver(self, id: str) -> bool:
        """Deliver one message, unless somebody else does. Raises CaseBusy when its case is being worked on."""
        with self.store.transaction() as connection:
            mine = sa.select(store.messages).where(_m.id == id).with_for_update(skip_locked=True)
            row = connection.execute(mine).first()
            if row is None or row.state != "pending":
                return False
            state, detail = self._kinds[row.kind](self, connection, row)
            connection.execute(store.messages.update().where(_m.id == id).values(state=state, detail=detail))
            return state != "pending"

    def _message(self, connection: sa.Connection, row: Any) -> tuple[str, str | None]:
        if row.expires_at < to_millis(clock.now()):
            return "expired", None
        s = store.subscriptions.c
        waiting = (
            sa.select(s.case_id, s.n)
            .where(s.kind == "message", s.name == row.name, s.key == row.key)
            .order_by(s.case_id, s.n)
        )
        for case_id, n in connection.execute(waiting.limit(20)).all():
            command = c.DeliverMessage(n, row.id, decode_values(json.loads(row.payload)))
            try:
                self.cases.handle_within(connection, case_id, command, skip_locked=True)
                return "delivered", f"case/{case_id}"
            except (NotFound, CaseNotActive):
                continue  # taken meanwhile, or suspended: whoever waits next
        started = self._start(connection, "message", row)
        return ("delivered", started[0]) if started else ("buffered", None)

    def _signal(self, connection: sa.Connection, row: Any) -> tuple[str, str | None]:
        """Fan out: one delivery per listening case, and one case per definition that starts with this signal."""
        s = store.subscriptions.c
        listening = sa.select(s.case_id).where(s.kind == "signal", s.name == row.name).distinct().order_by(s.case_id)
        cases = [case_id for case_id in connection.execute(listening).scalars() if case_id != row.source]
        for number, case_id in enumerate(cases):
            at = to_millis(clock.now())
            self._insert(
                connection, f"{row.id}/{number}", "signal to", row.name, case_id, row.payload, at, HOUR, row.source
            )
        started = self._start(connection, "signal", row)
        return "delivered", ", ".join([f"{len(cases)} cases", *started])

    def _signal_to(self, connection: sa.Connection, row: Any) -> tuple[str, str | None]:
        command = c.DeliverSignal(row.name, row.id, decode_values(json.loads(row.payload)))
        try:
            self.cases.handle_within(connection, row.key, command, skip_locked=True)
        except (NotFound, CaseNotActive) as error:
            return "dead", error.message
        return "delivered", f"case/{row.key}"

    _kinds: dict[str, Callable[["Messages", sa.Connection, Any], tuple[str, str | None]]] = {
        "message": _message,
        "signal": _signal,
        "signal to": _signal_to,
    }

    # Starting cases --------------------------------------------------------------------------------------------------

    def _start(self, connection: sa.Connection, kind: str, row: Any) -> list[str]:
        s = store.start_subscriptions.c
        found = connection.execute(
            sa.select(s.process, s.element).distinct().where(s.kind == kind, s.name == row.name).order_by(s.process)
        ).all()
        started = []
        for process, element in found[:1] if kind == "message" else found:
            if kind == "message" and row.key and self._is_running(connection, process, row.key):
                return []  # one running case per definition and key; the message waits for its end
            variables = decode_values(json.loads(row.payload))
            started.append(
                self.start_by_event(
                    connection, process, element, variables, message=row.id, key=row.key or None, name=row.name
                )
            )
        return started

    def _is_running(self, connection: sa.Connection, process: str, key: str) -> bool:
        table = store.cases.c
        running = sa.select(table.id).where(
            table.process == process, table.business_key == key, table.status.in_(("active", "suspended"))
        )
        return connection.execute(running).first() is not None

    def start_by_event(
        self, connection: sa.Connection, process: str, element: str, variables: Values, *, due: int | None = None,
        message: str | None = None, key: str | None = None, name: str | None = None, timer: int = 0,
    ) -> str:  # fmt: skip
        """Note the start in the definition's stream and start the case, in one transaction.

        `name` is that of the message or signal, `timer` the number of the timer. Empty when no case began: the turn
        was missed, and is not to be made up. Raises InvalidState when it is not due.
        """
        table, at = store.definitions, to_millis(clock.now())
        head = connection.execute(sa.select(table).where(table.c.process == process).with_for_update()).one()
        case_id = self.cases.new_id(at)
        command = c.StartByEvent(process, element, case_id, due, message, timer, at=at)
        told = definitions.start(self._timers(connection, process), command)
        sealed = append(connection, f"definition/{process}", head.seq + 1, head.hash, head.release, command, told)
        connection.execute(table.update().where(table.c.process == process).values(seq=head.seq + 1, hash=sealed.hash))
        if due is not None:
            self._rearm(connection, command, told)
        if not any(isinstance(event, e.CaseStartedByEvent) for event in told):
            return ""
        start = c.StartCase(
            process, variables, business_key=key, element=element, message=message, reached=name, timer=timer
        )
        self.cases.start_within(connection, start, case_id)
        return f"case/{case_id}"

    def _timers(self, connection: sa.Connection, process: str) -> Timers:
        table = store.start_timers
        rows = connection.execute(sa.select(table).where(table.c.process == process))
        return {(row.element, row.number): Armed(row.due_at, row.every, row.remaining) for row in rows}

    def _rearm(self, connection: sa.Connection, command: c.StartByEvent, told: list[e.Event]) -> None:
        t = store.start_timers.c
        fired = (t.process == command.process, t.element == command.element, t.number == command.number)
        connection.execute(store.start_timers.delete().where(*fired))
        for event in told:
            if isinstance(event, e.StartTimerArmed):
                arm_start(connection, command.process, event)

    def due_starts(self, limit: int = 100, now: int | None = None) -> list[Any]:
        """The start timers that are due at `now` (ms; default: at this moment), oldest first."""
        table, now = store.start_timers, to_millis(clock.now()) if now is None else now
        with self.store.reading() as connection:
            due = sa.select(table).where(table.c.due_at <= now).order_by(table.c.due_at).limit(limit)
            return list(connection.execute(due))

    def start_at(self, row: Any) -> bool:
        """Start a case for a start timer that is due. Raises Rejected when another worker was faster."""
        with self.store.transaction() as connection:
            self.start_by_event(connection, row.process, row.element, {}, due=row.due_at, timer=row.number)
            return True


def _is_awaited() -> sa.Exists:
    """Some active case waits for this message."""
    s = store.subscriptions.c
    waiting = sa.exists().where(s.kind == "message", s.name == _m.name, s.key == _m.key)
    return waiting.where(s.case_id == store.cases.c.id, store.cases.c.status == "active")


def _may_start() -> sa.ColumnElement[bool]:
    """It starts a case, and the one that runs with its key, if there was one, has ended."""
    s, case = store.start_subscriptions.c, store.cases.c
    running = sa.exists().where(case.process == s.process, case.business_key == _m.key)
    running = running.where(case.status.in_(("active", "suspended")))
    free = sa.or_(_m.key == "", ~running.correlate(store.start_subscriptions, store.messages))
    return sa.exists().where(s.kind == "message", s.name == _m.name, free).correlate(store.messages)
