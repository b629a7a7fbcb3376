"""What a person does with a task or a new case: what they see, what they may do and why not, and what they hand in.

The form of the case's own release judges what is handed in, with the case's data, before the engine is asked. Who
may do what, and why not, is said by `workflows.bars`.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel, store, worklist
from engine.cases import Answer, Beside, Cases
from engine.driver import Asked, look, looking
from engine.errors import (
    Forbidden,
    InvalidInput,
    InvalidState,
    NotFound,
    Rejected,
    TaskChanged,
    TaskForbidden,
    TaskNotFound,
    TaskNotOpen,
)
from engine.execution.bundle import Bundle
from engine.execution.commands import Command, CompleteTask, StartCase, WithdrawTask
from engine.execution.state import Page
from engine.execution.wire import dumps, encode_values
from engine.notation.forms import Form
from engine.notation.model import Process
from engine.store import Store, to_millis
from workflows import attachments, checklists, options, people, policy, recusal, signatures, substitution
from workflows.bars import ACTIONS, BARS, Bar, OpenTask, bar, personal_bar, signer_bar, target_bar
from workflows.notifications import holders
from workflows.roles import START
from workflows.sessions import Foreseen, Identity
from workflows.signatures import Signature
from workflows.tables import people as persons

PEOPLE_SHOWN = 30
SCOPES_SHOWN = 200
"""Pages of a case that are looked at for its data; turns of loops are not among them."""
_ITS_ASSIGNEE = (
    sa.select(persons.c.id, persons.c.name)
    .join(store.tasks, store.tasks.c.assignee == persons.c.id)
    .where(store.tasks.c.case_id == sa.bindparam("c"), store.tasks.c.n == sa.bindparam("n"))
)


Rows = Sequence[list[Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command on a task led to: the task as a list then shows it, and the name of its assignee by their id."""

    answer: Answer
    row: worklist.TaskRow
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might get a task, and why not (None: they may)."""

    id: str
    name: str
    unit: people.Unit
    bar: Bar | None
    borrowable: bool = False


class Desk:
    """Tasks and new cases, as one person works on them."""

    def __init__(self, store_: Store, cases: Cases) -> None:
        self._store = store_
        self._cases = cases
        self._releases = cases.releases

    # Looking -------------------------------------------------------------------------------------------------------

    def task(
        self, connection: Connection, who: Identity, case_id: str, n: int, foreseen: Rows = ()
    ) -> OpenTask:  # fmt: skip
        """The task with what is around it. TaskNotFound also for a task that is hidden from the person.

        `foreseen`: the rows of `foreseen_task`, where they have been read already.
        """
        found = worklist.found_around(foreseen) if foreseen else worklist.around(connection, case_id, n)
        if not worklist.may_see_task(connection, found, who.person, who.tokens):
            raise TaskNotFound
        row = found.row
        bundle = self._releases.bundle(row.release, connection)
        node = bundle.node(row.process, row.element)
        opened = OpenTask(row, node, bundle, found.candidates, found.head.completed_by, found.page)
        return replace(opened, done=_done(connection, case_id, opened.barred)) if opened.barred else opened

    def act(self, case_id: str, n: int, command: Command, *, key: str | None, request: str | None = None) -> Done:
        """Do a command, and read task `n` as it then is in the same transaction. Raises what `Cases.handle` raises."""
        beside = Beside(_told_of(case_id, n))
        answer = self._cases.handle(case_id, command, key=key, request=request, beside=beside)
        return self._done(case_id, n, answer, beside.rows)

    def _done(self, case_id: str, n: int, answer: Answer, told: Rows | None = None) -> Done:
        rows, names = told or look(self._store, _told_of(case_id, n))
        return Done(answer, worklist.found_task(list(rows)), {row.id: row.name for row in names})

    def standing_in(
        self, who: Identity, case_id: str, n: int, need: str | None = None, foreseen: Rows = ()
    ) -> str | None:  # fmt: skip
        """`behalf` for a task that the person may see. Raises TaskNotFound."""
        with looking(self._store) as (connection, _):
            return self.behalf(connection, who, self.task(connection, who, case_id, n, foreseen), need)

    def variables(self, connection: Connection, task: OpenTask) -> Mapping[str, feel.Value]:
        """What the task sees of its case's data; nothing once it has ended."""
        row = task.row
        if not task.is_open or task.page is None:
            return {}
        try:
            return self._cases.visible(connection, row.case_id, task.page.id, task.task.signs or row.n)
        except NotFound:  # the case moved on between two looks
            return {}

    def actions(self, connection: Connection, who: Identity, task: OpenTask) -> dict[str, Bar | None]:
        """Each of ACTIONS → why the person may not do it (None: they may)."""
        tokens = policy.reaching(connection, task.row.case_id, who.tokens)
        return {
            action: self._explained(connection, who.person, bar(action, task, who.person, tokens)) for action in ACTIONS
        }

    def _explained(self, connection: Connection, person: str, barred: Bar | None) -> Bar | None:
        """The bar in words: which competence is missing, which tie bars until when."""
        if barred is None or barred.code not in ("lacks", "conflict"):
            return barred
        return Bar(barred.code, *recusal.reason(connection, person, barred.about, to_millis(clock.now())))

    def excluded(self, connection: Connection, task: OpenTask) -> list[tuple[str, Bar]]:
        """Who may not have the task: for what they did in the case, or, of its candidates, for what they are."""
        found = dict(task.excluded())
        at = to_millis(clock.now())
        for person in holders(connection, task.candidates, at) if task.task.requires and task.is_open else ():
            barred = target_bar(task, person, people.tokens(connection, person, at))
            shown = self._explained(connection, person, barred)
            if shown is not None and person not in found:
                found[person] = shown
        return list(found.items())

    def behalf(self, connection: Connection, who: Identity, task: OpenTask, need: str | None = None) -> str | None:
        """For whom the person would act on this task: its holder, or whoever has the role; None: for themselves."""
        assignee = task.row.assignee
        if need is None and assignee is not None:
            return assignee if assignee != who.person and f"person:{assignee}" in who.tokens else None
        return _lender(connection, who, {need} if need else set(task.candidates))

    def candidates(self, connection: Connection, task: OpenTask, text: str, to: str = "hold") -> list[Candidate]:
        """People whose name holds `text`, those who may hold (or sign) the task first, each with the reason why not."""
        judged = signer_bar if to == "sign" else target_bar
        at = to_millis(clock.now())
        roles = {
            token.removeprefix("role:").partition("@")[0] for token in task.candidates if token.startswith("role:")
        }
        found = [
            Candidate(
                id, name, unit, self._explained(connection, id, judged(task, id, people.tokens(connection, id, at)))
            )
            for id, name, unit in people.search(connection, text, PEOPLE_SHOWN, roles=roles)
        ]
        held = holders(connection, task.candidates, at) if to == "hold" else ()
        if to == "hold" and all(target_bar(task, one, people.tokens(connection, one, at)) for one in held):
            found = [replace(one, borrowable=self._is_borrowable(connection, task, one, at)) for one in found]
        return sorted(found, key=lambda one: (one.bar is not None, not one.borrowable))

    def _is_borrowable(self, connection: Connection, task: OpenTask, one: Candidate, at: int) -> bool:
        """Whether somebody holds one of the task's roles in another unit, and nothing bars them personally."""
        tokens = people.tokens(connection, one.id, at)
        roles = {token.partition("@")[0] for token in task.candidates if token.startswith("role:")}
        return bool(roles & tokens) and personal_bar(task, one.id, tokens) is None

    # Handing in ----------------------------------------------------------------------------------------------------

    def complete(
        self, who: Identity, case_id: str, n: int, data: Mapping[str, Any], *, version: int | None, key: str | None,
        signed: Sequence[Signature] = (), foreseen: Rows = (),
    ) -> Done:  # fmt: skip
        """Judge `data` by the task's form and complete the task. InvalidInput has fields such as `data.cost`.

        `signed`: people without an account who signed, or would not; see `workflows.signatures`.
        """
        asked = {"data": data, "signatures": [asdict(one) for one in signed]} if signed else data
        request = request_hash("complete", f"{case_id}:{n}", asked)
        try:
            command = self._completion(who, case_id, n, data, version, signed, foreseen)
        except Rejected:  # this very request may have completed the task before, or its twin while we looked
            earlier = self._cases.answered(who.person, key, request) if key else None
            if earlier is None:
                raise
            return self._done(case_id, n, earlier)
        return self.act(case_id, n, command, key=key, request=request)

    def withdraw(self, who: Identity, case_id: str, n: int, reason: str, *, key: str | None) -> Done:
        """Take back the completed task `n`, while nobody has touched the next one."""
        request = request_hash("withdraw", f"{case_id}:{n}", {"reason": reason})
        earlier = self._cases.answered(who.person, key, request) if key else None
        if earlier is not None:
            return self._done(case_id, n, earlier)
        with self._store.reading() as connection:
            task = self.task(connection, who, case_id, n)
        if task.row.ended_by != who.person:
            raise TaskForbidden("Expected the person who completed this task.")
        following = task.next_untouched()
        if following is None:
            raise InvalidState("Expected the next task to be open and untouched, straight behind this one.")
        command = WithdrawTask(task=following, reason=reason, actor=who.person)
        return self.act(case_id, n, command, key=key, request=request)

    def _completion(
        self, who: Identity, case_id: str, n: int, data: Mapping[str, Any], version: int | None,
        signed: Sequence[Signature], foreseen: Rows,
    ) -> CompleteTask:  # fmt: skip
        with looking(self._store) as (connection, _):  # version and rights are checked again under the case's lock
            task = self.task(connection, who, case_id, n, foreseen)
            self._expect_turn(connection, who, task, version)
            variables = self._judged(connection, task, data)
            at = clock.now().isoformat(timespec="milliseconds")
            variables |= signatures.bound(
                connection, case_id, signed, by=who.person, form=task.form, variables=variables, at=at
            )
            absent = self.behalf(connection, who, task)
        return CompleteTask(task=n, variables=variables, version=version, actor=who.person, on_behalf_of=absent)

    def checklist(
        self, connection: Connection, task: OpenTask
    ) -> tuple[dict[str, Mapping[str, feel.Value]], list[checklists.Given]]:
        """The items of the task's checklist (none: it has none) and every answer given so far."""
        field = checklists.field_of(task.form) if task.form else None
        if field is None:
            return {}, []
        items = checklists.items_of(field, self.variables(connection, task))
        return items, checklists.given(connection, task.row.case_id, task.row.n)

    def may_answer(self, connection: Connection, who: Identity, task: OpenTask) -> bool:
        """Whether the person may fill the checklist and add photos: they have the task, or could have it."""
        return bar("answer", task, who.person, policy.reaching(connection, task.row.case_id, who.tokens)) is None

    def may_add_files(self, connection: Connection, who: Identity, task: OpenTask) -> bool:
        """Whoever may complete the task; with a checklist, which several people fill, whoever may answer it."""
        if task.form and checklists.field_of(task.form):
            return self.may_answer(connection, who, task)
        return self.actions(connection, who, task)["complete"] is None

    def answer(self, who: Identity, case_id: str, n: int, said: Sequence[checklists.Said]) -> None:
        """Record answers to the task's checklist; TaskForbidden for whoever may not fill it."""
        with self._store.transaction() as connection:
            task = self.task(connection, who, case_id, n)
            if task.is_open and not self.may_answer(connection, who, task):
                raise TaskForbidden("Expected a task that you have, or could have, in a case that is not suspended.")
            known = self.checklist(connection, task)[0] if task.is_open else ()
            at = to_millis(clock.now())
            checklists.record(connection, case_id, n, said, by=who.person, known=known, at=at)

    def start(self, who: Identity, process: str, data: Mapping[str, Any], *, key: str | None) -> Answer:
        """Judge `data` by the start form and start a case. A process without one takes what the starter gives."""
        if not may_start(process, who.tokens):
            raise Forbidden(f"Starting {process!r} needs the permission to start cases, which none of your roles gives")
        request = request_hash("start", process, data)
        earlier = self._cases.answered(who.person, key, request) if key else None
        if earlier is not None:
            return earlier
        with self._store.reading() as connection:
            bundle = self._releases.bundle(self._releases.current(process, connection), connection)
            absent = _lender(connection, who, {START, f"{START}:{process}"})
            form = start_form(bundle, bundle.processes[process])
            offered = options.for_form(connection, form, people.LANGUAGES[0])
        variables = checked(form, data, offered, bundle.zone) if form else values_of(data)
        command = StartCase(process=process, variables=variables, actor=who.person, on_behalf_of=absent)
        return self._cases.start(command, key=key, request=request)

    def save_draft(self, who: Identity, case_id: str, n: int, data: Mapping[str, Any]) -> None:
        """Keep what the person has filled in so far, unjudged; only they see it."""
        kept = feel.to_json(values_of(data))

        def save() -> None:
            with self._store.transaction() as connection:
                self._expect_open(self.task(connection, who, case_id, n))
                worklist.save_draft(connection, case_id, n, who.person, kept, to_millis(clock.now()))

        try:
            save()
        except sa.exc.IntegrityError:  # another window of the same person saved its first draft at this moment
            save()

    def drop_draft(self, who: Identity, case_id: str, n: int) -> None:
        with self._store.transaction() as connection:
            self.task(connection, who, case_id, n)
            worklist.drop_draft(connection, case_id, n, who.person)

    def _expect_open(self, task: OpenTask) -> None:
        if not task.is_open:
            raise TaskNotOpen(f"Expected an open task, but it has been {task.row.state}.")

    def _expect_turn(self, connection: Connection, who: Identity, task: OpenTask, version: int | None) -> None:
        """What the engine would refuse anyway, before the form is judged: a stranger learns nothing from the form."""
        self._expect_open(task)
        barred = bar("complete", task, who.person, policy.reaching(connection, task.row.case_id, who.tokens))
        if barred is not None and barred.code not in ("suspended", "ended", "signing", "signs"):
            raise TaskForbidden(f"You may not complete this task: {BARS[barred.code]}.")
        if version is not None and version != task.row.version:
            found = task.row.version
            raise TaskChanged(f"Expected version {version} of the task, but it is at {found}; load it again.")

    def _judged(self, connection: Connection, task: OpenTask, data: Mapping[str, Any]) -> dict[str, feel.Value]:
        form = task.form
        if form is None:
            if data:
                fields = {f"data.{name}": ["unknown: this task has no form, so it takes no data"] for name in data}
                raise InvalidInput("Expected no data, because this task has no form", fields)
            variables: dict[str, feel.Value] = {}
        else:
            known = {**options.for_form(connection, form, people.LANGUAGES[0]), **self.variables(connection, task)}
            variables = checked(form, data, known, task.bundle.zone)
            variables |= _answered(connection, task, form, known, variables)
        _expect_evidence(connection, task, form, variables)
        return variables


