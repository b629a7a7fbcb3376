"""Tasks: lists, counts, one task with its form, drafts, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import marshmallow as ma
from flask import Response, jsonify, make_response
from marshmallow import fields

from api import doors, views
from api.cases import seen
from api.context import current
from api.fields import Data, Instant, PageQuery, Schema, choice, page_of, text
from api.history import reached_rungs
from api.operations import Operations
from api.requests import cursor_in, cursor_out, expected_version, idempotency_key, is_task_id, task_id
from api.words import language, name_of, reason
from engine import feel, worklist
from engine.execution.commands import (
    AddSigners,
    AssignTask,
    ChangeDueTime,
    ClaimTask,
    Command,
    DelegateTask,
    ReturnTask,
    SignTask,
    UnclaimTask,
)
from workflows import attachments, options, people, signatures
from workflows.bars import OpenTask
from workflows.desk import Done, foreseen_task
from workflows.duban import Connection
from workflows.policy import Access
from workflows.roles import ASSIGN
from workflows.sessions import Foreseen, Identity

tasks = Operations("tasks", "What waits for a person: lists, one task with its form, and acting on it.")


class TaskQuery(PageQuery):
    view = choice("mine", "available", "overdue", "today", "done", load_default="mine")
    q = text(100, load_default="", metadata={"description": "part of the task's name or the case's title"})
    process = text(200, load_default="")
    case = text(64, load_default="")
    element = text(200, load_default="")
    sort = choice("due", "-due", "created", "-created", "priority", load_default="due")


TaskPage = page_of(views.TaskSummary, "TaskPage")


class TaskCounts(Schema):
    mine = fields.Nested(views.CountView, required=True)
    available = fields.Nested(views.CountView, required=True)
    overdue = fields.Nested(views.CountView, required=True)
    today = fields.Nested(views.CountView, required=True)


class DraftView(Schema):
    data = Data(required=True)
    saved_at = Instant(required=True)


class EvidenceView(Schema):
    photos = fields.Integer(required=True, metadata={"description": "the least number of photos"})


class LadderRungView(views.RungView):
    reached = fields.Boolean(required=True)
    told = fields.List(fields.Nested(views.NamedView), required=True, metadata={"description": "who was told"})


class TaskActions(Schema):
    claim = fields.Nested(views.PermittedView, required=True)
    unclaim = fields.Nested(views.PermittedView, required=True)
    complete = fields.Nested(views.PermittedView, required=True)
    delegate = fields.Nested(views.PermittedView, required=True)
    assign = fields.Nested(views.PermittedView, required=True)
    send_back = fields.Nested(views.PermittedView, required=True)
    add_signers = fields.Nested(views.PermittedView, required=True)
    sign = fields.Nested(views.PermittedView, required=True)
    withdraw = fields.Nested(views.PermittedView, required=True)


class WayBackView(Schema):
    element = fields.String(required=True)
    name = fields.String(required=True)
    person = fields.Nested(views.NamedView, required=True, allow_none=True)


class ReturnedView(Schema):
    """Why the task came back: from which element, by whom."""

    by = fields.Nested(views.NamedView, required=True, allow_none=True)
    reason = fields.String(required=True)
    name = fields.String(required=True)
    withdrawn = fields.Boolean(required=True)


class OpinionView(Schema):
    person = fields.Nested(views.NamedView, required=True, allow_none=True)
    agree = fields.Boolean(required=True)
    comment = fields.String(required=True)


class SigningView(Schema):
    """Signers of the task; `agreed` is null while somebody has yet to sign."""

    when = fields.String(required=True, metadata={"enum": ["before", "after"]})
    rule = fields.String(required=True, metadata={"enum": ["all", "any"]})
    people = fields.List(fields.Nested(views.NamedView), required=True)
    opinions = fields.List(fields.Nested(OpinionView), required=True)
    agreed = fields.Boolean(required=True, allow_none=True)


class ExcludedView(Schema):
    person = fields.Nested(views.NamedView, required=True)
    reason = fields.String(required=True)


class TaskView(views.TaskSummary):
    documentation = fields.String(required=True, allow_none=True)
    form = Data(required=True, allow_none=True, metadata={"description": "form-js schema, in the language asked for"})
    data = Data(required=True)
    draft = fields.Nested(DraftView, required=True, allow_none=True)
    attachments = fields.List(fields.Nested(views.AttachmentView), required=True)
    evidence = fields.Nested(EvidenceView, required=True)
    actions = fields.Nested(TaskActions, required=True)
    rungs = fields.List(fields.Nested(LadderRungView), required=True)
    excluded = fields.List(fields.Nested(ExcludedView), required=True)
    ways_back = fields.List(fields.Nested(WayBackView), required=True)
    returned = fields.Nested(ReturnedView, required=True, allow_none=True)
    signing = fields.Nested(SigningView, required=True, allow_none=True)
    delegated_by = fields.Nested(views.NamedView, required=True, allow_none=True)


class TaskAnswer(Schema):
    task = fields.Nested(views.TaskSummary, required=True)
    case = fields.Nested(views.CaseStatusView, required=True)


class DrawingNamed(Schema):
    id = text(64, shortest=1, required=True)
    sha256 = text(64, shortest=64, required=True)


class SignatureBody(Schema):
    """Somebody without an account: DRAWN with the picture of the signature, or REFUSED with a witness."""

    name = text(60, shortest=1, required=True)
    employer = text(60, shortest=1, required=True)
    role = text(60, shortest=1, required=True)
    method = choice("DRAWN", "REFUSED", required=True)
    witness = text(60, load_default="")
    drawing = fields.Nested(DrawingNamed, load_default=None, allow_none=True)


class Completion(views.DataBody):
    signatures = fields.List(
        fields.Nested(SignatureBody),
        load_default=(),
        validate=ma.validate.Length(max=signatures.MOST, error=f"length: at most {signatures.MOST}"),
    )


_ANSWER = TaskAnswer()  # once: to build a schema takes longer than to use it


class Empty(Schema):
    """An empty object."""


class HandOver(Schema):
    to = text(64, shortest=1, required=True, metadata={"description": "id of the person"})
    note = text(1000, load_default="")


class Delegation(HandOver):
    returns = fields.Boolean(load_default=False, metadata={"description": "what the other hands in comes back to me"})


class SendBack(Schema):
    target = text(200, shortest=1, required=True, metadata={"description": "the element, one of `waysBack`"})
    reason = text(1000, shortest=1, required=True)


class Withdrawal(Schema):
    reason = text(1000, load_default="")


class Signers(Schema):
    people = fields.List(text(64, shortest=1), required=True)
    when = choice("before", "after", load_default="before")
    rule = choice("all", "any", load_default="all")
    reason = text(1000, load_default="")


class Signature(Schema):
    agree = fields.Boolean(required=True)
    comment = text(1000, load_default="")


class Assignment(HandOver):
    borrow = fields.Boolean(
        load_default=False,
        metadata={"description": "nobody is eligible: somebody with the role in another unit; needs a note"},
    )


class DueTime(Schema):
    due = Instant(required=True, metadata={"description": "from now on, within ten years"})
    reason = text(1000, shortest=1, required=True)


class PeopleQuery(Schema):
    q = text(100, load_default="")
    to = choice("hold", "sign", load_default="hold", metadata={"description": "hold the task, or sign it"})


class CandidateView(views.NamedView):
    unit = fields.Nested(
        Schema.from_dict(
            {"id": fields.String(), "name": fields.String(), "name_en": fields.String()}, name="CandidateUnit"
        ),
        required=True,
    )
    eligible = fields.Boolean(required=True)
    borrowable = fields.Boolean(required=True, metadata={"description": "from another unit, since nobody is eligible"})
    reason = fields.String(required=True, allow_none=True)


class CandidateList(Schema):
    items = fields.List(fields.Nested(CandidateView), required=True)


def _foreseen(id: str) -> Foreseen | None:
    """The task that an address names; None where it names none, which the view says."""
    return foreseen_task(*task_id(id)) if is_task_id(id) else None


@tasks.operation("GET", "/tasks", Access.WORK, query=TaskQuery, answer=TaskPage)
def list_tasks(query: dict[str, Any]) -> dict[str, Any]:
    """One page of one's tasks: claimed by me, available to me, late, due today, or done by me"""
    duban, who = current(), doors.identity()
    now, position = duban.now(), cursor_in(query["cursor"], int, str, int)
    with duban.store.reading() as connection:
        found = worklist.tasks(
            connection, person=who.person, tokens=who.tokens, view=query["view"], now=now, query=query["q"],
            process=query["process"], case=query["case"], element=query["element"], sort=query["sort"],
            limit=query["limit"], cursor=position,
        )  # fmt: skip
        return {"items": views.tasks(connection, found.items, now), "next": cursor_out(found.next)}


