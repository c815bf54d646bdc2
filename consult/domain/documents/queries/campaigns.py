"""Gathering what a snapshot freezes of campaigns."""

from collections import defaultdict

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.clusters import ClusterKind, ClusterState, MemberState
from consult.domain.coding.models import ClusterMember, TextCluster
from consult.domain.coding.queries.campaign_policy import list_policy_choices
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.documents.building.data import CampaignFacts, PolicyFacts
from consult.domain.organisations.models import Organisation
from consult.domain.submissions.models import Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import Capacity


def gather_campaigns(round_id: int) -> tuple[CampaignFacts, ...]:
    """The campaigns that somebody has confirmed, by number."""
    query = (
        select(TextCluster)
        .where(
            TextCluster.round_id == round_id,
            TextCluster.kind == ClusterKind.CAMPAIGN,
            TextCluster.state == ClusterState.CONFIRMED,
        )
        .order_by(TextCluster.number)
    )
    campaigns = session().scalars(query).all()
    counties = _counties(round_id) if campaigns else {}
    signatures = _signatures(round_id) if campaigns else {}
    return tuple(
        CampaignFacts(
            one.number,
            one.organiser,
            one.demand,
            counties.get(one.id, {}),
            signatures.get(one.id, 0),
        )
        for one in campaigns
    )


def _counties(round_id: int) -> dict[int, dict[str, int]]:
    """How many answers of each cluster come from each county, as far as senders are registered."""
    query = (
        select(ClusterMember.cluster_id, Organisation.county, func.count())
        .join(Submission, ClusterMember.submission_id == Submission.id)
        .join(Organisation, Submission.organisation_id == Organisation.id)
        .where(
            counts(round_id),
            ClusterMember.state == MemberState.IN,
            Organisation.county.is_not(None),
        )
        .group_by(ClusterMember.cluster_id, Organisation.county)
        .order_by(Organisation.county)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for cluster_id, county, number in session().execute(query):
        found[cluster_id][county or ""] = number
    return dict(found)


def _signatures(round_id: int) -> dict[int, int]:
    """How many names stand under the present versions of each cluster's answers."""
    query = (
        select(ClusterMember.cluster_id, func.count())
        .join(Submission, ClusterMember.submission_id == Submission.id)
        .join(SubmissionVersion, is_current())
        .join(Party, Party.version_id == SubmissionVersion.id)
        .where(
            counts(round_id),
            ClusterMember.state == MemberState.IN,
            Party.capacity == Capacity.SIGNATORY,
        )
        .group_by(ClusterMember.cluster_id)
    )
    return dict(session().execute(query).all())


def gather_policy_choices(round_id: int) -> tuple[PolicyFacts, ...]:
    """The choices of how campaigns are counted that came into force."""
    return tuple(
        PolicyFacts(
            policy=one.policy,
            chosen_at=one.chosen_at,
            reason=one.reason,
            approved_at=one.answered_at if one.needs_approval else None,
        )
        for one in list_policy_choices(round_id)
        if one.holds
    )
