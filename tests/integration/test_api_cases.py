"""Cases through the API: starting, looking, replaying, and running them as an operator."""

import uuid

import pytest
import sqlalchemy as sa

from engine.guard import unguarded
from engine.store import entries
from tests.integration.company import BPMN, Company


def test_starting_a_case_judges_the_start_form(company: Company) -> None:
    missing = company.chief.post("/cases", {"process": "inspection", "data": {"site": "x"}})
    assert (missing.status_code, list(missing.json["fields"])) == (422, ["data.unit"])
    unknown = company.chief.post(
        "/cases", {"process": "inspection", "data": {"site": "x", "unit": "U01", "role": "admin"}}
    )
    assert (unknown.status_code, list(unknown.json["fields"])) == (422, ["data.role"])
    assert company.chief.get("/cases")["items"] == []


def test_starting_with_the_same_key_starts_one_case(company: Company) -> None:
    key, body = str(uuid.uuid4()), {"process": "inspection", "data": {"site": "x", "unit": "U01"}}
    first, again = (company.chief.post("/cases", body, key=key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json["id"] == again.json["id"]
    assert first.headers["Location"] == f"/api/v1/cases/{first.json['id']}"
    other = company.chief.post("/cases", {**body, "data": {"site": "y", "unit": "U01"}}, key=key)
    assert (other.status_code, other.json["type"]) == (422, "urn:duban:problem:key-reused")


@pytest.mark.parametrize("key", ["short", "x" * 101, "with space", "é" * 10])
def test_a_key_of_another_shape_is_refused(small: Company, key: str) -> None:
    body = {"process": "inspection", "data": {"site": "x", "unit": "U01"}}
    assert (
        small.chief.post(
            "/cases", body, headers={"Idempotency-Key": key.encode("latin-1").decode("latin-1")}
        ).status_code
        == 422
    )


def test_an_unknown_process_is_not_found(company: Company) -> None:
    assert company.chief.post("/cases", {"process": "none", "data": {}}).status_code == 404


def test_definitions_say_what_can_be_started(company: Company) -> None:
    found = company.chief.get("/definitions")["items"]
    assert [(one["process"], one["version"], one["startable"]) for one in found] == [("inspection", 1, True)]
    assert found[0]["form"]["id"] == "begin"
    assert company.auditor.get("/definitions")["items"][0]["startable"] is False


def test_a_case_is_seen_by_its_unit_its_workers_and_the_auditor(company: Company) -> None:
    case = company.start()
    for client, sees in (
        (company.chief, True),
        (company.inspector, True),
        (company.auditor, True),
        (company.owner, True),
        (company.foreigner, False),
        (company.owner2, False),
    ):
        assert (case in [one["id"] for one in client.get("/cases")["items"]]) is sees
        assert (client.send("GET", f"/cases/{case}").status_code == 200) is sees


def test_one_case_shows_all_there_is(company: Company) -> None:
    case = company.start(site="三号站")
    company.inspected(case)
    found = company.chief.get(f"/cases/{case}")
    assert (found["title"], found["status"], found["openTasks"]) == ("检查 三号站", "active", 1)
    assert found["variables"]["result"] == "合格"
    assert list(found["labels"]) == ["site", "unit", "result", "cost", "photos"]
    assert found["labels"]["site"] == {"label": "地点", "options": {}}
    assert [task["element"] for task in found["tasks"]] == ["Approve", "Inspect"]
    assert len(found["attachments"]) == 1
    assert found["entries"] == 2
    assert found["release"]["hash"] == company.release
    assert found["startedBy"] == {"id": "p-chief", "name": "chief姓名"}


def test_the_diagram_is_the_deployed_one_with_what_happened(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    found = company.chief.get(f"/cases/{case}/diagram")
    assert found["xml"] == BPMN
    assert found["elements"]["Approve"] == {"active": 1, "completed": 0, "cancelled": 0, "incidents": 0}
    assert found["elements"]["Inspect"]["completed"] == 1
    assert found["flows"]["a"] == 1
    assert found["processes"] == [{"process": "inspection", "name": "检查"}]
    assert company.chief.send("GET", f"/cases/{case}/diagram?process=none").status_code == 404


def test_the_history_names_people_and_elements(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    told = company.chief.get(f"/cases/{case}/history")["items"]
    assert [entry["seq"] for entry in told] == [1, 2]
    assert told[1]["actor"] == {"id": "p-inspector", "name": "inspector姓名"}
    assert (told[1]["command"]["type"], told[1]["command"]["elementName"]) == ("CompleteTask", "现场检查")
    claimed = next(event for event in told[1]["events"] if event["type"] == "TaskClaimed")
    assert (claimed["elementName"], claimed["detail"]["byName"]) == ("现场检查", "inspector姓名")
    assert "tokens" not in str(told)


def test_the_history_is_paged_both_ways(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    for order, expected in (("asc", [1, 2]), ("desc", [2, 1])):
        first = company.chief.get(f"/cases/{case}/history?limit=1&order={order}")
        second = company.chief.get(f"/cases/{case}/history?limit=1&order={order}&cursor={first['next']}")
        assert [first["items"][0]["seq"], second["items"][0]["seq"]] == expected
        assert second["next"] is None


def test_a_finished_case_verifies_and_re_executes(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    task = company.task(case)
    company.inspector2.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=1)
    found = company.auditor.get(f"/cases/{case}/verification")
    assert (found["chain"], found["reexecution"], found["firstWrong"]) == ("whole", "same", None)
    assert company.auditor.get(f"/cases/{case}")["status"] == "completed"
    assert [one["id"] for one in company.auditor.get("/cases?view=closed")["items"]] == [case]


def test_an_altered_history_is_named(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    first = (entries.c.stream == f"case/{case}") & (entries.c.seq == 1)
    with company.duban.store.transaction() as connection, unguarded(connection):
        written = bytes(connection.execute(sa.select(entries.c.bytes).where(first)).scalar_one())
        connection.execute(entries.update().where(first).values(bytes=written.replace(b"U01", b"U02")))
    found = company.auditor.get(f"/cases/{case}/verification")
    assert (found["chain"], found["firstWrong"]["seq"]) == ("broken", 1)


def test_an_operator_suspends_resumes_and_cancels_with_a_reason(company: Company) -> None:
    case = company.start()
    task = company.task(case)
    reason = {"reason": "停工"}
    assert company.owner.post(f"/cases/{case}/resume", reason).status_code == 409
    assert company.owner.post(f"/cases/{case}/suspend", {}).status_code == 422
    assert company.owner.post(f"/cases/{case}/suspend", reason).json["status"] == "suspended"
    assert company.inspector.post(f"/tasks/{task['id']}/claim", version=1).status_code == 409
    assert not company.task(case, company.inspector)["actions"]["claim"]["allowed"]
    assert company.owner.get(f"/cases/{case}")["actions"]["resume"]["allowed"]
    assert company.owner.post(f"/cases/{case}/resume", reason).json["status"] == "active"
    assert company.owner.post(f"/cases/{case}/cancel", reason).json["status"] == "terminated"
    assert company.owner.get(f"/cases/{case}")["status"] == "terminated"
    assert company.owner.get(f"/cases/{case}/history?order=desc&limit=1")["items"][0]["command"]["reason"] == "停工"


def test_an_operator_migrates_a_case_to_a_release_that_exists(company: Company) -> None:
    case = company.start()
    release = company.owner.get(f"/cases/{case}")["release"]["hash"]
    unknown = company.owner.post(f"/cases/{case}/migrate", {"release": "0" * 64, "reason": "x"})
    assert (unknown.status_code, list(unknown.json["fields"])) == (422, ["release"])
    assert company.inspector.post(f"/cases/{case}/migrate", {"release": release, "reason": "x"}).status_code == 403
    assert company.owner.post(f"/cases/{case}/migrate", {"release": release, "reason": "新版"}).status_code == 200
    told = company.owner.get(f"/cases/{case}/history?order=desc&limit=1")["items"][0]
    assert (told["command"]["type"], told["command"]["reason"]) == ("MigrateCase", "新版")
    assert company.owner.get(f"/cases/{case}/verification")["reexecution"] == "same"


def test_an_operator_puts_data_right(company: Company) -> None:
    case = company.start(site="错")
    body = {"changes": {"site": "对"}, "reason": "登记错误"}
    assert company.owner.post(f"/cases/{case}/variables", body).status_code == 200
    found = company.owner.get(f"/cases/{case}")
    assert (found["variables"]["site"], found["title"]) == ("对", "检查 对")


def test_an_incident_is_listed_and_retried(company: Company) -> None:
    case = company.start()
    assert company.inspected(case, cost=0).status_code == 200
    found = company.owner.get("/incidents")["items"]
    assert [(one["case"]["id"], one["element"], one["elementName"]) for one in found] == [(case, "Ok", "算得出?")]
    assert company.foreigner.get("/incidents")["items"] == []
    company.owner.post(f"/cases/{case}/variables", {"changes": {"cost": 2}, "reason": "补录"})
    assert company.owner.post(f"/incidents/{found[0]['id']}/retry", {"reason": "x"}).status_code == 200
    assert company.owner.get("/incidents")["items"] == []
    assert len(company.owner.get("/incidents?view=resolved")["items"]) == 1
    assert company.task(case)["element"] == "Approve"


def test_a_message_reaches_the_case_that_waits(company: Company) -> None:
    case = company.start(site="五号站")
    body = {"id": "m-1", "name": "StopInspection", "key": "五号站", "data": {}, "ttl": "PT10M"}
    sent = company.owner.post("/messages", body)
    assert (sent.status_code, sent.json) == (202, {"id": "m-1", "state": "pending"})
    company.duban.worker.drain()
    assert company.owner.get(f"/cases/{case}")["status"] == "completed"
    assert company.owner.post("/messages", body).json["state"] == "delivered"


@pytest.mark.parametrize("ttl", ["", "1 hour", "P1Y", "-PT1H", "PT0.5S", "P366D", "PT1H; drop"])
def test_a_time_to_live_of_another_shape_is_refused(small: Company, ttl: str) -> None:
    answer = small.owner.post("/messages", {"name": "x", "ttl": ttl})
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["ttl"])


def test_a_signal_with_one_key_is_one_signal(company: Company) -> None:
    key = str(uuid.uuid4())
    first, again = (company.owner.post("/signals", {"name": "AllClear"}, key=key) for _ in range(2))
    assert first.status_code == again.status_code == 202
    assert first.json["id"] == again.json["id"]


def test_exact_numbers_survive(company: Company) -> None:
    case = company.start()
    exact = b'{"changes": {"n": 1234567890123456789012345678901234, "f": 0.1, "big": 1e300}, "reason": "x"}'
    answer = company.owner.send("POST", f"/cases/{case}/variables", data=exact, content_type="application/json")
    assert answer.status_code == 200
    variables = company.owner.get(f"/cases/{case}")["variables"]
    assert variables["n"] == 1234567890123456789012345678901234
    assert variables["f"] == 0.1


@pytest.mark.parametrize("number", ["1e7000", "-1e-7000", "1" * 4000])
def test_a_number_beyond_all_limits_is_refused_or_kept_but_never_breaks(small: Company, number: str) -> None:
    body = '{"changes": {"n": ' + number + '}, "reason": "x"}'
    case = small.start()
    answer = small.owner.send("POST", f"/cases/{case}/variables", data=body, content_type="application/json")
    assert answer.status_code in (200, 400, 422)
    assert small.owner.get(f"/cases/{case}")["id"] == case
