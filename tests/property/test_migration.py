"""Random diagrams whose cases go on with a renamed release: every token and task is kept, and the history holds."""

from hypothesis import given

from engine.execution import commands as c
from engine.execution.bundle import Bundle
from engine.execution.decide import decide
from engine.execution.state import State, replay
from engine.migration import likes
from engine.sandbox import Sandbox
from tests.property.test_execution import choices, commands, compiled_of, diagrams, play, relaxed, trace

_REFERENCES = ("id", "sourceRef", "targetRef", "attachedToRef", "activityRef", "flowNodeRef")


def renamed(xml: str, old: Bundle) -> tuple[str, dict[str, str]]:
    """The diagram with every user task under another id, and the ids."""
    tasks = [id for id, node in old.processes["p"].nodes.items() if node.kind == "userTask"]
    for id in tasks:
        for reference in _REFERENCES:
            xml = xml.replace(f'{reference}="{id}"', f'{reference}="{id}_2"')
    return xml, {id: f"{id}_2" for id in tasks}


def shape(state: State, names: dict[str, str]) -> list[object]:
    """Where the tokens and tasks are, by the names of the new release."""
    found: list[object] = []
    for id, page in sorted(state.pages.items()):
        held = sorted(page.instances.items())
        found += [(id, n, names.get(one.element, one.element), one.task is not None) for n, one in held]
        found += [(id, names.get(place, place), flows) for place, flows in sorted(page.arrived.items())]
    return found


@relaxed
@given(diagrams, commands, choices)
def test_a_migration_keeps_every_token_and_task_and_is_decided_alike(xml, steps, choice):
    old = compiled_of(xml)
    text, names = renamed(xml, old)
    new = compiled_of(text)
    sandbox = play(Sandbox(old), steps, choice)
    case = sandbox.cases[0]
    if case.state.head.status != "active" or case.state.head.work:
        return
    before, history = shape(case.state, names), trace(sandbox)
    sandbox.bundle = new
    sandbox._do(case, c.MigrateCase(new.hash, names, deadlines="reset"))
    assert shape(case.state, {}) == before
    assert replay(State(), trace(sandbox)).snapshot() == case.state.snapshot()
    command, told = case.trace[-1]
    assert decide(new, replay(State(), history), command) == told


@relaxed
@given(diagrams)
def test_what_kept_its_id_is_its_own_like_and_nothing_has_two(xml):
    old = compiled_of(xml)
    found = likes(old, old, ["p"])
    assert [one.to.id for one in found if one.to] == [one.element.id for one in found]
    text, _ = renamed(xml, old)
    to = [one.to.id for one in likes(old, compiled_of(text), ["p"]) if one.to]
    assert len(to) == len(set(to))
