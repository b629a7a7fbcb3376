"""Units, people and grants, and the tokens that follow from them.

Every function takes the connection of its caller's transaction. Instants are milliseconds since 1970 in UTC. What a
token says is the business of this module and of the diagrams that name tokens; the engine compares opaque strings.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.driver import fetch
from engine.errors import Conflict, InvalidInput, NotFound
from engine.store import to_millis
from workflows import passwords, recusal, substitution
from workflows.roles import ROLES
from workflows.tables import grants, people, units

LANGUAGES = ("zh-CN", "en")
UNIT_KINDS = (
    "company", "committee", "department", "centre", "station", "branch", "group", "second_level", "area", "team",
    "contractor", "crew",
)  # fmt: skip
"""公司、委员会、部门、监督中心、监督站、党支部、党小组、二级单位、作业区、班站、承包商、队伍."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_USERNAME = re.compile(r"[\w.@-]{2,64}")


class PersonNotFound(NotFound):
    """Expected a person with this id, but there is none."""


class UnitNotFound(NotFound):
    """Expected a unit with this id, but there is none."""


class DutiesConflict(Conflict):
    """These roles must be held by different people."""


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str
    name_en: str
    path: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    id: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person as of one moment: `grants` are those in force then."""

    id: str
    username: str
    name: str
    language: str
    active: bool
    unit: Unit
    grants: tuple[Grant, ...]


# Units -------------------------------------------------------------------------------------------------------------


def create_unit(
    connection: Connection, id: str, name: str, name_en: str, parent: str | None = None, kind: str | None = None
) -> Unit:
    """Add a unit of one of UNIT_KINDS below `parent` (None: a root)."""
    _expect_id("unit", id)
    if kind is not None and kind not in UNIT_KINDS:
        expected = f"one of {', '.join(UNIT_KINDS)}"
        raise InvalidInput(f"Expected {expected}, but found {kind!r}", {"kind": [f"option: {expected}"]})
    if connection.execute(sa.select(units.c.id).where(units.c.id == id)).first():
        raise Conflict(f"Expected a new unit id, but {id!r} exists already")
    path = (unit(connection, parent).path if parent else "/") + id + "/"
    connection.execute(units.insert().values(id=id, parent=parent, path=path, name=name, name_en=name_en, kind=kind))
    return Unit(id, name, name_en, path, kind)


def _expect_id(subject: str, id: str) -> None:
    """Ids are parts of tokens, so they hold none of the signs that separate a token's parts."""
    if not _ID.fullmatch(id):
        expected = "letters, digits, _ and -"
        raise InvalidInput(f"Expected a {subject} id of {expected}, but found {id!r}", {"id": [f"pattern: {expected}"]})


def unit(connection: Connection, id: str) -> Unit:
    row = connection.execute(sa.select(units).where(units.c.id == id)).first()
    if row is None:
        raise UnitNotFound(f"Expected a unit {id!r}, but there is none")
    return Unit(row.id, row.name, row.name_en, row.path, row.kind)


def units_below(connection: Connection, id: str) -> list[str]:
    """The unit itself and every unit below it, the nearest to the root first."""
    path = unit(connection, id).path
    below = sa.func.substr(units.c.path, 1, len(path)) == path  # not LIKE: ids may hold its wildcard `_`
    return list(connection.scalars(sa.select(units.c.id).where(below).order_by(units.c.path)))


def stations(connection: Connection) -> list[Unit]:
    """The units that have a duty roster."""
    query = sa.select(units).where(units.c.kind == "station").order_by(units.c.path)
    return [Unit(row.id, row.name, row.name_en, row.path, row.kind) for row in connection.execute(query)]


def holders_at(connection: Connection, unit_id: str, at: int) -> list[str]:
    """Active people who belong to the unit or hold a role that was given for it, by name."""
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    granted = sa.exists().where(grants.c.person == people.c.id, grants.c.unit == unit_id, in_force)
    belongs = people.c.unit == unit_id
    query = sa.select(people.c.id).where(people.c.status == "active", belongs | granted).order_by(people.c.name)
    return list(connection.scalars(query))


