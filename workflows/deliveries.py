"""Sending what the outbox holds: e-mail by SMTP, and signed webhooks to registered targets. At least once.

A receiver tells repetitions by the delivery's id (`Idempotency-Key`, `Message-ID`). A target that fails is left alone,
longer each time; after the last attempt the delivery is dead until somebody asks for another try.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import smtplib
import socket
import ssl
import threading
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from engine import clock
from engine.errors import DubanError, InvalidInput, NotFound
from engine.store import Store, announce, case_access, cases, to_millis
from engine.worker import IDLE, Errand, counted
from workflows.tables import contacts, deliveries, people

log = logging.getLogger("duban.deliveries")

LEASE = 120_000  # ms; several times what one target's share of a turn may take
BACKOFF = (10_000, 60_000, 300_000, 1_800_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000)
"""Ms before each further attempt; then the delivery is dead: after about half a day."""
TIMEOUT = 10.0  # seconds for one delivery as a whole, however slowly the other side drips
AT_ONCE = 20
SENDERS = 4
KEEP = 30 * 86_400_000

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class DeliveryNotFound(NotFound):
    """Expected a dead delivery with this id, but there is none."""


class SendFailed(DubanError):
    """The other side did not take it. `permanent`: it never will."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    channel: str
    target: str
    attempts: int
    payload: dict[str, Any]
    case_id: str
    title: str


Sender = Callable[[Delivery], None]


# Settings ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Smtp:
    """`tls`: starttls, implicit or none."""

    host: str
    sender: str
    port: int = 587
    tls: str = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Webhook:
    id: str
    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Channels:
    """Where notifications go besides the application. `site`: the address of this installation, for links."""

    site: str = ""
    smtp: Smtp | None = None
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Channels":
        """A TOML file with `site`, `[smtp]` and `[[webhook]]`; InvalidInput says what is wrong in it."""
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            smtp = Smtp(**found.pop("smtp")) if "smtp" in found else None
            hooks = [Webhook(**one) for one in found.pop("webhook", [])]
            read = cls(smtp=smtp, webhooks={hook.id: hook for hook in hooks}, **found)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
            raise InvalidInput(f"Expected site, [smtp] and [[webhook]] in {path}, but: {error}") from error
        for hook in hooks:
            _check_hook(hook, path)
        if smtp is not None and smtp.tls not in ("starttls", "implicit", "none"):
            raise InvalidInput(f"Expected tls = starttls, implicit or none in {path}, but found {smtp.tls!r}")
        return read


def _check_hook(hook: Webhook, path: Path) -> None:
    url = urlsplit(hook.url)
    if url.scheme != "https" or not url.hostname or url.username or url.fragment:
        raise InvalidInput(f"Expected an https address of webhook {hook.id!r} in {path}, but found {hook.url!r}")
    if not hook.id.isidentifier() or len(hook.secret) < 16:
        raise InvalidInput(f"Expected a name as id and a secret of at least 16 characters for {hook.id!r} in {path}")


# The outbox --------------------------------------------------------------------------------------------------------


