"""The front door for .bpmn files: well-formed, valid by the standard's schema, and what its definitions register.

SpiffWorkflow supplies the schema validator and the registry of processes, messages, signals, errors, escalations and
lanes. Its reading of flow nodes is not used: it drops things silently.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine import feel
from engine.errors import DubanError, InvalidModel, Problem
from engine.feel import Expression
from engine.notation import xml

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOST_PROBLEMS = 200
"""How many problems one refusal lists: a person fixes these first, and a hostile file cannot make us write much."""

SCHEMA = "BPMN001"
NOT_EXECUTABLE = "BPMN002"
UNKNOWN_ELEMENT = "BPMN003"
IDENTITY = "BPMN004"
REFERENCE = "BPMN005"
START = "BPMN006"
BOUNDARY = "BPMN007"
SEQUENCE_FLOW = "BPMN008"
GATEWAY = "BPMN009"
EVENT = "BPMN010"
FEEL = "BPMN011"
LANGUAGE = "BPMN012"
VENDOR = "BPMN013"
IMPLEMENTATION = "BPMN014"
ZEEBE = "BPMN015"
DUBAN = "BPMN016"
UNSUPPORTED_FEATURE = "BPMN017"
TIMER = "BPMN018"
LINK = "BPMN019"
LOOP = "BPMN020"
COMPENSATION = "BPMN021"
DATA = "BPMN022"
SIZE = "BPMN023"


_BAD_ID = re.compile(r"attribute 'id': '(.*)' is not a valid value of the atomic type 'xs:ID'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Foreign:
    """How the texts of another tool's dialect become ours; for conformance adapters only.

    expression: a condition, count or correlation in the dialect → FEEL text.
    script: the text of a script task → the type of the job that does its work.
    service: what a service, send or rule task names (operation, implementation or, failing both, its id) → job type.
    Each may raise ValueError or a DubanError for a text that it cannot translate: the text is refused at its place.
    """

    expression: Callable[[str], str]
    script: Callable[[str], str]
    service: Callable[[str], str] = str


class _Registry(BpmnParser):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """SpiffWorkflow's registry of one file, without its demand that every data store has a Python class."""

    def _add_data_stores(self, bpmn: Any) -> None:
        """Data stores are read by our own walk."""

    def _add_correlations(self, bpmn: Any) -> None:
        """Correlation properties are read by our own walk, which compiles their expressions."""


_validating = Lock()  # a schema object keeps the error log of its last run


@cache
def _validator() -> Any:
    return BpmnValidator()


