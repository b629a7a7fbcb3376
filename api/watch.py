"""Watching a process: how often its elements are entered and how long they take, with the last time it was counted."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marshmallow import fields, validate

from api.context import current
from api.fields import Instant, Schema, text
from api.studio import studio
from workflows import watch
from workflows.policy import Access

DAY = 86_400_000


class WatchQuery(Schema):
    days = fields.Integer(load_default=90, validate=validate.Range(1, 3660, error="range: 1 to 3660"))
    release = text(64, load_default="", metadata={"description": "hash; only cases that are in it. Default: all"})


class WatchedElement(Schema):
    element = fields.String(required=True)
    cases = fields.Integer(required=True, metadata={"description": "cases that entered it"})
    entered = fields.Integer(required=True, metadata={"description": "without the turns of loops"})
    again = fields.Integer(required=True, metadata={"description": "rework: entered again in the same case"})
    waiting = fields.Integer(required=True, metadata={"description": "in it now"})
    oldest = Instant(required=True, allow_none=True, metadata={"description": "since when the longest has waited"})
    overdue = fields.Integer(required=True, metadata={"description": "open tasks past their due time"})
    measured = fields.Integer(required=True, metadata={"description": "how many the times are taken from"})
    median = fields.Integer(required=True, metadata={"description": "ms"})
    p90 = fields.Integer(required=True, metadata={"description": "ms; nine in ten took no longer"})
    longest = fields.Integer(required=True, metadata={"description": "ms"})
    share = fields.Float(required=True, metadata={"description": "of all time that elements of the process took"})
    incidents = fields.Integer(required=True)
    open_incidents = fields.Integer(required=True)


class WatchView(Schema):
    process = fields.String(required=True)
    as_of = Instant(required=True, allow_none=True, metadata={"description": "the last entry that is counted"})
    since = Instant(required=True)
    elements = fields.List(fields.Nested(WatchedElement), required=True)
    bottlenecks = fields.List(fields.String(), required=True, metadata={"description": "where most time goes"})
    rework = fields.List(fields.String(), required=True, metadata={"description": "entered again most often"})


@studio.operation("GET", "/processes/<id>/watch", Access.STUDIO, query=WatchQuery, answer=WatchView, refusals=(404,))
def watch_process(query: Mapping[str, Any], id: str) -> dict[str, Any]:
    """Where cases of a process spend their time, wait, come back and get stuck"""
    duban = current()
    now = duban.now()
    since = now - query["days"] * DAY
    with duban.store.reading() as connection:
        duban.releases.current(id, connection)
        found = watch.elements(connection, id, since, now, query["release"])
        counted = watch.as_of(connection)
    ordered = sorted(found.values(), key=lambda one: one.element)
    slow = sorted((one for one in ordered if one.share > 0), key=lambda one: (-one.share, one.element))
    back = sorted((one for one in ordered if one.again), key=lambda one: (-one.again, one.element))
    return {
        "process": id, "as_of": counted or None, "since": since, "elements": [asdict(one) for one in ordered],
        "bottlenecks": [one.element for one in slow[:5]], "rework": [one.element for one in back[:5]],
    }  # fmt: skip
