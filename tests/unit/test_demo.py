"""The demo company: loaded once through the real engine, then looked at from every side."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import clock, history
from engine.errors import InvalidInput
from engine.store import cases, entries, incidents, release_files, task_candidates, tasks, to_millis
from workflows import dashboards, demo, people, registers, registry
from workflows.attachments import of_case
from workflows.declared import REGISTERS, register_of
from workflows.demo_acts import FILLS
from workflows.documents import documents
from workflows.duban import Duban
from workflows.registry import Wanted
from workflows.roles import AUDIT, ROLES

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday, 14:30 in Shanghai
EVERYTHING = {AUDIT}
MONTHS = 0.7


@dataclass(frozen=True)
class Company:
    duban: Duban
    told: list[demo.Progress]


def loaded(home: Path, months: float = MONTHS) -> Company:
    duban = Duban(f"sqlite:///{home / 'duban.db'}", home)
    duban.store.create_all()
    clock.simulate(lambda: NOW)
    return Company(duban, list(demo.load(duban, months=months)))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = loaded(tmp_path_factory.mktemp("demo"))
    yield made
    made.duban.close()


@pytest.fixture
def connection(company: Company) -> Iterator[sa.Connection]:
    with company.duban.store.reading() as opened:
        yield opened


def rows(connection: sa.Connection, register: str) -> list[registry.Row]:
    return registry.page(connection, register_of(register), Wanted({}), tokens=EVERYTHING, limit=1000)


# Loading -------------------------------------------------------------------------------------------------------------


def test_loading_tells_how_far_it_is_day_by_day(company: Company) -> None:
    total = company.told[0].total
    assert [progress.done for progress in company.told] == [min(n + 1, total) for n in range(len(company.told))]
    assert str(company.told[-1]).startswith(f"{total}/{total} 2026-11-20")


def test_loading_ends_in_the_present_with_the_clock_released(company: Company, connection: sa.Connection) -> None:
    newest = connection.scalar(sa.select(sa.func.max(cases.c.updated_at)))
    assert newest is not None and newest <= to_millis(NOW)
    assert clock.now() != NOW  # nobody simulates any more
    assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # and the disk is waited for again


def test_a_filled_database_is_refused_and_left_alone(company: Company, connection: sa.Connection) -> None:
    before = connection.scalar(sa.select(sa.func.count()).select_from(cases))
    with pytest.raises(demo.NotADemo):
        next(demo.load(company.duban))
    with company.duban.store.reading() as later:
        assert later.scalar(sa.select(sa.func.count()).select_from(cases)) == before


def test_a_database_with_units_of_its_own_never_becomes_a_demonstration(tmp_path: Path) -> None:
    duban = Duban(f"sqlite:///{tmp_path / 'duban.db'}", tmp_path)
    duban.store.create_all()
    with duban.store.transaction() as connection:
        people.create_unit(connection, "U1", "一厂", "Plant 1")
    with pytest.raises(demo.NotADemo):
        next(demo.load(duban))
    assert not duban.is_demo()
    duban.close()


@pytest.mark.parametrize("months", [0, 0.1, 25, float("nan")])
def test_a_life_too_short_or_too_long_is_refused(tmp_path: Path, months: float) -> None:
    duban = Duban(f"sqlite:///{tmp_path / 'duban.db'}", tmp_path)
    duban.store.create_all()
    with pytest.raises(InvalidInput, match="months"):
        next(demo.load(duban, months=months))
    duban.close()


def test_the_same_seed_gives_the_same_company(tmp_path: Path) -> None:
    """Every case, command and event; what differs are the salts of personal data, and so the hashes."""
    lives = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = loaded(tmp_path / name, months=0.2)
        with made.duban.store.reading() as connection:
            columns = (
                tasks.c.case_id,
                tasks.c.n,
                tasks.c.element,
                tasks.c.created_at,
                tasks.c.ended_at,
                tasks.c.ended_by,
            )
            life = connection.execute(sa.select(*columns).order_by(tasks.c.case_id, tasks.c.n)).all()
            said = connection.execute(sa.select(cases.c.id, cases.c.seq, cases.c.title).order_by(cases.c.id)).all()
            lives.append((life, said, rows(connection, "hazards"), made.told))
        made.duban.close()
    assert lives[0] == lives[1] and lives[0][0]


def test_the_accounts_offered_can_sign_in_with_the_one_password(company: Company) -> None:
    accounts = company.duban.demo_accounts()
    assert {account["username"] for account in accounts} >= {"inspector", "inspector2", "safety", "rectifier", "owner"}
    for account in accounts[:2]:
        signed_in = company.duban.sessions.sign_in(account["username"], demo.PASSWORD, address="::1", agent="test")
        assert signed_in.person == f"demo-{account['username']}"


# People and places ---------------------------------------------------------------------------------------------------


def test_there_are_twelve_units_and_somebody_in_every_role() -> None:
    organisation = demo._read("organisation")
    inspected = [unit["id"] for unit in organisation["units"] if unit["kind"] in ("second_level", "contractor")]
    assert inspected == [f"U{n:02}" for n in range(1, 13)]
    assert {grant.partition("@")[0] for person in organisation["people"] for grant in person["grants"]} == set(ROLES)


def test_every_user_task_of_the_shipped_processes_is_somebodys_habit(connection: sa.Connection) -> None:
    done = {f"{row.process}/{row.element}" for row in connection.execute(sa.select(tasks.c.process, tasks.c.element))}
    assert done <= set(FILLS)


def test_all_fifteen_checklists_are_deployed_and_wanted_somewhere(connection: sa.Connection) -> None:
    paths = connection.scalars(sa.select(release_files.c.path).where(release_files.c.path.contains("checklist-")))
    shipped = {path.removesuffix(".dmn").rpartition("-")[2] for path in paths}
    places = demo._read("places")
    assert len(shipped) == 15 and {id for site in places["sites"] for id in site["templates"]} == shipped


def test_a_site_s_station_and_templates_fit_what_it_is_visited_for() -> None:
    for site in demo._read("places")["sites"]:
        assert len(site["wanted"]) == len(site["templates"]) and site["station"] in ("S01", "S02")


# What happened -------------------------------------------------------------------------------------------------------


def test_nothing_went_wrong_on_the_way(connection: sa.Connection) -> None:
    assert connection.execute(sa.select(incidents)).all() == []


def test_every_register_and_every_dashboard_has_data(connection: sa.Connection) -> None:
    empty = [id for id in REGISTERS if id != "points" and not rows(connection, id)]
    assert empty == []
    now = to_millis(NOW)
    covered = dashboards.coverage(connection, EVERYTHING, now)
    assert {cell.state for site in covered for cell in site.cells} >= {"NEVER", "OK"}
    assert all(facet for facet in dashboards.hazards(connection, EVERYTHING, "2026-01").values())
    figures = {one.id: one.whole for one in dashboards.joint(connection, EVERYTHING, now - 60 * dashboards.DAY)}
    assert figures["online"] and figures["falseAlerts"] and figures["response"] and figures["confirmed"]
    assert any(load.done for load in dashboards.workload(connection, "", EVERYTHING, now, 0))


def test_hazards_have_come_to_rest_in_every_open_state(connection: sa.Connection) -> None:
    states = {row["state"] for row in rows(connection, "hazards")}
    assert states >= {"REGISTERED", "CONFIRMED", "DISPUTED", "ORDERED", "RECTIFYING", "SUBMITTED", "CLOSED"}


def test_most_hazards_are_general_and_some_were_seen_online(connection: sa.Connection) -> None:
    found = rows(connection, "hazards")
    grades = Counter(row["grade"] for row in found if row["grade"])
    assert 0.6 <= grades["GENERAL"] / grades.total() <= 0.95
    online = sum(row["details"].get("foundBy") == "ONLINE" for row in found)
    assert 0.15 <= online / len(found) <= 0.65


def test_papers_have_numbers_without_a_gap(connection: sa.Connection) -> None:
    d = documents.c
    counted = sa.select(d.series, sa.func.count().label("count"), sa.func.max(d.n).label("last")).group_by(d.series)
    found = connection.execute(counted).all()
    assert found and all(row.count == row.last for row in found)


def test_every_open_task_has_two_people_who_may_do_it(connection: sa.Connection) -> None:
    everybody = [
        people.tokens(connection, f"demo-{one['username']}", to_millis(NOW))
        for one in demo._read("organisation")["people"]
    ]
    waiting = sa.select(tasks.c.case_id, tasks.c.n, tasks.c.process, tasks.c.element).where(tasks.c.ended_at.is_(None))
    for row in connection.execute(waiting).all():
        of_task = (task_candidates.c.case_id == row.case_id) & (task_candidates.c.n == row.n)
        wanted = set(connection.scalars(sa.select(task_candidates.c.token).where(of_task)))
        if any(token.startswith("role:") for token in wanted):
            assert sum(bool(tokens & wanted) for tokens in everybody) >= 2, (row.process, row.element)


def test_every_case_verifies_and_re_executes(company: Company, connection: sa.Connection) -> None:
    for case_id in connection.scalars(sa.select(cases.c.id)).all():
        verdict = history.verdict(connection, f"case/{case_id}", company.duban.releases.bundle)
        assert (verdict.chain, verdict.reexecution) == ("whole", "same"), verdict.reason


def test_the_log_is_sealed_up_to_the_last_entry(company: Company, connection: sa.Connection) -> None:
    assert connection.scalar(sa.select(sa.func.count()).select_from(entries))
    later = company.duban.log.seal()  # what signing in left behind while these tests ran, and no case
    assert [stream for stream in later if not stream.startswith("security/")] == []


def test_closed_hazards_have_photos_from_before_and_after(connection: sa.Connection) -> None:
    closed = [row for row in rows(connection, "hazards") if row["state"] == "CLOSED"]
    assert closed
    for row in closed:
        assert {photo.role for photo in of_case(connection, row["case_id"])} >= {"before", "after", "evidence"}


def test_nobody_accepts_what_they_graded_or_rectified(connection: sa.Connection) -> None:
    done = connection.execute(
        sa.select(tasks.c.case_id, tasks.c.element, tasks.c.ended_by).where(tasks.c.ended_by.is_not(None))
    )
    by: dict[str, dict[str, set[str]]] = {}
    for case_id, element, person in done:
        by.setdefault(case_id, {}).setdefault(element, set()).add(person)
    for elements in by.values():
        earlier = elements.get("ConfirmGrade", set()) | elements.get("Rectify", set())
        assert not elements.get("Accept", set()) & earlier


# The hazard register -------------------------------------------------------------------------------------------------


def test_a_unit_sees_its_own_hazards_only(connection: sa.Connection) -> None:
    units = {row["unit"] for row in rows(connection, "hazards")}
    assert len(units) > 2
    unit = min(units)
    username = {"U01": "safety", "U04": "u04-safety", "U06": "u06-safety"}.get(unit, f"{unit.lower()}-safety")
    tokens = people.tokens(connection, f"demo-{username}", to_millis(NOW))
    assert {hazard.unit for hazard in registers.hazards(connection, tokens=tokens, limit=100)} == {unit}


def test_an_administrator_sees_no_hazard(connection: sa.Connection) -> None:
    tokens = people.tokens(connection, "demo-admin", to_millis(NOW))
    assert registers.hazards(connection, tokens=tokens) == []
    assert registers.totals(connection, tokens=tokens) == {}


def test_filters_narrow_and_pages_join_without_gap(connection: sa.Connection) -> None:
    whole = registers.hazards(connection, tokens=EVERYTHING, limit=100)
    first = registers.hazards(connection, tokens=EVERYTHING, limit=5)
    rest = registers.hazards(connection, tokens=EVERYTHING, limit=100, before=(first[-1].at, first[-1].case_id))
    assert first + rest == whole and len(whole) > 10
    unit = whole[0].unit
    closed = registers.hazards(connection, tokens=EVERYTHING, state="CLOSED", grade="GENERAL", limit=100)
    assert closed == [h for h in whole if (h.state, h.grade) == ("CLOSED", "GENERAL")] != []
    of_unit = registers.hazards(connection, tokens=EVERYTHING, unit=unit, limit=100)
    assert of_unit == [h for h in whole if h.unit == unit]


def test_the_past_of_a_closed_hazard_tells_each_state_in_order(connection: sa.Connection) -> None:
    usual = ["REGISTERED", "CONFIRMED", "ORDERED", "RECTIFYING", "SUBMITTED", "ACCEPTED", "CLOSED"]
    pasts = []
    for row in rows(connection, "hazards"):
        states = [picture.state for picture in registers.past(connection, row["case_id"])]
        pasts.append([state for n, state in enumerate(states) if n == 0 or states[n - 1] != state])
    assert usual in pasts


def test_the_register_holds_nothing_personal(connection: sa.Connection) -> None:
    columns = {column.name for column in registers.hazard_register.columns}
    kept = {name for hazard in registers.hazards(connection, tokens=EVERYTHING, limit=100) for name in hazard.details}
    assert not (columns | kept) & {"liablePerson", "liablePhone", "accountable"}


def test_the_register_can_be_rebuilt_from_the_log(company: Company) -> None:
    query = sa.select(registers.hazard_register).order_by(*registers.hazard_register.primary_key.columns)
    with company.duban.store.transaction() as connection:
        before = connection.execute(query).all()
        some = random.Random(1).sample(before, 20)
        for row in some:
            same = (registers.hazard_register.c.case_id == row.case_id) & (registers.hazard_register.c.seq == row.seq)
            connection.execute(registers.hazard_register.delete().where(same))
        registers.rebuild(connection)
        assert connection.execute(query).all() == before
