"""Everything that is wrong with the files of a release, told without deploying them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.bundles import compile_bundle
from engine.decisions.lint import lint as lint_tables
from engine.errors import InvalidModel, Problem
from engine.ladders import ladder_problems
from engine.notation.dmn import read_dmn
from engine.notation.lint import Finder, lint_files

MODELS = (".bpmn", ".dmn", ".form")
"""How the names of files end that a release is made of."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a problem without asking: an attribute or part of its element to set, None to take away."""

    property: str
    value: str | None = None


FIXES: Mapping[str, Fix] = {
    "BPS013": Fix("conditionExpression"), "BPS015": Fix("conditionExpression"), "BPS024": Fix("isImmediate"),
    "BPS042": Fix("cancelActivity"), "BPS043": Fix("isInterrupting"),
}  # fmt: skip
"""Rule → its fix, where there is only one."""


def check(files: Mapping[str, bytes], *, whole: bool = True, beside: Finder | None = None) -> tuple[Problem, ...]:
    """Every problem by file and line: lint in the profile `duban`, faults of decision tables, what compiling says.

    An error among them refuses a deployment, or would stop a case. Without `whole`, a name of something outside these
    files is no problem; `beside` finds imported files.
    """
    found = [*lint_files(files, "duban", beside), *_tables(files), *_release(files, whole=whole)]
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line)))


def _tables(files: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, content in files.items():
        if name.endswith(".dmn"):
            yield from _table(name, content)


@lru_cache(maxsize=256)
def _table(name: str, content: bytes) -> tuple[Problem, ...]:
    """A table is looked through for gaps and overlaps once, however often the rest of a draft changes."""
    try:
        return tuple(lint_tables(read_dmn(content, file=name)))
    except InvalidModel as refused:
        return refused.problems


def _release(files: Mapping[str, bytes], *, whole: bool) -> tuple[Problem, ...]:
    try:
        bundle = compile_bundle(files, whole=whole)
    except InvalidModel as refused:
        return refused.problems
    return tuple(ladder_problems(files, bundle)) if whole else ()
