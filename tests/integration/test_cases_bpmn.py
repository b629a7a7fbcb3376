"""The richer elements on real databases: what they keep between commands is stored, found again and swept."""

from decimal import Decimal

import pytest

from engine import clock as seam
from engine import store as tables
from engine import worklist
from engine.execution import commands as c
from tests.integration.test_cases import Site
from tests.support.diagrams import end, ext, flows, message, process, script, signal, start, timer, user
from workflows import desk

COMPENSATE = "<compensateEventDefinition/>"
GUARD = f'<boundaryEvent id="b" attachedToRef="a">{COMPENSATE}</boundaryEvent>'
HANDLER = '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="b" targetRef="undo"/>'
THROW = f'<intermediateThrowEvent id="t">{COMPENSATE}</intermediateThrowEvent>'


@pytest.fixture
def site(store):
    yield Site(store)
    seam.simulate(None)


def complete(site, case, element, **variables):
    (task,) = [task for task in site.tasks(case) if task.element == element]
    return site.cases.handle(case, c.CompleteTask(task.n, variables))


def whole(site, case):
    verdict = site.verdict(f"case/{case}")
    return verdict.chain, verdict.reexecution


def test_a_completed_sub_process_is_compensated_commands_later_and_leaves_no_page(site):
    inner = f'<subProcess id="w">{start("i")}{user("a")}{GUARD}{flows("i a")}{HANDLER}</subProcess>'
    case = site.start(start(), inner, user("c"), THROW, end(), flows("s w", "w c", "c t", "t e"))
    complete(site, case, "a")
    assert site.count(tables.pages) > 1
    complete(site, case, "c")
    assert complete(site, case, "undo").status == "completed"
    assert site.path(case)[-3:] == ["w", "t", "e"]
    assert site.count(tables.pages) == 1
    assert whole(site, case) == ("whole", "same")


def test_what_was_never_compensated_is_swept_with_the_case(site):
    inner = f'<subProcess id="w">{start("i")}{user("a")}{GUARD}{flows("i a")}{HANDLER}</subProcess>'
    case = site.start(start(), inner, user("c"), flows("s w", "w c"))
    complete(site, case, "a")
    complete(site, case, "c")
    assert site.count(tables.pages) == 1


def test_a_task_of_a_called_process_is_found_by_the_case_and_knows_where_it_is_drawn(site, store):
    call = f"""<callActivity id="call">{ext('<zeebe:calledElement processId="q"/>')}</callActivity>"""
    called = process(start("qs"), script("set", '="q"'), user("inner"), flows("qs set", "set inner"), id="q")
    case = site.start(start(), call, end(), flows("s call", "call e"), called, a="1")
    with store.reading() as connection:
        (task,) = worklist.tasks(connection, person="a", tokens={"can:audit"}, view="team", process="p").items
        assert desk.case_variables(connection, case) == {"a": "1", "x": "q"}
    assert (task.element, task.process, task.case_process) == ("inner", "q", "p")
    assert complete(site, case, "inner").status == "completed"


def test_a_condition_is_found_again_by_a_later_command(site):
    condition = "<conditionalEventDefinition><condition>=amount &gt; 2</condition></conditionalEventDefinition>"
    catch = f'<intermediateCatchEvent id="k">{condition}</intermediateCatchEvent>'
    case = site.start(start(), '<parallelGateway id="g"/>', catch, user("a"), end(), flows("s g", "g k", "g a", "k e"))
    site.cases.handle(case, c.SetVariables({"amount": Decimal(3)}))
    assert "k" in site.path(case)
    assert complete(site, case, "a").status == "completed"
    assert whole(site, case) == ("whole", "same")


def test_a_parallel_multiple_event_keeps_what_came_first(site):
    catch = '<intermediateCatchEvent id="k" parallelMultiple="true">'
    inner = message("A") + signal("B") + timer("duration", "PT1H") + "</intermediateCatchEvent>"
    case = site.start(start(), catch + inner, flows("s k"))
    site.messages.publish("A", variables={"a": "1"})
    site.messages.broadcast("B", {"b": "2"})
    site.worker.drain()
    site.advance(hours=1)
    assert site.case(case).status == "completed"
    assert site.variables(case) == {"a": "1", "b": "2"}


def test_a_message_starts_a_case_at_an_instantiating_gateway(site):
    catches = "".join(f'<intermediateCatchEvent id="c{n}">{message(n)}</intermediateCatchEvent>' for n in "AB")
    gateway = '<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>'
    site.deploy(gateway, catches, flows("g cA", "g cB"), key="=order")
    site.messages.publish("B", "7", {"order": "7"})
    site.worker.drain()
    site.messages.publish("A", "7")
    site.worker.drain()
    with site.store.reading() as connection:
        (found,) = connection.execute(tables.cases.select()).all()
    assert (found.status, site.path(found.id)) == ("completed", ["g", "cB", "cA"])


LISTENING = """<multiInstanceLoopCharacteristics><extensionElements>
    <zeebe:loopCharacteristics inputCollection="=for i in 1..30 return i" inputElement="i"/>
    </extensionElements></multiInstanceLoopCharacteristics>"""


def condition(id, text):
    inner = f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"
    return f'<boundaryEvent id="{id}" attachedToRef="a" cancelActivity="false">{inner}</boundaryEvent>'


def test_everybody_who_listens_is_found_in_the_store(site):
    heard = '<boundaryEvent id="heard" attachedToRef="a" cancelActivity="false">' + signal("A") + "</boundaryEvent>"
    inner = start("i0") + user("a") + heard + condition("ready", "=go and i &lt; 20") + flows("i0 a")
    case = site.start(start(), f'<subProcess id="w">{LISTENING}{inner}</subProcess>', flows("s w"), go=False)
    site.cases.handle(case, c.SetVariables({"go": True}))
    site.messages.broadcast("A")
    site.messages.broadcast("B")
    site.worker.drain()
    assert (site.path(case).count("ready"), site.path(case).count("heard")) == (19, 30)
    assert whole(site, case) == ("whole", "same")


def test_what_listens_is_still_found_when_the_diagram_renames_it(site):
    case = site.start(start(), user("a"), condition("ready", "=go"), flows("s a"))
    renamed = site.deploy(start(), user("a"), condition("off", "=go"), flows("s a"))
    site.cases.handle(case, c.MigrateCase(renamed.hash, {"ready": "off"}))
    site.cases.handle(case, c.SetVariables({"go": True}))
    assert site.path(case) == ["s", "off"]
    assert whole(site, case) == ("whole", "same")
