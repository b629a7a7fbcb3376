"""The documents at the door: links lead somewhere, the change log is kept, decisions are numbered and whole."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.support.components import ROOT
from tests.support.server import DUBAN

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_the_readme_begins_with_a_picture_and_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    order = [text.index(part) for part in ("docs/pictures/", "./dev up", "./dev test", "docs/architecture.md")]
    assert order == sorted(order)


def commands_of_the_readme(program: str) -> list[list[str]]:
    """The commands that the README shows, as lists of arguments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(rf"^\$ ({program} (?:.*\\\n)*.*)$", text, re.MULTILINE)
    return [shlex.split(re.sub(r"\\\n\s*", " ", command), comments=True) for command in shown]


@pytest.mark.parametrize("command", [*commands_of_the_readme("duban run"), *commands_of_the_readme("duban lint")])
def test_a_command_of_the_readme_works(command: list[str]) -> None:
    done = subprocess.run([DUBAN, *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "incident" not in done.stdout


def test_the_readme_shows_commands_of_dev_that_exist() -> None:
    program = (ROOT / "dev").read_text()
    names = {command[1] for command in commands_of_the_readme("./dev")}
    assert {"up", "test"} <= names
    assert [name for name in names if f"\ndef {name}(" not in program] == []


def test_the_change_log_has_a_place_for_what_is_not_released() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [file.name[:4] for file in DECISIONS]
    assert all(number.isdecimal() for number in numbers)
    assert len(set(numbers)) == len(numbers) > 0


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_gives_context_decision_and_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]} ")
    parts = re.findall(r"^## (\w+)", text, re.MULTILINE)
    assert [part for part in parts if part in ("Context", "Decision", "Consequences")] == [
        "Context", "Decision", "Consequences",
    ]  # fmt: skip
