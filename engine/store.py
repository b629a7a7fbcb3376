"""The tables, and `Store.transaction()`: the only commit in the code base.

One schema on SQLite (embedded: exactly one writing process) and PostgreSQL. Instants are whole milliseconds since 1970
in UTC, so both databases order and compare them alike. Bytes that are hashed or re-read (entries, pages) are stored as
bytes.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import Unavailable
from engine.tracing import span

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _key(name: str, kind: Any = String) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _instant(name: str, nullable: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


def _text(name: str, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=nullable)


meta = Table("meta", metadata, _key("key"), _text("value"))

cases = Table(
    "cases", metadata,
    _key("id"), _text("process"), _text("release"), _text("status"), _text("title"),
    _text("business_key", True), _text("started_by", True), _instant("started_at"), _instant("ended_at", True),
    _instant("updated_at"), Column("seq", Integer, nullable=False), _text("hash"),
    Column("head", LargeBinary, nullable=False),
    Index("ix_cases_status_started", "status", "started_at", "id"),
    Index("ix_cases_process", "process", "status", "started_at"),
    Index("ix_cases_release", "release", "status"),
)  # fmt: skip

case_access = Table(
    "case_access", metadata, _key("case_id"), _key("token"), Index("ix_case_access_token", "token", "case_id")
)

pages = Table(
    "pages",
    metadata,
    _key("case_id"),
    _key("id"),
    Column("body", LargeBinary, nullable=False),
    Column("variables", LargeBinary, nullable=False),
)

entries = Table(
    "entries", metadata,
    _key("stream"), _key("seq", Integer), _text("hash"), Column("bytes", LargeBinary, nullable=False),
    Column("personal", LargeBinary, nullable=True), _instant("at"),
)  # fmt: skip

snapshots = Table(
    "snapshots", metadata, _key("case_id"), _key("seq", Integer), Column("body", LargeBinary, nullable=False)
)

NEVER = 2**62
"""Where a task without a due time stands among those that have one."""

tasks = Table(
    "tasks", metadata,
    _key("case_id"), _key("n", Integer), _text("page"), _text("process"), _text("element"), _text("name"),
    _text("form", True), _text("state"), _text("assignee", True), Column("priority", Integer, nullable=False),
    _instant("created_at"), _instant("due_at", True), _instant("follow_up_at", True), _instant("ended_at", True),
    _text("ended_by", True), Column("version", Integer, nullable=False), _text("calendar", True),
    Column("calendar_version", Integer, nullable=True), Column("signs", Integer, nullable=True),
    Column("sort_due", BigInteger, nullable=False),
    Index("ix_tasks_assignee", "assignee", "state", "due_at"),
    Index("ix_tasks_state_due", "state", "sort_due", "case_id", "n"),
    Index("ix_tasks_ended_by", "ended_by", "ended_at"),
    Index(
        "ix_tasks_calendar", "calendar", "calendar_version", "case_id",
        sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
    ),
)  # fmt: skip
"""`calendar`, `calendar_version`: the series that the due time or a rung depends on, and what it was counted on.
`sort_due`: `due_at`, or NEVER: lists are read in the order of an index, which both databases keep alike."""

task_candidates = Table(
    "task_candidates", metadata,
    _key("case_id"), _key("n", Integer), _key("token"),
    Index("ix_task_candidates_token", "token", "case_id", "n"),
)  # fmt: skip

task_requirements = Table(
    "task_requirements", metadata,
    _key("case_id"), _key("n", Integer), _key("token"), Column("barred", Integer, nullable=False),
)  # fmt: skip
"""What whoever takes the task must hold (`barred` 0) or must not hold (1)."""

drafts = Table(
    "drafts",
    metadata,
    _key("case_id"),
    _key("n", Integer),
    _key("person"),
    Column("data", LargeBinary, nullable=False),
    _instant("saved_at"),
)

timers = Table(
    "timers", metadata,
    _key("case_id"), _key("n", Integer), _text("page"), _instant("due_at"), _text("kind"), _text("element"),
    Index("ix_timers_due", "due_at"),
)  # fmt: skip
"""Due by index. The row with n = 0 and kind `continue` asks for a `Continue` command."""

subscriptions = Table(
    "subscriptions", metadata,
    _key("case_id"), _key("n", Integer), _text("page"), _text("kind"), _text("name"), _text("key"), _text("element"),
    Index("ix_subscriptions_name", "kind", "name", "key"),
    Index("ix_subscriptions_case", "case_id", "kind", "name", "element"),
)  # fmt: skip

jobs = Table(
    "jobs", metadata,
    _key("case_id"), _key("n", Integer), _text("page"), _text("type"), _text("element"),
    Column("retries", Integer, nullable=False), _instant("due_at"), _instant("leased_until", True),
    Column("headers", LargeBinary, nullable=False),
    Index("ix_jobs_due", "due_at"),
)  # fmt: skip
"""`retries` 0: an incident waits for somebody. A lease that has run out is up for grabs again."""

incidents = Table(
    "incidents", metadata,
    _key("case_id"), _key("n", Integer), _text("page"), _text("element"), _text("kind"), _text("message"),
    _instant("raised_at"), _instant("resolved_at", True), _text("resolved_by", True),
    Index("ix_incidents_open", "resolved_at", "raised_at"),
)  # fmt: skip

messages = Table(
    "messages", metadata,
    _key("id"), _text("kind"), _text("name"), _text("key"), Column("payload", LargeBinary, nullable=False),
    _text("source", True),
    _text("state"), _text("detail", True), _instant("created_at"), _instant("expires_at"), Column("position",
    BigInteger, nullable=False),
    Index("ix_messages_state", "state", "position"),
    Index("ix_messages_name", "name", "key", "state"),
)  # fmt: skip
"""Outbox and buffer in one. `id` is the dedupe key: `<stream>/<sequence>/<n>` or `outside/<id>`.
state: pending → buffered → delivered | expired | dead; `position` orders delivery by source and time."""

idempotency = Table(
    "idempotency", metadata,
    _key("actor"), _key("key"), _text("request"), Column("answer", LargeBinary, nullable=False), _instant("at"),
    Index("ix_idempotency_at", "at"),
)  # fmt: skip

releases = Table(
    "releases", metadata, _key("hash"), _instant("created_at"), _text("created_by", True), _text("note", True)
)

release_files = Table(
    "release_files",
    metadata,
    _key("release"),
    _key("path"),
    _text("sha256"),
    Column("content", LargeBinary, nullable=False),
)

definitions = Table(
    "definitions", metadata,
    _key("process"), _text("name"), _text("release"), Column("version", Integer, nullable=False), Column("seq",
    Integer, nullable=False),
    _text("hash"), _instant("deployed_at"),
)  # fmt: skip
"""The current version of each process. `seq` and `hash` are the head of the stream `definition/<process>`."""

definition_versions = Table(
    "definition_versions",
    metadata,
    _key("process"),
    _key("version", Integer),
    _text("release"),
    _text("name"),
    _instant("deployed_at"),
    _text("deployed_by", True),
)

number_series = Table(
    "number_series", metadata,
    _key("id"), Column("last", Integer, nullable=False), Column("seq", Integer, nullable=False), _text("hash"),
    _instant("updated_at"),
)  # fmt: skip
"""Registers that give out numbers. `last`: the newest number; `seq` and `hash` are the head of `register/<id>`."""

calendar_series = Table("calendar_series", metadata, _key("id"), Column("seq", Integer, nullable=False), _text("hash"))
"""`seq` and `hash` are the head of the stream `calendar/<id>`, whose entries are the publications."""

calendars = Table(
    "calendars",
    metadata,
    _key("series"),
    _key("version", Integer),
    _text("sha256"),
    Column("content", LargeBinary, nullable=False),
    _instant("created_at"),
    _text("published_by", True),
    _text("note", True),
)

security_events = Table(
    "security_events", metadata,
    _key("id"), _instant("at"), _text("kind"), _text("person", True), Column("seq", Integer, nullable=False),
    _text("hash"),
    Index("ix_security_events_at", "at"),
    Index("ix_security_events_person", "person", "at"),
)  # fmt: skip
"""`seq` (always 1) and `hash` are the head of `security/<id>`; its one entry says the rest: `engine.audit.security`."""

STREAMS: dict[str, tuple[Table, Column[Any]]] = {
    "case": (cases, cases.c.id), "definition": (definitions, definitions.c.process),
    "register": (number_series, number_series.c.id), "calendar": (calendar_series, calendar_series.c.id),
    "security": (security_events, security_events.c.id),
}  # fmt: skip
"""Kind of stream → the table that holds the heads of such streams, and the column with their ids."""

start_timers = Table(
    "start_timers", metadata,
    _key("process"), _key("element"), _key("number", Integer), _instant("due_at"), _text("every", True),
    Column("remaining", Integer, nullable=True),
    Index("ix_start_timers_due", "due_at"),
)  # fmt: skip

start_subscriptions = Table(
    "start_subscriptions",
    metadata,
    _key("process"),
    _key("element"),
    _key("number", Integer),
    _text("kind"),
    _text("name"),
    Index("ix_start_subscriptions", "kind", "name"),
)

workers = Table("workers", metadata, _key("id"), _instant("started_at"), _instant("alive_until"))
"""Who works on this database, see engine/heartbeats.py."""


# The global log: see engine/audit/log.py ---------------------------------------------------------------------------

unsealed = Table("unsealed", metadata, _key("stream"), _key("seq", Integer), sqlite_with_rowid=False)
"""Entries that are not in the log yet. A trigger adds the row, so no way of writing an entry can forget it."""

leaves = Table(
    "leaves", metadata,
    _key("stream"), _key("seq", Integer), Column("position", BigInteger, nullable=False, unique=True),
    sqlite_with_rowid=False,
)  # fmt: skip

tiles = Table(
    "tiles", metadata, _key("level", Integer), _key("number", BigInteger), Column("hashes", LargeBinary, nullable=False)
)
"""256 hashes of 32 bytes each; the last tile of a level holds fewer. Level n + 1 holds the roots of full tiles of n."""

checkpoints = Table(
    "checkpoints", metadata, _key("size", BigInteger), _text("root"), _instant("at"), _text("note", True)
)
"""The log when it had `size` leaves. `note`: the same, signed (None: there was no key)."""

history_terms = Table(
    "history_terms", metadata, _key("term"), _key("at", BigInteger), _key("case_id"), _key("seq", Integer),
    Index("ix_history_terms_case", "case_id", "term", "at", "seq"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""What an entry of a case is found by: see engine/search.py. Derived, and made in the order of the log."""

