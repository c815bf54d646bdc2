"""Reading the words of a file, wherever they stand in it."""

import zipfile
from io import BytesIO

import docx
import pytest
from weasyprint import HTML

from consult.domain.intake.scanning import readable_text
from consult.kernel.text.identity import has_identity_number

NUMBER = "018190 12365"  # month + 80: synthetic, nobody can have it


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Vi skriver om ")
    paragraph = document.sections[0].footer.paragraphs[0]
    for run in ("0181", "90 12", "365"):
        paragraph.add_run(run)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _odt() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<text:p>Hei</text:p><text:p>{NUMBER}</text:p>")
    return buffer.getvalue()


def _pdf() -> bytes:
    return bytes(HTML(string=f"<p>Hei</p><p>{NUMBER}</p>").write_pdf())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("svar.txt", f"Hei {NUMBER}".encode()),
        ("svar.docx", _docx()),
        ("svar.odt", _odt()),
        ("svar.pdf", _pdf()),
    ],
)
def test_a_number_is_found_in_every_kind_of_document(name, content):
    assert has_identity_number(readable_text(BytesIO(content), name))


@pytest.mark.parametrize(
    ("name", "content"),
    [("bilde.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 80), ("brev.pdf", b"%PDF-1.7 broken")],
)
def test_what_cannot_be_read_holds_no_words(name, content):
    assert readable_text(BytesIO(content), name) == ""
