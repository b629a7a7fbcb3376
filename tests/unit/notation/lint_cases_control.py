"""For every rule about files, flows, events, gateways and activities a model that breaks it, and its valid twin."""

from tests.support.diagrams import boundary, end, flows, start
from tests.unit.notation.lint_parts import (
    CANCEL,
    COMPENSATE,
    CONDITION,
    ERROR,
    ESCALATION,
    FORMAL,
    HANDLER,
    IF,
    IN,
    IN_REF,
    IO,
    LINK,
    MESSAGE,
    PLAIN,
    SIGNAL,
    TERMINATE,
    TIMER,
    TO_HANDLER,
    UNDO,
    again,
    beginning,
    catch,
    choreography,
    definitions,
    event,
    event_sub,
    exchange,
    flow,
    inside,
    instances,
    io,
    line,
    message_flow,
    model,
    pools,
    process,
    split,
    sub,
    task,
    thing,
)

Pair = tuple[str, str]
CONTROL: dict[str, list[Pair]] = {
    "BPS001": [
        (model('<task id="t" colour="red"/>'), model('<task id="t" name="red"/>')),
        (model('<sequenceFlow id="f" sourceRef="t"/><task id="t"/>'), model('<task id="t"/>')),
        (model("<subProcess id='u'><process id='v'/></subProcess>"), model("<subProcess id='u'/>")),
    ],
    "BPS002": [
        (model('<task id="t"/><task id="t"/>'), model('<task id="t"/><task id="u"/>')),
        (model('<task id="1 t"/>'), model('<task id="t1"/>')),
    ],
    "BPS004": [
        (line(task(extra=' default="nothing"')), PLAIN),
        (model(task("t"), flow("f", "t", "nothing")), model(task("t"), task("u"), flow("f", "t", "u"))),
        (
            line(task(extra=' messageRef="nothing"', tag="sendTask")),
            line(task(extra=' messageRef="m"', tag="sendTask")),
        ),
        (line(task(inner="<outgoing>nothing</outgoing>")), PLAIN),
        (model('<association id="a" sourceRef="p" targetRef="nothing"/>'), model()),
        (line(task(tag="callActivity", extra=' calledElement="nothing"')), line(task(tag="callActivity"))),
        (definitions('<message id="x" itemRef="nothing"/>'), definitions('<message id="x" itemRef="text"/>')),
    ],
    "BPS005": [
        (line(task(extra=' messageRef="sig"', tag="sendTask")), line(task(extra=' messageRef="m"', tag="sendTask"))),
        (line(event("intermediateCatchEvent", '<signalEventDefinition signalRef="m"/>')), line(catch("n1", SIGNAL))),
        (
            line(task(tag="callActivity", extra=' calledElement="i"')),
            line(task(tag="callActivity", extra=' calledElement="p"')),
        ),
        (
            line(task(tag="serviceTask", extra=' operationRef="i"')),
            line(task(tag="serviceTask", extra=' operationRef="op"')),
        ),
        (pools(more='<participant id="Z" processRef="c"/>'), pools()),
        (
            line(task(), more=thing() + '<dataObjectReference id="dor" dataObjectRef="n1"/>'),
            line(task(), more=thing() + '<dataObjectReference id="dor" dataObjectRef="thing"/>'),
        ),
        (
            line(task(), boundary("b", "s", TIMER), more=flows("b e")),
            line(task(), more=boundary("b", "n1", TIMER) + flows("b e")),
        ),
    ],
    "BPS006": [
        (definitions('<error id="x" structureRef="String"/>'), definitions('<error id="x" structureRef="text"/>'))
    ],
    "BPS007": [
        (
            line(task(inner='<documentation textFormat="html">x</documentation>')),
            line(task(inner='<documentation textFormat="text/html">x</documentation>')),
        ),
        (
            line(task(), more='<textAnnotation id="ta" textFormat="plain"/>'),
            line(task(), more='<textAnnotation id="ta" textFormat="text/plain; charset=utf-8"/>'),
        ),
    ],
    "BPS008": [
        (definitions('<error id="x" structureRef="Order"/>'), definitions('<error id="x" structureRef="text"/>')),
    ],
    "BPS010": [
        (model(start(), task(), end(), flows("s n1", "n1 e", "e n1")), PLAIN),
        (line(task(), more=UNDO + HANDLER + flows("bc e")), line(task(), more=UNDO + HANDLER + TO_HANDLER)),
        (line(task(), more=UNDO + HANDLER + flows("h e") + TO_HANDLER), line(task(), more=UNDO + HANDLER + TO_HANDLER)),
        (line(task(), more=event_sub(TIMER) + flows("esp e")), line(task(), more=event_sub(TIMER))),
        (
            model(
                start(), event("intermediateThrowEvent", LINK, "t"), catch("c", LINK), end(), flows("s t", "t e", "c e")
            ),
            model(start(), event("intermediateThrowEvent", LINK, "t"), catch("c", LINK), end(), flows("s t", "c e")),
        ),
    ],
    "BPS011": [
        (model(start(), task(), end(), flows("s n1", "n1 e", "n1 s")), PLAIN),
        (
            line(task(), more=boundary("b", "n1", TIMER) + flows("b e", "s b")),
            line(task(), more=boundary("b", "n1", TIMER) + flows("b e")),
        ),
        (line(task(), more=event_sub(TIMER) + flows("n1 esp")), line(task(), more=event_sub(TIMER))),
        (
            line(task(), more=UNDO + HANDLER + flows("n1 h") + TO_HANDLER),
            line(task(), more=UNDO + HANDLER + TO_HANDLER),
        ),
    ],
    "BPS012": [
        (line(sub(inside()), task("n2"), more=flows("in n2")), line(sub(inside()), task("n2"))),
        (
            definitions(process(task("a")), process(task("b"), id="q"), process(flow("f", "a", "b"), id="r")),
            definitions(process(task("a")), process(task("b"), id="q")),
        ),
    ],
    "BPS013": [
        (model(start(), task(), end(), flow("f", "s", "n1", IF), flows("n1 e")), PLAIN),
        (
            split('<parallelGateway id="g"/>', task("a"), task("b"), first=IF),
            split('<parallelGateway id="g"/>', task("a"), task("b")),
        ),
        (
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", SIGNAL), first=IF),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", SIGNAL)),
        ),
    ],
    "BPS014": [
        (
            model(start(), task("t"), end(), flow("f", "t", "e", IF), flows("s t")),
            model(start(), task("t"), end(), flow("f", "t", "e", IF), flow("g", "t", "e"), flows("s t")),
        ),
    ],
    "BPS015": [
        (
            split('<exclusiveGateway id="g" default="g-a"/>', task("a"), task("b"), first=IF),
            split('<exclusiveGateway id="g" default="g-a"/>', task("a"), task("b")),
        ),
    ],
    "BPS016": [
        (
            split('<exclusiveGateway id="g" default="s-g"/>', task("a"), task("b")),
            split('<exclusiveGateway id="g" default="g-a"/>', task("a"), task("b")),
        ),
    ],
    "BPS017": [
        (
            line(task(inner="<incoming>n1-e</incoming><outgoing>n1-e</outgoing>")),
            model(
                '<startEvent id="s"><outgoing>s-e</outgoing></startEvent><endEvent id="e"><incoming>s-e</incoming>'
                "</endEvent>",
                flows("s e"),
            ),
        ),
    ],
    "BPS018": [(model(task("t"), end(), flows("t e")), model(start(), task("t"), end(), flows("s t", "t e")))],
    "BPS019": [(model(start(), task("t"), flows("s t")), model(start(), task("t"), end(), flows("s t", "t e")))],
    "BPS020": [(line(task(), more=task("u") + flows("u e")), line(task(), more=task("u") + flows("n1 u", "u e")))],
    "BPS021": [(line(task(), more=task("u") + flows("n1 u")), line(task(), more=task("u") + flows("n1 u", "u e")))],
    "BPS022": [
        (line(task(), more=boundary("b", "n1", TIMER)), line(task(), more=boundary("b", "n1", TIMER) + flows("b e"))),
        (model(start(), task("t")), model(task("t"))),
    ],
    "BPS023": [
        (line(task(), more=end("e2")), line(task(), more=end("e2") + flows("n1 e2"))),
        (model(event("intermediateThrowEvent", "", "t"), task("u"), flows("t u")), model(task("u"))),
    ],
    "BPS024": [
        (
            definitions(process(start(), end(), flow("f", "s", "e", extra=' isImmediate="false"'), executable=True)),
            definitions(process(start(), end(), flow("f", "s", "e", extra=' isImmediate="false"'))),
        ),
    ],
    "BPS025": [
        (
            line(sub(start("is") + task("in") + end("ie") + flows("in ie")), more=flows("is in")),
            line(sub(inside())),
        ),
    ],
    "BPS030": [
        (
            pools(message_flow("a", "b"), left=task("a") + task("b")),
            pools(message_flow("a", "b"), left=task("a"), right=task("b")),
        ),
        (pools(message_flow("a", "P"), left=task("a")), pools(message_flow("a", "Q"), left=task("a"))),
        (pools(message_flow("R", "R")), pools(message_flow("R", "Q"))),
    ],
    "BPS031": [
        (
            pools(message_flow("s", "Q"), left=f'<startEvent id="s">{MESSAGE}</startEvent>' + end() + flows("s e")),
            pools(message_flow("Q", "s"), left=f'<startEvent id="s">{MESSAGE}</startEvent>' + end() + flows("s e")),
        ),
        (
            pools(message_flow("e", "Q"), left=start() + end() + flows("s e")),
            pools(message_flow("e", "Q"), left=start() + end("e", MESSAGE) + flows("s e")),
        ),
    ],
    "BPS032": [
        (
            pools(message_flow("Q", "e"), left=start() + end("e", MESSAGE) + flows("s e")),
            pools(message_flow("e", "Q"), left=start() + end("e", MESSAGE) + flows("s e")),
        ),
    ],
    "BPS033": [
        (
            pools(message_flow("a", "Q"), left=task("a", tag="receiveTask")),
            pools(message_flow("Q", "a"), left=task("a", tag="receiveTask")),
        ),
        (
            pools(message_flow("Q", "a"), left=task("a", tag="sendTask")),
            pools(message_flow("a", "Q"), left=task("a", tag="sendTask")),
        ),
    ],
    "BPS040": [
        *[
            (
                model(f'<startEvent id="s">{wrong}</startEvent>', end(), flows("s e")),
                model(f'<startEvent id="s">{TIMER}</startEvent>', end(), flows("s e")),
            )
            for wrong in (ERROR, ESCALATION, COMPENSATE, CANCEL, LINK, TERMINATE)
        ],
        *[
            (line(catch("n1", wrong)), line(catch("n1", SIGNAL)))
            for wrong in (ERROR, ESCALATION, COMPENSATE, CANCEL, TERMINATE)
        ],
        *[
            (line(event("intermediateThrowEvent", wrong)), line(event("intermediateThrowEvent", ESCALATION)))
            for wrong in (ERROR, TIMER, CANCEL, CONDITION, TERMINATE)
        ],
        *[
            (
                line(task(), more=boundary("b", "n1", wrong) + flows("b e")),
                line(task(), more=boundary("b", "n1", CONDITION) + flows("b e")),
            )
            for wrong in (LINK, TERMINATE)
        ],
        *[
            (model(start(), end("e", wrong), flows("s e")), model(start(), end("e", TERMINATE), flows("s e")))
            for wrong in (TIMER, CONDITION, LINK)
        ],
        (
            line(sub(inside().replace('<startEvent id="is"/>', f'<startEvent id="is">{TIMER}</startEvent>'))),
            line(sub(inside())),
        ),
        (line(task(), more=event_sub(CANCEL)), line(task(), more=event_sub(ESCALATION))),
    ],
    "BPS041": [
        (line(catch("n1", "")), line(catch("n1", TIMER))),
        (
            line(task(), more=boundary("b", "n1", "") + flows("b e")),
            line(task(), more=boundary("b", "n1", ERROR) + flows("b e")),
        ),
        (line(task(), more=event_sub("")), line(task(), more=event_sub(COMPENSATE))),
    ],
    "BPS042": [
        (
            line(task(), more=boundary("b", "n1", ERROR, interrupting=False) + flows("b e")),
            line(task(), more=boundary("b", "n1", TIMER, interrupting=False) + flows("b e")),
        ),
        (
            line(task(), more=event_sub(ERROR, ' isInterrupting="false"')),
            line(task(), more=event_sub(ESCALATION, ' isInterrupting="false"')),
        ),
    ],
    "BPS043": [
        (
            model(f'<startEvent id="s" isInterrupting="false">{TIMER}</startEvent>', end(), flows("s e")),
            model(f'<startEvent id="s">{TIMER}</startEvent>', end(), flows("s e")),
        ),
    ],
    "BPS044": [
        (
            line(task(), more=event_sub(TIMER, more=f'<startEvent id="es2">{SIGNAL}</startEvent>' + flows("es2 ee"))),
            line(task(), more=event_sub(TIMER)),
        ),
        (
            line(task(), more=sub(task("x"), "esp", extra=' triggeredByEvent="true"')),
            line(task(), more=event_sub(TIMER)),
        ),
    ],
    "BPS045": [
        (
            line(sub(inside() + boundary("b", "n2", TIMER) + flows("b ie")), task("n2")),
            line(sub(inside() + boundary("b", "in", TIMER) + flows("b ie")), task("n2")),
        ),
    ],
    "BPS046": [
        (
            line(sub(inside()), more=boundary("b", "n1", CANCEL) + flows("b e")),
            line(sub(inside(), tag="transaction"), more=boundary("b", "n1", CANCEL) + flows("b e")),
        ),
        (
            line(sub(inside() + end("ic", CANCEL) + flows("in ic"))),
            line(sub(inside() + end("ic", CANCEL) + flows("in ic"), tag="transaction")),
        ),
    ],
    "BPS047": [
        (
            line(
                catch("n1", '<signalEventDefinition id="own" signalRef="sig"/>'),
                catch("n2", "<eventDefinitionRef>own</eventDefinitionRef>"),
            ),
            definitions(
                '<signalEventDefinition id="own" signalRef="sig"/>',
                process(
                    start(), catch("c", "<eventDefinitionRef>own</eventDefinitionRef>"), end(), flows("s c", "c e")
                ),
            ),
        ),
    ],
    "BPS048": [
        (
            line(task(), more=event_sub(SIGNAL) + again(event_sub(SIGNAL))),
            line(task(), more=event_sub(SIGNAL) + again(event_sub(SIGNAL, ' isInterrupting="false"'))),
        ),
        (
            line(task(), more=event_sub(ERROR) + again(event_sub(ERROR))),
            line(task(), more=event_sub(ERROR) + again(event_sub(ESCALATION))),
        ),
    ],
    "BPS050": [
        (
            line(
                catch("n1", "<messageEventDefinition><operationRef>op</operationRef></messageEventDefinition>"),
                executable=True,
            ),
            line(catch("n1", MESSAGE), executable=True),
        ),
        (
            line(catch("n1", "<messageEventDefinition/>"), executable=True),
            line(catch("n1", "<messageEventDefinition/>")),
        ),
    ],
    "BPS051": [
        (
            line(catch("n1", '<messageEventDefinition messageRef="m"/>'), executable=True),
            line(catch("n1", MESSAGE), executable=True),
        ),
    ],
    "BPS052": [
        (
            definitions(process(start(), end("e", "<errorEventDefinition/>"), flows("s e"), executable=True)),
            definitions(process(start(), end("e", ERROR), flows("s e"), executable=True)),
        ),
        (
            definitions(
                process(start(), end("e", '<errorEventDefinition errorRef="mute"/>'), flows("s e"), executable=True)
            ),
            definitions(process(start(), end("e", '<errorEventDefinition errorRef="mute"/>'), flows("s e"))),
        ),
    ],
    "BPS053": [
        (line(catch("n1", "<timerEventDefinition/>"), executable=True), line(catch("n1", TIMER), executable=True)),
    ],
    "BPS054": [
        (
            definitions('<signalEventDefinition id="shared"/>', process(executable=True)),
            definitions('<signalEventDefinition id="shared"/>', process()),
        ),
        (line(catch("n1", "<signalEventDefinition/>"), executable=True), line(catch("n1", SIGNAL), executable=True)),
    ],
    "BPS055": [
        (
            line(
                event("intermediateThrowEvent", "", "n1"),
                more=catch("c", LINK)
                + catch("c2", LINK)
                + flows("c e", "c2 e")
                + event("intermediateThrowEvent", LINK, "t")
                + flows("n1 t"),
            ),
            line(
                event("intermediateThrowEvent", "", "n1"),
                more=catch("c", LINK) + flows("c e") + event("intermediateThrowEvent", LINK, "t") + flows("n1 t"),
            ),
        ),
    ],
    "BPS056": [
        (
            line(task(), more=event("intermediateThrowEvent", LINK, "t") + flows("n1 t")),
            line(
                task(),
                more=event("intermediateThrowEvent", LINK, "t") + flows("n1 t") + catch("c", LINK) + flows("c e"),
            ),
        ),
    ],
    "BPS057": [
        (
            line(task(), more=catch("c", LINK) + flows("c e")),
            line(
                task(),
                more=event("intermediateThrowEvent", LINK, "t") + flows("n1 t") + catch("c", LINK) + flows("c e"),
            ),
        ),
    ],
    "BPS058": [
        (
            line(
                task(),
                more=event(
                    "intermediateThrowEvent",
                    '<linkEventDefinition id="l1" name="L"><target>l1</target></linkEventDefinition>',
                    "t",
                )
                + flows("n1 t")
                + catch("c", LINK)
                + flows("c e"),
            ),
            line(
                task(),
                more=event(
                    "intermediateThrowEvent",
                    '<linkEventDefinition id="l1" name="L"><target>l2</target></linkEventDefinition>',
                    "t",
                )
                + flows("n1 t")
                + catch("c", '<linkEventDefinition id="l2" name="L"><source>l1</source></linkEventDefinition>')
                + flows("c e"),
            ),
        ),
    ],
    "BPS059": [
        (line(catch("n1", CONDITION), executable=True), line(catch("n1", CONDITION))),
        (
            line(catch("n1", CONDITION.replace("<condition>x", f"<condition {FORMAL}>")), executable=True),
            line(catch("n1", CONDITION.replace("<condition>", f"<condition {FORMAL}>")), executable=True),
        ),
    ],
    "BPS060": [(line(task(), more=UNDO), line(task(), more=UNDO + HANDLER + TO_HANDLER))],
    "BPS061": [
        (
            line(task(), task("n2"), more=UNDO + TO_HANDLER.replace('"h"', '"n2"')),
            line(task(), more=UNDO + HANDLER + TO_HANDLER),
        ),
    ],
    "BPS062": [
        (
            line(
                sub(inside() + boundary("ib", "in", COMPENSATE) + HANDLER + TO_HANDLER.replace('"bc"', '"ib"')),
                event("intermediateThrowEvent", '<compensateEventDefinition activityRef="in"/>', "n2"),
            ),
            line(sub(inside()), event("intermediateThrowEvent", '<compensateEventDefinition activityRef="n1"/>', "n2")),
        ),
    ],
    "BPS063": [
        (
            line(task(), event("intermediateThrowEvent", '<compensateEventDefinition activityRef="n1"/>', "n2")),
            line(
                task(),
                event("intermediateThrowEvent", '<compensateEventDefinition activityRef="n1"/>', "n2"),
                more=UNDO + HANDLER + TO_HANDLER,
            ),
        ),
    ],
    "BPS064": [(line(task(), more=HANDLER), line(task(), more=UNDO + HANDLER + TO_HANDLER))],
    "BPS065": [
        (
            choreography(f'<startEvent id="s">{MESSAGE}</startEvent>', end(), ways=flows("s e")),
            choreography(f'<startEvent id="s">{TIMER}</startEvent>', end(), ways=flows("s e")),
        ),
    ],
    "BPS080": [
        (
            split('<exclusiveGateway id="g" gatewayDirection="Converging"/>', task("a"), task("b")),
            split('<exclusiveGateway id="g" gatewayDirection="Diverging"/>', task("a"), task("b")),
        ),
        (
            split('<parallelGateway id="g" gatewayDirection="Mixed"/>', task("a"), task("b")),
            split('<parallelGateway id="g" gatewayDirection="Unspecified"/>', task("a"), task("b")),
        ),
    ],
    "BPS081": [
        (split('<parallelGateway id="g"/>', task("a")), split('<parallelGateway id="g"/>', task("a"), task("b"))),
    ],
    "BPS082": [
        (
            split('<eventBasedGateway id="g"/>', catch("a", TIMER)),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", MESSAGE)),
        ),
    ],
    "BPS083": [
        (
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), task("b")),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), task("b", tag="receiveTask")),
        ),
    ],
    "BPS084": [
        (
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", SIGNAL)).replace(
                "</process>", flows("s a") + "</process>"
            ),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), catch("b", SIGNAL)),
        ),
    ],
    "BPS085": [
        (
            split('<eventBasedGateway id="g"/>', catch("a", MESSAGE), task("b", tag="receiveTask")),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), task("b", tag="receiveTask")),
        ),
    ],
    "BPS086": [
        (
            split(
                '<eventBasedGateway id="g"/>',
                catch("a", TIMER),
                task("b", tag="receiveTask") + boundary("x", "b", TIMER) + flows("x eb"),
            ),
            split('<eventBasedGateway id="g"/>', catch("a", TIMER), task("b", tag="receiveTask")),
        ),
    ],
    "BPS087": [
        (
            split('<exclusiveGateway id="g" default="g-b"/>', task("a"), task("b")).replace('"false"', '"true"', 1),
            split('<exclusiveGateway id="g" default="g-b"/>', task("a"), task("b"), first=IF).replace(
                '"false"', '"true"', 1
            ),
        ),
    ],
    "BPS088": [
        (
            split('<eventBasedGateway id="g" eventGatewayType="Parallel"/>', catch("a", TIMER), catch("b", SIGNAL)),
            beginning(
                '<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>',
                catch("a", TIMER),
                catch("b", SIGNAL),
            ),
        ),
    ],
    "BPS089": [
        (
            line(task(), task("n2", tag="receiveTask", extra=' instantiate="true"')),
            model(task("r", tag="receiveTask", extra=' instantiate="true"'), end(), flows("r e")),
        ),
        (
            split('<eventBasedGateway id="g" instantiate="true"/>', catch("a", TIMER), catch("b", SIGNAL)).replace(
                '<startEvent id="s"/>', f'<startEvent id="s">{TIMER}</startEvent>'
            ),
            beginning('<eventBasedGateway id="g" instantiate="true"/>', catch("a", TIMER), catch("b", SIGNAL)),
        ),
    ],
    "BPS100": [
        (line(task(extra=' startQuantity="0"')), line(task(extra=' startQuantity="2"'))),
        (line(task(extra=' completionQuantity="-1"')), line(task(extra=' completionQuantity="1"'))),
    ],
    "BPS101": [
        (
            line(task(inner='<standardLoopCharacteristics loopMaximum="0"/>')),
            line(task(inner='<standardLoopCharacteristics loopMaximum="1"/>')),
        ),
    ],
    "BPS102": [
        (
            line(
                task(
                    inner=io('<dataInput id="di" isCollection="true"/>', in_set=IN_REF)
                    + instances("<loopCardinality>3</loopCardinality><loopDataInputRef>di</loopDataInputRef>")
                )
            ),
            line(task(inner=instances("<loopCardinality>3</loopCardinality>"))),
        ),
    ],
    "BPS103": [
        (line(task(inner=instances()), executable=True), line(task(inner=instances()))),
        (
            line(task(inner=instances()), executable=True),
            line(
                task(
                    inner=instances(
                        '<extensionElements><zeebe:loopCharacteristics inputCollection="=x"/></extensionElements>'
                    )
                ),
                executable=True,
            ),
        ),
    ],
    "BPS104": [
        (
            line(task(inner=instances('<loopCardinality>3</loopCardinality><inputDataItem id="it"/>'))),
            line(task(inner=instances("<loopCardinality>3</loopCardinality>"))),
        ),
    ],
    "BPS105": [
        (
            line(task(inner=instances("<loopCardinality>3</loopCardinality>", ' behavior="One"'))),
            definitions(
                '<signalEventDefinition id="one" signalRef="sig"/>',
                process(
                    start(),
                    task(
                        inner=instances(
                            "<loopCardinality>3</loopCardinality>", ' behavior="One" oneBehaviorEventRef="one"'
                        )
                    ),
                    end(),
                    flows("s n1", "n1 e"),
                ),
            ),
        ),
        (line(task(inner=instances("", ' behavior="Complex"'))), line(task(inner=instances("", ' behavior="All"')))),
    ],
    "BPS106": [
        (
            line(
                task(
                    inner=instances(
                        "<complexBehaviorDefinition><condition>x</condition><event/></complexBehaviorDefinition>",
                        ' behavior="Complex"',
                    )
                )
            ),
            line(
                task(
                    inner=instances(
                        f"<complexBehaviorDefinition><condition>x</condition><event>{SIGNAL}</event>"
                        "</complexBehaviorDefinition>",
                        ' behavior="Complex"',
                    )
                )
            ),
        ),
    ],
    "BPS107": [
        (
            line(sub(start("is") + task("in") + flows("is in"), tag="adHocSubProcess")),
            line(sub(task("in"), tag="adHocSubProcess")),
        ),
    ],
    "BPS108": [(line(sub("", tag="adHocSubProcess")), line(sub(task("in"), tag="adHocSubProcess")))],
    "BPS109": [
        (
            line(task(tag="sendTask", extra=' messageRef="m2" operationRef="op"')),
            line(task(tag="sendTask", extra=' messageRef="m" operationRef="op"')),
        ),
        (
            line(
                catch(
                    "n1",
                    '<messageEventDefinition messageRef="m2"><operationRef>op</operationRef></messageEventDefinition>',
                )
            ),
            line(catch("n1", MESSAGE)),
        ),
    ],
    "BPS110": [
        (
            line(task(tag="scriptTask", inner="<script>x</script>")),
            line(task(tag="scriptTask", inner="<script>x</script>", extra=' scriptFormat="text/x-feel"')),
        ),
    ],
    "BPS111": [
        (
            definitions(
                '<collaboration id="c"><participant id="A"/><participant id="B"/></collaboration>',
                process(exchange("t", "A", ("A", "B"), "x", "callChoreography")),
            ),
            definitions('<collaboration id="c"><participant id="A"/><participant id="B"/></collaboration>', process()),
        ),
        (model('<implicitThrowEvent id="t"/>'), model('<task id="t"/>')),
    ],
    "BPS112": [
        (choreography(task("t")), choreography(exchange("t", "A", ("A", "B"), "AB"))),
        (choreography(thing()), choreography()),
    ],
    "BPS113": [
        (
            definitions(process(task("c", tag="callActivity", extra=' calledElement="q"')), process(IO, id="q")),
            definitions(process(task("c", tag="callActivity", extra=' calledElement="q"')), process(id="q")),
        ),
        (
            definitions(
                process(task("c", tag="callActivity", inner=io(IN, "", IN_REF), extra=' calledElement="q"')),
                process(
                    IO.replace('"di"', '"d2"')
                    .replace(">di<", ">d2<")
                    .replace('"ins"', '"i2"')
                    .replace('"outs"', '"o2"'),
                    id="q",
                ),
            ),
            definitions(
                process(task("c", tag="callActivity", inner=io(IN, "", IN_REF), extra=' calledElement="q"')),
                process(
                    io('<dataInput id="d2"/>', "", "<dataInputRefs>d2</dataInputRefs>")
                    .replace('"ins"', '"i2"')
                    .replace('"outs"', '"o2"'),
                    id="q",
                ),
            ),
        ),
    ],
    "BPS114": [
        (
            line(
                task(
                    inner=io('<dataInput id="di" itemSubjectRef="texts" isCollection="true"/>', in_set=IN_REF)
                    + instances(
                        '<loopDataInputRef>di</loopDataInputRef><inputDataItem id="it" itemSubjectRef="number"/>'
                    )
                )
            )
            .replace('<itemDefinition id="number"/>', '<itemDefinition id="number" structureRef="xs"/>')
            .replace('id="texts"', 'id="texts" structureRef="ys"'),
            line(
                task(
                    inner=io('<dataInput id="di" itemSubjectRef="texts" isCollection="true"/>', in_set=IN_REF)
                    + instances(
                        '<loopDataInputRef>di</loopDataInputRef><inputDataItem id="it" itemSubjectRef="number"/>'
                    )
                )
            )
            .replace('<itemDefinition id="number"/>', '<itemDefinition id="number" structureRef="ys"/>')
            .replace('id="texts"', 'id="texts" structureRef="ys"'),
        ),
    ],
}
"""rule → pairs of a model that breaks it and a valid twin."""
