"""The HTTP servers: cheroot's threads in one process (SQLite, or small), gunicorn's processes on PostgreSQL."""

import logging
import os
import signal
import threading
from dataclasses import dataclass
from types import FrameType
from typing import Any

from cheroot import wsgi
from flask import Flask

from api import logs, tracing
from api.app import Options, create_app
from engine.errors import InvalidInput
from workflows.duban import Duban, Settings

_log = logging.getLogger(__name__)
STOP_AFTER = 10
"""Seconds that requests under way may take to end when the server is told to stop."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, and where."""

    settings: Settings
    host: str
    port: int
    threads: int
    workers: int
    proxies: int


def run(served: Served) -> None:
    """Serve until SIGINT or SIGTERM, then let requests under way end."""
    logs.configure(os.environ)
    if served.workers == 1:
        _run_threads(served)
    elif served.settings.database.startswith("sqlite"):
        raise InvalidInput("Expected --workers 1 on SQLite, which has one writing process; use PostgreSQL for more")
    else:
        _run_processes(served)


def _run_threads(served: Served) -> None:
    tracing.configure(os.environ)
    duban = Duban(served.settings.database, served.settings.home)
    app = create_app(duban, Options(proxies=served.proxies))
    server = wsgi.Server(
        (served.host, served.port), app, numthreads=served.threads, request_queue_size=128, timeout=10,
        shutdown_timeout=STOP_AFTER, server_name="duban",
    )  # fmt: skip
    server.error_log = _log_server_error  # type: ignore[method-assign]  # as cheroot documents it
    stopping = threading.Event()

    def stop(_: int, __: FrameType | None) -> None:
        if not stopping.is_set():
            stopping.set()  # in a thread: `stop` waits for the workers, and a signal handler must not
            threading.Thread(target=server.stop, daemon=True).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    duban.start()
    try:
        server.start()
    finally:
        duban.close()


def _log_server_error(msg: str = "", level: int = 20, traceback: bool = False) -> None:
    _log.log(level, "%s", msg, exc_info=traceback)


def _run_processes(served: Served) -> None:
    """Several processes of threads. The worker is not among them: `duban worker` runs it."""
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"{served.host}:{served.port}",
                "workers": served.workers,
                "threads": served.threads,
                "worker_class": "gthread",
                "graceful_timeout": STOP_AFTER,
                "proc_name": "duban",
                "forwarded_allow_ips": "",  # X-Forwarded is read by our own middleware, for the number of proxies told
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            tracing.configure(os.environ)
            duban = Duban(served.settings.database, served.settings.home)
            return create_app(duban, Options(proxies=served.proxies))

    Application().run()
