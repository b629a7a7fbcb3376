"""Forms: `.form` files in the schema of form-js, checked once and then used to judge what people send.

The browser renders a form with form-js and checks it there; `Form.check` applies the same schema again on the server,
because a browser is not to be trusted. `docs/notation.md` says where the two differ.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import regex

from engine import feel
from engine.errors import DubanError, InvalidModel, Problem
from engine.feel import DateTime, Expression, Value
from engine.notation.form_check import Field, Options, check_data, photo_count

__all__ = ["Form", "FormLimits", "load_form", "read_form"]

SCHEMA_VERSION = 19
MOST_PROBLEMS = 100
SCHEMA = "FORM001"
COMPONENT = "FORM002"
KEY = "FORM003"
FEEL = "FORM004"
SETTING = "FORM005"
MARKUP = "FORM006"
SIZE = "FORM007"

INPUTS = frozenset(
    {"textfield", "textarea", "number", "checkbox", "checklist", "radio", "select", "taglist", "datetime", "photo"}
)
CONTAINERS = frozenset({"group", "dynamiclist"})
DISPLAY = frozenset({"text", "image", "button", "spacer", "separator", "table"})
KNOWN_TYPES = INPUTS | CONTAINERS | DISPLAY | {"expression"}
CLOSED = {
    "html": "raw HTML is not allowed; use a text component",
    "iframe": "pages of others are not shown inside a form; remove the iframe",
    "filepicker": "use a photo component, or attach files to the task",
    "documentPreview": "attachments are shown beside the task; remove the documentPreview",
}
"""Component types of form-js that are refused, and what to do instead."""
RULES = frozenset({"min", "max", "minLength", "maxLength"})
_VALIDATE = RULES | {"required", "pattern", "patternErrorMessage", "validationType"}
_EXPRESSIONS = ("label", "description", "text", "source", "alt", "title", "dataSource", "columnsExpression")
"""Settings that form-js shows, and reads as FEEL when they begin with `=`."""
_TRANSLATED = frozenset(
    {"label", "description", "text", "alt", "title", "dateLabel", "timeLabel"}
    | {"appearance.prefixAdorner", "appearance.suffixAdorner", "validate.patternErrorMessage"}
)
_CHOICES: Mapping[str, frozenset[Any]] = {
    "subtype": frozenset({"date", "time", "datetime"}),
    "computeOn": frozenset({"change", "presubmit"}),
    "timeSerializingFormat": frozenset({"utc_offset", "utc_normalized", "no_timezone"}),
    "action": frozenset({"submit", "reset"}),
}
_MARKUP = regex.compile(r"<[a-zA-Z/!?]|(?i:javascript|vbscript)\s*:")
_IMAGE = regex.compile(r"(?:data:image/(?:png|jpeg|gif|webp);base64,|/(?!/)|=)")
_NUMBER = regex.compile(r"-?\d{1,30}(?:\.\d{1,30})?")


@dataclass(frozen=True, slots=True)
class FormLimits:
    """How much a form may hold. `size` in bytes."""

    size: int = 1024 * 1024
    components: int = 1000
    depth: int = 20
    pattern: int = 500


DEFAULT_LIMITS = FormLimits()


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A checked form. `source` is kept byte for byte; `fields` maps each path to its type, rows as `rows[].name`.

    personal: the top-level keys whose values are personal data (`"personal": true` in a component's `properties`).
    """

    id: str
    file: str
    source: bytes
    checked: tuple[Field, ...]
    fields: Mapping[str, str]
    personal: frozenset[str]

    def check(self, data: Mapping[str, Any], variables: Mapping[str, Value], now: DateTime) -> dict[str, Value]:
        """What may go on into the case: the values of visible, editable fields and of computed ones.

        `data` is plain JSON, as sent; `variables` are those of the case, which conditions and options may read. A field
        that is not sent stays away from the result. Hidden fields are dropped, read-only and computed ones never taken
        from the input. Raises InvalidInput with `fields`, path → ["code: detail", …]; `docs/notation.md` has the codes.
        """
        return check_data(self.checked, data, variables, now)

    def localized(self, language: str) -> dict[str, Any]:
        """The schema for form-js, its texts in `language` where the form has them (`"label:en"` in `properties`)."""
        schema: dict[str, Any] = json.loads(self.source)
        short = language.partition("-")[0].lower()
        for component in _all_components(schema):
            _translate(component, short)
        return schema


