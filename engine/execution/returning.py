"""Sending a task's token back: to an earlier user task (退回), or by whoever completed the one before (撤回).

Exactly one token moves, within its scope instance; the tokens of other branches and turns are not touched. Where it may
go is read from the diagram: only to a task from which it comes back alone, through parallel blocks that it opens and
closes itself. So no join waits for a token that never comes, and none is reached by one too many. Nothing is
compensated, and what the case knows stays.
"""

from collections.abc import Callable, Iterator

from engine.errors import InvalidInput, InvalidState, TaskForbidden
from engine.execution import events as e
from engine.execution.commands import ReturnTask, WithdrawTask
from engine.execution.eligibility import actors, check_assignee, subject
from engine.execution.machine import Machine
from engine.execution.signing import expect_settled
from engine.execution.state import Page, Task
from engine.notation.model import ACTIVITIES, Node, Process

_WAITING = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
_CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})


def back(m: Machine, command: ReturnTask) -> None:
    page, instance, node, task = subject(m, command)
    check_assignee(command, task)
    _expect_free(task)
    allowed = targets(m.process(page), page, node)
    if command.target not in allowed:
        known = ", ".join(allowed) or "none"
        expected = f"Expected an earlier user task that this token can come back from, which here are: {known}"
        raise InvalidInput(f"{expected}; got '{command.target}'.", {"target": [f"option: {known}"]})
    if not command.reason.strip():
        raise InvalidInput("Expected a reason for the return.", {"reason": ["required: expected a reason"]})
    before = command.facts.get("target", {})
    doer = page.passed[command.target]
    again = doer if doer is not None and before.get("person") == doer and not before.get("excluded") else None
    _move(m, page, instance.n, node, command.target, again, command)


def withdraw(m: Machine, command: WithdrawTask) -> None:
    page, instance, node, task = subject(m, command)
    _expect_free(task)
    if task.version > 1:
        raise InvalidState("Expected the next task to be untouched, but somebody has acted on it.")
    target = withdrawable(m.process(page), page, node)
    if target is None:
        raise InvalidState("Expected the token to have come straight from one user task, but it has not.")
    doer = page.passed[target]
    if command.actor is not None and doer not in actors(command):
        raise TaskForbidden("Expected the person who completed the task before this one.")
    _move(m, page, instance.n, node, target, doer, command)


def _expect_free(task: Task) -> None:
    expect_settled(task)
    if task.signs is not None or task.owner is not None:
        raise InvalidState("Expected a task of one's own, but a signature or a delegate's work cannot be sent back.")


def _move(
    m: Machine, page: Page, n: int, node: Node, target: str, again: str | None, command: ReturnTask | WithdrawTask
) -> None:
    process = m.process(page)
    between = region(process, process.nodes[target], node)
    undone = [element for element in page.passed if element in between]
    withdrawn = isinstance(command, WithdrawTask)
    by, reason = command.actor, command.reason
    m.emit(e.TaskReturned(n, node.id, page.id, target, by, reason, withdrawn, undone, again))
    m.first(["cancel", page.id, n], ["activate", page.id, target, None])


# Where a token may go back to --------------------------------------------------------------------------------------


def targets(process: Process, page: Page, node: Node) -> list[str]:
    """The user tasks that the token at `node` has passed and can be sent back to, the latest first."""
    if page.index is not None or page.undo is not None:
        return []
    found = [element for element in page.passed if element != node.id and element in process.nodes]
    return [element for element in reversed(found) if _comes_back_alone(process, process.nodes[element], node)]


def withdrawable(process: Process, page: Page, node: Node) -> str | None:
    """The user task that the token came from, when nothing but choices lies between."""
    for element in targets(process, page, node):
        start = process.nodes[element]
        between = region(process, start, node) - {start.id, node.id}
        if len(start.outgoing) == 1 and all(process.nodes[id].kind == "exclusiveGateway" for id in between):
            return element
    return None


def region(process: Process, start: Node, end: Node) -> set[str]:
    """Everything on a way from `start` to `end`, both included, that does not pass either of them in between."""
    ahead = _reached(start.id, lambda id: () if id == end.id else _next(process, process.nodes[id]))
    sources: dict[str, list[str]] = {}
    for id in ahead:
        for following in _next(process, process.nodes[id]) if id != end.id else ():
            sources.setdefault(following, []).append(id)
    behind = _reached(end.id, lambda id: () if id == start.id else sources.get(id, ()))
    return ahead & behind


def _comes_back_alone(process: Process, start: Node, end: Node) -> bool:
    """Every split on the way is closed by a join on the way, and no join there waits for tokens from elsewhere."""
    if start.scope != end.scope:
        return False
    inside = region(process, start, end)
    if end.id not in inside or start.id not in inside:
        return False
    nodes = [process.nodes[id] for id in inside]
    splits = [node for node in nodes if node.id != end.id and _splits(process, node, inside)]
    joins = [node for node in nodes if node.id != start.id and _joins(node)]
    pairs = [(split, join) for split in splits for join in joins if _encloses(process, start, split, join, end)]
    closed, fed = {split.id for split, _ in pairs}, {join.id for _, join in pairs}
    return closed == {node.id for node in splits} and fed == {node.id for node in joins}


def _splits(process: Process, node: Node, inside: set[str]) -> bool:
    """Whether several tokens may come out of it: a fork, or a non-interrupting event beside it on the way."""
    beside = any(id in inside and not process.nodes[id].interrupting for id in node.boundaries)
    forks = node.kind not in _CHOOSING and len(node.outgoing) > 1
    return beside or forks or node.completion_quantity > 1


def _joins(node: Node) -> bool:
    return (node.kind in _WAITING and len(node.incoming) > 1) or (node.kind in ACTIVITIES and node.start_quantity > 1)


def _encloses(process: Process, start: Node, split: Node, join: Node, end: Node) -> bool:
    """Whether `join` is reached only through `split`, and every way from `split` leads to `join` first."""
    around = _reached(start.id, lambda id: () if id in (split.id, end.id) else _next(process, process.nodes[id]))
    past = _reached(split.id, lambda id: () if id in (join.id, end.id) else _next(process, process.nodes[id]))
    following = {id: _next(process, process.nodes[id]) for id in past - {join.id}}
    leaks = any(id == end.id or not after or start.id in after for id, after in following.items())
    return split.id != join.id and join.id not in around and not leaks


def _reached(start: str, following: Callable[[str], "list[str] | tuple[str, ...]"]) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        for id in following(ahead.pop()):
            if id not in found:
                found.add(id)
                ahead.append(id)
    return found


def _next(process: Process, node: Node) -> list[str]:
    """Where a token may go from here: along a flow, over a link, or by an event at the edge of an activity."""
    return [*(flow.target for flow in node.outgoing), *node.boundaries, *_linked(process, node)]


def _linked(process: Process, node: Node) -> Iterator[str]:
    for trigger in node.triggers if node.kind in ("intermediateThrowEvent", "endEvent") else ():
        name = trigger.name({}, None) if trigger.kind == "link" and trigger.name is not None else None
        if isinstance(name, str) and (node.scope, name) in process.links:
            yield process.links[node.scope, name]
