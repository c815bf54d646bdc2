"""Blurring parts of a photo: pixels in, pixels out. The only module that knows Pillow."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageOps, UnidentifiedImageError

from consult.domain.meetings.types import Area
from consult.kernel.errors import InvalidInput

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""What is taken in, by Pillow's name of the format."""

CLEANED_TYPE = "image/jpeg"
"""What is published, whatever came in."""

_MOST_PIXELS = 60_000_000  # a good phone's camera, with room to spare; guards our memory
_LONGEST_SIDE = 2000  # of what is published and shown: enough to read a flip chart
_MOSAIC = 6  # cells along a blurred rectangle: too few for a letter to survive
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Photo:
    """What a file holds: its media type and size in pixels, as it is to be looked at."""

    media_type: str
    width: int
    height: int


def inspect_photo(content: bytes) -> Photo:
    """What kind of picture the bytes are. Raises ``InvalidInput`` (``file``)."""
    picture, media_type = _open(content)
    return Photo(media_type, *picture.size)


def blur_areas(content: bytes, areas: tuple[Area, ...]) -> bytes:
    """The picture as JPEG with the rectangles made unreadable, and without its hidden data.

    Place, time and camera that a phone writes into its files do not come along. A rectangle is
    reduced to a few flat cells before it is blurred: a blur alone can be calculated back.

    Raises ``InvalidInput`` (``file``) for what is no picture.
    """
    picture = _scaled(content)
    for area in areas:
        box = _box(area, picture.size)
        part = picture.crop(box)
        flat = part.resize((_MOSAIC, _MOSAIC), Image.Resampling.BOX)
        coarse = flat.resize(part.size, Image.Resampling.BILINEAR)
        picture.paste(coarse.filter(ImageFilter.GaussianBlur(4)), box)
    return _written(picture)


def draw_plain(content: bytes) -> bytes:
    """The picture for the reviewer as it is, upright, small enough for a page."""
    return _written(_scaled(content))


def draw_grid(content: bytes, areas: tuple[Area, ...]) -> bytes:
    """The picture for the reviewer: lines at each tenth with their per cent, rectangles framed."""
    picture = _scaled(content)
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    size = max(width // 50, 10)
    for tenth in range(10):
        x, y, label = width * tenth // 10, height * tenth // 10, f"{tenth * 10}"
        draw.line((x, 0, x, height), fill="#d40000", width=1)
        draw.line((0, y, width, y), fill="#d40000", width=1)
        for place in ((x + 2, 0), (2, y)):
            draw.text(place, label, fill="#d40000", font_size=size, stroke_width=2,
                      stroke_fill="white")  # fmt: skip
    for area in areas:
        draw.rectangle(_box(area, picture.size), outline="#d40000", width=max(width // 250, 2))
    return _written(picture)


def _open(content: bytes) -> tuple[Image.Image, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=list(MEDIA_TYPES))
            if picture.width * picture.height > _MOST_PIXELS:
                raise InvalidInput("file", "too_large")
            picture.load()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise InvalidInput("file", "no_picture") from error
    return ImageOps.exif_transpose(picture), MEDIA_TYPES[picture.format or "JPEG"]


def _scaled(content: bytes) -> Image.Image:
    picture = _open(content)[0].convert("RGB")
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return picture


def _box(area: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The rectangle in pixels, at least one wide and high."""
    width, height = size
    left, top = area.left * width // 100, area.top * height // 100
    right = max(-(-(area.left + area.width) * width // 100), left + 1)
    bottom = max(-(-(area.top + area.height) * height // 100), top + 1)
    return left, top, min(right, width), min(bottom, height)


def _written(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, exif=b"")
    return out.getvalue()
