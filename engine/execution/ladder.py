"""Escalation ladders: a decision table whose rows, the rungs, say when something is done about a task, and what.

The table is decided when the task begins; each rung is a timer. What a rung does is decided when it is reached, as
events of that one entry: whoever reads `RungReached` tells people and issues cards, the rest is done here.
"""

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.execution import calendar as business
from engine.execution import events as e
from engine.execution import waits
from engine.execution.due import Limit, calendar_of, rung_at
from engine.execution.machine import Failure, Machine, instant, millis, step
from engine.execution.state import Instance, Page, Scope, Wait
from engine.notation.model import UserTask

COLUMNS = frozenset(
    [
        "at",
        "every",
        "code",
        "name",
        "nameEn",
        "tell",
        "card",
        "start",
        "priority",
        "candidates",
        "reassign",
        "holdWhile",
    ]
)
"""What a rung may say. Each is carried out; a column that nothing carries out is refused."""
HOUR = 3_600_000
START = frozenset(["message", "key", "ttl", "variables"])
"""What a context in `start` may hold."""

Rung = tuple[int, dict[str, Any], str | None]
"""When, its row of the table (encoded), and `every` of one that repeats."""


def planned(m: Machine, wanted: UserTask, scope: Scope, limit: Limit, calendar: business.Calendar | None) -> list[Rung]:
    """The rungs of a task that begins, the first one first.

    A share of the time that had passed before the task began (its deadline counts from earlier) is no rung of it.
    """
    if wanted.ladder is None or limit.due is None:
        return []
    rows, _ = m.decision(wanted.ladder, scope)
    specs = [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)]
    if m.semantics >= 2:
        for row in specs:
            _check(row)
    now, start, due = m.command.at, instant(min(limit.since, limit.due)), instant(limit.due)
    instants = business.rungs(start, due, [_word(row, "at") for row in specs], limit.clock, calendar)
    found = [
        (millis(at), feel.encode(row), _every(m, row))
        for (spec, at), row in zip(instants, specs, strict=True)
        if millis(at) >= now or not spec.endswith("%") or limit.due <= now
    ]
    return sorted(found, key=lambda rung: rung[0])


def _check(row: Mapping[str, feel.Value]) -> None:
    unknown = sorted(row.keys() - COLUMNS)
    if unknown:
        known = ", ".join(sorted(COLUMNS))
        raise Failure("decision", f"Expected a rung to say only {known}, but it says '{unknown[0]}'.")
    every, hold = row.get("every"), row.get("holdWhile")
    if every is not None:
        business.interval(text("every", every))
    if hold is not None:
        feel.compile(text("holdWhile", hold))
    sent(row)


def _every(m: Machine, row: Mapping[str, feel.Value]) -> str | None:
    every = row.get("every")
    return every if isinstance(every, str) and m.semantics >= 2 else None


