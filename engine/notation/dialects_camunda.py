"""Camunda 7 and its cousins Activiti and Flowable: what their attributes and elements say in `zeebe:` words.

One method a subject. Each takes what it can carry away from the host and writes it anew; what nobody took stays and is
listed. `docs/dialects.md` has the table.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from lxml import etree

from engine.notation import xml
from engine.notation.bpmn_extensions import KNOWN, VENDOR_NAMESPACES, ZEEBE_NAMESPACE, extension, is_variable
from engine.notation.bpmn_source import MODEL, quoted, shown
from engine.notation.dialects_expressions import MOST_TEXT, Untranslatable, from_template
from engine.notation.dialects_target import CODE, EXPRESSION, FORM, NO_TWIN, Vendor, Work

NAMESPACES = {home: prefix for home, prefix in VENDOR_NAMESPACES.items() if prefix != "spiffworkflow"}
IDLE = {
    "every wait is stored and every job runs by itself, so nothing is asynchronous by choice": (
        "async", "asyncBefore", "asyncAfter", "exclusive",
    ),
    "jobs are done in the order of their due time": ("jobPriority", "taskPriority"),
    "how long histories are kept is a setting of the installation": ("historyTimeToLive",),
    "who may start a case is a matter of grants": ("isStartableInTasklist",),
    "a release holds one version of everything that it names": (
        "decisionRefBinding", "decisionRefVersion", "decisionRefVersionTag", "decisionRefTenantId",
        "calledElementBinding", "calledElementVersion", "calledElementVersionTag", "calledElementTenantId",
        "calledElementType", "formRefBinding", "formRefVersion",
    ),
    "a template of the other engine": ("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"),
    "a condition is looked at whenever a variable that it reads changes": ("variableName", "variableEvents"),
}  # fmt: skip
"""Why → attributes that are removed because they say nothing here."""
NOTES = ("properties", "diagramRelationId")
"""What stays and harms nobody."""
LISTENERS = ("executionListener", "taskListener", "eventListener")
FORMS = ("formData", "formProperty")
JOBS = ("serviceTask", "sendTask", "businessRuleTask")
EXPRESSIONS = (
    "completionCondition", "loopCardinality", "loopCondition", "condition", "timeDate", "timeDuration", "timeCycle",
)  # fmt: skip
NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
OWNERS = {"user": "candidateUsers", "group": "candidateGroups"}
IO_HOSTS = KNOWN[ZEEBE_NAMESPACE]["ioMapping"].hosts

_BEAN = re.compile(r"[A-Za-z_][\w.]*$")
_CALL = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_RETRIES = re.compile(r"R(\d{1,4})/P")
_LISTED = re.compile(r"(?:[$#]\{[^{}]*\}|[^,])+")
_OWNER = re.compile(r"(user|group)\s*\(([^()]*)\)$")
_DURATION = re.compile(r"P(?=[\dT])[\dYMWDTHS.]+$")


def convert_camunda(work: Work) -> None:
    """Convert everything of the three namespaces, and every `${…}`."""
    for element in list(work.document.elements()):
        if xml.namespace(element) == MODEL:
            _convert(work, element)


def _convert(work: Work, element: etree._Element) -> None:
    name = xml.local(element)
    vendor = Vendor.of(work, element, NAMESPACES)
    for subject in SUBJECTS.get(name, ()):
        subject(vendor)
    if name in EXPRESSIONS or name == "conditionExpression":
        _expression(work, element)
    if name in NAMED and "{" in element.get(NAMED[name], ""):
        _named(work, element, NAMED[name])
    if vendor.attributes or vendor.elements:
        _common(vendor)


def _common(vendor: Vendor) -> None:
    """What may stand on any element."""
    _input_output(vendor)
    _retries(vendor)
    for reason, names in IDLE.items():
        vendor.drop(reason, names)
    for listener in vendor.take(*LISTENERS):
        vendor.work.left(CODE, "a listener runs code; draw what it does as a service task", listener)
    for form in vendor.take(*FORMS):
        vendor.work.left(FORM, "a form is drawn in the diagram; make it a .form file and name it in formId", form)
    vendor.take(*NOTES)
    for note in NOTES:
        vendor.attributes.pop(note, None)
    vendor.rest()


# Expressions ---------------------------------------------------------------------------------------------------------


def _expression(work: Work, element: etree._Element) -> None:
    text = xml.text(element).strip()
    language = element.get("language", "")
    if language and language.lower() not in ("juel", "feel") and "://" not in language:
        work.left(CODE, f"a condition in {shown(language)} was left; write it in FEEL", element)
        return
    if "${" not in text and "#{" not in text:
        return
    if xml.local(element) not in ("timeDate", "timeDuration", "timeCycle") and not re.match(r"[$#]\{.*\}$", text, re.S):
        work.left(EXPRESSION, f"expected one expression, found the text {shown(text)}; it was left", element)
        return
    made = work.value(text, element, "the expression")
    if made is not None:
        work.document.set_text(element, made)
        work.carried += 1
        if language.lower() == "juel":
            work.document.remove_attribute(element, "language")


def _named(work: Work, element: etree._Element, attribute: str) -> None:
    made = work.value(element.get(attribute, ""), element, attribute)
    if made is not None and made != element.get(attribute):
        work.document.set_attribute(element, attribute, made)
        work.carried += 1


# User tasks ----------------------------------------------------------------------------------------------------------


def _assignment(vendor: Vendor) -> None:
    made = {"assignee": vendor.value("assignee")}
    for name in ("candidateUsers", "candidateGroups"):
        made[name] = _people(vendor.work, vendor.host, name, vendor.get(name) or "")
        if made[name] is None and vendor.get(name):
            vendor.attributes.pop(name)  # it was left, and listed
    if any(made.values()):
        vendor.work.extension(vendor.host).add("assignmentDefinition", **made)
    vendor.carried(*(name for name in made if name in vendor.attributes))


def _people(work: Work, host: etree._Element, what: str, text: str) -> str | None:
    """A list with commas, any of whose parts may be an expression; None if it is empty, or was left."""
    parts = [part.strip() for part in _LISTED.findall(text) if part.strip()]
    if len(parts) < 2 or "{" not in text or len(text) > MOST_TEXT:
        return work.value(text, host, what) if parts else None
    made = [work.value(part, host, what) for part in parts]
    if any(each is None for each in made):
        return None
    return f"=flatten([{', '.join(_feel(each or '') for each in made)}])"


def _owners(vendor: Vendor) -> None:
    """`humanPerformer` and `potentialOwner`, as these engines read them: `user(a), group(b), c`, where c is a group."""
    for role in xml.children(vendor.host, "humanPerformer", "potentialOwner"):
        found = _named_owners(xml.text(role), performs=xml.local(role) == "humanPerformer")
        gained = vendor.work.extension(vendor.host)
        said = gained.elements.get("assignmentDefinition", {})
        made = {wanted: _people(vendor.work, role, wanted, ",".join(names)) for wanted, names in found.items()}
        if not made or None in made.values():
            continue
        if set(made) & set(said):
            vendor.work.left(NO_TWIN, f"{xml.local(role)} says again who may do the task; it was left", role)
            continue
        gained.add("assignmentDefinition", **made)
        vendor.work.taken(role)


def _named_owners(text: str, *, performs: bool) -> dict[str, list[str]]:
    """Attribute of the assignment → names."""
    found: dict[str, list[str]] = {}
    for part in filter(None, map(str.strip, _LISTED.findall(text))):
        owner = _OWNER.match(part)
        kind, name = (owner[1], owner[2].strip()) if owner else ("group", part)
        found.setdefault("assignee" if performs else OWNERS[kind], []).append(name)
    return found


def _feel(value: str) -> str:
    """A zeebe attribute's value as FEEL."""
    return value[1:] if value.startswith("=") else quoted(value)


