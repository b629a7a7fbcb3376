"""The built web application: files by their names, and its one page for each address that the browser routes itself."""

from pathlib import Path

from flask import Flask, Response, abort, send_from_directory
from werkzeug.security import safe_join

from api.doors import PAGE_POLICY
from workflows.policy import Access

_NOT_BUILT = "The web application has not been built: run ./dev setup, or npm ci && npm run build in web/."
_OURS = ("api/", "assets/", "health/")
LIMITS = {"page": "12000 per minute", "page_root": "2400 per minute"}
"""Per address: a whole site of people may stand behind one."""


def install(app: Flask, folder: Path) -> dict[str, Access]:
    """Serve `folder`; returns the access of the routes that this adds."""

    def page(path: str = "") -> Response:
        file = safe_join(str(folder), path or "index.html")
        if file and Path(file).is_file():
            return _send(folder, path or "index.html")
        if path.startswith(_OURS):
            abort(404)
        return _send(folder, "index.html")

    def documentation() -> Response:
        return _send(folder, "api-docs.html")

    app.add_url_rule("/", "page_root", page, methods=["GET"])
    app.add_url_rule("/<path:path>", "page", page, methods=["GET"])
    app.add_url_rule("/api/docs", "api_docs", documentation, methods=["GET"])
    return dict.fromkeys(("page_root", "page", "api_docs"), Access.PUBLIC)


def _send(folder: Path, name: str) -> Response:
    if not (folder / name).is_file():
        abort(503, _NOT_BUILT)
    response = send_from_directory(folder.absolute(), name)
    if name.startswith("assets/"):  # their names hold the hash of their content
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
