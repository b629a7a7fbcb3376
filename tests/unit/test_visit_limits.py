"""Every limit of planning, booking, visiting, patrolling and joint inspection is seen to fire on a simulated clock.

The scenarios beside the diagrams move the clock to each limit; here the rungs that they reached are held against the
rows of the ladder tables, so that a new row without a scenario is noticed.
"""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from api.cli_models import with_calendar
from engine import scenarios
from engine.bundles import compile_bundle
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.sandbox import Sandbox
from workflows.demo import models

BPMN = Path(__file__).parents[2] / "bpmn"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
LADDERS = {
    "plan": ["ladder"], "booking": ["ladder"], "visit": ["ladder", "dispatch"], "patrol": ["ladder"],
    "joint": ["ladder", "miss"],
}  # fmt: skip


def rungs_of(path: Path) -> set[str]:
    """The names of the rungs in the ladder table of a file."""
    found = set()
    for decision in ElementTree.parse(path).getroot().iter(f"{DMN}decision"):
        if decision.attrib["id"].endswith("-ladder"):
            entries = (
                entry for entry in decision.iter(f"{DMN}outputEntry") if entry.attrib["id"].endswith("-out-name")
            )
            found |= {str(json.loads(entry.findtext(f"{DMN}text", ""))) for entry in entries}
    return found


def reached_in(folder: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the rungs that the folder's scenarios reach."""
    made: list[Sandbox] = []
    plain = Sandbox.__init__

    def kept(self: Sandbox, *arguments: object, **named: object) -> None:
        plain(self, *arguments, **named)  # type: ignore[arg-type] # handed on as it came
        made.append(self)

    monkeypatch.setattr(Sandbox, "__init__", kept)
    for path in folder.glob("*.scenario.yaml"):
        for scenario in scenarios.read(path.read_bytes(), path.name).scenarios:
            assert scenarios.run(bundle, scenario).passed
    told = (event for sandbox in made for case in sandbox.cases for _, events in case.trace for event in events)
    return {str(event.rung["name"]) for event in told if isinstance(event, e.RungReached)}


@pytest.mark.parametrize("name", LADDERS)
def test_every_rung_of_every_ladder_is_reached_in_a_scenario(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = {"joint": ("joint", "visit")}.get(name, (name,))
    files = {path: data for path, data in models().items() if path.split("/")[0] in beside}
    bundle = with_calendar(compile_bundle(files, whole=False))
    expected = set().union(*(rungs_of(BPMN / name / f"{file}.dmn") for file in LADDERS[name]))
    assert expected - reached_in(BPMN / name, bundle, monkeypatch) == set()