def _schedule(vendor: Vendor) -> None:
    made = {name: vendor.value(name) for name in ("dueDate", "followUpDate")}
    made = {name: _from_now(value) for name, value in made.items()}
    if any(made.values()):
        vendor.work.extension(vendor.host).add("taskSchedule", **made)
    priority = vendor.value("priority")
    if priority is not None:
        vendor.work.extension(vendor.host).add("priorityDefinition", priority=priority)
    vendor.carried("dueDate", "followUpDate", "priority")


def _from_now(value: str | None) -> str | None:
    """Camunda 7 counts a duration from the moment when the task begins."""
    return f"=now() + duration({quoted(value)})" if value and _DURATION.match(value) else value


def _form(vendor: Vendor) -> None:
    for name in ("formRef", "formKey"):
        text = vendor.get(name)
        if text is None:
            continue
        form = text if name == "formRef" else _form_id(text)
        if not re.match(r"[\w.-]+$", form):
            vendor.leave(
                FORM, f"{name} {shown(text)} names no .form file; draw the form and name its id in formId", name
            )
            continue
        vendor.work.extension(vendor.host).add("formDefinition", formId=form)
        vendor.carried(name)
        if form != text:
            vendor.work.check(f"formKey {shown(text)} was taken for the form with the id '{form}'", vendor.host)


