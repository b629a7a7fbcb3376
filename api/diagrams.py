"""The library of diagrams: whatever BPMN there is, to look at and to download, with the reasons why it cannot run."""

import re
from io import BytesIO
from typing import Any

from flask import Response, jsonify, make_response, request, send_file
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Instant, PageQuery, Schema, page_of
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from engine.errors import DiagramNotFound, InvalidInput
from engine.notation.xml import DEFAULT_LIMITS
from workflows import people
from workflows.drawings import Drawing
from workflows.duban import Connection
from workflows.policy import Access

diagrams = Operations("diagrams", "A library of diagrams to look at; none of them is deployed.")

_FRAME = 64 * 1024  # of the multipart body around the file
_HASH = re.compile(r"[0-9a-f]{64}")


class LibraryDiagramSummary(Schema):
    sha256 = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "order.bpmn"})
    title = fields.String(required=True)
    tool = fields.String(required=True, metadata={"example": "Camunda Modeler 5.28.0"})
    size = fields.Integer(required=True, metadata={"description": "bytes"})
    runs = fields.Boolean(required=True, metadata={"description": "nothing stood against deploying it"})
    added_at = Instant(required=True)
    added_by = fields.Nested(views.NamedView, required=True, allow_none=True)


class ModelProblem(Schema):
    rule = fields.String(required=True, metadata={"example": "BPMN017"})
    message = fields.String(required=True)
    element = fields.String(required=True, allow_none=True)
    line = fields.Integer(required=True)


class LibraryDiagramView(LibraryDiagramSummary):
    convertible = fields.Boolean(required=True, metadata={"description": "`duban import` reads its dialect"})
    problems = fields.List(fields.Nested(ModelProblem), required=True)
    xml = fields.String(required=True, metadata={"description": "for a viewer; the file itself is at /file"})


LibraryDiagramPage = page_of(LibraryDiagramSummary, "LibraryDiagramPage")

_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
_PARTS = {"type": "object", "required": ["file"], "properties": {"file": _FILE}}
_BODY = {"required": True, "content": {"multipart/form-data": {"schema": _PARTS}}}
_BYTES: dict[str, Any] = {"responses": {"200": {"content": {"application/octet-stream": {}}}}}


@diagrams.operation("GET", "/diagrams", Access.WORK, query=PageQuery, answer=LibraryDiagramPage)
def list_library(query: dict[str, Any]) -> dict[str, Any]:
    """The diagrams of the library, the newest first"""
    position, limit = cursor_in(query["cursor"], int, str), query["limit"]
    duban = current()
    with duban.store.reading() as connection:
        before = (position[0], position[1]) if position else None
        found = duban.drawings.list(connection, limit=limit + 1, before=before)
        items = _summaries(connection, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return {"items": items, "next": cursor_out([last.added_at, last.sha256]) if last else None}


@diagrams.operation("GET", "/diagrams/<sha256>", Access.WORK, answer=LibraryDiagramView, refusals=(404,))
def get_library_diagram(sha256: str) -> dict[str, Any]:
    """A diagram, and why it cannot run: each problem with its element and line"""
    duban = current()
    with duban.store.reading() as connection:
        found = duban.drawings.get(connection, _checked(sha256))
        xml = duban.drawings.text(connection, sha256)
        return _view(connection, found, xml)


@diagrams.operation("GET", "/diagrams/<sha256>/file", Access.WORK, refusals=(404,), doc=_BYTES)
def get_library_file(sha256: str) -> Response:
    """The file, byte for byte as it came, as a download"""
    duban = current()
    with duban.store.reading() as connection:
        found = duban.drawings.get(connection, _checked(sha256))
        content = duban.drawings.content(connection, sha256)
    return send_file(
        BytesIO(content), mimetype="application/octet-stream", as_attachment=True, download_name=found.name,
        etag=sha256,
    )  # fmt: skip


@diagrams.operation(
    "POST", "/diagrams", Access.DEPLOY, answer=LibraryDiagramView, status=201, refusals=(400, 413, 422),
    doc={"requestBody": _BODY}, limit="60 per minute",
)  # fmt: skip
def add_to_library() -> Response:
    """Keep a .bpmn file of any tool; a file that is kept already is judged anew"""
    request.max_content_length = DEFAULT_LIMITS.size + _FRAME
    if set(request.files) != {"file"} or len(request.files.getlist("file")) != 1 or request.form:
        raise InvalidInput("Expected multipart/form-data with one part 'file'", {"file": ["required"]})
    file = request.files["file"]
    duban = current()
    kept = duban.drawings.add(file.stream.read(), file.filename or "", by=doors.identity().person)
    with duban.store.reading() as connection:
        shown = _view(connection, kept, duban.drawings.text(connection, kept.sha256))
    response = make_response(jsonify(LibraryDiagramView().dump(shown)), 201)
    response.headers["Location"] = f"/api/v1/diagrams/{kept.sha256}"
    return response


@diagrams.operation("DELETE", "/diagrams/<sha256>", Access.DEPLOY, status=204, refusals=(404,))
def remove_from_library(sha256: str) -> None:
    """Take a diagram out of the library"""
    current().drawings.remove(_checked(sha256))


def _checked(sha256: str) -> str:
    if not _HASH.fullmatch(sha256):
        raise DiagramNotFound("Expected the hash of a diagram: 64 hexadecimal digits")
    return sha256


def _summaries(connection: Connection, found: list[Drawing]) -> list[dict[str, Any]]:
    names = people.names(connection, [one.added_by for one in found if one.added_by])
    return [
        {
            "sha256": one.sha256, "name": one.name, "title": one.title, "tool": one.tool, "size": one.size,
            "runs": not one.problems, "added_at": one.added_at, "added_by": views.named(one.added_by, names),
        }
        for one in found
    ]  # fmt: skip


def _view(connection: Connection, one: Drawing, xml: str) -> dict[str, Any]:
    (summary,) = _summaries(connection, [one])
    return {**summary, "convertible": one.convertible, "problems": one.problems, "xml": xml}
