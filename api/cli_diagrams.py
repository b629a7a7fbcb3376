"""The command about the library of diagrams: files to look at, of whatever tool, kept byte for byte."""

import argparse
import sys
from pathlib import Path

from api.cli import Command, Console
from api.cli_site import opened
from engine.errors import InvalidInput
from workflows.drawings import Drawing

LISTED = 1000


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("add", "list", "get"), help=(
        "add: keep files, and say why they cannot run; list: what is kept, the newest first; get: a file as it came"
    ))  # fmt: skip
    parser.add_argument("what", nargs="*", help="add: the files; get: the hash of one, or the begin of it")
    parser.add_argument("-o", "--output", type=Path, help="get: where to write it (default: standard output)")


def _run(arguments: argparse.Namespace, console: Console) -> int:
    given, wanted = len(arguments.what), {"add": range(1, sys.maxsize), "list": range(1), "get": range(1, 2)}
    if given not in wanted[arguments.action]:
        raise InvalidInput("Expected `diagrams add FILE…`, `diagrams list` or `diagrams get HASH`.")
    return {"add": _add, "list": _list, "get": _get}[arguments.action](arguments, console)


def _add(arguments: argparse.Namespace, console: Console) -> int:
    """All files are read before the first is kept."""
    contents = [(path.name, path.read_bytes()) for path in map(Path, arguments.what)]
    with opened() as duban:
        kept = [duban.drawings.add(content, name) for name, content in contents]
    lines = [line for one in kept for line in (_line(one), *(f"  {problem}" for problem in one.problems))]
    console.result([_told(one) for one in kept], "\n".join(lines))
    return 0


def _list(_: argparse.Namespace, console: Console) -> int:
    with opened() as duban, duban.store.reading() as connection:
        kept = duban.drawings.list(connection, limit=LISTED)
    console.result([_told(one) for one in kept], "\n".join(map(_line, kept)) or "No diagrams.")
    return 0


def _get(arguments: argparse.Namespace, console: Console) -> int:
    with opened() as duban, duban.store.reading() as connection:
        content = duban.drawings.content(connection, duban.drawings.hash_of(connection, arguments.what[0]))
    if arguments.output is None:
        sys.stdout.buffer.write(content)
    else:
        arguments.output.write_bytes(content)
        console.say(f"Wrote {arguments.output}")
    return 0


def _line(one: Drawing) -> str:
    verdict = "runs" if not one.problems else f"cannot run, {len(one.problems)} problems"
    return f"{one.sha256[:12]}  {one.name}  {verdict}"


def _told(one: Drawing) -> dict[str, object]:
    problems = [problem.as_dict() for problem in one.problems]
    return {"sha256": one.sha256, "name": one.name, "title": one.title, "tool": one.tool, "problems": problems}


COMMANDS = [Command("diagrams", "a library of diagrams of any tool: add, list, get", _declare, _run)]
