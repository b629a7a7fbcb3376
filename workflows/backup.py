"""Backup and restore of a whole installation, on either database and from one to the other.

A backup is a ZIP: every table as JSON lines, read in one moment; every attachment; the public half of the log's key;
the witness's file; the settings, without secrets; and a manifest with the SHA-256 of each. What makes new history (the
log's private key, passwords of mail servers) is not in it and is kept apart.

A restore fills an empty database and home, or nothing at all, and is itself noted: the register `restores` gets an
entry that names the backup. It is sealed like any other, once the witness and the log agree (docs/audit.md).
"""

import base64
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine import clock, migrations
from engine import store as tables
from engine.audit import keys
from engine.audit.entries import timestamp
from engine.audit.log import newest_note
from engine.errors import InvalidState
from engine.execution.commands import ReserveNumber
from engine.reservations import Series
from engine.store import metadata, to_millis
from workflows.duban import Duban

FORMAT = 1
RESTORES = "restores"
_MANIFEST, _SETTINGS, _KEY, _WITNESS = "manifest.json", "settings.json", "log.pub", "witness.txt"
_CHUNK = 1_000  # rows of one insert
_BLOCK = 1 << 20
_NEVER_COPIED = ("alembic_version", "workers")
_SHOWS_USE = ("entries", "people", "attachments")


class BadBackup(InvalidState):
    """Expected a whole backup of Duban, but something in it is missing or was changed."""


class NotEmpty(InvalidState):
    """Expected an empty database and home to restore into; an installation that is in use is never overwritten."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup holds. `sha256`: of its manifest, which names everything else. `leaves`: size of the sealed log."""

    sha256: str
    taken_at: str
    revision: str
    rows: int
    attachments: int
    leaves: int


# Backup ------------------------------------------------------------------------------------------------------------


def write(duban: Duban, file: Path, settings: Mapping[str, str]) -> Summary:
    """Write a backup of this moment; work may go on meanwhile. An existing file is not replaced.

    Raises BadBackup when an attachment is not what its name says: better known now than at the restore.
    """
    partial = file.with_name(file.name + ".part")
    if file.exists():
        raise InvalidState(f"Expected no file yet, but '{file}' exists")
    try:
        partial.touch(mode=0o600)  # it holds everything that people may not all see
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            summary = _Writer(archive).write(duban, settings)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return summary


