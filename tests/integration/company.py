"""A small company with one small process, and a client that speaks to the API as one of its people."""

import io
import uuid
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from api.app import Options, create_app
from engine.worker import Work
from workflows import documents, people
from workflows.duban import Duban

PASSWORD = "a right password"
PROCESS = "inspection"

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:duban="urn:duban:bpmn:1"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="f" targetNamespace="urn:test">
  <bpmn:message id="Stop" name="StopInspection">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=site" /></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:process id="inspection" name="检查" isExecutable="true">
    <bpmn:extensionElements>
      <duban:case title='="检查 " + site' access='=["unit:" + unit]' />
      <duban:label en="Inspection" />
    </bpmn:extensionElements>
    <bpmn:startEvent id="Begin" name="开始">
      <bpmn:extensionElements><zeebe:formDefinition formId="begin" /></bpmn:extensionElements>
      <bpmn:outgoing>a</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="Begin" targetRef="Inspect" />
    <bpmn:userTask id="Inspect" name="现场检查">
      <bpmn:documentation>看一看。</bpmn:documentation>
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="inspect" />
        <zeebe:assignmentDefinition candidateGroups='="role:FIELD_INSPECTOR@" + unit' />
        <zeebe:taskSchedule dueDate='=now() + duration("PT8H")' />
        <duban:evidence photos="1" />
        <duban:label en="Inspect on site" />
      </bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="Stopped" name="停止" attachedToRef="Inspect">
      <bpmn:extensionElements>
        <duban:request form="stop" candidates='="role:STATION_CHIEF@" + unit' />
        <duban:label en="Stop the inspection" />
      </bpmn:extensionElements>
      <bpmn:outgoing>s</bpmn:outgoing><bpmn:messageEventDefinition messageRef="Stop" />
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="s" sourceRef="Stopped" targetRef="End" />
    <bpmn:sequenceFlow id="b" sourceRef="Inspect" targetRef="Count" />
    <bpmn:scriptTask id="Count" name="计数">
      <bpmn:extensionElements><zeebe:script expression="=100 / cost" resultVariable="ratio" /></bpmn:extensionElements>
      <bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing>
    </bpmn:scriptTask>
    <bpmn:sequenceFlow id="c" sourceRef="Count" targetRef="Ok" />
    <bpmn:exclusiveGateway id="Ok" name="算得出?">
      <bpmn:incoming>c</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="d" name="是" sourceRef="Ok" targetRef="Approve">
      <bpmn:conditionExpression>=cost &gt; 0</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:userTask id="Approve" name="审核">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups='=["role:STATION_CHIEF@" + unit, "role:FIELD_INSPECTOR@" + unit]' />
        <duban:separation from="Inspect" />
      </bpmn:extensionElements>
      <bpmn:incoming>d</bpmn:incoming><bpmn:outgoing>e</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="e" sourceRef="Approve" targetRef="End" />
    <bpmn:endEvent id="End" name="结束"><bpmn:incoming>e</bpmn:incoming><bpmn:incoming>s</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
