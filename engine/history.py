"""The past of a case: entries in order, what the diagram shows, and whether all of it is whole."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine import feel, store
from engine.audit import entries, reexecution, replay, security, verify
from engine.audit.entries import Sealed
from engine.audit.replay import Replay
from engine.errors import NotFound
from engine.execution.bundle import Bundle

DiagramState = replay.DiagramState

SNAPSHOT_FLOOR = 16_000
"""Bytes of entries below which replaying is quicker than keeping a snapshot."""
SNAPSHOT_ROUND = 8_000_000
"""Bytes of snapshots that one transaction writes."""

_e, _s = store.entries.c, store.snapshots.c


class MomentNotFound(NotFound):
    """Expected a moment in the history of this case, but it has none like that."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`chain`.

    Whole or broken; `reexecution`: same, differs, erased or "needs build X" ("unknown" while the chain is broken).
    """

    chain: str
    reexecution: str
    entries: int
    head: str
    seq: int | None = None
    reason: str = ""


def sealed(
    connection: sa.Connection, stream: str, *, after: int = 0, limit: int | None = None, descending: bool = False
) -> Iterator[Sealed]:
    """Entries as stored, from `after` on (exclusive; going down, those below it, 0 meaning from the end)."""
    statement = sa.select(_e.stream, _e.seq, _e.hash, _e.bytes, _e.personal).where(_e.stream == stream)
    if descending:
        statement = statement.where(_e.seq < after if after else sa.true()).order_by(_e.seq.desc())
    else:
        statement = statement.where(_e.seq > after).order_by(_e.seq)
    rows = statement.limit(limit) if limit else statement.execution_options(yield_per=500)
    yield from map(_sealed, connection.execute(rows))


def _sealed(row: Any) -> Sealed:
    personal = verify.blob(row.personal) if row.personal else None
    return Sealed(row.stream, row.seq, row.hash, verify.blob(row.bytes), personal)


def told(
    connection: sa.Connection, stream: str, *, after: int = 0, limit: int = 50, descending: bool = False
) -> list[dict[str, Any]]:
    """Entries as plain JSON for reading: seq, hash, at, command, facts, events.

    Personal values are put in where they still exist.
    """
    return [plain(entry) for entry in sealed(connection, stream, after=after, limit=limit, descending=descending)]


def told_at(connection: sa.Connection, stream: str, seqs: Iterable[int]) -> list[dict[str, Any]]:
    """Those entries of a stream, in order, as `told` gives them."""
    wanted = sa.select(_e.stream, _e.seq, _e.hash, _e.bytes, _e.personal)
    rows = connection.execute(wanted.where(_e.stream == stream, _e.seq.in_(sorted(set(seqs)))).order_by(_e.seq))
    return [plain(_sealed(row)) for row in rows]


def plain(entry: Sealed) -> dict[str, Any]:
    """An entry for reading, as `told` gives it; an erased value says so."""
    body = entries.parse(entry.data)
    opened: dict[str, list[str]] = json.loads(entry.personal) if entry.personal else {}
    for record in (body["command"], *body["events"]):
        for name in ("variables", "output", "rung"):
            if name in record:
                record[name] = {key: _value(value, opened) for key, value in record[name]}
        if record["type"] == "RungHeld":
            record["rung"] = feel.to_json(feel.decode(record.pop("detail")))
    return {
        "seq": entry.seq,
        "hash": entry.hash,
        **{name: body[name] for name in ("at", "release", "command", "facts", "events")},
    }


def _value(tagged: Any, opened: dict[str, list[str]]) -> Any:
    """A tagged FEEL value as plain JSON for people; an erased one says so."""
    if isinstance(tagged, dict) and "p" in tagged:
        if tagged["p"] not in opened:
            return {"erased": True}
        tagged = json.loads(opened[tagged["p"]][1])
    return feel.to_json(feel.decode(tagged))


def diagram_state(connection: sa.Connection, case_id: str) -> dict[str, DiagramState]:
    """What happened so far at each element and flow, by process (a case runs called processes too)."""
    found = _nearest(connection, case_id)
    for entry in sealed(connection, f"case/{case_id}", after=found.seq):
        found.advance(entry)
    return found.diagram()


def verdict(
    connection: sa.Connection, stream: str, bundle: Callable[[str], Bundle], *, reexecute: bool = True
) -> Verdict:
    """Is the chain of a stream whole, does it end where its head says, and does deciding it again lead to the same

    events?
    """
    rows = list(sealed(connection, stream))
    head = _head(connection, stream)
    found = list(verify.check(verify.Row(*_columns(row)) for row in rows))
    found += verify.check_heads((verify.Row(*_columns(row)) for row in rows), [(stream, *head)])
    if found:
        return Verdict("broken", "unknown", len(rows), head[1], found[0].seq, found[0].reason)
    if not reexecute:
        return Verdict("whole", "unknown", len(rows), head[1])
    again = reexecution.reexecute(rows, bundle)
    return Verdict("whole", again.answer, len(rows), head[1], again.seq, again.reason)


def _columns(row: Sealed) -> tuple[str, int, str, bytes, bytes | None]:
    return row.stream, row.seq, row.hash, row.data, row.personal


def _head(connection: sa.Connection, stream: str) -> tuple[int, str]:
    kind, _, id = stream.partition("/")
    table, key = store.STREAMS[kind]
    row = connection.execute(sa.select(table.c.seq, table.c.hash).where(key == id)).first()
    return (row.seq, row.hash) if row else (0, entries.GENESIS)


def streams(connection: sa.Connection) -> list[str]:
    """Every stream that has an entry or a head."""
    found = set(connection.execute(sa.select(_e.stream).distinct()).scalars())
    for kind, (_, key) in store.STREAMS.items():
        found |= {f"{kind}/{id}" for id in connection.execute(sa.select(key)).scalars()}
    return sorted(found)


def decided(streams: Iterable[str]) -> list[str]:
    """Those of them whose entries were decided, and can be again; a security entry only says what happened."""
    return [stream for stream in streams if not stream.startswith(f"{security.KIND}/")]


# The case at a moment ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable as plain JSON. `changed` by the entry of this moment: `old` is what it was (`existed`: it was)."""

    name: str
    value: Any
    changed: bool
    existed: bool
    old: Any


