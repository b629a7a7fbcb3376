"""Erasing personal data of closed cases, with a tombstone: law and proof at once.

An entry commits to a personal value by a salted hash; value and salt lie beside it. Erasing takes these away, here and
wherever else a copy is: the case's page, drafts, stored answers, the papers it issued, its files if wanted. Entries,
chains, leaves and signatures stay as they were, so the history is whole, and deciding again says *erased*.

An erasure is proposed by one person and approved by another; a case on legal hold is left alone. Each is a number of
the stream `register/erasure-2026`, and each case that is done an entry of it: who asked, who approved, how much went.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text

from engine import clock, deadlines, feel, store
from engine.errors import InvalidInput, InvalidState, NotFound
from engine.execution.commands import NoteNumber, ReserveNumber
from engine.execution.state import Page
from engine.releases import Releases
from engine.reservations import Series
from engine.store import Store, metadata
from engine.worker import Errand
from workflows import retention, selection
from workflows.attachments import Attachments
from workflows.documents import documents
from workflows.selection import Asker, Selection
from workflows.tables import attachments as attachment_rows

erasures = Table(
    "erasures", metadata,
    Column("number", String, primary_key=True), Column("state", String, nullable=False),
    Column("reason", Text, nullable=False), Column("cases", Text, nullable=False),
    Column("files", Integer, nullable=False), Column("proposed_by", String, nullable=False),
    Column("proposed_at", BigInteger, nullable=False), Column("decided_by", String), Column("decided_at", BigInteger),
    Column("done_at", BigInteger), Column("done", Text, nullable=False),
    Index("ix_erasures_state", "state", "proposed_at"),
)  # fmt: skip
"""state: PROPOSED → APPROVED → DONE, or REFUSED. `cases`: JSON list of ids. `files`: 1 when attachments go too.
`done`: JSON, case id → what went, or why it was left."""

HELD, OPEN, GONE = "on legal hold", "not closed", "not there"
"""Why a case is left alone."""


class ErasureNotFound(NotFound):
    """Expected an erasure with this number, but there is none."""


class ErasureDecided(InvalidState):
    """Expected an erasure that waits for approval, but this one is decided."""


class SecondPerson(InvalidState):
    """Expected somebody else to decide: whoever proposed an erasure may not approve it."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Instants in ms."""

    number: str
    state: str
    reason: str
    cases: tuple[str, ...]
    files: bool
    proposed_by: str
    proposed_at: int
    decided_by: str | None
    decided_at: int | None
    done_at: int | None
    done: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extent:
    """What one case has to erase. `left`: why it would be left alone, None where it would not."""

    case: str
    title: str
    values: int
    files: int
    left: str | None


# Proposing and deciding ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """`files`: attachments go too."""

    reason: str
    selection: Selection
    files: bool = False


def extents(connection: Connection, wanted: Selection, asker: Asker | None) -> list[Extent]:
    """The dry run: what erasing the cases of a selection would do."""
    rows = list(selection.rows(connection, wanted, asker))
    if len(rows) > selection.MOST:
        raise InvalidInput(f"Expected at most {selection.MOST} cases at once, but {len(rows)} fit")
    held = retention.held(connection, (row.id for row in rows))
    return [_extent(connection, row, held) for row in rows]


def _extent(connection: Connection, row: Any, held: set[str]) -> Extent:
    values = sum(len(json.loads(personal)) for _, personal in _openings(connection, row.id))
    a = attachment_rows.c
    files = connection.scalar(sa.select(sa.func.count()).where(a.case_id == row.id)) or 0
    left = HELD if row.id in held else OPEN if row.status in ("active", "suspended") else None
    return Extent(row.id, row.title, values, files, left)


