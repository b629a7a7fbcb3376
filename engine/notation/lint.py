"""`lint_files`: what is wrong with diagrams, by numbered rules (`docs/lint.md`), in two profiles.

`standard` says what BPMN 2.0.2 forbids, whoever made the diagram and whether or not anything can run it. `duban` is
what deployment checks: the readers' refusals, the standard's rules as Camunda 8's dialect keeps them, and the rules of
supervision.
"""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from threading import Lock
from typing import Any, Literal

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.errors import InvalidModel, Problem
from engine.notation import (
    lint_activities,
    lint_collaboration,
    lint_data,
    lint_diagram,
    lint_events,
    lint_flows,
    lint_references,
    once,
    xml,
)
from engine.notation.bpmn_source import MODEL, MOST_PROBLEMS, owner, shown
from engine.notation.forms import Form
from engine.notation.lint_model import Check, Finding, Sheet
from engine.notation.lint_rules import RULES, Rule
from engine.notation.lint_supervision import supervise
from engine.notation.model import Diagram

__all__ = ["RULES", "Finder", "Profile", "Rule", "lint_files"]

Profile = Literal["standard", "duban"]
Finder = Callable[[str], bytes | None]
"""The content of a file beside those that are checked, by its path; None when there is none."""

CHECKS: tuple[Check, ...] = (
    *lint_references.CHECKS,
    *lint_flows.CHECKS,
    *lint_events.CHECKS,
    *lint_activities.CHECKS,
    *lint_data.CHECKS,
    *lint_collaboration.CHECKS,
    *lint_diagram.CHECKS,
)


def lint_files(files: Mapping[str, bytes], profile: Profile, beside: Finder | None = None) -> tuple[Problem, ...]:
    """Every problem of the files of one release (path → content), by file and line.

    `standard` looks at `.bpmn` files only. `beside` finds imported files that are not among `files`. A file that cannot
    be read at all is one problem (rule `xml` or BPS001) and not looked at any further. At most 200 problems of a file
    and 200 warnings of supervision.
    """

    def find(path: str) -> bytes | None:
        return files[path] if path in files else beside(path) if beside else None

    read = _Read() if profile == "standard" else _read(files)
    found = list(read.refused)
    said = {(problem.file, problem.line) for problem in found}
    for path, content in sorted(files.items()):
        if path.endswith(".bpmn"):
            own = _standard(path, content, profile, find, read.callable)
            found += [problem for problem in own if (problem.file, problem.line) not in said]
    found += islice(supervise(read.diagrams, read.forms, files), MOST_PROBLEMS)
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line)))


# The standard --------------------------------------------------------------------------------------------------------


def _standard(path: str, content: bytes, profile: Profile, find: Finder, callable: frozenset[str]) -> list[Problem]:
    try:
        root = xml.read(content, file=path)
    except InvalidModel as refused:
        return list(refused.problems)
    if schema := list(_schema_errors(root, path)):
        return schema
    imported: dict[str, Sheet | None] = {}
    findings = list(_imports(path, root, find, imported))
    sheet = Sheet(path, root, imported, callable)
    for check in CHECKS:
        findings += islice(check(sheet), MOST_PROBLEMS)
        if len(findings) > MOST_PROBLEMS:
            break
    return [problem for finding in findings[:MOST_PROBLEMS] if (problem := _problem(finding, path, profile))]


def _problem(finding: Finding, path: str, profile: Profile) -> Problem | None:
    rule = RULES[finding.rule]
    severity = rule.severity if profile == "standard" or rule.twin is None else rule.twin
    if not severity:
        return None
    said = f"{finding.message} (BPMN 2.0.2, clause {rule.clause})"
    return Problem(rule.number, said, owner(finding.element), xml.line(finding.element), path, severity)


_validating = Lock()  # a schema object keeps the error log of its last run


@cache
def _schema() -> Any:
    return BpmnValidator().validator


def _schema_errors(root: etree._Element, path: str) -> Iterator[Problem]:
    if root.tag != f"{{{MODEL}}}definitions":
        expected = f"expected the root element definitions of {MODEL}"
        yield Problem("BPS001", f"{expected}, found {xml.local(root)}", line=xml.line(root), file=path)
        return
    with _validating:
        if _schema().validate(root):
            return
        errors = [(error.message, error.line) for error in _schema().error_log]
    for message, line in errors[:MOST_PROBLEMS]:
        rule = "BPS002" if "atomic type 'xs:ID'" in message else "BPS001"
        text = shown(message.replace(f"{{{MODEL}}}", ""), 400)
        yield Problem(rule, f"not valid BPMN 2.0: {text} (clause {RULES[rule].clause})", line=line, file=path)


def _imports(path: str, root: etree._Element, find: Finder, into: dict[str, Sheet | None]) -> Iterator[Finding]:
    """Read the BPMN files that this one imports; what is at an address of the web cannot be judged here."""
    for element in xml.children(root, "import"):
        location, home = element.get("location", ""), element.get("namespace", "")
        into.setdefault(home, None)
        if not element.get("importType", "").startswith("http://www.omg.org/spec/BPMN/") or "://" in location:
            continue
        content = find(posixpath.normpath(posixpath.join(posixpath.dirname(path), location)))
        if content is None:
            yield Finding("BPS003", element, f"expected the imported file '{location}', found none")
            continue
        try:
            other = xml.read(content, file=location)
        except InvalidModel as refused:
            yield Finding("BPS003", element, f"the imported file '{location}' cannot be read: {refused.message}")
            continue
        if other.tag != f"{{{MODEL}}}definitions" or other.get("targetNamespace") != home:
            came = other.get("targetNamespace", xml.local(other))
            yield Finding("BPS003", element, f"expected '{location}' to have the namespace '{home}', found '{came}'")
        into[home] = Sheet(location, other)
        if home == root.get("targetNamespace"):
            yield from _shared_names(root, into[home], element, location)


def _shared_names(root: etree._Element, other: Sheet | None, place: etree._Element, location: str) -> Iterator[Finding]:
    """Files of one namespace share their names."""
    own = {str(each.get("id")) for each in root.iterdescendants("*") if each.get("id")}
    theirs = set() if other is None else {name for name, each in other.ids.items() if each is not other.root}
    for identity in sorted(own & theirs):
        yield Finding("BPS002", place, f"the id '{identity}' is used here and in '{location}', in one namespace")


# What deployment checks ----------------------------------------------------------------------------------------------


@dataclass
class _Read:
    """What the readers make of the files of a release, and what they refuse."""

    diagrams: list[Diagram] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)

    @property
    def callable(self) -> frozenset[str]:
        return frozenset(process.id for diagram in self.diagrams for process in diagram.processes)


def _read(files: Mapping[str, bytes]) -> _Read:
    """Where a reader says what is wrong with a line, the standard need not say it again."""
    found = _Read()
    for path, content in sorted(files.items()):
        try:
            if path.endswith(".bpmn"):
                found.diagrams.append(once.bpmn(content, path))
            elif path.endswith(".form"):
                form = once.form(content, path)
                found.forms[form.id] = form
            elif path.endswith(".dmn"):
                once.sound_table(content, path)
        except InvalidModel as refusal:
            found.refused += refusal.problems
    return found
