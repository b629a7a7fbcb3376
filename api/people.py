"""Units, people, competence and ties (system administrator), roles and lock-outs (security administrator), the log."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from api import doors
from api.context import current
from api.fields import Instant, Number, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from workflows import organisation
from workflows.policy import Access
from workflows.recusal import KINDS
from workflows.roles import ROLES

people = Operations("people", "Units, people, their roles and ties: what the three administrators keep.")


class UnitLine(Schema):
    id = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True)
    valid_until = Instant(required=True, allow_none=True)


class UnitList(Schema):
    items = fields.List(fields.Nested(UnitLine), required=True)


class NewUnit(Schema):
    id = text(64, shortest=1, required=True)
    parent = text(64, shortest=1, required=True)
    name = text(100, shortest=1, required=True)
    name_en = text(100, shortest=1, required=True)
    kind = choice(*organisation.UNIT_KINDS, required=True)


class UnitChange(Schema):
    name = text(100, shortest=1)
    name_en = text(100, shortest=1)
    kind = choice(*organisation.UNIT_KINDS)
    valid_until = Instant(allow_none=True)


class PeopleQuery(PageQuery):
    q = text(100, load_default="")
    unit = text(64, load_default="", metadata={"description": "this unit and all below"})


class PersonLine(Schema):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    unit_name_en = fields.String(required=True)
    active = fields.Boolean(required=True)
    account = fields.Boolean(required=True, metadata={"description": "has a password, so may sign in"})
    roles = fields.List(fields.String(), required=True)


PersonPage = page_of(PersonLine, "PersonPage")


class GrantView(Schema):
    id = fields.String(required=True)
    role = fields.String(required=True)
    unit = fields.String(required=True)
    since = Instant(required=True)
    until = Instant(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)


class CompetenceView(Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    level = fields.Integer(required=True)
    until = Instant(required=True, allow_none=True)
    proof = fields.String(required=True)


class TieView(Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    unit = fields.String(required=True)
    until = Instant(required=True, allow_none=True)
    note = fields.String(required=True)
    bars = fields.Boolean(required=True, metadata={"description": "by the recusal table, today"})


class PersonDetail(PersonLine):
    language = fields.String(required=True)
    locked_until = Instant(required=True, allow_none=True)
    grants = fields.List(fields.Nested(GrantView), required=True)
    competences = fields.List(fields.Nested(CompetenceView), required=True)
    ties = fields.List(fields.Nested(TieView), required=True)


class NewPerson(Schema):
    username = text(64, shortest=2, required=True)
    name = text(100, shortest=1, required=True)
    unit = text(64, shortest=1, required=True)


class PersonChange(Schema):
    name = text(100, shortest=1)
    unit = text(64, shortest=1)
    active = fields.Boolean()


class NewPassword(Schema):
    password = text(256, shortest=8, required=True)


class NewGrant(Schema):
    role = choice(*ROLES, required=True)
    unit = text(64, shortest=1, required=True)
    since = Instant(load_default=None, allow_none=True)
    until = Instant(load_default=None, allow_none=True)


class NewCompetence(Schema):
    kind = text(40, shortest=1, required=True)
    level = Number(load_default=1)
    until = Instant(load_default=None, allow_none=True)
    proof = text(200, load_default="")


class NewTie(Schema):
    kind = choice(*KINDS, required=True)
    unit = text(64, shortest=1, required=True)
    until = Instant(load_default=None, allow_none=True)
    note = text(500, load_default="")


class Made(Schema):
    id = fields.String(required=True)


class RoleLine(Schema):
    role = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    administrator = fields.Boolean(required=True)


class CompetenceKind(Schema):
    kind = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)


class Vocabulary(Schema):
    roles = fields.List(fields.Nested(RoleLine), required=True)
    competences = fields.List(fields.Nested(CompetenceKind), required=True)
    ties = fields.List(fields.String(), required=True)
    unit_kinds = fields.List(fields.String(), required=True)


class SecurityQuery(PageQuery):
    kind = text(60, load_default="")
    person = text(64, load_default="")


class SecurityEvent(Schema):
    at = Instant(required=True)
    kind = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True, metadata={"description": "null: erased"})
    detail = fields.Dict(keys=fields.String(), required=True)
    position = fields.Integer(required=True, allow_none=True, metadata={"description": "leaf in the log; null: waits"})


SecurityPage = page_of(SecurityEvent, "SecurityPage")


@people.operation("GET", "/organisation", Access.DIRECTORY, answer=Vocabulary)
def get_vocabulary() -> dict[str, Any]:
    """The roles, competences, ties and kinds of unit that can be given"""
    return organisation.vocabulary()


@people.operation("GET", "/units", Access.DIRECTORY, answer=UnitList)
def list_units() -> dict[str, Any]:
    """The organisation tree, a unit before those below it"""
    with current().store.reading() as connection:
        return {"items": organisation.tree(connection)}


@people.operation(
    "POST", "/units", Access.PEOPLE, body=NewUnit, answer=Made, status=201, refusals=(404, 409),
    example={"id": "U13", "parent": "OIL", "name": "采油三厂", "nameEn": "Plant 3", "kind": "second_level"},
)  # fmt: skip
def create_unit(body: Mapping[str, str]) -> dict[str, str]:
    """Add a unit"""
    with _change() as change:
        organisation.create_unit(change, **body)
    return {"id": body["id"]}


@people.operation(
    "PATCH", "/units/<id>", Access.PEOPLE, body=UnitChange, status=204, refusals=(404,), example={"name": "采油三厂"}
)
def change_unit(body: Mapping[str, Any], id: str) -> tuple[str, int]:
    """Rename a unit, or end it"""
    with _change() as change:
        organisation.change_unit(change, id, **body)
    return "", 204


@people.operation("GET", "/people", Access.DIRECTORY, query=PeopleQuery, answer=PersonPage, refusals=(404,))
def list_people(query: Mapping[str, Any]) -> dict[str, Any]:
    """People by name, of a unit and all below it"""
    position = cursor_in(query["cursor"], str, str)
    with current().store.reading() as connection:
        found, following = organisation.page(
            connection, query["q"], query["unit"], limit=query["limit"], after=position
        )  # fmt: skip
    return {"items": found, "next": cursor_out(following)}


@people.operation(
    "POST", "/people", Access.PEOPLE, body=NewPerson, answer=Made, status=201, refusals=(404, 409),
    example={"username": "zhang.wei", "name": "张伟", "unit": "S01"},
)  # fmt: skip
def create_person(body: Mapping[str, str]) -> dict[str, str]:
    """Add a person, who cannot sign in until the security administrator gives a password"""
    with _change() as change:
        return {"id": organisation.create_person(change, **body)}


@people.operation("GET", "/people/<id>", Access.DIRECTORY, answer=PersonDetail, refusals=(404,))
def get_person(id: str) -> dict[str, Any]:
    """One person with roles, competence and ties"""
    duban = current()
    with duban.store.reading() as connection:
        return organisation.detail(connection, id, duban.now())


@people.operation(
    "PATCH", "/people/<id>", Access.PEOPLE, body=PersonChange, status=204, refusals=(404, 409), example={"unit": "S02"}
)
def change_person(body: Mapping[str, Any], id: str) -> tuple[str, int]:
    """Rename, move or disable a person; where they worked before is kept as a tie"""
    with _change() as change:
        organisation.change_person(change, id, **body)
    return "", 204


@people.operation(
    "POST", "/people/<id>/password", Access.GRANTS, body=NewPassword, status=204, refusals=(404,),
    example={"password": "…"},
)  # fmt: skip
def give_password(body: Mapping[str, str], id: str) -> tuple[str, int]:
    """Give a first or new password; the person's sessions end"""
    with _change() as change:
        organisation.give_password(change, id, body["password"])
    return "", 204


