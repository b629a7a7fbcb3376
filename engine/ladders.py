"""What deployment asks of escalation ladders: every rung can be read, and everything it names is carried out.

Asked when something is deployed, not when a release is read again: what runs goes on under the rules it began with.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from engine import feel
from engine.errors import InvalidInput, Problem
from engine.execution import calendar as business
from engine.execution import ladder
from engine.execution.bundle import Bundle
from engine.execution.machine import Failure
from engine.notation.dmn import read_dmn_files
from engine.notation.dmn_model import Decision, DecisionTable, Element


def ladder_problems(files: Mapping[str, bytes], bundle: Bundle) -> list[Problem]:
    """Problems of the decision tables that user tasks of the release have as ladders; empty when they are sound."""
    tasks = [node.user_task for process in bundle.processes.values() for node in process.nodes.values()]
    wanted = {task.ladder for task in tasks if task is not None and task.ladder is not None}
    caught = _caught(bundle)
    models = read_dmn_files({path: content for path, content in files.items() if path.endswith(".dmn")})
    return [
        Problem(rule, message, where.id, where.line, path)
        for path, model in models.items()
        for decision in model.decisions
        if decision.id in wanted
        for rule, message, where in _of(decision, caught)
    ]


_Said = tuple[str, str, Element]


def _of(decision: Decision, caught: frozenset[str]) -> Iterator[_Said]:
    table = decision.expression
    if not isinstance(table, DecisionTable):
        return
    for column in table.outputs:
        if column.name not in ladder.COLUMNS:
            known = ", ".join(sorted(ladder.COLUMNS))
            yield (
                "REL010",
                f"Expected the columns of a ladder to be {known}; nothing carries out '{column.name}'.",
                column,
            )
    for rule in table.rules:
        for column, cell in zip(table.outputs, rule.outputs, strict=True):
            value = _constant(cell.text)
            problem = _CELLS[column.name](value, caught) if column.name in _CELLS and value is not None else None
            if problem:
                yield ("REL012" if column.name == "start" else "REL011"), problem, cell


def _constant(text: str) -> feel.Value:
    """What a cell without variables yields; null for any other, which is only known when the task begins."""
    try:
        expression = feel.compile(text)
    except feel.FeelError:  # a name with blanks, which only the decision's own scope knows
        return None
    return None if expression.free_names or expression.maybe_names else expression({})


def _caught(bundle: Bundle) -> frozenset[str]:
    """The messages that some process of the release waits for or starts by."""
    nodes = [node for process in bundle.processes.values() for node in process.nodes.values()]
    caught = [node for node in nodes if node.kind not in ("intermediateThrowEvent", "endEvent", "sendTask")]
    triggers = [trigger for node in caught for trigger in (*node.triggers, node.message) if trigger is not None]
    names = [trigger.name({}) for trigger in triggers if trigger.kind == "message" and trigger.name is not None]
    return frozenset(name for name in names if isinstance(name, str))


_Check = Callable[[feel.Value, frozenset[str]], str | None]


def _readable(read: Callable[[feel.Value], object]) -> _Check:
    def check(value: feel.Value, _: frozenset[str]) -> str | None:
        try:
            read(value)
        except (InvalidInput, feel.FeelError, Failure) as error:
            return error.message
        return None

    return check


def _priority(value: feel.Value, _: frozenset[str]) -> str | None:
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return None if whole else f"Expected 'priority' of a rung to be a whole number, but got {value!r}."


def _tokens(value: feel.Value, _: frozenset[str]) -> str | None:
    items = value if isinstance(value, list) else [value]
    texts = all(isinstance(item, str) for item in items)
    return None if texts else f"Expected tokens, a text or a list of texts, but got {value!r}."


def _start(value: feel.Value, caught: frozenset[str]) -> str | None:
    try:
        sent = ladder.sent({"start": value})
    except Failure as failure:
        return failure.message
    if sent is None or sent[0] in caught:
        return None
    known = ", ".join(sorted(caught)) or "none"
    return f"Expected a message that a process of this release waits for ({known}), but nothing waits for '{sent[0]}'."


_CELLS: Mapping[str, _Check] = {
    "at": _readable(lambda value: business.expect_spec(ladder.text("at", value))),
    "every": _readable(lambda value: business.interval(ladder.text("every", value))),
    "holdWhile": _readable(lambda value: feel.compile(ladder.text("holdWhile", value))),
    "code": _readable(lambda value: ladder.text("code", value)),
    "card": _readable(lambda value: ladder.text("card", value)),
    "priority": _priority,
    "tell": _tokens,
    "candidates": _tokens,
    "reassign": _tokens,
    "start": _start,
}
