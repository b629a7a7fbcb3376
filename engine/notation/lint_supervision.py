"""Rules of supervision over compiled diagrams: owners, deadlines, ways through, messages, names (rules SUP0xx).

All are warnings: a diagram that breaks one runs, but somebody will wait for nobody, or for ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine import feel
from engine.errors import Problem
from engine.feel import DaysDuration, Expression
from engine.notation.forms import Form
from engine.notation.lint_variables import variables
from engine.notation.model import ACTIVITIES, Diagram, Node, Process, Trigger

_SPLITS = frozenset(["exclusiveGateway", "inclusiveGateway"])
_WAITS = frozenset(["message", "signal", "conditional"])
_CATCHES = frozenset(["startEvent", "intermediateCatchEvent", "boundaryEvent"])
_DAY = 24 * 60 * 60 * 10**9  # nanoseconds


class Said(NamedTuple):
    """What one rule says about one element of a process."""

    rule: str
    message: str
    element: str
    line: int


def supervise(diagrams: Iterable[Diagram], forms: Mapping[str, Form], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Everything that the rules find in the processes of one release."""
    diagrams = tuple(diagrams)
    messages = _Messages([process for diagram in diagrams for process in diagram.processes])
    for diagram in diagrams:
        for process in diagram.processes:
            for said in (*_of_process(process), *messages.of(process), *variables(process, forms, files)):
                yield Problem(said[0], said[1], said[2], said[3], diagram.file, "warning")


def _of_process(process: Process) -> Iterator[Said]:
    if process.name == process.id and ":" not in next(iter(process.nodes), ":"):
        yield Said("SUP012", "expected a name on the process: people see it", process.id, process.line)
    raced = _raced(process)
    for node in process.nodes.values():
        yield from _user_task(node)
        yield from _wait(process, node, raced)
        yield from _split(node)
        if node.kind in ACTIVITIES and not node.name:
            yield Said("SUP012", f"expected a name on this {node.kind}: people see it", node.id, node.line)
    yield from _ways(process)


# People and time -----------------------------------------------------------------------------------------------------


def _user_task(node: Node) -> Iterator[Said]:
    task = node.user_task
    if task is None:
        return
    if task.assignee is None and task.candidate_users is None and task.candidate_groups is None:
        message = "expected an assignee or candidates (zeebe:assignmentDefinition): nobody sees this task"
        yield Said("SUP001", message, node.id, node.line)
    if task.deadline is None and task.due is None:
        yield Said("SUP002", "expected a deadline (duban:deadline): nothing urges this task", node.id, node.line)
    if task.deadline is not None and _constant(task.deadline.clock) == "WORK":
        duration = _duration(_constant(task.deadline.duration))
        if duration is not None and duration.nanos >= _DAY:
            message = "hours of the WORK clock are working hours; for days, write P1D or use the clock DAY"
            yield Said("SUP011", message, node.id, node.line)


def _constant(expression: Expression | None) -> feel.Value:
    """What an expression without variables yields; null for any other."""
    if expression is None or expression.free_names or expression.maybe_names:
        return None
    return expression({})


def _duration(value: feel.Value) -> DaysDuration | None:
    """A duration written in hours or less: `P2D` says days, and means them."""
    if not isinstance(value, str) or "T" not in value or "D" in value:
        return None
    found = feel.parse_duration(value)
    return found if isinstance(found, DaysDuration) else None


def _raced(process: Process) -> frozenset[str]:
    """What follows an event-based gateway that a timer follows too."""
    gateways = [node for node in process.nodes.values() if node.kind == "eventBasedGateway"]
    ways = [[flow.target for flow in gateway.outgoing] for gateway in gateways]
    return frozenset(
        target for targets in ways if any(_is_timer(process.nodes[each]) for each in targets) for target in targets
    )


def _is_timer(node: Node) -> bool:
    return any(trigger.kind == "timer" for trigger in node.triggers)


def _wait(process: Process, node: Node, raced: frozenset[str]) -> Iterator[Said]:
    kinds = {trigger.kind for trigger in node.triggers}
    waits = node.kind == "receiveTask" or (node.kind == "intermediateCatchEvent" and bool(kinds) and kinds <= _WAITS)
    if waits and node.id not in raced and not _timed(process, node):
        yield Said("SUP003", "expected a timer beside this wait: it may last for ever", node.id, node.line)


