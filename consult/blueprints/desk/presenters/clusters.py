"""Shapes answers that say nearly the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.domain.coding.clusters import (
    CLUSTER_KIND_LABELS,
    ClusterKind,
    ClusterState,
    Description,
    Variant,
)
from consult.domain.submissions.types import SUBMISSION_STATUS_LABELS, SubmissionStatus

if TYPE_CHECKING:
    from consult.domain.coding.models import ClusterMember
    from consult.domain.coding.queries.clusters import ClusterCard

VARIANTS = 20
"""Ways to differ from the common text that are shown on one page of them."""
_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class CardView:
    """A cluster on a card.

    Attributes:
        title: What it is, with how many answers.
        status: What it seems to be or is said to be, with a tone.
        senders: How many different ones, and how many of them are bodies.
    """

    found: "ClusterCard"
    title: str
    status: tuple[str, str]
    senders: str
    is_decided: bool


def cluster_cards(found: "Sequence[ClusterCard]") -> list[CardView]:
    """Clusters, those to decide first."""
    return [card_view(one) for one in found]


def card_view(found: "ClusterCard") -> CardView:
    """A cluster as a card shows it."""
    cluster = found.cluster
    answers = ngettext("%(num)d answer", "%(num)d answers", found.answers)
    is_confirmed = cluster.state is ClusterState.CONFIRMED
    kind = _(CLUSTER_KIND_LABELS[cluster.kind]) if is_confirmed else _("Same words")
    title = _("%(kind)s %(number)s: %(answers)s", kind=kind, number=cluster.number, answers=answers)
    return CardView(
        found=found,
        title=title,
        status=_status(found),
        senders=_senders(found),
        is_decided=cluster.state is not ClusterState.SUGGESTED,
    )


def _status(found: "ClusterCard") -> tuple[str, str]:
    """What is said of it, and the tone."""
    cluster = found.cluster
    if cluster.state is ClusterState.REJECTED:
        return _("They do not belong together"), "neutral"
    if cluster.state is ClusterState.CONFIRMED:
        return _("Confirmed"), "success"
    seems = {
        ClusterKind.CAMPAIGN: _("Seems to be a campaign"),
        ClusterKind.TEMPLATE: _("Seems to be a shared template"),
        ClusterKind.SAME_SENDER: _("Seems to be the same sender twice"),
    }
    return seems[cluster.kind], "warning"


def _senders(found: "ClusterCard") -> str:
    senders = ngettext("%(num)d sender", "%(num)d senders", found.senders)
    bodies = ngettext("%(num)d organisation", "%(num)d organisations", found.organisations)
    if not found.organisations:
        return str(senders)
    return str(_("%(senders)s, of these %(bodies)s", senders=senders, bodies=bodies))


@dataclass(frozen=True, slots=True)
class VariantView:
    """A way to differ from the common text.

    Attributes:
        answers: The first numbers of the answers that differ so.
        more: How many others.
    """

    variant: Variant
    how_many: str
    answers: tuple[int, ...]
    more: int


def variant_views(variants: Collection[Variant]) -> list[VariantView]:
    """Ways to differ, with the first few answers of each."""
    return [
        VariantView(
            variant=one,
            how_many=ngettext("%(num)d answer", "%(num)d answers", len(one.answers)),
            answers=one.answers[:_NUMBERS],
            more=max(0, len(one.answers) - _NUMBERS),
        )
        for one in variants
    ]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An answer of a cluster.

    Attributes:
        marks: What there is to say of it, each with a tone.
    """

    member: "ClusterMember"
    number: int
    name: str
    marks: tuple[tuple[str, str], ...]


def member_rows(members: "Sequence[ClusterMember]", found: Description) -> list[MemberRow]:
    """The answers of a cluster, with how each stands to the common text."""
    own = {number for one in found.variants if one.has_own for number in one.answers}
    changed = {number for one in found.variants if one.own for number in one.answers} - own
    same = set(found.same)
    rows = []
    for member in members:
        submission = member.submission
        marks: list[tuple[str, str]] = []
        if submission.number in own:
            marks.append((_("Own words"), "info"))
        elif submission.number in changed:
            marks.append((_("A few other words"), "neutral"))
        elif submission.number in same:
            marks.append((_("Same words"), "neutral"))
        if submission.status is not SubmissionStatus.RECEIVED:
            marks.append((_(SUBMISSION_STATUS_LABELS[submission.status]), "warning"))
        rows.append(MemberRow(member, submission.number, submission.name, tuple(marks)))
    return rows
