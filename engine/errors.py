"""One root; leaves inherit by subject and by kind, so a caller catches either. Only `api/` knows status numbers.

A class's docstring is its default message. Messages say what was expected, what was found, and what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


class DubanError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message or (self.__doc__ or "").strip()
        super().__init__(self.message)


# Kinds -------------------------------------------------------------------------------------------------------------


class Rejected(DubanError):
    """The request was refused; nothing changed."""


class NotFound(Rejected):
    """Expected something that exists, but found nothing."""


class Forbidden(Rejected):
    """You may not do this."""


class InvalidState(Rejected):
    """Not possible in the present state."""


class Conflict(Rejected):
    """Somebody else was faster; load it again and decide anew."""


class StaleVersion(Conflict):
    """Expected the version that you saw, but it has changed since; load it again."""


class InvalidInput(Rejected):
    """The input is not valid. `fields` maps a path such as `variables.amount` to what is wrong there."""

    def __init__(self, message: str | None = None, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.fields: dict[str, list[str]] = {path: list(texts) for path, texts in (fields or {}).items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a model.

    `rule` is a stable code, `element` the id in the file, `line` counts from 1 (0: unknown).
    """

    rule: str
    message: str
    element: str = ""
    line: int = 0
    file: str = ""
    severity: str = "error"  # or "warning"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        place = f"{self.file or 'model'}:{self.line}" if self.line else (self.file or "model")
        return f"{place}: {self.severity} {self.rule}: {self.message}" + (f" [{self.element}]" if self.element else "")


class InvalidModel(Rejected):
    """The model was refused. `problems` says why, each at its element and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems) or None)


class Unavailable(DubanError):
    """The service cannot answer just now; the same request may be sent again."""


# Subjects ----------------------------------------------------------------------------------------------------------


class CaseError(DubanError):
    """Something about a case."""


class TaskError(DubanError):
    """Something about a task."""


class JobError(DubanError):
    """Something about a job."""


class IncidentError(DubanError):
    """Something about an incident."""


class ReleaseError(DubanError):
    """Something about a release."""


class CaseNotFound(CaseError, NotFound):
    """Expected a case with this id, but there is none."""


class CaseNotActive(CaseError, InvalidState):
    """Expected an active case, but it has ended or is suspended."""


class TaskNotFound(TaskError, NotFound):
    """Expected an open task with this id, but there is none."""


class TaskNotOpen(TaskError, InvalidState):
    """Expected an open task, but it has been completed or cancelled."""


class TaskChanged(TaskError, StaleVersion):
    """Expected the version of the task that you saw, but it has changed since; load it again."""


class TaskForbidden(TaskError, Forbidden):
    """This task is not yours to act on."""


class JobNotFound(JobError, NotFound):
    """Expected a waiting job with this id, but there is none."""


class IncidentNotFound(IncidentError, NotFound):
    """Expected an open incident with this id, but there is none."""


class DiagramNotFound(NotFound):
    """Expected a diagram of the library with this hash, but there is none."""


class ReleaseNotFound(ReleaseError, NotFound):
    """Expected a release with this hash or a deployed process with this id, but there is none."""


class KeyReused(Conflict):
    """The idempotency key was used before for a different request; use a new key."""
