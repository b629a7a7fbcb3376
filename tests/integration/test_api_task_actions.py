"""Returning, delegating, signing over HTTP, on both databases: what people then see, and what the history says."""

from typing import Any

from tests.integration.company import Client, Company


def at_approval(company: Company) -> tuple[str, dict[str, Any]]:
    """A case whose inspection is done; the chief has claimed the approval."""
    case = company.start()
    assert company.inspected(case).status_code == 200
    task = company.task(case)
    return case, company.chief.post(f"/tasks/{task['id']}/claim", version=task["version"]).json["task"]


def act(client: Client, task: dict[str, Any], action: str, body: dict[str, Any]) -> Any:
    answer = client.post(f"/tasks/{task['id']}/{action}", body, version=task["version"])
    assert answer.status_code == 200, answer.text
    return answer.json


def last(company: Company, case: str) -> dict[str, Any]:
    found: dict[str, Any] = company.chief.get(f"/cases/{case}/history?order=desc")["items"][0]
    return found


def whole(company: Company, case: str) -> bool:
    found = company.chief.get(f"/cases/{case}/verification")
    return (found["chain"], found["reexecution"]) == ("whole", "same")


def test_a_returned_task_waits_for_its_inspector_with_the_reason(company: Company) -> None:
    case, approval = at_approval(company)
    seen = company.chief.get(f"/tasks/{approval['id']}")
    assert [(way["element"], way["name"], way["person"]["id"]) for way in seen["waysBack"]] == [
        ("Inspect", "现场检查", "p-inspector")
    ]
    act(company.chief, approval, "send-back", {"target": "Inspect", "reason": "照片不清楚"})
    (mine,) = company.inspector.get("/tasks?view=mine")["items"]
    again = company.inspector.get(f"/tasks/{mine['id']}")
    assert (again["returned"]["reason"], again["returned"]["by"]["id"], again["returned"]["name"]) == (
        "照片不清楚", "p-chief", "审核",
    )  # fmt: skip
    assert again["data"]["result"] == "合格"
    told = last(company, case)
    assert (told["command"]["type"], told["command"]["targetName"]) == ("ReturnTask", "现场检查")
    assert whole(company, case)


def test_a_return_needs_a_reason_and_a_step_that_was_passed(company: Company) -> None:
    _, approval = at_approval(company)
    for body, field in (
        ({"target": "Inspect", "reason": ""}, "reason"),
        ({"target": "Approve", "reason": "x"}, "target"),
    ):
        answer = company.chief.post(f"/tasks/{approval['id']}/send-back", body, version=approval["version"])
        assert (answer.status_code, list(answer.json["fields"])) == (422, [field])


def test_what_a_delegate_hands_in_is_in_the_delegators_form(company: Company) -> None:
    case = company.start()
    task = company.task(case)
    claimed = company.inspector.post(f"/tasks/{task['id']}/claim", version=1).json["task"]
    lent = act(company.inspector, claimed, "delegate", {"to": "p-inspector2", "note": "你更熟悉", "returns": True})
    seen = company.inspector2.get(f"/tasks/{task['id']}")
    assert (seen["delegatedBy"]["id"], seen["actions"]["delegate"]["allowed"]) == ("p-inspector", False)
    from tests.integration.company import picture

    photo = company.inspector2.upload(picture(), task=task["id"]).json
    data = {"result": "不合格", "cost": 5, "photos": [{"id": photo["id"], "sha256": photo["sha256"]}]}
    act(company.inspector2, lent["task"], "complete", {"data": data})
    back = company.inspector.get(f"/tasks/{task['id']}")
    assert (back["state"], back["assignee"]["id"], back["data"]["result"]) == ("claimed", "p-inspector", "不合格")
    act(company.inspector, back, "complete", {"data": data})
    assert whole(company, case)


def test_a_signer_finds_the_request_in_the_list_and_the_opinion_is_shown(company: Company) -> None:
    case, approval = at_approval(company)
    act(company.chief, approval, "signers", {"people": ["p-owner"], "reason": "请会签"})
    (asked,) = company.owner.get("/tasks?view=mine")["items"]
    assert asked["signature"]
    refused = company.chief.post(f"/tasks/{approval['id']}/complete", {"data": {}}, version=approval["version"] + 1)
    assert refused.status_code == 409
    act(company.owner, asked, "sign", {"agree": True, "comment": "同意"})
    seen = company.chief.get(f"/tasks/{approval['id']}")
    assert seen["signing"]["opinions"] == [
        {"person": {"id": "p-owner", "name": "owner姓名"}, "agree": True, "comment": "同意"}
    ]
    act(company.chief, seen, "complete", {"data": {}})
    assert company.chief.get(f"/cases/{case}")["status"] == "completed"
    assert whole(company, case)


def test_nobody_signs_who_has_no_account_or_is_barred(company: Company) -> None:
    _, approval = at_approval(company)
    for person in ("p-inspector", "p-admin", "p-nobody"):  # completed the inspection; administrator; unknown
        answer = company.chief.post(
            f"/tasks/{approval['id']}/signers", {"people": [person]}, version=approval["version"]
        )
        assert answer.status_code == 403


def test_a_withdrawal_past_a_script_is_refused_and_says_why(company: Company) -> None:
    case = company.start()
    done = company.task(case)["id"]
    assert company.inspected(case).status_code == 200
    assert company.inspector.get(f"/tasks/{done}")["actions"]["withdraw"]["allowed"] is False
    assert company.inspector.post(f"/tasks/{done}/withdraw").status_code == 409
