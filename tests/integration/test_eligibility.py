"""Who may have a task, and why not: competence, ties, rotation, borrowing, standing in. On both databases."""

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from engine import clock
from engine.errors import Forbidden, InvalidInput
from engine.execution.commands import ClaimTask
from engine.store import to_millis
from engine.worker import Work
from tests.integration.company import BPMN, FILES, Company
from workflows import people, recusal, rules, substitution

MONTH = 31 * recusal.DAY
REQUIRING = BPMN.replace(
    '<duban:evidence photos="1" />',
    """<duban:evidence photos="1" />
       <duban:eligibility requires='=["competence:hotwork", "not:conflict:" + unit]' />""",
)


@pytest.fixture
def strict(company: Company) -> Company:
    """The company, whose inspections need a competence and bar those who are tied to the unit."""
    company.duban.releases.deploy({**FILES, "inspection.bpmn": REQUIRING.encode()})
    return company


def now() -> int:
    return to_millis(clock.now())


def reasons(company: Company, task: str) -> dict[str, str]:
    seen = company.chief.get(f"/tasks/{task}", headers={"Accept-Language": "en"})
    return {one["person"]["id"]: one["reason"] for one in seen["excluded"]}


def qualify(company: Company, *persons: str, **fields: Any) -> None:
    with company.duban.store.transaction() as connection:
        for person in persons:
            recusal.add_competence(connection, person, "hotwork", **fields)


def test_only_who_is_qualified_sees_and_takes_the_task(strict: Company) -> None:
    qualify(strict, "p-inspector")
    task = strict.task(strict.start())
    assert [one["id"] for one in strict.inspector.get("/tasks?view=available")["items"]] == [task["id"]]
    assert strict.inspector2.get("/tasks?view=available")["items"] == []
    assert strict.inspector2.post(f"/tasks/{task['id']}/claim", version=1).status_code == 403
    assert strict.inspector.post(f"/tasks/{task['id']}/claim", version=1).status_code == 200
    assert reasons(strict, task["id"])["p-inspector2"] == "Lacks what the task requires: Hot work"


def test_who_worked_there_is_barred_for_two_years_and_told_so(strict: Company) -> None:
    qualify(strict, "p-inspector", "p-inspector2")
    with strict.duban.store.transaction() as connection:
        recusal.add_tie(connection, "p-inspector", "worked", "U01", until=now() - 12 * MONTH)
        recusal.add_tie(connection, "p-inspector2", "worked", "U01", until=now() - 30 * MONTH)
    task = strict.task(strict.start())
    (barred,) = reasons(strict, task["id"]).items()
    assert barred[0] == "p-inspector" and barred[1].startswith("Excluded: worked at Unit U01, barred until 2")
    assert strict.inspector.post(f"/tasks/{task['id']}/claim", version=1).status_code == 403
    assert strict.inspector2.post(f"/tasks/{task['id']}/claim", version=1).status_code == 200


def test_a_tie_that_arises_after_the_claim_bars_the_completion(strict: Company) -> None:
    qualify(strict, "p-inspector")
    case = strict.start()
    task = strict.inspector.post(f"/tasks/{strict.task(case)['id']}/claim", version=1).json["task"]
    with strict.duban.store.transaction() as connection:
        recusal.add_tie(connection, "p-inspector", "family", "U01")
    answer = strict.inspector.post(f"/tasks/{task['id']}/complete", {"data": {}}, version=task["version"])
    assert answer.status_code == 403
    assert strict.chief.get(f"/tasks/{task['id']}")["assignee"]["id"] == "p-inspector"


