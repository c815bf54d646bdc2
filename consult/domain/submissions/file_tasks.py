"""Files that nobody can read as they came: what is wrong with each, and who has seen to it."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.files.models import ScreenedFile
from consult.domain.files.types import Verdict
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.models import Attachment, Submission, SubmissionVersion
from consult.domain.submissions.types import SubmissionStatus


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file that the sender should be asked about."""

    submission: Submission
    file: Attachment
    problem: FileProblem


def list_file_tasks(round_id: int) -> tuple[FileTask, ...]:
    """Files of answers that stand which nobody can read, and nobody has seen to yet."""
    infected = ScreenedFile.verdict == Verdict.INFECTED
    query = (
        select(Submission, Attachment, ScreenedFile.verdict)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Attachment, Attachment.version_id == SubmissionVersion.id)
        .outerjoin(ScreenedFile, ScreenedFile.digest == Attachment.digest)
        .where(
            Submission.round_id == round_id,
            Submission.status == SubmissionStatus.RECEIVED,
            SubmissionVersion.number == Submission.current_version_number,
            Attachment.attended_at.is_(None),
            or_(infected, Attachment.problem.is_not(None)),
        )
        .options(joinedload(Attachment.question))
        .order_by(Submission.number, Attachment.id)
    )
    return tuple(
        FileTask(submission, file, _problem(file, verdict))
        for submission, file, verdict in session().execute(query)
    )


def _problem(file: Attachment, verdict: Verdict | None) -> FileProblem:
    if verdict is Verdict.INFECTED or file.problem is None:
        return FileProblem.INFECTED
    return file.problem
