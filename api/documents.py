"""Papers: the register of documents, what became of each, and the A4 page to print."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response
from marshmallow import fields, validate

from api import doors, views
from api.context import current
from api.fields import Data, Instant, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out, expected_version
from api.words import language
from workflows import documents as papers
from workflows import papers as printer
from workflows import people, registry
from workflows.documents import CODES, METHODS, STATES, Document, Note, Signatory
from workflows.duban import Connection
from workflows.policy import Access

documents = Operations("documents", "Papers with gapless numbers: served, received or refused, printed.")


class DocumentSummary(Schema):
    number = fields.String(required=True, metadata={"example": "S03-TG-2026-0007"})
    code = fields.String(required=True, metadata={"enum": [*CODES]})
    name = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": [*STATES]})
    station = fields.Nested(views.NamedView, required=True)
    case = fields.Nested(views.CaseRefView, required=True)
    issued_at = Instant(required=True)
    issued_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    served_to = fields.Nested(views.NamedView, required=True, allow_none=True)
    served_at = Instant(required=True, allow_none=True)
    receipt_at = Instant(required=True, allow_none=True, metadata={"description": "signed for, or refused"})
    voided_at = Instant(required=True, allow_none=True)
    version = fields.Integer(required=True)


class SignatoryView(Schema):
    """Somebody without an account."""

    name = text(60, shortest=1, required=True)
    employer = text(100, load_default="")


class DocumentEventView(Schema):
    note = fields.String(required=True, metadata={"enum": [*STATES]})
    at = Instant(required=True)
    actor = fields.Nested(views.NamedView, required=True, allow_none=True)
    seq = fields.Integer(required=True, metadata={"description": "entry of the register's stream"})
    hash = fields.String(required=True)
    data = Data(required=True)


class DocumentView(DocumentSummary):
    hash = fields.String(required=True)
    method = fields.String(required=True, allow_none=True, metadata={"enum": [*METHODS]})
    reason = fields.String(required=True, allow_none=True)
    receipt_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    template = fields.Integer(required=True)
    title = fields.String(required=True, allow_none=True)
    rows = fields.List(fields.Dict(), required=True, metadata={"description": "label and value, as they are printed"})
    erased = fields.Boolean(required=True)
    notes = fields.List(fields.Nested(DocumentEventView), required=True)
    actions = fields.List(fields.String(), required=True, metadata={"description": "notes that you may make now"})
    pdf = fields.String(required=True)


class DocumentQuery(PageQuery):
    code = choice(*CODES, load_default=None)
    station = text(64, load_default=None)
    state = choice(*STATES, load_default=None)
    served_to = text(80, load_default=None, metadata={"example": "unit:U04"})
    case = text(64, load_default=None)


DocumentPage = page_of(DocumentSummary, "DocumentPage")


class DocumentNote(Schema):
    note = choice("SERVED", "RECEIVED", "REFUSED", "VOID", required=True)
    reason = text(1000, load_default="")
    method = fields.String(load_default="", validate=validate.OneOf(["", *METHODS], error="option"))
    to = text(80, load_default="")
    signatory = fields.Nested(SignatoryView, load_default=None, allow_none=True)
    witness = fields.Nested(SignatoryView, load_default=None, allow_none=True)


@documents.operation("GET", "/documents", Access.WORK, query=DocumentQuery, answer=DocumentPage)
def list_documents(query: dict[str, Any]) -> dict[str, Any]:
    """One page of the papers of the cases that one may see, the newest first"""
    who, limit, position = doors.identity(), query.pop("limit"), cursor_in(query.pop("cursor"), int, str)
    filters = {name: value for name, value in query.items() if value}
    with current().store.reading() as connection:
        before = (position[0], position[1]) if position else None
        found = papers.listed(connection, tokens=who.tokens, filters=filters, before=before, limit=limit + 1)
        shown = found[:limit]
        rows = summaries(connection, shown)
    more = len(found) > limit
    return {"items": rows, "next": cursor_out([shown[-1].issued_at, shown[-1].number]) if more else None}


@documents.operation("GET", "/documents/<number>", Access.WORK, answer=DocumentView, refusals=(404,))
def get_document(number: str) -> Response:
    """One paper: what it says and what became of it"""
    who = doors.identity()
    with current().store.reading() as connection:
        return _shown(connection, papers.seen(connection, number, who.tokens), who.tokens)


@documents.operation(
    "POST",
    "/documents/<number>/notes",
    Access.WORK,
    body=DocumentNote,
    answer=DocumentView,
    versioned=True,
    example={"note": "REFUSED", "reason": "不认可定级", "witness": {"name": "李见", "employer": "集输三队"}},
)
def note_document(body: Mapping[str, Any], number: str) -> Response:
    """Serve it, sign for it, record a refusal with a witness, or declare it void"""
    who, given = doors.identity(), {**body}
    for role in ("signatory", "witness"):
        given[role] = Signatory(**given[role]) if given[role] else None
    with current().store.transaction() as connection:
        noted = papers.note(
            connection, number, Note(**given), actor=who.person, tokens=who.tokens, version=expected_version()
        )  # fmt: skip
        return _shown(connection, noted, who.tokens)


@documents.operation(
    "GET",
    "/documents/<number>/pdf",
    Access.WORK,
    refusals=(404, 409),
    limit="60 per minute",
    doc={"responses": {"200": {"content": {"application/pdf": {}}}}},
)
def print_document(number: str) -> Response:
    """The paper on A4, as a download; that it was handed out is recorded"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        paper = papers.seen(connection, number, who.tokens)
        signing = printer.Signing(lambda hash: duban.releases.bundle(hash, connection), duban.attachments.preview_of)
        printed = printer.read(connection, paper, duban.channels.site, signing)
    response = make_response(printer.draw(printed))
    doors.handed_out("document_read", duban.store, document=number)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    return response


