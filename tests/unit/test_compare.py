"""Comparing two versions: every difference is found and called by its right name, and nothing else is."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.compare import Change, Comparison, FileChange, compare
from engine.compare.words import as_json, summary
from engine.errors import InvalidModel
from engine.notation import parts

HAZARD = Path(__file__).parents[2] / "bpmn" / "hazard"
BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:z="http://camunda.org/schema/zeebe/1.0"
    xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:duban="urn:duban:bpmn:1" id="file" targetNamespace="urn:t" exporter="A">
  <b:process id="p" name="流程">
    <b:startEvent id="s" name="开始"><b:outgoing>f1</b:outgoing></b:startEvent>
    <b:userTask id="a" name="检查">
      <b:extensionElements>
        <z:taskSchedule dueDate="=x" followUpDate="=y"/>
        <z:ioMapping><z:input source="=1" target="m"/><z:input source="=m" target="n"/></z:ioMapping>
        <duban:label en="Inspect"/>
      </b:extensionElements>
    </b:userTask>
    <b:endEvent id="e"/><b:endEvent id="e2"/>
    <b:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <b:sequenceFlow id="f2" sourceRef="a" targetRef="e">
      <b:conditionExpression>=n &gt; 1</b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="f3" sourceRef="a" targetRef="e2"/>
  </b:process>
  <di:BPMNDiagram id="d"><di:BPMNPlane id="pl" bpmnElement="p">
    <di:BPMNShape id="a_di" bpmnElement="a"><dc:Bounds x="100" y="80" width="100" height="80"/></di:BPMNShape>
  </di:BPMNPlane></di:BPMNDiagram>
</b:definitions>"""
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tables" name="t" namespace="urn:t">
  <decision id="d" name="积分"><variable id="v" name="积分"/><decisionTable id="t" hitPolicy="FIRST">
    <input id="i" label="等级"><inputExpression id="ie"><text>grade</text></inputExpression></input>
    <output id="o" name="points"/>
    <rule id="r1"><inputEntry><text>"A"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
    <rule id="r2"><inputEntry><text>"B"</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
    <rule id="r3"><inputEntry><text>-</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""
FORM = {
    "type": "default",
    "id": "f",
    "components": [
        {"type": "textfield", "id": "site", "key": "site", "label": "地点", "validate": {"required": True}},
        {"type": "select", "id": "grade", "key": "grade", "label": "等级",
         "values": [{"value": "A", "label": "一"}, {"value": "B", "label": "二"}]},
        {"type": "number", "id": "n", "key": "n", "label": "数"},
    ],
}  # fmt: skip


def changes(name: str, old: str, new: str) -> dict[str, Change]:
    """id → change of the one file."""
    found = compare({name: old.encode()}, {name: new.encode()}).files
    return {change.id: change for file in found for change in file.changes}


def in_diagram(*swaps: tuple[str, str], of: str = BPMN) -> dict[str, Change]:
    return changes("x.bpmn", of, swapped(of, *swaps))


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def told(change: Change) -> dict[str, tuple[str | None, str | None]]:
    return {each.path: (each.old, each.new) for each in change.properties}


@pytest.mark.parametrize(
    "swap",
    [
        ("=n &gt; 1", "\n      =n &gt; 1\n   "),
        ('dueDate="=x" followUpDate="=y"', "followUpDate='=y'   dueDate='=x'"),
        ('x="100"', 'x="100.0"'),
        ("<b:outgoing>f1</b:outgoing>", ""),
        ('exporter="A"', 'exporter="B"'),
        ("<b:process", "<!-- a remark --><b:process"),
        ('<b:endEvent id="e"/><b:endEvent id="e2"/>', '<b:endEvent id="e2"/>\n<b:endEvent id="e"/>'),
        ('id="a_di"', 'id="another"'),
    ],
)
def test_what_says_nothing_is_no_change(swap: tuple[str, str]) -> None:
    assert in_diagram(swap) == {}


