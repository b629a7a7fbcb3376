"""What people send through a form, judged by the form: the same rules that form-js applies in the browser.

Conditions read values and decide which values count, so a check runs in rounds: fill in the data, compute expressions,
see what is hidden or read-only, and again until nothing changes. Then every visible, editable field is judged.
"""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any, TypeAlias

import regex

from engine import feel
from engine.errors import InvalidInput
from engine.feel import DateTime, Expression, FeelError, Value

MOST_ROWS = 500
MOST_TEXT = 20_000
MOST_PHOTOS = 50
MOST_ROUNDS = 20
PATTERN_SECONDS = 0.2
"""How long one pattern may search one text: patterns are written by process owners, texts by anyone."""

Path: TypeAlias = tuple[str | int, ...]
Options: TypeAlias = list[Value] | str | Expression

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = regex.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*", regex.ASCII)
_PHONE = regex.compile(r"(?:\+|00)[1-9][0-9]{6,17}")
_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")  # neither UTF-8 nor PostgreSQL can hold them
_PHOTO_ID = regex.compile(r"[0-9A-Za-z_-]{1,100}")
_SHA256 = regex.compile(r"[0-9a-f]{64}")
_DAY = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"(?P<clock>[0-9]{2}:[0-9]{2})(?P<seconds>:[0-9]{2})?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_MOMENTS = {
    "date": regex.compile(_DAY),
    "time": regex.compile(_TIME),
    "datetime": regex.compile(f"{_DAY}T{_TIME}"),
}
_EXAMPLES = {
    "date": "a date such as 2026-10-01",
    "time": "a time such as 08:30",
    "datetime": "a date and time such as 2026-10-01T08:30",
}
_EXACT = Context(prec=12_500)  # from 1e6144 down to 1e-6176, no digit is lost
_NUMBER = regex.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,4})?")


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One component that holds a value, checked. Groups are gone: their paths and conditions are in their fields.

    path: where the value is, from the form's data or from the row. rows: the fields of each row of a dynamiclist.
    hides: hidden while any of them is true. rules: min, max, minLength, maxLength. options: where allowed values come
    from: a list (`values`), the name of a variable (`valuesKey`) or an expression. settings: the rest, as in the file.
    """

    type: str
    id: str
    path: tuple[str, ...]
    rows: tuple["Field", ...] = ()
    hides: tuple[Expression, ...] = ()
    readonly: Expression | None = None
    disabled: bool = False
    required: bool = False
    rules: Mapping[str, Expression] = field(default_factory=dict)
    pattern: "regex.Pattern[str] | None" = None
    validation_type: str = ""
    options: Options | None = None
    expression: Expression | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def check_data(
    fields: Sequence[Field], data: Mapping[str, Any], variables: Mapping[str, Value], now: DateTime
) -> dict[str, Value]:
    """See `Form.check`."""
    return _Check(now).run(fields, data, variables)


class _Wrong(Exception):
    """A value that a field does not take; the text is `code: detail`."""


class _Absent:
    """Nothing was sent; null is something."""


_ABSENT = _Absent()


@dataclass(slots=True, eq=False)
class _Row:
    """The form's own data, or one row of a list: what was sent for it, what the case holds, what it holds now."""

    sent: Mapping[str, Any]
    kept: Mapping[str, Value]
    path: Path = ()
    parent: "_Row | None" = None
    numbers: tuple[int, ...] = ()
    bound: list["_Bound"] = field(default_factory=list)
    now: dict[str, Value] = field(default_factory=dict)

    def scope(self) -> Mapping[str, Value]:
        """What an expression here reads: all data by name, and `this`, `parent` and `i` as form-js defines them."""
        special: dict[str, Value] = {
            "this": self.now,
            "parent": self.parent.now if self.parent else None,
            "i": [Decimal(number) for number in self.numbers],
        }
        top = self
        while top.parent is not None:
            top = top.parent
        return ChainMap(top.now, special | {f"_{name}_": value for name, value in special.items()})


@dataclass(slots=True, eq=False)
class _Bound:
    """One field at one place in the data."""

    of: Field
    row: _Row
    sent: Any
    rows: list[_Row] = field(default_factory=list)
    hidden: bool = False
    locked: bool = False

    @property
    def path(self) -> Path:
        return self.row.path + self.of.path

    @property
    def taken(self) -> bool:
        """Whether what was sent counts."""
        return not (self.hidden or self.locked or self.sent is _ABSENT)


