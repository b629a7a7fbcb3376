"""Personal data is erased everywhere, by two people, with a tombstone; what proves the history stays whole."""

import io
import json
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa

from engine import history, store
from engine.audit import keys, log, verify
from tests.integration.company import FILES, Company, picture
from workflows import dossier, erasure, people, retention

SECRET = "张三 13800000000"
"""What must be nowhere after erasing."""


def with_personal_result(company: Company) -> None:
    """From now on what the inspection says is personal, and nothing decides by it."""
    form = FILES["inspect.form"].replace(b'{"label:en": "Result"}', b'{"label:en": "Result", "personal": "true"}')
    marked = FILES["inspection.bpmn"].replace(b"<duban:case ", b'<duban:case personal="result" ')
    company.duban.releases.deploy(FILES | {"inspect.form": form, "inspection.bpmn": marked})


def directors(company: Company) -> Company:
    """Two directors, and a process whose inspection takes a personal value."""
    with company.duban.store.transaction() as connection:
        for who in ("chief", "inspector2"):
            people.grant(connection, f"p-{who}", "CENTER_DIRECTOR", "oil")
    with_personal_result(company)
    keys.create(company.duban.log.key_file)
    return company


@pytest.fixture
def told(company: Company) -> Company:
    return directors(company)


def closed(company: Company) -> str:
    """A closed case whose inspector has said the secret, with a photo and a paper."""
    case = company.start()
    task = company.task(case)
    kept = company.inspector.upload(picture(), task=task["id"], name="张三.jpg").json
    data = {"result": SECRET, "cost": 4, "photos": [{"id": kept["id"], "sha256": kept["sha256"]}]}
    done = company.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=task["version"])
    assert done.status_code == 200, done.text
    company.issued(case)
    assert company.owner.post(f"/cases/{case}/cancel", {"reason": "完"}).status_code == 200
    return case


def everywhere(company: Company) -> bytes:
    """Every cell of every table, and the log's files."""
    with company.duban.store.reading() as connection:
        rows = [
            value
            for table in store.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for value in row
        ]
    return b"\n".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in rows)


def erased(company: Company, case: str, **body: Any) -> str:
    """Proposed by one, approved by another, done."""
    made = company.chief.post("/erasures", {"cases": case, "reason": "本人要求", **body})
    assert made.status_code == 201, made.text
    number: str = made.json["number"]
    answer = company.inspector2.post(f"/erasures/{number}/decision", {"approve": True})
    assert answer.json["state"] == "APPROVED", answer.text
    assert company.duban.erasing.turn() == 1
    return number


def test_erasing_takes_every_copy_and_leaves_the_proof_whole(told: Company) -> None:
    case, other = closed(told), closed(told)
    assert SECRET.encode() in everywhere(told)
    with told.duban.store.reading() as connection:
        before = {entry.seq: entry.data for entry in history.sealed(connection, f"case/{case}")}
    number = erased(told, case)
    assert told.duban.erasing.turn() == 0
    with told.duban.store.reading() as connection:
        kept = {entry.seq: (entry.data, entry.personal) for entry in history.sealed(connection, f"case/{case}")}
        assert {seq: data for seq, (data, _) in kept.items()} == before
        assert {personal for _, personal in kept.values()} == {None}
        assert any(entry.personal for entry in history.sealed(connection, f"case/{other}"))
    erased(told, other)
    assert SECRET.encode() not in everywhere(told)
    (done,) = [one for one in told.chief.get("/erasures")["items"] if one["number"] == number]
    assert (done["state"], done["done"]) == ("DONE", {case: {"values": 2, "files": 0}})


def test_verify_says_erased_and_finds_nothing_wrong(told: Company) -> None:
    case = closed(told)
    told.duban.log.seal()
    erased(told, case)
    told.duban.log.seal()
    with told.duban.store.reading() as connection:
        report = verify.Auditor(log.Tables(connection), told.duban.log.public_key(), told.duban.log.witness.text())
        found = report.run()
        again = history.verdict(connection, f"case/{case}", told.duban.releases.bundle)
    assert found.findings == []
    assert (again.chain, again.reexecution) == ("whole", "erased")
    last = told.auditor.get(f"/cases/{case}/at/2")
    values = {one["name"]: one["value"] for scope in last["scopes"] for one in scope["variables"]}
    assert values["result"] == {"erased": True} and values["cost"] == 4


def test_the_tombstone_is_an_entry_that_names_who_and_what(told: Company) -> None:
    case = closed(told)
    number = erased(told, case)
    with told.duban.store.reading() as connection:
        stream = f"register/{number.rpartition('-')[0]}"
        entries = history.told(connection, stream)
        verdict = history.verdict(connection, stream, told.duban.releases.bundle)
    asked, approved, done = entries
    assert (asked["command"]["actor"], approved["command"]["actor"]) == ("p-chief", "p-inspector2")
    assert (approved["command"]["note"], done["command"]["note"]) == ("APPROVED", "ERASED")
    assert done["events"][0]["variables"] == {"case": case, "values": 2, "files": 0}
    assert (verdict.chain, verdict.reexecution) == ("whole", "same")


