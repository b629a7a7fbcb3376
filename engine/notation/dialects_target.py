"""What a conversion writes: the `zeebe:` elements that a host gains, and the list of what could not be carried."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from lxml import etree

from engine.errors import Problem
from engine.notation import xml
from engine.notation.bpmn_extensions import ZEEBE_NAMESPACE, is_variable
from engine.notation.bpmn_source import MODEL, MOST_PROBLEMS, owner, quoted, shown
from engine.notation.dialects_expressions import Translation, Untranslatable, from_template
from engine.notation.dialects_source import Document, New

EXPRESSION = "DIA001"
CODE = "DIA002"
FORM = "DIA003"
NO_TWIN = "DIA004"
DROPPED = "DIA005"
CHECK = "DIA006"
MODELER = "http://camunda.org/schema/modeler/1.0"
PLATFORM = {"executionPlatform": "Camunda Cloud", "executionPlatformVersion": "8.6.0"}
EXTENSIONS = f"{{{MODEL}}}extensionElements"


@dataclass(slots=True)
class Extension:
    """What one host gains: elements with attributes, headers, inputs and outputs."""

    elements: dict[str, dict[str, str]] = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    outputs: list[tuple[str, str]] = field(default_factory=list)

    def add(self, element: str, **attributes: str | None) -> None:
        """Attributes of a zeebe element; those that are None are left out."""
        given = {name: value for name, value in attributes.items() if value is not None}
        self.elements.setdefault(element, {}).update(given)

    def new(self, prefix: str) -> Iterator[New]:
        for name, attributes in self.elements.items():
            yield New(f"{prefix}:{name}", tuple(attributes.items()))
        if self.headers:
            headers = [New(f"{prefix}:header", (("key", key), ("value", value))) for key, value in self.headers]
            yield New(f"{prefix}:taskHeaders", (), headers)
        if self.inputs or self.outputs:
            yield New(f"{prefix}:ioMapping", (), [*self._mappings(prefix)])

    def _mappings(self, prefix: str) -> Iterator[New]:
        for direction, mappings in (("input", self.inputs), ("output", self.outputs)):
            for source, target in mappings:
                yield New(f"{prefix}:{direction}", (("source", source), ("target", target)))

    def names(self) -> set[str]:
        grown = {"taskHeaders"} if self.headers else set()
        return set(self.elements) | grown | ({"ioMapping"} if self.inputs or self.outputs else set())


@dataclass(slots=True)
class Work:
    """One conversion: the document, what its elements gain, and the findings."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    carried: int = 0
    left_over: int = 0
    _extensions: dict[etree._Element, Extension] = field(default_factory=dict)

    # Findings --------------------------------------------------------------------------------------------------------

    def left(self, rule: str, message: str, element: etree._Element) -> None:
        """Something stays as it was, and somebody must see to it."""
        self.left_over += 1
        self._note(rule, message, element, "error")

    def dropped(self, message: str, element: etree._Element) -> None:
        """Something was removed that means nothing here."""
        self._note(DROPPED, message, element, "warning")

    def check(self, message: str, element: etree._Element) -> None:
        """Something was carried, but a person should look at it."""
        self._note(CHECK, message, element, "warning")

    def _note(self, rule: str, message: str, element: etree._Element, severity: str) -> None:
        if len(self.problems) < 5 * MOST_PROBLEMS:
            place = Problem(rule, message, owner(element), xml.line(element), self.document.file, severity)
            self.problems.append(place)

    # Expressions -----------------------------------------------------------------------------------------------------

    def value(self, text: str, element: etree._Element, what: str) -> str | None:
        """A text with or without `${…}` for a zeebe attribute: `=feel`, or the text.

        None, and a finding, if it has no twin.
        """
        try:
            made = from_template(text)
        except Untranslatable as error:
            self.left(EXPRESSION, f"{what} {shown(text)} was left: {error}", element)
            return None
        if made is None:
            return f"={quoted(text)}" if text.startswith("=") else text
        return f"={self.remarked(made, element)}"

    def remarked(self, made: Translation, element: etree._Element) -> str:
        for remark in made.remarks:
            self.check(f"converted to {shown(made.feel)}: {remark}", element)
        return made.feel

    # What is written -------------------------------------------------------------------------------------------------

    def extension(self, host: etree._Element) -> Extension:
        return self._extensions.setdefault(host, Extension())

    def mapping(self, host: etree._Element, direction: str, source: str, target: str) -> bool:
        """Add an input or output mapping; false if the target cannot be a variable."""
        if not all(is_variable(part) for part in target.split(".")):
            return False
        extension = self.extension(host)
        (extension.inputs if direction == "input" else extension.outputs).append((source or "=null", target))
        return True

    def taken(self, element: etree._Element) -> None:
        """The element was carried: it goes."""
        self.document.remove(element)
        self.carried += 1

    def taken_attribute(self, element: etree._Element, name: str) -> None:
        """The attribute (its name as lxml gives it) was carried: it goes."""
        self.document.remove_attribute(element, name)
        self.carried += 1

    def finish(self) -> None:
        """Write what the hosts gain, and take away what holds nothing any more."""
        growing = {host: extension for host, extension in self._extensions.items() if extension.names()}
        prefixes = _Prefixes(self.document)
        for host, extension in growing.items():
            self._write(host, extension, prefixes.declared(ZEEBE_NAMESPACE, "zeebe"))
        for holder in self.document.elements():
            if holder.tag == EXTENSIONS and holder.getparent() not in growing:
                self.document.prune(holder, comments=True)
        if self.document.changed:
            self._platform(prefixes)

    def _write(self, host: etree._Element, extension: Extension, prefix: str) -> None:
        holder = host.find(EXTENSIONS)
        there = {xml.local(child) for child in _children(holder) if xml.namespace(child) == ZEEBE_NAMESPACE}
        for name in sorted(there & extension.names()):
            self.left(NO_TWIN, f"expected no zeebe:{name} yet, found one; see whether both say the same", host)
        new = [element for element in extension.new(prefix) if element.tag.rpartition(":")[2] not in there]
        if holder is not None:
            self.document.append(holder, new)
            return
        documentation = list(xml.children(host, "documentation"))
        tag = self.document.tag(host).rpartition(":")[0]
        home = New(f"{tag}:extensionElements" if tag else "extensionElements", (), new)
        self.document.insert(host, documentation[-1] if documentation else None, [home])

    def _platform(self, prefixes: "_Prefixes") -> None:
        """Tell Camunda Modeler that the file is for Camunda 8 now; without a word it takes it for Camunda 7."""
        root = self.document.root
        if root.get(f"{{{MODELER}}}executionPlatform") == PLATFORM["executionPlatform"]:
            return
        for name, value in PLATFORM.items():
            if root.get(f"{{{MODELER}}}{name}") is not None:
                self.document.set_attribute(root, f"{{{MODELER}}}{name}", value)
            else:
                prefix = prefixes.declared(MODELER, "modeler")
                self.document.add_attribute(root, f"{prefix}:{name}", value)


