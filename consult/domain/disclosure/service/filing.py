"""Letting everybody have a file that came with an answer, one by one, and taking it back."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.errors import FileBarred
from consult.domain.disclosure.models import AnswerReview, PublishedFile
from consult.domain.disclosure.rules import file_bar
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.submissions.models import Attachment


def publish_file(review: AnswerReview, file: "Attachment", *, by: Actor) -> None:
    """Let a file stand on the web for as long as its answer does.

    Raises :class:`FileBarred` when no look at it can be enough.
    """
    bar = file_bar(file.media_type, review.submission.publication)
    if bar is not None:
        raise FileBarred(bar)
    if any(one.attachment_id == file.id for one in review.published_files):
        return
    _publish(review, file, by=by.reference)
    _note(Tag.REVIEW_FILE_PUBLISHED, review, file, by=by)


def withdraw_file(review: AnswerReview, file: "Attachment", *, by: Actor) -> None:
    """Take a file off the web; the file itself stays with the answer."""
    for one in review.published_files:
        if one.attachment_id == file.id:
            review.published_files.remove(one)
            session().flush()
            _note(Tag.REVIEW_FILE_WITHDRAWN, review, file, by=by)
            return


def carry_files_over(before: AnswerReview, review: AnswerReview) -> None:
    """Let a new version keep the files that were published with the one before, byte for byte."""
    published = {one.attachment.digest: one.published_by for one in before.published_files}
    for file in review.version.attachments:
        if file.digest in published and not file_bar(
            file.media_type, review.submission.publication
        ):
            _publish(review, file, by=published[file.digest])


def _publish(review: AnswerReview, file: "Attachment", *, by: str) -> None:
    review.published_files.append(
        PublishedFile(attachment=file, published_at=utc_now(), published_by=by)
    )
    session().flush()


def _note(tag: Tag, review: AnswerReview, file: "Attachment", *, by: Actor) -> None:
    """Log which file by its hash: a name of a file can be the name of a person."""
    record(
        tag,
        subject=review.submission.reference,
        by=by.reference,
        stream=organisation_stream(review.round.owner_id),
        data={"file": file.digest},
    )
