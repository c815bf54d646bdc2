"""Finding answers. Nothing here shows a draft to anybody but its writers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.accounts.types import Actor
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.models import (
    Answer,
    Draft,
    DraftAnswer,
    Submission,
    SubmissionVersion,
)

_OPEN = tuple(kind for kind, rules in ROUND_RULES.items() if rules.is_open_to_all)


def get_submission(public_id: str) -> Submission:
    """An answer by public id. Raises :class:`NotFound`."""
    query = (
        select(Submission)
        .where(Submission.public_id == public_id)
        .options(joinedload(Submission.round))
    )
    return get_one(query, "submission", public_id)


def find_latest_of(round_id: int, organisation_id: int) -> Submission | None:
    """The latest answer that an organisation has sent and not taken back, whatever became of it."""
    query = (
        select(Submission)
        .where(
            Submission.round_id == round_id,
            Submission.organisation_id == organisation_id,
            Submission.withdrawn_at.is_(None),
        )
        .order_by(Submission.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def get_sent_answers(submission: Submission, version: int | None = None) -> Sequence[Answer]:
    """The answers of a version, or of the one that counts now, in order, with their questions."""
    query = (
        select(Answer)
        .join(Answer.version)
        .where(
            SubmissionVersion.submission_id == submission.id,
            SubmissionVersion.number == (version or submission.current_version_number),
        )
        .options(
            joinedload(Answer.version),
            selectinload(Answer.question),
            selectinload(Answer.section),
            selectinload(Answer.proposal),
        )
        .order_by(Answer.position)
    )
    return session().scalars(query).all()


def submission_public_id(submission_id: int) -> str:
    """The public id of an answer, by internal id."""
    query = select(Submission.public_id).where(Submission.id == submission_id)
    return session().execute(query).scalar_one()


def numbers_of(submission_ids: Collection[int]) -> dict[int, int]:
    """The numbers of answers in their rounds, by internal id."""
    query = select(Submission.id, Submission.number).where(Submission.id.in_(submission_ids))
    return {row[0]: row[1] for row in session().execute(query)}


def get_draft(public_id: str) -> Draft:
    """A draft by public id. Raises :class:`NotFound`."""
    query = (
        select(Draft)
        .where(Draft.public_id == public_id)
        .options(
            joinedload(Draft.round).joinedload(Round.owner),
            joinedload(Draft.organisation),
            joinedload(Draft.submission),
            joinedload(Draft.amends),
        )
    )
    return get_one(query, "draft", public_id)


def find_draft_id(submission_id: int) -> str | None:
    """The public id of the draft that was sent last; none where the answer came another way."""
    query = (
        select(Draft.public_id)
        .where(Draft.submission_id == submission_id)
        .order_by(Draft.id.desc())
        .limit(1)
    )
    return session().execute(query).scalar_one_or_none()


def find_open_draft(round_id: int, organisation_id: int) -> Draft | None:
    """The unsent draft that an organisation's drafters share; the oldest should there be two."""
    query = (
        select(Draft)
        .where(
            Draft.round_id == round_id,
            Draft.organisation_id == organisation_id,
            Draft.submission_id.is_(None),
        )
        .order_by(Draft.id)
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def list_draft_answers(draft_id: int) -> dict[int, DraftAnswer]:
    """What is written so far, by question id."""
    query = (
        select(DraftAnswer)
        .where(DraftAnswer.draft_id == draft_id)
        .execution_options(populate_existing=True)
    )
    return {answer.question_id: answer for answer in session().scalars(query)}


def list_drafts_of(
    actor: Actor, organisation_ids: Collection[int], *, round_id: int | None = None
) -> Sequence[Draft]:
    """Unsent drafts that an actor may write on, the latest change first.

    Those this browser holds the key of, those the person began, and those of the organisations
    given: the ones the actor may draft for.
    """
    own = or_(_opened_by(Draft, actor), Draft.person_id == (actor.person_id or 0))
    query = (
        select(Draft)
        .where(
            Draft.submission_id.is_(None),
            or_(
                own & Draft.organisation_id.is_(None),
                Draft.organisation_id.in_(organisation_ids),
            ),
        )
        .options(joinedload(Draft.round), joinedload(Draft.amends))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
    )
    if round_id is not None:
        query = query.where(Draft.round_id == round_id)
    return session().scalars(query).all()


def list_sent_by(actor: Actor, *, round_id: int | None = None) -> Sequence[Submission]:
    """Answers that an actor may see the receipt of, the latest first, of one round or of all."""
    query = (
        select(Submission)
        .join(Submission.versions)
        .where(
            SubmissionVersion.number == 1,
            Submission.registered_by.is_(None),
            or_(
                and_(_opened_by(Submission, actor), Submission.round.has(Round.type.in_(_OPEN))),
                Submission.organisation_id.in_(actor.organisation_ids),
                and_(
                    SubmissionVersion.created_by == (actor.reference if actor.person_id else ""),
                    Submission.organisation_id.is_(None),
                ),
            ),
        )
        .options(joinedload(Submission.round))
        .order_by(Submission.received_at.desc(), Submission.id.desc())
    )
    if round_id is not None:
        query = query.where(Submission.round_id == round_id)
    return session().scalars(query).all()


def own_deadline(round_id: int, organisation_id: int | None) -> datetime | None:
    """The deadline that an organisation got for itself, if it got one."""
    if organisation_id is None:
        return None
    query = select(Invitation.deadline_at).where(
        Invitation.round_id == round_id, Invitation.organisation_id == organisation_id
    )
    return session().scalars(query).first()


def own_deadline_of(draft: Draft) -> datetime | None:
    """The deadline of a draft's sender, if it has its own.

    Whoever changes an answer has the deadline of the body that the owner found to have sent it.
    """
    sender = draft.amends or draft
    return own_deadline(draft.round_id, sender.organisation_id)


def _opened_by(model: type[Draft] | type[Submission], actor: Actor) -> ColumnElement[bool]:
    """It is among what the actor's browser holds a key to, and the key has not been turned off.

    A browser may also hold keys of other kinds, such as a table host's.
    """
    parts = [key.partition(".") for key in actor.draft_keys]
    pairs = [
        (public_id, int(epoch or 0))
        for public_id, _dot, epoch in parts
        if not epoch or epoch.isdecimal()
    ]
    return tuple_(model.public_id, model.access_epoch).in_(pairs)
