"""The one seam to the wall clock. Nothing else in the code base asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

_read: Callable[[], datetime] | None = None


def now() -> datetime:
    """The current instant in UTC, in whole milliseconds (the precision that entries keep)."""
    moment = _read() if _read else datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def simulate(read: Callable[[], datetime] | None) -> None:
    """Let `read` tell the time from here on (demo data, simulations, tests); `None` returns to the wall clock."""
    global _read
    _read = read
