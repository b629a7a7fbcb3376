"""The current state of a case, in pages, and `apply`: the only way it changes.

A page is one scope instance: the outermost ("0"), the inside of a sub-process or called process (named by the number
of its host instance), a loop, or one turn of a loop ("<loop>.<index>"). A command loads and writes only the pages it
touches.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine import feel
from engine.execution import events as e
from engine.execution.wire import Values, decode_values, dumps, encode_values

ROOT = "0"


@dataclass(slots=True)
class Task:
    """The part of a user task that decides who may act.

    `version` grows with each change that a person could have seen.
    """

    assignee: str | None = None
    candidates: list[str] = field(default_factory=list)
    version: int = 1
    limit: dict[str, Any] | None = None  # how its due time is counted: `engine.execution.due.Limit`
    owner: str | None = None  # who delegated it and gets it back
    signs: int | None = None  # of a signer's task: the task that waits for it
    signing: dict[str, Any] | None = None  # when, rule, people, left (task numbers), opinions, submitted (by), ended
    returned: dict[str, Any] | None = None  # it came back: by, reason, element
    requires: list[str] = field(default_factory=list)
    separate: list[str] | None = None

    def dump(self) -> list[Any]:
        rare = {name: value for name in _RARE_TASK if (value := getattr(self, name)) not in (None, [])}
        if self.separate is not None:
            rare["separate"] = self.separate
        return [self.assignee, self.candidates, self.version, *([self.limit] if self.limit or rare else []),
                *([rare] if rare else [])]  # fmt: skip

    @classmethod
    def load(cls, row: list[Any]) -> "Task":
        return cls(*row[:4], **(row[4] if len(row) > 4 else {}))


_RARE_TASK = ("owner", "signs", "signing", "returned", "requires")


@dataclass(slots=True)
class Instance:
    """An active element instance. `child` is the page it opened; `waits` are its timers and subscriptions."""

    n: int
    element: str
    variables: Values | None = None
    waits: list[int] = field(default_factory=list)
    child: str | None = None
    task: Task | None = None
    job: list[Any] | None = None  # [type, retries]
    incident: int | None = None
    result: Values | None = None  # what a task, job, message or inner scope brought, until the element completes


@dataclass(slots=True)
class Wait:
    """A timer or subscription.

    `host`: the instance it belongs to (None: the scope itself, for an event sub-process).
    """

    n: int
    what: str  # timer, message, signal, condition, held
    kind: str  # catch, gateway, boundary, start, rung, held (a rung that waits for its condition)
    element: str
    host: int | None = None
    due: int = 0
    every: str | None = None
    left: int | None = None
    name: str = ""
    key: str = ""
    trigger: int = 0
    detail: dict[str, Any] | None = None


@dataclass(slots=True)
class Page:
    id: str
    process: str
    scope: str
    parent: str | None = None
    host: int | None = None
    index: int | None = None
    loop: dict[str, Any] | None = None
    instances: dict[int, Instance] = field(default_factory=dict)
    waits: dict[int, Wait] = field(default_factory=dict)
    arrived: dict[str, dict[str, int]] = field(default_factory=dict)
    closed: bool = False  # a finished turn or scope that is kept for its output, or because it may be compensated
    variables: Values = field(default_factory=dict)
    gates: dict[str, list[str]] = field(default_factory=dict)  # complex gateway waiting for reset → flows consumed
    plan: list[str] | None = None  # ad-hoc sub-process: elements still to be started; None: no more are
    completed: int = 0  # how many completed activities may be compensated; each is a page "<page>.c<number>"
    undo: dict[str, Any] | None = None  # compensation under way: over (page), left, only, then
    home: str | None = None  # where the host instance lives, if that is not the parent
    passed: dict[str, str | None] = field(default_factory=dict)  # user task completed here → by whom the last time
    returns: dict[str, dict[str, Any]] = field(default_factory=dict)  # user task → why its token comes back to it

    def dump(self) -> str:
        """Everything but the variables, which are stored beside it and rewritten only when they change."""
        rare = {name: value for name in _RARE if (value := getattr(self, name)) not in (None, 0, {})}
        return dumps(
            [
                self.process, self.scope, self.parent, self.host, self.index, self.loop,
                [_dump_instance(instance) for instance in self.instances.values()],
                [[getattr(wait, name) for name in _WAIT] for wait in self.waits.values()],
                self.arrived, self.closed, *([rare] if rare else []),
            ]
        )  # fmt: skip

    def dump_variables(self) -> str:
        return dumps(encode_values(self.variables))

    @classmethod
    def load(cls, id: str, body: bytes | str, variables: bytes | str) -> "Page":
        process, scope, parent, host, index, loop, instances, waits, arrived, closed, *rare = json.loads(body)
        return cls(
            id, process, scope, parent, host, index, loop,
            {row[0]: _load_instance(row) for row in instances},
            {row[0]: Wait(*row) for row in waits},
            arrived, closed, decode_values(json.loads(variables)), **(rare[0] if rare else {}),
        )  # fmt: skip

    @property
    def host_page(self) -> str | None:
        """The page of the instance that this one is the inside of."""
        return self.home or self.parent


_RARE = ("gates", "plan", "completed", "undo", "home", "passed", "returns")
_WAIT = ("n", "what", "kind", "element", "host", "due", "every", "left", "name", "key", "trigger", "detail")


def _dump_instance(instance: Instance) -> list[Any]:
    task = instance.task
    return [
        instance.n, instance.element, None if instance.variables is None else encode_values(instance.variables),
        instance.waits,
        instance.child, task and task.dump(), instance.job, instance.incident,
        None if instance.result is None else encode_values(instance.result),
    ]  # fmt: skip


def _load_instance(row: list[Any]) -> Instance:
    n, element, variables, waits, child, task, job, incident, result = row
    return Instance(
        n, element, None if variables is None else decode_values(variables), waits, child, task and Task.load(task),
        job, incident,
        None if result is None else decode_values(result),
    )  # fmt: skip


@dataclass(slots=True)
class Head:
    """What every command needs of a case, whatever page it touches."""

    process: str = ""
    status: str = "new"  # new, active, suspended, completed, terminated, cancelled
    counter: int = 0
    work: list[list[Any]] = field(default_factory=list)  # left over by the budget; only Continue may follow
    steps: int = 0  # element activations since the last wait, to stop a loop that never waits
    signals: int = 0  # how many subscriptions are open; where they are, `State.listening` finds
    completed_by: dict[str, list[str]] = field(default_factory=dict)  # separation of duty: element → persons
    incidents: dict[str, list[Any]] = field(default_factory=dict)  # n → [page, instance, kind, element, work]
    title: str = ""
    access: list[str] = field(default_factory=list)
    conditions: int = 0  # the same of conditions
    held: int = 0  # the same of rungs that came due and wait for the end of a condition
    opened: bool = False  # the element has been passed up to which the case is kept from some

    def dump(self) -> str:
        return dumps([getattr(self, name) for name in _HEAD])

    @classmethod
    def load(cls, body: bytes | str) -> "Head":
        head = cls(*json.loads(body))
        head.signals, head.conditions = _count(head.signals), _count(head.conditions)
        return head


def _count(stored: int | dict[str, str]) -> int:
    """Older heads list their subscriptions."""
    return stored if isinstance(stored, int) else len(stored)


_HEAD = (
    "process", "status", "counter", "work", "steps", "signals", "completed_by", "incidents", "title", "access",
    "conditions", "held", "opened",
)  # fmt: skip

LISTENING = {"signal": "signals", "condition": "conditions", "held": "held"}
"""Kinds of waits that are found by `State.listening`, and where the head counts them."""
Source = Callable[[Iterable[str]], Iterable[Page]]
Listeners = Callable[[str, Collection[str] | None], Iterable[str]]
"""The pages that a store has with subscriptions of a kind (signal, condition); see `State.listening`."""


class State:
    """Head and pages of one case.

    Pages are fetched from `source` when first touched; `dirty` ones are to be written back. Who listens in pages that
    are not loaded, `listeners` knows: the head does not list them, so ten thousand cost a command no more than ten.
    """

    def __init__(
        self, head: Head | None = None, source: Source | None = None, listeners: Listeners | None = None
    ) -> None:
        self.head = head or Head()
        self.pages: dict[str, Page] = {}
        self.dirty: set[str] = set()
        self.dirty_variables: set[str] = set()
        self.dropped: set[str] = set()
        self.stored: set[str] = set()  # pages that the store holds already
        self.dropped_trees: set[str] = set()  # pages that went with every "<page>.<…>" of theirs
        self.swept = False  # the case has ended: of its pages only the outermost stays
        self._source, self._listeners = source, listeners
        self._open: dict[str, dict[int, str]] = {what: {} for what in LISTENING}  # of loaded pages: subscription → page

    def hold(self, page: Page) -> None:
        """Take a page as it was stored."""
        self.pages[page.id] = page
        for wait in page.waits.values():
            if wait.what in self._open:
                self._open[wait.what][wait.n] = page.id

    def listen(self, wait: Wait, page: str) -> None:
        if wait.what in self._open:
            self._open[wait.what][wait.n] = page
            self._count(wait.what, 1)

    def unlisten(self, what: str, n: int) -> None:
        if what in self._open:
            self._open[what].pop(n, None)
            self._count(what, -1)

    def _count(self, what: str, more: int) -> None:
        counter = LISTENING[what]
        setattr(self.head, counter, getattr(self.head, counter) + more)

    def listening(self, what: str, wanted: Collection[str] | None = None) -> list[tuple[int, str]]:
        """Open subscriptions, oldest first, with their pages, which are loaded now.

        `what` is *signal*, `wanted` then names; or *condition* or *held*, and elements. None: all of them.
        """
        if self._listeners is not None:
            self.fetch(dict.fromkeys(self._listeners(what, wanted)))
        by_name = what == "signal"
        found = []
        for n, page_id in self._open[what].items():
            wait = self.pages[page_id].waits.get(n) if page_id in self.pages else None
            if wait is not None and (wanted is None or (wait.name if by_name else wait.element) in wanted):
                found.append((n, page_id))
        return sorted(found)

    def drop(self, page: Page) -> None:
        """Forget a page; with a loop go its kept turns and items, with a scope what it noted for compensation."""
        gone = [page.id]
        if page.loop is not None or page.completed:
            self.dropped_trees.add(page.id)
            gone += [id for id in self.pages if id.startswith(page.id + ".")]
        for id in gone:
            self.pages.pop(id, None)
            self.dirty.discard(id)
            self.dirty_variables.discard(id)
        self.dropped.add(page.id)

    def sweep(self) -> None:
        """Forget every page but the outermost, loaded or not."""
        self.swept = True
        self.pages = {id: page for id, page in self.pages.items() if id == ROOT}

    def _is_dropped(self, id: str) -> bool:
        return id in self.dropped or id.partition(".")[0] in self.dropped_trees or (self.swept and id != ROOT)

    def fetch(self, ids: Iterable[str]) -> None:
        """Load several pages at once; those that do not exist are left out."""
        missing = [id for id in ids if id not in self.pages and not self._is_dropped(id)]
        if missing and self._source:
            for page in self._source(missing):
                self.hold(page)

    def find(self, id: str) -> Page | None:
        if id not in self.pages:
            self.fetch([id])
        return self.pages.get(id)

    def page(self, id: str) -> Page:
        """The page, which must exist: a missing one is a bug, not an input error."""
        page = self.find(id)
        if page is None:
            raise LookupError(f"page {id} of this case does not exist")
        return page

    def touch(self, id: str) -> Page:
        self.dirty.add(id)
        return self.page(id)

    def lineage(self, page: Page) -> Iterator[Page]:
        """The page and the pages around it, innermost first."""
        current: Page | None = page
        while current is not None:
            yield current
            current = self.page(current.parent) if current.parent is not None else None

    def snapshot(self) -> dict[str, Any]:
        """All loaded pages in comparable form (tests, and snapshots for replay)."""
        pages = {id: [page.dump(), page.dump_variables()] for id, page in sorted(self.pages.items())}
        return {"head": self.head.dump(), "pages": pages}


def layers(state: State, page: Page, own: Values | None) -> list[Values]:
    """The variables around an instance, innermost first, up to the outermost scope of its process."""
    found = [own] if own else []
    for around in state.lineage(page):
        found.append(around.variables)
        if around.scope == around.process:
            break
    return found


class Scope(Mapping[str, feel.Value]):
    """The variables visible in an instance: its own, its scope's, and those around it up to the called process."""

    __slots__ = ("_layers",)

    def __init__(self, layers: list[Values]) -> None:
        self._layers = layers

    def inside(self, variables: Values) -> "Scope":
        """The same with `variables` in front."""
        return Scope([variables, *self._layers]) if variables else self

    def __getitem__(self, name: str) -> feel.Value:
        for layer in self._layers:
            if name in layer:
                return layer[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(name in layer for layer in self._layers)

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for layer in self._layers:
            yield from (name for name in layer if name not in seen)
            seen.update(layer)

    def __len__(self) -> int:
        return len(set().union(*self._layers))


def apply(state: State, event: e.Event) -> None:
    """Change `state` as `event` says. Never fails on an event that `decide` produced."""
    _APPLY[type(event)](state, event)


def replay(state: State, events: Iterable[e.Event]) -> State:
    for event in events:
        apply(state, event)
    return state


def _started(state: State, event: e.CaseStarted) -> None:
    state.head.process = event.process
    state.head.status = "active"
    for element, person in event.starters.items():
        _remember(state, element, person)


def _described(state: State, event: e.CaseDescribed) -> None:
    state.head.title, state.head.access = event.title, list(event.access)
    state.head.opened = event.opened


def _ended(status: str) -> Callable[[State, Any], None]:
    def ended(state: State, event: Any) -> None:
        state.head.status = "terminated" if getattr(event, "terminated", False) else status
        state.head.work = []
        state.sweep()

    return ended


def _status(status: str) -> Callable[[State, Any], None]:
    def change(state: State, _: Any) -> None:
        state.head.status = status

    return change


def _migrated(state: State, event: e.CaseMigrated) -> None:
    rename = event.elements
    for page in list(state.pages.values()):
        state.dirty.add(page.id)
        page.scope = rename.get(page.scope, page.scope)
        page.arrived = {rename.get(element, element): flows for element, flows in page.arrived.items()}
        page.gates = {rename.get(element, element): flows for element, flows in page.gates.items()}
        page.plan = None if page.plan is None else [rename.get(element, element) for element in page.plan]
        if page.undo is not None and page.undo["only"] is not None:
            page.undo["only"] = rename.get(page.undo["only"], page.undo["only"])
        for instance in page.instances.values():
            instance.element = rename.get(instance.element, instance.element)
        for wait in page.waits.values():
            wait.element = rename.get(wait.element, wait.element)
        page.passed = {rename.get(element, element): by for element, by in page.passed.items()}
        page.returns = {rename.get(element, element): why for element, why in page.returns.items()}
    done = state.head.completed_by
    state.head.completed_by = {rename.get(element, element): people for element, people in done.items()}


def _continuation(state: State, event: e.ContinuationRequested) -> None:
    state.head.work, state.head.steps = event.work, event.steps


def _continued(state: State, _: e.Continued) -> None:
    state.head.work = []


def _scope_opened(state: State, event: e.ScopeOpened) -> None:
    state.pages[event.page] = Page(
        event.page, event.process, event.scope, event.parent, event.host, event.index,
        dict(event.loop) if event.loop is not None else None, variables=dict(event.variables),
        plan=None if event.plan is None else list(event.plan), undo=None if event.undo is None else dict(event.undo),
        home=event.home,
    )  # fmt: skip
    state.dropped.discard(event.page)
    state.dirty.add(event.page)
    state.dirty_variables.add(event.page)
    home = event.home or event.parent
    if event.host is not None and event.index is None and home is not None:
        state.touch(home).instances[event.host].child = event.page


def _scope_closed(state: State, event: e.ScopeClosed) -> None:
    page = state.page(event.page)
    if page.host_page is not None and page.host is not None and page.index is None:
        _hand_over(state, page, event)
    if event.snapshot:
        _keep(state, page, {**page.variables, **event.output} if event.keep else page.variables)
    elif event.keep:
        _keep(state, page, dict(event.output))
    else:
        state.drop(page)


def _hand_over(state: State, page: Page, event: e.ScopeClosed) -> None:
    """The host instance takes the output; that it still has a child says that the inside may be compensated."""
    host = state.touch(page.host_page or "").instances.get(page.host or 0)
    if host is not None:
        host.child, host.result = page.id if event.snapshot else None, dict(event.output)


def _keep(state: State, page: Page, variables: Values) -> None:
    page.closed, page.variables = True, variables
    state.dirty.add(page.id)
    state.dirty_variables.add(page.id)


def _loop_advanced(state: State, event: e.LoopAdvanced) -> None:
    loop = state.touch(event.page).loop
    assert loop is not None
    loop["started"] += event.started
    loop["ended"] += event.ended
    if event.kept:
        loop["kept"] = loop.get("kept", 0) + event.kept


def _activated(state: State, event: e.ElementActivated) -> None:
    page = state.touch(event.page)
    page.instances[event.instance] = Instance(event.instance, event.element)
    if page.plan and event.element in page.plan:
        page.plan.remove(event.element)
    state.head.counter = max(state.head.counter, event.instance)


def _left(state: State, event: Any) -> None:
    state.touch(event.page).instances.pop(event.instance, None)


def _arrived(state: State, event: e.TokenArrived) -> None:
    flows = state.touch(event.page).arrived.setdefault(event.element, {})
    flows[event.via] = flows.get(event.via, 0) + 1


def _joined(state: State, event: e.TokensJoined) -> None:
    page = state.touch(event.page)
    flows = page.arrived.get(event.element, {})
    for flow, count in event.tokens.items():
        flows[flow] -= count
        if flows[flow] <= 0:
            del flows[flow]
    if not flows:
        page.arrived.pop(event.element, None)
    if event.gate == "start":
        page.gates[event.element] = list(event.tokens)
    elif event.gate == "reset":
        page.gates.pop(event.element, None)


def _variables_set(state: State, event: e.VariablesSet) -> None:
    page = state.page(event.page)
    if event.instance is None:
        page.variables.update(event.variables)
        state.dirty_variables.add(event.page)
        return
    state.dirty.add(event.page)
    instance = page.instances[event.instance]
    instance.variables = {**(instance.variables or {}), **event.variables}


def _task_created(state: State, event: e.TaskCreated) -> None:
    page = state.touch(event.page)
    if event.signs is not None:  # a signer's task is an instance of its own beside the one that waits for it
        page.instances[event.task] = Instance(event.task, event.element)
        state.head.counter = max(state.head.counter, event.task)
        _signing(state, event.page, event.signs)["left"].append(event.task)
    page.instances[event.task].task = Task(
        event.assignee, list(event.candidates), limit=event.limit and dict(event.limit), signs=event.signs,
        returned=event.returned, requires=list(event.requires),
        separate=None if event.separate is None else list(event.separate),
    )  # fmt: skip
    page.returns.pop(event.element, None)


def _task(state: State, page: str, n: int) -> Task:
    """The task, which somebody is about to see changed."""
    task = state.touch(page).instances[n].task
    assert task is not None
    task.version += 1
    return task


def _task_held(state: State, page: str, n: int, assignee: str | None) -> None:
    _task(state, page, n).assignee = assignee


def _task_claimed(state: State, event: e.TaskClaimed) -> None:
    _task_held(state, event.page, event.task, event.by)


def _task_released(state: State, event: e.TaskReleased) -> None:
    _task_held(state, event.page, event.task, None)


def _task_assigned(state: State, event: e.TaskAssigned) -> None:
    task = _task(state, event.page, event.task)
    if event.returns and task.owner is None:
        task.owner = task.assignee
    elif not event.returns:
        task.owner = None
    task.assignee = event.to


def _task_resolved(state: State, event: e.TaskResolved) -> None:
    task = _task(state, event.page, event.task)
    task.assignee, task.owner = event.to, None
    state.touch(event.page).instances[event.task].result = dict(event.variables)
    if event.tracked:
        _remember(state, event.element, event.by)


def _candidates_added(state: State, event: e.CandidatesAdded) -> None:
    task = state.touch(event.page).instances[event.task].task
    assert task is not None
    task.candidates += event.candidates
    task.version += 1


def _deadline_moved(state: State, event: e.DeadlineMoved) -> None:
    page = state.touch(event.page)
    task = page.instances[event.task].task
    assert task is not None and task.limit is not None
    task.limit = {**task.limit, "due": event.after, "version": event.calendar}
    for n, _, after in event.rungs:
        page.waits[n].due = after


def _deadline_counted(state: State, event: e.DeadlineCounted) -> None:
    _task(state, event.page, event.task).limit = event.limit


def _due_time_changed(state: State, event: e.DueTimeChanged) -> None:
    page = state.touch(event.page)
    task = page.instances[event.task].task
    assert task is not None
    task.limit = event.limit
    for n, _, after in event.rungs:
        page.waits[n].due = after


def _task_completed(state: State, event: e.TaskCompleted) -> None:
    page = state.touch(event.page)
    instance = page.instances[event.task]
    instance.task, instance.result = None, dict(event.variables)
    page.passed[event.element] = event.by
    if event.tracked:
        _remember(state, event.element, event.by)


def _remember(state: State, element: str, person: str | None) -> None:
    if person is not None:
        people = state.head.completed_by.setdefault(element, [])
        people[:] = [*(one for one in people if one != person), person]


def _task_cancelled(state: State, event: e.TaskCancelled) -> None:
    page = state.touch(event.page)
    task = page.instances[event.task].task
    if task is not None and task.signs is not None:
        _signer_gone(state, event.page, event.task, task.signs)
    else:
        page.instances[event.task].task = None


def _task_returned(state: State, event: e.TaskReturned) -> None:
    page = state.touch(event.page)
    for element in event.undone:
        page.passed.pop(element, None)
    back = {"by": event.by, "reason": event.reason, "element": event.element, "assignee": event.assignee}
    page.returns[event.target] = {**back, "withdrawn": True} if event.withdrawn else back


def _signers_added(state: State, event: e.SignersAdded) -> None:
    task = _task(state, event.page, event.task)
    asked = {"when": event.when, "rule": event.rule, "people": list(event.people), "by": event.by, "left": []}
    task.signing = {**asked, "opinions": (task.signing or {}).get("opinions", [])}


def _signing(state: State, page: str, n: int) -> dict[str, Any]:
    task = state.touch(page).instances[n].task
    assert task is not None and task.signing is not None
    return task.signing


def _signer_gone(state: State, page: str, n: int, main: int) -> None:
    state.touch(page).instances.pop(n)
    host = state.page(page).instances.get(main)
    if host is not None and host.task is not None and host.task.signing is not None:
        host.task.signing["left"].remove(n)


def _task_submitted(state: State, event: e.TaskSubmitted) -> None:
    _task(state, event.page, event.task)
    state.touch(event.page).instances[event.task].result = dict(event.variables)
    signing = _signing(state, event.page, event.task)
    signing["submitted"] = event.by
    signing.pop("ended", None)


def _task_signed(state: State, event: e.TaskSigned) -> None:
    opinion = {"person": event.by, "agree": event.agree, "comment": event.comment}
    _signing(state, event.page, event.signs)["opinions"].append(opinion)
    _signer_gone(state, event.page, event.task, event.signs)
    if event.tracked:
        _remember(state, event.element, event.by)


def _signing_ended(state: State, event: e.SigningEnded) -> None:
    signing = _task(state, event.page, event.task).signing
    assert signing is not None
    signing.pop("submitted", None)
    signing["ended"] = event.agreed


def _add_wait(state: State, page_id: str, wait: Wait) -> None:
    page = state.touch(page_id)
    page.waits[wait.n] = wait
    state.head.counter = max(state.head.counter, wait.n)
    if wait.host is not None and wait.host in page.instances:
        page.instances[wait.host].waits.append(wait.n)


def _remove_wait(state: State, page_id: str, n: int) -> None:
    page = state.touch(page_id)
    wait = page.waits.pop(n, None)
    if wait is not None and wait.host is not None and wait.host in page.instances:
        waits = page.instances[wait.host].waits
        if n in waits:
            waits.remove(n)


def _timer_armed(state: State, event: e.TimerArmed) -> None:
    _add_wait(
        state, event.page,
        Wait(event.timer, "timer", event.kind, event.element, event.host, event.due, event.every, event.left,
             trigger=event.trigger, detail=event.detail),
    )  # fmt: skip


def _timer_gone(state: State, event: Any) -> None:
    _remove_wait(state, event.page, event.timer)


def _rung_held(state: State, event: e.RungHeld) -> None:
    held = Wait(
        event.subscription, "held", "held", event.element, event.task, event.due, detail={"rung": event.detail}
    )  # fmt: skip
    _add_wait(state, event.page, held)
    state.listen(held, event.page)


def _subscribed(state: State, event: e.SubscriptionOpened) -> None:
    wait = Wait(
        event.subscription,
        event.what,
        event.kind,
        event.element,
        event.host,
        name=event.name,
        key=event.key,
        trigger=event.trigger,
    )
    _add_wait(state, event.page, wait)
    state.listen(wait, event.page)


def _unsubscribed(state: State, event: e.SubscriptionClosed) -> None:
    _remove_wait(state, event.page, event.subscription)
    state.unlisten(event.what, event.subscription)


def _condition_changed(state: State, event: e.ConditionChanged) -> None:
    wait = state.touch(event.page).waits[event.subscription]
    wait.detail = {**(wait.detail or {}), "holds": event.value}


def _trigger_caught(state: State, event: e.TriggerCaught) -> None:
    page = state.touch(event.page)
    if event.instance is not None:
        _received(state, event)
        return
    place = (event.element, event.host, event.kind)
    waiting = [wait for wait in page.waits.values() if (wait.element, wait.host, wait.kind) == place]
    for wait in waiting[:1]:
        brought = {**decode_values((wait.detail or {}).get("brought", [])), **event.variables}
        wait.detail = {**(wait.detail or {}), "brought": encode_values(brought)}


def _compensable(state: State, event: e.CompensationEnabled) -> None:
    page = state.touch(event.page)
    page.completed = event.position
    note = Page(f"{page.id}.c{event.position}", page.process, event.element, page.id, event.instance)
    state.pages[note.id] = note
    state.dirty |= {note.id}
    state.dirty_variables.add(note.id)


def _compensation_started(state: State, event: e.CompensationStarted) -> None:
    run = state.touch(event.page)
    assert run.undo is not None
    run.undo["left"] = event.position - 1
    over = state.page(event.over)
    if over.loop is None:
        state.touch(f"{over.id}.c{event.position}").closed = True


def _ad_hoc_ending(state: State, event: e.AdHocEnding) -> None:
    state.touch(event.page).plan = None


def _job_created(state: State, event: e.JobCreated) -> None:
    state.touch(event.page).instances[event.job].job = [event.job_type, event.retries]


def _job_failed(state: State, event: e.JobFailed) -> None:
    job = state.touch(event.page).instances[event.job].job
    assert job is not None
    job[1] = event.retries


def _job_completed(state: State, event: e.JobCompleted) -> None:
    instance = state.touch(event.page).instances[event.job]
    instance.job, instance.result = None, dict(event.variables)


def _job_cancelled(state: State, event: e.JobCancelled) -> None:
    state.touch(event.page).instances[event.job].job = None


def _received(state: State, event: Any) -> None:
    instance = state.touch(event.page).instances[event.instance]
    instance.result = {**(instance.result or {}), **event.variables}


def _incident_raised(state: State, event: e.IncidentRaised) -> None:
    state.head.counter = max(state.head.counter, event.incident)
    state.head.incidents[str(event.incident)] = [event.page, event.instance, event.kind, event.element, event.work]
    instance = state.page(event.page).instances.get(event.instance or 0)
    if instance is not None:
        instance.incident = event.incident
        state.dirty.add(event.page)


def _incident_resolved(state: State, event: e.IncidentResolved) -> None:
    _, n, *_ = state.head.incidents.pop(str(event.incident))
    instance = state.page(event.page).instances.get(n or 0)
    if instance is not None:
        instance.incident = None
        state.dirty.add(event.page)


def _nothing(state: State, event: Any) -> None:
    """The event is told for its own sake; another event beside it changes the state."""


_APPLY: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.CaseStarted: _started,
    e.CaseDescribed: _described,
    e.CaseCompleted: _ended("completed"),
    e.CaseCancelled: _ended("cancelled"),
    e.CaseSuspended: _status("suspended"),
    e.CaseResumed: _status("active"),
    e.CaseMigrated: _migrated,
    e.ContinuationRequested: _continuation,
    e.Continued: _continued,
    e.ScopeOpened: _scope_opened,
    e.ScopeClosed: _scope_closed,
    e.LoopAdvanced: _loop_advanced,
    e.ElementActivated: _activated,
    e.ElementCompleted: _left,
    e.ElementCancelled: _left,
    e.FlowTaken: _nothing,
    e.TokenArrived: _arrived,
    e.TokensJoined: _joined,
    e.VariablesSet: _variables_set,
    e.TaskCreated: _task_created,
    e.TaskClaimed: _task_claimed,
    e.TaskReleased: _task_released,
    e.TaskAssigned: _task_assigned,
    e.TaskCompleted: _task_completed,
    e.TaskCancelled: _task_cancelled,
    e.TaskResolved: _task_resolved,
    e.TaskReturned: _task_returned,
    e.SignersAdded: _signers_added,
    e.TaskSubmitted: _task_submitted,
    e.TaskSigned: _task_signed,
    e.SigningEnded: _signing_ended,
    e.TimerArmed: _timer_armed,
    e.TimerFired: _timer_gone,
    e.TimerSkipped: _timer_gone,
    e.TimerCancelled: _timer_gone,
    e.RungReached: _nothing,
    e.SubscriptionOpened: _subscribed,
    e.SubscriptionClosed: _unsubscribed,
    e.MessageReceived: _received,
    e.MessageSent: _nothing,
    e.SignalThrown: _nothing,
    e.SignalReceived: _received,
    e.ConditionChanged: _condition_changed,
    e.TriggerCaught: _trigger_caught,
    e.InstanceEventThrown: _nothing,
    e.ErrorThrown: _nothing,
    e.ErrorCaught: _received,
    e.CompensationEnabled: _compensable,
    e.CompensationThrown: _nothing,
    e.CompensationStarted: _compensation_started,
    e.AdHocEnding: _ad_hoc_ending,
    e.EscalationThrown: _nothing,
    e.JobCreated: _job_created,
    e.JobCompleted: _job_completed,
    e.JobFailed: _job_failed,
    e.JobCancelled: _job_cancelled,
    e.DecisionEvaluated: _nothing,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    e.TokenMoved: _nothing,
    e.DeadlineMoved: _deadline_moved,
    e.DeadlineCounted: _deadline_counted,
    e.DueTimeChanged: _due_time_changed,
    e.RungHeld: _rung_held,
    e.CandidatesAdded: _candidates_added,
    e.TaskPrioritized: _nothing,
}