def propose(connection: Connection, wanted: Proposal, asker: Asker) -> Erasure:
    """Raises InvalidInput when there is nothing that could be erased."""
    cases = [one.case for one in extents(connection, wanted.selection, asker) if one.left is None]
    if not cases:
        raise InvalidInput("Expected closed cases that are not on hold, but none fits", {"cases": ["required"]})
    given: dict[str, feel.Value] = {"reason": wanted.reason, "cases": list[feel.Value](cases), "files": wanted.files}
    year = clock.now().astimezone(ZoneInfo(deadlines.ZONE)).year
    series = Series(connection, f"erasure-{year}")
    n, _, _ = series.reserve(ReserveNumber(series.id, f"person/{asker.person}", given, actor=asker.person))
    row = {
        "number": f"{series.id}-{n:04d}", "state": "PROPOSED", "reason": wanted.reason, "cases": json.dumps(cases),
        "files": int(wanted.files), "proposed_by": asker.person, "proposed_at": series.at, "done": "{}",
    }  # fmt: skip
    connection.execute(erasures.insert(), row)
    return find(connection, str(row["number"]))


def decide(connection: Connection, number: str, person: str, *, approve: bool) -> Erasure:
    """Raises ErasureNotFound, ErasureDecided, and SecondPerson when somebody approves what they proposed."""
    series = Series(connection, number.rpartition("-")[0]) if _exists(connection, number) else None
    found = find(connection, number)
    if found.state != "PROPOSED" or series is None:
        raise ErasureDecided
    if approve and found.proposed_by == person:
        raise SecondPerson
    state = "APPROVED" if approve else "REFUSED"
    series.note(NoteNumber(series.id, _n(number), state, not approve, actor=person), closed=False)
    values = {"state": state, "decided_by": person, "decided_at": series.at}
    connection.execute(erasures.update().where(erasures.c.number == number).values(values))
    return find(connection, number)


def _n(number: str) -> int:
    return int(number.rpartition("-")[2])


def _exists(connection: Connection, number: str) -> bool:
    return connection.execute(sa.select(erasures.c.number).where(erasures.c.number == number)).first() is not None


def find(connection: Connection, number: str) -> Erasure:
    """Raises ErasureNotFound."""
    row = connection.execute(sa.select(erasures).where(erasures.c.number == number)).first()
    if row is None:
        raise ErasureNotFound(f"Expected an erasure '{number}', but there is none.")
    return _erasure(row)


def listed(connection: Connection, limit: int = 200) -> list[Erasure]:
    """The newest first."""
    order = erasures.c.proposed_at.desc(), erasures.c.number.desc()
    return [_erasure(row) for row in connection.execute(sa.select(erasures).order_by(*order).limit(limit))]


def _erasure(row: Any) -> Erasure:
    told = row._asdict()
    told |= {"cases": tuple(json.loads(row.cases)), "done": json.loads(row.done), "files": bool(row.files)}
    return Erasure(**told)


# Erasing -------------------------------------------------------------------------------------------------------------