def led_by(connection: Connection, unit_ids: Sequence[str]) -> list[str]:
    """Active people who belong to one of these units."""
    query = sa.select(people.c.id).where(people.c.unit.in_(unit_ids), people.c.status == "active")
    return list(connection.scalars(query.order_by(people.c.id)))


# People ------------------------------------------------------------------------------------------------------------


def create_person(
    connection: Connection,
    *,
    username: str,
    name: str,
    unit_id: str,
    password: str | None = None,
    language: str = LANGUAGES[0],
    id: str | None = None,
) -> str:
    """Add a person and return the id. Without a password they cannot sign in until one is set."""
    username = _new_username(connection, username)
    unit(connection, unit_id)
    _expect_language(language)
    id = id or f"p-{secrets.token_hex(6)}"
    _expect_id("person", id)
    row = {"id": id, "username": username, "name": name, "unit": unit_id, "language": language, "status": "active"}
    connection.execute(people.insert().values(**row, created_at=to_millis(clock.now())))
    if password is not None:
        set_password(connection, id, password)
    return id


def _new_username(connection: Connection, username: str) -> str:
    normal = username.strip().casefold()
    if not _USERNAME.fullmatch(normal):
        expected = "2 to 64 letters, digits and . _ @ -"
        raise InvalidInput(
            f"Expected a user name of {expected}, but found {username!r}", {"username": [f"pattern: {expected}"]}
        )
    if connection.execute(sa.select(people.c.id).where(people.c.username == normal)).first():
        raise Conflict(f"Expected a new user name, but {normal!r} is taken")
    return normal


def _expect_language(language: str) -> None:
    if language not in LANGUAGES:
        expected = f"one of {', '.join(LANGUAGES)}"
        raise InvalidInput(f"Expected {expected}, but found {language!r}", {"language": [f"option: {expected}"]})


def set_password(connection: Connection, person_id: str, password: str, *, field: str = "password") -> None:
    """Set the password after checking that it may be used; raises InvalidInput at `field`."""
    row = connection.execute(sa.select(people.c.username).where(people.c.id == person_id)).first()
    if row is None:
        raise PersonNotFound
    fresh = passwords.hashed(passwords.checked(password, username=row.username, field=field))
    values = {"password_hash": fresh, "password_changed_at": to_millis(clock.now())}
    connection.execute(people.update().where(people.c.id == person_id).values(**values))


def set_language(connection: Connection, person_id: str, language: str) -> None:
    _expect_language(language)
    connection.execute(people.update().where(people.c.id == person_id).values(language=language))


def disable(connection: Connection, person_id: str) -> None:
    """Nobody is deleted: histories name them. A disabled person has no tokens and cannot sign in."""
    connection.execute(people.update().where(people.c.id == person_id).values(status="disabled"))


def person(connection: Connection, person_id: str, at: int) -> Person:
    """The person with unit and the grants in force at `at`; raises PersonNotFound."""
    row = connection.execute(sa.select(people).where(people.c.id == person_id)).first()
    if row is None:
        raise PersonNotFound
    return Person(
        id=row.id,
        username=row.username,
        name=row.name,
        language=row.language,
        active=row.status == "active",
        unit=unit(connection, row.unit),
        grants=_grants(connection, person_id, at),
    )


def id_of(connection: Connection, username: str) -> str:
    """The id behind a user name; raises PersonNotFound."""
    found = connection.scalar(sa.select(people.c.id).where(people.c.username == username.strip().casefold()))
    if found is None:
        raise PersonNotFound(f"Expected a person with the user name {username!r}, but there is none")
    return str(found)


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """id → name, for those that exist."""
    wanted = set(ids)
    if not wanted:
        return {}
    query = sa.select(people.c.id, people.c.name).where(people.c.id.in_(wanted))
    return {row.id: row.name for row in connection.execute(query)}


