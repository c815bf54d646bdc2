"""Which pages are pictures, how they are drawn, and what a machine's table says."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from consult.domain.scans.errors import DamagedDocument, LockedDocument, ReaderMissing
from consult.domain.scans.pages import draw_for_people, draw_for_reading, inspect_document
from consult.domain.scans.rules import may_be_scan, words_for_page
from consult.domain.scans.tesseract import can_read, read_picture, understand_table
from consult.domain.scans.types import MOST_PAGES, PageState, place_of
from consult.domain.submissions.types import AttachmentKind
from tests.support.scanned import add_picture_page, page_picture, scanned_pdf

HEAD = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"


def _mixed() -> bytes:
    """A page of text, a picture, and an empty sheet."""
    document, out = pikepdf.new(), BytesIO()
    page = document.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    words = b"BT /F1 12 Tf 20 40 Td (Kommunen er enig i forslaget om frist.) Tj ET"
    page.Contents = pikepdf.Stream(document, words)
    add_picture_page(document, page_picture("Vedlegg"), scale=2)
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


def test_pictures_are_told_from_text_and_from_empty_sheets():
    found = inspect_document(BytesIO(_mixed()))
    assert (found.page_count, found.pictures) == (3, (2,))


def test_what_cannot_be_opened():
    out = BytesIO()
    with pikepdf.open(BytesIO(_mixed())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="x", owner="x"))
    with pytest.raises(LockedDocument):
        inspect_document(BytesIO(out.getvalue()))
    with pytest.raises(DamagedDocument):
        inspect_document(BytesIO(b"%PDF-1.7 half of it"))


def test_a_page_is_drawn_for_reading_and_for_people():
    content = scanned_pdf(["Vi svarer"], scale=1)
    with Image.open(BytesIO(draw_for_reading(BytesIO(content), 1))) as picture:
        assert picture.mode == "L"
        assert abs(picture.width - 595 * 300 / 72) < 2
    with Image.open(BytesIO(draw_for_people(BytesIO(content), 1))) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert picture.width < 1000


def test_a_huge_sheet_is_drawn_coarser():
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page(page_size=(8000, 8000))
    document.save(out)
    with Image.open(BytesIO(draw_for_reading(BytesIO(out.getvalue()), 1))) as picture:
        assert picture.width * picture.height < 17_000_000


def _row(block: int, line: int, word: str, confidence: float = 90) -> str:
    return f"5\t1\t{block}\t1\t{line}\t1\t0\t0\t9\t9\t{confidence}\t{word}\n"


def test_a_table_becomes_paragraphs_with_a_weighed_confidence():
    table = HEAD + "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n"
    table += _row(1, 1, "Kommunen", 100) + _row(1, 1, "støt-", 100) + _row(1, 2, "ter", 100)
    table += _row(1, 3, "dette.") + _row(2, 1, "Arbeids-") + _row(2, 2, "og") + _row(2, 2, "mål")
    found = understand_table(table)
    assert found.text == "Kommunen støtter dette.\n\nArbeids- og mål"
    assert 90 < found.confidence < 100
    assert understand_table(HEAD).text == ""


def test_the_program_reads_norwegian_where_it_is_installed():
    content = scanned_pdf(["Kommunen støtter forslaget.\nFristen bør være åtte uker."])
    picture = draw_for_reading(BytesIO(content), 1)
    if not can_read():
        with pytest.raises(ReaderMissing):
            read_picture(picture, language="nb")
        return
    found = read_picture(picture, language="nb")
    assert "Kommunen støtter forslaget." in found.text
    assert "åtte uker" in found.text
    assert found.confidence > 70


@pytest.mark.parametrize(
    ("kind", "media_type", "pages", "looked_into"),
    [
        (AttachmentKind.ATTACHMENT, "application/pdf", None, True),
        (AttachmentKind.ORIGINAL, "application/pdf", 3, True),
        (AttachmentKind.ORIGINAL, "application/pdf", None, False),
        (AttachmentKind.ATTACHMENT, "image/png", None, False),
        (AttachmentKind.VIDEO, "video/mp4", None, False),
    ],
)
def test_which_files_are_looked_into(kind, media_type, pages, looked_into):
    assert may_be_scan(kind, media_type, pages=pages) is looked_into


def test_what_stands_for_a_page_until_it_is_read():
    place = {"number": 17, "total": 300, "locale": "en"}
    assert words_for_page(PageState.WAITING, "", **place) == "Page 17 of 300, not read yet"
    assert words_for_page(PageState.READ, "Vi er enige.", **place) == "Vi er enige."
    assert words_for_page(PageState.CORRECTED, "Vi er enige!", **place) == "Vi er enige!"


def test_places_never_meet_and_fit_a_database_integer():
    assert place_of(0, 1) < place_of(0, 2) < place_of(0, MOST_PAGES) < place_of(1, 1)
    assert place_of(19, MOST_PAGES) < 2**31
