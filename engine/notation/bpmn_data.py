"""Data objects, properties and data associations (clause 10.4), read as variables and mappings.

A data object or property is a variable of the scope that declares it; an association copies, transforms or assigns into
one, so it becomes an `IoMapping`. What modelers only draw (an association that names no item to fill) carries nothing
and is knowingly ignored.
"""

import re
from typing import Any

from lxml import etree

from engine.feel import Expression
from engine.notation import xml
from engine.notation.bpmn_source import DATA, LOOP, Reading
from engine.notation.model import IoMapping

ITEMS = ("dataObject", "dataObjectReference", "dataStoreReference", "dataInput", "dataOutput", "property")
PLACEHOLDER = "__targetRef_placeholder"  # what bpmn-js names the property that it must invent for a drawn association
_PLAIN_NAME = re.compile(r"[^\W\d]\w*(?: \w+)*")


def declared(reading: Reading, element: etree._Element) -> tuple[str, ...]:
    """The names of the properties that an activity or event declares for itself."""
    found = [each for each in xml.children(element, "property") if each.get("name") != PLACEHOLDER]
    for each in found:
        reading.feature("property", each)
    return tuple(filter(None, map(_label, found)))


def payload(event: etree._Element) -> tuple[str, ...]:
    """The names of the data outputs of a catching event, or the data inputs of a throwing one."""
    return tuple(filter(None, map(_label, xml.children(event, "dataInput", "dataOutput"))))


def scope_items(reading: Reading, scope: etree._Element) -> tuple[str, ...]:
    """The data objects declared directly in a scope that an association or loop uses.

    Of a process also its properties, data inputs and data outputs. Call it after the nodes inside were read: reading
    them notes what is used.
    """
    found = [each for each in xml.children(scope, "dataObject") if each.get("id") in reading.carried]
    if xml.local(scope) == "process":
        found += [each for each in xml.children(scope, "property") if each.get("name") != PLACEHOLDER]
        for specification in xml.children(scope, "ioSpecification"):
            found += xml.children(specification, "dataInput", "dataOutput")
    return tuple(dict.fromkeys(filter(None, map(_label, found))))


def associations(reading: Reading, host: etree._Element, tag: str) -> tuple[IoMapping, ...]:
    """The mappings that the data input or data output associations of `host` amount to."""
    made: list[IoMapping] = []
    feeding = _feeding_loop(host)
    for association in xml.children(host, tag):
        if not _carries(reading, association) or _ends(association) & feeding:
            continue
        reading.feature("dataAssociation", association)
        made += _mappings(reading, association)
    specification = xml.child(host, "ioSpecification")
    if made and specification is not None:
        reading.feature("ioSpecification", specification)
    return tuple(made)


def check_event(reading: Reading, event: etree._Element) -> None:
    """An event whose data goes somewhere: its payload becomes a data output, or a data input its payload."""
    for association in xml.children(event, "dataInputAssociation", "dataOutputAssociation"):
        if _carries(reading, association):
            reading.feature("eventData", association)


def collection(reading: Reading, activity: etree._Element, loop: etree._Element) -> dict[str, Any]:
    """The collection fields of a `Loop` that `loopDataInputRef`, `inputDataItem` and their output twins amount to."""
    fields: dict[str, Any] = {}
    source, target = xml.child(loop, "loopDataInputRef"), xml.child(loop, "loopDataOutputRef")
    item, result = xml.child(loop, "inputDataItem"), xml.child(loop, "outputDataItem")
    if source is not None:
        name = _item(reading, _beyond(activity, source, "dataInputAssociation"), source)
        fields["collection"] = name and _variable(reading, name, source)
        fields["element_variable"] = None if item is None else _label(item)
    if target is not None:
        if result is None or not _label(result):
            reading.refuse(LOOP, "loopDataOutputRef needs an outputDataItem with a name", loop)
            return fields
        fields["output_collection"] = _item(reading, _beyond(activity, target, "dataOutputAssociation"), target)
        fields["output_element"] = _variable(reading, _label(result), result)
    return fields


