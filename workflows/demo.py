"""The demo company: a fictional oilfield that has lived through the real engine, command by command.

Everything happens under a simulated clock, in the months before the present moment, from one seed. Only an empty
database is filled: a real installation never becomes a demonstration.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from engine import clock, deadlines
from engine.errors import InvalidInput, InvalidState
from engine.execution.calendar import Calendar
from engine.store import cases, meta, to_millis
from workflows import answers, kept, passwords, people, recusal, roster
from workflows.declared import register_of
from workflows.demo_life import Life
from workflows.demo_world import DAY, HOUR, ZONE, World
from workflows.duban import DEMO, Duban
from workflows.registry import has_moves
from workflows.roles import ROLES
from workflows.tables import units

PASSWORD = "duban-demo"
"""The one password of every demo account. It is public, so these accounts exist in demonstrations only."""
SEED = 2026
MONTHS = 6.0
DATA = Path(__file__).parent / "demo_data"
MODELS = Path(__file__).parent.parent / "bpmn"
PATROLS = "patrol/"
WATCHED = timedelta(days=12)
"""How long ago the patrols of shifts were introduced: with the release that is in force now."""


class NotADemo(InvalidState):
    """Expected an empty database for the demo company, but this one holds people or cases; choose another."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` days have passed; `what` tells the day and what there is by then."""

    done: int
    total: int
    what: str

    def __str__(self) -> str:
        return f"{self.done}/{self.total} {self.what}"


def load(duban: Duban, *, seed: int = SEED, months: float = MONTHS) -> Iterator[Progress]:
    """Fill an empty database with so many months of the company's life, telling how far it is.

    Raises NotADemo if it is not empty, InvalidInput for less than a week or more than two years; then nothing is
    written.
    """
    if not 0.2 <= months <= 24:
        raise InvalidInput(f"Expected 0.2 to 24 months of the demo company, but got {months}.")
    _expect_empty(duban)
    until = clock.now()
    began = (until - months * 30.4 * DAY).astimezone(ZONE).replace(hour=6, minute=0, second=0, microsecond=0)
    world = World(duban, _publish_calendar(duban, until), seed, began, until)
    with world.simulated(), _cheap_hashes(), _drawing_from(duban, Random(f"{seed}/sample")):
        places = _read("places")
        world.employ(_found(duban, _read("organisation"), until))
        world.accounts = frozenset(_id(account["username"]) for account in duban.demo_accounts())
        _furnish(duban, places)
        yield from _live(duban, world, places)


def _live(duban: Duban, world: World, places: Mapping[str, Any]) -> Iterator[Progress]:
    files, began = models(), world.now
    older = {path: content for path, content in files.items() if not path.startswith(PATROLS)}
    duban.releases.deploy(older, actor=_id("owner"), note="监督流程上线")
    life = Life(world, places)
    life.begin(world.now.astimezone(ZONE).date(), (world.until + DAY).astimezone(ZONE).date())
    watched = max(began + HOUR, world.until - WATCHED)
    world.at(watched, lambda: _deploy(duban, files))
    total = max(1, (world.until - began).days + 1)
    for done, now in enumerate(world.days(), 1):
        visits, hazards = (world.counts.get(process, 0) for process in ("twelve-step", "hazard-loop"))
        yield Progress(min(done, total), total, f"{now.astimezone(ZONE):%Y-%m-%d} · {visits} 次检查 · {hazards} 条隐患")
    _gather(duban)


def _deploy(duban: Duban, files: Mapping[str, bytes]) -> None:
    duban.releases.deploy(dict(files), actor=_id("owner"), note="线上巡查上线")


def _gather(duban: Duban) -> None:
    """Fold the totals of registers and seal the log, as a worker does by and by."""
    errands = [errand for errand in duban.worker.errands if errand.name == "totals"]
    while errands and any(errand.turn() for errand in errands):
        pass
    with duban.store.reading() as connection:
        assert not has_moves(connection)
    while duban.log.seal():
        pass


def models() -> dict[str, bytes]:
    """The files of the shipped processes, by their path below `bpmn/`."""
    suffixes = {".bpmn", ".dmn", ".form"}
    found = (path for path in sorted(MODELS.rglob("*")) if path.suffix in suffixes)
    return {path.relative_to(MODELS).as_posix(): path.read_bytes() for path in found}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _expect_empty(duban: Duban) -> None:
    with duban.store.reading() as connection:
        if any(connection.execute(sa.select(table).limit(1)).first() for table in (units, cases)):
            raise NotADemo


def _publish_calendar(duban: Duban, now: datetime) -> Calendar:
    with duban.store.transaction() as connection:
        return deadlines.publish(connection, deadlines.import_calendar(range(now.year - 2, now.year + 2)))


@contextmanager
def _cheap_hashes() -> Iterator[None]:
    """A public password needs no costly hash."""
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8192))
    try:
        yield
    finally:
        passwords.use(PasswordHasher())


