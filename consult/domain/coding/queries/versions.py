"""Comparing the passages of an answer's versions, and what of the coding has to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.coding.models import (
    CodedStance,
    Coding,
    CodingStep,
    Passage,
    SortedCoding,
    VersionCheck,
)
from consult.domain.coding.queries.scope import is_current
from consult.domain.coding.rules import match_passages
from consult.domain.coding.types import PassageKind, Placed
from consult.domain.submissions.models import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a version's passages stand to those of the version before.

    Attributes:
        gone: Passages of the version before that are not in it word by word.
        new: Passages that were not in the version before word by word.
        kept: How many passages are unchanged.
    """

    gone: tuple[Passage, ...]
    new: tuple[Passage, ...]
    kept: int


def compare_versions(before_id: int, after_id: int) -> Comparison:
    """What the later of two versions of an answer takes out and brings in, in reading order."""
    before, after = _divided(before_id), _divided(after_id)
    same = match_passages([placed(one) for one in before], [placed(one) for one in after])
    found = set(same.values())
    return Comparison(
        gone=tuple(passage for passage in before if passage.id not in same),
        new=tuple(passage for passage in after if passage.id not in found),
        kept=len(same),
    )


def successors(version: SubmissionVersion) -> dict[int, int]:
    """Ids of a version's passages, by the ids of the same ones in the version before.

    Parts that a reader chose are left aside: what rests on passages rests on whole ones.
    """
    before_id = previous_version_id(version.submission_id, version.number)
    if before_id is None:
        return {}
    return match_passages(
        [placed(one) for one in _divided(before_id)], [placed(one) for one in _divided(version.id)]
    )


def placed(passage: Passage) -> Placed:
    """A passage as the rule of matching sees it."""
    answer = passage.answer
    place = (answer.question_id, answer.proposal_id, answer.section_id, answer.voice)
    return Placed(passage.id, place, passage.quote)


def version_passages(version_id: int) -> Sequence[Passage]:
    """Every passage of a version with its part of the answer, in order, chosen ones last."""
    query = (
        select(Passage)
        .where(Passage.version_id == version_id)
        .options(joinedload(Passage.answer))
        .order_by(Passage.kind == PassageKind.CHOSEN, Passage.position, Passage.start)
    )
    return session().scalars(query).all()


def _divided(version_id: int) -> list[Passage]:
    query = (
        select(Passage)
        .where(Passage.version_id == version_id, Passage.kind != PassageKind.CHOSEN)
        .options(joinedload(Passage.answer), selectinload(Passage.codings).joinedload(Coding.theme))
        .order_by(Passage.position)
    )
    return list(session().scalars(query))


def previous_version_id(submission_id: int, number: int) -> int | None:
    """The version that came before one with a number."""
    query = select(SubmissionVersion.id).where(
        SubmissionVersion.submission_id == submission_id, SubmissionVersion.number == number - 1
    )
    return session().scalar(query)


def stances_resting_on(version_id: int) -> Sequence[CodedStance]:
    """Coded stances that can be read in a passage of a version."""
    query = (
        select(CodedStance)
        .join(Passage, CodedStance.passage_id == Passage.id)
        .where(Passage.version_id == version_id)
    )
    return session().scalars(query).all()


def find_check(version_id: int) -> VersionCheck | None:
    """What has to be looked at since a version came, if the one before had been coded."""
    query = select(VersionCheck).where(VersionCheck.version_id == version_id)
    return session().scalars(query).one_or_none()


def answers_to_check(round_id: int) -> list[int]:
    """Numbers of the answers whose present version nobody has checked yet."""
    query = (
        select(Submission.number)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(VersionCheck, VersionCheck.version_id == SubmissionVersion.id)
        .where(VersionCheck.round_id == round_id, VersionCheck.checked_at.is_(None), is_current())
        .order_by(Submission.number)
    )
    return list(session().scalars(query))


def themes_changed_at(submission_id: int) -> datetime | None:
    """When a theme was last put on a passage of the present version, taken off, or put back.

    Sorting what had a theme that was split is that, too.
    """
    moments = (
        select(func.max(func.coalesce(CodingStep.undone_at, CodingStep.done_at))).join(
            CodingStep.passage
        ),
        select(func.max(SortedCoding.sorted_at)).join(SortedCoding.passage),
    )
    queries = (
        one.join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(Passage.submission_id == submission_id, is_current())
        for one in moments
    )
    found = [moment for query in queries if (moment := session().scalar(query)) is not None]
    return max(found, default=None)


def themes_of_answer(submission_id: int) -> list[tuple[Passage, tuple[str, ...]]]:
    """The present version's passages with the names of their themes, in reading order.

    A part that was chosen from a passage gives its themes to it. Made for the sender: no names of
    readers, no notes, and no stances that a reader judged.
    """
    query = (
        select(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(Passage.submission_id == submission_id, is_current())
        .options(selectinload(Passage.codings).joinedload(Coding.theme))
        .order_by(Passage.position, Passage.kind == PassageKind.CHOSEN, Passage.start, Passage.id)
    )
    found = session().scalars(query).all()
    names: dict[int, list[str]] = {}
    for passage in found:
        chosen = passage.kind is PassageKind.CHOSEN and passage.parent_id is not None
        key = passage.parent_id if chosen else passage.id
        names.setdefault(key or passage.id, []).extend(one.theme.name for one in passage.codings)
    return [
        (passage, tuple(dict.fromkeys(names[passage.id])))
        for passage in found
        if passage.kind is not PassageKind.CHOSEN
    ]
