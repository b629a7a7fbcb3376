"""Review work: a population of closed cases, a sample drawn from it, notes, conclusions. A register outside the cases.

Each year has a stream, `register/review-2026`; each review is a number of it, each note an entry, chained and sealed in
the log like any other and never changed. The tables here are its projection.

**The draw** anyone can do again: rank every case of the population by the SHA-256 of `<seed>:<case id>`, and take the
first `size`. It depends on no order and on no program of ours: `printf %s "$seed:$id" | sha256sum`. The seed is drawn
when the review is opened and recorded with the count and the digest of the population (SHA-256 of the sorted ids, each
with a line feed). Drawing again until a sample suits leaves a review behind each time, since numbers have no gap.
"""

import hashlib
import heapq
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text

from engine import clock, deadlines, feel
from engine.errors import InvalidInput, InvalidState, NotFound
from engine.execution.commands import NoteNumber, ReserveNumber
from engine.reservations import Series
from engine.store import metadata
from workflows import registry, selection
from workflows.selection import Asker, Selection

MOST_SAMPLED = 500
VERDICTS = ("SOUND", "MINOR", "SERIOUS")
"""What may be concluded of a case, and of a review: nothing to object to, a minor or a serious finding."""

reviews = Table(
    "reviews", metadata,
    Column("number", String, primary_key=True), Column("title", Text, nullable=False),
    Column("state", String, nullable=False), Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", String, nullable=False), Column("closed_at", BigInteger), Column("closed_by", String),
    Column("verdict", String), Column("conclusion", Text), Column("selection", Text, nullable=False),
    Column("population", Integer, nullable=False), Column("digest", String, nullable=False),
    Column("seed", String, nullable=False), Column("sample", Text, nullable=False),
    Index("ix_reviews_opened", "opened_at", "number"),
)  # fmt: skip
"""`selection` and `sample` are JSON: what restricted the population, and the ids drawn, in the order of the draw."""

review_notes = Table(
    "review_notes", metadata,
    Column("review", String, primary_key=True), Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False), Column("person", String, nullable=False), Column("case_id", String),
    Column("verdict", String), Column("text", Text, nullable=False),
)  # fmt: skip
"""`seq`: the entry of the register's stream. With a verdict a note concludes its case; the last counts."""


class ReviewNotFound(NotFound):
    """Expected a review with this number, but there is none."""


class ReviewClosed(InvalidState):
    """Expected an open review, but this one is concluded."""


@dataclass(frozen=True, slots=True)
class Note:
    seq: int
    at: int
    person: str
    case_id: str | None
    verdict: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Sampled:
    """A drawn case; `verdict` None: nothing is concluded yet."""

    id: str
    title: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """Instants in ms."""

    number: str
    title: str
    state: str
    opened_at: int
    opened_by: str
    closed_at: int | None
    closed_by: str | None
    verdict: str | None
    conclusion: str | None
    selection: Mapping[str, Any]
    population: int
    digest: str
    seed: str
    sample: tuple[str, ...]


# The draw ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    sample: list[str]
    population: int
    digest: str


def draw(ids: Iterable[str], seed: str, size: int) -> Drawn:
    """Draw `size` of the ids, which come sorted. Memory is for the sample, not for the population."""
    digest, count = hashlib.sha256(), 0

    def ranked() -> Iterable[tuple[str, str]]:
        nonlocal count
        for id in ids:
            digest.update(f"{id}\n".encode())
            count += 1
            yield hashlib.sha256(f"{seed}:{id}".encode()).hexdigest(), id

    sample = [id for _, id in heapq.nsmallest(size, ranked())]
    return Drawn(sample, count, digest.hexdigest())


def drawn_from(connection: Connection, wanted: Selection, asker: Asker | None, seed: str, size: int) -> Drawn:
    """The draw from the cases of a selection, as they are now. Raises InvalidInput."""
    if not 0 < size <= MOST_SAMPLED:
        raise InvalidInput(f"Expected a sample of 1 to {MOST_SAMPLED} cases", {"size": [f"range: 1 to {MOST_SAMPLED}"]})
    found = draw((row.id for row in selection.rows(connection, wanted, asker)), seed, size)
    if not found.population:
        raise InvalidInput("Expected a population, but no case fits", {"size": ["range: the population is empty"]})
    return found


# Writing -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    title: str
    selection: Selection
    size: int


