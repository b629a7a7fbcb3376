"""Data: what activities and events take and give, and where it comes from (clause 10.4)."""

from collections.abc import Iterator

from engine.notation import xml
from engine.notation.bpmn_source import flag
from engine.notation.lint_model import (
    CATCHING,
    EVENTS,
    SUB_PROCESSES,
    Check,
    Element,
    Finding,
    Sheet,
    Unknown,
    containers,
    named,
    outermost,
    parent,
)

PLACEHOLDER = "__targetRef_placeholder"
"""The name of the property that bpmn.io's modelers draw a data association to; an activity itself is no target."""
_PAYLOAD = {
    "messageEventDefinition": ("messageRef", "itemRef"),
    "signalEventDefinition": ("signalRef", "structureRef"),
    "errorEventDefinition": ("errorRef", "structureRef"),
    "escalationEventDefinition": ("escalationRef", "structureRef"),
}


def specifications(sheet: Sheet) -> Iterator[Finding]:
    for scope in sheet.all(*sorted(SUB_PROCESSES)):
        if (found := xml.child(scope, "ioSpecification")) is not None:
            yield Finding(
                "BPS130", found, "a sub-process has no data inputs and outputs of its own; it sees its parent's"
            )
    holders = [*sheet.all("ioSpecification"), *sheet.all(*sorted(EVENTS))]
    for holder in holders:
        for side in ("Input", "Output"):
            yield from _sets(sheet, holder, side)


def _sets(sheet: Sheet, holder: Element, side: str) -> Iterator[Finding]:
    """Every data input is in a set, and a set refers to the data inputs beside it; the same for outputs."""
    items = dict.fromkeys(xml.children(holder, f"data{side}"))
    used: dict[Element, None] = {}
    for group in xml.children(holder, f"{side.lower()}Set"):
        members = dict.fromkeys(sheet.target(xml.text(e), e) for e in xml.children(group, f"data{side}Refs"))
        used |= {member: None for member in members if member is not None}
        for kind in ("optional", "whileExecuting"):
            for reference in xml.children(group, f"{kind}{side}Refs"):
                found = sheet.target(xml.text(reference), reference)
                if found is not None and found not in members:
                    yield Finding(
                        "BPS132", group, f"{kind}{side}Refs names {named(found)}, which data{side}Refs does not"
                    )
        yield from _pairs(sheet, group, side)
    for member in used:
        if member not in items and xml.local(member) == f"data{side}":
            yield Finding("BPS133", holder, f"a set here refers to {named(member)}, which is declared elsewhere")
    for item in items:
        if item not in used:
            yield Finding("BPS131", item, f"expected this data {side.lower()} in at least one {side.lower()}Set")


def _pairs(sheet: Sheet, group: Element, side: str) -> Iterator[Finding]:
    """outputSetRefs of an input set and inputSetRefs of an output set are two ends of one thing (table 10.62)."""
    other = "Output" if side == "Input" else "Input"
    for reference in xml.children(group, f"{other.lower()}SetRefs"):
        found = sheet.target(xml.text(reference), reference, f"{other.lower()}Set")
        if found is None:
            continue
        back = [sheet.target(xml.text(e), e) for e in xml.children(found, f"{side.lower()}SetRefs")]
        if group not in back or parent(found) is not parent(group):
            yield Finding(
                "BPS134", group, f"{named(found)} does not name this {side.lower()}Set in {side.lower()}SetRefs"
            )


def items(sheet: Sheet) -> Iterator[Finding]:
    for item in sheet.all("dataInput", "dataOutput", "dataObject", "inputDataItem", "outputDataItem"):
        definition = sheet.target(item.get("itemSubjectRef"), item, "itemDefinition")
        if definition is not None and flag(item, "isCollection", False) != flag(definition, "isCollection", False):
            yield Finding("BPS135", item, f"isCollection differs from that of {named(definition)}")
    for reference in sheet.all("dataObjectReference"):
        if reference.get("itemSubjectRef"):
            yield Finding("BPS136", reference, "a data object reference has the item definition of its data object")
        if not reference.get("dataObjectRef"):
            yield Finding("BPS137", reference, "a data object reference names its data object in dataObjectRef")
    for thing in sheet.all("dataObject"):
        if xml.child(thing, "dataState") is not None:
            yield Finding("BPS138", thing, "a data object has no state; each reference to it has one")
    for store in sheet.all("dataStoreReference"):
        if not store.get("dataStoreRef"):
            yield Finding("BPS139", store, "a data store reference names its data store in dataStoreRef")


