"""An auditor in a real browser: who did something late and why is found, and its case is replayed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.server import DubanServer
from workflows.demo import PASSWORD

PATIENCE = 30_000


@pytest.fixture
def auditor(browser: Browser, demo_server: DubanServer):
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(demo_server.url)
    page.locator("input[autocomplete=username]").fill("auditor")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("我的任务").first).to_be_visible()
    yield page
    expect.set_options(timeout=5_000)
    context.close()


def at(page: Page, seq: int) -> None:
    """The address, the sentence and the timeline stand at this entry."""
    expect(page).to_have_url(re.compile(rf"entry={seq}$"))
    expect(page.get_by_role("heading", name=f"第 {seq} 条记录")).to_be_visible()
    expect(page.locator(".timeline [aria-current=step] .timeline-seq")).to_have_text(str(seq))


def test_an_auditor_finds_who_was_late_and_replays_the_case(auditor: Page) -> None:
    page = auditor
    page.get_by_role("link", name="历史检索").click()
    late = page.locator(".hit", has_text="逾期").first
    page.get_by_label("只看逾期完成").click()  # the address holds the choice, so it shows a moment later
    expect(page.get_by_label("只看逾期完成")).to_be_checked()
    # The worker indexes what the demo brought: asked for again until it is there.
    while not late.is_visible():
        page.reload()
        expect(page.locator(".hits[aria-busy=false]")).to_be_attached()
    expect(late.locator("dl")).to_be_visible()
    who = late.locator(".hit-what a").inner_text()
    late.locator(".hit-what a").click()

    expect(page.locator(".replay-sentence")).to_have_text(who)
    expect(page.locator(".watermark")).to_contain_text("auditor")
    seq = int(page.url.rpartition("=")[2])
    at(page, seq)
    page.keyboard.press("ArrowLeft")
    at(page, seq - 1)
    page.get_by_role("button", name="下一步").click()
    at(page, seq)
    page.keyboard.press("Home")
    at(page, 1)
    page.get_by_role("slider", name="历史位置").fill("2")
    at(page, 2)
    page.locator(".timeline button", has_text=re.compile(r"3$")).first.click()
    at(page, 3)
    page.goto(page.url.replace("entry=3", f"entry={seq}"))
    at(page, seq)
    plays(page)
    proves_itself(page)


def plays(page: Page) -> None:
    """From the first entry on, until it is told to stop; nothing moves for those who asked for that."""
    page.keyboard.press("Home")
    at(page, 1)
    expect(page.locator(".replay-steps .chip").first).to_be_visible()
    page.get_by_role("button", name="播放", exact=True).click()
    expect(page).to_have_url(re.compile(r"entry=(?!1$)\d+$"))
    page.keyboard.press("Home")
    at(page, 1)
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()
    moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
    assert page.evaluate(moving) == 0


def proves_itself(page: Page) -> None:
    page.locator("button.proof").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("逐条核对指纹")).to_be_visible()
    expect(sheet.get_by_text("已封存进全局日志")).to_be_visible()
