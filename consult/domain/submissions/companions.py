"""Finding what stands beside the answers: remarks, files, members' confirmations, translations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.db import get_one, session
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round, Section
from consult.domain.submissions.file_tasks import FileTask, list_file_tasks
from consult.domain.submissions.models import (
    Answer,
    AnswerTranslation,
    Attachment,
    Draft,
    DraftComment,
    DraftFile,
    DraftRemark,
    MemberConfirmation,
    Submission,
    SubmissionVersion,
)
from consult.domain.submissions.queries import own_deadline_of
from consult.domain.submissions.rules import draft_access_ends
from consult.domain.submissions.types import AttachmentKind, SubmissionStatus
from consult.kernel.ids import token_digest


def list_remarks(draft_id: int) -> Sequence[DraftRemark]:
    """A draft's minority remarks, in the order they were written."""
    query = (
        select(DraftRemark)
        .where(DraftRemark.draft_id == draft_id)
        .options(joinedload(DraftRemark.question))
        .order_by(DraftRemark.id)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).all()


def find_remark(draft: Draft, remark_id: str) -> DraftRemark:
    """One of a draft's remarks. Raises :class:`NotFound`."""
    query = select(DraftRemark).where(
        DraftRemark.draft_id == draft.id, DraftRemark.public_id == remark_id
    )
    return get_one(query, "remark", remark_id)


def list_comments(draft_id: int) -> Sequence[DraftComment]:
    """A draft's comments on the paper, as the paper runs."""
    query = (
        select(DraftComment)
        .join(DraftComment.section)
        .where(DraftComment.draft_id == draft_id)
        .options(contains_eager(DraftComment.section))
        .order_by(Section.position, DraftComment.id)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).all()


def find_comment(draft: Draft, comment_id: str) -> DraftComment:
    """One of a draft's comments. Raises :class:`NotFound`."""
    query = select(DraftComment).where(
        DraftComment.draft_id == draft.id, DraftComment.public_id == comment_id
    )
    return get_one(query, "comment", comment_id)


def list_draft_files(draft_id: int) -> Sequence[DraftFile]:
    """A draft's files, in the order they were added."""
    query = (
        select(DraftFile)
        .where(DraftFile.draft_id == draft_id)
        .options(joinedload(DraftFile.question))
        .order_by(DraftFile.id)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).all()


def find_draft_file(draft: Draft, file_id: str) -> DraftFile:
    """One of a draft's files. Raises :class:`NotFound`."""
    query = select(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.public_id == file_id)
    return get_one(query, "file", file_id)


def upload_digests() -> Select[tuple[str]]:
    """The digests of all files of drafts and answers, as a query."""
    drafts = select(DraftFile.digest.label("digest"))
    sent = select(Attachment.digest.label("digest"))
    return select(drafts.union(sent).subquery().c.digest)


def count_draft_files_of(digest: str) -> int:
    """How many files on drafts rest on the same bytes."""
    query = select(func.count(DraftFile.id)).where(DraftFile.digest == digest)
    return session().scalar(query) or 0


def find_draft_to_confirm(token: str, *, now: datetime) -> Draft | None:
    """The draft, sent or not, whose text a confirmation link opens at this moment.

    It works as long as a link to the draft would: a month past the deadline, sent or not.
    """
    query = (
        select(Draft)
        .where(Draft.confirm_digest == token_digest(token))
        .options(joinedload(Draft.round).joinedload(Round.owner), joinedload(Draft.submission))
    )
    draft = session().scalars(query).one_or_none()
    return draft if draft is not None and now < confirming_ends(draft) else None


def confirming_ends(draft: Draft) -> datetime:
    """The moment from which on the link for members opens nothing."""
    return draft_access_ends(draft.round.closes_at, own_deadline_of(draft))


def list_confirmations(draft_id: int) -> Sequence[MemberConfirmation]:
    """What members have said of a draft and of what it became, in order."""
    query = (
        select(MemberConfirmation)
        .where(MemberConfirmation.draft_id == draft_id)
        .order_by(MemberConfirmation.id)
    )
    return session().scalars(query).all()


def confirmations_about(draft: Draft) -> Sequence[MemberConfirmation]:
    """What members have said of a draft, of the answer it changes or of the one it became."""
    answer_id = draft.submission_id or draft.amends_id
    query = (
        select(MemberConfirmation)
        .where(
            or_(
                MemberConfirmation.draft_id == draft.id,
                and_(
                    MemberConfirmation.submission_id.is_not(None),
                    MemberConfirmation.submission_id == answer_id,
                ),
            )
        )
        .order_by(MemberConfirmation.id)
    )
    return session().scalars(query).all()


