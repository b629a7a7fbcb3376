"""What deployment asks of the decision tables that are ladders."""

from pathlib import Path

import pytest

from engine.bundles import compile_bundle
from engine.ladders import ladder_problems
from tests.support.diagrams import deadline, definitions, end, escape, flows, process, start, with_ladder
from workflows.demo import models

LISTENING = process('<startEvent id="ls"><messageEventDefinition messageRef="message-A"/></startEvent>', id="listener")


def table(**columns: str) -> bytes:
    """A ladder of one rung with these columns and cells."""
    outputs = "".join(f'<output id="out-{name}" name="{name}"/>' for name in columns)
    cells = "".join(
        f'<outputEntry id="cell-{name}"><text>{escape(cell)}</text></outputEntry>' for name, cell in columns.items()
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="l" name="l" namespace="urn:test:l">'
        '<decision id="ladder" name="ladder"><variable name="ladder"/><decisionTable id="t" hitPolicy="COLLECT">'
        '<input id="in"><inputExpression id="ie"><text>1</text></inputExpression></input>'
        f'{outputs}<rule id="r"><inputEntry id="any"><text>-</text></inputEntry>{cells}</rule>'
        "</decisionTable></decision></definitions>"
    ).encode()


def problems(**columns: str) -> list[tuple[str, str, str]]:
    parts = (start(), with_ladder("a", deadline()), end(), flows("s a", "a e"))
    files = {
        "test.bpmn": definitions(process(*parts), LISTENING).encode(),
        "ladder.dmn": table(**{"at": '"100%"', "code": '"X"', **columns}),
    }
    return [(each.rule, each.element, each.message) for each in ladder_problems(files, compile_bundle(files))]


def test_a_sound_ladder_has_no_problems() -> None:
    assert problems(every='"1d"', tell='["role:A"]', start='"A"', priority="90", holdWhile='"pending = true"') == []
    assert problems(start='{message: "A", key: "1"}', reassign='"role:A"', candidates='["role:B"]') == []


@pytest.mark.parametrize(
    ("rule", "column", "cell", "message"),
    [
        ("REL010", "escalateTo", '"x"', "nothing carries out 'escalateTo'"),
        ("REL011", "at", '"soon"', "rung: expected 0% to 100%"),
        ("REL011", "every", '"1 week"', "every: expected 1 to 999"),
        ("REL011", "every", "1", "'every' of a rung to be a text"),
        ("REL011", "priority", '"high"', "to be a whole number"),
        ("REL011", "priority", "1.5", "to be a whole number"),
        ("REL011", "holdWhile", '"a +"', "expected"),
        ("REL011", "tell", "5", "Expected tokens"),
        ("REL011", "reassign", "[1]", "Expected tokens"),
        ("REL012", "start", '"Nobody"', "(A), but nothing waits for 'Nobody'"),
        ("REL012", "start", "{to: 1}", "it has 'to'"),
    ],
)
def test_a_rung_that_nothing_could_carry_out_is_refused(rule: str, column: str, cell: str, message: str) -> None:
    ((found, element, text),) = problems(**{column: cell})
    assert found == rule and element in (f"out-{column}", f"cell-{column}") and message in text


def test_a_cell_that_depends_on_variables_is_left_to_the_case() -> None:
    assert problems(at='if x then "50%" else "soon"', start="first + last") == []


def test_the_ladders_of_our_own_processes_are_sound() -> None:
    assert ladder_problems(models(), compile_bundle(models())) == []


def test_a_release_with_an_unsound_ladder_is_refused(tmp_path: Path) -> None:
    from engine.errors import InvalidModel
    from engine.releases import Releases
    from engine.store import Store

    parts = (start(), with_ladder("a", deadline()), end(), flows("s a", "a e"))
    files = {"t.bpmn": definitions(process(*parts)).encode(), "l.dmn": table(at='"100%"', page='"x"')}
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(InvalidModel, match="nothing carries out 'page'"):
        Releases(store).deploy(files)
    store.close()