@dataclass(slots=True)
class _Prefixes:
    """Prefixes for what is written anywhere in the file: never one that means something else further inside."""

    document: Document
    _chosen: dict[str, str] = field(default_factory=dict)

    def declared(self, home: str, wish: str) -> str:
        """A prefix for the namespace; the root gains a declaration if it has none to use."""
        if home not in self._chosen:
            self._chosen[home] = self._known(home) or self._new(home, wish)
        return self._chosen[home]

    def _known(self, home: str) -> str | None:
        known = (prefix for prefix, uri in self.document.root.nsmap.items() if uri == home and prefix)
        return next((prefix for prefix in known if self.document.namespaces[prefix] == {home}), None)

    def _new(self, home: str, wish: str) -> str:
        free = next(
            name
            for name in chain([wish], (f"{wish}{number}" for number in count(2)))
            if name not in self.document.namespaces
        )
        self.document.namespaces[free] = {home}
        self.document.add_attribute(self.document.root, f"xmlns:{free}", home)
        return free


def _children(holder: etree._Element | None) -> Iterable[etree._Element]:
    return () if holder is None else holder.iterchildren("*")


@dataclass(slots=True)
class Vendor:
    """What other tools' namespaces say on one host: attributes and extension elements, until they are dealt with."""

    work: Work
    host: etree._Element
    namespaces: Mapping[str, str]
    attributes: dict[str, str] = field(default_factory=dict)  # local name → name as lxml gives it
    elements: list[etree._Element] = field(default_factory=list)

    @classmethod
    def of(cls, work: Work, host: etree._Element, namespaces: Mapping[str, str]) -> "Vendor":
        found = cls(work, host, namespaces)
        for name in host.attrib:
            home, _, local = str(name).removeprefix("{").rpartition("}")
            if home in namespaces:
                found.attributes.setdefault(local, str(name))
        holder = host.find(EXTENSIONS)
        found.elements = [child for child in _children(holder) if xml.namespace(child) in namespaces]
        return found

    def get(self, name: str) -> str | None:
        """The value of an attribute that is not dealt with yet."""
        return self.host.get(self.attributes[name]) if name in self.attributes else None

    def carried(self, *names: str) -> None:
        """These attributes are carried, where they are there."""
        self.work.carried += self._remove(names)

    def _remove(self, names: Collection[str]) -> int:
        there = [self.attributes.pop(name) for name in names if name in self.attributes]
        for name in there:
            self.work.document.remove_attribute(self.host, name)
        return len(there)

    def leave(self, rule: str, message: str, *names: str) -> None:
        """These attributes stay in the file, with one finding."""
        for name in names:
            self.attributes.pop(name, None)
        self.work.left(rule, message, self.host)

    def drop(self, reason: str, names: Collection[str]) -> None:
        """Remove those of these attributes that are there, with one finding."""
        there = sorted(set(names) & set(self.attributes))
        if there:
            self._remove(there)
            self.work.dropped(f"{', '.join(there)}: {reason}", self.host)

    def value(self, name: str) -> str | None:
        """The attribute's value for a zeebe attribute; None if it is not there, or was left because it has no twin."""
        text = self.get(name)
        if text is None:
            return None
        made = self.work.value(text, self.host, name)
        if made is None:
            self.attributes.pop(name)
        return made

    def take(self, *names: str) -> list[etree._Element]:
        """The extension elements of these local names, which the caller deals with."""
        found = [element for element in self.elements if xml.local(element) in names]
        self.elements = [element for element in self.elements if xml.local(element) not in names]
        return found

    def rest(self) -> None:
        """Everything that nobody dealt with stays, by name."""
        for local, name in self.attributes.items():
            self.work.left(NO_TWIN, f"{self._prefix(name)}:{local} has no twin; it was left", self.host)
        for element in self.elements:
            written = f"{self._prefix(str(element.tag))}:{xml.local(element)}"
            self.work.left(NO_TWIN, f"{written} has no twin; it was left", element)
        self.attributes.clear()
        self.elements.clear()

    def _prefix(self, name: str) -> str:
        return self.namespaces[name.removeprefix("{").rpartition("}")[0]]
