"""Reading .dmn files: what is taken, and what is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidModel
from engine.notation.dmn import read_dmn, read_dmn_files
from engine.notation.dmn_model import Context, Decision, DecisionTable, KnowledgeModel, Literal
from engine.notation.dmn_schema import VERSIONS
from tests.unit.decisions.models import file, literal, read, table

TABLE = table("COLLECT", ["x : number"], ["out"], ["< 5 || 1", "- || 2"], "SUM")


def refusals(body: str, **options: str) -> list[str]:
    with pytest.raises(InvalidModel) as caught:
        read(body, **options)
    return [str(problem).partition("error ")[2] for problem in caught.value.problems]


def wrapped(expression: str) -> str:
    return f'<decision id="d" name="d">{expression}</decision>'


# What is taken -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("namespace", VERSIONS)
def test_every_version_of_dmn_is_read(namespace: str) -> None:
    (decision,) = read(wrapped(literal("1")), dmn=namespace).decisions
    assert isinstance(decision.expression, Literal)


def test_a_decision_is_read_with_everything_it_says() -> None:
    body = f"""<inputData id="x" name="x"><description>what</description></inputData>
    <decision id="d" name="The\n decision"><description>why</description><question>q?</question>
    <variable name="v" typeRef="number"/>
    <informationRequirement id="r"><requiredInput href="#x"/></informationRequirement>
    <authorityRequirement><requiredAuthority href="#s"/></authorityRequirement>{TABLE}</decision>
    <knowledgeSource id="s" name="law"/>"""
    decision = read(body).elements["d"]
    assert isinstance(decision, Decision)
    assert (decision.name, decision.question, decision.description) == ("The decision", "q?", "why")
    assert (decision.variable.name, decision.variable.type) == ("v", "number")
    (requirement,) = decision.information
    assert (requirement.namespace, requirement.target, requirement.id) == ("urn:test", "x", "r")


def test_a_table_is_read_with_the_place_of_every_cell() -> None:
    (decision,) = read(wrapped(TABLE)).decisions
    read_table = decision.expression
    assert isinstance(read_table, DecisionTable)
    assert (read_table.policy, read_table.aggregation) == ("C", "SUM")
    assert [rule.id for rule in read_table.rules] == ["rule1", "rule2"]
    cell = read_table.rules[1].inputs[0]
    assert (cell.id, cell.text, cell.line) == ("cell2.1", "-", 5)


def test_an_element_without_an_id_is_placed_at_the_one_around_it() -> None:
    entry = f'<context><contextEntry><variable name="a"/>{literal("1")}</contextEntry></context>'
    (decision,) = read(wrapped(entry)).decisions
    assert isinstance(decision.expression, Context)
    assert decision.expression.entries[0].value is not None
    assert decision.expression.entries[0].value.id == "d"


def test_what_is_only_for_people_and_vendors_is_passed_over() -> None:
    body = wrapped('<extensionElements><v:x xmlns:v="urn:vendor"><v:y/></v:x></extensionElements>' + literal("1"))
    body += '<textAnnotation id="t"><text>note</text></textAnnotation><association id="a"/>'
    body += '<d:DMNDI xmlns:d="https://www.omg.org/spec/DMN/20230324/DMNDI/"><d:DMNDiagram/></d:DMNDI>'
    assert len(read(body).elements) == 1


def test_type_names_lose_the_prefixes_of_dmn_1_1() -> None:
    feel = "http://www.omg.org/spec/FEEL/20140401"
    body = f'<inputData id="x" name="x"><variable xmlns:f="{feel}" name="x" typeRef="f:string"/></inputData>'
    body += '<inputData id="y" name="y"><variable name="y" typeRef="own:Level"/></inputData>'
    assert [each.variable.type for each in read(body).elements.values()] == ["string", "Level"]


# What is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"<definitions/>",
        b'<definitions xmlns="urn:other"/>',
        b'<x xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
    ],
)
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidModel, match=r"DMN001"):
        read_dmn(data)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<decison/>", "DMN002: unexpected <decison> in <definitions>"),
        (wrapped("<unknownBox/>"), "DMN002: unexpected <unknownBox> in <decision> [d]"),
        (wrapped('<v:x xmlns:v="urn:v"/>'), "DMN002: unexpected <x> of another namespace in <decision> [d]"),
        ('<decision id="d" name="d" nmae="x"/>', "DMN002: unexpected attribute 'nmae' of <decision> [d]"),
        ('<decision id="d"/>', "DMN002: expected the attribute 'name' of <decision> [d]"),
        ('<decision id="d" name=" "/>', "DMN002: expected a name of <decision>, found none [d]"),
        (wrapped(literal("1") * 2), "DMN002: expected one expression in <decision>, found 2 [d]"),
        (
            wrapped("<conditional><if/><then/></conditional>"),
            "DMN002: expected <else> in <conditional>, found none [d]",
        ),
        (
            wrapped("<informationRequirement/>"),
            "DMN002: expected one reference in <informationRequirement>, found 0 [d]",
        ),
        (
            wrapped(
                f"<context><contextEntry>{literal('1')}</contextEntry><contextEntry>{literal('2')}</contextEntry></context>"
            ),
            "DMN002: expected a variable, only the last entry may be the result [d]",
        ),
        (
            wrapped(f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>'),
            "DMN002: expected 1 cells in the row, found 2 [d]",
        ),
        (
            wrapped('<informationRequirement><requiredInput href="#nope"/></informationRequirement>'),
            "DMN003: expected the id of a InputData, found '#nope' [d]",
        ),
        (
            wrapped('<knowledgeRequirement><requiredKnowledge href="#d"/></knowledgeRequirement>'),
            "DMN003: expected the id of a KnowledgeModel or DecisionService, found '#d' [d]",
        ),
        (
            wrapped(literal("1", 'expressionLanguage="juel"')),
            "DMN004: expected FEEL as expressionLanguage, found 'juel' [d]",
        ),
        (
            wrapped('<functionDefinition kind="PMML"/>'),
            "DMN004: expected a function of kind FEEL or Java, found 'PMML' [d]",
        ),
        (
            wrapped("<literalExpression><importedValues/></literalExpression>"),
            "DMN004: imported values are not supported; write the values as FEEL [d]",
        ),
        (
            wrapped(
                TABLE.replace("<input id", '<input xmlns:c="http://camunda.org/schema/1.0/dmn" c:inputVariable="x" id')
            ),
            "DMN004: camunda:inputVariable is not supported; write `?` for the input's value [column1]",
        ),
        (wrapped("") * 2, "DMN005: the id 'd' is used twice [d]"),
        (wrapped("") + '<decision id="e" name="d"/>', "DMN005: the name 'd' is used twice [e]"),
        (wrapped(table("BEST", [], ["o"], ["|| 1"])), "DMN006: expected a hit policy of UNIQUE, ANY,"),
        (
            wrapped(table("UNIQUE", [], ["o"], ["|| 1"], "SUM")),
            "DMN006: an aggregation needs the hit policy COLLECT [table]",
        ),
        (
            wrapped(table("COLLECT", [], ["a", "b"], ["|| 1 | 2"], "SUM")),
            "DMN006: an aggregation is defined for a single",
        ),
        (wrapped(table("UNIQUE", [], ["", "b"], ["|| 1 | 2"])), "DMN006: expected a name of its own for each"),
        (wrapped(table("PRIORITY", [], ["a"], ["|| 1"])), "DMN006: expected output values, because their order"),
        (
            wrapped(table("UNIQUE", ["x"], ["a"], ["1 | 2 || 1"])),
            "DMN006: expected 1 input and 1 output entries, found 2",
        ),
        (
            '<import name="i" namespace="urn:x" importType="http://www.w3.org/2001/XMLSchema"/>',
            "DMN004: expected the import",
        ),
        (
            f'<import name="i" namespace="urn:x" importType="{next(iter(VERSIONS))}"/>',
            "DMN007: expected a model of namespace",
        ),
    ],
)
def test_what_is_not_dmn_or_not_supported_is_refused_by_name(body: str, expected: str) -> None:
    assert refusals(body)[0].startswith(expected)


def test_all_problems_are_reported_at_once_in_the_order_of_lines() -> None:
    body = wrapped(table("BEST", ["x"], ["a"], ["1 | 2 || 1"]))
    required = '<informationRequirement><requiredDecision href="#q"/></informationRequirement>'
    body += f'\n<decision id="e" name="e">{required}</decision>'
    assert [problem[:6] for problem in refusals(body)] == ["DMN006", "DMN006", "DMN003"]


# Several files -----------------------------------------------------------------------------------------------------

IMPORT = '<import name="{0}" namespace="urn:{0}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'


def test_files_are_read_after_those_they_import() -> None:
    files = {
        "a.dmn": file(IMPORT.format("b"), namespace="urn:a"),
        "b.dmn": file(IMPORT.format("c"), namespace="urn:b"),
        "c.dmn": file("", namespace="urn:c"),
    }
    read_files = read_dmn_files(files)
    assert list(read_files) == ["a.dmn", "b.dmn", "c.dmn"]
    assert read_files["a.dmn"].imported["urn:b"] is read_files["b.dmn"]


def test_files_that_import_each_other_are_refused() -> None:
    ring = {name: file(IMPORT.format(other), namespace=f"urn:{name}") for name, other in ["ab", "ba"]}
    with pytest.raises(InvalidModel, match=r"DMN008.*in a ring"):
        read_dmn_files(ring)


def test_two_files_of_one_namespace_are_refused() -> None:
    with pytest.raises(InvalidModel, match=r"DMN005.*already that of a"):
        read_dmn_files({"a": file(""), "b": file("")})


def test_a_wanted_file_is_read_whatever_stands_beside_it() -> None:
    files = {"a": file(IMPORT.format("b"), namespace="urn:a"), "b": file("", namespace="urn:b"), "c": b"no xml"}
    assert list(read_dmn_files(files, wanted="a")) == ["a", "b"]
    with pytest.raises(InvalidModel):
        read_dmn_files(files)


def test_a_knowledge_model_is_read() -> None:
    body = f"""<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>
      <formalParameter name="a" typeRef="number"/>{literal("a")}</encapsulatedLogic></businessKnowledgeModel>"""
    knowledge = read(body).elements["k"]
    assert isinstance(knowledge, KnowledgeModel)
    assert knowledge.logic is not None
    assert [(each.name, each.type) for each in knowledge.logic.parameters] == [("a", "number")]


WHOLE = file(wrapped(TABLE) + wrapped(literal("1")).replace('"d"', '"e"')).decode()


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else_happens(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    length = data.draw(st.integers(0, 30))
    other = data.draw(st.sampled_from(["", "<", ">", '"', "<rule/>", " name=''", "&lt;", "é", "\0", "decision", "#"]))
    damaged = WHOLE[:start] + other + WHOLE[start + length :]
    try:
        assert read_dmn(damaged.encode()).source == damaged.encode()
    except InvalidModel as error:
        assert error.problems
