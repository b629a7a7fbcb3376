"""The machine that one command runs on: a queue of small steps, each of which emits events.

A step is `[name, page, …]`, plain JSON, because what the budget leaves over is stored and taken up by `Continue`. A
step evaluates everything it needs before it emits, so a failing expression leaves no half of a step behind: it
becomes an incident that keeps the step, and a retry does the step again.
"""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine import feel
from engine.errors import InvalidInput
from engine.execution import events as e
from engine.execution import functions
from engine.execution.bundle import Bundle
from engine.execution.commands import Command, Continue
from engine.execution.state import Instance, Page, Scope, State, apply
from engine.execution.wire import Values
from engine.notation.model import Node, Process

SEMANTICS = 3
"""The version of what `decide` does. It grows when the same command on the same state may lead to other events.

1: the first. 2: `TaskCreated` tells how its due time is counted; what rungs do beside telling is carried out.
3: a retried job gets its inputs anew; each `TaskCreated` that is due tells how that is counted.
"""
UNDERSTOOD = frozenset({1, 2, SEMANTICS})  # those that can be decided again by asking `Machine.semantics`

Step = list[Any]
MOVES = frozenset({"enter", "repeat", "start_at", "start_at_gateway"})  # steps that are tokens on their way
EVENT = 100  # bytes that an event takes in an entry, besides the values it carries
STEPS: dict[str, Callable[..., None]] = {}


