"""What may stand in `extensionElements`: Camunda 8's `zeebe:`, our `duban:`, and idle notes of other vendors.

One table says which element and attribute is known where; a sweep over a process refuses everything else of the two
namespaces, and what older Camunda-like engines would execute. The lookups below it are then free to trust the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.feel import Expression
from engine.notation import xml
from engine.notation.bpmn_source import DUBAN, MODEL, VENDOR, ZEEBE, Reading, model_elements
from engine.notation.model import ACTIVITIES, EVENTS, GATEWAYS, Call, Deadline, IoMapping, Job, Request, UserTask

ZEEBE_NAMESPACE = "http://camunda.org/schema/zeebe/1.0"
DUBAN_NAMESPACE = "urn:duban:bpmn:1"
VENDOR_NAMESPACES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
}
IDLE_VENDOR_NAMES = frozenset(
    [
        "versionTag",
        "historyTimeToLive",
        "isStartableInTasklist",
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon",
        "async",
        "asyncBefore",
        "asyncAfter",
        "exclusive",
        "jobPriority",
        "failedJobRetryTimeCycle",
        "properties",
        "diagramRelationId",
    ]
)
"""What these vendors' attributes and elements may say without changing what the process does."""
IDLE_ZEEBE_ATTRIBUTES = frozenset(["modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"])

_SCRIPTS = frozenset({"scriptTask", "globalScriptTask"})
_RULES = frozenset({"businessRuleTask", "globalBusinessRuleTask"})
_JOBS = _SCRIPTS | _RULES | {"serviceTask", "sendTask", "intermediateThrowEvent", "endEvent"}
_THROWS = frozenset({"intermediateThrowEvent", "endEvent"})
_USER = frozenset({"userTask", "globalUserTask"})
_IO = ACTIVITIES | EVENTS | _USER | _SCRIPTS | _RULES | {"globalTask", "globalManualTask"}
_NAMED = _IO | GATEWAYS | {"process", "lane", "sequenceFlow", "textAnnotation", "group", "participant"}


@dataclass(frozen=True, slots=True)
class Known:
    """A known extension element: on which hosts, with which attributes, which children."""

    hosts: frozenset[str]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    children: Mapping[str, "Known"] = field(default_factory=dict)


def _known(hosts: frozenset[str], required: str = "", optional: str = "", **children: str) -> Known:
    """`children`: name → its attributes, those with a question mark optional."""
    nested = {name: _child(attributes.split()) for name, attributes in children.items()}
    return Known(hosts, frozenset(required.split()), frozenset(optional.split()), nested)


def _child(attributes: list[str]) -> Known:
    optional = frozenset(name.removesuffix("?") for name in attributes if name.endswith("?"))
    return Known(frozenset(), frozenset(attributes) - {f"{name}?" for name in optional}, optional)


KNOWN: Mapping[str, Mapping[str, Known]] = {
    ZEEBE_NAMESPACE: {
        "taskDefinition": _known(_JOBS, "type", "retries"),
        "taskHeaders": _known(_JOBS | _USER, header="key value?"),
        "ioMapping": _known(_IO, input="source target", output="source target"),
        "formDefinition": _known(_USER | {"startEvent"}, "", "formId formKey bindingType"),
        "assignmentDefinition": _known(_USER, "", "assignee candidateUsers candidateGroups"),
        "taskSchedule": _known(_USER, "", "dueDate followUpDate"),
        "priorityDefinition": _known(_USER, "priority"),
        "userTask": _known(_USER),
        "subscription": _known(frozenset({"message"}), "correlationKey"),
        "publishMessage": _known(_THROWS | {"sendTask"}, "", "correlationKey timeToLive"),
        "calledElement": _known(
            frozenset({"callActivity"}),
            "processId",
            "bindingType propagateAllChildVariables propagateAllParentVariables",
        ),
        "calledDecision": _known(_RULES, "decisionId resultVariable", "bindingType"),
        "script": _known(_SCRIPTS, "expression", "resultVariable"),
        "loopCharacteristics": _known(
            frozenset({"multiInstanceLoopCharacteristics"}),
            "inputCollection",
            "inputElement outputCollection outputElement",
        ),
        "versionTag": _known(frozenset({"process"}), "value"),
        "adHoc": _known(frozenset({"adHocSubProcess"}), "", "activeElementsCollection"),
    },
    DUBAN_NAMESPACE: {
        "deadline": _known(_USER, "duration", "clock calendar roll since resumes atLeast atLeastClock resultVariable"),
        "ladder": _known(_USER, "decisionId"),
        "separation": _known(_USER, "from", "when"),
        "eligibility": _known(_USER, "requires"),
        "completer": _known(_USER | {"startEvent"}, "resultVariable"),
        "evidence": _known(_USER, "photos"),
        "case": _known(frozenset({"process"}), "", "title access personal openedBy laterAccess"),
        "publish": _known(_THROWS | {"sendTask"}, "", "key ttl"),
        "label": _known(_NAMED, "en"),
        "misfire": _known(frozenset({"startEvent", "boundaryEvent"}), "policy"),
        "request": _known(frozenset({"startEvent", "boundaryEvent", "intermediateCatchEvent"}), "form candidates"),
    },
}
CLOCKS = ("WALL", "WORK", "DAY", "SHIFT")
MISFIRES = ("once", "all", "skip")
HINTS: Mapping[str, str] = {
    "userTaskForm": "a form is embedded in the diagram; save it as a .form file and name its id in formId",
    "executionListeners": "zeebe:executionListeners are not offered; draw the work as a service task",
    "taskListeners": "zeebe:taskListeners are not offered; draw the work as a service task",
}
"""What to do about Camunda 8's elements that we do not offer."""
IDLE_ZEEBE_ELEMENTS = frozenset({"properties"})
"""Key and value pairs for tools: nothing executes them, wherever they stand."""


