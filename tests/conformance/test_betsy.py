"""The executable models of the betsy suite, as far as they are beside the repository."""

import json
from pathlib import Path

import pytest

from engine.conformance import betsy, to_feel
from engine.errors import InvalidInput

DRAWN_OTHERWISE = {
    # Both models write SCRIPT_task1 where the expectation has SCRIPT_task3, which no script of theirs can write.
    "AdHocSubProcess_Parallel": ["SCRIPT_task1", "SCRIPT_task1", "SCRIPT_task2"],
    "AdHocSubProcess_Sequential": ["SCRIPT_task1", "SCRIPT_task1", "SCRIPT_task2"],
}


def test_every_case_passes_but_two_whose_models_are_drawn_otherwise(corpora: Path) -> None:
    score = betsy(corpora / "betsy", corpora / "betsy" / "expected.json")
    assert {failure["name"]: failure["got"] for failure in score["failures"]} == DRAWN_OTHERWISE
    assert (score["passed"], score["total"]) == (73, 75)


def test_a_missing_model_and_a_refused_one_are_failures_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.bpmn").write_text("<definitions/>")
    case = {"n": 1, "expect": ["SCRIPT_task1"]}
    models = [{"group": "g", "name": name, "file": f"{name}.bpmn", "cases": [case]} for name in ("absent", "broken")]
    (tmp_path / "expected.json").write_text(json.dumps(models))
    score = betsy(tmp_path, tmp_path / "expected.json")
    assert (score["passed"], score["total"]) == (0, 2)
    absent, broken = score["failures"]
    assert absent["got"][0].startswith("ERROR_file")
    assert broken["got"] == ["ERROR_deployment"]


@pytest.mark.parametrize("text", ["[]", "{}", "[1]", "no json"])
def test_a_list_of_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "expected.json").write_text(text)
    with pytest.raises(InvalidInput):
        betsy(tmp_path, tmp_path / "expected.json")


@pytest.mark.parametrize(
    ("java", "written"),
    [
        ('test.contains("a")', 'contains(test, "a")'),
        ('!test.contains("a") && n<3', 'not(contains(test, "a")) and n < 3'),
        ("${a == 'b' || !c}", 'a = "b" or not(c)'),
        ('x.equals("y")', '(x = "y")'),
        ("activationCount >= 1", "activationCount >= 1"),
    ],
)
def test_conditions_in_javas_words_become_feel(java: str, written: str) -> None:
    assert to_feel(java) == written


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="endsWith"):
        to_feel('test.endsWith("a")')
