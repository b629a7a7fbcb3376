"""Files → one compiled, cross-checked bundle. Pure: trying or linting a diagram does not wait for a database."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine import decisions
from engine.errors import InvalidModel, Problem
from engine.execution.bundle import Bundle
from engine.notation import once
from engine.notation.dmn import read_dmn_files
from engine.notation.model import Process


def content_hash(files: Mapping[str, bytes]) -> str:
    """The hash of a release that holds these files."""
    return digest({path: hashlib.sha256(content).hexdigest() for path, content in files.items()})


def digest(hashes: Mapping[str, str]) -> str:
    """SHA-256 over the sorted list of `<sha256 of the content>  <path>` lines."""
    lines = [f"{sha256}  {path}\n" for path, sha256 in sorted(hashes.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def compile_bundle(files: Mapping[str, bytes], *, whole: bool = True, **settings: Any) -> Bundle:
    """Read, compile and cross-check the files of a release. Raises InvalidModel with every problem found.

    Without `whole`, a name of something outside these files is no problem (a single diagram that is tried out).
    """
    problems: list[Problem] = []
    processes: dict[str, Process] = {}
    forms: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    homes: dict[str, str] = {}
    for path, content in sorted(files.items()):
        try:
            for process in _read(path, content, processes, forms, problems):
                homes[process] = path
        except InvalidModel as refused:
            problems += refused.problems
    try:
        _read_decisions(files, tables, problems)
    except InvalidModel as refused:
        problems += refused.problems
    if not problems:
        problems += _personal(processes, tables, homes)
    if not problems and whole:
        problems += _dangling(processes, forms, tables, homes)
    if problems:
        raise InvalidModel(problems)
    return Bundle(content_hash(files), processes, tables, forms, **settings)


def _read(path: str, content: bytes, processes: Any, forms: Any, problems: list[Problem]) -> Iterable[str]:
    """Take in one file; returns the ids of its processes."""
    found: dict[str, Process] = {}
    if path.endswith(".bpmn"):
        found = {process.id: process for process in once.bpmn(content, path).processes}
        _merge(processes, found, path, problems)
    elif path.endswith(".form"):
        form = once.form(content, path)
        _merge(forms, {form.id: form}, path, problems)
    elif not path.endswith(".dmn"):
        problems.append(Problem("REL001", f"Expected a .bpmn, .dmn or .form file, but got '{path}'.", file=path))
    return found


def _read_decisions(files: Mapping[str, bytes], tables: dict[str, Any], problems: list[Problem]) -> None:
    """Decision models may import each other, so they are read together."""
    for path, model in _models(tuple(sorted((path, files[path]) for path in files if path.endswith(".dmn")))):
        _merge(tables, dict.fromkeys(model.decision_ids, model), path, problems)


@lru_cache(maxsize=8)
def _models(files: tuple[tuple[str, bytes], ...]) -> tuple[tuple[str, decisions.Model], ...]:
    """All decision files together, once: any of them may be imported by another. A model never changes."""
    found = read_dmn_files(dict(files))
    return tuple((path, decisions.compile_definitions(definitions_)) for path, definitions_ in found.items())


def _merge(into: dict[str, Any], found: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
    for id, thing in found.items():
        if id in into:
            problems.append(
                Problem("REL002", f"Expected the id '{id}' once in a release, but it is there twice.", id, file=path)
            )
        into[id] = thing


def _dangling(
    processes: Mapping[str, Process], forms: Any, tables: Any, homes: Mapping[str, str]
) -> list[Problem]:  # fmt: skip
    """Names of forms, ladders and called processes that the release does not hold."""
    problems = []
    for process in processes.values():
        file = homes[process.id]
        if process.start_form is not None and process.start_form not in forms:
            problems.append(_missing("REL003", "form", process.start_form, process.id, process.line, file))
        for node in process.nodes.values():
            task, call = node.user_task, node.call
            wanted = [
                ("REL003", "form", task.form if task else None, forms),
                ("REL003", "form", node.request.form if node.request else None, forms),
                ("REL004", "ladder decision", task.ladder if task else None, tables),
                ("REL005", "called process", call.static_process if call else None, processes),
            ]
            problems += [
                _missing(rule, what, name, node.id, node.line, file)
                for rule, what, name, known in wanted
                if name is not None and name not in known
            ]
    return problems


def _missing(rule: str, what: str, name: str, element: str, line: int, file: str) -> Problem:
    return Problem(rule, f"Expected the {what} '{name}' in this release, but it is not there.", element, line, file)


def _personal(processes: Mapping[str, Process], tables: Mapping[str, Any], homes: Mapping[str, str]) -> list[Problem]:
    """Personal data must be erasable, so no flow may turn on it and no decision may record it."""
    return [
        Problem(
            rule,
            f"Expected {what} not to read personal data, but it reads '{name}', which must be erasable.",
            element,
            file=homes[process.id],
        )
        for process in processes.values()
        for rule, what, element, reads in _reading(process, tables)
        for name in sorted(process.personal & reads)
    ]


def _reading(process: Process, tables: Mapping[str, Any]) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """(rule, what reads, its element, the names it reads) of whatever must not read personal data."""
    for told in (process.title, process.access):
        if told:
            yield "REL009", "title and access", process.id, told.free_names
    for flow in process.flows.values():
        if flow.condition:
            yield "REL006", f"the condition of flow '{flow.id}'", flow.id, flow.condition.free_names
    for node in process.nodes.values():
        decision = node.decision({}, None) if node.decision else None
        if isinstance(decision, str) and decision in tables:
            reads = frozenset(tables[decision].required_inputs(decision))
            yield "REL007", f"the decision of '{node.id}'", node.id, reads
