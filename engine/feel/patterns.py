"""Matching of XPath's regular expressions without runaway backtracking: see docs/decisions/0010.

A pattern whose worst case on this text is small runs on the `regex` package. Any other without back-references runs on
a machine of our own, in time proportional to pattern times text. What is left, a costly pattern with back-references,
is refused. The choice depends on pattern and text alone, and both engines find the same matches.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import regex

from engine.feel.errors import Failure, FeelLimit
from engine.feel.pattern_syntax import Back, Choice, Edge, Group, One, Reader, Repeat, Tree
from engine.feel.pattern_syntax import Run as Sequence
from engine.feel.run import Run

MAX_BACKTRACKS = 2_000_000
MAX_PROGRAM = 4_000
_FLAGS = frozenset("smix")

Spans: TypeAlias = tuple[int, ...]
"""Start and end of the match, then of each group; -1 where a group took no part."""


class Pattern:
    """A compiled pattern, shared by threads."""

    def __init__(self, pattern: str, flags: str) -> None:
        reader = Reader(pattern, flags)
        self.tree = reader.read()
        self.groups = reader.groups
        self.lines = "m" in flags
        self._regex: Any = regex.compile(_source(self.tree, self.lines, reader.ignore_case), regex.VERSION1)
        self._machine = None if _has_back_reference(self.tree) else _Machine(self.tree, self.groups, self.lines)

    def matches(self, text: str, run: Run) -> bool:
        return next(self._search(text, run), None) is not None

    def replace(self, text: str, replacement: str, run: Run) -> str:
        """All matches replaced; `$1` is a group, `$0` the match, `\\$` and `\\\\` are characters."""
        self._refuse_empty(run)
        template = _template(replacement, self.groups)
        pieces: list[str] = []
        size, end = 0, 0
        for spans in self._search(text, run):
            pieces.append(text[end : spans[0]])
            pieces.extend(part if isinstance(part, str) else _group(text, spans, part) for part in template)
            size += sum(map(len, pieces[-len(template) - 1 :]))
            run.check_string(size)
            end = spans[1]
        pieces.append(text[end:])
        return "".join(pieces)

    def split(self, text: str, run: Run) -> list[str]:
        """What is between the matches."""
        self._refuse_empty(run)
        pieces: list[str] = []
        end = 0
        for spans in self._search(text, run):
            pieces.append(text[end : spans[0]])
            end = spans[1]
        return [*pieces, text[end:]]

    def find_all(self, text: str, run: Run) -> list[str]:
        self._refuse_empty(run)
        return [text[spans[0] : spans[1]] for spans in self._search(text, run)]

    def _refuse_empty(self, run: Run) -> None:
        if self.matches("", run):
            raise Failure("expected a pattern that does not match the empty string")

    def _search(self, text: str, run: Run) -> Iterator[Spans]:
        """The matches from left to right, none overlapping another."""
        run.spend(len(text) // 100 + 1)
        if _worst_case(self.tree, len(text)) <= MAX_BACKTRACKS:
            return _regex_matches(self._regex, self.groups, text)
        if self._machine is None:
            raise FeelLimit("Expected a simpler pattern: one with back-references could take forever on this text")
        return self._machine.search(text, run)

    def search_with_regex(self, text: str) -> list[Spans]:
        """All matches, found by backtracking. For comparing the two engines."""
        return list(_regex_matches(self._regex, self.groups, text))

    def search_with_machine(self, text: str, run: Run) -> list[Spans]:
        """All matches, found by the machine, which knows no back-references. For comparing the two engines."""
        return list(self._machine.search(text, run)) if self._machine else []


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str, flags: str) -> Pattern:
    """Failure when it is no regular expression of XPath, or a flag is not one of s, m, i, x."""
    unknown = set(flags) - _FLAGS
    if unknown:
        raise Failure(f"expected flags among s, m, i and x, but got '{flags[:20]}'")
    return Pattern(pattern, flags)


def _regex_matches(compiled: Any, groups: int, text: str) -> Iterator[Spans]:
    for found in compiled.finditer(text):
        yield tuple(place for group in range(groups + 1) for place in found.span(group))


def _template(replacement: str, groups: int) -> list[str | int]:
    """The replacement as texts and numbers of groups."""
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        character = replacement[index]
        following = replacement[index + 1 : index + 2]
        if character == "\\":
            if following not in ("\\", "$") or not following:
                raise Failure("expected '\\\\' or '\\$' for a backslash in the replacement")
            parts.append(following)
            index += 2
        elif character == "$":
            digits = _digits(replacement, index + 1, groups)
            parts.append(int(digits) if int(digits) <= groups else "")
            index += 1 + len(digits)
        else:
            end = min((at for at in (replacement.find(c, index) for c in "\\$") if at >= 0), default=len(replacement))
            parts.append(replacement[index:end])
            index = end
    return parts


def _digits(text: str, start: int, groups: int) -> str:
    """The digits after a dollar, as many as make the number of a group."""
    end = start
    while text[end : end + 1].isdecimal() and text[end].isascii() and end - start < 4:
        end += 1
    if end == start:
        raise Failure("expected a digit after '$' in the replacement, or '\\$' for a dollar")
    while end - start > 1 and int(text[start:end]) > groups:
        end -= 1
    return text[start:end]


def _group(text: str, spans: Spans, number: int) -> str:
    start, end = spans[2 * number], spans[2 * number + 1]
    return text[start:end] if start >= 0 else ""


# For the regex package -----------------------------------------------------------------------------------------------

_EDGES = {
    ("^", False): r"\A",
    ("$", False): r"\Z",
    ("^", True): r"(?:\A|(?<=\n)(?!\Z))",
    ("$", True): r"(?:(?=\n)|(?<!\n)\Z)",
}


def _source(tree: Tree, lines: bool, ignore_case: bool) -> str:
    match tree:
        case One(source):
            return source
        case Edge(sign):
            return _EDGES[sign, lines]
        case Back(number):
            return rf"(?i:\g<{number}>)" if ignore_case else rf"(?:\g<{number}>)"
        case Group(body, number):
            return f"({'?:' if number is None else ''}{_source(body, lines, ignore_case)})"
        case Repeat(body, least, most, greedy):
            inner = f"(?:{_source(body, lines, ignore_case)})"
            return f"{inner}{{{least},{'' if most is None else most}}}{'' if greedy else '?'}"
        case Sequence(parts):
            return "".join(_source(part, lines, ignore_case) for part in parts)
        case Choice(options):
            return "(?:" + "|".join(_source(option, lines, ignore_case) for option in options) + ")"


def _has_back_reference(tree: Tree) -> bool:
    match tree:
        case Back():
            return True
        case Group(body) | Repeat(body):
            return _has_back_reference(body)
        case Sequence(parts) | Choice(parts):
            return any(_has_back_reference(part) for part in parts)
    return False


def _worst_case(tree: Tree, length: int) -> float:
    """How many ways a backtracking engine may have to try: starts times the ways of each choice."""
    return (length + 1) * _ways(tree, length)


def _ways(tree: Tree, length: int) -> float:
    match tree:
        case Group(body):
            return _ways(body, length)
        case Choice(options):
            return sum(_ways(option, length) for option in options)
        case Sequence(parts):
            ways = 1.0
            for part in parts:
                ways *= _ways(part, length)
            return ways
        case Repeat(body, least, most):
            inner = _ways(body, length)
            times = length + 1 if most is None else min(most, length + 1)
            choices = max(times - least, 0) + 1
            if inner == 1.0 or times <= 1:
                return choices * inner
            return float("inf") if times > 20 else choices * inner**times
    return 1.0


# Our own machine -----------------------------------------------------------------------------------------------------


class _Step(NamedTuple):
    """An instruction: `one` consumes a character of a set, `edge` and `save` go on to the next, `fork` tries `first`
    before `second`, `match` ends.
    """

    kind: str
    first: int = 0
    second: int = 0
    set: Any = None


class _Machine:
    """A Pike machine: runs all alternatives side by side, one character at a time, those that come first preferred."""

    def __init__(self, tree: Tree, groups: int, lines: bool) -> None:
        self.lines = lines
        self.slots = 2 * (groups + 1)
        self.program: list[_Step] = [_Step("save", 0)]
        self._sets: dict[str, Any] = {}
        self._seen: dict[tuple[int, str], bool] = {}
        self._compile(tree)
        self._emit(_Step("save", 1))
        self._emit(_Step("match"))

    def _emit(self, step: _Step) -> int:
        if len(self.program) >= MAX_PROGRAM:
            raise Failure("expected a pattern with smaller quantities")
        self.program.append(step)
        return len(self.program) - 1

    def _compile(self, tree: Tree) -> None:
        match tree:
            case One(source):
                self._emit(_Step("one", set=self._sets.setdefault(source, regex.compile(source, regex.VERSION1))))
            case Edge(sign):
                self._emit(_Step("edge", set=sign))
            case Group(body, number):
                if number is None:
                    return self._compile(body)
                self._emit(_Step("save", 2 * number))
                self._compile(body)
                self._emit(_Step("save", 2 * number + 1))
            case Sequence(parts):
                for part in parts:
                    self._compile(part)
            case Choice(options):
                self._compile_choice(options)
            case Repeat():
                self._compile_repeat(tree)
        return None

    def _compile_choice(self, options: tuple[Tree, ...]) -> None:
        exits: list[int] = []
        for option in options[:-1]:
            fork = self._emit(_Step("fork"))
            self._compile(option)
            exits.append(self._emit(_Step("go")))
            self.program[fork] = _Step("fork", fork + 1, len(self.program))
        self._compile(options[-1])
        for exit_ in exits:
            self.program[exit_] = _Step("go", len(self.program))

    def _compile_repeat(self, repeat: Repeat) -> None:
        for _ in range(repeat.least):
            self._compile(repeat.body)
        if repeat.most is None:
            fork = self._emit(_Step("fork"))
            self._compile(repeat.body)
            self._emit(_Step("go", fork))
            self._leave(fork, repeat.greedy)
            return
        forks: list[int] = []
        for _ in range(repeat.most - repeat.least):
            forks.append(self._emit(_Step("fork")))
            self._compile(repeat.body)
        for fork in forks:
            self._leave(fork, repeat.greedy)

    def _leave(self, fork: int, greedy: bool) -> None:
        inside, after = fork + 1, len(self.program)
        self.program[fork] = _Step("fork", inside, after) if greedy else _Step("fork", after, inside)

    def search(self, text: str, run: Run) -> Iterator[Spans]:
        start = 0
        while start <= len(text):
            spans = self._first(text, start, run)
            if spans is None:
                return
            yield spans
            start = spans[1] if spans[1] > spans[0] else spans[1] + 1

    def _first(self, text: str, start: int, run: Run) -> Spans | None:
        """The leftmost match from here on, and of those the preferred one."""
        program, best = self.program, None
        threads: list[tuple[int, Spans]] = []
        for position in range(start, len(text) + 1):
            active: list[tuple[int, Spans]] = []
            seen: set[int] = set()
            for counter, spans in threads:
                self._follow(counter, spans, text, position, active, seen)
            if best is None:
                self._follow(0, (-1,) * self.slots, text, position, active, seen)
            run.spend(len(seen) // 8 + 1)
            threads = []
            for counter, spans in active:
                step = program[counter]
                if step.kind == "match":
                    best = spans
                    break
                if position < len(text) and self._is_in(counter, text[position]):
                    threads.append((counter + 1, spans))
            if not threads and best is not None:
                break
        return best

    def _is_in(self, counter: int, character: str) -> bool:
        known = self._seen.get((counter, character))
        if known is None:
            known = self.program[counter].set.match(character) is not None
            if len(self._seen) < 10_000:
                self._seen[counter, character] = known
        return known

    def _follow(
        self, counter: int, spans: Spans, text: str, position: int, active: list[tuple[int, Spans]], seen: set[int]
    ) -> None:
        """Add the instructions that wait for a character, in order of preference."""
        stack = [(counter, spans)]
        while stack:
            counter, spans = stack.pop()
            if counter in seen:
                continue
            seen.add(counter)
            step = self.program[counter]
            if step.kind == "fork":
                stack.append((step.second, spans))
                stack.append((step.first, spans))
            elif step.kind == "go":
                stack.append((step.first, spans))
            elif step.kind == "save":
                stack.append((counter + 1, (*spans[: step.first], position, *spans[step.first + 1 :])))
            elif step.kind != "edge":
                active.append((counter, spans))
            elif _is_edge(step.set, text, position, self.lines):
                stack.append((counter + 1, spans))


def _is_edge(sign: str, text: str, position: int, lines: bool) -> bool:
    size = len(text)
    if sign == "^":
        return position == 0 or (lines and text[position - 1] == "\n" and position < size)
    if lines:
        return text[position] == "\n" if position < size else not text.endswith("\n")
    return position == size
