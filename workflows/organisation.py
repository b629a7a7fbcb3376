"""What the three administrators do, each with a line in the security log, written in the same transaction.

The system administrator keeps units, people, competence and ties; the security administrator gives roles and passwords
and lifts locks; the audit administrator reads the log. None of them does another's work, nobody gives a role to
themselves, and no case is ever looked at here.
"""

from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.audit import security
from engine.errors import Conflict, NotFound
from engine.store import Store, to_millis
from workflows import people as directory
from workflows import recusal, sessions
from workflows.people import UNIT_KINDS, DutiesConflict, PersonNotFound
from workflows.roles import ROLES
from workflows.tables import grants, people, sign_in_failures, units
from workflows.tables import sessions as open_sessions

__all__ = ["UNIT_KINDS", "Change", "Changing"]
_p, _u, _g = people.c, units.c, grants.c


class GrantNotFound(NotFound):
    """Expected a role with this id that has not ended."""


@dataclass(frozen=True, slots=True)
class Change:
    """A transaction in which somebody administers. `told` writes what they did."""

    connection: Connection
    by: str
    address: str
    at: int

    def told(self, kind: str, /, **detail: object) -> None:
        security.record(self.connection, kind, person=self.by, address=self.address, detail=detail)


class Changing:
    """`with Changing(store, by, address) as change:`."""

    def __init__(self, store: Store, by: str, address: str) -> None:
        self._transaction = store.transaction()
        self._by, self._address = by, address

    def __enter__(self) -> Change:
        return Change(self._transaction.__enter__(), self._by, self._address, to_millis(clock.now()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._transaction.__exit__(kind, error, trace)


def vocabulary() -> dict[str, Any]:
    """What can be given: roles, competences, ties, kinds of unit."""
    return {
        "roles": [
            {"role": id, "name": role.name, "name_en": role.name_en, "administrator": role.administrator}
            for id, role in ROLES.items()
        ],
        "competences": [
            {"kind": kind, "name": name, "name_en": name_en} for kind, (name, name_en) in recusal.COMPETENCES.items()
        ],
        "ties": list(recusal.KINDS),
        "unit_kinds": list(UNIT_KINDS),
    }


# Units -------------------------------------------------------------------------------------------------------------


def tree(connection: Connection) -> list[dict[str, Any]]:
    """Every unit, those above before those below, with how many active people belong to it."""
    count = sa.select(sa.func.count()).where(_p.unit == _u.id, _p.status == "active").scalar_subquery()
    columns = (_u.id, _u.parent, _u.name, _u.name_en, _u.kind, _u.valid_until, count.label("people"))
    return [dict(row._mapping) for row in connection.execute(sa.select(*columns).order_by(_u.path))]


def create_unit(change: Change, id: str, parent: str, name: str, name_en: str, kind: str) -> None:
    directory.create_unit(change.connection, id, name, name_en, parent, kind)
    change.told("unit_created", unit=id, parent=parent, name=name)


def change_unit(change: Change, id: str, **values: Any) -> None:
    directory.unit(change.connection, id)
    if values:
        change.connection.execute(units.update().where(_u.id == id).values(**values))
        change.told("unit_changed", unit=id, **values)


# People ------------------------------------------------------------------------------------------------------------

_LINE = (
    sa.select(
        _p.id, _p.username, _p.name, _p.unit, _u.name.label("unit_name"), _u.name_en.label("unit_name_en"),
        (_p.status == "active").label("active"), _p.password_hash.is_not(None).label("account"), _p.language,
    )
    .join_from(people, units, _u.id == _p.unit)
)  # fmt: skip


def page(
    connection: Connection, text: str, unit: str, *, limit: int, after: list[Any] | None
) -> tuple[list[dict[str, Any]], list[Any] | None]:
    """People whose name or user name holds `text`, of `unit` and all below; and where the next page begins."""
    query = _LINE.where(_p.name.contains(text, autoescape=True) | _p.username.contains(text, autoescape=True))
    if unit:
        query = query.where(_p.unit.in_(directory.units_below(connection, unit)))
    if after is not None:
        query = query.where(sa.tuple_(_p.name, _p.id) > sa.tuple_(*map(sa.literal, after)))
    rows = [dict(row._mapping) for row in connection.execute(query.order_by(_p.name, _p.id).limit(limit + 1))]
    shown, at = rows[:limit], to_millis(clock.now())
    held: dict[str, list[str]] = {}
    for row in connection.execute(_in_force(at).where(_g.person.in_([one["id"] for one in shown]))):
        held.setdefault(row.person, []).append(row.role)
    for one in shown:
        one["roles"] = sorted(set(held.get(one["id"], ())))
    return shown, [shown[-1]["name"], shown[-1]["id"]] if len(rows) > limit else None


def _in_force(at: int) -> sa.Select[Any]:
    """Grants that hold, or will."""
    return sa.select(grants).where(_g.valid_until.is_(None) | (_g.valid_until > at)).order_by(_g.created_at, _g.id)


def detail(connection: Connection, person: str, at: int) -> dict[str, Any]:
    """One person with roles present and to come, competence and ties. Raises PersonNotFound."""
    row = connection.execute(_LINE.where(_p.id == person)).first()
    if row is None:
        raise PersonNotFound
    held = connection.execute(_in_force(at).where(_g.person == person)).all()
    barring = {(one.kind, one.unit) for one in recusal.barriers(connection, person, at)}
    return {
        **row._mapping,
        "roles": sorted({one.role for one in held}),
        "locked_until": _locked_until(connection, row.username, at),
        "grants": [
            {"id": one.id, "role": one.role, "unit": one.unit, "since": one.valid_from, "until": one.valid_until,
             "by": one.granted_by}
            for one in held
        ],
        "competences": recusal.competences_of(connection, [person], at),
        "ties": [
            {"id": one.id, "kind": one.kind, "unit": one.unit, "until": one.until, "note": one.note,
             "bars": (one.kind, one.unit) in barring}
            for one in recusal.ties_of(connection, [person])
        ],
    }  # fmt: skip


def create_person(change: Change, username: str, name: str, unit: str) -> str:
    id = directory.create_person(change.connection, username=username, name=name, unit_id=unit)
    change.told("person_created", of=id, name=name, unit=unit)
    return id


def change_person(change: Change, person: str, **values: Any) -> None:
    """Name, unit, active. A move leaves a tie to the unit before, from which the recusal table counts."""
    before = directory.person(change.connection, person, change.at)
    columns: dict[str, Any] = {name: values[name] for name in ("name", "unit") if name in values}
    if columns.get("unit", before.unit.id) != before.unit.id:
        directory.unit(change.connection, columns["unit"])
        _left(change, person, before.unit.id)
    if "active" in values:
        columns["status"] = "active" if values["active"] else "disabled"
        if not values["active"]:
            change.connection.execute(open_sessions.delete().where(open_sessions.c.person == person))
    if columns:
        change.connection.execute(people.update().where(_p.id == person).values(**columns))
        change.told("person_changed", of=person, **values)


def _left(change: Change, person: str, unit: str) -> None:
    """A tie to the unit that was left; one that was known from an earlier time begins anew."""
    for tie in recusal.ties_of(change.connection, [person]):
        if (tie.kind, tie.unit) == ("worked", unit):
            recusal.end_tie(change.connection, tie.id, change.at)
    recusal.add_tie(change.connection, person, "worked", unit, until=change.at, by=change.by)


# Competence and ties -----------------------------------------------------------------------------------------------


def add_competence(change: Change, person: str, **fields: Any) -> str:
    directory.person(change.connection, person, change.at)
    id = recusal.add_competence(change.connection, person, by=change.by, **fields)
    change.told("competence_added", of=person, **fields)
    return id


def end_competence(change: Change, id: str) -> None:
    change.told("competence_ended", of=recusal.end_competence(change.connection, id, change.at), competence=id)


def add_tie(change: Change, person: str, **fields: Any) -> str:
    directory.person(change.connection, person, change.at)
    directory.unit(change.connection, fields["unit"])
    id = recusal.add_tie(change.connection, person, by=change.by, **fields)
    change.told("tie_added", of=person, kind_of_tie=fields["kind"], unit=fields["unit"])
    return id


def end_tie(change: Change, id: str) -> None:
    change.told("tie_ended", of=recusal.end_tie(change.connection, id, change.at), tie=id)


# Roles, passwords, locks -------------------------------------------------------------------------------------------


def give_role(
    change: Change, person: str, role: str, unit: str, since: int | None = None, until: int | None = None
) -> str:
    """Raises DutiesConflict for a role that this person may not hold, and for one's own."""
    _expect_other(change, person)
    id = directory.grant(change.connection, person, role, unit, since=since, until=until, by=change.by)
    change.told("role_given", of=person, role=role, unit=unit, since=since, until=until)
    return id


def end_role(change: Change, id: str) -> None:
    row = change.connection.execute(_in_force(change.at).where(_g.id == id)).first()
    if row is None:
        raise GrantNotFound
    _expect_other(change, row.person)
    if row.role == "SECURITY_ADMIN" and _is_last(change, row.role):
        raise Conflict("Expected another security administrator to remain, but this is the last")
    directory.end_grant(change.connection, id, max(change.at, row.valid_from))
    change.told("role_ended", of=row.person, role=row.role, unit=row.unit)


def _expect_other(change: Change, person: str) -> None:
    if person == change.by:
        raise DutiesConflict("Expected somebody else: nobody gives or takes their own roles or passwords here")


def _is_last(change: Change, role: str) -> bool:
    holders = _in_force(change.at).with_only_columns(_g.person).where(_g.role == role).order_by(None).distinct()
    return len(change.connection.execute(holders).all()) <= 1


def give_password(change: Change, person: str, password: str) -> None:
    _expect_other(change, person)
    directory.set_password(change.connection, person, password)
    change.connection.execute(open_sessions.delete().where(open_sessions.c.person == person))
    change.told("password_given", of=person)


def unlock(change: Change, person: str) -> None:
    username = change.connection.scalar(sa.select(_p.username).where(_p.id == person))
    if username is None:
        raise PersonNotFound
    subject = sessions.account_subject(username)
    change.connection.execute(sign_in_failures.delete().where(sign_in_failures.c.subject == subject))
    change.told("unlocked", of=person)


def _locked_until(connection: Connection, username: str, at: int) -> int | None:
    locked = sign_in_failures.c.subject == sessions.account_subject(username), sign_in_failures.c.locked_until > at
    found: int | None = connection.scalar(sa.select(sign_in_failures.c.locked_until).where(*locked))
    return found


# The log -----------------------------------------------------------------------------------------------------------


def security_log(
    connection: Connection, kind: str, person: str, *, limit: int, before: list[Any] | None
) -> tuple[list[dict[str, Any]], list[Any] | None]:
    """Security events, the newest first, with the names of who acted; and where the next page begins."""
    wanted = security.Wanted(person or None, kind or None)
    found, following = security.page(connection, wanted, limit, (before[0], before[1]) if before else None)
    names = directory.names(connection, [event.person for event in found if event.person])
    told = [{**asdict(event), "name": names.get(event.person or "")} for event in found]
    return told, [*following] if following else None
