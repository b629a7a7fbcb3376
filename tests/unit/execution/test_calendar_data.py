"""A calendar as data: canonical JSON, and refusals that name the field."""

import json
from datetime import date, time
from typing import Any

import pytest

from engine.errors import InvalidInput
from engine.execution.calendar import Calendar

GOOD: dict[str, Any] = {
    "series": "CN",
    "version": 3,
    "zone": "Asia/Shanghai",
    "hours": [["08:00", "12:00"], ["13:30", "17:30"]],
    "night": ["20:00", "08:00"],
    "years": [2026, 2027],
    "provisional": [2027],
    "off": ["2026-10-01", "2026-10-02"],
    "worked": ["2026-10-10"],
}


def test_a_calendar_survives_json() -> None:
    calendar = Calendar.from_json(GOOD)
    assert calendar.to_json() == GOOD
    assert Calendar.from_json(json.loads(json.dumps(calendar.to_json()))) == calendar
    assert (calendar.hours[1], calendar.off) == ((time(13, 30), time(17, 30)), {date(2026, 10, 1), date(2026, 10, 2)})


def test_equal_calendars_have_equal_content_whatever_the_order_and_the_number() -> None:
    shuffled = dict(reversed(GOOD.items())) | {"version": 9, "years": [2027, 2026, 2026], "off": GOOD["off"][::-1]}
    one, other = Calendar.from_json(GOOD), Calendar.from_json(shuffled)
    assert (one.content, one.sha256) == (other.content, other.sha256)
    assert one.sha256 != Calendar.from_json(GOOD | {"off": []}).sha256
    assert one.sha256 == "0e23ea0188733e210482e8e57219669614d7d149f40c2ce84747bc5b894ab85b", (
        "the hash of stored calendars must never change"
    )


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"series": ""}, "series", "1 to 64 letters"),
        ({"series": "a/b"}, "series", "1 to 64 letters"),
        ({"series": 5}, "series", "a text"),
        ({"version": -1}, "version", "a whole number from 0"),
        ({"version": True}, "version", "a whole number"),
        ({"version": "1"}, "version", "a whole number"),
        ({"zone": "Asia/Nowhere"}, "zone", "an IANA time zone"),
        ({"zone": "../../etc/passwd"}, "zone", "an IANA time zone"),
        ({"hours": []}, "hours", "1 to 24 spans"),
        ({"hours": [["12:00", "08:00"]]}, "hours", "ascending"),
        ({"hours": [["08:00", "12:00"], ["12:00", "17:00"]]}, "hours", "do not touch"),
        ({"hours": [["08:00", "08:59"]]}, "hours", "at least one hour"),
        ({"hours": [["08:00"]]}, "hours[0]", "two times of day"),
        ({"hours": [["08:00", "24:00"]]}, "hours[0][1]", "a time of day such as 08:00"),
        ({"hours": [["08:00", "9:00"]]}, "hours[0][1]", "a time of day such as 08:00"),
        ({"hours": "08:00-12:00"}, "hours", "a list"),
        ({"night": ["20:00", "20:00"]}, "night", "two different times"),
        ({"years": [1899, 2026, 2027]}, "years", "from 1900 to 2399"),
        ({"years": list(range(1950, 2151))}, "years", "at most 200 years"),
        ({"years": [2026.0, 2027]}, "years[0]", "a whole number"),
        ({"provisional": [2028]}, "provisional", "also in 'years'"),
        ({"off": ["2025-10-01"]}, "off", "only days of the years in 'years'"),
        ({"off": ["2026-10-10"]}, "worked", "not in 'off'"),
        ({"off": ["20261001"]}, "off[0]", "a date such as 2026-10-01"),
        ({"off": ["2026-02-30"]}, "off[0]", "a date such as 2026-10-01"),
        ({"off": [None]}, "off[0]", "a text"),
        ({"extra": 1}, "calendar", "exactly the fields"),
    ],
)
def test_from_json_refuses_and_names_the_field(change: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Calendar.from_json(GOOD | change)
    (text,) = caught.value.fields[field]
    assert message in text
    assert str(caught.value) == f"{field}: {text}"


@pytest.mark.parametrize("field", GOOD)
def test_from_json_defaults_nothing(field: str) -> None:
    with pytest.raises(InvalidInput, match="exactly the fields"):
        Calendar.from_json({name: value for name, value in GOOD.items() if name != field})


def test_from_json_refuses_what_is_no_object_and_shortens_what_it_shows() -> None:
    with pytest.raises(InvalidInput, match="calendar: expected an object") as caught:
        Calendar.from_json(["x" * 10_000])
    assert len(str(caught.value)) < 200


def test_working_hours_are_whole_local_minutes() -> None:
    with pytest.raises(InvalidInput, match="whole minutes"):
        Calendar("x", 1, "UTC", ((time(8, 0, 30), time(12)),), frozenset(), frozenset(), frozenset())
