"""Spans of OpenTelemetry: what a request and a worker's work look like to whoever traces the site."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api import logs
from api import tracing as set_up
from engine import tracing
from engine.errors import InvalidInput
from tests.integration.company import Company

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """What was told, in memory, to the end of the test."""
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    set_up.listen(provider.get_tracer("test"))
    yield kept
    tracing.listen(None)


def named(spans: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if span.name == f"duban.{name}"]


def test_a_request_is_one_trace_from_the_door_to_the_commit(company: Company, spans: InMemorySpanExporter) -> None:
    case = company.start()
    task, inspector = company.task(case)["id"], company.inspector  # who signs in when first asked for
    spans.clear()
    answer = inspector.send("POST", f"/tasks/{task}/claim", version=1, json={}, headers={"traceparent": CALLER})
    assert answer.status_code == 200
    (request,) = named(spans, "request")
    inside = [*named(spans, "handle"), *named(spans, "decide"), *named(spans, "commit")]
    assert [span.name for span in inside] == ["duban.handle", "duban.decide", "duban.commit"]
    assert {f"{span.context.trace_id:032x}" for span in (request, *inside) if span.context} == {CALLER.split("-")[1]}
    told = {**(request.attributes or {}), **(inside[0].attributes or {})}
    assert told["duban.method"] == "POST"
    assert told["duban.route"] == "/api/v1/tasks/<id>/claim"
    assert told["http.response.status_code"] == 200
    assert (told["duban.case"], told["duban.command"]) == (case, "ClaimTask")


def test_a_refusal_and_a_log_line_name_their_trace(company: Company, spans: InMemorySpanExporter) -> None:
    answer = company.inspector.send("GET", "/tasks/none:1", headers={"traceparent": CALLER})
    assert (answer.status_code, answer.json["trace"]) == (404, CALLER.split("-")[1])
    with tracing.span("work"):
        line = json.loads(logs.JsonLines().format(logging.makeLogRecord({"msg": "hello"})))
        assert line["trace"] == tracing.trace_id()
    assert tracing.trace_id() is None
    assert len(named(spans, "work")) == 1


def test_the_worker_tells_each_piece_of_work(company: Company, spans: InMemorySpanExporter) -> None:
    case = company.start()
    company.inspected(case)
    spans.clear()
    company.duban.worker.drain()
    assert all(span.attributes and span.attributes.get("duban.kind") for span in named(spans, "work"))
    tracing.listen(None)
    assert "trace" not in company.inspector.send("GET", "/tasks/none:1").json


def test_a_collector_without_its_packages_is_refused_and_nothing_is_imported_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = "import api.app, api.tracing, sys; api.tracing.configure({}); assert 'opentelemetry' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, stdin=subprocess.DEVNULL)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(InvalidInput, match=r"duban\[tracing\]"):
        set_up.configure({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
