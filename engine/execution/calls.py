"""Scopes: opening, completing and cancelling sub-processes, called processes and the case itself."""

from engine.execution import ad_hoc, compensation, joins, signing, waits
from engine.execution import events as e
from engine.execution.machine import Failure, Machine, step
from engine.execution.state import ROOT, Instance, Page
from engine.execution.wire import Values
from engine.notation.model import Node


def open_scope(
    m: Machine,
    page: Page,
    instance: Instance,
    process: str,
    scope: str,
    variables: Values,
    plan: list[str] | None = None,
) -> None:
    """Open the inside of an activity: what it and its scope declare, then what its inputs made."""
    properties = dict.fromkeys(m.node(page, instance.element).data)
    inside = {**m.declared(process, scope), **properties, **variables}
    m.emit(e.ScopeOpened(str(instance.n), process, scope, page.id, instance.n, variables=inside, plan=plan))


def start_inside(m: Machine, page_id: str) -> None:
    """Begin at the scope's plain starts, listening first for what may start its event sub-processes."""
    page = m.state.page(page_id)
    entries = m.process(page).scopes[page.scope].entries
    for entry in entries:
        m.send(page_id, entry)
    m.first(["open_starts", page_id], *([] if entries else [["close", page_id]]))


def call(m: Machine, page: Page, instance: Instance, node: Node, local: Values) -> None:
    """A call activity: a scope of its caller's case, running another process of the same release (DESIGN: pinned)."""
    assert node.call is not None
    wanted = m.text(node.call.process, m.scope(page, instance), f"the called process of '{node.id}'")
    if wanted not in m.bundle.processes:
        known = ", ".join(sorted(m.bundle.processes))
        raise Failure("call", f"Expected a process '{wanted}' in this release, but it has: {known}.")
    if sum(1 for _ in m.state.lineage(page)) > m.bundle.limits.depth:
        limit = m.bundle.limits.depth
        raise Failure(
            "call", f"Expected calls and sub-processes nested {limit} deep at most, but '{node.id}' is deeper."
        )
    around = {name: value for scope in reversed(m.surrounding(page)) for name, value in scope.variables.items()}
    variables = {**(around if node.call.propagate_parent else {}), **local}
    open_scope(m, page, instance, wanted, wanted, variables)
    start_inside(m, str(instance.n))


def settle(m: Machine) -> None:
    """At rest, look at one page whose tokens wait for others: let a gateway go on, or find the scope done or stuck."""
    page_id = next(iter(m.unsettled))
    del m.unsettled[page_id]
    page = m.state.find(page_id)
    if page is None or page.closed or page.loop is not None:
        return
    if (page.arrived or page.gates) and joins.release_at_rest(m, page):
        m.unsettled[page_id] = None
    elif page.arrived and not page.instances:
        _stuck(m, page)
    else:
        m.first(["close", page_id])


@step
def close(m: Machine, page_id: str) -> None:
    """Complete a scope if nothing is left in it."""
    page = m.state.find(page_id)
    if page is None or page.closed or page.loop is not None or page.instances or m.moving.get(page_id, 0) > 0:
        return
    if page.arrived or page.gates:
        m.unsettled[page_id] = None
    elif page.index is not None:
        m.first(["turn_ended", page.id])
    elif page.undo is not None:
        m.first(["undo_next", page.id])
    elif page.plan is None or ad_hoc.is_done(m, page):
        _complete(m, page)


def _stuck(m: Machine, page: Page) -> None:
    gateways = ", ".join(f"'{element}'" for element in page.arrived)
    message = (
        f"Expected tokens on the other flows into {gateways}, but none can come any more:"
        " the branches do not all lead here."
    )
    m.deadlock(page, next(iter(page.arrived)), message)


def _complete(m: Machine, page: Page) -> None:
    waits.close_starts(m, page)
    host = m.host(page)
    if host is None:
        m.emit(e.CaseCompleted())
        return
    outer, instance, node = host
    kept = compensation.is_kept(m, page, node)
    m.emit(e.ScopeClosed(page.id, _output(page, node), snapshot=kept))
    m.first(["finish", outer.id, instance.n])


