"""Registers that give out numbers: one row and one stream for each, locked while a number is taken.

Numbers have no gap, because a number exists if and only if the transaction that took it was committed. Whoever holds a
case's lock may take one; nothing that holds a register waits for a case.
"""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from engine import clock
from engine.audit import entries
from engine.execution import reservations
from engine.execution.commands import NoteNumber, ReserveNumber
from engine.execution.events import NumberReserved
from engine.execution.wire import Openings
from engine.releases import append
from engine.store import insert_new, number_series, to_millis

_LOCK = sa.select(number_series).where(number_series.c.id == sa.bindparam("series")).with_for_update()


class Series:
    """One register, locked until the transaction ends. `at`: the moment of what is written, never before the last."""

    def __init__(self, connection: sa.Connection, id: str) -> None:
        self.id, self._connection = id, connection
        now = to_millis(clock.now())
        first = {"id": id, "last": 0, "seq": 0, "hash": entries.GENESIS, "updated_at": now}
        connection.execute(insert_new(connection, number_series), first)
        self._head: Any = connection.execute(_LOCK, {"series": id}).one()
        self.at = max(now, self._head.updated_at)

    def reserve(self, command: ReserveNumber) -> tuple[int, entries.Sealed, Openings]:
        """Take the next number; the number, its entry, and the commitments of what is personal in it."""
        told, sealed, openings = self._write(reservations.Book(self._head.last), command)
        assert isinstance(told, NumberReserved)
        return told.number, sealed, openings

    def note(self, command: NoteNumber, *, closed: bool) -> entries.Sealed:
        """Note what became of a number; `closed`: whether it takes no more notes. Raises NumberNotOpen."""
        book = reservations.Book(self._head.last, {command.number} if closed else set())
        return self._write(book, command)[1]

    def _write(
        self, book: reservations.Book, command: ReserveNumber | NoteNumber
    ) -> tuple[Any, entries.Sealed, Openings]:
        command = replace(command, at=self.at)
        told = reservations.decide(book, command)
        book.apply(told)
        openings = Openings(frozenset(command.personal))
        stream, seq = f"register/{self.id}", self._head.seq + 1
        sealed = append(self._connection, stream, seq, self._head.hash, "", command, told, openings)
        values = {"last": book.last, "seq": seq, "hash": sealed.hash, "updated_at": self.at}
        self._connection.execute(number_series.update().where(number_series.c.id == self.id).values(values))
        self._head = self._connection.execute(_LOCK, {"series": self.id}).one()
        return told[0], sealed, openings
