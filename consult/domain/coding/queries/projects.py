"""What a project for other programs holds: the publishable texts of a round and their codings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.codebook_entries import guid_of
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.coding.qdpx import Selected
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.coding.types import PassageKind
from consult.domain.disclosure.queries import publishable_versions
from consult.domain.disclosure.quoting import Quotable, quotable_in_round
from consult.domain.submissions.models import Submission, SubmissionVersion

_BETWEEN = "\n\n"

Codes = dict[int, list[tuple[str, str, Any]]]
"""For each passage its codings: GUID of the theme, coder, time."""


@dataclass(frozen=True, slots=True)
class CodedText:
    """The publishable text of an answer, paragraph by paragraph, and what is coded in it."""

    submission: Submission
    text: str
    selections: tuple[Selected, ...]


def coded_texts(round_id: int) -> list[CodedText]:
    """The answers that may be handed out, by number; without words that were taken out."""
    query = (
        select(Submission, Passage)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .where(
            counts(round_id),
            is_current(),
            SubmissionVersion.id.in_(publishable_versions(round_id)),
        )
        .order_by(Submission.number, Passage.position, Passage.start, Passage.id)
    )
    answers: dict[int, Submission] = {}
    passages: dict[int, list[Passage]] = defaultdict(list)
    for submission, passage in session().execute(query):
        answers[submission.id] = submission
        passages[submission.id].append(passage)
    codes, may_quote = _codes(round_id), quotable_in_round(round_id)
    return [
        CodedText(submission, *_assemble(passages[submission.id], codes, may_quote))
        for submission in answers.values()
    ]


def coders_of(round_id: int) -> list[str]:
    """The references of everybody who has coded in a round."""
    query = (
        select(Coding.coded_by)
        .join(Passage, Coding.passage_id == Passage.id)
        .where(Passage.round_id == round_id)
        .distinct()
    )
    return list(session().scalars(query))


def _codes(round_id: int) -> Codes:
    """The codings of each passage; one that repeats another has that one's.

    What waits to be sorted after a split still has the old theme.
    """
    query = (
        select(Passage.id, Theme.public_id, Theme.guid, Coding.coded_by, Coding.coded_at)
        .join(Coding, Coding.passage_id == func.coalesce(Passage.copy_of_id, Passage.id))
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Passage.round_id == round_id)
        .order_by(Coding.id)
    )
    found: Codes = defaultdict(list)
    for passage_id, public_id, guid, coder, at in session().execute(query):
        found[passage_id].append((guid_of(public_id, guid), coder, at))
    return found


def _assemble(
    passages: Sequence[Passage], codes: Codes, may_quote: Quotable
) -> tuple[str, tuple[Selected, ...]]:
    """The paragraphs one below the other, and where the coded passages stand in that text.

    A part that was chosen from a paragraph out of which words were taken stands for all of it.
    """
    text, places, selections = "", dict[int, tuple[int, int, int]](), []
    ends: list[tuple[int, tuple[int, int, int]]] = []
    for one in passages:
        if one.kind is PassageKind.CHOSEN:
            continue
        words = may_quote.words(one.quote, version_id=one.version_id, start=one.start, end=one.end)
        at = len(text) + (len(_BETWEEN) if text else 0)
        text = f"{text}{_BETWEEN if text else ''}{words}"
        is_whole = words == one.quote and len(words) == one.end - one.start
        places[one.id] = (at, at + len(words), one.start if is_whole else -1)
        ends.append((one.end, places[one.id]))
    for one in passages:
        whole = places.get(one.id if one.kind is not PassageKind.CHOSEN else one.parent_id or 0)
        if whole is None or not codes.get(one.id):
            continue
        start, end, origin = whole
        if one.kind is PassageKind.CHOSEN and origin >= 0:
            start = start + one.start - origin
        if one.kind is PassageKind.CHOSEN:
            end = next((_at(one.end, place) for last, place in ends if one.end <= last), end)
        selections.append(Selected(one.public_id, start, end, tuple(codes[one.id])))
    return text, tuple(sorted(selections, key=lambda one: (one.start, one.end, one.id)))


def _at(end: int, place: tuple[int, int, int]) -> int:
    """Where a part ends in the text; after all of a paragraph that words were taken out of."""
    start, last, origin = place
    return start + end - origin if origin >= 0 else last
