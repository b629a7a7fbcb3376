"""For every rule of the standard a model that breaks it, and its valid twin: pairs by the number of the rule."""

from tests.support.diagrams import flows
from tests.unit.notation.lint_cases_control import CONTROL, Pair
from tests.unit.notation.lint_parts import (
    IN,
    IN_REF,
    IO,
    OUT_REF,
    SIGNAL,
    catch,
    choreography,
    collaboration,
    conversation,
    definitions,
    drawing,
    edge,
    exchange,
    feed,
    inside,
    instances,
    io,
    line,
    members,
    model,
    pools,
    process,
    result,
    shape,
    sub,
    task,
    thing,
)

OTHER_IO = (
    io('<dataInput id="d2"/>', "", "<dataInputRefs>d2</dataInputRefs>")
    .replace('"ins"', '"i2"')
    .replace('"outs"', '"o2"')
)
CALLED = '<globalConversation id="g"><participant id="B"/></globalConversation>'
CALLING = (
    '<collaboration id="c"><participant id="A"/><participant id="D"/><participant id="C"/>'
    '<callConversation id="v" calledCollaborationRef="g"><participantRef>A</participantRef>'
    "<participantRef>D</participantRef><participantAssociation><innerParticipantRef>{}</innerParticipantRef>"
    "<outerParticipantRef>{}</outerParticipantRef></participantAssociation></callConversation></collaboration>"
)