def _output(page: Page, host: Node) -> Values:
    """What leaves an ended scope: a called process hands over its variables.

    A sub-process only feeds its output mappings.
    """
    if host.kind == "callActivity":
        handed_over = host.outputs or (host.call is not None and host.call.propagate_child)
        return dict(page.variables) if handed_over else {}
    return dict(page.variables) if host.outputs else {}


# Ending early ------------------------------------------------------------------------------------------------------


def terminate(m: Machine, page: Page, instance: Instance) -> None:
    """A terminate end event: everything else in its scope ends at once, then the scope is complete (clause 13.5.6)."""
    waits.close_starts(m, page)
    others = [n for n in page.instances if n != instance.n]
    m.first(*(["cancel", page.id, n] for n in others), ["terminated", page.id, instance.n])


@step
def terminated(m: Machine, page_id: str, n: int) -> None:
    found = m.at(page_id, n)
    if found is None:
        return
    page, _, node = found
    waits.discard_tokens(m, page)
    m.emit(e.ElementCompleted(n, node.id, page_id))
    if page.parent is None:
        m.queue.clear()
        m.unsettled.clear()
        m.emit(e.CaseCompleted(terminated=True))
    else:
        m.unsettled[page_id] = None


@step
def cancel(m: Machine, page_id: str, n: int) -> None:
    """Cancel an element instance and all inside it, innermost first."""
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    waits.close_all(m, page, instance)
    if instance.task is not None:
        signing.release(m, page, instance, node)
        m.emit(e.TaskCancelled(n, node.id, page_id))
    if instance.job is not None:
        m.emit(e.JobCancelled(n, node.id, page_id))
    if instance.incident is not None:
        m.emit(e.IncidentResolved(instance.incident, node.id, page_id))
    if instance.child is not None:
        m.first(["cancel_scope", instance.child], ["cancelled", page_id, n])
    else:
        cancelled(m, page_id, n)


@step
def cancelled(m: Machine, page_id: str, n: int) -> None:
    found = m.at(page_id, n)
    if found is not None:
        m.emit(e.ElementCancelled(n, found[2].id, page_id))
        m.unsettled[page_id] = None


@step
def cancel_scope(m: Machine, page_id: str) -> None:
    page = m.state.find(page_id)
    if page is None:
        return
    if page.loop is not None:
        m.first(["cancel_turns", page_id, 1], ["close_scope", page_id])
    else:
        m.first(*(["cancel", page_id, n] for n in page.instances), ["close_scope", page_id])


@step
def close_scope(m: Machine, page_id: str) -> None:
    page = m.state.find(page_id)
    if page is None:
        return
    waits.close_starts(m, page)
    waits.discard_tokens(m, page)
    m.unsettled.pop(page_id, None)
    for n, incident in list(m.state.head.incidents.items()):
        if incident[0] == page_id:
            m.emit(e.IncidentResolved(int(n), incident[3], page_id))
    m.emit(e.ScopeClosed(page_id))


@step
def cancel_turns(m: Machine, page_id: str, index: int) -> None:
    """Cancel the turns of a loop that are still running, a batch at a time."""
    page = m.state.find(page_id)
    if page is None or page.loop is None:
        return
    last = min(index + 99, page.loop["started"])
    turns = [f"{page_id}.{i}" for i in range(index, last + 1)]
    m.state.fetch(turns)
    running = [turn for turn in turns if (found := m.state.find(turn)) is not None and not found.closed]
    more = [["cancel_turns", page_id, last + 1]] if last < page.loop["started"] else []
    m.spent += len(running)
    m.first(*(["cancel_scope", turn] for turn in running), *more)


def cancel_case(m: Machine, reason: str) -> None:
    root = m.state.page(ROOT)
    m.first(*(["cancel", ROOT, n] for n in root.instances), ["case_cancelled", reason])


@step
def case_cancelled(m: Machine, reason: str) -> None:
    root = m.state.page(ROOT)
    waits.close_starts(m, root)
    waits.discard_tokens(m, root)
    m.unsettled.clear()
    for n, incident in list(m.state.head.incidents.items()):
        m.emit(e.IncidentResolved(int(n), incident[3], incident[0]))
    m.emit(e.CaseCancelled(reason))
