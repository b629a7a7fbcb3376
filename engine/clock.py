"""The one seam to the wall clock. Nothing else in the code base asks what time it is."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_log = logging.getLogger("duban.clock")
_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # where there is one, it goes on while a machine sleeps

_read: Callable[[], datetime] | None = None
_steady: Callable[[], float] | None = None


def now() -> datetime:
    """The current instant in UTC, in whole milliseconds (the precision that entries keep)."""
    moment = _read() if _read else datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def steady() -> float:
    """Seconds on a clock that nobody sets: good for how long something took, not for when it was."""
    if _steady is not None:
        return _steady()
    return time.clock_gettime(_BOOT) if _read is None else _read().timestamp()


def simulate(read: Callable[[], datetime] | None, steady: Callable[[], float] | None = None) -> None:
    """Let `read` tell the time from here on (demo data, simulations, tests); `None` returns to the wall clock.

    Time then passes as steadily as `read` says, unless `steady` tells that apart.
    """
    global _read, _steady
    _read, _steady = read, steady


class Believed:
    """The wall clock as far as a steady one bears it out: what comes due is fired by this.

    A wall clock that leaps ahead (a wrong time server, a slip of the hand) must not fire tomorrow's escalations today.
    So a leap of more than LEAP is believed only when it has stood for CONFIRM; until then time goes on as if there had
    been none. A clock that is set back is believed at once: then nothing is due early, and what has fired is gone.
    """

    LEAP = 60.0  # seconds that the wall clock may gain on the steady one between two looks
    CONFIRM = 900.0  # seconds for which a leap must stand

    def __init__(self) -> None:
        self._wall, self._steady = now(), steady()
        self._leapt: tuple[float, timedelta] | None = None

    def now(self) -> datetime:
        """The instant up to which things are due."""
        wall, moment = now(), steady()
        expected = self._wall + timedelta(seconds=moment - self._steady)
        gained = wall - expected
        if gained.total_seconds() <= self.LEAP or self._confirmed(moment, gained):
            self._wall, self._steady, self._leapt = wall, moment, None
            return wall
        return expected

    def _confirmed(self, moment: float, gained: timedelta) -> bool:
        if self._leapt is None or abs((gained - self._leapt[1]).total_seconds()) > self.LEAP:
            _log.warning("The clock leapt ahead by %s; timers go by the steady clock until it has stood", gained)
            self._leapt = (moment, gained)
        return moment - self._leapt[0] >= self.CONFIRM
