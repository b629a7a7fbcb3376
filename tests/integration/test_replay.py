"""Any moment of a case: the data, tasks, deadlines and decisions of then, from entries and snapshots."""

import json
from decimal import Decimal

import pytest
import sqlalchemy as sa

from api.doors import DEVICE_HEADER
from engine import clock as seam
from engine import history
from engine import store as tables
from engine.execution import commands as c
from engine.history import MomentNotFound
from engine.store import to_millis
from tests.integration.company import Company
from tests.integration.test_cases import Site
from tests.support.diagrams import boundary, end, ext, flows, script, start, timer, user

LOOP = (
    start(), '<exclusiveGateway id="g"/>', user("a"), '<exclusiveGateway id="x" default="x-g"/>', end(),
    flows("s g", "g a", "a x", "x g", 'x e =v = "end"'),
)  # fmt: skip
PERSONAL = ext('<duban:case personal="phone"/>')


@pytest.fixture
def site(store):
    yield Site(store)
    seam.simulate(None)


def moment(site, case, seq):
    with site.store.reading() as connection:
        found = history.state_at(connection, case, seq)
        return found, history.scopes(connection, found)


def variables(scopes):
    return {one.name: one for one in scopes[0].variables}


def turns(site, count, **first):
    """A case that has gone round a loop so many times."""
    case = site.start(*LOOP, **first)
    (task,) = site.tasks(case)
    n = task.n
    for turn in range(count):
        (n,) = site.cases.handle(case, c.CompleteTask(n, {"v": f"turn {turn}"})).created
    return case


def snapshots(site, case):
    with site.store.reading() as connection:
        mine = tables.snapshots.c.case_id == case
        return list(connection.execute(sa.select(tables.snapshots).where(mine).order_by(tables.snapshots.c.seq)))


def test_every_moment_shows_what_was_then(site):
    case = site.start(start(), user("a"), script("t", "=amount + 1", "more"), user("b"), flows("s a", "a t", "t b"))
    (task,) = site.tasks(case)
    site.cases.handle(case, c.CompleteTask(task.n, {"amount": Decimal("1.50")}))
    first, scopes = moment(site, case, 1)
    assert [told["element"] for told in first.replay.tasks.values()] == ["a"]
    assert scopes == []
    second, scopes = moment(site, case, 2)
    assert [told["element"] for told in second.replay.tasks.values()] == ["b"]
    assert second.replay.diagram()["p"].active == {"b": 1}
    assert second.replay.diagram()["p"].completed["a"] == 1
    assert {name: (one.value, one.changed, one.existed) for name, one in variables(scopes).items()} == {
        "amount": (1.5, True, False), "more": (2.5, True, False),
    }  # fmt: skip


def test_a_changed_variable_shows_what_it_was(site):
    case = site.start(start(), user("a"), flows("s a"), one="old", other="same")
    site.cases.handle(case, c.SetVariables({"one": "new"}))
    _, scopes = moment(site, case, 2)
    found = variables(scopes)
    assert (found["one"].value, found["one"].changed, found["one"].old) == ("new", True, "old")
    assert (found["other"].value, found["other"].changed) == ("same", False)


def test_the_last_moment_is_the_present(site):
    case = site.start(
        start(), user("a", '<multiInstanceLoopCharacteristics>' + ext(
            '<zeebe:loopCharacteristics inputCollection="=[1,2,3]" inputElement="i"/>') +
            "</multiInstanceLoopCharacteristics>"),
        boundary("late", "a", timer("duration", "PT5M"), interrupting=False), end("l"), user("z"),
        flows("s a", "a z", "late l"),
    )  # fmt: skip
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n, {"v": "x"}))
    site.advance(minutes=6)
    last, _ = moment(site, case, site.case(case).seq)
    with site.store.reading() as connection:
        now, _ = site.cases.load(connection, case)
        shown = history.diagram_state(connection, case)
    assert last.replay.state.head == now.head
    assert sorted(last.replay.state.pages) == sorted(now.pages)
    assert {id: list(page.instances) for id, page in last.replay.state.pages.items()} == {
        id: list(page.instances) for id, page in now.pages.items()
    }
    assert {task.n for task in site.tasks(case)} == set(last.replay.tasks)
    assert shown == last.replay.diagram()


def test_a_case_is_found_by_date(site):
    case = site.start(start(), user("a"), flows("s a"))
    began = site.now
    for minutes in range(5):
        site.advance(minutes=1)
        site.cases.handle(case, c.SetVariables({"n": Decimal(minutes)}))
    with site.store.reading() as connection:
        at = to_millis(began)
        assert [history.seq_at(connection, case, at + 60_000 * n) for n in range(7)] == [1, 2, 3, 4, 5, 6, 6]
        assert history.seq_at(connection, case, at + 59_999) == 1
        with pytest.raises(MomentNotFound):
            history.seq_at(connection, case, at - 1)


