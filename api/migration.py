"""Migrating running cases to a release: a mapping proposed, a dry run, then all or nothing for each case."""

import json
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from api import doors, views
from api.context import current
from api.fields import Instant, Schema, choice, text
from api.operating import ElementRef, element_ref
from api.studio import studio
from engine import migration
from engine.errors import InvalidInput
from workflows import operating, review
from workflows.duban import Connection
from workflows.operating import MIGRATE, Wanted
from workflows.policy import Access

SHOWN = 200
"""Cases of a migration that are told, those with a problem first."""


class MigrationPlanBody(Schema):
    process = text(200, shortest=1, required=True)
    from_ = text(64, load_default="", data_key="from", metadata={"description": "hash; default: most running cases"})


class LikeView(Schema):
    process = fields.String(required=True)
    element = fields.Nested(ElementRef, required=True)
    to = fields.Nested(ElementRef, required=True, allow_none=True)
    how = fields.String(required=True, metadata={"enum": ["id", "name", "only", ""]})


class RunningCases(Schema):
    release = fields.String(required=True)
    running = fields.Integer(required=True)


class MigrationPlan(Schema):
    process = fields.String(required=True)
    from_ = fields.String(required=True, allow_none=True, data_key="from", attribute="from_")
    running = fields.List(fields.Nested(RunningCases), required=True)
    likes = fields.List(fields.Nested(LikeView), required=True)
    mapping = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    targets = fields.List(fields.Nested(ElementRef), required=True, metadata={"description": "what one may map to"})


class MigrationBody(Schema):
    process = text(200, shortest=1, required=True)
    from_ = text(
        64, load_default="", data_key="from", metadata={"description": "hash; default: cases of any other release"}
    )
    mapping = fields.Dict(keys=text(200, shortest=1), values=text(200, shortest=1), load_default=dict)
    deadlines = choice("keep", "recount", "reset", load_default="keep")
    reason = text(1000, shortest=1, required=True)
    cases = fields.List(text(64, shortest=1), load_default=list, validate=validate.Length(max=operating.AT_MOST))


class MigratedTask(Schema):
    element = fields.String(required=True)
    before = Instant(required=True, allow_none=True)
    after = Instant(required=True, allow_none=True)
    counted = fields.Boolean(required=True, metadata={"description": "counted anew; otherwise kept"})


class MigratedCase(Schema):
    case = fields.Nested(views.CaseRefView, required=True)
    verdict = fields.String(required=True, metadata={"enum": ["", "ok", "again", "no"]})
    state = fields.String(
        required=True, metadata={"enum": ["waiting", "ready", "done", "failed", "refused", "skipped"]}
    )
    detail = fields.String(required=True, allow_none=True, metadata={"description": "why not"})
    tasks = fields.List(fields.Nested(MigratedTask), required=True)
    closed = fields.List(fields.String(), required=True, metadata={"description": "timers and waits that go"})
    armed = fields.List(fields.String(), required=True, metadata={"description": "timers and waits that come"})


class MigrationRunView(Schema):
    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["planning", "planned", "running", "done", "stopped"]})
    release = fields.String(required=True)
    process = fields.String(required=True)
    deadlines = fields.String(required=True)
    reason = fields.String(required=True)
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "cases by state"}
    )
    cases = fields.List(fields.Nested(MigratedCase), required=True, metadata={"maxItems": SHOWN})


