"""National identity numbers in files are found, refused, or taken out of the text."""

import io
from zipfile import ZipFile

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.intake.errors import HoldsIdentityNumber
from consult.domain.intake.models import ImportDraft
from consult.domain.intake.scanning import check_file, read_upload
from consult.domain.intake.service.importing import INCOMING, begin_import, mapped_of
from consult.domain.intake.types import IntakeWarning
from consult.kernel.files import FileStore
from consult.kernel.text.identity import has_identity_number, without_identity_numbers
from tests.domain.intake.letters import Letter, as_docx, as_pdf, paragraph, signature

NUMBER = "151086 95088"
LETTER = Letter("x", (paragraph(f"Jeg heter Unni Vik, {NUMBER}. Kontoret må være åpent."),))
CLEAN = Letter("x", (paragraph("Kontoret må være åpent."), signature(("Unni Vik",))))
LIMIT = 5_000_000


def test_numbers_are_taken_out_and_the_rest_stays():
    text = f"Født {NUMBER}, konto 1234.56.78903, og 15108695088."
    clean = without_identity_numbers(text)
    assert clean == "Født […], konto 1234.56.78903, og […]."
    assert not has_identity_number(clean)
    assert without_identity_numbers("Ingen tall.") == "Ingen tall."


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (as_pdf(LETTER), "svar.pdf"),
        (as_docx(LETTER), "svar.docx"),
        (LETTER.parts[0].text.encode(), "svar.txt"),
        (b"\x89PNG\r\n\x1a\n", "Vik 15108695088.png"),
        (b"navn;nummer\r\nVik;15108695088\r\n", "liste.csv"),
    ],
)
def test_a_number_in_the_text_or_the_name_of_a_file_is_refused(content, filename):
    with pytest.raises(HoldsIdentityNumber) as refused:
        check_file(content, filename=filename, limit_bytes=LIMIT)
    assert not has_identity_number(str(refused.value))


def test_a_number_in_the_properties_of_an_office_file_is_found():
    content = io.BytesIO(as_docx(CLEAN))
    with ZipFile(content, "a") as archive:
        archive.writestr("word/comments.xml", "<w:p><w:t>151086</w:t><w:t>95088</w:t></w:p>")
    with pytest.raises(HoldsIdentityNumber):
        check_file(content.getvalue(), filename="svar.docx", limit_bytes=LIMIT)


@pytest.mark.parametrize("content", [as_docx(CLEAN), b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 cut", b""])
def test_what_holds_none_or_cannot_be_read_passes(content):
    check_file(content, filename="svar.docx", limit_bytes=LIMIT)


@pytest.mark.parametrize("packing", [1, 8, 14, 97])
def test_an_office_file_packed_in_a_way_that_cannot_be_read_passes(packing):
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w:p/>" * 20)
    stored = content.getvalue()
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = stored.index(mark) + place
        stored = stored[:at] + packing.to_bytes(2, "little") + stored[at + 2 :]
    check_file(stored, filename="svar.docx", limit_bytes=LIMIT)
    assert read_upload(io.BytesIO(stored), "svar.docx").text == ""


def test_nothing_is_kept_of_a_refused_file_and_only_the_clean_text_of_a_redacted_one(
    make, tmp_path
):
    files, round_ = FileStore(tmp_path / "files"), make.round()
    values = {
        "filename": "Vik 15108695088.pdf", "by": SYSTEM, "files": files, "limit_bytes": LIMIT,
    }  # fmt: skip
    with pytest.raises(HoldsIdentityNumber):
        begin_import(round_, as_pdf(LETTER), **values)
    assert not files.root.exists()
    assert session().query(ImportDraft).count() == 0
    draft = begin_import(round_, as_pdf(LETTER), redact=True, **values)
    kept = files.part(INCOMING).read(draft.digest).decode()
    assert kept.endswith("Jeg heter Unni Vik, […]. Kontoret må være åpent.\n")
    assert (draft.filename, draft.media_type) == ("Vik […].txt", "text/plain")
    document = mapped_of(draft).document
    assert IntakeWarning.NUMBER_REMOVED in document.warnings
    assert not has_identity_number(str(draft.recognised))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("svar.txt", f"Hei {NUMBER}".encode()),
        ("svar.docx", as_docx(LETTER)),
        ("svar.pdf", as_pdf(LETTER)),
    ],
)
def test_a_number_is_found_in_what_is_sent_with_an_answer(name, content):
    assert has_identity_number(read_upload(io.BytesIO(content), name).text)


@pytest.mark.parametrize(
    ("name", "content"),
    [("bilde.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 80), ("brev.pdf", b"%PDF-1.7 broken")],
)
def test_what_cannot_be_read_holds_no_words(name, content):
    assert read_upload(io.BytesIO(content), name).text == ""
