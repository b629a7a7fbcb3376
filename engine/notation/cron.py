"""Timer cycles in cron form, as Camunda 8 writes them: `second minute hour day-of-month month day-of-week`.

Each field is `*`, `?`, a number, a range `a-b`, a step `a/n` or `a-b/n`, or a list of these; months and days of the
week also have names, and 0 and 7 are both Sunday. Days know `L` (the last of the month), `5L` (its last Friday) and
`5#2` (its second Friday). A day must match both of its fields. `@yearly`, `@monthly`, `@weekly`, `@daily` and
`@hourly` stand for themselves. Times are local: one that a clock change leaves out does not come, one that it repeats
comes once.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
MONTHS = {name: str(number) for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
DAYS = {name: str(number) for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split())}
MOST_DAYS = 366 * 9  # to look ahead: a leap day can be eight years away
_PART = re.compile(r"(?:(\*)|(\d+)(?:-(\d+))?)(?:/(\d+))?")
_NTH = re.compile(r"([0-7])(?:L|#([1-5]))")


@dataclass(frozen=True, slots=True)
class Cron:
    """A schedule, read."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]  # of the month; 0 is the last one
    months: frozenset[int]
    weekdays: frozenset[int]  # 0 is Sunday
    nth: tuple[tuple[int, int], ...] = ()  # (weekday, which of the month; 0 is the last one)

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The next time after `moment`, in UTC; None when there is none within nine years."""
        local = moment.astimezone(zone).replace(tzinfo=None)
        for ahead in range(MOST_DAYS):
            day = local.date() + timedelta(days=ahead)
            if not self._matches(day):
                continue
            for clock in self._times(local.time() if ahead == 0 else time()):
                naive = datetime.combine(day, clock)
                found = naive.replace(tzinfo=zone).astimezone(UTC)
                if found > moment and found.astimezone(zone).replace(tzinfo=None) == naive:
                    return found
        return None

    def _matches(self, day: date) -> bool:
        last = calendar.monthrange(day.year, day.month)[1]
        weekday = day.isoweekday() % 7
        in_week = weekday in self.weekdays or any(
            weekday == wanted and (which == (day.day + 6) // 7 or (which == 0 and day.day + 7 > last))
            for wanted, which in self.nth
        )
        in_month = day.day in self.days or (0 in self.days and day.day == last)
        return day.month in self.months and in_month and in_week

    def _times(self, start: time) -> Iterator[time]:
        for hour in self.hours:
            for minute in self.minutes if hour >= start.hour else ():
                if (hour, minute) >= (start.hour, start.minute):
                    yield from (time(hour, minute, second) for second in self.seconds)


@lru_cache(maxsize=256)
def parse(text: str) -> Cron:
    """Read a cron text. Raises ValueError that says which field is wrong."""
    fields = MACROS.get(text.strip().lower(), text).upper().split()
    if len(fields) != 6:
        raise ValueError(f"expected six fields (second to day of week) or a name such as @daily, found '{text}'")
    seconds, minutes, hours = (
        _numbers(field, 0, most, what)
        for field, most, what in zip(fields, (59, 59, 23), ("second", "minute", "hour"), strict=False)
    )
    days = frozenset({0} if fields[3] == "L" else _numbers(fields[3], 1, 31, "day of the month"))
    months = frozenset(_numbers(_named(fields[4], MONTHS), 1, 12, "month"))
    weekdays, nth = _weekdays(_named(fields[5], DAYS))
    return Cron(tuple(sorted(seconds)), tuple(sorted(minutes)), tuple(sorted(hours)), days, months, weekdays, nth)


def _weekdays(field: str) -> tuple[frozenset[int], tuple[tuple[int, int], ...]]:
    plain, nth = [], []
    for part in field.split(","):
        match = _NTH.fullmatch(part)
        if match:
            nth.append((int(match[1]) % 7, int(match[2] or 0)))
        else:
            plain.append(part)
    numbers = _numbers(",".join(plain), 0, 7, "day of the week") if plain else set()
    return frozenset(number % 7 for number in numbers), tuple(nth)


def _named(field: str, names: dict[str, str]) -> str:
    return re.sub(r"[A-Z]{3}", lambda found: names.get(found[0], found[0]), field)


def _numbers(field: str, least: int, most: int, what: str) -> set[int]:
    found: set[int] = set()
    for part in field.replace("?", "*").split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"expected a {what} from {least} to {most}, found '{part}'")
        star, first, last, step = match.groups()
        begin = least if star else int(first)
        end = int(last) if last else most if star or step else begin
        if not least <= begin <= end <= most or step == "0":
            raise ValueError(f"expected a {what} from {least} to {most}, found '{part}'")
        found.update(range(begin, end + 1, int(step or 1)))
    return found
