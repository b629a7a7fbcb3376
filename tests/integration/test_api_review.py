"""A draft becomes a release: errors block, a second person approves, time comes, it is undone; comments, receipts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import clock
from tests.integration.company import BPMN, Company
from tests.integration.test_api_studio import CHANGED, draft, put
from workflows import drafts

EFFECTIVE = "2126-01-01T00:00:00Z"


@contextmanager
def in_force() -> Iterator[None]:
    """A second after what the drafts of these tests take effect."""
    clock.simulate(lambda: datetime(2126, 1, 1, 0, 0, 1, tzinfo=UTC))
    try:
        yield
    finally:
        clock.simulate(None)


def submitted(company: Company, text: str = CHANGED, **body: Any) -> dict[str, Any]:
    made = draft(company)
    made |= put(company, made, "inspection.bpmn", text).json
    answer = company.owner.post(
        f"/studio/drafts/{made['id']}/submit", {"note": "更清楚", "document": "安监〔2026〕12 号", **body},
        version=made["version"],
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    return {**made, **answer.json}


def current(company: Company) -> tuple[int, str]:
    (found,) = company.owner.get("/definitions")["items"]
    return found["version"], found["release"]


def test_a_second_person_publishes_what_its_author_cannot(company: Company) -> None:
    made = submitted(company)
    place = f"/studio/drafts/{made['id']}"
    assert put(company, made, "inspection.bpmn", BPMN).status_code == 409
    assert company.owner.post(f"{place}/approve", version=made["version"]).status_code == 403
    assert company.owner.get(f"{place}/review")["mayApprove"] is False
    assert company.owner2.get(f"{place}/review")["mayApprove"] is True
    assert current(company) == (1, company.release)
    assert company.owner2.post(f"{place}/approve", version=made["version"]).status_code == 200
    done = company.owner.get(f"{place}/review")
    assert (done["state"], done["decidedBy"]["id"], done["document"]) == ("published", "p-owner2", "安监〔2026〕12 号")
    assert current(company) == (2, done["release"])
    assert company.chief.get(f"/releases/{done['release']}")["note"] == "更清楚"
    assert company.owner.get(f"/studio/releases/{done['release']}/draft")["id"] == made["id"]
    assert company.owner.post(f"{place}/return", {"remark": "x"}, version=done["version"]).status_code == 409


def test_a_draft_with_errors_is_not_submitted(company: Company) -> None:
    made = draft(company)
    made |= put(company, made, "inspection.bpmn", BPMN.replace('formId="inspect"', 'formId="lost"')).json
    answer = company.owner.post(f"/studio/drafts/{made['id']}/submit", {"note": "x"}, version=2)
    assert (answer.status_code, answer.json["problems"][0]["rule"]) == (422, "REL003")


def test_a_returned_draft_can_be_written_in_again_and_says_why(company: Company) -> None:
    made = submitted(company)
    place = f"/studio/drafts/{made['id']}"
    back = company.owner2.post(f"{place}/return", {"remark": "缺时限"}, version=made["version"])
    found = company.owner.get(f"{place}/review")
    assert (found["state"], found["remark"]) == ("editing", "缺时限")
    assert put(company, {**made, **back.json}, "inspection.bpmn", BPMN).status_code == 200


def test_a_release_takes_effect_when_its_time_has_come_and_once(company: Company) -> None:
    made = submitted(company, effectiveFrom=EFFECTIVE)
    place = f"/studio/drafts/{made['id']}"
    assert company.owner2.post(f"{place}/approve", version=made["version"]).status_code == 200
    assert company.duban.publishing.turn() == 0
    assert (company.owner.get(f"{place}/review")["state"], current(company)[0]) == ("approved", 1)
    with in_force():
        assert company.duban.publishing.turn() == 1
        assert company.duban.publishing.turn() == 0
    assert current(company)[0] == 2


def test_a_server_that_died_while_publishing_makes_no_second_version(company: Company) -> None:
    made = submitted(company, effectiveFrom=EFFECTIVE)
    company.owner2.post(f"/studio/drafts/{made['id']}/approve", version=made["version"])
    with company.duban.store.reading() as connection:
        files = drafts.models(connection, drafts.load(connection, made["id"]))
    company.duban.releases.deploy(files)  # what it had done before it died
    with in_force():
        assert company.duban.publishing.turn() == 1
    assert (current(company)[0], company.owner.get(f"/studio/drafts/{made['id']}/review")["state"]) == (2, "published")


def test_a_draft_never_undoes_what_was_published_meanwhile(company: Company) -> None:
    first, second = draft(company), draft(company)
    other = '{"type": "default", "id": "other", "schemaVersion": 19, "components": []}'
    second |= put(company, second, "other.form", other).json
    first |= put(company, first, "inspection.bpmn", CHANGED).json
    answer = company.owner.post(f"/studio/drafts/{first['id']}/submit", {"note": "x"}, version=2)
    company.owner2.post(f"/studio/drafts/{first['id']}/approve", version=answer.json["version"])
    place = f"/studio/drafts/{second['id']}"
    assert company.owner.get(f"{place}/review")["baseCurrent"] is False
    assert company.owner.post(f"{place}/submit", {"note": "x"}, version=2).status_code == 409
    done = company.owner.post(f"{place}/rebase", version=2).json
    assert (done["taken"], done["conflicts"]) == (["inspection.bpmn"], [])
    assert company.owner.get(f"{place}/files/inspection.bpmn")["text"] == CHANGED
    assert company.owner.get(f"{place}/files/other.form")["text"] == other
    assert company.owner.post(f"{place}/submit", {"note": "x"}, version=done["version"]).status_code == 200


def test_rolling_back_makes_a_new_version_of_the_old_content(company: Company) -> None:
    made = submitted(company)
    company.owner2.post(f"/studio/drafts/{made['id']}/approve", version=made["version"])
    back = company.owner.post(f"/studio/releases/{company.release}/rollback", {"reason": "暂缓"})
    assert back.json == {"hash": company.release, "processes": {"inspection": 3}, "unchanged": False}
    assert current(company) == (3, company.release)
    again = company.owner.post(f"/studio/releases/{company.release}/rollback", {"reason": "暂缓"})
    assert again.json["unchanged"] is True
    assert company.owner.post(f"/studio/releases/{'0' * 64}/rollback", {"reason": "x"}).status_code == 404


def test_impact_counts_the_running_cases(company: Company) -> None:
    company.start()
    made = submitted(company)
    assert company.owner.get(f"/studio/drafts/{made['id']}/review")["impact"] == [
        {"process": "inspection", "release": company.release, "running": 1}
    ]


def test_comments_stand_at_elements_until_they_are_resolved(company: Company) -> None:
    made = submitted(company)
    place = f"/studio/drafts/{made['id']}/comments"
    said = {"file": "inspection.bpmn", "element": "Inspect", "text": "谁来?<script>"}
    (one,) = company.owner2.post(place, said).json["items"]
    assert (one["element"], one["text"], one["by"]["id"], one["resolvedAt"]) == (
        "Inspect", "谁来?<script>", "p-owner2", None
    )  # fmt: skip
    (one,) = company.owner.post(f"{place}/{one['id']}/resolve").json["items"]
    assert one["resolvedBy"]["id"] == "p-owner"
    assert company.owner.post(place, {**said, "file": "none.bpmn"}).status_code == 422


def test_a_release_is_read_and_understood_once_by_each(company: Company) -> None:
    for client in (company.inspector, company.chief, company.inspector):
        assert client.post(f"/studio/releases/{company.release}/receipt").status_code == 204
    found = company.owner.get(f"/studio/releases/{company.release}/receipts")["items"]
    assert {one["person"]["id"] for one in found} == {"p-inspector", "p-chief"} and len(found) == 2
    assert company.inspector.post(f"/studio/releases/{'0' * 64}/receipt").status_code == 404


@pytest.mark.parametrize("action", ["submit", "approve", "return", "rebase"])
def test_deciding_needs_the_version_that_was_seen(small: Company, action: str) -> None:
    made = draft(small)
    body = {"submit": {"note": "x"}, "return": {"remark": "x"}}.get(action)
    assert small.owner2.post(f"/studio/drafts/{made['id']}/{action}", body, version=7).status_code == 412
    assert small.owner2.post(f"/studio/drafts/{made['id']}/{action}", body).status_code == 428
