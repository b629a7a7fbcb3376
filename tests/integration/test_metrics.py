"""What Prometheus reads, and who may."""

from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from api.app import Options, create_app
from tests.conftest import SimulatedClock
from tests.integration.company import Company


def scrape(company: Company, address: str = "127.0.0.1", **headers: str) -> TestResponse:
    return company.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers)


def test_metrics_count_what_is_due_and_time_requests(clock: SimulatedClock, company: Company) -> None:
    company.start()
    company.duban.messages.publish("nobody waits", "7")
    clock.advance(timedelta(minutes=1))
    text = scrape(company).text
    assert 'duban_due{kind="message"} 1.0' in text
    assert "duban_incidents_open 0.0" in text
    assert "duban_database_up 1.0" in text
    assert "duban_worker_alive 0.0" in text  # nobody started one here
    assert 'duban_http_request_seconds_count{endpoint="cases.start_case",status="201"} 1.0' in text


def test_metrics_are_for_this_machine_only(small: Company) -> None:
    assert scrape(small, "::1").status_code == 200
    assert scrape(small, "192.0.2.7").status_code == 403
    forwarded = {"X-Forwarded-For": "127.0.0.1"}
    assert scrape(small, "127.0.0.1", **forwarded).status_code == 403


def test_metrics_open_to_a_token_from_elsewhere(
    small: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text("a long token\n")
    monkeypatch.setenv("DUBAN_METRICS_TOKEN_FILE", str(file))
    small.app = create_app(small.duban, Options(limited=False))
    assert scrape(small, "192.0.2.7", Authorization="Bearer a long token").status_code == 200
    assert scrape(small, "192.0.2.7", Authorization="Bearer another").status_code == 403
