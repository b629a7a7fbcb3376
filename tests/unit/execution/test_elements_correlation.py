"""Correlation keys, properties and subscriptions of plain BPMN."""

from decimal import Decimal

from engine.bundles import compile_bundle
from engine.sandbox import Sandbox
from tests.support.diagrams import HEAD, ext, flows, process, start, user


def property_(id, **paths):
    found = "".join(
        f'<correlationPropertyRetrievalExpression messageRef="{message}"><messagePath>{path}</messagePath>'
        "</correlationPropertyRetrievalExpression>"
        for message, path in paths.items()
    )
    return f'<correlationProperty id="{id}">{found}</correlationProperty>'


def subscription(**paths):
    bindings = "".join(
        f'<correlationPropertyBinding correlationPropertyRef="{name}"><dataPath>{path}</dataPath>'
        "</correlationPropertyBinding>"
        for name, path in paths.items()
    )
    return f'<correlationSubscription id="cs" correlationKeyRef="ck">{bindings}</correlationSubscription>'


def sandbox(*processes, properties=("cp",)):
    """Messages `ask` and `answer`, whose key `ck` is made of the properties."""
    keys = "".join(f"<correlationPropertyRef>{name}</correlationPropertyRef>" for name in properties)
    roots = (
        '<message id="ask" name="ask"/><message id="answer" name="answer"/>',
        *(
            property_(name, ask="order" if name == "cp" else "unit", answer="ref" if name == "cp" else "unit")
            for name in properties
        ),
        (
            '<collaboration id="co"><participant id="pa" processRef="p"/>'
            f'<correlationKey id="ck">{keys}</correlationKey></collaboration>'
        ),
    )
    return Sandbox(compile_bundle({"x.bpmn": (HEAD + "".join(roots) + "".join(processes) + "</definitions>").encode()}))


def send(id, message, *mappings):
    made = "".join(f'<zeebe:input source="={source}" target="{target}"/>' for source, target in mappings)
    return f'<sendTask id="{id}" messageRef="{message}">{ext(f"<zeebe:ioMapping>{made}</zeebe:ioMapping>")}</sendTask>'


RECEIVE = '<receiveTask id="r" messageRef="answer"/>'


def started(made, *orders):
    for order in orders:
        made.start("p", {"no": order, "unit": "U1"})
    return made


def statuses(made):
    return [case.state.head.status for case in made.cases]


def test_a_subscription_compares_its_own_data_with_the_payload():
    made = started(sandbox(process(start(), RECEIVE, flows("s r"), subscription(cp="no"))), Decimal(1), Decimal(2))
    made.message("answer", "2", {"ref": Decimal(2)})
    assert statuses(made) == ["active", "completed"]


def test_an_answer_finds_the_case_that_asked():
    asking = process(
        start(), send("ask1", "ask", ("no", "order")), RECEIVE, flows("s ask1", "ask1 r"), subscription(cp="no")
    )
    answering = process(
        '<startEvent id="qs"><messageEventDefinition messageRef="ask"/></startEvent>', user("work"),
        send("reply", "answer", ("order", "ref")),
        flows("qs work", "work reply"), id="q",
    )  # fmt: skip
    made = started(sandbox(asking, answering), "A", "B")
    second = next(case for case in made.cases if case.state.page("0").variables.get("order") == "B")
    made.cases.sort(key=lambda case: case is not second)
    made.complete("work")
    of_p = {case.state.page("0").variables["no"]: case.state.head.status for case in made.cases if case.process == "p"}
    assert of_p == {"A": "active", "B": "completed"}


def test_several_properties_make_one_key():
    receiving = process(start(), RECEIVE, flows("s r"), subscription(cp="no", cu="unit"))
    made = started(sandbox(receiving, properties=("cp", "cu")), "A")
    made.message("answer", "A|U2")
    assert statuses(made) == ["active"]
    made.message("answer", "A|U1")
    assert statuses(made) == ["completed"]


def test_without_a_subscription_what_an_earlier_message_brought_is_the_key():
    receiving = process(
        '<startEvent id="s"><messageEventDefinition messageRef="ask"/></startEvent>',
        RECEIVE.replace("answer", "ask"), flows("s r"),
    )  # fmt: skip
    made = sandbox(receiving)
    made.message("ask", "A", {"order": "A"})
    made.message("ask", "A", {"order": "A"})
    assert statuses(made) == ["completed"]


def test_data_that_makes_no_key_is_an_incident():
    made = sandbox(process(start(), RECEIVE, flows("s r"), subscription(cp="missing")))
    made.start("p")
    assert made.report()["incidents"][0]["element"] == "r"
