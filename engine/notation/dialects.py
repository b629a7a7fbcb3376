"""`convert`: a diagram of Camunda 7, Activiti, Flowable or SpiffWorkflow as one of Camunda 8, which the engine reads.

What has a twin is carried; what has none stays in the file, where `read_bpmn` refuses it by name, and is listed: a
converted diagram never does less than it says. Nothing is executed, and every byte that is not converted is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.errors import InvalidModel, Problem
from engine.notation import xml
from engine.notation.bpmn_source import MODEL, SCHEMA
from engine.notation.dialects_camunda import NAMESPACES as CAMUNDA
from engine.notation.dialects_camunda import convert_camunda
from engine.notation.dialects_source import Document
from engine.notation.dialects_spiff import NAMESPACES as SPIFF
from engine.notation.dialects_spiff import convert_spiff
from engine.notation.dialects_target import Work

__all__ = ["DIALECTS", "Converted", "convert"]

DIALECTS: Mapping[str, tuple[Mapping[str, str], Callable[[Work], None]]] = {
    "camunda7": (CAMUNDA, convert_camunda),
    "spiff": (SPIFF, convert_spiff),
}


@dataclass(frozen=True, slots=True)
class Converted:
    """`problems` of severity error were left in the file; warnings were dropped, or should be looked at.

    `left` counts the errors, also those beyond what a list holds.
    """

    data: bytes
    dialects: tuple[str, ...]
    carried: int
    left: int
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was left."""
        return self.left == 0


def convert(data: bytes, *, file: str = "", dialect: str = "auto") -> Converted:
    """The diagram in `data`, converted from `dialect`: camunda7, spiff, or auto (what its namespaces say).

    A file that speaks neither comes back byte for byte. Raises InvalidModel for a file that is not readable XML, or not
    BPMN; nothing else.
    """
    document = Document(data, file)
    if document.root.tag != f"{{{MODEL}}}definitions":
        found = f"{xml.local(document.root)} of {xml.namespace(document.root) or 'no namespace'}"
        message = f"expected the root element definitions of {MODEL}, found {found}"
        raise InvalidModel([Problem(SCHEMA, message, line=xml.line(document.root), file=file)])
    names = tuple(_declared(document)) if dialect == "auto" else (dialect,)
    work = Work(document)
    for name in names:
        DIALECTS[name][1](work)
    work.finish()
    problems = tuple(sorted(work.problems, key=lambda problem: problem.line))
    return Converted(document.result(), names, work.carried, work.left_over, problems)


def _declared(document: Document) -> list[str]:
    declared = frozenset[str]().union(*document.namespaces.values())
    return [name for name, (namespaces, _) in DIALECTS.items() if declared & set(namespaces)]
