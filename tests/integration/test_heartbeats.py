"""Workers of a cluster tell that they are alive, and only while they can do their work. Fault 27."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import heartbeats, store
from engine.cases import Cases
from engine.heartbeats import Heart
from engine.releases import Releases
from engine.store import Store
from engine.worker import Errand, Worker
from tests.conftest import SimulatedClock
from tests.support.place import until
from workflows.duban import Duban

_RAISING = "CREATE OR REPLACE FUNCTION duban_unsealed() RETURNS trigger LANGUAGE plpgsql AS"
BREAK = {
    "a procedure that raises": {
        "postgresql": (f"{_RAISING} $$ BEGIN RAISE 'broken'; END $$",),
        "sqlite": (
            "DROP TRIGGER entries_unsealed",
            "CREATE TRIGGER entries_unsealed AFTER INSERT ON entries BEGIN SELECT RAISE(ABORT, 'broken'); END",
        ),
    },
    "a trigger that is gone": {
        "postgresql": ("DROP TRIGGER entries_unsealed ON entries",),
        "sqlite": ("DROP TRIGGER entries_unsealed",),
    },
}
MEND = {
    "postgresql": store.MARKING["postgresql"],
    "sqlite": ("DROP TRIGGER IF EXISTS entries_unsealed", *store.MARKING["sqlite"]),
}


def change(site: Store, statements: tuple[str, ...]) -> None:
    with site.transaction() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def living(site: Store) -> int:
    with site.reading() as connection:
        return heartbeats.alive(connection)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeats, "EVERY", 50)
    monkeypatch.setattr(heartbeats, "LEASE", 500)


@pytest.fixture
def worker(store: Store) -> Iterator[Worker]:
    made = Worker(Cases(store, Releases(store)), patience=1)
    yield made
    made.stop()


@pytest.mark.parametrize("fault", BREAK)
def test_fault_27_a_broken_trigger_or_procedure_stops_the_heartbeat_until_it_is_mended(
    quick: None, store: Store, worker: Worker, fault: str
) -> None:
    kind = store.engine.dialect.name
    worker.start()
    until(lambda: living(store) == 1 and worker.is_alive())
    change(store, BREAK[fault][kind])
    until(lambda: living(store) == 0 and not worker.is_alive())
    assert worker.lost == []  # it tries again and again
    change(store, MEND[kind])
    until(lambda: living(store) == 1 and worker.is_alive())


def test_a_heartbeat_leaves_no_entry_behind(store: Store) -> None:
    heartbeats.probe(store)
    with store.reading() as connection:
        for table in ("entries", "unsealed"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_a_worker_not_heard_of_within_its_lease_is_dead(clock: SimulatedClock, store: Store) -> None:
    first, second = Heart(store), Heart(store)
    first.beat()
    clock.advance(timedelta(seconds=20))
    second.beat()
    assert living(store) == 2
    clock.advance(timedelta(seconds=11))
    assert living(store) == 1
    second.stop()
    assert living(store) == 0
    first.beat()  # it was only slow
    assert living(store) == 1
    clock.advance(timedelta(days=2))
    second.beat()
    with store.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM workers")) == 1  # the rows of the dead go


def test_a_worker_with_a_stuck_thread_is_not_heard_of_any_more(quick: None, store: Store) -> None:
    begin, go_on = threading.Event(), threading.Event()
    stuck = Errand("stuck", lambda: 0 if not begin.is_set() else int(not go_on.wait(60)), lambda: 0.05, patience=0.2)
    worker = Worker(Cases(store, Releases(store)), errands=[stuck])
    worker.start()
    until(lambda: living(store) == 1)
    begin.set()
    until(lambda: living(store) == 0)
    go_on.set()
    until(lambda: living(store) == 1)
    worker.stop()
    assert living(store) == 0


@pytest.fixture
def server(postgres_url: str, tmp_path: Path) -> Iterator[Duban]:
    """A process that serves requests and has no worker of its own."""
    made = Duban(postgres_url, tmp_path)
    yield made
    made.close()


def test_readiness_of_a_server_without_a_worker_follows_the_workers_elsewhere(
    clock: SimulatedClock, server: Duban
) -> None:
    assert server.readiness()["worker"] == "none is alive; start: duban worker"
    Heart(server.store).beat()
    assert set(server.readiness().values()) == {"ok"}
    clock.advance(timedelta(seconds=31))
    assert server.readiness()["worker"] == "none is alive; start: duban worker"
