"""The library of diagrams: whatever BPMN comes is kept as it is and never run; what is hostile is refused."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from api import cli
from tests.integration.company import BPMN, Client, Company
from tests.support.components import need_corpora

CAMUNDA_7 = """<?xml version="1.0" encoding="{encoding}"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    exporter="Camunda Modeler" exporterVersion="4.12.0" targetNamespace="urn:test">
  <process id="p" name="请假审批" isExecutable="true">
    <startEvent id="s" />
    <sequenceFlow id="f" sourceRef="s" targetRef="t" />
    <serviceTask id="t" name="记账" camunda:class="org.example.Book" />
  </process>
</definitions>
"""


def add(client: Client, content: bytes, name: str = "a.bpmn") -> Any:
    return client.send("POST", "/diagrams", data={"file": (io.BytesIO(content), name)})


def test_a_foreign_diagram_is_kept_as_it_came_with_the_reason_why_it_cannot_run(company: Company) -> None:
    content = CAMUNDA_7.format(encoding="UTF-8").encode()
    added = add(company.owner, content, "报销.bpmn")
    assert (added.status_code, added.json["runs"], added.json["convertible"]) == (201, False, True)
    one = company.chief.get(f"/diagrams/{added.json['sha256']}")
    assert (one["name"], one["title"], one["tool"]) == ("报销.bpmn", "请假审批", "Camunda Modeler 4.12.0")
    assert {(problem["element"], problem["line"]) for problem in one["problems"]} == {("t", 7)}
    assert one["addedBy"]["id"] == "p-owner"
    file = company.chief.send("GET", f"/diagrams/{one['sha256']}/file")
    assert file.data == content
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert (file.headers["X-Content-Type-Options"], file.mimetype) == ("nosniff", "application/octet-stream")


def test_what_could_be_deployed_is_said_to_run_and_is_not_deployed(company: Company) -> None:
    added = add(company.owner, BPMN.encode())
    assert (added.json["runs"], added.json["problems"]) == (True, [])
    assert len(company.chief.get("/releases")["items"]) == 1


def test_the_same_file_is_kept_once_and_the_list_goes_page_by_page(company: Company) -> None:
    contents = [BPMN.replace("现场检查", f"检查{n}").encode() for n in range(5)]
    for content in [*contents, contents[0]]:
        assert add(company.owner, content).status_code == 201
    seen, cursor = [], ""
    while cursor is not None:
        page = company.chief.get(f"/diagrams?limit=2&cursor={cursor}" if cursor else "/diagrams?limit=2")
        seen += [one["sha256"] for one in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(hashlib.sha256(content).hexdigest() for content in contents)


def test_a_diagram_can_be_taken_out_again(company: Company) -> None:
    hash = add(company.owner, BPMN.encode()).json["sha256"]
    assert company.chief.send("DELETE", f"/diagrams/{hash}").status_code == 403
    assert company.owner.send("DELETE", f"/diagrams/{hash}").status_code == 204
    assert company.chief.send("GET", f"/diagrams/{hash}").status_code == 404
    assert company.chief.send("GET", "/diagrams/..%2f..%2fetc").status_code == 404


@pytest.mark.parametrize("encoding", ["UTF-8-SIG", "UTF-16", "ISO-8859-1", "GBK"])
def test_the_viewer_gets_text_whatever_the_encoding(small: Company, encoding: str) -> None:
    text = CAMUNDA_7.format(encoding={"UTF-8-SIG": "UTF-8"}.get(encoding, encoding))
    if encoding == "ISO-8859-1":
        text = text.replace("请假审批", "Prüfung").replace("记账", "Buchen")
    one = add(small.owner, text.encode(encoding)).json
    assert one["xml"] == text.partition("?>\n")[2]
    assert one["title"] in ("Prüfung", "请假审批")


HOSTILE = {
    "a DOCTYPE": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "no XML": b"%PDF-1.7",
    "no BPMN": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "too deep": b"<a>" * 300 + b"</a>" * 300,
    "empty": b"",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_diagram_is_refused_with_the_reason(small: Company, content: bytes) -> None:
    answer = add(small.owner, content)
    assert (answer.status_code, answer.json["type"]) == (422, "urn:duban:problem:invalid-model")
    assert "expected" in answer.json["problems"][0]["message"] or "DOCTYPE" in answer.json["problems"][0]["message"]
    assert small.chief.get("/diagrams")["items"] == []


def test_a_file_that_is_too_large_and_a_bad_name_are_refused(small: Company) -> None:
    assert add(small.owner, b" " * (11 * 1024 * 1024)).status_code == 413
    for name in ("../..", "a\nb.bpmn", "x" * 201):
        assert add(small.owner, BPMN.encode(), name).status_code in (400, 422)
    assert add(small.owner, BPMN.encode(), "folder/a.bpmn").json["name"] == "a.bpmn"


def test_every_reference_diagram_is_kept_and_comes_back_byte_for_byte(small: Company) -> None:
    files = sorted((need_corpora() / "miwg").glob("*.bpmn"))
    assert len(files) == 21
    for path in files:
        added = add(small.owner, path.read_bytes(), path.name)
        assert added.status_code == 201, added.text
        back = small.chief.send("GET", f"/diagrams/{added.json['sha256']}/file")
        assert back.data == path.read_bytes()
        assert all(problem["message"] for problem in added.json["problems"])


def test_the_command_line_keeps_lists_and_gives_back(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", sqlite_url)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path))
    file, back = tmp_path / "old.bpmn", tmp_path / "back.bpmn"
    file.write_text(CAMUNDA_7.format(encoding="UTF-8"))
    assert cli.main(["diagrams", "add", str(file)]) == 0
    said = capsys.readouterr().out
    assert "cannot run" in said and "old.bpmn:7" in said and "[t]" in said
    hash = hashlib.sha256(file.read_bytes()).hexdigest()
    assert cli.main(["diagrams", "list", "--json"]) == 0
    assert [one["sha256"] for one in json.loads(capsys.readouterr().out)] == [hash]
    assert cli.main(["diagrams", "get", hash[:12], "-o", str(back)]) == 0
    assert back.read_bytes() == file.read_bytes()
    assert cli.main(["diagrams", "get", "0000"]) == 1
    assert cli.main(["diagrams", "get"]) == 1
