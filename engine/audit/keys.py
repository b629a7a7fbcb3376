"""The log's key: in a file outside the database, so that who can write the database cannot sign a history of theirs.

Both halves are spelled as the note format (C2SP signed-note) spells them, so other tools for transparency logs read
them.
"""

import base64
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit.verify import Key, key_id
from engine.errors import DubanError

_ALGORITHM = b"\x01"  # Ed25519


class BadKey(DubanError):
    """Expected the log's private key, readable by its owner only, but found something else."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half. `name` is the log's origin, which every checkpoint begins with."""

    name: str
    _private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> Key:
        raw = self._private.public_key().public_bytes_raw()
        return Key(self.name, key_id(self.name, raw), raw)

    def sign(self, size: int, root: bytes, at: str) -> str:
        """A checkpoint as a signed note; `at` (RFC 3339) is told in an extension line."""
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\nat {at}\n"
        signature = base64.b64encode(self.public.id + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def spelled(key: Key) -> str:
    """A public key as one line."""
    return f"{key.name}+{key.id.hex()}+{base64.b64encode(_ALGORITHM + key.public).decode()}"


def create(file: Path) -> Signer:
    """Make a key and keep it in `file` (mode 0600), its public half beside it. An existing key is never replaced."""
    signer = Signer(f"duban-{secrets.token_hex(8)}", Ed25519PrivateKey.generate())
    seed = base64.b64encode(_ALGORITHM + signer._private.private_bytes_raw()).decode()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadKey(
            f"Expected no key yet, but '{file}' exists; a log keeps its key, or its past cannot be checked"
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"PRIVATE+KEY+{signer.name}+{signer.public.id.hex()}+{seed}\n")
        out.flush()
        os.fsync(out.fileno())
    public_file(file).write_text(spelled(signer.public) + "\n", encoding="ascii")
    return signer


def public_file(file: Path) -> Path:
    """Where the public half of the key in `file` lies."""
    return file.with_suffix(".pub")


def load(file: Path) -> Signer:
    """The key in `file`. Raises BadKey when others may read it, or when it is no key."""
    mode = file.stat().st_mode
    if mode & 0o077:
        raise BadKey(
            f"Expected '{file}' to be readable by its owner only (mode 0600), but its mode is {mode & 0o777:04o}"
        )
    try:
        parts = file.read_text(encoding="ascii").strip().split("+", 4)
        marks, name, id, seed = parts[:2], parts[2], parts[3], base64.b64decode(parts[4], validate=True)
        signer = Signer(name, Ed25519PrivateKey.from_private_bytes(seed[1:]))
    except (ValueError, IndexError, UnsupportedAlgorithm) as error:
        raise BadKey(f"Expected '{file}' to hold PRIVATE+KEY+name+hash+base64: {error}") from None
    if marks != ["PRIVATE", "KEY"] or seed[:1] != _ALGORITHM or signer.public.id.hex() != id:
        raise BadKey(f"Expected '{file}' to hold an Ed25519 key in the note format, but its parts do not fit")
    return signer
