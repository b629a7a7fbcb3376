"""Messages to registered targets: plain signed webhooks, and the group robots of WeCom (企业微信) and DingTalk (钉钉).

Nothing of a case's content leaves this way: what is told, the case's number, and the link that only opens to whom it
may. Formats: WeCom, developer.work.weixin.qq.com/document/path/91770; DingTalk,
open.dingtalk.com/document/robots/customize-robot-security-settings: the time and an HMAC-SHA256 in the address.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from engine import clock
from engine.store import Store, to_millis
from workflows import targets
from workflows.deliveries import TIMEOUT, Delivery, SendFailed
from workflows.mail import KINDS
from workflows.targets import Address, Sealed, Vault

log = logging.getLogger("duban.webhooks")

ANSWER = 64_000  # bytes of an answer that are read
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Posting:
    """The sender of the channel `webhook`."""

    def __init__(self, store: Store, vault: Vault, post: "Poster", site: str = "") -> None:
        self._store, self._vault, self._post, self._site = store, vault, post, site

    def __call__(self, delivery: Delivery) -> None:
        """Raises SendFailed."""
        with self._store.reading() as connection:
            self._send(self._address(connection, delivery.target, only_active=True), delivery)

    def test(self, id: str) -> None:
        """Send a message that says so, also to a target that is turned off. Raises SendFailed, TargetNotFound."""
        with self._store.reading() as connection:
            targets.target(connection, id)
            address = self._address(connection, id, only_active=False)
        shown = {"kind": "test", "code": "TEST", "name": "测试消息", "nameEn": "Test message", "card": None}
        self._send(address, Delivery(f"test:{id}:{to_millis(clock.now())}", "webhook", id, 0, shown, "", ""))

    def _address(self, connection: Any, id: str, *, only_active: bool) -> Address:
        try:
            found = targets.address(connection, self._vault, id, only_active=only_active)
        except Sealed as error:
            raise SendFailed(error.message) from error
        if found is None:
            raise SendFailed("the target is not registered any more, or turned off", permanent=True)
        return found

    def _send(self, address: Address, delivery: Delivery) -> None:
        link = f"{self._site.rstrip('/')}/cases/{delivery.case_id}" if self._site and delivery.case_id else ""
        if address.kind == "webhook":
            body = {"id": delivery.id, "case": delivery.case_id, **delivery.payload}
        else:
            body = robot_message(address.kind, delivery, link)
        raw = json.dumps(body, ensure_ascii=False).encode()
        now = to_millis(clock.now())
        url = dingtalk_url(address, now) if address.kind == "dingtalk" else address.url
        robot = address.kind != "webhook"
        status, answer = self._post(url, raw, _headers(address, delivery, now, raw), reads=robot)
        if not 200 <= status < 300:  # a redirect too: the registered address is the only one
            raise SendFailed(f"it answered {status}")
        if robot:
            _expect_taken(answer)


def _headers(address: Address, delivery: Delivery, now: int, body: bytes) -> dict[str, str]:
    found = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "duban", "Idempotency-Key": delivery.id}
    if address.kind == "webhook":
        found["Duban-Signature"] = f"t={now},v1={signature(address.secret, now, body)}"
    return found


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 over `<at>.<body>`, in hex; the receiver computes the same and refuses what is old."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


# Robots --------------------------------------------------------------------------------------------------------------


def robot_message(kind: str, delivery: Delivery, link: str) -> dict[str, Any]:
    """Markdown in both languages: a group's robot does not know who reads."""
    data = delivery.payload
    label = KINDS["zh-CN"].get(data.get("kind", ""), "通知")
    name, english = _plain(data.get("name") or data.get("code") or ""), _plain(data.get("nameEn") or "")
    lines = [f"**【督办·{label}】{name}**", *([english] if english else [])]
    if delivery.case_id:
        lines.append(f"[{delivery.case_id}]({link})" if link else delivery.case_id)
    if kind == "wecom":
        return {"msgtype": "markdown", "markdown": {"content": "\n".join(lines)}}
    return {"msgtype": "markdown", "markdown": {"title": f"督办·{label}：{name}", "text": "\n\n".join(lines)}}


def _plain(text: str) -> str:
    """Without what Markdown would make of it: a rung's words are not to draw links or mention everybody."""
    return " ".join("".join(" " if sign in "[]()<>*_`#@\\" else sign for sign in text).split())[:300]


def dingtalk_url(address: Address, now: int) -> str:
    """The address with `timestamp` (ms) and `sign`: Base64 of HMAC-SHA256 over `<timestamp>\\n<secret>`."""
    text = f"{now}\n{address.secret}".encode()
    made = base64.b64encode(hmac.new(address.secret.encode(), text, hashlib.sha256).digest()).decode()
    joint = "&" if urlsplit(address.url).query else "?"
    return f"{address.url}{joint}{urlencode({'timestamp': now, 'sign': made})}"


def _expect_taken(answer: bytes) -> None:
    """Robots answer 200 to everything; what became of it is `errcode`. No code is final: a key can be put right."""
    try:
        found = json.loads(answer)
    except ValueError:
        raise SendFailed("the robot's answer is not JSON") from None
    code = found.get("errcode") if isinstance(found, dict) else None
    if code != 0:
        said = str(found.get("errmsg", ""))[:200] if isinstance(found, dict) else ""
        raise SendFailed(f"the robot answered errcode {code}: {said}")


# The way there -------------------------------------------------------------------------------------------------------


def is_public(address: IP) -> bool:
    """Not this machine, not a private network, not a cloud's metadata service."""
    return address.is_global and not address.is_multicast


class Poster:
    """Posts to one address: looked up once, refused where it is not public, never redirected, never waited for longer
    than `timeout` seconds in all.
    """

    def __init__(self, allowed: Callable[[IP], bool] = is_public, timeout: float = TIMEOUT) -> None:
        self._allowed, self._timeout = allowed, timeout

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str], *, reads: bool) -> tuple[int, bytes]:
        """The status and, if it `reads`, the beginning of the answer. Raises SendFailed, without the address."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            with self._reached(host, parts.port or (443 if secure else 80)) as channel, channel.dup() as line:
                watchdog = threading.Timer(self._timeout, lambda: _hang_up(line))
                watchdog.start()
                try:
                    with _secured(channel, host) if secure else channel as whole:
                        return _ask(whole, parts.netloc, path, body, headers, reads=reads)
                finally:
                    watchdog.cancel()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error

    def _reached(self, host: str, port: int) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_, place in found:
            if not self._allowed(ipaddress.ip_address(place[0])):
                raise SendFailed(f"{host} is at {place[0]}, which is no public address")
        address, at = found[0][4][:2]
        return socket.create_connection((str(address), int(at)), self._timeout)


def _secured(channel: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(channel, server_hostname=host)


def _ask(
    channel: socket.socket, host: str, path: str, body: bytes, headers: Mapping[str, str], *, reads: bool
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host)
    connection.sock = channel
    connection.request("POST", path, body, dict(headers))
    answer = connection.getresponse()
    return answer.status, answer.read(ANSWER) if reads else b""


def _hang_up(line: socket.socket) -> None:
    """A time-out alone starts anew with every byte that drips in. `line` is a handle beside the one that TLS takes."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("the connection was closed already")
