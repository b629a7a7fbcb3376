"""Expressions of other tools as FEEL: JUEL (`${…}`, Camunda 7 and its cousins) and the plain part of Python.

One parser reads both; what differs is the words and a few rules of precedence. Only what means the same in FEEL is
translated: anything else, a call of a method above all, is refused with the reason. Each result is compiled and must
read exactly the variables that the original reads, so a name that FEEL understands in another way is refused too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine import feel
from engine.errors import DubanError
from engine.notation.bpmn_source import quoted, shown

MOST_CHARACTERS = 4_000
MOST_TEXT = 20_000
MOST_DEPTH = 40


class Untranslatable(ValueError):
    """The expression has no twin in FEEL."""


@dataclass(frozen=True, slots=True)
class Translation:
    """FEEL without a leading `=`. `remarks` say where the meaning could differ."""

    feel: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """The words and symbols of a language → the operators of the parser."""

    name: str
    operators: Mapping[str, str]
    constants: Mapping[str, str]
    python: bool = False


JUEL = Language(
    "JUEL",
    {
        "&&": "and", "and": "and", "||": "or", "or": "or", "!": "not", "not": "not", "empty": "empty",
        "==": "=", "eq": "=", "!=": "!=", "ne": "!=", "<": "<", "lt": "<", ">": ">", "gt": ">",
        "<=": "<=", "le": "<=", ">=": ">=", "ge": ">=", "+": "+", "-": "-", "*": "*", "/": "/", "div": "/",
        "%": "%", "mod": "%", "instanceof": "instanceof",
    },
    {"true": "true", "false": "false", "null": "null"},
)  # fmt: skip
PYTHON = Language(
    "Python",
    {
        "and": "and", "or": "or", "not": "not", "if": "if", "else": "else", "in": "in", "is": "is", "==": "=",
        "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "+": "+", "-": "-", "*": "*", "/": "/",
        "//": "//", "%": "%", "**": "**", "lambda": "lambda", "for": "for", "await": "await",
    },
    {"True": "true", "False": "false", "None": "null"},
    python=True,
)  # fmt: skip
COUNTERS = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
}
"""Camunda 7's names of the counts in a multi-instance activity → ours."""
ENGINE_OBJECTS = frozenset(
    "execution task authenticatedUserId caseExecution historyService runtimeService taskService".split()
)
PLAIN_FUNCTIONS = {"abs": "abs", "min": "min", "max": "max", "sum": "sum"}
"""Python's built-ins that FEEL has under the same name."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
      | (?P<name>[^\W\d][\w$]*)
      | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<symbol>\*\*|//|&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "'": "'"}

# How tightly a piece of FEEL holds together: what is looser than its place asks for goes into parentheses.
_IF, _OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER, _SIGN, _ATOM = range(9)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """FEEL text; `kind` is boolean, number, text, list or any; `path`: the names of a plain path such as a.b."""

    feel: str
    level: int = _ATOM
    kind: str = "any"
    path: tuple[str, ...] = ()
    value: str = ""

    def within(self, level: int) -> str:
        return self.feel if self.level >= level else f"({self.feel})"


def from_juel(text: str) -> Translation:
    """The inside of `${…}` as FEEL. Raises Untranslatable."""
    return _translated(text, JUEL, condition=False)


def from_python(text: str, *, condition: bool = False) -> Translation:
    """A Python expression as FEEL; nothing is ever run. `condition`: true or false is wanted. Raises Untranslatable."""
    return _translated(text, PYTHON, condition=condition)


def from_template(text: str) -> Translation | None:
    """A text with `${…}` or `#{…}` in it as FEEL; None for a text without. Raises Untranslatable."""
    if len(text) > MOST_TEXT and re.search(r"[$#]\{", text):
        raise Untranslatable(f"expected at most {MOST_TEXT} characters around expressions, found {len(text)}")
    parts = _parts(text)
    if all(literal for literal, _ in parts):
        return None
    made = [Translation(quoted(part)) if literal else from_juel(part) for literal, part in parts]
    if len(made) == 1:
        return made[0]
    # JUEL writes nothing for null, and so does `string join`, where `+` would make the whole text null.
    texts = [each.feel if literal else f"string({each.feel})" for each, (literal, _) in zip(made, parts, strict=True)]
    return Translation(f"string join([{', '.join(texts)}])", tuple(note for each in made for note in each.remarks))


def _parts(text: str) -> list[tuple[bool, str]]:
    """The text in pieces: (whether it is literal, piece). Raises Untranslatable for an expression without its end."""
    found: list[tuple[bool, str]] = []
    position = 0
    for begin in re.finditer(r"[$#]\{", text):
        if begin.start() < position:
            continue
        if begin.start() > position:
            found.append((True, text[position : begin.start()]))
        end = re.compile(r"""(?:[^"'}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*+\}""", re.DOTALL).match(text, begin.end())
        if end is None:
            raise Untranslatable(f"expected }} after {shown(text[begin.start() :], 40)}")
        found.append((False, text[begin.end() : end.end() - 1]))
        position = end.end()
    if position < len(text) or not found:
        found.append((True, text[position:]))
    return found


def _translated(text: str, language: Language, *, condition: bool) -> Translation:
    if len(text) > MOST_CHARACTERS:
        raise Untranslatable(f"expected at most {MOST_CHARACTERS} characters, found {len(text)}")
    parser = _Parser(_tokens(text, language), language)
    piece = parser.whole(condition)
    try:
        names = feel.compile(piece.feel).free_names
    except DubanError as error:
        raise Untranslatable(f"FEEL cannot say it: {error.message}") from error
    if names != parser.names:
        strange = ", ".join(sorted(names ^ parser.names))
        raise Untranslatable(f"the name {strange} means something else in FEEL; rename the variable")
    return Translation(piece.feel, tuple(dict.fromkeys(parser.remarks)))


def _tokens(text: str, language: Language) -> list[_Token]:
    tokens: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise Untranslatable(f"{shown(text[position:].strip(), 20)} has no twin in FEEL")
        kind = match.lastgroup or ""
        word = match[kind]
        if kind in ("name", "symbol") and word in language.operators:
            kind, word = "operator", language.operators[word]
        tokens.append(_Token(kind, word))
        position = match.end()
    tokens.append(_Token("end", ""))
    return tokens


@dataclass(slots=True)
class _Parser:
    """Recursive descent, one method a level of precedence, loosest first; nested at most MOST_DEPTH deep."""

    tokens: list[_Token]
    language: Language
    names: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    index: int = 0
    depth: int = 0

    # Tokens ----------------------------------------------------------------------------------------------------------

    @property
    def next(self) -> _Token:
        return self.tokens[self.index]

    def take(self) -> _Token:
        token = self.next
        self.index = min(self.index + 1, len(self.tokens) - 1)
        return token

    def taken(self, *texts: str) -> str | None:
        """The operator or symbol that comes next, if it is one of these."""
        token = self.next
        return self.take().text if token.kind in ("operator", "symbol") and token.text in texts else None

    def expect(self, symbol: str) -> None:
        if self.taken(symbol) is None:
            raise Untranslatable(f"expected {symbol}, found {self._found()}")

    def _found(self) -> str:
        return shown(self.next.text, 20) if self.next.text else "the end"

    def remark(self, text: str) -> None:
        self.remarks.append(text)

    # Levels ----------------------------------------------------------------------------------------------------------

    def whole(self, condition: bool) -> _Piece:
        if self.next.kind == "end":
            raise Untranslatable("expected an expression, found nothing")
        piece = self.choice()
        if self.next.kind != "end":
            raise Untranslatable(f"expected the end of the expression, found {self._found()}")
        return self.truth(piece) if condition else piece

    def choice(self) -> _Piece:
        """`a ? b : c`, or `b if a else c`."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Untranslatable(f"expected at most {MOST_DEPTH} levels of parentheses")
        piece = self.either()
        if self.language.python and self.taken("if"):
            condition = self.truth(self.either())
            self.expect("else")
            piece = _if(condition, piece, self.choice())
        elif not self.language.python and self.taken("?"):
            yes = self.choice()
            self.expect(":")
            piece = _if(self.truth(piece), yes, self.choice())
        self.depth -= 1
        return piece

    def either(self) -> _Piece:
        return self._logical("or", _OR, self.both)

    def both(self) -> _Piece:
        return self._logical("and", _AND, self.negation)

    def _logical(self, operator: str, level: int, inner: Callable[[], _Piece]) -> _Piece:
        piece = inner()
        while self.taken(operator):
            left, right = self.truth(piece), self.truth(inner())
            piece = _Piece(f"{left.within(level)} {operator} {right.within(level + 1)}", level, "boolean")
        return piece

    def truth(self, piece: _Piece) -> _Piece:
        """`piece` where true or false is wanted: Python counts empty and zero as false, FEEL does not."""
        if self.language.python and piece.kind != "boolean":
            self.remark(f"{shown(piece.feel, 40)} must be true or false: FEEL does not count empty or zero as false")
        return piece

    def negation(self) -> _Piece:
        if not self.language.python:
            return self.equality()
        turns = 0
        while self.taken("not"):
            turns += 1
        piece = self.chain()
        for _ in range(min(turns, 2 - turns % 2)):
            piece = self._negated(self.truth(piece))
        return piece

    def _negated(self, piece: _Piece) -> _Piece:
        if piece.kind == "boolean":
            return _Piece(f"not({piece.feel})", kind="boolean")
        # null counts as false in both languages, but `not(null)` is null in FEEL.
        return _Piece(f"{piece.within(_ADD)} != true", _COMPARE, "boolean")

    def equality(self) -> _Piece:
        piece = self.relation()
        while operator := self.taken("=", "!="):
            piece = _compared(piece, operator, self.relation())
        return piece

    def relation(self) -> _Piece:
        piece = self.sum()
        while operator := self.taken("<", ">", "<=", ">="):
            piece = _compared(piece, operator, self.sum())
        return piece

    def chain(self) -> _Piece:
        """Python's comparisons: `a < b <= c` compares each with the next."""
        left = self.sum()
        found: list[_Piece] = []
        while operator := self.taken("=", "!=", "<", ">", "<=", ">=", "in", "is", "not"):
            if operator == "not":
                self.expect("in")
                operator = "not in"
            elif operator == "is":
                operator = "!=" if self.taken("not") else "="
            right = self.sum()
            found.append(self._member(left, operator, right) if "in" in operator else _compared(left, operator, right))
            left = right
        if len(found) > 1:
            return _Piece(" and ".join(each.within(_COMPARE) for each in found), _AND, "boolean")
        return found[0] if found else left

    def _member(self, left: _Piece, operator: str, right: _Piece) -> _Piece:
        if right.kind != "list":
            if right.kind != "any":
                raise Untranslatable("`in` needs a list")
            self.remark(f"{shown(right.feel, 40)} is taken for a list")
        inside = f"list contains({right.feel}, {left.feel})"
        return _Piece(inside if operator == "in" else f"not({inside})", kind="boolean")

    def sum(self) -> _Piece:
        piece = self.product()
        while operator := self.taken("+", "-"):
            right = self.product()
            kind = "text" if "text" in (piece.kind, right.kind) else "number"
            if kind == "text" and (operator == "-" or not self.language.python):
                raise Untranslatable(f"{operator} of texts is not arithmetic")
            if kind == "number" and operator == "+" and "number" not in (piece.kind, right.kind):
                kind = "any"
            piece = _Piece(f"{piece.within(_ADD)} {operator} {right.within(_MULTIPLY)}", _ADD, kind)
        return piece

    def product(self) -> _Piece:
        piece = self.signed()
        while operator := self.taken("*", "/", "//", "%"):
            right = self.signed()
            if {piece.kind, right.kind} & {"text", "list"}:
                raise Untranslatable(f"{operator} of something that is not a number")
            piece = self._product(piece, operator, right)
        return piece

    def _product(self, left: _Piece, operator: str, right: _Piece) -> _Piece:
        if operator == "%":
            if not self.language.python:
                self.remark("the remainder of a negative number has another sign in FEEL")
            return _Piece(f"modulo({left.feel}, {right.feel})", kind="number")
        divided = _Piece(f"{left.within(_MULTIPLY)} {operator[0]} {right.within(_POWER)}", _MULTIPLY, "number")
        return _Piece(f"floor({divided.feel})", kind="number") if operator == "//" else divided

    def signed(self) -> _Piece:
        """Prefix operators, read in a loop: there may be many, and none of them nests."""
        signs: list[str] = []
        while operator := self.taken("-", "+", *(() if self.language.python else ("not", "empty"))):
            signs.append(operator)
        if len(signs) > MOST_DEPTH:
            raise Untranslatable(f"expected at most {MOST_DEPTH} signs in a row")
        piece = self.power()
        for operator in reversed(signs):
            piece = self._prefixed(operator, piece)
        return piece

    def _prefixed(self, operator: str, piece: _Piece) -> _Piece:
        if operator == "not":
            return self._negated(piece)
        if operator == "empty":
            return _Piece(f'list contains([null, "", [], {{}}], {piece.feel})', kind="boolean")
        if piece.kind in ("text", "list", "boolean"):
            raise Untranslatable(f"{operator} of something that is not a number")
        return piece if operator == "+" else _Piece(f"-{piece.within(_ATOM)}", _SIGN, "number")

    def power(self) -> _Piece:
        piece = self.postfix()
        if self.taken("**"):
            right = self.signed()
            piece = _Piece(f"{piece.within(_ATOM)} ** {right.within(_ATOM)}", _POWER, "number")
        return piece

    # Operands --------------------------------------------------------------------------------------------------------

    def postfix(self) -> _Piece:
        piece = self.operand()
        while operator := self.taken(".", "["):
            piece = self._property(piece) if operator == "." else self._item(piece)
        if self.next.text == "(" and self.next.kind == "symbol":
            raise Untranslatable("a call has no twin in FEEL")
        if piece.path and piece.path[0] in ENGINE_OBJECTS and not self.language.python:
            raise Untranslatable(f"'{piece.path[0]}' is an object of the other engine, not a variable")
        return piece

    def _property(self, piece: _Piece) -> _Piece:
        token = self.take()
        if token.kind != "name":
            raise Untranslatable(f"expected the name of a property, found {shown(token.text, 20)}")
        if self.taken("("):
            return self._method(piece, token.text)
        return _member_of(piece, token.text)

    def _method(self, piece: _Piece, name: str) -> _Piece:
        """The calls that only read a variable or a property by a name written out; all others are refused."""
        reads = self.language.python and name == "get"
        variable = not self.language.python and piece.path == ("execution",) and name == "getVariable"
        if not (reads or variable) or self.next.kind != "string":
            raise Untranslatable(
                f"the method call .{name}(…) has no twin in FEEL; make it a service task or a variable"
            )
        key = _string(self.take().text)
        self.expect(")")
        if not variable:
            return _member_of(piece, key)
        self.names.discard("execution")
        return self._variable(key)

    def _item(self, piece: _Piece) -> _Piece:
        index = self.choice()
        self.expect("]")
        if index.kind == "text" and index.value:
            return _member_of(piece, index.value)
        if index.kind == "number" and index.feel.isdecimal():
            return _Piece(f"{piece.within(_ATOM)}[{int(index.feel) + 1}]")  # FEEL counts from 1
        if index.feel == "-1":
            return _Piece(f"{piece.within(_ATOM)}[-1]")
        raise Untranslatable("an index that is computed has no twin in FEEL")

    def operand(self) -> _Piece:
        token = self.take()
        if token.kind == "number":
            return _Piece(_number(token.text), kind="number")
        if token.kind == "string":
            value = _string(token.text)
            return _Piece(quoted(value), kind="text", value=value)
        if token.kind == "name":
            return self._named(token.text)
        if token.text == "(" and token.kind == "symbol":
            return self._parenthesised()
        if token.text == "[" and self.language.python:
            return _Piece(f"[{self._rest_of_list(']')}]", kind="list")
        raise Untranslatable(f"expected a value, found {shown(token.text, 20) if token.text else 'the end'}")

    def _parenthesised(self) -> _Piece:
        piece = self.choice()
        if self.language.python and self.taken(","):
            rest = self._rest_of_list(")")
            return _Piece(f"[{', '.join(part for part in (piece.feel, rest) if part)}]", kind="list")
        self.expect(")")
        return piece

    def _rest_of_list(self, closing: str) -> str:
        items: list[str] = []
        while not self.taken(closing):
            items.append(self.choice().feel)
            if self.taken(closing):
                break
            self.expect(",")
        return ", ".join(items)

    def _named(self, name: str) -> _Piece:
        if name in self.language.constants:
            constant = self.language.constants[name]
            return _Piece(constant, kind="any" if constant == "null" else "boolean")
        if self.taken("("):
            return self._function(name)
        if name == "loopCounter" and not self.language.python:
            self.names.add(name)
            return _Piece("loopCounter - 1", _ADD, "number")  # Camunda 7 counts from 0
        return self._variable(name if self.language.python else COUNTERS.get(name, name))

    def _variable(self, name: str) -> _Piece:
        if not name.isidentifier():
            raise Untranslatable(f"'{name}' cannot be a variable")
        self.names.add(name)
        return _Piece(name, path=(name,))

    def _function(self, name: str) -> _Piece:
        if not self.language.python and name == "now":
            self.expect(")")
            return _Piece("now()")
        if self.language.python and (name == "len" or name in PLAIN_FUNCTIONS):
            inner = self._rest_of_list(")")
            if name in PLAIN_FUNCTIONS:
                return _Piece(f"{PLAIN_FUNCTIONS[name]}({inner})", kind="number")
            length = f"if {inner} instance of string then string length({inner}) else count({inner})"
            return _Piece(length, _IF, "number")
        raise Untranslatable(f"the function {name}(…) has no twin in FEEL")


def _if(condition: _Piece, yes: _Piece, no: _Piece) -> _Piece:
    kind = yes.kind if yes.kind == no.kind else "any"
    return _Piece(f"if {condition.feel} then {yes.within(_OR)} else {no.feel}", _IF, kind)


def _compared(left: _Piece, operator: str, right: _Piece) -> _Piece:
    return _Piece(f"{left.within(_ADD)} {operator} {right.within(_ADD)}", _COMPARE, "boolean")


def _member_of(piece: _Piece, name: str) -> _Piece:
    if name.isidentifier():
        return _Piece(f"{piece.within(_ATOM)}.{name}", path=(*piece.path, name) if piece.path else ())
    return _Piece(f"get value({piece.feel}, {quoted(name)})")


def _number(text: str) -> str:
    mantissa, _, exponent = text.lower().partition("e")
    mantissa = f"0{mantissa}" if mantissa.startswith(".") else mantissa.removesuffix(".")
    if not exponent:
        return mantissa
    if abs(int(exponent)) > 300:
        raise Untranslatable(f"the number {text} is out of bounds")
    return f"({mantissa} * 10 ** {int(exponent)})" if int(exponent) >= 0 else f"({mantissa} / 10 ** {-int(exponent)})"


def _string(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise Untranslatable(f"the escape \\{match[1]} has no twin in FEEL")
        return _ESCAPES[match[1]]

    return re.sub(r"\\(.)", character, text[1:-1], flags=re.DOTALL)
