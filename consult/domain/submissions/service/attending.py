"""Seeing to files: those that nobody can read, and long ones that a summary would help with."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.asking import send_file_question
from consult.domain.submissions.attached import FileProblem, FileQuestion
from consult.domain.submissions.models import Attachment
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.service.linking import answer_address
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict
from consult.kernel.i18n import localised


def settle_file(file: Attachment, *, by: Actor) -> None:
    """Note that somebody has seen to a file that nobody could read."""
    if file.attended_at is None:
        _attend(file, by, {"asked": None})


def ask_about_file(file: Attachment, question: FileQuestion, *, by: Actor, base_url: str) -> None:
    """Mail the sender a question about a file, with the address that leads to the answer.

    Raises ``Conflict`` when the sender has given no e-mail address.
    """
    submission = file.version.submission
    recipient = recipient_of(submission)
    if recipient is None:
        raise Conflict("no address")
    send_file_question(
        recipient,
        about=submission.reference,
        question=question.value,
        filename=file.filename,
        receipt_number=submission.receipt_number,
        round_title=localised(submission.round.title, recipient.locale),
        owner=submission.round.owner.name,
        link=answer_address(submission, base_url=base_url),
    )
    _attend(file, by, {"asked": question.value})


def note_contents(
    file: Attachment, *, pages: int | None = None, problem: FileProblem | None = None
) -> None:
    """Keep what was found out about a file after it came."""
    file.pages = pages if file.pages is None else file.pages
    file.problem = problem if file.problem is None else file.problem
    session().flush()


def _attend(file: Attachment, by: Actor, data: dict[str, object]) -> None:
    submission = file.version.submission
    file.attended_at, file.attended_by = utc_now(), by.reference
    session().flush()
    record(
        Tag.SUBMISSION_FILE_ATTENDED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"file": file.digest, **data},
    )
