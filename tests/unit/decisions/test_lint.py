"""What lint finds in decision models, and what it keeps quiet about."""

import pytest

from engine.decisions.lint import lint
from engine.errors import Problem
from tests.support.work import calls
from tests.unit.decisions.models import decision, inputs, literal, read, table

NUMBER = ["x : number"]


def findings(policy: str, columns: list[str], rules: list[str], outputs: list[str] | None = None) -> list[Problem]:
    names = sorted({column.split(" ")[0] for column in columns})
    body = inputs(*names) + decision(table(policy, columns, outputs or ["out"], rules), requires=_ids(names))
    return list(lint(read(body)))


def _ids(names: list[str]) -> str:
    return " ".join(f"in_{name}" for name in names)


def found(policy: str, columns: list[str], rules: list[str], outputs: list[str] | None = None) -> list[tuple[str, str]]:
    return [(problem.rule, problem.element) for problem in findings(policy, columns, rules, outputs)]


def test_a_complete_table_has_no_findings() -> None:
    assert found("UNIQUE", NUMBER, ["< 5 || 1", "[5..10] || 2", "> 10 || 3"]) == []
    assert found("UNIQUE", ["x : boolean"], ["true || 1", "false || 2"]) == []
    assert found("UNIQUE", ['x : string : "a","b"'], ['"a" || 1', 'not("a") || 2']) == []


def test_an_overlap_under_unique_is_found_at_the_later_rule() -> None:
    (problem,) = findings("UNIQUE", NUMBER, ["<= 5 || 1", ">= 5 || 2"])
    assert (problem.rule, problem.element, problem.severity, problem.line) == ("DMN110", "rule2", "error", 5)
    assert problem.message == "rules 1 and 2 are both met for x 5; UNIQUE allows one"


def test_an_overlap_needs_every_input() -> None:
    columns = ["x : number", "y : string"]
    assert ("DMN110", "rule2") in found("UNIQUE", columns, ['> 1 | "a" || 1', '< 9 | "a","b" || 2'])
    assert "DMN110" not in dict(found("UNIQUE", columns, ['> 1 | "a" || 1', '< 9 | "b" || 2']))


@pytest.mark.parametrize(("second", "expected"), [("1", []), ("2", [("DMN111", "rule2")])])
def test_an_overlap_under_any_needs_equal_outputs(second: str, expected: list[tuple[str, str]]) -> None:
    assert found("ANY", NUMBER, ["<= 5 || 1", f">= 5 || {second}"]) == expected


def test_an_overlap_of_the_other_policies_is_wanted() -> None:
    assert found("FIRST", NUMBER, ["< 5 || 1", "- || 2"]) == []
    assert found("COLLECT", NUMBER, ["- || 1", "- || 2"]) == []


def test_gaps_are_found_and_described() -> None:
    (problem,) = findings("UNIQUE", NUMBER, ["< 5 || 1", "> 5 || 2"])
    assert (problem.rule, problem.severity, problem.element) == ("DMN112", "warning", "table")
    assert problem.message == "no rule for x 5"
    columns = ["x : number", 'y : string : "a","b"']
    (problem,) = findings("UNIQUE", columns, ['< 5 | "a" || 1', ">= 5 | - || 2"])
    assert problem.message == 'no rule for x < 5 and y "b"'


def test_a_gap_among_strings_names_the_others() -> None:
    (problem,) = findings("UNIQUE", ["x : string"], ['"a" || 1', '"b" || 2'])
    assert problem.message == "no rule for x any other value"


def test_a_gap_among_dates_is_described() -> None:
    (problem,) = findings("UNIQUE", ["x : date"], ['< date("2026-01-01") || 1', '> @"2026-01-31" || 2'])
    assert problem.message == "no rule for x [2026-01-01..2026-01-31]"


def test_default_outputs_fill_gaps() -> None:
    assert found("UNIQUE", NUMBER, ["< 5 || 1"], ["out : number :  : 0"]) == []


