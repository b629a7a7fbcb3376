"""PostgreSQL for tests: a server of our own in a temporary folder, reached through a Unix socket, ended with the tests.

Every worker process of a parallel run has its own, so that the runs disturb each other in nothing.
`DUBAN_TEST_POSTGRES` (the URL of a database that may create databases) replaces it by a server that runs already.
"""

import ctypes
import os
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from tests.support.components import absent

PATIENCE = 60.0
"""Seconds that a server may take to start or stop on a busy machine."""

DURABLE = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "256MB"}
"""As a server that must survive a power cut, for measuring."""

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",  # the power may not fail, but a killed server must lose nothing it acknowledged,
    "synchronous_commit": "on",  # so commits still wait for the (unsynced) write
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class PostgresServer:
    """One server process, its data in `folder`, its socket too."""

    def __init__(self, binaries: Path, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.binaries = binaries
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.settings = {**SETTINGS, **(settings or {})}
        self._user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Make an empty data folder, with the write-ahead log in files of 1 MB."""
        options = ["--auth=trust", "--username=duban", "--encoding=UTF8", "--locale=C", "--no-sync", "--wal-segsize=1"]
        self._make("initdb", "-D", str(self.data), *options)

    def follow(self, primary: "PostgresServer") -> None:
        """Make the data folder of a standby that follows `primary`."""
        self._make(
            "pg_basebackup",
            "-D",
            str(self.data),
            "-R",
            "-h",
            str(primary.folder),
            "-U",
            "duban",
            "-c",
            "fast",
            "--no-sync",
        )

    def _make(self, program: str, *arguments: str) -> None:
        if self._user:
            shutil.chown(self.folder, self._user)
        command = [str(self.binaries / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, user=self._user, env=_environment())

    def start(self, largest_file: int | None = None) -> None:
        """Start the server and wait until it answers. `largest_file`: bytes to which a file of its may grow, as on a
        disk that is full then."""
        settings = [f"-c{name}={value}" for name, value in self.settings.items()]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.folder), *settings],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, user=self._user,
                env=_environment(), start_new_session=True, preexec_fn=_prepare(largest_file),
            )  # fmt: skip
        self._wait_until_it_answers(self._process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends sessions and shuts down in order; SIGQUIT ends at once, as a crash would."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
        self._process = None

    def kill(self) -> None:
        """SIGKILL: the sessions see that their server is gone, and end without another word."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE)
        self._process = None

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """One statement in the maintenance database; its rows."""
        with psycopg.connect(host=str(self.folder), user="duban", dbname="postgres", autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def url(self, database: str) -> sa.URL:
        return sa.URL.create("postgresql+psycopg", "duban", database=database, query={"host": str(self.folder)})

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(host=str(self.folder), user="duban", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()[-2000:]}") from None
                time.sleep(0.02)


class Databases:
    """Fresh databases on one server, each copied from a template that holds the schema."""

    def __init__(self, maintenance: sa.URL, server: PostgresServer | None = None) -> None:
        self.server = server
        self._maintenance = maintenance
        self._template = f"duban_template_{uuid4().hex[:12]}"
        self._has_template = False

    @contextmanager
    def fresh(self, fill_template: Callable[[str], None]) -> Iterator[str]:
        """The URL of a new database with the schema that `fill_template(url)` made once, dropped at the end."""
        if not self._has_template:
            self._execute(f'CREATE DATABASE "{self._template}"')
            fill_template(self._url(self._template))
            self._has_template = True
        name = f"duban_{uuid4().hex[:12]}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        try:
            yield self._url(name)
        finally:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        if self.server:
            self.server.stop()
        elif self._has_template:
            self._execute(f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)')

    def _url(self, database: str) -> str:
        return self._maintenance.set(database=database).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        url = self._maintenance.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def databases() -> Iterator[Databases]:
    """The databases of this test session: on the server that `DUBAN_TEST_POSTGRES` names, or on one of our own."""
    if given := os.environ.get("DUBAN_TEST_POSTGRES"):
        on_given = Databases(sa.make_url(given).set(drivername="postgresql+psycopg"))
        try:
            yield on_given
        finally:
            on_given.close()
        return
    with own_server() as server:
        yield Databases(server.url("postgres"), server)


@contextmanager
def own_server(settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """A server of its own, for tests that restart or kill it; `settings` override SETTINGS."""
    with _empty_server(settings) as server:
        server.create()
        server.start()
        yield server


@contextmanager
def standby_of(primary: PostgresServer) -> Iterator[PostgresServer]:
    """A second server that follows the first, which from now on acknowledges nothing that the second has not."""
    with _empty_server() as standby:
        standby.follow(primary)
        standby.start()
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.execute("SELECT pg_reload_conf()")
        deadline = time.monotonic() + PATIENCE
        while primary.execute("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
            assert time.monotonic() < deadline, f"the standby does not follow:\n{standby.log.read_text()[-2000:]}"
            time.sleep(0.05)
        yield standby


@contextmanager
def _empty_server(settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="duban-pg-"))  # short: a socket's path has at most 107 bytes
    server = PostgresServer(_binaries(), folder, settings)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """Where initdb and postgres are: Debian keeps them outside the PATH, one folder per version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    complete = [folder for folder in debian + on_path if (folder / "initdb").exists()]
    if not complete:
        absent("PostgreSQL", "Install it (apt-get install postgresql), or set DUBAN_TEST_POSTGRES to a database's URL.")
    _check_that_it_may_run()
    return complete[0]


def _check_that_it_may_run() -> None:
    if os.geteuid() == 0 and "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
        absent("the user postgres", "PostgreSQL does not run as root: create it, or run the tests as another user.")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C"}


def _prepare(largest_file: int | None) -> Callable[[], None]:
    """What the server's process does before it becomes the server. On Linux the kernel ends it when the test process
    dies, however that happens."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    set_parent_death_signal = 1

    def prepare() -> None:
        if libc is not None:
            libc.prctl(set_parent_death_signal, signal.SIGQUIT)
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    return prepare
