"""Errors as RFC 9457 problems: the only place that knows which kind of error has which status.

A problem's `type` is a stable URN that clients switch on; `detail` is for a person; `fields` and `problems` say where.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, InternalServerError

from engine import errors, tracing
from workflows import attachments, sessions

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5
"""Seconds that a client waits after a 503 before it sends the same request again."""

_log = logging.getLogger(__name__)


class NotJson(errors.Rejected):
    """Expected a JSON object as the body."""


class VersionRequired(errors.Rejected):
    """Expected the header If-Match with the version that you saw, such as If-Match: "3"."""


class CrossSite(errors.Forbidden):
    """This request comes from another site, or lacks the header X-CSRF-Token with the session's token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one kind of error is answered."""

    status: int
    type: str
    title: str


# The first line that fits counts, so leaves stand before their kinds.
TABLE: tuple[tuple[type[errors.DubanError], Answer], ...] = (
    (NotJson, Answer(400, "malformed", "The body cannot be read")),
    (sessions.NotSignedIn, Answer(401, "not-signed-in", "Not signed in")),
    (CrossSite, Answer(403, "cross-site", "The request may not come from you")),
    (errors.KeyReused, Answer(422, "key-reused", "The idempotency key belongs to another request")),
    (errors.StaleVersion, Answer(412, "stale-version", "Changed meanwhile")),
    (VersionRequired, Answer(428, "version-required", "The version is missing")),
    (sessions.LockedOut, Answer(429, "locked-out", "Too many failed attempts")),
    (attachments.TooLarge, Answer(413, "too-large", "Too large")),
    (attachments.UnsupportedType, Answer(415, "unsupported-type", "This type of file is not taken in")),
    (attachments.Infected, Answer(422, "infected", "The file was refused")),
    (errors.InvalidModel, Answer(422, "invalid-model", "The model was refused")),
    (errors.InvalidInput, Answer(422, "invalid-input", "The input is not valid")),
    (errors.NotFound, Answer(404, "not-found", "Not found")),
    (errors.Forbidden, Answer(403, "forbidden", "Not allowed")),
    (errors.InvalidState, Answer(409, "invalid-state", "Not possible in the present state")),
    (errors.Conflict, Answer(409, "conflict", "Somebody else was faster")),
    (errors.Rejected, Answer(422, "rejected", "Refused")),
    (errors.Unavailable, Answer(503, "unavailable", "Not available just now")),
)


_HTTP = {
    404: ("not-found", "There is nothing at this address"),
    413: ("too-large", "The body is larger than this address takes in"),
    429: ("too-many-requests", "Too many requests in a short time; wait a minute"),
}

# The example of each status in the OpenAPI, where the table has several.
_TYPICAL = {403: errors.Forbidden, 409: errors.InvalidState, 422: errors.InvalidInput}


def typical(status: int) -> Answer:
    """The most common problem with this status, for the documentation."""
    if status == 429:
        return Answer(429, "too-many-requests", "Too many requests")
    fitting = [(kind, answer) for kind, answer in TABLE if answer.status == status]
    wanted = _TYPICAL.get(status, fitting[0][0] if fitting else None)
    return next((answer for kind, answer in fitting if kind is wanted), Answer(status, "refused", "Refused"))


def install(app: Flask) -> None:
    """Let every error that leaves a view become a problem."""
    app.register_error_handler(errors.Rejected, _of_duban)
    app.register_error_handler(errors.Unavailable, _of_duban)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(InternalServerError, _of_bug)


def _of_duban(error: errors.DubanError) -> Response:
    answer = next(answer for kind, answer in TABLE if isinstance(error, kind))
    if answer.status == 503:
        _log.warning("%s %s: %s", request.method, request.path, error.message)
    return problem(answer, error.message, _members(error), _headers(error, answer))


def _members(error: errors.DubanError) -> dict[str, Any]:
    if isinstance(error, errors.InvalidModel):
        return {"problems": [finding.as_dict() for finding in error.problems]}
    if isinstance(error, errors.InvalidInput) and error.fields:
        return {"fields": error.fields}
    return {}


def _headers(error: errors.DubanError, answer: Answer) -> dict[str, str]:
    if isinstance(error, sessions.LockedOut):
        return {"Retry-After": str(error.retry_after)}
    if answer.status == 503:
        return {"Retry-After": str(RETRY_AFTER)}
    return {"WWW-Authenticate": 'Bearer realm="duban"'} if answer.status == 401 else {}


def _of_http(error: HTTPException) -> Response:
    """What Flask itself refuses: no such address, wrong method, body too large, too many requests."""
    status = error.code or 500
    slug, detail = _HTTP.get(status, (error.name.lower().replace(" ", "-"), error.description or ""))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Content-Range")}
    if status in (429, 503):
        headers["Retry-After"] = str(60 if status == 429 else RETRY_AFTER)
    return problem(Answer(status, slug, error.name), detail, {}, headers)


def _of_bug(error: InternalServerError) -> Response:
    """A fault of ours. Flask has logged it with its traceback; the client learns nothing of the inside."""
    detail = "Something went wrong on the server. Nothing was changed."
    return problem(Answer(error.code, "internal", "Internal error"), detail, {}, {})


def problem(answer: Answer, detail: str, members: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    body = {
        "type": f"urn:duban:problem:{answer.type}",
        "title": answer.title,
        "status": answer.status,
        "detail": detail,
        **members,
        **({"trace": trace} if (trace := tracing.trace_id()) else {}),
    }
    return Response(json.dumps(body), answer.status, dict(headers), mimetype=MEDIA_TYPE)
