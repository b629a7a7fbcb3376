"""Due times of user tasks: counted when a task begins, again when its calendar has a new version, changed by operators.

What a due time was counted from is told with the task, so that counting again needs neither the diagram's expressions
nor the variables of back then: only another calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import feel
from engine.errors import InvalidInput, InvalidState, TaskForbidden, TaskNotOpen
from engine.execution import calendar as business
from engine.execution import events as e
from engine.execution import waits
from engine.execution.commands import ChangeDueTime
from engine.execution.machine import Machine, instant, millis, step
from engine.execution.state import Instance, Page, Scope, Task, Wait
from engine.notation.model import Deadline, Node, UserTask

Duration = feel.DaysDuration | feel.YearsDuration


@dataclass(frozen=True, slots=True)
class Limit:
    """When a task is due and how that is counted; times in ms.

    `begun`: when the task began; `since`: what `amount` counts from; `stood`: due and stopped, of a clock that goes on;
    `least`: what is granted from `begun` on, and its clock. `series` and `version` name the calendar.
    """

    due: int | None
    begun: int
    since: int
    clock: str = "WALL"
    roll: str = "forward"
    amount: Duration | None = None
    stood: tuple[int, int] | None = None
    least: tuple[Duration, str] | None = None
    series: str | None = None
    version: int | None = None

    def counted(self, calendar: business.Calendar | None) -> "Limit":
        """The same on another version of its calendar."""
        if self.amount is None:
            return self
        if self.stood:
            due, stopped = map(instant, self.stood)
            end = business.resumed(due, stopped, instant(self.begun), self.clock, calendar, self.roll).at
        else:
            end = business.due(instant(self.since), self.amount, self.clock, calendar, self.roll).at
        if self.least:
            amount, clock = self.least
            end = max(end, business.due(instant(self.begun), amount, clock, calendar).at)
        return replace(self, due=millis(end), version=calendar.version if calendar else None)

    def depends_on_calendar(self, specs: list[str]) -> bool:
        """Whether another version could move the due time, or one of the rungs with these specs."""
        clocks = {self.clock, *([self.least[1]] if self.least else [])}
        in_days = any(spec.endswith("wd") for spec in specs)
        return self.version is not None and (clocks != {"WALL"} or in_days)

    def as_json(self) -> dict[str, Any]:
        found = {
            "due": self.due, "begun": self.begun, "since": self.since, "clock": self.clock, "roll": self.roll,
            "amount": self.amount and str(self.amount), "stood": self.stood and list(self.stood),
            "least": self.least and [str(self.least[0]), self.least[1]], "series": self.series, "version": self.version,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Limit":
        """The inverse of `as_json`."""
        least, stood, amount = data.get("least"), data.get("stood"), data.get("amount")
        parts: dict[str, Any] = {
            "amount": amount and feel.parse_duration(amount), "stood": stood and (stood[0], stood[1]),
            "least": least and (feel.parse_duration(least[0]), least[1]),
        }  # fmt: skip
        return cls(**{"due": None, **data, **parts})


# When a task begins --------------------------------------------------------------------------------------------------


def limit_of(
    m: Machine, wanted: UserTask, scope: Scope, node: Node, begun: int | None = None
) -> tuple[Limit, business.Calendar | None]:
    """The due time of a task that begins now (or began at `begun`, in ms), and the calendar it was counted on.

    Counted from `since` on, or going on with a clock that stood still; never shorter than `atLeast` from now on.
    """
    deadline, now = wanted.deadline, m.command.at if begun is None else begun
    amount = _duration(m, deadline.duration, scope, node) if deadline else None
    if deadline is None or amount is None:
        return Limit(date_of(m, wanted.due, scope, node), now, now), None
    clock = m.text(deadline.clock, scope, f"the clock of '{node.id}'")
    roll = m.text(deadline.roll, scope, f"the roll of '{node.id}'")
    series = m.text(deadline.calendar, scope, f"the calendar of '{node.id}'")
    chosen = _calendar(m, series)
    stood = _stood(m, deadline, scope, node)
    since = None if stood else date_of(m, deadline.since, scope, node)
    least = _least(m, deadline, scope, node, clock)
    limit = Limit(None, now, now if since is None else since, clock, roll, amount, stood, least, series)
    return limit.counted(chosen), chosen


def _stood(m: Machine, deadline: Deadline, scope: Scope, node: Node) -> tuple[int, int] | None:
    """`resumes`: when the clock that stood still was due, and when it was stopped."""
    value = m.value(deadline.resumes, scope) if deadline.resumes else None
    if value is None or deadline.resumes is None:
        return None
    found = [waits.moment(m, value.get(name)) for name in ("due", "stopped")] if isinstance(value, dict) else []
    due, stopped = found if len(found) == 2 else (None, None)
    if due is None or stopped is None:
        raise m.unexpected(deadline.resumes, scope, f"what '{node.id}' resumes", "a context of moments {due, stopped}")
    return waits.to_millis(due), min(waits.to_millis(stopped), m.command.at)


def _least(m: Machine, deadline: Deadline, scope: Scope, node: Node, clock: str) -> tuple[Duration, str] | None:
    amount = _duration(m, deadline.at_least, scope, node) if deadline.at_least else None
    if amount is None:
        return None
    if deadline.at_least_clock is not None:
        clock = m.text(deadline.at_least_clock, scope, f"the atLeastClock of '{node.id}'")
    return amount, clock


def _duration(m: Machine, expression: feel.Expression, scope: Scope, node: Node) -> Duration | None:
    value = m.value(expression, scope)
    if value is None:
        return None
    amount = feel.parse_duration(value) if isinstance(value, str) else value
    if not isinstance(amount, (feel.DaysDuration, feel.YearsDuration)):
        raise m.unexpected(expression, scope, f"the deadline of '{node.id}'", "a duration")
    return amount


def _calendar(m: Machine, series: str) -> business.Calendar | None:
    """The version in force is a fact of the command; without it, only deadlines without a calendar can be counted."""
    version = m.command.facts.get("calendars", {}).get(series)
    return m.bundle.calendars(series, version) if version is not None else None


def date_of(m: Machine, expression: feel.Expression | None, scope: Scope, node: Node) -> int | None:
    value = m.value(expression, scope) if expression else None
    if value is None or expression is None:
        return None
    moment = waits.moment(m, value)
    if moment is None:
        raise m.unexpected(expression, scope, f"a date of '{node.id}'", "a date and time")
    return waits.to_millis(moment)


def tell(m: Machine, page: Page, wanted: UserTask, limit: Limit) -> None:
    """Hand `{since, due}` to the variable that the deadline names: what a later deadline may count on."""
    if wanted.deadline is None or wanted.deadline.result is None:
        return
    due = None if limit.due is None else feel.DateTime.from_datetime(instant(limit.due))
    since = feel.DateTime.from_datetime(instant(limit.since))
    m.write(page, {wanted.deadline.result: {"since": since, "due": due}})


# When an operator decides otherwise ----------------------------------------------------------------------------------

FARTHEST = 10 * 366 * 86_400_000
"""How far ahead somebody may put a due time, in ms: what lies beyond is a slip."""


def change(m: Machine, command: ChangeDueTime) -> None:
    """Another due time for an open task. Rungs that were reached stay reached; those to come are counted from it."""
    page, instance, node, task = _changeable(m, command)
    before = Limit.from_json(task.limit) if task.limit else None
    after = replace(before, due=command.due, amount=None, stood=None, least=None) if before else None
    waiting = [page.waits[n] for n in instance.waits if page.waits[n].kind == "rung"]
    rungs = [[wait.n, wait.due, _rung_after(m, wait, after, command)] for wait in waiting]
    told = e.DueTimeChanged(
        instance.n, node.id, page.id, command.was, command.due, command.actor, command.reason, rungs,
        after.as_json() if after else None,
    )  # fmt: skip
    m.emit(told)
    name = node.user_task.deadline.result if node.user_task and node.user_task.deadline else None
    known = m.scope(page).get(name) if name else None
    if name and isinstance(known, dict):
        m.write(page, {name: {**known, "due": feel.DateTime.from_datetime(instant(command.due))}})


def _changeable(m: Machine, command: ChangeDueTime) -> tuple[Page, Instance, Node, Task]:
    found = m.at(command.page, command.task)
    if found is None or found[1].task is None:
        raise TaskNotOpen
    page, instance, node = found
    task = instance.task
    assert task is not None
    if task.signs is not None:
        raise InvalidState("Expected a task with a due time of its own, but this is a signature that was asked for.")
    if task.assignee is not None and task.assignee in (command.actor, command.on_behalf_of):
        raise TaskForbidden("Expected somebody else's task: nobody moves a due time that they have to meet themselves.")
    if not command.reason.strip():
        raise InvalidInput("Expected a reason for another due time, but it is empty.", {"reason": ["required"]})
    if not command.at < command.due <= command.at + FARTHEST:
        expected = "a moment from now on, within ten years"
        raise InvalidInput(f"Expected {expected}, but got {instant(command.due)}.", {"due": [f"range: {expected}"]})
    if command.due == command.was:
        raise InvalidState("Expected another due time, but the task is due then already.")
    return page, instance, node, task


def _rung_after(m: Machine, wait: Wait, after: Limit | None, command: ChangeDueTime) -> int:
    """When a rung comes from now on; where the count was not told, it keeps its distance from the due time."""
    if after is None:
        return wait.due if command.was is None else wait.due + command.due - command.was
    return millis(rung_at(after, wait.detail, wait.trigger, calendar_of(m, after)))


def calendar_of(m: Machine, limit: Limit) -> business.Calendar | None:
    """The calendar that a limit was counted on, where it depends on one."""
    dated = limit.series is not None and limit.version is not None
    return m.bundle.calendars(limit.series or "", limit.version or 0) if dated else None


# When a calendar is adopted ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """One task, counted again: its limit then and now, and [timer, before, after] of the rungs still to come."""

    before: Limit
    after: Limit
    rungs: list[list[int]]


def moved(page: Page, instance: Instance, calendar: business.Calendar) -> Moved | None:
    """What adopting `calendar` would change for a task; None when it is not on an older version of that series.

    Pure and without events, so that it can be shown beforehand.
    """
    task = instance.task
    before = _limit(task)
    if before is None or before.series != calendar.series or (before.version or 0) >= calendar.version:
        return None
    after = before.counted(calendar)
    waiting = [page.waits[n] for n in instance.waits if page.waits[n].kind == "rung"]
    rungs = [[wait.n, wait.due, millis(rung_at(after, wait.detail, wait.trigger, calendar))] for wait in waiting]
    return Moved(before, after, rungs)


def _limit(task: Task | None) -> Limit | None:
    return Limit.from_json(task.limit) if task and task.limit and task.limit.get("series") else None


def rung_at(limit: Limit, detail: Mapping[str, Any] | None, turn: int, calendar: business.Calendar | None) -> datetime:
    """When a rung comes for its `turn`-th time after the first. `detail`: its row of the ladder, encoded."""
    row = feel.decode(detail)
    assert isinstance(row, dict) and limit.due is not None
    start, due = instant(min(limit.since, limit.due)), instant(limit.due)
    ((_, first),) = business.rungs(start, due, [str(row["at"])], limit.clock, calendar)
    every = row.get("every")
    return business.turn(first, every, turn, limit.clock, calendar) if isinstance(every, str) else first


@step
def adopt(m: Machine, page_id: str, n: int, series: str, version: int) -> None:
    """Count one task's deadline again; nothing to do for one that is on this version or a newer one already."""
    found = m.at(page_id, n)
    if found is None:
        return
    page, instance, node = found
    change = moved(page, instance, m.bundle.calendars(series, version))
    if change is None:
        return
    before, after = change.before, change.after
    assert before.due is not None and after.due is not None and before.version is not None
    m.emit(e.DeadlineMoved(n, node.id, page_id, series, before.version, version, before.due, after.due, change.rungs))
    if before.due != after.due and node.user_task is not None:
        tell(m, page, node.user_task, after)