@dataclass(frozen=True, slots=True)
class ScopeData:
    """The variables of a scope, or of the element instance `instance` in it. `index`: which turn of a loop."""

    page: str
    process: str
    element: str
    instance: int | None
    index: int | None
    variables: list[Variable]


@dataclass(frozen=True, slots=True)
class Moment:
    """A case just after one of its entries. `told`: the entry as `told` gives entries; `before`: the data until it."""

    entry: Sealed
    told: dict[str, Any]
    at: int
    replay: Replay
    before: dict[tuple[str, int | None], dict[str, Any]]


def state_at(connection: sa.Connection, case_id: str, seq: int) -> Moment:
    """The case after entry `seq`; what it takes depends on the size of the case, not on the length of its history.

    Raises MomentNotFound.
    """
    exists = 0 < seq < 2**31  # what the column can hold
    found = _nearest(connection, case_id, below=seq) if exists else Replay()
    rest = list(sealed(connection, f"case/{case_id}", after=found.seq, limit=seq - found.seq)) if exists else []
    if not rest or rest[-1].seq != seq:
        raise MomentNotFound(f"Expected an entry {seq} in the history of case '{case_id}', but there is none.")
    *earlier, entry = rest
    for one in earlier:
        found.advance(one)
    before = found.variables()
    body = found.advance(entry)
    return Moment(entry, plain(entry), entries.millis(body["at"]), found, before)


def seq_at(connection: sa.Connection, case_id: str, at: int) -> int:
    """The number of the last entry at or before `at` (ms). Raises MomentNotFound when the case began later.

    Times never go back within a case, so the place is found by halving.
    """
    stream = f"case/{case_id}"
    last = connection.execute(sa.select(sa.func.max(_e.seq)).where(_e.stream == stream)).scalar() or 0
    low, high = 0, int(last)
    while low < high:
        middle = (low + high + 1) // 2
        when = connection.execute(sa.select(_e.at).where(_e.stream == stream, _e.seq == middle)).scalar_one()
        low, high = (middle, high) if when <= at else (low, middle - 1)
    if low == 0:
        raise MomentNotFound(f"Expected an entry of case '{case_id}' at or before that time, but it began later.")
    return low


def scopes(connection: sa.Connection, moment: Moment, limit: int = 200) -> list[ScopeData]:
    """The data of a moment by scope, outermost first, at most `limit`. An erased value is `{"erased": true}`."""
    after = list(moment.replay.variables().items())[:limit]
    wanted = [value for key, found in after for value in (*found.values(), *moment.before.get(key, {}).values())]
    opened = _openings(connection, moment.entry.stream, wanted)
    return [_scope(moment, key, found, opened) for key, found in after if found]


_Openings = dict[str, list[str]]


def _scope(moment: Moment, key: tuple[str, int | None], found: dict[str, Any], opened: _Openings) -> ScopeData:
    page = moment.replay.state.pages[key[0]]
    before = moment.before.get(key, {})
    element = page.scope if key[1] is None else page.instances[key[1]].element
    variables = [
        Variable(name, _value(value, opened), not _same(name, value, before, opened), name in before,
                 _value(before.get(name), opened))
        for name, value in found.items()
    ]  # fmt: skip
    return ScopeData(page.id, page.process, element, key[1], page.index, variables)