class Outbox:
    """`senders`: channel → what sends one delivery, or raises SendFailed. What no sender is for waits."""

    def __init__(self, store: Store, senders: Mapping[str, Sender]) -> None:
        self._store, self._senders = store, senders

    def errand(self) -> Errand:
        return Errand("deliveries", self.turn, lambda: IDLE, patience=LEASE / 1000)

    def turn(self) -> int:
        """Send what is due, each target by itself, so that a slow one holds up only its own."""
        taken = self._lease() if self._senders else []
        if not taken:
            return 0
        groups = [list(group) for _, group in groupby(taken, key=_target)]
        with ThreadPoolExecutor(SENDERS, thread_name_prefix="duban-sender") as pool:
            return sum(pool.map(self._send_all, groups))

    def _lease(self) -> list[Delivery]:
        """A lease is a due time in the future: if this process dies, somebody takes it again then."""
        d, now = deliveries.c, to_millis(clock.now())
        due = (d.state == "pending", d.due_at <= now, d.channel.in_(list(self._senders)))
        with self._store.reading() as connection:
            if connection.execute(sa.select(d.id).where(*due).limit(1)).first() is None:
                return []
        with self._store.transaction() as connection:
            query = sa.select(deliveries, cases.c.title).join(cases, cases.c.id == d.case_id).where(*due)
            few = query.order_by(d.due_at, d.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=deliveries)
            rows = connection.execute(few).all()
            ids = [row.id for row in rows]
            connection.execute(deliveries.update().where(d.id.in_(ids)).values(due_at=now + LEASE))
        found = [
            Delivery(row.id, row.channel, row.target, row.attempts, json.loads(row.payload), row.case_id, row.title)
            for row in rows
        ]
        return sorted(found, key=_target)

    def _send_all(self, group: list[Delivery]) -> int:
        """One target's deliveries in their order. The first that fails for now ends the turn for the others."""
        for place, delivery in enumerate(group):
            try:
                self._senders[delivery.channel](delivery)
            except SendFailed as error:
                log.warning("%s: %s", delivery.id, error.message, extra={"case": delivery.case_id})
                self._failed(delivery, error)
                if not error.permanent:
                    self._postpone(group[place + 1 :], BACKOFF[0])
                    break
            else:
                self._end(delivery, "delivered", delivery.attempts + 1, None)
        return len(group)

    def _failed(self, delivery: Delivery, error: SendFailed) -> None:
        attempts = delivery.attempts + 1
        if error.permanent or attempts > len(BACKOFF):
            self._end(delivery, "dead", attempts, error.message)
            return
        due = to_millis(clock.now()) + BACKOFF[attempts - 1]
        self._set([delivery.id], attempts=attempts, due_at=due, error=error.message[:500])

    def _postpone(self, group: list[Delivery], by: int) -> None:
        if group:
            self._set([delivery.id for delivery in group], due_at=to_millis(clock.now()) + by)

    def _end(self, delivery: Delivery, state: str, attempts: int, error: str | None) -> None:
        self._set([delivery.id], state=state, attempts=attempts, error=error, ended_at=to_millis(clock.now()))

    def _set(self, ids: Iterable[str], **values: Any) -> None:
        with self._store.transaction() as connection:
            connection.execute(deliveries.update().where(deliveries.c.id.in_(list(ids))).values(**values))

    def due(self, connection: sa.Connection) -> int:
        """How many wait to be sent now."""
        d = deliveries.c
        return counted(connection, d.id, d.state == "pending", d.due_at <= to_millis(clock.now()))

    # For operators

    def dead(self, connection: sa.Connection, tokens: Collection[str], limit: int = 200) -> list[dict[str, Any]]:
        """The dead letters of the cases that these tokens open, the newest first."""
        d = deliveries.c
        columns = sa.select(d.id, d.channel, d.target, d.case_id, d.attempts, d.error, d.created_at, d.ended_at)
        query = columns.where(d.state == "dead", _opened_by(tokens)).order_by(d.ended_at.desc(), d.id).limit(limit)
        return [dict(row._mapping) for row in connection.execute(query)]

    def retry(self, id: str, tokens: Collection[str]) -> None:
        """Try a dead letter of such a case again, from the first attempt on."""
        again = {"state": "pending", "attempts": 0, "due_at": to_millis(clock.now()), "ended_at": None}
        mine = deliveries.update().where(deliveries.c.id == id, deliveries.c.state == "dead", _opened_by(tokens))
        with self._store.transaction() as connection:
            if not connection.execute(mine.values(**again)).rowcount:
                raise DeliveryNotFound
            announce(connection)

    def prune(self) -> None:
        """Forget what was delivered a month ago."""
        d, over = deliveries.c, to_millis(clock.now()) - KEEP
        with self._store.transaction() as connection:
            connection.execute(deliveries.delete().where(d.state == "delivered", d.ended_at < over))


def _opened_by(tokens: Collection[str]) -> sa.Exists:
    opening = sa.exists().where(case_access.c.case_id == deliveries.c.case_id, case_access.c.token.in_(tokens))
    return opening.correlate(deliveries)


def _target(delivery: Delivery) -> tuple[str, str]:
    """All mail goes to one server."""
    return delivery.channel, "" if delivery.channel == "email" else delivery.target


# E-mail ------------------------------------------------------------------------------------------------------------

TEMPLATES = {
    "zh-CN": ("【督办】{name}:{title}", "{title}\n\n{name}\n{link}\n\n本邮件由督办系统自动发送,请勿回复。\n"),
    "en": ("[Duban] {name}: {title}", "{title}\n\n{name}\n{link}\n\nSent by Duban; please do not reply.\n"),
}


