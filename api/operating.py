"""For operators: why cases are stuck, where tokens may go, and one action on many cases, first as a dry run."""

import json
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from api import doors, views
from api.cases import seen
from api.context import current
from api.fields import Data, Instant, Schema, choice, text
from api.history import element_name
from api.labels import LabelView, labels
from api.operations import Operations
from api.requests import numbered_id
from api.words import language
from engine import feel
from engine.errors import IncidentNotFound
from workflows import operating
from workflows.duban import Connection
from workflows.operating import Wanted
from workflows.policy import Access

operations = Operations("operations", "One action on many cases, for operators.")


class IncidentGroup(Schema):
    process = fields.String(required=True)
    process_name = fields.String(required=True)
    element = fields.String(required=True)
    element_name = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)
    count = fields.Integer(required=True)
    first_at = Instant(required=True)
    last_at = Instant(required=True)


class IncidentGroups(Schema):
    items = fields.List(fields.Nested(IncidentGroup), required=True)


class IncidentDetail(views.IncidentView):
    process = fields.String(required=True)
    scope = fields.String(required=True, metadata={"description": "of the element, for a change of its variables"})
    variables = Data(required=True, metadata={"description": "what the element sees"})
    labels = fields.Dict(keys=fields.String(), values=fields.Nested(LabelView), required=True)
    alike = fields.Integer(required=True, metadata={"description": "open ones of the same process, element and cause"})


class ElementRef(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"example": "userTask"})


class CaseToken(Schema):
    instance = fields.Integer(required=True)
    element = fields.Nested(ElementRef, required=True)
    targets = fields.List(fields.Nested(ElementRef), required=True)


class CaseTokens(Schema):
    items = fields.List(fields.Nested(CaseToken), required=True)


class OperationBody(Schema):
    action = choice(*operating.ACTIONS, required=True)
    reason = text(1000, shortest=1, required=True)
    cases = fields.List(text(64, shortest=1), load_default=list, validate=validate.Length(max=operating.AT_MOST))
    stuck = fields.Boolean(load_default=False, metadata={"description": "the cases of the open incidents that fit"})
    process = text(200, load_default="")
    element = text(200, load_default="")
    message = text(4000, load_default="", metadata={"description": "cause of the incidents, in full"})
    status = fields.String(
        load_default="", validate=validate.OneOf(["", "active", "suspended"], error="option: active or suspended")
    )
    changes = Data(load_default=None, allow_none=True)
    to = text(200, load_default="", metadata={"description": "id of the element to go on at"})
    due = Instant(
        load_default=None, allow_none=True, metadata={"description": "when the open tasks of `element` are due"}
    )


class StepView(Schema):
    case = fields.Nested(views.CaseRefView, required=True)
    status = fields.String(required=True)
    verdict = fields.String(required=True, metadata={"enum": ["ok", "again", "no"]})
    state = fields.String(required=True, metadata={"enum": ["ready", "done", "failed", "refused", "skipped"]})
    detail = fields.String(required=True, allow_none=True)
    old = Data(required=True, allow_none=True, metadata={"description": "the values that would be replaced"})


class OperationView(Schema):
    id = fields.String(required=True)
    action = fields.String(required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["planned", "running", "done", "stopped"]})
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    total = fields.Integer(required=True, metadata={"maximum": operating.AT_MOST})
    done = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    steps = fields.List(fields.Nested(StepView), required=True)


@operations.operation("GET", "/incidents/groups", Access.RETRY, answer=IncidentGroups)
def list_incident_groups() -> dict[str, Any]:
    """The open incidents of one's cases by process, element and cause, the most frequent first"""
    duban = current()
    with duban.store.reading() as connection:
        rows = operating.groups(connection, doors.identity().tokens)
        return {"items": [_group(connection, row) for row in rows]}


def _group(connection: Connection, row: Any) -> dict[str, Any]:
    bundle = current().releases.bundle(row.release, connection)
    process = bundle.processes.get(row.process)
    return {
        "process": row.process, "process_name": (process.name if process else "") or row.process,
        "element": row.element, "element_name": element_name(bundle, row.element), "kind": row.kind,
        "message": row.message, "count": row.number, "first_at": row.first, "last_at": row.last,
    }  # fmt: skip


