"""Signing in, sessions, access tokens, and the lock-out."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.errors import Conflict, InvalidInput
from engine.store import Store, security_events
from tests.conftest import SimulatedClock
from workflows import people
from workflows import sessions as module
from workflows.sessions import LockedOut, Sessions, SignInFailed, TokenNotFound
from workflows.tables import access_tokens
from workflows.tables import sessions as rows

HERE = "10.0.0.1"
RIGHT = "a right password"


@pytest.fixture
def sessions(company: Store, clock: SimulatedClock) -> Sessions:
    with company.transaction() as connection:
        for username in ("zhang", "li"):
            who = people.create_person(
                connection, username=username, name=username, unit_id="U01", password=RIGHT, id=username
            )
            people.grant(connection, who, "FIELD_INSPECTOR", "oil")
    return Sessions(company)


def sign_in(sessions: Sessions, username: str = "zhang", password: str = RIGHT, address: str = HERE) -> module.Identity:
    return sessions.sign_in(username, password, address=address)


def fail(sessions: Sessions, times: int, username: str = "zhang", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in(sessions, username, "wrong", address)


def kinds(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(sa.select(security_events.c.kind).order_by(security_events.c.at)))


def test_a_session_knows_its_person_until_it_ends(sessions: Sessions) -> None:
    who = sign_in(sessions)
    found = sessions.by_session(who.session or "")
    assert found is not None and found == replace(who, own=found.own)
    assert found.own == who.tokens  # nobody lends this person anything
    assert "role:FIELD_INSPECTOR@U01" in who.tokens
    sessions.sign_out(who, address=HERE)
    assert sessions.by_session(who.session or "") is None


def test_each_sign_in_has_a_session_and_csrf_token_of_its_own(sessions: Sessions) -> None:
    first, second = sign_in(sessions), sign_in(sessions)
    assert first.session != second.session
    assert first.csrf != second.csrf


def test_the_store_keeps_neither_session_nor_token(sessions: Sessions, company: Store) -> None:
    who = sign_in(sessions)
    _, token = sessions.create_token("zhang", "export", 30, address=HERE)
    with company.reading() as connection:
        stored = str(connection.execute(sa.select(rows)).all()) + str(
            connection.execute(sa.select(access_tokens)).all()
        )
    assert who.session and who.session not in stored
    assert token not in stored


@pytest.mark.parametrize(("username", "password"), [("zhang", "wrong"), ("nobody", RIGHT), ("zhang", ""), ("", RIGHT)])
def test_wrong_user_and_wrong_password_are_told_apart_by_nobody(
    sessions: Sessions, username: str, password: str
) -> None:
    with pytest.raises(SignInFailed) as refused:
        sign_in(sessions, username, password)
    assert refused.value.message == "The user name or the password is wrong."


def test_a_disabled_person_cannot_sign_in_and_loses_the_session(sessions: Sessions, company: Store) -> None:
    who = sign_in(sessions)
    _, token = sessions.create_token("zhang", "export", 30, address=HERE)
    with company.transaction() as connection:
        people.disable(connection, "zhang")
    assert sessions.by_session(who.session or "") is None
    assert sessions.by_token(token) is None
    fail(sessions, 1)


def test_an_idle_session_ends(sessions: Sessions, clock: SimulatedClock) -> None:
    who = sign_in(sessions)
    clock.advance(timedelta(minutes=29))
    assert sessions.by_session(who.session or "")
    clock.advance(timedelta(minutes=29))
    assert sessions.by_session(who.session or "")  # use prolongs it
    clock.advance(timedelta(minutes=30))
    assert sessions.by_session(who.session or "") is None


def test_a_session_ends_after_twelve_hours_however_busy(sessions: Sessions, clock: SimulatedClock) -> None:
    who = sign_in(sessions)
    for _ in range(35):
        clock.advance(timedelta(minutes=20))
        assert sessions.by_session(who.session or "")
    clock.advance(timedelta(minutes=20))
    assert sessions.by_session(who.session or "") is None


def test_five_failures_lock_the_account_for_that_address_only(sessions: Sessions) -> None:
    fail(sessions, 5)
    with pytest.raises(LockedOut) as locked:
        sign_in(sessions)
    assert 0 < locked.value.retry_after <= 60
    assert sign_in(sessions, address="10.0.0.2")
    assert sign_in(sessions, "li")


def test_each_further_failure_doubles_the_lock(sessions: Sessions, clock: SimulatedClock) -> None:
    fail(sessions, 5)
    clock.advance(timedelta(seconds=60))
    fail(sessions, 1)
    with pytest.raises(LockedOut) as locked:
        sign_in(sessions)
    assert locked.value.retry_after == 120
    clock.advance(timedelta(seconds=120))
    assert sign_in(sessions)


def test_guesses_from_many_addresses_lock_the_account(sessions: Sessions) -> None:
    for number in range(5):
        fail(sessions, 3, address=f"10.0.1.{number}")
    with pytest.raises(LockedOut):
        sign_in(sessions, address="10.9.9.9")


def test_one_good_account_does_not_clear_the_address(sessions: Sessions) -> None:
    for number in range(49):
        fail(sessions, 1, username=f"guess{number}")
    assert sign_in(sessions, "li")
    fail(sessions, 1, username="guess49")
    with pytest.raises(LockedOut):
        sign_in(sessions, "li")


def test_a_right_password_clears_the_count_of_its_account(sessions: Sessions) -> None:
    fail(sessions, 4)
    assert sign_in(sessions)
    fail(sessions, 4)
    assert sign_in(sessions)


def test_failures_are_forgotten_after_a_day(sessions: Sessions, clock: SimulatedClock) -> None:
    fail(sessions, 4)
    clock.advance(timedelta(hours=25))
    fail(sessions, 4)
    assert sign_in(sessions)


def test_changing_the_password_ends_the_other_sessions(sessions: Sessions) -> None:
    other, mine = sign_in(sessions), sign_in(sessions)
    sessions.change_password(mine, RIGHT, "another password", address=HERE)
    assert sessions.by_session(other.session or "") is None
    assert sessions.by_session(mine.session or "")
    with pytest.raises(SignInFailed):
        sign_in(sessions)
    assert sign_in(sessions, password="another password")


def test_changing_the_password_needs_the_present_one_and_counts_wrong_ones(sessions: Sessions) -> None:
    who = sign_in(sessions)
    for _ in range(5):
        with pytest.raises(InvalidInput) as refused:
            sessions.change_password(who, "wrong", "another password", address=HERE)
        assert list(refused.value.fields) == ["current"]
    with pytest.raises(LockedOut):
        sessions.change_password(who, RIGHT, "another password", address=HERE)


def test_an_access_token_acts_as_its_person_until_it_expires(sessions: Sessions, clock: SimulatedClock) -> None:
    made, token = sessions.create_token("zhang", "export", 2, address=HERE)
    found = sessions.by_token(token)
    assert found and found.person == "zhang" and found.session is None and found.csrf is None
    assert sessions.access_tokens("zhang")[0].last_used_at is not None
    clock.advance(timedelta(days=2))
    assert sessions.by_token(token) is None
    assert sessions.access_tokens("zhang") == []
    assert made.name == "export"


def test_an_access_token_is_revoked_by_its_own_person_only(sessions: Sessions) -> None:
    made, token = sessions.create_token("zhang", "export", 2, address=HERE)
    with pytest.raises(TokenNotFound):
        sessions.revoke_token("li", made.id, address=HERE)
    assert sessions.by_token(token)
    sessions.revoke_token("zhang", made.id, address=HERE)
    assert sessions.by_token(token) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_an_access_token_lives_for_a_bounded_time(sessions: Sessions, days: int) -> None:
    with pytest.raises(InvalidInput):
        sessions.create_token("zhang", "export", days, address=HERE)


def test_a_person_has_a_bounded_number_of_access_tokens(sessions: Sessions) -> None:
    for number in range(50):
        sessions.create_token("zhang", str(number), 2, address=HERE)
    with pytest.raises(Conflict):
        sessions.create_token("zhang", "one more", 2, address=HERE)


@pytest.mark.parametrize("token", ["", "duban_", "duban_guess", "other_x"])
def test_a_guessed_token_is_nobodys(sessions: Sessions, token: str) -> None:
    assert sessions.by_token(token) is None


def test_security_events_are_recorded(sessions: Sessions, company: Store, clock: SimulatedClock) -> None:
    fail(sessions, 5)
    clock.advance(timedelta(minutes=2))
    who = sign_in(sessions)
    made, _ = sessions.create_token("zhang", "export", 2, address=HERE)
    sessions.revoke_token("zhang", made.id, address=HERE)
    sessions.denied(who, address=HERE, detail={"path": "/x"})
    sessions.sign_out(who, address=HERE)
    found = kinds(company)
    assert found.count("sign_in_failed") == 5
    assert {"locked_out", "sign_in", "token_created", "token_revoked", "denied", "sign_out"} <= set(found)


def test_a_password_hashed_with_older_costs_is_hashed_again(sessions: Sessions, company: Store) -> None:
    from argon2 import PasswordHasher

    from workflows import passwords
    from workflows.tables import people as accounts

    query = sa.select(accounts.c.password_hash).where(accounts.c.id == "zhang")
    passwords.use(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    sign_in(sessions)
    with company.reading() as connection:
        assert "m=16,t=2" in str(connection.scalar(query))
    assert sign_in(sessions)
