"""The studio: drafts of releases, what is wrong with them, and their files."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response
from marshmallow import fields, validate

from api import doors, views
from api.context import current
from api.fields import Instant, PageQuery, Schema, choice, page_of, text
from api.operations import Operations
from api.releases import ReleaseComparison
from api.requests import cursor_in, cursor_out, expected_version
from engine.checking import FIXES, check
from engine.compare import compare
from engine.compare.words import as_json
from engine.errors import InvalidState, Problem
from engine.releases import stored_files
from workflows import drafts, people
from workflows.drafts import Draft
from workflows.duban import Connection
from workflows.policy import Access

studio = Operations("studio", "Drafts of releases: edited, checked, tried, reviewed.", "/api/v1/studio")

HASH = r"[0-9a-f]{64}"
_BINARY: dict[str, Any] = {"responses": {"200": {"content": {"application/zip": {}}}}}


class DraftFile(Schema):
    path = fields.String(required=True)
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True)


class DraftSummary(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    base = fields.String(required=True, allow_none=True, metadata={"description": "hash of the release it began from"})
    version = fields.Integer(required=True, metadata={"description": "for If-Match"})
    state = fields.String(required=True, metadata={"enum": drafts.STATES})
    created_at = Instant(required=True)
    created_by = fields.Nested(views.NamedView, required=True, allow_none=True)
    changed_at = Instant(required=True)
    changed_by = fields.Nested(views.NamedView, required=True, allow_none=True)


class StudioDraftView(DraftSummary):
    files = fields.List(fields.Nested(DraftFile), required=True)


DraftPage = page_of(DraftSummary, "DraftPage")


class NewDraft(Schema):
    name = text(200, shortest=1, required=True)
    source = choice(
        "empty", "release", "folder", load_default="empty",
        metadata={"description": "folder: that of DUBAN_STUDIO_FOLDER"},
    )  # fmt: skip
    release = fields.String(
        load_default="", validate=validate.Regexp(rf"|{HASH}", error="pattern: a release's hash"),
        metadata={"description": "with `release`: its hash"},
    )  # fmt: skip


class DraftName(Schema):
    name = text(200, shortest=1, required=True)


class DraftFileText(Schema):
    path = fields.String(required=True)
    text = fields.String(required=True)
    sha256 = fields.String(required=True)
    version = fields.Integer(required=True)


class FileBody(Schema):
    text = fields.String(required=True, validate=validate.Length(max=1024 * 1024))


class DraftSaved(Schema):
    version = fields.Integer(required=True)
    changed_at = Instant(required=True)


class Revision(Schema):
    n = fields.Integer(required=True)
    at = Instant(required=True)
    by = fields.Nested(views.NamedView, required=True, allow_none=True)
    what = fields.String(
        required=True,
        metadata={"description": "the path that changed; -path: removed, @n: revision n restored, *: all, created"},
    )


class Revisions(Schema):
    items = fields.List(fields.Nested(Revision), required=True)


class ImportBody(FileBody):
    path = text(200, shortest=1, required=True, metadata={"example": "hazard/review.bpmn"})


class DraftProblem(Schema):
    rule = fields.String(required=True)
    severity = fields.String(required=True, metadata={"enum": ["error", "warning"]})
    message = fields.String(required=True)
    element = fields.String(required=True)
    line = fields.Integer(required=True)
    file = fields.String(required=True)


class FixView(Schema):
    """What mends a problem without asking: an attribute or part of the element to set, or with null to take away."""

    property = fields.String(required=True, metadata={"example": "conditionExpression"})
    value = fields.String(required=True, allow_none=True)


class CheckedProblem(DraftProblem):
    fix = fields.Nested(FixView, required=True, allow_none=True)


class Imported(DraftSaved):
    path = fields.String(required=True)
    dialects = fields.List(fields.String(), required=True)
    carried = fields.Integer(required=True)
    left = fields.Integer(required=True, metadata={"description": "what could not be carried; it stands in the file"})
    problems = fields.List(fields.Nested(DraftProblem), required=True)


class Checked(Schema):
    version = fields.Integer(required=True)
    errors = fields.Integer(required=True, metadata={"description": "they refuse a release"})
    warnings = fields.Integer(required=True)
    problems = fields.List(fields.Nested(CheckedProblem), required=True)


class Sides(Schema):
    left = text(64, shortest=1, required=True, metadata={"description": "a release's hash or a draft's id"})
    right = text(64, shortest=1, required=True, metadata={"description": "what to compare it with"})


class FolderPaths(Schema):
    paths = fields.List(fields.String(), required=True)


# Drafts --------------------------------------------------------------------------------------------------------------


@studio.operation("GET", "/drafts", Access.STUDIO, query=PageQuery, answer=DraftPage)
def list_drafts(query: dict[str, Any]) -> dict[str, Any]:
    """The drafts, changed last first"""
    position, limit = cursor_in(query["cursor"], int, str), query["limit"]
    with current().store.reading() as connection:
        found = drafts.listed(connection, limit=limit + 1, before=(position[0], position[1]) if position else None)
        items = [summary(connection, one) for one in found[:limit]]
    last = found[limit - 1].row if len(found) > limit else None
    return {"items": items, "next": cursor_out([last.changed_at, last.id]) if last else None}


@studio.operation(
    "POST", "/drafts", Access.STUDIO, body=NewDraft, answer=StudioDraftView, status=201, refusals=(404, 409),
    limit="60 per minute", example={"name": "第二次复查", "source": "empty"},
)  # fmt: skip
def create_draft(body: Mapping[str, Any]) -> Response:
    """A draft that begins empty, from a release, or from the folder"""
    who, duban = doors.identity().person, current()
    folder = drafts.read_folder(_folder()) if body["source"] == "folder" else {}
    with duban.store.transaction() as connection:
        if body["source"] == "release":
            id = drafts.from_release(connection, body["name"], body["release"], who)
        else:
            id = drafts.create(connection, body["name"], folder, who)
        draft = drafts.load(connection, id)
        response = _tagged(draft, StudioDraftView, view(connection, draft), 201)
    response.headers["Location"] = f"/api/v1/studio/drafts/{id}"
    return response


@studio.operation("GET", "/drafts/<id>", Access.STUDIO, answer=StudioDraftView, refusals=(404,))
def get_draft(id: str) -> Response:
    """One draft and what its files are"""
    with current().store.reading() as connection:
        draft = drafts.load(connection, id)
        return _tagged(draft, StudioDraftView, view(connection, draft))


@studio.operation(
    "PUT", "/drafts/<id>", Access.STUDIO, body=DraftName, answer=DraftSaved, versioned=True,
    example={"name": "第二次复查"},
)  # fmt: skip
def rename_draft(body: Mapping[str, str], id: str) -> Response:
    """Name the draft anew"""
    version = expected_version()
    with current().store.transaction() as connection:
        return saved(drafts.rename(connection, id, version, body["name"], doors.identity().person))


@studio.operation("DELETE", "/drafts/<id>", Access.STUDIO, status=204, versioned=True)
def discard_draft(id: str) -> Response:
    """Delete a draft with its revisions; one that was submitted has to be returned first"""
    version = expected_version()
    with current().store.transaction() as connection:
        drafts.drop(connection, id, version)
    return make_response("", 204)


# Files ---------------------------------------------------------------------------------------------------------------


@studio.operation("GET", "/drafts/<id>/files/<path:path>", Access.STUDIO, answer=DraftFileText, refusals=(404, 409))
def get_draft_file(id: str, path: str) -> Response:
    """The text of a file"""
    with current().store.reading() as connection:
        draft = drafts.load(connection, id)
        data = drafts.content(connection, draft, path)
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidState(f"Expected '{path}' in UTF-8, but it has another encoding; import it again.") from None
    body = {"path": path, "text": said, "sha256": draft.files[path][0], "version": draft.row.version}
    return _tagged(draft, DraftFileText, body)


@studio.operation(
    "PUT", "/drafts/<id>/files/<path:path>", Access.STUDIO, body=FileBody, answer=DraftSaved, versioned=True,
    example={"text": "<?xml …"},
)  # fmt: skip
def put_draft_file(body: Mapping[str, str], id: str, path: str) -> Response:
    """Add or replace a file; the last fifty versions of the draft are kept"""
    version = expected_version()
    with current().store.transaction() as connection:
        return saved(drafts.write(connection, id, version, path, body["text"].encode(), doors.identity().person))


@studio.operation("DELETE", "/drafts/<id>/files/<path:path>", Access.STUDIO, answer=DraftSaved, versioned=True)
def delete_draft_file(id: str, path: str) -> Response:
    """Remove a file from the draft"""
    version = expected_version()
    with current().store.transaction() as connection:
        return saved(drafts.remove(connection, id, version, path, doors.identity().person))


@studio.operation("GET", "/drafts/<id>/revisions", Access.STUDIO, answer=Revisions, refusals=(404,))
def list_draft_revisions(id: str) -> dict[str, Any]:
    """The versions that can be brought back, newest first"""
    with current().store.reading() as connection:
        rows = drafts.revisions(connection, drafts.load(connection, id))
        names = people.names(connection, {row.by for row in rows})
    return {"items": [{"n": row.n, "at": row.at, "by": views.named(row.by, names), "what": row.what} for row in rows]}


@studio.operation("POST", "/drafts/<id>/revisions/<int:n>/restore", Access.STUDIO, answer=DraftSaved, versioned=True)
def restore_draft_revision(id: str, n: int) -> Response:
    """Bring a version back, as a new one"""
    version = expected_version()
    with current().store.transaction() as connection:
        return saved(drafts.restore(connection, id, version, n, doors.identity().person))


@studio.operation(
    "POST", "/drafts/<id>/import", Access.STUDIO, body=ImportBody, answer=Imported, versioned=True,
    example={"path": "review.bpmn", "text": "<?xml …"},
)  # fmt: skip
def import_into_draft(body: Mapping[str, str], id: str) -> Response:
    """Take in a diagram of whatever tool, converted; what could not be carried is listed"""
    version = expected_version()
    with current().store.transaction() as connection:
        data, who = body["text"].encode(), doors.identity().person
        draft, done = drafts.take_in(connection, id, version, body["path"], data, who)
    told: dict[str, Any] = {
        "path": body["path"],
        "dialects": list(done.dialects),
        "carried": done.carried,
        "left": done.left,
    }
    told |= {"problems": [one.as_dict() for one in done.problems]}
    return _tagged(draft, Imported, told | _version(draft))


@studio.operation("GET", "/drafts/<id>/export", Access.STUDIO, refusals=(404,), doc=_BINARY)
def export_draft(id: str) -> Response:
    """All files of the draft as a ZIP"""
    with current().store.reading() as connection:
        draft = drafts.load(connection, id)
        response = make_response(drafts.packed(drafts.everything(connection, draft)))
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f"attachment; filename=draft-{draft.row.id}-{draft.row.version}.zip"
    return response


@studio.operation(
    "POST", "/drafts/<id>/folder/read", Access.STUDIO, answer=DraftSaved, versioned=True, refusals=(409,)
)  # fmt: skip
def read_folder_into_draft(id: str) -> Response:
    """Make the draft what the folder of models holds now"""
    version, files = expected_version(), drafts.read_folder(_folder())
    with current().store.transaction() as connection:
        return saved(drafts.replace(connection, id, version, files, doors.identity().person))


@studio.operation("POST", "/drafts/<id>/folder/write", Access.STUDIO, answer=FolderPaths, refusals=(404, 409))
def write_draft_to_folder(id: str) -> dict[str, Any]:
    """Write the draft into the folder of models; answers with the paths that differed"""
    folder = _folder()
    with current().store.reading() as connection:
        files = drafts.everything(connection, drafts.load(connection, id))
    return {"paths": drafts.write_folder(folder, files)}


# Checking and comparing ----------------------------------------------------------------------------------------------


@studio.operation("POST", "/drafts/<id>/check", Access.STUDIO, answer=Checked, refusals=(404,), limit="120 per minute")
def check_draft(id: str) -> dict[str, Any]:
    """Everything that is wrong, each at its element; errors refuse a release"""
    with current().store.reading() as connection:
        draft = drafts.load(connection, id)
        files = drafts.models(connection, draft)
    problems = [_told(problem) for problem in check(files)]
    errors = sum(1 for one in problems if one["severity"] == "error")
    return {
        "version": draft.row.version, "errors": errors, "warnings": len(problems) - errors, "problems": problems
    }  # fmt: skip


def _told(problem: Problem) -> dict[str, Any]:
    return {**problem.as_dict(), "fix": FIXES.get(problem.rule) if problem.element else None}


@studio.operation(
    "GET", "/compare", Access.STUDIO, query=Sides, answer=ReleaseComparison, refusals=(404,), limit="60 per minute"
)
def compare_drafts(query: Mapping[str, str]) -> dict[str, Any]:
    """What one side changes in the other; each is a release or a draft"""
    with current().store.reading() as connection:
        left, right = (_side(connection, query[side]) for side in ("left", "right"))
    return as_json(compare(left, right))


def _side(connection: Connection, name: str) -> dict[str, bytes]:
    if len(name) == 64:
        return stored_files(connection, name)
    return drafts.models(connection, drafts.load(connection, name))


def _folder() -> Any:
    folder = current().folder
    if folder is None or not folder.is_dir():
        raise InvalidState("Expected a folder of models to be set by DUBAN_STUDIO_FOLDER on the server")
    return folder


# Answers -------------------------------------------------------------------------------------------------------------


def summary(connection: Connection, draft: Draft) -> dict[str, Any]:
    row = draft.row
    names = people.names(connection, {row.created_by, row.changed_by})
    return {
        "id": row.id, "name": row.name, "base": row.base, "version": row.version, "state": row.state,
        "created_at": row.created_at, "created_by": views.named(row.created_by, names),
        "changed_at": row.changed_at, "changed_by": views.named(row.changed_by, names),
    }  # fmt: skip


def _version(draft: Draft) -> dict[str, Any]:
    return {"version": draft.row.version, "changed_at": draft.row.changed_at}


def saved(draft: Draft) -> Response:
    return _tagged(draft, DraftSaved, _version(draft))


def _tagged(draft: Draft, kind: type[Schema], body: Mapping[str, Any], status: int = 200) -> Response:
    response = make_response(jsonify(kind().dump(body)), status)
    response.headers["ETag"] = f'"{draft.row.version}"'
    return response


def view(connection: Connection, draft: Draft) -> dict[str, Any]:
    files = [{"path": path, "sha256": sha256, "size": size} for path, (sha256, size) in sorted(draft.files.items())]
    return {**summary(connection, draft), "files": files}
