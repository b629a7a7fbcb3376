"""Registered targets: the only addresses outside the house, besides the mail server, that anything is ever sent to.

An address may hold a key itself (a group robot's does), so address and secret are stored encrypted, under a key in a
file: who reads the database, or a copy of it, cannot write to the targets. Nothing here gives them out again.
"""

import json
import os
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection

from engine import clock
from engine.errors import DubanError, InvalidInput, NotFound
from engine.store import to_millis
from workflows.tables import targets

KINDS = ("webhook", "wecom", "dingtalk")
_KEY_IN_ADDRESS = {"wecom": "key", "dingtalk": "access_token"}
_PLAIN = re.compile(r"[\x21-\x7e]+")


class TargetNotFound(NotFound):
    """Expected a registered target with this id, but there is none."""


class Sealed(DubanError):
    """The key of the registered targets is not the one that they were registered with."""


@dataclass(frozen=True, slots=True)
class Target:
    """What may be shown. `kinds`: the kinds of notifications that go there without anybody's wish."""

    id: str
    name: str
    kind: str
    host: str
    kinds: tuple[str, ...]
    active: bool
    created_by: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Address:
    """What is needed to send there. DingTalk and WeCom issue theirs; a plain webhook's secret is made here."""

    kind: str
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Listening:
    """Ids of active targets. `always`: those that want a kind of notification without anybody's wish."""

    known: frozenset[str]
    always: frozenset[str]


class Vault:
    """Encrypts under the key in `file`, which is made when it is first needed. Servers and workers share it."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def seal(self, address: Address) -> bytes:
        text = json.dumps({"url": address.url, "secret": address.secret})
        return Fernet(self._key() or self._make()).encrypt(text.encode())

    def open(self, kind: str, sealed: bytes) -> Address:
        """Raises Sealed."""
        key = self._key()
        try:
            found = json.loads(Fernet(key or b"").decrypt(sealed))
        except (InvalidToken, ValueError) as error:
            raise Sealed(f"Expected the key of the registered targets in '{self._file}'") from error
        return Address(kind, found["url"], found["secret"])

    def _key(self) -> bytes | None:
        return self._file.read_bytes() if self._file.exists() else None

    def _make(self) -> bytes:
        """A key, whole before it has its name: whoever comes second takes the first one's."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(Fernet.generate_key())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, self._file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return self._file.read_bytes()


# Registering ---------------------------------------------------------------------------------------------------------


def register(
    connection: Connection, vault: Vault, *, name: str, kind: str, url: str, secret: str | None, by: str
) -> tuple[Target, str | None]:
    """Add a target; it is sent nothing until somebody chooses it. Also returns a plain webhook's new secret, this once.

    Raises InvalidInput at `url` or `secret`.
    """
    _check(kind, url, secret)
    made = secrets.token_urlsafe(32) if kind == "webhook" else None
    now = to_millis(clock.now())
    row = {
        "id": f"t-{secrets.token_hex(6)}", "name": name, "kind": kind, "host": urlsplit(url).hostname,
        "sealed": vault.seal(Address(kind, url, made or secret or "")), "kinds": "[]", "state": "active",
        "created_by": by, "created_at": now, "changed_at": now,
    }  # fmt: skip
    connection.execute(targets.insert().values(**row))
    return target(connection, str(row["id"])), made


def _check(kind: str, url: str, secret: str | None) -> None:
    problem = _problem_of_address(kind, url)
    if problem:
        raise InvalidInput(f"Expected {problem}", {"url": [f"pattern: {problem}"]})
    if kind == "dingtalk" and not (secret and _PLAIN.fullmatch(secret)):
        expected = "the robot's signing secret (SEC…)"
        raise InvalidInput(f"Expected {expected}", {"secret": [f"required: {expected}"]})
    if kind != "dingtalk" and secret is not None:
        raise InvalidInput("Expected no secret: only DingTalk gives one", {"secret": ["unknown"]})


def _problem_of_address(kind: str, url: str) -> str | None:
    """What was expected of the address, or None. It is not repeated: it may hold a key."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme == "https" and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        whole = False
    if not whole or not _PLAIN.fullmatch(url) or parts.username or parts.fragment:
        return "an https address without user name or fragment"
    wanted = _KEY_IN_ADDRESS.get(kind)
    if wanted and not parse_qs(parts.query).get(wanted):
        return f"the robot's address, which holds {wanted}=…"
    return None


def change(
    connection: Connection, id: str, *, active: bool | None = None, kinds: Collection[str] | None = None
) -> None:
    """Turn a target on or off, or choose what it is sent without anybody's wish. Raises TargetNotFound."""
    values: dict[str, Any] = {"changed_at": to_millis(clock.now())}
    if active is not None:
        values["state"] = "active" if active else "disabled"
    if kinds is not None:
        values["kinds"] = json.dumps(sorted(kinds))
    if not connection.execute(targets.update().where(targets.c.id == id).values(**values)).rowcount:
        raise TargetNotFound


# Reading -------------------------------------------------------------------------------------------------------------


def target(connection: Connection, id: str) -> Target:
    """Raises TargetNotFound."""
    found = list(_targets(connection, targets.c.id == id))
    if not found:
        raise TargetNotFound
    return found[0]


def everyone(connection: Connection) -> list[Target]:
    """All targets, the disabled ones too."""
    return list(_targets(connection))


def choices(connection: Connection) -> list[Target]:
    """The robots that somebody may choose to be told through."""
    return [one for one in _targets(connection, targets.c.state == "active") if one.kind != "webhook"]


def listening(connection: Connection, kind: str) -> Listening:
    """Which active targets there are, and which of them want this kind of notification."""
    found = list(_targets(connection, targets.c.state == "active"))
    return Listening(frozenset(one.id for one in found), frozenset(one.id for one in found if kind in one.kinds))


def address(connection: Connection, vault: Vault, id: str, *, only_active: bool = True) -> Address | None:
    """Where to send, or None when the target is gone or turned off. Raises Sealed."""
    row = connection.execute(sa.select(targets).where(targets.c.id == id)).first()
    if row is None or (only_active and row.state != "active"):
        return None
    return vault.open(row.kind, row.sealed)


def _targets(connection: Connection, *where: sa.ColumnElement[bool]) -> Iterable[Target]:
    for row in connection.execute(sa.select(targets).where(*where).order_by(targets.c.name, targets.c.id)):
        kinds = tuple(cast(list[str], json.loads(row.kinds)))
        active = row.state == "active"
        yield Target(row.id, row.name, row.kind, row.host, kinds, active, row.created_by, row.created_at)
