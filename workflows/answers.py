"""What service tasks of planning, booking, visiting and joint inspection ask: who is on call, what kind of day it is.

An answer becomes a fact of the command that completes the job, so the history decides the same ever after. Each runs in
the transaction of that command, and reads only.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, deadlines, feel
from engine.errors import InvalidInput
from engine.execution import calendar as business
from engine.store import from_millis, to_millis
from engine.worker import Within, Work
from workflows import options, recusal, registers, registry, roster
from workflows import people as organisation
from workflows.declared import register_of
from workflows.tables import grants, people, units

DAY = 86_400_000  # ms


def handlers() -> Mapping[str, Within]:
    """Type of job → what answers it."""
    return {
        "roster-on-call": _on_call,
        "inspecting-stations": _stations,
        "camera": _camera,
        "watched-sites": _watched,
        "rest-or-night": _rest_or_night,
        "working-day": _working_day,
        "open-hazard": _open_hazard,
        "miss-sample": sampling(random.SystemRandom()),
    }


def _on_call(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `station`, `role`, `unit`, perhaps `requires`: tokens that each must hold. Sets `onCall`:
    contexts {person, name, barred, lacks, lacksEn}, in order of calling.

    Whoever is on duty comes first, then everybody else who holds the role for the station or a unit above it, the
    station's own people first. `barred`: must keep away from `unit` today, by a tie or by rotation. `lacks`: in words,
    what of `requires` the person does not hold; null where nothing is missing.
    """
    station, role = text(work, "station"), text(work, "role")
    own, at = units.alias("own"), to_millis(clock.now())
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    reaches = sa.func.substr(own.c.path, 1, sa.func.length(units.c.path)) == units.c.path
    query = (
        sa.select(people.c.id, people.c.name, sa.func.max(sa.func.length(units.c.path)).label("near"))
        .join_from(grants, people, people.c.id == grants.c.person)
        .join(units, units.c.id == grants.c.unit)
        .join(own, (own.c.id == station) & reaches)
        .where(grants.c.role == role, in_force, people.c.status == "active")
        .group_by(people.c.id, people.c.name, people.c.username)
        .order_by(sa.desc("near"), people.c.username)
    )
    held = {row.id: row.name for row in connection.execute(query)}
    on_duty = roster.on_call(connection, station, at)
    called = dict.fromkeys(one.person for one in on_duty if one.person in held or one.instead_of in held)
    names = {**organisation.names(connection, called), **held}
    conflict, requires = f"conflict:{text(work, 'unit')}", _tokens(work, "requires")
    found: list[feel.Value] = []
    for id in dict.fromkeys([*called, *held]):
        tokens = recusal.tokens(connection, id, at)
        missing = [recusal.reason(connection, id, one, at) for one in requires if one not in tokens]
        lacks, lacks_en = ("、".join(one[0] for one in missing), ", ".join(one[1] for one in missing))
        said = {"lacks": lacks or None, "lacksEn": lacks_en or None}
        found.append({"person": id, "name": names[id], "barred": conflict in tokens, **said})
    return {"onCall": found}


def _tokens(work: Work, name: str) -> list[str]:
    """An input that may be left out: a list of tokens."""
    found = work.variables.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        expected = f"Expected the input {name!r} of '{work.element}' to be a list of texts"
        raise InvalidInput(f"{expected}, but it is {feel.describe(found)}.")
    return [str(one) for one in found]


def _stations(connection: Connection, _work: Work) -> dict[str, feel.Value]:
    """Sets `stations`: the ids of the stations that have inspectors, in the order of the organisation."""
    return {"stations": [one["value"] for one in options.of(connection, options.STATIONS, organisation.LANGUAGES[0])]}


