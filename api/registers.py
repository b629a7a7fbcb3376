"""Registers: what exists, lists with filters and saved views, exports, and the rows that people keep."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Response
from marshmallow import fields

from api import doors, views
from api.context import current
from api.fields import Data, Instant, PageQuery, Schema, choice, iso, page_of, text
from api.operations import Operations
from api.requests import cursor_in, cursor_out
from api.words import language
from workflows import exchange, kept, people, registry
from workflows.declared import HAZARDS, REGISTERS, register_of
from workflows.duban import Connection
from workflows.exchange import csv_line
from workflows.policy import Access
from workflows.registry import Field, Register, Row, Wanted
from workflows.sessions import Identity

registers = Operations("registers", "What cases say about the things supervised: hazards, visits, cards, sites.")

FILTERS = ("state", "unit", "station", "site", "person", "kind", "grade")


class FieldView(Schema):
    name = fields.String(required=True)
    label = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["text", "unit", "person", "instant", "number", "choice"]})
    filter = fields.String(required=True, allow_none=True, metadata={"description": "the query that filters by it"})
    options = fields.List(fields.String(), required=True)


class RegisterView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    fields_ = fields.List(fields.Nested(FieldView), required=True, data_key="fields")
    states = fields.List(fields.String(), required=True)
    kept = fields.Boolean(required=True, metadata={"description": "people keep its rows, no case writes them"})


class RegisterList(Schema):
    items = fields.List(fields.Nested(RegisterView), required=True)


class RegisterRow(Schema):
    id = fields.String(required=True)
    case = fields.Nested(views.CaseRefView, required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    at = Instant(required=True)
    created_at = Instant(required=True)
    values = Data(required=True, metadata={"description": "by field; a unit or person is {id, name}"})


class FilterQuery(Schema):
    state = text(40, load_default="")
    unit = text(64, load_default="")
    station = text(64, load_default="")
    site = text(200, load_default="")
    person = text(64, load_default="")
    kind = text(100, load_default="")
    grade = text(40, load_default="")
    q = text(100, load_default="")
    since = Instant(load_default=None)
    until = Instant(load_default=None)


class RowQuery(FilterQuery, PageQuery):
    pass


RowPage = page_of(RegisterRow, "RegisterPage")


class ExchangeQuery(FilterQuery):
    format = choice(*exchange.FORMATS, load_default="json")


class KeptRow(Schema):
    values = Data(required=True)


class SavedView(Schema):
    name = text(60, shortest=1, required=True)
    filters = fields.Dict(keys=text(40), values=text(200), required=True)
    shared = fields.Boolean(load_default=False)


class SavedViewView(SavedView):
    id = fields.String(required=True)
    mine = fields.Boolean(required=True)
    by = fields.Nested(views.NamedView, required=True)


class SavedViewList(Schema):
    items = fields.List(fields.Nested(SavedViewView), required=True)


@registers.operation("GET", "/registers", Access.WORK, answer=RegisterList)
def list_registers() -> dict[str, Any]:
    """Every register with its columns and what it can be filtered by"""
    return {"items": [_declared(register) for register in REGISTERS.values()]}


@registers.operation("GET", "/registers/<id>/rows", Access.WORK, query=RowQuery, answer=RowPage, refusals=(404,))
def list_rows(query: dict[str, Any], id: str) -> dict[str, Any]:
    """One page of the rows that one may see, what changed last first"""
    who, register, position = doors.identity(), register_of(id), cursor_in(query["cursor"], int, str)
    limit = query["limit"]
    with current().store.reading() as connection:
        found = registry.page(
            connection, register, _wanted(query), tokens=who.tokens, limit=limit + 1,
            before=(position[0], position[1]) if position else None,
        )  # fmt: skip
        shown = found[:limit]
        rows = _rows(connection, register, shown)
    more = len(found) > limit
    return {"items": rows, "next": cursor_out([shown[-1]["at"], shown[-1]["id"]]) if more else None}


@registers.operation(
    "GET", "/registers/<id>/count", Access.WORK, query=FilterQuery, answer=views.CountView, refusals=(404,)
)  # fmt: skip
def count_rows(query: dict[str, Any], id: str) -> dict[str, Any]:
    """How many rows fit; 999 and `more` from there on"""
    register = register_of(id)
    with current().store.reading() as connection:
        n = registry.count(connection, register, _wanted(query), tokens=doors.identity().tokens)
    return {"count": min(n, 999), "more": n > 999}


@registers.operation(
    "GET",
    "/registers/<id>/csv",
    Access.WORK,
    query=FilterQuery,
    refusals=(404,),
    limit="30 per minute",
    doc={"responses": {"200": {"content": {"text/csv": {}}}}},
)
def export_rows(query: dict[str, Any], id: str) -> Response:
    """The rows as CSV in UTF-8, streamed; what a spreadsheet would take for a formula begins with an apostrophe.

    That they were handed out is recorded.
    """
    register = register_of(id)
    doors.handed_out("register_exported", current().store, register=register.id, filters=_asked(query))
    return _streamed(_csv(register, _wanted(query), doors.identity(), language()), "text/csv", f"{register.id}.csv")


@registers.operation(
    "GET",
    "/registers/hazards/exchange",
    Access.WORK,
    query=ExchangeQuery,
    limit="30 per minute",
    doc={"responses": {"200": {"content": {kind: {} for kind in exchange.FORMATS.values()}}}},
)
def export_hazards(query: dict[str, Any]) -> Response:
    """Hazards in the shape of the public interface for hazard data, as JSON, CSV or XML"""
    form, duban = query.pop("format"), current()
    doors.handed_out("hazards_exported", duban.store, format=form, filters=_asked(query))
    pages = registry.stream(duban.store, HAZARDS, _wanted(query), doors.identity().tokens)
    return _streamed(exchange.write(pages, duban.company, form), exchange.FORMATS[form], f"hazards.{form}")


@registers.operation(
    "PUT", "/registers/<id>/rows/<row>", Access.WORK, body=KeptRow, answer=RegisterRow, refusals=(404, 409),
    example={"values": {"name": "联合站储罐区", "unit": "U04", "risk": "RED", "everyDays": 30}},
)  # fmt: skip
def keep_row(body: Mapping[str, Any], id: str, row: str) -> dict[str, Any]:
    """Write a row of a register that people keep, as it is from now on"""
    who, register = doors.identity(), register_of(id)
    with current().store.transaction() as connection:
        saved = kept.keep(connection, register, row, body["values"], actor=who.person, tokens=who.tokens)
        return _rows(connection, register, [saved])[0]


@registers.operation("GET", "/registers/<id>/views", Access.WORK, answer=SavedViewList, refusals=(404,))
def list_saved_views(id: str) -> dict[str, Any]:
    """One's own views of a register, and those that others share"""
    who, register = doors.identity(), register_of(id)
    with current().store.reading() as connection:
        found = kept.views(connection, register.id, who.person)
        names = people.names(connection, (view.person for view in found))
    return {"items": [_saved(view, who, names) for view in found]}


