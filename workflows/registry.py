"""What every register is: a declaration, rows that follow from entries, lists that show what one may see.

A row shows variables of the outermost scope of one case (or of one item of a list among them) as they are now, and a
state that completed elements lead to. It is written in the transaction of the entry it comes from, under the lock of
its case, so no two cases meet in a row; emptied, it comes back from the log the same. Personal variables are never
among them.

Totals are not counted from rows: each change of a row adds what it takes away and brings to `register_moves`, which
`fold` gathers into `register_totals`, so a chart costs what it shows and not what ever happened.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text

from engine import deadlines, feel, history, store
from engine.audit import entries
from engine.errors import InvalidInput, NotFound
from engine.execution import events as e
from engine.execution import wire
from engine.store import case_access, cases, insert_new, metadata
from workflows.roles import AUDIT


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=True)


register_rows = Table(
    "register_rows", metadata,
    Column("register", String, primary_key=True), Column("id", String, primary_key=True),
    Column("case_id", Text, nullable=False), Column("created_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    _text("state"), _text("unit"), _text("station"), _text("site"), _text("person"), _text("kind"), _text("grade"),
    _text("number"), _text("title"), Column("due_at", BigInteger), Column("details", Text, nullable=False),
    Index("ix_register_rows_at", "register", "at", "id"),
    Index("ix_register_rows_state", "register", "state", "at"),
    Index("ix_register_rows_unit", "register", "unit", "at"),
    Index("ix_register_rows_grade", "register", "grade", "at"),
    Index("ix_register_rows_person", "register", "person", "at"),
    Index("ix_register_rows_site", "register", "site", "at"),
    Index("ix_register_rows_due", "register", "due_at"),
    Index("ix_register_rows_case", "case_id"),
)  # fmt: skip
"""`case_id` is empty for rows that people keep (sites, cameras). `details` is JSON: what has no column of its own."""

register_moves = Table(
    "register_moves", metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("register", Text, nullable=False),
    Column("month", Text, nullable=False), Column("facets", Text, nullable=False), Column("n", Integer, nullable=False),
    Index("ix_register_moves_register", "register"),
)  # fmt: skip

register_totals = Table(
    "register_totals", metadata,
    Column("register", String, primary_key=True), Column("month", String, primary_key=True),
    Column("facets", String, primary_key=True), Column("n", Integer, nullable=False),
)  # fmt: skip
"""How many rows that began in `month` (2026-03) have these `facets`: a JSON list of the values of `Register.totals`."""

saved_views = Table(
    "saved_views", metadata,
    Column("id", String, primary_key=True), Column("register", Text, nullable=False),
    Column("person", Text, nullable=False), Column("name", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("shared", Integer, nullable=False), Column("created_at", BigInteger, nullable=False),
    Index("ix_saved_views_register", "register", "person"),
)  # fmt: skip
"""Filters that somebody gave a name; `shared`: everybody may use them. They narrow what one sees."""

OWN = ("state", "unit", "station", "site", "person", "kind", "grade", "number", "title", "due_at")
"""Columns of the table that a field may be kept in, for filters and order; others go to `details`."""

PAGE = 500
"""Rows of one transaction of an export."""

Row = dict[str, Any]


class RegisterNotFound(NotFound):
    """Expected one of the registers, but there is none with this id."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register. `kind`: text, unit, person, instant, number or choice; `keep`: one of `OWN`."""

    name: str
    zh: str
    en: str
    kind: str = "text"
    keep: str = ""
    filter: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """One register. `process`: whose cases write it by this declaration; `kept`: people keep its rows.

    `states`: element → the state once it has completed; "" is the state at the start, "ended" and "cancelled" those of
    the case. `each`: the list variable whose items are the rows, told apart by their member `key`. `totals`: what rows
    are counted by, columns of `OWN` or details.
    """

    id: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    process: str = ""
    states: Mapping[str, str] | None = None
    each: str = ""
    key: str = ""
    totals: tuple[str, ...] = ()
    kept: bool = False


