"""What the headers and queries of many routes say: versions, idempotency keys, cursors, ids."""

import base64
import json
import re
from typing import Any

from flask import request

from api.problems import VersionRequired
from engine.errors import InvalidInput, NotFound, TaskNotFound

_TAG = re.compile(r'"(\d{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{8,100}")
_TASK = re.compile(r"([A-Za-z0-9-]{1,64}):(\d{1,9})")


def expected_version() -> int | None:
    """The task's version in If-Match; None for `*`, which is any. Raises VersionRequired when the header is missing."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise VersionRequired
    found = _TAG.fullmatch(header)
    if found is None and header != "*":
        raise InvalidInput(f'Expected If-Match: "3" with one version, but found {header!r}')
    return int(found[1]) if found else None


def idempotency_key() -> str | None:
    """The header Idempotency-Key, when there is one."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidInput("Expected an Idempotency-Key of 8 to 100 visible ASCII characters, such as a UUID")
    return key


def task_id(id: str) -> tuple[str, int]:
    """`<case>:<number>` of a task. What has another form is simply not found."""
    found = _TASK.fullmatch(id)
    if found is None:
        raise TaskNotFound(f"Expected a task id such as 2611-0123456789ab:4, but found {id[:80]!r}")
    return found[1], int(found[2])


def is_task_id(id: str) -> bool:
    return _TASK.fullmatch(id) is not None


def numbered_id(id: str, missing: type[NotFound]) -> tuple[str, int]:
    """The same form for other things that are counted within a case."""
    found = _TASK.fullmatch(id)
    if found is None:
        raise missing
    return found[1], int(found[2])


def cursor_out(position: list[Any] | None) -> str | None:
    """A keyset position as an opaque text."""
    if position is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def cursor_in(text: str | None, *kinds: type) -> list[Any] | None:
    """The position in a cursor, which must hold values of these kinds. It can only name a place in a list that is
    filtered anew for each page, so it need not be signed."""
    if text is None:
        return None
    try:
        position = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, RecursionError):  # UnicodeEncodeError and binascii.Error among them
        position = None
    if not isinstance(position, list) or len(position) != len(kinds):
        raise _bad_cursor()
    if not all(_is(value, kind) for value, kind in zip(position, kinds, strict=True)):
        raise _bad_cursor()
    return position


def _is(value: Any, kind: type) -> bool:
    if kind is int:
        return type(value) is int and abs(value) < 2**63
    return isinstance(value, str) and len(value) <= 100 and "\0" not in value and value.isprintable()


def _bad_cursor() -> InvalidInput:
    return InvalidInput("Expected the `next` of an earlier page as cursor", {"cursor": ["pattern: not a cursor"]})
