"""What the reader makes of valid diagrams: nodes, flows, scopes, events, loops, data."""

from decimal import Decimal

import pytest

from engine.notation.bpmn import Foreign, literal, read_bpmn
from tests.unit.notation.fixtures import (
    ALL,
    boundary,
    catch,
    diagram,
    extended,
    flow,
    line,
    loop,
    node,
    output,
    process,
    read,
    throw,
)

MESSAGE = '<message id="m" name="Paid"/>'
SIGNAL = '<signal id="sig" name="Alarm"/>'


def test_a_row_of_elements_becomes_nodes_and_flows() -> None:
    made = process(line('<task id="x" name="Do it"><documentation>Why</documentation></task>'))
    task = made.nodes["x"]
    assert (task.kind, task.name, task.scope, task.documentation) == ("task", "Do it", "p", "Why")
    assert [flow.source for flow in task.incoming] == ["s"]
    assert [flow.target for flow in task.outgoing] == ["e"]
    assert made.flows["s_x"] is task.incoming[0]
    assert made.scopes["p"].entries == ("s",)
    assert task.line > made.line > 0


def test_the_source_is_kept_byte_for_byte() -> None:
    data = diagram(line('<task id="x"/>'))
    read_file = read_bpmn(data, file="a.bpmn")
    assert (read_file.source, read_file.file) == (data, "a.bpmn")


def test_only_executable_processes_are_read_unless_all_are_asked_for() -> None:
    data = diagram(line('<task id="x"/>'), outside='<process id="other"><startEvent id="o"/></process>')
    assert [each.id for each in read_bpmn(data).processes] == ["p"]
    everything = read_bpmn(data, executable_only=False).processes
    assert [(each.id, each.executable) for each in everything] == [("other", False), ("p", True)]


@pytest.mark.parametrize("condition", ["=amount &gt; 3", "amount &gt; 3"])
def test_a_condition_is_feel_with_or_without_the_sign(condition: str) -> None:
    made = process(line('<exclusiveGateway id="g" default="g_e"/>', '<task id="x"/>'), flow("g", "e", "=never read"))
    assert made.flows["g_e"].condition is None  # the condition of a default flow is ignored
    assert made.nodes["g"].default == "g_e"
    made = process(line('<exclusiveGateway id="g"/>', '<task id="x"/>'), flow("g", "e", condition))
    chosen = made.flows["g_e"].condition
    assert chosen is not None
    assert chosen({"amount": Decimal(4)}) is True


def test_flows_keep_the_order_of_the_file() -> None:
    made = process(
        line('<exclusiveGateway id="g"/>'), '<task id="b"/><task id="a"/>', flow("g", "b", "=true"), flow("g", "a")
    )
    assert [each.target for each in made.nodes["g"].outgoing] == ["e", "b", "a"]


def test_a_scope_without_start_events_begins_where_nothing_leads_to() -> None:
    body = '<task id="a"/><task id="b"/><task id="c"/><boundaryEvent id="t" attachedToRef="a"><timerEventDefinition>'
    body += "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
    made = process(body, flow("a", "b"), flow("t", "b"))
    assert made.scopes["p"].entries == ("a", "c")
    assert made.nodes["a"].boundaries == ("t",)


def test_triggered_starts_are_no_entries() -> None:
    start = '<startEvent id="m1"><messageEventDefinition messageRef="m"/></startEvent>'
    made = process(line('<task id="x"/>'), start, flow("m1", "x"), outside=MESSAGE)
    assert made.scopes["p"].entries == ("s",)
    assert made.scopes["p"].event_starts == ("m1",)
    assert made.listens_to == {"message"}


def test_sub_processes_nest_and_event_sub_processes_wait() -> None:
    inner = '<subProcess id="x"><task id="i"/></subProcess><subProcess id="es" triggeredByEvent="true">'
    inner += (
        '<startEvent id="st" isInterrupting="false"><signalEventDefinition signalRef="sig"/></startEvent></subProcess>'
    )
    made = process('<startEvent id="s"/>', inner, flow("s", "x"), outside=SIGNAL)
    assert made.scopes["x"].entries == ("i",)
    assert made.nodes["i"].scope == "x"
    assert made.scopes["p"].event_sub_processes == ("es",)
    assert made.scopes["es"].event_starts == ("st",)
    assert made.nodes["es"].triggered_by_event
    assert not made.nodes["st"].interrupting


