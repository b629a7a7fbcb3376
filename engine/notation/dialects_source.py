"""An XML file that is edited in place: every byte that no edit names comes out as it went in.

lxml says what the elements are, expat where they stand; both walk the file in the same order, so the n-th element of
one is the n-th of the other. Serialising the tree would rewrite quotes, white space and entities of the whole file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from engine.errors import InvalidModel, Problem
from engine.notation import xml

MOST_INDENT = 400
"""How far back the begin of a line is looked for: a file may be one line of ten megabytes."""
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TAG_END = re.compile(rb"\s*(/?)>")
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@dataclass(slots=True)
class _Place:
    """Offsets into the file as UTF-8. `inside` is the end of the start tag, `close` the begin of the end tag."""

    start: int
    inside: int
    close: int
    end: int
    empty: bool


@dataclass(frozen=True, slots=True)
class New:
    """An element to be written; `tag` with its prefix."""

    tag: str
    attributes: Sequence[tuple[str, str]] = ()
    children: "Sequence[New]" = ()

    def lines(self, indent: str = "") -> list[str]:
        attributes = "".join(f' {name}="{escaped(value)}"' for name, value in self.attributes)
        if not self.children:
            return [f"{indent}<{self.tag}{attributes} />"]
        inner = [line for child in self.children for line in child.lines(indent + "  ")]
        return [f"{indent}<{self.tag}{attributes}>", *inner, f"{indent}</{self.tag}>"]


def escaped(text: str) -> str:
    """`text` for an attribute in double quotes, or for the text of an element."""
    return "".join(_ESCAPES.get(character, character) for character in text)


@dataclass(slots=True)
class Document:
    """The elements of a file and the edits to be made. Raises InvalidModel for a file that `xml.read` refuses."""

    data: bytes
    file: str = ""
    root: etree._Element = field(init=False)
    namespaces: dict[str, set[str]] = field(init=False, default_factory=dict)
    """Prefix, as declared anywhere in the file ("": the default) → what it stands for."""
    _encoding: str = field(init=False, default="utf-8")
    _bom: bytes = field(init=False, default=b"")
    _bytes: bytes = field(init=False)
    _places: dict[etree._Element, _Place] = field(init=False)
    _edits: list[tuple[int, int, bytes]] = field(init=False, default_factory=list)
    _gone: set[etree._Element] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.root = xml.read(self.data, file=self.file)
        self._bytes = self._as_utf8()
        # The elements themselves are the keys: lxml forgets an element that nobody holds, and makes another one later.
        self._places = dict(zip(self.root.iter("*"), _places(self._bytes, self.namespaces), strict=True))

    def _as_utf8(self) -> bytes:
        for bom, encoding in _BOMS:
            if self.data.startswith(bom):
                self._bom, self._encoding = bom, encoding
        declared = _DECLARED.match(self.data)
        if not self._bom and declared:
            named = declared[1].decode("ascii")
            self._encoding = xml.WIDE.get(named.lower(), named)
        elif not self._bom and b"\0" in self.data[:2]:
            self._encoding = "utf-16-le" if self.data[1:2] == b"\0" else "utf-16-be"
        if self._encoding.lower() in ("utf-8", "utf8"):
            return self.data
        try:
            return self.data[len(self._bom) :].decode(self._encoding).encode()
        except (LookupError, UnicodeError) as error:
            message = f"expected text in the encoding {self._encoding}: {error}"
            raise InvalidModel([Problem(xml.RULE, message, line=1, file=self.file)]) from error

    @property
    def changed(self) -> bool:
        return bool(self._edits)

    def elements(self) -> Iterable[etree._Element]:
        """Every element, in the order of the file, whatever edits were made."""
        return self._places

    # Edits -----------------------------------------------------------------------------------------------------------

    def remove_attribute(self, element: etree._Element, name: str) -> None:
        """`name` as lxml gives it, `{namespace}local`."""
        begin, end, _ = self._attribute(element, name)
        self._edits.append((begin, end, b""))

    def set_attribute(self, element: etree._Element, name: str, value: str) -> None:
        """Change the attribute, which must be there."""
        _, end, begin = self._attribute(element, name)
        self._edits.append((begin, end, f'"{escaped(value)}"'.encode()))

    def add_attribute(self, element: etree._Element, written: str, value: str) -> None:
        """Add an attribute behind the others; `written` with its prefix, as in the file."""
        place = self._places[element]
        tag = self._bytes[place.start : place.inside]
        end = place.start + len(tag.rstrip(b">").rstrip(b"/").rstrip())
        self._edits.append((end, end, f' {written}="{escaped(value)}"'.encode()))

    def set_text(self, element: etree._Element, text: str) -> None:
        """Replace all that is inside an element by text."""
        place = self._places[element]
        self._edits.append((place.inside, place.close, escaped(text).replace("&quot;", '"').encode()))

    def remove(self, element: etree._Element) -> None:
        """Remove an element; the line too, if nothing else stands on it."""
        place = self._places[element]
        self._gone.add(element)
        self._edits.append((self._line_start(place.start), place.end, b""))

    def is_gone(self, element: etree._Element) -> bool:
        return element in self._gone

    def prune(self, element: etree._Element, *, comments: bool = False) -> None:
        """Remove an element that held other elements, if all of them are gone; with `comments`, if it has none."""
        children = list(element.iterchildren("*"))
        if element in self._gone or not children or not all(child in self._gone for child in children):
            return
        place = self._places[element]
        ends = [place.inside, *(self._places[child].end for child in children)]
        begins = [*(self._places[child].start for child in children), place.close]
        left = b"".join(self._bytes[end:begin] for end, begin in zip(ends, begins, strict=True))
        if not comments or not left.strip():
            self.remove(element)

    def append(self, holder: etree._Element, new: Sequence[New]) -> None:
        """Add elements at the end of `holder`."""
        place = self._places[holder]
        last = max((self._places[child].end for child in holder.iterchildren("*")), default=place.inside)
        self._insert(holder, last, new)

    def insert(self, holder: etree._Element, after: etree._Element | None, new: Sequence[New]) -> None:
        """Add elements to `holder` behind its child `after`, or before everything else in it."""
        self._insert(holder, self._places[holder].inside if after is None else self._places[after].end, new)

    def tag(self, element: etree._Element) -> str:
        """The tag with its prefix, as written."""
        prefix = element.prefix
        return f"{prefix}:{xml.local(element)}" if prefix else xml.local(element)

    def result(self) -> bytes:
        """The file with all edits. An edit inside something that is removed does not count."""
        if not self._edits:
            return self.data
        parts: list[bytes] = []
        position = 0
        # At the same place an insertion follows a removal that ends there and precedes one that begins there.
        for begin, end, text in sorted(self._edits, key=lambda edit: (edit[0], edit[1] > edit[0])):
            if begin < position:
                continue
            parts += [self._bytes[position:begin], text]
            position = end
        return self._encoded(b"".join([*parts, self._bytes[position:]]))

    def _encoded(self, done: bytes) -> bytes:
        if self._encoding.lower() in ("utf-8", "utf8"):
            return done
        return self._bom + done.decode().encode(self._encoding, "xmlcharrefreplace")

    # Inside ----------------------------------------------------------------------------------------------------------

    def _attribute(self, element: etree._Element, name: str) -> tuple[int, int, int]:
        """Begin (with the space before it), end, and begin of the value with its quotes."""
        home, _, local = name.removeprefix("{").rpartition("}")
        found = [match for match in self._attributes(element) if match[1].decode().rpartition(":")[2] == local]
        if len(found) > 1:  # asking lxml for the namespaces of every element would take long
            known = element.nsmap
            prefixes = (match[1].decode().rpartition(":")[0] for match in found)
            found = [
                match for match, prefix in zip(found, prefixes, strict=True) if home == known.get(prefix or " ", "")
            ]
        return found[0].start(), found[0].end(), found[0].start(2)

    def _attributes(self, element: etree._Element) -> Iterator[re.Match[bytes]]:
        place = self._places[element]
        position = place.start + len(self.tag(element).encode()) + 1
        while match := _ATTRIBUTE.match(self._bytes, position, place.inside):
            yield match
            position = match.end()

    def _insert(self, holder: etree._Element, position: int, new: Sequence[New]) -> None:
        place = self._places[holder]
        outer = self._indent(place.start)
        if outer is None:
            text = "".join(line.strip() for element in new for line in element.lines())
        else:
            newline = "\r\n" if b"\r\n" in self._bytes[:2000] else "\n"
            text = "".join(f"{newline}{line}" for element in new for line in element.lines(f"{outer}  "))
            rest = self._bytes[position : place.close]
            if place.empty or not (b"\n" in rest or rest.strip()):  # the end tag would stand right behind
                text += f"{newline}{outer}"
        if place.empty:
            slash = self._bytes.rindex(b"/", place.start, place.inside)
            self._edits.append((slash, place.inside, f">{text}</{self.tag(holder)}>".encode()))
        else:
            self._edits.append((position, position, text.encode()))

    def _indent(self, position: int) -> str | None:
        """The white space before `position`, if nothing else stands before it on its line."""
        begin = self._bytes.rfind(b"\n", max(0, position - MOST_INDENT), position) + 1
        before = self._bytes[begin:position]
        return before.decode() if begin and not before.strip(b" \t") else None

    def _line_start(self, position: int) -> int:
        if self._indent(position) is None:
            return position
        newline = self._bytes.rfind(b"\n", max(0, position - MOST_INDENT), position)
        return newline - 1 if self._bytes[newline - 1 : newline] == b"\r" else newline


def _places(data: bytes, namespaces: dict[str, set[str]]) -> list[_Place]:
    """Where each element stands, in the order of the start tags; the declarations of prefixes go into `namespaces`.

    `data` was read before, so it is well-formed.
    """
    scanner = expat.ParserCreate("utf-8")
    found: list[_Place] = []
    open_: list[_Place] = []

    def start(_name: str, attributes: list[str]) -> None:
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name == "xmlns" or name.startswith("xmlns:"):
                namespaces.setdefault(name[6:], set()).add(value)
        begin = scanner.CurrentByteIndex
        inside, empty = _tag_end(data, begin)
        place = _Place(begin, inside, inside, inside, empty)
        found.append(place)
        open_.append(place)

    def end(_name: str) -> None:
        place = open_.pop()
        if not place.empty:
            place.close = scanner.CurrentByteIndex
            place.end = data.index(b">", place.close) + 1

    scanner.ordered_attributes = True
    scanner.StartElementHandler = start
    scanner.EndElementHandler = end
    scanner.Parse(data, True)
    return found


def _tag_end(data: bytes, begin: int) -> tuple[int, bool]:
    """Where the start tag at `begin` ends, and whether it is an element without content."""
    name = re.compile(rb"<[^\s/>]+").match(data, begin)
    assert name is not None
    position = name.end()
    while match := _ATTRIBUTE.match(data, position):
        position = match.end()
    closing = _TAG_END.match(data, position)
    assert closing is not None
    return closing.end(), bool(closing[1])
