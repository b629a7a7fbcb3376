"""What if: the last real cases played on a draft, before anybody is touched by it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, get_args

from marshmallow import fields, validate

from api import doors, views
from api.context import current
from api.fields import Instant, Schema, text
from api.studio import studio
from engine.errors import InvalidInput
from engine.whatif import Cause, total
from workflows import drafts, whatif
from workflows.duban import Connection
from workflows.policy import Access


class WhatIfBody(Schema):
    last = fields.Integer(
        load_default=100, strict=True,
        validate=validate.Range(1, whatif.AT_MOST, error=f"range: 1 to {whatif.AT_MOST}"),
    )  # fmt: skip
    process = text(200, load_default="", metadata={"description": "default: every process of the draft"})


class DueChangeView(Schema):
    element = fields.String(required=True)
    occurrence = fields.Integer(required=True, metadata={"description": "0: the first task of the element"})
    before = Instant(required=True, allow_none=True)
    after = Instant(required=True, allow_none=True)
    ended = Instant(required=True, allow_none=True)
    missed_before = fields.Boolean(required=True)
    missed_after = fields.Boolean(required=True)


class WhatIfCase(Schema):
    case = fields.Nested(views.CaseRefView, required=True)
    verdict = fields.String(required=True, metadata={"enum": ["same", "other", "unknown"]})
    where = fields.String(required=True, metadata={"description": "the element at which the ways part"})
    cause = fields.String(
        required=True, metadata={"enum": list(get_args(Cause)), "description": "why it cannot be known"}
    )
    reason = fields.String(required=True, metadata={"description": "the same in words"})
    gone = fields.List(fields.String(), required=True, metadata={"description": "elements entered in reality only"})
    come = fields.List(fields.String(), required=True, metadata={"description": "elements entered in the draft only"})
    deadlines = fields.List(fields.Nested(DueChangeView), required=True)


class WhatIfTotal(Schema):
    same = fields.Integer(required=True)
    other = fields.Integer(required=True)
    unknown_ = fields.Integer(required=True, data_key="unknown", attribute="unknown")
    would_miss = fields.Integer(required=True, metadata={"description": "deadlines that were met, and would not be"})
    would_meet = fields.Integer(required=True)


class WhatIfView(Schema):
    id = fields.String(required=True)
    draft = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["running", "done", "failed", "stopped"]})
    detail = fields.String(required=True)
    at = Instant(required=True, metadata={"description": "as of"})
    total = fields.Integer(required=True, metadata={"description": "cases to play"})
    done = fields.Integer(required=True)
    counts = fields.Nested(WhatIfTotal, required=True)
    cases = fields.List(fields.Nested(WhatIfCase), required=True)


@studio.operation(
    "POST", "/drafts/<id>/what-if", Access.STUDIO, body=WhatIfBody, answer=WhatIfView, status=202, refusals=(404,),
    limit="20 per minute", example={"last": 100},
)  # fmt: skip
def ask_what_if(body: Mapping[str, Any], id: str) -> dict[str, Any]:
    """Play the last real cases on the draft; the worker does it, and nothing is written to any case"""
    duban, who = current(), doors.identity()
    with duban.store.transaction() as connection:
        draft = drafts.load(connection, id)
        known = set(duban.trials.of(connection, draft).processes)
        if body["process"] and body["process"] not in known:
            raise InvalidInput("Expected a process of the draft", {"process": ["option: a process of the draft"]})
        begun = whatif.begin(connection, draft, {body["process"]} if body["process"] else known, body["last"], who)
        return _view(connection, begun)


@studio.operation("GET", "/what-ifs/<id>", Access.STUDIO, answer=WhatIfView, refusals=(404,))
def get_what_if(id: str) -> dict[str, Any]:
    """How far it is, and what the draft would have done to each case"""
    with current().store.reading() as connection:
        return _view(connection, id)


@studio.operation("POST", "/what-ifs/<id>/stop", Access.STUDIO, answer=WhatIfView, refusals=(404,))
def stop_what_if(id: str) -> dict[str, Any]:
    """Play no further cases"""
    with current().store.transaction() as connection:
        whatif.stop(connection, id, doors.identity().person)
        return _view(connection, id)


def _view(connection: Connection, id: str) -> dict[str, Any]:
    row = whatif.load(connection, id, doors.identity().person)
    found = whatif.results(connection, id)
    return {
        "id": row.id, "draft": row.draft, "state": row.state, "detail": row.detail, "at": row.at,
        "total": len(json.loads(row.cases)), "done": len(found), "counts": total(one for _, _, one in found),
        "cases": [{"case": {"id": case, "title": title}, **asdict(one)} for case, title, one in found],
    }  # fmt: skip
