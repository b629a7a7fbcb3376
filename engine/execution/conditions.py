"""Conditional events: a condition is looked at again whenever a variable that it reads is written where it can see it.

Edge-triggered (clause 10.5.5): it triggers when it becomes true, and not again before it has been false. Listening
begins with *false*, so a condition that holds already triggers at once. Null, or anything but true, is not true: a
variable that does not exist yet is no error here.
"""

from collections.abc import Sequence

from engine.execution import events as e
from engine.execution import ladder, waits
from engine.execution.machine import Machine, step
from engine.execution.state import Page, Wait
from engine.feel import Expression

Written = tuple[str, int | None, frozenset[str]]  # page, instance whose own variables they are, names


def watch(m: Machine) -> None:
    """Test, before anything else goes on, every condition that reads one of the variables just written.

    In a suspended case nothing moves; all are tested when it is resumed.
    """
    written, m.written = m.written, []
    if m.state.head.status == "suspended":
        return
    open_ones = {place for write in written for place in _listening(m, write)} if m.state.head.conditions else set()
    open_ones.update(m.state.listening("held") if m.state.head.held else ())
    found = []
    for n, page_id in sorted(open_ones):
        page = m.state.page(page_id)
        if _reads(m, page, page.waits[n], written):
            found.append(["test_condition", page_id, n])
    m.first(*found)


def _listening(m: Machine, written: Written) -> list[tuple[int, str]]:
    """The conditions that one write could concern, of all that are open: subscription and page."""
    place, instance, names = written
    page = m.state.find(place)
    if page is None:
        return []
    readers = m.process(page).conditions
    elements = frozenset().union(*(readers.get(name, ()) for name in names))
    if not elements:
        return []
    inside = [page] if instance is not None else _inside(m, page)
    if inside is None:
        return m.state.listening("condition", elements)
    return [(n, each.id) for each in inside for n, wait in each.waits.items() if wait.what == "condition"]


def _inside(m: Machine, page: Page) -> list[Page] | None:
    """The pages that see the variables of `page`, where they are few: None when whole loops or processes do."""
    if page.scope == page.process or page.loop is not None or page.closed:
        return None
    found = [page]
    for each in found:
        children = [instance.child for instance in each.instances.values() if instance.child is not None]
        for child in filter(None, map(m.state.find, children)):
            if child.loop is not None:
                return None
            found.append(child)
    return found


def test_all(m: Machine) -> None:
    """The case goes on after a rest in which variables may have been written."""
    if m.state.head.conditions:
        m.first(*(["test_condition", page, n] for n, page in m.state.listening("condition")))
    if m.state.head.held:
        m.first(*(["test_condition", page, n] for n, page in m.state.listening("held")))


def _reads(m: Machine, page: Page, wait: Wait, written: Sequence[Written]) -> bool:
    condition = _condition(m, page, wait)
    names = condition.free_names | condition.maybe_names
    touching = [(place, instance) for place, instance, changed in written if changed & names]
    visible = {around.id for around in m.surrounding(page)} if touching else set()
    return any(
        place in visible if instance is None else (place, instance) == (page.id, wait.host)
        for place, instance in touching
    )


def _condition(m: Machine, page: Page, wait: Wait) -> Expression:
    if wait.what == "held":
        return ladder.hold_of(wait)
    condition = m.node(page, wait.element).triggers[wait.trigger].condition
    assert condition is not None
    return condition


@step
def test_condition(m: Machine, page_id: str, n: int) -> None:
    """Evaluate a condition that is waited for; tell when it changed, and trigger when it became true."""
    page = m.state.find(page_id)
    wait = page.waits.get(n) if page else None
    if page is None or wait is None:
        return
    condition = _condition(m, page, wait)
    holds = m.value(condition, m.scope(page, page.instances.get(wait.host or 0))) is True
    if wait.what == "held":
        holds = not holds  # a rung waits for the end of its condition
    if holds == bool((wait.detail or {}).get("holds", False)):
        return
    m.emit(e.ConditionChanged(n, wait.element, page_id, holds))
    if holds and wait.what == "held":
        ladder.release(m, page, wait)
    elif holds:
        waits.trigger(m, page, wait, "", "", {})
