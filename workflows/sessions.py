"""Who is asking: sign-in with lock-out, server-side sessions, personal access tokens, and the security events of these.

Secrets are random 256-bit values of which the store keeps the SHA-256 only. Passwords are compared outside
transactions: argon2 takes a tenth of a second, and SQLite has one writer.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.audit.security import record
from engine.driver import Asked, looking
from engine.errors import Conflict, InvalidInput, NotFound, Rejected
from engine.store import Store, insert_new, to_millis
from workflows import passwords
from workflows import people as organisation
from workflows.tables import access_tokens, people, sessions, sign_in_failures

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
IDLE_LIMIT = 30 * MINUTE
ABSOLUTE_LIMIT = 12 * HOUR
TOUCH_EVERY = MINUTE
"""`seen_at` is written at most this often, so that reading a page is not a write."""

THRESHOLDS = {"pair": 5, "account": 15, "address": 50}
"""Failures until the first lock. One account from one address locks first, so that a stranger elsewhere cannot lock a
person out with five guesses."""
FIRST_LOCK = MINUTE
LONGEST_LOCK = HOUR
FORGET_FAILURES = DAY

TOKEN_PREFIX = "duban_"
TOKEN_LIFETIME = 365  # days at most
TOKENS_PER_PERSON = 50


class NotSignedIn(Rejected):
    """Sign in first."""


class SignInFailed(NotSignedIn):
    """The user name or the password is wrong."""


class LockedOut(Rejected):
    """Too many failed attempts. `retry_after` says in how many seconds to try again."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"Too many failed attempts; try again in {retry_after} seconds")


class TokenNotFound(NotFound):
    """Expected an access token of yours with this id, but there is none."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks. `session` and `csrf` are None when an access token was shown instead of a session's cookie.

    `tokens`: what they may act with; `own`: those of them that are not lent by whom they stand in for (None: unknown).
    """

    person: str
    tokens: frozenset[str]
    session: str | None = None
    csrf: str | None = None
    own: frozenset[str] | None = None


@dataclass(slots=True)
class Foreseen:
    """What a request will surely ask once it is known who asks, read with that in one look. Who may see it is judged
    when it is used."""

    asked: Sequence[Asked]
    rows: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """Instants in milliseconds. The token itself is shown once, when it is made."""

    id: str
    name: str
    created_at: int
    last_used_at: int | None
    expires_at: int


