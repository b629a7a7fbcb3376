"""Operating cases: why one is stuck, where its tokens may go, and one action on many cases.

An action on many is planned first: each case gets a verdict by deciding the very command on its present state, without
writing anything. Running it is a command for each case, in a transaction of its own under a key of its own: a case is
changed whole or not at all, and a server that dies half-way goes on where it was, without doing anything twice.
"""

import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel
from engine.cases import Cases
from engine.errors import IncidentNotFound, InvalidInput, InvalidState, NotFound, Rejected
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.state import Page
from engine.notation.model import Node
from engine.store import Store, announce, case_access, cases, from_millis, incidents, pages, to_millis
from engine.store import tasks as store_tasks
from engine.worker import IDLE, Errand
from workflows.desk import case_variables, values_of
from workflows.tables import operation_steps, operations

AT_MOST = 500
"""Cases of one action: more than anybody reads the verdicts of."""
AT_ONCE = 20
TOKENS = 200
GROUPS = 100
ACTIONS = ("retry", "suspend", "resume", "cancel", "variables", "move", "due")
MIGRATE = "migrate"
"""An action of the studio: planned in the background, because it may be for all cases of a process."""
MOST_MIGRATED = 20_000
LATENESS = 10 * 60_000
_CANNOT_BEGIN = ("boundaryEvent", "startEvent")


class OperationNotFound(NotFound):
    """Expected an operation of yours with this id, but there is none."""


class ScopeNotFound(NotFound):
    """Expected a scope of this case, but there is none with this id."""


# One case ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stuck:
    """An incident with what its element sees. `alike`: how many open ones have the same process, element and cause."""

    row: Any
    scope: str
    variables: Mapping[str, feel.Value]
    alike: int


def incident(connection: Connection, engine: Cases, case_id: str, n: int, tokens: Collection[str]) -> Stuck:
    """Raises IncidentNotFound."""
    joined = sa.select(incidents, cases.c.title, cases.c.process, cases.c.release).join(
        cases, cases.c.id == incidents.c.case_id
    )
    row = connection.execute(joined.where(incidents.c.case_id == case_id, incidents.c.n == n)).first()
    if row is None:
        raise IncidentNotFound
    if row.resolved_at is not None:
        return Stuck(row, row.page, {}, 0)
    same = [incidents.c.element == row.element, incidents.c.message == row.message, cases.c.process == row.process]
    query = _open_incidents(tokens).where(*same).limit(AT_MOST + 1).subquery()
    alike = connection.scalar(sa.select(sa.func.count()).select_from(query)) or 0
    return Stuck(row, row.page, engine.visible(connection, case_id, row.page, None), alike)


@dataclass(frozen=True, slots=True)
class Token:
    """An active element instance that may be moved, and where to: elements of the same scope."""

    instance: int
    element: Node
    targets: tuple[Node, ...]


def tokens_of(connection: Connection, engine: Cases, case_id: str) -> list[Token]:
    """The tokens of a case that may be moved, the outermost first; a turn of a loop stays where it is."""
    state, bundle = engine.load(connection, case_id)
    found = []
    for page in state.pages.values():
        if page.closed or page.index is not None:
            continue
        for instance in page.instances.values():
            node = bundle.processes[page.process].nodes[instance.element]
            found.append(Token(instance.n, node, tuple(_targets(bundle, page, node))))
    return found[:TOKENS]


def _targets(bundle: Bundle, page: Page, node: Node) -> Iterator[Node]:
    for other in bundle.processes[page.process].nodes.values():
        enterable = other.kind not in _CANNOT_BEGIN and not other.triggered_by_event and not other.for_compensation
        if other.scope == node.scope and enterable:
            yield other


def expect_scope(connection: Connection, case_id: str, scope: str) -> None:
    """Raises ScopeNotFound for a scope that the case does not have."""
    query = sa.select(pages.c.id).where(pages.c.case_id == case_id, pages.c.id == scope)
    if scope and connection.execute(query).first() is None:
        raise ScopeNotFound


