"""Regular expressions of XPath, and that none of them runs away."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelLimit, Run, compile
from engine.feel.errors import Failure
from engine.feel.patterns import Pattern, compile_pattern
from tests.unit.feel.evaluate import reason, value


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "expected"),
    [
        ("bra", "", "abracadabra", True),
        ("^a.*a$", "", "abracadabra", True),
        ("^bra", "", "abracadabra", False),
        ("a.c", "", "a\nc", False),
        ("a.c", "", "a\rc", False),
        ("a.c", "s", "a\nc", True),
        ("^b$", "", "a\nb\nc", False),
        ("^b$", "m", "a\nb\nc", True),
        ("^$", "m", "a\n", False),  # a newline at the very end begins no line
        ("ABC", "i", "abc", True),
        ("k", "i", "\u212a", True),
        ("[A-Z-[OI]]", "i", "i", False),
        ("[A-Z-[OI]]", "i", "x", True),
        ("[^Q]", "i", "q", False),
        (r"(a)\1", "i", "aA", True),
        (r"(.)\1", "", "abba", True),
        (r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "", "abcdefghijj", True),
        (r"(a)\10", "", "aa0", True),
        ("he ll o[ ]x", "x", "hello x", True),
        (r"\p{ Is BasicLatin}+", "x", "abc", True),
        (r"^\p{Lu}\p{IsCJKUnifiedIdeographs}$", "", "A督", True),
        (r"\P{L}", "", "abc", False),
        (r"^[\d\s]+$", "", "1 2", True),
        (r"^[^\d]$", "", "x", True),
        (r"^\i\c*$", "", "a-1", True),
        (r"^\i\c*$", "", "1a", False),
        (r"^\w+$", "", "a_b", False),  # in XML Schema an underscore is punctuation
        ("^a{2,3}$", "", "aaaa", False),
        ("^(?:ab){2}$", "", "abab", True),
        (r"^[a\-z]$", "", "-", True),
        ("^[-a]$", "", "-", True),
        ("^[0-9-.]+$", "", "1-.", True),
        ("^[a-]$", "", "-", True),
        ("", "", "", True),
        ("a||b", "", "", True),
    ],
)
def test_matches(pattern: str, flags: str, text: str, expected: bool) -> None:
    assert compile_pattern(pattern, flags).matches(text, Run()) is expected


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        ("(", ""), (")", ""), ("[", ""), ("[]", ""), ("a{2,1}", ""), ("a{1001}", ""), ("*a", ""), ("a**", ""),
        ("^*", ""),
        ("a{", ""), ("a{,3}", ""),
        (r"\3", ""), (r"(.)\2", ""), (r"(a)[\1]", ""), (r"\0", ""), (r"\b", ""), (r"\p{Foo}", ""),
        (r"\p{IsNowhere}", ""),
        (r"\p{ Lu}", ""), ("[z-a]", ""), ("[a-[b]", ""), ("a]", ""), ("(?=a)", ""), ("(?i)a", ""),
        ("a\\", ""), ("(" * 100 + ")" * 100, ""), ("a" * 3000, ""), ("a", "p"), ("a", " "), (r"(a\1)", ""),
    ],
)  # fmt: skip
def test_what_is_no_pattern_of_xpath_is_refused(pattern: str, flags: str) -> None:
    with pytest.raises(Failure, match="expected"):
        compile_pattern(pattern, flags)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('replace("abracadabra", "a.*?a", "*")', "*c*bra"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('replace("abc", "b", "\\$0")', "a$0c"),
        ('replace("abc", "(b)", "$12")', "ab2c"),
        ('replace("abc", "x", "y")', "abc"),
    ],
)
def test_replace(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'replace("abc", "x*", "y")',
        'replace("abc", "b", "$")',
        'replace("abc", "b", "\\x")',
        'split("abc", "")',
        'matches("a", "(")',
    ],
)
def test_what_cannot_be_replaced_or_split_is_null_with_a_reason(text: str) -> None:
    assert "expected" in reason(text)


EXPONENTIAL = [
    "(a+)+$",
    "(a|a)*$",
    "(a|aa)+$",
    "(a*)*b",
    "([a-z]+)*=",
    "(.*)*.*=.*y",
    "^((a|b|ab)*)*c$",
    ".*.*.*.*.*=y",
]


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_no_pattern_runs_away(pattern: str) -> None:
    """Measured in work, not in time; the clock only shows that the work is what it claims to be."""
    started = time.process_time()
    try:
        compile("matches(text, pattern)")({"text": "a" * 3000 + "!", "pattern": pattern})
    except FeelLimit as limit:
        assert limit.line == 1
    assert time.process_time() - started < 5


def test_a_costly_pattern_with_back_references_is_refused() -> None:
    with pytest.raises(FeelLimit, match="back-references"):
        compile_pattern(r"(a*)*\1b", "").matches("a" * 50, Run())


def test_quantities_cannot_build_a_huge_program() -> None:
    with pytest.raises(Failure, match="smaller quantities"):
        compile_pattern("((a{1,1000}){1,1000}){1,1000}", "")


def consumes(pattern: str) -> bool:
    """Whether it takes a character whenever it matches. What takes none is repeated once or never, engine by engine."""
    return not compile_pattern(pattern, "").matches("", Run())


ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "^", "$", "c"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda options: f"({'|'.join(options)})"),
        st.builds(
            lambda body, sign: f"({body}){sign}",
            inner.filter(consumes),
            st.sampled_from(["?", "*", "+", "*?", "{1,2}", "??"]),
        ),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(alphabet="abc\n", max_size=8), st.sampled_from(["", "m", "s", "ms"]))
def test_both_engines_find_the_same_matches(pattern: str, text: str, flags: str) -> None:
    compiled = Pattern(pattern, flags)
    backtracked = [spans[:2] for spans in compiled.search_with_regex(text)]
    stepped = [spans[:2] for spans in compiled.search_with_machine(text, Run())]
    assert backtracked[:1] == stepped[:1]
    if not compiled.matches("", Run()):  # others only ever tell whether they match
        assert backtracked == stepped
