"""Any folder of models with what is to become of each, judged by the profile `standard`: `duban conformance refuse`.

Laid out as `refuse/` and `accept/` (at any depth below), or as `.bpmn` files with an `expected.json` that says `refuse`
or `accept` for each name, with or without `.bpmn`. Without either, every model is to be refused.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from engine.errors import InvalidInput, Problem
from engine.notation.lint import Finder, lint_files

Verdict = Literal["refuse", "accept"]
_VERDICTS: tuple[Verdict, ...] = ("refuse", "accept")


def refusals(folder: Path) -> dict[str, Any]:
    """`{"passed", "total", "failures"}`; a failure says the model, what was expected, and the rules that were broken.

    Raises InvalidInput when there is no model, or `expected.json` does not say what is expected of one.
    """
    failures = []
    total = 0
    for path, expected in _models(folder):
        total += 1
        broken = errors_of(path)
        if ("refuse" if broken else "accept") != expected:
            rules = sorted({problem.rule for problem in broken})
            failures.append({"model": path.relative_to(folder).as_posix(), "expected": expected, "rules": rules})
    if not total:
        raise InvalidInput(f"Expected .bpmn files below '{folder}', but found none.")
    return {"passed": total - len(failures), "total": total, "failures": failures}


def errors_of(path: Path) -> list[Problem]:
    """What the standard forbids in the model; imported files are found beside it."""
    problems = lint_files({path.name: path.read_bytes()}, "standard", files_beside(path.parent))
    return [problem for problem in problems if problem.severity == "error"]


def files_beside(folder: Path) -> Finder:
    """How files that a model of this folder imports are found on the disk."""

    def find(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return find


def _models(folder: Path) -> Iterator[tuple[Path, Verdict]]:
    if any((folder / verdict).is_dir() for verdict in _VERDICTS):
        for verdict in _VERDICTS:
            for path in sorted((folder / verdict).rglob("*.bpmn")):
                yield path, verdict
        return
    expected = _expected(folder / "expected.json")
    for path in sorted(folder.rglob("*.bpmn")):
        if expected is None:
            yield path, "refuse"
            continue
        names = (path.relative_to(folder).as_posix(), path.name, path.stem)
        said = next((expected[name] for name in names if name in expected), None)
        if said not in _VERDICTS:
            raise InvalidInput(f"Expected expected.json to say refuse or accept for '{path.name}', but got {said!r}.")
        yield path, said


def _expected(path: Path) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise InvalidInput(f"Expected '{path}' to be JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidInput(f"Expected '{path}' to be an object of names, but got a {type(found).__name__}.")
    return found
