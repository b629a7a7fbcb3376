"""Our own conformance models: each takes its path, and each would notice if an event or a flow of it were missing."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from engine.bundles import compile_bundle
from engine.errors import DubanError, InvalidModel
from engine.execution.bundle import Bundle
from engine.sandbox import Sandbox, describe
from tests.conformance.own_models import MODELS, Model, Play, perform
from tests.support.diagrams import bundle, definitions, path, process

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
EVENTS = {f"{BPMN}{kind}" for kind in (
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
)}  # fmt: skip


@pytest.mark.parametrize(("model", "play"), [(model, play) for model in MODELS.values() for play in model.plays])
def test_a_model_takes_its_path(model: Model, play: Play) -> None:
    sandbox = Sandbox(bundle(*model.parts))
    perform(sandbox, play)
    assert " ".join(path(sandbox)) == play.path


@pytest.mark.parametrize("name", MODELS)
def test_a_missing_event_or_flow_changes_what_happens(name: str) -> None:
    model = MODELS[name]
    whole = traces(compile_bundle({"m.bpmn": text_of(model).encode()}, whole=False), model)
    survivors = {mutation for mutation, text in mutants(text_of(model)) if traces_of(text, model) == whole}
    assert survivors == set()


def text_of(model: Model) -> str:
    others = [part for part in model.parts if part.startswith("<process ")]
    return definitions(process(*(part for part in model.parts if part not in others)), *others)


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """The diagram without one flow; without one event, its flows with it; without one definition of an event."""
    count = len(list(ET.fromstring(text).iter()))
    for position in range(count):
        root = ET.fromstring(text)
        element = list(root.iter())[position]
        id = element.get("id", "")
        if element.tag == f"{BPMN}sequenceFlow":
            cut(root, [element])
            yield f"without flow {id}", ET.tostring(root, "unicode")
        elif element.tag in EVENTS:
            flows = [
                flow
                for flow in root.iter(f"{BPMN}sequenceFlow")
                if id in (flow.get("sourceRef"), flow.get("targetRef"))
            ]
            ties = [tie for tie in root.iter(f"{BPMN}association") if tie.get("sourceRef") == id]
            cut(root, [element, *flows, *ties])
            yield f"without event {id}", ET.tostring(root, "unicode")
        elif element.tag.endswith("EventDefinition"):
            holder = next(parent for parent in root.iter() if element in list(parent))
            kind = element.tag.removeprefix(BPMN).removesuffix("EventDefinition")
            cut(root, [element])
            yield f"{holder.get('id')} without its {kind}", ET.tostring(root, "unicode")


def cut(root: ET.Element, elements: list[ET.Element]) -> None:
    for parent in list(root.iter()):
        for child in [child for child in parent if child in elements]:
            parent.remove(child)


def traces_of(text: str, model: Model) -> list[object] | None:
    """None: the model is refused."""
    try:
        return traces(compile_bundle({"m.bpmn": text.encode()}, whole=False), model)
    except InvalidModel:
        return None


def traces(compiled: Bundle, model: Model) -> list[object]:
    """Everything that happens in all plays. A step that is not possible ends its play, with the reason."""
    found: list[object] = []
    for play in model.plays:
        sandbox = Sandbox(compiled)
        try:
            perform(sandbox, play)
        except DubanError as refused:
            found.append(refused.message)
        found += [[describe(event) for _, told in case.trace for event in told] for case in sandbox.cases]
    return found
