"""What a council, a minority and a member may say."""

import pytest

from consult.domain.organisations.types import ActorType
from consult.domain.submissions.council import (
    Confirmation,
    Remark,
    check_confirmation,
    check_participants,
    check_remark,
)
from consult.domain.submissions.rules import check_respondent, sender_check, version_digest
from consult.domain.submissions.senders import SenderCheck
from consult.domain.submissions.types import (
    AnswerContent,
    Participants,
    Respondent,
    StoredFile,
    Voice,
)
from consult.domain.submissions.uploads import (
    DOCX,
    JPEG,
    MOV,
    MP4,
    PDF,
    TXT,
    WEBM,
    clean_filename,
    recognise_upload,
)
from consult.kernel.errors import InvalidInput


def test_empty_rows_are_left_out():
    rows = [Participants(" medlemmer ", 5), Participants("", 0), Participants("vara", 1)]
    assert check_participants(rows) == (Participants("medlemmer", 5), Participants("vara", 1))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Participants("", 3), "role_missing"),
        (Participants("medlemmer", 0), "count_missing"),
        (Participants("medlemmer", 5000), "count_missing"),
    ],
)
def test_a_role_has_a_name_and_a_number(row, reason):
    with pytest.raises(InvalidInput) as refused:
        check_participants([row])
    assert refused.value.reason == reason


def test_a_remark_says_whose_it_is():
    assert check_remark(Remark(" To\nav sju ", "Nei. ")) == Remark("To av sju", "Nei.")
    for remark in (Remark("", "Nei."), Remark("To av sju", " \n")):
        with pytest.raises(InvalidInput):
            check_remark(remark)


def test_whoever_does_not_agree_says_why():
    with pytest.raises(InvalidInput) as refused:
        check_confirmation(Confirmation("medlem", agrees=False))
    assert (refused.value.field, refused.value.reason) == ("remark", "required")
    assert check_confirmation(Confirmation(" medlem ", agrees=True)).role == "medlem"
    with pytest.raises(InvalidInput):
        check_confirmation(Confirmation(" ", agrees=True))


def test_the_fingerprint_knows_minorities_and_files():
    plain = AnswerContent(question_id=1, text="Ja")
    minority = AnswerContent(question_id=1, text="Ja", voice=Voice.MINORITY, voice_label="To")
    file = StoredFile("a.pdf", "application/pdf", "0" * 64, 1, question_id=1)
    digests = {
        version_digest("Ja", [plain]),
        version_digest("Ja", [minority]),
        version_digest("Ja", [plain], [file]),
    }
    assert len(digests) == 3


@pytest.mark.scenario(44)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, SenderCheck.NO_NUMBER),
        ({"organisation_number": "310000000"}, None),
        ({"claimed_organisation_id": 7}, SenderCheck.CLAIMED),
        ({"organisation_id": 7}, None),
    ],
)
def test_an_employer_without_a_number_is_looked_at(values, expected):
    assert sender_check(Respondent("Nes Bygg", ActorType.EMPLOYER, **values)) is expected


def test_an_organisation_number_is_checked_and_normalised():
    given = Respondent("Nes", ActorType.EMPLOYER, organisation_number="310 000 000")
    assert check_respondent(given).organisation_number == "310000000"
    with pytest.raises(InvalidInput) as refused:
        check_respondent(Respondent("Nes", ActorType.EMPLOYER, organisation_number="310000001"))
    assert refused.value.reason == "control_digit"


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7", "brev.pdf", PDF),
        (b"\xff\xd8\xff\xe0", "bilde.JPEG", JPEG),
        (b"PK\x03\x04\x14", "svar.docx", DOCX),
        (b"Vi mener", "svar.txt", TXT),
        (b"\x00\x00\x00\x18ftypmp42", "svar.mp4", MP4),
        (b"\x00\x00\x00\x14ftypqt  ", "IMG_1.MOV", MOV),
        (b"\x00\x00\x00\x14ftypisom", "IMG_1.MOV", MP4),
        (b"\x1a\x45\xdf\xa3", "svar.webm", WEBM),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head, name, expected):
    assert recognise_upload(head, name) is expected


@pytest.mark.parametrize(
    ("head", "name", "reason"),
    [
        (b"", "tom.pdf", "empty"),
        (b"MZ", "program.exe", "file_type"),
        (b"<svg", "bilde.svg", "file_type"),
        (b"<html>", "side.pdf", "file_mismatch"),
        (b"%PDF-1.7", "film.mp4", "file_mismatch"),
        (b"\x00\x00\x00\x18ftypmp42", "brev.pdf", "file_mismatch"),
        (b"a\x00b", "svar.txt", "file_mismatch"),
    ],
)
def test_what_a_file_is_not_is_refused(head, name, reason):
    with pytest.raises(InvalidInput) as refused:
        recognise_upload(head, name)
    assert refused.value.reason == reason


def test_a_file_keeps_only_its_own_name():
    assert clean_filename("C:\\mine\\svar\n.pdf") == "svar .pdf"
    assert clean_filename("../..") == "file"
