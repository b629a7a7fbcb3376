"""The worker as it runs: threads that sleep until something is due, on both databases."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from engine import clock
from engine import store as tables
from engine import worker as engine_worker
from engine.cases import Cases
from engine.errors import InvalidState
from engine.execution import commands as c
from engine.messages import Messages
from engine.releases import Releases
from engine.store import Store
from engine.worker import Aside, Errand, Worker
from tests.support.diagrams import definitions, end, flows, message, process, service, start, timer, user
from tests.support.server import DUBAN


def catch(id: str, inner: str) -> str:
    return f'<intermediateCatchEvent id="{id}">{inner}</intermediateCatchEvent>'


PAUSE = (start(), catch("t", timer("duration", '=duration("PT" + string(wait) + "S")')), end(), flows("s t", "t e"))


class Bench:
    """A store with cases and one running worker, by the real clock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cases = Cases(store, Releases(store))
        self.worker = Worker(self.cases)
        self.seen: list[tuple[str, float]] = []
        self.worker.observe = lambda name, value: self.seen.append((name, value))

    def deploy(self, *parts: str, key: str | None = None) -> None:
        self.cases.releases.deploy({"test.bpmn": definitions(process(*parts), key=key).encode()})

    def start(self, **variables: Any) -> str:
        given = {name: Decimal(value) if isinstance(value, int) else value for name, value in variables.items()}
        return self.cases.start(c.StartCase("p", given)).case

    def status(self, case: str) -> str:
        with self.store.reading() as connection:
            found: str = connection.execute(
                sa.select(tables.cases.c.status).where(tables.cases.c.id == case)
            ).scalar_one()
            return found

    def ended(self, case: str) -> bool:
        return self.status(case) == "completed"


@pytest.fixture
def bench(store: Store) -> Iterator[Bench]:
    made = Bench(store)
    yield made
    made.worker.stop()


def soon(condition: Callable[[], bool], patience: float = 60) -> bool:
    """Waits until it holds, and says so."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < patience, "it did not happen"
        time.sleep(0.01)
    return True


@pytest.fixture
def never_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour between two looks: what happens within a test was announced or timed."""
    monkeypatch.setattr(engine_worker, "IDLE", 3600)
    monkeypatch.setattr(tables, "SOON", 3_600_000)


@pytest.mark.usefixtures("never_polling")
def test_a_timer_fires_at_its_time_and_not_at_the_next_poll(bench: Bench) -> None:
    bench.deploy(*PAUSE)
    bench.worker.start()
    cases = [bench.start(wait=wait) for wait in (1, 1, 2, 2, 3)]
    soon(lambda: all(bench.ended(case) for case in cases))
    assert [name for name, _ in bench.seen].count("timer_lateness") == 5


@pytest.mark.usefixtures("never_polling")
def test_a_message_is_delivered_when_its_transaction_commits(bench: Bench) -> None:
    bench.deploy(start(), '<receiveTask id="r" messageRef="message-A"/>', end(), flows("s r", "r e"), key="=no")
    case = bench.start(no="7")
    bench.worker.start()
    time.sleep(0.3)  # now it sleeps
    bench.worker.messages.publish("A", "7")
    assert soon(lambda: bench.ended(case))


@pytest.mark.usefixtures("never_polling")
def test_a_worker_hears_what_another_process_commits(postgres_url: str) -> None:
    """Two stores share nothing but the database."""
    ours, theirs = Store(postgres_url), Store(postgres_url)
    bench, elsewhere = Bench(ours), Worker(Cases(theirs, Releases(theirs)))
    try:
        bench.deploy(start(), '<receiveTask id="r" messageRef="message-A"/>', end(), flows("s r", "r e"), key="=no")
        case = bench.start(no="7")
        elsewhere.start()
        time.sleep(0.5)
        Messages(bench.cases).publish("A", "7")
        assert soon(lambda: bench.ended(case))
    finally:
        elsewhere.stop()
        ours.close()
        theirs.close()


def test_several_workers_fire_each_timer_once(postgres_url: str) -> None:
    stores = [Store(postgres_url) for _ in range(3)]
    bench = Bench(stores[0])
    workers = [Worker(Cases(one, Releases(one)), batch=10) for one in stores]
    bench.deploy(*PAUSE)
    cases = [bench.start(wait=1) for _ in range(60)]
    fired: list[str] = []
    for worker in workers:
        worker.observe = lambda name, _: fired.append(name) if name == "timer_lateness" else None
        worker.start()
    try:
        soon(lambda: all(bench.ended(case) for case in cases), 60)
        assert len(fired) == 60
        with stores[0].reading() as connection:
            entries = connection.scalar(
                sa.select(sa.func.count()).select_from(tables.entries).where(tables.entries.c.stream.like("case/%"))
            )
        assert entries == 120  # a start and one firing each
    finally:
        for worker in workers:
            worker.stop()
        for one in stores:
            one.close()


