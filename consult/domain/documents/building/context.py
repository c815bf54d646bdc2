"""What every chapter needs: the figures, the words and the quotations of one document."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.documents.building.data import Basis, ProposalFacts, SummaryData
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.quoting import Quoting
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.types import Tone
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup
from consult.domain.submissions.types import Stance
from consult.kernel.i18n import N_, localised

STANCE_TONES: Mapping[Stance, Tone] = {
    Stance.SUPPORT: Tone.FOR,
    Stance.SUPPORT_WITH_COMMENTS: Tone.FOR_WITH_REMARKS,
    Stance.SUPPORT_PARTLY: Tone.PARTLY,
    Stance.OPPOSE: Tone.AGAINST,
    Stance.NO_POSITION: Tone.NEUTRAL,
    Stance.UNCLEAR: Tone.UNCLEAR,
}
"""Stances in the order of charts; "no comments" is told in words, since it supports nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """One document in the making."""

    figures: Figures
    say: Wording
    quoting: Quoting
    basis: Basis

    @property
    def data(self) -> SummaryData:
        """What it is built from."""
        return self.figures.data

    def group(self, group: ActorGroup) -> str:
        """What a group of actors is called."""
        return self.say.gettext(ACTOR_GROUP_LABELS[group])

    def proposal_title(self, proposal: ProposalFacts) -> str:
        """The number and title of a proposal: "Proposal 4.2: A free share"."""
        return self.say.gettext(
            N_("Proposal %(key)s: %(title)s"),
            key=proposal.key,
            title=localised(proposal.title, self.say.locale),
        )


def proposal_anchor(proposal: ProposalFacts) -> str:
    """The anchor of a proposal's section."""
    return (
        "proposal-"
        + "".join(c if c.isalnum() and c.isascii() else "-" for c in proposal.key).lower()
    )


def theme_anchor(key: str) -> str:
    """The anchor of a theme's section."""
    return f"theme-{key}"
