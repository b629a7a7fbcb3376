"""Three administrators, each with an office of their own; the duty roster; unannounced visits. On both databases."""

from datetime import timedelta
from typing import Any

import pytest

from engine import clock
from engine.errors import InvalidInput
from engine.store import from_millis, to_millis
from tests.integration.company import BPMN, FILES, INSPECT, Company
from workflows import people, recusal, roster, substitution


def now() -> int:
    return to_millis(clock.now())


def log(company: Company) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company.watcher.get("/security-events")["items"]
    return found


# Administrators ----------------------------------------------------------------------------------------------------


def test_one_hires_another_gives_the_role_and_a_third_reads_what_they_did(company: Company) -> None:
    made = company.admin.post("/people", {"username": "new.one", "name": "新人", "unit": "U01"})
    assert made.status_code == 201
    person = made.json["id"]
    assert company.guardian.post(f"/people/{person}/grants", {"role": "EXPERT", "unit": "U01"}).status_code == 201
    assert company.guardian.post(f"/people/{person}/password", {"password": "quite a new one"}).status_code == 204
    seen = company.admin.get(f"/people/{person}")
    assert (seen["roles"], seen["account"]) == (["EXPERT"], True)
    told = [(one["kind"], one["person"], one["detail"].get("of")) for one in log(company) if "of" in one["detail"]]
    assert told == [
        ("password_given", "p-guardian", person),
        ("role_given", "p-guardian", person),
        ("person_created", "p-admin", person),
    ]


def test_nobody_gives_themselves_a_role_or_takes_the_last_security_administrators(company: Company) -> None:
    own = company.guardian.post("/people/p-guardian/grants", {"role": "EXPERT", "unit": "oil"})
    assert (own.status_code, "Expected somebody else" in own.json["detail"]) == (409, True)
    (grant,) = company.guardian.get("/people/p-guardian")["grants"]
    assert company.guardian.send("DELETE", f"/grants/{grant['id']}").status_code == 409


def test_an_ended_role_opens_nothing_any_more(company: Company) -> None:
    case = company.start()
    (grant,) = company.guardian.get("/people/p-inspector")["grants"]
    assert company.guardian.send("DELETE", f"/grants/{grant['id']}").status_code == 204
    assert company.inspector.send("GET", f"/cases/{case}").status_code == 404


def test_a_move_leaves_a_tie_to_the_unit_before(company: Company) -> None:
    assert company.admin.send("PATCH", "/people/p-foreigner", json={"unit": "U01"}).status_code == 204
    (tie,) = company.admin.get("/people/p-foreigner")["ties"]
    assert (tie["kind"], tie["unit"], tie["bars"]) == ("worked", "U02", True)


def test_a_disabled_person_is_signed_out_at_once(company: Company) -> None:
    inspector = company.inspector
    inspector.get("/tasks")
    assert company.admin.send("PATCH", "/people/p-inspector", json={"active": False}).status_code == 204
    assert inspector.send("GET", "/tasks").status_code == 401


def test_competence_and_ties_are_recorded_and_ended(company: Company) -> None:
    made = company.admin.post("/people/p-inspector/competences", {"kind": "hotwork", "level": 2}).json["id"]
    tie = company.admin.post("/people/p-inspector/ties", {"kind": "family", "unit": "U02"}).json["id"]
    with company.duban.store.reading() as connection:
        held = people.tokens(connection, "p-inspector", now())
    assert {"competence:hotwork", "competence:hotwork:2", "conflict:U02"} <= held
    assert company.admin.send("DELETE", f"/competences/{made}").status_code == 204
    assert company.admin.send("DELETE", f"/ties/{tie}").status_code == 204
    seen = company.admin.get("/people/p-inspector")
    assert (seen["competences"], seen["ties"]) == ([], [])


def test_a_lock_is_lifted(company: Company) -> None:
    client = company.app.test_client()
    for _ in range(15):
        client.post("/api/v1/session", json={"username": "inspector", "password": "wrong"})
    assert company.guardian.get("/people/p-inspector")["lockedUntil"] is None  # one address: its pair is locked first
    assert company.guardian.post("/people/p-inspector/unlock").status_code == 204