"""
BEGIN = """{"type": "default", "id": "begin", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "site", "key": "site", "label": "地点", "validate": {"required": true}},
  {"type": "textfield", "id": "unit", "key": "unit", "label": "单位", "validate": {"required": true}}]}"""
INSPECT = """{"type": "default", "id": "inspect", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "result", "key": "result", "label": "结果", "properties": {"label:en": "Result"},
   "validate": {"required": true, "maxLength": 20}},
  {"type": "number", "id": "cost", "key": "cost", "label": "费用", "decimalDigits": 2,
   "validate": {"required": true, "min": 0}},
  {"type": "photo", "id": "photos", "key": "photos", "label": "照片"}]}"""
STOP = """{"type": "default", "id": "stop", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "why", "key": "why", "label": "原因",
   "validate": {"required": true, "maxLength": 20}}]}"""
FILES = {
    "inspection.bpmn": BPMN.encode(), "begin.form": BEGIN.encode(), "inspect.form": INSPECT.encode(),
    "stop.form": STOP.encode(),
}  # fmt: skip

# username → role at unit
STAFF = {
    "inspector": "FIELD_INSPECTOR@U01",
    "inspector2": "FIELD_INSPECTOR@U01",
    "foreigner": "FIELD_INSPECTOR@U02",
    "chief": "STATION_CHIEF@oil",
    "owner": "PROCESS_OWNER@oil",
    "owner2": "PROCESS_OWNER@U02",
    "auditor": "AUDITOR@oil",
    "admin": "SYSTEM_ADMIN@oil",
    "guardian": "SECURITY_ADMIN@oil",
    "watcher": "AUDIT_ADMIN@oil",
}


class Client:
    """One person's signed-in session."""

    def __init__(self, app: Flask, username: str) -> None:
        self.http: FlaskClient = app.test_client()
        answer = self.http.post("/api/v1/session", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.id: str = answer.json["person"]["id"]
        self.csrf: str = answer.json["csrfToken"]

    def send(
        self, method: str, path: str, *, version: int | None = None, key: str | None = None, **kwargs: Any
    ) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf, **kwargs.pop("headers", {})}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.http.open(f"/api/v1{path}", method=method, headers=headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Any:
        answer = self.send("GET", path, **kwargs)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        return self.send("POST", path, json={} if body is None else body, **kwargs)

    def upload(self, content: bytes, **form: Any) -> TestResponse:
        whole = {"role": "evidence", "source": "CAMERA", "clientId": str(uuid.uuid4()), **form}
        name = whole.pop("name", "photo.jpg")
        return self.send("POST", "/attachments", data={**whole, "file": (io.BytesIO(content), name)})


class Company:
    """Everything wired on one database, with the process deployed and the staff hired."""

    def __init__(self, url: str, home: Path) -> None:
        self.duban = Duban(url, home)
        with self.duban.store.transaction() as connection:
            for id, parent in (("oil", None), ("U01", "oil"), ("U02", "oil")):
                people.create_unit(connection, id, f"{id}单位", f"Unit {id}", parent)
            for username, duty in STAFF.items():
                role, _, unit = duty.partition("@")
                who = people.create_person(
                    connection,
                    username=username,
                    name=f"{username}姓名",
                    unit_id=unit,
                    password=PASSWORD,
                    id=f"p-{username}",
                )
                people.grant(connection, who, role, unit)
        self.release = self.duban.releases.deploy(FILES).hash
        self.app = create_app(self.duban, Options(limited=False))
        self.app.testing = True
        self._clients: dict[str, Client] = {}
        self._jobs = 0

    def __getattr__(self, username: str) -> Client:
        """`company.inspector` is the inspector's session."""
        if username not in STAFF:
            raise AttributeError(username)
        return self._clients.setdefault(username, Client(self.app, username))

    def start(self, unit: str = "U01", site: str = "一号站") -> str:
        answer = self.chief.post("/cases", {"process": PROCESS, "data": {"unit": unit, "site": site}})
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def task(self, case: str, client: Client | None = None) -> dict[str, Any]:
        """The open task of a case, as `client` sees it."""
        found = [one for one in self.chief.get(f"/cases/{case}")["tasks"] if one["state"] in ("created", "claimed")]
        task: dict[str, Any] = (client or self.chief).get(f"/tasks/{found[0]['id']}")
        return task

    def inspected(self, case: str, cost: float = 4) -> TestResponse:
        """The inspector takes a photo and completes the first task."""
        task = self.task(case)
        photo = self.inspector.upload(picture(), task=task["id"]).json
        data = {"result": "合格", "cost": cost, "photos": [{"id": photo["id"], "sha256": photo["sha256"]}]}
        return self.inspector.post(f"/tasks/{task['id']}/complete", {"data": data}, version=task["version"])

    def issued(self, case: str, code: str = "TG", signed_in: tuple[str, ...] = ()) -> str:
        """The number of a paper of U01 in this case, as a service task would issue it."""
        with self.duban.store.transaction() as connection:
            self._jobs += 1
            inputs = {
                "code": code,
                "station": "U01",
                "servedTo": "U01",
                "data": {"site": "一号站"},
                "signedIn": [*signed_in],
            }
            work = Work(case, 1000 + self._jobs, "document", "Write", {}, inputs)
            return str(documents.handlers()["document"](connection, work)["number"])


def picture(size: tuple[int, int] = (64, 48)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "orange").save(target, "JPEG")
    return target.getvalue()
