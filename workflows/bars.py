"""A task with what is around it, and why somebody may not do something with it.

The engine decides again by its own rules; these follow them, so that a person learns the reason before they try.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from engine import worklist
from engine.execution import returning, signing
from engine.execution.bundle import Bundle
from engine.execution.eligibility import NOT, separated_from, unmet
from engine.execution.state import Page, Task
from engine.notation.forms import Form
from engine.notation.model import Node, Process
from engine.worklist import TaskRow
from workflows import policy
from workflows.roles import ASSIGN

ACTIONS = ("claim", "unclaim", "complete", "delegate", "assign", "send_back", "add_signers", "sign", "withdraw")


_NOT_PERSON = f"{NOT}person:"


@dataclass(frozen=True, slots=True)
class Bar:
    """Why somebody may not do something. `code` is one of `BARS`; `about` names the element, person or token."""

    code: str
    about: str = ""
    about_en: str = ""


BARS = {
    "ended": "the task has ended",
    "suspended": "the case is suspended or has ended",
    "claimed": "somebody else has claimed the task",
    "unclaimed": "nobody has claimed the task",
    "not-candidate": "the person is none of the task's candidates",
    "not-assigner": "only somebody who may assign tasks in this case may do this",
    "separation": "the person completed an element that must be somebody else's",
    "lacks": "the person does not hold what the task requires",
    "conflict": "the person holds what the task bars",
    "involved": "the person had a part in what the task judges",
    "no-account": "the person has no active account",
    "administrator": "an administrator may not hold tasks",
    "not-operator": "only a process owner who sees the case may do this",
    "state": "not possible in the present state of the case",
    "signing": "signers are still being waited for",
    "signs": "this is a signature that was asked for, to be given or refused",
    "delegated": "the task was delegated and goes back to whoever delegated it",
    "no-way-back": "the token has passed no user task that it can be sent back to alone",
    "unsigned": "no signature is asked for here",
    "not-last": "only whoever completed the task just before, while nobody has touched the next",
}


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with what is around it: its node in the release that the case runs on, and who did what in the case.

    `page`: the scope that it is in; None once that has closed. `done`: what those completed whom the task bars by name.
    """

    row: TaskRow
    node: Node
    bundle: Bundle
    candidates: tuple[str, ...]
    completed_by: Mapping[str, Collection[str]] = field(default_factory=dict)
    page: Page | None = None
    done: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def process(self) -> Process:
        """The process that the task is drawn in, which may be one that the case's process calls."""
        return self.bundle.processes[self.row.process]

    @property
    def task(self) -> Task:
        """What the engine knows of it; nothing much once it has ended."""
        instance = self.page.instances.get(self.row.n) if self.page else None
        return instance.task if instance is not None and instance.task is not None else Task()

    @property
    def main(self) -> Task:
        """The task itself, or, of a signature, the one that it is for."""
        host = self.page.instances.get(self.task.signs or 0) if self.page else None
        return host.task if host is not None and host.task is not None else self.task

    @property
    def form(self) -> Form | None:
        """What is to be filled in; a signer sees the form of what they sign."""
        asked = self.node.user_task.form if self.task.signs is not None and self.node.user_task else self.row.form
        return self.bundle.forms.get(asked) if asked else None

    @property
    def least_photos(self) -> int:
        return self.node.user_task.photos if self.node.user_task else 0

    @property
    def is_open(self) -> bool:
        return self.row.state in worklist.OPEN

    def excluded(self) -> list[tuple[str, Bar]]:
        """Who may not have this task because of what they completed before: (person, why)."""
        found: dict[str, Bar] = {}
        for element in separated_from(self.task, self.node) if self.is_open else ():
            for person in self.completed_by.get(element, ()):
                found.setdefault(person, separation(self.process.nodes[element]))
        for person in self.barred if self.is_open else ():
            found.setdefault(person, self._involved(person))
        return list(found.items())

    @property
    def barred(self) -> list[str]:
        """The people whom the task's requirements bar by name."""
        return [one.removeprefix(_NOT_PERSON) for one in self.task.requires if one.startswith(_NOT_PERSON)]

    def _involved(self, person: str) -> Bar:
        """Barred for what the person did in the case before, in whichever of its processes; for finding it at least."""
        nodes = [process.nodes[one] for process in self.bundle.processes.values() for one in self.done.get(person, ())
                 if one in process.nodes]  # fmt: skip
        if not nodes:
            return Bar("involved")
        chinese, english = ([n.name or n.id for n in nodes], [n.name_en or n.name or n.id for n in nodes])
        return Bar("separation", "、".join(dict.fromkeys(chinese)), ", ".join(dict.fromkeys(english)))

    def ways_back(self) -> list[str]:
        """The user tasks that its token can be sent back to, the latest first."""
        return returning.targets(self.process, self.page, self.node) if self.is_open and self.page else []

    def next_untouched(self) -> int | None:
        """The number of the open task that the token of this completed one rests at, seen by nobody yet."""
        for instance in self.page.instances.values() if self.page and self.row.state == "completed" else ():
            node = self.process.nodes[instance.element]
            untouched = instance.task is not None and instance.task.version == 1 and instance.task.signs is None
            if untouched and self.page and returning.withdrawable(self.process, self.page, node) == self.row.element:
                return instance.n
        return None


