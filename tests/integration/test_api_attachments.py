"""Attachments through the API: uploads, downloads, ranges, previews, and who may."""

import hashlib
import io
import uuid

import pytest
from PIL import Image

from tests.integration.company import Company, picture
from workflows import attachments


def test_a_photo_is_taken_in_with_what_was_said_about_it(company: Company) -> None:
    case = company.start()
    task, content = company.task(case)["id"], picture()
    answer = company.inspector.upload(
        content,
        task=task,
        role="before",
        capturedAt="2026-11-21T16:00:00+08:00",
        gps="38.9421,121.5843",
        name="现场.jpg",
    )
    assert answer.status_code == 201
    found = answer.json
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    assert (found["type"], found["size"], found["name"]) == ("image/jpeg", len(content), "现场.jpg")
    assert (found["capturedAt"], found["gps"]) == ("2026-11-21T08:00:00.000Z", "38.9421,121.5843")
    assert found["uploadedBy"] == {"id": "p-inspector", "name": "inspector姓名"}
    assert answer.headers["Location"] == found["url"]
    assert [one["id"] for one in company.task(case)["attachments"]] == [found["id"]]


def test_the_original_comes_back_bit_for_bit_as_a_download(company: Company) -> None:
    content = picture() + b"<script>alert(1)</script>"
    found = company.inspector.upload(content, task=company.task(company.start())["id"]).json
    answer = company.chief.http.get(found["url"])
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["ETag"] == f'"{found["sha256"]}"'


def test_ranges_are_answered(company: Company) -> None:
    content = picture()
    found = company.inspector.upload(content, task=company.task(company.start())["id"]).json
    part = company.chief.http.get(found["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, content[10:20])
    beyond = company.chief.http.get(found["url"], headers={"Range": f"bytes={len(content)}-"})
    assert beyond.status_code == 416


def test_the_preview_is_a_picture_drawn_anew(company: Company) -> None:
    content = picture((2000, 1000)) + b"<script>"
    found = company.inspector.upload(content, task=company.task(company.start())["id"]).json
    answer = company.chief.http.get(found["previewUrl"])
    assert answer.mimetype == "image/jpeg"
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert shown.size == (1280, 640)
    assert b"<script>" not in answer.data
    company.chief.http.get(found["previewUrl"])  # a page shows it again and again
    seen = [one for one in company.watcher.get("/security-events")["items"] if one["kind"] == "attachment_seen"]
    assert [(one["person"], one["detail"]["attachment"]) for one in seen] == [("p-chief", found["id"])]


def test_a_document_has_no_preview(company: Company) -> None:
    found = company.inspector.upload(b"%PDF-1.7\n", task=company.task(company.start())["id"], role="document").json
    assert (found["type"], found["previewUrl"]) == ("application/pdf", None)
    assert company.inspector.send("GET", f"/attachments/{found['id']}/preview").status_code == 404


def test_an_attachment_is_seen_with_its_case_only(company: Company) -> None:
    found = company.inspector.upload(picture(), task=company.task(company.start())["id"]).json
    for path in (found["url"], found["previewUrl"]):
        assert company.auditor.http.get(path).status_code == 200
        assert company.foreigner.http.get(path).status_code == 404
        assert company.admin.http.get(path).status_code == 403


def test_a_retried_upload_is_one_attachment(company: Company) -> None:
    case = company.start()
    task, client_id = company.task(case)["id"], str(uuid.uuid4())
    first, again = (company.inspector.upload(picture(), task=task, clientId=client_id) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json == again.json
    assert len(company.chief.get(f"/cases/{case}")["attachments"]) == 1
    other = company.inspector.upload(picture((9, 9)), task=task, clientId=client_id)
    assert other.status_code == 409


def test_who_may_not_do_the_task_may_not_add_to_it(company: Company) -> None:
    task = company.task(company.start())["id"]
    assert company.chief.upload(picture(), task=task).status_code == 403
    assert company.foreigner.upload(picture(), task=task).status_code == 404
    company.inspector2.post(f"/tasks/{task}/claim", version=1)
    assert company.inspector.upload(picture(), task=task).status_code == 403


def test_a_file_may_join_a_running_case_but_not_an_ended_one(company: Company) -> None:
    case = company.start()
    assert company.chief.upload(b"%PDF-1.7\n", case=case, role="document").status_code == 201
    assert company.foreigner.upload(picture(), case=case).status_code == 404
    company.owner.post(f"/cases/{case}/cancel", {"reason": "x"})
    assert company.chief.upload(picture(), case=case).status_code == 409


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"role": "selfie"}, "role"),
        ({"source": "SCREEN"}, "source"),
        ({"clientId": "x"}, "clientId"),
        ({"clientId": "x" * 36}, "clientId"),
        ({"gps": "91,0"}, "gps"),
        ({"gps": "here"}, "gps"),
        ({"capturedAt": "yesterday"}, "capturedAt"),
        ({"capturedAt": "2026-11-21T08:00:00"}, "capturedAt"),
        ({"case": "2611-x"}, "task"),
        ({"secret": "x"}, "secret"),
        ({"pairOf": "a-none"}, "pairOf"),
    ],
)
def test_what_is_said_wrongly_is_refused(small: Company, change: dict[str, str], place: str) -> None:
    case = small.start()
    answer = small.inspector.upload(picture(), **{"task": small.task(case)["id"], **change})
    assert (answer.status_code, list(answer.json["fields"])) == (422, [place])
    assert small.chief.get(f"/cases/{case}")["attachments"] == []


