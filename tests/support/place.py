"""A small site for tests of faults: a store with cases on it, clients that insist, and what can be read afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from engine import history
from engine import store as tables
from engine.cases import Cases
from engine.errors import Unavailable
from engine.execution import commands as c
from engine.releases import Releases
from engine.store import Store
from tests.support.diagrams import boundary, definitions, end, flows, process, start, timer, user

TASK = (start(), user("a"), end(), flows("s a", "a e"))
TASK_OR_TIMER = (
    start(), user("a"), boundary("late", "a", timer("duration", "PT1H")), '<task id="escalate"/>', end(),
    flows("s a", "a e", "late escalate"),
)  # fmt: skip


class Place:
    """A store, and the cases of the process `p` on it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cases = Cases(store, Releases(store))

    def deploy(self, *parts: str) -> None:
        self.cases.releases.deploy({"p.bpmn": definitions(process(*parts)).encode()})

    def start(self) -> str:
        return self.cases.start(c.StartCase("p")).case

    def task(self, case: str) -> int:
        with self.store.reading() as connection:
            mine = sa.select(tables.tasks.c.n).where(tables.tasks.c.case_id == case)
            return int(connection.execute(mine).scalar_one())

    def events(self, case: str) -> list[tuple[str, str]]:
        """(type, element) of all that happened, from a history that is proved first."""
        with self.store.reading() as connection:
            verdict = history.verdict(connection, f"case/{case}", self.cases.releases.bundle)
            assert (verdict.chain, verdict.reexecution) == ("whole", "same"), verdict.reason
            told = history.told(connection, f"case/{case}", limit=1000)
        return [(event["type"], event.get("element", "")) for entry in told for event in entry["events"]]

    def status(self, case: str) -> str:
        with self.store.reading() as connection:
            return str(connection.scalar(sa.select(tables.cases.c.status).where(tables.cases.c.id == case)))

    def all_cases(self) -> list[str]:
        """The ids, in the order of their start."""
        with self.store.reading() as connection:
            return list(connection.scalars(sa.select(tables.cases.c.id).order_by(tables.cases.c.started_at)))


class Clients:
    """People who start cases and complete their task, with keys, and repeat what was not answered, as browsers do.

    `done`: the cases whose completion was acknowledged. `refused`: how often each error came instead.
    """

    def __init__(self, place: Place, number: int = 4) -> None:
        self.place = place
        self.done: list[str] = []
        self.refused = Counter[str]()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(number)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def go_on(self, pieces: int = 10) -> None:
        """Wait until so many more are done."""
        before = len(self.done)
        until(lambda: len(self.done) >= before + pieces)

    def _work(self, client: int) -> None:
        with suppress(Unavailable):  # told to stop while the database was away
            self._work_until_told(client)

    def _work_until_told(self, client: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            key, cases = f"{client}-{number}", self.place.cases
            answer = self._insist(lambda: cases.start(c.StartCase("p"), key=f"start-{key}"))  # noqa: B023 - called at once
            complete = c.CompleteTask(answer.created[0])
            self._insist(lambda: cases.handle(answer.case, complete, key=f"done-{key}"))  # noqa: B023 - called at once
            self.done.append(answer.case)

    def _insist(self, do: Callable[[], Any]) -> Any:
        while True:
            try:
                return do()
            except Unavailable as error:
                self.refused[type(error).__name__] += 1
                if self._stop.is_set():
                    raise
                time.sleep(0.05)


def until(condition: Callable[[], bool], patience: float = 60) -> None:
    """Wait until it holds; it must within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
