"""The requirements graph: scopes, functions, services, types, imports, cycles (DMN 1.5, clauses 6, 7 and 10.4)."""

from collections.abc import Sequence

import pytest

from engine.decisions import DecisionNotFound, compile_definitions
from engine.errors import InvalidModel
from engine.feel import Function, Value, encode, from_json
from engine.feel.run import Run
from engine.feel.values import Param
from tests.unit.decisions.models import NOW, decide, decision, inputs, literal, model, read, value


def knowledge(name: str, body: str, parameters: str = "", knows: str = "", kind: str = "FEEL", type: str = "") -> str:
    listed = "".join(f'<formalParameter name="{each}"/>' for each in parameters.split())
    required = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{k}"/></knowledgeRequirement>' for k in knows.split()
    )
    typed = f' typeRef="{type}"' if type else ""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{typed}/>'
        f'<encapsulatedLogic kind="{kind}">{listed}{body}</encapsulatedLogic>{required}</businessKnowledgeModel>'
    )


def service(name: str, outputs: str, input_decisions: str = "", input_data: str = "") -> str:
    parts = [("outputDecision", outputs), ("inputDecision", input_decisions), ("inputData", input_data)]
    listed = "".join(f'<{tag} href="#{each}"/>' for tag, ids in parts for each in ids.split())
    return f'<decisionService id="{name}" name="{name}"><variable name="{name}"/>{listed}</decisionService>'


def problems(body: str) -> list[str]:
    with pytest.raises(InvalidModel) as caught:
        model(body)
    return [str(problem) for problem in caught.value.problems]


# Decisions and input data ------------------------------------------------------------------------------------------


def test_a_decision_sees_what_it_requires_and_each_is_evaluated_once() -> None:
    body = inputs("x") + decision(literal("x + 1"), "a", "in_x")
    body += decision(literal("a * 2"), "b", "a") + decision(literal("a + b"), "d", "a b")
    decided = decide(body, x=1)
    assert encode(decided.value) == {"n": "6"}
    assert [step.name for step in decided.steps] == ["a", "b", "d"]


def test_a_decision_does_not_see_what_it_does_not_require() -> None:
    body = inputs("x") + decision(literal("x"), "a", "in_x") + decision(literal("a"), "d")
    decided = decide(body, x=1, a=7)
    assert decided.value is None
    assert "no variable 'a'" in decided.problems[0].message


def test_a_required_decision_is_evaluated_even_if_the_caller_gives_its_name() -> None:
    body = decision(literal("1"), "a") + decision(literal("a"), "d", "a")
    assert value(body, a=99) == 1


def test_an_undeclared_name_is_taken_from_the_caller() -> None:
    """Camunda Modeler draws no input data: its tables read the variables of the process."""
    body = decision(literal("season"))
    assert value(body, season="winter") == "winter"
    assert model(body).required_inputs("d") == ("season",)


def test_a_required_decision_can_be_read_by_its_id() -> None:
    """As Camunda's engine has it."""
    other = f'<decision id="a" name="Long name">{literal("1")}</decision>'
    assert value(other + decision(literal("a + 1"), "d", "a")) == 2


def test_missing_input_is_null_and_reported() -> None:
    decided = decide(inputs("x") + decision(literal("x = null"), requires="in_x"))
    assert decided.value is True
    assert "the input 'x' was not given" in decided.problems[0].message


def test_input_of_another_type_is_null_and_reported() -> None:
    body = inputs("x", types={"x": "number"}) + decision(literal("x = null"), requires="in_x")
    decided = decide(body, x="5")
    assert decided.value is True
    assert "expected number, but got string '5'" in decided.problems[0].message


def test_required_inputs_are_those_of_the_whole_graph() -> None:
    body = inputs("x", "y", "z") + decision(literal("x"), "a", "in_x") + decision(literal("a + y"), "d", "a in_y")
    assert sorted(model(body).required_inputs("d")) == ["x", "y"]


def test_a_decision_is_found_by_id_and_by_name() -> None:
    compiled = model(f'<decision id="id 1" name="The name">{literal("1")}</decision>')
    assert compiled.evaluate("id 1", {}).value == compiled.evaluate("The name", {}).value == 1
    with pytest.raises(DecisionNotFound, match="The name"):
        compiled.evaluate("other", {})


def test_names_with_blanks_and_symbols() -> None:
    body = '<inputData id="in_a" name="risk-score (max)"/>' + decision(literal("risk-score (max) + 1"), requires="in_a")
    assert model(body).evaluate("d", {"risk-score (max)": from_json(1)}, NOW).value == 2


def test_a_very_long_chain_of_decisions_is_evaluated() -> None:
    chain = decision(literal("1"), "d0")
    chain += "".join(decision(literal(f"d{n - 1} + 1"), f"d{n}", f"d{n - 1}") for n in range(1, 1500))
    assert model(chain).evaluate("d1499", {}).value == 1500


