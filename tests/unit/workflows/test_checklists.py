"""What counts among answers to a checklist: pure, and whatever order they came in."""

from itertools import permutations
from typing import Any

import pytest

from engine.errors import InvalidInput
from workflows.checklists import Field, Given, Said, handed_in, hash_of, is_conflict, standing

FIELD = Field("itemResults", "checklist", "allConform")
TEMPLATE: dict[str, Any] = {"checklist": [{"item": item, "text": f"要求 {item}"} for item in ("HW-01", "HW-02")]}


def given(id: str, result: str = "PASS", *, item: str = "HW-01", at: int = 0, by: str = "li", **words: Any) -> Given:
    return Given(Said(id, item, result, at, **words), by, 1000 + at)


def test_the_order_of_arrival_decides_nothing() -> None:
    answers = [
        given("a", "PASS", at=1),
        given("b", "FAIL", at=2, by="wang", note="缺盲板"),
        given("c", "FAIL", at=3, note="缺盲板", replaces=("a", "b")),
        given("d", "PASS", at=4, by="wang", replaces=("a",)),
    ]
    found = {
        (tuple(one.said.id for one in standing(order)["HW-01"]), hash_of(order)) for order in permutations(answers)
    }
    assert len(found) == 1
    assert next(iter(found))[0] == ("c", "d")


def test_two_who_say_the_same_agree_and_two_who_do_not_are_in_conflict() -> None:
    assert not is_conflict([given("a"), given("b", by="wang", note="已看")])
    assert is_conflict([given("a"), given("b", "NA", by="wang")])
    assert is_conflict([given("a", "FAIL", note="一处"), given("b", "FAIL", by="wang", note="两处")])


def test_what_was_said_of_the_item_itself_counts_before_what_was_said_in_bulk() -> None:
    answers = [given("a", at=1, note="已看"), given("b", at=2, by="wang", bulk=True)]
    assert [one.said.id for one in standing(answers)["HW-01"]] == ["b", "a"]


def test_answers_that_replace_each_other_all_stand() -> None:
    answers = [given("a", replaces=("b",)), given("b", "FAIL", replaces=("a",))]
    assert is_conflict(standing(answers)["HW-01"])


def test_an_unfinished_checklist_names_each_item_that_holds_it_up() -> None:
    answers = [given("a"), given("b", "NA", by="wang")]
    with pytest.raises(InvalidInput) as refused:
        handed_in(FIELD, TEMPLATE, {}, answers)
    assert [text.partition(":")[0] for texts in refused.value.fields.values() for text in texts] == [
        "conflict",
        "required",
    ]
    assert set(refused.value.fields) == {"data.itemResults[0].result", "data.itemResults[1].result"}


def test_a_failed_item_needs_a_word() -> None:
    with pytest.raises(InvalidInput) as refused:
        handed_in(FIELD, TEMPLATE, {"allConform": True}, [given("a", "FAIL")])
    assert list(refused.value.fields) == ["data.itemResults[0].note"]


def test_the_rest_in_one_tap_is_handed_in_as_bulk() -> None:
    answers = [given("a", "FAIL", note="缺盲板")]
    rows: Any = handed_in(FIELD, TEMPLATE, {"allConform": True}, answers)
    assert [(row["item"], row["result"], row["bulk"]) for row in rows["itemResults"]] == [
        ("HW-01", "FAIL", False),
        ("HW-02", "PASS", True),
    ]
    assert rows["answersHash"] == hash_of(answers)
