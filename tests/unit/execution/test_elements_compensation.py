"""Compensation and transactions: what is undone, in which order, and with which data."""

import re
from decimal import Decimal

import pytest

from tests.support import diagrams
from tests.support.diagrams import boundary, end, error, ext, flows, kinds, path, script, service, start, user

COMPENSATE = "<compensateEventDefinition/>"


ASSOCIATION = re.compile("<association [^>]*/>")


def arranged(*parts):
    """The schema wants associations last."""
    text = "".join(parts)
    return ASSOCIATION.sub("", text) + "".join(ASSOCIATION.findall(text))


def run(*parts, **options):
    own = [part for part in parts if not part.startswith("<process ")]
    return diagrams.run(arranged(*own), *(part for part in parts if part.startswith("<process ")), **options)


def compensable(id, handler=None, body=None):
    """A task with a compensation handler `undo-<id>`."""
    handler = handler or f'<task id="u{id}" isForCompensation="true"/>'
    body = body or f'<task id="{id}"/>'
    event = f'<boundaryEvent id="c{id}" attachedToRef="{id}">{COMPENSATE}</boundaryEvent>'
    return body + event + handler + f'<association id="t{id}" sourceRef="c{id}" targetRef="u{id}"/>'


def throw(id="t", activity="", wait=True):
    reference = f' activityRef="{activity}"' if activity else ""
    waits = "" if wait else ' waitForCompletion="false"'
    return f'<intermediateThrowEvent id="{id}"><compensateEventDefinition{reference}{waits}/></intermediateThrowEvent>'


def sub(id, *parts, extra="", tag="subProcess"):
    return f'<{tag} id="{id}"{extra}>{arranged(*parts)}</{tag}>'


def after(sandbox, element):
    found = path(sandbox)
    return found[found.index(element) + 1 :]


def undone(sandbox):
    return [element for element in path(sandbox) if element.startswith("u")]


def test_completed_activities_are_undone_last_first_before_the_throw_completes():
    parts = (start(), compensable("a"), compensable("b"), throw(), end())
    sandbox = run(*parts, flows("s a", "a b", "b t", "t e"))
    assert path(sandbox) == ["s", "a", "b", "ub", "ua", "t", "e"]
    assert sandbox.report()["status"] == "completed"
    assert list(sandbox.cases[0].state.pages) == ["0"]


def test_what_is_not_complete_is_not_undone():
    sandbox = run(
        start(), '<parallelGateway id="g"/>', compensable("a"), compensable("b", body=user("b")), throw(),
        flows("s g", "g a", "g b", "a t"),
    )  # fmt: skip
    assert undone(sandbox) == ["ua"]


def test_one_activity_alone_can_be_undone_and_only_once():
    again = throw("t2", "a")
    sandbox = run(
        start(),
        compensable("a"),
        compensable("b"),
        throw("t", "a"),
        again,
        end(),
        flows("s a", "a b", "b t", "t t2", "t2 e"),
    )
    assert undone(sandbox) == ["ua"]
    assert sandbox.report()["status"] == "completed"


def test_a_compensation_end_event_undoes_its_scope():
    sandbox = run(start(), compensable("a"), end("e", COMPENSATE), flows("s a", "a e"))
    assert path(sandbox) == ["s", "a", "ua", "e"]


def test_each_completion_of_a_loop_by_flows_is_undone():
    sandbox = run(
        start(), compensable("a", body=script("a", "=n + 1", "n")), '<exclusiveGateway id="x" default="x-t"/>', throw(),
        flows("s a", "a x", "x a =n < 3", "x t"), variables={"n": Decimal(0)},
    )  # fmt: skip
    assert undone(sandbox) == ["ua", "ua", "ua"]


def test_a_handler_waits_like_any_task_and_the_throw_waits_for_it():
    sandbox = run(
        start(),
        compensable("a", handler='<userTask id="ua" isForCompensation="true"/>'),
        throw(),
        end(),
        flows("s a", "a t", "t e"),
    )
    assert "t" not in path(sandbox)
    sandbox.complete("ua")
    assert path(sandbox)[-2:] == ["t", "e"]


