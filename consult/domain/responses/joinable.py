"""Finding what an organisation may join: answers of other bodies that everybody may read."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, or_
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.queries import current_reviews, is_published
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.rules import publishing_is_open
from consult.domain.rounds.types import PUBLIC_STATUSES, ROUND_RULES
from consult.domain.submissions.models import Endorsement, Submission
from consult.domain.submissions.types import Publication
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

MOST = 50
"""Answers that one search lists."""


def list_joinable(
    round_: "Round", words: str, *, without: int, now: datetime
) -> Sequence[AnswerReview]:
    """Published answers of named bodies that say something themselves, by name.

    Args:
        round_: The round.
        words: Part of the body's name; empty for any.
        without: Id of the organisation that looks.
        now: Decides whether the round's answers may be read at all.
    """
    if not is_readable(round_, now=now):
        return ()
    query = _joinable(round_, without=without).order_by(Submission.name, Submission.number)
    if words:
        query = query.where(Submission.name.icontains(words, autoescape=True))
    return session().scalars(query.limit(MOST)).all()


def get_joinable(round_: "Round", number: int, *, without: int, now: datetime) -> AnswerReview:
    """One of them, by number. Raises ``NotFound``, whatever the reason it cannot be joined."""
    found = None
    if is_readable(round_, now=now):
        query = _joinable(round_, without=without).where(Submission.number == number)
        found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("answer", number)
    return found


def is_readable(round_: "Round", *, now: datetime) -> bool:
    """Whether everybody may read the round's published answers now."""
    is_open = round_.status in PUBLIC_STATUSES and ROUND_RULES[round_.type].is_open_to_all
    return is_open and publishing_is_open(
        round_.answer_publishing, closes_at=round_.closes_at, now=now
    )


def _joinable(round_: "Round", *, without: int) -> Select[AnswerReview]:
    joins_itself = exists().where(Endorsement.submission_id == Submission.id)
    return (
        current_reviews(round_.id)
        .where(
            is_published(),
            Submission.publication == Publication.WITH_NAME,
            Submission.actor_type.in_([kind for kind in ActorType if kind.is_organisation]),
            or_(Submission.organisation_id.is_(None), Submission.organisation_id != without),
            ~joins_itself,
        )
        .options(joinedload(AnswerReview.submission), joinedload(AnswerReview.version))
    )
