"""The duty roster: who is on which shift, who is called in which order, and the note with which a shift hands over.

A shift is named by the local date on which it begins and by `day` or `night`; when it begins and ends, and how long the
two overlap, is the decision table `shifts`. Instants are milliseconds since 1970 in UTC.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, product
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.deadlines import ZONE
from engine.errors import Conflict, InvalidInput, InvalidState, NotFound
from engine.store import from_millis, to_millis
from workflows import rules, substitution
from workflows.tables import grants, handovers, people, shifts, units

SHIFTS = ("day", "night")
DUTIES = ("main", "backup", "leader", "duty_leader")
"""In the order in which they are called: on duty, backup, shift leader, duty leader."""
FALLBACK: Mapping[str, str] = {"leader": "SHIFT_LEADER", "duty_leader": "DUTY_LEADER"}
"""Who is called where the roster names nobody: the holders of this role for the station, the nearest first."""
_h = handovers.c


class HandoverNotFound(NotFound):
    """Expected a note of the shift before, but it has not been written."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person on one shift. `day`: "2026-11-21"."""

    day: str
    shift: str
    duty: str
    position: int
    person: str


@dataclass(frozen=True, slots=True)
class OnCall:
    """`instead_of`: for whom they stand in."""

    person: str
    duty: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    id: str
    station: str
    day: str
    shift: str
    note: str
    handed_by: str
    handed_at: int
    taken_by: str | None
    taken_at: int | None


# Which shift -------------------------------------------------------------------------------------------------------


def running(connection: Connection, at: int) -> list[tuple[str, str]]:
    """The shifts (day, shift) at `at`, the newest first: two of them while they overlap."""
    local = from_millis(at).astimezone(ZoneInfo(ZONE))
    found = []
    for back, shift in product((0, 1), SHIFTS):
        day = local.date() - timedelta(days=back)
        begin, end = hours(connection, day, shift)
        if begin <= local < end:
            found.append((begin, day.isoformat(), shift))
    return [(day, shift) for _, day, shift in sorted(found, reverse=True)]


def hours(connection: Connection, day: date, shift: str) -> tuple[datetime, datetime]:
    """When a shift begins, and when it ends with the overlap, in local time."""
    row = rules.row(connection, "shifts", shift=shift)
    overlap = row.get("overlap")
    zone = ZoneInfo(ZONE)
    begin = datetime.combine(day, time.fromisoformat(str(row["from"])), zone)
    end = datetime.combine(day, time.fromisoformat(str(row["until"])), zone)
    end += timedelta(days=0 if end > begin else 1, minutes=int(overlap) if isinstance(overlap, Decimal) else 0)
    return begin, end


# On call -----------------------------------------------------------------------------------------------------------


def on_call(connection: Connection, station: str, at: int) -> list[OnCall]:
    """Whom to call at `at`, in order: duty by duty, the newest shift first; for the absent, who stands in for them."""
    places = [place for day, shift in running(connection, at) for place in planned(connection, station, day, shift)]
    found: dict[str, OnCall] = {}
    for duty in DUTIES:
        named = [place.person for place in places if place.duty == duty]
        if not named and duty in FALLBACK:
            named = _holders(connection, FALLBACK[duty], station, at)
        for one in _present(connection, named, duty, at):
            found.setdefault(one.person, one)
    return list(found.values())


def _present(connection: Connection, persons: Sequence[str], duty: str, at: int) -> Iterable[OnCall]:
    standing = {one.absent: one.substitute for one in substitution.of_whom(connection, persons, at) if one.role is None}
    for person in persons:
        yield OnCall(standing[person], duty, person) if person in standing else OnCall(person, duty)


def _holders(connection: Connection, role: str, station: str, at: int) -> list[str]:
    """Active people with the role for the station or a unit above it, the nearest first."""
    place, own = units.alias("place"), units.alias("own")
    in_force = (grants.c.valid_from <= at) & (grants.c.valid_until.is_(None) | (grants.c.valid_until > at))
    reaches = sa.func.substr(own.c.path, 1, sa.func.length(place.c.path)) == place.c.path
    query = (
        sa.select(people.c.id)
        .join_from(grants, people, people.c.id == grants.c.person)
        .join(place, place.c.id == grants.c.unit)
        .join(own, (own.c.id == station) & reaches)
        .where(grants.c.role == role, in_force, people.c.status == "active")
        .order_by(sa.func.length(place.c.path).desc(), people.c.username)
    )
    return list(dict.fromkeys(connection.scalars(query)))


# Planning ----------------------------------------------------------------------------------------------------------


def planned(connection: Connection, station: str, first: str, shift: str | None = None, last: str = "") -> list[Place]:
    """The places of one shift, or of all shifts from `first` to `last`, in order."""
    s = shifts.c
    among = s.day.between(first, last) if last else s.day == first
    query = sa.select(shifts).where(s.station == station, among, s.shift == shift if shift else sa.true())
    rows = connection.execute(query.order_by(s.day, s.shift, s.position))
    return [Place(row.day, row.shift, row.duty, row.position, row.person) for row in rows]


def plan(connection: Connection, station: str, month: str, places: Sequence[Place], *, by: str) -> None:
    """Replace a month's plan ("2026-12"). Nobody is on two shifts running, or twice on one."""
    _check(connection, month, places)
    days = shifts.c.station == station, shifts.c.day.startswith(f"{month}-")
    connection.execute(shifts.delete().where(*days))
    now = to_millis(clock.now())
    rows = [
        {
            "station": station, "day": one.day, "shift": one.shift, "duty": one.duty, "position": one.position,
            "person": one.person, "made_by": by, "created_at": now,
        }
        for one in places
    ]  # fmt: skip
    if rows:
        connection.execute(shifts.insert(), rows)


