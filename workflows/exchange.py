"""Hazards in the shape of the public interface for hazard data (SUPERVISION §4): JSON, CSV and XML.

The names of its members are those of the interface. What a hazard does not say is left empty; its codes are texts.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from engine import deadlines
from engine.store import from_millis
from workflows.registry import Row

FORMATS = {"json": "application/json", "csv": "text/csv", "xml": "application/xml"}
_OPEN, _WAITING, _DONE = "0", "1", "9"
_STATES = {"SUBMITTED": _WAITING, "ACCEPTED": _DONE, "CLOSED": _DONE}
_TREATMENT = {"AT_ONCE": "0", "BY_DATE": "1"}


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Company:
    """Who reports: 18 characters of the social credit code, 9 digits of the company's code."""

    credit_code: str = ""
    company_code: str = ""


Get = Callable[[Row, Company], Any]


def _detail(name: str, longest: int | None = None) -> Get:
    return lambda row, _: str(row["details"].get(name) or "")[:longest]


def _time(name: str) -> Get:
    return lambda row, _: _moment(row[name] if name in row else row["details"].get(name))


_MEMBERS: Mapping[str, Get] = {
    "id": lambda row, _: row["case_id"],
    "tyshxydm": lambda _, company: company.credit_code,
    "companyCode": lambda _, company: company.company_code,
    "hazardCode": lambda row, _: row["number"] or "",
    "riskMeasureId": _detail("riskMeasureId"),
    "checkRecordId": _detail("visitNo"),
    "dangerName": lambda row, _: (row["title"] or "")[:300],
    "dangerLevel": lambda row, _: "1" if row["grade"] == "MAJOR" else "0",
    "registTime": _time("created_at"),
    "registrant": _detail("foundBy"),
    "dangerSrc": _detail("dangerSrc"),
    "dangerManageType": lambda row, _: _TREATMENT.get(row["kind"] or "", row["kind"] or ""),
    "hazardDangerType": _detail("hazardDangerType"),
    "hazardCategory": _detail("hazardCategory"),
    "managementClassification": _detail("managementClassification"),
    "occurrenceLink": _detail("occurrenceLink"),
    "dangerDesc": _detail("dangerDesc"),
    "dangerReason": _detail("dangerReason"),
    "controlMeasures": _detail("controlMeasures"),
    "cost": _detail("cost"),
    "liablePerson": _detail("liablePerson"),
    "dangerManageDeadline": _time("due_at"),
    "checkAcceptPerson": _detail("checkAcceptPerson"),
    "checkAcceptTime": _time("accepted_at"),
    "checkAcceptComment": _detail("checkAcceptComment"),
    "dangerState": lambda row, _: _STATES.get(row["state"], _OPEN),
}
"""In the order of the interface. Names of people are personal data, which registers do not hold: they stay empty."""


def record(row: Row, company: Company) -> dict[str, str]:
    """One hazard, in texts."""
    return {name: str(get(row, company)) for name, get in _MEMBERS.items()}


def _moment(millis: Any) -> str:
    if not isinstance(millis, int):
        return ""
    return from_millis(millis).astimezone(ZoneInfo(deadlines.ZONE)).strftime("%Y-%m-%d %H:%M:%S")


def write(pages: Iterable[list[Row]], company: Company, form: str) -> Iterator[str]:
    """The export in one of FORMATS, piece by piece. Voided hazards are left out."""
    records = (record(row, company) for rows in pages for row in rows if row["state"] != "VOIDED")
    return {"json": _json, "csv": _csv, "xml": _xml}[form](records)


def _json(records: Iterator[dict[str, str]]) -> Iterator[str]:
    yield "["
    for n, one in enumerate(records):
        yield (",\n" if n else "\n") + json.dumps(one, ensure_ascii=False)
    yield "\n]\n"


def _csv(records: Iterator[dict[str, str]]) -> Iterator[str]:
    yield "\ufeff" + csv_line(_MEMBERS)
    for one in records:
        yield csv_line(one.values())


def _xml(records: Iterator[dict[str, str]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<hazards>\n'
    for one in records:
        inner = "".join(f"<{name}>{escape(_printable(text), quote=False)}</{name}>" for name, text in one.items())
        yield f"<hazard>{inner}</hazard>\n"
    yield "</hazards>\n"


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def csv_line(values: Iterable[Any]) -> str:
    """One line of CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerow([_harmless("" if value is None else str(value)) for value in values])
    return out.getvalue()


def _harmless(cell: str) -> str:
    if _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r")) else cell
