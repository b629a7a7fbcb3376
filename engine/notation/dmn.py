"""Reading .dmn files: DMN 1.1 to 1.5 into the immutable model of `dmn_model`, or one InvalidModel with all problems.

Rules of its problems (docs/dmn.md lists them): DMN001 not a DMN file, DMN002 structure, DMN003 reference, DMN004 not
supported, DMN005 duplicate, DMN006 decision table, DMN007 import, DMN008 cycle.
"""

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from lxml import etree

from engine.errors import InvalidModel, Problem
from engine.notation import dmn_schema, xml
from engine.notation.dmn_model import (
    Binding,
    BoxedList,
    Conditional,
    Context,
    ContextEntry,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    DrgElement,
    Expression,
    Filter,
    FunctionDefinition,
    FunctionItem,
    Import,
    InformationItem,
    InputClause,
    InputData,
    Invocation,
    ItemDefinition,
    Iteration,
    KnowledgeModel,
    Literal,
    OutputClause,
    Reference,
    Relation,
    Rule,
    UnaryTests,
)

_POLICIES = {
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
    "COLLECT": "C",
}
_AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")
_CAMUNDA = "http://camunda.org/schema/1.0/dmn"
_NO_IMPORTS: Mapping[str, Definitions] = MappingProxyType({})


def read_dmn(data: bytes, *, file: str = "", imports: Mapping[str, Definitions] = _NO_IMPORTS) -> Definitions:
    """The model in `data`. `imports` holds, by namespace, the models that it may import.

    Raises InvalidModel with every problem found, each with the rule, the id of its element and the line.
    """
    root = _root(data, file)
    return _Reader(root, data, file, imports).definitions()


def read_dmn_files(files: Mapping[str, bytes], *, wanted: str | None = None) -> dict[str, Definitions]:
    """Files that may import each other, by file name; with `wanted`, only that file and what it imports.

    Raises InvalidModel: the problems of all files together.
    """
    problems: list[Problem] = []
    roots = _roots(files, wanted, problems)
    read: dict[str, Definitions] = {}
    by_namespace: dict[str, Definitions] = {}
    for file in _import_order(roots, wanted, problems):
        try:
            model = _Reader(roots[file], files[file], file, by_namespace).definitions()
        except InvalidModel as error:
            problems.extend(error.problems)
        else:
            read[file] = by_namespace[model.namespace] = model
    if problems:
        raise InvalidModel(problems)
    return {file: read[file] for file in files if file in read}


def _root(data: bytes, file: str) -> etree._Element:
    root = xml.read(data, file=file)
    if xml.local(root) != "definitions" or xml.namespace(root) not in dmn_schema.VERSIONS:
        message = f"expected <definitions> of DMN 1.1 to 1.5, found <{xml.local(root)}> of {xml.namespace(root)!r}"
        raise InvalidModel([Problem("DMN001", message, line=xml.line(root), file=file)])
    return root


def _roots(files: Mapping[str, bytes], wanted: str | None, problems: list[Problem]) -> dict[str, etree._Element]:
    """The root elements of the files; what is wrong with a file beside the wanted one does not matter here."""
    roots: dict[str, etree._Element] = {}
    for file, data in files.items():
        try:
            roots[file] = _root(data, file)
        except InvalidModel as error:
            if wanted in (None, file):
                problems.extend(error.problems)
    return roots


def _import_order(roots: Mapping[str, etree._Element], wanted: str | None, problems: list[Problem]) -> Iterable[str]:
    """The files, each after those it imports; two of one namespace or a ring of imports are problems."""
    homes: dict[str, str] = {}
    for file in sorted(roots, key=lambda file: file != wanted):
        first = homes.setdefault(roots[file].get("namespace") or "", file)
        if first != file and wanted is None:
            place = xml.line(roots[file])
            problems.append(Problem("DMN005", f"the namespace is already that of {first}", line=place, file=file))
    graph: dict[str, list[str]] = {}
    pending = list(roots) if wanted is None else [wanted] if wanted in roots else []
    while pending:
        file = pending.pop()
        if file not in graph:
            imports = xml.children(roots[file], "import")
            graph[file] = [homes[ns] for each in imports if (ns := each.get("namespace") or "") in homes]
            pending.extend(graph[file])
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = error.args[1]
        problems.append(Problem("DMN008", f"the files import each other in a ring: {' → '.join(ring)}", file=ring[0]))
        return ()


