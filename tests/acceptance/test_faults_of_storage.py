"""Faults of disks, servers and copies of the database. The numbers are those of docs/reliability.md."""

import random
import resource
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import migrations
from engine.audit.log import Forked, Log
from engine.errors import Unavailable
from engine.execution import commands as c
from engine.store import CHANNEL, Store
from engine.worker import Worker
from tests.support import postgres
from tests.support.place import TASK, Clients, Place, until

MEGABYTE = 1_000_000
HEARS = f"SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN {CHANNEL}'"


def test_fault_09_after_a_fail_over_every_acknowledged_write_is_there_once(
    own_database: tuple[postgres.PostgresServer, str],
) -> None:
    primary, url = own_database
    with postgres.standby_of(primary) as standby:
        both = sa.make_url(url).update_query_dict(
            {"host": f"{primary.folder},{standby.folder}", "target_session_attrs": "read-write"}
        )
        place = Place(Store(both.render_as_string(hide_password=False)))
        place.deploy(*TASK)
        worker = Worker(place.cases)
        worker.start()
        with Clients(place) as clients:
            clients.go_on()
            primary.kill()
            standby.execute("SELECT pg_promote()")
            clients.go_on()
        until(lambda: standby.execute(HEARS) == [(1,)])  # the worker, on the new primary
        worker.stop()
        assert clients.refused["Unavailable"] > 0
        for case in clients.done:
            assert Counter(place.events(case))["TaskCompleted", "a"] == 1
        assert sorted(place.all_cases()) == sorted(clients.done)  # a start that was repeated made no second case
        place.store.close()


# A full disk -------------------------------------------------------------------------------------------------------


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes: what a full disk is to whoever writes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _fill(place: Place) -> int:
    """Start large cases until the database refuses; how many it took."""
    chance, started = random.Random(1), 0
    with pytest.raises(Unavailable):
        while started < 200:
            place.cases.start(c.StartCase("p", {"text": chance.randbytes(50_000).hex()}))
            started += 1
    return started


def _expect_whole(place: Place, number: int) -> None:
    cases = place.all_cases()
    assert len(cases) == number
    for case in cases:
        assert Counter(place.events(case))["TaskCreated", "a"] == 1


def test_fault_20_a_full_disk_is_a_clean_error_and_passes_when_there_is_room_on_sqlite(sqlite_url: str) -> None:
    place = Place(Store(sqlite_url))
    place.deploy(*TASK)
    case = place.start()
    with files_of_at_most(4 * MEGABYTE):
        started = _fill(place)
        _expect_whole(place, started + 1)  # what stands there can be read all the while
    place.cases.handle(case, c.CompleteTask(place.task(case)))
    assert Counter(place.events(case))["TaskCompleted", "a"] == 1
    _expect_whole(place, started + 1)
    with place.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    place.store.close()


def _meet_again(place: Place) -> None:
    """A connection used within the last second is not tried before: the first ask after a restart may be refused."""
    for _ in range(10):
        try:
            with place.store.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
        except Unavailable:
            continue
        return
    raise AssertionError("the database does not answer after its restart")


def test_fault_20_a_full_disk_is_a_clean_error_and_passes_when_there_is_room_on_postgresql(
    own_database: tuple[postgres.PostgresServer, str],
) -> None:
    server, url = own_database
    place = Place(Store(url))
    place.deploy(*TASK)
    case = place.start()
    server.stop()
    server.start(largest_file=4 * MEGABYTE)
    _meet_again(place)
    started = _fill(place)
    _expect_whole(place, started + 1)
    server.stop()
    server.start()
    _meet_again(place)
    place.cases.handle(case, c.CompleteTask(place.task(case)))
    assert Counter(place.events(case))["TaskCompleted", "a"] == 1
    _expect_whole(place, started + 1)
    place.store.close()


# A torn write-ahead log --------------------------------------------------------------------------------------------

SHARES = (0.0, 0.0001, 0.05, 0.11, 0.31, 0.52, 0.77, 0.999)


@pytest.mark.parametrize("damage", ["cut off", "overwritten"])
def test_fault_21_a_torn_write_ahead_log_leaves_a_prefix_of_the_history(
    sqlite_url: str, tmp_path: Path, damage: str
) -> None:
    place = Place(Store(sqlite_url))
    place.deploy(*TASK)
    with place.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    wanted = [place.start() for _ in range(30)]
    whole = Path(str(place.store.url.database))
    lengths = set()
    wal = Path(f"{whole}-wal").read_bytes()
    for number, share in enumerate(SHARES):
        copy = tmp_path / f"torn{number}.db"
        shutil.copy(whole, copy)
        at = int(len(wal) * share)
        torn = wal[:at] if damage == "cut off" else wal[:at] + b"\xa5" * 700 + wal[at + 700 :]
        Path(f"{copy}-wal").write_bytes(torn)
        lengths.add(_expect_prefix(copy, wanted))
    assert len(lengths) > 3  # the damage was felt, in some places more than in others
    place.store.close()


def _expect_prefix(file: Path, wanted: list[str]) -> int:
    torn = Place(Store(f"sqlite:///{file}"))
    found = torn.all_cases()
    assert sorted(found) == sorted(wanted[: len(found)])
    for case in found:
        assert ("TaskCreated", "a") in torn.events(case)
    with torn.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    torn.start()  # and it goes on
    torn.store.close()
    return len(found)


def test_fault_21_what_a_torn_log_has_lost_is_missed_by_the_witness(sqlite_url: str, tmp_path: Path) -> None:
    """A prefix is consistent in itself. That it is only a prefix shows as soon as it was sealed before."""
    place, witness = Place(Store(sqlite_url)), tmp_path / "witness.txt"
    place.deploy(*TASK)
    with place.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for _ in range(10):
        place.start()
    Log(place.store, tmp_path / "log.key", witness).seal()
    whole = Path(str(place.store.url.database))
    copy = shutil.copy(whole, tmp_path / "torn.db")
    Path(f"{copy}-wal").write_bytes(Path(f"{whole}-wal").read_bytes()[:100_000])
    torn = Store(f"sqlite:///{copy}")
    with pytest.raises(Forked, match="cut short"):
        Log(torn, tmp_path / "log.key", witness).seal()
    torn.close()
    place.store.close()


# Another version ---------------------------------------------------------------------------------------------------


def _change_the_schema(connection: sa.Connection) -> None:
    """What every migration between two versions that run side by side may do."""
    for change in (
        "CREATE TABLE of_the_new_version (id INTEGER PRIMARY KEY)",
        "CREATE INDEX ix_of_the_new_version ON entries (at)",
        "ALTER TABLE tasks ADD COLUMN of_the_new_version INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE cases ADD COLUMN of_the_new_version TEXT",
    ):
        connection.exec_driver_sql(change)


def test_fault_26_cases_go_on_while_the_database_is_upgraded_under_them(database_url: str) -> None:
    place = Place(Store(database_url))
    place.deploy(*TASK)
    with Clients(place) as clients:
        clients.go_on()
        migrations.while_others_work(place.store, _change_the_schema)
        clients.go_on()  # the processes of the old version
        if not place.store.is_sqlite:
            new = Place(Store(database_url))  # beside them, one of the new
            with Clients(new, 1) as others:
                others.go_on()
            new.store.close()
    for case in clients.done:
        assert Counter(place.events(case))["TaskCompleted", "a"] == 1
    place.store.close()