def _carries(reading: Reading, association: etree._Element) -> bool:
    if xml.child(association, "transformation") is not None or xml.child(association, "assignment") is not None:
        return True
    target = reading.ids.get(_reference(xml.child(association, "targetRef")))
    drawn = target is not None and target.get("name") == PLACEHOLDER
    return xml.child(association, "sourceRef") is not None and not drawn


def _mappings(reading: Reading, association: etree._Element) -> list[IoMapping]:
    sources = [_item(reading, _reference(each), each) for each in xml.children(association, "sourceRef")]
    place = xml.child(association, "targetRef")
    assert place is not None  # the schema demands it
    target = _item(reading, _reference(place), place)
    transformation = xml.child(association, "transformation")
    assignments = list(xml.children(association, "assignment"))
    if assignments:
        return [_assignment(reading, each) for each in assignments]
    if target is None or None in sources:
        return []
    if transformation is not None:
        return [IoMapping(reading.formal(transformation), (target,))]
    if len(sources) != 1:
        reading.refuse(DATA, "several sources need a transformation (clause 10.4.2)", association)
        return []
    return [IoMapping(_variable(reading, sources[0] or "", association), (target,))]


def _assignment(reading: Reading, assignment: etree._Element) -> IoMapping:
    source, target = xml.child(assignment, "from"), xml.child(assignment, "to")
    assert source is not None  # the schema demands both
    path = tuple(part.strip() for part in xml.text(target).strip().removeprefix("=").split("."))
    if not all(map(_PLAIN_NAME.fullmatch, path)):
        found = xml.text(target).strip()
        reading.refuse(DATA, f"expected an assignment to a name or a dotted path, found '{found}'", assignment)
    return IoMapping(reading.formal(source), path)


def _item(reading: Reading, reference: str, place: etree._Element) -> str | None:
    """The variable that a reference to an item-aware element stands for."""
    found = reading.resolve(reference, ITEMS, place)
    if found is not None and xml.local(found) == "dataObjectReference":
        found = reading.resolve(found.get("dataObjectRef"), ("dataObject",), found)
    if found is None:
        return None
    if xml.local(found) in ("dataObject", "dataStoreReference"):
        reading.feature("dataObject" if xml.local(found) == "dataObject" else "dataStore", place)
        reading.carried.add(found.get("id", ""))
    return _label(found)


def _beyond(activity: etree._Element, reference: etree._Element, tag: str) -> str:
    """What a loop's data input or output is connected to; itself when nothing is."""
    inner = _reference(reference)
    near, far = ("targetRef", "sourceRef") if tag == "dataInputAssociation" else ("sourceRef", "targetRef")
    for association in xml.children(activity, tag):
        if _reference(xml.child(association, near)) == inner and xml.child(association, far) is not None:
            return _reference(xml.child(association, far))
    return inner


def _feeding_loop(host: etree._Element) -> set[str]:
    """The data inputs and outputs that hold a whole collection for the loop, not a value for each instance."""
    loop = xml.child(host, "multiInstanceLoopCharacteristics")
    if loop is None:
        return set()
    return {_reference(each) for each in xml.children(loop, "loopDataInputRef", "loopDataOutputRef")}


def _ends(association: etree._Element) -> set[str]:
    return {_reference(each) for each in xml.children(association, "sourceRef", "targetRef")}


def _variable(reading: Reading, name: str, place: etree._Element) -> Expression:
    return reading.feel(name, place, (name,))


def _label(item: etree._Element) -> str:
    """The name of an item when FEEL can read it as one, else its id."""
    name = (item.get("name") or "").strip()
    return name if _PLAIN_NAME.fullmatch(name) else item.get("id", "")


def _reference(element: etree._Element | None) -> str:
    return xml.text(element).strip().rpartition(":")[2]