# Associations --------------------------------------------------------------------------------------------------------


def associations(sheet: Sheet) -> Iterator[Finding]:
    for association in sheet.all("dataInputAssociation", "dataOutputAssociation"):
        host = parent(association)
        if host is None:
            continue
        incoming = xml.local(association) == "dataInputAssociation"
        sources = [_item(sheet, each) for each in xml.children(association, "sourceRef")]
        target = _item(sheet, xml.child(association, "targetRef"))
        inner = [target] if incoming else sources
        outer = sources if incoming else [target]
        yield from _inner_ends(association, host, incoming, [each for each in inner if each is not None])
        for end in outer:
            if end is not None and not _visible(end, host):
                yield Finding("BPS142", association, f"{named(end)} is not visible from {named(host)}")
        if target is not None and target in sources:
            yield Finding("BPS147", association, f"it joins {named(target)} with itself")
        yield from _carried(sheet, association, sources, target)
        if incoming and not sources and next(xml.children(association, "assignment"), None) is None:
            yield Finding(
                "BPS146", association, "expected a sourceRef or an assignment: where does the data come from?"
            )


def _item(sheet: Sheet, reference: Element | None) -> Element | None:
    return None if reference is None else sheet.target(xml.text(reference), reference)


def _inner_ends(association: Element, host: Element, incoming: bool, ends: list[Element]) -> Iterator[Finding]:
    """An input association ends at a data input of its own activity or event, an output association starts at one."""
    wanted = ("dataInput", "inputDataItem") if incoming else ("dataOutput", "outputDataItem")
    rule, word = ("BPS140", "target") if incoming else ("BPS141", "source")
    for end in ends:
        drawn = xml.local(end) == "property" and end.get("name") == PLACEHOLDER and parent(end) is host
        if drawn or (incoming and end.get("id") == host.get("id")):
            continue
        if xml.local(end) not in wanted or host not in list(end.iterancestors("*"))[:3]:
            yield Finding(rule, association, f"its {word} is a {wanted[0]} of {named(host)}, found {named(end)}")


def _visible(item: Element, host: Element) -> bool:
    """What the activity or event itself declares, and what the scopes around it declare."""
    owner = parent_of(item)
    if xml.local(owner) in ("ioSpecification", "multiInstanceLoopCharacteristics"):
        owner = parent_of(owner)
    return xml.local(item) == "dataStore" or owner is host or owner in containers(host)


def references_to_data(sheet: Sheet) -> Iterator[Finding]:
    for reference in sheet.all("dataObjectReference"):
        thing = sheet.target(reference.get("dataObjectRef"), reference, "dataObject")
        if thing is not None and not any(around is parent(thing) for around in containers(reference)):
            yield Finding("BPS142", reference, f"{named(thing)} is not visible from {named(reference)}")


def _carried(
    sheet: Sheet, association: Element, sources: list[Element | None], target: Element | None
) -> Iterator[Finding]:
    if next(xml.children(association, "transformation", "assignment"), None) is not None:
        return
    if len(sources) > 1:
        yield Finding("BPS143", association, "several sources need a transformation")
    elif len(sources) == 1 and target is not None and sources[0] is not None:
        left, right = _subject(sheet, sources[0]), _subject(sheet, target)
        if left is not None and right is not None and left is not right:
            yield Finding("BPS144", association, f"from {named(left)} to {named(right)} it needs a transformation")


def _subject(sheet: Sheet, item: Element) -> Element | None:
    """The item definition of an item-aware element, through references."""
    for tag, attribute in (("dataObjectReference", "dataObjectRef"), ("dataStoreReference", "dataStoreRef")):
        if xml.local(item) == tag:
            behind = sheet.target(item.get(attribute), item)
            item = item if behind is None else behind
    return sheet.target(item.get("itemSubjectRef"), item, "itemDefinition")


