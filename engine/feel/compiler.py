"""Nodes to closures. A closure takes the environment and the run; nothing walks the nodes at run time.

The environment is the scope itself at the top, and a pair `(values, outer environment)` inside each binder: where a
name lives is known when the closure is made, but for the entries of a filtered item, which are looked up as they come.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias, get_args

from engine.feel import closures, nodes, operators
from engine.feel.closures import Code, Domain, TestCode
from engine.feel.errors import Failure, FeelLimit, FeelSyntaxError, place
from engine.feel.lexer import Names, full_width_hint, known_names, tokenize
from engine.feel.library import BUILTINS, Builtin
from engine.feel.nodes import Node
from engine.feel.parser import parse
from engine.feel.run import DEFAULT_LIMITS, Mark, Run
from engine.feel.types import instance_of
from engine.feel.values import NUMBERS, Function, Param, Range, Value, describe

Externals: TypeAlias = Callable[[tuple[str, ...], dict[str, Value]], Function | None]
"""Finds the foreign function for `function(...) external {...}`: parameter names and the context; None: refused."""

FUNCTION_NAMES = Names(BUILTINS)
MAX_LEVELS = 100
"""Levels of nodes; each costs a Python frame or two when it runs."""

_QUIET = frozenset(("is defined", "get or else"))
"""Functions that ask whether something is there: that it is not is no problem."""

_WORK = (nodes.Filter, nodes.For, nodes.Quantified, nodes.Lambda)
"""Nodes whose work is not bounded by the length of their text; calls that are not folded join them."""

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    **operators.ORDERINGS,
    "=": operator.eq,
    "!=": operator.ne,
}
_BOOLEAN = (nodes.Comparison, nodes.Logic, nodes.Between, nodes.In, nodes.InstanceOf, nodes.Quantified)


@dataclass(slots=True)
class Bound:
    """A level of the environment that holds these names, each at its index of a tuple or list."""

    names: dict[str, int]


@dataclass(slots=True)
class Entries:
    """A level that is a context under construction."""

    names: set[str] = field(default_factory=set)


class Item:
    """A level that is the item of a filter: its entries are in scope, and the item itself as `item`."""


Level: TypeAlias = Bound | Entries | Item


_METHODS = {kind: f"_{kind.__name__.lower()}" for kind in get_args(Node)}


class Compiler:
    """Turns the nodes of one text into one closure."""

    def __init__(self, text: str, names: frozenset[str], externals: Externals | None) -> None:
        self.text = text
        self.names = names
        self.externals = externals
        self.levels: list[Level] = []
        self.free: set[str] = set()
        self.maybe: set[str] = set()
        self.level = 0
        self.deepest = 0
        self.straight = True  # neither loops nor calls

    def mark(self, node: Any) -> Mark:
        return Mark(self.text, node.at)

    def code(self, node: Node) -> Code:
        self.level += 1
        self.deepest = max(self.deepest, self.level)
        if self.level > MAX_LEVELS:
            raise FeelSyntaxError(f"expected at most {MAX_LEVELS} nested operations", *place(self.text, node.at))
        self.straight = self.straight and not isinstance(node, _WORK)
        made: Code = getattr(self, _METHODS[type(node)])(node)
        self.level -= 1
        return made

    # Literals

    def _literal(self, node: nodes.Literal) -> Code:
        return closures.constant(node.value)

    def _invalid(self, node: nodes.Invalid) -> Code:
        return closures.failing(self.mark(node), node.reason)

    def _listof(self, node: nodes.ListOf) -> Code:
        constants = [item.value for item in node.items if isinstance(item, nodes.Literal)]
        if len(constants) == len(node.items):
            return closures.constant([*constants])
        items = [self.code(item) for item in node.items]

        def list_of(env: Any, run: Run) -> Value:
            return [item(env, run) for item in items]

        return list_of

    def _contextof(self, node: nodes.ContextOf) -> Code:
        level = Entries()
        self.levels.append(level)
        entries: list[tuple[str, Code]] = []
        for key, value in node.entries:
            if isinstance(value, nodes.Lambda):
                level.names.add(key)  # a function may call itself by the name of its entry
            entries.append((key, self.code(value)))
            level.names.add(key)
        self.levels.pop()

        def context_of(env: Any, run: Run) -> Value:
            context: dict[str, Value] = {}
            inner = (context, env)
            for key, value in entries:
                context[key] = value(inner, run)
            return context

        return context_of

    def _lambda(self, node: nodes.Lambda) -> Code:
        if node.external:
            return self._external(node)
        self.levels.append(Bound({name: index for index, (name, _) in enumerate(node.params)}))
        above, self.deepest = self.deepest, self.level
        body = self.code(node.body)
        depth = self.deepest - self.level + 3
        self.deepest = max(above, self.deepest)
        self.levels.pop()
        params = tuple(Param(name, type_) for name, type_ in node.params)

        def function(env: Any, _run: Run) -> Value:
            return Function("function", params, lambda args, run: body((args, env), run), depth=depth)

        return function

    def _external(self, node: nodes.Lambda) -> Code:
        names = tuple(name for name, _ in node.params)
        where, mark, externals = self.code(node.body), self.mark(node), self.externals

        def external(env: Any, run: Run) -> Value:
            description = where(env, run)
            found = externals(names, description) if externals and isinstance(description, dict) else None
            return found if found is not None else run.fail(mark, "this external function is not allowed here")

        return external

    # Names

    def _name(self, node: nodes.Name) -> Code:
        name = node.name
        items: list[int] = []
        for depth, level in enumerate(reversed(self.levels)):
            if isinstance(level, Item):
                items.append(depth)
                if name == "item":
                    return closures.read_item(depth)
            elif name in level.names:
                key: Any = level.names[name] if isinstance(level, Bound) else name
                read = closures.read_bound(depth, key, copied=name == "partial" and isinstance(level, Bound))
                return closures.read_entry_or(items, name, read)
        return closures.read_entry_or(items, name, self._free(node, bool(items)))

    def _free(self, node: nodes.Name, in_filter: bool) -> Code:
        name, depth = node.name, len(self.levels)
        builtin = BUILTINS.get(name)
        if builtin is not None and name not in self.names:
            return closures.read_root_or(depth, name, builtin)
        (self.maybe if in_filter and name not in self.names else self.free).add(name)
        mark = self.mark(node)
        problem = f"no variable '{name[:60]}'{full_width_hint(name[:60])}"
        if depth == 0:

            def read_top(env: Any, run: Run) -> Value:
                try:
                    return env[name]  # type: ignore[no-any-return]  # a scope holds values
                except KeyError:
                    return run.fail(mark, problem)

            return read_top

        def read_below(env: Any, run: Run) -> Value:
            try:
                return env[1][name]  # type: ignore[no-any-return]  # a scope holds values
            except KeyError:
                return run.fail(mark, problem)

        def read(env: Any, run: Run) -> Value:
            for _ in range(depth - 1):
                env = env[1]
            return read_below(env, run)

        return read_below if depth == 1 else read

    # Logic and comparison

    def _logic(self, node: nodes.Logic) -> Code:
        decisive = node.word == "or"
        operands = [self.code(operand) for operand in node.operands]
        if len(operands) == 2:
            return closures.either(operands[0], operands[1]) if decisive else closures.both(operands[0], operands[1])

        def logic(env: Any, run: Run) -> Value:
            unknown = False
            for operand in operands:
                value = operand(env, run)
                if value is decisive:
                    return decisive
                if value is not (not decisive):
                    unknown = True
            return None if unknown else not decisive

        return logic

    def _comparison(self, node: nodes.Comparison) -> Code:
        mark = self.mark(node)
        read = self.code(node.left)
        left, right = closures.Operand(read, self._source(node.left)), self.code(node.right)
        fixed = node.right.value if isinstance(node.right, nodes.Literal) else None
        if node.operator in ("=", "!="):
            return closures.equality(left, right, fixed, node.operator == "=", mark)
        return closures.ordering(node.operator, left, right, fixed, mark)

    def _source(self, node: Node) -> tuple[str, str]:
        """Where a plain name is read first: `("scope", name)`, `("item", name)` or `("", "")`; the hot comparisons
        look there themselves.
        """
        if not isinstance(node, nodes.Name) or node.name == "item":
            return "", ""
        if not self.levels and (node.name not in BUILTINS or node.name in self.names):
            return "scope", node.name
        return ("item", node.name) if self.levels and isinstance(self.levels[-1], Item) else ("", "")

    def _between(self, node: nodes.Between) -> Code:
        value, low, high = self.code(node.value), self.code(node.low), self.code(node.high)
        mark = self.mark(node)

        def between(env: Any, run: Run) -> Value:
            subject = value(env, run)
            try:
                above = operators.ordered(">=", subject, low(env, run))
                return operators.ordered("<=", subject, high(env, run)) and above
            except Failure as failure:
                return run.fail(mark, str(failure))

        return between

    def _in(self, node: nodes.In) -> Code:
        value, tests = self.code(node.value), self.tests(node.tests)

        def contained(env: Any, run: Run) -> Value:
            return tests(value(env, run), env, run)

        return contained

    def tests(self, tests: list[Node], unary: bool = False) -> "TestCode":
        """Does a value pass one of the tests? Three-valued `or`. In `unary` tests a boolean may be the answer."""
        codes = [self.passes(test, unary) for test in tests]
        if len(codes) == 1:
            return codes[0]

        def any_passes(value: Value, env: Any, run: Run) -> bool | None:
            unknown = False
            for code in codes:
                passed = code(value, env, run)
                if passed:
                    return True
                unknown = unknown or passed is None
            return None if unknown else False

        return any_passes

    def passes(self, test: Node, unary: bool) -> "TestCode":
        if isinstance(test, nodes.Test):
            return self._passes_operator(test)
        if isinstance(test, nodes.Literal) and isinstance(test.value, str | Decimal):
            return closures.passes_constant(test.value, operator.eq, self._decide_equal(test))
        if isinstance(test, nodes.Interval):
            fixed = _literal_interval(test)
            if fixed is not None:
                return closures.passes_interval(fixed)
        if isinstance(test, nodes.NotTests):
            return closures.negated(self.tests(test.tests, unary))
        code, decide, is_interval = self.code(test), self._decide_equal(test), isinstance(test, nodes.Interval)
        answers = unary and not isinstance(test, nodes.Name) and _mentions_input(test)

        def passes(value: Value, env: Any, run: Run) -> bool | None:
            wanted = code(env, run)
            if wanted is None and (is_interval or answers):
                return None
            if isinstance(wanted, bool) and (answers or (unary and closures.is_no_boolean(value))):
                return wanted
            return decide(value, wanted, run)

        return passes

    def _decide_equal(self, test: Node) -> Callable[[Value, Value, Run], bool | None]:
        mark = self.mark(test)

        def decide(value: Value, wanted: Value, run: Run) -> bool | None:
            passed = operators.contained(value, wanted, run)
            if passed is None:
                run.fail(mark, f"expected something to compare with {describe(wanted)}, but got {describe(value)}")
            return passed

        return decide

    def _passes_operator(self, test: nodes.Test) -> "TestCode":
        operand, sign, mark = self.code(test.operand), test.operator, self.mark(test)
        plain = _COMPARISONS[sign]

        def decide(value: Value, wanted: Value, run: Run) -> bool | None:
            if sign in ("=", "!="):
                same = operators.equal(value, wanted, run)
                return same if same is None or sign == "=" else not same
            try:
                return operators.ordered(sign, value, wanted)
            except Failure as failure:
                return run.fail(mark, str(failure))

        if isinstance(test.operand, nodes.Literal) and isinstance(test.operand.value, str | Decimal):
            return closures.passes_constant(test.operand.value, plain, decide)

        def passes(value: Value, env: Any, run: Run) -> bool | None:
            wanted = operand(env, run)
            if type(value) is Decimal and type(wanted) is Decimal:
                return plain(value, wanted)
            return decide(value, wanted, run)

        return passes

    def _test(self, node: nodes.Test) -> Code:
        operand, sign, mark = self.code(node.operand), node.operator, self.mark(node)

        def range_of(env: Any, run: Run) -> Value:
            try:
                return operators.test_range(sign, operand(env, run))
            except Failure as failure:
                return run.fail(mark, str(failure))

        return range_of

    def _interval(self, node: nodes.Interval) -> Code:
        fixed = _literal_interval(node)
        if fixed is not None:
            return closures.constant(fixed)
        low, high, mark = self.code(node.low), self.code(node.high), self.mark(node)
        low_closed, high_closed = node.low_closed, node.high_closed

        def interval(env: Any, run: Run) -> Value:
            try:
                return operators.interval(low_closed, low(env, run), high(env, run), high_closed)
            except Failure as failure:
                return run.fail(mark, str(failure))

        return interval

    def _instanceof(self, node: nodes.InstanceOf) -> Code:
        value, type_ = self.code(node.value), node.type

        def is_instance(env: Any, run: Run) -> Value:
            return instance_of(value(env, run), type_, run)

        return is_instance

    # Arithmetic

    def _chain(self, node: nodes.Chain) -> Code:
        first = self.code(node.first)
        rest = [(sign, self.code(operand), Mark(self.text, at)) for sign, at, operand in node.rest]
        if len(rest) == 1:
            ((sign, operand, mark),) = rest
            return closures.operation(sign, first, operand, mark)

        def chain(env: Any, run: Run) -> Value:
            value = first(env, run)
            for sign, operand, mark in rest:
                value = closures.apply(sign, value, operand(env, run), run, mark)
            return value

        return chain

    def _negation(self, node: nodes.Negation) -> Code:
        if isinstance(node.operand, nodes.Literal) and isinstance(node.operand.value, Decimal):
            return closures.constant(NUMBERS.minus(node.operand.value))
        operand, mark = self.code(node.operand), self.mark(node)

        def negation(env: Any, run: Run) -> Value:
            try:
                return operators.negated(operand(env, run))
            except Failure as failure:
                return run.fail(mark, str(failure))

        return negation

    # Paths and filters

    def _path(self, node: nodes.Path) -> Code:
        base, name, mark = self.code(node.base), node.name, self.mark(node)

        def path(env: Any, run: Run) -> Value:
            value = base(env, run)
            if type(value) is dict and name in value:
                return value[name]
            return closures.follow(value, name, run, mark)

        return path

    def _filter(self, node: nodes.Filter) -> Code:
        base, mark = self.code(node.base), self.mark(node)
        index = _literal_index(node.condition)
        if index is not None:
            return closures.indexed(base, index, mark)
        self.levels.append(Item())
        condition = self.code(node.condition)
        self.levels.pop()
        quick = _entry_test(node.condition)
        if quick is not None:
            return closures.filtered_by_entry(base, quick, condition, mark)
        if isinstance(node.condition, _BOOLEAN):
            return closures.filtered(base, condition, mark)
        return closures.filtered_or_indexed(base, condition, mark)

    # Control

    def _if(self, node: nodes.If) -> Code:
        branches = [(self.code(condition), self.code(value), condition.at) for condition, value in node.branches]
        otherwise, text = self.code(node.otherwise), self.text

        def conditional(env: Any, run: Run) -> Value:
            for condition, value, at in branches:
                truth = condition(env, run)
                if truth is True:
                    return value(env, run)
                if truth is not False and truth is not None:
                    return run.fail(Mark(text, at), f"expected true, false or null, but got {describe(truth)}")
            return otherwise(env, run)

        return conditional

    def _sequence(self, node: nodes.Sequence) -> Code:
        raise FeelSyntaxError("expected a value, but got an iteration context", *place(self.text, node.at))

    def domain(self, node: Node) -> "Domain":
        """What an iterator runs through; None when there is nothing to run through."""
        mark = self.mark(node)
        if isinstance(node, nodes.Sequence):
            low, high = self.code(node.low), self.code(node.high)
            return lambda env, run: closures.steps(low(env, run), high(env, run), run, mark)
        code = self.code(node)
        return lambda env, run: closures.members(code(env, run), run, mark)

    def iterators(self, iterators: list[tuple[str, Node]]) -> list["Domain"]:
        """Their domains; a level for each stays on the stack of levels."""
        domains: list[Domain] = []
        for name, node in iterators:
            domains.append(self.domain(node))
            self.levels.append(Bound({name: 0}))
        return domains

    def _for(self, node: nodes.For) -> Code:
        height = len(self.levels)
        self.levels.append(Bound({"partial": 0}))
        domains = self.iterators(node.iterators)
        result, mark = self.code(node.result), self.mark(node)
        del self.levels[height:]

        def loop(env: Any, run: Run) -> Value:
            results: list[Value] = []
            try:
                return results if closures.each(domains, 0, ((results,), env), run, result, results) else None
            except FeelLimit as limit:
                raise mark.blame(limit) from None

        return loop

    def _quantified(self, node: nodes.Quantified) -> Code:
        height = len(self.levels)
        domains = self.iterators(node.iterators)
        condition = self.code(node.condition)
        del self.levels[height:]
        decisive, mark = node.word == "some", self.mark(node)

        def quantified(env: Any, run: Run) -> Value:
            verdict = closures.Verdict(decisive)
            try:
                if not closures.each(domains, 0, env, run, condition, verdict):
                    return None
            except FeelLimit as limit:
                raise mark.blame(limit) from None
            if verdict.decided or not verdict.unknown:
                return decisive is verdict.decided
            return run.fail(mark, "expected true or false for every combination, but got something else")

        return quantified

    # Calls

    def _call(self, node: nodes.Call) -> Code:
        if isinstance(node.function, nodes.Name) and self._is_builtin(node.function.name):
            return self._call_builtin(node, BUILTINS[node.function.name])
        self.straight = False
        function, mark = self.code(node.function), self.mark(node)
        fallback = BUILTINS.get(node.function.name) if isinstance(node.function, nodes.Name) else None
        arguments, names = [self.code(argument) for argument in node.arguments], node.names

        def call(env: Any, run: Run) -> Value:
            target = function(env, run)
            if not isinstance(target, Function):
                if fallback is None:
                    return run.fail(mark, f"expected a function, but got {describe(target)}")
                target = fallback
            return closures.invoke(target, [argument(env, run) for argument in arguments], names, run, mark)

        return call

    def _is_builtin(self, name: str) -> bool:
        """Names that are not in scope cannot hide a built-in function, whatever the scope turns out to hold."""
        bound = any(not isinstance(level, Item) and name in level.names for level in self.levels)
        return name in BUILTINS and name not in self.names and not bound

    def _call_builtin(self, node: nodes.Call, function: Builtin) -> Code:
        arguments, names, mark = [self.code(argument) for argument in node.arguments], node.names, self.mark(node)
        if function.name in _QUIET:
            arguments = [closures.quiet(argument) for argument in arguments]
        values = [argument.value for argument in node.arguments if isinstance(argument, nodes.Literal)]
        if function.pure and len(values) == len(arguments):
            folded = closures.folded(function, values, names)
            if folded is not None:
                return closures.constant(folded)
        self.straight = False
        if len(arguments) == 1 and names is None:
            return closures.call_with_one(function, arguments[0], mark)

        def call(env: Any, run: Run) -> Value:
            return closures.invoke(function, [argument(env, run) for argument in arguments], names, run, mark)

        return call


def _mentions_input(node: Any) -> bool:
    if isinstance(node, nodes.Name):
        return node.name == "?"
    if isinstance(node, list | tuple):
        return any(_mentions_input(part) for part in node)
    slots = getattr(type(node), "__slots__", ()) if type(node).__module__ == nodes.__name__ else ()
    return any(_mentions_input(getattr(node, slot)) for slot in slots)


def _literal_interval(node: nodes.Interval) -> Range | None:
    """The range, where both ends are literals that have an order."""
    if not isinstance(node.low, nodes.Literal) or not isinstance(node.high, nodes.Literal):
        return None
    try:
        return operators.interval(node.low_closed, node.low.value, node.high.value, node.high_closed)
    except Failure:
        return None


def _entry_test(condition: Node) -> closures.EntryTest | None:
    """The commonest filter: an entry of the item against a constant."""
    if not isinstance(condition, nodes.Comparison) or not isinstance(condition.left, nodes.Name):
        return None
    fixed = condition.right.value if isinstance(condition.right, nodes.Literal) else None
    if not isinstance(fixed, str | Decimal) or condition.left.name == "item":
        return None
    return closures.EntryTest(condition.left.name, _COMPARISONS[condition.operator], fixed)


def _literal_index(condition: Node) -> Decimal | None:
    negative = isinstance(condition, nodes.Negation)
    node = condition.operand if isinstance(condition, nodes.Negation) else condition
    if isinstance(node, nodes.Literal) and isinstance(node.value, Decimal):
        return NUMBERS.minus(node.value) if negative else node.value
    return None


# Built-in range() ----------------------------------------------------------------------------------------------------

_LITERAL_FUNCTIONS = frozenset(("date", "time", "date and time", "duration"))


def literal_range(text: str) -> Range:
    """The range that the text writes with literal ends (grammar rule 66), one of them left out where the range is open
    and unbounded; Failure for anything else.
    """
    refused = Failure(f"expected an interval of literals such as [1..3], but got {describe(text)}")
    try:
        tokens = tokenize(text)[:-1]
        middle = next((token for token in tokens if token.text == ".."), None)
        if middle is None or tokens[0].text not in ("[", "(", "]") or tokens[-1].text not in ("]", ")", "["):
            raise refused
        low = _literal_end(text[tokens[0].end : middle.start])
        high = _literal_end(text[middle.end : tokens[-1].start])
    except FeelSyntaxError:
        raise refused from None
    low_closed, high_closed = tokens[0].text == "[", tokens[-1].text == "]"
    unbounded = (low is None) != (high is None) and not (low_closed if low is None else high_closed)
    if not unbounded and operators.compare(low, high) not in (-1, 0):
        raise refused
    return Range(low_closed, low, high, high_closed)


def _literal_end(text: str) -> Value:
    """The value of a literal; None where there is no text. FeelSyntaxError for anything that is no literal."""
    if not text.strip():
        return None
    node = parse(text, known_names(frozenset()), FUNCTION_NAMES, {}, DEFAULT_LIMITS)
    value = Compiler(text, frozenset(), None).code(node)({}, Run()) if _is_literal(node) else None
    if value is None:
        raise FeelSyntaxError("expected a literal")
    return value


def _is_literal(node: Node) -> bool:
    if isinstance(node, nodes.Negation):
        return isinstance(node.operand, nodes.Literal)
    if isinstance(node, nodes.Call):
        named = isinstance(node.function, nodes.Name) and node.function.name in _LITERAL_FUNCTIONS
        return named and all(isinstance(argument, nodes.Literal) for argument in node.arguments)
    return isinstance(node, nodes.Literal)
