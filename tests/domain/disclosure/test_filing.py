"""Files of published answers: one by one, after a look, and never past what the sender chose."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.disclosure.errors import FileBarred
from consult.domain.disclosure.queries import find_review_of, get_published_file, get_review
from consult.domain.disclosure.service.filing import publish_file, withdraw_file
from consult.domain.disclosure.service.reviewing import clear_answer, open_review, take_back
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.models import Attachment, SubmissionVersion
from consult.domain.submissions.types import AttachmentKind, Publication, StoredFile
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from tests.support.coded import receive

FILES = (
    StoredFile("uttalelse.pdf", "application/pdf", "a" * 64, 7),
    StoredFile("tavle.jpg", "image/jpeg", "b" * 64, 7),
)


@pytest.fixture
def round_(make):
    return make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)


def test_a_file_stands_on_the_web_as_long_as_its_answer(round_):
    submission = receive(round_, "Vi er enige.", files=FILES)
    review = get_review(round_.slug, submission.number)
    pdf, picture = review.version.attachments
    with pytest.raises(FileBarred):
        publish_file(review, picture, by=SYSTEM)
    publish_file(review, pdf, by=SYSTEM)
    publish_file(review, pdf, by=SYSTEM)
    where = (round_.slug, submission.number, pdf.public_id)
    with pytest.raises(NotFound):
        get_published_file(*where)
    clear_answer(review, by=SYSTEM)
    assert get_published_file(*where).attachment is pdf
    with pytest.raises(NotFound):
        get_published_file(round_.slug, submission.number, picture.public_id)
    take_back(review, by=SYSTEM)
    with pytest.raises(NotFound):
        get_published_file(*where)
    clear_answer(review, by=SYSTEM)
    withdraw_file(review, pdf, by=SYSTEM)
    with pytest.raises(NotFound):
        get_published_file(*where)
    tags = [entry.tag for entry in entries_about(submission.reference)]
    assert tags.count(Tag.REVIEW_FILE_PUBLISHED) == tags.count(Tag.REVIEW_FILE_WITHDRAWN) == 1


def test_a_new_version_keeps_what_is_the_same_file(round_):
    submission = receive(round_, "Vi er enige.", files=FILES)
    review = get_review(round_.slug, submission.number)
    publish_file(review, review.version.attachments[0], by=SYSTEM)
    version = SubmissionVersion(
        submission=submission,
        number=2,
        text="Vi er uenige.",
        digest="0" * 64,
        created_at=utc_now(),
        created_by="sender",
    )
    version.attachments = [
        Attachment(
            kind=AttachmentKind.ATTACHMENT,
            filename=f"{digest}.pdf",
            media_type="application/pdf",
            size=7,
            digest=digest * 64,
        )
        for digest in "abc"
    ]
    session().add(version)
    session().flush()
    open_review(version)
    kept = find_review_of(version.id)
    assert [one.attachment.digest for one in kept.published_files] == ["a" * 64]


def test_a_sender_who_chose_no_name_has_no_file_on_the_web(round_):
    submission = receive(round_, "Enig.", files=FILES, publication=Publication.WITHOUT_NAME)
    review = get_review(round_.slug, submission.number)
    with pytest.raises(FileBarred):
        publish_file(review, review.version.attachments[0], by=SYSTEM)
