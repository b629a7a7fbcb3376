"""The demo company at work: a simulated clock, and people who do what comes onto their lists.

Nothing is written into tables: people start cases and complete tasks at their desks, as the API does, and the worker
fires timers, runs jobs and carries messages, as the server does. Each task is put into the diary as soon as it is
created, for the moment at which somebody will have got round to it. Everything is drawn from one seed, in the order
of simulated time, so the same seed gives the same company.
"""

import heapq
import io
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine import clock, deadlines, feel
from engine.cases import CASE_ALPHABET, Recorded
from engine.errors import DubanError, TaskForbidden
from engine.execution import commands, events
from engine.execution.calendar import Calendar
from engine.store import from_millis, to_millis
from workflows import demo_photos, people
from workflows.attachments import Upload
from workflows.bars import OpenTask, target_bar
from workflows.duban import Duban
from workflows.roles import AUDIT
from workflows.sessions import Identity

ZONE = ZoneInfo(deadlines.ZONE)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERYBODY_MAY_LOOK = Identity("", frozenset({AUDIT}))


@dataclass(frozen=True, slots=True)
class Due:
    """A task on somebody's list. `key`: process and element, "hazard-loop/Report"."""

    case: str
    n: int
    key: str
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What doing a task takes: the task as it is, what it shows, who does it, and the dice of its case."""

    world: "World"
    due: Due
    task: OpenTask
    seen: Mapping[str, feel.Value]
    person: str
    random: Random

    def plain(self, name: str) -> Any:
        """A variable that the task shows, as JSON; None where it shows none of this name."""
        return feel.to_json(self.seen.get(name))

    def photos(self, role: str, count: int = 1) -> list[dict[str, str]]:
        """Pictures taken on the spot in the last minutes, as a form's photo field wants them."""
        return [self.world.photograph(self.due, role, self.person, self.random) for _ in range(count)]

    def day(self, ahead: int = 0) -> str:
        return (self.world.now + ahead * DAY).astimezone(ZONE).date().isoformat()


@dataclass(slots=True)
class Story:
    """How a hazard goes. `stop`: the task at which it has come to rest today; `late`, `neglected`: the rectifier needs
    longer than the deadline gives, or does nothing; `contest`: VOID or TRANSFER."""

    late: bool = False
    neglected: bool = False
    rejects: int = 0
    opinion: str = "AGREED"
    contest: str = ""
    extension: bool = False
    violation: str = "NONE"
    at_once: bool = False
    stop: str = ""
    rejected: int = 0


class Script(Protocol):
    """What a company lives through: how its hazards go, what it plans, what its visits find."""

    def story(self, case: str) -> Story: ...
    def is_accepted(self, hazard: str) -> bool:
        """Whether the hazard with this number has passed its acceptance."""
        ...

    def planned(self, step: Step) -> list[dict[str, Any]]:
        """The items of a plan of supervision."""
        ...

    def patrolled(self, step: Step) -> list[dict[str, Any]]:
        """The sites of a shift's patrols."""
        ...

    def failing(self, step: Step) -> list[dict[str, str]]:
        """Items of a visit's checklist that fail: {item, note, place}."""
        ...


