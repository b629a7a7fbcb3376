"""How much a benchmark does: all of it, or with `--quick` little enough for a look between two changes.

Figures of a quick run are ratios of the same kind, taken from fewer samples: good to see a change, not to quote.
"""

import sys
import time
from typing import TypeVar

T = TypeVar("T")

QUICK = "--quick" in sys.argv
_TELL_EVERY = 10.0
_told = time.monotonic()


def of(whole: T, quick: T) -> T:
    """`quick` when the command line says `--quick`."""
    return quick if QUICK else whole


def tell(progress: str) -> None:
    """Say on standard error how far it is, every ten seconds at most: standard output is kept for figures."""
    global _told
    if time.monotonic() - _told >= _TELL_EVERY:
        _told = time.monotonic()
        print(f"  … {progress}", file=sys.stderr, flush=True)
