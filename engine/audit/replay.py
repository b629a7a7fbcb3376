"""A case at any of its entries: the stored events, applied again from the nearest snapshot on.

Values are not decoded here. They stay as the entry spells them, and a personal value stays the commitment that stands
in its place, marked with the entry that keeps the opening: `{"p": commitment, "seq": "n"}`. So a snapshot holds no
personal data, erasing has nothing to do here, and what was erased meanwhile is seen as erased at every moment.

A snapshot is a cache and proves nothing: it says which build wrote it and after which entry, and is passed over when
either does not fit.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from engine.audit import entries
from engine.execution import events as e
from engine.execution.state import Head, Instance, Page, State, Task, Wait, apply
from engine.execution.wire import dumps

VERSION = 2  # raise it when `apply` or what is noted here changes its meaning
_SHAPES = [[part.name for part in fields(kind)] for kind in (Head, Page, Instance, Task, Wait)]
LAYOUT = hashlib.sha256(dumps([VERSION, _SHAPES]).encode()).hexdigest()[:16]

Raw = dict[str, Any]


@dataclass(slots=True)
class DiagramState:
    """Counts per element and flow of one process of a case. `waiting`: tokens that wait at a join for others."""

    active: Counter[str] = field(default_factory=Counter)
    completed: Counter[str] = field(default_factory=Counter)
    cancelled: Counter[str] = field(default_factory=Counter)
    incidents: Counter[str] = field(default_factory=Counter)
    flows: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Replay:
    """A case after its entry `seq`.

    `tasks` and `incidents` hold the open ones by number, as their events told of them, with `process` and `at` (ms).
    """

    state: State = field(default_factory=State)
    seq: int = 0
    hash: str = entries.GENESIS
    counts: dict[str, DiagramState] = field(default_factory=dict)
    tasks: dict[int, Raw] = field(default_factory=dict)
    incidents: dict[int, Raw] = field(default_factory=dict)

    def advance(self, sealed: entries.Sealed) -> Raw:
        """Apply the next entry; returns its JSON."""
        body = entries.parse(sealed.data)
        at = entries.millis(body["at"])
        for record in body["events"]:
            note = _NOTES.get(record["type"])
            if note is not None:
                note(self, record, at)
            apply(self.state, _event(record, sealed.seq))
        self.seq, self.hash = sealed.seq, sealed.hash
        return body

    def variables(self) -> dict[tuple[str, int | None], Raw]:
        """The variables of every scope, by page, and of every instance that has its own, by page and number."""
        found: dict[tuple[str, int | None], Raw] = {}
        for page in self.state.pages.values():
            if page.closed:
                continue
            found[page.id, None] = dict(page.variables)
            for instance in page.instances.values():
                if instance.variables is not None:
                    found[page.id, instance.n] = dict(instance.variables)
        return found

    def diagram(self) -> dict[str, DiagramState]:
        """What the diagrams show, by process: what went before as it was counted, what is there from the state."""
        for counted in self.counts.values():
            counted.active, counted.waiting, counted.incidents = Counter(), Counter(), Counter()
        for page in self.state.pages.values():
            shown = self.counts.setdefault(page.process, DiagramState())
            shown.active.update(instance.element for instance in page.instances.values())
            for element, flows in page.arrived.items():
                shown.waiting[element] += sum(flows.values())
        for incident in self.incidents.values():
            self.counts[incident["process"]].incidents[incident["element"]] += 1
        return self.counts

    def dump(self) -> bytes:
        """As a snapshot."""
        counts = {name: [one.completed, one.cancelled, one.flows] for name, one in self.counts.items()}
        pages = list(self.state.pages.values())
        body = [LAYOUT, self.seq, self.hash, self.state.head, pages, counts, self.tasks, self.incidents]
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_parts).encode()

    @classmethod
    def load(cls, body: bytes) -> "Replay | None":
        """The inverse of `dump`; None for a snapshot that another build wrote."""
        found = json.loads(body)
        if not isinstance(found, list) or found[:1] != [LAYOUT]:
            return None
        _, seq, hash, head, pages, counts, tasks, incidents = found
        state = State(Head(*head))
        for page in map(_page, pages):
            state.hold(page)
        shown = {
            name: DiagramState(completed=Counter(completed), cancelled=Counter(cancelled), flows=Counter(flows))
            for name, (completed, cancelled, flows) in counts.items()
        }
        return cls(state, seq, hash, shown, _numbered(tasks), _numbered(incidents))


def _parts(thing: object) -> list[Any]:
    """A page, and what is in it, as the list of its fields."""
    if is_dataclass(thing):
        return [getattr(thing, part.name) for part in fields(thing)]
    raise TypeError(f"Expected a part of a state, but got {type(thing).__name__}")


def _page(row: list[Any]) -> Page:
    page = Page(*row)
    page.instances = {n: _instance(found) for n, found in _numbered(page.instances).items()}
    page.waits = {n: Wait(*found) for n, found in _numbered(page.waits).items()}
    return page


def _instance(row: Any) -> Instance:
    instance = Instance(*row)
    instance.task = Task(*row[_TASK]) if row[_TASK] is not None else None
    return instance


_TASK = [part.name for part in fields(Instance)].index("task")


def _numbered(found: Mapping[Any, Any]) -> dict[int, Any]:
    return {int(n): each for n, each in found.items()}


# Events, undecoded ---------------------------------------------------------------------------------------------------

_described: dict[str, Any] = dict(e.KINDS)  # each is a dataclass, which their base does not say
_TAGGED = {
    name: frozenset(each.name for each in fields(described) if each.metadata.get("values"))
    for name, described in _described.items()
}


def _event(record: Raw, seq: int) -> e.Event:
    tagged = _TAGGED[record["type"]]
    given = {name: _marked(value, seq) if name in tagged else value for name, value in record.items() if name != "type"}
    return e.KINDS[record["type"]](**given)


def _marked(pairs: list[list[Any]], seq: int) -> Raw:
    return {name: {**value, "seq": str(seq)} if is_personal(value) else value for name, value in pairs}


def is_personal(value: Any) -> bool:
    """Whether a commitment stands in the place of the value."""
    return isinstance(value, dict) and "p" in value


# What is noted beside the state --------------------------------------------------------------------------------------

Note = Callable[[Replay, Raw, int], None]


def _opened(replay: Replay, record: Raw, _: int) -> None:
    replay.counts.setdefault(record["process"], DiagramState())


def _count(replay: Replay, record: Raw, name: str, what: str) -> None:
    page = replay.state.pages.get(record["page"])
    if page is not None:
        getattr(replay.counts[page.process], name)[what] += 1


def _completed(replay: Replay, record: Raw, _: int) -> None:
    _count(replay, record, "completed", record["element"])


def _cancelled(replay: Replay, record: Raw, _: int) -> None:
    _count(replay, record, "cancelled", record["element"])


def _flow(replay: Replay, record: Raw, _: int) -> None:
    _count(replay, record, "flows", record["flow"])


def _task(replay: Replay, record: Raw, at: int) -> None:
    replay.tasks[record["task"]] = {**record, "process": _process(replay, record), "at": at}


def _deadline_moved(replay: Replay, record: Raw, _: int) -> None:
    replay.tasks[record["task"]]["due"] = record["after"]


def _prioritized(replay: Replay, record: Raw, _: int) -> None:
    replay.tasks[record["task"]]["priority"] = record["priority"]


def _task_ended(replay: Replay, record: Raw, _: int) -> None:
    replay.tasks.pop(record["task"], None)


def _incident(replay: Replay, record: Raw, at: int) -> None:
    kept = {name: value for name, value in record.items() if name != "work"}
    replay.incidents[record["incident"]] = {**kept, "process": _process(replay, record), "at": at}


def _incident_resolved(replay: Replay, record: Raw, _: int) -> None:
    replay.incidents.pop(record["incident"], None)


def _process(replay: Replay, record: Raw) -> str:
    return replay.state.pages[record["page"]].process


def _migrated(replay: Replay, record: Raw, _: int) -> None:
    renamed = record.get("elements", {})
    for each in (*replay.tasks.values(), *replay.incidents.values()):
        each["element"] = renamed.get(each["element"], each["element"])


_NOTES: dict[str, Note] = {
    "ScopeOpened": _opened,
    "ElementCompleted": _completed,
    "ElementCancelled": _cancelled,
    "FlowTaken": _flow,
    "TaskCreated": _task,
    "DeadlineMoved": _deadline_moved,
    "DueTimeChanged": _deadline_moved,
    "TaskPrioritized": _prioritized,
    "TaskCompleted": _task_ended,
    "TaskCancelled": _task_ended,
    "TaskSigned": _task_ended,
    "IncidentRaised": _incident,
    "IncidentResolved": _incident_resolved,
    "CaseMigrated": _migrated,
}
