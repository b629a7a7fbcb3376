"""The registers, one declaration each. A new one is a few lines here and nothing else: see docs/registers.md."""

from collections.abc import Mapping

from workflows.registry import Field, Register, RegisterNotFound

GRADES = ("GENERAL", "LARGER", "MAJOR")
TIERS = ("RED", "YELLOW", "BLUE")


def _text(name: str, zh: str, en: str, keep: str = "", *, filter: bool = False) -> Field:
    return Field(name, zh, en, "text", keep, filter)


def _instant(name: str, zh: str, en: str, keep: str = "") -> Field:
    return Field(name, zh, en, "instant", keep)


def _count(name: str, zh: str, en: str) -> Field:
    return Field(name, zh, en, "number")


def _choice(name: str, zh: str, en: str, options: tuple[str, ...], keep: str = "") -> Field:
    return Field(name, zh, en, "choice", keep, filter=bool(keep), options=options)


def _unit(name: str = "unit") -> Field:
    return Field(name, "单位", "Unit", "unit", "unit", filter=True)


def _station(name: str = "station") -> Field:
    return Field(name, "监督站", "Station", "unit", "station", filter=True)


def _person(name: str, zh: str, en: str) -> Field:
    return Field(name, zh, en, "person", "person", filter=True)


_SITE = _text("site", "地点", "Site", "site", filter=True)

HAZARDS = Register(
    "hazards",
    "隐患",
    "Hazards",
    (
        _text("dangerName", "隐患名称", "Hazard", "title"),
        _text("hazardNo", "编号", "Number", "number"),
        _choice("hazardGrade", "等级", "Grade", GRADES, "grade"),
        _unit("unitId"),
        _SITE,
        _station("stationId"),
        _instant("dueAt", "整改期限", "Due", "due_at"),
        _choice("dangerManageType", "治理类型", "Treatment", ("0", "1"), "kind"),
        _text("item", "检查项", "Item"),
        _text("clause", "依据条款", "Clause"),
        _text("dangerDesc", "隐患描述", "Description"),
        _text("card", "督办牌", "Card"),
        _count("rejects", "退回次数", "Rejections"),
        _count("points", "记分", "Points"),
    ),
    totals=("state", "grade", "unit", "station", "item", "repeatHazard"),
)
"""Written by `workflows.registers`, whose rules need more than variables."""

POINTS = Register(
    "points",
    "安全积分",
    "Points ledger",
    (
        _person("person", "人员", "Person"),
        _text("year", "年度", "Year", "kind", filter=True),
        _text("hazardNo", "隐患编号", "Hazard number", "number"),
        _count("points", "拟入账", "Decided"),
        _count("posted", "入账", "Posted"),
        _count("total", "本年累计", "Total of the year"),
        _text("reverses", "冲正", "Reverses"),
    ),
)
"""Written by `workflows.points` for jobs of type `points`."""