def foreseen_task(case_id: str, n: int) -> Foreseen:
    """What `Desk.task` reads first, for a request that names the task in its address."""
    return Foreseen(worklist.asked_around(case_id, n))


def _told_of(case_id: str, n: int) -> list[Asked]:
    return [worklist.asked_task(case_id, n), (_ITS_ASSIGNEE, {"c": case_id, "n": n})]


def case_variables(connection: Connection, case_id: str) -> Mapping[str, feel.Value]:
    """The variables of the case's outermost scope, and over them those of the processes that run inside it now."""
    c = store.pages.c
    scopes = sa.select(c.id, c.body, c.variables).where(c.case_id == case_id, ~c.id.contains("."))
    rows = connection.execute(scopes.limit(SCOPES_SHOWN)).all()
    pages = sorted((Page.load(row.id, row.body, row.variables) for row in rows), key=lambda page: int(page.id))
    called = [page for page in pages if page.scope == page.process and not page.closed]
    return {name: value for page in called for name, value in page.variables.items()}


def _done(connection: Connection, case_id: str, people_: Collection[str]) -> dict[str, list[str]]:
    """Person → the elements that they completed in the case."""
    t = store.tasks.c
    query = sa.select(t.ended_by, t.element).where(t.case_id == case_id, t.ended_by.in_(people_)).order_by(t.n)
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.ended_by, []).append(row.element)
    return found


