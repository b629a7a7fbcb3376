"""Many cases: their event log for process mining, the sample of a review drawn again, what is erased."""

import argparse
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from api.cli import Command, Console
from api.cli_site import opened, opened_by_owner
from engine import deadlines
from engine.store import to_millis
from workflows import eventlogs, reviews
from workflows.selection import Selection


def declare_selection(parser: argparse.ArgumentParser) -> None:
    """The options that say which cases."""
    parser.add_argument("--process", default="", help="cases of this process only")
    parser.add_argument("--since", type=_instant, metavar="DATE", help="from this day or instant on")
    parser.add_argument("--until", type=_instant, metavar="DATE", help="before this day or instant")
    parser.add_argument("--by", choices=("started", "ended"), default="started", help="what the dates bound")
    parser.add_argument("--unit", default="", help="cases of this unit and the units below it")
    parser.add_argument("--view", choices=("open", "closed", "all"), default="all")
    parser.add_argument("--case", action="append", default=[], help="this case; may be repeated")


def _instant(text: str) -> int:
    """A day begins at midnight of the installation's zone."""
    moment = datetime.fromisoformat(text)
    return to_millis(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(deadlines.ZONE)))


def selected(arguments: argparse.Namespace) -> Selection:
    parts = {name: getattr(arguments, name) for name in ("process", "since", "until", "by", "unit", "view")}
    return Selection(**parts, cases=tuple(arguments.case))


def _declare(parser: argparse.ArgumentParser) -> None:
    declare_selection(parser)
    parser.add_argument("--format", choices=tuple(eventlogs.FORMATS), default="xes")
    parser.add_argument("--english", action="store_true", help="activities by their English names")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")


def _run(arguments: argparse.Namespace, console: Console) -> int:
    wanted = eventlogs.Wanted(arguments.format, selected(arguments), english=arguments.english)
    partial = arguments.output.with_name(arguments.output.name + ".part")
    try:
        with opened() as duban, duban.store.reading() as connection, partial.open("wb") as out:
            count = eventlogs.write(out, connection, duban.releases.bundle, wanted)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(arguments.output)
    finally:
        partial.unlink(missing_ok=True)
    console.result({"file": str(arguments.output), "cases": count}, f"Wrote {count} cases to {arguments.output}")
    return 0


# draw ----------------------------------------------------------------------------------------------------------------


def _declare_draw(parser: argparse.ArgumentParser) -> None:
    declare_selection(parser)
    parser.set_defaults(view="closed", by="ended")
    parser.add_argument("--seed", required=True, help="the seed that the review recorded")
    parser.add_argument("--size", type=int, required=True, help="how many cases were drawn")


def _draw(arguments: argparse.Namespace, console: Console) -> int:
    with opened() as duban, duban.store.reading() as connection:
        drawn = reviews.drawn_from(connection, selected(arguments), None, arguments.seed, arguments.size)
    told = {"population": drawn.population, "digest": drawn.digest, "sample": drawn.sample}
    console.say(f"{drawn.population} cases, SHA-256 of their sorted ids {drawn.digest}")
    console.result(told, "\n".join(drawn.sample))
    return 0


# erase ---------------------------------------------------------------------------------------------------------------


def _no_arguments(_: argparse.ArgumentParser) -> None:
    """`duban erase` takes none: what is erased, two people have decided."""


def _erase(_: argparse.Namespace, console: Console) -> int:
    count = 0
    with opened_by_owner() as duban:
        while duban.erasing.turn():
            count += 1
    console.result({"cases": count}, f"{count} cases done")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command("eventlog", "write the event log of cases as XES or OCEL 2.0", _declare, _run),
    Command("draw", "draw the sample of a review again, from the seed that it recorded", _declare_draw, _draw),
    Command("erase", "erase what two people have approved", _no_arguments, _erase),
)
