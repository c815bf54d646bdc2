"""Choosing quotations: to show variation, never prevalence; only what may be published."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consult.domain.analysis.rules import NEUTRAL
from consult.domain.documents.building.counted import SUPPORTING
from consult.domain.documents.building.data import AnswerFacts, PassageFacts
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.senders import (
    answer_reference,
    attribution,
    is_quotable,
)
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.types import Block, Numbered, Paragraph, Quote, Section, Text
from consult.domain.submissions.types import Stance, Voice
from consult.kernel.i18n import N_

_SHORTEST = 50  # characters; below, a passage seldom makes a point
_LONGEST = 520
_BEST = 230
_POINT = re.compile(r"^\d{1,2}[.)] +")

SUPPORT = "support"
OBJECTION = "objection"
NEITHER = "neither"

_SIDES = {
    SUPPORT: N_("From answers that support what is proposed"),
    OBJECTION: N_("From answers with objections or reservations"),
    NEITHER: N_("Passages without a stance of their own"),
}


@dataclass(slots=True)
class Quoting:
    """Picks the quotations of one document and remembers which have been used.

    Nobody is quoted twice under one heading, and whoever has been quoted least comes first, so
    that the loudest answer does not fill the document.
    """

    figures: Figures
    say: Wording
    _used: set[tuple[int, int]] = field(default_factory=set)
    _times: Counter[str] = field(default_factory=Counter)

    def by_side(
        self,
        passages: Iterable[PassageFacts],
        *,
        most: int,
        anchor: str,
        proposal: str | None = None,
    ) -> tuple[Block, ...]:
        """Quotations, under a heading for each side where there are several.

        Args:
            passages: What to choose from.
            most: So many at most.
            anchor: Begins the ids of the headings.
            proposal: Which proposal the sides are about; without, whatever a passage is about.
        """
        sides: dict[str, list[PassageFacts]] = {side: [] for side in _SIDES}
        for passage in passages:
            sides[self._side_of(passage, proposal)].append(passage)
        filled = {side: found for side, found in sides.items() if found}
        blocks: list[Block] = []
        taken: set[str] = set()
        for side, found in filled.items():
            chosen = self.choose(found, most=self._share(side, filled, most), without=taken)
            if not chosen:
                continue
            taken |= {self._answer(passage).sender for passage in chosen}
            quotes = tuple(self.quote(passage) for passage in chosen)
            heading = self.say.gettext(_SIDES[side])
            blocks.append(Section(f"{anchor}-{side}", heading, quotes, Numbered.NO))
        if len(blocks) == 1 and isinstance(blocks[0], Section):
            return blocks[0].blocks
        return tuple(blocks)

    def choose(
        self,
        passages: Sequence[PassageFacts],
        *,
        most: int,
        without: Iterable[str] = (),
    ) -> tuple[PassageFacts, ...]:
        """The passages to quote, from as many groups of actors as possible."""
        pool = [p for p in passages if self._is_candidate(p)]
        senders = set(without)
        groups: Counter[str] = Counter()
        chosen: list[PassageFacts] = []
        while len(chosen) < most:
            fresh = [p for p in pool if self._answer(p).sender not in senders]
            if not fresh:
                break
            best = min(fresh, key=lambda p: (groups[self._answer(p).group], *self._rank(p)))
            chosen.append(best)
            senders.add(self._answer(best).sender)
            groups[self._answer(best).group] += 1
        for passage in chosen:
            self._used.add((passage.answer, passage.position))
            self._times[self._answer(passage).sender] += 1
        return tuple(chosen)

    def quote(self, passage: PassageFacts) -> Block:
        """A passage as a quotation, verbatim, with its sender as far as may be told.

        What was taken down in a meeting or on the phone is told without quotation marks.
        """
        answer = self._answer(passage)
        if answer.is_minuted or passage.voice is Voice.TRANSCRIPT:
            return self._minuted(passage, answer)
        return Quote(
            paragraphs=((Text(_verbatim(passage)),),),
            sender=self._sender(passage, answer),
            reference=answer_reference(answer, self.say),
            language="" if answer.language == self.say.locale else answer.language,
        )

    def _sender(self, passage: PassageFacts, answer: AnswerFacts) -> str:
        """Who said it; a minority is told as such."""
        sender = attribution(answer, self.say)
        if passage.voice is not Voice.MINORITY:
            return sender
        minority = N_("minority of %(sender)s: %(label)s")
        return self.say.gettext(minority, sender=sender, label=passage.voice_label)

    def _minuted(self, passage: PassageFacts, answer: AnswerFacts) -> Paragraph:
        source = self.say.gettext(
            N_("taken down from %(sender)s, %(reference)s"),
            sender=attribution(answer, self.say),
            reference=answer_reference(answer, self.say),
        )
        words = self.say.foreign(_verbatim(passage), answer.language)
        return Paragraph((words, Text(f" ({source})")))

    def _answer(self, passage: PassageFacts) -> AnswerFacts:
        return self.figures.by_number[passage.answer]

    def _is_candidate(self, passage: PassageFacts) -> bool:
        text = _verbatim(passage)
        return (
            is_quotable(self._answer(passage))
            and not passage.is_protected
            and not passage.is_copy
            and passage.voice is not Voice.SCAN  # a machine may have misread it
            and (passage.answer, passage.position) not in self._used
            and _SHORTEST <= len(text) <= _LONGEST
            and not text.endswith(":")
        )

    def _rank(self, passage: PassageFacts) -> tuple[int, int, int, int, int]:
        """Least quoted sender, self-contained, of middling length; ties by place."""
        text = _verbatim(passage)
        leans = passage.level + (not text[0].isupper() and text[0] not in '«“"')
        distance = abs(len(text) - _BEST) // 40
        return (
            self._times[self._answer(passage).sender],
            leans,
            distance + len(passage.themes),
            passage.answer,
            passage.position,
        )

    def _side_of(self, passage: PassageFacts, proposal: str | None) -> str:
        """Neither, too, for a minority, or when it is for one proposal and against another."""
        if passage.voice is Voice.MINORITY:
            return NEITHER  # the stance is the council's, and they do not share it
        sides = {
            _side_of(stance.value)
            for key, stance in self.figures.own_stances(passage).items()
            if proposal in {None, key}
        }
        return sides.pop() if len(sides) == 1 else NEITHER

    @staticmethod
    def _share(side: str, filled: dict[str, list[PassageFacts]], most: int) -> int:
        """As many places for each side, the first ones taking what is left over."""
        place = list(filled).index(side)
        return most // len(filled) + (place < most % len(filled))


def _side_of(value: Stance) -> str:
    if value in SUPPORTING:
        return SUPPORT
    return NEITHER if value in NEUTRAL else OBJECTION


def _verbatim(passage: PassageFacts) -> str:
    """The words as they stand, line breaks and the number of a point aside."""
    return _POINT.sub("", " ".join(passage.quote.split()))
