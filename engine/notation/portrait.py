"""`portray`: what a diagram is and why it cannot run here, for files that are kept to be looked at, not deployed."""

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from engine.errors import InvalidModel, Problem
from engine.notation import xml
from engine.notation.bpmn_extensions import VENDOR_NAMESPACES
from engine.notation.bpmn_source import MODEL, SCHEMA, shown
from engine.notation.lint import lint_files

MOST_NAME = 200
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


@dataclass(frozen=True, slots=True)
class Portrait:
    """`title`: what the file calls itself; "" when it has no name. `tool`: who drew it, as the file says.

    `convertible`: `duban import` reads its dialect. `problems`: why it cannot be deployed; none when it can.
    """

    title: str
    tool: str
    convertible: bool
    problems: tuple[Problem, ...]


def portray(data: bytes, *, file: str) -> Portrait:
    """Raises InvalidModel for what is no BPMN at all, or hostile; anything else is kept and its problems named."""
    root = _root(data, file)
    problems = [problem for problem in lint_files({"diagram.bpmn": data}, "duban") if problem.severity == "error"]
    spoken = {home for element in root.iter("*") for home in element.nsmap.values()}
    return Portrait(
        _brief(_title(root)),
        _brief(f"{root.get('exporter', '')} {root.get('exporterVersion', '')}"),
        bool(spoken & set(VENDOR_NAMESPACES)),
        tuple(Problem(each.rule, each.message, each.element, each.line, file) for each in problems),
    )


def text_of(data: bytes) -> str:
    """The file as text, without its XML declaration: what a viewer in a browser takes, whatever the encoding."""
    data = xml.as_utf8(data)
    encoding = _root(data, "").getroottree().docinfo.encoding or "UTF-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "UTF-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "UTF-8-SIG"
    return _DECLARATION.sub("", data.decode(encoding), count=1)


def _root(data: bytes, file: str) -> etree._Element:
    root = xml.read(data, file=file)
    if root.tag != f"{{{MODEL}}}definitions":
        found = f"{xml.local(root)} of {xml.namespace(root) or 'no namespace'}"
        message = f"expected the root element definitions of {MODEL}, found {shown(found, MOST_NAME)}"
        raise InvalidModel([Problem(SCHEMA, message, line=xml.line(root), file=file)])
    return root


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_NAME else words[: MOST_NAME - 1] + "…"


def _title(root: etree._Element) -> str:
    """Of the file, else of its pools, else of its processes."""
    if root.get("name"):
        return str(root.get("name"))
    for path in ("collaboration/participant", "choreography", "process"):
        holder, _, inner = path.partition("/")
        found = [each for one in xml.children(root, holder) for each in (xml.children(one, inner) if inner else [one])]
        names = [str(each.get("name")).strip() for each in found if each.get("name", "").strip()]
        if names:
            return ", ".join(dict.fromkeys(names))
    return ""