def _form_id(key: str) -> str:
    """The id of a Camunda form in a form key; other kinds of key (HTML, an address) have none."""
    if key.startswith(("camunda-forms:deployment:", "camunda-forms:app:")) and key.endswith(".form"):
        return PurePosixPath(key.rpartition(":")[2]).stem
    return "" if ":" in key else key


# Work ----------------------------------------------------------------------------------------------------------------


def _work(vendor: Vendor, target: etree._Element | None = None) -> None:
    """What a service task does becomes a job, whose type names the class, the bean, the method or the topic."""
    target = vendor.host if target is None else target
    named = next((find for name, find in IMPLEMENTATIONS.items() if name in vendor.attributes), None)
    if named is None:
        return
    found = named(vendor)
    if found is None:
        for name in ("resultVariable", "topic"):
            vendor.attributes.pop(name, None)
        return
    job, names = found
    gained = vendor.work.extension(target)
    gained.add("taskDefinition", type=job)
    result = vendor.get("resultVariable")
    if result is not None:
        gained.headers.append(("resultVariable", result))
    vendor.carried(*names, "resultVariable")
    _fields(vendor, target)


Found = tuple[str, tuple[str, ...]]


def _typed(vendor: Vendor) -> Found | None:
    kind = vendor.get("type") or ""
    if kind != "external":
        return kind, ("type",)
    if not vendor.get("topic"):
        vendor.leave(NO_TWIN, "an external task without topic names no job", "type")
        return None
    topic = vendor.value("topic")
    return None if topic is None else (topic, ("type", "topic"))


def _class(vendor: Vendor) -> Found | None:
    name = vendor.get("class") or ""
    if re.match(r"[\w.$]+$", name):
        return name, ("class",)
    vendor.leave(CODE, f"the class {shown(name)} names no job", "class")
    return None


def _delegate(vendor: Vendor) -> Found | None:
    text = vendor.get("delegateExpression") or ""
    bean = _inside(text)
    if _BEAN.match(bean):
        return bean, ("delegateExpression",)
    vendor.leave(CODE, f"the delegate {shown(text)} is more than the name of a bean", "delegateExpression")
    return None


def _method(vendor: Vendor) -> Found | None:
    text = vendor.get("expression") or ""
    inside = _inside(text)
    called = _CALL.match(inside)
    if called and inside.endswith(")"):
        vendor.work.extension(_job_host(vendor.host)).headers.append(("expression", text))
        return called[1], ("expression",)
    hint = "make it a script task, or a job with zeebe:taskDefinition"
    vendor.leave(CODE, f"the expression {shown(text)} calls no method, so it names no job; {hint}", "expression")
    return None


def _inside(text: str) -> str:
    """What stands between the braces of one expression; empty for anything else."""
    text = text.strip()
    return text[2:-1].strip() if text.startswith(("${", "#{")) and text.endswith("}") else ""


IMPLEMENTATIONS: dict[str, Callable[[Vendor], Found | None]] = {
    "type": _typed,
    "class": _class,
    "delegateExpression": _delegate,
    "expression": _method,
}


def _job_host(host: etree._Element) -> etree._Element:
    """A message event's work is said on its definition, but belongs to the event."""
    parent = host.getparent()
    return parent if xml.local(host) == "messageEventDefinition" and parent is not None else host


def _fields(vendor: Vendor, target: etree._Element) -> None:
    """Injected fields: texts become headers of the job, expressions become its inputs."""
    for element in vendor.take("field"):
        name = element.get("name", "")
        inner = next(iter(element.iterchildren("*")), None)
        text = element.get("stringValue") or element.get("expression") or xml.text(inner).strip()
        value = vendor.work.value(text, element, f"the field '{name}'")
        if value is None:
            continue
        if not value.startswith("="):
            vendor.work.extension(target).headers.append((name, value))
        elif not vendor.work.mapping(target, "input", value, name):
            vendor.work.left(NO_TWIN, f"the field '{name}' cannot be a variable; it was left", element)
            continue
        vendor.work.taken(element)


