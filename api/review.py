"""Review and release of drafts: submitted, approved by a second person, published, undone; comments and receipts."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Instant, Schema, text
from api.releases import DeployedView
from api.requests import expected_version
from api.studio import DraftSaved, StudioDraftView, saved, studio, view
from engine.errors import InvalidModel
from workflows import drafts, people, review
from workflows.drafts import Draft
from workflows.duban import Connection
from workflows.policy import Access, allows


class Submission(Schema):
    note = text(4000, shortest=1, required=True, metadata={"description": "release notes"})
    document = text(200, load_default="", metadata={"description": "number of the approval document"})
    effective_from = Instant(
        load_default=None, allow_none=True, metadata={"description": "when it becomes current; null: once approved"}
    )


class Remark(Schema):
    remark = text(4000, shortest=1, required=True)


class Impact(Schema):
    process = fields.String(required=True)
    release = fields.String(required=True)
    running = fields.Integer(required=True)


class ReviewView(Schema):
    version = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": drafts.STATES})
    note = fields.String(required=True)
    document = fields.String(required=True)
    effective_from = Instant(required=True, allow_none=True)
    submitted_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    submitted_at = Instant(required=True, allow_none=True)
    decided_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
    remark = fields.String(required=True, metadata={"description": "why it was returned"})
    release = fields.String(required=True, allow_none=True, metadata={"description": "hash of what was published"})
    authors = fields.List(fields.Nested(views.NamedView), required=True)
    may_approve = fields.Boolean(required=True, metadata={"description": "whoever has written in it may not"})
    base_current = fields.Boolean(
        required=True, metadata={"description": "false: another release came since; take it in (rebase) first"}
    )
    impact = fields.List(fields.Nested(Impact), required=True, metadata={"description": "running cases by release"})


class Rebased(DraftSaved):
    taken = fields.List(fields.String(), required=True)
    conflicts = fields.List(fields.String(), required=True, metadata={"description": "both changed; left as it was"})


class CommentBody(Schema):
    file = text(200, load_default="")
    element = text(200, load_default="")
    text_ = text(4000, shortest=1, required=True, data_key="text")


class CommentView(Schema):
    id = fields.String(required=True)
    file = fields.String(required=True)
    element = fields.String(required=True)
    text_ = fields.String(required=True, data_key="text", attribute="text")
    by = fields.Nested(views.NamedView, required=True, allow_none=True)
    at = Instant(required=True)
    resolved_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    resolved_at = Instant(required=True, allow_none=True)


class Comments(Schema):
    items = fields.List(fields.Nested(CommentView), required=True)


class RollBack(Schema):
    reason = text(1000, shortest=1, required=True)


class Receipt(Schema):
    person = fields.Nested(views.NamedView, required=True, allow_none=True)
    at = Instant(required=True)


class Receipts(Schema):
    items = fields.List(fields.Nested(Receipt), required=True)


# Review --------------------------------------------------------------------------------------------------------------


@studio.operation("GET", "/drafts/<id>/review", Access.STUDIO, answer=ReviewView, refusals=(404,))
def get_review(id: str) -> dict[str, Any]:
    """Where the draft stands, who may approve it, and how many running cases a release of it would leave behind"""
    with current().store.reading() as connection:
        return _review(connection, drafts.load(connection, id))


@studio.operation(
    "POST", "/drafts/<id>/submit", Access.STUDIO, body=Submission, answer=DraftSaved, versioned=True,
    example={"note": "较大隐患增加第二次复查", "document": "安监〔2026〕12 号"},
)  # fmt: skip
def submit_draft(body: Mapping[str, Any], id: str) -> Response:
    """Give the draft to a second person; refused while it has errors. Its files stay as they are from now on"""
    version, wish = expected_version(), review.Wish(body["note"], body["document"], body["effective_from"])
    with current().store.transaction() as connection:
        return saved(review.submit(connection, id, version, doors.identity().person, wish))


@studio.operation(
    "POST", "/drafts/<id>/return", Access.STUDIO, body=Remark, answer=DraftSaved, versioned=True,
    example={"remark": "缺第二次复查的时限"},
)  # fmt: skip
def return_draft(body: Mapping[str, str], id: str) -> Response:
    """Give a submitted draft back to its authors with the reason, or take one's own back"""
    version = expected_version()
    with current().store.transaction() as connection:
        return saved(review.give_back(connection, id, version, doors.identity().person, body["remark"]))


@studio.operation("POST", "/drafts/<id>/approve", Access.DEPLOY, answer=DraftSaved, versioned=True)
def approve_draft(id: str) -> Response:
    """Agree as a second person: it is published at once, or when it takes effect"""
    version, duban = expected_version(), current()
    with duban.store.transaction() as connection:
        review.approve(connection, id, version, doors.identity().person)
    return saved(duban.publishing.publish(id))


@studio.operation("POST", "/drafts/<id>/rebase", Access.STUDIO, answer=Rebased, versioned=True)
def rebase_draft(id: str) -> dict[str, Any]:
    """Take in what was published since the draft began, file by file; what both changed is left and named"""
    version = expected_version()
    with current().store.transaction() as connection:
        done = review.rebase(connection, id, version, doors.identity().person)
    row = done.draft.row
    return {"version": row.version, "changed_at": row.changed_at, "taken": done.taken, "conflicts": done.conflicts}


