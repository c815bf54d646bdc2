"""Gathering the stances that a snapshot freezes."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, or_, select

from consult.db import session
from consult.domain.analysis.queries.positions import derived_positions
from consult.domain.coding.models import CodedStance, Passage
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.documents.building.data import StanceFacts
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.private import (
    asks_in_private,
    is_private_answer,
    only_open_answers,
)
from consult.domain.submissions.queries import numbers_of
from consult.domain.submissions.types import Stance, StanceModifier


class Subjects:
    """Which proposal a part of an answer is about: named itself, or by the question."""

    def __init__(self, keys: dict[int, str], asked_about: dict[int, int | None]) -> None:
        self._keys = keys
        self._asked_about = asked_about

    def proposal(self, question_id: int | None, proposal_id: int | None) -> str | None:
        """The key of the proposal, if there is one."""
        if proposal_id is None and question_id is not None:
            proposal_id = self._asked_about.get(question_id)
        return self._keys.get(proposal_id or 0)


def gather_stances(
    round_id: int, subjects: Subjects, proposal_keys: dict[int, str]
) -> tuple[StanceFacts, ...]:
    """All stances; one that is derived from a private answer is private as well."""
    own = (*_gather_stated(round_id, subjects), *_gather_coded(round_id, proposal_keys))
    derived = _gather_derived(round_id, proposal_keys)
    if not asks_in_private(round_id):
        return (*own, *derived)
    there = {(one.answer, one.proposal) for one in own}
    return (*own, *(one for one in derived if (one.derived_from, one.proposal) in there))


def _gather_stated(round_id: int, subjects: Subjects) -> tuple[StanceFacts, ...]:
    """The stances that senders have chosen themselves."""
    query = (
        select(
            Submission.number,
            Answer.question_id,
            Answer.proposal_id,
            Answer.stance,
            Answer.modifiers,
        )
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(
            counts(round_id),
            is_current(),
            Answer.stance.is_not(None) | Answer.no_comments,
            *only_open_answers(round_id),
        )
        .order_by(Submission.number, Answer.position)
    )
    found = []
    for number, question_id, proposal_id, stance, modifiers in session().execute(query):
        key = subjects.proposal(question_id, proposal_id)
        if key is not None:
            value = stance or Stance.NO_COMMENTS
            found.append(StanceFacts(number, key, value, _modifiers(modifiers)))
    return tuple(found)


def _read_in_open_ones(round_id: int) -> tuple[ColumnElement[bool], ...]:
    """No stance that was read in an answer which is not published."""
    if not asks_in_private(round_id):
        return ()
    private = (
        select(Passage.id)
        .join(Answer, Passage.answer_id == Answer.id)
        .where(Passage.round_id == round_id, is_private_answer())
    )
    return (or_(CodedStance.passage_id.is_(None), CodedStance.passage_id.not_in(private)),)


def _gather_coded(round_id: int, proposal_keys: dict[int, str]) -> tuple[StanceFacts, ...]:
    """The stances that readers have judged."""
    query = (
        select(
            Submission.number,
            CodedStance.proposal_id,
            CodedStance.value,
            CodedStance.modifiers,
            CodedStance.passage_id,
        )
        .join(Submission, CodedStance.submission_id == Submission.id)
        .where(counts(round_id), *_read_in_open_ones(round_id))
        .order_by(Submission.number, CodedStance.proposal_id)
    )
    return tuple(
        StanceFacts(
            number,
            proposal_keys[proposal_id],
            value,
            _modifiers(modifiers),
            is_coded=True,
            read_in=passage_id,
        )
        for number, proposal_id, value, modifiers, passage_id in session().execute(query)
    )


def _gather_derived(round_id: int, proposal_keys: dict[int, str]) -> Iterator[StanceFacts]:
    """The stances of those who join another's answer, as far as they take none themselves."""
    derived = derived_positions(round_id)
    numbers = numbers_of([submission_id for submission_id, _proposal in derived])
    for (submission_id, proposal_id), found in derived.items():
        yield StanceFacts(
            numbers[submission_id],
            proposal_keys[proposal_id],
            found.value,
            found.modifiers,
            derived_from=found.derived.number if found.derived else None,
        )


def _modifiers(stored: Sequence[str]) -> tuple[StanceModifier, ...]:
    return tuple(StanceModifier(modifier) for modifier in stored)
