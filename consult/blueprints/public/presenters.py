"""Shaping rounds for the public pages: sentences, days and groups, decided before the template."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from babel.lists import format_list
from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.shared.context import current_locale, language_of, localise
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup
from consult.domain.rounds.rules import days_left, deadline_warning, effective_status
from consult.domain.rounds.types import (
    PUBLIC_STATUSES,
    ROUND_RULES,
    ROUND_STATUS_LABELS,
    DeadlineWarning,
    RoundStatus,
)
from consult.kernel.text.markdown import render_markdown

if TYPE_CHECKING:
    from consult.domain.rounds.models import Invitation, Proposal, Question, Round, Section
    from consult.domain.submissions.models import DraftComment

WORDS_PER_MINUTE = 200
"""A calm reading pace for prose in one's own language."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[«\"“(]?[^\W\d_a-zæøå])")
_LONGEST_SENTENCE = 240


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round in a list.

    Attributes:
        lang: Language of title and summary where it is not the page's, else ``None``.
        days_left: Whole days until the deadline, while the round is open.
        opens_in: Whole days until the opening, while the round is only announced.
        new: How much has happened since the visitor last looked, if they have.
    """

    title: str
    href: str
    news_href: str
    owner: str
    kind: str
    summary: str
    lang: str | None
    asked: str
    opens_at: datetime
    closes_at: datetime
    days_left: int | None
    opens_in: int | None
    status: tuple[str, str] | None
    new: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands for somebody who looks at its page now.

    Attributes:
        is_preview: Only the owner's desk can see it yet, or any more.
        days_left: Whole days until the deadline, while it is open.
        opens_in: Whole days until the opening, before it.
    """

    status: RoundStatus
    label: str
    tone: str
    is_preview: bool
    days_left: int | None
    opens_in: int | None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.status is RoundStatus.OPEN

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return self.days_left is None and self.opens_in is None


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section of the paper with what is proposed and asked there.

    Attributes:
        comments: What the visitor has said of it in a draft that is not sent.
    """

    section: "Section"
    minutes: int
    proposals: tuple["Proposal", ...]
    questions: tuple["Question", ...]
    comments: tuple["DraftComment", ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper, ready to be read.

    Attributes:
        minutes: Reading time of the whole, in minutes.
        loose_proposals: Proposals that belong to no section.
        question_of: The question about a proposal, by the proposal's id.
        is_plain: Whether it is shown in plain words where the owner wrote them.
    """

    sections: tuple[PaperSection, ...]
    minutes: int
    loose_proposals: tuple["Proposal", ...]
    question_of: Mapping[int, "Question"]
    is_plain: bool = False

    @property
    def has_plain(self) -> bool:
        """Whether the owner wrote any of it in plain words as well."""
        return any(localise(part.section.plain) for part in self.sections)


def plain_text(markdown: str) -> str:
    """The words of a Markdown text on one line."""
    return str(Markup(render_markdown(markdown)).striptags())  # noqa: S704 -- tags are taken off


def first_sentence(text: str) -> str:
    """The first sentence, cut at a word when it is very long."""
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence
    return sentence[: _LONGEST_SENTENCE - 1].rsplit(" ", 1)[0] + "…"