def _connector(vendor: Vendor) -> None:
    """A connector is a job too: its id is the type, its inputs and outputs are those of the activity."""
    for connector in vendor.take("connector"):
        parts = {xml.local(part): part for part in connector.iterchildren("*")}
        job = xml.text(parts.get("connectorId")).strip()
        if not job:
            vendor.work.left(NO_TWIN, "a connector without connectorId names no job", connector)
            continue
        vendor.work.extension(vendor.host).add("taskDefinition", type=job)
        vendor.work.document.remove(parts["connectorId"])
        if "inputOutput" in parts:
            _parameters(vendor, parts["inputOutput"])
        vendor.work.carried += 1
        vendor.work.document.prune(connector)


def _message_work(vendor: Vendor) -> None:
    event = vendor.host.getparent()
    if event is not None and xml.local(event) in ("intermediateThrowEvent", "endEvent"):
        _work(vendor, event)


def _retries(vendor: Vendor) -> None:
    gained = vendor.work.extension(vendor.host) if xml.local(vendor.host) in JOBS else None
    for element in vendor.take("failedJobRetryTimeCycle"):
        text = xml.text(element).strip()
        match = _RETRIES.match(text)
        if gained is not None and "taskDefinition" in gained.elements and match:
            gained.add("taskDefinition", retries=match[1])
        vendor.work.document.remove(element)
        vendor.work.dropped(f"failedJobRetryTimeCycle {shown(text)}: the engine chooses when it tries again", element)


# Decisions, scripts, calls -------------------------------------------------------------------------------------------


def _decision(vendor: Vendor) -> None:
    if "decisionRef" not in vendor.attributes:
        return
    decision = vendor.value("decisionRef")
    if decision is None:
        return
    result = vendor.get("resultVariable") or "decisionResult"
    if not is_variable(result):
        vendor.leave(
            NO_TWIN, f"the result variable {shown(result)} cannot be a variable", "decisionRef", "resultVariable"
        )
        return
    vendor.work.extension(vendor.host).add("calledDecision", decisionId=decision, resultVariable=result)
    shape = vendor.get("mapDecisionResult") or "resultList"
    if shape != "singleEntry":
        vendor.work.check(f"the result came as {shape}; here the table's hit policy shapes it", vendor.host)
    vendor.carried("decisionRef", "resultVariable", "mapDecisionResult")


def _script(vendor: Vendor) -> None:
    script = xml.child(vendor.host, "script")
    language = vendor.host.get("scriptFormat", "").lower()
    if script is None:
        return
    if language not in ("juel", "feel"):
        vendor.attributes.pop("resultVariable", None)
        vendor.work.left(CODE, f"a script in {shown(language or 'no language')} was left; write FEEL or a job", script)
        return
    text = xml.text(script).strip()
    made = f"={text.removeprefix('=')}" if language == "feel" else vendor.work.value(text, script, "the script")
    if made is None:
        vendor.attributes.pop("resultVariable", None)
        return
    made = made if made.startswith("=") else f"={quoted(made)}"
    vendor.work.extension(vendor.host).add("script", expression=made, resultVariable=vendor.get("resultVariable"))
    vendor.carried("resultVariable")
    vendor.work.taken_attribute(vendor.host, "scriptFormat")
    vendor.work.taken(script)


def _call(vendor: Vendor) -> None:
    """Camunda 7 passes only what `in` and `out` name; Camunda 8 passes everything unless it is told not to."""
    text = vendor.host.get("calledElement")
    if text is None or extension(vendor.host, "calledElement") is not None:
        return
    process = vendor.work.value(text, vendor.host, "calledElement")
    if process is None:
        return
    every = {direction: _passed(vendor, direction) for direction in ("in", "out")}
    vendor.work.extension(vendor.host).add(
        "calledElement",
        processId=process,
        propagateAllParentVariables=str(every["in"]).lower(),
        propagateAllChildVariables=str(every["out"]).lower(),
    )
    vendor.work.taken_attribute(vendor.host, "calledElement")


def _passed(vendor: Vendor, direction: str) -> bool:
    """Carry `in` or `out` elements; whether one of them passes all variables."""
    every = False
    for element in vendor.take(direction):
        if element.get("variables") == "all":
            every = True
            vendor.work.taken(element)
        elif element.get("businessKey") is not None:
            vendor.work.document.remove(element)
            vendor.work.dropped("businessKey: a called process is part of its caller's case", element)
        else:
            _passed_one(vendor, direction, element)
    return every


