"""Sentences about where senders stand on a proposal, with the quantity words that numbers allow."""

from collections.abc import Sequence

from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counted import SUPPORTING, Position, ProposalFigures
from consult.domain.documents.building.senders import names_of
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.rules import (
    FEWEST_TO_QUANTIFY,
    QUANTIFIER_LABELS,
    choose_quantifier,
)
from consult.domain.submissions.types import Stance
from consult.kernel.i18n import N_

_NAMED_UP_TO = 3
"""So few on one side are named in the sentence itself."""


def describe_positions(proposal: ProposalFigures, say: Wording) -> str:
    """How those who take a stance on a proposal stand to it; fewer than five are named."""
    total = len(proposal.addressing)
    if not total and proposal.unjudged:
        return ""
    if not total:
        return say.gettext(N_("Nobody addresses this proposal."))
    if total < FEWEST_TO_QUANTIFY:
        return _name_all(proposal, say)
    supporting = len(proposal.supporting)
    first = say.ngettext(
        "%(who)s supports it (%(count)s).",
        "%(who)s support it (%(count)s).",
        supporting,
        who=say.who_address_it(supporting, of=total),
        count=supporting,
    )
    rest = [
        _part(value, proposal.with_value(value), of=total, say=say)
        for value in Stance
        if value not in SUPPORTING and proposal.with_value(value)
    ]
    if not rest:
        return first
    others = say.gettext(N_("Of the same %(total)s, %(parts)s."), total=total, parts=say.join(rest))
    return f"{first} {others}"


def _part(value: Stance, positions: Sequence[Position], *, of: int, say: Wording) -> str:
    count = len(positions)
    who = say.gettext(QUANTIFIER_LABELS[choose_quantifier(count, of=of)])
    if count <= _NAMED_UP_TO:
        shown = say.join_names(names_of([one.answer for one in positions], say))
    else:
        shown = say.number(count)
    match value:
        case Stance.SUPPORT_PARTLY:
            return say.ngettext(
                "%(who)s supports it partly (%(shown)s)",
                "%(who)s support it partly (%(shown)s)",
                count,
                who=who,
                shown=shown,
            )
        case Stance.OPPOSE:
            return say.ngettext(
                "%(who)s does not support it (%(shown)s)",
                "%(who)s do not support it (%(shown)s)",
                count,
                who=who,
                shown=shown,
            )
        case Stance.NO_POSITION:
            return say.ngettext(
                "%(who)s takes no position (%(shown)s)",
                "%(who)s take no position (%(shown)s)",
                count,
                who=who,
                shown=shown,
            )
        case _:
            return say.ngettext(
                "%(who)s leaves it unclear (%(shown)s)",
                "%(who)s leave it unclear (%(shown)s)",
                count,
                who=who,
                shown=shown,
            )


_NAMED_SIDES = (
    (SUPPORTING, N_("In support: %(names)s.")),
    (frozenset({Stance.SUPPORT_PARTLY}), N_("In partial support: %(names)s.")),
    (frozenset({Stance.OPPOSE}), N_("Against: %(names)s.")),
    (frozenset({Stance.NO_POSITION}), N_("Taking no position: %(names)s.")),
    (frozenset({Stance.UNCLEAR}), N_("Unclear: %(names)s.")),
)


def _name_all(proposal: ProposalFigures, say: Wording) -> str:
    total = len(proposal.addressing)
    sentences = [
        say.ngettext(
            "Only one sender addresses the proposal.",
            "Only %(num)s senders address the proposal.",
            total,
        )
    ]
    for values, message in _NAMED_SIDES:
        found = proposal.with_value(*values)
        if found:
            names = names_of([one.answer for one in found], say)
            sentences.append(say.gettext(message, names=say.join_names(names)))
    return " ".join(sentences)


def describe_divide(context: Context, proposal: ProposalFigures) -> str:
    """Which groups lean which way, where at least two groups differ; else empty.

    A group leans when at least three of it address the proposal and more than half of them support
    or oppose it.
    """
    for_it, against = [], []
    for group in proposal.groups:
        members = [one for one in proposal.addressing if one.answer.group is group]
        if len(members) < 3:
            continue
        supporting = sum(one.stance.value in SUPPORTING for one in members)
        opposing = sum(one.stance.value is Stance.OPPOSE for one in members)
        if 2 * supporting > len(members):
            for_it.append(_lean(context.group(group), supporting, len(members), context.say))
        elif 2 * opposing > len(members):
            against.append(_lean(context.group(group), opposing, len(members), context.say))
    if not for_it or not against:
        return ""
    return context.say.gettext(
        N_("A majority is in support among: %(groups)s. A majority is against among: %(others)s."),
        groups=context.say.join(for_it),
        others=context.say.join(against),
    )


def _lean(group: str, count: int, total: int, say: Wording) -> str:
    return say.gettext(
        N_("%(group)s (%(count)s of %(total)s)"), group=group, count=count, total=total
    )
