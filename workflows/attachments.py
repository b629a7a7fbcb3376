"""Files that belong to a case: taken in as a stream, hashed, told by their content, kept bit for bit, shown re-encoded.

The bytes lie in `<home>/attachments/<first two digits>/<sha256>`, so that a name given by a stranger never becomes a
path. What may be shown in a browser is only ever the preview, which is a new JPEG drawn from the pixels.
"""

import hashlib
import os
import re
import struct
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from PIL import Image, ImageOps
from sqlalchemy import Connection

from engine import clock, deadlines
from engine.errors import Conflict, InvalidInput, NotFound, Rejected
from engine.store import Store, insert_new, to_millis
from workflows import exif, tables

ROLES = ("before", "after", "evidence", "document")
SOURCES = ("CAMERA", "GALLERY", "EXTERNAL")
MAX_SIZE = 20 * 1024 * 1024
CASE_QUOTA = 500 * 1024 * 1024
CASE_FILES = 500
PREVIEW_EDGE = 1280  # pixels
MAX_PIXELS = 50_000_000  # four bytes each while a preview is drawn
_CHUNK = 256 * 1024

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_DRAWING = threading.BoundedSemaphore(2)
"""Pictures decoded at once: what bounds the memory, however many uploads arrive."""
_DAMAGED = (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
"""What Pillow's readers raise over a damaged file, by its documentation and its readers' code."""

Scanner = Callable[[Path], str | None]
"""A malware scanner: looks at the file and returns what it found, or None. It runs before the file is kept."""


class Looks:
    """Who looked at which picture lately. A page shows the same pictures again and again: once an hour says enough."""

    LENGTH = 3_600_000  # ms
    MOST = 10_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[tuple[str, str], int] = {}

    def is_new(self, person: str, attachment: str) -> bool:
        """Whether this look is to be recorded. What was forgotten, or happened elsewhere, is recorded once more."""
        now, key = to_millis(clock.now()), (person, attachment)
        with self._lock:
            if abs(now - self._last.get(key, -self.LENGTH)) < self.LENGTH:
                return False
            if len(self._last) >= self.MOST:
                self._last.clear()
            self._last[key] = now
            return True


class AttachmentNotFound(NotFound):
    """Expected an attachment with this id, but there is none."""


class TooLarge(Rejected):
    """The file is larger than allowed."""


class UnsupportedType(Rejected):
    """Expected a JPEG, PNG, WebP or HEIC image, a PDF or an MP4 clip; the content is something else."""


class Infected(Rejected):
    """The malware scanner refused the file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type that is taken in. `drawable`: Pillow can make a preview of it."""

    type: str
    extensions: tuple[str, ...]
    drawable: str | None = None


_JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), "JPEG")
_PNG = Kind("image/png", (".png",), "PNG")
_WEBP = Kind("image/webp", (".webp",), "WEBP")
_HEIC = Kind("image/heic", (".heic", ".heif"))
_PDF = Kind("application/pdf", (".pdf",))
_MP4 = Kind("video/mp4", (".mp4", ".m4v"))
TYPES = tuple(kind.type for kind in (_JPEG, _PNG, _WEBP, _HEIC, _PDF, _MP4))
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1"), _HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"), _MP4),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """What is said about a file as it comes in. `task` is the number within the case. Instants in milliseconds."""

    case: str
    task: int | None
    name: str
    role: str
    source: str
    client_id: str
    captured_at: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    gps_missing_reason: str | None = None
    pair_of: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    case: str
    task: int | None
    name: str
    type: str
    size: int
    sha256: str
    role: str
    source: str
    captured_at: int | None
    latitude: float | None
    longitude: float | None
    gps_missing_reason: str | None
    pair_of: str | None
    uploaded_by: str
    uploaded_at: int
    has_preview: bool


@dataclass(frozen=True, slots=True)
class _Received:
    sha256: str
    size: int
    kind: Kind
    taken_at: int | None

    @property
    def has_preview(self) -> bool:
        return self.kind.drawable is not None


