"""Processes, lanes, pools, conversations, correlation, choreographies (clauses 8.4.2, 9, 10.2, 10.8, 11)."""

from collections.abc import Iterator

from engine.notation import xml
from engine.notation.bpmn_source import MODEL, flag
from engine.notation.lint_model import (
    CHOREOGRAPHY_ACTIVITIES,
    COLLABORATIONS,
    CONVERSATION_NODES,
    FLOW_NODES,
    GATEWAYS,
    Check,
    Element,
    Finding,
    Sheet,
    containers,
    named,
    parent,
)

MOST_STEPS = 200


def processes(sheet: Sheet) -> Iterator[Finding]:
    for process in sheet.all("process"):
        if process.get("processType") == "Public" and flag(process, "isExecutable", False):
            yield Finding("BPS160", process, "a public process is not executable: only a private one says how it runs")


def lanes(sheet: Sheet) -> Iterator[Finding]:
    for lane_set in sheet.all("laneSet", "childLaneSet"):
        home = next(containers(lane_set), None)
        seen: dict[str, Element] = {}
        for lane in xml.children(lane_set, "lane"):
            for reference in lane.iterdescendants(f"{{{MODEL}}}flowNodeRef"):  # its child lanes are within it
                node = sheet.target(xml.text(reference), reference, *FLOW_NODES)
                if node is None:
                    continue
                if home is not None and home not in containers(node):
                    yield Finding("BPS161", lane, f"{named(node)} is outside {named(home)}")
                other = seen.setdefault(node.get("id", ""), lane)
                if other is not lane:
                    yield Finding("BPS162", lane, f"{named(node)} is also in {named(other)} of the same lane set")


def participants(sheet: Sheet) -> Iterator[Finding]:
    for each in sheet.all("participantMultiplicity"):
        least, most = (int(each.get(name, default).strip()) for name, default in (("minimum", "0"), ("maximum", "1")))
        if least < 0 or most < 1 or most < least:
            yield Finding("BPS165", each, f"expected 0 ≤ minimum ≤ maximum and maximum ≥ 1, found {least} and {most}")
    for collaboration in sheet.all("collaboration"):
        seen: dict[str, Element] = {}
        for pool in xml.children(collaboration, "participant"):
            process = sheet.target(pool.get("processRef"), pool, "process") if pool.get("processRef") else None
            if process is not None and seen.setdefault(process.get("id", ""), pool) is not pool:
                yield Finding("BPS166", pool, f"{named(process)} has a pool here already")


# Conversations and correlation ---------------------------------------------------------------------------------------


