"""The checklist of a task: its items with what is known of them, and answers that several people give one by one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Instant, Schema, choice, text
from api.operations import Operations
from api.requests import task_id
from api.words import language
from workflows import checklists as lists
from workflows import people, registers
from workflows.bars import OpenTask
from workflows.checklists import Given, Said
from workflows.duban import Connection
from workflows.policy import Access
from workflows.registers import Hazard
from workflows.sessions import Identity

checklists = Operations("checklists", "What an inspector checks item by item; several people answer, one hands in.")

MOST_AT_ONCE = 200
_UUID = ma.validate.Regexp(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.ASCII, error="pattern: a UUID")


def _uuid(**kwargs: Any) -> fields.String:
    return fields.String(validate=_UUID, **kwargs)


class PhotoNamed(Schema):
    id = text(64, shortest=1, required=True)
    sha256 = text(64, shortest=64, required=True)


class AnswerBody(Schema):
    """`occurredAt` by the device's clock; `replaces`: ids of answers to the item that were seen and no longer stand."""

    id = _uuid(required=True, metadata={"description": "made by the device; sending it twice is the same as once"})
    item = text(40, shortest=1, required=True)
    result = choice(*lists.RESULTS, required=True)
    occurred_at = Instant(required=True)
    note = text(300, load_default="")
    place = text(100, load_default="")
    measures = text(500, load_default="")
    photos = fields.List(
        fields.Nested(PhotoNamed), load_default=(), validate=ma.validate.Length(max=9, error="length: at most 9")
    )
    raised = fields.Boolean(load_default=False, metadata={"description": "told to the visit as a finding already"})
    bulk = fields.Boolean(load_default=False, metadata={"description": "one of many answers given in one tap"})
    replaces = fields.List(_uuid(), load_default=(), validate=ma.validate.Length(max=50, error="length: at most 50"))


class AnswersBody(Schema):
    answers = fields.List(
        fields.Nested(AnswerBody),
        required=True,
        validate=ma.validate.Length(max=MOST_AT_ONCE, error=f"length: at most {MOST_AT_ONCE}"),
    )


class AnswerView(Schema):
    id = fields.String(required=True)
    author = fields.Nested(views.NamedView, required=True)
    result = choice(*lists.RESULTS, required=True)
    note = fields.String(required=True)
    place = fields.String(required=True)
    measures = fields.String(required=True)
    photos = fields.List(fields.Nested(PhotoNamed), required=True)
    raised = fields.Boolean(required=True)
    bulk = fields.Boolean(required=True)
    occurred_at = Instant(required=True)
    recorded_at = Instant(required=True)
    stands = fields.Boolean(required=True, metadata={"description": "nothing has replaced it"})


class LastFindingView(Schema):
    """The latest hazard of this item at this site."""

    case = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    at = Instant(required=True)


class ItemView(Schema):
    """`finding` and `measures`: the template's words for when it fails. The last answer that stands is what counts."""

    item = fields.String(required=True)
    text = fields.String(required=True)
    clause = fields.String(required=True, allow_none=True)
    finding_class = fields.String(required=True, allow_none=True)
    finding = fields.String(required=True, allow_none=True)
    measures = fields.String(required=True, allow_none=True)
    state = choice("open", "answered", "conflict", required=True)
    answers = fields.List(fields.Nested(AnswerView), required=True)
    last = fields.Nested(LastFindingView, required=True, allow_none=True)


class ChecklistView(Schema):
    items = fields.List(fields.Nested(ItemView), required=True)
    may_answer = fields.Boolean(required=True)


@checklists.operation("GET", "/tasks/<id>/checklist", Access.WORK, answer=ChecklistView, refusals=(404,))
def get_checklist(id: str) -> dict[str, Any]:
    """The items of a task's checklist with all answers so far; none where the task has no checklist"""
    return _shown(id)


@checklists.operation(
    "POST", "/tasks/<id>/checklist", Access.WORK, body=AnswersBody, answer=ChecklistView, refusals=(404, 409),
    example={"answers": []},
)  # fmt: skip
def answer_items(body: Mapping[str, Any], id: str) -> dict[str, Any]:
    """Answer items, all of these or none, in any order; an id that was recorded before changes nothing"""
    case, n = task_id(id)
    said = [_said(one) for one in body["answers"]]
    current().desk.answer(doors.identity(), case, n, said)
    return _shown(id)


def _said(body: Mapping[str, Any]) -> Said:
    lists_ = {name: tuple(body[name]) for name in ("photos", "replaces")}
    return Said(**{**body, **lists_})


def _shown(id: str) -> dict[str, Any]:
    duban, who = current(), doors.identity()
    case, n = task_id(id)
    with duban.store.reading() as connection:
        task = duban.desk.task(connection, who, case, n)
        items, answers = duban.desk.checklist(connection, task)
        names = people.names(connection, {one.author for one in answers})
        last = _last(connection, who, task) if items else {}
        may_answer = bool(items) and duban.desk.may_answer(connection, who, task)
    standing = lists.standing(answers)
    by_item: dict[str, list[Given]] = {}
    for one in answers:
        by_item.setdefault(one.said.item, []).append(one)
    shown = [
        _item(item, template, by_item.get(item, []), standing.get(item, []), names, last.get(item))
        for item, template in items.items()
    ]
    return {"items": shown, "may_answer": may_answer}


def _last(connection: Connection, who: Identity, task: OpenTask) -> dict[str, Hazard]:
    """What was found here before, as far as the person may see it."""
    variables = current().desk.variables(connection, task)
    unit, site = variables.get("unit"), variables.get("site")
    if not isinstance(unit, str) or not isinstance(site, str):
        return {}
    return registers.last_at(connection, unit=unit, site=site, tokens=who.tokens)


def _item(
    item: str,
    template: Mapping[str, Any],
    answers: Sequence[Given],
    standing: Sequence[Given],
    names: Mapping[str, str],
    last: Hazard | None,
) -> dict[str, Any]:
    text_ = template.get("textEn") if language() == "en" else None
    words = {name: template.get(name) for name in ("clause", "finding", "measures")}
    left = {one.said.id for one in standing}
    # Those that stand come last, in the order that decides which counts.
    ordered = [*(one for one in answers if one.said.id not in left), *standing]
    return {
        **words,
        "item": item,
        "text": text_ or template.get("text") or item,
        "finding_class": template.get("findingClass"),
        "state": ("conflict" if lists.is_conflict(standing) else "answered") if standing else "open",
        "answers": [_answer(one, one.said.id in left, names) for one in ordered],
        "last": {"case": last.case_id, "name": last.name, "state": last.state, "at": last.at} if last else None,
    }


def _answer(given: Given, stands: bool, names: Mapping[str, str]) -> dict[str, Any]:
    said = {name: getattr(given.said, name) for name in Said.__dataclass_fields__ if name not in ("item", "replaces")}
    return {**said, "author": views.named(given.author, names), "recorded_at": given.recorded_at, "stands": stands}
