"""Calendars as versioned rows."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from engine import deadlines
from engine.errors import Conflict, InvalidInput, NotFound
from engine.store import Store, calendars, to_millis
from tests.conftest import SimulatedClock


def test_published_versions_are_numbered_kept_and_loaded(store: Store, clock: SimulatedClock) -> None:
    first = deadlines.import_calendar([2025])
    second = deadlines.import_calendar([2025, 2026])
    with store.transaction() as connection:
        assert [deadlines.publish(connection, one).version for one in (first, second)] == [1, 2]
    with store.reading() as connection:
        assert deadlines.current(connection, "CN") == replace(second, version=2)
        assert deadlines.load(connection, "CN", 1) == replace(first, version=1)
        row = connection.execute(sa.select(calendars).where(calendars.c.version == 2)).one()
    assert (row.sha256, row.content, row.created_at) == (second.sha256, second.content, to_millis(clock.now))


def test_identical_content_makes_no_new_version(store: Store) -> None:
    first = deadlines.import_calendar([2026])
    other = replace(first, off=first.off | {date(2026, 12, 31)})
    with store.transaction() as connection:
        versions = [deadlines.publish(connection, one).version for one in (first, first, other, other, first)]
    assert versions == [1, 1, 2, 2, 3], "going back to an older content is a change"


def test_series_are_counted_apart(store: Store) -> None:
    with store.transaction() as connection:
        for series in ("CN", "night-crew"):
            assert deadlines.publish(connection, deadlines.import_calendar([2026], series=series)).version == 1
        assert deadlines.current(connection, "night-crew").series == "night-crew"


def test_a_missing_calendar_is_not_found(store: Store) -> None:
    with store.transaction() as connection:
        deadlines.publish(connection, deadlines.import_calendar([2026]))
    with store.reading() as connection:
        with pytest.raises(NotFound, match="business calendar 'XX'"):
            deadlines.current(connection, "XX")
        with pytest.raises(NotFound, match="version 2 of business calendar 'CN'"):
            deadlines.load(connection, "CN", 2)


def test_publishing_the_same_number_twice_is_a_conflict(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = deadlines.import_calendar([2026])
    with store.transaction() as connection:
        deadlines.publish(connection, calendar)
    monkeypatch.setattr(deadlines, "_newest", lambda *_: None)  # what a second publisher saw before the first committed
    with pytest.raises(Conflict, match="'CN' was published by somebody else"), store.transaction() as connection:
        deadlines.publish(connection, calendar)


def test_a_calendar_changed_behind_our_back_is_refused(store: Store) -> None:
    with store.transaction() as connection:
        deadlines.publish(connection, deadlines.import_calendar([2026]))
        forged = sa.update(calendars).values(content=deadlines.import_calendar([2025]).content)
        connection.execute(forged)
        with pytest.raises(deadlines.CalendarDamaged, match="its hash differs"):
            deadlines.current(connection, "CN")


def test_missing_years_warn_for_the_next_year_from_december() -> None:
    calendar = deadlines.import_calendar([2026, 2027])
    assert deadlines.missing_years(calendar, date(2026, 11, 30)) == []
    assert deadlines.missing_years(calendar, date(2026, 12, 1)) == [2027]
    assert deadlines.missing_years(calendar, date(2027, 12, 1)) == [2027, 2028]


def test_import_refuses_years_it_cannot_count() -> None:
    with pytest.raises(InvalidInput, match="years: expected"):
        deadlines.import_calendar([1800])
