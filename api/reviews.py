"""Review work of auditors: samples, notes, conclusions, working papers."""

import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response, send_file
from marshmallow import fields

from api import doors, views
from api import fields as own
from api.context import current
from api.eventlogs import SelectionQuery, asker, selected
from api.fields import Data, Instant, Number, PageQuery, Schema, choice, page_of
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from workflows import people, reviews, working_paper
from workflows.duban import Connection
from workflows.policy import Access
from workflows.reviews import VERDICTS, Noting, Opening, Review

noun = Operations("reviews", "Review work: a population, a sample drawn from it, notes and conclusions.")


class NewAuditReview(SelectionQuery):
    title = own.text(200, shortest=1, required=True)
    size = Number(required=True, metadata={"description": "how many cases to draw"})
    view = choice("closed", load_default="closed")
    by = choice("started", "ended", load_default="ended", metadata={"description": "what the instants bound"})


class AuditReviewSummary(Schema):
    number = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["OPEN", "CLOSED"]})
    verdict = fields.String(required=True, allow_none=True, metadata={"enum": [*VERDICTS, None]})
    opened_at = Instant(required=True)
    opened_by = fields.Nested(views.NamedView, required=True)
    closed_at = Instant(required=True, allow_none=True)
    closed_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    population = fields.Integer(required=True)
    size = fields.Integer(required=True)


AuditReviewPage = page_of(AuditReviewSummary, "AuditReviewPage")


class SampledView(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    verdict = fields.String(required=True, allow_none=True, metadata={"enum": [*VERDICTS, None]})


class AuditNoteView(Schema):
    seq = fields.Integer(required=True, metadata={"description": "entry of the register's stream"})
    at = Instant(required=True)
    person = fields.Nested(views.NamedView, required=True)
    case = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class AuditReviewView(AuditReviewSummary):
    conclusion = fields.String(required=True, allow_none=True)
    selection = Data(required=True)
    seed = fields.String(required=True)
    digest = fields.String(required=True, metadata={"description": "SHA-256 of the population's sorted ids"})
    sample = fields.List(fields.Nested(SampledView), required=True)
    notes = fields.List(fields.Nested(AuditNoteView), required=True)


class NewAuditNote(Schema):
    text = own.text(4000, shortest=1, required=True)
    case = own.text(64, load_default=None, allow_none=True)
    verdict = choice(*VERDICTS, load_default=None, allow_none=True)


class AuditConclusion(Schema):
    text = own.text(4000, shortest=1, required=True)
    verdict = choice(*VERDICTS, required=True)


@noun.operation("GET", "/reviews", Access.AUDIT, query=PageQuery, answer=AuditReviewPage)
def list_audit_reviews(query: Mapping[str, Any]) -> dict[str, Any]:
    """Reviews, the newest first"""
    place = cursor_in(query["cursor"], int, str)
    with current().store.reading() as connection:
        limit = query["limit"]
        found = reviews.listed(connection, before=(place[0], place[1]) if place else None, limit=limit + 1)
        items = [_summary(one, _names(connection, found)) for one in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return {"items": items, "next": cursor_out([last.opened_at, last.number]) if last else None}


@noun.operation(
    "POST", "/reviews", Access.AUDIT, body=NewAuditReview, answer=AuditReviewView, status=201, refusals=(404,),
    example={"title": "Q3", "size": 20, "unit": "U01"},
)  # fmt: skip
def open_audit_review(body: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Draw a random sample of closed cases and open a review of it; the seed is recorded, so anyone can draw again"""
    with current().store.transaction() as connection:
        wanted = Opening(body["title"], selected(body), body["size"])
        return _view(connection, reviews.open_review(connection, wanted, asker())), 201


@noun.operation("GET", "/reviews/<number>", Access.AUDIT, answer=AuditReviewView, refusals=(404,))
def get_audit_review(number: str) -> dict[str, Any]:
    """One review: population, seed, sample, notes"""
    with current().store.reading() as connection:
        return _view(connection, reviews.find(connection, number))


@noun.operation(
    "POST", "/reviews/<number>/notes", Access.AUDIT, body=NewAuditNote, answer=AuditReviewView, status=201,
    refusals=(404, 409), example={"text": "…", "case": "2611-0123456789ab", "verdict": "SOUND"},
)  # fmt: skip
def add_audit_note(body: Mapping[str, Any], number: str) -> tuple[dict[str, Any], int]:
    """Add a note, or with a verdict the conclusion on a case; nothing that was noted ever changes"""
    with current().store.transaction() as connection:
        said = Noting(body["text"], body["case"], body["verdict"])
        reviews.note(connection, number, said, doors.identity().person)
        return _view(connection, reviews.find(connection, number)), 201


@noun.operation(
    "POST", "/reviews/<number>/conclusion", Access.AUDIT, body=AuditConclusion, answer=AuditReviewView,
    refusals=(404, 409), example={"text": "…", "verdict": "SOUND"},
)  # fmt: skip
def conclude_audit_review(body: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Conclude the review, once every case of the sample has a verdict"""
    with current().store.transaction() as connection:
        reviews.conclude(connection, number, body["verdict"], body["text"], doors.identity().person)
        return _view(connection, reviews.find(connection, number))


_PDF: dict[str, Any] = {"responses": {"200": {"content": {"application/pdf": {}}}}}


@noun.operation("GET", "/reviews/<number>/pdf", Access.AUDIT, refusals=(404,), limit="20 per minute", doc=_PDF)
def print_working_paper(number: str) -> Response:
    """The working paper as a PDF"""
    with current().store.reading() as connection:
        paper = working_paper.read(connection, reviews.find(connection, number))
    pdf = io.BytesIO(working_paper.draw(paper))
    response = send_file(pdf, mimetype="application/pdf", as_attachment=True, download_name=f"{number}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _names(connection: Connection, found: list[Review]) -> dict[str, str]:
    return people.names(connection, {one for each in found for one in (each.opened_by, each.closed_by) if one})


def _summary(one: Review, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": one.number, "title": one.title, "state": one.state, "verdict": one.verdict,
        "opened_at": one.opened_at, "opened_by": views.named(one.opened_by, names), "closed_at": one.closed_at,
        "closed_by": views.named(one.closed_by, names), "population": one.population, "size": len(one.sample),
    }  # fmt: skip


def _view(connection: Connection, one: Review) -> dict[str, Any]:
    told = reviews.notes(connection, one.number)
    names = _names(connection, [one]) | people.names(connection, {each.person for each in told})
    return {
        **_summary(one, names), "conclusion": one.conclusion, "selection": dict(one.selection), "seed": one.seed,
        "digest": one.digest, "sample": [asdict(each) for each in reviews.sampled(connection, one)],
        "notes": [
            {**asdict(each), "case": each.case_id, "person": views.named(each.person, names)} for each in told
        ],
    }  # fmt: skip
