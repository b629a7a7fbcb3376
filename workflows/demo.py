"""The demo company: a fictional oilfield whose hazards went through the real engine, command by command.

Everything happens under a simulated clock, in the weeks before the present moment, from one seed. Only an empty
database is filled: a real installation never becomes a demonstration.
"""

import heapq
import io
import json
import tomllib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from PIL import Image, ImageDraw

from engine import clock, deadlines, feel
from engine.errors import InvalidState
from engine.execution import commands
from engine.execution.calendar import Calendar
from engine.store import cases, from_millis, meta, tasks, timers, to_millis
from workflows import passwords, people
from workflows.attachments import Upload
from workflows.bars import OpenTask, target_bar
from workflows.desk import Desk
from workflows.duban import DEMO, Duban
from workflows.roles import AUDIT, ROLES
from workflows.sessions import Identity
from workflows.tables import units

PASSWORD = "duban-demo"
"""The one password of every demo account. It is public, so these accounts exist in demonstrations only."""
SEED = 2026
DATA = Path(__file__).parent / "demo_data"
MODELS = Path(__file__).parent.parent / "bpmn"
PROCESS = "hazard-loop"
PAPERWORK = ("card", "points")
"""Processes that hazards start by message."""
DAY = timedelta(hours=8)  # of working time
PHOTO_SIZE = (640, 480)


class NotADemo(InvalidState):
    """Expected an empty database for the demo company, but this one holds people or cases; choose another."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` parts are loaded; `what` was the last, in plain words."""

    done: int
    total: int
    what: str

    def __str__(self) -> str:
        return f"{self.done}/{self.total} {self.what}"


def load(duban: Duban, *, seed: int = SEED) -> Iterator[Progress]:
    """Fill an empty database, telling how far it is. Raises NotADemo if it is not empty; then nothing is written."""
    _expect_empty(duban)
    until = clock.now()
    organisation, hazards = _read("organisation"), _read("hazards")["hazards"]
    calendar = _publish_calendar(duban, until)
    began = calendar.shifted(until, -DAY * (max(hazard["began"] for hazard in hazards) + 2))
    company = _Company(duban, calendar, Random(seed), began, until)
    clock.simulate(lambda: company.now)
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8192))  # a public password needs no costly hash
    try:
        company.employ(_found(duban, organisation))
        duban.releases.deploy(models(), actor=_id("owner"), note="demo")
        yield Progress(0, len(hazards), organisation["units"][0]["name"])
        yield from company.live(hazards)
    finally:
        clock.simulate(None)
        passwords.use(PasswordHasher())


def models() -> dict[str, bytes]:
    """The files of the shipped processes, by their path below `bpmn/`."""
    suffixes = {".bpmn", ".dmn", ".form"}
    found = (path for path in sorted(MODELS.rglob("*")) if path.suffix in suffixes)
    return {path.relative_to(MODELS).as_posix(): path.read_bytes() for path in found}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _expect_empty(duban: Duban) -> None:
    with duban.store.reading() as connection:
        if any(connection.execute(sa.select(table).limit(1)).first() for table in (units, cases)):
            raise NotADemo


def _publish_calendar(duban: Duban, now: datetime) -> Calendar:
    with duban.store.transaction() as connection:
        return deadlines.publish(connection, deadlines.import_calendar(range(now.year - 1, now.year + 2)))


def _found(duban: Duban, organisation: Mapping[str, Any]) -> dict[str, str]:
    """Units, people, grants and the mark of a demonstration, in one transaction; person id → name."""
    with duban.store.transaction() as connection:
        for unit in organisation["units"]:
            people.create_unit(
                connection, unit["id"], unit["name"], unit["name_en"], unit.get("parent"), unit.get("kind")
            )
        names = {_hire(connection, person): person["name"] for person in organisation["people"]}
        accounts = [_account(person) for person in organisation["people"] if person.get("account")]
        connection.execute(meta.insert().values(key=DEMO, value=json.dumps(accounts, ensure_ascii=False)))
    return names


