"""Errors and escalations: looking outwards for whoever catches them (clauses 10.5.5, 13.5.3)."""

from collections.abc import Iterator

from engine.execution import events as e
from engine.execution import messages, waits
from engine.execution.machine import Failure, Machine
from engine.execution.state import Instance, Page, Scope
from engine.execution.wire import Values
from engine.notation.model import Node, Trigger


def throw_error(m: Machine, page: Page, instance: Instance, code: str, variables: Values) -> None:
    """Hand an error to the nearest catcher; nobody there is an incident, so that nothing is lost."""
    found = _catcher(m, page, instance, "error", code)
    if found is None:
        raise Failure(
            "error",
            f"Expected somebody to catch error '{code}' thrown by '{instance.element}', "
            " but there is no boundary event or event sub-process for it.",
        )
    m.emit(e.ErrorThrown(instance.element, page.id, code, found[1].id))
    _catch(m, *found, code, variables)


def escalate(m: Machine, page: Page, instance: Instance, node: Node, code: str) -> None:
    """Hand an escalation to the nearest catcher. Not being caught is no fault: it is only told."""
    found = _catcher(m, page, instance, "escalation", code)
    m.emit(e.EscalationThrown(node.id, page.id, code, found[1].id if found else None))
    if found is not None:
        _catch(m, *found, code, messages.payload(instance))


def code_of(m: Machine, trigger: Trigger, scope: Scope, element: str) -> str:
    """The code that an error or escalation event throws."""
    if trigger.code_expression is not None:
        return m.text(trigger.code_expression, scope, f"the {trigger.kind} code of '{element}'")
    return trigger.code or ""


def _catch(m: Machine, page: Page, node: Node, host: int | None, code: str, variables: Values) -> None:
    """What the error brings, and its code where a variable is named for it, is the result of the catching event."""
    if node.kind == "boundaryEvent":
        n = waits.catch_at_boundary(m, page, node, host)
    else:
        page, n = waits.start_event_sub_process(m, page, node)
    names = [trigger.code_variable for trigger in node.triggers if trigger.code_variable]
    brought: Values = {**variables, **dict.fromkeys(names, code)}
    if brought:
        m.emit(e.ErrorCaught(n, node.id, page.id, code, brought))


def _catcher(m: Machine, page: Page, instance: Instance, kind: str, code: str) -> tuple[Page, Node, int | None] | None:
    """Page, catching event and, for a boundary event, its activity.

    An exact code wins over catch-all at the same place.
    """
    for place, candidates, host in _places(m, page, instance):
        matching = [
            node
            for node in candidates
            if any(trigger.kind == kind and trigger.code in (code, None) for trigger in node.triggers)
        ]
        exact = [node for node in matching if any(trigger.code == code for trigger in node.triggers)]
        for node in (*exact, *matching):
            return place, node, host
    return None


def _places(m: Machine, page: Page, instance: Instance) -> Iterator[tuple[Page, list[Node], int | None]]:
    """Where an error may be caught: the activity's boundary, event sub-processes beside it, and so outwards."""
    current: Page | None = page
    inner: Instance | None = instance
    while current is not None:
        if inner is not None:
            node = m.node(current, inner.element)
            if current.index is None:
                yield current, [m.node(current, id) for id in node.boundaries], inner.n
            if current.index is None and not node.triggered_by_event:
                yield current, _event_starts(m, current), None
        outer = m.state.page(current.host_page) if current.host_page is not None else None
        inner = outer.instances.get(current.host) if outer is not None and current.host is not None else None
        current = outer


def _event_starts(m: Machine, page: Page) -> list[Node]:
    process = m.process(page)
    scope = process.scopes.get(page.scope) if page.loop is None and page.undo is None else None
    starts = [
        start for esp in (scope.event_sub_processes if scope else ()) for start in process.scopes[esp].event_starts
    ]
    running = {instance.element for instance in page.instances.values()}
    return [
        process.nodes[id]
        for id in starts
        if not (process.nodes[id].interrupting and process.nodes[id].scope in running)
    ]
