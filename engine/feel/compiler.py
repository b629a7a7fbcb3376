"""Nodes to closures. A closure takes the environment and the run; nothing walks the nodes at run time.

The environment is the scope itself at the top, and a pair `(values, outer environment)` inside each binder: where a
name lives is known when the closure is made, but for the entries of a filtered item, which are looked up as they come.
"""

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from engine.feel import nodes, operators
from engine.feel.errors import Failure, FeelError, FeelLimit, FeelSyntaxError, place
from engine.feel.lexer import Names, full_width_hint, known_names
from engine.feel.library import BUILTINS, Builtin
from engine.feel.nodes import Node
from engine.feel.parser import parse
from engine.feel.run import DEFAULT_LIMITS, Mark, Run
from engine.feel.types import instance_of
from engine.feel.values import NUMBERS, Date, Function, Param, Range, Value, describe

Code: TypeAlias = Callable[[Any, Run], Value]
Externals: TypeAlias = Callable[[tuple[str, ...], dict[str, Value]], Function | None]
"""Finds the foreign function for `function(...) external {...}`: parameter names and the context; None: refused."""

FUNCTION_NAMES = Names(BUILTINS)
MAX_LEVELS = 100
"""Levels of nodes; each costs a Python frame or two when it runs."""

_QUIET = frozenset(("is defined", "get or else"))
"""Functions that ask whether something is there: that it is not is no problem."""

