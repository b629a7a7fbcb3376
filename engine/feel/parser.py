"""Tokens to nodes: a precedence parser that resolves names against what is in scope while it reads.

FEEL cannot be cut into tokens without knowing the scope (`a-b` may be one name), and `[1..10[` needs unbounded
lookahead; see docs/decisions/0012-feel-parser.md for what was measured.
"""

from collections.abc import Callable, Mapping
from decimal import DecimalException
from typing import NoReturn, TypeVar

from engine.feel import nodes
from engine.feel.errors import FeelError, FeelSyntaxError, place
from engine.feel.lexer import END, NAME, NUMBER, STRING, Names, Token, full_width_hint, tokenize, unquote
from engine.feel.nodes import Node
from engine.feel.run import Limits
from engine.feel.temporal import parse_at
from engine.feel.types import ANY, BUILT_IN, ContextType, FunctionType, ListType, RangeType, Type
from engine.feel.values import NUMBERS

T = TypeVar("T")

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER = range(1, 7)
_PRECEDENCE = {
    "or": _OR,
    "and": _AND,
    "=": _COMPARISON,
    "!=": _COMPARISON,
    "<": _COMPARISON,
    "<=": _COMPARISON,
    ">": _COMPARISON,
    ">=": _COMPARISON,
    "between": _COMPARISON,
    "in": _COMPARISON,
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "**": _POWER,
}
_TESTS = frozenset(("<", "<=", ">", ">=", "=", "!="))
_STOPS = frozenset(("and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"))
"""Words that end a name, unless they are part of a known one."""

_MAX_ITERATORS = 16  # each is a level of recursion at run time
_CONSTANTS = {"true": True, "false": False, "null": None}
_TYPE_NAMES = Names(BUILT_IN)


def parse(text: str, names: Names, functions: Names, types: Mapping[str, Type], limits: Limits) -> Node:
    """The whole text as one expression; FeelSyntaxError where it is not FEEL."""
    parser = _Parser(text, names, functions, types, limits)
    return parser.whole(parser.expression)


def parse_unary(text: str, names: Names, functions: Names, types: Mapping[str, Type], limits: Limits) -> list[Node]:
    """The whole text as unary tests (rule 14); the empty list is `-`, which everything passes."""
    parser = _Parser(text, names, functions, types, limits)
    return parser.whole(parser.unary_tests)


