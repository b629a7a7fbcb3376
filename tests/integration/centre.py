"""The supervision centre with its shipped processes, and people who act in it."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PIL import Image

from engine import deadlines, feel, store
from engine.execution import commands
from engine.execution.wire import decode_values
from engine.store import to_millis
from tests.conftest import SimulatedClock
from workflows import people, recusal
from workflows.attachments import Upload
from workflows.demo import models
from workflows.desk import case_variables
from workflows.duban import Duban
from workflows.sessions import Identity
from workflows.tables import visits_made

UNITS = {
    "OIL": (None, "company"), "C01": ("OIL", "centre"), "S01": ("C01", "station"), "S02": ("C01", "station"),
    "S09": ("C01", "station"), "D01": ("OIL", "department"), "U01": ("OIL", "second_level"),
}  # fmt: skip
"""Unit → the one above it, and its kind: forms offer units by kind."""
STAFF = {
    "li": "FIELD_INSPECTOR@S01", "wang": "FIELD_INSPECTOR@S01", "zhao": "FIELD_INSPECTOR@S01",
    "bai": "FIELD_INSPECTOR@S02",
    "ding": "SHIFT_LEADER@S01", "wu": "ONLINE_SUPERVISOR@S09", "chen": "STATION_CHIEF@S01",
    "jia": "TERRITORY_MANAGER@U01", "zheng": "UNIT_SAFETY_DIRECTOR@U01", "yang": "UNIT_RECTIFIER@U01",
    "xu": "SCORE_REVIEWER@C01", "su": "PLANNER@C01", "lin": "DEPT_OFFICER@D01",
    "he": "CENTER_DEPUTY@C01", "tan": "APPEAL_DECIDER@C01",
}  # fmt: skip
VISIT = {
    "station": "S01", "unit": "U01", "site": "3 号井场", "requirement": "吊装专项", "templateIds": ["LF"],
    "tier": "RED", "startsAt": "2026-03-03T09:00:00+08:00", "endsAt": "2026-03-03T12:00:00+08:00",
}  # fmt: skip

PATROL = {"site": "3 号井场", "unit": "U01", "station": "S01", "cameraId": "C-U01-01", "tier": "RED"}
ONSITE = {"verdict": "CONFIRMED", "gps": "41,122", "gpsDistance": 20, "unitSignature": "SIGNED"}
HAZARD = {
    "dangerName": "灭火器过期", "unitId": "U01", "site": "井场", "dangerDesc": "过期", "hazardDangerType": "5",
    "dangerSrc": "1", "findingClass": "GENERAL", "foundBy": "FIELD", "stationId": "S01", "repeatHazard": False,
}  # fmt: skip


class Centre:
    """The supervision centre with its shipped processes; everybody acts through the desk, as the API does."""

    def __init__(self, url: str, home: Path, clock: SimulatedClock) -> None:
        self.duban, self.clock = Duban(url, home), clock
        with self.duban.store.transaction() as connection:
            deadlines.publish(connection, deadlines.import_calendar([2026]))
            for unit, (parent, kind) in UNITS.items():
                people.create_unit(connection, unit, unit, unit, parent, kind)
            for name, grant in STAFF.items():
                role, _, place = grant.partition("@")
                people.create_person(connection, username=name, name=name, unit_id=place, id=name)
                people.grant(connection, name, role, place)
                for competence in recusal.COMPETENCES if role == "FIELD_INSPECTOR" else ():
                    recusal.add_competence(connection, name, competence)
        self.duban.releases.deploy(models(), actor="li", note="")

    def who(self, name: str) -> Identity:
        with self.duban.store.reading() as connection:
            return Identity(name, people.tokens(connection, name, to_millis(self.clock.now)))

    def start(self, by: str, process: str, **data: Any) -> str:
        case = self.duban.desk.start(self.who(by), process, data, key=None).case
        self.duban.worker.drain()
        return str(case)

    def wait(self, **time: float) -> None:
        """Let time pass in small steps, so that what falls due on the way happens near its own time."""
        end = self.clock.now + timedelta(**time)
        while self.clock.now < end:
            self.clock.set(min(end, self.clock.now + timedelta(minutes=30)))
            self.duban.worker.drain()

    def do(self, by: str, element: str, photos: str = "", of: str | None = None, **data: Any) -> None:
        """Claim the oldest open task of `element` and complete it.

        `photos`: the form's field that takes two; `of`: the case, where several wait at the same box.
        """
        case, n, holder = self.task(element, of)
        if photos:
            data[photos] = [self.photo(by, case, n, k) for k in range(2)]
        if holder != by:
            self.duban.cases.handle(case, commands.ClaimTask(n, actor=by))
        self.duban.desk.complete(self.who(by), case, n, data, version=None, key=None)
        self.duban.worker.drain()

    def photo(self, by: str, case: str, n: int, k: int) -> dict[str, str]:
        image = io.BytesIO()
        Image.new("RGB", (8, 8 + k)).save(image, "PNG")
        image.seek(0)
        upload = Upload(case, n, f"{k}.png", "evidence", "CAMERA", f"{case}-{n}-{k}")
        added = self.duban.attachments.add(image, upload, by=by)
        return {"id": added.id, "sha256": added.sha256}

    def task(self, element: str, of: str | None = None) -> tuple[str, int, str | None]:
        """Case, number and holder of the oldest open task of `element`; two cases as old as each other are an error."""
        t = store.tasks.c
        query = (
            sa.select(t.case_id, t.n, t.assignee, t.created_at)
            .where(t.element == element, t.ended_at.is_(None), t.case_id == of if of else sa.true())
            .order_by(t.created_at, t.n)
        )
        with self.duban.store.reading() as connection:
            found = connection.execute(query).all()
        assert found, f"expected an open task of {element}; open: {self.open_tasks()}"
        oldest = {row.case_id for row in found if row.created_at == found[0].created_at}
        assert len(oldest) == 1, f"{element} became open in {len(oldest)} cases at once: say which with `of`"
        return found[0].case_id, found[0].n, found[0].assignee

    def open_tasks(self) -> list[str]:
        t = store.tasks.c
        with self.duban.store.reading() as connection:
            return sorted(connection.scalars(sa.select(t.element).where(t.ended_at.is_(None))))

    def cases(self, process: str, status: str = "active") -> list[str]:
        c = store.cases.c
        with self.duban.store.reading() as connection:
            return list(connection.scalars(sa.select(c.id).where(c.process == process, c.status == status)))

    def variables(self, case: str) -> dict[str, Any]:
        with self.duban.store.reading() as connection:
            return {name: feel.to_json(value) for name, value in case_variables(connection, case).items()}

    def raised(self) -> list[tuple[str, dict[str, Any]]]:
        """Key and content of every hazard that was raised by message."""
        m = store.messages.c
        query = sa.select(m.key, m.payload).where(m.name == "HazardRaised").order_by(m.position, m.id)
        with self.duban.store.reading() as connection:
            found = [(row.key, decode_values(json.loads(row.payload))) for row in connection.execute(query)]
        return [(key, {name: feel.to_json(value) for name, value in values.items()}) for key, values in found]

    def tell(self, message: str, key: str, **data: Any) -> None:
        values = {name: feel.from_json(value) for name, value in data.items()}
        self.duban.messages.publish(message, key, values)
        self.duban.worker.drain()

    def dispatch(self, *accepting: str) -> None:
        for name in accepting:
            self.do(name, "Offer", response="ACCEPT")

    def close_hazard(self, visit: str) -> None:
        """The one open hazard, a general one by date, is put right; the visit that found it follows box by box."""
        self.do("li", "ConfirmGrade", "photosBefore", hazardGrade="GENERAL", dangerManageType="1",
                managementClassification="2", unitOpinion="AGREED")  # fmt: skip
        assert self.boxes(visit) == {"OrderIssued"}
        self.do(
            "chen", "IssueOrder", orderType="BY_DATE", rectifyDays=5, controlMeasures="警戒", interimControls="看护"
        )
        assert self.boxes(visit) == {"RectifiedOnce"}
        named = {"liablePerson": "杨勇", "liablePhone": "199 0000 0001"}
        self.do("zheng", "ReceiveOrder", receipt="RECEIVED", interimDone=True, **named)
        finished = {"dangerReason": "EQUIPMENT", "rectifyMeasures": "已设警戒", "actualFinish": "2026-03-04"}
        self.do("yang", "Rectify", "photosAfter", **finished)
        assert self.boxes(visit) == {"Reinspected"}
        self.do("zhao", "Accept", "photosAccept", acceptResult="PASS")
        self.do("xu", "CloseAndScore", violation="NONE", repeatCount=0)

    def visited(self) -> set[tuple[str, str, int]]:
        """Who was at which unit for how many days."""
        v = visits_made.c
        with self.duban.store.reading() as connection:
            rows = connection.execute(sa.select(v.person, v.unit, v.days))
            return {(row.person, row.unit, row.days) for row in rows}

    def boxes(self, visit: str) -> set[str]:
        """Which of the visit's boxes 8 to 10 are lit: each waits for word of its hazard."""
        waits = store.subscriptions.c
        query = sa.select(waits.element).where(waits.case_id == visit, waits.name == "HazardProgressed")
        with self.duban.store.reading() as connection:
            return set(connection.scalars(query))
