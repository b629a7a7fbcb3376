"""Cases: starting one, lists, one case with its diagram, its history and its proof, and running it as an operator."""

from collections.abc import Callable, Mapping
from typing import Any

import marshmallow as ma
from flask import Response, jsonify, make_response
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Data, Instant, Number, PageQuery, Schema, choice, page_of, text
from api.history import Entry, SignatureList, Verification, element_name, entries, signed, verification
from api.labels import LabelView, labels
from api.operations import Operations
from api.requests import cursor_in, cursor_out, idempotency_key
from api.words import language, name_of
from engine import feel, history, worklist
from engine.errors import CaseNotFound, InvalidInput, ReleaseNotFound
from engine.execution.commands import (
    CancelCase,
    Command,
    MigrateCase,
    MoveToken,
    ResumeCase,
    SetVariables,
    SuspendCase,
)
from engine.worklist import CaseRow, TaskRow
from workflows import attachments, operating, options, people, policy
from workflows.asking import Offer
from workflows.bars import Bar
from workflows.desk import case_variables, may_start, start_form, values_of
from workflows.duban import Connection
from workflows.policy import Access
from workflows.sessions import Identity

TASKS_SHOWN = 500

cases = Operations("cases", "Runs of processes: their state, their history, their proof.")


class DefinitionView(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    release = fields.String(required=True, metadata={"description": "hash of the release that new cases take"})
    startable = fields.Boolean(required=True)
    form = Data(required=True, allow_none=True)
    data = Data(required=True, metadata={"description": "what the form offers to choose from"})
    documentation = fields.String(required=True, allow_none=True)


class DefinitionList(Schema):
    items = fields.List(fields.Nested(DefinitionView), required=True)
    next = fields.String(required=True, allow_none=True)


class NewCase(Schema):
    process = text(200, shortest=1, required=True)
    data = Data(load_default=dict)


class CaseQuery(PageQuery):
    view = choice("open", "closed", "all", load_default="open")
    process = text(200, load_default="")
    q = text(100, load_default="")
    sort = choice("started", "-started", load_default="-started")


CasePage = page_of(views.CaseSummary, "CasePage")


class ReleaseRefView(Schema):
    hash = fields.String(required=True)
    deployed_at = Instant(required=True)


class CaseActions(Schema):
    suspend = fields.Nested(views.PermittedView, required=True)
    resume = fields.Nested(views.PermittedView, required=True)
    cancel = fields.Nested(views.PermittedView, required=True)


class RequestView(Schema):
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    element = fields.String(required=True)
    form = Data(required=True)
    data = Data(required=True, metadata={"description": "what the form shows of the case"})


class CaseView(views.CaseCore):
    variables = Data(required=True)
    labels = fields.Dict(keys=fields.String(), values=fields.Nested(LabelView), required=True)
    tasks = fields.List(fields.Nested(views.TaskSummary), required=True)
    incidents = fields.List(fields.Nested(views.IncidentView), required=True)
    attachments = fields.List(fields.Nested(views.AttachmentView), required=True)
    entries = fields.Integer(required=True)
    release = fields.Nested(ReleaseRefView, required=True)
    actions = fields.Nested(CaseActions, required=True)
    requests = fields.List(
        fields.Nested(RequestView), required=True, metadata={"description": "what one may ask for in this case now"}
    )


class ElementCounts(Schema):
    active = fields.Integer(required=True)
    completed = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    incidents = fields.Integer(required=True)


class ProcessRef(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)


class DefinitionDiagram(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)
    xml = fields.String(required=True, metadata={"description": "BPMN 2.0, byte for byte as it was deployed"})


class DiagramView(DefinitionDiagram):
    elements = fields.Dict(keys=fields.String(), values=fields.Nested(ElementCounts), required=True)
    flows = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    processes = fields.List(fields.Nested(ProcessRef), required=True)


class DiagramQuery(Schema):
    process = text(200, load_default="", metadata={"description": "a called process; default: the case's own"})


class HistoryQuery(PageQuery):
    order = choice("asc", "desc", load_default="asc")
    around = fields.Integer(
        load_default=None, allow_none=True, validate=ma.validate.Range(1, 2**31 - 1, error="range: 1 to 2147483647"),
        metadata={"description": "a page with this entry in its middle, oldest first; not with `cursor`"},
    )  # fmt: skip


HistoryPage = page_of(Entry, "HistoryPage")


class Reason(Schema):
    reason = text(1000, shortest=1, required=True)


class VariableChange(Reason):
    changes = Data(required=True)
    scope = text(200, load_default="", metadata={"description": "of an incident's element; default: the outermost"})


class Move(Reason):
    from_ = Number(required=True, data_key="from", metadata={"description": "number of the element instance"})
    to = text(200, shortest=1, required=True, metadata={"description": "id of the element to go on at"})


class Migration(Reason):
    release = text(64, shortest=64, required=True, metadata={"description": "hash of the release to go on with"})
    mapping = fields.Dict(
        keys=text(200, shortest=1),
        values=text(200, shortest=1),
        load_default=dict,
        metadata={"description": "old element id → new element id, where they differ"},
    )


@cases.operation("GET", "/definitions", Access.WORK, answer=DefinitionList)
def list_definitions() -> dict[str, Any]:
    """The current version of each deployed process, and what to fill in to start it"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        return {"items": [_definition(connection, row, who) for row in worklist.definitions(connection)], "next": None}


@cases.operation(
    "GET", "/definitions/<process>/diagram", Access.WORK, answer=DefinitionDiagram, refusals=(404,)
)  # fmt: skip
def get_definition_diagram(process: str) -> dict[str, Any]:
    """The diagram that new cases of a process follow"""
    duban = current()
    with duban.store.reading() as connection:
        release = duban.releases.current(process, connection)
        source = duban.library.diagram(connection, release, process)
        name = name_of(duban.releases.bundle(release, connection).processes[process])
    return {"process": process, "name": name, "xml": source.decode("utf-8", "replace")}


@cases.operation(
    "POST",
    "/cases",
    Access.START,
    body=NewCase,
    answer=views.CaseStatusView,
    status=201,
    refusals=(404,),
    idempotent=True,
    example={"process": "hazard-loop", "data": {}},
)
def start_case(body: Mapping[str, Any]) -> Response:
    """Start a case"""
    answer = current().desk.start(doors.identity(), body["process"], body["data"], key=idempotency_key())
    response = make_response(jsonify(id=answer.case, status=views.status(answer.status)), 201)
    response.headers["Location"] = f"/api/v1/cases/{answer.case}"
    return response


@cases.operation("GET", "/cases", Access.WORK, query=CaseQuery, answer=CasePage)
def list_cases(query: dict[str, Any]) -> dict[str, Any]:
    """One page of the cases that one may see"""
    who, position = doors.identity(), cursor_in(query["cursor"], int, str)
    with current().store.reading() as connection:
        found = worklist.cases(
            connection, person=who.person, tokens=who.tokens, view=query["view"], process=query["process"],
            query=query["q"], sort=query["sort"], limit=query["limit"], cursor=position,
        )  # fmt: skip
        names = people.names(connection, (row.started_by for row in found.items if row.started_by))
    return {"items": [views.case(row, names) for row in found.items], "next": cursor_out(found.next)}


@cases.operation("GET", "/cases/<id>", Access.WORK, answer=CaseView, refusals=(404,))
def get_case(id: str) -> dict[str, Any]:
    """One case with its data, tasks, incidents and attachments"""
    with current().store.reading() as connection:
        return _case(connection, doors.identity(), seen(connection, id))


@cases.operation("GET", "/cases/<id>/diagram", Access.WORK, query=DiagramQuery, answer=DiagramView, refusals=(404,))
def get_diagram(query: Mapping[str, str], id: str) -> dict[str, Any]:
    """The diagram of the case's own release, byte for byte, and what happened at each element"""
    duban = current()
    with duban.store.reading() as connection:
        row = seen(connection, id)
        states = history.diagram_state(connection, id)
        source = duban.library.diagram(connection, row.release, query["process"] or row.process)
    processes = duban.releases.bundle(row.release).processes
    wanted = query["process"] or row.process
    state = states.get(wanted, history.DiagramState())
    listed = [{"process": each, "name": name_of(processes[each])} for each in states if each in processes]
    return {
        "process": wanted,
        "name": name_of(processes[wanted]),
        "xml": source.decode("utf-8", "replace"),
        "elements": _elements(state),
        "flows": dict(state.flows),
        "processes": listed,
    }


@cases.operation("GET", "/cases/<id>/history", Access.WORK, query=HistoryQuery, answer=HistoryPage, refusals=(404,))
def get_history(query: dict[str, Any], id: str) -> dict[str, Any]:
    """What happened, entry by entry: who asked for what, and what followed"""
    position, descending = cursor_in(query["cursor"], int), query["order"] == "desc"
    if query["around"] is not None:
        position, descending = [max(query["around"] - query["limit"] // 2 - 1, 0)], False
    with current().store.reading() as connection:
        seen(connection, id)
        found = history.told(
            connection,
            f"case/{id}",
            after=position[0] if position else 0,
            limit=query["limit"] + 1,
            descending=descending,
        )
        page = found[: query["limit"]]
        items = entries(connection, id, page)
    return {"items": items, "next": cursor_out([page[-1]["seq"]]) if len(found) > len(page) else None}


@cases.operation(
    "GET", "/cases/<id>/verification", Access.WORK, answer=Verification, refusals=(404,), limit="30 per minute"
)
def get_verification(id: str) -> dict[str, Any]:
    """Is the history whole, and does deciding it again lead to the same events?"""
    with current().store.reading() as connection:
        seen(connection, id)
        return verification(connection, id)


@cases.operation(
    "GET", "/cases/<id>/signatures", Access.WORK, answer=SignatureList, refusals=(404,), limit="60 per minute"
)
def list_signatures(id: str) -> dict[str, Any]:
    """Who signed what was handed in, and whether form and data are still those that they signed"""
    with current().store.reading() as connection:
        seen(connection, id)
        return {"items": signed(connection, id)}


def _operator(
    action: str, body: type[Schema] = Reason, example: dict[str, Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What the routes by which an operator runs one case have in common. Each asks for a reason."""
    return cases.operation(
        "POST", f"/cases/<id>/{action}", Access.OPERATE, body=body, answer=views.CaseStatusView, refusals=(404, 409),
        idempotent=True, example=example or {"reason": "…"},
    )  # fmt: skip


@_operator("suspend")
def suspend_case(body: Mapping[str, str], id: str) -> dict[str, str]:
    """Stop the case for now: nobody can act in it, and its timers wait"""
    return _operate(id, lambda who: SuspendCase(reason=body["reason"], actor=who))


@_operator("resume")
def resume_case(body: Mapping[str, str], id: str) -> dict[str, str]:
    """Let a suspended case go on"""
    return _operate(id, lambda who: ResumeCase(reason=body["reason"], actor=who))


@_operator("cancel")
def cancel_case(body: Mapping[str, str], id: str) -> dict[str, str]:
    """End the case for good; its history stays"""
    return _operate(id, lambda who: CancelCase(reason=body["reason"], actor=who))


@_operator("variables", VariableChange, {"changes": {"unitId": "U02"}, "reason": "…"})
def change_variables(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Put the case's data right, with a reason that stays in its history"""
    changes = values_of(body["changes"])
    with current().store.reading() as connection:
        seen(connection, id)
        operating.expect_scope(connection, id, body["scope"])
    return _operate(id, lambda who: SetVariables(changes, reason=body["reason"], actor=who, page=body["scope"]))


@_operator("move", Move, {"from": 7, "to": "Rectify", "reason": "…"})
def move_token(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Leave one element and go on at another of the same scope"""
    return _operate(id, lambda who: MoveToken(instance=body["from_"], to=body["to"], reason=body["reason"], actor=who))


@_operator("migrate", Migration, {"release": "0" * 64, "mapping": {"Accept": "Reinspect"}, "reason": "…"})
def migrate_case(body: Mapping[str, Any], id: str) -> dict[str, str]:
    """Go on with another release, with every token and task, or not at all"""

    def command(who: str) -> Command:
        return MigrateCase(release=body["release"], mapping=body["mapping"], reason=body["reason"], actor=who)

    try:
        return _operate(id, command)
    except ReleaseNotFound as error:  # the address is right; what the body names is not
        raise InvalidInput(error.message, {"release": [error.message]}) from error


@cases.operation(
    "POST", "/cases/<id>/requests/<int:n>", Access.WORK, body=views.DataBody, answer=views.CaseStatusView,
    refusals=(404, 409), idempotent=True, example={"data": {"extensionDays": 5, "extensionReason": "…"}},
)  # fmt: skip
def ask_in_case(body: Mapping[str, Any], id: str, n: int) -> dict[str, str]:
    """Ask for something that the running case offers, by its form: an extension, a transfer"""
    with current().store.reading() as connection:
        seen(connection, id)
    answer = current().asking.ask(doors.identity(), id, n, body["data"], key=idempotency_key())
    return {"id": id, "status": views.status(answer.status)}


def seen(connection: Connection, id: str) -> CaseRow:
    """The case, if the person who asks may see it; CaseNotFound otherwise."""
    who = doors.identity()
    if len(id) > 64:
        raise CaseNotFound
    return worklist.case(connection, id, who.person, who.tokens)


def _operate(id: str, command: Callable[[str], Command]) -> dict[str, str]:
    with current().store.reading() as connection:
        seen(connection, id)
    answer = current().cases.handle(id, command(doors.identity().person), key=idempotency_key())
    return {"id": id, "status": views.status(answer.status)}


def _definition(connection: Connection, row: Any, who: Identity) -> dict[str, Any]:
    bundle = current().releases.bundle(row.release, connection)
    process = bundle.processes[row.process]
    form = start_form(bundle, process)
    return {
        "process": row.process, "name": name_of(process), "version": row.version, "release": row.release,
        "startable": may_start(row.process, who.tokens) and bundle.stands_alone(row.process),
        "form": form.localized(language()) if form else None,
        "data": {name: feel.to_json(one) for name, one in options.for_form(connection, form, language()).items()},
        "documentation": process.documentation or None,
    }  # fmt: skip


def _case(connection: Connection, who: Identity, row: CaseRow) -> dict[str, Any]:
    duban = current()
    bundle, variables = duban.releases.bundle(row.release, connection), case_variables(connection, row.id)
    names = people.names(connection, [row.started_by] if row.started_by else [])
    return {
        **views.case(row, names),
        "variables": {name: feel.to_json(value) for name, value in variables.items()},
        "labels": labels(bundle, bundle.processes[row.process], language()),
        "tasks": views.tasks(connection, _newest(worklist.tasks_of(connection, row.id)), duban.now()),
        "incidents": [
            views.incident(each, row.title, element_name(bundle, each.element))
            for each in worklist.incidents_of(connection, row.id)
        ],
        "attachments": views.attachments(connection, attachments.of_case(connection, row.id)),
        "entries": row.seq,
        "release": duban.library.release(connection, row.release),
        "actions": views.permitted(_actions(connection, who, row)),
        "requests": [_request(offer) for offer in duban.asking.offers(connection, who, row.id)],
    }


def _request(offer: Offer) -> dict[str, Any]:
    form = offer.form.localized(language())
    shown = {name: feel.to_json(value) for name, value in offer.variables.items()}
    return {
        "id": offer.n, "name": name_of(offer.node), "element": offer.node.id, "form": form, "data": shown
    }  # fmt: skip


def _newest(rows: list[TaskRow]) -> list[TaskRow]:
    """The open tasks before the ended ones, the newest first; a case of thousands shows the first of these."""
    return sorted(rows, key=lambda row: (row.state not in worklist.OPEN, -row.n))[:TASKS_SHOWN]


def _elements(state: history.DiagramState) -> dict[str, dict[str, int]]:
    counted = {"active": state.active, "completed": state.completed, "cancelled": state.cancelled}
    all_of = {**counted, "incidents": state.incidents}
    elements = sorted({element for counts in all_of.values() for element in counts})
    return {element: {name: counts[element] for name, counts in all_of.items()} for element in elements}


def _actions(connection: Connection, who: Identity, row: CaseRow) -> dict[str, Bar | None]:
    operates = policy.allows(Access.OPERATE, who.tokens) and policy.sees_case(connection, row.id, who.tokens)
    fitting = {"suspend": ("active",), "resume": ("suspended",), "cancel": ("active", "suspended")}
    if not operates:
        return dict.fromkeys(fitting, Bar("not-operator"))
    return {action: None if row.status in states else Bar("state") for action, states in fitting.items()}
