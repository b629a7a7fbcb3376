"""The functions behind the commands feel, decide and conformance."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from engine.decisions.cli import conformance, decide, evaluate_feel
from engine.decisions.conformance import compare, run_tck
from engine.errors import InvalidInput, InvalidModel
from engine.feel import FeelError, FeelSyntaxError, parse_date
from tests.unit.decisions.models import decision, file, inputs, literal, table

TESTS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>a.dmn</modelName>
  {}
</testCases>"""


def case(name: str, given: str, expected: str, attributes: str = "") -> str:
    result = f'<resultNode name="d"><expected>{expected}</expected></resultNode>'
    return f'<testCase id="{name}" {attributes}>{given}{result}</testCase>'


def typed(kind: str, text: str) -> str:
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


def test_feel_yields_the_value_and_the_problems() -> None:
    assert evaluate_feel("a.b * 2", '{"a": {"b": 1.25}}') == {"value": 2.5, "problems": []}
    answer = evaluate_feel("x + 1")
    assert answer["value"] is None
    assert answer["problems"][0] == {"message": "no variable 'x'", "line": 1, "column": 1}
    with pytest.raises(FeelSyntaxError):
        evaluate_feel("1 +")


@pytest.mark.parametrize("context", ["[1]", "{", "1", '{"a": NaN}'])
def test_a_context_that_is_no_json_object_is_refused(context: str) -> None:
    with pytest.raises((InvalidInput, FeelError), match="Expected"):
        evaluate_feel("1", context)


def test_decide_reads_a_file_and_explains(tmp_path: Path) -> None:
    path = tmp_path / "a.dmn"
    declared = inputs("since", types={"since": "date"})
    rules = ['< date("2026-01-01") || "old"', '- || "new"']
    path.write_bytes(file(declared + decision(table("FIRST", ["since"], ["o"], rules), requires="in_since")))
    assert decide(path, "d", '{"since": "2025-05-01"}') == {"value": "old", "problems": []}
    answer = json.loads(json.dumps(decide(path, "d", '{"since": "2026-05-01"}', explain=True)))
    assert answer["value"] == "new"
    assert answer["explanation"]["steps"][0]["inputs"] == {"since": {"d": "2026-05-01"}}
    assert "expected date" in decide(path, "d", '{"since": "yesterday"}')["problems"][0]


def test_decide_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="none at"):
        decide(tmp_path / "no.dmn", "d")
    (tmp_path / "bad.dmn").write_text("<x/>")
    with pytest.raises(InvalidModel, match="DMN001"):
        decide(tmp_path / "bad.dmn", "d")


def test_conformance_counts_by_level_and_folder(tmp_path: Path) -> None:
    home = tmp_path / "level-9" / "0001-sum"
    home.mkdir(parents=True)
    (home / "a.dmn").write_bytes(file(inputs("x") + decision(literal("x + 1"), requires="in_x")))
    given = f'<inputNode name="x">{typed("decimal", "1")}</inputNode>'
    cases = case("right", given, typed("decimal", "2")) + case("wrong", given, typed("string", "2"))
    (home / "a-test-01.xml").write_text(TESTS.format(cases))
    score = conformance(tmp_path)
    assert (score["passed"], score["total"]) == (1, 2)
    assert score["levels"] == {"level-9": {"passed": 1, "total": 2}}
    assert score["folders"] == {"level-9/0001-sum": {"passed": 1, "total": 2}}
    (failure,) = score["failures"]
    assert (failure["case"], failure["element"]) == ("wrong", "d")
    assert failure["reason"] == "result: expected string '2', but got number 2"


def test_conformance_of_a_folder_without_tests_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="found none"):
        run_tck(tmp_path)


def test_a_test_file_that_cannot_be_read_or_names_no_model_fails(tmp_path: Path) -> None:
    (tmp_path / "a-test-01.xml").write_text("<testCases/>")
    (tmp_path / "b-test-01.xml").write_text(TESTS.format(case("c", "", typed("decimal", "1"))))
    (tmp_path / "c-test-01.xml").write_text(TESTS.format(case("c", "", typed("decimal", "one"))))
    score = run_tck(tmp_path)
    assert (score.passed, score.total) == (0, 3)
    assert ["TCK001" in each.reason for each in score.failures] == [True, False, True]


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (Decimal("0.333333333"), Decimal(1) / Decimal(3), True),
        (Decimal("0.33333"), Decimal(1) / Decimal(3), False),
        ({"a": [Decimal(1)]}, {"a": [Decimal("1.0")]}, True),
        ({"a": [Decimal(1)]}, {"a": [Decimal(2)]}, False),
        ({"a": None}, {}, False),
        ([Decimal(1)], [Decimal(1), Decimal(2)], False),
        ("1", Decimal(1), False),
        (None, None, True),
        (None, False, False),
        (parse_date("2026-01-01"), parse_date("2026-01-01"), True),
        (parse_date("2026-01-01"), parse_date("2026-01-02"), False),
    ],
)
def test_results_are_compared_as_the_tck_asks(expected: object, actual: object, same: bool) -> None:
    assert (compare(expected, actual) is None) is same  # type: ignore[arg-type]  # all of them are values
