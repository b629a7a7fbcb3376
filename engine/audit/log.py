"""The one log over all streams: every entry becomes a leaf of a tree, whose root is signed and shown to a witness.

A chain alone can be computed anew by whoever may write the database. So entries are sealed in batches: a leaf each, the
tree's tiles, and a checkpoint (size, root, time) signed with a key outside the database. The checkpoint is appended to
a witness file, which belongs on another machine; what the witness has seen, nobody can rewrite unseen.

Entries are picked by their mark in `unsealed`, which a trigger sets: never by a number, since transactions commit out
of order. A leaf's data is the 32 bytes of the entry's hash. Leaves stand in the order of sealing, those of one stream
in the order of the stream.
"""

import logging
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from engine import clock, store
from engine.audit import keys, verify
from engine.audit.entries import millis, timestamp
from engine.audit.merkle import Tree, grow
from engine.audit.verify import Note, Row, Stored, leaf_of, notes_in
from engine.errors import CaseNotFound, DubanError
from engine.store import Store, to_millis

log = logging.getLogger("duban.log")

BATCH = 4_096
"""Leaves of one transaction: what completions may have to wait for on SQLite."""
LATE = 60
"""Seconds that an entry may wait before somebody must look: the worker seals every five."""
_LOCK = 0x6475_6C6F_67  # any number that nothing else in the database locks
_TAIL = 64 * 1024  # bytes at the end of a witness file that surely hold its last checkpoint
_HASH = re.compile("[0-9a-f]{64}")

_u, _l, _t, _k, _e = (
    table.c for table in (store.unsealed, store.leaves, store.tiles, store.checkpoints, store.entries)
)


class Forked(DubanError):
    """The witness has seen another past of this log: it was rewritten, or an old copy of the database was restored."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That entry `seq` of a stream is leaf `position` of the tree that a checkpoint signs."""

    seq: int
    position: int
    path: list[bytes]


@dataclass(frozen=True, slots=True)
class State:
    """How the log does. `behind`: seconds that its oldest entry has waited; `problem`: why nothing is sealed."""

    size: int
    signed_at: int | None
    witnessed: int
    behind: int
    problem: str | None