def extension(host: etree._Element, name: str, home: str = ZEEBE_NAMESPACE) -> etree._Element | None:
    """The extension element of that name on `host`."""
    holder = host.find(f"{{{MODEL}}}extensionElements")
    return None if holder is None else holder.find(f"{{{home}}}{name}")


def check_extensions(reading: Reading, top: etree._Element) -> None:
    """Refuse, in `top` and what is inside it, every extension that is unknown or would have to be executed."""
    for element in model_elements(top):
        if xml.local(element) != "extensionElements":
            _check_attributes(reading, element)
            continue
        host = element.getparent()
        assert host is not None
        for child in element.iterchildren("*"):
            _check_child(reading, child, host)
        _check_repeats(reading, element)


def _check_attributes(reading: Reading, element: etree._Element) -> None:
    for attribute in element.attrib:
        home, _, name = str(attribute).removeprefix("{").rpartition("}")
        if home in KNOWN and not (home == ZEEBE_NAMESPACE and name in IDLE_ZEEBE_ATTRIBUTES):
            rule, prefix = _family(home)
            reading.refuse(rule, f"expected no attribute {prefix}:{name} on {xml.local(element)}", element)
        elif home in VENDOR_NAMESPACES and name not in IDLE_VENDOR_NAMES:
            _refuse_vendor(reading, VENDOR_NAMESPACES[home], name, element)


def _check_child(reading: Reading, child: etree._Element, host: etree._Element) -> None:
    home, name = xml.namespace(child), xml.local(child)
    if home in VENDOR_NAMESPACES:
        if name not in IDLE_VENDOR_NAMES:
            _refuse_vendor(reading, VENDOR_NAMESPACES[home], name, child)
        return
    if home not in KNOWN or (home == ZEEBE_NAMESPACE and name in IDLE_ZEEBE_ELEMENTS):
        return
    rule, prefix = _family(home)
    known = KNOWN[home].get(name)
    if known is None or xml.local(host) not in known.hosts:
        message = f"{prefix}:{name} cannot stand on {xml.local(host)}" if known else HINTS.get(name)
        reading.refuse(rule, message or f"{prefix}:{name} is not known", child)
        return
    _check_names(reading, child, known)
    for part in child.iterchildren("*"):
        inner = known.children.get(xml.local(part)) if xml.namespace(part) == home else None
        if inner is None:
            reading.refuse(rule, f"{prefix}:{name} holds an unknown element {xml.local(part)}", part)
        else:
            _check_names(reading, part, inner)


def _check_names(reading: Reading, element: etree._Element, known: Known) -> None:
    rule, prefix = _family(xml.namespace(element))
    label = f"{prefix}:{xml.local(element)}"
    present = {str(name) for name in element.attrib}
    for name in sorted(known.required - present):
        reading.refuse(rule, f"{label} lacks the attribute {name}", element)
    for name in sorted(present - known.required - known.optional):
        reading.refuse(rule, f"{label} has an unknown attribute {name}", element)
    for name in sorted(known.required & present):
        if not element.get(name, "").strip():
            reading.refuse(rule, f"expected a value in the attribute {name} of {label}, found nothing", element)
    if element.get("bindingType") == "versionTag":
        reading.refuse(rule, f"{label} binds by version tag, but a release pins versions; remove bindingType", element)


def _check_repeats(reading: Reading, holder: etree._Element) -> None:
    seen: set[str] = set()
    for child in holder.iterchildren("*"):
        tag = str(child.tag)
        if tag in seen and xml.namespace(child) in KNOWN:
            rule, prefix = _family(xml.namespace(child))
            reading.refuse(rule, f"expected {prefix}:{xml.local(child)} once, found it again", child)
        seen.add(tag)


