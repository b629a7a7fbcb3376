"""Releases: what is deployed together, with the diagrams of each, and deploying another."""

import re
from pathlib import PurePosixPath
from typing import Any

from flask import Response, jsonify, make_response, request
from marshmallow import fields
from marshmallow.validate import OneOf, Regexp

from api import doors, views
from api.bodies import StrictParser
from api.context import current
from api.fields import Instant, PageQuery, Schema, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from engine.compare import KINDS, compare
from engine.compare.words import as_json
from engine.errors import InvalidInput, ReleaseNotFound
from engine.releases import stored_files
from workflows import people
from workflows.duban import Connection
from workflows.library import Published
from workflows.policy import Access

releases = Operations("releases", "What is deployed together: diagrams, decisions, forms.")

MAX_SIZE = 20 * 1024 * 1024
MAX_FILES = 500
_HASH = re.compile(r"[0-9a-f]{64}")


class ProcessVersion(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)


class ReleaseSummary(Schema):
    hash = fields.String(required=True)
    deployed_at = Instant(required=True)
    deployed_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    note = fields.String(required=True)
    processes = fields.List(fields.Nested(ProcessVersion), required=True)


class FileView(Schema):
    path = fields.String(required=True)
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True)


class ReleaseView(ReleaseSummary):
    files = fields.List(fields.Nested(FileView), required=True)


class ReleaseForm(Schema):
    """The fields beside the files."""

    note = text(1000, load_default="")


class DeployedView(Schema):
    hash = fields.String(required=True)
    processes = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    unchanged = fields.Boolean(required=True, metadata={"description": "identical content was current already"})


class CompareQuery(Schema):
    left = fields.String(
        required=True, validate=Regexp(_HASH), metadata={"description": "the hash of the release before"}
    )
    right = fields.String(required=True, validate=Regexp(_HASH), metadata={"description": "the hash of the one after"})


