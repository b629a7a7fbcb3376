"""When a picture says that it was taken (EXIF 3.0, Exif IFD): a claim of its file, as good as its camera's clock."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

_SHAPE = "%Y:%m:%d %H:%M:%S"
_OFFSET = "%z"


def taken_at(path: Path, image_format: str, zone: ZoneInfo) -> datetime | None:
    """DateTimeOriginal with its OffsetTimeOriginal (without an offset it is local time of `zone`); None if not told.

    A picture that cannot be read raises what Pillow's readers raise.
    """
    with Image.open(path, formats=[image_format]) as picture:
        told = picture.getexif().get_ifd(ExifTags.IFD.Exif)
    local = _read(told.get(ExifTags.Base.DateTimeOriginal), _SHAPE)
    offset = _read(told.get(ExifTags.Base.OffsetTimeOriginal), _OFFSET)
    if local is None:
        return None
    return local.replace(tzinfo=offset.tzinfo if offset else zone).astimezone(UTC)


def _read(text: object, shape: str) -> datetime | None:
    """Cameras leave fields blank, or fill them with zeros: that tells nothing."""
    try:
        return datetime.strptime(str(text).strip("\x00 "), shape)
    except ValueError:
        return None
