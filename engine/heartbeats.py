"""Which workers of a cluster are alive: each renews a row, and who serves requests elsewhere reads them.

A row is renewed only after a probe: an entry is written, its mark in `unsealed` is looked for, and all is rolled back.
So a broken table, trigger or stored procedure stops the heartbeat as surely as a dead process does.
"""

import os
import secrets
import socket
from dataclasses import dataclass, field

import sqlalchemy as sa

from engine import clock, store
from engine.errors import DubanError
from engine.store import Store, to_millis

EVERY = 5_000  # ms
LEASE = 30_000  # ms after which a worker that was not heard of counts as dead
_FORGET = 86_400_000  # ms after which its row goes
_PROBE = "probe/heartbeat"
_w = store.workers.c


class Unmarked(DubanError):
    """An entry that was written was not marked for the log: the trigger `entries_unsealed` is gone or broken."""


class _Undone(Exception):
    """Ends the probe's transaction without a commit."""


def _name() -> str:
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


@dataclass(slots=True)
class Heart:
    """The heartbeat of one worker. `id` names host and process, for whoever looks into the table."""

    store: Store
    id: str = field(default_factory=_name)
    _last: int = 0

    def beat(self) -> None:
        """Probe the database and renew the row, if it is time. Raises what the probe raises."""
        now = to_millis(clock.now())
        if 0 <= now - self._last < EVERY:
            return
        probe(self.store)
        row = {"alive_until": now + LEASE}
        with self.store.transaction() as connection:
            if not connection.execute(store.workers.update().where(_w.id == self.id).values(row)).rowcount:
                connection.execute(store.workers.insert().values(id=self.id, started_at=now, **row))
            connection.execute(store.workers.delete().where(_w.alive_until < now - _FORGET))
        self._last = now

    def stop(self) -> None:
        """The worker ends in order: nobody need wait for its lease to run out."""
        with self.store.transaction() as connection:
            connection.execute(store.workers.delete().where(_w.id == self.id))


def alive(connection: sa.Connection) -> int:
    """How many workers have been heard of within their lease."""
    living = sa.select(sa.func.count()).where(_w.alive_until >= to_millis(clock.now()))
    return int(connection.execute(living).scalar_one())


def probe(site: Store) -> None:
    """Whether an entry can be written and is marked for the log. Nothing of it stays. Raises Unmarked, Unavailable, and
    what the database raises for a broken trigger or procedure."""
    entry = {"stream": _PROBE, "seq": 0, "hash": "", "bytes": b"", "personal": None, "at": 0}
    marked = sa.select(store.unsealed.c.seq).where(store.unsealed.c.stream == _PROBE)
    try:
        with site.transaction() as connection:
            connection.execute(store.entries.insert(), entry)
            if connection.execute(marked).first() is None:
                raise Unmarked
            raise _Undone
    except _Undone:
        return
