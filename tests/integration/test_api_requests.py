"""Asking for something while a case runs: whoever is offered a form may hand it in, once."""

import uuid

from tests.integration.company import Client, Company


def offered(client: Client, case: str, language: str = "zh-CN") -> dict[str, int]:
    found = client.get(f"/cases/{case}", headers={"Accept-Language": language})["requests"]
    return {one["name"]: one["id"] for one in found}


def test_a_form_is_offered_to_its_candidates_only(company: Company) -> None:
    case = company.start()
    assert list(offered(company.chief, case)) == ["停止"]
    assert list(offered(company.chief, case, "en")) == ["Stop the inspection"]
    assert offered(company.inspector, case) == offered(company.auditor, case) == {}


def test_what_is_asked_for_reaches_the_case_with_who_asked(company: Company) -> None:
    case = company.start()
    address = f"/cases/{case}/requests/{offered(company.chief, case)['停止']}"
    answer = company.chief.post(address, {"data": {"why": "停电"}}, key=str(uuid.uuid4()))
    assert (answer.status_code, answer.json["status"]) == (200, "completed")
    told = company.auditor.get(f"/cases/{case}")
    assert (told["variables"]["why"], told["variables"]["requestedBy"]) == ("停电", company.chief.id)
    entry = company.auditor.get(f"/cases/{case}/history?order=desc&limit=1")["items"][0]
    assert entry["actor"]["id"] == company.chief.id
    assert company.auditor.get(f"/cases/{case}/verification")["reexecution"] == "same"


def test_the_form_judges_what_is_asked_for(company: Company) -> None:
    case = company.start()
    address = f"/cases/{case}/requests/{offered(company.chief, case)['停止']}"
    refused = company.chief.post(address, {"data": {"why": "", "colour": "red"}})
    assert refused.status_code == 422 and set(refused.json["fields"]) == {"data.why", "data.colour"}
    assert company.auditor.get(f"/cases/{case}")["status"] == "active"


def test_nobody_else_may_ask_and_a_stranger_does_not_even_see_the_case(company: Company) -> None:
    case = company.start()
    address = f"/cases/{case}/requests/{offered(company.chief, case)['停止']}"
    assert company.inspector.post(address, {"data": {"why": "x"}}).status_code == 403
    assert company.foreigner.post(address, {"data": {"why": "x"}}).status_code == 404
    assert company.admin.post(address, {"data": {"why": "x"}}).status_code == 403


def test_what_is_not_offered_cannot_be_asked_for_and_a_repeated_request_is_one(company: Company) -> None:
    case, key = company.start(), str(uuid.uuid4())
    number = offered(company.chief, case)["停止"]
    assert company.chief.post(f"/cases/{case}/requests/{number + 1}", {"data": {"why": "x"}}).status_code == 404
    answers = [company.chief.post(f"/cases/{case}/requests/{number}", {"data": {"why": "x"}}, key=key) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert company.chief.post(f"/cases/{case}/requests/{number}", {"data": {"why": "x"}}).status_code == 404