def _check(connection: Connection, month: str, places: Sequence[Place]) -> None:
    faults: dict[str, list[str]] = {}
    known = set(
        connection.scalars(sa.select(people.c.id).where(people.c.id.in_({one.person for one in places})))
    )  # fmt: skip
    seats: set[tuple[str, str, str, int]] = set()
    taken: dict[tuple[int, str], int] = {}
    for index, one in enumerate(places):
        seat, slot = (one.day, one.shift, one.duty, one.position), _slot(one, month)
        wrong = None
        if slot is None or one.shift not in SHIFTS or one.duty not in DUTIES:
            wrong = f"option: expected a day of {month}, day or night, and one of {', '.join(DUTIES)}"
        elif one.person not in known:
            wrong = "person: expected somebody known"
        elif seat in seats:
            wrong = "twice: this place is filled already"
        elif {(slot, one.person), (slot - 1, one.person), (slot + 1, one.person)} & taken.keys():
            wrong = "rest: the same person is on this shift or the one beside it"
        if wrong is not None:
            faults.setdefault(f"places.{index}", []).append(wrong)
        elif slot is not None:
            seats.add(seat)
            taken[slot, one.person] = index
    if faults:
        raise InvalidInput("The plan cannot be kept as it is", faults)


def _slot(one: Place, month: str) -> int | None:
    """The shifts of all days, counted; None for a day outside the month."""
    try:
        day = date.fromisoformat(one.day)
    except ValueError:
        return None
    return day.toordinal() * 2 + SHIFTS.index(one.shift) if one.day.startswith(month) and one.shift in SHIFTS else None


def rotation(month: str, crew: Mapping[str, Sequence[str]]) -> list[Place]:
    """A proposal for a month: everybody in turn for each duty, with a shift of rest between two.

    Three people at least are needed for a duty, or somebody would have no rest.
    """
    few = {duty: ["least: expected 3 people at least"] for duty, people in crew.items() if 0 < len(people) < 3}
    if few:
        raise InvalidInput("Expected three people at least for each duty", few)
    first = date.fromisoformat(f"{month}-01")
    turns = {duty: cycle(people) for duty, people in crew.items() if people}
    found = []
    day = first
    while day.month == first.month:
        for shift in SHIFTS:
            used: set[str] = set()
            for duty, turn in turns.items():
                person = next(one for one in turn if one not in used)
                used.add(person)
                found.append(Place(day.isoformat(), shift, duty, 1, person))
        day += timedelta(days=1)
    return found


# Handing over ------------------------------------------------------------------------------------------------------


def hand_over(connection: Connection, station: str, day: str, shift: str, note: str, *, by: str) -> str:
    """Write the note of a shift for the next one; returns its id. Once written it stays."""
    if not note.strip():
        raise InvalidInput("Expected a note for the next shift", {"note": ["required: expected a note"]})
    _expect_on(connection, station, day, shift, by)
    same = _h.station == station, _h.day == day, _h.shift == shift
    if connection.scalar(sa.select(_h.id).where(*same)):
        raise Conflict("Expected a shift that has not handed over, but its note is written already")
    row = {"id": f"h-{secrets.token_hex(8)}", "station": station, "day": day, "shift": shift, "note": note.strip()}
    connection.execute(handovers.insert().values(**row, handed_by=by, handed_at=to_millis(clock.now())))
    return row["id"]


def take_over(connection: Connection, id: str, *, by: str) -> None:
    """Somebody of the next shift has read the note."""
    row = connection.execute(sa.select(handovers).where(_h.id == id).with_for_update()).first()
    if row is None:
        raise HandoverNotFound
    if row.taken_by is not None:
        raise InvalidState("Expected a note that nobody has taken over, but somebody has")
    following = after(row.day, row.shift)
    _expect_on(connection, row.station, *following, by)
    taken = {"taken_by": by, "taken_at": to_millis(clock.now())}
    connection.execute(handovers.update().where(_h.id == id).values(taken))


def after(day: str, shift: str) -> tuple[str, str]:
    """The shift that follows."""
    if shift == SHIFTS[0]:
        return day, SHIFTS[1]
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat(), SHIFTS[0]


def _expect_on(connection: Connection, station: str, day: str, shift: str, person: str) -> None:
    if person not in {place.person for place in planned(connection, station, day, shift)}:
        raise InvalidState(f"Expected somebody on the {shift} shift of {day} at {station}")


def notes(connection: Connection, station: str, first: str, last: str) -> list[Handover]:
    query = sa.select(handovers).where(_h.station == station, _h.day.between(first, last)).order_by(_h.handed_at.desc())
    return [Handover(**row._mapping) for row in connection.execute(query)]


def missing_notes(connection: Connection, station: str, at: int) -> list[tuple[str, str]]:
    """Planned shifts of the last week that have ended without a note."""
    local = from_millis(at).astimezone(ZoneInfo(ZONE))
    first, last = (local.date() - timedelta(days=7)).isoformat(), local.date().isoformat()
    staffed = dict.fromkeys((one.day, one.shift) for one in planned(connection, station, first, last=last))
    written = {(one.day, one.shift) for one in notes(connection, station, first, last)}
    return [
        (day, shift)
        for day, shift in staffed
        if (day, shift) not in written and hours(connection, date.fromisoformat(day), shift)[1] <= local
    ]
