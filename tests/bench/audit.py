"""What the history that proves itself costs: replaying, sealing, verifying, and completing with all of it on.

    python -m tests.bench.audit [--json]

One case goes round a loop 10,000 times, on SQLite. *replay*: any moment near step 100 and near step 10,000. *seal* and
*verify*: all its entries. *completing*: durable completions with the sealer at work in the background, and without.
"""

import itertools
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine import history, store
from engine.audit import verify
from engine.audit.log import Log, Tables
from engine.cases import Answer, Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from engine.worker import SEAL_EVERY
from tests.bench import _size
from tests.bench.engine import PARTS
from tests.support.diagrams import definitions, process

STEPS = _size.of(10_000, 2_000)
SAMPLES = _size.of(200, 50)
COMPLETIONS = _size.of(1_500, 300)
ROUNDS = _size.of(4, 2)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        results = measure(Path(folder))
    if "--json" in sys.argv:
        print(json.dumps(results))
        return
    for name, figures in results.items():
        print(name)
        for what, value in figures.items():
            print(f"  {what:<48} {value:>12.3f}")


def measure(folder: Path) -> dict[str, dict[str, float]]:
    opened = Store(f"sqlite:///{folder}/bench.db")
    opened.create_all()
    cases = Cases(opened, Releases(opened))
    cases.releases.deploy({"p.bpmn": definitions(process(*PARTS)).encode()})
    log = Log(opened, folder / "keys" / "log.key", folder / "witness.txt")
    case = _long_case(cases)
    results = {"seal": seal(log), "replay": replay(opened, case), "verify": check(opened, log)}
    results["completing"] = completing(cases, log)
    opened.close()
    return results


def _long_case(cases: Cases) -> str:
    with cases.store.transaction() as connection:
        answer = cases.start_within(connection, c.StartCase("p", {"text": "x" * 200}))
        for step in range(STEPS):
            answer = cases.handle_within(connection, answer.case, c.CompleteTask(answer.created[0], {"v": f"t{step}"}))
    return answer.case


def seal(log: Log) -> dict[str, float]:
    elapsed = _timed(log.seal)
    return {"entries a second": (STEPS + 2) / elapsed}


def replay(opened: Store, case: str) -> dict[str, float]:
    """Milliseconds for a moment with all its data, at random places around two lengths of history."""
    kept = history.keep_snapshots(opened, case)
    chance = random.Random(1)
    times: dict[int, list[float]] = {100: [], STEPS: []}
    for _ in range(SAMPLES):
        for length, found in times.items():
            seq = min(length + chance.randint(-50, 50), STEPS + 1)
            found.append(_timed(lambda seq=seq: _moment(opened, case, seq)) * 1000)  # type: ignore[misc]  # bound now
    figures = {f"p95 ms near step {length}": statistics.quantiles(found, n=20)[-1] for length, found in times.items()}
    medians = {length: statistics.median(found) for length, found in times.items()}
    ratio = medians[STEPS] / medians[100]
    return {**figures, "ratio of the medians": ratio, "snapshots": kept, **_room(opened)}


def _moment(opened: Store, case: str, seq: int) -> None:
    with opened.reading() as connection:
        found = history.state_at(connection, case, seq)
        history.scopes(connection, found)
        found.replay.diagram()


def _room(opened: Store) -> dict[str, float]:
    with opened.reading() as connection:
        snapshots = connection.scalar(sa.select(sa.func.sum(sa.func.length(store.snapshots.c.body))))
        entries = connection.scalar(sa.select(sa.func.sum(sa.func.length(store.entries.c.bytes))))
    return {"bytes of snapshots for a byte of entries": (snapshots or 0) / (entries or 1)}


def check(opened: Store, log: Log) -> dict[str, float]:
    def whole() -> None:
        with opened.reading() as connection:
            signer = log.signer()
            report = verify.Auditor(Tables(connection), signer and signer.public, log.witness.text()).run()
            assert not report.findings and report.entries == STEPS + 2

    return {"entries a second": (STEPS + 2) / _timed(whole)}


def completing(cases: Cases, log: Log) -> dict[str, float]:
    """Turn by turn with and without the log, so that what else the machine does weighs on both alike."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    used: dict[bool, list[float]] = {False: [], True: []}
    for is_on in itertools.islice(itertools.cycle((False, True)), 2 * ROUNDS):
        began = time.process_time()
        rates[is_on].append(COMPLETIONS / _with_log(lambda: _complete(cases), log, is_on))
        used[is_on].append(time.process_time() - began)
    return {
        "a second without the log": statistics.median(rates[False]),
        "a second with it": statistics.median(rates[True]),
        "ratio": statistics.median(rates[True]) / statistics.median(rates[False]),
        "ratio by processor time": statistics.median(used[False]) / statistics.median(used[True]),
    }


def _complete(cases: Cases) -> None:
    answer: Answer = cases.start(c.StartCase("p", {"text": "x" * 200}))
    for _ in range(COMPLETIONS):
        answer = cases.handle(answer.case, c.CompleteTask(answer.created[0], {"v": "typed"}))


def _with_log(work: Callable[[], object], log: Log, is_on: bool) -> float:
    """With the trigger and a sealer that comes as often as the worker's does, or with neither."""
    switch = store.MARKING["sqlite"] if is_on else ("DROP TRIGGER entries_unsealed",)
    with log.store.transaction() as connection:
        for statement in switch:
            connection.exec_driver_sql(statement)
    stop = threading.Event()

    def seals() -> None:
        while is_on and not stop.wait(SEAL_EVERY / 1000 if log.seal() else 0.5):
            continue

    thread = threading.Thread(target=seals)
    thread.start()
    elapsed = _timed(work)
    stop.set()
    thread.join()
    return elapsed


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
