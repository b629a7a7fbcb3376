"""What people call the data of a case: the words of its process's forms, for a reader who never sees the forms."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from api.fields import Schema
from engine.execution.bundle import Bundle
from engine.notation.model import Process


class LabelView(Schema):
    label = fields.String(required=True)
    options = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, metadata={"description": "value → label"}
    )


def labels(bundle: Bundle, process: Process, language: str) -> dict[str, dict[str, Any]]:
    """Labels of variables by name, in the order of the forms; the form that names a variable first decides."""
    found: dict[str, dict[str, Any]] = {}
    for form in _forms(bundle, process):
        for component in _components(bundle.forms[form].localized(language)):
            label = component.get("label") or component.get("dateLabel") or component.get("timeLabel")
            if label and "key" in component:
                found.setdefault(component["key"], {"label": label, "options": _options(component)})
    return found


def _forms(bundle: Bundle, process: Process) -> Iterator[str]:
    used = [
        form
        for each in _called(bundle, process)
        for form in (each.start_form, *(node.user_task.form for node in each.nodes.values() if node.user_task))
    ]
    return (form for form in dict.fromkeys(used) if form is not None and form in bundle.forms)


def _called(bundle: Bundle, process: Process) -> list[Process]:
    """The process and those that run inside its cases, each once."""
    found = {process.id: process}
    waiting = [process]
    while waiting:
        calls = (node.call for node in waiting.pop().nodes.values() if node.call)
        for call in calls:
            inner = bundle.processes.get(call.static_process or "")
            if inner is not None and inner.id not in found:
                found[inner.id] = inner
                waiting.append(inner)
    return list(found.values())


def _components(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in schema.get("components", ()):
        yield component
        yield from _components(component)


def _options(component: dict[str, Any]) -> dict[str, str]:
    listed = component.get("values", ())
    return {str(each["value"]): str(each.get("label", each["value"])) for each in listed if "value" in each}
