"""The commands about diagrams, decisions and histories: deploy, lint, run, verify, feel, decide, conformance."""

from api.cli import Command

COMMANDS: tuple[Command, ...] = ()
