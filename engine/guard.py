"""What keeps the past in place inside the database: triggers, and on PostgreSQL rights that the application lacks.

Entries, leaves and checkpoints are only ever added. A trigger refuses every change and deletion, whoever asks; the
one column that may change is `entries.personal`, whose values erasure takes away. Where the application signs in with
a role of its own, `grant` gives it no right to change them either, so that it cannot lift the trigger. Neither stops
who owns the database: that is what the signed log and its witness are for.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from engine.errors import InvalidInput

_KEPT = {"entries": ("stream", "seq", "hash", "bytes", "at"), "leaves": (), "checkpoints": ()}
"""Table → the columns that never change (none named: all)."""
_OPEN = "duban.unguarded"  # a setting of one transaction, PostgreSQL only
_SAYS = "is only ever added to: see docs/audit.md"


def _sqlite() -> Iterator[str]:
    for table, columns in _KEPT.items():
        of = f" OF {', '.join(columns)}" if columns else ""
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {_SAYS}'); END"
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_unchanged BEFORE UPDATE{of} ON {table} {refuse}"
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_undeleted BEFORE DELETE ON {table} {refuse}"


def _postgresql() -> Iterator[str]:
    is_open = f"coalesce(current_setting('{_OPEN}', true), '') = 'on'"
    passes = f"IF {is_open} THEN RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END; END IF;"
    refuse = f"RAISE EXCEPTION '% {_SAYS}', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';"
    body = f"$$ BEGIN {passes} {refuse} END $$"
    yield f"CREATE OR REPLACE FUNCTION duban_kept() RETURNS trigger LANGUAGE plpgsql AS {body}"
    for table, columns in _KEPT.items():
        of = f" OF {', '.join(columns)}" if columns else ""
        act = f"ON {table} FOR EACH ROW EXECUTE FUNCTION duban_kept()"
        yield f"CREATE OR REPLACE TRIGGER {table}_unchanged BEFORE UPDATE{of} {act}"
        yield f"CREATE OR REPLACE TRIGGER {table}_undeleted BEFORE DELETE {act}"
        each = f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION duban_kept()"
        yield f"CREATE OR REPLACE TRIGGER {table}_untruncated BEFORE TRUNCATE {each}"


def statements(dialect: str) -> tuple[str, ...]:
    """What puts the triggers in place, on "sqlite" or "postgresql"; doing it twice changes nothing."""
    return tuple(_sqlite() if dialect == "sqlite" else _postgresql())


def install(connection: sa.Connection) -> None:
    """Put the triggers in place: a migration that copies one of these tables must do it again."""
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement)


@contextmanager
def unguarded(connection: sa.Connection) -> Iterator[None]:
    """Let this transaction take away what law or an archive demands. On PostgreSQL only a role with the right to change
    the tables gets anywhere with it: the owner, never the application's."""
    if connection.dialect.name == "sqlite":
        for table in _KEPT:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_unchanged")
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_undeleted")
        yield
        install(connection)
        return
    _set(connection, "on")
    yield
    _set(connection, "off")


def _set(connection: sa.Connection, value: str) -> None:
    connection.execute(sa.select(sa.func.set_config(_OPEN, value, True)))


# The application's role ----------------------------------------------------------------------------------------------


def grant(connection: sa.Connection, url: str) -> str:
    """Give the role that `url` names what the application needs and no more; made with the password of the URL if there
    is none. Returns its name. Raises InvalidInput where it is the owner itself, or no role is named."""
    app = make_url(url)
    role = _expect_another(connection, app)
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    if connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": role}) is None:
        connection.exec_driver_sql(f"CREATE ROLE {quoted} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE{_password(app)}")
    for statement in _grants(quoted):
        connection.exec_driver_sql(statement)
    return role


def _expect_another(connection: sa.Connection, app: URL) -> str:
    if connection.dialect.name == "sqlite" or not app.drivername.startswith("postgresql"):
        raise InvalidInput("Expected PostgreSQL for a role of the application, but SQLite has no roles")
    owner = connection.scalar(sa.text("SELECT current_user"))
    if not app.username or app.username == owner:
        raise InvalidInput(
            f"Expected a role of the application's own, but it is to sign in as {app.username or owner!r}"
        )
    return app.username


def _password(app: URL) -> str:
    """As a literal: PostgreSQL takes no parameters here. Driver and server read a doubled quote as one."""
    if app.password is None:
        return ""
    literal = str(app.password).replace("'", "''").replace("%", "%%")
    if "\\" in literal or "\0" in literal:
        raise InvalidInput("Expected a password of the application's role without backslashes and U+0000")
    return f" PASSWORD '{literal}'"


def _grants(role: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(_KEPT)} FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM {role}"
