"""From draft to release: submitted, looked at by a second person, published, read and understood; and back again.

Publishing is deploying: what is approved is, byte for byte, what `Releases.deploy` makes current. Who has written in a
draft never publishes it. What takes effect later is done by the worker, at the time that was approved.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, store
from engine.bundles import digest
from engine.checking import check
from engine.errors import Conflict, InvalidInput, InvalidModel, InvalidState, NotFound, Rejected, ReleaseNotFound
from engine.releases import Deployed, Releases, stored_files
from engine.store import Store, announce, insert_new, to_millis
from engine.worker import IDLE, Errand
from workflows import drafts
from workflows.drafts import APPROVED, EDITING, PUBLISHED, SUBMITTED, Draft
from workflows.policy import expect_publisher
from workflows.tables import release_receipts, studio_comments, studio_drafts

MOST_COMMENTS = 1000


class BaseMoved(Conflict):
    """Expected a draft of the release that is current, but another was published since; take it in first."""


class CommentNotFound(NotFound):
    """Expected a comment of the draft with this id, but there is none."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What its author says about a release. `effective_from` in ms; None: as soon as it is approved."""

    note: str
    document: str = ""
    effective_from: int | None = None


# Submitting and deciding ---------------------------------------------------------------------------------------------


def submit(connection: Connection, id: str, version: int | None, by: str, wish: Wish) -> Draft:
    """Give a draft to a second person. InvalidModel while it has errors, BaseMoved when it would undo another release.

    From now on its files stay as they are.
    """
    draft = drafts.held(connection, id, version, states=(EDITING,))
    files = drafts.models(connection, draft)
    if wrong := [problem for problem in check(files) if problem.severity == "error"]:
        raise InvalidModel(wrong)
    if not files:
        raise InvalidState("Expected diagrams, decisions or forms in the draft, but there are none.")
    _expect_current(connection, draft)
    now = to_millis(clock.now())
    told = {"note": wish.note, "document": wish.document, "effective_from": wish.effective_from}
    return drafts.moved_on(connection, draft, by, state=SUBMITTED, submitted_by=by, submitted_at=now, **told)


def give_back(connection: Connection, id: str, version: int | None, by: str, remark: str) -> Draft:
    """Return a draft to its authors with the reason, or take one's own back."""
    draft = drafts.held(connection, id, version, states=(SUBMITTED, APPROVED))
    now = to_millis(clock.now())
    return drafts.moved_on(connection, draft, by, state=EDITING, decided_by=by, decided_at=now, remark=remark)


def approve(connection: Connection, id: str, version: int | None, by: str) -> Draft:
    """A second person agrees; it is published when it takes effect. Raises Forbidden for one of its authors."""
    draft = drafts.held(connection, id, version, states=(SUBMITTED,))
    expect_publisher(by, drafts.authors(connection, id))
    _expect_current(connection, draft)
    now = to_millis(clock.now())
    effective = max(now, draft.row.effective_from or now)
    values: dict[str, Any] = {"decided_by": by, "decided_at": now, "remark": "", "effective_from": effective}
    announce(connection)
    return drafts.moved_on(connection, draft, by, state=APPROVED, **values)


def is_current(connection: Connection, draft: Draft) -> bool:
    """Whether every process of the release that the draft began from still runs by it (or by the draft already)."""
    base = draft.row.base
    if base is None:
        return True
    versions, current = store.definition_versions.c, store.definitions.c
    made = sa.select(versions.process).where(versions.release == base)
    fitting = (base, digest({path: draft.files[path][0] for path in draft.models}))
    other = sa.select(current.process).where(current.process.in_(made), current.release.not_in(fitting)).limit(1)
    return connection.execute(other).first() is None


def _expect_current(connection: Connection, draft: Draft) -> None:
    if not is_current(connection, draft):
        raise BaseMoved


@dataclass(frozen=True, slots=True)
class Rebased:
    """`taken`: paths that came from the current release; `conflicts`: paths that both changed, left as in the draft."""

    draft: Draft
    taken: tuple[str, ...]
    conflicts: tuple[str, ...]


def rebase(connection: Connection, id: str, version: int | None, by: str) -> Rebased:
    """Take in, file by file, what was published since the draft began. Scenarios stay as they are."""
    draft = drafts.held(connection, id, version, states=(EDITING,))
    newest = _newest(connection, draft)
    base, current = stored_files(connection, draft.row.base), stored_files(connection, newest)
    own = drafts.everything(connection, draft)
    moved = [path for path in base.keys() | current.keys() if base.get(path) != current.get(path)]
    taken = sorted(path for path in moved if own.get(path) == base.get(path))
    conflicts = sorted(path for path in moved if path not in taken and own.get(path) != current.get(path))
    merged = {path: data for path, data in own.items() if path not in taken}
    merged |= {path: current[path] for path in taken if path in current}
    draft = drafts.replace(connection, id, draft.row.version, merged, by)
    return Rebased(drafts.moved_on(connection, draft, by, base=newest), tuple(taken), tuple(conflicts))


def _newest(connection: Connection, draft: Draft) -> str:
    """The release by which the first moved process of the draft's base runs now."""
    if draft.row.base is None:
        raise InvalidState("Expected a draft that began from a release, but it did not.")
    versions, current = store.definition_versions.c, store.definitions.c
    made = sa.select(versions.process).where(versions.release == draft.row.base)
    found = sa.select(current.release).where(current.process.in_(made), current.release != draft.row.base)
    newest: str | None = connection.scalar(found.order_by(current.deployed_at.desc(), current.process).limit(1))
    return newest or str(draft.row.base)


