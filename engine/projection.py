"""Events of one entry → the rows that people and the worker look things up by.

Rows are gathered first and written once, so that what an entry creates and ends again costs nothing.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from engine import store
from engine.driver import Together
from engine.execution import events as e
from engine.execution.eligibility import NOT
from engine.execution.state import State
from engine.execution.wire import Values, dumps, encode_values

Row = dict[str, Any]


class Rows:
    """The changes that one entry makes to the tables beside the state."""

    def __init__(self, case_id: str, process: str, seq: int, at: int, actor: str | None) -> None:
        self.case_id, self.process, self.seq, self.at, self.actor = case_id, process, seq, at, actor
        self.added: dict[sa.Table, dict[int, Row]] = {}
        self.changed: dict[sa.Table, dict[int, Row]] = {}
        self.removed: dict[sa.Table, list[int]] = {}
        self.candidates: list[Row] = []
        self.requirements: list[Row] = []
        self.outgoing: list[Row] = []
        self.access: list[str] | None = None
        self.status: str | None = None
        self.title: str | None = None
        self.renamed: dict[str, str] = {}
        self.state = State()

    def process_of(self, page: str) -> str:
        """The process that a page runs: the case's own, or one that a call activity runs inside the case."""
        found = self.state.find(page)
        return self.process if found is None else found.process

    def add(self, table: sa.Table, n: int, **columns: Any) -> None:
        self.added.setdefault(table, {})[n] = {"case_id": self.case_id, "n": n, **columns}

    def change(self, table: sa.Table, n: int, **columns: Any) -> None:
        fresh = self.added.get(table, {})
        if n in fresh:
            fresh[n].update(columns)
        else:
            self.changed.setdefault(table, {}).setdefault(n, {}).update(columns)

    def remove(self, table: sa.Table, n: int) -> None:
        if self.added.get(table, {}).pop(n, None) is None:
            self.removed.setdefault(table, []).append(n)

    def tell(self, events: list[e.Event], state: State) -> "Rows":
        self.state = state
        for event in events:
            project = _PROJECT.get(type(event))
            if project is not None:
                project(self, event)
        return self

    def write(self, to: Together) -> None:
        for table, numbers in self.removed.items():
            to.execute(_delete(table), [{"c": self.case_id, "number": n} for n in numbers])
        if self.renamed:
            to.send()  # in this order
            self._rename(to.connection)
        for table, rows in self.added.items():
            if rows:
                to.execute(_insert(table), list(rows.values()))
        for table, changes in self.changed.items():
            for n, columns in changes.items():
                to.execute(_update(table, tuple(columns)), {"c": self.case_id, "number": n, **_prefixed(columns)})
        if self.candidates:
            to.execute(_insert(store.task_candidates), self.candidates)
        if self.requirements:
            to.execute(_insert(store.task_requirements), self.requirements)
        awaited = [row for row in self.added.get(store.subscriptions, {}).values() if row["kind"] == "message"]
        if awaited:
            to.execute(_WAKE, [{"wanted": row["name"], "by": row["key"]} for row in awaited])
        if self.outgoing:
            to.execute(_insert(store.messages), self.outgoing)
        if self.outgoing or awaited or self._due_soon():
            store.announce(to.connection)
        if self.access is not None:
            to.execute(_DROP_ACCESS, {"c": self.case_id})
            if self.access:
                to.execute(
                    _insert(store.case_access),
                    [{"case_id": self.case_id, "token": token} for token in dict.fromkeys(self.access)],
                )

    def _rename(self, connection: sa.Connection) -> None:
        """What waits stands at the elements of the new diagram; what has ended stays where it was."""
        for table in (store.tasks, store.timers, store.subscriptions, store.jobs, store.incidents):
            waits = [table.c.ended_at.is_(None)] if table is store.tasks else []
            waits += [table.c.resolved_at.is_(None)] if table is store.incidents else []
            where = (table.c.case_id == self.case_id, table.c.element.in_(self.renamed), *waits)
            new = sa.case(self.renamed, value=table.c.element, else_=table.c.element)
            connection.execute(table.update().where(*where).values(element=new))

    def _due_soon(self) -> bool:
        """Whether a timer or job comes due before the workers look again by themselves."""
        tables = [group.get(table, {}) for group in (self.added, self.changed) for table in (store.timers, store.jobs)]
        return any(row.get("due_at", 0) <= self.at + store.SOON for rows in tables for row in rows.values())


_m = store.messages.c
_WAKE = (
    store.messages.update()
    .where(
        _m.state == "buffered", _m.kind == "message", _m.name == sa.bindparam("wanted"), _m.key == sa.bindparam("by")
    )
    .values(state="pending")
)
_DROP_ACCESS = store.case_access.delete().where(store.case_access.c.case_id == sa.bindparam("c"))
_INSERTS: dict[sa.Table, sa.Insert] = {}
_DELETES: dict[sa.Table, sa.Delete] = {}
_UPDATES: dict[tuple[sa.Table, tuple[str, ...]], sa.Update] = {}