class Entry(Protocol):
    """What a register needs of an entry (`engine.cases.Recorded`)."""

    @property
    def case_id(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def process(self) -> str: ...
    @property
    def events(self) -> Sequence[e.Event]: ...


# What is written ---------------------------------------------------------------------------------------------------


def project(connection: Connection, entry: Entry, registers: Iterable[Register]) -> None:
    """Write the rows of one entry, in its transaction and under the lock of its case."""
    for register in registers:
        if register.process != entry.process or not register.process:
            continue
        variables, state = _told(register, entry.events)
        if register.each:
            items = variables.get(register.each)
            for item in items if isinstance(items, list) else ():
                _put_item(connection, register, entry, item)
        elif variables or state is not None:
            put(connection, register, entry.case_id, entry.case_id, entry.at, columns(register, variables, state))


def _put_item(connection: Connection, register: Register, entry: Entry, item: Any) -> None:
    if isinstance(item, Mapping) and item.get(register.key):
        id = f"{entry.case_id}:{item[register.key]}"
        put(connection, register, id, entry.case_id, entry.at, columns(register, item, item.get("state")))


def _told(register: Register, told: Iterable[e.Event]) -> tuple[dict[str, feel.Value], str | None]:
    """What the events set of the register's variables, and the state that they lead to."""
    wanted = {register.each} if register.each else {field.name for field in register.fields}
    states, found, state = register.states or {}, dict[str, feel.Value](), None
    for event in told:
        if isinstance(event, e.ScopeOpened) and event.parent is None:
            found |= {name: value for name, value in event.variables.items() if name in wanted}
            state = states.get("", state)
        elif isinstance(event, e.VariablesSet) and event.page == "0" and event.instance is None:
            found |= {name: value for name, value in event.variables.items() if name in wanted}
        elif isinstance(event, e.ElementCompleted):
            state = states.get(event.element, state)
        elif isinstance(event, e.CaseCompleted | e.CaseCancelled):
            state = states.get("ended" if isinstance(event, e.CaseCompleted) else "cancelled", state)
    return found, state


def columns(register: Register, given: Mapping[str, Any], state: Any) -> Row:
    """The columns and details of a row that these variables give."""
    row: Row = {"details": {}}
    for field in register.fields:
        if field.name in given:
            value = _plain(field, given[field.name])
            target = row if field.keep else row["details"]
            target[field.keep or field.name] = value
    return row if state is None else {**row, "state": str(state)}


def _plain(field: Field, value: feel.Value) -> Any:
    plain = feel.to_json(value)
    if field.kind == "instant":
        return _millis(plain)
    if field.kind in ("unit", "person") and isinstance(plain, str):
        return plain.rpartition(":")[2]
    return plain if not field.keep or plain is None or isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _millis(said: Any) -> int | None:
    """A moment as FEEL or a form's date field writes it; None for what is none, or out of range."""
    try:
        moment = datetime.fromisoformat(str(said).partition("@")[0])
    except ValueError:
        return None
    return store.to_millis(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(deadlines.ZONE)))


def find(connection: Connection, register: Register, id: str) -> Row | None:
    """One row, whoever may see it."""
    c = register_rows.c
    row = connection.execute(sa.select(register_rows).where(c.register == register.id, c.id == id)).first()
    return None if row is None else read(row)


def all_rows(connection: Connection, register: Register) -> list[Row]:
    """All rows of a register that people keep, by id, whoever may see them."""
    c = register_rows.c
    query = sa.select(register_rows).where(c.register == register.id).order_by(c.id)
    return [read(row) for row in connection.execute(query)]


def put(connection: Connection, register: Register, id: str, case_id: str, at: int, changes: Row) -> None:
    """Insert or change one row, and note what its totals lose and gain. The caller holds what guards the row."""
    old = find(connection, register, id)
    new = {**(old or _fresh(register, id, case_id, at)), **changes}
    new["details"] = {**(old or {}).get("details", {}), **changes.get("details", {})}
    if old is not None and new == old:
        return
    stored = {**new, "at": at, "details": json.dumps(new["details"], ensure_ascii=False)}
    if old is None:
        connection.execute(register_rows.insert(), stored)
    else:
        mine = (register_rows.c.register == register.id) & (register_rows.c.id == id)
        connection.execute(register_rows.update().where(mine).values(stored))
    _note_move(connection, register, old, new)


