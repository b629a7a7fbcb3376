"""What a multi-instance activity throws when its instances end (`behavior`, clause 10.3.8, table 10.30).

*None* throws with every instance, *One* with the first, *Complex* where its conditions say so, *All* never. The event
is for the boundary of the activity alone and brings the counts of the instances. As the activity goes on by itself
under None and One, nothing is cancelled there; a Complex event that an interrupting boundary event catches ends the
instances that are left, and the activity is complete.
"""

from dataclasses import dataclass

from engine.execution import events as e
from engine.execution import waits
from engine.execution.machine import Machine
from engine.execution.state import Page, Scope
from engine.execution.wire import Values
from engine.notation.model import Loop, Node, Trigger


@dataclass(frozen=True, slots=True)
class Thrown:
    """An event to throw, evaluated: its kind, its name or code, and the boundary event that catches it."""

    what: str
    name: str
    catcher: Node | None


def planned(m: Machine, turn: Page, loop_page: Page, counts: Values) -> list[Thrown]:
    """What the end of this turn throws."""
    outer = m.state.page(loop_page.parent or "")
    node = m.node(outer, loop_page.scope)
    assert node.loop is not None and loop_page.loop is not None
    scope = m.scope(turn, extra=counts)
    triggers = _triggers(m, node.loop, scope, loop_page.loop["ended"] == 0)
    return [_matched(m, outer, node, trigger, scope) for trigger in triggers]


def _triggers(m: Machine, loop: Loop, scope: Scope, is_first: bool) -> list[Trigger]:
    if loop.behavior == "None" and loop.none_trigger is not None:
        return [loop.none_trigger]
    if loop.behavior == "One" and loop.one_trigger is not None:
        return [loop.one_trigger] if is_first else []
    what = "the condition of a complex behavior"
    return [trigger for condition, trigger in loop.complex_triggers if m.expect(condition, scope, bool, what)]


def _matched(m: Machine, outer: Page, node: Node, trigger: Trigger, scope: Scope) -> Thrown:
    name = _name(m, trigger, scope)
    for id in node.boundaries:
        boundary = m.node(outer, id)
        for caught in boundary.triggers:
            if caught.kind == trigger.kind and _name(m, caught, m.scope(outer)) in (name, ""):
                return Thrown(trigger.kind, name, boundary)
    return Thrown(trigger.kind, name, None)


def _name(m: Machine, trigger: Trigger, scope: Scope) -> str:
    if trigger.name is not None:
        return m.text(trigger.name, scope, f"the {trigger.kind} name")
    return trigger.code or ""


def throw(m: Machine, loop_page: Page, thrown: list[Thrown], counts: Values) -> bool:
    """Hand the events to their catchers; tells whether the rest of the activity is to end."""
    outer = m.state.page(loop_page.parent or "")
    loop = m.node(outer, loop_page.scope).loop
    ends = False
    for event in thrown:
        catcher = event.catcher
        told = e.InstanceEventThrown(loop_page.scope, outer.id, event.what, event.name, catcher.id if catcher else None)
        m.emit(told)
        if catcher is not None:
            n = waits.catch_at_boundary(m, outer, catcher, loop_page.host, interrupting=False)
            m.set_local(outer, outer.instances[n], counts)
            ends = ends or (catcher.interrupting and loop is not None and loop.behavior == "Complex")
    return ends
