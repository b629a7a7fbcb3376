"""Event logs for process mining: XES (IEEE 1849-2016 and -2023) and OCEL 2.0, as JSON and as XML.

Cases and entries are read one after the other and written as they come, to a file that the caller gives: what an export
takes in memory depends on the diagrams and on the number of people, not on how much happened. OCEL wants its types and
objects before its events, so these wait in temporary files until all is known.
"""

import html
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from sqlalchemy import Connection

from engine import history
from engine.audit.entries import parse, timestamp
from engine.execution.bundle import Bundle
from workflows import selection
from workflows.happenings import Happened, Story
from workflows.selection import Asker, Selection

FORMATS = {
    "xes": ("application/xml", "xes"), "ocel-json": ("application/json", "ocel.json"),
    "ocel-xml": ("application/xml", "ocel.xml"),
}  # fmt: skip
"""Format → its media type, and how the name of such a file ends."""
_START = "1970-01-01T00:00:00.000Z"
"""When an attribute of an object holds from the beginning, by the OCEL specification."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = {ord(blank): f"&#{ord(blank)};" for blank in "\n\r\t"}
_SPOOL = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is to hold. `asker` None: the installation itself. `english`: activities by their English names."""

    format: str
    selection: Selection
    asker: Asker | None = None
    english: bool = False


def write(out: IO[bytes], connection: Connection, bundle: Callable[[str], Bundle], wanted: Wanted) -> int:
    """Write the event log; returns how many cases it holds. Raises InvalidInput, UnitNotFound."""
    cases = _cases(connection, bundle, wanted)
    if wanted.format == "xes":
        return _xes(out, cases)
    log = _Json() if wanted.format == "ocel-json" else _Xml()
    return _ocel(out, cases, log, _seen(connection, wanted))


@dataclass(frozen=True, slots=True)
class _Case:
    """A case, and what happened in it, to be read once."""

    row: Any
    happened: Iterator[Happened]
    caller: str | None


def _cases(connection: Connection, bundle: Callable[[str], Bundle], wanted: Wanted) -> Iterator[_Case]:
    for row in selection.rows(connection, wanted.selection, wanted.asker):
        story = Story(bundle, wanted.english)
        told = (one for entry in history.sealed(connection, f"case/{row.id}") for one in story.of(entry))
        yield _Case(row, told, _caller(connection, row.id))


def _caller(connection: Connection, case_id: str) -> str | None:
    """The case whose message began this one."""
    for first in history.sealed(connection, f"case/{case_id}", limit=1):
        kind, _, rest = str(parse(first.data)["command"].get("message") or "").partition("/")
        return rest.partition("/")[0] if kind == "case" else None
    return None


def _seen(connection: Connection, wanted: Wanted) -> Callable[[str], bool]:
    """Whether a case is in the log: what it does not hold must not be named in it."""
    conditions = selection.where(connection, wanted.selection, wanted.asker)
    return lambda case_id: selection.holds(connection, conditions, case_id)


# XES ---------------------------------------------------------------------------------------------------------------

_EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org"))


def _xes(out: IO[bytes], cases: Iterator[_Case]) -> int:
    out.write(_XES_HEAD.encode())
    count = 0
    for case in cases:
        count += 1
        out.write(f"  <trace>\n{''.join(_trace(case))}".encode())
        for happened in case.happened:
            out.write(f"    <event>\n{''.join(_event(case, happened))}    </event>\n".encode())
        out.write(b"  </trace>\n")
    out.write(b"</log>\n")
    return count


_XES_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    + "".join(
        f'  <extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
        for name, prefix in _EXTENSIONS
    )
    + '  <global scope="trace">\n    <string key="concept:name" value=""/>\n  </global>\n'
    + '  <global scope="event">\n    <string key="concept:name" value=""/>\n'
    + f'    <string key="lifecycle:transition" value="complete"/>\n    <date key="time:timestamp" value="{_START}"/>\n'
    + "  </global>\n"
    + '  <classifier name="Activity" keys="concept:name"/>\n'
    + '  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>\n'
    + '  <string key="lifecycle:model" value="standard"/>\n'
)


def _trace(case: _Case) -> Iterator[str]:
    row = case.row
    yield _attribute("    ", "string", "concept:name", row.id)
    for name in ("process", "title", "status", "release"):
        yield _attribute("    ", "string", name, getattr(row, name))
    if case.caller is not None:
        yield _attribute("    ", "string", "startedByCase", case.caller)


