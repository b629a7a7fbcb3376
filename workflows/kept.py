"""What people keep by hand: sites, cameras, risk objects, contractors; and the views of registers that they save.

Each change of a kept row is an entry of the register's stream, `register/sites`, with its actor; the row is its
projection.
"""

import json
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel, history, store
from engine.audit import entries
from engine.errors import Forbidden, InvalidInput, InvalidState, NotFound
from engine.execution import wire
from engine.execution.commands import ReserveNumber
from engine.execution.events import KINDS, NumberReserved
from engine.reservations import Series
from workflows import registry
from workflows.registry import Register, Row, saved_views

KEEPERS = ("PLANNER", "STATION_CHIEF", "CENTER_DEPUTY", "CENTER_DIRECTOR", "PROCESS_OWNER")
"""Roles that may change the rows of a unit or station that they reach."""
MOST_VIEWS = 50
_ID = re.compile(r"[\w.-]{1,64}")


class ViewNotFound(NotFound):
    """Expected a saved view of yours with this id, but there is none."""


# Rows --------------------------------------------------------------------------------------------------------------


def keep(
    connection: Connection, register: Register, id: str, values: Mapping[str, Any], *, actor: str,
    tokens: Collection[str],
) -> Row:  # fmt: skip
    """Write one row as it is from now on. Raises Forbidden, InvalidInput, InvalidState for a register of cases."""
    _expect_kept(register, id, values)
    series = Series(connection, register.id)
    before = registry.find(connection, register, id)
    for row in (values, *([before] if before else [])):
        places = [row.get("unit"), row.get("station")]
        if not any(f"role:{role}@{place}" in tokens for role in KEEPERS for place in places):
            raise Forbidden(f"Expected one of the roles {', '.join(KEEPERS)} for the unit or station of the row.")
    given: dict[str, feel.Value] = {name: feel.from_json(value) for name, value in values.items()}
    series.reserve(ReserveNumber(series.id, id, given, actor=actor))
    _project(connection, register, id, given, series.at)
    found = registry.find(connection, register, id)
    assert found is not None
    return found


def _expect_kept(register: Register, id: str, values: Mapping[str, Any]) -> None:
    if not register.kept:
        raise InvalidState(f"Expected a register that people keep, but {register.id} is written by cases.")
    if not _ID.fullmatch(id):
        raise InvalidInput("Expected an id of letters, digits, . _ or -, at most 64.", {"id": ["pattern"]})
    known = {field.name: field for field in register.fields}
    wrong = {f"values.{name}": ["unknown"] for name in values if name not in known}
    for name, field in known.items():
        value = values.get(name)
        if name in ("name", "unit") and not value:
            wrong[f"values.{name}"] = ["required: expected a value"]
        elif value is not None and field.options and value not in field.options:
            wrong[f"values.{name}"] = [f"option: one of {', '.join(field.options)}"]
        elif value is not None and not isinstance(value, str | int):
            wrong[f"values.{name}"] = ["type: expected a text or a whole number"]
    if wrong:
        raise InvalidInput("The row has errors in some fields.", wrong)


def _project(connection: Connection, register: Register, id: str, given: Mapping[str, Any], at: int) -> None:
    registry.put(connection, register, id, "", at, registry.columns(register, given, None))


def rebuild(connection: Connection, register: Register) -> None:
    """Empty a register that people keep, and write it anew from the log."""
    registry.empty(connection, register)
    for sealed in history.sealed(connection, f"register/{register.id}"):
        body = entries.parse(sealed.data)
        for record in body["events"]:
            event = wire.decode(record, KINDS, wire.Openings())
            assert isinstance(event, NumberReserved)
            _project(connection, register, event.holder, event.variables, entries.millis(body["at"]))


# Saved views -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """`filters`: the query of the list, by name; `shared`: everybody may use it."""

    id: str
    register: str
    person: str
    name: str
    filters: Mapping[str, str]
    shared: bool


def views(connection: Connection, register: str, person: str) -> list[View]:
    """One's own views of a register, then those that others share."""
    c = saved_views.c
    query = sa.select(saved_views).where(c.register == register, (c.person == person) | (c.shared == 1))
    rows = connection.execute(query.order_by(sa.case((c.person == person, 0), else_=1), c.created_at, c.id))
    return [_view(row) for row in rows]


def save_view(
    connection: Connection, register: str, person: str, name: str, filters: Mapping[str, str], *, shared: bool
) -> View:
    """Give filters a name. Raises InvalidState when somebody has too many."""
    c = saved_views.c
    mine = sa.select(sa.func.count()).select_from(saved_views).where(c.person == person, c.register == register)
    if (connection.scalar(mine) or 0) >= MOST_VIEWS:
        raise InvalidState(f"Expected at most {MOST_VIEWS} views of one register; delete one first.")
    row = {
        "id": secrets.token_hex(8), "register": register, "person": person, "name": name, "shared": int(shared),
        "filters": json.dumps(dict(filters), ensure_ascii=False), "created_at": store.to_millis(clock.now()),
    }  # fmt: skip
    connection.execute(saved_views.insert(), row)
    return View(str(row["id"]), register, person, name, dict(filters), shared)


def drop_view(connection: Connection, id: str, person: str) -> None:
    """Raises ViewNotFound for another's."""
    mine = (saved_views.c.id == id) & (saved_views.c.person == person)
    if not connection.execute(saved_views.delete().where(mine)).rowcount:
        raise ViewNotFound


def _view(row: sa.Row[Any]) -> View:
    return View(row.id, row.register, row.person, row.name, json.loads(row.filters), bool(row.shared))
