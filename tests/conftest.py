"""Fixtures for every kind of test.

store         a database with the schema, once on SQLite and once on PostgreSQL: one test body for both
database_url  the URL alone; `sqlite_url` and `postgres_url` for a test that is about one of them
own_database  a PostgreSQL server that the test may stop and kill
clock         time that stands still until the test moves it
corpora       the conformance suites written by peers
page          a page of a real Chromium
serve         starts real `duban serve` processes; `demo_server` is one with the demo company
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from engine import clock as engine_clock
from tests.support import components, postgres
from tests.support.server import DubanServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from engine.store import Store

# Two busy cores make any deadline flaky. In continuous integration a run must be repeatable; elsewhere it explores.
hypothesis.settings.register_profile("duban", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("duban"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "duban")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each part of the machine that was absent, with the number of tests that it cost."""
    lost: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if components.ABSENT in reason:
            what = reason.partition(components.ABSENT)[2]
            lost[what] = lost.get(what, 0) + 1
    if lost:
        terminalreporter.section("NOT TESTED HERE", sep="!", red=True, bold=True)
        for what, count in sorted(lost.items()):
            terminalreporter.line(f"tests skipped: {count}, absent: {what}", red=True)


# Databases ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[postgres.Databases]:
    with postgres.databases() as found:
        yield found


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "duban.db"
    _create_schema(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of this test's own, with the schema."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'duban.db')}"


@pytest.fixture
def postgres_url(postgres_databases: postgres.Databases) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with the schema."""
    with postgres_databases.fresh(_create_schema) as url:
        yield url


@pytest.fixture
def own_database() -> Iterator[tuple[postgres.PostgresServer, str]]:
    """A PostgreSQL server that the test may stop and kill, and the URL of its database with the schema."""
    with postgres.own_server() as server:
        url = server.url("postgres").render_as_string(hide_password=False)
        _create_schema(url)
        yield server, url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the schema, once for each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator["Store"]:
    """An empty database with the schema, once on SQLite and once on PostgreSQL."""
    from engine.store import Store

    opened = Store(database_url)
    yield opened
    opened.close()


def _create_schema(url: str) -> None:
    """What `duban migrate` does, so that tests meet the schema that people have."""
    import workflows.duban  # noqa: F401 - the wiring imports every module whose tables join the engine's metadata
    from engine import migrations
    from engine.store import Store, metadata

    template = Store(url)
    migrations.upgrade(template, metadata)
    if template.is_sqlite:
        with template.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # one file holds all, so it can be copied
    template.close()


# Time --------------------------------------------------------------------------------------------------------------


class SimulatedClock:
    """Time that stands still until `advance` or `set` moves it."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def advance(self, by: timedelta) -> datetime:
        self.now += by
        return self.now

    def set(self, moment: datetime) -> datetime:
        self.now = moment
        return self.now


@pytest.fixture
def clock() -> Iterator[SimulatedClock]:
    """The clock of the whole code base, standing at 2026-03-02 08:00 in Shanghai (a Monday) until the test moves it."""
    simulated = SimulatedClock(datetime(2026, 3, 2, 0, 0, tzinfo=UTC))
    engine_clock.simulate(lambda: simulated.now)
    yield simulated
    engine_clock.simulate(None)


# Parts of the machine ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder with betsy, dmn-tck and miwg."""
    return components.need_corpora()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless Chromium that can draw Chinese."""
    executable = components.need_chromium()
    components.need_chinese_fonts()
    from playwright.sync_api import sync_playwright

    # No sandbox: as root Chromium has none, and the pages are ours. The rest keeps it from calling its maker.
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=quiet)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page of its own session, at desktop size, in Chinese."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


# Servers -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., DubanServer]]:
    """`serve(database=None)` starts a server on a free port, with an empty home; all are ended after the test."""
    started: list[DubanServer] = []

    def start(database: str | None = None) -> DubanServer:
        home = tmp_path / f"home{len(started)}"
        home.mkdir()
        server = DubanServer(home, database)
        server.run("migrate")
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the demo company, made once for all workers of a parallel run: copy it, don't write to it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home = shared / "demo"
    with _only_one_process(shared / "demo.lock"):
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            company = DubanServer(home)
            company.run("migrate")
            company.run("demo", "--months", "0.3")
            (home / "complete").touch()
    return home


@pytest.fixture
def demo_server(demo_home: Path, tmp_path: Path) -> Iterator[DubanServer]:
    """A server with the demo company, all this test's own."""
    server = DubanServer(Path(shutil.copytree(demo_home, tmp_path / "demo")))
    yield server.start()
    server.stop()


@contextmanager
def _only_one_process(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
