"""Small diagrams, each with what happens to it and the path that follows: every kind of event, gateway and activity.

A step is a method of the sandbox with its arguments. A path names the elements that completed, in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.execution.commands import SetVariables
from engine.sandbox import Sandbox
from tests.support.diagrams import (
    boundary,
    end,
    error,
    escalation,
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

Step = tuple[Any, ...]


@dataclass(frozen=True)
class Play:
    """`path`, blank between elements, after these steps; `data` are the variables at the start."""

    path: str
    steps: tuple[Step, ...] = ()
    data: Mapping[str, Any] | None = None
    begin: str | None = None  # a message or signal that starts the case: "message A"


@dataclass(frozen=True)
class Model:
    parts: tuple[str, ...]
    plays: tuple[Play, ...]


def perform(sandbox: Sandbox, play: Play) -> None:
    if play.begin is None:
        sandbox.start("p", dict(play.data or {}))
    else:
        kind, name = play.begin.split()
        getattr(sandbox, kind)(name, variables=dict(play.data or {}))
    for name, *arguments in play.steps:
        if name == "set":
            sandbox._do(sandbox.cases[0], SetVariables(arguments[0], page="0"))
        else:
            getattr(sandbox, name)(*arguments)


def gateway(kind: str, id: str, default: str = "") -> str:
    return f'<{kind}Gateway id="{id}"{f""" default="{default}" """ if default else ""}/>'


def sub(id: str, *parts: str, kind: str = "subProcess", extra: str = "") -> str:
    return f'<{kind} id="{id}"{extra}>{"".join(parts)}</{kind}>'


def catch(id: str, *inner: str, extra: str = "") -> str:
    return f'<intermediateCatchEvent id="{id}"{extra}>{"".join(inner)}</intermediateCatchEvent>'


def throw(id: str, inner: str) -> str:
    return f'<intermediateThrowEvent id="{id}">{inner}</intermediateThrowEvent>'


def begun_by(id: str, *inner: str, extra: str = "") -> str:
    return f'<startEvent id="{id}"{extra}>{"".join(inner)}</startEvent>'


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def many(inner: str, *, sequential: bool = False) -> str:
    flavour = ' isSequential="true"' if sequential else ""
    return f"<multiInstanceLoopCharacteristics{flavour}>{inner}</multiInstanceLoopCharacteristics>"


TASK = '<task id="{}"/>'.format
COMPENSATE, CANCEL, TERMINATE = (
    "<compensateEventDefinition/>",
    "<cancelEventDefinition/>",
    "<terminateEventDefinition/>",
)
BY_EVENT, BESIDE, ALL = ' triggeredByEvent="true"', ' isInterrupting="false"', ' parallelMultiple="true"'
HOUR, LATE = timer("duration", "PT1H"), ("advance", "PT2H")
UNDO, TIE = '<task id="undo" isForCompensation="true"/>', '<association id="as" sourceRef="guard" targetRef="undo"/>'
GUARD = boundary("guard", "a", COMPENSATE).replace(' cancelActivity="true"', "")
LINK = '<linkEventDefinition name="L"/>'

MODELS: dict[str, Model] = {
    "sequence": Model(
        (start(), user("a"), TASK("b"), end(), flows("s a", "a b", "b e")),
        (Play("s a b e", (("complete", "a"),)),),
    ),
    "exclusive": Model(
        (start(), gateway("exclusive", "g", "g-c"), TASK("a"), TASK("b"), TASK("c"), gateway("exclusive", "j"), end(),
         flows("s g", "g a =n = 1", "g b =n = 2", "g c", "a j", "b j", "c j", "j e")),
        tuple(Play(f"s g {way} j e", data={"n": Decimal(n)}) for n, way in enumerate("abc", 1)),
    ),
    "parallel": Model(
        (start(), gateway("parallel", "g"), user("a"), user("b"), gateway("parallel", "j"), end(),
         flows("s g", "g a", "g b", "a j", "b j", "j e")),
        (Play("s g a b j e", (("complete", "a"), ("complete", "b"))),),
    ),
    "inclusive": Model(
        (start(), gateway("inclusive", "g", "g-c"), TASK("a"), TASK("b"), TASK("c"), gateway("inclusive", "j"), end(),
         flows("s g", "g a =n > 1", "g b =n > 2", "g c", "a j", "b j", "c j", "j e")),
        (Play("s g c j e", data={"n": Decimal(1)}), Play("s g a j e", data={"n": Decimal(2)}),
         Play("s g a b j e", data={"n": Decimal(3)})),
    ),
    "two of three": Model(
        (start(), gateway("parallel", "g"), user("a"), user("b"), user("c"),
         '<complexGateway id="j"><activationCondition>activationCount >= 2</activationCondition></complexGateway>',
         TASK("k"), flows("s g", "g a", "g b", "g c", "a j", "b j", "c j", "j k")),
        (Play("s g a b j k c", (("complete", "a"), ("complete", "b"), ("complete", "c"))),
         Play("s g b c j k a", (("complete", "b"), ("complete", "c"), ("complete", "a")))),
    ),
    "first event": Model(
        (start(), '<eventBasedGateway id="g"/>', catch("m", message("A")), catch("t", HOUR), catch("i", signal("B")),
         TASK("a"), TASK("b"), TASK("c"), flows("s g", "g m", "g t", "g i", "m a", "t b", "i c")),
        (Play("s g m a", (("message", "A"), LATE)), Play("s g t b", (LATE, ("message", "A"))),
         Play("s g i c", (("signal", "B"),))),
    ),
    "begun by message or signal": Model(
        (begun_by("m", message("A")), begun_by("i", signal("B")), TASK("a"), flows("m a", "i a")),
        (Play("m a", begin="message A"), Play("i a", begin="signal B")),
    ),
    "timer beside and instead": Model(
        (start(), user("a"), boundary("stop", "a", timer("duration", "PT3H")),
         boundary("tell", "a", HOUR, interrupting=False), TASK("b"), TASK("c"), end(),
         flows("s a", "a e", "stop b", "tell c")),
        (Play("s tell c a e", (LATE, ("complete", "a"), ("advance", "PT9H"))),
         Play("s tell c stop b", (LATE, ("advance", "PT2H")))),
    ),
    "errors": Model(
        (start(), service("a", "work"), boundary("one", "a", error("E1")), boundary("other", "a", error("E2")),
         TASK("b"), TASK("c"), end(), flows("s a", "a e", "one b", "other c")),
        (Play("s a e", (("job", "work"),)), Play("s one b", (("fail", "work", "E1"),)),
         Play("s other c", (("fail", "work", "E2"),))),
    ),
    "an error from inside": Model(
        (start(),
         sub("w", start("s1"), gateway("exclusive", "g", "g-ok"), end("bad", error("E1")), end("ok"),
             flows("s1 g", "g bad =wrong", "g ok")),
         boundary("one", "w", error("E1")), TASK("b"), TASK("after"), flows("s w", "w after", "one b")),
        (Play("s s1 g one b", data={"wrong": True}), Play("s s1 g ok w after", data={"wrong": False})),
    ),
    "escalation": Model(
        (start(), sub("w", start("s1"), throw("up", escalation("E1")), TASK("a"), flows("s1 up", "up a")),
         boundary("heard", "w", escalation("E1"), interrupting=False), TASK("b"), end(),
         flows("s w", "w e", "heard b")),
        (Play("s s1 heard up b a w e"),),
    ),
    "signals": Model(
        (start(), gateway("parallel", "g"), catch("hear", signal("A")), user("a"), throw("say", signal("A")), TASK("b"),
         flows("s g", "g a", "g hear", "a say", "hear b")),
        (Play("s g a hear say b", (("complete", "a"),)), Play("s g hear b", (("signal", "A"),))),
    ),
    "messages": Model(
        (start(), catch("m", message("A")), '<receiveTask id="r" messageRef="message-B"/>', throw("t", message("A")),
         end("e", message("B")), flows("s m", "m r", "r t", "t e")),
        (Play("s m r t e", (("message", "A"), ("message", "B"))),),
    ),
    "links": Model(
        (start(), throw("out", LINK), catch("into", LINK), TASK("a"), flows("s out", "into a")),
        (Play("s out into a"),),
    ),
    "termination": Model(
        (start(), gateway("parallel", "g"), user("a"), user("b"), end("stop", TERMINATE), end(),
         flows("s g", "g a", "g b", "a stop", "b e")),
        (Play("s g a stop", (("complete", "a"),)), Play("s g b e a stop", (("complete", "b"), ("complete", "a")))),
    ),
    "event sub-processes": Model(
        (start(), user("a"), end(), flows("s a", "a e"),
         sub("tell", begun_by("s1", signal("A"), extra=BESIDE), TASK("b"), flows("s1 b"), extra=BY_EVENT),
         sub("stop", begun_by("s2", message("B")), TASK("c"), flows("s2 c"), extra=BY_EVENT)),
        (Play("s s1 b tell a e", (("signal", "A"), ("complete", "a"))),
         Play("s s2 c stop", (("message", "B"), ("signal", "A")))),
    ),
    "conditions": Model(
        (start(), gateway("parallel", "g"), catch("c", condition("=x > 3")), user("a"),
         boundary("b", "a", condition("=x > 5")), TASK("k"), end(), TASK("f"),
         flows("s g", "g c", "g a", "c k", "a e", "b f")),
        (Play("s g c k a e", (("set", {"x": Decimal(4)}), ("complete", "a"))),
         Play("s g c b k f", (("set", {"x": Decimal(9)}),))),
    ),
    "compensation": Model(
        (start(), TASK("a"), GUARD, UNDO, throw("t", COMPENSATE), end(), flows("s a", "a t", "t e"), TIE),
        (Play("s a undo t e"),),
    ),
    "a cancelled transaction": Model(
        (start(),
         sub("w", start("s1"), TASK("a"), GUARD, user("ask"), gateway("exclusive", "g", "g-ok"), end("no", CANCEL),
             end("ok"), UNDO, flows("s1 a", "a ask", "ask g", "g no =stop", "g ok"), TIE, kind="transaction"),
         boundary("off", "w", CANCEL), TASK("b"), end(), flows("s w", "w e", "off b")),
        (Play("s s1 a ask g undo no off b", (("complete", "ask", {"stop": True}),)),
         Play("s s1 a ask g ok w e", (("complete", "ask", {"stop": False}),))),
    ),
    "instances": Model(
        (start(), f'<subProcess id="w">{many("<loopCardinality>2</loopCardinality>")}{start("s1")}{user("a")}'
         + end("e1") + flows("s1 a", "a e1") + "</subProcess>", end(), flows("s w", "w e")),
        (Play("s s1 s1 a e1 w a e1 w w e", (("complete", "a"), ("complete", "a"))),),
    ),
    "a loop": Model(
        (start(), '<scriptTask id="a">' + ext('<zeebe:script expression="=n + 1" resultVariable="n"/>')
         + '<standardLoopCharacteristics><loopCondition>n &lt; 3</loopCondition></standardLoopCharacteristics>'
         "</scriptTask>", end(), flows("s a", "a e")),
        (Play("s a a a a e", data={"n": Decimal(0)}),),
    ),
    "arbitrary cycle": Model(
        (start(), script("a", "=n + 1", "n"), gateway("exclusive", "g", "g-e"), end(),
         flows("s a", "a g", "g a =n < 3", "g e")),
        (Play("s a g a g a g e", data={"n": Decimal(0)}),),
    ),
    "a call": Model(
        (start(), f'<callActivity id="c">{ext("""<zeebe:calledElement processId="q"/>""")}</callActivity>', end(),
         flows("s c", "c e"),
         f'<process id="q" isExecutable="true">{start("s1")}{TASK("a")}{end("e1")}{flows("s1 a", "a e1")}</process>'),
        (Play("s s1 a e1 c e"),),
    ),
    "several triggers": Model(
        (start(), catch("any", message("A"), signal("A")), catch("all", message("B"), signal("B"), extra=ALL), end(),
         flows("s any", "any all", "all e")),
        (Play("s any all e", (("signal", "A"), ("message", "B"), ("signal", "B"))),
         Play("s any", (("message", "A"), ("message", "B")))),
    ),
    "ad hoc": Model(
        (start(), sub("w", user("a"), user("b"), TASK("c"), flows("a c"), kind="adHocSubProcess"), end(),
         flows("s w", "w e")),
        (Play("s b a c w e", (("complete", "b"), ("complete", "a"))),),
    ),
}  # fmt: skip
