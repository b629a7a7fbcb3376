"""Where time goes, for whoever listens: `with span("handle", case=…):`. Without a listener a span is nothing.

Whoever sets up a listener (`api.tracing`, for OpenTelemetry) hands in how a span begins and how the present trace is
called; nothing here, and nothing that is called from here, knows of any library.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool
Begin: TypeAlias = Callable[[str, dict[str, Value]], AbstractContextManager[object]]

_NOTHING = nullcontext()
_begin: Begin | None = None
_present: Callable[[], str | None] = lambda: None  # noqa: E731 - the default of a setting


def listen(begin: Begin | None, present: Callable[[], str | None] = lambda: None) -> None:
    """From now on spans begin with `begin(name, attributes)`; `present` tells the id of the trace. None: no more."""
    global _begin, _present
    _begin, _present = begin, present


def span(name: str, /, **about: Value | None) -> AbstractContextManager[object]:
    """A piece of work, until the block ends. `about` is told with it: ids and kinds, never what people entered."""
    if _begin is None:
        return _NOTHING
    return _begin(f"duban.{name}", {f"duban.{key}": value for key, value in about.items() if value is not None})


def is_heard() -> bool:
    """Whether somebody listens."""
    return _begin is not None


def trace_id() -> str | None:
    """The id of the present trace, 32 hexadecimal digits; None where nobody listens, or outside of any span."""
    return _present()
