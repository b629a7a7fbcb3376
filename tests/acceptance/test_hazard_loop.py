"""One hazard from finding to closure, through the HTTP API of a real server, on both databases.

The people are those of the demo company. What the steps show must be what an inspector, a unit and an auditor expect.
"""

import io
import json
import re
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.support.server import DubanServer
from workflows.demo import PASSWORD

FINDING = {
    "dangerName": "配电箱接线松动", "unitId": "U01", "site": "作业一区 9 号井场", "dangerDesc": "接线端子松动。",
    "findingClass": "GENERAL", "hazardDangerType": "3", "dangerSrc": "1", "foundBy": "FIELD", "stationId": "S01",
    "repeatHazard": False,
}  # fmt: skip
GRADED = {
    "hazardGrade": "GENERAL", "dangerManageType": "1", "managementClassification": "2", "unitOpinion": "AGREED"
}  # fmt: skip
ORDERED = {"orderType": "BY_DATE", "rectifyDays": 5, "controlMeasures": "紧固接线。", "interimControls": "断电挂牌。"}
ASSIGNED = {"receipt": "RECEIVED", "liablePerson": "杨勇", "interimDone": True}
RECTIFIED = {
    "dangerReason": "MAINTENANCE", "rectifyMeasures": "已紧固并测温。", "actualFinish": "2026-11-20", "cost": 120.5
}  # fmt: skip


PATIENCE = 30
"""Seconds after which a worker that has issued no number is taken for broken."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    etag: str = ""


@dataclass
class Person:
    """Somebody at a browser: a session's cookie and its CSRF token."""

    server: DubanServer
    username: str
    csrf: str = ""
    opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))
        signed_in = self.post("/session", {"username": self.username, "password": PASSWORD}, expect=200)
        self.csrf = signed_in["csrfToken"]

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.csrf:
            named["X-CSRF-Token"] = self.csrf
        request = urllib.request.Request(f"{self.server.url}/api/v1{path}", body, named, method=method)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return self._read(answer)
        except urllib.error.HTTPError as refused:
            return self._read(refused)

    @staticmethod
    def _read(answer: Any) -> Answer:
        body = answer.read()
        return Answer(answer.status, json.loads(body) if body else None, answer.headers.get("ETag", ""))

    def get(self, path: str) -> Any:
        answer = self.send("GET", path)
        assert answer.status == 200, answer
        return answer.body

    def post(self, path: str, body: Any, expect: int, **headers: str) -> Any:
        given = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), **headers}
        answer = self.send("POST", path, json.dumps(body).encode(), **given)
        assert answer.status == expect, answer
        return answer.body

    def tasks_of(self, case: str) -> dict[str, str]:
        """Element → id of the tasks that this person finds for the case, theirs or free."""
        found = [
            *self.get(f"/tasks?view=available&case={case}")["items"],
            *self.get(f"/tasks?view=mine&case={case}")["items"],
        ]
        return {task["element"]: task["id"] for task in found}

    def act(self, verb: str, task: str, body: Any, expect: int = 200, key: str | None = None) -> Any:
        version = self.send("GET", f"/tasks/{task}").etag
        headers = {"If-Match": version, "Idempotency-Key": key or str(uuid.uuid4())}
        return self.post(f"/tasks/{task}/{verb}", body, expect, **headers)

    def awaited(self, case: str, element: str) -> str:
        """The id of the task of `element`, which may be a number or a paper away: the worker issues those."""
        give_up = time.monotonic() + PATIENCE
        while element not in (found := self.tasks_of(case)):
            assert time.monotonic() < give_up, f"expected a task of {element}, but there are {sorted(found)}"
            time.sleep(0.1)
        return found[element]

    def do(self, case: str, element: str, data: dict[str, Any], photos: str | None = None) -> str:
        """Claim the task of `element`, add a photo under the field `photos`, complete; returns the task's id."""
        task = self.awaited(case, element)
        self.act("claim", task, {})
        if photos:
            added = self.upload(task, {"photosBefore": "before", "photosAfter": "after"}.get(photos, "evidence"))
            data = {**data, photos: [{"id": added["id"], "sha256": added["sha256"]}]}
        self.act("complete", task, {"data": data})
        return task

    def upload(self, task: str, role: str) -> Any:
        fields = {"task": task, "role": role, "source": "CAMERA", "clientId": str(uuid.uuid4()), "gps": "41.12,121.95"}
        kind, body = _multipart(fields, picture())
        answer = self.send("POST", "/attachments", body, Content_Type=kind)
        assert answer.status == 201, answer
        return answer.body