@pytest.mark.parametrize("seq", [-1, 0, 3, 10**12])
def test_a_moment_that_never_was_is_not_found(site, seq):
    case = turns(site, 1)
    with site.store.reading() as connection, pytest.raises(MomentNotFound):
        history.state_at(connection, case, seq)


def test_snapshots_change_nothing_but_the_way(site):
    case = turns(site, 120, text="x" * 300)
    before = {seq: moment(site, case, seq) for seq in (1, 2, 60, 121)}
    assert history.keep_snapshots(site.store, case) >= 2
    kept = [row.seq for row in snapshots(site, case)]
    for seq in (*before, *(near for each in kept for near in (each, each + 1))):
        found, scopes = moment(site, case, seq)
        if seq in before:
            assert scopes == before[seq][1]
            assert found.replay.state.snapshot()["head"] == before[seq][0].replay.state.snapshot()["head"]
            assert found.replay.diagram() == before[seq][0].replay.diagram()
            assert found.replay.tasks == before[seq][0].replay.tasks


def test_snapshots_take_less_room_than_the_entries(site):
    case = turns(site, 150, text="x" * 20_000)
    history.keep_snapshots(site.store, case)
    entries = tables.entries.c
    with site.store.reading() as connection:
        weight = connection.execute(
            sa.select(sa.func.sum(sa.func.length(entries.bytes))).where(entries.stream == f"case/{case}")
        ).scalar_one()
    rows = snapshots(site, case)
    assert 0 < sum(len(row.body) for row in rows) <= weight


def test_keeping_snapshots_again_keeps_the_same(site):
    case = turns(site, 120)
    history.keep_snapshots(site.store, case)
    first = snapshots(site, case)
    assert history.keep_snapshots(site.store, case) == 0
    assert snapshots(site, case) == first


def test_a_snapshot_of_another_history_or_build_is_not_used(site):
    case = turns(site, 120)
    history.keep_snapshots(site.store, case)
    expected = moment(site, case, 121)[1]
    last = snapshots(site, case)[-1]
    for place, value in ((0, "another build"), (2, "0" * 64)):
        body = json.loads(last.body)
        body[place] = value
        body[3][1] = "completed"
        with site.store.transaction() as connection:
            mine = (tables.snapshots.c.case_id == case, tables.snapshots.c.seq == last.seq)
            connection.execute(tables.snapshots.update().where(*mine).values(body=json.dumps(body).encode()))
        found, scopes = moment(site, case, 121)
        assert (found.replay.state.head.status, scopes) == ("active", expected)


def test_snapshots_of_another_build_are_forgotten_once(site):
    case = turns(site, 120)
    with site.store.transaction() as connection:
        history.forget_foreign_snapshots(connection)
    history.keep_snapshots(site.store, case)
    with site.store.transaction() as connection:
        history.forget_foreign_snapshots(connection)
    assert snapshots(site, case)
    with site.store.transaction() as connection:
        connection.execute(tables.meta.update().where(tables.meta.c.key == "replay-layout").values(value="other"))
        history.forget_foreign_snapshots(connection)
    assert snapshots(site, case) == []


def test_only_cases_that_have_gathered_enough_want_a_snapshot(site):
    long, short = turns(site, 120), turns(site, 1)
    streams = [f"case/{long}", f"case/{short}", "definition/p"]
    with site.store.reading() as connection:
        assert history.heavy(connection, streams) == [long]
    history.keep_snapshots(site.store, long)
    with site.store.reading() as connection:
        assert history.heavy(connection, streams) == []


def test_personal_values_stay_out_of_snapshots_and_erased_ones_say_so(site):
    parts = (PERSONAL, *LOOP)
    case = site.start(*parts, phone="13800000000")
    (task,) = site.tasks(case)
    n = task.n
    for turn in range(120):
        (n,) = site.cases.handle(case, c.CompleteTask(n, {"v": f"turn {turn}", "note": "y" * 200})).created
    history.keep_snapshots(site.store, case)
    assert all(b"13800000000" not in row.body for row in snapshots(site, case))
    assert variables(moment(site, case, 100)[1])["phone"].value == "13800000000"
    with site.store.transaction() as connection:
        connection.execute(tables.entries.update().values(personal=None))
    for seq in (1, 100):
        assert variables(moment(site, case, seq)[1])["phone"].value == {"erased": True}
    assert site.verdict(f"case/{case}").chain == "whole"


def test_verification_does_not_look_at_snapshots(site):
    case = turns(site, 120)
    history.keep_snapshots(site.store, case)
    with site.store.transaction() as connection:
        connection.execute(tables.snapshots.update().values(body=b"[]"))
    verdict = site.verdict(f"case/{case}")
    assert (verdict.chain, verdict.reexecution) == ("whole", "same")


