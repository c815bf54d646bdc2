"""Finding what an organisation works on."""

from datetime import datetime

from sqlalchemy import select

from consult.db import session
from consult.domain.organisations.queries import count_members
from consult.domain.responses.models import BranchFeedback, ResponseCase
from consult.domain.responses.types import Turnout
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import list_invitations
from consult.domain.submissions.counting import answered_organisation_ids
from consult.kernel.errors import NotFound


def find_case(organisation_id: int, round_id: int) -> ResponseCase | None:
    """What an organisation does about a round, if it has decided anything."""
    query = select(ResponseCase).where(
        ResponseCase.organisation_id == organisation_id, ResponseCase.round_id == round_id
    )
    return session().scalars(query).one_or_none()


def find_case_of_answer(submission_id: int) -> ResponseCase | None:
    """The case out of which an answer was sent, if it was sent from a workspace."""
    query = select(ResponseCase).where(ResponseCase.submission_id == submission_id)
    return session().scalars(query).one_or_none()


def has_told_branches(case_id: int) -> bool:
    """Whether any branch has been told where its points went."""
    query = select(BranchFeedback.id).where(
        BranchFeedback.case_id == case_id, BranchFeedback.sent_at.is_not(None)
    )
    return session().scalars(query.limit(1)).first() is not None


def get_case(organisation_id: int, round_slug: str) -> ResponseCase:
    """What an organisation does about a round, by the round's short name. Raises ``NotFound``."""
    query = (
        select(ResponseCase)
        .join(Round, Round.id == ResponseCase.round_id)
        .where(ResponseCase.organisation_id == organisation_id, Round.slug == round_slug)
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("case", round_slug)
    return found


def hearing_turnout(hearing: Round, locale: str) -> Turnout:
    """Who was asked in an internal hearing, and who of them has answered.

    An answer that came from a body which was not asked counts nowhere: "9 of 14" is of the 14.
    """
    answered = answered_organisation_ids(hearing.id)
    names: dict[str, list[str]] = {"answered": [], "declined": [], "silent": []}
    for invitation in list_invitations(hearing.id):
        kind = (
            "answered"
            if invitation.organisation_id in answered
            else "silent"
            if invitation.declined_at is None
            else "declined"
        )
        names[kind].append(invitation.organisation.name_in(locale))
    return Turnout(**{kind: tuple(found) for kind, found in names.items()})


def unreachable_branches(hearing: Round, locale: str, *, now: datetime) -> tuple[str, ...]:
    """Names of those asked that are silent and where nobody has a role with which to sign in."""
    answered = answered_organisation_ids(hearing.id)
    silent = [
        one.organisation
        for one in list_invitations(hearing.id)
        if one.organisation_id not in answered and one.declined_at is None
    ]
    staffed = count_members([body.id for body in silent], now=now)
    return tuple(body.name_in(locale) for body in silent if body.id not in staffed)
