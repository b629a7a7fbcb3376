"""Rungs that are told: in the application, by a real SMTP server, to webhooks that behave and that don't."""

import email
import email.policy
import hmac
import ipaddress
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from engine.errors import InvalidInput
from engine.execution import commands as c
from engine.store import to_millis
from tests.conftest import SimulatedClock
from tests.integration.company import Company
from workflows import notifications as told
from workflows import tables
from workflows.deliveries import (
    BACKOFF,
    Channels,
    Delivery,
    Mailer,
    Outbox,
    Poster,
    SendFailed,
    Smtp,
    Webhook,
    is_public,
    signature,
)  # fmt: skip

LADDER = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="urn:test">
  <decision id="ladder" name="ladder"><variable id="v" name="ladder"/><literalExpression id="l"><text>[
    {at: "100%", code: "LATE", name: "超时", nameEn: "Overdue", card: "YELLOW_CARD",
     tell: ["role:STATION_CHIEF@U01", "person:p-inspector", "unit:U01"]}]</text></literalExpression></decision>
</definitions>"""
PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duban="urn:duban:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:test">
  <process id="late" name="迟" isExecutable="true">
    <extensionElements><duban:case title='="巡检 " + place' access='=["unit:U01"]'/></extensionElements>
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
    <userTask id="a" name="做"><extensionElements>
      <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="=[&quot;role:FIELD_INSPECTOR@U01&quot;]"/>
      <duban:deadline duration="PT1H"/><duban:ladder decisionId="ladder"/>
    </extensionElements></userTask>
  </process></definitions>"""
SECRET = "sixteen characters and more"


@pytest.fixture(autouse=True)
def standing(clock: SimulatedClock) -> None:
    """Before anything else: grants are in force from when they are given."""


@pytest.fixture
def late(company: Company, clock: SimulatedClock) -> Callable[..., str]:
    """`late()`: a case whose ladder has just been told of."""
    company.duban.releases.deploy({"late.bpmn": PROCESS.encode(), "ladder.dmn": LADDER.encode()})

    def make(place: str = "一号站") -> str:
        case = company.duban.cases.start(c.StartCase("late", {"place": place})).case
        clock.advance(timedelta(hours=1))
        company.duban.worker.drain()
        return case

    return make


def rows(company: Company, table: sa.Table) -> list[Any]:
    with company.duban.store.reading() as connection:
        return list(connection.execute(sa.select(table)))


# In the application ------------------------------------------------------------------------------------------------


def test_who_the_rung_names_is_told_once_and_can_mark_it_as_read(company: Company, late: Callable[..., str]) -> None:
    case = late()
    assert {row.person for row in rows(company, tables.notifications)} == {"p-chief", "p-inspector"}
    (item,) = company.inspector.get("/notifications")["items"]
    assert (item["code"], item["name"], item["nameEn"], item["card"]) == ("LATE", "超时", "Overdue", "YELLOW_CARD")
    assert (item["case"], item["title"], item["readAt"]) == (case, "巡检 一号站", None)
    assert company.inspector.get("/notifications/unread") == {"unread": 1}
    assert company.inspector2.get("/notifications")["items"] == []
    assert company.inspector.post(f"/notifications/{item['id']}/read").json == {"unread": 0}
    assert company.inspector.get("/notifications?unread=true")["items"] == []
    assert company.chief.get("/notifications/unread") == {"unread": 1}


def test_somebody_elses_notification_is_not_found(company: Company, late: Callable[..., str]) -> None:
    late()
    id = company.inspector.get("/notifications")["items"][0]["id"]
    assert company.inspector2.post(f"/notifications/{id}/read").status_code == 404
    assert company.inspector2.post("/notifications/x:y:z/read").status_code == 404


def test_notifications_come_in_pages_newest_first(company: Company, late: Callable[..., str]) -> None:
    cases = [late(str(number)) for number in range(3)]
    first = company.inspector.get("/notifications?limit=2")
    second = company.inspector.get(f"/notifications?limit=2&cursor={first['next']}")
    assert [one["case"] for one in first["items"] + second["items"]] == cases[::-1]
    assert second["next"] is None
    assert company.inspector.post("/notifications/read").json == {"unread": 0}


def test_an_address_that_is_none_and_half_of_quiet_hours_are_refused(small: Company) -> None:
    for body in ({"email": "a@b"}, {"email": "x\r\nBcc: y@z.example"}, {"quietFrom": "22:00"}, {"quietFrom": "25:00"}):
        assert small.inspector.send("PUT", "/me/contact", json=body).status_code == 422, body
    wanted = {"email": "i@example.com", "quietFrom": "22:00", "quietUntil": "07:00"}
    assert small.inspector.send("PUT", "/me/contact", json=wanted).json == wanted
    assert small.inspector.get("/me/contact") == wanted


