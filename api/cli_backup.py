"""The commands that save an installation and bring it back."""

import argparse
import os
from dataclasses import asdict
from pathlib import Path

from api.cli import Command, Console
from api.cli_site import opened, opened_by_owner, owner_url
from engine import guard
from engine.audit.log import Forked
from workflows import backup
from workflows.duban import Settings

_SECRET = ("DUBAN_DATABASE",)
"""Settings that may hold a password."""


def _declare_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the ZIP to write; it must not exist yet")


def _backup(arguments: argparse.Namespace, console: Console) -> int:
    settings = {name: value for name, value in os.environ.items() if name.startswith("DUBAN_") and name not in _SECRET}
    with opened() as duban:
        made = backup.write(duban, arguments.file, settings)
    told = f"{made.rows} rows, {made.attachments} attachments, {made.leaves} sealed entries"
    console.result({"file": str(arguments.file), **asdict(made)}, f"Wrote {arguments.file}: {told}\n{made.sha256}")
    return 0


def _declare_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a ZIP that `duban backup` wrote")


def _restore(arguments: argparse.Namespace, console: Console) -> int:
    """As the owner of the tables, whose new ones the application's role then may use again."""
    with opened_by_owner() as duban:
        done = backup.read(duban, arguments.file)
        if owner_url():
            with duban.store.transaction() as connection:
                guard.grant(connection, Settings.of().database)
        lost = ""
        try:
            if duban.log.key_file.exists():
                duban.log.seal()
        except Forked as forked:
            lost = forked.message
    told = f"Restored the backup of {done.taken_at}: {done.rows} rows, {done.attachments} attachments"
    console.result({**asdict(done), "lost": lost}, told)
    if lost:
        console.complain(f"What was written after it is gone, and nothing is sealed until that is settled. {lost}")
    elif not duban.log.key_file.exists():
        console.complain(f"Put the log's private key to '{duban.log.key_file}': the restore is sealed with it.")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command("backup", "write the whole installation into one file, while it works", _declare_backup, _backup),
    Command("restore", "fill an empty installation from a backup", _declare_restore, _restore),
)
