"""Whatever the moment of the kill.

Before the commit there is no trace, after it there is all, and the retry ends the same.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from engine import clock, history
from engine import store as tables
from engine.cases import Cases
from engine.execution import commands as c
from engine.messages import Messages
from engine.releases import Releases
from engine.worker import Worker
from tests.crash.harness import boundaries, killed_at, opened
from tests.support.diagrams import boundary, definitions, end, flows, process, service, start, timer, user

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PARTS = (
    start(), '<parallelGateway id="g"/>', user("a"), user("b"), boundary("late", "b", timer("duration", "PT1H"), False),
    '<task id="remind"/><receiveTask id="r" messageRef="message-A"/>', service("mail", "mail"),
    '<sendTask id="send" messageRef="message-B"/>',
    end(), flows("s g", "g a", "g b", "g r", "g mail", "late remind", "a send", "send e"),
)  # fmt: skip


class Scene:
    """The parts that a step works with, on the store of whoever runs it."""

    def __init__(self, store):
        self.cases = Cases(store, Releases(store))
        self.worker = Worker(self.cases, {"mail": lambda work: {"sent": work.key}})
        self.messages = Messages(self.cases)


def complete(case):
    return lambda store: Scene(store).cases.handle(case, c.CompleteTask(3, {"v": "typed"}), key=f"complete {case}")


def receive(case):
    def work(store):
        scene = Scene(store)
        scene.messages.publish("A", case, {"x": "1"}, id=f"to {case}")
        scene.messages.deliver_due()

    return work


def tick(case):
    return lambda store: Scene(store).worker.drain()


def again(store, step, case):
    """Send it again, and let the lease of a worker that died run out."""
    STEPS[step](case)(store)
    before = clock.now()
    clock.simulate(lambda: before + timedelta(minutes=10))
    Scene(store).worker.drain()


STEPS = {"complete": complete, "receive": receive, "timers, jobs and messages": tick}


@pytest.fixture(autouse=True)
def moment():
    clock.simulate(lambda: NOON)
    yield
    clock.simulate(None)


def new_case(url):
    clock.simulate(lambda: NOON)
    with opened(url) as store:
        cases = Cases(store, Releases(store))
        case = cases.start(c.StartCase("p", {"no": "x"})).case
        cases.handle(case, c.SetVariables({"no": case}))
        return case


def past(url, case):
    """The case's history without what names this very case."""
    with opened(url) as store, store.reading() as connection:
        verdict = history.verdict(connection, f"case/{case}", Releases(store).bundle)
        assert (verdict.chain, verdict.reexecution) == ("whole", "same"), verdict.reason
        told = history.told(connection, f"case/{case}", limit=1000)
        rows = {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table).where(table.c.case_id == case)
            ).scalar_one()
            for table in (tables.tasks, tables.timers, tables.jobs, tables.subscriptions, tables.pages)
        }
    text = json.dumps([[entry["command"], entry["events"]] for entry in told], default=str)
    return text.replace(case, "CASE"), rows


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_boundary_changes_nothing_that_the_retry_does_not_put_right(database_url, step):
    with opened(database_url) as store:
        text = definitions(process(*PARTS), key="=no")
        Releases(store).deploy({"test.bpmn": text.encode()})
    reference = new_case(database_url)
    if step == "timers, jobs and messages":
        clock.simulate(lambda: NOON + timedelta(hours=2))
    count = boundaries(database_url, STEPS[step](reference))
    with opened(database_url) as store:
        again(store, step, reference)
    wanted = past(database_url, reference)
    assert count > 10
    for at in range(1, count + 1):
        case = new_case(database_url)
        if step == "timers, jobs and messages":
            clock.simulate(lambda: NOON + timedelta(hours=2))
        killed_at(database_url, at, STEPS[step](case))
        with opened(database_url) as store:
            again(store, step, case)
        assert past(database_url, case) == wanted, f"killed at boundary {at} of {count}"


def test_a_start_that_is_killed_and_sent_again_makes_one_case(database_url):
    with opened(database_url) as store:
        Releases(store).deploy({"test.bpmn": definitions(process(*PARTS), key="=no").encode()})
    begin = lambda key: lambda store: Scene(store).cases.start(c.StartCase("p", {"no": "1"}), key=key)  # noqa: E731
    count = boundaries(database_url, begin("reference"))
    for at in range(1, count + 1):
        killed_at(database_url, at, begin(f"key {at}"))
        with opened(database_url) as store:
            begin(f"key {at}")(store)
    with opened(database_url) as store, store.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.cases)).scalar_one() == count + 1
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.entries)).scalar_one() == count + 2


def test_a_release_is_deployed_whole_or_not_at_all(database_url):
    text = definitions(process(*PARTS), key="=no").encode()
    deploy = lambda name: lambda store: Releases(store).deploy({f"{name}.bpmn": text})  # noqa: E731
    count = boundaries(database_url, deploy("reference"))
    for at in range(1, count + 1):
        killed_at(database_url, at, deploy(f"try {at}"))
        with opened(database_url) as store:
            done = deploy(f"try {at}")(store)
            with store.reading() as connection:
                assert history.verdict(connection, "definition/p", Releases(store).bundle).reexecution == "same"
                assert connection.execute(sa.select(tables.definitions.c.release)).scalar_one() == done.hash
