"""A new version of a calendar reaches the running cases, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine import adoption, deadlines, history, worklist
from engine import clock as seam
from engine import store as tables
from engine.adoption import Adoption
from engine.cases import Cases
from engine.execution import commands as c
from engine.execution.calendar import Calendar
from engine.releases import Releases
from engine.store import Store
from engine.worker import Worker
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
CHINA = deadlines.import_calendar([2026])
TUESDAY_OFF = replace(CHINA, off=CHINA.off | {date(2026, 11, 3)})
RUNGS = '[{at: "100%", code: "DUE"}, {at: "+1wd", code: "NEXT"}]'


class Office:
    """Cases with a task that is due on Tuesday, 3 November, at 17:30 in Shanghai."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, MONDAY
        seam.simulate(lambda: self.now)
        self.publish(CHINA)
        self.releases = Releases(store)
        self.cases = Cases(store, self.releases)
        self.adoption = Adoption(store, self.cases)
        self.worker = Worker(self.cases, errands=[self.adoption.errand()])
        parts = (start(), with_ladder("a", deadline()), end(), flows("s a", "a e"))
        self.releases.deploy({"t.bpmn": definitions(process(*parts)).encode(), "ladder.dmn": ladder(RUNGS)})

    def publish(self, calendar: Calendar) -> int:
        with self.store.transaction() as connection:
            return deadlines.publish(connection, calendar, actor="owner", note="新通知").version

    def begin(self, count: int = 1) -> list[str]:
        return [self.cases.start(c.StartCase("p")).case for _ in range(count)]

    def due(self, case: str) -> list[str]:
        """Of the task and of its rungs, as the lists and the worker see them."""
        with self.store.reading() as connection:
            (task,) = worklist.tasks_of(connection, case)
            timers = sa.select(tables.timers.c.due_at).where(tables.timers.c.case_id == case)
            found = [task.due_at, *sorted(connection.scalars(timers))]
        return [(tables.from_millis(at or 0) + timedelta(hours=8)).strftime("%m-%d %H:%M") for at in found]

    def told(self, case: str) -> list[dict[str, Any]]:
        with self.store.reading() as connection:
            return history.told(connection, f"case/{case}", limit=100)

    def verdict(self, stream: str) -> tuple[str, str]:
        with self.store.reading() as connection:
            found = history.verdict(connection, stream, self.releases.bundle)
        return found.chain, found.reexecution


@pytest.fixture
def office(store: Store) -> Iterator[Office]:
    yield Office(store)
    seam.simulate(None)


def test_publishing_moves_the_deadlines_of_running_cases_once(office: Office) -> None:
    (case,) = office.begin()
    assert office.due(case) == ["11-03 17:30", "11-03 17:30", "11-04 17:30"]
    office.publish(TUESDAY_OFF)
    office.worker.drain()
    assert office.due(case) == ["11-04 17:30", "11-04 17:30", "11-05 17:30"]
    assert office.worker.drain() == 0, "once"
    adopted = [entry for entry in office.told(case) if entry["command"]["type"] == "AdoptCalendar"]
    (moved,) = adopted[0]["events"]
    assert (len(adopted), moved["was"], moved["calendar"]) == (1, 1, 2)
    assert moved["after"] - moved["before"] == 86_400_000
    assert office.verdict(f"case/{case}") == ("whole", "same")


def test_a_case_begun_on_the_new_version_has_nothing_to_adopt(office: Office) -> None:
    office.publish(TUESDAY_OFF)
    (case,) = office.begin()
    assert office.worker.drain() == 0 and office.due(case)[0] == "11-04 17:30"


def test_ended_tasks_keep_what_they_were_told(office: Office) -> None:
    (case,) = office.begin()
    (created,) = [event for event in office.told(case)[0]["events"] if event["type"] == "TaskCreated"]
    office.cases.handle(case, c.CompleteTask(created["task"]))
    office.publish(TUESDAY_OFF)
    assert office.worker.drain() == 0 and office.due(case)[0] == "11-03 17:30"


def test_a_suspended_case_adopts_and_goes_on_with_the_right_deadline(office: Office) -> None:
    (case,) = office.begin()
    office.cases.handle(case, c.SuspendCase())
    office.publish(TUESDAY_OFF)
    office.worker.drain()
    office.cases.handle(case, c.ResumeCase())
    assert office.due(case)[0] == "11-04 17:30"


