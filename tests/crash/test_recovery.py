"""Killing what works by itself: the sealer, and whoever takes up the work of the one that was killed before."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import clock, guard, store
from engine.audit import keys, log, verify
from engine.audit.log import Log, Tables
from engine.cases import Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from tests.crash.harness import boundaries, killed_at, opened
from tests.crash.test_crash_points import NOON, PARTS, again, moment, new_case, past, tick
from tests.support.diagrams import definitions, process

__all__ = ["moment"]  # the fixture holds the clock for every test of this module too
AFTERWARDS = "timers, jobs and messages"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several transactions for a few entries."""
    monkeypatch.setattr(log, "_WAITING", log._WAITING.limit(3))


def _unseal(url: str, witness: Path) -> None:
    """The log forgets everything: all entries wait again, in the same order."""
    with opened(url) as site, site.transaction() as connection, guard.unguarded(connection):
        for table in (store.unsealed, store.leaves, store.tiles, store.checkpoints):
            connection.execute(table.delete())
        columns = sa.select(store.entries.c.stream, store.entries.c.seq)
        connection.execute(store.unsealed.insert().from_select(["stream", "seq"], columns))
    witness.unlink(missing_ok=True)


def _audited(url: str, key: Path, witness: Path) -> verify.Report:
    with opened(url) as site, site.reading() as connection:
        return verify.Auditor(Tables(connection), keys.load(key).public, witness.read_text()).run()


def test_fault_06_a_sealer_killed_at_any_boundary_leaves_no_gap_and_the_next_comes_to_the_same_root(
    database_url: str, tmp_path: Path, small_batches: None
) -> None:
    key, witness = tmp_path / "keys" / "log.key", tmp_path / "witness.txt"
    keys.create(key)
    with opened(database_url) as site:
        cases = Cases(site, Releases(site))
        cases.releases.deploy({"test.bpmn": definitions(process(*PARTS), key="=no").encode()})
        for number in range(7):
            cases.start(c.StartCase("p", {"no": str(number)}))

    def seal(site: Store) -> object:
        return Log(site, key, witness).seal()

    count = boundaries(database_url, seal)
    wanted = _audited(database_url, key, witness)
    assert (wanted.findings, wanted.leaves, wanted.waiting) == ([], 8, 0)
    assert wanted.witnessed is not None
    assert count > 20  # three batches
    for at in range(1, count + 1):
        _unseal(database_url, witness)
        assert killed_at(database_url, at, seal), f"boundary {at} of {count}"
        with opened(database_url) as site:
            seal(site)
        found = _audited(database_url, key, witness)
        assert (found.findings, found.leaves, found.waiting) == ([], 8, 0), f"killed at boundary {at} of {count}"
        assert found.witnessed is not None
        assert found.witnessed.root == wanted.witnessed.root


@pytest.mark.parametrize("kills", [(3, 3, 3, 3, 3), (11, 7, 2, 19, 5), (25, 30, 12, 1, 8)], ids=str)
def test_fault_07_a_recovery_killed_five_times_converges(database_url: str, kills: tuple[int, ...]) -> None:
    with opened(database_url) as site:
        Releases(site).deploy({"test.bpmn": definitions(process(*PARTS), key="=no").encode()})
    reference = _left_behind(database_url)
    with opened(database_url) as site:
        again(site, AFTERWARDS, reference)
    wanted = past(database_url, reference)
    case = _left_behind(database_url)
    struck = [killed_at(database_url, boundary, tick(case)) for boundary in kills]  # each takes up what the last left
    assert sum(struck) >= 3, struck
    with opened(database_url) as site:
        again(site, AFTERWARDS, case)
    assert past(database_url, case) == wanted


def _left_behind(url: str) -> str:
    """A case whose timer, job and messages have waited for two hours."""
    case = new_case(url)
    clock.simulate(lambda: NOON + timedelta(hours=2))
    return case