def _insert(table: sa.Table) -> sa.Insert:
    return _INSERTS.setdefault(table, table.insert())


def _delete(table: sa.Table) -> sa.Delete:
    if table not in _DELETES:
        _DELETES[table] = table.delete().where(
            table.c.case_id == sa.bindparam("c"), table.c.n == sa.bindparam("number")
        )
    return _DELETES[table]


def _update(table: sa.Table, columns: tuple[str, ...]) -> sa.Update:
    if (table, columns) not in _UPDATES:
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in columns if name != "version_by"}
        if "version_by" in columns:
            values["version"] = table.c.version + sa.bindparam("new_version_by")
        where = (table.c.case_id == sa.bindparam("c"), table.c.n == sa.bindparam("number"))
        _UPDATES[table, columns] = table.update().where(*where).values(values)
    return _UPDATES[table, columns]


def _prefixed(columns: Row) -> Row:
    return {f"new_{name}": value for name, value in columns.items()}


def sort_due(due: int | None) -> int:
    """Where a task stands in a list by due time."""
    return store.NEVER if due is None else due


# One function per event that shows up in a table ---------------------------------------------------------------------


def _task_created(rows: Rows, event: e.TaskCreated) -> None:
    limit = event.limit or {}
    rows.add(
        store.tasks, event.task, page=event.page, process=rows.process_of(event.page), element=event.element,
        name=event.name, form=event.form, state="claimed" if event.assignee else "created", assignee=event.assignee,
        priority=event.priority, created_at=rows.at, due_at=event.due,
        sort_due=sort_due(event.due), follow_up_at=event.follow_up, ended_at=None,
        ended_by=None, version=1, calendar=limit.get("series"), calendar_version=limit.get("version"),
        signs=event.signs,
    )  # fmt: skip
    _candidates(rows, event.task, event.candidates)
    for token in dict.fromkeys(event.requires):
        required = {"token": token.removeprefix(NOT), "barred": int(token.startswith(NOT))}
        rows.requirements.append({"case_id": rows.case_id, "n": event.task, **required})


def _candidates(rows: Rows, task: int, tokens: list[str]) -> None:
    rows.candidates += [{"case_id": rows.case_id, "n": task, "token": token} for token in dict.fromkeys(tokens)]


def _held(rows: Rows, task: int, assignee: str | None) -> None:
    _grow(rows, task, assignee=assignee, state="claimed" if assignee else "created")


def _grow(rows: Rows, task: int, **columns: Any) -> None:
    """Change a task in a way that a person could have seen: its version grows."""
    fresh = rows.added.get(store.tasks, {}).get(task)
    if fresh is not None:
        fresh.update(columns, version=fresh["version"] + 1)
        return
    version_by = rows.changed.get(store.tasks, {}).get(task, {}).get("version_by", 0) + 1
    rows.change(store.tasks, task, **columns, version_by=version_by)


def _task_claimed(rows: Rows, event: e.TaskClaimed) -> None:
    _held(rows, event.task, event.by)


def _task_released(rows: Rows, event: e.TaskReleased) -> None:
    _held(rows, event.task, None)


def _task_assigned(rows: Rows, event: e.TaskAssigned) -> None:
    _held(rows, event.task, event.to)


def _candidates_added(rows: Rows, event: e.CandidatesAdded) -> None:
    _grow(rows, event.task)
    _candidates(rows, event.task, event.candidates)


def _task_prioritized(rows: Rows, event: e.TaskPrioritized) -> None:
    rows.change(store.tasks, event.task, priority=event.priority)


def _deadline_moved(rows: Rows, event: e.DeadlineMoved) -> None:
    due = {"due_at": event.after, "sort_due": sort_due(event.after)}
    rows.change(store.tasks, event.task, **due, calendar_version=event.calendar)
    for timer, before, after in event.rungs:
        if before != after:
            rows.change(store.timers, timer, due_at=after)


def _deadline_counted(rows: Rows, event: e.DeadlineCounted) -> None:
    limit = event.limit or {}
    counted = {"calendar": limit.get("series"), "calendar_version": limit.get("version")}
    rows.change(store.tasks, event.task, due_at=event.due, sort_due=sort_due(event.due), **counted)


def _due_time_changed(rows: Rows, event: e.DueTimeChanged) -> None:
    rows.change(store.tasks, event.task, due_at=event.after, sort_due=sort_due(event.after))
    for timer, before, after in event.rungs:
        if before != after:
            rows.change(store.timers, timer, due_at=after)


def _task_completed(rows: Rows, event: e.TaskCompleted) -> None:
    rows.change(store.tasks, event.task, state="completed", ended_at=rows.at, ended_by=event.by)


def _task_cancelled(rows: Rows, event: e.TaskCancelled) -> None:
    rows.change(store.tasks, event.task, state="cancelled", ended_at=rows.at)


def _task_resolved(rows: Rows, event: e.TaskResolved) -> None:
    _held(rows, event.task, event.to)


def _task_noted(rows: Rows, event: Any) -> None:
    _grow(rows, event.task)


