"""The real server processes: threads on SQLite, processes on PostgreSQL, a worker beside them."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.company import PASSWORD, Company
from tests.support.server import DUBAN, DubanServer, free_port

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())


@pytest.fixture
def hired(tmp_path: Path, postgres_url: str, cheap_hashes: None) -> str:
    """A PostgreSQL database with the company, at the newest revision."""
    company = Company(postgres_url, tmp_path / "company")
    company.start()
    company.duban.close()
    return postgres_url


@contextmanager
def running(*arguments: str, home: Path, database: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DUBAN_HOME": str(home), "DUBAN_DATABASE": database}
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [DUBAN, *arguments], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, (home / "log").read_text()


def ask(url: str, body: object = None, patience: float = 60) -> dict[str, object]:
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    deadline = time.monotonic() + patience
    while True:
        try:
            with OPENER.open(request, timeout=10) as answer:
                found: dict[str, object] = json.load(answer)
                return found
        except OSError as error:
            if (isinstance(error, urllib.error.HTTPError) and error.code != 503) or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_several_processes_and_a_worker_serve_one_postgres(hired: str, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (
        running("serve", "--workers", "2", "--port", str(port), home=tmp_path, database=hired),
        running("worker", home=tmp_path, database=hired),
    ):
        assert ask(f"{url}/health/ready")["status"] == "ok"
        who = ask(f"{url}/api/v1/session", {"username": "inspector", "password": PASSWORD})
        assert who["person"]
        for _ in range(6):  # whichever process answers knows the session
            assert len(ask(f"{url}/api/v1/tasks?view=available")["items"]) == 1  # type: ignore[arg-type]  # a list


def test_threads_on_sqlite_serve_and_stop_in_order(serve: Callable[..., DubanServer]) -> None:
    server = serve()
    assert server.get("/health/ready") == {
        "status": "ok",
        "checks": {"database": "ok", "files": "ok", "log": "ok", "worker": "ok"},
    }
    assert server.get("/api/v1/config")["languages"] == ["zh-CN", "en"]  # type: ignore[index]  # a JSON object
    server.stop()


def test_a_taken_port_is_said_so(serve: Callable[..., DubanServer], tmp_path: Path) -> None:
    server = serve()
    environment = {**server.environment, "DUBAN_DATABASE": f"sqlite:///{tmp_path / 'other.db'}"}
    subprocess.run([DUBAN, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    second = subprocess.run(
        [DUBAN, "serve", "--port", str(server.port)], env=environment, capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert str(server.port) in second.stderr
