"""Files that mean harm, files cut or bent at random, and files that are merely big."""

import gc
import random
import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidModel
from engine.notation import bpmn_graph, xml
from engine.notation.bpmn import read_bpmn
from tests.unit.notation.fixtures import ALL, boundary, catch, diagram, extended, flow, line, loop, throw, timer

LAUGHS = b'<!DOCTYPE a [<!ENTITY l "ha">' + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 30)
)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS + b"]>" + diagram(line('<task id="x" name="&l29;"/>'))[38:],
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + diagram(line('<task id="x"/>'))[38:],
        diagram(line('<task id="x"/>')) + b" " * 10 * 1024 * 1024,
        b"<a>" * 10_000 + b"</a>" * 10_000,
        diagram("<subProcess>" * 1000 + "</subProcess>" * 1000),
        b"",
        b"\x00",
        b"PK\x03\x04",
        diagram(line('<task id="x"/>')).replace(b"UTF-8", b"no-such"),
        diagram(line('<task id="x"/>'))[:-20],
    ],
    ids=["laughs", "external entity", "10 MB", "depth 10,000", "nested 1000", "empty", "nul", "zip", "encoding", "cut"],
)
def test_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(data, file="t.bpmn")
    assert caught.value.problems[0].rule == "xml"


def test_huge_ids_names_and_numbers_do_no_harm() -> None:
    huge = "i" * 1_000_000
    assert huge in read_bpmn(diagram(line(f'<task id="{huge}" name="{huge}"/>'))).processes[0].nodes
    with pytest.raises(InvalidModel):
        read_bpmn(diagram(line(f'<task id="x" startQuantity="{"9" * 100_000}"/>')))
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(diagram(line(f'<serviceTask id="{huge}"/>'), flow(huge, "gone")))
    assert len(str(caught.value.problems[0].message)) < 1000


def test_a_script_in_a_name_stays_a_name() -> None:
    text = "<script>alert(1)</script>"
    made = read_bpmn(diagram(line(f'<task id="x" name="{text.replace("<", "&lt;")}"/>')))
    assert made.processes[0].nodes["x"].name == text


def test_no_refusal_is_longer_than_a_person_can_use() -> None:
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(diagram(line(*(f'<serviceTask id="t{i}"/>' for i in range(2000)))))
    assert len(caught.value.problems) == 200


def test_too_many_merging_gateways_are_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bpmn_graph, "MOST_STEPS", 1000)
    gateways = [f'<inclusiveGateway id="g{i}"/>' for i in range(50)]
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(diagram(line(*gateways), *(flow(f"g{i}", f"g{i + 1}", id=f"f{i}") for i in range(49))))
    assert {problem.rule for problem in caught.value.problems} == {"BPMN023"}


def test_deep_expressions_are_refused_without_overflow() -> None:
    with pytest.raises(InvalidModel) as caught:
        read_bpmn(diagram(line('<exclusiveGateway id="x"/>', '<task id="y"/>'), flow("x", "e", "=" + "(" * 5000)))
    assert {problem.rule for problem in caught.value.problems} == {"BPMN011"}


# Bent at random ----------------------------------------------------------------------------------------------------

