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

from engine import clock, deadlines, decisions, store
from engine.audit import entries
from engine.errors import InvalidModel, Problem, ReleaseNotFound
from engine.execution import definitions
from engine.execution.bundle import Bundle
from engine.execution.commands import DeployDefinition
from engine.execution.decide import SEMANTICS
from engine.execution.wire import Openings
from engine.notation.bpmn import read_bpmn
from engine.notation.dmn import read_dmn_files
from engine.notation.forms import read_form
from engine.notation.model import Process
from engine.store import Store, to_millis


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment did.

    `processes`: id → version now current; `unchanged`: identical content was current already.
    """

    hash: str
    processes: dict[str, int] = field(default_factory=dict)
    unchanged: bool = False


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the sorted list of `<sha256 of the content>  <path>` lines."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def compile_bundle(files: Mapping[str, bytes], *, whole: bool = True, **settings: Any) -> Bundle:
    """Read, compile and cross-check the files of a release. Raises InvalidModel with every problem found.

    Without `whole`, a name of something outside these files is no problem (a single diagram that is tried out).
    """
    problems: list[Problem] = []
    processes: dict[str, Process] = {}
    forms: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for path, content in sorted(files.items()):
        try:
            _read(path, content, processes, forms, problems)
        except InvalidModel as refused:
            problems += refused.problems
    try:
        _read_decisions(files, tables, problems)
    except InvalidModel as refused:
        problems += refused.problems
    if not problems:
        problems += _personal(processes, tables)
    if not problems and whole:
        problems += _dangling(processes, forms, tables)
    if problems:
        raise InvalidModel(problems)
    return Bundle(content_hash(files), processes, tables, forms, **settings)


def _read(path: str, content: bytes, processes: Any, forms: Any, problems: list[Problem]) -> None:
    if path.endswith(".bpmn"):
        found = {process.id: process for process in read_bpmn(content, file=path).processes}
        _merge(processes, found, path, problems)
    elif path.endswith(".form"):
        form = read_form(content, file=path)
        _merge(forms, {form.id: form}, path, problems)
    elif not path.endswith(".dmn"):
        problems.append(Problem("REL001", f"Expected a .bpmn, .dmn or .form file, but got '{path}'.", file=path))


def _read_decisions(files: Mapping[str, bytes], tables: dict[str, Any], problems: list[Problem]) -> None:
    """Decision models may import each other, so they are read together."""
    found = read_dmn_files({path: content for path, content in files.items() if path.endswith(".dmn")})
    for path, definitions_ in found.items():
        model = decisions.compile_definitions(definitions_)
        _merge(tables, dict.fromkeys(model.decision_ids, model), path, problems)


def _merge(into: dict[str, Any], found: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
    for id, thing in found.items():
        if id in into:
            problems.append(
                Problem("REL002", f"Expected the id '{id}' once in a release, but it is there twice.", id, file=path)
            )
        into[id] = thing


def _dangling(processes: Mapping[str, Process], forms: Any, tables: Any) -> list[Problem]:
    """Names of forms, ladders and called processes that the release does not hold."""
    problems = []
    for process in processes.values():
        if process.start_form is not None and process.start_form not in forms:
            problems.append(_missing("REL003", "form", process.start_form, process.id, process.line))
        for node in process.nodes.values():
            task, call = node.user_task, node.call
            wanted = [
                ("REL003", "form", task.form if task else None, forms),
                ("REL004", "ladder decision", task.ladder if task else None, tables),
                ("REL005", "called process", call.static_process if call else None, processes),
            ]
            problems += [
                _missing(rule, what, name, node.id, node.line)
                for rule, what, name, known in wanted
                if name is not None and name not in known
            ]
    return problems


def _missing(rule: str, what: str, name: str, element: str, line: int) -> Problem:
    return Problem(rule, f"Expected the {what} '{name}' in this release, but it is not there.", element, line)


def _personal(processes: Mapping[str, Process], tables: Mapping[str, Any]) -> list[Problem]:
    """Personal data must be erasable, so no flow may turn on it and no decision may record it."""
    problems = []
    for process in processes.values():
        for told in (process.title, process.access):
            used = process.personal & told.free_names if told else frozenset()
            problems += [_uses_personal("REL009", "title and access", name, process.id) for name in sorted(used)]
        for flow in process.flows.values():
            used = process.personal & flow.condition.free_names if flow.condition else frozenset()
            problems += [
                _uses_personal("REL006", f"the condition of flow '{flow.id}'", name, flow.id) for name in sorted(used)
            ]
        for node in process.nodes.values():
            decision = node.decision({}, None) if node.decision else None
            reads = (
                tables[decision].required_inputs(decision) if isinstance(decision, str) and decision in tables else ()
            )
            used = process.personal & frozenset(reads)
            problems += [
                _uses_personal("REL007", f"the decision of '{node.id}'", name, node.id) for name in sorted(used)
            ]
    return problems


def _uses_personal(rule: str, what: str, name: str, element: str) -> Problem:
    return Problem(
        rule, f"Expected {what} not to read personal data, but it reads '{name}', which must be erasable.", element
    )


class Releases:
    """Deployed releases of one store; compiled bundles are cached, since a release never changes."""

    def __init__(self, store_: Store) -> None:
        self.store = store_
        self._bundles: dict[str, Bundle] = {}
        self._calendars: dict[tuple[str, int], Any] = {}
        self._lock = threading.Lock()

    def deploy(self, files: Mapping[str, bytes], *, actor: str | None = None, note: str = "") -> Deployed:
        """Check, store and make current. Identical content makes no new version."""
        bundle = compile_bundle(files, calendars=self.calendar)
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


def append(
    connection: sa.Connection, stream: str, seq: int, prev: str, release: str, command: Any, told: list[Any],
    openings: Openings | None = None,
) -> entries.Sealed:  # fmt: skip
    """Write one entry to a stream; the caller holds the stream's lock and keeps its head."""
    entry = entries.Entry(stream, seq, prev, SEMANTICS, release, command.at, command, told)
    sealed = entries.seal(entry, openings or Openings())
    connection.execute(
        store.entries.insert(),
        {
            "stream": stream, "seq": seq, "hash": sealed.hash, "bytes": sealed.data, "personal": sealed.personal,
            "at": command.at,
        },
    )  # fmt: skip
    return sealed


def replace_starts(c: sa.Connection, process: str, told: list[Any]) -> None:
    """The start timers and subscriptions of a process become those of its newest version, in the same transaction."""
    from engine.execution import events as e

    for table in (store.start_timers, store.start_subscriptions):
        c.execute(table.delete().where(table.c.process == process))
    for event in told:
        if isinstance(event, e.StartTimerArmed):
            c.execute(
                store.start_timers.insert().values(
                    process=process, element=event.element, due_at=event.due, every=event.every, remaining=event.left
                )
            )
        elif isinstance(event, e.StartSubscribed):
            c.execute(
                store.start_subscriptions.insert().values(
                    process=process, element=event.element, kind=event.what, name=event.name
                )
            )
