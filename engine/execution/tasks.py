"""User tasks: creating them with their candidates, due times and ladders. What people do with them: `acting.py`."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine import feel
from engine.execution import due, ladder, waits
from engine.execution import events as e
from engine.execution.machine import Machine
from engine.execution.state import Instance, Page, Scope
from engine.notation.model import Node, UserTask

# Creating ----------------------------------------------------------------------------------------------------------


def create(m: Machine, page: Page, instance: Instance, node: Node) -> None:
    """Evaluate assignee, candidates, dates and ladder, then put the task on the list."""
    wanted, scope = node.user_task or UserTask(), m.scope(page, instance)
    assignee = m.texts(wanted.assignee, scope, f"the assignee of '{node.id}'")
    candidates = [
        *(f"person:{user}" for user in m.texts(wanted.candidate_users, scope, f"the candidate users of '{node.id}'")),
        *m.texts(wanted.candidate_groups, scope, f"the candidate groups of '{node.id}'"),
    ]
    limit, calendar = due.limit_of(m, wanted, scope, node)
    rungs = ladder.planned(m, wanted, scope, limit, calendar)
    back = page.returns.get(node.id)
    m.emit(
        e.TaskCreated(
            instance.n, node.id, page.id, node.name or node.id, wanted.form,
            assignee[0] if assignee else (back or {}).get("assignee"),
            candidates, _priority(m, wanted, scope, node), limit.due, due.date_of(m, wanted.follow_up, scope, node),
            limit.version if limit.clock != "WALL" else None, _told(m, limit, rungs),
            returned=back, requires=m.texts(wanted.requires, scope, f"what '{node.id}' requires"),
            separate=_separate(m, wanted, scope, node),
        )
    )  # fmt: skip
    due.tell(m, page, wanted, limit)
    _arm(m, page, instance, node, rungs)


def _arm(m: Machine, page: Page, instance: Instance, node: Node, rungs: list[ladder.Rung]) -> None:
    for at, rung, every in rungs:
        m.emit(e.TimerArmed(m.number(), node.id, page.id, at, "rung", instance.n, every, detail=rung))


def count_again(m: Machine, page: Page, instance: Instance, node: Node, begun: int | None) -> None:
    """The deadline of an open task by this release, from when it began, or from now on. What of the ladder would have
    come already is not made up."""
    wanted, scope = node.user_task or UserTask(), m.scope(page, instance)
    limit, calendar = due.limit_of(m, wanted, scope, node, begun)
    rungs = [rung for rung in ladder.planned(m, wanted, scope, limit, calendar) if rung[0] > m.command.at]
    for n in [n for n in instance.waits if page.waits[n].kind == "rung"]:
        waits.close(m, page, n)
    dated = limit.version if limit.clock != "WALL" else None
    m.emit(e.DeadlineCounted(instance.n, node.id, page.id, limit.due, dated, _told(m, limit, rungs)))
    due.tell(m, page, wanted, limit)
    _arm(m, page, instance, node, rungs)


def _told(m: Machine, limit: due.Limit, rungs: list[ladder.Rung]) -> dict[str, Any] | None:
    """How the due time was counted: it may have to be counted again, on another calendar or by an operator's decision.

    Before semantics 3 only where another calendar or a further turn of a rung could ask for it.
    """
    if m.semantics < 2 or limit.due is None:
        return None
    specs = [str(row["at"]) for _, detail, _ in rungs if isinstance(row := feel.decode(detail), dict)]
    if not limit.depends_on_calendar(specs):
        limit = replace(limit, series=None, version=None)
    repeats = any(every for _, _, every in rungs)
    return limit.as_json() if limit.series or repeats or m.semantics >= 3 else None


def _separate(m: Machine, wanted: UserTask, scope: Scope, node: Node) -> list[str] | None:
    """The elements that others must have completed, where a condition says whether; None: what the model lists."""
    if wanted.separate_when is None:
        return None
    holds = m.expect(wanted.separate_when, scope, bool, f"the condition of the separation of '{node.id}'")
    return list(wanted.separate_from) if holds else []


def _priority(m: Machine, wanted: UserTask, scope: Scope, node: Node) -> int:
    if wanted.priority is None:
        return 50
    value = m.value(wanted.priority, scope)
    if isinstance(value, str) and value.strip().isdigit():
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise m.unexpected(wanted.priority, scope, f"the priority of '{node.id}'", "a number")
    return int(value)
