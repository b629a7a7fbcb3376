"""Registers: rows that follow from entries, lists, exports, rows that people keep, the points ledger, dashboards."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa

from engine import history
from engine.cases import Recorded
from engine.execution import commands as c
from engine.store import case_access, to_millis
from engine.worker import Work
from tests.integration.company import Company
from workflows import dashboards, declared, points, rebuilding, registry
from workflows.declared import HAZARDS, register_of
from workflows.registry import Field, Register, register_rows

TRIED = Register(
    "tried", "试", "Tried",
    (Field("site", "地点", "Site", keep="site", filter=True),
     Field("unit", "单位", "Unit", "unit", "unit", filter=True),
     Field("result", "结果", "Result", keep="grade", filter=True), Field("cost", "费用", "Cost", "number"),
     Field("ratio", "比", "Ratio", "number")),
    process="inspection", states={"": "BEGUN", "Inspect": "INSPECTED", "ended": "ENDED", "cancelled": "CALLED_OFF"},
    totals=("state", "unit"),
)  # fmt: skip


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register of the company's process, declared as a newcomer would."""
    monkeypatch.setitem(declared.REGISTERS, "tried", TRIED)  # type: ignore[arg-type]  # a Mapping to everybody else
    return TRIED


def everything(company: Company) -> list[dict[str, Any]]:
    tables = (register_rows, registry.register_moves, registry.register_totals)
    with company.duban.store.reading() as connection:
        rows = [row._asdict() for table in tables for row in connection.execute(sa.select(table))]
    return sorted((row | {"id": row.get("id") if "case_id" in row else 0} for row in rows), key=str)


def rows(company: Company, query: str = "", client: str = "chief") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = getattr(company, client).get(f"/registers/tried/rows{query}")["items"]
    return found


def test_a_case_writes_its_row_and_the_row_leads_to_the_case(company: Company, tried: Register) -> None:
    case = company.start(site="一号站")
    (row,) = rows(company)
    assert (row["state"], row["case"]) == ("BEGUN", {"id": case, "title": "检查 一号站"})
    assert row["values"]["unit"] == {"id": "U01", "name": "U01单位"}
    company.inspected(case, cost=4)
    (row,) = rows(company)
    assert (row["state"], row["values"]["result"], row["values"]["cost"], row["values"]["ratio"]) == (
        "INSPECTED",
        "合格",
        4,
        25,
    )
    company.owner.post(f"/cases/{case}/cancel", {"reason": "不查了"})
    assert rows(company)[0]["state"] == "CALLED_OFF"


def test_a_register_comes_back_from_the_log_as_it_was(company: Company, tried: Register) -> None:
    for unit in ("U01", "U02", "U01"):
        company.start(unit)
    company.inspected(company.start())
    with company.duban.store.transaction() as connection:
        registry.fold(connection)
    before = everything(company)
    with company.duban.store.transaction() as connection:
        registry.rebuild(connection, tried)
        registry.fold(connection)
    assert everything(company) == before
    assert len(before) > 4


def test_one_sees_rows_of_cases_that_one_may_see(company: Company, tried: Register) -> None:
    company.start("U01", "一号站")
    company.start("U02", "二号站")
    assert {row["values"]["site"] for row in rows(company)} == {"一号站", "二号站"}
    assert {row["values"]["site"] for row in rows(company, client="inspector")} == {"一号站"}
    assert rows(company, "?unit=U01", client="foreigner") == []
    assert company.foreigner.get("/registers/tried/count?unit=U01") == {"count": 0, "more": False}


def test_lists_are_filtered_searched_and_paged(company: Company, tried: Register) -> None:
    sites = [f"{n}号站" for n in range(5)]
    cases = [company.start(site=site) for site in sites]
    first = company.chief.get("/registers/tried/rows?limit=3")
    rest = company.chief.get(f"/registers/tried/rows?limit=3&cursor={first['next']}")
    assert {row["case"]["id"] for row in first["items"] + rest["items"]} == set(cases)
    assert (len(first["items"]), rest["next"]) == (3, None)
    assert [row["values"]["site"] for row in rows(company, "?site=3号站")] == ["3号站"]
    assert [row["values"]["site"] for row in rows(company, "?q=4号")] == ["4号站"]
    assert rows(company, "?state=ENDED") == []
    assert rows(company, "?since=2100-01-01T00:00:00Z") == []
    assert company.chief.send("GET", "/registers/tried/rows?person=x").status_code == 422
    assert company.chief.send("GET", "/registers/nothing/rows").status_code == 404


