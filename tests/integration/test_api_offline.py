"""What a phone sends after hours offline: in any order, and more than once. Fault 14 of docs/reliability.md."""

import itertools
import random
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.company import Client, Company, picture

Request = tuple[str, str, int, dict[str, Any]]
"""(key, address, version that the phone saw, body)"""


def _work_of(company: Company, task: dict[str, Any]) -> list[Request]:
    """Claim and complete, as the phone has queued them: the second on the version that the first will make."""
    photo = company.inspector.upload(picture(), task=task["id"]).json
    photos = [{"id": photo["id"], "sha256": photo["sha256"]}]
    data = {"result": "合格", "cost": 4, "photos": photos}
    address = f"/tasks/{task['id']}"
    return [
        (f"claim-{task['id']}", f"{address}/claim", task["version"], {}),
        (f"complete-{task['id']}", f"{address}/complete", task["version"] + 1, {"data": data}),
    ]


def _send(client: Client, request: Request) -> TestResponse:
    key, address, version, body = request
    return client.post(address, body, version=version, key=key)


def _synchronised(client: Client, batch: list[Request]) -> dict[str, list[TestResponse]]:
    """Send all, and what was refused as too early once more after the others, as the phone does; key → answers."""
    answers: dict[str, list[TestResponse]] = {}
    waiting = batch
    for _ in range(3):
        refused = []
        for request in waiting:
            answer = _send(client, request)
            answers.setdefault(request[0], []).append(answer)
            if answer.status_code == 412:
                refused.append(request)
        waiting = refused
    return answers


@pytest.mark.parametrize("seed", range(4))
def test_fault_14_a_batch_in_any_order_and_twice_over_has_the_same_effect_once(company: Company, seed: int) -> None:
    cases = [company.start(site=f"{number}号站") for number in range(2)]
    queued = list(itertools.chain.from_iterable(_work_of(company, company.task(case)) for case in cases))
    batch = queued * 2
    random.Random(seed).shuffle(batch)
    answers = _synchronised(company.inspector, batch)
    for key, given in answers.items():
        done = [answer for answer in given if answer.status_code == 200]
        assert len(done) >= 2, f"{key}: {[answer.status_code for answer in given]}"
        assert len({answer.text for answer in done if key.startswith("complete")}) <= 1  # the answer of the first
    for case in cases:
        told = company.auditor.get(f"/cases/{case}/history")["items"]
        assert [entry["command"]["type"] for entry in told] == ["StartCase", "ClaimTask", "CompleteTask"]


@pytest.mark.parametrize("seed", range(2))
def test_fault_14_what_somebody_else_did_meanwhile_is_shown_and_never_overwritten(company: Company, seed: int) -> None:
    case = company.start()
    task = company.task(case)
    batch = _work_of(company, task) * 2
    company.inspector2.post(f"/tasks/{task['id']}/claim", version=task["version"])
    random.Random(seed).shuffle(batch)
    for given in _synchronised(company.inspector, batch).values():
        for answer in given:
            assert answer.status_code in (403, 409, 412), answer.text
            assert answer.json["type"].startswith("urn:duban:problem:")
            assert answer.json["detail"]  # what the phone shows beside the data that it keeps
    assert company.task(case)["assignee"]["id"] == "p-inspector2"
    assert company.chief.get(f"/cases/{case}")["entries"] == 2
