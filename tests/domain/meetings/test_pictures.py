"""Photos of flip charts: what is blurred cannot be read, and nothing hidden comes along."""

from io import BytesIO

import pytest
from PIL import Image

from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.errors import PictureUnfinished
from consult.domain.meetings.picture import blur_areas, draw_grid, inspect_photo
from consult.domain.meetings.service.pictures import (
    add_picture,
    publish_picture,
    review_picture,
)
from consult.domain.meetings.types import Area
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from tests.support.meetings import meeting_of


def striped(*, exif: bool = False) -> bytes:
    """Black and white lines one pixel wide, 200 × 100: what a blur must make grey."""
    picture = Image.new("RGB", (200, 100), "white")
    for x in range(0, 200, 2):
        picture.paste("black", (x, 0, x + 1, 100))
    out = BytesIO()
    data = Image.Exif()
    if exif:
        data[0x010F] = "Telefon"
        data[0x0112] = 6  # turned a quarter
    picture.save(out, "PNG", exif=data)
    return out.getvalue()


def spread(picture: Image.Image) -> int:
    darkest, lightest = picture.convert("L").getextrema()
    return lightest - darkest


def test_a_blurred_rectangle_is_flat_and_the_rest_is_not():
    cleaned = Image.open(BytesIO(blur_areas(striped(), (Area(0, 0, 50, 100),))))
    assert cleaned.format == "JPEG"
    assert spread(cleaned.crop((8, 8, 80, 92))) < 30
    assert spread(cleaned.crop((120, 8, 192, 92))) > 150


def test_a_turned_photo_is_shown_upright_without_hidden_data():
    assert inspect_photo(striped(exif=True)).width == 100
    cleaned = Image.open(BytesIO(blur_areas(striped(exif=True), ())))
    assert cleaned.size == (100, 200)
    assert not cleaned.getexif()
    assert Image.open(BytesIO(draw_grid(striped(), (Area(10, 10, 20, 20),)))).size == (200, 100)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(InvalidInput) as refused:
        inspect_photo(content)
    assert refused.value.field == "file"


@pytest.mark.scenario(62)
def test_a_picture_is_published_after_review_and_with_words(make, tmp_path):
    files = FileStore(tmp_path)
    meeting = meeting_of(make.round())
    picture = add_picture(
        meeting, striped(), filename="tavle.png", files=files, by=SYSTEM, at=utc_now()
    )
    with pytest.raises(PictureUnfinished, match="review"):
        publish_picture(picture, by=SYSTEM, at=utc_now())
    areas = (Area(0, 0, 50, 50),)
    review = {"areas": areas, "files": files, "by": SYSTEM, "at": utc_now()}
    review_picture(picture, text=" ", **review)
    with pytest.raises(PictureUnfinished, match="text"):
        publish_picture(picture, by=SYSTEM, at=utc_now())
    review_picture(picture, text="Tre punkter om ventetid.", **review)
    publish_picture(picture, by=SYSTEM, at=utc_now())
    assert picture.published_at is not None
    assert picture.areas == areas
    assert files.read(picture.digest) == striped()
    assert files.read(picture.cleaned_digest) != striped()
    review_picture(picture, text="Fire punkter.", **review)
    assert picture.published_at is None
