"""What forms offer to choose from: units and people, by name, as they are now.

A form's select asks for one of OPTIONS by `valuesKey`, and gets `{value, label}` for each; the same list judges what is
handed in. So no form has units written into it.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel
from engine.errors import NotFound
from engine.notation.forms import Form
from engine.store import to_millis
from workflows.people import UNIT_KINDS
from workflows.tables import grants, people, units

UNITS = {
    "optionsUnits": UNIT_KINDS,
    "optionsPlants": ("second_level",),
    "optionsContractors": ("contractor", "crew"),
    "optionsInspected": ("second_level", "contractor"),
    "optionsAreas": ("area", "team"),
    "optionsStations": ("station",),
    "optionsDepartments": ("department",),
}
"""Key → the kinds of unit that it lists."""
PEOPLE = {
    "optionsPeople": "",
    "optionsInspectors": "FIELD_INSPECTOR",
    "optionsExperts": "EXPERT",
    "optionsRectifiers": "UNIT_RECTIFIER",
}
"""Key → the role whose holders it lists; every active person where none is named."""
STATIONS = "optionsInspecting"
"""Key of the stations that have field inspectors, and so can be sent to a site."""
OPTIONS = (*UNITS, STATIONS, *PEOPLE)
MOST = 2000


class OptionsNotFound(NotFound):
    """Expected one of the lists that forms may ask for."""


def of(connection: Connection, key: str, language: str) -> list[dict[str, feel.Value]]:
    """`{value, label}` of each, by name. Raises OptionsNotFound."""
    if key in UNITS:
        return _units(connection, UNITS[key], language)
    if key == STATIONS:
        return _units(connection, UNITS["optionsStations"], language, role="FIELD_INSPECTOR")
    if key in PEOPLE:
        return _people(connection, PEOPLE[key])
    raise OptionsNotFound(f"Expected one of {', '.join(OPTIONS)}, but found {key!r}")


def for_form(connection: Connection, form: Form | None, language: str) -> dict[str, feel.Value]:
    """The lists that a form asks for."""
    text = form.source.decode() if form else ""
    return {key: list[feel.Value](of(connection, key, language)) for key in OPTIONS if key in text}


def _units(connection: Connection, kinds: Iterable[str], language: str, role: str = "") -> list[dict[str, feel.Value]]:
    """Units of these kinds; only those that somebody holds `role` for, where one is named."""
    u, g, now = units.c, grants.c, to_millis(clock.now())
    lasting = u.valid_until.is_(None) | (u.valid_until > now)
    in_force = g.valid_from <= now, g.valid_until.is_(None) | (g.valid_until > now)
    staffed = sa.exists().where(g.unit == u.id, g.role == role, *in_force) if role else sa.true()
    wanted = u.kind.in_(tuple(kinds)), lasting, staffed
    query = sa.select(u.id, u.name, u.name_en).where(*wanted).order_by(u.path).limit(MOST)
    return [
        {"value": row.id, "label": row.name_en if language == "en" else row.name} for row in connection.execute(query)
    ]


def _people(connection: Connection, role: str) -> list[dict[str, feel.Value]]:
    p, g, now = people.c, grants.c, to_millis(clock.now())
    in_force = g.valid_from <= now, g.valid_until.is_(None) | (g.valid_until > now)
    holds = sa.exists().where(g.person == p.id, g.role == role, *in_force) if role else sa.true()
    query = sa.select(p.id, p.name).where(p.status == "active", holds).order_by(p.name, p.id).limit(MOST)
    return [{"value": row.id, "label": row.name} for row in connection.execute(query)]
