"""Faults, and what is promised when they strike. The numbers are those of docs/reliability.md."""

import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from engine import store as tables
from engine.cases import Cases
from engine.errors import InvalidState, NotFound, Unavailable
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from engine.worker import LEASE, Work, Worker
from tests.bench.worker import WAITING, WORKING, flood
from tests.conftest import SimulatedClock
from tests.support import postgres
from tests.support.diagrams import boundary, definitions, end, flows, service, start, timer, user
from tests.support.place import TASK_OR_TIMER, Clients, Place, until


@pytest.fixture
def place(store: Store) -> Place:
    return Place(store)


def test_fault_04_a_worker_killed_in_a_handler_is_followed_by_one_with_the_same_key(
    clock: SimulatedClock, database_url: str
) -> None:
    with_store = Place(Store(database_url))
    with_store.deploy(start(), service("hook", "hook"), end(), flows("s hook", "hook e"))
    case = with_store.start()
    with_store.store.close()
    child = os.fork()
    if child == 0:
        place = Place(Store(database_url))
        Worker(place.cases, {"hook": lambda work: os.kill(os.getpid(), signal.SIGKILL)}).drain()
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    keys: list[str] = []

    def noted(work: Work) -> dict[str, Any]:
        keys.append(work.key)
        return {}

    place = Place(Store(database_url))
    worker = Worker(place.cases, {"hook": noted})
    worker.drain()
    assert keys == []  # the lease of the one that died still runs
    clock.advance(timedelta(milliseconds=LEASE + 1))
    worker.drain()
    assert keys == [f"{case}/{keys[0].split('/')[1]}"]
    assert place.status(case) == "completed"
    place.store.close()


def test_fault_08_a_database_restarted_under_load_loses_nothing_that_was_acknowledged(
    own_database: tuple[postgres.PostgresServer, str],
) -> None:
    server, url = own_database
    place = Place(Store(url))
    place.deploy(start(), user("a"), '<intermediateCatchEvent id="t">', timer("duration", "PT0.2S"),
                 "</intermediateCatchEvent>", end(), flows("s a", "a t", "t e"))  # fmt: skip
    worker = Worker(place.cases)
    worker.start()
    with Clients(place) as clients:
        clients.go_on()
        for how in (signal.SIGINT, signal.SIGQUIT):  # in order, then as in a crash
            server.stop(how)
            time.sleep(0.5)
            server.start()
            clients.go_on()
    until(lambda: all(place.status(case) == "completed" for case in clients.done))
    worker.stop()
    assert clients.refused["Unavailable"] > 0
    for case in clients.done:
        assert Counter(place.events(case))["TaskCompleted", "a"] == 1
        assert Counter(place.events(case))["TimerFired", "t"] == 1
    place.store.close()


def test_fault_17_a_clock_set_back_an_hour_escalates_nothing_twice(clock: SimulatedClock, place: Place) -> None:
    place.deploy(*TASK_OR_TIMER)
    case, other = place.start(), place.start()
    worker = Worker(place.cases)
    clock.advance(timedelta(minutes=59))
    worker.drain()
    assert place.status(case) == "active"
    clock.advance(timedelta(minutes=1))
    assert worker.tick() == 2
    clock.advance(timedelta(hours=-1))
    worker.drain()
    clock.advance(timedelta(hours=1))
    worker.drain()
    for one in (case, other):
        assert Counter(place.events(one))["ElementCompleted", "escalate"] == 1