# Roster ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def station(company: Company) -> Company:
    """U01 is a station, and three more inspectors work there."""
    with company.duban.store.transaction() as connection:
        people.create_unit(connection, "S09", "九站", "Station 9", "oil", "station")
        for name in ("li", "wang", "zhao"):
            people.create_person(connection, username=name, name=name, unit_id="S09", id=f"p-{name}")
            people.grant(connection, f"p-{name}", "FIELD_INSPECTOR", "S09")
    return company


def test_a_month_is_proposed_kept_and_tells_who_is_on_call(station: Company) -> None:
    month = from_millis(now() + 8 * 3_600_000).strftime("%Y-%m")
    crew = {"main": ["p-li", "p-wang", "p-zhao"]}
    proposed = station.chief.post("/roster/S09/proposal", {"month": month, "crew": crew}).json["places"]
    kept = station.chief.send("PUT", "/roster/S09", json={"month": month, "places": proposed})
    assert kept.status_code == 204, kept.text
    seen = station.chief.get(f"/roster/S09?month={month}")
    assert seen["places"] == proposed and seen["mayPlan"] and len(seen["running"]) in (1, 2)
    assert seen["onCall"][0]["duty"] == "main"
    absent = seen["onCall"][0]["person"]["id"]
    with station.duban.store.transaction() as connection:
        substitution.add(connection, absent, "p-inspector", now() - 1, now() + recusal.DAY, by="p-chief")
        first = roster.on_call(connection, "S09", now())[0]
    assert (first.person, first.instead_of) == ("p-inspector", absent)


def test_nobody_is_on_two_shifts_running(station: Company) -> None:
    places = [roster.Place("2026-12-01", shift, "main", 1, "p-li") for shift in roster.SHIFTS]
    with pytest.raises(InvalidInput) as refused, station.duban.store.transaction() as connection:
        roster.plan(connection, "S09", "2026-12", places, by="p-chief")
    assert list(refused.value.fields) == ["places.1"]


def test_shifts_overlap_for_a_quarter_of_an_hour(station: Company) -> None:
    def at(text: str) -> int:
        return to_millis(from_millis(0).fromisoformat(f"2026-12-02T{text}:00+08:00"))

    with station.duban.store.reading() as connection:
        assert roster.running(connection, at("07:59")) == [("2026-12-01", "night")]
        assert roster.running(connection, at("08:14")) == [("2026-12-02", "day"), ("2026-12-01", "night")]
        assert roster.running(connection, at("08:15")) == [("2026-12-02", "day")]
        assert roster.running(connection, at("20:00")) == [("2026-12-02", "night"), ("2026-12-02", "day")]


def test_a_shift_hands_over_once_and_the_next_takes_it(station: Company) -> None:
    places = [
        roster.Place("2026-12-01", "day", "main", 1, "p-li"),
        roster.Place("2026-12-01", "night", "main", 1, "p-wang"),
    ]
    with station.duban.store.transaction() as connection:
        roster.plan(connection, "S09", "2026-12", places, by="p-chief")
        later = to_millis(clock.now() + timedelta(days=400))
        assert roster.missing_notes(connection, "S09", later) == []
        end = to_millis(from_millis(0).fromisoformat("2026-12-02T12:00:00+08:00"))
        assert roster.missing_notes(connection, "S09", end) == [("2026-12-01", "day"), ("2026-12-01", "night")]
        note = roster.hand_over(connection, "S09", "2026-12-01", "day", "三号机停用", by="p-li")
        roster.take_over(connection, note, by="p-wang")
        assert roster.missing_notes(connection, "S09", end) == [("2026-12-01", "night")]
        (seen,) = roster.notes(connection, "S09", "2026-12-01", "2026-12-31")
    assert (seen.note, seen.taken_by) == ("三号机停用", "p-wang")


# Substitution over HTTP --------------------------------------------------------------------------------------------

PERIOD = {"since": "2026-01-01T00:00:00Z", "until": "2026-12-31T00:00:00Z"}