class Failure(Exception):
    """The model cannot go on here; becomes an incident.

    `kind`: expression, decision, error, flow, loop, call or deadlock.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


F = TypeVar("F", bound=Callable[..., None])


def step(function: F) -> F:
    """Make a function a step: `m.next(function, page, …)` queues it, by its name."""
    STEPS[function.__name__] = function
    return function


class Machine:
    """Working copy of one case while one command is decided."""

    def __init__(self, bundle: Bundle, state: State, command: Command, semantics: int = SEMANTICS) -> None:
        self.bundle, self.state, self.command, self.semantics = bundle, state, command, semantics
        self.events: list[e.Event] = []
        self.queue: deque[Step] = deque()
        self.moving: dict[str, int] = {}  # tokens in the queue, by page
        self.unsettled: dict[str, None] = {}  # pages to look at when the queue is empty (a dict keeps the order)
        self.written: list[
            tuple[str, int | None, frozenset[str]]
        ] = []  # page, instance, names: conditions look at them
        self.spent = 0
        self.bytes = 0
        self.counter = state.head.counter
        self.steps_before = state.head.steps if isinstance(command, Continue) else 0

    # Emitting ----------------------------------------------------------------------------------------------------

    def emit(self, event: e.Event) -> None:
        self.events.append(event)
        self.bytes += EVENT
        if isinstance(event, e.VariablesSet) and (self.state.head.conditions or self.state.head.held):
            self.written.append((event.page, event.instance, frozenset(event.variables)))
        apply(self.state, event)

    def number(self) -> int:
        """The next number of this case: for an instance, timer, subscription or incident."""
        self.counter = max(self.counter, self.state.head.counter) + 1
        return self.counter

    def next(self, function: Callable[..., None], *arguments: Any) -> None:
        """Queue a step behind the others."""
        self.queue.append([function.__name__, *arguments])

    def send(self, page: str, element: str, via: str | None = None) -> None:
        """A token moves to `element`, behind the other steps."""
        self.moving[page] = self.moving.get(page, 0) + 1
        self.queue.append(["enter", page, element, via])

    def first(self, *steps: Step) -> None:
        """Queue steps before the others, in the order given."""
        self.queue.extendleft(reversed(steps))

    # Running -----------------------------------------------------------------------------------------------------

    def run(self, settle: Callable[["Machine"], None], watch: Callable[["Machine"], None]) -> None:
        """Work until nothing can move without the world outside, or the budget is spent.

        `settle` is called when the queue is empty: joins that wait for the scope to come to rest, and scopes that are
        done. `watch` is called when variables were written that somebody's condition may read.
        """
        limits = self.bundle.limits
        while self.queue or self.unsettled or self.written:
            if self.written:
                watch(self)
                continue
            if self.spent >= limits.activations or self.bytes >= limits.bytes:
                self._request_continuation()
                return
            if not self.queue:
                settle(self)
                continue
            self._do(self.queue.popleft())

    def _do(self, work: Step) -> None:
        name, *arguments = work
        try:
            STEPS[name](self, *arguments)
        except Failure as failure:
            self._raise_incident(work, failure.kind, failure.message)
        except (feel.FeelError, InvalidInput) as error:
            self._raise_incident(work, "expression", error.message)

    def _raise_incident(self, work: Step, kind: str, message: str) -> None:
        page, n = work[1], work[2] if len(work) > 2 else None
        found = self.state.find(page)
        instance = found.instances.get(n) if found and isinstance(n, int) else None
        named = n if found and isinstance(n, str) and n in self.process(found).nodes else None
        element = instance.element if instance else named or (found.scope if found else "")
        self.emit(e.IncidentRaised(self.number(), element, page, kind, message, instance.n if instance else None, work))

    def deadlock(self, page: Page, element: str, message: str) -> None:
        """An incident, once, on a scope that can go on no more by itself; a retry looks at the scope again."""
        if not any(known[0] == page.id and known[2] == "deadlock" for known in self.state.head.incidents.values()):
            again = ["resettle", page.id]
            self.emit(e.IncidentRaised(self.number(), element, page.id, "deadlock", message, None, again))

    def _request_continuation(self) -> None:
        steps = self.steps_before + self.spent
        if steps >= self.bundle.limits.steps_without_wait:
            self.queue.extend(["resettle", page] for page in self.unsettled)
            self._stop_endless_loop()
            return
        work = [*self.queue, *(["resettle", page] for page in self.unsettled)]
        self.emit(e.ContinuationRequested(work, steps))

    def _stop_endless_loop(self) -> None:
        limit = self.bundle.limits.steps_without_wait
        message = (
            f"Expected the case to wait for somebody or something within {limit} steps, but it goes round and round."
        )
        work = list(self.queue)
        page = next((item[1] for item in work if self.state.find(item[1])), "0")
        self.emit(
            e.IncidentRaised(
                self.number(), self.state.page(page).scope, page, "loop", message, None, ["resume", page, work]
            )
        )

    def resume(self, work: list[Step]) -> None:
        """Put stored steps back into the queue; their tokens move again."""
        for item in work:
            if item[0] in MOVES:
                self.moving[item[1]] = self.moving.get(item[1], 0) + 1
            self.queue.append(list(item))

    # Looking around ----------------------------------------------------------------------------------------------

    def process(self, page: Page) -> Process:
        return self.bundle.processes[page.process]

    def node(self, page: Page, element: str) -> Node:
        return self.bundle.processes[page.process].nodes[element]

    def declared(self, process: str, scope: str) -> Values:
        """The data objects and properties that a scope declares: its variables, null at first (clause 10.4.1)."""
        return dict.fromkeys(self.bundle.processes[process].scopes[scope].data)

    def at(self, page_id: str, n: int) -> tuple[Page, Instance, Node] | None:
        """Page, instance and node of a step's subject; None when it is gone (cancelled meanwhile)."""
        page = self.state.find(page_id)
        instance = page.instances.get(n) if page else None
        if page is None or instance is None:
            return None
        return page, instance, self.node(page, instance.element)

    def host(self, page: Page) -> tuple[Page, Instance, Node] | None:
        """What `page` is the inside of: an activity, a turn's activity, or (of a turn) the loop's activity."""
        inner = self.state.page(page.parent or "") if page.index is not None else page
        return self.at(inner.host_page, inner.host) if inner.host_page is not None and inner.host is not None else None

    def surrounding(self, page: Page) -> list[Page]:
        """The page and those around it, up to the outermost scope of its process: where its variables live."""
        found = []
        for around in self.state.lineage(page):
            found.append(around)
            if around.scope == around.process:
                break
        return found

    def scope(self, page: Page, instance: Instance | None = None, extra: Values | None = None) -> Scope:
        layers = [around.variables for around in self.surrounding(page)]
        if instance is not None and instance.variables:
            layers.insert(0, instance.variables)
        if extra:
            layers.insert(0, extra)
        return Scope([*layers, self.functions])

    @cached_property
    def functions(self) -> Values:
        return functions.of(self)

    # Evaluating --------------------------------------------------------------------------------------------------

    @cached_property
    def now(self) -> feel.DateTime:
        """The command's time, in the release's zone: what `now()` and `today()` say."""
        return feel.DateTime.from_datetime(instant(self.command.at).astimezone(ZoneInfo(self.bundle.zone)))

    def value(self, expression: feel.Expression, scope: Mapping[str, feel.Value]) -> feel.Value:
        return expression(scope, self.now)

    def expect(self, expression: feel.Expression, scope: Mapping[str, feel.Value], kind: type, what: str) -> Any:
        """The value, which must be of `kind` (bool, str, Decimal, list).

        Otherwise a failure that says why it is not.
        """
        value = expression(scope, self.now)
        if type(value) is kind:
            return value
        raise self.unexpected(expression, scope, what, _KIND_NAMES[kind])

    def unexpected(
        self, expression: feel.Expression, scope: Mapping[str, feel.Value], what: str, wanted: str
    ) -> Failure:
        """A failure that says what was wanted, what came, and why (the expression's own problems)."""
        outcome = expression.explain(scope, self.now)
        if self._is_personal(expression):
            return Failure("expression", f"Expected {what} to be {wanted}, but a value of personal data is not.")
        found = "null" if outcome.value is None else _brief(outcome.value)
        reasons = "; ".join(str(problem) for problem in outcome.problems)
        return Failure(
            "expression", f"Expected {what} to be {wanted}, but got {found}" + (f": {reasons}" if reasons else ".")
        )

    def _is_personal(self, expression: feel.Expression) -> bool:
        """A message stays in the history; personal data must stay erasable, so it may not get into one."""
        return any(process.personal & expression.free_names for process in self.bundle.processes.values())

    def text(self, expression: feel.Expression, scope: Mapping[str, feel.Value], what: str) -> str:
        """A name or key: a string, or a number written as one."""
        value = expression(scope, self.now)
        return format(value, "f") if isinstance(value, Decimal) else self.expect(expression, scope, str, what)

    def texts(self, expression: feel.Expression | None, scope: Mapping[str, feel.Value], what: str) -> list[str]:
        """A string, or a list of strings; null is none."""
        value = expression(scope, self.now) if expression else None
        found = value if isinstance(value, list) else [] if value is None else [value]
        if expression is not None and not all(isinstance(item, str) for item in found):
            raise self.unexpected(expression, scope, what, "a text or a list of texts")
        return [item for item in found if isinstance(item, str)]

    def decision(self, decision: str, scope: Scope) -> tuple[feel.Value, list[Any]]:
        """The value of a decision, and the steps that led to it. A null that comes from an error is a failure."""
        model = self.bundle.decisions.get(decision)
        if model is None:
            known = ", ".join(sorted(self.bundle.decisions)) or "none"
            raise Failure("decision", f"Expected a decision '{decision}' in this release, but it has: {known}.")
        decided = model.evaluate(decision, scope, self.now)
        if decided.value is None and decided.problems:
            reasons = "; ".join(str(problem) for problem in decided.problems)
            raise Failure("decision", f"Decision '{decision}' has no result: {reasons}")
        return decided.value, [step.as_json() for step in decided.steps]

    # Variables ---------------------------------------------------------------------------------------------------

    def set_local(self, page: Page, instance: Instance, variables: Values) -> None:
        if variables:
            self._weigh(variables)
            self.emit(e.VariablesSet(page.id, variables, instance.n))

    def write(self, page: Page, variables: Values) -> None:
        """Set each variable where it exists already, looking outwards from `page`; a new one in the outermost scope.

        A turn of a loop that collects outputs keeps what it writes to itself: turns run beside each other and never
        share.
        """
        self._weigh(variables)
        around = self.surrounding(page)
        for position, candidate in enumerate(around):
            if candidate.index is not None and not candidate.closed and self._collects(candidate):
                around = around[: position + 1]
                break
        by_page: dict[str, Values] = {}
        for name, value in variables.items():
            home = next((candidate for candidate in around if name in candidate.variables), around[-1])
            by_page.setdefault(home.id, {})[name] = value
        for id, part in by_page.items():
            self.emit(e.VariablesSet(id, part))

    def _collects(self, turn: Page) -> bool:
        loop = self.node(turn, turn.scope).loop
        return bool(loop and loop.output_collection)

    def _weigh(self, variables: Values) -> None:
        self.bytes += sum(len(name) + weight(value) for name, value in variables.items())


_KIND_NAMES = {bool: "true or false", str: "a text", Decimal: "a number", list: "a list"}


def weight(value: feel.Value) -> int:
    """Roughly how many bytes a value takes in an entry."""
    if isinstance(value, str):
        return len(value) + 2
    if isinstance(value, list):
        return 2 + sum(map(weight, value))
    if isinstance(value, dict):
        return 2 + sum(len(key) + 6 + weight(part) for key, part in value.items())
    return 16


def instant(millis: int) -> datetime:
    """An aware datetime in UTC of milliseconds since 1970, exact and without the platform's range limits."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)


def millis(moment: datetime) -> int:
    """The inverse of `instant`."""
    elapsed = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (elapsed.days * 86_400 + elapsed.seconds) * 1000 + elapsed.microseconds // 1000


def _brief(value: feel.Value) -> str:
    text = repr(feel.to_json(value))
    return text if len(text) <= 60 else text[:57] + "..."


@step
def resettle(m: Machine, page: str) -> None:
    """Look at the page again once the queue is empty."""
    m.unsettled[page] = None


@step
def resume(m: Machine, _page: str, work: list[Step]) -> None:
    """Go on after an endless loop was stopped (a person looked at it and asked for more)."""
    m.resume(work)
