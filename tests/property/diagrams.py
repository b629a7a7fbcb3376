"""Random diagrams: nested blocks of tasks, gateways, sub-processes, loops and boundary events."""

from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

from tests.support.diagrams import boundary, end, error, ext, flows, message, script, service, start, timer, user


@dataclass
class Block:
    """XML of a part with one way in and one way out."""

    xml: str
    entry: str
    exit: str


class Builder:
    def __init__(self) -> None:
        self.numbers = count(1)

    def id(self, prefix: str) -> str:
        return f"{prefix}{next(self.numbers)}"

    def build(self, tree: Any) -> Block:
        kind, *arguments = tree
        block: Block = getattr(self, kind)(*arguments)
        return block

    def leaf(self, kind: str) -> Block:
        id = self.id(kind[0])
        xml = {
            "task": f'<task id="{id}"/>',
            "user": user(id),
            "script": script(id, "=(if is defined(x) and x != null then x else 0) + 1"),
            "job": service(id, "work"),
            "timer": f'<intermediateCatchEvent id="{id}">{timer("duration", "PT5M")}</intermediateCatchEvent>',
            "receive": f'<receiveTask id="{id}" messageRef="message-A"/>',
        }[kind]
        return Block(xml, id, id)

    def sequence(self, *children: Any) -> Block:
        blocks = [self.build(child) for child in children]
        links = [flows(f"{one.exit} {other.entry}") for one, other in pairwise(blocks)]
        return Block("".join([block.xml for block in blocks] + links), blocks[0].entry, blocks[-1].exit)

    def gateway(self, kind: str, children: list[Any]) -> Block:
        split, join = self.id("g"), self.id("g")
        blocks = [self.build(child) for child in children]
        tag = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway"}[kind]
        default = "" if kind == "and" else f' default="{split}-{blocks[-1].entry}"'
        xml = f'<{tag} id="{split}"{default}/><{tag} id="{join}"/>' + "".join(block.xml for block in blocks)
        for number, block in enumerate(blocks):
            is_plain = kind == "and" or number == len(blocks) - 1
            condition = "" if is_plain else f" =choice = {number} or choice = 9"
            xml += flows(f"{split} {block.entry}{condition}", f"{block.exit} {join}")
        return Block(xml, split, join)

    def sub(self, child: Any, loop: str) -> Block:
        id, first, last = self.id("p"), self.id("s"), self.id("e")
        inner = self.build(child)
        loops = {
            "": "",
            "parallel": "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>",
            "sequential": '<multiInstanceLoopCharacteristics isSequential="true">{}</multiInstanceLoopCharacteristics>',
        }[loop].format(
            ext(
                '<zeebe:loopCharacteristics inputCollection="=[1,2,3]" inputElement="item" outputCollection="items"'
                ' outputElement="=item"/>'
            )
        )
        links = flows(f"{first} {inner.entry}", f"{inner.exit} {last}")
        xml = f'<subProcess id="{id}">{loops}{start(first)}{inner.xml}{end(last)}{links}</subProcess>'
        return Block(xml, id, id)

    def guarded(self, kind: str, interrupting: bool) -> Block:
        id, bound, side, join = self.id("u"), self.id("b"), self.id("t"), self.id("g")
        inner = {"timer": timer("duration", "PT10M"), "message": message("B"), "error": error("E1")}[kind]
        host = service(id, "work") if kind == "error" else user(id)
        guard = boundary(bound, id, inner, interrupting or kind == "error")
        way_back = flows(f"{side} {join}") if interrupting or kind == "error" else ""
        links = flows(f"{bound} {side}", f"{id} {join}") + way_back
        xml = f'{host}{guard}<task id="{side}"/><exclusiveGateway id="{join}"/>{links}'
        return Block(xml, id, join)


leaves = st.tuples(st.just("leaf"), st.sampled_from(["task", "user", "script", "job", "timer", "receive"]))
guarded = st.tuples(st.just("guarded"), st.sampled_from(["timer", "message", "error"]), st.booleans())


def grown(children: Any) -> Any:
    lists = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        lists.map(lambda found: ("sequence", *found)),
        st.tuples(st.just("gateway"), st.sampled_from(["xor", "and", "or"]), lists),
        st.tuples(st.just("sub"), children, st.sampled_from(["", "parallel", "sequential"])),
    )


trees = st.recursive(st.one_of(leaves, guarded), grown, max_leaves=8)


def parts(tree: Any) -> str:
    """The XML inside a process."""
    builder = Builder()
    block = builder.build(tree)
    return start("s") + block.xml + end("e") + flows(f"s {block.entry}", f"{block.exit} e")
