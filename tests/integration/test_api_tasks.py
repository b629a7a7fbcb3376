"""Tasks through the API: what each person sees, and acting on them once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import worklist
from tests.integration.company import Client, Company, picture


def ids(client: Client, query: str) -> list[str]:
    return [one["id"] for one in client.get(f"/tasks?{query}")["items"]]


def test_a_task_is_available_to_its_candidates_only(company: Company) -> None:
    task = company.task(company.start())["id"]
    assert ids(company.inspector, "view=available") == [task]
    assert ids(company.inspector2, "view=available") == [task]
    assert ids(company.foreigner, "view=available") == []
    assert ids(company.chief, "view=available") == []


def test_a_task_is_hidden_from_who_sees_neither_it_nor_its_case(company: Company) -> None:
    task = company.task(company.start())["id"]
    for client in (company.foreigner, company.owner2):
        assert client.send("GET", f"/tasks/{task}").status_code == 404
        assert client.post(f"/tasks/{task}/claim", version=1).status_code == 404
        assert client.send("PUT", f"/tasks/{task}/draft", json={"data": {}}).status_code == 404
        assert client.send("GET", f"/tasks/{task}/people").status_code == 404


def test_an_auditor_sees_every_task_and_may_act_on_none(company: Company) -> None:
    task = company.task(company.start(), company.auditor)
    assert not any(action["allowed"] for action in task["actions"].values())
    assert company.auditor.post(f"/tasks/{task['id']}/claim", version=1).status_code == 403


def test_one_task_shows_form_data_and_what_may_be_done(company: Company) -> None:
    task = company.task(company.start(site="二号站"), company.inspector)
    assert task["documentation"] == "看一看。"
    assert task["case"]["title"] == "检查 二号站"
    assert task["data"]["site"] == "二号站"
    assert task["form"]["components"][0]["label"] == "结果"
    assert task["evidence"] == {"photos": 1}
    assert {name for name, action in task["actions"].items() if action["allowed"]} == {"claim", "complete"}
    assert task["due"] is not None and not task["overdue"]


def test_form_and_reasons_speak_the_language_asked_for(company: Company) -> None:
    id = company.task(company.start())["id"]
    task = company.inspector.get(f"/tasks/{id}", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.1"})
    assert task["form"]["components"][0]["label"] == "Result"
    assert task["actions"]["unclaim"]["reason"] == "Nobody has claimed the task yet"


def test_a_diagram_speaks_english_to_who_reads_english(company: Company) -> None:
    case, english = company.start(), {"Accept-Language": "en"}
    for language, task, process in (({}, "现场检查", "检查"), (english, "Inspect on site", "Inspection")):
        (listed,) = company.inspector.get(f"/tasks?case={case}&view=available", headers=language)["items"]
        assert (listed["name"], listed["processName"]) == (task, process)
        found = company.inspector.get(f"/cases/{case}", headers=language)
        assert (found["tasks"][0]["name"], found["processName"]) == (task, process)
        told = company.inspector.get(f"/cases/{case}/history", headers=language)["items"][0]["events"]
        assert task in {event["elementName"] for event in told}
        assert company.inspector.get(f"/cases/{case}/diagram", headers=language)["name"] == process


def test_claim_makes_the_task_mine_and_raises_its_version(company: Company) -> None:
    task = company.task(company.start())
    answer = company.inspector.post(f"/tasks/{task['id']}/claim", version=task["version"])
    assert answer.status_code == 200
    assert answer.json["task"]["assignee"] == {"id": "p-inspector", "name": "inspector姓名"}
    assert answer.json["task"]["version"] == task["version"] + 1
    assert answer.headers["ETag"] == f'"{task["version"] + 1}"'
    assert ids(company.inspector, "view=mine") == [task["id"]]
    assert ids(company.inspector2, "view=available") == []


def test_a_stale_version_is_refused_and_nothing_changes(company: Company) -> None:
    task = company.task(company.start())
    company.inspector.post(f"/tasks/{task['id']}/claim", version=1)
    stale = company.inspector.post(f"/tasks/{task['id']}/unclaim", version=1)
    assert (stale.status_code, stale.json["type"]) == (412, "urn:duban:problem:stale-version")
    assert company.task(task["case"]["id"])["assignee"]["id"] == "p-inspector"


def test_a_missing_version_is_asked_for(company: Company) -> None:
    task = company.task(company.start())
    assert company.inspector.post(f"/tasks/{task['id']}/claim").status_code == 428


def test_the_same_key_gives_the_same_answer_and_one_effect(company: Company) -> None:
    case = company.start()
    task, key = company.task(case), str(uuid.uuid4())
    first = company.inspector.post(f"/tasks/{task['id']}/claim", version=1, key=key)
    again = company.inspector.post(f"/tasks/{task['id']}/claim", version=1, key=key)
    assert first.status_code == again.status_code == 200
    assert company.chief.get(f"/cases/{case}")["entries"] == 2


def test_a_key_used_for_something_else_is_refused(company: Company) -> None:
    task, key = company.task(company.start()), str(uuid.uuid4())
    company.inspector.post(f"/tasks/{task['id']}/claim", version=1, key=key)
    other = company.inspector.post(f"/tasks/{task['id']}/unclaim", version=2, key=key)
    assert (other.status_code, other.json["type"]) == (422, "urn:duban:problem:key-reused")


def completion(company: Company, task: dict[str, object], **change: object) -> dict[str, object]:
    photo = company.inspector.upload(picture(), task=task["id"]).json
    photos = [{"id": photo["id"], "sha256": photo["sha256"]}]
    return {"result": "合格", "cost": 4, "photos": photos, **change}


def test_completing_hands_the_case_on(company: Company) -> None:
    case = company.start()
    answer = company.inspected(case)
    assert answer.status_code == 200, answer.text
    assert answer.json["task"]["state"] == "completed"
    assert ids(company.inspector, "view=done") == [answer.json["task"]["id"]]
    assert company.chief.get(f"/cases/{case}")["variables"]["ratio"] == 25
    assert company.task(case)["element"] == "Approve"


def test_a_retried_completion_gets_its_answer_although_the_task_has_gone(company: Company) -> None:
    case = company.start()
    task, key = company.task(case), str(uuid.uuid4())
    data = completion(company, task)
    first = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1, key=key)
    again = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1, key=key)
    other = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": {**data, "cost": 5}}, version=1, key=key)
    assert first.status_code == again.status_code == 200
    assert first.json == again.json
    assert other.status_code == 422
    assert company.chief.get(f"/cases/{case}")["variables"]["cost"] == 4


def test_many_completions_at_once_have_one_effect(company: Company) -> None:
    case = company.start()
    task = company.task(case)
    data = completion(company, task)
    clients = [Client(company.app, "inspector") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(
                lambda one: one.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1).status_code, clients
            )
        )
    assert sorted(found) == [200, *[409] * 7]
    assert company.chief.get(f"/cases/{case}")["variables"]["cost"] == 4


def test_the_same_completion_at_once_with_one_key_is_answered_alike(company: Company) -> None:
    case = company.start()
    task, key = company.task(case), str(uuid.uuid4())
    data = completion(company, task)
    clients = [Client(company.app, "inspector") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda one: one.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1, key=key), clients)
        )
    assert {answer.status_code for answer in found} == {200}
    assert len({answer.text for answer in found}) == 1
    assert company.chief.get(f"/cases/{case}")["entries"] == 2


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"result": None}, "data.result"),
        ({"result": "x" * 21}, "data.result"),
        ({"cost": "4"}, "data.cost"),
        ({"cost": -1}, "data.cost"),
        ({"cost": 1.234}, "data.cost"),
        ({"secret": 1}, "data.secret"),
        ({"photos": "none"}, "data.photos"),
        ({"photos": []}, "data.photos"),
        ({"photos": [{"id": "a-guess", "sha256": "0" * 64}]}, "data.photos"),
    ],
)
def test_what_the_form_refuses_is_said_at_its_field(small: Company, change: dict[str, object], place: str) -> None:
    case = small.start()
    task = small.task(case)
    photo = small.inspector.upload(picture(), case=case).json
    data = {"result": "合格", "cost": 4, "photos": [{"id": photo["id"], "sha256": photo["sha256"]}], **change}
    answer = small.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1)
    assert answer.status_code == 422
    assert place in answer.json["fields"], answer.json
    assert small.task(case)["version"] == 1


def test_a_photo_of_another_case_is_no_evidence_here(company: Company) -> None:
    first, second = company.start(), company.start()
    photo = company.inspector.upload(picture(), task=company.task(first)["id"]).json
    task = company.task(second)
    data = {"result": "合格", "cost": 4, "photos": [{"id": photo["id"], "sha256": photo["sha256"]}]}
    answer = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=1)
    assert answer.status_code == 422
    assert "data.photos" in answer.json["fields"]


def test_a_stranger_learns_nothing_from_the_form(company: Company) -> None:
    task = company.task(company.start())
    assert company.chief.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=1).status_code == 403


def test_whoever_inspected_may_not_approve(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    task = company.task(case, company.inspector)
    assert not task["actions"]["claim"]["allowed"]
    assert "现场检查" in task["actions"]["claim"]["reason"]
    assert task["excluded"][0]["person"]["id"] == "p-inspector"
    assert company.inspector.post(f"/tasks/{task['id']}/claim", version=1).status_code == 403
    assert company.inspector.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=1).status_code == 403
    done = company.inspector2.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=1)
    assert (done.status_code, done.json["case"]["status"]) == (200, "completed")


def test_a_task_without_a_form_takes_no_data(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    task = company.task(case)
    answer = company.chief.post(f"/tasks/{task['id']}/complete", {"data": {"unit": "U02"}}, version=1)
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["data.unit"])


def test_what_the_task_says_may_be_done_is_what_the_engine_allows(company: Company) -> None:
    """`actions` is computed for people; the engine decides by itself. They must agree."""
    for username in ("inspector", "inspector2", "chief", "auditor"):
        for action in ("claim", "unclaim", "complete"):
            case = company.start()
            company.inspected(case)
            client = getattr(company, username)
            task = company.task(case, client)
            said = task["actions"][action]["allowed"]
            body = {"data": {}} if action == "complete" else {}
            done = client.post(f"/tasks/{task['id']}/{action}", body, version=task["version"]).status_code == 200
            assert said == done, (username, action)


def test_delegating_gives_the_task_to_another_candidate(company: Company) -> None:
    task = company.task(company.start())
    company.inspector.post(f"/tasks/{task['id']}/claim", version=1)
    path = f"/tasks/{task['id']}/delegate"
    for stranger in ("p-foreigner", "p-admin", "p-nobody"):
        assert company.inspector.post(path, {"to": stranger}, version=2).status_code == 403
    assert company.inspector2.post(path, {"to": "p-inspector2"}, version=2).status_code == 403
    answer = company.inspector.post(path, {"to": "p-inspector2", "note": "请你去"}, version=2)
    assert answer.json["task"]["assignee"]["id"] == "p-inspector2"


def test_a_chief_assigns_and_others_do_not(company: Company) -> None:
    task = company.task(company.start())
    path = f"/tasks/{task['id']}/assign"
    assert company.inspector.post(path, {"to": "p-inspector"}, version=1).status_code == 403
    assert company.chief.post(path, {"to": "p-foreigner"}, version=1).status_code == 403
    assert company.chief.post(path, {"to": "p-inspector2"}, version=1).json["task"]["assignee"]["id"] == "p-inspector2"


def test_people_are_offered_with_the_reason_why_not(company: Company) -> None:
    case = company.start()
    company.inspected(case)
    found = {one["id"]: one for one in company.chief.get(f"/tasks/{company.task(case)['id']}/people?q=")["items"]}
    assert found["p-inspector2"]["eligible"] and found["p-chief"]["eligible"]
    assert not found["p-inspector"]["eligible"] and "职责分离" in found["p-inspector"]["reason"]
    assert not found["p-foreigner"]["eligible"] and not found["p-admin"]["eligible"]
    listed = [one["eligible"] for one in company.chief.get(f"/tasks/{company.task(case)['id']}/people")["items"]]
    assert listed == sorted(listed, reverse=True)


def test_a_draft_is_kept_for_its_person_alone_until_completion(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    half = {"result": "一半", "cost": 1.5}
    assert company.inspector.send("PUT", f"/tasks/{task}/draft", json={"data": half}).status_code == 204
    assert company.task(case, company.inspector)["draft"]["data"] == half
    assert company.task(case, company.inspector2)["draft"] is None
    assert company.inspector.send("DELETE", f"/tasks/{task}/draft").status_code == 204
    assert company.task(case, company.inspector)["draft"] is None
    company.inspector.send("PUT", f"/tasks/{task}/draft", json={"data": half})
    company.inspected(case)
    assert company.inspector.get(f"/tasks/{task}")["draft"] is None
    assert company.inspector.send("PUT", f"/tasks/{task}/draft", json={"data": half}).status_code == 409


def test_drafts_saved_at_once_are_one_draft(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    clients = [Client(company.app, "inspector") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        saved = list(
            pool.map(
                lambda one: one.send("PUT", f"/tasks/{task}/draft", json={"data": {"cost": 1}}).status_code, clients
            )
        )
    assert set(saved) == {204}
    assert company.task(case, company.inspector)["draft"]["data"] == {"cost": 1}


def test_lists_are_paged_without_gaps_or_repeats(company: Company) -> None:
    started = {company.start(site=f"站 {number}") for number in range(7)}
    for sort in ("due", "-due", "created", "-created", "priority"):
        seen: list[str] = []
        cursor = ""
        while True:
            page = company.inspector.get(f"/tasks?view=available&limit=3&sort={sort}{cursor}")
            seen += [one["case"]["id"] for one in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert len(seen) == 7 and set(seen) == started, sort


def test_lists_are_searched_and_filtered(company: Company) -> None:
    company.start(site="热油站")
    company.start(site="100%")
    assert len(ids(company.inspector, "view=available&q=热油")) == 1
    assert len(ids(company.inspector, "view=available&q=%25")) == 1
    assert len(ids(company.inspector, "view=available&process=inspection&element=Inspect")) == 2
    assert ids(company.inspector, "view=available&process=other") == []


def test_counts_say_how_many(company: Company) -> None:
    company.start()
    company.start()
    assert company.inspector.get("/tasks/counts") == {
        "mine": {"count": 0, "more": False},
        "available": {"count": 2, "more": False},
        "overdue": {"count": 0, "more": False},
        "today": {"count": 2, "more": False},
    }


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WzEsMiwzXQ", "WyJhIiwiYiIsMV0", "%00", "🤔", "W" * 400])
def test_a_forged_cursor_is_refused(small: Company, cursor: str) -> None:
    assert small.inspector.send("GET", "/tasks", query_string={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize(
    "query", ["view=all", "sort=name", "limit=0", "limit=201", "limit=x", "q=" + "x" * 101, "veiw=mine"]
)
def test_a_query_that_says_nothing_known_is_refused(small: Company, query: str) -> None:
    assert small.inspector.send("GET", f"/tasks?{query}").status_code == 422


@pytest.mark.parametrize(
    "id", ["x", "a:b", "2611-abc:", "2611-abc:1:2", "2611-abc:99999999999", "..:1", "'; drop table tasks:1"]
)
def test_an_id_of_another_shape_is_not_found(small: Company, id: str) -> None:
    assert small.inspector.send("GET", f"/tasks/{id}").status_code == 404


@pytest.mark.parametrize(("view", "number"), [("available", 2), ("overdue", 0), ("today", 2)])
def test_a_list_is_the_same_whichever_way_the_database_finds_it(
    company: Company, monkeypatch: pytest.MonkeyPatch, view: str, number: int
) -> None:
    cases = [company.start(unit=unit, site=f"{n}号站") for n, unit in enumerate(("U01", "U02", "U01", "U01"))]
    mine = company.task(cases[0])
    company.inspector.post(f"/tasks/{mine['id']}/claim", version=1)
    few = ids(company.inspector, f"view={view}&limit=2")
    monkeypatch.setattr(worklist, "FEW", 0)
    assert ids(company.inspector, f"view={view}&limit=2") == few
    assert len(few) == number
    assert (mine["id"] in few) == (view == "today")