class Attachments:
    """The files of one installation, below `folder`."""

    def __init__(self, store: Store, folder: Path, *, max_size: int = MAX_SIZE, scanner: Scanner | None = None) -> None:
        self._store = store
        self._folder = folder
        self._max_size = max_size
        self._scanner = scanner

    def add(self, content: IO[bytes], upload: Upload, *, by: str) -> Attachment:
        """Take in a file. The same person's same `client_id` again gives the attachment that it gave before.

        Whether `by` may add to this case is the caller's question. Raises TooLarge, UnsupportedType, Infected,
        InvalidInput, or Conflict when the quota is used up or the client id belonged to another file.
        """
        _expect_known(upload)
        received = self._receive(content)
        request = hashlib.sha256(repr((received.sha256, upload)).encode()).hexdigest()
        with self._store.transaction() as connection:
            earlier = _earlier(connection, upload.client_id, by)
            if earlier:
                return _same_request(earlier, request)
            _expect_room(connection, upload.case, received.size)
            _expect_pair(connection, upload)
            row = _row(upload, received, by, request)
            if connection.execute(insert_new(connection, tables.attachments).values(**row)).rowcount:
                return _attachment(row)
            return _same_request(_earlier(connection, upload.client_id, by) or row, request)

    # Bytes ---------------------------------------------------------------------------------------------------------

    def _receive(self, content: IO[bytes]) -> _Received:
        """Stream to a temporary file, look at what it is, then give it its name in one step."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix="incoming-", dir=self._folder)
        temporary = Path(path)
        try:
            with os.fdopen(handle, "wb") as target:
                sha256, size = self._copy(content, target)
            kind = _kind(temporary)
            self._scan(temporary)
            if kind.drawable and not self._path(sha256, ".preview.jpg").exists():
                self._draw_preview(temporary, kind.drawable, sha256)
            if not self._path(sha256).exists():  # files go by their content: the same one twice is stored once
                _settle(temporary, self._path(sha256))
            return _Received(sha256, size, kind, _taken_at(self._path(sha256), kind))
        finally:
            temporary.unlink(missing_ok=True)

    def _copy(self, content: IO[bytes], target: IO[bytes]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > self._max_size:
                raise TooLarge(f"Expected a file of at most {self._max_size} bytes, but it is larger")
            digest.update(chunk)
            target.write(chunk)
        if size == 0:
            raise InvalidInput("Expected a file, but it is empty", {"file": ["required: the file is empty"]})
        target.flush()
        os.fsync(target.fileno())
        return digest.hexdigest(), size

    def _scan(self, path: Path) -> None:
        found = self._scanner(path) if self._scanner else None
        if found:
            raise Infected(f"The malware scanner refused the file: {found}")

    def _draw_preview(self, source: Path, image_format: str, sha256: str) -> None:
        """A new JPEG from the pixels alone: no EXIF, no appended bytes, at most 1280 pixels long."""
        picture = _decoded(source, image_format)
        handle, path = tempfile.mkstemp(prefix="preview-", dir=self._folder)
        temporary = Path(path)
        try:
            with os.fdopen(handle, "wb") as target:
                picture.save(target, "JPEG", quality=82, optimize=True)
                target.flush()
                os.fsync(target.fileno())
            _settle(temporary, self._path(sha256, ".preview.jpg"))
        finally:
            temporary.unlink(missing_ok=True)

    def _path(self, sha256: str, suffix: str = "") -> Path:
        return self._folder / sha256[:2] / f"{sha256}{suffix}"

    def path_of(self, sha256: str) -> Path:
        """Where the original with this hash lies."""
        return self._path(sha256)

    def file(self, attachment: Attachment) -> Path:
        """Where the original lies, bit for bit as it came."""
        return self._path(attachment.sha256)

    def preview(self, attachment: Attachment) -> Path:
        """Where the preview lies; raises AttachmentNotFound when this kind of file has none."""
        if not attachment.has_preview:
            raise AttachmentNotFound("This attachment has no preview")
        return self._path(attachment.sha256, ".preview.jpg")

    def preview_of(self, sha256: str) -> bytes | None:
        """The preview of the picture with this hash; None where there is none, or no more."""
        path = self._path(sha256, ".preview.jpg")
        return path.read_bytes() if path.exists() else None

    def writable(self) -> bool:
        """Whether a file could be taken in now (for the readiness check)."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return os.access(self._folder, os.W_OK)


# Rows --------------------------------------------------------------------------------------------------------------


def get(connection: Connection, id: str) -> Attachment:
    """The attachment's row; whether the asker may see its case is the caller's question."""
    row = connection.execute(sa.select(tables.attachments).where(tables.attachments.c.id == id)).first()
    if row is None:
        raise AttachmentNotFound
    return _attachment(row._asdict())


def of_case(connection: Connection, case: str, task: int | None = None) -> list[Attachment]:
    """The attachments of a case, or of one task of it, the oldest first."""
    query = sa.select(tables.attachments).where(tables.attachments.c.case_id == case)
    if task is not None:
        query = query.where(tables.attachments.c.task == task)
    query = query.order_by(tables.attachments.c.uploaded_at, tables.attachments.c.id)
    return [_attachment(row._asdict()) for row in connection.execute(query)]


def hashes(connection: Connection, case: str, ids: Iterable[str]) -> dict[str, str]:
    """id → SHA-256 of those among `ids` that are attachments of this case."""
    columns = tables.attachments.c
    query = sa.select(columns.id, columns.sha256).where(columns.case_id == case, columns.id.in_(set(ids)))
    return {row.id: row.sha256 for row in connection.execute(query)}


def _earlier(connection: Connection, client_id: str, by: str) -> Mapping[str, Any] | None:
    mine = (tables.attachments.c.uploaded_by == by) & (tables.attachments.c.client_id == client_id)
    row = connection.execute(sa.select(tables.attachments).where(mine)).first()
    return row._asdict() if row else None


