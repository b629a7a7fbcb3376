"""What a form lets through: the values of what people may see and edit, checked by the form's own rules."""

import json
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.feel import FeelError, Value, encode, from_json, parse_date_and_time
from engine.notation.forms import Form, read_form

NOW = parse_date_and_time("2026-10-01T08:00:00+08:00")
PHOTO = {"id": "a1", "sha256": "0" * 64}
OPTIONS = [{"label": "甲", "value": "a", "label:en": "A"}, {"label": "乙", "value": "b"}]


def form(*components: dict[str, Any], **settings: Any) -> Form:
    schema = {"type": "default", "id": "f", "schemaVersion": 19, "components": list(components), **settings}
    return read_form(json.dumps(schema).encode(), file="f.form")


def component(type: str, key: str = "x", **settings: Any) -> dict[str, Any]:
    return {"type": type, "id": f"id_{key}", "key": key, **settings}


def check(*components: dict[str, Any], data: Any, variables: dict[str, Value] | None = None) -> dict[str, Value]:
    return form(*components).check(data, variables or {}, NOW)


def errors(*components: dict[str, Any], data: Any, variables: dict[str, Value] | None = None) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as caught:
        check(*components, data=data, variables=variables)
    return caught.value.fields


def codes(*components: dict[str, Any], data: Any, variables: dict[str, Value] | None = None) -> dict[str, list[str]]:
    """Path → the codes of its errors."""
    found = errors(*components, data=data, variables=variables)
    return {path: [message.partition(":")[0] for message in messages] for path, messages in found.items()}


# Values of each type -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        (component("textfield"), "督办", "督办"),
        (component("textfield"), None, None),
        (component("textarea"), "a\nb", "a\nb"),
        (component("number"), 3, Decimal(3)),
        (component("number"), 1.1, Decimal("1.1")),
        (component("number"), Decimal("1.50"), Decimal("1.50")),
        (component("number", serializeToString=True), "1.10", "1.10"),
        (component("number", serializeToString=True), 7, "7"),
        (component("number", increment="0.1"), Decimal("1e6000"), Decimal("1e6000")),
        (component("checkbox"), False, False),
        (component("radio", values=OPTIONS), "a", "a"),
        (component("select", values=OPTIONS), "b", "b"),
        (component("select", values=OPTIONS), None, None),
        (component("select", values=["a", 2]), 2, Decimal(2)),
        (component("select", values=[{"label": "o", "value": {"k": [1]}}]), {"k": [1]}, {"k": [Decimal(1)]}),
        (component("checklist", values=OPTIONS), ["b", "a"], ["b", "a"]),
        (component("taglist", values=OPTIONS), [], []),
        (component("datetime", subtype="date"), "2026-02-28", "2026-02-28"),
        (component("datetime", subtype="date"), "", None),
        (component("datetime", subtype="time"), "08:30", "08:30:00"),
        (component("datetime", subtype="time"), "08:30:15Z", "08:30:15Z"),
        (component("datetime", subtype="time", timeSerializingFormat="utc_offset"), "08:30+08:00", "08:30:00+08:00"),
        (component("datetime", subtype="datetime"), "2026-10-01T08:30+08:00", "2026-10-01T08:30:00+08:00"),
        (component("photo"), [PHOTO], [PHOTO]),
    ],
)
def test_a_value_of_its_type_is_taken(field: dict[str, Any], sent: Any, value: Any) -> None:
    taken = check(field, data={"x": sent})["x"]
    assert taken == value
    assert type(taken) is type(value)


