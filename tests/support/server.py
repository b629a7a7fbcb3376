"""A real `duban serve` process with a home of its own, for acceptance and crash tests."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a server may take to start or stop on a busy machine."""

DUBAN = str(Path(sys.executable).with_name("duban"))


class DubanServer:
    """`start` returns once the server is ready; `stop` ends it in order, `kill` as a crash would. May start again."""

    def __init__(self, home: Path, database: str | None = None) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / "server.log"
        self.environment = {
            **os.environ,
            "DUBAN_HOME": str(home),
            "DUBAN_DATABASE": database or f"sqlite:///{home / 'duban.db'}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> str:
        """What another `duban` command prints, against the same home and database."""
        done = subprocess.run(
            [DUBAN, *arguments], env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            said = f"{done.stdout}{done.stderr}"
            raise AssertionError(f"duban {' '.join(arguments)} ended with {done.returncode}:\n{said}")
        return done.stdout

    def start(self) -> "DubanServer":
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [DUBAN, "serve", "--port", str(self.port)],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait_until_ready(self._process)
        return self

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def get(self, path: str) -> object:
        """The JSON that an unauthenticated GET answers; the browser and API clients of the tests do the rest."""
        with _DIRECT.open(self.url + path, timeout=PATIENCE) as answer:
            return json.load(answer)

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                raise AssertionError(f"the server ignored {how.name}:\n{self._tail()}") from None
        self._process = None

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                _DIRECT.open(f"{self.url}/health/ready", timeout=5).close()
                return
            except OSError as error:  # HTTPError, URLError and time-outs among them
                if process.poll() is not None or time.monotonic() > deadline:
                    self._end(signal.SIGKILL)
                    raise AssertionError(f"the server did not become ready ({error}):\n{self._tail()}") from None
                time.sleep(0.05)

    def _tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""A proxy configured for the outside world must not see requests to this machine."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
