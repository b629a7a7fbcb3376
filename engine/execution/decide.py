"""`decide(bundle, state, command) → events`: pure. No I/O, no clock, no randomness; time and facts come in the command.

It advances `state`, a working copy that the command owns, by the very events it returns.
"""

from collections.abc import Callable
from typing import Any

from engine.errors import (
    CaseNotActive,
    Forbidden,
    IncidentNotFound,
    InvalidInput,
    InvalidState,
    JobNotFound,
    NotFound,
    Unavailable,
)
from engine.execution import (
    acting,
    calls,
    conditions,
    due,
    elements,
    faults,
    ladder,
    loops,
    messages,
    migrate,
    returning,
    signing,
    starts,
    waits,
)
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.machine import SEMANTICS, Failure, Machine
from engine.execution.state import ROOT, Instance, Page, State
from engine.execution.wire import Values
from engine.notation.model import Node

MAY_OPERATE = "can:operate"
MAY_START = "can:start"


class CaseBusy(Unavailable):
    """The case is still working through a large step; the same request may be sent again."""


def decide(bundle: Bundle, state: State, command: c.Command, semantics: int = SEMANTICS) -> list[e.Event]:
    """The events that `command` leads to, as this or an earlier version of `decide` had it.

    Raises `engine.errors.Rejected` when it may not happen; then nothing counts.
    """
    machine = Machine(bundle, state, command, semantics)
    if state.head.work and not isinstance(command, c.Continue):
        raise CaseBusy
    _HANDLERS[type(command)](machine, command)
    machine.run(calls.settle, conditions.watch)
    _describe(machine)
    return machine.events


def _describe(m: Machine) -> None:
    """Title and access follow the outermost variables, and the element that opens the case to more people."""
    process = m.bundle.processes[m.state.head.process]
    opened = m.state.head.opened or (process.opened_by is not None and _passes(m, process.opened_by))
    changed = ROOT in m.state.dirty_variables or opened != m.state.head.opened
    if not changed or m.state.head.status not in ("active", "suspended"):
        return
    scope = m.scope(m.state.page(ROOT))
    title = m.value(process.title, scope) if process.title else None
    tokens = _tokens(m.value(process.access, scope) if process.access else None)
    if opened and process.later_access is not None:
        tokens = list(dict.fromkeys([*tokens, *_tokens(m.value(process.later_access, scope))]))
    told = e.CaseDescribed(title if isinstance(title, str) else process.name or process.id, tokens, opened)
    if (told.title, told.access, opened) != (m.state.head.title, m.state.head.access, m.state.head.opened):
        m.emit(told)


def _passes(m: Machine, element: str) -> bool:
    return any(isinstance(event, e.ElementCompleted) and event.element == element for event in m.events)


def _tokens(access: Any) -> list[str]:
    found = access if isinstance(access, list) else [access]
    return [token for token in found if isinstance(token, str)]


# Starting ----------------------------------------------------------------------------------------------------------


def _start(m: Machine, command: c.StartCase) -> None:
    process = m.bundle.processes.get(command.process)
    if process is None or not process.executable:
        raise NotFound(f"Expected an executable process '{command.process}' in this release, but there is none.")
    _allow(command, MAY_START, f"{MAY_START}:{command.process}")
    m.emit(e.CaseStarted(command.process, command.business_key, starts.starters(process, command)))
    began = starts.told_who(process, command)
    variables = {**m.declared(command.process, command.process), **command.variables, **began}
    m.emit(e.ScopeOpened(ROOT, command.process, command.process, variables=variables))
    starts.begin(m, process, command)


def _allow(command: c.Command, *tokens: str) -> None:
    if command.actor is not None and not set(tokens).intersection(command.facts.get("tokens", ())):
        raise Forbidden(f"Expected somebody with the permission {' or '.join(tokens)}.")


# Tasks, timers, messages, jobs -------------------------------------------------------------------------------------


def _active(handler: Callable[[Machine, Any], None]) -> Callable[[Machine, Any], None]:
    """Most commands need an active case; a suspended or ended one refuses them."""

    def checked(m: Machine, command: c.Command) -> None:
        if m.state.head.status != "active":
            raise CaseNotActive(f"Expected an active case, but it is {m.state.head.status}.")
        handler(m, command)

    return checked