def _hire(connection: sa.Connection, person: Mapping[str, Any]) -> str:
    username = person["username"]
    id = people.create_person(
        connection, username=username, name=person["name"], unit_id=person["unit"], password=PASSWORD, id=_id(username)
    )  # fmt: skip
    for grant in person["grants"]:
        role, _, unit = grant.partition("@")
        people.grant(connection, id, role, unit)
    return id


def _id(username: str) -> str:
    return f"demo-{username}"


def _account(person: Mapping[str, Any]) -> dict[str, str]:
    """A row of the sign-in page's list."""
    role = ROLES[person["grants"][0].partition("@")[0]]
    title = {"title": role.name, "title_en": role.name_en}
    return {"username": person["username"], "password": PASSWORD, "name": person["name"], **title}


# The company at work ------------------------------------------------------------------------------------------------

STAGES = ("registered", "confirmed", "ordered", "assigned", "rectifying", "submitted", "closed")
Life = Iterator[datetime]
"""Does one thing after the other; yields the moment at which it wants to go on."""


class _Company:
    """The people at work. `now` is the simulated time; `until` the present, where everything stops."""

    def __init__(self, duban: Duban, calendar: Calendar, random: Random, now: datetime, until: datetime) -> None:
        self.duban, self.calendar, self.random, self.now, self.until = duban, calendar, random, now, until
        self.names: dict[str, str] = {}
        self._tokens: dict[str, frozenset[str]] = {}
        self._known: set[str] = set()

    def employ(self, names: dict[str, str]) -> None:
        """Take on these people (id → name)."""
        self.names = names
        with self.duban.store.reading() as connection:
            self._tokens = {id: people.tokens(connection, id, to_millis(self.now)) for id in names}

    def live(self, hazards: list[dict[str, Any]]) -> Iterator[Progress]:
        """Let all hazards live at once, in the order of time."""
        queue: list[tuple[datetime, int, Life]] = []
        for n, hazard in enumerate(hazards):
            begin = self.calendar.shifted(self.until, -DAY * hazard["began"])
            queue.append((begin, n, _Hazard(self, hazard).life()))
        heapq.heapify(queue)
        ended = 0
        while queue:
            when, n, life = heapq.heappop(queue)
            self._let_pass(min(when, self.until))
            following = next(life, None) if when <= self.until else None
            self.settle()
            for case in self._begun():
                heapq.heappush(
                    queue, (self.within(1, 6), len(hazards) + len(self._known), _Paperwork(self, case).life())
                )
            if following is not None:
                heapq.heappush(queue, (following, n, life))
            elif n < len(hazards):
                ended += 1
                yield Progress(ended, len(hazards), hazards[n]["name"])
        self._let_pass(self.until)

    def _let_pass(self, moment: datetime) -> None:
        """Let time pass up to `moment`; each timer on the way fires at its own time."""
        while (timer := self._next_timer()) is not None and timer.due_at <= to_millis(moment):
            self.now = max(self.now, from_millis(timer.due_at))
            self.duban.cases.handle(timer.case_id, commands.FireTimer(timer.n))
            self.settle()
        self.now = max(self.now, moment)

    def settle(self) -> None:
        """Let what follows happen: numbers, papers and messages between cases."""
        while self.duban.worker.run_jobs() + self.duban.messages.deliver_due():
            pass

    def _begun(self) -> list[str]:
        """Cards and points that messages have started since the last look."""
        with self.duban.store.reading() as connection:
            wanted = sa.select(cases.c.id).where(cases.c.process.in_(PAPERWORK)).order_by(cases.c.id)
            found = [case for case in connection.scalars(wanted) if case not in self._known]
        self._known.update(found)
        return found

    def _next_timer(self) -> sa.Row[Any] | None:
        with self.duban.store.reading() as connection:
            columns = timers.c
            return connection.execute(
                sa.select(timers).order_by(columns.due_at, columns.case_id, columns.n).limit(1)
            ).first()

    def within(self, low: float, high: float) -> datetime:
        """A moment so many working hours from now."""
        return self.calendar.shifted(self.now, timedelta(hours=self.random.uniform(low, high)))

    def lately(self, low: float, high: float) -> datetime:
        """A moment so many working hours before the present, but not before now."""
        return max(self.now, self.calendar.shifted(self.until, -timedelta(hours=self.random.uniform(low, high))))

    def identity(self, person: str) -> Identity:
        return Identity(person, self._tokens[person])

    def anybody(self, token: str) -> str:
        return self.random.choice([id for id, tokens in self._tokens.items() if token in tokens])

    def somebody(self, task: OpenTask) -> str:
        """One of those who may have the task."""
        return self.random.choice([id for id, tokens in self._tokens.items() if target_bar(task, id, tokens) is None])


