"""Completions through the API under gunicorn, against a bare driver: `python -m tests.bench.http [--json]`.

PostgreSQL that syncs its commits; `duban serve --workers 2`, a worker beside it, four clients with a session each. A
completion is one POST with idempotency key and version. The bare driver is that of `tests.bench.cases`: the SQL of the
same completion in process, one statement at a time, with as many processes as there are clients.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from engine.execution import commands as c
from tests.bench import _replay, _size, cases
from tests.bench.worker import share
from tests.support import postgres
from tests.support.diagrams import definitions, ext, flows, process, start, user
from tests.support.server import DUBAN, free_port
from workflows import people
from workflows.duban import Duban

CLIENTS = 4
WARM, COMPLETIONS = 40, _size.of(100, 40)
"""For each client, before the clock runs and while it does; the rate limit allows 240 a minute."""
PASSWORD = "a right password"
ASSIGNED = ext("<zeebe:userTask/>", '<zeebe:assignmentDefinition candidateGroups="role:FIELD_INSPECTOR"/>')
PARTS = (
    start(), '<exclusiveGateway id="g"/>', user("a", ASSIGNED), '<exclusiveGateway id="x" default="x-g"/>', user("z"),
    flows("s g", "g a", "a x", "x g", 'x z =v = "end"'),
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, postgres.own_server(postgres.DURABLE) as server:
        server.execute("CREATE DATABASE template")
        begun = cases.begin(server.url("template").render_as_string(hide_password=False), CLIENTS)
        with cases.copies(server) as copy:
            issued, bare_copy = cases.recorded(copy(), begun), copy()
            bare = cases.together([partial(_replay.on_postgres, bare_copy, one) for one in issued])
            found = {**through(copy(), Path(folder)), "bare_per_s": bare}
    found["ratio"] = found["per_s"] / bare
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for what, value in found.items():
        print(f"  {what:<48} {value:>12.4f}")


def through(url: str, home: Path) -> dict[str, float]:
    work = prepared(url, home)
    with served(url, home) as port:
        clients = [Client(port, username) for username in work]
        ready = threading.Barrier(len(clients) + 1)
        threads = [threading.Thread(target=client.complete, args=(ready, *work[client.username])) for client in clients]
        for thread in threads:
            thread.start()
        ready.wait()
        begun = time.perf_counter()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
    taken = [value for client in clients for value in client.taken]
    assert len(taken) == CLIENTS * COMPLETIONS
    return {"per_s": len(taken) / seconds, **{f"p{percent}_s": share(taken, percent) for percent in (50, 95, 99)}}


def prepared(url: str, home: Path) -> dict[str, tuple[str, range]]:
    """For each person a case of their own, and the numbers that its tasks will have."""
    duban, work = Duban(url, home), {}
    with duban.store.transaction() as connection:
        people.create_unit(connection, "oil", "油田", "Oil field", None)
        for number in range(CLIENTS):
            who = people.create_person(
                connection, username=f"inspector{number}", name="检查员", unit_id="oil", password=PASSWORD
            )
            people.grant(connection, who, "FIELD_INSPECTOR", "oil")
    duban.releases.deploy({"h.bpmn": definitions(process(*PARTS, id="h")).encode()})
    for number in range(CLIENTS):
        case, (first,) = (answer := duban.cases.start(c.StartCase("h"))).case, answer.created
        (second,) = duban.cases.handle(case, c.CompleteTask(first)).created
        step = second - first
        work[f"inspector{number}"] = case, range(second, second + (WARM + COMPLETIONS) * step, step)
    duban.close()
    return work


@contextmanager
def served(url: str, home: Path) -> Iterator[int]:
    port = free_port()
    environment = {**os.environ, "DUBAN_DATABASE": url, "DUBAN_HOME": str(home)}
    with ExitStack() as stack, (home / "log").open("ab") as log:
        for command in (["worker"], ["serve", "--workers", "2", "--threads", "4", "--port", str(port)]):
            process = subprocess.Popen([DUBAN, *command], env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        deadline = time.monotonic() + 60
        while asked(port, "GET", "/health/live")[0] != 200:
            assert time.monotonic() < deadline, (home / "log").read_text()
            time.sleep(0.1)
        yield port


def asked(port: int, method: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""


class Client:
    """One person's connection and session."""

    def __init__(self, port: int, username: str) -> None:
        self.username, self.taken = username, list[float]()
        self._http = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Content-Type": "application/json"}
        status, headers, body = self._post("/session", {"username": username, "password": PASSWORD})
        assert status == 200, body
        self._headers["Cookie"] = str(headers["Set-Cookie"]).partition(";")[0]
        self._headers["X-CSRF-Token"] = json.loads(body)["csrfToken"]

    def complete(self, ready: threading.Barrier, case: str, tasks: range) -> None:
        """The first ones are not counted: a server that has just begun prepares its statements for each connection."""
        for number, task in enumerate(tasks):
            if number == WARM:
                ready.wait()
            self._headers |= {"If-Match": '"1"', "Idempotency-Key": f"bench-{case}-{task}"}
            begun = time.perf_counter()
            status, _, body = self._post(f"/tasks/{case}:{task}/complete", {"data": {}})
            assert status == 200, body
            if number >= WARM:
                self.taken.append(time.perf_counter() - begun)

    def _post(self, path: str, body: Any) -> tuple[int, Any, bytes]:
        """Once more, with the same key, where the server has closed a connection that rested."""
        for last in (False, True):
            try:
                self._http.request("POST", f"/api/v1{path}", json.dumps(body), self._headers)
                answer = self._http.getresponse()
                return answer.status, answer.headers, answer.read()
            except OSError:
                self._http.close()
                if last:
                    raise
        raise AssertionError("not reached")


if __name__ == "__main__":
    main()
