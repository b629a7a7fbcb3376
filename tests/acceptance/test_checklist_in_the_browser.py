"""A checklist on two phones: by exception, without a connection, over a reload, in conflict, until it is handed in."""

import json
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.test_hazard_in_the_browser import PATIENCE, Desk
from tests.acceptance.test_hazard_loop import Person, picture
from tests.integration.company import BPMN, STOP
from tests.integration.test_checklists import BEGIN
from tests.support.server import DubanServer

FORM = """{"type": "default", "id": "inspect", "schemaVersion": 19, "components": [
  {"type": "number", "id": "cost", "key": "cost", "label": "费用", "validate": {"required": true}},
  {"type": "dynamiclist", "id": "rows", "path": "rows", "label": "条目", "properties": {"checklist": "items"},
   "components": [{"type": "textfield", "id": "item", "key": "item", "label": "条目"}]}]}"""
ITEMS = [{"item": f"HW-0{n}", "text": text} for n, text in enumerate(("票证相符", "盲板隔离", "监护人在岗"), 1)]


def deploy(owner: Person) -> None:
    edge = uuid.uuid4().hex
    files = {"inspection.bpmn": BPMN, "begin.form": BEGIN, "inspect.form": FORM, "stop.form": STOP}
    parts = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n{content}\r\n'
        for name, content in files.items()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "X-CSRF-Token": owner.csrf}
    address = f"{owner.server.url}/api/v1/releases"
    owner.opener.open(urllib.request.Request(address, f"{parts}--{edge}--\r\n".encode(), headers), timeout=60).close()


@pytest.fixture
def task(demo_server: DubanServer) -> str:
    deploy(Person(demo_server, "owner"))
    chief = Person(demo_server, "chief")
    data = {"unit": "S01", "site": "一号站", "items": ITEMS}
    case = chief.post("/cases", {"process": "inspection", "data": data}, expect=201)["id"]
    return Person(demo_server, "inspector").tasks_of(case)["Inspect"]


def row(page: Page, item: str) -> Any:
    return page.locator(f"#check-{item}")


def press(page: Page, item: str, answer: str) -> None:
    row(page, item).get_by_role("button", name=answer, exact=True).click()


def test_two_inspectors_fill_one_checklist_with_and_without_a_connection(
    browser: Browser, demo_server: DubanServer, task: str, tmp_path: Path
) -> None:
    lead, second = (Desk(browser, demo_server, name, phone=True) for name in ("inspector", "inspector2"))
    lead.take(task, "现场检查")
    second.page.goto(f"{demo_server.url}/tasks/{task}")
    expect(second.page.get_by_text("0/3")).to_be_visible(timeout=PATIENCE)

    second.context.set_offline(True)
    press(second.page, "HW-01", "不适用")
    press(second.page, "HW-02", "不符合")
    expect(second.page.get_by_text("2 条待发送")).to_be_visible()
    row(second.page, "HW-02").get_by_label("问题描述").fill("缺两块盲板")

    press(lead.page, "HW-01", "符合")
    expect(lead.page.get_by_text("1/3")).to_be_visible()
    expect(lead.page.get_by_text("已同步")).to_be_visible(timeout=PATIENCE)

    second.context.set_offline(False)
    second.page.reload()
    expect(second.page.get_by_text("已同步")).to_be_visible(timeout=PATIENCE)
    expect(row(second.page, "HW-02").get_by_label("问题描述")).to_have_value("缺两块盲板")
    expect(row(second.page, "HW-01").get_by_text("两人的回答不一致")).to_be_visible()

    lead.page.reload()
    expect(row(lead.page, "HW-01").get_by_text("两人的回答不一致")).to_be_visible(timeout=PATIENCE)
    lead.write("费用", "4")
    lead.page.get_by_role("button", name="提交完成").click()
    expect(lead.page.get_by_role("alert").get_by_text("HW-03")).to_be_visible()
    row(lead.page, "HW-01").get_by_role("button", name="采用").first.click()
    lead.page.get_by_role("button", name="其余 1 项全部符合").click()
    expect(lead.page.get_by_text("3/3")).to_be_visible()
    photo = tmp_path / "site.jpg"
    photo.write_bytes(picture())
    row(lead.page, "HW-02").locator("input[type=file]").last.set_input_files(str(photo))
    expect(row(lead.page, "HW-02").get_by_text("已上传", exact=True)).to_have_count(1, timeout=3 * PATIENCE)
    expect(lead.page.get_by_text("已同步")).to_be_visible(timeout=PATIENCE)
    lead.submit()

    case = task.partition(":")[0]
    rows = Person(demo_server, "chief").get(f"/cases/{case}")["variables"]["rows"]
    assert [(one["item"], one["result"], one["bulk"]) for one in rows] == [
        ("HW-01", rows[0]["result"], False),
        ("HW-02", "FAIL", False),
        ("HW-03", "PASS", True),
    ], json.dumps(rows, ensure_ascii=False)
    assert (rows[1]["note"], len(rows[1]["photos"])) == ("缺两块盲板", 1)
    lead.close()
    second.close()
