"""Security events for the collector of the house: RFC 5424 over TCP (RFC 6587), TLS (RFC 5425), or into a file.

Events leave in the order of the log, so none is missed however transactions committed; where the next begins is kept in
`meta`. A batch is sent before that is moved on: after a crash an event may arrive twice, with the same id, but none is
lost. What cannot be sent waits in the log.
"""

import json
import os
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from engine import store
from engine.audit import security
from engine.audit.entries import timestamp
from engine.audit.security import Event
from engine.errors import InvalidInput, Unavailable
from engine.store import Store

_AUTHPRIV = 10 * 8  # facility, RFC 5424 section 6.2.1
_WARNING, _NOTICE = 4, 5
_ALARMING = frozenset({"denied", "sign_in_failed", "locked_out"})
_PLACE = "syslog-position"
_WINDOW = 4_096  # leaves looked at in one turn
_PATIENCE = 10.0  # seconds that the collector may take to accept a batch
_LONGEST_ID = 32  # characters of MSGID, RFC 5424 section 6.2.7


def message(event: Event, host: str) -> bytes:
    """One event as RFC 5424 spells it; the text is JSON in UTF-8, so whatever it holds stays on one line."""
    severity = _WARNING if event.kind in _ALARMING else _NOTICE
    told = {
        "id": event.id, "kind": event.kind, "person": event.person, "address": event.address,
        "position": event.position, "detail": dict(event.detail),
    }  # fmt: skip
    head = f"<{_AUTHPRIV + severity}>1 {timestamp(event.at)} {host} duban - {event.kind[:_LONGEST_ID]} - "
    return head.encode("ascii", "replace") + b"\xef\xbb\xbf" + json.dumps(told, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Collector:
    """Where events go: `tcp://host[:601]`, `tls://host[:6514]` (the certificate is checked) or `file:///a/path`.

    `authority`: a file with the certificates to trust instead of the system's.
    """

    scheme: str
    host: str
    port: int
    path: Path
    authority: Path | None = None

    @classmethod
    def at(cls, url: str, authority: Path | None = None) -> "Collector":
        """Raises InvalidInput for what is no such address."""
        parts = urlsplit(url)
        usual = {"tcp": 601, "tls": 6514, "file": 0}
        complete = bool(parts.path) if parts.scheme == "file" else bool(parts.hostname)
        if parts.scheme not in usual or not complete:
            raise InvalidInput(f"Expected tcp://host:port, tls://host:port or file:///path for syslog, but got {url!r}")
        return cls(parts.scheme, parts.hostname or "", parts.port or usual[parts.scheme], Path(parts.path), authority)

    def send(self, messages: Iterable[bytes]) -> None:
        """Hand them over, in order. Raises Unavailable."""
        try:
            if self.scheme == "file":
                self._write(messages)
            else:
                self._stream(b"".join(b"%d %b" % (len(one), one) for one in messages))
        except OSError as error:
            raise Unavailable(f"The syslog collector does not take security events: {error}") from error

    def _write(self, messages: Iterable[bytes]) -> None:
        with self.path.open("ab") as out:
            out.writelines(one + b"\n" for one in messages)
            out.flush()
            os.fsync(out.fileno())

    def _stream(self, framed: bytes) -> None:
        """Counted octets: the framing that both RFC 5425 and RFC 6587 ask for."""
        with socket.create_connection((self.host, self.port), _PATIENCE) as plain:
            if self.scheme == "tcp":
                plain.sendall(framed)
                return
            trust = ssl.create_default_context(cafile=str(self.authority) if self.authority else None)
            with trust.wrap_socket(plain, server_hostname=self.host) as sealed:
                sealed.sendall(framed)
                sealed.unwrap()  # the collector has read to the end


class Syslog:
    """What of the log has been told to the collector, and telling it the rest."""

    def __init__(self, store_: Store, collector: Collector, host: str | None = None) -> None:
        self.store, self.collector = store_, collector
        self.host = host or socket.gethostname()

    def turn(self) -> int:
        """Send what was sealed since; returns how many events went. Raises Unavailable, and sends them again then."""
        with self.store.reading() as connection:
            begin = self._place(connection)
            end = min(begin + _WINDOW, self._size(connection))
            found = list(security.sealed_between(connection, begin, end)) if end > begin else []
        if end <= begin:
            return 0
        if found:
            self.collector.send(message(event, self.host) for event in found)
        with self.store.transaction() as connection:
            store.remember(connection, _PLACE, str(end))
        return len(found)

    @staticmethod
    def _place(connection: sa.Connection) -> int:
        query = sa.select(store.meta.c.value).where(store.meta.c.key == _PLACE)
        return int(connection.scalar(query) or 0)

    @staticmethod
    def _size(connection: sa.Connection) -> int:
        last: int | None = connection.scalar(sa.select(sa.func.max(store.leaves.c.position)))
        return 0 if last is None else last + 1
