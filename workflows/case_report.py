"""The history of a case as a PDF that a person can read; it lies in the evidence pack beside what proves it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine import history
from engine.audit.entries import millis
from engine.execution.bundle import Bundle
from workflows import attachments, papers, people
from workflows.duban import Duban

MOST = 600
"""Entries on the report: its first and last halves of this, where a case has more."""
LONGEST = 200
"""Characters of a value."""
_SAID = {
    "StartCase": "发起案件",
    "StartByEvent": "发起案件",
    "ClaimTask": "领取",
    "UnclaimTask": "放回待领取",
    "AssignTask": "指派",
    "DelegateTask": "转办",
    "CompleteTask": "完成",
    "FireTimer": "时限到",
    "DeliverMessage": "收到消息",
    "DeliverSignal": "收到信号",
    "CompleteJob": "系统完成",
    "FailJob": "系统执行失败",
    "RetryIncident": "重试",
    "Continue": "继续推进",
    "SuspendCase": "暂停案件",
    "ResumeCase": "恢复案件",
    "CancelCase": "终止案件",
    "MoveToken": "移动进度",
    "SetVariables": "修改数据",
    "MigrateCase": "转到新版流程",
    "AdoptCalendar": "按新日历重算期限",
    "ReturnTask": "退回",
    "WithdrawTask": "撤回",
    "AddSigners": "加签",
    "SignTask": "签署",
    "ChangeDueTime": "更改期限",
}
_STATES = {"active": "办理中", "completed": "已办结", "cancelled": "已终止", "suspended": "已暂停"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What the pack proves the entries by: the last entry, and the checkpoint of so many leaves."""

    head: str
    leaves: int
    signed_at: str
    key: str


def read(
    connection: Connection, duban: Duban, case_id: str, last: int, proof: Proof, *, personal: bool
) -> dict[str, Any]:
    """Everything on the report, as text; entries up to `last`. Without `personal`: no values, no names, no title."""
    told = list(_told(connection, case_id, last))
    moment = history.state_at(connection, case_id, last)
    bundles = {release: duban.releases.bundle(release, connection) for release in {one["release"] for one in told}}
    steps = _steps(told)
    actors = {one["command"].get(role) for one in told for role in ("actor", "on_behalf_of")} - {None}
    called = people.called(connection, {*actors, *_texts(told)}) if personal else {}
    head = moment.replay.state.head
    return {
        "title": head.title if personal else case_id, "case": case_id, "printed_at": papers.moment(duban.now()),
        "facts": _facts(told, moment.at, _STATES.get(head.status, head.status), last),
        "proof": [
            ("最后一条记录的指纹", proof.head),
            ("日志检查点", f"{proof.leaves} 条，{proof.signed_at}"),
            ("日志公钥", proof.key),
        ],
        "entries": [_entry(one, bundles[one["release"]], steps, called, personal) for one in told],
        "left_out": last - len(told), "personal": personal,
        "files": _files(connection, case_id, called) if personal else [],
    }  # fmt: skip


def draw(said: Mapping[str, Any]) -> bytes:
    """The PDF. Raises CannotPrint where Pango or a Chinese font is missing."""
    return papers.pdf(papers.report("case_report.html", said))


def _files(connection: Connection, case_id: str, called: Mapping[str, str]) -> list[dict[str, str]]:
    found = attachments.of_case(connection, case_id)
    names = {**called, **people.called(connection, {one.uploaded_by for one in found})}
    return [
        {
            "name": one.name, "at": papers.moment(one.uploaded_at), "sha256": one.sha256,
            "who": names.get(one.uploaded_by, one.uploaded_by),
        }
        for one in found
    ]  # fmt: skip


def _told(connection: Connection, case_id: str, last: int) -> Iterator[dict[str, Any]]:
    stream, half = f"case/{case_id}", MOST // 2
    yield from history.told(connection, stream, limit=min(last, half))
    if last > half:
        after = max(half, last - half)
        yield from history.told(connection, stream, after=after, limit=last - after)


