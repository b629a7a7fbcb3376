"""Where the time goes: how often elements are entered and how long they take, folded from the log as it grows.

The worker reads each sealed entry once and keeps what a heat map asks for, so that looking costs no history. Nothing
here is on the way of a command.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.audit import entries
from engine.audit.verify import blob
from engine.store import Store, cases, incidents, insert_new, leaves, to_millis
from engine.store import entries as stored
from engine.store import tasks as store_tasks
from engine.worker import IDLE, Errand
from engine.worklist import OPEN
from workflows.tables import watch_marks, watch_open, watch_pages, watch_times, watch_visits

AT_ONCE = 500
MOST_TIMES = 50_000
"""Durations that a figure is taken from: the newest ones."""
MARK = "log"


class Watching:
    """Folds the log, a few hundred entries at a time; one worker at once."""

    def __init__(self, store_: Store) -> None:
        self._store = store_

    def errand(self) -> Errand:
        return Errand("watching", self.turn, lambda: IDLE)

    def turn(self) -> int:
        """Fold the next entries; returns how many."""
        with self._store.reading() as connection:
            mark = connection.scalar(sa.select(watch_marks.c.position).where(watch_marks.c.id == MARK))
            newest = connection.scalar(sa.select(sa.func.max(leaves.c.position)))
        if newest is None or (mark is not None and newest < mark):
            return 0
        with self._store.transaction() as connection:
            return self._fold(connection)

    def _fold(self, connection: Connection) -> int:
        connection.execute(insert_new(connection, watch_marks).values(id=MARK, position=0, at=0))
        mine = sa.select(watch_marks.c.position).where(watch_marks.c.id == MARK).with_for_update(skip_locked=True)
        begin = connection.scalar(mine)
        if begin is None:
            return 0
        here = leaves.c.position >= begin, leaves.c.position < begin + AT_ONCE
        joined = sa.and_(stored.c.stream == leaves.c.stream, stored.c.seq == leaves.c.seq)
        wanted = sa.select(leaves.c.position, leaves.c.stream, stored.c.at, stored.c.bytes).outerjoin(stored, joined)
        rows = connection.execute(wanted.where(*here).order_by(leaves.c.position)).all()
        if not rows:
            return 0
        fold = _Fold(connection)
        for row in rows:
            if row.stream.startswith("case/") and row.bytes is not None:
                fold.take(row.stream.removeprefix("case/"), row.at, entries.parse(blob(row.bytes))["events"])
        fold.write()
        at = max((row.at for row in rows if row.at is not None), default=to_millis(clock.now()))
        moved = {"position": rows[-1].position + 1, "at": at}
        connection.execute(watch_marks.update().where(watch_marks.c.id == MARK).values(moved))
        return len(rows)


@dataclass(slots=True)
class _Fold:
    """Some entries, in the order of the log, and the rows that they come to."""

    connection: Connection
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    visits: dict[tuple[str, str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    opened: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    left: list[tuple[str, int, int]] = field(default_factory=list)
    new_pages: list[dict[str, Any]] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)

    def take(self, case_id: str, at: int, told: Iterable[dict[str, Any]]) -> None:
        for event in told:
            kind = event["type"]
            if kind == "ScopeOpened":
                self._scope(case_id, event["page"], event["process"])
            elif kind == "ElementActivated":
                self._entered(case_id, at, event)
            elif kind in ("ElementCompleted", "ElementCancelled"):
                self.left.append((case_id, event["instance"], at))
            elif kind in ("CaseCompleted", "CaseCancelled"):
                self.ended.add(case_id)
            elif kind == "CaseMigrated":
                self._renamed(case_id, event.get("elements", {}))

    def _scope(self, case_id: str, page: str, process: str) -> None:
        if page == "0" or process != self._process(case_id, "0"):
            self.pages[case_id, page] = process
            self.new_pages.append({"case_id": case_id, "page": page, "process": process})

    def _entered(self, case_id: str, at: int, event: dict[str, Any]) -> None:
        process, element, page = self._process(case_id, event["page"]), event["element"], event["page"]
        self.opened[case_id, event["instance"]] = {
            "case_id": case_id, "n": event["instance"], "process": process, "element": element, "at": at
        }  # fmt: skip
        if not page.rpartition(".")[2].isdigit() or "." not in page:
            visit = self.visits[case_id, process, element]
            visit[0], visit[1] = visit[0] + 1, at

    def _process(self, case_id: str, page: str) -> str:
        """Which process a page runs."""
        if (case_id, "0") not in self.pages:
            known = sa.select(watch_pages.c.page, watch_pages.c.process).where(watch_pages.c.case_id == case_id)
            self.pages |= {(case_id, row.page): row.process for row in self.connection.execute(known)}
        return self.pages.get((case_id, page)) or self.pages.get((case_id, "0"), "")

    def _renamed(self, case_id: str, names: dict[str, str]) -> None:
        """What waits goes on under the names of another release."""
        for row in self.opened.values():
            if row["case_id"] == case_id:
                row["element"] = names.get(row["element"], row["element"])
        of = watch_open.c
        for old, new in names.items():
            here = (of.case_id == case_id) & (of.element == old)
            self.connection.execute(watch_open.update().where(here).values(element=new))

    def write(self) -> None:
        if self.new_pages:
            self.connection.execute(insert_new(self.connection, watch_pages), self.new_pages)
        if self.opened:
            self.connection.execute(insert_new(self.connection, watch_open), list(self.opened.values()))
        for case_id, n, at in self.left:
            self._leave(case_id, n, at)
        for table in (watch_open, watch_pages) if self.ended else ():
            self.connection.execute(table.delete().where(table.c.case_id.in_(self.ended)))
        for (case_id, process, element), (times, last) in self.visits.items():
            self._visit({"case_id": case_id, "process": process, "element": element}, times, last)

    def _leave(self, case_id: str, n: int, at: int) -> None:
        here = (watch_open.c.case_id == case_id) & (watch_open.c.n == n)
        row = self.connection.execute(sa.select(watch_open).where(here)).first()
        if row is None:
            return
        self.connection.execute(watch_open.delete().where(here))
        if at > row.at:
            took = {"process": row.process, "element": row.element, "left_at": at, "duration": at - row.at}
            self.connection.execute(insert_new(self.connection, watch_times).values(case_id=case_id, n=n, **took))

    def _visit(self, key: dict[str, str], times: int, last: int) -> None:
        here = sa.and_(*(watch_visits.c[name] == value for name, value in key.items()))
        more = watch_visits.update().where(here).values(times=watch_visits.c.times + times, last_at=last)
        if not self.connection.execute(more).rowcount:
            self.connection.execute(watch_visits.insert().values(**key, times=times, last_at=last))


# Looking -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Element:
    """An element in figures. Times in ms; median, p90 and longest are 0 where it never took any.

    `cases` entered it, `entered` times; `again` of them after the first time in their case. `waiting` are in it now,
    `overdue` of its open tasks are past their due time.
    """

    element: str
    cases: int = 0
    entered: int = 0
    again: int = 0
    waiting: int = 0
    oldest: int | None = None
    overdue: int = 0
    measured: int = 0
    median: int = 0
    p90: int = 0
    longest: int = 0
    share: float = 0.0
    incidents: int = 0
    open_incidents: int = 0


def elements(connection: Connection, process: str, since: int, now: int, release: str = "") -> dict[str, Element]:
    """What happened at each element of a process since an instant (ms); with `release` only in the cases of it.

    A case that was migrated counts with the release that it is in now.
    """
    found: dict[str, Element] = {}

    def at(element: str) -> Element:
        return found.setdefault(element, Element(element))

    def of(column: sa.Column[str]) -> sa.ColumnElement[bool]:
        own = cases.alias()
        return column.in_(sa.select(own.c.id).where(own.c.release == release)) if release else sa.true()

    v = watch_visits.c
    visits = sa.select(v.element, sa.func.count().label("cases"), sa.func.sum(v.times).label("times"))
    here = visits.where(v.process == process, v.last_at >= since, of(v.case_id))
    for row in connection.execute(here.group_by(v.element)):
        one = at(row.element)
        one.cases, one.entered, one.again = row.cases, int(row.times), int(row.times) - row.cases
    _present(connection, process, now, of, at)
    _measure(connection, process, since, of, at)
    _stuck(connection, process, since, of, at)
    return found


Of = Callable[[sa.Column[str]], sa.ColumnElement[bool]]


def _present(connection: Connection, process: str, now: int, of: Of, at: Any) -> None:
    o, t = watch_open.c, store_tasks.c
    waiting = sa.select(o.element, sa.func.count().label("number"), sa.func.min(o.at).label("oldest"))
    for row in connection.execute(waiting.where(o.process == process, of(o.case_id)).group_by(o.element)):
        at(row.element).waiting, at(row.element).oldest = row.number, row.oldest
    late = (t.state.in_(OPEN), t.sort_due < now, t.process == process, t.signs.is_(None), of(t.case_id))
    overdue = sa.select(t.element, sa.func.count().label("number")).where(*late)
    for row in connection.execute(overdue.group_by(t.element)):
        at(row.element).overdue = row.number


def _measure(connection: Connection, process: str, since: int, of: Of, at: Any) -> None:
    t = watch_times.c
    query = sa.select(t.element, t.duration).where(t.process == process, t.left_at >= since, of(t.case_id))
    times: dict[str, list[int]] = defaultdict(list)
    for row in connection.execute(query.order_by(t.left_at.desc(), t.case_id, t.n).limit(MOST_TIMES)):
        times[row.element].append(row.duration)
    whole = sum(map(sum, times.values()))
    for element, taken in times.items():
        one = at(element)
        taken.sort()
        one.measured, one.median, one.p90 = len(taken), _rank(taken, 50), _rank(taken, 90)
        one.longest, one.share = taken[-1], round(sum(taken) / whole, 4)


def _stuck(connection: Connection, process: str, since: int, of: Of, at: Any) -> None:
    i = incidents.c
    joined = sa.select(i.element, sa.func.count().label("number"), sa.func.count(i.resolved_at).label("resolved"))
    known = joined.join(cases, cases.c.id == i.case_id)
    query = known.where(cases.c.process == process, i.raised_at >= since, of(i.case_id))
    for row in connection.execute(query.group_by(i.element)):
        at(row.element).incidents, at(row.element).open_incidents = row.number, row.number - row.resolved


def _rank(ordered: list[int], percent: int) -> int:
    """The nearest rank: the smallest value that so many percent do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def as_of(connection: Connection) -> int | None:
    """The time of the last entry that was folded; None before the first."""
    found: int | None = connection.scalar(sa.select(watch_marks.c.at).where(watch_marks.c.id == MARK))
    return found
