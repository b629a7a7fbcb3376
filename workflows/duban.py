"""The wiring: one object that holds the parts of a running Duban, for the API and the command line."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from engine import clock, heartbeats
from engine.adoption import Adoption
from engine.audit.log import LATE, Log, behind
from engine.audit.syslog import Collector, Syslog
from engine.audit.witnesses import TIMEOUT, Standing, Witnesses, read
from engine.cases import Cases, Recorded
from engine.errors import Unavailable
from engine.releases import Releases
from engine.search import Indexing
from engine.store import Store, meta, to_millis
from engine.worker import Backlog, Errand, Worker
from workflows import answers, deliveries, documents, points, recusal, registers, registry, reviews, tables  # noqa: F401
from workflows.alarms import FAILING, Alarms, Trouble, troubles
from workflows.asking import Asking
from workflows.attachments import Attachments, Looks
from workflows.channels import Channels
from workflows.declared import REGISTERS
from workflows.deliveries import Outbox, Sender
from workflows.desk import Desk
from workflows.drawings import Drawings
from workflows.erasure import Erasing
from workflows.exchange import Company
from workflows.library import Library
from workflows.mail import Mailer
from workflows.notifications import Telling
from workflows.operating import Operating
from workflows.policy import CasePolicy, eligible
from workflows.review import Publishing
from workflows.sessions import Sessions
from workflows.targets import Vault
from workflows.trying import Bundles
from workflows.watch import Watching
from workflows.webhooks import Poster, Posting
from workflows.whatif import WhatIfs

Connection: TypeAlias = sa.Connection
"""For those above, who pass connections on but speak no SQL."""

DEMO = "demo"
"""The row of `meta` that marks a demonstration: JSON, a list of accounts with their public passwords."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. A secret comes from a file: `DUBAN_DATABASE_FILE` names one that holds the database's URL.

    `DUBAN_CHANNELS_FILE`: this installation's address and its mail server, see `workflows.channels`.
    `DUBAN_WITNESSES_FILE`: who is shown the log's checkpoints beside the file, see `engine.audit.witnesses`.
    `DUBAN_SYSLOG`: the collector of security events, see `engine.audit.syslog`; `DUBAN_SYSLOG_CA`: whom it may trust.
    `DUBAN_CREDIT_CODE`, `DUBAN_COMPANY_CODE`: who reports hazards in the public shape, see `workflows.exchange`.
    `DUBAN_STUDIO_FOLDER`: the folder of models (a working copy of Git) that the studio may read and write.
    """

    database: str = "sqlite:///var/duban.db"
    home: Path = Path("var")
    channels: Path | None = None
    company: Company = field(default_factory=Company)
    folder: Path | None = None
    witnesses: Path | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        home = Path(environment.get("DUBAN_HOME", "var"))
        database = environment.get("DUBAN_DATABASE", f"sqlite:///{home / 'duban.db'}")
        if "DUBAN_DATABASE_FILE" in environment:
            database = Path(environment["DUBAN_DATABASE_FILE"]).read_text(encoding="utf-8").strip()
        channels = environment.get("DUBAN_CHANNELS_FILE")
        codes = (environment.get("DUBAN_CREDIT_CODE", ""), environment.get("DUBAN_COMPANY_CODE", ""))
        named = (channels, environment.get("DUBAN_STUDIO_FOLDER"), environment.get("DUBAN_WITNESSES_FILE"))
        optional = [Path(one) if one else None for one in named]
        return cls(database, home, optional[0], Company(*codes), *optional[1:])


def _channels() -> Channels:
    path = Settings.of().channels
    return Channels() if path is None else Channels.read(path)


def witness_of(home: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The file of the log's witness: `DUBAN_WITNESS`, which belongs on another machine; in the home otherwise."""
    return Path(environment.get("DUBAN_WITNESS", home / "witness.txt"))


def _syslog(store: Store, environment: Mapping[str, str] = os.environ) -> list[Errand]:
    url, authority = environment.get("DUBAN_SYSLOG"), environment.get("DUBAN_SYSLOG_CA")
    if not url:
        return []
    return [Errand("syslog", Syslog(store, Collector.at(url, Path(authority) if authority else None)).turn)]


def _witnesses(store: Store, channels: Channels) -> Witnesses:
    path = Settings.of().witnesses
    letter = Mailer(store, channels.smtp).checkpoint if channels.smtp is not None else None
    return Witnesses(store, read(path) if path else [], letter)


CATCHING_UP = "catching up"
"""The log after a rest: what is old waits for a worker that has only just begun. Nothing is wrong."""


def _sealing(waited: int, watched: int) -> str:
    """`waited`: seconds of the oldest entry; `watched`: for how many of them this process was there to see it."""
    if waited <= LATE:
        return "ok"
    return CATCHING_UP if watched <= LATE else f"not sealed for {waited} s; see docs/audit.md"


def _witnessing(found: list[Standing], now: int) -> str:
    failing = [one.name for one in found if one.failing_for(now) > FAILING]
    return f"failing: {', '.join(failing)}; see docs/audit.md" if failing else "ok"


