"""A new version holds everything that was sent; what the staff wrote beside it goes along."""

from io import BytesIO
from typing import NamedTuple

import pytest
from flask import current_app

from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.coding import apply_theme
from consult.domain.notifications.queries import list_messages
from consult.domain.submissions.attached import ReadUpload
from consult.domain.submissions.companions import (
    confirmations_about,
    get_sent_files,
    list_draft_files,
    translations_of,
    version_numbers,
)
from consult.domain.submissions.council import Confirmation, Remark
from consult.domain.submissions.errors import NothingChanged
from consult.domain.submissions.models import Submission
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.senders import SenderCheck
from consult.domain.submissions.service.amending import can_amend, start_amendment
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.commenting import add_comment
from consult.domain.submissions.service.council import (
    add_remark,
    confirm_answer,
    digest_now,
    note_participants,
    renew_confirmation_link,
)
from consult.domain.submissions.service.deciding import mark_answer, take_back
from consult.domain.submissions.service.drafting import change_respondent
from consult.domain.submissions.service.filing import (
    DRAFTS,
    UploadLimits,
    attach_file,
    part_holding,
    remove_file,
)
from consult.domain.submissions.service.transcribing import write_transcript, write_translation
from consult.domain.submissions.service.vetting import settle_sender
from consult.domain.submissions.types import (
    DeadlineStatus,
    DecisionKind,
    Participants,
    Respondent,
    SubmissionStatus,
    Voice,
    WrittenAnswer,
)
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import BASE_URL, begin, send, withdraw, write
from tests.support.coded import passages_of, theme

MP4 = b"\x00\x00\x00\x18ftypisom" + b"film" * 20


class Council(NamedTuple):
    """A council's answer that was sent, and the draft it was sent from."""

    submission: Submission
    draft: object


def _attach(draft, content: bytes, name: str, question=None) -> None:
    attach_file(
        draft,
        BytesIO(content),
        filename=name,
        question=question,
        files=current_app.extensions["files"],
        limits=UploadLimits(1, 1),
        read=lambda _stream, _name: ReadUpload(),
    )


@pytest.fixture
def council(make):
    round_ = make.round(questions=2)
    section = make.section(round_)
    draft = write(begin(round_, contact_email="rad@x.example"), "Døra må være åpen.", "Ja.")
    first, second = round_.questions
    note_participants(draft, [Participants("medlemmer", 7)])
    add_remark(draft, Remark("To av sju", "Døra må være åpen."), question=first)
    add_remark(draft, Remark("En av sju", "Vi stemte imot."), question=None)
    add_comment(draft, section, "Dette mangler.", quote="de ord")
    _attach(draft, b"Vedlegget.", "vedlegg.txt")
    _attach(draft, MP4, "svar.mp4", second)
    renew_confirmation_link(draft)
    confirm_answer(draft, Confirmation("medlem", agrees=True))
    return Council(send(draft).submission, draft)


def _begin_change(submission):
    return start_amendment(submission, by=VISITOR, now=utc_now())


def _answer(draft, text: str) -> None:
    question = draft.round.questions[0]
    save_answer(draft, question, WrittenAnswer(text=text), revision=1, by=VISITOR)


def _said(submission, version: int) -> list[tuple]:
    return [
        (one.question_id, one.section_id, one.quote, one.voice, one.voice_label, one.text)
        for one in get_sent_answers(submission, version)
    ]


def test_a_change_starts_from_everything_that_was_sent(council):
    draft = _begin_change(council.submission)
    assert digest_now(draft) == council.submission.current_version.digest
    with pytest.raises(NothingChanged):
        send(draft)


def test_a_new_version_holds_remarks_comments_files_and_participants(council):
    submission = council.submission
    draft = _begin_change(submission)
    _answer(draft, "Døra bør være åpen.")
    send(draft)
    before, after = _said(submission, 1), _said(submission, 2)
    assert {voice for *_rest, voice, _label, _text in after} == {Voice.SENDER, Voice.MINORITY}
    assert after[0][-1] == "Døra bør være åpen."
    assert after[1:] == before[1:]
    assert submission.participants == (Participants("medlemmer", 7),)
    files = [
        [(one.filename, one.question_id, one.digest) for one in get_sent_files(submission, number)]
        for number in (1, 2)
    ]
    assert files[0] == files[1]
    receipt = list_messages()[0]
    assert "Døra bør være åpen." in receipt.body_text
    assert "Vi stemte imot." in receipt.body_text
    assert [item["receipt_of"] for item in receipt.attachments] == [submission.public_id]


def test_files_of_a_change_are_not_copied_and_can_be_left_out(council):
    store = current_app.extensions["files"]
    draft = _begin_change(council.submission)
    kept, film = list_draft_files(draft.id)
    assert part_holding(kept, files=store) is None
    assert store.read(kept.digest) == b"Vedlegget."
    _attach(draft, b"Nytt.", "nytt.txt")
    assert part_holding(list_draft_files(draft.id)[-1], files=store) == DRAFTS
    remove_file(draft, film, files=store)
    send(draft)
    assert [one.filename for one in get_sent_files(council.submission)] == [
        "vedlegg.txt",
        "nytt.txt",
    ]
    assert store.has(film.digest), "the version before keeps its own"
    assert [one.filename for one in get_sent_files(council.submission, 1)][-1] == "svar.mp4"


