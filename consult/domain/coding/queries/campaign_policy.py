"""How a round counts campaigns, and how that was decided."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.coding.models import CampaignPolicyChoice, CodedStance
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission


def list_policy_choices(round_id: int) -> Sequence[CampaignPolicyChoice]:
    """What was chosen for a round, also what waits or was turned down, the first first."""
    query = (
        select(CampaignPolicyChoice)
        .where(CampaignPolicyChoice.round_id == round_id)
        .order_by(CampaignPolicyChoice.id)
    )
    return session().scalars(query).all()


def campaign_policy(round_id: int) -> CampaignPolicy:
    """How the round counts campaigns now: as one each, unless something else was chosen."""
    held = [one for one in list_policy_choices(round_id) if one.holds]
    latest = max(held, key=lambda one: one.answered_at or one.chosen_at, default=None)
    return latest.policy if latest else CampaignPolicy.AS_ONE


def get_policy_choice(round_slug: str, choice_id: str) -> CampaignPolicyChoice:
    """A choice of a round by public id. Raises ``NotFound``."""
    query = (
        select(CampaignPolicyChoice)
        .join(Round, CampaignPolicyChoice.round_id == Round.id)
        .where(Round.slug == round_slug, CampaignPolicyChoice.public_id == choice_id)
        .options(joinedload(CampaignPolicyChoice.round))
    )
    return get_one(query, "campaign policy", choice_id)


def are_stances_read(round_id: int) -> bool:
    """Whether anybody has read a stance in one of the round's answers."""
    found = exists().where(
        CodedStance.submission_id == Submission.id, Submission.round_id == round_id
    )
    return bool(session().scalar(select(found)))
