"""Boxed expressions (DMN 1.5, clauses 7.3, 8 and 10.2) compiled to closures, each FEEL text exactly once.

A compiled expression is called with the names it can see and the state of the evaluation. An error inside yields null
and leaves its reason in the state, as the standard wants.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeAlias

from engine.decisions.evaluation import Evaluation, Place, Scope, at_rule
from engine.decisions.tables import Column, CompiledCell, CompiledRule, Node, Output, Table, Test
from engine.decisions.types import Note, TypeTable
from engine.feel import Date, FeelError, FeelSyntaxError, Function, Library, Param, Run, Value, compile, compile_unary
from engine.feel.errors import Failure
from engine.feel.types import ANY, BOOLEAN, DATE, NUMBER, STRING, FunctionType, Simple, Type, coerce
from engine.notation.dmn_model import (
    BoxedList,
    Conditional,
    Context,
    ContextEntry,
    DecisionTable,
    Element,
    Expression,
    Filter,
    FunctionDefinition,
    InformationItem,
    InputClause,
    Invocation,
    Iteration,
    Literal,
    OutputClause,
    Relation,
    Rule,
    UnaryTests,
)

External: TypeAlias = Callable[[tuple[str, ...], dict[str, Value]], Function | None]
"""Finds an external function by its parameters' names and its description, `{"java": {"class": …}}`; None: unknown."""

