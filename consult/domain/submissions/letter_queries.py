"""Whom a letter goes to, and which letters an answer has got."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.stopping import stopped_among
from consult.domain.rounds.models import Round
from consult.domain.submissions.letters import LetterKind, LetterRecipient, MailingList
from consult.domain.submissions.listing import AnswerFilter, count_answers, list_answers
from consult.domain.submissions.models import SenderLetter, SenderLetterCopy, Submission
from consult.domain.submissions.rules import letter_locale
from consult.domain.submissions.types import STANDING_STATUSES
from consult.kernel.i18n import N_, translator

MOST_ANSWERS = 1000
"""Answers that one letter can be about; a bound on what one request sends."""


def mailing_list(round_: Round, wanted: AnswerFilter) -> MailingList:
    """Whom a letter to the answers of a filter goes to: each address once.

    Answers that do not stand any more are written to only when the filter asks for their status.
    """
    if count_answers(round_.id, wanted) > MOST_ANSWERS:
        return MailingList((), 0, 0, is_too_long=True)
    answers = [
        answer
        for answer in list_answers(round_.id, wanted, limit=MOST_ANSWERS)
        if wanted.status is not None or answer.status in STANDING_STATUSES
    ]
    by_address: dict[str, list[Submission]] = {}
    for answer in answers:
        if answer.contact_email is not None:
            by_address.setdefault(answer.contact_email.lower(), []).append(answer)
    stopped = stopped_among(by_address, round_topic(round_.public_id))
    return MailingList(
        recipients=tuple(
            _recipient(of_one) for address, of_one in by_address.items() if address not in stopped
        ),
        without_address=sum(answer.contact_email is None for answer in answers),
        declined=len(stopped),
    )


def _recipient(answers: Sequence[Submission]) -> LetterRecipient:
    """The sender of some answers with one address, called as the latest of them says."""
    latest = answers[-1]
    locale = letter_locale(latest.language, latest.locale)
    return LetterRecipient(
        email=str(latest.contact_email),
        name=latest.contact_name or latest.name or translator(locale).gettext(N_("Private person")),
        locale=locale,
        receipt_numbers=tuple(answer.receipt_number for answer in answers),
        submission_ids=tuple(answer.id for answer in answers),
    )


def answers_by_id(submission_ids: Collection[int]) -> dict[int, Submission]:
    """Some answers by internal id, each with its round and whose it is."""
    query = (
        select(Submission)
        .where(Submission.id.in_(submission_ids))
        .options(joinedload(Submission.round).joinedload(Round.owner))
    )
    return {answer.id: answer for answer in session().scalars(query)}


def letters_about(submission_id: int) -> Sequence[SenderLetterCopy]:
    """What was written about an answer, the newest first, with what became of the mail."""
    query = (
        select(SenderLetterCopy)
        .where(SenderLetterCopy.submission_id == submission_id)
        .options(joinedload(SenderLetterCopy.letter), joinedload(SenderLetterCopy.message))
        .order_by(SenderLetterCopy.id.desc())
    )
    return session().scalars(query).all()


def list_letters(round_id: int) -> Sequence[tuple[SenderLetter, int]]:
    """Letters to all of a round, the newest first, each with the number of answers it is about."""
    query = (
        select(SenderLetter, func.count(SenderLetterCopy.id))
        .outerjoin(SenderLetter.copies)
        .where(SenderLetter.round_id == round_id, SenderLetter.kind == LetterKind.TO_ALL)
        .group_by(SenderLetter.id)
        .order_by(SenderLetter.id.desc())
    )
    return [(letter, number) for letter, number in session().execute(query)]


def get_letter_copy(round_slug: str, copy_id: str) -> SenderLetterCopy:
    """A letter as it stands with one answer. Raises :class:`NotFound`."""
    query = (
        select(SenderLetterCopy)
        .join(SenderLetterCopy.letter)
        .join(SenderLetter.round)
        .where(Round.slug == round_slug, SenderLetterCopy.public_id == copy_id)
        .options(
            joinedload(SenderLetterCopy.letter)
            .joinedload(SenderLetter.round)
            .joinedload(Round.owner),
            joinedload(SenderLetterCopy.submission),
        )
    )
    return get_one(query, "letter", copy_id)
