"""Tasks and cases as people see them: lists, counts, drafts. Reading only, but for drafts, which are no part of a case.

Whoever asks brings opaque tokens. A task is *available* to whoever holds one of its candidate tokens. A case is seen by
whoever holds one of its access tokens, has or had a task in it, or may audit.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine import feel, store
from engine.driver import Asked, fetch
from engine.errors import CaseNotFound, InvalidInput, TaskNotFound
from engine.execution.state import Head
from engine.execution.state import Page as StatePage
from engine.execution.wire import dumps
from engine.projection import sort_due

MAY_AUDIT = "can:audit"
MANY = 1000
FEW = 2_000
DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list. `next` is the keyset position to go on from (None: that was all)."""

    items: list[Any]
    next: list[Any] | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    case_id: str
    n: int
    case_title: str
    case_status: str
    process: str  # the one that the task is drawn in: the case's own, or one that it calls
    case_process: str
    process_name: str
    element: str
    name: str
    form: str | None
    state: str
    assignee: str | None
    priority: int
    created_at: int
    due_at: int | None
    follow_up_at: int | None
    ended_at: int | None
    ended_by: str | None
    version: int
    signs: int | None
    release: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: str
    process: str
    process_name: str
    title: str
    business_key: str | None
    status: str
    release: str
    started_by: str | None
    started_at: int
    ended_at: int | None
    seq: int
    hash: str
    open_tasks: int
    open_incidents: int
    due_at: int | None


_t, _c, _d = store.tasks.c, store.cases.c, store.definitions.c
_TASKS = (
    sa.select(
        _t.case_id, _t.n, _c.title.label("case_title"), _c.status.label("case_status"), _t.process,
        _c.process.label("case_process"), sa.func.coalesce(_d.name, _c.process).label("process_name"),
        _t.element, _t.name, _t.form, _t.state, _t.assignee, _t.priority,
        _t.created_at, _t.due_at, _t.follow_up_at, _t.ended_at, _t.ended_by, _t.version, _t.signs,
        _c.release,
    )
    .join(store.cases, _c.id == _t.case_id)
    .join(store.definitions, _d.process == _c.process, isouter=True)
)  # fmt: skip
_DUE = _t.sort_due
_SORTS: Mapping[str, tuple[Any, bool]] = {
    "due": (_DUE, False), "-due": (_DUE, True), "created": (_t.created_at, False), "-created": (_t.created_at, True),
    "priority": (_t.priority, True),
}  # fmt: skip
OPEN = ("created", "claimed")


def tasks(
    connection: sa.Connection, *, person: str, tokens: Collection[str], view: str = "mine", now: int = 0,
    query: str = "",
    process: str = "", case: str = "", element: str = "", sort: str = "due", limit: int = 50,
    cursor: list[Any] | None = None,
) -> Listed:  # fmt: skip
    """One page of a person's tasks.

    view: mine, available, overdue, today, done or team (all that the tokens reach; for an auditor, all).
    """
    key, descending = _SORTS[sort] if sort in _SORTS else _unknown("sort", sort, _SORTS)
    in_order = view in ("available", *_WINDOWS) and sort == "due" and _reaches_many(connection, tokens)
    rows: list[Any] = []
    for part in _parts(view, person, tokens, now, in_order):
        statement = _TASKS.where(part, *_filters(query, process, case, element))
        page = _keyset(statement, [key, _t.case_id, _t.n], descending, cursor).limit(limit + 1)
        rows += [TaskRow(**row._mapping) for row in connection.execute(page)]
    rows.sort(key=lambda row: _position(row, sort), reverse=descending)
    items = rows[:limit]
    return Listed(items, _position(items[-1], sort) if len(rows) > limit else None)


def _position(row: TaskRow, sort: str) -> list[Any]:
    keys = {"due": sort_due(row.due_at), "created": row.created_at, "priority": row.priority}
    return [keys[sort.lstrip("-")], row.case_id, row.n]


