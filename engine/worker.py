"""What happens without anybody asking: due timers, work left over, messages, jobs. Each piece is a transaction of its
own.

Any number of workers may run on PostgreSQL: whoever holds a case's lock does the work, the others pass by. Embedded
(SQLite) there is one, inside `duban serve`. Either way a worker is a few threads, one for each kind of work, so that a
slow handler holds up no timer. A thread sleeps until the next thing falls due, or until a commit tells of something
sooner (`store.announce`: LISTEN/NOTIFY between processes, a plain call within one).
"""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler

from engine import clock, feel, heartbeats, history, store
from engine.audit.log import Log
from engine.cases import Cases
from engine.errors import CaseNotFound, DubanError, InvalidState, JobNotFound, Rejected, Unavailable
from engine.execution import commands as c
from engine.execution.decide import CaseBusy
from engine.execution.wire import Values
from engine.messages import Messages
from engine.store import to_millis
from engine.tracing import span

log = logging.getLogger("duban.worker")

LEASE = 300_000  # ms that a handler may take before another worker may try
LEASED_AT_ONCE = 10  # few, because the last one's lease runs while the others are done
BACKOFF = (10_000, 60_000, 300_000)  # ms before the first, second and every further retry of a job
KEEP_ANSWERS = 90 * 86_400_000
PRUNE_EVERY = 3_600  # seconds
SEAL_EVERY = 5_000  # ms: how long an entry may stay outside the log
WAKE_EVERY = 1_000
IDLE = store.SOON / 1000  # seconds; what falls due sooner is announced
BUSY = 0.05  # seconds until the next try on a case that somebody else works on
AFTER_FAILURE = 1.0
PATIENCE = 30.0  # seconds without a completed turn after which a thread counts as dead
_HEARTBEAT = "heartbeat"
GRACE = 30.0  # seconds that the work under way may take to end when the worker is told to stop

Observe = Callable[[str, float], None]
"""(what was measured, seconds): for metrics."""


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
Within = Callable[[sa.Connection, Work], Values]
"""A handler that writes to this database only: its rows and the completion of its job are one transaction."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: how much of each kind is due, by how many seconds the oldest timer is late, open incidents."""

    due: Mapping[str, int]
    oldest: float
    incidents: int


def counted(connection: sa.Connection, column: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> int:
    """How many rows fit, counted up to 10,000."""
    few = sa.select(column).where(*where).limit(10_000).subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(few)) or 0


# Threads -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Errand:
    """One kind of work. `turn` does what is due and tells how many pieces moved; `pause` is asked when none did: in how
    many seconds there may be more. `patience`: seconds that one turn may take.
    """

    name: str
    turn: Callable[[], int]
    pause: Callable[[], float] = lambda: IDLE
    patience: float = PATIENCE


class _Thread:
    """Does one errand until it is told to stop. Nothing that a turn raises ends it."""

    def __init__(self, errand: Errand, stopping: threading.Event) -> None:
        self.errand, self._stopping = errand, stopping
        self._awake = threading.Event()
        self._expected = time.monotonic()  # when the next turn should have ended, were it to take no time
        self._thread = threading.Thread(target=self._run, name=f"duban-{errand.name}", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._awake.set()

    def join(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def exists(self) -> bool:
        return self._thread.is_alive()

    def is_alive(self) -> bool:
        return self.exists and time.monotonic() - self._expected <= self.errand.patience

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()  # before looking: who calls from here on is heard after this turn
            self._awake.wait(self._turn())

    def _turn(self) -> float:
        """Work until nothing is due; how many seconds to sleep. A turn that fails moves `_expected` no further, so that
        a worker which only fails is soon unhealthy."""
        try:
            while self.errand.turn() and not self._stopping.is_set():
                self._expected = time.monotonic()
            pause = max(0.0, self.errand.pause())
            self._expected = time.monotonic() + pause
            return pause
        except Unavailable as error:
            log.warning("%s waits: %s", self.errand.name, error.message)
        except Exception:
            log.exception("%s failed and will be tried again", self.errand.name)
        return AFTER_FAILURE


class _Ear:
    """Hears what other processes announce (PostgreSQL), and calls. A lost connection is made anew; until then the
    threads look by themselves every few seconds."""

    def __init__(self, url: sa.URL, call: Callable[[], None], stopping: threading.Event) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._call, self._stopping = call, stopping
        threading.Thread(target=self._run, name="duban-ear", daemon=True).start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                first, *_ = str(error).splitlines() or [""]
                log.warning("Not hearing announcements, looking every %s s instead: %s", IDLE, first)
                self._stopping.wait(AFTER_FAILURE)

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"LISTEN {store.CHANNEL}")
        self._call()  # for what was announced while nobody listened
        while not self._stopping.is_set():
            for _ in connection.notifies(timeout=1.0, stop_after=1):
                self._call()


class Aside:
    """Work that could not be done, left alone for a while, longer each time: it must not hold up the rest."""

    SHORTEST, LONGEST = 1_000, 300_000  # ms

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, key: tuple[Any, ...]) -> None:
        _, times = self._kept.get(key, (0, 0))
        length = min(self.LONGEST, self.SHORTEST << min(times, 20))
        self._kept[key] = (to_millis(clock.now()) + length, times + 1)

    def drop(self, key: tuple[Any, ...]) -> None:
        self._kept.pop(key, None)

    def now(self) -> set[tuple[Any, ...]]:
        """What is to be left alone at this moment; what was forgotten for long is forgotten. A clock that was set back
        keeps nothing aside for longer than planned."""
        at = to_millis(clock.now())
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > at - 2 * self.LONGEST}
        return {key for key, (until, _) in self._kept.items() if at < until <= at + self.LONGEST}


