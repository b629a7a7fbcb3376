"""Variables over a whole process: read before anything writes them (SUP009), form fields that nothing reads (SUP010).

Only what is certain is told. A job, a message or a called process may write anything unless its output mappings say
what; after one of these, nothing is reported. Forms and decision tables are searched for names as words.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from engine.feel import Expression
from engine.notation.forms import Form
from engine.notation.model import FUNCTIONS, Node, Process

MOST_NODES = 500
"""Larger processes are not searched for variables: the work grows with the square."""
_WORD = re.compile(r"[^\W\d]\w*")
_STEERING = frozenset(["checkbox", "checklist", "radio", "select", "taglist"])
_OWN_NAMES = frozenset(["loopCounter", "item"])
Said = tuple[str, str, str, int]


@dataclass
class _Writes:
    """What a node may write. `anything`: names that the diagram does not tell; `hidden`: such names inside it only."""

    names: set[str] = field(default_factory=set)
    anything: bool = False
    hidden: bool = False


def variables(process: Process, forms: Mapping[str, Form], files: Mapping[str, bytes]) -> Iterator[Said]:
    if len(process.nodes) <= MOST_NODES:
        yield from _unwritten(process, forms)
    yield from _unread(process, forms, files)


# SUP009 --------------------------------------------------------------------------------------------------------------


def _unwritten(process: Process, forms: Mapping[str, Form]) -> Iterator[Said]:
    before = _before(process)
    writes = {identity: _writes(process, node, forms) for identity, node in process.nodes.items()}
    declared = {name for scope in process.scopes.values() for name in scope.data} | _OWN_NAMES | FUNCTIONS
    for node in process.nodes.values():
        early, late = _reads(node)
        if not early and not late:
            continue
        earlier = _closure(before, node.id)
        if any(writes[identity].anything for identity in earlier):
            continue
        known = {name for identity in earlier for name in writes[identity].names} | declared | _local(process, node)
        missing = early - known
        if not writes[node.id].hidden:
            missing |= late - known - writes[node.id].names
        for name in sorted(missing):
            yield "SUP009", f"'{name}' is read here, but nothing on any way here writes it", node.id, node.line


def _before(process: Process) -> dict[str, set[str]]:
    """Which nodes may have run right before a node; over flows, links, boundaries and into and out of scopes."""
    before: dict[str, set[str]] = {identity: set() for identity in process.nodes}
    for node in process.nodes.values():
        for flow in node.outgoing:
            before[flow.target].add(node.id)
        for trigger in node.triggers:
            if node.kind == "intermediateThrowEvent" and trigger.kind == "link" and trigger.name is not None:
                before[process.links[node.scope, str(trigger.name({}))]].add(node.id)
        for event in node.boundaries:
            before[event].add(node.id)
        holder = process.nodes.get(node.scope)
        if holder is not None:
            before[holder.id].add(node.id)  # what ran inside wrote before what follows
            before[node.id] |= {flow.source for flow in holder.incoming}
        aside = node.triggered_by_event or node.for_compensation
        if aside or (holder is not None and holder.triggered_by_event):
            before[node.id] |= set(process.nodes) - {node.id}
    return before


def _closure(before: Mapping[str, Iterable[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(before[start])
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            found.add(identity)
            waiting += before[identity]
    return found


def _writes(process: Process, node: Node, forms: Mapping[str, Form]) -> _Writes:
    found = _Writes({mapping.target[0] for mapping in node.outputs} | _results(node))
    if node.kind == "startEvent" and node.scope == process.id and not node.triggers:
        _add_form(found, process.start_form, forms)
        return found
    if node.user_task is not None:
        _add_form(found, node.user_task.form, forms)
    caught = node.kind in ("intermediateCatchEvent", "boundaryEvent", "startEvent")
    brings = {trigger.kind for trigger in node.triggers} & {"message", "signal", "error", "escalation"}
    foreign = node.job is not None or node.kind == "receiveTask" or (caught and bool(brings))
    found.hidden |= foreign or node.call is not None
    found.anything |= (foreign and not node.outputs) or (node.call is not None and node.call.propagate_child)
    return found


def _results(node: Node) -> set[str]:
    """The variables that parts of the node are told to write to."""
    names = [node.result_variable, node.completer, *(trigger.code_variable for trigger in node.triggers)]
    if node.loop is not None:
        names.append(node.loop.output_collection)
    if node.user_task is not None and node.user_task.deadline is not None:
        names.append(node.user_task.deadline.result)
    return {name for name in names if name}


def _add_form(writes: _Writes, form: str | None, forms: Mapping[str, Form]) -> None:
    if form is None or form not in forms:
        writes.anything = writes.hidden = True
    else:
        writes.names |= _keys(forms[form])


def _keys(form: Form) -> set[str]:
    return {each.path[0] for each in form.checked}


def _reads(node: Node) -> tuple[set[str], set[str]]:
    """The variables that the node needs to begin; and those that its outputs, flows and loop read when it has ended."""
    ending = [mapping.source for mapping in node.outputs] + [flow.condition for flow in node.outgoing if flow.condition]
    if node.loop is not None:
        ending += [each for each in (node.loop.condition, node.loop.output_element) if each]
    begun = [each for each in _expressions(node) if not any(each is other for other in ending)]
    return {name for e in begun for name in e.free_names}, {name for e in ending for name in e.free_names}


def _expressions(thing: Any) -> Iterator[Expression]:
    """Every expression in a node and in its parts; flows are apart, since they belong to two nodes."""
    if isinstance(thing, Expression):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _expressions(part)
    elif hasattr(thing, "__dataclass_fields__"):
        for each in fields(thing):
            if each.name not in ("incoming", "outgoing"):
                yield from _expressions(getattr(thing, each.name))


def _local(process: Process, node: Node) -> set[str]:
    """What the node and the scopes around it set up for themselves."""
    found: set[str] = set()
    place: Node | None = node
    while place is not None:
        found |= {mapping.target[0] for mapping in place.inputs} | set(place.data)
        if place.loop is not None and place.loop.element_variable:
            found.add(place.loop.element_variable)
        place = process.nodes.get(place.scope)
    return found


# SUP010 --------------------------------------------------------------------------------------------------------------


def _unread(process: Process, forms: Mapping[str, Form], files: Mapping[str, bytes]) -> Iterator[Said]:
    if any(node.job is not None and not node.inputs for node in process.nodes.values()):
        return  # its handler may read everything
    read = {
        name for node in process.nodes.values() for e in _expressions(node) for name in e.free_names | e.maybe_names
    }
    read |= {name for flow in process.flows.values() if flow.condition for name in flow.condition.free_names}
    read |= {name for told in (process.title, process.access, process.later_access) if told for name in told.free_names}
    for path, content in files.items():
        if path.endswith(".dmn"):
            read |= _words(content)
    idle = _idle(forms, read)
    for node in process.nodes.values():
        form = node.user_task.form if node.user_task else process.start_form if node.kind == "startEvent" else None
        if form is not None and idle.get(form):
            message = f"no expression, decision or other form reads these fields of '{form}': {', '.join(idle[form])}"
            yield "SUP010", message, node.id, node.line


@lru_cache(maxsize=256)
def _words(content: bytes) -> frozenset[str]:
    return frozenset(_WORD.findall(content.decode("utf-8", "replace")))


def _idle(forms: Mapping[str, Form], read: set[str]) -> dict[str, list[str]]:
    """form → its choices that are neither in `read` nor in its own texts nor in any other form.

    Who offers a choice means something to follow from it. Texts, numbers, dates and photos are records: they are kept
    to be looked at, whether or not the process reads them. A choice that is only a record says so: property `record`.
    """
    shown = {identity: _shown(form) for identity, form in forms.items()}
    in_forms = Counter(name for identity, form in forms.items() for name in shown[identity] | _keys(form))
    found = {}
    for identity, form in forms.items():
        used = read | shown[identity] | _records(form)
        fields = [each for each in form.checked if each.type in _STEERING and each.path[0] not in used]
        found[identity] = [".".join(each.path) for each in fields if in_forms[each.path[0]] == 1]
    return found


@lru_cache(maxsize=512)
def _records(form: Form) -> frozenset[str]:
    """The keys of the fields with the property `record`."""
    found: set[str] = set()
    waiting: list[Any] = [json.loads(form.source)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += part.values()
            properties = part.get("properties")
            if isinstance(properties, dict) and properties.get("record") in (True, "true"):
                found |= {str(part.get("key", "")).partition(".")[0]}
        elif isinstance(part, list):
            waiting += part
    return frozenset(found)


@lru_cache(maxsize=512)
def _shown(form: Form) -> frozenset[str]:
    """The names in the form's FEEL and templates."""
    found: set[str] = set()
    waiting: list[Any] = [json.loads(form.source)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += part.values()
            found |= {part["valuesKey"]} if isinstance(part.get("valuesKey"), str) else set()
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, str) and (part.startswith("=") or "{{" in part):
            found |= set(_WORD.findall(part))
    return frozenset(found)
