"""Replaying undecoded events, through snapshots at random places, ends in the state that was processed."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.audit.replay import Replay, is_personal
from engine.sandbox import Sandbox
from tests.property.diagrams import parts, trees
from tests.property.test_execution import choices, commands, play, relaxed, sealed
from tests.support.diagrams import bundle


def encoded(page):
    """The values of a live page as entries spell them."""
    own = {n: instance.variables for n, instance in page.instances.items() if instance.variables is not None}
    return [{name: feel.encode(value) for name, value in found.items()} for found in (page.variables, *own.values())]


def raw(page):
    return [page.variables, *(one.variables for one in page.instances.values() if one.variables is not None)]


def concealed(found):
    """Without what is personal (`v`, in these histories)."""
    return [{name: value for name, value in values.items() if name != "v"} for values in found]


def counted(entries, kind):
    records = [record for entry in entries for record in json.loads(entry.data)["events"]]
    return Counter(record["element"] for record in records if record["type"] == kind)


@relaxed
@given(trees, commands, choices, st.sets(st.integers(1, 14)))
def test_a_replay_through_snapshots_ends_in_the_processed_state(tree, steps, choice, breaks):
    compiled = bundle(parts(tree))
    sandbox = play(Sandbox(compiled), steps, choice)
    entries, replayed = sealed(sandbox, compiled), Replay()
    for entry in entries:
        replayed.advance(entry)
        if entry.seq in breaks:
            body = replayed.dump()
            loaded = Replay.load(body)
            assert loaded is not None and loaded.dump() == body
            replayed = loaded
    state = sandbox.cases[0].state
    assert replayed.state.head == state.head
    assert set(replayed.state.pages) == set(state.pages)
    for id, page in state.pages.items():
        found = replayed.state.pages[id]
        assert (list(found.instances), list(found.waits), found.arrived) == (
            list(page.instances), list(page.waits), page.arrived,
        )  # fmt: skip
        assert concealed(raw(found)) == concealed(encoded(page))
    assert set(replayed.tasks) == {n for page in state.pages.values() for n, one in page.instances.items() if one.task}
    assert set(map(str, replayed.incidents)) == set(state.head.incidents)


@relaxed
@given(trees, commands, choices)
def test_a_diagram_shows_what_the_events_told(tree, steps, choice):
    compiled = bundle(parts(tree))
    sandbox = play(Sandbox(compiled), steps, choice)
    entries, replayed = sealed(sandbox, compiled), Replay()
    for entry in entries:
        replayed.advance(entry)
    shown = replayed.diagram()["p"]
    completed, cancelled = counted(entries, "ElementCompleted"), counted(entries, "ElementCancelled")
    assert (shown.completed, shown.cancelled) == (completed, cancelled)
    assert +shown.active == counted(entries, "ElementActivated") - completed - cancelled


@relaxed
@given(trees, commands, choices)
def test_no_snapshot_holds_a_personal_value(tree, steps, choice):
    compiled = bundle(parts(tree))
    replayed = Replay()
    for entry in sealed(play(Sandbox(compiled), steps, choice), compiled):
        replayed.advance(entry)
        body = replayed.dump().decode()
        opened = [value for found in replayed.variables().values() for name, value in found.items() if name == "v"]
        assert all(is_personal(value) for value in opened)
        assert '"v":{"n"' not in body


def test_a_snapshot_of_another_build_is_not_read():
    body = Replay().dump()
    assert Replay.load(body) is not None
    assert Replay.load(b"[]".replace(b"[", b'["another"')) is None
    assert Replay.load(b"{}") is None
