"""Scenario tests: what a file may say, what is refused, how a failure reads, and what counts as reached."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli import main
from api.cli_models import files_in, with_calendar
from engine import scenarios
from engine.bundles import compile_bundle
from engine.errors import InvalidModel
from engine.execution.bundle import Bundle
from engine.notation import xml
from engine.scenarios import Outcome, Suite
from tests.support.diagrams import HEAD, boundary, end, ext, flows, service, start, timer, user

HAZARD = Path(__file__).parents[2] / "bpmn" / "hazard"

DIAGRAM = (
    f'{HEAD}<message id="m" name="paid"><extensionElements><zeebe:subscription correlationKey="=order"/>'
    '</extensionElements></message><signal id="sig" name="stop"/><error id="err" errorCode="BROKE"/>'
    '<process id="p" isExecutable="true">'
    + start()
    + user("Ask")
    + boundary("Late", "Ask", timer("duration", "PT2H"), interrupting=False)
    + user("Remind")
    + '<exclusiveGateway id="G" default="G-Work"/>'
    + service("Work", "work")
    + boundary("Broke", "Work", '<errorEventDefinition errorRef="err"/>')
    + '<intermediateCatchEvent id="Paid"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    + '<intermediateCatchEvent id="Stopped"><signalEventDefinition signalRef="sig"/></intermediateCatchEvent>'
    + end("Done")
    + end("Reminded")
    + end("Failed")
    + flows(
        "s Ask", "Ask G", "Late Remind", "Remind Reminded", "G Work", "Work Done", "Broke Failed", "Paid Done",
        "Stopped Done", "G Paid =way = \"pay\"", 'G Stopped =way = "signal"',
    )
    + "</process></definitions>"
)  # fmt: skip


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return with_calendar(compile_bundle({"p.bpmn": DIAGRAM.encode()}, whole=False))


def suite(text: str) -> Suite:
    return scenarios.read(text.encode(), "t.scenario.yaml")


def one(steps: str, given_: str = "{}") -> Suite:
    """A file with one scenario of the process p; `steps` in flow style."""
    return suite(f"process: p\nscenarios:\n  - name: n\n    given: {given_}\n    steps: {steps}\n")


Play = Callable[..., Outcome]


@pytest.fixture
def play(bundle: Bundle) -> Play:
    def play_(steps: str, given_: str = "{}") -> Outcome:
        (scenario,) = one(steps, given_).scenarios
        assert scenarios.unknown_names(scenario, bundle) == []
        return scenarios.run(bundle, scenario)

    return play_


def refusals(text: str) -> list[tuple[str, int]]:
    with pytest.raises(InvalidModel) as caught:
        suite(text)
    return [(problem.message, problem.line) for problem in caught.value.problems]


# Steps ---------------------------------------------------------------------------------------------------------------


STEPS = (
    "{complete: Ask}, {job: work}, {expect: {status: completed}}",
    "{complete: {element: Ask, data: {way: pay, order: '7'}}}, {message: {name: paid, key: '7', data: {n: 1.50}}}",
    "{complete: Ask, data: {way: pay, order: '7'}}, {message: {name: paid, key: '7'}, expect: {status: completed}}",
    "{complete: Ask, data: {way: signal}}, {signal: stop, expect: {status: completed, path: [Ask, Stopped, Done]}}",
    "{complete: Ask}, {fail: {type: work, code: BROKE}}, {expect: {reached: [Broke, Broke-Failed]}}",
    "{advance: PT2H}, {expect: {tasks: [Remind, Ask]}}",
    "{to: '2026-01-05T02:00:00Z'}, {expect: {tasks: [Ask, Remind]}}",
    "{advance: {to: 2026-01-05T10:00:00+08:00}, expect: {tasks: [Ask, Remind]}}",
    '{do: [\'advance:PT2H\', \'complete:Remind\', \'complete:Ask={"way": "pay", "order": "1"}\', message:paid/1]}',
    "{start: p}, {start: {process: p, data: {way: pay}}}, {complete: Ask}",
)


@pytest.mark.parametrize("steps", STEPS)
def test_steps_do_what_they_say(play: Play, steps: str) -> None:
    assert play(f"[{steps}]").failures == ()


def test_a_message_brings_its_data(play: Play) -> None:
    steps = f"[{STEPS[1]}, {{expect: {{status: completed, variables: {{n: 1.5}}}}}}]"
    assert play(steps).failures == ()


def test_what_is_given_is_there_at_the_start(play: Play) -> None:
    given_ = "{now: 2026-03-01T09:00:00+08:00, data: {a: 0.1, b: [1, {c: yes}], d: null}}"
    found = play("[{expect: {variables: {a: 0.10, b: [1, {c: 'yes'}], d: null}, timers: [{element: Late,"
                 " due: '2026-03-01T11:00:00+08:00'}]}}]", given_)  # fmt: skip
    assert found.failures == ()


def test_what_scenarios_share_is_given_once_and_may_be_overruled() -> None:
    text = (
        "process: p\ngiven: {now: 2026-03-01T09:00:00Z, calendar: off, data: {a: 1, b: 2}}\n"
        "scenarios:\n  - {name: x, steps: []}\n  - {name: y, given: {data: {b: 3}}, steps: []}\n"
    )
    x, y = suite(text).scenarios
    assert (x.data, x.calendar, x.now == y.now) == ({"a": 1, "b": 2}, False, True)
    assert y.data == {"a": 1, "b": 3}


def test_a_step_that_is_refused_fails_with_what_was_waiting(play: Play) -> None:
    (failure,) = play("[{complete: Remind}, {complete: Ask}]").failures
    assert (failure.step, failure.line, failure.what) == ("complete Remind", 5, "the step was refused")
    assert "task Ask" in failure.waiting and "timer Late due 2026-01-05T02:00:00Z" in failure.waiting


def test_nothing_follows_a_step_that_failed(play: Play) -> None:
    assert len(play("[{expect: {tasks: []}}, {expect: {tasks: []}}]").failures) == 1


# Expectations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expectation",
    [
        "tasks: [Ask]", "tasks: [{element: Ask, name: Ask, assignee: null, candidates: []}]",
        "jobs: []", "timers: [Late]", "timers: [{element: Late, due: '2026-01-05T10:00:00+08:00'}]",
        "variables: {a: 1}",
        "variables: {c: {d: x}}", "variables: {nothing: null}", "path: [s]", "path: {exactly: [s]}",
        "path: {any_order: [s]}",
        "status: active", "incidents: []", "reached: [s, s-Ask, Ask]", "not_reached: [G, Work, Ask-G]",
        "rungs: {Ask: []}",
        "case: p, tasks: [Ask]",
    ],
)  # fmt: skip
def test_what_is_so_is_found_so(play: Play, expectation: str) -> None:
    assert play(f"[{{expect: {{{expectation}}}}}]", "{data: {a: 1.0, c: {d: x, e: y}}}").failures == ()


@pytest.mark.parametrize(
    ("expectation", "got"),
    [
        ("tasks: []", '["Ask"]'), ("tasks: [Ask, Ask]", '["Ask"]'), ("tasks: [Remind]", '["Ask"]'),
        ("tasks: [{element: Ask, assignee: li}]", '[{"element": "Ask", "assignee": null}]'), ("jobs: [work]", "[]"),
        ("timers: []", '["Late"]'), ("timers: [{element: Late, due: '2026-01-05T02:00:01Z'}]",
        "2026-01-05T02:00:00Z"),
        ("variables: {a: 2}", '{"a": 1}'), ("variables: {a: '1'}", '{"a": 1}'), ("variables: {a: true}", '{"a": 1}'),
        ("variables: {b: x}", '{"b": null}'), ("variables: {c: {d: z}}", '{"c": {"d": "x", "e": "y"}}'),
        ("path: [s, Ask]", "[s]"), ("path: {exactly: []}", "[s]"), ("path: {any_order: [s, s]}", "[s]"),
        ("status: completed", "active"), ("incidents: [Ask]", "[]"), ("reached: [G]", "[G] not reached"),
        ("not_reached: [Ask]", "[Ask] reached"), ("rungs: {Ask: [REMIND]}", '{"Ask": []}'), ("case: q", "[p]"),
    ],
)  # fmt: skip
def test_what_is_not_so_fails_and_says_what_was_found(play: Play, expectation: str, got: str) -> None:
    (failure,) = play(f"[{{expect: {{{expectation}}}}}]", "{data: {a: 1, c: {d: x, e: y}}}").failures
    assert got in failure.got and failure.expected != failure.got and "task Ask" in failure.waiting


def test_every_expectation_of_a_step_is_looked_at(play: Play) -> None:
    failures = play("[{expect: {tasks: [], status: completed, variables: {a: 9}}}]").failures
    assert [failure.what for failure in failures] == ["tasks", "status", "variables"]


def test_a_path_is_in_order(play: Play) -> None:
    done = "{complete: Ask}, {job: work}"
    assert play(f"[{done}, {{expect: {{path: [Ask, Work, Done]}}}}]").passed
    assert not play(f"[{done}, {{expect: {{path: [Work, Ask]}}}}]").passed
    assert play(f"[{done}, {{expect: {{path: {{any_order: [Work, Ask]}}}}}}]").passed
    assert not play(f"[{done}, {{expect: {{path: {{exactly: [Ask, Work]}}}}}}]").passed


BROKEN = (
    f'{HEAD}<process id="p" isExecutable="true">{start()}<exclusiveGateway id="G"/>{end("e")}{end("f")}'
    f'{flows("s G", "G e =a", "G f =b")}</process></definitions>'
)  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "passed"),
    [
        ("[]", False),
        ("[{expect: {incidents: [G]}}]", True),
        ("[{expect: {incidents: [{element: G, message: condition}], status: incident}}]", True),
        ("[{expect: {incidents: [{element: G, message: another}]}}]", False),
    ],
)
def test_an_incident_that_nobody_expects_fails(steps: str, passed: bool) -> None:
    bundle = compile_bundle({"p.bpmn": BROKEN.encode()}, whole=False)
    outcome = scenarios.run(bundle, one(steps).scenarios[0])
    assert outcome.passed == passed, outcome.failures


# Coverage ------------------------------------------------------------------------------------------------------------


def test_coverage_is_what_all_scenarios_reach_together(bundle: Bundle, play: Play) -> None:
    process = bundle.processes["p"]
    work, remind = play("[{complete: Ask}, {job: work}]"), play("[{advance: PT2H}, {complete: Remind}]")
    both = scenarios.coverage(process, [work, remind])
    assert (both.elements, both.flows) == (12, 11)
    assert both.missed_elements == ("Broke", "Paid", "Stopped", "Failed")
    assert "Late-Remind" not in both.missed_flows and "Late-Remind" in scenarios.coverage(process, [work]).missed_flows


def test_an_id_that_two_processes_use_counts_in_its_own() -> None:
    twin = DIAGRAM.replace('id="p"', 'id="q"').encode()
    bundle = compile_bundle({"p.bpmn": DIAGRAM.encode(), "q.bpmn": twin}, whole=False)
    outcome = scenarios.run(bundle, one("[{complete: Ask}]").scenarios[0])
    assert "Ask" not in scenarios.coverage(bundle.processes["p"], [outcome]).missed_elements
    assert "Ask" in scenarios.coverage(bundle.processes["q"], [outcome]).missed_elements


def test_the_shipped_scenarios_reach_every_element_and_flow() -> None:
    bundle = with_calendar(compile_bundle(files_in(HAZARD)))
    outcomes = [
        scenarios.run(bundle, scenario)
        for path in sorted(HAZARD.glob("*.scenario.yaml"))
        for scenario in scenarios.read(path.read_bytes(), path.name).scenarios
    ]
    assert [outcome.failures for outcome in outcomes if not outcome.passed] == []
    for process in bundle.processes.values():
        covered = scenarios.coverage(process, outcomes)
        assert (covered.missed_elements, covered.missed_flows) == ((), ())


# What a file may not say ---------------------------------------------------------------------------------------------

FILE = "process: p\nscenarios:\n  - name: n\n    steps:\n      - {}\n"


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("process: p\nprocess: q\nscenarios: [{name: n, steps: []}]", "the key 'process' is there twice", 2),
        ("processes: p\nscenarios: [{name: n, steps: []}]", "unknown key 'processes' in the file", 1),
        ("process: p", "expected a list of scenarios", 1),
        ("process: p\nscenarios: []", "expected a list of scenarios", 2),
        ("scenarios:\n  - steps: []", "the scenario lacks 'name'", 2),
        ("scenarios:\n  - {name: n, steps: []}\n  - {name: n, steps: []}", "the name 'n' is used by 2", 2),
        (FILE.format("complete: A\n        complete: B"), "the key 'complete' is there twice", 6),
        (FILE.format("complete: A\n        signal: B"), "expected one of start, complete", 5),
        (FILE.format("wait: A"), "unknown key 'wait' in the step", 5),
        (FILE.format("data: {}"), "expected one of start, complete", 5),
        (FILE.format("complete: {element: A, date: {}}"), "unknown key 'date' in complete", 5),
        (FILE.format("complete: {data: {}}"), "expected element in complete", 5),
        (FILE.format("complete: A\n        data: [1]"), "expected data to be a mapping", 6),
        (FILE.format("fail: work"), "expected fail to be {type: …, code: …}", 5),
        (FILE.format("advance: 1 hour"), "expected a duration such as PT1H", 5),
        (FILE.format("advance: PT1H\n        data: {}"), "advance takes no data", 6),
        (FILE.format("to: 2026-11-02T09:00:00"), "expected an instant such as", 5),
        (FILE.format("do: jump:A"), "expected a step such as", 5),
        (FILE.format("do: 'complete:A={'"), "to be JSON", 5),
        (FILE.format("expect: {}"), "expected something to look at", 5),
        (FILE.format("expect: {task: [A]}"), "unknown key 'task' in expect", 5),
        (FILE.format("expect: {status: done}"), "expected status to be one of active, completed", 5),
        (FILE.format("expect: {tasks: A}"), "expected tasks to be a list", 5),
        (FILE.format("expect: {tasks: [{name: A}]}"), "a mapping of", 5),
        (FILE.format("expect: {path: {in_order: [A]}}"), "unknown key 'in_order' in path", 5),
        (FILE.format("expect: {variables: [A]}"), "expected variables to be a mapping", 5),
        ("scenarios:\n  - {name: n, given: {now: today}, steps: []}", "expected an instant such as", 2),
        ("scenarios:\n  - {name: n, given: {calendar: US}, steps: []}", "expected calendar to be on or off", 2),
        ("scenarios:\n  - {name: !!python/name:os.system x, steps: []}", "the tag tag:yaml.org,2002:python/name", 2),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(text: str, message: str, line: int) -> None:
    found = refusals(text)
    assert any(message in told and at == line for told, at in found), found


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00", b"\xff\xfe\x00", b"a: [", b"a: &x 1\nb: *x", b"a: " + b"[" * 10_000, b"- " * 40 + b"a",
        b"a: !!python/object/apply:os.system [x]", b"a: " + b"x" * 600_000, b"? {a: b}\n: c", b"[1, 2]",
        b"--- a\n--- b",
        b"x: 1\n" * 60_000, b"%YAML 9.9\n--- a",
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidModel) as caught:
        scenarios.read(data, "t.scenario.yaml")
    assert caught.value.problems[0].rule in ("SCN001", "SCN002")


def test_plain_words_and_dates_stay_texts_and_numbers_keep_their_digits() -> None:
    (scenario,) = one("[]", "{data: {a: on, b: no, c: 2026-01-01, d: 12:30, e: 1.10, f: 007, g: 0x1F, h: ~}}").scenarios
    assert {name: str(value) for name, value in scenario.data.items()} == {
        "a": "on", "b": "no", "c": "2026-01-01", "d": "12:30", "e": "1.10", "f": "7", "g": "0x1F", "h": "None",
    }  # fmt: skip


@given(st.text(st.sampled_from("abk:-[]{},'\"&*!|>%@ \n\t#0123~?expctasks"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for wrapped in (text, f"process: p\nscenarios:\n  - name: n\n    steps: [{text}]\n"):
        try:
            assert suite(wrapped).scenarios
        except InvalidModel as refused:
            assert refused.problems


@pytest.mark.parametrize(
    "steps", ["[{complete: Aks}]", "[{expect: {not_reached: [Nowhere]}}]", "[{expect: {tasks: [{element: No}]}}]",
              "[{start: q}]", "[{expect: {path: [x]}}]"],
)  # fmt: skip
def test_a_name_that_no_diagram_has_is_refused_before_anything_runs(bundle: Bundle, steps: str) -> None:
    (problem,) = scenarios.unknown_names(one(steps).scenarios[0], bundle)
    assert problem.rule == "SCN003" and problem.line == 5


def test_a_misspelt_name_is_told_with_the_one_that_was_meant(bundle: Bundle) -> None:
    (problem,) = scenarios.unknown_names(one("[{complete: Remnid}]").scenarios[0], bundle)
    assert "near: Remind" in problem.message


# The command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "orders"
    home.mkdir()
    (home / "p.bpmn").write_text(DIAGRAM, encoding="utf-8")
    write(home, "[{complete: Ask}, {job: work}, {expect: {status: completed}}]")
    return tmp_path


def write(home: Path, steps: str) -> None:
    text = f"process: p\nscenarios:\n  - name: the <way> & 路\n    steps: {steps}\n"
    (home / "p.scenario.yaml").write_text(text, encoding="utf-8")


def test_the_command_tells_what_passed_and_what_was_not_reached(folder: Path, capsys: Any) -> None:
    assert main(["test", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "passed orders/p.scenario.yaml: the <way> & 路" in told and "1 of 1 scenarios passed" in told
    assert "orders/p.bpmn: 5 of 12 elements, 4 of 11 flows; not reached: Late" in told


def test_a_failure_exits_with_1_and_is_told_with_its_line(folder: Path, capsys: Any) -> None:
    write(folder / "orders", "[{expect: {tasks: []}}]")
    assert main(["test", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "FAILED" in told and "at line 4" in told and 'got:      ["Ask"]' in told and "waiting:  task Ask" in told


@pytest.mark.parametrize("break_it", ["scenario", "diagram", "name", "nothing", "report"])
def test_what_cannot_be_run_exits_with_2(folder: Path, break_it: str, capsys: Any) -> None:
    more: list[str] = []
    if break_it == "scenario":
        (folder / "orders" / "p.scenario.yaml").write_text("a: b", encoding="utf-8")
    elif break_it == "diagram":
        (folder / "orders" / "p.bpmn").write_text("<a/>", encoding="utf-8")
    elif break_it == "name":
        write(folder / "orders", "[{complete: Nobody}]")
    elif break_it == "nothing":
        (folder / "orders" / "p.scenario.yaml").unlink()
    else:
        more = ["--coverage", str(folder / "c.pdf")]
    assert main(["test", str(folder), *more]) == 2
    assert capsys.readouterr().err


def test_results_come_as_json_and_as_junit(folder: Path, capsys: Any) -> None:
    write(folder / "orders", "[{expect: {tasks: []}}]")
    (folder / "alone.bpmn").write_text("not read", encoding="utf-8")
    assert main(["test", str(folder), "--json", "--junit", str(folder / "j.xml")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["passed"], told["total"], told["untested"]) == (0, 1, ["alone.bpmn"])
    assert told["scenarios"][0]["failures"][0]["what"] == "tasks"
    assert told["coverage"][0]["flows"] == {"reached": 1, "total": 11}
    root = xml.read((folder / "j.xml").read_bytes())
    (case,) = root.iter("testcase")
    assert case.get("name") == "the <way> & 路" and case.find("failure") is not None
    assert next(root.iter("testsuite")).get("failures") == "1"


def test_the_shipped_processes_pass_with_pictures(tmp_path: Path, capsys: Any) -> None:
    assert main(["test", str(HAZARD), "--coverage", str(tmp_path / "c.svg")]) == 0
    root = xml.read((tmp_path / "c.svg").read_bytes())
    tones = {element.get("data-element"): element.get("data-tone") for element in root.iter("*")}
    assert tones["Rectify"] == tones["CardYes"] == "reached" and "missed" not in tones.values()
    assert main(["test", str(HAZARD), "--coverage", str(tmp_path / "c.html")]) == 0
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    counted = [pair.split("/") for pair in re.findall(r"流 (\d+/\d+)", page)]
    assert len(counted) > 5 and all(reached == drawn for reached, drawn in counted) and "<svg " in page
    assert capsys.readouterr().err == ""


# duban import --------------------------------------------------------------------------------------------------------

FOREIGN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' targetNamespace="urn:t"><process id="p" isExecutable="true"><startEvent id="s"/>{}'
    '<sequenceFlow id="f" sourceRef="s" targetRef="x"/></process></definitions>'
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<userTask id="x" camunda:assignee="${boss}"/>', 0),
        ('<userTask id="x" camunda:assignee="${boss.of(x)}"/>', 1),
        ("<userTask", 2),
    ],
)
def test_import_exits_by_what_it_could_carry(tmp_path: Path, body: str, code: int, capsys: Any) -> None:
    source, out = tmp_path / "a.bpmn", tmp_path / "b.bpmn"
    source.write_text(FOREIGN.format(body), encoding="utf-8")
    assert main(["import", str(source), "-o", str(out)]) == code
    told = capsys.readouterr()
    assert out.exists() == (code != 2)
    assert (code != 1) or "a.bpmn:1: error DIA001: assignee '${boss.of(x)}' was left" in told.out


def test_import_prints_the_diagram_when_it_is_not_told_where_to_put_it(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "a.bpmn"
    source.write_text(FOREIGN.format('<userTask id="x" camunda:assignee="${boss}"/>'), encoding="utf-8")
    assert main(["import", str(source)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("<definitions") and 'assignee="=boss"' in told.out and "1 carried" in told.err
    assert main(["import", str(source), "--json", "--from", "spiff"]) == 0
    told_json = json.loads(capsys.readouterr().out)
    assert (told_json["dialects"], told_json["left"]) == (["spiff"], 0) and "camunda:assignee" in told_json["diagram"]


def test_import_of_a_file_that_is_not_there_exits_with_2(tmp_path: Path, capsys: Any) -> None:
    assert main(["import", str(tmp_path / "none.bpmn")]) == 2
    assert "none.bpmn" in capsys.readouterr().err


def test_the_example_of_the_documentation_passes() -> None:
    text = (HAZARD.parents[1] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    (scenario,) = suite(example).scenarios
    bundle = with_calendar(compile_bundle(files_in(HAZARD)))
    assert scenarios.unknown_names(scenario, bundle) == []
    assert scenarios.run(bundle, scenario).failures == ()


def test_a_called_process_may_stand_in_the_folder_beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    caller, called = tmp_path / "caller", tmp_path / "called"
    work = ext('<zeebe:calledElement processId="q"/>')
    for folder, process, inner in (
        (caller, "p", f'<callActivity id="Do">{work}</callActivity>'),
        (called, "q", user("Do")),
    ):
        folder.mkdir()
        head = f'{HEAD}<process id="{process}" isExecutable="true">'
        whole = f"{head}{start()}{inner}{flows('s Do')}</process></definitions>"
        (folder / f"{process}.bpmn").write_text(whole, encoding="utf-8")
    text = "process: p\nscenarios:\n  - name: n\n    steps: [{complete: Do, expect: {status: completed}}]\n"
    (caller / "p.scenario.yaml").write_text(text, encoding="utf-8")
    assert main(["test", str(caller)]) == 0
    assert "p.bpmn: 2 of 2 elements" in capsys.readouterr().out


def test_a_case_may_be_started_at_a_start_event_of_ones_choice(bundle: Bundle) -> None:
    timed = f'<startEvent id="Daily">{timer("cycle", "R/P1D")}</startEvent>'
    whole = (
        f'{HEAD}<process id="q" isExecutable="true">{start()}'
        + timed
        + user("Ask")
        + user("Look")
        + flows("s Ask", "Daily Look")
        + "</process></definitions>"
    )
    found = with_calendar(compile_bundle({"q.bpmn": whole.encode()}, whole=False))
    steps = "[{start: {process: q, element: Daily}, expect: {tasks: [Look]}}]"
    (scenario,) = suite(f"scenarios:\n  - name: n\n    steps: {steps}\n").scenarios
    assert scenarios.unknown_names(scenario, found) == []
    assert scenarios.run(found, scenario).passed
    assert scenarios.unknown_names(scenario, bundle) != []