def test_deep_nesting_is_read_without_recursion() -> None:
    depth = 190
    body = "".join(f'<subProcess id="n{i}">' for i in range(depth)) + '<task id="x"/>' + "</subProcess>" * depth
    assert process('<startEvent id="s"/>', body, flow("s", "n0")).nodes["x"].scope == f"n{depth - 1}"


@pytest.mark.parametrize(
    ("definition", "timer_kind", "value"),
    [
        ("<timeDuration>PT5M</timeDuration>", "duration", "PT5M"),
        ("<timeDate>2026-10-01T08:00:00+08:00</timeDate>", "date", "2026-10-01T08:00:00+08:00"),
        ("<timeCycle>R3/PT10M</timeCycle>", "cycle", "R3/PT10M"),
        ("<timeCycle>R/2026-10-01T08:00:00Z/P1D</timeCycle>", "cycle", "R/2026-10-01T08:00:00Z/P1D"),
        ('<timeDuration>="PT" + "5M"</timeDuration>', "duration", "PT5M"),
    ],
)
def test_timers_hold_texts_or_expressions(definition: str, timer_kind: str, value: str) -> None:
    (trigger,) = node(line(catch(f"<timerEventDefinition>{definition}</timerEventDefinition>"))).triggers
    assert trigger.timer is not None
    assert (trigger.kind, trigger.timer_kind, trigger.timer({})) == ("timer", timer_kind, value)


def test_messages_carry_name_key_and_are_found_by_qualified_name() -> None:
    message = (
        '<message id="m" name="=&quot;Paid&quot;"><extensionElements><zeebe:subscription correlationKey="=order"/>'
    )
    message += "</extensionElements></message>"
    event = catch('<messageEventDefinition id="d" messageRef="t:m"/>')
    (trigger,) = node(line(event), outside=message).triggers
    assert trigger.name is not None
    assert trigger.key is not None
    assert (trigger.id, trigger.name({}), trigger.key({"order": "7"})) == ("d", "Paid", "7")


def test_an_operation_stands_for_its_message() -> None:
    outside = (
        MESSAGE
        + '<interface id="if" name="n"><operation id="op" name="o"><inMessageRef>m</inMessageRef></operation>'
        + "</interface>"
    )
    received = node(line('<receiveTask id="x" operationRef="op"/>'), outside=outside)
    assert received.message is not None
    assert received.message.name is not None
    assert received.message.name({}) == "Paid"
    sent = node(line('<sendTask id="x" messageRef="m"/>'), outside=MESSAGE)
    assert sent.message is not None
    assert sent.job is None


def test_errors_and_escalations_carry_their_codes() -> None:
    outside = '<error id="er" errorCode="E1"/><escalation id="es" escalationCode="S1"/><error id="bare"/>'
    ends = (
        '<endEvent id="x"><errorEventDefinition errorRef="er"/></endEvent><endEvent id="y"><escalationEventDefinition'
    )
    ends += ' escalationRef="es"/></endEvent><endEvent id="z"><errorEventDefinition errorRef="bare"/></endEvent>'
    caught = '<boundaryEvent id="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>'
    made = process(
        line('<task id="t"/>'), ends, caught, flow("t", "x"), flow("t", "y"), flow("b", "z"), outside=outside
    )
    codes = {name: made.nodes[name].triggers[0].code for name in "xyzb"}
    assert codes == {"x": "E1", "y": "S1", "z": "bare", "b": None}


def test_boundary_events_interrupt_unless_told_otherwise() -> None:
    events = "".join(
        f'<boundaryEvent id="b{i}" attachedToRef="x" cancelActivity="{value}"><signalEventDefinition signalRef="sig"/>'
        "</boundaryEvent>"
        for i, value in enumerate(("true", "false", "0"))
    )
    made = process(line('<task id="x"/>'), events, *(flow(f"b{i}", "e") for i in range(3)), outside=SIGNAL)
    assert [made.nodes[f"b{i}"].interrupting for i in range(3)] == [True, False, False]
    assert made.nodes["x"].boundaries == ("b0", "b1", "b2")
    assert made.nodes["b0"].attached_to == "x"


