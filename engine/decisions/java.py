"""Python bodies for the Java methods that the TCK calls (0076), all pure. Only its conformance command knows them.

A description (DMN 1.5, clause 10.3.2.13.3) names a class and a method's signature; an unknown one has no body.
"""

import math
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from engine.feel import Function, Param, Run, Value
from engine.feel.errors import Failure

_SIGNATURE = re.compile(r"\s*(\w+)\s*\(([^)]*)\)\s*")
_STRING = "java.lang.String"
_OBJECTS = "[Ljava.lang.Object;"
_WHOLE = {"byte": 2**7, "short": 2**15, "int": 2**31, "long": 2**63}

Body = Callable[[Sequence[Value], Run], Value]


def find(names: tuple[str, ...], description: Mapping[str, Value]) -> Function | None:
    """The function of `{"java": {"class": …, "method signature": …}}`; None when it is not among those known."""
    java = description.get("java")
    owner, signature = (java.get("class"), java.get("method signature")) if isinstance(java, dict) else (None, None)
    match = _SIGNATURE.fullmatch(signature) if isinstance(signature, str) else None
    if match is None or not isinstance(owner, str):
        return None
    types = tuple(part.strip() for part in match[2].split(",") if part.strip())
    method = _METHODS.get((owner.rpartition(".")[2] if owner.startswith("java.lang.") else owner, match[1], types))
    return None if method is None else Function(match[1], [Param(name) for name in names], _body(method, types))


def _body(method: Callable[..., Value], types: Sequence[str]) -> Body:
    variadic = bool(types) and types[-1] == _OBJECTS

    def body(args: Sequence[Value], _run: Run) -> Value:
        fixed = types[:-1] if variadic else types
        if len(args) < len(fixed) or (len(args) > len(fixed) and not variadic):
            raise Failure(f"expected {len(fixed)} arguments, but got {len(args)}")
        converted = [_argument(value, type_) for value, type_ in zip(args, fixed, strict=False)]
        try:
            return method(*converted, *args[len(fixed) :])
        except (ValueError, OverflowError) as error:
            raise Failure(f"the method has no result: {error}") from None

    return body


def _argument(value: Value, type_: str) -> object:
    """A FEEL value as that Java type, or a Failure when Java could not take it."""
    if type_ in ("double", "float") and isinstance(value, Decimal):
        return float(value)
    if type_ in _WHOLE and isinstance(value, Decimal) and -_WHOLE[type_] <= int(value) < _WHOLE[type_]:
        return int(value)
    if (type_ == _STRING or (type_ == "char" and len(str(value)) == 1)) and isinstance(value, str):
        return value
    raise Failure(f"expected a value that Java's {type_} can hold")


def _number(value: float) -> Decimal:
    if not math.isfinite(value):
        raise Failure("the result is not a finite number")
    return Decimal(repr(value))


def _single(value: float) -> Decimal:
    """A float of 32 bits by its shortest decimal text, as Java prints it."""
    (single,) = struct.unpack("f", struct.pack("f", value))
    return next(text for digits in range(1, 10) if float_of(text := Decimal(f"{single:.{digits}g}")) == single)


def float_of(value: Decimal) -> float:
    (single,) = struct.unpack("f", struct.pack("f", float(value)))
    return float(single)


def _parsed(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except ArithmeticError:
        raise Failure(f"expected a number, found '{text}'") from None


def _parsed_whole(bound: int) -> Callable[[str], Decimal]:
    def parse(text: str) -> Decimal:
        if not re.fullmatch(r"[+-]?\d{1,19}", text) or not -bound <= int(text) < bound:
            raise Failure(f"expected a whole number, found '{text}'")
        return Decimal(int(text))

    return parse


def _format(template: str, *args: Value) -> str:
    """`%s`, `%d` and `%%` of Java's format strings; anything else is a failure."""
    rest = list(args)

    def replace(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match[0] not in ("%s", "%d") or not rest:
            raise Failure(f"cannot format '{match[0]}'")
        return str(rest.pop(0))

    return re.sub(r"%.?", replace, template)


_METHODS: dict[tuple[str, str, tuple[str, ...]], Callable[..., Value]] = {
    **{("Math", "max", (kind, kind)): lambda a, b: _number(max(a, b)) for kind in ("double", "float")},
    **{("Math", "min", (kind, kind)): lambda a, b: _number(min(a, b)) for kind in ("double", "float")},
    **{("Math", "max", (kind, kind)): lambda a, b: Decimal(max(a, b)) for kind in ("int", "long")},
    **{("Math", "min", (kind, kind)): lambda a, b: Decimal(min(a, b)) for kind in ("int", "long")},
    **{("Math", "abs", (kind,)): lambda a: Decimal(abs(a)) for kind in ("int", "long")},
    ("Math", "abs", ("double",)): lambda a: _number(abs(a)),
    ("Math", "cos", ("double",)): lambda a: _number(math.cos(a)),
    ("Math", "sin", ("double",)): lambda a: _number(math.sin(a)),
    ("Math", "tan", ("double",)): lambda a: _number(math.tan(a)),
    ("Math", "pow", ("double", "double")): lambda a, b: _number(math.pow(a, b)),
    ("Math", "sqrt", ("double",)): lambda a: _number(math.sqrt(a)),
    **{(name, "valueOf", (kind,)): lambda a: Decimal(a) for name, kind in [("Byte", "byte"), ("Short", "short")]},
    ("Integer", "valueOf", ("int",)): lambda a: Decimal(a),
    ("Long", "valueOf", ("long",)): lambda a: Decimal(a),
    ("Integer", "valueOf", (_STRING,)): _parsed_whole(2**31),
    ("Long", "valueOf", (_STRING,)): _parsed_whole(2**63),
    ("Float", "valueOf", (_STRING,)): lambda text: _single(float(_parsed(text))),
    ("Double", "valueOf", (_STRING,)): lambda text: _number(float(_parsed(text))),
    ("String", "valueOf", ("char",)): lambda text: text,
    ("String", "valueOf", ("int",)): lambda a: str(a),
    ("String", "format", (_STRING, _OBJECTS)): _format,
}
