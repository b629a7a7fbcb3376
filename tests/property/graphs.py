"""Random diagrams without any structure: nodes of all kinds, and flows from anywhere to anywhere."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.support.diagrams import end, flows, message, script, service, signal, start, timer, user

Node = tuple[str, list[int]]
"""A kind, and the numbers of the nodes that its flows lead to; the number behind the last one is the end event."""

SPLITS = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway", "first": "complexGateway"}
SIMPLE = ("task", "user", "xor", "and", "or")
"""Kinds that every engine has."""
ALL = (*SIMPLE, "first", "script", "job", "timer", "receive", "signal", "choice", "terminate", "sub")

LEAVES: dict[str, Callable[[str], str]] = {
    "task": '<task id="{}"/>'.format,
    "user": user,
    "script": lambda id: script(id, "=(if is defined(x) and x != null then x else 0) + 1"),
    "job": lambda id: service(id, "work"),
    "timer": lambda id: f'<intermediateCatchEvent id="{id}">{timer("duration", "PT5M")}</intermediateCatchEvent>',
    "receive": lambda id: f'<receiveTask id="{id}" messageRef="message-A"/>',
    "signal": lambda id: f'<intermediateThrowEvent id="{id}">{signal("A")}</intermediateThrowEvent>',
    "terminate": lambda id: end(id, "<terminateEventDefinition/>"),
    "sub": lambda id: f'<subProcess id="{id}">{start(id + "s")}{user(id + "u")}{flows(f"{id}s {id}u")}</subProcess>',
    "choice": lambda id: (
        f'<eventBasedGateway id="{id}"/><intermediateCatchEvent id="{id}m">{message("A")}</intermediateCatchEvent>'
        f'<intermediateCatchEvent id="{id}t">{timer("duration", "PT5M")}</intermediateCatchEvent>'
    ),
}


@st.composite
def graphs(draw: Any, kinds: Sequence[str] = ALL, *, cyclic: bool = True, most: int = 7) -> list[Node]:
    count = draw(st.integers(2, most))
    nodes: list[Node] = []
    for number in range(count):
        kind = draw(st.sampled_from(kinds))
        wide = 3 if kind in SPLITS else 2 if kind == "choice" else 1
        lowest = 0 if cyclic else number + 1
        targets = draw(st.lists(st.integers(lowest, count), min_size=1, max_size=wide, unique=True))
        nodes.append((kind, [] if kind == "terminate" else targets))
    return nodes


def drawn(nodes: list[Node]) -> str:
    """The XML inside a process. Conditions ask for `choice`; the last flow of a gateway is its default."""
    found, links = [start("s")], [flows("s n0")]
    for number, (kind, targets) in enumerate(nodes):
        id, ends = f"n{number}", [f"n{target}" if target < len(nodes) else "e" for target in targets]
        if kind in SPLITS:
            default = f' default="{id}-{ends[-1]}"' if kind in ("xor", "or") and len(ends) > 1 else ""
            rule = "<activationCondition>=activationCount &gt;= 1</activationCondition>" if kind == "first" else ""
            found.append(f'<{SPLITS[kind]} id="{id}"{default}>{rule}</{SPLITS[kind]}>')
            asked = len(ends) - 1 if kind in ("xor", "or") else 0
            links += [flows(f"{id} {end} =choice = {n} or choice = 9") for n, end in enumerate(ends[:asked])]
            links += [flows(f"{id} {end}") for end in ends[asked:]]
        elif kind == "choice":
            found.append(LEAVES[kind](id))
            links += [flows(f"{id} {id}m"), flows(f"{id} {id}t"), flows(f"{id}m {ends[0]}", f"{id}t {ends[-1]}")]
        else:
            found.append(LEAVES[kind](id))
            links += [flows(f"{id} {end}") for end in ends]
    return "".join([*found, end("e"), *links])


def reachable(nodes: list[Node]) -> list[Node]:
    """Without what no token can reach."""
    found = [0]
    for number in found:
        found += [target for target in dict.fromkeys(nodes[number][1]) if target < len(nodes) and target not in found]
    renamed = {old: new for new, old in enumerate(sorted(found))} | {len(nodes): len(found)}
    return [(nodes[old][0], [renamed[target] for target in nodes[old][1]]) for old in sorted(found)]