def groups(connection: Connection, tokens: Collection[str]) -> list[Any]:
    """Open incidents with the same process, element and cause, the most frequent first.

    Rows have process, element, kind, message, number, first, last (ms) and one of the releases.
    """
    key = (cases.c.process, incidents.c.element, incidents.c.kind, incidents.c.message)
    number = sa.func.count().label("number")
    raised = sa.func.min(incidents.c.raised_at).label("first"), sa.func.max(incidents.c.raised_at).label("last")
    query = _open_incidents(tokens).with_only_columns(
        *key, number, *raised, sa.func.max(cases.c.release).label("release")
    )
    return list(connection.execute(query.group_by(*key).order_by(number.desc(), *key).limit(GROUPS)))


def _open_incidents(tokens: Collection[str]) -> sa.Select[Any]:
    joined = sa.select(incidents.c.case_id, incidents.c.n).join(cases, cases.c.id == incidents.c.case_id)
    return joined.where(incidents.c.resolved_at.is_(None), _opened_by(tokens))


def _opened_by(tokens: Collection[str]) -> sa.Exists:
    opening = sa.exists().where(case_access.c.case_id == cases.c.id, case_access.c.token.in_(sorted(tokens)))
    return opening.correlate(cases)


# One action on many --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done, and to which. `cases` names them; otherwise everything that fits: with `stuck` the cases of
    open incidents of that process, element and cause, without it the running cases of that process and status.
    """

    action: str
    reason: str
    cases: tuple[str, ...] = ()
    stuck: bool = False
    process: str = ""
    element: str = ""
    message: str = ""
    status: str = ""
    changes: Mapping[str, Any] | None = None
    to: str = ""
    release: str = ""
    left: str = ""  # only cases of this release
    mapping: Mapping[str, str] | None = None
    deadlines: str = "keep"
    due: int | None = None  # ms


@dataclass(frozen=True, slots=True)
class _Step:
    case_id: str
    n: int = 0  # number of the incident, element instance or task that is meant


Command = Callable[[_Step], c.Command]


def plan(
    connection: Connection, engine: Cases, wanted: Wanted, by: str, tokens: Collection[str]
) -> list[dict[str, Any]]:
    """A dry run: a verdict for each case, at most AT_MOST. Raises InvalidInput for an action without what it needs.

    Verdicts: ok; again (it would stop once more, `detail` says why); no (`detail`: what bars it). `old`: the values
    that a change of variables would replace.
    """
    _check(wanted)
    found = []
    for step in _steps(connection, engine, wanted, tokens):
        found.append({"case_id": step.case_id, "n": step.n, **_verdict(connection, engine, wanted, step, by)})
    return found


def _check(wanted: Wanted) -> None:
    if wanted.action == "variables" and not wanted.changes:
        raise InvalidInput("Expected the variables to change", {"changes": ["required: at least one"]})
    if wanted.action == "move" and not (wanted.element and wanted.to):
        raise InvalidInput("Expected the elements to leave and to go on at", {"to": ["required: with element"]})
    if wanted.action == "due" and not (wanted.due and wanted.element):
        raise InvalidInput("Expected the step and the new due time of its tasks", {"due": ["required: with element"]})
    if wanted.changes:
        values_of(wanted.changes)


def _steps(connection: Connection, engine: Cases, wanted: Wanted, tokens: Collection[str]) -> list[_Step]:
    rows = connection.execute(_selected(wanted, tokens).limit(AT_MOST))
    if wanted.action == "retry":
        return [_Step(row.case_id, row.n) for row in rows]
    ids = dict.fromkeys(row.case_id for row in rows)
    if wanted.action == "due":
        return _tasks_at(connection, wanted.element, list(ids))
    if wanted.action == "move":
        return [_Step(id, _instance(connection, engine, id, wanted.element)) for id in ids]
    return [_Step(id) for id in ids]


def _tasks_at(connection: Connection, element: str, ids: Collection[str]) -> list[_Step]:
    """The open tasks of an element in these cases; a signer's has no due time of its own."""
    t = store_tasks.c
    here = (t.case_id.in_(ids), t.element == element, t.ended_at.is_(None), t.signs.is_(None))
    rows = connection.execute(sa.select(t.case_id, t.n).where(*here).order_by(t.case_id, t.n).limit(AT_MOST))
    return [_Step(row.case_id, row.n) for row in rows]


