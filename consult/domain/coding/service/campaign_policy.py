"""Deciding how a round counts campaigns: before stances are read, or with somebody's approval."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.coding.models import CampaignPolicyChoice
from consult.domain.coding.queries.campaign_policy import (
    are_stances_read,
    campaign_policy,
    list_policy_choices,
)
from consult.domain.submissions.errors import AlreadyDecided
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

MAX_POLICY_REASON = 1000


def choose_policy(
    round_: "Round", policy: CampaignPolicy, *, reason: str, by: Actor
) -> CampaignPolicyChoice:
    """Choose how campaigns are counted. Once stances are read it waits for somebody to approve it.

    Raises:
        InvalidInput: ``policy``: it is so already; ``reason``: ``required`` once stances are read,
            ``identity_number``.
        AlreadyDecided: Another change waits for approval.
    """
    needs_approval = are_stances_read(round_.id)
    if any(one.is_waiting for one in list_policy_choices(round_.id)):
        raise AlreadyDecided
    if policy is campaign_policy(round_.id):
        raise InvalidInput("policy", "same")
    if needs_approval and not reason.strip():
        raise InvalidInput("reason", "required")
    if has_identity_number(reason):
        raise InvalidInput("reason", "identity_number")
    choice = CampaignPolicyChoice(
        round=round_,
        policy=policy,
        reason=reason.strip(),
        chosen_at=utc_now(),
        chosen_by=by.reference,
        needs_approval=needs_approval,
    )
    session().add(choice)
    session().flush()
    data = {"policy": policy.value, "needs_approval": needs_approval}
    _log(Tag.CAMPAIGN_POLICY_CHOSEN, choice, by=by, data=data)
    return choice


def answer_choice(choice: CampaignPolicyChoice, *, approve: bool, by: Actor) -> None:
    """Approve a change, or turn it down.

    Raises:
        InvalidInput: ``approval``: whoever asked for it cannot approve it.
        AlreadyDecided: It does not wait any more.
    """
    if not choice.is_waiting:
        raise AlreadyDecided
    if approve and choice.chosen_by == by.reference:
        raise InvalidInput("approval", "own")
    choice.is_approved = approve
    choice.answered_at, choice.answered_by = utc_now(), by.reference
    session().flush()
    _log(Tag.CAMPAIGN_POLICY_ANSWERED, choice, by=by, data={"is_approved": approve})


def _log(tag: Tag, choice: CampaignPolicyChoice, *, by: Actor, data: Mapping[str, object]) -> None:
    record(
        tag,
        subject=choice.round.reference,
        by=by.reference,
        stream=organisation_stream(choice.round.owner_id),
        data=data,
    )