def _same_request(earlier: Mapping[str, Any], request: str) -> Attachment:
    if earlier["request_hash"] != request:
        raise Conflict("This clientId was used before for another file; use a new one")
    return _attachment(earlier)


def _expect_room(connection: Connection, case: str, size: int) -> None:
    columns = tables.attachments.c
    used = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(columns.size), 0)).where(columns.case_id == case)
    files, total = connection.execute(used).one()
    if files >= CASE_FILES or total + size > CASE_QUOTA:
        limit = f"{CASE_FILES} files and {CASE_QUOTA // 1024 // 1024} MB"
        raise TooLarge(f"A case holds at most {limit}; this one has {files} files and {total} bytes")


def _expect_pair(connection: Connection, upload: Upload) -> None:
    if upload.pair_of and upload.pair_of not in hashes(connection, upload.case, [upload.pair_of]):
        raise InvalidInput("Expected pairOf to name a photo of this case", {"pairOf": ["option: not of this case"]})


def _expect_known(upload: Upload) -> None:
    faults: dict[str, list[str]] = {}
    if upload.role not in ROLES:
        faults["role"] = [f"option: one of {', '.join(ROLES)}"]
    if upload.source not in SOURCES:
        faults["source"] = [f"option: one of {', '.join(SOURCES)}"]
    if faults:
        raise InvalidInput("Expected a known role and source of the file", faults)


def _row(upload: Upload, received: _Received, by: str, request: str) -> dict[str, Any]:
    now = to_millis(clock.now())
    said = asdict(upload)
    said["case_id"] = said.pop("case")
    said["name"] = clean_name(upload.name, received.kind)
    # A file from a gallery was written when it was copied; the camera told the picture itself when it was taken.
    if upload.source != "CAMERA" and received.taken_at is not None and received.taken_at <= now:
        said["captured_at"] = received.taken_at
    # Told to devices (docs/api.md), which name a picture before it has arrived.
    id = "a-" + hashlib.sha256(f"{by} {upload.client_id}".encode()).hexdigest()[:24]
    return said | {
        "id": id, "type": received.kind.type, "size": received.size, "sha256": received.sha256, "uploaded_by": by,
        "uploaded_at": now, "has_preview": int(received.has_preview), "request_hash": request,
    }  # fmt: skip


def _attachment(row: Mapping[str, Any]) -> Attachment:
    values = {key: row[key] for key in Attachment.__dataclass_fields__ if key not in ("case", "has_preview")}
    return Attachment(case=row["case_id"], has_preview=bool(row["has_preview"]), **values)


# Content -----------------------------------------------------------------------------------------------------------


def _kind(path: Path) -> Kind:
    """The type by the first bytes; the name and the type that the sender claims do not count."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _WEBP
    if head.startswith(b"%PDF-"):
        return _PDF
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    raise UnsupportedType


def _taken_at(path: Path, kind: Kind) -> int | None:
    if kind.drawable is None:
        return None
    try:
        taken = exif.taken_at(path, kind.drawable, ZoneInfo(deadlines.ZONE))
    except _DAMAGED:  # the picture itself was decoded; what it says of itself is no reason to refuse it
        return None
    return None if taken is None else to_millis(taken)


def _decoded(path: Path, image_format: str) -> Image.Image:
    """The picture, upright and at most 1280 pixels long; refuses what is broken or expands beyond MAX_PIXELS."""
    try:
        with _DRAWING, Image.open(path, formats=[image_format]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                size = f"{picture.width} × {picture.height}"
                raise TooLarge(f"Expected a picture of at most {MAX_PIXELS} pixels, but it has {size}")
            picture.draft("RGB", (PREVIEW_EDGE, PREVIEW_EDGE))  # a JPEG decodes small at once
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
            return _on_white(upright)
    except Image.DecompressionBombError as error:
        raise TooLarge(f"Expected a picture of at most {MAX_PIXELS} pixels: {error}") from None
    except _DAMAGED as error:
        raise UnsupportedType(f"Expected a whole {image_format} picture, but it cannot be read: {error}") from None


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        clean = picture.convert("RGB")
    else:
        layer = picture.convert("RGBA")
        clean = Image.new("RGB", layer.size, "white")
        clean.paste(layer, mask=layer.getchannel("A"))
    clean.info.clear()
    return clean


def _settle(temporary: Path, final: Path) -> None:
    """Give the finished file its name, so that a crash leaves all of it or nothing."""
    final.parent.mkdir(exist_ok=True)
    temporary.chmod(0o640)
    temporary.replace(final)
    for folder in (final.parent, final.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clean_name(name: str, kind: Kind) -> str:
    """A name fit to show and to save under: no path, no control or direction signs, the extension of its content."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, dot, extension = visible.strip(" .").rpartition(".")
    if dot and f".{extension.lower()}" in kind.extensions:
        return f"{stem[:120] or 'file'}.{extension}"
    return f"{visible.strip(' .')[:120] or 'file'}{kind.extensions[0]}"
