"""Rungs that are told: in the application, by a real SMTP server, to webhooks that behave and that don't."""

import base64
import email
import email.policy
import hashlib
import hmac
import ipaddress
import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from api import cli, cli_operations
from engine import deadlines
from engine.errors import InvalidInput
from engine.execution import commands as c
from engine.store import idempotency, security_events, to_millis
from tests.conftest import SimulatedClock
from tests.integration.company import Company
from workflows import notifications as told
from workflows import tables
from workflows import targets as registered
from workflows.channels import Channels
from workflows.deliveries import BACKOFF, Delivery, Outbox, SendFailed
from workflows.mail import Mailer, Smtp
from workflows.targets import Address, Vault
from workflows.webhooks import Poster, Posting, dingtalk_url, is_public, robot_message, signature

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
    company.duban.outbox._senders = {}  # the tests send by themselves

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
    for body in ({"robot": "t-unknown"}, {"channels": {"overdue": ["pigeon"]}}, {"channels": {"else": []}}):
        assert small.inspector.send("PUT", "/me/contact", json=body).status_code == 422, body
    wanted = {"email": "i@example.com", "quietFrom": "22:00", "quietUntil": "07:00", "digestAt": "18:00"}
    changed = small.inspector.send("PUT", "/me/contact", json=wanted).json
    assert wanted.items() <= changed.items()
    by_mail = {kind: [] if kind in told.QUIET_KINDS else ["email"] for kind in told.KINDS}
    assert changed["channels"] == by_mail, "a moved due time is told in the application alone unless asked for"
    assert small.inspector.get("/me/contact") == changed


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
    assert company.owner.post(f"/deliveries/{dead['id']}/retry").json == {"retried": 1}
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


def posting(receiver: Receiver, timeout: float = 5) -> None:
    """Send the delivery to the receiver, as to a plain webhook."""
    sender = Posting(None, None, Poster(everywhere, timeout))  # type: ignore[arg-type] # neither database nor key
    sender._send(Address("webhook", receiver.url, SECRET), DELIVERY)


def test_a_webhook_is_signed_and_carries_the_key_of_its_delivery(receivers: Callable[..., Receiver]) -> None:
    receiver = receivers(answer(204))
    posting(receiver)
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
        posting(receiver)
    assert other.asked == []


@pytest.mark.parametrize("drips", [True, False], ids=["drips", "hangs"])
def test_a_webhook_that_drips_or_hangs_is_given_up(receivers: Callable[..., Receiver], drips: bool) -> None:
    slow = Slow(drips)
    with pytest.raises(SendFailed):
        posting(receivers(slow), timeout=0.5)
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
        Poster()(receiver.url, b"{}", {}, reads=False)
    assert receiver.asked == []


def register(company: Company, name: str, url: str, kind: str = "webhook", **more: Any) -> str:
    """A target as its row, at an address that the API would refuse: it must be https there."""
    with company.duban.store.transaction() as connection:
        wanted = {"name": name, "kind": kind, "url": "https://example.com/?key=k&access_token=k", "by": "p-admin"}
        secret = {"secret": "SECtest"} if kind == "dingtalk" else {"secret": None}
        made, _ = registered.register(connection, company.duban.vault, **wanted, **secret)  # type: ignore[arg-type] # texts
        sealed = company.duban.vault.seal(Address(kind, url, SECRET))
        connection.execute(tables.targets.update().where(tables.targets.c.id == made.id).values(sealed=sealed))
        registered.change(connection, made.id, **more)
        return made.id


def sending(company: Company, timeout: float = 5) -> Outbox:
    posts = Posting(company.duban.store, company.duban.vault, Poster(everywhere, timeout), "https://duban.example")
    return Outbox(company.duban.store, {"webhook": posts})


