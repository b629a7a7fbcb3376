"""Decisions: DMN 1.5 models on FEEL, compiled once and evaluated with the reasons for each result.

model = compile_definitions(read_dmn(data))
decided = model.evaluate("Eligibility", {"Age": Decimal(17)}, now)
decided.value, decided.problems, decided.steps
"""

from engine.decisions.compiler import External
from engine.decisions.errors import DecisionError, DecisionNotFound
from engine.decisions.evaluation import Decided, Matched, Place, Reason, Step, TableHit
from engine.decisions.graph import compile_definitions
from engine.decisions.model import Model

__all__ = [
    "Decided",
    "DecisionError",
    "DecisionNotFound",
    "External",
    "Matched",
    "Model",
    "Place",
    "Reason",
    "Step",
    "TableHit",
    "compile_definitions",
]
