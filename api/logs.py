"""Where log lines go: standard error, as text or, with `DUBAN_LOG=json`, as one JSON object a line."""

import json
import logging
import sys
from collections.abc import Mapping

from api.fields import iso
from engine import tracing
from engine.errors import InvalidInput

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_IDS = ("case", "seq")


class JsonLines(logging.Formatter):
    """at, level, logger, message; `case` and `seq` where the line is about an entry; `error` with its traceback;

    `trace` where spans are listened to.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": iso(round(record.created * 1000)), "level": record.levelname, "logger": record.name,
            "message": record.getMessage(),
        }  # fmt: skip
        if trace := tracing.trace_id():
            line["trace"] = trace
        line |= {name: getattr(record, name) for name in _IDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(environment: Mapping[str, str]) -> None:
    """Set up the logging of this process; InvalidInput for a setting that is none."""
    kind, level = environment.get("DUBAN_LOG", "text"), environment.get("DUBAN_LOG_LEVEL", "INFO")
    if kind not in ("text", "json"):
        raise InvalidInput(f"Expected DUBAN_LOG to be text or json, but found {kind!r}")
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise InvalidInput(f"Expected DUBAN_LOG_LEVEL to be DEBUG, INFO, WARNING or ERROR, but found {level!r}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("duban").setLevel(level)
