"""Who is on duty, who stands in for whom, and what shifts hand over."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Instant, Number, Schema, choice, text
from api.operations import Operations
from api.people import Made
from api.words import language
from engine.audit import security
from engine.errors import Forbidden
from workflows import options, people, policy, roster, substitution
from workflows.duban import Connection
from workflows.policy import Access
from workflows.roles import ROLES

duty = Operations("roster", "The duty roster of a station, hand-over notes, and substitution by period.")


class PlaceView(Schema):
    day = text(10, shortest=10, required=True, metadata={"example": "2026-12-01"})
    shift = choice(*roster.SHIFTS, required=True)
    duty = choice(*roster.DUTIES, required=True)
    position = Number(load_default=1)
    person = text(64, shortest=1, required=True)


class OnCallView(Schema):
    person = fields.Nested(views.NamedView, required=True)
    duty = fields.String(required=True)
    instead_of = fields.Nested(views.NamedView, required=True, allow_none=True)


class NoteView(Schema):
    id = fields.String(required=True)
    day = fields.String(required=True)
    shift = fields.String(required=True)
    note = fields.String(required=True)
    handed_by = fields.Nested(views.NamedView, required=True)
    handed_at = Instant(required=True)
    taken_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    taken_at = Instant(required=True, allow_none=True)


class SlotView(Schema):
    day = fields.String(required=True)
    shift = fields.String(required=True)


class RosterView(Schema):
    station = fields.String(required=True)
    month = fields.String(required=True)
    places = fields.List(fields.Nested(PlaceView), required=True)
    crew = fields.List(fields.Nested(views.NamedView), required=True, metadata={"description": "who may be planned"})
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    on_call = fields.List(fields.Nested(OnCallView), required=True)
    running = fields.List(fields.Nested(SlotView), required=True)
    notes = fields.List(fields.Nested(NoteView), required=True)
    missing = fields.List(fields.Nested(SlotView), required=True, metadata={"description": "ended without a note"})
    may_plan = fields.Boolean(required=True)


class StationView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)


class StationList(Schema):
    items = fields.List(fields.Nested(StationView), required=True)


class MonthQuery(Schema):
    month = text(7, shortest=7, required=True, metadata={"example": "2026-12"})


class Plan(Schema):
    month = text(7, shortest=7, required=True)
    places = fields.List(fields.Nested(PlaceView), required=True)


class Crew(Schema):
    month = text(7, shortest=7, required=True)
    crew = fields.Dict(keys=choice(*roster.DUTIES), values=fields.List(text(64, shortest=1)), required=True)


class Proposal(Schema):
    places = fields.List(fields.Nested(PlaceView), required=True)


class HandoverNote(Schema):
    day = text(10, shortest=10, required=True)
    shift = choice(*roster.SHIFTS, required=True)
    note = text(4000, shortest=1, required=True)


class SubstitutionView(Schema):
    id = fields.String(required=True)
    absent = fields.Nested(views.NamedView, required=True)
    substitute = fields.Nested(views.NamedView, required=True)
    role = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    since = Instant(required=True)
    until = Instant(required=True)
    reason = fields.String(required=True)


class SubstitutionList(Schema):
    items = fields.List(fields.Nested(SubstitutionView), required=True)


class NewSubstitution(Schema):
    absent = text(64, load_default=None, allow_none=True, metadata={"description": "oneself where it is not said"})
    substitute = text(64, shortest=1, required=True)
    role = choice(*ROLES, load_default=None, allow_none=True)
    unit = text(64, load_default=None, allow_none=True)
    since = Instant(required=True)
    until = Instant(required=True)
    reason = text(200, load_default="")


class ColleagueQuery(Schema):
    q = text(100, load_default="")


class ColleagueView(views.NamedView):
    unit_name = fields.String(required=True)
    unit_name_en = fields.String(required=True)


class ColleagueList(Schema):
    items = fields.List(fields.Nested(ColleagueView), required=True)


@duty.operation("GET", "/colleagues", Access.WORK, query=ColleagueQuery, answer=ColleagueList)
def list_colleagues(query: Mapping[str, str]) -> dict[str, Any]:
    """Colleagues by name, to choose one from"""
    with current().store.reading() as connection:
        found = people.search(connection, query["q"], 30)
    return {
        "items": [
            {"id": id, "name": name, "unit_name": unit.name, "unit_name_en": unit.name_en} for id, name, unit in found
        ]
    }


class OptionView(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)


class OptionList(Schema):
    items = fields.List(fields.Nested(OptionView), required=True)


@duty.operation("GET", "/options/<key>", Access.WORK, answer=OptionList, refusals=(404,))
def list_options(key: str) -> dict[str, Any]:
    """What forms offer to choose from: `optionsUnits`, `optionsInspectors`, …"""
    with current().store.reading() as connection:
        return {"items": options.of(connection, key, language())}


# The roster --------------------------------------------------------------------------------------------------------


@duty.operation("GET", "/roster", Access.WORK, answer=StationList)
def list_stations() -> dict[str, Any]:
    """The stations whose roster one may see"""
    who = doors.identity()
    with current().store.reading() as connection:
        return {"items": [one for one in people.stations(connection) if f"unit:{one.id}" in who.tokens]}


@duty.operation("GET", "/roster/<station>", Access.WORK, query=MonthQuery, answer=RosterView, refusals=(404,))
def get_roster(query: Mapping[str, str], station: str) -> dict[str, Any]:
    """A month of a station: who is planned, who is on call now, what was handed over"""
    duban, who, month = current(), doors.identity(), query["month"]
    first, last = f"{month}-01", f"{month}-31"
    with duban.store.reading() as connection:
        _expect_station(connection, station)
        places = roster.planned(connection, station, first, last=last)
        calls = roster.on_call(connection, station, duban.now())
        notes = roster.notes(connection, station, first, last)
        crew = people.holders_at(connection, station, duban.now())
        named = {*crew, *(one.person for one in places), *(one.person for one in calls)}
        named |= {one.handed_by for one in notes} | {one.taken_by or "" for one in notes}
        names = people.names(connection, named | {one.instead_of or "" for one in calls})
        running = roster.running(connection, duban.now())
        missing = roster.missing_notes(connection, station, duban.now())
    return {
        "station": station, "month": month, "places": places, "names": names, "on_call": _calls(calls, names),
        "crew": [views.named(one, names) for one in crew], "notes": [_note(one, names) for one in notes],
        "running": _slots(running), "missing": _slots(missing), "may_plan": policy.leads(who.tokens, station),
    }  # fmt: skip


@duty.operation(
    "PUT", "/roster/<station>", Access.STAND_IN, body=Plan, status=204, refusals=(404,),
    example={"month": "2026-12", "places": []},
)  # fmt: skip
def plan_month(body: Mapping[str, Any], station: str) -> tuple[str, int]:
    """Replace the plan of a month"""
    who = doors.identity()
    with current().store.transaction() as connection:
        _expect_leader(connection, station)
        places = [roster.Place(**one) for one in body["places"]]
        roster.plan(connection, station, body["month"], places, by=who.person)
        detail = {"station": station, "month": body["month"], "places": len(places)}
        security.record(connection, "roster_planned", person=who.person, address=doors.address(), detail=detail)
    return "", 204


@duty.operation(
    "POST", "/roster/<station>/proposal", Access.STAND_IN, body=Crew, answer=Proposal, refusals=(404,),
    example={"month": "2026-12", "crew": {"main": ["p-li", "p-wang", "p-zhao"]}},
)  # fmt: skip
def propose_month(body: Mapping[str, Any], station: str) -> dict[str, Any]:
    """A plan by rotation, to be looked at and kept"""
    with current().store.reading() as connection:
        _expect_leader(connection, station)
    return {"places": roster.rotation(body["month"], body["crew"])}


@duty.operation(
    "POST", "/roster/<station>/handovers", Access.WORK, body=HandoverNote, answer=Made, status=201, refusals=(404, 409),
    example={"day": "2026-12-01", "shift": "day", "note": "…"},
)  # fmt: skip
def hand_over(body: Mapping[str, str], station: str) -> dict[str, str]:
    """Write the note of one's shift for the next"""
    who = doors.identity()
    with current().store.transaction() as connection:
        _expect_station(connection, station)
        return {"id": roster.hand_over(connection, station, **body, by=who.person)}


