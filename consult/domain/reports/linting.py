"""The words of a report held against its numbers: each finding a line with the very words."""

from collections.abc import Iterable, Iterator, Sequence

from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.senders import names_of
from consult.domain.documents.building.wording import Wording
from consult.domain.reports.language.claims import Claim, find_claims
from consult.domain.reports.language.names import find_early
from consult.domain.reports.language.quantities import (
    Judgement,
    Spoken,
    Trouble,
    judge,
    spoken_of_proposal,
    spoken_of_theme,
)
from consult.domain.reports.language.sentences import sentences
from consult.domain.reports.rules import WrittenPart, digest_of
from consult.domain.reports.types import CheckKind, CheckLine

_CHECKS = {
    Trouble.MISMATCH: CheckKind.QUANTIFIER,
    Trouble.UNCOUNTED: CheckKind.UNCOUNTED,
    Trouble.UNNAMED: CheckKind.UNNAMED,
    Trouble.NO_DENOMINATOR: CheckKind.NO_DENOMINATOR,
}


def lint(parts: Sequence[WrittenPart], figures: Figures, say: Wording) -> Iterator[CheckLine]:
    """What the words of some parts say that the numbers do not, and short names too early.

    Args:
        parts: In reading order.
        figures: Of the frozen data that the report rests on.
        say: The report's language, for the names of those without a name.
    """
    for part in parts:
        spoken = _spoken(part, figures)
        for sentence in sentences(part.text):
            for claim in find_claims(sentence):
                wrong = judge(claim, spoken)
                if wrong is not None:
                    yield _line(part, wrong, say)
    yield from _short_forms(parts, (body.name for body in _bodies(figures)))


def _bodies(figures: Figures) -> Iterator[AnswerFacts]:
    for answer in figures.analysed:
        yield from (body for body in answer.bodies if body.actor_type.is_organisation)


def _spoken(part: WrittenPart, figures: Figures) -> Spoken | None:
    """Who speaks of what a part is about; nothing where it is about nothing that is counted."""
    if part.proposal is not None:
        return spoken_of_proposal(figures, part.proposal)
    return spoken_of_theme(figures, part.about) if part.about is not None else None


def _line(part: WrittenPart, wrong: Judgement, say: Wording) -> CheckLine:
    claim = wrong.claim
    numbers = tuple(sorted({one.number for one in wrong.counted}))
    values: dict[str, str | int] = {"count": wrong.count, "of": wrong.of}
    if wrong.fitting is not None:
        values["fitting"] = wrong.fitting.value
    return CheckLine(
        _CHECKS[wrong.trouble],
        _subject(part.key, claim),
        digest_of(claim.sentence, wrong.trouble, wrong.count, wrong.of, *numbers),
        part.key,
        words=claim.words,
        sentence=claim.sentence,
        values=values,
        names=names_of(wrong.counted, say),
        numbers=numbers,
    )


def _subject(part: str, claim: Claim) -> str:
    return f"words:{part}:{digest_of(claim.sentence, claim.start)[:12]}"


def _short_forms(parts: Iterable[WrittenPart], bodies: Iterable[str]) -> Iterator[CheckLine]:
    texts = [(part.key, "\n".join(one.words for one in part.text.blocks)) for part in parts]
    for early in find_early(texts, bodies):
        yield CheckLine(
            CheckKind.SHORT_FORM,
            f"words:{early.place}:{early.short}"[:120],
            digest_of(early.full, early.short),
            early.place,
            words=early.short,
            values={"full": early.full},
        )
