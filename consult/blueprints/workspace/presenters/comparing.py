"""Shaping what is said on a proposal: by us now, by us before, and by others in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import language_of, localise
from consult.domain.disclosure.types import BASIS_LABELS, LegalBasis
from consult.domain.responses.comparing import RELATION_LABELS, Relation, Said, relation_of
from consult.domain.submissions.endorsements import count_joined
from consult.domain.submissions.types import STANCE_LABELS, Stance
from consult.kernel.text.plain import excerpt
from consult.kernel.text.rich.codec import from_tree

if TYPE_CHECKING:
    from consult.domain.composing.models import Part
    from consult.domain.rounds.models import Proposal
    from consult.kernel.text.rich.types import RichText

_EXCERPT = 400
"""Characters of what somebody says."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Where we stand now, as far as it is written."""

    stance: Stance | None
    stance_text: str
    texts: tuple["RichText", ...]


@dataclass(frozen=True, slots=True)
class SaidCard:
    """What somebody says.

    Attributes:
        title: The body; for our own words, the round.
        about: The proposal, where it is not the one on the page.
        joined: How many bodies say the same by joining it.
        href: Where all of it can be read.
    """

    title: str
    title_lang: str | None
    about: str
    about_lang: str
    stance: str
    text: str
    lang: str
    href: str
    received_at: datetime
    joined: int = 0


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """Those who stand the same way to us."""

    title: str
    cards: tuple[SaidCard, ...]


def ours_on(proposal: "Proposal", parts: "Iterable[Part]") -> Ours:
    """What our response says about a proposal, in its parts on it and on questions about it."""
    own = [part for part in parts if part.proposal_id == proposal.id]
    stance = next((part.stance for part in own if part.stance is not None), None)
    return Ours(
        stance=stance,
        stance_text=_stance(stance),
        texts=tuple(from_tree(part.body) for part in own if part.body.get("content")),
    )


def earlier_cards(found: Sequence[Said]) -> list[SaidCard]:
    """What we have said before, the latest first."""
    return [
        _card(
            one,
            title=localise(one.submission.round.title),
            title_lang=language_of(one.submission.round.title),
            href=url_for("respond.receipt", public_id=one.submission.public_id),
            about=f"{one.proposal.key} {localise(one.proposal.title)}",
        )
        for one in found
    ]


def published_groups(found: Sequence[Said], ours: Stance | None) -> list[SaidGroup]:
    """What others say, by how it relates to our stance."""
    joined = count_joined([one.submission.id for one in found])
    related = [(relation_of(ours, one.stance), one) for one in found]
    groups = [
        SaidGroup(
            _(RELATION_LABELS[relation]),
            tuple(_published_card(one, joined) for kind, one in related if kind is relation),
        )
        for relation in Relation
    ]
    return [group for group in groups if group.cards]


def taken_out(basis: LegalBasis) -> str:
    """What stands in the place of words that were taken out of a published answer."""
    return str(_("[taken out: %(basis)s]", basis=_(BASIS_LABELS[basis])))


def _published_card(one: Said, joined: Mapping[int, int]) -> SaidCard:
    submission = one.submission
    href = url_for("public.answer", round_slug=submission.round.slug, number=submission.number)
    card = _card(one, title=submission.name, title_lang=None, href=href, about="")
    return replace(card, joined=joined.get(submission.id, 0))


def _card(one: Said, *, title: str, title_lang: str | None, href: str, about: str) -> SaidCard:
    return SaidCard(
        title=title,
        title_lang=title_lang,
        about=about,
        about_lang=language_of(one.proposal.title),
        stance=_stance(one.stance),
        text=excerpt(one.text, _EXCERPT),
        lang=one.submission.language,
        href=href,
        received_at=one.submission.received_at,
    )


def _stance(stance: Stance | None) -> str:
    return str(_(STANCE_LABELS[stance]) if stance is not None else _("No stance given"))
