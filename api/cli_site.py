"""The commands that run and keep an installation: serve, migrate, demo, user."""

import argparse
import getpass
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from api.cli import Command, Console
from engine import guard, migrations
from engine.audit.security import record
from engine.errors import InvalidInput, Unavailable
from engine.store import Store, metadata
from workflows import people
from workflows.duban import Connection, Duban, Settings


@contextmanager
def opened() -> Iterator[Duban]:
    """The installation that the environment names, closed afterwards."""
    settings = Settings.of()
    duban = Duban(settings.database, settings.home)
    try:
        yield duban
    finally:
        duban.close()


def owner_url() -> str | None:
    """The URL of the tables' owner, where the application signs in with a role of its own."""
    file = os.environ.get("DUBAN_OWNER_DATABASE_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else None


@contextmanager
def opened_by_owner() -> Iterator[Duban]:
    """The same as the owner of its tables, for what the application's role may not do."""
    settings = Settings.of()
    duban = Duban(owner_url() or settings.database, settings.home)
    try:
        yield duban
    finally:
        duban.close()


# serve -------------------------------------------------------------------------------------------------------------


def _declare_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=16, help="requests served at once, for each process")
    parser.add_argument("--workers", type=int, default=1, help="processes; more than one needs PostgreSQL")
    parser.add_argument("--proxies", type=int, default=0, help="trusted proxies in front that add X-Forwarded headers")


def _serve(arguments: argparse.Namespace, console: Console) -> int:
    from api import server

    settings = Settings.of()
    _expect_migrated(settings)
    served = server.Served(
        settings, arguments.host, arguments.port, arguments.threads, arguments.workers, arguments.proxies
    )
    console.say(f"Duban serves http://{served.host}:{served.port}")
    server.run(served)
    return 0


def _expect_migrated(settings: Settings) -> None:
    duban = Duban(settings.database, settings.home)
    try:
        with duban.store.reading() as connection:
            found = migrations.present(connection)
    finally:
        duban.close()
    if found != migrations.newest():
        expected = migrations.newest()
        raise Unavailable(f"Expected the database at revision {expected}, but it is at {found}; run: duban migrate")


# migrate -----------------------------------------------------------------------------------------------------------


def _declare_migrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", metavar="MESSAGE", help="developers: write the revision that the tables now need")


def _migrate(arguments: argparse.Namespace, console: Console) -> int:
    """As the owner of the tables, where the application signs in with a role of its own."""
    owner = owner_url()
    if owner and not arguments.write:
        return _migrate_as(owner, console)
    with opened() as duban:
        revision = migrations.upgrade(duban.store, metadata)
        if arguments.write:
            path = migrations.write(duban.store, metadata, arguments.write)
            console.result({"written": str(path)}, f"Wrote {path}; read and correct it")
            return 0
    console.result({"revision": revision}, f"The database is at revision {revision}")
    return 0


def _migrate_as(owner: str, console: Console) -> int:
    store = Store(owner)
    try:
        revision = migrations.upgrade(store, metadata)
        with store.transaction() as connection:
            role = guard.grant(connection, Settings.of().database)
    finally:
        store.close()
    told = f"The database is at revision {revision}; {role} may use it, and neither change nor delete its history"
    console.result({"revision": revision, "role": role}, told)
    return 0


# worker ------------------------------------------------------------------------------------------------------------


def _declare_worker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--metrics", type=int, metavar="PORT", help="answer Prometheus on this port of this machine")


def _work(arguments: argparse.Namespace, console: Console) -> int:
    settings = Settings.of()
    if settings.database.startswith("sqlite"):
        raise InvalidInput(
            "Expected PostgreSQL: on SQLite the worker runs inside `duban serve`, the one writing process"
        )
    _expect_migrated(settings)
    from api import logs, tracing

    logs.configure(os.environ)
    tracing.configure(os.environ)
    stop = stop_event()
    with opened() as duban:
        if arguments.metrics is not None:
            from api.metrics import Metrics

            Metrics(duban).serve(arguments.metrics)
        duban.start()
        console.say("The worker runs")
        while not stop.wait(5):
            if duban.worker.lost:
                raise Unavailable(f"The worker lost {', '.join(duban.worker.lost)}; start it again")
    return 0


# demo --------------------------------------------------------------------------------------------------------------


def _declare_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--months", type=float, default=6, metavar="N", help="how long the company has lived (default: 6; 0.2 to 24)"
    )


def _demo(arguments: argparse.Namespace, console: Console) -> int:
    from workflows import demo

    with opened() as duban:
        for progress in demo.load(duban, months=arguments.months):
            console.progress(progress.done, progress.total, progress.what)
        accounts = duban.demo_accounts()
    lines = [f"  {account['username']:<12} {account['password']:<14} {account['title']}" for account in accounts]
    console.result({"accounts": accounts}, "\n".join(["Demo accounts:", *lines]))
    return 0


