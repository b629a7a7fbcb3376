"""Scenario tests: `*.scenario.yaml` beside a diagram says what is given, what happens, and what must then be so.

`read` makes a checked `Suite` of a file, `run` plays one scenario in the engine in memory under its virtual clock and
says where it went another way, and what it reached. `docs/scenarios.md` describes the format.
"""

from engine.scenarios.expectations import Failure
from engine.scenarios.files import Scenario, Step, Suite, parse_step, read
from engine.scenarios.running import Coverage, Outcome, Reached, coverage, event_start, perform, run, unknown_names
from engine.scenarios.trying import Attempt, attempt, moment, record

__all__ = [
    "Attempt",
    "Coverage",
    "Failure",
    "Outcome",
    "Reached",
    "Scenario",
    "Step",
    "Suite",
    "attempt",
    "coverage",
    "event_start",
    "moment",
    "parse_step",
    "perform",
    "read",
    "record",
    "run",
    "unknown_names",
]