class Log:
    """The log of one store. `key`: file of the signing key; `witness`: the file that checkpoints are appended to."""

    def __init__(self, store_: Store, key: Path, witness: Path) -> None:
        self.store, self.key_file, self.witness = store_, key, Witness(witness)
        self._signer: keys.Signer | None = None

    # Sealing -------------------------------------------------------------------------------------------------------

    def seal(self) -> list[str]:
        """Take every waiting entry into the log; returns the streams they belong to.

        Raises Forked when the witness disagrees with what is stored, and BadKey; nothing is sealed then.
        """
        streams: list[str] = []
        with self.store.reading() as connection:
            is_idle = connection.execute(sa.select(_u.seq).limit(1)).first() is None
            self._expect_agreement(connection)
        while not is_idle:
            found = self._seal_batch()
            streams += found
            is_idle = not found
        self._show_witness()
        return list(dict.fromkeys(streams))

    def _seal_batch(self) -> list[str]:
        signer = self.signer()
        with self.store.transaction() as connection:
            if not self._lock(connection):
                return []
            rows = connection.execute(_WAITING).all()
            new = [row for row in rows if row.position is None and _HASH.fullmatch(row.hash)]
            size = _size(connection)
            if new:
                self._append(connection, size, [leaf_of(row.hash) for row in new])
                places = [{"stream": row.stream, "seq": row.seq, "position": size + n} for n, row in enumerate(new)]
                connection.execute(store.leaves.insert(), places)
                self._checkpoint(connection, size + len(new), signer)
            done = [{"s": row.stream, "n": row.seq} for row in rows if _HASH.fullmatch(row.hash)]
            if done:
                connection.execute(_UNMARK, done)
        return [row["s"] for row in done]

    def _lock(self, connection: sa.Connection) -> bool:
        """One process seals at a time; another one's turn is no reason to wait."""
        if self.store.is_sqlite:
            return True
        return bool(connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))).scalar_one())

    def _append(self, connection: sa.Connection, size: int, leaves: list[bytes]) -> None:
        changed = grow(size, leaves, lambda level, number: _tile(connection, level, number))
        rows = [{"level": level, "number": number, "hashes": tile} for (level, number), tile in changed.items()]
        connection.execute(_DROP_TILE, [{"v": row["level"], "n": row["number"]} for row in rows])
        connection.execute(store.tiles.insert(), rows)

    def _checkpoint(self, connection: sa.Connection, size: int, signer: keys.Signer | None) -> None:
        at = to_millis(clock.now())
        root = tree(connection).root(size)
        note = signer.sign(size, root, timestamp(at)) if signer else None
        connection.execute(store.checkpoints.insert(), {"size": size, "root": root.hex(), "at": at, "note": note})

    def signer(self) -> keys.Signer | None:
        """The key. SQLite is embedded, so one is made there when there is none; elsewhere `duban log init` makes it,
        because several processes must share it. Without a key the log grows unsigned; so it does after a restore, whose
        public half waits for its private one."""
        if self._signer is None and self.key_file.exists():
            self._signer = keys.load(self.key_file)
        elif self._signer is None and self.store.is_sqlite and not keys.public_file(self.key_file).exists():
            self._signer = keys.create(self.key_file)
        return self._signer

    def public_key(self) -> verify.Key | None:
        """The public half, for whoever checks; it needs no right to sign."""
        file = keys.public_file(self.key_file)
        return verify.Key.parse(file.read_text(encoding="ascii")) if file.exists() else None

    # Its state -----------------------------------------------------------------------------------------------------

    def state(self) -> State:
        """For whoever watches: any process may ask, whichever seals."""
        with self.store.reading() as connection:
            found, seen = newest_note(connection), self.witness.newest()
            waited = behind(connection)
            problem = self._problem(connection)
        note = found[0] if found else None
        signed_at = millis(note.at) if note else None
        return State(note.size if note else 0, signed_at, seen.size if seen else 0, waited, problem)

    def _problem(self, connection: sa.Connection) -> str | None:
        try:
            self._expect_agreement(connection)
        except (Forked, OSError) as error:
            return str(error)
        if self.public_key() is None and connection.execute(sa.select(_k.size).limit(1)).first() is not None:
            return "The log has no key, so that nothing is signed: duban log init makes one"
        return None

    # The witness ---------------------------------------------------------------------------------------------------

    def _expect_agreement(self, connection: sa.Connection) -> None:
        """What the witness saw last must be part of what is stored, or the log must not grow on it."""
        seen, size = self.witness.newest(), _size(connection)
        if seen is None:
            return
        if seen.size > size:
            raise Forked(
                f"The witness saw {seen.size} leaves at {seen.at}, but the log has {size}: it was cut short, or an old "
                f"copy of the database was restored. See docs/audit.md."
            )
        if seen.size and tree(connection).root(seen.size) != seen.root:
            raise Forked(
                f"The witness saw another tree of {seen.size} leaves at {seen.at}: the log was rewritten, or this is "
                f"another copy of the database. See docs/audit.md."
            )

    def _show_witness(self) -> None:
        """Append the newest signed checkpoint, unless the witness has it (after a crash it may not)."""
        with self.store.reading() as connection:
            newest = newest_note(connection)
        seen = self.witness.newest()
        if newest is not None and (seen is None or seen.size < newest[0].size):
            self.witness.append(newest[1])


_WAITING = (
    sa.select(_u.stream, _u.seq, _e.hash, _l.position)
    .join(store.entries, sa.and_(_e.stream == _u.stream, _e.seq == _u.seq))
    .join(store.leaves, sa.and_(_l.stream == _u.stream, _l.seq == _u.seq), isouter=True)
    .order_by(_u.stream, _u.seq)
    .limit(BATCH)
)
_UNMARK = store.unsealed.delete().where(_u.stream == sa.bindparam("s"), _u.seq == sa.bindparam("n"))
_DROP_TILE = store.tiles.delete().where(_t.level == sa.bindparam("v"), _t.number == sa.bindparam("n"))
_TILE = sa.select(_t.hashes).where(_t.level == sa.bindparam("v"), _t.number == sa.bindparam("n"))
_LAST_TILE = sa.select(_t.number, sa.func.length(_t.hashes)).where(_t.level == 0).order_by(_t.number.desc()).limit(1)


