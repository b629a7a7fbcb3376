"""Reading `*.scenario.yaml`: into checked scenarios, or a refusal with every problem at its line."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import yaml

from engine import feel
from engine.errors import InvalidModel, Problem
from engine.sandbox import DEFAULT_NOW

UNREADABLE = "SCN001"
FORMAT = "SCN002"
SERIES = "CN"
"""The series of the business calendar that diagrams count on when they name none."""
MOST_CHARACTERS = 500_000
MOST_EVENTS = 50_000
MOST_DEPTH = 30
ACTIONS = ("start", "complete", "message", "signal", "job", "fail", "advance", "to", "do", "expect")
EXPECTATIONS = (
    "case", "tasks", "jobs", "timers", "variables", "path", "status", "incidents", "reached", "not_reached", "rungs",
)  # fmt: skip
STATUSES = ("active", "completed", "terminated", "cancelled", "suspended", "incident")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, or (`expect`) what must be so by then. `subject`: what it names."""

    line: int
    kind: str
    subject: str = ""
    key: str = ""
    data: Data = field(default_factory=dict)

    def __str__(self) -> str:
        subject = f"{self.subject}/{self.key}" if self.key else self.subject
        return f"{self.kind} {subject}".rstrip()


@dataclass(frozen=True, slots=True)
class Scenario:
    """`process` "": nothing is started before the first step. `calendar`: deadlines count on the Chinese calendar."""

    name: str
    file: str
    line: int
    process: str
    data: Data
    now: datetime
    calendar: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """The scenarios of one file."""

    file: str
    scenarios: tuple[Scenario, ...]


class Loader(yaml.SafeLoader):
    """YAML 1.2's plain values only: no dates, no `on` and `off`, no numbers in base 60; numbers keep their digits."""


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?", "-+.0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first, ""])


