"""The past of a case: entries in order, what the diagram shows, and whether all of it is whole."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from engine import feel, store
from engine.audit import entries, reexecution, verify
from engine.audit.entries import Sealed
from engine.execution.bundle import Bundle

_e = store.entries.c


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


@dataclass(slots=True)
class DiagramState:
    """Counts per element and flow of one process of a case."""

    active: Counter[str] = field(default_factory=Counter)
    completed: Counter[str] = field(default_factory=Counter)
    cancelled: Counter[str] = field(default_factory=Counter)
    incidents: Counter[str] = field(default_factory=Counter)
    flows: Counter[str] = field(default_factory=Counter)


def sealed(
    connection: sa.Connection, stream: str, *, after: int = 0, limit: int | None = None, descending: bool = False
) -> Iterator[Sealed]:
    """Entries as stored, from `after` on (exclusive; going down, those below it, 0 meaning from the end)."""
    statement = sa.select(_e.stream, _e.seq, _e.hash, _e.bytes, _e.personal).where(_e.stream == stream)
    if descending:
        statement = statement.where(_e.seq < after if after else sa.true()).order_by(_e.seq.desc())
    else:
        statement = statement.where(_e.seq > after).order_by(_e.seq)
    for row in connection.execute(statement.limit(limit) if limit else statement):
        yield Sealed(row.stream, row.seq, row.hash, bytes(row.bytes), bytes(row.personal) if row.personal else None)


def told(
    connection: sa.Connection, stream: str, *, after: int = 0, limit: int = 50, descending: bool = False
) -> list[dict[str, Any]]:
    """Entries as plain JSON for reading: seq, hash, at, command, facts, events.

    Personal values are put in where they still exist.
    """
    return [_plain(entry) for entry in sealed(connection, stream, after=after, limit=limit, descending=descending)]


def _plain(entry: Sealed) -> dict[str, Any]:
    body = entries.parse(entry.data)
    opened: dict[str, list[str]] = json.loads(entry.personal) if entry.personal else {}
    for record in (body["command"], *body["events"]):
        for name in ("variables", "output", "rung"):
            if name in record:
                record[name] = {key: _value(value, opened) for key, value in record[name]}
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
    """What happened at each element and flow, by process (a case runs called processes too)."""
    states: dict[str, DiagramState] = {}
    pages: dict[str, str] = {}
    open_incidents: dict[int, tuple[str, str]] = {}
    for entry in sealed(connection, f"case/{case_id}"):
        for record in entries.parse(entry.data)["events"]:
            if record["type"] == "ScopeOpened":
                pages[record["page"]] = record["process"]
                states.setdefault(record["process"], DiagramState())
            _count(states, pages, open_incidents, record)
    for process, element in open_incidents.values():
        states[process].incidents[element] += 1
    return states


def _count(
    states: dict[str, DiagramState],
    pages: dict[str, str],
    incidents: dict[int, tuple[str, str]],
    record: dict[str, Any],
) -> None:
    process = pages.get(record.get("page", ""))
    if process is None:
        return
    state, kind, element = states[process], record["type"], record.get("element", "")
    if kind == "ElementActivated":
        state.active[element] += 1
    elif kind == "ElementCompleted":
        state.active[element] -= 1
        state.completed[element] += 1
    elif kind == "ElementCancelled":
        state.active[element] -= 1
        state.cancelled[element] += 1
    elif kind == "FlowTaken":
        state.flows[record["flow"]] += 1
    elif kind == "IncidentRaised":
        incidents[record["incident"]] = (process, element)
    elif kind == "IncidentResolved":
        incidents.pop(record["incident"], None)


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
    table, key = (store.cases, store.cases.c.id) if kind == "case" else (store.definitions, store.definitions.c.process)
    row = connection.execute(sa.select(table.c.seq, table.c.hash).where(key == id)).first()
    return (row.seq, row.hash) if row else (0, entries.GENESIS)


def streams(connection: sa.Connection) -> list[str]:
    """Every stream that has an entry or a head."""
    found = set(connection.execute(sa.select(_e.stream).distinct()).scalars())
    found |= {f"case/{id}" for id in connection.execute(sa.select(store.cases.c.id)).scalars()}
    return sorted(
        found | {f"definition/{id}" for id in connection.execute(sa.select(store.definitions.c.process)).scalars()}
    )
