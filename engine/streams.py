"""Writing to streams: the chains of entries that histories are made of."""

from typing import Any

from engine import store
from engine.audit import entries
from engine.driver import Writes
from engine.execution.machine import SEMANTICS
from engine.execution.wire import Openings

_ADD_ENTRY = store.entries.insert()


def append(
    to: Writes, stream: str, seq: int, prev: str, release: str, command: Any, told: list[Any],
    openings: Openings | None = None,
) -> entries.Sealed:  # fmt: skip
    """Write one entry to a stream; the caller holds the stream's lock and keeps its head."""
    entry = entries.Entry(stream, seq, prev, SEMANTICS, release, command.at, command, told)
    sealed = entries.seal(entry, openings or Openings())
    to.execute(
        _ADD_ENTRY,
        {
            "stream": stream, "seq": seq, "hash": sealed.hash, "bytes": sealed.data, "personal": sealed.personal,
            "at": command.at,
        },
    )  # fmt: skip
    return sealed
