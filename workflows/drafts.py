"""Drafts: releases in the making, kept with their last revisions. Nothing here touches what runs.

A draft is a set of files. Each change makes a version, and the last fifty can be brought back. What is not asked for by
its version is refused, so two people who edit at once never overwrite each other unseen.
"""

import hashlib
import io
import json
import re
import secrets
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.checking import MODELS
from engine.errors import InvalidInput, InvalidState, NotFound, StaleVersion
from engine.notation.dialects import Converted, convert
from engine.releases import stored_files
from engine.store import insert_new, to_millis
from workflows.tables import (
    studio_authors,
    studio_comments,
    studio_contents,
    studio_drafts,
    studio_revisions,
    studio_tries,
)

SCENARIO = ".scenario.yaml"
KEPT = 50
"""Revisions of a draft that can be brought back."""
MOST_FILES = 500
MOST_BYTES = 20 * 1024 * 1024
MOST_DRAFTS = 200
"""Drafts that are not published yet: more than anybody works on."""
EDITING, SUBMITTED, APPROVED, PUBLISHED = "editing", "submitted", "approved", "published"
STATES = (EDITING, SUBMITTED, APPROVED, PUBLISHED)
_PART = r"\w[\w .()+-]{0,99}"
_PATH = re.compile(rf"(?:{_PART}/){{0,5}}{_PART}")
_ENDS = (*MODELS, SCENARIO)

Files = dict[str, tuple[str, int]]
"""path → (SHA-256, bytes)."""


class DraftNotFound(NotFound):
    """Expected a draft with this id, but there is none."""


class DraftFileNotFound(NotFound):
    """Expected a file of the draft with this path, but there is none."""


class RevisionNotFound(NotFound):
    """Expected one of the draft's last revisions, but there is none with this number."""


class DraftChanged(StaleVersion):
    """Expected the version of the draft that you saw, but it has changed since; load it again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: its row, and what its files are."""

    row: Any
    files: Files

    @property
    def models(self) -> list[str]:
        """The paths that a release is made of."""
        return [path for path in self.files if path.endswith(MODELS)]


# Looking -------------------------------------------------------------------------------------------------------------


def load(connection: Connection, id: str) -> Draft:
    """Raises DraftNotFound."""
    row = connection.execute(sa.select(studio_drafts).where(studio_drafts.c.id == id)).first()
    if row is None:
        raise DraftNotFound
    return of_row(row)