SIGNAL = (
    '<signal id="sig" name="S"/><message id="m" name="M"><extensionElements><zeebe:subscription correlationKey="=k"/>'
)
RICH = diagram(
    '<extensionElements><duban:case title="=a" personal="b"/></extensionElements>',
    '<laneSet id="ls"><lane id="l" name="L"><flowNodeRef>u</flowNodeRef></lane></laneSet>',
    line(
        extended("userTask", '<zeebe:assignmentDefinition candidateGroups="=g"/><duban:deadline duration="PT1H"/>'),
        '<exclusiveGateway id="g" default="g_i"/>',
        '<inclusiveGateway id="i"/>',
        loop("<loopCardinality>3</loopCardinality>").replace('id="x"', 'id="mi"'),
        throw('<messageEventDefinition messageRef="m"/>', "th"),
        catch(timer("PT1H"), "ca"),
        '<subProcess id="sp"><startEvent id="is"/></subProcess>',
        '<callActivity id="call" calledElement="p"/>',
    ),
    '<task id="u"/>' + boundary('<signalEventDefinition signalRef="sig"/>'),
    *(flow("g", "u", "=n &gt; 1"), flow("u", "i"), flow("b", "u")),
    '<association id="as" sourceRef="x" targetRef="an"/><textAnnotation id="an"><text>note</text></textAnnotation>',
    outside=SIGNAL + "</extensionElements></message>",
)
TOKENS = sorted(set(re.findall(rb'<[^>]*>|"[^"]*"|[\w:]+|=', RICH)))


def test_the_diagram_to_bend_is_valid() -> None:
    assert read_bpmn(RICH).processes[0].upstream


def _swap(data: bytes, rng: random.Random) -> bytes:
    return data.replace(rng.choice(TOKENS), rng.choice(TOKENS), rng.choice((1, -1)))


def _drop(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(40) :]


def _flip(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def _copy(data: bytes, rng: random.Random) -> bytes:
    start, place = rng.randrange(len(data)), rng.randrange(len(data))
    return data[:place] + data[start : start + rng.randrange(200)] + data[place:]


def _revalue(data: bytes, rng: random.Random) -> bytes:
    """Give one attribute the value of another: well-formed still, often valid by the schema."""
    places = list(re.finditer(rb'"[^"]*"', data))
    if not places:
        return data
    place, other = rng.choice(places), rng.choice(places)
    return data[: place.start()] + other.group() + data[place.end() :]


def _without(data: bytes, rng: random.Random) -> bytes:
    """Take away one empty element."""
    places = list(re.finditer(rb"<[^<>?]*/>", data))
    if not places:
        return data
    place = rng.choice(places)
    return data[: place.start()] + data[place.end() :]


def _retag(data: bytes, rng: random.Random) -> bytes:
    """Call one kind of element by the name of another."""
    names = sorted(set(re.findall(rb"<(\w+)", data))) or [b"a"]
    old, new = rng.choice(names), rng.choice(names)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\1" + new, data)


BENDS: list[Callable[[bytes, random.Random], bytes]] = [_swap, _drop, _flip, _copy, *[_revalue, _without, _retag] * 3]


@settings(max_examples=300, deadline=None)
@given(rng=st.randoms(use_true_random=False), count=st.integers(1, 4))
def test_a_bent_diagram_is_read_or_refused(rng: random.Random, count: int) -> None:
    data = RICH
    for _ in range(count):
        data = rng.choice(BENDS)(data, rng) or b"x"
    for options in ({}, {"unsupported": ALL, "executable_only": False}):
        try:
            read_bpmn(data, **options)  # type: ignore[arg-type]  # its options
        except InvalidModel as refused:
            assert refused.problems


# Big ---------------------------------------------------------------------------------------------------------------


def _big(nodes: int) -> bytes:
    tasks = [
        extended("userTask", '<zeebe:assignmentDefinition assignee="=a"/>').replace('"x"', f'"t{i}"')
        for i in range(nodes)
    ]
    return diagram(line(*tasks))


def _seconds(data: bytes) -> float:
    gc.collect()
    times = []
    for _ in range(5):
        begun = process_time()
        read_bpmn(data)
        times.append(process_time() - begun)
    return min(times)


def test_reading_is_quick_and_grows_with_the_diagram_only() -> None:
    small, big = _seconds(_big(50)), _seconds(_big(1000))
    assert small < 0.05  # 6 ms on an idle machine
    assert big < 60 * small


def test_limits_can_be_tightened() -> None:
    with pytest.raises(InvalidModel, match="at most 100 bytes"):
        read_bpmn(RICH, limits=xml.Limits(size=100))
