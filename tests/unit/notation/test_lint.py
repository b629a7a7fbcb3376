"""Every rule of the standard finds what breaks it, and leaves its valid twin alone."""

from pathlib import Path

import pytest

from engine.errors import Problem
from engine.notation.lint import RULES, lint_files
from tests.unit.notation.lint_cases import CASES
from tests.unit.notation.lint_parts import PLAIN, definitions, model, process, task
from tests.unit.notation.test_standard import CONSTRAINTS

STANDARD = [rule for rule in RULES.values() if rule.clause]
PAIRS = [(rule, bad, good) for rule, pairs in CASES.items() for bad, good in pairs]
NAMES = [f"{rule}-{n}" for rule, pairs in CASES.items() for n in range(1, len(pairs) + 1)]


def lint(text: str, profile: str = "standard") -> tuple[Problem, ...]:
    return lint_files({"test.bpmn": text.encode()}, profile)  # type: ignore[arg-type] # the tests name profiles


def rules(text: str, profile: str = "standard") -> set[str]:
    return {problem.rule for problem in lint(text, profile)}


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, bad, _ in PAIRS], ids=NAMES)
def test_a_rule_finds_what_breaks_it(rule: str, bad: str) -> None:
    found = [problem for problem in lint(bad) if problem.rule == rule]
    assert found, f"{rule} was not found: {[str(problem) for problem in lint(bad)]}"
    assert found[0].severity == RULES[rule].severity
    assert found[0].line and f"clause {RULES[rule].clause})" in found[0].message


@pytest.mark.parametrize(("rule", "good"), [(rule, good) for rule, _, good in PAIRS], ids=NAMES)
def test_a_rule_leaves_the_valid_twin_alone(rule: str, good: str) -> None:
    assert [str(problem) for problem in lint(good) if problem.severity == "error" or problem.rule == rule] == []


def test_every_rule_of_the_standard_has_a_pair_of_models() -> None:
    assert {rule.number for rule in STANDARD} - {"BPS003"} == set(CASES) | {each.rule for each in CONSTRAINTS}


def test_every_rule_is_described() -> None:
    text = (Path(__file__).parents[3] / "docs" / "lint.md").read_text()
    table = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.startswith("|")]
    rows = {cells[1]: cells for cells in table if RULES.keys() & cells[1:2] and RULES[cells[1]].title in cells}
    for rule in RULES.values():
        row = rows[rule.number]  # with its title
        assert not rule.clause or (row[2].split()[0], row[3]) == (rule.severity, rule.clause)
        twin = {None: "", "": "dropped", "warning": "`duban`: warning"}[rule.twin]
        assert twin in row[2] and (bool(twin) or "duban" not in row[2] or not rule.clause)


# Files ---------------------------------------------------------------------------------------------------------------

IMPORT = '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="{}" namespace="{}"/>'


def importing(location: str, home: str, called: str = "x:q") -> bytes:
    text = definitions(process(task("t", tag="callActivity", extra=f' calledElement="{called}"')))
    text = text.replace("<itemDefinition", IMPORT.format(location, home) + "<itemDefinition", 1)
    return text.replace("<definitions ", f'<definitions xmlns:x="{home}" ', 1).encode()


OTHER = (
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:two">'
    b'<process id="q"/></definitions>'
)


def test_an_imported_file_is_found_beside_and_its_elements_by_prefix() -> None:
    files = {"a/one.bpmn": importing("../b/two.bpmn", "urn:two"), "b/two.bpmn": OTHER}
    assert lint_files(files, "standard") == ()


@pytest.mark.parametrize(
    ("location", "home", "called"),
    [("three.bpmn", "urn:two", ""), ("two.bpmn", "urn:other", "x:q"), ("broken.bpmn", "urn:two", "")],
)
def test_an_import_that_is_missing_or_foreign_is_an_error(location: str, home: str, called: str) -> None:
    files = {"one.bpmn": importing(location, home, called or "x:q"), "two.bpmn": OTHER}
    found = lint_files(files, "standard", lambda path: b"<a" if path == "broken.bpmn" else None)
    assert [problem.rule for problem in found] == ["BPS003"]


