"""What happens without anybody asking: due timers, work left over, jobs, messages. Each piece is a transaction of its
own.

Any number of workers may run on PostgreSQL: whoever holds a case's lock does the work, the others pass by. Embedded
(SQLite) there is one, inside `duban serve`, driven by a single APScheduler tick with a memory store.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler

from engine import clock, feel, store
from engine.cases import Cases
from engine.errors import DubanError, Rejected, Unavailable
from engine.execution import commands as c
from engine.execution.wire import Values
from engine.messages import Messages
from engine.store import to_millis

log = logging.getLogger("duban.worker")

LEASE = 300_000  # ms that a handler may take before another worker may try
BACKOFF = (10_000, 60_000, 300_000)  # ms before the first, second and every further retry of a job
KEEP_ANSWERS = 90 * 86_400_000


@dataclass(frozen=True, slots=True)
class Work:
    """A job as its handler sees it: type, headers, and the variables visible at the element."""

    case_id: str
    job: int
    type: str
    element: str
    headers: Mapping[str, str]
    variables: Mapping[str, feel.Value]
    retries: int = 0

    @property
    def key(self) -> str:
        """The same for every attempt: what a receiver outside needs to see a repetition."""
        return f"{self.case_id}/{self.job}"


class BpmnError(DubanError):
    """A handler raises this to throw a BPMN error with `code` at the element."""

    def __init__(self, code: str, message: str = "", variables: Values | None = None) -> None:
        super().__init__(message or f"BPMN error {code}")
        self.code, self.variables = code, variables or {}


Handler = Callable[[Work], Values | None]


@dataclass(slots=True)
class Worker:
    cases: Cases
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    batch: int = 100
    messages: Messages = field(init=False)
    last_tick: int = field(init=False, default=0)
    _scheduler: BackgroundScheduler | None = field(init=False, default=None)
    _ticks: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.messages = Messages(self.cases)

    # Running ---------------------------------------------------------------------------------------------------------

    def start(self, seconds: float = 0.5) -> None:
        """Run in the background of this process until `stop`."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it would tell of every tick
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(self.safe_tick, "interval", seconds=seconds, max_instances=1, coalesce=True)
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the tick that runs, then stop."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None

    def is_alive(self, within: int = 30_000) -> bool:
        """Whether a tick has ended in the last `within` ms: a scheduler whose thread died says it is running."""
        return to_millis(clock.now()) - self.last_tick <= within

    def safe_tick(self) -> None:
        """One tick; a database that is away is waited for."""
        try:
            self.drain()
        except Unavailable as error:
            log.warning("The worker waits: %s", error.message)

    def drain(self, rounds: int = 50) -> int:
        """Tick until nothing is due any more (at most `rounds` times)."""
        done = 0
        for _ in range(rounds):
            moved = self.tick()
            done += moved
            if not moved:
                break
        return done

    def tick(self) -> int:
        """Do what is due now, once; returns how many pieces of work moved."""
        self._ticks += 1
        moved = (
            self.fire_timers()
            + self.messages.fire_start_timers(self.batch)
            + self.messages.deliver_due(self.batch)
            + self.run_jobs()
        )
        if self._ticks % 10 == 1 or moved:
            moved += self.messages.wake()
        if self._ticks % 5000 == 1:
            self.prune()
        self.last_tick = to_millis(clock.now())
        return moved

    # Timers ----------------------------------------------------------------------------------------------------------

    def fire_timers(self) -> int:
        t, cases = store.timers.c, store.cases.c
        now = to_millis(clock.now())
        due = (
            sa.select(t.case_id, t.n, t.kind)
            .join(store.cases, cases.id == t.case_id)
            .where(t.due_at <= now, sa.or_(cases.status == "active", t.kind == "continue"))
            .order_by(t.due_at, t.case_id, t.n)
            .limit(self.batch)
        )
        with self.cases.store.reading() as connection:
            found = connection.execute(due).all()
        return sum(
            self._try(case_id, c.Continue() if kind == "continue" else c.FireTimer(n)) for case_id, n, kind in found
        )

    def _try(self, case_id: str, command: c.Command) -> bool:
        """One command of the system. Busy, taken meanwhile or no longer due: the next round looks again."""
        try:
            with self.cases.store.transaction() as connection:
                self.cases.handle_within(connection, case_id, command, skip_locked=True)
                return True
        except Rejected as error:
            log.debug("%s on %s: %s", type(command).__name__, case_id, error.message)
        except Unavailable as error:
            log.debug("%s is busy: %s", case_id, error.message)
        return False

    # Jobs ------------------------------------------------------------------------------------------------------------

    def run_jobs(self) -> int:
        return sum(self._run(work) for work in self._lease())

    def _lease(self) -> list[Work]:
        """Take due jobs of the types that have a handler; a lease that ran out is taken again."""
        j, now = store.jobs.c, to_millis(clock.now())
        if not self.handlers:
            return []
        ready = (
            j.due_at <= now,
            j.retries > 0,
            j.type.in_(list(self.handlers)),
            sa.or_(j.leased_until.is_(None), j.leased_until < now),
        )
        due = (
            sa.select(store.jobs)
            .join(store.cases, store.cases.c.id == j.case_id)
            .where(*ready, store.cases.c.status == "active")
        )
        with self.cases.store.reading() as connection:
            if connection.execute(due.limit(1)).first() is None:
                return []
        with self.cases.store.transaction() as connection:
            rows = connection.execute(
                due.order_by(j.due_at).limit(self.batch).with_for_update(skip_locked=True, of=store.jobs)
            ).all()
            for row in rows:
                mine = store.jobs.update().where(j.case_id == row.case_id, j.n == row.n)
                connection.execute(mine.values(leased_until=now + LEASE))
            return [self._work(connection, row) for row in rows]

    def _work(self, connection: sa.Connection, row: Any) -> Work:
        visible = self.cases.visible(connection, row.case_id, row.page, row.n)
        return Work(row.case_id, row.n, row.type, row.element, json.loads(row.headers), visible, row.retries)

    def _run(self, work: Work) -> bool:
        return self._try(work.case_id, self._outcome(work))

    def _outcome(self, work: Work) -> c.Command:
        try:
            return c.CompleteJob(work.job, self.handlers[work.type](work) or {})
        except BpmnError as error:
            return c.FailJob(work.job, error.message, code=error.code, variables=error.variables)
        except Exception as error:
            log.warning("Job %s (%s) failed", work.key, work.type, exc_info=True)
            left = work.retries - 1
            wait = BACKOFF[min(max(0, len(BACKOFF) - left), len(BACKOFF) - 1)]
            return c.FailJob(work.job, f"{type(error).__name__}: {error}", left, wait)

    def prune(self) -> None:
        """Forget stored answers after 90 days."""
        over = to_millis(clock.now()) - KEEP_ANSWERS
        with self.cases.store.transaction() as connection:
            connection.execute(store.idempotency.delete().where(store.idempotency.c.at < over))
