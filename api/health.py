"""Is the process alive, and can it serve? For load balancers and container platforms; nobody signs in for these."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify
from marshmallow import fields

from api.context import current
from api.fields import Schema
from api.operations import Operations
from workflows.duban import CATCHING_UP
from workflows.policy import Access

health = Operations("health", "Whether the process is alive and ready.", url_prefix="/")


ALARMS = frozenset({"log", "witnesses"})
"""What somebody must look at while work goes on: requests are still worth sending here."""
FINE = frozenset({"ok", CATCHING_UP})


class Health(Schema):
    status = fields.String(required=True, metadata={"example": "ok"})
    checks = fields.Dict(keys=fields.String(), values=fields.String())


def _live() -> dict[str, Any]:
    return {"status": "ok", "checks": {}}


def _ready() -> Response:
    found = current().readiness()
    wrong = {part for part, state in found.items() if state not in FINE}
    status = "ok" if not wrong else "degraded" if wrong <= ALARMS else "unavailable"
    response = jsonify({"status": status, "checks": found})
    response.status_code = 503 if status == "unavailable" else 200
    return response


def _named(name: str, view: Callable[[], Any], summary: str) -> Callable[[], Any]:
    def named() -> Any:
        return view()

    named.__name__, named.__doc__ = name, summary
    return named


# At the root for platforms that know nothing of the API, and below it for proxies that pass on nothing else.
for _name, _prefix in (("", ""), ("api_", "/api/v1")):
    _alive = _named(f"{_name}health_live", _live, "The process runs")
    health.operation("GET", f"{_prefix}/health/live", Access.PUBLIC, answer=Health)(_alive)
    _serving = _named(f"{_name}health_ready", _ready, "Database, worker and files answer; otherwise 503")
    health.operation("GET", f"{_prefix}/health/ready", Access.PUBLIC, answer=Health)(_serving)