# Through the API ---------------------------------------------------------------------------------------------------


def test_an_auditor_sees_any_moment(company: Company) -> None:
    case = company.start()
    assert company.inspected(case).status_code == 200
    last = company.auditor.get(f"/cases/{case}")["entries"]
    before, after = (company.auditor.get(f"/cases/{case}/at/{seq}") for seq in (1, last))
    assert (before["seq"], before["entries"], before["status"]) == (1, last, "active")
    assert [task["element"] for task in before["tasks"]] == ["Inspect"]
    assert before["tasks"][0]["candidates"] == [{"id": "role:FIELD_INSPECTOR@U01", "name": "U01单位 · 现场监督员"}]
    assert before["attachments"] == [] and len(after["attachments"]) == 1
    assert [task["element"] for task in after["tasks"]] == ["Approve"]
    assert after["entry"]["actor"] == {"id": "p-inspector", "name": "inspector姓名"}
    assert "role:FIELD_INSPECTOR@U01" in after["facts"]["tokens"]
    cost = next(one for one in after["scopes"][0]["variables"] if one["name"] == "cost")
    assert (cost["value"], cost["changed"], cost["existed"]) == (4, True, False)
    assert after["processes"][0]["elements"]["Approve"]["active"] == 1
    assert after["release"]["hash"] == company.release


def test_a_moment_tells_who_was_excluded_and_why(company: Company) -> None:
    case = company.start()
    assert company.inspected(case).status_code == 200
    last = company.auditor.get(f"/cases/{case}")["entries"]
    (excluded,) = company.auditor.get(f"/cases/{case}/at/{last}")["tasks"][0]["excluded"]
    assert excluded["person"]["id"] == "p-inspector"
    assert "现场检查" in excluded["reason"]


def test_a_moment_is_found_by_date_and_hidden_from_strangers(company: Company) -> None:
    case = company.start()
    shown = company.auditor.get(f"/cases/{case}/at?at=2100-01-01T00:00:00Z")
    assert shown["seq"] == company.auditor.get(f"/cases/{case}")["entries"]
    for path in (f"/cases/{case}/at?at=2000-01-01T00:00:00Z", f"/cases/{case}/at/99", "/cases/2603-none/at/1"):
        assert company.auditor.send("GET", path).status_code == 404
    assert company.auditor.send("GET", f"/cases/{case}/at?at=yesterday").status_code == 422
    assert company.foreigner.send("GET", f"/cases/{case}/at/1").status_code == 404


def test_a_moment_shows_the_form_as_it_was_handed_in(company: Company) -> None:
    case = company.start()
    assert company.inspected(case).status_code == 200
    begun, done = (company.auditor.get(f"/cases/{case}/at/{seq}")["filled"] for seq in (1, 2))
    assert begun is None or begun["data"]["site"] == "一号站"
    assert (done["data"]["result"], done["data"]["cost"], done["data"]["site"]) == ("合格", 4, "一号站")
    assert done["schema"]["components"]


def test_the_history_around_an_entry_is_read_without_what_is_before(company: Company) -> None:
    case = company.start()
    task = company.task(case)
    for _ in range(4):
        version = company.inspector.post(f"/tasks/{task['id']}/claim", {}, version=task["version"]).json["task"][
            "version"
        ]
        answer = company.inspector.post(f"/tasks/{task['id']}/unclaim", {}, version=version)
        task = {"id": task["id"], "version": answer.json["task"]["version"]}
    path = f"/cases/{case}/history?limit=4&around="
    seqs = {around: [one["seq"] for one in company.auditor.get(f"{path}{around}")["items"]] for around in (1, 5, 9)}
    assert seqs == {1: [1, 2, 3, 4], 5: [3, 4, 5, 6], 9: [7, 8, 9]}
    assert company.auditor.send("GET", f"{path}0").status_code == 422


def test_the_time_of_the_device_stands_beside_that_of_the_server(company: Company) -> None:
    case = company.start()
    task = company.task(case, company.inspector)
    when = "2026-11-20T23:59:58.500Z"
    claim = f"/tasks/{task['id']}/claim"
    for bad in ("yesterday", "2026-11-20T23:59:58"):
        assert company.inspector.post(claim, version=task["version"], headers={DEVICE_HEADER: bad}).status_code == 422
    done = company.inspector.post(claim, version=task["version"], headers={DEVICE_HEADER: when})
    assert done.status_code == 200, done.text
    assert company.auditor.get(f"/cases/{case}/at/2")["facts"]["device"] == when
    assert "device" not in company.auditor.get(f"/cases/{case}/at/1")["facts"]
    with company.duban.store.reading() as connection:
        assert history.verdict(connection, f"case/{case}", company.duban.releases.bundle).reexecution == "same"