def _refuse_vendor(reading: Reading, prefix: str, name: str, element: etree._Element) -> None:
    hint = "convert the diagram with `duban import`"
    reading.refuse(VENDOR, f"{prefix}:{name} changes what is executed and is not BPMN or zeebe:; {hint}", element)


def _family(home: str) -> tuple[str, str]:
    return (ZEEBE, "zeebe") if home == ZEEBE_NAMESPACE else (DUBAN, "duban")


# Lookups -----------------------------------------------------------------------------------------------------------


def label(host: etree._Element, language: str) -> str:
    """The name of `host` in another language than the diagram's (`duban:label en`); empty where it has none."""
    found = extension(host, "label", DUBAN_NAMESPACE)
    return "" if found is None else found.get(language, "").strip()


def misfire(reading: Reading, host: etree._Element, kind: str) -> str:
    """`duban:misfire`: what becomes of turns of a cycle that were missed; `kind` is that of the event's timer."""
    found = extension(host, "misfire", DUBAN_NAMESPACE)
    if found is None:
        return MISFIRES[0]
    policy = found.get("policy", "").strip()
    if policy not in MISFIRES:
        reading.refuse(DUBAN, f"expected policy of duban:misfire to be {', '.join(MISFIRES)}, found '{policy}'", found)
    if kind != "cycle":
        reading.refuse(DUBAN, "duban:misfire needs an event whose timer has a cycle (timeCycle)", found)
    return policy


def request(reading: Reading, host: etree._Element) -> Request | None:
    """`duban:request`: who may trigger the event, and with which form."""
    found = extension(host, "request", DUBAN_NAMESPACE)
    if found is None:
        return None
    if host.find(f"{{{MODEL}}}messageEventDefinition") is None:
        reading.refuse(DUBAN, "duban:request needs an event that waits for a message", found)
    return Request(found.get("form", "").strip(), reading.listing(found.get("candidates", ""), found))


def job(reading: Reading, host: etree._Element) -> Job | None:
    """`zeebe:taskDefinition` with `zeebe:taskHeaders`."""
    definition = extension(host, "taskDefinition")
    if definition is None:
        return None
    retries = definition.get("retries")
    return Job(
        type=reading.static(definition.get("type", ""), definition),
        retries=reading.number(retries, definition) if retries else None,
        headers=headers(host),
    )


def headers(host: etree._Element) -> dict[str, str]:
    """`zeebe:taskHeaders` as a mapping."""
    holder = extension(host, "taskHeaders")
    entries: Iterator[etree._Element] = iter(()) if holder is None else xml.children(holder, "header")
    return {entry.get("key", ""): entry.get("value", "") for entry in entries}


def mappings(reading: Reading, host: etree._Element, direction: str) -> tuple[IoMapping, ...]:
    """The `zeebe:input` or `zeebe:output` mappings of `host`, in order."""
    holder = extension(host, "ioMapping")
    if holder is None:
        return ()
    return tuple(
        IoMapping(reading.static(entry.get("source", ""), entry), path(reading, entry, "target"))
        for entry in xml.children(holder, direction)
    )


def path(reading: Reading, element: etree._Element, attribute: str) -> tuple[str, ...]:
    """A dotted variable path such as `order.total`."""
    parts = tuple(part.strip() for part in element.get(attribute, "").split("."))
    if not all(map(is_variable, parts)):
        found = element.get(attribute, "")
        rule, _prefix = _family(xml.namespace(element))
        reading.refuse(rule, f"expected {attribute} to be a variable name or a dotted path, found '{found}'", element)
    return parts


def is_variable(name: str) -> bool:
    """Whether a name can be a variable: letters, digits and underscores, not beginning with a digit."""
    return name.isidentifier()


def variable(reading: Reading, element: etree._Element, attribute: str) -> str | None:
    """An attribute that names a variable; None when it is absent."""
    name = (element.get(attribute) or "").strip()
    if name and not is_variable(name):
        reading.refuse(ZEEBE, f"expected {attribute} to be a variable name, found '{name}'", element)
    return name or None


def call(reading: Reading, host: etree._Element) -> Call | None:
    """`zeebe:calledElement`."""
    called = extension(host, "calledElement")
    if called is None:
        return None
    text = called.get("processId", "").strip()
    return Call(
        process=reading.static(text, called),
        static_process=None if text.startswith("=") else text,
        propagate_parent=called.get("propagateAllParentVariables", "true") == "true",
        propagate_child=called.get("propagateAllChildVariables", "true") == "true",
    )


