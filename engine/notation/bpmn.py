"""`read_bpmn`: a .bpmn file (BPMN 2.0.2, with Camunda 8's `zeebe:` and our `duban:` extensions) as a `Diagram`.

The file is checked at the front door (`bpmn_source`), then walked once; every element either goes into the model, is on
a list of what is knowingly ignored, or is refused by name with its id and line. `docs/notation.md` lists the rules.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from engine.feel import Expression
from engine.notation import bpmn_data, xml
from engine.notation.bpmn_checks import check_nodes
from engine.notation.bpmn_elements import GLOBAL_TASKS, documentation, node_fields
from engine.notation.bpmn_extensions import DUBAN_NAMESPACE, check_extensions, extension, form, label
from engine.notation.bpmn_graph import Layout, connect, link_names, read_scope, survey, upstream
from engine.notation.bpmn_source import (
    DUBAN,
    IDENTITY,
    NOT_EXECUTABLE,
    REFERENCE,
    VENDOR,
    ZEEBE,
    Foreign,
    Reading,
    flag,
    literal,
    open_source,
)
from engine.notation.model import Diagram, Node, Process, Scope

__all__ = ["UNSUPPORTED", "Foreign", "literal", "read_bpmn"]

UNSUPPORTED: Mapping[str, str] = {
    "resourceRole": "a resource is looked up in a directory that no diagram holds; say who by an expression of a"
    " humanPerformer or potentialOwner of a user task, or by zeebe:assignmentDefinition",
}
"""What the model can hold but the engine cannot run: feature → what to say. An entry goes when the engine learns it."""


def read_bpmn(
    data: bytes,
    *,
    file: str = "",
    foreign: Foreign | None = None,
    executable_only: bool = True,
    unsupported: Mapping[str, str] = UNSUPPORTED,
    limits: xml.Limits = xml.DEFAULT_LIMITS,
) -> Diagram:
    """The diagram in `data`. `file` is its name in problems.

    With `executable_only`, processes without `isExecutable="true"` are left out; a file without any other is refused.
    `foreign` translates another tool's dialect. Raises InvalidModel with every problem found; nothing else.
    """
    reading = open_source(data, file, foreign, unsupported, limits)
    chosen = _chosen(reading, executable_only)
    for child in reading.root.iterchildren("*"):
        if xml.local(child) != "process" or child in chosen:
            check_extensions(reading, child)
    processes = [_process(reading, element) for element in chosen]
    processes += [_global_task(reading, element) for element in xml.children(reading.root, *GLOBAL_TASKS)]
    pools, message_flows = _collaboration(reading)
    reading.raise_problems()
    return Diagram(file, data, tuple(processes), pools, message_flows)


def _chosen(reading: Reading, executable_only: bool) -> list[etree._Element]:
    for declared in xml.children(reading.root, "extension"):
        if flag(declared, "mustUnderstand", False):
            name = declared.get("definition", "")
            reading.refuse(VENDOR, f"the file demands that its extension '{name}' is understood; it is not", declared)
    processes = list(xml.children(reading.root, "process"))
    for process in processes:
        if not process.get("id"):
            reading.refuse(IDENTITY, "expected an id on this process, found none", process)
    chosen = [process for process in processes if not executable_only or flag(process, "isExecutable", False)]
    if not chosen and (processes or next(xml.children(reading.root, *GLOBAL_TASKS), None) is None):
        _refuse_nothing_executable(reading, processes)
    return chosen


def _refuse_nothing_executable(reading: Reading, processes: list[etree._Element]) -> None:
    if not processes:
        reading.refuse(NOT_EXECUTABLE, "expected a process, found none in this file", reading.root)
    for process in processes:
        name = process.get("id", "")
        reading.refuse(NOT_EXECUTABLE, f"process '{name}' is not executable: set isExecutable=\"true\" on it", process)
    reading.raise_problems()


def _process(reading: Reading, element: etree._Element) -> Process:
    layout = survey(reading, element)
    flows = connect(reading, layout)
    nodes = {identity: _node(reading, layout, identity) for identity in layout.nodes}
    scopes = _scopes(reading, layout, nodes)
    check_nodes(reading, layout, nodes, scopes)
    return Process(
        id=layout.id,
        name=element.get("name") or layout.id,
        nodes=nodes,
        scopes=scopes,
        flows=flows,
        upstream=upstream(reading, layout, nodes, flows),
        links={place: found[0].id for place, found in link_names(nodes.values(), "intermediateCatchEvent").items()},
        executable=flag(element, "isExecutable", False),
        line=xml.line(element),
        documentation=documentation(element),
        name_en=label(element, "en"),
        separated=_separated(nodes.values()),
        listens_to=_listens_to(nodes.values()),
        conditions=_conditions(nodes.values()),
        start_form=_start_form(reading, layout, scopes[layout.id]),
        **_process_extensions(reading, element),
    )


def _start_form(reading: Reading, layout: Layout, outermost: Scope) -> str | None:
    """The form of the plain start event; elsewhere nobody would ever see it."""
    found = None
    for identity, element in layout.nodes.items():
        if xml.local(element) != "startEvent" or extension(element, "formDefinition") is None:
            continue
        if identity not in outermost.entries:
            reading.refuse(ZEEBE, "expected a form on a plain start event of the process only", element)
        found = form(reading, element)
    return found


def _node(reading: Reading, layout: Layout, identity: str) -> Node:
    element = layout.nodes[identity]
    default = element.get("default")
    return Node(
        **node_fields(reading, element, xml.local(element)),
        scope=layout.scope_of[identity],
        incoming=tuple(layout.incoming[identity]),
        outgoing=tuple(layout.outgoing[identity]),
        default=default.strip() if default else None,
        boundaries=tuple(layout.boundaries[identity]),
        compensation=layout.compensation.get(identity),
    )


def _scopes(reading: Reading, layout: Layout, nodes: Mapping[str, Node]) -> dict[str, Scope]:
    inside: dict[str, list[Node]] = {identity: [] for identity in layout.scopes}
    for node in nodes.values():
        inside[node.scope].append(node)
    return {
        identity: read_scope(identity, inside[identity], bpmn_data.scope_items(reading, element))
        for identity, element in layout.scopes.items()
    }


def _separated(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset(name for node in nodes if node.user_task for name in node.user_task.separate_from)


def _listens_to(nodes: Iterable[Node]) -> frozenset[str]:
    catching = [node for node in nodes if node.kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent")]
    kinds = {trigger.kind for node in catching for trigger in node.triggers}
    return frozenset(kinds | {"message" for node in nodes if node.kind == "receiveTask"})


def _conditions(nodes: Iterable[Node]) -> dict[str, frozenset[str]]:
    readers: dict[str, set[str]] = {}
    for node in nodes:
        for condition in (trigger.condition for trigger in node.triggers if trigger.condition is not None):
            for name in condition.free_names | condition.maybe_names:
                readers.setdefault(name, set()).add(node.id)
    return {name: frozenset(elements) for name, elements in readers.items()}


def _process_extensions(reading: Reading, element: etree._Element) -> dict[str, Any]:
    tag, case = extension(element, "versionTag"), extension(element, "case", DUBAN_NAMESPACE)
    fields: dict[str, Any] = {"version_tag": "" if tag is None else tag.get("value", "")}
    if case is None:
        return fields
    title: Expression | None = reading.static(case.get("title", ""), case) if case.get("title") else None
    access: Expression | None = reading.listing(case.get("access", ""), case) if case.get("access") else None
    personal = case.get("personal", "").split()
    for name in personal:
        if not name.isidentifier():
            reading.refuse(DUBAN, f"expected personal to list variable names, found '{name}'", case)
    later = reading.listing(case.get("laterAccess", ""), case) if case.get("laterAccess") else None
    opened_by = (case.get("openedBy") or "").strip() or None
    if (later is None) != (opened_by is None):
        reading.refuse(DUBAN, "expected openedBy and laterAccess of duban:case together, found one of them", case)
    if opened_by is not None and opened_by not in reading.ids:
        reading.refuse(REFERENCE, f"expected openedBy to be the id of an element, found '{opened_by}'", case)
    opening = {"opened_by": opened_by, "later_access": later}
    return fields | opening | {"title": title, "access": access, "personal": frozenset(personal)}


def _global_task(reading: Reading, element: etree._Element) -> Process:
    """A global task (clause 10.3.7) as a process of one node; no id of a file can hold the colon in the node's."""
    identity = element.get("id", "")
    if not identity:
        reading.refuse(IDENTITY, f"expected an id on this {xml.local(element)}, found none", element)
    fields = node_fields(reading, element, GLOBAL_TASKS[xml.local(element)])
    node = Node(**(fields | {"id": f"{identity}:task", "scope": identity}))
    return Process(
        id=identity,
        name=element.get("name") or identity,
        nodes={node.id: node},
        scopes={identity: Scope(identity, (node.id,), (node.id,))},
        line=node.line,
        documentation=node.documentation,
    )


def _collaboration(reading: Reading) -> tuple[dict[str, str], tuple[tuple[str, str, str], ...]]:
    pools: dict[str, str] = {}
    flows: list[tuple[str, str, str]] = []
    for collaboration in xml.children(reading.root, "collaboration"):
        for participant in xml.children(collaboration, "participant"):
            reference = participant.get("processRef")
            found = None if reference is None else reading.resolve(reference, ("process",), participant)
            pools[participant.get("id", "")] = "" if found is None else found.get("id", "")
        flows += [_message_flow(reading, element) for element in xml.children(collaboration, "messageFlow")]
    return pools, tuple(flows)


def _message_flow(reading: Reading, element: etree._Element) -> tuple[str, str, str]:
    ends = [element.get(name, "").rpartition(":")[2].strip() for name in ("sourceRef", "targetRef")]
    for end in ends:
        if end not in reading.ids:
            reading.refuse(REFERENCE, f"expected a message flow between elements of the file, found '{end}'", element)
    return element.get("id", ""), ends[0], ends[1]