_WORK = (nodes.Filter, nodes.For, nodes.Quantified, nodes.Lambda)
"""Nodes whose work is not bounded by the length of their text; calls that are not folded join them."""

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
        made: Code = getattr(self, "_" + type(node).__name__.lower())(node)
        self.level -= 1
        return made

    # Literals

    def _literal(self, node: nodes.Literal) -> Code:
        return constant(node.value)

    def _invalid(self, node: nodes.Invalid) -> Code:
        return failing(self.mark(node), node.reason)

    def _listof(self, node: nodes.ListOf) -> Code:
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
                    return _read_item(depth)
            elif name in level.names:
                key: Any = level.names[name] if isinstance(level, Bound) else name
                read = _read_bound(depth, key, copied=name == "partial" and isinstance(level, Bound))
                return _read_entry_or(items, name, read)
        return _read_entry_or(items, name, self._free(node, bool(items)))

    def _free(self, node: nodes.Name, in_filter: bool) -> Code:
        name, depth = node.name, len(self.levels)
        builtin = BUILTINS.get(name)
        if builtin is not None and name not in self.names:
            return _read_root_or(depth, name, builtin)
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

        def read(env: Any, run: Run) -> Value:
            for _ in range(depth):
                env = env[1]
            try:
                return env[name]  # type: ignore[no-any-return]  # a scope holds values
            except KeyError:
                return run.fail(mark, problem)

        return read

    # Logic and comparison

    def _logic(self, node: nodes.Logic) -> Code:
        decisive = node.word == "or"
        operands = [self.code(operand) for operand in node.operands]
        if len(operands) == 2:
            return _either(operands[0], operands[1]) if decisive else _both(operands[0], operands[1])

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
        left, right = _Operand(read, self._source(node.left)), self.code(node.right)
        fixed = node.right.value if isinstance(node.right, nodes.Literal) else None
        if node.operator in ("=", "!="):
            return _equality(left, right, fixed, node.operator == "=", mark)
        return _ordering(node.operator, left, right, fixed, mark)

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

    def tests(self, tests: list[Node]) -> "TestCode":
        """Does a value pass one of the tests? Three-valued `or`."""
        codes = [self.passes(test) for test in tests]
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

    def passes(self, test: Node) -> "TestCode":
        if isinstance(test, nodes.Test):
            return self._passes_operator(test)
        if isinstance(test, nodes.NotTests):
            return _negated(self.tests(test.tests))
        code, mark, is_interval = self.code(test), self.mark(test), isinstance(test, nodes.Interval)
        uses_input = self.uses_input(test)

        def passes(value: Value, env: Any, run: Run) -> bool | None:
            wanted = code(env, run)
            if uses_input or (wanted is not value and isinstance(wanted, bool) and _is_no_boolean(value)):
                return wanted if isinstance(wanted, bool) else None
            if wanted is None and is_interval:
                return None
            passed = operators.contained(value, wanted, run)
            if passed is None:
                run.fail(mark, f"expected something to compare with {describe(wanted)}, but got {describe(value)}")
            return passed

        return passes

    def _passes_operator(self, test: nodes.Test) -> "TestCode":
        operand, sign, mark = self.code(test.operand), test.operator, self.mark(test)

        def passes(value: Value, env: Any, run: Run) -> bool | None:
            wanted = operand(env, run)
            if sign in ("=", "!="):
                same = operators.equal(value, wanted, run)
                return same if same is None or sign == "=" else not same
            try:
                return operators.ordered(sign, value, wanted)
            except Failure as failure:
                return run.fail(mark, str(failure))

        return passes

    def uses_input(self, test: Node) -> bool:
        """Does the test speak of `?` (and so answer by itself)?"""
        if not any(isinstance(level, Bound) and "?" in level.names for level in self.levels):
            return False
        return not isinstance(test, nodes.Name) and _mentions_input(test)

    def _test(self, node: nodes.Test) -> Code:
        operand, sign, mark = self.code(node.operand), node.operator, self.mark(node)

        def range_of(env: Any, run: Run) -> Value:
            try:
                return operators.test_range(sign, operand(env, run))
            except Failure as failure:
                return run.fail(mark, str(failure))

        return range_of

    def _interval(self, node: nodes.Interval) -> Code:
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
            return _operation(sign, first, operand, mark)

        def chain(env: Any, run: Run) -> Value:
            value = first(env, run)
            for sign, operand, mark in rest:
                value = _apply(sign, value, operand(env, run), run, mark)
            return value

        return chain

    def _negation(self, node: nodes.Negation) -> Code:
        if isinstance(node.operand, nodes.Literal) and isinstance(node.operand.value, Decimal):
            return constant(NUMBERS.minus(node.operand.value))
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
            return _follow(value, name, run, mark)

        return path

    def _filter(self, node: nodes.Filter) -> Code:
        base, mark = self.code(node.base), self.mark(node)
        index = _literal_index(node.condition)
        if index is not None:
            return _indexed(base, index, mark)
        self.levels.append(Item())
        condition = self.code(node.condition)
        self.levels.pop()
        if isinstance(node.condition, _BOOLEAN):
            return _filtered(base, condition, mark)
        return _filtered_or_indexed(base, condition, mark)

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
            return lambda env, run: _steps(low(env, run), high(env, run), run, mark)
        code = self.code(node)
        return lambda env, run: _members(code(env, run), run, mark)

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
                return results if _each(domains, 0, ((results,), env), run, result, results) else None
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
            verdict = _Verdict(decisive)
            try:
                if not _each(domains, 0, env, run, condition, verdict):
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
            return _invoke(target, [argument(env, run) for argument in arguments], names, run, mark)

        return call

    def _is_builtin(self, name: str) -> bool:
        """Names that are not in scope cannot hide a built-in function, whatever the scope turns out to hold."""
        bound = any(not isinstance(level, Item) and name in level.names for level in self.levels)
        return name in BUILTINS and name not in self.names and not bound

    def _call_builtin(self, node: nodes.Call, function: Builtin) -> Code:
        arguments, names, mark = [self.code(argument) for argument in node.arguments], node.names, self.mark(node)
        if function.name in _QUIET:
            arguments = [_quiet(argument) for argument in arguments]
        values = [argument.value for argument in node.arguments if isinstance(argument, nodes.Literal)]
        if function.pure and len(values) == len(arguments):
            folded = _folded(function, values, names)
            if folded is not None:
                return constant(folded)
        self.straight = False
        if len(arguments) == 1 and names is None:
            return _call_with_one(function, arguments[0], mark)

        def call(env: Any, run: Run) -> Value:
            return _invoke(function, [argument(env, run) for argument in arguments], names, run, mark)

        return call


TestCode: TypeAlias = Callable[[Value, Any, Run], "bool | None"]
Domain: TypeAlias = "Callable[[Any, Run], Iterable[Value] | None]"


# Closures ------------------------------------------------------------------------------------------------------------


def constant(value: Value) -> Code:
    return lambda _env, _run: value


def failing(mark: Mark, reason: str) -> Code:
    return lambda _env, run: run.fail(mark, reason)


def _read_bound(depth: int, key: Any, copied: bool) -> Code:
    if copied:
        return _read_partial(depth)
    if depth == 0:
        return lambda env, _run: env[0][key]
    if depth == 1:
        return lambda env, _run: env[1][0][key]

    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        return env[0][key]  # type: ignore[no-any-return]

    return read


