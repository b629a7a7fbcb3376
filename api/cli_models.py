"""The commands about diagrams and decisions: deploy, lint, run, feel, decide, conformance.

What needs the database is imported where it is used: `duban run` must not wait for its libraries.
"""

import argparse
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from api.cli import REFUSED, Command, Console
from engine import feel, scenarios
from engine.bundles import compile_bundle
from engine.checking import MODELS, check
from engine.compare import compare
from engine.compare.words import LANGUAGES, as_json, summary
from engine.conformance import betsy
from engine.decisions import cli as decision_commands
from engine.errors import DubanError, InvalidInput, Problem
from engine.execution.bundle import Bundle
from engine.execution.calendar import Calendar
from engine.notation.bpmn import read_bpmn
from engine.notation.lint import Profile, lint_files
from engine.notation.lint_suite import files_beside, refusals
from engine.sandbox import DEFAULT_NOW, Sandbox

YEARS = range(2024, 2029)  # of the calendar that `run` tries things out with


def files_in(folder: Path) -> dict[str, bytes]:
    """path → content of every diagram, decision and form below a folder (or of one file)."""
    if folder.is_file():
        return {folder.name: folder.read_bytes()}
    found = sorted(path for path in folder.rglob("*") if path.suffix in MODELS)
    if not found:
        raise InvalidInput(f"Expected .bpmn, .dmn or .form files below '{folder}', but found none.")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise InvalidInput(f"Expected {what} to be JSON, but got '{text[:60]}': {error}") from error


def _variables(text: str, what: str) -> dict[str, feel.Value]:
    data = _json(text, what)
    if not isinstance(data, dict):
        raise InvalidInput(f"Expected {what} to be a JSON object, but got '{text[:60]}'.")
    return {name: feel.from_json(value) for name, value in data.items()}


# deploy and lint -----------------------------------------------------------------------------------------------------


def _declare_deploy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a folder of .bpmn, .dmn and .form files that belong together")
    parser.add_argument("--note", default="", help="what this release changes")


def _deploy(arguments: argparse.Namespace, console: Console) -> int:
    from api.cli_site import opened

    with opened() as duban:
        done = duban.releases.deploy(files_in(arguments.folder), note=arguments.note)
    versions = ", ".join(f"{process} v{version}" for process, version in sorted(done.processes.items()))
    said = f"{'Unchanged' if done.unchanged else 'Deployed'} {done.hash[:12]}: {versions}"
    console.result({"hash": done.hash, "processes": done.processes, "unchanged": done.unchanged}, said)
    return 0


def _declare_lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, help="files or folders to check; a folder is one release")
    parser.add_argument(
        "--profile", choices=["standard", "duban"], default="duban",
        help="standard: what BPMN 2.0.2 forbids; duban: what deployment checks (default)",
    )  # fmt: skip


def _lint(arguments: argparse.Namespace, console: Console) -> int:
    """Each folder is one release; a file alone is checked without what it refers to."""
    problems = [problem for path in arguments.paths for problem in _problems(path, arguments.profile)]
    text = "\n".join(map(str, problems)) or "No problems."
    console.result({"problems": [problem.as_dict() for problem in problems]}, text)
    return REFUSED if any(problem.severity == "error" for problem in problems) else 0


def _problems(path: Path, profile: Profile) -> list[Problem]:
    """In the profile `duban` also what only a release as a whole can tell, and the faults of its decision tables."""
    folder = path if path.is_dir() else path.parent
    files = files_in(path)
    if profile == "duban":
        found = check(files, whole=path.is_dir(), beside=files_beside(folder))
    else:
        found = lint_files(files, profile, files_beside(folder))
    return [replace(problem, file=(folder / problem.file).as_posix()) for problem in found]


# diff ----------------------------------------------------------------------------------------------------------------

SAME, DIFFERENT = 0, 1


def _declare_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("left", help="a folder, a file, draft:ID, or the hash of a release (its beginning will do)")
    parser.add_argument("right", help="what to compare it with")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the text (default: en)")


