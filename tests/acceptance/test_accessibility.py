"""axe on every screen of the application, as somebody whose screen it is, on a phone and at a desk.

Nor does any page have to be moved sideways to be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.acceptance.test_checklist_in_the_browser import ITEMS, deploy
from tests.acceptance.test_hazard_in_the_browser import PATIENCE
from tests.acceptance.test_hazard_loop import FINDING, Person
from tests.acceptance.test_operating_in_the_browser import break_a_case
from tests.support.server import DubanServer
from workflows.demo import MODELS, PASSWORD

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations'], elementRef: false}).then(
  ({violations}) => violations.filter(({impact}) => ['serious', 'critical'].includes(impact)).flatMap(
    ({id, nodes}) => nodes.map(({target, html, failureSummary}) =>
      [id, target.join(' '), html.slice(0, 160), failureSummary.replace(/\\s+/g, ' ').slice(0, 240)].join(' | '))))"""
WIDER = """() => document.documentElement.scrollWidth > innerWidth
  ? [`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${innerWidth} px`] : []"""
WATCH = """
  window.asked = 0;
  const ask = window.fetch;
  window.fetch = (...call) => { window.asked++; return ask(...call).finally(() => { window.asked--; }); };"""
GO = """(path) => {
  for (const heading of document.querySelectorAll('h1')) heading.dataset.seen = 'before';
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
SHOWN = """() => window.asked === 0 && document.querySelector('h1:not([data-seen])') !== null
  && document.querySelector('.loading, .splash') === null"""


@dataclass(frozen=True)
class Places:
    """Addresses of things to look at; nothing is made that the demo company has."""

    server: DubanServer

    @cached_property
    def document(self) -> str:
        return str(Person(self.server, "chief").get("/documents")["items"][0]["number"])

    @cached_property
    def diagram(self) -> str:
        content, edge = (MODELS / "hazard" / "order.bpmn").read_text(encoding="utf-8"), "----edge"
        head = 'Content-Disposition: form-data; name="file"; filename="order.bpmn"'
        body = f"--{edge}\r\n{head}\r\n\r\n{content}\r\n--{edge}--\r\n".encode()
        owner = Person(self.server, "owner")
        added = owner.send("POST", "/diagrams", body, Content_Type=f"multipart/form-data; boundary={edge}")
        return str(added.body["sha256"])

    @cached_property
    def checklist(self) -> str:
        data = {"unit": "S01", "site": "一号站", "items": ITEMS}
        deploy(Person(self.server, "owner"))
        case = Person(self.server, "chief").post("/cases", {"process": "inspection", "data": data}, expect=201)["id"]
        inspector = Person(self.server, "inspector")
        task = inspector.tasks_of(case)["Inspect"]
        inspector.act("claim", task, {})
        return task

    @cached_property
    def hazard(self) -> str:
        return str(
            Person(self.server, "inspector").post("/cases", {"process": "hazard-loop", "data": FINDING}, 201)["id"]
        )

    @cached_property
    def form(self) -> str:
        return Person(self.server, "inspector").awaited(self.hazard, "ConfirmGrade")

    @cached_property
    def incident(self) -> str:
        owner = Person(self.server, "owner")
        break_a_case(Person(self.server, "inspector"), owner)
        return str(owner.get("/incidents")["items"][0]["id"])

    @cached_property
    def draft(self) -> str:
        owner = Person(self.server, "owner")
        release = owner.get("/releases")["items"][0]["hash"]
        draft = {"name": "改版", "source": "release", "release": release}
        return str(owner.post("/studio/drafts", draft, expect=201)["id"])

    @cached_property
    def review(self) -> str:
        opening = {"title": "抽查", "size": 2}
        return str(Person(self.server, "auditor").post("/reviews", opening, expect=201)["number"])


WALKS: dict[str, list[str]] = {
    "inspector": [
        "/tasks", "/tasks?view=available", "/tasks/{checklist}", "/tasks/{form}", "/cases", "/cases/{hazard}",
        "/cases/new", "/cases/new/hazard-loop", "/outbox", "/registers", "/registers/hazards", "/notifications",
        "/me", "/me/notifications", "/documents",
    ],
    "chief": ["/tasks", "/dashboards", "/roster", "/documents/{document}", "/registers/sites"],
    "owner": [
        "/incidents", "/incidents/{incident}", "/operate", "/deliveries", "/processes", "/processes/hazard-loop",
        "/processes/hazard-loop/compare", "/processes/hazard-loop/watch", "/processes/hazard-loop/migrate",
        "/studio", "/studio/{draft}", "/processes/-/expressions", "/processes/-/diagrams",
        "/processes/-/diagrams/{diagram}", "/calendars", "/review/event-logs", "/registers/phrases",
    ],
    "auditor": [
        "/cases/{hazard}/replay", "/search", "/review", "/review/samples", "/review/samples/{review}",
        "/review/retention", "/security",
    ],
    "admin": ["/people", "/targets"],
}  # fmt: skip
"""Who walks where. Every route of the application is in it (a test sees to that)."""

DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN", "color_scheme": "light"},
    "desk": {"viewport": {"width": 1440, "height": 900}, "locale": "en", "color_scheme": "dark"},
}
"""Phone and desk, each language and each theme once."""


def test_every_route_of_the_application_is_walked() -> None:
    routes = set(re.findall(r'<Route path="(/[^"]+)"', (WEB / "src" / "app" / "App.tsx").read_text(encoding="utf-8")))
    walked = [path.partition("?")[0] for paths in WALKS.values() for path in paths]
    shapes = {re.compile(re.sub(r":\w+", "[^/]+", route)): route for route in routes}
    missing = {route for shape, route in shapes.items() if not any(shape.fullmatch(path) for path in walked)}
    assert missing == set()


@pytest.fixture
def places(demo_server: DubanServer) -> Places:
    return Places(demo_server)


def test_axe_finds_nothing_serious_on_any_screen_and_none_is_wider_than_the_glass(
    browser: Browser, places: Places
) -> None:
    found = [
        fault
        for device in DEVICES
        for person, paths in WALKS.items()
        for fault in walk(browser, places, device, person, paths)
    ]
    assert not found, "\n".join(found)


def walk(browser: Browser, places: Places, device: str, person: str, paths: list[str]) -> Iterator[str]:
    page = sat_down(browser, places.server, device, person)
    for path in paths:
        show(page, address(places, path))
        for fault in [*page.evaluate(WIDER), *page.evaluate(RUN, TAGS)]:
            yield f"{device} {person} {path}: {fault}"
    page.context.close()


def address(places: Places, path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda named: str(getattr(places, named[1])), path)


def sat_down(browser: Browser, server: DubanServer, device: str, person: str) -> Page:
    """A page that is signed in and holds axe. Nothing moves in it, so that no colour is judged on its way."""
    settings: dict[str, Any] = {**DEVICES[device], "reduced_motion": "reduce", "service_workers": "block"}
    context = browser.new_context(**settings, timezone_id="Asia/Shanghai")
    context.add_init_script(WATCH)
    token = {"username": person, "password": PASSWORD}
    assert context.request.post(f"{server.url}/api/v1/session", data=token).ok
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.url}/me")
    page.wait_for_function(SHOWN)
    page.evaluate(AXE.read_text(encoding="utf-8") + "; true")
    return page


def show(page: Page, path: str) -> None:
    """Go there as a link does, without loading the application again, and wait until all has come."""
    for one in ("/nowhere", path):  # by way of a page without anything, so that two pages of a kind are told apart
        page.evaluate(GO, one)
        page.wait_for_function(SHOWN)
