"""What is said in a round: which answers count, and which of them speak of which themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import False_

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.choosing import answers_chosen, codings_chosen
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.clusters import campaign_of_answers, is_repeated
from consult.domain.coding.queries.scope import counted_as, counts, is_current
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


def hits(scope: Scope, is_common: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Each theme on each passage that counts, where it is coded itself."""
    return (
        counted_passages(scope)
        .add_columns(Coding.theme_id, is_common)
        .join(Coding, Coding.passage_id == Passage.id)
        .where(Passage.copy_of_id.is_(None), scope.codings)
    )


def find_spoken(scope: Scope, is_common: ColumnElement[bool]) -> Sequence[tuple[int, int, bool]]:
    """Which answers speak of which themes: thousands of passages become some answers."""
    if isinstance(is_common, False_):
        return [*_spoken_alone(scope), *spoken_in_copies(scope)]
    pairs = hits(scope, is_common).with_only_columns(
        Passage.submission_id, Coding.theme_id, is_common
    )
    found: list[Any] = list(session().execute(pairs.distinct()))
    return [*found, *spoken_in_copies(scope)]


def _spoken_alone(scope: Scope) -> list[tuple[int, int, bool]]:
    """The answers and their themes where no words are common: read from an index of codings alone.

    The database writes the themes of an answer as one text, for a row of each pair would take
    most of the time.
    """
    themes = (
        select(Coding.theme_id)
        .where(
            Coding.version_id == SubmissionVersion.id,
            Coding.passage_id.not_in(_copies()),
            scope.codings,
        )
        .correlate(SubmissionVersion)
        .distinct()
        .subquery()
    )
    as_text = func.aggregate_strings(cast(themes.c.theme_id, String), ",")
    query = (
        select(Submission.id, select(as_text).scalar_subquery())
        .join(SubmissionVersion, is_current())
        .where(scope.answers)
    )
    rows: list[Any] = list(session().execute(query))
    return [
        (submission_id, int(theme_id), False)
        for submission_id, found in rows
        if found
        for theme_id in found.split(",")
    ]


def _copies() -> Select[int]:
    """Ids of the passages that repeat another: few, and found at once by their own index."""
    copy = aliased(Passage)
    return select(copy.id).where(copy.copy_of_id > 0)


def spoken_in_copies(scope: Scope) -> list[tuple[int, int, bool]]:
    """The same of those that repeat another answer: their senders have said it too."""
    return [(row[0], row[1], True) for row in session().execute(_coded_in_copies(scope))]


def _coded_in_copies(scope: Scope) -> Select[int, int]:
    """The answer of each passage that repeats another, and the themes on what it repeats.

    The sender has said it too, though the words count once.
    """
    origin = aliased(Passage)
    at_origin = (origin.id == Passage.copy_of_id) | (
        (origin.parent_id == Passage.copy_of_id) & (origin.kind == PassageKind.CHOSEN)
    )
    return (
        select(Passage.submission_id, Coding.theme_id)
        .select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(origin, at_origin)
        .join(Coding, Coding.passage_id == origin.id)
        .where(scope.answers, is_current(), Passage.id.in_(_copies()), scope.codings)
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
    scope = Scope.of(round_id, EVERYTHING)
    is_shared = is_repeated(round_id) if campaign_of_answers(round_id) else false()
    return Spoken(ranked_themes(round_id), find_spoken(scope, is_shared))