def test_a_nul_in_a_field_is_refused_on_every_database(company: Company) -> None:
    task = company.task(company.start())["id"]
    answer = company.inspector.upload(picture(), task=task, gpsMissingReason="no\0signal")
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["gpsMissingReason"])
    assert company.inspector.upload(picture(), task=task, name="a\0b.jpg").status_code in (201, 400, 422)


@pytest.mark.parametrize("content", [b"<html>", b"GIF89a" + bytes(20), b"MZ" + bytes(60), b"\xff\xd8\xff\xe0 broken"])
def test_other_content_is_refused(small: Company, content: bytes) -> None:
    answer = small.inspector.upload(content, task=small.task(small.start())["id"])
    assert (answer.status_code, answer.json["type"]) == (415, "urn:duban:problem:unsupported-type")


def test_a_file_beyond_the_limit_is_refused(small: Company) -> None:
    task = small.task(small.start())["id"]
    answer = small.inspector.upload(b"\xff\xd8\xff" + bytes(attachments.MAX_SIZE), task=task)
    assert (answer.status_code, answer.json["type"]) == (413, "urn:duban:problem:too-large")
    assert small.inspector.upload(b"\xff\xd8\xff" + bytes(2 * attachments.MAX_SIZE), task=task).status_code == 413


def test_a_body_that_is_no_form_is_refused(small: Company) -> None:
    assert small.inspector.post("/attachments", {"file": "x"}).status_code == 422
    two = {"file": (io.BytesIO(b"a"), "a"), "file2": (io.BytesIO(b"b"), "b")}
    assert small.inspector.send("POST", "/attachments", data=two).status_code == 422


def test_a_hostile_name_stays_a_name(small: Company) -> None:
    found = small.inspector.upload(
        picture(), task=small.task(small.start())["id"], name="../../../etc/x\u202egpj.html"
    ).json
    assert found["name"] == "xgpj.html.jpg"
    answer = small.inspector.http.get(found["url"])
    assert answer.headers["Content-Disposition"] == "attachment; filename=xgpj.html.jpg"


def test_a_device_knows_the_id_of_its_picture_before_the_server_has_it(company: Company) -> None:
    """The same vector is in web/tests/outbox.test.ts: a phone names pictures in answers that wait with them."""
    task = company.task(company.start())["id"]
    found = company.inspector.upload(picture(), task=task, clientId="3f2a9c1e-5b7d-4e0a-9c3b-1d2e3f4a5b6c").json
    assert found["id"] == "a-03449c1d4af3ad52a576e402"
