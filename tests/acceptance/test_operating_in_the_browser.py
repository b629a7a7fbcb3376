"""An operator's day in a real browser: a stuck case put right, a digest that arrives, a dead letter sent again."""

import email
import email.message
import email.policy
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.test_hazard_in_the_browser import PATIENCE, Desk
from tests.acceptance.test_hazard_loop import FINDING, GRADED, Person
from tests.support.server import DubanServer, free_port

STATION = "监督站 (stationId)"


class Postbox:
    """A real SMTP server that keeps what it takes. Addresses that begin with `gone` are refused while `closed`."""

    def __init__(self) -> None:
        self.mails: list[email.message.Message] = []
        self.closed = True
        self.port = free_port()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.closed and address.startswith("gone"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def to(self, address: str) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails if mail["To"] == address]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def mailing_server(demo_server: DubanServer, postbox: Postbox) -> DubanServer:
    """The demo company with a mail server."""
    channels = Path(demo_server.home) / "channels.toml"
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nsender = "duban@example.com"\ntls = "none"\n'
    channels.write_text(f'site = "{demo_server.url}"\n{smtp}')
    demo_server.environment["DUBAN_CHANNELS_FILE"] = str(channels)
    demo_server.stop()
    return demo_server.start()


def test_an_operator_puts_a_stuck_case_right_and_sends_again_what_could_not_be_delivered(
    mailing_server: DubanServer, postbox: Postbox, browser: Browser
) -> None:
    server = mailing_server
    owner, inspector = Person(server, "owner"), Person(server, "inspector")
    owner.send("PUT", "/me/contact", b'{"email": "gone@example.com"}', Content_Type="application/json")
    case = break_a_case(inspector, owner)
    desk = Desk(browser, server, "owner")
    page = desk.page
    see_the_incident(page, server)
    change_the_data(page)
    retry(page)
    assert inspector.awaited(case, "IssueOrder")
    send_again(page, server, postbox)
    receive_a_digest(page, server, postbox, owner, inspector)
    desk.close()


def break_a_case(inspector: Person, owner: Person) -> str:
    """A station that is a number, which no register knows: the hazard cannot be numbered."""
    case: str = inspector.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)["id"]
    change = {"changes": {"stationId": 7}, "reason": "a slip"}
    owner.post(f"/cases/{case}/variables", change, expect=200)
    inspector.do(case, "ConfirmGrade", GRADED, "photosBefore")
    give_up = time.monotonic() + 60
    while case not in {one["case"]["id"] for one in owner.get("/incidents")["items"]}:  # the worker asks for the number
        assert time.monotonic() < give_up, "expected the case to stop where it is numbered"
        time.sleep(0.1)
    return case


def see_the_incident(page: Page, server: DubanServer) -> None:
    page.goto(f"{server.url}/notifications")
    page.get_by_role("button", name="流程停住了，需要处理").first.click()
    page.get_by_role("link", name="去处理").first.click()
    expect(page.get_by_role("heading", name="停在“隐患编号”")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("自动任务没有做成")).to_be_visible()


def change_the_data(page: Page) -> None:
    page.get_by_role("button", name="修改数据").click()
    page.get_by_label("选择要修改的数据").select_option("stationId")
    page.get_by_label(STATION, exact=True).fill("S01")
    expect(page.get_by_text("原值：7")).to_be_visible()
    page.get_by_label("理由（会记入历史）").fill("站点编号录错")
    page.get_by_role("dialog").get_by_role("button", name="修改数据").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


def retry(page: Page) -> None:
    page.get_by_role("button", name="重试", exact=True).click()
    page.get_by_label("理由（会记入历史）").fill("数据已更正")
    page.get_by_role("dialog").get_by_role("button", name="重试").click()
    expect(page.get_by_text("已解决").first).to_be_visible(timeout=PATIENCE)


def send_again(page: Page, server: DubanServer, postbox: Postbox) -> None:
    """The mail about the incident was refused for good; now the address is right."""
    page.goto(f"{server.url}/deliveries")
    expect(page.get_by_text("550", exact=False).first).to_be_visible(timeout=PATIENCE)
    postbox.closed = False
    page.get_by_role("button", name="全部重发").click()
    page.get_by_role("tab", name="已结束").click()
    expect(page.get_by_text("已送达").first).to_be_visible(timeout=2 * PATIENCE)
    assert len(postbox.to("gone@example.com")) == 1


def receive_a_digest(page: Page, server: DubanServer, postbox: Postbox, owner: Person, inspector: Person) -> None:
    page.goto(f"{server.url}/me/notifications")
    page.get_by_label("邮箱").fill("digest@example.com")
    page.get_by_text("每天汇总成一封").click()
    page.get_by_role("button", name="保存设置").click()
    expect(page.get_by_text("通知设置已保存")).to_be_visible(timeout=PATIENCE)
    break_a_case(inspector, owner)
    let_the_day_pass(server)
    page.goto(f"{server.url}/deliveries?view=done")
    delivered = page.get_by_role("listitem").filter(has_text="每日摘要").filter(has_text="已送达")
    expect(delivered.first).to_be_visible(timeout=2 * PATIENCE)
    assert postbox.to("digest@example.com") == ["【督办】每日摘要：1 条未读通知"]


def let_the_day_pass(server: DubanServer) -> None:
    """The digest is due in the evening; the test does not wait for that. The worker looks every few seconds."""
    with sqlite3.connect(server.home / "duban.db", timeout=30) as database:
        assert database.execute("UPDATE deliveries SET due_at = 0 WHERE channel = 'digest'").rowcount == 1