def test_a_slow_webhook_holds_up_no_other_and_ends_as_a_dead_letter(
    company: Company, late: Callable[..., str], clock: SimulatedClock, receivers: Callable[..., Receiver]
) -> None:
    slow = Slow()
    good, bad = receivers(answer(204)), receivers(slow)
    fine = register(company, "good", good.url, kinds=["card"])
    never = register(company, "bad", bad.url, kinds=["card"])
    for number in range(3):
        late(str(number))
    outbox = sending(company, timeout=0.3)
    assert outbox.turn() == 6
    assert not slow.outlasted
    assert len(good.asked) == 3
    assert len(bad.asked) == 1  # its others wait without an attempt of theirs
    assert company.duban.readiness()["database"] == "ok"
    for _ in range(26):
        clock.advance(timedelta(hours=7))
        outbox.turn()
    slow.released.set()
    states = {(row.target, row.state) for row in rows(company, tables.deliveries)}
    assert states == {(fine, "delivered"), (never, "dead")}
    assert len(good.asked) == 3
    text = company.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"}).text
    assert 'duban_deliveries{state="dead"} 3.0' in text


# Robots ------------------------------------------------------------------------------------------------------------

OVERDUE = {"kind": "overdue", "code": "LATE", "name": "超时"}
RUNG = Delivery("c:1:2:webhook:h", "webhook", "h", 0, OVERDUE, "2603-x", "题")


def test_a_robot_is_told_what_happened_and_where_but_nothing_of_the_cases_content() -> None:
    wecom = robot_message("wecom", RUNG, "https://d.example/cases/2603-x")
    assert wecom["msgtype"] == "markdown"
    assert wecom["markdown"]["content"] == "**【督办·超期】超时**\n[2603-x](https://d.example/cases/2603-x)"
    dingtalk = robot_message("dingtalk", RUNG, "")
    assert dingtalk["markdown"] == {"title": "督办·超期：超时", "text": "**【督办·超期】超时**\n\n2603-x"}


def test_a_rungs_words_draw_no_link_and_mention_nobody() -> None:
    hostile = {"kind": "card", "code": "X", "name": "[点我](https://evil.example) <@all> @13800000000"}
    text = robot_message("wecom", Delivery("i", "webhook", "h", 0, hostile, "", ""), "")["markdown"]["content"]
    assert not set("[]()<>@") & set(text)


def test_dingtalks_address_is_signed_as_its_documentation_says() -> None:
    address = Address("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=x", "SECtest")
    url = urlsplit(dingtalk_url(address, 1772409600000))
    found = parse_qs(url.query)
    wanted = hmac.new(b"SECtest", b"1772409600000\nSECtest", hashlib.sha256).digest()
    assert found == {"access_token": ["x"], "timestamp": ["1772409600000"], "sign": [base64.b64encode(wanted).decode()]}


