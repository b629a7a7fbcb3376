"""User tasks: creating them, and who may claim, complete and hand them over.

The policy outside computes tokens (`facts.tokens`, `facts.excluded`, `facts.target`); here they are checked again,
against the candidates of the task and against who completed what in this case (separation of duty). A command without
an actor is the system's own and is not checked.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine import feel
from engine.errors import InvalidState, TaskChanged, TaskForbidden, TaskNotOpen
from engine.execution import due, ladder
from engine.execution import events as e
from engine.execution.commands import AssignTask, ClaimTask, CompleteTask, DelegateTask, UnclaimTask
from engine.execution.machine import Machine
from engine.execution.state import Instance, Page, Scope, Task
from engine.notation.model import Node, UserTask

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
    limit, calendar = due.limit_of(m, wanted, scope, node)
    rungs = ladder.planned(m, wanted, scope, limit, calendar)
    m.emit(
        e.TaskCreated(
            instance.n, node.id, page.id, node.name or node.id, wanted.form, assignee[0] if assignee else None,
            candidates, _priority(m, wanted, scope, node), limit.due, due.date_of(m, wanted.follow_up, scope, node),
            limit.version if limit.clock != "WALL" else None, _told(m, limit, rungs),
        )
    )  # fmt: skip
    due.tell(m, page, wanted, limit)
    for at, rung, every in rungs:
        m.emit(e.TimerArmed(m.number(), node.id, page.id, at, "rung", instance.n, every, detail=rung))


def _told(m: Machine, limit: due.Limit, rungs: list[ladder.Rung]) -> dict[str, Any] | None:
    """How the due time was counted, where it may have to be counted again: on another calendar, for a further turn."""
    if m.semantics < 2 or limit.due is None:
        return None
    specs = [str(row["at"]) for _, detail, _ in rungs if isinstance(row := feel.decode(detail), dict)]
    if not limit.depends_on_calendar(specs):
        limit = replace(limit, series=None, version=None)
    repeats = any(every for _, _, every in rungs)
    return limit.as_json() if limit.series or repeats else None


def _priority(m: Machine, wanted: UserTask, scope: Scope, node: Node) -> int:
    if wanted.priority is None:
        return 50
    value = m.value(wanted.priority, scope)
    if isinstance(value, str) and value.strip().isdigit():
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise m.unexpected(wanted.priority, scope, f"the priority of '{node.id}'", "a number")
    return int(value)


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
