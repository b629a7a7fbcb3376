"""Trying diagrams out step by step: a scenario that grows, played in the engine in memory each time it is looked at.

Nothing is kept but what was given and the steps, so a run goes on after the diagram was changed, and any process of the
server can play it. `record` writes a run as a scenario file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import yaml

from engine import feel
from engine.errors import DubanError, InvalidState
from engine.execution import events as e
from engine.execution.bundle import Bundle, Limits
from engine.execution.state import Scope, layers
from engine.sandbox import Sandbox, describe
from engine.scenarios.expectations import open_incidents, open_tasks
from engine.scenarios.files import SERIES, Loader, Scenario, Step
from engine.scenarios.running import perform, reached

MOST_COMMANDS = 5_000
"""Commands of one run: a timer that comes each second for a year is not waited for."""
LIMITS = Limits(steps_without_wait=20_000)
SHOWN = 500
"""Tasks, events and the like of a moment that are told."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A run as far as it went. `done` steps were possible; `refused` says why the next one was not.

    `fresh`: for each case, how many entries it had before the last step.
    """

    sandbox: Sandbox
    done: int
    refused: str | None
    fresh: tuple[int, ...]


def attempt(bundle: Bundle, scenario: Scenario) -> Attempt:
    """Play the scenario's steps, the start being the first, until one is not possible. Nothing is raised for that."""
    sandbox = Sandbox(
        replace(bundle, limits=LIMITS), scenario.now, {SERIES: 1} if scenario.calendar else None, MOST_COMMANDS
    )
    fresh: tuple[int, ...] = ()
    for number, step in enumerate(_steps(scenario)):
        before = tuple(len(case.trace) for case in sandbox.cases)
        try:
            _expect_process(bundle, step)
            perform(sandbox, step, scenario.data)
        except DubanError as error:
            return Attempt(sandbox, number, error.message, fresh)
        fresh = before
    return Attempt(sandbox, len(_steps(scenario)), None, fresh)


def _steps(scenario: Scenario) -> list[Step]:
    own = [step for step in scenario.steps if step.kind != "expect"]
    return [Step(0, "start", scenario.process, data=scenario.data), *own] if scenario.process else own


def _expect_process(bundle: Bundle, step: Step) -> None:
    if step.kind == "start" and step.subject not in bundle.processes:
        raise InvalidState(f"Expected a process of the draft, but there is no '{step.subject}'.")


# Telling -------------------------------------------------------------------------------------------------------------


def moment(found: Attempt) -> dict[str, Any]:
    """What a screen shows of a run: tokens, tasks, jobs, timers, waits, variables, and what the last step did.

    `tasks` carry the id of their form and the variables they see, as FEEL values, under `variables`.
    """
    sandbox = found.sandbox
    cases = list(enumerate(sandbox.cases))
    return {
        "now": sandbox.now,
        "done": found.done,
        "refused": found.refused,
        "cases": [_case(number, case) for number, case in cases],
        "tasks": [task for number, case in cases for task in _tasks(number, case)][:SHOWN],
        "jobs": [job for number, case in cases for job in _jobs(number, case)][:SHOWN],
        "timers": sorted(_timers(cases), key=lambda timer: (timer["due"], timer["case"], timer["element"]))[:SHOWN],
        "waits": [wait for number, case in cases for wait in _waits(number, case)][:SHOWN],
        "events": [event for number, case in cases for event in _fresh(found, number, case)][-SHOWN:],
        "reached": {process: sorted(ids) for process, ids in reached(sandbox).items()},
    }


def _case(number: int, case: Any) -> dict[str, Any]:
    tokens = Counter(
        (page.process, instance.element)
        for page in case.state.pages.values()
        if not page.closed
        for instance in page.instances.values()
    )
    root = case.state.pages.get("0")
    stuck = open_incidents(case)
    status = "incident" if stuck and case.state.head.status == "active" else case.state.head.status
    return {
        "case": number, "process": case.process, "status": status, "title": case.state.head.title,
        "tokens": [
            {"process": process, "element": element, "count": count} for (process, element), count in tokens.items()
        ],
        "variables": {name: feel.to_json(value) for name, value in root.variables.items()} if root else {},
        "incidents": [{"element": one.element, "kind": one.kind, "message": one.message} for one in stuck],
    }  # fmt: skip