def reading_minutes(*texts: str) -> int:
    """How many minutes it takes to read the texts: at least one, rounded up."""
    words = sum(len(text.split()) for text in texts)
    return max(1, -(-words // WORDS_PER_MINUTE))


def foreign(texts: dict[str, str]) -> str | None:
    """The language that a text is shown in, when it is not the page's."""
    language = language_of(texts)
    return None if language == current_locale() else language


def standing_of(round_: "Round", *, now: datetime) -> Standing:
    """Where a round stands by the clock."""
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
    )
    is_waiting = status in {RoundStatus.PLANNED, RoundStatus.ANNOUNCED}
    is_open = status is RoundStatus.OPEN
    return Standing(
        status=status,
        label=_(ROUND_STATUS_LABELS[status]),
        tone="success" if is_open else "info" if is_waiting else "neutral",
        is_preview=status not in PUBLIC_STATUSES,
        days_left=days_left(round_.closes_at, now=now) if is_open else None,
        opens_in=days_left(round_.opens_at, now=now) if is_waiting else None,
    )


def card_of(
    round_: "Round", invited: Mapping[ActorGroup, int], *, now: datetime, new: int = 0
) -> RoundCard:
    """A round as a card of the front page."""
    standing = standing_of(round_, now=now)
    return RoundCard(
        title=localise(round_.title),
        href=url_for("public.round", round_slug=round_.slug),
        news_href=url_for("public.news", round_slug=round_.slug),
        owner=round_.owner.name,
        kind=_(ROUND_RULES[round_.type].label),
        summary=first_sentence(plain_text(localise(round_.introduction))),
        lang=foreign(round_.title),
        asked=asked_text(invited),
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        days_left=standing.days_left,
        opens_in=standing.opens_in,
        status=(standing.label, standing.tone) if standing.is_over else None,
        new=new,
    )


def asked_text(invited: Mapping[ActorGroup, int]) -> str:
    """Who is asked, in words: the parts of society on the list, and always everybody else."""
    if not invited:
        return str(_("everyone who wants to answer"))
    groups = [
        _lower_first(_(ACTOR_GROUP_LABELS[group])) for group in ActorGroup if group in invited
    ]
    words = format_list(groups, locale=current_locale())
    return str(_("%(groups)s – and everyone else who wants to answer", groups=words))


def grouped_invitations(
    invitations: Sequence["Invitation"],
) -> list[tuple[str, list["Invitation"]]]:
    """Who is invited, by part of society in the order of lists of consultees."""
    groups: dict[ActorGroup, list[Invitation]] = {}
    for invitation in invitations:
        groups.setdefault(invitation.organisation.actor_type.group, []).append(invitation)
    return [
        (_(ACTOR_GROUP_LABELS[group]), groups[group]) for group in ActorGroup if group in groups
    ]


def short_deadline_notice(round_: "Round") -> str | None:
    """What to say of a time to answer that is shorter than this kind of round should have."""
    match deadline_warning(round_.type, opens_at=round_.opens_at, closes_at=round_.closes_at):
        case DeadlineWarning.UNDER_MINIMUM:
            return str(_("The time to answer is shorter than six weeks."))
        case DeadlineWarning.UNDER_NORMAL:
            return str(_("The time to answer is shorter than the usual three months."))
        case _none:
            return None


def paper_of(
    sections: Sequence["Section"],
    proposals: Sequence["Proposal"],
    questions: Sequence["Question"],
    *,
    comments: Sequence["DraftComment"] = (),
    is_plain: bool = False,
) -> Paper:
    """The paper with its proposals, questions and the visitor's comments at their sections."""
    about = {question.proposal_id: question for question in questions if question.proposal_id}
    shown = tuple(
        _paper_section(
            section,
            tuple(proposal for proposal in proposals if proposal.section_id == section.id),
            tuple(q for q in questions if q.section_id == section.id and q.proposal_id is None),
            tuple(comment for comment in comments if comment.section_id == section.id),
            is_plain=is_plain,
        )
        for section in sections
    )
    return Paper(
        sections=shown,
        minutes=sum(section.minutes for section in shown),
        loose_proposals=tuple(proposal for proposal in proposals if proposal.section_id is None),
        question_of={key: question for key, question in about.items() if key is not None},
        is_plain=is_plain,
    )


def _paper_section(
    section: "Section",
    proposals: tuple["Proposal", ...],
    questions: tuple["Question", ...],
    comments: tuple["DraftComment", ...],
    *,
    is_plain: bool,
) -> PaperSection:
    texts = [(localise(section.plain) if is_plain else "") or localise(section.body)]
    texts += [f"{localise(one.title)} {localise(one.text)}" for one in proposals]
    return PaperSection(section, reading_minutes(*texts), proposals, questions, comments)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