class _Check:
    """One check of one set of data."""

    def __init__(self, now: DateTime) -> None:
        self._now = now
        self._errors: dict[str, list[str]] = {}

    def run(self, fields: Sequence[Field], data: Mapping[str, Any], variables: Mapping[str, Value]) -> dict[str, Value]:
        if not isinstance(data, Mapping):
            raise InvalidInput(fields={"": [f"type: expected an object, found {_kind(data)}"]})
        top = _Row(data, variables)
        self._bind(fields, top)
        self._settle(top)
        for bound in _everything(top):
            if not bound.hidden and not bound.locked:
                self._judge(bound)
        if self._errors:
            raise InvalidInput("The form has errors in some fields.", self._errors)
        touched = {bound.of.path[0] for bound in top.bound if bound.taken or _computed(bound)}
        return {name: value for name, value in top.now.items() if name in touched}

    def _wrong(self, path: Path, message: str) -> None:
        self._errors.setdefault(".".join(map(str, path)), []).append(message)

    # Binding -------------------------------------------------------------------------------------------------------

    def _bind(self, fields: Sequence[Field], row: _Row) -> None:
        self._refuse_unknown(fields, row)
        for each in fields:
            bound = _Bound(each, row, _get(row.sent, each.path), locked=_always_locked(each))
            row.bound.append(bound)
            if each.type == "dynamiclist" and isinstance(bound.sent, list):
                self._bind_rows(bound)

    def _bind_rows(self, bound: _Bound) -> None:
        row, stored = bound.row, _get(bound.row.kept, bound.of.path)
        for index, sent in enumerate(bound.sent[:MOST_ROWS]):
            kept = stored[index] if isinstance(stored, list) and index < len(stored) else None
            inner = _Row(
                sent=sent if isinstance(sent, Mapping) else {},
                kept=kept if isinstance(kept, dict) else {},
                path=(*bound.path, index),
                parent=row,
                numbers=(*row.numbers, index + 1),
            )
            bound.rows.append(inner)
            self._bind(bound.of.rows, inner)

    def _refuse_unknown(self, fields: Sequence[Field], row: _Row) -> None:
        known: dict[str, Any] = {}
        for each in fields:
            place = known
            for name in each.path:
                place = place.setdefault(name, {})
        waiting: list[tuple[Path, Mapping[str, Any], dict[str, Any]]] = [(row.path, row.sent, known)]
        while waiting:
            path, part, names = waiting.pop()
            for name, value in part.items():
                if name not in names:
                    self._wrong((*path, name), "unknown: the form has no such field")
                elif names[name] and isinstance(value, Mapping):
                    waiting.append(((*path, name), value, names[name]))
                elif names[name] and value is not None:
                    self._wrong((*path, name), f"type: expected an object, found {_kind(value)}")

    # Settling ------------------------------------------------------------------------------------------------------

    def _settle(self, top: _Row) -> None:
        """Find the data with which all conditions agree. Conditions that contradict each other stop by count."""
        for _round in range(MOST_ROUNDS):
            self._fill(top)
            self._compute(top)
            if not self._decide(top, hidden=False):
                return
        self._fill(top)
        self._compute(top)

    def _fill(self, row: _Row) -> None:
        """What the row holds now: what the case keeps, overlaid with what counts of what was sent."""
        row.now = dict(row.kept)
        for bound in row.bound:
            if bound.locked and not bound.hidden:
                continue
            value: Any = _ABSENT
            if bound.taken:
                value = self._list(bound) if bound.of.type == "dynamiclist" else _converted(bound)
            _put(row.now, bound.of.path, value)

    def _list(self, bound: _Bound) -> Value:
        for row in bound.rows:
            self._fill(row)
        return [row.now for row in bound.rows]

    def _compute(self, row: _Row) -> None:
        """Write what expression fields yield, in the order of the form: a later one may read an earlier one."""
        for bound in row.bound:
            if bound.of.expression is not None and not bound.hidden:
                _put(row.now, bound.of.path, self._evaluate(bound.of.expression, row))
            for inner in bound.rows:
                self._compute(inner)

    def _decide(self, row: _Row, hidden: bool) -> bool:
        """See anew what is hidden or read-only; whether anything changed."""
        changed = False
        for bound in row.bound:
            hides = hidden or any(self._evaluate(each, row) is True for each in bound.of.hides)
            readonly = bound.of.readonly
            locked = _always_locked(bound.of) or (readonly is not None and self._evaluate(readonly, row) is True)
            changed |= (hides, locked) != (bound.hidden, bound.locked)
            bound.hidden, bound.locked = hides, locked
            for inner in bound.rows:
                changed |= self._decide(inner, hides or locked)
        return changed

    def _evaluate(self, expression: Expression, row: _Row) -> Value:
        try:
            return expression(row.scope(), self._now)
        except FeelError:
            return None

    # Judging -------------------------------------------------------------------------------------------------------

    def _judge(self, bound: _Bound) -> None:
        of = bound.of
        try:
            value = None if bound.sent is _ABSENT else _CONVERT[of.type](of, bound.sent)
            unticked = of.type == "checkbox" and value is False  # elsewhere false is an answer: a plan is not approved
            if of.required and (value is None or value == "" or value == [] or unticked):
                raise _Wrong("required: expected a value")
            if of.options is not None and value is not None:
                self._check_options(bound, value)
            if of.type == "dynamiclist":
                _check_row_count(bound)
            if of.type == "photo":
                _check_photo_count(of, value)
            if of.type == "datetime" and isinstance(value, str) and of.settings.get("disallowPassedDates"):
                self._check_not_past(value)
        except _Wrong as wrong:
            self._wrong(bound.path, str(wrong))
            return
        if value is not None and value != "":
            self._check_rules(bound, value)

    def _check_rules(self, bound: _Bound, value: Value) -> None:
        rules = {name: self._evaluate(rule, bound.row) for name, rule in bound.of.rules.items()}
        if bound.of.type == "number":
            for message in _number_errors(bound.of, Decimal(str(value)), rules):
                self._wrong(bound.path, message)
        elif isinstance(value, str):
            for message in _text_errors(bound.of, value, rules):
                self._wrong(bound.path, message)

    def _check_options(self, bound: _Bound, value: Value) -> None:
        options = self._options(bound)
        chosen = value if bound.of.type in ("checklist", "taglist") and isinstance(value, list) else [value]
        for number, each in enumerate(chosen):
            if not any(_same(each, option) for option in options):
                raise _Wrong(f"option: expected one of the options, found {_shown(each)}")
            if any(_same(each, other) for other in chosen[:number]):
                raise _Wrong(f"option: expected each option once, found {_shown(each)} again")

    def _options(self, bound: _Bound) -> list[Value]:
        source, found = bound.of.options, None
        if isinstance(source, str):
            found = _get(bound.row.scope(), (source,))
        elif isinstance(source, Expression):
            found = self._evaluate(source, bound.row)
        else:
            found = source
        return [_option_value(each) for each in found] if isinstance(found, list) else []

    def _check_not_past(self, text: str) -> None:
        day, today = feel.parse_date(text[:10]), self._now.date
        if day.ordinal < today.ordinal:
            raise _Wrong(f"min: expected {today} or later, found {day}")


