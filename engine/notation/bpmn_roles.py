"""Who does a user task, said in plain BPMN (clauses 10.2, 10.3.3): performers and potential owners by expression.

A human performer, or performer, is the assignee; potential owners are candidates. What a `resourceRef` names would be
looked up in a directory that no diagram holds, so it is refused, as is a role without a meaning of its own.
"""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from engine.feel import Expression
from engine.notation import xml
from engine.notation.bpmn_extensions import extension
from engine.notation.bpmn_source import IMPLEMENTATION, Reading

ASSIGNEE, CANDIDATES = ("humanPerformer", "performer"), ("potentialOwner",)
HOSTS = frozenset({"userTask", "globalUserTask"})
ROLES = ("resourceRole", *ASSIGNEE, *CANDIDATES)


def roles(reading: Reading, host: etree._Element) -> dict[str, Any]:
    """`assignee` and `candidate_groups`, as far as a user task says them so. Refuses every other role."""
    found = list(xml.children(host, *ROLES))
    if not found:
        return {}
    if xml.local(host) not in HOSTS:
        _refuse(reading, found)
        return {}
    if extension(host, "assignmentDefinition") is not None:
        reading.refuse(IMPLEMENTATION, "expected zeebe:assignmentDefinition or roles of BPMN, found both", host)
    said = [(role, text) for role in found if (text := _expression(role)) is not None]
    _refuse(reading, [role for role in found if role not in [one for one, _ in said]])
    assignees = [text for role, text in said if xml.local(role) in ASSIGNEE]
    owners = [text for role, text in said if xml.local(role) in CANDIDATES]
    if len(assignees) > 1:
        reading.refuse(IMPLEMENTATION, "expected one performer of a user task, found several", assignees[1])
    made = {"assignee": reading.formal(assignees[0])} if assignees else {}
    return made | ({"candidate_groups": _all(reading, owners)} if owners else {})


def _expression(role: etree._Element) -> etree._Element | None:
    """The formal expression of its `resourceAssignmentExpression`; a plain `resourceRole` says nothing that we know."""
    holder = xml.child(role, "resourceAssignmentExpression") if xml.local(role) != "resourceRole" else None
    return None if holder is None else xml.child(holder, "formalExpression")


def _all(reading: Reading, owners: Sequence[etree._Element]) -> Expression:
    """Each says a name or a list of names; together they are one list."""
    for owner in owners:
        reading.formal(owner)
    texts = [f"({xml.text(owner).strip().removeprefix('=')})" for owner in owners]
    return reading.feel(f"flatten([{', '.join(texts)}])", owners[0])


def _refuse(reading: Reading, found: Sequence[etree._Element]) -> None:
    for role in found:
        reading.feature("resourceRole", role)