def _word(row: Mapping[str, feel.Value], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise Failure("decision", f"Expected each rung of a ladder to have a text '{name}', but got {value!r}.")
    return value


def text(name: str, value: feel.Value) -> str:
    if not isinstance(value, str):
        raise Failure("decision", f"Expected '{name}' of a rung to be a text, but got {value!r}.")
    return value


# When a rung comes due -----------------------------------------------------------------------------------------------


def reach(m: Machine, page: Page, wait: Wait) -> None:
    """The timer of a rung fires: its next turn is armed, then it is climbed or held."""
    assert wait.host is not None
    again = _next_turn(m, page, wait)
    m.emit(e.TimerFired(wait.n, wait.element, page.id, wait.due, again[1] - wait.trigger - 1 if again else 0))
    if again is not None:
        at, turn = again
        m.emit(
            e.TimerArmed(m.number(), wait.element, page.id, at, "rung", wait.host, wait.every, None, wait.detail, turn)
        )
    m.next(climb, page.id, wait.host, wait.detail, wait.due)


def _next_turn(m: Machine, page: Page, wait: Wait) -> tuple[int, int] | None:
    """When a repeating rung comes next, and its number. Turns that were missed are counted and not made up."""
    task = page.instances[wait.host or 0].task
    if wait.every is None or task is None or task.limit is None:
        return None
    limit = Limit.from_json(task.limit)
    calendar = calendar_of(m, limit)
    turn = wait.trigger + 1
    while (at := millis(rung_at(limit, wait.detail, turn, calendar))) <= m.command.at:
        turn += 1
    return at, turn


@step
def climb(m: Machine, page_id: str, n: int, detail: dict[str, Any], due: int) -> None:
    """A rung came due at `due`: hold it while its ladder says so, else do what it says."""
    found = m.at(page_id, n)
    row = feel.decode(detail)
    if found is None or found[1].task is None or not isinstance(row, dict):
        return
    page, instance, _ = found
    code, hold = _word(row, "code"), row.get("holdWhile")
    if m.semantics >= 2 and isinstance(hold, str) and m.value(feel.compile(hold), m.scope(page, instance)) is True:
        m.emit(e.RungHeld(m.number(), n, instance.element, page_id, code, due, detail))
        return
    _do(m, page, instance, row, code)


def hold_of(wait: Wait) -> feel.Expression:
    """The condition during which a held rung waits."""
    return feel.compile(str(_row(wait)["holdWhile"]))


def release(m: Machine, page: Page, wait: Wait) -> None:
    """What held a rung has ended: it is reached now."""
    row = _row(wait)
    assert wait.host is not None
    instance = page.instances[wait.host]
    waits.close(m, page, wait.n)
    if instance.task is not None:
        _do(m, page, instance, row, _word(row, "code"))


def _row(wait: Wait) -> dict[str, feel.Value]:
    row = feel.decode((wait.detail or {})["rung"])
    assert isinstance(row, dict)
    return row


def _do(m: Machine, page: Page, instance: Instance, row: dict[str, feel.Value], code: str) -> None:
    """Everything is looked at before anything is told, so that a rung is reached whole or not at all."""
    events = _actions(page, instance, row) if m.semantics >= 2 else []
    m.emit(e.RungReached(instance.n, instance.element, page.id, code, row))
    for event in events:
        m.emit(event)


def _actions(page: Page, instance: Instance, row: Mapping[str, feel.Value]) -> list[e.Event]:
    n, element, task = instance.n, instance.element, instance.task
    assert task is not None
    events: list[e.Event] = []
    priority, wanted = row.get("priority"), [*_texts(row, "candidates"), *(again := _texts(row, "reassign"))]
    if priority is not None:
        events.append(e.TaskPrioritized(n, element, page.id, _whole(priority)))
    if again and task.assignee is not None:
        events.append(e.TaskReleased(n, page.id, task.assignee))
    if added := [token for token in dict.fromkeys(wanted) if token not in task.candidates]:
        events.append(e.CandidatesAdded(n, element, page.id, added))
    message = sent(row)
    if message is not None:
        name, key, ttl, variables = message
        events.append(e.MessageSent(element, page.id, name, key, ttl, variables))
    return events


def _texts(row: Mapping[str, feel.Value], name: str) -> list[str]:
    value = row.get(name)
    found = value if isinstance(value, list) else [] if value is None else [value]
    return [text(name, item) for item in found]


def _whole(value: feel.Value) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise Failure("decision", f"Expected 'priority' of a rung to be a whole number, but got {value!r}.") from None


def sent(row: Mapping[str, feel.Value]) -> tuple[str, str, int, dict[str, feel.Value]] | None:
    """`start`: the name of a message, or {message, key, ttl, variables}. By itself it carries what the rung says."""
    value = row.get("start")
    if value is None:
        return None
    told = value if isinstance(value, dict) else {"message": value}
    if unknown := sorted(told.keys() - START):
        known = ", ".join(sorted(START))
        raise Failure("decision", f"Expected 'start' of a rung to have {known}, but it has '{unknown[0]}'.")
    default = {name: row[name] for name in ("code", "name", "nameEn", "card") if row.get(name) is not None}
    variables = told.get("variables", default)
    if not isinstance(variables, dict):
        raise Failure("decision", f"Expected 'variables' of 'start' to be a context, but got {variables!r}.")
    return _word(told, "message"), text("key", told.get("key", "")), _ttl(told.get("ttl")), dict(variables)


def _ttl(value: feel.Value) -> int:
    if value is None:
        return HOUR
    length = feel.parse_duration(value) if isinstance(value, str) else value
    if not isinstance(length, feel.DaysDuration):
        raise Failure("decision", f"Expected 'ttl' of 'start' to be a duration such as PT1H, but got {value!r}.")
    return length.nanos // waits.NANOS
