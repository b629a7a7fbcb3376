"""Forms that are refused when they are read."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidModel
from engine.notation.forms import FormLimits, read_form
from tests.support.components import ROOT


def schema(*components: Any, **settings: Any) -> bytes:
    return json.dumps(
        {"type": "default", "id": "f", "schemaVersion": 19, "components": list(components), **settings}
    ).encode()


def field(**settings: Any) -> dict[str, Any]:
    return {"type": "textfield", "id": "x", "key": "x", **settings}


def problems(data: bytes, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidModel) as caught:
        read_form(data, file="f.form", **options)
    assert all(problem.message and problem.file == "f.form" for problem in caught.value.problems)
    return [(problem.rule, problem.element) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "FORM001"),
        (b"{", "FORM001"),
        (b"[]", "FORM001"),
        (b'"form"', "FORM001"),
        (b"\xff\xfe\x00", "FORM001"),
        (b'{"id": "f", "id": "g", "components": []}', "FORM001"),
        (b'{"id": "f", "x": NaN, "components": []}', "FORM001"),
        (b"[" * 100_000, "FORM001"),
        (b'{"x": ' + b"9" * 5000 + b"}", "FORM001"),
        (schema(id=""), "FORM001"),
        (schema(id=3), "FORM001"),
        (schema(type="textfield"), "FORM001"),
        (schema(schemaVersion=20), "FORM001"),
        (schema(schemaVersion=True), "FORM001"),
        (schema(components="none"), "FORM001"),
        (schema("text"), "FORM002"),
        (schema({"id": "x"}), "FORM002"),
        (b" " * (1024 * 1024 + 1), "FORM007"),
        (schema(*[{"type": "spacer"}] * 1001), "FORM007"),
    ],
)
def test_a_file_that_is_no_form_is_refused(data: bytes, rule: str) -> None:
    assert {found for found, _element in problems(data)} == {rule}


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        (field(type="hologram"), "FORM002"),
        (field(type="html", content="<b>"), "FORM002"),
        (field(type="iframe"), "FORM002"),
        (field(type="filepicker"), "FORM002"),
        (field(components=[field()]), "FORM002"),
        (field(id=5), "FORM002"),
        (field(key=None), "FORM003"),
        (field(key="a b"), "FORM003"),
        (field(key="a..b"), "FORM003"),
        ({"type": "dynamiclist", "id": "x", "components": []}, "FORM003"),
        (field(conditional={"hide": "=a +"}), "FORM004"),
        (field(conditional={"hide": "a"}), "FORM004"),
        (field(readonly="yes"), "FORM004"),
        (field(label="=("), "FORM004"),
        (field(validate={"min": "=("}), "FORM004"),
        (field(type="expression"), "FORM004"),
        (field(type="expression", expression="a + 1"), "FORM004"),
        (field(type="select", valuesExpression="=["), "FORM004"),
        (field(type="select"), "FORM005"),
        (field(type="select", values=[]), "FORM005"),
        (field(type="datetime"), "FORM005"),
        (field(type="datetime", subtype="week"), "FORM005"),
        (field(validate={"minimum": 3}), "FORM005"),
        (field(validate={"min": "three"}), "FORM005"),
        (field(validate={"required": "yes"}), "FORM005"),
        (field(validate=[]), ""),
        (field(validate=["required"]), "FORM005"),
        (field(validate={"pattern": "["}), "FORM005"),
        (field(validate={"pattern": "a" * 501}), "FORM005"),
        (field(validate={"validationType": "iban"}), "FORM005"),
        (field(disabled="no"), "FORM005"),
        (field(type="number", decimalDigits="two"), "FORM005"),
        (field(type="number", increment="0"), "FORM005"),
        (field(type="photo", minimum="some"), "FORM005"),
        (field(properties="none"), "FORM005"),
        ({"type": "dynamiclist", "id": "x", "path": "p", "isRepeating": False, "components": []}, "FORM005"),
        (field(label="<script>alert(1)</script>"), "FORM006"),
        ({"type": "text", "id": "x", "text": "[click](JavaScript:alert(1))"}, "FORM006"),
        (field(properties={"label:en": "<img src=x>"}), "FORM006"),
        (field(type="select", values=[{"label": "<b>a</b>", "value": "a"}]), "FORM006"),
        ({"type": "text", "id": "x", "text": "a <a href='javascript:x'>b</a>"}, "FORM006"),
        ({"type": "image", "id": "x", "source": "http://tracker.example/x.png"}, "FORM006"),
        ({"type": "image", "id": "x", "source": "//tracker.example/x.png"}, "FORM006"),
    ],
)
def test_a_component_that_is_wrong_is_refused(component: dict[str, Any], rule: str) -> None:
    if not rule:
        assert read_form(schema(component)).fields
        return
    found = problems(schema(component))
    assert rule in {code for code, _element in found}
    assert {element for _code, element in found} <= {"x", ""}


def test_comparisons_inside_templates_are_no_markup() -> None:
    assert read_form(schema({"type": "text", "text": "{{if a <b}}few{{end}} 1 < 2"}))


@pytest.mark.parametrize(
    "components",
    [
        [field(), field(id="y")],
        [field(), field(id="y", key="x.z")],
        [field(key="x.z"), field(id="y")],
        [field(), {"type": "group", "id": "g", "path": "x", "components": []}],
        [{"type": "dynamiclist", "id": "l", "path": "x", "components": []}, field(id="y", key="x.z")],
    ],
)
def test_two_components_for_one_value_are_refused(components: list[Any]) -> None:
    assert "FORM003" in {code for code, _element in problems(schema(*components))}


def test_an_id_may_stand_only_once() -> None:
    assert problems(schema(field(), field(key="y"))) == [("FORM003", "x")]


def test_the_same_key_in_different_rows_is_no_clash() -> None:
    lists = [{"type": "dynamiclist", "id": f"l{n}", "path": f"p{n}", "components": [field(id=f"x{n}")]} for n in (1, 2)]
    assert read_form(schema(*lists, field())).fields


def test_a_problem_names_the_line_of_its_component() -> None:
    text = '{"id": "f", "components": [\n{"type": "textfield", "id": "a", "key": "a"},\n{"type": "what", "id": "b"}]}'
    with pytest.raises(InvalidModel) as caught:
        read_form(text.encode())
    assert [(problem.element, problem.line) for problem in caught.value.problems] == [("b", 3)]


def test_nesting_has_an_end() -> None:
    inner: dict[str, Any] = field()
    for number in range(25):
        inner = {"type": "group", "id": f"g{number}", "components": [inner]}
    assert {code for code, _element in problems(schema(inner))} == {"FORM007"}


def test_limits_can_be_tightened() -> None:
    assert problems(schema(field()), limits=FormLimits(size=10)) == [("FORM007", "")]


@pytest.mark.parametrize("file", sorted((ROOT / "bpmn").rglob("*.form")), ids=lambda file: file.stem)
def test_every_form_of_ours_is_read_and_translated(file: Path) -> None:
    made = read_form(file.read_bytes(), file=file.name)
    assert made.fields
    assert made.localized("en")["components"] != made.localized("zh")["components"]


VALUES: list[Any] = [None, True, 0, -1, "", "=", "=a", "${a}", [], [None], {}, {"a": 1}, "x" * 100, 1e300]
VALID: dict[str, Any] = json.loads(
    schema(
        field(
            validate={"required": True, "maxLength": 5, "pattern": "a"}, properties={"label:en": "a", "personal": True}
        ),
        {
            "type": "select",
            "id": "s",
            "key": "s",
            "values": [{"label": "a", "value": "a"}],
            "conditional": {"hide": "=x"},
        },
        {
            "type": "dynamiclist",
            "id": "l",
            "path": "l",
            "components": [{"type": "photo", "id": "p", "key": "p", "minimum": 1}],
        },
        {
            "type": "group",
            "id": "g",
            "path": "g",
            "components": [{"type": "number", "id": "n", "key": "n", "increment": "1"}],
        },
        {"type": "datetime", "id": "d", "key": "d", "subtype": "date"},
        {"type": "expression", "id": "e", "key": "e", "expression": "=x"},
        {"type": "text", "id": "t", "text": "a", "appearance": {"prefixAdorner": "a"}},
    )
)


def _bend(value: Any, rng: random.Random) -> Any:
    """Put something else somewhere inside."""
    if rng.random() < 0.15 or not isinstance(value, dict | list) or not value:
        return rng.choice(VALUES)
    if isinstance(value, list):
        place = rng.randrange(len(value))
        return [_bend(each, rng) if number == place else each for number, each in enumerate(value)]
    chosen = rng.choice(sorted(value))
    return {name: _bend(each, rng) if name == chosen else each for name, each in value.items()}


@settings(max_examples=300, deadline=None)
@given(rng=st.randoms(use_true_random=False), count=st.integers(1, 4))
def test_a_bent_form_is_read_or_refused(rng: random.Random, count: int) -> None:
    bent: Any = VALID
    for _ in range(count):
        bent = _bend(bent, rng)
    try:
        made = read_form(json.dumps(bent).encode())
    except InvalidModel as refused:
        assert refused.problems
    else:
        made.localized("en")
