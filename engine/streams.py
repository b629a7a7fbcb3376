"""Writing to streams: the chains of entries that histories are made of."""

from typing import Any

import sqlalchemy as sa

from engine import store
from engine.audit import entries
from engine.execution.machine import SEMANTICS
from engine.execution.wire import Openings


def append(
    connection: sa.Connection, stream: str, seq: int, prev: str, release: str, command: Any, told: list[Any],
    openings: Openings | None = None,
) -> entries.Sealed:  # fmt: skip
    """Write one entry to a stream; the caller holds the stream's lock and keeps its head."""
    entry = entries.Entry(stream, seq, prev, SEMANTICS, release, command.at, command, told)
    sealed = entries.seal(entry, openings or Openings())
    connection.execute(
        store.entries.insert(),
        {
            "stream": stream, "seq": seq, "hash": sealed.hash, "bytes": sealed.data, "personal": sealed.personal,
            "at": command.at,
        },
    )  # fmt: skip
    return sealed
