"""Trying drafts out, step by step and by their scenarios, in the engine itself under a virtual clock."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Data, Instant, Schema, choice, text
from api.requests import expected_version
from api.studio import DraftProblem, DraftSaved, saved, studio
from api.words import language
from engine import feel, scenarios
from engine.errors import InvalidInput
from engine.notation import read_bpmn
from engine.scenarios import Step
from workflows import drafts, options, trying
from workflows.desk import values_of
from workflows.duban import Connection
from workflows.policy import Access
from workflows.trying import Try

START_EVENT = "id of a start event; default: the plain start"


class TryBody(Schema):
    process = text(200, shortest=1, required=True)
    element = text(200, load_default="", metadata={"description": START_EVENT})
    data = Data(load_default=dict)
    now = Instant(load_default=None, allow_none=True, metadata={"description": "where the virtual clock begins"})
    calendar = fields.Boolean(load_default=True, metadata={"description": "deadlines count on the Chinese calendar"})


class StepBody(Schema):
    kind = choice(*trying.KINDS, required=True)
    subject = text(200, shortest=1, required=True, metadata={"description": "element, type, name, duration, instant"})
    key = text(200, load_default="", metadata={"description": "correlation key, error code, start event"})
    data = Data(load_default=dict)


class TriedToken(Schema):
    process = fields.String(required=True)
    element = fields.String(required=True)
    count = fields.Integer(required=True)


class TriedIncident(Schema):
    element = fields.String(required=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)


class TriedCase(Schema):
    case = fields.Integer(required=True)
    process = fields.String(required=True)
    status = fields.String(required=True)
    title = fields.String(required=True)
    tokens = fields.List(fields.Nested(TriedToken), required=True)
    variables = Data(required=True)
    incidents = fields.List(fields.Nested(TriedIncident), required=True)


class TriedTask(Schema):
    case = fields.Integer(required=True)
    task = fields.Integer(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    name = fields.String(required=True)
    form = Data(required=True, allow_none=True)
    data = Data(required=True, metadata={"description": "what the form shows"})
    assignee = fields.String(required=True, allow_none=True)
    candidates = fields.List(fields.String(), required=True)
    priority = fields.Integer(required=True)
    due = Instant(required=True, allow_none=True)


class TriedJob(Schema):
    case = fields.Integer(required=True)
    element = fields.String(required=True)
    type = fields.String(required=True)


class TriedTimer(Schema):
    case = fields.Integer(required=True)
    element = fields.String(required=True)
    due = Instant(required=True)
    rung = fields.Boolean(required=True, metadata={"description": "of an escalation ladder"})


class TriedWait(Schema):
    case = fields.Integer(required=True)
    element = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["message", "signal"]})
    name = fields.String(required=True)
    key = fields.String(required=True)


class TriedEvent(Schema):
    case = fields.Integer(required=True)
    at = Instant(required=True)
    event = Data(required=True, metadata={"description": "`type` and its fields; decisions tell their rules"})


class TryView(Schema):
    id = fields.String(required=True)
    draft = fields.String(required=True)
    version = fields.Integer(required=True, metadata={"description": "of the draft that this was played on"})
    now = Instant(required=True)
    steps = fields.Integer(required=True)
    done = fields.Integer(required=True, metadata={"description": "steps that were possible, the start among them"})
    refused = fields.String(
        required=True, allow_none=True, metadata={"description": "why the next step is not possible any more"}
    )
    cases = fields.List(fields.Nested(TriedCase), required=True)
    tasks = fields.List(fields.Nested(TriedTask), required=True)
    jobs = fields.List(fields.Nested(TriedJob), required=True)
    timers = fields.List(fields.Nested(TriedTimer), required=True)
    waits = fields.List(fields.Nested(TriedWait), required=True)
    events = fields.List(fields.Nested(TriedEvent), required=True, metadata={"description": "of the last step"})
    reached = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), required=True,
        metadata={"description": "process → elements entered and flows taken"},
    )  # fmt: skip


class ScenarioName(Schema):
    path = text(200, shortest=1, required=True, metadata={"example": "hazard/second.scenario.yaml"})
    name = text(200, shortest=1, required=True)


class ScenarioFailure(Schema):
    step = fields.String(required=True)
    line = fields.Integer(required=True)
    what = fields.String(required=True)
    expected = fields.String(required=True)
    got = fields.String(required=True)
    waiting = fields.String(required=True)


class ScenarioResult(Schema):
    file = fields.String(required=True)
    name = fields.String(required=True)
    line = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    failures = fields.List(fields.Nested(ScenarioFailure), required=True)


class ProcessCoverage(Schema):
    file = fields.String(required=True)
    process = fields.String(required=True)
    elements = fields.Integer(required=True)
    flows = fields.Integer(required=True)
    missed_elements = fields.List(fields.String(), required=True)
    missed_flows = fields.List(fields.String(), required=True)


class ScenarioResults(Schema):
    version = fields.Integer(required=True)
    passed = fields.Integer(required=True)
    total = fields.Integer(required=True)
    scenarios = fields.List(fields.Nested(ScenarioResult), required=True)
    problems = fields.List(fields.Nested(DraftProblem), required=True)
    coverage = fields.List(fields.Nested(ProcessCoverage), required=True)


# Runs ----------------------------------------------------------------------------------------------------------------


@studio.operation(
    "POST", "/drafts/<id>/try", Access.STUDIO, body=TryBody, answer=TryView, status=201, refusals=(404,),
    limit="120 per minute", example={"process": "hazard-loop", "data": {}},
)  # fmt: skip
def try_draft(body: Mapping[str, Any], id: str) -> dict[str, Any]:
    """Start a case of the draft in memory; the start form judges the data"""
    begun = Step(0, "start", body["process"], body["element"], values_of(body["data"]))
    duban, who = current(), doors.identity().person
    at = body["now"] if body["now"] is not None else duban.now()
    with duban.store.transaction() as connection:
        draft = drafts.load(connection, id)
        begun = trying.judged(connection, duban.trials.of(connection, draft), begun, at)
        return _told(connection, trying.begin(connection, draft, who, trying.given(begun, at, body["calendar"])))


@studio.operation("GET", "/tries/<id>", Access.STUDIO, answer=TryView, refusals=(404,))
def get_try(id: str) -> dict[str, Any]:
    """The run, played again on the draft as it is now"""
    with current().store.reading() as connection:
        return _told(connection, trying.load(connection, id, doors.identity().person))


@studio.operation(
    "POST", "/tries/<id>/steps", Access.STUDIO, body=StepBody, answer=TryView, refusals=(404, 409),
    limit="300 per minute", example={"kind": "complete", "subject": "ConfirmGrade", "data": {}},
)  # fmt: skip
def step_in_try(body: Mapping[str, Any], id: str) -> dict[str, Any]:
    """One step further: a task completed (its form judges the data), a job answered, a message, time passing"""
    step = Step(0, body["kind"], body["subject"], body["key"], values_of(body["data"]))
    duban = current()
    with duban.store.transaction() as connection:
        run = trying.load(connection, id, doors.identity().person)
        bundle = duban.trials.of(connection, run.draft)
        found = scenarios.attempt(bundle, run.scenario)
        step = trying.judged(connection, bundle, step, found.sandbox.now, found)
        run = trying.further(run, step)
        told = _told(connection, run)
        if told["refused"] is not None:
            raise InvalidInput(told["refused"], {"subject": [f"impossible: {told['refused']}"]})
        trying.keep(connection, run)
    return told


@studio.operation("POST", "/tries/<id>/undo", Access.STUDIO, answer=TryView, refusals=(404,))
def undo_step_in_try(id: str) -> dict[str, Any]:
    """One step back"""
    with current().store.transaction() as connection:
        run = trying.back(trying.load(connection, id, doors.identity().person))
        trying.keep(connection, run)
        return _told(connection, run)


@studio.operation(
    "POST", "/tries/<id>/save", Access.STUDIO, body=ScenarioName, answer=DraftSaved, versioned=True,
    example={"path": "hazard/second.scenario.yaml", "name": "第二次复查"},
)  # fmt: skip
def save_try(body: Mapping[str, str], id: str) -> Any:
    """Write the run into the draft as a scenario, which expects at its end what is so now"""
    version, who, duban = expected_version(), doors.identity().person, current()
    with duban.store.transaction() as connection:
        run = trying.load(connection, id, who)
        found = scenarios.attempt(duban.trials.of(connection, run.draft), run.scenario)
        said = scenarios.record(found, replace(run.scenario, name=body["name"]))
        if not body["path"].endswith(drafts.SCENARIO) or body["path"] in run.draft.files:
            raise InvalidInput("Expected a new path", {"path": [f"pattern: a new one that ends in {drafts.SCENARIO}"]})
        return saved(drafts.write(connection, run.draft.row.id, version, body["path"], said.encode(), who))


def _told(connection: Connection, run: Try) -> dict[str, Any]:
    bundle = current().trials.of(connection, run.draft)
    told = scenarios.moment(scenarios.attempt(bundle, run.scenario))
    steps = len(run.scenario.steps) + bool(run.scenario.process)
    tasks = [_task(connection, bundle, task) for task in told["tasks"]]
    about = {"id": run.id, "draft": run.draft.row.id, "version": run.draft.row.version, "steps": steps}
    return {**told, **about, "tasks": tasks}


def _task(connection: Connection, bundle: Any, task: Mapping[str, Any]) -> dict[str, Any]:
    form = bundle.forms.get(task["form"] or "")
    seen = {**options.for_form(connection, form, language()), **task["variables"]}
    data = {name: feel.to_json(value) for name, value in seen.items()}
    return {**task, "form": form.localized(language()) if form else None, "data": data}


# Scenarios -----------------------------------------------------------------------------------------------------------


@studio.operation(
    "POST", "/drafts/<id>/scenarios", Access.STUDIO, answer=ScenarioResults, refusals=(404, 422), limit="20 per minute"
)
def play_scenarios_of_draft(id: str) -> dict[str, Any]:
    """Play every scenario of the draft; which elements and flows they reached together"""
    duban = current()
    with duban.store.reading() as connection:
        draft = drafts.load(connection, id)
        bundle, files = duban.trials.of(connection, draft), drafts.everything(connection, draft)
    diagrams = {path: read_bpmn(data, file=path) for path, data in files.items() if path.endswith(".bpmn")}
    homes = {process.id: path for path, found in diagrams.items() for process in found.processes}
    played = trying.play_all(files, bundle, homes)
    results = [_result(outcome) for outcome in played.outcomes]
    return {
        "version": draft.row.version, "passed": sum(one["passed"] for one in results), "total": len(results),
        "scenarios": results, "problems": [problem.as_dict() for problem in played.problems],
        "coverage": [_covered(path, one) for path, found in sorted(played.coverage.items()) for one in found],
    }  # fmt: skip


def _result(outcome: scenarios.Outcome) -> dict[str, Any]:
    names = ("step", "line", "what", "expected", "got", "waiting")
    of = outcome.scenario
    return {
        "file": of.file, "name": of.name, "line": of.line, "passed": outcome.passed,
        "failures": [{name: getattr(failure, name) for name in names} for failure in outcome.failures],
    }  # fmt: skip


def _covered(path: str, one: scenarios.Coverage) -> dict[str, Any]:
    return {
        "file": path, "process": one.process, "elements": one.elements, "flows": one.flows,
        "missed_elements": list(one.missed_elements), "missed_flows": list(one.missed_flows),
    }  # fmt: skip
