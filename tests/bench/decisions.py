"""Decision tables against the same logic written by hand in Python: `python -m tests.bench.decisions [--json]`.

A ratio is the time of the Python function divided by that of the decision: at 1 both are as fast, at 0.2 the decision
takes five times as long. The decision also records which rule it chose and why, which the function does not.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel import Value
from tests.unit.decisions.models import decision, inputs, model, table

RULES = 100
REGIONS = ("north", "south", "east", "west")
FALLBACK = Decimal(-1)

LADDER = [(Decimal(10 * n), Decimal(10 * n + 10), REGIONS[n % 4], Decimal(n)) for n in range(RULES - 1)]
MOVING = [(Decimal(n), REGIONS[n % 4], Decimal(n)) for n in range(RULES - 1)]


def ladder_by_hand(scope: Mapping[str, Value]) -> Decimal:
    amount, region = scope["amount"], scope["region"]
    for low, high, where, points in LADDER:
        if low <= amount < high and region == where:  # type: ignore[operator]  # the values are numbers
            return points
    return FALLBACK


def moving_by_hand(scope: Mapping[str, Value]) -> Decimal:
    amount, region, limit = scope["amount"], scope["region"], scope["limit"]
    for more, where, points in MOVING:
        if amount < limit + more and region == where:  # type: ignore[operator]  # the values are numbers
            return points
    return FALLBACK


def ladder() -> str:
    """Constants in every cell: the rules of a number are found by bisection."""
    rules = [f'[{low}..{high}) | "{region}" || {points}' for low, high, region, points in LADDER]
    return table("FIRST", ["amount : number", "region : string"], ["points : number"], [*rules, "- | - || -1"])


def moving() -> str:
    """Each cell of the first column compares with a variable: it must be asked."""
    rules = [f'< limit + {more} | "{region}" || {points}' for more, region, points in MOVING]
    return table("FIRST", ["amount : number", "region : string"], ["points : number"], [*rules, "- | - || -1"])


def seconds(call: Callable[[], object], at_least: float = 0.4) -> float:
    """The least time of one call, of five rounds."""
    count = 1
    while (taken := _round(call, count)) < at_least / 5:
        count *= 4
    return min(taken, *(_round(call, count) for _ in range(4))) / count


def _round(call: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - start


def measure(name: str, body: str, by_hand: Callable[[Mapping[str, Value]], Decimal]) -> dict[str, object]:
    declared = inputs("amount", "region", "limit", types={"amount": "number", "region": "string", "limit": "number"})
    compiled = model(declared + decision(body, requires="in_amount in_region in_limit"))
    scopes: list[dict[str, Value]] = [
        {"amount": Decimal(10 * n + 5), "region": REGIONS[n % 4], "limit": Decimal(10 * n - 50)}
        for n in range(3, RULES, 8)
    ]
    for scope in scopes:
        assert compiled.evaluate("d", scope).value == by_hand(scope), scope

    decided = seconds(lambda: [compiled.evaluate("d", scope) for scope in scopes]) / len(scopes)
    python = seconds(lambda: [by_hand(scope) for scope in scopes]) / len(scopes)
    return {
        "name": name,
        "decision_us": round(decided * 1e6, 2),
        "python_us": round(python * 1e6, 2),
        "ratio": round(python / decided, 2),
    }


def main() -> None:
    figures = [
        measure("100 rules, constants", ladder(), ladder_by_hand),
        measure("100 rules, variables", moving(), moving_by_hand),
    ]
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for each in figures:
        print(f"{each['name']}: {each['decision_us']} µs, Python {each['python_us']} µs, ratio {each['ratio']}")


if __name__ == "__main__":
    main()
