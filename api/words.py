"""Words of the server that people read, in their language; everything else is said by the web application."""

from typing import Protocol

from flask import request

from workflows.bars import Bar

_BARS: dict[str, tuple[str, str]] = {
    "ended": ("任务已结束", "The task has ended"),
    "suspended": ("案件已暂停或已结束", "The case is suspended or has ended"),
    "claimed": ("任务已由他人领取", "Somebody else has the task"),
    "unclaimed": ("任务尚未领取", "Nobody has claimed the task yet"),
    "not-candidate": ("不在该任务的候选人之内", "Not a candidate for this task"),
    "not-assigner": ("需要分派任务的权限", "Needs the permission to assign tasks in this case"),
    "separation": ("职责分离:已办理“{about}”", "Separation of duties: completed “{about}” already"),
    "no-account": ("没有有效账号", "No active account"),
    "administrator": ("管理员不得办理案件", "Administrators may not hold tasks"),
    "not-operator": ("需要流程负责人的权限", "Needs the permission of a process owner"),
    "lacks": ("缺少任务要求的资质：{about}", "Lacks what the task requires: {about}"),
    "involved": ("应当回避：参与过本案的前期工作", "Excluded: had a part in this case before"),
    "conflict": ("应当回避：{about}", "Excluded: {about}"),
    "signing": ("正在等待加签人签署", "Signers are still being waited for"),
    "signs": ("这是一项加签，请签署意见", "This asks for a signature"),
    "delegated": ("任务是受委派办理的，完成后退回委派人", "The task was delegated and goes back to its owner"),
    "no-way-back": ("没有可以退回的环节", "There is no step that it can be returned to"),
    "unsigned": ("此处不需要签署", "No signature is asked for here"),
    "not-last": (
        "只有上一环节的办理人可以撤回，且下一环节尚未有人处理",
        "Only who completed the step before, while nobody has touched the next",
    ),
    "state": ("案件当前状态下不可操作", "Not possible in the present state of the case"),
}


def language() -> str:
    """ "zh-CN" or "en", by Accept-Language; Chinese when neither is asked for."""
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"], default="zh-CN") or "zh-CN"
    return "en" if best == "en" else "zh-CN"


class Named(Protocol):
    """A process or element of a diagram."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def name_of(named: Named) -> str:
    """Its name in the reader's language; the diagram's own where it has no other."""
    return (named.name_en if language() == "en" else "") or named.name


def reason(bar: Bar | None) -> str | None:
    """Why not, as a sentence; None when there is no bar."""
    if bar is None:
        return None
    chinese, english = _BARS[bar.code]
    if language() == "en":
        return english.format(about=bar.about_en or bar.about)
    return chinese.format(about=bar.about)