def _timed(process: Process, node: Node) -> bool:
    """By a boundary timer or a timer event sub-process, its own or that of a scope around."""
    place: Node | None = node
    while place is not None:
        aside = process.scopes[place.scope].event_sub_processes
        starts = [event for inner in aside for event in process.scopes[inner].event_starts]
        if any(_is_timer(process.nodes[event]) for event in (*place.boundaries, *starts)):
            return True
        place = process.nodes.get(place.scope)
    return False


# Ways ----------------------------------------------------------------------------------------------------------------


def _split(node: Node) -> Iterator[Said]:
    if len(node.outgoing) < 2:
        return
    always = any(flow.condition is not None and flow.condition.text.strip() == "true" for flow in node.outgoing)
    if node.kind in _SPLITS and node.default is None and not always:
        message = "expected a default flow: when no condition holds, the case stands still with an incident"
        yield Said("SUP006", message, node.id, node.line)
    if node.kind in _SPLITS and not node.name:
        yield Said("SUP012", "expected a name on this splitting gateway: what is decided here?", node.id, node.line)


def _ways(process: Process) -> Iterator[Said]:
    reached = _reached(process)
    ending = _ending(process)
    for node in process.nodes.values():
        if node.id not in reached:
            yield Said("SUP004", "nothing leads here: it never happens", node.id, node.line)
        elif node.id not in ending:
            yield Said("SUP005", "no end can be reached from here: the case goes round for ever", node.id, node.line)


def _reached(process: Process) -> set[str]:
    begin = process.scopes[process.id]
    waiting = [*begin.entries, *begin.event_starts, *begin.event_sub_processes]
    found: set[str] = set()
    while waiting:
        identity = waiting.pop()
        if identity in found:
            continue
        found.add(identity)
        node = process.nodes[identity]
        waiting += [*_next(process, node), *([node.compensation] if node.compensation else [])]
        if identity in process.scopes:
            inner = process.scopes[identity]
            waiting += [*inner.entries, *inner.event_starts, *inner.event_sub_processes]
            waiting += inner.nodes if node.kind == "adHocSubProcess" else ()
    return found


def _next(process: Process, node: Node) -> list[str]:
    links = [
        process.links[node.scope, str(trigger.name({}))]
        for trigger in node.triggers
        if node.kind == "intermediateThrowEvent" and trigger.kind == "link" and trigger.name is not None
    ]
    return [*(flow.target for flow in node.outgoing), *links, *node.boundaries]


def _ending(process: Process) -> set[str]:
    """The nodes from which some node without way on can be reached, backwards from these."""
    before: dict[str, list[str]] = {identity: [] for identity in process.nodes}
    waiting: list[str] = []
    for node in process.nodes.values():
        following = _next(process, node)
        for identity in following:
            before[identity].append(node.id)
        if not set(following) - set(node.boundaries):
            waiting.append(node.id)
    found: set[str] = set()
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            found.add(identity)
            waiting += before[identity]
    return found


# Messages ------------------------------------------------------------------------------------------------------------


class _Messages:
    """Who sends and who waits for which message in a release; names that an expression makes are left alone."""

    def __init__(self, processes: Iterable[Process]) -> None:
        self.sent: set[str] = set()
        self.received: set[str] = set()
        self.anything = False  # a name that only the running case knows
        for process in processes:
            for node in process.nodes.values():
                self.sent |= set(self._names(_sending(node)))
                self.received |= set(self._names(_receiving(node)))

    def _names(self, triggers: Iterable[Trigger]) -> Iterator[str]:
        for trigger in triggers:
            name = _constant(trigger.name)
            if isinstance(name, str):
                yield name
            else:
                self.anything = True

    def of(self, process: Process) -> Iterator[Said]:
        if self.anything:
            return
        for node in process.nodes.values():
            for name in () if node.request else self._names(_receiving(node)):  # people send those
                if name not in self.sent:
                    message = f"no process of this release sends the message '{name}'; does another system?"
                    yield Said("SUP007", message, node.id, node.line)
            for name in self._names(_sending(node)):
                if name not in self.received:
                    message = f"no process of this release waits for the message '{name}'"
                    yield Said("SUP008", message, node.id, node.line)


def _sending(node: Node) -> Iterator[Trigger]:
    if node.job is None and node.kind == "sendTask" and node.message is not None:
        yield node.message
    elif node.job is None and node.kind not in _CATCHES:
        yield from (trigger for trigger in node.triggers if trigger.kind == "message")


def _receiving(node: Node) -> Iterator[Trigger]:
    if node.kind == "receiveTask" and node.message is not None:
        yield node.message
    elif node.kind in _CATCHES:
        yield from (trigger for trigger in node.triggers if trigger.kind == "message")