@tasks.operation("GET", "/tasks/counts", Access.WORK, answer=TaskCounts)
def count_tasks() -> dict[str, Any]:
    """How many tasks each view holds, counted up to 999"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        found = worklist.counts(connection, person=who.person, tokens=who.tokens, now=duban.now())
    return {view: {"count": min(count, 999), "more": count > 999} for view, count in found.items()}


@tasks.operation("GET", "/tasks/<id>", Access.WORK, answer=TaskView, refusals=(404,))
def get_task(id: str) -> Response:
    """One task with its form, its data, one's draft, and what one may do; ETag is its version"""
    duban, who = current(), doors.identity()
    case_id, n = task_id(id)
    with duban.store.reading() as connection:
        task = duban.desk.task(connection, who, case_id, n)
        found = _task(connection, who, task)
    response = make_response(jsonify(TaskView().dump(found)))
    response.set_etag(str(task.row.version))
    response.headers["Vary"] = "Accept-Language"
    return response


@tasks.operation(
    "PUT",
    "/tasks/<id>/draft",
    Access.WORK,
    body=views.DataBody,
    status=204,
    refusals=(404, 409),
    example={"data": {"result": "pass"}},
)
def save_draft(body: Mapping[str, Any], id: str) -> tuple[str, int]:
    """Keep what has been filled in so far; nobody else sees it"""
    case_id, n = task_id(id)
    current().desk.save_draft(doors.identity(), case_id, n, body["data"])
    return "", 204


