"""`Cases.handle(command)`: the one way a case changes.

One transaction: idempotency key → lock the case → pages → facts → decide → project → append the entry → commit. No
network inside. Whatever raises leaves nothing behind.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import sqlalchemy as sa

from engine import clock, store
from engine.audit import entries
from engine.deadlines import Newest
from engine.driver import Asked, Together, fetch
from engine.errors import CaseNotFound, IncidentNotFound, JobNotFound, KeyReused, NotFound, TaskNotFound, TaskNotOpen
from engine.execution import commands as c
from engine.execution.bundle import Bundle
from engine.execution.decide import CaseBusy, decide
from engine.execution.events import Event
from engine.execution.state import ROOT, Head, Page, Scope, State, layers
from engine.execution.wire import Openings, dumps, encode
from engine.projection import Rows
from engine.releases import Releases, append
from engine.store import Store, to_millis
from engine.tracing import span

CASE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that reads like something else


class Policy(Protocol):
    """Who may do what; implemented above the engine. Called under the case's lock, so that it cannot be out of date."""

    def facts(self, connection: sa.Connection, case_id: str | None, command: c.Command) -> dict[str, Any]:
        """At least `tokens` of the actor.

        For an assignment also `target`; `excluded` with a reason where a rule bars somebody.
        """
        ...


class OpenPolicy:
    """Lets the system and trusted callers act without tokens (tests, tools); it gives nobody any."""

    def facts(self, *_: object) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry, as projections outside the engine see it."""

    case_id: str
    seq: int
    at: int
    process: str
    command: c.Command
    events: list[Event]
    state: State


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command led to.

    `created`: numbers of tasks that it put on the list; `replayed`: the stored answer to a repeated request.
    """

    case: str
    seq: int
    status: str
    created: tuple[int, ...] = ()
    replayed: bool = False


@dataclass(slots=True)
class Beside:
    """What is to be read in the transaction of a command, after it: its rows, or None for a repeated request."""

    asked: Sequence[Asked]
    rows: list[list[Any]] | None = None


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A request that may come again: who asked for what under which key."""

    actor: str
    key: str
    request: str

    def kept(self, answer: Answer, at: int) -> dict[str, Any]:
        """The row that answers a repetition."""
        body = dumps(asdict(answer)).encode()
        return {"actor": self.actor, "key": self.key, "request": self.request, "answer": body, "at": at}

    def answered(self, stored: Any) -> Answer:
        """The stored answer; KeyReused when it answers another request."""
        if stored.request != self.request:
            raise KeyReused
        answer = json.loads(stored.answer)
        return Answer(**{**answer, "created": tuple(answer["created"]), "replayed": True})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look at a case brought, under its lock: its row, that of the command's subject, their pages."""

    row: Any
    place: Any
    pages: dict[str, Any]
    earlier: Answer | None


Projector = Callable[[sa.Connection, Recorded], None]

_SEE_CASE = sa.select(store.cases).where(store.cases.c.id == sa.bindparam("id"))
_LOCK_CASE = _SEE_CASE.with_for_update()
_LOCK_CASE_IF_FREE = _SEE_CASE.with_for_update(skip_locked=True)
_PAGES = sa.select(store.pages.c.id, store.pages.c.body, store.pages.c.variables).where(
    store.pages.c.case_id == sa.bindparam("c"), store.pages.c.id.in_(sa.bindparam("ids", expanding=True))
)
_TWO_PAGES = sa.select(store.pages.c.id, store.pages.c.body, store.pages.c.variables).where(
    store.pages.c.case_id == sa.bindparam("c"),
    sa.or_(store.pages.c.id == ROOT, store.pages.c.id == sa.bindparam("page")),
)
_ALL_PAGES = sa.select(store.pages.c.id, store.pages.c.body, store.pages.c.variables).where(
    store.pages.c.case_id == sa.bindparam("c")
)
_THIS_PAGE = (store.pages.c.case_id == sa.bindparam("c"), store.pages.c.id == sa.bindparam("page"))
_ADD_PAGE = store.pages.insert()
_SET_BODY = store.pages.update().where(*_THIS_PAGE).values(body=sa.bindparam("b"))
_SET_VARIABLES = store.pages.update().where(*_THIS_PAGE).values(variables=sa.bindparam("v"))
_SET_BOTH = store.pages.update().where(*_THIS_PAGE).values(body=sa.bindparam("b"), variables=sa.bindparam("v"))
_DROP_PAGE = store.pages.delete().where(*_THIS_PAGE)
_DROP_TREE = store.pages.delete().where(
    store.pages.c.case_id == sa.bindparam("c"), store.pages.c.id.like(sa.bindparam("tree"))
)
_SWEEP = store.pages.delete().where(store.pages.c.case_id == sa.bindparam("c"), store.pages.c.id != ROOT)
_ANSWER = sa.select(store.idempotency.c.request, store.idempotency.c.answer).where(
    store.idempotency.c.actor == sa.bindparam("a"), store.idempotency.c.key == sa.bindparam("k")
)
_KEEP_ANSWER = store.idempotency.insert()
_DROP_DRAFT = store.drafts.delete().where(
    store.drafts.c.case_id == sa.bindparam("c"),
    store.drafts.c.n == sa.bindparam("number"),
    store.drafts.c.person == sa.bindparam("who"),
)
_ADD_CASE = store.cases.insert()
_SET_CASE = store.cases.update().where(store.cases.c.id == sa.bindparam("case"))


