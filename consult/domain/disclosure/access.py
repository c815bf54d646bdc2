"""What is handed out on a request for access to the answers of a round, and what is withheld.

Access is wider than the web: an answer whose sender does not want it there is given on request all
the same, and a wish to stand without name is no ground in law (domain guide §1.5). What is given is
the publishable variant; whatever is not is listed with its legal basis. None of the words stand in
that list.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.rules import overlaps
from consult.domain.disclosure.types import LegalBasis, RefusalReason, ReviewState
from consult.domain.disclosure.variants import publishable_answers, publishable_label
from consult.domain.submissions.models import Answer, Attachment, Submission, SubmissionVersion
from consult.domain.submissions.types import Publication, SubmissionStatus, Voice
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.disclosure.models import PublishedFile


class Withholding(StrEnum):
    """What is not handed out."""

    NOT_REVIEWED = "not_reviewed"
    REFUSED = "refused"
    NAME = "name"
    WORDS = "words"
    PRIVATE = "private"
    LABEL = "label"
    FILE_HELD = "file_held"
    FILE_NOT_REVIEWED = "file_not_reviewed"
    FILE_NOT_SCANNED = "file_not_scanned"


WITHHOLDING_LABELS: dict[Withholding, str] = {
    Withholding.NOT_REVIEWED: N_("The whole answer: it has not been looked through yet"),
    Withholding.REFUSED: N_("The whole answer"),
    Withholding.NAME: N_("The sender's name"),
    Withholding.WORDS: N_("Words in the text"),
    Withholding.PRIVATE: N_("All that was answered to a question"),
    Withholding.LABEL: N_("What a minority calls itself"),
    Withholding.FILE_HELD: N_("A file"),
    Withholding.FILE_NOT_REVIEWED: N_("A file that nobody has decided on"),
    Withholding.FILE_NOT_SCANNED: N_("A file that has not been searched for viruses"),
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that is not handed out.

    Attributes:
        what: What kind of thing it is.
        place: Where: the words of the question or proposal, or the number of the file.
        times: In how many places.
        basis: By which law; ``None`` where nobody has named one.
        reason: Why the whole answer is not published, where it was refused.
    """

    what: Withholding
    place: str = ""
    times: int = 1
    basis: LegalBasis | None = None
    reason: RefusalReason | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a legal basis holds for a request, so that nobody has to decide any more."""
        return self.basis is not None and not self.basis.is_for_web_only


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer that is asked for, with the review of the version that counts, if there is one."""

    submission: Submission
    review: AnswerReview | None

    @property
    def is_given(self) -> bool:
        """Whether its publishable variant is handed out."""
        return self.review is not None and self.review.state is ReviewState.CLEARED


def load_for_access(submission_ids: Sequence[int]) -> list[Reviewed]:
    """Answers with their reviews, by number, whatever was decided about counting them."""
    version = joinedload(AnswerReview.version)
    answers = version.selectinload(SubmissionVersion.answers)
    reviews = session().scalars(
        select(AnswerReview)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .where(
            AnswerReview.submission_id.in_(submission_ids),
            SubmissionVersion.number == Submission.current_version_number,
        )
        .options(
            joinedload(AnswerReview.round),
            answers.joinedload(Answer.question),
            answers.joinedload(Answer.proposal),
            answers.joinedload(Answer.section),
            version.selectinload(SubmissionVersion.parties),
            version.selectinload(SubmissionVersion.attachments).joinedload(Attachment.source),
            selectinload(AnswerReview.redactions),
            selectinload(AnswerReview.published_files),
            selectinload(AnswerReview.held_files),
        )
    )
    by_answer = {review.submission_id: review for review in reviews}
    query = select(Submission).where(Submission.id.in_(submission_ids)).order_by(Submission.number)
    return [Reviewed(one, by_answer.get(one.id)) for one in session().scalars(query)]


def list_unnamed(round_id: int) -> list[tuple[int, str]]:
    """Number and name of the senders who want to stand without name, for whoever assesses that."""
    query = (
        select(Submission.number, Submission.name)
        .where(
            Submission.round_id == round_id,
            Submission.publication == Publication.WITHOUT_NAME,
            Submission.status.not_in((SubmissionStatus.MINUTES, SubmissionStatus.QUARANTINED)),
        )
        .order_by(Submission.number)
    )
    return [(number, name) for number, name in session().execute(query)]


def given_files(review: AnswerReview) -> "list[PublishedFile]":
    """The files that are handed out with an answer, in the order they came."""
    published = {one.attachment_id: one for one in review.open_files}
    return [published[file.id] for file in review.version.attachments if file.id in published]


def withheld_of(
    one: Reviewed, *, is_named: bool, place_of: Callable[[Answer], str]
) -> Iterator[Withheld]:
    """Everything of an answer that is not handed out.

    Args:
        one: The answer.
        is_named: Whether a sender is named who wants to stand without.
        place_of: What a part of an answer is about, in words.
    """
    review = one.review
    if review is None or review.state is ReviewState.WAITING:
        yield Withheld(Withholding.NOT_REVIEWED)
        return
    if review.state is ReviewState.REFUSED:
        yield Withheld(Withholding.REFUSED, reason=review.reason)
        return
    if one.submission.publication is Publication.WITHOUT_NAME and not is_named:
        yield Withheld(Withholding.NAME)
    yield from _withheld_parts(review, place_of)
    for answer in publishable_answers(review):
        here = (answer.start, answer.end)
        spans = [span for span in review.spans if overlaps((span.start, span.end), here)]
        bases = Counter(span.basis for span in spans)
        place = place_of(answer) if bases or answer.voice_label else ""
        for basis, times in sorted(bases.items()):
            yield Withheld(Withholding.WORDS, place, times, basis)
        if answer.voice_label and publishable_label(review, answer) is None:
            yield Withheld(Withholding.LABEL, place)
    yield from _withheld_files(review)


def _withheld_parts(review: AnswerReview, place_of: Callable[[Answer], str]) -> Iterator[Withheld]:
    """Answers that no promise of ours keeps from the law: somebody decides on a request."""
    for answer in review.version.answers:
        if answer.is_private and answer.voice is not Voice.SCAN:
            yield Withheld(Withholding.PRIVATE, place_of(answer), basis=LegalBasis.PRIVATE_QUESTION)


def _withheld_files(review: AnswerReview) -> Iterator[Withheld]:
    given = {one.attachment_id for one in review.open_files}
    held = {one.attachment_id: one.basis for one in review.held_files}
    for number, file in enumerate(review.version.attachments, 1):
        if file.id in held:
            yield Withheld(Withholding.FILE_HELD, str(number), basis=held[file.id])
        elif file.is_private:
            basis = LegalBasis.PRIVATE_QUESTION
            yield Withheld(Withholding.FILE_HELD, str(number), basis=basis)
        elif file.id not in given:
            yield Withheld(Withholding.FILE_NOT_REVIEWED, str(number))