@pytest.mark.parametrize(
    ("field", "sent", "code"),
    [
        (component("textfield"), 3, "type"),
        (component("textfield"), {"a": 1}, "type"),
        (component("textarea"), "a\x00b", "type"),
        (component("textarea"), "a\ud800b", "type"),
        (component("photo"), [{**PHOTO, "id": "../a"}], "photos"),
        (component("number"), "3", "type"),
        (component("number"), True, "type"),
        (component("number"), float("nan"), "type"),
        (component("number"), float("inf"), "type"),
        (component("select", values=OPTIONS), 10**4000, "option"),
        (component("number"), Decimal("1e7000"), "type"),
        (component("number", serializeToString=True), "1.2.3", "type"),
        (component("number", decimalDigits=2), Decimal("1.234"), "type"),
        (component("number", decimalDigits=0), Decimal("1.5"), "type"),
        (component("number", increment="0.5"), Decimal("1.3"), "type"),
        (component("number", increment="0.3"), Decimal("1e40"), "type"),
        (component("number"), Decimal("1." + "1" * 34), "type"),
        (component("number", decimalDigits=1), Decimal("1" * 30 + ".11"), "type"),
        (component("number", serializeToString=True), "1e9999", "type"),
        (component("checkbox"), "true", "type"),
        (component("checkbox"), 1, "type"),
        (component("radio", values=OPTIONS), "c", "option"),
        (component("select", values=OPTIONS), ["a"], "option"),
        (component("select", values=[1]), True, "option"),
        (component("checklist", values=OPTIONS), "a", "type"),
        (component("checklist", values=OPTIONS), ["a", "c"], "option"),
        (component("taglist", values=OPTIONS), ["a", "a"], "option"),
        (component("datetime", subtype="date"), "2026-02-29", "type"),
        (component("datetime", subtype="date"), "01.10.2026", "type"),
        (component("datetime", subtype="date"), "2026-10-01T08:00", "type"),
        (component("datetime", subtype="time"), "25:00", "type"),
        (component("datetime", subtype="time", timeSerializingFormat="no_timezone"), "08:00Z", "type"),
        (component("datetime", subtype="time", timeSerializingFormat="utc_normalized"), "08:00", "type"),
        (component("datetime", subtype="datetime"), "2026-10-01", "type"),
        (component("datetime", subtype="datetime"), 5, "type"),
        (component("datetime", subtype="date", disallowPassedDates=True), "2026-09-30", "min"),
        (component("photo"), [{"id": "a"}], "photos"),
        (component("photo"), [{"id": "a", "sha256": "xyz"}], "photos"),
        (component("photo"), [{**PHOTO, "url": "http://x"}], "photos"),
        (component("photo"), [PHOTO, PHOTO], "photos"),
        (component("photo"), "a1", "photos"),
    ],
)
def test_a_value_of_another_type_is_refused(field: dict[str, Any], sent: Any, code: str) -> None:
    assert codes(field, data={"x": sent}) == {"x": [code]}


# Rules -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        (component("textfield", validate={"required": True}), ""),
        (component("number", validate={"required": True}), None),
        (component("checkbox", validate={"required": True}), False),
        (component("taglist", values=OPTIONS, validate={"required": True}), []),
        (component("photo", validate={"required": True}), []),
    ],
)
def test_required_means_that_something_is_there(field: dict[str, Any], empty: Any) -> None:
    assert codes(field, data={}) == {"x": ["required"]}
    assert codes(field, data={"x": empty}) == {"x": ["required"]}


def test_no_is_an_answer_to_a_required_choice() -> None:
    choice = component("radio", values=[{"label": "是", "value": True}, {"label": "否", "value": False}])
    choice["validate"] = {"required": True}
    assert check(choice, data={"x": False}) == {"x": False}