@contextmanager
def _drawing_from(duban: Duban, random: Random) -> Iterator[None]:
    """Random samples come from the seed, too."""
    within = duban.worker.within
    duban.worker.within = {**within, "miss-sample": answers.sampling(random)}
    try:
        yield
    finally:
        duban.worker.within = within


# People and places -------------------------------------------------------------------------------------------------


def _found(duban: Duban, organisation: Mapping[str, Any], until: datetime) -> dict[str, str]:
    """Units, people with roles, competence, ties and roster, and the mark of a demonstration; person id → name."""
    with duban.store.transaction() as connection:
        for unit in organisation["units"]:
            people.create_unit(
                connection, unit["id"], unit["name"], unit["name_en"], unit.get("parent"), unit.get("kind")
            )
        names = {_hire(connection, person): person["name"] for person in organisation["people"]}
        _qualify(connection, organisation)
        for crew in organisation["roster"]:
            _roster(connection, crew, until)
        accounts = [_account(person) for person in organisation["people"] if person.get("account")]
        connection.execute(meta.insert().values(key=DEMO, value=json.dumps(accounts, ensure_ascii=False)))
    return names


def _hire(connection: sa.Connection, person: Mapping[str, Any]) -> str:
    username = person["username"]
    id = people.create_person(
        connection, username=username, name=person["name"], unit_id=person["unit"], password=PASSWORD, id=_id(username)
    )  # fmt: skip
    for grant in person["grants"]:
        role, _, unit = grant.partition("@")
        people.grant(connection, id, role, unit)
    return id


def _qualify(connection: sa.Connection, organisation: Mapping[str, Any]) -> None:
    for one in organisation["competences"]:
        for held in one["held"]:
            kind, _, level = held.partition(":")
            recusal.add_competence(connection, _id(one["person"]), kind, int(level), by=_id("admin"))
    for tie in organisation["ties"]:
        left = to_millis(clock.now() - tie["left"] * DAY) if "left" in tie else None
        recusal.add_tie(
            connection, _id(tie["person"]), tie["kind"], tie["unit"], until=left, note=tie["note"], by=_id("admin")
        )


def _roster(connection: sa.Connection, crew: Mapping[str, Any], until: datetime) -> None:
    """Every month from the beginning up to the one after the present."""
    on_duty = {"main": [_id(one) for one in crew["main"]], "leader": [_id(one) for one in crew["leader"]]}
    day, last = clock.now().astimezone(ZONE).date().replace(day=1), (until + 31 * DAY).astimezone(ZONE).date()
    while day <= last:
        month = f"{day:%Y-%m}"
        roster.plan(connection, crew["station"], month, roster.rotation(month, on_duty), by=_id("deputy"))
        day = (day + 32 * DAY).replace(day=1)


def _furnish(duban: Duban, places: Mapping[str, Any]) -> None:
    """The registers that people keep, written by the process owner."""
    stations = {site["unit"]: site["station"] for site in places["sites"]}
    rows = [("sites", site["id"], _site(site)) for site in places["sites"]]
    for camera in places["cameras"]:
        state = "ONLINE" if camera["online"] else "OFFLINE"
        said = {name: camera[name] for name in ("name", "unit", "site")}
        said |= {"station": stations[camera["unit"]], "serial": camera["id"], "online": state}
        rows.append(("cameras", camera["id"], said))
    for risk in places["risk-objects"]:
        said = {name: value for name, value in risk.items() if name != "id"}
        rows.append(("risk-objects", risk["id"], {**said, "station": stations[risk["unit"]]}))
    rows += [("phrases", one["id"], {k: v for k, v in one.items() if k != "id"}) for one in places["phrases"]]
    for one in places["contractors"]:
        until = (clock.now() + one["days"] * DAY).astimezone(ZONE).date().isoformat()
        said = {name: one[name] for name in ("name", "unit", "code", "qualification")} | {"validUntil": until}
        said["station"] = stations[one["unit"]]
        rows.append(("contractors", one["id"], said))
    with duban.store.transaction() as connection:
        owner = _id("owner")
        tokens = people.tokens(connection, owner, to_millis(clock.now()))
        for register, id, values in rows:
            kept.keep(connection, register_of(register), id, values, actor=owner, tokens=tokens)


def _site(site: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: site[name] for name in ("name", "unit", "station", "risk", "place")}
    return {**said, "requirements": "、".join(site["wanted"]), "everyDays": site["days"]}


def _id(username: str) -> str:
    return f"demo-{username}"


def _account(person: Mapping[str, Any]) -> dict[str, str]:
    """A row of the sign-in page's list."""
    role = ROLES[person["grants"][0].partition("@")[0]]
    title = {"title": role.name, "title_en": role.name_en}
    return {"username": person["username"], "password": PASSWORD, "name": person["name"], **title}