def test_files_of_one_namespace_share_no_id() -> None:
    two = OTHER.replace(b"urn:two", b"urn:test")
    assert lint_files({"one.bpmn": importing("two.bpmn", "urn:test"), "two.bpmn": two}, "standard") == ()
    both = {"one.bpmn": importing("two.bpmn", "urn:test"), "two.bpmn": two.replace(b'"q"', b'"p"')}
    assert "BPS002" in {problem.rule for problem in lint_files(both, "standard")}


def test_a_name_that_the_imported_file_does_not_hold_is_dangling() -> None:
    files = {"one.bpmn": importing("two.bpmn", "urn:two", "x:nobody"), "two.bpmn": OTHER}
    assert [problem.rule for problem in lint_files(files, "standard")] == ["BPS004"]


def test_addresses_of_the_web_are_not_fetched_and_not_judged() -> None:
    assert lint_files({"one.bpmn": importing("http://example.org/two.bpmn", "urn:x")}, "standard") == ()


@pytest.mark.parametrize("text", ["", "<a>", "<a/>", "<!DOCTYPE a><a/>", "PK\x03\x04", "\x00"])
def test_what_is_no_diagram_at_all_is_one_error(text: str) -> None:
    assert [problem.severity for problem in lint(text)] == ["error"]


def test_a_broken_schema_is_the_only_thing_told() -> None:
    assert rules(model('<task id="t" colour="red"/><task id="u" default="nothing"/>')) == {"BPS001"}


def test_problems_of_a_hostile_file_are_bounded() -> None:
    assert len(lint(model(*(task(f"t{n}", extra=' default="x"') for n in range(5000))))) <= 200


def test_problems_come_by_file_and_line() -> None:
    broken = model("\n", task("t", extra=' default="x"'), "\n", task("u", extra=' default="x"')).encode()
    found = lint_files({"b.bpmn": broken, "a.bpmn": broken}, "standard")
    assert [(problem.file, problem.line) for problem in found] == [
        ("a.bpmn", 2), ("a.bpmn", 3), ("b.bpmn", 2), ("b.bpmn", 3),
    ]  # fmt: skip


def test_extensions_and_their_ids_are_left_alone() -> None:
    extension = '<extensionElements><duban:x xmlns:duban="urn:y" id="n1" default="nothing"/></extensionElements>'
    assert lint(PLAIN.replace('<task id="n1"></task>', f'<task id="n1">{extension}</task>')) == ()


# The profile of deployment -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [rule for rule in STANDARD if rule.twin is not None], ids=lambda rule: rule.number)
def test_what_camunda_8_leaves_out_does_not_stop_a_deployment(rule: object) -> None:
    number = rule.number  # type: ignore[attr-defined] # a Rule
    for bad, _ in CASES[number]:
        found = [p for p in lint(bad, "duban") if p.rule == number]
        assert all(problem.severity == "warning" for problem in found)


def test_a_call_may_name_a_process_of_another_file_of_the_release() -> None:
    start_to_call = task("t", tag="callActivity", extra=' calledElement="q" name="call"')
    files = {
        "one.bpmn": definitions(process(start_to_call, executable=True)).encode(),
        "two.bpmn": definitions(process('<task id="u" name="u"/>', executable=True, id="q")).encode(),
    }
    assert [str(p) for p in lint_files(files, "duban") if p.severity == "error"] == []
    assert [p.rule for p in lint_files(files, "standard")] == ["BPS004"]


def test_deployment_tells_what_the_reader_refuses_once() -> None:
    text = model('<task id="t" default="nothing"/>', executable=True)
    assert [p.rule for p in lint(text, "duban") if p.severity == "error"] == ["BPMN005"]


def test_a_message_event_of_camunda_8_needs_no_operation() -> None:
    text = definitions(
        process('<startEvent id="s"><messageEventDefinition messageRef="c8"/></startEvent>', executable=True)
    ).replace(
        "<signal ",
        '<message id="c8" name="C"><extensionElements><zeebe:subscription correlationKey="=k"/></extensionElements>'
        "</message><signal ",
        1,
    )
    assert "BPS051" not in rules(text)
