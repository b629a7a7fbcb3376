"""Review work: a sample that anyone can draw again, notes that never change, a stream that the log holds."""

import hashlib
import json
import re
import subprocess
from typing import Any

import pytest

from api import cli
from engine import history
from engine.audit import log, verify
from tests.integration.company import Company
from workflows import reviews, working_paper


def closed(company: Company, count: int) -> list[str]:
    """So many closed cases."""
    found = [company.start(site=f"{n}号站") for n in range(count)]
    for case in found:
        assert company.owner.post(f"/cases/{case}/cancel", {"reason": "不查了"}).status_code == 200
    return found


def opened(company: Company, size: int = 2, **body: Any) -> dict[str, Any]:
    answer = company.auditor.post("/reviews", {"title": "三季度抽查", "size": size, **body})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def note(company: Company, number: str, **body: Any) -> Any:
    return company.auditor.post(f"/reviews/{number}/notes", body)


def test_a_draw_is_that_of_the_published_rule(company: Company) -> None:
    cases = closed(company, 5)
    company.start()  # open: not of the population
    review = opened(company, 3)
    rank = {id: hashlib.sha256(f"{review['seed']}:{id}".encode()).hexdigest() for id in cases}
    assert [one["id"] for one in review["sample"]] == sorted(cases, key=rank.__getitem__)[:3]
    assert review["population"] == 5
    assert review["digest"] == hashlib.sha256("".join(f"{id}\n" for id in sorted(cases)).encode()).hexdigest()


def test_a_shell_draws_the_same(small: Company) -> None:
    """What the documents say anyone can do."""
    cases = closed(small, 3)
    review = opened(small, 1)
    script = 'while read id; do echo "$(printf %s "$seed:$id" | sha256sum) $id"; done | sort | head -1'
    done = subprocess.run(
        ["sh", "-c", script], input="\n".join(cases) + "\n", env={"seed": review["seed"], "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split()[-1] == review["sample"][0]["id"]


def test_the_command_draws_again(
    company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed(company, 4)
    review = opened(company)
    monkeypatch.setenv("DUBAN_DATABASE", company.duban.store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DUBAN_HOME", str(company.duban.home))
    assert cli.main(["draw", "--json", "--seed", review["seed"], "--size", "2"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "population": 4, "digest": review["digest"], "sample": [one["id"] for one in review["sample"]],
    }  # fmt: skip


def test_numbers_have_no_gap_so_drawing_again_shows(company: Company) -> None:
    closed(company, 2)
    numbers = [opened(company)["number"] for _ in range(3)]
    year = numbers[0].split("-")[1]
    assert numbers == [f"review-{year}-000{n}" for n in (1, 2, 3)]
    page = company.auditor.get("/reviews?limit=2")
    rest = company.auditor.get(f"/reviews?limit=2&cursor={page['next']}")
    assert [one["number"] for one in page["items"] + rest["items"]] == numbers[::-1]


def test_notes_and_verdicts_lead_to_a_conclusion(company: Company) -> None:
    closed(company, 2)
    review = opened(company)
    number, (first, second) = review["number"], [one["id"] for one in review["sample"]]
    assert note(company, number, text="先看总体").status_code == 201
    assert note(company, number, text="不及时", case=first, verdict="MINOR").status_code == 201
    refused = company.auditor.post(f"/reviews/{number}/conclusion", {"text": "好", "verdict": "SOUND"})
    assert refused.status_code == 422 and second in refused.text
    note(company, number, text="没问题", case=second, verdict="SOUND")
    told = note(company, number, text="再看更重", case=first, verdict="SERIOUS").json
    assert {one["id"]: one["verdict"] for one in told["sample"]} == {first: "SERIOUS", second: "SOUND"}
    assert [one["text"] for one in told["notes"]] == ["先看总体", "不及时", "没问题", "再看更重"]
    done = company.auditor.post(f"/reviews/{number}/conclusion", {"text": "有严重问题", "verdict": "SERIOUS"})
    assert (done.json["state"], done.json["verdict"], done.json["closedBy"]["id"]) == ("CLOSED", "SERIOUS", "p-auditor")
    assert note(company, number, text="迟了").status_code == 409
    assert company.auditor.post(f"/reviews/{number}/conclusion", {"text": "x", "verdict": "SOUND"}).status_code == 409


def test_what_does_not_belong_is_refused(company: Company) -> None:
    (case,) = closed(company, 1)
    number = opened(company)["number"]
    assert note(company, number, text="x", case="2611-000000000000").status_code == 422
    assert note(company, number, text="x", verdict="SOUND").status_code == 422
    assert note(company, number, text="x", case=case, verdict="GOOD").status_code == 422
    assert note(company, "review-2026-9999", text="x").status_code == 404
    assert company.auditor.post("/reviews", {"title": "x", "size": 1, "unit": "U02"}).status_code == 422
    assert company.auditor.post("/reviews", {"title": "x", "size": 0}).status_code == 422
    assert company.auditor.post("/reviews", {"title": "x", "size": 501}).status_code == 422
    assert company.auditor.post("/reviews", {"title": "x", "size": 1, "view": "open"}).status_code == 422


def test_the_stream_is_whole_sealed_and_decides_again(company: Company) -> None:
    closed(company, 2)
    review = opened(company)
    note(company, review["number"], text="先看总体")
    company.duban.log.seal()
    stream = "register/" + review["number"].rpartition("-")[0]
    with company.duban.store.reading() as connection:
        found = history.verdict(connection, stream, company.duban.releases.bundle)
        report = verify.Auditor(log.Tables(connection), None, None).run()
        told = history.told(connection, stream)
    assert (found.chain, found.reexecution, found.entries) == ("whole", "same", 2)
    assert report.findings == []
    assert [one["command"]["actor"] for one in told] == ["p-auditor", "p-auditor"]


def test_the_working_paper_says_everything(company: Company) -> None:
    closed(company, 2)
    review = opened(company, title="<b>抽查</b>", unit="U01")
    case = review["sample"][0]["id"]
    note(company, review["number"], text="整改不及时 <script>", case=case, verdict="SERIOUS")
    with company.duban.store.reading() as connection:
        paper = working_paper.read(connection, reviews.find(connection, review["number"]))
    html = working_paper.papers.report("working_paper.html", paper)
    for said in (review["seed"], review["digest"], review["number"], case, "auditor姓名", "U01单位", "严重问题"):
        assert said in html
    assert "<script>" not in html and "<b>抽查" not in html


def test_the_working_paper_is_a_pdf(small: Company) -> None:
    closed(small, 1)
    answer = small.auditor.send("GET", f"/reviews/{opened(small)['number']}/pdf")
    if answer.status_code == 503:
        assert re.search("apt install", answer.text)  # this machine cannot draw, and says what it needs
    else:
        assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
