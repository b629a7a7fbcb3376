"""Attachments: what is taken in, what is refused, and that the original is kept bit for bit."""

import hashlib
import io
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from engine.errors import Conflict, InvalidInput
from engine.store import Store, to_millis
from tests.conftest import SimulatedClock
from workflows import attachments as module
from workflows.attachments import Attachment, Attachments, Infected, TooLarge, UnsupportedType, Upload

UPLOAD = Upload(case="2603-abc", task=1, name="现场.jpg", role="before", source="CAMERA", client_id="c1")


def picture(image_format: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "orange").save(target, image_format, **options)
    return target.getvalue()


@pytest.fixture
def files(db: Store, folder: Path) -> Attachments:
    return Attachments(db, folder)


def add(files: Attachments, content: bytes, upload: Upload = UPLOAD, by: str = "zhang") -> Attachment:
    return files.add(io.BytesIO(content), upload, by=by)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_original_is_kept_bit_for_bit_under_its_hash(files: Attachments, folder: Path) -> None:
    content = picture() + b"trailing bytes of a polyglot <script>"
    found = add(files, content)
    assert files.file(found).read_bytes() == content
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert files.file(found) == folder / found.sha256[:2] / found.sha256
    assert (found.type, found.size) == ("image/jpeg", len(content))


def test_the_preview_is_a_small_jpeg_without_metadata_or_appended_bytes(files: Attachments) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker of the secret camera"
    exif[0x0112] = 6  # turned by 90°
    found = add(files, picture(size=(3000, 2000), exif=exif) + b"<script>")
    preview = files.preview(found).read_bytes()
    with Image.open(io.BytesIO(preview)) as shown:
        assert shown.format == "JPEG"
        assert shown.size == (853, 1280)  # upright
        assert not shown.getexif()
    assert b"secret" not in preview and b"<script>" not in preview


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
def test_png_and_webp_have_a_preview_too(files: Attachments, image_format: str) -> None:
    found = add(files, picture(image_format), replace(UPLOAD, name="x.bin"))
    assert found.type == f"image/{image_format.lower()}"
    assert files.preview(found).is_file()


def test_transparency_is_drawn_on_white(files: Attachments) -> None:
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, "PNG")
    with Image.open(files.preview(add(files, target.getvalue()))) as shown:
        assert shown.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\0\0\0\x18ftypisom" + bytes(16), "video/mp4"),
        (b"\0\0\0\x18ftypheic" + bytes(16), "image/heic"),
    ],
)
def test_documents_and_clips_are_told_by_their_content_and_have_no_preview(
    files: Attachments, content: bytes, kind: str
) -> None:
    found = add(files, content, replace(UPLOAD, name="photo.jpg"))
    assert found.type == kind
    assert not found.has_preview
    assert not found.name.endswith(".jpg.jpg")


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"GIF89a" + bytes(20),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"MZ\x90\0" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"PK\x03\x04" + bytes(60),
        b"  %PDF-1.7",
        b"\0\0\0\x18ftypqt  " + bytes(16),
    ],
)
def test_other_content_is_refused_whatever_its_name(files: Attachments, folder: Path, content: bytes) -> None:
    with pytest.raises(UnsupportedType):
        add(files, content)
    assert stored(folder) == []


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0 not a picture", picture()[:40], picture("PNG")[:30], b"RIFF\0\0\0\0WEBPxx"]
)
def test_damaged_pictures_are_refused(files: Attachments, folder: Path, content: bytes) -> None:
    with pytest.raises(UnsupportedType):
        add(files, content)
    assert stored(folder) == []


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that would unfold to width × height pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (60000, 60000)])
def test_a_picture_that_expands_too_far_is_refused_before_it_is_decoded(
    files: Attachments, size: tuple[int, int]
) -> None:
    with pytest.raises(TooLarge):
        add(files, bomb(*size))


def test_a_file_beyond_the_limit_is_refused_while_it_streams(db: Store, folder: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    endless = Endless()
    with pytest.raises(TooLarge):
        Attachments(db, folder, max_size=1_000_000).add(endless, UPLOAD, by="zhang")
    assert endless.given < 2_000_000
    assert stored(folder) == []


def test_an_empty_file_is_refused(files: Attachments) -> None:
    with pytest.raises(InvalidInput):
        add(files, b"")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Windows\\evil.exe", "evil.exe.jpg"),
        ("photo.JPG", "photo.JPG"),
        ("exe.\u202egpj.scr", "exe.gpj.scr.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie x.jpg"),
        ("", "file.jpg"),
        ("..", "file.jpg"),
        ("现场照片.jpeg", "现场照片.jpeg"),
        ("x" * 500 + ".jpg", "x" * 120 + ".jpg"),
    ],
)
def test_names_lose_what_could_do_harm(files: Attachments, given: str, kept: str) -> None:
    assert add(files, picture(), replace(UPLOAD, name=given)).name == kept


