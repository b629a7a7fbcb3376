"""The commands that operators use at the machine itself. Each acts as a person, with what that person may do."""

import argparse
from typing import Any

from api.cli import FAILED, Command, Console
from api.cli_site import opened
from engine import clock
from engine.audit.security import record
from engine.errors import Forbidden, InvalidInput
from engine.execution.migrate import DEADLINES
from engine.store import from_millis, to_millis
from workflows import deliveries, operating, people
from workflows.duban import Connection, Duban
from workflows.policy import Access, allows
from workflows.sessions import Identity

HERE = "command line"


def _declare_deliveries(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    listed = actions.add_parser("list", help="mails and messages, the newest first")
    listed.add_argument("--view", choices=list(deliveries.VIEWS), default="dead")
    listed.add_argument("--limit", type=int, default=50)
    retry = actions.add_parser("retry", help="try one that failed again, or with --all every dead one")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?")
    which.add_argument("--all", action="store_true")
    drop = actions.add_parser("drop", help="give up one that failed")
    drop.add_argument("id")
    drop.add_argument("--reason", required=True)
    for action in actions.choices.values():
        action.add_argument("--as", dest="person", metavar="USERNAME", required=True, help="who does it")
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _deliveries(arguments: argparse.Namespace, console: Console) -> int:
    with opened() as duban:
        who = _operator(duban, arguments.person)
        if arguments.action == "list":
            with duban.store.reading() as connection:
                items, _ = deliveries.page(
                    connection, who.tokens, view=arguments.view, limit=arguments.limit, position=None
                )
            console.result({"items": items}, "\n".join(_line(item) for item in items) or "None")
            return 0
        with duban.store.transaction() as connection:
            act = _retry if arguments.action == "retry" else _drop
            done = act(connection, who, arguments)
    console.result({"done": done}, done)
    return 0


def _retry(connection: Connection, who: Identity, arguments: argparse.Namespace) -> str:
    moved = deliveries.retry(connection, who.tokens, arguments.id, by=who.person)
    detail = {"delivery": arguments.id or "all", "count": moved}
    record(connection, "delivery.retried", person=who.person, address=HERE, detail=detail)
    return f"Trying {moved} again"


def _drop(connection: Connection, who: Identity, arguments: argparse.Namespace) -> str:
    deliveries.drop(connection, who.tokens, arguments.id, arguments.reason, by=who.person)
    detail = {"delivery": arguments.id, "reason": arguments.reason}
    record(connection, "delivery.dropped", person=who.person, address=HERE, detail=detail)
    return f"Dropped {arguments.id}"


def _line(item: dict[str, Any]) -> str:
    at = from_millis(item["created_at"]).isoformat(timespec="minutes")
    return f"{at}  {item['state']:<9}  {item['id']}  → {item['target_name']}  {item['error'] or item['note'] or ''}"


def _operator(duban: Duban, username: str) -> Identity:
    """Raises Forbidden for somebody who may not operate: the command line opens no door that the API keeps shut."""
    with duban.store.reading() as connection:
        person = people.id_of(connection, username)
        tokens = people.tokens(connection, person, to_millis(clock.now()))
    if not allows(Access.RETRY, tokens):
        raise Forbidden(f"{username} has no role that operates cases")
    return Identity(person, tokens)


# migrate-cases -------------------------------------------------------------------------------------------------------


def _declare_migrate_cases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("process", help="id of the process whose running cases are to go on with another release")
    parser.add_argument("--to", default="", help="hash of the release (default: the one that new cases take)")
    parser.add_argument("--map", action="append", default=[], metavar="OLD=NEW", help="an element and its like")
    parser.add_argument("--deadlines", choices=DEADLINES, default="keep", help="of open tasks (default: keep)")
    parser.add_argument("--reason", required=True, help="stays in the history of each case")
    parser.add_argument("--dry-run", action="store_true", help="only say what would become of each case")
    parser.add_argument("--as", dest="person", metavar="USERNAME", required=True, help="who does it")


def _migrate_cases(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code 0: every case can go on (did go on); 1: some cannot, and are listed."""
    mapping = dict(_pair(text) for text in arguments.map)
    with opened() as duban:
        who = _operator(duban, arguments.person)
        release = arguments.to or duban.releases.current(arguments.process)
        duban.releases.bundle(release)
        wanted = operating.Wanted(
            operating.MIGRATE, arguments.reason, process=arguments.process, release=release, mapping=mapping,
            deadlines=arguments.deadlines,
        )  # fmt: skip
        with duban.store.transaction() as connection:
            id = operating.plan_later(connection, wanted, who.person, who.tokens)
        steps = _led_through(duban, id, who, run=not arguments.dry_run)
    found = [{"case": step.case_id, "state": step.state, "detail": step.detail} for step in steps]
    told = [f"{one['case']}  {one['state']:<8}  {one['detail'] or ''}".rstrip() for one in found]
    console.result({"release": release, "cases": found}, "\n".join([*told, f"{len(found)} cases, to {release[:12]}"]))
    return 0 if all(one["state"] in ("ready", "done") for one in found) else FAILED


def _led_through(duban: Duban, id: str, who: Identity, *, run: bool) -> list[Any]:
    """Do here what the worker does with an operation; beside a worker, each does a part."""
    work = operating.Operating(duban.store, duban.cases)

    def state() -> str:
        with duban.store.reading() as connection:
            return str(operating.operation(connection, id, who.person).state)

    while state() == "planning":
        work.turn()
    if run:
        with duban.store.transaction() as connection:
            operating.run(connection, id, who.person)
    while state() == "running":
        work.turn()
    with duban.store.reading() as connection:
        return operating.steps(connection, id)


def _pair(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (old and sign and new):
        raise InvalidInput(f"Expected --map OLD=NEW, but got '{text[:80]}'")
    return old, new


COMMANDS = (
    Command("migrate-cases", "let running cases go on with another release", _declare_migrate_cases, _migrate_cases),
    Command("deliveries", "mails and robots' messages that wait or failed", _declare_deliveries, _deliveries),
)