_CONSTANT = re.compile(r'-?\d+(\.\d+)?|"[^"\\]*"|true|false|null')
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression can see while it is compiled: variables, and where problems belong."""

    owner: str
    names: frozenset[str]
    place: Place

    def with_names(self, names: Iterable[str]) -> "Environment":
        return replace(self, names=self.names.union(names))

    def at(self, element: Element) -> "Environment":
        place = replace(self.place, element=element.id or self.place.element, line=element.line or self.place.line)
        return replace(self, place=place)

    def column(self, name: str) -> "Environment":
        return replace(self, place=replace(self.place, column=name))


@dataclass(slots=True)
class Compiler:
    """Compiles the expressions of one model. `words` are names that occur anywhere in it and are no plain words.

    `unknown` collects, per owner, the names that an expression reads but that are not declared for it, and where.
    """

    types: TypeTable
    note: Note
    words: frozenset[str]
    external: External | None
    library: Library
    unknown: dict[str, dict[str, Element]] = field(default_factory=dict)

    # FEEL texts -----------------------------------------------------------------------------------------------------

    def literal(self, expression: Literal, env: Environment) -> Node:
        env = env.at(expression)
        node = self._text(expression, env) if expression.text.strip() else _nothing
        return self.typed(node, expression.type, expression, env)

    def _text(self, expression: Literal, env: Environment) -> Node:
        try:
            compiled = compile(expression.text, env.names | self.words, self.library)
        except FeelSyntaxError as error:
            return self._refused(error, expression, env)
        self._seen(compiled.free_names, expression, env)
        text = expression.text.strip()
        if _CONSTANT.fullmatch(text):
            return _constant(compiled({}))
        if text in env.names and compiled.free_names == {text}:
            return _reader(text)
        evaluate, place = compiled.evaluate, env.place

        def evaluated(scope: Mapping[str, Value], run: Evaluation) -> Value:
            run.place = place
            return evaluate(scope, run)

        return evaluated

    def _refused(self, error: FeelSyntaxError, element: Element, env: Environment) -> Node:
        """Note the syntax error at its own line of the file."""
        line = element.line + error.line - 1 if element.line else 0
        self.note("DMN010", error.message, replace(element, line=line))

        def evaluated(_scope: Mapping[str, Value], run: Evaluation) -> Value:
            run.report(env.place, error.message)
            return None

        return evaluated

    def _seen(self, names: Collection[str], element: Element, env: Environment) -> None:
        for name in names:
            if name not in env.names:
                self.unknown.setdefault(env.owner, {}).setdefault(name, element)

    def tests(self, tests: UnaryTests, env: Environment) -> Test:
        """A cell or a list of values; an empty text takes everything, as modellers write it."""
        text = tests.text if tests.text.strip() else "-"
        try:
            compiled = compile_unary(text, env.names | self.words, self.library)
        except FeelSyntaxError as error:
            self._refused(error, tests, env)
            return _never
        self._seen(compiled.free_names, tests, env)
        return compiled.evaluate

    def typed(self, node: Node, type_name: str, element: Element, env: Environment) -> Node:
        """The node with its value converted to the type (clause 10.3.2.9.4); null where it does not fit."""
        return converted(node, self.types.resolve(type_name, element), env.at(element).place)

    # Boxed expressions ----------------------------------------------------------------------------------------------

    def compile(self, expression: Expression | None, env: Environment) -> Node:
        if expression is None:
            return _nothing
        if isinstance(expression, Literal):
            return self.literal(expression, env)
        env = env.at(expression)
        node = _COMPILERS[type(expression)](self, expression, env)
        if isinstance(expression, FunctionDefinition):  # its typeRef is about what the function yields
            return node
        return self.typed(node, expression.type, expression, env)

    def context(self, expression: Context, env: Environment) -> Node:
        entries: list[tuple[str, Node]] = []
        result: Node | None = None
        for entry in expression.entries:
            node = self._entry(entry, env)
            if entry.variable is None:
                result = node
            else:
                entries.append((entry.variable.name, node))
                env = env.with_names([entry.variable.name])

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            inner = Scope(scope)
            for name, node in entries:
                inner[name] = node(inner, run)
            return dict(inner) if result is None else result(inner, run)

        return evaluate

    def _entry(self, entry: ContextEntry, env: Environment) -> Node:
        if entry.variable is None:
            return self.compile(entry.value, env)
        wanted = self.types.resolve(entry.variable.type, entry.variable)
        place = env.at(entry.variable).place
        if isinstance(entry.value, FunctionDefinition):  # a function may call itself by the entry's name
            env = env.with_names([entry.variable.name]).at(entry.value)
            node = self.function(entry.value, env, result_type(wanted))
            return converted(node, wanted, place) if isinstance(wanted, FunctionType) else node
        return converted(self.compile(entry.value, env), wanted, place)

    def function(self, expression: FunctionDefinition, env: Environment, result: Type = ANY) -> Node:
        """The function value; its body sees the names around it, and the parameters on top."""
        params = self.params(expression)
        names = [param.name for param in params]
        node, depth = self.body(expression, env.with_names(names)), frames(expression.body)

        def evaluate(scope: Mapping[str, Value], _run: Evaluation) -> Value:
            def body(args: Sequence[Value], run: Run) -> Value:
                return _call(node, Scope(scope, dict(zip(names, args, strict=True))), run)

            return Function("function", params, body, result, depth)

        return evaluate

    def params(self, expression: FunctionDefinition) -> list[Param]:
        return [Param(each.name, self.types.resolve(each.type, each)) for each in expression.parameters]

    def body(self, expression: FunctionDefinition, env: Environment) -> Node:
        """What a call evaluates, in a scope that has the parameters; an older typeRef may be that of the result."""
        node = self._external(expression, env) if expression.kind == "Java" else self.compile(expression.body, env)
        return converted(node, result_type(self.types.resolve(expression.type, expression)), env.at(expression).place)

    def _external(self, expression: FunctionDefinition, env: Environment) -> Node:
        """A call of an external function. Without a list of those allowed, the model is refused."""
        description = self.compile(expression.body, env)(Scope({}), Evaluation({}, None))
        names = tuple(parameter.name for parameter in expression.parameters)
        found = self.external(names, {"java": description}) if self.external else None
        if self.external is None:
            self.note("DMN004", "external functions are not allowed", expression)

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            if found is None:
                raise Failure("this external function is not on the list of those allowed")
            return found.call([scope[name] for name in names], run)

        return evaluate

    def invocation(self, expression: Invocation, env: Environment) -> Node:
        function = self.compile(expression.function, env)
        arguments = [
            (each.parameter.name, self._bound(each.parameter, each.value, env)) for each in expression.bindings
        ]
        place = env.place

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            called = function(scope, run)
            named = {name: node(scope, run) for name, node in arguments}
            run.place = place
            if not isinstance(called, Function):
                run.report(place, "expected a function to invoke")
                return None
            try:
                return called.call_named(named, run)
            except Failure as failure:
                run.report(place, str(failure))
                return None

        return evaluate

    def _bound(self, parameter: InformationItem, value: Expression | None, env: Environment) -> Node:
        return self.typed(self.compile(value, env), parameter.type, parameter, env)

    def boxed_list(self, expression: BoxedList, env: Environment) -> Node:
        items = [self.compile(item, env) for item in expression.items]
        return lambda scope, run: [item(scope, run) for item in items]

    def relation(self, expression: Relation, env: Environment) -> Node:
        names = [column.name for column in expression.columns]
        rows = [
            [self._bound(column, cell, env) for column, cell in zip(expression.columns, row, strict=True)]
            for row in expression.rows
        ]

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            return [dict(zip(names, [cell(scope, run) for cell in row], strict=True)) for row in rows]

        return evaluate

    def conditional(self, expression: Conditional, env: Environment) -> Node:
        condition = self.compile(expression.condition, env)
        branches = (self.compile(expression.then, env), self.compile(expression.otherwise, env))

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            chosen = _WHICH.evaluate({"condition": condition(scope, run)}, run)
            return None if chosen is None else branches[chosen == 1](scope, run)

        return evaluate

    def filter(self, expression: Filter, env: Environment) -> Node:
        source = self.compile(expression.source, env)
        match = self.compile(expression.match, env.with_names(["item"]))

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            def test(args: Sequence[Value], inner: Run) -> Value:
                (item,) = args
                entries = item if isinstance(item, dict) else {}
                return _call(match, Scope(scope, {"item": item, **entries}), inner)

            values: dict[str, Value] = {"__source__": source(scope, run), "__match__": Function("match", _ITEM, test)}
            return _FILTER.evaluate(values, run)

        return evaluate

    def iteration(self, expression: Iteration, env: Environment) -> Node:
        """`for`, `some` and `every`: FEEL's own loop over the source, which calls the boxed body for each element."""
        name = expression.item.name
        extra = ["partial"] if expression.kind == "for" else []
        source = self.typed(self.compile(expression.source, env), expression.item.type, expression, env)
        body = self.compile(expression.body, env.with_names([name, *extra]))
        loop = _LOOPS[expression.kind]

        def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
            def each(args: Sequence[Value], inner: Run) -> Value:
                names = dict(zip([name, *extra], args, strict=False))
                return _call(body, Scope(scope, names), inner)

            return loop.evaluate({"source": source(scope, run), "body": Function(name, _PAIR, each)}, run)

        return evaluate

    # Decision tables ------------------------------------------------------------------------------------------------

    def table(self, expression: DecisionTable, env: Environment) -> Node:
        columns = [
            self._column(clause, [rule.inputs[index] for rule in expression.rules], env)
            for index, clause in enumerate(expression.inputs)
        ]
        outputs = [self._output(clause, env) for clause in expression.outputs]
        rules = [self._rule(index, rule, expression, env) for index, rule in enumerate(expression.rules, 1)]
        return Table(expression.policy, expression.aggregation, columns, outputs, rules, env.place)

    def _column(self, clause: InputClause, column: Sequence[UnaryTests], env: Environment) -> Column:
        text = clause.expression.text.strip()
        env = env.column(f"input {clause.label or text}").at(clause)
        node = self.literal(clause.expression, env)
        allowed = self.tests(clause.values, env) if clause.values else None
        seen: dict[str, Test] = {}
        compiled = []
        for index, tests in enumerate(column, 1):
            if tests.text not in seen:
                seen[tests.text] = self.tests(tests, env)
            place = at_rule(env.place, index, tests.id, tests.line)
            compiled.append(CompiledCell(tests.text, seen[tests.text], place))
        return Column(text, node, allowed, compiled, env.place)

    def _output(self, clause: OutputClause, env: Environment) -> Output:
        env = env.column(f"output {clause.label or clause.name}".strip()).at(clause)
        default = None if clause.default is None else self._typed_output(clause.default, clause, env)
        allowed = self.tests(clause.values, env) if clause.values else None
        return Output(clause.name, env.place, allowed, self._order(clause, env), default)

    def _order(self, clause: OutputClause, env: Environment) -> tuple[Value, ...]:
        """The listed output values, of which the first has the highest priority."""
        if clause.values is None:
            return ()
        try:
            listed = compile(f"[{clause.values.text}]", env.names | self.words)({})
        except FeelError:  # the values are tests, not values; then they do not order anything
            return ()
        return tuple(listed) if isinstance(listed, list) else ()

    def _typed_output(self, expression: Literal, clause: OutputClause, env: Environment) -> Node:
        return self.typed(self.literal(expression, env), clause.type, expression, env)

    def _rule(self, index: int, rule: Rule, table: DecisionTable, env: Environment) -> CompiledRule:
        nodes, places = [], []
        for clause, cell in zip(table.outputs, rule.outputs, strict=True):
            here = env.column(f"output {clause.label or clause.name}".strip())
            place = at_rule(here.place, index, cell.id, cell.line)
            nodes.append(self._typed_output(cell, clause, replace(here, place=place)))
            places.append(place)
        return CompiledRule(index, rule.id, tuple(nodes), tuple(places))