def _everything(row: _Row) -> Iterator[_Bound]:
    for bound in row.bound:
        yield bound
        for inner in bound.rows:
            yield from _everything(inner)


def _always_locked(each: Field) -> bool:
    return each.disabled or each.expression is not None


def _computed(bound: _Bound) -> bool:
    return bound.of.expression is not None and not bound.hidden


def _option_value(option: Value) -> Value:
    return option.get("value") if isinstance(option, dict) else option


# Places in data ----------------------------------------------------------------------------------------------------


def _get(data: Mapping[str, Any], path: Sequence[str]) -> Any:
    place: Any = data
    for name in path:
        if not isinstance(place, Mapping) or name not in place:
            return _ABSENT
        place = place[name]
    return place


def _put(holder: dict[str, Value], path: Sequence[str], value: Any) -> None:
    """Write at a path, or take away what is there; objects on the way are copied, never changed."""
    *way, last = path
    for name in way:
        inner = holder.get(name)
        if value is _ABSENT and not isinstance(inner, dict):
            return
        copied = dict(inner) if isinstance(inner, dict) else {}
        holder[name] = copied
        holder = copied
    if value is _ABSENT:
        holder.pop(last, None)
    else:
        holder[last] = value


# Values ------------------------------------------------------------------------------------------------------------


