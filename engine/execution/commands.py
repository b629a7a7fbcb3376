"""What can be asked of a case. Imperative; `decide` turns a command into events or raises a `Rejected`.

`at` is the command's time in milliseconds UTC. `facts` is what `decide` needs beyond model, state and time (who the
actor may act as, the target of an assignment, calendar versions, …); it is recorded with the entry. `page` is where
the addressed element instance lives; whoever issues the command looks it up.
"""

from dataclasses import dataclass, field
from typing import Any

from engine.execution.wire import Values, values


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    at: int = 0
    actor: str | None = None
    on_behalf_of: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True, slots=True)
class StartCase(Command):
    """Start a process at its plain start, or at `element` that a message, signal or timer reached.

    `reached` is the name of that message or signal, `timer` the number of that timer: an element may wait for several.
    """

    process: str
    variables: Values = values()
    business_key: str | None = None
    element: str | None = None
    message: str | None = None
    reached: str | None = None
    timer: int = 0


@dataclass(frozen=True, slots=True)
class ClaimTask(Command):
    task: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class UnclaimTask(Command):
    task: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AssignTask(Command):
    """Give a task to somebody (`to` is a person id); needs `facts.target`.

    `borrow`: nobody who is a candidate can take it, so somebody of another unit is called in, which the note explains;
    needs `facts.eligible`, who could have taken it.
    """

    task: int
    to: str
    note: str = ""
    version: int | None = None
    borrow: bool = False


@dataclass(frozen=True, slots=True)
class DelegateTask(Command):
    """The assignee hands the task to somebody else; needs `facts.target`.

    `returns`: what the other hands in comes back to the assignee, who stays responsible and completes the task;
    without it the responsibility moves.
    """

    task: int
    to: str
    note: str = ""
    version: int | None = None
    returns: bool = False


@dataclass(frozen=True, slots=True)
class CompleteTask(Command):
    task: int
    variables: Values = values()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FireTimer(Command):
    timer: int


@dataclass(frozen=True, slots=True)
class DeliverMessage(Command):
    subscription: int
    message: str
    variables: Values = values()


@dataclass(frozen=True, slots=True)
class DeliverSignal(Command):
    name: str
    signal: str = ""
    variables: Values = values()


@dataclass(frozen=True, slots=True)
class CompleteJob(Command):
    job: int
    variables: Values = values()


@dataclass(frozen=True, slots=True)
class FailJob(Command):
    """The handler failed: `retries` left (0 makes an incident), next try after `backoff` ms.

    `code` throws a BPMN error.
    """

    job: int
    message: str = ""
    retries: int = 0
    backoff: int = 0
    code: str | None = None
    variables: Values = values()


@dataclass(frozen=True, slots=True)
class RetryIncident(Command):
    incident: int
    retries: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Continue(Command):
    """Go on where the work budget of the command before was spent."""


@dataclass(frozen=True, slots=True)
class SuspendCase(Command):
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResumeCase(Command):
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CancelCase(Command):
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveToken(Command):
    """Cancel element instance `instance` and enter element `to` of the same scope instead."""

    instance: int
    to: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetVariables(Command):
    variables: Values = values()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MigrateCase(Command):
    """Go on with another release. `mapping`: old element id → new element id; an element not named keeps its id.

    `deadlines` of the open tasks: keep; recount, by the new release from when each began (needs `facts.begun`, number
    → ms); reset, by the new release from now. `facts.from` names the release before.
    """

    release: str
    mapping: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    deadlines: str = "keep"


@dataclass(frozen=True, slots=True)
class DeployDefinition(Command):
    """To a definition's stream: from now on new cases run version `version` of `release`."""

    process: str
    version: int
    release: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StartByEvent(Command):
    """To a definition's stream: timer `number` of start event `element` came due at `due`, or `message` reached it."""

    process: str
    element: str
    case: str
    due: int | None = None
    message: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReserveNumber(Command):
    """To a register's stream: its next number, for `holder`. `personal` names the variables that are committed to."""

    series: str
    holder: str
    variables: Values = values()
    personal: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoteNumber(Command):
    """To a register's stream: what became of a number. After a note that `closes` there is no other."""

    series: str
    number: int
    note: str
    closes: bool = False
    variables: Values = values()
    personal: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AdoptCalendar(Command):
    """Count the deadlines of this case again on version `version` of calendar `series`.

    `tasks`: [page, task] of those that are on an older one; looked up under the lock of the case.
    """

    series: str
    version: int
    tasks: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PublishCalendar(Command):
    """To a calendar's stream: version `version` of `series` holds from now on; `sha256` is that of its content."""

    series: str
    version: int
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnTask(Command):
    """The assignee sends the token back to the user task `target` that it has passed in the same scope.

    `facts.target`: whoever completed that task, who gets it again if they still may.
    """

    task: int
    target: str
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawTask(Command):
    """Whoever completed the task just before `task` takes it back, while nobody has touched `task`."""

    task: int
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AddSigners(Command):
    """The assignee asks `people` to sign: `before` the task is completed, or `after`, before its token moves on.

    `rule`: all of them must agree, or any. Needs `facts.targets`.
    """

    task: int
    people: list[str]
    when: str = "before"
    rule: str = "all"
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SignTask(Command):
    """A signer agrees or not. `task` is the signer's own."""

    task: int
    agree: bool
    comment: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeDueTime(Command):
    """Give an open task another due time, for a reason.

    `was`: when it was due until then, looked up under the lock of the case; a task begun before semantics 3 need not
    tell how its due time was counted.
    """

    task: int
    due: int
    reason: str
    was: int | None = None


KINDS: dict[str, type[Command]] = {kind.__name__: kind for kind in Command.__subclasses__()}