def _event(case: _Case, told: Happened) -> Iterator[str]:
    yield _attribute("      ", "string", "concept:name", told.activity)
    yield _attribute("      ", "string", "lifecycle:transition", told.transition)
    yield _attribute("      ", "date", "time:timestamp", timestamp(told.at))
    if told.actor is not None:
        yield _attribute("      ", "string", "org:resource", told.actor)
    if told.task is not None:
        yield _attribute("      ", "string", "concept:instance", f"{case.row.id}:{told.task}")
    for name, value in _details(told).items():
        yield _attribute("      ", _xes_type(value), name, value)


def _details(told: Happened) -> dict[str, Any]:
    """What our events say beyond the standard extensions; what does not apply is left out."""
    found = {
        "process": told.process, "element": told.element, "kind": told.kind, "onBehalfOf": told.behalf,
        "entry": told.seq, "entryHash": told.hash,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, "")}


def _xes_type(value: Any) -> str:
    return "int" if isinstance(value, int) else "string"


def _attribute(indent: str, kind: str, key: str, value: Any) -> str:
    return f"{indent}<{kind} key={_quoted(key)} value={_quoted(value)}/>\n"


def _quoted(value: Any) -> str:
    """As an attribute's value: what XML 1.0 cannot hold becomes U+FFFD, line ends survive the parser."""
    storable = _FORBIDDEN.sub("\ufffd", str(value))
    return f'"{html.escape(storable).translate(_BLANKS)}"'


# OCEL 2.0 ----------------------------------------------------------------------------------------------------------

Attributes = list[tuple[str, str, Any]]
"""(name, since when, value)"""
Relations = list[tuple[str, str]]
"""(id of an object, what it is to this one)"""


@dataclass(frozen=True, slots=True)
class _Object:
    id: str
    type: str
    attributes: Attributes
    relations: Relations


OBJECT_TYPES = {
    "case": {"process": "string", "title": "string", "status": "string", "release": "string"},
    "task": {"activity": "string", "element": "string", "assignee": "string", "due": "time"},
    "person": {},
}  # fmt: skip
EVENT_ATTRIBUTES = {
    "transition": "string", "process": "string", "element": "string", "kind": "string", "onBehalfOf": "string",
    "entry": "integer", "entryHash": "string",
}  # fmt: skip


class _Json:
    def types(self, of: str, types: dict[str, dict[str, str]]) -> str:
        told = [
            {"name": name, "attributes": [{"name": one, "type": kind} for one, kind in attributes.items()]}
            for name, attributes in types.items()
        ]
        return f'"{of}Types": {json.dumps(told, ensure_ascii=False)},\n'

    def object(self, one: _Object) -> str:
        told = {
            "id": one.id, "type": one.type,
            "attributes": [{"name": name, "time": time, "value": value} for name, time, value in one.attributes],
            "relationships": [{"objectId": id, "qualifier": what} for id, what in one.relations],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)

    def event(self, id: str, type: str, time: str, attributes: dict[str, Any], relations: Relations) -> str:
        told = {
            "id": id, "type": type, "time": time,
            "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
            "relationships": [{"objectId": other, "qualifier": what} for other, what in relations],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)

    between = ",\n"
    head, objects, events, tail = "{\n", '"objects": [\n', '\n],\n"events": [\n', "\n]\n}\n"


class _Xml:
    def types(self, of: str, types: dict[str, dict[str, str]]) -> str:
        told = "".join(
            f"  <{of}-type name={_quoted(name)}><attributes>"
            + "".join(f"<attribute name={_quoted(one)} type={_quoted(kind)}/>" for one, kind in attributes.items())
            + f"</attributes></{of}-type>\n"
            for name, attributes in types.items()
        )
        return f" <{of}-types>\n{told} </{of}-types>\n"

    def object(self, one: _Object) -> str:
        attributes = "".join(
            f"<attribute name={_quoted(name)} time={_quoted(time)}>{_text(value)}</attribute>"
            for name, time, value in one.attributes
        )
        return (
            f"  <object id={_quoted(one.id)} type={_quoted(one.type)}><attributes>{attributes}</attributes>"
            f"{_related(one.relations)}</object>\n"
        )

    def event(self, id: str, type: str, time: str, attributes: dict[str, Any], relations: Relations) -> str:
        told = "".join(
            f"<attribute name={_quoted(name)}>{_text(value)}</attribute>" for name, value in attributes.items()
        )
        return (
            f"  <event id={_quoted(id)} type={_quoted(type)} time={_quoted(time)}><attributes>{told}</attributes>"
            f"{_related(relations)}</event>\n"
        )

    between = ""
    head, objects, events = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n',
        " <objects>\n",
        " </objects>\n <events>\n",
    )
    tail = " </events>\n</log>\n"