def _converted(bound: _Bound) -> Value:
    """The value for the eyes of expressions; null while it is wrong."""
    try:
        return _CONVERT[bound.of.type](bound.of, bound.sent)
    except _Wrong:
        return None


def _text(_field: Field, raw: Any) -> Value:
    if raw is not None and not isinstance(raw, str):
        raise _Wrong(f"type: expected a text, found {_kind(raw)}")
    if raw is not None and _UNSTORABLE.search(raw):
        raise _Wrong("type: expected text of Unicode characters, found NUL or half a surrogate pair")
    return raw


def _number(of: Field, raw: Any) -> Value:
    as_text = of.settings.get("serializeToString") is True
    if raw is None or (as_text and raw == ""):
        return None
    readable = _NUMBER.fullmatch(raw) if as_text and isinstance(raw, str) else isinstance(raw, int | float | Decimal)
    if not readable or isinstance(raw, bool):
        raise _Wrong(f"type: expected a number, found {_kind(raw)}")
    written = Decimal(repr(raw) if isinstance(raw, float) else raw)
    try:
        number = feel.from_json(written)
    except FeelError as error:
        raise _Wrong(f"type: {error.message}") from None
    if number != written:
        raise _Wrong("type: expected a number of at most 34 digits, found more")
    return str(raw) if as_text else number


def _checkbox(_field: Field, raw: Any) -> Value:
    if raw is not None and not isinstance(raw, bool):
        raise _Wrong(f"type: expected true or false, found {_kind(raw)}")
    return raw


def _choice(_field: Field, raw: Any) -> Value:
    try:
        return feel.from_json(raw)
    except FeelError as error:
        raise _Wrong(f"type: {error.message}") from None


def _choices(of: Field, raw: Any) -> Value:
    if raw is not None and not isinstance(raw, list):
        raise _Wrong(f"type: expected a list, found {_kind(raw)}")
    if raw is not None and len(raw) > MOST_ROWS:
        raise _Wrong(f"max: expected at most {MOST_ROWS} values, found {len(raw)}")
    return _choice(of, raw)


def _datetime(of: Field, raw: Any) -> Value:
    """The text, with seconds: form-js leaves them out, and FEEL cannot read a time without."""
    if raw is None or raw == "":
        return None
    subtype = str(of.settings.get("subtype"))
    found = _MOMENTS[subtype].fullmatch(raw) if isinstance(raw, str) else None
    text = _with_seconds(found.groupdict()) if found else ""
    wanted = str(of.settings.get("timeSerializingFormat"))
    if found is None or not _reads(subtype, text) or (subtype != "date" and not _zoned(found["zone"], wanted)):
        raise _Wrong(f"type: expected {_EXAMPLES[subtype]}, found {_shown(raw)}")
    return text


def _with_seconds(parts: Mapping[str, str | None]) -> str:
    clock = parts.get("clock")
    time = f"{clock}{parts.get('seconds') or ':00'}{parts.get('zone') or ''}" if clock else None
    return "T".join(part for part in (parts.get("day"), time) if part)


def _zoned(zone: str | None, wanted: str) -> bool:
    return {"no_timezone": zone is None, "utc_normalized": zone == "Z", "utc_offset": zone is not None}.get(
        wanted, True
    )


def _reads(subtype: str, text: str) -> bool:
    parse = {"date": feel.parse_date, "time": feel.parse_time}.get(subtype, feel.parse_date_and_time)
    try:
        return parse(text) is not None
    except FeelError:
        return False


def _photos(_field: Field, raw: Any) -> Value:
    if raw is None:
        return None
    if not isinstance(raw, list) or not all(_is_photo(each) for each in raw):
        raise _Wrong("photos: expected a list of {id, sha256}, found something else")
    if len({each["id"] for each in raw}) != len(raw):
        raise _Wrong("photos: expected each photo once, found one twice")
    return [dict(each) for each in raw]


def _is_photo(each: Any) -> bool:
    if not isinstance(each, Mapping) or set(each) != {"id", "sha256"}:
        return False
    identity, digest = each["id"], each["sha256"]
    if not isinstance(identity, str) or not isinstance(digest, str):
        return False
    return _PHOTO_ID.fullmatch(identity) is not None and _SHA256.fullmatch(digest) is not None


