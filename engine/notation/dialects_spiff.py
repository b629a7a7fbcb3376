"""SpiffWorkflow's extensions (`spiffworkflow:`) in Camunda 8's `zeebe:` words, and its Python conditions in FEEL.

Python is never run: a condition is read by our own parser, a script stays where it is and is listed.
"""

import re
from pathlib import PurePosixPath

from lxml import etree

from engine.notation import xml
from engine.notation.bpmn_extensions import KNOWN, VENDOR_NAMESPACES, ZEEBE_NAMESPACE
from engine.notation.bpmn_source import MODEL, shown
from engine.notation.dialects_expressions import Untranslatable, from_python
from engine.notation.dialects_target import CHECK, CODE, EXPRESSION, NO_TWIN, Vendor, Work

NAMESPACES = {home: prefix for home, prefix in VENDOR_NAMESPACES.items() if prefix == "spiffworkflow"}
CONDITIONS = ("conditionExpression", "completionCondition", "loopCondition", "condition")
VALUES = ("loopCardinality", "timeDate", "timeDuration", "timeCycle", "messagePath")
SCRIPTS = ("preScript", "postScript")
FORM_HOSTS = KNOWN[ZEEBE_NAMESPACE]["formDefinition"].hosts
DECISION_RESULT = "decisionResult"
_ISO = re.compile(r"P(?=[\dT])[\dYMWDTHS.]+$|R\d*/|\d{4}-\d\d")


def convert_spiff(work: Work) -> None:
    """Convert everything of the namespace, and every Python condition."""
    for element in list(work.document.elements()):
        if xml.namespace(element) != MODEL:
            continue
        name = xml.local(element)
        if name in CONDITIONS or name in VALUES:
            _expression(work, element, condition=name in CONDITIONS)
        elif name == "script":
            work.left(CODE, "a Python script was left; write FEEL (zeebe:script) or a job", element)
        elif name == "manualTask":
            work.left(NO_TWIN, "a manual task waits for nobody here; make it a user task if somebody must act", element)
        _convert(Vendor.of(work, element, NAMESPACES))


def _convert(vendor: Vendor) -> None:
    for operator in vendor.take("serviceTaskOperator"):
        _operator(vendor, operator)
    for called in vendor.take("calledDecisionId"):
        _decision(vendor, called)
    for properties in vendor.take("properties"):
        _properties(vendor, properties)
    for script in vendor.take(*SCRIPTS):
        vendor.work.left(
            CODE, f"{xml.local(script)} runs Python; write it as a script task in FEEL, or as a mapping", script
        )
    for tests in vendor.take("unitTests"):
        vendor.work.document.remove(tests)
        vendor.work.dropped("unitTests: tests of a script that is not run here", tests)
    if xml.local(vendor.host) == "userTask":
        _instructions(vendor)
    vendor.rest()


def _expression(work: Work, element: etree._Element, *, condition: bool) -> None:
    text = xml.text(element).strip()
    if not text or text.startswith("="):
        return
    try:
        made = from_python(text, condition=condition)
    except Untranslatable as error:
        if condition or not xml.local(element).startswith("time"):
            work.left(EXPRESSION, f"the expression {shown(text)} was left: {error}", element)
        elif not _ISO.match(text):
            work.left(EXPRESSION, f"the time {shown(text)} was left: {error}", element)
        return
    feel = work.remarked(made, element)
    if xml.local(element).startswith("time"):
        feel = feel[1:-1] if feel.startswith('"') and "\\" not in feel else _time(text, feel)
    if feel != text:
        work.document.set_text(element, feel)
        work.carried += 1


def _time(text: str, feel: str) -> str:
    """What reads like ISO 8601 stays; other names are variables, and a timer needs `=` to know."""
    return text if _ISO.match(text) else f"={feel}"


def _operator(vendor: Vendor, operator: etree._Element) -> None:
    """A call of a connector: its id is the job's type, its parameters are the job's inputs."""
    if xml.local(vendor.host) != "serviceTask" or not operator.get("id"):
        vendor.work.left(NO_TWIN, "expected a serviceTaskOperator with an id on a service task; it was left", operator)
        return
    parameters = [each for holder in operator.iterchildren("*") for each in holder.iterchildren("*")]
    gained = vendor.work.extension(vendor.host)
    gained.add("taskDefinition", type=operator.get("id"))
    if operator.get("resultVariable"):
        gained.headers.append(("resultVariable", operator.get("resultVariable", "")))
    carried = [_parameter(vendor, parameter) for parameter in parameters]
    if all(carried):
        vendor.work.taken(operator)


def _parameter(vendor: Vendor, parameter: etree._Element) -> bool:
    name, text = parameter.get("id", ""), parameter.get("value", "").strip()
    if not text:
        return True
    try:
        source = f"={vendor.work.remarked(from_python(text), parameter)}"
    except Untranslatable as error:
        vendor.work.left(EXPRESSION, f"the parameter '{name}' {shown(text)} was left: {error}", parameter)
        return False
    if vendor.work.mapping(vendor.host, "input", source, name):
        return True
    vendor.work.left(NO_TWIN, f"the parameter '{name}' cannot be a variable; it was left", parameter)
    return False


def _decision(vendor: Vendor, called: etree._Element) -> None:
    decision = xml.text(called).strip()
    if not decision:
        vendor.work.left(NO_TWIN, "expected the id of a decision, found nothing", called)
        return
    gained = vendor.work.extension(vendor.host)
    gained.add("calledDecision", decisionId=decision, resultVariable=DECISION_RESULT)
    vendor.work.taken(called)
    vendor.work.left(CHECK, f"each output was a variable of its own; all of them are in {DECISION_RESULT} now", called)


def _properties(vendor: Vendor, holder: etree._Element) -> None:
    for each in holder.iterchildren("*"):
        name, value = each.get("name", ""), each.get("value", "")
        if name == "formJsonSchemaFilename" and value and xml.local(vendor.host) in FORM_HOSTS:
            form = PurePosixPath(value).stem
            vendor.work.extension(vendor.host).add("formDefinition", formId=form)
            vendor.work.taken(each)
            vendor.work.check(f"draw the JSON schema {shown(value)} as a form with the id '{form}'", each)
        elif name == "formUiSchemaFilename":
            vendor.work.document.remove(each)
            vendor.work.dropped(f"formUiSchemaFilename {shown(value)}: a form holds its own layout", each)
    vendor.work.document.prune(holder)


def _instructions(vendor: Vendor) -> None:
    for element in vendor.take("instructionsForEndUser"):
        vendor.work.extension(vendor.host).headers.append(("instructions", xml.text(element).strip()))
        vendor.work.taken(element)