class _Case:
    """A case and what people do in it."""

    def __init__(self, company: _Company, plan: Mapping[str, Any], case: str = "") -> None:
        self.company, self.plan, self.case = company, plan, case
        self.random = company.random
        self.duban, self.desk = company.duban, Desk(company.duban.store, company.duban.cases)

    def do(self, element: str, write: "Callable[[_Pen], dict[str, Any]] | None" = None) -> None:
        """Somebody who may claims the task of `element`, adds photos, fills in its form and completes it."""
        person = self._take_on(element)
        n = self._number(element)
        assert n is not None
        with self.duban.store.reading() as connection:
            seen = self.desk.variables(connection, self.desk.task(connection, person, self.case, n))
        data = (write or _FILL[element])(_Pen(self, n, person.person, seen))
        self.desk.complete(person, self.case, n, data, version=None, key=None)
        self.company.settle()

    def _take_on(self, element: str) -> Identity:
        """Whoever has the task of `element`; if nobody, somebody who may claims it."""
        n = self._number(element)
        assert n is not None, f"expected an open task of {element}"
        with self.duban.store.reading() as connection:
            task = self.desk.task(connection, Identity("", frozenset({AUDIT})), self.case, n)
        if task.row.assignee:
            return self.company.identity(task.row.assignee)
        person = self.company.somebody(task)
        self.duban.cases.handle(self.case, commands.ClaimTask(n, actor=person))
        return self.company.identity(person)

    def _number(self, element: str) -> int | None:
        """The number of the open task of `element`."""
        of_case = (tasks.c.case_id == self.case) & (tasks.c.element == element) & tasks.c.ended_at.is_(None)
        with self.duban.store.reading() as connection:
            found: int | None = connection.scalar(sa.select(tasks.c.n).where(of_case))
            return found

    def _all(self, elements: Iterable[str], low: float, high: float) -> Life:
        """What of these is to be done, each after a while, until none is left."""
        while waiting := [element for element in elements if self._number(element)]:
            yield self.company.within(low, high)
            self.do(waiting[0])


class _Paperwork(_Case):
    """A card or points, which follow from a hazard: done by and by, but a card stands until its hazard is closed."""

    def __init__(self, company: _Company, case: str) -> None:
        super().__init__(company, {}, case)

    def life(self) -> Life:
        yield from self._all(("SignCard", "HoldTalk", "Object", "DecideAppeal", "FollowUp"), 1, 10)