@pytest.mark.parametrize(
    ("validate", "good", "bad", "code"),
    [
        ({"minLength": 3}, "abc", "ab ", "minLength"),
        ({"maxLength": "3"}, "abc", "abcd", "maxLength"),
        ({"maxLength": 2}, "督办", "督办了", "maxLength"),
        ({"maxLength": 3}, "a😀", "aa😀", "maxLength"),  # JavaScript counts a surrogate pair as two
        ({"pattern": "^[A-Z]{2}\\d+$"}, "AB1", "AB1\n", "pattern"),
        ({"pattern": "^\\d+$"}, "12", "١٢", "pattern"),
        ({"pattern": "b"}, "abc", "acd", "pattern"),
        ({"validationType": "email"}, "li.wang+x@example.com", "li@wang@example.com", "pattern"),
        ({"validationType": "phone"}, "+8613812345678", "13812345678", "pattern"),
        ({"minLength": "=least"}, "abcd", "abc", "minLength"),
    ],
)
def test_text_rules(validate: dict[str, Any], good: str, bad: str, code: str) -> None:
    field, variables = component("textfield", validate=validate), {"least": Decimal(4)}
    assert check(field, data={"x": good}, variables=variables) == {"x": good}
    assert codes(field, data={"x": bad}, variables=variables) == {"x": [code]}


def test_a_pattern_may_bring_its_own_words() -> None:
    field = component("textfield", validate={"pattern": "^a$", "patternErrorMessage": "only a"})
    assert errors(field, data={"x": "b"}) == {"x": ["pattern: only a"]}


def test_an_endless_pattern_ends() -> None:
    field = component("textfield", validate={"pattern": "^(a+)+$"})
    assert codes(field, data={"x": "a" * 5000 + "!"}) == {"x": ["pattern"]}


def test_text_without_a_limit_has_one() -> None:
    assert codes(component("textarea"), data={"x": "a" * 20_001}) == {"x": ["maxLength"]}


def test_number_rules_and_their_messages() -> None:
    field = component("number", validate={"min": "=low", "max": 10})
    assert check(field, data={"x": 5}, variables={"low": Decimal(5)}) == {"x": Decimal(5)}
    assert errors(field, data={"x": 4}, variables={"low": Decimal(5)}) == {"x": ["min: expected at least 5, found 4"]}
    assert errors(field, data={"x": 11}) == {"x": ["max: expected at most 10, found 11"]}


@pytest.mark.parametrize("place", ["own", "properties"])
def test_photos_are_counted(place: str) -> None:
    counts = {"minimum": 2, "maximum": 3} if place == "own" else {"properties": {"minimum": "2", "maximum": "3"}}
    field = component("photo", **counts)
    photos = [{"id": str(number), "sha256": "a" * 64} for number in range(4)]
    assert len(check(field, data={"x": photos[:2]})["x"]) == 2  # type: ignore[arg-type]  # a list
    assert errors(field, data={"x": photos[:1]}) == {"x": ["photos: expected at least 2, found 1"]}
    assert errors(field, data={}) == {"x": ["photos: expected at least 2, found 0"]}
    assert errors(field, data={"x": photos}) == {"x": ["photos: expected at most 3, found 4"]}


def test_options_may_come_from_variables_or_feel() -> None:
    by_key, by_feel = (
        component("select", valuesKey="units"),
        component("radio", "y", valuesExpression="=units[grade > 1]"),
    )
    units: Value = [
        {"label": "One", "value": "u1", "grade": Decimal(1)},
        {"label": "Two", "value": "u2", "grade": Decimal(2)},
    ]
    assert check(by_key, by_feel, data={"x": "u1", "y": "u2"}, variables={"units": units}) == {"x": "u1", "y": "u2"}
    assert codes(by_key, by_feel, data={"x": "u3", "y": "u1"}, variables={"units": units}) == {
        "x": ["option"],
        "y": ["option"],
    }
    assert codes(by_key, data={"x": "u1"}) == {"x": ["option"]}


def test_every_error_is_told_at_once() -> None:
    fields = [component("textfield", validate={"required": True}), component("number", "y", validate={"min": 1})]
    assert codes(*fields, data={"y": 0, "z": 1}) == {"x": ["required"], "y": ["min"], "z": ["unknown"]}


