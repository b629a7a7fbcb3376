"""`docs/notation.md` knows every rule and every extension element."""

import re
from pathlib import Path

from engine.notation import bpmn_extensions
from engine.notation.forms import CLOSED, KNOWN_TYPES
from tests.support.components import ROOT

PAGE = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")


def test_every_rule_is_in_the_documents() -> None:
    sources = [*Path(ROOT, "engine", "notation").glob("bpmn*.py"), ROOT / "engine" / "notation" / "forms.py"]
    codes = {
        code for file in sources for code in re.findall(r'"((?:BPMN|FORM)\d{3})"', file.read_text(encoding="utf-8"))
    }
    assert codes
    assert {code for code in codes if f"| {code} |" not in PAGE} == set()


def test_every_extension_element_is_in_the_documents() -> None:
    names = {name for known in bpmn_extensions.KNOWN.values() for name in known}
    assert {name for name in names if f"`{name}`" not in PAGE} == set()


def test_every_component_type_is_in_the_documents() -> None:
    assert {name for name in KNOWN_TYPES | set(CLOSED) if f"`{name}`" not in PAGE} == set()
