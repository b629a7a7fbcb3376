"""The built-in functions of FEEL (DMN 1.5, clause 10.3.4), and those of Camunda's that do not contradict it.

To add one, declare it with `registry.builtin` in the module it belongs to; a new module is imported here.
"""

from engine.feel.library import contexts, lists, moments, numbers, ranges, strings
from engine.feel.library.registry import BUILTINS, Builtin

__all__ = ["BUILTINS", "Builtin", "contexts", "lists", "moments", "numbers", "ranges", "strings"]
