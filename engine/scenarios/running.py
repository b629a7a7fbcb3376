"""Playing scenarios in the engine in memory under its virtual clock, and counting what they reach."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from engine import feel
from engine.errors import DubanError, Problem
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.machine import millis
from engine.notation.model import Process
from engine.sandbox import Sandbox
from engine.scenarios.expectations import Failure, listed, look, open_incidents, still_open
from engine.scenarios.files import ITEMS, SERIES, Data, Scenario, Step

UNKNOWN = "SCN003"

Reached = Mapping[str, frozenset[str]]
"""Process id → ids of the elements that were activated and the flows that were taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    scenario: Scenario
    failures: tuple[Failure, ...]
    reached: Reached

    @property
    def passed(self) -> bool:
        return not self.failures


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one process was reached; `missed` in the order of the file."""

    process: str
    elements: int
    flows: int
    missed_elements: tuple[str, ...]
    missed_flows: tuple[str, ...]


def unknown_names(scenario: Scenario, bundle: Bundle) -> list[Problem]:
    """Names of processes, elements and flows that the diagrams do not have: with them `not_reached` is always true."""
    known = {id for process in bundle.processes.values() for id in (*process.nodes, *process.flows)}
    problems = []
    if scenario.process and scenario.process not in bundle.processes:
        problems.append(_unknown(scenario, scenario.line, "process", scenario.process, bundle.processes))
    for step in scenario.steps:
        if step.kind == "start" and step.subject not in bundle.processes:
            problems.append(_unknown(scenario, step.line, "process", step.subject, bundle.processes))
        own = {"complete": step.subject, "start": step.key}.get(step.kind)
        names = [own] if own else list(_expected_names(step))
        problems += [_unknown(scenario, step.line, "element", name, known) for name in names if name not in known]
    return problems


def _expected_names(step: Step) -> Iterator[str]:
    if step.kind != "expect":
        return
    for name in ("reached", "not_reached"):
        yield from step.data.get(name, ())
    yield from step.data.get("path", ("", ()))[1]
    yield from step.data.get("rungs", ())
    for name in ITEMS:
        yield from (item["element"] for item in step.data.get(name, ()))


def _unknown(scenario: Scenario, line: int, what: str, name: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    hint = f"; near: {', '.join(near)}" if near else ""
    return Problem(UNKNOWN, f"there is no {what} '{name}' in the diagrams{hint}", line=line, file=scenario.file)


def run(bundle: Bundle, scenario: Scenario) -> Outcome:
    """Play a scenario. The first step that goes another way ends it; everything wrong at that step is told."""
    calendars = {SERIES: 1} if scenario.calendar else None
    sandbox = Sandbox(bundle, scenario.now, calendars)
    steps = list(scenario.steps)
    if scenario.process:
        steps.insert(0, Step(scenario.line, "start", scenario.process, data=scenario.data))
    failures: list[Failure] = []
    for step in steps:
        failures = look(sandbox, step) if step.kind == "expect" else _acted(sandbox, step, scenario)
        if failures:
            break
    if not failures and not any("incidents" in step.data for step in scenario.steps if step.kind == "expect"):
        failures = _unexpected_incidents(sandbox, scenario)
    return Outcome(scenario, tuple(failures), reached(sandbox))


def _acted(sandbox: Sandbox, step: Step, scenario: Scenario) -> list[Failure]:
    try:
        perform(sandbox, step, scenario.data)
    except DubanError as error:
        return [
            Failure(
                str(step), step.line, "the step was refused", "it to be possible", error.message, still_open(sandbox)
            )
        ]
    return []


def perform(sandbox: Sandbox, step: Step, given: Data | None = None) -> None:
    """Do one step. `given`: what a `start` without data starts with. Raises DubanError if it is not possible."""
    data = {name: feel.from_json(value) for name, value in step.data.items()}
    actions: Mapping[str, Callable[[], None]] = {
        "start": lambda: _start(sandbox, step, data, given or {}),
        "complete": lambda: sandbox.complete(step.subject, data),
        "message": lambda: sandbox.message(step.subject, step.key, data),
        "signal": lambda: sandbox.signal(step.subject, data),
        "job": lambda: sandbox.job(step.subject, data),
        "fail": lambda: sandbox.fail(step.subject, step.key),
        "advance": lambda: sandbox.advance(step.subject),
        "to": lambda: sandbox.advance_to(millis(datetime.fromisoformat(step.subject))),
    }
    actions[step.kind]()


def _start(sandbox: Sandbox, step: Step, data: dict[str, feel.Value], given: Data) -> None:
    variables = data or {name: feel.from_json(value) for name, value in given.items()}
    sandbox.start(step.subject, variables, step.key or event_start(sandbox.bundle.processes[step.subject]))


def event_start(process: Process) -> str | None:
    """Where a process without a plain start begins when it is started by hand: its first start event."""
    scope = process.scopes[process.id]
    return None if scope.entries or not scope.event_starts else scope.event_starts[0]


def reached(sandbox: Sandbox) -> Reached:
    """What all cases of a sandbox went through. Ids are unique in a process only; pages say which one it is."""
    found: dict[str, set[str]] = {}
    for case in sandbox.cases:
        process_of: dict[str, str] = {}
        for _, told in case.trace:
            for event in told:
                if isinstance(event, e.ScopeOpened):
                    process_of[event.page] = event.process
                elif isinstance(event, e.ElementActivated):
                    found.setdefault(process_of[event.page], set()).add(event.element)
                elif isinstance(event, e.FlowTaken):
                    found.setdefault(process_of[event.page], set()).add(event.flow)
    return {process: frozenset(ids) for process, ids in found.items()}


def coverage(process: Process, outcomes: Iterable[Outcome]) -> Coverage:
    """How much of a process these scenarios reached together."""
    ids = frozenset[str]().union(*(outcome.reached.get(process.id, frozenset()) for outcome in outcomes))
    return Coverage(
        process.id,
        len(process.nodes),
        len(process.flows),
        tuple(id for id in process.nodes if id not in ids),
        tuple(id for id in process.flows if id not in ids),
    )


def _unexpected_incidents(sandbox: Sandbox, scenario: Scenario) -> list[Failure]:
    found = [f"{each.element}: {each.message}" for case in sandbox.cases for each in open_incidents(case)]
    if not found:
        return []
    line = scenario.steps[-1].line if scenario.steps else scenario.line
    return [
        Failure(
            "the end", line, "incidents", "none, or an expectation that names them", listed(found), still_open(sandbox)
        )
    ]
