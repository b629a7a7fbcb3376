"""Compensation: undoing what was completed, last first (BPMN 2.0.2 clauses 10.7 and 13.5.5).

A completed activity that has a handler, or whose inside has something to undo, is noted in its scope as the page
"<scope>.c<number>", numbered in order of completion; a completed sub-process then stays as a closed page, with its
variables as they were. A throw runs over the notes of a scope from the last to the first. The run is a page of its own
(`undo`), whose parent is the scope it runs over, so that handlers see that scope's variables, and whose host is the
throwing event. What lies inside a completed sub-process, call or loop is undone by a run inside the run.
"""

from collections.abc import Iterator

from engine.execution import events as e
from engine.execution import waits
from engine.execution.machine import Failure, Machine, Step, step
from engine.execution.state import Instance, Page
from engine.notation.model import ACTIVITIES, Node, Process

CHUNK = 100


def note(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Remember a completed activity, if there is anything that could undo it.

    Of a loop its turns are remembered each for itself; the loop itself only as what holds them.
    """
    is_body = node.loop is not None and page.index is None
    handled = node.compensation is not None and not is_body
    if node.kind in ACTIVITIES and page.undo is None and (handled or instance.child is not None):
        m.emit(e.CompensationEnabled(instance.n, node.id, page.id, page.completed + 1))


def is_kept(m: Machine, page: Page, host: Node) -> bool:
    """Whether a completed scope stays for compensation: not if a handler stands for the whole of it."""
    return host.compensation is None and (page.completed > 0 or _own_handler(m.process(page), page.scope) is not None)


def _own_handler(process: Process, scope: str) -> Node | None:
    """The start of the compensation event sub-process of a scope."""
    for esp in process.scopes[scope].event_sub_processes:
        for id in process.scopes[esp].event_starts:
            if any(trigger.kind == "compensation" for trigger in process.nodes[id].triggers):
                return process.nodes[id]
    return None


# Throwing ----------------------------------------------------------------------------------------------------------


def throw(m: Machine, page: Page, instance: Instance, activity: str | None, onward: Step) -> None:
    """Compensate, then do `onward`: the scope of the event, or the nearest completed `activity` outside of it."""
    over = _scope_of(m, page, activity)
    if over is None:
        m.first(onward)
        return
    m.emit(e.CompensationThrown(instance.n, instance.element, page.id, over.id, activity))
    _open(m, page, instance.n, instance.element, over, activity, onward)


def _scope_of(m: Machine, page: Page, activity: str | None) -> Page | None:
    """The scope whose completed activities are meant; seen from inside an event sub-process, the one around it."""
    process = m.process(page)
    for around in m.surrounding(page):
        if around.undo is not None or around.loop is not None or around.index is not None:
            continue
        handler = process.nodes.get(around.scope)
        if activity is None and not (handler is not None and handler.triggered_by_event):
            return around
        if activity is not None and process.nodes[activity].scope == around.scope:
            return around
    return None


def _open(m: Machine, home: Page, n: int, element: str, over: Page, only: str | None, then: Step) -> None:
    count = over.loop["started"] if over.loop is not None else over.completed
    undo = {"over": over.id, "left": count, "only": only, "then": then}
    m.emit(e.ScopeOpened(str(n), over.process, element, over.id, n, undo=undo, home=home.id))
    m.next(undo_next, str(n))


# Running -----------------------------------------------------------------------------------------------------------


@step
def undo_next(m: Machine, run_id: str) -> None:
    """Undo the last of what is left; when nothing is, go on behind the throw."""
    run = m.state.find(run_id)
    if run is None or run.undo is None or run.instances:
        return
    over = m.state.page(run.undo["over"])
    found = next(_left(m, run, over), None)
    if found is None:
        m.emit(e.ScopeClosed(run_id))
        m.first(run.undo["then"])
        return
    position, done = found
    m.emit(e.CompensationStarted(run_id, done.scope, over.id, position))
    if over.loop is not None:
        _enter(m, run, done.scope, done)
    else:
        _undo(m, run, done)


def _left(m: Machine, run: Page, over: Page) -> Iterator[tuple[int, Page]]:
    """The notes of the page (or the turns of the loop) that are to be undone yet, from the last to the first."""
    assert run.undo is not None
    infix, only = ("" if over.loop is not None else "c"), run.undo["only"]
    for last in range(run.undo["left"], 0, -CHUNK):
        positions = range(last, max(last - CHUNK, 0), -1)
        m.state.fetch(f"{over.id}.{infix}{position}" for position in positions)
        for position in positions:
            page = m.state.find(f"{over.id}.{infix}{position}")
            wanted = page is not None and (page.completed > 0 if over.loop is not None else not page.closed)
            if page is not None and wanted and only in (None, page.scope):
                yield position, page


def _undo(m: Machine, run: Page, done: Page) -> None:
    """Undo one completed activity: by its handler, else by what is inside of it."""
    node = m.node(run, done.scope)
    inside = m.state.find(str(done.host)) if node.compensation is None or node.loop is not None else None
    if inside is None:
        assert node.compensation is not None
        m.first(["activate", run.id, node.compensation, None])
    else:
        _enter(m, run, node.id, inside)


def _enter(m: Machine, run: Page, element: str, inside: Page) -> None:
    """A run inside the run, over a completed scope, loop or turn; its own compensation event sub-process goes first."""
    n = m.number()
    m.spent += 1
    m.emit(e.ElementActivated(n, element, run.id))
    then = ["undone", run.id, n, inside.id]
    handler = (
        None if inside.loop is not None or inside.index is not None else _own_handler(m.process(inside), inside.scope)
    )
    if handler is None:
        _open(m, run, n, element, inside, None, then)
        return
    undo = {"over": inside.id, "left": 0, "only": None, "then": then}
    m.emit(e.ScopeOpened(str(n), inside.process, element, inside.id, n, undo=undo, home=run.id))
    waits.start_event_sub_process(m, m.state.page(str(n)), handler)


@step
def undone(m: Machine, run_id: str, n: int, inside_id: str) -> None:
    """What was inside is undone and forgotten; a turn stays until its loop goes."""
    found = m.at(run_id, n)
    if found is None:
        return
    m.emit(e.ElementCompleted(n, found[2].id, run_id))
    inside = m.state.find(inside_id)
    if inside is not None and inside.index is None:
        m.emit(e.ScopeClosed(inside_id))
    m.next(undo_next, run_id)


# Transactions ------------------------------------------------------------------------------------------------------


def cancel_transaction(m: Machine, page: Page, instance: Instance) -> None:
    """A cancel end event: all else in the transaction ends, what is complete is undone, the boundary event goes on."""
    _cancel_boundary(m, page)
    waits.close_starts(m, page)
    others = [n for n in page.instances if n != instance.n]
    m.first(*(["cancel", page.id, n] for n in others), ["undo_transaction", page.id, instance.n])


def _cancel_boundary(m: Machine, page: Page) -> tuple[Page, Instance, Node]:
    host = m.host(page)
    if host is not None and host[0].index is not None:
        host = m.host(host[0])
    assert host is not None
    outer, instance, node = host
    for id in node.boundaries:
        if any(trigger.kind == "cancel" for trigger in m.node(outer, id).triggers):
            return outer, instance, m.node(outer, id)
    raise Failure("flow", f"Expected a cancel boundary event on transaction '{node.id}', but there is none.")


@step
def undo_transaction(m: Machine, page_id: str, n: int) -> None:
    found = m.at(page_id, n)
    if found is not None:
        waits.discard_tokens(m, found[0])
        throw(m, found[0], found[1], None, ["leave_transaction", page_id, n])


@step
def leave_transaction(m: Machine, page_id: str, n: int) -> None:
    found = m.at(page_id, n)
    if found is None:
        return
    outer, host, boundary = _cancel_boundary(m, found[0])
    m.emit(e.ElementCompleted(n, found[2].id, page_id))
    waits.catch_at_boundary(m, outer, boundary, host.n)
