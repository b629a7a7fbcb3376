"""How often somebody has asked within the minute: counters in memory, one set for each process.

The library's own memory storage starts a thread at nearly every request, to forget old counters; here they are
forgotten on the way, at most once a minute.
"""

import threading
import time

from limits.storage import Storage

from engine import clock

SWEEP = 60.0


class Counters(Storage):
    """Counts that begin anew when their time is over. Registered with `limits` under its scheme."""

    STORAGE_SCHEME = ["counters"]
    base_exceptions = ()

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._lock = threading.Lock()
        self._swept = 0.0
        self._counts: dict[str, tuple[int, float]] = {}  # key → count, end

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._lock:
            now = time.monotonic()
            if now - self._swept > SWEEP:
                self._swept = now
                self._counts = {name: known for name, known in self._counts.items() if known[1] > now}
            count, end = self._counts.get(key, (0, 0.0))
            count, end = (count + amount, end) if end > now else (amount, now + expiry)
            self._counts[key] = count, end
            return count

    def get(self, key: str) -> int:
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        left = self._counts.get(key, (0, 0.0))[1] - time.monotonic()
        return clock.now().timestamp() + max(0.0, left)

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            number = len(self._counts)
            self._counts.clear()
        return number

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
