"""The state of one evaluation: its time, what it may still use, and the problems it met."""

from dataclasses import dataclass
from typing import NoReturn

from engine.feel.errors import FeelLimit, FeelProblem, place
from engine.feel.temporal import DateTime


@dataclass(frozen=True, slots=True)
class Limits:
    """What one evaluation may use. Counted, never timed: the same expression stops at the same place on any machine."""

    text: int = 32_768  # characters of an expression
    nesting: int = 48  # brackets within brackets in an expression
    steps: int = 250_000  # iterations, calls, elements and characters (by the hundred) that are touched
    depth: int = 400  # frames of function calls within function calls
    items: int = 100_000  # elements of one list
    string: int = 1_000_000  # characters of one string
    value_depth: int = 64  # lists and contexts within one another
    problems: int = 20  # problems that are kept


DEFAULT_LIMITS = Limits()


class Run:
    """One evaluation. A caller that evaluates several expressions for one answer shares one Run among them."""

    __slots__ = ("depth", "limits", "now", "problems", "steps")

    def __init__(self, now: DateTime | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.now = now
        self.limits = limits
        self.steps = limits.steps
        self.depth = limits.depth
        self.problems: list[FeelProblem] = []

    def spend(self, steps: int) -> None:
        """Count work before it is done; FeelLimit when there is no allowance left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimit(f"Expected at most {self.limits.steps} steps, but the expression needs more")

    def fail(self, at: "Mark", message: str) -> bool | None:
        """Record why the value is null, and be that null (of whatever type the caller would have returned)."""
        if len(self.problems) < self.limits.problems:
            line, column = place(at.text, at.offset)
            self.problems.append(FeelProblem(message, line, column))
        return None

    def check_items(self, count: int) -> None:
        if count > self.limits.items:
            raise FeelLimit(f"Expected a list of at most {self.limits.items} items, but it would have {count}")

    def check_string(self, length: int) -> None:
        if length > self.limits.string:
            raise FeelLimit(f"Expected a string of at most {self.limits.string} characters, but it would have {length}")

    def too_deep(self) -> NoReturn:
        raise FeelLimit("Expected fewer function calls within one another: is there an end to this recursion?")


class Unrecorded(Run):
    """Serves every evaluation that can neither loop nor call and whose problems nobody asks for: it keeps nothing, so
    threads share one.
    """

    __slots__ = ()

    def spend(self, steps: int) -> None:
        """Straight-line work is bounded by the length of the text."""

    def fail(self, at: "Mark", message: str) -> None:
        """Nobody asks."""


UNRECORDED = Unrecorded()


def counting(run: Run | None) -> Run:
    """A run that counts, for work that grows with the values and not with the text: the given one, or its own."""
    return Run() if run is None or run is UNRECORDED else run


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text, for problems."""

    text: str
    offset: int

    def blame(self, limit: FeelLimit) -> FeelLimit:
        """The limit, as one that was met here."""
        limit.locate(self.text, self.offset)
        return limit