def _related(relations: Relations) -> str:
    told = "".join(f"<relationship object-id={_quoted(id)} qualifier={_quoted(what)}/>" for id, what in relations)
    return f"<objects>{told}</objects>"


def _text(value: Any) -> str:
    return _quoted(value)[1:-1]


def _ocel(out: IO[bytes], cases: Iterator[_Case], log: _Json | _Xml, seen: Callable[[str], bool]) -> int:
    with tempfile.SpooledTemporaryFile(_SPOOL) as objects, tempfile.SpooledTemporaryFile(_SPOOL) as events:
        gathered = _Gathered(log, objects, events)
        count = 0
        for case in cases:
            gathered.add(case, seen)
            count += 1
        gathered.finish(out)
    return count


class _Gathered:
    """The parts of an OCEL log while its cases are read."""

    def __init__(self, log: _Json | _Xml, objects: IO[bytes], events: IO[bytes]) -> None:
        self._log, self._objects, self._events = log, objects, events
        self._types: dict[str, dict[str, str]] = {}
        self._people: set[str] = set()

    def add(self, case: _Case, seen: Callable[[str], bool]) -> None:
        id = case.row.id
        status: Attributes = []
        tasks: dict[int, Attributes] = {}
        for told in case.happened:
            self._put_event(id, told)
            if told.kind == "case":
                status.append(("status", timestamp(told.at), _STATUS.get(told.transition, "active")))
            elif told.task is not None and told.kind == "userTask":
                self._task(id, told, tasks)
        for number, attributes in tasks.items():
            self._put_task(id, number, attributes)
        begun = [(case.caller, "started by")] if case.caller and seen(case.caller) else []
        fixed = [(name, _START, getattr(case.row, name)) for name in ("process", "title", "release")]
        self._put(_Object(id, "case", fixed + status, begun))

    def _task(self, case_id: str, told: Happened, open_tasks: dict[int, Attributes]) -> None:
        number = told.task or 0
        if told.transition == "schedule":
            first: Attributes = [("activity", _START, told.activity), ("element", _START, told.element)]
            first += [("due", _START, timestamp(told.due))] if told.due is not None else []
            open_tasks[number] = first
        if told.assignee is not None and number in open_tasks:
            open_tasks[number].append(("assignee", timestamp(told.at), told.assignee))
        if told.transition in ("complete", "ate_abort", "withdraw") and number in open_tasks:
            self._put_task(case_id, number, open_tasks.pop(number))

    def _put_task(self, case_id: str, number: int, attributes: Attributes) -> None:
        self._put(_Object(f"{case_id}:{number}", "task", attributes, [(case_id, "of case")]))

    def _put_event(self, case_id: str, told: Happened) -> None:
        type = told.activity if told.kind == "case" else f"{told.activity} ({told.process})"
        self._types.setdefault(type, EVENT_ATTRIBUTES)
        relations = [(case_id, "case")]
        relations += [(f"{case_id}:{told.task}", "task")] if told.task is not None else []
        relations += [(f"person:{told.actor}", "by")] if told.actor is not None else []
        self._people |= {told.actor} if told.actor is not None else set()
        id, attributes = f"{case_id}/{told.seq}/{told.n}", {"transition": told.transition, **_details(told)}
        self._write(self._events, self._log.event(id, type, timestamp(told.at), attributes, relations))

    def _put(self, one: _Object) -> None:
        self._write(self._objects, self._log.object(one))

    def _write(self, to: IO[bytes], text: str) -> None:
        to.write(((self._log.between if to.tell() else "") + text).encode())

    def finish(self, out: IO[bytes]) -> None:
        for person in sorted(self._people):
            self._put(_Object(f"person:{person}", "person", [], []))
        log = self._log
        out.write((log.head + log.types("object", OBJECT_TYPES) + log.types("event", self._types)).encode())
        for begin, part in ((log.objects, self._objects), (log.events, self._events)):
            out.write(begin.encode())
            part.seek(0)
            while piece := part.read(256 * 1024):
                out.write(piece)
        out.write(log.tail.encode())


_STATUS = {"complete": "completed", "pi_abort": "cancelled", "suspend": "suspended"}