# The worker --------------------------------------------------------------------------------------------------------


def _observe_nothing(_: str, __: float) -> None: ...


@dataclass(slots=True)
class Worker:
    """`errands` are further kinds of work (what is above the engine sends mail); each gets a thread of its own."""

    cases: Cases
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    within: Mapping[str, Within] = field(default_factory=dict)
    batch: int = 100
    log: Log | None = None
    errands: Sequence[Errand] = ()
    observe: Observe = _observe_nothing
    patience: float = PATIENCE
    messages: Messages = field(init=False)
    aside: Aside = field(init=False, default_factory=Aside)
    _threads: list[_Thread] = field(init=False, default_factory=list)
    _stopping: threading.Event = field(init=False, default_factory=threading.Event)
    _busy: bool = field(init=False, default=False)
    _looked: int = field(init=False, default=0)
    _clock: clock.Believed = field(init=False, default_factory=clock.Believed)
    _woken: int = field(init=False, default=0)
    _timetable: BackgroundScheduler | None = field(init=False, default=None)
    _sealed: int = field(init=False, default=0)
    _heart: heartbeats.Heart = field(init=False)

    def __post_init__(self) -> None:
        self.messages = Messages(self.cases)
        self._heart = heartbeats.Heart(self.cases.store)

    # Running ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Run in the background of this process until `stop`."""
        if self._threads:
            raise InvalidState("Expected a worker that does not run yet, but it does.")
        self._stopping.clear()
        heart = Errand(_HEARTBEAT, self._beat, lambda: heartbeats.EVERY / 1000, self.patience)
        self._threads = [_Thread(errand, self._stopping) for errand in (*self._all_errands(), heart)]
        self._timetable = self._by_the_clock()
        self.cases.store.listeners.append(self.wake)
        if not self.cases.store.is_sqlite:
            _Ear(self.cases.store.url, self.wake, self._stopping)

    def stop(self) -> None:
        """End after the pieces of work that are under way; a handler that goes on for too long is left to its lease."""
        self._stopping.set()
        if self._timetable is not None:
            self._timetable.shutdown(wait=False)
            self._timetable = None
        if self._threads:
            self.cases.store.listeners.remove(self.wake)
        self.wake()
        until = time.monotonic() + GRACE
        for thread in self._threads:
            if not thread.join(max(0.0, until - time.monotonic())):
                log.warning("%s did not end in time; its lease will run out", thread.errand.name)
        if self._threads:
            with suppress(Unavailable):
                self._heart.stop()
        self._threads = []

    def wake(self) -> None:
        """Something is due now."""
        for thread in self._threads:
            thread.wake()

    def is_alive(self) -> bool:
        """Whether every thread lives and ends its turns in time. One that only fails does not: it gets nothing done."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def backlog(self, connection: sa.Connection) -> Backlog:
        t, j, m, now = store.timers.c, store.jobs.c, store.messages.c, to_millis(clock.now())
        active = sa.exists().where(store.cases.c.id == t.case_id, store.cases.c.status == "active")
        oldest: int | None = connection.scalar(sa.select(sa.func.min(t.due_at)).where(t.due_at <= now, active))
        due = {
            "timer": counted(connection, t.n, t.due_at <= now, active),
            "start": counted(connection, store.start_timers.c.element, store.start_timers.c.due_at <= now),
            "job": counted(connection, j.n, j.due_at <= now, j.retries > 0),
            "message": counted(connection, m.id, m.state == "pending"),
        }
        open_incidents = counted(connection, store.incidents.c.n, store.incidents.c.resolved_at.is_(None))
        return Backlog(due, 0.0 if oldest is None else (now - oldest) / 1000, open_incidents)

    @property
    def lost(self) -> list[str]:
        """The kinds of work whose threads have died: only a new process helps."""
        return [thread.errand.name for thread in self._threads if not thread.exists]

    def _by_the_clock(self) -> BackgroundScheduler:
        """What has no due rows but comes round by the clock. Nothing that users wait for depends on it."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        timetable = BackgroundScheduler(timezone="UTC")
        timetable.add_job(self.prune, "interval", seconds=PRUNE_EVERY, max_instances=1, coalesce=True, name="prune")
        timetable.start()
        return timetable

    def _beat(self) -> int:
        """Tell the others that this worker lives, unless one of its threads does not."""
        if all(thread.is_alive() for thread in self._threads if thread.errand.name != _HEARTBEAT):
            self._heart.beat()
        return 0

    def _all_errands(self) -> list[Errand]:
        own = [
            Errand("timers", self.serve_cases, self._until_next, self.patience),
            Errand("jobs", self.run_jobs, self._until_next_job, LEASE / 1000),
            Errand("sealing", self._seal),
        ]
        return [*own, *self.errands]

    def drain(self, rounds: int = 50) -> int:
        """Tick until nothing is due any more (at most `rounds` times); for tests and tools, without threads."""
        done = 0
        for _ in range(rounds):
            moved = self.tick()
            done += moved
            if not moved:
                break
        return done

    def tick(self) -> int:
        """Do what is due now, once, in the order of urgency; returns how many pieces of work moved."""
        return sum(errand.turn() for errand in self._all_errands())

    def _attempt(self, key: tuple[Any, ...], work: Callable[[], bool]) -> bool:
        """One piece of work. Taken meanwhile, no longer due, or impossible: aside with it, the next one's turn."""
        try:
            with span("work", kind=key[0], case=key[1]):
                moved = work()
        except CaseBusy:
            self._busy = True  # somebody works on that case right now
            return False
        except Rejected as error:
            log.debug("%s: %s", key, error.message)
            self.aside.add(key)
            return False
        except Unavailable:
            raise  # no database, no work: the whole turn ends here
        except Exception:
            log.exception("%s failed unexpectedly and is put aside", key, extra={"case": key[1]})
            self.aside.add(key)
            return False
        self.aside.drop(key)
        return moved

    # Cases: work left over, timers, messages -------------------------------------------------------------------------

    def serve_cases(self) -> int:
        """What people wait for: cases that go on, timers, messages."""
        self._busy = False
        moved = self.fire_timers() + self._start_cases() + self._deliver()
        return moved + (self._wake_messages() if not moved else 0)

    def fire_timers(self) -> int:
        """Go on with large steps, then fire due timers, the oldest first, those of one case in their order."""
        aside = self.aside.now()
        return sum(self._fire(case_id, rows) for case_id, rows in self._by_case(self._due(aside)))

    def _due(self, aside: set[tuple[Any, ...]]) -> list[Any]:
        t, self._looked = store.timers.c, to_millis(self._clock.now())
        of_suspended = sa.or_(store.cases.c.status == "active", t.kind == "continue")
        due = (
            sa.select(t.case_id, t.n, t.kind, t.due_at)
            .join(store.cases, store.cases.c.id == t.case_id)
            .where(t.due_at <= self._looked, of_suspended)
            .order_by(t.due_at, t.case_id, t.n)
        )
        kept = [key[1:] for key in aside if key[0] == "timer"]
        if kept:
            due = due.where(sa.tuple_(t.case_id, t.n).not_in(kept))
        with self.cases.store.reading() as connection:
            left_over = connection.execute(due.where(t.kind == "continue").limit(self.batch)).all()
            return [*left_over, *connection.execute(due.where(t.kind != "continue").limit(self.batch)).all()]

    def _by_case(self, rows: list[Any]) -> Iterator[tuple[str, list[Any]]]:
        """Where several workers meet a long queue, each begins at a place of its own, so that they rarely collide."""
        cases: dict[str, list[Any]] = {}
        for row in rows:
            cases.setdefault(row.case_id, []).append(row)
        groups = list(cases.items())
        if len(rows) >= self.batch and not self.cases.store.is_sqlite:
            first = random.randrange(len(groups))
            groups = groups[first:] + groups[:first]
        for group in groups:
            if self._stopping.is_set():
                return
            yield group

    def _fire(self, case_id: str, rows: Iterable[Any]) -> int:
        """In order, and none before one that could not be done: a later rung must not overtake an earlier one."""
        moved = 0
        for row in rows:
            command = c.Continue() if row.kind == "continue" else c.FireTimer(row.n)
            late = (to_millis(clock.now()) - row.due_at) / 1000
            if not self._attempt(("timer", case_id, row.n), lambda: self._command(case_id, command)):  # noqa: B023 - called at once
                break
            self.observe("timer_lateness", late)
            moved += 1
        return moved

    def _command(self, case_id: str, command: c.Command) -> bool:
        """One command of the system, unless somebody works on that case."""
        begun = time.monotonic()
        with self.cases.store.transaction() as connection:
            answer = self.cases.handle_within(connection, case_id, command, skip_locked=True)
        self.observe("step", time.monotonic() - begun)
        told = {"case": case_id, "seq": answer.seq}
        log.debug("%s on %s: entry %s", type(command).__name__, case_id, answer.seq, extra=told)
        return True

    def _start_cases(self) -> int:
        aside = self.aside.now()
        due = self.messages.due_starts(self.batch, self._looked)
        return sum(
            self._attempt(key, lambda: self.messages.start_at(row))  # noqa: B023 - called at once
            for row in due
            if (key := ("start", row.process, row.element)) not in aside
        )

    def _deliver(self) -> int:
        aside = [key[1] for key in self.aside.now() if key[0] == "message"]
        pending = self.messages.pending(self.batch, aside)
        return sum(self._attempt(("message", id), lambda: self.messages.deliver(id)) for id in pending)  # noqa: B023 - called at once

    def _wake_messages(self) -> int:
        now = to_millis(clock.now())
        if 0 <= now - self._woken < WAKE_EVERY:
            return 0
        self._woken = now
        return self.messages.wake()

    def _until_next(self) -> float:
        """Seconds until the next timer, as far as it is known; what fell due since the last look counts too."""
        if self._busy:
            return BUSY
        t, s = store.timers.c, store.start_timers.c
        coming = sa.select(sa.func.min(t.due_at)).where(t.due_at > self._looked)
        starting = sa.select(sa.func.min(s.due_at)).where(s.due_at > self._looked)
        shortest = self.aside.SHORTEST / 1000 if len(self.aside) else IDLE
        with self.cases.store.reading() as connection:
            found: list[int | None] = [connection.scalar(coming), connection.scalar(starting)]
        return min(shortest, IDLE, *((due - to_millis(clock.now())) / 1000 for due in found if due is not None))

    # Jobs ------------------------------------------------------------------------------------------------------------

    def run_jobs(self) -> int:
        """Let the handlers do what is due."""
        moved = 0
        for work in self._lease():
            if self._stopping.is_set():
                break  # the lease runs out, and whoever is there then does it
            moved += self._run(work)
        return moved

    def _ready(self, now: int) -> sa.Select[Any]:
        j = store.jobs.c
        ready = (
            j.due_at <= now,
            j.retries > 0,
            j.type.in_([*self.handlers, *self.within]),
            sa.or_(j.leased_until.is_(None), j.leased_until < now),
        )
        query = sa.select(store.jobs).join(store.cases, store.cases.c.id == j.case_id)
        return query.where(*ready, store.cases.c.status == "active")

    def _lease(self) -> list[Work]:
        """Take due jobs of the types that have a handler; a lease that ran out is taken again."""
        j, now = store.jobs.c, to_millis(clock.now())
        if not (self.handlers or self.within):
            return []
        due = self._ready(now)
        with self.cases.store.reading() as connection:
            if connection.execute(due.limit(1)).first() is None:
                return []
        with self.cases.store.transaction() as connection:
            few = due.order_by(j.due_at).limit(LEASED_AT_ONCE).with_for_update(skip_locked=True, of=store.jobs)
            rows = connection.execute(few).all()
            for row in rows:
                mine = store.jobs.update().where(j.case_id == row.case_id, j.n == row.n)
                connection.execute(mine.values(leased_until=now + LEASE))
            return [self._work(connection, row) for row in rows]

    def _work(self, connection: sa.Connection, row: Any) -> Work:
        visible = self.cases.visible(connection, row.case_id, row.page, row.n)
        return Work(row.case_id, row.n, row.type, row.element, json.loads(row.headers), visible, row.retries)

    def _run(self, work: Work) -> bool:
        begun = time.monotonic()
        outcome = None if work.type in self.within else self._outcome(work)
        self.observe("job", time.monotonic() - begun)
        return self._attempt(("job", work.case_id, work.job), lambda: self._settle(work, outcome))

    def _complete_within(self, work: Work) -> bool:
        """The handler and the completion, or neither; a job that has gone meanwhile leaves no trace of either."""
        try:
            with self.cases.store.transaction() as connection:
                values = self.within[work.type](connection, work)
                done = c.CompleteJob(work.job, values)
                self.cases.handle_within(connection, work.case_id, done, skip_locked=True)
        except (CaseBusy, CaseNotFound, JobNotFound, Unavailable):
            raise
        except Exception as error:
            log.warning("Job %s (%s) failed", work.key, work.type, exc_info=True, extra={"case": work.case_id})
            return self._command(work.case_id, _failure(work, error))
        return True

    def _settle(self, work: Work, outcome: c.Command | None) -> bool:
        """Tell the case. It may be busy for a moment; the handler must not run again for that."""
        while not self._stopping.is_set():
            try:
                return self._complete_within(work) if outcome is None else self._command(work.case_id, outcome)
            except CaseBusy:
                self._stopping.wait(BUSY)
        return False

    def _outcome(self, work: Work) -> c.Command:
        try:
            return c.CompleteJob(work.job, self.handlers[work.type](work) or {})
        except BpmnError as error:
            return c.FailJob(work.job, error.message, code=error.code, variables=error.variables)
        except Exception as error:
            log.warning("Job %s (%s) failed", work.key, work.type, exc_info=True, extra={"case": work.case_id})
            return _failure(work, error)

    def _until_next_job(self) -> float:
        """Seconds until the next retry or the end of a lease, as far as it is known."""
        if not (self.handlers or self.within):
            return IDLE
        j, now = store.jobs.c, to_millis(clock.now())
        with self.cases.store.reading() as connection:
            due: int | None = connection.scalar(sa.select(sa.func.min(j.due_at)).where(j.due_at > now, j.retries > 0))
        return IDLE if due is None else min(IDLE, (due - now) / 1000)

    # The log of all histories ----------------------------------------------------------------------------------------

    def _seal(self) -> int:
        if self.log is not None and abs(to_millis(clock.now()) - self._sealed) >= SEAL_EVERY:
            self.keep_history(self.log)
        return 0

    def keep_history(self, to: Log) -> None:
        """Seal what was written since the last time, and keep snapshots of the cases that have grown long by it."""
        try:
            if not self._sealed:
                with self.cases.store.transaction() as connection:
                    history.forget_foreign_snapshots(connection)
            touched = to.seal()
            with self.cases.store.reading() as connection:
                heavy = history.heavy(connection, touched)
            for case in heavy:
                history.keep_snapshots(self.cases.store, case)
        except (DubanError, OSError) as error:
            log.error("The history is not sealed: %s", error)
        self._sealed = to_millis(clock.now())

    # Tidying ---------------------------------------------------------------------------------------------------------

    def prune(self) -> None:
        """Forget stored answers after 90 days."""
        over = to_millis(clock.now()) - KEEP_ANSWERS
        with self.cases.store.transaction() as connection:
            connection.execute(store.idempotency.delete().where(store.idempotency.c.at < over))


def _failure(work: Work, error: Exception) -> c.FailJob:
    """Tried again after a while, as often as the job has retries left; what was refused would be refused again."""
    left = 0 if isinstance(error, Rejected) else work.retries - 1
    wait = BACKOFF[min(max(0, len(BACKOFF) - left), len(BACKOFF) - 1)]
    return c.FailJob(work.job, f"{type(error).__name__}: {error}", left, wait)
