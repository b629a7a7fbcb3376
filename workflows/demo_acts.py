"""What people of the demo company write into each form: one function for each task, found by process and element."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.store import to_millis
from workflows.checklists import Said
from workflows.demo_world import DAY, Step

Fill = Callable[[Step], dict[str, Any] | None]
FILLS: dict[str, Fill] = {}
"""Process and element → what is written; None: not now."""


def fills(*keys: str) -> Callable[[Fill], Fill]:
    def note(fill: Fill) -> Fill:
        FILLS.update(dict.fromkeys(keys, fill))
        return fill

    return note


# A hazard ------------------------------------------------------------------------------------------------------------


@fills("hazard-loop/ConfirmGrade")
def confirm(step: Step) -> dict[str, Any]:
    grade, told = step.plain("hazardGrade"), step.world.script.story(step.due.case)
    treatment = {"dangerManageType": "0" if told.at_once else "1"} if grade == "GENERAL" else {}
    note = {"unitOpinionNote": "单位认为不构成该等级，申请复核。"} if told.opinion != "AGREED" else {}
    return {
        "hazardGrade": grade, **treatment, "managementClassification": step.random.choice("1223"),
        "unitOpinion": told.opinion, **note, "photosBefore": step.photos("before"),
    }  # fmt: skip


@fills("order/IssueOrder")
def order(step: Step) -> dict[str, Any]:
    days, kind = step.plain("rectifyDays"), step.plain("orderType")
    interim = {} if kind == "AT_ONCE" else {"interimControls": "现场隔离，设警示标识，专人看护。"}
    return {
        "orderType": kind, **({} if days is None else {"rectifyDays": days}), **interim,
        "controlMeasures": step.plain("controlMeasures") or "按标准恢复，举一反三排查同类问题。",
    }  # fmt: skip


@fills("order/ReceiveOrder")
def receive(step: Step) -> dict[str, Any]:
    """The rectifier of the unit is named; phone numbers are of a range that nobody is given."""
    rectifiers = step.world.holders(f"role:UNIT_RECTIFIER@{step.plain('unitId')}")
    name = step.world.names[step.random.choice(rectifiers)]
    at_once = step.plain("hazardGrade") == "GENERAL" and step.plain("dangerManageType") == "0"
    return {
        "receipt": "RECEIVED", "liablePerson": name, "liablePhone": f"199 0000 {step.random.randrange(10_000):04}",
        **({} if at_once else {"interimDone": True}),
    }  # fmt: skip


@fills("hazard-loop/Report")
def report(step: Step) -> dict[str, Any]:
    told = {"authorityTold": "YES"} if step.plain("hazardGrade") == "MAJOR" else {}
    return {"reportedTo": "安全环保部值班室", "reportedBy": "PHONE", **told}


@fills("major/WritePlan")
def write_plan(step: Step) -> dict[str, Any]:
    major = {
        "planGoal": "恢复投用，消除隐患。", "planOrganisation": "单位安全总监负责，设备、工艺人员参加。",
        "majorState": step.plain("dangerDesc"), "majorCause": "维护不到位，责任未落实。",
        "majorHarm": "可能造成火灾爆炸，影响周边装置和人员。", "majorDifficulty": "HARD",
    }  # fmt: skip
    return {
        "planMeasures": step.plain("controlMeasures") or "更换失效部件，试验合格后投用。",
        "planCost": step.random.randrange(2, 60) * 1000, "planFinish": step.day(20),
        "planContingency": "发现异常立即停产撤人，按现场处置方案执行。",
        **(major if step.plain("hazardGrade") == "MAJOR" else {}),
    }  # fmt: skip


@fills("rectification/Rectify", "rectification/RectifyAtOnce")
def rectify(step: Step) -> dict[str, Any]:
    words = ("已按整改要求完成，自查合格。", "已更换并试验合格，现场恢复。", "已完成整改，并对同类点位排查。")
    return {
        "dangerReason": step.random.choice(("EQUIPMENT", "OPERATION", "MAINTENANCE", "TRAINING", "MANAGEMENT")),
        "cost": step.random.randrange(1, 80) * 50, "actualFinish": step.day(), "photosAfter": step.photos("after"),
        "rectifyMeasures": step.random.choice(words),
    }  # fmt: skip


@fills("acceptance/Accept")
def accept(step: Step) -> dict[str, Any]:
    told = step.world.script.story(step.due.case)
    photos = step.photos("evidence")
    if told.rejected < told.rejects:
        told.rejected += 1
        reasons = ("照片角度不符，看不到整改部位。", "现场仍未完全恢复，须补充处理。", "缺检测记录，不能证明有效。")
        return {"acceptResult": "REJECT", "rejectReason": step.random.choice(reasons), "photosAccept": photos}
    return {"acceptResult": "PASS", "checkAcceptComment": "现场核实，符合要求。", "photosAccept": photos}


@fills("hazard-loop/CloseAndScore")
def close(step: Step) -> dict[str, Any]:
    told = step.world.script.story(step.due.case)
    repeat = {"repeatCount": 1, "rootCause": "日常检查流于形式，同类问题未举一反三。"}
    who = step.random.choice(("刘某", "王某", "张某", "赵某"))
    accountable = {
        "accountable": who, "accountableId": f"{step.plain('unitId')}-{ord(who[0]) % 4 + 1:02}",
        "violationYear": step.world.now.year,
    }  # fmt: skip
    return {
        "violation": told.violation, **({} if told.violation == "NONE" else accountable),
        **(repeat if step.plain("repeatHazard") else {"repeatCount": 0}), "closeNote": "资料齐全，同意销号。",
    }  # fmt: skip


# Stop-work, cards, points ------------------------------------------------------------------------------------------


@fills("stop-work/OrderStop")
def stop(step: Step) -> dict[str, Any]:
    return {"stopScope": step.plain("site"), "stopReason": step.plain("dangerDesc"), "stopCount": 0}


@fills("stop-work/SignStop")
def sign_stop(step: Step) -> dict[str, Any]:
    refused = step.random.random() < 0.1
    return {"stopReceipt": "REFUSED", "stopWitness": "孙某（现场监护人）"} if refused else {"stopReceipt": "RECEIVED"}


@fills("stop-work/Apply")
def apply(step: Step) -> dict[str, Any]:
    return {
        "retrainedOn": step.day(), "retrainedCount": step.random.randrange(4, 12), "retrainedPeople": "当班作业人员",
        "retrainingRecord": step.photos("evidence"), "applyNote": "整改已通过验收，人员已再培训，申请复工。",
    }  # fmt: skip


@fills("card/HoldTalk")
def talk(step: Step) -> dict[str, Any]:
    return {
        "talkDate": step.day(), "talkPlace": "监督中心会议室", "talkSummary": "分析逾期原因，明确责任和完成时间。",
        "talkCommitment": "三日内完成整改，并排查同类问题。",
    }  # fmt: skip


@fills("card/LiftCard")
def lift(step: Step) -> dict[str, Any] | None:
    """Once the hazard has been accepted, as the card's condition says."""
    if not step.world.script.is_accepted(str(step.plain("hazardNo"))):
        return None
    return {"liftResult": "LIFT", "liftNote": "整改已通过验收，同意销牌。"}