def _rows(_field: Field, raw: Any) -> Value:
    if raw is None:
        return None
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        raise _Wrong("type: expected a list of objects, found something else")
    if len(raw) > MOST_ROWS:
        raise _Wrong(f"max: expected at most {MOST_ROWS} rows, found {len(raw)}")
    return [{} for _row in raw]  # their values are in the bound rows


_CONVERT: Mapping[str, Callable[[Field, Any], Value]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "checkbox": _checkbox,
    "radio": _choice,
    "select": _choice,
    "checklist": _choices,
    "taglist": _choices,
    "datetime": _datetime,
    "photo": _photos,
    "dynamiclist": _rows,
}


# Rules -------------------------------------------------------------------------------------------------------------


def photo_count(written: Mapping[str, Any], name: str) -> Any:
    """`minimum` or `maximum` of a photo component, its own or in `properties`; a number where it looks like one."""
    count = written.get(name, (written.get("properties") or {}).get(name))
    return int(count) if isinstance(count, str) and count.isdecimal() and len(count) < 4 else count


def _check_photo_count(of: Field, value: Value) -> None:
    found = len(value) if isinstance(value, list) else 0
    least = photo_count(of.settings, "minimum") or (1 if of.required else 0)
    most = photo_count(of.settings, "maximum")
    most = MOST_PHOTOS if most is None else most
    if found < least:
        raise _Wrong(f"photos: expected at least {least}, found {found}")
    if found > most:
        raise _Wrong(f"photos: expected at most {most}, found {found}")


def _check_row_count(bound: _Bound) -> None:
    """Without `allowAddRemove` the rows are those that the case holds, or as many as the form begins with."""
    if bound.sent is _ABSENT or bound.of.settings.get("allowAddRemove", True) is not False:
        return
    stored = _get(bound.row.kept, bound.of.path)
    fixed = len(stored) if isinstance(stored, list) else bound.of.settings.get("defaultRepetitions", 1)
    if len(bound.rows) != fixed:
        raise _Wrong(f"{'max' if len(bound.rows) > fixed else 'min'}: expected {fixed} rows, found {len(bound.rows)}")


def _number_errors(of: Field, number: Decimal, rules: Mapping[str, Value]) -> Iterator[str]:
    digits, increment = of.settings.get("decimalDigits"), of.settings.get("increment")
    exponent = number.normalize(_EXACT).as_tuple().exponent
    if isinstance(digits, int) and isinstance(exponent, int) and -exponent > digits:
        yield f"type: expected at most {digits} decimal digits, found {number}"
    if increment and _EXACT.remainder(number, Decimal(str(increment))) != 0:
        yield f"type: expected a multiple of {increment}, found {number}"
    low, high = rules.get("min"), rules.get("max")
    if isinstance(low, Decimal) and number < low:
        yield f"min: expected at least {low}, found {number}"
    if isinstance(high, Decimal) and number > high:
        yield f"max: expected at most {high}, found {number}"


def _text_errors(of: Field, text: str, rules: Mapping[str, Value]) -> Iterator[str]:
    length = len(text.strip().encode("utf-16-le")) // 2  # as JavaScript counts
    low, high = rules.get("minLength"), rules.get("maxLength")
    if isinstance(low, Decimal) and length < low:
        yield f"minLength: expected at least {low} characters, found {length}"
    most = high if isinstance(high, Decimal) else Decimal(MOST_TEXT)
    if length > most:
        yield f"maxLength: expected at most {most} characters, found {length}"
    elif of.pattern is not None and not _matches(of.pattern, text):
        yield "pattern: " + str((of.settings.get("validate") or {}).get("patternErrorMessage") or "does not match")
    if of.validation_type == "email" and (len(text) > 320 or not _EMAIL.fullmatch(text)):
        yield "pattern: expected an e-mail address"
    if of.validation_type == "phone" and not _PHONE.fullmatch(text):
        yield "pattern: expected an international phone number such as +8613812345678"


def _matches(pattern: "regex.Pattern[str]", text: str) -> bool:
    try:
        return pattern.search(text, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


def _same(left: Value, right: Value) -> bool:
    """Equal and of one type; 1 is not true."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[name], right[name]) for name in left)
    return type(left) is type(right) and left == right


def _kind(raw: Any) -> str:
    kinds = {str: "a text", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}
    return kinds.get(type(raw), "a number")


def _shown(value: Any) -> str:
    text = str(value)
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"
