"""Security events: leaves of the log like every entry, what an auditor asks of them, and what hides or forges one."""

import json
import socket
import threading
from datetime import timedelta

import pytest

from api.app import Options, create_app
from engine import clock as seam
from engine import store
from engine.audit import keys, log, security, syslog, verify
from engine.audit.security import Wanted
from engine.errors import InvalidInput, Unavailable
from tests.conftest import SimulatedClock
from tests.integration.company import Company
from tests.integration.test_audit_log import Sealed
from workflows.duban import Duban


@pytest.fixture
def site(store, tmp_path):
    yield Sealed(store, tmp_path)
    seam.simulate(None)


def note(site: Sealed, *kinds: str, person: str | None = "p-zhang") -> None:
    with site.store.transaction() as connection:
        for kind in kinds:
            security.record(connection, kind, person=person, address="10.0.0.7", detail={"path": "/监督"})


def listed(site: Sealed, wanted: Wanted | None = None, limit: int = 50, position=None):
    with site.store.reading() as connection:
        return security.page(connection, wanted or Wanted(), limit, position)


def test_a_security_event_is_an_entry_and_a_leaf_of_the_log(site):
    site.case_of(2)
    note(site, "sign_in", "denied")
    site.log.seal()
    report = site.audit()
    assert (report.findings, report.waiting, report.leaves) == ([], 0, 5)
    found, _ = listed(site)
    assert {event.kind for event in found} == {"sign_in", "denied"}
    assert all(event.position is not None and event.address == "10.0.0.7" for event in found)
    assert found[0].detail == {"path": "/监督"}


def test_an_entry_only_commits_to_the_address(site):
    note(site, "sign_in")
    (event,), _ = listed(site)
    site.log.seal()
    row = site.rows(f"security/{event.id}")[0]
    assert b"10.0.0.7" not in row.data and b"10.0.0.7" in row.personal
    site.run(store.entries.update().where(store.entries.c.stream == row.stream).values(personal=None))
    assert listed(site)[0][0].address is None
    assert site.reasons() == []


def edit_entry(site, event):
    row = site.rows(f"security/{event.id}")[0]
    data = row.data.replace(b"denied", b"sign_in")
    mine = store.entries.c.stream == row.stream
    site.run(store.entries.update().where(mine).values(bytes=data, hash=verify.digest(data)))
    mine = store.security_events.c.id == event.id
    site.run(store.security_events.update().where(mine).values(hash=verify.digest(data)))


def drop_entry(site, event):
    site.run(store.entries.delete().where(store.entries.c.stream == f"security/{event.id}"))
    site.run(store.security_events.delete().where(store.security_events.c.id == event.id))


def hide_row(site, event):
    site.run(store.security_events.delete().where(store.security_events.c.id == event.id))


def invent_row(site, event):
    row = {"id": "f" * 32, "at": 1, "kind": "denied", "person": "p-li", "seq": 1, "hash": "0" * 64}
    site.run(store.security_events.insert().values(row))


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (edit_entry, "is not what was sealed as leaf"),
        (drop_entry, "is gone"),
        (hide_row, "has no head"),
        (invent_row, "its last entry is not the one its head names"),
    ],
)
def test_who_denies_what_happened_is_found(site, attack, says):
    note(site, "sign_in", "denied")
    site.log.seal()
    (event,), _ = listed(site, Wanted(kind="denied"))
    attack(site, event)
    assert [reason for reason in site.reasons() if says in reason], site.reasons()


def test_pages_follow_each_other_without_gap_or_repetition(site):
    note(site, *(f"kind{n}" for n in range(7)))
    seen, position = [], None
    while True:
        found, position = listed(site, limit=3, position=position)
        seen += [event.id for event in found]
        if position is None:
            break
    assert len(seen) == len(set(seen)) == 7


def test_events_are_found_by_person_kind_and_time(site):
    note(site, "sign_in", "denied")
    note(site, "denied", person="p-li")
    first = min(event.at for event in listed(site)[0])
    assert [event.person for event in listed(site, Wanted(person="p-li"))[0]] == ["p-li"]
    assert len(listed(site, Wanted(kind="denied"))[0]) == 2
    assert listed(site, Wanted(until=first))[0] == []
    assert len(listed(site, Wanted(since=first))[0]) == 3


def test_in_the_order_of_the_log_no_event_is_seen_twice_or_missed(site):
    for _ in range(3):
        note(site, "sign_in", "denied")
        site.case_of(2)
        site.log.seal()
    with site.store.reading() as connection:
        pieces = [list(security.sealed_between(connection, begin, begin + 4)) for begin in range(0, 16, 4)]
    seen = [event for piece in pieces for event in piece]
    assert len({event.id for event in seen}) == len(seen) == 6
    assert [event.position for event in seen] == sorted(event.position for event in seen)


# To the collector of the house ---------------------------------------------------------------------------------------