def _review(connection: Connection, draft: Draft) -> dict[str, Any]:
    row, who = draft.row, doors.identity()
    written = drafts.authors(connection, row.id)
    names = people.names(connection, {*written, *filter(None, (row.submitted_by, row.decided_by))})
    return {
        "version": row.version, "state": row.state, "note": row.note, "document": row.document,
        "effective_from": row.effective_from, "submitted_by": views.named(row.submitted_by, names),
        "submitted_at": row.submitted_at, "decided_by": views.named(row.decided_by, names),
        "decided_at": row.decided_at, "remark": row.remark, "release": row.release,
        "authors": [views.named(person, names) for person in sorted(written)],
        "may_approve": who.person not in written and allows(Access.DEPLOY, who.tokens),
        "base_current": review.is_current(connection, draft), "impact": _impact(connection, draft),
    }  # fmt: skip


def _impact(connection: Connection, draft: Draft) -> list[dict[str, Any]]:
    try:
        processes = sorted(current().trials.of(connection, draft).processes)
    except InvalidModel:  # a draft that cannot be read has no processes yet
        return []
    rows = review.impact(connection, processes)
    return [{"process": row.process, "release": row.release, "running": row.number} for row in rows]


# Comments ------------------------------------------------------------------------------------------------------------


@studio.operation("GET", "/drafts/<id>/comments", Access.STUDIO, answer=Comments, refusals=(404,))
def list_comments(id: str) -> dict[str, Any]:
    """What was said about elements of the draft, oldest first"""
    with current().store.reading() as connection:
        drafts.load(connection, id)
        return {"items": _comments(connection, id)}


@studio.operation(
    "POST", "/drafts/<id>/comments", Access.STUDIO, body=CommentBody, answer=Comments, status=201,
    refusals=(404, 409), example={"file": "hazard/hazard-loop.bpmn", "element": "Accept", "text": "谁来复查?"},
)  # fmt: skip
def add_comment(body: Mapping[str, str], id: str) -> dict[str, Any]:
    """Say something about an element of the draft"""
    with current().store.transaction() as connection:
        review.comment(connection, id, body["file"], body["element"], body["text_"], doors.identity().person)
        return {"items": _comments(connection, id)}


@studio.operation(
    "POST", "/drafts/<id>/comments/<comment>/resolve", Access.STUDIO, answer=Comments, refusals=(404,)
)  # fmt: skip
def resolve_comment(id: str, comment: str) -> dict[str, Any]:
    """Mark a comment as dealt with"""
    with current().store.transaction() as connection:
        review.resolve(connection, id, comment, doors.identity().person)
        return {"items": _comments(connection, id)}


def _comments(connection: Connection, id: str) -> list[dict[str, Any]]:
    rows = review.comments(connection, id)
    names = people.names(connection, {one for row in rows for one in (row.by, row.resolved_by) if one})
    return [
        {
            "id": row.id, "file": row.file, "element": row.element, "text": row.text,
            "by": views.named(row.by, names), "at": row.at, "resolved_by": views.named(row.resolved_by, names),
            "resolved_at": row.resolved_at,
        }
        for row in rows
    ]  # fmt: skip


# Releases ------------------------------------------------------------------------------------------------------------


@studio.operation(
    "POST", "/releases/<hash>/rollback", Access.DEPLOY, body=RollBack, answer=DeployedView, refusals=(404,),
    example={"reason": "第二次复查暂缓"},
)  # fmt: skip
def roll_back(body: Mapping[str, str], hash: str) -> Any:
    """Make an earlier release current again, as a new version; running cases stay with theirs"""
    return current().publishing.roll_back(hash, body["reason"], doors.identity().person)


@studio.operation("GET", "/releases/<hash>/draft", Access.STUDIO, answer=StudioDraftView, refusals=(404,))
def get_draft_of_release(hash: str) -> dict[str, Any]:
    """The draft that a release was published from last, with who wrote and approved it under /review"""
    with current().store.reading() as connection:
        found = review.published(connection, hash)
        if found is None:
            raise drafts.DraftNotFound("Expected a release that was published from a draft, but this one was not")
        return view(connection, found)


@studio.operation("POST", "/releases/<hash>/receipt", Access.WORK, status=204, refusals=(404,))
def confirm_reading(hash: str) -> Response:
    """Say that one has read and understood a release"""
    with current().store.transaction() as connection:
        review.read_and_understood(connection, hash, doors.identity().person)
    return make_response("", 204)


@studio.operation("GET", "/releases/<hash>/receipts", Access.STUDIO, answer=Receipts)
def list_receipts(hash: str) -> dict[str, Any]:
    """Who has read and understood a release, and when"""
    with current().store.reading() as connection:
        rows = review.receipts(connection, hash)
        names = people.names(connection, {row.person for row in rows})
    return {"items": [{"person": views.named(row.person, names), "at": row.at} for row in rows]}