def test_a_cycle_is_refused_by_the_names_on_it() -> None:
    body = decision(literal("b"), "a", "b") + decision(literal("a"), "b", "a")
    (problem,) = problems(body)
    assert "DMN008" in problem
    assert "a → b → a" in problem or "b → a → b" in problem


# Functions ---------------------------------------------------------------------------------------------------------


def test_a_knowledge_model_is_a_function_that_sees_only_its_parameters() -> None:
    body = inputs("x") + knowledge("twice", literal("n * 2"), "n") + knowledge("peek", literal("x"))
    assert value(body + decision(literal("twice(x)"), requires="in_x", knows="twice"), x=4) == 8
    assert decide(body + decision(literal("peek()"), requires="in_x", knows="peek"), x=4).value is None


def test_a_knowledge_model_may_require_others_and_call_itself() -> None:
    body = knowledge("one", literal("1")) + knowledge("f", literal("if n = 0 then one() else n * f(n - 1)"), "n", "one")
    assert value(body + decision(literal("f(5)"), knows="f")) == 120


def test_a_knowledge_model_can_be_evaluated_itself() -> None:
    compiled = model(knowledge("twice", literal("n * 2"), "n"))
    assert compiled.evaluate("twice", {"n": from_json(4)}).value == 8
    assert compiled.required_inputs("twice") == ("n",)


def test_the_result_of_a_knowledge_model_is_converted() -> None:
    assert value(knowledge("f", literal("[1]"), type="number") + decision(literal("f()"), knows="f")) == 1


def test_an_external_function_is_refused_without_a_list_of_allowed_ones() -> None:
    described = "<context>" + "".join(
        f'<contextEntry><variable name="{name}"/>{literal(text)}</contextEntry>'
        for name, text in [("class", '"java.lang.System"'), ("method signature", '"exit(int)"')]
    )
    body = knowledge("halt", described + "</context>", "code", kind="Java") + decision(literal("halt(1)"), knows="halt")
    (problem,) = problems(body)
    assert "DMN004" in problem

    def allowed(names: tuple[str, ...], description: dict[str, Value]) -> Function | None:
        def body(args: Sequence[Value], _run: Run) -> Value:
            return [*args, description["java"]]

        return Function("halt", [Param(name) for name in names], body)

    decided = compile_definitions(read(body), external=allowed).evaluate("d", {})
    assert decided.value == [1, {"class": "java.lang.System", "method signature": "exit(int)"}]


# Services ----------------------------------------------------------------------------------------------------------


SERVED = (
    inputs("x", types={"x": "number"})
    + decision(literal('"computed"'), "given", type="string")
    + decision(literal('given + " " + string(x)'), "out", "given in_x")
    + decision(literal("1"), "other")
    + service("one", "out", "given", "in_x")
    + service("two", "out other", "given", "in_x")
)


def test_a_service_takes_input_data_then_input_decisions() -> None:
    assert value(SERVED + decision(literal('one(1, "a")'), knows="one")) == "a 1"
    assert value(SERVED + decision(literal('one(given: "a", x: 1)'), knows="one")) == "a 1"


def test_a_service_of_several_outputs_is_a_context() -> None:
    assert value(SERVED + decision(literal('two(1, "a")'), knows="two")) == {"out": "a 1", "other": 1}


def test_a_service_called_directly_takes_its_inputs_by_name() -> None:
    assert value(SERVED, "one", x=3, given="b") == "b 3"
    assert decide(SERVED, "one", x=3).value is None


def test_a_service_with_an_argument_of_another_type_is_not_invoked() -> None:
    decided = decide(SERVED + decision(literal('one("x", "a")'), knows="one"))
    assert decided.value is None
    assert [step.name for step in decided.steps] == ["d"]


def test_what_a_service_is_given_does_not_leak() -> None:
    body = SERVED + decision(literal('[given, one(1, "inside"), given, x]'), requires="given in_x", knows="one")
    assert value(body, x=5) == ["computed", "inside 1", "computed", 5]


# Types -------------------------------------------------------------------------------------------------------------


def item(name: str, inner: str, attributes: str = "") -> str:
    return f'<itemDefinition name="{name}" {attributes}>{inner}</itemDefinition>'


TYPES = (
    item("Level", '<typeRef>string</typeRef><allowedValues><text>"low","high"</text></allowedValues>')
    + item("Levels", "<typeRef>Level</typeRef>", 'isCollection="true"')
    + item(
        "Few",
        "<typeRef>number</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint>",
        'isCollection="true"',
    )
    + item(
        "Person",
        '<itemComponent name="full name"><typeRef>string</typeRef></itemComponent>'
        '<itemComponent name="level"><typeRef>Level</typeRef></itemComponent>',
    )
    + item("Alias", "<typeRef>own:Level</typeRef>")
    + item("Test", '<functionItem outputTypeRef="boolean"><parameters name="n" typeRef="number"/></functionItem>')
)


