"""What a draft would have done to real cases, through the API: played by the worker, told case by case."""

from tests.integration.company import BPMN, Company
from tests.integration.test_api_studio import draft, put

AGAIN = BPMN.replace(
    '<bpmn:sequenceFlow id="e" sourceRef="Approve" targetRef="End" />',
    '<bpmn:sequenceFlow id="e" sourceRef="Approve" targetRef="Again" /><bpmn:userTask id="Again" name="再审" />'
    '<bpmn:sequenceFlow id="g" sourceRef="Again" targetRef="End" />',
)


def test_the_last_cases_are_played_on_a_draft_and_nothing_is_written_to_them(company: Company) -> None:
    done, open_ = company.start(), company.start(site="二号站")
    company.inspected(done)
    task = company.task(done)
    assert company.chief.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=task["version"]).status_code == 200
    before = [company.owner.get(f"/cases/{case}")["entries"] for case in (done, open_)]
    made = draft(company)
    put(company, made, "inspection.bpmn", AGAIN.replace("PT8H", "PT2H"))
    asked = company.owner.post(f"/studio/drafts/{made['id']}/what-if", {"last": 100})
    assert (asked.status_code, asked.json["state"], asked.json["total"]) == (202, "running", 2), asked.text
    company.duban.worker.drain()
    found = company.owner.get(f"/studio/what-ifs/{asked.json['id']}")
    assert (found["state"], found["done"]) == ("done", 2)
    ways = {one["case"]["id"]: (one["verdict"], one["where"]) for one in found["cases"]}
    assert ways == {done: ("unknown", "Again"), open_: ("same", "")}
    assert {one["cause"] for one in found["cases"]} == {"unasked", ""}
    assert found["counts"] == {"same": 1, "other": 0, "unknown": 1, "wouldMiss": 0, "wouldMeet": 0}
    assert all(one["deadlines"][0]["element"] == "Inspect" for one in found["cases"])
    assert [company.owner.get(f"/cases/{case}")["entries"] for case in (done, open_)] == before


def test_a_worker_that_died_plays_on_and_no_case_twice(small: Company) -> None:
    for number in range(12):
        small.start(site=f"{number}号")
    made = draft(small)
    id = small.owner.post(f"/studio/drafts/{made['id']}/what-if", {"process": "inspection"}).json["id"]
    errand = next(one for one in small.duban.worker.errands if one.name == "what-if")
    assert errand.turn() == 10  # and the process is killed; another begins with what is stored
    assert small.owner.get(f"/studio/what-ifs/{id}")["done"] == 10
    assert [errand.turn(), errand.turn()] == [2, 0]
    found = small.owner.get(f"/studio/what-ifs/{id}")
    assert (found["state"], found["counts"]["same"], len({one["case"]["id"] for one in found["cases"]})) == (
        "done", 12, 12
    )  # fmt: skip


def test_only_cases_that_one_sees_are_played_and_only_its_owner_reads_it(small: Company) -> None:
    small.start(), small.start(unit="U02")
    made = draft(small)
    asked = small.owner2.post(f"/studio/drafts/{made['id']}/what-if", {}).json
    assert asked["total"] == 1
    assert small.owner.send("GET", f"/studio/what-ifs/{asked['id']}").status_code == 404
    assert small.owner2.post(f"/studio/what-ifs/{asked['id']}/stop").json["state"] == "stopped"
    assert small.owner2.post(f"/studio/drafts/{made['id']}/what-if", {"process": "none"}).status_code == 422