class _Hazard(_Case):
    """One hazard and what the people do about it, up to the stage that its data names."""

    def life(self) -> Life:
        wait, stage = self.company.within, STAGES.index(self.plan["until"])
        self._register()
        steps: tuple[tuple[str, float, float], ...] = (
            ("ConfirmGrade", 0.3, 2), ("IssueOrder", 0.1, 0.4), ("ReceiveOrder", 0.2, 0.9)
        )  # fmt: skip
        for element, low, high in steps[:stage]:
            yield wait(low, high)
            self.do(element)
            yield from self._all(("OrderStop", "SignStop", "Ratify", "Report"), 0.02, 0.1)
        if stage < STAGES.index("assigned"):
            return
        if self._number("VerifyInterim"):
            yield wait(0.2, 1)
            self.do("VerifyInterim")
        if stage > STAGES.index("assigned"):
            yield from self._rectify_and_accept(self.plan["until"])

    def _rectify_and_accept(self, until: str) -> Life:
        wait = self.company.within
        yield from self._all(("WritePlan", "ReviewPlan"), 2, 8)
        rejects = self.plan.get("rejects", 0)
        for _ in range(rejects):
            yield from self._rectify(last=until == "rectifying")
            yield wait(1, 6)
            self.do("Accept", _Pen.reject)
            if self._number("RectifyAtOnce"):
                yield wait(0.3, 1.5)
                self.do("RectifyAtOnce")
                return (yield from self._close())
        if until == "rectifying":
            self._take_on("Rectify")
            return
        yield from self._rectify(last=until == "submitted")
        if until == "closed":
            yield from self._close()

    def _close(self) -> Life:
        yield from self._all(("Assess", "Accept"), 1, 9)
        yield from self._all(("Apply", "ApproveRelease"), 0.5, 3)
        yield from self._all(("CloseAndScore",), 0.5, 6)

    def _rectify(self, *, last: bool) -> Life:
        """`last`: the last thing to happen here, so it happened lately rather than long ago."""
        low, high = (0.3, 2.0) if self.plan.get("now") else (8.0, 14.0)
        if self.plan.get("late"):
            low, high = 48.0, 60.0
        yield self.company.lately(9, 14) if last else self.company.within(low, high)
        self.do("Rectify")

    # Commands

    def _register(self) -> None:
        plan, station = self.plan, "S02" if self.plan["unit"] == "U06" else "S01"
        online = plan.get("online", False)
        data = {
            "dangerName": plan["name"], "unitId": plan["unit"], "site": plan["site"], "dangerDesc": plan["desc"],
            "findingClass": plan["finding"], "hazardDangerType": plan["type"], "dangerSrc": "3" if online else "1",
            "foundBy": "ONLINE" if online else "FIELD", "stationId": station,
            "repeatHazard": plan.get("repeat", False),
        }  # fmt: skip
        finder = self.company.identity(self.company.anybody(f"role:FIELD_INSPECTOR@{station}"))
        self.case = self.desk.start(finder, PROCESS, data, key=None).case


# What they write and photograph --------------------------------------------------------------------------------------


