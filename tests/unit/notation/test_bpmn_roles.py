"""Performers and potential owners of plain BPMN: who does a user task, by expression."""

import pytest

from engine.errors import InvalidModel
from tests.support.diagrams import bundle, escape, ext, flows, run, start, user


def role(kind: str, text: str) -> str:
    said = f"<formalExpression>{escape(text)}</formalExpression>"
    return f"<{kind}><resourceAssignmentExpression>{said}</resourceAssignmentExpression></{kind}>"


def created(*roles: str) -> object:
    sandbox = run(start(), user("a", "".join(roles)), flows("s a"), variables={"unit": "U01", "boss": "p-1"})
    return next(event for event in sandbox.report()["trace"] if event["type"] == "TaskCreated")


@pytest.mark.parametrize("kind", ["humanPerformer", "performer"])
def test_a_performer_is_the_assignee(kind: str) -> None:
    assert created(role(kind, "=boss"))["assignee"] == "p-1"  # type: ignore[index] # an event as JSON


def test_potential_owners_are_candidates_together() -> None:
    owners = role("potentialOwner", '"role:CHIEF@" + unit'), role("potentialOwner", '=["a", "b"]')
    assert created(*owners)["candidates"] == ["role:CHIEF@U01", "a", "b"]  # type: ignore[index] # an event as JSON


REFUSED = {
    "a resource": "<potentialOwner><resourceRef>r</resourceRef></potentialOwner>",
    "a role without a meaning": role("resourceRole", "=boss"),
    "two performers": role("humanPerformer", "=boss") + role("performer", "=boss"),
    "another language": role("potentialOwner", "${boss}"),
    "bad FEEL": role("potentialOwner", "=boss +"),
    "two ways at once": ext('<zeebe:assignmentDefinition assignee="x"/>') + role("potentialOwner", "=boss"),
}


@pytest.mark.parametrize("roles", REFUSED.values(), ids=REFUSED)
def test_what_says_nobody_here_is_refused_at_its_task(roles: str) -> None:
    with pytest.raises(InvalidModel) as refused:
        bundle(start(), user("a", roles), flows("s a"))
    assert {problem.element for problem in refused.value.problems} == {"a"}


def test_a_role_of_another_task_is_refused() -> None:
    with pytest.raises(InvalidModel):
        bundle(start(), f'<task id="a">{role("performer", "=boss")}</task>', flows("s a"))