def _texts(told: list[dict[str, Any]]) -> Iterator[str]:
    """Values that may be the id of a person or a unit."""
    values = (value for one in told for value in (one["command"].get("variables") or {}).values())
    return (value for value in values if isinstance(value, str) and len(value) <= 40)


def _steps(told: list[dict[str, Any]]) -> dict[int, str]:
    """Task → the element that it stands at."""
    events = (event for one in told for event in one["events"])
    return {event["task"]: event["element"] for event in events if event["type"] == "TaskCreated"}


def _facts(told: list[dict[str, Any]], until: int, state: str, last: int) -> list[tuple[str, str]]:
    begun = papers.moment(millis(told[0]["at"]))
    ended = papers.moment(until)
    return [("状态", state), ("开始", begun), ("最后一条记录", ended), ("记录", f"{last} 条")]


def _entry(
    one: Mapping[str, Any], bundle: Bundle, steps: Mapping[int, str], called: Mapping[str, str], personal: bool
) -> dict[str, Any]:
    command = one["command"]
    actor, behalf = command.get("actor"), command.get("on_behalf_of")
    who = called.get(actor, actor) if actor else "系统"
    return {
        "seq": one["seq"], "at": papers.moment(millis(one["at"])), "hash": one["hash"][:12],
        "who": f"{who}（代 {called.get(behalf, behalf)}）" if behalf else who,
        "what": _what(command, bundle, steps), "then": list(_then(one["events"], bundle)),
        "values": list(_values(command, bundle, called)) if personal else [],
    }  # fmt: skip


def _what(command: Mapping[str, Any], bundle: Bundle, steps: Mapping[int, str]) -> str:
    element = command.get("element") or steps.get(command.get("task", 0))
    said = _SAID.get(command["type"], command["type"])
    return f"{said}：{_name(bundle, element)}" if element else said


def _then(events: list[Mapping[str, Any]], bundle: Bundle) -> Iterator[str]:
    for event in events:
        if event["type"] == "TaskCreated":
            yield f"下一步：{_name(bundle, event['element'])}"
        elif event["type"] == "RungReached":
            yield f"督办：{(event.get('rung') or {}).get('name') or event['code']}"
        elif event["type"] == "IncidentRaised":
            yield f"停在：{_name(bundle, event['element'])}"
        elif event["type"] == "CaseCompleted":
            yield "案件办结"


def _values(command: Mapping[str, Any], bundle: Bundle, called: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    fields = _fields(bundle)
    for name, value in (command.get("variables") or {}).items():
        if value not in (None, "", []):
            about = fields.get(name, {})
            label = about.get("label") or about.get("dateLabel") or about.get("timeLabel") or name
            chosen = {str(one.get("value")): str(one.get("label")) for one in about.get("values") or ()}
            yield label, _text(value, {**called, **chosen})


def _text(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        if value == {"erased": True}:
            return "（已删除）"
        if {"id", "sha256"} <= set(value):
            return f"附件 {str(value['sha256'])[:12]}"
        text = "；".join(f"{name}：{_text(part, words)}" for name, part in value.items())
    elif isinstance(value, list):
        text = "、".join(_text(part, words) for part in value)
    elif isinstance(value, bool):
        text = "是" if value else "否"
    else:
        text = words.get(str(value), str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _fields(bundle: Bundle) -> dict[str, dict[str, Any]]:
    """The fields of a release's forms by their key."""
    schemas = (form.localized("zh-CN") for form in bundle.forms.values())
    return {one["key"]: one for schema in schemas for one in _components(schema) if one.get("key")}


def _components(part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in part.get("components", ()):
        yield one
        yield from _components(one)


def _name(bundle: Bundle, element: str) -> str:
    for process in bundle.processes.values():
        if element in process.nodes:
            return process.nodes[element].name or element
    return element