def _passed_one(vendor: Vendor, direction: str, element: etree._Element) -> None:
    source = element.get("source")
    text = f"${{{source}}}" if source else element.get("sourceExpression", "")
    value = vendor.work.value(text, element, f"what camunda:{direction} passes")
    if value is None:
        return
    if vendor.work.mapping(vendor.host, f"{direction}put", f"={_feel(value)}", element.get("target", "")):
        vendor.work.taken(element)
    else:
        vendor.work.left(NO_TWIN, f"{shown(element.get('target', ''))} cannot be a variable; it was left", element)


# Inputs, outputs, loops, processes -----------------------------------------------------------------------------------


def _input_output(vendor: Vendor) -> None:
    allowed = xml.local(vendor.host) in IO_HOSTS
    for holder in vendor.take("inputOutput"):
        if not allowed:
            vendor.work.left(NO_TWIN, f"{xml.local(vendor.host)} has no inputs and outputs; they were left", holder)
            continue
        _parameters(vendor, holder)


def _parameters(vendor: Vendor, holder: etree._Element) -> None:
    parameters = list(holder.iterchildren("*"))
    for parameter in parameters:
        _parameter(vendor, parameter)
    if not parameters:
        vendor.work.document.remove(holder)
    vendor.work.document.prune(holder)
    if any(xml.local(parameter) == "outputParameter" for parameter in parameters):
        vendor.work.check("only its outputs leave an activity here that has any", vendor.host)


def _parameter(vendor: Vendor, element: etree._Element) -> None:
    name, direction = element.get("name", ""), xml.local(element).removesuffix("Parameter")
    try:
        value = _structure(element)
    except Untranslatable as error:
        vendor.work.left(EXPRESSION, f"the {direction} '{name}' was left: {error}", element)
        return
    if direction in ("input", "output") and vendor.work.mapping(vendor.host, direction, value, name):
        vendor.work.taken(element)
    else:
        vendor.work.left(NO_TWIN, f"the {direction} '{name}' cannot be a variable; it was left", element)


def _structure(element: etree._Element) -> str:
    """The value of a parameter, list item or map entry as a zeebe source. Raises Untranslatable."""
    inner = next(iter(element.iterchildren("*")), None)
    if inner is None:
        text = xml.text(element).strip()
        made = from_template(text)
        return f"={made.feel}" if made else f"={quoted(text)}" if text.startswith("=") else text
    kind = xml.local(inner)
    if kind == "list":
        return f"=[{', '.join(_feel(_structure(item)) for item in inner.iterchildren('*'))}]"
    if kind == "map":
        entries = [f"{quoted(entry.get('key', ''))}: {_feel(_structure(entry))}" for entry in inner.iterchildren("*")]
        return f"={{{', '.join(entries)}}}"
    raise Untranslatable("a script runs code; compute it in a script task")


def _multiple(vendor: Vendor) -> None:
    text = vendor.get("collection")
    if text is None:
        return
    collection = vendor.value("collection") if "{" in text else f"={text}"
    item = vendor.get("elementVariable")
    if collection is None:
        return
    if not is_variable(item or "item") or not ("{" in text or is_variable(text)):
        vendor.leave(NO_TWIN, f"the collection {shown(text)} is no variable", "collection", "elementVariable")
        return
    vendor.work.extension(vendor.host).add("loopCharacteristics", inputCollection=collection, inputElement=item)
    vendor.carried("collection", "elementVariable")


def _process(vendor: Vendor) -> None:
    tag = vendor.get("versionTag")
    if tag:
        vendor.work.extension(vendor.host).add("versionTag", value=tag)
        vendor.carried("versionTag")


SUBJECTS: dict[str, tuple[Callable[[Vendor], None], ...]] = {
    "userTask": (_assignment, _owners, _schedule, _form),
    "startEvent": (_form,),
    "serviceTask": (_work, _connector),
    "sendTask": (_work, _connector),
    "businessRuleTask": (_decision, _work),
    "messageEventDefinition": (_message_work,),
    "scriptTask": (_script,),
    "callActivity": (_call,),
    "multiInstanceLoopCharacteristics": (_multiple,),
    "process": (_process,),
}
