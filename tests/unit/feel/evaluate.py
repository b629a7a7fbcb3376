"""Short ways to evaluate FEEL in tests."""

from engine.feel import Value, compile, from_json, parse_date_and_time

NOW = parse_date_and_time("2026-01-31T08:00:00@Asia/Shanghai")


def scope_of(scope: dict[str, object]) -> dict[str, Value]:
    """Python data as FEEL values; what is a FEEL value already stays."""
    plain = (int, float, str, list, dict, type(None))
    return {name: from_json(data) if isinstance(data, plain) else data for name, data in scope.items()}  # type: ignore[misc]  # the others are FEEL values


def value(text: str, **scope: object) -> Value:
    """The value, with the names of the scope known."""
    return compile(text, scope).explain(scope_of(scope), NOW).value


def shown(text: str, **scope: object) -> str:
    """The value as FEEL writes it, which is easier to compare than to construct."""
    return str(compile("string(v)", ["v"])({"v": [value(text, **scope)]}))[1:-1]


def reason(text: str, **scope: object) -> str:
    """Why the value is null: the first problem."""
    outcome = compile(text, scope).explain(scope_of(scope), NOW)
    assert outcome.value is None, outcome.value
    return str(outcome.problems[0])