def test_a_piece_of_work_that_fails_holds_up_nothing_else(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.deploy(*PAUSE)
    poisoned, *others = [bench.start(wait=1) for _ in range(4)]
    handle = bench.cases.handle_within

    def broken(connection: sa.Connection, case_id: str, command: c.Command, **options: Any) -> Any:
        if case_id == poisoned:
            raise ZeroDivisionError("a bug")
        return handle(connection, case_id, command, **options)

    monkeypatch.setattr(bench.cases, "handle_within", broken)
    bench.worker.batch = 1  # the poisoned one, being the oldest, would fill every batch
    bench.worker.start()
    soon(lambda: all(bench.ended(case) for case in others))
    assert bench.status(poisoned) == "active"
    assert bench.worker.is_alive()
    monkeypatch.undo()
    soon(lambda: bench.ended(poisoned))  # it is tried again by itself


def test_a_slow_handler_holds_up_no_timer(bench: Bench) -> None:
    release = threading.Event()
    bench.worker.handlers = {"slow": lambda work: {"done": release.wait(120)}}
    bench.deploy(
        start(), '<parallelGateway id="g"/>', service("job", "slow"), catch("t", timer("duration", "PT1S")), user("a"),
        flows("s g", "g job", "g t", "t a"),
    )  # fmt: skip
    case = bench.start()
    bench.worker.start()

    def reached() -> bool:
        with bench.store.reading() as connection:
            return connection.scalar(sa.select(tables.tasks.c.n).where(tables.tasks.c.case_id == case)) is not None

    soon(reached)
    assert not release.is_set()
    release.set()


def test_a_turn_that_raises_does_not_end_its_thread(bench: Bench) -> None:
    turns = iter([RuntimeError("once"), 0, 0, 0])

    def turn() -> int:
        found = next(turns, 0)
        if isinstance(found, Exception):
            raise found
        return found

    again = threading.Event()
    bench.worker.errands = [Errand("moody", turn, pause=lambda: again.set() or 0.05)]
    bench.worker.start()
    assert again.wait(10)
    assert bench.worker.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_thread_is_seen_at_once(bench: Bench) -> None:
    def die() -> int:
        raise SystemExit  # ends a thread without a word

    bench.worker.errands = [Errand("mortal", die)]
    bench.worker.start()
    soon(lambda: not bench.worker.is_alive())
    assert bench.worker.lost == ["mortal"]


def test_a_worker_that_only_fails_is_unhealthy_until_it_works_again(bench: Bench) -> None:
    """A broken table (or stored procedure) shows: turns end no more."""
    bench.worker.patience = 1
    bench.worker.start()
    soon(bench.worker.is_alive)
    with bench.store.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE timers RENAME TO timers_gone")
    bench.worker.wake()
    soon(lambda: not bench.worker.is_alive())
    assert not bench.worker.lost
    with bench.store.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE timers_gone RENAME TO timers")
    soon(bench.worker.is_alive)


def test_stopping_ends_every_thread_and_starting_twice_is_refused(bench: Bench) -> None:
    before = threading.active_count()
    bench.worker.start()
    with pytest.raises(InvalidState):
        bench.worker.start()
    bench.worker.stop()
    soon(lambda: threading.active_count() <= before)
    assert not bench.worker.is_alive()
    assert bench.store.listeners == []


def test_a_message_that_starts_a_case_waits_until_the_running_one_with_its_key_ends(bench: Bench) -> None:
    begin = f'<startEvent id="s">{message("B")}</startEvent>'
    bench.deploy(begin, user("a"), end(), flows("s a", "a e"))
    bench.worker.messages.publish("B", "7", id="one")
    bench.worker.drain()
    bench.worker.messages.publish("B", "7", id="two")
    bench.worker.drain()

    def cases() -> list[Any]:
        with bench.store.reading() as connection:
            return list(connection.execute(sa.select(tables.cases.c.id, tables.cases.c.status)))

    assert [row.status for row in cases()] == ["active"]
    with bench.store.reading() as connection:
        task = connection.execute(sa.select(tables.tasks)).one()
    bench.cases.handle(task.case_id, c.CompleteTask(task.n))
    bench.worker._woken = 0
    bench.worker.drain()
    assert sorted(row.status for row in cases()) == ["active", "completed"]


def test_work_set_aside_comes_back_later_each_time_and_a_clock_set_back_keeps_it_no_longer() -> None:
    moment = clock.now()
    clock.simulate(lambda: moment)
    try:
        aside = Aside()
        aside.add(("timer", "c", 1))
        assert aside.now() == {("timer", "c", 1)}
        moment += timedelta(seconds=1)
        assert not aside.now()
        aside.add(("timer", "c", 1))
        moment += timedelta(seconds=1)
        assert aside.now()
        moment -= timedelta(hours=1)
        assert not aside.now()
    finally:
        clock.simulate(None)


def test_the_worker_command_refuses_sqlite_and_says_why(sqlite_url: str) -> None:
    environment = {**os.environ, "DUBAN_DATABASE": sqlite_url}
    done = subprocess.run([DUBAN, "worker"], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert "Expected PostgreSQL" in done.stderr
