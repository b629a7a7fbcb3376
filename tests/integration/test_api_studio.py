"""The studio through the API: drafts, their files and revisions, checking, comparing."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.integration.company import BPMN, FILES, INSPECT, Company

CHANGED = BPMN.replace("看一看", "仔细看")
CAMUNDA7 = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="urn:x">
  <bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/>
    <bpmn:userTask id="t" camunda:assignee="demo"><bpmn:incoming>f</bpmn:incoming></bpmn:userTask>
  </bpmn:process></bpmn:definitions>"""


def draft(company: Company, **body: Any) -> dict[str, Any]:
    """A new draft of the present release."""
    wanted = {"name": "第二次复查", "source": "release", "release": company.release, **body}
    answer = company.owner.post("/studio/drafts", wanted)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def put(company: Company, at: dict[str, Any], path: str, text: str) -> Any:
    place = f"/studio/drafts/{at['id']}/files/{path}"
    return company.owner.send("PUT", place, version=at["version"], json={"text": text})


def test_a_draft_begins_as_a_release_stands_and_changes_nothing_that_runs(company: Company) -> None:
    made = draft(company)
    assert [file["path"] for file in made["files"]] == sorted(FILES)
    assert (made["base"], made["version"], made["state"]) == (company.release, 1, "editing")
    saved = put(company, made, "inspection.bpmn", CHANGED)
    assert (saved.json["version"], saved.headers["ETag"]) == (2, '"2"')
    assert company.owner.get(f"/studio/drafts/{made['id']}/files/inspection.bpmn")["text"] == CHANGED
    assert company.owner.get("/definitions/inspection/diagram")["xml"] == BPMN
    assert [one["id"] for one in company.owner.get("/studio/drafts")["items"]] == [made["id"]]


def test_who_saved_first_is_not_overwritten(company: Company) -> None:
    made = draft(company)
    assert put(company, made, "inspection.bpmn", CHANGED).status_code == 200
    assert put(company, made, "inspection.bpmn", BPMN).status_code == 412
    bare = company.owner.send("PUT", f"/studio/drafts/{made['id']}/files/x.bpmn", json={"text": "x"})
    assert bare.status_code == 428
    assert company.owner.get(f"/studio/drafts/{made['id']}/files/inspection.bpmn")["text"] == CHANGED


def test_the_last_fifty_revisions_can_be_brought_back(small: Company) -> None:
    made = draft(small)
    for number in range(55):
        made |= put(small, made, "note.form", f"{number}").json
    kept = small.owner.get(f"/studio/drafts/{made['id']}/revisions")["items"]
    assert [one["n"] for one in kept] == list(range(56, 6, -1))
    back = small.owner.post(f"/studio/drafts/{made['id']}/revisions/10/restore", version=56)
    assert back.json["version"] == 57
    assert small.owner.get(f"/studio/drafts/{made['id']}/files/note.form")["text"] == "8"
    assert small.owner.get(f"/studio/drafts/{made['id']}/files/inspection.bpmn")["text"] == BPMN
    gone = small.owner.post(f"/studio/drafts/{made['id']}/revisions/3/restore", version=57)
    assert gone.status_code == 404


def test_the_same_text_again_makes_no_revision(company: Company) -> None:
    made = draft(company)
    assert put(company, made, "inspection.bpmn", BPMN).json["version"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "../x.bpmn", "a/../../x.bpmn", "/etc/x.bpmn", ".git/x.bpmn", "x.py", "x", "a//x.bpmn", "a\\x.bpmn", "~/x.bpmn",
        "x\u0000.bpmn", "a/b/c/d/e/f/g/x.bpmn", "x" * 200 + ".bpmn", ".bpmn", "<script>.bpmn",
    ],
)  # fmt: skip
def test_a_path_that_could_mean_anything_else_is_refused(small: Company, path: str) -> None:
    made = draft(small)
    place = f"/studio/drafts/{made['id']}/import"
    answer = small.owner.post(place, {"path": path, "text": BPMN}, version=1)
    assert answer.status_code in (400, 422), answer.text
    assert len(small.owner.get(f"/studio/drafts/{made['id']}")["files"]) == len(FILES)


def test_a_file_that_is_removed_is_gone_and_an_empty_draft_is_deleted(company: Company) -> None:
    made = draft(company, source="empty")
    assert made["files"] == []
    made |= put(company, made, "forms/x.form", INSPECT).json
    place = f"/studio/drafts/{made['id']}"
    assert company.owner.send("DELETE", f"{place}/files/forms/x.form", version=2).json["version"] == 3
    assert company.owner.send("GET", f"{place}/files/forms/x.form").status_code == 404
    assert company.owner.send("DELETE", place, version=3).status_code == 204
    assert company.owner.send("GET", place).status_code == 404


