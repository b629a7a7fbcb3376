"""Running the DMN TCK: any folder laid out like it, with models and `*-test-*.xml` files side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from engine.decisions import java
from engine.decisions.errors import DecisionNotFound
from engine.decisions.evaluation import Decided
from engine.decisions.graph import compile_definitions
from engine.decisions.model import Model, ServiceUnit
from engine.decisions.tables import equal
from engine.errors import InvalidInput, InvalidModel
from engine.feel import DateTime, FeelError, FeelLimit, Value, parse_date_and_time
from engine.feel.values import Json, describe
from engine.notation.dmn import read_dmn_files
from engine.notation.tck import Expectation, TestCase, TestFile, read_tests

TOLERANCE = Decimal("1e-8")
"""Numbers count as equal when they differ by less: expected values are written with that many digits."""
NOW = "2024-02-29T12:30:15.123456789@Etc/UTC"
"""The time of every evaluation; the clock is not asked."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A case that did not pass: `element` is the decision whose result differs."""

    folder: str
    file: str
    case: str
    element: str
    reason: str


@dataclass(slots=True)
class Count:
    passed: int = 0
    total: int = 0


@dataclass(slots=True)
class Score:
    """How a run went; `levels` are the folders above those of the models."""

    passed: int = 0
    total: int = 0
    levels: dict[str, Count] = field(default_factory=dict)
    folders: dict[str, Count] = field(default_factory=dict)
    failures: list[Failed] = field(default_factory=list)

    def add(self, folder: Path, failed: Failed | None) -> None:
        passed = failed is None
        for count in (
            self,
            self.levels.setdefault(folder.parent.name, Count()),
            self.folders.setdefault(f"{folder.parent.name}/{folder.name}", Count()),
        ):
            count.total += 1
            count.passed += passed
        if failed is not None:
            self.failures.append(failed)

    def as_json(self) -> dict[str, Json]:
        return {
            "passed": self.passed,
            "total": self.total,
            "levels": {name: {"passed": each.passed, "total": each.total} for name, each in self.levels.items()},
            "folders": {name: {"passed": each.passed, "total": each.total} for name, each in self.folders.items()},
            "failures": [
                {
                    "folder": each.folder,
                    "file": each.file,
                    "case": each.case,
                    "element": each.element,
                    "reason": each.reason,
                }
                for each in self.failures
            ],
        }


def run_tck(folder: Path) -> Score:
    """Run every test file under `folder`. A case passes when all its expected results are met.

    Raises InvalidInput when there is no test file at all, so that a wrong path never looks like success.
    """
    score = Score()
    now = parse_date_and_time(NOW)
    homes = sorted({path.parent for path in folder.rglob("*-test-*.xml")})
    if not homes:
        raise InvalidInput(f"Expected test files named *-test-*.xml under {folder}, found none")
    for home in homes:
        for failed in _run_folder(home, now):
            score.add(home, failed)
    return score


def _run_folder(home: Path, now: DateTime) -> Iterator[Failed | None]:
    models = _Models(home)
    for path in sorted(home.glob("*-test-*.xml")):
        try:
            tests = read_tests(path.read_bytes(), file=path.name)
        except InvalidModel as error:
            yield Failed(home.name, path.name, "", "", str(error))
            continue
        for case in tests.cases:
            failure = _run_case(models, tests, case, now)
            yield failure and Failed(home.name, path.name, case.id, *failure)


class _Models:
    """The models of one folder, compiled when they are first asked for."""

    def __init__(self, home: Path) -> None:
        self.files = {path.name: path.read_bytes() for path in sorted(home.glob("*.dmn"))}
        self.compiled: dict[str, Model | InvalidModel] = {}

    def get(self, name: str) -> Model:
        """The model of a test file's `modelName`. Raises InvalidModel when it cannot be read or compiled."""
        if name not in self.compiled:
            try:
                definitions = read_dmn_files(self.files, wanted=name)[name]
                self.compiled[name] = compile_definitions(definitions, external=java.find, tolerant=True)
            except InvalidModel as error:
                self.compiled[name] = error
        model = self.compiled[name]
        if isinstance(model, InvalidModel):
            raise model
        return model


def _run_case(models: _Models, tests: TestFile, case: TestCase, now: DateTime) -> tuple[str, str] | None:
    """None when the case passes, else the element that differs and why."""
    if tests.model not in models.files:
        return "", f"the model {tests.model!r} is not in the folder"
    try:
        model = models.get(tests.model)
        inputs = _inputs(case)
        for expected in case.results:
            reason = _check(model, case, expected, inputs, now)
            if reason:
                return expected.name, reason
    except (InvalidModel, DecisionNotFound, FeelError) as error:
        return "", f"{type(error).__name__}: {error}"
    return None


def _inputs(case: TestCase) -> Mapping[str, Value]:
    """By name, and where the test gives a namespace, by `{namespace}name` as well."""
    inputs: dict[str, Value] = {}
    for each in case.inputs:
        inputs[each.name] = each.value
        if each.namespace:
            inputs[f"{{{each.namespace}}}{each.name}"] = each.value
    return inputs


def _check(
    model: Model, case: TestCase, expected: Expectation, inputs: Mapping[str, Value], now: DateTime
) -> str | None:
    try:
        decided = model.evaluate(case.invocable or expected.name, inputs, now)
    except FeelLimit as error:
        decided = Decided(None, (), ())
        if not expected.error:
            return str(error)
    value = decided.value
    if case.invocable and isinstance(model.unit(case.invocable), ServiceUnit) and isinstance(value, dict):
        outputs = [name for name, _ in _outputs(model, case.invocable)]
        value = value.get(expected.name) if len(outputs) > 1 and expected.name in outputs else value
    difference = compare(expected.value, value)
    if difference is None:
        return None
    return difference + "".join(f"; {problem}" for problem in decided.problems[:3])


def _outputs(model: Model, service: str) -> tuple[tuple[str, object], ...]:
    unit = model.unit(service)
    return unit.outputs if isinstance(unit, ServiceUnit) else ()


def compare(expected: Value, actual: Value, path: str = "result") -> str | None:
    """None when the value is the one expected, else where they differ."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return None if abs(expected - actual) < TOLERANCE else _differs(path, expected, actual)
    if isinstance(expected, dict) and isinstance(actual, dict):
        if set(expected) != set(actual):
            return f"{path}: expected the entries {sorted(expected)}, but got {sorted(actual)}"
        return next(filter(None, (compare(expected[k], actual[k], f"{path}.{k}") for k in expected)), None)
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path}: expected {len(expected)} items, but got {len(actual)}"
        pairs = enumerate(zip(expected, actual, strict=True), 1)
        return next(filter(None, (compare(e, a, f"{path}[{i}]") for i, (e, a) in pairs)), None)
    if type(expected) is type(actual) and (expected is None or equal(expected, actual)):
        return None
    return _differs(path, expected, actual)


def _differs(path: str, expected: Value, actual: Value) -> str:
    return f"{path}: expected {describe(expected)}, but got {describe(actual)}"