def test_compensation_that_is_not_waited_for_goes_on_beside():
    handler = '<userTask id="ua" isForCompensation="true"/>'
    sandbox = run(start(), compensable("a", handler=handler), throw(wait=False), user("b"), flows("s a", "a t", "t b"))
    assert {task["element"] for task in sandbox.report()["tasks"]} == {"ua", "b"}
    sandbox.complete("ua")
    assert path(sandbox)[-1] == "t"
    sandbox.complete("b")
    assert sandbox.report()["status"] == "completed"
    nothing = run(start(), throw(wait=False), end(), flows("s t", "t e"))
    assert path(nothing) == ["s", "t", "e"]


def test_cancelling_the_scope_cancels_the_handlers_that_run():
    handler = '<userTask id="ua" isForCompensation="true"/>'
    inner = sub("w", start("i"), compensable("a", handler=handler), throw(), flows("i a", "a t"))
    signal = '<signalEventDefinition signalRef="signal-A"/>'
    sandbox = run(start(), inner, boundary("b", "w", signal), flows("s w"))
    sandbox.signal("A")
    assert sandbox.report()["tasks"] == []
    assert sandbox.report()["status"] == "completed"


def test_a_completed_sub_process_is_undone_inside_with_its_own_data_of_then():
    handler = script("ua", '="undone " + kept', "seen").replace("<scriptTask ", '<scriptTask isForCompensation="true" ')
    local = ext('<zeebe:ioMapping><zeebe:input source="=n" target="kept"/></zeebe:ioMapping>')
    inner = sub("w", local, start("i"), compensable("a", handler=handler), flows("i a"))
    sandbox = run(
        start(),
        inner,
        script("later", '="changed"', "n"),
        throw(),
        flows("s w", "w later", "later t"),
        variables={"n": "then"},
    )
    assert sandbox.report()["variables"] == {"n": "changed", "seen": "undone then"}
    assert list(sandbox.cases[0].state.pages) == ["0"]


def test_nested_sub_processes_are_undone_from_the_inside_last_first():
    deepest = sub("q", start("i2"), compensable("a"), compensable("b"), flows("i2 a", "a b"))
    inner = sub("w", start("i"), deepest, compensable("c"), flows("i q", "q c"))
    sandbox = run(start(), inner, compensable("f"), throw(), flows("s w", "w f", "f t"))
    assert undone(sandbox) == ["uf", "uc", "ub", "ua"]


def test_a_handler_on_a_sub_process_stands_for_all_inside_of_it():
    inner = sub("w", start("i"), compensable("a"), flows("i a"))
    sandbox = run(start(), compensable("w", body=inner), throw(), flows("s w", "w t"))
    assert undone(sandbox) == ["uw"]


def compensation_event_sub_process(*parts):
    begun = f'<startEvent id="es">{COMPENSATE}</startEvent>'
    return sub("esp", begun, *parts, extra=' triggeredByEvent="true"')


def test_a_compensation_event_sub_process_decides_what_is_undone():
    handling = compensation_event_sub_process('<task id="uhandled"/>', flows("es uhandled"))
    inner = sub("w", start("i"), compensable("a"), handling, flows("i a"))
    sandbox = run(start(), inner, throw(), flows("s w", "w t"))
    assert undone(sandbox) == ["uhandled"]
    thrown = compensation_event_sub_process(throw("t2"), '<task id="uhandled"/>', flows("es t2", "t2 uhandled"))
    inner = sub("w", start("i"), compensable("a"), thrown, flows("i a"))
    sandbox = run(start(), inner, throw(), flows("s w", "w t"))
    assert undone(sandbox) == ["ua", "uhandled"]


def multiple(id, attributes="", inner=""):
    loop = '<zeebe:loopCharacteristics inputCollection="=[1,2,3]" inputElement="i"/>'
    return f"<multiInstanceLoopCharacteristics{attributes}>{ext(loop)}</multiInstanceLoopCharacteristics>"


def test_every_instance_of_a_multi_instance_activity_is_undone_with_its_own_item():
    handler = script("ua", "=append(seen, i)", "seen").replace("<scriptTask ", '<scriptTask isForCompensation="true" ')
    body = f'<task id="a">{multiple("a")}</task>'
    sandbox = run(
        start(), compensable("a", handler=handler, body=body), throw(), flows("s a", "a t"), variables={"seen": []}
    )
    assert sandbox.report()["variables"]["seen"] == [3, 2, 1]
    assert list(sandbox.cases[0].state.pages) == ["0"]