def _fire_timer(m: Machine, command: c.FireTimer) -> None:
    page = m.state.find(command.page)
    wait = page.waits.get(command.timer) if page else None
    if page is None or wait is None or wait.what != "timer":
        raise NotFound("Expected an armed timer with this number, but there is none.")
    if wait.due > command.at:
        raise InvalidState(f"Expected a timer that is due, but it is due at {wait.due} and it is {command.at}.")
    if wait.kind == "rung":
        ladder.reach(m, page, wait)
    else:
        waits.fire(m, page, wait)


def _deliver_message(m: Machine, command: c.DeliverMessage) -> None:
    page = m.state.find(command.page)
    wait = page.waits.get(command.subscription) if page else None
    if page is None or wait is None or wait.what != "message":
        raise NotFound("Expected an open message subscription with this number, but there is none.")
    waits.trigger(m, page, wait, command.message, wait.name, dict(command.variables))


def _deliver_signal(m: Machine, command: c.DeliverSignal) -> None:
    if not messages.catch_signal(m, command.name, command.signal, dict(command.variables)):
        raise NotFound(f"Expected a subscription to signal '{command.name}', but there is none.")


def _job(m: Machine, command: c.CompleteJob | c.FailJob) -> tuple[Page, Instance, Node]:
    found = m.at(command.page, command.job)
    if found is None or found[1].job is None:
        raise JobNotFound
    return found


def _complete_job(m: Machine, command: c.CompleteJob) -> None:
    page, instance, node = _job(m, command)
    m.emit(e.JobCompleted(instance.n, node.id, page.id, dict(command.variables)))
    if instance.incident is not None:
        m.emit(e.IncidentResolved(instance.incident, node.id, page.id))
    m.first(["finish", page.id, instance.n])


def _fail_job(m: Machine, command: c.FailJob) -> None:
    """A failure is tried again while retries are left, then an incident; a BPMN error goes to whoever catches it."""
    page, instance, node = _job(m, command)
    if command.code is not None:
        m.emit(e.JobFailed(instance.n, node.id, page.id, command.message, 0))
        try:
            faults.throw_error(m, page, instance, command.code, dict(command.variables))
        except Failure as failure:
            _job_incident(m, page, instance, node, failure.message)
        return
    due = command.at + command.backoff if command.retries > 0 else None
    m.emit(e.JobFailed(instance.n, node.id, page.id, command.message, command.retries, due))
    if command.retries <= 0:
        _job_incident(m, page, instance, node, command.message or "The handler failed.")


def _job_incident(m: Machine, page: Page, instance: Instance, node: Node, message: str) -> None:
    """A job that fails again tells of the newest failure only."""
    if instance.incident is not None:
        m.emit(e.IncidentResolved(instance.incident, node.id, page.id))
    m.emit(e.IncidentRaised(m.number(), node.id, page.id, "job", message, instance.n))


# Operating ---------------------------------------------------------------------------------------------------------


def _retry(m: Machine, command: c.RetryIncident) -> None:
    _allow(command, MAY_OPERATE)
    found = m.state.head.incidents.get(str(command.incident))
    if found is None:
        raise IncidentNotFound
    page_id, n, kind, element, work = found
    m.emit(e.IncidentResolved(command.incident, element, page_id))
    if kind == "job" and m.semantics < 3:
        m.emit(e.JobFailed(n, element, page_id, "", max(1, command.retries), command.at))
    elif kind == "job":
        m.next(elements.retry_job, page_id, n, max(1, command.retries))
    elif work is not None:
        m.resume([work])


def _continue(m: Machine, _: c.Continue) -> None:
    work = m.state.head.work
    if not work:
        raise InvalidState("Expected a case with work left over, but there is none.")
    m.emit(e.Continued())
    m.resume(work)


def _suspend(m: Machine, command: c.SuspendCase) -> None:
    _allow(command, MAY_OPERATE)
    m.emit(e.CaseSuspended(command.reason))


