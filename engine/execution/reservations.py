"""Decisions on a register's stream: numbers without a gap, and what became of each. Pure.

A register counts something across cases (the papers of a station in a year). A number is given out once and never
again; one that turns out void is closed with a note and stays.
"""

from dataclasses import dataclass, field

from engine.errors import InvalidState
from engine.execution import commands as c
from engine.execution import events as e


class NumberNotOpen(InvalidState):
    """Expected a number that this register has given out and not closed."""


@dataclass(slots=True)
class Book:
    """`last`: the newest number (0: none yet); `closed`: those that take no further note."""

    last: int = 0
    closed: set[int] = field(default_factory=set)

    def apply(self, events: list[e.Event]) -> None:
        for event in events:
            if isinstance(event, e.NumberReserved):
                self.last = event.number
            elif isinstance(event, e.NumberNoted) and event.closes:
                self.closed.add(event.number)


def decide(book: Book, command: c.ReserveNumber | c.NoteNumber) -> list[e.Event]:
    """Raises NumberNotOpen for a note on a number that was never given, or is closed."""
    if isinstance(command, c.ReserveNumber):
        return [e.NumberReserved(command.series, book.last + 1, command.holder, command.variables)]
    if not 0 < command.number <= book.last or command.number in book.closed:
        raise NumberNotOpen(
            f"Expected a number of {command.series} up to {book.last} that is not closed, but got {command.number}."
        )
    return [e.NumberNoted(command.series, command.number, command.note, command.closes, command.variables)]
