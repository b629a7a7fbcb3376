"""The schema's history: one line of Alembic revisions, the same on SQLite and PostgreSQL.

A revision is written by `duban migrate --write "what changes"` from the difference between tables and revisions, then
read and corrected by a person. Released revisions are never edited.
"""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import DeadlockDetected

from engine.errors import Unavailable
from engine.store import Store

_ATTEMPTS = 10
_FOLDER = Path(__file__).parent
_LOCK = 0x64756261  # any number that nothing else in the database locks


def upgrade(store: Store, metadata: sa.MetaData) -> str:
    """Bring the database to the newest revision, all or nothing, and return its id. Two at once wait for each other."""

    while_others_work(store, lambda connection: apply(connection, metadata))
    return newest()


def apply(connection: sa.Connection, metadata: sa.MetaData, revision: str = "head") -> None:
    """The same up to a revision, in the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    command.upgrade(_config(connection, metadata), revision)


def while_others_work(store: Store, change: Callable[[sa.Connection], None]) -> None:
    """Change the schema in one transaction, beside processes that are at work. Whole tables are locked for it, in
    another order than commands lock rows: where PostgreSQL sees a deadlock and chooses this side, it is done again."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            with store.transaction() as connection:
                change(connection)
            return
        except Unavailable as error:
            cause = error.__cause__
            if not left or not isinstance(cause, sa.exc.DBAPIError) or not isinstance(cause.orig, DeadlockDetected):
                raise


def newest() -> str:
    """The id of the last revision that this build knows."""
    return ScriptDirectory.from_config(_config(None, None)).get_current_head() or "none"


def present(connection: sa.Connection) -> str | None:
    """The id of the revision that the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def differences(connection: sa.Connection, metadata: sa.MetaData) -> list[Any]:
    """What the tables of the code have that the database has not, and the other way round; empty when they agree."""
    found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=OPTIONS), metadata)
    return found


def write(store: Store, metadata: sa.MetaData, message: str) -> Path:
    """Write the revision that leads from the newest one to `metadata`, against an upgraded database."""
    with store.reading() as connection:
        config = _config(connection, metadata)
        number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
        made = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    if made is None or isinstance(made, list):
        raise RuntimeError("Expected Alembic to write one revision")
    return Path(made.path)


def _config(connection: sa.Connection | None, metadata: sa.MetaData | None) -> Config:
    config = Config(cmd_opts=Namespace(quiet=True))  # standard output belongs to the command's result
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata, options=OPTIONS)
    return config


def _same_default(*_: Any) -> bool:
    return False


OPTIONS: dict[str, bool | Callable[..., bool]] = {
    "compare_type": True,
    "compare_server_default": _same_default,  # no table of ours has one
    "render_as_batch": True,  # SQLite alters a table by copying it
}