@duty.operation("POST", "/handovers/<id>/take", Access.WORK, status=204, refusals=(404, 409))
def take_over(id: str) -> tuple[str, int]:
    """Confirm that one has read the note of the shift before"""
    with current().store.transaction() as connection:
        roster.take_over(connection, id, by=doors.identity().person)
    return "", 204


def _expect_station(connection: Connection, station: str) -> None:
    """A station that one has nothing to do with is not found."""
    if f"unit:{station}" not in doors.identity().tokens:
        raise people.UnitNotFound(f"Expected a station {station!r}, but there is none")
    people.unit(connection, station)


def _expect_leader(connection: Connection, station: str) -> None:
    _expect_station(connection, station)
    if not policy.leads(doors.identity().tokens, station):
        raise Forbidden("Expected somebody who leads this station")


def _calls(calls: Iterable[roster.OnCall], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "person": views.named(one.person, names),
            "duty": one.duty,
            "instead_of": views.named(one.instead_of, names),
        }
        for one in calls
    ]


def _note(one: roster.Handover, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id, "day": one.day, "shift": one.shift, "note": one.note, "handed_at": one.handed_at,
        "handed_by": views.named(one.handed_by, names), "taken_by": views.named(one.taken_by, names),
        "taken_at": one.taken_at,
    }  # fmt: skip