def test_links_are_paired_by_name_in_their_scope() -> None:
    link = '<linkEventDefinition name="L"/>'
    made = process(
        '<startEvent id="s"/><endEvent id="e"/>', throw(link), catch(link, "c"), flow("s", "x"), flow("c", "e")
    )
    assert made.links == {("p", "L"): "c"}
    assert made.scopes["p"].entries == ("s",)


def test_event_definitions_may_be_referred_to() -> None:
    outside = SIGNAL + '<signalEventDefinition id="shared" signalRef="sig"/>'
    event = catch("<eventDefinitionRef>shared</eventDefinitionRef>")
    assert [each.kind for each in node(line(event), outside=outside).triggers] == ["signal"]


def test_multiple_events_hold_every_trigger() -> None:
    both = '<messageEventDefinition messageRef="m"/><signalEventDefinition signalRef="sig"/>'
    any_of = f'<intermediateCatchEvent id="x">{both}</intermediateCatchEvent>'
    made = node(line(any_of), outside=MESSAGE + SIGNAL, unsupported=ALL)
    assert ([each.kind for each in made.triggers], made.parallel_multiple) == (["message", "signal"], False)
    all_of = f'<intermediateCatchEvent id="x" parallelMultiple="true">{both}</intermediateCatchEvent>'
    assert node(line(all_of), outside=MESSAGE + SIGNAL, unsupported=ALL).parallel_multiple


def test_gateways_keep_their_settings() -> None:
    events = [catch('<signalEventDefinition signalRef="sig"/>', name) for name in ("c1", "c2")]
    gateway = '<eventBasedGateway id="x" eventGatewayType="Parallel" instantiate="true"/>'
    made = process(gateway, *events, flow("x", "c1"), flow("x", "c2"), outside=SIGNAL, unsupported=ALL)
    assert (made.nodes["x"].exclusive, made.nodes["x"].instantiate) == (False, True)
    assert made.scopes["p"].event_starts == ("x",)
    assert made.scopes["p"].entries == ()
    complex_gateway = (
        '<complexGateway id="x"><activationCondition>activationCount &gt;= 2</activationCondition></complexGateway>'
    )
    activation = node(line(complex_gateway), unsupported=ALL).activation
    assert activation is not None
    assert activation({"activationCount": Decimal(2)}) is True


def test_upstream_tells_what_can_still_reach_each_flow_of_a_merge() -> None:
    made = process(
        '<startEvent id="s"/><inclusiveGateway id="split"/><task id="a"/><task id="b"/><inclusiveGateway id="j"/>',
        boundary('<signalEventDefinition signalRef="sig"/>', host="a", id="t"),
        '<task id="late"/><exclusiveGateway id="again"/><endEvent id="e"/>',
        *(flow("s", "split"), flow("split", "a", "=true"), flow("split", "b", "=true"), flow("a", "j"), flow("b", "j")),
        *(flow("t", "late"), flow("late", "b"), flow("j", "again"), flow("again", "e", "=done"), flow("again", "a")),
        outside=SIGNAL,
    )
    assert "split" not in made.upstream  # it only splits
    reach = made.upstream["j"]
    assert reach["a_j"] == {"a", "split", "s", "again"}  # `again` leads back; through the gateway itself does not count
    assert reach["b_j"] == {"b", "split", "s", "late", "t", "a", "again"}  # what `a`'s boundary event reaches


def test_upstream_passes_through_links() -> None:
    link = '<linkEventDefinition name="L"/>'
    made = process(
        '<startEvent id="s"/><parallelGateway id="f"/><inclusiveGateway id="j"/>'
        + throw(link, "th")
        + catch(link, "ca"),
        *(flow("s", "f"), flow("f", "th"), flow("f", "j"), flow("ca", "j")),
    )
    assert made.upstream["j"]["ca_j"] == {"ca", "th", "f", "s"}


def test_standard_loops_are_read() -> None:
    text = '<standardLoopCharacteristics testBefore="true" loopMaximum="5"><loopCondition>n &lt; 3</loopCondition>'
    made = node(line(f'<task id="x">{text}</standardLoopCharacteristics></task>')).loop
    assert made is not None
    assert made.maximum is not None
    assert made.condition is not None
    assert (made.kind, made.test_before, made.maximum({})) == ("standard", True, Decimal(5))
    assert made.condition({"n": Decimal(2)}) is True


