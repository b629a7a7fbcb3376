"""Who may act on a user task.

The policy outside computes tokens (`facts.tokens`, `facts.excluded`, `facts.target`); here they are checked again,
against the candidates and requirements of the task and against who completed what in this case (separation of duty). A
command without an actor is the system's own and is not checked. Whoever acts on behalf of another brings the tokens
that the other's rights give; what bars either of the two bars both.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from engine.errors import TaskChanged, TaskForbidden, TaskNotOpen
from engine.execution.machine import Machine
from engine.execution.state import Instance, Page, Task
from engine.notation.model import Node

MAY_ASSIGN = "can:assign"
NOT = "not:"

Subject = tuple[Page, Instance, Node, Task]


class TaskCommand(Protocol):
    """A command on one task."""

    @property
    def actor(self) -> str | None: ...
    @property
    def on_behalf_of(self) -> str | None: ...
    @property
    def facts(self) -> dict[str, Any]: ...
    @property
    def page(self) -> str: ...
    @property
    def task(self) -> int: ...
    @property
    def version(self) -> int | None: ...


def subject(m: Machine, command: TaskCommand) -> Subject:
    """The open task that a command addresses. Raises TaskNotOpen, or TaskChanged for another version than was seen."""
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


def is_holder(command: TaskCommand, task: Task) -> bool:
    """Whether the task is with whoever acts, or with the person for whom they act."""
    return task.assignee is not None and task.assignee in (command.actor, command.on_behalf_of)


def check_holder(command: TaskCommand, task: Task) -> None:
    """The system, the assignee, or somebody who may assign tasks."""
    may_assign = MAY_ASSIGN in command.facts.get("tokens", ())
    if command.actor is not None and not is_holder(command, task) and not may_assign:
        raise TaskForbidden("Expected the person who has claimed this task, or somebody who may assign tasks.")


def check_assignee(command: TaskCommand, task: Task) -> None:
    """The system or the assignee: what nobody else may decide."""
    if command.actor is not None and not is_holder(command, task):
        raise TaskForbidden("Expected the person who has claimed this task, but it is somebody else's.")


def actors(command: TaskCommand) -> list[str]:
    return [person for person in (command.actor, command.on_behalf_of) if person is not None]


def check_eligible(m: Machine, node: Node, task: Task, people: Sequence[str], facts: Mapping[str, Any]) -> None:
    """`facts` are those of the person in question: the actor's own, or `facts.target` of an assignment."""
    tokens = {*facts.get("tokens", ()), *(f"person:{person}" for person in people)}
    if task.assignee not in people and not tokens.intersection(task.candidates):
        raise TaskForbidden(f"Expected one of the candidates of '{node.name or node.id}', but '{people[0]}' is none.")
    check_allowed(m, node, task, people, facts)


def check_allowed(m: Machine, node: Node, task: Task, people: Sequence[str], facts: Mapping[str, Any]) -> None:
    """Nothing bars these people: no exclusion, no unmet requirement, no separation of duty."""
    if facts.get("excluded"):
        raise TaskForbidden(f"'{people[0]}' is excluded from '{node.name or node.id}': {facts['excluded']}.")
    lacking = unmet(task.requires, {*facts.get("tokens", ()), *(f"person:{person}" for person in people)})
    if lacking:
        raise TaskForbidden(f"'{people[0]}' does not meet what the task requires: {', '.join(lacking)}.")
    for other in separated_from(task, node):
        if any(person in m.state.head.completed_by.get(other, ()) for person in people):
            raise TaskForbidden(f"Expected somebody other than who completed '{other}' (separation of duty).")


def unmet(requires: Sequence[str], tokens: Collection[str]) -> list[str]:
    """The requirements that somebody with these tokens does not meet. `not:x` is met by whoever does not hold `x`."""
    return [one for one in requires if (one.removeprefix(NOT) in tokens) == one.startswith(NOT)]


def separated_from(task: Task, node: Node) -> Sequence[str]:
    """The elements whose completers may not act on the task."""
    if task.separate is not None:
        return task.separate
    return node.user_task.separate_from if node.user_task else ()
