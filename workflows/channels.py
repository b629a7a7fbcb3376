"""`DUBAN_CHANNELS_FILE`: the address of this installation and its mail server."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput
from workflows.mail import Smtp


@dataclass(frozen=True, slots=True)
class Channels:
    """`site`: the address of this installation, for links. Robots and webhooks are registered on a page instead."""

    site: str = ""
    smtp: Smtp | None = None

    @classmethod
    def read(cls, path: Path) -> "Channels":
        """A TOML file with `site` and `[smtp]`; InvalidInput says what is wrong in it."""
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            smtp = Smtp(**found.pop("smtp")) if "smtp" in found else None
            read = cls(smtp=smtp, **found)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
            raise InvalidInput(f"Expected site and [smtp] in {path}, but: {error}") from error
        if smtp is not None and smtp.tls not in ("starttls", "implicit", "none"):
            raise InvalidInput(f"Expected tls = starttls, implicit or none in {path}, but found {smtp.tls!r}")
        return read
