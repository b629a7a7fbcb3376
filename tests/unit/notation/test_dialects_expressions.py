"""JUEL and Python as FEEL: the same value, or a refusal that says why."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel
from engine.notation.dialects_expressions import Translation, Untranslatable, from_juel, from_python, from_template

GIVEN: dict[str, Any] = {
    "a": 7, "b": 2, "name": "O'Neil", "yes": True, "no": False, "none": None, "empty_text": "", "items": [10, 20, 30],
    "order": {"total": 1200, "lines": [{"n": 1}], "ship-to": "x"}, "loopCounter": 1, "numberOfInstances": 4,
}  # fmt: skip


def result(made: Translation) -> Any:
    variables = {name: feel.from_json(value) for name, value in GIVEN.items()}
    return feel.to_json(feel.compile(made.feel)(variables, None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a == 7", True), ("a eq 7 and b lt 3", True), ("a != 7 || b >= 2", True), ("a ne 7 or b gt 2", False),
        ("name == 'O\\'Neil'", True), ('name == "O\'Neil"', True), ("!yes", False), ("not no", True), ("!none", True),
        ("!(a > 3)", False), ("yes && !no", True), ("empty none", True), ("empty items", False),
        ("empty empty_text", True),
        ("not empty order", True), ("a + b * 2", 11), ("(a + b) * 2", 18), ("-a - -b", -5), ("a / b", 3.5),
        ("a div b", 3.5),
        ("a % b", 1), ("a mod b == 1", True), ("a > 3 ? 'big' : 'small'", "big"), ("no ? 1 : yes ? 2 : 3", 2),
        ("order.total >= 1000", True), ("order['total']", 1200), ("order['ship-to']", "x"), ("order.lines[0].n", 1),
        ("items[2]", 30), ("1.5e2 < a", False), (".5 + 1", 1.5), ("none == null", True), ("true && false", False),
        ("a < b == false", True), ("execution.getVariable('a') > 3", True), ("loopCounter", 0), ("nrOfInstances", 4),
        ("  a  ", 7), ("missing == null", True),
    ],
)  # fmt: skip
def test_juel_means_the_same_in_feel(text: str, expected: object) -> None:
    assert result(from_juel(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a == 7 and not no", True), ("a in [1, 7]", True), ("a not in (1, 2)", True), ("7 in items", False),
        ("1 < b <= 2 < a", True), ("none is None", True), ("a is not None", True), ("len(items) == 3", True),
        ("len(name)", 6), ("'big' if a > 3 else 'small'", "big"), ("order['total'] > 1000", True),
        ("order.total", 1200),
        ("order.get('total')", 1200), ("items[-1]", 30), ("items[0]", 10), ("a // b", 3), ("-a // b", -4),
        ("-a % b", 1),
        ("a ** b", 49), ("-a ** b", -49), ("'x' + name", "xO'Neil"), ("not a > 3", False),
        ("max(a, b) + min(a, b)", 9),
        ("abs(-3)", 3), ("True and not False", True), ("not not yes", True), ("a == 7 or b == 9 and no", True),
        ("[1, 2] == [1, 2]", True), ("(1, 2) == (1, 2)", True),
    ],
)  # fmt: skip
def test_python_means_the_same_in_feel(text: str, expected: object) -> None:
    assert result(from_python(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "bean.check(a)", "check(a)", "execution.id", "execution", "task.name", "a = 3", "a += 1", "a; b",
        "a -> b", "'a' + b",
        "a$b", "date == 1", "if == 1", "items[a]", "", "   ", "a b", "a ==", "(a", "a)", "a[", "'open", "a ? b",
        "a ? b :",
        "[1, 2]", "{'a': 1}", "T(java.lang.Runtime)", "a instanceof B", "'\\q'", "-'a'", "execution.getVariable(a)",
        "execution.setVariable('a', 1)", "1e999", "#a", "a.b()", "a.1",
    ],
)  # fmt: skip
def test_juel_without_a_twin_is_refused(text: str) -> None:
    with pytest.raises(Untranslatable):
        from_juel(text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')", "lambda: 1", "[i for i in a]", "f'{a}'", "a if b", "a := 1",
        "x.append(1)", "print(a)",
        "{'a': 1}", "a is", "'%s' % a", "a == 1; b", "a\nb", "open('x').read()", "eval('1')", "a[b]", "a[1:2]",
        "await a",
        "1 in 'abc'", "not", "a and", "().__class__", "a, b",
    ],
)  # fmt: skip
def test_python_without_a_twin_is_refused(text: str) -> None:
    with pytest.raises(Untranslatable):
        from_python(text)


def test_a_call_of_a_method_is_refused_with_a_way_out() -> None:
    with pytest.raises(Untranslatable, match=r"method call \.check\(…\) has no twin in FEEL; make it a service task"):
        from_juel("bean.check(a)")


def test_where_python_counts_empty_as_false_somebody_must_look() -> None:
    assert "does not count empty or zero" in from_python("items", condition=True).remarks[0]
    assert from_python("a > 3 and b < 9", condition=True).remarks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a ${a} b", "a 7 b"), ("${name}${none}", "O'Neil"), ("${'}'}", "}"), ("#{a}", 7), ("{a}", None), ("$a", None)],
)
def test_a_text_with_expressions_in_it(text: str, expected: object) -> None:
    made = from_template(text)
    assert (None if made is None else result(made)) == expected


@pytest.mark.parametrize("text", ["${", "a ${b", "${'}", "${}"])
def test_an_expression_without_its_end_is_refused(text: str) -> None:
    with pytest.raises(Untranslatable):
        from_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000, "(" * 100 + "a" + ")" * 100, "-" * 3000 + "a", "!" * 3000 + "a", "a" * 10_000, "a" + "[0]" * 1300,
        "a ? " * 900 + "b" + " : c" * 900, "a" + ".b" * 1900, "a && " * 700 + "a",
        "'" + "x" * 3000, "not " * 900 + "a",
    ],
)  # fmt: skip
def test_hostile_expressions_end_in_a_translation_or_a_refusal(text: str) -> None:
    for translate in (from_juel, from_python):
        try:
            assert translate(text).feel
        except Untranslatable as refused:
            assert len(str(refused)) < 300


WORDS = st.sampled_from(
    "a b order.total 'x' 1 2.5 true null None True ( ) [ ] + - * / % == != < && || ! and or not in is if else ? : , . "
    "empty len( execution getVariable ${ } 'a\\'b' \" \\ date 中 ** //".split(" ")
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_words_end_in_a_translation_that_feel_reads_or_a_refusal(text: str) -> None:
    for translate in (from_juel, from_python, from_template):
        try:
            made = translate(text)
        except Untranslatable:
            continue
        assert made is None or feel.compile(made.feel)
