"""Hardened XML reading."""

import pytest

from engine.errors import InvalidModel
from engine.notation import xml


def refusal(data: bytes, **options: object) -> str:
    with pytest.raises(InvalidModel) as caught:
        xml.read(data, file="a.dmn", **options)  # type: ignore[arg-type]  # options are Limits
    (problem,) = caught.value.problems
    assert (problem.rule, problem.file) == ("xml", "a.dmn")
    return str(problem)


def test_read_returns_the_root_with_namespaces_lines_and_text() -> None:
    root = xml.read(
        b'<?xml version="1.0"?>\n<a xmlns="urn:x">\n<b>1<!-- c -->2<![CDATA[<]]></b><z:b xmlns:z="urn:z"/></a>'
    )
    assert (xml.local(root), xml.namespace(root), xml.line(root)) == ("a", "urn:x", 2)
    (only,) = xml.children(root)
    assert (xml.text(only), xml.line(only)) == ("12<", 3)
    assert xml.child(root, "b") is only
    assert xml.child(root, "c") is None
    assert xml.text(None) == ""


def test_read_refuses_a_doctype_at_its_line() -> None:
    assert "a.dmn:2: error xml: a DOCTYPE is not allowed" in refusal(b'<?xml version="1.0"?>\n<!DOCTYPE a><a/>')


def test_read_refuses_entities_before_they_expand() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY l "ha">' + b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 30)
    )
    assert "DOCTYPE" in refusal(laughs + b"]><a>&l29;</a>")


def test_read_refuses_an_external_entity() -> None:
    assert "DOCTYPE" in refusal(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')


def test_read_refuses_a_file_that_is_too_big() -> None:
    assert "at most 10485760 bytes" in refusal(b"<a>" + b" " * 10 * 1024 * 1024 + b"</a>")


def test_read_refuses_elements_nested_too_deep() -> None:
    assert "200 deep" in refusal(b"<a>" * 10_000 + b"</a>" * 10_000)
    assert xml.read(b"<a>" * 200 + b"</a>" * 200) is not None


def test_read_refuses_too_many_elements_and_attributes() -> None:
    assert "100000 elements" in refusal(b"<a>" + b"<b/>" * 100_000 + b"</a>")
    assert "250 attributes" in refusal(b"<a " + b" ".join(b'x%d="1"' % n for n in range(251)) + b"/>")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text",
        b"<a>",
        b"<a><b></a></b>",
        b'<a x="1" x="2"/>',
        b"<p:a/>",
        b"<a>&nbsp;</a>",
        b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="GBK"?><a>\xff\xff</a>',
        b'<?xml version="1.0" encoding="UTF-16"?><a>\xb6\xbd</a>',
        b"\x00\x01\x02",
    ],
)
def test_read_refuses_what_is_not_well_formed(data: bytes) -> None:
    assert "expected" in refusal(data)


def test_read_takes_utf_16_and_a_byte_order_mark() -> None:
    assert xml.text(xml.read("<a>督办</a>".encode("utf-16"))) == "督办"
    assert xml.text(xml.read("<a>督办</a>".encode("utf-8-sig"))) == "督办"


@pytest.mark.parametrize("encoding", ["GBK", "gb2312", "GB18030", "Big5", "utf-16", "UTF-8-SIG"])
def test_a_file_in_an_encoding_that_chinese_editors_write_is_read(encoding: str) -> None:
    declared = "UTF-8" if encoding == "UTF-8-SIG" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<a x="中">\n</a>'
    assert xml.read(text.encode(encoding)).get("x") == "中"