class _Parser:
    def __init__(self, text: str, names: Names, functions: Names, types: Mapping[str, Type], limits: Limits) -> None:
        if len(text) > limits.text:
            raise FeelSyntaxError(f"expected at most {limits.text} characters, but got {len(text)}")
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.token = self.tokens[0]
        self.names = names
        self.functions = functions
        self.types = types
        self.type_names = Names(types) if types else None
        self.entries = Names(())  # keys of contexts written in this text: what paths and filters may meet
        self.scopes: list[Names] = []
        self.nesting = limits.nesting
        self.budget = 2_000 + 4 * len(self.tokens)  # against exponential backtracking

    # Tokens

    def whole(self, rule: Callable[[], T]) -> T:
        result = rule()
        if self.token.kind != END:
            self.unexpected("the end or an operator")
        return result

    def advance(self) -> Token:
        token = self.token
        self.index += 1
        self.token = self.tokens[self.index]
        return token

    def go(self, index: int) -> None:
        self.budget -= max(self.index - index, 0)  # tokens that will be read again
        self.index = index
        self.token = self.tokens[index]
        if self.budget < 0:
            raise FeelSyntaxError("expected a simpler expression; this one is too ambiguous to read")

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def take(self, text: str) -> bool:
        if self.token.text == text:
            self.advance()
            return True
        return False

    def expect(self, text: str) -> Token:
        if self.token.text != text:
            self.unexpected(f"'{text}'")
        return self.advance()

    def unexpected(self, wanted: str) -> NoReturn:
        token = self.token
        found = "the end" if token.kind == END else f"'{token.text[:40]}'"
        hint = full_width_hint(token.text[:40]) if token.kind == NAME else ""
        raise FeelSyntaxError(f"expected {wanted}, but got {found}{hint}", *place(self.text, token.start))

    def deeper(self, rule: Callable[[], T]) -> T:
        self.nesting -= 1
        if self.nesting < 0:
            raise FeelSyntaxError("expected fewer brackets within brackets", *place(self.text, self.token.start))
        try:
            return rule()
        finally:
            self.nesting += 1

    # Expressions

    def expression(self) -> Node:
        return self.deeper(self._expression)

    def _expression(self) -> Node:
        token = self.token
        if token.text in _TESTS:
            return self.test()
        return self.operation(_OR)

    def test(self) -> Node:
        """A positive unary test (rule 7): an operator with its endpoint, or an expression."""
        if self.token.text in _TESTS:
            operator = self.advance()
            return nodes.Test(operator.start, operator.text, self.operation(_SUM))
        return self.expression()

    def operation(self, level: int) -> Node:
        return self.climb(self.unary(), level)

    def climb(self, left: Node, level: int) -> Node:
        while True:
            token = self.token
            precedence = _PRECEDENCE.get(token.text)
            if precedence is None or precedence < level:
                return left
            self.advance()
            if precedence <= _AND:
                left = self.logic(left, token, precedence)
            elif precedence == _COMPARISON:
                left = self.comparison(left, token)
            else:
                left = self.chain(left, token, precedence)

    def logic(self, left: Node, token: Token, precedence: int) -> Node:
        operands = [left, self.operation(precedence + 1)]
        while self.token.text == token.text and self.token.kind == NAME:
            self.advance()
            operands.append(self.operation(precedence + 1))
        return nodes.Logic(token.start, token.text, operands)

    def chain(self, left: Node, token: Token, precedence: int) -> Node:
        rest = [(token.text, token.start, self.operation(precedence + 1))]
        while _PRECEDENCE.get(self.token.text) == precedence:
            operator = self.advance()
            rest.append((operator.text, operator.start, self.operation(precedence + 1)))
        return nodes.Chain(token.start, left, rest)

    def comparison(self, left: Node, token: Token) -> Node:
        if token.text == "between":
            low = self.operation(_SUM)
            self.expect("and")
            return nodes.Between(token.start, left, low, self.operation(_SUM))
        if token.text == "in":
            return nodes.In(token.start, left, self.tests_of_in())
        return nodes.Comparison(token.start, token.text, left, self.operation(_SUM))

    def tests_of_in(self) -> list[Node]:
        if self.token.text in _TESTS:
            return [self.test()]
        if self.token.text != "(":
            return [self.operation(_SUM)]
        tests = self.parenthesised()
        return tests if len(tests) > 1 else [self.climb(self.postfix(tests[0]), _SUM)]

    def parenthesised(self) -> list[Node]:
        """`(expression)`, the interval `(low..high]`, or several tests: one node for each."""
        opening = self.expect("(")
        first = self.test()
        if self.token.text == "..":
            return [self.interval(opening, first)]
        tests = [first]
        while self.take(","):
            tests.append(self.test())
        self.expect(")")
        return tests

    def unary(self) -> Node:
        if self.token.text == "-":
            minus = self.advance()
            return nodes.Negation(minus.start, self.deeper(self.unary))
        return self.postfix(self.primary())

    def postfix(self, base: Node) -> Node:
        while True:
            token = self.token
            match token.text:
                case ".":
                    self.advance()
                    base = nodes.Path(token.start, base, self.entry_name())
                case "[":
                    condition = self.condition()
                    if condition is None:
                        return base
                    base = nodes.Filter(token.start, base, condition)
                case "(":
                    base = self.call(base)
                case "instance" if self.peek().text == "of":
                    self.go(self.index + 2)
                    base = nodes.InstanceOf(token.start, base, self.deeper(self.type))
                case _:
                    return base

    def condition(self) -> Node | None:
        """What stands in a filter's brackets; None when this bracket closes the interval `..base[` instead."""
        start, scopes = self.index, len(self.scopes)
        self.advance()
        try:
            return self.rest_of_filter()
        except FeelSyntaxError:
            if not self.in_interval_end or self.budget < 0:
                raise
            del self.scopes[scopes:]
            self.go(start)
            return None

    def rest_of_filter(self) -> Node:
        self.scopes.append(self.entries)
        ends, self.in_interval_end = self.in_interval_end, False
        try:
            condition = self.expression()
            self.expect("]")
        finally:
            self.scopes.pop()
            self.in_interval_end = ends
        return condition

    in_interval_end = False

    # Primaries

    def primary(self) -> Node:
        token = self.token
        if token.kind == NAME:
            return self.name()
        if token.kind == NUMBER:
            self.advance()
            return self.number(token)
        if token.kind == STRING:
            self.advance()
            return nodes.Literal(token.start, unquote(token.text, self.text, token.start))
        match token.text:
            case "(":
                tests = self.enclosed(self.parenthesised)
                if len(tests) > 1:
                    self.go(self.index - 1)
                    self.unexpected("one expression in these parentheses")
                return tests[0]
            case "[":
                return self.enclosed(self.list_or_interval)
            case "]":
                opening = self.advance()
                return self.enclosed(lambda: self.interval(opening, self.expression()))
            case "{":
                return self.enclosed(self.context)
            case "@":
                return self.at_literal()
        return self.unexpected("a value")

    def enclosed(self, rule: Callable[[], T]) -> T:
        """Inside brackets an opening `[` is a filter again, whatever interval is around."""
        ends, self.in_interval_end = self.in_interval_end, False
        try:
            return rule()
        finally:
            self.in_interval_end = ends

    def number(self, token: Token) -> Node:
        if len(token.text) > 400:
            raise FeelSyntaxError("expected a number of at most 400 digits", *place(self.text, token.start))
        try:
            return nodes.Literal(token.start, NUMBERS.create_decimal(token.text))
        except DecimalException:
            return nodes.Invalid(token.start, "expected a number with an exponent of at most 6144")

    def at_literal(self) -> Node:
        at = self.expect("@")
        if self.token.kind != STRING:
            self.unexpected("a string after @")
        token = self.advance()
        try:
            return nodes.Literal(at.start, parse_at(unquote(token.text, self.text, token.start)))
        except FeelSyntaxError:
            raise
        except FeelError as error:
            return nodes.Invalid(at.start, error.message[:1].lower() + error.message[1:])

    def list_or_interval(self) -> Node:
        opening = self.expect("[")
        if self.take("]"):
            return nodes.ListOf(opening.start, [])
        items = [self.test()]
        if self.token.text == "..":
            return self.interval(opening, items[0])
        while self.take(","):
            items.append(self.test())
        self.expect("]")
        return nodes.ListOf(opening.start, items)

    def interval(self, opening: Token, low: Node) -> Node:
        self.expect("..")
        ends, self.in_interval_end = self.in_interval_end, True
        try:
            high = self.expression()
        finally:
            self.in_interval_end = ends
        if self.token.text not in ("]", ")", "["):
            self.unexpected("']', ')' or '[' at the end of the interval")
        closing = self.advance()
        return nodes.Interval(opening.start, opening.text == "[", low, high, closing.text == "]")

    def context(self) -> Node:
        opening = self.expect("{")
        entries: list[tuple[str, Node]] = []
        scope = Names(())
        self.scopes.append(scope)
        while not self.take("}"):
            if entries:
                self.expect(",")
            at = self.token.start
            key = self.key()
            if any(key == other for other, _ in entries):
                raise FeelSyntaxError(f"expected a new name, but '{key}' is there already", *place(self.text, at))
            entries.append((key, self.expression()))
            scope.add(key)
            self.entries.add(key)
        self.scopes.pop()
        return nodes.ContextOf(opening.start, entries)

    def key(self) -> str:
        if self.token.kind == STRING:
            token = self.advance()
            self.expect(":")
            return unquote(token.text, self.text, token.start)
        key = self.words_until(":")
        self.expect(":")
        return key

    def words_until(self, *closing: str) -> str:
        """A name that ends where one of these symbols stands, whatever words and symbols it is made of."""
        first = self.token
        if first.kind != NAME:
            self.unexpected("a name")
        end = first.end
        while self.token.text not in closing:
            if self.token.kind in (END, STRING) or self.token.text in "()[]{},":
                self.unexpected(f"'{closing[0]}'")
            end = self.advance().end
        return " ".join(self.text[first.start : end].split())

    # Names

    def known_name(self) -> tuple[str, int] | None:
        """The longest known name of several words that begins here, and the index after it."""
        best = self.names.longest(self.tokens, self.index)
        for names in self.scopes:
            found = names.longest(self.tokens, self.index)
            if found and (best is None or found[1] > best[1]):
                best = found
        function = self.functions.longest(self.tokens, self.index)
        if function and (best is None or function[1] > best[1]) and self.tokens[function[1]].text == "(":
            return function
        return best

    def name(self) -> Node:
        at = self.token.start
        known = self.known_name()
        if known is not None:
            self.go(known[1])
            return nodes.Name(at, self.joined(known[0]))
        token = self.advance()
        if token.text in _CONSTANTS:
            return nodes.Literal(at, _CONSTANTS[token.text])
        if token.text in _STOPS:
            self.go(self.index - 1)
            self.unexpected("a value")
        prefixed = _PREFIXED.get(token.text)
        if prefixed is not None:
            return prefixed(self, token)
        return nodes.Name(at, self.joined(token.text))

    def joined(self, name: str) -> str:
        """Two words side by side are never anything but one name, so an unknown one is read whole."""
        while self.token.kind == NAME and self.token.text not in _STOPS and name != "?" and self.token.text != "?":
            name = f"{name} {self.advance().text}"
            while self.token.kind == NUMBER and self.token.text.isdigit():
                name = f"{name} {self.advance().text}"
        return name

    def entry_name(self) -> str:
        """The name after a dot."""
        if self.token.kind != NAME:
            self.unexpected("a name after '.'")
        for names in (self.entries, self.names):
            found = names.longest(self.tokens, self.index)
            if found:
                self.go(found[1])
                return self.joined(found[0])
        return self.joined(self.advance().text)

    def binder(self, *closing: str) -> str:
        name = self.words_until(*closing)
        if len(name.split()) > 1 or not name.isidentifier():
            self.scopes[-1].add(name)
        return name

    # Calls and functions

    def call(self, function: Node) -> Node:
        opening = self.advance()
        arguments: list[Node] = []
        names: list[str] = []
        while not self.take(")"):
            if arguments:
                self.expect(",")
            at = self.token.start
            name = self.argument_name()
            if (name is None) != (len(names) == 0) and arguments:
                self.unexpected("either all arguments with names or none")
            if name is not None:
                if name in names:
                    raise FeelSyntaxError(
                        f"expected each parameter once, but got '{name}' again", *place(self.text, at)
                    )
                names.append(name)
            arguments.append(self.enclosed(self.test))
        at = function.at if isinstance(function, nodes.Name) else opening.start
        return nodes.Call(at, function, arguments, names or None)

    def argument_name(self) -> str | None:
        index = self.index
        while self.tokens[index].kind == NAME or (index > self.index and self.tokens[index].text in ("-", "'")):
            index += 1
        if index == self.index or self.tokens[index].text != ":":
            return None
        name = self.text[self.token.start : self.tokens[index - 1].end]
        self.go(index + 1)
        return " ".join(name.split())

    def function(self, token: Token) -> Node:
        self.expect("(")
        params: list[tuple[str, Type | None]] = []
        self.scopes.append(Names(()))
        while not self.take(")"):
            if params:
                self.expect(",")
            name = self.param_name()
            params.append((name, self.deeper(self.type) if self.take(":") else None))
        external = self.token.text == "external" and self.peek().text == "{"
        if external:
            self.advance()
        body = self.expression()
        self.scopes.pop()
        if len({name for name, _ in params}) != len(params):
            raise FeelSyntaxError("expected parameters with different names", *place(self.text, token.start))
        return nodes.Lambda(token.start, params, body, external)

    def param_name(self) -> str:
        first = self.token
        if first.kind != NAME:
            self.unexpected("a parameter")
        end = first.end
        while self.token.text not in (":", ",", ")"):
            if self.token.kind in (END, STRING) or self.token.text in "([]{}":
                self.unexpected("',' or ')'")
            end = self.advance().end
        name = " ".join(self.text[first.start : end].split())
        self.scopes[-1].add(name)
        return name

    # for, some, every, if

    def conditional(self, start: Token) -> Node:
        branches = [self.branch()]
        self.expect("else")
        while self.token.text == "if" and self.token.kind == NAME and self.known_name() is None:
            self.advance()
            branches.append(self.branch())
            self.expect("else")
        return nodes.If(start.start, branches, self.expression())

    def branch(self) -> tuple[Node, Node]:
        condition = self.expression()
        self.expect("then")
        return condition, self.expression()

    def loop(self, start: Token) -> Node:
        self.scopes.append(Names(()))
        iterators = self.iterators("return")
        self.scopes[-1].add("partial")
        result = self.expression()
        self.scopes.pop()
        return nodes.For(start.start, iterators, result)

    def quantified(self, start: Token) -> Node:
        self.scopes.append(Names(()))
        iterators = self.iterators("satisfies")
        condition = self.expression()
        self.scopes.pop()
        return nodes.Quantified(start.start, start.text, iterators, condition)

    def iterators(self, closing: str) -> list[tuple[str, Node]]:
        iterators: list[tuple[str, Node]] = []
        while True:
            name = self.binder("in")
            self.expect("in")
            at = self.token.start
            domain = self.expression()
            if self.token.text == "..":
                self.advance()
                domain = nodes.Sequence(at, domain, self.expression())
            iterators.append((name, domain))
            if len(iterators) > _MAX_ITERATORS:
                raise FeelSyntaxError(f"expected at most {_MAX_ITERATORS} iterators", *place(self.text, at))
            if not self.take(","):
                self.expect(closing)
                return iterators

    # Types

    def type(self) -> Type:
        token = self.token
        if token.kind != NAME:
            self.unexpected("a type")
        if self.peek().text == "<" and token.text in _GENERIC:
            self.go(self.index + 2)
            return _GENERIC[token.text](self)
        for names, known in ((self.type_names, self.types), (_TYPE_NAMES, BUILT_IN)):
            found = names.longest(self.tokens, self.index) if names else None
            if found:
                self.go(found[1])
                return known[found[0]]
        type_ = self.types.get(token.text) or BUILT_IN.get(token.text)
        if type_ is None:
            self.unexpected("a type that is known here")
        self.advance()
        return type_

    def closing_angle(self) -> None:
        if self.token.text == ">=":  # `list<number>=x`: the lexer took two signs as one
            token = self.token
            self.tokens[self.index] = Token(token.kind, "=", token.start + 1, token.end)
            self.token = self.tokens[self.index]
        else:
            self.expect(">")

    def item_type(self) -> Type:
        item = self.deeper(self.type)
        self.closing_angle()
        return item

    def context_type(self) -> Type:
        fields: list[tuple[str, Type]] = []
        while self.token.text != ">":
            if fields:
                self.expect(",")
            key = self.key()
            fields.append((key, self.deeper(self.type)))
        self.closing_angle()
        return ContextType(tuple(fields))

    def function_type(self) -> Type:
        params: list[Type] = []
        while self.token.text != ">":
            if params:
                self.expect(",")
            params.append(self.deeper(self.type))
        self.closing_angle()
        result = self.deeper(self.type) if self.take("->") else ANY
        return FunctionType(tuple(params), result)

    # Unary tests

    def unary_tests(self) -> list[Node]:
        if self.token.text == "-" and self.peek().kind == END:
            self.advance()
            return []
        tests = [self.unary_test()]
        while self.take(","):
            tests.append(self.unary_test())
        return tests

    def unary_test(self) -> Node:
        token = self.token
        if token.text == "not" and token.kind == NAME and self.peek().text == "(":
            start = self.index
            self.go(self.index + 2)
            negated = self.negated_tests(token)
            if negated is not None:
                return negated
            self.go(start)
        return self.test()

    def negated_tests(self, token: Token) -> Node | None:
        """`not(tests)`, unless more follows that makes it an expression such as `not(a) and b`."""
        tests = [self.deeper(self.test)]
        while self.take(","):
            tests.append(self.deeper(self.test))
        self.expect(")")
        return nodes.NotTests(token.start, tests) if self.token.text == "," or self.token.kind == END else None


_PREFIXED: dict[str, Callable[[_Parser, Token], Node]] = {
    "if": _Parser.conditional,
    "for": _Parser.loop,
    "some": _Parser.quantified,
    "every": _Parser.quantified,
    "function": _Parser.function,
}
_GENERIC: dict[str, Callable[[_Parser], Type]] = {
    "list": lambda parser: ListType(parser.item_type()),
    "range": lambda parser: RangeType(parser.item_type()),
    "context": _Parser.context_type,
    "function": _Parser.function_type,
}