class _Writer:
    """Members of the archive, each with its hash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._hashes: dict[str, str] = {}

    def write(self, duban: Duban, settings: Mapping[str, str]) -> Summary:
        with duban.store.reading() as connection:
            counts = {table.name: self._table(connection, table) for table in _copied(metadata)}
            seals = sa.select(tables.checkpoints.c.size, tables.checkpoints.c.root)
            sealed = connection.execute(seals.order_by(tables.checkpoints.c.size.desc())).first()
            revision = migrations.present(connection)
            names: Any = sa.select(sa.column("sha256", sa.String)).select_from(sa.table("attachments")).distinct()
            files = sorted(connection.execute(names).scalars())
        for sha256 in files:
            self._attachment(duban.attachments.path_of(sha256), sha256)
        self._text(_SETTINGS, json.dumps(dict(settings), indent=1, ensure_ascii=False))
        self._copy(_KEY, keys.public_file(duban.log.key_file))
        self._copy(_WITNESS, duban.log.witness.path)
        manifest = {
            "format": FORMAT, "duban": duban.version, "taken_at": timestamp(to_millis(clock.now())),
            "revision": revision, "database": duban.store.url.get_backend_name(), "rows": counts,
            "log": {"leaves": sealed.size, "root": sealed.root} if sealed else None, "sha256": self._hashes,
        }  # fmt: skip
        self._text(_MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
        return _summary(manifest, self._hashes[_MANIFEST])

    def _table(self, connection: sa.Connection, table: sa.Table) -> int:
        """A line with the names of the columns, then one for each row."""
        rows = connection.execute(sa.select(table).execution_options(yield_per=_CHUNK))
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            yield _line(list(rows.keys()))
            for row in rows:
                count += 1
                yield _line([_plain(value) for value in row])

        self._member(f"tables/{table.name}.jsonl", lines())
        return count

    def _attachment(self, path: Path, sha256: str) -> None:
        name = f"attachments/{sha256}"
        try:
            with path.open("rb") as source:
                self._member(name, iter(lambda: source.read(_BLOCK), b""))
        except FileNotFoundError:
            raise BadBackup(f"Expected the attachment '{path}', but there is none") from None
        if self._hashes[name] != sha256:
            raise BadBackup(f"Expected '{path}' to have the SHA-256 of its name, but it has {self._hashes[name]}")

    def _copy(self, name: str, path: Path) -> None:
        if path.exists():
            self._member(name, [path.read_bytes()])

    def _text(self, name: str, text: str) -> None:
        self._member(name, [text.encode()])

    def _member(self, name: str, parts: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        with self._archive.open(name, "w", force_zip64=True) as target:
            for part in parts:
                digest.update(part)
                target.write(part)
        self._hashes[name] = digest.hexdigest()


def _copied(described: sa.MetaData) -> list[sa.Table]:
    return [table for table in described.sorted_tables if table.name not in _NEVER_COPIED]


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    return {"b": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def _stored(value: Any) -> Any:
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


def _summary(manifest: Mapping[str, Any], sha256: str) -> Summary:
    attachments = sum(name.startswith("attachments/") for name in manifest["sha256"])
    log = manifest["log"]
    return Summary(
        sha256, manifest["taken_at"], manifest["revision"], sum(manifest["rows"].values()), attachments,
        log["leaves"] if log else 0,
    )  # fmt: skip


# Restore -----------------------------------------------------------------------------------------------------------


def read(duban: Duban, file: Path) -> Summary:
    """Restore a backup into an empty database and home, and bring it to this version's schema.

    Everything is checked before anything is written. Raises BadBackup and NotEmpty; nothing has changed then.
    """
    with _opened(file) as archive:
        manifest, sha256 = _checked(archive)
        _expect_empty(duban)
        _restore_files(archive, manifest, duban)
        with duban.store.transaction() as connection:
            _clear(connection)
            migrations.apply(connection, metadata, manifest["revision"])
            _restore_tables(archive, connection, manifest)
            migrations.apply(connection, metadata)
            _note(connection, manifest, sha256)
    return _summary(manifest, sha256)


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise BadBackup(f"Expected '{file}' to be a backup, but it cannot be read: {error}") from None


def _checked(archive: zipfile.ZipFile) -> tuple[dict[str, Any], str]:
    """The manifest and its hash, after every member was found to be what it says."""
    try:
        data = archive.read(_MANIFEST)
        manifest: dict[str, Any] = json.loads(data)
        if manifest["format"] != FORMAT:
            raise BadBackup(f"Expected a backup of format {FORMAT}, but this is {manifest['format']}")
        for name, sha256 in manifest["sha256"].items():
            if _hash(archive, name) != sha256:
                raise BadBackup(f"Expected '{name}' to have the SHA-256 of the manifest, but it was changed")
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadBackup(f"Expected a whole backup, but: {error}") from None
    return manifest, hashlib.sha256(data).hexdigest()


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _expect_empty(duban: Duban) -> None:
    with duban.store.reading() as connection:
        present = set(sa.inspect(connection).get_table_names())
        for name in present.intersection(_SHOWS_USE):
            if connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
                raise NotEmpty(f"Expected an empty database, but the table {name} has rows")
    kept = duban.home / "attachments"
    if kept.exists() and any(found.is_file() for found in kept.rglob("*")):
        raise NotEmpty(f"Expected no attachments yet, but '{kept}' has files")


def _restore_files(archive: zipfile.ZipFile, manifest: Mapping[str, Any], duban: Duban) -> None:
    """Files first: one that no row names is harmless, a row without its file is not. `log.pub` must not differ."""
    public = keys.public_file(duban.log.key_file)
    if _KEY in manifest["sha256"]:
        found = archive.read(_KEY)
        if public.exists() and public.read_bytes() != found:
            raise NotEmpty(f"Expected the key of the backup's log, but '{public}' is another one")
        public.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        public.write_bytes(found)
    for name in manifest["sha256"]:
        kind, _, sha256 = name.partition("/")
        if kind == "attachments":
            with archive.open(name) as source:
                _settle(source.read, duban.attachments.path_of(sha256))


def _settle(read: Callable[[int], bytes], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="restored-", dir=path.parent)
    with os.fdopen(handle, "wb") as target:
        while block := read(_BLOCK):
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    Path(temporary).replace(path)


def _clear(connection: sa.Connection) -> None:
    """Tables that `duban migrate` made before us; they are empty."""
    found = sa.MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def _restore_tables(archive: zipfile.ZipFile, connection: sa.Connection, manifest: Mapping[str, Any]) -> None:
    found = sa.MetaData()
    found.reflect(connection)
    missing = set(manifest["rows"]) - set(found.tables)
    if missing:
        raise BadBackup(f"Expected only tables of revision {manifest['revision']}, but it has {sorted(missing)}")
    last = ["unsealed"]  # a trigger marks each entry that is restored; what the backup says counts
    for name in [*(table.name for table in _copied(found) if table.name not in last), *last]:
        if name in manifest["rows"]:
            connection.execute(found.tables[name].delete())
            with archive.open(f"tables/{name}.jsonl") as source:
                _fill(connection, found.tables[name], source)


def _fill(connection: sa.Connection, table: sa.Table, source: Any) -> None:
    columns = json.loads(source.readline())
    rows: list[dict[str, Any]] = []
    for line in source:
        values = [_stored(value) for value in json.loads(line)]
        rows.append(dict(zip(columns, values, strict=True)))
        if len(rows) == _CHUNK:
            connection.execute(table.insert(), rows)
            rows = []
    if rows:
        connection.execute(table.insert(), rows)


def _note(connection: sa.Connection, manifest: Mapping[str, Any], sha256: str) -> None:
    newest = newest_note(connection)
    said = {"backup": sha256, "taken": manifest["taken_at"], "signed": newest[1] if newest else ""}
    Series(connection, RESTORES).reserve(ReserveNumber(series=RESTORES, holder="backup", variables=dict(said)))
