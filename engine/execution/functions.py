"""What expressions of a running case may call beside FEEL's own functions: those that need the case's calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine import feel
from engine.execution import calendar as business
from engine.execution.wire import Values
from engine.feel.errors import Failure as FeelFailure
from engine.feel.run import Run
from engine.feel.temporal import DAY
from engine.feel.values import Function, Param

if TYPE_CHECKING:
    from engine.execution.machine import Machine

SERIES = "CN"


def of(m: "Machine") -> Values:
    """The functions, bound to the time and the calendars of the command that is being decided."""

    def due(arguments: Sequence[feel.Value], _: Run) -> feel.Value:
        begin, amount, clock = arguments
        if not isinstance(begin, feel.DateTime) or not isinstance(amount, feel.DaysDuration):
            raise FeelFailure("businessDue() takes a date and time, a duration and a clock")
        found = _due(m, begin.to_datetime(), amount, str(clock))
        return feel.DateTime.from_datetime(found.astimezone(ZoneInfo(m.bundle.zone)))

    return {"businessDue": Function("businessDue", [Param("from"), Param("amount"), Param("clock")], due)}


def _due(m: "Machine", begin: datetime, amount: feel.DaysDuration, clock: str) -> datetime:
    """The end of `amount` counted from `begin` on WALL, WORK or DAY; a negative amount of whole days counts back."""
    version = m.command.facts.get("calendars", {}).get(SERIES)
    calendar = m.bundle.calendars(SERIES, version) if version is not None else None
    if clock != "WALL" and calendar is None:
        raise FeelFailure(f"businessDue() needs a business calendar for the clock {clock}, but none is published")
    if amount.nanos >= 0:
        return business.due(begin, amount, clock, calendar, "none").at
    if clock == "WALL":
        return begin + timedelta(microseconds=amount.nanos // 1000)
    days, rest = divmod(-amount.nanos, DAY)
    if rest:
        raise FeelFailure("businessDue() counts back in whole days")
    long_before = begin - timedelta(days=2 * days + 30)
    ((_, at),) = business.rungs(long_before, begin, [f"-{days}{'wd' if clock == 'WORK' else 'd'}"], clock, calendar)
    return at
