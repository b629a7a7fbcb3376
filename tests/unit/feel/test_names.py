"""Names with spaces and symbols, and what an expression reads from its scope."""

import pytest

from engine.feel import compile
from tests.unit.feel.evaluate import reason, shown, value


def test_known_names_may_hold_spaces_and_symbols() -> None:
    assert shown("risk score + 1", **{"risk score": 5}) == "6"
    assert shown("a-b - a - b", **{"a-b": 10, "a": 1, "b": 2}) == "7"
    assert shown("decision A 2.1 + 1", **{"decision A 2.1": 1}) == "2"


def test_the_longest_known_name_wins() -> None:
    assert shown("Date-Time - Date-Time2", **{"Date-Time": 5, "Date-Time2": 3}) == "2"
    assert shown("every i in values in a list satisfies i > 0", **{"values in a list": [1]}) == "true"


def test_white_space_within_a_known_name_does_not_matter_but_around_its_symbols_it_does() -> None:
    assert shown("risk  \n score", **{"risk score": 5}) == "5"
    assert shown("a - b", **{"a-b": 10, "a": 3, "b": 2}) == "1"


def test_unknown_words_side_by_side_are_one_name() -> None:
    assert compile("risk score > 3")({"risk score": value("4")}) is True
    assert "no variable 'risk score'" in reason("risk score")
    assert shown("x.first name", x={"first name": "A"}) == '"A"'


def test_a_variable_hides_a_function_only_when_it_is_one() -> None:
    assert shown("count + count([1, 2])", count=5) == "7"
    assert shown("{max: function(a) a, r: max(3)}.r") == "3"
    assert shown("date and time", **{"date and time": 5}) == "5"


def test_a_binder_may_have_a_name_with_spaces() -> None:
    assert shown("for my item in [1, 2] return my item + 1") == "[2, 3]"
    assert shown("(function(a b, c) a b + c)(1, 2)") == "3"
    assert shown("some the-one in [1] satisfies the-one = 1") == "true"


@pytest.mark.parametrize(
    ("text", "free", "maybe"),
    [
        ("a + b.c", {"a", "b"}, set()),
        ("for i in xs return i + y", {"xs", "y"}, set()),
        ("rows[dept = x]", {"rows"}, {"dept", "x"}),
        ("{a: 1, b: a + c}", {"c"}, set()),
        ("(function(p) p + q)(1)", {"q"}, set()),
        ("count(list) + max(1, 2)", {"list"}, set()),
        ("unknown(1)", {"unknown"}, set()),
        ("now() > due", {"due"}, set()),
    ],
)
def test_free_names_are_what_the_text_reads_from_the_scope(text: str, free: set[str], maybe: set[str]) -> None:
    expression = compile(text)
    assert expression.free_names == free
    assert expression.maybe_names == maybe


def test_names_that_are_known_are_free_in_a_filter_too() -> None:
    assert compile("rows[dept = x]", ["x"]).free_names == {"rows", "x"}


def test_the_same_text_and_names_are_compiled_once() -> None:
    assert compile("a + b", ["a", "b"]) is compile("a + b", {"b": 1, "a": 2})
    assert compile("a + b", ["a", "b"]) is not compile("a + b", ["a"])


def test_a_scope_needs_only_its_items() -> None:
    class Scope(dict[str, object]):
        def __iter__(self) -> "None":  # type: ignore[override]  # nobody may ask for it
            raise AssertionError("the scope was iterated over")

    assert compile("a > 3 and xs[item > a] = []")(Scope(a=value("4"), xs=[]))  # type: ignore[arg-type]  # its values are FEEL values
