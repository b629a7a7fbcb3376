"""The roles of the supervision method, and what each may do beyond its tasks. The one table of permissions.

A role gives its tasks through candidate tokens (`role:FIELD_INSPECTOR@U01`), which diagrams name. What a role may do
apart from tasks is `can`: opaque tokens that the engine and the API ask for. A role that is not listed grants nothing.
"""

from dataclasses import dataclass

START = "can:start"
OPERATE = "can:operate"
DEPLOY = "can:deploy"
AUDIT = "can:audit"
COMPARE = "can:compare"
STUDIO = "can:studio"
EXPORT = "can:export"
ERASE = "can:erase"
ASSIGN = "can:assign"
BOOK = (f"{START}:high-risk-work", f"{START}:booking-change")
"""What units may start: bookings of their work."""
CALENDAR = "can:calendar"
CHANNELS = "can:channels"
PEOPLE = "can:people"
GRANTS = "can:grants"
DIRECTORY = "can:directory"
SECURITY_LOG = "can:security-log"


@dataclass(frozen=True, slots=True)
class Role:
    """`administrator`: runs the installation, never touches case data. `reads_only`: holds no role that acts."""

    name: str
    name_en: str
    can: frozenset[str] = frozenset()
    administrator: bool = False
    reads_only: bool = False


def _role(name: str, name_en: str, *can: str) -> Role:
    return Role(name, name_en, frozenset(can))


def _administrator(name: str, name_en: str, *can: str) -> Role:
    return Role(name, name_en, frozenset(can), administrator=True)


ROLES: dict[str, Role] = {
    "CENTER_DIRECTOR": _role("监督中心主任", "Centre director", START, ASSIGN, ERASE),
    "CENTER_DEPUTY": _role("监督中心副主任", "Centre deputy director", START, ASSIGN, ERASE),
    "STATION_CHIEF": _role("监督站站长", "Station chief", START, ASSIGN),
    "SHIFT_LEADER": _role("值班长", "Shift leader", START, ASSIGN),
    "ONLINE_SUPERVISOR": _role("线上监督员", "Online supervisor", START),
    "FIELD_INSPECTOR": _role("现场监督员", "Field inspector", START),
    "EXPERT": _role("专家", "Expert"),
    "PLANNER": _role("计划员", "Planner", f"{START}:supervision-plan"),
    "SCORE_REVIEWER": _role("考核员", "Score reviewer"),
    "DEPT_OFFICER": _role("业务部门主管", "Department officer"),
    "UNIT_SAFETY_DIRECTOR": _role("单位安全总监", "Unit safety director", ASSIGN, *BOOK),
    "UNIT_RECTIFIER": _role("整改责任人", "Unit rectifier"),
    "TERRITORY_MANAGER": _role("属地负责人", "Territory manager"),
    "CONTRACTOR_LEAD": _role("承包商负责人", "Contractor lead", *BOOK),
    "BRANCH_SECRETARY": _role("党支部书记", "Branch secretary"),
    "TEST_LAB": _role("检验检测员", "Test laboratory"),
    "COMPANY_LEADER": _role("公司领导", "Company leader"),
    "COMPANY_SAFETY": _role("公司安全环保部门", "Company safety department"),
    "UNIT_HEAD": _role("二级单位负责人", "Unit head"),
    "DUTY_LEADER": _role("值班领导", "Duty leader"),
    "APPEAL_DECIDER": _role("申诉裁决人", "Appeal decider"),
    "PROCESS_OWNER": _role(
        "流程负责人", "Process owner", START, ASSIGN, OPERATE, DEPLOY, COMPARE, CALENDAR, STUDIO, EXPORT
    ),
    "AUDITOR": Role("审计员", "Auditor", frozenset({AUDIT, COMPARE, EXPORT}), reads_only=True),
    "SYSTEM_ADMIN": _administrator("系统管理员", "System administrator", PEOPLE, DIRECTORY, CHANNELS),
    "SECURITY_ADMIN": _administrator("安全管理员", "Security administrator", GRANTS, DIRECTORY),
    "AUDIT_ADMIN": _administrator("审计管理员", "Audit administrator", SECURITY_LOG, DIRECTORY),
}
"""In the order in which they are shown. Three administrators in three people: see `people.grant`."""