def test_multi_instance_by_count_with_a_completion_condition() -> None:
    inner = "<loopCardinality>=2 + 1</loopCardinality><completionCondition>=done</completionCondition>"
    made = node(line(loop(inner, 'isSequential="true"'))).loop
    assert made is not None
    assert made.cardinality is not None
    assert made.condition is not None
    assert (made.kind, made.cardinality({}), made.condition({"done": True})) == ("sequential", Decimal(3), True)


def test_multi_instance_over_a_zeebe_collection() -> None:
    settings = 'inputCollection="=items" inputElement="item" outputCollection="all" outputElement="=item * 2"'
    inner = f"<extensionElements><zeebe:loopCharacteristics {settings}/></extensionElements>"
    made = node(line(loop(inner))).loop
    assert made is not None
    assert made.collection is not None
    assert made.output_element is not None
    assert (made.kind, made.element_variable, made.output_collection) == ("parallel", "item", "all")
    assert made.collection({"items": [Decimal(1)]}) == [Decimal(1)]
    assert made.output_element({"item": Decimal(2)}) == Decimal(4)


def test_multi_instance_over_a_data_object() -> None:
    inner = '<ioSpecification><dataInput id="in"/><dataOutput id="out"/><inputSet/><outputSet/></ioSpecification>'
    inner += '<dataInputAssociation id="da"><sourceRef>ref</sourceRef><targetRef>in</targetRef></dataInputAssociation>'
    inner += (
        '<dataOutputAssociation id="db"><sourceRef>out</sourceRef><targetRef>ref2</targetRef></dataOutputAssociation>'
    )
    inner += "<multiInstanceLoopCharacteristics><loopDataInputRef>in</loopDataInputRef>"
    inner += "<loopDataOutputRef>out</loopDataOutputRef><inputDataItem id='one' name='order'/>"
    inner += "<outputDataItem id='res' name='price'/></multiInstanceLoopCharacteristics>"
    objects = (
        '<dataObject id="o1" name="all orders" isCollection="true"/><dataObjectReference id="ref" dataObjectRef="o1"/>'
    )
    objects += '<dataObject id="o2"/><dataObjectReference id="ref2" dataObjectRef="o2"/><dataObject id="drawn"/>'
    made = process(line(f'<task id="x">{inner}</task>'), objects, unsupported=ALL)
    read_loop = made.nodes["x"].loop
    assert read_loop is not None
    assert read_loop.collection is not None
    assert read_loop.output_element is not None
    assert read_loop.collection({"all orders": [Decimal(1)]}) == [Decimal(1)]
    assert (read_loop.element_variable, read_loop.output_collection) == ("order", "o2")
    assert read_loop.output_element({"price": Decimal(9)}) == Decimal(9)
    assert made.nodes["x"].inputs == ()  # the whole collection is not copied into every instance
    assert made.scopes["p"].data == ("all orders", "o2")


def test_multi_instance_behaviors_name_what_is_thrown() -> None:
    outside = SIGNAL + '<signalEventDefinition id="def" signalRef="sig"/>'
    count = "<loopCardinality>3</loopCardinality>"
    one = loop(count, 'behavior="One" oneBehaviorEventRef="def"')
    made = node(line(one), outside=outside, unsupported=ALL).loop
    assert made is not None
    assert made.one_trigger is not None
    assert (made.behavior, made.one_trigger.kind, made.none_trigger) == ("One", "signal", None)
    each = '<condition>n = 2</condition><event id="ev"><signalEventDefinition signalRef="sig"/></event>'
    each = f"{count}<complexBehaviorDefinition>{each}</complexBehaviorDefinition>"
    made = node(line(loop(each, 'behavior="Complex"')), outside=outside, unsupported=ALL).loop
    assert made is not None
    ((condition, trigger),) = made.complex_triggers
    assert (condition({"n": Decimal(2)}), trigger.kind) == (True, "signal")


def test_compensation_ties_activity_event_and_handler_together() -> None:
    event = boundary("<compensateEventDefinition/>") + '<task id="h" isForCompensation="true"/>'
    thrown = throw('<compensateEventDefinition activityRef="x"/>', "t")
    tie = '<association id="a" sourceRef="b" targetRef="h"/>'
    made = process(line('<task id="x"/>', thrown), event, tie, unsupported=ALL)
    assert (made.nodes["x"].compensation, made.nodes["b"].compensation) == ("h", "h")
    assert made.nodes["h"].for_compensation
    assert made.nodes["t"].triggers[0].activity == "x"
    assert "h" not in made.scopes["p"].entries


