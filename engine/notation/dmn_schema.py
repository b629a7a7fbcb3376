"""Which elements and attributes DMN allows where: the union of the schemas of DMN 1.1 to 1.5, as one small table.

The reader checks a whole file against it before it reads a word, so that nothing it does not know can be dropped
silently. Elements and attributes of other namespaces (vendor extensions, diagrams) are not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.notation import xml

VERSIONS: Mapping[str, str] = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
FEEL_NAMESPACES = frozenset(
    (
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "https://www.omg.org/spec/DMN/20211108/FEEL/",
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
    )
)
EXPRESSIONS: Mapping[str, str] = {
    "literalExpression": "literal",
    "decisionTable": "table",
    "context": "context",
    "invocation": "invocation",
    "functionDefinition": "function",
    "list": "list",
    "relation": "relation",
    "conditional": "conditional",
    "filter": "filter",
    "for": "for",
    "some": "quantified",
    "every": "quantified",
}
DOCUMENTARY = frozenset(
    [
        "textAnnotation",
        "association",
        "group",
        "artifact",
        "elementCollection",
        "performanceIndicator",
        "organizationUnit",
    ]
)
"""Elements of `definitions` that say nothing to an engine; ignored knowingly."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an element may hold. `children` maps a tag to the child's kind; `needs` are attributes it must have."""

    attributes: frozenset[str]
    children: Mapping[str, str] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()


def _kind(attributes: str, children: Mapping[str, str] | None = None, *, expressions: bool = False) -> Kind:
    """Every element may have id, label, description and extensionElements; `!` marks an attribute it must have."""
    names = attributes.split()
    allowed = frozenset(name.rstrip("!") for name in names) | {"id", "label"}
    common = {"description": "text", "extensionElements": "any"}
    more = EXPRESSIONS if expressions else {}
    return Kind(
        allowed, {**common, **(children or {}), **more}, frozenset(name[:-1] for name in names if name[-1] == "!")
    )


_REFERENCES = dict.fromkeys(
    ["supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner"], "any"
)
_USES = dict.fromkeys(["usingProcess", "usingTask"], "any")

KINDS: Mapping[str, Kind] = {
    "text": Kind(frozenset()),
    "reference": Kind(frozenset({"href"}), {}, frozenset({"href"})),
    "definitions": _kind(
        "name! namespace! expressionLanguage typeLanguage exporter exporterVersion",
        {
            "import": "import",
            "itemDefinition": "item",
            "inputData": "inputData",
            "decision": "decision",
            "businessKnowledgeModel": "knowledge",
            "decisionService": "service",
            "knowledgeSource": "any",
            **dict.fromkeys(DOCUMENTARY, "any"),
        },
    ),
    "import": _kind("name namespace! locationURI importType!"),
    "item": _kind(
        "name! typeLanguage isCollection",
        {
            "typeRef": "text",
            "allowedValues": "tests",
            "typeConstraint": "tests",
            "itemComponent": "item",
            "functionItem": "functionItem",
        },
    ),
    "functionItem": _kind("outputTypeRef", {"parameters": "variable"}),
    "variable": _kind("name! typeRef"),
    "inputData": _kind("name!", {"variable": "variable"}),
    "decision": _kind(
        "name!",
        {
            "question": "text",
            "allowedAnswers": "text",
            "variable": "variable",
            "informationRequirement": "information",
            "knowledgeRequirement": "knowledgeRequirement",
            "authorityRequirement": "any",
            **_REFERENCES,
            **_USES,
        },
        expressions=True,
    ),
    "information": _kind("", {"requiredDecision": "reference", "requiredInput": "reference"}),
    "knowledgeRequirement": _kind("", {"requiredKnowledge": "reference"}),
    "knowledge": _kind(
        "name!",
        {
            "variable": "variable",
            "encapsulatedLogic": "function",
            "knowledgeRequirement": "knowledgeRequirement",
            "authorityRequirement": "any",
        },
    ),
    "service": _kind(
        "name!",
        {
            "variable": "variable",
            "outputDecision": "reference",
            "encapsulatedDecision": "reference",
            "inputDecision": "reference",
            "inputData": "reference",
        },
    ),
    "tests": _kind("expressionLanguage typeRef", {"text": "text"}),
    "literal": _kind("typeRef expressionLanguage", {"text": "text", "importedValues": "any"}),
    "invocation": _kind("typeRef", {"binding": "binding"}, expressions=True),
    "binding": _kind("", {"parameter": "variable"}, expressions=True),
    "context": _kind("typeRef", {"contextEntry": "contextEntry"}),
    "contextEntry": _kind("", {"variable": "variable"}, expressions=True),
    "function": _kind("typeRef kind", {"formalParameter": "variable"}, expressions=True),
    "list": _kind("typeRef", expressions=True),
    "relation": _kind("typeRef", {"column": "variable", "row": "list"}),
    "child": _kind("", expressions=True),
    "typedChild": _kind("typeRef", expressions=True),
    "conditional": _kind("typeRef", {"if": "child", "then": "child", "else": "child"}),
    "filter": _kind("typeRef", {"in": "child", "match": "child"}),
    "for": _kind("typeRef iteratorVariable!", {"in": "typedChild", "return": "child"}),
    "quantified": _kind("typeRef iteratorVariable!", {"in": "typedChild", "satisfies": "child"}),
    "table": _kind(
        "typeRef hitPolicy aggregation preferredOrientation outputLabel",
        {"input": "input", "output": "output", "annotation": "any", "rule": "rule"},
    ),
    "input": _kind("", {"inputExpression": "literal", "inputValues": "tests"}),
    "output": _kind("name typeRef", {"outputValues": "tests", "defaultOutputEntry": "literal"}),
    "rule": _kind("", {"inputEntry": "tests", "outputEntry": "literal", "annotationEntry": "annotation"}),
    "annotation": Kind(frozenset(), {"text": "text"}),
}


def violations(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every element that DMN does not allow where it stands, with what is wrong; `root` is a `definitions`."""
    home = xml.namespace(root)
    pending = [(root, "definitions")]
    while pending:
        element, name = pending.pop()
        kind = KINDS[name]
        yield from ((element, message) for message in _attribute_faults(element, kind))
        for child in element:
            tag = xml.local(child)
            if xml.namespace(child) != home:
                if tag != "DMNDI":  # the diagram; everything else that is foreign belongs into extensionElements
                    yield child, f"unexpected <{tag}> of another namespace in <{xml.local(element)}>"
            elif tag not in kind.children:
                yield child, f"unexpected <{tag}> in <{xml.local(element)}>"
            elif kind.children[tag] != "any":
                pending.append((child, kind.children[tag]))


def _attribute_faults(element: etree._Element, kind: Kind) -> Iterator[str]:
    tag = xml.local(element)
    plain = {str(name) for name in element.keys() if not str(name).startswith("{")}  # noqa: SIM118 (not a dict)
    for name in sorted(plain - kind.attributes):
        yield f"unexpected attribute {name!r} of <{tag}>"
    for name in sorted(kind.needs - plain):
        yield f"expected the attribute {name!r} of <{tag}>"