def test_one_is_replaced_by_oneself_or_by_who_leads_and_by_nobody_else(company: Company) -> None:
    body = {"absent": "p-inspector", "substitute": "p-inspector2", **PERIOD}
    assert company.inspector2.post("/substitutions", body).status_code == 403
    made = company.chief.post("/substitutions", body)
    assert made.status_code == 201
    (seen,) = company.inspector2.get("/substitutions")["items"]
    assert (seen["absent"]["id"], seen["substitute"]["id"]) == ("p-inspector", "p-inspector2")
    assert company.inspector2.send("DELETE", f"/substitutions/{seen['id']}").status_code == 403
    assert company.inspector.send("DELETE", f"/substitutions/{seen['id']}").status_code == 204
    assert company.inspector2.get("/substitutions")["items"] == []


# Options -----------------------------------------------------------------------------------------------------------


def test_a_form_offers_the_units_of_the_moment_and_the_server_judges_by_the_same(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        people.create_unit(connection, "P01", "采油一厂", "Plant 1", "oil", "second_level")
    chosen = '{"type": "select", "id": "plant", "key": "plant", "label": "单位", "valuesKey": "optionsPlants"},'
    form = INSPECT.replace('{"type": "textfield", "id": "result"', chosen + '{"type": "textfield", "id": "result"')
    company.duban.releases.deploy({**FILES, "inspect.form": form.encode()})
    case = company.start()
    task = company.inspector.post(f"/tasks/{company.task(case)['id']}/claim", version=1).json["task"]
    seen = company.inspector.get(f"/tasks/{task['id']}", headers={"Accept-Language": "en"})
    assert seen["data"]["optionsPlants"] == [{"value": "P01", "label": "Plant 1"}]
    assert company.chief.get("/options/optionsPlants")["items"] == [{"value": "P01", "label": "采油一厂"}]
    data = {"result": "x", "cost": 1, "plant": "P99"}
    answer = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=task["version"])
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["data.plant"])


# Unannounced visits ------------------------------------------------------------------------------------------------

HIDDEN = (
    BPMN.replace(
        """access='=["unit:" + unit]'""",
        """access='=["role:STATION_CHIEF@" + unit, "role:FIELD_INSPECTOR@" + unit]'
           openedBy="Inspect" laterAccess='=["role:UNIT_SAFETY_DIRECTOR@" + unit]'""",
    )
    .replace('"role:STATION_CHIEF@" + unit, "role:FIELD_INSPECTOR@" + unit]\' />\n        <duban:separation',
             '"role:STATION_CHIEF@" + unit, "role:UNIT_SAFETY_DIRECTOR@" + unit]\' />\n        <duban:separation')
)  # fmt: skip


def test_an_unannounced_visit_is_hidden_from_the_unit_until_arrival(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        for grant in people.person(connection, "p-inspector2", now()).grants:
            people.end_grant(connection, grant.id, now())
        people.grant(connection, "p-inspector2", "UNIT_SAFETY_DIRECTOR", "U01")  # from now on the unit's own man
    unit = company.inspector2
    company.duban.releases.deploy({**FILES, "inspection.bpmn": HIDDEN.encode()})
    case = company.start(site="突击检查")
    task = company.task(case)["id"]
    photo = company.inspector.upload(b"%PDF-1.4 plan", task=task, name="plan.pdf", role="document").json["id"]
    closed = [f"/cases/{case}", f"/cases/{case}/history", f"/cases/{case}/diagram", f"/cases/{case}/at/1",
              f"/tasks/{task}", f"/tasks/{task}/people", f"/attachments/{photo}"]  # fmt: skip
    for path in closed:
        assert unit.send("GET", path).status_code == 404, path
    lists = ["/cases?view=all", "/cases?view=all&q=突击", f"/cases?view=all&q={case}", "/tasks?view=available",
             f"/tasks?view=mine&case={case}", "/notifications", "/incidents"]  # fmt: skip
    for path in lists:
        assert unit.get(path)["items"] == [], path
    assert unit.get("/tasks/counts")["available"]["count"] == 0
    assert company.inspected(case).status_code == 200
    assert unit.get(f"/cases/{case}")["title"] == "检查 突击检查"
    assert [one["element"] for one in unit.get("/tasks?view=available")["items"]] == ["Approve"]
    verified = company.chief.get(f"/cases/{case}/verification")
    assert (verified["chain"], verified["reexecution"]) == ("whole", "same")
