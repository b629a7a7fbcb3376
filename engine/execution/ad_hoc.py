"""Ad-hoc sub-processes (clause 10.3.5): every activity that nothing leads to is begun once, in parallel or one by one.

After each completed activity the completion condition is asked; when it holds, nothing more begins, and what still
runs is cancelled or awaited. Without a condition the sub-process ends with its last activity. `Page.plan` holds what
is still to be begun; it is None once nothing more will be.
"""

from engine.execution import events as e
from engine.execution import waits
from engine.execution.machine import Failure, Machine, step
from engine.execution.state import Instance, Page
from engine.execution.wire import Values
from engine.notation.model import ACTIVITIES, AdHoc, Node


def chosen(m: Machine, page: Page, instance: Instance, node: Node, local: Values) -> list[str]:
    """The elements to begin: all that nothing leads to, or those that `activeElementsCollection` names."""
    scope = m.process(page).scopes[node.id]
    assert node.ad_hoc is not None
    if node.ad_hoc.active_elements is None:
        return list(scope.entries)
    wanted = m.texts(node.ad_hoc.active_elements, m.scope(page, instance, local), f"the active elements of '{node.id}'")
    nodes = m.process(page).nodes
    for element in wanted:
        if element not in scope.nodes or nodes[element].kind not in ACTIVITIES or nodes[element].triggered_by_event:
            raise Failure("flow", f"Expected '{element}' to be an activity directly in '{node.id}', but it is not.")
    return list(dict.fromkeys(wanted))


@step
def activity_done(m: Machine, page_id: str) -> None:
    """An activity inside has completed: ask the completion condition."""
    page = m.state.find(page_id)
    if page is None or page.plan is None or not _holds(m, page):
        return
    m.emit(e.AdHocEnding(page_id))
    if _settings(m, page).cancel_remaining:
        waits.discard_tokens(m, page)
        m.first(*(["cancel", page_id, n] for n in page.instances))


def is_done(m: Machine, page: Page) -> bool:
    """Nothing is left inside: begin the next element, if there is one; without any, the condition must hold by now."""
    if page.plan:
        m.send(page.id, page.plan[0])
        return False
    if _settings(m, page).completion is None or _holds(m, page):
        return True
    message = (
        f"Expected the completion condition of '{page.scope}' to hold, but it does not, and nothing is left inside."
    )
    m.deadlock(page, page.scope, message)
    return False


def _settings(m: Machine, page: Page) -> AdHoc:
    settings = m.process(page).nodes[page.scope].ad_hoc
    assert settings is not None
    return settings


def _holds(m: Machine, page: Page) -> bool:
    condition = _settings(m, page).completion
    what = f"the completion condition of '{page.scope}'"
    return condition is not None and bool(m.expect(condition, m.scope(page), bool, what))
