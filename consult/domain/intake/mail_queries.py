"""Finding the mails that came in for a round."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload, selectinload

from consult.db import get_one, session
from consult.domain.intake.models import ImportDraft, IncomingMail
from consult.domain.intake.types import MailState
from consult.domain.rounds.models import Round
from consult.domain.submissions.decisions import count_undecided


def get_mail(round_slug: str, mail_id: str) -> IncomingMail:
    """A mail of a round by public id, with its files. Raises :class:`NotFound`."""
    query = (
        select(IncomingMail)
        .join(IncomingMail.round)
        .where(IncomingMail.public_id == mail_id, Round.slug == round_slug)
        .options(
            joinedload(IncomingMail.round).joinedload(Round.owner),
            joinedload(IncomingMail.draft),
            selectinload(IncomingMail.files),
        )
    )
    return get_one(query, "mail", mail_id)


def find_mail_by_name(round_id: int, message_id: str) -> IncomingMail | None:
    """The mail of a round with this message id, if it has been taken in."""
    query = select(IncomingMail).where(
        IncomingMail.round_id == round_id, IncomingMail.message_id == message_id
    )
    return session().scalars(query).one_or_none()


def find_mail_of(draft_id: int) -> IncomingMail | None:
    """The mail that an import in progress was read from, if it was a mail."""
    query = select(IncomingMail).where(IncomingMail.draft_id == draft_id)
    return session().scalars(query).one_or_none()


def list_mails(round_id: int, state: MailState) -> Sequence[IncomingMail]:
    """Mails of a round that are in a state, the oldest first, with their files."""
    query = (
        select(IncomingMail)
        .where(IncomingMail.round_id == round_id, IncomingMail.state == state)
        .options(
            selectinload(IncomingMail.files),
            joinedload(IncomingMail.draft).options(
                defer(ImportDraft.recognised), defer(ImportDraft.assignments)
            ),
        )
        .order_by(IncomingMail.received_at, IncomingMail.id)
    )
    return session().scalars(query).all()


def count_mails(round_id: int, state: MailState) -> int:
    """How many mails of a round are in a state."""
    query = select(func.count(IncomingMail.id)).where(
        IncomingMail.round_id == round_id, IncomingMail.state == state
    )
    return session().scalar(query) or 0


def count_waiting(round_id: int) -> int:
    """How much of a round waits to be checked: mails, and answers that need a decision."""
    return count_mails(round_id, MailState.TO_CHECK) + count_undecided(round_id)
