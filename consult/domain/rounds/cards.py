"""The paper cut into short cards: one point each, to be read and answered on a phone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.rules import concerns
from consult.kernel.i18n import localised, localised_language
from consult.kernel.text.markdown import cut_markdown, plain_blocks

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal, Question, Section

POINT_WORDS = 90
"""About as many words as a phone shows at once; a longer paragraph is not cut."""

WORDS_PER_MINUTE = 200
"""A calm reading pace for prose in one's own language."""

_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Card:
    """One point of the paper.

    Attributes:
        key: Names the card in an address.
        title: What it is about, by language.
        text: The point, as Markdown in ``language``; empty for a bare question.
        full: The section's full text, where ``text`` says it in plain words; else empty.
        section: The section it belongs to, which a comment is then about.
        question: What is asked here; ``None`` where one may comment.
        quote: The words of the section that a comment is about; ``None`` for all of it.
        part: Which point of its section it is, from 1.
        parts: Of how many.
        is_for_you: The question concerns the reader's part of society most.
    """

    key: str
    title: Mapping[str, str]
    text: str
    language: str
    full: str = ""
    section: "Section | None" = None
    proposal: "Proposal | None" = None
    question: "Question | None" = None
    quote: str | None = None
    part: int = 1
    parts: int = 1
    is_for_you: bool = False

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards, and the one that is shown.

    Attributes:
        index: Of the card shown, from 0; one past the last when all have been read.
    """

    cards: Sequence[Card]
    index: int

    @property
    def card(self) -> Card | None:
        """The card shown; ``None`` at the end."""
        return self.cards[self.index] if self.index < len(self.cards) else None

    @property
    def before(self) -> Card | None:
        """The card before the one shown."""
        return self.cards[self.index - 1] if self.index else None

    @property
    def minutes_left(self) -> int:
        """About how long it takes to read the rest, at least one minute."""
        words = sum(card.words for card in self.cards[self.index :])
        return max(1, -(-words // WORDS_PER_MINUTE))


def deck_at(cards: Sequence[Card], *, at: str = "", after: str = "", before: str = "") -> Deck:
    """The cards, opened at one, or at the one after or before it; at the first if there is none.

    Args:
        cards: The cards.
        at: The key of the card to show.
        after: The key of the card that has been read.
        before: The key of the card to go back from.
    """
    places = {card.key: index for index, card in enumerate(cards)}
    if after in places:
        return Deck(cards, places[after] + 1)
    if before in places:
        return Deck(cards, max(0, places[before] - 1))
    return Deck(cards, places.get(at, 0))


def cards_of(
    sections: Sequence["Section"],
    proposals: Sequence["Proposal"],
    questions: Sequence["Question"],
    *,
    locale: str,
    group: ActorGroup | None = None,
) -> list[Card]:
    """The cards of a paper: first those that concern the reader most, then in the paper's order.

    Args:
        sections: The sections, in order.
        proposals: The proposals, in order.
        questions: What the reader is asked, in order.
        locale: The reader's language.
        group: The reader's part of society, where it is known.
    """
    cards = [*_in_order(sections, proposals, questions, locale=locale, group=group)]
    return sorted(cards, key=lambda card: not card.is_for_you)


def _in_order(
    sections: Sequence["Section"],
    proposals: Sequence["Proposal"],
    questions: Sequence["Question"],
    *,
    locale: str,
    group: ActorGroup | None,
) -> Iterator[Card]:
    about = {question.proposal_id: question for question in questions if question.proposal_id}
    for section in (*sections, None):
        if section is not None:
            yield from _points(section, locale)
        place = section.id if section is not None else None
        for proposal in proposals:
            if proposal.section_id == place:
                yield _proposal_card(proposal, about.get(proposal.id), locale, group)
        for question in questions:
            if question.proposal_id is None and question.section_id == place:
                yield _question_card(question, locale, group)


def _points(section: "Section", locale: str) -> Iterator[Card]:
    """The text of a section: in plain words on one card where it has them, else point by point."""
    plain, body = localised(section.plain, locale), localised(section.body, locale)
    if plain:
        yield Card(
            key=f"s-{section.key}",
            title=section.title,
            text=plain,
            language=localised_language(section.plain, locale),
            full=body,
            section=section,
        )
        return
    pieces = cut_markdown(body, words=POINT_WORDS)
    for number, piece in enumerate(pieces, 1):
        yield Card(
            key=f"s-{section.key}" if number == 1 else f"s-{section.key}-{number}",
            title=section.title,
            text=piece,
            language=localised_language(section.body, locale),
            section=section,
            quote=_quote(piece) if len(pieces) > 1 else None,
            part=number,
            parts=len(pieces),
        )


def _quote(piece: str) -> str:
    """The words that a comment on a point is about: its beginning, cut between words."""
    words = " ".join(plain_blocks(piece))
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0]


def _proposal_card(
    proposal: "Proposal", question: "Question | None", locale: str, group: ActorGroup | None
) -> Card:
    return Card(
        key=f"p-{proposal.key}",
        title=proposal.title,
        text=localised(proposal.text, locale),
        language=localised_language(proposal.text, locale),
        section=proposal.section,
        proposal=proposal,
        question=question,
        is_for_you=_is_for(question, group),
    )


def _question_card(question: "Question", locale: str, group: ActorGroup | None) -> Card:
    return Card(
        key=f"q-{question.key}",
        title=question.text,
        text=localised(question.help, locale),
        language=localised_language(question.help, locale),
        section=question.section,
        question=question,
        is_for_you=_is_for(question, group),
    )


def _is_for(question: "Question | None", group: ActorGroup | None) -> bool:
    return question is not None and group is not None and concerns(question.audience, group)
