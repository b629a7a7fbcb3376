"""One hazard from order to closure in a real browser, each person at their own: what an inspector's day looks like."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.test_hazard_loop import FINDING, Person, picture
from tests.support.server import DubanServer
from workflows.demo import PASSWORD

PATIENCE = 20_000


class Desk:
    """Somebody at a browser of their own: phone or desktop."""

    def __init__(self, browser: Browser, server: DubanServer, username: str, phone: bool = False) -> None:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, has_touch=phone)  # type: ignore[arg-type] # a plain dict is what it takes
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.server = server
        self.page.goto(server.url)
        self.page.locator("input[autocomplete=username]").fill(username)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text("我的任务").first).to_be_visible(timeout=PATIENCE)

    def take(self, task: str, name: str) -> None:
        self.page.goto(f"{self.server.url}/tasks/{task}")
        expect(self.page.get_by_role("heading", name=name).first).to_be_visible()
        self.page.get_by_role("button", name=re.compile("^领取")).first.click()
        expect(self.page.get_by_role("button", name="提交完成")).to_be_visible()

    def choose(self, label: str) -> None:
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}\*?$")).first.check()

    def pick(self, label: str, option: str) -> None:
        field = self.page.locator(".fjs-form-field-select", has_text=label).first
        field.locator(".fjs-input-group").click()
        field.locator(".fjs-dropdownlist-item", has_text=option).first.click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)

    def photograph(self, folder: Path) -> None:
        photo = folder / "site.jpg"
        photo.write_bytes(picture())
        uploaded = self.page.get_by_text("已上传", exact=True)
        before = uploaded.count()
        self.page.locator("input[type=file]").last.set_input_files(str(photo))
        expect(uploaded).to_have_count(before + 1, timeout=PATIENCE)

    def submit(self) -> None:
        self.page.get_by_role("button", name="提交完成").click()
        try:
            expect(self.page.get_by_role("button", name="提交完成")).to_have_count(0, timeout=PATIENCE)
        except AssertionError as error:
            error.add_note(f"The page says: {self.page.get_by_role('alert').all_inner_texts()}")
            raise

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def desk(browser: Browser, demo_server: DubanServer):
    opened: list[Desk] = []

    def sit_down(username: str, phone: bool = False) -> Desk:
        opened.append(Desk(browser, demo_server, username, phone))
        return opened[-1]

    yield sit_down
    for each in opened:
        each.close()


def test_a_hazard_is_put_right_in_the_browser(
    demo_server: DubanServer, desk: Callable[..., Desk], tmp_path: Path
) -> None:
    api = Person(demo_server, "inspector")
    case = api.post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)["id"]

    def task(element: str, username: str = "inspector") -> str:
        return Person(demo_server, username).awaited(case, element)

    inspector = desk("inspector", phone=True)
    inspector.take(task("ConfirmGrade"), "确认定级")
    inspector.choose("一般")
    inspector.choose("限期整改")
    inspector.photograph(tmp_path)
    inspector.submit()
    inspector.take(task("IssueOrder"), "下达整改指令")
    inspector.pick("指令类型", "限期")
    inspector.write("整改天数", "5")
    inspector.write("整改措施要求", "紧固接线并测温。")
    inspector.write("临时管控措施", "断电挂牌。")
    inspector.submit()

    safety = desk("safety")
    safety.take(task("ReceiveOrder", "safety"), "签收并指派")
    safety.write("整改责任人", "杨勇")
    safety.choose("临时管控措施已落实")
    safety.submit()

    rectifier, second = desk("rectifier", phone=True), desk("inspector2", phone=True)
    for verdict in ("退回", "通过"):
        rectify(rectifier, task("Rectify", "rectifier"), tmp_path)
        accept(second, task("Accept", "inspector2"), verdict, tmp_path)

    reviewer = desk("reviewer")
    reviewer.take(task("CloseAndScore", "reviewer"), "销号考核")
    reviewer.submit()
    check_what_the_auditor_sees(desk("auditor").page, demo_server, case)


def rectify(person: Desk, task: str, folder: Path) -> None:
    person.take(task, "整改")
    person.pick("产生原因", "维护")
    person.write("已采取的措施", "已紧固并测温。")
    person.page.locator(".fjs-form-field-datetime input.fjs-input").first.click()
    person.page.locator(".flatpickr-day.today").first.click()
    person.photograph(folder)
    person.submit()


def accept(person: Desk, task: str, verdict: str, folder: Path) -> None:
    person.take(task, "复查验收")
    person.choose(verdict)
    if verdict == "退回":
        person.write("退回原因", "端子仍松动。")
    person.photograph(folder)
    person.submit()


def check_what_the_auditor_sees(page: Page, server: DubanServer, case: str) -> None:
    """The case is closed, its history whole, and deciding again gives the same steps."""
    page.goto(f"{server.url}/cases/{case}")
    expect(page.get_by_text("历史完整，已核验").first).to_be_visible()
    expect(page.get_by_text("已办结").first).to_be_visible()
    assert "WHOLE" in server.run("verify", "--re-execute", "--case", case)
