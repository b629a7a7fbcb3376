"""The points account: capped, locked while something is posted, reversed by a counter-entry, posted once a job."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from engine import history
from engine.errors import InvalidInput
from engine.store import Store
from engine.worker import Work
from workflows import points

TERMS: dict[str, Any] = {"most": Decimal(12), "meritMost": Decimal(3), "year": Decimal(2026), "person": "E7"}


def post(store: Store, amount: int, job: int, **inputs: Any) -> tuple[int, int]:
    given = {**TERMS, "points": Decimal(amount), "hazardNo": f"S01-YH-2026-{job:04}", **inputs}
    with store.transaction() as connection:
        told = points.handlers()["points"](connection, Work("2611-case", job, "points", "Post", {}, given))
    return int(str(told["posted"])), int(str(told["total"]))


def test_points_add_up_by_person_and_year_and_stop_at_the_most(store: Store) -> None:
    assert [post(store, amount, job) for job, amount in enumerate((3, 6, 6), 1)] == [(3, 3), (6, 9), (3, 12)]
    assert post(store, 1, 4, person="E8") == (1, 1)
    assert post(store, 1, 5, year=Decimal(2027)) == (1, 1)


def test_the_same_job_posts_once(store: Store) -> None:
    assert post(store, 3, 1) == post(store, 3, 1) == (3, 3)
    assert post(store, 3, 2) == (3, 6)


def test_a_reversal_is_a_posting_of_its_own(store: Store) -> None:
    post(store, 6, 1)
    assert post(store, -6, 2, reverses="S01-YH-2026-0001") == (-6, 0)
    with store.reading() as connection:
        assert [row.posted for row in connection.execute(points.postings.select().order_by(points.postings.c.n))] == [
            6,
            -6,
        ]


def test_merit_offsets_three_in_a_year_at_most_and_never_below_zero(store: Store) -> None:
    assert post(store, -2, 1) == (0, 0)
    post(store, 9, 2)
    assert [post(store, -2, job) for job in (3, 4, 5)] == [(-2, 7), (-1, 6), (0, 6)]


def test_postings_at_once_never_pass_the_most(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda job: post(store, 3, job), range(1, 9)))
    assert sum(posted for posted, _ in found) == 12 == max(total for _, total in found)


def test_every_posting_is_an_entry_of_the_account_s_stream(store: Store) -> None:
    post(store, 3, 1)
    post(store, 6, 2)
    with store.reading() as connection:
        assert len(list(history.sealed(connection, "register/POINTS-2026-E7"))) == 2


@pytest.mark.parametrize("wrong", [{"points": "3"}, {"points": Decimal("1.5")}, {"person": ""}, {"year": None}])
def test_what_cannot_be_posted_is_refused_by_name(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        post(store, 3, 1, **wrong)
