"""The demo company: loaded once through the real engine, then looked at from every side."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import clock, history
from engine.store import cases, incidents, task_candidates, tasks, to_millis
from workflows import demo, people, registers
from workflows.attachments import of_case
from workflows.duban import Duban
from workflows.roles import AUDIT

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday, 14:30 in Shanghai
EVERYTHING = {AUDIT}


@dataclass(frozen=True)
class Company:
    duban: Duban
    told: list[demo.Progress]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    home = tmp_path_factory.mktemp("demo")
    duban = Duban(f"sqlite:///{home / 'duban.db'}", home)
    duban.store.create_all()
    clock.simulate(lambda: NOW)
    told = list(demo.load(duban))
    yield Company(duban, told)
    duban.close()


@pytest.fixture
def connection(company: Company) -> Iterator[sa.Connection]:
    with company.duban.store.reading() as opened:
        yield opened


def test_loading_tells_how_far_it_is(company: Company) -> None:
    assert [progress.done for progress in company.told] == list(range(company.told[0].total + 1))
    assert str(company.told[-1]).startswith("31/31 ")


def test_loading_ends_in_the_present_with_the_clock_released(company: Company) -> None:
    with company.duban.store.reading() as connection:
        newest = connection.scalar(sa.select(sa.func.max(cases.c.updated_at)))
    assert newest is not None and newest <= to_millis(NOW)
    assert clock.now() != NOW  # nobody simulates any more


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


def test_the_accounts_offered_can_sign_in_with_the_one_password(company: Company) -> None:
    accounts = company.duban.demo_accounts()
    assert {account["username"] for account in accounts} >= {"inspector", "inspector2", "safety", "rectifier", "owner"}
    for account in accounts[:2]:
        signed_in = company.duban.sessions.sign_in(account["username"], demo.PASSWORD, address="::1", agent="test")
        assert signed_in.person == f"demo-{account['username']}"


def test_hazards_are_in_every_state(connection: sa.Connection) -> None:
    states = {state for state, _ in registers.totals(connection, tokens=EVERYTHING)}
    assert states >= {"REGISTERED", "CONFIRMED", "ORDERED", "RECTIFYING", "SUBMITTED", "CLOSED"}


def test_some_are_overdue_some_were_rejected_and_cards_were_issued(connection: sa.Connection) -> None:
    found = registers.hazards(connection, tokens=EVERYTHING, limit=100)
    assert any(hazard.overdue(to_millis(NOW)) for hazard in found if hazard.state == "RECTIFYING")
    assert any(hazard.rejects for hazard in found)
    assert {"YELLOW_CARD", "RED_CARD"} <= {hazard.card for hazard in found}


def test_nothing_went_wrong_on_the_way(connection: sa.Connection) -> None:
    assert connection.execute(sa.select(incidents)).all() == []


def test_every_open_task_has_two_people_who_may_do_it(company: Company, connection: sa.Connection) -> None:
    everybody = [people.tokens(connection, f"demo-{person['username']}", to_millis(NOW)) for person in _people()]
    waiting = connection.execute(
        sa.select(tasks.c.case_id, tasks.c.n, tasks.c.element).where(tasks.c.ended_at.is_(None))
    )
    for case_id, n, element in waiting.all():
        of_task = (task_candidates.c.case_id == case_id) & (task_candidates.c.n == n)
        wanted = set(connection.scalars(sa.select(task_candidates.c.token).where(of_task)))
        assert sum(bool(tokens & wanted) for tokens in everybody) >= 2, element


def _people() -> list[dict[str, str]]:
    found: list[dict[str, str]] = demo._read("organisation")["people"]
    return found


def test_every_case_verifies_and_re_executes(company: Company, connection: sa.Connection) -> None:
    for case_id in connection.scalars(sa.select(cases.c.id)):
        verdict = history.verdict(connection, f"case/{case_id}", company.duban.releases.bundle)
        assert (verdict.chain, verdict.reexecution) == ("whole", "same"), verdict.reason


def test_closed_hazards_have_photos_from_before_and_after(connection: sa.Connection) -> None:
    for hazard in registers.hazards(connection, tokens=EVERYTHING, state="CLOSED", limit=100):
        assert {photo.role for photo in of_case(connection, hazard.case_id)} >= {"before", "after", "evidence"}


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


# The hazard register --------------------------------------------------------------------------------------------------


def test_a_unit_sees_its_own_hazards_only(connection: sa.Connection) -> None:
    tokens = people.tokens(connection, "demo-u04-safety", to_millis(NOW))
    assert {hazard.unit for hazard in registers.hazards(connection, tokens=tokens, limit=100)} == {"U04"}


def test_an_administrator_sees_no_hazard(connection: sa.Connection) -> None:
    tokens = people.tokens(connection, "demo-admin", to_millis(NOW))
    assert registers.hazards(connection, tokens=tokens) == []
    assert registers.totals(connection, tokens=tokens) == {}


def test_filters_narrow_and_pages_join_without_gap(connection: sa.Connection) -> None:
    whole = registers.hazards(connection, tokens=EVERYTHING, limit=100)
    first = registers.hazards(connection, tokens=EVERYTHING, limit=20)
    rest = registers.hazards(connection, tokens=EVERYTHING, limit=20, before=(first[-1].at, first[-1].case_id))
    assert first + rest == whole and len(whole) == 31
    closed = registers.hazards(connection, tokens=EVERYTHING, state="CLOSED", grade="GENERAL", unit="U01", limit=100)
    expected = [h for h in whole if (h.state, h.grade, h.unit) == ("CLOSED", "GENERAL", "U01")]
    assert closed == expected != []


def test_the_past_of_a_hazard_tells_each_state_in_order(connection: sa.Connection) -> None:
    hazard = next(
        h for h in registers.hazards(connection, tokens=EVERYTHING, limit=100) if h.name == "防喷器试压记录超期"
    )
    states = [picture.state for picture in registers.past(connection, hazard.case_id)]
    compact = [state for n, state in enumerate(states) if n == 0 or states[n - 1] != state]
    round_trip = ["RECTIFYING", "SUBMITTED", "REJECTED"]
    assert compact == [
        "REGISTERED",
        "CONFIRMED",
        "ORDERED",
        *round_trip * 2,
        "RECTIFYING",
        "SUBMITTED",
        "ACCEPTED",
        "CLOSED",
    ]
    assert hazard.rejects == 2 and hazard.card == "YELLOW_CARD"


def test_the_register_holds_nothing_personal(connection: sa.Connection) -> None:
    columns = {column.name for column in registers.hazard_register.columns}
    kept = {name for hazard in registers.hazards(connection, tokens=EVERYTHING, limit=100) for name in hazard.details}
    assert not (columns | kept) & {"liablePerson", "liablePhone", "accountable"}


def test_the_register_can_be_rebuilt_from_the_log(company: Company) -> None:
    rows = sa.select(registers.hazard_register).order_by(*registers.hazard_register.primary_key.columns)
    with company.duban.store.transaction() as connection:
        before = connection.execute(rows).all()
        some = random.Random(1).sample(before, 20)
        for row in some:
            same = (registers.hazard_register.c.case_id == row.case_id) & (registers.hazard_register.c.seq == row.seq)
            connection.execute(registers.hazard_register.delete().where(same))
        registers.rebuild(connection)
        assert connection.execute(rows).all() == before
