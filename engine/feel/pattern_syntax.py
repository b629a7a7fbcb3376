"""Reads regular expressions of XPath and XQuery Functions and Operators 3.1 (clause 5.6.1) into a small tree.

Characters become sources for the `regex` package's sets (version 1 behaviour), with the `i` flag already worked in, so
both engines in `patterns` agree on what a character matches.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, TypeAlias

import regex

from engine.feel.errors import Failure

MAX_REPEAT = 1000
MAX_NESTING = 40
MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class One:
    """One character; `source` is a set of the `regex` package."""

    source: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Group:
    """`number` None: not captured."""

    body: "Tree"
    number: int | None


@dataclass(frozen=True, slots=True)
class Back:
    """A back-reference."""

    number: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`most` None: without end."""

    body: "Tree"
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One after the other."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple["Tree", ...]


Tree: TypeAlias = One | Edge | Group | Back | Repeat | Run | Choice

_NAME_START = (
    r":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CLASSES = {
    "d": r"\p{Nd}",
    "s": r"\ \t\n\r",
    "i": _NAME_START,
    "c": _NAME_START + r"\-\.0-9\u00b7\u0300-\u036f\u203f\u2040",
    "w": r"^\p{P}\p{Z}\p{C}",
}
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL = frozenset("\\|.-^?*+{}()[]$")
_PROPERTY = re.compile(r"\{(?:(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)|Is([A-Za-z0-9-]+))\}")
_QUANTITY = re.compile(r"\{([0-9]{1,9})(?:(,)([0-9]{1,9})?)?\}")


def literal(character: str) -> str:
    """A character in a set, whatever it is."""
    return character if character.isascii() and character.isalnum() else f"\\U{ord(character):08x}"


