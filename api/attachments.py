"""Attachments: uploading a file to a task or case, downloading it, and its preview."""

import re
from typing import Any

from flask import Response, jsonify, make_response, request, send_file
from marshmallow import ValidationError, fields

from api import doors, views
from api.bodies import StrictParser
from api.cases import seen
from api.context import current
from api.fields import Instant, Schema, choice, text
from api.operations import Operations
from api.requests import task_id
from engine.errors import CaseNotActive, InvalidInput, TaskForbidden
from workflows import attachments as files
from workflows.attachments import Attachment, AttachmentNotFound, Upload
from workflows.duban import Connection
from workflows.policy import Access
from workflows.sessions import Identity

attachments = Operations("attachments", "Photos, clips and documents that belong to a case.")

_FRAME = 64 * 1024
"""What the other fields and the frame of a multipart body may take beside the file."""
_GPS = re.compile(r"(-?\d{1,2}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Gps(fields.Field[tuple[float, float]]):
    """ "lat,lon" in degrees (WGS 84)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> tuple[float, float]:  # noqa: ARG002
        found = _GPS.fullmatch(value) if isinstance(value, str) else None
        place = (float(found[1]), float(found[2])) if found else (91.0, 181.0)
        if abs(place[0]) > 90 or abs(place[1]) > 180:
            raise ValidationError('pattern: expected "lat,lon" in degrees, such as "38.9421,121.5843"')
        return place


class UploadForm(Schema):
    """The fields beside the file; exactly one of `task` and `case`."""

    task = text(80, load_default=None)
    case = text(64, load_default=None)
    role = choice(*files.ROLES, required=True)
    source = choice(*files.SOURCES, required=True)
    captured_at = Instant(load_default=None)
    gps = Gps(load_default=None)
    gps_missing_reason = text(200, load_default=None)
    pair_of = text(64, load_default=None)
    client_id = text(36, shortest=36, required=True)


_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file", "role", "source", "clientId"],
                "properties": {
                    "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                    "task": {"type": "string", "description": "id of a task; or `case`"},
                    "case": {"type": "string", "description": "id of a case; or `task`"},
                    "role": {"type": "string", "enum": list(files.ROLES)},
                    "source": {"type": "string", "enum": list(files.SOURCES)},
                    "capturedAt": {"type": "string", "format": "date-time"},
                    "gps": {"type": "string", "example": "38.9421,121.5843"},
                    "gpsMissingReason": {"type": "string"},
                    "pairOf": {"type": "string", "description": "id of the photo that this one answers"},
                    "clientId": {"type": "string", "format": "uuid", "description": "makes a retry the same upload"},
                },
            }
        }
    },
}


_DOWNLOADS: dict[str, Any] = {
    "200": {"content": {kind: {} for kind in files.TYPES}},
    "206": {"description": "The range asked for", "content": {kind: {} for kind in files.TYPES}},
}


@attachments.operation(
    "POST", "/attachments", Access.WORK, answer=views.AttachmentView, status=201, limit="120 per minute",
    refusals=(400, 404, 409, 413, 415, 422), doc={"requestBody": _BODY},
)  # fmt: skip
def upload() -> Response:
    """Upload a file; the same clientId again gives the same attachment"""
    duban, who = current(), doors.identity()
    request.max_content_length = files.MAX_SIZE + _FRAME
    form = _form()
    with duban.store.reading() as connection:
        case, task = _place(connection, who, form)
    file = request.files["file"]
    lat, lon = form["gps"] or (None, None)
    wanted = Upload(
        case=case, task=task, name=file.filename or "file", role=form["role"], source=form["source"],
        client_id=form["client_id"].lower(), captured_at=form["captured_at"], latitude=lat, longitude=lon,
        gps_missing_reason=form["gps_missing_reason"], pair_of=form["pair_of"],
    )  # fmt: skip
    return _created(duban.attachments.add(file.stream, wanted, by=who.person))


@attachments.operation(
    "GET",
    "/attachments/<id>",
    Access.WORK,
    refusals=(404, 416),
    doc={"responses": _DOWNLOADS},
)
def download(id: str) -> Response:
    """The original, bit for bit, as a download; ranges are answered. That it was read is recorded"""
    found = _visible(id)
    doors.handed_out("attachment_read", current().store, attachment=found.id, case=found.case)
    response = send_file(
        current().attachments.file(found).absolute(), mimetype=found.type, as_attachment=True,
        download_name=found.name, etag=found.sha256, conditional=True,
    )  # fmt: skip
    return _private(response)


@attachments.operation(
    "GET",
    "/attachments/<id>/preview",
    Access.WORK,
    refusals=(404,),
    doc={"responses": {"200": {"content": {"image/jpeg": {}}}}},
)
def preview(id: str) -> Response:
    """The picture drawn anew as a JPEG of at most 1280 pixels, without metadata. That it was seen is recorded"""
    found, duban = _visible(id), current()
    path = duban.attachments.preview(found).absolute()
    if duban.looks.is_new(doors.identity().person, found.id):
        doors.handed_out("attachment_seen", duban.store, attachment=found.id, case=found.case)
    return _private(send_file(path, mimetype="image/jpeg", etag=f"{found.sha256}-preview", conditional=True))


def _form() -> dict[str, Any]:
    if (
        request.mimetype != "multipart/form-data"
        or set(request.files) != {"file"}
        or len(request.files.getlist("file")) != 1
    ):
        raise InvalidInput("Expected multipart/form-data with one part 'file'", {"file": ["required"]})
    form: dict[str, Any] = StrictParser().parse(UploadForm(), request, location="form")
    if not _UUID.fullmatch(form["client_id"]):
        raise InvalidInput("Expected clientId to be a UUID", {"clientId": ["pattern: a UUID"]})
    if (form["task"] is None) == (form["case"] is None):
        raise InvalidInput("Expected either task or case", {"task": ["required: either task or case"]})
    return form


def _place(connection: Connection, who: Identity, form: dict[str, Any]) -> tuple[str, int | None]:
    """Where the file goes. To a task: whoever may work on it; to a case: whoever sees it, while it runs."""
    if form["task"] is not None:
        case, n = task_id(form["task"])
        task = current().desk.task(connection, who, case, n)
        if not current().desk.may_add_files(connection, who, task):
            raise TaskForbidden("Expected a task that you may complete")
        return case, n
    row = seen(connection, form["case"])
    if row.status != "active":
        raise CaseNotActive(f"Expected an active case, but it is {row.status}")
    return row.id, None


def _visible(id: str) -> Attachment:
    with current().store.reading() as connection:
        found = files.get(connection, id)
        seen(connection, found.case)
    if not current().attachments.file(found).is_file():
        raise AttachmentNotFound("Expected the file of this attachment, but it was erased.")
    return found


def _created(added: Attachment) -> Response:
    with current().store.reading() as connection:
        shown = views.attachments(connection, [added])[0]
    response = make_response(jsonify(views.AttachmentView().dump(shown)), 201)
    response.headers["Location"] = shown["url"]
    return response


def _private(response: Response) -> Response:
    """A browser may keep it for the person, but asks each time whether it may still be shown."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
