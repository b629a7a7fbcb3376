"""Text to tokens, and known names to runs of tokens (DMN 1.5, clause 10.3.1.2, rules 22 to 33 and 61 to 66)."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.feel.errors import FeelSyntaxError, place

NAME, NUMBER, STRING, SYMBOL, END = "name", "number", "string", "symbol", "end"

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f\u2040"
_SPACE = r"[\s\u0085\u180e\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
_TOKEN = re.compile(
    rf"(?P<space>(?:{_SPACE}|//[^\n]*|/\*(?s:.*?)\*/)+)"
    rf"|(?P<name>\?|[{_START}][{_PART}]*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<string>"(?s:[^"\\]*(?:\\.[^"\\]*)*)")'
    r"|(?P<symbol>\*\*|\.\.|->|<=|>=|!=|/(?!\*)|[-+*()\[\]{}.,:;=<>@'|])"
)
_ESCAPE = re.compile(r"\\(?:([nrt\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6}))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_FULL_WIDTH = str.maketrans("（），：“”。＝＞＜【】｛｝＋－＊／！", '(),:"".=><[]{}+-*/!')


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """All tokens, the last one an END; FeelSyntaxError at a character that begins none."""
    tokens: list[Token] = []
    position, size = 0, len(text)
    match = _TOKEN.match
    while position < size:
        found = match(text, position)
        if found is None:
            raise _unreadable(text, position)
        end = found.end()
        kind = found.lastgroup
        if kind != "space":
            tokens.append(Token(kind or SYMBOL, found[0], position, end))
        position = end
    tokens.append(Token(END, "", size, size))
    return tokens


def _unreadable(text: str, position: int) -> FeelSyntaxError:
    if text[position] == '"':
        return FeelSyntaxError("expected the closing quote of this string", *place(text, position))
    if text.startswith("/*", position):
        return FeelSyntaxError("expected the closing */ of this comment", *place(text, position))
    return FeelSyntaxError(f"expected FEEL, but got the character {text[position]!r}", *place(text, position))


def full_width_hint(name: str) -> str:
    """A hint when a name holds full-width punctuation, which FEEL counts as letters."""
    plain = name.translate(_FULL_WIDTH)
    return f" (did you mean the half-width '{plain}'?)" if plain != name else ""


def unquote(text: str, source: str, start: int) -> str:
    """The value of a string token; unknown escapes stay as written, so that "\\d" needs no doubling."""
    body = text[1:-1]
    if "\\" not in body:
        return body

    def replace(found: re.Match[str]) -> str:
        plain, short, long = found.groups()
        if plain:
            return _ESCAPED[plain]
        code = int(short or long, 16)
        if code > 0x10FFFF:
            raise FeelSyntaxError(f"expected a Unicode code point, but got {found[0]}", *place(source, start))
        return chr(code)

    value = _ESCAPE.sub(replace, body)
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise FeelSyntaxError("expected a pair of surrogates, but got half of one", *place(source, start)) from None


class Names:
    """Known names with spaces or symbols, to be found in a run of tokens. Names of one token need no table."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[tuple[str, bool], ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        pattern = _pattern(name)
        if len(pattern) > 1:
            known = self._by_first.setdefault(pattern[0][0], [])
            known.append((pattern, name))
            known.sort(key=lambda entry: -len(entry[0]))

    def longest(self, tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The longest known name of several tokens that begins here, and the index after it."""
        known = self._by_first.get(tokens[index][1])
        if known is None:
            return None
        for pattern, name in known:
            if _begins(pattern, tokens, index):
                return name, index + len(pattern)
        return None


@lru_cache(maxsize=4096)
def _pattern(name: str) -> tuple[tuple[str, bool], ...]:
    """A name as (token text, is it apart from the one before) pairs; empty when it cannot be written in FEEL."""
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return ()
    return tuple((token.text, index > 0 and token.start > tokens[index - 1].end) for index, token in enumerate(tokens))


def _begins(pattern: tuple[tuple[str, bool], ...], tokens: Sequence[Token], index: int) -> bool:
    if index + len(pattern) >= len(tokens):
        return False
    end = tokens[index].end
    for offset, (text, apart) in enumerate(pattern):
        token = tokens[index + offset]
        if token.text != text or (offset and (token.start > end) != apart):
            return False
        end = token.end
    return True


@lru_cache(maxsize=1024)
def known_names(names: frozenset[str]) -> Names:
    return Names(names)


def as_names(names: Collection[str]) -> frozenset[str]:
    return names if isinstance(names, frozenset) else frozenset(names)