class Mailer:
    """Sends by SMTP. The address is looked up when the mail is sent: who changes it is written to at the new one."""

    def __init__(self, store: Store, smtp: Smtp, site: str = "") -> None:
        self._store, self._smtp, self._site = store, smtp, site

    def __call__(self, delivery: Delivery) -> None:
        found = self._recipient(delivery.target)
        if found is None:
            raise SendFailed("the person has no address any more", permanent=True)
        try:
            with self._connected() as server:
                server.send_message(self._message(delivery, *found))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise SendFailed(f"the address was refused: {codes}", permanent=min(codes) >= 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error

    def _recipient(self, person: str) -> tuple[str, str] | None:
        query = sa.select(contacts.c.email, people.c.language).join(people, people.c.id == contacts.c.person)
        with self._store.reading() as connection:
            wanted = query.where(contacts.c.person == person, contacts.c.email.is_not(None))
            row = connection.execute(wanted.where(people.c.status == "active")).first()
        return None if row is None else (row[0], row[1])

    def _connected(self) -> smtplib.SMTP:
        smtp, secure = self._smtp, ssl.create_default_context()
        if smtp.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=secure)
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
        if smtp.tls == "starttls":
            server.starttls(context=secure)
        if smtp.username is not None:
            server.login(smtp.username, smtp.password or "")
        return server

    def _message(self, delivery: Delivery, address: str, language: str) -> EmailMessage:
        subject, body = TEMPLATES.get(language, TEMPLATES["zh-CN"])
        shown = delivery.payload["nameEn" if language == "en" else "name"] or delivery.payload["code"]
        link = f"{self._site}/cases/{delivery.case_id}" if self._site else delivery.case_id
        words = {"name": shown, "title": " ".join(delivery.title.split()), "link": link}
        message = EmailMessage()
        message["Subject"] = " ".join(subject.format(**words).split())
        message["From"], message["To"] = self._smtp.sender, address
        message["Message-ID"] = f"<{hashlib.sha256(delivery.id.encode()).hexdigest()[:32]}@duban>"
        message["Date"] = clock.now()
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body.format(**words))
        return message


# Webhooks ----------------------------------------------------------------------------------------------------------


def is_public(address: Address) -> bool:
    """Not this machine, not a private network, not a cloud's metadata service."""
    return address.is_global and not address.is_multicast


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts to registered webhooks. A name is resolved once and the connection goes to exactly the address checked."""

    webhooks: Mapping[str, Webhook]
    allowed: Callable[[Address], bool] = is_public
    timeout: float = TIMEOUT

    def __call__(self, delivery: Delivery) -> None:
        hook = self.webhooks.get(delivery.target)
        if hook is None:
            raise SendFailed(f"webhook {delivery.target!r} is not registered any more", permanent=True)
        about = {"id": delivery.id, "case": delivery.case_id, **delivery.payload}
        body = json.dumps(about, ensure_ascii=False).encode()
        status = self._post(hook, body, self._headers(hook, delivery, body))
        if not 200 <= status < 300:  # a redirect too: the registered address is the only one
            raise SendFailed(f"it answered {status}")

    def _headers(self, hook: Webhook, delivery: Delivery, body: bytes) -> dict[str, str]:
        at = to_millis(clock.now())
        return {
            "Content-Type": "application/json",
            "User-Agent": "duban",
            "Idempotency-Key": delivery.id,
            "Duban-Signature": f"t={at},v1={signature(hook.secret, at, body)}",
        }

    def _post(self, hook: Webhook, body: bytes, headers: Mapping[str, str]) -> int:
        url = urlsplit(hook.url)
        try:
            with self._connected(url.hostname or "", url.port, secure=url.scheme == "https") as channel:
                path = (url.path or "/") + (f"?{url.query}" if url.query else "")
                return self._ask(channel, url.netloc, path, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error

    def _connected(self, host: str, port: int | None, *, secure: bool) -> socket.socket:
        found = socket.getaddrinfo(host, port or (443 if secure else 80), type=socket.SOCK_STREAM)
        for *_, place in found:
            if not self.allowed(ipaddress.ip_address(place[0])):
                raise SendFailed(f"{host} is at {place[0]}, which is no public address")
        address, at = found[0][4][:2]
        channel = socket.create_connection((str(address), int(at)), self.timeout)
        return ssl.create_default_context().wrap_socket(channel, server_hostname=host) if secure else channel

    def _ask(self, channel: socket.socket, host: str, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status. A watchdog ends the connection, because a time-out alone starts anew with every byte."""
        connection = http.client.HTTPConnection(host)
        connection.sock = channel
        watchdog = threading.Timer(self.timeout, lambda: _hang_up(channel))
        watchdog.start()
        try:
            connection.request("POST", path, body, dict(headers))
            return connection.getresponse().status
        finally:
            watchdog.cancel()


def _hang_up(channel: socket.socket) -> None:
    try:
        channel.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("the connection was closed already")


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 over `<at>.<body>`, in hex; the receiver computes the same and refuses what is old."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
