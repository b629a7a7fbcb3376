"""What happened in a case as process mining counts it: activities with a transition, a time and a person.

Read from the entries as they are stored, without decoding a value: what forms said does not leave with an event log,
personal or not, and people are their ids.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.audit import entries
from engine.audit.entries import Sealed
from engine.execution.bundle import Bundle
from engine.notation.model import Node, Process

CASE = "case"
"""The kind of what concerns the case as a whole."""

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an event log. `transition` is one of the standard lifecycle of XES (IEEE 1849, Lifecycle extension).

    `n` counts within the entry `seq`; `hash` is that entry's. `task`: number of the user task. `actor`: a person's id,
    None for the system. `assignee`: who has the task from now on ("" nobody, None: unchanged).
    """

    seq: int
    n: int
    at: int
    hash: str
    process: str
    activity: str
    element: str
    kind: str
    transition: str
    task: int | None = None
    actor: str | None = None
    behalf: str | None = None
    assignee: str | None = None
    due: int | None = None


_TASK = {
    "TaskCreated": "schedule", "TaskClaimed": "start", "TaskReleased": "reassign", "TaskAssigned": "assign",
    "TaskCompleted": "complete", "TaskReturned": "ate_abort", "TaskSigned": "complete",
}  # fmt: skip
_CASE = {
    "CaseStarted": "start", "CaseCompleted": "complete", "CaseCancelled": "pi_abort", "CaseSuspended": "suspend",
    "CaseResumed": "resume",
}  # fmt: skip
_ELEMENT = {"ElementActivated": "start", "ElementCompleted": "complete", "ElementCancelled": "ate_abort"}
_NOTED = {"RungReached": "unknown", "IncidentRaised": "suspend", "IncidentResolved": "resume"}


@dataclass(slots=True)
class Story:
    """One case, entry by entry. It remembers the open pages and tasks, and nothing of what is over."""

    bundle: Callable[[str], Bundle]
    english: bool = False
    _pages: dict[str, str] = field(default_factory=dict)
    _tasks: dict[int, tuple[str, bool]] = field(default_factory=dict)

    def of(self, sealed: Sealed) -> Iterator[Happened]:
        body = entries.parse(sealed.data)
        bundle, command = self.bundle(body["release"]), body["command"]
        about = {
            "seq": sealed.seq, "hash": sealed.hash, "at": entries.millis(body["at"]), "actor": command.get("actor"),
            "behalf": command.get("on_behalf_of"),
        }  # fmt: skip
        for n, event in enumerate(body["events"]):
            told = self._told(event, bundle)
            if told is not None:
                yield Happened(n=n, **about, **told)

    def _told(self, event: Raw, bundle: Bundle) -> dict[str, Any] | None:
        kind = event["type"]
        self._follow(kind, event)
        if kind in _CASE:
            process = self._pages.get("0", "")
            name = self._name(bundle.processes.get(process)) or process
            return {"process": process, "activity": name, "element": "", "kind": CASE, "transition": _CASE[kind]}
        if kind in _TASK or kind == "TaskCancelled":
            return self._task(kind, event, bundle)
        if kind in _ELEMENT or kind in _NOTED:
            return self._element(kind, event, bundle)
        return None

    def _follow(self, kind: str, event: Raw) -> None:
        if kind == "CaseStarted":
            self._pages["0"] = event["process"]
        elif kind == "ScopeOpened":
            self._pages[event["page"]] = event["process"]
        elif kind == "ScopeClosed" and not event.get("keep") and not event.get("snapshot"):
            self._pages.pop(event["page"], None)

    def _task(self, kind: str, event: Raw, bundle: Bundle) -> dict[str, Any] | None:
        number = event["task"]
        if kind == "TaskCreated":
            self._tasks[number] = (event["element"], False)
        element, has_begun = self._tasks.get(number, (event.get("element", ""), False))
        if kind in ("TaskCompleted", "TaskCancelled", "TaskReturned", "TaskSigned"):
            self._tasks.pop(number, None)
        elif kind != "TaskCreated":
            self._tasks[number] = (element, kind == "TaskClaimed")
        transition = _TASK.get(kind) or ("ate_abort" if has_begun else "withdraw")
        taken = {"TaskCreated": event.get("assignee") or "", "TaskClaimed": event.get("by"), "TaskReleased": "",
                 "TaskAssigned": event.get("to")}  # fmt: skip
        return {
            **self._place(event, element, bundle), "kind": "userTask", "transition": transition, "task": number,
            "assignee": taken.get(kind), "due": event.get("due"),
        }  # fmt: skip

    def _element(self, kind: str, event: Raw, bundle: Bundle) -> dict[str, Any] | None:
        """Gateways are no work, and a user task tells of itself; an event only happens, it does not begin."""
        place = self._place(event, event["element"], bundle)
        node = _node(bundle, place["process"], event["element"])
        found = node.kind if node else ""
        if kind in _NOTED:
            mark = f" ▲ {event['code']}" if kind == "RungReached" else " !"
            about = {"activity": place["activity"] + mark, "kind": "rung" if kind == "RungReached" else "incident"}
            return {**place, **about, "transition": _NOTED[kind], "task": event.get("task")}
        if found.endswith("Gateway") or found == "userTask" or not found:
            return None
        if found.endswith("Event") and kind != "ElementCompleted":
            return None
        return {**place, "kind": found, "transition": _ELEMENT[kind]}

    def _place(self, event: Raw, element: str, bundle: Bundle) -> dict[str, Any]:
        process = self._pages.get(event.get("page", "0")) or self._pages.get("0", "")
        name = self._name(_node(bundle, process, element)) or element
        return {"process": process, "element": element, "activity": name}

    def _name(self, named: Node | Process | None) -> str:
        if named is None:
            return ""
        return (named.name_en if self.english else "") or named.name


def _node(bundle: Bundle, process: str, element: str) -> Node | None:
    found = bundle.processes.get(process)
    return found.nodes.get(element) if found else None