def test_multi_instance_sub_processes_are_undone_inside():
    handler = script("ua", "=append(seen, i)", "seen").replace("<scriptTask ", '<scriptTask isForCompensation="true" ')
    inner = sub("w", multiple("w"), start("i1"), compensable("a", handler=handler), flows("i1 a"))
    sandbox = run(start(), inner, throw(), flows("s w", "w t"), variables={"seen": []})
    assert sandbox.report()["variables"]["seen"] == [3, 2, 1]


def test_a_called_process_is_undone_like_a_sub_process():
    called = f'<process id="q" isExecutable="true">{arranged(start("i"), compensable("a"), flows("i a"))}</process>'
    call = '<callActivity id="call">' + ext('<zeebe:calledElement processId="q"/>') + "</callActivity>"
    sandbox = run(start(), call, throw(), flows("s call", "call t"), called)
    assert undone(sandbox) == ["ua"]


def test_an_error_handler_inside_the_scope_can_undo_what_is_complete():
    handling = sub(
        "esp",
        f'<startEvent id="es">{error("E1")}</startEvent>',
        throw(),
        flows("es t"),
        extra=' triggeredByEvent="true"',
    )
    inner = sub("w", start("i"), compensable("a"), end("bad", error("E1")), handling, flows("i a", "a bad"))
    sandbox = run(start(), inner, end(), flows("s w", "w e"))
    assert undone(sandbox) == ["ua"]
    assert sandbox.report()["status"] == "completed"


def test_an_error_in_a_handler_goes_to_whoever_threw_the_compensation():
    handler = service("ua", "mail").replace("<serviceTask ", '<serviceTask isForCompensation="true" ')
    inner = sub("w", start("i"), compensable("a", handler=handler), throw(), flows("i a", "a t"))
    sandbox = run(start(), inner, boundary("b", "w", error("E1")), '<task id="caught"/>', flows("s w", "b caught"))
    sandbox.fail("mail", "E1")
    assert path(sandbox)[-1] == "caught"
    assert sandbox.report()["status"] == "completed"


# Transactions --------------------------------------------------------------------------------------------------------


def transaction(*parts):
    return sub("w", *parts, tag="transaction")


CANCEL = "<cancelEventDefinition/>"


def test_a_transaction_that_goes_well_is_a_sub_process():
    sandbox = run(start(), transaction(start("i"), compensable("a"), flows("i a")), end(), flows("s w", "w e"))
    assert path(sandbox) == ["s", "i", "a", "w", "e"]


def test_a_cancelled_transaction_undoes_everything_then_leaves_by_its_boundary():
    inner = transaction(
        start("i"), '<parallelGateway id="g"/>', compensable("a"), compensable("b"), user("open"), end("x", CANCEL),
        flows("i g", "g a", "g open", "a b", "b x"),
    )  # fmt: skip
    sandbox = run(
        start(),
        inner,
        boundary("c", "w", CANCEL),
        '<task id="cancelled"/>',
        '<task id="well"/>',
        flows("s w", "c cancelled", "w well"),
    )
    assert after(sandbox, "b") == ["ub", "ua", "x", "c", "cancelled"]
    assert sandbox.report()["tasks"] == []
    assert sandbox.report()["status"] == "completed"


def test_an_error_in_a_transaction_undoes_nothing():
    inner = transaction(start("i"), compensable("a"), end("x", error("E1")), flows("i a", "a x"))
    sandbox = run(start(), inner, boundary("c", "w", error("E1")), flows("s w"))
    assert path(sandbox)[-1] == "c"
    assert undone(sandbox) == []


def test_a_cancelled_transaction_without_a_boundary_is_an_incident():
    sandbox = run(start(), transaction(start("i"), end("x", CANCEL), flows("i x")), flows("s w"))
    assert "cancel boundary" in sandbox.report()["incidents"][0]["message"]


@pytest.mark.parametrize("attributes", ["", ' isSequential="true"'])
def test_a_cancelled_multi_instance_transaction_leaves_as_a_whole(attributes):
    inner = transaction(multiple("w", attributes), start("i1"), end("x", CANCEL), flows("i1 x"))
    sandbox = run(start(), inner, boundary("c", "w", CANCEL), flows("s w"))
    assert path(sandbox)[-1] == "c"
    assert sandbox.report()["status"] == "completed"


def test_what_is_undone_is_told_in_the_history():
    sandbox = run(start(), compensable("a"), throw(), flows("s a", "a t"))
    told = kinds(sandbox)
    assert told.index("CompensationEnabled") < told.index("CompensationThrown") < told.index("CompensationStarted")
