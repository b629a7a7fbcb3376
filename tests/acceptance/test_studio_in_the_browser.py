"""A process owner's whole way in a real browser, from a draft to running cases on it and back; hostile files."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.acceptance.test_hazard_loop import FINDING, Person
from tests.support.server import DUBAN, DubanServer
from workflows.demo import PASSWORD

PATIENCE = 60_000

NIGHT_CHECK = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="night-file" targetNamespace="urn:duban:test">
  <bpmn:process id="night-check" name="夜间抽查" isExecutable="true">
    <bpmn:startEvent id="Begin" name="开始"><bpmn:outgoing>Go</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="Look" name="抽查">
      <bpmn:extensionElements><zeebe:userTask/>
        <zeebe:assignmentDefinition candidateGroups="role:FIELD_INSPECTOR"/></bpmn:extensionElements>
      <bpmn:incoming>Go</bpmn:incoming><bpmn:outgoing>On</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="End" name="结束"><bpmn:incoming>On</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="Go" sourceRef="Begin" targetRef="Look" isImmediate="false"/>
    <bpmn:sequenceFlow id="On" sourceRef="Look" targetRef="End"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="night-check">
    <bpmndi:BPMNShape id="Begin_di" bpmnElement="Begin">
      <dc:Bounds x="100" y="102" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Look_di" bpmnElement="Look">
      <dc:Bounds x="200" y="80" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End">
      <dc:Bounds x="360" y="102" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="Go_di" bpmnElement="Go">
      <di:waypoint x="136" y="120"/><di:waypoint x="200" y="120"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="On_di" bpmnElement="On">
      <di:waypoint x="300" y="120"/><di:waypoint x="360" y="120"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
HOSTILE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  id="hostile-file" targetNamespace="urn:duban:test">
  <bpmn:process id="hostile" name="&lt;img src=x onerror=&quot;document.title='harmed'&quot;&gt;" isExecutable="true">
    <bpmn:startEvent id="Begin" name="&lt;script&gt;document.title='harmed'&lt;/script&gt;"/>
    <bpmn:userTask id="Huge" name="{huge}"/>
    <bpmn:sequenceFlow id="Lost" sourceRef="Begin" targetRef="Nowhere"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="hostile">
    <bpmndi:BPMNShape id="Begin_di" bpmnElement="Begin">
      <dc:Bounds x="100" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Huge_di" bpmnElement="Huge">
      <dc:Bounds x="200" y="80" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Gone_di" bpmnElement="Gone">
      <dc:Bounds x="400" y="80" width="100" height="80"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
""".replace("{huge}", "检" * 20_000)


