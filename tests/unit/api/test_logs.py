"""Log lines that a machine reads."""

import json
import logging
import sys

import pytest

from api.logs import JsonLines, configure
from engine.errors import InvalidInput


def record(**extra: object) -> logging.LogRecord:
    made = logging.LogRecord("duban.worker", logging.INFO, "f", 1, "done %s", ("督办\n",), None)
    made.__dict__.update(extra)
    return made


def test_a_line_names_the_case_and_the_entry() -> None:
    text = JsonLines().format(record(case="2611-a", seq=3))
    assert "\n" not in text
    line = json.loads(text)
    assert (line["message"], line["case"], line["seq"], line["level"]) == ("done 督办\n", "2611-a", 3, "INFO")


def test_an_error_is_told_with_its_traceback_in_the_same_line() -> None:
    try:
        raise ValueError("x")
    except ValueError:
        text = JsonLines().format(record(exc_info=sys.exc_info()))
    assert "\n" not in text
    assert "ValueError: x" in json.loads(text)["error"]


@pytest.mark.parametrize("environment", [{"DUBAN_LOG": "xml"}, {"DUBAN_LOG_LEVEL": "LOUD"}])
def test_an_unknown_setting_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="Expected DUBAN_LOG"):
        configure(environment)