def read_form(data: bytes, *, file: str = "", limits: FormLimits = DEFAULT_LIMITS) -> Form:
    """The form in `data`, checked. `file` is its name in problems. Raises InvalidModel with every problem found."""
    reader = _Reader(file, data, limits)
    schema = reader.parse()
    checked = reader.fields(schema.get("components", []), _Place())
    reader.raise_problems()
    return Form(
        id=schema["id"],
        file=file,
        source=data,
        checked=checked,
        fields=dict(_types(checked, "")),
        personal=reader.personal(checked),
    )


def load_form(data: bytes, *, file: str = "", limits: FormLimits = DEFAULT_LIMITS) -> dict[str, Any]:
    """The JSON object in `data`, its components unchecked. Raises InvalidModel."""
    reader = _Reader(file, data, limits)
    schema = reader.load()
    reader.raise_problems()
    return schema


def _types(fields: Iterable[Field], prefix: str) -> Iterator[tuple[str, str]]:
    for each in fields:
        path = prefix + ".".join(each.path)
        if each.type == "dynamiclist":
            yield from _types(each.rows, f"{path}[].")
        else:
            yield path, each.type


def _all_components(schema: Any) -> Iterator[dict[str, Any]]:
    waiting = [schema]
    while waiting:
        component = waiting.pop()
        yield component
        waiting += component.get("components") or ()


def _translate(component: dict[str, Any], language: str) -> None:
    for name, text in (component.get("properties") or {}).items():
        path, _, spoken = name.partition(":")
        if spoken == language and path in _TRANSLATED:
            *holders, last = path.split(".")
            place = component
            for holder in holders:
                place[holder] = place.get(holder) or {}
                place = place[holder]
            place[last] = text
    for option in component.get("values", ()) if isinstance(component.get("values"), list) else ():
        if isinstance(option, dict) and f"label:{language}" in option:
            option["label"] = option[f"label:{language}"]


