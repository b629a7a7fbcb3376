"""What every schema is made of: camelCase names, instants, and values of a case's data."""

from datetime import UTC, datetime
from typing import Any

import marshmallow as ma
from marshmallow import fields

from engine.store import from_millis, to_millis


class Schema(ma.Schema):
    """Members are camelCase outside and snake_case inside; an unknown member is refused."""

    class Meta:
        unknown = ma.RAISE

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A promised member that is not there is a bug of ours; marshmallow would leave it out silently."""
        value = super().get_attribute(obj, attr, default)
        if value is ma.missing and self.fields[attr].required:
            raise KeyError(f"{type(self).__name__} promises {attr!r}, but it is not there")
        return value

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        head, *rest = (field_obj.data_key or field_name).split("_")
        field_obj.data_key = head + "".join(part.capitalize() for part in rest)


class Instant(fields.Field[int]):
    """Milliseconds since 1970 inside; outside ISO 8601 in UTC, "2026-11-21T08:00:00.000Z"."""

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **_: Any) -> str | None:  # noqa: ARG002
        return None if value is None else iso(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:  # noqa: ARG002
        expected = 'type: expected an instant such as "2026-11-21T08:00:00.000Z"'
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ma.ValidationError(f"{expected}, with Z or an offset")
            return to_millis(moment.astimezone(UTC))
        except (TypeError, ValueError, OverflowError):
            raise ma.ValidationError(expected) from None


def iso(millis: int) -> str:
    return from_millis(millis).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Data(fields.Dict):
    """A JSON object of a case's data; its members are the business of forms and processes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), **kwargs)


class Number(fields.Integer):
    """A whole number, not a text that looks like one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)


def text(longest: int = 200, *, shortest: int = 0, required: bool = False, **kwargs: Any) -> fields.String:
    """A text of bounded length without U+0000, which PostgreSQL cannot hold."""
    length = ma.validate.Length(min=shortest, max=longest, error=f"length: {shortest} to {longest} characters")
    storable = ma.validate.ContainsNoneOf("\0", error="pattern: without the character U+0000")
    return fields.String(required=required, validate=[length, storable], **kwargs)


def choice(*options: str, **kwargs: Any) -> fields.String:
    """One of a few texts."""
    return fields.String(validate=ma.validate.OneOf(options, error=f"option: one of {', '.join(options)}"), **kwargs)


class PageQuery(Schema):
    """How much of a list, and from where."""

    limit = fields.Integer(
        load_default=50, validate=ma.validate.Range(1, 200, error="range: 1 to 200"), metadata={"example": 50}
    )
    cursor = text(500, load_default=None, allow_none=True, metadata={"description": "`next` of the page before"})


def page_of(item: type[Schema], name: str) -> type[Schema]:
    """The schema of one page of a list."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(allow_none=True, required=True, metadata={"description": "cursor of the next page"}),
    }
    return type(name, (Schema,), members)


class Problem(Schema):
    """RFC 9457. `fields` maps a path such as `data.amount` to messages that begin with a code."""

    type = fields.String(required=True, metadata={"example": "urn:duban:problem:invalid-input"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        data_key="fields",
        metadata={"description": "path → faults"},
    )
    trace = fields.String(metadata={"description": "where the site traces requests: what to tell its operators"})
    problems = fields.List(fields.Dict())