def test_confirmations_are_of_the_text_that_members_saw(council):
    submission = council.submission
    draft = _begin_change(submission)
    _answer(draft, "Døra bør være åpen.")
    (seen,) = confirmations_about(draft)
    assert seen.digest != digest_now(draft)
    send(draft)
    assert [one.digest for one in confirmations_about(draft)] == [seen.digest]
    assert seen.digest != submission.current_version.digest
    assert version_numbers(submission.id)[seen.digest] == 1
    later = confirm_answer(council.draft, Confirmation("vara", agrees=True))
    assert later.digest == submission.current_version.digest, "the first link shows what counts"


def test_what_the_staff_wrote_stands_beside_what_is_unchanged(council):
    submission = council.submission
    first = submission.current_version
    transcript = write_transcript(first.attachments[1], "Det som ble tegnet.", by=SYSTEM)
    for answer in (first.answers[0], first.answers[2], transcript):
        write_translation(answer, "Translated.", language="en", by=SYSTEM)
    quotes = {one.quote: one for one in passages_of(submission)}
    apply_theme(quotes["Det som ble tegnet."], theme(submission.round, "Tid"), by=SYSTEM)
    draft = _begin_change(submission)
    _answer(draft, "Døra bør være åpen. Alltid, og for alle.")
    send(draft)
    second = submission.current_version
    (file,) = [one for one in second.attachments if one.transcript is not None]
    assert file.transcript.text == "Det som ble tegnet."
    assert file.transcript.id != transcript.id, "the version before keeps its own"
    translated = {one.id for one in second.answers} & translations_of(second.id).keys()
    assert {one.text for one in second.answers if one.id in translated} == {
        second.answers[2].text,
        "Det som ble tegnet.",
    }
    again = [one for one in passages_of(submission) if one.version_id == second.id]
    carried = next(one for one in again if one.quote == "Det som ble tegnet.")
    assert second.full_text[carried.start : carried.end] == carried.quote
    assert [coding.theme.name for coding in carried.codings] == ["Tid"]
    assert [row.codings for row in list_themes(submission.round_id)] == [1]


def test_a_minoritys_words_are_not_taken_for_the_councils(council):
    submission = council.submission
    own, minority = (one for one in passages_of(submission) if one.quote == "Døra må være åpen.")
    apply_theme(own, theme(submission.round, "Dører"), by=SYSTEM)
    draft = _begin_change(submission)
    _answer(draft, "Noe helt annet.")
    send(draft)
    assert minority.answer.voice is Voice.MINORITY
    again = [one for one in passages_of(submission) if one.version is submission.current_version]
    assert not any(one.codings for one in again)


@pytest.mark.parametrize(
    "kind", [DecisionKind.DUPLICATE, DecisionKind.OFF_TOPIC], ids=lambda kind: kind.value
)
def test_no_mark_that_is_taken_back_revives_what_was_withdrawn(make, kind):
    round_ = make.round()
    stands = send(write(begin(round_), "Ja")).submission
    submission = send(write(begin(round_), "Ja")).submission
    other = stands if kind.names_another else None
    decision = mark_answer(submission, kind, reason="x", by=SYSTEM, stands=other)
    assert not can_amend(submission)
    withdraw(submission)
    take_back(decision, by=SYSTEM)
    assert submission.status is SubmissionStatus.WITHDRAWN


def test_a_decision_on_lateness_holds_for_the_next_version(make):
    submission = send(write(begin(make.round()), "Ja")).submission
    submission.deadline_status = DeadlineStatus.LATE_INCLUDED
    mark_answer(submission, DecisionKind.LATE_EXCLUDED, reason="x", by=SYSTEM)
    draft = _begin_change(submission)
    _answer(draft, "Nei")
    send(draft)
    assert submission.deadline_status is DeadlineStatus.LATE_EXCLUDED


def test_whoever_wrote_for_a_body_that_was_found_can_still_change_it(make):
    body, other = make.organisation(), make.organisation()
    submission = send(write(begin(make.round(), claimed_organisation_id=body.id), "Ja")).submission
    settle_sender(submission, is_claimed_body=True, by=SYSTEM)
    draft = _begin_change(submission)
    assert (draft.organisation_id, draft.claimed_organisation_id) == (None, body.id)
    _answer(draft, "Nei")
    send(draft)
    assert submission.organisation_id == body.id
    assert submission.sender_check is None
    draft = _begin_change(submission)
    claim = Respondent(draft.name, draft.actor_type, claimed_organisation_id=other.id)
    change_respondent(draft, claim, language="nb", base_url=BASE_URL)
    send(draft)
    assert submission.organisation_id is None, "another body is another claim"
    assert submission.sender_check is SenderCheck.CLAIMED
