"""Papers through the API: seen, served, refused, void, printed."""

from tests.integration.company import Company


def test_a_paper_is_listed_shown_and_printed(company: Company) -> None:
    number = company.issued(company.start())
    (listed,) = company.inspector.get("/documents")["items"]
    assert listed["number"] == number
    assert listed["servedTo"] == {"id": "U01", "name": "U01单位"}
    shown = company.inspector.get(f"/documents/{number}")
    assert (shown["state"], shown["name"], shown["rows"]) == (
        "SERVED",
        "隐患整改通知单",
        [{"label": "地点", "value": "一号站"}],
    )
    assert shown["actions"] == ["SERVED", "RECEIVED", "REFUSED"]
    assert [note["note"] for note in shown["notes"]] == ["ISSUED"]
    english = company.inspector.get(f"/documents/{number}", headers={"Accept-Language": "en"})
    assert english["name"] == "Rectification order"
    printed = company.inspector.send("GET", f"/documents/{number}/pdf")
    assert (printed.mimetype, printed.data[:5]) == ("application/pdf", b"%PDF-")
    assert printed.headers["Content-Disposition"] == f'attachment; filename="{number}.pdf"'


def test_pages_of_papers_follow_each_other_and_filters_narrow(company: Company) -> None:
    case = company.start()
    numbers = [company.issued(case, code) for code in ("TG", "TW", "TG")]
    first = company.chief.get("/documents?limit=2")
    rest = company.chief.get(f"/documents?limit=2&cursor={first['next']}")
    assert {one["number"] for one in first["items"] + rest["items"]} == set(numbers)
    assert rest["next"] is None
    assert [one["number"] for one in company.chief.get("/documents?code=TW")["items"]] == [numbers[1]]
    assert company.chief.get("/documents?state=VOID")["items"] == []


def test_a_note_needs_the_version_that_was_seen(company: Company) -> None:
    number = company.issued(company.start())
    body = {"note": "REFUSED", "reason": "不认可", "witness": {"name": "李见", "employer": "三队"}}
    assert company.inspector.post(f"/documents/{number}/notes", body).status_code == 428
    assert company.inspector.post(f"/documents/{number}/notes", body, version=7).status_code == 412
    answer = company.inspector.post(f"/documents/{number}/notes", body, version=1)
    assert (answer.status_code, answer.json["state"], answer.headers["ETag"]) == (200, "REFUSED", '"2"')
    assert answer.json["notes"][1]["data"]["witness"]["name"] == "李见"
    assert company.inspector.post(f"/documents/{number}/notes", body, version=2).status_code == 403


def test_what_a_note_lacks_is_named(company: Company) -> None:
    number = company.issued(company.start())
    answer = company.inspector.post(f"/documents/{number}/notes", {"note": "REFUSED"}, version=1)
    assert (answer.status_code, set(answer.json["fields"])) == (422, {"reason", "witness"})
    assert company.inspector.get(f"/documents/{number}")["version"] == 1
