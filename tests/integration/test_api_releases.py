"""Releases through the API, and the OpenAPI document."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from api import cli
from tests.integration.company import BEGIN, BPMN, FILES, INSPECT, Client, Company


def deploy(client: Client, files: dict[str, bytes], **form: str) -> Any:
    parts = [(io.BytesIO(content), name) for name, content in files.items()]
    return client.send("POST", "/releases", data={"files": parts, **form})


def test_deploying_makes_a_version_and_the_same_content_none(company: Company) -> None:
    again = deploy(company.owner, FILES)
    assert (again.status_code, again.json["unchanged"]) == (201, True)
    changed = deploy(
        company.owner, {**FILES, "inspection.bpmn": BPMN.replace("看一看", "仔细看").encode()}, note="更清楚"
    )
    assert (changed.status_code, changed.json["processes"]) == (201, {"inspection": 2})
    listed = company.chief.get("/releases")["items"]
    assert [one["note"] for one in listed] == ["更清楚", ""]
    assert listed[0]["deployedBy"]["id"] == "p-owner"
    one = company.chief.get(f"/releases/{changed.json['hash']}")
    assert [file["path"] for file in one["files"]] == ["begin.form", "inspect.form", "inspection.bpmn", "stop.form"]


def test_a_running_case_keeps_its_release(company: Company) -> None:
    case = company.start()
    deploy(company.owner, {**FILES, "inspect.form": INSPECT.replace("结果", "结论").encode()})
    assert company.task(case)["form"]["components"][0]["label"] == "结果"
    assert company.task(company.start())["form"]["components"][0]["label"] == "结论"


def test_a_diagram_is_downloaded_byte_for_byte(company: Company) -> None:
    answer = company.chief.send("GET", f"/releases/{company.release}/diagrams/inspection")
    assert answer.data == BPMN.encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert company.chief.get("/definitions/inspection/diagram")["xml"] == BPMN
    assert company.chief.send("GET", "/definitions/none/diagram").status_code == 404


@pytest.mark.parametrize(
    "files",
    [
        {"x.bpmn": b"not xml"},
        {"x.bpmn": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"x.exe": b"MZ"},
        {**FILES, "copy.bpmn": BPMN.encode()},
        {"inspection.bpmn": BPMN.encode(), "begin.form": BEGIN.encode()},
        {**FILES, "inspect.form": INSPECT.replace("textfield", "html").encode()},
    ],
)
def test_a_bad_release_is_refused_as_a_whole_with_its_problems(small: Company, files: dict[str, bytes]) -> None:
    answer = deploy(small.owner, files)
    assert (answer.status_code, answer.json["type"]) == (422, "urn:duban:problem:invalid-model")
    assert answer.json["problems"][0]["rule"] and answer.json["problems"][0]["message"]
    assert len(small.chief.get("/releases")["items"]) == 1


@pytest.mark.parametrize("name", ["../x.bpmn", "/etc/x.bpmn", "..\\x.bpmn"])
def test_a_path_out_of_the_release_is_refused(small: Company, name: str) -> None:
    assert deploy(small.owner, {name: BPMN.encode()}).status_code == 422


def test_an_empty_or_foreign_form_is_refused(small: Company) -> None:
    assert small.owner.send("POST", "/releases", data={}).status_code == 422
    assert deploy(small.owner, FILES, secret="x").status_code == 422


@pytest.mark.parametrize("hash", ["x", "0" * 64, "..", "%00"])
def test_an_unknown_release_is_not_found(small: Company, hash: str) -> None:
    assert small.chief.send("GET", f"/releases/{hash}").status_code in (404, 422)


def test_the_openapi_document_is_complete(small: Company) -> None:
    document = small.app.test_client().get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    seen = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["operationId"] not in seen, where
            seen.add(operation["operationId"])
            refusals = [answer for status, answer in operation["responses"].items() if status >= "400"]
            assert refusals, where
            assert all("application/problem+json" in answer["content"] for answer in refusals), where
            if method in ("post", "put", "patch") and "requestBody" in operation:
                content = operation["requestBody"]["content"]
                assert "multipart/form-data" in content or "example" in content["application/json"], where
    text = json.dumps(document)
    assert '"UNPROCESSABLE' not in text and "Schema1" not in text
    for reference in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert reference in document["components"]["schemas"], reference


def test_every_schema_name_is_one_of_ours(small: Company) -> None:
    document = small.app.test_client().get("/api/v1/openapi.json").json
    assert not [name for name in document["components"]["schemas"] if name[-1].isdigit() or name == "Generated"]


def test_two_releases_are_compared_in_both_languages(company: Company) -> None:
    changed = {**FILES, "inspection.bpmn": BPMN.replace("PT8H", "PT4H").encode(),
               "inspect.form": INSPECT.replace("结果", "结论").encode()}  # fmt: skip
    newer = deploy(company.owner, changed).json["hash"]
    found = company.owner.get(f"/releases/compare?left={company.release}&right={newer}")
    assert [file["path"] for file in found["files"]] == ["inspect.form", "inspection.bpmn"]
    [due] = found["files"][1]["changes"]
    assert (due["id"], due["kind"], due["title"]["en"]) == ("Inspect", "changed", "user task")
    assert due["name"] == {"zh": "现场检查", "en": "Inspect on site"}
    assert due["properties"] == [
        {"path": "taskSchedule.dueDate", "title": {"zh": "时限", "en": "due"},
         "old": '=now() + duration("PT8H")', "new": '=now() + duration("PT4H")'}
    ]  # fmt: skip
    assert "人工任务 “现场检查”" in found["summary"]["zh"]
    assert company.owner.get(f"/releases/compare?left={newer}&right={newer}")["same"] is True


def test_only_known_releases_are_compared(small: Company) -> None:
    def status(left: str) -> int:
        return small.owner.send("GET", f"/releases/compare?left={left}&right={small.release}").status_code

    assert [status(left) for left in ("0" * 64, "0" * 63, small.release[:12], "%25" * 64)] == [404, 422, 422, 422]


def test_the_command_line_compares_folders_releases_and_drafts(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", company.duban.store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    assert cli.main(["diff", str(tmp_path), company.release[:12]]) == 0
    (tmp_path / "inspection.bpmn").write_text(BPMN.replace("PT8H", "PT4H"), "utf-8")
    capsys.readouterr()
    assert cli.main(["diff", company.release, str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["changes"][0]["id"] == "Inspect"
    assert cli.main(["diff", "0" * 64, str(tmp_path)]) == 2
    assert cli.main(["diff", "nowhere", str(tmp_path)]) == 2
    draft = company.owner.post("/studio/drafts", {"name": "x", "source": "release", "release": company.release}).json
    assert cli.main(["diff", company.release, f"draft:{draft['id']}"]) == 0
    assert cli.main(["diff", str(tmp_path), f"draft:{draft['id']}"]) == 1
    assert cli.main(["diff", company.release, "draft:none"]) == 2
    assert "Expected a folder, a file or" in capsys.readouterr().err