class Erasing:
    """Does what is approved, a case at a time."""

    def __init__(self, store_: Store, releases: Releases, files: Attachments) -> None:
        self._store, self._releases, self._files = store_, releases, files

    def errand(self) -> Errand:
        return Errand("erasures", self.turn)

    def turn(self) -> int:
        """One case; how many were done. On PostgreSQL the application's role must not change entries: there `duban
        erase`, which signs in as the tables' owner, does it."""
        with self._store.reading() as connection:
            found = self._next(connection) if _may_erase(connection) else None
        if found is None:
            return 0
        number, case_id = found
        with self._store.transaction() as connection:
            gone = self._erase(connection, number, case_id)
        for sha256 in gone:
            self._unlink(sha256)
        return 1

    def _next(self, connection: Connection) -> tuple[str, str] | None:
        query = sa.select(erasures).where(erasures.c.state == "APPROVED").order_by(erasures.c.number)
        for row in connection.execute(query):
            found = _erasure(row)
            return found.number, next(one for one in found.cases if one not in found.done)
        return None

    def _erase(self, connection: Connection, number: str, case_id: str) -> list[str]:
        """In one transaction: take it away, write the tombstone. Returns the hashes of files that nobody else has."""
        series = Series(connection, number.rpartition("-")[0])
        found = find(connection, number)
        if case_id in found.done:
            return []  # another process was faster
        row = connection.execute(_LOCK, {"c": case_id}).first()
        left = _left(connection, row, case_id)
        gone: list[str] = []
        told: dict[str, Any] = {"left": left}
        if left is None:
            values = self._forget(connection, row)
            gone = _forget_files(connection, case_id) if found.files else []
            told = {"values": values, "files": len(gone)}
        self._tell(connection, series, found, case_id, told)
        return gone

    def _tell(self, connection: Connection, series: Series, found: Erasure, case_id: str, told: dict[str, Any]) -> None:
        """The tombstone, and the row that people see."""
        done = {**found.done, case_id: told}
        is_last = len(done) == len(found.cases)
        given: dict[str, feel.Value] = {"case": case_id}
        given |= {name: Decimal(value) if isinstance(value, int) else value for name, value in told.items()}
        series.note(NoteNumber(series.id, _n(found.number), "ERASED", is_last, given), closed=False)
        values: dict[str, Any] = {"done": json.dumps(done)}
        values |= {"state": "DONE", "done_at": series.at} if is_last else {}
        connection.execute(erasures.update().where(erasures.c.number == found.number).values(values))

    def _forget(self, connection: Connection, row: Any) -> int:
        """Every copy of the personal values of a case; returns how many openings went."""
        count = 0
        for (stream, seq), personal in _openings(connection, row.id):
            count += len(json.loads(personal))
            connection.execute(_CLEAR, {"s": stream, "n": seq})
        self._forget_page(connection, row)
        for table in (store.drafts, store.snapshots):
            connection.execute(table.delete().where(table.c.case_id == row.id))
        return count

    def _forget_page(self, connection: Connection, row: Any) -> None:
        """A closed case keeps its outermost page, with the variables as they were at the end."""
        p = store.pages.c
        bundle = self._releases.bundle(row.release, connection)
        names = frozenset[str]().union(*(process.personal for process in bundle.processes.values()))
        for kept in connection.execute(sa.select(p.id, p.body, p.variables).where(p.case_id == row.id)).all():
            page = Page.load(kept.id, kept.body, kept.variables)
            page.variables = {name: value for name, value in page.variables.items() if name not in names}
            here = (p.case_id == row.id, p.id == kept.id)
            connection.execute(store.pages.update().where(*here).values(variables=page.dump_variables().encode()))

    def _unlink(self, sha256: str) -> None:
        original = self._files.path_of(sha256)
        for path in (original, original.with_name(f"{sha256}.preview.jpg")):
            path.unlink(missing_ok=True)


_LOCK = sa.select(store.cases).where(store.cases.c.id == sa.bindparam("c")).with_for_update()
_e = store.entries.c
_CLEAR = store.entries.update().where(_e.stream == sa.bindparam("s"), _e.seq == sa.bindparam("n")).values(personal=None)


def _left(connection: Connection, row: Any, case_id: str) -> str | None:
    """Why a case must be left alone after all; asked again under its lock."""
    if row is None:
        return GONE
    if row.status in ("active", "suspended"):
        return OPEN
    return HELD if retention.held(connection, [case_id]) else None


def _openings(connection: Connection, case_id: str) -> Iterable[tuple[tuple[str, int], bytes]]:
    """Where openings of a case lie: beside its own entries, and beside those of the papers that it issued."""
    places = [_e.stream == f"case/{case_id}"]
    papers = sa.select(documents.c.series, documents.c.entries).where(documents.c.case_id == case_id)
    for series, seqs in connection.execute(papers).all():
        places.append(sa.and_(_e.stream == f"register/{series}", _e.seq.in_(json.loads(seqs))))
    query = sa.select(_e.stream, _e.seq, _e.personal).where(sa.or_(*places), _e.personal.is_not(None))
    for stream, seq, personal in connection.execute(query.order_by(_e.stream, _e.seq)).all():
        yield (stream, seq), bytes(personal)


def _forget_files(connection: Connection, case_id: str) -> list[str]:
    """Names and places of a case's files; returns the hashes whose bytes no other case has."""
    a = attachment_rows.c
    mine = set(connection.scalars(sa.select(a.sha256).where(a.case_id == case_id)))
    others = set(connection.scalars(sa.select(a.sha256).where(a.sha256.in_(mine), a.case_id != case_id)))
    nowhere: dict[str, Any] = {"name": "erased", "latitude": None, "longitude": None, "has_preview": 0}
    connection.execute(attachment_rows.update().where(a.case_id == case_id).values(nowhere))
    return sorted(mine - others)


def _may_erase(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    asked = sa.text("SELECT has_column_privilege(current_user, 'entries', 'personal', 'UPDATE')")
    return bool(connection.scalar(asked))