def counts(connection: sa.Connection, *, person: str, tokens: Collection[str], now: int) -> dict[str, int]:
    """How many tasks each view holds, counted no further than MANY."""
    found = {}
    for view in ("mine", "available", "overdue", "today"):
        inner = (
            sa.select(sa.literal(1))
            .select_from(store.tasks)
            .where(_view(view, person, tokens, now))
            .limit(MANY)
            .subquery()
        )
        found[view] = connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one()
    return found


_WINDOWS: Mapping[str, Callable[[int], Any]] = {
    "overdue": lambda now: _t.sort_due < now,
    "today": lambda now: sa.and_(_t.sort_due < now + DAY, _t.sort_due >= now),
}


def _parts(view: str, person: str, tokens: Collection[str], now: int, in_order: bool) -> list[Any]:
    """Conditions that no task meets two of; their pages together hold the page of the view. An OR of one's own tasks
    and those of one's groups would keep PostgreSQL from walking an index."""
    if view == "available":
        return [_available(tokens, in_order=in_order)]
    if view not in _WINDOWS:
        return [_view(view, person, tokens, now)]
    window, mine = _WINDOWS[view](now), sa.and_(_t.assignee.in_(_persons(person, tokens)), _t.state == "claimed")
    return [sa.and_(window, mine), sa.and_(window, _available(tokens, in_order=in_order))]


def _view(view: str, person: str, tokens: Collection[str], now: int) -> Any:
    mine = sa.and_(_t.assignee.in_(_persons(person, tokens)), _t.state == "claimed")
    available = _available(tokens)
    window = _WINDOWS[view](now) if view in _WINDOWS else sa.true()
    views = {
        "mine": mine,
        "available": available,
        "overdue": sa.and_(window, sa.or_(mine, available)),
        "today": sa.and_(window, sa.or_(mine, available)),
        "done": sa.and_(_t.ended_by == person, _t.state == "completed"),
        "team": sa.and_(_t.state.in_(OPEN), sa.true() if MAY_AUDIT in tokens else sa.or_(mine, _is_candidate(tokens))),
    }
    return views[view] if view in views else _unknown("view", view, views)


def _available(tokens: Collection[str], *, in_order: bool = False) -> Any:
    """`in_order`: walk the tasks in the order of their due times and look at each, until the page is full."""
    return sa.and_(_t.state == "created", _is_candidate(tokens, in_order), _meets_requirements(tokens))


def _reaches_many(connection: sa.Connection, tokens: Collection[str]) -> bool:
    """Whether so many tasks fit these tokens that a page is sooner found by walking all tasks in order than by sorting
    those that fit."""
    fitting = sa.select(sa.literal(1)).where(store.task_candidates.c.token.in_(sorted(tokens))).limit(FEW + 1)
    return connection.execute(sa.select(sa.func.count()).select_from(fitting.subquery())).scalar_one() > FEW


def _persons(person: str, tokens: Collection[str]) -> list[str]:
    """Whose tasks are this person's to do: their own, and those of whom they stand in for (`person:` tokens)."""
    return sorted({person, *(token.removeprefix("person:") for token in tokens if token.startswith("person:"))})


def _unknown(what: str, found: str, allowed: Collection[str]) -> Any:
    message = f"Expected {what} to be one of {', '.join(sorted(allowed))}, but got '{found}'."
    raise InvalidInput(message, {what: [message]})


def _is_candidate(tokens: Collection[str], in_order: bool = False) -> Any:
    candidates = store.task_candidates.c
    fits = sa.select(candidates.n).where(
        candidates.case_id == _t.case_id, candidates.n == _t.n, candidates.token.in_(sorted(tokens))
    )
    # PostgreSQL makes a join of EXISTS, and then sorts all that fit, unless the subquery has an offset.
    return (fits.offset(0) if in_order else fits).correlate(store.tasks).exists()


def _meets_requirements(tokens: Collection[str]) -> Any:
    """Whether everything that the task requires is held, and nothing that it bars (`eligibility.unmet`)."""
    required, held = store.task_requirements.c, sorted(tokens)
    lacking = sa.and_(required.barred == 0, required.token.not_in(held))
    barring = sa.and_(required.barred == 1, required.token.in_(held))
    return ~sa.exists().where(required.case_id == _t.case_id, required.n == _t.n, sa.or_(lacking, barring))