def _camera(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Input `cameraId`; sets `camera`: {site, unit, station} by the register of cameras.

    A camera that nobody has entered is the company's, and goes to the first station that has inspectors: an alert of
    an unknown camera must reach somebody.
    """
    id = text(work, "cameraId")
    row = registry.find(connection, register_of("cameras"), id)
    if row is not None:
        return {"camera": {name: row[name] for name in ("site", "unit", "station")}}
    company = connection.scalar(sa.select(units.c.id).where(units.c.parent.is_(None)).order_by(units.c.path).limit(1))
    station = next((one["value"] for one in options.of(connection, options.STATIONS, organisation.LANGUAGES[0])), None)
    return {"camera": {"site": f"未登记的摄像头 {id}", "unit": company, "station": station}}


def _watched(connection: Connection, _work: Work) -> dict[str, feel.Value]:
    """Sets `sites`: {site, unit, station, cameraId, tier} of each place that has a camera, with the first of them.

    The tier is the risk of the site that bears the same name; BLUE where there is none.
    """
    risks = {(row["unit"], row["title"]): row["grade"] for row in registry.all_rows(connection, register_of("sites"))}
    found: dict[tuple[str, str], feel.Value] = {}
    for camera in registry.all_rows(connection, register_of("cameras")):
        place = camera["unit"], camera["site"]
        said = {"site": camera["site"], "unit": camera["unit"], "station": camera["station"], "cameraId": camera["id"]}
        found.setdefault(place, {**said, "tier": risks.get(place) or "BLUE"})
    return {"sites": list(found.values())}


def _rest_or_night(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `startsAt`, `endsAt`; sets `restOrNight`: whether any hour between them is on a day off or in the night.

    Hot work is upgraded by it (GB 30871-2022), by the worst hour of its window.
    """
    calendar = deadlines.current(connection, deadlines.SERIES)
    begin, end = instant(work, "startsAt"), instant(work, "endsAt")
    return {"restOrNight": business.is_rest_or_night(begin, calendar, max(begin, end))}


def _working_day(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Input `day`; sets `workingDay`: a text, the day itself or the working day before it. Planning rolls back."""
    wanted = work.variables.get("day")
    found = wanted if isinstance(wanted, feel.Date) else feel.parse_date(text(work, "day"))
    day = date.fromisoformat(str(found))
    calendar = deadlines.current(connection, deadlines.SERIES)
    kept = day if calendar.is_working_day(day) else calendar.working_day(day, -1)
    return {"workingDay": kept.isoformat()}


def _open_hazard(connection: Connection, work: Work) -> dict[str, feel.Value]:
    """Inputs `unit`, `site`, `item` (or null), `name`; sets `openHazard`: {case, findingId, hazardNo}, or null.

    A joint inspection and a visit that find the same item at the same site share one hazard. What is on no checklist
    is the same when it has the same name.
    """
    item, name = work.variables.get("item"), text(work, "name")
    for hazard in registers.open_at(connection, unit=text(work, "unit"), site=text(work, "site")):
        known = hazard.details.get("item")
        if known == item if known and item else hazard.name == name:
            told = {key: hazard.details.get(key) for key in ("findingId", "hazardNo")}
            return {"openHazard": {"case": hazard.case_id, **told}}
    return {"openHazard": None}


def sampling(chance: random.Random) -> Within:
    """What draws the hazards for a check of what was missed online, by this chance."""

    def miss_sample(connection: Connection, work: Work) -> dict[str, feel.Value]:
        """Inputs `size`, `days`; sets `sample`: hazards {case, name, site, unit, at} drawn from those found on site in
        the last `days` days, and `population`, how many those were.

        The draw happens here, outside of deciding: what was drawn is a fact of the history.
        """
        since = to_millis(clock.now()) - whole(work, "days") * DAY
        found = registers.found_since(connection, since, by="FIELD")
        drawn = chance.sample(found, min(whole(work, "size"), len(found)))
        sample: list[feel.Value] = [
            {"case": one.case_id, "name": one.name, "site": one.site, "unit": one.unit, "at": _local(one.at)}
            for one in drawn
        ]
        return {"sample": sample, "population": Decimal(len(found))}

    return miss_sample


def _local(at: int) -> str:
    return from_millis(at).astimezone(ZoneInfo(deadlines.ZONE)).strftime("%Y-%m-%d %H:%M")


def whole(work: Work, name: str) -> int:
    found = work.variables.get(name)
    if not isinstance(found, Decimal) or found != int(found) or found < 0:
        expected = f"Expected the input {name!r} of '{work.element}' to be a whole number"
        raise InvalidInput(f"{expected}, but it is {feel.describe(found)}.")
    return int(found)


def text(work: Work, name: str) -> str:
    found = work.variables.get(name)
    if not isinstance(found, str) or not found.strip():
        found = feel.describe(found)
        raise InvalidInput(f"Expected the input {name!r} of '{work.element}' to be a text, but it is {found}.")
    return found.strip()


def instant(work: Work, name: str) -> datetime:
    """An input that is a moment, or a text that says one: with its offset, as forms send it."""
    found: Any = work.variables.get(name)
    if isinstance(found, feel.DateTime):
        return found.to_datetime()
    try:
        moment = datetime.fromisoformat(text(work, name))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        expected = "a date and time with its offset, such as 2026-11-03T09:00:00+08:00"
        found = feel.describe(found)
        raise InvalidInput(f"Expected the input {name!r} of '{work.element}' to be {expected}, found {found}.")
    return moment