def test_the_same_client_id_again_gives_the_same_attachment(files: Attachments) -> None:
    content = picture()
    assert add(files, content) == add(files, content)


def test_the_same_client_id_for_another_file_is_a_conflict(files: Attachments) -> None:
    add(files, picture())
    with pytest.raises(Conflict):
        add(files, picture(size=(10, 10)))
    with pytest.raises(Conflict):
        add(files, picture(), replace(UPLOAD, role="after"))


def test_client_ids_of_different_people_do_not_meet(files: Attachments) -> None:
    content = picture()
    assert add(files, content).id != add(files, content, by="li").id


def test_the_scanner_refuses_before_the_file_is_kept(db: Store, folder: Path) -> None:
    files = Attachments(db, folder, scanner=lambda path: "EICAR" if b"EICAR" in path.read_bytes() else None)
    with pytest.raises(Infected, match="EICAR"):
        add(files, picture() + b"EICAR")
    assert stored(folder) == []
    assert add(files, picture())


def test_a_case_has_a_quota(files: Attachments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CASE_FILES", 1)
    add(files, picture())
    with pytest.raises(TooLarge):
        add(files, picture(), replace(UPLOAD, client_id="c2"))
    assert add(files, picture(), replace(UPLOAD, client_id="c2", case="2603-other"))


def test_a_pair_names_a_photo_of_the_same_case(files: Attachments) -> None:
    before = add(files, picture())
    assert add(files, picture(), replace(UPLOAD, client_id="c2", role="after", pair_of=before.id)).pair_of == before.id
    foreign = replace(UPLOAD, client_id="c3", case="2603-other", pair_of=before.id)
    with pytest.raises(InvalidInput):
        add(files, picture(), foreign)


@pytest.mark.parametrize("change", [{"role": "selfie"}, {"source": "SCREEN"}])
def test_an_unknown_role_or_source_is_refused(files: Attachments, change: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(files, picture(), replace(UPLOAD, **change))
    assert set(refused.value.fields) == set(change)


def test_attachments_are_listed_by_case_and_task(files: Attachments, db: Store) -> None:
    first = add(files, picture())
    second = add(files, picture(), replace(UPLOAD, client_id="c2", task=2))
    add(files, picture(), replace(UPLOAD, client_id="c3", case="2603-other"))
    with db.reading() as connection:
        assert {found.id for found in module.of_case(connection, UPLOAD.case)} == {first.id, second.id}
        assert [found.id for found in module.of_case(connection, UPLOAD.case, 2)] == [second.id]
        assert module.hashes(connection, UPLOAD.case, [first.id, "a-none"]) == {first.id: first.sha256}
        assert module.hashes(connection, "2603-other", [first.id]) == {}


def taken(text: str, offset: str | None = None) -> bytes:
    """A picture whose camera says when it was taken."""
    exif = Image.Exif()
    told = exif.get_ifd(ExifTags.IFD.Exif)
    told[ExifTags.Base.DateTimeOriginal] = text
    if offset is not None:
        told[ExifTags.Base.OffsetTimeOriginal] = offset
    return picture(exif=exif)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2026:02:27 16:30:00", None, "2026-02-27T08:30:00+00:00"),
        ("2026:02:27 16:30:00", "+00:00", "2026-02-27T16:30:00+00:00"),
        ("2026:02:27 16:30:00", "rubbish", "2026-02-27T08:30:00+00:00"),
        ("0000:00:00 00:00:00", None, "2026-03-01T00:00:00+00:00"),
        ("2031:02:27 16:30:00", None, "2026-03-01T00:00:00+00:00"),
    ],
    ids=["local", "offset", "bad offset", "blank", "in the future"],
)
def test_a_picture_from_a_gallery_was_taken_when_its_camera_says(
    files: Attachments, clock: SimulatedClock, text: str, offset: str | None, expected: str
) -> None:
    copied = to_millis(datetime(2026, 3, 1, tzinfo=UTC))
    upload = replace(UPLOAD, source="GALLERY", captured_at=copied)
    found = add(files, taken(text, offset), upload)
    assert found.captured_at == to_millis(datetime.fromisoformat(expected))


def test_what_the_camera_of_this_device_took_is_timed_by_the_device(files: Attachments, clock: SimulatedClock) -> None:
    now = to_millis(clock.now)
    found = add(files, taken("2020:01:01 00:00:00"), replace(UPLOAD, captured_at=now))
    assert found.captured_at == now
