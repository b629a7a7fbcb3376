"""Random diagrams: nested blocks of tasks, gateways, sub-processes, loops and boundary events."""

from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

from tests.support.diagrams import (
    boundary,
    end,
    error,
    ext,
    flows,
    message,
    script,
    service,
    signal,
    start,
    timer,
    user,
)


def condition(text: str) -> str:
    return (
        f"<conditionalEventDefinition><condition>{text.replace('>', '&gt;')}</condition></conditionalEventDefinition>"
    )


@dataclass
class Block:
    """XML of a part with one way in and one way out."""

    xml: str
    entry: str
    exit: str


class Builder:
    def __init__(self) -> None:
        self.numbers = count(1)
        self.artifacts: list[str] = []  # the schema wants them behind everything else

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
            "condition": f'<intermediateCatchEvent id="{id}">{condition("=x > 1")}</intermediateCatchEvent>',
            "both": f'<intermediateCatchEvent id="{id}" parallelMultiple="true">{message("A")}'
            + timer("duration", "PT5M")
            + "</intermediateCatchEvent>",
            "signal": f'<intermediateThrowEvent id="{id}">{signal("A")}</intermediateThrowEvent>',
            "undo": f'<intermediateThrowEvent id="{id}"><compensateEventDefinition/></intermediateThrowEvent>',
            "twice": f'<task id="{id}" completionQuantity="2"/><task id="{id}x" startQuantity="2"/>'
            + flows(f"{id} {id}x"),
        }[kind]
        return Block(xml, id, f"{id}x" if kind == "twice" else id)

    def compensable(self, waits: bool) -> Block:
        id, bound, handler = self.id("t"), self.id("b"), self.id("h")
        event = f'<boundaryEvent id="{bound}" attachedToRef="{id}"><compensateEventDefinition/></boundaryEvent>'
        undo = f'<{"userTask" if waits else "task"} id="{handler}" isForCompensation="true"/>'
        self.artifacts.append(f'<association id="{self.id("as")}" sourceRef="{bound}" targetRef="{handler}"/>')
        return Block(f'<task id="{id}"/>{event}{undo}', id, id)

    def sequence(self, *children: Any) -> Block:
        blocks = [self.build(child) for child in children]
        links = [flows(f"{one.exit} {other.entry}") for one, other in pairwise(blocks)]
        return Block("".join([block.xml for block in blocks] + links), blocks[0].entry, blocks[-1].exit)

    def gateway(self, kind: str, children: list[Any]) -> Block:
        split, join = self.id("g"), self.id("g")
        blocks = [self.build(child) for child in children]
        tag = {"xor": "exclusiveGateway", "or": "inclusiveGateway"}.get(kind, "parallelGateway")
        default = "" if kind in ("and", "first") else f' default="{split}-{blocks[-1].entry}"'
        rule = "<activationCondition>=activationCount &gt;= 1</activationCondition>"
        joined = f'<complexGateway id="{join}">{rule}</complexGateway>' if kind == "first" else f'<{tag} id="{join}"/>'
        xml = f'<{tag} id="{split}"{default}/>{joined}' + "".join(block.xml for block in blocks)
        for number, block in enumerate(blocks):
            is_plain = kind in ("and", "first") or number == len(blocks) - 1
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

    def ad_hoc(self, ordering: str, children: list[Any]) -> Block:
        id = self.id("p")
        inner = "".join(self.build(child).xml for child in children)
        return Block(f'<adHocSubProcess id="{id}" ordering="{ordering}">{inner}</adHocSubProcess>', id, id)

    def transaction(self, child: Any) -> Block:
        """Cancelled when `choice` is 1, after what is inside."""
        id, first, choose, last, stop, bound, join = (self.id(prefix) for prefix in ("p", "s", "g", "e", "e", "b", "g"))
        inner = self.build(child)
        links = flows(
            f"{first} {inner.entry}", f"{inner.exit} {choose}", f"{choose} {last}", f"{choose} {stop} =choice = 1"
        )
        choice = f'<exclusiveGateway id="{choose}" default="{choose}-{last}"/>'
        ends = end(last) + end(stop, "<cancelEventDefinition/>")
        xml = f'<transaction id="{id}">{start(first)}{inner.xml}{choice}{ends}{links}</transaction>'
        outside = boundary(bound, id, "<cancelEventDefinition/>") + f'<exclusiveGateway id="{join}"/>'
        return Block(xml + outside + flows(f"{id} {join}", f"{bound} {join}"), id, join)

    def guarded(self, kind: str, interrupting: bool) -> Block:
        id, bound, side, join = self.id("u"), self.id("b"), self.id("t"), self.id("g")
        inner = {
            "timer": timer("duration", "PT10M"), "message": message("B"), "error": error("E1"), "signal": signal("A"),
            "condition": condition("=x > 0"),
        }[kind]  # fmt: skip
        host = service(id, "work") if kind == "error" else user(id)
        guard = boundary(bound, id, inner, interrupting or kind == "error")
        way_back = flows(f"{side} {join}") if interrupting or kind == "error" else ""
        links = flows(f"{bound} {side}", f"{id} {join}") + way_back
        xml = f'{host}{guard}<task id="{side}"/><exclusiveGateway id="{join}"/>{links}'
        return Block(xml, id, join)


KINDS = ["task", "user", "script", "job", "timer", "receive", "condition", "both", "signal", "undo", "twice"]
leaves = st.tuples(st.just("leaf"), st.sampled_from(KINDS))
compensable = st.tuples(st.just("compensable"), st.booleans())
guards = st.sampled_from(["timer", "message", "error", "signal", "condition"])
guarded = st.tuples(st.just("guarded"), guards, st.booleans())


def grown(children: Any) -> Any:
    lists = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        lists.map(lambda found: ("sequence", *found)),
        st.tuples(st.just("gateway"), st.sampled_from(["xor", "and", "or", "first"]), lists),
        st.tuples(st.just("ad_hoc"), st.sampled_from(["Parallel", "Sequential"]), lists),
        st.tuples(st.just("transaction"), children),
        st.tuples(st.just("sub"), children, st.sampled_from(["", "parallel", "sequential"])),
    )


trees = st.recursive(st.one_of(leaves, guarded, compensable), grown, max_leaves=8)


def parts(tree: Any) -> str:
    """The XML inside a process."""
    builder = Builder()
    block = builder.build(tree)
    links = flows(f"s {block.entry}", f"{block.exit} e")
    return start("s") + block.xml + end("e") + links + "".join(builder.artifacts)
