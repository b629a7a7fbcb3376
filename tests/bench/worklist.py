"""A page of the worklist at 5,000 and at 500,000 open tasks: `python -m tests.bench.worklist [--json]`.

PostgreSQL. Tasks have two candidates each among 10 groups in 100 units. People hold 22 grants, so each sees one in
23 of all tasks. The two sizes take turns, so that other work on the machine slows both alike.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import sqlalchemy as sa

from engine import migrations, worklist
from engine.store import Store, metadata
from tests.bench import _size
from tests.bench.worker import share
from tests.support import postgres

SIZES = (5_000, _size.of(500_000, 50_000))
GROUPS, UNITS, GRANTS, PEOPLE = 10, 100, 22, 20
PAGES = _size.of(100, 40)
NOW = 1_790_000_000_000
FILL = (
    """INSERT INTO cases (id, process, release, status, title, started_at, updated_at, seq, hash, head)
       SELECT 'c' || i, 'p', 'r', 'active', 'Case ' || i, {now} - i, {now}, 1, '', ''
       FROM generate_series(0, {n} / 5) i""",
    """INSERT INTO tasks (case_id, n, page, process, element, name, state, priority, created_at, due_at, sort_due,
                          version)
       SELECT 'c' || (i / 5), i, '0', 'p', 'inspect', 'Inspect', 'created', 50, {now} - i, due, due, 1
       FROM generate_series(0, {n} - 1) i, LATERAL (SELECT {now} + i * 7919::bigint %% 86400000) AS at (due)""",
    """INSERT INTO task_candidates (case_id, n, token)
       SELECT DISTINCT 'c' || (i / 5), i, 'role:g' || h / {units} || '@u' || h %% {units}
       FROM generate_series(0, {n} - 1) i, generate_series(0, 1) k,
            LATERAL (SELECT abs(hashint8(i * 2::bigint + k)::bigint) %% ({groups} * {units})) AS picked (h)""",
    "ANALYZE",
)  # fmt: skip


def main() -> None:
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for what, value in found.items():
        print(f"  {what:<48} {value:>12.3f}")


def filled(url: str, number: int) -> Store:
    store = Store(url)
    migrations.upgrade(store, metadata)
    with store.transaction() as connection:
        for statement in FILL:
            connection.exec_driver_sql(statement.format(n=number, now=NOW, groups=GROUPS, units=UNITS))
    return store


def measure() -> dict[str, float]:
    chance = random.Random(1)
    everything = [f"role:g{group}@u{unit}" for group in range(GROUPS) for unit in range(UNITS)]
    people = [chance.sample(everything, GRANTS) for _ in range(PEOPLE)]
    figures: dict[str, float] = {}
    with postgres.own_server(postgres.DURABLE) as server:
        stores = {}
        for size in SIZES:
            server.execute(f"CREATE DATABASE tasks{size}")
            stores[size] = filled(server.url(f"tasks{size}").render_as_string(hide_password=False), size)
        for what, look in LOOKS.items():
            taken: dict[int, list[float]] = {size: [] for size in SIZES}
            for number in range(PAGES):
                for size, store in stores.items():
                    taken[size].append(timed(store, people[number % PEOPLE], look))
            for size, values in taken.items():
                figures[f"{what}, {size} tasks, p50 ms"] = statistics.median(values)
                figures[f"{what}, {size} tasks, p95 ms"] = share(values, 95)
            small, large = (share(taken[size], 95) for size in SIZES)
            figures[f"{what}, p95 of the large to the small"] = large / small
    return figures


Look = Callable[[sa.Connection, list[str]], object]
LOOKS: dict[str, Look] = {
    "page": lambda c, tokens: worklist.tasks(c, person="p", tokens=tokens, view="available", now=NOW),
    "page of what is overdue": lambda c, tokens: worklist.tasks(
        c, person="p", tokens=tokens, view="overdue", now=NOW + 40_000_000
    ),
    "counts": lambda c, tokens: worklist.counts(c, person="p", tokens=tokens, now=NOW),
}


def timed(store: Store, tokens: list[str], look: Look) -> float:
    with store.reading() as connection:
        begun = time.perf_counter()
        look(connection, tokens)
        return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