def _fresh(register: Register, id: str, case_id: str, at: int) -> Row:
    empty = dict.fromkeys(OWN)
    return {"register": register.id, "id": id, "case_id": case_id, "created_at": at, "at": at, **empty, "details": {}}


def _note_move(connection: Connection, register: Register, old: Row | None, new: Row) -> None:
    if not register.totals:
        return
    was, now = (None if row is None else _facets(register, row) for row in (old, new))
    moved = [(was, -1), (now, 1)] if was != now else []
    month = store.from_millis(new["created_at"]).strftime("%Y-%m")
    rows = [{"register": register.id, "month": month, "facets": facets, "n": n} for facets, n in moved if facets]
    if rows:
        connection.execute(register_moves.insert(), rows)


def _facets(register: Register, row: Row) -> str:
    values = [row[name] if name in row else row["details"].get(name) for name in register.totals]
    return json.dumps(values, ensure_ascii=False)


def has_moves(connection: Connection) -> bool:
    """Whether there is anything to fold."""
    return connection.execute(sa.select(register_moves.c.id).limit(1)).first() is not None


def fold(connection: Connection, most: int = 5_000) -> int:
    """Gather moves into totals; how many there were. For one caller at a time (the worker's turn)."""
    m = register_moves.c
    oldest = sa.select(register_moves).order_by(m.id).limit(most).with_for_update(skip_locked=True)
    taken = connection.execute(oldest).all()
    sums: dict[tuple[str, str, str], int] = {}
    for row in taken:
        key = (row.register, row.month, row.facets)
        sums[key] = sums.get(key, 0) + row.n
    for (register, month, facets), n in sorted(sums.items()):
        key_row = {"register": register, "month": month, "facets": facets}
        connection.execute(insert_new(connection, register_totals).values(**key_row, n=0))
        t = register_totals.c
        mine = (t.register == register) & (t.month == month) & (t.facets == facets)
        connection.execute(register_totals.update().where(mine).values(n=t.n + n))
    if taken:
        connection.execute(register_moves.delete().where(m.id.in_([row.id for row in taken])))
    return len(taken)


def rebuild(connection: Connection, register: Register) -> None:
    """Empty a register that cases write, and write it anew from the log."""
    empty(connection, register)
    of_process = sa.select(cases.c.id).where(cases.c.process == register.process).order_by(cases.c.id)
    for case_id in list(connection.scalars(of_process)):
        for sealed in history.sealed(connection, f"case/{case_id}"):
            project(connection, _logged(register.process, case_id, sealed), [register])


def empty(connection: Connection, register: Register) -> None:
    """Drop the rows and totals of a register."""
    for table in (register_rows, register_moves, register_totals):
        connection.execute(table.delete().where(table.c.register == register.id))


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry read back from the log."""

    case_id: str
    at: int
    process: str
    events: list[e.Event]


def _logged(process: str, case_id: str, sealed: entries.Sealed) -> Logged:
    body = entries.parse(sealed.data)
    told = [wire.decode(without_personal(record), e.KINDS, wire.Openings()) for record in body["events"]]
    return Logged(case_id, entries.millis(body["at"]), process, told)


def without_personal(record: Mapping[str, Any]) -> dict[str, Any]:
    """The event without what its entry only commits to: it may have been erased, and registers hold none of it."""
    return {name: _open(value) if name in ("variables", "output") else value for name, value in record.items()}


def _open(pairs: list[list[Any]]) -> list[list[Any]]:
    return [pair for pair in pairs if not (isinstance(pair[1], dict) and "p" in pair[1])]


# What is read ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for: `filters` maps a filterable column to the value it must have, `q` is looked for in
    titles, numbers and sites, `since` and `until` bound the last change."""

    filters: Mapping[str, str]
    q: str = ""
    since: int | None = None
    until: int | None = None


