"""Context functions (DMN 1.5, clause 10.3.4.10), boolean negation, identity, and two that ask for presence."""

from engine.feel.errors import Failure
from engine.feel.library.registry import builtin
from engine.feel.operators import identical
from engine.feel.run import Run
from engine.feel.values import Value, describe

Context = dict[str, Value]


@builtin("get value", "m: context, key: string")
def get_value(context: Context, key: str) -> Value:
    return context.get(key)


@builtin("get value", "context: context, keys: list")
def get_nested_value(context: Context, keys: list[Value]) -> Value:
    value: Value = context
    for key in keys:
        value = value.get(key) if isinstance(value, dict) and isinstance(key, str) else None
    return value


@builtin("get entries", "m: context", run=True)
def get_entries(run: Run, context: Context) -> Value:
    run.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context", "entries: list", run=True)
def context_of(run: Run, entries: list[Value]) -> Value:
    run.spend(len(entries))
    context: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise Failure(f"expected entries {{key: string, value: any}}, but got {describe(entry)}")
        key = entry["key"]
        if key in context or not isinstance(key, str):
            raise Failure(f"expected different keys, but {describe(key)} is there twice")
        context[key] = entry["value"]
    return context


@builtin("context put", "context: context, key: string, value: any", run=True)
def put(run: Run, context: Context, key: str, value: Value) -> Value:
    run.spend(len(context) // 16)
    return {**context, key: value}


@builtin("context put", "context: context, keys: list, value: any", run=True)
def put_nested(run: Run, context: Context, keys: list[Value], value: Value) -> Value:
    if not keys:
        raise Failure("parameter 'keys': expected at least one key")
    trail: list[tuple[Context, str]] = []
    inner: Value = context
    for key in keys:
        if not isinstance(key, str) or not isinstance(inner, dict):
            raise Failure(f"expected a string key into a context, but got {describe(key)} into {describe(inner)}")
        trail.append((inner, key))
        inner = inner.get(key)
    for outer, key in reversed(trail):
        value = put(run, outer, key, value)
    return value


@builtin("context merge", "contexts: list", run=True)
def merge(run: Run, contexts: list[Value]) -> Value:
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Failure(f"expected a list of contexts, but it holds {describe(context)}")
        run.spend(len(context) + 1)
        merged.update(context)
    return merged


@builtin("not", "negand: boolean")
def not_(negand: bool) -> Value:
    return not negand


@builtin("is", "value1?: any, value2?: any", run=True)
def is_(run: Run, value1: Value, value2: Value) -> Value:
    return identical(value1, value2, run)


@builtin("is defined", "value: any")
def is_defined(value: Value) -> Value:
    return value is not None


@builtin("get or else", "value: any, default: any")
def get_or_else(value: Value, default: Value) -> Value:
    return default if value is None else value