def process_data(sheet: Sheet) -> Iterator[Finding]:
    """Nothing inside a process writes its data inputs or reads its data outputs (clause 10.4.1)."""
    for tag, end, item in (
        ("dataOutputAssociation", "targetRef", "dataInput"),
        ("dataInputAssociation", "sourceRef", "dataOutput"),
    ):
        for association in sheet.all(tag):
            for reference in xml.children(association, end):
                found = _item(sheet, reference)
                process = outermost(association)
                if found is not None and xml.local(found) == item and parent(parent_of(found)) is process:
                    verb = "write" if end == "targetRef" else "read"
                    yield Finding("BPS145", association, f"nothing inside {named(process)} may {verb} {named(found)}")


def parent_of(element: Element) -> Element:
    found = parent(element)
    return element if found is None else found


# Tasks and events with a payload -------------------------------------------------------------------------------------


def services(sheet: Sheet) -> Iterator[Finding]:
    """Service, send and receive tasks carry one message each way, of the operation's item (clause 10.3.3)."""
    for task in sheet.all("serviceTask", "sendTask", "receiveTask"):
        specification = xml.child(task, "ioSpecification")
        if specification is None:
            continue
        tag = xml.local(task)
        sides = {"serviceTask": ("Input", "Output"), "sendTask": ("Input",), "receiveTask": ("Output",)}[tag]
        operation = sheet.target(task.get("operationRef"), task, "operation")
        message = sheet.target(task.get("messageRef"), task, "message")
        for side in sides if operation is not None or message is not None else ():
            found = list(xml.children(specification, f"data{side}"))
            sets = list(xml.children(specification, f"{side.lower()}Set"))
            if len(sets) > 1:
                yield Finding("BPS150", task, f"a {tag} has a single {side.lower()}Set, found {len(sets)}")
            carried = message if message is not None else _operation_message(sheet, operation, tag, side)
            least = 1 if tag == "serviceTask" and carried is not None else 0
            if not least <= len(found) <= 1:
                yield Finding("BPS150", task, f"a {tag} has a single data {side.lower()}, found {len(found)}")
            yield from _same_item(sheet, task, found[:1], carried, "itemRef")


def _operation_message(sheet: Sheet, operation: Element | None, tag: str, side: str) -> Element | None:
    name = "outMessageRef" if tag == "serviceTask" and side == "Output" else "inMessageRef"
    reference = None if operation is None else xml.child(operation, name)
    return None if reference is None else sheet.target(xml.text(reference), reference, "message")


def _same_item(
    sheet: Sheet, place: Element, found: list[Element], carried: Element | None, attribute: str
) -> Iterator[Finding]:
    definition = None if carried is None else sheet.target(carried.get(attribute), carried, "itemDefinition")
    for item in found:
        subject = sheet.target(item.get("itemSubjectRef"), item, "itemDefinition")
        if definition is not None and subject is not None and subject is not definition:
            yield Finding(
                "BPS151", place, f"{named(item)} is of {named(subject)}, but {named(carried)} carries another"
            )


def event_data(sheet: Sheet) -> Iterator[Finding]:
    """Where an event has data, each of its definitions has one item, in order, of what it carries (clause 10.5.1)."""
    for event in sheet.all(*sorted(EVENTS)):
        definitions = sheet.definitions(event)
        found = list(xml.children(event, "dataOutput" if xml.local(event) in CATCHING else "dataInput"))
        if not definitions or not found:
            continue
        if len(found) != len(definitions):
            yield Finding(
                "BPS152", event, f"expected a data item for each of {len(definitions)} definitions, found {len(found)}"
            )
            continue
        for definition, item in zip(definitions, found, strict=True):
            attribute, structure = _PAYLOAD.get(xml.local(definition), ("", ""))
            if attribute:
                carried = sheet.target(definition.get(attribute), definition)
                yield from _same_item(sheet, event, [item], carried, structure)