def opened(case_id: sa.ColumnElement[str], tokens: Collection[str]) -> sa.ColumnElement[bool]:
    """Whether one of the tokens opens the case: what every register's query asks of each row."""
    if AUDIT in tokens:
        return sa.true()
    opens = (case_access.c.case_id == case_id) & case_access.c.token.in_(sorted(tokens))
    return sa.exists().where(opens)


def units_of(tokens: Collection[str]) -> list[str]:
    """The units that these tokens reach."""
    return sorted(token.removeprefix("unit:") for token in tokens if token.startswith("unit:"))


def visible(register: Register, tokens: Collection[str]) -> sa.ColumnElement[bool]:
    """A row of a case that the tokens open; a kept row of a unit or station that they reach."""
    c = register_rows.c
    if AUDIT in tokens:
        return sa.true()
    if register.kept:
        return c.unit.in_(units_of(tokens)) | c.station.in_(units_of(tokens))
    return opened(c.case_id, tokens)


def _query(register: Register, tokens: Collection[str], wanted: Wanted) -> sa.Select[Any]:
    c = register_rows.c
    query = sa.select(register_rows).where(c.register == register.id, visible(register, tokens))
    for name, value in wanted.filters.items():
        query = query.where(c[_filterable(register, name)] == value)
    if wanted.q:
        texts = (c.title, c.number, c.site)
        query = query.where(sa.or_(*(column.contains(wanted.q, autoescape=True) for column in texts)))
    if wanted.since is not None:
        query = query.where(c.at >= wanted.since)
    return query if wanted.until is None else query.where(c.at < wanted.until)


def _filterable(register: Register, column: str) -> str:
    known = ["state", *(field.keep for field in register.fields if field.filter)]
    if column not in known:
        raise InvalidInput(f"Expected to filter {register.id} by one of {', '.join(known)}, but got {column!r}.")
    return column


def page(
    connection: Connection,
    register: Register,
    wanted: Wanted,
    *,
    tokens: Collection[str],
    before: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Row]:
    """The rows that were changed last, first. `before`: (at, id) of the last one seen."""
    c = register_rows.c
    query = _query(register, tokens, wanted).order_by(c.at.desc(), c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(sa.tuple_(c.at, c.id) < sa.tuple_(*map(sa.literal, before)))
    return [read(row) for row in connection.execute(query)]


def count(connection: Connection, register: Register, wanted: Wanted, *, tokens: Collection[str]) -> int:
    """How many, counted up to 1000."""
    few = _query(register, tokens, wanted).limit(1000).with_only_columns(register_rows.c.id).subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(few)) or 0


def stream(store_: store.Store, register: Register, wanted: Wanted, tokens: Collection[str]) -> Iterator[list[Row]]:
    """Every row, page by page: a transaction for each page, so that a slow reader holds none open."""
    before: tuple[int, str] | None = None
    while True:
        with store_.reading() as connection:
            rows = page(connection, register, wanted, tokens=tokens, before=before, limit=PAGE)
        yield rows
        if len(rows) < PAGE:
            return
        before = (rows[-1]["at"], rows[-1]["id"])


def totals(connection: Connection, register: Register, since: str) -> dict[tuple[Any, ...], int]:
    """Facets → how many rows, of those that began in the month `since` (2026-03) or later."""
    found: dict[tuple[Any, ...], int] = {}
    for table in (register_totals, register_moves):
        c = table.c
        query = sa.select(c.facets, sa.func.sum(c.n).label("n")).where(c.register == register.id, c.month >= since)
        for row in connection.execute(query.group_by(c.facets)):
            facets = tuple(json.loads(row.facets))
            found[facets] = found.get(facets, 0) + int(row.n)
    return {facets: n for facets, n in found.items() if n}


def case_titles(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Case id → title."""
    return {row.id: row.title for row in connection.execute(_TITLES, {"ids": sorted(set(ids))})}


_TITLES = sa.select(cases.c.id, cases.c.title).where(cases.c.id.in_(sa.bindparam("ids", expanding=True)))


def read(row: sa.Row[Any]) -> Row:
    """A row of the table with its details opened."""
    return {**row._asdict(), "details": json.loads(row.details)}
