"""Parts of the machine that a test needs and a laptop may lack: PostgreSQL, Chromium, fonts, the conformance suites.

Absent, they skip their tests loudly; in continuous integration (`CI=true`) they fail them: nothing goes untested there.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
ABSENT = "absent: "


def absent(component: str, remedy: str) -> NoReturn:
    """Skip the test because `component` is missing, or fail it in continuous integration."""
    message = f"{ABSENT}{component}. {remedy}"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def find_corpora() -> Path | None:
    """The folder of conformance suites by peers: `DUBAN_CORPORA`, or `../shared/corpora` beside the repository."""
    folder = Path(os.environ.get("DUBAN_CORPORA") or ROOT.parent / "shared" / "corpora")
    return folder if folder.is_dir() else None


def need_corpora() -> Path:
    folder = find_corpora()
    if folder is None:
        absent("the conformance suites", "Set DUBAN_CORPORA to the folder that holds betsy, dmn-tck and miwg.")
    return folder


def need_chromium() -> str:
    """The path of a Chromium that Playwright can drive."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    absent("Chromium", "Install it: apt-get install chromium")


def need_chinese_fonts() -> None:
    """Without them Chinese is drawn as empty boxes, and a picture proves nothing."""
    if not _has_chinese_fonts():
        absent("fonts for Chinese", "Install them: apt-get install fonts-noto-cjk")


@cache
def _has_chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, check=True).stdout.strip())