def listed(connection: Connection, *, limit: int, before: tuple[int, str] | None = None) -> list[Draft]:
    """The drafts, changed last first; `before` is (changed_at, id) of the last one seen."""
    c = studio_drafts.c
    query = sa.select(studio_drafts).order_by(c.changed_at.desc(), c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(sa.tuple_(c.changed_at, c.id) < sa.tuple_(*map(sa.literal, before)))
    return [of_row(row) for row in connection.execute(query)]


def content(connection: Connection, draft: Draft, path: str) -> bytes:
    """Raises DraftFileNotFound."""
    if path not in draft.files:
        raise DraftFileNotFound
    return _contents(connection, draft.row.id, {path: draft.files[path]})[path]


def models(connection: Connection, draft: Draft) -> dict[str, bytes]:
    """path → content of what a release is made of; scenarios are not."""
    return _contents(connection, draft.row.id, {path: draft.files[path] for path in draft.models})


def everything(connection: Connection, draft: Draft) -> dict[str, bytes]:
    """path → content of every file, scenarios too."""
    return _contents(connection, draft.row.id, draft.files)


def revisions(connection: Connection, draft: Draft) -> list[Any]:
    """The kept revisions, newest first: rows with n, at, by, what."""
    c = studio_revisions.c
    query = sa.select(c.n, c.at, c.by, c.what).where(c.draft == draft.row.id).order_by(c.n.desc())
    return list(connection.execute(query))


def authors(connection: Connection, id: str) -> frozenset[str]:
    """Who has written in a draft."""
    return frozenset(connection.scalars(sa.select(studio_authors.c.person).where(studio_authors.c.draft == id)))


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP: the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def of_row(row: Any) -> Draft:
    return Draft(row, _files(row.files))


def _files(text: str) -> Files:
    return {path: (sha256, size) for path, (sha256, size) in json.loads(text).items()}


def _contents(connection: Connection, id: str, files: Files) -> dict[str, bytes]:
    c = studio_contents.c
    wanted = {sha256 for sha256, _ in files.values()}
    rows = connection.execute(sa.select(c.sha256, c.content).where(c.draft == id, c.sha256.in_(wanted)))
    held = {row.sha256: bytes(row.content) for row in rows}
    if wanted - held.keys():
        raise RevisionNotFound
    return {path: held[sha256] for path, (sha256, _) in files.items()}


# Making --------------------------------------------------------------------------------------------------------------


def create(connection: Connection, name: str, files: Mapping[str, bytes], by: str, base: str | None = None) -> str:
    """A draft that begins with these files; returns its id. Raises InvalidInput for files that a draft cannot hold."""
    open_ = sa.select(sa.func.count()).select_from(studio_drafts).where(studio_drafts.c.state != PUBLISHED)
    if (connection.scalar(open_) or 0) >= MOST_DRAFTS:
        raise InvalidState(f"Expected fewer than {MOST_DRAFTS} drafts that are not published; delete some first.")
    id, now = secrets.token_hex(8), to_millis(clock.now())
    for path in files:
        checked_path(path)
    connection.execute(
        studio_drafts.insert().values(
            id=id, name=name, base=base, version=0, state=EDITING, files="{}", created_by=by, created_at=now,
            changed_by=by, changed_at=now, note="", document="", remark="",
        )
    )  # fmt: skip
    draft = load(connection, id)
    _keep(connection, draft, _stored(connection, id, {}, files), by, "created")
    return id


def from_release(connection: Connection, name: str, release: str, by: str) -> str:
    """A draft that begins as a release stands, with the scenarios of the draft that it was published from."""
    files = stored_files(connection, release)
    c = studio_drafts.c
    query = sa.select(studio_drafts).where(c.release == release).order_by(c.decided_at.desc(), c.id).limit(1)
    for row in connection.execute(query):
        earlier = of_row(row)
        kept = {path: file for path, file in earlier.files.items() if path.endswith(SCENARIO)}
        files |= _contents(connection, row.id, kept)
    return create(connection, name, files, by, release)


def rename(connection: Connection, id: str, version: int | None, name: str, by: str) -> Draft:
    draft = held(connection, id, version)
    return moved_on(connection, draft, by, name=name)


def drop(connection: Connection, id: str, version: int | None) -> None:
    """Delete a draft with all it holds. What was published stays, for it says who approved a release."""
    draft = held(connection, id, version, states=(EDITING,))
    for table in (studio_contents, studio_revisions, studio_authors, studio_comments, studio_tries):
        connection.execute(table.delete().where(table.c.draft == draft.row.id))
    connection.execute(studio_drafts.delete().where(studio_drafts.c.id == id))


# Changing ------------------------------------------------------------------------------------------------------------


def write(connection: Connection, id: str, version: int | None, path: str, data: bytes, by: str) -> Draft:
    """Add or replace a file. Content that stands there already makes no version."""
    checked_path(path)
    return _changed(connection, id, version, by, path, lambda files: _stored(connection, id, files, {path: data}))


def remove(connection: Connection, id: str, version: int | None, path: str, by: str) -> Draft:
    def without(files: Files) -> Files:
        if path not in files:
            raise DraftFileNotFound
        return {other: file for other, file in files.items() if other != path}

    return _changed(connection, id, version, by, f"-{path}", without)


def restore(connection: Connection, id: str, version: int | None, n: int, by: str) -> Draft:
    """Bring a revision back, as a version of its own."""
    c = studio_revisions.c
    found = connection.scalar(sa.select(c.files).where(c.draft == id, c.n == n))
    if found is None:
        raise RevisionNotFound
    return _changed(connection, id, version, by, f"@{n}", lambda _: _files(found))


def replace(connection: Connection, id: str, version: int | None, files: Mapping[str, bytes], by: str) -> Draft:
    """Exchange all files, as a folder holds them."""
    for path in files:
        checked_path(path)
    return _changed(connection, id, version, by, "*", lambda _: _stored(connection, id, {}, files))


def take_in(
    connection: Connection, id: str, version: int | None, path: str, data: bytes, by: str
) -> tuple[Draft, Converted]:  # fmt: skip
    """Add a diagram of whatever tool, converted. Raises InvalidModel for what is no BPMN."""
    done = convert(data, file=path)
    return write(connection, id, version, path, done.data, by), done


def moved_on(connection: Connection, draft: Draft, by: str, **values: Any) -> Draft:
    """A draft that its caller holds, with something about it changed; its files stay."""
    _update(connection, draft, by, **values)
    return load(connection, draft.row.id)


def checked_path(path: str) -> str:
    """Raises InvalidInput for a path that could mean anything outside its draft."""
    if len(path) > 200 or not _PATH.fullmatch(path) or not path.endswith(_ENDS):
        said = f"Expected a path such as hazard/forms/order.form that ends in {', '.join(_ENDS)}"
        raise InvalidInput(f"{said}, but found {path[:200]!r}", {"path": ["pattern: letters, digits, -_."]})
    return path


def _changed(
    connection: Connection, id: str, version: int | None, by: str, what: str, change: Callable[[Files], Files]
) -> Draft:
    draft = held(connection, id, version, states=(EDITING,))
    files = change(draft.files)
    if files == draft.files:
        return draft
    return _keep(connection, draft, files, by, what)


def held(
    connection: Connection, id: str, version: int | None, states: tuple[str, ...] = (EDITING, SUBMITTED, APPROVED)
) -> Draft:
    """The draft under a lock. Raises DraftChanged for another version, InvalidState for another state."""
    row = connection.execute(sa.select(studio_drafts).where(studio_drafts.c.id == id).with_for_update()).first()
    if row is None:
        raise DraftNotFound
    if version is not None and version != row.version:
        raise DraftChanged(f"Expected version {version} of the draft, but it is at {row.version}; load it again.")
    if row.state not in states:
        raise InvalidState(f"Expected a draft that is {' or '.join(states)}, but it is {row.state}.")
    return of_row(row)


def _keep(connection: Connection, draft: Draft, files: Files, by: str, what: str) -> Draft:
    """Make `files` the next version of the draft."""
    if len(files) > MOST_FILES or sum(size for _, size in files.values()) > MOST_BYTES:
        most = f"{MOST_FILES} files and {MOST_BYTES // 1024 // 1024} MB"
        raise InvalidInput(f"Expected a draft of at most {most}", {"files": [f"length: at most {most}"]})
    text = json.dumps(files, ensure_ascii=False)
    n, now = draft.row.version + 1, to_millis(clock.now())
    row = {"draft": draft.row.id, "n": n, "at": now, "by": by, "what": what, "files": text}
    connection.execute(studio_revisions.insert().values(row))
    connection.execute(insert_new(connection, studio_authors).values(draft=draft.row.id, person=by))
    _update(connection, draft, by, files=text)
    _forget(connection, draft.row.id, n - KEPT)
    return load(connection, draft.row.id)


def _update(connection: Connection, draft: Draft, by: str, **values: Any) -> None:
    now = to_millis(clock.now())
    values |= {"version": draft.row.version + 1, "changed_by": by, "changed_at": now}
    connection.execute(studio_drafts.update().where(studio_drafts.c.id == draft.row.id).values(values))


def _stored(connection: Connection, id: str, files: Files, new: Mapping[str, bytes]) -> Files:
    """The files with the new ones among them, whose contents are stored."""
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in new.items()}
    rows = {hashes[path]: data for path, data in new.items()}
    if rows:
        stored = [{"draft": id, "sha256": sha256, "content": data} for sha256, data in rows.items()]
        connection.execute(insert_new(connection, studio_contents), stored)
    return files | {path: (hashes[path], len(data)) for path, data in new.items()}