def user_task(reading: Reading, host: etree._Element) -> UserTask:
    """Everything that `zeebe:` and `duban:` say of a user task."""
    ladder = extension(host, "ladder", DUBAN_NAMESPACE)
    return UserTask(
        form=form(reading, host),
        assignee=_optional(reading, host, "assignmentDefinition", "assignee"),
        candidate_users=_optional(reading, host, "assignmentDefinition", "candidateUsers"),
        candidate_groups=_optional(reading, host, "assignmentDefinition", "candidateGroups"),
        due=_optional(reading, host, "taskSchedule", "dueDate"),
        follow_up=_optional(reading, host, "taskSchedule", "followUpDate"),
        priority=_optional(reading, host, "priorityDefinition", "priority"),
        deadline=_deadline(reading, host),
        ladder=None if ladder is None else ladder.get("decisionId"),
        separate_from=_separation(reading, host),
        separate_when=_attribute(reading, host, "separation", "when"),
        requires=_requires(reading, host),
        photos=_photos(reading, host),
        properties=headers(host),
    )


def _optional(reading: Reading, host: etree._Element, name: str, attribute: str) -> Expression | None:
    element = extension(host, name)
    text = None if element is None else element.get(attribute)
    if element is None or not text or not text.strip():
        return None
    if attribute.startswith("candidate"):
        return reading.listing(text, element)
    return (reading.number if attribute == "priority" else reading.static)(text, element)


def form(reading: Reading, host: etree._Element) -> str | None:
    """`zeebe:formDefinition`: the id of a .form file, on a user task or a plain start event."""
    definition = extension(host, "formDefinition")
    if definition is None:
        return None
    form = (definition.get("formId") or definition.get("formKey") or "").strip()
    if not form or form.startswith("="):
        reading.refuse(ZEEBE, f"expected formId to be the id of a .form file, found '{form}'", definition)
    elif form.startswith("camunda-forms:"):
        reading.refuse(
            ZEEBE, "the form is embedded in the diagram; save it as a .form file, name it in formId", definition
        )
    return form


def _deadline(reading: Reading, host: etree._Element) -> Deadline | None:
    element = extension(host, "deadline", DUBAN_NAMESPACE)
    if element is None:
        return None
    return Deadline(
        duration=reading.static(element.get("duration", ""), element),
        clock=_choice(reading, element, "clock", CLOCKS),
        calendar=reading.static(element.get("calendar", "CN"), element),
        roll=_choice(reading, element, "roll", ("forward", "back", "none")),
        since=_given(reading, element, "since"),
        resumes=_given(reading, element, "resumes"),
        at_least=_given(reading, element, "atLeast"),
        at_least_clock=_choice(reading, element, "atLeastClock", CLOCKS) if element.get("atLeastClock") else None,
        result=variable(reading, element, "resultVariable"),
    )


def _given(reading: Reading, element: etree._Element, attribute: str) -> Expression | None:
    text = element.get(attribute, "").strip()
    return reading.static(text, element) if text else None


def _choice(reading: Reading, element: etree._Element, attribute: str, values: tuple[str, ...]) -> Expression:
    """An attribute of fixed values, the first being the default; or FEEL."""
    text = element.get(attribute, values[0]).strip()
    if not text.startswith("=") and text not in values:
        expected = f"expected {attribute} of duban:{xml.local(element)} to be {', '.join(values)} or FEEL"
        reading.refuse(DUBAN, f"{expected}, found '{text}'", element)
    return reading.static(text, element)


def _separation(reading: Reading, host: etree._Element) -> tuple[str, ...]:
    element = extension(host, "separation", DUBAN_NAMESPACE)
    if element is None:
        return ()
    names = tuple(element.get("from", "").split())
    for name in names:
        reading.resolve(name, ("userTask", "startEvent"), element)
    return names


def _attribute(reading: Reading, host: etree._Element, name: str, attribute: str) -> Expression | None:
    element = extension(host, name, DUBAN_NAMESPACE)
    return None if element is None else _given(reading, element, attribute)


def _requires(reading: Reading, host: etree._Element) -> Expression | None:
    """`duban:eligibility`: tokens, as a list or as FEEL."""
    element = extension(host, "eligibility", DUBAN_NAMESPACE)
    return None if element is None else reading.listing(element.get("requires", ""), element)


def completer(reading: Reading, host: etree._Element) -> str | None:
    """`duban:completer`: the variable that receives the id of whoever completed the task, or began the case."""
    element = extension(host, "completer", DUBAN_NAMESPACE)
    return None if element is None else variable(reading, element, "resultVariable")


def _photos(reading: Reading, host: etree._Element) -> int:
    element = extension(host, "evidence", DUBAN_NAMESPACE)
    return 0 if element is None else reading.whole(element, "photos", 0)