@people.operation("POST", "/people/<id>/unlock", Access.GRANTS, status=204, refusals=(404,))
def unlock_person(id: str) -> tuple[str, int]:
    """Lift the lock that too many failed attempts brought"""
    with _change() as change:
        organisation.unlock(change, id)
    return "", 204


@people.operation(
    "POST", "/people/<id>/grants", Access.GRANTS, body=NewGrant, answer=Made, status=201, refusals=(404, 409),
    example={"role": "FIELD_INSPECTOR", "unit": "S01"},
)  # fmt: skip
def give_role(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Give a role for a unit and all below it, for a period"""
    with _change() as change:
        return {"id": organisation.give_role(change, id, **body)}


@people.operation("DELETE", "/grants/<id>", Access.GRANTS, status=204, refusals=(404, 409))
def end_grant(id: str) -> tuple[str, int]:
    """End a role now; what was done under it stays valid"""
    with _change() as change:
        organisation.end_role(change, id)
    return "", 204


@people.operation(
    "POST", "/people/<id>/competences", Access.PEOPLE, body=NewCompetence, answer=Made, status=201, refusals=(404,),
    example={"kind": "hotwork", "level": 2},
)  # fmt: skip
def add_competence(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Record a qualification"""
    with _change() as change:
        return {"id": organisation.add_competence(change, id, **body)}


@people.operation("DELETE", "/competences/<id>", Access.PEOPLE, status=204, refusals=(404,))
def end_competence(id: str) -> tuple[str, int]:
    """End a qualification now"""
    with _change() as change:
        organisation.end_competence(change, id)
    return "", 204


@people.operation(
    "POST", "/people/<id>/ties", Access.PEOPLE, body=NewTie, answer=Made, status=201, refusals=(404, 409),
    example={"kind": "family", "unit": "U01"},
)  # fmt: skip
def add_tie(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Record what may bar a person from a unit"""
    with _change() as change:
        return {"id": organisation.add_tie(change, id, **body)}


@people.operation("DELETE", "/ties/<id>", Access.PEOPLE, status=204, refusals=(404,))
def end_tie(id: str) -> tuple[str, int]:
    """Withdraw a tie"""
    with _change() as change:
        organisation.end_tie(change, id)
    return "", 204


@people.operation("GET", "/security-events", Access.SECURITY_LOG, query=SecurityQuery, answer=SecurityPage)
def list_security_events(query: Mapping[str, Any]) -> dict[str, Any]:
    """What accounts and administrators did, the newest first"""
    position = cursor_in(query["cursor"], int, str)
    with current().store.reading() as connection:
        found, following = organisation.security_log(
            connection, query["kind"], query["person"], limit=query["limit"], before=position
        )  # fmt: skip
    return {"items": found, "next": cursor_out(following)}


def _change() -> organisation.Changing:
    return organisation.Changing(current().store, doors.identity().person, doors.address())
