"""Sending messages and throwing signals.

Both leave the case through the outbox; a signal also reaches its own case at once.
"""

from engine import feel
from engine.execution import events as e
from engine.execution import waits
from engine.execution.machine import Failure, Machine
from engine.execution.state import Instance, Page
from engine.execution.wire import Values
from engine.notation.model import Node, Trigger

HOUR = 3_600_000


def send(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger) -> None:
    """The payload is what the element's input mappings made; the time to live defaults to one hour."""
    scope = m.scope(page, instance)
    name = m.text(trigger.name, scope, f"the message name of '{node.id}'") if trigger.name else ""
    key = m.text(trigger.key, scope, f"the correlation key of '{node.id}'") if trigger.key else ""
    ttl = _milliseconds(m.value(trigger.ttl, scope), node) if trigger.ttl else HOUR
    m.emit(e.MessageSent(node.id, page.id, name, key, ttl, payload(instance)))


def payload(instance: Instance) -> Values:
    return dict(instance.variables or {})


def _milliseconds(value: feel.Value, node: Node) -> int:
    if isinstance(value, str):
        value = feel.parse_duration(value)
    if not isinstance(value, feel.DaysDuration):
        raise Failure(
            "expression", f"Expected the time to live of '{node.id}' to be a duration such as PT1H, but got {value!r}."
        )
    return value.nanos // waits.NANOS


def throw_signal(m: Machine, page: Page, instance: Instance, node: Node, trigger: Trigger) -> None:
    name = m.text(trigger.name, m.scope(page, instance), f"the signal name of '{node.id}'") if trigger.name else ""
    m.emit(e.SignalThrown(node.id, page.id, name, payload(instance)))
    catch_signal(m, name, "", payload(instance))


def catch_signal(m: Machine, name: str, signal: str, variables: Values) -> int:
    """Trigger every subscription of this case to the signal; returns how many there were."""
    caught = 0
    for n, page_id in m.state.listening("signal", {name}) if m.state.head.signals else ():
        page = m.state.find(page_id)
        wait = page.waits.get(n) if page else None
        if page is not None and wait is not None:
            if wait.kind == "boundary" or wait.kind == "start":
                _close_if_interrupting(m, page, n)
            waits.trigger(m, page, wait, signal, name, variables)
            caught += 1
    return caught


def _close_if_interrupting(m: Machine, page: Page, n: int) -> None:
    """A subscription that interrupts is used up, even before its activity is cancelled."""
    if m.node(page, page.waits[n].element).interrupting:
        waits.close(m, page, n)