@tasks.operation("DELETE", "/tasks/<id>/draft", Access.WORK, status=204, refusals=(404,))
def delete_draft(id: str) -> tuple[str, int]:
    """Throw the draft away"""
    case_id, n = task_id(id)
    current().desk.drop_draft(doors.identity(), case_id, n)
    return "", 204


@tasks.operation(
    "POST",
    "/tasks/<id>/claim",
    Access.WORK,
    body=Empty,
    answer=TaskAnswer,
    foresees=_foreseen,
    versioned=True,
    idempotent=True,
    example={},
)
def claim_task(_: Mapping[str, Any], id: str) -> Response:
    """Take the task for oneself"""
    return _act(id, lambda n, version, who: ClaimTask(task=n, version=version, actor=who.person))


@tasks.operation(
    "POST",
    "/tasks/<id>/unclaim",
    Access.WORK,
    body=Empty,
    answer=TaskAnswer,
    foresees=_foreseen,
    versioned=True,
    idempotent=True,
    example={},
)
def unclaim_task(_: Mapping[str, Any], id: str) -> Response:
    """Give the task back to all its candidates"""
    return _act(id, lambda n, version, who: UnclaimTask(task=n, version=version, actor=who.person))


@tasks.operation(
    "POST",
    "/tasks/<id>/delegate",
    Access.WORK,
    body=Delegation,
    answer=TaskAnswer,
    foresees=_foreseen,
    versioned=True,
    idempotent=True,
    example={"to": "p-li", "note": "…", "returns": False},
)
def delegate_task(body: Mapping[str, Any], id: str) -> Response:
    """Hand one's task to another candidate: for good, or so that what they hand in comes back"""
    return _act(id, lambda n, version, who: DelegateTask(task=n, **body, version=version, actor=who.person))


@tasks.operation(
    "POST", "/tasks/<id>/send-back", Access.WORK, body=SendBack, answer=TaskAnswer, foresees=_foreseen,
    versioned=True, idempotent=True,
    example={"target": "Inspect", "reason": "…"},
)  # fmt: skip
def send_task_back(body: Mapping[str, Any], id: str) -> Response:
    """Return the work to an earlier step of the same branch, with a reason; resubmitting it goes on from there"""
    return _act(id, lambda n, version, who: ReturnTask(task=n, **body, version=version, actor=who.person))


