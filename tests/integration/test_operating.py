"""Operating cases: why one is stuck, moving tokens, and one action on many with a dry run first."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine import history
from tests.conftest import SimulatedClock
from tests.integration.company import Client, Company
from workflows import operating, tables


@pytest.fixture(autouse=True)
def standing(clock: SimulatedClock) -> None:
    """A dry run is good for ten minutes of a clock that the test moves."""


def stuck(company: Company, unit: str = "U01") -> str:
    """A case whose script has divided by the cost of zero: its result is null, and the gateway finds no way."""
    case = company.start(unit=unit)
    company.inspected(case, cost=0)
    return case


def incident(company: Company, case: str) -> dict[str, Any]:
    found = [one for one in company.owner.get(f"/cases/{case}")["incidents"] if one["resolvedAt"] is None]
    result: dict[str, Any] = found[0]
    return result


def planned(client: Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/operations", {"reason": "because", **body})
    assert answer.status_code == 201, answer.text
    result: dict[str, Any] = answer.json
    return result


def ran(company: Company, operation: str) -> dict[str, Any]:
    assert company.owner.post(f"/operations/{operation}/run").status_code == 200
    while company.duban.worker.drain():
        pass
    result: dict[str, Any] = company.owner.get(f"/operations/{operation}")
    return result


def last_command(company: Company, case: str) -> dict[str, Any]:
    with company.duban.store.reading() as connection:
        (entry,) = history.told(connection, f"case/{case}", limit=1, descending=True)
    command: dict[str, Any] = entry["command"]
    return command


# One case ------------------------------------------------------------------------------------------------------------


def test_an_incident_tells_its_cause_and_what_its_element_sees(company: Company) -> None:
    case, other = stuck(company), stuck(company)
    found = company.owner.get(f"/incidents/{incident(company, case)['id']}")
    assert (found["element"], found["elementName"], found["kind"]) == ("Ok", "算得出?", "flow")
    assert found["variables"]["cost"] == 0
    assert found["alike"] == 2
    assert found["case"]["id"] == case != other
    assert company.owner2.send("GET", f"/incidents/{found['id']}").status_code == 404
    assert company.inspector.send("GET", f"/incidents/{found['id']}").status_code == 403


def test_changed_variables_and_a_retry_with_reasons_let_the_case_go_on(company: Company) -> None:
    case = stuck(company)
    found = incident(company, case)
    detail = company.owner.get(f"/incidents/{found['id']}")
    change = {"changes": {"cost": 5}, "reason": "mistyped", "scope": detail["scope"]}
    assert company.owner.post(f"/cases/{case}/variables", {**change, "scope": "nowhere"}).status_code == 404
    assert company.owner.post(f"/cases/{case}/variables", {**change, "reason": ""}).status_code == 422
    assert company.owner.post(f"/cases/{case}/variables", change).status_code == 200
    assert last_command(company, case)["reason"] == "mistyped"
    assert company.owner.post(f"/incidents/{found['id']}/retry", {}).status_code == 422
    assert company.owner.post(f"/incidents/{found['id']}/retry", {"reason": "put right"}).status_code == 200
    assert last_command(company, case)["reason"] == "put right"
    assert company.task(case)["name"] == "审核"
    assert company.owner.get(f"/cases/{case}/verification")["chain"] == "whole"


def test_the_tokens_of_a_case_name_where_each_may_go(company: Company) -> None:
    case = company.start()
    (token,) = company.owner.get(f"/cases/{case}/tokens")["items"]
    assert token["element"] == {"id": "Inspect", "name": "现场检查", "kind": "userTask"}
    assert {one["id"] for one in token["targets"]} == {"Inspect", "Count", "Ok", "Approve", "End"}
    move = {"from": token["instance"], "to": "Approve", "reason": "inspected on paper"}
    assert company.owner.post(f"/cases/{case}/move", move).status_code == 200
    assert company.task(case)["name"] == "审核"


def test_an_operator_gives_an_open_task_another_due_time_which_the_history_keeps(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    body = {"due": "2026-03-20T09:30:00.000Z", "reason": "storm"}
    assert company.inspector.post(f"/tasks/{task}/due", body).status_code == 403
    assert company.owner2.post(f"/tasks/{task}/due", body).status_code == 404
    for wrong in ({"reason": " "}, {"reason": ""}, {"due": "2026-03-01T00:00:00Z"}, {"due": "2026-03-20"}, {"by": 1}):
        assert company.owner.post(f"/tasks/{task}/due", {**body, **wrong}).status_code == 422
    answer = company.owner.post(f"/tasks/{task}/due", body)
    assert (answer.status_code, answer.json["task"]["due"]) == (200, body["due"])
    assert company.task(case)["due"] == body["due"]
    assert last_command(company, case)["reason"] == "storm"
    assert company.owner.post(f"/tasks/{task}/due", body).status_code == 409
    proof = company.owner.get(f"/cases/{case}/verification")
    assert (proof["chain"], proof["reexecution"]) == ("whole", "same")


# Many ----------------------------------------------------------------------------------------------------------------


def test_incidents_alike_are_counted_together_for_who_operates_their_cases(company: Company) -> None:
    for _ in range(3):
        stuck(company)
    (group,) = company.owner.get("/incidents/groups")["items"]
    assert (group["element"], group["elementName"], group["count"]) == ("Ok", "算得出?", 3)
    assert company.owner2.get("/incidents/groups")["items"] == []


def test_a_dry_run_tells_what_each_case_would_do_and_changes_nothing(company: Company) -> None:
    case, mended = stuck(company), stuck(company)
    company.owner.post(f"/cases/{mended}/variables", {"changes": {"cost": 5}, "reason": "x"})
    group = company.owner.get("/incidents/groups")["items"][0]
    before = [company.owner.get(f"/cases/{id}")["entries"] for id in (case, mended)]
    plan = planned(company.owner, action="retry", **{name: group[name] for name in ("process", "element", "message")})
    assert {step["case"]["id"]: step["verdict"] for step in plan["steps"]} == {case: "again", mended: "ok"}
    assert (plan["state"], plan["total"]) == ("planned", 2)
    assert [company.owner.get(f"/cases/{id}")["entries"] for id in (case, mended)] == before
    company.duban.worker.drain()
    assert company.owner.get(f"/operations/{plan['id']}")["state"] == "planned"


def test_all_alike_are_retried_by_the_worker_with_one_list_of_results(company: Company) -> None:
    cases = [stuck(company) for _ in range(2)]
    plan = planned(company.owner, action="variables", stuck=True, element="Ok", changes={"cost": 5})
    assert [step["old"] for step in plan["steps"]] == [{"cost": 0}] * 2
    assert ran(company, plan["id"])["done"] == 2
    plan = planned(company.owner, action="retry", element="Ok")
    result = ran(company, plan["id"])
    assert (result["state"], result["done"], result["failed"]) == ("done", 2, 0)
    assert [company.task(case)["name"] for case in cases] == ["审核"] * 2
    assert last_command(company, cases[0])["reason"] == "because"


def test_a_case_that_moved_on_after_the_dry_run_fails_alone(company: Company) -> None:
    first, second = company.start(), company.start()
    plan = planned(company.owner, action="suspend", process="inspection")
    assert company.owner.post(f"/cases/{first}/cancel", {"reason": "x"}).status_code == 200
    result = ran(company, plan["id"])
    states = {step["case"]["id"]: (step["state"], bool(step["detail"])) for step in result["steps"]}
    assert states == {first: ("failed", True), second: ("done", False)}
    assert company.owner.get(f"/cases/{second}")["status"] == "suspended"


def test_a_token_is_moved_in_each_case_that_has_exactly_one_there(company: Company) -> None:
    here, elsewhere = company.start(), stuck(company)
    plan = planned(company.owner, action="move", element="Inspect", to="Approve")
    verdicts = {step["case"]["id"]: step["verdict"] for step in plan["steps"]}
    assert verdicts == {here: "ok", elsewhere: "no"}
    result = ran(company, plan["id"])
    assert {step["case"]["id"]: step["state"] for step in result["steps"]} == {here: "done", elsewhere: "refused"}
    assert company.task(here)["name"] == "审核"


def test_the_tasks_of_a_step_get_another_due_time_in_every_case(company: Company) -> None:
    here, elsewhere = company.start(), stuck(company)
    due = "2026-03-20T09:30:00.000Z"
    plan = planned(company.owner, action="due", element="Inspect", due=due)
    assert [(step["case"]["id"], step["verdict"]) for step in plan["steps"]] == [(here, "ok")]
    assert list(plan["steps"][0]["old"]) == ["due"]
    assert company.task(here)["due"] != due
    assert ran(company, plan["id"])["done"] == 1
    assert company.task(here)["due"] == due
    assert last_command(company, here)["reason"] == "because"
    assert company.owner.get(f"/cases/{elsewhere}")["status"] == "active"


def test_only_the_cases_of_the_operators_units_are_reached(company: Company) -> None:
    mine, foreign = company.start("U01"), company.start("U02")
    assert [step["case"]["id"] for step in planned(company.owner2, action="cancel")["steps"]] == [foreign]
    named = planned(company.owner2, action="cancel", cases=[mine])
    assert named["steps"] == []
    assert company.owner.send("GET", f"/operations/{named['id']}").status_code == 404


def test_a_stopped_or_old_operation_does_nothing_more(company: Company, clock: SimulatedClock) -> None:
    case = company.start()
    stopped = planned(company.owner, action="suspend")
    assert company.owner.post(f"/operations/{stopped['id']}/stop").json["steps"][0]["state"] == "skipped"
    assert company.owner.post(f"/operations/{stopped['id']}/run").status_code == 409
    old = planned(company.owner, action="suspend")
    clock.advance(timedelta(minutes=11))
    assert company.owner.post(f"/operations/{old['id']}/run").status_code == 409
    company.duban.worker.drain()
    assert company.owner.get(f"/cases/{case}")["status"] == "active"


def test_a_step_done_twice_is_done_once(company: Company) -> None:
    """Killed between the command and noting it: the key of the step finds the first answer."""
    case = company.start()
    plan = planned(company.owner, action="suspend")
    ran(company, plan["id"])
    entries = company.owner.get(f"/cases/{case}")["entries"]
    with company.duban.store.transaction() as connection:
        connection.execute(tables.operations.update().values(state="running"))
        connection.execute(tables.operation_steps.update().values(state="ready"))
    assert ran(company, plan["id"])["done"] == 1
    assert company.owner.get(f"/cases/{case}")["entries"] == entries


@pytest.mark.parametrize(
    "body",
    [
        {"action": "explode"},
        {"action": "variables"},
        {"action": "move", "element": "Inspect"},
        {"action": "due", "element": "Inspect"},
        {"action": "due", "due": "2026-03-20T09:30:00.000Z"},
        {"action": "cancel", "reason": ""},
        {"action": "suspend", "status": "completed"},
        {"action": "variables", "changes": {"x": [1e400]}},
    ],
)
def test_an_operation_that_lacks_something_is_refused(small: Company, body: dict[str, Any]) -> None:
    assert small.owner.post("/operations", {"reason": "because", **body}).status_code in (400, 422)
    with small.duban.store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.operations)) == 0


def test_somebody_who_may_no_longer_operate_changes_nothing(company: Company) -> None:
    case = company.start()
    plan = planned(company.owner, action="suspend")
    assert company.owner.post(f"/operations/{plan['id']}/run").status_code == 200
    with company.duban.store.transaction() as connection:
        connection.execute(tables.grants.delete().where(tables.grants.c.person == "p-owner"))
    operating.Operating(company.duban.store, company.duban.cases).turn()
    assert company.chief.get(f"/cases/{case}")["status"] == "active"
