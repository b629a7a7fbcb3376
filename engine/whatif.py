"""What would a draft have done? The commands of a case that really happened, decided by another release in memory.

Tasks, jobs and waits are matched by element and occurrence; time passes as it did, and the draft's own timers fire when
they would have. Nothing is written. Where reality has no answer (nobody ever did a task that only the draft has), that
is said: what would have followed cannot be known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.audit.entries import Entry
from engine.errors import DubanError, InvalidState
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.decide import decide
from engine.execution.state import State

MOST_COMMANDS = 5_000
SHOWN = 20
Verdict = Literal["same", "other", "unknown"]
Cause = Literal["", "unasked", "unawaited", "operator", "refused", "erased", "long"]
"""Why nothing further can be known: nobody ever did what only the draft asks for; the draft did not wait where
something happened; an operator intervened; the engine refuses a command on the draft; values were erased; a history
that is too long."""
Place = tuple[str, int]
"""An element, and which time it was there: the first is 0."""


@dataclass(frozen=True, slots=True)
class DueChange:
    """A task whose deadline differs. Times in ms; `ended` None: still open. missed: ended after it was due."""

    element: str
    occurrence: int
    before: int | None
    after: int | None
    ended: int | None
    missed_before: bool
    missed_after: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case. `where`: the element at which the ways part; `cause` and, in words, `reason`: why it
    cannot be known.

    `gone` and `come`: elements that were entered in reality only, or in the draft only.
    """

    verdict: Verdict
    where: str = ""
    reason: str = ""
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    deadlines: tuple[DueChange, ...] = ()
    cause: Cause = ""


def replay(bundle: Bundle, history: Iterable[Entry], until: int) -> Outcome:
    """Play the history of a case on `bundle`, up to the instant `until` (ms), which lets open deadlines pass.

    Raises nothing for what the draft refuses: that is what it would have done. `wire.Erased` passes through while the
    history is read.
    """
    run = _Run(bundle)
    for entry in history:
        if not run.take(entry):
            break
    else:
        run.let_pass(until)
    return run.outcome(until)


@dataclass(slots=True)
class _Told:
    """What a run has told: the numbers of its tasks, jobs and waits by place, what was entered, what was due when."""

    numbers: dict[tuple[str, Place], tuple[str, int]] = field(default_factory=dict)
    places: dict[tuple[str, int], Place] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    entered: list[str] = field(default_factory=list)
    due: dict[Place, int | None] = field(default_factory=dict)
    ended: dict[Place, int] = field(default_factory=dict)

    def learn(self, told: Iterable[e.Event], at: int) -> None:
        for event in told:
            if isinstance(event, e.ElementActivated):
                self.entered.append(event.element)
            elif isinstance(event, e.TaskCreated):
                self.due[self._add("task", event.element, event.page, event.task)] = event.due
            elif isinstance(event, e.JobCreated):
                self._add("job", event.element, event.page, event.job)
            elif isinstance(event, e.SubscriptionOpened):
                self._add("subscription", event.element, event.page, event.subscription)
            elif isinstance(event, e.DeadlineMoved):
                self.due[self.places["task", event.task]] = event.after
            elif isinstance(event, e.DeadlineCounted):
                self.due[self.places["task", event.task]] = event.due
            elif isinstance(event, e.TaskCompleted | e.TaskCancelled):
                self.ended[self.places["task", event.task]] = at

    def rename(self, names: Mapping[str, str]) -> None:
        """Elements under the names of another release, which the case went on with."""

        def renamed(place: Place) -> Place:
            return names.get(place[0], place[0]), place[1]

        self.numbers = {(kind, renamed(place)): held for (kind, place), held in self.numbers.items()}
        self.places = {key: renamed(place) for key, place in self.places.items()}
        self.seen = Counter({(kind, names.get(one, one)): times for (kind, one), times in self.seen.items()})
        self.entered = [names.get(element, element) for element in self.entered]
        self.due = {renamed(place): due for place, due in self.due.items()}
        self.ended = {renamed(place): at for place, at in self.ended.items()}

    def _add(self, kind: str, element: str, page: str, n: int) -> Place:
        place = element, self.seen[kind, element]
        self.seen[kind, element] += 1
        self.numbers[kind, place] = page, n
        self.places[kind, n] = place
        return place


