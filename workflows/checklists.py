"""Answers to the items of a checklist: rows saved singly, by several people, in any order, and never changed.

A phone makes an answer's id, so that sending it twice is the same as once. An answer says which earlier ones it
`replaces`: what counts is what nothing has replaced, whatever order the rows arrived in. Two such answers that do not
say the same are a conflict, which a further answer that replaces both settles; all of them are kept.

A form declares its checklist at a dynamic list: `"checklist": "<variable>"` in its `properties` names the variable with
the items (contexts with `item`, `text`, `finding`, `measures`, …), `"rest": "<key>"` a checkbox, all others conform.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import feel, store
from engine.errors import Conflict, InvalidInput, TaskNotOpen
from engine.execution.commands import Command, CompleteTask
from engine.notation.forms import Form
from engine.worklist import OPEN
from workflows import attachments
from workflows.tables import checklist_answers

RESULTS = ("PASS", "FAIL", "NA")
MOST_ANSWERS = 5_000
"""Of one task: what bounds a checklist that somebody answers over and over."""
SEAL = "answersHash"
"""The variable of a completion that holds `hash_of` all rows: the entry proves them."""

_a = checklist_answers.c


class AnswersChanged(Conflict):
    """Somebody answered an item while the checklist was handed in; load it again."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about an item. `photos`: {id, sha256}. `occurred_at`: ms by the device's clock.

    `replaces`: ids of answers that this person saw and does not leave standing; they may arrive later than this one.
    """

    id: str
    item: str
    result: str
    occurred_at: int
    note: str = ""
    place: str = ""
    measures: str = ""
    photos: tuple[Mapping[str, str], ...] = ()
    raised: bool = False
    bulk: bool = False
    replaces: tuple[str, ...] = ()

    @property
    def meaning(self) -> tuple[Any, ...]:
        """What two answers must share to agree: what is not wrong needs no words, what is wrong does."""
        found = (self.note, self.place, self.measures, [photo["id"] for photo in self.photos], self.raised)
        return (self.result, found) if self.result == "FAIL" else (self.result,)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with who gave it, and when it arrived (ms by the server's clock)."""

    said: Said
    author: str
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Field:
    """Where a form holds its checklist: the list's path, the variable of the items, the checkbox for the rest."""

    path: str
    items: str
    rest: str


@lru_cache(maxsize=64)
def field_of(form: Form) -> Field | None:
    """The checklist that a form declares at its outermost level, if it does."""
    for component in json.loads(form.source).get("components", ()):
        properties = component.get("properties") or {}
        if component.get("type") == "dynamiclist" and properties.get("checklist"):
            return Field(component["path"], properties["checklist"], properties.get("rest", ""))
    return None


def items_of(field: Field, variables: Mapping[str, feel.Value]) -> dict[str, Mapping[str, feel.Value]]:
    """Item → what its template says, in the template's order."""
    found = variables.get(field.items)
    contexts = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    return {str(one["item"]): one for one in contexts if isinstance(one.get("item"), str)}


# Rows --------------------------------------------------------------------------------------------------------------


def record(
    connection: Connection, case: str, task: int, said: Sequence[Said], *, by: str, known: Collection[str], at: int
) -> None:
    """Keep answers, all of them or none; those kept before are not kept again, even when the task has ended since.

    Whether `by` may answer is the caller's question. Raises InvalidInput for what is not on the checklist or no photo
    of the case, Conflict when an id was used for something else, TaskNotOpen when the task ended.
    """
    connection.execute(sa.select(store.cases.c.id).where(store.cases.c.id == case).with_for_update())
    stored = {one.said.id: one for one in given(connection, case, task)}
    fresh = [one for one in said if one.id not in stored]
    for one in said:
        if one.id in stored and (stored[one.id].author, stored[one.id].said) != (by, one):
            raise Conflict(f"The answer {one.id} was recorded before with another content; use a new id")
    if not fresh:
        return
    _expect_open(connection, case, task)
    _expect_known(connection, case, said, known)
    if len(stored) + len(fresh) > MOST_ANSWERS:
        raise InvalidInput(f"Expected at most {MOST_ANSWERS} answers to one checklist", {"answers": ["length"]})
    connection.execute(sa.insert(checklist_answers), [_row(case, task, one, by, at) for one in fresh])


def given(connection: Connection, case: str, task: int) -> list[Given]:
    """Every answer to the checklist of a task, in the order of what happened, not of arrival."""
    query = sa.select(checklist_answers).where(_a.case_id == case, _a.task == task).order_by(_a.occurred_at, _a.id)
    return [_given(row) for row in connection.execute(query)]


def _expect_open(connection: Connection, case: str, task: int) -> None:
    columns = store.tasks.c
    state = connection.scalar(sa.select(columns.state).where(columns.case_id == case, columns.n == task))
    if state not in OPEN:
        raise TaskNotOpen(f"Expected an open task, but it has been {state}.")