@pytest.mark.parametrize(
    ("swap", "id", "path", "old", "new"),
    [
        (("=n &gt; 1", "=n &gt; 2"), "f2", "conditionExpression", "=n > 1", "=n > 2"),
        (('dueDate="=x"', ""), "a", "taskSchedule.dueDate", "=x", None),
        (('source="=1"', 'source="=2"'), "a", "ioMapping.input[m].source", "=1", "=2"),
        (('targetRef="e2"', 'targetRef="e"'), "f3", "targetRef", "e2", "e"),
        (('name="开始"', 'name="新开始"'), "s", "name", "开始", "新开始"),
        (('"Inspect"', '"Look"'), "a", "label.en", "Inspect", "Look"),
        (("urn:t", "urn:u"), "file", "targetNamespace", "urn:t", "urn:u"),
        (("<b:endEvent id=\"e\"/>", '<b:endEvent id="e"><b:terminateEventDefinition id="q"/></b:endEvent>'),
         "e", "terminateEventDefinition", None, ""),
        (("<duban:label", '<other:x xmlns:other="urn:o" y="1"/><duban:label'), "a", "{urn:o}x.y", None, "1"),
    ],
)  # fmt: skip
def test_a_changed_property_is_told_with_both_its_texts(
    swap: tuple[str, str], id: str, path: str, old: str | None, new: str | None
) -> None:
    found = in_diagram(swap)
    assert {id: found[id].kind} == {each: change.kind for each, change in found.items()} == {id: "changed"}
    assert told(found[id]) == {path: (old, new)}


def test_elements_come_and_go() -> None:
    end = ('<b:endEvent id="e2"/>', '<b:userTask id="new" name="复查"/>')
    found = in_diagram(end, ('targetRef="e2"', 'targetRef="new"'))
    assert {id: change.kind for id, change in found.items()} == {"new": "added", "e2": "removed", "f3": "changed"}
    assert (found["new"].what, found["new"].within, found["new"].names) == ("userTask", "p", {"zh": "复查"})


def test_an_element_of_another_kind_is_the_same_element_changed() -> None:
    found = in_diagram(('<b:endEvent id="e2"/>', '<b:intermediateThrowEvent id="e2"/>'))
    assert told(found["e2"]) == {"kind": ("endEvent", "intermediateThrowEvent")}


def test_what_is_only_drawn_elsewhere_has_moved() -> None:
    found = in_diagram(('x="100"', 'x="120"'))
    assert [(each.id, each.kind, each.moved, each.properties) for each in found.values()] == [("a", "moved", True, ())]
    both = in_diagram(('x="100"', 'x="120"'), ('name="检查"', 'name="细查"'))
    assert (both["a"].kind, both["a"].moved) == ("changed", True)


def test_the_order_of_mappings_and_of_conditions_counts() -> None:
    first, second = '<z:input source="=1" target="m"/>', '<z:input source="=m" target="n"/>'
    assert told(in_diagram((first + second, second + first))["a"]).keys() == {"ioMapping.input (order)"}
    third = '<b:sequenceFlow id="f3" sourceRef="a" targetRef="e2"/>'
    found = in_diagram((third, ""), ('<b:sequenceFlow id="f2"', third + '<b:sequenceFlow id="f2"'))
    assert told(found["a"]) == {"outgoing (order)": ("f2, f3", "f3, f2")}


def test_a_cell_is_called_by_its_column() -> None:
    [change] = changes("x.dmn", DMN, DMN.replace('"B"', '"B","C"')).values()
    assert (change.id, change.what, change.within) == ("r2", "rule", "d")
    [cell] = change.properties
    assert (cell.path, cell.label, cell.old, cell.new) == ("cell[i]", "等级", '"B"', '"B","C"')


def test_rules_and_columns_come_go_and_move() -> None:
    rules = [f"    {line.strip()}\n" for line in DMN.splitlines() if "<rule" in line]
    found = changes("x.dmn", DMN, swapped(DMN, (rules[2], ""), (rules[0], rules[2] + rules[0])))
    assert {id: change.kind for id, change in found.items()} == {"r3": "moved"}
    assert {id: change.kind for id, change in changes("x.dmn", DMN, swapped(DMN, (rules[1], ""))).items()} == {
        "r2": "removed"
    }
    wider = swapped(DMN, ('<output id="o"', '<output id="o2" name="card"/><output id="o"'))
    assert {id: change.kind for id, change in changes("x.dmn", DMN, wider).items()} == {
        "o2": "added", "r1": "changed", "r2": "changed", "r3": "changed",
    }  # fmt: skip
    assert told(changes("x.dmn", DMN, DMN.replace("FIRST", "UNIQUE"))["d"]) == {
        "decisionTable.hitPolicy": ("FIRST", "UNIQUE")
    }