def _size(connection: sa.Connection) -> int:
    last = connection.execute(_LAST_TILE).first()
    return 0 if last is None else int(last[0]) * 256 + int(last[1]) // 32


def _tile(connection: sa.Connection, level: int, number: int) -> bytes:
    return bytes(connection.execute(_TILE, {"v": level, "n": number}).scalar() or b"")


def tree(connection: sa.Connection) -> Tree:
    """The tree as it is stored."""
    return Tree(lambda level, number: _tile(connection, level, number))


def behind(connection: sa.Connection) -> int:
    """Seconds that the oldest of the waiting entries has waited (of the first 10,000); 0: none waits."""
    few = sa.select(_u.stream, _u.seq).limit(10_000).subquery()
    same = sa.and_(_e.stream == few.c.stream, _e.seq == few.c.seq)
    oldest: int | None = connection.scalar(sa.select(sa.func.min(_e.at)).join_from(few, store.entries, same))
    return 0 if oldest is None else max(0, to_millis(clock.now()) - oldest) // 1000


def proofs(connection: sa.Connection, stream: str, size: int) -> Iterator[Proof]:
    """One for each entry of the stream among the first `size` leaves, in order."""
    whole = tree(connection)
    query = sa.select(_l.seq, _l.position).where(_l.stream == stream, _l.position < size).order_by(_l.seq)
    for row in connection.execute(query).all():
        yield Proof(row.seq, row.position, whole.inclusion(row.position, size))


def newest_note(connection: sa.Connection) -> tuple[Note, str] | None:
    """The newest signed checkpoint, read and as it is stored."""
    query = sa.select(_k.note).where(_k.note.is_not(None)).order_by(_k.size.desc()).limit(1)
    text: str | None = connection.execute(query).scalar()
    note = next(notes_in(text), None) if text else None
    return (note, text) if note and text else None


