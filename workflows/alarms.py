"""Trouble with the log of all histories: who must know is told in the application, once for each trouble.

What is wrong is kept in `meta`, so that neither the next look nor another worker tells it again. What is over is
forgotten; when it comes back, that is a new trouble.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from engine import clock
from engine.audit.log import LATE, State
from engine.audit.witnesses import Standing
from engine.store import Store, insert_new, meta, to_millis
from workflows import notifications

EVERY = 30_000
"""Ms between two looks. A trouble is told at the second look that finds it: a worker that has just started seals what
waited for it within seconds."""
FAILING = 3_600
"""Seconds that a witness may fail before somebody must look: a network that is away for an hour is nothing to tell."""
_PLACE = "troubles"

Trouble = Mapping[str, str]
"""name (Chinese), nameEn, detail."""


def troubles(log: State, witnesses: list[Standing], now: int) -> dict[str, Trouble]:
    """What somebody must look at."""
    found: dict[str, Trouble] = {}
    if log.problem is not None or log.behind > LATE:
        detail = log.problem or f"{log.behind} s"
        found["log"] = {"name": "历史日志未封存", "nameEn": "The log of histories is not sealed", "detail": detail}
    for one in witnesses:
        if one.failing_for(now) > FAILING:
            names = {"name": f"日志见证人“{one.name}”失败", "nameEn": f"Witness {one.name} of the log fails"}
            found[f"witness:{one.name}"] = {**names, "detail": one.error or ""}
    return found


class Alarms:
    """Looks every now and then, and tells auditors what is new."""

    def __init__(self, store: Store, present: Callable[[], Mapping[str, Trouble]]) -> None:
        self._store, self._present = store, present
        self._looked, self._before = 0, frozenset[str]()

    def turn(self) -> int:
        """How many new troubles were told."""
        now = to_millis(clock.now())
        if 0 <= now - self._looked < EVERY:
            return 0
        self._looked, found = now, self._present()
        lasting = {name: trouble for name, trouble in found.items() if name in self._before}
        self._before = frozenset(found)
        with self._store.reading() as connection:
            known = _known(connection)
        if set(found) >= set(known["open"]) >= set(lasting):
            return 0
        return self._tell(found, lasting, now)

    def _tell(self, found: Mapping[str, Trouble], lasting: Mapping[str, Trouble], now: int) -> int:
        with self._store.transaction() as connection:
            connection.execute(insert_new(connection, meta).values(key=_PLACE, value=_NOTHING))
            known = _known(connection, lock=True)
            new = sorted(set(lasting) - set(known["open"]))
            numbers = range(known["last"] + 1, known["last"] + 1 + len(new))
            for number, name in zip(numbers, new, strict=True):
                notifications.tell_of_log(connection, number, now, lasting[name])
            still = {name: number for name, number in known["open"].items() if name in found}
            told = {"last": known["last"] + len(new), "open": still | dict(zip(new, numbers, strict=True))}
            connection.execute(meta.update().where(meta.c.key == _PLACE).values(value=json.dumps(told)))
        return len(new)


_NOTHING = json.dumps({"last": 0, "open": {}})


def _known(connection: sa.Connection, *, lock: bool = False) -> dict[str, Any]:
    query = sa.select(meta.c.value).where(meta.c.key == _PLACE)
    found: dict[str, Any] = json.loads(connection.scalar(query.with_for_update() if lock else query) or _NOTHING)
    return found
