"""What is said in a round: which answers count, and which of them speak of which themes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, select, true

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.choosing import answers_chosen, codings_chosen
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.clusters import campaign_of_answers, is_repeated
from consult.domain.coding.queries.scope import (
    counted_as,
    counts,
    has_copies,
    is_current,
    stands_alone,
)
from consult.domain.coding.queries.themes import ranked_themes
from consult.domain.coding.types import PassageKind, ThemeRow
from consult.domain.submissions.models import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Scope:
    """Which answers of a round are counted, and which codings."""

    round_id: int
    answers: ColumnElement[bool]
    codings: ColumnElement[bool]

    @classmethod
    def of(cls, round_id: int, chosen: AnswerFilter) -> "Scope":
        """What a filter lets through of a round."""
        answers = and_(counts(round_id), *answers_chosen(round_id, chosen))
        return cls(round_id, answers, and_(true(), *codings_chosen(chosen)))


def counted_passages(scope: Scope) -> Select[*tuple[Any, ...]]:
    """The answer of each passage that counts, and the passage it counts as."""
    return (
        select(Passage.submission_id, counted_as())
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(scope.answers, is_current())
    )


def hits(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Each theme on each passage that counts, where it is coded itself.

    Columns: answer, the paragraph it counts as, theme.
    """
    return (
        select(SubmissionVersion.submission_id, Coding.paragraph_id, Coding.theme_id)
        .select_from(Coding)
        .join(SubmissionVersion, Coding.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(scope.answers, is_current(), stands_alone(scope.round_id), scope.codings)
    )


def hits_together(scope: Scope) -> Iterator[tuple[int, int, list[int]]]:
    """Each theme of each answer, and the paragraphs that have it.

    The rows of :func:`hits`, put together by the database: there are thousands of them.
    """
    paragraphs = _as_text(Coding.paragraph_id.expression)
    query = (
        hits(scope)
        .with_only_columns(SubmissionVersion.submission_id, Coding.theme_id, paragraphs)
        .group_by(SubmissionVersion.submission_id, Coding.version_id, Coding.theme_id)
    )
    for submission_id, theme_id, found in session().execute(query):
        yield submission_id, theme_id, _numbers_in(found)


def numbers_of_passages(scope: Scope) -> Select[int, int]:
    """How many passages that count each answer has; only where none repeats another."""
    is_whole = (Passage.kind != PassageKind.CHOSEN) | Passage.parent_id.is_(None)
    return (
        counted_passages(scope)
        .with_only_columns(Passage.submission_id, func.count())
        .where(is_whole)
        .group_by(Passage.submission_id)
    )


def find_spoken(scope: Scope) -> Sequence[tuple[int, int, bool]]:
    """Which answers speak of which themes: thousands of passages become some answers.

    The third is whether with words that other letters of a campaign have, too.
    """
    is_shared: ColumnElement[bool] = false()
    if campaign_of_answers(scope.round_id):
        is_shared = is_repeated(scope.round_id, Coding.paragraph_id.expression)
    pairs = (
        hits(scope)
        .with_only_columns(
            SubmissionVersion.submission_id, Coding.theme_id, is_shared.label("is_shared")
        )
        .distinct()
        .subquery("pairs")
    )
    answer = (pairs.c.submission_id, pairs.c.is_shared)
    query = select(*answer, _as_text(pairs.c.theme_id)).group_by(*answer)
    found = [
        (submission_id, theme_id, bool(shared))
        for submission_id, shared, themes in session().execute(query)
        for theme_id in _numbers_in(themes)
    ]
    return [*found, *spoken_in_copies(scope)]


def _as_text(numbers: ColumnElement[int]) -> ColumnElement[str]:
    """The numbers of a group in one row: to read a row of each takes most of the time."""
    return func.aggregate_strings(cast(numbers, String), ",")


def _numbers_in(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def spoken_in_copies(scope: Scope) -> list[tuple[int, int, bool]]:
    """The same of those that repeat another answer: their senders have said it too."""
    if not has_copies(scope.round_id):
        return []
    return [(row[0], row[1], True) for row in session().execute(_coded_in_copies(scope))]


def _coded_in_copies(scope: Scope) -> Select[int, int]:
    """The answer of each passage that repeats another, and the themes on what it repeats.

    The sender has said it too, though the words count once.
    """
    return (
        select(Passage.submission_id, Coding.theme_id)
        .select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(Coding, Coding.paragraph_id == Passage.copy_of_id)
        .where(scope.answers, is_current(), Passage.copy_of_id.is_not(None), scope.codings)
        .distinct()
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """The codebook of a round, and which answers speak of which of its themes.

    Attributes:
        pairs: Ids of an answer and a theme, and whether it says so with words that others have.
    """

    themes: Sequence[ThemeRow]
    pairs: Sequence[tuple[int, int, bool]]


def read_spoken(round_id: int) -> Spoken:
    """What all answers of a round that count speak of, read once for several tables."""
    return Spoken(ranked_themes(round_id), find_spoken(Scope.of(round_id, EVERYTHING)))