def test_transactions_and_their_cancel_events_are_read() -> None:
    inner = '<startEvent id="i"/><endEvent id="c"><cancelEventDefinition/></endEvent>' + flow("i", "c")
    event = '<boundaryEvent id="b" attachedToRef="x"><cancelEventDefinition/></boundaryEvent>'
    made = process(line(f'<transaction id="x">{inner}</transaction>'), event, flow("b", "e"), unsupported=ALL)
    assert made.nodes["x"].kind == "transaction"
    assert made.nodes["b"].triggers[0].kind == "cancel"


def test_ad_hoc_sub_processes_keep_their_rules() -> None:
    inner = '<task id="a"/><task id="b"/><completionCondition>=done</completionCondition>'
    text = f'<adHocSubProcess id="x" ordering="Sequential" cancelRemainingInstances="false">{inner}</adHocSubProcess>'
    made = process(line(text), unsupported=ALL)
    ad_hoc = made.nodes["x"].ad_hoc
    assert ad_hoc is not None
    assert ad_hoc.completion is not None
    assert (ad_hoc.parallel, ad_hoc.cancel_remaining, ad_hoc.completion({"done": True})) == (False, False, True)
    assert made.scopes["x"].entries == ("a", "b")


def test_token_quantities_are_read() -> None:
    made = node(line('<task id="x" startQuantity="2" completionQuantity="3"/>'), unsupported=ALL)
    assert (made.start_quantity, made.completion_quantity) == (2, 3)


def test_conditional_events_hold_their_condition() -> None:
    event = catch("<conditionalEventDefinition><condition>=n = 1</condition></conditionalEventDefinition>")
    (trigger,) = node(line(event), unsupported=ALL).triggers
    assert trigger.condition is not None
    assert trigger.condition({"n": Decimal(1)}) is True


def test_a_global_task_is_a_process_of_one_node() -> None:
    outside = '<globalUserTask id="g" name="Ask"/><globalScriptTask id="h"><script>=1</script></globalScriptTask>'
    made = {each.id: each for each in read(line('<callActivity id="x" calledElement="g"/>'), outside=outside).processes}
    asked = made["g"]
    assert (asked.name, asked.scopes["g"].entries) == ("Ask", ("g:task",))
    assert asked.nodes["g:task"].kind == "userTask"
    assert asked.nodes["g:task"].user_task is not None
    assert made["h"].nodes["h:task"].script is not None
    call = made["p"].nodes["x"].call
    assert call is not None
    assert call.static_process == "g"


def test_lanes_name_their_innermost_lane() -> None:
    inner = '<childLaneSet id="c"><lane id="l2" name="Safety"><flowNodeRef>x</flowNodeRef></lane></childLaneSet>'
    lanes = f'<laneSet id="ls"><lane id="l1" name="Unit"><flowNodeRef>x</flowNodeRef>{inner}</lane></laneSet>'
    assert node(lanes, line('<task id="x"/>')).lane == "Safety"


def test_pools_and_message_flows_are_kept() -> None:
    outside = '<collaboration id="c"><participant id="us" processRef="p"/><participant id="them" name="Unit"/>'
    outside += '<messageFlow id="mf" sourceRef="x" targetRef="them"/></collaboration>'
    made = read(line('<task id="x"/>'), outside=outside)
    assert made.pools == {"us": "p", "them": ""}
    assert made.message_flows == (("mf", "x", "them"),)


def test_what_is_only_drawn_is_ignored() -> None:
    drawn = '<property id="ph" name="__targetRef_placeholder"/><dataInputAssociation id="a"><sourceRef>r</sourceRef>'
    drawn += "<targetRef>ph</targetRef></dataInputAssociation>" + output(target="r")
    objects = (
        '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/><dataStoreReference id="ds" name="Store"/>'
    )
    notes = '<textAnnotation id="n"><text>Note</text></textAnnotation><group id="gr"/>'
    notes += '<association id="as" sourceRef="x" targetRef="n"/>'
    made = process(
        line(f'<task id="x">{drawn}</task>'), objects, notes, outside='<category id="cat"/><dataStore id="d"/>'
    )
    assert (made.nodes["x"].inputs, made.nodes["x"].outputs, made.scopes["p"].data) == ((), (), ())


