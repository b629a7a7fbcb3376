"""The rules of supervision: each finds what breaks it, and leaves its twin alone. All are warnings."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Problem
from engine.notation.lint import RULES, lint_files
from tests.support.diagrams import (
    boundary,
    definitions,
    end,
    ext,
    flows,
    message,
    process,
    script,
    service,
    signal,
    start,
    timer,
    user,
)

OWNER = '<zeebe:assignmentDefinition candidateGroups="role:A"/>'
DEADLINE = '<duban:deadline duration="P3D" clock="DAY"/>'
FORM = '<zeebe:formDefinition formId="f"/>'
NAMED = ' name="N"'


def catch(id: str, inner: str) -> str:
    return f'<intermediateCatchEvent id="{id}">{inner}</intermediateCatchEvent>'


def throw(id: str) -> str:
    return f'<intermediateThrowEvent id="{id}">{message("A")}</intermediateThrowEvent>'


def within(duration: str, clock: str) -> str:
    return line(user("u", ext(OWNER, f'<duban:deadline duration="{duration}" clock="{clock}"/>')))


def task(id: str = "u", *extensions: str) -> str:
    return user(id, ext(OWNER, DEADLINE, *extensions))


def gateway(id: str, tag: str = "exclusiveGateway", extra: str = "") -> str:
    return f'<{tag} id="{id}" name="which?"{extra}/>'


def line(*nodes: str, ids: str = "u", more: str = "", first: str = start()) -> str:
    names = ["s", *ids.split(), "e"]
    ways = flows(*(f"{left} {right}" for left, right in pairwise(names)))
    return process(first, *nodes, end(), ways, more)


def form(*keys: str, extra: str = "", kind: str = "checkbox", **more: object) -> bytes:
    fields: list[dict[str, object]] = [{"type": kind, "id": key, "key": key, "label": key, **more} for key in keys]
    if extra:
        fields.append({"type": "text", "id": "shown", "text": extra})
    return json.dumps({"type": "default", "id": "f", "schemaVersion": 19, "components": fields}).encode()


def lint(*parts: str, forms: dict[str, bytes] | None = None) -> tuple[Problem, ...]:
    text = definitions(*parts).replace("<process ", f"<process{NAMED} ")
    return lint_files({"test.bpmn": text.encode()} | (forms or {}), "duban")


def found(rule: str, *parts: str, forms: dict[str, bytes] | None = None) -> list[str]:
    """The elements at which the rule found something; anything refused by the reader would make the test worthless."""
    problems = lint(*parts, forms=forms)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return [problem.element for problem in problems if problem.rule == rule]


SPLIT = start() + gateway("g") + flows("s g", "g a =x", "g b =y") + end("a") + end("b")
TIMED_SPLIT = (
    start() + '<eventBasedGateway id="g"/>' + catch("u", message("A")) + catch("t", timer("duration", "P1D"))
    + end() + flows("s g", "g u", "g t", "u e", "t e")
)  # fmt: skip
STARTED = '<startEvent id="s">' + ext(FORM) + "</startEvent>"
LOOPING = (
    start() + gateway("g1") + gateway("g2") + flows("s g1", "g1 g2", "g2 g1 =x", "g2 g1x") + gateway("g1x")
    + flows("g1x g1")
)  # fmt: skip

WAITING = (
    '<subProcess id="u" name="S">' + start("is") + catch("w", message("A")) + end("ie") + flows("is w", "w ie")
    + "</subProcess>"
)  # fmt: skip

PAIRS = [
    ("SUP001", "u", line(user("u", ext(DEADLINE))), line(task())),
    ("SUP002", "u", line(user("u", ext(OWNER))), line(task())),
    ("SUP002", "u", line(user("u", ext(OWNER))), line(user("u", ext(OWNER, '<zeebe:taskSchedule dueDate="=now()"/>')))),
    ("SUP003", "u", line(catch("u", message("A"))), line(catch("u", timer("duration", "P1D")))),
    ("SUP003", "u", line(catch("u", signal("A"))), process(TIMED_SPLIT)),
    (
        "SUP003",
        "u",
        line('<receiveTask id="u" name="r" messageRef="message-A"/>'),
        line(
            '<receiveTask id="u" name="r" messageRef="message-A"/>',
            more=boundary("b", "u", timer("duration", "P1D")) + flows("b e"),
        ),
    ),
    (
        "SUP003",
        "w",
        line(WAITING),
        line(
            WAITING,
            more=boundary("b", "u", timer("duration", "P1D")) + flows("b e"),
        ),
    ),
    ("SUP004", "x", line(task(), task("x"), more=flows("x e")), line(task(), task("x"), ids="u x")),
    ("SUP005", "g2", process(LOOPING), line(task())),
    ("SUP006", "g", process(SPLIT), process(SPLIT.replace(">=x<", ">=true<"))),
    ("SUP006", "g", process(SPLIT), process(SPLIT.replace('id="g"', 'id="g" default="g-b"'))),
    (
        "SUP007",
        "u",
        line(catch("u", message("A"))),
        line(catch("u", message("A")), throw("t"), ids="u t"),
    ),
    (
        "SUP008",
        "u",
        line(throw("u")),
        line(throw("u"), catch("t", message("A")), ids="u t"),
    ),
    ("SUP011", "u", within("PT24H", "WORK"), within("PT8H", "WORK")),
    ("SUP011", "u", within("PT48H", "WORK"), within("P2D", "WORK")),
    ("SUP011", "u", within("PT24H", "WORK"), within("PT24H", "WALL")),
    ("SUP012", "u", line(task().replace(' name="u"', "")), line(task())),
    ("SUP012", "g", process(SPLIT.replace(' name="which?"', "")), process(SPLIT)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "element", "bad", "good"), PAIRS)
def test_a_rule_finds_what_breaks_it_and_leaves_its_twin_alone(rule: str, element: str, bad: str, good: str) -> None:
    assert element in found(rule, bad)
    assert found(rule, good) == []


def test_every_finding_is_a_warning() -> None:
    assert {RULES[p.rule].severity for p in lint(line(user("u"))) if p.rule.startswith("SUP")} == {"warning"}


def test_messages_are_looked_for_in_all_files_of_a_release() -> None:
    waits = definitions(line(catch("u", message("A")))).encode()
    sends = definitions(line(throw("u")))
    files = {"a.bpmn": waits, "b.bpmn": sends.replace('id="p"', 'id="q"').encode()}
    assert {p.rule for p in lint_files(files, "duban")} & {"SUP007", "SUP008"} == set()


# Variables -----------------------------------------------------------------------------------------------------------


def test_a_variable_that_only_a_later_task_writes_is_read_too_early() -> None:
    early = line(script("u", "later + 1"), script("v", "1", "later"), ids="u v", first=STARTED)
    right = line(script("v", "1", "later"), script("u", "later + 1"), ids="v u", first=STARTED)
    assert found("SUP009", early, forms={"f.form": form("a")}) == ["u"]
    assert found("SUP009", right, forms={"f.form": form("a")}) == []


def test_a_condition_on_a_variable_that_nothing_writes_is_found_at_its_gateway() -> None:
    nodes = STARTED + gateway("g", extra=' default="g-b"') + end("a") + end("b")
    bad, good = (process(nodes, flows("s g", f"g a ={name} > 1", "g b")) for name in ("nobody", "known"))
    assert found("SUP009", bad, forms={"f.form": form("known")}) == ["g"]
    assert found("SUP009", good, forms={"f.form": form("known")}) == []


def test_a_form_of_a_task_writes_before_its_own_outputs_and_flows_are_read() -> None:
    mapped = '<zeebe:ioMapping><zeebe:output source="=a" target="b"/></zeebe:ioMapping>'
    text = line(task("u", FORM, mapped), script("v", "b"), ids="u v", first=STARTED)
    assert found("SUP009", text, forms={"f.form": form("a")}) == []


@pytest.mark.parametrize("writer", [service("w", "t"), catch("w", message("A"))])
def test_after_a_job_or_a_message_nothing_is_certain(writer: str) -> None:
    text = line(writer, script("u", "nobody"), ids="w u", first=STARTED)
    assert found("SUP009", text, forms={"f.form": form("a")}) == []


def test_a_case_that_is_started_without_a_form_may_begin_with_any_variable() -> None:
    assert found("SUP009", line(script("u", "anything"))) == []


def test_a_loop_may_read_what_it_wrote_in_its_last_turn() -> None:
    text = process(
        STARTED, gateway("m"), script("u", "count + 1", "count"), gateway("g", extra=' default="g-e"'), end(),
        flows("s m", "m u", "u g", "g m =count < 3", "g e"),
    )  # fmt: skip
    assert found("SUP009", text, forms={"f.form": form("a")}) == []


def test_what_runs_inside_a_sub_process_reads_what_came_before_it_and_its_inputs() -> None:
    inner = start("is") + script("in", "a + given") + end("ie") + flows("is in", "in ie")
    given = ext('<zeebe:ioMapping><zeebe:input source="=a" target="given"/></zeebe:ioMapping>')
    text = line(f'<subProcess id="u" name="S">{given}{inner}</subProcess>', first=STARTED)
    assert found("SUP009", text, forms={"f.form": form("a")}) == []
    assert found("SUP009", text.replace("a + given", "a + nobody"), forms={"f.form": form("a")}) == ["in"]


def test_a_choice_that_nothing_follows_from_is_named() -> None:
    text = line(script("u", "a"), first=STARTED)
    assert found("SUP010", text, forms={"f.form": form("a", "idle")}) == ["s"]
    assert found("SUP010", text, forms={"f.form": form("a")}) == []


@pytest.mark.parametrize("record", [{"kind": "textfield"}, {"properties": {"record": "true"}}])
def test_what_is_only_recorded_is_not_named(record: dict[str, Any]) -> None:
    assert found("SUP010", line(script("u", "a"), first=STARTED), forms={"f.form": form("a", "idle", **record)}) == []


@pytest.mark.parametrize("shown", ["{{idle}}", "=idle + 1"])
def test_a_field_that_a_form_shows_is_read(shown: str) -> None:
    assert (
        found("SUP010", line(script("u", "a"), first=STARTED), forms={"f.form": form("a", "idle", extra=shown)}) == []
    )


def test_a_job_without_inputs_may_read_every_field() -> None:
    text = line(service("u", "t"), first=STARTED)
    assert found("SUP010", text, forms={"f.form": form("idle")}) == []


def test_the_shipped_process_has_no_errors_and_only_idle_fields() -> None:
    folder = Path(__file__).parents[3] / "bpmn"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = [
        problem for problem in lint_files(files, "duban") if problem.severity == "error" or problem.rule == "SUP003"
    ]
    assert [problem.element for problem in found] == ["PassedFirst"]  # stop-work lasts until the rectification passes
    assert lint_files(files, "standard") == ()
