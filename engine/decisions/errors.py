"""What can be wrong with a question to a decision model. What goes wrong inside one is a `Reason`, not an error."""

from engine.errors import DubanError, NotFound


class DecisionError(DubanError):
    """Something about a decision."""


class DecisionNotFound(DecisionError, NotFound):
    """Expected the id or name of a decision, decision service or business knowledge model, but there is none."""
