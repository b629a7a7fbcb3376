"""Migrations of running cases, prepared: which element of the new release goes on with what waits at an old one. Pure.

The migration itself is `MigrateCase`, decided for each case on its own state; this only proposes a mapping to look at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.execution.bundle import Bundle
from engine.notation.model import Node, Process

How = Literal["id", "name", "only", ""]


@dataclass(frozen=True, slots=True)
class Like:
    """Where an element goes on. `how`: by the same id; by name and kind; as the only one of its kind left in its scope;
    "" for nowhere: somebody has to say, or no case may wait there."""

    process: str
    element: Node
    to: Node | None
    how: How


def likes(old: Bundle, new: Bundle, processes: Iterable[str]) -> list[Like]:
    """For each element of these processes, in the order of the file. A process that is gone has no likes."""
    found = []
    for id in processes:
        if id in old.processes:
            found += _likes(old.processes[id], new.processes.get(id))
    return found


def reached_from(bundle: Bundle, process: str) -> list[str]:
    """The process and all that it calls, as far as the diagrams name them: whose elements its cases wait at."""
    found = [process]
    for id in found:
        for node in bundle.processes[id].nodes.values():
            called = node.call.static_process if node.call else None
            if called is not None and called in bundle.processes and called not in found:
                found.append(called)
    return found


def _likes(old: Process, new: Process | None) -> list[Like]:
    there = new.nodes if new is not None else {}
    to = {id: there[id] for id, node in old.nodes.items() if id in there and there[id].kind == node.kind}
    how: dict[str, How] = dict.fromkeys(to, "id")
    named = _pairs(old, there, to, lambda node: (node.kind, node.name) if node.name else None)
    how |= dict.fromkeys(named, "name")
    to |= named
    placed = _pairs(old, there, to, lambda node: (node.kind, to[node.scope].id if node.scope in to else node.scope))
    how |= dict.fromkeys(placed, "only")
    to |= placed
    return [Like(old.id, node, to.get(id), how.get(id, "")) for id, node in old.nodes.items()]


Trait = Callable[[Node], tuple[str, str] | None]


def _pairs(old: Process, there: Mapping[str, Node], to: Mapping[str, Node], trait: Trait) -> dict[str, Node]:
    """Old elements without a like and new ones that are nobody's, where exactly one of each has a trait."""
    taken = {node.id for node in to.values()}
    left, free = defaultdict(list), defaultdict(list)
    for node in old.nodes.values():
        if node.id not in to:
            left[trait(node)].append(node)
    for node in there.values():
        if node.id not in taken:
            free[trait(node)].append(node)
    return {
        ones[0].id: free[key][0]
        for key, ones in left.items()
        if key is not None and len(ones) == 1 and len(free.get(key, ())) == 1
    }
