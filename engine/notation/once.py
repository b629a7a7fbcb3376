"""Files that are read once, however many releases, drafts and checks hold them: what is read never changes again.

A file that is refused is read anew each time: only one is being edited.
"""

from functools import lru_cache

from engine.notation.bpmn import read_bpmn
from engine.notation.dmn import read_dmn
from engine.notation.forms import Form, read_form
from engine.notation.model import Diagram


@lru_cache(maxsize=512)
def bpmn(content: bytes, path: str) -> Diagram:
    """As `read_bpmn`."""
    return read_bpmn(content, file=path)


@lru_cache(maxsize=512)
def form(content: bytes, path: str) -> Form:
    """As `read_form`."""
    return read_form(content, file=path)


@lru_cache(maxsize=256)
def sound_table(content: bytes, path: str) -> bool:
    """Raises what `read_dmn` raises; its answer depends on what is beside the file, and is not kept."""
    read_dmn(content, file=path)
    return True
