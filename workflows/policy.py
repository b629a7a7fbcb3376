"""Who may do what: the one policy. What is not named here is denied.

Two questions are answered. `allows`: may somebody with these tokens use this door of the API at all?
`CasePolicy.facts`: what does the engine need to know about the actor to decide a command? The engine then re-checks the
tokens against the task's candidates and the case's state, and the entry keeps them.
"""

from collections.abc import Collection
from contextvars import ContextVar
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock
from engine.audit.entries import timestamp
from engine.errors import CaseNotFound, Forbidden
from engine.execution import commands
from engine.execution.eligibility import NOT, unmet
from engine.store import case_access, task_candidates, task_requirements, tasks, to_millis
from workflows import checklists, people, recusal, substitution
from workflows.notifications import holders
from workflows.roles import (
    ASSIGN,
    AUDIT,
    CALENDAR,
    CHANNELS,
    COMPARE,
    DEPLOY,
    DIRECTORY,
    ERASE,
    EXPORT,
    GRANTS,
    OPERATE,
    PEOPLE,
    ROLES,
    SECURITY_LOG,
    START,
    STUDIO,
)


class Access(Enum):
    """What a door of the API asks for. The value is the name that clients see in a person's `permissions`."""

    PUBLIC = "public"  # nobody need be signed in
    SIGNED_IN = "signed-in"  # one's own account; administrators too
    WORK = "work"  # cases and tasks, each filtered by what the person may see; never an administrator
    START = "cases.start"
    OPERATE = "cases.operate"
    RETRY = "incidents.retry"
    SEND = "messages.send"
    DEPLOY = "releases.deploy"
    COMPARE = "releases.compare"
    STUDIO = "studio.edit"  # drafts: nothing that runs
    ERASE = "retention.manage"  # proposing and approving erasures; it takes two
    EXPORT = "events.export"  # event logs of the cases that one may see, for process mining
    AUDIT = "audit.read"
    CALENDAR = "calendars.publish"
    CHANNELS = "channels.manage"  # addresses of robots and webhooks: the installation's business, never a case's
    PEOPLE = "people.manage"  # units, people, competence, ties: the system administrator
    GRANTS = "grants.manage"  # roles and lock-outs: the security administrator
    DIRECTORY = "people.read"  # units and people by name: all three administrators
    SECURITY_LOG = "security.read"  # what accounts and administrators did: the audit administrator, and auditors
    STAND_IN = "substitutions.manage"  # substitution and duty of one's own station: its chief


_TOKEN = {
    Access.START: START,
    Access.OPERATE: OPERATE,
    Access.RETRY: OPERATE,
    Access.SEND: OPERATE,
    Access.DEPLOY: DEPLOY,
    Access.COMPARE: COMPARE,
    Access.STUDIO: STUDIO,
    Access.EXPORT: EXPORT,
    Access.ERASE: ERASE,
    Access.AUDIT: AUDIT,
    Access.CALENDAR: CALENDAR,
    Access.STAND_IN: ASSIGN,
}
_ADMINISTRATION = {
    Access.CHANNELS: CHANNELS,
    Access.PEOPLE: PEOPLE,
    Access.GRANTS: GRANTS,
    Access.DIRECTORY: DIRECTORY,
    Access.SECURITY_LOG: SECURITY_LOG,
}
"""What administrators do, and nobody else."""


def allows(access: Access, tokens: frozenset[str]) -> bool:
    """Whether somebody with these tokens may pass. No tokens: nobody is signed in."""
    if access is Access.PUBLIC:
        return True
    if not tokens or access is Access.SIGNED_IN:
        return bool(tokens)
    if access is Access.SECURITY_LOG and AUDIT in tokens:
        return True
    if access in _ADMINISTRATION:
        return "administrator" in tokens and _ADMINISTRATION[access] in tokens
    if "administrator" in tokens:
        return False
    if access is Access.WORK:
        return True
    needed = _TOKEN.get(access)
    return needed is not None and (needed in tokens or any(token.startswith(f"{needed}:") for token in tokens))


def permissions(tokens: frozenset[str]) -> list[str]:
    """The names of what these tokens open, for a client that shows or hides buttons. The doors ask again."""
    return [access.value for access in (*_TOKEN, *_ADMINISTRATION) if allows(access, tokens)]


def expect_publisher(person: str, authors: Collection[str]) -> None:
    """Four eyes on each release: Forbidden for whoever has written in its draft."""
    if person in authors:
        raise Forbidden("Expected a second person to approve: whoever has written in a draft does not publish it.")


LEADERS = tuple(id for id, role in ROLES.items() if ASSIGN in role.can and OPERATE not in role.can)
"""Roles whose holder leads the people of a unit: assigns their work, their duty and who stands in for them."""


def leads(tokens: Collection[str], unit: str) -> bool:
    """Whether somebody with these tokens leads the people of this unit."""
    return any(f"role:{role}@{unit}" in tokens for role in LEADERS)


def led(tokens: Collection[str]) -> list[str]:
    """The units whose people somebody with these tokens leads."""
    named = [token.removeprefix("role:").partition("@") for token in tokens if token.startswith("role:")]
    return sorted({unit for role, _, unit in named if unit and role in LEADERS})


OPERATOR_COMMANDS: tuple[type[commands.Command], ...] = (
    commands.SuspendCase,
    commands.ResumeCase,
    commands.CancelCase,
    commands.MoveToken,
    commands.SetVariables,
    commands.RetryIncident,
    commands.MigrateCase,
    commands.ChangeDueTime,
)


