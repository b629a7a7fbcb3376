"""Signers that the assignee of a task adds (加签): before it is completed, or after, before its token moves on.

A signer's task is an instance of the same element in the same page, bound to the task that waits for it. So it lives
and dies with that task, stays in its turn of a multi-instance, and joins and scopes see a token where one is.
"""

from typing import Any

from engine.errors import InvalidInput, InvalidState, TaskForbidden
from engine.execution import events as e
from engine.execution.commands import AddSigners, SignTask
from engine.execution.eligibility import actors, check_allowed, check_assignee, is_holder, subject
from engine.execution.machine import Machine
from engine.execution.state import Instance, Page, Task
from engine.execution.wire import Values
from engine.notation.model import Node

WHEN, RULES = ("before", "after"), ("all", "any")
MOST = 50


def expect_settled(task: Task) -> None:
    """Nobody is being waited for."""
    if task.signing is not None and task.signing["left"]:
        raise InvalidState("Expected every signer to have signed, but some have not; wait for them.")


def is_asked_after(task: Task) -> bool:
    """Whether signers are to be asked once the task is done."""
    return task.signing is not None and task.signing["when"] == "after" and task.signing.get("ended") is not True


def add(m: Machine, command: AddSigners) -> None:
    page, instance, node, task = subject(m, command)
    check_assignee(command, task)
    if task.assignee is None or task.signs is not None or task.owner is not None:
        raise InvalidState("Expected a claimed task of one's own to add signers to.")
    if is_asked_after(task) or (task.signing is not None and "ended" not in task.signing):
        raise InvalidState("Expected a task without pending signers, but some were asked already.")
    _check_request(command, task)
    targets = {one["person"]: one for one in command.facts.get("targets", ())}
    for person in command.people:
        check_allowed(m, node, Task(separate=task.separate), [person], targets.get(person, {}))
    by = command.actor
    told = e.SignersAdded(instance.n, node.id, page.id, command.people, command.when, command.rule, by, command.reason)
    m.emit(told)
    if command.when == "before":
        _ask(m, page, instance, node, command.people)


def _check_request(command: AddSigners, task: Task) -> None:
    fits = command.when in WHEN and command.rule in RULES
    if not fits:
        raise InvalidInput(f"Expected when to be one of {WHEN} and rule one of {RULES}.")
    people = command.people
    if not 0 < len(people) <= MOST or len(set(people)) != len(people) or task.assignee in people:
        expected = f"1 to {MOST} different people other than the assignee"
        raise InvalidInput(f"Expected {expected} as signers.", {"people": [f"signers: {expected}"]})


def _ask(m: Machine, page: Page, instance: Instance, node: Node, people: list[str]) -> None:
    for person in people:
        m.emit(
            e.TaskCreated(m.number(), node.id, page.id, node.name or node.id, assignee=person, signs=instance.n)
        )  # fmt: skip


def submit(m: Machine, page: Page, instance: Instance, node: Node, by: str | None, values: Values) -> None:
    """The task is done, and waits with what it brought until its signers have signed."""
    assert instance.task is not None and instance.task.signing is not None
    m.emit(e.TaskSubmitted(instance.n, node.id, page.id, by, values))
    _ask(m, page, instance, node, instance.task.signing["people"])


def sign(m: Machine, command: SignTask) -> None:
    page, instance, node, task = subject(m, command)
    if command.actor is not None and not is_holder(command, task):
        raise TaskForbidden("Expected the signer who was asked.")
    if task.signs is None:
        raise InvalidState("Expected a task that asks for a signature, but this one is to be completed.")
    host = page.instances[task.signs]
    assert host.task is not None
    check_allowed(m, node, Task(separate=host.task.separate), actors(command), command.facts)
    tracked = node.id in m.process(page).separated
    by, main = command.actor or task.assignee, task.signs
    m.emit(e.TaskSigned(instance.n, node.id, page.id, main, command.agree, by, command.comment, tracked))
    _settle(m, page, host, node, host.task)


def _settle(m: Machine, page: Page, host: Instance, node: Node, task: Task) -> None:
    """End the signing once its outcome is certain: the others need not be asked any more."""
    assert task.signing is not None
    agreed = _outcome(task.signing)
    if agreed is None:
        return
    release(m, page, host, node)
    submitted = "submitted" in task.signing
    by = task.signing.get("submitted")
    m.emit(e.SigningEnded(host.n, node.id, page.id, agreed))
    if submitted and agreed:
        tracked = node.id in m.process(page).separated
        m.emit(e.TaskCompleted(host.n, node.id, page.id, by, dict(host.result or {}), tracked))
        m.first(["finish", page.id, host.n])


def _outcome(signing: dict[str, Any]) -> bool | None:
    """Agreed or not; None while it depends on those who have not signed yet. Counts this round's opinions only."""
    asked = signing["people"]
    given = signing["opinions"][-(len(asked) - len(signing["left"])) :]
    yes, no = sum(one["agree"] for one in given), sum(not one["agree"] for one in given)
    if signing["rule"] == "any":
        return True if yes else False if no == len(asked) else None
    return False if no else True if yes == len(asked) else None


def release(m: Machine, page: Page, host: Instance, node: Node) -> None:
    """Nobody of those who have not signed is asked any more."""
    signing = host.task.signing if host.task is not None else None
    for n in list(signing["left"]) if signing is not None else ():
        m.emit(e.TaskCancelled(n, node.id, page.id))
