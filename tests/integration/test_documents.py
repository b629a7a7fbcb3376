"""Numbers without a gap, and what becomes of papers, on both databases."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine import clock, history
from engine import store as tables
from engine.audit import verify
from engine.audit.log import Tables
from engine.cases import Cases
from engine.errors import Forbidden, InvalidInput
from engine.execution import commands as c
from engine.releases import Releases
from engine.reservations import Series
from engine.store import Store
from engine.worker import LEASE, Worker
from tests.crash.harness import boundaries, killed_at
from tests.support.diagrams import definitions, end, escape, ext, flows, process, start
from workflows import documents, people

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
INPUTS = {
    "code": '="TG"', "station": '="S03"', "servedTo": '="U01"', "title": '="整改 " + site',
    "data": '={site: site, measures: ["挂牌", "复测"]}',
}  # fmt: skip
CHIEF = {"role:STATION_CHIEF@S03", "unit:S03"}
UNIT = {"role:UNIT_SAFETY_DIRECTOR@U01", "unit:U01"}


def paper(kind: str = "document", **inputs: str) -> str:
    mapped = "".join(f'<zeebe:input source="{escape(text)}" target="{name}"/>' for name, text in inputs.items())
    mapped += '<zeebe:output source="=number" target="orderNo"/><zeebe:output source="=hash" target="orderHash"/>'
    inner = ext(f'<zeebe:taskDefinition type="{kind}"/>', f"<zeebe:ioMapping>{mapped}</zeebe:ioMapping>")
    return f'<serviceTask id="a">{inner}</serviceTask>'


class Station:
    """A store with a station, a unit and a process that issues one paper."""

    def __init__(self, store: Store, kind: str = "document", **inputs: str) -> None:
        self.store = store
        self.worker = worker(store)
        self.cases = self.worker.cases
        parts = (
            '<extensionElements><duban:case title="=site" access=\'=["unit:U01", "unit:S03"]\'/></extensionElements>',
            start(), paper(kind, **{**INPUTS, **inputs}), end(), flows("s a", "a e"),
        )  # fmt: skip
        self.cases.releases.deploy({"test.bpmn": definitions(process(*parts)).encode()})
        with store.transaction() as connection:
            for id in ("S03", "U01"):
                people.create_unit(connection, id, id, id)

    def begin(self) -> str:
        return self.cases.start(c.StartCase("p", {"site": "一号罐"})).case

    def issue(self) -> documents.Document:
        case = self.begin()
        self.worker.drain()
        with self.store.reading() as connection:
            (found,) = documents.listed(connection, tokens=CHIEF, filters={"case": case})
            return found

    def note(self, number: str, tokens: set[str], version: int, **given: Any) -> documents.Document:
        with self.store.transaction() as connection:
            told = documents.Note(**given)
            return documents.note(connection, number, told, actor="li", tokens=tokens, version=version)

    def rows(self) -> list[dict[str, Any]]:
        with self.store.reading() as connection:
            found = connection.execute(sa.select(documents.documents).order_by(documents.documents.c.number))
            return [row._asdict() for row in found]


def worker(store: Store) -> Worker:
    return Worker(Cases(store, Releases(store)), within=documents.handlers())


def expect_whole(store: Store, stream: str) -> None:
    with store.reading() as connection:
        assert stream in history.streams(connection)
        found = history.verdict(connection, stream, Releases(store).bundle)
        assert (found.chain, found.reexecution) == ("whole", "same"), found.reason
        rows = [stored.row for stored in Tables(connection, stream).entries(0)]
        assert not list(verify.check_heads(rows, Tables(connection, stream).heads()))


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    clock.simulate(lambda: NOON)
    yield
    clock.simulate(None)


def test_a_paper_bears_the_next_number_of_its_station_type_and_year(store: Store) -> None:
    station = Station(store)
    first, second = station.issue(), station.issue()
    assert [first.number, second.number] == ["S03-TG-2026-0001", "S03-TG-2026-0002"]
    assert (first.state, first.served_to, first.method) == ("SERVED", "unit:U01", "SYSTEM")
    with store.reading() as connection:
        said = documents.paper(connection, first)
        assert said.title == "整改 一号罐"
        assert said.data == {"site": "一号罐", "measures": ["挂牌", "复测"]}
        assert verify.digest(f"{said.salt}:{said.text}".encode()) == first.hash
        state, _ = station.cases.load(connection, first.case_id)
        assert state.pages["0"].variables["orderNo"] == first.number
        assert state.pages["0"].variables["orderHash"] == first.hash
    expect_whole(store, "register/S03-TG-2026")


def test_the_year_of_a_number_is_that_of_the_clock_on_the_wall(store: Store) -> None:
    station = Station(store)
    clock.simulate(lambda: datetime(2026, 12, 31, 16, 30, tzinfo=UTC))  # half past midnight in Shanghai
    assert station.issue().number == "S03-TG-2027-0001"


def test_a_number_without_a_paper_is_no_document(store: Store) -> None:
    station = Station(store, "number", code='="YH"')
    station.begin()
    station.worker.drain()
    (row,) = station.rows()
    assert (row["number"], row["hash"], row["state"]) == ("S03-YH-2026-0001", None, "ISSUED")
    with store.reading() as connection:
        assert documents.listed(connection, tokens=CHIEF, filters={}) == []


@pytest.mark.parametrize(
    ("inputs", "told"),
    [({"station": '="nowhere"'}, "no unit 'nowhere'"), ({"code": '="XX"'}, "a code of a paper"),
     ({"code": "=7"}, "to be a text"), ({"data": '="much"'}, "to be a context")],
)  # fmt: skip
def test_inputs_that_make_no_paper_become_an_incident_and_take_no_number(
    store: Store, inputs: dict[str, str], told: str
) -> None:
    station = Station(store, **inputs)
    station.begin()
    for hours in range(4):
        clock.simulate(lambda: NOON + timedelta(hours=hours))  # noqa: B023 - read at once
        station.worker.drain()
    with store.reading() as connection:
        assert told in connection.execute(sa.select(tables.incidents.c.message)).scalar_one()
    assert station.rows() == []


def test_eight_workers_and_kills_at_every_statement_leave_no_gap_and_no_double(database_url: str) -> None:
    seeded = Store(database_url)
    station = Station(seeded)
    cases = [station.begin() for _ in range(20)]
    seeded.close()
    issue = lambda store: worker(store).run_jobs()  # noqa: E731
    count = boundaries(database_url, issue)
    later = LEASE + 1_000
    for at in range(1, count, 3):
        clock.simulate(lambda: NOON + timedelta(milliseconds=at * later))  # noqa: B023 - the leases of the killed run out
        killed_at(database_url, at, issue)
    clock.simulate(lambda: NOON + timedelta(milliseconds=(count + 1) * later))
    stores = [Store(database_url)] if database_url.startswith("sqlite") else [Store(database_url) for _ in range(8)]
    _at_once(stores)
    station = _Reopened(stores[0])
    rows = station.rows()
    assert [row["n"] for row in rows] == list(range(1, len(cases) + 1))
    assert {row["case_id"] for row in rows} == set(cases)
    with stores[0].reading() as connection:
        loaded = [station.cases.load(connection, case)[0] for case in cases]
        assert {state.pages["0"].variables["orderNo"] for state in loaded} == {row["number"] for row in rows}
    expect_whole(stores[0], "register/S03-TG-2026")
    for store in stores:
        store.close()


class _Reopened(Station):
    def __init__(self, store: Store) -> None:
        self.store, self.cases = store, Cases(store, Releases(store))


def _at_once(stores: list[Store]) -> None:
    """Eight workers until nothing is due; a worker beaten to a case looks again."""
    threads = [threading.Thread(target=_until_done, args=(stores[n % len(stores)],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def _until_done(store: Store) -> None:
    one, left = worker(store), True
    while left:
        one.run_jobs()
        with store.reading() as connection:
            free = tables.jobs.c.leased_until.is_(None) | (tables.jobs.c.leased_until < tables.to_millis(clock.now()))
            left = connection.execute(sa.select(tables.jobs.c.n).where(free).limit(1)).first() is not None


def test_a_job_done_twice_keeps_its_number(store: Store) -> None:
    station = Station(store)
    case = station.begin()
    (leased,) = station.worker._lease()
    with store.transaction() as connection:
        first = documents.handlers()["document"](connection, leased)
        assert documents.handlers()["document"](connection, leased) == first
    assert case == leased.case_id
    assert len(station.rows()) == 1


def test_a_paper_is_refused_with_a_witness_then_received_and_its_names_are_not_in_the_row(store: Store) -> None:
    station = Station(store)
    issued = station.issue()
    with pytest.raises(InvalidInput) as lacking:
        station.note(issued.number, CHIEF, 1, note="REFUSED")
    assert set(lacking.value.fields) == {"reason", "witness"}
    witness = documents.Signatory("王见证", "三队")
    refused = station.note(issued.number, CHIEF, 1, note="REFUSED", reason="不认可", witness=witness)
    assert (refused.state, refused.reason, refused.version) == ("REFUSED", "不认可", 2)
    signed = station.note(issued.number, CHIEF, 2, note="RECEIVED", signatory=documents.Signatory("赵工", "三队"))
    assert (signed.state, signed.receipt_by) == ("RECEIVED", None)
    assert not any("王见证" in str(value) or "赵工" in str(value) for row in station.rows() for value in row.values())
    with store.reading() as connection:
        told = documents.notes(connection, signed)
    assert [one["note"] for one in told] == ["ISSUED", "REFUSED", "RECEIVED"]
    assert told[1]["data"]["witness"] == {"name": "王见证", "employer": "三队"}
    assert told[1]["actor"] == "li"
    expect_whole(store, "register/S03-TG-2026")


def test_a_void_number_stays_with_its_reason_and_takes_no_more_notes(store: Store) -> None:
    station = Station(store)
    issued = station.issue()
    with pytest.raises(Forbidden):
        station.note(issued.number, UNIT, 1, note="VOID", reason="写错")
    void = station.note(issued.number, CHIEF, 1, note="VOID", reason="写错单位")
    assert (void.state, void.reason) == ("VOID", "写错单位")
    assert documents.permitted(void, CHIEF) == []
    with pytest.raises(Forbidden):
        station.note(issued.number, CHIEF, 2, note="RECEIVED")
    assert station.issue().number == "S03-TG-2026-0002"


def test_the_unit_may_sign_for_what_was_served_to_it_and_do_nothing_else(store: Store) -> None:
    station = Station(store)
    issued = station.issue()
    assert documents.permitted(issued, UNIT) == ["RECEIVED"]
    assert documents.permitted(issued, {"role:UNIT_SAFETY_DIRECTOR@U02"}) == []
    assert station.note(issued.number, UNIT, 1, note="RECEIVED").receipt_by == "li"
    with pytest.raises(documents.DocumentNotFound):
        station.note(issued.number, {"unit:U02"}, 2, note="RECEIVED")


def test_a_note_on_a_document_that_has_changed_meanwhile_is_refused(store: Store) -> None:
    station = Station(store)
    issued = station.issue()
    station.note(issued.number, CHIEF, 1, note="SERVED", method="POST")
    with pytest.raises(documents.DocumentChanged):
        station.note(issued.number, CHIEF, 1, note="SERVED", method="EMAIL")


def test_the_register_can_be_rebuilt_from_the_log(store: Store) -> None:
    station = Station(store)
    station.issue()
    second = station.issue()
    station.note(second.number, CHIEF, 1, note="REFUSED", reason="不认可", witness=documents.Signatory("王见证"))
    before = station.rows()
    with store.transaction() as connection:
        documents.rebuild(connection)
    assert station.rows() == before


def test_what_an_erased_paper_said_is_gone_and_its_proof_is_not(store: Store) -> None:
    station = Station(store)
    issued = station.issue()
    with store.transaction() as connection:
        connection.execute(
            tables.entries.update().where(tables.entries.c.stream.like("register/%")).values(personal=None)
        )
    with store.reading() as connection:
        with pytest.raises(documents.DocumentErased):
            documents.paper(connection, issued)
        found = history.verdict(connection, "register/S03-TG-2026", Releases(store).bundle)
        assert (found.chain, found.reexecution) == ("whole", "erased")
    with store.transaction() as connection:
        documents.rebuild(connection)
        assert documents.find(connection, issued.number) == issued


def test_a_register_refuses_a_note_on_a_number_it_never_gave(store: Store) -> None:
    Station(store).issue()
    with store.transaction() as connection, pytest.raises(Exception, match="up to 1"):
        Series(connection, "S03-TG-2026").note(c.NoteNumber("S03-TG-2026", 9, "VOID", True), closed=False)