class _Reader:
    """Walks one file. Problems are collected; what they spoil is replaced by something harmless until the end."""

    def __init__(self, root: etree._Element, source: bytes, file: str, imports: Mapping[str, Definitions]) -> None:
        self.root = root
        self.source = source
        self.file = file
        self.available = imports
        self.namespace = root.get("namespace") or ""
        self.problems: list[Problem] = []
        self.imports: tuple[Import, ...] = ()
        self.imported: dict[str, Definitions] = {}
        self.references: list[tuple[etree._Element, Reference, tuple[type, ...]]] = []

    def definitions(self) -> Definitions:
        for element, message in dmn_schema.violations(self.root):
            self.problem("DMN002", message, element)
        self._raise_problems()  # the walk below relies on the structure
        self._check_language(self.root)
        self.imports = tuple(self._import(child) for child in xml.children(self.root, "import"))
        items = tuple(self._item(child) for child in xml.children(self.root, "itemDefinition"))
        self._check_unique_names("itemDefinition")
        model = Definitions(
            id=_id(self.root),
            line=xml.line(self.root),
            name=self.root.get("name") or "",
            namespace=self.namespace,
            file=self.file,
            source=self.source,
            imports=self.imports,
            imported=MappingProxyType(self.imported),
            items=items,
            elements=MappingProxyType(self._elements()),
        )
        self._check_references(model)
        self._raise_problems()
        return model

    def problem(self, rule: str, message: str, element: etree._Element) -> None:
        """Note a problem at the element."""
        self.problems.append(Problem(rule, message, element=_id(element), line=xml.line(element), file=self.file))

    def _raise_problems(self) -> None:
        if self.problems:
            raise InvalidModel(sorted(self.problems, key=lambda problem: problem.line))

    # The file as a whole --------------------------------------------------------------------------------------------

    def _import(self, element: etree._Element) -> Import:
        namespace, kind = element.get("namespace") or "", element.get("importType") or ""
        if kind not in dmn_schema.VERSIONS and f"{kind}/" not in dmn_schema.VERSIONS:
            self.problem("DMN004", f"expected the import of a DMN model, found importType {kind!r}", element)
        elif namespace not in self.available:
            self.problem("DMN007", f"expected a model of namespace {namespace!r} to import, found none", element)
        else:
            self.imported[namespace] = self.available[namespace]
        name = (element.get("name") or "").strip()
        return Import(id=_id(element), line=xml.line(element), name=name, namespace=namespace)

    def _check_language(self, element: etree._Element) -> None:
        for attribute in ("expressionLanguage", "typeLanguage"):
            language = element.get(attribute)
            if language and language not in dmn_schema.FEEL_NAMESPACES and language.lower() != "feel":
                self.problem("DMN004", f"expected FEEL as {attribute}, found {language!r}", element)

    def _check_unique_names(self, *tags: str) -> None:
        seen: set[str] = set()
        for child in xml.children(self.root, *tags):
            name = self._name(child)
            if name in seen:
                self.problem("DMN005", f"the name {name!r} is used twice", child)
            seen.add(name)

    def _check_references(self, model: Definitions) -> None:
        for element, reference, kinds in self.references:
            home = model if reference.namespace == self.namespace else self.imported.get(reference.namespace)
            target = home.elements.get(reference.target) if home else None
            if not isinstance(target, kinds):
                expected = " or ".join(kind.__name__ for kind in kinds)
                self.problem("DMN003", f"expected the id of a {expected}, found {element.get('href')!r}", element)

    def _name(self, element: etree._Element, default: str = "") -> str:
        """The name with its white space reduced to single blanks, as FEEL reads names (clause 10.3.1.2, rule 27)."""
        name = " ".join((element.get("name") or default).split())
        if not name:
            self.problem("DMN002", f"expected a name of <{xml.local(element)}>, found none", element)
        return name

    def _type(self, element: etree._Element, attribute: str = "typeRef") -> str:
        return self._resolve_type(element, (element.get(attribute) or "").strip())

    def _resolve_type(self, element: etree._Element, text: str) -> str:
        """A type's name; the prefixes of DMN 1.1's qualified names give way to import names."""
        prefix, colon, name = text.partition(":")
        namespace = element.nsmap.get(prefix)
        if not colon or namespace is None:
            return text
        if namespace in dmn_schema.FEEL_NAMESPACES or namespace == self.namespace:
            return name
        for imported in self.imports:
            if imported.namespace == namespace:
                return f"{imported.name}.{name}"
        return text

    # Types ----------------------------------------------------------------------------------------------------------

    def _item(self, element: etree._Element) -> ItemDefinition:
        self._check_language(element)
        type_element = xml.child(element, "typeRef")
        function = xml.child(element, "functionItem")
        components = tuple(self._item(child) for child in xml.children(element, "itemComponent"))
        if (type_element is not None) + bool(components) + (function is not None) > 1:
            self.problem("DMN002", "expected only one of typeRef, itemComponent and functionItem", element)
        return ItemDefinition(
            id=_id(element),
            line=xml.line(element),
            name=self._name(element),
            type="" if type_element is None else self._resolve_type(type_element, xml.text(type_element).strip()),
            is_collection=self._flag(element, "isCollection"),
            allowed=self._optional_tests(element, "allowedValues"),
            constraint=self._optional_tests(element, "typeConstraint"),
            components=components,
            function=None if function is None else self._function_item(function),
        )

    def _function_item(self, element: etree._Element) -> FunctionItem:
        parameters = tuple(self._variable(child) for child in xml.children(element, "parameters"))
        output = self._type(element, "outputTypeRef")
        return FunctionItem(id=_id(element), line=xml.line(element), parameters=parameters, output=output)

    def _flag(self, element: etree._Element, attribute: str) -> bool:
        text = element.get(attribute, "false")
        if text not in ("true", "false", "1", "0"):
            self.problem("DMN002", f"expected true or false as {attribute}, found {text!r}", element)
        return text in ("true", "1")

    # The graph ------------------------------------------------------------------------------------------------------

    def _elements(self) -> dict[str, DrgElement]:
        readers: dict[str, Callable[[etree._Element], DrgElement]] = {
            "inputData": self._input_data,
            "decision": self._decision,
            "businessKnowledgeModel": self._knowledge_model,
            "decisionService": self._service,
        }
        elements: dict[str, DrgElement] = {}
        for child in xml.children(self.root, *readers):
            read = readers[xml.local(child)](child)
            key = read.id or read.name
            if key in elements:
                self.problem("DMN005", f"the id {key!r} is used twice", child)
            elements[key] = read
        self._check_unique_names(*readers)
        return elements

    def _variable(self, element: etree._Element) -> InformationItem:
        name = self._name(element)
        return InformationItem(id=_id(element), line=xml.line(element), name=name, type=self._type(element))

    def _own_variable(self, element: etree._Element) -> InformationItem:
        """The variable of an element of the graph; without one the element's name is the variable's."""
        variable = xml.child(element, "variable")
        if variable is not None:
            return self._variable(variable)
        return InformationItem(line=xml.line(element), name=self._name(element))

    def _input_data(self, element: etree._Element) -> InputData:
        variable = self._own_variable(element)
        return InputData(id=_id(element), line=xml.line(element), name=self._name(element), variable=variable)

    def _decision(self, element: etree._Element) -> Decision:
        return Decision(
            id=_id(element),
            line=xml.line(element),
            name=self._name(element),
            variable=self._own_variable(element),
            information=self._required(element, "informationRequirement"),
            knowledge=self._required(element, "knowledgeRequirement"),
            expression=self._expression(element),
            question=xml.text(xml.child(element, "question")),
            description=xml.text(xml.child(element, "description")),
        )

    def _knowledge_model(self, element: etree._Element) -> KnowledgeModel:
        logic = xml.child(element, "encapsulatedLogic")
        return KnowledgeModel(
            id=_id(element),
            line=xml.line(element),
            name=self._name(element),
            variable=self._own_variable(element),
            knowledge=self._required(element, "knowledgeRequirement"),
            logic=None if logic is None else self._function(logic),
        )

    def _service(self, element: etree._Element) -> DecisionService:
        return DecisionService(
            id=_id(element),
            line=xml.line(element),
            name=self._name(element),
            variable=self._own_variable(element),
            outputs=self._targets(element, "outputDecision"),
            encapsulated=self._targets(element, "encapsulatedDecision"),
            input_decisions=self._targets(element, "inputDecision"),
            input_data=self._targets(element, "inputData"),
        )

    def _required(self, element: etree._Element, tag: str) -> tuple[Reference, ...]:
        found: list[Reference] = []
        for requirement in xml.children(element, tag):
            targets = self._targets(requirement, "requiredDecision", "requiredInput", "requiredKnowledge")
            if len(targets) != 1:
                self.problem("DMN002", f"expected one reference in <{tag}>, found {len(targets)}", requirement)
            found.extend(targets)
        return tuple(found)

    def _targets(self, element: etree._Element, *tags: str) -> tuple[Reference, ...]:
        return tuple(self._reference(child) for child in xml.children(element, *tags))

    def _reference(self, element: etree._Element) -> Reference:
        namespace, _, target = (element.get("href") or "").strip().rpartition("#")
        reference = Reference(
            id=_id(element), line=xml.line(element), namespace=namespace or self.namespace, target=target
        )
        self.references.append((element, reference, _TARGETS[xml.local(element)]))
        return reference

    # Expressions ----------------------------------------------------------------------------------------------------

    def _expression(self, parent: etree._Element) -> Expression | None:
        """The one expression among the children; None when there is none."""
        found = list(xml.children(parent, *dmn_schema.EXPRESSIONS))
        if len(found) > 1:
            self.problem("DMN002", f"expected one expression in <{xml.local(parent)}>, found {len(found)}", found[1])
        return self._boxed(found[0]) if found else None

    def _boxed(self, element: etree._Element) -> Expression:
        readers: dict[str, Callable[[etree._Element], Expression]] = {
            "literalExpression": self._literal,
            "decisionTable": self._table,
            "context": self._context,
            "invocation": self._invocation,
            "functionDefinition": self._function,
            "list": self._list,
            "relation": self._relation,
            "conditional": self._conditional,
            "filter": self._filter,
            "for": self._iteration,
            "some": self._iteration,
            "every": self._iteration,
        }
        return readers[xml.local(element)](element)

    def _in(self, parent: etree._Element, tag: str) -> Expression | None:
        """The expression in the child element `tag`, which the standard demands."""
        child = xml.child(parent, tag)
        if child is None:
            self.problem("DMN002", f"expected <{tag}> in <{xml.local(parent)}>, found none", parent)
            return None
        return self._expression(child)

    def _literal(self, element: etree._Element) -> Literal:
        self._check_language(element)
        if xml.child(element, "importedValues") is not None:
            self.problem("DMN004", "imported values are not supported; write the values as FEEL", element)
        text = xml.text(xml.child(element, "text"))
        return Literal(id=_id(element), line=_text_line(element), type=self._type(element), text=text)

    def _tests(self, element: etree._Element) -> UnaryTests:
        self._check_language(element)
        return UnaryTests(id=_id(element), line=_text_line(element), text=xml.text(xml.child(element, "text")))

    def _optional_tests(self, parent: etree._Element, tag: str) -> UnaryTests | None:
        """Values that are listed; an empty text lists none, which constrains nothing."""
        child = xml.child(parent, tag)
        tests = None if child is None else self._tests(child)
        return tests if tests and tests.text.strip() else None

    def _context(self, element: etree._Element) -> Context:
        entries = tuple(self._context_entry(child) for child in xml.children(element, "contextEntry"))
        for entry, child in zip(entries[:-1], xml.children(element, "contextEntry"), strict=False):
            if entry.variable is None:
                self.problem("DMN002", "expected a variable, only the last entry may be the result", child)
        names = [entry.variable.name for entry in entries if entry.variable]
        if len(set(names)) < len(names):
            self.problem("DMN005", "two entries of the context have the same name", element)
        return Context(id=_id(element), line=xml.line(element), type=self._type(element), entries=entries)

    def _context_entry(self, element: etree._Element) -> ContextEntry:
        child = xml.child(element, "variable")
        variable = None if child is None else self._variable(child)
        value = self._expression(element)
        return ContextEntry(id=_id(element), line=xml.line(element), variable=variable, value=value)

    def _invocation(self, element: etree._Element) -> Invocation:
        bindings = tuple(self._binding(child) for child in xml.children(element, "binding"))
        function = self._expression(element)
        place = {"id": _id(element), "type": self._type(element)}
        return Invocation(**place, line=xml.line(element), function=function, bindings=bindings)

    def _binding(self, element: etree._Element) -> Binding:
        child = xml.child(element, "parameter")
        if child is None:
            self.problem("DMN002", "expected <parameter> in <binding>, found none", element)
        parameter = self._variable(element if child is None else child)
        value = self._expression(element)
        return Binding(id=_id(element), line=xml.line(element), parameter=parameter, value=value)

    def _function(self, element: etree._Element) -> FunctionDefinition:
        kind = element.get("kind", "FEEL")
        if kind not in ("FEEL", "Java"):
            self.problem("DMN004", f"expected a function of kind FEEL or Java, found {kind!r}", element)
        return FunctionDefinition(
            id=_id(element),
            line=xml.line(element),
            type=self._type(element),
            kind=kind,
            parameters=tuple(self._variable(child) for child in xml.children(element, "formalParameter")),
            body=self._expression(element),
        )

    def _list(self, element: etree._Element) -> BoxedList:
        items = tuple(self._boxed(child) for child in xml.children(element, *dmn_schema.EXPRESSIONS))
        return BoxedList(id=_id(element), line=xml.line(element), type=self._type(element), items=items)

    def _relation(self, element: etree._Element) -> Relation:
        columns = tuple(self._variable(child) for child in xml.children(element, "column"))
        rows = []
        for child in xml.children(element, "row"):
            rows.append(self._list(child).items)
            if len(rows[-1]) != len(columns):
                self.problem("DMN002", f"expected {len(columns)} cells in the row, found {len(rows[-1])}", child)
        place = {"id": _id(element), "type": self._type(element)}
        return Relation(**place, line=xml.line(element), columns=columns, rows=tuple(rows))

    def _conditional(self, element: etree._Element) -> Conditional:
        return Conditional(
            id=_id(element),
            line=xml.line(element),
            type=self._type(element),
            condition=self._in(element, "if"),
            then=self._in(element, "then"),
            otherwise=self._in(element, "else"),
        )

    def _filter(self, element: etree._Element) -> Filter:
        source, match = self._in(element, "in"), self._in(element, "match")
        place = {"id": _id(element), "type": self._type(element)}
        return Filter(**place, line=xml.line(element), source=source, match=match)

    def _iteration(self, element: etree._Element) -> Iteration:
        kind = xml.local(element)
        source = xml.child(element, "in")
        name = " ".join((element.get("iteratorVariable") or "").split())
        return Iteration(
            id=_id(element),
            line=xml.line(element),
            type=self._type(element),
            kind=kind,
            item=InformationItem(name=name, type="" if source is None else self._type(source)),
            source=self._in(element, "in"),
            body=self._in(element, "return" if kind == "for" else "satisfies"),
        )

    # Decision tables ------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> DecisionTable:
        inputs = tuple(self._input(child) for child in xml.children(element, "input"))
        outputs = tuple(self._output(child) for child in xml.children(element, "output"))
        table = DecisionTable(
            id=_id(element),
            line=xml.line(element),
            type=self._type(element),
            policy=self._policy(element),
            aggregation=self._aggregation(element),
            inputs=inputs,
            outputs=outputs,
            rules=tuple(self._rule(child, len(inputs), len(outputs)) for child in xml.children(element, "rule")),
        )
        self._check_outputs(element, table)
        return table

    def _policy(self, element: etree._Element) -> str:
        policy = element.get("hitPolicy", "UNIQUE")
        if policy not in _POLICIES:
            self.problem("DMN006", f"expected a hit policy of {', '.join(_POLICIES)}, found {policy!r}", element)
        return _POLICIES.get(policy, "U")

    def _aggregation(self, element: etree._Element) -> str:
        aggregation = element.get("aggregation", "")
        if aggregation and aggregation not in _AGGREGATIONS:
            self.problem(
                "DMN006", f"expected an aggregation of {', '.join(_AGGREGATIONS)}, found {aggregation!r}", element
            )
        if aggregation and element.get("hitPolicy") != "COLLECT":
            self.problem("DMN006", "an aggregation needs the hit policy COLLECT", element)
        return aggregation

    def _check_outputs(self, element: etree._Element, table: DecisionTable) -> None:
        names = [output.name for output in table.outputs]
        if not names:
            self.problem("DMN006", "expected at least one output", element)
        if len(names) > 1 and (not all(names) or len(set(names)) < len(names)):
            self.problem("DMN006", "expected a name of its own for each of several outputs", element)
        if len(names) > 1 and table.aggregation:
            self.problem("DMN006", "an aggregation is defined for a single output only (clause 8.2.10)", element)
        if table.policy in "PO" and not any(output.values for output in table.outputs):
            self.problem("DMN006", "expected output values, because their order is the priority", element)

    def _input(self, element: etree._Element) -> InputClause:
        child = xml.child(element, "inputExpression")
        if child is None:
            self.problem("DMN006", "expected <inputExpression> in <input>, found none", element)
        if element.get(f"{{{_CAMUNDA}}}inputVariable"):
            self.problem("DMN004", "camunda:inputVariable is not supported; write `?` for the input's value", element)
        return InputClause(
            id=_id(element),
            line=xml.line(element),
            expression=Literal(text="null") if child is None else self._literal(child),
            values=self._optional_tests(element, "inputValues"),
            label=element.get("label") or "",
        )

    def _output(self, element: etree._Element) -> OutputClause:
        default = xml.child(element, "defaultOutputEntry")
        return OutputClause(
            id=_id(element),
            line=xml.line(element),
            name=" ".join((element.get("name") or "").split()),
            type=self._type(element),
            values=self._optional_tests(element, "outputValues"),
            default=None if default is None else self._literal(default),
            label=element.get("label") or "",
        )

    def _rule(self, element: etree._Element, inputs: int, outputs: int) -> Rule:
        rule = Rule(
            id=_id(element),
            line=xml.line(element),
            inputs=tuple(self._tests(child) for child in xml.children(element, "inputEntry")),
            outputs=tuple(self._literal(child) for child in xml.children(element, "outputEntry")),
            annotations=tuple(xml.text(xml.child(child, "text")) for child in xml.children(element, "annotationEntry")),
            description=xml.text(xml.child(element, "description")),
        )
        if (len(rule.inputs), len(rule.outputs)) != (inputs, outputs):
            found = f"{len(rule.inputs)} input and {len(rule.outputs)} output entries"
            self.problem("DMN006", f"expected {inputs} input and {outputs} output entries, found {found}", element)
        return rule


_TARGETS: Mapping[str, tuple[type, ...]] = {
    "requiredDecision": (Decision,),
    "requiredInput": (InputData,),
    "requiredKnowledge": (KnowledgeModel, DecisionService),
    "outputDecision": (Decision,),
    "encapsulatedDecision": (Decision,),
    "inputDecision": (Decision,),
    "inputData": (InputData,),
}


def _id(element: etree._Element) -> str:
    """The element's id. What has none gets that of the nearest element around it, so that every problem has a place;
    but a rule and an element of the graph are only known by their own.
    """
    while not element.get("id") and xml.local(element) != "rule":
        parent = element.getparent()
        if parent is None or xml.local(parent) == "definitions":
            break
        element = parent
    return element.get("id") or ""


def _text_line(element: etree._Element) -> int:
    """Where the text of a cell or literal stands, so that FEEL's own line numbers can be added to it."""
    text = xml.child(element, "text")
    return xml.line(element if text is None else text)
