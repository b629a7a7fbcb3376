"""Regular expressions of XPath and XQuery Functions and Operators 3.1 (clause 5.6)."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from engine.feel.errors import Failure
from engine.feel.run import Run


class Pattern:
    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled

    def matches(self, text: str, run: Run) -> bool:
        run.spend(len(text) // 100)
        return self._compiled.search(text) is not None

    def replace(self, text: str, replacement: str, run: Run) -> str:
        run.spend(len(text) // 100)
        return str(self._compiled.sub(replacement, text))

    def split(self, text: str, run: Run) -> list[str]:
        run.spend(len(text) // 100)
        return list(self._compiled.split(text))

    def find_all(self, text: str, run: Run) -> Iterator[str]:
        run.spend(len(text) // 100)
        return (found[0] for found in self._compiled.finditer(text))


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str) -> Pattern:
    try:
        return Pattern(regex.compile(pattern))
    except regex.error as error:
        raise Failure(f"expected a regular expression, but got '{pattern}': {error}") from None