def _diff(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code like that of `diff`: 0 the same, 1 different, 2 could not be compared."""
    try:
        found = compare(_side(arguments.left), _side(arguments.right))
    except (DubanError, OSError) as error:
        console.complain(f"duban: {error}")
        return REFUSED
    console.result(as_json(found), summary(found, arguments.language))
    return SAME if found.same else DIFFERENT


def _side(name: str) -> dict[str, bytes]:
    if Path(name).exists():
        return files_in(Path(name))
    draft = name.removeprefix("draft:") if name.startswith("draft:") else None
    if draft is None and not re.fullmatch(r"[0-9a-f]{6,64}", name):
        raise InvalidInput(
            "Expected a folder, a file or 6 to 64 digits of a release's hash, or draft: and the id of a draft, "
            f"but got '{name[:80]}'."
        )
    from api.cli_site import opened
    from engine.releases import stored_files
    from workflows import drafts

    with opened() as duban, duban.store.reading() as connection:
        if draft is not None:
            return drafts.models(connection, drafts.load(connection, draft))
        return stored_files(connection, name)


# run -----------------------------------------------------------------------------------------------------------------


def _declare_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .bpmn file; decisions and called processes are found beside it")
    parser.add_argument("--process", help="id of the process to start (default: the first that can be started)")
    parser.add_argument("--data", default="{}", help="variables of the case, a JSON object")
    parser.add_argument("--now", help="the virtual time of the start, ISO 8601 (default: 2026-01-05T00:00Z)")
    parser.add_argument(
        "--do", action="append", default=[], metavar="STEP",
        help="complete:ELEMENT[=JSON], message:NAME[/KEY][=JSON], signal:NAME[=JSON], advance:DURATION, job:TYPE[=JSON]"
        " or fail:TYPE=CODE; may be given many times",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, console: Console) -> int:
    bundle = with_calendar(load_diagram(arguments.file))
    sandbox = Sandbox(bundle, _moment(arguments.now), {"CN": 1})
    process = arguments.process or _startable(arguments.file)
    if process not in bundle.processes:
        known = ", ".join(sorted(bundle.processes))
        raise InvalidInput(f"Expected --process to be one of {known}, but got '{process}'.")
    variables = _variables(arguments.data, "--data")
    sandbox.start(process, variables, scenarios.event_start(bundle.processes[process]))
    for step in arguments.do:
        do_step(sandbox, step)
    report = sandbox.report()
    console.result(report, _told(report))
    return 0


def _moment(text: str | None) -> datetime:
    if text is None:
        return DEFAULT_NOW
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=DEFAULT_NOW.tzinfo)


def load_diagram(path: Path) -> Bundle:
    """One diagram to try out, with what it needs from the files beside it; missing forms do no harm in memory."""
    files = {path.name: path.read_bytes()}
    diagram = read_bpmn(files[path.name], file=path.name)
    nodes = [node for process in diagram.processes for node in process.nodes.values()]
    if any(node.decision or (node.user_task and node.user_task.ladder) for node in nodes):
        files |= _beside(path, "*.dmn")
    own = {process.id for process in diagram.processes}
    if any(node.call and node.call.static_process and node.call.static_process not in own for node in nodes):
        files |= _beside(path, "*.bpmn")
    return compile_bundle(files, whole=False)


def _beside(path: Path, pattern: str) -> dict[str, bytes]:
    return {other.name: other.read_bytes() for other in sorted(path.parent.glob(pattern)) if other != path}


def with_calendar(bundle: Bundle) -> Bundle:
    """The Chinese business calendar for trying things out, read only when a deadline asks for it."""
    known: dict[str, Calendar] = {}

    def calendar(series: str, version: int) -> Calendar:
        from engine import deadlines

        if series not in known:
            known[series] = replace(deadlines.import_calendar(YEARS), series=series, version=version)
        return known[series]

    return replace(bundle, calendars=calendar)


def _startable(path: Path) -> str:
    diagram = read_bpmn(path.read_bytes(), file=path.name)
    plain = [process.id for process in diagram.processes if process.scopes[process.id].entries]
    return (plain or [process.id for process in diagram.processes])[0]


def do_step(sandbox: Sandbox, step: str) -> None:
    """One `--do`, as in a scenario. Raises InvalidInput for a step that is not of the known forms."""
    try:
        parsed = scenarios.parse_step(step)
    except ValueError as error:
        raise InvalidInput(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    scenarios.perform(sandbox, parsed)


def _told(report: Mapping[str, Any]) -> str:
    lines = [f"{report['process']}: {report['status']}"]
    lines += [f"  {event['type']} {event.get('element', event.get('flow', ''))}".rstrip() for event in report["trace"]]
    lines += [f"task: {task['element']} ({task['name']})" for task in report["tasks"]]
    lines += [f"job: {job['element']} ({job['type']})" for job in report["jobs"]]
    lines += [f"timer: {timer['element']} due {timer['due']}" for timer in report["timers"]]
    lines += [f"incident: {incident['element']}: {incident['message']}" for incident in report["incidents"]]
    return "\n".join([*lines, "variables: " + json.dumps(report["variables"], ensure_ascii=False)])


# feel, decide, conformance -------------------------------------------------------------------------------------------


def _declare_feel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("expression")
    parser.add_argument("--context", default="{}", help="variables, a JSON object")


def _feel(arguments: argparse.Namespace, console: Console) -> int:
    answer = decision_commands.evaluate_feel(arguments.expression, arguments.context)
    problems = "".join(f"\n{each['line']}:{each['column']} {each['message']}" for each in answer["problems"])
    console.result(answer, json.dumps(answer["value"], ensure_ascii=False, default=str) + problems)
    return 0


def _declare_decide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .dmn file")
    parser.add_argument("--decision", required=True, help="id or name of the decision")
    parser.add_argument("--context", default="{}", help="the inputs, a JSON object")
    parser.add_argument("--explain", action="store_true", help="also show each decision and which rules matched")


def _decide(arguments: argparse.Namespace, console: Console) -> int:
    console.result(
        decision_commands.decide(arguments.file, arguments.decision, arguments.context, explain=arguments.explain)
    )
    return 0


def _declare_conformance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("suite", choices=sorted([*SUITES, "betsy"]), help="which suite the folder is laid out like")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "expected", type=Path, nargs="?", help="betsy: the expected traces (default: expected.json there)"
    )


def _conformance(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.suite == "betsy":
        score = betsy(arguments.folder, arguments.expected or arguments.folder / "expected.json")
    else:
        score = SUITES[arguments.suite](arguments.folder)
    lines = [f"FAILED {_failure(failure)}" for failure in score.get("failures", [])]
    console.result(score, "\n".join([*lines, f"{score['passed']} of {score['total']} passed"]))
    return 0 if score["passed"] == score["total"] else 1


def _failure(failure: Any) -> str:
    """One line for one failure; a model that should have been refused, or the rules that refused it."""
    if isinstance(failure, dict) and "got" in failure:
        return "{name} case {case}: expected {expected}, but got {got}".format_map(failure)
    if not isinstance(failure, dict) or "model" not in failure:
        return str(failure)
    rules = ", ".join(failure["rules"])
    return f"{failure['model']}: " + (f"refused by {rules}" if rules else "not refused")


SUITES: Mapping[str, Callable[[Path], dict[str, Any]]] = {
    "dmn-tck": decision_commands.conformance,
    "refuse": refusals,
}

COMMANDS: tuple[Command, ...] = (
    Command("deploy", "check a folder and make its processes current", _declare_deploy, _deploy),
    Command("lint", "check diagrams, decisions and forms without deploying", _declare_lint, _lint),
    Command(
        "diff", "compare two folders, releases or drafts: exit code 0 same, 1 different, 2 failed", _declare_diff, _diff
    ),
    Command("run", "execute a diagram in memory under a virtual clock", _declare_run, _run),
    Command("feel", "evaluate a FEEL expression", _declare_feel, _feel),
    Command("decide", "evaluate a decision of a .dmn file", _declare_decide, _decide),
    Command("conformance", "run a published conformance suite", _declare_conformance, _conformance),
)