class Cases:
    """Cases of one store. `policy` supplies facts about people, `project` writes registers in the same transaction.

    `new_id` makes the id of a case from the moment of its start (ms); a simulation sets one that repeats itself.
    """

    def __init__(
        self, store_: Store, releases: Releases, *, policy: Policy | None = None, project: Projector | None = None
    ) -> None:
        self.store, self.releases = store_, releases
        self.policy: Policy = policy or OpenPolicy()
        self.project = project
        self.new_id = new_case_id
        self._calendars = Newest()

    def start(
        self, command: c.StartCase, *, key: str | None = None, case_id: str | None = None, request: str | None = None
    ) -> Answer:
        """Start a case of the process's newest release. Raises ReleaseNotFound, Forbidden, InvalidInput.

        `request` says what was asked, for `key`; without it the command itself does (see `answered`).
        """

        keyed = self._keyed(None, command, key, request)

        def attempt() -> Answer:
            with self.store.transaction() as connection:
                stored = connection.execute(_ANSWER, {"a": keyed.actor, "k": keyed.key}).first() if keyed else None
                if keyed and stored:
                    return keyed.answered(stored)
                return self.start_within(connection, command, case_id, keyed)

        return _again_if_beaten(attempt)

    def start_within(
        self, connection: sa.Connection, command: c.StartCase, case_id: str | None = None, keyed: _Keyed | None = None
    ) -> Answer:
        """The same inside the caller's transaction (start timers and messages of a definition)."""
        at = to_millis(clock.now())
        release = self.releases.current(command.process, connection)
        case_id = case_id or self.new_id(at)
        command = self._with_facts(connection, None, replace(command, at=at))
        state = State()
        told = decide(self.releases.bundle(release, connection), state, command)
        return self._record(connection, None, case_id, release, state, command, told, keyed)

    def handle(
        self, case_id: str, command: c.Command, *, key: str | None = None, request: str | None = None,
        beside: Beside | None = None,
    ) -> Answer:  # fmt: skip
        """Do one command on a case. Raises what `decide` raises, CaseNotFound, TaskNotFound, KeyReused."""
        keyed = self._keyed(case_id, command, key, request)
        with span("handle", case=case_id, command=type(command).__name__):
            while True:
                try:
                    return self._handle(case_id, command, keyed, beside)
                except CaseBusy:
                    self._handle(case_id, c.Continue(), None)

    def answered(self, actor: str, key: str, request: str) -> Answer | None:
        """The stored answer to `request` under this key, if it was done before; KeyReused when the key was for another.

        For callers whose command depends on more than the request (a form judged against the case's data): asked
        before the command is made, so that a repeated request is answered although the data has moved on.
        """
        with self.store.reading() as connection:
            stored = connection.execute(_ANSWER, {"a": actor, "k": key}).first()
        return _Keyed(actor, key, request).answered(stored) if stored else None

    def _handle(
        self, case_id: str, command: c.Command, keyed: _Keyed | None, beside: Beside | None = None
    ) -> Answer:  # fmt: skip
        with self.store.transaction() as connection:
            seen = self._look(connection, case_id, command, keyed=keyed)
            return seen.earlier or self._handle_locked(connection, seen, command, keyed, beside)

    def handle_within(
        self, connection: sa.Connection, case_id: str, command: c.Command, *, skip_locked: bool = False
    ) -> Answer:
        """The same inside the caller's transaction.

        With `skip_locked`, a case somebody else works on raises CaseBusy.
        """
        seen = self._look(connection, case_id, command, lock=_LOCK_CASE_IF_FREE if skip_locked else _LOCK_CASE)
        return self._handle_locked(connection, seen, command, None)

    def _look(
        self, connection: sa.Connection, case_id: str, command: c.Command, *, lock: Any = _LOCK_CASE,
        keyed: _Keyed | None = None,
    ) -> _Seen:  # fmt: skip
        """Lock the case, then read what nearly every command needs, in one round trip. A twin request waits at the
        lock, and finds the answer afterwards."""
        place = _PLACES.get(type(command))
        here = {"c": case_id, "n": getattr(command, place.name)} if place else {"c": case_id, "page": command.page}
        asked: list[Asked] = [
            (lock, {"id": case_id}),
            (place.pages if place else _TWO_PAGES, here),
        ]
        if place:
            asked.append((place.row, here))
        if keyed:
            asked.append((_ANSWER, {"a": keyed.actor, "k": keyed.key}))
        locked, pages, *more = fetch(connection, asked)
        if not locked:
            raise (
                CaseBusy
                if lock is _LOCK_CASE_IF_FREE
                else CaseNotFound(f"Expected a case '{case_id}', but there is none.")
            )
        earlier = keyed.answered(more[-1][0]) if keyed and more[-1] else None
        found = more[0][0] if place and more[0] else None
        return _Seen(locked[0], found, {page.id: page for page in pages}, earlier)

    def consider(self, connection: sa.Connection, case_id: str, command: c.Command) -> list[Event]:
        """The events that `command` would lead to at this moment. Nothing is locked or written.

        Raises what `handle` raises.
        """
        seen = self._look(connection, case_id, command, lock=_SEE_CASE)
        return self._decided(connection, seen, command)[3]

    def _handle_locked(
        self, connection: sa.Connection, seen: _Seen, command: c.Command, keyed: _Keyed | None,
        beside: Beside | None = None,
    ) -> Answer:  # fmt: skip
        release, state, command, told = self._decided(connection, seen, command)
        return self._record(connection, seen.row, seen.row.id, release, state, command, told, keyed, beside)

    def _decided(
        self, connection: sa.Connection, seen: _Seen, command: c.Command
    ) -> tuple[str, State, c.Command, list[Event]]:
        """The release that the case goes on with, its state afterwards, the command with its facts, and the events."""
        row, case_id, release = seen.row, seen.row.id, seen.row.release
        page = located(seen.place, command)
        state = self._state(connection, case_id, row.head, seen.pages)
        at = max(to_millis(clock.now()), row.updated_at)  # a clock that jumps back does not take the history with it
        command = self._with_facts(connection, case_id, replace(command, page=page, at=at))
        state.fetch(dict.fromkeys((ROOT, page)) if page else (ROOT,))
        if isinstance(command, c.MigrateCase | c.MoveToken):
            ids = connection.execute(sa.select(store.pages.c.id).where(store.pages.c.case_id == case_id))
            state.fetch(list(ids.scalars()))
        if isinstance(command, c.MigrateCase):
            command = replace(command, facts={**command.facts, "from": release, **begun(connection, case_id, command)})
            release = command.release
        elif isinstance(command, c.MoveToken):
            command = replace(command, page=_page_of(state, command.instance))
        elif isinstance(command, c.AdoptCalendar):
            command = replace(command, tasks=behind(connection, case_id, command))
        elif isinstance(command, c.ChangeDueTime):
            command = replace(command, was=_due_of(connection, case_id, command.task))
        bundle = self.releases.bundle(release, connection)
        with span("decide", case=case_id, command=type(command).__name__):
            told = decide(bundle, state, command)
        return release, state, command, told

    # Parts of the transaction --------------------------------------------------------------------------------------

    def _keyed(self, case_id: str | None, command: c.Command, key: str | None, request: str | None) -> _Keyed | None:
        return _Keyed(command.actor or "", key, request or request_hash(case_id, command)) if key else None

    def _with_facts(self, connection: sa.Connection, case_id: str | None, command: c.Command) -> Any:
        facts = self.policy.facts(connection, case_id, command)
        calendars = self._calendars.versions(connection)
        return replace(command, facts={**command.facts, **facts, **({"calendars": calendars} if calendars else {})})

    def _state(
        self, connection: sa.Connection, case_id: str, head: bytes, at_hand: Mapping[str, Any] | None = None
    ) -> State:
        """The state, whose pages are read as they are needed; `at_hand` are rows that were read already."""
        known = dict(at_hand or {})

        def rows(ids: Iterable[str]) -> Iterator[Any]:
            wanted = list(ids)
            yield from (known.pop(id) for id in wanted if id in known)
            for chunk in _chunks([id for id in wanted if id not in stored], 500):
                yield from connection.execute(_PAGES, {"c": case_id, "ids": chunk})

        def source(ids: Iterable[str]) -> Iterator[Page]:
            for row in rows(ids):
                stored.add(row.id)
                yield Page.load(row.id, row.body, row.variables)

        state = State(Head.load(head), source, lambda what, wanted: _listening(connection, case_id, what, wanted))
        stored = state.stored
        return state

    def _record(
        self,
        connection: sa.Connection,
        row: Any,
        case_id: str,
        release: str,
        state: State,
        command: c.Command,
        told: list[Event],
        keyed: _Keyed | None,
        beside: Beside | None = None,
    ) -> Answer:
        process = state.head.process
        seq, prev = (row.seq + 1, row.hash) if row is not None else (1, entries.GENESIS)
        rows = Rows(case_id, process, seq, command.at, command.actor).tell(told, state)
        openings = Openings(self.releases.bundle(release, connection).processes[process].personal)
        together = Together(connection)
        sealed = append(together, f"case/{case_id}", seq, prev, release, command, told, openings)
        self._write_case(together, row, case_id, release, state, command, sealed)
        self._write_pages(together, case_id, state)
        rows.write(together)
        answer = Answer(case_id, seq, state.head.status, tuple(rows.added.get(store.tasks, {})))
        if isinstance(command, c.CompleteTask) and command.actor is not None:
            together.execute(_DROP_DRAFT, {"c": case_id, "number": command.task, "who": command.actor})
        if keyed:
            together.execute(_KEEP_ANSWER, keyed.kept(answer, to_millis(clock.now())))
        if beside is not None:
            together.ask(beside.asked)
        rows_beside = together.send()
        if beside is not None:
            beside.rows = rows_beside
        if self.project is not None:
            self.project(connection, Recorded(case_id, seq, command.at, process, command, told, state))
        return answer

    def _write_case(
        self,
        to: Together,
        row: Any,
        case_id: str,
        release: str,
        state: State,
        command: c.Command,
        sealed: Any,
    ) -> None:
        running = state.head.status in ("active", "suspended")
        values = {
            "release": release, "status": state.head.status, "updated_at": command.at, "seq": sealed.seq,
            "hash": sealed.hash,
            "head": state.head.dump().encode(), "title": state.head.title,
            "ended_at": None if running else command.at,
        }  # fmt: skip
        if row is not None:
            to.execute(_SET_CASE, {"case": case_id, **values})
            return
        assert isinstance(command, c.StartCase)
        values |= {
            "id": case_id, "process": command.process, "business_key": command.business_key,
            "started_by": command.actor,
            "started_at": command.at,
        }  # fmt: skip
        to.execute(_ADD_CASE, values)

    def _write_pages(self, to: Together, case_id: str, state: State) -> None:
        if state.swept and state.stored:
            to.execute(_SWEEP, {"c": case_id})
        for tree in state.dropped_trees:
            to.execute(_DROP_TREE, {"c": case_id, "tree": f"{tree}.%"})
        gone = [{"c": case_id, "page": id} for id in state.dropped if id in state.stored]
        if gone:
            to.execute(_DROP_PAGE, gone)
        fresh = []
        for id in sorted(state.dirty | state.dirty_variables, key=_page_order):
            page = state.pages.get(id)
            if page is None:
                continue
            if id not in state.stored:
                fresh.append(
                    {
                        "case_id": case_id,
                        "id": id,
                        "body": page.dump().encode(),
                        "variables": page.dump_variables().encode(),
                    }
                )
            else:
                self._update_page(to, case_id, page, id in state.dirty, id in state.dirty_variables)
        if fresh:
            to.execute(_ADD_PAGE, fresh)

    def _update_page(self, to: Together, case_id: str, page: Page, body: bool, variables: bool) -> None:
        values: dict[str, Any] = {"c": case_id, "page": page.id}
        if body:
            values["b"] = page.dump().encode()
        if variables:
            values["v"] = page.dump_variables().encode()
        to.execute(_SET_BOTH if body and variables else _SET_BODY if body else _SET_VARIABLES, values)

    # Reading -------------------------------------------------------------------------------------------------------

    def load(self, connection: sa.Connection, case_id: str) -> tuple[State, Bundle]:
        """The current state, all pages loaded, and the release it runs on. Raises CaseNotFound."""
        row = connection.execute(sa.select(store.cases).where(store.cases.c.id == case_id)).first()
        if row is None:
            raise CaseNotFound(f"Expected a case '{case_id}', but there is none.")
        state = State(Head.load(row.head))
        for page in connection.execute(_ALL_PAGES, {"c": case_id}):
            state.hold(Page.load(page.id, page.body, page.variables))
        return state, self.releases.bundle(row.release, connection)

    def scope(self, connection: sa.Connection, case_id: str, page_id: str) -> tuple[str, Mapping[str, Any]]:
        """The process that a page runs, and the variables that are visible in it."""
        row = connection.execute(sa.select(store.cases).where(store.cases.c.id == case_id)).first()
        if row is None:
            raise CaseNotFound(f"Expected a case '{case_id}', but there is none.")
        state = self._state(connection, case_id, row.head)
        page = state.page(page_id)
        return page.process, Scope(layers(state, page, None))

    def visible(self, connection: sa.Connection, case_id: str, page_id: str, n: int | None) -> Mapping[str, Any]:
        """The variables that an element instance sees, or with None its page, as one mapping."""
        row = connection.execute(sa.select(store.cases).where(store.cases.c.id == case_id)).first()
        if row is None:
            raise CaseNotFound(f"Expected a case '{case_id}', but there is none.")
        state = self._state(connection, case_id, row.head)
        page = state.find(page_id)
        instance = page.instances.get(n) if page and n is not None else None
        if page is None or (instance is None and n is not None):
            raise NotFound("Expected an active element instance with this number, but there is none.")
        if instance is None:
            return Scope(layers(state, page, None))
        brought = [instance.result] if instance.result else []  # what a delegate handed in, or signers sent back
        return Scope([*brought, *layers(state, page, instance.variables)])


