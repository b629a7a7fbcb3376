"""The profile `standard` on diagrams of others, and `duban conformance refuse` on any folder of models."""

import json
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.notation.lint_suite import errors_of, refusals
from tests.support.components import ROOT
from tests.unit.notation.lint_parts import PLAIN, model

BROKEN = model('<startEvent id="s"/><task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="s"/>')

KNOWN = {
    "C.1.0.bpmn": {"BPS051"},
    "C.3.0.bpmn": {"BPS051"},
    "C.7.0.bpmn": {"BPS135", "BPS144"},
    "C.8.1.bpmn": {"BPS004", "BPS024", "BPS144", "BPS150", "BPS151"},
}
"""What four of the reference diagrams of the BPMN MIWG do break; docs/lint.md says where."""


def test_the_executable_models_of_betsy_break_no_rule(corpora: Path) -> None:
    paths = sorted((corpora / "betsy").rglob("*.bpmn"))
    assert len(paths) >= 49
    broken = {path.name: [str(problem) for problem in errors_of(path)] for path in paths}
    assert {name: errors for name, errors in broken.items() if errors} == {}


def test_the_reference_diagrams_of_miwg_break_only_what_is_known(corpora: Path) -> None:
    paths = sorted((corpora / "miwg").glob("*.bpmn"))
    assert len(paths) == 21
    broken = {path.name: {problem.rule for problem in errors_of(path)} for path in paths}
    assert {name: rules for name, rules in broken.items() if rules} == KNOWN


def test_our_own_diagrams_break_no_rule() -> None:
    paths = sorted((ROOT / "bpmn").rglob("*.bpmn"))
    assert paths
    assert {path.name: errors_of(path) for path in paths} == {path.name: [] for path in paths}


# Folders -------------------------------------------------------------------------------------------------------------


def write(folder: Path, **models: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in models.items():
        (folder / f"{name}.bpmn").write_text(text)
    return folder


def test_a_folder_of_refuse_and_accept_is_scored(tmp_path: Path) -> None:
    write(tmp_path / "refuse", one=BROKEN, two=PLAIN)
    write(tmp_path / "accept" / "deeper", three=PLAIN, four=BROKEN)
    score = refusals(tmp_path)
    assert (score["passed"], score["total"]) == (2, 4)
    assert score["failures"] == [
        {"model": "refuse/two.bpmn", "expected": "refuse", "rules": []},
        {"model": "accept/deeper/four.bpmn", "expected": "accept", "rules": ["BPS011", "BPS019", "BPS020", "BPS022"]},
    ]


def test_expected_json_says_what_is_to_become_of_each_model(tmp_path: Path) -> None:
    write(tmp_path, one=BROKEN, two=PLAIN)
    (tmp_path / "expected.json").write_text(json.dumps({"one": "refuse", "two.bpmn": "accept"}))
    assert refusals(tmp_path) == {"passed": 2, "total": 2, "failures": []}


def test_without_either_every_model_is_to_be_refused(tmp_path: Path) -> None:
    write(tmp_path, one=BROKEN, two=PLAIN)
    assert [failure["model"] for failure in refusals(tmp_path)["failures"]] == ["two.bpmn"]


def test_a_warning_refuses_nothing(tmp_path: Path) -> None:
    write(tmp_path / "accept", one=model('<scriptTask id="t"><script>x</script></scriptTask>'))
    assert refusals(tmp_path)["failures"] == []


@pytest.mark.parametrize("said", ["[]", "{", '{"one": "maybe"}', "{}"])
def test_an_unclear_expectation_is_an_error(tmp_path: Path, said: str) -> None:
    write(tmp_path, one=PLAIN)
    (tmp_path / "expected.json").write_text(said)
    with pytest.raises(InvalidInput, match=r"expected\.json"):
        refusals(tmp_path)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="found none"):
        refusals(tmp_path)
