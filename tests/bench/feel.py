"""FEEL against the same logic written by hand in Python, and against feelin: `python -m tests.bench.feel [--json]`.

A ratio is the time of the other divided by that of FEEL: at 1 both are as fast, at 0.2 FEEL takes five times as long.
FEEL and the other are measured in turns, so that a busy machine slows both.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.feel import Date, Value, compile, from_json
from engine.feel.expression import NO_LIBRARY, _compile
from tests.bench import _size

ROUNDS = _size.of(15, 5)
FEELIN = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "@bpmn-io" / "feelin" / "dist" / "index.js"
THREE = Decimal(3)
THREE_DAYS = timedelta(days=3)

Figure = dict[str, object]


def alternating(
    first: Callable[[], object], second: Callable[[], object], count: int, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The least seconds of one call of each, measured in turns."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for index, call in enumerate((first, second)):
            start = time.perf_counter()
            for _ in range(count):
                call()
            best[index] = min(best[index], (time.perf_counter() - start) / count)
    return best[0], best[1]


def rows(count: int) -> list[Any]:
    return [{"dept": Decimal(n % 7), "name": f"n{n}"} for n in range(count)]


def compared(name: str, text: str, scope: Mapping[str, Value], by_hand: Callable[[], object], count: int) -> Figure:
    expression = compile(text, scope)
    ours, python = alternating(lambda: expression(scope), by_hand, count)
    return {"name": name, "feel_us": _us(ours), "python_us": _us(python), "ratio": round(python / ours, 2)}


def against_python() -> list[Figure]:
    scalar: dict[str, Value] = {"a": Decimal(4), "b": "x"}
    table: dict[str, Value] = {"rows": rows(100)}
    dates: dict[str, Value] = {"due": Date(2026, 1, 31), "deadline": Date(2026, 3, 1)}
    plain = {"due": date(2026, 1, 31), "deadline": date(2026, 3, 1)}
    return [
        compared("a condition", 'a > 3 and b = "x"', scalar, lambda: _condition(scalar), 5000),
        compared("a filter over 100 rows", "rows[dept = 3].name", table, lambda: _filter(table), 300),
        compared("a date", 'due + duration("P3D") < deadline', dates, lambda: _date(plain), 5000),
    ]


def _condition(scope: Mapping[str, Any]) -> bool:
    return scope["a"] > THREE and scope["b"] == "x"  # type: ignore[no-any-return]  # a scope may hold anything


def _filter(scope: Mapping[str, Any]) -> list[str]:
    return [row["name"] for row in scope["rows"] if row["dept"] == THREE]


def _date(scope: Mapping[str, date]) -> bool:
    return scope["due"] + THREE_DAYS < scope["deadline"]


def growth() -> Figure:
    """Ten times the rows: how many times as long?"""
    few, many = {"rows": from_json(_json_rows(1000))}, {"rows": from_json(_json_rows(10_000))}
    expression = compile("rows[dept = 3]", few)
    short, long = alternating(lambda: expression(few), lambda: expression(many), 5)
    return {"name": "a filter over 10,000 rows against 1,000", "times_as_long": round(long / short, 1)}


def _json_rows(count: int) -> list[dict[str, object]]:
    return [{"dept": n % 7, "name": f"n{n}"} for n in range(count)]


QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ('a > 3 and b = "x"', {"a": 4, "b": "x"}),
    ("rows[dept = 3].name", {"rows": _json_rows(100)}),
    ('if a > 3 then "big" else "small"', {"a": 4}),
    ('date("2026-01-31") + duration("P1M")', {}),
]
SCRIPT = """
import { evaluate } from '%s';
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const [text, scope, count] = JSON.parse(line);
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) evaluate(text, scope);
  console.log(Number(process.hrtime.bigint() - start) / count / 1e9);
}
"""


def against_feelin() -> list[Figure]:
    """Reading and evaluating, as feelin does on every call; our own cache is left out."""
    node = shutil.which("node")
    if node is None or not FEELIN.is_file():
        return []
    command = [node, "--input-type=module", "-e", SCRIPT % FEELIN.as_uri()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as feelin:
        return [_against_feelin(feelin, text, data) for text, data in QUESTIONS]


def _against_feelin(feelin: subprocess.Popen[str], text: str, data: dict[str, Any]) -> Figure:
    assert feelin.stdin is not None
    assert feelin.stdout is not None
    scope: dict[str, Value] = {name: from_json(value) for name, value in data.items()}
    ours = theirs = float("inf")
    for _ in range(ROUNDS):
        mine, _ = alternating(lambda: _fresh(text, scope), lambda: None, 200, rounds=1)
        ours = min(ours, mine)
        feelin.stdin.write(json.dumps([text, data, 300]) + "\n")
        feelin.stdin.flush()
        theirs = min(theirs, float(feelin.stdout.readline()))
    return {
        "name": f"read and evaluate {text}",
        "feel_us": _us(ours),
        "feelin_us": _us(theirs),
        "ratio": round(theirs / ours, 2),
    }


def _fresh(text: str, scope: Mapping[str, Value]) -> Value:
    return _compile.__wrapped__(text, frozenset(scope), NO_LIBRARY)(scope)


def _us(seconds: float) -> float:
    return round(seconds * 1e6, 2)


def main() -> None:
    figures = [*against_python(), growth(), *against_feelin()]
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for figure in figures:
        name = figure.pop("name")
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figure.items()))


if __name__ == "__main__":
    main()
