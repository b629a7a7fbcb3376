"""OpenTelemetry, where `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector. Otherwise nothing of it is imported.

The usual variables of OpenTelemetry hold (`OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, …).
Spans tell ids, kinds and times; what people entered is in none of them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request

from engine import tracing
from engine.errors import InvalidInput

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def configure(environment: Mapping[str, str]) -> None:
    """Send spans to the collector that the environment names, if it names one; InvalidInput without the packages.

    To be called in each process that serves or works, after it was forked.
    """
    if not any(environment.get(name) for name in ENDPOINTS):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        expected = "Expected the packages of OpenTelemetry for OTEL_EXPORTER_OTLP_ENDPOINT: install duban[tracing]"
        raise InvalidInput(f"{expected} ({error})") from error
    name = environment.get("OTEL_SERVICE_NAME", "duban")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    listen(provider.get_tracer("duban"))


def listen(tracer: "Tracer") -> None:
    """Let the engine's spans be those of `tracer`."""
    from opentelemetry import trace

    def begin(name: str, about: dict[str, tracing.Value]) -> Any:
        return tracer.start_as_current_span(name, attributes=about)

    def present() -> str | None:
        context = trace.get_current_span().get_span_context()
        return trace.format_trace_id(context.trace_id) if context.is_valid else None

    tracing.listen(begin, present)


def install(app: Flask) -> None:
    """A span for each request, part of the caller's trace where `traceparent` names one."""

    @app.before_request
    def begin() -> None:
        if tracing.is_heard():
            g.span = _request_span()
            g.span.__enter__()

    @app.after_request
    def tell(response: Response) -> Response:
        if "span" in g:
            _tell_status(response.status_code)
        return response

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        span = g.pop("span", None)
        if span is not None:
            span.__exit__(None, None, None)


def _request_span() -> Any:
    from contextlib import ExitStack

    from opentelemetry import context, propagate

    stack, token = ExitStack(), context.attach(propagate.extract(request.headers))
    stack.callback(context.detach, token)
    route = request.url_rule.rule if request.url_rule else None
    stack.enter_context(tracing.span("request", method=request.method, route=route, endpoint=request.endpoint))
    return stack


def _tell_status(status: int) -> None:
    from opentelemetry import trace

    span = trace.get_current_span()
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_status(trace.StatusCode.ERROR)