@dataclass(slots=True)
class _Reader:
    """One reading of one file. What is wrong is noted at its line, and something harmless stands in for it."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, message: str, node: yaml.Node, rule: str = FORMAT) -> None:
        self.problems.append(Problem(rule, message, line=_line(node), file=self.file))

    # Values ----------------------------------------------------------------------------------------------------------

    def mapping(self, node: yaml.Node | None, known: Collection[str], what: str) -> dict[str, yaml.Node]:
        """key → node; unknown keys and keys used twice are refused. `known` empty: any key."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse(f"expected {what} to be a mapping, found {_shown(node)}", node)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(f"expected a plain key in {what}", key)
            elif key.value in found:
                self.refuse(f"the key '{key.value}' is there twice in {what}", key)
            elif known and key.value not in known:
                self.refuse(f"unknown key '{key.value}' in {what}; known are {', '.join(known)}", key)
            else:
                found[key.value] = value
        return found

    def value(self, node: yaml.Node) -> Any:
        """Plain data: None, bool, Decimal, str, list, dict."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.value(value) for key, value in self.mapping(node, (), "the data").items()}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self.scalar(node)

    def scalar(self, node: yaml.Node) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if kind not in ("str", "null", "bool", "float"):
            self.refuse(f"the tag {node.tag} is not allowed", node)
            return None
        constant = {"null": None, "bool": node.value.lower() == "true"}
        if kind in constant:
            return constant[kind]
        return Decimal(node.value) if kind == "float" else node.value

    def text(self, node: yaml.Node | None, what: str) -> str:
        if isinstance(node, yaml.ScalarNode) and self.scalar(node) not in (None, ""):
            return str(node.value)
        if node is not None:
            self.refuse(f"expected {what} to be a text, found {_shown(node)}", node)
        return ""

    def texts(self, node: yaml.Node | None, what: str) -> list[str]:
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return [self.text(item, f"each of {what}") for item in node.value]
        return [self.text(node, what)]

    def data(self, node: yaml.Node | None) -> dict[str, Any]:
        found = {} if node is None else self.value(node)
        if isinstance(found, dict):
            return found
        assert node is not None
        self.refuse(f"expected data to be a mapping of variables, found {_shown(node)}", node)
        return {}

    def moment(self, node: yaml.Node | None) -> datetime:
        if node is None:
            return DEFAULT_NOW
        found = as_instant(self.text(node, "the instant"))
        if found is None:
            self.refuse(f"expected an instant such as 2026-11-02T09:00:00+08:00, found {_shown(node)}", node)
        return found or DEFAULT_NOW

    # The file --------------------------------------------------------------------------------------------------------

    def suite(self, root: yaml.Node) -> Suite:
        top = self.mapping(root, ("process", "given", "scenarios"), "the file")
        listed = top.get("scenarios")
        if not isinstance(listed, yaml.SequenceNode) or not listed.value:
            self.refuse("expected a list of scenarios under the key 'scenarios'", listed or root)
            return Suite(self.file, ())
        scenarios = [self.scenario(node, top) for node in listed.value]
        for name, times in Counter(scenario.name for scenario in scenarios).items():
            if times > 1:
                self.refuse(f"the name '{name}' is used by {times} scenarios", listed)
        return Suite(self.file, tuple(scenarios))

    def scenario(self, node: yaml.Node, top: Mapping[str, yaml.Node]) -> Scenario:
        own = self.mapping(node, ("name", "process", "given", "steps"), "the scenario")
        shared = self.mapping(top.get("given"), ("data", "now", "calendar"), "given")
        given = shared | self.mapping(own.get("given"), ("data", "now", "calendar"), "given")
        for name in ("name", "steps"):
            if name not in own:
                self.refuse(f"the scenario lacks '{name}'", node)
        steps = [step for each in self._items(own.get("steps"), "steps") for step in self.step(each)]
        starts = any(step.kind == "start" for step in steps)
        process = self.text(own.get("process", top.get("process")), "process")
        return Scenario(
            name=self.text(own.get("name"), "name"),
            file=self.file,
            line=_line(node),
            process="" if starts else process,
            data=self.data(shared.get("data")) | self.data(given.get("data")),
            now=self.moment(given.get("now")),
            calendar=self._calendar(given.get("calendar")),
            steps=tuple(steps),
        )

    def _items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.refuse(f"expected {what} to be a list, found {_shown(node)}", node)
        return []

    def _calendar(self, node: yaml.Node | None) -> bool:
        known = {"on": True, "true": True, SERIES: True, "off": False, "false": False}
        text = "on" if node is None else self.text(node, "calendar")
        if text not in known and node is not None:
            self.refuse(f"expected calendar to be on or off, found {_shown(node)}", node)
        return known.get(text, True)

    # Steps -----------------------------------------------------------------------------------------------------------

    def step(self, node: yaml.Node) -> Iterator[Step]:
        """One action, and what is expected after it."""
        parts = self.mapping(node, (*ACTIONS, "data"), "the step")
        actions = [name for name in ACTIONS if name in parts and name != "expect"]
        if len(actions) > 1 or not (actions or "expect" in parts):
            self.refuse(f"expected one of {', '.join(ACTIONS)} in a step", node)
            return
        if actions:
            yield from self._action(actions[0], parts[actions[0]], parts.get("data"))
        if "expect" in parts:
            yield self._expectation(parts["expect"])

    def _action(self, kind: str, node: yaml.Node, data: yaml.Node | None) -> Iterator[Step]:
        if data is not None and kind in ("advance", "to", "do", "fail"):
            self.refuse(f"{kind} takes no data", data)
        if kind == "do":
            for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
                yield self._written(each)
        elif kind in ("advance", "to"):
            yield self._time(kind, node)
        else:
            yield self._named(kind, node, data)

    def _time(self, kind: str, node: yaml.Node) -> Step:
        if kind == "advance" and isinstance(node, yaml.MappingNode):
            inner = self.mapping(node, ("to",), "advance")
            node, kind = inner.get("to", node), "to"
        text = self.text(node, kind)
        if kind == "advance" and text and not _is_duration(text):
            self.refuse(f"expected a duration such as PT1H or P3D, found '{text}'", node)
        elif kind == "to" and text and as_instant(text) is None:
            self.refuse(f"expected an instant such as 2026-11-02T09:00:00+08:00, found '{text}'", node)
        return Step(_line(node), kind, text)

    def _named(self, kind: str, node: yaml.Node, data: yaml.Node | None) -> Step:
        """`complete: Task`, or in full `complete: {element: Task, data: {…}}`."""
        name, *others = SUBJECTS[kind]
        if not isinstance(node, yaml.MappingNode):
            parts: dict[str, yaml.Node] = {name: node} | ({} if data is None else {"data": data})
        else:
            parts = self.mapping(node, (name, *others), kind)
            if data is not None:
                self.refuse(f"{kind} has its data inside already", data)
        if name not in parts:
            self.refuse(f"expected {name} in {kind}", node)
        second = parts.get("key") or parts.get("code") or (parts.get("element") if kind == "start" else None)
        if kind == "fail" and second is None:
            self.refuse("expected fail to be {type: …, code: …}", node)
        key = self.text(second, "key" if kind == "message" else "code")
        return Step(_line(node), kind, self.text(parts.get(name), name), key, self.data(parts.get("data")))

    def _written(self, node: yaml.Node) -> Step:
        """A step as `duban run --do` takes it."""
        text = self.text(node, "do")
        try:
            return parse_step(text, _line(node))
        except ValueError as error:
            self.refuse(str(error), node)
            return Step(_line(node), "do", text)

    def _expectation(self, node: yaml.Node) -> Step:
        parts = self.mapping(node, EXPECTATIONS, "expect")
        if not parts and isinstance(node, yaml.MappingNode):
            self.refuse(f"expected something to look at: {', '.join(EXPECTATIONS)}", node)
        found = {name: self._expected(name, value) for name, value in parts.items()}
        status = found.get("status")
        if status is not None and status not in STATUSES:
            self.refuse(f"expected status to be one of {', '.join(STATUSES)}, found '{status}'", parts["status"])
        return Step(_line(node), "expect", data=found)

    def _expected(self, name: str, node: yaml.Node) -> Any:
        if name in ("status", "case"):
            return self.text(node, name)
        if name in ("reached", "not_reached", "jobs"):
            return self.texts(node, name)
        if name == "path":
            return self._path(node)
        value = self.value(node)
        mapping = name in ("variables", "rungs")
        if not isinstance(value, dict if mapping else list):
            self.refuse(f"expected {name} to be a {'mapping' if mapping else 'list'}, found {_shown(node)}", node)
            return {} if mapping else []
        return value if mapping else [self._item(name, each, node) for each in value]

    def _item(self, name: str, value: Any, node: yaml.Node) -> dict[str, Any]:
        """A task, timer or incident: its element, or a mapping with the element and more."""
        if isinstance(value, str):
            return {"element": value}
        known = ITEMS[name]
        if isinstance(value, dict) and isinstance(value.get("element"), str) and set(value) <= known:
            return value
        self.refuse(f"expected each of {name} to be an element, or a mapping of {', '.join(sorted(known))}", node)
        return {"element": ""}

    def _path(self, node: yaml.Node) -> tuple[str, list[str]]:
        if not isinstance(node, yaml.MappingNode):
            return "in order", self.texts(node, "path")
        parts = self.mapping(node, ("exactly", "any_order"), "path")
        if len(parts) != 1:
            self.refuse("expected path to be a list, or {exactly: […]}, or {any_order: […]}", node)
        return next(((name.replace("_", " "), self.texts(value, "path")) for name, value in parts.items()), ("", []))


SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "start": ("process", "element", "data"),
    "complete": ("element", "data"),
    "message": ("name", "key", "data"),
    "signal": ("name", "data"),
    "job": ("type", "data"),
    "fail": ("type", "code"),
}
"""Step → the key that a plain text stands for, and the other keys of its full form."""
ITEMS: Mapping[str, frozenset[str]] = {
    "tasks": frozenset("element name form assignee candidates priority due".split()),
    "timers": frozenset({"element", "due"}),
    "incidents": frozenset({"element", "kind", "message"}),
}


def read(content: bytes, file: str = "") -> Suite:
    """The scenarios in a file. Raises InvalidModel with every problem at its line; nothing else."""
    reader = _Reader(file)
    root = _composed(content, file)
    suite = reader.suite(root)
    if reader.problems:
        raise InvalidModel(sorted(reader.problems, key=lambda problem: problem.line))
    return suite


def _composed(content: bytes, file: str) -> yaml.Node:
    try:
        text = content.decode("utf-8-sig")
        if len(text) > MOST_CHARACTERS:
            raise _Hostile(f"expected at most {MOST_CHARACTERS} characters, found {len(text)}", 0)
        _survey(text)
        root = yaml.compose(text, Loader=Loader)
    except _Hostile as error:
        raise InvalidModel([Problem(UNREADABLE, str(error), line=error.line, file=file)]) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        message = f"expected YAML in UTF-8: {getattr(error, 'problem', None) or error}"
        line = mark.line + 1 if mark else 0
        raise InvalidModel([Problem(UNREADABLE, message, line=line, file=file)]) from error
    if root is None:
        raise InvalidModel([Problem(UNREADABLE, "expected scenarios, found an empty file", file=file)])
    return root


class _Hostile(ValueError):
    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def _survey(text: str) -> None:
    """Nesting, size and aliases, by events: composing is recursive, and an alias may stand for very much."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _Hostile("an alias (*name) is not allowed; put what scenarios share into 'given' of the file", line)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            raise _Hostile(f"expected at most {MOST_DEPTH} levels", line)
        if number > MOST_EVENTS:
            raise _Hostile(f"expected at most {MOST_EVENTS} parts in a file", line)


