"""Shapes answers for review: their words with what was found and taken out marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk.presenters.answers import former_wording, voice_of
from consult.blueprints.shared.context import format_moment, language_of, localise
from consult.domain.disclosure.queries import ReviewRow
from consult.domain.disclosure.types import (
    BASIS_LABELS,
    BASIS_OF_FINDING,
    FINDING_LABELS,
    REFUSAL_LABELS,
    REVIEW_STATE_LABELS,
    FindingDecision,
    ReviewState,
)
from consult.domain.submissions.rules import is_wordless
from consult.domain.submissions.types import PUBLICATION_LABELS, Publication
from consult.domain.submissions.wording import choice_in_words

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview, Redaction, ReviewFinding
    from consult.domain.submissions.models import Answer

STATE_TONES = {
    ReviewState.WAITING: "warning",
    ReviewState.CLEARED: "success",
    ReviewState.REFUSED: "danger",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an answer. ``state``: ``plain``, ``open``, ``released`` or ``redacted``."""

    text: str
    state: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something that was found, and what was decided.

    Attributes:
        decision: In words; ``None`` while it is open.
        basis: The legal basis that is offered first.
        by: Who took it out and when, in words; empty where nobody has.
    """

    number: int
    public_id: str
    label: str
    words: str
    decision: str | None
    basis: str
    by: str


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """Words taken out that no finding stands for. ``by``: who did it and when, in words."""

    public_id: str
    words: str
    basis: str
    by: str


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One answer's words for review; ``voice``, ``quote``, ``former_wording`` as at the desk.

    ``start`` is where they begin in the version's text; ``is_private``: the question promises that
    they are not published.
    """

    heading: str
    lang: str
    voice: str | None
    quote: str | None
    former_wording: str | None
    chosen: tuple[str, ...]
    start: int
    pieces: list[Piece]
    findings: list[FindingRow]
    redactions: list[RedactionRow]
    is_private: bool


def review_parts(review: "AnswerReview", locale: str, names: Mapping[str, str]) -> list[ReviewPart]:
    """The answer's parts in order, with everything in them that is marked.

    ``names`` are those of the people who have decided, by reference.
    """
    numbers = {finding.id: number for number, finding in enumerate(review.findings, 1)}
    said = [one for one in review.version.answers if not is_wordless(one, text=one.text)]
    return [_part(review, answer, numbers, locale, names) for answer in said]


def _part(
    review: "AnswerReview",
    answer: "Answer",
    numbers: Mapping[int, int],
    locale: str,
    names: Mapping[str, str],
) -> ReviewPart:
    within = [one for one in review.findings if answer.start <= one.start < answer.end]
    places = {(one.start, one.end) for one in within}
    title = heading_of(answer)
    return ReviewPart(
        heading=localise(title) if title else _("General remarks"),
        lang=language_of(title) if title else locale,
        voice=voice_of(answer),
        quote=answer.quote,
        former_wording=former_wording(answer),
        chosen=choice_in_words(answer, locale),
        start=answer.start,
        pieces=_pieces(review, answer, within, numbers),
        findings=[_finding_row(review, one, numbers[one.id], names) for one in within],
        redactions=[
            RedactionRow(
                one.public_id,
                review.version.full_text[one.start : one.end],
                _(BASIS_LABELS[one.basis]),
                decided_in_words(one.made_by, one.made_at, names),
            )
            for one in review.redactions
            if answer.start <= one.start < answer.end and (one.start, one.end) not in places
        ],
        is_private=answer.is_private,
    )


def heading_of(answer: "Answer") -> dict[str, str] | None:
    """What a part is about: the words of a question, a section or a proposal; else nothing."""
    if answer.question is not None:
        return answer.question.text
    if answer.section is not None:
        return answer.section.title
    return answer.proposal.title if answer.proposal is not None else None


def decided_in_words(by: str, at: datetime, names: Mapping[str, str]) -> str:
    """Who has decided something, and when."""
    moment = format_moment(at)
    name = names.get(by)
    return str(_("by %(name)s, %(moment)s", name=name, moment=moment)) if name else moment


