"""What a draft would have done to the last real cases: played one by one by the worker, and only looked at.

The cases themselves are not touched, nor locked. What was found is kept for a week.
"""

import json
import secrets
from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, history, whatif
from engine.audit import entries
from engine.errors import DubanError, NotFound
from engine.execution.bundle import Bundle
from engine.execution.wire import Erased
from engine.releases import Releases
from engine.store import Store, announce, case_access, cases, insert_new, to_millis
from engine.whatif import DueChange, Outcome
from engine.worker import IDLE, Errand
from workflows import drafts
from workflows.drafts import Draft
from workflows.tables import what_if_cases, what_ifs
from workflows.trying import Bundles

AT_MOST = 1_000
AT_ONCE = 10
MOST_ENTRIES = 2_000
"""Entries of a case that is played; a longer history is not known to the end."""
KEEP = 7 * 86_400_000


class WhatIfNotFound(NotFound):
    """Expected what-if results of yours with this id, but there are none; they may have been cleared away."""


def begin(connection: Connection, draft: Draft, processes: Collection[str], last: int, who: Any) -> str:
    """Let the worker play the last cases of these processes that `who` (person, tokens) sees; returns the id."""
    id, now = secrets.token_hex(8), to_millis(clock.now())
    seen = sa.exists().where(case_access.c.case_id == cases.c.id, case_access.c.token.in_(sorted(who.tokens)))
    wanted = sa.select(cases.c.id).where(cases.c.process.in_(sorted(processes)), seen.correlate(cases))
    ids = list(connection.scalars(wanted.order_by(cases.c.started_at.desc(), cases.c.id.desc()).limit(last)))
    old = sa.select(what_ifs.c.id).where(what_ifs.c.at < now - KEEP)
    connection.execute(what_if_cases.delete().where(what_if_cases.c.what_if.in_(old)))
    connection.execute(what_ifs.delete().where(what_ifs.c.at < now - KEEP))
    row = {"id": id, "draft": draft.row.id, "person": who.person, "state": "running", "detail": "", "at": now}
    connection.execute(what_ifs.insert().values(**row, files=json.dumps(draft.files), cases=json.dumps(ids)))
    announce(connection)
    return id


def load(connection: Connection, id: str, by: str) -> Any:
    """The row; raises WhatIfNotFound, also for somebody else's."""
    mine = (what_ifs.c.id == id) & (what_ifs.c.person == by)
    row = connection.execute(sa.select(what_ifs).where(mine)).first()
    if row is None:
        raise WhatIfNotFound
    return row


def stop(connection: Connection, id: str, by: str) -> None:
    load(connection, id, by)
    running = (what_ifs.c.id == id) & (what_ifs.c.state == "running")
    connection.execute(what_ifs.update().where(running).values(state="stopped", ended_at=to_millis(clock.now())))


def results(connection: Connection, id: str) -> list[tuple[str, str, Outcome]]:
    """(case, its title, what became of it), in the order of the cases, the newest first."""
    query = sa.select(what_if_cases, cases.c.title).join(cases, cases.c.id == what_if_cases.c.case_id)
    rows = connection.execute(query.where(what_if_cases.c.what_if == id).order_by(what_if_cases.c.position))
    return [(row.case_id, row.title, _outcome(json.loads(row.body))) for row in rows]


def _outcome(body: dict[str, Any]) -> Outcome:
    deadlines = tuple(DueChange(**one) for one in body.pop("deadlines"))
    return Outcome(**{**body, "gone": tuple(body["gone"]), "come": tuple(body["come"])}, deadlines=deadlines)


class WhatIfs:
    """Plays what is running, a few cases at a time; what was played before a crash is not played again."""

    def __init__(self, store_: Store, releases: Releases, trials: Bundles) -> None:
        self._store, self._releases, self._trials = store_, releases, trials

    def errand(self) -> Errand:
        return Errand("what-if", self.turn, lambda: IDLE)

    def turn(self) -> int:
        """Play the next few cases of the oldest what-if; returns how many."""
        with self._store.reading() as connection:
            oldest = sa.select(what_ifs).where(what_ifs.c.state == "running").order_by(what_ifs.c.at, what_ifs.c.id)
            row = connection.execute(oldest.limit(1)).first()
            if row is None:
                return 0
            done = sa.select(sa.func.count()).where(what_if_cases.c.what_if == row.id)
            begun = connection.scalar(done) or 0
        few = json.loads(row.cases)[begun : begun + AT_ONCE]
        try:
            found = [self._play(row, case_id) for case_id in few]
        except DubanError as error:  # the draft has moved on too far, or the database is away
            return self._end(row.id, "failed", error.message)
        if not few:
            return self._end(row.id, "done", "")
        rows = [
            {
                "what_if": row.id, "position": begun + place, "case_id": case_id, "verdict": one.verdict,
                "body": json.dumps(asdict(one), ensure_ascii=False),
            }
            for place, (case_id, one) in enumerate(zip(few, found, strict=True))
        ]  # fmt: skip
        with self._store.transaction() as connection:
            connection.execute(insert_new(connection, what_if_cases), rows)
        return len(rows)

    def _play(self, row: Any, case_id: str) -> Outcome:
        with self._store.reading() as connection:
            bundle = self._bundle(connection, row)
            stored = list(history.sealed(connection, f"case/{case_id}", limit=MOST_ENTRIES + 1))
        if len(stored) > MOST_ENTRIES:
            return Outcome("unknown", reason=f"its history is longer than {MOST_ENTRIES} entries", cause="long")
        try:
            return whatif.replay(bundle, [entries.unseal(one) for one in stored], row.at)
        except Erased as erased:
            return Outcome("unknown", reason=erased.message, cause="erased")

    def _bundle(self, connection: Connection, row: Any) -> Bundle:
        draft = drafts.load(connection, row.draft)
        files = {path: (sha256, size) for path, (sha256, size) in json.loads(row.files).items()}
        compiled = self._trials.of(connection, Draft(draft.row, files))
        return replace(compiled, calendars=self._releases.calendar)

    def _end(self, id: str, state: str, detail: str) -> int:
        running = (what_ifs.c.id == id) & (what_ifs.c.state == "running")
        with self._store.transaction() as connection:
            ended = {"state": state, "detail": detail, "ended_at": to_millis(clock.now())}
            connection.execute(what_ifs.update().where(running).values(ended))
        return 0
