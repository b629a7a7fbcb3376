"""The reference diagrams of other tools in a real browser: added, drawn without an error, downloaded as they came."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.support.components import need_corpora
from tests.support.server import DubanServer
from workflows.demo import PASSWORD

PATIENCE = 20_000


def test_every_reference_diagram_is_shown_and_comes_back_byte_for_byte(
    browser: Browser, demo_server: DubanServer
) -> None:
    files = {path.name: path for path in (need_corpora() / "miwg").glob("*.bpmn")}
    size = {"width": 1440, "height": 900}
    context = browser.new_context(locale="zh-CN", viewport=size, accept_downloads=True, base_url=demo_server.url)  # type: ignore[arg-type] # a plain dict is what it takes
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, demo_server)
    page.goto(f"{demo_server.url}/processes")
    page.get_by_role("tab", name="图库").click()
    complaints.clear()
    page.locator("input[type=file]").set_input_files([str(path) for path in files.values()])
    expect(page.locator("a.tile")).to_have_count(len(files), timeout=3 * PATIENCE)
    assert {look(page, number) for number in range(len(files))} == set(files)
    for name, content in downloaded(page).items():
        assert content == files[name].read_bytes()
    assert complaints == []
    context.close()


def sign_in(page: Page, server: DubanServer) -> None:
    page.goto(server.url)
    page.locator("input[autocomplete=username]").fill("owner")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("我的任务").first).to_be_visible(timeout=PATIENCE)


def look(page: Page, number: int) -> str:
    """Open a diagram of the list, see it drawn, and go back; returns its file name."""
    page.locator("a.tile").nth(number).click()
    expect(page.locator(".djs-shape").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".notice-bad")).to_have_count(0)
    name = page.locator(".task-head-case").inner_text()
    page.get_by_role("link", name="图库").click()
    expect(page.get_by_role("tab", name="图库")).to_be_visible()
    return name


def downloaded(page: Page) -> dict[str, bytes]:
    """What the download links of all diagrams give; one through the browser's own download, the others by request."""
    addresses = [str(tile.get_attribute("href")) for tile in page.locator("a.tile").all()]
    page.locator("a.tile").first.click()
    with page.expect_download() as started:
        page.get_by_role("link", name="下载原文件").click()
    found = {started.value.suggested_filename: Path(started.value.path()).read_bytes()}
    for address in addresses[1:]:
        hash = address.rpartition("/")[2]
        answer = page.request.get(f"/api/v1/diagrams/{hash}/file")
        name = answer.headers["content-disposition"].partition("filename=")[2].strip('"')
        found[name] = answer.body()
    assert len(found) == len(addresses)
    return found
