"""Transcripts: divided and coded like any text, and never written over once they are."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.errors import TextCoded
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.transcribing import write_transcript
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    Publication,
    Respondent,
    StoredFile,
    SubmissionContent,
    Voice,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from tests.support.coded import passages_of, theme


@pytest.fixture
def filmed(make):
    """An answer with a paragraph at the first question and a video at the second."""
    round_ = make.round(questions=2)
    first, second = round_.questions
    submission, _token = receive_submission(
        round_,
        SubmissionContent(
            respondent=Respondent("Kari", ActorType.PRIVATE_PERSON),
            channel=Channel.FORM,
            language="nb",
            publication=Publication.WITH_NAME,
            answers=(
                AnswerContent(question_id=first.id, text="Skrevet."),
                AnswerContent(question_id=second.id, has_files=True),
            ),
            files=(
                StoredFile("svar.mp4", "video/mp4", "a" * 64, 5, AttachmentKind.VIDEO,
                           question_id=second.id),
            ),
        ),
        by=SYSTEM,
        received_at=utc_now(),
    )  # fmt: skip
    return submission


@pytest.mark.scenario(26)
def test_a_transcript_is_divided_and_what_was_sent_stays(filmed):
    version, file = filmed.current_version, filmed.current_version.attachments[0]
    text, digest = version.text, version.digest
    answer = write_transcript(file, "Tegnet.\n\n- ett\n- to", by=SYSTEM)
    assert (answer.voice, answer.question_id) == (Voice.TRANSCRIPT, file.question_id)
    assert (version.text, version.digest) == (text, digest)
    passages = passages_of(filmed)
    assert [passage.quote for passage in passages] == ["Skrevet.", "Tegnet.", "ett", "to"]
    full = version.full_text
    assert [full[one.start : one.end] for one in passages] == [one.quote for one in passages]
    chosen = add_passage(version, start=passages[1].start, end=passages[1].start + 4, by=SYSTEM)
    assert chosen.quote == "Tegn"


def test_a_transcript_is_written_anew_until_it_is_coded(filmed):
    file = filmed.current_version.attachments[0]
    write_transcript(file, "Feil.", by=SYSTEM)
    write_transcript(file, "Rett.", by=SYSTEM)
    passages = passages_of(filmed)
    assert [passage.quote for passage in passages] == ["Skrevet.", "Rett."]
    apply_theme(passages[1], theme(filmed.round, "Tid"), by=SYSTEM)
    with pytest.raises(TextCoded):
        write_transcript(file, "Senere.", by=SYSTEM)
    with pytest.raises(InvalidInput):
        write_transcript(file, " \n", by=SYSTEM)