def test_the_data_must_be_an_object() -> None:
    for sent, kind in (([], "a list"), ("x", "a text"), (None, "null"), (3, "a number")):
        assert errors(component("textfield"), data=sent) == {"": [f"type: expected an object, found {kind}"]}


# What counts -------------------------------------------------------------------------------------------------------


def test_what_is_not_sent_is_not_touched() -> None:
    fields = [component("textfield"), component("textfield", "y")]
    assert check(*fields, data={"x": "new"}, variables={"x": "old", "y": "old", "z": "old"}) == {"x": "new"}


def test_unknown_keys_are_refused() -> None:
    assert codes(component("textfield"), data={"x": "a", "__proto__": {}}) == {"__proto__": ["unknown"]}


def test_hidden_fields_are_dropped_and_not_required() -> None:
    why = component("textfield", "why", validate={"required": True}, conditional={"hide": "=ok"})
    ok = component("checkbox", "ok")
    assert check(ok, why, data={"ok": True, "why": "smuggled"}) == {"ok": True}
    assert codes(ok, why, data={"ok": False}) == {"why": ["required"]}


def test_what_a_hidden_field_says_hides_nothing() -> None:
    first = component("checkbox", "a")
    second = component("checkbox", "b", conditional={"hide": "=a"})
    third = component("textfield", "c", conditional={"hide": "=b"})
    assert check(first, second, third, data={"a": True, "b": True, "c": "seen"}) == {"a": True, "c": "seen"}


def test_conditions_that_contradict_each_other_come_to_an_end() -> None:
    left = component("checkbox", "a", conditional={"hide": "=b"})
    right = component("checkbox", "b", conditional={"hide": "=a"})
    assert check(left, right, data={"a": True, "b": True}) in ({}, {"a": True, "b": True})


def test_conditions_read_the_case_but_not_the_old_value_of_a_field() -> None:
    field = component("textfield", "note", conditional={"hide": '=grade != "MAJOR"'})
    grade = component("textfield", "grade")
    assert check(field, data={"note": "n"}, variables={"grade": "MAJOR"}) == {"note": "n"}
    assert check(grade, field, data={"note": "n"}, variables={"grade": "MAJOR"}) == {}


@pytest.mark.parametrize("setting", [{"disabled": True}, {"readonly": True}, {"readonly": "=locked"}])
def test_what_cannot_be_edited_is_not_taken(setting: dict[str, Any]) -> None:
    field = component("textfield", validate={"required": True}, **setting)
    assert check(field, data={"x": "forged"}, variables={"x": "old", "locked": True}) == {}


def test_expression_fields_are_computed_here() -> None:
    fields = [
        component("number", "a"),
        component("expression", "b", expression="=a * 2", computeOn="change"),
        component("expression", "c", expression="=b + 1"),
        component("expression", "d", expression="=a", conditional={"hide": "=true"}),
    ]
    assert check(*fields, data={"a": 2, "b": 99, "d": 1}) == {"a": Decimal(2), "b": Decimal(4), "c": Decimal(5)}


def test_expressions_know_what_time_it_is() -> None:
    field = component("expression", expression="=string(today())")
    assert check(field, data={}) == {"x": "2026-10-01"}


# Groups and rows ---------------------------------------------------------------------------------------------------


