"""What happened to a case. Past tense; the only thing that changes state (`engine.execution.state.apply`).

Numbers (`instance`, `task`, `timer`, `job`, `subscription`, `incident`) are counted within the case; a user task and
a job carry the number of their element instance. `page` names the scope instance: "0" is the case's outermost scope.
"""

from dataclasses import dataclass, field
from typing import Any

from engine.execution.wire import Values, values


class Event:
    __slots__ = ()


@dataclass(slots=True)
class CaseStarted(Event):
    """`starters`: start event → who began the case there, where some task must not be done by the same person."""

    process: str
    business_key: str | None = None
    starters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class CaseDescribed(Event):
    """Title and access tokens, evaluated from `duban:case`. `opened`: the element has been passed that opens the case

    to those from whom it was kept until then.
    """

    title: str
    access: list[str] = field(default_factory=list)
    opened: bool = False


@dataclass(slots=True)
class CaseCompleted(Event):
    terminated: bool = False


@dataclass(slots=True)
class CaseCancelled(Event):
    reason: str = ""


@dataclass(slots=True)
class CaseSuspended(Event):
    reason: str = ""


@dataclass(slots=True)
class CaseResumed(Event):
    reason: str = ""


@dataclass(slots=True)
class CaseMigrated(Event):
    """All pages now speak of `release`; `elements` maps old to new element ids where they differ."""

    release: str
    elements: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ContinuationRequested(Event):
    """The work budget is spent; `work` is what remains, oldest first."""

    work: list[list[Any]]
    steps: int = 0


@dataclass(slots=True)
class Continued(Event):
    """The work left over was taken up again."""


@dataclass(slots=True)
class ScopeOpened(Event):
    """A page begins: the inside of a sub-process, a called process, a loop (`loop`), or one turn of a loop (`index`).

    `plan`: of an ad-hoc sub-process, the elements still to be started. `undo`: compensation that runs over the page
    `parent`; its host instance then lives in the page `home`.
    """

    page: str
    process: str
    scope: str
    parent: str | None = None
    host: int | None = None
    index: int | None = None
    loop: dict[str, Any] | None = None
    variables: Values = values()
    plan: list[str] | None = None
    undo: dict[str, Any] | None = None
    home: str | None = None


@dataclass(slots=True)
class ScopeClosed(Event):
    """`output` goes to the host instance as its result, or, for a kept turn of a loop, stays as `{"": value}` for the
    output collection.

    `snapshot`: the page stays, closed, with its variables as they are now, because it may yet be compensated.
    """

    page: str
    output: Values = values()
    keep: bool = False
    snapshot: bool = False


@dataclass(slots=True)
class LoopAdvanced(Event):
    """So many more turns of the loop `page` have started or ended; `kept` of them may yet be compensated."""

    page: str
    started: int = 0
    ended: int = 0
    kept: int = 0


@dataclass(slots=True)
class ElementActivated(Event):
    instance: int
    element: str
    page: str
    via: str | None = None


@dataclass(slots=True)
class ElementCompleted(Event):
    instance: int
    element: str
    page: str


@dataclass(slots=True)
class ElementCancelled(Event):
    instance: int
    element: str
    page: str


@dataclass(slots=True)
class FlowTaken(Event):
    flow: str
    page: str


@dataclass(slots=True)
class TokenArrived(Event):
    """A token waits at a joining gateway (or for the start quantity of an activity)."""

    element: str
    page: str
    via: str


@dataclass(slots=True)
class TokensJoined(Event):
    """Waiting tokens, counted by incoming flow, were consumed by `element`.

    `gate` (complex gateways): "start" when it was activated and now waits for its reset, "reset" when that has come.
    """

    element: str
    page: str
    tokens: dict[str, int]
    gate: str = ""


@dataclass(slots=True)
class VariablesSet(Event):
    """Written to the scope `page`, or to the local variables of `instance` in it."""

    page: str
    variables: Values = values()
    instance: int | None = None