def test_fault_18_after_a_day_without_a_worker_what_is_overdue_happens_once_and_in_order(
    clock: SimulatedClock, place: Place
) -> None:
    waits = "".join(
        boundary(f"b{hours}", "a", timer("duration", f"PT{hours}H"), False) + f'<task id="t{hours}"/>'
        for hours in (3, 1, 2)
    )
    cycle = boundary("again", "a", timer("cycle", "R/PT1H"), False) + '<task id="hourly"/>'
    place.deploy(
        start(), user("a"), waits, cycle, end(), flows("s a", "a e", "b1 t1", "b2 t2", "b3 t3", "again hourly")
    )
    case = place.start()
    clock.advance(timedelta(hours=24))
    Worker(place.cases).drain()
    done = [element for kind, element in place.events(case) if kind == "ElementCompleted" and element.startswith("t")]
    assert done == ["t1", "t2", "t3"]
    assert Counter(place.events(case))["ElementCompleted", "hourly"] == 1  # the missed turns are told, not made up


def test_fault_19_of_a_completion_and_a_timer_at_the_same_moment_exactly_one_wins(
    clock: SimulatedClock, place: Place
) -> None:
    place.deploy(*TASK_OR_TIMER)
    cases = [(case, place.task(case)) for case in (place.start() for _ in range(20))]
    clock.advance(timedelta(hours=1))
    begin = threading.Barrier(2)

    def complete() -> None:
        begin.wait()
        for case, task in cases:
            with suppress(InvalidState, NotFound):
                place.cases.handle(case, c.CompleteTask(task))

    person = threading.Thread(target=complete)
    person.start()
    begin.wait()
    Worker(place.cases).drain()
    person.join()
    Worker(place.cases).drain()
    for case, _task in cases:
        happened = Counter(place.events(case))
        assert happened["TaskCompleted", "a"] + happened["ElementCompleted", "escalate"] == 1
        assert place.status(case) == "completed"


def test_fault_23_a_poison_job_ends_as_an_incident_and_the_queue_moves(clock: SimulatedClock, place: Place) -> None:
    place.deploy(start(), service("job", "job"), end(), flows("s job", "job e"))
    poisoned, *others = [place.start() for _ in range(5)]

    def handle(work: Work) -> dict[str, Any]:
        if work.case_id == poisoned:
            raise RuntimeError("poison")
        return {}

    worker = Worker(place.cases, {"job": handle})
    worker.drain()
    assert {place.status(case) for case in others} == {"completed"}
    for _ in range(5):
        clock.advance(timedelta(minutes=10))
        worker.drain()
    with place.store.reading() as connection:
        (incident,) = connection.execute(sa.select(tables.incidents)).all()
    assert (incident.case_id, incident.kind) == (poisoned, "job")
    assert "poison" in incident.message


@pytest.mark.parametrize("committed", [False, True], ids=["before it", "after it"])
def test_fault_10_a_connection_lost_at_the_commit_is_resolved_by_the_key(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    place = Place(Store(postgres_url))
    place.deploy(start(), user("a"), end(), flows("s a", "a e"))
    case = place.start()
    task = place.task(case)

    dialect, once = place.store.engine.dialect, iter([True])
    commit = dialect.do_commit

    def lose(driver: Any) -> None:
        if next(once, False):
            if committed:
                commit(driver)
            with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [driver.driver_connection.info.backend_pid])
            driver.driver_connection.execute("SELECT 1")  # the answer to COMMIT never comes
        commit(driver)

    monkeypatch.setattr(dialect, "do_commit", lose)
    with pytest.raises(Unavailable):
        place.cases.handle(case, c.CompleteTask(task), key="one")
    answer = place.cases.handle(case, c.CompleteTask(task), key="one")
    assert (answer.status, answer.replayed) == ("completed", committed)
    assert Counter(place.events(case))["TaskCompleted", "a"] == 1
    place.store.close()


def test_fault_28_a_thousand_timers_at_once_leave_users_quick(store: Store) -> None:
    """Ten thousand are measured by tests/bench/worker.py."""
    cases = Cases(store, Releases(store))
    cases.releases.deploy({"b.bpmn": definitions(WAITING, WORKING).encode()})
    opened = (lambda: store) if store.is_sqlite else (lambda: Store(store.url.render_as_string(hide_password=False)))
    assert flood(opened, 1, 1000)["user_p99_s"] < 0.3