def _filters(query: str, process: str, case: str, element: str) -> list[Any]:
    found = []
    if query:
        found.append(sa.or_(_t.name.contains(query, autoescape=True), _c.title.contains(query, autoescape=True)))
    found += [
        column == value for column, value in ((_c.process, process), (_t.case_id, case), (_t.element, element)) if value
    ]
    return found


def _keyset(statement: Any, keys: list[Any], descending: bool, cursor: list[Any] | None) -> Any:
    """Order by `keys` and go on after `cursor`, without counting what came before."""
    if cursor is not None:
        here, there = sa.tuple_(*keys), sa.tuple_(*(sa.literal(value) for value in cursor))
        statement = statement.where(here < there if descending else here > there)
    return statement.order_by(*(key.desc() if descending else key.asc() for key in keys))


@dataclass(frozen=True, slots=True)
class Around:
    """A task with what is around it: its candidates, its case's head, and the scope that it is in, without its
    variables (None once that has closed)."""

    row: TaskRow
    candidates: tuple[str, ...]
    head: Head
    page: StatePage | None


_THIS = (_t.case_id == sa.bindparam("c"), _t.n == sa.bindparam("n"))
_TASK = _TASKS.where(*_THIS)
_CANDIDATES = (
    sa.select(store.task_candidates.c.token)
    .where(store.task_candidates.c.case_id == sa.bindparam("c"), store.task_candidates.c.n == sa.bindparam("n"))
    .order_by(store.task_candidates.c.token)
)
_HEAD = sa.select(_c.head).where(_c.id == sa.bindparam("c"))
_PAGE = (
    sa.select(store.pages.c.id, store.pages.c.body)
    .join(store.tasks, sa.and_(_t.case_id == store.pages.c.case_id, _t.page == store.pages.c.id))
    .where(*_THIS)
)


def task(connection: sa.Connection, case_id: str, n: int) -> TaskRow:
    """One task. Raises TaskNotFound."""
    return found_task(fetch(connection, [asked_task(case_id, n)])[0])


def asked_task(case_id: str, n: int) -> Asked:
    """The statement whose rows `found_task` takes, to be sent together with others."""
    return _TASK, {"c": case_id, "n": n}


def found_task(rows: list[Any]) -> TaskRow:
    if not rows:
        raise TaskNotFound
    return TaskRow(**rows[0]._asdict())


def around(connection: sa.Connection, case_id: str, n: int) -> Around:
    """One task with what is around it. Raises TaskNotFound."""
    return found_around(fetch(connection, asked_around(case_id, n)))


def asked_around(case_id: str, n: int) -> list[Asked]:
    """The statements whose answers `found_around` takes, to be sent together with others."""
    return [(statement, {"c": case_id, "n": n}) for statement in (_TASK, _CANDIDATES, _HEAD, _PAGE)]


def found_around(answers: Sequence[list[Any]]) -> Around:
    """Raises TaskNotFound."""
    rows, tokens, heads, pages = answers
    row = found_task(rows)
    page = StatePage.load(pages[0].id, pages[0].body, b"[]") if pages else None
    return Around(row, tuple(one.token for one in tokens), Head.load(heads[0].head), page)


def may_see_task(connection: sa.Connection, task: Around, person: str, tokens: Collection[str]) -> bool:
    """Whoever has or had the task, is a candidate, or sees its case."""
    row = task.row
    if {row.assignee, row.ended_by}.intersection(_persons(person, tokens)) or set(tokens).intersection(task.candidates):
        return True
    return may_see_case(connection, row.case_id, person, tokens)