class Reader:
    """Reads one pattern; `groups` counts its capturing groups."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = _without_space(pattern) if "x" in flags else pattern
        self.ignore_case = "i" in flags
        self.dot = r"[\U00000000-\U0010ffff]" if "s" in flags else r"[^\n\r]"
        self.index = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.nesting = 0

    def read(self) -> Tree:
        if len(self.pattern) > MAX_LENGTH:
            raise Failure(f"expected a pattern of at most {MAX_LENGTH} characters, but it has {len(self.pattern)}")
        tree = self.choice()
        if self.index < len(self.pattern):
            self.refuse("a '(' for this ')'")
        return tree

    def refuse(self, wanted: str) -> NoReturn:
        shown = self.pattern if len(self.pattern) <= 60 else self.pattern[:60] + "…"
        raise Failure(f"expected {wanted} at character {self.index + 1} of the pattern '{shown}'")

    def peek(self) -> str:
        return self.pattern[self.index : self.index + 1]

    def take(self, text: str) -> bool:
        if self.pattern.startswith(text, self.index):
            self.index += len(text)
            return True
        return False

    def choice(self) -> Tree:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.refuse("fewer groups within groups")
        options = [self.run()]
        while self.take("|"):
            options.append(self.run())
        self.nesting -= 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def run(self) -> Tree:
        parts: list[Tree] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Run(tuple(parts))

    def repeated(self, body: Tree) -> Tree:
        limits = self.quantity()
        if limits is None:
            return body
        if isinstance(body, Edge):
            self.refuse("something that can be repeated before the quantifier")
        greedy = not self.take("?")
        if self.quantity() is not None:
            self.refuse("one quantifier")
        return Repeat(body, limits[0], limits[1], greedy)

    def quantity(self) -> tuple[int, int | None] | None:
        for sign, limits in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.take(sign):
                return limits
        if self.peek() != "{":
            return None
        found = _QUANTITY.match(self.pattern, self.index)
        if not found:
            self.refuse("a quantity such as {2,3}")
        least = int(found[1])
        most = int(found[3]) if found[3] else (None if found[2] else least)
        if max(least, most or 0) > MAX_REPEAT or (most is not None and most < least):
            self.refuse(f"a quantity in order and of at most {MAX_REPEAT}")
        self.index = found.end()
        return least, most

    def atom(self) -> Tree:
        character = self.peek()
        self.index += 1
        match character:
            case ".":
                return One(self.dot)
            case "^" | "$":
                return Edge(character)
            case "(":
                return self.group()
            case "[":
                return One(self.set())
            case "\\":
                return self.escape()
            case "?" | "*" | "+" | "{" | "}" | "]":
                self.index -= 1
                self.refuse("a backslash before this character, or something to repeat")
        return One(f"[{self.variants(character)}]")

    def group(self) -> Tree:
        number: int | None = None
        if not self.take("?:"):
            if self.peek() == "?":
                self.refuse("'(?:' or a plain group; XPath has no others")
            self.groups += 1
            number = self.groups
        body = self.choice()
        if not self.take(")"):
            self.refuse("a closing ')'")
        if number is not None:
            self.closed.add(number)
        return Group(body, number)

    def escape(self) -> Tree:
        digits = re.compile("[0-9]+").match(self.pattern, self.index)
        if digits:
            return self.back_reference(digits[0])
        return One(f"[{self.escaped()}]")

    def back_reference(self, digits: str) -> Tree:
        """As many digits as make the number of a group so far; the rest are characters."""
        while len(digits) > 1 and int(digits) > self.groups:
            digits = digits[:-1]
        if int(digits) not in self.closed or digits[0] == "0":
            self.refuse("a back-reference to a group that is closed before it")
        self.index += len(digits)
        return Back(int(digits))

    def escaped(self) -> str:
        """What follows a backslash, as a part of a set."""
        character = self.peek()
        self.index += 1
        if character in _CONTROL:
            return literal(_CONTROL[character])
        if character and character in _LITERAL:
            return self.variants(character)
        if character in ("p", "P"):
            return self.property(character == "P")
        if character and character.lower() in _CLASSES:
            inside = _CLASSES[character.lower()]
            return f"[{_inverted(inside) if character.isupper() else inside}]"
        self.index -= 1
        return self.refuse("an escape of XPath such as \\d or \\.")

    def property(self, negated: bool) -> str:
        found = _PROPERTY.match(self.pattern, self.index)
        if not found:
            self.refuse("a category such as {Lu} or a block such as {IsGreek}")
        source = rf"[{'^' if negated else ''}\p{{{found[1] or 'Block=' + found[2]}}}]"
        if not _is_known(source):
            self.refuse("a block that Unicode has")
        self.index = found.end()
        return source

    def set(self) -> str:
        """A character class expression, after its opening bracket."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.refuse("fewer classes within classes")
        negated = self.take("^")
        parts: list[str] = []
        taken = ""
        while not self.take("]"):
            if parts and self.take("-["):
                taken = self.set()
                if not self.take("]"):
                    self.refuse("the closing ']' after a subtraction")
                break
            parts.append(self.set_part(bool(parts)))
        if not parts:
            self.refuse("something in these brackets")
        self.nesting -= 1
        kept = f"[{'^' if negated else ''}{''.join(parts)}]"
        return f"[{kept}--{taken}]" if taken else kept

    def set_part(self, has_parts: bool) -> str:
        start = self.index
        character = self.peek()
        if character in ("", "[") or (character == "]" and not has_parts):
            self.refuse("a closing ']'" if not character else "a backslash before this character")
        self.index += 1
        if character == "\\":
            source = self.escaped()
            low = _single(self.pattern[start : self.index])
            if low is None:
                return source
        else:
            low = character
        following = self.pattern[self.index : self.index + 2]
        if not following.startswith("-") or following in ("-[", "-]"):
            return self.variants(low)
        self.index += 1
        return self.range_to(low)

    def range_to(self, low: str) -> str:
        start = self.index
        character = self.peek()
        self.index += 1
        if character == "\\":
            self.escaped()
        high = _single(self.pattern[start : self.index])
        if high is None or character in ("", "[") or high < low:
            self.refuse("a range in order, such as a-z")
        source = f"{literal(low)}-{literal(high)}"
        if self.ignore_case:
            source += "".join(
                literal(other)
                for character, others in _case_variants().items()
                if low <= character <= high
                for other in others
            )
        return source

    def variants(self, character: str) -> str:
        source = literal(character)
        if self.ignore_case:
            source += "".join(map(literal, _case_variants().get(character, "")))
        return source


def _without_space(pattern: str) -> str:
    """The `x` flag: white space goes, but in character classes."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in pattern:
        if character in " \t\n\r" and depth == 0:
            continue
        if not escaped:
            depth = max(0, depth + (character == "[") - (character == "]"))
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)


def _inverted(inside: str) -> str:
    return inside[1:] if inside.startswith("^") else "^" + inside


def _single(text: str) -> str | None:
    """The character that a part of a class stands for; None for a class escape."""
    if not text.startswith("\\"):
        return text or None
    return _CONTROL.get(text[1:]) or (text[1:] if text[1:] in _LITERAL else None)


@lru_cache(maxsize=256)
def _is_known(source: str) -> bool:
    try:
        regex.compile(source, regex.VERSION1)
    except regex.error:
        return False
    return True


@lru_cache(maxsize=1)
def _case_variants() -> dict[str, str]:
    """The other characters with the same upper or lower case, for each that has any."""
    families: dict[str, set[str]] = {}
    for code in [*range(0xD800), *range(0xE000, 0x1F000)]:
        character = chr(code)
        folded = character.lower().upper()
        if character.lower() != character or character.upper() != character:
            families.setdefault(folded, set()).update((character, *_one(character.lower()), *_one(character.upper())))
    return {
        character: "".join(sorted(family - {character})) for family in families.values() for character in sorted(family)
    }


def _one(text: str) -> tuple[str, ...]:
    return (text,) if len(text) == 1 else ()
