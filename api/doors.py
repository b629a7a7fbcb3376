"""What every request passes: who asks, from which site, how often, is this door theirs. Closed by default.

A view without a declared `Access` cannot be registered (`operation` demands it, `install` checks all), so a new route
is either declared or the application does not start.
"""

import hmac
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from marshmallow import ValidationError

from api.fields import Instant
from api.operations import Foresees
from api.problems import CrossSite
from api.rates import Counters
from engine.audit import security
from engine.errors import Forbidden, InvalidInput
from engine.store import Store
from workflows.policy import Access, allows, device_time
from workflows.sessions import Foreseen, Identity, NotSignedIn, Sessions

COOKIE = "duban_session"
CSRF_HEADER = "X-CSRF-Token"
DEVICE_HEADER = "Duban-Device-Time"
"""When something was done, by the device's clock: what waited for a connection was done before it arrives."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Per person, or per address where nobody is signed in, and for each route.
READS, WRITES = "1200 per minute", "240 per minute"

_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
"""For answers that are data: whatever they hold, a browser runs none of it."""
PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""For our own pages. Inline styles are what bpmn-js and Ant Design draw with; scripts come from our files only."""

Doors = Mapping[str, Access]
NOTHING_FORESEEN: Mapping[str, Foresees] = MappingProxyType({})


def install(
    app: Flask, sessions: Sessions, doors: Doors, limits: Mapping[str, str], *, limited: bool,
    foresees: Mapping[str, Foresees] = NOTHING_FORESEEN,
) -> None:  # fmt: skip
    """Guard every route of `app`. `doors`, `limits`, `foresees` map endpoints; `limited` turns the rate limits on."""
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - set(doors)
    if undeclared:
        raise RuntimeError(f"Expected every route to declare its Access, but these do not: {sorted(undeclared)}")

    @app.before_request
    def identify() -> None:
        _expect_no_nul()
        _expect_same_site()
        endpoint = request.endpoint or ""
        if doors.get(endpoint, Access.PUBLIC) is not Access.PUBLIC:
            asks = foresees.get(endpoint)
            g.foreseen = asks(**(request.view_args or {})) if asks else None
            g.identity = _identity(sessions, g.foreseen)

    _install_limiter(app, limits, limited)

    @app.before_request
    def guard() -> None:
        device_time.set(_device_time())
        if request.endpoint is not None:  # otherwise there is no such address, and Flask says so
            _expect_allowed(sessions, doors[request.endpoint])

    app.after_request(_close)


def _device_time() -> int | None:
    told = request.headers.get(DEVICE_HEADER)
    try:
        return None if told is None else Instant().deserialize(told[:40])
    except ValidationError:
        raise InvalidInput(
            f'Expected {DEVICE_HEADER} such as "2026-11-21T08:00:00.000Z", but found {told!r:.60}'
        ) from None


def identity() -> Identity:
    """Who asks; a view behind any Access but PUBLIC always has one."""
    found: Identity | None = g.get("identity")
    if found is None:
        raise NotSignedIn
    return found


def foreseen() -> list[list[Any]]:
    """The rows of what the operation foresaw, read with who asks; empty where it foresaw nothing."""
    found: Foreseen | None = g.get("foreseen")
    return found.rows if found else []


def address() -> str:
    """Where the request comes from, as far as the configured proxies tell."""
    return request.remote_addr or "unknown"


def handed_out(kind: str, store: Store, **detail: object) -> None:
    """Record that data left through this request: an export, a paper, an attachment."""
    with store.transaction() as connection:
        security.record(connection, kind, person=identity().person, address=address(), detail=detail)


def _identity(sessions: Sessions, also: Foreseen | None) -> Identity | None:
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _, token = header.partition(" ")
        found = sessions.by_token(token.strip(), also) if scheme.lower() == "bearer" else None
        if found is None:
            raise NotSignedIn("Expected Authorization: Bearer with a valid access token")
        return found
    cookie = request.cookies.get(COOKIE)
    return sessions.by_session(cookie, also) if cookie else None


def _expect_allowed(sessions: Sessions, access: Access) -> None:
    if access is Access.PUBLIC:
        return
    who = identity()
    if who.csrf is not None and request.method not in _SAFE:
        shown = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(shown.encode(), who.csrf.encode()):
            raise CrossSite
    if not allows(access, who.tokens):
        detail = {"method": request.method, "path": request.path, "needs": access.value}
        sessions.denied(who, address=address(), detail=detail)
        raise Forbidden(f"This needs the permission {access.value!r}, which none of your roles gives")


def _expect_same_site() -> None:
    """A browser says where a request comes from. Signing in has no CSRF token yet, so this is what protects it."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise CrossSite


def _expect_no_nul() -> None:
    """PostgreSQL's text cannot hold U+0000; no address or query of ours has a use for it."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        raise InvalidInput("Expected an address without the character U+0000")


def _install_limiter(app: Flask, limits: Mapping[str, str], enabled: bool) -> None:
    def rate() -> str:
        return limits.get(request.endpoint or "", READS if request.method in _SAFE else WRITES)

    def who() -> str:
        found: Identity | None = g.get("identity")
        return f"person:{found.person}" if found else f"address:{address()}"

    limiter: Callable[..., Any] = Limiter
    limiter(who, app=app, default_limits=[rate], storage_uri=f"{Counters.STORAGE_SCHEME[0]}://", enabled=enabled)


def _close(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", CLOSED_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
