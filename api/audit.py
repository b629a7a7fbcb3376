"""What an auditor asks of a case: how it stood at any moment, with everything that was known and decided then."""

import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flask import Response, send_file
from marshmallow import fields

from api import doors, replay, views
from api.cases import ElementCounts, ReleaseRefView, seen
from api.context import current
from api.fields import Instant, Schema
from api.history import Entry, FirstWrong, element_name, entries
from api.operations import Operations
from api.tasks import ExcludedView
from api.words import name_of, reason
from engine import history, search, worklist
from engine.audit import keys, log, security
from engine.audit.entries import millis
from engine.execution.bundle import Bundle
from engine.history import Moment
from workflows import attachments, dossier, people
from workflows.bars import Bar, separation
from workflows.duban import Connection
from workflows.policy import Access

SHOWN = 500
"""Tasks, timers and incidents of one moment that are told; a case of thousands has more."""

audit = Operations("audit", "The past of a case: any moment of it, and the proof that it is whole.")


class Counts(ElementCounts):
    waiting = fields.Integer(required=True, metadata={"description": "tokens that wait at a join for others"})


class ProcessAt(Schema):
    process = fields.String(required=True)
    name = fields.String(required=True)
    elements = fields.Dict(keys=fields.String(), values=fields.Nested(Counts), required=True)
    flows = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class VariableAt(Schema):
    name = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True, metadata={"description": '{"erased": true} where it was erased'})
    changed = fields.Boolean(required=True, metadata={"description": "by the entry of this moment"})
    existed = fields.Boolean(required=True)
    old = fields.Raw(required=True, allow_none=True)


