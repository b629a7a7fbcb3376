"""Business calendars: versions, a year from a source, what a new version would move, publishing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, jsonify, make_response
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Instant, Number, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out, expected_version
from engine import adoption, deadlines
from engine.deadlines import CalendarNotFound, Version
from engine.execution.calendar import Calendar
from workflows import calendars as keeping
from workflows import people
from workflows.duban import Connection
from workflows.policy import Access

calendars = Operations("calendars", "Business calendars: days off, worked weekends, versions.")

RULES = ("zone", "hours", "night", "years", "provisional", "off", "worked")
COUNTED = 999


class WarningView(Schema):
    year = fields.Integer(required=True)
    kind = fields.String(required=True, metadata={"enum": ["missing", "provisional"]})


class VersionView(Schema):
    series = fields.String(required=True)
    version = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    published_at = Instant(required=True)
    published_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    note = fields.String(required=True)


class SeriesView(VersionView):
    years = fields.List(fields.Integer(), required=True)
    provisional = fields.List(fields.Integer(), required=True)
    warnings = fields.List(fields.Nested(WarningView), required=True)
    open_tasks = fields.Integer(required=True, metadata={"description": "deadlines that depend on it, at most 999"})
    more = fields.Boolean(required=True, metadata={"description": "there are more open tasks than that"})


class SeriesList(Schema):
    items = fields.List(fields.Nested(SeriesView), required=True)


class Rules(Schema):
    """What a calendar says; the days in ISO 8601, the times as `08:00`, local."""

    zone = text(64, required=True, metadata={"example": "Asia/Shanghai"})
    hours = fields.List(fields.List(text(5)), required=True, metadata={"example": [["08:00", "12:00"]]})
    night = fields.List(text(5), required=True, metadata={"example": ["20:00", "08:00"]})
    years = fields.List(Number(), required=True)
    provisional = fields.List(Number(), required=True)
    off = fields.List(text(10), required=True, metadata={"example": ["2027-10-01"]})
    worked = fields.List(text(10), required=True, metadata={"example": ["2027-10-09"]})


EXAMPLE = {
    "zone": "Asia/Shanghai", "hours": [["08:00", "12:00"], ["13:30", "17:30"]], "night": ["20:00", "08:00"],
    "years": [2027], "provisional": [], "off": ["2027-10-01"], "worked": ["2027-10-09"],
}  # fmt: skip


class CalendarView(VersionView):
    rules = fields.Nested(Rules, required=True)
    newest = fields.Integer(required=True)


class YearBody(Schema):
    year = Number(required=True)
    source = choice(*keeping.SOURCES, load_default="holidays")
    text_ = text(60_000, load_default="", data_key="text")


class YearView(Schema):
    year = fields.Integer(required=True)
    off = fields.List(fields.String(), required=True)
    worked = fields.List(fields.String(), required=True)
    provisional = fields.Boolean(required=True)


class PreviewBody(Schema):
    rules = fields.Nested(Rules, required=True)
    cursor = text(500, load_default=None, allow_none=True)


class ChangeView(Schema):
    id = fields.String(required=True, metadata={"description": "of the task"})
    case = fields.Nested(views.NamedView, required=True, metadata={"description": "`name` is its title"})
    name = fields.String(required=True)
    before = Instant(required=True)
    after = Instant(required=True)
    rungs = fields.Integer(required=True, metadata={"description": "how many rungs to come move with it"})


class PreviewView(Schema):
    affected = fields.Integer(required=True, metadata={"description": "open deadlines on the series, at most 999"})
    more = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ChangeView), required=True)
    hidden = fields.Integer(required=True, metadata={"description": "moved too, but in cases that you may not see"})
    next = fields.String(required=True, allow_none=True)


class PublishBody(Schema):
    rules = fields.Nested(Rules, required=True)
    note = text(1000, load_default="")


VersionPage = page_of(VersionView, "CalendarVersionPage")


@calendars.operation("GET", "/calendars", Access.SIGNED_IN, answer=SeriesList)
def list_calendars() -> dict[str, Any]:
    """The newest version of each series, and what to warn about"""
    with current().store.reading() as connection:
        warnings = deadlines.warnings(connection)
        return {"items": [_series(connection, one, warnings) for one in sorted(deadlines.newest(connection))]}


@calendars.operation("GET", "/calendars/<series>", Access.SIGNED_IN, answer=CalendarView, refusals=(404,))
def get_calendar(series: str) -> dict[str, Any]:
    """The newest version of a series"""
    with current().store.reading() as connection:
        return _whole(connection, series, deadlines.current(connection, series).version)


@calendars.operation(
    "GET", "/calendars/<series>/versions", Access.SIGNED_IN, query=PageQuery, answer=VersionPage, refusals=(404,)
)  # fmt: skip
def list_calendar_versions(query: dict[str, Any], series: str) -> dict[str, Any]:
    """The versions of a series, the newest first"""
    position, limit = cursor_in(query["cursor"], int), query["limit"]
    with current().store.reading() as connection:
        found = [one for one in _versions(connection, series) if position is None or one.version < position[0]]
        items = [_version(connection, one) for one in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return {"items": items, "next": cursor_out([last.version]) if last else None}


@calendars.operation(
    "GET", "/calendars/<series>/versions/<version>", Access.SIGNED_IN, answer=CalendarView, refusals=(404,)
)  # fmt: skip
def get_calendar_version(series: str, version: str) -> dict[str, Any]:
    """One version, as it was published"""
    if not version.isdecimal() or len(version) > 9:
        raise CalendarNotFound(f"Expected the number of a version, but got {version[:20]!r}")
    with current().store.reading() as connection:
        return _whole(connection, series, int(version))


@calendars.operation(
    "POST", "/calendars/<series>/year", Access.CALENDAR, body=YearBody, answer=YearView,
    example={"year": 2027, "source": "csv", "text": "2027-10-01,off\n2027-10-09,worked\n"},
)  # fmt: skip
def read_calendar_year(body: Mapping[str, Any], series: str) -> dict[str, Any]:  # noqa: ARG001 - of the address
    """Read a year from the public holidays or a file; nothing is stored"""
    found = keeping.read_year(body["year"], body["source"], body["text_"])
    return {
        "year": found.year, "off": _days(found.off), "worked": _days(found.worked), "provisional": found.provisional,
    }  # fmt: skip


@calendars.operation(
    "POST", "/calendars/<series>/preview", Access.CALENDAR, body=PreviewBody, answer=PreviewView,
    limit="60 per minute", example={"rules": EXAMPLE},
)  # fmt: skip
def preview_calendar(body: Mapping[str, Any], series: str) -> dict[str, Any]:
    """Which deadlines publishing these rules would move; nothing is changed"""
    calendar, who = keeping.candidate(series, body["rules"]), doors.identity()
    after = cursor_in(body["cursor"], str, int)
    with current().store.reading() as connection:
        looked = keeping.look(connection, calendar, who.person, who.tokens, after)
        count = adoption.affected(connection, series)
    items = [_change(change) for change in looked.changes]
    counts = {"affected": min(count, COUNTED), "more": count > COUNTED, "hidden": looked.hidden}
    return {**counts, "items": items, "next": cursor_out(looked.next)}


@calendars.operation(
    "POST", "/calendars/<series>/versions", Access.CALENDAR, body=PublishBody, answer=CalendarView, status=201,
    versioned=True, example={"rules": EXAMPLE, "note": "国务院办公厅通知"},
)  # fmt: skip
def publish_calendar(body: Mapping[str, Any], series: str) -> Response:
    """Publish the next version; running cases adopt it one by one"""
    seen, calendar = expected_version(), keeping.candidate(series, body["rules"])
    with current().store.transaction() as connection:
        actor = doors.identity().person
        published = keeping.publish(connection, calendar, based_on=seen, actor=actor, note=body["note"])
        answer = _whole(connection, series, published.version)
    response = make_response(jsonify(CalendarView().dump(answer)), 201)
    response.headers["Location"] = f"/api/v1/calendars/{series}/versions/{published.version}"
    return response


def _versions(connection: Connection, series: str) -> list[Version]:
    found = deadlines.versions(connection, series)
    if not found:
        raise CalendarNotFound(f"Expected a business calendar '{series}', but none has been published")
    return found


def _version(connection: Connection, one: Version) -> dict[str, Any]:
    names = people.names(connection, [one.published_by] if one.published_by else [])
    return {
        "series": one.series, "version": one.version, "sha256": one.sha256, "published_at": one.published_at,
        "published_by": views.named(one.published_by, names), "note": one.note,
    }  # fmt: skip


def _series(connection: Connection, series: str, warnings: list[deadlines.Warning]) -> dict[str, Any]:
    calendar, count = deadlines.current(connection, series), adoption.affected(connection, series)
    return {
        **_version(connection, _versions(connection, series)[0]),
        "years": sorted(calendar.years), "provisional": sorted(calendar.provisional),
        "warnings": [{"year": one.year, "kind": one.kind} for one in warnings if one.series == series],
        "open_tasks": min(count, COUNTED), "more": count > COUNTED,
    }  # fmt: skip


def _whole(connection: Connection, series: str, version: int) -> dict[str, Any]:
    calendar, versions = deadlines.load(connection, series, version), _versions(connection, series)
    about = next(one for one in versions if one.version == version)
    return {**_version(connection, about), "rules": _rules(calendar), "newest": versions[0].version}


def _rules(calendar: Calendar) -> dict[str, Any]:
    told = calendar.to_json()
    return {name: told[name] for name in RULES}


def _change(change: adoption.Change) -> dict[str, Any]:
    return {
        "id": f"{change.case_id}:{change.task}", "case": {"id": change.case_id, "name": change.title},
        "name": change.name, "before": change.before, "after": change.after, "rungs": change.rungs,
    }  # fmt: skip


def _days(days: frozenset[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