@dataclass(slots=True)
class Reading:
    """One reading of one file: its root, what its definitions register, and everything found wrong so far."""

    file: str
    root: etree._Element
    foreign: Foreign | None
    unsupported: Mapping[str, str]
    ids: dict[str, etree._Element] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # message, signal id → name
    codes: dict[str, str] = field(default_factory=dict)  # error, escalation id → code
    lanes: dict[str, str] = field(default_factory=dict)  # flow node id → name of its innermost lane
    correlated: set[str] = field(default_factory=set)  # ids of the messages that have correlation properties
    carried: set[str] = field(default_factory=set)  # ids of the data objects that are used, not only drawn
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, rule: str, message: str, element: etree._Element) -> None:
        """Note one problem at an element; the reading goes on, so that one refusal names everything."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(
                Problem(rule=rule, message=message, element=owner(element), line=xml.line(element), file=self.file)
            )

    def feature(self, key: str, element: etree._Element) -> None:
        """Refuse what the engine cannot run yet. This is the one place that asks."""
        if key in self.unsupported:
            self.refuse(UNSUPPORTED_FEATURE, self.unsupported[key], element)

    def resolve(self, reference: str | None, kinds: Collection[str], element: etree._Element) -> etree._Element | None:
        """The element that a reference names, if it is one of `kinds`; None, and a problem, if not.

        A prefix (`tns:Message_1`) is dropped: all that an executable diagram refers to is in its own file.
        """
        found = self.ids.get((reference or "").rpartition(":")[2].strip())
        if found is not None and xml.local(found) in kinds:
            return found
        came = f"a {xml.local(found)}" if found is not None else "nothing"
        self.refuse(REFERENCE, f"expected '{reference}' to be the id of a {' or '.join(kinds)}, found {came}", element)
        return None

    def whole(self, element: etree._Element, name: str, default: int) -> int:
        """A whole-number attribute, from 0 to a million."""
        text = (element.get(name) or str(default)).strip().removeprefix("+")
        if text.isdecimal() and len(text) <= 7 and int(text) <= 1_000_000:
            return int(text)
        self.refuse(SIZE, f"expected {name} to be a whole number up to 1000000, found {shown(text)}", element)
        return default

    def raise_problems(self) -> None:
        """Raise InvalidModel if anything was found wrong."""
        if self.problems:
            raise InvalidModel(sorted(self.problems, key=lambda problem: problem.line))

    # Texts ---------------------------------------------------------------------------------------------------------

    def feel(self, text: str, element: etree._Element, names: Collection[str] = ()) -> Expression:
        """Compile a FEEL text (without a leading `=`); a syntax error becomes a problem and the result is null."""
        try:
            return feel.compile(text, names)
        except DubanError as error:
            self.refuse(FEEL, f"in the FEEL expression {shown(text)}: {error.message}", element)
            return feel.compile("null")

    def formal(self, element: etree._Element) -> Expression:
        """An expression element such as `conditionExpression`: `=…` or bare, in FEEL or in the foreign dialect."""
        text = xml.text(element).strip()
        if text.startswith("="):
            return self.feel(text[1:], element)
        if self.foreign:
            text = self._translated(self.foreign.expression, text, element)
        elif not text:
            self.refuse(FEEL, f"expected a FEEL expression in {xml.local(element)}, found nothing", element)
            return feel.compile("null")
        elif not self._speaks_feel(text, element.get("language") or self.root.get("expressionLanguage"), element):
            return feel.compile("null")
        return self.feel(text, element)

    def static(self, text: str, element: etree._Element) -> Expression:
        """An attribute or timer text: `=…` is FEEL, anything else is a string as it stands."""
        text = text.strip()
        if text.startswith("="):
            return self.feel(text[1:], element)
        return literal(text) if self._speaks_feel(text, None, element) else feel.compile("null")

    def number(self, text: str, element: etree._Element) -> Expression:
        """Like `static`, but a whole number becomes a FEEL number."""
        text = text.strip()
        return feel.compile(text) if text.removeprefix("-").isdecimal() else self.static(text, element)

    def listing(self, text: str, element: etree._Element) -> Expression:
        """Like `static`, but `a, b` becomes a FEEL list of strings (Camunda 8 writes candidates so)."""
        if text.strip().startswith("=") or "${" in text:
            return self.static(text, element)
        parts = [part.strip() for part in text.split(",")]
        return feel.compile("[" + ", ".join(quoted(part) for part in parts if part) + "]")

    def script_job(self, text: str, element: etree._Element) -> str:
        """The job type for a foreign script."""
        assert self.foreign is not None
        return self._translated(self.foreign.script, text, element)

    def service_job(self, text: str, element: etree._Element) -> str:
        """The job type for a foreign service."""
        assert self.foreign is not None
        return self._translated(self.foreign.service, text, element)

    def _translated(self, translate: Callable[[str], str], text: str, element: etree._Element) -> str:
        try:
            return translate(text)
        except (ValueError, DubanError) as error:
            self.refuse(LANGUAGE, f"the text {shown(text)} cannot be translated: {error}", element)
            return "null"

    def _speaks_feel(self, text: str, language: str | None, element: etree._Element) -> bool:
        if "${" in text or "#{" in text:
            hint = "convert the diagram with `duban import`"
            self.refuse(LANGUAGE, f"expected FEEL, found the JUEL expression {shown(text)}; {hint}", element)
            return False
        if language and "feel" not in language.lower():
            hint = f"write FEEL (a leading = says so) in place of {shown(text)}, or convert it with `duban import`"
            self.refuse(LANGUAGE, f"expected the expression language FEEL, found '{language}'; {hint}", element)
            return False
        return True


def open_source(
    data: bytes, file: str, foreign: Foreign | None, unsupported: Mapping[str, str], limits: xml.Limits
) -> Reading:
    """Check the file as a whole and register its definitions. Raises InvalidModel; what it returns is schema-valid."""
    root = xml.read(data, file=file, limits=limits)
    reading = Reading(file, root, foreign, unsupported)
    if root.tag != f"{{{MODEL}}}definitions":
        expected = f"expected the root element definitions of {MODEL}"
        reading.refuse(SCHEMA, f"{expected}, found {xml.local(root)} of {xml.namespace(root) or 'no namespace'}", root)
        reading.raise_problems()
    _validate(reading)
    reading.raise_problems()
    _register(reading)
    reading.raise_problems()
    return reading


def _validate(reading: Reading) -> None:
    """Every schema error, not only the last that SpiffWorkflow's exception tells."""
    validator = _validator()
    with _validating:
        try:
            validator.validate(reading.root)
        except ValidationException:
            errors = [(error.message, error.line, error.path) for error in validator.validator.error_log]
        else:
            return
    used = Counter(element.get("id") for element in reading.root.iter("*"))
    for message, line, path in errors[:MOST_PROBLEMS]:
        rule, text = _explained(message.replace(f"{{{MODEL}}}", ""), used)
        reading.problems.append(Problem(rule, text, _owner_at(reading.root, path), line, reading.file))