@tasks.operation(
    "POST", "/tasks/<id>/withdraw", Access.WORK, body=Withdrawal, answer=TaskAnswer, idempotent=True,
    refusals=(404, 409), example={"reason": "…"},
)  # fmt: skip
def withdraw_task(body: Mapping[str, str], id: str) -> Response:
    """Take back a task that one has completed, while nobody has touched the next one"""
    case_id, n = task_id(id)
    return _answered(current().desk.withdraw(doors.identity(), case_id, n, body["reason"], key=idempotency_key()))


@tasks.operation(
    "POST", "/tasks/<id>/signers", Access.WORK, body=Signers, answer=TaskAnswer, foresees=_foreseen,
    versioned=True, idempotent=True,
    example={"people": ["p-li"], "when": "before", "rule": "all", "reason": "…"},
)  # fmt: skip
def add_signers(body: Mapping[str, Any], id: str) -> Response:
    """Ask others to sign: before one completes the task, or after, before the work moves on"""
    return _act(id, lambda n, version, who: AddSigners(task=n, **body, version=version, actor=who.person))


@tasks.operation(
    "POST", "/tasks/<id>/sign", Access.WORK, body=Signature, answer=TaskAnswer, foresees=_foreseen,
    versioned=True, idempotent=True,
    example={"agree": True, "comment": "…"},
)  # fmt: skip
def sign_task(body: Mapping[str, Any], id: str) -> Response:
    """Agree or not, where somebody has asked for one's signature"""
    return _act(id, lambda n, version, who: SignTask(task=n, **body, version=version, actor=who.person))


@tasks.operation(
    "POST",
    "/tasks/<id>/assign",
    Access.WORK,
    body=Assignment,
    answer=TaskAnswer,
    foresees=_foreseen,
    versioned=True,
    idempotent=True,
    example={"to": "p-li", "note": "…", "borrow": False},
)
def assign_task(body: Mapping[str, Any], id: str) -> Response:
    """Give a task to one of its candidates, or borrow somebody; needs the permission to assign in this case"""
    return _act(id, lambda n, version, who: AssignTask(task=n, **body, version=version, actor=who.person))


@tasks.operation(
    "POST",
    "/tasks/<id>/complete",
    Access.WORK,
    body=Completion,
    answer=TaskAnswer,
    foresees=_foreseen,
    versioned=True,
    idempotent=True,
    example={"data": {"result": "pass"}},
)
def complete_task(body: Mapping[str, Any], id: str) -> Response:
    """Hand in the form's data and end the task; `fields` of a refusal say what is wrong where"""
    case_id, n = task_id(id)
    who, version, key = doors.identity(), expected_version(), idempotency_key()
    signed = [signatures.Signature(**one) for one in body["signatures"]]
    done = current().desk.complete(
        who, case_id, n, body["data"], version=version, key=key, signed=signed, foreseen=doors.foreseen()
    )
    return _answered(done)


@tasks.operation(
    "POST", "/tasks/<id>/due", Access.OPERATE, body=DueTime, answer=TaskAnswer, idempotent=True, refusals=(404, 409),
    example={"due": "2026-11-30T09:30:00.000Z", "reason": "…"},
)  # fmt: skip
def change_due_time(body: Mapping[str, Any], id: str) -> Response:
    """Give somebody else's open task another due time; the rungs still to come follow"""
    duban, who = current(), doors.identity()
    case_id, n = task_id(id)
    with duban.store.reading() as connection:
        seen(connection, case_id)
    asked = ChangeDueTime(n, body["due"], body["reason"], actor=who.person)
    return _answered(duban.desk.act(case_id, n, asked, key=idempotency_key()))


@tasks.operation("GET", "/tasks/<id>/people", Access.WORK, query=PeopleQuery, answer=CandidateList, refusals=(404,))
def list_candidates(query: Mapping[str, str], id: str) -> dict[str, Any]:
    """People who might get the task, those who may first, with the reason why somebody may not"""
    duban, who = current(), doors.identity()
    case_id, n = task_id(id)
    with duban.store.reading() as connection:
        found = duban.desk.candidates(connection, duban.desk.task(connection, who, case_id, n), query["q"], query["to"])
    return {
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "unit": one.unit,
                "eligible": one.bar is None,
                "borrowable": one.borrowable,
                "reason": reason(one.bar),
            }
            for one in found
        ]
    }