class _Run:
    """A case of the draft that is led as the real one was."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.state = bundle, State()
        self.real, self.own = _Told(), _Told()
        self.at, self.left = 0, MOST_COMMANDS
        self.calendars: dict[str, Any] = {}
        self.where = self.reason = ""
        self.cause: Cause = ""

    # Going on ----------------------------------------------------------------------------------------------------

    def take(self, entry: Entry) -> bool:
        """Do what an entry did. False when nothing further can be known."""
        self.calendars = entry.command.facts.get("calendars") or self.calendars
        self.let_pass(entry.at)
        try:
            command = None if self.reason else self._translated(entry.command)
            if command is not None:
                self._do(command)
        except (DubanError, _Parted) as parted:
            self._part(parted)
        self.real.learn(entry.events, entry.at)
        return self.left > 0 and bool(self.state.head.status)

    def let_pass(self, until: int) -> None:
        """Fire the draft's timers that are due by then, in their order."""
        while not self.reason and (found := self._next_timer()) is not None and found[0] <= until:
            self.at = max(self.at, found[0])
            try:
                self._do(c.FireTimer(found[1], page=found[2], at=self.at, facts=self._facts()))
            except DubanError as refused:
                self._part(refused)
        self.at = max(self.at, until)

    def _facts(self) -> dict[str, Any]:
        return {"calendars": self.calendars} if self.calendars else {}

    def _next_timer(self) -> tuple[int, int, str] | None:
        if self.state.head.status != "active":
            return None
        waits = [
            (wait.due, wait.n, page.id)
            for page in self.state.pages.values()
            for wait in page.waits.values()
            if wait.what == "timer"
        ]
        return min(waits, default=None)

    def _do(self, command: c.Command) -> None:
        following: c.Command | None = replace(command, at=max(self.at, command.at))
        while following is not None:
            self.left -= 1
            if self.left < 0:
                raise InvalidState("The draft takes more commands than are tried.")
            self.own.learn(decide(self.bundle, self.state, following), following.at)
            following = c.Continue(at=following.at, facts=self._facts()) if self.state.head.work else None

    def _translated(self, command: c.Command) -> c.Command | None:
        """The command with the numbers of this run; None for what the draft does by itself.

        Raises _Parted where it is about something that the draft does not wait for.
        """
        if isinstance(command, c.MigrateCase):
            self.real.rename(command.mapping)
            return None
        if isinstance(command, c.FireTimer | c.Continue | c.AdoptCalendar):
            return None
        if isinstance(command, c.MoveToken | c.RetryIncident):
            raise _Parted("", "operator", f"an operator intervened ({type(command).__name__})")
        for kind in ("task", "job", "subscription"):
            n = getattr(command, kind, None)
            if isinstance(n, int):
                page, own = self._number(kind, n)
                changes: dict[str, Any] = {kind: own, "page": page}
                if kind == "task":
                    changes["version"] = None
                return replace(command, **changes)
        return replace(command, page="" if command.page in ("", "0") else command.page)

    def _number(self, kind: str, n: int) -> tuple[str, int]:
        place = self.real.places.get((kind, n))
        found = self.own.numbers.get((kind, place)) if place is not None else None
        if place is None or found is None:
            element = place[0] if place else ""
            raise _Parted(element, "unawaited", f"the draft did not wait at {element or 'that place'} then")
        return found

    def _part(self, why: Exception) -> None:
        parted = why if isinstance(why, _Parted) else _Parted("", "refused", str(why))
        self.where, self.cause, self.reason = parted.element, parted.cause, parted.reason

    # What came of it ---------------------------------------------------------------------------------------------

    def outcome(self, until: int) -> Outcome:
        real, own = Counter(self.real.entered), Counter(self.own.entered)
        gone, come = tuple((real - own).keys())[:SHOWN], tuple((own - real).keys())[:SHOWN]
        due = tuple(self._deadlines(until))
        where = self.where or _first(self.own.entered, real) or _first(self.real.entered, own)
        intervened = self.reason and not self.where
        if not intervened and (waiting := self._unanswered()):
            return Outcome("unknown", waiting, f"nobody has done {waiting} in reality", gone, come, due, "unasked")
        if self.reason and (intervened or self.state.head.status == "active"):
            return Outcome("unknown", where, self.reason, gone, come, due, self.cause)
        return Outcome("other" if gone or come else "same", where if gone or come else "", "", gone, come, due)

    def _unanswered(self) -> str:
        """Where the draft waits for somebody or something that reality never had."""
        for (kind, place), (page, n) in self.own.numbers.items():
            if (kind, place) not in self.real.numbers and self._is_open(page, n):
                return place[0]
        return ""

    def _is_open(self, page: str, n: int) -> bool:
        found = self.state.find(page)
        held = found.instances.get(n) if found is not None else None
        return held is not None and (held.task is not None or held.job is not None)

    def _deadlines(self, until: int) -> Iterator[DueChange]:
        for place, before in self.real.due.items():
            if place not in self.own.due:
                continue
            after, ended = self.own.due[place], self.real.ended.get(place)
            was, would = (due is not None and (ended or until) > due for due in (before, after))
            if before != after:
                yield DueChange(*place, before, after, ended, was, would)


class _Parted(Exception):
    """The draft goes another way than the case did."""

    def __init__(self, element: str, cause: Cause, reason: str) -> None:
        super().__init__(reason)
        self.element, self.cause, self.reason = element, cause, reason


def _first(entered: Iterable[str], others: Counter[str]) -> str:
    """The first element that was entered more often than among the others."""
    left = Counter(others)
    for element in entered:
        if not left[element]:
            return element
        left[element] -= 1
    return ""


def total(found: Iterable[Outcome]) -> dict[str, int]:
    """How many cases took which way, and how many deadlines would have been missed or met."""
    outcomes = list(found)
    due = [one for outcome in outcomes for one in outcome.deadlines]
    counted = Counter(outcome.verdict for outcome in outcomes)
    return {
        "same": counted["same"], "other": counted["other"], "unknown": counted["unknown"],
        "would_miss": sum(one.missed_after and not one.missed_before for one in due),
        "would_meet": sum(one.missed_before and not one.missed_after for one in due),
    }  # fmt: skip