def _read_partial(depth: int) -> Code:
    """The results so far, copied: the list goes on growing, and a value never changes."""

    def read(env: Any, run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        results: list[Value] = env[0][0]
        run.spend(len(results) // 16)
        return results[:]

    return read


def _read_item(depth: int) -> Code:
    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        item: Value = env[0]
        return item["item"] if type(item) is dict and "item" in item else item

    return read


def _read_entry_or(items: list[int], name: str, otherwise: Code) -> Code:
    """An entry of the nearest filtered item that has it, else what the name means outside."""
    if not items:
        return otherwise
    if items == [0]:

        def read_entry(env: Any, run: Run) -> Value:
            item = env[0]
            return item[name] if type(item) is dict and name in item else otherwise(env, run)

        return read_entry

    def read(env: Any, run: Run) -> Value:
        inner = env
        for depth in range(items[-1] + 1):
            item = inner[0]
            if depth in items and type(item) is dict and name in item:
                return item[name]  # type: ignore[no-any-return]  # a context holds values
            inner = inner[1]
        return otherwise(env, run)

    return read


def _read_root_or(depth: int, name: str, builtin: Builtin) -> Code:
    """A variable that has the name of a built-in function, else the function as a value."""

    def read(env: Any, _run: Run) -> Value:
        for _ in range(depth):
            env = env[1]
        try:
            return env[name]  # type: ignore[no-any-return]  # a scope holds values
        except KeyError:
            return builtin

    return read


def _both(left: Code, right: Code) -> Code:
    def both(env: Any, run: Run) -> Value:
        one = left(env, run)
        if one is False:
            return False
        other = right(env, run)
        if other is False:
            return False
        return True if one is True and other is True else None

    return both


def _either(left: Code, right: Code) -> Code:
    def either(env: Any, run: Run) -> Value:
        one = left(env, run)
        if one is True:
            return True
        other = right(env, run)
        if other is True:
            return True
        return False if one is False and other is False else None

    return either


class _Operand(NamedTuple):
    """A left operand: its closure, and where a plain name is read first (see `Compiler._source`)."""

    read: Code
    source: tuple[str, str]


def _equality(left: _Operand, right: Code, fixed: Value, wanted: bool, mark: Mark) -> Code:
    read = left.read

    def decide(one: Value, other: Value, run: Run) -> Value:
        try:
            same = operators.equal(one, other, run)
        except FeelLimit as limit:
            raise mark.blame(limit) from None
        if same is None:
            return run.fail(mark, f"expected two values of one type, but got {describe(one)} and {describe(other)}")
        return same is wanted

    if isinstance(fixed, str | Decimal):
        return _against(left, fixed, operator.eq if wanted else operator.ne, decide)

    def equality(env: Any, run: Run) -> Value:
        return decide(read(env, run), right(env, run), run)

    return equality


def _ordering(sign: str, left: _Operand, right: Code, fixed: Value, mark: Mark) -> Code:
    plain, read = operators.ORDERINGS[sign], left.read

    def decide(one: Value, other: Value, run: Run) -> Value:
        try:
            return operators.ordered(sign, one, other)
        except Failure as failure:
            return run.fail(mark, str(failure))

    if isinstance(fixed, str | Decimal):
        return _against(left, fixed, plain, decide)

    def ordering(env: Any, run: Run) -> Value:
        one, other = read(env, run), right(env, run)
        if type(one) is Decimal and type(other) is Decimal:
            return plain(one, other)
        return decide(one, other, run)

    return ordering


def _against(
    left: _Operand,
    fixed: str | Decimal,
    plain: Callable[[Any, Any], bool],
    decide: Callable[[Value, Value, Run], Value],
) -> Code:
    """A comparison with a constant, the commonest thing in conditions and tables."""
    kind, read, (place_, name) = type(fixed), left.read, left.source

    def against(env: Any, run: Run) -> Value:
        one = read(env, run)
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    def variable_against(env: Any, run: Run) -> Value:
        try:
            one = env[name]
        except KeyError:
            one = read(env, run)  # which says that it is missing
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    def entry_against(env: Any, run: Run) -> Value:
        item = env[0]
        one = item[name] if type(item) is dict and name in item else read(env, run)
        return plain(one, fixed) if type(one) is kind else decide(one, fixed, run)

    return {"scope": variable_against, "item": entry_against}.get(place_, against)


def _negated(tests: TestCode) -> TestCode:
    def negated(value: Value, env: Any, run: Run) -> bool | None:
        passed = tests(value, env, run)
        return None if passed is None else not passed

    return negated


def _is_no_boolean(value: Value) -> bool:
    return value is not None and not isinstance(value, bool)


def _mentions_input(node: Any) -> bool:
    if isinstance(node, nodes.Name):
        return node.name == "?"
    if isinstance(node, list | tuple):
        return any(_mentions_input(part) for part in node)
    slots = getattr(type(node), "__slots__", ()) if type(node).__module__ == nodes.__name__ else ()
    return any(_mentions_input(getattr(node, slot)) for slot in slots)


_FAST: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
}


def _operation(sign: str, left: Code, right: Code, mark: Mark) -> Code:
    """One operator between two operands."""
    fast = _FAST.get(sign)
    if fast is None:
        return lambda env, run: _apply(sign, left(env, run), right(env, run), run, mark)

    def operation(env: Any, run: Run) -> Value:
        one, other = left(env, run), right(env, run)
        if type(one) is Decimal and type(other) is Decimal:
            try:
                return fast(one, other)
            except ArithmeticError:
                pass  # told in full below
        return _apply(sign, one, other, run, mark)

    return operation


def _apply(sign: str, left: Value, right: Value, run: Run, mark: Mark) -> Value:
    try:
        return operators.arithmetic(sign, left, right, run)
    except Failure as failure:
        return run.fail(mark, str(failure))
    except FeelLimit as limit:
        raise mark.blame(limit) from None


def _follow(value: Value, name: str, run: Run, mark: Mark) -> Value:
    """`value.name` where the value is no context with that entry."""
    if isinstance(value, list):
        run.spend(len(value))
        return [
            item[name] if type(item) is dict and name in item else _follow_one(item, name, run, mark) for item in value
        ]
    return _follow_one(value, name, run, mark)


def _follow_one(value: Value, name: str, run: Run, mark: Mark) -> Value:
    if value is None:
        return None
    if isinstance(value, dict):
        return run.fail(mark, f"expected a context with the entry '{name}', but got one with {list(value)[:10]}")
    if isinstance(value, list):
        return run.fail(mark, f"expected a context with the entry '{name}', but got {describe(value)}")
    try:
        return operators.property_of(value, name)
    except Failure as failure:
        return run.fail(mark, str(failure))


def _literal_index(condition: Node) -> Decimal | None:
    negative = isinstance(condition, nodes.Negation)
    node = condition.operand if isinstance(condition, nodes.Negation) else condition
    if isinstance(node, nodes.Literal) and isinstance(node.value, Decimal):
        return NUMBERS.minus(node.value) if negative else node.value
    return None


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _pick(items: list[Value], index: Decimal, run: Run, mark: Mark) -> Value:
    size = len(items)
    if index != index.to_integral_value() or not index or not -size <= index <= size:
        return run.fail(mark, f"expected an index from 1 to {size} or its negative, but got {describe(index)}")
    place = int(index)
    return items[place - 1 if place > 0 else place]


def _indexed(base: Code, index: Decimal, mark: Mark) -> Code:
    def indexed(env: Any, run: Run) -> Value:
        value = base(env, run)
        return None if value is None else _pick(_as_list(value), index, run, mark)

    return indexed


def _filtered(base: Code, condition: Code, mark: Mark) -> Code:
    def filtered(env: Any, run: Run) -> Value:
        value = base(env, run)
        if value is None:
            return None
        items = value if type(value) is list else _as_list(value)
        try:
            run.spend(len(items))
            return [item for item in items if condition((item, env), run) is True]
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return filtered


def _filtered_or_indexed(base: Code, condition: Code, mark: Mark) -> Code:
    """The brackets hold an index when their expression is a number, and a condition otherwise."""

    def filtered(env: Any, run: Run) -> Value:
        value = base(env, run)
        if value is None:
            return None
        items = _as_list(value)
        try:
            run.spend(len(items))
            first = condition((items[0] if items else None, env), run)
            if isinstance(first, Decimal):
                return _pick(items, first, run, mark)
            if not isinstance(first, bool) and first is not None:
                return run.fail(mark, f"expected a condition or an index in the brackets, but got {describe(first)}")
            kept = items[:1] if first is True and items else []
            return kept + [item for item in items[1:] if condition((item, env), run) is True]
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return filtered


def _steps(low: Value, high: Value, run: Run, mark: Mark) -> Iterator[Value] | None:
    """`low..high` of an iteration: numbers by one, dates by a day, upwards or downwards."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        if low != low.to_integral_value() or high != high.to_integral_value():
            run.fail(mark, f"expected two integers, but got {describe(low)} .. {describe(high)}")
            return None
        step = 1 if low <= high else -1
        size = abs(NUMBERS.subtract(high, low))
        run.check_items(int(size) + 1 if size < 10**12 else 10**12)
        first = int(low)
        return (Decimal(number) for number in range(first, first + step * (int(size) + 1), step))
    if isinstance(low, Date) and isinstance(high, Date):
        first, last = low.ordinal, high.ordinal
        step = 1 if first <= last else -1
        run.check_items(abs(last - first) + 1)
        return (Date.from_ordinal(day) for day in range(first, last + step, step))
    run.fail(mark, f"expected two numbers or two dates, but got {describe(low)} .. {describe(high)}")
    return None


def _members(value: Value, run: Run, mark: Mark) -> Iterable[Value] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        members = _steps(value.low, value.high, run, mark)
        return None if members is None else (member for member in members if operators.in_range(member, value))
    if value is None:
        run.fail(mark, "expected a list to iterate over, but got null")
        return None
    return [value]


class _Verdict:
    """Takes the answers of a quantified expression one by one."""

    def __init__(self, decisive: bool) -> None:
        self.decisive = decisive
        self.decided = False
        self.unknown = False

    def append(self, answer: Value) -> None:
        if answer is self.decisive:
            self.decided = True
        elif not isinstance(answer, bool):
            self.unknown = True


def _each(domains: list[Domain], index: int, env: Any, run: Run, code: Code, results: "list[Value] | _Verdict") -> bool:
    """Evaluate for each combination, the first iterator slowest; false when a domain is nothing to iterate over."""
    members = domains[index](env, run)
    if members is None:
        return False
    last = index == len(domains) - 1
    for member in members:
        run.spend(1)
        inner = ((member,), env)
        if not last:
            if not _each(domains, index + 1, inner, run, code, results):
                return False
        else:
            results.append(code(inner, run))
        if isinstance(results, _Verdict):
            if results.decided:
                return True
        elif len(results) > run.limits.items:
            run.check_items(len(results))
    return True


def _quiet(argument: Code) -> Code:
    def quiet(env: Any, run: Run) -> Value:
        known = len(run.problems)
        value = argument(env, run)
        del run.problems[known:]
        return value

    return quiet


def _folded(function: Builtin, values: list[Any], names: list[str] | None) -> Value:
    """What a call of constants always gives; None when it fails, so that each evaluation tells why."""
    try:
        run = Run()
        return function.call_named(dict(zip(names, values, strict=True)), run) if names else function.call(values, run)
    except (Failure, FeelError):
        return None


def _call_with_one(function: Builtin, argument: Code, mark: Mark) -> Code:
    def call(env: Any, run: Run) -> Value:
        try:
            return function.call((argument(env, run),), run)
        except Failure as failure:
            return run.fail(mark, str(failure))
        except FeelLimit as limit:
            raise mark.blame(limit) from None

    return call


def _invoke(function: Function, values: list[Value], names: list[str] | None, run: Run, mark: Mark) -> Value:
    try:
        if names is None:
            return function.call(values, run)
        if len(set(names)) != len(names):
            return run.fail(mark, f"{function.name}() expected each parameter once, but got {names}")
        return function.call_named(dict(zip(names, values, strict=True)), run)
    except Failure as failure:
        return run.fail(mark, str(failure))
    except FeelLimit as limit:
        raise mark.blame(limit) from None


# Built-in range() ----------------------------------------------------------------------------------------------------

_LITERAL_FUNCTIONS = frozenset(("date", "time", "date and time", "duration"))


def literal_range(text: str) -> Range:
    """The range that the text writes with literal ends; Failure for anything else."""
    refused = Failure(f"expected an interval of literals such as [1..3], but got {describe(text)}")
    try:
        node = parse(text, known_names(frozenset()), FUNCTION_NAMES, {}, DEFAULT_LIMITS)
    except FeelSyntaxError:
        raise refused from None
    if not isinstance(node, nodes.Interval) or not _is_literal(node.low) or not _is_literal(node.high):
        raise refused
    run = Run()
    value = Compiler(text, frozenset(), None).code(node)({}, run)
    if not isinstance(value, Range) or operators.compare(value.low, value.high) == 1:
        raise refused
    return value


def _is_literal(node: Node) -> bool:
    if isinstance(node, nodes.Negation):
        return isinstance(node.operand, nodes.Literal)
    if isinstance(node, nodes.Call):
        named = isinstance(node.function, nodes.Name) and node.function.name in _LITERAL_FUNCTIONS
        return named and all(isinstance(argument, nodes.Literal) for argument in node.arguments)
    return isinstance(node, nodes.Literal)