def _expect_known(connection: Connection, case: str, said: Sequence[Said], known: Collection[str]) -> None:
    named = [photo for one in said for photo in one.photos]
    hashes = attachments.hashes(connection, case, [photo["id"] for photo in named])
    faults: dict[str, list[str]] = {}
    for number, one in enumerate(said):
        if one.item not in known:
            faults[f"answers[{number}].item"] = ["option: not on the checklist of this task"]
        if any(hashes.get(photo["id"]) != photo["sha256"] for photo in one.photos):
            faults[f"answers[{number}].photos"] = ["photos: expected attachments of this case with that content"]
    if len({one.id for one in said}) < len(said):
        faults["answers"] = ["unique: each answer has an id of its own"]
    if faults:
        raise InvalidInput("These answers do not fit the checklist", faults)


def _row(case: str, task: int, said: Said, by: str, at: int) -> dict[str, Any]:
    lists = {name: json.dumps(getattr(said, name)) for name in ("photos", "replaces")}
    flags = {"raised": int(said.raised), "bulk": int(said.bulk)}
    return asdict(said) | lists | flags | {"case_id": case, "task": task, "author": by, "recorded_at": at}


def _given(row: sa.Row[Any]) -> Given:
    said = Said(
        id=row.id, item=row.item, result=row.result, occurred_at=row.occurred_at, note=row.note, place=row.place,
        measures=row.measures, photos=tuple(json.loads(row.photos)), raised=bool(row.raised), bulk=bool(row.bulk),
        replaces=tuple(json.loads(row.replaces)),
    )  # fmt: skip
    return Given(said, row.author, row.recorded_at)


# What counts -------------------------------------------------------------------------------------------------------


def standing(answers: Iterable[Given]) -> dict[str, list[Given]]:
    """Item → the answers to it that nothing has replaced; the last one counts when they agree.

    Answers that replace each other in a circle, which no honest device makes, all stand. What was said of the item
    itself comes after what was said in bulk.
    """
    by_item: dict[str, list[Given]] = {}
    for one in answers:
        by_item.setdefault(one.said.item, []).append(one)
    found = {}
    for item, all_ in by_item.items():
        replaced = {id for one in all_ for id in one.said.replaces if id != one.said.id}
        left = [one for one in all_ if one.said.id not in replaced] or all_
        found[item] = sorted(left, key=lambda one: (not one.said.bulk, one.said.occurred_at, one.said.id))
    return found


def is_conflict(left: Sequence[Given]) -> bool:
    """Whether the standing answers to one item say different things."""
    return any(one.said.meaning != left[0].said.meaning for one in left)


def hash_of(answers: Iterable[Given]) -> str:
    """SHA-256 over all rows of a task, those replaced included: JSON, sorted by id, so that arrival does not matter."""
    rows = sorted((asdict(one) for one in answers), key=lambda row: str(row["said"]["id"]))
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# Handing in --------------------------------------------------------------------------------------------------------


def handed_in(
    field: Field, variables: Mapping[str, feel.Value], checked: Mapping[str, feel.Value], answers: Sequence[Given]
) -> dict[str, feel.Value]:
    """The variables that the answers become as the task is completed: the list of rows, and the hash of all answers.

    `checked` is what the form let through. Raises InvalidInput with `data.<path>[n].<field>` for an item that is not
    answered, in conflict, or failed without a word.
    """
    left, faults, rows = standing(answers), {}, []
    rest = bool(field.rest) and checked.get(field.rest) is True
    for number, (item, template) in enumerate(items_of(field, variables).items()):
        found = left.get(item, [])
        fault = _fault(found, rest)
        if fault:
            faults[f"data.{field.path}[{number}].{fault[0]}"] = [fault[1]]
        rows.append(_handed_row(item, template, found[-1] if found else None))
    if faults:
        raise InvalidInput("The checklist is not finished", faults)
    return {field.path: feel.from_json(rows), SEAL: hash_of(answers)}


def _fault(found: Sequence[Given], rest: bool) -> tuple[str, str] | None:
    if not found:
        return None if rest else ("result", "required: expected an answer")
    if is_conflict(found):
        return "result", "conflict: two people answered differently; one of the answers has to be chosen"
    failed = found[-1].said.result == "FAIL" and not found[-1].said.note.strip()
    return ("note", "required: expected what is wrong") if failed else None


def _handed_row(item: str, template: Mapping[str, feel.Value], found: Given | None) -> dict[str, Any]:
    text = str(template.get("text", ""))
    if found is None:
        return {"item": item, "text": text, "result": "PASS", "bulk": True, "raised": False, "photos": []}
    said = found.said
    return {
        "item": item, "text": text, "result": said.result, "note": said.note or None, "place": said.place or None,
        "measures": said.measures or None, "raised": said.raised, "photos": [dict(one) for one in said.photos],
        "bulk": said.bulk, "answer": said.id, "by": found.author,
    }  # fmt: skip


def expect_unchanged(connection: Connection, case: str | None, command: Command) -> None:
    """Under the lock of the case: what is handed in is what the rows say now. Raises AnswersChanged."""
    sealed = command.variables.get(SEAL) if isinstance(command, CompleteTask) and case else None
    if sealed is not None and sealed != hash_of(given(connection, case or "", getattr(command, "task", 0))):
        raise AnswersChanged
