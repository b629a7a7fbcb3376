"""Runs of drafts that people try out, and the scenarios of a draft: what was given and done is kept, nothing else."""

import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, deadlines, feel, scenarios
from engine.bundles import compile_bundle, digest
from engine.errors import InvalidInput, InvalidModel, InvalidState, NotFound, Problem
from engine.execution.bundle import Bundle
from engine.execution.calendar import Calendar
from engine.execution.wire import decode_values, dumps, encode_values
from engine.scenarios import Attempt, Outcome, Scenario, Step
from engine.store import from_millis, to_millis
from workflows import drafts, options, people
from workflows.desk import checked, start_form, values_of
from workflows.drafts import SCENARIO, Draft
from workflows.tables import studio_tries

MOST_STEPS = 300
KEEP = 7 * 86_400_000
"""ms that a run is kept after its last step."""
CACHED = 8
KINDS = ("start", "complete", "job", "fail", "message", "signal", "advance", "to")
YEARS = range(2024, 2029)


class TryNotFound(NotFound):
    """Expected a run of yours with this id, but there is none; it may have been cleared away."""


@dataclass(frozen=True, slots=True)
class Try:
    """A run: its row, the draft it is of, and what was given and done."""

    id: str
    draft: Draft
    scenario: Scenario


# Compiled drafts -----------------------------------------------------------------------------------------------------


class Bundles:
    """The drafts compiled last, by what their files hold."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Bundle] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, connection: Connection, draft: Draft) -> Bundle:
        """Raises InvalidModel with every problem that keeps the draft from running."""
        key = digest({path: draft.files[path][0] for path in draft.models})
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = compile_bundle(drafts.models(connection, draft), whole=False, calendars=_calendar)
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > CACHED:
                self._kept.popitem(last=False)
        return found


@cache
def _imported(series: str) -> Calendar:
    return replace(deadlines.import_calendar(YEARS), series=series)


def _calendar(series: str, version: int) -> Calendar:
    """The Chinese business calendar, whatever the series: what a try counts on changes nothing."""
    return replace(_imported(series), version=version)


# Runs ----------------------------------------------------------------------------------------------------------------


def begin(connection: Connection, draft: Draft, by: str, scenario: Scenario) -> Try:
    """Keep a new run; those that nobody has touched for a week are cleared away."""
    id, now = secrets.token_hex(8), to_millis(clock.now())
    connection.execute(studio_tries.delete().where(studio_tries.c.at < now - KEEP))
    row = {"id": id, "draft": draft.row.id, "person": by, "body": _body(scenario), "at": now}
    connection.execute(studio_tries.insert().values(row))
    return Try(id, draft, scenario)


def load(connection: Connection, id: str, by: str) -> Try:
    """Raises TryNotFound, also for somebody else's."""
    mine = (studio_tries.c.id == id) & (studio_tries.c.person == by)
    row = connection.execute(sa.select(studio_tries).where(mine)).first()
    if row is None:
        raise TryNotFound
    return Try(id, drafts.load(connection, row.draft), _scenario(row.body))


def keep(connection: Connection, run: Try) -> None:
    values = {"body": _body(run.scenario), "at": to_millis(clock.now())}
    connection.execute(studio_tries.update().where(studio_tries.c.id == run.id).values(values))


def given(start: Step, at: int, calendar: bool) -> Scenario:
    """A run that begins with `start`, at an instant in ms."""
    if start.key:
        return Scenario("", "", 0, "", {}, from_millis(at), calendar, (start,))
    return Scenario("", "", 0, start.subject, start.data, from_millis(at), calendar, ())


def further(run: Try, step: Step) -> Try:
    """Raises InvalidInput for a step that no run can do, InvalidState when there are too many."""
    if len(run.scenario.steps) >= MOST_STEPS:
        raise InvalidState(f"Expected a run of at most {MOST_STEPS} steps; begin another.")
    if step.kind == "advance":
        try:
            feel.parse_duration(step.subject)
        except feel.FeelError as error:
            raise InvalidInput(error.message, {"subject": ["type: a duration such as PT1H"]}) from None
    if step.kind == "to" and _instant(step.subject) is None:
        raise InvalidInput("Expected an instant with its offset", {"subject": ["type: an instant"]})
    return replace(run, scenario=replace(run.scenario, steps=(*run.scenario.steps, step)))


def back(run: Try) -> Try:
    """Without the last step; the start stays."""
    return replace(run, scenario=replace(run.scenario, steps=run.scenario.steps[:-1]))


def judged(
    connection: Connection, bundle: Bundle, step: Step, at: int, found: Attempt | None = None
) -> Step:  # fmt: skip
    """The step with its data as the form of the task or start makes it, at an instant in ms of the virtual clock.

    InvalidInput has fields such as `data.cost`.
    """
    task = _task(found, step) if found is not None and step.kind == "complete" else None
    form = bundle.forms.get(task["form"] or "") if task else None
    if step.kind == "start" and step.subject in bundle.processes:
        form = start_form(bundle, bundle.processes[step.subject])
    if form is None:
        return step
    known = {**options.for_form(connection, form, people.LANGUAGES[0]), **(task["variables"] if task else {})}
    taken = checked(form, step.data, known, bundle.zone, from_millis(at))
    return replace(step, data=values_of({name: feel.to_json(value) for name, value in taken.items()}))


def _task(found: Attempt, step: Step) -> dict[str, Any] | None:
    """The oldest open task of the element: the one that the step completes."""
    tasks = (task for task in scenarios.moment(found)["tasks"] if task["element"] == step.subject)
    return next(tasks, None)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _body(given: Scenario) -> str:
    steps = [[step.kind, step.subject, step.key, encode_values(dict(step.data))] for step in given.steps]
    data = encode_values(dict(given.data))
    return dumps([given.process, data, given.now.isoformat(), given.calendar, steps])


def _scenario(body: str) -> Scenario:
    process, data, now, calendar, steps = json.loads(body)
    done = tuple(Step(0, kind, subject, key, decode_values(values)) for kind, subject, key, values in steps)
    return Scenario("", "", 0, process, decode_values(data), datetime.fromisoformat(now), calendar, done)


# Scenarios -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Played:
    """All scenarios of a draft: what became of each, what could not be read, and what they reached together."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    coverage: Mapping[str, tuple[scenarios.Coverage, ...]]


def play_all(files: Mapping[str, bytes], bundle: Bundle, homes: Mapping[str, str]) -> Played:
    """`homes`: process id → the path of its diagram."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    for path, data in sorted(files.items()):
        if path.endswith(SCENARIO):
            try:
                suite = scenarios.read(data, path)
            except InvalidModel as refused:
                problems += refused.problems
                continue
            for each in suite.scenarios:
                unknown = scenarios.unknown_names(each, bundle)
                problems += unknown
                if not unknown:
                    outcomes.append(scenarios.run(bundle, each))
    coverage: dict[str, tuple[scenarios.Coverage, ...]] = {}
    for id, path in homes.items():
        found = scenarios.coverage(bundle.processes[id], outcomes)
        coverage[path] = (*coverage.get(path, ()), found)
    return Played(tuple(outcomes), tuple(problems), coverage)