def _explained(message: str, used: Mapping[str | None, int]) -> tuple[str, str]:
    """A schema error in words that help, where libxml2's do not."""
    found = _BAD_ID.search(message)
    if found is None:
        return SCHEMA, f"not valid BPMN 2.0: {shown(message, 400)}"
    if used.get(found[1], 0) > 1:
        return IDENTITY, f"the id {shown(found[1])} is used twice"
    return (
        IDENTITY,
        f"expected an id of letters, digits, . _ and -, not beginning with a digit, found {shown(found[1])}",
    )


def _owner_at(root: etree._Element, path: str | None) -> str:
    prefixes = {prefix: home for prefix, home in root.nsmap.items() if prefix}
    try:
        found = root.getroottree().xpath(path or "/*", namespaces=prefixes)
    except etree.XPathError:
        return ""  # a prefix that is declared further inside
    first = found[0] if isinstance(found, list) and found else None
    return owner(first) if isinstance(first, etree._Element) else ""


def _register(reading: Reading) -> None:
    registry = _Registry()
    try:
        registry.add_bpmn_xml(reading.root)
    except ValidationException as error:
        reading.refuse(IDENTITY, str(error), reading.root)
        return
    for element in model_elements(reading.root):
        if identity := element.get("id"):
            reading.ids[identity] = element
        if xml.local(element) == "correlationPropertyRetrievalExpression":
            reading.correlated.add(element.get("messageRef", "").rpartition(":")[2])
    for named in (registry.messages, registry.signals):
        reading.names.update({identity: name or identity for identity, name in named.items()})
    for identity, error_entry in registry.errors.items():
        reading.codes[identity] = error_entry["error_code"] or identity
    for identity, escalation in registry.escalations.items():
        reading.codes[identity] = escalation["escalation_code"] or identity
    for node, lane in registry.get_document_lanes(reading.root).items():
        reading.lanes[node.strip().rpartition(":")[2]] = lane or ""


def model_elements(top: etree._Element) -> Iterator[etree._Element]:
    """`top` and everything of the BPMN model inside it, extensions and diagram interchange left out."""
    return top.iter(f"{{{MODEL}}}*")


def owner(element: etree._Element) -> str:
    """The id of the element or of the nearest one around it: what a person can find in the diagram."""
    place: etree._Element | None = element
    while place is not None:
        if identity := place.get("id"):
            return str(identity)
        place = place.getparent()
    return ""


def quoted(text: str) -> str:
    """A FEEL string literal for `text`."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


def literal(text: str) -> Expression:
    """An expression that yields `text` itself."""
    return feel.compile(quoted(text))


def flag(element: etree._Element, name: str, default: bool) -> bool:
    """A boolean attribute of XML Schema."""
    value = element.get(name)
    return default if value is None else value.strip() in ("true", "1")


def shown(text: str, most: int = 80) -> str:
    """A text of the file as a message quotes it: on one line and not too long."""
    text = " ".join(text.split())
    return f"'{text if len(text) <= most else text[: most - 1] + '…'}'"