def _selected(wanted: Wanted, tokens: Collection[str]) -> sa.Select[Any]:
    if wanted.action == "retry" or wanted.stuck:
        query = _open_incidents(tokens).order_by(incidents.c.raised_at, incidents.c.case_id, incidents.c.n)
        narrowing = {cases.c.process: wanted.process, incidents.c.message: wanted.message}
        if wanted.action not in ("move", "due"):
            narrowing[incidents.c.element] = wanted.element
    else:
        running = cases.c.status.in_(("active", "suspended"))
        query = sa.select(cases.c.id.label("case_id")).where(running, _opened_by(tokens)).order_by(cases.c.id)
        if wanted.action == "due":
            t = store_tasks.c
            waits = (t.case_id == cases.c.id, t.element == wanted.element, t.ended_at.is_(None))
            query = query.where(sa.exists().where(*waits))
        narrowing = {cases.c.process: wanted.process, cases.c.status: wanted.status}
    if wanted.cases:
        query = query.where(cases.c.id.in_(wanted.cases))
    return query.where(*(column == value for column, value in narrowing.items() if value))


def _instance(connection: Connection, engine: Cases, case_id: str, element: str) -> int:
    """The number of the one token at the element; 0 for none, -1 for several: those are moved one by one."""
    found = [one.instance for one in tokens_of(connection, engine, case_id) if one.element.id == element]
    return found[0] if len(found) == 1 else -1 if found else 0


def _verdict(connection: Connection, engine: Cases, wanted: Wanted, step: _Step, by: str) -> dict[str, Any]:
    if wanted.action == "move" and step.n <= 0:
        why = "no token is there" if step.n == 0 else "several tokens are there: move them one by one"
        return {"verdict": "no", "detail": why, "old": None}
    try:
        told = engine.consider(connection, step.case_id, command(wanted, step, by))
    except Rejected as error:
        return {"verdict": "no", "detail": error.message, "old": None}
    again = next((event.message for event in told if isinstance(event, e.IncidentRaised)), None)
    old = _migrated(connection, step, told) if wanted.action == MIGRATE else _old(connection, wanted, step, told)
    return {"verdict": "again" if again else "ok", "detail": again, "old": old}


def _migrated(connection: Connection, step: _Step, told: list[e.Event]) -> dict[str, Any]:
    """What migrating does to a case: its open tasks with the due time before and after (ms), timers and subscriptions
    that go and come."""
    counted = {event.task: event.due for event in told if isinstance(event, e.DeadlineCounted)}
    t = store_tasks.c
    open_ = sa.select(t.n, t.element, t.due_at).where(t.case_id == step.case_id, t.ended_at.is_(None)).order_by(t.n)
    kept = [
        {
            "element": row.element, "before": row.due_at, "after": counted.get(row.n, row.due_at),
            "counted": row.n in counted,
        }
        for row in connection.execute(open_.limit(TOKENS))
    ]  # fmt: skip
    gone = [event.element for event in told if isinstance(event, e.TimerCancelled | e.SubscriptionClosed)]
    come = [event.element for event in told if isinstance(event, e.TimerArmed | e.SubscriptionOpened)]
    return {"tasks": kept, "closed": gone[:TOKENS], "armed": come[:TOKENS]}


def _old(connection: Connection, wanted: Wanted, step: _Step, told: list[e.Event]) -> dict[str, Any] | None:
    changed = next((event for event in told if isinstance(event, e.DueTimeChanged)), None)
    if changed is not None:
        return {"due": None if changed.before is None else from_millis(changed.before).isoformat()}
    if not wanted.changes:
        return None
    now = case_variables(connection, step.case_id)
    return {name: feel.to_json(now[name]) if name in now else None for name in wanted.changes}


def command(wanted: Wanted, step: _Step, actor: str) -> c.Command:
    """The command that the action is for one case."""
    reason = wanted.reason
    if wanted.action == "retry":
        return c.RetryIncident(step.n, reason=reason, actor=actor)
    if wanted.action == "variables":
        return c.SetVariables(values_of(wanted.changes or {}), reason=reason, actor=actor)
    if wanted.action == "move":
        return c.MoveToken(step.n, wanted.to, reason=reason, actor=actor)
    if wanted.action == MIGRATE:
        mapping = dict(wanted.mapping or {})
        return c.MigrateCase(wanted.release, mapping, reason, wanted.deadlines, actor=actor)
    if wanted.action == "due":
        return c.ChangeDueTime(step.n, wanted.due or 0, reason, actor=actor)
    plain = {"suspend": c.SuspendCase, "resume": c.ResumeCase, "cancel": c.CancelCase}
    return plain[wanted.action](reason=reason, actor=actor)