def robot(code: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def behave(request: BaseHTTPRequestHandler) -> None:
        body = json.dumps({"errcode": code, "errmsg": "said so"}).encode()
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return behave


def test_a_robot_that_answers_an_error_code_has_not_taken_it(
    company: Company, late: Callable[..., str], receivers: Callable[..., Receiver]
) -> None:
    taking, refusing = receivers(robot(0)), receivers(robot(45009))
    register(company, "takes", taking.url, "wecom", kinds=["card"])
    register(company, "refuses", refusing.url, "dingtalk", kinds=["card"])
    late()
    sending(company).turn()
    found = {row.state: row.error for row in rows(company, tables.deliveries)}
    assert found == {"delivered": None, "pending": "the robot answered errcode 45009: said so"}


def test_a_person_is_told_through_the_robot_that_they_chose_once_and_after_their_quiet_hours(
    company: Company, late: Callable[..., str], clock: SimulatedClock
) -> None:
    group = register(company, "group", "https://example.com", "wecom")
    wanted = {"robot": group, "quietFrom": "08:30", "quietUntil": "10:00", "channels": {"card": ["robot"]}}
    for client in (company.inspector, company.chief):
        assert client.send("PUT", "/me/contact", json=wanted).status_code == 200
    late()  # at 09:00
    (row,) = rows(company, tables.deliveries)
    assert (row.channel, row.target, row.due_at) == ("webhook", group, to_millis(clock.now + timedelta(hours=1)))


def test_a_target_that_was_turned_off_gets_nothing_and_what_waits_for_it_is_dead(
    company: Company, late: Callable[..., str], receivers: Callable[..., Receiver]
) -> None:
    receiver = receivers(answer(204))
    target = register(company, "hook", receiver.url, kinds=["card"])
    late("1")
    assert company.admin.send("PATCH", f"/targets/{target}", json={"active": False}).json["active"] is False
    late("2")
    sending(company).turn()
    (row,) = rows(company, tables.deliveries)
    assert (row.state, "turned off" in row.error) == ("dead", True)
    assert receiver.asked == []


def test_an_administrator_registers_a_target_whose_secret_is_shown_once_and_kept_encrypted(small: Company) -> None:
    url = "https://example.com/hook?token=very-secret"
    made = small.admin.post("/targets", {"name": "ERP", "kind": "webhook", "url": url})
    assert made.status_code == 201 and len(made.json["secret"]) > 30
    listed = small.admin.get("/targets")["items"]
    assert listed == [{name: value for name, value in made.json.items() if name != "secret"}]
    assert (listed[0]["host"], listed[0]["kinds"]) == ("example.com", [])
    (row,) = rows(small, tables.targets)
    everything = repr(row) + repr(rows(small, security_events))
    assert "very-secret" not in everything and made.json["secret"] not in everything
    assert small.duban.vault.open("webhook", row.sealed).url == url
    assert (small.duban.home / "keys" / "targets.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "webhook", "url": "http://example.com"},
        {"kind": "webhook", "url": "https://user:pass@example.com"},
        {"kind": "webhook", "url": "https://"},
        {"kind": "webhook", "url": "https://example.com/\nHost: x"},
        {"kind": "wecom", "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"},
        {"kind": "dingtalk", "url": "https://oapi.dingtalk.com/robot/send?access_token=x"},
        {"kind": "wecom", "url": "https://qyapi.weixin.qq.com/?key=x", "secret": "SEC"},
        {"kind": "pigeon", "url": "https://example.com"},
    ],
)
def test_a_target_without_a_proper_address_is_refused(small: Company, body: dict[str, str]) -> None:
    assert small.admin.post("/targets", {"name": "x", **body}).status_code == 422


def test_a_test_message_says_what_became_of_it(small: Company, receivers: Callable[..., Receiver]) -> None:
    receiver = receivers(answer(204))
    target = register(small, "hook", receiver.url)
    assert "no public address" in small.admin.post(f"/targets/{target}/test").json["error"]
    small.duban.posting = Posting(small.duban.store, small.duban.vault, Poster(everywhere))
    assert small.admin.post(f"/targets/{target}/test").json == {"delivered": True, "error": None}
    assert json.loads(receiver.asked[0][1])["code"] == "TEST"
    assert small.admin.post("/targets/t-unknown/test").status_code == 404


def test_targets_cannot_be_read_with_another_key(small: Company, tmp_path: Path) -> None:
    sealed = small.duban.vault.seal(Address("webhook", "https://example.com", SECRET))
    for other in (Vault(tmp_path / "none"), Vault(tmp_path / "other")):
        with pytest.raises(registered.Sealed):
            other.open("webhook", sealed)
        Vault(tmp_path / "other").seal(Address("webhook", "https://example.com"))


# Digests -------------------------------------------------------------------------------------------------------------