def parse_step(text: str, line: int = 0) -> Step:
    """A step such as `complete:Task={"a": 1}` or `advance:PT1H`. Raises ValueError for anything else."""
    kind, _, rest = text.partition(":")
    subject, has_value, value = rest.partition("=")
    if kind == "advance" and _is_duration(rest):
        return Step(line, kind, rest)
    if kind == "fail" and subject and value:
        return Step(line, kind, subject, value)
    if kind in ("complete", "message", "signal", "job") and subject:
        name, _, key = subject.partition("/") if kind == "message" else (subject, "", "")
        return Step(line, kind, name, key, _json_data(value, text) if has_value else {})
    raise ValueError(f"expected a step such as complete:ELEMENT, message:NAME/KEY or advance:PT1H, found '{text}'")


def _json_data(value: str, step: str) -> dict[str, Any]:
    try:
        data = json.loads(value, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
    except ValueError as error:
        raise ValueError(f"expected the data of '{step}' to be JSON: {error}") from error
    if not isinstance(data, dict):
        raise ValueError(f"expected the data of '{step}' to be a JSON object")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f"'{str(node.value)[:60]}'" if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def as_instant(text: str) -> datetime | None:
    """An instant with its offset; the clock on the wall of some place would not be one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _is_duration(text: str) -> bool:
    try:
        return feel.parse_duration(text) is not None
    except feel.FeelError:
        return False
