"""FEEL on the server against feelin, which evaluates the same forms in the browser.

What forms commonly use must give the same on both. Where feelin differs, and the standard says so, the difference is
listed here and in docs/feel.md; a listed difference that is gone fails too, so that the list stays true.
"""

import json
import shutil
import subprocess
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import Value, compile, from_json, to_json
from tests.support.components import ROOT, absent

FEELIN = ROOT / "web" / "node_modules" / "@bpmn-io" / "feelin"
SCRIPT = """
import { evaluate } from %s;
import { readFileSync } from 'node:fs';
const shown = value => value === undefined ? null : value && value.toISO ? value.toISO() : value;
const results = JSON.parse(readFileSync(0)).map(([text, scope]) => {
  try {
    const result = evaluate(text, scope);
    return shown(result && typeof result === 'object' && 'value' in result ? result.value : result);
  } catch (error) {
    return 'thrown';
  }
});
process.stdout.write(JSON.stringify(results, (key, value) => typeof value === 'function' ? 'function' : value));
"""
SCOPE = {
    "a": 3,
    "b": 4.5,
    "name": "Duban",
    "done": True,
    "empty": None,
    "xs": [5, 1, 4],
    "rows": [{"n": 1, "s": "x"}, {"n": 2, "s": "y"}, {"n": 3, "s": "x"}],
}


def in_the_browser(texts: list[str]) -> list[Any]:
    node = shutil.which("node")
    if node is None:
        absent("Node", "Install it, or run ./dev setup, which brings it.")
    if not FEELIN.is_dir():
        absent("feelin", "Install the packages of the web: ./dev setup.")
    script = SCRIPT % json.dumps((FEELIN / "dist" / "index.js").as_uri())
    questions = json.dumps([[text, SCOPE] for text in texts])
    answer = subprocess.run(
        [node, "--input-type=module", "-e", script],
        input=questions,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    results: list[Any] = json.loads(answer.stdout)
    return results


def on_the_server(text: str) -> Any:
    scope: dict[str, Value] = {name: from_json(data) for name, data in SCOPE.items()}
    return to_json(compile(text, SCOPE)(scope))


def same(ours: Any, theirs: Any) -> bool:
    """Equal, with numbers to the precision that a double has."""
    if isinstance(ours, bool) or isinstance(theirs, bool) or not isinstance(ours, int | float):
        if isinstance(ours, list) and isinstance(theirs, list):
            return len(ours) == len(theirs) and all(map(same, ours, theirs))
        return type(ours) is type(theirs) and bool(ours == theirs)
    return isinstance(theirs, int | float) and ours == pytest.approx(theirs, rel=1e-12, abs=1e-12)


AGREED = [
    "a > 3 and b = 4.5",
    "a + b * 2 - 1",
    "-a + 2 ** 3",
    'if done then "yes" else "no"',
    "rows[n > 1].s",
    'rows[s = "x"][1].n',
    "count(rows)",
    "sum(xs)",
    "max(xs)",
    "sort(xs, function(x, y) x < y)",
    "for x in xs return x * 2",
    "some x in xs satisfies x > 4",
    "every x in xs satisfies x > 4",
    "a in [1..3]",
    "a in (1, 3)",
    "a between 1 and 5",
    "empty = null",
    'contains(name, "ub")',
    "string length(name)",
    "upper case(name)",
    "substring(name, 2, 3)",
    "not(done)",
    "list contains(xs, 4)",
    "{x: a, y: x + 1}.y",
    "append(xs, 9)",
    'matches(name, "^D")',
    "floor(b)",
    "xs[-1]",
]

DIFFERS = {
    "1e2": "an exponent in a number is not read",
    '1 < "a"': "comparing two types is false, not null",
    "if 1 then 2 else 3": "a number counts as true",
    'xs["x"]': "a string in the brackets of a filter counts as false",
    "some x in xs satisfies x": "a number counts as true in a quantified expression",
    "for i in a return i": "a single value is not taken as a list of one",
    "a instance of number": "instance of knows few types",
    "date(2026, 1, 31)": "a date is a date and time at midnight in UTC",
    '@"2026-01-31" + @"PT36H"': "a date plus hours is a date and time",
    '@"P1D" * 2': "durations are not multiplied or divided",
    '@"P1Y" / @"P1M"': "a month is a part of 365 days",
    'max(@"P1D", @"P2D")': "durations have no greatest",
    'day of year(@"2026-02-01") = 32 and is defined(a)': "is defined and Camunda's other functions are not there",
    "starts(1, [1..9])": "some functions on ranges are not there",
    'years and months duration(@"2011-12-22", @"2013-08-24")': "months have fractions",
    '(function(x: number) x)("x")': "types of parameters are not checked",
    '@"08:00:00.1" = @"08:00:00.2"': "times differ by fractions of a second",
}


def test_what_forms_use_is_the_same_in_the_browser() -> None:
    theirs = in_the_browser(AGREED)
    wrong = [(text, on_the_server(text), other) for text, other in zip(AGREED, theirs, strict=True)]
    assert [each for each in wrong if not same(each[1], each[2])] == []


def test_the_list_of_differences_is_true() -> None:
    theirs = in_the_browser(list(DIFFERS))
    gone = [text for text, other in zip(DIFFERS, theirs, strict=True) if same(on_the_server(text), other)]
    assert gone == []


NUMBERS = st.recursive(
    st.integers(-50, 50).map(lambda n: f"({n})") | st.sampled_from(["a", "b", "count(xs)", "xs[1]"]),
    lambda inner: (
        st.builds(lambda x, sign, y: f"({x} {sign} {y})", inner, st.sampled_from("+-*"), inner)
        | st.builds(lambda test, x, y: f"(if {test} > 0 then {x} else {y})", inner, inner, inner)
    ),
    max_leaves=6,
)
CONDITIONS = st.recursive(
    st.builds(
        lambda x, sign, y: f"({x} {sign} {y})", NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), NUMBERS
    )
    | st.sampled_from(["done", "true", "false", "null", "empty", '(name = "Duban")']),
    lambda inner: (
        st.builds(lambda x, word, y: f"({x} {word} {y})", inner, st.sampled_from(["and", "or"]), inner)
        | inner.map(lambda x: f"not({x})")
    ),
    max_leaves=6,
)
LISTS = st.builds(
    lambda x, sign, y: f"(for x in xs[item {sign} {y}] return x + {x})",
    NUMBERS,
    st.sampled_from(["<", ">", "="]),
    NUMBERS,
)


@given(st.lists(NUMBERS | CONDITIONS | LISTS, min_size=50, max_size=50))
@settings(max_examples=10)
def test_generated_expressions_are_the_same_in_the_browser(texts: list[str]) -> None:
    theirs = in_the_browser(texts)
    wrong = [(text, on_the_server(text), other) for text, other in zip(texts, theirs, strict=True)]
    assert [each for each in wrong if not same(each[1], each[2])] == []


def test_numbers_are_compared_to_the_precision_of_a_double() -> None:
    assert same(to_json(Decimal(1) / 3), 1 / 3)
    assert not same(1, True)
    assert not same([1], [2])