def _same(name: str, value: Any, before: dict[str, Any], opened: _Openings) -> bool:
    """A personal value that is written again has another commitment, so what it opens to is compared."""
    if name not in before or not (replay.is_personal(value) and replay.is_personal(before[name])):
        return name in before and bool(before[name] == value)
    one, other = (opened.get(each["p"], ["", each["p"]])[1] for each in (value, before[name]))
    return bool(one == other)


def _openings(connection: sa.Connection, stream: str, values: Iterable[Any]) -> dict[str, list[str]]:
    """The openings that still exist of the personal values among these."""
    wanted = {int(value["seq"]) for value in values if replay.is_personal(value)}
    found: dict[str, list[str]] = {}
    if wanted:
        query = sa.select(_e.personal).where(_e.stream == stream, _e.seq.in_(wanted), _e.personal.is_not(None))
        for personal in connection.execute(query).scalars():
            found |= json.loads(personal)
    return found


# Snapshots -----------------------------------------------------------------------------------------------------------


def _nearest(connection: sa.Connection, case_id: str, below: int | None = None) -> Replay:
    """The case at its last usable snapshot (before entry `below`), or before its first entry."""
    wanted = sa.select(_s.body).where(_s.case_id == case_id)
    wanted = wanted if below is None else wanted.where(_s.seq < below)
    for body in connection.execute(wanted.order_by(_s.seq.desc()).limit(1)).scalars():
        found = Replay.load(bytes(body))
        if found is not None and _follows(connection, case_id, found):
            return found
    return Replay()


def _follows(connection: sa.Connection, case_id: str, found: Replay) -> bool:
    """A snapshot of a history that was exchanged since is of no use."""
    query = sa.select(_e.hash).where(_e.stream == f"case/{case_id}", _e.seq == found.seq)
    return connection.execute(query).scalar() == found.hash


_LAST = sa.select(sa.func.coalesce(sa.func.max(_s.seq), 0)).where(_s.case_id == sa.bindparam("c")).scalar_subquery()
_WEIGHT = sa.select(sa.func.sum(sa.func.length(_e.bytes))).where(_e.stream == sa.bindparam("stream"), _e.seq > _LAST)


def heavy(connection: sa.Connection, streams: Iterable[str]) -> list[str]:
    """The cases among these streams that have gathered enough entries since their last snapshot to keep another."""
    cases = {stream.removeprefix("case/") for stream in streams if stream.startswith("case/")}
    weights = {case: connection.execute(_WEIGHT, {"c": case, "stream": f"case/{case}"}).scalar() for case in cases}
    return sorted(case for case, weight in weights.items() if (weight or 0) >= SNAPSHOT_FLOOR)


def keep_snapshots(store_: store.Store, case_id: str) -> int:
    """Keep what snapshots a case lacks; returns how many. Reads in one transaction, writes in another, briefly.

    One is kept when the entries since the last outweigh it: snapshots never take more room than the entries do.
    """
    count = 0
    while True:
        with store_.reading() as connection:
            rows, is_all = _snapshots_due(connection, case_id)
        if rows:
            with store_.transaction() as connection:
                mine = _s.case_id == case_id, _s.seq.in_([row["seq"] for row in rows])
                connection.execute(store.snapshots.delete().where(*mine))  # another worker's, or another build's
                connection.execute(store.snapshots.insert(), rows)
        count += len(rows)
        if is_all:
            return count


def _snapshots_due(connection: sa.Connection, case_id: str) -> tuple[list[dict[str, Any]], bool]:
    """The next snapshots to keep of a case, as rows, and whether that is all."""
    found, weight, least = _nearest(connection, case_id), 0, SNAPSHOT_FLOOR
    rows: list[dict[str, Any]] = []
    for entry in sealed(connection, f"case/{case_id}", after=found.seq):
        found.advance(entry)
        weight += len(entry.data)
        if weight < least:
            continue
        body = found.dump()
        least = max(SNAPSHOT_FLOOR, len(body))
        if weight >= least:
            rows.append({"case_id": case_id, "seq": entry.seq, "body": body})
            weight = 0
        if sum(len(row["body"]) for row in rows) >= SNAPSHOT_ROUND:
            return rows, False
    return rows, True


_LAYOUT = "replay-layout"


def forget_foreign_snapshots(connection: sa.Connection) -> None:
    """Drop the snapshots of another build, which this one cannot read; they are made anew as cases go on."""
    meta = store.meta
    found = connection.execute(sa.select(meta.c.value).where(meta.c.key == _LAYOUT)).scalar()
    if found == replay.LAYOUT:
        return
    connection.execute(store.snapshots.delete())
    connection.execute(meta.delete().where(meta.c.key == _LAYOUT))
    connection.execute(meta.insert().values(key=_LAYOUT, value=replay.LAYOUT))