@pytest.mark.parametrize(
    ("type", "text", "fits"),
    [
        ("Level", '"low"', True),
        ("Level", '"middle"', False),
        ("Alias", '"middle"', False),
        ("Levels", '["low", "high"]', True),
        ("Levels", '["low", "middle"]', False),
        ("Few", "[1, 2]", True),
        ("Few", "[1, 2, 3]", False),
        ("Person", '{full name: "a", level: "low"}', True),
        ("Person", '{full name: "a", level: "middle"}', False),
        ("Person", '{full name: "a"}', False),
        ("integer", "1", True),
        ("date and time", '@"2026-01-01"', True),
    ],
)
def test_values_must_fit_their_item_definition(type: str, text: str, fits: bool) -> None:
    decided = decide(TYPES + decision(literal(text), type=type))
    assert (decided.value is not None) is fits
    assert (decided.problems == ()) is fits


def test_types_are_known_inside_expressions() -> None:
    body = TYPES + decision(literal('[{full name: "a", level: "low"} instance of Person, 1 instance of Level]'))
    assert value(body) == [True, False]


def test_an_unknown_type_is_refused_where_it_stands() -> None:
    (problem,) = problems('\n<inputData id="in_x" name="x">\n<variable id="v" name="x" typeRef="Nope"/></inputData>')
    assert problem == "test.dmn:4: error DMN011: expected the name of a type, found 'Nope' [v]"


def test_types_that_nest_too_deep_are_refused() -> None:
    chain = "".join(
        item(f"T{n}", f'<itemComponent name="a"><typeRef>T{n + 1}</typeRef></itemComponent>') for n in range(400)
    )
    (problem,) = problems(chain + item("T400", "<typeRef>number</typeRef>"))[:1]
    assert "DMN008" in problem


def test_a_type_defined_by_itself_is_refused() -> None:
    (problem,) = problems('<itemDefinition name="A"><typeRef>A</typeRef></itemDefinition>')
    assert "DMN008" in problem


# Imports -----------------------------------------------------------------------------------------------------------

LIBRARY = (
    TYPES + inputs("x") + decision(literal("x + 1"), "next one", "in_x") + knowledge("twice", literal("n * 2"), "n")
)


def importing(name: str, body: str) -> str:
    return (
        f'<import name="{name}" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>{body}'
    )


def required(kind: str, id: str) -> str:
    outer = "knowledgeRequirement" if kind == "Knowledge" else "informationRequirement"
    return f'<{outer}><required{kind} href="urn:lib#{id}"/></{outer}>'


def test_imported_elements_are_read_under_the_name_of_the_import() -> None:
    library = read(LIBRARY, namespace="urn:lib")
    wanted = required("Decision", "next one") + required("Input", "in_x") + required("Knowledge", "twice")
    text = 'if "low" instance of my lib.Level then my lib.twice(my lib.next one) + my lib.x else 0'
    body = importing("my lib", f'<decision id="d" name="d">{wanted}{literal(text)}</decision>')
    compiled = model(body, {"urn:lib": library})
    for given in ({"x": 3}, {"my lib": {"x": 3}}, {"{urn:lib}x": 3}):
        assert compiled.evaluate("d", {name: from_json(each) for name, each in given.items()}).value == 11
    assert compiled.evaluate("my lib.next one", {"x": from_json(1)}).value == 2


def test_an_import_without_a_name_joins_the_models() -> None:
    body = importing(
        "", f'<decision id="d" name="d">{required("Decision", "next one")}{literal("next one")}</decision>'
    )
    assert model(body, {"urn:lib": read(LIBRARY, namespace="urn:lib")}).evaluate("d", {"x": from_json(1)}).value == 2


# Compilation -------------------------------------------------------------------------------------------------------


def test_all_syntax_errors_are_reported_at_their_lines() -> None:
    body = decision(literal("1 +"), "a") + "\n" + decision(literal("\n\n2 *"), "b")
    first, second = problems(body)
    assert first.startswith("test.dmn:2: error DMN010:")
    assert second.startswith("test.dmn:5: error DMN010:")
    assert first.endswith("[a]")


def test_a_tolerant_compilation_makes_syntax_errors_nulls() -> None:
    compiled = compile_definitions(read(decision(literal("1 +")) + decision(literal("1"), "a")), tolerant=True)
    decided = compiled.evaluate("d", {})
    assert decided.value is None
    assert decided.problems
    assert compiled.evaluate("a", {}).value == 1
