"""Imports run downward only (the contracts stand in pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

from tests.support.components import ROOT


def test_imports_run_downward_only() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint_imports, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :]