def separation(node: Node) -> Bar:
    """Barred for having completed `node`."""
    return Bar("separation", node.name or node.id, node.name_en)


def bar(action: str, task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """Why somebody with these tokens may not do one of ACTIONS (None: they may)."""
    if action == "withdraw":
        return _withdraw_bar(task, person)
    if not task.is_open:
        return Bar("ended")
    if task.row.case_status != "active":
        return Bar("suspended")
    return _RULES[action](task, person, tokens)


def is_mine(task: OpenTask, person: str, tokens: Collection[str]) -> bool:
    """Whether it is with the person, or with somebody whom they stand in for."""
    return task.row.assignee is not None and (task.row.assignee == person or f"person:{task.row.assignee}" in tokens)


def _claim_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    return Bar("claimed") if task.row.assignee else target_bar(task, person, tokens)


def _complete_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    if _busy_bar(task) is not None:
        return _busy_bar(task)
    if task.row.assignee is None:
        return target_bar(task, person, tokens)
    return personal_bar(task, person, tokens) if is_mine(task, person, tokens) else Bar("claimed")


def _answer_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """Several people fill one checklist: whoever has the task, and whoever could have it."""
    return _complete_bar(task, person, tokens) and target_bar(task, person, tokens)


def _holder_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    if task.row.assignee is None:
        return Bar("unclaimed")
    if not is_mine(task, person, tokens) and ASSIGN not in tokens:
        return Bar("claimed")
    return _busy_bar(task) or (Bar("delegated") if task.task.owner else None)


def _assign_bar(task: OpenTask, _: str, tokens: frozenset[str]) -> Bar | None:
    return _busy_bar(task) if ASSIGN in tokens else Bar("not-assigner")


def _own_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """What only the assignee may do, of a task that is wholly theirs."""
    if not is_mine(task, person, tokens):
        return Bar("claimed" if task.row.assignee else "unclaimed")
    return _busy_bar(task) or (Bar("delegated") if task.task.owner else None)


def _send_back_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    return _own_bar(task, person, tokens) or (None if task.ways_back() else Bar("no-way-back"))


def _add_signers_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    return _own_bar(task, person, tokens) or (Bar("signing") if signing.is_asked_after(task.task) else None)


def _sign_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    if task.task.signs is None:
        return Bar("unsigned")
    return personal_bar(task, person, tokens) if is_mine(task, person, tokens) else Bar("claimed")


def _busy_bar(task: OpenTask) -> Bar | None:
    if task.task.signs is not None:
        return Bar("signs")
    waited_for = task.task.signing is not None and task.task.signing["left"]
    return Bar("signing") if waited_for else None


def _withdraw_bar(task: OpenTask, person: str) -> Bar | None:
    is_last = task.row.ended_by == person and task.row.case_status == "active" and task.next_untouched() is not None
    return None if is_last else Bar("not-last")


_RULES: Mapping[str, Callable[[OpenTask, str, frozenset[str]], Bar | None]] = {
    "claim": _claim_bar,
    "complete": _complete_bar,
    "answer": _answer_bar,
    "unclaim": _holder_bar,
    "delegate": _holder_bar,
    "assign": _assign_bar,
    "send_back": _send_back_bar,
    "add_signers": _add_signers_bar,
    "sign": _sign_bar,
}


def target_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """Why this person may not have the task: no account, no candidate, or something bars them personally."""
    if not tokens:
        return Bar("no-account")
    if not policy.allows(policy.Access.WORK, tokens):
        return Bar("administrator")
    if person != task.row.assignee and not (tokens | {f"person:{person}"}).intersection(task.candidates):
        return Bar("not-candidate")
    return personal_bar(task, person, tokens)


def signer_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """Why this person may not be asked to sign: any colleague may, unless what they did in the case bars them."""
    if not tokens or not policy.allows(policy.Access.WORK, tokens):
        return Bar("administrator" if tokens else "no-account")
    return dict(task.excluded()).get(person)


def personal_bar(task: OpenTask, person: str, tokens: frozenset[str]) -> Bar | None:
    """What bars the person whatever their roles: separation of duty, a missing competence, a conflict."""
    separated = dict(task.excluded()).get(person)
    if separated is not None:
        return separated
    for token in unmet(task.task.requires, tokens | {f"person:{person}"}):
        return Bar("conflict", token.removeprefix(NOT)) if token.startswith(NOT) else Bar("lacks", token)
    return None
