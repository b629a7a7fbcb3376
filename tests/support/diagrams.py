"""Small diagrams for tests, written as BPMN without its ceremony."""

from engine.bundles import compile_bundle
from engine.execution.bundle import Bundle
from engine.sandbox import Sandbox

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:duban="urn:duban:bpmn:1"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">'
)


def flows(*pairs: str) -> str:
    """`"a b"` is a flow a-b from a to b; `"a b =x > 1"` has a condition; the flow's id is `a-b`."""
    found = []
    for pair in pairs:
        source, target, *condition = pair.split(" ", 2)
        inner = f"<conditionExpression>{escape(condition[0])}</conditionExpression>" if condition else ""
        found.append(
            f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )
    return "".join(found)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def ext(*elements: str) -> str:
    return f"<extensionElements>{''.join(elements)}</extensionElements>"


def script(id: str, expression: str, result: str = "x") -> str:
    inner = ext(f'<zeebe:script expression="{escape(expression)}" resultVariable="{result}"/>')
    return f'<scriptTask id="{id}">{inner}</scriptTask>'


def service(id: str, type: str) -> str:
    return f'<serviceTask id="{id}">{ext(f"""<zeebe:taskDefinition type="{type}"/>""")}</serviceTask>'


def start(id: str = "s") -> str:
    return f'<startEvent id="{id}"/>'


def end(id: str = "e", inner: str = "") -> str:
    return f'<endEvent id="{id}">{inner}</endEvent>'


def user(id: str, inner: str = "") -> str:
    return f'<userTask id="{id}" name="{id}">{inner}</userTask>'


def boundary(id: str, host: str, inner: str, interrupting: bool = True) -> str:
    cancels = str(interrupting).lower()
    return f'<boundaryEvent id="{id}" attachedToRef="{host}" cancelActivity="{cancels}">{inner}</boundaryEvent>'


def timer(kind: str, text: str) -> str:
    tag = {"duration": "timeDuration", "cycle": "timeCycle", "date": "timeDate"}[kind]
    return f"<timerEventDefinition><{tag}>{escape(text)}</{tag}></timerEventDefinition>"


def error(code: str) -> str:
    return f'<errorEventDefinition errorRef="error-{code}"/>'


def escalation(code: str) -> str:
    return f'<escalationEventDefinition escalationRef="escalation-{code}"/>'


def message(name: str) -> str:
    return f'<messageEventDefinition messageRef="message-{name}"/>'


def signal(name: str) -> str:
    return f'<signalEventDefinition signalRef="signal-{name}"/>'


def definitions(*parts: str, names: str = "A B", codes: str = "E1 E2", key: str | None = None) -> str:
    """Root elements for messages, signals, errors and escalations of these names, then the parts."""
    subscription = ext(f'<zeebe:subscription correlationKey="{key}"/>') if key else ""
    roots = [
        f'<message id="message-{n}" name="{n}">{subscription}</message><signal id="signal-{n}" name="{n}"/>'
        for n in names.split()
    ]
    roots += [
        f'<error id="error-{c}" errorCode="{c}"/><escalation id="escalation-{c}" escalationCode="{c}"/>'
        for c in codes.split()
    ]
    return HEAD + "".join(roots) + "".join(parts) + "</definitions>"


def process(*parts: str, id: str = "p", extra: str = "") -> str:
    return f'<process id="{id}" isExecutable="true">{extra}{"".join(parts)}</process>'


def bundle(*parts: str, key: str | None = None) -> Bundle:
    """One process `p` made of the parts; a part that is a whole `<process` stands beside it."""
    processes = [part for part in parts if part.startswith("<process ")]
    own = [part for part in parts if not part.startswith("<process ")]
    text = definitions(process(*own), *processes, key=key)
    return compile_bundle({"test.bpmn": text.encode()}, whole=False)


def run(*parts: str, key: str | None = None, variables: dict[str, object] | None = None) -> Sandbox:
    """The diagram, started in memory."""
    sandbox = Sandbox(bundle(*parts, key=key))
    sandbox.start("p", variables or {})  # type: ignore[arg-type] # tests write FEEL values by hand
    return sandbox


def path(sandbox: Sandbox) -> list[str]:
    """The elements that completed, in order."""
    return [event["element"] for event in sandbox.report()["trace"] if event["type"] == "ElementCompleted"]


def kinds(sandbox: Sandbox) -> list[str]:
    return [event["type"] for event in sandbox.report()["trace"]]


def deadline(duration: str = "P1D", clock: str = "WORK", **more: str) -> str:
    """`duban:deadline`; `more` are further attributes, such as `roll` and `resultVariable`."""
    given = {"duration": duration, "clock": clock, **more}
    attributes = [f'{name}="{escape(value)}"' for name, value in given.items()]
    return f"<duban:deadline {' '.join(attributes)}/>"


def with_ladder(id: str, limit: str) -> str:
    """A user task with a deadline and the ladder of `ladder`."""
    return user(id, ext(limit, '<duban:ladder decisionId="ladder"/>'))


def ladder(rungs: str, *inputs: str) -> bytes:
    """A decision `ladder` whose value is a FEEL list of contexts; `inputs` are the variables that it reads."""
    data = "".join(f'<inputData id="in-{name}" name="{name}"><variable name="{name}"/></inputData>' for name in inputs)
    needs = "".join(
        f'<informationRequirement id="needs-{name}"><requiredInput href="#in-{name}"/></informationRequirement>'
        for name in inputs
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="l" name="l" namespace="urn:test:l">'
        f'{data}<decision id="ladder" name="ladder"><variable name="ladder"/>{needs}'
        f"<literalExpression><text>{escape(rungs)}</text></literalExpression></decision></definitions>"
    ).encode()
