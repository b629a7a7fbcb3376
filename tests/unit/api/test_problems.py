"""One table says which error has which status."""

from collections.abc import Iterator

import pytest

import engine.errors
import workflows.duban  # noqa: F401 - defines the errors of the parts it wires
from api import problems
from engine.errors import DubanError


def kinds(root: type[DubanError]) -> Iterator[type[DubanError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def status(kind: type[DubanError]) -> int:
    return next(answer.status for known, answer in problems.TABLE if issubclass(kind, known))


@pytest.mark.parametrize("kind", [*kinds(engine.errors.Rejected), *kinds(engine.errors.Unavailable)])
def test_every_rejection_has_a_status(kind: type[DubanError]) -> None:
    assert 400 <= status(kind) < 600


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TaskNotFound", 404), ("TaskForbidden", 403), ("TaskNotOpen", 409), ("TaskChanged", 412), ("KeyReused", 422),
        ("CaseNotActive", 409), ("InvalidInput", 422), ("InvalidModel", 422), ("Unavailable", 503), ("Conflict", 409),
    ],
)  # fmt: skip
def test_the_kinds_that_clients_rely_on(name: str, expected: int) -> None:
    assert status(getattr(engine.errors, name)) == expected


def test_no_line_of_the_table_is_hidden_by_an_earlier_one() -> None:
    for number, (kind, _) in enumerate(problems.TABLE):
        assert not any(issubclass(kind, earlier) for earlier, _ in problems.TABLE[:number]), kind


def test_types_are_stable_names_used_once() -> None:
    types = [answer.type for _, answer in problems.TABLE]
    assert len(types) == len(set(types))
