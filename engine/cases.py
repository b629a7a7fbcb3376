"""`Cases.handle(command)`: the one way a case changes.

One transaction: idempotency key → lock the case → pages → facts → decide → project → append the entry → commit. No
network inside. Whatever raises leaves nothing behind.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import sqlalchemy as sa

from engine import clock, store
from engine.audit import entries
from engine.deadlines import Newest
from engine.errors import CaseNotFound, IncidentNotFound, JobNotFound, KeyReused, NotFound, TaskNotFound, TaskNotOpen
from engine.execution import commands as c
from engine.execution.bundle import Bundle
from engine.execution.decide import CaseBusy, decide
from engine.execution.events import Event
from engine.execution.state import ROOT, Head, Page, Scope, State
from engine.execution.wire import Openings, Values, dumps, encode
from engine.projection import Rows
from engine.releases import Releases, append
from engine.store import Store, to_millis

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


Projector = Callable[[sa.Connection, Recorded], None]

_LOCK_CASE = sa.select(store.cases).where(store.cases.c.id == sa.bindparam("id")).with_for_update()
_LOCK_CASE_IF_FREE = (
    sa.select(store.cases).where(store.cases.c.id == sa.bindparam("id")).with_for_update(skip_locked=True)
)
_PAGES = sa.select(store.pages.c.id, store.pages.c.body, store.pages.c.variables).where(
    store.pages.c.case_id == sa.bindparam("c"), store.pages.c.id.in_(sa.bindparam("ids", expanding=True))
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


class Cases:
    """Cases of one store. `policy` supplies facts about people, `project` writes registers in the same transaction."""

    def __init__(
        self, store_: Store, releases: Releases, *, policy: Policy | None = None, project: Projector | None = None
    ) -> None:
        self.store, self.releases = store_, releases
        self.policy: Policy = policy or OpenPolicy()
        self.project = project
        self._calendars = Newest()

    def start(
        self, command: c.StartCase, *, key: str | None = None, case_id: str | None = None, request: str | None = None
    ) -> Answer:
        """Start a case of the process's newest release. Raises ReleaseNotFound, Forbidden, InvalidInput.

        `request` says what was asked, for `key`; without it the command itself does (see `answered`).
        """

        asked = request or (request_hash(None, command) if key else "")

        def attempt() -> Answer:
            with self.store.transaction() as connection:
                do = lambda: self.start_within(connection, command, case_id)  # noqa: E731 - the body of the transaction
                return self._keyed(connection, command.actor, key, asked, do)

        return _again_if_beaten(attempt)

    def start_within(self, connection: sa.Connection, command: c.StartCase, case_id: str | None = None) -> Answer:
        """The same inside the caller's transaction (start timers and messages of a definition)."""
        at = to_millis(clock.now())
        release = self.releases.current(command.process, connection)
        case_id = case_id or new_case_id(at)
        command = self._with_facts(connection, None, replace(command, at=at))
        state = State()
        told = decide(self.releases.bundle(release, connection), state, command)
        return self._record(connection, None, case_id, release, state, command, told)

    def handle(self, case_id: str, command: c.Command, *, key: str | None = None, request: str | None = None) -> Answer:
        """Do one command on a case. Raises what `decide` raises, CaseNotFound, TaskNotFound, KeyReused."""
        asked = request or (request_hash(case_id, command) if key else "")
        while True:
            try:
                return self._handle(case_id, command, key, asked)
            except CaseBusy:
                self._handle(case_id, c.Continue(), None, "")

    def answered(self, actor: str, key: str, request: str) -> Answer | None:
        """The stored answer to `request` under this key, if it was done before; KeyReused when the key was for another.

        For callers whose command depends on more than the request (a form judged against the case's data): asked
        before the command is made, so that a repeated request is answered although the data has moved on.
        """
        with self.store.reading() as connection:
            return _stored_answer(connection, actor, key, request)

    def _handle(self, case_id: str, command: c.Command, key: str | None, request: str) -> Answer:
        with self.store.transaction() as connection:
            row = self._lock(
                connection, case_id
            )  # before the key is looked up: a twin request waits here, then finds the answer
            do = lambda: self._handle_locked(connection, row, command)  # noqa: E731 - the body of the transaction
            return self._keyed(connection, command.actor, key, request, do)

    def handle_within(
        self, connection: sa.Connection, case_id: str, command: c.Command, *, skip_locked: bool = False
    ) -> Answer:
        """The same inside the caller's transaction.

        With `skip_locked`, a case somebody else works on raises CaseBusy.
        """
        return self._handle_locked(connection, self._lock(connection, case_id, skip_locked), command)

    def _lock(self, connection: sa.Connection, case_id: str, skip_locked: bool = False) -> Any:
        row = connection.execute(_LOCK_CASE_IF_FREE if skip_locked else _LOCK_CASE, {"id": case_id}).first()
        if row is None:
            raise CaseBusy if skip_locked else CaseNotFound(f"Expected a case '{case_id}', but there is none.")
        return row

    def _handle_locked(self, connection: sa.Connection, row: Any, command: c.Command) -> Answer:
        case_id, release = row.id, row.release
        state = self._state(connection, case_id, row.head)
        page = locate(connection, case_id, command)
        at = max(to_millis(clock.now()), row.updated_at)  # a clock that jumps back does not take the history with it
        command = self._with_facts(connection, case_id, replace(command, page=page, at=at))
        state.fetch(dict.fromkeys((ROOT, page)) if page else (ROOT,))
        if isinstance(command, c.MigrateCase | c.MoveToken):
            ids = connection.execute(sa.select(store.pages.c.id).where(store.pages.c.case_id == case_id))
            state.fetch(list(ids.scalars()))
        if isinstance(command, c.MigrateCase):
            release = command.release
        elif isinstance(command, c.MoveToken):
            command = replace(command, page=_page_of(state, command.instance))
        elif isinstance(command, c.AdoptCalendar):
            command = replace(command, tasks=behind(connection, case_id, command))
        told = decide(self.releases.bundle(release, connection), state, command)
        return self._record(connection, row, case_id, release, state, command, told)

    # Parts of the transaction --------------------------------------------------------------------------------------

    def _keyed(
        self, connection: sa.Connection, actor: str | None, key: str | None, request: str, do: Callable[[], Answer]
    ) -> Answer:
        """Answer a repeated request from the store; refuse its key for a different request."""
        if key is None:
            return do()
        earlier = _stored_answer(connection, actor or "", key, request)
        if earlier is not None:
            return earlier
        answered = do()
        body = dumps(asdict(answered)).encode()
        row = {"actor": actor or "", "key": key, "request": request, "answer": body, "at": to_millis(clock.now())}
        connection.execute(store.idempotency.insert(), row)
        return answered

    def _with_facts(self, connection: sa.Connection, case_id: str | None, command: c.Command) -> Any:
        facts = self.policy.facts(connection, case_id, command)
        calendars = self._calendars.versions(connection)
        return replace(command, facts={**command.facts, **facts, **({"calendars": calendars} if calendars else {})})

    def _state(self, connection: sa.Connection, case_id: str, head: bytes) -> State:
        def source(ids: Iterable[str]) -> Iterator[Page]:
            for chunk in _chunks(list(ids), 500):
                for row in connection.execute(_PAGES, {"c": case_id, "ids": chunk}):
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
    ) -> Answer:
        process = state.head.process
        seq, prev = (row.seq + 1, row.hash) if row is not None else (1, entries.GENESIS)
        rows = Rows(case_id, process, seq, command.at, command.actor).tell(told, state)
        openings = Openings(self.releases.bundle(release, connection).processes[process].personal)
        sealed = append(connection, f"case/{case_id}", seq, prev, release, command, told, openings)
        self._write_case(connection, row, case_id, release, state, command, sealed)
        self._write_pages(connection, case_id, state)
        rows.write(connection)
        if self.project is not None:
            self.project(connection, Recorded(case_id, seq, command.at, process, command, told, state))
        return Answer(case_id, seq, state.head.status, tuple(rows.added.get(store.tasks, {})))

    def _write_case(
        self,
        connection: sa.Connection,
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
            connection.execute(store.cases.update().where(store.cases.c.id == case_id), values)
            return
        assert isinstance(command, c.StartCase)
        values |= {
            "id": case_id, "process": command.process, "business_key": command.business_key,
            "started_by": command.actor,
            "started_at": command.at,
        }  # fmt: skip
        connection.execute(store.cases.insert(), values)

    def _write_pages(self, connection: sa.Connection, case_id: str, state: State) -> None:
        if state.swept and state.stored:
            connection.execute(_SWEEP, {"c": case_id})
        for tree in state.dropped_trees:
            connection.execute(_DROP_TREE, {"c": case_id, "tree": f"{tree}.%"})
        gone = [{"c": case_id, "page": id} for id in state.dropped if id in state.stored]
        if gone:
            connection.execute(_DROP_PAGE, gone)
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
                self._update_page(connection, case_id, page, id in state.dirty, id in state.dirty_variables)
        if fresh:
            connection.execute(_ADD_PAGE, fresh)

    def _update_page(self, connection: sa.Connection, case_id: str, page: Page, body: bool, variables: bool) -> None:
        values: dict[str, Any] = {"c": case_id, "page": page.id}
        if body:
            values["b"] = page.dump().encode()
        if variables:
            values["v"] = page.dump_variables().encode()
        connection.execute(_SET_BOTH if body and variables else _SET_BODY if body else _SET_VARIABLES, values)

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

    def visible(self, connection: sa.Connection, case_id: str, page_id: str, n: int) -> Mapping[str, Any]:
        """The variables that an element instance sees, as one mapping."""
        row = connection.execute(sa.select(store.cases).where(store.cases.c.id == case_id)).first()
        if row is None:
            raise CaseNotFound(f"Expected a case '{case_id}', but there is none.")
        state = self._state(connection, case_id, row.head)
        page = state.find(page_id)
        instance = page.instances.get(n) if page else None
        if page is None or instance is None:
            raise NotFound("Expected an active element instance with this number, but there is none.")
        brought = [instance.result] if instance.result else []  # what a delegate handed in, or signers sent back
        return Scope([*brought, *layers(state, page, instance.variables)])


def _stored_answer(connection: sa.Connection, actor: str, key: str, request: str) -> Answer | None:
    stored = connection.execute(_ANSWER, {"a": actor, "k": key}).first()
    if stored is None:
        return None
    if stored.request != request:
        raise KeyReused
    answer = json.loads(stored.answer)
    return Answer(**{**answer, "created": tuple(answer["created"]), "replayed": True})


def _again_if_beaten(attempt: Callable[[], Answer]) -> Answer:
    """Two starts with one key race for the same row; the loser tries again and finds the winner's answer."""
    try:
        return attempt()
    except sa.exc.IntegrityError:
        return attempt()


def layers(state: State, page: Page, own: Values | None) -> list[Values]:
    """The variables around an instance, innermost first, up to the outermost scope of its process."""
    found = [own] if own else []
    for around in state.lineage(page):
        found.append(around.variables)
        if around.scope == around.process:
            break
    return found


def new_case_id(at: int) -> str:
    """`2611-…`: the month of the start, then twelve random characters (60 bits). Partitions go by the start month."""
    month = store.from_millis(at).strftime("%y%m")
    return f"{month}-" + "".join(secrets.choice(CASE_ALPHABET) for _ in range(12))


def request_hash(case_id: str | None, command: c.Command) -> str:
    """What makes two requests the same: the case and what was asked, not when."""
    body = encode(replace(command, at=0, facts={}, page=""), Openings())
    return hashlib.sha256(dumps([case_id, body]).encode()).hexdigest()


_PAGE_OF: dict[type[c.Command], tuple[sa.Table, str, type[NotFound]]] = {
    c.ClaimTask: (store.tasks, "task", TaskNotFound),
    c.UnclaimTask: (store.tasks, "task", TaskNotFound),
    c.AssignTask: (store.tasks, "task", TaskNotFound),
    c.DelegateTask: (store.tasks, "task", TaskNotFound),
    c.CompleteTask: (store.tasks, "task", TaskNotFound),
    c.ReturnTask: (store.tasks, "task", TaskNotFound),
    c.WithdrawTask: (store.tasks, "task", TaskNotFound),
    c.AddSigners: (store.tasks, "task", TaskNotFound),
    c.SignTask: (store.tasks, "task", TaskNotFound),
    c.FireTimer: (store.timers, "timer", NotFound),
    c.DeliverMessage: (store.subscriptions, "subscription", NotFound),
    c.CompleteJob: (store.jobs, "job", JobNotFound),
    c.FailJob: (store.jobs, "job", JobNotFound),
    c.RetryIncident: (store.incidents, "incident", IncidentNotFound),
}


def locate(connection: sa.Connection, case_id: str, command: c.Command) -> str:
    """Where the addressed thing lives. The row is read under the case's lock, so it is as current as the state."""
    place = _PAGE_OF.get(type(command))
    if place is None:
        return command.page
    table, name, missing = place
    columns = [table.c.page, *([table.c.state] if table is store.tasks else [])]
    row = connection.execute(
        sa.select(*columns).where(table.c.case_id == case_id, table.c.n == getattr(command, name))
    ).first()
    if row is None:
        raise missing
    if table is store.tasks and row.state in ("completed", "cancelled"):
        raise TaskNotOpen(f"Expected an open task, but it has been {row.state}.")
    return str(row.page)


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


def _page_of(state: State, instance: int) -> str:
    """The page that holds an element instance; the outermost when none does, where `decide` then finds nothing."""
    return next((page.id for page in state.pages.values() if instance in page.instances), ROOT)


def _chunks(items: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _page_order(id: str) -> tuple[int, str]:
    return len(id), id