def loops(sheet: Sheet) -> Iterator[Finding]:
    """The collection that a multi-instance activity goes through is its own data input, and a collection (10.3.8)."""
    for loop in sheet.all("multiInstanceLoopCharacteristics"):
        task = parent_of(loop)
        for side in ("Input", "Output"):
            reference = xml.child(loop, f"loopData{side}Ref")
            found = None if reference is None else sheet.target(xml.text(reference), reference)
            if found is None:
                continue
            own = xml.local(found) == f"data{side}" and task in list(found.iterancestors("*"))[:2]
            if xml.local(task) not in SUB_PROCESSES and not own:
                yield Finding(
                    "BPS153", loop, f"expected loopData{side}Ref to name a data {side.lower()} of {named(task)}"
                )
            elif not _visible(found, task):
                yield Finding("BPS142", loop, f"{named(found)} is not visible from {named(task)}")
            if _is_single(sheet, found):
                yield Finding("BPS154", loop, f"{named(found)} is not a collection")
            yield from _same_structure(sheet, loop, found, xml.child(loop, f"{side.lower()}DataItem"))


def _same_structure(sheet: Sheet, loop: Element, collection: Element, item: Element | None) -> Iterator[Finding]:
    many = _subject(sheet, collection)
    one = None if item is None else _subject(sheet, item)
    structures = [None if each is None else each.get("structureRef") for each in (many, one)]
    if None not in structures and structures[0] != structures[1]:
        yield Finding("BPS114", loop, f"{named(item)} is of {named(one)}, but the collection holds {named(many)}")


def _is_single(sheet: Sheet, item: Element) -> bool:
    behind = sheet.target(item.get("dataObjectRef"), item) if xml.local(item) == "dataObjectReference" else item
    if behind is None or xml.local(behind) not in ("dataInput", "dataOutput", "dataObject"):
        return False
    definition = sheet.resolve(behind.get("itemSubjectRef"), behind) if behind.get("itemSubjectRef") else None
    if isinstance(definition, Unknown):
        return False
    return not flag(behind, "isCollection", False) and (
        definition is None or not flag(definition, "isCollection", False)
    )


def resources(sheet: Sheet) -> Iterator[Finding]:
    """What is bound to a resource are its own parameters, all the required ones (clause 8.4.12)."""
    for role in sheet.all("resourceRole", "performer", "humanPerformer", "potentialOwner"):
        reference = xml.child(role, "resourceRef")
        resource = None if reference is None else sheet.target(xml.text(reference), reference, "resource")
        if resource is None:
            continue
        own = list(xml.children(resource, "resourceParameter"))
        bound = [sheet.target(b.get("parameterRef"), b) for b in xml.children(role, "resourceParameterBinding")]
        for parameter in bound:
            if parameter is not None and parameter not in own:
                yield Finding("BPS155", role, f"{named(parameter)} does not belong to {named(resource)}")
        for parameter in own:
            if flag(parameter, "isRequired", False) and parameter not in bound:
                yield Finding("BPS156", role, f"{named(parameter)} of {named(resource)} is required, but not bound")


def bindings(sheet: Sheet) -> Iterator[Finding]:
    """A callable element that is offered as a service binds its own sets to operations it supports (clause 10.4.1)."""
    for binding in sheet.all("ioBinding"):
        owner = parent_of(binding)
        offered = [sheet.target(xml.text(e), e) for e in xml.children(owner, "supportedInterfaceRef")]
        operation = sheet.target(binding.get("operationRef"), binding, "operation")
        if operation is not None and parent(operation) not in offered:
            yield Finding("BPS157", binding, f"{named(operation)} is of no interface that {named(owner)} supports")
        for name in ("inputDataRef", "outputDataRef"):
            found = sheet.target(binding.get(name), binding, "inputSet", "outputSet")
            if found is not None and owner not in list(found.iterancestors("*"))[:2]:
                yield Finding("BPS158", binding, f"{named(found)} does not belong to {named(owner)}")
    for owner in {id(e): parent_of(e) for e in sheet.all("supportedInterfaceRef")}.values():
        if xml.child(owner, "ioBinding") is None:
            yield Finding("BPS159", owner, "what supports an interface binds its data to the operations: add ioBinding")


CHECKS: tuple[Check, ...] = (
    specifications,
    items,
    associations,
    references_to_data,
    process_data,
    services,
    event_data,
    loops,
    resources,
    bindings,
)
