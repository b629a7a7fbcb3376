"""Counters of requests: they begin anew when their time is over, and are forgotten then."""

import pytest

from api import rates


@pytest.fixture
def counters(monkeypatch: pytest.MonkeyPatch) -> tuple[rates.Counters, list[float]]:
    """The counters, and the seconds that the test moves on."""
    now = [1000.0]
    monkeypatch.setattr(rates.time, "monotonic", lambda: now[0])
    return rates.Counters(), now


def test_a_count_begins_anew_when_its_time_is_over(counters: tuple[rates.Counters, list[float]]) -> None:
    kept, now = counters
    assert [kept.incr("li", 60), kept.incr("li", 60), kept.incr("wang", 60, amount=5)] == [1, 2, 5]
    now[0] += 59
    assert (kept.incr("li", 60), kept.get("wang")) == (3, 5)
    now[0] += 2
    assert (kept.get("li"), kept.incr("li", 60)) == (0, 1)


def test_what_is_over_is_forgotten(counters: tuple[rates.Counters, list[float]]) -> None:
    kept, now = counters
    for number in range(100):
        kept.incr(f"person {number}", 30)
    now[0] += rates.SWEEP + 1
    kept.incr("li", 30)
    assert kept.reset() == 1
    kept.incr("li", 30)
    kept.clear("li")
    assert kept.get("li") == 0 and kept.check()