def converted(node: Node, type_: Type, place: Place) -> Node:
    """The node with its value converted to the type; where it does not fit, null and the reason."""
    if type_ == ANY:
        return node
    exact = _CLASSES.get(type_) if isinstance(type_, Simple) else None

    def evaluate(scope: Mapping[str, Value], run: Evaluation) -> Value:
        value = node(scope, run)
        if value is None or type(value) is exact:
            return value
        try:
            return coerce(value, type_)
        except FeelError as error:
            run.report(place, error.message)
            return None

    return evaluate


def result_type(type_: Type) -> Type:
    """What calling yields: older models give the result's type where newer ones give the function's."""
    return type_.result if isinstance(type_, FunctionType) else type_


def special_names(names: Iterable[str]) -> frozenset[str]:
    """Those names that FEEL can only read when it knows them: with blanks, operators or digits in front."""
    return frozenset(name for name in names if not _PLAIN_NAME.fullmatch(name))


def _call(node: Node, scope: Scope, run: Run) -> Value:
    """Evaluate a function's body; afterwards the caller's place is the current one again."""
    if not isinstance(run, Evaluation):
        raise Failure("a function of a decision model can only be called inside the model")
    place = run.place
    try:
        return node(scope, run)
    finally:
        run.place = place


def frames(body: Expression | None) -> int:
    """How many Python frames a call of a boxed function may take: some per level of boxes within boxes."""
    depth = 0
    level: list[Element] = [body] if body else []
    while level:
        depth += 1
        level = [child for each in level for child in boxed_children(each)]
    return 10 + 4 * depth


