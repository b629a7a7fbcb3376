"""The compiled, immutable model of a diagram: what `engine.notation.bpmn` makes of a .bpmn file and `engine.execution`
runs.

Everything an element says is either here or was refused by name; nothing is dropped silently. Expressions are compiled
FEEL; a static text in the file becomes a FEEL string literal, so there is one kind of expression only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.feel import Expression

ACTIVITIES = frozenset(
    "task userTask manualTask serviceTask sendTask receiveTask scriptTask businessRuleTask callActivity"
    " subProcess transaction adHocSubProcess".split()
)
EVENTS = frozenset("startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent".split())
GATEWAYS = frozenset("exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway complexGateway".split())
FUNCTIONS = frozenset({"businessDue"})
"""What every expression of a case may call beside FEEL's own functions (`engine.execution.functions`)."""
SCOPES = frozenset("subProcess transaction adHocSubProcess".split())


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A sequence flow. `condition` is None for an unconditional or default flow."""

    id: str
    name: str
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """One event definition of an event (BPMN 2.0.2 clause 10.5.5).

    kind: message, timer, error, escalation, cancel, compensation, conditional, link, signal or terminate.
    name: of the message, signal or link; an expression, because Camunda 8 allows `=` there. Evaluated at activation.
    code: of the error or escalation. None on a catching event catches every code.
    key: correlation key of a message. timer: with timer_kind date, duration or cycle.
    misfire: what becomes of turns of a cycle that were missed: once, all or skip.
    activity: what a compensation throw compensates (None: all of the scope).
    """

    kind: str
    id: str = ""
    name: Expression | None = None
    code: str | None = None
    key: Expression | None = None
    timer_kind: str = ""
    timer: Expression | None = None
    misfire: str = "once"
    condition: Expression | None = None
    activity: str | None = None
    ttl: Expression | None = None
    wait: bool = True  # a compensation throw: wait until the compensation is done
    code_variable: str | None = None
    code_expression: Expression | None = None  # of a thrown error or escalation, in place of `code`


@dataclass(frozen=True, slots=True, eq=False)
class IoMapping:
    """`zeebe:input` / `zeebe:output`: evaluate `source`, write to `target` (a dotted path writes into a context)."""

    source: Expression
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """Loop characteristics: `standard` (BPMN clause 10.3.5), `parallel` or `sequential` (multi-instance)."""

    kind: str
    condition: Expression | None = None  # standard: go on while true; multi-instance: completion condition
    test_before: bool = False
    maximum: Expression | None = None
    cardinality: Expression | None = None
    collection: Expression | None = None
    element_variable: str | None = None
    output_collection: str | None = None
    output_element: Expression | None = None
    behavior: str = "All"  # None, One, All, Complex: which instances throw an event when they end
    none_trigger: Trigger | None = None
    one_trigger: Trigger | None = None
    complex_triggers: tuple[tuple[Expression, Trigger], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Deadline:
    """`duban:deadline`.

    How long (FEEL duration or string), on which clock (WALL, WORK, DAY, SHIFT), of which calendar series.
    """

    duration: Expression
    clock: Expression
    calendar: Expression
    roll: Expression  # forward, back or none: what happens when the last day is not a working day (clock DAY)
    since: Expression | None = None  # date and time to count from; null or absent: the moment the task begins
    resumes: Expression | None = None  # {due, stopped}: go on with a clock that has stood still; null: begin anew
    at_least: Expression | None = None  # duration granted from the moment the task begins, if that ends later
    at_least_clock: Expression | None = None  # of `at_least`; absent: the same
    result: str | None = None  # variable that receives {from, due}


@dataclass(frozen=True, slots=True, eq=False)
class UserTask:
    """What a person needs. Candidate expressions yield opaque tokens (string or list of strings)."""

    form: str | None = None  # id of a .form in the same release
    assignee: Expression | None = None
    candidate_users: Expression | None = None
    candidate_groups: Expression | None = None
    due: Expression | None = None
    follow_up: Expression | None = None
    priority: Expression | None = None
    deadline: Deadline | None = None
    ladder: str | None = None  # decision id of the escalation ladder
    separate_from: tuple[str, ...] = ()  # elements whose completers may not act here
    separate_when: Expression | None = None  # whether that holds in this case; absent: always
    requires: Expression | None = None  # tokens that whoever acts must hold, or, after `not:`, must not
    photos: int = 0  # least number of attachments that count as evidence
    properties: Mapping[str, str] = field(default_factory=dict)  # zeebe:taskHeaders


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A unit of work for a handler (`zeebe:taskDefinition`)."""

    type: Expression
    retries: Expression | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call activity: an id (static when the expression is a literal) of a process or global task."""

    process: Expression
    static_process: str | None = None
    propagate_parent: bool = True
    propagate_child: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class AdHoc:
    """An ad-hoc sub-process (clause 10.3.5)."""

    parallel: bool = True
    completion: Expression | None = None
    cancel_remaining: bool = True
    active_elements: Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """`duban:request` on an event that waits for a message: people may trigger it too, by filling in a form."""

    form: str  # id of a .form in the same release
    candidates: Expression  # tokens of whoever may ask


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A flow node. Fields that do not belong to its `kind` keep their defaults."""

    id: str
    kind: str
    name: str
    scope: str  # id of the enclosing process or sub-process
    line: int = 0
    lane: str = ""
    name_en: str = ""  # duban:label en; where it is missing, `name` stands for both languages
    documentation: str = ""
    data: tuple[str, ...] = ()  # names of the properties that an activity or event declares: variables of its own
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    default: str | None = None
    # events
    triggers: tuple[Trigger, ...] = ()
    parallel_multiple: bool = False
    request: Request | None = None
    payload: tuple[str, ...] = ()  # names of the event's data outputs (catching) or data inputs (throwing)
    interrupting: bool = True  # boundary events; start events of event sub-processes
    attached_to: str | None = None
    # activities
    boundaries: tuple[str, ...] = ()
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    loop: Loop | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    for_compensation: bool = False
    compensation: str | None = None  # on an activity or boundary event: the handler associated with it
    user_task: UserTask | None = None
    completer: str | None = None  # user task, start event: variable that receives the id of whoever did it
    job: Job | None = None
    script: Expression | None = None
    decision: Expression | None = None
    result_variable: str | None = None
    call: Call | None = None
    message: Trigger | None = None  # receive task: what it waits for; send task without a job: what it sends
    # sub-processes
    triggered_by_event: bool = False
    ad_hoc: AdHoc | None = None
    # gateways
    instantiate: bool = False
    exclusive: bool = True  # eventBasedGateway: False = Parallel
    activation: Expression | None = None  # complexGateway


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What a process or sub-process holds directly."""

    id: str
    nodes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()  # where a plain start begins: none-start events, else nodes nothing leads to
    event_starts: tuple[str, ...] = ()  # start events with a trigger, and instantiating receive tasks and gateways
    event_sub_processes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()  # names of its data objects (a process: properties too): its variables, null at first


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """One executable process. `nodes` holds the flow nodes of every level; ids are unique in a file."""

    id: str
    name: str
    nodes: Mapping[str, Node]
    scopes: Mapping[str, Scope]  # by process or sub-process id; `scopes[process.id]` is the outermost
    flows: Mapping[str, Flow] = field(default_factory=dict)
    upstream: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """Inclusive or complex gateway → incoming flow → from where that flow is reached, not passing the gateway (ids)."""
    links: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (scope id, link name) → catching event
    executable: bool = True
    line: int = 0
    documentation: str = ""
    name_en: str = ""  # duban:label en
    version_tag: str = ""
    title: Expression | None = None  # duban:case title
    access: Expression | None = None  # duban:case access: opaque tokens that may see the case
    opened_by: str | None = None  # duban:case openedBy: the element from whose completion on `later_access` may too
    later_access: Expression | None = None
    start_form: str | None = None  # id of the form of the plain start event: what to fill in to start a case
    separated: frozenset[str] = frozenset()  # elements whose completers some task must not be
    personal: frozenset[str] = frozenset()  # names of variables that hold personal data
    listens_to: frozenset[str] = frozenset()  # kinds of trigger the process catches anywhere, e.g. {"signal"}
    conditions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Variable → the elements with a condition that reads it."""


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """One .bpmn file. `source` is kept byte for byte, for download and for the release hash."""

    file: str
    source: bytes
    processes: tuple[Process, ...]
    pools: Mapping[str, str] = field(default_factory=dict)  # participant id → process id ("" for a black box)
    message_flows: tuple[tuple[str, str, str], ...] = ()  # (id, source, target)
