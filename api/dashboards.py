"""Dashboards: the figures behind each picture, as of a moment, with the cases that they lead to."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from api import doors, views
from api.context import current
from api.fields import Instant, Schema
from api.operations import Operations
from api.words import language
from workflows import dashboards as figures
from workflows import people, registry
from workflows.dashboards import DAY
from workflows.policy import Access

dashboards = Operations("dashboards", "Figures of what is overdue, covered, found and done.")


class MonthsQuery(Schema):
    months = fields.Integer(load_default=6, validate=validate.Range(0, 36, error="range: 0 to 36"))


class DaysQuery(Schema):
    days = fields.Integer(load_default=30, validate=validate.Range(1, 366, error="range: 1 to 366"))


class AsOf(Schema):
    as_of = Instant(required=True)


class LateStepView(Schema):
    first = fields.Integer(required=True, metadata={"description": "days late"})
    last = fields.Integer(required=True, allow_none=True)
    count = fields.Integer(required=True, metadata={"maximum": 999})
    more = fields.Boolean(required=True)


class LateView(Schema):
    case = fields.Nested(views.CaseRefView, required=True)
    unit = fields.Nested(views.NamedView, required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    due = Instant(required=True)
    days = fields.Integer(required=True)
    task = fields.String(required=True, allow_none=True)
    owner = fields.Nested(views.NamedView, required=True, allow_none=True)
    escalated = fields.String(required=True, allow_none=True)


class OverdueView(AsOf):
    steps = fields.List(fields.Nested(LateStepView), required=True)
    items = fields.List(fields.Nested(LateView), required=True)


class CellView(Schema):
    requirement = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["NEVER", "OVER", "SOON", "OK"]})
    days = fields.Integer(required=True, allow_none=True)
    interval = fields.Integer(required=True)
    case_id = fields.String(required=True, allow_none=True, data_key="case")


class CoveredView(Schema):
    site = fields.String(required=True)
    unit = fields.Nested(views.NamedView, required=True, allow_none=True)
    cells = fields.List(fields.Nested(CellView), required=True)


class CoverageView(AsOf):
    items = fields.List(fields.Nested(CoveredView), required=True)


class FacetView(Schema):
    value = fields.String(required=True)
    name = fields.String(required=True)
    open = fields.Integer(required=True)
    ended = fields.Integer(required=True)


class HazardsView(AsOf):
    since = fields.String(required=True, metadata={"example": "2026-03"})
    grade = fields.List(fields.Nested(FacetView), required=True)
    unit = fields.List(fields.Nested(FacetView), required=True)
    item = fields.List(fields.Nested(FacetView), required=True)
    repeat = fields.List(fields.Nested(FacetView), required=True)


class IndicatorView(Schema):
    id = fields.String(required=True, metadata={"enum": ["online", "falseAlerts", "response", "confirmed", "missed"]})
    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    value = fields.Float(required=True, allow_none=True, metadata={"description": "0 to 1; response: milliseconds"})


class JointView(AsOf):
    items = fields.List(fields.Nested(IndicatorView), required=True)


class LoadView(Schema):
    person = fields.Nested(views.NamedView, required=True)
    open = fields.Integer(required=True)
    late = fields.Integer(required=True)
    done = fields.Integer(required=True)


class WorkloadView(AsOf):
    items = fields.List(fields.Nested(LoadView), required=True)


@dashboards.operation("GET", "/dashboards/overdue", Access.WORK, answer=OverdueView)
def get_overdue() -> dict[str, Any]:
    """The overdue ladder of hazards, and the worst with owner and escalation"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        now = duban.now()
        counts, worst = figures.overdue(connection, who.tokens, now)
        titles = registry.case_titles(connection, {late.row["case_id"] for late in worst})
        ids = {id for late in worst for id in (late.row["unit"], late.owner) if id}
        names = people.called(connection, ids, language())
    steps = [
        {"first": first, "last": last, "count": min(n, 999), "more": n > 999}
        for (first, last), n in zip(figures.STEPS, counts, strict=True)
    ]
    return {"as_of": now, "steps": steps, "items": [_late(late, titles, names) for late in worst]}


def _late(late: figures.Late, titles: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    row = late.row
    return {
        "case": {"id": row["case_id"], "title": titles.get(row["case_id"], "")},
        "unit": views.named(row["unit"], names), "grade": row["grade"], "due": row["due_at"], "days": late.days,
        "task": late.task, "owner": views.named(late.owner, names), "escalated": late.escalated,
    }  # fmt: skip


@dashboards.operation("GET", "/dashboards/coverage", Access.WORK, answer=CoverageView)
def get_coverage() -> dict[str, Any]:
    """Which sites were visited for which requirement, and where the gaps are"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        now = duban.now()
        found = figures.coverage(connection, who.tokens, now)
        names = people.called(connection, {row.unit for row in found if row.unit}, language())
    rows = [{"site": row.site, "unit": views.named(row.unit, names), "cells": row.cells} for row in found]
    return {"as_of": now, "items": rows}


@dashboards.operation("GET", "/dashboards/hazards", Access.WORK, query=MonthsQuery, answer=HazardsView)
def get_hazards(query: Mapping[str, int]) -> dict[str, Any]:
    """Hazards by grade, unit, checklist item, and whether they came back"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        now = duban.now()
        since = figures.month_before(now, query["months"])
        found = figures.hazards(connection, who.tokens, since)
        names = people.called(connection, {value for value, _, _ in found["unit"] if value}, language())
    told = {
        facet: [{"value": v, "name": names.get(v, v), "open": opened, "ended": ended} for v, opened, ended in rows]
        for facet, rows in found.items()
    }
    return {"as_of": now, "since": since, **told}


@dashboards.operation("GET", "/dashboards/joint", Access.WORK, query=DaysQuery, answer=JointView)
def get_joint(query: Mapping[str, int]) -> dict[str, Any]:
    """The indicators of joint inspection"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        now = duban.now()
        return {"as_of": now, "items": figures.joint(connection, who.tokens, now - query["days"] * DAY)}


@dashboards.operation("GET", "/dashboards/workload", Access.WORK, query=DaysQuery, answer=WorkloadView)
def get_workload(query: Mapping[str, int]) -> dict[str, Any]:
    """Open, late and completed tasks of each person; one's own, without the permission to assign"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        now = duban.now()
        loads = figures.workload(connection, who.person, who.tokens, now, now - query["days"] * DAY)
        names = people.names(connection, (load.person for load in loads))
    rows = [
        {"person": views.named(load.person, names), "open": load.open, "late": load.late, "done": load.done}
        for load in loads
    ]
    return {"as_of": now, "items": rows}
