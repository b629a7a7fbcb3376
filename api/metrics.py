"""Metrics for Prometheus at /metrics: to this machine, or with the token that `DUBAN_METRICS_TOKEN_FILE` holds.

What stands in the database (what is due, incidents) is counted anew for each scrape and alike in every process. Times
are of the process that answers: scrape each server and worker by itself.
"""

import hmac
import os
import time
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric

from engine.audit.witnesses import Standing
from engine.errors import Forbidden, Unavailable
from workflows.duban import Duban
from workflows.policy import Access

PATH = "/metrics"
_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LONG = (0.01, 0.1, 0.5, 1, 5, 30, 60, 300, 3600, 86_400)


class Metrics:
    """The metrics of one process around one `Duban`."""

    def __init__(self, duban: Duban) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Present(duban))
        self._worked = {
            "timer_lateness": self._histogram("timer_lateness_seconds", "From due to fired", _LONG),
            "step": self._histogram("worker_step_seconds", "A command of the worker, with its commit", _SHORT),
            "job": self._histogram("job_seconds", "A handler of a service task", _LONG),
        }
        self._requests = self._histogram("http_request_seconds", "A request", _SHORT, ["endpoint", "status"])
        duban.worker.observe = self.observe

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...], labels: Iterable[str] = ()) -> Histogram:
        return Histogram(f"duban_{name}", what, list(labels), buckets=buckets, registry=self.registry)

    def observe(self, name: str, seconds: float) -> None:
        """What the worker measured."""
        self._worked[name].observe(seconds)

    def install(self, app: Flask) -> dict[str, Access]:
        """Time every request and answer scrapes; returns the access of the route, which checks for itself."""
        token = _token(os.environ)

        @app.before_request
        def begin() -> None:
            g.begun = time.monotonic()

        @app.after_request
        def end(response: Response) -> Response:
            labels = (request.endpoint or "none", str(response.status_code))
            self._requests.labels(*labels).observe(time.monotonic() - g.get("begun", time.monotonic()))
            return response

        def metrics() -> Response:
            _expect_scraper(token)
            return Response(generate_latest(self.registry), mimetype=None, content_type=_MEDIA_TYPE)

        app.add_url_rule(PATH, "metrics", metrics, methods=["GET"])
        return {"metrics": Access.PUBLIC}

    def serve(self, port: int) -> None:
        """Answer scrapes on this machine from a thread of its own, for a process that serves nothing else."""
        start_http_server(port, "127.0.0.1", self.registry)


class _Present:
    """What the database and the threads say at the moment of the scrape."""

    def __init__(self, duban: Duban) -> None:
        self._duban = duban

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("duban_worker_alive", "1 while every thread works", value=self._duban.worker.is_alive())
        aside = len(self._duban.worker.aside)
        yield GaugeMetricFamily("duban_worker_set_aside", "Work that could not be done and waits", value=aside)
        try:
            (found, deliveries), workers = self._duban.backlog(), self._duban.living_workers()
            behind, witnesses = self._duban.log_behind(), self._duban.witnessed()
        except Unavailable:
            yield GaugeMetricFamily("duban_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("duban_database_up", "Whether the database answers", value=1)
        yield GaugeMetricFamily("duban_workers_alive", "Workers of this database that are alive", value=workers)
        queue = GaugeMetricFamily("duban_due", "What waits to be done now, counted up to 10,000", labels=["kind"])
        for kind, number in found.due.items():
            queue.add_metric([kind], number)
        yield queue
        sent = GaugeMetricFamily("duban_deliveries", "Mails and robots' messages, up to 10,000", labels=["state"])
        for state, number in deliveries.items():
            sent.add_metric([state], number)
        yield sent
        yield GaugeMetricFamily("duban_oldest_due_seconds", "How late the oldest due timer is", value=found.oldest)
        yield GaugeMetricFamily("duban_log_behind_seconds", "How long the oldest entry waits for the log", value=behind)
        yield from _of_witnesses(witnesses, self._duban.now())
        yield GaugeMetricFamily("duban_incidents_open", "Open incidents, up to 10,000", value=found.incidents)


def _of_witnesses(found: list[Standing], now: int) -> Iterable[Metric]:
    leaves = GaugeMetricFamily("duban_witness_leaves", "Leaves that the witness has seen", labels=["witness"])
    failing = GaugeMetricFamily("duban_witness_failing_seconds", "For how long it has failed", labels=["witness"])
    for one in found:
        leaves.add_metric([one.name], one.size)
        failing.add_metric([one.name], one.failing_for(now))
    yield from (leaves, failing) if found else ()


def _token(environment: Mapping[str, str]) -> str:
    name = environment.get("DUBAN_METRICS_TOKEN_FILE")
    return Path(name).read_text(encoding="utf-8").strip() if name else ""


def _expect_scraper(token: str) -> None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return
    if not _is_local():
        raise Forbidden("Metrics are for this machine, or for whoever has the token of DUBAN_METRICS_TOKEN_FILE")


def _is_local() -> bool:
    """From this machine itself. What a proxy on it passes on comes from somewhere else, whoever set the header."""
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"))
    return not forwarded and ip_address(request.remote_addr or "0.0.0.0").is_loopback