class _Reader:
    """One reading of one file, collecting what is wrong with it."""

    def __init__(self, file: str, data: bytes, limits: FormLimits) -> None:
        self._file = file
        self._data = data
        self._limits = limits
        self._problems: list[Problem] = []
        self._ids: set[str] = set()
        self._personal: set[Field] = set()
        self._count = 0

    def refuse(self, rule: str, message: str, component: str = "") -> None:
        """Note one problem, at the line where the component's id is written."""
        place = self._data.find(json.dumps(component, ensure_ascii=False).encode()) if component else -1
        line = self._data.count(b"\n", 0, place) + 1 if place >= 0 else 0
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(rule=rule, message=message, element=component, line=line, file=self._file))

    def raise_problems(self) -> None:
        """Raise InvalidModel if anything was found wrong."""
        if self._problems:
            raise InvalidModel(self._problems)

    def parse(self) -> dict[str, Any]:
        """The file as JSON, its frame checked."""
        schema = self.load()
        self.raise_problems()
        if schema.get("type", "default") != "default":
            self.refuse(SCHEMA, f"expected a form (type default), found type {_shown(schema['type'])}")
        if not isinstance(schema.get("id"), str) or not schema["id"].strip():
            self.refuse(SCHEMA, "expected an id of the form, found none")
        version = schema.get("schemaVersion", 1)
        if type(version) is not int or not 1 <= version <= SCHEMA_VERSION:
            self.refuse(SCHEMA, f"expected schemaVersion from 1 to {SCHEMA_VERSION}, found {_shown(version)}")
        self.raise_problems()
        return schema

    def load(self) -> dict[str, Any]:
        """The file as a JSON object; empty when it is none."""
        if len(self._data) > self._limits.size:
            self.refuse(SIZE, f"expected at most {self._limits.size} bytes, found {len(self._data)}")
            return {}
        try:
            schema = json.loads(self._data, object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            self.refuse(SCHEMA, f"expected a form as JSON: {error}")
            return {}
        if not isinstance(schema, dict):
            self.refuse(SCHEMA, f"expected a form as a JSON object, found {_shown(schema)}")
            return {}
        return schema

    # Components ----------------------------------------------------------------------------------------------------

    def fields(self, written: Any, place: "_Place") -> tuple[Field, ...]:
        """The checked fields of a form or container."""
        if not isinstance(written, list):
            self.refuse(SCHEMA, f"expected components to be a list, found {_shown(written)}")
            return ()
        self._count += len(written)
        if place.depth > self._limits.depth:
            self.refuse(SIZE, f"expected components nested at most {self._limits.depth} deep")
        elif self._count > self._limits.components:
            self.refuse(SIZE, f"expected at most {self._limits.components} components")
        else:
            return tuple(each for component in written for each in self._component(component, place))
        return ()

    def _component(self, written: Any, place: "_Place") -> tuple[Field, ...]:
        if not isinstance(written, dict) or not isinstance(written.get("type"), str):
            self.refuse(COMPONENT, f"expected a component with a type, found {_shown(written)}")
            return ()
        kind, identity = written["type"], self._identity(written)
        if kind not in KNOWN_TYPES:
            message = f"{kind}: {CLOSED[kind]}" if kind in CLOSED else f"there is no component type {_shown(kind)}"
            self.refuse(COMPONENT, message, identity)
            return ()
        self._check_settings(written, kind, identity)
        hide = self._optional(self._mapping(written, "conditional", identity).get("hide"), identity)
        path = place.path + self._path(written, kind, identity)
        hides = (*place.hides, hide) if hide else place.hides
        personal = place.personal or self._mapping(written, "properties", identity).get("personal") in (True, "true")
        if kind == "group":
            if path != place.path:
                self._take(path, "group", identity, place.taken)
            return self.fields(
                written.get("components", []), _Place(path, hides, personal, place.depth + 1, place.taken)
            )
        if kind in DISPLAY or not path:
            return ()
        self._take(path, "value", identity, place.taken)
        return (self._field(written, kind, identity, _Place(path, hides, personal, place.depth, place.taken)),)

    def _field(self, written: Mapping[str, Any], kind: str, identity: str, place: "_Place") -> Field:
        validate = self._mapping(written, "validate", identity)
        made = Field(
            type=kind,
            id=identity,
            path=place.path,
            rows=self._rows(written, place) if kind == "dynamiclist" else (),
            hides=place.hides,
            readonly=self._optional(written.get("readonly"), identity),
            disabled=self._flag(written, "disabled", identity),
            required=self._flag(validate, "required", identity),
            rules=self._rules(validate, identity),
            pattern=self._pattern(validate, identity),
            validation_type=self._validation_type(validate, identity),
            options=self._options(written, kind, identity),
            expression=self._computed(written, kind, identity),
            settings=written,
        )
        if place.personal or any(map(self._personal.__contains__, made.rows)):
            self._personal.add(made)
        return made

    def _rows(self, written: Mapping[str, Any], place: "_Place") -> tuple[Field, ...]:
        return self.fields(written.get("components", []), _Place((), (), place.personal, place.depth + 1, {}))

    def personal(self, fields: Iterable[Field]) -> frozenset[str]:
        """The top-level keys of the fields that hold personal data."""
        return frozenset(each.path[0] for each in fields if each in self._personal)

    def _identity(self, written: Mapping[str, Any]) -> str:
        identity = written.get("id", "")
        if not isinstance(identity, str):
            self.refuse(COMPONENT, f"expected id to be a text, found {_shown(identity)}")
            return ""
        if identity and identity in self._ids:
            self.refuse(KEY, f"the id {_shown(identity)} is used twice", identity)
        self._ids.add(identity)
        return identity

    def _path(self, written: Mapping[str, Any], kind: str, identity: str) -> tuple[str, ...]:
        name = "path" if kind in CONTAINERS else "key"
        if kind in DISPLAY or (kind == "group" and not written.get("path")):
            return ()
        value = written.get(name)
        parts = tuple(value.split(".")) if isinstance(value, str) else ()
        if not parts or not all(part.isidentifier() for part in parts):
            expected = f"expected {name} to be a variable name or a dotted path"
            self.refuse(KEY, f"{expected}, found {_shown(value)}", identity)
            return ()
        return parts

    def _mapping(self, written: Mapping[str, Any], name: str, identity: str) -> Mapping[str, Any]:
        value = written.get(name) or {}
        if not isinstance(value, dict):
            self.refuse(SETTING, f"expected {name} to be an object, found {_shown(value)}", identity)
            return {}
        return value

    def _flag(self, written: Mapping[str, Any], name: str, identity: str) -> bool:
        value = written.get(name, False)
        if not isinstance(value, bool):
            self.refuse(SETTING, f"expected {name} to be true or false, found {_shown(value)}", identity)
        return value is True

    def _check_settings(self, written: Mapping[str, Any], kind: str, identity: str) -> None:
        self._mapping(written, "properties", identity)
        for name in _EXPRESSIONS:
            self._check_text(written.get(name), name, identity)
        for text in self._mapping(written, "properties", identity).values():
            self._check_text(text, "properties", identity)
        for name in ("prefixAdorner", "suffixAdorner"):
            self._check_text(self._mapping(written, "appearance", identity).get(name), name, identity)
        for name, allowed in _CHOICES.items():
            if written.get(name) is not None and written[name] not in allowed:
                expected = ", ".join(sorted(allowed))
                self.refuse(
                    SETTING, f"expected {name} to be one of {expected}, found {_shown(written[name])}", identity
                )
        for name in ("decimalDigits", "defaultRepetitions"):
            if written.get(name) is not None and (type(written[name]) is not int or not 0 <= written[name] <= 100):
                self.refuse(SETTING, f"expected {name} to be a whole number, found {_shown(written[name])}", identity)
        self._check_special(written, kind, identity)

    def _check_special(self, written: Mapping[str, Any], kind: str, identity: str) -> None:
        source = written.get("source")
        if kind == "image" and source and not _IMAGE.match(str(source)):
            message = f"expected an image of this site (/…), data:image/… or FEEL, found {_shown(source)}"
            self.refuse(MARKUP, message, identity)
        if kind not in CONTAINERS and written.get("components"):
            self.refuse(COMPONENT, f"a {kind} holds no components", identity)
        if kind == "datetime" and written.get("subtype") is None:
            self.refuse(SETTING, "expected subtype to be date, time or datetime, found none", identity)
        if kind == "dynamiclist" and written.get("isRepeating") is False:
            self.refuse(SETTING, "expected a dynamiclist to repeat; use a group with a path", identity)
        for name in ("minimum", "maximum") if kind == "photo" else ():
            count = photo_count(written, name)
            if count is not None and not (isinstance(count, int) and 0 <= count <= 100):
                self.refuse(SETTING, f"expected {name} to be a count of photos, found {_shown(count)}", identity)
        increment = written.get("increment")
        if increment not in (None, "") and not (_NUMBER.fullmatch(str(increment)) and Decimal(str(increment)) > 0):
            self.refuse(SETTING, f"expected increment to be a number above 0, found {_shown(increment)}", identity)

    def _check_text(self, text: Any, name: str, identity: str) -> None:
        if not isinstance(text, str):
            return
        if text.startswith("="):
            self._expression(text, identity)
        elif _MARKUP.search(_outside_templates(text)):
            self.refuse(MARKUP, f"expected plain text or Markdown in {name}, found markup or a script", identity)

    # Expressions, rules, options -----------------------------------------------------------------------------------

    def _expression(self, text: str, identity: str) -> Expression:
        try:
            return feel.compile(text.removeprefix("="))
        except DubanError as error:
            self.refuse(FEEL, f"in the FEEL expression {_shown(text)}: {error.message}", identity)
            return feel.compile("null")

    def _optional(self, value: Any, identity: str) -> Expression | None:
        """A setting that is true, false, absent or `=…`."""
        if value in (None, "", False):
            return None
        if value is True:
            return feel.compile("true")
        if not isinstance(value, str) or not value.startswith("="):
            self.refuse(FEEL, f"expected FEEL with a leading =, found {_shown(value)}", identity)
            return None
        return self._expression(value, identity)

    def _rules(self, validate: Mapping[str, Any], identity: str) -> dict[str, Expression]:
        for name in validate.keys() - _VALIDATE:
            self.refuse(SETTING, f"there is no validation rule {_shown(name)}", identity)
        rules: dict[str, Expression] = {}
        for name in sorted(validate.keys() & RULES):
            text = str(validate[name]).strip()
            if validate[name] in (None, ""):
                continue
            if not text.startswith("=") and not _NUMBER.fullmatch(text):
                self.refuse(
                    SETTING, f"expected {name} to be a number or FEEL, found {_shown(validate[name])}", identity
                )
                continue
            rules[name] = self._expression(text, identity)
        return rules

    def _pattern(self, validate: Mapping[str, Any], identity: str) -> "regex.Pattern[str] | None":
        text = validate.get("pattern")
        if text in (None, ""):
            return None
        if not isinstance(text, str) or len(text) > self._limits.pattern:
            expected = f"expected a pattern of at most {self._limits.pattern} characters"
            self.refuse(SETTING, f"{expected}, found {_shown(text)}", identity)
            return None
        try:
            return regex.compile(_python_pattern(text), regex.V0)
        except regex.error as error:
            self.refuse(SETTING, f"the pattern {_shown(text)} is not a regular expression: {error}", identity)
            return None

    def _validation_type(self, validate: Mapping[str, Any], identity: str) -> str:
        kind = validate.get("validationType") or ""
        if kind not in ("", "custom", "email", "phone"):
            self.refuse(SETTING, f"expected validationType to be email or phone, found {_shown(kind)}", identity)
        return str(kind)

    def _options(self, written: Mapping[str, Any], kind: str, identity: str) -> Options | None:
        if kind not in ("checklist", "radio", "select", "taglist"):
            return None
        if written.get("valuesExpression"):
            return self._optional(written["valuesExpression"], identity)
        if written.get("valuesKey"):
            return str(written["valuesKey"])
        values = written.get("values")
        if not isinstance(values, list) or not values:
            self.refuse(SETTING, "expected options in values, valuesKey or valuesExpression, found none", identity)
            return []
        for option in values:
            if isinstance(option, dict):
                for text in option.values():
                    self._check_text(text, "values", identity)
        try:
            return feel.from_json(values)  # type: ignore[return-value]  # a list in, a list out
        except DubanError as error:
            self.refuse(SETTING, f"in values: {error.message}", identity)
            return []

    def _computed(self, written: Mapping[str, Any], kind: str, identity: str) -> Expression | None:
        if kind != "expression":
            return None
        text = written.get("expression")
        if not isinstance(text, str) or not text.startswith("="):
            self.refuse(FEEL, f"expected expression to be FEEL with a leading =, found {_shown(text)}", identity)
            return feel.compile("null")
        return self._expression(text, identity)

    def _take(self, path: tuple[str, ...], how: str, identity: str, taken: dict[tuple[str, ...], str]) -> None:
        """Refuse two components for one value, and a value inside another's value."""
        prefixes = [path[:length] for length in range(1, len(path))]
        clash = next((prefix for prefix in prefixes if taken.get(prefix) == "value"), None)
        if clash is None and (taken.get(path) == "value" or (how == "value" and path in taken)):
            clash = path
        if clash is not None:
            names = _shown(".".join(path)), _shown(".".join(clash))
            self.refuse(KEY, f"the key {names[0]} clashes with {names[1]} of another component", identity)
        for prefix in prefixes:
            taken.setdefault(prefix, "group")
        taken[path] = how


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a component stands: what its containers say, and the keys that are taken there."""

    path: tuple[str, ...] = ()
    hides: tuple[Expression, ...] = ()
    personal: bool = False
    depth: int = 1
    taken: dict[tuple[str, ...], str] = field(default_factory=dict)


def _outside_templates(text: str) -> str:
    """The text without its `{{…}}` parts, where `<` compares numbers."""
    first, *rest = text.split("{{")
    return first + "".join(part.partition("}}")[2] for part in rest)


def _python_pattern(text: str) -> str:
    """A JavaScript regular expression (without flags) in Python's words: `$` ends the text, `\\d` is ASCII."""
    made: list[str] = []
    in_class = False
    characters = iter(text)
    for character in characters:
        if character == "\\":
            escaped = next(characters, "")
            classes = {"d": "0-9", "w": "A-Za-z0-9_"}
            if escaped in classes:
                made.append(classes[escaped] if in_class else f"[{classes[escaped]}]")
            elif escaped.lower() in classes and not in_class:
                made.append(f"[^{classes[escaped.lower()]}]")
            else:
                made.append("/" if escaped == "/" else "\\" + escaped)
            continue
        in_class = character == "[" or (in_class and character != "]")
        made.append(r"\Z" if character == "$" and not in_class else character)
    return "".join(made)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"the name {_shown(name)} stands twice in one object")
        made[name] = value
    return made


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def _shown(value: Any) -> str:
    text = str(value)
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"
