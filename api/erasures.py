"""Retention: legal holds, policies, and erasures that two people decide."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marshmallow import fields

from api import doors, views
from api.cases import seen
from api.context import current
from api.eventlogs import SelectionQuery, asker, selected
from api.fields import Data, Instant, Number, Schema, choice, text
from api.operations import Operations
from engine.audit import security
from workflows import erasure, people, retention
from workflows.duban import Connection
from workflows.erasure import Erasure, Proposal
from workflows.policy import Access
from workflows.retention import Policy

noun = Operations("retention", "How long personal data is kept, what must stay, and what is erased by whom.")


class ExtentView(Schema):
    case = fields.String(required=True)
    title = fields.String(required=True)
    values = fields.Integer(required=True, metadata={"description": "personal values that would go"})
    files = fields.Integer(required=True, metadata={"description": "attachments of the case"})
    left = fields.String(required=True, allow_none=True, metadata={"description": "why it would be left alone"})


class Extents(Schema):
    items = fields.List(fields.Nested(ExtentView), required=True)


class NewErasure(SelectionQuery):
    reason = text(1000, shortest=1, required=True)
    files = fields.Boolean(load_default=False, metadata={"description": "attachments go too"})
    view = choice("closed", load_default="closed")


class ErasureView(Schema):
    number = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["PROPOSED", "APPROVED", "REFUSED", "DONE"]})
    reason = fields.String(required=True)
    cases = fields.List(fields.String(), required=True)
    files = fields.Boolean(required=True)
    proposed_by = fields.Nested(views.NamedView, required=True)
    proposed_at = Instant(required=True)
    decided_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
    done_at = Instant(required=True, allow_none=True)
    done = Data(required=True, metadata={"description": "case → what went, or why it was left"})


class ErasureList(Schema):
    items = fields.List(fields.Nested(ErasureView), required=True)


class Decision(Schema):
    approve = fields.Boolean(required=True)


class HoldView(Schema):
    case = fields.String(required=True)
    title = fields.String(required=True)
    reason = fields.String(required=True)
    set_by = fields.Nested(views.NamedView, required=True)
    set_at = Instant(required=True)


class HoldList(Schema):
    items = fields.List(fields.Nested(HoldView), required=True)


class NewHold(Schema):
    reason = text(1000, shortest=1, required=True)


class PolicyView(Schema):
    process = fields.String(required=True)
    grade = fields.String(required=True)
    years = fields.Integer(required=True)


class PolicyList(Schema):
    items = fields.List(fields.Nested(PolicyView), required=True)


class NewPolicy(Schema):
    process = text(200, shortest=1, required=True)
    grade = text(50, load_default="")
    years = Number(required=True, metadata={"description": "0 takes the policy away"})


class DueCases(Schema):
    cases = fields.List(fields.String(), required=True)


# Erasures ------------------------------------------------------------------------------------------------------------


@noun.operation("GET", "/erasures/extent", Access.ERASE, query=SelectionQuery, answer=Extents, refusals=(404,))
def get_erasure_extent(query: Mapping[str, Any]) -> dict[str, Any]:
    """The dry run: what erasing the personal data of these cases would take away"""
    with current().store.reading() as connection:
        return {"items": [asdict(one) for one in erasure.extents(connection, selected(query), asker())]}


@noun.operation("GET", "/erasures", Access.ERASE, answer=ErasureList)
def list_erasures() -> dict[str, Any]:
    """Erasures, the newest first"""
    with current().store.reading() as connection:
        return {"items": _views(connection, erasure.listed(connection))}


@noun.operation(
    "POST", "/erasures", Access.ERASE, body=NewErasure, answer=ErasureView, status=201, refusals=(404,),
    example={"reason": "…", "cases": "2611-0123456789ab"},
)  # fmt: skip
def propose_erasure(body: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Propose to erase the personal data of closed cases; somebody else approves"""
    with current().store.transaction() as connection:
        made = erasure.propose(connection, Proposal(body["reason"], selected(body), body["files"]), asker())
        return _views(connection, [made])[0], 201


@noun.operation(
    "POST", "/erasures/<number>/decision", Access.ERASE, body=Decision, answer=ErasureView, refusals=(404, 409),
    example={"approve": True},
)  # fmt: skip
def decide_erasure(body: Mapping[str, bool], number: str) -> dict[str, Any]:
    """Approve an erasure that somebody else proposed, or refuse it"""
    with current().store.transaction() as connection:
        made = erasure.decide(connection, number, doors.identity().person, approve=body["approve"])
        return _views(connection, [made])[0]


def _views(connection: Connection, found: list[Erasure]) -> list[dict[str, Any]]:
    names = people.names(connection, {one for each in found for one in (each.proposed_by, each.decided_by) if one})
    return [
        {
            **asdict(each), "proposed_by": views.named(each.proposed_by, names),
            "decided_by": views.named(each.decided_by, names),
        }
        for each in found
    ]  # fmt: skip


# Holds ---------------------------------------------------------------------------------------------------------------


@noun.operation("GET", "/holds", Access.AUDIT, answer=HoldList)
def list_holds() -> dict[str, Any]:
    """The cases on legal hold"""
    with current().store.reading() as connection:
        found = retention.all_holds(connection)
        names = people.names(connection, {one.set_by for one in found})
    return {"items": [{**asdict(one), "set_by": views.named(one.set_by, names)} for one in found]}


@noun.operation("PUT", "/holds/<id>", Access.AUDIT, body=NewHold, status=204, refusals=(404,), example={"reason": "…"})
def set_hold(body: Mapping[str, str], id: str) -> None:
    """Put a case on legal hold: nothing of it is erased until the hold is lifted"""
    who = doors.identity()
    with current().store.transaction() as connection:
        seen(connection, id)
        retention.hold(connection, id, body["reason"], who.person)
        told = {"case": id, "reason": body["reason"]}
        security.record(connection, "hold-set", person=who.person, address=doors.address(), detail=told)


@noun.operation("DELETE", "/holds/<id>", Access.AUDIT, status=204, refusals=(404,))
def lift_hold(id: str) -> None:
    """Lift the legal hold of a case"""
    who = doors.identity()
    with current().store.transaction() as connection:
        retention.lift(connection, id)
        security.record(connection, "hold-lifted", person=who.person, address=doors.address(), detail={"case": id})


# Policies ------------------------------------------------------------------------------------------------------------


@noun.operation("GET", "/retention", Access.ERASE, answer=PolicyList)
def list_policies() -> dict[str, Any]:
    """For how many years personal data of closed cases is kept"""
    with current().store.reading() as connection:
        return {"items": [asdict(one) for one in retention.all_policies(connection)]}


@noun.operation(
    "PUT", "/retention", Access.ERASE, body=NewPolicy, status=204, example={"process": "hazard-loop", "years": 5}
)
def set_policy(body: Mapping[str, Any]) -> None:
    """Say for how many years personal data of a process is kept"""
    who = doors.identity()
    with current().store.transaction() as connection:
        retention.set_policy(connection, Policy(**body, set_by=who.person))
        security.record(connection, "retention", person=who.person, address=doors.address(), detail=dict(body))


@noun.operation("GET", "/retention/due", Access.ERASE, answer=DueCases)
def list_due() -> dict[str, Any]:
    """The cases whose time is over by the policies; erasing them is proposed and approved like any other"""
    duban = current()
    with duban.store.reading() as connection:
        return {"cases": retention.due(connection, asker(), duban.now())}
