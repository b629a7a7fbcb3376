"""Deciding a stored history again.

The events must be exactly what the deployed diagram decides for the stored commands.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.audit import entries
from engine.errors import DubanError
from engine.execution import definitions, reservations
from engine.execution.bundle import Bundle
from engine.execution.commands import DeployDefinition, NoteNumber, PublishCalendar, ReserveNumber, StartByEvent
from engine.execution.decide import decide
from engine.execution.definitions import Timers
from engine.execution.events import Event
from engine.execution.machine import SEMANTICS, UNDERSTOOD
from engine.execution.state import State, replay
from engine.execution.wire import Erased, dumps, encode


@dataclass(frozen=True, slots=True)
class Verdict:
    """`answer`.

    Same, differs, erased or "needs build <semantics version>"; for all but *same*, at which entry and why.
    """

    answer: str
    entries: int
    seq: int | None = None
    reason: str = ""


def reexecute(stream: Iterable[entries.Sealed], bundle: Callable[[str], Bundle]) -> Verdict:
    """Decide every entry of one stream again, in order. `bundle` compiles a release by its hash."""
    again, count = _Again(bundle), 0
    for sealed in stream:
        count += 1
        version = entries.parse(sealed.data)["semantics"]
        if version not in UNDERSTOOD:
            return Verdict(
                f"needs build {version}", count, sealed.seq, f"It was decided by semantics {version}, not {SEMANTICS}."
            )
        try:
            reason = again.differs(sealed)
        except Erased as erased:
            return Verdict("erased", count, sealed.seq, erased.message)
        except DubanError as error:
            reason = f"The command would be refused: {error.message}"
        if reason:
            return Verdict("differs", count, sealed.seq, reason)
    return Verdict("same", count)


class _Again:
    """One stream, decided again entry by entry."""

    def __init__(self, bundle: Callable[[str], Bundle]) -> None:
        self.bundle, self.state = bundle, State()
        self.timers: Timers = {}
        self.book = reservations.Book()

    def differs(self, sealed: entries.Sealed) -> str:
        entry = entries.unseal(sealed)
        if isinstance(entry.command, (ReserveNumber, NoteNumber)):
            told = reservations.decide(self.book, entry.command)
            self.book.apply(told)
            return _difference(sealed, told, frozenset(entry.command.personal))
        if isinstance(entry.command, PublishCalendar):
            return _difference(sealed, definitions.publish(entry.command), frozenset())
        bundle = self.bundle(entry.release)
        if isinstance(entry.command, (DeployDefinition, StartByEvent)):
            told = self._definition(bundle, entry.command)
            self.timers = definitions.timers_after(self.timers, entry.events)
            return _difference(sealed, told, frozenset())
        self.state.dirty_variables.clear()  # a command begins with what the one before has written
        told = decide(bundle, self.state, entry.command, entry.semantics)
        return _difference(sealed, told, bundle.processes[self.state.head.process].personal)

    def _definition(self, bundle: Bundle, command: DeployDefinition | StartByEvent) -> list[Event]:
        if isinstance(command, DeployDefinition):
            return definitions.deploy(bundle, command)
        return definitions.start(self.timers, command)


def _difference(sealed: entries.Sealed, told: list[Event], personal: frozenset[str]) -> str:
    """Compare as bytes: the events encoded again, with the stored openings, must be the stored ones."""
    stored = entries.parse(sealed.data)["events"]
    openings = entries.openings_of(sealed, personal)
    again = [encode(event, openings) for event in told]
    if len(stored) != len(again):
        return f"Expected {len(again)} events, but {len(stored)} are stored."
    for position, (one, other) in enumerate(zip(stored, again, strict=True), 1):
        if dumps(one) != dumps(other):
            return f"Event {position} is stored as {dumps(one)[:200]}, but the diagram decides {dumps(other)[:200]}."
    return ""


def state_at(stream: Iterable[entries.Sealed], seq: int) -> State:
    """The state after entry `seq`, by replaying the stored events."""
    state = State()
    for sealed in stream:
        if sealed.seq > seq:
            break
        replay(state, entries.unseal(sealed).events)
    return state
