"""Calendars through the API and the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from engine import deadlines
from tests.conftest import SimulatedClock
from tests.integration.company import FILES, Company
from tests.support.diagrams import deadline, definitions, end, flows, ladder, process, start, with_ladder

RUNGS = '[{at: "100%", code: "DUE"}, {at: "+1wd", code: "NEXT"}]'


@pytest.fixture
def office(clock: SimulatedClock, company: Company) -> Company:
    """The company with China's calendar of 2026 and a process whose task is due a working day after Monday, 2 March."""
    with company.duban.store.transaction() as connection:
        deadlines.publish(connection, deadlines.import_calendar([2026]), note="国务院通知")
    parts = (start(), with_ladder("a", deadline()), end(), flows("s a", "a e"))
    access = '<extensionElements><duban:case title="=&quot;T&quot;" access="=unit"/></extensionElements>'
    files = {"t.bpmn": definitions(process(*parts, extra=access)).encode(), "ladder.dmn": ladder(RUNGS)}
    company.duban.releases.deploy({**FILES, **files})
    return company


def rules(office: Company, off: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = office.owner.get("/calendars/CN")["rules"]
    return found if off is None else {**found, "off": sorted([*found["off"], off])}


def begin(office: Company, unit: str = "U01") -> str:
    answer = office.chief.post("/cases", {"process": "p", "data": {"unit": f"unit:{unit}"}})
    return str(answer.json["id"])


def test_a_calendar_is_read_with_who_published_it_and_what_is_missing(office: Company, clock: SimulatedClock) -> None:
    (listed,) = office.admin.get("/calendars")["items"]
    assert (listed["series"], listed["version"], listed["note"], listed["years"]) == ("CN", 1, "国务院通知", [2026])
    assert listed["warnings"] == []
    clock.set(clock.now.replace(month=12))
    office._clients.clear()  # their sessions have ended
    assert office.admin.get("/calendars")["items"][0]["warnings"] == [{"year": 2027, "kind": "missing"}]
    whole = office.inspector.get("/calendars/CN")
    assert "2026-10-01" in whole["rules"]["off"] and "2026-10-10" in whole["rules"]["worked"]
    assert office.inspector.send("GET", "/calendars/XX").status_code == 404
    assert office.inspector.send("GET", "/calendars/CN/versions/x").status_code == 404


def test_publishing_is_previewed_then_moves_the_deadline_and_shows_in_the_history(office: Company) -> None:
    case = begin(office)
    wanted = rules(office, off="2026-03-03")
    preview = office.owner.post("/calendars/CN/preview", {"rules": wanted}).json
    (change,) = preview["items"]
    assert (change["case"]["id"], change["before"], change["after"], change["rungs"]) == (
        case, "2026-03-03T09:30:00.000Z", "2026-03-04T09:30:00.000Z", 2,
    )  # fmt: skip
    assert (preview["affected"], preview["hidden"], preview["next"]) == (1, 0, None)
    published = office.owner.post("/calendars/CN/versions", {"rules": wanted, "note": "停电"}, version=1)
    assert (published.status_code, published.json["version"], published.json["publishedBy"]["id"]) == (
        201,
        2,
        "p-owner",
    )
    office.duban.worker.drain()
    assert office.owner.get(f"/cases/{case}")["tasks"][0]["due"] == "2026-03-04T09:30:00.000Z"
    history = office.owner.get(f"/cases/{case}/history")["items"]
    assert [entry["command"]["type"] for entry in history if entry["command"]["type"] == "AdoptCalendar"]


def test_a_preview_counts_but_does_not_name_cases_that_one_may_not_see(office: Company) -> None:
    begin(office)
    preview = office.owner2.post("/calendars/CN/preview", {"rules": rules(office, off="2026-03-03")}).json
    assert (preview["items"], preview["hidden"], preview["affected"]) == ([], 1, 1)


def test_publishing_on_an_outdated_version_is_refused(office: Company) -> None:
    body = {"rules": rules(office, off="2026-03-03")}
    assert office.owner.post("/calendars/CN/versions", body).status_code == 428
    assert office.owner.post("/calendars/CN/versions", body, version=1).status_code == 201
    again = office.owner.post("/calendars/CN/versions", {"rules": rules(office, off="2026-03-04")}, version=1)
    assert (again.status_code, again.json["type"]) == (412, "urn:duban:problem:stale-version")
    assert [one["version"] for one in office.owner.get("/calendars/CN/versions")["items"]] == [2, 1]
    assert "2026-03-03" not in office.owner.get("/calendars/CN/versions/1")["rules"]["off"]


def test_a_new_series_begins_with_version_0_seen(office: Company) -> None:
    body = {"rules": rules(office)}
    assert office.owner.post("/calendars/night-crew/versions", body, version=0).json["version"] == 1
    assert [one["series"] for one in office.owner.get("/calendars")["items"]] == ["CN", "night-crew"]


def test_bad_rules_are_refused_at_their_field(office: Company) -> None:
    bad: dict[str, dict[str, Any]] = {
        "off[0]": {"off": ["2026-13-01"]}, "off": {"off": ["2031-01-01"]}, "zone": {"zone": "Mars"},
        "hours[0]": {"hours": [["08:00"]]}, "night": {"night": ["20:00", "20:00"]}, "years": {"years": [1]},
        "worked": {"worked": ["2026-10-01"]},
    }  # fmt: skip
    given = rules(office)
    for path, change in bad.items():
        answer = office.owner.post("/calendars/CN/versions", {"rules": {**given, **change}}, version=1)
        assert (answer.status_code, list(answer.json["fields"])) == (422, [path])


def test_a_year_is_read_from_the_public_holidays_or_a_file(office: Company) -> None:
    read = lambda **body: office.owner.post("/calendars/CN/year", body)  # noqa: E731
    known = read(year=2025).json
    assert "2025-10-01" in known["off"] and "2025-09-28" in known["worked"] and not known["provisional"]
    assert read(year=2028).json["provisional"]
    given = read(year=2027, source="csv", text="\ufeff日期,类型\n2027-10-01,休\n2027-10-09,班\n\n").json
    assert (given["off"], given["worked"]) == (["2027-10-01"], ["2027-10-09"])
    refused = office.owner.post("/calendars/CN/year", {"year": 2027, "source": "csv", "text": "2027-10-01,maybe"})
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["text"])


def test_the_command_line_imports_previews_and_publishes(
    office: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = begin(office)
    url = office.duban.store.url.render_as_string(hide_password=False)
    office.duban.store.close()
    monkeypatch.setenv("DUBAN_DATABASE", url)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> Any:
        assert main(["calendar", *arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    days = tmp_path / "days.csv"
    days.write_text("2026-03-03,off\n", encoding="utf-8")
    offered = run("import", "CN", "2026", "--file", str(days))
    assert (offered["version"], [one["task"].partition(":")[0] for one in offered["moved"]]) == (None, [case])
    assert run("list")["calendars"][0]["version"] == 1
    assert run("import", "CN", "2026", "--file", str(days), "--publish", "--note", "x")["version"] == 2
    shown = run("show", "CN")
    assert shown["off"] == ["2026-03-03"]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps({**shown, "off": []}), encoding="utf-8")
    assert run("put", "CN", str(whole), "--publish")["version"] == 3
    assert run("import", "X", "2025", "--publish")["version"] == 1
    assert main(["calendar", "show", "CN"]) == 0
    assert "2026\n" in capsys.readouterr().out