class World:
    """The company's people and what they will do when. `now` is the simulated time, `until` the present."""

    def __init__(self, duban: Duban, calendar: Calendar, seed: int, now: datetime, until: datetime) -> None:
        self.duban, self.calendar, self.seed, self.now, self.until = duban, calendar, seed, now, until
        self.random = Random(seed)
        self.names: dict[str, str] = {}
        self.accounts: frozenset[str] = frozenset()
        self.counts: dict[str, int] = {}
        self.script: Script
        self.on_task: Callable[[Due], None]
        self._tokens: dict[str, frozenset[str]] = {}
        self._order: dict[str, int] = {}
        self._dice: dict[str, Random] = {}
        self._ids = Random(f"{seed}/ids")
        self._photos = demo_photos.album(Random(f"{seed}/photos"))
        self._diary: list[tuple[datetime, int, Callable[[], None]]] = []
        self._entries = itertools.count()
        self._fresh: list[Due] = []
        self._waiting: set[str] = set()

    # Settling in ---------------------------------------------------------------------------------------------------

    @contextmanager
    def simulated(self) -> Iterator[None]:
        """This world's clock and dice for as long as the block runs; the installation's own again afterwards."""
        cases, project, new_id = self.duban.cases, self.duban.cases.project, self.duban.cases.new_id
        clock.simulate(lambda: self.now)
        cases.new_id, cases.project = self._new_id, self._watching
        try:
            with self.duban.store.hurried():
                yield
        finally:
            cases.new_id, cases.project = new_id, project
            clock.simulate(None)

    def employ(self, names: Mapping[str, str]) -> None:
        """Take on these people (id → name)."""
        self.names |= names
        with self.duban.store.reading() as connection:
            self._tokens |= {id: people.tokens(connection, id, to_millis(self.now)) for id in names}

    def _new_id(self, at: int) -> str:
        """Case ids in the usual shape, but the same from the same seed."""
        return f"{from_millis(at):%y%m}-" + "".join(self._ids.choices(CASE_ALPHABET, k=12))

    def _watching(self, connection: sa.Connection, entry: Recorded) -> None:
        """Write the registers as always, and note who gets something to do."""
        self.duban.project(connection, entry)
        if entry.case_id not in self._order:
            self._order[entry.case_id] = len(self._order)
            self.counts[entry.process] = self.counts.get(entry.process, 0) + 1
        for event in entry.events:
            if isinstance(event, events.TaskCreated):
                process = entry.state.pages[event.page].process
                self._fresh.append(Due(entry.case_id, event.task, f"{process}/{event.element}", event.assignee))
            elif type(event) in _FOLLOWS:
                self._waiting.add(_FOLLOWS[type(event)])

    # Time ----------------------------------------------------------------------------------------------------------

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Put it into the diary; what lies behind is done next."""
        if moment <= self.until:
            heapq.heappush(self._diary, (max(moment, self.now), next(self._entries), act))

    def days(self) -> Iterator[datetime]:
        """Live up to the present; tells each day that is over."""
        while self.now < self.until:
            midnight = datetime.combine(self.now.astimezone(ZONE).date() + DAY, time(), ZONE)
            self._live(min(self.until, midnight))
            yield self.now

    def _live(self, until: datetime) -> None:
        while True:
            timer, planned = self._next_timer(), self._diary[0][0] if self._diary else None
            coming = min((moment for moment in (timer, planned) if moment), default=None)
            if coming is None or coming > until:
                break
            if coming == planned and coming != timer:
                self.now, _, act = heapq.heappop(self._diary)
                act()
            else:
                self.now = max(self.now, coming)
                self._waiting.add("timers")
            self.settle()
        self.now = max(self.now, until)

    def expect(self, kind: str) -> None:
        """Something came from outside that no entry tells of: timers, messages or jobs."""
        self._waiting.add(kind)

    def _next_timer(self) -> datetime | None:
        with self.duban.store.reading() as connection:
            due = connection.exec_driver_sql(_NEXT).scalar()
        return None if due is None else from_millis(due)

    def settle(self) -> None:
        """Let what follows happen: timers, numbers, papers, messages between cases."""
        worker = self.duban.worker
        turns = {"timers": worker.serve_cases, "messages": worker.messages.deliver_due, "jobs": worker.run_jobs}
        while self._waiting:
            kind = next(kind for kind in turns if kind in self._waiting)
            self._waiting.discard(kind)
            if turns[kind]():
                self._waiting.add(kind)
        fresh, self._fresh = self._fresh, []
        for due in fresh:
            self.on_task(due)

    def working(self, hours: float) -> datetime:
        """So many working hours from now."""
        return self.calendar.shifted(self.now, timedelta(hours=hours))

    # People --------------------------------------------------------------------------------------------------------

    def identity(self, person: str) -> Identity:
        return Identity(person, self._tokens[person], own=self._tokens[person])

    def holders(self, token: str) -> list[str]:
        return [id for id, tokens in self._tokens.items() if token in tokens]

    def dice(self, case: str) -> Random:
        """The dice of a case: what happens in one does not depend on what happens in another meanwhile."""
        if case not in self._dice:
            self._dice[case] = Random(f"{self.seed}/{self._order.get(case, case)}")
        return self._dice[case]

    def start(self, person: str, process: str, **data: Any) -> str:
        return self.duban.desk.start(self.identity(person), process, data, key=None).case

    def open(self, due: Due) -> tuple[OpenTask, Mapping[str, feel.Value]] | None:
        """The task and what it shows, unless it has ended meanwhile."""
        desk = self.duban.desk
        with self.duban.store.reading() as connection:
            task = desk.task(connection, EVERYBODY_MAY_LOOK, due.case, due.n)
            if not task.is_open or task.row.case_status != "active":
                return None
            return task, desk.variables(connection, task)

    def take(self, due: Due) -> None:
        """Somebody puts the task onto their own list, and gets no further."""
        found = self.open(due)
        person = self._who(found[0], due) if found and found[0].row.assignee is None else None
        if person is not None:
            self.duban.cases.handle(due.case, commands.ClaimTask(due.n, actor=person))

    def do(self, due: Due, fill: Callable[[Step], dict[str, Any] | None]) -> bool:
        """Somebody who may completes the task. `fill` gives what they write, or None to leave it for another time."""
        found = self.open(due)
        person = self._who(found[0], due) if found else None
        if found is None or person is None:
            return found is None
        data = fill(Step(self, due, *found, person, self.dice(due.case)))
        if data is None:
            return False
        try:
            self.duban.desk.complete(self.identity(person), due.case, due.n, data, version=None, key=None)
        except TaskForbidden:  # barred since they were asked, by rotation or a tie: the next one is asked in time
            return False
        except DubanError as error:
            error.add_note(f"{due.key} of case {due.case} with {data}: {getattr(error, 'fields', {})}")
            raise
        return True

    def _who(self, task: OpenTask, due: Due) -> str | None:
        if task.row.assignee:
            return task.row.assignee
        may = [id for id, tokens in self._tokens.items() if target_bar(task, id, tokens) is None]
        offered = [id for id in may if id in self.accounts]
        dice = self.dice(due.case)
        if offered and dice.random() < 0.35:  # whom visitors of the demonstration are has more to do
            return dice.choice(offered)
        return dice.choice(may) if may else None

    def photograph(self, due: Due, role: str, person: str, random: Random) -> dict[str, str]:
        """A small picture, taken a few minutes ago on the spot."""
        client = f"{due.case}-{due.n}-{random.getrandbits(48):x}"
        upload = Upload(
            case=due.case, task=due.n, name=f"{role}-{due.n}.jpg", role=role, source="CAMERA", client_id=client,
            captured_at=to_millis(self.now) - random.randrange(60_000, 600_000),
            latitude=round(41.1 + random.random() / 10, 6), longitude=round(121.9 + random.random() / 10, 6),
        )  # fmt: skip
        picture = io.BytesIO(random.choice(self._photos[role]))
        added = self.duban.attachments.add(picture, upload, by=person)
        return {"id": added.id, "sha256": added.sha256}


_NEXT = """
SELECT MIN(due) FROM (
    SELECT MIN(t.due_at) AS due FROM timers t JOIN cases c ON c.id = t.case_id WHERE c.status = 'active'
    UNION ALL SELECT MIN(due_at) FROM start_timers
) AS coming
"""
"""When the next timer of a case falls due, or the next start by the clock."""

_FOLLOWS: Mapping[type[events.Event], str] = {
    events.JobCreated: "jobs",
    events.MessageSent: "messages",
    events.SignalThrown: "messages",
    events.SubscriptionOpened: "messages",
    events.RungReached: "messages",
    events.ContinuationRequested: "timers",
}
"""What the worker has to look for after an event."""
