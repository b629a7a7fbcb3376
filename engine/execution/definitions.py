"""Decisions on a definition's stream: deployments, and the starts that its timers, messages and signals cause. Pure.

The stream of a calendar is decided here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import feel
from engine.errors import InvalidModel, InvalidState, Problem
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution import waits
from engine.execution.bundle import Bundle
from engine.execution.machine import Failure, Machine
from engine.execution.state import State
from engine.notation.model import Node, Process


@dataclass(frozen=True, slots=True)
class Armed:
    """A start timer: due time in ms, interval, repeats left (None: without end)."""

    due: int
    every: str | None = None
    left: int | None = None


def deploy(bundle: Bundle, command: c.DeployDefinition) -> list[e.Event]:
    """Start timers and subscriptions of the new version; those of the version before end with it."""
    process = bundle.processes[command.process]
    found = list(_starts(bundle, process, command))
    return [e.DefinitionDeployed(command.process, command.version, command.release), *found]


def publish(command: c.PublishCalendar) -> list[e.Event]:
    """On a calendar's stream: what its publication leads to."""
    return [e.CalendarPublished(command.series, command.version, command.sha256)]


def _starts(bundle: Bundle, process: Process, command: c.Command) -> Iterator[e.Event]:
    machine = Machine(bundle, State(), command)
    for node in starts(process):
        plans = _planned(machine, node)
        timers = [plan for plan in plans if plan.what == "timer"]
        others = [plan for plan in plans if plan.what in ("message", "signal")]  # conditions: by a start by hand
        for number, plan in enumerate(timers):
            yield e.StartTimerArmed(node.id, plan.due, plan.every, plan.left, number)
        for number, plan in enumerate(others):
            yield e.StartSubscribed(node.id, plan.what, plan.name, number)


def starts(process: Process) -> Iterator[Node]:
    """What an event outside can reach to start a case (clauses 10.3.3, 10.5.2, 10.6.6).

    Start events, instantiating receive tasks, and the events behind instantiating gateways.
    """
    for element in process.scopes[process.id].event_starts:
        node = process.nodes[element]
        if node.kind == "eventBasedGateway":
            yield from (process.nodes[flow.target] for flow in node.outgoing)
        else:
            yield node


def _planned(machine: Machine, node: Node) -> list[waits.Plan]:
    try:
        return waits.plan_start(machine, node)
    except (Failure, feel.FeelError) as failure:
        raise InvalidModel([Problem("REL008", str(failure), node.id, node.line)]) from failure


Timers = dict[tuple[str, int], Armed]  # element and number of its timer → how it is armed


def start(timers: Mapping[tuple[str, int], Armed], command: c.StartByEvent) -> list[e.Event]:
    """A start event was reached. A timer must still be armed for that due time, so that it fires once.

    No case begins (StartTimerSkipped) where the turn was missed and the policy is not to make up for that.
    """
    if command.due is None:
        return [e.CaseStartedByEvent(command.element, command.case, message=command.message)]
    armed = timers.get((command.element, command.number))
    if armed is None or armed.due != command.due or armed.due > command.at:
        raise InvalidState(
            f"Expected the start timer of '{command.element}' to be due at {command.due}, but it is not."
        )
    due, skipped = waits.following(armed.due, armed.every, armed.left, command.at)
    element, number = command.element, command.number
    told: list[e.Event] = [e.CaseStartedByEvent(element, command.case, command.due, skipped=skipped, number=number)]
    if waits.is_passed_over(armed.due, armed.every, command.at):
        told = [e.StartTimerSkipped(element, command.due, skipped, number)]
    if due is not None:
        left = armed.left and armed.left - 1 - skipped
        told.append(e.StartTimerArmed(element, due, armed.every, left, number))
    return told


def timers_after(timers: Timers, events: list[e.Event]) -> Timers:
    """The armed start timers after one entry of the stream."""
    for event in events:
        if isinstance(event, e.DefinitionDeployed):
            timers = {}
        elif isinstance(event, (e.CaseStartedByEvent, e.StartTimerSkipped)) and event.due is not None:
            timers.pop((event.element, event.number), None)
        elif isinstance(event, e.StartTimerArmed):
            timers[event.element, event.number] = Armed(event.due, event.every, event.left)
    return timers
