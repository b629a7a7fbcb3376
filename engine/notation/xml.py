"""Reading XML that anyone may have written: no DTD, no entities, no network, bounded size, depth and element count.

The file is scanned once by expat, which builds nothing and stops at the first thing that is not allowed; only then does
lxml build its tree. So a hostile file costs at most one pass over `Limits.size` bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn
from xml.parsers import expat

from lxml import etree

from engine.errors import InvalidModel, Problem

RULE = "xml"
WIDE = {"gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5", "shift_jis": "shift_jis",
        "euc-jp": "euc-jp", "euc-kr": "euc-kr"}  # fmt: skip
"""Encodings of several bytes a character that expat does not know, but older editors write."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})[\"']")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold. `size` counts bytes, `attributes` those of one element."""

    size: int = 10 * 1024 * 1024
    depth: int = 200
    elements: int = 100_000
    attributes: int = 250


DEFAULT_LIMITS = Limits()


def read(data: bytes, *, file: str = "", limits: Limits = DEFAULT_LIMITS) -> etree._Element:
    """The root element of `data`. Comments and processing instructions are dropped, positions are kept.

    Raises InvalidModel with one problem of rule `xml`, at its line, when the bytes are not well-formed XML, exceed a
    limit, or hold a DOCTYPE.
    """
    if len(data) > limits.size:
        _refuse(f"expected at most {limits.size} bytes, found {len(data)}", 0, file)
    data = as_utf8(data, file)
    _scan(data, file, limits)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _refuse(f"expected well-formed XML: {error.msg}", error.lineno or 0, file, error)


def as_utf8(data: bytes, file: str = "") -> bytes:
    """A file that declares one of the `WIDE` encodings, in UTF-8; any other as it is. Lines stay where they are."""
    declared = _DECLARED.match(data)
    encoding = WIDE.get(declared[1].decode("ascii").lower()) if declared else None
    if declared is None or encoding is None:
        return data
    begin, end = declared.span(1)
    try:
        return data[:begin] + b"UTF-8" + data[end:].decode(encoding).encode()
    except UnicodeError as error:
        _refuse(f"expected text in the encoding {declared[1].decode('ascii')}: {error}", 1, file, error)


def _refuse(message: str, line: int, file: str, cause: Exception | None = None) -> NoReturn:
    raise InvalidModel([Problem(rule=RULE, message=message, line=line, file=file)]) from cause


def _scan(data: bytes, file: str, limits: Limits) -> None:
    scanner = expat.ParserCreate()
    depth = elements = 0

    def refuse(message: str) -> NoReturn:
        _refuse(message, scanner.CurrentLineNumber, file)

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > limits.depth:
            refuse(f"expected elements nested at most {limits.depth} deep")
        if elements > limits.elements:
            refuse(f"expected at most {limits.elements} elements")
        if len(attributes) > 2 * limits.attributes:
            refuse(f"expected at most {limits.attributes} attributes on an element")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_parts: object) -> None:
        refuse("a DOCTYPE is not allowed; remove it")

    scanner.ordered_attributes = True
    scanner.StartElementHandler = start
    scanner.EndElementHandler = end
    scanner.StartDoctypeDeclHandler = doctype
    try:
        scanner.Parse(data, True)
    except expat.ExpatError as error:
        _refuse(f"expected well-formed XML: {expat.ErrorString(error.code)}", error.lineno, file, error)
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or one of several bytes
        _refuse(f"expected the encoding UTF-8 or UTF-16: {error}", 1, file, error)


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The namespace of the tag; empty for none."""
    tag: str = element.tag
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def line(element: etree._Element) -> int:
    """The line of the file, from 1; 0 when it is not known."""
    number: Any = element.sourceline  # the stubs say Ellipsis
    return int(number or 0)


def text(element: etree._Element | None) -> str:
    """All text inside, as written; empty for a missing element."""
    return "" if element is None else "".join(str(part) for part in element.itertext())


def children(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The child elements in the parent's own namespace, in order; of the given local names only, when any are given."""
    home = namespace(parent)
    for child in parent:
        if namespace(child) == home and (not names or local(child) in names):
            yield child


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child element of that local name in the parent's own namespace."""
    return next(children(parent, name), None)
