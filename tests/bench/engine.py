"""What a step of a case costs: in memory at different lengths of history, and on SQLite against the bare driver.

    python -m tests.bench.engine [--json]

A loop through one user task, so that the same step comes again. *step*: load the stored pages, decide, apply, dump.
*durable*: `Cases.handle`, against sqlite3 replaying the very statements and bytes of the same completions.
"""

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine.cases import Cases
from engine.execution import commands as c
from engine.execution.decide import decide
from engine.execution.state import ROOT, Head, Page, State
from engine.releases import Releases
from engine.store import Store
from tests.support.diagrams import bundle, definitions, flows, process, start, user

PARTS = (
    start(), '<exclusiveGateway id="g"/>', user("a"), '<exclusiveGateway id="x" default="x-g"/>', user("z"),
    flows("s g", "g a", "a x", "x g", 'x z =v = "end"'),
)  # fmt: skip
LENGTHS = (10, 1_000, 10_000)
DURABLE = 400


def main() -> None:
    results = {"step": step(), "durable on SQLite": durable()}
    if "--json" in sys.argv:
        print(json.dumps(results))
        return
    for name, figures in results.items():
        print(name)
        for what, value in figures.items():
            print(f"  {what:<48} {value:>12.3f}")


def step() -> dict[str, float]:
    """Milliseconds of a step after so many steps, and how the longest compares with the shortest."""
    compiled = bundle(*PARTS)
    state = State()
    decide(compiled, state, c.StartCase("p", {"text": "x" * 200}, at=1))
    stored, done, medians = _stored(state), 0, {}
    for length in LENGTHS:
        while done < length:
            stored, _ = _one(compiled, stored)
            done += 1
        medians[length] = statistics.median(_one(compiled, stored)[1] for _ in range(500)) * 1000
    figures = {f"ms at history {length}": medians[length] for length in LENGTHS}
    return {**figures, "ratio of the longest to the shortest": medians[LENGTHS[-1]] / medians[LENGTHS[0]]}


Stored = tuple[str, str, str]


def _stored(state: State) -> Stored:
    page = state.pages[ROOT]
    return state.head.dump(), page.dump(), page.dump_variables()


def _one(compiled: Any, stored: Stored) -> tuple[Stored, float]:
    began = time.perf_counter()
    head, body, variables = stored
    state = State(Head.load(head), lambda ids: [Page.load(id, body, variables) for id in ids])
    task = next(iter(state.page(ROOT).instances))
    decide(compiled, state, c.CompleteTask(task, {"v": "typed"}, page=ROOT, at=2))
    result = _stored(state)
    return result, time.perf_counter() - began


def durable() -> dict[str, float]:
    """Completions a second through `Cases.handle`, and of the same SQL through sqlite3 alone."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/engine.db")
        store.create_all()
        cases = Cases(store, Releases(store))
        cases.releases.deploy({"p.bpmn": definitions(process(*PARTS)).encode()})
        answer = cases.start(c.StartCase("p", {"text": "x" * 200}))
        for _ in range(20):
            answer = cases.handle(answer.case, c.CompleteTask(answer.created[0], {"v": "typed"}))
        statements: list[tuple[str, Any]] = []
        ours = DURABLE / _timed(lambda: _complete(cases, answer, statements, store))
        store.close()
        bare = DURABLE / _timed(lambda: _replay(Path(folder) / "bare.db", f"{folder}/engine.db", statements))
    return {"completions a second": ours, "bare driver, the same statements": bare, "ratio": ours / bare}


def _complete(cases: Cases, answer: Any, statements: list[tuple[str, Any]], store: Store) -> None:
    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        statements.append((statement, list(parameters) if many else parameters))

    sa.event.listen(store.engine, "before_cursor_execute", note)
    for _ in range(DURABLE):
        answer = cases.handle(answer.case, c.CompleteTask(answer.created[0], {"v": "typed"}))


def _replay(bare: Path, template: str, statements: list[tuple[str, Any]]) -> None:
    connection = sqlite3.connect(bare, isolation_level=None)
    sqlite3.connect(template).backup(connection)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; DELETE FROM entries;"
    )
    connection.executescript("DELETE FROM unsealed; DELETE FROM tasks; DELETE FROM idempotency;")
    open_transaction = False
    for statement, parameters in statements:
        if statement.startswith("BEGIN"):
            if open_transaction:
                connection.execute("COMMIT")
            open_transaction = True
        run: Callable[..., Any] = connection.executemany if isinstance(parameters, list) else connection.execute
        run(statement, parameters).fetchall() if run == connection.execute else run(statement, parameters)
    if open_transaction:
        connection.execute("COMMIT")
    connection.close()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
