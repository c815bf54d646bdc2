"""Shapes answers for review: their words with what was found and taken out marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk.presenters.answers import former_wording, voice_of
from consult.blueprints.shared.context import language_of, localise
from consult.domain.disclosure.queries import ReviewRow
from consult.domain.disclosure.rules import file_bar
from consult.domain.disclosure.types import (
    BASIS_LABELS,
    BASIS_OF_FINDING,
    FILE_BAR_LABELS,
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
    """

    number: int
    public_id: str
    label: str
    words: str
    decision: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """Words taken out that no finding stands for."""

    public_id: str
    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came with the answer.

    Attributes:
        bar: Why it cannot be published, in words.
        source: The body whose words it holds, where they are not the sender's.
    """

    public_id: str
    filename: str
    size: int
    source: str | None
    is_published: bool
    bar: str | None


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One answer's words for review; ``voice``, ``quote``, ``former_wording`` as at the desk."""

    heading: str
    lang: str
    voice: str | None
    quote: str | None
    former_wording: str | None
    chosen: tuple[str, ...]
    pieces: list[Piece]
    findings: list[FindingRow]
    redactions: list[RedactionRow]


def review_parts(review: "AnswerReview", locale: str) -> list[ReviewPart]:
    """The answer's parts in order, with everything in them that is marked."""
    numbers = {finding.id: number for number, finding in enumerate(review.findings, 1)}
    said = [one for one in review.version.answers if not is_wordless(one, text=one.text)]
    return [_part(review, answer, numbers, locale) for answer in said]


def _part(
    review: "AnswerReview", answer: "Answer", numbers: Mapping[int, int], locale: str
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
        pieces=_pieces(review, answer, within, numbers),
        findings=[_finding_row(review, one, numbers[one.id]) for one in within],
        redactions=[
            RedactionRow(
                one.public_id,
                review.version.full_text[one.start : one.end],
                _(BASIS_LABELS[one.basis]),
            )
            for one in review.redactions
            if answer.start <= one.start < answer.end and (one.start, one.end) not in places
        ],
    )


def file_rows(review: "AnswerReview") -> list[FileRow]:
    """The files of the version that is looked through."""
    published = {one.attachment_id for one in review.published_files}
    rows = []
    for file in review.version.attachments:
        bar = file_bar(file.media_type, review.submission.publication)
        rows.append(
            FileRow(
                public_id=file.public_id,
                filename=file.filename,
                size=file.size,
                source=file.source.name if file.source else None,
                is_published=file.id in published,
                bar=_(FILE_BAR_LABELS[bar]) if bar else None,
            )
        )
    return rows


def heading_of(answer: "Answer") -> dict[str, str] | None:
    """What a part is about: the words of a question, a section or a proposal; else nothing."""
    if answer.question is not None:
        return answer.question.text
    if answer.section is not None:
        return answer.section.title
    return answer.proposal.title if answer.proposal is not None else None


def _finding_row(review: "AnswerReview", finding: "ReviewFinding", number: int) -> FindingRow:
    return FindingRow(
        number=number,
        public_id=finding.public_id,
        label=_(FINDING_LABELS[finding.kind]),
        words=review.version.full_text[finding.start : finding.end],
        decision=_decision_words(review, finding),
        basis=BASIS_OF_FINDING[finding.kind].value,
    )


def _decision_words(review: "AnswerReview", finding: "ReviewFinding") -> str | None:
    if finding.decision is None:
        return None
    if finding.decision is FindingDecision.RELEASED:
        return str(_("May be read by everybody"))
    law = next((one for one in review.redactions if _covers(one, finding)), None)
    return str(_("Taken out: %(basis)s", basis=_(BASIS_LABELS[law.basis]) if law else "–"))


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
