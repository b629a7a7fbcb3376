"""`operation`: everything about one route in one place — address, access, schemas, limits, and its page of the OpenAPI.

flask-smorest parses and documents; this module adds what it does not know: our access, our strict parser, our problems.
"""

from collections.abc import Callable, Iterable
from typing import Any

import flask_smorest
import marshmallow as ma

from api import problems
from api.bodies import StrictParser
from workflows.policy import Access
from workflows.sessions import Foreseen

View = Callable[..., Any]

Foresees = Callable[..., Foreseen | None]
"""From the parts of an address to what the view will surely read: sent together with who asks."""

_PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
_IF_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}, "example": '"3"',
    "description": "The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.",
}  # fmt: skip
_IDEMPOTENCY_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False, "schema": {"type": "string", "maxLength": 100},
    "example": "2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11",
    "description": "A new UUID for each action. The same key with the same body gives the first answer again.",
}  # fmt: skip
_CSRF = {
    "in": "header", "name": "X-CSRF-Token", "required": False, "schema": {"type": "string"},
    "description": "With the session's cookie: `csrfToken` of the session. Not needed with an access token.",
}  # fmt: skip
_SECURITY: list[dict[str, list[str]]] = [{"session": []}, {"accessToken": []}]


class Operations:
    """A blueprint for one noun, and the declared access and rate limit of each of its endpoints."""

    def __init__(self, name: str, description: str, url_prefix: str = "/api/v1") -> None:
        self.blueprint = flask_smorest.Blueprint(name, __name__, url_prefix=url_prefix, description=description)
        self.blueprint.ARGUMENTS_PARSER = StrictParser()
        self.doors: dict[str, Access] = {}
        self.limits: dict[str, str] = {}
        self.foresees: dict[str, Foresees] = {}
        self._name = name

    def operation(
        self,
        method: str,
        rule: str,
        access: Access,
        *,
        body: type[ma.Schema] | None = None,
        query: type[ma.Schema] | None = None,
        answer: type[ma.Schema] | None = None,
        status: int = 200,
        example: dict[str, Any] | None = None,
        refusals: Iterable[int] = (),
        versioned: bool = False,
        idempotent: bool = False,
        limit: str | None = None,
        foresees: Foresees | None = None,
        doc: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """Register the decorated view. Its arguments are the path's, then the query, then the body.

        `refusals` are the statuses beyond those that every operation of its kind can answer; `versioned` demands
        If-Match; `foresees` spares a round trip (`doors.foreseen` has its rows); `doc` is merged into the OpenAPI
        operation (multipart bodies, binary answers).
        """

        def register(view: View) -> View:
            blueprint, wrapped = self.blueprint, view
            if body is not None:
                wrapped = blueprint.arguments(body(), location="json", example=example)(wrapped)
            if query is not None:
                wrapped = blueprint.arguments(query(), location="query")(wrapped)
            wrapped = blueprint.response(status, answer)(wrapped)
            for refusal in _refusals(
                method, access, refusals, versioned, checked=body is not None or query is not None
            ):
                wrapped = blueprint.alt_response(refusal, **_problem_doc(refusal))(wrapped)
            security = [] if access is Access.PUBLIC else _SECURITY
            wrapped = blueprint.doc(operationId=_camel(view.__name__), security=security, **(doc or {}))(wrapped)
            _document_headers(wrapped, _headers(method, access, versioned, idempotent))
            blueprint.add_url_rule(rule, view.__name__, wrapped, methods=[method])
            self._declare(view.__name__, access, limit, foresees)
            return view

        return register

    def _declare(self, name: str, access: Access, limit: str | None, foresees: Foresees | None) -> None:
        endpoint = f"{self._name}.{name}"
        self.doors[endpoint] = access
        if limit:
            self.limits[endpoint] = limit
        if foresees:
            self.foresees[endpoint] = foresees


def _headers(method: str, access: Access, versioned: bool, idempotent: bool) -> list[dict[str, Any]]:
    unsafe = method != "GET" and access is not Access.PUBLIC
    chosen = ((versioned, _IF_MATCH), (idempotent, _IDEMPOTENCY_KEY), (unsafe, _CSRF))
    return [dict(parameter) for wanted, parameter in chosen if wanted]


def _refusals(method: str, access: Access, more: Iterable[int], versioned: bool, *, checked: bool) -> list[int]:
    found = {429, 503, *more}
    if access is not Access.PUBLIC:
        found |= {401, 403}
    if checked:
        found |= {422} if method == "GET" else {400, 413, 422}
    if versioned:
        found |= {404, 409, 412, 428}
    return sorted(found)


def _problem_doc(status: int) -> dict[str, Any]:
    answer = problems.typical(status)
    example = {
        "type": f"urn:duban:problem:{answer.type}",
        "title": answer.title,
        "status": status,
        "detail": "What was expected, what came, and what to do.",
    }
    content_type = problems.MEDIA_TYPE
    return {"schema": _PROBLEM_REF, "description": answer.title, "example": example, "content_type": content_type}


def _document_headers(view: View, headers: list[dict[str, Any]]) -> None:
    """Beside the query's parameters; flask-smorest's `doc` would put them in the place of those."""
    if headers:
        documented: dict[str, Any] = view.__dict__["_apidoc"]
        documented.setdefault("arguments", {}).setdefault("parameters", []).extend(headers)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