@dataclass(slots=True)
class TaskCreated(Event):
    """`calendar`: the version that `due` was counted on; `limit`: how it was counted (`engine.execution.due.Limit`).

    `signs`: this is the task of a signer of task `signs`. `returned`: it came back, {"by", "reason", "element"}.
    `requires`: tokens that whoever takes it must hold, or, after `not:`, must not. `separate`: the elements that must
    have been completed by others, where the model makes that depend on the case (None: as the model says).
    """

    task: int
    element: str
    page: str
    name: str = ""
    form: str | None = None
    assignee: str | None = None
    candidates: list[str] = field(default_factory=list)
    priority: int = 50
    due: int | None = None
    follow_up: int | None = None
    calendar: int | None = None
    limit: dict[str, Any] | None = None
    signs: int | None = None
    returned: dict[str, Any] | None = None
    requires: list[str] = field(default_factory=list)
    separate: list[str] | None = None


@dataclass(slots=True)
class TaskClaimed(Event):
    task: int
    page: str
    by: str


@dataclass(slots=True)
class TaskReleased(Event):
    task: int
    page: str
    by: str


@dataclass(slots=True)
class TaskAssigned(Event):
    task: int
    page: str
    to: str
    by: str | None = None
    note: str = ""
    delegated: bool = False
    returns: bool = False
    borrowed: bool = False


@dataclass(slots=True)
class TaskCompleted(Event):
    """`tracked`: some other task of the process must not be done by the same person, so the state remembers `by`."""

    task: int
    element: str
    page: str
    by: str | None = None
    variables: Values = values()
    tracked: bool = False


@dataclass(slots=True)
class TaskCancelled(Event):
    task: int
    element: str
    page: str


@dataclass(slots=True)
class TimerArmed(Event):
    """`kind`: catch, gateway, boundary, start (of an event sub-process) or rung.

    `every`: ISO 8601 interval of a cycle, or `cron <zone> <text>`, after `all ` or `skip ` where that is its misfire
    policy; `left`: repeats to come (None: no end). Of a rung, `every` is what its ladder says ("1d") and `trigger`
    counts its turns from 0.
    """

    timer: int
    element: str
    page: str
    due: int
    kind: str
    host: int | None = None
    every: str | None = None
    left: int | None = None
    detail: dict[str, Any] | None = None
    trigger: int = 0


@dataclass(slots=True)
class TimerFired(Event):
    timer: int
    element: str
    page: str
    due: int
    skipped: int = 0


@dataclass(slots=True)
class TimerSkipped(Event):
    """The turn of a cycle due at `due`, and `skipped` after it, were missed, and its misfire policy is *skip*."""

    timer: int
    element: str
    page: str
    due: int
    skipped: int = 0


@dataclass(slots=True)
class TimerCancelled(Event):
    timer: int
    element: str
    page: str


@dataclass(slots=True)
class RungReached(Event):
    """A rung of the escalation ladder of a task came due; `rung` is what the ladder's table says of it."""

    task: int
    element: str
    page: str
    code: str
    rung: Values = values()


@dataclass(slots=True)
class SubscriptionOpened(Event):
    """`what`: message, signal or condition; `kind`: catch, gateway, boundary or start (of an event sub-process)."""

    subscription: int
    element: str
    page: str
    what: str
    kind: str
    name: str = ""
    key: str = ""
    host: int | None = None
    trigger: int = 0


@dataclass(slots=True)
class SubscriptionClosed(Event):
    subscription: int
    element: str
    page: str
    what: str
    name: str = ""


@dataclass(slots=True)
class MessageReceived(Event):
    """`instance`: the catching element's instance, which now holds `variables` as its result."""

    instance: int
    element: str
    page: str
    name: str
    message: str
    variables: Values = values()


@dataclass(slots=True)
class MessageSent(Event):
    element: str
    page: str
    name: str
    key: str
    ttl: int
    variables: Values = values()


@dataclass(slots=True)
class SignalThrown(Event):
    element: str
    page: str
    name: str
    variables: Values = values()


@dataclass(slots=True)
class SignalReceived(Event):
    instance: int
    element: str
    page: str
    name: str
    signal: str = ""
    variables: Values = values()


