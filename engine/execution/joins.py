"""Where tokens wait for each other: parallel, inclusive and complex gateways, and start quantities (clause 13.4)."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from engine.execution import events as e
from engine.execution.machine import Machine, step
from engine.execution.state import Page
from engine.execution.wire import Values
from engine.notation.model import ACTIVITIES, Node

_JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
WAITING_FOR_START = "waitingForStart"


def must_wait(node: Node) -> bool:
    return (node.kind in _JOINS and len(node.incoming) > 1) or (node.kind in ACTIVITIES and node.start_quantity > 1)


def arrive(m: Machine, page: Page, node: Node, via: str) -> None:
    """Keep the token; go on as soon as nothing is missing.

    An inclusive gateway is looked at when the scope is at rest.
    """
    opens = _has_rule(node) and node.id not in page.gates and _activates(m, page, node, via)
    m.emit(e.TokenArrived(node.id, page.id, via))
    waiting = page.arrived[node.id]
    if opens:
        _open_gate(m, page, node)
    elif node.kind == "parallelGateway" and all(flow.id in waiting for flow in node.incoming):
        _go_on(m, page, node, {flow.id: 1 for flow in node.incoming})
    elif node.kind in ACTIVITIES and sum(waiting.values()) >= node.start_quantity:
        _go_on(m, page, node, _oldest(waiting, node.start_quantity))
    else:
        m.unsettled[page.id] = None


def _oldest(waiting: dict[str, int], quantity: int) -> dict[str, int]:
    taken: dict[str, int] = {}
    for flow, count in waiting.items():
        share = min(count, quantity - sum(taken.values()))
        if share:
            taken[flow] = share
    return taken


def _go_on(m: Machine, page: Page, node: Node, tokens: dict[str, int]) -> None:
    m.emit(e.TokensJoined(node.id, page.id, tokens))
    m.first(["activate", page.id, node.id, None])


def release_at_rest(m: Machine, page: Page) -> bool:
    """Let one gateway of the page go on, or reset, if no token can still reach it; tells whether one did."""
    for element, consumed in page.gates.items():
        node, waiting = m.node(page, element), page.arrived.get(element, {})
        if not _more_may_come(m, page, node, {*consumed, *waiting}):
            _reset(m, page, node, {flow: 1 for flow in waiting if flow not in consumed})
            return True
    for element, waiting in page.arrived.items():
        node = m.node(page, element)
        synchronizes = node.kind in ("inclusiveGateway", "complexGateway") and not _has_rule(node)
        if synchronizes and not _more_may_come(m, page, node, waiting):
            _go_on(m, page, node, dict.fromkeys(waiting, 1))
            return True
    return False


def _more_may_come(m: Machine, page: Page, node: Node, served: Collection[str]) -> bool:
    """A token is waited for if it can reach an empty incoming flow, and no served one (clause 13.4.3)."""
    upstream = m.process(page).upstream[node.id]
    empty = [upstream[flow.id] for flow in node.incoming if flow.id not in served]
    full = [upstream[flow.id] for flow in node.incoming if flow.id in served]
    places = [instance.element for instance in page.instances.values()]
    places += [element for element in page.arrived if element != node.id]
    return any(any(place in nodes for nodes in empty) and not any(place in nodes for nodes in full) for place in places)


# Complex gateways (clause 13.4.5) ----------------------------------------------------------------------------------


def _has_rule(node: Node) -> bool:
    return node.activation is not None and len(node.incoming) > 1


def _activates(m: Machine, page: Page, node: Node, via: str | None = None) -> bool:
    """Does the activation condition hold? It reads `activationCount`, and, by its id, the tokens of each flow."""
    waiting: Mapping[str, int] = page.arrived.get(node.id, {})
    counts = {flow.id: waiting.get(flow.id, 0) + (flow.id == via) for flow in node.incoming}
    extra: Values = {flow: Decimal(count) for flow, count in counts.items()}
    extra |= {"activationCount": Decimal(sum(counts.values())), WAITING_FOR_START: True}
    assert node.activation is not None
    what = f"the activation condition of '{node.id}'"
    return bool(m.expect(node.activation, m.scope(page, extra=extra), bool, what))


def _open_gate(m: Machine, page: Page, node: Node) -> None:
    """The first phase: consume one token of each flow that has one, then wait for the reset."""
    m.emit(e.TokensJoined(node.id, page.id, dict.fromkeys(page.arrived[node.id], 1), "start"))
    m.first(["pass_gate", page.id, node.id, True])


def _reset(m: Machine, page: Page, node: Node, tokens: dict[str, int]) -> None:
    """The second phase. What waits beyond it may begin the next round at once.

    Flows are taken in this phase only if some condition asks for the phase; a gateway that does not speak of it is a
    discriminator, and must not let the same work through twice.
    """
    m.emit(e.TokensJoined(node.id, page.id, tokens, "reset"))
    passing = [["pass_gate", page.id, node.id, False]] if _asks_for_phase(node) else []
    m.first(*passing, ["retry_gate", page.id, node.id])


def _asks_for_phase(node: Node) -> bool:
    return any(flow.condition is not None and WAITING_FOR_START in flow.condition.free_names for flow in node.outgoing)


@step
def pass_gate(m: Machine, page_id: str, element: str, starting: bool) -> None:
    """Activate a complex gateway in one of its phases, so that the conditions behind it can see which."""
    page = m.state.find(page_id)
    if page is None:
        return
    n = m.number()
    m.spent += 1
    m.emit(e.ElementActivated(n, element, page_id))
    if _asks_for_phase(m.node(page, element)):
        m.set_local(page, page.instances[n], {WAITING_FOR_START: starting})
    m.first(["begin", page_id, n])


@step
def retry_gate(m: Machine, page_id: str, element: str) -> None:
    page = m.state.find(page_id)
    if page is None or element in page.gates or not page.arrived.get(element):
        return
    node = m.node(page, element)
    if _activates(m, page, node):
        _open_gate(m, page, node)
    else:
        m.unsettled[page_id] = None