def _act(id: str, command: Any) -> Response:
    """Do a command on a task that the person may see, and answer with the task as it then is."""
    duban, who = current(), doors.identity()
    case_id, n = task_id(id)
    version, key = expected_version(), idempotency_key()
    asked: Command = command(n, version, who)
    need = ASSIGN if isinstance(asked, AssignTask) else None
    absent = duban.desk.standing_in(who, case_id, n, need, doors.foreseen())
    return _answered(duban.desk.act(case_id, n, replace(asked, on_behalf_of=absent), key=key))


def _answered(done: Done) -> Response:
    summary = views.told_task(done.row, done.names, current().now())
    body = {"task": summary, "case": {"id": done.row.case_id, "status": views.status(done.answer.status)}}
    response = make_response(jsonify(_ANSWER.dump(body)))
    response.set_etag(str(done.row.version))
    return response


def _task(connection: Connection, who: Identity, task: OpenTask) -> dict[str, Any]:
    duban, row = current(), task.row
    draft = worklist.draft(connection, row.case_id, row.n, who.person)
    variables = duban.desk.variables(connection, task)
    offered = options.for_form(connection, task.form, language()) if task.is_open else {}
    return {
        **views.tasks(connection, [row], duban.now())[0],
        "documentation": task.node.documentation or None,
        "form": task.form.localized(language()) if task.form else None,
        "data": {name: feel.to_json(value) for name, value in {**offered, **variables}.items()},
        "draft": {"data": draft[0], "saved_at": draft[1]} if draft else None,
        "attachments": views.attachments(connection, attachments.of_case(connection, row.case_id, row.n)),
        "evidence": {"photos": task.least_photos},
        "actions": views.permitted(duban.desk.actions(connection, who, task)),
        "rungs": _rungs(connection, task),
        "excluded": _excluded(connection, task),
        **_course(connection, task),
    }


def _course(connection: Connection, task: OpenTask) -> dict[str, Any]:
    """How the task came here, who must sign it, and to where it can be sent back."""
    ways = [(element, task.page.passed[element] if task.page else None) for element in task.ways_back()]
    signing, back, owner = task.main.signing or {}, task.task.returned or {}, task.task.owner
    told = [one["person"] for one in signing.get("opinions", ())]
    persons = {owner, back.get("by"), *signing.get("people", ()), *told, *(person for _, person in ways)}
    names = people.names(connection, (one for one in persons if one is not None))
    nodes = task.process.nodes
    return {
        "delegated_by": views.named(owner, names),
        "ways_back": [
            {"element": id, "name": name_of(nodes[id]) or id, "person": views.named(by, names)} for id, by in ways
        ],
        "returned": _returned(back, name_of(nodes[back["element"]]) or back["element"], names) if back else None,
        "signing": _signing(signing, names) if signing else None,
    }


def _returned(back: Mapping[str, Any], name: str, names: Mapping[str, str]) -> dict[str, Any]:
    by = views.named(back["by"], names)
    return {"by": by, "reason": back["reason"], "withdrawn": "withdrawn" in back, "name": name}


def _signing(signing: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "when": signing["when"],
        "rule": signing["rule"],
        "people": [views.named(one, names) for one in signing["people"]],
        "opinions": [{**one, "person": views.named(one["person"], names)} for one in signing["opinions"]],
        "agreed": signing.get("ended"),
    }


def _excluded(connection: Connection, task: OpenTask) -> list[dict[str, Any]]:
    found = current().desk.excluded(connection, task)
    names = people.names(connection, (person for person, _ in found))
    return [{"person": views.named(person, names), "reason": reason(bar)} for person, bar in found]


def _rungs(connection: Connection, task: OpenTask) -> list[dict[str, Any]]:
    """The whole ladder of the task: the rungs behind, then those ahead."""
    row = task.row
    if row.due_at is None or task.node.user_task is None or task.node.user_task.ladder is None:
        return []
    behind = reached_rungs(connection, row.case_id, row.n)
    ahead = worklist.rungs(connection, [(row.case_id, row.n)]).get((row.case_id, row.n), [])
    return [
        *({**views.rung(told), "reached": True, "told": told["told"]} for told in behind),
        *({**views.rung(told), "reached": False, "told": []} for told in ahead),
    ]
