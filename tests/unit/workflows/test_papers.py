"""The fourteen papers as they are printed."""

import builtins
from dataclasses import replace
from typing import Any

import pytest

from workflows import papers
from workflows.documents import CODES, TEMPLATE
from workflows.papers import Printed, _templates, _Words

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x"><style>@import url(file:///etc/passwd)</style>'
PAPER = Printed(
    number="S03-TG-2026-0007", hash="4f" * 32, name="隐患整改通知单", title="隐患整改通知单", house="集输监督站",
    preface="集输公司：\n请整改。", rows=(("隐患名称", "防火堤穿孔未封堵"),), closing="逾期升级。",
    blocks=(("签发人", "seal"), ("接收人", "")), notes=(("送达", "2026年3月2日 12:00", "系统送达"),), issuer="赵敏",
    issued_at="2026年3月2日 12:00", link="https://duban.example/documents/S03-TG-2026-0007#sha256=4f", void="",
    version=1,
)  # fmt: skip


def words(**names: str) -> _Words:
    return _Words(_templates(TEMPLATE), names)


@pytest.fixture
def forgotten() -> Any:
    papers._weasyprint.cache_clear()
    yield
    papers._weasyprint.cache_clear()


def test_every_paper_has_a_form_with_a_place_to_sign_and_words_for_its_fields() -> None:
    forms = _templates(TEMPLATE)["papers"]
    assert set(forms) == set(CODES)
    for form in forms.values():
        assert form["blocks"]
        assert set(form["fields"]) <= set(_templates(TEMPLATE)["labels"])
        told = (form["preface"] + form["closing"]).format_map({"recipient": "", "station": "", "unit": ""})
        assert "{" not in told


def test_fields_of_the_form_come_first_and_empty_ones_not_at_all() -> None:
    said = {"own": "附注", "site": "罐区", "clause": None, "findings": [], "dangerName": "穿孔", "cost": 0}
    rows = dict(words().rows(said, _templates(TEMPLATE)["papers"]["TG"]))
    assert list(rows.items()) == [("隐患名称", "穿孔"), ("地点", "罐区"), ("own", "附注"), ("整改费用（元）", "0")]


def test_values_are_said_in_words() -> None:
    say = words(U04="集输公司", p1="王立新").say
    assert say("unit:U04") == "集输公司"
    assert say(["person:p1", "p1"]) == "王立新、王立新"
    assert say("LARGER") == "较大"
    assert say(True) == "是"
    assert say("2026-04-01T17:30:00@Asia/Shanghai") == "2026年4月1日 17:30"
    assert say("2026-04-01T17:30:00.123+08:00") == "2026年4月1日 17:30"
    assert say("2026-04-01") == "2026年4月1日"
    assert say("2026-13-41") == "2026-13-41"
    assert say({"site": "罐区", "grade": "MAJOR"}) == {"地点": "罐区", "等级": "重大"}


def test_text_is_text_wherever_it_stands() -> None:
    rows: Any = ((HOSTILE, HOSTILE), ("名", [HOSTILE, {HOSTILE: HOSTILE}]))
    page = papers.page(
        replace(PAPER, title=HOSTILE, rows=rows, preface=HOSTILE, notes=((HOSTILE,) * 3,), void=HOSTILE, house=HOSTILE)
    )
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<style>") == 1


def test_a_paper_becomes_a_pdf_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(papers, "_fetch_nothing", lambda url, *_, **__: asked.append(url))
    assert papers.draw(PAPER).startswith(b"%PDF-")
    assert asked == []


def test_an_address_in_a_template_is_refused() -> None:
    with pytest.raises(papers.Fetched, match="file:///etc/passwd"):
        papers._fetch_nothing("file:///etc/passwd")


def test_a_machine_without_pango_says_what_to_install(monkeypatch: pytest.MonkeyPatch, forgotten: None) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(papers.CannotPrint, match="apt install libpango"):
        papers.draw(PAPER)


def test_a_machine_without_chinese_fonts_says_so(monkeypatch: pytest.MonkeyPatch, forgotten: None) -> None:
    done = papers.subprocess.CompletedProcess([], 0, stdout=b"\n")
    monkeypatch.setattr(papers.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(papers.CannotPrint, match="no Chinese font"):
        papers.draw(PAPER)


def test_the_qr_code_says_where_to_look_and_what_to_compare() -> None:
    from types import SimpleNamespace

    document: Any = SimpleNamespace(number="S03-TG-2026-0007", hash="ab12")
    assert papers.link(document, "https://duban.example/") == (
        "https://duban.example/documents/S03-TG-2026-0007#sha256=ab12"
    )
    assert papers.link(document, "") == "S03-TG-2026-0007#sha256=ab12"