class Words(Schema):
    """The same in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class PropertyChange(Schema):
    path = fields.String(required=True, metadata={"description": "where it is written, `cell[…]` for a table's cell"})
    title = fields.Nested(Words, required=True)
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)


class PartChange(Schema):
    kind = fields.String(required=True, validate=OneOf(KINDS))
    what = fields.String(required=True, metadata={"description": "the element's tag; column, rule or field"})
    title = fields.Nested(Words, required=True, metadata={"description": "what it is, in words"})
    id = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    within = fields.String(required=True, metadata={"description": "the id of what holds it; empty for the file"})
    moved = fields.Boolean(required=True, metadata={"description": "drawn elsewhere, or in another place of its list"})
    properties = fields.List(fields.Nested(PropertyChange), required=True)


class FileComparison(Schema):
    path = fields.String(required=True)
    was = fields.String(required=True, allow_none=True, metadata={"description": "its path before; null: it is new"})
    kind = fields.String(required=True, validate=OneOf(["added", "removed", "changed"]))
    changes = fields.List(fields.Nested(PartChange), required=True)


class ReleaseComparison(Schema):
    same = fields.Boolean(required=True)
    files = fields.List(fields.Nested(FileComparison), required=True)
    summary = fields.Nested(Words, required=True, metadata={"description": "plain text, to be sent or filed"})


ReleasePage = page_of(ReleaseSummary, "ReleasePage")

_FILES = {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}}
_NOTE = {"type": "string", "maxLength": 1000}
_PARTS = {"type": "object", "required": ["files"], "properties": {"files": _FILES, "note": _NOTE}}
_BODY = {"required": True, "content": {"multipart/form-data": {"schema": _PARTS}}}
_XML: dict[str, Any] = {"responses": {"200": {"content": {"application/xml": {}}}}}


@releases.operation("GET", "/releases", Access.WORK, query=PageQuery, answer=ReleasePage)
def list_releases(query: dict[str, Any]) -> dict[str, Any]:
    """The releases, the newest first"""
    position, limit = cursor_in(query["cursor"], int, str), query["limit"]
    duban = current()
    with duban.store.reading() as connection:
        before = (position[0], position[1]) if position else None
        found = duban.library.releases(connection, limit=limit + 1, before=before)
        items = [_release(connection, one) for one in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return {"items": items, "next": cursor_out([last.deployed_at, last.hash]) if last else None}


@releases.operation(
    "GET", "/releases/compare", Access.COMPARE, query=CompareQuery, answer=ReleaseComparison, refusals=(404,),
    limit="60 per minute",
)  # fmt: skip
def compare_releases(query: dict[str, Any]) -> dict[str, Any]:
    """What one release changes in another: elements, table cells and form fields, with a summary in words"""
    with current().store.reading() as connection:
        left, right = (stored_files(connection, query[side]) for side in ("left", "right"))
    return as_json(compare(left, right))


@releases.operation("GET", "/releases/<hash>", Access.WORK, answer=ReleaseView, refusals=(404,))
def get_release(hash: str) -> dict[str, Any]:
    """One release and the files it holds"""
    duban = current()
    with duban.store.reading() as connection:
        found = _release(connection, duban.library.release(connection, _checked(hash)))
        files = duban.library.files(connection, hash)
    return {**found, "files": [{"path": path, "sha256": sha256, "size": size} for path, sha256, size in files]}


@releases.operation("GET", "/releases/<hash>/diagrams/<process>", Access.WORK, refusals=(404,), doc=_XML)
def get_release_diagram(hash: str, process: str) -> Response:
    """The diagram of a process, byte for byte as it was deployed"""
    duban = current()
    with duban.store.reading() as connection:
        content = duban.library.diagram(connection, _checked(hash), process)
    response = make_response(content)
    response.mimetype = "application/xml"
    response.headers["Content-Disposition"] = "attachment; filename=diagram.bpmn"
    return response


@releases.operation(
    "POST", "/releases", Access.DEPLOY, answer=DeployedView, status=201, refusals=(400, 413, 422),
    doc={"requestBody": _BODY}, limit="30 per minute",
)  # fmt: skip
def deploy_release() -> Response:
    """Deploy diagrams, decisions and forms together; refused as a whole, with every problem found"""
    request.max_content_length, request.max_form_parts = MAX_SIZE, MAX_FILES + 1
    files, form = _files(), StrictParser().parse(ReleaseForm(), request, location="form")
    deployed = current().releases.deploy(files, actor=doors.identity().person, note=form["note"])
    response = make_response(jsonify(DeployedView().dump(deployed)), 201)
    response.headers["Location"] = f"/api/v1/releases/{deployed.hash}"
    return response


def _files() -> dict[str, bytes]:
    unknown = set(request.files) - {"files"}
    if unknown or not request.files:
        fields_ = {name: ["unknown"] for name in unknown} or {"files": ["required"]}
        raise InvalidInput("Expected multipart/form-data with parts 'files' and perhaps 'note'", fields_)
    found: dict[str, bytes] = {}
    for file in request.files.getlist("files"):
        path = PurePosixPath((file.filename or "").replace("\\", "/"))
        if not path.name or path.is_absolute() or ".." in path.parts or str(path) in found or "\0" in str(path):
            message = f"Expected each file to have a relative name of its own, but found {str(path)[:200]!r}"
            raise InvalidInput(message, {"files": ["pattern: a relative path, once"]})
        found[str(path)] = file.stream.read()
    return found


def _checked(hash: str) -> str:
    if not _HASH.fullmatch(hash):
        raise ReleaseNotFound("Expected the hash of a release: 64 hexadecimal digits")
    return hash


def _release(connection: Connection, one: Published) -> dict[str, Any]:
    names = people.names(connection, [one.deployed_by] if one.deployed_by else [])
    return {
        "hash": one.hash, "deployed_at": one.deployed_at, "deployed_by": views.named(one.deployed_by, names),
        "note": one.note,
        "processes": [{"process": id, "name": name, "version": version} for id, name, version in one.processes],
    }  # fmt: skip