def _task_signed(rows: Rows, event: e.TaskSigned) -> None:
    rows.change(store.tasks, event.task, state="completed", ended_at=rows.at, ended_by=event.by)


def _timer_armed(rows: Rows, event: e.TimerArmed) -> None:
    rows.add(store.timers, event.timer, page=event.page, due_at=event.due, kind=event.kind, element=event.element)


def _timer_gone(rows: Rows, event: Any) -> None:
    rows.remove(store.timers, event.timer)


def _continue_later(rows: Rows, _: e.ContinuationRequested) -> None:
    rows.add(store.timers, 0, page="", due_at=rows.at, kind="continue", element="")


def _continued(rows: Rows, _: e.Continued) -> None:
    rows.remove(store.timers, 0)


def _subscribed(rows: Rows, event: e.SubscriptionOpened) -> None:
    rows.add(
        store.subscriptions, event.subscription, page=event.page, kind=event.what, name=event.name, key=event.key,
        element=event.element,
    )  # fmt: skip


def _rung_held(rows: Rows, event: e.RungHeld) -> None:
    rows.add(
        store.subscriptions, event.subscription, page=event.page, kind="held", name=event.code, key="",
        element=event.element,
    )  # fmt: skip


def _unsubscribed(rows: Rows, event: e.SubscriptionClosed) -> None:
    rows.remove(store.subscriptions, event.subscription)


def _job_created(rows: Rows, event: e.JobCreated) -> None:
    rows.add(
        store.jobs, event.job, page=event.page, type=event.job_type, element=event.element, retries=event.retries,
        due_at=rows.at,
        leased_until=None, headers=dumps(event.headers).encode(),
    )  # fmt: skip


def _job_failed(rows: Rows, event: e.JobFailed) -> None:
    rows.change(store.jobs, event.job, retries=event.retries, due_at=event.due or rows.at, leased_until=None)


def _job_gone(rows: Rows, event: Any) -> None:
    rows.remove(store.jobs, event.job)


def _incident_raised(rows: Rows, event: e.IncidentRaised) -> None:
    rows.add(
        store.incidents, event.incident, page=event.page, element=event.element, kind=event.kind, message=event.message,
        raised_at=rows.at, resolved_at=None, resolved_by=None,
    )  # fmt: skip


def _incident_resolved(rows: Rows, event: e.IncidentResolved) -> None:
    rows.change(store.incidents, event.incident, resolved_at=rows.at, resolved_by=rows.actor)


def _message_sent(rows: Rows, event: e.MessageSent) -> None:
    _send(rows, "message", event.name, event.key, event.ttl, event.variables)


def _signal_thrown(rows: Rows, event: e.SignalThrown) -> None:
    _send(rows, "signal", event.name, "", 0, event.variables)


def _send(rows: Rows, kind: str, name: str, key: str, ttl: int, variables: Values) -> None:
    position = len(rows.outgoing)
    rows.outgoing.append(
        {
            "id": f"case/{rows.case_id}/{rows.seq}/{position}", "kind": kind, "name": name, "key": key,
            "payload": dumps(encode_values(variables)).encode(), "source": rows.case_id, "state": "pending",
            "detail": None,
            "created_at": rows.at, "expires_at": rows.at + ttl, "position": rows.at * 1000 + position,
        }
    )  # fmt: skip


def _migrated(rows: Rows, event: e.CaseMigrated) -> None:
    rows.renamed = {old: new for old, new in event.elements.items() if old != new}


def _described(rows: Rows, event: e.CaseDescribed) -> None:
    rows.title, rows.access = event.title, event.access


_PROJECT: dict[type[e.Event], Callable[[Rows, Any], None]] = {
    e.TaskCreated: _task_created,
    e.TaskClaimed: _task_claimed,
    e.TaskReleased: _task_released,
    e.TaskAssigned: _task_assigned,
    e.TaskCompleted: _task_completed,
    e.TaskCancelled: _task_cancelled,
    e.CandidatesAdded: _candidates_added,
    e.TaskPrioritized: _task_prioritized,
    e.DeadlineMoved: _deadline_moved,
    e.DeadlineCounted: _deadline_counted,
    e.DueTimeChanged: _due_time_changed,
    e.TaskResolved: _task_resolved,
    e.SignersAdded: _task_noted,
    e.TaskSubmitted: _task_noted,
    e.SigningEnded: _task_noted,
    e.TaskSigned: _task_signed,
    e.TimerArmed: _timer_armed,
    e.TimerFired: _timer_gone,
    e.TimerSkipped: _timer_gone,
    e.TimerCancelled: _timer_gone,
    e.ContinuationRequested: _continue_later,
    e.Continued: _continued,
    e.RungHeld: _rung_held,
    e.SubscriptionOpened: _subscribed,
    e.SubscriptionClosed: _unsubscribed,
    e.JobCreated: _job_created,
    e.JobFailed: _job_failed,
    e.JobCompleted: _job_gone,
    e.JobCancelled: _job_gone,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    e.MessageSent: _message_sent,
    e.SignalThrown: _signal_thrown,
    e.CaseDescribed: _described,
    e.CaseMigrated: _migrated,
}
