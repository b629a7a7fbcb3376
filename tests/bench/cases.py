"""Durable completions a second, against a bare driver that sends the same SQL: `python -m tests.bench.cases [--json]`.

One completion of a user task through `Cases.handle`, with idempotency key, entry, state, task rows and commit. The bare
driver replays exactly the statements and bytes that one process issued, each by itself and prepared, from the same
state of the database; PostgreSQL syncs each commit to the disk. Ours and bare take turns; ratios are medians.
"""

import json
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from engine import migrations
from engine.cases import Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store, metadata
from tests.bench import _replay, _size
from tests.bench._replay import Issued
from tests.bench.engine import PARTS
from tests.support import postgres
from tests.support.diagrams import definitions, process

PROCESSES = (1, 2, 4)
COMPLETIONS = _size.of(200, 100)
"""For each process and round."""
ROUNDS = _size.of(3, 1)
WARM = 20
Figures = dict[str, float]
Piece = Callable[[Callable[[], object]], None]
"""The work of one process; it calls what it is given once it is ready to begin."""
Begun = list[tuple[str, int]]
"""(case, open task) for each process."""

_fork = multiprocessing.get_context("fork")


def main() -> None:
    results = {"SQLite": on_sqlite(), **on_postgres()}
    if "--json" in sys.argv:
        print(json.dumps(results))
        return
    for name, figures in results.items():
        print(f"{name:<28}", "  ".join(f"{key} {value:.2f}" for key, value in figures.items()))


def begin(url: str, number: int) -> Begun:
    """A database with the schema and so many cases, each with some history."""
    store = Store(url)
    migrations.upgrade(store, metadata)
    cases = Cases(store, Releases(store))
    cases.releases.deploy({"p.bpmn": definitions(process(*PARTS)).encode()})
    begun = []
    for n in range(number):
        answer = cases.start(c.StartCase("p", {"text": "x" * 200}))
        for step in range(WARM):
            answer = cases.handle(
                answer.case, c.CompleteTask(answer.created[0], {"v": "typed"}), key=f"warm-{n}-{step}"
            )
        begun.append((answer.case, answer.created[0]))
    if store.is_sqlite:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return begun


def complete(store: Store, case: str, task: int, name: str, ready: Callable[[], object] = lambda: None) -> None:
    cases = Cases(store, Releases(store))
    cases.releases.bundle(cases.releases.current("p"))
    ready()
    for step in range(COMPLETIONS):
        task = cases.handle(case, c.CompleteTask(task, {"v": "typed"}), key=f"{name}-{step}").created[0]


def recorded(url: str, begun: Begun) -> list[Issued]:
    store, found = Store(url), []
    for n, (case, task) in enumerate(begun):
        with _replay.recording(store) as issued:
            complete(store, case, task, str(n))
        found.append(issued)
    store.close()
    return found


def ours(url: str, begun: Begun) -> list[Piece]:
    return [partial(complete, Store(url), case, task, str(n)) for n, (case, task) in enumerate(begun)]


def together(work: list[Piece]) -> float:
    """Completions a second of processes that begin at the same moment, once each is ready."""
    ready = _fork.Barrier(len(work) + 1)

    processes = [_fork.Process(target=piece, args=(ready.wait,)) for piece in work]
    for one in processes:
        one.start()
    ready.wait()
    begun = time.perf_counter()
    for one in processes:
        one.join()
    assert not any(one.exitcode for one in processes)
    return COMPLETIONS * len(work) / (time.perf_counter() - begun)


def compared(rounds: list[tuple[float, float]]) -> Figures:
    """(ours, bare) of each round."""
    return {
        "per_s": statistics.median(one for one, _ in rounds),
        "bare_per_s": statistics.median(bare for _, bare in rounds),
        "ratio": statistics.median(one / bare for one, bare in rounds),
    }


def on_sqlite() -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        begun = begin(f"sqlite:///{template}", 1)

        def copy(name: str) -> str:
            return str(shutil.copy(template, Path(folder) / name))

        (issued,) = recorded(f"sqlite:///{copy('recorded.db')}", begun)
        rounds = []
        for n in range(ROUNDS):
            mine, bare = f"sqlite:///{copy(f'ours{n}.db')}", partial(_replay.on_sqlite, copy(f"bare{n}.db"), issued)
            rounds.append((together(ours(mine, begun)), together([bare])))
        return compared(rounds)


@contextmanager
def copies(server: postgres.PostgresServer) -> Iterator[Callable[[], str]]:
    """Gives the URLs of fresh copies of the database `template`."""
    made = 0

    def copy() -> str:
        nonlocal made
        made += 1
        server.execute(f'CREATE DATABASE "copy{made}" TEMPLATE template')
        return server.url(f"copy{made}").render_as_string(hide_password=False)

    yield copy


def on_postgres() -> dict[str, Figures]:
    with postgres.own_server(postgres.DURABLE) as server:
        server.execute("CREATE DATABASE template")
        begun = begin(server.url("template").render_as_string(hide_password=False), max(PROCESSES))
        with copies(server) as copy:
            issued = recorded(copy(), begun)
            found = {}
            for number in PROCESSES:
                rounds = []
                for _ in range(ROUNDS):
                    mine, bare = copy(), copy()
                    replays = [partial(_replay.on_postgres, bare, one) for one in issued[:number]]
                    rounds.append((together(ours(mine, begun[:number])), together(replays)))
                found[f"PostgreSQL, processes: {number}"] = compared(rounds)
            return found


if __name__ == "__main__":
    main()
