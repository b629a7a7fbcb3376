"""What FEEL reports: errors that stop the work, and problems that explain why a result is null."""

from dataclasses import dataclass

from engine.errors import DubanError, InvalidInput


class FeelError(DubanError):
    """Something about a FEEL expression or value."""


class FeelSyntaxError(FeelError, InvalidInput):
    """The text is not FEEL. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{message}, at {line}:{column}")
        self.reason = message
        self.line = line
        self.column = column


class FeelLimit(FeelError, InvalidInput):
    """The expression asked for more steps, depth or size than it may use. Never silently null.

    `line` and `column` count from 1; 0 when the limit was met outside any text.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.reason = message
        self.line = self.column = 0

    def locate(self, text: str, offset: int) -> None:
        """Say where; the innermost place, which comes first, stays."""
        if not self.line:
            self.line, self.column = place(text, offset)
            self.message = f"{self.reason}, at {self.line}:{self.column}"
            self.args = (self.message,)


class Failure(Exception):
    """Inside a built-in: the call yields null, for this reason. Never leaves the package."""


@dataclass(frozen=True, slots=True)
class FeelProblem:
    """Why a null came from an error (clause 10.3.2.13.1): the reason, and where in the text, counted from 1."""

    message: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.message}, at {self.line}:{self.column}"


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a character offset in the text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