class ScopeAt(Schema):
    page = fields.String(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    instance = fields.Integer(required=True, allow_none=True)
    index = fields.Integer(required=True, allow_none=True)
    variables = fields.List(fields.Nested(VariableAt), required=True)


class TaskAt(Schema):
    n = fields.Integer(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    name = fields.String(required=True)
    form = fields.String(required=True, allow_none=True)
    assignee = fields.Nested(views.NamedView, required=True, allow_none=True)
    candidates = fields.List(fields.Nested(views.NamedView), required=True, metadata={"description": "token and who"})
    priority = fields.Integer(required=True)
    created_at = Instant(required=True)
    due = Instant(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    excluded = fields.List(fields.Nested(ExcludedView), required=True)


class TimerAt(Schema):
    n = fields.Integer(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["catch", "gateway", "boundary", "start", "rung"]})
    task = fields.Integer(required=True, allow_none=True)
    due = Instant(required=True)
    name = fields.String(required=True, allow_none=True, metadata={"description": "of a rung, as its ladder says"})
    every = fields.String(required=True, allow_none=True)


class IncidentAt(Schema):
    n = fields.Integer(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)
    raised_at = Instant(required=True)


class DecisionAt(Schema):
    decision = fields.String(required=True)
    element = fields.String(required=True)
    element_name = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.Raw(), required=True)


class FilledForm(Schema):
    schema = fields.Raw(required=True, metadata={"description": "the form of that release, in the reader's language"})
    data = fields.Dict(keys=fields.String(), required=True)


class MomentView(Schema):
    case = fields.String(required=True)
    seq = fields.Integer(required=True)
    entries = fields.Integer(required=True, metadata={"description": "how many the case has by now"})
    at = Instant(required=True)
    status = fields.String(required=True)
    title = fields.String(required=True)
    release = fields.Nested(ReleaseRefView, required=True)
    entry = fields.Nested(Entry, required=True)
    facts = fields.Dict(keys=fields.String(), required=True)
    processes = fields.List(fields.Nested(ProcessAt), required=True)
    scopes = fields.List(fields.Nested(ScopeAt), required=True)
    tasks = fields.List(fields.Nested(TaskAt), required=True)
    timers = fields.List(fields.Nested(TimerAt), required=True)
    incidents = fields.List(fields.Nested(IncidentAt), required=True)
    decisions = fields.List(fields.Nested(DecisionAt), required=True)
    attachments = fields.List(fields.Nested(views.AttachmentView), required=True)
    filled = fields.Nested(FilledForm, required=True, allow_none=True, metadata={"description": "what was handed in"})


class AtQuery(Schema):
    at = Instant(required=True, metadata={"description": "the last entry at or before this instant"})


@audit.operation("GET", "/cases/<id>/at/<int:seq>", Access.WORK, answer=MomentView, refusals=(404,))
def get_case_at(id: str, seq: int) -> dict[str, Any]:
    """The case just after one of its entries: diagram, data, tasks, deadlines, decisions of that moment"""
    with current().store.reading() as connection:
        row = seen(connection, id)
        return _moment(connection, id, row.seq, history.state_at(connection, id, seq))


@audit.operation("GET", "/cases/<id>/at", Access.WORK, query=AtQuery, answer=MomentView, refusals=(404,))
def get_case_when(query: Mapping[str, int], id: str) -> dict[str, Any]:
    """The case as it was at a date"""
    with current().store.reading() as connection:
        row = seen(connection, id)
        seq = history.seq_at(connection, id, query["at"])
        return _moment(connection, id, row.seq, history.state_at(connection, id, seq))


class LinkView(Schema):
    case = fields.String(required=True)
    title = fields.String(required=True)
    process_name = fields.String(required=True)
    status = fields.String(required=True)
    sent = fields.Boolean(required=True, metadata={"description": "to that case; otherwise from it"})
    at = Instant(required=True)
    seq = fields.Integer(required=True, metadata={"description": "the entry of this case"})
    theirs = fields.Integer(required=True, metadata={"description": "the entry of the other one"})


class LinkList(Schema):
    items = fields.List(fields.Nested(LinkView), required=True)


@audit.operation("GET", "/cases/<id>/links", Access.WORK, answer=LinkList, refusals=(404,))
def list_links(id: str) -> dict[str, Any]:
    """The cases that this one told something or was told by, such as a visit and its hazards, and when"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        seen(connection, id)
        found = search.links(connection, id, SHOWN)
        shown = worklist.seen_of(connection, {link.case for link in found}, who.person, who.tokens)
        rows = {row.id: row for row in worklist.of_ids(connection, shown)}
        names = {row.id: name_of(duban.releases.bundle(row.release, connection).processes[row.process])
                 for row in rows.values()}  # fmt: skip
    return {
        "items": [
            {**asdict(link), "title": rows[link.case].title, "process_name": names[link.case],
             "status": views.status(rows[link.case].status)}
            for link in found if link.case in rows
        ]
    }  # fmt: skip


class SealView(Schema):
    """How far the log over all cases holds this one."""

    entries = fields.Integer(required=True)
    sealed = fields.Integer(required=True, metadata={"description": "how many of them the newest checkpoint signs"})
    size = fields.Integer(required=True, metadata={"description": "leaves of the log at that checkpoint; 0: none yet"})
    signed_at = Instant(required=True, allow_none=True)
    witnessed = fields.Integer(required=True, metadata={"description": "leaves that the witness has seen"})
    whole = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FirstWrong), required=True)
    key = fields.String(required=True, allow_none=True, metadata={"description": "the log's public key"})


@audit.operation("GET", "/cases/<id>/seal", Access.WORK, answer=SealView, refusals=(404,), limit="30 per minute")
def get_seal(id: str) -> dict[str, Any]:
    """Is every entry in the signed log over all cases, and has a witness outside seen it?"""
    duban = current()
    with duban.store.reading() as connection:
        row = seen(connection, id)
        key = duban.log.public_key()
        report = log.verify_case(connection, id, key, duban.log.witness.newest())
    return {
        "entries": row.seq, "sealed": report.leaves, "size": report.signed.size if report.signed else 0,
        "signed_at": millis(report.signed.at) if report.signed else None,
        "witnessed": report.witnessed.size if report.witnessed else 0, "whole": not report.findings,
        "findings": [{"seq": found.seq, "reason": found.reason} for found in report.findings[:SHOWN]],
        "key": keys.spelled(key) if key else None,
    }  # fmt: skip


class WitnessView(Schema):
    """How a witness beside the file does."""

    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["http", "mail", "rfc3161"]})
    size = fields.Integer(required=True, metadata={"description": "leaves of the newest checkpoint it took; 0: none"})
    at = Instant(required=True, allow_none=True, metadata={"description": "when it took that"})
    stamped = Instant(required=True, allow_none=True, metadata={"description": "by the timestamp authority's clock"})
    failing_since = Instant(required=True, allow_none=True)
    error = fields.String(required=True, allow_none=True)


class LogStateView(Schema):
    """How the log over all histories does."""

    size = fields.Integer(required=True, metadata={"description": "leaves of the newest signed checkpoint; 0: none"})
    signed_at = Instant(required=True, allow_none=True)
    witnessed = fields.Integer(required=True, metadata={"description": "leaves that the witness has seen"})
    behind = fields.Integer(required=True, metadata={"description": "seconds that the oldest entry has waited"})
    problem = fields.String(required=True, allow_none=True, metadata={"description": "why it is not sealed"})
    witnesses = fields.List(fields.Nested(WitnessView), required=True, metadata={"description": "beside the file"})


@audit.operation("GET", "/security-log", Access.SECURITY_LOG, answer=LogStateView)
def get_log_state() -> dict[str, Any]:
    """Is the log over all histories sealed and seen by its witness?"""
    duban = current()
    return {**asdict(duban.log.state()), "witnesses": [asdict(one) for one in duban.witnessed()]}


class EvidenceQuery(Schema):
    personal = fields.Boolean(load_default=True, metadata={"description": "with the openings of personal values"})


_ZIP: dict[str, Any] = {"responses": {"200": {"content": {"application/zip": {}}}}}


@audit.operation(
    "GET", "/cases/<id>/evidence", Access.AUDIT, query=EvidenceQuery, refusals=(404, 409), limit="10 per minute",
    doc=_ZIP,
)  # fmt: skip
def get_evidence(query: Mapping[str, bool], id: str) -> Response:
    """Everything that it takes to check the case without us, as a ZIP; that it was handed out is recorded"""
    duban, who = current(), doors.identity()
    with duban.store.reading() as connection:
        row = seen(connection, id)
    with suppress(log.Forked, keys.BadKey):  # the pack then shows what is wrong with the log
        duban.log.seal()
    pack = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    dossier.write(pack, duban, row.id, personal=query["personal"])
    with duban.store.transaction() as connection:
        told = {"case": row.id, "personal": query["personal"]}
        security.record(connection, "evidence", person=who.person, address=doors.address(), detail=told)
    pack.seek(0)
    response = send_file(pack, mimetype="application/zip", as_attachment=True, download_name=f"{row.id}.zip")
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment(connection: Connection, case_id: str, last: int, moment: Moment) -> dict[str, Any]:
    duban, head = current(), moment.replay.state.head
    bundle = duban.releases.bundle(moment.told["release"], connection)
    found, scopes = attachments.of_case(connection, case_id), history.scopes(connection, moment)
    return {
        "case": case_id, "seq": moment.entry.seq, "entries": last, "at": moment.at,
        "status": views.status(head.status), "title": head.title,
        "release": duban.library.release(connection, bundle.hash),
        "entry": entries(connection, case_id, [moment.told])[0], "facts": moment.told["facts"],
        "processes": _processes(moment, bundle),
        "scopes": [asdict(scope) for scope in scopes], "filled": replay.filled(moment, bundle, scopes),
        "tasks": _tasks(connection, moment, bundle), "timers": _timers(moment), "incidents": _incidents(moment),
        "decisions": _decisions(moment, bundle),
        "attachments": views.attachments(connection, (one for one in found if one.uploaded_at <= moment.at)),
    }  # fmt: skip


def _processes(moment: Moment, bundle: Bundle) -> list[dict[str, Any]]:
    return [
        {
            "process": id, "name": name_of(bundle.processes[id]) if id in bundle.processes else id,
            "elements": _elements(shown), "flows": dict(shown.flows),
        }
        for id, shown in moment.replay.diagram().items()
    ]  # fmt: skip


def _elements(shown: history.DiagramState) -> dict[str, dict[str, int]]:
    kinds = ("active", "completed", "cancelled", "incidents", "waiting")
    counts = {kind: getattr(shown, kind) for kind in kinds}
    elements = sorted({element for found in counts.values() for element in found})
    return {element: {kind: counts[kind][element] for kind in kinds} for element in elements}


def _tasks(connection: Connection, moment: Moment, bundle: Bundle) -> list[dict[str, Any]]:
    told = list(moment.replay.tasks.values())[:SHOWN]
    held = {one["task"]: moment.replay.state.pages[one["page"]].instances[one["task"]].task for one in told}
    excluded = {one["task"]: _excluded(moment, bundle, one["process"], one["element"]) for one in told}
    wanted = [task.assignee for task in held.values() if task is not None and task.assignee]
    names = people.names(connection, [*wanted, *(person for found in excluded.values() for person in found)])
    titles = {one["task"]: name_of(bundle.node(one["process"], one["element"])) for one in told}
    open_to = {n: task.candidates if task else [] for n, task in held.items()}
    who = replay.candidates(connection, {token for tokens in open_to.values() for token in tokens})
    return [
        {
            **_task(one, held[one["task"]], excluded[one["task"]], names, moment.at), "name": titles[one["task"]],
            "candidates": [{"id": token, "name": who[token]} for token in open_to[one["task"]]],
        }
        for one in told
    ]  # fmt: skip


def _task(
    told: Mapping[str, Any], held: Any, excluded: Mapping[str, Bar], names: Mapping[str, str], now: int
) -> dict[str, Any]:
    due = told.get("due")
    return {
        "n": told["task"], "process": told["process"], "element": told["element"],
        "form": told.get("form"), "assignee": views.named(held.assignee, names),
        "priority": told.get("priority", 50), "created_at": told["at"], "due": due,
        "overdue": due is not None and due < now,
        "excluded": [{"person": views.named(person, names), "reason": reason(bar)} for person, bar in excluded.items()],
    }  # fmt: skip


def _excluded(moment: Moment, bundle: Bundle, process: str, element: str) -> dict[str, Bar]:
    """Who could not have the task because of what they had completed by then (separation of duty)."""
    user_task = bundle.node(process, element).user_task
    found: dict[str, Bar] = {}
    for other in user_task.separate_from if user_task else ():
        about = separation(bundle.node(process, other))
        for person in moment.replay.state.head.completed_by.get(other, ()):
            found.setdefault(person, about)
    return found


def _timers(moment: Moment) -> list[dict[str, Any]]:
    """The next ones first; the rungs of ladders among them."""
    found = [
        {
            "n": wait.n, "process": page.process, "element": wait.element, "kind": wait.kind,
            "task": wait.host if wait.kind == "rung" else None, "due": wait.due, "every": wait.every,
            "name": replay.rung(wait.detail) if wait.kind == "rung" else None,
        }
        for page in moment.replay.state.pages.values()
        for wait in page.waits.values()
        if wait.what == "timer"
    ]  # fmt: skip
    return sorted(found, key=lambda timer: (timer["due"], timer["n"]))[:SHOWN]


def _incidents(moment: Moment) -> list[dict[str, Any]]:
    return [
        {"n": n, "raised_at": told["at"], **{name: told[name] for name in ("process", "element", "kind", "message")}}
        for n, told in list(moment.replay.incidents.items())[:SHOWN]
    ]


def _decisions(moment: Moment, bundle: Bundle) -> list[dict[str, Any]]:
    """The decisions of this entry, each with the rules that fired."""
    return [
        {
            "decision": event["decision"], "element": event["element"],
            "element_name": element_name(bundle, event["element"]), "steps": event.get("steps", []),
        }
        for event in _events(moment)
        if event["type"] == "DecisionEvaluated"
    ]  # fmt: skip


def _events(moment: Moment) -> Iterable[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = moment.told["events"]
    return found
