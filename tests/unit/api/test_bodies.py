"""Bodies are read exactly and strictly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bodies import read_json
from api.problems import NotJson


def test_numbers_are_exact() -> None:
    assert read_json(b"[0.1, 1.50, 7, -0.0]") == [Decimal("0.1"), Decimal("1.50"), 7, Decimal("-0.0")]
    assert str(read_json(b"[1.50]")[0]) == "1.50"


def test_the_order_of_members_is_kept() -> None:
    assert list(read_json(b'{"z": 1, "a": 2}')) == ["z", "a"]


def test_sixty_four_levels_are_enough_and_sixty_five_too_many() -> None:
    assert read_json(b"[" * 63 + b"]" * 63)
    with pytest.raises(NotJson, match="64 levels"):
        read_json(b"[" * 66 + b"]" * 66)


def test_brackets_inside_a_text_are_no_levels() -> None:
    assert read_json(b'"' + b"[" * 1000 + b'"') == "[" * 1000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"NaN",
        b"[Infinity]",
        b'{"a":1,"a":1}',
        b"\xff",
        b'"\\ud800"',
        b'["\\u0000"]',
        b'{"\\udfff": 1}',
        b"[" * 10**6,
    ],
)
def test_what_is_no_clean_json_is_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        read_json(body)


@given(st.binary(max_size=200))
def test_no_bytes_lead_to_anything_but_a_value_or_a_refusal(body: bytes) -> None:
    try:
        read_json(body)
    except NotJson as refused:
        assert refused.message


def test_a_pair_of_surrogates_is_a_character() -> None:
    assert read_json(b'"\\ud83d\\ude00"') == "😀"