def _resume(m: Machine, command: c.ResumeCase) -> None:
    _allow(command, MAY_OPERATE)
    if m.state.head.status != "suspended":
        raise InvalidState(f"Expected a suspended case, but it is {m.state.head.status}.")
    m.emit(e.CaseResumed(command.reason))
    conditions.test_all(m)


def _cancel(m: Machine, command: c.CancelCase) -> None:
    _allow(command, MAY_OPERATE)
    if m.state.head.status not in ("active", "suspended"):
        raise CaseNotActive(f"Expected a running case, but it is {m.state.head.status}.")
    calls.cancel_case(m, command.reason)


def _move(m: Machine, command: c.MoveToken) -> None:
    """Cancel an element instance and go on elsewhere in the same scope."""
    _allow(command, MAY_OPERATE)
    found = m.at(command.page, command.instance)
    if found is None:
        raise NotFound("Expected an active element instance with this number, but there is none.")
    page, instance, node = found
    if instance.task is not None and instance.task.signs is not None:
        raise InvalidInput("Expected an element instance with a token, but this is a signer's: move the task's own.")
    target = m.process(page).nodes.get(command.to)
    if (
        target is None
        or target.scope != node.scope
        or page.index is not None
        or target.kind in ("boundaryEvent", "startEvent")
    ):
        raise InvalidInput(
            f"Expected an element of the same scope as '{node.id}' that a token can enter, but got '{command.to}'."
        )
    m.emit(e.TokenMoved(instance.n, node.id, target.id, page.id, command.reason))
    m.first(["cancel", page.id, instance.n], ["activate", page.id, target.id, None])


def _set_variables(m: Machine, command: c.SetVariables) -> None:
    _allow(command, MAY_OPERATE)
    if m.state.head.status not in ("active", "suspended"):
        raise CaseNotActive(f"Expected a running case, but it is {m.state.head.status}.")
    values: Values = dict(command.variables)
    m.write(m.state.page(command.page or ROOT), values)


def _change_due(m: Machine, command: c.ChangeDueTime) -> None:
    _allow(command, MAY_OPERATE)
    if m.state.head.status not in ("active", "suspended"):
        raise CaseNotActive(f"Expected a running case, but it is {m.state.head.status}.")
    due.change(m, command)


def _adopt(m: Machine, command: c.AdoptCalendar) -> None:
    """The system's own: deadlines of a suspended case move too, so that it goes on with the right ones."""
    if m.state.head.status not in ("active", "suspended"):
        raise CaseNotActive(f"Expected a running case, but it is {m.state.head.status}.")
    for page, task in command.tasks:
        m.next(due.adopt, page, task, command.series, command.version)


def _migrate(m: Machine, command: c.MigrateCase) -> None:
    _allow(command, MAY_OPERATE)
    migrate.migrate(m, command)


_HANDLERS: dict[type[c.Command], Callable[[Machine, Any], None]] = {
    c.StartCase: _start,
    c.ClaimTask: _active(acting.claim),
    c.UnclaimTask: _active(acting.unclaim),
    c.AssignTask: _active(acting.assign),
    c.DelegateTask: _active(acting.delegate),
    c.CompleteTask: _active(acting.complete),
    c.ReturnTask: _active(returning.back),
    c.WithdrawTask: _active(returning.withdraw),
    c.AddSigners: _active(signing.add),
    c.SignTask: _active(signing.sign),
    c.FireTimer: _active(_fire_timer),
    c.DeliverMessage: _active(_deliver_message),
    c.DeliverSignal: _active(_deliver_signal),
    c.CompleteJob: _active(_complete_job),
    c.FailJob: _active(_fail_job),
    c.RetryIncident: _active(_retry),
    c.Continue: _continue,
    c.SuspendCase: _active(_suspend),
    c.ResumeCase: _resume,
    c.CancelCase: _cancel,
    c.MoveToken: _active(_move),
    c.SetVariables: _set_variables,
    c.MigrateCase: _migrate,
    c.AdoptCalendar: _adopt,
    c.ChangeDueTime: _change_due,
}

__all__ = ["SEMANTICS", "CaseBusy", "decide", "elements", "loops"]
