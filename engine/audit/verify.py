"""Stand-alone verifier of Duban's histories: this one file and Python (with `cryptography`, signatures go quicker, and
those of timestamps can be checked).

    python verify.py duban.db            an SQLite database; --key FILE and --witness FILE check it against the outside
    python verify.py pack.zip            an evidence pack, or the folder it was unpacked to
    python verify.py entries.jsonl       an export: one entry a line, exactly the bytes that were hashed

For each stream: every entry is of format v1, names the stream and its place in it, and carries the hash of the entry
before it; personal values beside it are those it committed to. For the log over all streams (RFC 9162): every entry has
its leaf, every leaf its entry, and the tree is the one that the signed checkpoints, and those that a witness kept, say.
What is wrong is named, the first wrong entry of each stream. Exit code 0: whole, 1: something is wrong, 2: cannot read.
"""

import argparse
import base64
import hashlib
import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

GENESIS = "0" * 64
SUITES = {"sha256": hashlib.sha256}
MOST = 100  # findings that are printed
LOG = "log"  # what a finding names that is about the log and no single entry


class Row(NamedTuple):
    """An entry as stored. `hash` is None where only the bytes are known; `personal` holds openings of commitments."""

    stream: str
    seq: int
    hash: str | None
    data: bytes
    personal: bytes | None = None


class Finding(NamedTuple):
    """What is wrong, and where it is seen first. For the log itself `stream` is "log" and `seq` a number of leaves."""

    stream: str
    seq: int
    reason: str


# Streams: the chain of entries ---------------------------------------------------------------------------------------


class Chain:
    """Checks entries that come grouped by stream, in the order of `seq`."""

    def __init__(self, before: Callable[[str, int], str] | None = None) -> None:
        """`before(stream, seq)` is the hash of an entry that is not looked at, for streams that begin later."""
        self.digest = GENESIS
        self._before = before
        self._stream, self._expected, self._failed = "", 1, False

    def step(self, row: Row) -> Finding | None:
        """The finding, when this is the first wrong entry of its stream. `digest` is then the hash of its bytes."""
        if row.stream != self._stream:
            self._begin(row)
        prev, self.digest = self.digest, digest(row.data)
        reason = None if self._failed else self._reason(row, prev)
        self._expected += 1
        if reason is None:
            return None
        self._failed = True
        return Finding(row.stream, row.seq, reason)

    def _begin(self, row: Row) -> None:
        self._stream, self._failed = row.stream, False
        starts_later = self._before is not None and row.seq > 1
        self._expected = row.seq if starts_later else 1
        self.digest = self._before(row.stream, row.seq - 1) if self._before and starts_later else GENESIS

    def _reason(self, row: Row, prev: str) -> str | None:
        body = read(row.data)
        if body is None:
            return "is not an entry of format v1"
        if row.seq != self._expected:
            return f"expected entry {self._expected} here: an entry is missing or doubled"
        if body.get("stream") != row.stream or body.get("seq") != row.seq:
            return f"says it is entry {body.get('seq')} of {body.get('stream')}: it was moved here"
        if row.hash is not None and row.hash != self.digest:
            return "its bytes are not those that were hashed: it was changed"
        if body.get("prev") != prev:
            return "does not follow the entry before it: one of the two was changed"
        return check_openings(row)


def check(rows: Iterable[Row]) -> Iterator[Finding]:
    """The first wrong entry of each stream. Rows must come grouped by stream, in the order of `seq`."""
    chain = Chain()
    for row in rows:
        finding = chain.step(row)
        if finding is not None:
            yield finding


def read(data: bytes) -> dict[str, object] | None:
    try:
        body = json.loads(data.decode())
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) and body.get("v") == 1 and body.get("suite") in SUITES else None


def blob(stored: bytes | str) -> bytes:
    """SQLite gives text back where somebody has put text."""
    return stored.encode() if isinstance(stored, str) else bytes(stored)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_openings(row: Row) -> str | None:
    """A personal value kept beside the entry must be the one that the entry committed to."""
    if row.personal is None:
        return None
    try:
        openings = [(commitment, salt, text) for commitment, (salt, text) in json.loads(row.personal).items()]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return "the personal values beside it cannot be read"
    if any(digest(f"{salt}:{text}".encode()) != commitment for commitment, salt, text in openings):
        return "a personal value beside it is not the one it committed to"
    return None


def check_heads(rows: Iterable[Row], heads: Iterable[tuple[str, int, str]]) -> Iterator[Finding]:
    """A stream must end where its head says."""
    return _heads({row.stream: (row.seq, digest(row.data)) for row in rows}, heads)


