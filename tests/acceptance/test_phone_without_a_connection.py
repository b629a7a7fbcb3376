"""A phone in a dead spot: everything goes on, survives a reload, and goes out once when the signal is back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.test_checklist_in_the_browser import ITEMS, deploy, press, row
from tests.acceptance.test_hazard_in_the_browser import PATIENCE, Desk
from tests.acceptance.test_hazard_loop import Person, picture
from tests.support.server import DubanServer


@pytest.fixture
def case(demo_server: DubanServer) -> str:
    deploy(Person(demo_server, "owner"))
    data = {"unit": "S01", "site": "一号站", "items": ITEMS}
    chief = Person(demo_server, "chief")
    return str(chief.post("/cases", {"process": "inspection", "data": data}, expect=201)["id"])


@pytest.fixture
def phone(browser: Browser, demo_server: DubanServer) -> Iterator[Desk]:
    """A signed-in phone whose pages are kept on the device."""
    desk = Desk(browser, demo_server, "inspector", phone=True)
    desk.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # The first visit installs the worker; from the second on it answers for the pages.
    desk.page.reload()
    desk.page.wait_for_function("navigator.serviceWorker.controller !== null")
    yield desk
    desk.close()


def opened(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=heading).first).to_be_visible(timeout=PATIENCE)


def outbox_is_empty(page: Page, server: DubanServer) -> None:
    page.goto(f"{server.url}/outbox")
    expect(page.get_by_text("全部已送达")).to_be_visible(timeout=PATIENCE)


def test_a_task_is_claimed_filled_and_handed_in_without_a_connection(
    phone: Desk, demo_server: DubanServer, case: str, tmp_path: Path
) -> None:
    page, task = phone.page, Person(demo_server, "inspector").tasks_of(case)["Inspect"]
    opened(page, f"{demo_server.url}/tasks/{task}", "现场检查")
    expect(page.get_by_text("0/3")).to_be_visible(timeout=PATIENCE)
    phone.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^领取")).first.click()
    expect(page.get_by_text("“领取”已保存在本机")).to_be_visible()
    press(page, "HW-02", "不符合")
    photo = tmp_path / "site.jpg"
    photo.write_bytes(picture())
    row(page, "HW-02").locator("input[type=file]").last.set_input_files(str(photo))
    expect(row(page, "HW-02").get_by_text("等待上传")).to_be_visible()
    row(page, "HW-02").get_by_label("问题描述").fill("缺两块盲板")
    page.get_by_role("button", name="其余 2 项全部符合").click()
    phone.write("费用", "4")

    page.reload()
    expect(page.get_by_text("3/3")).to_be_visible(timeout=PATIENCE)
    expect(row(page, "HW-02").get_by_label("问题描述")).to_have_value("缺两块盲板")
    expect(row(page, "HW-02").get_by_text("等待上传")).to_be_visible()
    expect(page.get_by_label(re.compile("^费用"))).to_have_value("4")
    page.get_by_role("button", name="提交完成").click()
    expect(page.get_by_text("已保存在本机，联网后自动发送").first).to_be_visible()
    page.goto(f"{demo_server.url}/outbox")
    expect(page.get_by_text("待发送", exact=True).first).to_be_visible(timeout=PATIENCE)
    assert Person(demo_server, "chief").get(f"/cases/{case}")["variables"].get("rows") is None

    phone.context.set_offline(False)
    expect(page.get_by_text("全部已送达")).to_be_visible(timeout=PATIENCE)
    handed_in: dict[str, Any] = Person(demo_server, "chief").get(f"/cases/{case}")["variables"]
    found = [(one["item"], one["result"], one["note"], len(one["photos"])) for one in handed_in["rows"]]
    assert found == [("HW-01", "PASS", None, 0), ("HW-02", "FAIL", "缺两块盲板", 1), ("HW-03", "PASS", None, 0)]
    assert handed_in["cost"] == 4


def test_what_somebody_else_did_meanwhile_is_shown_side_by_side_and_nothing_is_overwritten(
    phone: Desk, demo_server: DubanServer, case: str
) -> None:
    page, other = phone.page, Person(demo_server, "inspector2")
    task = Person(demo_server, "inspector").tasks_of(case)["Inspect"]
    Person(demo_server, "inspector").act("claim", task, {})
    opened(page, f"{demo_server.url}/tasks/{task}", "现场检查")
    expect(page.get_by_text("0/3")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="其余 3 项全部符合").click()
    expect(page.get_by_text("已同步")).to_be_visible(timeout=PATIENCE)
    phone.context.set_offline(True)
    phone.write("费用", "4")
    page.get_by_role("button", name="提交完成").click()
    expect(page.get_by_text("已保存在本机，联网后自动发送").first).to_be_visible()
    Person(demo_server, "inspector").act("unclaim", task, {})
    other.act("claim", task, {})

    phone.context.set_offline(False)
    opened(page, f"{demo_server.url}/tasks/{task}", "现场检查")
    expect(page.get_by_text("服务器没有接受“提交完成”")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="对比内容").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("columnheader", name="现在的")).to_be_visible()
    expect(sheet.get_by_role("row", name=re.compile("费用.*4"))).to_be_visible()
    sheet.get_by_role("button", name="留在本页").click()
    page.get_by_role("button", name="放弃这一步").click()
    outbox_is_empty(page, demo_server)
    assert other.get(f"/tasks/{task}")["assignee"]["id"] == other.get("/session")["person"]["id"]
