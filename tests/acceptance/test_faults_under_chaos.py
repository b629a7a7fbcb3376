"""Processes are killed again and again while they work; afterwards a checker holds what was acknowledged against what
the histories say."""

import json
import os
import signal
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from engine import history
from engine.errors import Unavailable
from engine.execution import commands as c
from engine.store import Store
from engine.worker import Worker
from tests.support import postgres
from tests.support.diagrams import end, flows, start, timer, user
from tests.support.place import Place, until

KILLS = 6
PARTS = (
    start(), user("a"), '<intermediateCatchEvent id="t">', timer("duration", "PT0.05S"), "</intermediateCatchEvent>",
    end(), flows("s a", "a t", "t e"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a client was told: this request of its is entry `seq` of that case."""

    key: str
    case: str
    seq: int


class Journal:
    """What clients of one process keep on their own side: each acknowledgement, written before the next request."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.touch()

    def note(self, *fields: object) -> None:
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND)
        os.write(handle, json.dumps(fields).encode() + b"\n")
        os.close(handle)

    def read(self) -> list[Acknowledged]:
        lines = self.file.read_text().splitlines(keepends=True)
        return [Acknowledged(*json.loads(line)) for line in lines if line.endswith("\n")]


class Client:
    """A process that starts and completes one case after another, until it is told to stop, with a worker beside it.
    Begun anew, it repeats what it has no answer to."""

    def __init__(self, name: str, url: str, folder: Path) -> None:
        self.name, self.url, self.journal = name, url, Journal(folder / name)
        self.told_to_stop = folder / f"{name}.stop"
        self.process = 0

    def begin(self) -> None:
        self.process = os.fork()
        if self.process == 0:
            try:
                self._work()
            except BaseException:  # noqa: BLE001 - a forked child must never return into the test run
                traceback.print_exc()
                os._exit(3)
            os._exit(0)

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def end(self) -> None:
        self.told_to_stop.touch()
        _, status = os.waitpid(self.process, 0)
        assert os.waitstatus_to_exitcode(status) == 0, f"client {self.name} failed"

    def _work(self) -> None:
        place = Place(Store(self.url))
        worker = Worker(place.cases)
        worker.start()
        number = len({told.key for told in self.journal.read() if told.key.startswith("done")})
        self._one(place, f"{self.name}-{number}")  # what the one before may have left half done
        while not self.told_to_stop.exists():
            number += 1
            self._one(place, f"{self.name}-{number}")
        until(lambda: all(place.status(told.case) == "completed" for told in self.journal.read()))
        worker.stop()

    def _one(self, place: Place, key: str) -> None:
        def do() -> bool:
            try:
                begun = place.cases.start(c.StartCase("p"), key=f"start-{key}")
                self.journal.note(f"start-{key}", begun.case, begun.seq)
                done = place.cases.handle(begun.case, c.CompleteTask(begun.created[0]), key=f"done-{key}")
                self.journal.note(f"done-{key}", done.case, done.seq)
            except Unavailable:  # also: the file is still the writer's that was killed a moment ago
                return False
            return True

        until(do)


def _check(place: Place, told: list[Acknowledged]) -> None:
    """Each request happened once, where its acknowledgements say, and nothing happened that nobody asked for."""
    places = {(one.key, one.case, one.seq) for one in told}
    assert len(places) == len({key for key, _, _ in places}), "a request was acknowledged at two places"
    assert sorted(place.all_cases()) == sorted({case for _, case, _ in places})
    for key, case, seq in places:
        with place.store.reading() as connection:
            (entry,) = history.told(connection, f"case/{case}", after=seq - 1, limit=1)
        assert entry["command"]["type"] == ("StartCase" if key.startswith("start") else "CompleteTask")
    for case in {case for _, case, _ in places}:
        happened = Counter(place.events(case))
        assert (happened["TaskCompleted", "a"], happened["TimerFired", "t"]) == (1, 1)


def _killed_in_turn(clients: list[Client]) -> None:
    """Each time after some more was acknowledged, so that every kill strikes a process at work."""
    for turn in range(KILLS):
        victim = clients[turn % len(clients)]
        so_far = len(victim.journal.read())
        until(lambda: len(victim.journal.read()) > so_far + turn)  # noqa: B023 - called at once
        victim.kill()
        victim.begin()


def test_what_clients_were_told_happened_exactly_once_although_processes_were_killed(
    sqlite_url: str, tmp_path: Path
) -> None:
    place = Place(Store(sqlite_url))
    place.deploy(*PARTS)
    place.store.close()
    client = Client("0", sqlite_url, tmp_path)
    client.begin()
    _killed_in_turn([client])
    client.end()
    place = Place(Store(sqlite_url))
    _check(place, client.journal.read())
    place.store.close()


def test_what_clients_were_told_happened_exactly_once_although_processes_and_database_were_killed(
    own_database: tuple[postgres.PostgresServer, str], tmp_path: Path
) -> None:
    server, url = own_database
    place = Place(Store(url))
    place.deploy(*PARTS)
    place.store.close()
    clients = [Client(str(n), url, tmp_path) for n in range(3)]
    for client in clients:
        client.begin()
    _killed_in_turn(clients[:2])
    server.stop(signal.SIGQUIT)
    server.start()
    _killed_in_turn(clients[1:])
    for client in clients:
        client.end()
    place = Place(Store(url))
    _check(place, [told for client in clients for told in client.journal.read()])
    place.store.close()