def called(connection: Connection, ids: Iterable[str], language: str = "zh-CN") -> dict[str, str]:
    """id → name of people and units, for those that exist; units in the reader's language."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    name = units.c.name_en if language == "en" else units.c.name
    rows = connection.execute(sa.select(units.c.id, name.label("name")).where(units.c.id.in_(wanted)))
    return {**{row.id: row.name for row in rows}, **names(connection, wanted)}


def search(
    connection: Connection, text: str, limit: int = 20, *, roles: Collection[str] = ()
) -> list[tuple[str, str, Unit]]:
    """Active people whose name or user name holds `text`: (id, name, unit); those who ever had one of `roles` first."""
    like = people.c.name.contains(text, autoescape=True) | people.c.username.contains(text.casefold(), autoescape=True)
    fits = sa.exists().where(grants.c.person == people.c.id, grants.c.role.in_(sorted(roles)))
    query = (
        sa.select(people.c.id, people.c.name, units.c.id, units.c.name, units.c.name_en, units.c.path)
        .join_from(people, units, people.c.unit == units.c.id)
        .where(people.c.status == "active", like)
        .order_by(sa.case((fits, 0), else_=1), people.c.name, people.c.id)
        .limit(limit)
    )
    return [(id, name, Unit(*unit_of)) for id, name, *unit_of in connection.execute(query)]


# Grants and tokens -------------------------------------------------------------------------------------------------


def grant(
    connection: Connection,
    person_id: str,
    role: str,
    unit_id: str,
    *,
    since: int | None = None,
    until: int | None = None,
    by: str | None = None,
) -> str:
    """Give a role for a unit and all below, from `since` (default: now) up to `until` (default: open); returns its id.

    Administrators hold no other role, so that nobody who runs the installation can touch a case, and the three of them
    are three people; auditors hold no role that acts.
    """
    if role not in ROLES:
        message = f"Expected a role such as FIELD_INSPECTOR, but found {role!r}"
        raise InvalidInput(message, {"role": ["option: not a role"]})
    start = to_millis(clock.now()) if since is None else since
    if until is not None and until <= start:
        raise InvalidInput("Expected a grant that ends after it begins", {"until": ["min: after the beginning"]})
    unit(connection, unit_id)
    # The row is locked so that two grants at once cannot join what must stay apart.
    if not connection.scalar(sa.select(people.c.id).where(people.c.id == person_id).with_for_update()):
        raise PersonNotFound
    _expect_compatible(role, _overlapping(connection, person_id, start, until))
    id = f"g-{secrets.token_hex(8)}"
    row = {"id": id, "person": person_id, "role": role, "unit": unit_id, "valid_from": start, "valid_until": until}
    connection.execute(grants.insert().values(**row, granted_by=by, created_at=to_millis(clock.now())))
    return id


def _expect_compatible(role: str, held: Collection[str]) -> None:
    alone = ROLES[role].administrator or ROLES[role].reads_only
    for other in held:
        if other != role and (alone or ROLES[other].administrator or ROLES[other].reads_only):
            raise DutiesConflict(f"{role} and {other} must be held by different people")


def _overlapping(connection: Connection, person_id: str, start: int, until: int | None) -> list[str]:
    open_end = grants.c.valid_until.is_(None) | (grants.c.valid_until > start)
    query = sa.select(grants.c.role).where(grants.c.person == person_id, open_end).distinct()
    if until is not None:
        query = query.where(grants.c.valid_from < until)
    return list(connection.scalars(query))


def end_grant(connection: Connection, grant_id: str, at: int) -> None:
    """The grant ends at `at`; what was done under it stays valid."""
    connection.execute(grants.update().where(grants.c.id == grant_id).values(valid_until=at))


def _grants(connection: Connection, person_id: str, at: int) -> tuple[Grant, ...]:
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    query = sa.select(grants).where(grants.c.person == person_id, in_force).order_by(grants.c.created_at, grants.c.id)
    return tuple(Grant(row.id, row.role, row.unit) for row in connection.execute(query))


def tokens(connection: Connection, person_id: str, at: int) -> frozenset[str]:
    """What this person is at `at`, for the engine and for queries. Empty for someone unknown or disabled.

    `person:<id>`; per grant `role:<ROLE>`, and for its unit and every unit below `role:<ROLE>@<unit>` and
    `unit:<unit>`; what the role `can`; `competence:…` and `conflict:…` (`workflows.recusal`). An administrator gets
    `administrator` and what that office `can`, and nothing that opens a case.
    """
    return _tokens_from(connection, fetch(connection, [(one, {"person": person_id, "at": at}) for one in _OWN]), at)


def _tokens_from(connection: Connection, answers: Sequence[Sequence[Any]], at: int) -> frozenset[str]:
    active, grants_below, *more = answers
    if not active:
        return frozenset()
    person_id = active[0].id
    held = [(row.role, row.unit) for row in grants_below]
    administers = {role for role, _ in held if role in ROLES and ROLES[role].administrator}
    if administers:
        return frozenset({f"person:{person_id}", "administrator"}).union(*(ROLES[role].can for role in administers))
    own = recusal.tokens_from(connection, more, at) | {f"person:{person_id}"}
    return own.union(*(_tokens_of(role, place) for role, place in held))


def acting_tokens(connection: Connection, person_id: str, at: int) -> frozenset[str]:
    """What this person may see and take: their own tokens, and those of whom they stand in for at `at`."""
    answers = fetch(connection, [(one, {"person": person_id, "at": at}) for one in _ACTING])
    return acting_tokens_from(connection, answers, at)[1]


def acting_tokens_from(
    connection: Connection, answers: Sequence[Sequence[Any]], at: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Somebody's own tokens, and those that they may act with, from the rows that answer `questions`."""
    *of_own, standing = answers
    own = found = _tokens_from(connection, of_own, at)
    if own and "administrator" not in own:
        for one in substitution.of_rows(standing):
            found |= lent(connection, one, at)
    return own, found