class Sessions:
    """Sign-in for one store. Methods open their own transactions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Sign-in -------------------------------------------------------------------------------------------------------

    def sign_in(self, username: str, password: str, *, address: str, agent: str = "") -> Identity:
        """A new session; raises SignInFailed, or LockedOut while too many attempts have failed."""
        username = username.strip().casefold()
        subjects = _subjects(username, address)
        with self._store.reading() as connection:
            _expect_unlocked(connection, subjects)
            account = connection.execute(sa.select(people).where(people.c.username == username)).first()
        right = passwords.matches(account.password_hash if account else None, password)
        if account is None or not right or account.status != "active":
            self._fail(subjects, account.id if account else None, address)
        return self._begin(account, password, subjects, address, agent)

    def _fail(self, subjects: Mapping[str, str], person: str | None, address: str) -> NoReturn:
        with self._store.transaction() as connection:
            locked_until = max(_count_failure(connection, kind, subject) for kind, subject in subjects.items())
            record(connection, "sign_in_failed", person=person, address=address)
            if locked_until > _now():
                record(connection, "locked_out", person=person, address=address, detail={"until": locked_until})
            _forget_old_failures(connection)
        raise SignInFailed

    def _begin(
        self, account: sa.Row[Any], password: str, subjects: Mapping[str, str], address: str, agent: str
    ) -> Identity:
        session, now = secrets.token_urlsafe(32), _now()
        rehashed = passwords.hashed(password) if passwords.outdated(account.password_hash) else account.password_hash
        with self._store.transaction() as connection:
            _expect_unlocked(connection, subjects)  # again: guesses sent at once must not outrun the lock
            _forget_failures(connection, subjects)
            if rehashed != account.password_hash:
                connection.execute(people.update().where(people.c.id == account.id).values(password_hash=rehashed))
            _forget_ended_sessions(connection, now)
            row = {"id_hash": _digest(session), "person": account.id, "created_at": now, "seen_at": now}
            connection.execute(sessions.insert().values(**row, address=address, agent=agent[:200]))
            record(connection, "sign_in", person=account.id, address=address)
            return _identity(connection, account.id, session)

    def sign_out(self, identity: Identity, *, address: str) -> None:
        if identity.session is None:
            return
        with self._store.transaction() as connection:
            connection.execute(sessions.delete().where(sessions.c.id_hash == _digest(identity.session)))
            record(connection, "sign_out", person=identity.person, address=address)

    def by_session(self, session: str, foreseen: Foreseen | None = None) -> Identity | None:
        """Who holds this session, or None when it is unknown, idle for too long, too old, or its person disabled."""
        now, digest = _now(), _digest(session)
        since = {"idle": now - IDLE_LIMIT, "oldest": now - ABSOLUTE_LIMIT}
        row, own, tokens = self._holder(_BY_SESSION, {"hash": digest, "at": now, **since}, foreseen)
        if not tokens:
            return None
        if now - row.seen_at >= TOUCH_EVERY:
            with self._store.transaction() as connection:
                connection.execute(sessions.update().where(sessions.c.id_hash == digest).values(seen_at=now))
        return Identity(row.person, tokens, session, _csrf(session), own)

    def _holder(
        self, questions: Sequence[sa.Select[Any]], values: Mapping[str, Any], foreseen: Foreseen | None
    ) -> tuple[Any, frozenset[str], frozenset[str]]:
        """The row that says whose a secret is, that person's own tokens, and those they may act with: in one look."""
        also = foreseen.asked if foreseen else ()
        with looking(self._store, [*((question, values) for question in questions), *also]) as (connection, answers):
            if foreseen:
                foreseen.rows = answers[len(questions) :]
            found, *of_person = answers[: len(questions)]
            return found[0] if found else None, *organisation.acting_tokens_from(connection, of_person, values["at"])

    def change_password(self, identity: Identity, current: str, new: str, *, address: str) -> None:
        """Every other session of the person ends. A wrong `current` counts like a failed sign-in."""
        with self._store.reading() as connection:
            account = connection.execute(sa.select(people).where(people.c.id == identity.person)).one()
            subjects = _subjects(account.username, address)
            _expect_unlocked(connection, subjects)
        if not passwords.matches(account.password_hash, current):
            self._count_wrong_current(subjects, identity.person, address)
        with self._store.transaction() as connection:
            organisation.set_password(connection, identity.person, new, field="new")
            others = sessions.c.person == identity.person
            if identity.session:
                others &= sessions.c.id_hash != _digest(identity.session)
            connection.execute(sessions.delete().where(others))
            record(connection, "password_changed", person=identity.person, address=address)

    def _count_wrong_current(self, subjects: Mapping[str, str], person: str, address: str) -> None:
        try:
            self._fail(subjects, person, address)
        except SignInFailed:  # not 401: the session is good, the field is wrong
            wrong = "wrong: this is not your present password"
            raise InvalidInput("The present password is wrong", {"current": [wrong]}) from None

    # Personal access tokens ----------------------------------------------------------------------------------------

    def by_token(self, token: str, foreseen: Foreseen | None = None) -> Identity | None:
        """Who holds this access token, or None when it is unknown, expired, or its person disabled."""
        now, digest = _now(), _digest(token)
        if not token.startswith(TOKEN_PREFIX):
            return None
        row, own, tokens = self._holder(_BY_TOKEN, {"hash": digest, "at": now}, foreseen)
        if not tokens:
            return None
        if now - (row.last_used_at or 0) >= TOUCH_EVERY:
            with self._store.transaction() as connection:
                found = access_tokens.c.token_hash == digest
                connection.execute(access_tokens.update().where(found).values(last_used_at=now))
        return Identity(row.person, tokens, own=own)

    def create_token(self, person: str, name: str, days: int, *, address: str) -> tuple[AccessToken, str]:
        """A token that acts as this person for `days` days, and its text, which cannot be had again."""
        if not 1 <= days <= TOKEN_LIFETIME:
            expected = f"1 to {TOKEN_LIFETIME} days"
            raise InvalidInput(f"Expected {expected}, but found {days}", {"expiresInDays": [f"max: {expected}"]})
        text, now = TOKEN_PREFIX + secrets.token_urlsafe(32), _now()
        made = AccessToken(secrets.token_hex(8), name, now, None, now + days * DAY)
        with self._store.transaction() as connection:
            connection.execute(access_tokens.delete().where(access_tokens.c.expires_at <= now))
            if len(self._tokens(connection, person)) >= TOKENS_PER_PERSON:
                raise Conflict(f"Expected at most {TOKENS_PER_PERSON} access tokens; revoke one first")
            row = {"id": made.id, "token_hash": _digest(text), "person": person, "name": name, "created_at": now}
            connection.execute(access_tokens.insert().values(**row, expires_at=made.expires_at))
            record(connection, "token_created", person=person, address=address, detail={"token": made.id})
        return made, text

    def access_tokens(self, person: str) -> list[AccessToken]:
        """The person's tokens that have not expired, the newest first."""
        with self._store.reading() as connection:
            return self._tokens(connection, person)

    def revoke_token(self, person: str, id: str, *, address: str) -> None:
        with self._store.transaction() as connection:
            mine = (access_tokens.c.id == id) & (access_tokens.c.person == person)
            if connection.execute(access_tokens.delete().where(mine)).rowcount == 0:
                raise TokenNotFound
            record(connection, "token_revoked", person=person, address=address, detail={"token": id})

    def _tokens(self, connection: Connection, person: str) -> list[AccessToken]:
        mine = (access_tokens.c.person == person) & (access_tokens.c.expires_at > _now())
        query = sa.select(access_tokens).where(mine).order_by(access_tokens.c.created_at.desc(), access_tokens.c.id)
        return [
            AccessToken(row.id, row.name, row.created_at, row.last_used_at, row.expires_at)
            for row in connection.execute(query)
        ]

    # Denials -------------------------------------------------------------------------------------------------------

    def denied(self, identity: Identity, *, address: str, detail: Mapping[str, object]) -> None:
        """Record that somebody who is signed in asked for what they may not have."""
        with self._store.transaction() as connection:
            record(connection, "denied", person=identity.person, address=address, detail=detail)


