"""Passwords: how strong, how hashed (argon2id, RFC 9106's second recommended set: 64 MiB, 3 passes), how compared."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import InvalidInput

MINIMUM = 8
MAXIMUM = 256  # characters; argon2 reads them all, so a limit keeps a request's work bounded
_COMMON = frozenset(
    {"12345678", "123456789", "1234567890", "11111111", "00000000", "password", "password1", "qwertyuiop", "88888888"}
)

_hasher = PasswordHasher()
_DECOY = "$argon2id$v=19$m=65536,t=3,p=4$kSz0lDnoGCoNgzJd9QmwvA$kFJ3i4kc9LLx6zAXbgeDTQLEWxVa7rYvF3Fi9VLFYwk"
"""Verified when an account does not exist, so that the answer takes as long as for one that does."""


def use(hasher: PasswordHasher) -> None:
    """Hash with other costs from here on: tests and demo data, whose passwords are public anyway."""
    global _hasher
    _hasher = hasher


def checked(password: str, *, username: str, field: str = "password") -> str:
    """The password in NFKC, when it may be used as one; otherwise InvalidInput at `field`."""
    normal = unicodedata.normalize("NFKC", password)
    fault = _fault(normal, username)
    if fault:
        raise InvalidInput(f"This password cannot be used: {fault}", {field: [fault]})
    return normal


def _fault(password: str, username: str) -> str | None:
    if not MINIMUM <= len(password) <= MAXIMUM:
        return f"length: expected {MINIMUM} to {MAXIMUM} characters, found {len(password)}"
    if password.casefold() == username.casefold() or password.casefold() in _COMMON:
        return "weak: expected a password that is not the user name and not among the most common ones"
    return None


def hashed(password: str) -> str:
    """The argon2id hash with its salt and costs, as text."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one that was hashed. Takes as long when nothing is stored."""
    if len(password) > MAXIMUM:
        return False
    try:
        _hasher.verify(stored or _DECOY, unicodedata.normalize("NFKC", password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than today's and should be made again at the next sign-in."""
    return _hasher.check_needs_rehash(stored)
