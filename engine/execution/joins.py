"""Where tokens wait for each other: parallel, inclusive and complex gateways, and start quantities (clause 13.4)."""

from engine.execution import events as e
from engine.execution.machine import Machine
from engine.execution.state import Page
from engine.notation.model import ACTIVITIES, Node

_JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


def must_wait(node: Node) -> bool:
    return (node.kind in _JOINS and len(node.incoming) > 1) or (node.kind in ACTIVITIES and node.start_quantity > 1)


def arrive(m: Machine, page: Page, node: Node, via: str) -> None:
    """Keep the token; go on as soon as nothing is missing. An inclusive gateway is looked at when the scope is at rest."""
    m.emit(e.TokenArrived(node.id, page.id, via))
    waiting = page.arrived[node.id]
    if node.kind == "parallelGateway" and all(flow.id in waiting for flow in node.incoming):
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
    """Let one inclusive gateway of the page go on if no token can still reach it; tells whether one did."""
    for element, waiting in page.arrived.items():
        node = m.node(page, element)
        if node.kind == "inclusiveGateway" and not _more_may_come(m, page, node, waiting):
            _go_on(m, page, node, dict.fromkeys(waiting, 1))
            return True
    return False


def _more_may_come(m: Machine, page: Page, node: Node, waiting: dict[str, int]) -> bool:
    """Clause 13.4.3: a token elsewhere is waited for if it can reach an empty incoming flow, unless it can also reach one that has a token."""
    upstream = m.process(page).upstream[node.id]
    empty = [upstream[flow.id] for flow in node.incoming if flow.id not in waiting]
    full = [upstream[flow.id] for flow in node.incoming if flow.id in waiting]
    places = [instance.element for instance in page.instances.values()]
    places += [element for element in page.arrived if element != node.id]
    return any(any(place in nodes for nodes in empty) and not any(place in nodes for nodes in full) for place in places)
