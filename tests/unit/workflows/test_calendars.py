"""A year of a calendar, read from a file."""

from datetime import date

import pytest

from engine import deadlines
from engine.errors import InvalidInput
from workflows.calendars import read_year


def test_a_year_replaces_what_the_calendar_knew_of_it() -> None:
    known = deadlines.import_calendar([2026, 2027])
    found = read_year(2027, "csv", "date,kind\n2027-10-01,off\n2027-10-09,worked\n\n").into(known)
    assert {day for day in found.off if day.year == 2027} == {date(2027, 10, 1)}
    assert {day for day in found.off if day.year == 2026} == {day for day in known.off if day.year == 2026}
    assert known.provisional == {2027} and found.provisional == frozenset()
    assert read_year(2028, "holidays").into(found).provisional == {2028}


def test_json_and_chinese_words_are_read_too() -> None:
    assert read_year(2027, "json", '{"off": ["2027-10-01"]}').off == {date(2027, 10, 1)}
    assert read_year(2027, "csv", "\ufeff日期,类型\n2027-10-09,班").worked == {date(2027, 10, 9)}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("csv", "2027-10-01,maybe"), ("csv", "2027-10-01"), ("csv", "1 Oct,off"), ("csv", "2026-10-01,off"),
        ("csv", "2027-10-01,off\n2027-10-01,worked"), ("json", "{"), ("json", "[]"), ("json", '{"off": "x"}'),
        ("json", '{"off": [1]}'), ("json", '{"x": []}'), ("json", "[" * 5000), ("xml", "<x/>"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(source: str, text: str) -> None:
    with pytest.raises(InvalidInput, match="expected"):
        read_year(2027, source, text)