# Kept, so that it goes on whatever happens to the browser ------------------------------------------------------------


def keep(
    connection: Connection, wanted: Wanted, planned: list[dict[str, Any]], by: str, state: str = "planned"
) -> str:  # fmt: skip
    """Store a planned action with its verdicts; returns its id. Nothing is done before `run`."""
    id, now = secrets.token_hex(8), to_millis(clock.now())
    body = {name: getattr(wanted, name) for name in ("changes", "element", "to", "process", "due")}
    if wanted.action == MIGRATE:
        body |= {"release": wanted.release, "mapping": wanted.mapping, "deadlines": wanted.deadlines}
    row = {"id": id, "actor": by, "action": wanted.action, "reason": wanted.reason, "body": json.dumps(body)}
    connection.execute(operations.insert().values(**row, state=state, created_at=now))
    steps = [
        {
            "operation": id, "position": place, "case_id": one["case_id"], "n": one["n"], "verdict": one["verdict"],
            "state": _STATES.get(one["verdict"], "ready"), "detail": one["detail"],
            "old": None if one["old"] is None else json.dumps(one["old"], ensure_ascii=False),
        }
        for place, one in enumerate(planned)
    ]  # fmt: skip
    if steps:
        connection.execute(operation_steps.insert(), steps)
    return id


_STATES = {"no": "refused", "": "waiting"}
"""Verdict → what becomes of a step before the operation runs; "" is no verdict yet."""


def plan_later(connection: Connection, wanted: Wanted, by: str, tokens: Collection[str]) -> str:
    """Begin the dry run of a migration of all running cases that fit and are not on the release yet.

    Returns the id of the operation, which is `planning` until the worker has given every verdict. Raises InvalidInput
    for more than MOST_MIGRATED cases.
    """
    there = cases.c.release == wanted.left if wanted.left else cases.c.release != wanted.release
    fitting = _selected(wanted, tokens).where(there).limit(MOST_MIGRATED + 1)
    ids = [row.case_id for row in connection.execute(fitting)]
    if len(ids) > MOST_MIGRATED:
        raise InvalidInput(f"Expected at most {MOST_MIGRATED} cases; name some", {"cases": ["length: name some"]})
    waiting = [{"case_id": id, "n": 0, "verdict": "", "detail": None, "old": None} for id in ids]
    announce(connection)
    return keep(connection, wanted, waiting, by, "planning")