def _forget(connection: Connection, id: str, last: int) -> None:
    """Drop the revisions up to `last`, and the contents that only they had."""
    c = studio_revisions.c
    old = (c.draft == id) & (c.n <= last)
    gone = list(connection.scalars(sa.select(c.files).where(old)))
    if not gone:
        return
    connection.execute(studio_revisions.delete().where(old))
    kept = _hashes(connection.scalars(sa.select(c.files).where(c.draft == id)))
    dead = _hashes(gone) - kept
    of = studio_contents.c
    connection.execute(studio_contents.delete().where(of.draft == id, of.sha256.in_(dead)))


def _hashes(texts: Any) -> set[str]:
    return {sha256 for text in texts for sha256, _ in _files(text).values()}


# The folder ----------------------------------------------------------------------------------------------------------


def read_folder(folder: Path) -> dict[str, bytes]:
    """path → content of what a draft may hold below a folder; links are not followed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name.endswith(_ENDS):
            found[checked_path(path.relative_to(folder).as_posix())] = path.read_bytes()
    return found


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write what differs, and remove the models that are gone; returns the paths. Nothing outside is touched."""
    root = folder.resolve()
    standing = read_folder(folder) if folder.is_dir() else {}
    changed = sorted(path for path in files.keys() | standing.keys() if files.get(path) != standing.get(path))
    places = {path: root / checked_path(path) for path in changed}
    for path, place in places.items():
        if not place.resolve().is_relative_to(root):
            raise InvalidInput(f"Expected '{path}' to lie inside the folder, but a link leads out of it")
    for path, place in places.items():
        if path in files:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(files[path])
        else:
            place.unlink()
    return changed
