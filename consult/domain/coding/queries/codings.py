"""Reading what an exchange of codings needs: codings, the texts they stand in, and their places."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select

from consult.db import session
from consult.domain.coding.models import Coding, Passage, SuggestionModel, Theme
from consult.domain.coding.queries.scope import is_current
from consult.domain.submissions.models import Submission, SubmissionVersion


def list_codings(round_id: int) -> list[Row[*tuple[Any, ...]]]:
    """Every coding of the round's current texts as they run.

    Columns: number of the answer, public id, start, end and quote of the passage, key of the
    theme, by whom, when, number of the model that had suggested it, and the id of the version that
    the passage stands in.
    """
    query = (
        select(
            Submission.number,
            Passage.public_id,
            Passage.start,
            Passage.end,
            Passage.quote,
            Theme.key,
            Coding.coded_by,
            Coding.coded_at,
            SuggestionModel.number,
            Passage.version_id,
        )
        .select_from(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .outerjoin(SuggestionModel, Coding.model_id == SuggestionModel.id)
        .where(Passage.round_id == round_id, is_current(), Passage.copy_of_id.is_(None))
        .order_by(Submission.number, Passage.start, Passage.end, Coding.id)
    )
    return list(session().execute(query))


def current_versions(round_id: int) -> dict[int, SubmissionVersion]:
    """The text that counts of every answer of a round, by the answer's number."""
    query = (
        select(Submission.number, SubmissionVersion)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.round_id == round_id, is_current())
    )
    return {row[0]: row[1] for row in session().execute(query)}


def passages_of_versions(round_id: int, version_ids: Collection[int]) -> dict[str, Passage]:
    """The passages of some of a round's texts, by public id."""
    found = session().scalars(select(Passage).where(Passage.round_id == round_id))
    return {passage.public_id: passage for passage in found if passage.version_id in version_ids}


def present_codings(round_id: int) -> set[tuple[int, int]]:
    """Passage id and theme id of every coding of a round."""
    query = (
        select(Coding.passage_id, Coding.theme_id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
    )
    return {(row.passage_id, row.theme_id) for row in session().execute(query)}


def find_passage_id(public_id: str) -> int:
    """The internal id of a passage that is known to exist."""
    query = select(Passage.id).where(Passage.public_id == public_id)
    return session().execute(query).scalar_one()
