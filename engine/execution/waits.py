"""Timers and subscriptions: planning, opening, closing, and what happens when one is triggered.

`plan` evaluates (and may fail); `open_planned` emits. A wait of kind *catch* belongs to the element that waits,
*gateway* to an event-based gateway, *boundary* to the activity it sits on, *start* to a scope with an event sub-
process, *rung* to a user task with an escalation ladder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from engine import feel
from engine.execution import events as e
from engine.execution.machine import MOVES, Failure, Machine, instant, millis, step
from engine.execution.state import Instance, Page, Scope, Wait
from engine.execution.wire import Values, decode_values
from engine.notation import cron
from engine.notation.model import Node, Trigger

CAUGHT_ELSEWHERE = frozenset({"error", "escalation", "link", "none", "cancel", "compensation"})


@dataclass(frozen=True, slots=True)
class Plan:
    """One trigger, evaluated: a due time for a timer, name and key for a subscription."""

    what: str
    trigger: int
    due: int = 0
    every: str | None = None
    left: int | None = None
    name: str = ""
    key: str = ""


def plan(m: Machine, node: Node, scope: Scope) -> list[Plan]:
    """What the element waits for, evaluated."""
    return [_plan(m, node, trigger, index, scope) for index, trigger in _awaited(node)]


def plan_start(m: Machine, node: Node) -> list[Plan]:
    """What a start event of a process waits for. There is no case yet, so a message is known by its name alone."""
    return [_plan(m, node, replace(trigger, key=None), index, Scope([])) for index, trigger in _awaited(node)]


def _awaited(node: Node) -> list[tuple[int, Trigger]]:
    triggers = (node.message,) if node.message is not None else node.triggers
    return [(index, trigger) for index, trigger in enumerate(triggers) if trigger.kind not in CAUGHT_ELSEWHERE]


def plan_boundaries(
    m: Machine, page: Page, instance: Instance, node: Node, local: Values
) -> list[tuple[Node, list[Plan]]]:
    if not node.boundaries:
        return []
    scope = m.scope(page, instance, local)
    nodes = [m.node(page, boundary) for boundary in node.boundaries]
    return [(boundary, plan(m, boundary, scope)) for boundary in nodes]


def _plan(m: Machine, node: Node, trigger: Trigger, index: int, scope: Scope) -> Plan:
    if trigger.kind == "timer":
        due, every, left = _schedule(m, node, trigger, scope)
        if every is not None and trigger.misfire != "once":
            every = f"{trigger.misfire} {every}"
        return Plan("timer", index, due, every, left)
    if trigger.kind == "conditional":
        return Plan("condition", index)
    name = m.text(trigger.name, scope, f"the {trigger.kind} name of '{node.id}'") if trigger.name else ""
    key = m.text(trigger.key, scope, f"the correlation key of '{node.id}'") if trigger.key else ""
    return Plan(trigger.kind, index, name=name, key=key)


def open_planned(m: Machine, page: Page, node: Node, plans: Sequence[Plan], kind: str, host: int | None) -> None:
    """Arm and subscribe. A condition that holds already counts as becoming true now."""
    for plan in plans:
        n = m.number()
        if plan.what == "timer":
            m.emit(e.TimerArmed(n, node.id, page.id, plan.due, kind, host, plan.every, plan.left, trigger=plan.trigger))
        else:
            m.emit(e.SubscriptionOpened(n, node.id, page.id, plan.what, kind, plan.name, plan.key, host, plan.trigger))
        if plan.what == "condition":
            m.first(["test_condition", page.id, n])


def close(m: Machine, page: Page, n: int) -> None:
    wait = page.waits[n]
    if wait.what == "timer":
        m.emit(e.TimerCancelled(n, wait.element, page.id))
    else:
        m.emit(e.SubscriptionClosed(n, wait.element, page.id, wait.what, wait.name))


def close_all(m: Machine, page: Page, instance: Instance) -> None:
    for n in list(instance.waits):
        close(m, page, n)


def close_starts(m: Machine, page: Page) -> None:
    """The event sub-processes of a scope can start no more."""
    for n in [n for n, wait in page.waits.items() if wait.host is None]:
        close(m, page, n)


# When one is triggered ---------------------------------------------------------------------------------------------


def trigger(m: Machine, page: Page, wait: Wait, told: str, name: str, variables: Values) -> None:
    """A timer, message, signal or condition reached `wait`.

    Its element catches it, once all that it waits for has come.
    """
    node = m.node(page, wait.element)
    again: list[Plan] = []
    if node.parallel_multiple:
        if _others(page, wait):
            _note(m, page, wait, variables)
            return
        if wait.kind in ("boundary", "start") and not node.interrupting:
            again = plan(m, node, m.scope(page, page.instances.get(wait.host or 0)))
            _close_if_open(m, page, wait.n)
    inner, n = _caught(m, page, node, wait)
    _receive(m, inner, n, node, wait, told, name, variables)
    open_planned(m, page, node, again, wait.kind, wait.host)


def _caught(m: Machine, page: Page, node: Node, wait: Wait) -> tuple[Page, int]:
    """The instance of the catching event, which goes on next."""
    if wait.kind == "catch":
        assert wait.host is not None
        _close_if_open(m, page, wait.n)
        m.first(["finish", page.id, wait.host])
        return page, wait.host
    if wait.kind == "gateway":
        return page, _choose(m, page, node, wait)
    if wait.kind == "boundary":
        return page, catch_at_boundary(m, page, node, wait.host)
    return start_event_sub_process(m, page, node)


def _close_if_open(m: Machine, page: Page, n: int) -> None:
    if n in page.waits:
        close(m, page, n)


def _others(page: Page, wait: Wait) -> list[Wait]:
    """What the same parallel multiple event still waits for."""
    place = (wait.element, wait.host, wait.kind)
    return [each for each in page.waits.values() if (each.element, each.host, each.kind) == place and each.n != wait.n]


def _note(m: Machine, page: Page, wait: Wait, variables: Values) -> None:
    """One of the triggers of a parallel multiple event has come; keep what it brought until the last does."""
    _close_if_open(m, page, wait.n)
    m.emit(e.TriggerCaught(wait.element, page.id, wait.kind, wait.host, variables={**_brought(wait), **variables}))


def _brought(wait: Wait) -> Values:
    return decode_values((wait.detail or {}).get("brought", []))


def _receive(m: Machine, page: Page, n: int, node: Node, wait: Wait, told: str, name: str, variables: Values) -> None:
    if brought := _brought(wait):
        m.emit(e.TriggerCaught(node.id, page.id, wait.kind, wait.host, n, brought))
    if wait.what == "message":
        m.emit(e.MessageReceived(n, node.id, page.id, name, told, variables))
    elif wait.what == "signal":
        m.emit(e.SignalReceived(n, node.id, page.id, name, told, variables))


def _choose(m: Machine, page: Page, node: Node, wait: Wait) -> int:
    """The first event behind an event-based gateway wins; the gateway completes and the event is caught at once."""
    assert wait.host is not None
    gateway = page.instances[wait.host]
    flow = next(flow for flow in node.incoming if flow.source == gateway.element)
    close_all(m, page, gateway)
    m.emit(e.ElementCompleted(gateway.n, gateway.element, page.id))
    m.emit(e.FlowTaken(flow.id, page.id))
    n = activated(m, page, node, flow.id)
    m.first(["finish", page.id, n])
    return n


def activated(m: Machine, page: Page, node: Node, via: str | None = None) -> int:
    """Activate an event that has occurred already; what it declares is there, null. Returns the new instance."""
    n = m.number()
    m.spent += 1
    m.emit(e.ElementActivated(n, node.id, page.id, via))
    m.set_local(page, page.instances[n], dict.fromkeys(node.data))
    return n


def catch_at_boundary(m: Machine, page: Page, node: Node, host: int | None, *, interrupting: bool | None = None) -> int:
    """Activate a boundary event; an interrupting one cancels its activity first. Returns the new instance."""
    n = activated(m, page, node)
    interrupts = node.interrupting if interrupting is None else interrupting
    cancel = [["cancel", page.id, host]] if interrupts else []
    m.first(*cancel, ["finish", page.id, n])
    return n


def start_event_sub_process(m: Machine, page: Page, start: Node) -> tuple[Page, int]:
    """Open the event sub-process that `start` begins.

    An interrupting one cancels all else in the scope (clause 13.5.4).
    """
    host = m.number()
    m.spent += 1
    others = list(page.instances)
    m.emit(e.ElementActivated(host, start.scope, page.id))
    inner = str(host)
    properties = dict.fromkeys(m.node(page, start.scope).data)
    declared = {**m.declared(page.process, start.scope), **properties}
    m.emit(e.ScopeOpened(inner, page.process, start.scope, page.id, host, variables=declared))
    n = activated(m, m.state.page(inner), start)
    opening = ["open_starts", inner]
    if start.interrupting:
        close_starts(m, page)
        discard_tokens(m, page)
        m.first(*(["cancel", page.id, other] for other in others), opening, ["finish", inner, n])
    else:
        m.first(opening, ["finish", inner, n])
    return m.state.page(inner), n


def discard_tokens(m: Machine, page: Page) -> None:
    for element, waiting in list(page.arrived.items()):
        m.emit(e.TokensJoined(element, page.id, dict(waiting), gate="reset" if element in page.gates else ""))
    for element in list(page.gates):
        m.emit(e.TokensJoined(element, page.id, {}, gate="reset"))
    kept = [item for item in m.queue if item[0] not in (*MOVES, "activate") or item[1] != page.id]
    m.moving[page.id] = 0
    m.queue.clear()
    m.queue.extend(kept)


@step
def open_starts(m: Machine, page_id: str) -> None:
    """Listen for what starts the event sub-processes of a scope."""
    page = m.state.find(page_id)
    if page is None:
        return
    process = m.process(page)
    scope = m.scope(page)
    starts = [
        process.nodes[id]
        for esp in process.scopes[page.scope].event_sub_processes
        for id in process.scopes[esp].event_starts
    ]
    planned = [(start, plan(m, start, scope)) for start in starts]
    for start, plans in planned:
        open_planned(m, page, start, plans, "start", None)


# Timers ------------------------------------------------------------------------------------------------------------


def _schedule(m: Machine, node: Node, trigger: Trigger, scope: Scope) -> tuple[int, str | None, int | None]:
    """Due time, interval and repeats left. A cycle is `R3/PT10M`, `R/PT1H`, `R3/<start>/PT1H` (ISO 8601), or cron."""
    assert trigger.timer is not None
    value = m.value(trigger.timer, scope)
    if trigger.timer_kind == "cycle" and isinstance(value, str):
        return _cycle(m, node, value)
    due = moment(m, value)
    if due is None:
        raise m.unexpected(trigger.timer, scope, f"the timer of '{node.id}'", "a date and time or a duration")
    return to_millis(due), None, 1


def moment(m: Machine, value: feel.Value) -> feel.DateTime | None:
    if isinstance(value, str):
        value = _parsed(value.strip())
    if isinstance(value, (feel.DaysDuration, feel.YearsDuration)):
        value = feel.add(m.now, value)
    if isinstance(value, feel.Date):
        value = feel.parse_date_and_time(f"{value}T00:00:00@{m.bundle.zone}")
    if isinstance(value, feel.DateTime) and value.utc_offset is None:
        return feel.parse_date_and_time(f"{value}@{m.bundle.zone}")
    return value if isinstance(value, feel.DateTime) else None


def _parsed(text: str) -> feel.Value:
    try:
        return feel.parse_duration(text) if re.match(r"-?P", text) else feel.parse_date_and_time(text)
    except feel.FeelError:
        return text


def to_millis(moment: feel.DateTime) -> int:
    return millis(moment.to_datetime())


def _cycle(m: Machine, node: Node, text: str) -> tuple[int, str | None, int | None]:
    if not text.strip().startswith("R"):
        every = f"{CRON}{m.bundle.zone} {text.strip()}"
        due = _following_cron(m.command.at, every, m.command.at)[0]
        if due is None:
            raise Failure("expression", f"Expected the cycle of '{node.id}' to come round, but '{text}' never does.")
        return due, every, None
    repeats, _, rest = text.strip().partition("/")
    start, _, interval = rest.rpartition("/")
    length = _duration(interval)
    first = moment(m, start) if start else moment(m, interval)
    if not re.fullmatch(r"R(\d*|-1)", repeats) or length is None or first is None or not _is_positive(length):
        raise Failure("expression", f"Expected the cycle of '{node.id}' to look like R3/PT10M, but got '{text}'.")
    left = int(repeats[1:]) if repeats[1:] not in ("", "-1") else None
    return to_millis(first), interval, left


def _duration(text: str) -> feel.DaysDuration | feel.YearsDuration | None:
    value = _parsed(text)
    return value if isinstance(value, (feel.DaysDuration, feel.YearsDuration)) else None


def _is_positive(length: feel.DaysDuration | feel.YearsDuration) -> bool:
    return (length.nanos // NANOS if isinstance(length, feel.DaysDuration) else length.months) > 0


NANOS = 1_000_000  # in a millisecond


def fire(m: Machine, page: Page, wait: Wait) -> None:
    """A due timer fires. A cycle is armed again, counted from its own last due time, so it never drifts.

    Turns that were missed (the system was down, the case suspended) are counted; its misfire policy says whether they
    are made up.
    """
    due, skipped = following(wait.due, wait.every, wait.left, m.command.at)
    node = m.node(page, wait.element)
    passed_over = is_passed_over(wait.due, wait.every, m.command.at)
    if passed_over:
        m.emit(e.TimerSkipped(wait.n, wait.element, page.id, wait.due, skipped))
    else:
        m.emit(e.TimerFired(wait.n, wait.element, page.id, wait.due, skipped))
        trigger(m, page, wait, "", "", {})
    if due is not None and (passed_over or not (node.interrupting or node.parallel_multiple)):
        left = None if wait.left is None else wait.left - 1 - skipped
        plan = Plan("timer", wait.trigger, due, wait.every, left)
        open_planned(m, page, node, [plan], wait.kind, wait.host)


def following(last: int, every: str | None, left: int | None, now: int) -> tuple[int | None, int]:
    """The next due time of a cycle after `now` (None: it has ended), and how many turns were missed.

    Times in ms UTC. Where missed turns are made up (*all*), the next one is due even if it has passed.
    """
    policy, every = _policy(every)
    if policy == "all":
        now = last
    if every is not None and every.startswith(CRON):
        return _following_cron(last, every, now)
    length = _duration(every) if every else None
    if length is None or (left is not None and left <= 1):
        return None, 0
    if isinstance(length, feel.DaysDuration):
        step_millis = length.nanos // NANOS
        skipped = max(0, (now - last) // step_millis)
        due = last + (skipped + 1) * step_millis
    else:
        due, skipped = _following_months(last, length, now)
    if left is not None and left - 1 - skipped <= 0:
        return None, left - 1
    return due, skipped


def is_passed_over(due: int, every: str | None, now: int) -> bool:
    """Whether the turn due at `due` is not acted upon: its policy is *skip*, and the one after it has come due too."""
    return _policy(every)[0] == "skip" and following(due, every, None, now)[1] > 0


def _policy(every: str | None) -> tuple[str, str | None]:
    """The misfire policy of a cycle, written before its interval unless it is *once*, and the interval."""
    word, _, rest = (every or "").partition(" ")
    return (word, rest) if word in ("all", "skip") else ("once", every)


CRON = "cron "  # before zone and text, where other cycles have their interval
MOST_COUNTED = 1_000  # missed turns of a cron cycle: beyond it they are only many


def _following_cron(last: int, every: str, now: int) -> tuple[int | None, int]:
    zone, _, text = every.removeprefix(CRON).partition(" ")
    try:
        schedule = cron.parse(text)
    except ValueError as error:
        raise Failure("expression", f"Expected a cycle such as R3/PT10M or 0 0 9 * * MON-FRI, but {error}.") from error
    turn, missed = schedule.after(instant(last), ZoneInfo(zone)), 0
    while turn is not None and millis(turn) <= now and missed < MOST_COUNTED:
        turn, missed = schedule.after(turn, ZoneInfo(zone)), missed + 1
    if turn is not None and millis(turn) <= now:
        turn = schedule.after(instant(now), ZoneInfo(zone))
    return (None if turn is None else millis(turn)), missed


def _following_months(last: int, length: feel.YearsDuration, now: int) -> tuple[int, int]:
    start = feel.DateTime.from_datetime(instant(last))
    count = 1
    while (due := to_millis(_moved(start, count * length.months))) <= now:
        count += 1
    return due, count - 1


def _moved(start: feel.DateTime, months: int) -> feel.DateTime:
    moved = feel.add(start, feel.YearsDuration(months))
    assert isinstance(moved, feel.DateTime)
    return moved