def group(*components: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return {"type": "group", "id": "g", "components": list(components), **settings}


def rows(*components: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return {"type": "dynamiclist", "id": "l", "path": "rows", "components": list(components), **settings}


def test_a_group_with_a_path_holds_an_object() -> None:
    address = group(
        component("textfield", "street", validate={"required": True}),
        component("textfield", "city", disabled=True),
        path="address",
    )
    kept: dict[str, Value] = {"address": {"street": "old", "city": "Binhe", "zip": "1"}}
    assert check(address, data={"address": {"street": "new", "city": "forged"}}, variables=kept) == {
        "address": {"street": "new", "city": "Binhe", "zip": "1"}
    }
    assert kept == {"address": {"street": "old", "city": "Binhe", "zip": "1"}}
    assert codes(address, data={"address": {"street": "", "door": 1}}) == {
        "address.street": ["required"],
        "address.door": ["unknown"],
    }
    assert codes(address, data={"address": "flat"}) == {"address": ["type"], "address.street": ["required"]}


def test_a_hidden_group_hides_what_is_in_it() -> None:
    inner = component("textfield", validate={"required": True})
    assert check(group(inner, conditional={"hide": "=true"}), data={"x": "a"}) == {}


def test_a_dotted_key_is_a_path() -> None:
    assert check(component("textfield", "a.b"), data={"a": {"b": "c"}}) == {"a": {"b": "c"}}


def test_rows_are_checked_one_by_one() -> None:
    listed = rows(component("textfield", "name", validate={"required": True}), component("number", "n"))
    sent = [{"name": "a", "n": 1}, {"name": "b"}]
    assert check(listed, data={"rows": sent}) == {"rows": [{"name": "a", "n": Decimal(1)}, {"name": "b"}]}
    assert codes(listed, data={"rows": [{"name": "a"}, {"name": "", "n": "1", "z": 1}]}) == {
        "rows.1.name": ["required"],
        "rows.1.n": ["type"],
        "rows.1.z": ["unknown"],
    }
    assert codes(listed, data={"rows": {}}) == {"rows": ["type"]}
    assert codes(listed, data={"rows": [1]}) == {"rows": ["type"], "rows.0.name": ["required"]}
    assert codes(listed, data={"rows": [{"name": "a"}] * 501}) == {"rows": ["max"]}


def test_conditions_in_a_row_read_that_row_as_this() -> None:
    listed = rows(
        component("select", "res", values=["ok", "bad"]),
        component("textfield", "why", validate={"required": True}, conditional={"hide": '=this.res = "ok"'}),
        component("expression", "place", expression="=i[1]"),
    )
    sent = [{"res": "ok", "why": "smuggled"}, {"res": "bad", "why": "leaks"}]
    assert check(listed, data={"rows": sent}) == {
        "rows": [{"res": "ok", "place": Decimal(1)}, {"res": "bad", "why": "leaks", "place": Decimal(2)}]
    }
    assert codes(listed, data={"rows": [{"res": "bad"}]}) == {"rows.0.why": ["required"]}


def test_rows_nest_and_read_their_parents() -> None:
    inner = {
        "type": "dynamiclist",
        "id": "k",
        "path": "kids",
        "components": [component("expression", "of", expression="=parent.name")],
    }
    listed = rows(component("textfield", "name"), inner)
    assert check(listed, data={"rows": [{"name": "a", "kids": [{}, {}]}]}) == {
        "rows": [{"name": "a", "kids": [{"of": "a"}, {"of": "a"}]}]
    }


def test_rows_that_may_not_be_added_keep_their_number_and_locked_values() -> None:
    listed = rows(component("textfield", "item", readonly=True), component("textfield", "note"), allowAddRemove=False)
    kept: dict[str, Value] = {"rows": [{"item": "1"}, {"item": "2"}]}
    assert check(listed, data={"rows": [{"item": "forged", "note": "n"}, {}]}, variables=kept) == {
        "rows": [{"item": "1", "note": "n"}, {"item": "2"}]
    }
    assert codes(listed, data={"rows": [{}]}, variables=kept) == {"rows": ["min"]}
    assert codes(listed, data={"rows": [{}] * 3}, variables=kept) == {"rows": ["max"]}
    assert codes(
        rows(component("textfield", "note"), allowAddRemove=False, defaultRepetitions=2), data={"rows": []}
    ) == {"rows": ["min"]}


def test_a_hidden_list_is_dropped() -> None:
    listed = rows(component("textfield", "name", validate={"required": True}), conditional={"hide": "=true"})
    assert check(listed, data={"rows": [{}]}) == {}


def test_fields_of_display_components_are_unknown() -> None:
    shown = [
        {"type": "text", "id": "t", "text": "# 督办"},
        {"type": "separator"},
        {"type": "spacer"},
        {"type": "button", "action": "submit"},
    ]
    assert check(*shown, data={}) == {}


# What a form tells of itself ---------------------------------------------------------------------------------------


def test_fields_are_listed_with_their_types() -> None:
    made = form(component("textfield"), group(component("number", "n"), path="g"), rows(component("photo", "p")))
    assert dict(made.fields) == {"x": "textfield", "g.n": "number", "rows[].p": "photo"}


def test_personal_fields_are_known_by_their_top_key() -> None:
    made = form(
        component("textfield", properties={"personal": True}),
        component("textfield", "y"),
        group(component("textfield", "z"), path="g", properties={"personal": "true"}),
        rows(component("textfield", "w", properties={"personal": True})),
    )
    assert made.personal == {"x", "g", "rows"}


def test_labels_are_swapped_for_another_language() -> None:
    field = component(
        "select", values=OPTIONS, label="单位", properties={"label:en": "Unit", "validate.patternErrorMessage:en": "No"}
    )
    made = form(field, group(component("text", "y", label="内", properties={"text:en": "In"}), label="组"))
    english = made.localized("en-GB")["components"]
    assert (english[0]["label"], english[0]["values"][0]["label"], english[0]["values"][1]["label"]) == (
        "Unit",
        "A",
        "乙",
    )
    assert english[0]["validate"]["patternErrorMessage"] == "No"
    assert (english[1]["label"], english[1]["components"][0]["text"]) == ("组", "In")
    assert made.localized("zh-CN")["components"][0]["label"] == "单位"
    made.localized("en")["components"].clear()
    assert made.localized("en")["components"]


# Anything at all ---------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["a", "08:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list("abcdefgxyz")), inner, max_size=4),
    max_leaves=12,
)
EVERYTHING = form(
    component("textfield", "a", validate={"pattern": "^a", "validationType": "email"}),
    component("number", "b", increment="0.1", decimalDigits=1, validate={"min": "=a", "max": "=c"}),
    component("taglist", "c", valuesExpression="=d"),
    component("select", "d", valuesKey="b", readonly="=a = b"),
    component("datetime", "e", subtype="datetime", disallowPassedDates=True),
    component("photo", "f"),
    component("expression", "g", expression="=a + b"),
    group(component("checkbox", "y", conditional={"hide": "=x"}), path="x"),
    {
        "type": "dynamiclist",
        "id": "l",
        "path": "z",
        "components": [component("radio", "p", valuesExpression="=this.a")],
    },
)


@given(data=JSON, variables=st.dictionaries(st.sampled_from(list("abcdefgxyz")), JSON, max_size=4))
@settings(deadline=None, max_examples=300)
def test_whatever_is_sent_is_taken_or_refused(data: Any, variables: dict[str, Any]) -> None:
    known = {name: _value(value) for name, value in variables.items()}
    try:
        taken = EVERYTHING.check(data, known, NOW)
    except InvalidInput as refused:
        assert refused.fields
    else:
        assert encode(taken)


def _value(data: Any) -> Value:
    try:
        return from_json(data)
    except FeelError:
        return None


def test_many_rows_are_checked_in_time() -> None:
    listed = rows(
        *(component("textfield", f"f{n}", conditional={"hide": f'=this.f{n} = "no"'}) for n in range(10)),
        component("expression", "sum", expression="=this.f1"),
    )
    made = form(listed)
    begun = process_time()
    taken = made.check({"rows": [{f"f{n}": "a" for n in range(10)}] * 500}, {}, NOW)
    assert len(taken["rows"]) == 500  # type: ignore[arg-type]  # a list
    assert process_time() - begun < 2