def lent(connection: Connection, standing: substitution.Substitution, at: int) -> frozenset[str]:
    """The tokens that a substitution lends: the person's, or those of one role; never an administrator's or auditor's.

    Ties and competences stay with whom they belong to.
    """
    held = _grants_below(connection, standing.absent, at)
    if any(role in ROLES and (ROLES[role].administrator or ROLES[role].reads_only) for role, _ in held):
        return frozenset()
    if standing.role is None:
        whole = frozenset({f"person:{standing.absent}"})
        return whole.union(*(_tokens_of(role, place) for role, place in held))
    places = set(units_below(connection, standing.unit)) if standing.unit else None
    chosen = [(role, place) for role, place in held if role == standing.role and (places is None or place in places)]
    return frozenset[str]().union(*(_tokens_of(role, place) for role, place in chosen))


def _tokens_of(role: str, place: str) -> frozenset[str]:
    if role not in ROLES:  # a role of an older release: it grants nothing
        return frozenset()
    return ROLES[role].can | {f"role:{role}", f"role:{role}@{place}", f"unit:{place}"}


def _grants_below(connection: Connection, person_id: str, at: int) -> list[tuple[str, str]]:
    """(role, unit) for every grant in force and every unit that it reaches, in one query."""
    (rows,) = fetch(connection, [(_OWN[1], {"person": person_id, "at": at})])
    return [(row.role, row.unit) for row in rows]


def _reached(person: sa.ColumnElement[str]) -> sa.Select[Any]:
    at = sa.bindparam("at", type_=sa.BigInteger)
    top, below = units.alias("top"), units.alias("below")
    reaches = sa.func.substr(below.c.path, 1, sa.func.length(top.c.path)) == top.c.path
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    return (
        sa.select(grants.c.role, below.c.id.label("unit"))
        .join_from(grants, top, top.c.id == grants.c.unit)
        .join(below, reaches)
        .where(grants.c.person == person, in_force)
    )


def questions(person: sa.ColumnElement[str]) -> tuple[sa.Select[Any], ...]:
    """The statements whose rows `acting_tokens_from` takes, to be sent together. Parameters: `at`, and those of
    `person`. Keep what it returns: what it compiles to is remembered with it."""
    active = sa.select(people.c.id).where(people.c.id == person, people.c.status == "active")
    return active, _reached(person), *recusal.questions(person), substitution.question(person)


_ACTING = questions(sa.bindparam("person"))
_OWN = _ACTING[:-1]


def role_names(roles: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """role → (Chinese name, English name)."""
    return {role: (ROLES[role].name, ROLES[role].name_en) for role in roles if role in ROLES}
