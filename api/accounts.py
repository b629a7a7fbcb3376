"""Signing in and out, one's own account, and what a client must know before anybody has signed in."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, make_response, request
from marshmallow import fields, validate

from api import doors
from api.context import current
from api.fields import Instant, Number, Schema, text
from api.operations import Operations
from engine.errors import Forbidden
from workflows import people, policy
from workflows.policy import Access
from workflows.roles import ROLES
from workflows.sessions import ABSOLUTE_LIMIT, AccessToken, Identity

session = Operations("session", "Signing in and out, and one's own account.")


class UnitView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)


class RoleView(Schema):
    role = fields.String(required=True, metadata={"example": "FIELD_INSPECTOR"})
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "the unit; the role reaches all units below it too"})


class PersonView(Schema):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True, metadata={"example": "zh-CN"})
    unit = fields.Nested(UnitView, required=True)
    roles = fields.List(fields.Nested(RoleView), required=True)
    permissions = fields.List(fields.String(), required=True, metadata={"example": ["cases.start"]})


class SessionView(Schema):
    person = fields.Nested(PersonView, required=True)
    csrf_token = fields.String(required=True)
    demo = fields.Boolean(required=True)


class SignIn(Schema):
    username = text(64, shortest=1, required=True)
    password = text(1024, shortest=1, required=True)


class DemoAccount(Schema):
    username = fields.String(required=True)
    password = fields.String(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)


class ConfigView(Schema):
    demo = fields.Boolean(required=True)
    demo_accounts = fields.List(fields.Nested(DemoAccount), required=True)
    version = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)


class MeChange(Schema):
    language = fields.String(validate=validate.OneOf(people.LANGUAGES, error="option: zh-CN or en"))


class PasswordChange(Schema):
    current = text(1024, shortest=1, required=True)
    new = text(1024, shortest=1, required=True)


class TokenView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    created_at = Instant(required=True)
    last_used_at = Instant(required=True, allow_none=True)
    expires_at = Instant(required=True)


class TokenList(Schema):
    items = fields.List(fields.Nested(TokenView), required=True)
    next = fields.String(required=True, allow_none=True)


class TokenRequest(Schema):
    name = text(100, shortest=1, required=True)
    expires_in_days = Number(required=True, metadata={"minimum": 1, "maximum": 365})


class NewTokenView(TokenView):
    token = fields.String(required=True, metadata={"description": "shown this once"})


@session.operation(
    "POST", "/session", Access.PUBLIC, body=SignIn, answer=SessionView, refusals=(401, 403), limit="120 per minute",
    example={"username": "inspector", "password": "…"},
)  # fmt: skip
def sign_in(credentials: Mapping[str, str]) -> Response:
    """Sign in: sets the session's cookie"""
    duban, earlier = current(), request.cookies.get(doors.COOKIE)
    found = duban.sessions.sign_in(
        credentials["username"], credentials["password"], address=doors.address(), agent=request.user_agent.string
    )
    if earlier:  # a new identifier at every sign-in, and the one before ends
        before = duban.sessions.by_session(earlier)
        if before:
            duban.sessions.sign_out(before, address=doors.address())
    response = make_response(SessionView().dump(_session(found)))
    response.set_cookie(
        doors.COOKIE,
        found.session or "",
        max_age=ABSOLUTE_LIMIT // 1000,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


@session.operation("GET", "/session", Access.SIGNED_IN, answer=SessionView)
def get_session() -> dict[str, Any]:
    """Who is signed in, and the CSRF token of the session"""
    return _session(doors.identity())


@session.operation("DELETE", "/session", Access.SIGNED_IN, status=204)
def sign_out() -> Response:
    """Sign out: the session ends on the server"""
    current().sessions.sign_out(doors.identity(), address=doors.address())
    response = make_response("", 204)
    response.delete_cookie(doors.COOKIE, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@session.operation("GET", "/config", Access.PUBLIC, answer=ConfigView)
def get_config() -> dict[str, Any]:
    """What a client must know before anybody signs in"""
    duban = current()
    accounts = duban.demo_accounts()
    return {
        "demo": duban.is_demo(),
        "demo_accounts": accounts,
        "version": duban.version,
        "languages": list(people.LANGUAGES),
    }


@session.operation("PATCH", "/me", Access.SIGNED_IN, body=MeChange, answer=PersonView, example={"language": "en"})
def change_me(change: Mapping[str, str]) -> dict[str, Any]:
    """Change one's own settings"""
    who = doors.identity()
    if "language" in change:
        with current().store.transaction() as connection:
            people.set_language(connection, who.person, change["language"])
    return _person(who)


@session.operation(
    "POST", "/me/password", Access.SIGNED_IN, body=PasswordChange, status=204, limit="10 per minute",
    example={"current": "…", "new": "…"},
)  # fmt: skip
def change_password(change: Mapping[str, str]) -> tuple[str, int]:
    """Change one's own password: every other session of the person ends"""
    who = _in_person()
    current().sessions.change_password(who, change["current"], change["new"], address=doors.address())
    return "", 204


@session.operation("GET", "/me/tokens", Access.SIGNED_IN, answer=TokenList)
def list_tokens() -> dict[str, Any]:
    """One's own access tokens, without their text"""
    tokens = current().sessions.access_tokens(doors.identity().person)
    return {"items": tokens, "next": None}


@session.operation(
    "POST", "/me/tokens", Access.SIGNED_IN, body=TokenRequest, answer=NewTokenView, status=201, refusals=(409,),
    limit="10 per minute", example={"name": "nightly export", "expiresInDays": 90},
)  # fmt: skip
def create_token(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Make an access token: it may what its person may, and its text is shown only now"""
    who = _in_person()
    made, shown = current().sessions.create_token(
        who.person, wanted["name"], wanted["expires_in_days"], address=doors.address()
    )
    return {**_token(made), "token": shown}


@session.operation("DELETE", "/me/tokens/<id>", Access.SIGNED_IN, status=204, refusals=(404,))
def revoke_token(id: str) -> tuple[str, int]:
    """Revoke an access token at once"""
    current().sessions.revoke_token(_in_person().person, id, address=doors.address())
    return "", 204


def _in_person() -> Identity:
    """An access token must not make another, or revoking it would be in vain."""
    who = doors.identity()
    if who.session is None:
        raise Forbidden("Passwords and access tokens are managed in a signed-in session, not with an access token")
    return who


def _session(who: Identity) -> dict[str, Any]:
    return {"person": _person(who), "csrf_token": who.csrf or "", "demo": current().is_demo()}


def _person(who: Identity) -> dict[str, Any]:
    duban = current()
    with duban.store.reading() as connection:
        found = people.person(connection, who.person, duban.now())
    return {
        "id": found.id, "username": found.username, "name": found.name, "language": found.language, "unit": found.unit,
        "roles": list(_roles(found.grants)), "permissions": policy.permissions(who.tokens),
    }  # fmt: skip


def _roles(grants: Iterable[people.Grant]) -> Iterable[dict[str, str]]:
    for grant in grants:
        if grant.role in ROLES:
            role = ROLES[grant.role]
            yield {"role": grant.role, "name": role.name, "name_en": role.name_en, "unit": grant.unit}


def _token(token: AccessToken) -> dict[str, Any]:
    return {name: getattr(token, name) for name in ("id", "name", "created_at", "last_used_at", "expires_at")}