class Witness:
    """A file that only grows: checkpoints as they were signed, an empty line after each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read = -1
        self._newest: Note | None = None

    def newest(self) -> Note | None:
        """The last checkpoint of the file. It is read again when somebody else has appended to it."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size != self._read:
            self._newest = self._last(size)
            self._read = size
        return self._newest

    def _last(self, size: int) -> Note | None:
        if not size:
            return None
        with self.path.open("rb") as file:
            file.seek(max(0, size - _TAIL))
            *_, last = (None, *notes_in(file.read().decode(errors="replace")))
        return last

    def append(self, note: str) -> None:
        """Add a checkpoint and wait until it is on the disk. What a crash left unfinished before it is set apart."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            apart = b"" if self._ends_well() else b"\n\n"
            file.write(apart + note.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _ends_well(self) -> bool:
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 2))
            return file.read() in (b"", b"\n\n")

    def text(self) -> str | None:
        """All of it; None: there is none."""
        return self.path.read_text(encoding="utf-8", errors="replace") if self.path.exists() else None


class Tables:
    """The `verify.Source` that a store is; with `stream`, that one stream of it."""

    def __init__(self, connection: sa.Connection, stream: str | None = None) -> None:
        self._connection = connection
        self._stream = stream

    def entries(self, start: int) -> Iterator[Stored]:
        same_leaf = sa.and_(_l.stream == _e.stream, _l.seq == _e.seq)
        same_mark = sa.and_(_u.stream == _e.stream, _u.seq == _e.seq)
        columns = (_e.stream, _e.seq, _e.hash, _e.bytes, _e.personal, _l.position, _u.seq)
        joined = store.entries.outerjoin(store.leaves, same_leaf).outerjoin(store.unsealed, same_mark)
        query = sa.select(*columns).select_from(joined).order_by(_e.stream, _e.seq)
        if self._stream is not None:
            query = query.where(_e.stream == self._stream)
        if start:
            query = query.where(sa.or_(_l.position.is_(None), _l.position >= start))
        found = self._connection.execute(query.execution_options(yield_per=1_000))
        for stream, seq, hash, data, personal, position, mark in found:
            row = Row(stream, seq, hash, verify.blob(data), personal and verify.blob(personal))
            yield Stored(row, position, mark is not None)

    def hash_of(self, stream: str, seq: int) -> str:
        query = sa.select(_e.hash).where(_e.stream == stream, _e.seq == seq)
        return str(self._connection.execute(query).scalar() or "")

    def heads(self) -> Iterator[tuple[str, int, str]]:
        for kind, (table, key) in store.STREAMS.items():
            query = sa.select(key, table.c.seq, table.c.hash)
            if self._stream is not None:
                query = query.where(sa.literal(f"{kind}/").concat(key) == self._stream)
            for id, seq, hash in self._connection.execute(query):
                yield f"{kind}/{id}", seq, hash

    def size(self) -> int:
        stored = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(_t.hashes)), 0)).where(_t.level == 0)
        return int(self._connection.execute(stored).scalar_one()) // 32

    def orphans(self) -> Iterator[tuple[int, str, int]]:
        same = sa.and_(_l.stream == _e.stream, _l.seq == _e.seq)
        query = sa.select(_l.position, _l.stream, _l.seq).join(store.entries, same, isouter=True)
        for row in self._connection.execute(query.where(_e.seq.is_(None)).order_by(_l.position)):
            yield row.position, row.stream, row.seq

    def tile(self, number: int) -> bytes:
        return _tile(self._connection, 0, number)

    def notes(self) -> Iterator[tuple[int, str | None]]:
        for row in self._connection.execute(sa.select(_k.size, _k.note).order_by(_k.size)):
            yield row.size, row.note

    def name(self, position: int) -> tuple[str, int]:
        row = self._connection.execute(sa.select(_l.stream, _l.seq).where(_l.position == position)).first()
        return (row.stream, row.seq) if row else (verify.LOG, position)


def verify_case(
    connection: sa.Connection, case_id: str, key: verify.Key | None, seen: Note | None,
    others: Mapping[str, Note] | None = None,
) -> verify.Report:  # fmt: skip
    """One case: its chain, the end that its head names, and the path of each entry to the newest signed root.

    `seen` is what the witness saw last, `others` what further ones did: the log must still begin with it.
    """
    report, stream = verify.Report(), f"case/{case_id}"
    tables = Tables(connection, stream)
    rows = [stored.row for stored in tables.entries(0)]
    report.entries, report.streams = len(rows), 1
    report.findings += [*verify.check(rows), *verify.check_heads(rows, tables.heads())]
    found = newest_note(connection)
    if found is not None and key is not None and not verify.is_signed(found[0], key):
        report.add(verify.LOG, found[0].size, "the newest checkpoint is not signed by the log's key: it was changed")
    elif found is not None:
        report.signed = found[0]
        _check_proofs(connection, report, {row.seq: row for row in rows}, stream)
    report.witnessed, report.seen = seen, dict(others or {})
    for who, note in {**({"the witness": seen} if seen else {}), **report.seen}.items():
        _check_seen(connection, report, who, note, key)
    if not rows and not report.findings:
        raise CaseNotFound(f"Expected a case '{case_id}', but there is none, and there never was.")
    report.waiting = len(rows) - report.leaves
    return report


def _check_seen(connection: sa.Connection, report: verify.Report, who: str, note: Note, key: verify.Key | None) -> None:
    if key is not None and not verify.is_signed(note, key):
        report.add(verify.LOG, note.size, f"{who} keeps a checkpoint that the log's key did not sign")
    elif not 0 < note.size <= _size(connection) or tree(connection).root(note.size) != note.root:
        report.add(verify.LOG, note.size, f"the log is not what {who} saw: it was rewritten, forked or cut short")


def _check_proofs(connection: sa.Connection, report: verify.Report, rows: dict[int, Row], stream: str) -> None:
    note = report.signed
    assert note is not None
    for proof in proofs(connection, stream, note.size):
        row = rows.get(proof.seq)
        if row is None:
            report.add(stream, proof.seq, f"is gone: it was sealed as leaf {proof.position} and deleted since")
            continue
        report.leaves += 1
        leaf = leaf_of(verify.digest(row.data))
        if not verify.included(leaf, proof.position, note.size, proof.path, note.root):
            report.add(stream, row.seq, "is not in the log that the checkpoint signs: it was changed")