@registers.operation(
    "POST", "/registers/<id>/views", Access.WORK, body=SavedView, answer=SavedViewView, status=201,
    refusals=(404, 409), example={"name": "U04 重大隐患", "filters": {"unit": "U04", "grade": "MAJOR"}, "shared": True},
)  # fmt: skip
def save_view(body: Mapping[str, Any], id: str) -> tuple[Any, int]:
    """Give filters a name"""
    who, register = doors.identity(), register_of(id)
    filters = {name: value for name, value in body["filters"].items() if name in (*FILTERS, "q") and value}
    with current().store.transaction() as connection:
        made = kept.save_view(connection, register.id, who.person, body["name"], filters, shared=body["shared"])
        names = people.names(connection, [who.person])
    return _saved(made, who, names), 201


@registers.operation("DELETE", "/registers/<id>/views/<view>", Access.WORK, status=204, refusals=(404,))
def drop_view(id: str, view: str) -> None:
    """Delete a view of one's own"""
    register_of(id)
    with current().store.transaction() as connection:
        kept.drop_view(connection, view, doors.identity().person)


# Rows to views -----------------------------------------------------------------------------------------------------


def _declared(register: Register) -> dict[str, Any]:
    states = dict.fromkeys((register.states or {}).values())
    return {
        "id": register.id, "name": _label(register), "kept": register.kept,
        "states": list(states), "fields_": [_field(field) for field in register.fields],
    }  # fmt: skip


