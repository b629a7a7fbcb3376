"""What each kind of element does when a token enters it, and how it completes (BPMN 2.0.2 chapter 13).

`enter` → `activate` → `begin` (by kind) … → `finish` → flows onward. A new kind of element is a function here,
registered for its BPMN name.
"""

from collections.abc import Callable
from decimal import Decimal

from engine import feel
from engine.execution import ad_hoc, calls, compensation, faults, joins, messages, tasks, waits
from engine.execution import events as e
from engine.execution.machine import Failure, Machine, Step, step
from engine.execution.state import Instance, Page, Scope
from engine.execution.wire import Values
from engine.notation.model import ACTIVITIES, Flow, IoMapping, Node, Trigger

Behaviour = Callable[[Machine, Page, Instance, Node], None]
BEGIN: dict[str, Behaviour] = {}


def begins(*kinds: str) -> Callable[[Behaviour], Behaviour]:
    def register(behaviour: Behaviour) -> Behaviour:
        BEGIN.update(dict.fromkeys(kinds, behaviour))
        return behaviour

    return register


@step
def enter(m: Machine, page_id: str, element: str, via: str | None) -> None:
    """A token reaches an element over the flow `via` (None: it begins here)."""
    m.moving[page_id] = m.moving.get(page_id, 0) - 1
    page = m.state.find(page_id)
    if page is None:
        return
    node = m.node(page, element)
    if via is not None and joins.must_wait(node):
        joins.arrive(m, page, node, via)
    else:
        activate(m, page_id, element, via)


@step
def activate(m: Machine, page_id: str, element: str, via: str | None) -> None:
    n = m.number()
    m.spent += 1
    m.emit(e.ElementActivated(n, element, page_id, via))
    m.first(["begin", page_id, n])


@step
def begin(m: Machine, page_id: str, n: int) -> None:
    """Prepare an activation: local variables and boundary events.

    A loop begins its turns, unless this is one of them.
    """
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    is_body = node.loop is not None and page.index is None
    local: Values = {}
    if not is_body and node.kind not in SCOPE_KINDS:
        local = {**dict.fromkeys(node.data), **map_inputs(m, page, instance, node)}
    planned = waits.plan_boundaries(m, page, instance, node, local) if page.index is None else []
    m.set_local(page, instance, local)
    for boundary, plans in planned:
        waits.open_planned(m, page, boundary, plans, "boundary", n)
    m.first(["begin_loop" if is_body else "act", page_id, n])


SCOPE_KINDS = frozenset({"subProcess", "transaction", "adHocSubProcess", "callActivity"})  # inputs go inside them


@step
def act(m: Machine, page_id: str, n: int) -> None:
    """Do what the element does."""
    found = m.at(page_id, n)
    if found is not None:
        page, instance, node = found
        BEGIN[node.kind](m, page, instance, node)


@step
def finish(m: Machine, page_id: str, n: int) -> None:
    """Complete an element with what it brought."""
    found = m.at(page_id, n)
    if found is not None:
        page, instance, node = found
        complete(m, page, instance, node, dict(instance.result or {}))


def complete(m: Machine, page: Page, instance: Instance, node: Node, result: Values, *told: e.Event) -> None:
    """Output mappings, then the flows onward. `told` are events to emit once nothing can fail any more."""
    is_body = node.loop is not None and page.index is None
    result = _as_data_outputs(node, result)
    local, brought = ({}, result) if is_body else map_outputs(m, page, instance, node, result)
    flows = [] if page.index is not None else outgoing(m, page, instance, node, {**result, **brought})
    for event in told:
        m.emit(event)
    m.set_local(page, instance, local)
    if brought:
        m.write(page, brought)
    waits.close_all(m, page, instance)
    m.emit(e.ElementCompleted(instance.n, node.id, page.id))
    compensation.note(m, page, instance, node)
    take(m, page, flows, node.completion_quantity)
    if page.arrived or page.gates:
        m.unsettled[page.id] = None
    if not flows:
        m.first(["close", page.id])
    if page.plan is not None and node.kind in ACTIVITIES:
        m.first(["activity_done", page.id])


BATCH = 100