def test_a_digest_gathers_a_days_unread_notifications_into_one_mail(
    company: Company, late: Callable[..., str], clock: SimulatedClock, postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    settings = {"email": "inspector@example.com", "digestAt": "18:00"}
    assert company.inspector.send("PUT", "/me/contact", json=settings).status_code == 200
    company.inspector.send("PATCH", "/me", json={"language": "en"})
    cases = [late(place) for place in ("一", "二", "三")]
    company._clients.clear()  # the sessions have ended meanwhile
    read = company.inspector.get("/notifications")["items"][-1]
    company.inspector.post(f"/notifications/{read['id']}/read")
    mailer = Mailer(company.duban.store, smtp, "https://duban.example")
    outbox = Outbox(company.duban.store, {"email": mailer, "digest": mailer.digest})
    assert outbox.turn() == 0
    clock.set(datetime.fromisoformat("2026-03-02T18:00+08:00"))
    assert outbox.turn() == 1
    (mail,) = box.mails
    assert mail["Subject"] == "[Duban] Daily digest: 2 unread"
    assert [f"https://duban.example/cases/{case}" in mail.get_content() for case in cases] == [False, True, True]
    assert "Overdue" in mail.get_content()


def test_a_digest_of_which_all_was_read_is_not_sent(
    company: Company, late: Callable[..., str], clock: SimulatedClock, postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    company.inspector.send("PUT", "/me/contact", json={"email": "inspector@example.com", "digestAt": "18:00"})
    late()
    company._clients.clear()  # the session has ended meanwhile
    assert company.inspector.post("/notifications/read").json == {"unread": 0}
    clock.advance(timedelta(hours=12))
    Outbox(company.duban.store, {"digest": Mailer(company.duban.store, smtp).digest}).turn()
    (row,) = rows(company, tables.deliveries)
    assert (row.state, row.note, box.mails) == ("dropped", "everything had been read", [])


def test_what_is_urgent_passes_quiet_hours_and_digests(company: Company, clock: SimulatedClock) -> None:
    major = LADDER.replace("YELLOW_CARD", "RED_CARD")
    company.duban.releases.deploy({"late.bpmn": PROCESS.encode(), "ladder.dmn": major.encode()})
    settings = {"email": "i@example.com", "quietFrom": "00:00", "quietUntil": "23:59", "digestAt": "18:00"}
    assert company.inspector.send("PUT", "/me/contact", json=settings).status_code == 200
    company.duban.cases.start(c.StartCase("late", {"place": "x"}))
    clock.advance(timedelta(hours=1))
    company.duban.worker.drain()
    (row,) = rows(company, tables.deliveries)
    assert (row.channel, row.due_at) == ("email", to_millis(clock.now))


@pytest.mark.parametrize(
    ("local", "due"),
    [("2026-03-02T17:59", "2026-03-02T18:00"), ("2026-03-02T18:00", "2026-03-03T18:00"),
     ("2026-12-31T20:00", "2027-01-01T18:00")],
)  # fmt: skip
def test_the_next_digest_is_at_its_time_of_day(local: str, due: str) -> None:
    def millis(text: str) -> int:
        return to_millis(datetime.fromisoformat(f"{text}+08:00"))

    assert told.next_digest(millis(local), "18:00") == millis(due)


# What else is told ---------------------------------------------------------------------------------------------------


def test_who_is_given_a_task_is_told_but_not_who_takes_one(company: Company) -> None:
    case = company.start()
    task = company.task(case)
    company.inspector.post(f"/tasks/{task['id']}/claim", version=task["version"])
    assert rows(company, tables.notifications) == []
    version = company.task(case)["version"]
    company.inspector.post(f"/tasks/{task['id']}/delegate", {"to": "p-inspector2"}, version=version)
    (item,) = company.inspector2.get("/notifications")["items"]
    assert (item["kind"], item["name"], item["task"]) == ("task", "现场检查", task["id"])


def moved(company: Company) -> list[tuple[str, str]]:
    """Who was told of another due time, and why."""
    told_of = [(row.person, json.loads(row.data)) for row in rows(company, tables.notifications)]
    return sorted((person, data["code"]) for person, data in told_of if data["kind"] == "due")


def test_whoever_holds_a_task_or_could_take_it_is_told_of_another_due_time_once(company: Company) -> None:
    case = company.start()
    task, key, day = company.task(case), str(uuid.uuid4()), "2026-03-20T09:30:00.000Z"
    for _ in range(2):
        sent = company.owner.post(f"/tasks/{task['id']}/due", {"due": day, "reason": "storm"}, key=key)
        assert sent.status_code == 200, sent.text
    assert moved(company) == [("p-inspector", "DUE_CHANGED"), ("p-inspector2", "DUE_CHANGED")]
    (item,) = company.inspector.get("/notifications")["items"]
    assert (item["kind"], item["task"], item["name"], item["nameEn"]) == (
        "due", task["id"], "现场检查", "Inspect on site",
    )  # fmt: skip
    assert (item["dueBefore"], item["dueAfter"]) == (task["due"], day)
    company.inspector.post(f"/tasks/{task['id']}/claim", version=company.task(case)["version"])
    company.owner.post(f"/tasks/{task['id']}/due", {"due": "2026-03-21T09:30:00Z", "reason": "again"})
    assert [person for person, _ in moved(company)] == ["p-inspector", "p-inspector", "p-inspector2"]
    assert not rows(company, tables.deliveries), "in the application alone unless somebody asks for more"


def test_a_new_calendar_that_moves_a_due_time_tells_once_and_by_mail_where_that_was_asked_for(
    company: Company, clock: SimulatedClock
) -> None:
    local = clock.now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    known = deadlines.import_calendar([local.year])
    workdays = PROCESS.replace('duration="PT1H"', 'duration="P2D" clock="WORK"')
    company.duban.releases.deploy({"late.bpmn": workdays.encode(), "ladder.dmn": LADDER.encode()})
    contact = {"email": "i@example.com", "channels": {"due": ["email"]}}
    assert company.inspector.send("PUT", "/me/contact", json=contact).status_code == 200
    with company.duban.store.transaction() as connection:
        deadlines.publish(connection, known)
    company.duban.outbox._senders = {}
    company.duban.cases.start(c.StartCase("late", {"place": "一号站"}))
    off = known.off | {local + timedelta(days=ahead) for ahead in range(1, 4)}
    with company.duban.store.transaction() as connection:
        deadlines.publish(connection, replace(known, off=off))
    for _ in range(2):
        company.duban.worker.drain()
    assert moved(company) == [("p-inspector", "CALENDAR_ADOPTED"), ("p-inspector2", "CALENDAR_ADOPTED")]
    (mail,) = rows(company, tables.deliveries)
    assert (mail.channel, mail.target, json.loads(mail.payload)["kind"]) == ("email", "p-inspector", "due")


def test_a_mail_says_from_when_to_when_a_due_time_moved(company: Company, postbox: tuple[Postbox, Smtp]) -> None:
    box, smtp = postbox
    company.inspector.send("PUT", "/me/contact", json={"email": "i@example.com", "channels": {"due": ["email"]}})
    company.duban.outbox._senders = {"email": Mailer(company.duban.store, smtp)}
    case = company.start()
    due = {"due": "2026-03-20T09:30:00Z", "reason": "storm"}
    assert company.owner.post(f"/tasks/{company.task(case)['id']}/due", due).status_code == 200
    company.duban.outbox.turn()
    (mail,) = box.mails
    assert "期限变更】现场检查" in mail["Subject"] and "→ 03-20 17:30" in mail["Subject"]


def test_operators_of_a_case_are_told_that_it_is_stuck_once_until_they_have_read_it(company: Company) -> None:
    for _ in range(2):
        company.inspected(company.start(), cost=0)
    (item,) = company.owner.get("/notifications")["items"]
    assert (item["kind"], item["task"]) == ("incident", None)
    assert company.owner2.get("/notifications")["items"] == []
    company.owner.post("/notifications/read")
    company.inspected(company.start(), cost=0)
    assert len(company.owner.get("/notifications")["items"]) == 2


# Operators -----------------------------------------------------------------------------------------------------------


def test_an_operator_sees_the_queue_and_drops_a_dead_letter_with_a_reason(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    box.refuse = "550 no such user"
    reachable(company)
    late()
    assert company.owner.get("/deliveries/counts") == {"queue": 1, "failing": 0, "dead": 0}
    assert company.owner2.get("/deliveries/counts") == {"queue": 0, "failing": 0, "dead": 0}
    (queued,) = company.owner.get("/deliveries?view=queue")["items"]
    assert queued["targetName"] == "inspector姓名"
    Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)}).turn()
    drop = f"/deliveries/{queued['id']}/drop"
    assert company.owner.post(drop, {}).status_code == 422
    assert company.owner2.post(drop, {"reason": "x"}).status_code == 404
    assert company.owner.post(drop, {"reason": "left the company"}).status_code == 204
    assert company.owner.post(drop, {"reason": "again"}).status_code == 404
    (done,) = company.owner.get("/deliveries?view=done")["items"]
    assert (done["state"], done["note"]) == ("dropped", "left the company")
    kinds = [row.kind for row in rows(company, security_events)]
    assert kinds.count("delivery.dropped") == 1


