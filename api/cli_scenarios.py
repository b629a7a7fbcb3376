"""`duban test` (scenarios beside the diagrams, with coverage) and `duban import` (diagrams of other tools)."""

import argparse
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from api.cli import FAILED, REFUSED, Command, Console
from api.cli_models import files_in, with_calendar
from engine import scenarios
from engine.bundles import compile_bundle
from engine.errors import InvalidModel, Problem
from engine.execution.bundle import Bundle
from engine.notation import read_bpmn
from engine.notation.dialects import DIALECTS, Converted, convert
from engine.notation.picture import draw

PATTERN = "*.scenario.yaml"


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario after it ran; `name`: file and name."""

    outcome: scenarios.Outcome
    seconds: float

    @property
    def name(self) -> str:
        return f"{self.outcome.scenario.file}: {self.outcome.scenario.name}"


@dataclass(frozen=True, slots=True)
class Covered:
    """One diagram, and how much of its processes the scenarios of its folder reached."""

    file: str
    data: bytes
    processes: tuple[scenarios.Coverage, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        return tuple(id for each in self.processes for id in (*each.missed_elements, *each.missed_flows))

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Elements reached, elements, flows reached, flows."""
        elements, flows = (sum(getattr(each, name) for each in self.processes) for name in ("elements", "flows"))
        missed = [
            sum(len(getattr(each, name)) for each in self.processes) for name in ("missed_elements", "missed_flows")
        ]
        return elements - missed[0], elements, flows - missed[1], flows

    def as_dict(self) -> dict[str, Any]:
        elements, all_elements, flows, all_flows = self.counts
        return {
            "file": self.file,
            "elements": {"reached": elements, "total": all_elements},
            "flows": {"reached": flows, "total": all_flows},
            "not_reached": list(self.missed),
        }

    def __str__(self) -> str:
        elements, all_elements, flows, all_flows = self.counts
        missed = f"; not reached: {', '.join(self.missed)}" if self.missed else ""
        return f"{self.file}: {elements} of {all_elements} elements, {flows} of {all_flows} flows{missed}"


# test ----------------------------------------------------------------------------------------------------------------


def _declare_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path("bpmn"), help="where to look (default: bpmn/)")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write the results as JUnit XML")
    parser.add_argument("--coverage", type=Path, metavar="FILE", help="write what was reached, as .html or .svg")


def _test(arguments: argparse.Namespace, console: Console) -> int:
    """0: all passed; 1: some failed; 2: something could not be read, or there was nothing to run."""
    written = arguments.coverage
    if written is not None and written.suffix not in (".html", ".svg"):
        console.complain(f"duban: Expected --coverage to end in .html or .svg, but got '{written}'.")
        return REFUSED
    files = [arguments.folder] if arguments.folder.is_file() else sorted(arguments.folder.rglob(PATTERN))
    if not files:
        console.complain(f"duban: Expected {PATTERN} files below '{arguments.folder}', but found none.")
        return REFUSED
    home = arguments.folder.parent if arguments.folder.is_file() else arguments.folder
    played, covered = _played(files, home)
    if arguments.junit:
        arguments.junit.write_text(junit(played), encoding="utf-8")
    if written is not None:
        written.write_text(page(covered) if written.suffix == ".html" else pictures(covered), encoding="utf-8")
    untested = _untested(home, files)
    console.result(_results(played, covered, untested), _told(played, covered, untested))
    return 0 if all(each.outcome.passed for each in played) else FAILED


def _played(files: Iterable[Path], home: Path) -> tuple[list[Played], list[Covered]]:
    """Read everything first, so that a mistake in one file is told before anything runs."""
    problems: list[Problem] = []
    suites: dict[Path, list[scenarios.Suite]] = {}
    for path in files:
        try:
            suites.setdefault(path.parent, []).append(scenarios.read(path.read_bytes(), _shown(path, home)))
        except InvalidModel as refused:
            problems += refused.problems
    bundles: dict[Path, Bundle] = {}
    for folder, found in suites.items():
        try:
            bundles[folder] = with_calendar(compile_bundle(_with_called(folder), whole=False))
            every = (scenario for suite in found for scenario in suite.scenarios)
            problems += [each for scenario in every for each in scenarios.unknown_names(scenario, bundles[folder])]
        except InvalidModel as refused:
            problems += refused.problems
    if problems:
        raise InvalidModel(problems)
    played: list[Played] = []
    covered: list[Covered] = []
    for folder, found in suites.items():
        own = [_play(bundles[folder], scenario) for suite in found for scenario in suite.scenarios]
        played += own
        covered += _covered(folder, home, own)
    return played, covered