def _lender(connection: Connection, who: Identity, wanted: Collection[str]) -> str | None:
    """Whom the person must stand in for to hold one of these tokens; None where they hold one themselves, or nobody."""
    at = to_millis(clock.now())
    own = people.tokens(connection, who.person, at) if who.own is None else who.own
    if own.intersection(wanted):
        return None
    standing = substitution.for_whom(connection, who.person, at)
    return next((one.absent for one in standing if people.lent(connection, one, at).intersection(wanted)), None)


def task_elements(connection: Connection, case_id: str, numbers: Collection[int]) -> dict[int, str]:
    """Number of a task → its element, for those that exist."""
    columns = store.tasks.c
    query = sa.select(columns.n, columns.element).where(columns.case_id == case_id, columns.n.in_(sorted(numbers)))
    return {row.n: row.element for row in connection.execute(query)}


def may_start(process: str, tokens: Collection[str]) -> bool:
    return START in tokens or f"{START}:{process}" in tokens


def start_form(bundle: Bundle, process: Process) -> Form | None:
    return bundle.forms.get(process.start_form) if process.start_form else None


# What is handed in -------------------------------------------------------------------------------------------------


def request_hash(what: str, subject: str, data: Mapping[str, Any]) -> str:
    """What an idempotency key was used for: the action and the data as sent, before any judging."""
    text = dumps([what, subject, encode_values(values_of(data))])
    return hashlib.sha256(text.encode()).hexdigest()