@fills("points/Object")
def objection(step: Step) -> dict[str, Any]:
    if step.random.random() < 0.2:
        return {"objected": True, "objection": "当事人系初犯，且当场纠正，申请从轻。"}
    return {"objected": False}


@fills("points/DecideAppeal")
def appeal(step: Step) -> dict[str, Any]:
    proposed = int(step.plain("proposedPoints") or 0)
    if proposed > 1 and step.random.random() < 0.5:
        return {"appealResult": "REDUCED", "reducedPoints": proposed // 2, "appealReason": "初犯且主动纠正，从轻。"}
    return {"appealResult": "UPHELD", "appealReason": "事实清楚，维持原决定。"}


@fills("points/FollowUp")
def follow_up(step: Step) -> dict[str, Any]:
    return {"measureDate": step.day(), "measureRecord": "已约谈本人并完成一日培训。", "measureResult": "DONE"}


# Plans and bookings ------------------------------------------------------------------------------------------------


@fills("supervision-plan/Draft")
def draft(step: Step) -> dict[str, Any]:
    return {"items": step.world.script.planned(step), "legalBasis": "《安全生产法》第四十六条；公司年度监督计划"}


@fills("supervision-plan/Approve", "supervision-plan/ApproveMonth")
def approve(step: Step) -> dict[str, Any]:
    first = not step.plain("remark")
    if first and step.random.random() < 0.08:
        return {"approved": False, "remark": "请补充高风险点位，减少同一单位连续安排。"}
    return {"approved": True}


@fills("high-risk-work/Precheck")
def precheck(step: Step) -> dict[str, Any]:
    if step.random.random() < 0.05:
        return {"accepted": False, "precheckNote": "JSA 未覆盖交叉作业，请补充后重新预约。"}
    return {"jsaComplete": True, "permitComplete": True, "accepted": True}


@fills("high-risk-work/Reply")
def reply(step: Step) -> dict[str, Any]:
    terms = step.plain("terms")
    method = terms["method"] if terms["tier"] != "BLUE" or step.random.random() < 0.7 else "ROVING"
    return {"tier": terms["tier"], "method": method}


@fills("high-risk-work/WorkDone")
def work_done(step: Step) -> dict[str, Any]:
    begun = step.random.random() >= 0.05
    return {"workOutcome": "FINISHED"} if begun else {"workOutcome": "NOT_STARTED", "outcomeNote": "天气原因未开工。"}


# A visit -------------------------------------------------------------------------------------------------------------


@fills("dispatch/ChooseTeam")
def choose(step: Step) -> dict[str, Any] | None:
    """Some of those who are offered, in the order in which they are asked."""
    free, uncertified = list(step.plain("possible")), step.plain("uncertified")
    step.random.shuffle(free)
    if step.world.until - step.world.now < 6 * DAY:  # the visits around the present are for whom visitors can be
        free.sort(key=lambda one: one not in step.world.accounts)
    short = len(free) < 2 or any(one in uncertified for one in free)
    few = {"overrideReason": "本站其他人员均应回避或缺所需资格，已向邻站借调。"} if short else {}
    return {"offerTo": free[:4], "recusalDeclared": True, **few} if free else None


@fills("dispatch/Offer")
def offer(step: Step) -> dict[str, Any] | None:
    luck = step.random.random()
    if luck < 0.08:
        return None  # it lapses, and the next one is asked
    if luck < 0.14:
        return {"response": "DECLINE", "declineNote": "当日已有任务。"}
    return {"response": "ACCEPT"}


@fills("twelve-step/Prepare")
def prepare(step: Step) -> dict[str, Any]:
    return {
        "templateIds": step.plain("templateIds"), "focusPoints": "上次检查问题的整改情况；票证与现场一致性。",
        "equipment": "四合一气体检测仪、测距仪、执法记录仪",
    }  # fmt: skip


@fills("onsite/Arrive")
def arrive(step: Step) -> dict[str, Any]:
    luck = step.random.random()
    if luck < 0.7:
        return {"checkIn": "QR"}
    if luck < 0.92:
        place = f"{41.1 + step.random.random() / 10:.5f},{121.9 + step.random.random() / 10:.5f}"
        return {"checkIn": "GPS", "gps": place}
    return {"checkIn": "NONE", "gpsMissingReason": "罐区内禁用手机，门岗登记。"}


@fills("twelve-step/OnlinePatrol")
def online(step: Step) -> dict[str, Any]:
    luck = step.random.random()
    if luck < 0.25:
        return {"patrolResult": "NOT_APPLICABLE", "patrolNote": "现场无固定摄像头。"}
    if luck < 0.32:
        return {"patrolResult": "NO_SIGNAL", "cameraId": "移动布控球", "patrolNote": "信号中断，已通知属地。"}
    return {"patrolResult": "COVERED", "cameraId": "移动布控球", "frames": step.photos("evidence")}


@fills("onsite/Inspect")
def inspect(step: Step) -> dict[str, Any]:
    """By exception: what is not in order, item by item, and all others conform."""
    said = [
        Said(
            id=f"{step.due.case}-{step.due.n}-{each['item']}", item=each["item"], result="FAIL",
            occurred_at=to_millis(step.world.now) - 1_000 * step.random.randrange(60, 3_600),
            note=each["note"], place=each["place"], photos=tuple(step.photos("before")),
        )
        for each in step.world.script.failing(step)
    ]  # fmt: skip
    if said:
        step.world.duban.desk.answer(step.world.identity(step.person), step.due.case, step.due.n, said)
    refused = step.random.random() < 0.06
    signed = {"unitSignature": "REFUSED", "witness": "周某（属地班长）"} if refused else {"unitSignature": "SIGNED"}
    return {"allConform": True, "photosOnsite": step.photos("evidence"), **signed}


@fills("onsite/SignRecord")
def record(step: Step) -> dict[str, Any]:
    failed = sum(1 for row in step.plain("itemResults") or () if row.get("result") == "FAIL")
    found = f"发现问题 {failed} 项，已现场确认并下达整改要求。" if failed else "逐项检查，未发现表内问题。"
    return {"recordSummary": found}


@fills("twelve-step/Report")
def visit_report(step: Step) -> dict[str, Any]:
    if not step.plain("findings"):
        return {"rootCause": "现场管理受控，未发现问题。"}
    cause = step.random.choice(("作业前交底不清，票证流于形式。", "设备维护计划未落实。", "属地检查频次不足。"))
    return {"rootCause": cause, "lesson": "同类单位开展自查。", "trainingNeed": "班组长风险辨识。"}


# Online and joint --------------------------------------------------------------------------------------------------


@fills("shift-patrols/Confirm")
def patrol_sites(step: Step) -> dict[str, Any]:
    return {"sites": step.world.script.patrolled(step)}


@fills("online-patrol/Watch")
def watch(step: Step) -> dict[str, Any]:
    luck = step.random.random()
    if luck < 0.06:
        return {"roundResult": "NO_SIGNAL", "roundNote": "画面黑屏。"}
    if luck < 0.14:
        code = step.random.choice(("V07", "V07", "V07", "V05", "V08"))
        return {"roundResult": "VIOLATION", "violationCode": code, "frames": step.photos("evidence")}
    return {"roundResult": "FINE", "frames": step.photos("evidence")}


@fills("online-patrol/Restore")
def restore(step: Step) -> dict[str, Any] | None:
    return {"restoreNote": "远程重启后恢复。"} if step.random.random() < 0.6 else None


@fills("joint-inspection/Triage")
def triage(step: Step) -> dict[str, Any]:
    luck, grade = step.random.random(), step.plain("findingClass")
    if luck < 0.32:
        return {"triage": "FALSE", "findingClass": grade, "triageNote": "光影误报，回看录像未见违章。"}
    return {"triage": "TRUE" if luck < 0.85 else "UNCLEAR", "findingClass": grade}


@fills("joint-inspection/Intercom")
def intercom(step: Step) -> dict[str, Any]:
    return {"stopped": step.random.choice(("STOPPED", "STOPPED", "NO_ANSWER"))}


@fills("joint-inspection/OnsiteVerdict")
def onsite_verdict(step: Step) -> dict[str, Any]:
    verdict = step.random.choices(("CONFIRMED", "PARTLY", "ALREADY_FIXED", "NOT_FOUND"), (62, 13, 15, 10))[0]
    return {
        "verdict": verdict, "photos": step.photos("evidence", 2), "gps": "41.15,121.95",
        "gpsDistance": step.random.randrange(5, 120), "unitSignature": "SIGNED",
    }  # fmt: skip


@fills("joint-inspection/TerritoryVerify")
def territory(step: Step) -> dict[str, Any]:
    return {"verdict": "CONFIRMED", "photos": step.photos("evidence", 2)}


@fills("joint-inspection/Reconcile")
def reconcile(step: Step) -> dict[str, Any]:
    if step.random.random() < 0.12:
        return {"agrees": False, "reconcileNote": "现场照片与截帧位置不一致。"}
    return {"agrees": True}


@fills("joint-inspection/ShiftReview")
def shift_review(step: Step) -> dict[str, Any]:
    return {"verdict": step.plain("verdict") or "CONFIRMED", "reviewNote": "调取录像复核，予以认定。"}


@fills("miss-check/CheckVideo")
def miss_check(step: Step) -> dict[str, Any]:
    return {"visible": step.random.choices(("YES", "NO", "NO_RECORDING"), (2, 6, 2))[0]}


# What needs no thought ---------------------------------------------------------------------------------------------

_ALWAYS: Mapping[str, dict[str, Any]] = {
    "order/DecideDispute": {"disputeResult": "UPHELD", "disputeReason": "现场证据充分，维持原定级。"},
    "order/VerifyInterim": {"interimVerdict": "CONTROLLED"},
    "major/ReviewPlan": {"planDecision": "APPROVED"},
    "acceptance/Assess": {
        "assessResult": "MEETS",
        "assessReport": "达到治理目标。",
        "employeesTold": "YES",
    },
    "extension/DecideExtension": {"extensionDecision": "GRANT", "extensionNote": "备件在途，同意延期，加强看护。"},
    "review/ChiefAgrees": {"reviewResult": "AGREED", "reviewNote": "情况属实。"},
    "review/DeptAgrees": {"reviewResult": "AGREED", "reviewNote": "情况属实。"},
    "stop-work/Ratify": {"stopRatified": "RATIFIED"},
    "stop-work/ApproveRelease": {"releaseDecision": "APPROVED", "releaseNote": "同意复工。"},
    "card/SignCard": {"cardReceipt": "RECEIVED", "cardResponse": "增派人员，倒排工期，本周内完成整改。"},
    "high-risk-work/ApproveEmergency": {"accepted": True, "emergencyNote": "同意抢修，落实监护。"},
    "booking-change/CheckChange": {"accepted": True},
    "online-patrol/Handover": {"handoverNote": "画面清晰，现场正常，无遗留。"},
    "online-patrol/MobileVideo": {"substitute": "MOBILE_VIDEO"},
    "online-patrol/Ticket": {"ticketNote": "更换供电模块，恢复在线。"},
    "joint-inspection/SiteAck": {"workStopped": True},
    "joint-inspection/Feedback": {"toldTo": ["STATION", "UNIT", "DEPARTMENT"], "feedback": "结论已反馈，请举一反三。"},
}
"""What is written the same each time."""


def _always(data: dict[str, Any]) -> Fill:
    return lambda _: dict(data)


FILLS |= {key: _always(data) for key, data in _ALWAYS.items()}