def test_rungs_fire_at_the_minute_of_the_new_calendar_and_not_of_the_old(office: Office) -> None:
    (case,) = office.begin()
    office.publish(TUESDAY_OFF)
    office.worker.drain()
    office.now = datetime(2026, 11, 4, 9, 29, tzinfo=UTC)
    assert office.worker.drain() == 0
    office.now += timedelta(minutes=1)
    assert office.worker.drain() == 1
    assert [event["code"] for event in office.told(case)[-1]["events"] if event["type"] == "RungReached"] == ["DUE"]


def test_many_cases_adopt_in_batches_and_an_interrupted_round_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adoption, "BATCH", 3)
    cases = office.begin(7)
    office.publish(TUESDAY_OFF)
    assert office.adoption.turn() == 3
    again = Adoption(office.store, office.cases)  # another process takes over
    assert [again.turn(), again.turn(), again.turn()] == [3, 1, 0]
    assert {office.due(case)[0] for case in cases} == {"11-04 17:30"}


def test_a_case_that_cannot_adopt_does_not_keep_the_others_from_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = sorted(office.begin(2))
    handle = office.cases.handle_within

    def failing(connection: Any, case: str, *rest: Any, **more: Any) -> Any:
        if case == bad:
            raise RuntimeError("broken")
        return handle(connection, case, *rest, **more)

    monkeypatch.setattr(office.cases, "handle_within", failing)
    office.publish(TUESDAY_OFF)
    with pytest.raises(RuntimeError):  # for the log of the worker's thread, which goes on
        office.adoption.turn()
    assert office.adoption.turn() == 1
    assert (office.due(good)[0], office.due(bad)[0]) == ("11-04 17:30", "11-03 17:30")


def test_a_preview_tells_what_would_move_and_changes_nothing(office: Office) -> None:
    (case,) = office.begin()
    with office.store.reading() as connection:
        (change,) = adoption.preview(connection, TUESDAY_OFF).changes
        assert adoption.preview(connection, CHINA).changes == []
        assert adoption.affected(connection, "CN") == 1 and adoption.affected(connection, "XX") == 0
    assert (change.case_id, change.after - change.before, change.rungs) == (case, 86_400_000, 2)
    assert office.due(case)[0] == "11-03 17:30"


def test_a_long_preview_comes_in_pages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adoption, "LOOKED_AT", 2)
    cases, found, position = office.begin(5), [], None
    with office.store.reading() as connection:
        for _ in range(3):
            page = adoption.preview(connection, TUESDAY_OFF, position)
            found += [change.case_id for change in page.changes]
            position = page.next
    assert found == sorted(cases) and position is None


def test_every_publication_is_an_entry_of_the_calendars_stream(office: Office) -> None:
    office.publish(TUESDAY_OFF)
    office.publish(TUESDAY_OFF)
    with office.store.reading() as connection:
        entries = history.told(connection, "calendar/CN")
        versions = deadlines.versions(connection, "CN")
    assert [entry["command"]["version"] for entry in entries] == [1, 2]
    assert entries[1]["command"]["actor"] == "owner"
    assert [(each.version, each.published_by, each.note) for each in versions] == [
        (2, "owner", "新通知"), (1, "owner", "新通知")
    ]  # fmt: skip
    assert office.verdict("calendar/CN") == ("whole", "same")


def test_a_version_published_elsewhere_is_seen_within_a_second(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = deadlines.Newest()
    with office.store.reading() as connection:
        assert newest.versions(connection) == {"CN": 1}
    monkeypatch.setattr(deadlines.Newest, "forget", lambda: None)  # as if another process published
    office.publish(TUESDAY_OFF)
    monkeypatch.setattr(deadlines.Newest, "FOR", -1.0)
    with office.store.reading() as connection:
        assert newest.versions(connection) == {"CN": 2}


def test_a_command_asks_for_calendars_only_once_a_while(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines.Newest, "FOR", 1e9)
    office.begin()
    asked: list[str] = []
    listen = lambda *given: asked.append(given[2])  # noqa: E731 - what SQLAlchemy calls
    sa.event.listen(office.store.engine, "before_cursor_execute", listen)
    office.begin()
    assert asked and not [text for text in asked if "calendars" in text]


def test_a_missing_year_is_told_to_the_log_once_a_day_from_december(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> list[str]:
        return [record.getMessage() for record in caplog.records if record.name == "duban.adoption"]

    office.adoption.turn()
    assert told() == []
    office.now = datetime(2026, 12, 1, 1, tzinfo=UTC)
    for _ in range(3):
        office.adoption.turn()
    assert told() == ["Calendar CN: the days off of 2027 are missing"]
