"""The hot path's way to the driver: statements compiled once and sent together.

SQLAlchemy takes some 0.1 ms to execute a statement, and each waits for its answer. A completion has a dozen. Here
SQLAlchemy compiles a statement once, and a group of them goes to the driver at once: on PostgreSQL through a pipeline,
which costs one round trip for all. Each still sees what those before it did, and the snapshot of its own moment.

Statements that are used again must be kept by their module: what they compile to is remembered while they live.
Only for columns that the driver takes as they are: text, whole numbers, bytes.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias
from weakref import WeakKeyDictionary

import sqlalchemy as sa

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

    def parameters(self, values: Values) -> Any:
        whole = {**self.own, **values} if self.own else values
        return whole if self.order is None else [whole[name] for name in self.order]


_known: WeakKeyDictionary[Any, dict[tuple[str, frozenset[str]], _Compiled]] = WeakKeyDictionary()


def _compiled(statement: Any, values: Values, dialect: sa.Dialect) -> _Compiled:
    shapes = _known.setdefault(statement, {})
    shape = (dialect.name, frozenset(values))
    if shape not in shapes:
        shapes[shape] = _compile(statement, values, dialect)
    return shapes[shape]


def _compile(statement: Any, values: Values, dialect: sa.Dialect) -> _Compiled:
    made: Any = statement.compile(dialect=dialect, column_keys=None if statement.is_select else list(values))
    if made.post_compile_params:
        raise TypeError("Expected a statement without IN over a list: its text depends on the length of the list")
    own = {name: value for name, value in made.params.items() if name not in values}
    order = tuple(made.positiontup) if made.positional else None
    columns = statement.selected_columns if statement.is_select else []
    row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # known at run time only
    return _Compiled(str(made), order, own, row._make)


def fetch(connection: sa.Connection, asked: Sequence[Asked]) -> list[list[Any]]:
    """The rows of each SELECT, with their columns as attributes. Raises what SQLAlchemy would."""
    wanted = [(_compiled(statement, values, connection.dialect), values) for statement, values in asked]
    answers = _send(connection, [(one.text, one.parameters(values)) for one, values in wanted])
    return [[one.row(row) for row in rows] for (one, _), rows in zip(wanted, answers, strict=True)]


def look(store: Store, asked: Sequence[Asked]) -> list[list[Any]]:
    """The same in a transaction of its own, all of one moment; on PostgreSQL the whole of it is one round trip."""
    if store.is_sqlite:
        with store.reading() as connection:
            return fetch(connection, asked)
    with store.bare() as connection:
        wanted = [(_compiled(statement, values, connection.dialect), values) for statement, values in asked]
        statements = [_ONE_MOMENT, *((one.text, one.parameters(values)) for one, values in wanted), _DONE]
        answers = _run(connection, statements)[1:-1]
    return [[one.row(row) for row in rows] for (one, _), rows in zip(wanted, answers, strict=True)]


_ONE_MOMENT = ("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", None)
_DONE = ("ROLLBACK", None)


@dataclass(slots=True)
class Together:
    """Statements that are sent at once, in their order, when `send` is called."""

    connection: sa.Connection
    _waiting: list[tuple[str, Any]] = field(default_factory=list)

    def execute(self, statement: Any, parameters: Any = None, /) -> None:
        """Note a statement, once for each row of `parameters` where that is a list."""
        rows: list[Values] = parameters if isinstance(parameters, list) else [parameters or {}]
        for values in rows:
            one = _compiled(statement, values, self.connection.dialect)
            self._waiting.append((one.text, one.parameters(values)))

    def send(self) -> None:
        """Raises what SQLAlchemy would, IntegrityError among them."""
        waiting, self._waiting = self._waiting, []
        _send(self.connection, waiting)


def _send(connection: sa.Connection, statements: Sequence[tuple[str, Any]]) -> list[list[Any]]:
    if not connection.in_transaction():
        raise RuntimeError("Expected a transaction that has begun: SQLAlchemy would not commit this one")
    return _run(connection, statements)


def _run(connection: sa.Connection, statements: Sequence[tuple[str, Any]]) -> list[list[Any]]:
    driver: Any = connection.connection.driver_connection
    run = _in_pipeline if connection.dialect.name == "postgresql" else _one_by_one
    errors = connection.dialect.loaded_dbapi.Error
    try:
        return run(driver, statements)
    except errors as error:
        raise _as_sqlalchemy(connection, driver, error) from error


def _one_by_one(driver: Any, statements: Sequence[tuple[str, Any]]) -> list[list[Any]]:
    return [_watched(driver.cursor(), text, values).fetchall() for text, values in statements]


def _in_pipeline(driver: Any, statements: Sequence[tuple[str, Any]]) -> list[list[Any]]:
    with driver.pipeline():
        cursors = [_watched(driver.cursor(), text, values) for text, values in statements]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def _watched(cursor: Any, text: str, values: Any) -> Any:
    for watch in watchers:
        watch(text, values)
    cursor.execute(text, values)
    return cursor


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