_DECLARED = (
    HAZARDS,
    Register(
        "inspections",
        "检查",
        "Inspections",
        (
            _text("visitNo", "编号", "Number", "number"),
            _SITE,
            _unit(),
            _station(),
            _choice("tier", "风险等级", "Tier", TIERS, "grade"),
            _text("requirement", "监督要求", "Requirement", "kind", filter=True),
            Field("leadId", "组长", "Lead", "person", "person", filter=True),
            _instant("startsAt", "计划开始", "Planned", "due_at"),
            _instant("arrivedAt", "到达", "Arrived"),
            _instant("leftAt", "离开", "Left"),
            _text("recordNo", "检查记录", "Record"),
            _text("reportNo", "监督报告", "Report"),
        ),
        process="twelve-step",
        states={
            "": "PLANNED",
            "Dispatch": "DISPATCHED",
            "Prepare": "PREPARED",
            "Onsite": "INSPECTED",
            "Report": "REPORTED",
            "ended": "ENDED",
            "cancelled": "CANCELLED",
        },
    ),
    Register(
        "findings",
        "检查问题",
        "Findings",
        (
            _text("findingId", "编号", "Number", "number"),
            _text("item", "检查项", "Item", "title"),
            _choice("grade", "等级", "Grade", (*GRADES, "RED_LINE"), "grade"),
            _choice("source", "来源", "Source", ("ONLINE", "ONSITE"), "kind"),
            _text("clause", "依据条款", "Clause"),
            _text("text", "情况", "Text"),
            _instant("occurredAt", "发现时间", "Seen"),
            Field("redLine", "红线", "Red line", "choice"),
        ),
        process="twelve-step",
        each="findings",
        key="findingId",
    ),
    Register(
        "cards",
        "督办牌",
        "Cards",
        (
            _text("cardNo", "编号", "Number", "number"),
            _choice("level", "级别", "Level", ("YELLOW_CARD", "RED_CARD"), "kind"),
            _text("hazardNo", "隐患编号", "Hazard number"),
            _text("dangerName", "隐患名称", "Hazard", "title"),
            _choice("hazardGrade", "等级", "Grade", GRADES, "grade"),
            _unit("unitId"),
            _station("stationId"),
            _SITE,
            _text("cause", "事由", "Cause"),
            _text("talkNo", "约谈记录", "Talk"),
            _text("condition", "销牌条件", "Condition"),
        ),
        process="card",
        states={
            "": "ISSUED",
            "SignCard": "SIGNED",
            "HoldTalk": "TALKED",
            "CardLifted": "LIFTED",
            "cancelled": "VOIDED",
        },
    ),
    POINTS,
    Register(
        "bookings",
        "作业预约",
        "Bookings",
        (
            _text("bookingNo", "编号", "Number", "number"),
            _text("workType", "作业类型", "Work", "kind", filter=True),
            _text("level", "作业级别", "Level"),
            _choice("tier", "风险等级", "Tier", TIERS, "grade"),
            _unit(),
            _SITE,
            _instant("startsAt", "开始", "From", "due_at"),
            _instant("endsAt", "结束", "Until"),
            _text("contractor", "承包商", "Contractor"),
        ),
        process="high-risk-work",
        states={"": "REQUESTED", "ended": "ENDED", "cancelled": "CANCELLED"},
    ),
    Register(
        "joint",
        "联查",
        "Joint inspections",
        (
            _text("inspectionNo", "编号", "Number", "number"),
            _choice("source", "来源", "Source", ("PATROL", "AI", "PHONE", "FIELD"), "kind"),
            _text("violationCode", "违章代码", "Violation", "title"),
            _unit(),
            _SITE,
            _station(),
            _text("cameraId", "摄像机", "Camera"),
            _choice("triage", "研判", "Triage", ("TRUE", "FALSE", "UNCLEAR"), "grade"),
            _count("aiConfidence", "AI 置信度", "AI confidence"),
            _choice("verdict", "现场结论", "Verdict", ("CONFIRMED", "PARTLY", "NOT_FOUND", "ALREADY_FIXED")),
            _instant("capturedAt", "发现时间", "Seen"),
            _instant("triagedAt", "研判时间", "Triaged"),
            _instant("arrivedAt", "到场时间", "Arrived"),
        ),
        process="joint-inspection",
        states={"": "OPEN", "ended": "ENDED", "cancelled": "CANCELLED"},
    ),
    Register(
        "miss-checks",
        "漏检抽查",
        "Miss checks",
        (
            _text("name", "隐患名称", "Hazard", "title"),
            _SITE,
            _unit(),
            _choice("outcome", "结论", "Outcome", ("MISSED", "NOT_VISIBLE", "NO_RECORDING"), "grade"),
            _text("note", "说明", "Note"),
        ),
        process="miss-check",
        each="results",
        key="case",
    ),
    Register(
        "sites",
        "监督对象",
        "Sites",
        (
            _text("name", "名称", "Name", "title"),
            _unit(),
            _station(),
            _choice("risk", "风险", "Risk", TIERS, "grade"),
            _text("requirements", "监督要求", "Requirements"),
            _count("everyDays", "检查间隔（天）", "Days between visits"),
            _text("place", "坐标", "Coordinates"),
        ),
        kept=True,
    ),
    Register(
        "phrases",
        "常用语",
        "Phrases",
        (
            _text("text", "内容", "Words", "title"),
            _station(),
            _text("item", "检查项", "Checklist item", "kind", filter=True),
        ),
        kept=True,
    ),
    Register(
        "cameras",
        "摄像机",
        "Cameras",
        (
            _text("name", "名称", "Name", "title"),
            _unit(),
            _station(),
            _SITE,
            _text("serial", "设备编号", "Serial", "number"),
            _choice("online", "在线", "Online", ("ONLINE", "OFFLINE"), "kind"),
        ),
        kept=True,
    ),
    Register(
        "risk-objects",
        "风险对象",
        "Risk objects",
        (
            _text("name", "名称", "Name", "title"),
            _unit(),
            _station(),
            _SITE,
            _choice("risk", "风险", "Risk", TIERS, "grade"),
            _text("domain", "领域", "Domain", "kind", filter=True),
            _text("measures", "管控措施", "Measures"),
        ),
        kept=True,
    ),
    Register(
        "contractors",
        "承包商",
        "Contractors",
        (
            _text("name", "名称", "Name", "title"),
            _unit(),
            _station(),
            _text("code", "统一社会信用代码", "Credit code", "number"),
            _text("qualification", "资质", "Qualification"),
            _instant("validUntil", "资质有效期", "Valid until", "due_at"),
        ),
        kept=True,
    ),
)

REGISTERS: Mapping[str, Register] = {register.id: register for register in _DECLARED}


def register_of(id: str) -> Register:
    """Raises RegisterNotFound."""
    found = REGISTERS.get(id)
    if found is None:
        raise RegisterNotFound(f"Expected one of {', '.join(REGISTERS)}, but got {id[:60]!r}.")
    return found
