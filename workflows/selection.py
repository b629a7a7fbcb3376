"""Which cases: what an export, a review or a retention policy is about. Within it, only what the asker may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import store, worklist
from engine.errors import InvalidInput
from workflows import people

PAGE = 500
MOST = 1_000
"""Cases that may be named one by one."""
_c, _a = store.cases.c, store.case_access.c
_STATUS = {
    "open": _c.status.in_(("active", "suspended")), "closed": _c.status.in_(("completed", "cancelled")),
    "all": sa.true(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: only cases that these tokens open are found."""

    person: str
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """`since` (inclusive) and `until` (exclusive) in ms bound when a case began, or, `by="ended"`, when it ended.

    `unit`: cases that belong to it or to a unit below it. `cases`: only these. `view`: open, closed or all. What is
    empty or None does not restrict.
    """

    process: str = ""
    since: int | None = None
    until: int | None = None
    by: str = "started"
    unit: str = ""
    cases: tuple[str, ...] = ()
    view: str = "all"

    def told(self) -> dict[str, Any]:
        """What restricts, for records: names as the API spells them."""
        named = {"process": self.process, "since": self.since, "until": self.until, "unit": self.unit}
        chosen = {name: value for name, value in named.items() if value not in ("", None)}
        return {**chosen, "by": self.by, "view": self.view, **({"cases": list(self.cases)} if self.cases else {})}


def where(connection: Connection, wanted: Selection, asker: Asker | None) -> list[Any]:
    """The conditions on `cases`; `asker` None: the installation itself, which sees everything.

    Raises InvalidInput, and UnitNotFound.
    """
    if len(wanted.cases) > MOST:
        raise InvalidInput(f"Expected at most {MOST} cases by name, but got {len(wanted.cases)}", {"cases": ["length"]})
    bound = _c.ended_at if wanted.by == "ended" else _c.started_at
    found: list[Any] = [_STATUS[wanted.view]]
    found += [_c.process == wanted.process] if wanted.process else []
    found += [bound >= wanted.since] if wanted.since is not None else []
    found += [bound < wanted.until] if wanted.until is not None else []
    found += [_c.id.in_(wanted.cases)] if wanted.cases else []
    if wanted.unit:
        tokens = [f"unit:{unit}" for unit in people.units_below(connection, wanted.unit)]
        found.append(sa.exists().where(_a.case_id == _c.id, _a.token.in_(tokens)))
    if asker is not None:
        found.append(worklist.seen_by(asker.person, asker.tokens))
    return found


def count(connection: Connection, wanted: Selection, asker: Asker | None) -> int:
    query = sa.select(sa.func.count()).select_from(store.cases).where(*where(connection, wanted, asker))
    return int(connection.execute(query).scalar_one())


def rows(connection: Connection, wanted: Selection, asker: Asker | None) -> Iterator[Any]:
    """The rows of `cases` in the order of their ids, page by page: never all of them in memory."""
    conditions, after = where(connection, wanted, asker), ""
    while True:
        query = sa.select(store.cases).where(*conditions, _c.id > after).order_by(_c.id).limit(PAGE)
        found = connection.execute(query).all()
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].id


def holds(connection: Connection, conditions: list[Any], case_id: str) -> bool:
    """Whether a case meets the conditions of `where`."""
    query = sa.select(_c.id).where(_c.id == case_id, *conditions)
    return connection.execute(query).first() is not None