device_time: ContextVar[int | None] = ContextVar("device_time", default=None)
"""When the person did what is asked now, by their device's clock (ms); None: nobody said. Whoever speaks to people
sets it for each request. It is recorded beside the time of the command, and nothing is decided by it."""


class CasePolicy:
    """The engine's `Policy`: facts about the actor, gathered under the lock of the case."""

    def facts(self, connection: Connection, case_id: str | None, command: commands.Command) -> dict[str, Any]:
        """`{"tokens": […]}` of the actor, and of the target of an assignment; `{}` for the system itself.

        Raises Forbidden for an administrator, a disabled person, or somebody acting for another without a substitution;
        CaseNotFound when an operator's command is for a case that the operator cannot see.
        """
        if command.actor is None:
            return {}
        at = to_millis(clock.now())
        tokens = people.tokens(connection, command.actor, at)
        if not allows(Access.WORK, tokens):
            raise Forbidden("An account that is disabled or an administrator's may not touch a case")
        if command.on_behalf_of is not None:
            tokens = _principal(connection, command.actor, command.on_behalf_of, tokens, at)
        checklists.expect_unchanged(connection, case_id, command)
        if isinstance(command, OPERATOR_COMMANDS) and not sees_case(connection, case_id or "", tokens):
            raise CaseNotFound
        facts: dict[str, Any] = {"tokens": sorted(reaching(connection, case_id, tokens))}
        if (done := device_time.get()) is not None:
            facts["device"] = timestamp(done)
        if isinstance(command, commands.AssignTask | commands.DelegateTask):
            facts["target"] = target(connection, command.to, at)
            if isinstance(command, commands.AssignTask) and command.borrow:
                facts["eligible"] = eligible(connection, case_id or "", command.task, at)
        elif isinstance(command, commands.ReturnTask):
            doer = _doer(connection, case_id or "", command.target)
            facts |= {"target": target(connection, doer, at)} if doer is not None else {}
        elif isinstance(command, commands.AddSigners):
            facts["targets"] = [target(connection, person, at) for person in command.people]
        return facts


def _principal(
    connection: Connection, actor: str, absent: str, own: frozenset[str], at: int
) -> frozenset[str]:  # fmt: skip
    """The tokens of whom the actor stands in for. What bars either bars both; nobody borrows another's competence."""
    standing = [one for one in substitution.for_whom(connection, actor, at) if one.absent == absent]
    if not standing:
        raise Forbidden(f"Expected a substitution for '{absent}' that holds now, but there is none.")
    lent = frozenset[str]().union(*(people.lent(connection, one, at) for one in standing))
    barring = frozenset(one for one in recusal.tokens(connection, absent, at) if one.startswith("conflict:"))
    personal = frozenset(one for one in own if one.startswith(("conflict:", "competence:", "person:")))
    return lent | barring | personal


def eligible(connection: Connection, case_id: str, n: int, at: int) -> list[str]:
    """Who could take the task: its candidates who meet what it requires."""
    wanted = connection.scalars(
        sa.select(task_candidates.c.token).where(task_candidates.c.case_id == case_id, task_candidates.c.n == n)
    )
    columns = task_requirements.c
    required = [
        (NOT if row.barred else "") + row.token
        for row in connection.execute(sa.select(task_requirements).where(columns.case_id == case_id, columns.n == n))
    ]
    found = holders(connection, wanted, at)
    return [
        one
        for one in found
        if allows(Access.WORK, tokens := people.tokens(connection, one, at)) and not unmet(required, tokens)
    ]


def _doer(connection: Connection, case_id: str, element: str) -> str | None:
    """Who completed an element of the case last."""
    done = (tasks.c.case_id == case_id) & (tasks.c.element == element) & (tasks.c.state == "completed")
    latest = tasks.c.ended_at.desc(), tasks.c.n.desc()
    query = sa.select(tasks.c.ended_by).where(done, tasks.c.signs.is_(None)).order_by(*latest).limit(1)
    found: str | None = connection.scalar(query)
    return found


def reaching(connection: Connection, case_id: str | None, tokens: frozenset[str]) -> frozenset[str]:
    """The tokens as far as they reach this case: assigning other people's tasks needs a grant that opens the case."""
    if ASSIGN in tokens and not sees_case(connection, case_id or "", tokens):
        return tokens - {ASSIGN}
    return tokens


def target(connection: Connection, person: str, at: int) -> dict[str, Any]:
    """The person that a task is to go to, with the reason when they may not be given any."""
    tokens = people.tokens(connection, person, at)
    if not tokens:
        excluded = "no active account"
    elif not allows(Access.WORK, tokens):
        excluded = "an administrator may not hold tasks"
    else:
        excluded = None
    reasons = [[one.unit, one.kind, one.until] for one in recusal.barriers(connection, person, at)]
    barred = {"barriers": reasons, "recusal": recusal.digest(connection)} if reasons else {}
    return {"person": person, "tokens": sorted(tokens), "excluded": excluded, **barred}


def sees_case(connection: Connection, case_id: str, tokens: frozenset[str]) -> bool:
    """Whether one of the tokens opens the case as a whole (a task in it lets one see the case, but not run it)."""
    opens = (case_access.c.case_id == case_id) & case_access.c.token.in_(tokens)
    return connection.execute(sa.select(case_access.c.token).where(opens).limit(1)).first() is not None