def test_all_dead_letters_of_ones_cases_are_retried_at_once(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp]
) -> None:
    box, smtp = postbox
    box.refuse = "550 no such user"
    reachable(company)
    for place in ("1", "2"):
        late(place)
    outbox = Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)})
    outbox.turn()
    assert company.owner2.post("/deliveries/retry").json == {"retried": 0}
    assert company.owner.post("/deliveries/retry").json == {"retried": 2}
    box.refuse = ""
    outbox.turn()
    assert len(box.mails) == 2


def test_the_operator_chooses_what_a_target_is_always_sent(company: Company, late: Callable[..., str]) -> None:
    target = register(company, "hook", "https://example.com")
    late("1")
    assert rows(company, tables.deliveries) == []
    path = f"/deliveries/targets/{target}"
    assert company.owner.send("PUT", path, json={"kinds": ["card"]}).json["kinds"] == ["card"]
    assert company.owner.send("PUT", path, json={"kinds": ["else"]}).status_code == 422
    late("2")
    assert [row.target for row in rows(company, tables.deliveries)] == [target]


# Forgetting ----------------------------------------------------------------------------------------------------------


def test_what_has_ended_is_forgotten_in_its_time_and_what_is_dead_waits_for_somebody(
    company: Company, clock: SimulatedClock
) -> None:
    at = to_millis(clock.now)
    row = {"channel": "email", "target": "p-chief", "case_id": "", "payload": "{}", "attempts": 1, "due_at": at}
    with company.duban.store.transaction() as connection:
        for state in ("delivered", "dropped", "dead"):
            one = {**row, "id": state, "state": state, "created_at": at, "ended_at": at}
            connection.execute(tables.deliveries.insert().values(**one))
    task = company.task(company.start())["id"]
    due = {"due": "2026-09-20T09:30:00Z", "reason": "storm"}
    assert company.owner.post(f"/tasks/{task}/due", due, key=str(uuid.uuid4())).status_code == 200

    def left(days: int) -> tuple[int, int]:
        clock.advance(timedelta(days=days))
        company.duban.outbox.turn()
        company.duban.worker.prune()
        return len(rows(company, tables.deliveries)), len(rows(company, idempotency))

    assert [left(29), left(2), left(58), left(2)] == [(3, 1), (1, 1), (1, 1), (1, 0)]


