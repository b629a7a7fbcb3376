"""What people do with a user task: claim, release, assign, hand over, delegate, complete."""

from typing import Any

from engine.errors import InvalidState, TaskForbidden
from engine.execution import events as e
from engine.execution import signing
from engine.execution.commands import AssignTask, ClaimTask, CompleteTask, DelegateTask, UnclaimTask
from engine.execution.eligibility import (
    MAY_ASSIGN,
    actors,
    check_allowed,
    check_assignee,
    check_eligible,
    check_holder,
    separated_from,
    subject,
)
from engine.execution.machine import Machine
from engine.execution.state import Task
from engine.execution.wire import Values
from engine.notation.model import Node


def claim(m: Machine, command: ClaimTask) -> None:
    page, instance, node, task = subject(m, command)
    if command.actor is None:
        raise TaskForbidden("Expected a person to claim the task, but the system cannot.")
    if task.assignee is not None:
        raise InvalidState("Expected an unclaimed task, but somebody has it already.")
    check_eligible(m, node, task, actors(command), command.facts)
    m.emit(e.TaskClaimed(instance.n, page.id, command.actor))


def unclaim(m: Machine, command: UnclaimTask) -> None:
    page, instance, _, task = subject(m, command)
    if task.assignee is None:
        raise InvalidState("Expected a claimed task, but nobody has it.")
    _expect_own(task, "give it back to its candidates")
    check_holder(command, task)
    m.emit(e.TaskReleased(instance.n, page.id, command.actor or task.assignee))


def assign(m: Machine, command: AssignTask) -> None:
    page, instance, node, task = subject(m, command)
    if command.actor is not None and MAY_ASSIGN not in command.facts.get("tokens", ()):
        raise TaskForbidden("Expected somebody who may assign tasks to others.")
    signing.expect_settled(task)
    facts = command.facts.get("target", {})
    if command.borrow:
        _check_borrowed(m, node, task, command, facts)
    else:
        check_eligible(m, node, task, [command.to], facts)
    m.emit(e.TaskAssigned(instance.n, page.id, command.to, command.actor, command.note, borrowed=command.borrow))


def _check_borrowed(m: Machine, node: Node, task: Task, command: AssignTask, facts: dict[str, Any]) -> None:
    """Somebody of another unit with one of the roles that the task is for, when none of its candidates can take it."""
    done = {person for other in separated_from(task, node) for person in m.state.head.completed_by.get(other, ())}
    eligible = [person for person in command.facts.get("eligible", []) if person not in done]
    if eligible:
        raise InvalidState(f"Expected nobody to be eligible, but these are: {', '.join(eligible)}. Assign one of them.")
    if not command.note.strip():
        raise InvalidState("Expected a reason for borrowing somebody, but the note is empty.")
    roles = {token.partition("@")[0] for token in task.candidates if token.startswith("role:")}
    if not roles.intersection(facts.get("tokens", ())):
        raise TaskForbidden(f"Expected somebody with one of the roles of '{node.name or node.id}' in another unit.")
    check_allowed(m, node, task, [command.to], facts)


def delegate(m: Machine, command: DelegateTask) -> None:
    page, instance, node, task = subject(m, command)
    if task.assignee is None:
        raise InvalidState("Expected a claimed task, but nobody has it; claim it first.")
    _expect_own(task, "hand it over")
    signing.expect_settled(task)
    (check_assignee if command.returns else check_holder)(command, task)
    if command.returns and command.to == task.assignee:
        raise InvalidState("Expected somebody else to delegate to, but the task is theirs already.")
    check_eligible(m, node, task, [command.to], command.facts.get("target", {}))
    told = e.TaskAssigned(instance.n, page.id, command.to, command.actor, command.note, True, command.returns)
    m.emit(told)


def _expect_own(task: Task, what: str) -> None:
    """A signer signs; a delegate hands in: neither passes on what is not theirs."""
    if task.signs is not None:
        raise InvalidState(f"Expected a task of one's own to {what}, but this is a signature that was asked for.")
    if task.owner is not None:
        raise InvalidState(f"Expected a task of one's own to {what}, but it was delegated and goes back to its owner.")


def complete(m: Machine, command: CompleteTask) -> None:
    """The assignee completes; any candidate may complete an unclaimed task, which claims it in the same breath.

    What a delegate completes goes back to the owner; what has signers to come waits for them.
    """
    page, instance, node, task = subject(m, command)
    if task.signs is not None:
        raise InvalidState("Expected a signature, but the task was to be completed: sign it instead.")
    signing.expect_settled(task)
    if command.actor is not None and task.assignee is None:
        check_eligible(m, node, task, actors(command), command.facts)
        m.emit(e.TaskClaimed(instance.n, page.id, command.actor))
    elif command.actor is not None:
        check_assignee(command, task)
        check_allowed(m, node, task, actors(command), command.facts)
    tracked = node.id in m.process(page).separated
    if task.owner is not None:
        values = dict(command.variables)
        m.emit(e.TaskResolved(instance.n, node.id, page.id, task.owner, command.actor, values, tracked))
        return
    told_who: Values = {} if node.completer is None or command.actor is None else {node.completer: command.actor}
    values = {**command.variables, **told_who}
    if signing.is_asked_after(task):
        signing.submit(m, page, instance, node, command.actor, values)
        return
    m.emit(e.TaskCompleted(instance.n, node.id, page.id, command.actor, values, tracked))
    m.first(["finish", page.id, instance.n])
