"""A report without what may no longer be printed of it: pure rules over plain values.

What was published is kept as it was; this makes of it what may be read today. The figures stay
those of the frozen data: who takes their words back was still counted when it was written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consult.domain.composing.types import FrozenPart, FrozenRecommendation, FrozenText
from consult.domain.documents.building.data import AnswerFacts, SummaryData
from consult.domain.reports.building.report import ReportBasis
from consult.domain.submissions.types import Publication
from consult.kernel.text.rich.codec import from_json, to_json
from consult.kernel.text.rich.types import Block, Break, Footnote, Inline, RichText, Text

_WORD = re.compile(r"\w+")
_RUN = 5
"""So many words in a row are somebody's; fewer are anybody's."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may no longer be printed of frozen data.

    Attributes:
        answers: What may be published now of answers whose senders asked for less, or withdrew.
        passages: Ids of passages that may not be quoted.
        quoted: The evidence whose very words stand in the text, by the mark's id.
        words: Words that were taken out by law, and names that may not be told.
        corrected: Numbers of answers that their senders have changed since.
    """

    answers: Mapping[int, Publication] = field(default_factory=dict)
    passages: frozenset[int] = frozenset()
    quoted: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    corrected: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether all of it may still be printed."""
        return not (self.answers or self.passages or self.words)


def without(
    text: FrozenText, basis: ReportBasis, withheld: Withheld, *, mark: str
) -> tuple[FrozenText, ReportBasis]:
    """The text and its data without what is withheld, with a mark in its place."""
    hidden = {
        one.id
        for one in basis.data.passages
        if one.id in withheld.passages or withheld.answers.get(one.answer) is Publication.NOT_ON_WEB
    }
    copied = [one.quote for one in basis.data.passages if one.id in hidden]
    masked = (
        frozenset(key for key, passage in basis.evidence.items() if passage in hidden)
        & withheld.quoted
    )
    hiding = Hiding(withheld.words, copied, evidence=masked, mark=mark)
    recommendations = tuple(_proposed(one, hiding) for one in text.recommendations)
    parts = tuple(_part(one, hiding) for one in text.parts)
    shown = replace(text, parts=parts, recommendations=recommendations)
    data = _data(basis.data, hidden, withheld.answers, hiding)
    return shown, replace(basis, data=data, corrected=withheld.corrected)


class Hiding:
    """Takes words out of texts.

    Attributes:
        evidence: Marks in the text under which every word goes.
        mark: What stands there instead.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        copied: Iterable[str],
        *,
        evidence: frozenset[str] = frozenset(),
        mark: str,
    ) -> None:
        """Take what is to go.

        Args:
            phrases: Words that go wherever they stand.
            copied: Texts of which no longer run of words may stand anywhere.
            evidence: As the attribute.
            mark: As the attribute.
        """
        ordered = sorted({" ".join(one.split()) for one in phrases}, key=len, reverse=True)
        wanted = "|".join(
            r"\s+".join(re.escape(word) for word in one.split()) for one in ordered if one
        )
        self._wanted = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)", re.IGNORECASE) if wanted else None
        self._runs = {run for text in copied for run, _place in _runs(text)}
        self.evidence = evidence
        self.mark = mark

    def words(self, text: str) -> str:
        """Plain words without what is hidden."""
        left, at = "", 0
        for start, end in _joined(self._places(text)):
            left, at = f"{left}{text[at:start]}{self.mark}", end
        return left + text[at:]

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        if self._wanted is not None:
            yield from (one.span() for one in self._wanted.finditer(text))
        if self._runs:
            yield from (place for run, place in _runs(text) if run in self._runs)

    def rich(self, text: RichText) -> RichText:
        """A text without what is hidden, also where its marks change in the middle of it."""
        return RichText(tuple(self._block(block) for block in text.blocks))

    def _block(self, block: Block) -> Block:
        gone = list(self._gone(block))
        if not gone and not any(isinstance(part, Footnote) for part in block.content):
            return block
        content: list[Inline] = []
        at = 0
        for part in block.content:
            if isinstance(part, Footnote):
                content.append(replace(part, text=self.words(part.text)))
                continue
            width = 1 if isinstance(part, Break) else len(part.text)
            if isinstance(part, Text):
                content += self._kept(part, at, gone)
            elif not any(start <= at < end for start, end in gone):
                content.append(part)
            at += width
        return replace(block, content=tuple(content))

    def _kept(self, part: Text, at: int, gone: list[tuple[int, int]]) -> Iterator[Inline]:
        """What is left of some words that begin at a place; the mark where something begins."""
        place, end = at, at + len(part.text)
        for start, stop in gone:
            if stop <= place or start >= end:
                continue
            if start > place:
                yield replace(part, text=part.text[place - at : start - at])
            if start >= at:
                yield Text(self.mark)
            place = min(stop, end)
        if place < end:
            yield replace(part, text=part.text[place - at :])

    def _gone(self, block: Block) -> Iterator[tuple[int, int]]:
        """The places in the words of a block that go, in order, none touching another."""
        found = list(self._places(block.words))
        at = 0
        for part in block.content:
            if isinstance(part, Footnote):
                continue
            width = 1 if isinstance(part, Break) else len(part.text)
            if isinstance(part, Text) and part.marks.evidence_ids & self.evidence:
                found.append((at, at + width))
            at += width
        return _joined(found)


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places in order, those that overlap or touch as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(places):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Every run of some words, in small letters, with its place."""
    found = list(_WORD.finditer(text))
    for at in range(len(found) - _RUN + 1):
        run = found[at : at + _RUN]
        yield tuple(one[0].casefold() for one in run), (run[0].start(), run[-1].end())


def _part(part: FrozenPart, hiding: Hiding) -> FrozenPart:
    body = to_json(hiding.rich(from_json(part.body)))
    return replace(part, heading=hiding.words(part.heading), body=body)


def _proposed(one: FrozenRecommendation, hiding: Hiding) -> FrozenRecommendation:
    grounds = tuple(
        replace(ground, quote=hiding.words(ground.quote), reason=hiding.words(ground.reason))
        for ground in one.grounds
    )
    texts = ("text", "reason", "addressee", "concretises", "legal_need", "assessment")
    shown: dict[str, Any] = {name: hiding.words(getattr(one, name)) for name in texts}
    return replace(one, grounds=grounds, **shown)


def _data(
    data: SummaryData, hidden: set[int], answers: Mapping[int, Publication], hiding: Hiding
) -> SummaryData:
    return replace(
        data,
        answers=tuple(_answer(one, answers) for one in data.answers),
        passages=tuple(
            replace(one, quote=hiding.mark, voice_label="", is_protected=True)
            if one.id in hidden
            else replace(one, quote=hiding.words(one.quote))
            for one in data.passages
        ),
    )


def _answer(answer: AnswerFacts, answers: Mapping[int, Publication]) -> AnswerFacts:
    allowed = answers.get(answer.number)
    return replace(answer, publication=allowed) if allowed is not None else answer
