"""A hostile expression ends in a FeelLimit with its place, or in null with a reason; never in a hang or a crash."""

import inspect
import sys
import time
import tracemalloc

import pytest

from engine.feel import FeelError, FeelLimit, Value, compile, from_json
from tests.unit.feel.evaluate import reason

DOUBLING = "(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]"
NESTED = "(for i in 1..5000 return if i = 1 then [1] else [partial[-1]])[-1]"

LIMITED = {
    "a huge range": "for i in 1..1000000000 return i",
    "a huge range of dates": 'for d in @"-999999999-01-01"..@"999999999-12-31" return d',
    "nested loops": "for i in 1..1000, j in 1..1000, k in 1..1000 return i",
    "nested quantifiers": "some i in 1..99999, j in 1..99999 satisfies false",
    "nested filters": "(for i in 1..3000 return i)[count((for j in 1..3000 return j)[item > 5]) > item]",
    "doubling strings": 'for i in 1..60 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1]',
    "doubling lists": "for i in 1..40 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1])",
    "text of shared lists": f"string({DOUBLING})",
    "equality of shared lists": f"{{a: {DOUBLING}, b: {DOUBLING}, c: a = b}}.c",
    "identity of shared lists": f"is({DOUBLING}, {DOUBLING})",
    "types of shared lists": f"{DOUBLING} instance of {'list<' * 40}Any{'>' * 40}",
    "text of nested lists": f"string({NESTED})",
    "equality of nested lists": f"{{a: {NESTED}, b: {NESTED}, c: a = b}}.c",
    "flattening shared lists": f"flatten({DOUBLING})",
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "self-application": "(function(f) f(f))(function(f) f(f))",
    "sorting": "sort(for i in 1..50000 return modulo(i * 7919, 10007), function(a, b) a < b)",
    "distinct contexts": "count(distinct values(for i in 1..90000 return {a: i}))",
    "the list grows in itself": "for i in 1..5000 return partial",
    "a long join": 'string join(for i in 1..99999 return "0123456789012345678901234567890123456789")',
    "a growing replacement": 'replace(string join(for i in 1..50000 return "a"), "a", "bbbbbbbbbbbbbbbbbbbbbbbbb")',
}


@pytest.mark.parametrize("text", LIMITED.values(), ids=LIMITED.keys())
def test_too_much_work_is_a_limit_with_its_place(text: str) -> None:
    with pytest.raises(FeelLimit) as caught:
        compile(text)({})
    assert caught.value.line == 1
    assert caught.value.column > 0
    assert f"at {caught.value.line}:{caught.value.column}" in str(caught.value)


NULL = [
    "1e9 ** 1e9",
    "10 ** 6144 * 10",
    "exp(1e6000)",
    "[1, 2][1e6000]",
    'substring("abc", 1e6000)',
    "modulo(1e6000, 7)",
    'duration("P999999999999D") * 1e30',
    '@"P1D" / 1e-6000',
    '@"2020-01-01" + @"P1000000000000D"',
    f'number("{"9" * 5000}")',
    'matches("a", "((a{1,1000}){1,1000}){1,1000}")',
]


@pytest.mark.parametrize("text", NULL)
def test_impossible_numbers_and_texts_are_null(text: str) -> None:
    assert "expected" in reason(text)


def test_limits_are_met_quickly_and_without_much_memory() -> None:
    tracemalloc.start()
    started = time.process_time()
    some = [LIMITED[name] for name in ("nested loops", "doubling lists", "sorting", "the list grows in itself")]
    for text in some:
        with pytest.raises(FeelLimit):
            compile(text)({})
    seconds = time.process_time() - started
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds / len(some) < 2  # tracing costs most of it
    assert most < 200_000_000


@pytest.mark.parametrize("text", ["a = b", "a != b", "a in [b]", f"a instance of {'list<' * 40}Any{'>' * 40}"])
def test_values_that_share_their_parts_are_counted_in_straight_expressions_too(text: str) -> None:
    def doubled() -> Value:
        value: Value = []
        for _ in range(50):
            value = [value, value]
        return value

    with pytest.raises(FeelLimit):
        compile(text)({"a": doubled(), "b": doubled()})


def test_recursion_ends_at_the_same_call_however_deep_the_caller_is() -> None:
    text = "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(depth)}.r"

    def deepest() -> int:
        for depth in range(1, 1000):
            try:
                compile(text)({"depth": from_json(depth)})
            except FeelLimit:
                return depth
        raise AssertionError("there is no limit")

    def below(levels: int) -> int:
        return below(levels - 1) if levels else deepest()

    assert below(0) == below(150)
    assert deepest() > 30


def test_no_recursion_error_surfaces_even_from_a_caller_that_has_no_room() -> None:
    text = "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(30)}.r"
    room = sys.getrecursionlimit() - len(inspect.stack()) - 60

    def below(levels: int) -> Value:
        return below(levels - 1) if levels else compile(text)({})

    with pytest.raises(FeelError):
        below(room)


def test_steps_are_the_same_on_every_run() -> None:
    from engine.feel import Run

    runs = [Run(), Run()]
    for run in runs:
        compile("count((for i in 1..100 return i * 2)[item > 50])").evaluate({}, run)
    assert runs[0].steps == runs[1].steps < runs[0].limits.steps


def test_time_and_memory_of_a_filter_grow_with_the_rows_only() -> None:
    from engine.feel import Run

    def steps(count: int) -> int:
        rows = from_json([{"dept": n % 7, "name": f"n{n}"} for n in range(count)])
        run = Run()
        assert compile("count(rows[dept = 3])").evaluate({"rows": rows}, run) is not None
        return run.limits.steps - run.steps

    assert steps(10_000) < 11 * steps(1_000)