# Publishing ----------------------------------------------------------------------------------------------------------


class Publishing:
    """Deploys what was approved when it takes effect. A server that dies on the way does it again: the same content
    makes no second version."""

    def __init__(self, store_: Store, releases: Releases) -> None:
        self._store, self._releases = store_, releases

    def errand(self) -> Errand:
        return Errand("publishing", self.turn, lambda: IDLE)

    def turn(self) -> int:
        """Publish what is due; returns how many drafts."""
        c, now = studio_drafts.c, to_millis(clock.now())
        due = sa.select(c.id).where(c.state == APPROVED, c.effective_from <= now).order_by(c.effective_from, c.id)
        with self._store.reading() as connection:
            ids = list(connection.scalars(due))
        for id in ids:
            self._publish(id)
        return len(ids)

    def publish(self, id: str) -> Draft:
        """Publish a draft now if it is due; returns it as it stands then."""
        with self._store.reading() as connection:
            draft = drafts.load(connection, id)
        if draft.row.state == APPROVED and draft.row.effective_from <= to_millis(clock.now()):
            self._publish(id)
        with self._store.reading() as connection:
            return drafts.load(connection, id)

    def _publish(self, id: str) -> None:
        with self._store.reading() as connection:
            draft = drafts.load(connection, id)
            files, current = drafts.models(connection, draft), is_current(connection, draft)
        row = draft.row
        try:
            if not current:
                raise BaseMoved
            done = self._releases.deploy(files, actor=row.decided_by, note=row.note)
        except Rejected as error:  # another release, or a rule of lint, came since it was approved
            self._end(id, {"state": EDITING, "remark": error.message[:2000]})
            return
        self._end(id, {"state": PUBLISHED, "release": done.hash})

    def _end(self, id: str, values: Mapping[str, Any]) -> None:
        approved = (studio_drafts.c.id == id) & (studio_drafts.c.state == APPROVED)
        told = {**values, "changed_at": to_millis(clock.now()), "version": studio_drafts.c.version + 1}
        with self._store.transaction() as connection:
            connection.execute(studio_drafts.update().where(approved).values(told))

    def roll_back(self, release: str, reason: str, by: str) -> Deployed:
        """Make an earlier release current again, as a new version of its processes."""
        with self._store.reading() as connection:
            files = stored_files(connection, release)
        return self._releases.deploy(files, actor=by, note=reason)


# Comments and receipts -----------------------------------------------------------------------------------------------


def comment(connection: Connection, id: str, file: str, element: str, text: str, by: str) -> str:
    """Say something about an element of a draft (about a file, or the whole, where they are empty)."""
    draft = drafts.load(connection, id)
    if file and file not in draft.files:
        raise InvalidInput("Expected a file of the draft", {"file": ["option: a path of the draft"]})
    if len(comments(connection, id)) >= MOST_COMMENTS:
        raise InvalidState(f"Expected fewer than {MOST_COMMENTS} comments.")
    new = secrets.token_hex(8)
    row = {"id": new, "draft": id, "file": file, "element": element, "text": text, "by": by}
    connection.execute(studio_comments.insert().values(**row, at=to_millis(clock.now())))
    return new


def comments(connection: Connection, id: str) -> list[Any]:
    """The comments on a draft, oldest first."""
    c = studio_comments.c
    return list(connection.execute(sa.select(studio_comments).where(c.draft == id).order_by(c.at, c.id)))


def resolve(connection: Connection, id: str, comment_id: str, by: str) -> None:
    """Mark a comment as dealt with. Raises CommentNotFound."""
    c = studio_comments.c
    known = (c.draft == id) & (c.id == comment_id)
    if connection.execute(sa.select(c.id).where(known)).first() is None:
        raise CommentNotFound
    done = studio_comments.update().where(known, c.resolved_at.is_(None))
    connection.execute(done.values(resolved_by=by, resolved_at=to_millis(clock.now())))


def read_and_understood(connection: Connection, release: str, by: str) -> None:
    """Keep that somebody has read a release; the first time counts. Raises ReleaseNotFound."""
    known = sa.select(store.releases.c.hash).where(store.releases.c.hash == release)
    if connection.execute(known).first() is None:
        raise ReleaseNotFound
    row = {"release": release, "person": by, "at": to_millis(clock.now())}
    connection.execute(insert_new(connection, release_receipts).values(row))


def receipts(connection: Connection, release: str) -> list[Any]:
    """Who has read a release, and when, in that order."""
    c = release_receipts.c
    return list(connection.execute(sa.select(release_receipts).where(c.release == release).order_by(c.at, c.person)))


def published(connection: Connection, release: str) -> Draft | None:
    """The draft that a release was published from last."""
    c = studio_drafts.c
    query = sa.select(studio_drafts).where(c.release == release).order_by(c.decided_at.desc(), c.id).limit(1)
    row = connection.execute(query).first()
    return drafts.of_row(row) if row else None


def impact(connection: Connection, processes: list[str]) -> list[Any]:
    """The running cases of these processes by release: rows (process, release, number)."""
    c = store.cases.c
    number = sa.func.count().label("number")
    running = c.process.in_(processes), c.status.in_(("active", "suspended"))
    query = sa.select(c.process, c.release, number).where(*running).group_by(c.process, c.release)
    return list(connection.execute(query.order_by(c.process, number.desc(), c.release)))
