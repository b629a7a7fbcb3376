"""The Flask application: the API under /api/v1, the health checks, and the pages of the web application."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from api import (
    accounts,
    attachments,
    audit,
    calendars,
    cases,
    checklists,
    context,
    dashboards,
    deliveries,
    diagrams,
    documents,
    doors,
    erasures,
    eventlogs,
    expressions,  # noqa: F401 - routes of the studio
    health,
    metrics,
    migration,  # noqa: F401 - routes of the studio
    notifications,
    operating,
    pages,
    people,
    problems,
    registers,
    releases,
    review,  # noqa: F401 - routes of the studio
    reviews,
    roster,
    search,
    signals,
    studio,
    tasks,
    tracing,
    trying,  # noqa: F401 - routes of the studio
    watch,  # noqa: F401 - routes of the studio
    whatif,  # noqa: F401 - routes of the studio
)
from api.bodies import MAX_JSON
from api.fields import Data, Instant, Problem
from api.operations import Operations
from workflows.duban import Duban
from workflows.policy import Access

PREFIX = "/api/v1"
NOUNS: tuple[Operations, ...] = (
    accounts.session,
    tasks.tasks,
    checklists.checklists,
    cases.cases,
    audit.audit,
    eventlogs.eventlogs,
    reviews.noun,
    erasures.noun,
    search.searching,
    attachments.attachments,
    documents.documents,
    registers.registers,
    dashboards.dashboards,
    signals.messages,
    signals.incidents,
    notifications.notifications,
    deliveries.deliveries,
    operating.operations,
    releases.releases,
    studio.studio,
    diagrams.diagrams,
    calendars.calendars,
    health.health,
    people.people,
    roster.duty,
)


DESCRIBED = {"API_TITLE": "Duban", "API_VERSION": "v1", "OPENAPI_VERSION": "3.1.0"}


@dataclass(frozen=True, slots=True)
class Options:
    """`web`: the folder of the built pages. `proxies`: how many trusted proxies add X-Forwarded headers before us."""

    web: Path = Path(__file__).parent.parent / "web" / "dist"
    proxies: int = 0
    limited: bool = True


class Json(DefaultJSONProvider):
    """Text as it is, and members in their order: the order of a FEEL context is data."""

    ensure_ascii = False
    sort_keys = False


def create_app(duban: Duban, options: Options | None = None) -> Flask:
    """The application for one wired Duban. Refuses to start when a route does not declare who may use it."""
    options = options or Options()
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_JSON, MAX_FORM_PARTS=50, **DESCRIBED)
    app.json = Json(app)
    app.extensions[context.KEY] = duban
    if options.proxies:
        count = options.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask documents it
    tracing.install(app)
    access = _register(app)
    access |= metrics.Metrics(duban).install(app)
    access |= pages.install(app, options.web)
    problems.install(app)
    limits = pages.LIMITS | {endpoint: limit for noun in NOUNS for endpoint, limit in noun.limits.items()}
    foresees = {endpoint: asks for noun in NOUNS for endpoint, asks in noun.foresees.items()}
    doors.install(app, duban.sessions, access, limits, limited=options.limited, foresees=foresees)
    return app


def _register(app: Flask) -> dict[str, Access]:
    _api(app)
    for noun in NOUNS:
        app.register_blueprint(noun.blueprint)
    app.add_url_rule(
        f"{PREFIX}/openapi.json", "openapi", lambda: Response(_document(), mimetype="application/json"), methods=["GET"]
    )
    return {"openapi": Access.PUBLIC} | {endpoint: access for noun in NOUNS for endpoint, access in noun.doors.items()}


@cache
def _document() -> str:
    """The description of the API, the same for every application. Half a second of work: made when first asked for."""
    described = Flask(__name__, static_folder=None)
    described.config.update(DESCRIBED)
    api = _api(described)
    for noun in NOUNS:
        api.register_blueprint(noun.blueprint)
    _describe(api.spec)
    return json.dumps(api.spec.to_dict())


def _api(app: Flask) -> flask_smorest.Api:
    api = flask_smorest.Api()
    api.ERROR_SCHEMA = Problem
    api.DEFAULT_ERROR_RESPONSE_NAME = None
    api.init_app(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name)})
    api.register_field(Instant, "string", "date-time")
    api.register_field(Data, "object", None)
    return api


def _schema_name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("View")


def _describe(spec: Any) -> None:
    if "Problem" not in spec.components.schemas:
        spec.components.schema("Problem", schema=Problem)
    cookie = {"type": "apiKey", "in": "cookie", "name": doors.COOKIE, "description": "set by POST /session"}
    spec.components.security_scheme("session", cookie)
    token = {"type": "http", "scheme": "bearer", "description": "a personal access token of POST /me/tokens"}
    spec.components.security_scheme("accessToken", token)
    spec.options["info"] = {
        "title": "Duban",
        "version": "v1",
        "description": "Supervision processes: tasks, cases, evidence and a history that can be verified.",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