def test_files_go_with_it_where_that_is_asked_for(told: Company) -> None:
    case = closed(told)
    (photo,) = told.auditor.get(f"/cases/{case}")["attachments"]
    path = told.duban.attachments.path_of(photo["sha256"])
    assert path.exists()
    erased(told, case, files=True)
    assert not path.exists() and not path.with_name(f"{photo['sha256']}.preview.jpg").exists()
    assert told.auditor.send("GET", f"/attachments/{photo['id']}").status_code == 404
    assert "张三".encode() not in everywhere(told)
    told.duban.log.seal()
    pack = io.BytesIO()
    dossier.write(pack, told.duban, case)
    assert json.loads(zipfile.ZipFile(pack).read("attachments.json"))[0]["in_pack"] is False


def test_a_file_that_another_case_has_stays(told: Company) -> None:
    case, other = closed(told), closed(told)
    (photo,) = told.auditor.get(f"/cases/{case}")["attachments"]
    erased(told, case, files=True)
    assert told.duban.attachments.path_of(photo["sha256"]).exists()
    assert told.auditor.get(f"/cases/{other}")["attachments"][0]["name"] == "张三.jpg"


def test_it_takes_two(told: Company) -> None:
    case = closed(told)
    number = told.chief.post("/erasures", {"cases": case, "reason": "本人要求"}).json["number"]
    assert told.chief.post(f"/erasures/{number}/decision", {"approve": True}).status_code == 409
    assert told.duban.erasing.turn() == 0
    assert told.inspector2.post(f"/erasures/{number}/decision", {"approve": False}).json["state"] == "REFUSED"
    assert told.inspector2.post(f"/erasures/{number}/decision", {"approve": True}).status_code == 409
    assert told.inspector2.post("/erasures/erasure-2026-9999/decision", {"approve": True}).status_code == 404
    assert told.duban.erasing.turn() == 0 and SECRET.encode() in everywhere(told)


def test_a_hold_keeps_a_case_even_after_the_approval(told: Company) -> None:
    case = closed(told)
    number = told.chief.post("/erasures", {"cases": case, "reason": "到期"}).json["number"]
    told.inspector2.post(f"/erasures/{number}/decision", {"approve": True})
    assert told.auditor.send("PUT", f"/holds/{case}", json={"reason": "诉讼"}).status_code == 204
    assert told.duban.erasing.turn() == 1
    with told.duban.store.reading() as connection:
        assert erasure.find(connection, number).done == {case: {"left": erasure.HELD}}
    assert SECRET.encode() in everywhere(told)
    assert told.chief.post("/erasures", {"cases": case, "reason": "到期"}).status_code == 422
    assert [one["case"] for one in told.auditor.get("/holds")["items"]] == [case]
    assert told.auditor.send("DELETE", f"/holds/{case}").status_code == 204
    assert told.auditor.send("DELETE", f"/holds/{case}").status_code == 404


def test_the_dry_run_changes_nothing_and_says_what_would_go(told: Company) -> None:
    case, running = closed(told), told.start()
    found = {one["case"]: one for one in told.chief.get("/erasures/extent")["items"]}
    assert (found[case]["values"], found[case]["files"], found[case]["left"]) == (2, 1, None)
    assert found[running]["left"] == erasure.OPEN
    assert SECRET.encode() in everywhere(told)
    assert told.chief.get("/erasures") == {"items": []}


def test_a_case_that_runs_is_not_erased(told: Company) -> None:
    running = told.start()
    assert told.chief.post("/erasures", {"cases": running, "reason": "x"}).status_code == 422


def test_what_is_due_follows_from_the_policies(told: Company) -> None:
    case = closed(told)
    assert told.chief.send("PUT", "/retention", json={"process": "inspection", "years": 2}).status_code == 204
    assert told.chief.get("/retention/due") == {"cases": []}
    ended = told.duban.now()
    with told.duban.store.reading() as connection:
        assert retention.due(connection, None, ended + 3 * 366 * 86_400_000) == [case]
        assert retention.due(connection, None, ended + 365 * 86_400_000) == []
    assert told.chief.send("PUT", "/retention", json={"process": "inspection", "years": 101}).status_code == 422
    told.chief.send("PUT", "/retention", json={"process": "inspection", "years": 0})
    assert told.chief.get("/retention") == {"items": []}


def test_years_are_counted_by_the_calendar() -> None:
    leap = 1_709_164_800_000  # 2024-02-29T00:00Z, 08:00 at the house
    assert retention.before(leap, 1) == 1_677_542_400_000  # 2023-02-28T00:00Z
    assert retention.before(leap, 4) == 1_582_934_400_000  # 2020-02-29T00:00Z