def _tasks(number: int, case: Any) -> Iterator[dict[str, Any]]:
    for (page_id, n), task in open_tasks(case).items():
        page = case.state.pages[page_id]
        seen = Scope(layers(case.state, page, page.instances[n].variables))
        due = None if task["due_at"] is None else int(task["due_at"])
        told = {name: task[name] for name in ("element", "name", "form", "assignee", "candidates", "priority")}
        yield {"case": number, "task": n, "process": page.process, **told, "due": due, "variables": dict(seen)}


def _jobs(number: int, case: Any) -> Iterator[dict[str, Any]]:
    for page in case.state.pages.values():
        for instance in page.instances.values():
            if instance.job is not None:
                yield {"case": number, "element": instance.element, "type": instance.job[0]}


def _timers(cases: list[tuple[int, Any]]) -> Iterator[dict[str, Any]]:
    for number, case in cases:
        for page in case.state.pages.values():
            for wait in page.waits.values():
                if wait.what == "timer":
                    yield {"case": number, "element": wait.element, "due": wait.due, "rung": wait.kind == "rung"}


def _waits(number: int, case: Any) -> Iterator[dict[str, Any]]:
    for page in case.state.pages.values():
        for wait in page.waits.values():
            if wait.what in ("message", "signal"):
                yield {
                    "case": number, "element": wait.element, "kind": wait.what, "name": wait.name, "key": wait.key
                }  # fmt: skip


def _fresh(found: Attempt, number: int, case: Any) -> Iterator[dict[str, Any]]:
    begun = found.fresh[number] if number < len(found.fresh) else 0
    for command, told in case.trace[begun:]:
        for event in told:
            yield {"case": number, "at": command.at, "event": describe(event)}


# Recording -----------------------------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Writes what the reader of scenarios reads as the same value: texts that look like numbers are quoted."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


_Dumper.yaml_implicit_resolvers = Loader.yaml_implicit_resolvers
_Dumper.add_representer(
    Decimal, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", format(number, "f"))
)
_WRITTEN: Mapping[str, tuple[str, str]] = {
    "complete": ("element", ""), "job": ("type", ""), "fail": ("type", "code"), "message": ("name", "key"),
    "signal": ("name", ""), "start": ("process", "element"),
}  # fmt: skip


def record(found: Attempt, scenario: Scenario) -> str:
    """The run as the text of a scenario file, which expects at its end what is so now."""
    offset = 1 if scenario.process else 0
    done = [step for step in scenario.steps if step.kind != "expect"][: max(0, found.done - offset)]
    given: dict[str, Any] = {"now": scenario.now.isoformat()}
    if scenario.data:
        given["data"] = dict(scenario.data)
    if not scenario.calendar:
        given["calendar"] = "off"
    body: dict[str, Any] = {"process": scenario.process} if scenario.process else {}
    steps = [*(_written(step) for step in done), {"expect": _expected(found)}]
    body["scenarios"] = [{"name": scenario.name, "given": given, "steps": steps}]
    return str(yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def _written(step: Step) -> dict[str, Any]:
    if step.kind in ("advance", "to"):
        return {step.kind: step.subject}
    first, second = _WRITTEN[step.kind]
    if not second or not step.key:
        return {step.kind: step.subject, **({"data": dict(step.data)} if step.data else {})}
    whole: dict[str, Any] = {first: step.subject, second: step.key}
    return {step.kind: {**whole, **({"data": dict(step.data)} if step.data else {})}}


def _expected(found: Attempt) -> dict[str, Any]:
    first = found.sandbox.cases[0] if found.sandbox.cases else None
    if first is None:
        raise InvalidState("Expected a run in which a case was started")
    status = _case(0, first)["status"]
    done = [event.element for _, told in first.trace for event in told if isinstance(event, e.TaskCompleted)]
    expected: dict[str, Any] = {"status": status}
    if done:
        expected["path"] = done
    if status == "active":
        expected["tasks"] = [task["element"] for task in open_tasks(first).values()]
    if status == "incident":
        expected["incidents"] = [one.element for one in open_incidents(first)]
    return expected
