"""Releases as people look at them: lists, what one holds, and the diagram of a process byte for byte."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import store
from engine.errors import ReleaseNotFound
from engine.notation import read_bpmn
from engine.releases import files_of


@dataclass(frozen=True, slots=True)
class Published:
    """One release. Instants in milliseconds; `processes` are (id, name, version) of the versions that it made."""

    hash: str
    deployed_at: int
    deployed_by: str | None
    note: str
    processes: tuple[tuple[str, str, int], ...] = ()


class Library:
    """Reads releases; what it has learnt of one stays true, because a release never changes."""

    def __init__(self) -> None:
        self._diagrams: dict[str, dict[str, bytes]] = {}

    def releases(self, connection: Connection, *, limit: int, before: tuple[int, str] | None = None) -> list[Published]:
        """The newest first; `before` is (deployed_at, hash) of the last one seen."""
        columns = store.releases.c
        query = sa.select(store.releases).order_by(columns.created_at.desc(), columns.hash.desc()).limit(limit)
        if before is not None:
            query = query.where(sa.tuple_(columns.created_at, columns.hash) < sa.tuple_(*map(sa.literal, before)))
        rows = connection.execute(query).all()
        versions = self._versions(connection, [row.hash for row in rows])
        return [
            Published(row.hash, row.created_at, row.created_by, row.note or "", tuple(versions.get(row.hash, ())))
            for row in rows
        ]

    def release(self, connection: Connection, hash: str) -> Published:
        """One release; raises ReleaseNotFound."""
        row = connection.execute(sa.select(store.releases).where(store.releases.c.hash == hash)).first()
        if row is None:
            raise ReleaseNotFound(f"Expected a release {hash[:12]!r}, but there is none")
        versions = self._versions(connection, [hash]).get(hash, ())
        return Published(row.hash, row.created_at, row.created_by, row.note or "", tuple(versions))

    def files(self, connection: Connection, hash: str) -> list[tuple[str, str, int]]:
        """(path, SHA-256, bytes) of what a release holds."""
        columns = store.release_files.c
        query = sa.select(columns.path, columns.sha256, sa.func.length(columns.content)).where(columns.release == hash)
        return [(path, sha256, size) for path, sha256, size in connection.execute(query.order_by(columns.path))]

    def diagram(self, connection: Connection, hash: str, process: str) -> bytes:
        """The .bpmn file that holds a process, as it was deployed. Raises ReleaseNotFound."""
        if hash not in self._diagrams:
            self._diagrams[hash] = {
                found.id: content
                for path, content in files_of(connection, hash).items()
                if path.endswith(".bpmn")
                for found in read_bpmn(content, file=path).processes
            }
        if process not in self._diagrams[hash]:
            raise ReleaseNotFound(f"Expected the process {process!r} in release {hash[:12]}, but it is not there")
        return self._diagrams[hash][process]

    def _versions(self, connection: Connection, hashes: list[str]) -> dict[str, list[tuple[str, str, int]]]:
        table = store.definition_versions
        found: dict[str, list[tuple[str, str, int]]] = {}
        for row in connection.execute(sa.select(table).where(table.c.release.in_(hashes)).order_by(table.c.process)):
            found.setdefault(row.release, []).append((row.process, row.name, row.version))
        return found
