"""Who acts for whom, for how long: for an absent colleague, or in a role that was delegated.

A substitute acts under their own name *on behalf of* the other; the entry keeps both. Substitution does not chain: what
somebody may do only for another, their substitute may not. Instants are milliseconds since 1970 in UTC.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.errors import InvalidInput, NotFound
from engine.store import to_millis
from workflows.tables import substitutions

LONGEST = 366 * 86_400_000
_s = substitutions.c


class SubstitutionNotFound(NotFound):
    """Expected a substitution with this id that has not ended."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """`role` None: for everything. `unit` None: wherever `absent` holds the role."""

    id: str
    absent: str
    substitute: str
    role: str | None
    unit: str | None
    since: int
    until: int
    reason: str
    made_by: str


def add(
    connection: Connection, absent: str, substitute: str, since: int, until: int, *, by: str, reason: str = "",
    role: str | None = None, unit: str | None = None,
) -> str:  # fmt: skip
    """Let `substitute` act for `absent` from `since` up to `until`; returns its id."""
    now = to_millis(clock.now())
    if absent == substitute:
        raise InvalidInput("Expected somebody else as substitute", {"substitute": ["other: expected somebody else"]})
    if not since < until or until <= now or until - since > LONGEST:
        expected = "an end after the beginning, in the future, within a year"
        raise InvalidInput(f"Expected {expected}", {"until": [f"period: expected {expected}"]})
    id = f"s-{secrets.token_hex(8)}"
    whom = {"absent": absent, "substitute": substitute, "role": role, "unit": unit, "reason": reason, "made_by": by}
    when = {"since": since, "until": until, "created_at": now, "ended_at": None}
    connection.execute(substitutions.insert().values(id=id, **whom, **when))
    return id


def end(connection: Connection, id: str, at: int) -> Substitution:
    """End it at `at`; what was done under it stays valid. Raises SubstitutionNotFound."""
    row = connection.execute(sa.select(substitutions).where(_s.id == id, _s.ended_at.is_(None), _s.until > at)).first()
    if row is None:
        raise SubstitutionNotFound
    connection.execute(substitutions.update().where(_s.id == id).values(ended_at=at))
    return _of(row)


def one(connection: Connection, id: str) -> Substitution:
    """Raises SubstitutionNotFound."""
    row = connection.execute(sa.select(substitutions).where(_s.id == id, _s.ended_at.is_(None))).first()
    if row is None:
        raise SubstitutionNotFound
    return _of(row)


def for_whom(connection: Connection, substitute: str, at: int) -> list[Substitution]:
    """Those that this person acts for at `at`."""
    return _found(connection, _s.substitute == substitute, _holds(at))


def question(substitute: sa.ColumnElement[str]) -> sa.Select[Any]:
    """Whose rows `of_rows` takes: for whom this person acts. Parameters: `at`, and those of `substitute`."""
    holds = _holds(sa.bindparam("at", type_=sa.BigInteger))
    return sa.select(substitutions).where(_s.substitute == substitute, holds).order_by(_s.since, _s.id)


def of_rows(rows: Iterable[Any]) -> list[Substitution]:
    return [_of(row) for row in rows]


def of_whom(connection: Connection, absent: Iterable[str], at: int) -> list[Substitution]:
    """Those who act for one of these at `at`."""
    return _found(connection, _s.absent.in_(sorted(set(absent))), _holds(at))


def between(connection: Connection, persons: Iterable[str], at: int) -> list[Substitution]:
    """Those present and to come that concern these people, the earliest first."""
    wanted = sorted(set(persons))
    concerns = _s.absent.in_(wanted) | _s.substitute.in_(wanted)
    return _found(connection, concerns, (_s.until > at) & _s.ended_at.is_(None))


def _holds(at: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    return (_s.since <= at) & (_s.until > at) & (_s.ended_at.is_(None) | (_s.ended_at > at))


def _found(connection: Connection, *where: sa.ColumnElement[bool]) -> list[Substitution]:
    return of_rows(connection.execute(sa.select(substitutions).where(*where).order_by(_s.since, _s.id)))


def _of(row: sa.Row) -> Substitution:  # type: ignore[type-arg] # a row of `substitutions`
    return Substitution(
        row.id, row.absent, row.substitute, row.role, row.unit, row.since, row.until, row.reason, row.made_by
    )
