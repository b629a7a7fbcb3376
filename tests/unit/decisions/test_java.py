"""The Java methods that the TCK calls, in Python."""

from decimal import Decimal

import pytest

from engine.decisions.java import find
from engine.feel import Run, Value
from engine.feel.errors import Failure


def call(owner: str, signature: str, *args: Value) -> Value:
    names = tuple(f"a{index}" for index in range(len(args)))
    function = find(names, {"java": {"class": owner, "method signature": signature}})
    assert function is not None
    return function.call(args, Run())


@pytest.mark.parametrize(
    ("owner", "signature", "args", "expected"),
    [
        ("java.lang.Math", "max(double, double)", (Decimal("1.5"), Decimal(2)), Decimal(2)),
        ("java.lang.Math", "max( int,int )", (Decimal(1), Decimal(2)), Decimal(2)),
        ("java.lang.Integer", "valueOf(java.lang.String)", ("12",), Decimal(12)),
        ("java.lang.Float", "valueOf(java.lang.String)", ("1234.56",), Decimal("1234.56")),
        ("java.lang.String", "valueOf(char)", ("a",), "a"),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ("%s-%s%%", "a", "b"), "a-b%"),
    ],
)
def test_a_known_method_computes(owner: str, signature: str, args: tuple[Value, ...], expected: Value) -> None:
    assert call(owner, signature, *args) == expected


@pytest.mark.parametrize(
    ("owner", "signature", "args"),
    [
        ("java.lang.Byte", "valueOf(byte)", (Decimal(128),)),
        ("java.lang.Short", "valueOf(short)", ("1",)),
        ("java.lang.String", "valueOf(char)", ("ab",)),
        ("java.lang.Integer", "valueOf(java.lang.String)", ("1.5",)),
        ("java.lang.Double", "valueOf(java.lang.String)", ("x",)),
        ("java.lang.Math", "sqrt(double)", ("x",)),
        ("java.lang.Math", "cos(double)", (Decimal(1), Decimal(2))),
        ("java.lang.Math", "pow(double,double)", (Decimal(0), Decimal("-0.5"))),
        ("java.lang.Math", "sqrt(double)", (Decimal(-1),)),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ("%x", Decimal(1))),
    ],
)
def test_an_argument_that_java_would_refuse_is_a_failure(owner: str, signature: str, args: tuple[Value, ...]) -> None:
    with pytest.raises(Failure):
        call(owner, signature, *args)


@pytest.mark.parametrize(
    "description",
    [
        {},
        {"java": None},
        {"java": {"class": "java.lang.System", "method signature": "exit(int)"}},
        {"java": {"class": "java.lang.Math", "method signature": "max"}},
        {"java": {"class": "java.lang.Math", "method signature": Decimal(1)}},
        {"java": {"class": "Math", "method signature": "foo(int)"}},
    ],
)
def test_an_unknown_method_is_not_found(description: dict[str, Value]) -> None:
    assert find(("a",), description) is None