def test_fields_of_a_form_come_go_change_and_move() -> None:
    site, grade, number = FORM["components"]
    new = {**FORM, "components": [number, {**site, "validate": {"required": False}}, {**grade, "id": "level"}]}
    found = changes("x.form", json.dumps(FORM), json.dumps(new, indent=4))
    assert {id: change.kind for id, change in found.items()} == {
        "n": "moved", "site": "changed", "level": "added", "grade": "removed",
    }  # fmt: skip
    assert told(found["site"]) == {"validate.required": ("true", "false")}


def test_an_option_is_known_by_its_value() -> None:
    text = json.dumps(FORM, ensure_ascii=False)
    assert told(changes("x.form", text, text.replace("二", "贰"))["grade"]) == {"values[B].label": ("二", "贰")}


def test_files_come_go_and_are_renamed() -> None:
    old = {"a.bpmn": BPMN.encode(), "f.form": json.dumps(FORM).encode()}
    new = {"b.bpmn": BPMN.replace("=x", "=z").encode(), "t.dmn": DMN.encode()}
    found = {file.path: (file.was, file.kind, len(file.changes)) for file in compare(old, new).files}
    assert found == {
        "b.bpmn": ("a.bpmn", "changed", 1), "f.form": ("f.form", "removed", 0), "t.dmn": (None, "added", 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    [{"x.bpmn": b"no xml"}, {"x.form": b"[]"}, {"x.form": b'{"id":' + b"[" * 9000 + b"]" * 9000 + b"}"}, {"x.py": b""}],
)
def test_a_file_that_cannot_be_read_is_refused(bad: Mapping[str, bytes]) -> None:
    with pytest.raises(InvalidModel):
        compare(bad, {})


def test_two_parts_with_one_id_do_not_hide_each_other() -> None:
    twice = BPMN.replace('id="e2"', 'id="e"').replace('targetRef="e2"', 'targetRef="e"')
    assert in_diagram(('<b:endEvent id="e"/><b:endEvent id="e"/>', '<b:endEvent id="e"/>'), of=twice)


def test_the_summary_speaks_both_languages() -> None:
    new = swapped(BPMN, ("=n &gt; 1", "=n &gt; 2"), ('x="100"', 'x="9"'), ('<b:endEvent id="e2"/>', ""))
    found = compare({"x.bpmn": BPMN.encode()}, {"x.bpmn": new.encode()})
    assert summary(found, "zh").splitlines() == [
        "~ x.bpmn: 删除 1，修改 1，移动 1",
        "  → 人工任务 “检查” (a)",
        "  ~ 连线 “检查 → e” (f2)",
        "      条件: “=n > 1” → “=n > 2”",
        "  − 结束事件 e2",
    ]
    assert summary(found, "en").splitlines()[:2] == [
        "~ x.bpmn: 1 removed, 1 changed, 1 moved",
        "  → user task “Inspect” (a)",
    ]
    assert summary(Comparison(()), "zh") == "没有差别。"


def test_every_word_of_the_json_is_there_in_both_languages() -> None:
    old = {path.name: path.read_bytes() for path in sorted(HAZARD.rglob("*.*")) if path.suffix != ".yaml"}
    new = {path: content.replace("隐患".encode(), b"Hazard") for path, content in old.items()}
    data = as_json(compare(old, new))
    assert len(data["files"]) > 5 and not data["same"]
    for file in data["files"]:
        for change in file["changes"]:
            assert change["title"]["zh"] != change["what"], change
            assert all(change["name"].values()) and change["properties"]


def test_a_file_with_other_white_space_only_is_not_named() -> None:
    assert compare({"x.dmn": DMN.encode()}, {"x.dmn": DMN.replace("\n", "\n   ").encode()}) == Comparison(())
    assert compare({"a.dmn": DMN.encode()}, {"b.dmn": DMN.encode()}).files == (FileChange("b.dmn", "a.dmn", "changed"),)


def test_a_large_diagram_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """500 elements: each part is made once on either side, whatever the number of changes."""
    made = 0

    class Counted(parts.Part):
        __slots__ = ()

        def __init__(self, id: str, kind: str, within: str = "") -> None:
            nonlocal made
            made += 1
            super().__init__(id, kind, within)

    monkeypatch.setattr(parts, "Part", Counted)
    tasks = "".join(f'<b:userTask id="t{n}" name="{n}"/>' for n in range(500))
    old = BPMN.replace('<b:endEvent id="e2"/>', tasks + '<b:endEvent id="e2"/>')
    assert len(in_diagram(('<b:userTask id="t', '<b:userTask documentation="x" id="t'), of=old)) == 500
    assert made == 2 * (500 + 9)
