"""Signatures of people on site: bound to the form and the data of the completion, and computed again from its entry."""

from typing import Any

import pytest
import sqlalchemy as sa

from engine import guard, store
from tests.integration.company import BPMN, FILES, Company, picture
from workflows import documents, papers, signatures

WHO = {"name": "周师傅", "employer": "油建承包商乙", "role": "班长"}


def handed_in(company: Company, task: str, *signed: dict[str, Any]) -> Any:
    body = {"data": {"result": "pass", "cost": 4}, "signatures": list(signed)}
    return company.inspector.post(f"/tasks/{task}/complete", body, version=1)


def drawn(company: Company, task: str) -> dict[str, Any]:
    found = company.inspector.upload(picture(), task=task, role="document", source="EXTERNAL").json
    return {**WHO, "method": "DRAWN", "drawing": {"id": found["id"], "sha256": found["sha256"]}}


def test_a_signature_is_bound_to_what_was_handed_in_and_can_be_computed_again(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    company.inspector.upload(picture(), task=task)
    done = handed_in(company, task, drawn(company, task), {**WHO, "method": "REFUSED", "witness": "吴某 输油队"})
    assert done.status_code == 200, done.text
    found = company.chief.get(f"/cases/{case}/signatures")["items"]
    assert [(one["method"], one["name"], one["witness"], one["state"]) for one in found] == [
        ("SESSION", "inspector姓名", "", "match"),
        ("DRAWN", "周师傅", "", "match"),
        ("REFUSED", "周师傅", "吴某 输油队", "match"),
    ]
    assert len({one["dataHash"] for one in found}) == 1 and len(found[0]["formVersion"]) == 64


def test_a_signature_does_not_fit_data_that_was_put_in_its_place(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    company.inspector.upload(picture(), task=task)
    assert handed_in(company, task, drawn(company, task)).status_code == 200
    e = store.entries.c
    with company.duban.store.transaction() as connection:
        rows = connection.execute(sa.select(e.seq, e.bytes).where(e.stream == f"case/{case}")).all()
        with guard.unguarded(connection):
            for row in rows:
                forged = bytes(row.bytes).replace(b'"pass"', b'"fail"')
                of = sa.update(store.entries).where(e.stream == f"case/{case}", e.seq == row.seq)
                connection.execute(of.values(bytes=forged))
        states = [one.state for one in signatures.checks(connection, case, company.duban.releases.bundle)]
    assert states == ["differs", "differs"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"method": "REFUSED"}, "signatures[0].witness"),
        ({"method": "DRAWN"}, "signatures[0].drawing"),
        ({"method": "DRAWN", "drawing": {"id": "a-0", "sha256": "0" * 64}}, "signatures[0].drawing"),
        ({"method": "SESSION"}, "signatures.0.method"),
    ],
)
def test_an_incomplete_signature_is_refused_where_it_is_wrong(
    company: Company, more: dict[str, Any], field: str
) -> None:
    task = company.task(company.start())["id"]
    company.inspector.upload(picture(), task=task)
    refused = handed_in(company, task, {**WHO, **more})
    assert refused.status_code == 422
    assert field in refused.json["fields"]


def test_a_paper_bears_the_signatures_of_the_task_it_is_about_as_long_as_they_are_not_erased(company: Company) -> None:
    case = company.start()
    task = company.task(case)["id"]
    company.inspector.upload(picture(), task=task)
    assert handed_in(company, task, drawn(company, task)).status_code == 200
    signed, bare = company.issued(case, signed_in=("Inspect",)), company.issued(case, signed_in=("Other",))
    hash = company.chief.get(f"/cases/{case}/signatures")["items"][0]["dataHash"]
    signing = papers.Signing(company.duban.releases.bundle, company.duban.attachments.preview_of)
    with company.duban.store.reading() as connection:
        printed = papers.read(connection, documents.find(connection, signed), signing=signing)
        assert papers.read(connection, documents.find(connection, bare), signing=signing).signed == ()
    session, glass = printed.signed
    assert (session.who, session.how, session.picture) == ("inspector姓名", "系统登录签名，与所签内容一致", "")
    assert (glass.who, glass.hash) == ("周师傅　油建承包商乙　班长", hash)
    assert glass.picture.startswith("data:image/jpeg;base64,")
    assert company.inspector.send("GET", f"/documents/{signed}/pdf").data[:5] == b"%PDF-"


def test_the_names_of_who_signed_go_when_personal_data_is_erased(company: Company) -> None:
    told = BPMN.replace("<duban:case ", '<duban:case personal="signatures" ')
    company.duban.releases.deploy(FILES | {"inspection.bpmn": told.encode()})
    case = company.start()
    task = company.task(case)["id"]
    company.inspector.upload(picture(), task=task)
    assert handed_in(company, task, {**WHO, "method": "REFUSED", "witness": "吴某"}).status_code == 200
    e = store.entries.c
    with company.duban.store.transaction() as connection:
        assert [one.state for one in signatures.checks(connection, case, company.duban.releases.bundle)] == [
            "match"
        ] * 2
        kept = connection.scalars(sa.select(e.bytes).where(e.stream == f"case/{case}")).all()
        assert not any("周师傅".encode() in one for one in kept)
        with guard.unguarded(connection):
            connection.execute(sa.update(store.entries).where(e.stream == f"case/{case}").values(personal=b"{}"))
        assert list(signatures.checks(connection, case, company.duban.releases.bundle)) == []
