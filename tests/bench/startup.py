"""How soon Duban is ready, and what a case costs on the disk: `python -m tests.bench.startup [--json]`.

startup: `duban serve` on SQLite, from the command to the first ready answer, with an empty database and again with a
used one. disk: bytes that a completion adds, entry by entry and in all, on SQLite after a checkpoint.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from engine import migrations
from engine.cases import Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store, metadata
from tests.bench import _size
from tests.bench.engine import PARTS
from tests.support.diagrams import definitions, process
from tests.support.server import DubanServer

CASES, STEPS = _size.of(50, 15), 10


def main() -> None:
    found = {"startup": startup(), "disk": disk()}
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for name, figures in found.items():
        print(name)
        for what, value in figures.items():
            print(f"  {what:<48} {value:>12.2f}")


def startup() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        server = DubanServer(Path(folder))
        begun = time.perf_counter()
        server.run("migrate")
        figures = {"s to migrate an empty database": time.perf_counter() - begun}
        for what in ("s to the first ready answer", "s to it once more"):
            begun = time.perf_counter()
            server.start()
            figures[what] = time.perf_counter() - begun
            server.stop()
        return figures


def disk() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/disk.db")
        migrations.upgrade(store, metadata)
        cases = Cases(store, Releases(store))
        cases.releases.deploy({"p.bpmn": definitions(process(*PARTS)).encode()})
        before = used(store)
        for _ in range(CASES):
            answer = cases.start(c.StartCase("p", {"text": "x" * 200}))
            for step in range(STEPS):
                command = c.CompleteTask(answer.created[0], {"v": "typed"})
                answer = cases.handle(answer.case, command, key=f"{answer.case}-{step}")
        each = (used(store) - before) / CASES
        with store.reading() as connection:
            entries = connection.exec_driver_sql("SELECT avg(length(bytes)) FROM entries").scalar_one()
        store.close()
    return {"bytes of an entry": float(entries), f"bytes of a case after {STEPS} completions": each}


def used(store: Store) -> int:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        return pages * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())


if __name__ == "__main__":
    main()