def _finding_row(
    review: "AnswerReview", finding: "ReviewFinding", number: int, names: Mapping[str, str]
) -> FindingRow:
    law = _law_of(review, finding)
    return FindingRow(
        number=number,
        public_id=finding.public_id,
        label=_(FINDING_LABELS[finding.kind]),
        words=review.version.full_text[finding.start : finding.end],
        decision=_decision_words(review, finding),
        basis=BASIS_OF_FINDING[finding.kind].value,
        by=decided_in_words(law.made_by, law.made_at, names) if law else "",
    )


def _decision_words(review: "AnswerReview", finding: "ReviewFinding") -> str | None:
    if finding.decision is None:
        return None
    if finding.decision is FindingDecision.RELEASED:
        return str(_("May be read by everybody"))
    law = _law_of(review, finding)
    return str(_("Taken out: %(basis)s", basis=_(BASIS_LABELS[law.basis]) if law else "–"))


def _law_of(review: "AnswerReview", finding: "ReviewFinding") -> "Redaction | None":
    return next((one for one in review.redactions if _covers(one, finding)), None)


def _covers(redaction: "Redaction", finding: "ReviewFinding") -> bool:
    return redaction.start <= finding.start and finding.end <= redaction.end


def _pieces(
    review: "AnswerReview",
    answer: "Answer",
    findings: Sequence["ReviewFinding"],
    numbers: Mapping[int, int],
) -> list[Piece]:
    """The words of one answer, cut where something marked begins and ends."""
    text = review.version.full_text
    cuts = {answer.start, answer.end}
    places = [(one.start, one.end) for one in findings]
    places += [(one.start, one.end) for one in review.redactions]
    cuts |= {min(max(edge, answer.start), answer.end) for place in places for edge in place}
    edges = sorted(cuts)
    pieces = []
    for start, end in pairwise(edges):
        finding = next((one for one in findings if one.start <= start < one.end), None)
        number = numbers[finding.id] if finding and finding.start == start else None
        pieces.append(Piece(text[start:end], _state(review, finding, start), number))
    return pieces


def _state(review: "AnswerReview", finding: "ReviewFinding | None", start: int) -> str:
    if any(one.start <= start < one.end for one in review.redactions):
        return "redacted"
    if finding is None:
        return "plain"
    return "released" if finding.decision is FindingDecision.RELEASED else "open"


def queue_rows(rows: Sequence[ReviewRow], round_slug: str) -> list[dict[str, object]]:
    """Answers of the queue as rows of a table."""
    return [
        {
            "number": row.review.submission.number,
            "name": row.review.submission.name,
            "kind": row.review.submission.actor_type,
            "choice": _(PUBLICATION_LABELS[row.review.submission.publication]),
            "off_web": row.review.submission.publication is Publication.NOT_ON_WEB,
            "found": ngettext("%(num)d to decide", "%(num)d to decide", row.open_findings)
            if row.open_findings
            else None,
            "files": ngettext("%(num)d file", "%(num)d files", row.files) if row.files else None,
            "reason": _(REFUSAL_LABELS[row.review.reason]) if row.review.reason else None,
            "href": url_for(
                "desk.review_answer", round_slug=round_slug, number=row.review.submission.number
            ),
        }
        for row in rows
    ]


def state_tag(review: "AnswerReview") -> tuple[str, str]:
    """Text and tone of where a review stands."""
    return _(REVIEW_STATE_LABELS[review.state]), STATE_TONES[review.state]


def state_tabs(
    round_slug: str, counts: Mapping[ReviewState, int], current: ReviewState | None, aside: int
) -> list[dict[str, object]]:
    """The views of the queue, with how many answers each holds."""
    tabs: list[dict[str, object]] = [
        {
            "text": _(REVIEW_STATE_LABELS[state]),
            "href": url_for("desk.review", round_slug=round_slug, state=state.value),
            "current": state is current,
            "count": counts.get(state, 0),
        }
        for state in ReviewState
    ]
    tabs.append(
        {
            "text": _("Set aside"),
            "href": url_for("desk.review_bursts", round_slug=round_slug),
            "current": current is None,
            "count": aside,
        }
    )
    return tabs