def take(m: Machine, page: Page, flows: list[Flow], times: int = 1) -> None:
    """Send a token over each flow, `times` over (completion quantity), a batch at a time."""
    for _ in range(min(times, BATCH)):
        for flow in flows:
            m.emit(e.FlowTaken(flow.id, page.id))
            m.send(page.id, flow.target, flow.id)
    if flows and times > BATCH:
        m.moving[page.id] += 1
        m.next(repeat, page.id, [flow.id for flow in flows], times - BATCH)


@step
def repeat(m: Machine, page_id: str, flows: list[str], times: int) -> None:
    """The next batch of tokens of a large completion quantity."""
    m.moving[page_id] = m.moving.get(page_id, 0) - 1
    page = m.state.find(page_id)
    if page is not None:
        take(m, page, [m.process(page).flows[id] for id in flows], times)


_INCLUSIVE = frozenset({"inclusiveGateway", "complexGateway"})


def outgoing(m: Machine, page: Page, instance: Instance, node: Node, extra: Values) -> list[Flow]:
    """Which flows a completed element takes (clauses 10.5.2 to 10.5.4, 13.3.1)."""
    if node.kind == "parallelGateway" or not any(flow.condition for flow in node.outgoing):
        if node.kind == "exclusiveGateway":
            return [flow for flow in node.outgoing if flow.id != node.default][:1] or list(node.outgoing[:1])
        return [flow for flow in node.outgoing if node.kind not in _INCLUSIVE or flow.id != node.default]
    scope = m.scope(page, instance, extra)
    if node.kind == "exclusiveGateway":
        chosen = _first_true(m, node, scope)
    else:
        chosen = [flow for flow in node.outgoing if flow.id != node.default and _holds(m, flow, scope)]
        plain = {flow.id for flow in node.outgoing if flow.condition is None and flow.id != node.default}
        if node.default and not any(flow.id not in plain for flow in chosen):
            chosen += [flow for flow in node.outgoing if flow.id == node.default]
    if not chosen and scope.get(joins.WAITING_FOR_START) is not False:
        raise Failure(
            "flow",
            f"Expected a flow out of '{node.name or node.id}' whose condition is true, or a default flow,"
            " but there is none.",
        )
    return chosen


def _first_true(m: Machine, node: Node, scope: Scope) -> list[Flow]:
    for flow in node.outgoing:
        if flow.id != node.default and _holds(m, flow, scope):
            return [flow]
    return [flow for flow in node.outgoing if flow.id == node.default]


def _holds(m: Machine, flow: Flow, scope: Scope) -> bool:
    if flow.condition is None:
        return True
    return bool(m.expect(flow.condition, scope, bool, f"the condition of flow '{flow.name or flow.id}'"))


def _as_data_outputs(node: Node, result: Values) -> Values:
    """What a caught event brought, under the names of its data outputs (clause 10.4.1).

    An output takes the entry of its own name, else the only entry, else the whole as a context.
    """
    if node.kind not in CATCHING:
        return result
    whole: feel.Value = next(iter(result.values())) if len(result) == 1 else dict(result)
    return {**result, **{name: whole for name in node.payload if name not in result}}


CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})


# Mappings --------------------------------------------------------------------------------------------------------


def map_inputs(m: Machine, page: Page, instance: Instance, node: Node) -> Values:
    return _mapped(m, node.inputs, m.scope(page, instance), m.scope(page)) if node.inputs else {}


def map_outputs(m: Machine, page: Page, instance: Instance, node: Node, result: Values) -> tuple[Values, Values]:
    """What stays local and what leaves.

    With output mappings only what they name leaves, without them all but the element's own variables.
    """
    if node.outputs:
        return {}, _mapped(m, node.outputs, m.scope(page, instance, result), m.scope(page))
    own = instance.variables or {}
    local = {name: value for name, value in result.items() if name in own}
    return local, {name: value for name, value in result.items() if name not in own}


def _mapped(m: Machine, mappings: tuple[IoMapping, ...], scope: Scope, present: Scope) -> Values:
    written: Values = {}
    for mapping in mappings:
        value = m.value(mapping.source, scope.inside(written))
        name, *path = mapping.target
        base = written[name] if name in written else present.get(name)
        written[name] = _put(base, path, value) if path else value
    return written


def _put(base: feel.Value, path: list[str], value: feel.Value) -> feel.Value:
    """`base` with `value` at `path`; contexts are copied, never changed in place."""
    context = dict(base) if isinstance(base, dict) else {}
    head, *rest = path
    context[head] = _put(context.get(head), rest, value) if rest else value
    return context


