"""What a scenario may expect: each expectation looks at one case and says what it found instead."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.execution import events as e
from engine.execution.machine import instant
from engine.execution.state import State
from engine.sandbox import Sandbox
from engine.scenarios.files import Step, as_instant


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a scenario went another way: `what` was looked at, and what was open at that moment."""

    step: str
    line: int
    what: str
    expected: str
    got: str
    waiting: str

    def __str__(self) -> str:
        return (
            f"at line {self.line}, {self.step}: {self.what}\n"
            f"    expected: {self.expected}\n    got:      {self.got}\n    waiting:  {self.waiting or 'nothing'}"
        )


def look(sandbox: Sandbox, step: Step) -> list[Failure]:
    wanted = step.data.get("case")
    case = next((case for case in sandbox.cases if wanted in (None, case.process)), None)
    if case is None:
        got = listed([case.process for case in sandbox.cases])
        return [Failure("expect", step.line, "case", f"a case of {wanted or 'some process'}", got, still_open(sandbox))]
    failures = []
    for name, expected in step.data.items():
        mismatch = None if name == "case" else LOOKS[name](_View(sandbox, case), expected)
        if mismatch is not None:
            failures.append(Failure("expect", step.line, name, *mismatch, still_open(sandbox)))
    return failures


Mismatch = tuple[str, str] | None
"""(expected, got) in words; None when it is so."""


@dataclass(slots=True)
class _View:
    """What expectations look at: one case of a sandbox."""

    sandbox: Sandbox
    case: Any

    def events(self) -> Iterator[e.Event]:
        return (event for _, told in self.case.trace for event in told)

    def report(self) -> dict[str, Any]:
        reports = self.sandbox.report()
        index = self.sandbox.cases.index(self.case)
        found: dict[str, Any] = reports["cases"][index - 1] if index else reports
        return found


def open_tasks(case: Any) -> dict[tuple[str, int], dict[str, Any]]:
    """(page, number) → the open tasks of a case, oldest first: what they were created with, `due_at` in ms."""
    open_: dict[tuple[str, int], dict[str, Any]] = {}
    for event in (event for _, told in case.trace for event in told):
        if isinstance(event, e.TaskCreated):
            names = ("element", "name", "form", "assignee", "candidates", "priority")
            open_[event.page, event.task] = {name: getattr(event, name) for name in names} | {"due_at": event.due}
        elif isinstance(event, e.TaskAssigned):
            open_[event.page, event.task]["assignee"] = event.to
        elif isinstance(event, e.TaskCompleted | e.TaskCancelled):
            open_.pop((event.page, event.task), None)
    return open_


def _tasks(view: _View, expected: list[dict[str, Any]]) -> Mismatch:
    found = [{**task, "due": _at(task["due_at"])} for task in open_tasks(view.case).values()]
    return _same_items(expected, found)


def _jobs(view: _View, expected: list[str]) -> Mismatch:
    found = [job["type"] for job in view.report()["jobs"]]
    return None if Counter(found) == Counter(expected) else (listed(expected), listed(found))


def _timers(view: _View, expected: list[dict[str, Any]]) -> Mismatch:
    """Timers of the diagram; the rungs of ladders are looked at by `rungs`."""
    waits = (wait for page in view.case.state.pages.values() for wait in page.waits.values())
    timers = [
        {"element": wait.element, "due": _at(wait.due)}
        for wait in waits
        if wait.what == "timer" and wait.kind != "rung"
    ]
    return _same_items(expected, timers)


def _variables(view: _View, expected: dict[str, Any]) -> Mismatch:
    found = view.report()["variables"]
    wrong = {name for name, value in expected.items() if not _matches(value, found.get(name))}
    if not wrong:
        return None
    return tuple(_plain({name: data.get(name) for name in expected if name in wrong}) for data in (expected, found))  # type: ignore[return-value]  # of two


def _path(view: _View, expected: tuple[str, list[str]]) -> Mismatch:
    how, elements = expected
    done = [event.element for event in view.events() if isinstance(event, e.ElementCompleted)]
    if how == "exactly":
        right = done == elements
    elif how == "any order":
        right = not Counter(elements) - Counter(done)
    else:
        rest = iter(done)
        right = all(element in rest for element in elements)
    return None if right else (f"{listed(elements)} {how}", listed(done))


def _status(view: _View, expected: str) -> Mismatch:
    found = str(view.report()["status"])
    return None if found == expected else (expected, found)


