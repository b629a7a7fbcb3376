"""Cursors and instants go out and come back the same."""

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.fields import Instant, Schema, iso
from api.requests import cursor_in, cursor_out
from engine.errors import InvalidInput


@given(st.integers(-(2**62), 2**62), st.text("0123456789abcdef-", max_size=40), st.integers(0, 10**6))
def test_a_cursor_comes_back_as_it_went_out(at: int, id: str, n: int) -> None:
    assert cursor_in(cursor_out([at, id, n]), int, str, int) == [at, id, n]


@given(st.text(max_size=80))
def test_no_text_makes_a_cursor_that_breaks_anything(text: str) -> None:
    try:
        found = cursor_in(text, int, str, int)
    except InvalidInput:
        return
    assert found is not None and [type(part) for part in found] == [int, str, int]


def test_no_cursor_is_the_beginning_and_the_end() -> None:
    assert cursor_in(None, int) is None
    assert cursor_out(None) is None


class Moment(Schema):
    at = Instant()


@given(st.integers(-(10**12), 4 * 10**12))
def test_an_instant_comes_back_as_it_went_out(millis: int) -> None:
    assert Moment().load({"at": iso(millis)}) == {"at": millis}


@pytest.mark.parametrize(
    "text", ["2026-11-21", "2026-11-21T08:00:00", "soon", 5, None, "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-23:59"]
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    with pytest.raises(ma.ValidationError):
        Moment().load({"at": text})


def test_members_are_camel_case_and_unknown_ones_refused() -> None:
    class Named(Schema):
        a_long_name = ma.fields.String()

    assert Named().dump({"a_long_name": "x"}) == {"aLongName": "x"}
    with pytest.raises(ma.ValidationError):
        Named().load({"a_long_name": "x"})