def rungs(connection: sa.Connection, keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """The rungs still to come of these tasks' escalation ladders, the next first.

    `at` in ms, `held` for one that came due and waits for a condition to end, and what the table says.
    """
    if not keys:
        return {}
    statement = (
        sa.select(_t.case_id, _t.n, store.pages.c.id, store.pages.c.body)
        .join(store.pages, sa.and_(_t.case_id == store.pages.c.case_id, _t.page == store.pages.c.id))
        .where(sa.tuple_(_t.case_id, _t.n).in_(list(keys)), _t.state.in_(OPEN), _t.due_at.is_not(None))
    )
    return {(case_id, n): _rungs(page_id, body, n) for case_id, n, page_id, body in connection.execute(statement)}


def _rungs(page_id: str, body: bytes, n: int) -> list[dict[str, Any]]:
    found = []
    for wait in StatePage.load(page_id, body, b"[]").waits.values():
        if wait.kind not in ("rung", "held") or wait.host != n or wait.detail is None:
            continue
        rung = feel.decode(wait.detail["rung"] if wait.kind == "held" else wait.detail)
        if isinstance(rung, dict):
            told = {name: feel.to_json(value) for name, value in rung.items()}
            found.append({**told, "at": wait.due, "held": wait.kind == "held"})
    return sorted(found, key=lambda rung: rung["at"])


# Drafts ------------------------------------------------------------------------------------------------------------


def draft(connection: sa.Connection, case_id: str, n: int, person: str) -> tuple[Any, int] | None:
    """What the person had filled in (JSON) and when (ms), or None."""
    row = connection.execute(sa.select(store.drafts).where(*_draft(case_id, n, person))).first()
    return (json.loads(row.data), row.saved_at) if row else None


def save_draft(connection: sa.Connection, case_id: str, n: int, person: str, data: Any, now: int) -> None:
    body = {"data": dumps(data).encode(), "saved_at": now}
    if not connection.execute(store.drafts.update().where(*_draft(case_id, n, person)).values(body)).rowcount:
        connection.execute(store.drafts.insert().values(case_id=case_id, n=n, person=person, **body))


def drop_draft(connection: sa.Connection, case_id: str, n: int, person: str) -> None:
    connection.execute(store.drafts.delete().where(*_draft(case_id, n, person)))


def _draft(case_id: str, n: int, person: str) -> tuple[Any, ...]:
    table = store.drafts.c
    return table.case_id == case_id, table.n == n, table.person == person


# Cases -------------------------------------------------------------------------------------------------------------

_OPEN_TASKS = sa.select(sa.func.count()).where(_t.case_id == _c.id, _t.state.in_(OPEN)).scalar_subquery()
_NEXT_DUE = sa.select(sa.func.min(_t.due_at)).where(_t.case_id == _c.id, _t.state.in_(OPEN)).scalar_subquery()
_i = store.incidents.c
_OPEN_INCIDENTS = sa.select(sa.func.count()).where(_i.case_id == _c.id, _i.resolved_at.is_(None)).scalar_subquery()
_CASES = sa.select(
    _c.id, _c.process, sa.func.coalesce(_d.name, _c.process).label("process_name"), _c.title, _c.business_key,
    _c.status,
    _c.release, _c.started_by, _c.started_at, _c.ended_at, _c.seq, _c.hash, _OPEN_TASKS.label("open_tasks"),
    _OPEN_INCIDENTS.label("open_incidents"), _NEXT_DUE.label("due_at"),
).join(store.definitions, _d.process == _c.process, isouter=True)  # fmt: skip


def cases(
    connection: sa.Connection, *, person: str, tokens: Collection[str], view: str = "open", process: str = "",
    query: str = "",
    sort: str = "-started", limit: int = 50, cursor: list[Any] | None = None,
) -> Listed:  # fmt: skip
    """One page of the cases that the person may see. view: open, closed or all; sort: started or -started."""
    running = _c.status.in_(("active", "suspended"))
    views = {"open": running, "closed": sa.not_(running), "all": sa.true()}
    chosen = views[view] if view in views else _unknown("view", view, views)
    if sort not in ("started", "-started"):
        _unknown("sort", sort, ("started", "-started"))
    statement = _CASES.where(chosen, seen_by(person, tokens))
    if process:
        statement = statement.where(_c.process == process)
    if query:
        found = [column.contains(query, autoescape=True) for column in (_c.title, _c.id, _c.business_key)]
        statement = statement.where(sa.or_(*found))
    rows = connection.execute(_keyset(statement, [_c.started_at, _c.id], sort[0] == "-", cursor).limit(limit + 1)).all()
    items = [CaseRow(**row._mapping) for row in rows[:limit]]
    return Listed(items, [items[-1].started_at, items[-1].id] if len(rows) > limit else None)


def seen_by(person: str, tokens: Collection[str]) -> Any:
    """The condition on `cases` that somebody may see one; part of every query about cases."""
    if MAY_AUDIT in tokens:
        return sa.true()
    access, candidate, held = store.case_access.c, store.task_candidates.c, sorted(tokens)
    return sa.or_(
        sa.exists().where(access.case_id == _c.id, access.token.in_(held)),
        sa.exists().where(
            _t.case_id == _c.id, sa.or_(_t.assignee.in_(_persons(person, tokens)), _t.ended_by == person)
        ),
        sa.exists().where(candidate.case_id == _c.id, candidate.token.in_(held)),
        _c.started_by == person,
    )


def case(connection: sa.Connection, case_id: str, person: str, tokens: Collection[str]) -> CaseRow:
    """One case that the person may see. Raises CaseNotFound, also for a case that is hidden from the person."""
    row = connection.execute(_CASES.where(_c.id == case_id, seen_by(person, tokens))).first()
    if row is None:
        raise CaseNotFound(f"Expected a case '{case_id}', but there is none that you may see.")
    return CaseRow(**row._mapping)


def may_see_case(connection: sa.Connection, case_id: str, person: str, tokens: Collection[str]) -> bool:
    return connection.execute(sa.select(_c.id).where(_c.id == case_id, seen_by(person, tokens))).first() is not None


def of_ids(connection: sa.Connection, ids: Collection[str]) -> list[CaseRow]:
    """Those cases, whoever may see them."""
    return [CaseRow(**row._mapping) for row in connection.execute(_CASES.where(_c.id.in_(ids)))]


def seen_of(connection: sa.Connection, cases: Collection[str], person: str, tokens: Collection[str]) -> set[str]:
    """Those of the cases that the person may see."""
    return set(connection.scalars(sa.select(_c.id).where(_c.id.in_(cases), seen_by(person, tokens))))


def tasks_of(connection: sa.Connection, case_id: str) -> list[TaskRow]:
    """All tasks of a case, oldest first."""
    return [TaskRow(**row._mapping) for row in connection.execute(_TASKS.where(_t.case_id == case_id).order_by(_t.n))]


def incidents_of(connection: sa.Connection, case_id: str) -> list[Any]:
    table = store.incidents
    return list(connection.execute(sa.select(table).where(table.c.case_id == case_id).order_by(table.c.n)))


def incidents(
    connection: sa.Connection,
    *,
    person: str,
    tokens: Collection[str],
    view: str = "open",
    limit: int = 50,
    cursor: list[Any] | None = None,
) -> Listed:
    """One page of incidents in cases that the person may see, newest first.

    Rows carry `title` and `process` of the case.
    """
    views = {"open": _i.resolved_at.is_(None), "resolved": _i.resolved_at.is_not(None)}
    chosen = views[view] if view in views else _unknown("view", view, views)
    statement = sa.select(store.incidents, _c.title, _c.process, _c.release).join(store.cases, _c.id == _i.case_id)
    keyed = _keyset(statement.where(chosen, seen_by(person, tokens)), [_i.raised_at, _i.case_id, _i.n], True, cursor)
    rows = connection.execute(keyed.limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(list(rows[:limit]), [last.raised_at, last.case_id, last.n] if last else None)


def definitions(connection: sa.Connection) -> list[Any]:
    """The current version of each deployed process: process, name, release, version, deployed_at."""
    return list(connection.execute(sa.select(store.definitions).order_by(store.definitions.c.process)))
