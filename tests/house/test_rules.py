"""The code base keeps the house rules, and the rules catch what they are for."""

from functools import cache
from pathlib import Path

import pytest

from tests.house.rules import RULES, Rule, Source
from tests.support.components import ROOT

BY_NAME = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@cache
def sources() -> tuple[Source, ...]:
    folders = ("engine", "workflows", "api", "tests", "bpmn")
    files = [ROOT / "dev", *(file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))]
    return tuple(Source(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in files)


@BY_NAME
def test_code_keeps_the_rule(rule: Rule) -> None:
    broken = [violation for source in sources() for violation in rule.violations(source)]
    assert not broken, "\n" + "\n".join(broken)


@BY_NAME
def test_rule_catches_what_it_is_for(rule: Rule) -> None:
    where = _a_path_where_it_holds(rule)
    for example in rule.caught:
        assert rule.violations(Source(where, example)), f"let pass: {example}"


@BY_NAME
def test_rule_lets_the_right_way_pass(rule: Rule) -> None:
    where = _a_path_where_it_holds(rule)
    for example in rule.passes:
        assert rule.violations(Source(where, example)) == []


@BY_NAME
def test_rule_gives_way_where_it_says(rule: Rule) -> None:
    for where in rule.never:
        assert rule.violations(Source(where, rule.caught[0])) == []


def _a_path_where_it_holds(rule: Rule) -> str:
    beginning = rule.only[0]
    return beginning if Path(beginning).suffix else f"{beginning}example.py"
