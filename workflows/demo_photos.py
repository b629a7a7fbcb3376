"""The pictures that people of the demo company take: drawn, small, and a few of each kind."""

import io
from collections.abc import Mapping
from random import Random

from PIL import Image, ImageDraw

SIZE = (640, 480)
PICTURES = 6
"""Of each kind. The same picture twice is stored once."""
_SKY = {"before": (196, 170, 150), "after": (168, 196, 180), "evidence": (176, 188, 204)}


def album(random: Random) -> Mapping[str, list[bytes]]:
    """Role of a photo → JPEGs for it."""
    return {role: [_photo(random, role) for _ in range(PICTURES)] for role in _SKY}


def _photo(random: Random, role: str) -> bytes:
    """A small JPEG that could be a pipe and a cabinet in front of a wall; a red mark before, a green one after."""
    picture = Image.new("RGB", SIZE, _SKY[role])
    draw, (width, height) = ImageDraw.Draw(picture), SIZE
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 112, 104))
    left = random.randrange(60, 260)
    draw.rectangle((left, 130, left + 170, 360), fill=(214, 214, 206), outline=(90, 90, 90), width=4)
    draw.ellipse((left + 120, 230, left + 145, 255), fill=(70, 70, 70))
    pipe = random.randrange(380, 430)
    draw.line((0, pipe, width, pipe - random.randrange(60)), fill=(176, 64, 48), width=26)
    mark = (44, 140, 72) if role != "before" else (208, 56, 40)
    draw.ellipse((width - 110, 40, width - 40, 110), outline=mark, width=10)
    for _ in range(400):
        draw.point((random.randrange(width), random.randrange(height)), fill=(80, 80, 80))
    stored = io.BytesIO()
    picture.save(stored, "JPEG", quality=80)
    return stored.getvalue()