def confirmations_of(submission_id: int) -> Sequence[MemberConfirmation]:
    """What members have said of an answer, in order."""
    query = (
        select(MemberConfirmation)
        .where(MemberConfirmation.submission_id == submission_id)
        .order_by(MemberConfirmation.id)
    )
    return session().scalars(query).all()


def version_numbers(submission_id: int) -> dict[str, int]:
    """The numbers of an answer's versions, by the fingerprint of what they say."""
    query = select(SubmissionVersion.digest, SubmissionVersion.number).where(
        SubmissionVersion.submission_id == submission_id
    )
    return {row.digest: row.number for row in session().execute(query)}


def get_sent_files(submission: Submission, version: int | None = None) -> Sequence[Attachment]:
    """The files of a version, or of the one that counts now, but for originals from the staff."""
    query = (
        select(Attachment)
        .join(Attachment.version)
        .where(
            SubmissionVersion.submission_id == submission.id,
            SubmissionVersion.number == (version or submission.current_version_number),
            Attachment.kind != AttachmentKind.ORIGINAL,
        )
        .options(joinedload(Attachment.question))
        .order_by(Attachment.id)
    )
    return session().scalars(query).all()


def list_statements(submission_id: int) -> Sequence[Submission]:
    """The answers that lay beside an answer when it came, by number; withdrawn ones too."""
    query = (
        select(Submission)
        .where(Submission.came_with_id == submission_id)
        .options(joinedload(Submission.organisation))
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def find_attachment(submission: Submission, file_id: str) -> Attachment:
    """A file of any version of an answer. Raises :class:`NotFound`."""
    query = (
        select(Attachment)
        .join(Attachment.version)
        .where(SubmissionVersion.submission_id == submission.id, Attachment.public_id == file_id)
        .options(joinedload(Attachment.transcript), joinedload(Attachment.question))
    )
    return get_one(query, "file", file_id)


def translations_of(version_id: int) -> dict[int, list[AnswerTranslation]]:
    """Translations of a version's parts, by the id of the part."""
    query = (
        select(AnswerTranslation)
        .join(Answer, AnswerTranslation.answer_id == Answer.id)
        .where(Answer.version_id == version_id)
        .order_by(AnswerTranslation.id)
    )
    found: dict[int, list[AnswerTranslation]] = {}
    for translation in session().scalars(query):
        found.setdefault(translation.answer_id, []).append(translation)
    return found


@dataclass(frozen=True, slots=True)
class AnswerTasks:
    """What the owner's staff should do with single answers of a round.

    Attributes:
        transcripts: Videos of answers that stand, without a transcript.
        senders: Answers whose sender should be looked at.
        files: Files that nobody can read as they came.
    """

    transcripts: tuple[tuple[Submission, Attachment], ...]
    senders: tuple[Submission, ...]
    files: tuple[FileTask, ...] = ()

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return len(self.transcripts) + len(self.senders) + len(self.files)


def list_answer_tasks(round_id: int) -> AnswerTasks:
    """The transcripts to write, and the senders and files to look at, in order of receipt."""
    stands = (Submission.round_id == round_id, Submission.status == SubmissionStatus.RECEIVED)
    videos = (
        select(Submission, Attachment)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Attachment, Attachment.version_id == SubmissionVersion.id)
        .where(
            *stands,
            SubmissionVersion.number == Submission.current_version_number,
            Attachment.kind == AttachmentKind.VIDEO,
            Attachment.transcript_id.is_(None),
        )
        .options(joinedload(Attachment.question))
        .order_by(Submission.number, Attachment.id)
    )
    senders = (
        select(Submission)
        .where(*stands, Submission.sender_check.is_not(None))
        .options(joinedload(Submission.claimed_organisation))
        .order_by(Submission.number)
    )
    return AnswerTasks(
        transcripts=tuple((row[0], row[1]) for row in session().execute(videos)),
        senders=tuple(session().scalars(senders)),
        files=list_file_tasks(round_id),
    )


def count_answer_tasks(round_id: int) -> int:
    """How many tasks :func:`list_answer_tasks` would list."""
    return list_answer_tasks(round_id).count


def search_bodies(
    text: str, *, among: Collection[ActorType] | None = None, limit: int = 20
) -> Sequence[Organisation]:
    """Bodies that exist still, whose name or number matches, for choosing whom one answers for.

    Args:
        text: Part of the name, or the whole organisation number; nothing is found by one letter.
        among: Only bodies of these kinds.
        limit: How many at the most.
    """
    if len(wanted := text.strip()) < 2:
        return ()
    query = (
        select(Organisation)
        .where(
            Organisation.dissolved_on.is_(None),
            or_(
                Organisation.name.icontains(wanted, autoescape=True),
                Organisation.organisation_number == wanted.replace(" ", ""),
            ),
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(limit)
    )
    if among is not None:
        query = query.where(Organisation.actor_type.in_(among))
    return session().scalars(query).all()