def test_counts_stop_at_999_and_say_more(company: Company, tried: Register) -> None:
    with company.duban.store.transaction() as connection:
        empty = {"created_at": 0, "at": 0, "details": "{}", "register": "tried"}
        many = [{**empty, "id": f"{n}", "case_id": "c"} for n in range(1001)]
        connection.execute(register_rows.insert(), many)
        connection.execute(case_access.insert(), {"case_id": "c", "token": "unit:U01"})
    assert company.chief.get("/registers/tried/count") == {"count": 999, "more": True}


def test_csv_is_whole_and_no_cell_of_it_is_a_formula(
    company: Company, tried: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "PAGE", 2)
    hostile = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", '一"号", 站\n二']
    for site in hostile:
        company.start(site=site)
    answer = company.chief.send("GET", "/registers/tried/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tried.csv"'
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert table[0][:2] == ["地点", "单位"]
    assert {line[0] for line in table[1:]} == {f"'{site}" if site[0] in "=+@-" else site for site in hostile}
    assert {line[1] for line in table[1:]} == {"U01单位"}


def test_views_are_ones_own_until_they_are_shared(company: Company, tried: Register) -> None:
    body = {"name": "一站", "filters": {"unit": "U01", "unknown": "x"}, "shared": False}
    made = company.inspector.post("/registers/tried/views", body)
    assert (made.status_code, made.json["filters"]) == (201, {"unit": "U01"})
    assert company.chief.get("/registers/tried/views")["items"] == []
    company.inspector.post("/registers/tried/views", {**body, "name": "大家", "shared": True})
    (shared,) = company.chief.get("/registers/tried/views")["items"]
    assert (shared["name"], shared["mine"], shared["by"]["id"]) == ("大家", False, "p-inspector")
    assert company.chief.send("DELETE", f"/registers/tried/views/{shared['id']}").status_code == 404
    assert company.inspector.send("DELETE", f"/registers/tried/views/{shared['id']}").status_code == 204
    assert company.chief.get("/registers/tried/views")["items"] == []


def test_every_register_can_be_rebuilt_by_its_name(company: Company, tried: Register) -> None:
    company.start()
    company.issued(company.start())
    company.chief.send("PUT", "/registers/sites/rows/T-1", json={"values": {"name": "储罐区", "unit": "U01"}})
    posted(company, company.start(), 1, points=3)
    before = everything(company)
    with company.duban.store.transaction() as connection:
        counts = {id: rebuilding.rebuild(connection, id) for id in (*rebuilding.EVERY, "tried")}
    assert everything(company) == before
    assert (counts["documents"], counts["sites"], counts["points"], counts["tried"]) == (1, 1, 1, 3)
    with company.duban.store.transaction() as connection, pytest.raises(registry.RegisterNotFound):
        rebuilding.rebuild(connection, "nothing")


# What people keep ---------------------------------------------------------------------------------------------------


def test_a_kept_row_is_an_entry_with_its_actor_and_can_be_rebuilt(company: Company) -> None:
    from workflows import kept

    values = {"name": "储罐区", "unit": "U01", "risk": "RED", "requirements": "储罐区、消防", "everyDays": 30}
    made = company.chief.send("PUT", "/registers/sites/rows/T-1", json={"values": values})
    assert (made.status_code, made.json["values"]["everyDays"], made.json["case"]) == (200, 30, None)
    company.chief.send("PUT", "/registers/sites/rows/T-1", json={"values": {**values, "risk": "BLUE"}})
    with company.duban.store.transaction() as connection:
        told = history.told(connection, "register/sites")
        assert [entry["command"]["actor"] for entry in told] == ["p-chief", "p-chief"]
        before = registry.find(connection, register_of("sites"), "T-1")
        kept.rebuild(connection, register_of("sites"))
        assert registry.find(connection, register_of("sites"), "T-1") == before
    assert before is not None
    assert before["grade"] == "BLUE"
    assert company.foreigner.get("/registers/sites/rows")["items"] == []
    company.chief.send("PUT", "/registers/sites/rows/T-2", json={"values": {**values, "unit": "U01", "station": "U02"}})
    assert [row["id"] for row in company.foreigner.get("/registers/sites/rows")["items"]] == ["T-2"]


def test_a_kept_row_is_refused_where_it_is_wrong_or_not_ones_own(company: Company) -> None:
    put = lambda client, **values: client.send("PUT", "/registers/sites/rows/T-1", json={"values": values})  # noqa: E731
    wrong = put(company.chief, risk="GREEN", colour="x", unit="U01")
    assert (wrong.status_code, set(wrong.json["fields"])) == (422, {"values.name", "values.risk", "values.colour"})
    assert put(company.inspector, name="x", unit="U01").status_code == 403
    assert put(company.chief, name="x", unit="U01").status_code == 200
    assert put(company.owner2, name="x", unit="U02").status_code == 403  # it would take the row of another unit
    for register in ("cards", "hazards", "points"):
        assert company.chief.send("PUT", f"/registers/{register}/rows/x", json={"values": {}}).status_code == 409


# Points -------------------------------------------------------------------------------------------------------------


def posted(company: Company, case: str, job: int, **inputs: Any) -> dict[str, Any]:
    from decimal import Decimal

    given = {name: Decimal(value) if isinstance(value, int) else value for name, value in inputs.items()}
    work = Work(
        case,
        job,
        "points",
        "Post",
        {},
        {"person": "p-inspector", "year": Decimal(2026), "most": Decimal(12), "meritMost": Decimal(3), **given},
    )
    with company.duban.store.transaction() as connection:
        return {name: int(str(value)) for name, value in points.handlers()["points"](connection, work).items()}


def test_points_are_posted_once_and_add_up_by_person_and_year(company: Company) -> None:
    case = company.start()
    assert posted(company, case, 1, points=6, hazardNo="S01-YH-2026-0001") == {"posted": 6, "total": 6}
    assert posted(company, case, 1, points=6, hazardNo="S01-YH-2026-0001") == {"posted": 6, "total": 6}
    assert posted(company, case, 2, points=9) == {"posted": 6, "total": 12}
    assert posted(company, case, 3, points=-6, reverses="S01-YH-2026-0001") == {"posted": -6, "total": 6}
    assert posted(company, case, 4, points=1, year=2027) == {"posted": 1, "total": 1}
    with company.duban.store.transaction() as connection:
        assert (
            history.verdict(connection, "register/POINTS-2026-p-inspector", company.duban.releases.bundle).reexecution
            == "same"
        )
    before = everything(company)
    with company.duban.store.transaction() as connection:
        points.rebuild(connection)
    assert everything(company) == before
    assert [row["values"]["total"] for row in company.chief.get("/registers/points/rows?kind=2026")["items"]] == [
        6,
        12,
        6,
    ]


# Hazards in the public shape, and dashboards --------------------------------------------------------------------------

NOW = datetime(2026, 3, 20, 4, tzinfo=UTC)


def a_hazard(company: Company, n: int, **columns: Any) -> str:
    """A row of the register of hazards, of a case of U01."""
    case = company.start(site=f"{n}号站")
    row = {
        "state": "RECTIFYING",
        "unit": "U01",
        "grade": "LARGER",
        "title": f"隐患{n}",
        "kind": "BY_DATE",
        "site": f"{n}号站",
    }
    with company.duban.store.transaction() as connection:
        registry.put(connection, HAZARDS, case, case, to_millis(NOW), {**row, **columns})
    return case


@pytest.mark.parametrize("form", ["json", "csv", "xml"])
def test_hazards_leave_in_the_shape_of_the_public_interface(company: Company, form: str) -> None:
    case = a_hazard(
        company, 1, title="=坏<&>", due_at=to_millis(NOW), details={"dangerSrc": "3", "dangerDesc": "描述\x07"}
    )
    a_hazard(company, 2, state="VOIDED")
    text = company.chief.send("GET", f"/registers/hazards/exchange?format={form}").data.decode("utf-8-sig")
    if form == "json":
        (one,) = json.loads(text)
    elif form == "csv":
        (one,) = csv.DictReader(io.StringIO(text))
    else:
        (one,) = ({part.tag: part.text or "" for part in hazard} for hazard in ElementTree.fromstring(text))
    assert one["id"] == case
    assert one["dangerName"] == ("'=坏<&>" if form == "csv" else "=坏<&>")
    assert (one["dangerLevel"], one["dangerState"], one["dangerSrc"], one["dangerManageType"]) == ("0", "0", "3", "1")
    assert one["dangerManageDeadline"] == "2026-03-20 12:00:00"
    assert len(one) == 26


def test_the_overdue_ladder_counts_days_and_names_owner_and_escalation(company: Company) -> None:
    late = {1: 0, 2: 3, 3: 4, 4: 30, 5: 31, 6: -1}
    now = company.duban.now()
    for n, days in late.items():
        a_hazard(company, n, due_at=now - int((days + 0.5) * dashboards.DAY), details={"card": "RED_CARD"})
    a_hazard(company, 7, due_at=now - dashboards.DAY, state="SUBMITTED")
    told = company.chief.get("/dashboards/overdue")
    assert [(step["first"], step["count"]) for step in told["steps"]] == [(0, 2), (4, 1), (8, 1), (31, 1)]
    assert [one["days"] for one in told["items"]] == [31, 30, 4, 3, 0]
    worst = told["items"][0]
    assert (worst["task"], worst["owner"], worst["escalated"], worst["unit"]["id"]) == (
        "现场检查",
        None,
        "RED_CARD",
        "U01",
    )
    assert company.foreigner.get("/dashboards/overdue")["items"] == []


def test_hazards_and_points_are_seen_by_whoever_may_see_the_case_and_not_by_the_unit(company: Company) -> None:
    case = a_hazard(company, 1, unit="U02")  # of a case that only the people of U01 see
    posted(company, case, 1, points=3)
    for register in ("hazards", "points"):
        assert len(company.inspector.get(f"/registers/{register}/rows")["items"]) == 1
        assert company.foreigner.get(f"/registers/{register}/rows")["items"] == []


def test_hazards_are_counted_from_totals_that_are_folded_and_from_those_that_are_not(company: Company) -> None:
    a_hazard(company, 1, details={"item": "防火堤", "repeatHazard": True})
    a_hazard(company, 2, details={"item": "防火堤"})
    with company.duban.store.transaction() as connection:
        assert registry.fold(connection) == 2
        assert registry.fold(connection) == 0
    a_hazard(company, 3, grade="MAJOR", state="CLOSED", details={"item": "静电"})
    a_hazard(company, 4, unit="U02")
    a_hazard(company, 5, unit="U02", station="U01", state="VOIDED")
    told = company.inspector.get("/dashboards/hazards?months=36")
    count = lambda facet: {one["value"]: (one["open"], one["ended"]) for one in told[facet]}  # noqa: E731
    assert count("grade") == {"LARGER": (2, 0), "MAJOR": (0, 1)}
    assert count("item") == {"防火堤": (2, 0), "静电": (0, 1)}
    assert count("repeat") == {"FIRST": (1, 1), "REPEAT": (1, 0)}
    assert count("unit") == {"U01": (2, 1)}
    assert {one["value"] for one in company.chief.get("/dashboards/hazards?months=36")["unit"]} == {"U01", "U02"}


def test_coverage_shows_gaps_first(company: Company) -> None:
    now = company.duban.now()
    for id, name, wanted in (("A", "储罐区", "消防、静电"), ("B", "计量间", "用电"), ("C", "泵房", "")):
        values = {"name": name, "unit": "U01", "requirements": wanted, "everyDays": 10}
        company.chief.send("PUT", f"/registers/sites/rows/{id}", json={"values": values})
    visits = ((1, "储罐区", "消防", 12), (2, "储罐区", "静电", 1), (3, "计量间", "用电", 9))
    for n, site, requirement, days in visits:
        case = company.start(site=f"{n}")
        row = {"site": site, "kind": requirement, "details": {"arrivedAt": now - days * dashboards.DAY}}
        with company.duban.store.transaction() as connection:
            registry.put(connection, register_of("inspections"), case, case, now, row)
    told = company.chief.get("/dashboards/coverage")["items"]
    assert [one["site"] for one in told] == ["泵房", "储罐区", "计量间"]
    states = {
        (one["site"], cell["requirement"]): (cell["state"], cell["days"]) for one in told for cell in one["cells"]
    }
    assert states == {
        ("泵房", ""): ("NEVER", None), ("储罐区", "消防"): ("OVER", 12), ("储罐区", "静电"): ("OK", 1),
        ("计量间", "用电"): ("SOON", 9),
    }  # fmt: skip


def test_joint_inspection_has_its_five_indicators(company: Company) -> None:
    now, joint = company.duban.now(), register_of("joint")
    with company.duban.store.transaction() as connection:
        for n, (triage, verdict, minutes) in enumerate(
            [("TRUE", "CONFIRMED", 4), ("FALSE", None, 8), ("TRUE", "NOT_FOUND", 6)]
        ):
            details = {"verdict": verdict, "capturedAt": now, "triagedAt": now + minutes * 60_000}
            connection.execute(case_access.insert(), {"case_id": f"j{n}", "token": "unit:U01"})
            registry.put(connection, joint, f"j{n}", f"j{n}", now, {"kind": "AI", "grade": triage, "details": details})
    for n, state in enumerate(("ONLINE", "ONLINE", "OFFLINE")):
        values = {"name": f"{n}", "unit": "U01", "online": state}
        company.chief.send("PUT", f"/registers/cameras/rows/{n}", json={"values": values})
    told = {one["id"]: one for one in company.chief.get("/dashboards/joint")["items"]}
    assert (told["online"]["part"], told["online"]["whole"]) == (2, 3)
    assert told["falseAlerts"]["value"] == pytest.approx(1 / 3)
    assert told["response"]["value"] == 6 * 60_000
    assert told["confirmed"]["value"] == 0.5
    assert (told["missed"]["whole"], told["missed"]["value"]) == (0, None)


def test_workload_is_ones_own_without_the_permission_to_assign(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    second = company.task(company.start())
    company.inspector.post(f"/tasks/{second['id']}/claim", version=1)
    assert [one["person"]["id"] for one in company.inspector.get("/dashboards/workload")["items"]] == ["p-inspector"]
    busiest, *others = company.chief.get("/dashboards/workload")["items"]
    assert (busiest["person"]["id"], busiest["open"], busiest["late"], busiest["done"]) == ("p-inspector", 1, 0, 1)
    assert "p-foreigner" in {one["person"]["id"] for one in others}


def test_months_are_counted_back_over_the_year() -> None:
    assert dashboards.month_before(to_millis(NOW), 0) == "2026-03"
    assert dashboards.month_before(to_millis(NOW), 3) == "2025-12"
    assert dashboards.month_before(to_millis(NOW + timedelta(days=300)), 12) == "2026-01"


def test_no_register_shows_what_a_shipped_process_calls_personal() -> None:
    from engine.bundles import compile_bundle
    from workflows import demo

    processes = compile_bundle(demo.models()).processes
    for register in declared.REGISTERS.values():
        process = processes.get(register.process)
        if process is not None:
            shown = {register.each} if register.each else {field.name for field in register.fields}
            assert not shown & process.personal, register.id


def test_rows_of_items_are_told_apart_by_their_key(company: Company) -> None:
    from engine.execution import events as e

    case = company.start()
    items = [{"findingId": "F1", "item": "静电", "grade": "LARGER"}, {"findingId": "F2"}, {"item": "无编号"}, 7]
    told: Any = [e.VariablesSet("0", {"findings": items})]
    entry = Recorded(case, 2, 5, "twelve-step", c.Continue(), told, None)  # type: ignore[arg-type]  # no state is read
    with company.duban.store.transaction() as connection:
        registry.project(connection, entry, declared.REGISTERS.values())
        registry.project(connection, entry, declared.REGISTERS.values())
        c_ = register_rows.c
        found = connection.execute(
            sa.select(c_.id, c_.title, c_.grade).where(c_.register == "findings").order_by(c_.id)
        )
        assert [tuple(row) for row in found] == [(f"{case}:F1", "静电", "LARGER"), (f"{case}:F2", None, None)]


def test_every_declared_field_and_state_is_one_of_the_shipped_process() -> None:
    """A field that no diagram, form or table ever names would stay empty for ever, and so would a state."""
    from engine.bundles import compile_bundle
    from workflows import demo

    files = demo.models()
    words = set(re.findall(r"[A-Za-z]\w*", " ".join(content.decode() for content in files.values())))
    processes = compile_bundle(files).processes
    for register in declared.REGISTERS.values():
        if register.process:
            assert {field.name for field in register.fields} <= words, register.id
            elements = set(processes[register.process].nodes) | {"", "ended", "cancelled"}
            assert set(register.states or {}) <= elements, register.id