@operations.operation("GET", "/incidents/<id>", Access.RETRY, answer=IncidentDetail, refusals=(404,))
def get_incident(id: str) -> dict[str, Any]:
    """One incident, and what its element sees"""
    case_id, n = numbered_id(id, IncidentNotFound)
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        seen(connection, case_id)
        found = operating.incident(connection, duban.cases, case_id, n, who.tokens)
        bundle = duban.releases.bundle(found.row.release, connection)
    row = found.row
    return {
        **views.incident(row, row.title, element_name(bundle, row.element)),
        "process": row.process, "scope": found.scope, "alike": found.alike,
        "variables": {name: feel.to_json(value) for name, value in found.variables.items()},
        "labels": labels(bundle, bundle.processes[row.process], language()),
    }  # fmt: skip


@operations.operation("GET", "/cases/<id>/tokens", Access.OPERATE, answer=CaseTokens, refusals=(404,))
def list_tokens_of_case(id: str) -> dict[str, Any]:
    """The tokens of a case that may be moved, each with the elements of its scope that it may go on at"""
    duban = current()
    with duban.store.reading() as connection:
        seen(connection, id)
        found = operating.tokens_of(connection, duban.cases, id)
    return {
        "items": [
            {
                "instance": one.instance,
                "element": element_ref(one.element),
                "targets": [element_ref(to) for to in one.targets],
            }
            for one in found
        ]
    }


def element_ref(node: Any) -> dict[str, str]:
    english = node.name_en if language() == "en" else ""
    return {"id": node.id, "name": english or node.name or node.id, "kind": node.kind}


@operations.operation(
    "POST", "/operations", Access.OPERATE, body=OperationBody, answer=OperationView, status=201, limit="30 per minute",
    example={"action": "retry", "reason": "…", "process": "hazard-loop", "element": "Score", "message": "…"},
)  # fmt: skip
def plan_operation(body: Mapping[str, Any]) -> dict[str, Any]:
    """A dry run of one action on many cases: a verdict for each, and nothing done. The answer's id runs it"""
    duban, who = current(), doors.identity()
    wanted = Wanted(**{**body, "cases": tuple(body["cases"])})
    with duban.store.reading() as connection:
        planned = operating.plan(connection, duban.cases, wanted, who.person, who.tokens)
    with duban.store.transaction() as connection:
        id = operating.keep(connection, wanted, planned, who.person)
        return _operation(connection, id)


@operations.operation("GET", "/operations/<id>", Access.OPERATE, answer=OperationView, refusals=(404,))
def get_operation(id: str) -> dict[str, Any]:
    """How far an operation of one's own is, and what became of each case"""
    with current().store.reading() as connection:
        return _operation(connection, id)


@operations.operation("POST", "/operations/<id>/run", Access.OPERATE, answer=OperationView, refusals=(404, 409))
def run_operation(id: str) -> dict[str, Any]:
    """Do what was planned: a command for each case, which changes it whole or not at all"""
    with current().store.transaction() as connection:
        operating.run(connection, id, doors.identity().person)
        return _operation(connection, id)


@operations.operation("POST", "/operations/<id>/stop", Access.OPERATE, answer=OperationView, refusals=(404,))
def stop_operation(id: str) -> dict[str, Any]:
    """Leave the cases that have not been reached as they are"""
    with current().store.transaction() as connection:
        operating.stop(connection, id, doors.identity().person)
        return _operation(connection, id)


def _operation(connection: Connection, id: str) -> dict[str, Any]:
    row = operating.operation(connection, id, doors.identity().person)
    steps = operating.steps(connection, id)
    states = [step.state for step in steps]
    return {
        "id": row.id, "action": row.action, "reason": row.reason, "state": row.state, "created_at": row.created_at,
        "ended_at": row.ended_at, "total": len(steps), "done": states.count("done"), "failed": states.count("failed"),
        "steps": [_step(step) for step in steps],
    }  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    return {
        "case": {"id": step.case_id, "title": step.title}, "status": views.status(step.status),
        "verdict": step.verdict, "state": step.state, "detail": step.detail,
        "old": None if step.old is None else json.loads(step.old),
    }  # fmt: skip
