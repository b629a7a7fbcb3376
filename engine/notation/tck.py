"""Reading the test files of the DMN Technology Compatibility Kit (namespace http://www.omg.org/spec/DMN/20160719/testcase)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from engine.errors import InvalidModel, Problem
from engine.feel.errors import FeelError
from engine.feel.values import Value, parse_date, parse_date_and_time, parse_duration, parse_time
from engine.notation import xml

NAMESPACE = "http://www.omg.org/spec/DMN/20160719/testcase"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NUMBERS = frozenset(["decimal", "double", "float", "integer", "int", "long", "short", "byte"])


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    namespace: str
    value: Value


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the element `name` must yield; with `error` the evaluation must fail, which in FEEL is null."""

    name: str
    value: Value
    error: bool
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class TestCase:
    """`kind` is decision, bkm or decisionService; `invocable` names what to call when it is not a decision."""

    __test__ = False  # for pytest: this is no test class

    id: str
    kind: str
    invocable: str
    inputs: tuple[Input, ...]
    results: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class TestFile:
    __test__ = False

    file: str
    model: str
    cases: tuple[TestCase, ...]


def read_tests(data: bytes, *, file: str = "") -> TestFile:
    """The cases of one test file. Raises InvalidModel (rule TCK001) when it is none, or holds a malformed value."""
    root = xml.read(data, file=file)
    if xml.local(root) != "testCases" or xml.namespace(root) != NAMESPACE:
        raise _refusal("expected <testCases> of the DMN TCK", root, file)
    try:
        cases = tuple(_case(child) for child in xml.children(root, "testCase"))
    except _BadValue as error:
        raise _refusal(str(error), error.element, file) from error
    return TestFile(file, xml.text(xml.child(root, "modelName")).strip(), cases)


class _BadValue(Exception):
    def __init__(self, message: str, element: etree._Element) -> None:
        self.element = element
        super().__init__(message)


def _refusal(message: str, element: etree._Element, file: str) -> InvalidModel:
    return InvalidModel([Problem("TCK001", message, line=xml.line(element), file=file)])


def _case(element: etree._Element) -> TestCase:
    return TestCase(
        id=element.get("id") or "",
        kind=element.get("type") or "decision",
        invocable=element.get("invocableName") or "",
        inputs=tuple(_input(child) for child in xml.children(element, "inputNode")),
        results=tuple(_expectation(child) for child in xml.children(element, "resultNode")),
    )


def _input(element: etree._Element) -> Input:
    return Input(element.get("name") or "", element.get("namespace") or "", _value(element))


def _expectation(element: etree._Element) -> Expectation:
    expected = xml.child(element, "expected")
    value = None if expected is None else _value(expected)
    error = element.get("errorResult") in ("true", "1")
    return Expectation(element.get("name") or "", value, error, element.get("namespace") or "")


def _value(element: etree._Element) -> Value:
    """The value an element holds: components, a list, or one typed text."""
    if element.get(f"{_XSI}nil") in ("true", "1"):
        return None
    components = list(xml.children(element, "component"))
    if components:
        return {component.get("name") or "": _value(component) for component in components}
    listed = xml.child(element, "list")
    if listed is not None:
        nil = listed.get(f"{_XSI}nil") in ("true", "1")
        return None if nil else [_value(item) for item in xml.children(listed, "item")]
    value = xml.child(element, "value")
    return None if value is None else _scalar(value)


def _scalar(element: etree._Element) -> Value:
    if element.get(f"{_XSI}nil") in ("true", "1"):
        return None
    text = xml.text(element)
    kind = (element.get(f"{_XSI}type") or "string").rpartition(":")[2]
    try:
        return text if kind == "string" else _typed(kind, text.strip())
    except (FeelError, InvalidOperation, KeyError) as error:
        raise _BadValue(f"expected a value of type {kind}, found {text!r}", element) from error


def _typed(kind: str, text: str) -> Value:
    if kind in _NUMBERS:
        return Decimal(text)
    if kind == "boolean":
        return _BOOLEANS[text]
    return _TEMPORAL[kind](text)


_BOOLEANS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}
_TEMPORAL: Mapping[str, Callable[[str], Value]] = {
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_and_time,
    "duration": parse_duration,
}
