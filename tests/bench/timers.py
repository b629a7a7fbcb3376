"""100,000 timers that are all due at once, drained while people work: `python -m tests.bench.timers [--json]`.

PostgreSQL that syncs its commits, two worker processes, four people who start a case and complete its task, again and
again. The cases are copies of one that was really started: each with an entry of its own,
hashed as it ought to be, so that what fires there goes on with a history that verifies.
"""

import argparse
import hashlib
import json
import multiprocessing
import random
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from engine import history, migrations
from engine import store as tables
from engine.cases import CASE_ALPHABET, Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store, metadata
from engine.worker import Worker
from tests.bench import _size
from tests.bench.worker import WAITING, WORKING, share, until_done, user_times
from tests.support import postgres
from tests.support.diagrams import definitions

WORKERS, PEOPLE = 2, 4
AT_ONCE = 2_000
_fork = multiprocessing.get_context("fork")


def copied(store: Store, case: str, number: int) -> str:
    """So many copies of a case that has one entry and waits for a timer; the id of the last."""
    wanted = {
        tables.cases: tables.cases.c.id == case,
        tables.pages: tables.pages.c.case_id == case,
        tables.timers: tables.timers.c.case_id == case,
        tables.entries: tables.entries.c.stream == f"case/{case}",
    }
    with store.reading() as connection:
        rows = {table: connection.execute(sa.select(table).where(own)).one()._asdict() for table, own in wanted.items()}
    chance, id = random.Random(1), case
    for begun in range(0, number, AT_ONCE):
        ids = [case[:5] + "".join(chance.choices(CASE_ALPHABET, k=12)) for _ in range(min(AT_ONCE, number - begun))]
        with store.transaction() as connection:
            for table, row in rows.items():
                connection.execute(table.insert(), list(_renamed(row, case, ids, rows[tables.entries]["bytes"])))
        id = ids[-1]
        _size.tell(f"{begun + len(ids)} of {number} cases are copied")
    return id


def _renamed(row: dict[str, Any], case: str, ids: list[str], entry: bytes) -> Iterator[dict[str, Any]]:
    for id in ids:
        data = entry.replace(case.encode(), id.encode())
        own = {"case_id": id, "stream": f"case/{id}", "hash": hashlib.sha256(data).hexdigest(), "bytes": data}
        if row.get("id") == case:  # a page has an id too, which is not the case's
            own["id"] = id
        yield {**row, **{name: value for name, value in own.items() if name in row}}


def work(url: str, ready: Any, stop: Any) -> None:
    """One worker process, until it is told to stop."""
    store = Store(url)
    worker = Worker(Cases(store, Releases(store)))
    ready.wait()
    worker.start()
    stop.wait()
    worker.stop()
    store.close()


def drained(url: str, store: Store, cases: Cases, number: int) -> dict[str, float]:
    first = cases.start(c.StartCase("waiting", {"wait": Decimal(0)})).case
    last = copied(store, first, number - 1)
    ready, stop = _fork.Barrier(WORKERS + 1), _fork.Event()
    team = [_fork.Process(target=work, args=(url, ready, stop)) for _ in range(WORKERS)]
    for process in team:
        process.start()
    ended, taken = threading.Event(), list[float]()
    people = [threading.Thread(target=lambda: taken.extend(user_times(cases, ended))) for _ in range(PEOPLE)]
    ready.wait()
    begun = time.monotonic()
    for person in people:
        person.start()
    until_done(store, patience=3600)
    seconds = time.monotonic() - begun
    ended.set()
    stop.set()
    for one in (*people, *team):
        one.join()
    with store.reading() as connection:
        verdict = history.verdict(connection, f"case/{last}", cases.releases.bundle)
        assert (verdict.chain, verdict.reexecution) == ("whole", "same"), verdict.reason
    found = {"timers": number, "seconds": round(seconds, 1), "per_s": round(number / seconds)}
    return {**found, "user_commands": 2 * len(taken), **{f"user_p{n}_s": share(taken, n) for n in (50, 95, 99)}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="three thousand timers")
    arguments = parser.parse_args()
    with postgres.own_server(postgres.DURABLE) as server:
        url = server.url("postgres").render_as_string(hide_password=False)
        store = Store(url)
        migrations.upgrade(store, metadata)
        cases = Cases(store, Releases(store))
        cases.releases.deploy({"b.bpmn": definitions(WAITING, WORKING).encode()})
        found = drained(url, store, cases, _size.of(100_000, 3_000))
        store.close()
    if arguments.json:
        json.dump(found, sys.stdout)
        return
    for what, value in found.items():
        print(f"  {what:<28} {value:>12}")


if __name__ == "__main__":
    main()
