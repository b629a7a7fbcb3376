"""Everything that is wrong with the files of a release, told without deploying them. Pure."""

from collections.abc import Iterator, Mapping

from engine.bundles import compile_bundle
from engine.decisions.lint import lint as lint_tables
from engine.errors import InvalidModel, Problem
from engine.ladders import ladder_problems
from engine.notation.dmn import read_dmn
from engine.notation.lint import Finder, lint_files

MODELS = (".bpmn", ".dmn", ".form")
"""How the names of files end that a release is made of."""


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
            try:
                yield from lint_tables(read_dmn(content, file=name))
            except InvalidModel as refused:
                yield from refused.problems


def _release(files: Mapping[str, bytes], *, whole: bool) -> tuple[Problem, ...]:
    try:
        bundle = compile_bundle(files, whole=whole)
    except InvalidModel as refused:
        return refused.problems
    return tuple(ladder_problems(files, bundle)) if whole else ()
