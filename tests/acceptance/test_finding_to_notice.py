"""From "my day" to a notice that is numbered and served: what an inspector taps when something is wrong."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.acceptance.test_hazard_in_the_browser import PATIENCE, Desk
from tests.acceptance.test_hazard_loop import Person, picture
from tests.support.server import DubanServer

VISIT = {
    "station": "S01", "unit": "U01", "site": "3 号井场", "requirement": "吊装专项", "templateIds": ["LF"],
    "tier": "RED", "startsAt": "2026-11-23T09:00:00+08:00", "endsAt": "2026-11-23T12:00:00+08:00",
}  # fmt: skip
MOST_TAPS = 8
CAMERA_APP = 2
"""The shutter and "use this picture": taps in the phone's own camera, which the test's file chooser stands for."""


def do(person: Person, case: str, element: str, **data: Any) -> None:
    task = person.awaited(case, element)
    if person.get(f"/tasks/{task}")["assignee"] is None:
        person.act("claim", task, {})
    person.act("complete", task, {"data": data})


@pytest.fixture
def visit(demo_server: DubanServer) -> str:
    """A visit whose inspector has arrived and begun to check."""
    shift, lead, second = (Person(demo_server, name) for name in ("shift", "inspector", "inspector2"))
    case: str = shift.post("/cases", {"process": "twelve-step", "data": VISIT}, expect=201)["id"]
    do(shift, case, "ChooseTeam", offerTo=["demo-inspector", "demo-inspector2"], recusalDeclared=True)
    for person in (lead, second):
        do(person, case, "Offer", response="ACCEPT")
    do(lead, case, "Prepare", templateIds=["LF"])
    do(lead, case, "Arrive", checkIn="QR")
    lead.act("claim", lead.awaited(case, "Inspect"), {})
    return case


class Thumb:
    """Counts what it taps."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1


def test_a_finding_with_photo_and_notice_takes_at_most_eight_taps(
    browser: Browser, demo_server: DubanServer, visit: str, tmp_path: Path
) -> None:
    desk, thumb = Desk(browser, demo_server, "inspector", phone=True), Thumb()
    page = desk.page
    photo = tmp_path / "site.jpg"
    photo.write_bytes(picture())
    page.goto(f"{demo_server.url}/tasks")
    thumb.tap(page.get_by_role("link", name="逐项检查").first)
    row = page.locator("#check-LF-04")
    thumb.tap(row.get_by_role("button", name="不符合", exact=True))
    with page.expect_file_chooser() as camera:
        thumb.tap(row.get_by_role("button", name="拍照"))
    camera.value.set_files(str(photo))
    thumb.taps += CAMERA_APP
    expect(row.locator(".photo")).to_have_count(1)
    thumb.tap(row.get_by_role("button", name="上报并下达通知"))
    sheet = page.get_by_role("dialog")
    thumb.tap(sheet.get_by_role("button", name="确认下达"))
    expect(sheet.get_by_text("已下达。")).to_be_visible(timeout=3 * PATIENCE)
    assert thumb.taps <= MOST_TAPS

    number = sheet.get_by_text("已下达。").inner_text().split()[1]
    paper = Person(demo_server, "chief").get(f"/documents/{number}")
    assert (paper["code"], paper["servedTo"]["id"]) == ("TG", "U01")
    sheet.get_by_role("button", name="继续检查").click()
    expect(row.get_by_label("已单独上报")).to_be_checked()
    desk.close()
