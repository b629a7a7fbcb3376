"""User tasks: creating them, and who may claim, complete and hand them over.

The policy outside computes tokens (`facts.tokens`, `facts.excluded`, `facts.target`); here they are checked again,
against the candidates of the task and against who completed what in this case (separation of duty). A command without
an actor is the system's own and is not checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine import feel
from engine.errors import InvalidState, TaskChanged, TaskForbidden, TaskNotOpen
from engine.execution import calendar as business
from engine.execution import events as e
from engine.execution import waits
from engine.execution.commands import AssignTask, ClaimTask, CompleteTask, DelegateTask, UnclaimTask
from engine.execution.machine import Failure, Machine, instant, millis
from engine.execution.state import Instance, Page, Scope, Task, Wait
from engine.notation.model import Deadline, Node, UserTask

Duration = feel.DaysDuration | feel.YearsDuration
MAY_ASSIGN = "can:assign"


# Creating ----------------------------------------------------------------------------------------------------------


def create(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Evaluate assignee, candidates, dates and ladder, then put the task on the list."""
    wanted, scope = node.user_task or UserTask(), m.scope(page, instance)
    assignee = m.texts(wanted.assignee, scope, f"the assignee of '{node.id}'")
    candidates = [
        *(f"person:{user}" for user in m.texts(wanted.candidate_users, scope, f"the candidate users of '{node.id}'")),
        *m.texts(wanted.candidate_groups, scope, f"the candidate groups of '{node.id}'"),
    ]
    limit = _limit(m, wanted, scope, node)
    rungs = _rungs(m, wanted, scope, limit)
    m.emit(
        e.TaskCreated(
            instance.n, node.id, page.id, node.name or node.id, wanted.form, assignee[0] if assignee else None,
            candidates, _priority(m, wanted, scope, node), limit.due, _date(m, wanted.follow_up, scope, node),
            limit.version,
        )
    )  # fmt: skip
    _tell_limit(m, page, wanted, limit)
    for at, rung in rungs:
        m.emit(e.TimerArmed(m.number(), node.id, page.id, at, "rung", instance.n, detail=rung))


def _priority(m: Machine, wanted: UserTask, scope: Scope, node: Node) -> int:
    if wanted.priority is None:
        return 50
    value = m.value(wanted.priority, scope)
    if isinstance(value, str) and value.strip().isdigit():
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise m.unexpected(wanted.priority, scope, f"the priority of '{node.id}'", "a number")
    return int(value)


@dataclass(frozen=True, slots=True)
class _Limit:
    """A due time in ms, with the moment it was counted from and the clock and calendar it was counted on."""

    due: int | None
    since: int = 0
    clock: str = "WALL"
    calendar: business.Calendar | None = None

    @property
    def version(self) -> int | None:
        return self.calendar.version if self.calendar and self.clock != "WALL" else None


def _limit(m: Machine, wanted: UserTask, scope: Scope, node: Node) -> _Limit:
    """Counted from `since` on, or going on with a clock that stood still; never shorter than `atLeast` from now on."""
    deadline = wanted.deadline
    amount = _duration(m, deadline.duration, scope, node) if deadline else None
    if deadline is None or amount is None:
        return _Limit(_date(m, wanted.due, scope, node), m.command.at)
    clock = m.text(deadline.clock, scope, f"the clock of '{node.id}'")
    roll = m.text(deadline.roll, scope, f"the roll of '{node.id}'")
    chosen, now = _calendar(m, deadline, scope, node), instant(m.command.at)
    stood = _stood(m, deadline, scope, node)
    since = None if stood else _date(m, deadline.since, scope, node)
    begun = now if since is None else instant(since)
    if stood:
        due = business.resumed(*stood, now, clock, chosen, roll).at
    else:
        due = business.due(begun, amount, clock, chosen, roll).at
    least = _least(m, deadline, scope, node, clock, chosen)
    return _Limit(millis(max(due, least or due)), millis(begun), clock, chosen)