class Duban:
    """The parts, wired: `Duban("sqlite:///var/duban.db", Path("var"))`."""

    def __init__(self, url: str, home: Path, witness: Path | None = None, channels: Channels | None = None) -> None:
        """`witness`: the file that signed checkpoints are appended to; `channels`: where notifications go besides the
        application (default: what the environment says)."""
        self.home = home
        self.channels = channels or _channels()
        self.company, self.folder = Settings.of().company, Settings.of().folder
        self._working = False
        self._began = clock.steady()
        self.store = Store(url)
        self.policy = CasePolicy()
        self.releases = Releases(self.store)
        self._telling = Telling(self.releases.bundle, eligible)
        self.cases = Cases(self.store, self.releases, policy=self.policy, project=self.project)
        self.log = Log(self.store, home / "keys" / "log.key", witness or witness_of(home))
        self.witnesses = _witnesses(self.store, self.channels)
        self.vault = Vault(home / "keys" / "targets.key")
        self.posting = Posting(self.store, self.vault, Poster(), self.channels.site)
        self.outbox = Outbox(self.store, self._senders())
        errands = [self.outbox.errand(), Adoption(self.store, self.cases).errand()]
        self.publishing = Publishing(self.store, self.releases)
        self.trials = Bundles()
        errands += [self.publishing.errand(), Watching(self.store).errand()]
        errands += [WhatIfs(self.store, self.releases, self.trials).errand()]
        errands += [Operating(self.store, self.cases).errand(), Errand("totals", self._fold)]
        self.attachments = Attachments(self.store, home / "attachments")
        self.looks = Looks()
        self.erasing = Erasing(self.store, self.releases, self.attachments)
        errands += [self.erasing.errand()]
        errands += [Errand("search", Indexing(self.store).turn), *_syslog(self.store)]
        errands += [Errand("alarms", Alarms(self.store, self._troubles).turn)]
        errands += [Errand("witnesses", self.witnesses.turn, patience=2 * TIMEOUT * (1 + len(self.witnesses.known)))]
        answering = {**documents.handlers(), **answers.handlers(), **recusal.handlers(), **points.handlers()}
        self.worker = Worker(self.cases, within=answering, errands=errands, log=self.log)
        self.messages = self.worker.messages
        self.library = Library()
        self.drawings = Drawings(self.store)
        self.desk = Desk(self.store, self.cases)
        self.asking = Asking(self.store, self.cases)
        self.sessions = Sessions(self.store)

    def project(self, connection: Connection, entry: Recorded) -> None:
        """Write what follows from an entry: registers, and who is told."""
        registers.project(connection, entry)
        registry.project(connection, entry, REGISTERS.values())
        self._telling.project(connection, entry)

    def _fold(self) -> int:
        """Gather what registers gained and lost into their totals."""
        with self.store.reading() as connection:
            if not registry.has_moves(connection):
                return 0
        with self.store.transaction() as connection:
            return registry.fold(connection)

    def _troubles(self) -> dict[str, Trouble]:
        return troubles(self.log.state(), self.witnessed(), self.now())

    def _senders(self) -> dict[str, Sender]:
        found: dict[str, Sender] = {"webhook": self.posting}
        if self.channels.smtp is not None:
            mailer = Mailer(self.store, self.channels.smtp, self.channels.site)
            found |= {"email": mailer, "digest": mailer.digest}
        return found

    @cached_property
    def version(self) -> str:
        return metadata.version("duban")

    def now(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return to_millis(clock.now())

    def is_demo(self) -> bool:
        return self._demo() is not None

    def demo_accounts(self) -> list[dict[str, str]]:
        """The accounts that the sign-in page of a demonstration offers; none elsewhere."""
        accounts: list[dict[str, str]] = json.loads(self._demo() or "[]")
        return accounts

    def _demo(self) -> str | None:
        with self.store.reading() as connection:
            found: str | None = connection.scalar(sa.select(meta.c.value).where(meta.c.key == DEMO))
            return found

    def start(self) -> None:
        """Begin what happens without anybody asking: timers, jobs, messages."""
        self.worker.start()
        self._working = True

    def readiness(self) -> dict[str, str]:
        """What must work before requests are worth sending here: part → "ok", CATCHING_UP, or what is wrong.

        A server without a worker of its own (PostgreSQL) asks whether one is alive anywhere.
        """
        found = {"database": "ok", "files": "ok" if self.attachments.writable() else "not writable"}
        if self._working:
            found["worker"] = "ok" if self.worker.is_alive() else "stopped"
        try:
            with self.store.reading() as connection:
                connection.execute(sa.select(meta.c.key).limit(1))
                found["log"] = _sealing(behind(connection), int(clock.steady() - self._began))
                if self.witnesses.known:
                    found["witnesses"] = _witnessing(self.witnesses.standing(connection), self.now())
                if not self._working and not self.store.is_sqlite:
                    found["worker"] = "ok" if heartbeats.alive(connection) else "none is alive; start: duban worker"
        except Unavailable:
            found["database"] = "unavailable"
        return found

    def log_behind(self) -> int:
        """Seconds that the oldest entry has waited for the log. Raises Unavailable."""
        with self.store.reading() as connection:
            return behind(connection)

    def witnessed(self) -> list[Standing]:
        """How each witness beside the file does. Raises Unavailable."""
        with self.store.reading() as connection:
            return self.witnesses.standing(connection)

    def living_workers(self) -> int:
        """How many workers of this database were heard of within their lease. Raises Unavailable."""
        with self.store.reading() as connection:
            return heartbeats.alive(connection)

    def backlog(self) -> tuple[Backlog, dict[str, int]]:
        """What waits at this moment, and the deliveries by state (queued, failing, dead). Raises Unavailable."""
        with self.store.reading() as connection:
            found, waiting = self.worker.backlog(connection), deliveries.waiting(connection)
        return replace(found, due={**found.due, "delivery": waiting.pop("due")}), waiting

    def close(self) -> None:
        if self._working:
            self.worker.stop()
            self._working = False
        self.store.close()
