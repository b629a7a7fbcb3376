"""The DMN TCK (level 2 and level 3), as far as it is beside the repository."""

from pathlib import Path

import pytest

from engine.decisions.conformance import run_tck


@pytest.mark.parametrize("level", ["compliance-level-2", "compliance-level-3"])
def test_every_case_of_the_level_passes(corpora: Path, level: str) -> None:
    score = run_tck(corpora / "dmn-tck" / level)
    assert score.failures == []
    assert score.passed == score.total > 100
