"""Units, people, grants, and the tokens that follow from them."""

import pytest

from engine.errors import Conflict, InvalidInput
from engine.store import Store
from workflows import people
from workflows.people import DutiesConflict, PersonNotFound, UnitNotFound
from workflows.roles import ASSIGN, AUDIT, CALENDAR, DEPLOY, OPERATE, ROLES, START

AT = 1_800_000_000_000
DAY = 86_400_000


def person(store: Store, username: str = "zhang", unit: str = "U01") -> str:
    with store.transaction() as connection:
        return people.create_person(connection, username=username, name="张三", unit_id=unit)


def grant(store: Store, who: str, role: str, unit: str, since: int = AT - DAY, until: int | None = None) -> str:
    with store.transaction() as connection:
        return people.grant(connection, who, role, unit, since=since, until=until)


def tokens(store: Store, who: str, at: int = AT) -> frozenset[str]:
    with store.reading() as connection:
        return people.tokens(connection, who, at)


def test_a_grant_reaches_its_unit_and_all_below(company: Store) -> None:
    who = person(company)
    grant(company, who, "UNIT_RECTIFIER", "U01")
    assert tokens(company, who) == {
        f"person:{who}",
        "role:UNIT_RECTIFIER",
        "role:UNIT_RECTIFIER@U01",
        "role:UNIT_RECTIFIER@T1",
        "unit:U01",
        "unit:T1",
    }


def test_a_grant_does_not_reach_a_unit_whose_id_only_looks_alike(company: Store) -> None:
    who = person(company)
    grant(company, who, "UNIT_RECTIFIER", "U_1")
    assert "unit:UX1" not in tokens(company, who)  # `_` is a wildcard of LIKE


def test_what_a_role_can_is_among_the_tokens(company: Store) -> None:
    who = person(company)
    grant(company, who, "PROCESS_OWNER", "oil")
    assert {"can:deploy", "can:operate", "can:start"} <= tokens(company, who)


@pytest.mark.parametrize(("at", "held"), [(AT - 1, False), (AT, True), (AT + DAY - 1, True), (AT + DAY, False)])
def test_a_grant_holds_from_its_first_instant_up_to_its_last(company: Store, at: int, held: bool) -> None:
    who = person(company)
    grant(company, who, "FIELD_INSPECTOR", "oil", since=AT, until=AT + DAY)
    assert ("role:FIELD_INSPECTOR" in tokens(company, who, at)) is held


@pytest.mark.parametrize("role", [role for role, about in ROLES.items() if about.administrator])
def test_an_administrator_gets_nothing_that_opens_a_case(company: Store, role: str) -> None:
    who = person(company)
    grant(company, who, role, "oil")
    assert tokens(company, who) == {f"person:{who}", "administrator"} | ROLES[role].can
    assert not ROLES[role].can & {START, OPERATE, DEPLOY, AUDIT, ASSIGN, CALENDAR}


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("SYSTEM_ADMIN", "FIELD_INSPECTOR"),
        ("FIELD_INSPECTOR", "SYSTEM_ADMIN"),
        ("SYSTEM_ADMIN", "AUDIT_ADMIN"),
        ("SECURITY_ADMIN", "AUDIT_ADMIN"),
        ("AUDITOR", "PROCESS_OWNER"),
        ("STATION_CHIEF", "AUDITOR"),
    ],
)
def test_separate_duties_are_held_by_different_people(company: Store, held: str, wanted: str) -> None:
    who = person(company)
    grant(company, who, held, "oil")
    with pytest.raises(DutiesConflict):
        grant(company, who, wanted, "S01")


def test_a_duty_may_follow_another_that_has_ended(company: Store) -> None:
    who = person(company)
    grant(company, who, "FIELD_INSPECTOR", "oil", since=AT - DAY, until=AT)
    grant(company, who, "AUDITOR", "oil", since=AT)
    assert "can:audit" in tokens(company, who)


def test_an_ended_grant_gives_nothing_any_more(company: Store) -> None:
    who = person(company)
    given = grant(company, who, "FIELD_INSPECTOR", "oil")
    with company.transaction() as connection:
        people.end_grant(connection, given, AT)
    assert tokens(company, who) == {f"person:{who}"}


def test_a_disabled_or_unknown_person_has_no_tokens(company: Store) -> None:
    who = person(company)
    grant(company, who, "FIELD_INSPECTOR", "oil")
    with company.transaction() as connection:
        people.disable(connection, who)
    assert tokens(company, who) == frozenset()
    assert tokens(company, "nobody") == frozenset()


@pytest.mark.parametrize("id", ["", "a b", "U@1", "a:b", "é" * 3, "x" * 65])
def test_ids_that_would_break_tokens_are_refused(company: Store, id: str) -> None:
    with company.transaction() as connection, pytest.raises(InvalidInput):
        people.create_unit(connection, id, "名", "Name")


def test_user_names_are_one_however_they_are_typed(company: Store) -> None:
    person(company, "Zhang")
    with company.reading() as connection:
        assert people.id_of(connection, " ZHANG ")
    with pytest.raises(Conflict):
        person(company, "zhang")


def test_a_person_needs_a_unit_that_exists(company: Store) -> None:
    with pytest.raises(UnitNotFound):
        person(company, unit="U99")


def test_a_grant_needs_a_known_role_person_and_period(company: Store) -> None:
    who = person(company)
    with pytest.raises(InvalidInput):
        grant(company, who, "KING", "oil")
    with pytest.raises(PersonNotFound):
        grant(company, "nobody", "EXPERT", "oil")
    with pytest.raises(InvalidInput):
        grant(company, who, "EXPERT", "oil", since=AT, until=AT)


@pytest.mark.parametrize("password", ["short", "x" * 257, "zhang-lei", "password", "12345678"])
def test_weak_passwords_are_refused_at_their_field(company: Store, password: str) -> None:
    who = person(company, "zhang-lei")
    with company.transaction() as connection, pytest.raises(InvalidInput) as refused:
        people.set_password(connection, who, password, field="new")
    assert list(refused.value.fields) == ["new"]


def test_search_takes_signs_of_patterns_literally(company: Store) -> None:
    person(company, "a_b")
    person(company, "axb")
    with company.reading() as connection:
        found = people.search(connection, "a_b")
    assert len(found) == 1


def test_every_role_has_both_names() -> None:
    assert len(ROLES) == 26
    assert all(role.name and role.name_en for role in ROLES.values())