# Rows to views -----------------------------------------------------------------------------------------------------


def summaries(connection: Connection, found: list[Document]) -> list[dict[str, Any]]:
    """Names and titles of all of them are read at once."""
    names = people.called(connection, {id for one in found for id in _mentioned(one)}, language())
    titles = registry.case_titles(connection, {one.case_id for one in found})
    return [_summary(one, names, titles) for one in found]


def _mentioned(one: Document) -> list[str]:
    given = (one.station, one.issued_by, one.served_to, one.receipt_by)
    return [id.rpartition(":")[2] for id in given if id]


def _summary(one: Document, names: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": one.number, "code": one.code, "name": CODES[one.code][language() == "en"], "state": one.state,
        "station": _named(one.station, names), "case": {"id": one.case_id, "title": titles.get(one.case_id, "")},
        "issued_at": one.issued_at, "issued_by": _named(one.issued_by, names),
        "served_to": _named(one.served_to, names), "served_at": one.served_at, "receipt_at": one.receipt_at,
        "voided_at": one.voided_at, "version": one.version,
    }  # fmt: skip


def _named(token: str | None, names: Mapping[str, str]) -> dict[str, str] | None:
    return views.named(token.rpartition(":")[2] if token else None, names)


def _shown(connection: Connection, one: Document, tokens: frozenset[str]) -> Response:
    told = papers.notes(connection, one)
    actors = people.called(connection, {each["actor"] for each in told if each["actor"]}, language())
    names = people.called(connection, set(_mentioned(one)), language())
    view = {
        **summaries(connection, [one])[0], "hash": one.hash, "method": one.method, "reason": one.reason,
        "receipt_by": _named(one.receipt_by, names), "template": one.template,
        "notes": [{**each, "actor": views.named(each["actor"], actors)} for each in told],
        "actions": papers.permitted(one, tokens), "pdf": f"/api/v1/documents/{one.number}/pdf",
        **_said(connection, one),
    }  # fmt: skip
    response = jsonify(DocumentView().dump(view))
    response.headers["ETag"] = f'"{one.version}"'
    return response


def _said(connection: Connection, one: Document) -> dict[str, Any]:
    try:
        printed = printer.read(connection, one)
    except papers.DocumentErased:
        return {"title": None, "rows": [], "erased": True}
    rows = [{"label": label, "value": value} for label, value in printed.rows]
    return {"title": printed.title, "rows": rows, "erased": False}
