"""Compiled expressions and unary tests: what the rest of the engine calls."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.feel.closures import Code, TestCode
from engine.feel.compiler import FUNCTION_NAMES, Bound, Compiler, Externals
from engine.feel.errors import FeelLimit, FeelProblem
from engine.feel.lexer import as_names, known_names
from engine.feel.parser import parse, parse_unary
from engine.feel.run import DEFAULT_LIMITS, UNRECORDED, Mark, Run
from engine.feel.temporal import DateTime
from engine.feel.types import Type
from engine.feel.values import Value

Scope = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, and why any null in it came from an error."""

    value: Value
    problems: tuple[FeelProblem, ...]


@dataclass(frozen=True, eq=False)
class Library:
    """What a model adds to FEEL: its named types, and the foreign functions it may call. Compared by identity."""

    types: Mapping[str, Type]
    externals: Externals | None = None


NO_LIBRARY = Library({})


class Expression:
    """A FEEL expression, compiled. Immutable, and shared by threads.

    `free_names` are the variables it reads from the scope; `maybe_names` those it reads there unless the item of a
    filter has an entry of that name.
    """

    __slots__ = ("_code", "_straight", "free_names", "maybe_names", "names", "text")

    def __init__(self, text: str, names: frozenset[str], code: Code, compiler: Compiler) -> None:
        self.text = text
        self.names = names
        self.free_names = frozenset(compiler.free)
        self.maybe_names = frozenset(compiler.maybe - compiler.free)
        self._code = code
        self._straight = compiler.straight

    def __call__(self, scope: Scope, now: DateTime | None = None) -> Value:
        """The value; an error inside is null, as the standard has it. FeelLimit when it asks for too much."""
        try:
            return self._code(scope, UNRECORDED if self._straight else Run(now))
        except FeelLimit as limit:
            raise Mark(self.text, 0).blame(limit) from None
        except RecursionError:
            raise _recursion() from None

    def explain(self, scope: Scope, now: DateTime | None = None) -> Outcome:
        """The same value, and why any null came from an error."""
        run = Run(now)
        value = self.evaluate(scope, run)
        return Outcome(value, tuple(run.problems))

    def evaluate(self, scope: Scope, run: Run) -> Value:
        """As a part of something larger: its run counts the steps and keeps the problems."""
        try:
            return self._code(scope, run)
        except FeelLimit as limit:
            raise Mark(self.text, 0).blame(limit) from None
        except RecursionError:
            raise _recursion() from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class UnaryTests:
    """Unary tests, compiled: the input entry of a decision table, or allowed values. Immutable, shared by threads."""

    __slots__ = ("_code", "free_names", "maybe_names", "names", "text")

    def __init__(self, text: str, names: frozenset[str], code: TestCode, compiler: Compiler) -> None:
        self.text = text
        self.names = names
        self.free_names = frozenset(compiler.free)
        self.maybe_names = frozenset(compiler.maybe - compiler.free)
        self._code = code

    def __call__(self, value: Value, scope: Scope, now: DateTime | None = None) -> bool | None:
        """Does the value pass? Null when that cannot be said."""
        return self.evaluate(value, scope, Run(now))

    def explain(self, value: Value, scope: Scope, now: DateTime | None = None) -> Outcome:
        run = Run(now)
        passed = self.evaluate(value, scope, run)
        return Outcome(passed, tuple(run.problems))

    def evaluate(self, value: Value, scope: Scope, run: Run) -> bool | None:
        """As a part of something larger: its run counts the steps and keeps the problems."""
        try:
            return self._code(value, ((value,), scope), run)
        except FeelLimit as limit:
            raise Mark(self.text, 0).blame(limit) from None
        except RecursionError:
            raise _recursion() from None

    def __repr__(self) -> str:
        return f"UnaryTests({self.text!r})"


def _recursion() -> FeelLimit:
    """The limits on depth come first; this is the net below them, for a caller that is itself very deep."""
    limit = FeelLimit("Expected an expression that nests less deeply")
    limit.locate("", 0)
    return limit


def compile(text: str, names: Collection[str] = (), library: Library = NO_LIBRARY) -> Expression:
    """An expression. `names` are the variables known to be in scope: only they may hold spaces or symbols freely, and
    only they hide a built-in function of the same name. FeelSyntaxError with line and column when it is not FEEL.
    """
    return _compile(text, as_names(names), library)


def compile_unary(text: str, names: Collection[str] = (), library: Library = NO_LIBRARY) -> UnaryTests:
    """Unary tests (grammar rule 14): `-`, `< 5`, `"a", "b"`, `not(1, 2)`, `? > 3`; `?` is the value that is tested."""
    return _compile_unary(text, as_names(names), library)


@lru_cache(maxsize=8192)
def _compile(text: str, names: frozenset[str], library: Library) -> Expression:
    try:
        node = parse(text, known_names(names), FUNCTION_NAMES, library.types, DEFAULT_LIMITS)
        compiler = Compiler(text, names, library.externals)
        return Expression(text, names, compiler.code(node), compiler)
    except RecursionError:
        raise _recursion() from None


@lru_cache(maxsize=16384)
def _compile_unary(text: str, names: frozenset[str], library: Library) -> UnaryTests:
    try:
        tests = parse_unary(text, known_names(names), FUNCTION_NAMES, library.types, DEFAULT_LIMITS)
        compiler = Compiler(text, names, library.externals)
        compiler.levels.append(Bound({"?": 0}))
        return UnaryTests(text, names, compiler.tests(tests, unary=True) if tests else _anything, compiler)
    except RecursionError:
        raise _recursion() from None


def _anything(value: Value, env: Any, run: Run) -> bool:  # noqa: ARG001 - it takes what every test takes
    return True