def counts(connection: Connection, id: str) -> dict[str, int]:
    """How many steps of an operation are in each state."""
    c = operation_steps.c
    query = sa.select(c.state, sa.func.count()).where(c.operation == id).group_by(c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def run(connection: Connection, id: str, by: str) -> None:
    """Begin what was planned. Twice is once; InvalidState for one that was stopped or is old."""
    row = operation(connection, id, by)
    if row.state == "planned" and row.created_at < to_millis(clock.now()) - LATENESS:
        raise InvalidState("Expected a dry run of the last ten minutes; make another, the cases may have moved on")
    if row.state == "planning":
        raise InvalidState("Expected a dry run that has come to its end; wait for its last verdict")
    if row.state == "stopped":
        raise InvalidState("Expected an operation that was not stopped; make another dry run")
    begun = operations.update().where(operations.c.id == id, operations.c.state == "planned")
    if connection.execute(begun.values(state="running")).rowcount:
        announce(connection)


def stop(connection: Connection, id: str, by: str) -> None:
    """Leave the cases that have not been reached as they are."""
    operation(connection, id, by)
    mine = (operations.c.id == id) & operations.c.state.in_(("planning", "planned", "running"))
    now = to_millis(clock.now())
    if connection.execute(operations.update().where(mine).values(state="stopped", ended_at=now)).rowcount:
        waiting = (operation_steps.c.operation == id) & operation_steps.c.state.in_(("ready", "waiting"))
        connection.execute(operation_steps.update().where(waiting).values(state="skipped"))


def operation(connection: Connection, id: str, by: str) -> Any:
    """Raises OperationNotFound, also for somebody else's."""
    row = connection.execute(sa.select(operations).where(operations.c.id == id, operations.c.actor == by)).first()
    if row is None:
        raise OperationNotFound
    return row


def steps(connection: Connection, id: str, limit: int = MOST_MIGRATED, *, hard_first: bool = False) -> list[Any]:
    """What became of each case, in order; rows carry the case's title and status.

    `hard_first`: those that failed, were refused or would stop again come before the others.
    """
    query = sa.select(operation_steps, cases.c.title, cases.c.status).join(
        cases, cases.c.id == operation_steps.c.case_id
    )
    hard = sa.case((operation_steps.c.verdict.in_(("no", "again")) | (operation_steps.c.state == "failed"), 0), else_=1)
    order = (*((hard,) if hard_first else ()), operation_steps.c.position)
    return list(connection.execute(query.where(operation_steps.c.operation == id).order_by(*order).limit(limit)))


class Operating:
    """Does what is running, a few cases at a time."""

    def __init__(self, store: Store, engine: Cases) -> None:
        self._store, self._engine = store, engine

    def errand(self) -> Errand:
        return Errand("operations", self.turn, lambda: IDLE)

    def turn(self) -> int:
        """Do the next few cases of the oldest running operation, or give their verdicts; returns how many."""
        with self._store.reading() as connection:
            under_way = operations.c.state.in_(("running", "planning"))
            oldest = sa.select(operations).where(under_way).order_by(operations.c.created_at, operations.c.id)
            row = connection.execute(oldest.limit(1)).first()
            if row is None:
                return 0
            left = "ready" if row.state == "running" else "waiting"
            mine = (operation_steps.c.operation == row.id) & (operation_steps.c.state == left)
            few = sa.select(operation_steps).where(mine).order_by(operation_steps.c.position).limit(AT_ONCE)
            waiting = connection.execute(few).all()
        wanted = Wanted(row.action, row.reason, **json.loads(row.body))
        for one in waiting:
            (self._do if row.state == "running" else self._judge)(wanted, one, row.actor)
        if not waiting:
            self._end(row.id, row.state)
        return len(waiting)

    def _judge(self, wanted: Wanted, one: Any, actor: str) -> None:
        with self._store.reading() as connection:
            found = _verdict(connection, self._engine, wanted, _Step(one.case_id, one.n), actor)
        old = None if found["old"] is None else json.dumps(found["old"], ensure_ascii=False)
        state = _STATES.get(found["verdict"], "ready")
        self._note(one, {"verdict": found["verdict"], "detail": found["detail"], "old": old, "state": state})

    def _do(self, wanted: Wanted, one: Any, actor: str) -> None:
        """The key makes it once, whoever else does the same step at this moment."""
        result: dict[str, str | None] = {"state": "done", "detail": None}
        try:
            asked = command(wanted, _Step(one.case_id, one.n), actor)
            self._engine.handle(one.case_id, asked, key=f"operation-{one.operation}-{one.position}")
        except Rejected as error:
            result = {"state": "failed", "detail": error.message}
        self._note(one, result)

    def _note(self, one: Any, result: Mapping[str, Any]) -> None:
        here = (operation_steps.c.operation == one.operation) & (operation_steps.c.position == one.position)
        if result["state"] not in ("done", "failed"):
            here &= operation_steps.c.state == "waiting"  # nobody stopped it meanwhile
        with self._store.transaction() as connection:
            connection.execute(operation_steps.update().where(here).values(**result))

    def _end(self, id: str, state: str) -> None:
        """The last case is done, or has its verdict: from then on a dry run grows old."""
        now = to_millis(clock.now())
        ended = {"state": "done", "ended_at": now} if state == "running" else {"state": "planned", "created_at": now}
        mine = (operations.c.id == id) & (operations.c.state == state)
        with self._store.transaction() as connection:
            connection.execute(operations.update().where(mine).values(**ended))
