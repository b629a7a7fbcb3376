"""Two versions of the same files: what was added, removed, changed or only moved in the drawing. Pure.

Parts are matched by their ids, files by their paths (a renamed file by the id of its content). The work grows with the
number of parts and properties, never with their product.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from engine.notation.parts import Anatomy, Part, anatomy

Kind = Literal["added", "removed", "changed", "moved"]
ORDER = " (order)"
"""Ends the path of a property that says in which order details come."""
KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "moved")


@dataclass(frozen=True, slots=True)
class Property:
    """One text that differs; None: it is not there. `label` is what the file itself calls it, empty for nothing."""

    path: str
    old: str | None
    new: str | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs. `what` is its tag, or column, rule, field; `within` the id of what holds it.

    moved: drawn elsewhere or otherwise, or among the rules, columns or fields beside it in another place. A part that
    only moved is of the kind "moved"; one that also changed is "changed" and moved.
    """

    kind: Kind
    what: str
    id: str
    names: Mapping[str, str]
    within: str = ""
    moved: bool = False
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs. `was` is its path before, None for an added one; of a file that came or went whole there
    are no `changes`. A renamed file is changed, perhaps without changes inside."""

    path: str
    was: str | None
    kind: Literal["added", "removed", "changed"]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The files that differ in more than white space, by path."""

    files: tuple[FileChange, ...]

    @property
    def same(self) -> bool:
        return not self.files


def compare(left: Mapping[str, bytes], right: Mapping[str, bytes]) -> Comparison:
    """What `right` changes in `left`, both path → content. Raises InvalidModel for a file that cannot be read."""
    pairs = [(path, path) for path in left.keys() & right.keys()]
    gone, come = _read_alone(left, right), _read_alone(right, left)
    renamed = _renamed(gone, come)
    was_renamed = set(renamed.values())
    found = [_file(path, was, left[was], right[path]) for path, was in [*pairs, *renamed.items()]]
    found += [FileChange(path, path, "removed") for path in gone if path not in was_renamed]
    found += [FileChange(path, None, "added") for path in come if path not in renamed]
    return Comparison(tuple(sorted((each for each in found if each), key=lambda each: each.path)))


def _read_alone(files: Mapping[str, bytes], others: Mapping[str, bytes]) -> dict[str, Anatomy]:
    return {path: anatomy(path, files[path]) for path in sorted(files.keys() - others.keys())}


def _renamed(gone: Mapping[str, Anatomy], come: Mapping[str, Anatomy]) -> dict[str, str]:
    """new path → old path, where the content says that it is the same thing."""
    known = {(PurePosixPath(path).suffix, found.root): path for path, found in gone.items() if found.root}
    matches: dict[str, str] = {}
    for path, found in come.items():
        if was := known.pop((PurePosixPath(path).suffix, found.root), None):
            matches[path] = was
    return matches


def _file(path: str, was: str, old: bytes, new: bytes) -> FileChange | None:
    changes = () if old == new else tuple(compare_parts(anatomy(was, old).parts, anatomy(path, new).parts))
    return FileChange(path, was, "changed", changes) if changes or was != path else None


def compare_parts(left: Mapping[str, Part], right: Mapping[str, Part]) -> Iterator[Change]:
    """The parts that differ, in the order of the new file; those that went come last."""
    shifted: set[str] = set()
    for id in right.keys() & left.keys():
        shifted |= _shifted(left[id].sequence, right[id].sequence)
    for id, new in right.items():
        old = left.get(id)
        if old is None:
            yield _whole("added", new)
        elif change := _changed(old, new, id in shifted):
            yield change
    for id, old in left.items():
        if id not in right:
            yield _whole("removed", old)


def _whole(kind: Literal["added", "removed"], part: Part) -> Change:
    come = kind == "added"
    properties = tuple(
        Property(path, None if come else text, text if come else None, part.labels.get(path, ""))
        for path, text in part.properties.items()
        if text
    )
    return Change(kind, part.kind, part.id, part.names, part.within, properties=properties)


def _changed(old: Part, new: Part, shifted: bool) -> Change | None:
    properties = tuple(_properties(old, new))
    moved = shifted or old.drawn != new.drawn
    if not properties and not moved:
        return None
    kind: Kind = "changed" if properties else "moved"
    return Change(kind, new.kind, new.id, new.names or old.names, new.within, moved, properties)


def _properties(old: Part, new: Part) -> Iterator[Property]:
    if old.kind != new.kind:
        yield Property("kind", old.kind, new.kind)
    if old.within != new.within:
        yield Property("within", old.within, new.within)
    for path in dict.fromkeys([*new.properties, *old.properties]):
        before, after = old.properties.get(path), new.properties.get(path)
        if before != after:
            yield Property(path, before, after, new.labels.get(path) or old.labels.get(path, ""))
    for path in sorted(new.orders.keys() & old.orders.keys()):
        if _shifted(old.orders[path], new.orders[path]):
            yield Property(f"{path}{ORDER}", ", ".join(old.orders[path]), ", ".join(new.orders[path]))


def _shifted(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Of the keys in both, the fewest whose moving explains the new order: all but a longest increasing run."""
    if old == new:
        return set()
    place = {key: position for position, key in enumerate(old)}
    common = [key for key in dict.fromkeys(new) if key in place]
    ends: list[int] = []  # the smallest last place of a run of each length
    last: list[str] = []
    before: dict[str, str | None] = {}
    for key in common:
        length = bisect_left(ends, place[key])
        before[key] = last[length - 1] if length else None
        if length == len(ends):
            ends.append(0)
            last.append("")
        ends[length], last[length] = place[key], key
    stays, key_ = set(), last[-1] if last else None
    while key_ is not None:
        stays.add(key_)
        key_ = before[key_]
    return set(common) - stays
