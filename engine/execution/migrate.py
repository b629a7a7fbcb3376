"""`MigrateCase`: going on with another release, all or nothing, with every token and task kept.

Decided with the *new* bundle and with all pages loaded. Boundary events follow the new diagram: what it no longer has
is closed, what it newly has is armed from now on.
"""

from collections.abc import Mapping

from engine import feel
from engine.errors import InvalidInput
from engine.execution import events as e
from engine.execution import tasks, waits
from engine.execution.commands import MigrateCase
from engine.execution.machine import Failure, Machine
from engine.execution.state import Instance, Page
from engine.notation.model import SCOPES, Node

DEADLINES = ("keep", "recount", "reset")


def migrate(m: Machine, command: MigrateCase) -> None:
    """Raises InvalidInput where something active has no like, or the new release cannot say what it needs."""
    if command.deadlines not in DEADLINES:
        one_of = ", ".join(DEADLINES)
        raise InvalidInput(f"Expected deadlines to be one of {one_of}", {"deadlines": [f"option: {one_of}"]})
    try:
        _migrate(m, command)
    except (Failure, feel.FeelError) as error:  # an expression of the new release, on the data of this case
        raise InvalidInput(f"The new release cannot take the case: {error}", {"release": [str(error)]}) from error


def _migrate(m: Machine, command: MigrateCase) -> None:
    rename = dict(command.mapping)
    refused = [problem for page in m.state.pages.values() for problem in _problems(m, page, rename)]
    if refused:
        raise InvalidInput(
            "Expected every active element to have its like in the new release, but: " + " ".join(refused),
            {"mapping": refused},
        )
    before = _tokens(m)
    _close_lost(m, rename)
    m.emit(e.CaseMigrated(command.release, rename))
    assert _tokens(m) == before, "a migration keeps every token"
    for page in list(m.state.pages.values()):
        for instance in list(page.instances.values()):
            _arm_gained(m, page, instance)
            if command.deadlines != "keep" and instance.task is not None and instance.task.signs is None:
                tasks.count_again(m, page, instance, m.node(page, instance.element), _begun(command, instance))


def _begun(command: MigrateCase, instance: Instance) -> int | None:
    """When a task began, where its deadline counts from then."""
    known: Mapping[str, int] = command.facts.get("begun", {})
    return known.get(str(instance.n)) if command.deadlines == "recount" else None


def _tokens(m: Machine) -> tuple[int, int]:
    pages = m.state.pages.values()
    return sum(len(page.instances) for page in pages), sum(
        sum(flows.values()) for page in pages for flows in page.arrived.values()
    )


def _problems(m: Machine, page: Page, rename: Mapping[str, str]) -> list[str]:
    process = m.bundle.processes.get(page.process)
    if process is None:
        return [f"Process '{page.process}' is not in the new release."]
    names = [instance.element for instance in page.instances.values()] + [
        *page.arrived,
        *page.gates,
        *(page.plan or ()),
    ]
    found = [f"'{name}' has no like." for name in names if rename.get(name, name) not in process.nodes]
    for instance in page.instances.values():
        node = process.nodes.get(rename.get(instance.element, instance.element))
        if node is not None and not _fits(page, instance, node, rename):
            found.append(
                f"'{instance.element}' cannot go on as '{node.id}', a {node.kind} in another scope or of another kind."
            )
    flows = {flow for waiting in (*page.arrived.values(), *page.gates.values()) for flow in waiting}
    return found + [f"Flow '{flow}' has no like." for flow in sorted(flows) if flow not in process.flows]


def _fits(page: Page, instance: Instance, node: Node, rename: Mapping[str, str]) -> bool:
    """What waits must wait for the same thing, in the same place."""
    same_place = page.index is not None or node.scope == rename.get(page.scope, page.scope)
    held = (instance.task is not None and node.kind != "userTask") or (instance.job is not None and node.job is None)
    inside = instance.child is not None and node.kind not in SCOPES | {"callActivity"} and node.loop is None
    return (same_place or page.undo is not None) and not held and not inside


def _close_lost(m: Machine, rename: Mapping[str, str]) -> None:
    for page in list(m.state.pages.values()):
        nodes = m.bundle.processes[page.process].nodes
        for n in [n for n, wait in page.waits.items() if rename.get(wait.element, wait.element) not in nodes]:
            waits.close(m, page, n)


def _arm_gained(m: Machine, page: Page, instance: Instance) -> None:
    node = m.node(page, instance.element)
    armed = {page.waits[n].element for n in instance.waits}
    is_signer = instance.task is not None and instance.task.signs is not None
    if page.index is not None or is_signer:
        return
    for boundary, plans in waits.plan_boundaries(m, page, instance, node, {}):
        if boundary.id not in armed:
            waits.open_planned(m, page, boundary, plans, "boundary", instance.n)
