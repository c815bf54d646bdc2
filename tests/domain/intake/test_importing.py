"""An uploaded document becomes an answer: corrected, completed, registered once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from consult.db import session, transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import organisation_stream
from consult.domain.coding.progress import progress_by_answer
from consult.domain.intake.correcting import BlockEdit, count_passages
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import AlreadyRegistered, EncryptedFile, ImportChanged
from consult.domain.intake.models import ImportDraft
from consult.domain.intake.queries import list_imports, list_places
from consult.domain.intake.service.importing import (
    INCOMING,
    begin_import,
    change_details,
    correct_import,
    details_of,
    discard_import,
    mapped_of,
    reassign_block,
    safe_filename,
)
from consult.domain.intake.service.registering import (
    UploadedFile,
    confirm_import,
    import_at_once,
    register_by_hand,
    summarise_import,
)
from consult.domain.intake.types import GENERAL, LEFT_OUT, BlockRole
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.errors import NothingAnswered
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    WrittenAnswer,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.ids import content_digest
from tests.domain.intake.letters import as_docx, as_pdf
from tests.domain.intake.samples import LETTER_WITH_HEAD, MONEY, PROPOSALS, TASKS, YOUNG
from tests.support.sources import (
    FO_FORMS,
    FO_PEOPLE,
    NTL_FORMS,
    NTL_PEOPLE,
    digests,
    four_questions,
    source,
    thirteen_proposals,
)

LIMIT = 5_000_000
LETTER = as_docx(LETTER_WITH_HEAD)

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def library_round(make):
    """A round whose three proposals the sample letter answers, and a question it does not."""
    round_ = make.round(questions=1)
    for target in PROPOSALS:
        make.proposal(round_, key=target.number, title={"nb": target.title}, text={})
    return round_


@pytest.fixture
def begin(files, library_round):
    def run(content=LETTER, filename="svar.docx", round_=library_round, **values) -> ImportDraft:
        return begin_import(
            round_,
            content,
            filename=filename,
            by=SYSTEM,
            files=files,
            limit_bytes=LIMIT,
            **values,
        )

    return run


def complete(draft: ImportDraft, **values) -> AnswerDetails:
    defaults = {"actor_type": ActorType.MUNICIPALITY, "publication": Publication.WITH_NAME}
    return replace(details_of(draft), **(defaults | values))


def confirm(draft, files, **values):
    return confirm_import(draft, complete(draft, **values), by=SYSTEM, files=files)


def block_with(draft, text) -> int:
    blocks = mapped_of(draft).document.blocks
    return next(index for index, block in enumerate(blocks) if block.text.startswith(text))


def edit_of(draft, index, **values) -> dict[int, BlockEdit]:
    mapped = mapped_of(draft)
    block = mapped.document.blocks[index]
    edit = BlockEdit(block.role, block.level, block.text, mapped.assignments[index].target)
    return {index: replace(edit, **values)}


def correct(draft, edits):
    correct_import(draft, edits, revision=draft.revision, by=SYSTEM)


def texts(submission) -> dict[str | None, str]:
    return {
        answer.proposal.key if answer.proposal else answer.question and answer.question.key: (
            answer.text
        )
        for answer in submission.current_version.answers
    }


@pytest.mark.parametrize("form", FO_FORMS)
def test_the_first_real_answer_lands_at_its_four_questions(form, make, files, begin):
    round_ = four_questions(make)
    draft = begin(source(f"fo-innspill.{form}").read_bytes(), f"innspill.{form}", round_)
    summary = summarise_import(draft, list_places(round_.id))
    assert (summary.questions, summary.proposals, summary.signatories) == (4, 0, 2)
    assert summary.unanswered == ()
    assert not summary.is_dated
    submission = confirm(draft, files, sender="Et forbund", is_undated=True)
    answers = submission.current_version.answers
    at_questions = [answer for answer in answers if answer.question_id is not None]
    assert len(at_questions) == 4
    assert sum(count_passages(answer.text) for answer in at_questions) >= 45
    assert all(answer.source_heading for answer in at_questions)
    assert digests(submission.current_version.parties) == FO_PEOPLE
    assert submission.document_date is None
    progress = progress_by_answer([submission.id])[submission.id]
    assert progress.total == sum(count_passages(answer.text) for answer in answers)


@pytest.mark.scenario(47)
@pytest.mark.parametrize("form", NTL_FORMS)
def test_the_second_real_answer_lands_at_thirteen_proposals(form, make, files, begin):
    round_ = thirteen_proposals(make)
    question = make.question(round_, text={"nb": "Hva er viktigst for dere?"})
    draft = begin(source(f"ntl-horingssvar.{form}").read_bytes(), f"svar.{form}", round_)
    summary = summarise_import(draft, list_places(round_.id))
    assert [place.question_id for place in summary.unanswered] == [question.id]
    submission = confirm(draft, files, sender="Et annet forbund", is_undated=True)
    at_proposals = [one for one in submission.current_version.answers if one.proposal_id]
    assert {one.proposal.key for one in at_proposals} == {str(n) for n in range(1, 14)}
    assert all(one.text and one.source_heading for one in at_proposals)
    assert digests(submission.current_version.parties) == NTL_PEOPLE
    assert submission.document_date is None


def test_what_the_letter_says_of_itself_is_filled_in(make, begin):
    make.organisation(name="Granli kommune", actor_type=ActorType.MUNICIPALITY)
    details = details_of(begin())
    assert details.sender == "Granli kommune"
    assert details.organisation_id is not None
    assert details.actor_type is ActorType.MUNICIPALITY
    assert details.document_date == date(2026, 10, 12)
    assert details.their_ref == "2026/1234-5"
    assert [person.title for person in details.signatories] == ["ordfører", "kommunedirektør"]


def test_an_imported_answer_keeps_file_headings_and_trace(begin, files, library_round):
    with transaction():
        draft = begin(filename="C:\\svar\\Høringssvar <b>.docx")
        submission = confirm(draft, files, received_on=date(2026, 10, 20))
    version = submission.current_version
    (original,) = version.attachments
    assert files.read(original.digest) == LETTER
    assert original.filename == "Høringssvar <b>.docx"
    assert not (files.part(INCOMING).root / original.digest[:2] / original.digest).exists()
    found = texts(submission)
    assert found["3.1"] == MONEY
    assert found["3.3"] == YOUNG
    assert found["3.2"].startswith(TASKS)
    assert "\n  - Fristen bør" in found["3.2"]
    headings = {one.proposal.key: one.source_heading for one in version.answers if one.proposal}
    assert headings["3.1"] == "3.1 Rammetilskudd til bibliotek"
    assert submission.channel is Channel.DOCUMENT
    assert submission.registered_by == SYSTEM.reference
    assert [entry.tag for entry in entries_about(submission.reference)] == ["submission:imported"]
    assert [entry.tag for entry in entries_about(draft.reference)] == ["import:started"]
    assert find_chain_break(organisation_stream(library_round.owner_id)) is None


def test_headings_match_in_every_language_of_the_round(make, begin):
    round_ = make.round(questions=0)
    question = make.question(
        round_, text={"en": "How should it be paid for?", "nb": "Rammetilskudd til bibliotek"}
    )
    draft = begin(round_=round_)
    index = block_with(draft, "Rammetilskudd")
    assert mapped_of(draft).assignments[index].target == f"question:{question.key}"


def test_a_question_and_a_proposal_of_the_same_key_are_two_places(make, begin, files):
    round_ = make.round(questions=0)
    make.question(round_, key="1", text={"nb": "Rammetilskudd til bibliotek"})
    make.proposal(round_, key="1", title={"nb": "Meldeplikt ved driftsavbrudd"}, text={})
    submission = confirm(begin(round_=round_), files)
    placed = [
        (bool(a.question_id), bool(a.proposal_id)) for a in submission.current_version.answers
    ]
    assert (True, False) in placed
    assert (False, True) in placed


def test_a_second_confirmation_makes_nothing_twice(begin, files, library_round):
    draft = begin()
    first = confirm(draft, files)
    assert confirm(draft, files) is first
    count = select(func.count(Submission.id)).where(Submission.round_id == library_round.id)
    assert session().scalar(count) == 1
    assert list_imports(library_round.id) == []
    with pytest.raises(ImportChanged):
        discard_import(draft, by=SYSTEM, files=files)


def test_a_refused_confirmation_leaves_the_import_open(begin, files, library_round):
    draft = begin()
    with pytest.raises(InvalidInput):
        confirm(draft, files, sender=" ")
    session().refresh(draft)
    assert draft.confirmed_at is None
    assert library_round.last_number == 0
    assert confirm(draft, files).number == 1


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"sender": ""}, "sender", "required"),
        ({"actor_type": None}, "actor_type", "required"),
        ({"document_date": None}, "document_date", "undecided"),
        ({"is_undated": True}, "document_date", "both"),
        ({"received_on": None}, "received_on", "required"),
        ({"received_on": date(2027, 1, 1)}, "received_on", "future"),
        ({"received_on": date(2026, 10, 11)}, "document_date", "after_received"),
        ({"language": "xx"}, "language", "unknown"),
    ],
)
@pytest.mark.at("2026-10-20T10:00:00+02:00")
def test_what_is_missing_is_asked_for(begin, files, values, field, reason):
    with pytest.raises(InvalidInput) as caught:
        confirm(begin(), files, **values)
    assert (caught.value.field, caught.value.reason) == (field, reason)


@pytest.mark.at("2026-11-03T10:00:00+01:00")
@pytest.mark.parametrize(
    ("received_on", "status"),
    [
        (date(2026, 10, 31), DeadlineStatus.IN_TIME),
        (date(2026, 11, 1), DeadlineStatus.LATE_INCLUDED),
    ],
)
def test_the_day_of_receipt_decides_what_is_late(begin, files, library_round, received_on, status):
    library_round.closes_at = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
    submission = confirm(begin(), files, received_on=received_on)
    assert submission.deadline_status is status
    assert submission.stored_at == datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def test_the_same_file_again_is_a_decision(begin, files):
    first = confirm(begin(), files)
    again = begin(filename="kopi.docx")
    with pytest.raises(AlreadyRegistered) as caught:
        confirm(again, files)
    assert caught.value.numbers == (first.number,)
    second = confirm_import(again, complete(again), by=SYSTEM, files=files, despite_same_file=True)
    assert second.number == 2


def test_a_heading_takes_along_what_stands_under_it(begin, files):
    draft = begin()
    heading = block_with(draft, "Meldeplikt")
    reassign_block(draft, heading, target="question:q1", revision=draft.revision, by=SYSTEM)
    found = texts(confirm(draft, files))
    assert "3.2" not in found
    assert found["q1"].startswith(TASKS)


def test_one_block_moves_alone_and_another_is_left_out(begin, files):
    draft = begin()
    first, last = block_with(draft, "Meldingen må"), block_with(draft, "Gebyr")
    edits = edit_of(draft, first, target=GENERAL) | edit_of(draft, last, target=LEFT_OUT)
    correct(draft, edits)
    submission = confirm(draft, files)
    assert "Gebyr" not in submission.current_version.text
    assert "Meldingen må" in texts(submission)[None]


def test_a_block_that_the_same_save_moves_elsewhere_does_not_follow_its_heading(begin, files):
    draft = begin()
    edits = edit_of(draft, block_with(draft, "Meldeplikt"), target="question:q1")
    edits |= edit_of(draft, block_with(draft, "Gebyr"), target="proposal:3.1")
    correct(draft, edits)
    found = texts(confirm(draft, files))
    assert "Gebyr" in found["3.1"]
    assert found["q1"].startswith(TASKS)


def test_kind_and_text_can_be_corrected_and_the_file_stays(begin, files):
    draft = begin()
    index = block_with(draft, "Gebyr")
    correct(
        draft, edit_of(draft, index, role=BlockRole.PARAGRAPH, level=0, text="Gebyr rådes frå.")
    )
    submission = confirm(draft, files)
    assert texts(submission)["3.2"].endswith("\n\nGebyr rådes frå.")
    assert files.read(submission.current_version.attachments[0].digest) == LETTER


def test_a_paragraph_made_a_heading_takes_what_follows_to_its_place(make, begin, files):
    draft = begin()
    index = block_with(draft, "Kommunene bør ha ansvaret")
    correct(
        draft,
        edit_of(draft, index, role=BlockRole.HEADING, level=1, text="3.3 Felles opplæring"),
    )
    found = texts(confirm(draft, files))
    assert "3.2" not in found
    assert "Gebyr frarådes." in found["3.3"]


def test_a_blank_line_divides_a_block_and_an_emptied_one_is_left_out(begin, files):
    draft = begin()
    whole, gone = block_with(draft, "Unge deltar"), block_with(draft, "Gebyr")
    edits = edit_of(draft, whole, text="Unge deltar.\n\nSkolene må få tid.")
    edits |= edit_of(draft, gone, text="  ")
    correct(draft, edits)
    submission = confirm(draft, files)
    assert texts(submission)["3.3"] == "Unge deltar.\n\nSkolene må få tid."
    assert "Gebyr" not in submission.current_version.text


def test_a_hand_made_place_survives_later_corrections(begin):
    draft = begin()
    moved = block_with(draft, "Gebyr")
    correct(draft, edit_of(draft, moved, target=GENERAL))
    correct(
        draft,
        edit_of(draft, block_with(draft, "Unge deltar"), role=BlockRole.HEADING, level=2),
    )
    assert mapped_of(draft).assignments[moved].target == GENERAL


def test_two_who_correct_at_once_are_told(begin):
    draft = begin()
    stale = draft.revision
    index = block_with(draft, "Gebyr")
    correct(draft, edit_of(draft, index, target=GENERAL))
    with pytest.raises(ImportChanged):
        correct_import(draft, {}, revision=stale, by=SYSTEM)


@pytest.mark.parametrize("target", ["question:q9", "proposal:", "", "q1"])
def test_an_unknown_place_is_refused(begin, target):
    draft = begin()
    with pytest.raises(InvalidInput):
        correct(draft, edit_of(draft, 3, target=target))


def test_nothing_is_registered_when_all_is_left_out(begin, files):
    draft = begin()
    blocks = mapped_of(draft).document.blocks
    edits = {}
    for index in range(len(blocks)):
        edits |= edit_of(draft, index, target=LEFT_OUT)
    correct(draft, edits)
    with pytest.raises(NothingAnswered):
        confirm(draft, files)


def test_details_are_kept_until_later(begin):
    draft = begin()
    change_details(draft, complete(draft, sender="Et utvalg", document_date=None), by=SYSTEM)
    session().expire(draft)
    assert details_of(draft).sender == "Et utvalg"
    assert details_of(draft).document_date is None


def test_no_comments_is_an_answer_that_supports_nothing(begin, files):
    submission = confirm(begin(), files, has_no_comments=True)
    assert not submission.has_comments
    assert submission.current_version.text


def test_a_discarded_import_leaves_nothing(begin, files, library_round):
    with transaction():
        draft, twin = begin(), begin(filename="samme.docx")
    path = files.part(INCOMING).root / draft.digest[:2] / draft.digest
    with transaction():
        discard_import(draft, by=SYSTEM, files=files)
    assert path.exists()
    with transaction():
        discard_import(twin, by=SYSTEM, files=files)
    assert not path.exists()
    assert list_imports(library_round.id) == []


def test_discarding_never_touches_the_file_of_an_answer(begin, files):
    with transaction():
        submission = confirm(begin(), files)
        again = begin()
    with transaction():
        discard_import(again, by=SYSTEM, files=files)
    assert files.read(submission.current_version.attachments[0].digest) == LETTER


def test_importing_at_once_is_all_or_nothing(files, library_round):
    values = {
        "filename": "svar.docx",
        "sender": "Granli kommune",
        "by": SYSTEM,
        "files": files,
        "limit_bytes": LIMIT,
        "complete": lambda found: found,
    }
    with pytest.raises(InvalidInput):
        import_at_once(library_round, LETTER, actor_type=None, **values)
    assert list_imports(library_round.id) == []
    assert library_round.last_number == 0
    assert not [path for path in files.root.rglob("*") if path.is_file()]
    submission = import_at_once(library_round, LETTER, actor_type=ActorType.MUNICIPALITY, **values)
    assert submission.number == 1


def test_a_refused_file_is_not_kept(begin, files):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedFile):
        begin(locked + bytes(600))
    assert not files.root.exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Tuva\\svar.docx", "svar.docx"),
        ("a\x00b\r\n.pdf", "ab .pdf"),
        ("'; DROP TABLE submission; --.docx", "'; DROP TABLE submission; --.docx"),
        ("", "document"),
        ("..", "document"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_file_names_are_names_only(name, safe):
    assert safe_filename(name) == safe


@pytest.mark.scenario(49)
def test_an_answer_by_hand_carries_the_file_that_could_not_be_read(make, files):
    round_ = make.round(questions=2)
    scan = UploadedFile(b"%PDF-1.7 a picture", "skannet.pdf", "application/pdf")
    details = AnswerDetails(
        sender="Unni Brekkestrand",
        actor_type=ActorType.PRIVATE_PERSON,
        is_undated=True,
        received_on=date(2020, 10, 5),
        channel=Channel.PAPER,
    )
    written = {
        GENERAL: WrittenAnswer("Takk for at dere spør."),
        "question:q2": WrittenAnswer("- Åpne dører.\n- Kortere ventetid.", Stance.SUPPORT),
    }
    submission = register_by_hand(
        round_, details, written, by=SYSTEM, files=files, limit_bytes=LIMIT, scan=scan
    )
    assert submission.channel is Channel.PAPER
    assert submission.publication is Publication.NOT_ON_WEB
    assert texts(submission) == {
        None: "Takk for at dere spør.",
        "q2": "- Åpne dører.\n- Kortere ventetid.",
    }
    (attachment,) = submission.current_version.attachments
    assert attachment.digest == content_digest(scan.content)
    assert files.read(attachment.digest) == scan.content


def test_a_scan_alone_is_no_answer(make, files):
    scan = UploadedFile(b"scan", "a.png", "image/png")
    details = AnswerDetails(
        sender="Solvik kommune",
        actor_type=ActorType.MUNICIPALITY,
        is_undated=True,
        received_on=date(2020, 10, 5),
    )
    with pytest.raises(NothingAnswered):
        register_by_hand(
            make.round(), details, {}, by=SYSTEM, files=files, limit_bytes=LIMIT, scan=scan
        )
    assert not files.root.exists()


def test_a_pdf_keeps_its_number_of_pages(begin, files):
    submission = confirm(begin(as_pdf(LETTER_WITH_HEAD), "svar.pdf"), files)
    assert submission.current_version.attachments[0].pages == 2