def open_review(connection: Connection, wanted: Opening, asker: Asker) -> Review:
    """Draw a sample and open a review of it. Raises InvalidInput when no case fits."""
    seed = secrets.token_hex(16)
    drawn = drawn_from(connection, wanted.selection, asker, seed, wanted.size)
    given: dict[str, feel.Value] = {
        "title": wanted.title, "selection": json.dumps(wanted.selection.told(), ensure_ascii=False),
        "population": Decimal(drawn.population), "digest": drawn.digest, "seed": seed,
        "sample": list[feel.Value](drawn.sample),
    }  # fmt: skip
    year = clock.now().astimezone(ZoneInfo(deadlines.ZONE)).year
    series = Series(connection, f"review-{year}")
    n, _, _ = series.reserve(ReserveNumber(series.id, f"person/{asker.person}", given, actor=asker.person))
    row = {
        "number": f"{series.id}-{n:04d}", "state": "OPEN", "opened_at": series.at, "opened_by": asker.person,
        **given, "population": drawn.population, "sample": json.dumps(drawn.sample),
    }  # fmt: skip
    connection.execute(reviews.insert(), row)
    return find(connection, str(row["number"]))


@dataclass(frozen=True, slots=True)
class Noting:
    """`case` None: about the review as a whole. `verdict` on a case concludes it; another may follow."""

    text: str
    case: str | None = None
    verdict: str | None = None


def note(connection: Connection, number: str, said: Noting, person: str) -> None:
    """Raises ReviewNotFound, ReviewClosed, and InvalidInput for a case that was not drawn."""
    review = _expect_open(connection, number)
    if said.case is not None and said.case not in review.sample:
        raise InvalidInput("Expected a case of the sample", {"case": ["option: it was not drawn"]})
    if said.verdict is not None and said.case is None:
        raise InvalidInput("Expected the case that the verdict is on", {"case": ["required"]})
    seq, at = _write(connection, number, said, person, closes=False)
    row = {"review": number, "seq": seq, "at": at, "person": person, "case_id": said.case, "verdict": said.verdict}
    connection.execute(review_notes.insert(), row | {"text": said.text})


def conclude(connection: Connection, number: str, verdict: str, text: str, person: str) -> None:
    """Close a review. Raises ReviewNotFound, ReviewClosed, and InvalidInput while a case has no verdict."""
    review = _expect_open(connection, number)
    missing = [one.id for one in sampled(connection, review) if one.verdict is None]
    if missing:
        reason = f"{len(missing)} cases have no verdict yet, the first is {missing[0]}"
        raise InvalidInput(f"Expected a verdict on every case of the sample, but {reason}", {"verdict": [reason]})
    _, at = _write(connection, number, Noting(text, None, verdict), person, closes=True)
    values = {"state": "CLOSED", "closed_at": at, "closed_by": person, "verdict": verdict, "conclusion": text}
    connection.execute(reviews.update().where(reviews.c.number == number).values(values))


def _expect_open(connection: Connection, number: str) -> Review:
    found = find(connection, number)
    if found.state != "OPEN":
        raise ReviewClosed
    return found


def _write(connection: Connection, number: str, said: Noting, person: str, *, closes: bool) -> tuple[int, int]:
    id, _, n = number.rpartition("-")
    given = {"text": said.text, "case": said.case, "verdict": said.verdict}
    chosen: dict[str, feel.Value] = {name: value for name, value in given.items() if value is not None}
    series = Series(connection, id)
    _expect_open(connection, number)  # again, now that nobody else can close it
    kind = "CONCLUDED" if closes else "NOTED"
    sealed = series.note(NoteNumber(id, int(n), kind, closes, chosen, actor=person), closed=False)
    return sealed.seq, series.at


# Reading -------------------------------------------------------------------------------------------------------------


def find(connection: Connection, number: str) -> Review:
    """Raises ReviewNotFound."""
    row = connection.execute(sa.select(reviews).where(reviews.c.number == number)).first()
    if row is None:
        raise ReviewNotFound(f"Expected a review '{number}', but there is none.")
    return _review(row)


def listed(connection: Connection, *, before: tuple[int, str] | None = None, limit: int = 50) -> list[Review]:
    """The newest first, those before a place."""
    order = sa.tuple_(reviews.c.opened_at, reviews.c.number)
    query = sa.select(reviews).order_by(reviews.c.opened_at.desc(), reviews.c.number.desc()).limit(limit)
    rows = connection.execute(query if before is None else query.where(order < before))
    return [_review(row) for row in rows]


def notes(connection: Connection, number: str) -> list[Note]:
    """In the order of the stream."""
    query = sa.select(review_notes).where(review_notes.c.review == number).order_by(review_notes.c.seq)
    return [Note(row.seq, row.at, row.person, row.case_id, row.verdict, row.text) for row in connection.execute(query)]


def sampled(connection: Connection, review: Review) -> list[Sampled]:
    """The drawn cases in the order of the draw, each with the last verdict on it."""
    verdicts = {one.case_id: one.verdict for one in notes(connection, review.number) if one.verdict is not None}
    titles = registry.case_titles(connection, review.sample)
    return [Sampled(id, titles.get(id, ""), verdicts.get(id)) for id in review.sample]


def _review(row: Any) -> Review:
    told = row._asdict()
    told |= {"selection": json.loads(row.selection), "sample": tuple(json.loads(row.sample))}
    return Review(**told)