def _with_called(folder: Path) -> dict[str, bytes]:
    """The files of a folder, and of the folders beside it that hold a process which its diagrams call."""
    files = files_in(folder)
    beside = {path for path in folder.parent.glob("*/*.bpmn") if path.parent != folder}
    owners = {process.id: path.parent for path in beside for process in read_bpmn(path.read_bytes()).processes}
    taken: set[Path] = set()
    while wanted := {owners[id] for id in _called(files) if id in owners} - taken:
        taken |= wanted
        for owner in wanted:
            files |= {f"../{owner.name}/{name}": data for name, data in files_in(owner).items()}
    return files


def _called(files: Mapping[str, bytes]) -> set[str]:
    """Ids of the processes that these diagrams call, as far as the diagrams name them."""
    diagrams = [read_bpmn(data, file=name) for name, data in files.items() if name.endswith(".bpmn")]
    nodes = (node for each in diagrams for process in each.processes for node in process.nodes.values())
    return {node.call.static_process for node in nodes if node.call and node.call.static_process}


def _play(bundle: Bundle, scenario: scenarios.Scenario) -> Played:
    began = time.perf_counter()
    outcome = scenarios.run(bundle, scenario)
    return Played(outcome, time.perf_counter() - began)


def _covered(folder: Path, home: Path, played: Iterable[Played]) -> list[Covered]:
    outcomes = [each.outcome for each in played]
    found = []
    for name, data in files_in(folder).items():
        if name.endswith(".bpmn"):
            processes = read_bpmn(data, file=name).processes
            counted = tuple(scenarios.coverage(process, outcomes) for process in processes)
            found.append(Covered(_shown(folder / name, home), data, counted))
    return found


def _untested(home: Path, files: Iterable[Path]) -> list[str]:
    """Diagrams that no scenario file stands beside or above."""
    folders = {path.parent for path in files}
    diagrams = sorted(home.rglob("*.bpmn"))
    return [_shown(diagram, home) for diagram in diagrams if not folders & set(diagram.parents)]


def _shown(path: Path, home: Path) -> str:
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()


def _results(played: Iterable[Played], covered: Iterable[Covered], untested: list[str]) -> dict[str, Any]:
    listed = [
        {
            "file": each.outcome.scenario.file,
            "name": each.outcome.scenario.name,
            "passed": each.outcome.passed,
            "seconds": round(each.seconds, 3),
            "failures": [
                {name: getattr(failure, name) for name in ("step", "line", "what", "expected", "got", "waiting")}
                for failure in each.outcome.failures
            ],
        }
        for each in played
    ]
    passed = sum(1 for each in listed if each["passed"])
    coverage = [each.as_dict() for each in covered]
    return {"passed": passed, "total": len(listed), "scenarios": listed, "coverage": coverage, "untested": untested}


def _told(played: list[Played], covered: Iterable[Covered], untested: Iterable[str]) -> str:
    lines = []
    for each in played:
        lines.append(f"{'passed' if each.outcome.passed else 'FAILED'} {each.name}")
        lines += [f"  {line}" for failure in each.outcome.failures for line in str(failure).splitlines()]
    lines += [f"coverage {each}" for each in covered]
    lines += [f"coverage {name}: no scenario" for name in untested]
    passed = sum(1 for each in played if each.outcome.passed)
    return "\n".join([*lines, f"{passed} of {len(played)} scenarios passed"])


# Reports -------------------------------------------------------------------------------------------------------------


def junit(played: Iterable[Played]) -> str:
    """The results in JUnit's form, one suite a file."""
    suites: dict[str, list[Played]] = {}
    for each in played:
        suites.setdefault(each.outcome.scenario.file, []).append(each)
    inner = [line for file, found in suites.items() for line in _suite(file, found)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *inner, "</testsuites>", ""])


def _suite(file: str, played: list[Played]) -> Iterable[str]:
    failed = sum(1 for each in played if not each.outcome.passed)
    seconds = sum(each.seconds for each in played)
    yield (
        f'  <testsuite name="{_xml(file)}" tests="{len(played)}" failures="{failed}" errors="0" time="{seconds:.3f}">'
    )
    for each in played:
        name = _xml(each.outcome.scenario.name)
        yield f'    <testcase classname="{_xml(file)}" name="{name}" time="{each.seconds:.3f}">'
        for failure in each.outcome.failures:
            yield f'      <failure message="{_xml(f"{failure.step}: {failure.what}")}">{_xml(str(failure))}</failure>'
        yield "    </testcase>"
    yield "  </testsuite>"


