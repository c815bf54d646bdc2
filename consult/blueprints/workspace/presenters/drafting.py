"""Shapes the drafting table: the parts, the branches' passages, and what the text rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale, language_of, localise
from consult.domain.composing.inserting import words_of
from consult.domain.composing.printable import BARRIER_LABELS, Printable
from consult.domain.composing.sources import Use
from consult.domain.composing.types import (
    BLOCK_LABELS,
    PART_KIND_LABELS,
    EvidenceUse,
    PartKind,
    PointCount,
    PointState,
)
from consult.domain.submissions.mandates import mandate_in_words, mandate_of
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.composing.models import Evidence, LeftOut, Part
    from consult.domain.submissions.types import Stance

_LABEL = 70
"""Characters of a part's name in lists."""


@dataclass(frozen=True, slots=True)
class PartLabel:
    """What a part is called, and the language of that where it may differ from the page's."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A part in the list of all; ``role`` says what it is beside text, in a report."""

    key: str
    label: PartLabel
    depth: int
    role: str
    is_made: bool
    is_current: bool
    is_done: bool
    stance: "Stance | None"
    count: PointCount


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A branch's passage, and what has become of it.

    Attributes:
        name: The branch.
        mandate: On what ground it answers, in one line; empty where it has not said.
        voice: Whose words they are, where not the branch's majority's.
        stance: Where the branch stands on the proposal, if anybody has said.
        reference: What a reference to it puts into the text.
        barrier: Why a report may not quote it; empty where it may.
        is_ground: Whether a proposal of the report rests on it, or is met with it.
        lang: The language of the words, where it is not that of the document.
    """

    passage: "Passage"
    name: str
    mandate: str
    voice: str
    stance: "Stance | None"
    state: PointState
    themes: tuple["Theme", ...]
    uses: tuple[tuple[PartLabel, str, EvidenceUse], ...]
    reason: str
    reference: str
    lang: str | None
    barrier: str = ""
    is_ground: bool = False


def label_of(part: "Part") -> PartLabel:
    """What a part is called in lists: its own heading, or what it answers."""
    if part.heading:
        return PartLabel(excerpt(part.heading, _LABEL))
    if part.kind is PartKind.GENERAL:
        return PartLabel(_("On the whole"))
    if part.block is not None:
        return PartLabel(_(BLOCK_LABELS[part.block]))
    if part.question is not None:
        text = excerpt(localise(part.question.text), _LABEL)
        return PartLabel(f"{part.question.position}. {text}", language_of(part.question.text))
    if part.proposal is not None:
        text = excerpt(localise(part.proposal.title), _LABEL)
        return PartLabel(f"{part.proposal.key} {text}", language_of(part.proposal.title))
    return PartLabel(_("Own heading"))


def outline(
    parts: Sequence["Part"], current: "Part", counts: Mapping[int, PointCount]
) -> list[OutlineItem]:
    """Every part of the document in order, with how far it is."""
    return [
        OutlineItem(
            key=part.key,
            label=label_of(part),
            depth=part.depth,
            role=_role(part),
            is_made=part.block is not None,
            is_current=part is current,
            is_done=part.no_comments or bool(part.body.get("content")),
            stance=part.stance,
            count=counts.get(part.id, PointCount()),
        )
        for part in parts
    ]


def _role(part: "Part") -> str:
    """What a part of a report is, where it is more than text under a heading."""
    if part.block is not None:
        return str(_(BLOCK_LABELS[part.block]))
    is_special = part.kind in (PartKind.FINDING, PartKind.VIEWS, PartKind.ASSESSMENT)
    return str(_(PART_KIND_LABELS[part.kind])) if is_special else ""


def source_cards(
    passages: Sequence["Passage"],
    *,
    parts: Sequence["Part"],
    uses: Mapping[int, tuple[Use, ...]],
    reasons: Mapping[int, "LeftOut"],
    themes: Mapping[int, tuple["Theme", ...]],
    stances: Mapping[int, "Stance"],
    printable: Mapping[int, Printable],
    grounds: Collection[int] = (),
    language: str,
) -> list[SourceCard]:
    """The passages as they stand in the middle.

    Args:
        passages: Those of one page, which what follows is about.
        parts: Of the document.
        uses: Where they stand in it.
        reasons: Why they are left out.
        themes: What they are coded to.
        stances: Of their senders, by answer.
        printable: What may be printed of them.
        grounds: Those that proposals rest on.
        language: Of the document.
    """
    labels = {part.id: label_of(part) for part in parts}
    return [
        SourceCard(
            passage=one,
            name=one.submission.name,
            mandate=mandate_in_words(mandate_of(one.submission.mandate), current_locale()),
            voice=one.answer.voice_label or "",
            stance=one.answer.stance or stances.get(one.submission_id),
            state=_state(one.id, uses, reasons, grounds),
            themes=themes.get(one.id, ()),
            uses=tuple((labels[u.part_id], u.part_key, u.use) for u in uses.get(one.id, ())),
            reason=reasons[one.id].reason if one.id in reasons else "",
            reference=words_of(EvidenceUse.REFERRED, one.quote, name=printable[one.id].sender),
            lang=one.submission.language if one.submission.language != language else None,
            barrier=barrier_told(printable[one.id]),
            is_ground=one.id in grounds,
        )
        for one in passages
    ]


def barrier_told(printable: Printable) -> str:
    """Why a passage may not be quoted, for the reader; empty where it may."""
    return str(_(BARRIER_LABELS[printable.barrier])) if printable.barrier else ""


def _state(
    passage_id: int,
    uses: Mapping[int, object],
    reasons: Mapping[int, object],
    grounds: Collection[int],
) -> PointState:
    if passage_id in uses or passage_id in grounds:
        return PointState.USED
    return PointState.LEFT_OUT if passage_id in reasons else PointState.OPEN


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A passage that a part rests on.

    Attributes:
        is_marked: Whether a mark in the text still shows it.
        is_overtaken: Whether the branch has changed these words since.
    """

    evidence: "Evidence"
    is_marked: bool
    is_overtaken: bool


def rests_on(
    evidence: Sequence["Evidence"], *, marked: Sequence[str], overtaken: frozenset[int]
) -> dict[str, list[Any]]:
    """What a part rests on, numbered as in the text, then what is not marked; what was taken away.

    Args:
        evidence: All that was ever taken in.
        marked: Public ids that the text's marks carry, in reading order.
        overtaken: Ids of those whose words the branch has changed.
    """
    place = {public_id: number for number, public_id in enumerate(marked)}
    standing = [one for one in evidence if one.removed_at is None]
    return {
        "standing": [
            RestsOn(one, one.public_id in place, one.id in overtaken)
            for one in sorted(standing, key=lambda one: place.get(one.public_id, len(place)))
        ],
        "taken_away": [one for one in evidence if one.removed_at is not None],
    }
