"""Where a new case begins: at its plain starts, or at what an event outside reached (clauses 10.5.2, 10.6.6, 13.2).

The message that started a case has become its variables; the element that it reached is done with it. An event gateway
that instantiates takes the flow of the event, and, if it is parallel, waits for the other events as well; so does a
start event that needs several triggers.
"""

from engine.errors import InvalidInput
from engine.execution import calls, definitions, waits
from engine.execution import events as e
from engine.execution.commands import StartCase
from engine.execution.machine import Machine, step
from engine.execution.state import ROOT, Page, Scope
from engine.execution.wire import Values
from engine.notation.model import Node, Process


def begin(m: Machine, process: Process, command: StartCase) -> None:
    """Queue the first steps of a case whose outermost scope is open."""
    if command.element is not None:
        reached = next((node for node in definitions.starts(process) if node.id == command.element), None)
        if reached is None:
            raise InvalidInput(f"Expected '{command.element}' to be a start event of '{process.id}', but it is not.")
        _begin_at(m, process, reached, command.reached, command.timer)
    elif process.scopes[process.id].entries:
        calls.start_inside(m, ROOT)
    else:
        _begin_where_conditions_hold(m, process)


def starters(process: Process, command: StartCase) -> dict[str, str]:
    """Who began the case, at those of its start events whose starter some task must not be done by."""
    begun = (command.element,) if command.element is not None else process.scopes[process.id].entries
    actor = command.actor
    return {} if actor is None else {id: actor for id in begun if id is not None and id in process.separated}


def told_who(process: Process, command: StartCase) -> Values:
    """Who began the case, for the variables that its start events name (`duban:completer`)."""
    begun = (command.element,) if command.element is not None else process.scopes[process.id].entries
    names = [process.nodes[id].completer for id in begun if id is not None and id in process.nodes]
    return {name: command.actor for name in names if name is not None and command.actor is not None}


def _begin_at(m: Machine, process: Process, node: Node, name: str | None, timer: int) -> None:
    gateway = next((process.nodes[flow.source] for flow in node.incoming), None)
    m.moving[ROOT] = 1
    if gateway is None:
        m.first(["open_starts", ROOT], ["start_at", ROOT, node.id, None, name, timer])
    else:
        m.first(["open_starts", ROOT], ["start_at_gateway", ROOT, gateway.id, node.id, name, timer])


def _begin_where_conditions_hold(m: Machine, process: Process) -> None:
    """Conditional start events are asked when somebody starts the process: those that hold begin."""
    page = m.state.page(ROOT)
    nodes = [node for node in definitions.starts(process) if _holds(m, node, m.scope(page))]
    if not nodes:
        raise InvalidInput(
            f"Expected process '{process.id}' to have a plain start, but it is started by an event only."
        )
    for node in nodes:
        m.send(ROOT, node.id)
    m.first(["open_starts", ROOT])


def _holds(m: Machine, node: Node, scope: Scope) -> bool:
    conditions = [trigger.condition for trigger in node.triggers if trigger.condition is not None]
    return any(m.value(condition, scope) is True for condition in conditions)


@step
def start_at(m: Machine, page_id: str, element: str, via: str | None, name: str | None, timer: int = 0) -> None:
    """Activate what was reached. It completes, unless it needs more triggers than this one."""
    m.moving[page_id] = m.moving.get(page_id, 0) - 1
    page = m.state.page(page_id)
    node = m.node(page, element)
    plans = _missing(m, page, node, name, timer) if node.parallel_multiple else []
    n = waits.activated(m, page, node, via)
    if plans:
        waits.open_planned(m, page, node, plans, "catch", n)
    else:
        m.first(["finish", page_id, n])


def _missing(m: Machine, page: Page, node: Node, name: str | None, timer: int) -> list[waits.Plan]:
    """All triggers but the one that came: the message or signal `name`, else the timer of that number."""
    planned = waits.plan(m, node, m.scope(page))
    came = [plan for plan in planned if (plan.name == name if name else plan.what == "timer")]
    return [plan for plan in planned if plan not in came[timer : timer + 1]]


@step
def start_at_gateway(m: Machine, page_id: str, gateway: str, element: str, name: str | None, timer: int = 0) -> None:
    page = m.state.page(page_id)
    node = m.node(page, gateway)
    n = waits.activated(m, page, node)
    m.emit(e.ElementCompleted(n, gateway, page_id))
    reached = next(flow for flow in node.outgoing if flow.target == element)
    for flow in [reached] if node.exclusive else node.outgoing:
        m.emit(e.FlowTaken(flow.id, page_id))
        if flow is not reached:
            m.send(page_id, flow.target, flow.id)
    m.first(["start_at", ROOT, element, reached.id, name, timer])
