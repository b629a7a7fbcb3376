"""`duban`: the command line. Each command is one function; this file parses, runs, and says what went wrong.

Exit codes: 0 done; 1 refused or failed, with the reason in plain words on stderr; 2 wrong usage or a refused model.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from engine.errors import DubanError, InvalidInput, InvalidModel

FAILED = 1
REFUSED = 2
BAR = 30
"""Characters of a progress bar."""


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command speaks. `json`: results are one JSON value on stdout, everything else goes to stderr."""

    json: bool = False

    def result(self, data: Any, text: str | None = None) -> None:
        """The command's result: `data` with --json, otherwise `text` for a person."""
        if self.json:
            print(json.dumps(data, ensure_ascii=False, default=str))
        else:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=str) if text is None else text)

    def say(self, text: str) -> None:
        """Progress and remarks, never part of the result."""
        print(text, file=sys.stderr if self.json else sys.stdout, flush=True)

    def progress(self, done: int, total: int, text: str) -> None:
        """A bar that fills in place on a terminal; elsewhere a line at each tenth."""
        stream, tenth = sys.stderr if self.json else sys.stdout, max(1, total // 10)
        if stream.isatty():
            full = BAR * done // max(1, total)
            end = "\n" if done >= total else ""
            print(f"\r\033[K[{'█' * full}{'·' * (BAR - full)}] {text}", end=end, file=stream, flush=True)
        elif done % tenth == 0 or done >= total:
            print(f"{100 * done // max(1, total):>3} % {text}", file=stream, flush=True)

    def complain(self, text: str) -> None:
        print(text, file=sys.stderr)


Run = Callable[[argparse.Namespace, Console], int]
Declare = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Command:
    """`declare` adds the arguments to the command's parser; `run` does the work and returns the exit code."""

    name: str
    help: str
    declare: Declare
    run: Run


def main(arguments: Sequence[str] | None = None) -> int:
    given = sys.argv[1:] if arguments is None else list(arguments)
    parsed = parser(given[0] if given else None).parse_args(given)
    console = Console(json=parsed.json)
    run: Run = parsed.run
    try:
        return run(parsed, console)
    except InvalidModel as refused:
        console.complain(str(refused))
        if console.json:
            console.result({"problems": [problem.as_dict() for problem in refused.problems]})
        return REFUSED
    except DubanError as error:
        return _failed(console, error.message, error.fields if isinstance(error, InvalidInput) else {})
    except (OSError, ValueError) as error:
        return _failed(console, str(error), {})
    except KeyboardInterrupt:
        return FAILED


def _failed(console: Console, message: str, fields: dict[str, list[str]]) -> int:
    console.complain(f"duban: {message}")
    for path, texts in fields.items():
        console.complain(f"  {path}: {'; '.join(texts)}")
    if console.json:
        console.result({"error": message, "fields": fields})
    return FAILED


MODULES = (
    "api.cli_site",
    "api.cli_diagrams",
    "api.cli_models",
    "api.cli_scenarios",
    "api.cli_audit",
    "api.cli_eventlogs",
    "api.cli_calendars",
    "api.cli_backup",
    "api.cli_operations",
)
WITHOUT_DATABASE = {
    "api.cli_models": ("run", "lint", "diff", "feel", "decide", "conformance"),
    "api.cli_scenarios": ("test", "import"),
}


def _commands(wanted: str | None) -> Iterator[Command]:
    """The commands of every module, or of the one that has `wanted`: trying a diagram must not wait for a database."""
    found = [module for module, names in WITHOUT_DATABASE.items() if wanted in names]
    for module in found or MODULES:
        yield from import_module(module).COMMANDS


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="duban", description="Duban (督办): the workflow engine for supervision.")
    top.epilog = (
        "Settings: DUBAN_DATABASE or DUBAN_DATABASE_FILE (where the database is), DUBAN_HOME (files; default var)."
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _commands(wanted):
        own = commands.add_parser(command.name, help=command.help, description=command.help)
        own.add_argument("--json", action="store_true", help="print the result as JSON")
        command.declare(own)
        own.set_defaults(run=command.run)
    return top


if __name__ == "__main__":
    sys.exit(main())