class Owner:
    """A process owner at a browser of their own. `complaints`: what the page complained about."""

    def __init__(self, browser: Browser, server: DubanServer, username: str) -> None:
        self.context = browser.new_context(
            locale="zh-CN", viewport={"width": 1440, "height": 900}, base_url=server.url
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto("/")
        self.page.locator("input[autocomplete=username]").fill(username)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text("我的任务").first).to_be_visible(timeout=PATIENCE)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def begin(self, name: str) -> str:
        """A new draft of the current release; returns its address."""
        self.page.goto("/studio")
        self.press("新建草稿")
        self.page.get_by_label("草稿名称").fill(name)
        expect(self.page.get_by_label("从哪里开始").locator("option").nth(1)).to_be_attached(timeout=PATIENCE)
        self.press("开始编辑")
        expect(self.page.get_by_role("heading", name=name)).to_be_visible(timeout=PATIENCE)
        return self.page.url.partition("?")[0]

    def bring(self, file: Path, text: str, element: str) -> None:
        """Import a file; it is opened, and the element drawn."""
        file.write_text(text, encoding="utf-8")
        self.page.locator("input[type=file]").set_input_files(str(file))
        expect(self.page.locator(f'[data-element-id="{element}"]').first).to_be_attached(timeout=PATIENCE)
        expect(self.page.get_by_role("toolbar", name="编辑工具")).to_be_visible(timeout=PATIENCE)

    def press(self, name: str, where: Locator | None = None) -> None:
        (where or self.page.locator("body")).get_by_role("button", name=name, exact=True).first.click()

    def template(self, name: str) -> None:
        self.press("常用步骤")
        self.page.get_by_role("menuitem", name=name).click()

    def element(self, id: str) -> None:
        self.page.locator(f'[data-element-id="{id}"] .djs-hit').first.click()

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).first.click()

    def sees(self, text: str, where: str = "body") -> None:
        expect(self.page.locator(where).get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def saved(self) -> None:
        expect(self.page.locator(".studio-save")).to_have_text("已保存", timeout=PATIENCE)


@pytest.fixture
def second(demo_server: DubanServer) -> str:
    """The name of another process owner; one process at a time writes, so the server rests while they are added."""
    demo_server.stop()
    for arguments in (
        ["user", "add", "zhouming", "--name", "周明", "--unit", "OIL", "--password-stdin"],
        ["user", "grant", "zhouming", "PROCESS_OWNER", "OIL"],
    ):
        subprocess.run(
            [DUBAN, *arguments], env=demo_server.environment, input=PASSWORD, text=True, check=True, capture_output=True
        )
    demo_server.start()
    return "zhouming"


def test_an_owner_changes_a_process_sees_what_it_does_has_it_reviewed_migrates_cases_and_undoes_it(
    browser: Browser, demo_server: DubanServer, second: str, tmp_path: Path
) -> None:
    Person(demo_server, "inspector").post("/cases", {"process": "hazard-loop", "data": FINDING}, expect=201)
    owner = Owner(browser, demo_server, "owner")
    place = owner.begin("较大隐患增加二次复查")
    _edits(owner, place)
    _mends(owner, tmp_path)
    _tries(owner)
    _compares_and_asks_what_if(owner)
    _is_reviewed(owner, Owner(browser, demo_server, second), place)
    _migrates(owner)
    owner.page.goto(f"{place}?view=release")
    owner.press("恢复到之前的发布")
    dialog = owner.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("第二次复查暂缓")
    owner.press("恢复到之前的发布", dialog)
    owner.sees("已恢复到之前的发布", ".toast")
    assert owner.complaints == []


def _edits(owner: Owner, place: str) -> None:
    """A second re-inspection with its form, and a reminder after 24 hours."""
    owner.page.goto(f"{place}?file=hazard/acceptance.bpmn")
    owner.element("Accept")
    owner.template("复查")
    head = owner.page.locator(".bpmn-panel .bio-properties-panel-header")
    expect(head).to_contain_text("用户任务", timeout=PATIENCE)
    owner.page.locator('[data-group-id="group-duban-form"] .bio-properties-panel-group-header').click()
    owner.page.locator('[data-entry-id="duban-form-id"] select').select_option("hazard-accept")
    owner.template("24 小时提醒")
    expect(head).to_contain_text("24 小时提醒", timeout=PATIENCE)
    owner.saved()


def _mends(owner: Owner, tmp_path: Path) -> None:
    """Another tool's process comes with a fault; the check offers its mending, which is a step to undo."""
    owner.bring(tmp_path / "night-check.bpmn", NIGHT_CHECK, "Look")
    problem = owner.page.locator(".studio-problems li").filter(has_text="BPS024")
    owner.press("去掉它", problem)
    expect(problem).to_have_count(0, timeout=PATIENCE)
    expect(owner.page.get_by_role("button", name="撤销", exact=True)).to_be_enabled()
    owner.saved()


def _tries(owner: Owner) -> None:
    owner.tab("试运行")
    owner.page.get_by_role("combobox", name="流程", exact=True).select_option("night-check")
    owner.press("开始")
    owner.sees("抽查", ".studio-task-head")
    owner.press("办理")
    owner.sees("已经办完")


def _compares_and_asks_what_if(owner: Owner) -> None:
    owner.tab("改动")
    owner.sees("24 小时提醒", ".compare-list")
    owner.tab("推演")
    owner.press("开始推演")
    expect(owner.page.locator(".owner-figures strong").last).not_to_have_text("0", timeout=PATIENCE)
    owner.sees("可以重新推演")


def _is_reviewed(owner: Owner, reviewer: Owner, place: str) -> None:
    owner.tab("评审发布")
    owner.page.get_by_label("发布说明").fill("较大隐患增加第二次复查")
    owner.press("送审")
    owner.sees("需由另一位流程负责人批准", ".notice")
    expect(owner.page.get_by_role("button", name="批准并发布")).to_have_count(0)
    reviewer.page.goto(f"{place}?view=edit&file=hazard/acceptance.bpmn")
    reviewer.element("Accept")
    expect(reviewer.page.locator(".bpmn-panel")).to_have_count(0)
    reviewer.page.get_by_label("对 Accept 的意见").fill("第二次由谁复查？")
    reviewer.press("发表")
    reviewer.sees("第二次由谁复查？", ".studio-comments li")
    reviewer.tab("评审发布")
    reviewer.press("批准并发布")
    reviewer.sees("还没有人确认")
    reviewer.press("我已阅读并理解")
    reviewer.sees("周明", ".chip")
    assert reviewer.complaints == []


def _migrates(owner: Owner) -> None:
    owner.page.goto("/processes/hazard-loop/migrate")
    owner.page.get_by_label("迁移原因").fill("较大隐患一并增加第二次复查")
    owner.press("试算")
    case = owner.page.get_by_role("row").filter(has_text=FINDING["dangerName"]).first
    expect(case).to_contain_text("可以", timeout=PATIENCE)
    owner.page.get_by_role("button", name="迁移", exact=False).first.click()
    expect(case).to_contain_text("已迁移", timeout=PATIENCE)


def test_a_hostile_diagram_does_no_harm_in_the_studio(
    browser: Browser, demo_server: DubanServer, tmp_path: Path
) -> None:
    owner = Owner(browser, demo_server, "owner")
    owner.begin("导入")
    owner.bring(tmp_path / "hostile.bpmn", HOSTILE, "Huge")
    expect(owner.page.locator(".studio-problems .studio-mark-error").first).to_be_visible(timeout=PATIENCE)
    assert "harmed" not in owner.page.title()
    assert owner.complaints == []
