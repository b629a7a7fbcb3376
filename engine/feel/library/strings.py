"""String functions (DMN 1.5, clause 10.3.4.3), and the conversions between strings and other values (10.3.4.1)."""

import json
import re
from decimal import Decimal

from engine.feel import patterns
from engine.feel.errors import Failure, FeelLimit
from engine.feel.library.numbers import whole
from engine.feel.library.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Range, Value, describe, from_json, number_text

_SIMPLE_KEY = re.compile(r"[^\W\d][\w ]*")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")


@builtin("substring", "string: string, start position: number, length?: number")
def substring(string: str, start: Decimal, length: Decimal | None) -> Value:
    place = whole(start)
    if place == 0 or abs(place) > len(string):
        raise Failure(f"parameter 'start position': expected 1 to {len(string)} or its negative, but got {start}")
    begin = place - 1 if place > 0 else len(string) + place
    if length is None:
        return string[begin:]
    if whole(length) < 1:
        raise Failure(f"parameter 'length': expected at least 1, but got {length}")
    return string[begin : begin + whole(length)]


@builtin("string length", "string: string")
def string_length(string: str) -> Value:
    return Decimal(len(string))


@builtin("upper case", "string: string", run=True)
def upper_case(run: Run, string: str) -> Value:
    run.spend(len(string) // 100)
    return string.upper()


@builtin("lower case", "string: string", run=True)
def lower_case(run: Run, string: str) -> Value:
    run.spend(len(string) // 100)
    return string.lower()


@builtin("substring before", "string: string, match: string")
def substring_before(string: str, match: str) -> Value:
    return string[: max(string.find(match), 0)]


@builtin("substring after", "string: string, match: string")
def substring_after(string: str, match: str) -> Value:
    place = string.find(match)
    return "" if place < 0 else string[place + len(match) :]


@builtin("contains", "string: string, match: string", run=True)
def contains(run: Run, string: str, match: str) -> Value:
    run.spend(len(string) // 100)
    return match in string


@builtin("starts with", "string: string, match: string")
def starts_with(string: str, match: str) -> Value:
    return string.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends_with(string: str, match: str) -> Value:
    return string.endswith(match)


@builtin("trim", "string: string")
def trim(string: str) -> Value:
    return string.strip()


@builtin("is blank", "string: string")
def is_blank(string: str) -> Value:
    return not string.strip()


@builtin("matches", "input: string, pattern: string, flags?: string?", run=True)
def matches(run: Run, input_: str, pattern: str, flags: str | None) -> Value:
    return patterns.compile_pattern(pattern, flags or "").matches(input_, run)


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: string?", run=True)
def replace(run: Run, input_: str, pattern: str, replacement: str, flags: str | None) -> Value:
    return patterns.compile_pattern(pattern, flags or "").replace(input_, replacement, run)


@builtin("split", "string: string, delimiter: string", run=True)
def split(run: Run, string: str, delimiter: str) -> Value:
    pieces: list[Value] = [*patterns.compile_pattern(delimiter, "").split(string, run)]
    run.check_items(len(pieces))
    return pieces


@builtin("extract", "string: string, pattern: string", run=True)
def extract(run: Run, string: str, pattern: str) -> Value:
    found: list[Value] = [*patterns.compile_pattern(pattern, "").find_all(string, run)]
    run.check_items(len(found))
    return found


@builtin("string join", "list: list, delimiter?: string?", run=True)
def string_join(run: Run, items: list[Value], delimiter: str | None) -> Value:
    strings: list[str] = []
    for item in items:
        if item is not None and not isinstance(item, str):
            raise Failure(f"expected a list of strings, but it holds {describe(item)}")
        if item is not None:
            strings.append(item)
    between = delimiter or ""
    size = sum(map(len, strings)) + len(between) * len(strings)
    run.check_string(size)
    run.spend(len(items) + size // 100)
    return between.join(strings)


@builtin("string", "from: any", run=True)
def string_of(run: Run, value: Value) -> Value:
    if value is None or isinstance(value, str):
        return value
    return _Writer(run).write(value)


class _Writer:
    """Writes values as FEEL writes them; what is shared among lists is written each time, so it counts."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.size = 0

    def write(self, value: Value, depth: int = 0) -> str:
        self.run.spend(1)
        if depth > self.run.limits.value_depth:
            raise FeelLimit(f"Expected at most {self.run.limits.value_depth} levels of lists and contexts")
        if isinstance(value, list):
            return f"[{', '.join([self.write(item, depth + 1) for item in value])}]"
        if isinstance(value, dict):
            return f"{{{', '.join([f'{_key(k)}: {self.write(v, depth + 1)}' for k, v in value.items()])}}}"
        text = _scalar(value)
        self.size += len(text)
        self.run.check_string(self.size)
        return text


def _scalar(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _key(key: str) -> str:
    return key if _SIMPLE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


@builtin("number", "from: string, grouping separator: string?, decimal separator: string?")
def number(text: str, grouping: str | None, decimal: str | None) -> Value:
    if grouping not in (None, " ", ",", "."):
        raise Failure(f"parameter 'grouping separator': expected a space, ',' or '.', but got {describe(grouping)}")
    if decimal not in (None, ",", "."):
        raise Failure(f"parameter 'decimal separator': expected ',' or '.', but got {describe(decimal)}")
    if grouping is not None and grouping == decimal:
        raise Failure(f"expected two different separators, but both are '{grouping}'")
    plain = text.replace(grouping, "") if grouping else text
    if decimal == ",":
        if "." in plain:
            raise Failure(f"parameter 'from': expected a number with ',', but got {describe(text)}")
        plain = plain.replace(",", ".")
    return _parsed(plain, text)


@builtin("number", "from: string")
def number_of(text: str) -> Value:
    return _parsed(text, text)


def _parsed(plain: str, text: str) -> Value:
    if len(plain) > 400 or not _NUMBER.fullmatch(plain):
        raise Failure(f"parameter 'from': expected a number, but got {describe(text)}")
    return from_json(Decimal(plain))


@builtin("range", "from: string")
def range_of(text: str) -> Value:
    from engine.feel.compiler import literal_range  # the one function that reads FEEL text

    range_: Range = literal_range(text)
    return range_