def _again_if_beaten(attempt: Callable[[], Answer]) -> Answer:
    """Two starts with one key race for the same row; the loser tries again and finds the winner's answer."""
    try:
        return attempt()
    except sa.exc.IntegrityError:
        return attempt()


def new_case_id(at: int) -> str:
    """`2611-…`: the month of the start, then twelve random characters (60 bits). Partitions go by the start month."""
    month = store.from_millis(at).strftime("%y%m")
    return f"{month}-" + "".join(secrets.choice(CASE_ALPHABET) for _ in range(12))


def request_hash(case_id: str | None, command: c.Command) -> str:
    """What makes two requests the same: the case and what was asked, not when."""
    body = encode(replace(command, at=0, facts={}, page=""), Openings())
    return hashlib.sha256(dumps([case_id, body]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the addressed thing of a kind of command lives. Its row is read under the case's lock, so it is as current
    as the state."""

    name: str
    missing: type[NotFound]
    row: sa.Select[Any]
    pages: sa.Select[Any]
    """The outermost page of the case and the one that the row names."""


def _place(table: sa.Table, name: str, missing: type[NotFound]) -> _Place:
    this = (table.c.case_id == sa.bindparam("c"), table.c.n == sa.bindparam("n"))
    row = sa.select(table.c.page, *([table.c.state] if table is store.tasks else [])).where(*this)
    its_page = sa.select(table.c.page).where(*this).scalar_subquery()
    pages = sa.select(store.pages.c.id, store.pages.c.body, store.pages.c.variables).where(
        store.pages.c.case_id == sa.bindparam("c"), sa.or_(store.pages.c.id == ROOT, store.pages.c.id == its_page)
    )
    return _Place(name, missing, row, pages)


_PLACES: dict[type[c.Command], _Place] = {
    c.ClaimTask: _place(store.tasks, "task", TaskNotFound),
    c.UnclaimTask: _place(store.tasks, "task", TaskNotFound),
    c.AssignTask: _place(store.tasks, "task", TaskNotFound),
    c.DelegateTask: _place(store.tasks, "task", TaskNotFound),
    c.CompleteTask: _place(store.tasks, "task", TaskNotFound),
    c.ReturnTask: _place(store.tasks, "task", TaskNotFound),
    c.WithdrawTask: _place(store.tasks, "task", TaskNotFound),
    c.AddSigners: _place(store.tasks, "task", TaskNotFound),
    c.SignTask: _place(store.tasks, "task", TaskNotFound),
    c.ChangeDueTime: _place(store.tasks, "task", TaskNotFound),
    c.FireTimer: _place(store.timers, "timer", NotFound),
    c.DeliverMessage: _place(store.subscriptions, "subscription", NotFound),
    c.CompleteJob: _place(store.jobs, "job", JobNotFound),
    c.FailJob: _place(store.jobs, "job", JobNotFound),
    c.RetryIncident: _place(store.incidents, "incident", IncidentNotFound),
}


def located(place: Any, command: c.Command) -> str:
    """The page of what the command addresses. Raises the fitting NotFound, or TaskNotOpen."""
    kind = _PLACES.get(type(command))
    if kind is None:
        return command.page
    if place is None:
        raise kind.missing
    if kind.missing is TaskNotFound and place.state in ("completed", "cancelled"):
        raise TaskNotOpen(f"Expected an open task, but it has been {place.state}.")
    return str(place.page)


def _listening(connection: sa.Connection, case_id: str, what: str, wanted: Collection[str] | None) -> list[str]:
    """The pages with open subscriptions; see `State.listening`."""
    s = store.subscriptions.c
    statement = sa.select(s.page).where(s.case_id == case_id, s.kind == what)
    if wanted is not None:
        statement = statement.where((s.name if what == "signal" else s.element).in_(wanted))
    return list(connection.execute(statement).scalars())


def behind(connection: sa.Connection, case_id: str, command: c.AdoptCalendar) -> list[list[Any]]:
    """[page, task] of the open tasks of a case that are on an older version of the calendar, in their order."""
    t = store.tasks.c
    older = (t.case_id == case_id, t.ended_at.is_(None), t.calendar == command.series)
    rows = connection.execute(sa.select(t.page, t.n).where(*older, t.calendar_version < command.version).order_by(t.n))
    return [[row.page, row.n] for row in rows]


def begun(connection: sa.Connection, case_id: str, command: c.MigrateCase) -> dict[str, Any]:
    """When each open task began, for a migration that counts deadlines from then."""
    if command.deadlines != "recount":
        return {}
    t = store.tasks.c
    rows = connection.execute(
        sa.select(t.n, t.created_at).where(t.case_id == case_id, t.ended_at.is_(None)).order_by(t.n)
    )
    return {"begun": {str(row.n): row.created_at for row in rows}}


def _due_of(connection: sa.Connection, case_id: str, task: int) -> int | None:
    """When a task is due, in ms."""
    t = store.tasks.c
    found: int | None = connection.scalar(sa.select(t.due_at).where(t.case_id == case_id, t.n == task))
    return found


def _page_of(state: State, instance: int) -> str:
    """The page that holds an element instance; the outermost when none does, where `decide` then finds nothing."""
    return next((page.id for page in state.pages.values() if instance in page.instances), ROOT)


def _chunks(items: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _page_order(id: str) -> tuple[int, str]:
    return len(id), id
