"""Letting everybody have a file that came with an answer, one by one, and taking it back.

A file is given byte for byte, or somebody puts a redacted edition of it in its place, or it is held
back by law. Where words were taken out of the answer, no file is given in which they still stand.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.errors import FileBarred, FileStillHolds
from consult.domain.disclosure.looking_into import count_words_in
from consult.domain.disclosure.models import AnswerReview, HeldFile, PublishedFile
from consult.domain.disclosure.rules import file_bar, redacted_file_bar
from consult.domain.disclosure.types import FileBar, LegalBasis
from consult.domain.disclosure.variants import private_sentences, words_taken_out
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.submissions.models import Attachment
    from consult.domain.submissions.types import StoredFile


def publish_file(
    review: AnswerReview, file: "Attachment", *, by: Actor, files: FileStore | None = None
) -> None:
    """Let a file stand on the web as it is, for as long as its answer does.

    Args:
        review: The review of the version that it came with.
        file: The file.
        by: Who has looked at it.
        files: The store, to look for words that were taken out; without it nothing is looked for.

    Raises:
        FileBarred: No look at it can be enough.
        FileStillHolds: Words that were taken out of the answer stand in it.
    """
    bar = file_bar(file.media_type, review.submission.publication)
    if bar is not None or file.is_private:
        raise FileBarred(bar or FileBar.PRIVATE)
    if any(one.attachment_id == file.id for one in review.published_files):
        return
    if files is not None:
        _refuse_words(review, file.digest, file.filename, files)
    _let_go(review, file)
    _publish(review, file, by=by.reference)
    _note(Tag.REVIEW_FILE_PUBLISHED, review, file, by=by)


def replace_file(
    review: AnswerReview, file: "Attachment", edition: "StoredFile", *, by: Actor, files: FileStore
) -> None:
    """Put a redacted edition in the place of a file, for everybody outside; the file stays.

    Args:
        review: The review of the version that it came with.
        file: The file that was sent.
        edition: The redacted one, which lies in the store.
        by: Who made it, or puts it there.
        files: The store.

    Raises:
        FileBarred: The sender wants nothing on the web, or it is a kind that is given to nobody.
        FileStillHolds: Words that were taken out of the answer stand in it: in its text, its
            properties, or under something that was painted over them.
    """
    bar = redacted_file_bar(edition.media_type, review.submission.publication)
    if bar is not None or file.is_private:
        raise FileBarred(bar or FileBar.PRIVATE)
    _refuse_words(review, edition.digest, edition.filename, files)
    _let_go(review, file)
    published = _publish(review, file, by=by.reference)
    published.redacted_digest = edition.digest
    published.redacted_name = edition.filename
    published.redacted_type = edition.media_type
    published.redacted_size = edition.size
    session().flush()
    _note(Tag.REVIEW_FILE_REPLACED, review, file, by=by, data={"edition": edition.digest})


def hold_file(review: AnswerReview, file: "Attachment", basis: LegalBasis, *, by: Actor) -> None:
    """Hold a file back from everybody outside, by law."""
    _let_go(review, file)
    review.held_files.append(
        HeldFile(attachment=file, basis=basis, held_at=utc_now(), held_by=by.reference)
    )
    session().flush()
    _note(Tag.REVIEW_FILE_HELD, review, file, by=by, data={"basis": basis.value})


def withdraw_file(review: AnswerReview, file: "Attachment", *, by: Actor) -> None:
    """Take back what was decided about a file: nobody outside gets it until that is done anew."""
    if _let_go(review, file):
        _note(Tag.REVIEW_FILE_WITHDRAWN, review, file, by=by)


def withdraw_all_files(review: AnswerReview, *, by: Actor) -> int:
    """Take every file off the web: words that were taken out may stand in them; how many it was."""
    files = [one.attachment for one in review.published_files]
    for file in files:
        withdraw_file(review, file, by=by)
    return len(files)


def carry_files_over(before: AnswerReview, review: AnswerReview) -> None:
    """Let a new version keep what was decided about the same files, byte for byte."""
    published = {one.attachment.digest: one for one in before.published_files}
    held = {one.attachment.digest: one for one in before.held_files}
    for file in review.version.attachments:
        if (known := held.get(file.digest)) is not None:
            review.held_files.append(
                HeldFile(
                    attachment=file,
                    basis=known.basis,
                    held_at=known.held_at,
                    held_by=known.held_by,
                )
            )
        elif (other := published.get(file.digest)) is not None:
            _carry_over(other, review, file)
    session().flush()


def _carry_over(before: PublishedFile, review: AnswerReview, file: "Attachment") -> None:
    rule = file_bar if before.redacted_digest is None else redacted_file_bar
    if rule(before.media_type, review.submission.publication) is not None:
        return
    published = _publish(review, file, by=before.published_by)
    published.redacted_digest = before.redacted_digest
    published.redacted_name = before.redacted_name
    published.redacted_type = before.redacted_type
    published.redacted_size = before.redacted_size


def _refuse_words(review: AnswerReview, digest: str, filename: str, files: FileStore) -> None:
    taken_out = [*words_taken_out(review), *private_sentences(review)]
    if review.submission.publication is Publication.WITHOUT_NAME:
        submission = review.submission
        names = [submission.name, submission.contact_name or ""]
        taken_out += [*names, *(party.name for party in review.version.parties)]
    if not any(taken_out):
        return
    number = count_words_in(BytesIO(files.read(digest)), taken_out, filename=filename)
    if number:
        raise FileStillHolds(number)


def _let_go(review: AnswerReview, file: "Attachment") -> bool:
    """Forget what was decided about a file; whether anything was."""
    published = [one for one in review.published_files if one.attachment_id == file.id]
    held = [one for one in review.held_files if one.attachment_id == file.id]
    for one in published:
        review.published_files.remove(one)
    for other in held:
        review.held_files.remove(other)
    session().flush()
    return bool(published or held)


def _publish(review: AnswerReview, file: "Attachment", *, by: str) -> PublishedFile:
    published = PublishedFile(attachment=file, published_at=utc_now(), published_by=by)
    review.published_files.append(published)
    session().flush()
    return published


def _note(
    tag: Tag,
    review: AnswerReview,
    file: "Attachment",
    *,
    by: Actor,
    data: dict[str, object] | None = None,
) -> None:
    """Log which file by its hash: a name of a file can be the name of a person."""
    record(
        tag,
        subject=review.submission.reference,
        by=by.reference,
        stream=organisation_stream(review.round.owner_id),
        data={"file": file.digest, **(data or {})},
    )
