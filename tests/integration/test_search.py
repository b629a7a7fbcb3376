"""Search over all histories: what is found, who finds it, in pages without gap, along an index."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine import clock as seam
from engine import search, store
from engine.audit import keys
from engine.execution import commands as c
from engine.search import Hit, Indexing, Link, Wanted
from tests.integration.company import Company
from tests.integration.test_audit_log import Sealed
from tests.support.diagrams import end, ext, flows, start, user

ASSIGNED = '<zeebe:assignmentDefinition candidateUsers="p-li, p-wang"/>'
WHO = ext(ASSIGNED)
TWO = (start(), user("look", WHO), user("close", WHO), end(), flows("s look", "look close", "close e"))
AUDITOR = frozenset({"can:audit"})


@pytest.fixture
def site(store, tmp_path):
    yield Sealed(store, tmp_path)
    seam.simulate(None)


def closed(site: Sealed, actor: str, **data: object) -> str:
    """A case whose two tasks somebody completed: entries 1 to 3."""
    case = site.start(*TWO)
    for values in ({}, data):
        site.cases.handle(case, c.CompleteTask(site.tasks(case)[-1].n, values, actor=actor))
    return case


def indexed(site: Sealed) -> None:
    site.log.seal()
    indexing = Indexing(site.store)
    while indexing.turn():
        pass


def found(site: Sealed, *, limit: int = 50, position=None, tokens=AUDITOR, person: str = "p-audit", **wanted: object):
    with site.store.reading() as connection:
        return search.find(connection, Wanted(**wanted), person=person, tokens=tokens, limit=limit, position=position)


def places(site: Sealed, **wanted: object) -> list[tuple[str, int]]:
    return [(hit.case, hit.seq) for hit in found(site, **wanted).hits]


def test_an_entry_is_found_by_who_what_where_and_with_which_variable(site):
    case = closed(site, "p-li", reason="rain")
    closed(site, "p-wang")
    indexed(site)
    assert places(site, persons=("p-li",), element="close") == [(case, 3)]
    assert places(site, variable="reason") == [(case, 3)]
    assert places(site, variable="reason", persons=("p-wang",)) == []
    assert set(places(site, what="CompleteTask", case=case)) == {(case, 2), (case, 3)}
    assert places(site, what="StartCase", case=case) == [(case, 1)]
    assert len(places(site, persons=("p-li", "p-wang"))) == 4
    assert places(site, process="another") == []


def test_no_value_of_a_variable_gets_into_the_index(site):
    closed(site, "p-li", reason="secret rain")
    indexed(site)
    with site.store.reading() as connection:
        assert not [term for term in connection.scalars(sa.select(store.history_terms.c.term)) if "rain" in term]


def test_an_entry_is_found_by_time(site):
    first = closed(site, "p-li")
    site.now += timedelta(hours=1)
    between = store.to_millis(site.now)
    second = closed(site, "p-li")
    indexed(site)
    assert {case for case, _ in places(site, until=between)} == {first}
    assert {case for case, _ in places(site, since=between)} == {second}


def test_what_was_completed_after_its_due_time_is_found_with_that_time(site):
    timed = ext(ASSIGNED + "<zeebe:taskSchedule dueDate='=now() + duration(\"PT8H\")'/>")
    parts = (start(), user("look", timed), end(), flows("s look", "look e"))
    for hours in (7, 9):
        case = site.start(*parts)
        due = store.to_millis(site.now + timedelta(hours=8))
        site.now += timedelta(hours=hours)
        site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n, {}, actor="p-li"))
    indexed(site)
    (late,) = found(site, late=True).hits
    assert (late.case, late.seq) == (case, 2)
    with site.store.reading() as connection:
        assert search.due(connection, [late]) == {late: due}


def test_pages_follow_each_other_without_gap_or_repetition(site):
    for _ in range(3):
        closed(site, "p-li")
    indexed(site)
    seen: list[Hit] = []
    position = None
    while True:
        page = found(site, limit=2, position=position, what="CompleteTask")
        seen += page.hits
        position = page.next
        if position is None:
            break
    assert len(seen) == len(set(seen)) == 6
    order = [(hit.at, hit.case, hit.seq) for hit in seen]
    assert order == sorted(order, reverse=True)


def test_only_cases_that_one_may_see_are_found(site):
    case = closed(site, "p-li")
    indexed(site)
    assert places(site, tokens=frozenset({"unit:U09"}), person="p-stranger") == []
    assert {one for one, _ in places(site, tokens=frozenset({"unit:U09"}), person="p-li")} == {case}


def test_indexing_again_changes_nothing(site):
    closed(site, "p-li")
    indexed(site)
    with site.store.transaction() as connection:
        before = connection.scalar(sa.select(sa.func.count()).select_from(store.history_terms))
        store.remember(connection, "search-position", "0")
    indexed(site)
    with site.store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(store.history_terms)) == before


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(persons=("p-li",), element="close"), Wanted(late=True)])
def test_a_page_is_read_along_an_index_and_never_sorted(site, wanted):
    query = search.statement(wanted, "p-audit", AUDITOR, 51, [10**15, "z", 1])
    with site.store.transaction() as connection:
        dialect = sqlite.dialect() if site.store.is_sqlite else postgresql.dialect()
        text = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        if site.store.is_sqlite:
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
            assert any("history_terms" in line and "term=?" in line for line in plan), plan
            assert not any("TEMP B-TREE" in line or line.startswith("SCAN history_terms") for line in plan), plan
        else:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # an empty table is scanned otherwise
            plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text}")]
            assert any("pk_history_terms" in line for line in plan), plan


def test_cases_that_told_each_other_something_are_linked_both_ways(site):
    sender, receiver = "2603-aaaaaaaaaaaa", "2603-bbbbbbbbbbbb"
    rows = [
        {"term": f"from:{sender}:4", "at": 1_000, "case_id": receiver, "seq": 1},
        {"term": f"from:{receiver}:7", "at": 2_000, "case_id": sender, "seq": 5},
        {"term": f"from:{sender}x:9", "at": 3_000, "case_id": "2603-cccccccccccc", "seq": 1},
    ]
    site.run(store.history_terms.insert().values(rows))
    with site.store.reading() as connection:
        there, back = (search.links(connection, case, 10) for case in (sender, receiver))
    assert there == [Link(receiver, True, 1_000, 4, 1), Link(receiver, False, 2_000, 5, 7)]
    assert back == [Link(sender, False, 1_000, 1, 4), Link(sender, True, 2_000, 7, 5)]


def test_an_entry_that_a_message_of_another_case_led_to_names_it(site):
    said = {"command": {"type": "StartCase", "message": "case/2603-aaaaaaaaaaaa/4/0"}, "events": []}
    outside = {"command": {"type": "StartCase", "message": "outside/7"}, "events": []}
    assert "from:2603-aaaaaaaaaaaa:4" in set(search._said(said))
    assert not [term for term in search._said(outside) if term.startswith("from:")]


# Through the API -----------------------------------------------------------------------------------------------------


def test_an_auditor_finds_who_did_something_and_what_they_wrote(company: Company) -> None:
    keys.create(company.duban.log.key_file)
    case = company.start()
    assert company.inspected(case).status_code == 200
    company.duban.log.seal()
    Indexing(company.duban.store).turn()
    (hit,) = company.auditor.get("/history?what=CompleteTask&element=Inspect&person=inspector")["items"]
    assert (hit["case"], hit["entry"]["seq"], hit["entry"]["actor"]["id"]) == (case, 2, "p-inspector")
    assert hit["filled"]["cost"] == 4
    assert hit["due"] is not None and not hit["late"]
    assert company.auditor.get("/history?late=true")["items"] == []
    assert company.auditor.get("/history?person=nobody")["items"] == []
    assert company.foreigner.get("/history")["items"] == []
    assert company.watcher.send("GET", "/history").status_code == 403
    words = company.auditor.get("/history/words")["processes"]
    assert "Inspect" in [element["id"] for process in words for element in process["elements"]]