@dataclass(slots=True)
class ConditionChanged(Event):
    """The condition that a subscription waits for has become true, or false again."""

    subscription: int
    element: str
    page: str
    value: bool


@dataclass(slots=True)
class TriggerCaught(Event):
    """One of several triggers that must all occur has occurred; what it brought is kept until the others have.

    With `instance`, all have, and the catching event's instance now holds what the earlier ones brought.
    """

    element: str
    page: str
    kind: str
    host: int | None = None
    instance: int | None = None
    variables: Values = values()


@dataclass(slots=True)
class InstanceEventThrown(Event):
    """A multi-instance activity threw the event that its behavior names when an instance ended (clause 10.3.8)."""

    element: str
    page: str
    what: str
    name: str
    caught_by: str | None = None


@dataclass(slots=True)
class ErrorThrown(Event):
    element: str
    page: str
    code: str
    caught_by: str | None = None


@dataclass(slots=True)
class EscalationThrown(Event):
    element: str
    page: str
    code: str
    caught_by: str | None = None


@dataclass(slots=True)
class ErrorCaught(Event):
    """An error or escalation reached the catching instance, which now holds `variables` as its result."""

    instance: int
    element: str
    page: str
    code: str
    variables: Values = values()


@dataclass(slots=True)
class CompensationEnabled(Event):
    """A completed activity may be compensated from now on.

    It is number `position` of its scope in order of completion.
    """

    instance: int
    element: str
    page: str
    position: int


@dataclass(slots=True)
class CompensationThrown(Event):
    """Everything completed in the scope `over`, or only `activity` there, is to be compensated, last first."""

    instance: int
    element: str
    page: str
    over: str
    activity: str | None = None


@dataclass(slots=True)
class CompensationStarted(Event):
    """The compensation `page` has come to the completed activity, or turn, that page `over` counts as `position`."""

    page: str
    element: str
    over: str
    position: int


@dataclass(slots=True)
class AdHocEnding(Event):
    """No further element of the ad-hoc sub-process will be started."""

    page: str


@dataclass(slots=True)
class JobCreated(Event):
    job: int
    element: str
    page: str
    job_type: str
    retries: int = 3
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class JobCompleted(Event):
    job: int
    element: str
    page: str
    variables: Values = values()


@dataclass(slots=True)
class JobFailed(Event):
    job: int
    element: str
    page: str
    message: str
    retries: int
    due: int | None = None


@dataclass(slots=True)
class JobCancelled(Event):
    job: int
    element: str
    page: str


@dataclass(slots=True)
class DecisionEvaluated(Event):
    """`steps`: each decision evaluated, in order, with inputs, matched rules and outputs (JSON-able)."""

    instance: int
    element: str
    page: str
    decision: str
    steps: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class IncidentRaised(Event):
    """The model could not go on at an element. `work` is what a retry does again."""

    incident: int
    element: str
    page: str
    kind: str
    message: str
    instance: int | None = None
    work: list[Any] | None = None


@dataclass(slots=True)
class IncidentResolved(Event):
    incident: int
    element: str
    page: str


@dataclass(slots=True)
class TokenMoved(Event):
    instance: int
    element: str
    to: str
    page: str
    reason: str = ""


@dataclass(slots=True)
class DefinitionDeployed(Event):
    process: str
    version: int
    release: str


@dataclass(slots=True)
class StartTimerArmed(Event):
    """`number`: which of the timers of a start event with several, counted from 0."""

    element: str
    due: int
    every: str | None = None
    left: int | None = None
    number: int = 0


@dataclass(slots=True)
class StartSubscribed(Event):
    """`number`: which of the messages and signals of a start event with several, counted from 0."""

    element: str
    what: str
    name: str
    number: int = 0


@dataclass(slots=True)
class CaseStartedByEvent(Event):
    """A start event of the definition began `case`: by its timer `number`, due at `due`, or by a message or signal."""

    element: str
    case: str
    due: int | None = None
    message: str | None = None
    skipped: int = 0
    number: int = 0


