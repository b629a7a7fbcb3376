"""`duban calendar`: what is published, what a year would bring, what it would move, and publishing it."""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from api.cli import Command, Console
from api.cli_site import opened
from engine import adoption, deadlines
from engine.errors import InvalidInput
from engine.execution.calendar import Calendar
from engine.store import from_millis
from workflows import calendars as keeping
from workflows.duban import Connection, Duban


def _declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    actions.add_parser("list", help="the newest version of each series, and what is missing or provisional")
    show = actions.add_parser("show", help="one version; with --json as a file for `put`")
    show.add_argument("series")
    show.add_argument("--version", type=int, help="default: the newest")
    year = actions.add_parser("import", help="put a year into a series; says what it would move, unless --publish")
    year.add_argument("series")
    year.add_argument("year", type=int)
    year.add_argument("--file", type=Path, help="days.csv (date,off|worked) or days.json; default: the public holidays")
    put = actions.add_parser("put", help="a whole calendar from a file; says what it would move, unless --publish")
    put.add_argument("series")
    put.add_argument("file", type=Path)
    for action in (year, put):
        action.add_argument("--publish", action="store_true", help="publish it as the next version")
        action.add_argument("--note", default="", help="why, for the list of versions")
    for action in actions.choices.values():  # --json may stand before or after the action
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _run(arguments: argparse.Namespace, console: Console) -> int:
    actions = {"list": _list, "show": _show, "import": _import, "put": _put}
    with opened() as duban:
        return actions[arguments.action](duban, arguments, console)


def _list(duban: Duban, _: argparse.Namespace, console: Console) -> int:
    with duban.store.reading() as connection:
        found = [deadlines.current(connection, series) for series in sorted(deadlines.newest(connection))]
        warnings = deadlines.warnings(connection)
    data = {
        "calendars": [{"series": one.series, "version": one.version, "years": sorted(one.years)} for one in found],
        "warnings": [{"series": one.series, "year": one.year, "kind": one.kind} for one in warnings],
    }
    lines = [f"{one.series}  version {one.version}  {min(one.years)}–{max(one.years)}" for one in found if one.years]
    lines += [f"warning: {one.year} is {one.kind} in {one.series}" for one in warnings]
    console.result(data, "\n".join(lines) or "No calendar has been published; try: duban calendar import CN 2027")
    return 0


def _show(duban: Duban, arguments: argparse.Namespace, console: Console) -> int:
    with duban.store.reading() as connection:
        wanted = arguments.version
        newest = deadlines.current(connection, arguments.series)
        found = newest if wanted is None else deadlines.load(connection, arguments.series, wanted)
        about = next(one for one in deadlines.versions(connection, found.series) if one.version == found.version)
    at = from_millis(about.published_at).strftime("%Y-%m-%d %H:%M UTC")
    hours = ", ".join("–".join(span) for span in found.to_json()["hours"])
    head = [f"{found.series} version {found.version}, {at}: {about.note or 'no note'}", f"{found.zone}  {hours}"]
    console.result(found.to_json(), "\n".join([*head, *(_year(found, year) for year in sorted(found.years))]))
    return 0


def _year(calendar: Calendar, year: int) -> str:
    off = _spans(day for day in calendar.off if day.year == year)
    worked = _spans(day for day in calendar.worked if day.year == year)
    mark = " (provisional)" if calendar.is_provisional(year) else ""
    return f"{year}{mark}\n  off     {off or '-'}\n  worked  {worked or '-'}"


def _spans(days: Iterator[date]) -> str:
    """Days as `10-01..10-07, 12-31`."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return ", ".join(f"{one[0]:%m-%d}" + (f"..{one[-1]:%m-%d}" if len(one) > 1 else "") for one in spans)


def _import(duban: Duban, arguments: argparse.Namespace, console: Console) -> int:
    text, source = "", "holidays"
    if arguments.file is not None:
        text, source = arguments.file.read_text(encoding="utf-8"), arguments.file.suffix.removeprefix(".").lower()
    found = keeping.read_year(arguments.year, source, text)
    with duban.store.reading() as connection:
        known = arguments.series in deadlines.newest(connection)
        base = deadlines.current(connection, arguments.series) if known else _empty(arguments.series)
    return _offer(duban, found.into(base), arguments, console)


def _empty(series: str) -> Calendar:
    return deadlines.import_calendar([], series=series)


def _put(duban: Duban, arguments: argparse.Namespace, console: Console) -> int:
    rules: Any = json.loads(arguments.file.read_text(encoding="utf-8"))
    if not isinstance(rules, dict):
        raise InvalidInput(f"Expected a calendar as `duban calendar show --json` writes it in {arguments.file}")
    return _offer(duban, keeping.candidate(arguments.series, rules), arguments, console)


def _offer(duban: Duban, calendar: Calendar, arguments: argparse.Namespace, console: Console) -> int:
    """Say what it would move; with --publish, publish it."""
    with duban.store.reading() as connection:
        moved = list(_moved(connection, calendar))
    told = [
        {"task": f"{one.case_id}:{one.task}", "name": one.name, "before": _at(one.before), "after": _at(one.after)}
        for one in moved
    ]
    lines = [f"{one['task']}  {one['name']}  {one['before']} -> {one['after']}" for one in told]
    version = None
    if arguments.publish:
        with duban.store.transaction() as connection:
            published = keeping.publish(connection, calendar, based_on=None, actor=None, note=arguments.note)
        version = published.version
    said = f"Published version {version}" if version else "Nothing is published; add --publish"
    summary = f"{said}. {len(moved)} deadlines {'move' if version else 'would move'}."
    console.result({"version": version, "moved": told}, "\n".join([*lines, summary]))
    return 0


def _moved(connection: Connection, calendar: Calendar) -> Iterator[adoption.Change]:
    position = None
    while True:
        page = adoption.preview(connection, calendar, position)
        yield from page.changes
        position = page.next
        if position is None:
            return


def _at(millis: int) -> str:
    return from_millis(millis).strftime("%Y-%m-%dT%H:%MZ")


COMMANDS = (Command("calendar", "business calendars: list, show, import a year, publish", _declare, _run),)