CASES: dict[str, list[Pair]] = CONTROL | {
    "BPS115": [
        (
            line(task(tag="scriptTask", extra=' scriptFormat="groovy"', inner="<script>x</script>")),
            line(task(tag="scriptTask", extra=' scriptFormat="text/x-groovy"', inner="<script>x</script>")),
        ),
        (
            definitions('<globalScriptTask id="g" scriptLanguage="js"/>', process()),
            definitions('<globalScriptTask id="g" scriptLanguage="text/javascript"/>', process()),
        ),
    ],
    "BPS130": [(line(sub(IO + inside())), line(task(inner=IO)))],
    "BPS131": [
        (line(task(inner=io(IN))), line(task(inner=io(IN, in_set=IN_REF)))),
        (
            line(catch("n1", '<dataOutput id="do"/>' + SIGNAL)),
            line(catch("n1", f'<dataOutput id="do"/><outputSet>{OUT_REF}</outputSet>' + SIGNAL)),
        ),
    ],
    "BPS132": [
        (
            line(
                task(
                    inner=io(
                        '<dataInput id="di"/><dataInput id="d2"/>',
                        in_set=IN_REF + "<optionalInputRefs>d2</optionalInputRefs>",
                    )
                )
            ),
            line(task(inner=io(IN, in_set=IN_REF + "<optionalInputRefs>di</optionalInputRefs>"))),
        ),
    ],
    "BPS133": [
        (
            line(
                task(inner=IO), task("n2", inner=io(in_set=IN_REF).replace('"ins"', '"i2"').replace('"outs"', '"o2"'))
            ),
            line(task(inner=IO), task("n2")),
        ),
    ],
    "BPS134": [
        (
            line(task(inner=io(in_set="<outputSetRefs>outs</outputSetRefs>"))),
            line(
                task(inner=io(in_set="<outputSetRefs>outs</outputSetRefs>", out_set="<inputSetRefs>ins</inputSetRefs>"))
            ),
        ),
    ],
    "BPS135": [
        (
            line(task(), more=thing(extra=' itemSubjectRef="texts"')),
            line(task(), more=thing(extra=' itemSubjectRef="texts" isCollection="true"')),
        ),
    ],
    "BPS136": [
        (
            line(task(), more=thing() + '<dataObjectReference id="r" dataObjectRef="thing" itemSubjectRef="text"/>'),
            line(task(), more=thing() + '<dataObjectReference id="r" dataObjectRef="thing"/>'),
        ),
    ],
    "BPS137": [
        (
            line(task(), more='<dataObjectReference id="r"/>'),
            line(task(), more=thing() + '<dataObjectReference id="r" dataObjectRef="thing"/>'),
        ),
    ],
    "BPS138": [
        (
            line(task(), more=thing(inner='<dataState name="new"/>')),
            line(
                task(),
                more=thing()
                + '<dataObjectReference id="r" dataObjectRef="thing"><dataState name="new"/></dataObjectReference>',
            ),
        ),
    ],
    "BPS139": [
        (
            line(task(), more='<dataStoreReference id="r"/>'),
            definitions('<dataStore id="ds"/>', process('<dataStoreReference id="r" dataStoreRef="ds"/>')),
        ),
    ],
    "BPS140": [
        (
            line(
                task(inner=IO + feed("thing", "o2")),
                task(
                    "n2",
                    inner=io('<dataInput id="o2"/>', in_set="<dataInputRefs>o2</dataInputRefs>")
                    .replace('"ins"', '"i2"')
                    .replace('"outs"', '"q2"'),
                ),
                more=thing(),
            ),
            line(task(inner=IO + feed("thing")), more=thing()),
        ),
    ],
    "BPS141": [
        (
            line(task(inner=IO + result("di", "thing")), more=thing()),
            line(task(inner=IO + result("do", "thing")), more=thing()),
        ),
    ],
    "BPS142": [
        (
            line(task(inner=IO), task("n2", inner=OTHER_IO + feed("do", "d2"))),
            line(task(inner=IO), task("n2", inner=OTHER_IO)),
        ),
        (
            line(task(inner='<property id="own"/>'), task("n2", inner=IO + feed("own"))),
            line(task(), task("n2", inner=IO + '<property id="own"/>' + feed("own"))),
        ),
        (
            definitions(
                process('<dataObjectReference id="r" dataObjectRef="thing"/>'),
                process(thing(), id="q"),
            ),
            definitions(
                process('<dataObjectReference id="r" dataObjectRef="thing"/>', thing()),
                process(id="q"),
            ),
        ),
        (
            line(task(inner=IO + feed("thing")), sub(inside() + thing(), "n2")),
            line(task(inner=IO + feed("thing")), sub(inside(), "n2"), more=thing()),
        ),
        (
            definitions(process(task("a", inner=IO + feed("thing"))), process(thing(), id="q")),
            definitions(process(task("a", inner=IO + feed("thing")), thing()), process(id="q")),
        ),
    ],
    "BPS143": [
        (
            line(task(inner=IO + feed("thing other")), more=thing() + thing("other")),
            line(
                task(inner=IO + feed("thing other", more="<transformation>x</transformation>")),
                more=thing() + thing("other"),
            ),
        ),
    ],
    "BPS144": [
        (
            line(
                task(inner=IO.replace('"di"', '"di" itemSubjectRef="number"') + feed("thing")),
                more=thing(extra=' itemSubjectRef="text"'),
            ),
            line(
                task(inner=IO.replace('"di"', '"di" itemSubjectRef="text"') + feed("thing")),
                more=thing(extra=' itemSubjectRef="text"'),
            ),
        ),
    ],
    "BPS145": [
        (
            model(
                IO,
                task(
                    "t",
                    inner=IO.replace('"d', '"t').replace(">d", ">t").replace('"ins"', '"i2"').replace('"outs"', '"o2"')
                    + result("to", "di"),
                ),
            ),
            model(
                IO,
                task(
                    "t",
                    inner=IO.replace('"d', '"t').replace(">d", ">t").replace('"ins"', '"i2"').replace('"outs"', '"o2"')
                    + result("to", "do"),
                ),
            ),
        ),
    ],
    "BPS146": [
        (
            line(task(inner=IO + feed())),
            line(task(inner=IO + feed(more="<assignment><from>1</from><to>x</to></assignment>"))),
        ),
    ],
    "BPS150": [
        (
            line(
                task(
                    tag="sendTask",
                    extra=' messageRef="m"',
                    inner=io(
                        '<dataInput id="di"/><dataInput id="d2"/>', in_set=IN_REF + "<dataInputRefs>d2</dataInputRefs>"
                    ),
                )
            ),
            line(task(tag="sendTask", extra=' messageRef="m"', inner=io(IN, in_set=IN_REF))),
        ),
    ],
    "BPS151": [
        (
            line(
                task(
                    tag="sendTask",
                    extra=' messageRef="m"',
                    inner=io('<dataInput id="di" itemSubjectRef="number"/>', in_set=IN_REF),
                )
            ),
            line(
                task(
                    tag="sendTask",
                    extra=' messageRef="m"',
                    inner=io('<dataInput id="di" itemSubjectRef="text"/>', in_set=IN_REF),
                )
            ),
        ),
        (
            line(
                catch("n1", f'<dataOutput id="do" itemSubjectRef="number"/><outputSet>{OUT_REF}</outputSet>' + SIGNAL)
            ),
            line(catch("n1", f'<dataOutput id="do" itemSubjectRef="text"/><outputSet>{OUT_REF}</outputSet>' + SIGNAL)),
        ),
    ],
    "BPS152": [
        (
            line(
                catch(
                    "n1",
                    f'<dataOutput id="do"/><dataOutput id="d2"/><outputSet>{OUT_REF}<dataOutputRefs>d2</dataOutputRefs>'
                    "</outputSet>" + SIGNAL,
                )
            ),
            line(catch("n1", f'<dataOutput id="do"/><outputSet>{OUT_REF}</outputSet>' + SIGNAL)),
        ),
    ],
    "BPS153": [
        (
            line(
                task(inner=instances("<loopDataInputRef>thing</loopDataInputRef>")),
                more=thing(extra=' isCollection="true"'),
            ),
            line(
                sub(instances("<loopDataInputRef>thing</loopDataInputRef>") + inside()),
                more=thing(extra=' isCollection="true"'),
            ),
        ),
    ],
    "BPS154": [
        (
            line(task(inner=io(IN, in_set=IN_REF) + instances("<loopDataInputRef>di</loopDataInputRef>"))),
            line(
                task(
                    inner=io('<dataInput id="di" isCollection="true"/>', in_set=IN_REF)
                    + instances("<loopDataInputRef>di</loopDataInputRef>")
                )
            ),
        ),
    ],
    "BPS155": [
        (
            definitions(
                '<resource id="r1" name="a"/><resource id="r2" name="b"><resourceParameter id="rp"/></resource>',
                process(
                    task(
                        "t",
                        inner='<performer><resourceRef>r1</resourceRef><resourceParameterBinding parameterRef="rp">'
                        "<expression>x</expression></resourceParameterBinding></performer>",
                    )
                ),
            ),
            definitions(
                '<resource id="r2" name="b"><resourceParameter id="rp"/></resource>',
                process(
                    task(
                        "t",
                        inner='<performer><resourceRef>r2</resourceRef><resourceParameterBinding parameterRef="rp">'
                        "<expression>x</expression></resourceParameterBinding></performer>",
                    )
                ),
            ),
        ),
    ],
    "BPS156": [
        (
            definitions(
                '<resource id="r2" name="b"><resourceParameter id="rp" isRequired="true"/></resource>',
                process(task("t", inner="<performer><resourceRef>r2</resourceRef></performer>")),
            ),
            definitions(
                '<resource id="r2" name="b"><resourceParameter id="rp"/></resource>',
                process(task("t", inner="<performer><resourceRef>r2</resourceRef></performer>")),
            ),
        ),
    ],
    "BPS157": [
        (
            model(
                "<supportedInterfaceRef>i</supportedInterfaceRef>",
                IO,
                '<ioBinding operationRef="op2" inputDataRef="ins" outputDataRef="outs"/>',
            ),
            model(
                "<supportedInterfaceRef>i</supportedInterfaceRef>",
                IO,
                '<ioBinding operationRef="op" inputDataRef="ins" outputDataRef="outs"/>',
            ),
        ),
    ],
    "BPS158": [
        (
            model(
                "<supportedInterfaceRef>i</supportedInterfaceRef>",
                '<ioBinding operationRef="op" inputDataRef="ins" outputDataRef="outs"/>',
                task("t", inner=IO),
            ),
            model(
                "<supportedInterfaceRef>i</supportedInterfaceRef>",
                IO,
                '<ioBinding operationRef="op" inputDataRef="ins" outputDataRef="outs"/>',
            ),
        ),
    ],
    "BPS159": [
        (
            model("<supportedInterfaceRef>i</supportedInterfaceRef>"),
            model(
                "<supportedInterfaceRef>i</supportedInterfaceRef>",
                IO,
                '<ioBinding operationRef="op" inputDataRef="ins" outputDataRef="outs"/>',
            ),
        ),
    ],
    "BPS160": [
        (
            definitions(process(executable=True, extra=' processType="Public"')),
            definitions(process(executable=True, extra=' processType="Private"')),
        ),
    ],
    "BPS161": [
        (
            definitions(
                process('<laneSet><lane id="l"><flowNodeRef>b</flowNodeRef></lane></laneSet>', task("a")),
                process(task("b"), id="q"),
            ),
            definitions(
                process('<laneSet><lane id="l"><flowNodeRef>a</flowNodeRef></lane></laneSet>', task("a")),
                process(task("b"), id="q"),
            ),
        ),
    ],
    "BPS162": [
        (
            model(
                '<laneSet><lane id="l"><flowNodeRef>a</flowNodeRef></lane><lane id="k">'
                "<flowNodeRef>a</flowNodeRef></lane></laneSet>",
                task("a"),
            ),
            model(
                '<laneSet><lane id="l"><flowNodeRef>a</flowNodeRef><childLaneSet><lane id="k">'
                "<flowNodeRef>a</flowNodeRef></lane>"
                "</childLaneSet></lane></laneSet>",
                task("a"),
            ),
        ),
    ],
    "BPS165": [
        (
            collaboration(
                f'<collaboration id="c"><participant id="A"><participantMultiplicity{wrong}/></participant>'
                "</collaboration>"
            ),
            collaboration(
                '<collaboration id="c"><participant id="A"><participantMultiplicity minimum="0" maximum="1"/>'
                "</participant></collaboration>"
            ),
        )
        for wrong in (' minimum="3" maximum="2"', ' maximum="0"', ' minimum="-1"')
    ],
    "BPS166": [
        (
            pools(more='<participant id="Z" processRef="p"/>').replace(
                '<participant id="R"/><participant id="Z"', '<participant id="Z"'
            ),
            pools(),
        )
    ],
    "BPS170": [
        (
            conversation(f'<conversation id="v">{members("A")}</conversation>'),
            conversation(f'<conversation id="v">{members("A", "B")}</conversation>'),
        ),
    ],
    "BPS171": [
        (
            conversation(
                f'<conversation id="v">{members("A", "B")}</conversation>'
                '<conversationLink id="k" sourceRef="A" targetRef="B"/>'
            ),
            conversation(
                f'<conversation id="v">{members("A", "B")}</conversation>'
                '<conversationLink id="k" sourceRef="A" targetRef="v"/>'
            ),
        ),
    ],
    "BPS172": [
        (
            conversation(f'<conversation id="v">{members("A", "B")}</conversation>', tag="globalConversation"),
            conversation("", tag="globalConversation"),
        ),
    ],
    "BPS173": [
        (
            collaboration(CALLED, CALLING.format("C", "A")),
            collaboration(CALLED, CALLING.format("B", "A")),
        ),
        (
            collaboration(CALLED, CALLING.format("B", "C")),
            collaboration(CALLED, CALLING.format("B", "D")),
        ),
    ],
    "BPS175": [
        (
            collaboration(
                '<collaboration id="c"><correlationKey id="k">'
                "<correlationPropertyRef>cp</correlationPropertyRef></correlationKey>"
                "</collaboration>",
                process(
                    '<correlationSubscription correlationKeyRef="k">'
                    '<correlationPropertyBinding correlationPropertyRef="cp"><dataPath>x'
                    "</dataPath></correlationPropertyBinding>"
                    '<correlationPropertyBinding correlationPropertyRef="cq"><dataPath>x'
                    "</dataPath></correlationPropertyBinding></correlationSubscription>"
                ),
            ),
            collaboration(
                '<collaboration id="c"><correlationKey id="k">'
                "<correlationPropertyRef>cp</correlationPropertyRef></correlationKey>"
                "</collaboration>",
                process(
                    '<correlationSubscription correlationKeyRef="k">'
                    '<correlationPropertyBinding correlationPropertyRef="cp"><dataPath>x'
                    "</dataPath></correlationPropertyBinding></correlationSubscription>"
                ),
            ),
        ),
    ],
    "BPS176": [
        (
            collaboration(
                '<collaboration id="c"><correlationKey id="k">'
                "<correlationPropertyRef>cp</correlationPropertyRef></correlationKey>"
                "</collaboration>",
                process('<correlationSubscription correlationKeyRef="k"/>'),
            ),
            collaboration(
                '<collaboration id="c"><correlationKey id="k"/></collaboration>',
                process('<correlationSubscription correlationKeyRef="k"/>'),
            ),
        ),
    ],
    "BPS200": [
        (choreography(exchange("t", "C", ("A", "B"), "AB")), choreography(exchange("t", "A", ("A", "B"), "AB"))),
        (
            definitions(
                '<choreography id="ch"><participant id="A"/></choreography><globalChoreographyTask id="g"'
                ' initiatingParticipantRef="A"><participant id="B"/></globalChoreographyTask>'
            ),
            definitions(
                '<globalChoreographyTask id="g" initiatingParticipantRef="B"><participant id="B"/>'
                "</globalChoreographyTask>"
            ),
        ),
    ],
    "BPS201": [
        (choreography(exchange("t", "A", ("A", "B", "C"), "AB")), choreography(exchange("t", "A", ("A", "B"), "AB"))),
    ],
    "BPS202": [
        (choreography(exchange("t", "B", ("A", "B"), "BC")), choreography(exchange("t", "B", ("C", "B"), "BC")))
    ],
    "BPS203": [
        (
            choreography(exchange("t", "B", ("B", "C"), "BC"), exchange("u", "A", ("A", "B"), "AB"), ways=flows("t u")),
            choreography(exchange("t", "B", ("B", "C"), "BC"), exchange("u", "B", ("A", "B"), "BA"), ways=flows("t u")),
        ),
    ],
    "BPS204": [
        (
            definitions('<globalChoreographyTask id="g"><startEvent id="s"/></globalChoreographyTask>'),
            definitions('<globalChoreographyTask id="g"/>'),
        ),
    ],
    "BPS205": [
        (choreography(exchange("t", "A", ("A", "B"), "BA")), choreography(exchange("t", "B", ("A", "B"), "BA")))
    ],
    "BPS220": [(drawing(shape("nothing")), drawing(shape("s")))],
    "BPS221": [
        (drawing(shape("s-e")), drawing(shape("s"))),
        (drawing(edge("s")), drawing(edge("s-e"))),
        (drawing("", plane="s"), drawing("", plane="p")),
    ],
    "BPS222": [
        (
            drawing(shape("s") + edge("s-e", ' sourceElement="s"')),
            drawing(shape("s") + edge("s-e", ' sourceElement="sh"')),
        ),
    ],
}
"""rule → pairs of a model that breaks it and a valid twin."""
