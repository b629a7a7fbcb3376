"""Small decision models, written as the part of a .dmn file that a test is about."""

from collections.abc import Mapping
from typing import Any

from engine.decisions import Decided, Model, compile_definitions
from engine.feel import DateTime, from_json, parse_date_and_time, to_json
from engine.notation.dmn import read_dmn
from engine.notation.dmn_model import Definitions

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
NOW: DateTime = parse_date_and_time("2026-03-01T08:00:00@Asia/Shanghai")


def file(body: str, *, namespace: str = "urn:test", dmn: str = DMN) -> bytes:
    """A whole file around some elements."""
    head = f'<definitions xmlns="{dmn}" xmlns:own="{namespace}" id="defs" name="test" namespace="{namespace}">'
    return f"{head}\n{body}\n</definitions>".encode()


def read(body: str, imports: Mapping[str, Definitions] | None = None, **options: str) -> Definitions:
    return read_dmn(file(body, **options), file="test.dmn", imports=imports or {})


def model(body: str, imports: Mapping[str, Definitions] | None = None) -> Model:
    return compile_definitions(read(body, imports))


def decide(body: str, decision: str = "d", /, **inputs: Any) -> Decided:
    """Evaluate a decision of a model; inputs are JSON."""
    return model(body).evaluate(decision, {name: from_json(value) for name, value in inputs.items()}, NOW)


def value(body: str, decision: str = "d", /, **inputs: Any) -> Any:
    """The value as JSON, of an evaluation that met no problem."""
    decided = decide(body, decision, **inputs)
    assert decided.problems == ()
    return to_json(decided.value)


def literal(text: str, attributes: str = "") -> str:
    return f"<literalExpression {attributes}><text>{_escape(text)}</text></literalExpression>"


def inputs(*names: str, types: Mapping[str, str] | None = None) -> str:
    """Input data by name; the id is the name with `in_` before it."""
    return "".join(
        f'<inputData id="in_{name}" name="{name}"><variable name="{name}"{_type((types or {}).get(name))}/></inputData>'
        for name in names
    )


def decision(expression: str, name: str = "d", requires: str = "", knows: str = "", type: str | None = None) -> str:
    """A decision around an expression; `requires` are ids, `in_…` of input data; `knows` are ids of functions."""
    information = "".join(
        f'<informationRequirement><required{"Input" if each.startswith("in_") else "Decision"} href="#{each}"/>'
        "</informationRequirement>"
        for each in requires.split()
    )
    knowledge = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>' for each in knows.split()
    )
    variable = f'<variable name="{name}"{_type(type)}/>'
    return f'<decision id="{name}" name="{name}">{variable}{information}{knowledge}{expression}</decision>'


def table(policy: str, columns: list[str], outputs: list[str], rules: list[str], aggregation: str = "") -> str:
    """A decision table. A column is `expression : type : values`, an output `name : type : values : default` (all but
    the first may be missing), a rule its cells between bars: `< 5 | "a" || "result"`.
    """
    aggregate = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        f'<decisionTable id="table" hitPolicy="{policy}"{aggregate}>'
        + "".join(_column(index, *_split(each)) for index, each in enumerate(columns, 1))
        + "".join(_output(index, *_split(each)) for index, each in enumerate(outputs, 1))
        + "".join(_rule(index, each, bool(columns)) for index, each in enumerate(rules, 1))
        + "</decisionTable>"
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(" : ")]


def _column(index: int, text: str, type: str = "", values: str = "") -> str:
    listed = f"<inputValues><text>{_escape(values)}</text></inputValues>" if values else ""
    expression = f"<inputExpression{_type(type)}><text>{_escape(text)}</text></inputExpression>"
    return f'<input id="column{index}">{expression}{listed}</input>'


def _output(index: int, name: str, type: str = "", values: str = "", default: str = "") -> str:
    listed = f"<outputValues><text>{_escape(values)}</text></outputValues>" if values else ""
    otherwise = f"<defaultOutputEntry><text>{_escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output id="output{index}" name="{name}"{_type(type)}>{listed}{otherwise}</output>'


def _rule(index: int, text: str, has_inputs: bool) -> str:
    left, _, right = text.partition("||")
    cells = [cell.strip() for cell in left.split("|")] if has_inputs else []
    entries = "".join(
        f'<inputEntry id="cell{index}.{column}"><text>{_escape(cell)}</text></inputEntry>\n'
        for column, cell in enumerate(cells, 1)
    )
    results = "".join(
        f'<outputEntry id="out{index}.{column}"><text>{_escape(cell.strip())}</text></outputEntry>\n'
        for column, cell in enumerate(right.split("|"), 1)
    )
    return f'<rule id="rule{index}">{entries}{results}</rule>\n'


def _type(name: str | None) -> str:
    return f' typeRef="{name}"' if name else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
