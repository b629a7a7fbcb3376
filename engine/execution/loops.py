"""Multi-instance and standard loops.

The loop is a page of its own, and so is each turn, so that 10,000 turns do not share one.

Pages of loop instance 17: "17" (counts), "17.1", "17.2" … (turns), "17.i0" … (the input collection, a hundred items
each). A turn ends when nothing is left in its page; with an output collection it is kept, closed, until the loop
gathers it.
"""

from decimal import Decimal
from typing import Any

from engine import feel
from engine.execution import behaviors, waits
from engine.execution import events as e
from engine.execution.machine import Failure, Machine, step
from engine.execution.state import Page
from engine.execution.wire import Values
from engine.notation.model import Loop

CHUNK = 100


@step
def begin_loop(m: Machine, page_id: str, n: int) -> None:
    found = m.at(page_id, n)
    if found is None:
        return
    page, _, node = found
    assert node.loop is not None
    items, total = _extent(m, page, node.loop, node.id)
    m.emit(e.ScopeOpened(str(n), page.process, node.id, page_id, n, loop={"total": total, "started": 0, "ended": 0}))
    for start in range(0, len(items), CHUNK):
        m.emit(
            e.ScopeOpened(
                f"{n}.i{start // CHUNK}", page.process, node.id, variables={"items": items[start : start + CHUNK]}
            )
        )
    if total == 0 or (node.loop.kind == "standard" and node.loop.test_before and not _goes_on(m, page, node.loop, 0)):
        m.first(["end_loop", str(n)])
    else:
        m.first(["turn", str(n), 1])


def _extent(m: Machine, page: Page, loop: Loop, element: str) -> tuple[list[feel.Value], int | None]:
    """The items, and how many turns there will be (None: as long as the condition holds)."""
    scope = m.scope(page)
    if loop.collection is not None:
        items = m.expect(loop.collection, scope, list, f"the input collection of '{element}'")
        return items, len(items)
    limit = loop.cardinality if loop.kind != "standard" else loop.maximum
    if limit is None:
        return [], None
    number = m.expect(limit, scope, Decimal, f"the number of turns of '{element}'")
    if number < 0 or number != int(number):
        raise Failure(
            "loop", f"Expected the number of turns of '{element}' to be a whole number from 0, but got {number}."
        )
    return [], int(number)


@step
def turn(m: Machine, loop_id: str, index: int) -> None:
    """Begin a turn; a parallel loop queues the next one at once, so that the budget can cut between them."""
    page = m.state.find(loop_id)
    if page is None or page.loop is None:
        return
    node = m.node(m.state.page(page.parent or ""), page.scope)
    assert node.loop is not None
    variables: Values = {"loopCounter": Decimal(index)}
    if node.loop.collection is not None and node.loop.element_variable:
        variables[node.loop.element_variable] = _item(m, loop_id, index)
    turn_id = f"{loop_id}.{index}"
    m.emit(e.ScopeOpened(turn_id, page.process, node.id, loop_id, None, index, variables=variables))
    m.emit(e.LoopAdvanced(loop_id, started=1))
    m.first(["activate", turn_id, node.id, None])
    if node.loop.kind == "parallel" and index < page.loop["total"]:
        m.next(turn, loop_id, index + 1)


def _item(m: Machine, loop_id: str, index: int) -> feel.Value:
    items: Any = m.state.page(f"{loop_id}.i{(index - 1) // CHUNK}").variables["items"]
    return items[(index - 1) % CHUNK]  # type: ignore[no-any-return] # a list of values by construction in begin_loop


@step
def turn_ended(m: Machine, turn_id: str) -> None:
    """Keep what the turn yields, then begin the next, or end the loop."""
    page = m.state.find(turn_id)
    if page is None or page.closed or page.parent is None:
        return
    loop_page = m.state.page(page.parent)
    outer = m.state.page(loop_page.parent or "")
    loop = m.node(outer, loop_page.scope).loop
    assert loop is not None and loop_page.loop is not None
    output = _output(m, page, loop)
    counts = _counts(loop_page, 1)
    thrown = behaviors.planned(m, page, loop_page, counts)
    done = (
        loop.kind != "standard"
        and loop.condition is not None
        and bool(
            m.expect(
                loop.condition, m.scope(page, extra=counts), bool, f"the completion condition of '{loop_page.scope}'"
            )
        )
    )
    again = loop.kind == "standard" and _goes_on(m, page, loop, loop_page.loop["ended"] + 1)
    waits.close_starts(m, page)
    kept = page.completed > 0
    m.emit(e.ScopeClosed(turn_id, output, keep=bool(loop.output_collection), snapshot=kept))
    m.emit(e.LoopAdvanced(loop_page.id, ended=1, kept=int(kept)))
    ends = behaviors.throw(m, loop_page, thrown, counts)
    _go_on(m, loop_page, loop, done or ends, again)


def _go_on(m: Machine, page: Page, loop: Loop, done: bool, again: bool) -> None:
    assert page.loop is not None
    total, started, ended = page.loop["total"], page.loop["started"], page.loop["ended"]
    if done:
        m.first(["cancel_turns", page.id, 1], ["end_loop", page.id])
    elif (loop.kind == "sequential" and started < total) or again:
        m.next(turn, page.id, started + 1)
    elif loop.kind == "standard" or ended == total:
        m.first(["end_loop", page.id])


def _goes_on(m: Machine, page: Page, loop: Loop, ended: int) -> bool:
    """A standard loop goes on while its condition holds and its maximum is not reached (clause 10.3.5)."""
    if loop.maximum is not None:
        number = m.expect(loop.maximum, m.scope(page), Decimal, "the loop maximum")
        if ended >= number:
            return False
    if loop.condition is None:
        return loop.maximum is not None
    return bool(
        m.expect(loop.condition, m.scope(page, extra={"loopCounter": Decimal(ended)}), bool, "the loop condition")
    )


def _counts(page: Page, ending: int) -> Values:
    """The attributes of a multi-instance activity at run time (clause 10.3.5, table 10.30)."""
    assert page.loop is not None
    ended = page.loop["ended"] + ending
    return {
        "numberOfInstances": Decimal(page.loop["total"] or 0),
        "numberOfActiveInstances": Decimal(page.loop["started"] - ended),
        "numberOfCompletedInstances": Decimal(ended),
        "numberOfTerminatedInstances": Decimal(0),
    }


def _output(m: Machine, page: Page, loop: Loop) -> Values:
    if not loop.output_collection:
        return {}
    return {"": m.value(loop.output_element, m.scope(page)) if loop.output_element else None}


@step
def end_loop(m: Machine, loop_id: str) -> None:
    """Gather the output collection in the order of the turns (null where one did not end) and complete the activity."""
    page = m.state.find(loop_id)
    if page is None or page.loop is None or page.parent is None or page.host is None:
        return
    node = m.node(m.state.page(page.parent), page.scope)
    assert node.loop is not None
    result: Values = {}
    if node.loop.output_collection:
        turns = [f"{loop_id}.{i}" for i in range(1, (page.loop["total"] or page.loop["started"]) + 1)]
        m.state.fetch(turns)
        kept = [m.state.find(turn) for turn in turns]
        result = {
            node.loop.output_collection: [turn.variables.get("") if turn and turn.closed else None for turn in kept]
        }
    m.queue = type(m.queue)(item for item in m.queue if not (item[0] == "turn" and item[1] == loop_id))
    m.emit(e.ScopeClosed(loop_id, result, snapshot=page.loop.get("kept", 0) > 0))
    m.first(["finish", page.parent, page.host])
