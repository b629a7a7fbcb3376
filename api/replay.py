"""What a moment of a case says in people's words: who could take a task, which rung, the form as it was filled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.words import language
from engine import feel
from engine.execution.bundle import Bundle
from engine.history import Moment, ScopeData
from engine.notation.model import UserTask
from workflows import people
from workflows.duban import Connection
from workflows.roles import ROLES


def candidates(connection: Connection, tokens: Iterable[str]) -> dict[str, str]:
    """Token → who that is: a person, everybody of a unit, or a role of a unit and those below it."""
    parts = {token: _parts(token) for token in tokens}
    ids = [id for _, name, place in parts.values() for id in (name, place) if id]
    called = people.called(connection, ids, language())
    return {token: _called(kind, name, place, called) for token, (kind, name, place) in parts.items()}


def _parts(token: str) -> tuple[str, str, str]:
    kind, _, rest = token.partition(":")
    name, _, place = rest.partition("@")
    return kind, name, place


def _called(kind: str, name: str, place: str, called: Mapping[str, str]) -> str:
    if kind != "role":
        return called.get(name, name or kind)
    role = ROLES.get(name)
    title = name if role is None else role.name_en if language() == "en" else role.name
    return f"{called.get(place, place)} · {title}" if place else title


def rung(detail: Mapping[str, Any] | None) -> str | None:
    """What the ladder calls a rung; None for a timer that is none."""
    row = feel.to_json(feel.decode(detail)) if detail else None
    if not isinstance(row, dict):
        return None
    name = (row.get("nameEn") if language() == "en" else None) or row.get("name") or row.get("code")
    return str(name) if name else None


def filled(moment: Moment, bundle: Bundle, scopes: list[ScopeData]) -> dict[str, Any] | None:
    """The form that this entry handed in, with the data that it showed; None where it handed in none."""
    for event in moment.told["events"]:
        if event["type"] in ("TaskCompleted", "TaskSubmitted"):
            for task in _user_tasks(bundle, event["element"]):
                return _form(bundle, task.form, scopes, event.get("variables") or {})
    command = moment.told["command"]
    if command["type"] == "StartCase" and command["process"] in bundle.processes:
        return _form(bundle, bundle.processes[command["process"]].start_form, scopes, command.get("variables") or {})
    return None


def _user_tasks(bundle: Bundle, element: str) -> Iterator[UserTask]:
    found = (process.nodes.get(element) for process in bundle.processes.values())
    return (node.user_task for node in found if node is not None and node.user_task is not None)


def _form(
    bundle: Bundle, form: str | None, scopes: list[ScopeData], handed_in: Mapping[str, Any]
) -> dict[str, Any] | None:
    if form is None or form not in bundle.forms:
        return None
    around = {one.name: one.value for scope in scopes if scope.instance is None for one in scope.variables}
    return {"schema": bundle.forms[form].localized(language()), "data": {**around, **handed_in}}
