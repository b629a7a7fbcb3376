"""Releases: what is deployed together, content-hashed and kept while any entry names it.

`deploy` checks everything and writes nothing unless all of it is right. A process keeps running under the release its
case began with; new cases take the newest version.
"""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from engine import clock, deadlines, store
from engine.audit import entries
from engine.bundles import compile_bundle
from engine.errors import InvalidModel, ReleaseNotFound
from engine.execution import definitions
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.commands import DeployDefinition
from engine.ladders import ladder_problems
from engine.notation.lint import lint_files
from engine.notation.model import Process
from engine.store import Store, to_millis
from engine.streams import append as append


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment did.

    `processes`: id → version now current; `unchanged`: identical content was current already.
    """

    hash: str
    processes: dict[str, int] = field(default_factory=dict)
    unchanged: bool = False


class Releases:
    """Deployed releases of one store; compiled bundles are cached, since a release never changes."""

    def __init__(self, store_: Store) -> None:
        self.store = store_
        self._bundles: dict[str, Bundle] = {}
        self._calendars: dict[tuple[str, int], Any] = {}
        self._lock = threading.Lock()

    def deploy(self, files: Mapping[str, bytes], *, actor: str | None = None, note: str = "") -> Deployed:
        """Check, store and make current. Identical content makes no new version. Errors of lint refuse it."""
        wrong = [problem for problem in lint_files(files, "duban") if problem.severity == "error"]
        if wrong:
            raise InvalidModel(wrong)
        bundle = compile_bundle(files, calendars=self.calendar)
        if unsound := ladder_problems(files, bundle):
            raise InvalidModel(unsound)
        with self.store.transaction() as connection:
            at = to_millis(clock.now())
            if not connection.execute(
                sa.select(store.releases.c.hash).where(store.releases.c.hash == bundle.hash)
            ).first():
                self._store_files(connection, bundle.hash, files, at, actor, note)
            versions = {
                id: self._make_current(connection, bundle, process, at, actor, note)
                for id, process in bundle.processes.items()
            }
        self._bundles[bundle.hash] = bundle
        changed = {id: version for id, (version, new) in versions.items() if new}
        return Deployed(bundle.hash, {id: version for id, (version, _) in versions.items()}, unchanged=not changed)

    def _store_files(
        self, c: sa.Connection, hash: str, files: Mapping[str, bytes], at: int, actor: str | None, note: str
    ) -> None:
        c.execute(store.releases.insert().values(hash=hash, created_at=at, created_by=actor, note=note))
        rows = [
            {"release": hash, "path": path, "sha256": hashlib.sha256(content).hexdigest(), "content": content}
            for path, content in files.items()
        ]
        c.execute(store.release_files.insert(), rows)

    def _make_current(
        self, c: sa.Connection, bundle: Bundle, process: Process, at: int, actor: str | None, note: str
    ) -> tuple[int, bool]:
        table = store.definitions
        row = c.execute(sa.select(table).where(table.c.process == process.id).with_for_update()).first()
        if row is not None and row.release == bundle.hash:
            return row.version, False
        version, seq, prev = (row.version + 1, row.seq + 1, row.hash) if row else (1, 1, entries.GENESIS)
        command = DeployDefinition(process.id, version, bundle.hash, note, at=at, actor=actor)
        told = definitions.deploy(bundle, command)
        sealed = append(c, f"definition/{process.id}", seq, prev, bundle.hash, command, told)
        values = {
            "name": process.name or process.id, "release": bundle.hash, "version": version, "seq": seq,
            "hash": sealed.hash,
            "deployed_at": at,
        }  # fmt: skip
        if row:
            c.execute(table.update().where(table.c.process == process.id).values(values))
        else:
            c.execute(table.insert().values(process=process.id, **values))
        versions = store.definition_versions
        c.execute(
            versions.insert().values(
                process=process.id,
                version=version,
                release=bundle.hash,
                name=values["name"],
                deployed_at=at,
                deployed_by=actor,
            )
        )
        replace_starts(c, process.id, told)
        return version, True

    def bundle(self, hash: str, connection: sa.Connection | None = None) -> Bundle:
        """The compiled release. Raises ReleaseNotFound."""
        found = self._bundles.get(hash)
        if found is not None:
            return found
        with self._lock:
            files = self._on(connection, lambda c: files_of(c, hash))
            if not files:
                raise ReleaseNotFound(f"Expected a release {hash[:12]}…, but there is none.")
            self._bundles[hash] = compile_bundle(files, calendars=self.calendar)
        return self._bundles[hash]

    def calendar(self, series: str, version: int) -> Any:
        """A version of a business calendar never changes, so it is read once."""
        if (series, version) not in self._calendars:
            with self.store.reading() as connection:
                self._calendars[series, version] = deadlines.load(connection, series, version)
        return self._calendars[series, version]

    def _on(self, connection: sa.Connection | None, read: Callable[[sa.Connection], Any]) -> Any:
        if connection is not None:
            return read(connection)
        with self.store.reading() as own:
            return read(own)

    def current(self, process: str, connection: sa.Connection | None = None) -> str:
        """The hash of the release that new cases of the process take. Raises ReleaseNotFound."""
        statement = sa.select(store.definitions.c.release).where(store.definitions.c.process == process)
        found = self._on(connection, lambda c: c.execute(statement).scalar())
        if found is None:
            raise ReleaseNotFound(f"Expected a deployed process '{process}', but there is none.")
        return str(found)


def files_of(connection: sa.Connection, hash: str) -> dict[str, bytes]:
    """path → content of a release, byte for byte as deployed."""
    table = store.release_files
    rows = connection.execute(sa.select(table.c.path, table.c.content).where(table.c.release == hash))
    return {path: bytes(content) for path, content in rows}


def stored_files(connection: sa.Connection, hash: str) -> dict[str, bytes]:
    """path → content of the release whose hash begins so. Raises ReleaseNotFound unless there is exactly one."""
    known = store.releases.c.hash
    found = connection.execute(sa.select(known).where(known.startswith(hash, autoescape=True)).limit(2)).scalars().all()
    if len(found) != 1:
        many = "several begin so" if found else "there is none"
        raise ReleaseNotFound(f"Expected one release whose hash begins with '{hash[:64]}', but {many}.")
    return files_of(connection, found[0])


def replace_starts(c: sa.Connection, process: str, told: list[Any]) -> None:
    """The start timers and subscriptions of a process become those of its newest version, in the same transaction."""
    for table in (store.start_timers, store.start_subscriptions):
        c.execute(table.delete().where(table.c.process == process))
    for event in told:
        if isinstance(event, e.StartTimerArmed):
            arm_start(c, process, event)
        elif isinstance(event, e.StartSubscribed):
            c.execute(
                store.start_subscriptions.insert().values(
                    process=process, element=event.element, number=event.number, kind=event.what, name=event.name
                )
            )


def arm_start(c: sa.Connection, process: str, event: e.StartTimerArmed) -> None:
    """A start timer of a process, where the worker finds it when it is due."""
    row = {"due_at": event.due, "every": event.every, "remaining": event.left}
    c.execute(store.start_timers.insert().values(process=process, element=event.element, number=event.number, **row))
