"""What `decide` runs: the compiled content of one release, and the calendars it may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from engine.execution.calendar import Calendar
from engine.notation.model import Node, Process

if TYPE_CHECKING:
    from engine.decisions import Model as Decisions
    from engine.notation.forms import Form


def _no_calendar(series: str, version: int) -> Calendar:
    raise InvalidInput(f"Expected the business calendar '{series}' version {version}, but none is known here.")


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of one command, and where a loop without a wait or a call of itself becomes an incident.

    Pinned in the release.
    """

    activations: int = 1_000
    bytes: int = 256_000
    steps_without_wait: int = 2_000_000
    depth: int = 1_000  # of calls and sub-processes inside each other


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """One release, compiled.

    Shared by threads; never changes. `decisions` maps each decision id to the model that holds it.
    """

    hash: str
    processes: Mapping[str, Process]
    decisions: Mapping[str, "Decisions"] = field(default_factory=dict)
    forms: Mapping[str, "Form"] = field(default_factory=dict)
    zone: str = "Asia/Shanghai"
    limits: Limits = Limits()
    calendars: Callable[[str, int], Calendar] = _no_calendar

    def node(self, process: str, element: str) -> Node:
        return self.processes[process].nodes[element]

    def stands_alone(self, process: str) -> bool:
        """Whether a person can start a case of it: it begins without an event, and no other process calls it."""
        calls = (node.call for each in self.processes.values() for node in each.nodes.values() if each.id != process)
        called = any(call is not None and call.static_process == process for call in calls)
        of = self.processes[process]
        return bool(of.scopes[of.id].entries) and not called