def _heads(last: dict[str, tuple[int, str]], heads: Iterable[tuple[str, int, str]]) -> Iterator[Finding]:
    for stream, seq, hash in heads:
        if last.pop(stream, (0, GENESIS)) != (seq, hash):
            yield Finding(
                stream, seq, "its last entry is not the one its head names: the history was cut short or replaced"
            )
    for stream, (seq, _) in last.items():
        yield Finding(
            stream, seq, "has no head: its case, definition, register, calendar or security event was removed"
        )


# The tree over all streams (RFC 9162, section 2.1) -------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf_of(entry_hash: str) -> bytes:
    """The leaf of an entry: its data is the 32 bytes of the entry's SHA-256."""
    return leaf_hash(bytes.fromhex(entry_hash))


class Frontier:
    """A tree that grows leaf by leaf, and its root at every size: the roots of its full subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def push(self, leaf: bytes) -> None:
        size, peak = self.size, leaf
        while size & 1:
            peak = node_hash(self._peaks.pop(), peak)
            size >>= 1
        self._peaks.append(peak)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether `path` proves the leaf at `index` of a tree of `size` leaves (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: list[bytes]) -> bool:
    """Whether `path` proves that the tree of `second` leaves begins with that of `first` (section 2.1.4.2)."""
    if first == second:
        return not path and first_root == second_root
    if not 0 < first < second:
        return first == 0 and not path
    rest = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not rest:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = rest[0]
    for other in rest[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


# Checkpoints: signed notes (C2SP signed-note and tlog-checkpoint) ----------------------------------------------------


class Note(NamedTuple):
    """A checkpoint: the log `origin` had `size` leaves with this root. `at`: when, as the log says."""

    origin: str
    size: int
    root: bytes
    at: str
    text: str
    signatures: tuple[tuple[str, bytes], ...]

    def spelled(self) -> str:
        """The signed note, as it was found."""
        signed = (f"— {name} {base64.b64encode(value).decode()}\n" for name, value in self.signatures)
        return f"{self.text}\n{''.join(signed)}"


_NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\n]+)\n(?P<size>\d{1,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n(?P<more>(?:[^\n]+\n)*))"
    r"\n(?P<signatures>(?:— \S+ [A-Za-z0-9+/=]+\n)+)"
)


def notes_in(text: str) -> Iterator[Note]:
    """Every checkpoint of a file, in order. A witness file is checkpoints with an empty line after each."""
    for found in _NOTE.finditer(text):
        lines = (line.split(" ") for line in found["signatures"].splitlines())
        signatures = tuple((name, base64.b64decode(value)) for _, name, value in lines)
        at = next((line for line in found["more"].splitlines() if line.startswith("at ")), "at ").removeprefix("at ")
        root = base64.b64decode(found["root"])
        yield Note(found["origin"], int(found["size"]), root, at, found["text"], signatures)


class Key(NamedTuple):
    """A public key, from `name+hash+base64` as the note format writes it."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "Key":
        name, _, rest = text.strip().partition("+")
        id, _, value = rest.partition("+")
        decoded = base64.b64decode(value)
        key = cls(name, key_id(name, decoded[1:]), decoded[1:])
        if decoded[:1] != b"\x01" or len(key.public) != 32 or key.id.hex() != id:
            raise ValueError("Expected a public key such as name+0f0f0f0f+base64, but its parts do not fit")
        return key