def test_data_associations_become_mappings() -> None:
    inner = '<ioSpecification><dataInput id="in" name="Data In"/><dataOutput id="out"/><inputSet/><outputSet/>'
    inner += '</ioSpecification><property id="own" name="mine"/>'
    for change in ("", "<transformation>data + 1</transformation>"):
        ends = "<sourceRef>ref</sourceRef><targetRef>in</targetRef>"
        inner += f"<dataInputAssociation>{ends}{change}</dataInputAssociation>"
    inner += output("out", target="ref", inner="<assignment><from>=out</from><to>data.total</to></assignment>")
    objects = '<dataObject id="o" name="data"/><dataObjectReference id="ref" dataObjectRef="o"/>'
    made = process('<property id="pp" name="known"/>', line(f'<task id="x">{inner}</task>'), objects, unsupported=ALL)
    first, second = made.nodes["x"].inputs
    assert (first.target, first.source({"data": "d"})) == (("Data In",), "d")
    assert second.source({"data": Decimal(1)}) == Decimal(2)
    (mapping,) = made.nodes["x"].outputs
    assert (mapping.target, mapping.source({"out": "o"})) == (("data", "total"), "o")
    assert made.scopes["p"].data == ("data", "known")
    assert made.nodes["x"].data == ("mine",)


def test_plain_feel_scripts_need_no_extension() -> None:
    for text in (
        '<scriptTask id="x"><script>=1 + 1</script></scriptTask>',
        '<scriptTask id="x" scriptFormat="feel"><script>1 + 1</script></scriptTask>',
    ):
        script = node(line(text)).script
        assert script is not None
        assert script({}) == Decimal(2)


def test_a_foreign_dialect_is_translated() -> None:
    def expression(text: str) -> str:
        if "?" in text:
            raise ValueError("no ternary")
        return text.replace("&&", " and ")

    foreign = Foreign(
        expression=expression, script=lambda text: f"script:{text}", service=lambda text: f"service:{text}"
    )
    made = process(
        line('<scriptTask id="x"><script>HELLO</script></scriptTask>', '<serviceTask id="y" implementation="call"/>'),
        flow("x", "e", "a &amp;&amp; b"),
        foreign=foreign,
    )
    jobs = [made.nodes[name].job for name in "xy"]
    assert [job and job.type({}) for job in jobs] == ["script:HELLO", "service:call"]
    condition = made.flows["x_e"].condition
    assert condition is not None
    assert condition({"a": True, "b": True}) is True


def test_literal_yields_any_text_itself() -> None:
    for text in ("", 'a "quoted" \\ text', "督办\n\t", "=1"):
        assert literal(text)({}) == text


def test_case_settings_stand_on_the_process() -> None:
    settings = """title='="Hazard " + name' access='=["unit:" + unit]' personal="name phone" """
    extensions = f'<duban:case {settings}/><zeebe:versionTag value="v1"/>'
    made = process(f"<extensionElements>{extensions}</extensionElements>", line('<task id="x"/>'))
    assert made.title is not None
    assert made.access is not None
    assert made.title({"name": "x"}) == "Hazard x"
    assert made.access({"unit": "U01"}) == ["unit:U01"]
    assert (made.personal, made.version_tag) == ({"name", "phone"}, "v1")


def test_a_plain_start_event_may_have_a_form() -> None:
    form = '<extensionElements><zeebe:formDefinition formId="register"/></extensionElements>'
    assert process(f'<startEvent id="s">{form}</startEvent><endEvent id="e"/>', flow("s", "e")).start_form == "register"


def test_namespace_prefixes_do_not_matter() -> None:
    data = diagram(line('<task id="x"/>')).decode().replace("<", "<b:").replace("<b:/", "</b:").replace("<b:?", "<?")
    data = data.replace("xmlns=", "xmlns:b=")
    assert read_bpmn(data.encode()).processes[0].nodes["x"].kind == "task"


def test_foreign_vendors_notes_are_ignored() -> None:
    text = extended(
        "task", '<signavio:signavioMetaData metaKey="color" metaValue="#fff"/>', attributes='camunda:asyncBefore="true"'
    )
    assert node(line(text)).kind == "task"