# Settings ----------------------------------------------------------------------------------------------------------


def test_channels_are_read_from_a_file_and_mistakes_are_named(tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text('site = "https://duban.example"\n[smtp]\nhost = "mail"\nsender = "d@example.com"\n')
    channels = Channels.read(file)
    assert (channels.smtp and channels.smtp.port, channels.site) == (587, "https://duban.example")
    for wrong in (
        "x = 1",
        "[smtp]\nhost = 1",
        '[smtp]\nhost = "m"\nsender = "d@e.example"\ntls = "maybe"',
    ):
        file.write_text(wrong)
        with pytest.raises(InvalidInput, match="Expected"):
            Channels.read(file)


# The command line ----------------------------------------------------------------------------------------------------


def test_the_command_line_retries_as_an_operator_and_refuses_others(
    company: Company, late: Callable[..., str], postbox: tuple[Postbox, Smtp], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    box, smtp = postbox
    box.refuse = "550 no such user"
    reachable(company)
    late()
    Outbox(company.duban.store, {"email": Mailer(company.duban.store, smtp)}).turn()
    monkeypatch.setattr(cli_operations, "opened", lambda: nullcontext(company.duban))
    assert cli.main(["deliveries", "retry", "--all", "--as", "inspector"]) == 1
    assert "no role that operates" in capsys.readouterr().err
    assert cli.main(["deliveries", "list", "--as", "owner"]) == 0
    assert "550" in capsys.readouterr().out
    assert cli.main(["deliveries", "retry", "--all", "--as", "owner"]) == 0
    (row,) = rows(company, tables.deliveries)
    assert (row.state, row.handled_by) == ("pending", "p-owner")
    assert (
        cli.main(["deliveries", "drop", row.id, "--reason", "x", "--as", "owner"]) == 1
    )  # it waits, it has not failed