def _stood(m: Machine, deadline: Deadline, scope: Scope, node: Node) -> tuple[datetime, datetime] | None:
    """`resumes`: when the clock that stood still was due, and when it was stopped."""
    value = m.value(deadline.resumes, scope) if deadline.resumes else None
    if value is None or deadline.resumes is None:
        return None
    found = [waits.moment(m, value.get(name)) for name in ("due", "stopped")] if isinstance(value, dict) else []
    due, stopped = found if len(found) == 2 else (None, None)
    if due is None or stopped is None:
        raise m.unexpected(deadline.resumes, scope, f"what '{node.id}' resumes", "a context of moments {due, stopped}")
    return due.to_datetime(), min(stopped.to_datetime(), instant(m.command.at))


def _least(
    m: Machine, deadline: Deadline, scope: Scope, node: Node, clock: str, calendar: business.Calendar | None
) -> datetime | None:
    amount = _duration(m, deadline.at_least, scope, node) if deadline.at_least else None
    if amount is None:
        return None
    if deadline.at_least_clock is not None:
        clock = m.text(deadline.at_least_clock, scope, f"the atLeastClock of '{node.id}'")
    return business.due(instant(m.command.at), amount, clock, calendar).at


def _duration(m: Machine, expression: feel.Expression, scope: Scope, node: Node) -> Duration | None:
    value = m.value(expression, scope)
    if value is None:
        return None
    amount = feel.parse_duration(value) if isinstance(value, str) else value
    if not isinstance(amount, (feel.DaysDuration, feel.YearsDuration)):
        raise m.unexpected(expression, scope, f"the deadline of '{node.id}'", "a duration")
    return amount


def _tell_limit(m: Machine, page: Page, wanted: UserTask, limit: _Limit) -> None:
    """Hand `{since, due}` to the variable that the deadline names: what a later deadline may count on."""
    if wanted.deadline is None or wanted.deadline.result is None:
        return
    due = None if limit.due is None else feel.DateTime.from_datetime(instant(limit.due))
    since = feel.DateTime.from_datetime(instant(limit.since))
    m.write(page, {wanted.deadline.result: {"since": since, "due": due}})


def _calendar(m: Machine, deadline: Deadline, scope: Scope, node: Node) -> business.Calendar | None:
    """The version in force is a fact of the command; without it, only deadlines without a calendar can be counted."""
    series = m.text(deadline.calendar, scope, f"the calendar of '{node.id}'")
    version = m.command.facts.get("calendars", {}).get(series)
    return m.bundle.calendars(series, version) if version is not None else None


def _date(m: Machine, expression: feel.Expression | None, scope: Scope, node: Node) -> int | None:
    value = m.value(expression, scope) if expression else None
    if value is None or expression is None:
        return None
    moment = waits.moment(m, value)
    if moment is None:
        raise m.unexpected(expression, scope, f"a date of '{node.id}'", "a date and time")
    return waits.to_millis(moment)


def _rungs(m: Machine, wanted: UserTask, scope: Scope, limit: _Limit) -> list[tuple[int, dict[str, Any]]]:
    """The escalation ladder, a decision table whose rows name `at` ("50%", "+1wd"), `code` and whatever a rung does.

    A share of the time that had passed before the task began (its deadline counts from earlier) is no rung of it.
    """
    if wanted.ladder is None or limit.due is None:
        return []
    rows, _ = m.decision(wanted.ladder, scope)
    specs = [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)]
    ats = [_word(row, "at") for row in specs]
    now, start, due = m.command.at, instant(limit.since), instant(limit.due)
    planned = business.rungs(min(start, due), due, ats, limit.clock, limit.calendar)
    found = [
        (millis(at), feel.encode(row))
        for (spec, at), row in zip(planned, specs, strict=True)
        if millis(at) >= now or not spec.endswith("%") or limit.due <= now
    ]
    return sorted(found, key=lambda rung: rung[0])