def conversations(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.all(*sorted(CONVERSATION_NODES)):
        count = len({xml.text(each).strip() for each in xml.children(node, "participantRef")})
        if count < 2:
            yield Finding("BPS170", node, f"a conversation has two or more participants, found {count}")
    for link in sheet.all("conversationLink"):
        ends = [sheet.target(link.get(name), link) for name in ("sourceRef", "targetRef")]
        if None not in ends and sum(_is_conversation(end) for end in ends) != 1:
            yield Finding("BPS171", link, "a conversation link joins a conversation with a participant, task or event")
    for whole in sheet.all("globalConversation"):
        for node in xml.children(whole, *CONVERSATION_NODES, "choreographyRef", "conversationLink"):
            yield Finding("BPS172", node, f"a global conversation has no {xml.local(node)}")


def own_participants(sheet: Sheet) -> Iterator[Finding]:
    """What a conversation or choreography activity names belongs to the collaboration that it is in."""
    for node in sheet.all(*sorted(CONVERSATION_NODES | CHOREOGRAPHY_ACTIVITIES)):
        whole = next((each for each in node.iterancestors("*") if xml.local(each) in COLLABORATIONS), None)
        for tag in ("participant", "messageFlow"):
            for reference in xml.children(node, f"{tag}Ref"):
                found = sheet.target(xml.text(reference), reference, tag)
                if found is not None and whole is not None and parent(found) is not whole:
                    yield Finding("BPS174", node, f"{named(found)} does not belong to {named(whole)}")


def mapped_participants(sheet: Sheet) -> Iterator[Finding]:
    """`innerParticipantRef` is of the called conversation or choreography, `outerParticipantRef` of the caller."""
    for call in sheet.all("callConversation", "callChoreography"):
        name = "calledCollaborationRef" if xml.local(call) == "callConversation" else "calledChoreographyRef"
        called = sheet.target(call.get(name), call) if call.get(name) else None
        outer = _involved(sheet, call)
        for association in xml.children(call, "participantAssociation"):
            inner = _end(sheet, association, "innerParticipantRef")
            if called is not None and inner is not None and parent(inner) is not called:
                yield Finding("BPS173", call, f"{named(inner)} takes no part in {named(called)}")
            caller = _end(sheet, association, "outerParticipantRef")
            if caller is not None and caller not in outer:
                yield Finding("BPS173", call, f"{named(caller)} takes no part here")
    for whole in sheet.all(*sorted(COLLABORATIONS)):
        for association in xml.children(whole, "participantAssociation"):
            caller = _end(sheet, association, "outerParticipantRef")
            if caller is not None and parent(caller) is not whole:
                yield Finding("BPS173", whole, f"{named(caller)} takes no part in {named(whole)}")


def _end(sheet: Sheet, association: Element, name: str) -> Element | None:
    reference = xml.child(association, name)
    return None if reference is None else sheet.target(xml.text(reference), reference, "participant")


def _is_conversation(element: Element | None) -> bool:
    return element is not None and xml.local(element) in CONVERSATION_NODES


def correlation(sheet: Sheet) -> Iterator[Finding]:
    for subscription in sheet.all("correlationSubscription"):
        key = sheet.target(subscription.get("correlationKeyRef"), subscription, "correlationKey")
        if key is None:
            continue
        wanted = [sheet.target(xml.text(e), e) for e in xml.children(key, "correlationPropertyRef")]
        bindings = xml.children(subscription, "correlationPropertyBinding")
        bound = [sheet.target(e.get("correlationPropertyRef"), e) for e in bindings]
        for prop in bound:
            if prop is not None and prop not in wanted:
                yield Finding("BPS175", subscription, f"{named(prop)} is not part of {named(key)}")
        for prop in wanted:
            if prop is not None and prop not in bound:
                yield Finding("BPS176", subscription, f"{named(prop)} of {named(key)} is bound to nothing")


# Choreographies ------------------------------------------------------------------------------------------------------


def choreographies(sheet: Sheet) -> Iterator[Finding]:
    for activity in sheet.all(*sorted(CHOREOGRAPHY_ACTIVITIES)):
        involved = _involved(sheet, activity)
        initiator = sheet.target(activity.get("initiatingParticipantRef"), activity, "participant")
        if initiator is not None and initiator not in involved:
            yield Finding("BPS200", activity, f"its initiator, {named(initiator)}, is not one of its participants")
        count = len(list(xml.children(activity, "participantRef")))
        if xml.local(activity) == "choreographyTask" and count != 2:
            yield Finding("BPS201", activity, f"a choreography task has exactly two participants, found {count}")
        for reference in xml.children(activity, "messageFlowRef"):
            flow = sheet.target(xml.text(reference), reference, "messageFlow")
            ends = () if flow is None else (sheet.target(flow.get(e), flow) for e in ("sourceRef", "targetRef"))
            for end in ends:
                if end is not None and xml.local(end) == "participant" and end not in involved:
                    yield Finding("BPS202", activity, f"{named(flow)} joins {named(end)}, which takes no part here")
        yield from _silent(sheet, activity, initiator)
        yield from _unaware(sheet, activity, initiator)
    for whole in sheet.all("globalChoreographyTask"):
        initiator = sheet.target(whole.get("initiatingParticipantRef"), whole, "participant")
        if initiator is not None and parent(initiator) is not whole:
            yield Finding("BPS200", whole, f"its initiator, {named(initiator)}, is not one of its participants")
        for node in xml.children(whole, *FLOW_NODES, "sequenceFlow"):
            yield Finding("BPS204", node, "a global choreography task holds no flow elements")


def racing(sheet: Sheet) -> Iterator[Finding]:
    """Who waits for one of several messages must be able to know which of them came (clause 11.7.2)."""
    for gateway in sheet.all("eventBasedGateway"):
        targets = [node for node in map(sheet.sink, sheet.outgoing(gateway)) if node is not None]
        tasks = [node for node in targets if xml.local(node) == "choreographyTask"]
        initiators = [sheet.target(task.get("initiatingParticipantRef"), task, "participant") for task in tasks]
        pairs = list(zip(tasks, initiators, strict=True))
        receivers = {who for task, first in pairs for who in _involved(sheet, task) if who is not first}
        if None not in initiators and len(set(initiators)) > 1 and len(receivers) > 1:
            yield Finding("BPS206", gateway, "what follows has several senders and several receivers")


def _silent(sheet: Sheet, activity: Element, initiator: Element | None) -> Iterator[Finding]:
    """The initiator is who sends the first message (clause 11.5.1)."""
    flows = [sheet.target(xml.text(e), e, "messageFlow") for e in xml.children(activity, "messageFlowRef")]
    senders = [None if flow is None else sheet.target(flow.get("sourceRef"), flow, "participant") for flow in flows]
    if initiator is not None and senders and None not in senders and initiator not in senders:
        yield Finding("BPS205", activity, f"its initiator, {named(initiator)}, sends none of its messages")


def _involved(sheet: Sheet, activity: Element) -> list[Element]:
    found = (sheet.target(xml.text(e), e, "participant") for e in xml.children(activity, "participantRef"))
    return [each for each in found if each is not None]


def _unaware(sheet: Sheet, activity: Element, initiator: Element | None) -> Iterator[Finding]:
    """Who begins an activity took part in the one before, or could not know that it is time (clause 11.5)."""
    for before in _previous(sheet, activity) if initiator is not None else ():
        if initiator not in _involved(sheet, before):
            yield Finding("BPS203", activity, f"{named(initiator)} begins it, but took no part in {named(before)}")


def _previous(sheet: Sheet, activity: Element) -> Iterator[Element]:
    """The choreography activities right before, across gateways; not past so many that the search would take long."""
    seen: set[str] = set()
    waiting = [activity]
    while waiting and len(seen) < MOST_STEPS:
        for flow in sheet.incoming(waiting.pop()):
            source = sheet.source(flow)
            if source is None or source.get("id", "") in seen:
                continue
            seen.add(source.get("id", ""))
            if xml.local(source) in CHOREOGRAPHY_ACTIVITIES:
                yield source
            elif xml.local(source) in GATEWAYS:
                waiting.append(source)


CHECKS: tuple[Check, ...] = (
    processes,
    lanes,
    participants,
    conversations,
    own_participants,
    mapped_participants,
    correlation,
    choreographies,
    racing,
)