def key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def is_signed(note: Note, key: Key) -> bool:
    """Whether the log's own key signed the checkpoint."""
    own = [value for name, value in note.signatures if note.origin == name == key.name and value[:4] == key.id]
    return any(signed_by(key.public, note.text.encode(), value[4:]) for value in own)


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519, by `cryptography` where it is installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return ed25519(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


# Ed25519 by RFC 8032, section 5.1: slow, and enough to verify. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_Point = tuple[int, int, int, int]


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of the 32 bytes `public` over `message`."""
    key, nonce = _point(public), _point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or nonce is None or factor >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    base = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    assert base is not None
    left, right = _times(factor, base), _plus(nonce, _times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def _point(data: bytes) -> _Point | None:
    """The point that 32 bytes stand for: y, and the sign of x in the highest bit."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


def _plus(one: _Point, two: _Point) -> _Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % _P, (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: _Point) -> _Point:
    result: _Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _plus(result, point)
        point, factor = _plus(point, point), factor >> 1
    return result


# Timestamps (RFC 3161): a signed message (CMS, RFC 5652) in DER -------------------------------------------------------

_DIGESTS = {"608648016503040201": "sha256", "608648016503040202": "sha384", "608648016503040203": "sha512"}
_TST_INFO, _MESSAGE_DIGEST = "2a864886f70d0109100104", "2a864886f70d010904"


class Part(NamedTuple):
    """One value in DER: its tag, what is in it, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> "list[Part]":
        found, at = [], 0
        while at < len(self.content):
            found.append(_part(self.content, at))
            at += len(found[-1].whole)
        return found


def _part(data: bytes, at: int = 0) -> Part:
    """The value that begins at `at`. Raises ValueError."""
    if at + 2 > len(data) or data[at] & 31 == 31:
        raise ValueError("Expected DER, but it ends too soon")
    length, begin = data[at + 1], at + 2
    if length > 127:
        begin, length = begin + length - 128, int.from_bytes(data[begin : begin + length - 128], "big")
    if length < 0 or begin + length > len(data):
        raise ValueError("Expected DER, but it ends too soon")
    return Part(data[at], data[begin : begin + length], data[at : begin + length])


class Stamp:
    """What a timestamp response says. Raises ValueError for what is none."""

    def __init__(self, answer: bytes) -> None:
        status, token = _part(answer).parts()[:2]
        if int.from_bytes(status.parts()[0].content, "big") not in (0, 1):
            raise ValueError("Expected a timestamp, but the authority refused")
        signed = token.parts()[1].parts()[0].parts()
        kind, wrapped = signed[2].parts()[:2]
        if kind.content.hex() != _TST_INFO:
            raise ValueError("Expected a timestamp, but it is another kind of signed message")
        self.info = wrapped.parts()[0].content
        imprint, _, moment = _part(self.info).parts()[2:5]
        algorithm, hashed = imprint.parts()
        self.imprint = (_DIGESTS[algorithm.parts()[0].content.hex()], hashed.content)
        text = moment.content.decode("ascii")
        self.at = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}"
        self.certificates = [one.whole for part in signed if part.tag == 0xA0 for one in part.parts()]
        self._signer = signed[-1].parts()[0].parts()

    def is_over(self, message: bytes) -> bool:
        name, hashed = self.imprint
        return hashlib.new(name, message).digest() == hashed

    def signer(self, roots: bytes | None) -> str:
        """Who signed it, after the signature was checked, and that it leads to `roots` (PEM). Needs `cryptography`.

        Raises ValueError. Revocation is not asked about.
        """
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature

        _, _, hashing, attributes, _, signature = self._signer[:6]
        name = _DIGESTS[hashing.parts()[0].content.hex()]
        said = {one.parts()[0].content.hex(): one.parts()[1].parts()[0] for one in attributes.parts()}
        if attributes.tag != 0xA0 or said[_MESSAGE_DIGEST].content != hashlib.new(name, self.info).digest():
            raise ValueError("what was signed is another timestamp")
        known = [x509.load_der_x509_certificate(one) for one in self.certificates]
        message = b"\x31" + attributes.whole[1:]  # as the SET that it was when it was signed (RFC 5652, section 5.4)
        for one in known:
            try:
                _check_signature(one.public_key(), signature.content, message, name)
            except (InvalidSignature, TypeError):
                continue
            if roots is not None and not _leads(one, known, x509.load_pem_x509_certificates(roots), self.at[:19]):
                raise ValueError("its certificate does not lead to the roots that you gave")
            return str(one.subject.rfc4514_string())
        raise ValueError("its signature is not that of a certificate in it")


def _check_signature(key: object, signature: bytes, message: bytes, name: str) -> None:
    """RSA (PKCS #1 v1.5) or ECDSA. Raises InvalidSignature, TypeError for another kind of key."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    algorithm = getattr(hashes, name.upper())()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, message, ec.ECDSA(algorithm))
    else:
        raise TypeError("Expected an RSA or ECDSA key")


def _leads(signer: Any, known: list[Any], roots: list[Any], at: str) -> bool:
    """Whether the signer may stamp, and was certified at that time by one of `roots`, perhaps through others known."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509.oid import ExtendedKeyUsageOID

    def may(one: Any, extension: Any, what: Callable[[Any], bool]) -> bool:
        try:
            return bool(what(one.extensions.get_extension_for_class(extension).value))
        except x509.ExtensionNotFound:
            return False

    def certified(one: Any, by: Any) -> bool:
        try:
            one.verify_directly_issued_by(by)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return may(by, x509.BasicConstraints, lambda value: value.ca)

    if not may(signer, x509.ExtendedKeyUsage, lambda uses: ExtendedKeyUsageOID.TIME_STAMPING in uses):
        return False
    reached = [signer]
    for one in reached:  # grows while we walk: each certificate once, at most eight of them
        if not one.not_valid_before_utc.isoformat() <= at < one.not_valid_after_utc.isoformat():
            continue
        if one in roots or any(certified(one, root) for root in roots):
            return True
        reached += [other for other in known if other not in reached and len(reached) < 8 and certified(one, other)]
    return False


# The whole ------------------------------------------------------------------------------------------------------------


class Stored(NamedTuple):
    """An entry with its place in the log. `waits`: it is not there yet, and is marked so."""

    row: Row
    position: int | None
    waits: bool


class Source(Protocol):
    """Where the entries and the log lie. All of it is suspect."""

    def entries(self, start: int) -> Iterator[Stored]:
        """Those that are no leaf before `start`, grouped by stream, in the order of `seq`."""

    def hash_of(self, stream: str, seq: int) -> str:
        """The hash stored with an entry; empty for none."""

    def heads(self) -> Iterator[tuple[str, int, str]]:
        """What cases and definitions say their last entry is."""

    def size(self) -> int:
        """How many leaves the log has, counted in its tiles: so it cannot claim more than is there."""

    def orphans(self) -> Iterator[tuple[int, str, int]]:
        """(position, stream, seq) of leaves whose entry is gone."""

    def tile(self, number: int) -> bytes:
        """The stored hashes of leaves 256 × `number` and following; empty for none."""

    def notes(self) -> Iterator[tuple[int, str | None]]:
        """(size, signed note) of the stored checkpoints, the smallest first."""

    def name(self, position: int) -> tuple[str, int]:
        """(stream, seq) that the leaf at `position` stands for."""


class Mark(NamedTuple):
    """A size and root that the tree must have had, and who says so."""

    size: int
    root: bytes
    whose: str
    who: str = "the witness"


class Report:
    """What was looked at and what is wrong with it."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.entries = self.streams = self.waiting = self.leaves = 0
        self.signed: Note | None = None
        self.witnessed: Note | None = None
        self.seen: dict[str, Note] = {}

    def add(self, stream: str, seq: int, reason: str) -> None:
        self.findings.append(Finding(stream, seq, reason))

    def lines(self) -> Iterator[str]:
        """For a person: every finding, then what was looked at, then the verdict."""
        shown = self.findings[:MOST]
        yield from (f"{finding.stream} entry {finding.seq}: {finding.reason}" for finding in shown)
        if len(self.findings) > MOST:
            yield f"… and {len(self.findings) - MOST} more"
        yield f"{self.entries} entries in {self.streams} streams, {self.leaves} in the log, {self.waiting} wait for it"
        yield _told("newest signed checkpoint", self.signed)
        yield _told("newest witnessed checkpoint", self.witnessed)
        yield from (_told(f"seen by {who}", note) for who, note in self.seen.items())
        yield "WHOLE" if not self.findings else f"WRONG: {len(self.findings)} findings"


def _told(what: str, note: Note | None) -> str:
    return f"{what}: {note.size} leaves at {note.at}" if note else f"{what}: none"


class Auditor:
    """One look at everything: streams, heads, leaves, tree, checkpoints, and what a witness kept outside."""

    def __init__(
        self, source: Source, key: Key | None = None, witness: str | None = None, since: Note | None = None,
        others: Iterable[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        """With `since`, a checkpoint from an earlier look, entries sealed before it are not read again: that the tree
        still begins with what it says is enough. `others`: further witnesses, (who, the checkpoints that it saw)."""
        self.source, self.key, self.since = source, key, since
        self.start = since.size if since else 0
        self.witness = None if witness is None else list(notes_in(witness))
        self.others = list(others)
        self.report = Report()

    def run(self) -> Report:
        size = self.source.size()
        self.report.leaves = size
        self._leaves, self._known = bytearray(32 * size), bytearray(size)
        self._known[: self.start] = b"\x03" * min(self.start, size)
        self._check_streams()
        for position, stream, seq in self.source.orphans():
            if position < size:
                self._known[position] = 2
            self.report.add(stream, seq, f"is gone: it was sealed as leaf {position} of the log and deleted since")
        self._check_tree(size, self._marks(size))
        return self.report

    def _check_streams(self) -> None:
        last, report = dict[str, tuple[int, str]](), self.report
        chain = Chain(self.source.hash_of if self.since else None)
        for row, position, waits in self.source.entries(self.start):
            finding = chain.step(row)
            if finding is not None:
                report.findings.append(finding)
            report.entries += 1
            last[row.stream] = (row.seq, chain.digest)
            self._place(row, position, waits, chain.digest)
        report.streams = len(last)
        heads = self.source.heads()
        report.findings += _heads(last, (head for head in heads if head[0] in last) if self.since else heads)

    def _place(self, row: Row, position: int | None, waits: bool, hash: str) -> None:
        if position is not None and 0 <= position < len(self._known) and not self._known[position]:
            self._leaves[32 * position : 32 * position + 32] = leaf_of(hash)
            self._known[position] = 1
        elif position is not None:
            self.report.add(row.stream, row.seq, f"claims leaf {position} of the log, which is not its own")
        elif waits:
            self.report.waiting += 1
        else:
            self.report.add(row.stream, row.seq, "is not in the log and does not wait for it: it was slipped in")

    def _marks(self, size: int) -> list[Mark]:
        """What the tree must have been, from the checkpoints that can be believed."""
        marks = self._since(size)
        for stored_size, text in self.source.notes():
            note = next(notes_in(text), None) if text else None
            if note is None:
                if text:
                    self.report.add(LOG, stored_size, "this stored checkpoint cannot be read: it was changed")
            elif note.size != stored_size or (self.key is not None and not is_signed(note, self.key)):
                self.report.add(
                    LOG, stored_size, "this stored checkpoint is not signed by the log's key: it was changed"
                )
            else:
                marks.append(Mark(note.size, note.root, "checkpoint"))
                self.report.signed = note
        return marks + self._witnessed(size)

    def _since(self, size: int) -> list[Mark]:
        since = self.since
        if since is None:
            return []
        if self.key is not None and not is_signed(since, self.key):
            self.report.add(LOG, since.size, "the checkpoint that you gave is not signed by the log's key")
        if since.size > size:
            self.report.add(LOG, size, f"the log had {since.size} leaves at {since.at}: it was cut short since")
        return [Mark(since.size, since.root, "given")] if 0 < since.size <= size else []

    def _witnessed(self, size: int) -> list[Mark]:
        marks, newest = self._seen("the witness", self.witness or [], size)
        self.report.witnessed = newest
        for who, text in self.others:
            found, newest = self._seen(who, list(notes_in(text)), size)
            marks += found
            if newest is not None:
                self.report.seen[who] = newest
        return marks

    def _seen(self, who: str, notes: list[Note], size: int) -> tuple[list[Mark], Note | None]:
        """What one witness saw, as far as it binds the tree, and the newest of it."""
        good = []
        for note in notes:
            if self.key is not None and not is_signed(note, self.key):
                self.report.add(LOG, note.size, f"{who} keeps a checkpoint that the log's key did not sign")
            else:
                good.append(note)
        newest = max(good, key=lambda note: note.size, default=None)
        if newest is not None and newest.size > size:
            reason = f"{who} saw {newest.size} leaves at {newest.at}: the log was cut short, or an old copy restored"
            self.report.add(LOG, size, reason)
        return [Mark(note.size, note.root, "witness", who) for note in good if note.size <= size], newest

    def _check_tree(self, size: int, marks: list[Mark]) -> None:
        """Build the tree from the entries; compare it leaf by leaf with the stored one, then with every mark."""
        wanted: dict[int, list[Mark]] = {}
        for mark in marks:
            wanted.setdefault(mark.size, []).append(mark)
        frontier, agreed = Frontier(), 0
        for number in range((size + 255) // 256):
            tile = self.source.tile(number)
            for position in range(256 * number, min(256 * number + 256, size)):
                frontier.push(self._leaf(position, tile))
                for mark in wanted.pop(position + 1, ()):
                    if frontier.root() != mark.root:
                        return self._differs(mark, agreed)
                    agreed = mark.size
        return None

    def _leaf(self, position: int, tile: bytes) -> bytes:
        kept = bytes(tile[32 * (position % 256) : 32 * (position % 256) + 32])
        found = bytes(self._leaves[32 * position : 32 * position + 32])
        state = self._known[position]
        if state == 0:
            self.report.add(LOG, position, "this leaf belongs to no entry: the log's own records were deleted")
        elif state == 1 and found != kept:
            stream, seq = self.source.name(position)
            self.report.add(stream, seq, f"is not what was sealed as leaf {position} of the log: it was replaced")
        return kept or found

    def _differs(self, mark: Mark, agreed: int) -> None:
        names = [self.source.name(position) for position in range(agreed, min(mark.size, agreed + 5))]
        among = ", ".join(f"{stream} entry {seq}" for stream, seq in names) + (" …" if mark.size > agreed + 5 else "")
        reasons = {
            "checkpoint": "the tree of these leaves is not the one that was signed: entries and log were rewritten",
            "witness": f"the tree of these leaves is not the one that {mark.who} saw: the log was rewritten or forked",
            "given": "the tree of these leaves is not that of the checkpoint given: the log was rewritten or forked",
        }
        self.report.add(LOG, mark.size, f"{reasons[mark.whose]}; leaves {agreed} to {mark.size - 1}: {among}")


HEADS = (
    ("case", "cases", "id"), ("definition", "definitions", "process"), ("register", "number_series", "id"),
    ("calendar", "calendar_series", "id"), ("security", "security_events", "id"),
)  # fmt: skip
"""Kind of stream, the table of the heads of such streams, its key. Older databases lack the last two."""


class Database:
    """The `Source` that an SQLite file is."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        made = self._connection.execute("select count(*) from sqlite_master where type = 'table' and name = 'leaves'")
        self.has_log = made.fetchone()[0] == 1
        has_hash = "select count(*) from pragma_table_info(?) where name = 'hash'"
        self._heads = [each for each in HEADS if self._connection.execute(has_hash, (each[1],)).fetchone()[0]]

    def entries(self, start: int) -> Iterator[Stored]:
        place, joins = "null, 1", ""
        if self.has_log:
            place = "l.position, u.seq is not null"
            joins = " left join leaves l using (stream, seq) left join unsealed u using (stream, seq)"
            joins += f" where l.position is null or l.position >= {start:d}" if start else ""
        query = f"select stream, seq, e.hash, e.bytes, e.personal, {place} from entries e{joins} order by 1, 2"
        for stream, seq, hash, data, personal, position, waits in self._connection.execute(query):
            yield Stored(Row(stream, seq, hash, blob(data), personal), position, bool(waits))

    def hash_of(self, stream: str, seq: int) -> str:
        query = "select hash from entries where stream = ? and seq = ?"
        row = self._connection.execute(query, (stream, seq)).fetchone()
        return str(row[0]) if row else ""

    def heads(self) -> Iterator[tuple[str, int, str]]:
        for prefix, table, name in self._heads:
            for id, seq, hash in self._connection.execute(f"select {name}, seq, hash from {table}"):
                yield f"{prefix}/{id}", seq, hash

    def size(self) -> int:
        query = "select coalesce(sum(length(hashes)), 0) / 32 from tiles where level = 0"
        return int(self._connection.execute(query).fetchone()[0]) if self.has_log else 0

    def orphans(self) -> Iterator[tuple[int, str, int]]:
        query = (
            "select l.position, l.stream, l.seq from leaves l left join entries e using (stream, seq)"
            " where e.seq is null order by 1"
        )
        yield from self._connection.execute(query) if self.has_log else ()

    def tile(self, number: int) -> bytes:
        row = self._connection.execute("select hashes from tiles where level = 0 and number = ?", (number,)).fetchone()
        return bytes(row[0]) if row else b""

    def notes(self) -> Iterator[tuple[int, str | None]]:
        yield from self._connection.execute("select size, note from checkpoints order by size") if self.has_log else ()

    def name(self, position: int) -> tuple[str, int]:
        row = self._connection.execute("select stream, seq from leaves where position = ?", (position,)).fetchone()
        return (row[0], row[1]) if row else (LOG, position)


# An evidence pack ----------------------------------------------------------------------------------------------------


class Pack:
    """The files of a pack, in a ZIP or a folder."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path) if path.is_file() else None
        self._folder = path

    def names(self) -> list[str]:
        if self._zip is not None:
            return [name for name in self._zip.namelist() if not name.endswith("/")]
        return [file.relative_to(self._folder).as_posix() for file in self._folder.rglob("*") if file.is_file()]

    def read(self, name: str) -> bytes:
        return self._zip.read(name) if self._zip is not None else (self._folder / name).read_bytes()

    def lines(self, name: str) -> list[bytes]:
        return self.read(name).splitlines() if name in self.names() else []


class PackAuditor:
    """Checks that a pack proves what it says: chain, proofs up to the signed checkpoint, diagrams, attachments."""

    def __init__(self, pack: Pack, key: Key | None = None, roots: bytes | None = None) -> None:
        self.pack, self.roots = pack, roots
        self.stamped: list[str] = []
        self.unproven: list[str] = []
        self.about = json.loads(pack.read("pack.json"))
        self.stream = f"case/{self.about['case']}"
        self.key = key
        self.report = Report()

    def run(self) -> Report:
        report = self.report
        openings = {found["seq"]: found["openings"] for found in map(json.loads, self.pack.lines("personal.jsonl"))}
        rows = [
            Row(self.stream, seq, None, data, json.dumps(openings[seq]).encode() if seq in openings else None)
            for seq, data in enumerate(self.pack.lines("entries.jsonl"), 1)
        ]
        report.entries, report.streams = len(rows), 1
        report.findings += check(rows)
        head = digest(rows[-1].data) if rows else GENESIS
        if (self.about["entries"], self.about["head"]) != (len(rows), head):
            report.add(self.stream, len(rows), "the pack says another last entry: entries were cut off or added")
        self._check_proofs(rows)
        self._check_releases(rows)
        self._check_attachments(rows)
        return report

    def _check_proofs(self, rows: list[Row]) -> None:
        own = Key.parse(self.pack.read("log-key.txt").decode())
        note = next(notes_in(self.pack.read("checkpoint.txt").decode()), None)
        if self.key is not None and self.key != own:
            self.report.add(LOG, 0, "the pack's key is not the one you expected")
        if note is None or not is_signed(note, self.key or own):
            self.report.add(LOG, 0, "the checkpoint is not signed by the log's key")
            return
        self.report.signed = note
        proofs = {found["seq"]: found for found in map(json.loads, self.pack.lines("proofs.jsonl"))}
        for row in rows:
            self._check_proof(row, proofs.get(row.seq), note)
        self._check_witness(note, own)
        places = [int(str(proof["position"])) for proof in proofs.values()]
        for told in json.loads(self.pack.read("timestamps.json")) if "timestamps.json" in self.pack.names() else ():
            self._check_stamp(told, note, own, places)

    def _check_proof(self, row: Row, proof: dict[str, object] | None, note: Note) -> None:
        if proof is None:
            self.report.add(row.stream, row.seq, "has no proof that it is in the log")
            return
        self.report.leaves += 1
        leaf, path = leaf_of(digest(row.data)), [bytes.fromhex(part) for part in _texts(proof["path"])]
        if not included(leaf, int(str(proof["position"])), note.size, path, note.root):
            self.report.add(row.stream, row.seq, "is not in the log that the checkpoint signs: it was changed")

    def _check_witness(self, note: Note, own: Key) -> None:
        if "witness.txt" not in self.pack.names():
            return
        seen = next(notes_in(self.pack.read("witness.txt").decode()), None)
        path = [bytes.fromhex(part) for part in json.loads(self.pack.read("consistency.json"))]
        if seen is None or not is_signed(seen, self.key or own):
            self.report.add(LOG, 0, "the witnessed checkpoint is not signed by the log's key")
        elif not consistent(seen.size, note.size, seen.root, note.root, path):
            self.report.add(
                LOG, seen.size, "the log did not grow from what the witness saw: it was rewritten or forked"
            )
        else:
            self.report.witnessed = seen

    def _check_stamp(self, told: dict[str, object], note: Note, own: Key, places: list[int]) -> None:
        """An authority's timestamp over a checkpoint: the entries of the pack that were in the log by then."""
        who, text = told["witness"], self.pack.read(str(told["note"]))
        seen = expect_note(text.decode())
        try:
            stamp = Stamp(self.pack.read(str(told["answer"])))
            if not stamp.is_over(text):
                raise ValueError("it is over something else")
            by = f"signed by {stamp.signer(self.roots)}" + ("" if self.roots else "; --roots says whom you trust")
        except ImportError:
            by = "its signature was not checked: that needs the package `cryptography`"
        except (ValueError, LookupError) as error:
            self.report.add(LOG, seen.size, f"the timestamp of '{who}' does not verify: {error}")
            return
        grown = [bytes.fromhex(part) for part in _texts(told["grown"])]
        if not is_signed(seen, self.key or own) or not consistent(seen.size, note.size, seen.root, note.root, grown):
            self.report.add(
                LOG, seen.size, f"the log did not grow from what '{who}' stamped: it was rewritten or forked"
            )
            return
        there = sum(place < seen.size for place in places)
        self.stamped.append(f"timestamp of '{who}' at {stamp.at}: {there} of {len(places)} entries were there; {by}")

    def _check_releases(self, rows: list[Row]) -> None:
        """The files that an entry was decided by must have the hash that it names."""
        files: dict[str, dict[str, str]] = {}
        for name in self.pack.names():
            top, _, rest = name.partition("/")
            if top == "releases":
                release, _, path = rest.partition("/")
                files.setdefault(release, {})[path] = digest(self.pack.read(name))
        for release, found in files.items():
            listed = "".join(f"{hash}  {path}\n" for path, hash in sorted(found.items()))
            if digest(listed.encode()) != release:
                self.report.add(LOG, 0, f"the files of release {release[:12]} are not those that were deployed")
        named = {(read(row.data) or {}).get("release"): row.seq for row in reversed(rows)}
        for missing, seq in named.items():
            if missing not in files:
                self.report.add(
                    self.stream, seq, f"was decided by release {str(missing)[:12]}, which is not in the pack"
                )

    def _check_attachments(self, rows: list[Row]) -> None:
        """A file must have the hash that its name says; that the history names it makes it part of the proof."""
        said = b"".join(row.data + (row.personal or b"") for row in rows)
        for name in self.pack.names():
            if name.startswith("attachments/"):
                hash = name.partition("/")[2].partition(".")[0]
                if digest(self.pack.read(name)) != hash:
                    self.report.add(LOG, 0, f"{name} is not the file that was attached: it was changed")
                elif hash.encode() not in said:
                    self.unproven.append(name)


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


# The command ---------------------------------------------------------------------------------------------------------


def from_export(path: str) -> Iterator[Row]:
    with open(path, "rb") as lines:  # noqa: PTH123 - plain Python for a file that travels alone
        for line in lines:
            data = line.rstrip(b"\n")
            body = read(data) or {}
            yield Row(str(body.get("stream")), int(str(body.get("seq", 0))), None, data)


UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, sqlite3.Error, zipfile.BadZipFile
)  # fmt: skip
"""What reading raises over a file that is damaged, or made to look like one of ours."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parent
    parser.add_argument("path", nargs="?", type=Path, help="default: the evidence pack that this file lies in")
    parser.add_argument("--key", type=Path, help="the log's public key, from somebody you trust")
    parser.add_argument("--witness", type=Path, help="the witness file, from outside the database")
    parser.add_argument("--roots", type=Path, help="certificates (PEM) of the timestamp authorities that you trust")
    parser.add_argument("--since", type=Path, help="a checkpoint of an earlier look: read only what was sealed since")
    try:
        given = parser.parse_args(arguments)
        path = given.path or (here if (here / "pack.json").exists() else parser.error("nothing to verify"))
        key = Key.parse(given.key.read_text()) if given.key else None
        witness = given.witness.read_text() if given.witness else None
        since = expect_note(given.since.read_text()) if given.since else None
        roots = given.roots.read_bytes() if given.roots else None
        report, remarks = _look(path, key, witness, since, roots)
    except SystemExit:
        return 2
    except UNREADABLE as error:
        sys.stderr.write(f"cannot read: {type(error).__name__}: {error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in (*report.lines(), *remarks)))
    return 1 if report.findings else 0


def expect_note(text: str) -> Note:
    """The last checkpoint of a text. Raises ValueError when there is none."""
    found = list(notes_in(text))
    if not found:
        raise ValueError("Expected a signed checkpoint: origin, size, root, an empty line, a signature")
    return found[-1]


def _look(
    path: Path, key: Key | None, witness: str | None, since: Note | None, roots: bytes | None = None
) -> tuple[Report, list[str]]:
    begins = b"" if path.is_dir() else _first_bytes(path)
    if begins.startswith(b"SQLite format 3"):
        return Auditor(Database(str(path)), key, witness, since).run(), _unsigned(key)
    if path.is_dir() or begins.startswith(b"PK"):
        auditor = PackAuditor(Pack(path), key, roots)
        report = auditor.run()
        unproven = [f"{name}: not named by the history" for name in auditor.unproven]
        return report, [*auditor.stamped, *unproven, *_unsigned(key)]
    report = Report()
    report.findings += check(from_export(str(path)))
    report.entries = sum(1 for _ in from_export(str(path)))
    report.streams = len({row.stream for row in from_export(str(path))})
    return report, []


def _unsigned(key: Key | None) -> list[str]:
    return [] if key else ["The log's key was not given (--key): compare it with one from somebody you trust."]


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
