"""The working paper of a review, as a PDF: population, draw, sample, notes and conclusions as they stand now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine import clock
from engine.store import to_millis
from workflows import papers, people, reviews
from workflows.reviews import Review

_VERDICTS = {None: "—", "SOUND": "未见异常", "MINOR": "一般问题", "SERIOUS": "严重问题"}
_LABELS = {
    "process": "流程",
    "unit": "单位（含下级）",
    "since": "时间自",
    "until": "时间至（不含）",
    "cases": "指定案件",
}
Paper = Mapping[str, Any]


def read(connection: Connection, review: Review) -> Paper:
    """Everything on the paper, as text."""
    told = reviews.notes(connection, review.number)
    mentioned = {review.opened_by, *(one.person for one in told), *([review.closed_by] if review.closed_by else [])}
    called = people.called(connection, {*mentioned, str(review.selection.get("unit", ""))})
    return {
        "title": review.title, "number": review.number, "printed_at": papers.moment(to_millis(clock.now())),
        "state": _state(review, called), "verdict": _VERDICTS[review.verdict], "verdict_code": review.verdict or "",
        "conclusion": review.conclusion or "", "facts": _facts(review, called), "mono": ("总体摘要", "随机种子"),
        "cases": [
            {"title": one.title, "id": one.id, "verdict": _VERDICTS[one.verdict], "code": one.verdict or ""}
            for one in reviews.sampled(connection, review)
        ],
        "notes": [
            {
                "at": papers.moment(one.at), "who": called.get(one.person, one.person), "case": one.case_id,
                "text": one.text, "verdict": _VERDICTS[one.verdict] if one.verdict else "", "code": one.verdict or "",
            }
            for one in told
        ],
    }  # fmt: skip


def draw(paper: Paper) -> bytes:
    """The PDF. Raises CannotPrint where Pango or a Chinese font is missing."""
    return papers.pdf(papers.report("working_paper.html", paper))


def _state(review: Review, called: Mapping[str, str]) -> str:
    if review.closed_at is None or review.closed_by is None:
        return "进行中"
    return f"已结束（{called.get(review.closed_by, review.closed_by)}，{papers.moment(review.closed_at)}）"


def _facts(review: Review, called: Mapping[str, str]) -> list[tuple[str, str]]:
    chosen = [(_LABELS[name], _said(value, called)) for name, value in review.selection.items() if name in _LABELS]
    dates = "办结时间" if review.selection.get("by") == "ended" else "立案时间"
    return [
        ("抽样", f"{papers.moment(review.opened_at)}，{called.get(review.opened_by, review.opened_by)}"),
        ("总体", f"已办结案件 {review.population} 件（按{dates}）"),
        *chosen,
        ("样本", f"{len(review.sample)} 件"),
        ("总体摘要", review.digest),
        ("随机种子", review.seed),
    ]


def _said(value: Any, called: Mapping[str, str]) -> str:
    if isinstance(value, int):
        return papers.moment(value)
    return "、".join(value) if isinstance(value, list) else called.get(value, value)