def _label(named: Field | Register) -> str:
    return named.en if language() == "en" else named.zh


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name, "label": _label(field), "kind": field.kind, "options": list(field.options),
        "filter": field.keep if field.filter else None,
    }  # fmt: skip


def _wanted(query: Mapping[str, Any]) -> Wanted:
    filters = {name: query[name] for name in FILTERS if query.get(name)}
    return Wanted(filters, query["q"], query["since"], query["until"])


def _asked(query: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value}


def _rows(connection: Connection, register: Register, rows: list[Row]) -> list[dict[str, Any]]:
    """Rows as people read them: names and titles of all of them are read at once."""
    names, titles = _names(connection, register, rows, language()), _titles(connection, rows)
    return [
        {
            "id": row["id"], "state": row["state"], "at": row["at"], "created_at": row["created_at"],
            "case": {"id": row["case_id"], "title": titles.get(row["case_id"], "")} if row["case_id"] else None,
            "values": {field.name: _shown(field, _value(field, row), names) for field in register.fields},
        }
        for row in rows
    ]  # fmt: skip


def _titles(connection: Connection, rows: list[Row]) -> dict[str, str]:
    return registry.case_titles(connection, {row["case_id"] for row in rows if row["case_id"]})


def _names(connection: Connection, register: Register, rows: list[Row], spoken: str) -> dict[str, str]:
    named = [field for field in register.fields if field.kind in ("unit", "person")]
    values = (_value(field, row) for field in named for row in rows)
    return people.called(connection, {value for value in values if isinstance(value, str)}, spoken)


def _value(field: Field, row: Row) -> Any:
    return row[field.keep] if field.keep else row["details"].get(field.name)


def _shown(field: Field, value: Any, names: Mapping[str, str]) -> Any:
    if value is None:
        return None
    if field.kind in ("unit", "person"):
        return {"id": value, "name": names.get(value, value)}
    return iso(value) if field.kind == "instant" and isinstance(value, int) else value


def _csv(register: Register, wanted: Wanted, who: Identity, spoken: str) -> Iterator[str]:
    duban = current()
    pages = registry.stream(duban.store, register, wanted, who.tokens)
    label: Callable[[Field], str] = lambda field: field.en if spoken == "en" else field.zh  # noqa: E731

    def lines() -> Iterator[str]:
        yield "\ufeff" + csv_line([*map(label, register.fields), "state", "at", "case"])
        for rows in pages:
            with duban.store.reading() as connection:
                names = _names(connection, register, rows, spoken)
            for row in rows:
                cells = [_cell(_shown(field, _value(field, row), names)) for field in register.fields]
                yield csv_line([*cells, row["state"], iso(row["at"]), row["case_id"]])

    return lines()


def _cell(value: Any) -> Any:
    return value["name"] if isinstance(value, dict) else value


def _streamed(pieces: Iterator[str], kind: str, name: str) -> Response:
    response = Response(pieces, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _saved(view: kept.View, who: Identity, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": view.id, "name": view.name, "filters": dict(view.filters), "shared": view.shared,
        "mine": view.person == who.person, "by": views.named(view.person, names),
    }  # fmt: skip
