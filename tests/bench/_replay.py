"""The bare driver: the very SQL and bytes that a piece of work issued, sent again one statement at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from engine import driver
from engine.store import Store

Issued = list[tuple[str, Any]]
"""(statement, parameters), in order; BEGIN and COMMIT among them."""


@contextmanager
def recording(store: Store) -> Iterator[Issued]:
    """What the store sends from here on. Several rows for one statement count as so many statements."""
    issued: Issued = []

    def sent(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        issued.extend((statement, row) for row in (parameters if many else [parameters]))

    def said(word: str) -> Any:
        return lambda _: issued.append((word, ()))

    hooks = {"before_cursor_execute": sent, "commit": said("COMMIT"), "rollback": said("ROLLBACK")}
    if not store.is_sqlite:  # there the store says BEGIN itself
        hooks["begin"] = said("BEGIN")
    together = lambda statement, parameters: issued.append((statement, parameters))  # noqa: E731 - to be removed again
    driver.watchers.append(together)
    for name, hook in hooks.items():
        sa.event.listen(store.engine, name, hook)
    yield issued
    driver.watchers.remove(together)
    for name, hook in hooks.items():
        sa.event.remove(store.engine, name, hook)


def on_postgres(url: str, issued: Issued, ready: Callable[[], object]) -> None:
    """Each statement waits for its answer, as without a pipeline; the driver prepares them as it does for us."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        named, numbered = psycopg.Cursor(connection), psycopg.RawCursor(connection)
        ready()
        for statement, parameters in issued:
            cursor = (
                named.execute(statement.encode(), parameters or None)
                if isinstance(parameters, dict)
                else (numbered.execute(statement.encode(), parameters or None))
            )
            if cursor.description:
                cursor.fetchall()


def on_sqlite(file: str, issued: Issued, ready: Callable[[], object]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;")
    ready()
    for statement, parameters in issued:
        connection.execute(statement, parameters).fetchall()
    connection.close()
