"""A new version of a calendar reaches the cases whose deadlines depend on it: one command each, in batches.

Cases are found by an index over open tasks, by the version that their deadlines were counted on. So it does not matter
who published, or whether the work was interrupted: what is behind is found until nothing is.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from engine import clock, deadlines, store
from engine.cases import Cases
from engine.errors import Rejected, Unavailable
from engine.execution import due
from engine.execution.calendar import Calendar
from engine.execution.commands import AdoptCalendar
from engine.execution.decide import CaseBusy
from engine.execution.state import Page
from engine.store import Store
from engine.worker import Aside, Errand, counted

log = logging.getLogger("duban.adoption")

BATCH = 50
LOOKED_AT = 500
"""Tasks that one page of a preview counts again."""
UNPUBLISHED = 2**31 - 1

_t, _p, _c = store.tasks.c, store.pages.c, store.cases.c


class Adoption:
    """The errand of the worker: `Adoption(store, cases).errand()`."""

    def __init__(self, store_: Store, cases: Cases) -> None:
        self._store, self._cases, self._aside = store_, cases, Aside()
        self._warned: date | None = None

    def errand(self) -> Errand:
        return Errand("calendars", self.turn)

    def turn(self) -> int:
        """Let a batch of cases adopt the newest versions; returns how many did."""
        with self._store.reading() as connection:
            wanted = list(self._behind(connection))
            self._warn(connection)
        return sum(self._adopt(*one) for one in wanted)

    def _warn(self, connection: sa.Connection) -> None:
        """Once a day, in the log: years that deadlines may soon need and whose days off are not known."""
        today = clock.now().date()
        if self._warned != today:
            self._warned = today
            for one in deadlines.warnings(connection):
                log.warning("Calendar %s: the days off of %s are %s", one.series, one.year, one.kind)

    def _behind(self, connection: sa.Connection) -> Iterator[tuple[str, str, int]]:
        left_alone = [key[0] for key in self._aside.now()]
        for series, version in deadlines.newest(connection).items():
            query = sa.select(_t.case_id).where(*_older(series, version)).distinct().limit(BATCH)
            for case_id in connection.scalars(query.where(_t.case_id.not_in(left_alone))):
                yield case_id, series, version

    def _adopt(self, case_id: str, series: str, version: int) -> bool:
        """One case. Whatever it raises, it is left alone for a while, so that it cannot keep the others from it."""
        self._aside.add((case_id,))
        try:
            with self._store.transaction() as connection:
                command = AdoptCalendar(series, version)
                self._cases.handle_within(connection, case_id, command, skip_locked=True)
        except (CaseBusy, Unavailable) as error:
            self._aside.drop((case_id,))
            if not isinstance(error, CaseBusy):
                raise
            return False  # somebody works on it: the next round
        except Rejected as error:
            log.warning("%s does not adopt %s %s: %s", case_id, series, version, error.message)
            return False
        self._aside.drop((case_id,))
        return True


def _older(series: str, version: int) -> tuple[Any, ...]:
    return _t.ended_at.is_(None), _t.calendar == series, _t.calendar_version < version


# Beforehand ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A task whose due time, or a rung of it, a calendar would move; times in ms. `rungs`: how many of them."""

    case_id: str
    task: int
    title: str
    element: str
    name: str
    before: int
    after: int
    rungs: int


@dataclass(frozen=True, slots=True)
class Preview:
    """One page. `next` is the position to go on from; None when all affected tasks were looked at."""

    changes: list[Change]
    next: tuple[str, int] | None


def affected(connection: sa.Connection, series: str) -> int:
    """How many open tasks have a deadline that depends on the series, counted up to 10,000."""
    return counted(connection, _t.n, *_older(series, UNPUBLISHED))


def preview(connection: sa.Connection, calendar: Calendar, after: tuple[str, int] | None = None) -> Preview:
    """What publishing `calendar` would move; nothing is changed."""
    candidate = replace(calendar, version=UNPUBLISHED)
    query = (
        sa.select(_t.case_id, _t.n, _t.element, _t.name, _c.title, _p.id, _p.body)
        .join(store.pages, sa.and_(_p.case_id == _t.case_id, _p.id == _t.page))
        .join(store.cases, _c.id == _t.case_id)
        .where(*_older(calendar.series, UNPUBLISHED))
    )
    place = sa.tuple_(_t.case_id, _t.n)
    if after is not None:
        query = query.where(place > sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.order_by(_t.case_id, _t.n).limit(LOOKED_AT + 1)).all()
    changes = [change for row in rows[:LOOKED_AT] if (change := _change(row, candidate)) is not None]
    last = rows[LOOKED_AT - 1] if len(rows) > LOOKED_AT else None
    return Preview(changes, None if last is None else (last.case_id, last.n))


def _change(row: Any, calendar: Calendar) -> Change | None:
    page = Page.load(row.id, row.body, b"[]")
    moved = due.moved(page, page.instances[row.n], calendar)
    if moved is None or moved.before.due is None or moved.after.due is None:
        return None
    rungs = sum(before != after for _, before, after in moved.rungs)
    if moved.before.due == moved.after.due and not rungs:
        return None
    return Change(
        row.case_id, row.n, row.title, row.element, row.name, moved.before.due, moved.after.due, rungs
    )  # fmt: skip