def picture() -> bytes:
    stored = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(stored, "JPEG")
    return stored.getvalue()


def _multipart(fields: dict[str, str], file: bytes) -> tuple[str, bytes]:
    """(content type, body) of a form with fields and one picture."""
    mark, part = uuid.uuid4().hex, "Content-Disposition: form-data; name="
    lines: list[bytes] = []
    for name, value in fields.items():
        lines += [f"--{mark}".encode(), f'{part}"{name}"'.encode(), b"", value.encode()]
    lines += [f"--{mark}".encode(), f'{part}"file"; filename="p.jpg"'.encode(), b"Content-Type: image/jpeg", b"", file]
    return f"multipart/form-data; boundary={mark}", b"\r\n".join([*lines, f"--{mark}--".encode(), b""])


@pytest.fixture(params=["sqlite", "postgres"])
def either_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DubanServer]:
    """The demo company on SQLite, then on PostgreSQL, each made as an operator would: migrate, demo, serve."""
    home = tmp_path / "home"
    home.mkdir()
    company = DubanServer(
        home, _empty(request.getfixturevalue("postgres_url")) if request.param == "postgres" else None
    )
    company.run("migrate")
    company.run("demo", "--months", "0.2")
    yield company.start()
    company.stop()


def _empty(url: str) -> str:
    """The database without the schema that the fixture has put into it."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def test_a_hazard_is_found_ordered_rectified_rejected_once_accepted_and_closed(either_server: DubanServer) -> None:
    server = either_server
    inspector, second = Person(server, "inspector"), Person(server, "inspector2")
    safety, rectifier, reviewer = (Person(server, name) for name in ("safety", "rectifier", "reviewer"))

    case = inspector.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)["id"]
    inspector.do(case, "ConfirmGrade", GRADED, photos="photosBefore")
    inspector.do(case, "IssueOrder", ORDERED)
    safety.do(case, "ReceiveOrder", ASSIGNED)
    rectifier.do(case, "Rectify", RECTIFIED, photos="photosAfter")

    rejection = {"acceptResult": "REJECT", "rejectReason": "照片看不到接线端子。"}
    second.do(case, "Accept", rejection, photos="photosAccept")
    again = rectifier.awaited(case, "Rectify")
    assert rectifier.get(f"/tasks/{again}")["data"]["rejectReason"] == "照片看不到接线端子。"
    rectifier.do(case, "Rectify", RECTIFIED, photos="photosAfter")
    second.do(case, "Accept", {"acceptResult": "PASS", "checkAcceptComment": "合格"}, photos="photosAccept")
    scored = {"violation": "MINOR", "accountable": "王某", "accountableId": "U01-07", "violationYear": 2026}
    reviewer.do(case, "CloseAndScore", {**scored, "repeatCount": 0})

    closed = inspector.get(f"/cases/{case}")
    assert re.fullmatch(r"S01-YH-\d{4}-\d{4}", closed["variables"]["hazardNo"])
    assert re.fullmatch(r"S01-TG-\d{4}-\d{4}", closed["variables"]["orderNo"])
    assert (closed["status"], closed["openTasks"], closed["incidents"]) == ("completed", 0, [])
    assert closed["title"] == "配电箱接线松动 · 作业一区 9 号井场"
    assert [photo["role"] for photo in closed["attachments"]].count("after") == 2
    _check_what_the_auditor_sees(Person(server, "auditor"), case)


def _check_what_the_auditor_sees(auditor: Person, case: str) -> None:
    verified = auditor.get(f"/cases/{case}/verification")
    assert (verified["chain"], verified["reexecution"], verified["firstWrong"]) == ("whole", "same", None)
    drawn = auditor.get(f"/cases/{case}/diagram?process=rectification")
    assert drawn["elements"]["Rectify"] == {"active": 0, "completed": 2, "cancelled": 0, "incidents": 0}
    assert drawn["flows"]["Rejected"] == 1 and drawn["flows"]["PassedYes"] == 1
    told = auditor.get(f"/cases/{case}/history?order=asc&limit=200")["items"]
    assert [entry["seq"] for entry in told] == list(range(1, verified["entries"] + 1))
    completed = [event["element"] for entry in told for event in entry["events"] if event["type"] == "TaskCompleted"]
    assert completed == [
        "ConfirmGrade", "IssueOrder", "ReceiveOrder", "Rectify", "Accept", "Rectify", "Accept", "CloseAndScore"
    ]  # fmt: skip


def test_what_may_not_happen_does_not(demo_server: DubanServer) -> None:
    inspector, second, rectifier = (Person(demo_server, name) for name in ("inspector", "inspector2", "rectifier"))
    stranger = Person(demo_server, "u04-safety")
    case = inspector.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)["id"]
    task = inspector.tasks_of(case)["ConfirmGrade"]

    assert stranger.send("GET", f"/cases/{case}").status == 404
    assert stranger.send("GET", f"/tasks/{task}").status == 404
    stranger.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=403)
    rectifier.act("claim", task, {}, expect=403)

    inspector.act("claim", task, {})
    without_photo = inspector.act("complete", task, {"data": GRADED}, expect=422)
    assert list(without_photo["fields"]) == ["data.photosBefore"]
    unknown = inspector.act("complete", task, {"data": {**GRADED, "hazardColour": "red"}}, expect=422)
    assert "data.hazardColour" in unknown["fields"]
    made_up = [{"id": "nowhere", "sha256": "0" * 64}]
    inspector.act("complete", task, {"data": {**GRADED, "photosBefore": made_up}}, expect=422)
    second.act("complete", task, {"data": GRADED}, expect=403)
    assert inspector.get(f"/tasks/{task}")["state"] == "claimed"


def test_whoever_graded_a_hazard_is_told_why_they_may_not_accept_it(demo_server: DubanServer) -> None:
    inspector, safety, rectifier = (Person(demo_server, name) for name in ("inspector", "safety", "rectifier"))
    case = inspector.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)["id"]
    inspector.do(case, "ConfirmGrade", GRADED, photos="photosBefore")
    inspector.do(case, "IssueOrder", ORDERED)
    safety.do(case, "ReceiveOrder", ASSIGNED)
    rectifier.do(case, "Rectify", RECTIFIED, photos="photosAfter")

    found = Person(demo_server, "inspector2").awaited(case, "Accept")
    actions = inspector.get(f"/tasks/{found}")["actions"]
    assert not actions["claim"]["allowed"] and "确认定级" in actions["claim"]["reason"]
    inspector.act("claim", found, {}, expect=403)


def test_the_same_request_twice_is_one_step(demo_server: DubanServer) -> None:
    inspector = Person(demo_server, "inspector")
    key = str(uuid.uuid4())
    first = inspector.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201, Idempotency_Key=key)
    body = json.dumps({"process": "hazard-loop", "data": FINDING}).encode()
    again = inspector.send("POST", "/cases", body, Content_Type="application/json", Idempotency_Key=key)
    assert again.body["id"] == first["id"]
