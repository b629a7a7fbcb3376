"""Event logs are read back by readers that share nothing with the writer, and hold what their standards ask for."""

import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from api import cli
from engine.audit import security
from tests.integration.company import Company
from workflows import eventlogs, people
from workflows.eventlogs import Wanted
from workflows.selection import Selection

XES = "{http://www.xes-standard.org/}"
TRANSITIONS = {
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
}  # fmt: skip
Told = list[tuple[str, str, str | None]]
"""(activity, transition, who) of a case, in order."""


def export(company: Company, format: str, query: str = "", client: str = "auditor") -> bytes:
    answer = getattr(company, client).send("GET", f"/event-logs?format={format}{query}")
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


@pytest.fixture
def lived(company: Company) -> Company:
    """Three cases: one inspected and waiting for approval, one called off, one of another unit."""
    company.inspected(company.start())
    company.owner.post(f"/cases/{company.start()}/cancel", {"reason": "不查了"})
    company.start("U02", "二号站")
    return company


# XES: IEEE 1849-2016, clauses 5 and 7 --------------------------------------------------------------------------------


def read_xes(data: bytes) -> dict[str, Told]:
    """A reader by the standard: log of extensions, globals, classifiers, attributes, then traces of events."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{XES}log" and float(root.attrib["xes.version"]) == 1849.2016
    order = [child.tag.removeprefix(XES) for child in root]
    parts = ["extension", "global", "classifier", "string", "trace"]
    assert [parts.index(tag) for tag in order] == sorted(parts.index(tag) for tag in order)
    prefixes = {child.attrib["prefix"] for child in root.iter(f"{XES}extension")}
    found: dict[str, Told] = {}
    for trace in root.iter(f"{XES}trace"):
        name = _attributes(trace, prefixes)["concept:name"]
        assert isinstance(name, str) and name not in found
        events = [_attributes(event, prefixes) for event in trace.iter(f"{XES}event")]
        times = [event["time:timestamp"] for event in events]
        assert times == sorted(times)
        assert {event["lifecycle:transition"] for event in events} <= TRANSITIONS
        found[name] = [(e["concept:name"], e["lifecycle:transition"], e.get("org:resource")) for e in events]
    return found


def _attributes(element: ElementTree.Element, prefixes: set[str]) -> dict[str, Any]:
    """Attributes in the types of clause 5.5; a key occurs once, and a colon belongs to a declared extension."""
    readers = {"string": str, "date": datetime.fromisoformat, "int": int, "boolean": bool, "float": float, "id": str}
    found: dict[str, Any] = {}
    for child in element:
        kind = child.tag.removeprefix(XES)
        if kind == "event":
            continue
        key = child.attrib["key"]
        assert key not in found and (":" not in key or key.partition(":")[0] in prefixes)
        found[key] = readers[kind](child.attrib["value"])
    return found


def test_xes_holds_every_case_as_a_trace(lived: Company) -> None:
    found = read_xes(export(lived, "xes"))
    assert len(found) == 3
    inspected = next(told for told in found.values() if ("现场检查", "complete", "p-inspector") in told)
    assert inspected == [
        ("检查", "start", "p-chief"), ("开始", "complete", "p-chief"), ("现场检查", "schedule", "p-chief"),
        ("现场检查", "start", "p-inspector"), ("现场检查", "complete", "p-inspector"),
        ("计数", "start", "p-inspector"), ("计数", "complete", "p-inspector"), ("审核", "schedule", "p-inspector"),
    ]  # fmt: skip
    cancelled = next(told for told in found.values() if ("检查", "pi_abort", "p-owner") in told)
    assert ("现场检查", "withdraw", "p-owner") in cancelled


def test_activities_are_named_in_the_readers_language(lived: Company) -> None:
    lived.auditor.send("PATCH", "/me", json={"language": "en"})
    answer = lived.auditor.send("GET", "/event-logs", headers={"Accept-Language": "en"})
    names = {activity for told in read_xes(answer.data).values() for activity, *_ in told}
    assert {"Inspection", "Inspect on site"} <= names


def test_a_selection_restricts_and_nobody_exports_what_they_may_not_see(lived: Company) -> None:
    assert len(read_xes(export(lived, "xes", "&unit=U02"))) == 1
    assert len(read_xes(export(lived, "xes", "&view=closed"))) == 1
    assert read_xes(export(lived, "xes", "&process=nothing")) == {}
    assert read_xes(export(lived, "xes", "&since=2100-01-01T00:00:00Z")) == {}
    (case,) = read_xes(export(lived, "xes", client="owner2"))
    assert list(read_xes(export(lived, "xes", f"&cases={case}", client="owner"))) == [case]
    other = next(id for id in read_xes(export(lived, "xes")) if id != case)
    assert read_xes(export(lived, "xes", f"&cases={other}", client="owner2")) == {}
    assert lived.auditor.get("/event-logs/count?unit=U01") == {"cases": 2}
    assert lived.auditor.send("GET", "/event-logs?unit=nowhere").status_code == 404
    assert lived.auditor.send("GET", f"/event-logs?cases={','.join(map(str, range(1001)))}").status_code == 422


def test_an_export_is_recorded(lived: Company) -> None:
    export(lived, "ocel-json", "&unit=U01")
    with lived.duban.store.reading() as connection:
        (event,), _ = security.page(connection, security.Wanted(kind="event-log"), 5)
    assert event.person == "p-auditor"
    assert event.detail == {"by": "started", "cases": 2, "format": "ocel-json", "unit": "U01", "view": "all"}


def test_what_xml_cannot_hold_does_not_break_the_log(small: Company) -> None:
    case = small.start(site='"<]]>&\u0001\n\ufffe 站')
    assert list(read_xes(export(small, "xes"))) == [case]
    read_ocel(read_ocel_xml(export(small, "ocel-xml")))
    assert case in {one["id"] for one in json.loads(export(small, "ocel-json"))["objects"]}


# OCEL 2.0: specification of 2023-10, chapters 5 (JSON) and 6 (XML) ---------------------------------------------------


def read_ocel_xml(data: bytes) -> dict[str, Any]:
    """The XML format as the JSON format would say it; elements in the order of the schema."""
    root = ElementTree.fromstring(data)
    assert [child.tag for child in root] == ["object-types", "event-types", "objects", "events"]

    def types(of: str) -> list[dict[str, Any]]:
        return [
            {"name": one.attrib["name"], "attributes": [dict(a.attrib) for a in one.findall("attributes/attribute")]}
            for one in root.iterfind(f"{of}-types/{of}-type")
        ]

    def things(of: str) -> list[dict[str, Any]]:
        return [
            {
                **one.attrib,
                "attributes": [{**a.attrib, "value": a.text or ""} for a in one.iterfind("attributes/attribute")],
                "relationships": [
                    {"objectId": r.attrib["object-id"], "qualifier": r.attrib["qualifier"]}
                    for r in one.iterfind("objects/relationship")
                ],
            }
            for one in root.iterfind(f"{of}s/{of}")
        ]  # fmt: skip

    return {
        "objectTypes": types("object"), "eventTypes": types("event"), "objects": things("object"),
        "events": things("event"),
    }  # fmt: skip


def read_ocel(log: dict[str, Any]) -> Counter[str]:
    """Check what the specification demands of every log; returns how many events there are of each type."""
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    object_types, event_types = _types(log["objectTypes"]), _types(log["eventTypes"])
    objects = {one["id"] for one in log["objects"]}
    assert len(objects) == len(log["objects"]), "an id twice"
    assert len({one["id"] for one in log["events"]}) == len(log["events"])
    for one in log["objects"]:
        assert set(one) == {"id", "type", "attributes", "relationships"}
        _check_values(one["attributes"], object_types[one["type"]], {"name", "time", "value"})
    for one in log["events"]:
        assert set(one) == {"id", "type", "time", "attributes", "relationships"}
        assert datetime.fromisoformat(one["time"]).tzinfo
        _check_values(one["attributes"], event_types[one["type"]], {"name", "value"})
        assert one["relationships"], "an event of nothing"
    for one in (*log["objects"], *log["events"]):
        assert all(set(r) == {"objectId", "qualifier"} and r["objectId"] in objects for r in one["relationships"])
    return Counter(one["type"] for one in log["events"])


def _types(told: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    found = {one["name"]: {each["name"]: each["type"] for each in one["attributes"]} for one in told}
    assert len(found) == len(told)
    kinds = {kind for attributes in found.values() for kind in attributes.values()}
    assert kinds <= {"string", "time", "integer", "float", "boolean"}
    return found


def _check_values(values: list[dict[str, Any]], declared: dict[str, str], members: set[str]) -> None:
    for value in values:
        assert set(value) == members and value["name"] in declared
        if declared[value["name"]] == "integer":
            int(value["value"])
        if declared[value["name"]] == "time":
            datetime.fromisoformat(value["value"])
        assert datetime.fromisoformat(value.get("time", "2026-01-01T00:00:00Z")).tzinfo


def test_ocel_says_the_same_as_json_and_as_xml(lived: Company) -> None:
    by_json = json.loads(export(lived, "ocel-json"))
    by_xml = read_ocel_xml(export(lived, "ocel-xml"))
    assert read_ocel(by_json) == read_ocel(by_xml)

    def plain(log: dict[str, Any]) -> Any:
        return json.loads(json.dumps(log), parse_int=str)

    assert plain(by_json) == plain(by_xml)


def test_ocel_tells_of_cases_tasks_and_people(lived: Company) -> None:
    log = json.loads(export(lived, "ocel-json"))
    assert Counter(one["type"] for one in log["objects"]) == {"case": 3, "task": 4, "person": 3}
    assert read_ocel(log)["现场检查 (inspection)"] == 6
    cancelled = [one for one in log["objects"] if any(a["value"] == "cancelled" for a in one["attributes"])]
    (case,) = cancelled
    assert [a["value"] for a in case["attributes"] if a["name"] == "status"] == ["active", "cancelled"]
    done = next(e for e in log["events"] if e["id"].endswith("/2/0") and e["type"] == "现场检查 (inspection)")
    assert {r["qualifier"] for r in done["relationships"]} == {"case", "task", "by"}


def test_nothing_that_forms_said_leaves_with_a_log(lived: Company) -> None:
    for format in eventlogs.FORMATS:
        assert "合格".encode() not in export(lived, format)


def test_an_empty_selection_is_a_valid_log(small: Company) -> None:
    assert read_xes(export(small, "xes")) == {}
    assert not read_ocel(json.loads(export(small, "ocel-json")))
    assert not read_ocel(read_ocel_xml(export(small, "ocel-xml")))


def test_the_command_writes_the_same(
    lived: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", lived.duban.store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DUBAN_HOME", str(lived.duban.home))
    file = tmp_path / "log.xes"
    assert cli.main(["eventlog", "--unit", "U01", "--since", "2020-01-01", "-o", str(file)]) == 0
    assert len(read_xes(file.read_bytes())) == 2
    assert cli.main(["eventlog", "--unit", "nowhere", "-o", str(tmp_path / "other")]) == 1
    assert [each.name for each in tmp_path.glob("other*")] == []


@pytest.mark.parametrize("format", eventlogs.FORMATS)
def test_memory_does_not_grow_with_the_history(small: Company, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    """Ten times the entries take no more than half as much again."""
    monkeypatch.setattr(eventlogs, "_SPOOL", 4096)
    case = small.start()
    assert small.inspected(case).status_code == 200
    _peak(small, case, format, 1)  # what is loaded once
    peaks = [_peak(small, case, format, times) for times in (200, 2000)]
    assert peaks[1] < peaks[0] * 1.5, peaks


def _peak(company: Company, case: str, format: str, times: int) -> int:
    from engine import history

    sealed = history.sealed

    def repeated(connection: Any, stream: str, **kwargs: Any) -> Iterator[Any]:
        first, *rest = list(sealed(connection, stream, **kwargs))
        yield first
        for _ in range(times):
            yield from rest

    class Nowhere(io.RawIOBase):
        def write(self, data: Any) -> int:
            return len(data)

    with pytest.MonkeyPatch.context() as patch, company.duban.store.reading() as connection:
        patch.setattr(history, "sealed", repeated)
        tracemalloc.start()
        sink: Any = Nowhere()
        eventlogs.write(sink, connection, company.duban.releases.bundle, Wanted(format, Selection(cases=(case,))))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


def test_units_below_belong_to_a_selection(small: Company) -> None:
    with small.duban.store.transaction() as connection:
        people.create_unit(connection, "U01-A", "一车间", "Workshop", "U01")
    case = small.start("U01-A")
    assert list(read_xes(export(small, "xes", "&unit=U01"))) == [case]
