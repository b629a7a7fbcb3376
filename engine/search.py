"""Search over the histories of all cases: who did what, when, at which element, with which variables.

An index of terms follows the log: once an entry is sealed, the worker writes a row for each of its terms, in the order
of the leaves, so that completions pay nothing for it and no entry is missed however transactions committed. A page is
read backwards in time along the primary key of the rarest term; the others are looked up for each row. The index holds
ids and names of variables, never their values, and can be dropped and built again.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from engine import store, worklist
from engine.store import Store, insert_new

_PLACE = "search-position"
_WINDOW = 1_024  # leaves of one turn
_MECHANICS = frozenset({
    "ElementActivated", "ElementCompleted", "ElementCancelled", "FlowTaken", "TokenArrived", "TokensJoined",
    "ScopeOpened", "ScopeClosed", "LoopAdvanced", "VariablesSet", "TimerArmed", "TimerCancelled", "SubscriptionOpened",
    "SubscriptionClosed", "JobCreated", "TaskCreated", "Continued", "ContinuationRequested", "CompensationEnabled",
    "CaseDescribed",
})  # fmt: skip
"""Events that nobody asks for: how tokens moved, and what became possible by it."""

_h, _l, _e, _t, _c = (table.c for table in (store.history_terms, store.leaves, store.entries, store.tasks, store.cases))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; everything that is given must hold of one entry.

    `persons`: any of these acted or was acted for; `what`: the type of its command or of an event; `late`: it completed
    a task after its due time; from `since` on and before `until` (milliseconds).
    """

    persons: tuple[str, ...] = ()
    what: str = ""
    process: str = ""
    element: str = ""
    variable: str = ""
    case: str = ""
    late: bool = False
    since: int | None = None
    until: int | None = None

    def groups(self) -> list[list[str]]:
        """Of each group one term must be there; the rarest, as far as one can tell, first."""
        return [
            *([[f"person:{one}" for one in self.persons]] if self.persons else []),
            *([[f"variable:{self.variable}"]] if self.variable else []),
            *([["late"]] if self.late else []),
            *([[f"element:{self.element}"]] if self.element else []),
            *([[f"did:{self.what}"]] if self.what else []),
            *([[f"process:{self.process}"]] if self.process else []),
        ] or [["all"]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Entry `seq` of a case, which fits."""

    case: str
    seq: int
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    hits: list[Hit] = field(default_factory=list)
    next: list[Any] | None = None


def find(
    connection: sa.Connection, wanted: Wanted, *, person: str, tokens: Collection[str], limit: int,
    position: Sequence[Any] | None = None,
) -> Found:  # fmt: skip
    """One page of what fits among the cases that the person may see, the newest first, after `position` of the last."""
    rows = connection.execute(statement(wanted, person, tokens, limit + 1, position)).all()
    hits = [Hit(row.case_id, row.seq, row.at) for row in rows[:limit]]
    return Found(hits, [hits[-1].at, hits[-1].case, hits[-1].seq] if len(rows) > limit else None)


def statement(
    wanted: Wanted, person: str, tokens: Collection[str], limit: int, position: Sequence[Any] | None
) -> sa.Select[Any]:
    """What `find` asks; apart, so that its plan can be looked at."""
    first, *others = wanted.groups()
    query = sa.select(_h.at, _h.case_id, _h.seq).join(store.cases, _c.id == _h.case_id)
    query = query.where(_h.term.in_(first), *map(_also, others), worklist.seen_by(person, tokens))
    if len(first) > 1:
        query = query.distinct()
    if wanted.case:
        query = query.where(_h.case_id == wanted.case)
    if wanted.since is not None:
        query = query.where(_h.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(_h.at < wanted.until)
    if position is not None:
        query = query.where(sa.tuple_(_h.at, _h.case_id, _h.seq) < sa.tuple_(*map(sa.literal, position)))
    return query.order_by(_h.at.desc(), _h.case_id.desc(), _h.seq.desc()).limit(limit)


def _also(terms: list[str]) -> sa.ColumnElement[bool]:
    other = store.history_terms.alias()
    same = (other.c.at == _h.at) & (other.c.case_id == _h.case_id) & (other.c.seq == _h.seq)
    return sa.exists().where(other.c.term.in_(terms), same)


@dataclass(frozen=True, slots=True)
class Link:
    """A message between two cases: entry `seq` of the one that was asked about, entry `theirs` of `case`."""

    case: str
    sent: bool
    at: int
    seq: int
    theirs: int


def links(connection: sa.Connection, case_id: str, limit: int) -> list[Link]:
    """What went from this case to others and came from others, in the order of time; at most `limit` each way."""
    here = (_h.term >= f"from:{case_id}:") & (_h.term < f"from:{case_id};")  # ";" follows ":"
    sent = connection.execute(_LINKED.where(here).limit(limit))
    mine = (_h.case_id == case_id) & (_h.term >= "from:") & (_h.term < "from;")
    received = connection.execute(_LINKED.where(mine).limit(limit))
    found = [Link(row.case_id, True, row.at, int(row.term.rpartition(":")[2]), row.seq) for row in sent]
    for row in received:
        _, case, seq = row.term.split(":")
        found.append(Link(case, False, row.at, row.seq, int(seq)))
    return sorted((one for one in found if one.case != case_id), key=lambda one: (one.at, one.seq, one.case))


_LINKED = sa.select(_h.term, _h.at, _h.case_id, _h.seq).order_by(_h.at, _h.case_id, _h.seq)


def due(connection: sa.Connection, hits: Sequence[Hit]) -> dict[Hit, int]:
    """When the task was due that a hit completed, for those that did and had a due time."""
    cases = sorted({hit.case for hit in hits})
    ended = sa.select(_t.case_id, _t.ended_at, sa.func.min(_t.due_at).label("due")).where(
        _t.case_id.in_(cases), _t.ended_at.in_(sorted({hit.at for hit in hits})), _t.state == "completed"
    )
    rows = connection.execute(ended.group_by(_t.case_id, _t.ended_at)).all() if cases else []
    found = {(row.case_id, row.ended_at): row.due for row in rows}
    return {hit: found[hit.case, hit.at] for hit in hits if found.get((hit.case, hit.at)) is not None}


# Following the log ---------------------------------------------------------------------------------------------------


class Indexing:
    """Writes the terms of what was sealed. One window at a time, so that nobody waits long for it."""

    def __init__(self, store_: Store) -> None:
        self.store = store_

    def turn(self) -> int:
        """Index what was sealed since; returns how many entries."""
        with self.store.reading() as connection:
            begin = _place(connection)
            rows = connection.execute(_SEALED, {"begin": begin, "end": begin + _WINDOW}).all()
            end = connection.scalar(_END, {"begin": begin, "end": begin + _WINDOW})
            terms = list(_terms(connection, rows))
        if end is None:
            return 0
        with self.store.transaction() as connection:
            if terms:
                connection.execute(insert_new(connection, store.history_terms), terms)
            store.remember(connection, _PLACE, str(end + 1))
        return len(rows)


def _place(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.select(store.meta.c.value).where(store.meta.c.key == _PLACE)) or 0)


_HERE = (_l.position >= sa.bindparam("begin"), _l.position < sa.bindparam("end"))
_END = sa.select(sa.func.max(_l.position)).where(*_HERE)
_SEALED = (
    sa.select(_e.stream, _e.seq, _e.at, _e.bytes, _c.process)
    .join_from(store.leaves, store.entries, sa.and_(_e.stream == _l.stream, _e.seq == _l.seq))
    .join(store.cases, _c.id == sa.func.substr(_l.stream, len("case/") + 1))
    .where(*_HERE, _l.stream.startswith("case/", autoescape=True))
    .order_by(_l.position)
)


def _terms(connection: sa.Connection, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    bodies = [json.loads(bytes(row.bytes)) for row in rows]
    late = _late(connection, zip(rows, bodies, strict=True))
    for row, body in zip(rows, bodies, strict=True):
        case = row.stream.removeprefix("case/")
        found = {"all", f"process:{row.process}", *_said(body)} | ({"late"} if (case, row.seq) in late else set())
        for term in sorted(found):
            yield {"term": term, "at": row.at, "case_id": case, "seq": row.seq}


def _said(body: dict[str, Any]) -> Iterator[str]:
    """Who, what, where and with which variables, as the entry itself says it."""
    command, events = body["command"], body["events"]
    for member in ("actor", "on_behalf_of"):
        if command.get(member):
            yield f"person:{command[member]}"
    yield f"did:{command['type']}"
    source, _, n = str(command.get("message") or "").rpartition("/")
    if source.startswith("case/") and n:
        yield f"from:{source.removeprefix('case/').replace('/', ':')}"
    for record in (command, *events):
        for member in ("variables", "output"):
            yield from (f"variable:{name}" for name, _ in record.get(member) or ())
    for event in events:
        if event["type"] in _MECHANICS:
            continue
        yield f"did:{event['type']}"
        if event.get("element"):
            yield f"element:{event['element']}"


def _late(connection: sa.Connection, sealed: Iterable[tuple[Any, dict[str, Any]]]) -> set[tuple[str, int]]:
    """The entries among these that completed a task after its due time."""
    done: dict[tuple[str, int], tuple[int, int]] = {}
    for row, body in sealed:
        for event in body["events"]:
            if event["type"] == "TaskCompleted":
                done[row.stream.removeprefix("case/"), event["task"]] = row.seq, row.at
    cases = sorted({case for case, _ in done})
    ended = sa.select(_t.case_id, _t.n, _t.due_at).where(_t.case_id.in_(cases), _t.due_at < _t.ended_at)
    found = {(row.case_id, row.n): row.due_at for row in connection.execute(ended)} if cases else {}
    return {(key[0], seq) for key, (seq, at) in done.items() if key in found and found[key] < at}