def _word(row: Mapping[str, feel.Value], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise Failure("decision", f"Expected each rung of a ladder to have a text '{name}', but got {value!r}.")
    return value


def reach_rung(m: Machine, page: Page, wait: Wait) -> None:
    """A rung came due: tell it. Who is told, and what else it does, is for whoever reads the event."""
    rung = feel.decode(wait.detail)
    assert isinstance(rung, dict) and wait.host is not None
    m.emit(e.TimerFired(wait.n, wait.element, page.id, wait.due))
    m.emit(e.RungReached(wait.host, wait.element, page.id, _word(rung, "code"), rung))


# Acting ------------------------------------------------------------------------------------------------------------


def _subject(
    m: Machine, command: ClaimTask | UnclaimTask | AssignTask | DelegateTask | CompleteTask
) -> tuple[Page, Instance, Node, Task]:
    found = m.at(command.page, command.task)
    if found is None or found[1].task is None:
        raise TaskNotOpen
    page, instance, node = found
    assert instance.task is not None
    if command.version is not None and command.version != instance.task.version:
        raise TaskChanged(
            f"Expected version {command.version} of the task, but it is at {instance.task.version}; load it again."
        )
    return page, instance, node, instance.task


def claim(m: Machine, command: ClaimTask) -> None:
    page, instance, node, task = _subject(m, command)
    if command.actor is None:
        raise TaskForbidden("Expected a person to claim the task, but the system cannot.")
    if task.assignee is not None:
        raise InvalidState("Expected an unclaimed task, but somebody has it already.")
    _check_eligible(m, node, task, command.actor, command.facts)
    m.emit(e.TaskClaimed(instance.n, page.id, command.actor))


def unclaim(m: Machine, command: UnclaimTask) -> None:
    page, instance, _, task = _subject(m, command)
    if task.assignee is None:
        raise InvalidState("Expected a claimed task, but nobody has it.")
    _check_holder(command.actor, task, command.facts)
    m.emit(e.TaskReleased(instance.n, page.id, command.actor or task.assignee))


def assign(m: Machine, command: AssignTask) -> None:
    page, instance, node, task = _subject(m, command)
    if command.actor is not None and MAY_ASSIGN not in command.facts.get("tokens", ()):
        raise TaskForbidden("Expected somebody who may assign tasks to others.")
    _check_eligible(m, node, task, command.to, command.facts.get("target", {}))
    m.emit(e.TaskAssigned(instance.n, page.id, command.to, command.actor, command.note))


def delegate(m: Machine, command: DelegateTask) -> None:
    page, instance, node, task = _subject(m, command)
    if task.assignee is None:
        raise InvalidState("Expected a claimed task, but nobody has it; claim it first.")
    _check_holder(command.actor, task, command.facts)
    _check_eligible(m, node, task, command.to, command.facts.get("target", {}))
    m.emit(e.TaskAssigned(instance.n, page.id, command.to, command.actor, command.note, delegated=True))


def complete(m: Machine, command: CompleteTask) -> None:
    """The assignee completes; any candidate may complete an unclaimed task, which claims it in the same breath."""
    page, instance, node, task = _subject(m, command)
    actor = command.actor
    if actor is not None and task.assignee is None:
        _check_eligible(m, node, task, actor, command.facts)
        m.emit(e.TaskClaimed(instance.n, page.id, actor))
    elif actor is not None:
        if task.assignee != actor:
            raise TaskForbidden("Expected the person who has claimed this task, but it is somebody else's.")
        _check_separation(m, node, actor, command.facts)
    tracked = node.id in m.process(page).separated
    m.emit(e.TaskCompleted(instance.n, node.id, page.id, actor, dict(command.variables), tracked))
    m.first(["finish", page.id, instance.n])


def _check_holder(actor: str | None, task: Task, facts: Mapping[str, Any]) -> None:
    if actor is not None and actor != task.assignee and MAY_ASSIGN not in facts.get("tokens", ()):
        raise TaskForbidden("Expected the person who has claimed this task, or somebody who may assign tasks.")


def _check_eligible(m: Machine, node: Node, task: Task, person: str, facts: Mapping[str, Any]) -> None:
    """`facts` are those of the person in question: the actor's own, or `facts.target` of an assignment."""
    tokens = {*facts.get("tokens", ()), f"person:{person}"}
    if task.assignee != person and not tokens.intersection(task.candidates):
        raise TaskForbidden(f"Expected one of the candidates of '{node.name or node.id}', but '{person}' is none.")
    _check_separation(m, node, person, facts)


def _check_separation(m: Machine, node: Node, person: str, facts: Mapping[str, Any]) -> None:
    if facts.get("excluded"):
        raise TaskForbidden(f"'{person}' is excluded from '{node.name or node.id}': {facts['excluded']}.")
    for other in node.user_task.separate_from if node.user_task else ():
        if person in m.state.head.completed_by.get(other, ()):
            raise TaskForbidden(f"Expected somebody other than who completed '{other}' (separation of duty).")