def values_of(data: Mapping[str, Any]) -> dict[str, feel.Value]:
    """Plain JSON as FEEL values; InvalidInput for a number that FEEL cannot hold, or too deep a nesting."""
    try:
        return {name: feel.from_json(value) for name, value in data.items()}
    except feel.FeelError as error:
        raise InvalidInput(error.message, {"data": [f"type: {error.message}"]}) from None


def checked(
    form: Form, data: Mapping[str, Any], variables: Mapping[str, feel.Value], zone: str, at: datetime | None = None
) -> dict[str, feel.Value]:
    """What the form makes of the data now, or `at` another instant. InvalidInput has fields such as `data.cost`."""
    now = feel.DateTime.from_datetime((at or clock.now()).astimezone(ZoneInfo(zone)))
    try:
        return form.check(data, variables, now)
    except InvalidInput as refused:
        fields = {f"data.{path}": texts for path, texts in refused.fields.items()}
        raise InvalidInput(refused.message, fields) from None


def _answered(
    connection: Connection,
    task: OpenTask,
    form: Form,
    known: Mapping[str, feel.Value],
    checked: Mapping[str, feel.Value],
) -> dict[str, feel.Value]:
    """What the answers to the form's checklist come to. Where there is nothing to check, the form's own list stands."""
    field = checklists.field_of(form)
    if field is None or not checklists.items_of(field, known):
        return {}
    answers = checklists.given(connection, task.row.case_id, task.row.n)
    return checklists.handed_in(field, known, checked, answers)