@dataclass(slots=True)
class StartTimerSkipped(Event):
    """As TimerSkipped, for a start event of the definition: no case began."""

    element: str
    due: int
    skipped: int = 0
    number: int = 0


@dataclass(slots=True)
class NumberReserved(Event):
    """A register gave out its next number: they have no gap, and a number that turns out void stays."""

    series: str
    number: int
    holder: str
    variables: Values = values()


@dataclass(slots=True)
class NumberNoted(Event):
    series: str
    number: int
    note: str
    closes: bool = False
    variables: Values = values()


@dataclass(slots=True)
class DeadlineMoved(Event):
    """The due time of a task, counted again on version `calendar` of its calendar `series` instead of version `was`.

    `rungs`: [timer, before, after] of the rungs still to come, in ms.
    """

    task: int
    element: str
    page: str
    series: str
    was: int
    calendar: int
    before: int
    after: int
    rungs: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class DeadlineCounted(Event):
    """The due time of a task, counted by another release than it was created with; the rest is as in `TaskCreated`."""

    task: int
    element: str
    page: str
    due: int | None = None
    calendar: int | None = None
    limit: dict[str, Any] | None = None


@dataclass(slots=True)
class RungHeld(Event):
    """A rung came due while its ladder says to wait; `subscription` is the condition that will let it be reached.

    `due`: when it came due, in ms; `detail`: its row of the ladder, encoded as in `TimerArmed`.
    """

    subscription: int
    task: int
    element: str
    page: str
    code: str
    due: int
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class CandidatesAdded(Event):
    """A rung lets these tokens take the task too."""

    task: int
    element: str
    page: str
    candidates: list[str]


@dataclass(slots=True)
class TaskPrioritized(Event):
    task: int
    element: str
    page: str
    priority: int


@dataclass(slots=True)
class CalendarPublished(Event):
    series: str
    version: int
    sha256: str


@dataclass(slots=True)
class TaskResolved(Event):
    """A delegate has handed in `variables`; the task is with `to` again, who completes it."""

    task: int
    element: str
    page: str
    to: str
    by: str | None = None
    variables: Values = values()
    tracked: bool = False


@dataclass(slots=True)
class TaskReturned(Event):
    """The token goes back to `target`. `undone`: user tasks that it has not passed any more.

    `withdrawn`: taken back by whoever completed `target`. `assignee`: who gets the task again.
    """

    task: int
    element: str
    page: str
    target: str
    by: str | None = None
    reason: str = ""
    withdrawn: bool = False
    undone: list[str] = field(default_factory=list)
    assignee: str | None = None


@dataclass(slots=True)
class SignersAdded(Event):
    """`when`: before the task is completed, or after; `rule`: all or any must agree."""

    task: int
    element: str
    page: str
    people: list[str]
    when: str
    rule: str
    by: str | None = None
    reason: str = ""


@dataclass(slots=True)
class TaskSubmitted(Event):
    """The task is done but for its signers, who are asked now; `variables` wait with it."""

    task: int
    element: str
    page: str
    by: str | None = None
    variables: Values = values()


@dataclass(slots=True)
class TaskSigned(Event):
    """A signer's own task `task` has ended; what they said is kept with task `signs`."""

    task: int
    element: str
    page: str
    signs: int
    agree: bool
    by: str | None = None
    comment: str = ""
    tracked: bool = False


@dataclass(slots=True)
class SigningEnded(Event):
    """Nobody is waited for any more; `agreed` by the rule that was asked for."""

    task: int
    element: str
    page: str
    agreed: bool


@dataclass(slots=True)
class DueTimeChanged(Event):
    """An operator gave the task another due time. `limit`: how it is counted from now on, where that was told.

    `rungs`: [timer, before, after] of the rungs still to come, in ms.
    """

    task: int
    element: str
    page: str
    before: int | None
    after: int
    by: str | None = None
    reason: str = ""
    rungs: list[list[int]] = field(default_factory=list)
    limit: dict[str, Any] | None = None


KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