def test_checking_tells_every_problem_at_its_file_and_element(company: Company) -> None:
    made = draft(company)
    place = f"/studio/drafts/{made['id']}"
    clean = company.owner.post(f"{place}/check").json
    assert (clean["version"], clean["errors"]) == (1, 0)
    made |= put(company, made, "inspection.bpmn", BPMN.replace('formId="inspect"', 'formId="lost"')).json
    found = company.owner.post(f"{place}/check").json
    lost = next(one for one in found["problems"] if one["rule"] == "REL003")
    assert (lost["file"], lost["element"], lost["severity"]) == ("inspection.bpmn", "Inspect", "error")
    assert (found["errors"], lost["fix"]) == (1, None)
    put(company, made, "inspect.form", "{")
    assert {one["file"] for one in company.owner.post(f"{place}/check").json["problems"]} >= {"inspect.form"}


def test_a_problem_that_mends_itself_says_how(small: Company) -> None:
    made = draft(small)
    put(small, made, "inspection.bpmn", BPMN.replace('id="Ok"', 'id="Ok" default="d"'))
    problems = small.owner.post(f"/studio/drafts/{made['id']}/check").json["problems"]
    (one,) = [one for one in problems if one["rule"] == "BPS015"]
    assert (one["element"], one["fix"]) == ("d", {"property": "conditionExpression", "value": None})


def test_a_draft_is_compared_with_the_release_it_began_from(company: Company) -> None:
    made = draft(company)
    put(company, made, "inspection.bpmn", CHANGED)
    found = company.owner.get(f"/studio/compare?left={company.release}&right={made['id']}")
    assert [(one["id"], one["kind"]) for one in found["files"][0]["changes"]] == [("Inspect", "changed")]
    assert company.owner.send("GET", f"/studio/compare?left={made['id']}&right=none").status_code == 404


def test_a_diagram_of_another_tool_is_converted_on_its_way_in(company: Company) -> None:
    made = draft(company, source="empty")
    answer = company.owner.post(f"/studio/drafts/{made['id']}/import", {"path": "c7.bpmn", "text": CAMUNDA7}, version=1)
    assert (answer.json["dialects"], answer.json["left"], answer.json["version"]) == (["camunda7"], 0, 2)
    text = company.owner.get(f"/studio/drafts/{made['id']}/files/c7.bpmn")["text"]
    assert "zeebe:assignmentDefinition" in text
    refused = company.owner.post(f"/studio/drafts/{made['id']}/import", {"path": "x.bpmn", "text": "<x/>"}, version=2)
    assert refused.status_code == 422


def test_a_draft_is_exported_as_a_zip(company: Company) -> None:
    made = draft(company)
    answer = company.owner.send("GET", f"/studio/drafts/{made['id']}/export")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_the_studio_reads_and_writes_a_folder_and_nothing_outside_it(small: Company, tmp_path: Path) -> None:
    folder, outside = tmp_path / "models", tmp_path / "outside"
    (folder / "forms").mkdir(parents=True)
    outside.mkdir()
    (folder / "inspection.bpmn").write_text(BPMN)
    (folder / "forms/old.form").write_text(INSPECT)
    (folder / "README.md").write_text("mine")
    (folder / "way").symlink_to(outside)
    assert small.owner.post("/studio/drafts", {"name": "x", "source": "folder"}).status_code == 409
    small.duban.folder = folder
    made = draft(small, source="folder", release="")
    assert [file["path"] for file in made["files"]] == ["forms/old.form", "inspection.bpmn"]
    place = f"/studio/drafts/{made['id']}"
    made |= put(small, made, "inspection.bpmn", CHANGED).json
    small.owner.send("DELETE", f"{place}/files/forms/old.form", version=2)
    assert small.owner.post(f"{place}/folder/write").json["paths"] == ["forms/old.form", "inspection.bpmn"]
    assert (folder / "inspection.bpmn").read_text() == CHANGED and not (folder / "forms/old.form").exists()
    assert (folder / "README.md").read_text() == "mine"
    put(small, {"id": made["id"], "version": 3}, "way/x.form", INSPECT)
    assert small.owner.post(f"{place}/folder/write").status_code == 422
    assert list(outside.iterdir()) == []
    assert small.owner.post(f"{place}/folder/read", version=4).json["version"] == 5
    assert [file["path"] for file in small.owner.get(place)["files"]] == ["inspection.bpmn"]