class _Pen:
    """Fills in the forms of one person's task. `seen` are the variables that the task shows."""

    def __init__(self, hazard: _Case, task: int, person: str, seen: Mapping[str, feel.Value]) -> None:
        self.hazard, self.task, self.person, self.seen = hazard, task, person, seen
        self.plan, self.random, self.company = hazard.plan, hazard.random, hazard.company

    def confirm(self) -> dict[str, Any]:
        grade = self.seen["hazardGrade"]
        treatment = {"dangerManageType": "0" if self.plan.get("now") else "1"} if grade == "GENERAL" else {}
        return {
            "hazardGrade": grade, **treatment, "managementClassification": self.random.choice("1223"),
            "unitOpinion": "AGREED", "photosBefore": self.photos("before"),
        }  # fmt: skip

    def order(self) -> dict[str, Any]:
        days = self.seen["rectifyDays"]
        return {
            "orderType": self.seen["orderType"], **({} if days is None else {"rectifyDays": feel.to_json(days)}),
            "controlMeasures": self.plan["measures"],
            **({} if self.plan.get("now") else {"interimControls": "现场隔离,设警示标识,专人看护。"}),
        }  # fmt: skip

    def assign(self) -> dict[str, Any]:
        """The rectifier of the unit is named; phone numbers are of a range that nobody is given."""
        number = f"199 0000 {self.random.randrange(10_000):04}"
        name = self.company.names[self.company.anybody(f"role:UNIT_RECTIFIER@{self.plan['unit']}")]
        in_place = {} if self.plan.get("now") else {"interimDone": True}
        return {"receipt": "RECEIVED", "liablePerson": name, "liablePhone": number, **in_place}

    def interim(self) -> dict[str, Any]:
        return {"interimVerdict": "CONTROLLED"}

    def write_plan(self) -> dict[str, Any]:
        major = {
            "planGoal": "恢复投用,消除隐患。",
            "planOrganisation": "单位安全总监负责,设备、工艺人员参加。",
            "majorState": self.plan["desc"],
            "majorCause": "维护不到位。",
            "majorHarm": "可能造成火灾爆炸,影响罐区。",
            "majorDifficulty": "HARD",
        }
        return {
            "planMeasures": self.plan["measures"], "planCost": self.random.randrange(2, 60) * 1000,
            "planFinish": self.day(20), "planContingency": "发现异常立即停产撤人,按现场处置方案执行。",
            **(major if self.seen["hazardGrade"] == "MAJOR" else {}),
        }  # fmt: skip

    def rectify(self) -> dict[str, Any]:
        return {
            "dangerReason": self.random.choice(("EQUIPMENT", "OPERATION", "MAINTENANCE", "TRAINING", "MANAGEMENT")),
            "cost": self.random.randrange(1, 80) * 50, "actualFinish": self.day(0), "photosAfter": self.photos("after"),
            "rectifyMeasures": self.plan["done"] or "已按指令要求采取措施,待验收。",
        }  # fmt: skip

    def accept(self) -> dict[str, Any]:
        return {
            "acceptResult": "PASS",
            "checkAcceptComment": "现场核实,符合要求。",
            "photosAccept": self.photos("evidence"),
        }

    def reject(self) -> dict[str, Any]:
        reason = self.random.choice(("照片角度不符,看不到整改部位。", "现场仍未完全恢复,须补充处理。", "缺检测记录。"))
        return {"acceptResult": "REJECT", "rejectReason": reason, "photosAccept": self.photos("evidence")}

    def close(self) -> dict[str, Any]:
        violation = self.plan.get("violation", "NONE")
        name = self.random.choice(("刘某", "王某", "张某"))
        who = {"accountable": name, "accountableId": f"{self.plan['unit']}-{ord(name[0]) % 100:02}"}
        accountable = {} if violation == "NONE" else {**who, "violationYear": self.company.now.year}
        repeat = {"repeatCount": 1, "rootCause": "日常检查不到位。"} if self.plan.get("repeat") else {"repeatCount": 0}
        return {"violation": violation, **accountable, **repeat, "closeNote": "资料齐全,同意销号。"}

    def report(self) -> dict[str, Any]:
        told = {"authorityTold": "NOT_YET"} if self.seen["hazardGrade"] == "MAJOR" else {}
        return {"reportedTo": "安全环保部值班室", "reportedBy": "PHONE", **told}

    def stop(self) -> dict[str, Any]:
        return {"stopScope": self.plan["site"], "stopReason": self.plan["desc"], "stopCount": 0}

    def ratify(self) -> dict[str, Any]:
        return {"stopRatified": "RATIFIED"}

    def sign_stop(self) -> dict[str, Any]:
        return {"stopReceipt": "RECEIVED"}

    def apply(self) -> dict[str, Any]:
        return {
            "retrainedOn": self.day(0), "retrainedCount": self.random.randrange(4, 12),
            "retrainedPeople": "当班作业人员",
            "retrainingRecord": self.photos("evidence"), "applyNote": "整改已通过验收,人员已再培训,申请复工。",
        }  # fmt: skip

    def release(self) -> dict[str, Any]:
        return {"releaseDecision": "APPROVED"}

    def review_plan(self) -> dict[str, Any]:
        return {"planDecision": "APPROVED"}

    def assess(self) -> dict[str, Any]:
        return {"assessResult": "MEETS", "assessReport": "达到治理目标。", "employeesTold": "YES"}

    def sign_card(self) -> dict[str, Any]:
        return {"cardReceipt": "RECEIVED", "cardResponse": "增派人员,本周内完成整改。"}

    def talk(self) -> dict[str, Any]:
        return {
            "talkDate": self.day(0), "talkPlace": "监督中心会议室", "talkSummary": "分析逾期原因,明确责任。",
            "talkCommitment": "三日内完成整改。",
        }  # fmt: skip

    def accept_points(self) -> dict[str, Any]:
        return {"objected": False}

    def appeal(self) -> dict[str, Any]:
        return {"appealResult": "UPHELD", "appealReason": "事实清楚。"}

    def follow_up(self) -> dict[str, Any]:
        return {"measureDate": self.day(0), "measureRecord": "已约谈并培训。", "measureResult": "DONE"}

    def day(self, ahead: int) -> str:
        return self.company.calendar.local_day(self.company.now + timedelta(days=ahead)).isoformat()

    def photos(self, role: str) -> list[dict[str, str]]:
        """One small picture, taken a few minutes ago on the spot, as the form wants it."""
        taken = to_millis(self.company.now) - self.random.randrange(60_000, 600_000)
        upload = Upload(
            case=self.hazard.case, task=self.task, name=f"{role}-{self.task}.jpg", role=role, source="CAMERA",
            client_id=str(uuid.UUID(int=self.random.getrandbits(128), version=4)), captured_at=taken,
            latitude=41.1 + self.random.random() / 10, longitude=121.9 + self.random.random() / 10,
        )  # fmt: skip
        added = self.company.duban.attachments.add(io.BytesIO(_photo(self.random, role)), upload, by=self.person)
        return [{"id": added.id, "sha256": added.sha256}]


