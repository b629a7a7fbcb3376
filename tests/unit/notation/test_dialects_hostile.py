"""Thousands of foreign diagrams meet the converter and the reader: never another exception than InvalidModel."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.errors import InvalidModel
from engine.notation import read_bpmn, xml
from engine.notation.bpmn_extensions import VENDOR_NAMESPACES
from engine.notation.dialects import DIALECTS, convert
from engine.notation.picture import draw
from tests.unit.notation.fixtures import diagram, flow, line
from tests.unit.notation.test_dialects import CAREFUL

RICH = diagram(
    line(
        '<userTask id="a" camunda:assignee="${x}" camunda:candidateGroups="g,${y}" camunda:formKey="f"'
        ' camunda:dueDate="P1D">'
        '<documentation>d</documentation><extensionElements><camunda:taskListener class="A" event="create"/>'
        '<camunda:inputOutput><camunda:inputParameter name="i">${i}</camunda:inputParameter>'
        '<camunda:inputParameter name="m"><camunda:map><camunda:entry key="k">v</camunda:entry></camunda:map>'
        "</camunda:inputParameter></camunda:inputOutput></extensionElements>"
        "<potentialOwner><resourceAssignmentExpression><formalExpression>user(u), ${v}</formalExpression>"
        "</resourceAssignmentExpression></potentialOwner>"
        '<multiInstanceLoopCharacteristics camunda:collection="c" camunda:elementVariable="e"/></userTask>',
        '<serviceTask id="b" camunda:class="A" camunda:resultVariable="r"><extensionElements>'
        '<camunda:field name="f"><camunda:expression>${f}</camunda:expression></camunda:field>'
        "<camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
        '<callActivity id="c" calledElement="${p}"><extensionElements><camunda:in source="a" target="b"/>'
        "</extensionElements></callActivity>",
        '<scriptTask id="d" scriptFormat="juel"><script>${1}</script></scriptTask>',
        '<businessRuleTask id="f" camunda:decisionRef="q"/>',
    ),
    flow("a", "e", "${x.y == 'z' &amp;&amp; !w}", id="g"),
)
SPIFF = RICH.replace(b"http://camunda.org/schema/1.0/bpmn", b"http://spiffworkflow.org/bpmn/schema/1.0/core")
SEEDS = (RICH, SPIFF, CAREFUL.encode(), CAREFUL.encode("utf-16"))
WORDS = [
    b"<", b">", b"/", b'"', b"'", b"&", b"${", b"}", b"]]>", b"<!--", b"<![CDATA[", b"\x00", b"\xff", b"\r\n", b" ",
    b"camunda:", b"<extensionElements>", b"</extensionElements>", b"xmlns:zeebe='urn:x'", b"&#x1F600;",
    b"<camunda:in/>",
]  # fmt: skip


def bent(data: bytes, seed: int) -> bytes:
    """The file with a few pieces cut out, doubled, moved or replaced."""
    source, out = random.Random(seed), bytearray(data)
    for _ in range(source.randint(1, 4)):
        begin = source.randrange(len(out))
        end = min(len(out), begin + source.choice((1, 4, 30, 200)))
        piece = source.choice((b"", bytes(out[begin:end]) * 2, source.choice(WORDS), bytes(reversed(out[begin:end]))))
        out[begin:end] = piece
    return bytes(out)


def rearranged(data: bytes, seed: int) -> bytes:
    """Still XML: elements and attributes copied to where they do not belong, texts and names exchanged."""
    source, root = random.Random(seed), xml.read(data)
    for _ in range(source.randint(1, 6)):
        elements = list(root.iter("*"))
        one, other = source.choice(elements), source.choice(elements)
        action = source.randrange(5)
        if action == 0 and one.getparent() is not None and other not in one.iter():
            other.append(one)
        elif action == 1:
            for name, value in other.attrib.items():
                one.set(name, value)
        elif action == 2:
            one.text = source.choice(("${a", "${a.b(1)}", "#{x}", "R/PT1S", "=1 +", "", "中" * 50, other.text or ""))
        elif action == 3 and one.attrib:
            one.set(source.choice(list(one.attrib)), source.choice(("", "${", "a,,${b}", " ", "1", "x" * 300)))
        elif action == 4 and one.getparent() is not None:
            one.tag = other.tag
    return etree.tostring(root)


def check(data: bytes) -> None:
    """Convert, read and draw; whatever was converted is XML still, and what could not be carried was listed."""
    try:
        drawn = draw(data)
        assert not drawn or xml.read(drawn.encode()) is not None
    except InvalidModel:
        pass
    for dialect in ("auto", *DIALECTS):
        try:
            done = convert(data, dialect=dialect)
        except InvalidModel:
            continue
        xml.read(done.data)
        if dialect == "auto":
            assert done.whole or any(problem.severity == "error" for problem in done.problems)
    try:
        assert read_bpmn(data).processes
    except InvalidModel as refused:
        assert refused.problems


@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_a_file_that_was_cut_and_bent_is_read_or_refused(data: bytes, seed: int) -> None:
    check(bent(data, seed))


@given(st.sampled_from((RICH, SPIFF)), st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_a_file_whose_parts_changed_places_is_read_or_refused(data: bytes, seed: int) -> None:
    check(rearranged(data, seed))


@given(st.sampled_from((RICH, SPIFF)), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_what_the_converter_leaves_it_lists(data: bytes, seed: int) -> None:
    """So that nobody believes a file to be whole that the reader still refuses for another vendor's sake."""
    done = convert(rearranged(data, seed))
    if not done.whole:
        return
    try:
        read_bpmn(done.data)
    except InvalidModel as refused:
        assert not [problem for problem in refused.problems if problem.rule == "BPMN013"]


@given(st.sampled_from((RICH, SPIFF)), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_converting_again_changes_no_more(data: bytes, seed: int) -> None:
    once = convert(rearranged(data, seed))
    again = convert(once.data)
    assert convert(again.data).data == again.data


def test_a_big_file_on_one_line_is_converted_in_time() -> None:
    tasks = "".join(f'<userTask id="t{n}" camunda:assignee="${{a.b}}"/>' for n in range(3000))
    done = convert(diagram(tasks.replace("\n", "")))
    assert done.carried == 3000 and done.whole


@pytest.mark.parametrize("uri", VENDOR_NAMESPACES)
def test_a_flood_of_what_cannot_be_carried_is_counted_and_not_listed_whole(uri: str) -> None:
    body = "".join(f'<task id="t{n}"><extensionElements><v:x/></extensionElements></task>' for n in range(3000))
    done = convert(diagram(body).replace(b"<definitions ", b'<definitions xmlns:v="%s" ' % uri.encode()))
    assert done.left == 3000 and len(done.problems) == 1000