def test_after_three_visits_running_somebody_else_goes(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        for n, unit in enumerate(("U02", "U01", "U01")):
            recusal.note_visit(connection, "p-inspector", unit, "case", n, now() - recusal.DAY * (9 - n))
        assert "conflict:U01" not in people.tokens(connection, "p-inspector", now())
        recusal.note_visit(connection, "p-inspector", "U01", "case", 5, now() - recusal.DAY)
        assert "conflict:U01" in people.tokens(connection, "p-inspector", now())
        assert "conflict:U01" not in people.tokens(connection, "p-inspector", now() + 7 * MONTH)


def test_a_process_tells_who_visited_which_unit(company: Company) -> None:
    variables = {"visitors": ["p-inspector", "p-inspector2", "p-inspector"], "unit": "U01", "days": Decimal(31)}
    work = Work("2611-case", 7, "visit-made", "Leave", {}, variables)
    with company.duban.store.transaction() as connection:
        assert recusal.handlers()["visit-made"](connection, work) == {}
        for person in ("p-inspector", "p-inspector2"):
            assert "conflict:U01" in people.tokens(connection, person, now())
    assert "visit-made" in company.duban.worker.within


def test_a_residence_counts_once_and_ends_after_thirty_days(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        recusal.note_visit(connection, "p-inspector", "U01", "case", 1, now(), days=29)
        assert recusal.barriers(connection, "p-inspector", now()) == []
        recusal.note_visit(connection, "p-inspector2", "U01", "case", 2, now(), days=30)
        assert [one.kind for one in recusal.barriers(connection, "p-inspector2", now())] == ["residence"]


def test_the_deployed_table_decides_how_long_a_post_bars(company: Company) -> None:
    shorter = (rules.SHIPPED / "recusal.dmn").read_bytes().replace(b"<text>24</text>", b"<text>6</text>")
    with company.duban.store.transaction() as connection:
        recusal.add_tie(connection, "p-inspector", "worked", "U01", until=now() - 12 * MONTH)
        assert "conflict:U01" in people.tokens(connection, "p-inspector", now())
    company.duban.releases.deploy({**FILES, "people/recusal.dmn": shorter})
    with company.duban.store.reading() as connection:
        assert "conflict:U01" not in people.tokens(connection, "p-inspector", now())


def test_somebody_is_borrowed_from_another_unit_when_nobody_can_and_the_history_says_so(strict: Company) -> None:
    qualify(strict, "p-foreigner")
    case = strict.start()
    task = strict.task(case)["id"]
    found = {one["id"]: one for one in strict.chief.get(f"/tasks/{task}/people")["items"]}
    assert [id for id, one in found.items() if one["borrowable"]] == ["p-foreigner"]
    for body, status in (({"to": "p-foreigner"}, 403), ({"to": "p-foreigner", "borrow": True}, 409)):
        assert strict.chief.post(f"/tasks/{task}/assign", body, version=1).status_code == status
    body = {"to": "p-foreigner", "borrow": True, "note": "本站无人具备动火资质"}
    assert strict.chief.post(f"/tasks/{task}/assign", body, version=1).status_code == 200
    told = strict.chief.get(f"/cases/{case}/history?order=desc")["items"][0]
    assert (told["command"]["borrow"], told["command"]["note"]) == (True, "本站无人具备动火资质")


def test_nobody_is_borrowed_while_somebody_can(strict: Company) -> None:
    qualify(strict, "p-inspector", "p-foreigner")
    task = strict.task(strict.start())["id"]
    body = {"to": "p-foreigner", "borrow": True, "note": "x"}
    answer = strict.chief.post(f"/tasks/{task}/assign", body, version=1)
    assert (answer.status_code, "p-inspector" in answer.json["detail"]) == (409, True)


# Standing in -------------------------------------------------------------------------------------------------------


def stand_in(company: Company, absent: str, substitute: str, **fields: Any) -> str:
    since, until = fields.pop("since", now() - 1000), fields.pop("until", now() + recusal.DAY)
    with company.duban.store.transaction() as connection:
        return substitution.add(connection, absent, substitute, since, until, by="p-chief", **fields)


def test_an_absent_colleagues_tasks_are_done_on_their_behalf(company: Company) -> None:
    case = company.start()
    task = company.inspector.post(f"/tasks/{company.task(case)['id']}/claim", version=1).json["task"]
    assert company.foreigner.send("GET", f"/tasks/{task['id']}").status_code == 404
    stand_in(company, "p-inspector", "p-foreigner")
    (mine,) = company.foreigner.get("/tasks?view=mine")["items"]
    assert (mine["id"], mine["assignee"]["id"]) == (task["id"], "p-inspector")
    answer = company.foreigner.post(f"/tasks/{task['id']}/unclaim", version=task["version"])
    assert answer.status_code == 200
    told = company.chief.get(f"/cases/{case}/history?order=desc")["items"][0]
    assert (told["actor"]["id"], told["onBehalfOf"]["id"]) == ("p-foreigner", "p-inspector")


def test_a_delegated_role_gives_that_role_only(company: Company) -> None:
    task = company.task(company.start())["id"]
    stand_in(company, "p-inspector", "p-foreigner", role="STATION_CHIEF")
    assert company.foreigner.post(f"/tasks/{task}/claim", version=1).status_code == 404
    stand_in(company, "p-inspector", "p-foreigner", role="FIELD_INSPECTOR", unit="U01")
    assert company.foreigner.post(f"/tasks/{task}/claim", version=1).status_code == 200


def test_a_substitution_counts_in_its_period_only_and_is_looked_at_under_the_lock(company: Company) -> None:
    case = company.start()
    n = int(company.task(case)["id"].partition(":")[2])
    id = stand_in(company, "p-inspector", "p-foreigner", since=now() + recusal.DAY, until=now() + 2 * recusal.DAY)
    command = ClaimTask(task=n, actor="p-foreigner", on_behalf_of="p-inspector")
    with pytest.raises(Forbidden, match="substitution"):
        company.duban.cases.handle(case, command)
    with company.duban.store.transaction() as connection:
        substitution.end(connection, id, now())
    stand_in(company, "p-inspector", "p-foreigner")
    company.duban.cases.handle(case, command)


def test_a_substitute_is_barred_by_what_bars_either(strict: Company) -> None:
    qualify(strict, "p-inspector", "p-foreigner")
    task = strict.task(strict.start())["id"]
    stand_in(strict, "p-inspector", "p-foreigner")
    with strict.duban.store.transaction() as connection:
        recusal.add_tie(connection, "p-inspector", "family", "U01")
    assert strict.foreigner.post(f"/tasks/{task}/claim", version=1).status_code == 403


def test_nobody_stands_in_for_an_administrator_or_auditor_or_on_a_chain(company: Company) -> None:
    for absent in ("p-admin", "p-auditor"):
        stand_in(company, absent, "p-foreigner")
    stand_in(company, "p-inspector", "p-chief")
    stand_in(company, "p-chief", "p-foreigner")
    with company.duban.store.reading() as connection:
        held = people.acting_tokens(connection, "p-foreigner", now())
    assert not held & {"can:audit", "administrator", "can:people", "person:p-inspector"}
    assert "person:p-chief" in held


@pytest.mark.parametrize(("substitute", "days"), [("p-inspector", 1), ("p-chief", -1), ("p-chief", 400)])
def test_a_substitution_has_somebody_else_and_a_period(company: Company, substitute: str, days: int) -> None:
    with pytest.raises(InvalidInput), company.duban.store.transaction() as connection:
        substitution.add(connection, "p-inspector", substitute, now(), now() + days * recusal.DAY, by="p-chief")


def test_an_ended_tie_bars_no_more_but_stays_on_record(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        id = recusal.add_tie(connection, "p-inspector", "interest", "U01")
        recusal.end_tie(connection, id, now())
        assert recusal.barriers(connection, "p-inspector", now()) == []
        assert connection.execute(sa.text("SELECT count(*) FROM ties")).scalar_one() == 1