def test_sealed_events_reach_the_collector_once_and_in_order(site, tmp_path):
    file = tmp_path / "security.log"
    sending = syslog.Syslog(site.store, syslog.Collector.at(f"file://{file}"), "here")
    note(site, "sign_in", "denied")
    assert sending.turn() == 0, "what is not sealed has no place yet"
    site.log.seal()
    assert (sending.turn(), sending.turn()) == (2, 0)
    note(site, "sign_out")
    site.case_of(2)
    site.log.seal()
    assert sending.turn() == 1
    lines = file.read_bytes().splitlines()
    told = [json.loads(line.partition(b"\xef\xbb\xbf")[2]) for line in lines]
    assert sorted(one["kind"] for one in told[:2]) == ["denied", "sign_in"]
    assert [one["position"] for one in told] == sorted(one["position"] for one in told)
    denied = next(line for line in lines if b" denied " in line)
    assert denied.startswith(b"<84>1 20") and b"Z here duban - denied - \xef\xbb\xbf{" in denied


def test_what_the_collector_refuses_is_sent_again(site, tmp_path):
    note(site, "sign_in")
    site.log.seal()
    file = tmp_path / "absent" / "security.log"
    sending = syslog.Syslog(site.store, syslog.Collector.at(f"file://{file}"), "here")
    with pytest.raises(Unavailable, match="does not take"):
        sending.turn()
    file.parent.mkdir()
    assert sending.turn() == 1


def collector():
    listening = socket.create_server(("127.0.0.1", 0))
    received = []

    def take():
        peer, _ = listening.accept()
        with peer, peer.makefile("rb") as stream:
            received.append(stream.read())

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return listening, thread, received


def test_over_tcp_each_message_is_counted(site):
    note(site, "sign_in", person="p-李")
    site.log.seal()
    listening, thread, received = collector()
    url = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    assert syslog.Syslog(site.store, syslog.Collector.at(url), "here").turn() == 1
    thread.join(30)
    listening.close()
    count, _, rest = received[0].partition(b" ")
    assert int(count) == len(rest)
    assert "p-李" in rest.decode()


@pytest.mark.parametrize("url", ["udp://host", "tcp://", "file://", "host:601", ""])
def test_what_is_no_collector_is_refused(url):
    with pytest.raises(InvalidInput, match="Expected tcp://host:port"):
        syslog.Collector.at(url)


# The API -------------------------------------------------------------------------------------------------------------


def test_the_audit_administrator_lists_sign_ins_and_denials(company: Company) -> None:
    _ = company.chief, company.owner
    company.inspector.post("/releases")
    keys.create(company.duban.log.key_file)
    company.duban.log.seal()
    (denied,) = company.watcher.get("/security-events?kind=denied")["items"]
    assert (denied["person"], denied["name"]) == ("p-inspector", "inspector姓名")
    assert denied["detail"]["needs"] == "releases.deploy"
    assert (denied["address"], denied["position"] is not None) == ("127.0.0.1", True)
    page = company.watcher.get("/security-events?kind=sign_in&limit=2")
    rest = company.watcher.get(f"/security-events?kind=sign_in&limit=2&cursor={page['next']}")
    ids = [event["at"] for event in page["items"] + rest["items"]]
    assert len(ids) == 4 and ids == sorted(ids, reverse=True)
    assert company.admin.send("GET", "/security-log").status_code == 403


def test_what_is_handed_out_is_recorded_with_who_asked_for_what(company: Company) -> None:
    assert company.chief.send("GET", "/registers/hazards/csv?grade=MAJOR").status_code == 200
    assert company.chief.send("GET", "/registers/hazards/exchange?format=xml").status_code == 200
    read = {one["kind"]: one for one in company.auditor.get("/security-events?person=p-chief")["items"]}
    assert read["register_exported"]["detail"] == {"register": "hazards", "filters": {"grade": "MAJOR"}}
    assert read["hazards_exported"]["detail"] == {"format": "xml", "filters": {}}


# The alarm -----------------------------------------------------------------------------------------------------------


def test_a_log_that_falls_behind_raises_the_alarm_and_work_goes_on(clock: SimulatedClock, small: Company) -> None:
    keys.create(small.duban.log.key_file)
    small.duban.log.seal()
    assert small.watcher.get("/security-log")["problem"] is None
    assert small.duban.readiness()["log"] == "ok"
    small.start()
    clock.advance(timedelta(seconds=log.LATE + 1))
    assert small.watcher.get("/security-log")["behind"] >= log.LATE
    answer = small.auditor.http.get("/health/ready")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    metrics = small.auditor.http.get("/metrics").text
    assert "duban_log_behind_seconds 6" in metrics


def test_a_log_that_waits_for_a_worker_that_has_only_begun_is_no_alarm(
    clock: SimulatedClock, small: Company, sqlite_url: str
) -> None:
    small.start()
    small.duban.close()
    clock.advance(timedelta(days=1))
    begun = Duban(sqlite_url, small.duban.home)
    asked = create_app(begun, Options(limited=False)).test_client()
    assert asked.get("/health/ready").json["checks"]["log"] == "catching up"
    assert asked.get("/health/ready").json["status"] == "ok"
    clock.advance(timedelta(seconds=log.LATE + 1))
    assert asked.get("/health/ready").json["status"] == "degraded", "it had its time"
    begun.log.seal()
    assert asked.get("/health/ready").json["checks"]["log"] == "ok"
    begun.close()


def test_what_the_witness_denies_is_told_to_the_auditor(company: Company) -> None:
    keys.create(company.duban.log.key_file)
    company.duban.log.seal()
    with company.duban.store.transaction() as connection:
        connection.execute(store.tiles.delete())
    assert "witness saw" in company.watcher.get("/security-log")["problem"]