@pytest.mark.parametrize(
    ("local", "due"),
    [("2026-03-02T21:59", "2026-03-02T21:59"), ("2026-03-02T22:00", "2026-03-03T07:00"),
     ("2026-03-03T06:59", "2026-03-03T07:00"), ("2026-03-03T07:00", "2026-03-03T07:00")],
)  # fmt: skip
def test_quiet_hours_end_in_the_morning(local: str, due: str) -> None:
    def millis(text: str) -> int:
        return to_millis(datetime.fromisoformat(f"{text}+08:00"))

    assert told.after_quiet(millis(local), "22:00", "07:00") == millis(due)


# E-mail ------------------------------------------------------------------------------------------------------------


class Postbox:
    """What a real SMTP server received; `refuse` is its answer to recipients."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]  # the policy makes EmailMessages
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, Smtp]]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
    controller.start()
    yield box, Smtp("127.0.0.1", "duban@example.com", controller.port, tls="none")
    controller.stop()


def reachable(company: Company) -> None:
    with company.duban.store.transaction() as connection:
        told.set_contact(connection, "p-inspector", told.Contact("inspector@example.com"))


def test_a_mail_is_sent_once_in_the_language_of_its_reader(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    reachable(company)
    case = late("三号\r\nBcc: all@example.com")
    outbox = Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp, "https://duban.example")})
    assert (outbox.turn(), outbox.turn()) == (1, 0)
    (mail,) = box.mails
    assert mail["To"] == "inspector@example.com"
    assert "超时" in mail["Subject"] and mail["Bcc"] is None
    assert f"https://duban.example/cases/{case}" in mail.get_content()
    (row,) = rows(company, tables.deliveries)
    assert (row.state, row.attempts) == ("delivered", 1)


def test_a_mail_that_was_sent_twice_has_the_same_id(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp]
) -> None:
    """Killed between sending and noting it: at least once, and the receiver can tell."""
    box, smtp = postbox
    reachable(company)
    late()
    outbox = Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)})
    outbox.turn()
    with company.duban.store.transaction() as connection:
        connection.execute(tables.deliveries.update().values(state="pending", due_at=0))
    outbox.turn()
    assert len(box.mails) == 2
    assert len({mail["Message-ID"] for mail in box.mails}) == 1


def test_an_address_that_the_server_refuses_for_good_is_dead_at_once_and_can_be_retried(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    box.refuse = "550 no such user"
    reachable(company)
    late()
    outbox = Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)})
    outbox.turn()
    (dead,) = company.owner.get("/deliveries")["items"]
    assert dead["channel"] == "email" and "550" in dead["error"]
    assert company.inspector.send("GET", "/deliveries").status_code == 403
    assert company.owner2.get("/deliveries")["items"] == []
    assert company.owner2.post(f"/deliveries/{dead['id']}/retry").status_code == 404
    box.refuse = ""
    assert company.owner.post(f"/deliveries/{dead['id']}/retry").json == {"items": []}
    assert company.owner.post(f"/deliveries/{dead['id']}/retry").status_code == 404
    outbox.turn()
    assert len(box.mails) == 1


def test_a_mail_server_that_is_away_is_tried_again_later_and_later(
    company: Company, late: Callable[..., str], clock: SimulatedClock
) -> None:
    reachable(company)
    late()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        smtp = Smtp("127.0.0.1", "duban@example.com", nobody.getsockname()[1], tls="none")
    outbox = Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)})
    for wait in BACKOFF:
        assert outbox.turn() == 1
        assert outbox.turn() == 0
        clock.advance(timedelta(milliseconds=wait))
    outbox.turn()
    (row,) = rows(company, tables.deliveries)
    assert (row.state, row.attempts) == ("dead", len(BACKOFF) + 1)


# Webhooks ----------------------------------------------------------------------------------------------------------


class Receiver(ThreadingHTTPServer):
    """A webhook's other side. `behave` answers a request, or does not."""

    daemon_threads = True

    def __init__(self, behave: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.asked: list[tuple[dict[str, str], bytes]] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked.append((dict(self.headers), body))
                behave(self)

            def log_message(self, *_: Any) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


def answer(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()

    return behave


class Slow:
    """A receiver's behaviour that ends when the test releases it, or never within its patience."""

    def __init__(self, drips: bool = False) -> None:
        self.released = threading.Event()
        self.outlasted = False  # nobody gave up before the patience ended
        self._drips = drips

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        for _ in range(600):
            if self._drips:
                request.wfile.write(b"H")
                request.wfile.flush()
            if self.released.wait(0.05):
                return
        self.outlasted = True


@pytest.fixture
def receivers() -> Iterator[Callable[..., Receiver]]:
    made: list[Receiver] = []

    def make(behave: Callable[[BaseHTTPRequestHandler], None]) -> Receiver:
        made.append(Receiver(behave))
        return made[-1]

    yield make
    for receiver in made:
        receiver.shutdown()
        receiver.server_close()


def everywhere(_: Any) -> bool:
    return True


DELIVERY = Delivery("c:1:2:webhook:h", "webhook", "h", 0, {"code": "LATE"}, "c", "title")


def posting(receiver: Receiver, timeout: float = 5) -> Poster:
    return Poster({"h": Webhook("h", receiver.url, SECRET)}, everywhere, timeout)


def test_a_webhook_is_signed_and_carries_the_key_of_its_delivery(receivers: Callable[..., Receiver]) -> None:
    receiver = receivers(answer(204))
    posting(receiver)(DELIVERY)
    ((headers, body),) = receiver.asked
    assert headers["Idempotency-Key"] == DELIVERY.id
    at, given = headers["Duban-Signature"].removeprefix("t=").split(",v1=")
    assert hmac.compare_digest(given, signature(SECRET, int(at), body))
    assert json.loads(body) == {"id": DELIVERY.id, "case": "c", "code": "LATE"}


@pytest.mark.parametrize("status", [301, 302, 307, 400, 500])
def test_an_error_and_a_redirect_are_failures(receivers: Callable[..., Receiver], status: int) -> None:
    other = receivers(answer(204))
    receiver = receivers(answer(status, Location=other.url))
    with pytest.raises(SendFailed, match=str(status)):
        posting(receiver)(DELIVERY)
    assert other.asked == []


@pytest.mark.parametrize("drips", [True, False], ids=["drips", "hangs"])
def test_a_webhook_that_drips_or_hangs_is_given_up(receivers: Callable[..., Receiver], drips: bool) -> None:
    slow = Slow(drips)
    with pytest.raises(SendFailed):
        posting(receivers(slow), timeout=0.5)(DELIVERY)
    assert not slow.outlasted
    slow.released.set()


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.1"]
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_a_webhook_at_a_private_address_is_never_asked(receivers: Callable[..., Receiver]) -> None:
    receiver = receivers(answer(204))
    with pytest.raises(SendFailed, match="no public address"):
        Poster({"h": Webhook("h", receiver.url, SECRET)})(DELIVERY)
    assert receiver.asked == []


def test_a_slow_webhook_holds_up_no_other_and_ends_as_a_dead_letter(
    company: Company, late: Callable[..., str], clock: SimulatedClock, receivers: Callable[..., Receiver]
) -> None:
    slow = Slow()
    good, bad = receivers(answer(204)), receivers(slow)
    hooks = {"good": Webhook("good", good.url, SECRET), "bad": Webhook("bad", bad.url, SECRET)}
    company.duban._telling = told.Telling(hooks)
    for number in range(3):
        late(str(number))
    outbox = Outbox(company.duban.store, {"webhook": Poster(hooks, everywhere, timeout=0.3)})
    assert outbox.turn() == 6
    assert not slow.outlasted
    assert len(good.asked) == 3
    assert len(bad.asked) == 1  # its others wait without an attempt of theirs
    for _ in range(26):
        clock.advance(timedelta(hours=7))
        outbox.turn()
    slow.released.set()
    states = {(row.target, row.state) for row in rows(company, tables.deliveries)}
    assert states == {("good", "delivered"), ("bad", "dead")}
    assert len(good.asked) == 3


# Settings ----------------------------------------------------------------------------------------------------------


def test_channels_are_read_from_a_file_and_mistakes_are_named(tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text(
        'site = "https://duban.example"\n[smtp]\nhost = "mail"\nsender = "d@example.com"\n'
        f'[[webhook]]\nid = "erp"\nurl = "https://erp.example/h"\nsecret = "{SECRET}"\n'
    )
    channels = Channels.read(file)
    assert (channels.smtp and channels.smtp.port, list(channels.webhooks)) == (587, ["erp"])
    assert SECRET not in repr(channels)
    for wrong in (
        "x = 1",
        "[smtp]\nhost = 1",
        "[[webhook]]\nid='a'\nurl='http://e.example'\nsecret='0123456789abcdef'",
    ):
        file.write_text(wrong)
        with pytest.raises(InvalidInput, match="Expected"):
            Channels.read(file)