def test_a_rule_that_earlier_ones_cover_together_is_unreachable() -> None:
    (problem,) = findings("FIRST", NUMBER, ["< 5 || 1", ">= 5 || 2", "[3..7] || 3"])
    assert (problem.rule, problem.element, problem.severity) == ("DMN113", "rule3", "warning")


def test_a_rule_that_no_value_meets_is_found_at_its_cell() -> None:
    assert ("DMN104", "cell1.1") in found("FIRST", NUMBER, ["[5..3] || 1", "- || 2"])
    assert ("DMN104", "cell1.1") in found("FIRST", ['x : string : "a","b"'], ['"c" || 1', "- || 2"])


def test_allowed_values_of_a_type_limit_what_a_cell_may_hold() -> None:
    allowed = '<allowedValues><text>"a","b"</text></allowedValues>'
    level = f'<itemDefinition name="L"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    body = (
        level + inputs("x") + decision(table("UNIQUE", ["x : L"], ["out"], ['"a" || 1', '"b" || 2']), requires="in_x")
    )
    assert lint(read(body)) == ()


def test_constants_of_another_type_are_found_at_their_cells() -> None:
    assert ("DMN102", "cell1.1") in found("FIRST", NUMBER, ['"a" || 1', "- || 2"])
    assert ("DMN102", "cell2.1") in found("FIRST", ["x"], ['"a" || 1', "5 || 2", "- || 3"])
    assert ("DMN102", "out1.1") in found("FIRST", NUMBER, ['- || "a"'], ["out : number"])


def test_outputs_that_are_not_listed_are_found_at_their_cells() -> None:
    outputs = ['out : string : "a","b"']
    assert found("FIRST", NUMBER, ['< 1 || "a"', '- || "z"'], outputs) == [("DMN103", "out2.1")]


def test_cells_with_variables_raise_no_alarm() -> None:
    columns = ["x : number", "y : number"]
    assert found("UNIQUE", columns, ["< y | - || 1", ">= y | - || 2"]) == []
    assert found("FIRST", columns, ["< y | - || 1", "- | - || 2"]) == []


def test_names_that_are_not_known_are_found_where_they_are_read() -> None:
    body = decision(literal("1"), "a") + decision(literal("a + season"))
    warning, error = sorted(lint(read(body)), key=lambda each: each.severity, reverse=True)
    assert (warning.rule, warning.severity) == ("DMN101", "warning")
    assert "'season' is not declared" in warning.message
    assert (error.rule, error.severity) == ("DMN101", "error")
    assert "'a' is read without being required" in error.message


def test_syntax_errors_and_unknown_types_are_findings_too() -> None:
    body = decision(literal("1 +"), type="Nope")
    assert sorted(problem.rule for problem in lint(read(body))) == ["DMN010", "DMN011"]


def test_overlaps_of_a_large_table_are_found() -> None:
    columns = [f"x{n} : number" for n in range(5)]
    rules = [" | ".join(f"[{n}..{n + 1})" for _ in columns) + f" || {n}" for n in range(600)]
    problems = findings("UNIQUE", columns, [*rules, f"[300..301] | {'| '.join(['-'] * 4)} || 9"])
    overlaps = [problem.message for problem in problems if problem.rule == "DMN110"]
    assert [message.partition(" are")[0] for message in overlaps] == ["rules 301 and 601", "rules 302 and 601"]


def test_the_work_for_a_large_table_grows_no_faster_than_its_pairs_of_rules() -> None:
    columns = [f"x{n} : number" for n in range(6)]
    rules = [" | ".join(f"[{n * 7 % 50}..{n * 7 % 50 + m}]" for m in range(6)) + f" || {n}" for n in range(300)]
    assert "DMN112" in {problem.rule for problem in findings("FIRST", columns, rules)}
    assert calls(findings, "FIRST", columns, rules) < 5 * calls(findings, "FIRST", columns, rules[:150])