def boxed_children(expression: Element) -> Iterator[Element]:
    """The model's elements directly inside one."""
    pending: list[object] = [getattr(expression, each.name) for each in fields(expression)]
    while pending:
        item = pending.pop()
        if isinstance(item, Element):
            yield item
        elif isinstance(item, tuple):
            pending.extend(item)


def _constant(value: Value) -> Node:
    return lambda _scope, _run: value


def _reader(name: str) -> Node:
    """Reads a variable that is declared, and so always there."""
    return lambda scope, _run: scope[name]


def _nothing(_scope: Mapping[str, Value], _run: Evaluation) -> Value:
    """The value of an expression that is not there."""
    return None


def _never(_value: Value, _scope: Mapping[str, Value], _run: Evaluation) -> bool:
    return False


_CLASSES: Mapping[Type, type] = {NUMBER: Decimal, STRING: str, BOOLEAN: bool, DATE: Date}
"""Types of which a value of that class always is; a short cut past the conversion."""
_ITEM = (Param("item"),)
_PAIR = (Param("item"), Param("partial"))
_WHICH = compile("if condition then 0 else 1", ("condition",))
_FILTER = compile("__source__[__match__(item)]", ("__source__", "__match__"))
_LOOPS = {
    "for": compile("for element in source return body(element, partial)", ("source", "body")),
    "some": compile("some element in source satisfies body(element, null)", ("source", "body")),
    "every": compile("every element in source satisfies body(element, null)", ("source", "body")),
}
_COMPILERS: Mapping[type[Expression], Callable[[Compiler, Any, Environment], Node]] = {
    Context: Compiler.context,
    FunctionDefinition: Compiler.function,
    Invocation: Compiler.invocation,
    BoxedList: Compiler.boxed_list,
    Relation: Compiler.relation,
    Conditional: Compiler.conditional,
    Filter: Compiler.filter,
    Iteration: Compiler.iteration,
    DecisionTable: Compiler.table,
}
