"""What the demo company lives through: how soon people get round to what, how hazards go, what comes from outside.

The proportions are those of a supervision centre: 82/15/3 % general, larger and major hazards, one in ten overdue, one
in twelve rejected, one in eight repeated, a third found online.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from random import Random
from typing import Any

import sqlalchemy as sa

from engine import feel
from engine.errors import DubanError
from engine.store import cases
from workflows.asking import Asking
from workflows.declared import HAZARDS
from workflows.demo_acts import FILLS
from workflows.demo_world import DAY, HOUR, MINUTE, ZONE, Due, Step, Story, World
from workflows.desk import case_variables
from workflows.registry import register_rows

Span = tuple[float, float]

WORKING: Mapping[str, Span] = {
    "hazard-loop/CloseAndScore": (0.5, 6), "order/DecideDispute": (1, 6), "order/IssueOrder": (0.1, 1.2),
    "order/ReceiveOrder": (0.2, 1.7), "order/VerifyInterim": (0.2, 1.2), "major/WritePlan": (2, 12),
    "major/ReviewPlan": (1, 9), "rectification/RectifyAtOnce": (0.3, 1.5), "acceptance/Accept": (1, 11),
    "acceptance/Assess": (2, 10), "extension/DecideExtension": (0.5, 6), "review/ChiefAgrees": (0.5, 5),
    "review/DeptAgrees": (0.5, 5), "stop-work/Ratify": (0.5, 6), "stop-work/Apply": (0.5, 4),
    "stop-work/ApproveRelease": (0.5, 4), "card/SignCard": (0.5, 7), "card/HoldTalk": (2, 13), "card/LiftCard": (4, 10),
    "points/Object": (1, 18), "points/DecideAppeal": (2, 24), "points/FollowUp": (4, 24),
    "supervision-plan/Draft": (2, 10), "supervision-plan/Approve": (0.5, 4), "supervision-plan/ApproveMonth": (1, 8),
    "dispatch/ChooseTeam": (0.1, 1.5), "twelve-step/Prepare": (0.5, 3), "onsite/SignRecord": (0.3, 5),
    "twelve-step/Report": (1, 20), "joint-inspection/Feedback": (0.5, 6), "miss-check/CheckVideo": (1, 20),
    "online-patrol/Ticket": (1, 7),
}  # fmt: skip
"""Working hours until somebody has got round to a task, at least and at most."""

AT_ANY_HOUR: Mapping[str, Span] = {
    "hazard-loop/ConfirmGrade": (5, 80), "hazard-loop/Report": (20, 180), "stop-work/OrderStop": (3, 20),
    "stop-work/SignStop": (5, 45), "high-risk-work/Precheck": (15, 150), "high-risk-work/ApproveEmergency": (3, 20),
    "high-risk-work/Reply": (5, 60), "booking-change/CheckChange": (15, 120), "dispatch/Offer": (1, 3.5),
    "joint-inspection/Triage": (1, 8), "joint-inspection/Intercom": (1, 4), "joint-inspection/SiteAck": (2, 8),
    "joint-inspection/OnsiteVerdict": (25, 105), "joint-inspection/TerritoryVerify": (15, 55),
    "joint-inspection/Reconcile": (15, 200), "joint-inspection/ShiftReview": (20, 180),
    "shift-patrols/Confirm": (4, 25), "online-patrol/Watch": (10, 90), "online-patrol/Handover": (1, 12),
    "online-patrol/Restore": (8, 28), "online-patrol/MobileVideo": (4, 25),
}  # fmt: skip
"""The same in minutes, day and night."""

STOPS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("acceptance/Accept", {}),
    ("order/IssueOrder", {}),
    ("rectification/Rectify", {}),
    ("order/DecideDispute", {"opinion": "DISPUTED"}),
    ("hazard-loop/ConfirmGrade", {}),
    ("acceptance/Accept", {"rejects": 1}),
    ("order/ReceiveOrder", {}),
    ("hazard-loop/CloseAndScore", {}),
    ("extension/DecideExtension", {"extension": True, "at_once": False}),
    ("rectification/Rectify", {"at_once": False}),
    ("", {}),
    ("review/ChiefAgrees", {"contest": "VOID", "at_once": False}),
)
"""Where hazards of the last days have come to rest, one after the other, so that each state is there to be seen."""
RECENT = 8 * DAY
OTHERS = (
    ("现场物料摆放混乱", "8"), ("作业人员未戴安全帽", "1"), ("巡检记录漏填", "1"), ("警示标识褪色", "1"),
    ("工具箱未定置", "8"), ("压力表超期未检", "4"), ("护目镜未佩戴", "1"), ("电缆接头裸露", "3"),
)  # fmt: skip
"""Findings that are on no checklist: words, type."""


@dataclass(slots=True)
class Checklists:
    """Items of each template by the suffix of their grade, and what failing to meet them is called."""

    items: dict[str, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Checklists":
        """From the tables of the deployed release."""
        releases = world.duban.releases
        bundle = releases.bundle(releases.current("twelve-step"))
        found, now = cls(), feel.DateTime.from_datetime(world.now)
        for id in sorted(bundle.decisions):
            if id.startswith("checklist-"):
                rows: Any = bundle.decisions[id].evaluate(id, {"item": None}, now).value
                for row in rows:
                    known = found.items.setdefault(id.removeprefix("checklist-"), {})
                    known.setdefault(str(row["suffix"]), []).append((str(row["item"]), str(row["finding"])))
        return found


class Life:
    """Everything that happens, put into the world's diary."""

    def __init__(self, world: World, places: Mapping[str, Any]) -> None:
        self.world, self.random = world, Random(f"{world.seed}/life")
        self.sites: list[dict[str, Any]] = places["sites"]
        self.watched: list[dict[str, Any]] = places["patrols"]
        self.cameras: list[dict[str, Any]] = places["cameras"]
        self.checklists = Checklists.of(world)
        self.stories: dict[str, Story] = {}
        self._visited: dict[str, datetime] = {}
        self._stops = 0
        self._recent = min(RECENT, (world.until - world.now) / 4)
        self._repeats = 0
        self._asking = Asking(world.duban.store, world.duban.cases)
        world.script, world.on_task = self, self.notice

    # What comes from outside ----------------------------------------------------------------------------------------

    def begin(self, first: date, last: date) -> None:
        """Bookings, alerts, calls and daily checks of all days."""
        day = first
        while day <= last:
            working = self.world.calendar.is_working_day(day)
            for act, chance in ((self._book, 0.45), (self._alert, 0.28), (self._call, 0.04), (self._check, 0.34)):
                often = chance if working else chance / 3
                if self.random.random() < often:
                    self.world.at(self._moment(day, 8, 17), act)
            day += DAY
        for back, hour in ((1, 9), (0, 8), (0, 13), (-1, 9)):
            self._book_near(last - back * DAY, hour)

    def _moment(self, day: date, early: float, late: float) -> datetime:
        return datetime.combine(day, time(), ZONE) + self.random.uniform(early, late) * HOUR

    def _book(self) -> None:
        ahead = self.random.randrange(2, 5)
        day = self.world.now.astimezone(ZONE).date() + ahead * DAY
        self._ask_for_work(self._moment(day, 8, 14), emergency=self.random.random() < 0.07)

    def _book_near(self, day: date, hour: int) -> None:
        """Work around the present, on whatever day that is."""
        starts = datetime.combine(day, time(hour), ZONE)
        self.world.at(starts - 40 * HOUR, lambda: self._ask_for_work(starts, emergency=False, level="FIRST"))

    def _ask_for_work(self, starts: datetime, *, emergency: bool, level: str = "") -> None:
        site = self.random.choice(self.sites)
        kind = self.random.choice(("HOT_WORK", "HOT_WORK", "LIFTING", "CONFINED_SPACE", "HEIGHT", "TEMP_POWER", "WELL"))
        if emergency:
            starts = self.world.now + 3 * HOUR
        data = {
            "station": site["station"], "unit": site["unit"], "site": site["name"], "workType": kind,
            "level": level or self.random.choice(("SPECIAL", "FIRST", "FIRST", "SECOND", "SECOND", "SECOND")),
            "startsAt": _local(starts), "endsAt": _local(starts + self.random.randrange(2, 6) * HOUR),
            "contact": self.random.choice(("郑工", "曹工", "冯工", "石工")),
        }  # fmt: skip
        urgent = {"emergency": True, "emergencyReason": "管线渗漏，须立即抢修。"}
        permit = {"permitNo": f"ZY-{self.random.randrange(10_000):04}"}
        who = self._of(f"role:UNIT_SAFETY_DIRECTOR@{site['unit']}", f"role:CONTRACTOR_LEAD@{site['unit']}")
        case = self.world.start(who, "high-risk-work", **data, **(urgent if emergency else permit))
        if not emergency and self.random.random() < 0.12:
            self.world.at(self.world.now + 20 * HOUR, lambda: self._change(case, who, starts))

    def _change(self, case: str, who: str, starts: datetime) -> None:
        """Some work is put off or cancelled, if its booking still waits for it."""
        number = self._variable(case, "bookingNo")
        if number is None or not self._is_active(case):
            return
        data: dict[str, Any] = {"bookingNo": number, "changeReason": "设备未到场，调整作业时间。"}
        if self.random.random() < 0.5:
            later = starts + DAY
            data |= {"change": "CHANGE", "startsAt": _local(later), "endsAt": _local(later + 3 * HOUR)}
        else:
            data["change"] = "CANCEL"
        self.world.start(who, "booking-change", **data)

    def _alert(self) -> None:
        """The recognition platform believes that it has seen something."""
        camera = self.random.choice(self.cameras)
        code = self.random.choices(("V07", "V08", "V05", "V01", "V03", "V06"), (70, 9, 4, 3, 3, 3))[0]
        told = {
            "eventId": f"AI-{self.random.getrandbits(40):010x}", "cameraId": camera["id"], "violationCode": code,
            "aiConfidence": round(self.random.uniform(0.62, 0.98), 2), "occurredAt": _local(self.world.now),
            "frameHash": f"{self.random.getrandbits(256):064x}",
        }  # fmt: skip
        values = {name: feel.from_json(value) for name, value in told.items()}
        publish = self.world.duban.messages.publish
        publish("AlertReceived", f"{camera['id']}/{code}", values, id=str(told["eventId"]))
        self.world.expect("messages")

    def _call(self) -> None:
        site = self.random.choice(self.sites)
        who = self._of("role:ONLINE_SUPERVISOR", "role:ONLINE_SUPERVISOR@S09")
        self.world.start(
            who, "joint-inspection", source=self.random.choice(("PHONE", "FIELD")), station=site["station"],
            unit=site["unit"], site=site["name"], violationCode=self.random.choice(("V07", "V07", "V08", "V05")),
        )  # fmt: skip

    def _check(self) -> None:
        """A daily check by an inspector; most of what it finds was found there before."""
        site = self.random.choice(self.sites)
        template = self.random.choice(site["templates"])
        again = self._repeats < 0.7 * (self._repeats + 1) or self.random.random() < 0.7
        known = self.checklists.items[template]
        item, words = self.random.choice(known.get("G") or known["L"])
        self._repeats += again
        self.world.start(
            self._of(f"role:FIELD_INSPECTOR@{site['station']}"), "hazard-loop", dangerName=words, unitId=site["unit"],
            site=site["name"], dangerDesc=f"日常检查发现：{words}（{item}）。", findingClass="GENERAL",
            hazardDangerType=self.random.choice("1345678"), dangerSrc="1", stationId=site["station"],
            foundBy="FIELD" if self.random.random() < 0.85 else "ONLINE", repeatHazard=again,
        )  # fmt: skip

    def _of(self, *tokens: str) -> str:
        found = [id for token in tokens for id in self.world.holders(token)]
        return self.random.choice(found)

    # What people get round to ---------------------------------------------------------------------------------------

    def notice(self, due: Due) -> None:
        """A task has come onto somebody's list: when will they do it?"""
        if due.key == "hazard-loop/ConfirmGrade":
            self.stories[due.case] = self._told(due)
        told = self.stories.get(due.case)
        if told is not None and told.stop == due.key and told.rejected >= told.rejects:
            self._begin(due)
            return
        when = self._when(due, told)
        if when is not None:
            self.world.at(when, lambda: self._do(due))
        if when is None or when > self.world.until:
            self._begin(due)
        if due.key == "onsite/Arrive":
            self._see_things(due)
        if due.key == "rectification/Rectify" and told is not None:
            self._ask(due, told)

    def _begin(self, due: Due) -> None:
        """What will not be done by today is on somebody's own list by now, more often than not."""
        dice = self.world.dice(due.case)
        if due.assignee is None and dice.random() < 0.6:
            self.world.at(self.world.now + dice.uniform(5, 60) * MINUTE, lambda: self.world.take(due))

    def _do(self, due: Due) -> None:
        if not self.world.do(due, FILLS[due.key]) and due.key == "card/LiftCard":
            self.world.at(self.world.working(8), lambda: self._do(due))

    def _when(self, due: Due, told: Story | None) -> datetime | None:
        dice, now = self.world.dice(due.case), self.world.now
        if due.key == "rectification/Rectify" and told is not None:
            return self._rectified(told, dice)
        if due.key in ("onsite/Arrive", "onsite/Inspect", "twelve-step/OnlinePatrol", "high-risk-work/WorkDone"):
            return self._in_its_window(due, dice)
        if due.key in WORKING:
            slow = 4 if dice.random() < 0.02 else 1
            return self.world.working(dice.uniform(*WORKING[due.key]) * slow)
        return now + dice.uniform(*AT_ANY_HOUR[due.key]) * MINUTE

    def _rectified(self, told: Story, dice: Random) -> datetime | None:
        if told.neglected:
            return None
        if told.late:
            told.late = False
            return self.world.working(dice.uniform(48, 66) if not told.at_once else dice.uniform(9, 14))
        if told.at_once:
            return self.world.working(dice.uniform(0.3, 2))
        return self.world.working(dice.uniform(4, 26))

    def _in_its_window(self, due: Due, dice: Random) -> datetime:
        seen = self._seen(due)
        starts, ends = _instant(seen.get("startsAt")), _instant(seen.get("endsAt"))
        if due.key == "onsite/Arrive":
            return starts + dice.uniform(-12, 6) * MINUTE
        if due.key == "onsite/Inspect":
            return max(self.world.now + dice.uniform(25, 80) * MINUTE, min(ends - 20 * MINUTE, starts + 3 * HOUR))
        if due.key == "twelve-step/OnlinePatrol":
            return starts + dice.uniform(5, 80) * MINUTE
        return ends + dice.uniform(5, 90) * MINUTE

    # Hazards --------------------------------------------------------------------------------------------------------

    def _told(self, due: Due) -> Story:
        dice = self.world.dice(due.case)
        story = Story(
            late=dice.random() < 0.065, neglected=dice.random() < 0.025, rejects=int(dice.random() < 0.13),
            opinion="DISPUTED" if dice.random() < 0.03 else "AGREED", extension=dice.random() < 0.05,
            contest=dice.choices(("", "VOID", "TRANSFER"), (96, 2, 2))[0], at_once=dice.random() < 0.35,
            violation=dice.choices(("NONE", "MINOR", "ORDINARY", "SERIOUS"), (70, 14, 12, 4))[0],
        )  # fmt: skip
        if story.rejects and dice.random() < 0.2:
            story.rejects = 2
        age = self.world.until - self.world.now
        if self._recent < age < self._recent + 16 * DAY and dice.random() < 0.15:
            story.neglected = True  # the first steps of the overdue ladder are there to be seen, too
        if age < self._recent:
            stop, more = STOPS[self._stops % len(STOPS)]
            self._stops += 1
            story = Story(stop=stop, at_once=dice.random() < 0.2)
            for name, value in more.items():
                setattr(story, name, value)
        return story

    def _ask(self, due: Due, told: Story) -> None:
        """The unit asks for more time, or says that the hazard is none, or not theirs."""
        if told.at_once or told.rejected:
            return
        if told.extension:
            self.world.at(self.world.working(1.5), lambda: self._ask_for(due.case, "ExtensionAsked", _EXTENSION))
            told.extension = False
        elif told.contest:
            kind = {"contestKind": told.contest, "contestReason": "该设施已移交，不属本单位管理。"}
            more = {"transferTo": "U05"} if told.contest == "TRANSFER" else {}
            self.world.at(self.world.working(1.2), lambda: self._ask_for(due.case, "HazardContested", {**kind, **more}))
            told.contest = ""

    def _ask_for(self, case: str, element: str, data: Mapping[str, Any]) -> None:
        unit = self._variable(case, "unitId")
        who = self.world.identity(self._of(f"role:UNIT_SAFETY_DIRECTOR@{unit}"))
        with self.world.duban.store.reading() as connection:
            offers = [one for one in self._asking.offers(connection, who, case) if one.node.id == element]
        for offer in offers[:1]:
            try:
                self._asking.ask(who, case, offer.n, data, key=None)
            except DubanError:  # too late to ask, or once too often: the answer that people get, too
                return

    # What the acts ask ----------------------------------------------------------------------------------------------

    def story(self, case: str) -> Story:
        return self.stories.setdefault(case, Story())

    def is_accepted(self, hazard: str) -> bool:
        r = register_rows.c
        passed = r.register == HAZARDS.id, r.number == hazard, r.state.in_(("ACCEPTED", "CLOSED"))
        with self.world.duban.store.reading() as connection:
            return connection.execute(sa.select(r.id).where(*passed)).first() is not None

    def planned(self, step: Step) -> list[dict[str, Any]]:
        """Sites of the station that have waited longest; a few are left out again and again."""
        station, week = str(step.plain("station")), step.plain("period") != "MONTH"
        own = [site for site in self.sites if site["station"] == station and not site.get("forgotten")]
        own.sort(key=lambda site: (self._visited.get(site["name"], step.world.now - 400 * DAY), site["id"]))
        days = self._days_of(step.world.now, week=week)
        count = step.random.choice((2, 3, 3)) if week else 1
        items = [self._item(step, site, step.random.choice(days)) for site in own[: count + 2][:count]]
        return sorted(items, key=lambda item: str(item["startsAt"]))

    def _days_of(self, now: datetime, *, week: bool) -> list[date]:
        """The working days of next week, or some of next month."""
        today = now.astimezone(ZONE).date()
        first = today + ((7 - today.weekday()) if week else 17) * DAY
        return [
            day for n in range(7) if self.world.calendar.is_working_day(day := first + n * DAY)
        ] or [first]  # fmt: skip

    def _item(self, step: Step, site: Mapping[str, Any], day: date) -> dict[str, Any]:
        starts = datetime.combine(day, time(step.random.choice((8, 9, 13, 14)), 30), ZONE)
        self._visited[site["name"]] = starts
        n = step.random.randrange(len(site["templates"]))
        return {
            "unit": site["unit"], "site": site["name"], "requirement": site["wanted"][n],
            "templateIds": [site["templates"][n]], "tier": site["risk"], "startsAt": _local(starts),
            "method": "ROVING" if site["risk"] == "BLUE" else "STANDBY", "endsAt": _local(starts + 3 * HOUR),
            "unannounced": step.random.random() < 0.12,
        }  # fmt: skip

    def patrolled(self, step: Step) -> list[dict[str, Any]]:
        count = 2 if step.world.now.astimezone(ZONE).hour < 12 else 1
        return step.random.sample(self.watched, count)

    def failing(self, step: Step) -> list[dict[str, str]]:
        """At most one item of the list that was prepared; half of the visits find nothing by the list."""
        template = str((step.plain("templateIds") or ["FP"])[0])
        known, luck = self.checklists.items[template], step.random.random()
        suffix = "M" if luck < 0.05 else "R" if luck < 0.08 else "L" if luck < 0.11 else "G" if luck < 0.5 else ""
        if not known.get(suffix):
            return []
        item, words = step.random.choice(known[suffix])
        return [{"item": item, "note": words + "。", "place": step.random.choice(("东侧", "入口处", "2 号位", "泵房"))}]

    def _see_things(self, due: Due) -> None:
        """What an inspector or a camera sees during the visit, apart from the list."""
        dice, seen = self.world.dice(due.case), self._seen(due)
        number, starts = seen.get("visitNo"), _instant(seen.get("startsAt"))
        for _ in range(dice.choices((0, 1, 2), (45, 42, 13))[0]):
            words, kind = dice.choice(OTHERS)
            source = "ONLINE" if dice.random() < 0.4 else "ONSITE"
            data = {
                "visitNo": number, "listed": "OTHER", "dangerName": words, "findingClass": "GENERAL",
                "hazardDangerType": kind, "source": source, "place": dice.choice(("东侧", "西侧", "入口处", "操作间")),
                "note": "现场照片为证。",
            }  # fmt: skip
            when = starts + dice.uniform(15, 25) * MINUTE
            self.world.at(when, partial(self._find, due, data))

    def _find(self, due: Due, data: Mapping[str, Any]) -> None:
        if not self._is_active(due.case):
            return
        station, online = str(data["visitNo"])[:3], data["source"] == "ONLINE"
        who = self._of("role:ONLINE_SUPERVISOR" if online else f"role:FIELD_INSPECTOR@{station}")
        self.world.start(who, "finding", **data)

    # Looking --------------------------------------------------------------------------------------------------------

    def _seen(self, due: Due) -> Mapping[str, feel.Value]:
        found = self.world.open(due)
        return found[1] if found else {}

    def _variable(self, case: str, name: str) -> Any:
        with self.world.duban.store.reading() as connection:
            return feel.to_json(case_variables(connection, case).get(name))

    def _is_active(self, case: str) -> bool:
        with self.world.duban.store.reading() as connection:
            return connection.scalar(sa.select(cases.c.status).where(cases.c.id == case)) == "active"


_EXTENSION = {
    "extensionDays": 3,
    "extensionReason": "备件采购未到货，需延长整改时间。",
    "extensionControls": "现场隔离，专人看护，每班检查。",
}


def _local(moment: datetime) -> str:
    return moment.astimezone(ZONE).replace(second=0, microsecond=0).isoformat()


def _instant(value: feel.Value) -> datetime:
    """A variable that is a moment, as FEEL or as text."""
    if isinstance(value, feel.DateTime):
        return value.to_datetime()
    return datetime.fromisoformat(re.sub(r"@.*", "", str(value)))