def _now() -> int:
    return to_millis(clock.now())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _identity(connection: Connection, person: str, session: str) -> Identity:
    return Identity(person, organisation.acting_tokens(connection, person, _now()), session, _csrf(session))


def _csrf(session: str) -> str:
    """Derived, so that it need not be stored; whoever knows it still does not know the session's id."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


def _of_holder(table: sa.Table, used: sa.Column[Any], where: sa.ColumnElement[bool]) -> tuple[sa.Select[Any], ...]:
    """Whose the secret is, when it was last used, and what that person holds."""
    person = sa.select(table.c.person).where(where).scalar_subquery()
    return sa.select(table.c.person, used).where(where), *organisation.questions(person)


_ALIVE = (sessions.c.seen_at > sa.bindparam("idle")) & (sessions.c.created_at > sa.bindparam("oldest"))
_BY_SESSION = _of_holder(sessions, sessions.c.seen_at, (sessions.c.id_hash == sa.bindparam("hash")) & _ALIVE)
_BY_TOKEN = _of_holder(
    access_tokens,
    access_tokens.c.last_used_at,
    (access_tokens.c.token_hash == sa.bindparam("hash")) & (access_tokens.c.expires_at > sa.bindparam("at")),
)


def _forget_ended_sessions(connection: Connection, now: int) -> None:
    since = {"idle": now - IDLE_LIMIT, "oldest": now - ABSOLUTE_LIMIT}
    connection.execute(sessions.delete().where(~_ALIVE), since)


# Lock-out ----------------------------------------------------------------------------------------------------------


def _subjects(username: str, address: str) -> dict[str, str]:
    """What counts failures, hashed: people type their password into the wrong field, and it must not be stored."""
    keys = {"pair": f"{username} {address}", "account": username, "address": address}
    return {kind: f"{kind}:{_digest(key)}" for kind, key in keys.items()}


def account_subject(username: str) -> str:
    """What counts the failures of an account from everywhere."""
    return _subjects(username.strip().casefold(), "")["account"]


def _expect_unlocked(connection: Connection, subjects: Mapping[str, str]) -> None:
    among = sign_in_failures.c.subject.in_(subjects.values())
    until = connection.scalar(sa.select(sa.func.max(sign_in_failures.c.locked_until)).where(among)) or 0
    if until > _now():
        raise LockedOut(-(-(until - _now()) // 1000))


def _count_failure(connection: Connection, kind: str, subject: str) -> int:
    """Count one more, and return until when the subject is locked (0: not)."""
    now, is_subject = _now(), sign_in_failures.c.subject == subject
    fresh = insert_new(connection, sign_in_failures).values(subject=subject, count=0, last_at=now, locked_until=0)
    connection.execute(fresh)
    query = sa.select(sign_in_failures.c["count"], sign_in_failures.c.last_at).where(is_subject).with_for_update()
    earlier, last_at = connection.execute(query).one()
    count = earlier + 1 if last_at > now - FORGET_FAILURES else 1
    beyond = count - THRESHOLDS[kind]
    until = now + min(FIRST_LOCK << min(beyond, 20), LONGEST_LOCK) if beyond >= 0 else 0
    values = {"count": count, "last_at": now, "locked_until": until}
    connection.execute(sign_in_failures.update().where(is_subject).values(**values))
    return until


def _forget_failures(connection: Connection, subjects: Mapping[str, str]) -> None:
    """A right password clears the account's count; the address keeps its own, or one good account would clear it."""
    own = [subjects["pair"], subjects["account"]]
    connection.execute(sign_in_failures.delete().where(sign_in_failures.c.subject.in_(own)))


def _forget_old_failures(connection: Connection) -> None:
    connection.execute(sign_in_failures.delete().where(sign_in_failures.c.last_at < _now() - FORGET_FAILURES))
