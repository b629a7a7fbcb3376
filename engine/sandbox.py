"""A release in memory under a virtual clock: `duban run`, scenario tests, simulations.

The same `decide` as in production, without a database. Several cases may run and talk by message; messages and signals
are delivered when the sender has come to rest, in the order they were sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from engine import feel
from engine.errors import InvalidInput, InvalidState, NotFound
from engine.execution import commands as c
from engine.execution import definitions
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.decide import decide
from engine.execution.machine import instant, millis
from engine.execution.state import Instance, Page, State, Wait
from engine.execution.wire import Values

DEFAULT_NOW = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)


@dataclass(slots=True)
class _Case:
    process: str
    state: State
    trace: list[tuple[c.Command, list[e.Event]]]


@dataclass(slots=True)
class _Message:
    name: str
    key: str
    variables: Values
    expires: int


class Sandbox:
    """One bundle, any number of cases; the first one started is the one that `report` is about."""

    def __init__(
        self, bundle: Bundle, now: datetime = DEFAULT_NOW, calendars: Mapping[str, int] | None = None,
        most: int | None = None,
    ) -> None:  # fmt: skip
        """`most`: how many commands all cases may take together before InvalidState is raised."""
        self.bundle = bundle
        self.now = millis(now)
        self.cases: list[_Case] = []
        self._buffer: list[_Message] = []
        self._left = most
        self._facts = {"calendars": dict(calendars)} if calendars else {}

    # Commands --------------------------------------------------------------------------------------------------------

    def start(self, process: str, variables: Values | None = None, element: str | None = None) -> None:
        self._start(c.StartCase(process, variables or {}, element=element))
        self._deliver()

    def complete(self, element: str, variables: Values | None = None) -> None:
        """Complete the oldest open task of `element`."""
        case, page, instance = self._waiting(element, lambda instance: instance.task is not None, "an open task")
        self._do(case, c.CompleteTask(instance.n, variables or {}, page=page.id))
        self._deliver()

    def job(self, type: str, variables: Values | None = None) -> None:
        """Complete the oldest waiting job of a type."""
        case, page, instance = self._job(type)
        self._do(case, c.CompleteJob(instance.n, variables or {}, page=page.id))
        self._deliver()

    def fail(self, type: str, code: str) -> None:
        """Let the oldest waiting job of a type throw a BPMN error."""
        case, page, instance = self._job(type)
        self._do(case, c.FailJob(instance.n, code=code, page=page.id))
        self._deliver()

    def message(self, name: str, key: str = "", variables: Values | None = None) -> None:
        """A message from outside. Kept for an hour of virtual time if nobody waits for it."""
        self._buffer.append(_Message(name, key, variables or {}, self.now + 3_600_000))
        self._deliver()

    def signal(self, name: str, variables: Values | None = None) -> None:
        self._broadcast(name, variables or {}, None)
        self._deliver()

    def advance(self, duration: str) -> None:
        """Let time pass, firing timers in the order they are due, each at its own time."""
        length = feel.parse_duration(duration)
        moved = feel.add(feel.DateTime.from_datetime(instant(self.now)), length)
        assert isinstance(moved, feel.DateTime)
        self.advance_to(millis(moved.to_datetime()))

    def advance_to(self, end: int) -> None:
        while (due := self.next_timer()) is not None and due[0] <= end:
            at, case, page, wait = due
            self.now = max(self.now, at)
            self._do(case, c.FireTimer(wait.n, page=page.id))
            self._deliver()
        self.now = max(self.now, end)

    def next_timer(self) -> tuple[int, _Case, Page, Wait] | None:
        found = [
            (wait.due, case, page, wait)
            for case in self.cases
            if case.state.head.status == "active"
            for page in case.state.pages.values()
            for wait in page.waits.values()
            if wait.what == "timer"
        ]
        return min(found, key=lambda timer: (timer[0], timer[3].n)) if found else None

    # Inside ----------------------------------------------------------------------------------------------------------

    def _start(self, command: c.StartCase) -> None:
        case = _Case(command.process, State(), [])
        self.cases.append(case)
        self._do(case, command)

    def _do(self, case: _Case, command: c.Command) -> None:
        """One command, then as many continuations as its work needs."""
        following: c.Command | None = replace(command, at=self.now, facts=self._facts)
        while following is not None:
            self._spend()
            told = decide(self.bundle, case.state, following)
            case.trace.append((following, told))
            self._collect(case, told)
            following = c.Continue(at=self.now, facts=self._facts) if case.state.head.work else None

    def _spend(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise InvalidState("Expected the cases to come to rest, but they take more commands than may be tried.")

    def _collect(self, case: _Case, told: list[e.Event]) -> None:
        for event in told:
            if isinstance(event, e.MessageSent):
                self._buffer.append(_Message(event.name, event.key, event.variables, self.now + event.ttl))
            elif isinstance(event, e.SignalThrown):
                self._broadcast(event.name, event.variables, case)

    def _broadcast(self, name: str, variables: Values, thrower: _Case | None) -> None:
        for case in list(self.cases):
            if case is not thrower and case.state.listening("signal", {name}):
                self._do(case, c.DeliverSignal(name, "", variables))
        for process, element in self._event_starts("signal", name):
            self._start(c.StartCase(process, variables, element=element, reached=name))

    def _deliver(self) -> None:
        """Give buffered messages to whoever waits for them, oldest first, until nothing moves."""
        moved = True
        while moved:
            self._buffer = [message for message in self._buffer if message.expires >= self.now]
            moved = any(self._deliver_one(message) for message in list(self._buffer))

    def _deliver_one(self, message: _Message) -> bool:
        for case in self.cases:
            for page in list(case.state.pages.values()):
                for wait in list(page.waits.values()):
                    if wait.what == "message" and (wait.name, wait.key) == (message.name, message.key):
                        self._buffer.remove(message)
                        self._do(case, c.DeliverMessage(wait.n, "", message.variables, page=page.id))
                        return True
        for process, element in self._event_starts("message", message.name):
            self._buffer.remove(message)
            self._start(c.StartCase(process, message.variables, element=element, reached=message.name))
            return True
        return False

    def _event_starts(self, kind: str, name: str) -> list[tuple[str, str]]:
        found = []
        for process in self.bundle.processes.values():
            for node in definitions.starts(process):
                for trigger in (node.message,) if node.message else node.triggers:
                    if trigger.kind == kind and trigger.name is not None and trigger.name({}, None) == name:
                        found.append((process.id, node.id))
        return found

    def _waiting(self, element: str, test: Any, what: str) -> tuple[_Case, Page, Instance]:
        for case in self.cases:
            for page in case.state.pages.values():
                for instance in page.instances.values():
                    if instance.element == element and test(instance):
                        return case, page, instance
        raise NotFound(
            f"Expected {what} at '{element}', but there is none. Waiting: {', '.join(self._names()) or 'nothing'}."
        )

    def _names(self) -> list[str]:
        return [task["element"] for task in self.report()["tasks"]]

    def _job(self, type: str) -> tuple[_Case, Page, Instance]:
        for case in self.cases:
            for page in case.state.pages.values():
                for instance in page.instances.values():
                    if instance.job is not None and instance.job[0] == type:
                        return case, page, instance
        raise NotFound(f"Expected a waiting job of type '{type}', but there is none.")

    # Reporting -------------------------------------------------------------------------------------------------------

    def report(self) -> dict[str, Any]:
        """status, trace, tasks, jobs, timers, variables and incidents of the first case.

        `cases` tells of the others.
        """
        if not self.cases:
            raise InvalidInput("Expected a case to report on; start one first.")
        first = self.cases[0]
        report = self._report(first)
        if len(self.cases) > 1:
            report["cases"] = [self._report(case) for case in self.cases[1:]]
        return report

    def _report(self, case: _Case) -> dict[str, Any]:
        state, nodes = case.state, self.bundle.processes
        pages = list(state.pages.values())
        open_tasks = [
            {"element": instance.element, "name": nodes[page.process].nodes[instance.element].name or instance.element}
            for page in pages
            for instance in page.instances.values()
            if instance.task is not None
        ]
        jobs = [
            {"element": instance.element, "type": instance.job[0]}
            for page in pages
            for instance in page.instances.values()
            if instance.job is not None
        ]
        timers = [
            {"element": wait.element, "due": instant(wait.due).isoformat().replace("+00:00", "Z")}
            for page in pages
            for wait in page.waits.values()
            if wait.what == "timer"
        ]
        incidents = [event for _, told in case.trace for event in told if isinstance(event, e.IncidentRaised)]
        still_open = [event for event in incidents if str(event.incident) in state.head.incidents]
        status = "incident" if still_open and state.head.status == "active" else state.head.status
        root = state.pages.get("0")
        return {
            "process": case.process,
            "status": status,
            "trace": [describe(event) for _, told in case.trace for event in told],
            "tasks": open_tasks,
            "jobs": jobs,
            "timers": sorted(timers, key=lambda timer: timer["due"]),
            "variables": {name: feel.to_json(value) for name, value in root.variables.items()} if root else {},
            "incidents": [
                {"element": event.element, "kind": event.kind, "message": event.message} for event in still_open
            ],
        }


def describe(event: e.Event) -> dict[str, Any]:
    """An event as plain JSON: its type, then its fields; values as FEEL's JSON."""
    fields = {}
    for name in event.__dataclass_fields__:  # type: ignore[attr-defined] # every event is a dataclass
        value = getattr(event, name)
        if name in ("variables", "output", "rung"):
            value = {key: feel.to_json(part) for key, part in value.items()}
        if value not in (None, {}, [], ""):
            fields[name] = value
    return {"type": type(event).__name__, **json.loads(json.dumps(fields, default=str))}