# rebuild -----------------------------------------------------------------------------------------------------------


def _declare_rebuild(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("registers", nargs="*", metavar="REGISTER", help="default: every one, and the documents")


def _rebuild(arguments: argparse.Namespace, console: Console) -> int:
    from workflows import rebuilding

    with opened() as duban:
        counts = {}
        for id in arguments.registers or rebuilding.EVERY:
            with duban.store.transaction() as connection:
                counts[id] = rebuilding.rebuild(connection, id)
            console.say(f"{id}: {counts[id]} rows")
    console.result(counts, "Rebuilt from the log")
    return 0


# user --------------------------------------------------------------------------------------------------------------


def _declare_user(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    unit = actions.add_parser("unit", help="add a unit of the organisation")
    unit.add_argument("id")
    unit.add_argument("name")
    unit.add_argument("--name-en", default="")
    unit.add_argument("--parent", help="id of the unit above; none for a root")
    add = actions.add_parser("add", help="add a person; the password is asked for")
    add.add_argument("username")
    add.add_argument("--name", required=True)
    add.add_argument("--unit", required=True)
    _declare_password(add)
    password = actions.add_parser("password", help="set a person's password")
    password.add_argument("username")
    _declare_password(password)
    grant = actions.add_parser("grant", help="give a person a role for a unit and all below it")
    grant.add_argument("username")
    grant.add_argument("role")
    grant.add_argument("unit")
    disable = actions.add_parser("disable", help="end a person's access; histories keep the name")
    disable.add_argument("username")
    for action in actions.choices.values():  # --json may stand before or after the action
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _declare_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input (never an argument: others see those)",
    )


def _user(arguments: argparse.Namespace, console: Console) -> int:
    actions = {"unit": _add_unit, "add": _add_person, "password": _password, "grant": _grant, "disable": _disable}
    with opened() as duban:
        done = actions[arguments.action](duban, arguments)
    console.result({"done": done}, done)
    return 0


def _add_unit(duban: Duban, arguments: argparse.Namespace) -> str:
    with duban.store.transaction() as connection:
        name_en = arguments.name_en or arguments.name
        made = people.create_unit(connection, arguments.id, arguments.name, name_en, arguments.parent)
        _recorded(connection, "unit_added", unit=made.id)
    return f"Added unit {made.id} at {made.path}"


def _add_person(duban: Duban, arguments: argparse.Namespace) -> str:
    password = _asked(arguments)
    with duban.store.transaction() as connection:
        id = people.create_person(
            connection, username=arguments.username, name=arguments.name, unit_id=arguments.unit, password=password
        )
        _recorded(connection, "person_added", subject=id, unit=arguments.unit)
    return f"Added {arguments.username} as {id}"


def _password(duban: Duban, arguments: argparse.Namespace) -> str:
    password = _asked(arguments)
    with duban.store.transaction() as connection:
        id = people.id_of(connection, arguments.username)
        people.set_password(connection, id, password)
        _recorded(connection, "password_set", subject=id)
    return f"Set the password of {arguments.username}"


def _grant(duban: Duban, arguments: argparse.Namespace) -> str:
    with duban.store.transaction() as connection:
        id = people.id_of(connection, arguments.username)
        people.grant(connection, id, arguments.role, arguments.unit)
        _recorded(connection, "role_granted", subject=id, role=arguments.role, unit=arguments.unit)
    return f"{arguments.username} is {arguments.role} for {arguments.unit} and all below it"


def _disable(duban: Duban, arguments: argparse.Namespace) -> str:
    with duban.store.transaction() as connection:
        id = people.id_of(connection, arguments.username)
        people.disable(connection, id)
        _recorded(connection, "person_disabled", subject=id)
    return f"Disabled {arguments.username}"


def _recorded(connection: Connection, kind: str, **detail: str) -> None:
    """Whoever sits at the machine itself is nobody that the application knows."""
    record(connection, kind, person=None, address="command line", detail=detail)


def _asked(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise InvalidInput("Expected the same password twice, but they differ")
    return first


def stop_event() -> threading.Event:
    """Set by Ctrl-C or SIGTERM, for a command that runs until it is told to stop."""
    stop = threading.Event()

    def told(_: int, __: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    return stop


COMMANDS = (
    Command("serve", "serve the API and the web application", _declare_serve, _serve),
    Command("worker", "fire timers, run jobs, deliver messages beside other processes", _declare_worker, _work),
    Command("migrate", "bring the database to the newest revision", _declare_migrate, _migrate),
    Command("demo", "fill an empty database with the demonstration company", _declare_demo, _demo),
    Command("rebuild", "write registers anew from the log", _declare_rebuild, _rebuild),
    Command("user", "units, people, passwords and roles", _declare_user, _user),
)
