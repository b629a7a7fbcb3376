"""E-mail: one notification, or a day's digest, in the language of its reader."""

import hashlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine import clock
from engine.deadlines import ZONE
from engine.store import Store, from_millis, to_millis
from workflows import notifications
from workflows.deliveries import TIMEOUT, Delivery, NotNeeded, SendFailed
from workflows.notifications import Notice
from workflows.tables import contacts, people

KINDS = {
    "zh-CN": {
        "task": "任务", "due": "期限变更", "reminder": "提醒", "overdue": "超期", "card": "督办牌", "incident": "异常",
    },
    "en": {
        "task": "Task", "due": "Due time changed", "reminder": "Reminder", "overdue": "Overdue", "card": "Card",
        "incident": "Incident",
    },
}  # fmt: skip
_ONE = {
    "zh-CN": ("【督办·{kind}】{name}：{title}", "{kind}：{name}\n\n案件：{title}\n办理：{link}\n\n{foot}\n"),
    "en": ("[Duban · {kind}] {name}: {title}", "{kind}: {name}\n\nCase: {title}\nOpen: {link}\n\n{foot}\n"),
}
_DIGEST = {
    "zh-CN": (
        "【督办】每日摘要：{n} 条未读通知",
        "{name}，您好：\n\n您有 {n} 条未读通知。\n\n{lines}\n\n全部通知：{link}\n\n{foot}\n",
    ),
    "en": (
        "[Duban] Daily digest: {n} unread",
        "Dear {name},\n\nunread notifications: {n}\n\n{lines}\n\nAll of them: {link}\n\n{foot}\n",
    ),
}
_CHECKPOINT = (
    "【督办·日志检查点】Duban checkpoint: {size}",
    """督办历史日志的签名检查点，共 {size} 条，见附件。请保存本邮件：日志如被改写，检查点可以证明。
校验方法：duban verify --witness checkpoint.txt

A signed checkpoint of Duban's history: {size} leaves, as attached. Keep this mail: it proves it when the log is
rewritten. To check: duban verify --witness checkpoint.txt

{note}""",
)
_FOOT = {
    "zh-CN": "本邮件由督办系统自动发送，请勿回复。接收方式可在“我的 · 通知设置”中修改。",
    "en": "Sent by Duban; please do not reply. What you are sent is chosen under Me · Notification settings.",
}


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
class _Reader:
    address: str
    language: str
    name: str


class Mailer:
    """Sends by SMTP. The address is looked up when the mail is sent: who changes it is written to at the new one."""

    def __init__(self, store: Store, smtp: Smtp, site: str = "") -> None:
        self._store, self._smtp, self._site = store, smtp, site

    def __call__(self, delivery: Delivery) -> None:
        """Send one notification. Raises SendFailed."""
        reader = self._reader(delivery.target)
        subject, body = _ONE[reader.language]
        words = {
            "kind": KINDS[reader.language].get(delivery.payload.get("kind", "overdue"), ""),
            "name": _name(delivery.payload, reader.language), "title": " ".join(delivery.title.split()),
            "link": self._link(f"/cases/{delivery.case_id}"), "foot": _FOOT[reader.language],
        }  # fmt: skip
        self._send(delivery, reader, subject.format(**words), body.format(**words))

    def digest(self, delivery: Delivery) -> None:
        """Send what came since the digest began and is still unread. Raises SendFailed; NotNeeded when all was read."""
        reader = self._reader(delivery.target)
        with self._store.reading() as connection:
            since, until = delivery.payload["since"], to_millis(clock.now())
            found = notifications.gathered(connection, delivery.target, since, until)
        if not found:
            raise NotNeeded("everything had been read")
        subject, body = _DIGEST[reader.language]
        lines = "\n\n".join(self._line(notice, reader.language) for notice in found)
        words = {"n": len(found), "name": reader.name, "lines": lines, "link": self._link("/notifications")}
        self._send(delivery, reader, subject.format(**words), body.format(**words, foot=_FOOT[reader.language]))

    def checkpoint(self, address: str, note: str) -> None:
        """Send a checkpoint of the log to a mailbox that witnesses it. Raises OSError, which SMTP's errors are."""
        (subject, text), size, message = _CHECKPOINT, note.split("\n")[1], EmailMessage()
        message["Subject"] = subject.format(size=size)
        message["From"], message["To"] = self._smtp.sender, address
        message["Message-ID"] = f"<{hashlib.sha256(note.encode()).hexdigest()[:32]}@duban>"
        message["Date"], message["Auto-Submitted"] = clock.now(), "auto-generated"
        message.set_content(text.format(size=size, note=note))
        message.add_attachment(note.encode(), maintype="application", subtype="octet-stream", filename="checkpoint.txt")
        with self._connected() as server:
            server.send_message(message)

    def _line(self, notice: Notice, language: str) -> str:
        head = f"· {_local(notice.at)}  [{KINDS[language].get(notice.kind, '')}] {_name(notice.data, language)}"
        return f"{head}\n  {' '.join(notice.title.split())}\n  {self._link(f'/cases/{notice.case_id}')}"

    def _link(self, path: str) -> str:
        return f"{self._site.rstrip('/')}{path}" if self._site else path

    def _reader(self, person: str) -> _Reader:
        columns = sa.select(contacts.c.email, people.c.language, people.c.name)
        query = columns.join(people, people.c.id == contacts.c.person).where(contacts.c.person == person)
        with self._store.reading() as connection:
            row = connection.execute(query.where(contacts.c.email.is_not(None), people.c.status == "active")).first()
        if row is None:
            raise SendFailed("the person has no address any more", permanent=True)
        return _Reader(row.email, row.language if row.language in _ONE else "zh-CN", row.name)

    def _send(self, delivery: Delivery, reader: _Reader, subject: str, body: str) -> None:
        try:
            with self._connected() as server:
                server.send_message(self._message(delivery, reader, subject, body))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise SendFailed(f"the address was refused: {codes}", permanent=min(codes) >= 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error

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

    def _message(self, delivery: Delivery, reader: _Reader, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = " ".join(subject.split())
        message["From"], message["To"] = self._smtp.sender, reader.address
        message["Message-ID"] = f"<{hashlib.sha256(delivery.id.encode()).hexdigest()[:32]}@duban>"
        message["Date"] = clock.now()
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        return message


def _name(data: dict[str, Any], language: str) -> str:
    english = data.get("nameEn") if language == "en" else None
    name = str(english or data.get("name") or data.get("code") or "")
    if data.get("kind") != "due":
        return name
    before, after = data.get("before"), data["after"]
    return f"{name} {_local(before)} → {_local(after)}" if before is not None else f"{name} → {_local(after)}"


def _local(at: int) -> str:
    return from_millis(at).astimezone(ZoneInfo(ZONE)).strftime("%m-%d %H:%M")