@studio.operation(
    "POST", "/releases/<hash>/migration/plan", Access.OPERATE, body=MigrationPlanBody, answer=MigrationPlan,
    refusals=(404,), example={"process": "hazard-loop"},
)  # fmt: skip
def propose_mapping(body: Mapping[str, str], hash: str) -> dict[str, Any]:
    """Where each element of the old release goes on in this one: by id, by name and kind, or as the only one left"""
    process, duban = body["process"], current()
    with duban.store.reading() as connection:
        new = duban.releases.bundle(hash, connection)
        rows = [row for row in review.impact(connection, [process]) if row.release != hash]
        old = body["from_"] or (rows[0].release if rows else None)
        bundle = duban.releases.bundle(old, connection) if old else None
    if process not in new.processes:
        raise InvalidInput("Expected a process of the release", {"process": ["option: a process of the release"]})
    known = bundle is not None and process in bundle.processes
    found = migration.likes(bundle, new, migration.reached_from(bundle, process)) if bundle and known else []
    targets = [node for one in migration.reached_from(new, process) for node in new.processes[one].nodes.values()]
    return {
        "process": process, "from_": old, "targets": [element_ref(node) for node in targets],
        "running": [{"release": row.release, "running": row.number} for row in rows],
        "mapping": {one.element.id: one.to.id for one in found if one.to and one.to.id != one.element.id},
        "likes": [
            {
                "process": one.process, "element": element_ref(one.element), "how": one.how,
                "to": element_ref(one.to) if one.to else None,
            }
            for one in found
        ],
    }  # fmt: skip


@studio.operation(
    "POST", "/releases/<hash>/migration/dry-run", Access.OPERATE, body=MigrationBody, answer=MigrationRunView,
    status=202, refusals=(404,), limit="30 per minute",
    example={"process": "hazard-loop", "mapping": {}, "reason": "…"},
)  # fmt: skip
def dry_run_migration(body: Mapping[str, Any], hash: str) -> dict[str, Any]:
    """A verdict for each running case that one sees, given by the worker; nothing is done. The answer's id runs it"""
    duban, who = current(), doors.identity()
    wanted = Wanted(
        MIGRATE, body["reason"], tuple(body["cases"]), process=body["process"], release=hash, left=body["from_"],
        mapping=body["mapping"], deadlines=body["deadlines"],
    )  # fmt: skip
    with duban.store.transaction() as connection:
        duban.releases.bundle(hash, connection)
        id = operating.plan_later(connection, wanted, who.person, who.tokens)
        return _migration(connection, id)


@studio.operation("GET", "/migrations/<id>", Access.OPERATE, answer=MigrationRunView, refusals=(404,))
def get_migration(id: str) -> dict[str, Any]:
    """How far a dry run or migration of one's own is, and what became of each case"""
    with current().store.reading() as connection:
        return _migration(connection, id)


@studio.operation("POST", "/migrations/<id>/run", Access.OPERATE, answer=MigrationRunView, refusals=(404, 409))
def run_migration(id: str) -> dict[str, Any]:
    """Migrate the cases of a dry run: each whole or not at all, by an entry that names both releases"""
    with current().store.transaction() as connection:
        operating.run(connection, id, doors.identity().person)
        return _migration(connection, id)


@studio.operation("POST", "/migrations/<id>/stop", Access.OPERATE, answer=MigrationRunView, refusals=(404,))
def stop_migration(id: str) -> dict[str, Any]:
    """Leave the cases that have not been reached with their release"""
    with current().store.transaction() as connection:
        operating.stop(connection, id, doors.identity().person)
        return _migration(connection, id)


def _migration(connection: Connection, id: str) -> dict[str, Any]:
    row = operating.operation(connection, id, doors.identity().person)
    if row.action != MIGRATE:
        raise operating.OperationNotFound
    body = json.loads(row.body)
    return {
        "id": row.id, "state": row.state, "release": body["release"], "process": body["process"],
        "deadlines": body["deadlines"], "reason": row.reason, "created_at": row.created_at, "ended_at": row.ended_at,
        "counts": operating.counts(connection, id),
        "cases": [_case(step) for step in operating.steps(connection, id, SHOWN, hard_first=True)],
    }  # fmt: skip


def _case(step: Any) -> dict[str, Any]:
    told = json.loads(step.old) if step.old else {"tasks": [], "closed": [], "armed": []}
    return {
        "case": {"id": step.case_id, "title": step.title}, "verdict": step.verdict, "state": step.state,
        "detail": step.detail, **told,
    }  # fmt: skip
