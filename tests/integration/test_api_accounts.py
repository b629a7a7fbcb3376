"""Signing in and out, one's own account, health, and the pages."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from api.app import Options, create_app
from engine.store import meta
from tests.conftest import SimulatedClock
from tests.integration.company import PASSWORD, Client, Company
from workflows.duban import DEMO, Settings


def sign_in(company: Company, username: str = "chief", password: str = PASSWORD) -> tuple[int, object]:
    answer = company.app.test_client().post("/api/v1/session", json={"username": username, "password": password})
    return answer.status_code, answer.json


def test_a_session_tells_who_one_is_and_what_one_may(company: Company) -> None:
    found = company.owner.get("/session")
    assert found["person"] == {
        "id": "p-owner",
        "username": "owner",
        "name": "owner姓名",
        "language": "zh-CN",
        "unit": {"id": "oil", "name": "oil单位", "nameEn": "Unit oil"},
        "roles": [{"role": "PROCESS_OWNER", "name": "流程负责人", "nameEn": "Process owner", "unit": "oil"}],
        "permissions": [
            "cases.start", "cases.operate", "incidents.retry", "messages.send", "releases.deploy", "releases.compare",
            "studio.edit", "events.export", "calendars.publish", "substitutions.manage",
        ],
    }  # fmt: skip
    assert found["csrfToken"] == company.owner.csrf
    assert found["demo"] is False


def test_signing_in_again_replaces_the_session(company: Company) -> None:
    client = company.chief
    before = client.http.get_cookie("duban_session")
    client.http.post("/api/v1/session", json={"username": "chief", "password": PASSWORD})
    after = client.http.get_cookie("duban_session")
    assert before and after and before.value != after.value
    stolen = company.app.test_client()
    stolen.set_cookie("duban_session", before.value)
    assert stolen.get("/api/v1/session").status_code == 401


def test_signing_out_ends_the_session_on_the_server(company: Company) -> None:
    client = Client(company.app, "chief")
    cookie = client.http.get_cookie("duban_session")
    assert client.send("DELETE", "/session").status_code == 204
    assert cookie
    again = company.app.test_client()
    again.set_cookie("duban_session", cookie.value)
    assert again.get("/api/v1/session").status_code == 401


def test_a_wrong_password_is_refused_and_in_the_end_locked_out(company: Company, clock: SimulatedClock) -> None:
    for _ in range(5):
        assert sign_in(company, "inspector", "wrong")[0] == 401
    answer = company.app.test_client().post("/api/v1/session", json={"username": "inspector", "password": PASSWORD})
    assert (answer.status_code, answer.json["type"]) == (429, "urn:duban:problem:locked-out")
    assert answer.headers["Retry-After"] == "60"
    clock.advance(timedelta(seconds=61))
    assert sign_in(company, "inspector")[0] == 200


def test_a_session_does_not_outlive_its_limits(company: Company, clock: SimulatedClock) -> None:
    client = Client(company.app, "chief")
    clock.advance(timedelta(minutes=31))
    assert client.send("GET", "/session").status_code == 401


def test_the_language_is_kept(company: Company) -> None:
    assert company.chief.send("PATCH", "/me", json={"language": "en"}).json["language"] == "en"
    assert company.chief.get("/session")["person"]["language"] == "en"


def test_changing_the_password_needs_the_present_one(company: Company) -> None:
    wrong = company.chief.post("/me/password", {"current": "wrong", "new": "another password"})
    assert (wrong.status_code, list(wrong.json["fields"])) == (422, ["current"])
    weak = company.chief.post("/me/password", {"current": PASSWORD, "new": "short"})
    assert (weak.status_code, list(weak.json["fields"])) == (422, ["new"])
    assert company.chief.post("/me/password", {"current": PASSWORD, "new": "another password"}).status_code == 204
    assert sign_in(company)[0] == 401
    assert sign_in(company, password="another password")[0] == 200


def test_access_tokens_are_shown_once_listed_and_revoked(company: Company) -> None:
    made = company.chief.post("/me/tokens", {"name": "导出", "expiresInDays": 30}).json
    headers = {"Authorization": f"Bearer {made['token']}"}
    client = company.app.test_client()
    assert client.get("/api/v1/session", headers=headers).json["person"]["id"] == "p-chief"
    listed = company.chief.get("/me/tokens")["items"]
    assert [one["id"] for one in listed] == [made["id"]] and "token" not in listed[0]
    assert company.inspector.send("DELETE", f"/me/tokens/{made['id']}").status_code == 404
    assert company.chief.send("DELETE", f"/me/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/session", headers=headers).status_code == 401


def test_an_access_token_makes_no_other_and_changes_no_password(company: Company) -> None:
    made = company.chief.post("/me/tokens", {"name": "x", "expiresInDays": 1}).json
    headers = {"Authorization": f"Bearer {made['token']}"}
    client = company.app.test_client()
    body = {"name": "y", "expiresInDays": 365}
    assert client.post("/api/v1/me/tokens", json=body, headers=headers).status_code == 403
    change = {"current": PASSWORD, "new": "another password"}
    assert client.post("/api/v1/me/password", json=change, headers=headers).status_code == 403
    assert client.delete(f"/api/v1/me/tokens/{made['id']}", headers=headers).status_code == 403


def test_demo_accounts_are_told_in_a_demonstration_only(company: Company) -> None:
    client = company.app.test_client()
    assert client.get("/api/v1/config").json["demoAccounts"] == []
    account = {"username": "chief", "password": PASSWORD, "name": "陈刚", "title": "站长"}
    with company.duban.store.transaction() as connection:
        connection.execute(meta.insert().values(key=DEMO, value=json.dumps([{**account, "title_en": "Chief"}])))
    found = client.get("/api/v1/config").json
    assert (found["demo"], found["demoAccounts"]) == (True, [{**account, "titleEn": "Chief"}])


def test_health_tells_what_is_wrong(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    client = company.app.test_client()
    assert client.get("/health/live").json["status"] == "ok"
    ready = client.get("/api/v1/health/ready")
    assert ready.status_code == (200 if company.duban.store.is_sqlite else 503)  # on PostgreSQL no worker is alive here
    assert ready.json["checks"]["database"] == "ok"
    monkeypatch.setattr(company.duban, "readiness", lambda: {"database": "unavailable"})
    broken = client.get("/health/ready")
    assert (broken.status_code, broken.json["status"]) == (503, "unavailable")


@pytest.fixture
def pages(small: Company, tmp_path: Path) -> Company:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<title>督办</title>", encoding="utf-8")
    (tmp_path / "dist" / "api-docs.html").write_text("<title>API</title>", encoding="utf-8")
    (tmp_path / "dist" / "assets" / "index-abc123.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    small.app = create_app(small.duban, Options(web=tmp_path / "dist", limited=False))
    return small


@pytest.mark.parametrize("path", ["/", "/cases", "/tasks/2611-abc:1", "/sign-in"])
def test_addresses_of_the_application_get_its_page(pages: Company, path: str) -> None:
    answer = pages.app.test_client().get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_good(pages: Company) -> None:
    answer = pages.app.test_client().get("/assets/index-abc123.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype in ("text/javascript", "application/javascript")


@pytest.mark.parametrize("path", ["/assets/none.js", "/api/v2/tasks", "/health/none"])
def test_what_is_no_page_is_not_found(pages: Company, path: str) -> None:
    assert pages.app.test_client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/.//secret.txt"]
)
def test_nothing_outside_the_folder_is_served(pages: Company, path: str) -> None:
    assert b"secret" not in pages.app.test_client().get(path).data


def test_the_documentation_is_a_page_of_our_own(pages: Company) -> None:
    assert "API" in pages.app.test_client().get("/api/docs").text


def test_settings_come_from_the_environment_and_secrets_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "database"
    secret.write_text("postgresql+psycopg://duban:pw@db/duban\n", encoding="utf-8")
    assert Settings.of({}).database == "sqlite:///var/duban.db"
    assert Settings.of({"DUBAN_HOME": "/data"}).database == "sqlite:////data/duban.db"
    assert Settings.of({"DUBAN_DATABASE": "sqlite:///x.db"}).database == "sqlite:///x.db"
    assert Settings.of({"DUBAN_DATABASE_FILE": str(secret)}).database == "postgresql+psycopg://duban:pw@db/duban"