def _expect_evidence(
    connection: Connection, task: OpenTask, form: Form | None, variables: Mapping[str, feel.Value]
) -> None:
    """Photos named in the form are attachments of this case with that very content, and as many as the task needs."""
    named = list(_photos(form, variables)) if form else []
    known = attachments.hashes(connection, task.row.case_id, [id for _, id, _ in named]) if named else {}
    faults: dict[str, list[str]] = {}
    for path, id, sha256 in named:
        if known.get(id) != sha256:
            faults.setdefault(f"data.{path}", []).append(
                f"photos: {id} is no attachment of this case with that content"
            )
    taken = attachments.of_case(connection, task.row.case_id, task.row.n) if task.least_photos else []
    images = {found.id for found in taken if _is_image(found)}
    enough = len(images | {id for _, id, _ in named})
    if not faults and enough < task.least_photos:
        place = f"data.{_photo_path(form)}" if form and _photo_path(form) else "attachments"
        faults[place] = [f"photos: expected at least {task.least_photos}, found {enough}"]
    if faults:
        raise InvalidInput("The photos are not those of this task", faults)


def _is_image(found: attachments.Attachment) -> bool:
    return found.type.startswith("image/")


def _photo_path(form: Form) -> str | None:
    return next((path for path, kind in form.fields.items() if kind == "photo"), None)


def _photos(form: Form, variables: Mapping[str, feel.Value]) -> Iterator[tuple[str, str, str]]:
    """(path, attachment id, SHA-256) of every photo that the judged data names."""
    for path, kind in form.fields.items():
        if kind == "photo":
            for where, value in _at(variables, path.split("."), ""):
                for photo in value if isinstance(value, list) else []:
                    if isinstance(photo, dict):
                        yield where, str(photo.get("id")), str(photo.get("sha256"))


def _at(value: Any, path: list[str], walked: str) -> Iterator[tuple[str, Any]]:
    """The values at a form's path; `rows[]` goes through every row."""
    if not path:
        yield walked, value
        return
    name, rows = path[0].removesuffix("[]"), path[0].endswith("[]")
    inner = value.get(name) if isinstance(value, Mapping) else None
    here = f"{walked}.{name}" if walked else name
    if not rows:
        yield from _at(inner, path[1:], here)
        return
    for number, row in enumerate(inner if isinstance(inner, list) else []):
        yield from _at(row, path[1:], f"{here}[{number}]")
