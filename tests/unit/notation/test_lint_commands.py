"""`duban lint` and `duban conformance refuse`: what they print, and how they exit."""

import json
from pathlib import Path

import pytest

from api.cli import main
from engine.notation.lint import lint_files
from tests.support.components import ROOT
from tests.support.diagrams import definitions, flows, process, start, user
from tests.support.work import calls
from tests.unit.notation.lint_parts import PLAIN, model
from tests.unit.notation.test_lint import OTHER, importing

BROKEN = model('\n<task id="t" default="nothing"/>')
HAZARD = ROOT / "bpmn" / "hazard"


def tasks(count: int) -> dict[str, bytes]:
    return {"tasks.bpmn": model(*(f'<task id="t{n}"/>' for n in range(count))).encode()}


def place(folder: Path, **models: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in models.items():
        (folder / f"{name}.bpmn").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_errors_exit_with_two_and_say_file_line_and_element(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = place(tmp_path, one=BROKEN) / "one.bpmn"
    assert main(["lint", str(path), "--profile", "standard"]) == 2
    assert capsys.readouterr().out.startswith(f"{path.as_posix()}:2: error BPS004: expected default 'nothing'")


def test_warnings_exit_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = definitions(process(start(), user("u"), flows("s u")))
    warned = place(tmp_path, one=text) / "one.bpmn"
    assert main(["lint", str(warned)]) == 0
    assert ": warning SUP001: " in capsys.readouterr().out


def test_a_clean_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--profile", "standard", str(place(tmp_path, one=PLAIN))]) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_several_paths_are_checked_and_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = place(tmp_path, one=PLAIN, two=BROKEN)
    paths = [str(folder / name) for name in ("one.bpmn", "two.bpmn")]
    assert main(["lint", *paths, "--profile", "standard", "--json"]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(p["file"], p["rule"], p["line"], p["element"], p["severity"]) for p in problems] == [
        (Path(paths[1]).as_posix(), "BPS004", 2, "t", "error")
    ]


def test_a_single_file_finds_what_it_imports_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = place(tmp_path, one=importing("two.bpmn", "urn:two"), two=OTHER)
    assert main(["lint", "--profile", "standard", str(folder / "one.bpmn")]) == 0, capsys.readouterr().out


def test_deployment_rules_of_the_release_and_its_tables_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (HAZARD / "hazard-loop.bpmn").read_bytes()
    place(tmp_path, alone=source)
    assert main(["lint", str(tmp_path)]) == 2
    assert "error REL003" in capsys.readouterr().out


def test_a_problem_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = model('<task id="t" default="nothing"/>', executable=True)
    assert main(["lint", str(place(tmp_path, one=refused))]) == 2
    assert len([line for line in capsys.readouterr().out.splitlines() if " error " in line]) == 1


def test_the_work_of_checking_a_diagram_grows_with_its_nodes_and_no_faster() -> None:
    lint_files(tasks(1), "standard")  # reads the schema
    assert calls(lint_files, tasks(500), "standard") < 11 * calls(lint_files, tasks(50), "standard")


def test_conformance_refuse_prints_the_failures_and_the_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place(tmp_path / "refuse", one=BROKEN, two=PLAIN)
    place(tmp_path / "accept", three=PLAIN, four=BROKEN)
    assert main(["conformance", "refuse", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "FAILED refuse/two.bpmn: not refused",
        "FAILED accept/four.bpmn: refused by BPS004",
        "2 of 4 passed",
    ]


def test_conformance_refuse_as_json_exits_with_zero_when_all_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place(tmp_path / "refuse", one=BROKEN)
    assert main(["conformance", "refuse", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"passed": 1, "total": 1, "failures": []}
