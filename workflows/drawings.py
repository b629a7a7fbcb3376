"""The library of diagrams: any BPMN file, kept byte for byte, to be looked at and downloaded, with why it cannot run.

Nothing here is ever deployed or executed. A file is known by the SHA-256 of its bytes, so the same one is kept once.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.errors import DiagramNotFound, InvalidInput, Problem
from engine.notation.portrait import portray, text_of
from engine.store import Store, insert_new, to_millis
from workflows.tables import diagrams

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Drawing:
    """A kept file, without its bytes. `problems`: why it could not be deployed when it was added."""

    sha256: str
    name: str
    title: str
    tool: str
    size: int
    convertible: bool
    problems: tuple[Problem, ...]
    added_at: int
    added_by: str | None


class Drawings:
    """The library in one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, content: bytes, name: str, *, by: str | None = None) -> Drawing:
        """Keep a file. One that is kept already stays as it is, and is judged anew.

        Raises InvalidModel for a file that is no BPMN, or hostile: too large, too deep, with a DOCTYPE.
        """
        name = _checked(name)
        seen = portray(content, file=name)
        judged = {
            "title": seen.title, "tool": seen.tool, "convertible": int(seen.convertible),
            "problems": json.dumps([asdict(problem) for problem in seen.problems], ensure_ascii=False),
        }  # fmt: skip
        sha256 = hashlib.sha256(content).hexdigest()
        first = {"sha256": sha256, "name": name, "size": len(content), "content": content}
        at = to_millis(clock.now())
        with self._store.transaction() as connection:
            connection.execute(insert_new(connection, diagrams).values(**first, **judged, added_at=at, added_by=by))
            connection.execute(diagrams.update().where(diagrams.c.sha256 == sha256).values(judged))
            return self.get(connection, sha256)

    def remove(self, sha256: str) -> None:
        """Raises DiagramNotFound."""
        with self._store.transaction() as connection:
            if not connection.execute(diagrams.delete().where(diagrams.c.sha256 == sha256)).rowcount:
                raise DiagramNotFound

    def get(self, connection: Connection, sha256: str) -> Drawing:
        """Raises DiagramNotFound."""
        row = connection.execute(sa.select(*_SHOWN).where(diagrams.c.sha256 == sha256)).first()
        if row is None:
            raise DiagramNotFound
        return _drawing(row)

    def content(self, connection: Connection, sha256: str) -> bytes:
        """The bytes as they came. Raises DiagramNotFound."""
        found = connection.execute(sa.select(diagrams.c.content).where(diagrams.c.sha256 == sha256)).scalar()
        if found is None:
            raise DiagramNotFound
        return bytes(found)

    def hash_of(self, connection: Connection, begin: str) -> str:
        """The only hash that begins so. Raises InvalidInput when none does, or several do."""
        wanted = diagrams.c.sha256.startswith(begin, autoescape=True)
        found = list(connection.execute(sa.select(diagrams.c.sha256).where(wanted).limit(2)).scalars())
        if len(found) != 1:
            many = "several" if found else "none"
            raise InvalidInput(f"Expected one diagram whose hash begins with '{begin[:80]}', found {many}.")
        return str(found[0])

    def text(self, connection: Connection, sha256: str) -> str:
        """The diagram as text for a viewer, whatever its encoding."""
        return text_of(self.content(connection, sha256))

    def list(self, connection: Connection, *, limit: int, before: tuple[int, str] | None = None) -> "list[Drawing]":
        """The newest first; `before` is (added_at, sha256) of the last one seen."""
        d = diagrams.c
        query = sa.select(*_SHOWN).order_by(d.added_at.desc(), d.sha256.desc()).limit(limit)
        if before is not None:
            query = query.where(sa.tuple_(d.added_at, d.sha256) < sa.tuple_(*map(sa.literal, before)))
        return [_drawing(row) for row in connection.execute(query)]


_SHOWN = [column for column in diagrams.c if column is not diagrams.c.content]


def _drawing(row: Any) -> Drawing:
    problems = tuple(Problem(**each) for each in json.loads(row.problems))
    return Drawing(
        row.sha256, row.name, row.title, row.tool, row.size, bool(row.convertible), problems, row.added_at, row.added_by
    )


def _checked(name: str) -> str:
    """The last part of a path, as browsers and shells give it."""
    own = name.replace("\\", "/").rpartition("/")[2].strip()
    if own in ("", ".", "..") or len(own) > LONGEST_NAME or not own.isprintable():
        raise InvalidInput(
            f"Expected a file name of 1 to {LONGEST_NAME} visible characters, but got {own[:80]!r}",
            {"file": ["pattern: a file name"]},
        )
    return own
