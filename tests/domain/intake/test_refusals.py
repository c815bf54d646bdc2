"""What cannot be read is refused with the right reason, quickly and whole."""

import contextlib
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest

from consult.domain.intake.errors import (
    EmptyDocument,
    EncryptedFile,
    IntakeError,
    NoTextLayer,
    OversizedFile,
    TooManyPages,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import IntakeWarning
from tests.domain.intake.letters import WRITERS, as_docx, as_odt, as_pdf
from tests.domain.intake.samples import LETTER_WITH_HEAD

LIMIT = 5_000_000


def read(content, filename="svar.docx", **limits):
    return recognise(content, filename=filename, **{"limit_bytes": LIMIT, **limits})


def rezipped(content: bytes, /, **members: bytes) -> bytes:
    """The same package with members added or replaced (``__`` stands for ``/``)."""
    replaced = {name.replace("__", "/") + ".xml": data for name, data in members.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.infolist():
            if item.filename not in replaced:
                new.writestr(item, old.read(item))
        for name, data in replaced.items():
            new.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def files():
    return {form: write(LETTER_WITH_HEAD) for form, write in WRITERS.items()}


@pytest.mark.parametrize("filename", ["a.docx", "a.odt", "a.pdf", "a.txt", "a"])
@pytest.mark.parametrize("content", [b"", b"  \r\n\t ", b"\xef\xbb\xbf"])
def test_empty_file(content, filename):
    with pytest.raises(EmptyDocument):
        read(content, filename)


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_file(files, form, share):
    content = files[form]
    with pytest.raises(UnreadableFile):
        read(content[: int(len(content) * share)], f"svar.{form}")


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_flipped_bytes_never_end_in_a_traceback(files, form):
    content = files[form]
    for position in range(50, len(content) - 10, max(1, len(content) // 40)):
        damaged = content[:position] + bytes([content[position] ^ 0xFF]) + content[position + 1 :]
        with contextlib.suppress(IntakeError):
            read(damaged, f"svar.{form}")


def test_size_limit_comes_first(files):
    with pytest.raises(OversizedFile) as caught:
        read(files["docx"], limit_bytes=100)
    assert caught.value.limit == 100
    assert caught.value.size == len(files["docx"])


def test_page_limit(files):
    with pytest.raises(TooManyPages) as caught:
        read(files["pdf"], "svar.pdf", limit_pages=0)
    assert caught.value.limit == 0


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "bilde.png"),
        (b"{\\rtf1\\ansi Hei}", "svar.rtf"),
        (b"<html><body>Hei</body></html>", "svar.html"),
        (b"a;b;c\n1;2;3\n", "svar.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gammel.doc"),
    ],
)
def test_other_formats(content, filename):
    with pytest.raises(UnsupportedFormat):
        read(content, filename)


@pytest.mark.parametrize("filename", ["svar.docx", "svar.odt", "svar.pdf"])
@pytest.mark.parametrize("content", [b"Bare vanlig tekst.", b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_content_that_belies_its_name(content, filename):
    with pytest.raises(UnreadableFile):
        read(content, filename)


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_content_tells_the_format(files, form):
    document = read(files[form], "svar.txt")
    assert IntakeWarning.WRONG_EXTENSION in document.warnings
    assert document.sender == "Granli kommune"


def test_spreadsheet_and_bare_archive(files):
    for name, data in (
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("a", b"a"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        with pytest.raises(UnsupportedFormat):
            read(out.getvalue(), "svar.odt")


def test_zip_bomb(files):
    bomb = rezipped(files["docx"], word__document=b"<w:document>" + b" " * 80_000_000)
    with pytest.raises(OversizedFile):
        read(bomb)


def test_zip_that_lies_about_its_sizes(files):
    content = rezipped(files["docx"], word__document=b"<w:document>" + b" " * 20_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true_size = struct.pack("<L", archive.getinfo("word/document.xml").file_size)
    with pytest.raises(UnreadableFile):
        read(content.replace(true_size, struct.pack("<L", 4000)))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
    )
    + b"]><a>&k;</a>"
)


@pytest.mark.parametrize(("form", "member"), [("docx", "word__document"), ("odt", "content")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb(files, form, member, encoding):
    markup = BOMB.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    with pytest.raises(UnreadableFile):
        read(rezipped(files[form], **{member: markup}), f"svar.{form}")


def test_markup_that_is_no_markup(files):
    with pytest.raises(UnreadableFile):
        read(rezipped(files["docx"], word__document=b"<w:document"))
    with pytest.raises(UnreadableFile):
        read(rezipped(files["odt"], content=b"<office:x"), "svar.odt")


def test_password_on_docx():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(EncryptedFile):
        read(container + "EncryptedPackage".encode("utf-16-le") + bytes(600))


def test_password_on_odt(files):
    manifest = b'<manifest><entry><manifest:encryption-data x="1"/></entry></manifest>'
    with pytest.raises(EncryptedFile):
        read(rezipped(files["odt"], **{"META-INF__manifest": manifest}), "svar.odt")


@pytest.mark.parametrize("strength", [2, 4, 6])
def test_password_on_pdf(files, strength):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        lock = pikepdf.Encryption(
            owner="eier", user="bruker", R=strength, aes=strength > 3, metadata=strength > 3
        )
        document.save(out, encryption=lock)
    with pytest.raises(EncryptedFile):
        read(out.getvalue(), "svar.pdf")


def test_pdf_that_only_forbids_changes_is_read(files):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="eier", user=""))
    assert read(out.getvalue(), "svar.pdf").sender == "Granli kommune"


def _pdf_of(*, picture: bool, filler: bytes = b"") -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    if picture:
        image = pikepdf.Stream(document, bytes(300))
        image.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": 10,
                "/Height": 10,
                "/ColorSpace": pikepdf.Name.DeviceRGB,
                "/BitsPerComponent": 8,
            }
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(document, b"q 500 0 0 700 50 50 cm /Im0 Do Q")
    if filler:
        page.Contents = pikepdf.Stream(document, filler)
        page.Contents.write(zlib.compress(filler, 9), filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_scanned_pdf_says_that_it_has_no_text_layer():
    with pytest.raises(NoTextLayer) as caught:
        read(_pdf_of(picture=True), "skannet.pdf")
    assert caught.value.pages == 1


def test_blank_pdf_is_empty():
    with pytest.raises(EmptyDocument) as caught:
        read(_pdf_of(picture=False), "tom.pdf")
    assert not isinstance(caught.value, NoTextLayer)


def test_pdf_stream_bomb():
    bomb = _pdf_of(picture=False, filler=b" " * 90_000_000)
    assert len(bomb) < LIMIT
    with pytest.raises(OversizedFile):
        read(bomb, "bombe.pdf")


def test_documents_without_text_are_empty():
    empty = LETTER_WITH_HEAD.__class__("empty", ())
    for form, write in (("docx", as_docx), ("odt", as_odt)):
        with pytest.raises(EmptyDocument):
            read(write(empty), f"tom.{form}")
    assert as_pdf(empty)


def test_text_in_other_encodings():
    text = "Høringssvar\n\nVi støtter ikke forslaget, og vi mener at det må bli bedre.\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        document = read(text.encode(encoding), "svar.txt")
        assert any("støtter ikke" in block.text for block in document.blocks)
        assert (IntakeWarning.ENCODING_GUESSED in document.warnings) == (encoding == "cp1252")


@pytest.mark.parametrize(
    "text",
    [
        "Med hilsen\n" * 5000 + "Ola Vik",
        "OLA NORDMANN " * 40_000,
        ". " * 500_000 + "x",
        "Ada Berg Liv Hauge Per Vik\nLeder Rådgiver Direktør\n" * 5000,
    ],
    ids=["hilsen", "names", "dots", "signatures"],
)
def test_odd_texts_take_no_longer_than_others(text):
    read(text.encode(), "svar.txt")