def _slots(found: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"day": day, "shift": shift} for day, shift in found]


# Substitution ------------------------------------------------------------------------------------------------------


@duty.operation("GET", "/substitutions", Access.WORK, answer=SubstitutionList)
def list_substitutions() -> dict[str, Any]:
    """Who stands in for whom, now and later: oneself, and the people whom one leads"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        concerned = [who.person, *people.led_by(connection, policy.led(who.tokens))]
        found = substitution.between(connection, concerned, duban.now())
        names = people.names(connection, {id for one in found for id in (one.absent, one.substitute)})
    return {"items": [_substitution(one, names) for one in found]}


@duty.operation(
    "POST", "/substitutions", Access.WORK, body=NewSubstitution, answer=Made, status=201, refusals=(403, 404),
    example={"substitute": "p-wang", "since": "2026-12-01T00:00:00Z", "until": "2026-12-08T00:00:00Z"},
)  # fmt: skip
def add_substitution(body: Mapping[str, Any]) -> dict[str, str]:
    """Let somebody act for oneself, or for somebody whom one leads, for a time"""
    who = doors.identity()
    wanted = {**body, "absent": body["absent"] or who.person}
    with current().store.transaction() as connection:
        _expect_responsible(connection, wanted["absent"])
        people.person(connection, wanted["substitute"], current().now())
        id = substitution.add(connection, **wanted, by=who.person)
        detail = {"substitution": id, "absent": wanted["absent"], "substitute": wanted["substitute"]}
        security.record(connection, "substitution_added", person=who.person, address=doors.address(), detail=detail)
    return {"id": id}


@duty.operation("DELETE", "/substitutions/<id>", Access.WORK, status=204, refusals=(403, 404))
def end_substitution(id: str) -> tuple[str, int]:
    """End a substitution now; what was done under it stays valid"""
    duban, who = current(), doors.identity()
    with duban.store.transaction() as connection:
        _expect_responsible(connection, substitution.one(connection, id).absent)
        substitution.end(connection, id, duban.now())
        detail = {"substitution": id}
        security.record(connection, "substitution_ended", person=who.person, address=doors.address(), detail=detail)
    return "", 204


def _expect_responsible(connection: Connection, absent: str) -> None:
    """Oneself, or whoever leads the unit that the person belongs to."""
    who = doors.identity()
    unit = people.person(connection, absent, current().now()).unit.id
    if absent != who.person and not policy.leads(who.tokens, unit):
        raise Forbidden("Expected one's own substitution, or that of somebody whom one leads")


def _substitution(one: substitution.Substitution, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id, "absent": views.named(one.absent, names), "substitute": views.named(one.substitute, names),
        "role": one.role, "unit": one.unit, "since": one.since, "until": one.until, "reason": one.reason,
    }  # fmt: skip
