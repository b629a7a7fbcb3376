"""Diagrams that others drew: every one is read, or refused by name; nothing else ever comes out."""

import re
from pathlib import Path

import pytest

from engine.errors import InvalidModel
from engine.notation.bpmn import Foreign, read_bpmn
from tests.unit.notation.fixtures import ALL


def _java_to_feel(text: str) -> str:
    found = re.fullmatch(r"(\w+)\.contains\((\"[^\"]*\")\)", text)
    return f"contains({found[1]}, {found[2]})" if found else text


DIALECT = Foreign(expression=_java_to_feel, script=str.strip)


def test_every_betsy_model_is_read(corpora: Path) -> None:
    files = sorted((corpora / "betsy").rglob("*.bpmn"))
    assert len(files) == 49
    for file in files:
        made = read_bpmn(file.read_bytes(), file=file.name, foreign=DIALECT, unsupported=ALL)
        assert any(process.id == file.stem for process in made.processes), file.name
        for process in made.processes:
            assert all(node.job is None or node.job.type({}) for node in process.nodes.values())


def test_betsy_models_are_refused_only_for_what_cannot_run_yet(corpora: Path) -> None:
    for file in (corpora / "betsy").rglob("*.bpmn"):
        try:
            read_bpmn(file.read_bytes(), foreign=DIALECT)
        except InvalidModel as refused:
            assert {problem.rule for problem in refused.problems} == {"BPMN017"}, file.name


@pytest.mark.parametrize("executable_only", [True, False])
def test_every_miwg_model_is_read_or_refused_by_name(corpora: Path, executable_only: bool) -> None:
    files = sorted((corpora / "miwg").glob("*.bpmn"))
    assert len(files) == 21
    for file in files:
        try:
            read_bpmn(file.read_bytes(), file=file.name, executable_only=executable_only)
        except InvalidModel as refused:
            for problem in refused.problems:
                assert problem.rule.startswith("BPMN"), file.name
                assert problem.message, file.name
                assert problem.line, file.name