def open_incidents(case: Any) -> list[e.IncidentRaised]:
    raised = (event for _, told in case.trace for event in told if isinstance(event, e.IncidentRaised))
    return [event for event in raised if str(event.incident) in case.state.head.incidents]


def _expected_incidents(view: _View, expected: list[dict[str, Any]]) -> Mismatch:
    found = [
        {name: getattr(each, name) for name in ("element", "kind", "message")} for each in open_incidents(view.case)
    ]
    return _same_items(expected, found)


def _reached(view: _View, expected: list[str]) -> Mismatch:
    missed = [name for name in expected if name not in _passed(view)]
    return (f"{listed(expected)} reached", f"{listed(missed)} not reached") if missed else None


def _not_reached(view: _View, expected: list[str]) -> Mismatch:
    found = [name for name in expected if name in _passed(view)]
    return (f"{listed(expected)} not reached", f"{listed(found)} reached") if found else None


def _passed(view: _View) -> set[str]:
    activated = {event.element for event in view.events() if isinstance(event, e.ElementActivated)}
    return activated | {event.flow for event in view.events() if isinstance(event, e.FlowTaken)}


def _rungs(view: _View, expected: dict[str, Any]) -> Mismatch:
    """Element → the codes of the rungs that its tasks have reached so far, in order."""
    found: dict[str, list[str]] = {element: [] for element in expected}
    for event in view.events():
        if isinstance(event, e.RungReached) and event.element in found:
            found[event.element].append(event.code)
    return None if found == expected else (_plain(expected), _plain(found))


LOOKS: Mapping[str, Callable[[_View, Any], Mismatch]] = {
    "tasks": _tasks,
    "jobs": _jobs,
    "timers": _timers,
    "variables": _variables,
    "path": _path,
    "status": _status,
    "incidents": _expected_incidents,
    "reached": _reached,
    "not_reached": _not_reached,
    "rungs": _rungs,
}


def _same_items(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> Mismatch:
    """Each expected item is one of those found and none is left over, in whatever order."""
    left = list(found)
    for item in sorted(expected, key=len, reverse=True):  # the pickiest first
        match = next((each for each in left if _is_item(item, each)), None)
        if match is None:
            break
        left.remove(match)
    else:
        if not left:
            return None
    named = {"element", *(name for item in expected for name in item)}
    shown = [{name: value for name, value in item.items() if name in named} for item in found]
    return _plain([_brief(item) for item in expected]), _plain([_brief(item) for item in shown])


def _is_item(expected: dict[str, Any], found: dict[str, Any]) -> bool:
    for name, value in expected.items():
        if name == "due":
            right = (
                isinstance(value, str) and found["due"] is not None and as_instant(value) == as_instant(found["due"])
            )
        elif name == "message":
            right = str(value) in found["message"]
        elif name == "candidates":
            right = isinstance(value, list) and set(value) == set(found[name])
        else:
            right = _matches(value, found[name])
        if not right:
            return False
    return True


def _brief(item: dict[str, Any]) -> Any:
    return item["element"] if len(item) == 1 else item


def _matches(expected: Any, found: Any) -> bool:
    """Of contexts, only what is expected is compared; numbers by value; null is the same as absent."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(_matches(value, found.get(name)) for name, value in expected.items())
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(_matches, expected, found))
    if _is_number(expected) and _is_number(found):
        return Decimal(str(expected)) == Decimal(str(found))
    return type(expected) is type(found) and bool(expected == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _at(due: int | None) -> str | None:
    return None if due is None else instant(due).isoformat().replace("+00:00", "Z")


def still_open(sandbox: Sandbox) -> str:
    """What could go on, in words: what somebody who mends the scenario wants to know first."""
    found = [what for case in sandbox.cases for what in _waits(case.state)]
    return ", ".join(found[:20]) + (f" and {len(found) - 20} more" if len(found) > 20 else "")


def _waits(state: State) -> Iterator[str]:
    for page in state.pages.values():
        for instance in page.instances.values():
            if instance.task is not None:
                yield f"task {instance.element}"
            elif instance.job is not None:
                yield f"job {instance.job[0]} at {instance.element}"
        for wait in page.waits.values():
            if wait.what == "timer" and wait.kind != "rung":
                yield f"timer {wait.element} due {_at(wait.due)}"
            elif wait.what in ("message", "signal"):
                yield f"{wait.what} {wait.name}{f'/{wait.key}' if wait.key else ''} at {wait.element}"


def _plain(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, default=lambda number: int(number) if number % 1 == 0 else float(number)
    )


def listed(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"