# Activities ------------------------------------------------------------------------------------------------------


@begins(
    "task", "manualTask", "startEvent", "boundaryEvent", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
    "complexGateway",
)  # fmt: skip
def pass_through(m: Machine, page: Page, instance: Instance, _node: Node) -> None:
    m.first(["finish", page.id, instance.n])


@begins("userTask")
def begin_user_task(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    tasks.create(m, page, instance, node)


@begins("serviceTask")
def begin_job(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    assert node.job is not None
    scope = m.scope(page, instance)
    kind = m.text(node.job.type, scope, f"the job type of '{node.id}'")
    retries = 3
    if node.job.retries is not None:
        given = m.value(node.job.retries, scope)
        retries = int(given) if isinstance(given, (Decimal, str)) and str(given).isdigit() else 3
    m.emit(e.JobCreated(instance.n, node.id, page.id, kind, max(1, retries), dict(node.job.headers)))


@step
def retry_job(m: Machine, page_id: str, n: int, retries: int) -> None:
    """Ask for the inputs again, in today's variables, and let the job be tried: what was put right reaches it."""
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    scope = m.scope(page)  # without what the mappings gave the first time, as when the element began
    m.set_local(page, instance, _mapped(m, node.inputs, scope, scope))
    m.emit(e.JobFailed(n, node.id, page_id, "", retries, m.command.at))


@begins("scriptTask")
def begin_script(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """A FEEL script: its value goes to the result variable; without one, a context's entries become variables."""
    if node.job is not None:
        begin_job(m, page, instance, node)
        return
    assert node.script is not None
    value = m.value(node.script, m.scope(page, instance))
    complete(m, page, instance, node, _named(node, value))


@begins("businessRuleTask")
def begin_decision(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Evaluate a decision of the same release; the event keeps which rules fired, so that an auditor sees why."""
    if node.decision is None:
        begin_job(m, page, instance, node)
        return
    scope = m.scope(page, instance)
    decision = m.text(node.decision, scope, f"the decision of '{node.id}'")
    value, steps = m.decision(decision, scope)
    told = e.DecisionEvaluated(instance.n, node.id, page.id, decision, steps)
    complete(m, page, instance, node, _named(node, value), told)


def _named(node: Node, value: feel.Value) -> Values:
    if node.result_variable:
        return {node.result_variable: value}
    return value if isinstance(value, dict) else {}


@begins("receiveTask", "intermediateCatchEvent")
def begin_catch(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    triggers = (node.message,) if node.message is not None else node.triggers
    waiting = [trigger for trigger in triggers if trigger.kind != "link"]
    if not waiting:
        pass_through(m, page, instance, node)
        return
    planned = waits.plan(m, node, m.scope(page, instance))
    waits.open_planned(m, page, node, planned, "catch", instance.n)


@begins("sendTask")
def begin_send(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    if node.job is not None:
        begin_job(m, page, instance, node)
        return
    assert node.message is not None
    messages.send(m, page, instance, node, node.message)
    m.first(["finish", page.id, instance.n])


@begins("eventBasedGateway")
def begin_event_gateway(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Wait for the first of the events behind it, or, if it is parallel, for each of them (clause 10.6.6)."""
    if not node.exclusive:
        m.first(["finish", page.id, instance.n])
        return
    armed = [
        (m.node(page, flow.target), waits.plan(m, m.node(page, flow.target), m.scope(page, instance)))
        for flow in node.outgoing
    ]
    for target, planned in armed:
        waits.open_planned(m, page, target, planned, "gateway", instance.n)


@begins("subProcess", "transaction")
def begin_sub_process(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    local = map_inputs(m, page, instance, node)
    calls.open_scope(m, page, instance, page.process, node.id, local)
    calls.start_inside(m, str(instance.n))


@begins("adHocSubProcess")
def begin_ad_hoc(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Begin all activities at once, or, in sequential order, one when nothing of the one before is left."""
    assert node.ad_hoc is not None
    local = map_inputs(m, page, instance, node)
    elements = ad_hoc.chosen(m, page, instance, node, local)
    parallel = node.ad_hoc.parallel
    calls.open_scope(m, page, instance, page.process, node.id, local, [] if parallel else elements)
    for element in elements if parallel else ():
        m.send(str(instance.n), element)
    m.first(["open_starts", str(instance.n)], ["close", str(instance.n)])


@begins("callActivity")
def begin_call(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    calls.call(m, page, instance, node, map_inputs(m, page, instance, node))


# Throwing events -------------------------------------------------------------------------------------------------


@begins("intermediateThrowEvent", "endEvent")
def begin_throw(m: Machine, page: Page, instance: Instance, _node: Node) -> None:
    """Throw what the event says, in order. An error, terminate or cancel ends the scope, so nothing comes after it."""
    m.first(["throw", page.id, instance.n, 0])


_LAST = frozenset({"error", "terminate", "cancel"})  # of several, these are thrown last: nothing comes after them


@step
def throw(m: Machine, page_id: str, n: int, position: int) -> None:
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    triggers = sorted(node.triggers, key=lambda trigger: trigger.kind in _LAST)
    if position >= len(triggers):
        m.first(["thrown", page_id, n])
        return
    trigger = triggers[position]
    if trigger.kind == "message" and node.job is not None:
        begin_job(m, page, instance, node)
    elif trigger.kind == "link":
        _jump(m, page, instance, node, trigger)
    elif trigger.kind in _THROW:
        _THROW[trigger.kind](m, page, instance, node, trigger, ["throw", page_id, n, position + 1])
    else:
        raise Failure("flow", f"Expected an event that can be thrown, but '{trigger.kind}' of '{node.id}' cannot.")


@step
def thrown(m: Machine, page_id: str, n: int) -> None:
    """Everything is thrown.

    Compensation that is not waited for goes on while the token does; the event ends with it.
    """
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    if instance.child is None:
        m.first(["finish", page_id, n])
    else:
        take(m, page, outgoing(m, page, instance, node, {}))


def _throw_message(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger, onward: Step) -> None:
    messages.send(m, page, instance, node, trigger)
    m.first(onward)


def _throw_signal(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger, onward: Step) -> None:
    m.first(onward)
    messages.throw_signal(m, page, instance, node, trigger)


def _throw_escalation(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger, onward: Step) -> None:
    code = faults.code_of(m, trigger, m.scope(page, instance), node.id)
    m.first(onward)
    faults.escalate(m, page, instance, node, code)


def _throw_error(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger, _onward: Step) -> None:
    code = faults.code_of(m, trigger, m.scope(page, instance), node.id)
    faults.throw_error(m, page, instance, code, messages.payload(instance))


def _throw_compensation(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger, onward: Step) -> None:
    """With several triggers it is always waited for; alone, as the event says."""
    if trigger.wait or len(node.triggers) > 1:
        compensation.throw(m, page, instance, trigger.activity, onward)
        return
    compensation.throw(m, page, instance, trigger.activity, ["compensated", page.id, instance.n])
    if instance.child is not None:
        m.first(onward)


@step
def compensated(m: Machine, page_id: str, n: int) -> None:
    """Compensation that nobody waited for is done; the event's token went on long ago."""
    found = m.at(page_id, n)
    if found is not None:
        m.emit(e.ElementCompleted(n, found[2].id, page_id))
        m.unsettled[page_id] = None


def _throw_terminate(m: Machine, page: Page, instance: Instance, _node: Node, _trigger: Trigger, _onward: Step) -> None:
    calls.terminate(m, page, instance)


def _throw_cancel(m: Machine, page: Page, instance: Instance, _node: Node, _trigger: Trigger, _onward: Step) -> None:
    compensation.cancel_transaction(m, page, instance)


_THROW: dict[str, Callable[[Machine, Page, Instance, Node, Trigger, Step], None]] = {
    "message": _throw_message,
    "signal": _throw_signal,
    "escalation": _throw_escalation,
    "error": _throw_error,
    "compensation": _throw_compensation,
    "terminate": _throw_terminate,
    "cancel": _throw_cancel,
}


def _jump(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger) -> None:
    """A link: go on at the catching link of the same name in the same scope."""
    name = m.text(trigger.name, m.scope(page, instance), "the link's name") if trigger.name else ""
    target = m.process(page).links[(node.scope, name)]
    waits.close_all(m, page, instance)
    m.emit(e.ElementCompleted(instance.n, node.id, page.id))
    m.send(page.id, target)