_AFTER = "entries_unsealed AFTER INSERT ON entries"
_INSERT = "INSERT INTO unsealed (stream, seq) VALUES (NEW.stream, NEW.seq);"
_BODY = f"$$ BEGIN {_INSERT} RETURN NULL; END $$"
MARKING = {
    "sqlite": (f"CREATE TRIGGER IF NOT EXISTS {_AFTER} BEGIN {_INSERT} END",),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION duban_unsealed() RETURNS trigger LANGUAGE plpgsql AS {_BODY}",
        f"CREATE OR REPLACE TRIGGER {_AFTER} FOR EACH ROW EXECUTE FUNCTION duban_unsealed()",
    ),
}
_ddl: Any = sa.DDL  # SQLAlchemy has no types for it
for _dialect, _statements in MARKING.items():
    for _statement in _statements:
        sa.event.listen(metadata, "after_create", _ddl(_statement).execute_if(dialect=_dialect))


def insert_new(connection: sa.Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that does nothing when the row exists, for rows that two requests may add at the same moment."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()


def remember(connection: sa.Connection, key: str, value: str) -> None:
    """Keep one value in `meta`, also where another worker does the same at this moment."""
    connection.execute(insert_new(connection, meta).values(key=key, value=value))
    connection.execute(meta.update().where(meta.c.key == key).values(value=value))


def to_millis(moment: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00Z of an aware datetime."""
    return round(moment.timestamp() * 1000)


def from_millis(millis: int) -> datetime:
    """The inverse of `to_millis`, in UTC."""
    return datetime.fromtimestamp(millis // 1000, UTC).replace(microsecond=millis % 1000 * 1000)


CHANNEL = "duban_due"
SOON = 5_000
"""Ms. What falls due later is found by looking; what is due sooner has to be announced."""
_ANNOUNCED = "announced"
_USED = "used"
RESTED = 1.0
"""Seconds after which an unused connection is not trusted any more."""


def announce(connection: sa.Connection) -> None:
    """When this transaction commits, tell the workers that something is due soon.

    Not for work that is far off: on PostgreSQL commits with a notification wait for each other.
    """
    connection.info[_ANNOUNCED] = True


class SecondWriter(Unavailable):
    """Another Duban process is writing to this SQLite database; stop it, or let the command run through the server."""


class Store:
    """A database: `Store("sqlite:///path/duban.db")` or `Store("postgresql+psycopg://…")`."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._mutex = threading.Lock()
        self._lock_file: Any = None
        self._hurry = False
        self.listeners: list[Callable[[], None]] = []  # called after a commit that announced work
        self.engine = self._sqlite() if self.is_sqlite else self._postgres(pool_size)
        if not self.is_sqlite:
            # Of the same pool. What is set goes with BEGIN instead of a round trip, and is taken back at the end.
            moment: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self._one_moment = self.engine.execution_options(**moment)
            self._no_transaction = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def _sqlite(self) -> sa.Engine:
        if self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(self.url, connect_args={"check_same_thread": False, "timeout": 30})

        def prepare(connection: sqlite3.Connection, _: object) -> None:
            _prepare_sqlite(connection)
            if self._hurry:
                connection.execute("PRAGMA synchronous=OFF")

        sa.event.listen(engine, "connect", prepare)
        return engine

    def _postgres(self, pool_size: int) -> sa.Engine:
        # psycopg would deallocate every prepared statement at each rollback, and reading ends with one; what is worth
        # preparing, `engine.driver` prepares.
        engine = sa.create_engine(self.url, pool_size=pool_size, connect_args={"prepare_threshold": None})

        def used(_: Any, record: Any) -> None:
            record.info[_USED] = time.monotonic()

        def check(driver: Any, record: Any, _: Any) -> None:
            """Ask a connection that has rested whether it still lives; asking each time would cost a round trip."""
            if time.monotonic() - record.info.get(_USED, 0.0) > RESTED:
                try:
                    engine.dialect.do_ping(driver)
                except engine.dialect.loaded_dbapi.Error as error:
                    raise sa.exc.DisconnectionError("the connection was lost while it rested") from error

        sa.event.listen(engine, "checkin", used)
        sa.event.listen(engine, "checkout", check)
        return engine

    def create_all(self) -> None:
        """Create every table directly (tests, in-memory databases). A real database is made by `duban migrate`."""
        with self.transaction() as connection:
            metadata.create_all(connection)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A write transaction: commits when the block ends, rolls back when it raises.

        Lost databases become `Unavailable`.
        """
        guard = self._mutex if self.is_sqlite else _FREE
        with guard, _unavailable(), self.engine.connect() as connection:
            if self.is_sqlite:
                self._claim_writer()
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.begin()
            connection.info.pop(_ANNOUNCED, None)  # of a transaction on this connection that was rolled back
            yield connection
            announced = connection.info.pop(_ANNOUNCED, False)
            if announced and not self.is_sqlite:
                connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
            with span("commit"):
                connection.commit()
            if self.is_sqlite:
                self._checkpoint(connection)
        for hear in list(self.listeners) if announced else ():
            hear()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A read transaction that sees one moment of the database."""
        engine = self.engine if self.is_sqlite else self._one_moment
        with _unavailable(), engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.begin()
            yield connection
            connection.rollback()

    @contextmanager
    def bare(self) -> Iterator[sa.Connection]:
        """PostgreSQL only: a connection that begins nothing by itself, for `driver.look`."""
        with _unavailable(), self._no_transaction.connect() as connection, connection.begin():  # which sends nothing
            yield connection

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """SQLite does not wait for the disk until the block ends; then all of it is on the disk.

        If the machine fails meanwhile, the file may be damaged: only for a database that would be made anew.
        """
        if not self.is_sqlite or self.url.database in (None, "", ":memory:"):
            yield
            return
        self._reconnect(hurry=True)
        try:
            yield
        finally:
            self._reconnect(hurry=False)
            with self._mutex, self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _reconnect(self, *, hurry: bool) -> None:
        self._hurry = hurry
        self.engine.dispose()

    def close(self) -> None:
        self.engine.dispose()
        if self._lock_file:
            self._lock_file.close()
            self._lock_file = None

    def _claim_writer(self) -> None:
        """SQLite has one writing process: the first write takes the lock file and keeps it until the process ends."""
        if self._lock_file or not self.url.database or self.url.database == ":memory:":
            return
        handle = Path(f"{self.url.database}.writer").open("a+")  # noqa: SIM115 - held for the life of the store
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            raise SecondWriter from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        self._lock_file = handle

    def _checkpoint(self, connection: sa.Connection) -> None:
        """SQLite before 3.51.3 can corrupt a WAL that is reset by two threads at once.

        Checkpoint only here, under the mutex.
        """
        self._writes = getattr(self, "_writes", 0) + 1
        if self._writes % 500 == 0:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


class _Free:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


_FREE = _Free()


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver's would be deferred, and deferred writers collapse
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "wal_autocheckpoint=0",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.InternalError) as error:
        raise Unavailable(f"The database cannot answer just now: {str(error.orig).strip().splitlines()[0]}") from error
