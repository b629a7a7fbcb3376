"""What a step of a case costs in memory at different lengths of history: `python -m tests.bench.engine [--json]`.

A loop through one user task, so that the same step comes again: load the stored pages, decide, apply, dump. The lengths
take turns, so that other work on the machine slows all of them alike.
"""

import json
import statistics
import sys
import time
from typing import Any

from engine.execution import commands as c
from engine.execution.decide import decide
from engine.execution.state import ROOT, Head, Page, State
from tests.bench import _size
from tests.support.diagrams import bundle, flows, start, user

PARTS = (
    start(), '<exclusiveGateway id="g"/>', user("a"), '<exclusiveGateway id="x" default="x-g"/>', user("z"),
    flows("s g", "g a", "a x", "x g", 'x z =v = "end"'),
)  # fmt: skip
LENGTHS = (10, 1_000, 10_000)
SAMPLES = _size.of(500, 200)


def main() -> None:
    results = {"step": step()}
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
    stored, done, at = _stored(state), 0, {}
    for length in LENGTHS:
        while done < length:
            stored, _ = _one(compiled, stored)
            done += 1
        at[length] = stored
    taken: dict[int, list[float]] = {length: [] for length in LENGTHS}
    for _ in range(SAMPLES):
        for length in LENGTHS:
            taken[length].append(_one(compiled, at[length])[1] * 1000)
    medians = {length: statistics.median(values) for length, values in taken.items()}
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


if __name__ == "__main__":
    main()