def _xml(text: str) -> str:
    """Text for XML 1.0, which cannot hold control characters at all."""
    return escape("".join(each if each.isprintable() or each in "\n\t" else "�" for each in text))


def _tones(covered: Covered) -> Mapping[str, str]:
    diagram = read_bpmn(covered.data, file=covered.file)
    every = (id for process in diagram.processes for id in (*process.nodes, *process.flows))
    missed = set(covered.missed)
    return {id: "missed" if id in missed else "reached" for id in every}


def pictures(covered: Iterable[Covered]) -> str:
    """All diagrams in one SVG, below each other: green was reached, red and broken was not."""
    drawn = [draw(each.data, _tones(each), file=each.file) for each in covered]
    parts = [(svg, *_size(svg)) for svg in drawn if svg]
    width, height = max((part[1] for part in parts), default=0), sum(part[2] for part in parts)
    inner, top = [], 0.0
    for svg, _, own in parts:
        inner.append(svg.replace("<svg ", f'<svg y="{top}" ', 1))
        top += own
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">', *inner, "</svg>"])


def _size(svg: str) -> tuple[float, float]:
    width, height = (float(svg.partition(f'{name}="')[2].partition('"')[0]) for name in (" width", " height"))
    return width, height


def page(covered: Iterable[Covered]) -> str:
    """The coverage report: a picture a diagram, and what was not reached by name."""
    style = (
        "body{font:14px system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2rem;color:#1f2430}"
        "figure{margin:1rem 0;overflow-x:auto;border:1px solid #d5dae3;border-radius:8px}code{color:#c62828}"
    )
    title = '<meta charset="utf-8"><title>情景覆盖 · Coverage</title>'
    head = f'<!doctype html><html lang="zh-CN"><head>{title}<style>{style}</style></head>'
    legend = "<p>绿色:已到达;红色虚线:未到达。 Green: reached. Red and broken: not reached.</p>"
    body = [part for each in covered for part in _section(each)]
    return "\n".join([head, "<body><h1>情景覆盖 · What the scenarios reach</h1>", legend, *body, "</body></html>"])


def _section(covered: Covered) -> Iterable[str]:
    elements, all_elements, flows, all_flows = covered.counts
    yield f"<h2>{escape(covered.file)}</h2>"
    yield f"<p>元素 {elements}/{all_elements} · 流 {flows}/{all_flows} (elements, flows)</p>"
    if covered.missed:
        yield f"<p>未到达 · not reached: {', '.join(f'<code>{escape(id)}</code>' for id in covered.missed)}</p>"
    drawn = draw(covered.data, _tones(covered), file=covered.file)
    yield f"<figure>{drawn}</figure>" if drawn else "<p>文件没有图形。 The file has no picture.</p>"


# import --------------------------------------------------------------------------------------------------------------


def _declare_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .bpmn file of Camunda 7, Activiti, Flowable or SpiffWorkflow")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write it (default: standard output)")
    parser.add_argument("--from", dest="dialect", choices=["auto", *DIALECTS], default="auto", help="what it speaks")


def _import(arguments: argparse.Namespace, console: Console) -> int:
    """0: all carried; 1: something was left, and is listed; 2: the file cannot be read."""
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        console.complain(f"duban: {error}")
        return REFUSED
    done = convert(data, file=arguments.file.name, dialect=arguments.dialect)
    if arguments.output:
        arguments.output.write_bytes(done.data)
    _say_import(console, done, arguments.output)
    return 0 if done.whole else FAILED


def _say_import(console: Console, done: Converted, output: Path | None) -> None:
    """Without -o the diagram is the result, so the list goes to where complaints go."""
    spoken = ", ".join(done.dialects) or "no other dialect"
    lines = [*map(str, done.problems), f"{spoken}: {done.carried} carried, {_counted(done)}"]
    result: dict[str, Any] = {
        "dialects": list(done.dialects),
        "carried": done.carried,
        "left": done.left,
        "problems": [problem.as_dict() for problem in done.problems],
    }
    if output:
        console.result(result, "\n".join(lines))
        return
    text = done.data.decode("utf-8", "replace")
    if not console.json:
        console.complain("\n".join(lines))
    console.result(result | {"diagram": text}, text)


def _counted(done: Converted) -> str:
    warnings = sum(1 for problem in done.problems if problem.severity == "warning")
    return f"{done.left} left, {warnings} dropped or to look at"


COMMANDS: tuple[Command, ...] = (
    Command("test", "run the scenarios beside the diagrams, with coverage", _declare_test, _test),
    Command("import", "convert a diagram of Camunda 7 or SpiffWorkflow", _declare_import, _import),
)
