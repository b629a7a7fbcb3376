"""Cases that older versions began go on under this one. Fault 26 of docs/reliability.md."""

import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import workflows.duban  # noqa: F401 - every table joins the metadata
from engine import migrations
from engine import store as tables
from engine.execution import commands as c
from engine.store import Store, metadata
from engine.worker import Worker
from tests.conftest import SimulatedClock
from tests.support.place import Place

DATABASES = sorted((Path(__file__).parent / "databases").glob("*.sql"))


def _open_task(place: Place, case: str) -> int:
    t = tables.tasks.c
    with place.store.reading() as connection:
        mine = sa.select(t.n).where(t.case_id == case, t.state.in_(("created", "claimed")))
        return int(connection.execute(mine).scalar_one())


@pytest.mark.parametrize("dump", DATABASES, ids=lambda dump: dump.stem)
def test_fault_26_cases_begun_on_an_older_schema_resume_on_the_newest(
    tmp_path: Path, clock: SimulatedClock, dump: Path
) -> None:
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.executescript(dump.read_text(encoding="utf-8"))
    old.close()
    place = Place(Store(f"sqlite:///{tmp_path / 'old.db'}"))
    migrations.upgrade(place.store, metadata)
    clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    cases = place.all_cases()
    assert len(cases) == 3
    for case in cases:
        place.cases.handle(case, c.CompleteTask(_open_task(place, case)))
    clock.advance(timedelta(seconds=1))
    assert Worker(place.cases).drain() == 3
    for case in cases:
        place.cases.handle(case, c.CompleteTask(_open_task(place, case)))
        happened = Counter(place.events(case))
        assert (happened["TaskCompleted", "a"], happened["TaskCompleted", "b"]) == (1, 1)
        assert place.status(case) == "completed"
    place.store.close()
