"""The hot path's way to the driver: statements compiled once and sent together.

SQLAlchemy takes some 0.1 ms to execute a statement, psycopg's cursors as much again, and each waits for its answer. A
completion has three dozen. Here SQLAlchemy compiles a statement once, and a group of them goes to PostgreSQL at once,
in a pipeline of libpq's own (`psycopg.pq`): one round trip for all. Each is prepared the first time that a connection
sees it. Each still sees what those before it did, and the snapshot of its own moment.

Statements that are used again must be kept by their module: what they compile to is remembered while they live.
Only for columns that the driver takes as they are: text, whole numbers, bytes.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol, TypeAlias
from weakref import WeakKeyDictionary

import psycopg
import sqlalchemy as sa
from psycopg.adapt import Transformer
from psycopg.generators import fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from sqlalchemy.dialects.postgresql.psycopg import dialect as postgres

from engine.store import Store

Values: TypeAlias = Mapping[str, Any]
Asked: TypeAlias = tuple[sa.Executable, Values]

watchers: list[Callable[[str, Any], None]] = []
"""Called before each statement with its text and parameters: for tests that kill, and benches that count."""


class Writes(Protocol):
    """Where statements go whose answer nobody needs: a connection, or a group of them sent at once."""

    def execute(self, statement: Any, parameters: Any = None, /) -> object: ...


@dataclass(frozen=True, slots=True)
class _Compiled:
    text: str
    order: tuple[str, ...] | None
    """The names of the parameters as the driver counts them; None: it takes them by name."""
    own: Values
    """Parameters that the statement brings along."""
    row: Callable[[Iterable[Any]], Any]
    name: bytes
    """Under which PostgreSQL keeps it, prepared, for each connection."""

    def parameters(self, values: Values) -> Any:
        whole = {**self.own, **values} if self.own else values
        return whole if self.order is None else [whole[name] for name in self.order]


_PREPARED = "duban prepared"
"""Where a connection keeps the names of what it has prepared."""
_AT_MOST = 500
_numbers = count()
_NUMBERED: sa.Dialect = postgres(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # SQLAlchemy has no types there
_known: WeakKeyDictionary[Any, dict[tuple[str, frozenset[str]], _Compiled]] = WeakKeyDictionary()


def _compiled(statement: Any, values: Values, dialect: sa.Dialect) -> _Compiled:
    shapes = _known.setdefault(statement, {})
    shape = (dialect.name, frozenset(values))
    if shape not in shapes:
        shapes[shape] = _compile(statement, values, dialect)
    return shapes[shape]


def _compile(statement: Any, values: Values, dialect: sa.Dialect) -> _Compiled:
    dialect = _NUMBERED if dialect.name == "postgresql" else dialect
    made: Any = statement.compile(dialect=dialect, column_keys=None if statement.is_select else list(values))
    if made.post_compile_params:
        raise TypeError("Expected a statement without IN over a list: its text depends on the length of the list")
    own = {name: value for name, value in made.params.items() if name not in values}
    order = tuple(made.positiontup) if made.positional else None
    columns = statement.selected_columns if statement.is_select else []
    row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # known at run time only
    return _Compiled(str(made), order, own, row._make, b"duban_%d" % next(_numbers))


_Sent: TypeAlias = tuple[str, Any, bytes | None]
"""Text, parameters, and the name under which it is prepared (None: it is not)."""


def _sent(connection: sa.Connection, statement: Any, values: Values) -> tuple[_Sent, _Compiled]:
    one = _compiled(statement, values, connection.dialect)
    return (one.text, one.parameters(values), one.name), one


def fetch(connection: sa.Connection, asked: Sequence[Asked]) -> list[list[Any]]:
    """The rows of each SELECT, with their columns as attributes. Raises what SQLAlchemy would."""
    wanted = [_sent(connection, statement, values) for statement, values in asked]
    answers = _send(connection, [sent for sent, _ in wanted])
    return [[one.row(row) for row in rows] for (_, one), rows in zip(wanted, answers, strict=True)]


def look(store: Store, asked: Sequence[Asked]) -> list[list[Any]]:
    """The same in a transaction of its own, all of one moment; on PostgreSQL the whole of it is one round trip."""
    with looking(store, asked) as (_, answers):
        return answers


@contextmanager
def looking(store: Store, asked: Sequence[Asked] = ()) -> Iterator[tuple[sa.Connection, list[list[Any]]]]:
    """`look`, and a connection for what its answers make it necessary to ask besides.

    On PostgreSQL each further statement or group is of a moment of its own: nothing begins or ends a transaction, which
    would be two round trips. For what is checked again under a lock, or is shown and nothing more.
    """
    if store.is_sqlite:
        with store.reading() as connection:
            yield connection, fetch(connection, asked)
        return
    with store.bare() as connection:
        wanted = [_sent(connection, statement, values) for statement, values in asked]
        answers = _run(connection, [_ONE_MOMENT, *(sent for sent, _ in wanted), _DONE])[1:-1] if wanted else []
        yield connection, [[one.row(row) for row in rows] for (_, one), rows in zip(wanted, answers, strict=True)]


_ONE_MOMENT = ("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", None, None)
_DONE = ("ROLLBACK", None, None)


@dataclass(slots=True)
class Together:
    """Statements that are sent at once, in their order, when `send` is called."""

    connection: sa.Connection
    _waiting: list[_Sent] = field(default_factory=list)
    _asked: list[_Compiled] = field(default_factory=list)

    def execute(self, statement: Any, parameters: Any = None, /) -> None:
        """Note a statement, once for each row of `parameters` where that is a list."""
        rows: list[Values] = parameters if isinstance(parameters, list) else [parameters or {}]
        self._waiting += [_sent(self.connection, statement, values)[0] for values in rows]

    def ask(self, asked: Sequence[Asked]) -> None:
        """Note SELECTs, behind the last statement that is executed; `send` answers them."""
        for statement, values in asked:
            sent, one = _sent(self.connection, statement, values)
            self._waiting.append(sent)
            self._asked.append(one)

    def send(self) -> list[list[Any]]:
        """The rows of each SELECT that was asked. Raises what SQLAlchemy would, IntegrityError among them."""
        waiting, self._waiting, asked, self._asked = self._waiting, [], self._asked, []
        answers = _send(self.connection, waiting)[len(waiting) - len(asked) :]
        return [[one.row(row) for row in rows] for one, rows in zip(asked, answers, strict=True)]


def _send(connection: sa.Connection, statements: Sequence[_Sent]) -> list[list[Any]]:
    if not connection.in_transaction():
        raise RuntimeError("Expected a transaction that has begun: SQLAlchemy would not commit this one")
    return _run(connection, statements)


def _run(connection: sa.Connection, statements: Sequence[_Sent]) -> list[list[Any]]:
    driver: Any = connection.connection.driver_connection
    errors = connection.dialect.loaded_dbapi.Error
    try:
        if connection.dialect.name != "postgresql":
            return [_executed(driver, text, values) for text, values, _ in statements]
        return _in_pipeline(driver, statements, connection.info.setdefault(_PREPARED, set()))
    except errors as error:
        raise _as_sqlalchemy(connection, driver, error) from error


def _executed(driver: Any, text: str, values: Any) -> list[Any]:
    _tell_watchers(text, values)
    rows: list[Any] = driver.execute(text, values).fetchall()
    return rows


def _tell_watchers(text: str, values: Any) -> None:
    for watch in watchers:
        watch(text, values)


# PostgreSQL ----------------------------------------------------------------------------------------------------------

_Command: TypeAlias = tuple[Callable[..., None], Sequence[Any]]
_OUTDATED = (psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidSqlStatementName)
"""A prepared statement that a change of the schema has broken, or that somebody else took away."""


def _in_pipeline(driver: Any, statements: Sequence[_Sent], prepared: set[bytes]) -> list[list[Any]]:
    """The rows of each statement. All of it is encoded before anything is sent; the first refusal is raised."""
    line, fresh = driver.pgconn, dict[int, bytes]()
    commands: list[_Command] = []
    if not driver.autocommit and line.transaction_status == TransactionStatus.IDLE:
        commands.append((line.send_query_params, (_begin(driver), None)))
    answered: list[int] = []
    for text, values, name in statements:
        _tell_watchers(text, values)
        known = name is not None and (name in prepared or len(prepared) < _AT_MOST)
        if name is not None and known and name not in prepared and name not in fresh.values():
            fresh[len(commands)] = name
            commands.append((line.send_prepare, (name, text.encode())))
        answered.append(len(commands))
        encoded, formats = _encoded(values)
        if known:
            commands.append((line.send_query_prepared, (name, encoded, formats)))
        else:
            commands.append((line.send_query_params, (text.encode(), encoded, None, formats)))
    results = _exchanged(driver, commands)
    prepared.update(name for place, name in fresh.items() if results[place].status == ExecStatus.COMMAND_OK)
    _expect_no_error(driver, results)
    reader = Transformer(driver)
    return [_rows(reader, results[place]) for place in answered]


def _begin(driver: Any) -> bytes:
    """What psycopg says to begin a transaction as this connection is set."""
    parts = ["BEGIN"]
    if driver.isolation_level is not None:
        parts.append(f"ISOLATION LEVEL {driver.isolation_level.name.replace('_', ' ')}")
    if driver.read_only is not None:
        parts.append("READ ONLY" if driver.read_only else "READ WRITE")
    return " ".join(parts).encode()


def _encoded(values: Any) -> tuple[list[bytes | None] | None, list[Format] | None]:
    """Text and bytes as they are, with their length (so U+0000 is refused, not an end); whole numbers in digits."""
    if not values:
        return None, None
    encoded: list[bytes | None] = []
    for value in values:
        if value is None or isinstance(value, bytes):
            encoded.append(value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            encoded.append(str(value).encode())
        else:
            raise TypeError(f"Expected text, a whole number, bytes or None for a statement, but got {value!r}")
    return encoded, [Format.TEXT if isinstance(value, int) else Format.BINARY for value in values]


def _exchanged(driver: Any, commands: Sequence[_Command]) -> list[Any]:
    """The result of each command, all sent at once. A connection on which that breaks off is of no use any more."""
    line = driver.pgconn
    try:
        line.enter_pipeline_mode()
        for command, arguments in commands:
            command(*arguments)
        line.pipeline_sync()
        results: list[Any] = driver.wait(_answers(line, len(commands)))
        line.exit_pipeline_mode()
    except BaseException:
        driver.close()
        raise
    return results


def _answers(line: Any, number: int) -> Any:
    yield from send(line)
    found = []
    for _ in range(number):
        found.append((yield from fetch_many(line))[-1])
    yield from fetch_many(line)  # that of the Sync
    return found


def _expect_no_error(driver: Any, results: Sequence[Any]) -> None:
    for result in results:
        if result.status == ExecStatus.FATAL_ERROR:
            error = psycopg.errors.error_from_result(result)
            if isinstance(error, _OUTDATED) or driver.pgconn.status == ConnStatus.BAD:
                driver.close()
            raise error


def _rows(reader: Any, result: Any) -> list[Any]:
    if result.status != ExecStatus.TUPLES_OK or not result.ntuples:
        return []
    reader.set_pgresult(result)
    rows: list[Any] = reader.load_rows(0, result.ntuples, tuple)
    return rows


def _as_sqlalchemy(connection: sa.Connection, driver: Any, error: Any) -> Exception:
    """The error as SQLAlchemy's execution would have raised it; a lost connection does not go back to the pool."""
    dialect = connection.dialect
    is_lost = bool(dialect.is_disconnect(error, driver, None))
    if is_lost:
        connection.invalidate(error)
    raised: Any = sa.exc.DBAPIError.instance(
        None, None, error, dialect.loaded_dbapi.Error, connection_invalidated=is_lost, dialect=dialect
    )
    found: Exception = raised
    return found
