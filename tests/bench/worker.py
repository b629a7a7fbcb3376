"""How late timers fire, and what users feel while many are due: `python -m tests.bench.worker [--json]`.

idle: timers at random moments, nothing else to do. flood: timers that are all due at once, drained by one or two
workers, while one user starts and completes tasks.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from engine import store as tables
from engine.cases import Cases
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from engine.worker import Worker
from tests.bench import _size
from tests.support import postgres
from tests.support.diagrams import definitions, end, flows, process, start, timer, user

WAIT = '<intermediateCatchEvent id="t">' + timer("duration", '=duration("PT" + string(wait) + "S")')
WAITING = process(start(), WAIT + "</intermediateCatchEvent>", end(), flows("s t", "t e"), id="waiting")
WORKING = process(start("b"), user("a"), end("f"), flows("b a", "a f"), id="working")
Figures = dict[str, float]


@contextmanager
def sites() -> Iterator[dict[str, Callable[[], Store]]]:
    with tempfile.TemporaryDirectory() as folder, postgres.own_server() as server:
        url = server.url("postgres").render_as_string(hide_password=False)
        lite = Store(f"sqlite:///{Path(folder) / 'duban.db'}")
        yield {"sqlite": lambda: lite, "postgres": lambda: Store(url)}


def share(values: list[float], percent: int) -> float:
    return round(sorted(values)[min(len(values) - 1, len(values) * percent // 100)], 4)


def until_done(store: Store, patience: float = 600) -> None:
    left = sa.select(sa.func.count()).select_from(tables.timers)
    deadline = time.monotonic() + patience
    while True:
        with store.reading() as connection:
            waiting = connection.scalar(left)
        if not waiting:
            return
        _size.tell(f"{waiting} timers wait")
        assert time.monotonic() < deadline, "the timers were not drained"
        time.sleep(0.05)


def idle(cases: Cases, number: int = _size.of(200, 100)) -> Figures:
    late: list[float] = []
    worker = Worker(cases, observe=lambda name, value: late.append(value) if name == "timer_lateness" else None)
    chance = random.Random(1)
    for _ in range(number):
        cases.start(c.StartCase("waiting", {"wait": Decimal(str(round(chance.uniform(3, 18), 3)))}))
    worker.start()
    until_done(cases.store)
    worker.stop()
    return {"timers": number, "p50_s": share(late, 50), "p99_s": share(late, 99), "max_s": round(max(late), 4)}


def user_times(cases: Cases, stop: threading.Event) -> list[float]:
    taken = []
    while not stop.is_set():
        begun = time.monotonic()
        answer = cases.start(c.StartCase("working"))
        cases.handle(answer.case, c.CompleteTask(answer.created[0]))
        taken.append((time.monotonic() - begun) / 2)
        stop.wait(0.02)
    return taken


def flood(opened: Callable[[], Store], workers: int, number: int) -> Figures:
    cases = Cases(opened(), Releases(opened()))
    for _ in range(number):
        cases.start(c.StartCase("waiting", {"wait": Decimal(0)}))
    stop, taken = threading.Event(), list[float]()
    person = threading.Thread(target=lambda: taken.extend(user_times(cases, stop)))
    team = [Worker(Cases(one, Releases(one))) for one in (opened() for _ in range(workers))]
    begun = time.monotonic()
    person.start()
    for worker in team:
        worker.start()
    until_done(cases.store)
    seconds = time.monotonic() - begun
    stop.set()
    person.join()
    for worker in team:
        worker.stop()
    return {
        "timers": number, "per_s": round(number / seconds), "user_p50_s": share(taken, 50),
        "user_p99_s": share(taken, 99),
    }  # fmt: skip


def measure(number: int) -> dict[str, Figures]:
    found = {}
    with sites() as opened:
        for name, opener in opened.items():
            store = opener()
            store.create_all()
            cases = Cases(store, Releases(store))
            cases.releases.deploy({"b.bpmn": definitions(WAITING, WORKING).encode()})
            _size.tell(f"{name} idle")
            found[f"{name} idle"] = idle(cases)
            for workers in (1, 2) if name == "postgres" else (1,):
                found[f"{name} flood, workers: {workers}"] = flood(opener, workers, number)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="fewer of all")
    parser.add_argument("--timers", type=int, default=_size.of(10_000, 1_000), help="due at once in the flood")
    arguments = parser.parse_args()
    found = measure(arguments.timers)
    if arguments.json:
        json.dump(found, sys.stdout)
        return
    for name, figures in found.items():
        print(f"{name:<28}", "  ".join(f"{key} {value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