_FILL: dict[str, Callable[[_Pen], dict[str, Any]]] = {
    "ConfirmGrade": _Pen.confirm,
    "IssueOrder": _Pen.order,
    "ReceiveOrder": _Pen.assign,
    "VerifyInterim": _Pen.interim,
    "WritePlan": _Pen.write_plan,
    "Rectify": _Pen.rectify,
    "RectifyAtOnce": _Pen.rectify,
    "Report": _Pen.report,
    "OrderStop": _Pen.stop,
    "Ratify": _Pen.ratify,
    "SignStop": _Pen.sign_stop,
    "Apply": _Pen.apply,
    "ApproveRelease": _Pen.release,
    "ReviewPlan": _Pen.review_plan,
    "Assess": _Pen.assess,
    "SignCard": _Pen.sign_card,
    "HoldTalk": _Pen.talk,
    "Object": _Pen.accept_points,
    "DecideAppeal": _Pen.appeal,
    "FollowUp": _Pen.follow_up,
    "Accept": _Pen.accept,
    "CloseAndScore": _Pen.close,
}

_SKY = {"before": (196, 170, 150), "after": (168, 196, 180), "evidence": (176, 188, 204)}


def _photo(random: Random, role: str) -> bytes:
    """A small JPEG that could be a pipe and a cabinet in front of a wall; a red mark before, a green one after."""
    picture = Image.new("RGB", PHOTO_SIZE, _SKY[role])
    draw, (width, height) = ImageDraw.Draw(picture), PHOTO_SIZE
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 112, 104))
    left = random.randrange(60, 260)
    draw.rectangle((left, 130, left + 170, 360), fill=(214, 214, 206), outline=(90, 90, 90), width=4)
    draw.ellipse((left + 120, 230, left + 145, 255), fill=(70, 70, 70))
    pipe = random.randrange(380, 430)
    draw.line((0, pipe, width, pipe - random.randrange(60)), fill=(176, 64, 48), width=26)
    mark = (44, 140, 72) if role != "before" else (208, 56, 40)
    draw.ellipse((width - 110, 40, width - 40, 110), outline=mark, width=10)
    for _ in range(400):
        draw.point((random.randrange(width), random.randrange(height)), fill=(80, 80, 80))
    stored = io.BytesIO()
    picture.save(stored, "JPEG", quality=80)
    return stored.getvalue()
